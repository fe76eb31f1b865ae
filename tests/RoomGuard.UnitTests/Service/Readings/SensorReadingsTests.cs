using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Readings;
using RoomGuard.Dashboard.Climate;
using RoomGuard.Dashboard.Power;
using RoomGuard.Service.Readings;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;
using Xunit.Abstractions;

namespace RoomGuard.UnitTests.Service.Readings;

/// <summary>What sensors measured, from a bridge's word to the answer to a chart (R-ENV-10).</summary>
public sealed class SensorReadingsTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly TimeSpan EachMinute = TimeSpan.FromMinutes(1);
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

    [Fact]
    [Requirement("R-ENV-10")]
    [Requirement("R-ENV-06")]
    public async Task A_bridge_that_says_the_same_every_second_adds_each_value_once_and_one_that_cannot_be_adds_nothing()
    {
        using var intake = new ReadingsIntake(store, rig.Time, NullLogger<ReadingsIntake>.Instance);
        var room = new ClimateStory(rig.Time.GetUtcNow().AddMinutes(-10));
        _ = room.Says("inlet-1", (Quantity.Temperature, 24.2), (Quantity.RelativeHumidity, 45));
        for (var second = 0; second < 5; second++)
        {
            intake.Take(room.Goes(1).Control.Now());
        }

        intake.Take(room.Goes(60).Says("inlet-1", (Quantity.Temperature, 99), (Quantity.RelativeHumidity, 46)).Control.Now());
        intake.Take(room.Goes(60).Says("inlet-1", (Quantity.Temperature, 24.3), (Quantity.RelativeHumidity, 46)).Says("leak-1", (Quantity.Leak, 1)).Control.Now());
        Assert.Equal(5, intake.Flush().Kept);

        var trend = await book.Trend([Series("inlet-1", Quantity.Temperature), Series("inlet-1", Quantity.RelativeHumidity)], rig.Time.GetUtcNow().AddHours(-1), rig.Time.GetUtcNow(), 1000, Never);
        Assert.Equal([24.2, 24.3], trend.Lines[0].Points.Select(point => point.Value.Mean!.Value));
        Assert.Equal(3, trend.Lines[1].Whole.Count);
    }

    [Fact]
    [Requirement("R-ENV-10")]
    public async Task Where_a_sensor_was_silent_for_three_intervals_is_a_gap()
    {
        var now = rig.Time.GetUtcNow();
        _ = store.Add(Enumerable.Range(0, 120).Where(half => half is not (>= 40 and < 60)).Select(half => Sample("inlet-1", now.AddSeconds((half - 120) * 30), 24 + (half % 2))), now);
        var fine = await book.Trend([Series("inlet-1", Quantity.Temperature)], now.AddHours(-1), now, 1200, Never);

        Assert.Null(fine.Grain);
        Assert.Equal((19, 30), fine.Gaps(fine.Lines[0]).Select(gap => ((int)(gap.From - fine.From).TotalMinutes, (int)(gap.Until - fine.From).TotalMinutes)).Single());

        // The same once it is rolled up.
        var coarse = await book.Trend([Series("inlet-1", Quantity.Temperature)], now.AddHours(-1), now, 40, Never);
        Assert.Equal(RollUpWidth.Minute, coarse.Grain);
        Assert.Equal((20, 30), coarse.Gaps(coarse.Lines[0]).Select(gap => ((int)(gap.From - fine.From).TotalMinutes, (int)(gap.Until - fine.From).TotalMinutes)).Single());
        Assert.False((await book.Trend([Series("inlet-9", Quantity.Temperature)], now.AddHours(-1), now, 1200, Never)).Ever);
    }

    [Fact]
    [Requirement("R-ENV-10")]
    public void A_unit_and_a_sensor_of_one_name_do_not_share_their_readings()
    {
        var now = rig.Time.GetUtcNow();
        _ = store.Add([new ReadingSample("ups-1", "Temperature", now, 30), Sample("ups-1", now, 20)], now);

        Assert.Equal(2, ReadingsStoreTests.Count(store, "SELECT count(*) FROM series"));
    }

    [Fact]
    [Requirement("R-ENV-02")]
    public async Task What_was_wrong_at_a_sensor_stands_with_its_trend()
    {
        var at = rig.Time.GetUtcNow();
        const string Condition = "TemperatureHigh/inlet-1";
        foreach (var item in new RoomGuard.Core.Record.RecordedEvent[]
        {
            new ClimateRaised(at.AddMinutes(-50), Condition, ClimateRule.TemperatureHigh, AClimate.ServerRoom, "inlet-1", ClimateLevel.Warning, 27.4, 27, ValueQuality.Good, QualityReason.None, null, null, null, []),
            new ClimateChanged(at.AddMinutes(-40), Condition, ClimateRule.TemperatureHigh, AClimate.ServerRoom, "inlet-1", at.AddMinutes(-50), ClimateChange.Worse, ClimateLevel.Alarm, 33, 32, null),
            new ClimateChanged(at.AddMinutes(-30), Condition, ClimateRule.TemperatureHigh, AClimate.ServerRoom, "inlet-1", at.AddMinutes(-50), ClimateChange.Better, ClimateLevel.Warning, 30, 32, null),
            new ClimateCleared(at.AddMinutes(-20), Condition, ClimateRule.TemperatureHigh, AClimate.ServerRoom, "inlet-1", at.AddMinutes(-50), 1800, ClimateLevel.Warning, 33, false),
            new ClimateRaised(at.AddMinutes(-5), "SensorSilent/inlet-1", ClimateRule.SensorSilent, AClimate.ServerRoom, "inlet-1", ClimateLevel.Alarm, null, null, ValueQuality.Offline, QualityReason.Silent, null, at.AddMinutes(-9), null, []),
            new ClimateRaised(at.AddMinutes(-5), "Leak/leak-1", ClimateRule.Leak, AClimate.ServerRoom, "leak-1", ClimateLevel.Alarm, 1, null, ValueQuality.Good, QualityReason.None, null, null, null, []),
        })
        {
            _ = await rig.Record.AppendAsync(item, Never);
        }

        var trend = await book.Trend([Series("inlet-1", Quantity.Temperature)], at.AddHours(-1), at, 1200, Never);
        Assert.Equal(
            [new SensorAlarm("inlet-1", ClimateRule.TemperatureHigh, ClimateLevel.Alarm, at.AddMinutes(-50), at.AddMinutes(-20), 33), new("inlet-1", ClimateRule.SensorSilent, ClimateLevel.Alarm, at.AddMinutes(-5), null, null)],
            trend.Alarms.AsEnumerable());

        // A chart is shaded where something was wrong with what it draws, and not with its neighbour.
        _ = store.Add([Sample("inlet-1", at.AddMinutes(-1), 24), Sample("inlet-2", at.AddMinutes(-1), 24), new(ClimateTrends.SeriesOf("inlet-1"), nameof(Quantity.RelativeHumidity), at.AddMinutes(-1), 45)], at);
        var answer = TrendAnswer.Of(await book.Trend([Series("inlet-1", Quantity.Temperature), Series("inlet-1", Quantity.RelativeHumidity), Series("inlet-2", Quantity.Temperature)], at.AddHours(-1), at, 1200, Never));
        Assert.Equal([2, 1, 0], answer.Lines.Select(line => line.Outages!.Value.Length));
        Assert.Equal(answer.Until, answer.Lines[1].Outages!.Value[0][1]);
    }

    [Fact]
    public async Task What_was_measured_is_told_one_by_one_or_by_the_minute_where_it_is_too_much()
    {
        var now = rig.Time.GetUtcNow();
        _ = store.Add(Enumerable.Range(0, 360).Select(i => Sample("inlet-1", now.AddSeconds(-10 * (360 - i)), 20 + (i % 6))), now);

        Assert.Equal(360, (await book.Measured("inlet-1", [Quantity.Temperature], now.AddDays(-1), 1000, Never)).Length);
        var minutes = await book.Measured("inlet-1", [Quantity.Temperature], now.AddDays(-1), 100, Never);
        Assert.InRange(minutes.Length, 60, 61);
        Assert.Empty(await book.Measured("inlet-9", [Quantity.Temperature], now.AddDays(-1), 100, Never));
    }

    // The figure is printed, not asserted: how fast this machine is at this moment is no property of the code.
    [Fact]
    [Requirement("R-ENV-10")]
    public async Task A_year_of_twenty_sensors_is_answered()
    {
        var now = rig.Time.GetUtcNow();
        ImmutableArray<SensorSeries> asked = [.. Enumerable.Range(1, 20).Select(number => Series($"inlet-{number}", Quantity.Temperature))];
        foreach (var day in Enumerable.Range(0, 366))
        {
            var then = now.AddDays(-day);
            _ = store.Add(from one in asked from i in Enumerable.Range(0, 2) select Sample(one.Sensor, then.AddHours(-i), 20 + (i * 7)), then);
        }

        // The second time: what the first costs is the program's own start.
        SensorTrend trend = null!;
        byte[] answer = [];
        var took = TimeSpan.Zero;
        for (var time = 0; time < 2; time++)
        {
            var watch = Stopwatch.StartNew();
            trend = await book.Trend(asked, now.AddYears(-1), now, 1200, Never);
            answer = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(TrendAnswer.Of(trend), TrendJson.Default.TrendAnswer);
            took = watch.Elapsed;
        }

        output.WriteLine($"A year of twenty sensors, {trend.Lines.Sum(line => line.Points.Length)} points by {trend.Grain}, {answer.Length / 1024} KB: {took.TotalMilliseconds:0.0} ms");

        Assert.Equal((20, RollUpWidth.Day), (trend.Lines.Length, trend.Grain));
        Assert.All(trend.Lines, line => Assert.InRange(line.Points.Length, 365, 367));
    }

    private static SensorSeries Series(string sensor, Quantity quantity) => new(sensor, sensor, quantity, EachMinute);

    private static ReadingSample Sample(string sensor, DateTimeOffset at, double value) => new(ClimateTrends.SeriesOf(sensor), nameof(Quantity.Temperature), at, value);
}
