using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.People;
using RoomGuard.Service.People;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Service.People;

/// <summary>Imports that go on by themselves: how far they are, one after the other, stopped and broken off.</summary>
public sealed class ImportRunsTests
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private readonly VirtualTime time = new(A.MondayNine);
    private readonly ImportRuns runs;
    private byte next;

    public ImportRunsTests() => runs = new(time, count => [.. Enumerable.Repeat(++next, count)]);

    [Fact]
    public async Task A_short_one_is_answered_at_its_end()
    {
        var run = await runs.BeginAsync("people.csv", Done, Never);

        Assert.Equal((ImportStage.Applied, false), (run.Stage, run.Running));
        Assert.Equal(run, runs.Find(run.Id));
        Assert.Null(runs.Find("unknown"));
        Assert.False(runs.Stop(run.Id));
    }

    [Fact]
    [Requirement("R-INP-03")]
    public async Task A_long_one_says_how_far_it_is_the_next_waits_for_it_and_stopping_it_lets_the_next_go_on()
    {
        var told = new TaskCompletionSource();
        var begun = runs.BeginAsync("long.csv", async (tell, stop) =>
        {
            tell(new(ImportStage.Compares, 2_500, 10_000));
            told.SetResult();
            await Task.Delay(Timeout.Infinite, stop);
            return default;
        }, Never);
        await told.Task;
        time.Advance(TimeSpan.FromSeconds(1));
        var running = await begun;
        Assert.Equal((ImportStage.Compares, 2_500, 10_000, true), (running.Stage, running.Done, running.Of, running.Running));

        var second = runs.BeginAsync("short.csv", Done, Never);
        Assert.False(second.IsCompleted);
        Assert.True(runs.Stop(running.Id));

        Assert.Equal(ImportStage.Applied, (await second).Stage);
        Assert.Equal(ImportStage.Stopped, runs.Find(running.Id)!.Stage);
    }

    [Fact]
    public async Task One_that_breaks_off_says_so_and_stops_nobody_elses()
    {
        var failures = new List<Exception>();
        runs.Failed = failures.Add;

        var broken = await runs.BeginAsync("people.csv", (_, _) => throw new InvalidOperationException("broken"), Never);

        Assert.Equal(ImportStage.Failed, broken.Stage);
        Assert.Equal("broken", Assert.Single(failures).Message);
        Assert.Equal(ImportStage.Applied, (await runs.BeginAsync("people.csv", Done, Never)).Stage);
    }

    [Fact]
    public async Task Who_leaves_the_page_stops_nothing()
    {
        using var gone = new CancellationTokenSource();
        var (go, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        var begun = runs.BeginAsync("people.csv", async (_, stop) =>
        {
            await go.Task;
            Assert.False(stop.IsCancellationRequested);
            ended.SetResult();
            return (null, ActResult.Done());
        }, gone.Token);
        await gone.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => begun);
        go.SetResult();
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Only_the_newest_are_remembered()
    {
        var first = await runs.BeginAsync("people.csv", Done, Never);
        for (var more = 0; more < 6; more++)
        {
            _ = await runs.BeginAsync("people.csv", Done, Never);
        }

        Assert.Null(runs.Find(first.Id));
    }

    private static Task<(ImportLook?, ActResult?)> Done(Action<ImportProgress> told, CancellationToken stop) => Task.FromResult<(ImportLook?, ActResult?)>((null, ActResult.Done()));
}
