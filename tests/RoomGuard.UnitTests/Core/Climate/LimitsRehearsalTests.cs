using RoomGuard.Core.Climate;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Core.Climate;

/// <summary>How often limits would have raised something, over what was measured.</summary>
public class LimitsRehearsalTests
{
    private static readonly LimitSet Usual = ClimateLimits.Of(Measure.Temperature, SensorSpot.Inlet, RoomGuard.Core.Zones.ZoneKind.ServerRoom, EquipmentClass.A1)!;
    private static readonly SensorPlace Inlet = AClimate.Plan.Sensors.Single(sensor => sensor.Id == "inlet-1");

    public static TheoryData<int> Seeds => [.. Enumerable.Range(4, 4)];

    [Theory]
    [MemberData(nameof(Seeds))]
    [Requirement("R-ENV-02")]
    public void What_is_promised_is_what_the_room_itself_raises_over_the_same_values(int seed)
    {
        var chance = new Random(seed);
        var value = 24.0;
        var measured = new List<MeasuredAt>();
        var plan = AClimate.With("inlet-1", one => one with { Measures = [Quantity.Temperature], Limits = [Usual] });
        var room = new ClimateStory(A.MondayNine, plan);
        for (var minute = 0; minute < 10 * 60; minute++)
        {
            value = Math.Clamp(value + ((chance.NextDouble() - 0.49) * 1.2), 20, 34);
            room.Says("inlet-1", (Quantity.Temperature, Math.Round(value, 2)));
            measured.Add(new(room.At, Quantity.Temperature, Math.Round(value, 2)));
            _ = room.Goes(60);
        }

        var raised = room.Written.OfType<ClimateRaised>().Where(one => one is { Object: "inlet-1", Rule: ClimateRule.TemperatureHigh or ClimateRule.TemperatureLow }).Select(one => one.Level).ToArray();
        var rehearsed = LimitsRehearsal.Of(Inlet, Usual, measured);

        Assert.Equal(measured.Count, rehearsed.Readings);
        Assert.Equal(raised.Length, rehearsed.Alarms.Length);
        Assert.All(room.Written.OfType<ClimateCleared>().Where(one => one.Rule is ClimateRule.TemperatureHigh), cleared => Assert.Contains(rehearsed.Alarms, alarm => alarm.Peak == cleared.Peak));
    }

    [Fact]
    public void A_longer_delay_and_a_higher_limit_raise_less()
    {
        var measured = Minutes(0, 600, minute => minute % 60 < 8 ? 27.5 : 24).ToArray();

        Assert.Equal(10, LimitsRehearsal.Of(Inlet, Usual, measured).Alarms.Length);
        Assert.Empty(LimitsRehearsal.Of(Inlet, Usual with { WarningAfter = TimeSpan.FromMinutes(12) }, measured).Alarms);
        Assert.Empty(LimitsRehearsal.Of(Inlet, Usual with { WarningHigh = 28 }, measured).Alarms);
        Assert.Equal((1, 1), (LimitsRehearsal.Of(Inlet, Usual with { AlarmHigh = 27.2 }, measured).Alarms.Length / 10, LimitsRehearsal.Of(Inlet, Usual with { AlarmHigh = 27.2 }, measured).Serious / 10));
    }

    [Fact]
    public void A_delay_that_ends_between_two_reports_counts()
    {
        // Every ten minutes: above the limit once, and back the next time. Five minutes after the first the bridge would have raised it.
        var measured = new[] { (0, 24.0), (10, 27.6), (20, 24.0), (30, 24.0), (40, 24.0) }.Select(one => new MeasuredAt(A.MondayNine.AddMinutes(one.Item1), Quantity.Temperature, one.Item2));
        var alarm = Assert.Single(LimitsRehearsal.Of(Inlet with { Interval = TimeSpan.FromMinutes(10) }, Usual, measured).Alarms);

        Assert.Equal(A.MondayNine.AddMinutes(15), alarm.RaisedAt, TimeSpan.FromSeconds(31));
        Assert.NotNull(alarm.EndedAt);
    }

    [Fact]
    public void The_dew_point_is_worked_out_of_both_values_of_one_moment()
    {
        var limits = ClimateLimits.Of(Measure.DewPoint, SensorSpot.Inlet, RoomGuard.Core.Zones.ZoneKind.ServerRoom, EquipmentClass.A1)!;
        var measured = Minutes(0, 60, _ => 25).SelectMany(one => new[] { one, one with { Quantity = Quantity.RelativeHumidity, Value = 62 } });

        // 25 °C at 62 % has its dew point at 17.2 °C.
        Assert.Equal(ClimateLevel.Alarm, Assert.Single(LimitsRehearsal.Of(Inlet, limits, measured).Alarms).Level);
        Assert.Empty(LimitsRehearsal.Of(Inlet, limits, Minutes(0, 60, _ => 25)).Alarms);
    }

    [Fact]
    public void Of_nothing_measured_nothing_is_known()
    {
        Assert.Equal(0, LimitsRehearsal.Of(Inlet, Usual, []).Readings);
        Assert.False(LimitsRehearsal.IsPossible(Measure.Battery));
        Assert.All(Enum.GetValues<Measure>().Where(LimitsRehearsal.IsPossible), measure => Assert.NotEmpty(LimitsRehearsal.QuantitiesOf(measure)));
    }

    private static IEnumerable<MeasuredAt> Minutes(int from, int until, Func<int, double> value) =>
        Enumerable.Range(from, until - from).Select(minute => new MeasuredAt(A.MondayNine.AddMinutes(minute), Quantity.Temperature, value(minute)));
}
