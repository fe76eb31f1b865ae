using RoomGuard.Bridge.Uplink;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Bridge;

public class ReportFlowTests
{
    private readonly ReportFlow flow = new(new(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(15), new Random(1)));

    [Fact]
    public void After_a_break_the_service_is_first_asked_where_it_stands() =>
        Assert.Equal(new SendReport(0, 0), flow.Next(At(0), journalSize: 1000, stateStamp: 1));

    [Fact]
    [Requirement("R-RED-02")]
    public void Sending_goes_on_at_the_number_the_service_expects()
    {
        flow.Next(At(0), 1000, 1);
        flow.Answered(At(0), nextSeq: 400, journalSize: 1000, sentFrom: 0, sentUntil: 0);

        Assert.Equal(new SendReport(400, ReportFlow.MostEntries), flow.Next(At(0), 1000, 1));
    }

    [Fact]
    public void A_service_restored_from_an_older_copy_gets_again_what_it_lost()
    {
        Up(at: 0, next: 900, size: 900);
        flow.Failed(At(1));
        flow.Next(At(60), 1000, 1);
        flow.Answered(At(60), nextSeq: 100, journalSize: 1000, sentFrom: 0, sentUntil: 0);

        Assert.Equal(new SendReport(100, ReportFlow.MostEntries), flow.Next(At(60), 1000, 1));
    }

    [Fact]
    public void A_journal_shorter_than_what_the_service_holds_is_noticed_and_nothing_is_sent()
    {
        flow.Next(At(0), 10, 1);
        flow.Answered(At(0), nextSeq: 900, journalSize: 10, sentFrom: 0, sentUntil: 0);

        Assert.True(flow.JournalIsShort);
        Assert.IsType<RestReport>(flow.Next(At(0), 10, 1));
    }

    [Fact]
    public void A_changed_state_is_told_after_a_second_and_an_unchanged_one_after_five()
    {
        Up(at: 0, next: 10, size: 10);
        Assert.Equal(new RestReport(At(1)), flow.Next(At(0.2), 10, stateStamp: 2));
        Assert.Equal(new SendReport(10, 0), flow.Next(At(1), 10, stateStamp: 2));
        flow.Answered(At(1), 10, 10, 10, 10);

        Assert.Equal(new RestReport(At(6)), flow.Next(At(3), 10, stateStamp: 2));
        Assert.Equal(new SendReport(10, 0), flow.Next(At(6), 10, stateStamp: 2));
    }

    [Fact]
    public void New_entries_are_told_at_once()
    {
        Up(at: 0, next: 10, size: 10);

        Assert.Equal(new SendReport(10, ReportFlow.MostEntries), flow.Next(At(0.01), journalSize: 11, stateStamp: 1));
    }

    [Fact]
    public void A_service_that_takes_nothing_is_not_asked_in_a_busy_loop()
    {
        Up(at: 0, next: 10, size: 20);
        flow.Answered(At(0), nextSeq: 10, journalSize: 20, sentFrom: 10, sentUntil: 20);

        Assert.IsType<RestReport>(flow.Next(At(0), 20, 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Waits_grow_to_fifteen_seconds_and_are_spread_by_chance(int seed)
    {
        var waits = new GrowingWait(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(15), new Random(seed));
        var all = Enumerable.Range(0, 40).Select(_ => waits.Next()).ToList();

        Assert.All(all, wait => Assert.InRange(wait, TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(15)));
        Assert.InRange(all[0], TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(0.5));
        Assert.All(all[10..], wait => Assert.True(wait >= TimeSpan.FromSeconds(7.5)));
        Assert.True(all[10..].Distinct().Count() > 20);
        waits.Reset();
        Assert.InRange(waits.Next(), TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(0.5));
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private void Up(double at, long next, long size)
    {
        flow.Next(At(at), size, 1);
        flow.Answered(At(at), next, size, 0, 0);
    }
}
