using RoomGuard.Core.Watch;
using RoomGuard.Service.Watch;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Service.Notices;

/// <summary>R-MON-02, R-MON-06: the service notices that it did not run, since when and why.</summary>
public sealed class AliveMarkTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("roomguard-alive-").FullName;
    private readonly VirtualTime time = new(A.MondayNine);
    private readonly DateTimeOffset lastEntry = A.MondayNine.AddMinutes(-10);

    private string File => Path.Combine(folder, "alive");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_very_first_start_has_no_gap() => Assert.Null(Mark().Gap(null));

    [Fact]
    [Requirement("R-MON-02")]
    public async Task A_service_told_to_stop_says_since_when_it_did_not_run()
    {
        var mark = Mark();
        await mark.StartAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromMinutes(3));
        await mark.StopAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromMinutes(7));

        Assert.Equal(new WatchGap(A.MondayNine.AddMinutes(10), A.MondayNine.AddMinutes(3), A.MondayNine.AddMinutes(10), GapCause.Stopped), Mark().Gap(lastEntry));
    }

    [Fact]
    [Requirement("R-MON-06")]
    public void A_service_that_was_killed_knows_it_by_its_last_mark()
    {
        Mark().Mark();
        time.Advance(TimeSpan.FromMinutes(7));

        Assert.Equal(new WatchGap(A.MondayNine.AddMinutes(7), A.MondayNine, A.MondayNine.AddMinutes(7), GapCause.Killed), Mark().Gap(lastEntry));
    }

    [Fact]
    [Requirement("R-MON-06")]
    public void A_machine_that_ended_with_the_service_leaves_the_cause_unknown_and_the_later_of_mark_and_entry()
    {
        Mark("boot-1").Mark();
        time.Advance(TimeSpan.FromMinutes(7));

        Assert.Equal((A.MondayNine, GapCause.Unknown), Mark("boot-2").Gap(lastEntry) is { } gap ? (gap.From, gap.Cause) : default);
        Assert.Equal(A.MondayNine.AddMinutes(2), Mark("boot-2").Gap(A.MondayNine.AddMinutes(2))!.From);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0\0\0\0\0\0")]
    [InlineData("yesterday running boot-1")]
    [InlineData("2026-05-11T00:00:00.0000000+00:00 dancing boot-1")]
    public void A_mark_that_cannot_be_read_leaves_the_last_entry_and_no_cause(string text)
    {
        System.IO.File.WriteAllText(File, text);

        Assert.Equal((lastEntry, GapCause.Unknown), Mark().Gap(lastEntry) is { } gap ? (gap.From, gap.Cause) : default);
    }

    [Fact]
    public void After_a_clock_was_set_back_nobody_says_how_long_it_was()
    {
        Mark().Mark();
        time.StepWall(TimeSpan.FromHours(-1));

        Assert.Equal(new WatchGap(A.MondayNine.AddHours(-1), A.MondayNine.AddHours(-1), A.MondayNine.AddHours(-1), GapCause.Unknown), Mark().Gap(lastEntry));
    }

    private AliveMark Mark(string boot = "boot-1") => new(File, boot, time);
}
