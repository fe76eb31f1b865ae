using System.Diagnostics;
using RoomGuard.Core.Power;
using RoomGuard.Core.Readings;
using RoomGuard.Dashboard.Power;
using RoomGuard.Service.Readings;
using RoomGuard.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace RoomGuard.UnitTests.Service.Readings;

/// <summary>What a chart is answered.</summary>
public sealed class TrendBookTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private readonly ServiceRig rig = new();
    private ReadingsStore store = null!;
    private TrendBook book = null!;

    public Task InitializeAsync()
    {
        store = new(rig.Folders.Readings, new(), rig.Settings.TimeZone, rig.Time.GetUtcNow());
        book = new(store, rig.Record, rig.Time);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        store.Dispose();
        await rig.DisposeAsync();
    }

    [Theory]
    [InlineData(1.0 / 24, 1200, null)]
    [InlineData(1.0 / 24, 300, RollUpWidth.Minute)]
    [InlineData(1, 1200, RollUpWidth.Minute)]
    [InlineData(1, 300, RollUpWidth.Quarter)]
    [InlineData(7, 1200, RollUpWidth.Quarter)]
    [InlineData(31, 1200, RollUpWidth.Hour)]
    [InlineData(366, 1200, RollUpWidth.Day)]
    public async Task A_chart_gets_the_finest_roll_up_that_its_width_can_show(double days, int width, RollUpWidth? grain)
    {
        // A voltage that is never twice the same, read every two seconds, for a day.
        var now = rig.Time.GetUtcNow();
        _ = store.Add(Enumerable.Range(1, 43_200).Select(i => ReadingsStoreTests.Sample(now.AddSeconds(2.0 * (i - 43_201)), Math.Round(195 + (i % 97 / 10.0), 1), UpsQuantity.InputVoltage)), now);
        var trend = await book.Trend("ups-1", now.AddDays(-days), now, width, Never);
        var line = trend.Lines.Single(one => one.Quantity == UpsQuantity.InputVoltage);

        Assert.Equal(grain, trend.Grain);
        Assert.InRange(line.Points.Length, 1, 2 * width);
        Assert.InRange(line.Whole.Least, 195, 195.1);
        Assert.Equal(Math.Min(43_200, (int)Math.Round(days * 43_200)), line.Whole.Count, 40.0);
    }

    [Fact]
    [Requirement("R-PWR-06")]
    public async Task Where_nothing_was_read_is_a_gap_from_the_beginning_to_now()
    {
        var now = rig.Time.GetUtcNow();
        _ = store.Add(Seconds(0, 600).Concat(Seconds(1200, 1800)).Select(second => ReadingsStoreTests.Sample(now.AddSeconds(second - 2400), 80 + (second % 20))), now);
        var fine = await book.Trend("ups-1", now.AddHours(-1), now, 1200, Never);
        var charge = fine.Lines[0];

        Assert.Null(fine.Grain);
        Assert.Equal([(0, 1200), (1798, 2400), (2998, 3600)], fine.Gaps(charge).Select(gap => ((int)(gap.From - fine.From).TotalSeconds, (int)(gap.Until - fine.From).TotalSeconds)));
        Assert.Equal((600, 80.0, 98.0), (charge.Whole.Count, charge.Whole.Least, charge.Whole.Most));

        var coarse = await book.Trend("ups-1", now.AddHours(-1), now, 100, Never);
        Assert.Equal(RollUpWidth.Minute, coarse.Grain);
        Assert.Equal([(0, 20), (30, 40), (50, 60)], coarse.Gaps(coarse.Lines[0]).Select(gap => ((int)(gap.From - fine.From).TotalMinutes, (int)(gap.Until - fine.From).TotalMinutes)));

        // What was never told has one gap, all of it.
        Assert.Equal(TimeSpan.FromHours(1), Assert.Single(fine.Gaps(fine.Lines[^1])).Length);

        static IEnumerable<int> Seconds(int from, int until) => Enumerable.Range(from / 2, (until - from) / 2).Select(half => half * 2);
    }

    [Fact]
    public async Task Past_the_time_of_the_fine_ones_a_chart_gets_what_is_still_there()
    {
        var now = rig.Time.GetUtcNow();
        var then = now.AddDays(-200);
        _ = store.Add(Enumerable.Range(0, 1800).Select(i => ReadingsStoreTests.Sample(then.AddSeconds(i * 2), 50)), then.AddHours(1));
        var trend = await book.Trend("ups-1", then, then.AddHours(1), 1200, Never);

        Assert.Equal(RollUpWidth.Quarter, trend.Grain);
        Assert.Equal([450L, 450, 450, 450], trend.Lines[0].Points.Select(point => point.Value.Count));
    }

    [Fact]
    public async Task A_unit_that_was_never_read_is_told_apart_from_one_without_readings_in_the_period()
    {
        var now = rig.Time.GetUtcNow();
        _ = store.Add([ReadingsStoreTests.Sample(now, 50)], now);

        Assert.False((await book.Trend("ups-9", now.AddHours(-1), now, 1200, Never)).Ever);
        var before = await book.Trend("ups-1", now.AddHours(-9), now.AddHours(-8), 1200, Never);
        Assert.True(before.Ever);
        Assert.All(before.Lines, line => Assert.Empty(line.Points));
    }

    [Fact]
    [Requirement("R-PWR-02")]
    public async Task Outages_of_the_unit_in_the_period_are_told_with_it()
    {
        var at = rig.Time.GetUtcNow();
        foreach (var item in new RoomGuard.Core.Record.RecordedEvent[]
        {
            new OutageBegan(at, "o-1", "ups-1", 1800, 100, false), new OutageEnded(at.AddMinutes(5), "o-1", "ups-1", at, 300, 80, 1, false),
            new OutageBegan(at.AddMinutes(50), "o-2", "ups-1", 1800, 100, false), new OutageBegan(at.AddMinutes(51), "o-3", "ups-2", 1800, 100, false),
        })
        {
            _ = await rig.Record.AppendAsync(item, Never);
        }

        Assert.Equal(
            [new TrendOutage("o-1", at, at.AddMinutes(5)), new TrendOutage("o-2", at.AddMinutes(50), null)],
            (await book.Trend("ups-1", at.AddMinutes(-10), at.AddMinutes(50).AddSeconds(1), 1200, Never)).Outages.AsEnumerable());
        Assert.Equal("o-2", Assert.Single((await book.Trend("ups-1", at.AddMinutes(5), at.AddHours(2), 1200, Never)).Outages).Id);
    }

    // The figure is printed, not asserted: how fast this machine is at this moment is no property of the code.
    [Fact]
    public async Task A_year_of_six_values_is_answered()
    {
        var now = rig.Time.GetUtcNow();
        foreach (var day in Enumerable.Range(0, 366))
        {
            // As the service takes them: close to the time they are read.
            var then = now.AddDays(-day);
            _ = store.Add(from quantity in UpsTrends.Followed from i in Enumerable.Range(0, 96) select ReadingsStoreTests.Sample(then.AddMinutes(-15 * i), (i * 7 % 100) + ((int)quantity * 0.1), quantity), then);
        }

        _ = await book.Trend("ups-1", now.AddYears(-1), now, 1200, Never);
        var watch = Stopwatch.StartNew();
        var trend = await book.Trend("ups-1", now.AddYears(-1), now, 1200, Never);
        var took = watch.Elapsed;
        output.WriteLine($"A year of six values, {trend.Lines.Sum(line => line.Points.Length)} points by {trend.Grain}: {took.TotalMilliseconds:0.0} ms");

        Assert.Equal(RollUpWidth.Day, trend.Grain);
        Assert.All(trend.Lines, line => Assert.InRange(line.Points.Length, 365, 367));
    }
}
