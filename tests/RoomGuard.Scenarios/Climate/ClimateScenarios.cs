using RoomGuard.Core.Climate;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.Scenarios.Climate;

/// <summary>Stories of a room's climate in virtual time, from the air to what is written.</summary>
public sealed class ClimateScenarios
{
    private const Quantity T = Quantity.Temperature;
    private const Quantity H = Quantity.RelativeHumidity;
    private static readonly DateTimeOffset SummerNight = new(2026, 8, 11, 1, 0, 0, TimeSpan.FromHours(9));

    [Fact]
    [Requirement("R-ENV-02")]
    [Requirement("R-ENV-09")]
    public void Cooling_fails_on_a_summer_night()
    {
        var (story, room) = ARoom(seed: 1);
        story.After(2 * 3600).WritesNothing();

        // Half past three: the unit stops, and says so.
        room.IsCooling = false;
        story.Speaks("ac-1", (Quantity.CoolingStopped, 1)).After(1800);
        var first = story.Written.OfType<ClimateRaised>().First();
        var forecast = story.Written.OfType<ClimateChanged>().First(one => one.Change is ClimateChange.Forecast);
        Assert.Equal("CoolingStopped/ac-1", first.Condition);

        // What was foretold comes when it was foretold, within a quarter.
        var foretold = forecast.OccurredAt.AddMinutes(forecast.MinutesToLimit!.Value);
        story.Goes(1200);
        var reached = story.Written.OfType<ClimateChanged>().First(one => one is { Change: ClimateChange.Forecast, MinutesToLimit: 0 }).OccurredAt;
        Assert.InRange((reached - forecast.OccurredAt) / (foretold - forecast.OccurredAt), 0.75, 1.25);

        // One cause; what follows from it says so, and nobody is told of anything else.
        Assert.All(story.Written.OfType<ClimateRaised>().Skip(1), one => Assert.Equal("CoolingStopped/ac-1", one.Cause));
        Assert.Equal(["TemperatureHigh/inlet-1", "TemperatureHigh/inlet-2", "TemperatureHigh/inlet-3"], story.Written.OfType<ClimateRaised>().Where(one => one.Rule is ClimateRule.TemperatureHigh && one.Object.StartsWith("inlet", StringComparison.Ordinal)).Select(one => one.Condition).Order(StringComparer.Ordinal));
        Assert.Equal(ClimateState.Abnormal, story.Control.Now().Zones[0].State);

        // It runs again: the room goes back to normal by itself, and nothing stands in the morning.
        room.IsCooling = true;
        story.Speaks("ac-1", (Quantity.CoolingStopped, 0)).After(4 * 3600).Stand().ZoneIs(ClimateState.Normal);
        Assert.Equal(story.Written.OfType<ClimateRaised>().Count(), story.Written.OfType<ClimateCleared>().Count());
    }

    [Fact]
    [Requirement("R-ENV-09")]
    public void Cooling_fails_and_no_input_says_so()
    {
        var (story, room) = ARoom(seed: 2);
        story.After(2 * 3600).WritesNothing();
        room.IsCooling = false;
        story.After(1200);

        var first = story.Written.OfType<ClimateRaised>().First();
        Assert.Equal("CoolingLost/SRV-1", first.Condition);
        Assert.InRange((first.OccurredAt - story.At).TotalMinutes, -16, 0);
        Assert.InRange(first.MinutesToLimit!.Value, 10, 40);
    }

    [Fact]
    [Requirement("R-ENV-03")]
    public void A_slow_leak_first_cools_a_pipe_then_wets_the_floor()
    {
        var (story, _) = ARoom(seed: 3);
        story.After(3600).WritesNothing().Speaks("pipe-1", (Quantity.SurfaceTemperature, 13)).After(300).Raises("CondensationNear/pipe-1")
            .After(3600).WritesNothing().Hushes("leak-1").Says("leak-1", (Quantity.Leak, 1)).Raises("Leak/leak-1").Writes<ClimateRaised>(one => one.OccurredAt == story.At);

        // It dries in the night, and stands until somebody has looked.
        story.After(1800).Says("leak-1", (Quantity.Leak, 0)).After(1800).Writes<ClimateChanged>(one => one.Change is ClimateChange.Returned).Speaks("pipe-1", (Quantity.SurfaceTemperature, 18)).Speaks("leak-1", (Quantity.Leak, 0)).After(3600)
            .Stand("Leak/leak-1").Confirms("Leak/leak-1").Stand();
    }

    [Fact]
    [Requirement("R-ENV-05")]
    [Requirement("R-MON-01")]
    public void A_sensor_dies_silently_and_what_it_said_last_is_never_shown_as_now()
    {
        var (story, _) = ARoom(seed: 4);
        story.After(3600).Hushes("inlet-2").After(200).Raises("SensorSilent/inlet-2");
        var value = story.Control.Now().Sensors.Single(one => one.Sensor == "inlet-2").Values.Single(one => one.Quantity == T);

        Assert.NotNull(value.Value);
        Assert.Equal((ValueQuality.Offline, QualityReason.Silent), (value.Quality, value.Reason));
        story.After(2 * 86_400).WritesNothing().Stand("SensorSilent/inlet-2").ZoneIs(ClimateState.Caution);
    }

    [Fact]
    [Requirement("R-ENV-05")]
    public void A_broker_restarts_and_tells_the_values_of_last_week()
    {
        var (story, _) = ARoom(seed: 5);
        string[] behind = ["inlet-1", "inlet-2", "inlet-3", "room-1"];
        story.Gateway("z2m-1", true).Hushes("leak-1").Says("leak-1", (Quantity.Leak, 0)).After(3600).WritesNothing().Hushes(behind).Gateway("z2m-1", false).After(40);
        foreach (var sensor in behind)
        {
            story.Reports(new SensorReport(sensor, story.At, [new(T, 41), new(H, 5)]) { Resent = true });
        }

        // Retained: the wet floor of last week, which somebody has long confirmed.
        story.Reports(new SensorReport("leak-1", story.At, [new(Quantity.Leak, 1)]) { Resent = true }).Gateway("z2m-1", true).Goes(30).WritesNothing();
        story.Shows("inlet-1", T, ValueQuality.Good);

        // Half of them come back.
        story.Speaks("inlet-1", (T, 22), (H, 48)).Speaks("room-1", (T, 22), (H, 48)).Speaks("leak-1", (Quantity.Leak, 0)).After(60).WritesNothing().After(150);
        Assert.Equal(["SensorSilent/inlet-2", "SensorSilent/inlet-3"], story.Written.OfType<ClimateRaised>().Select(one => one.Condition).Order(StringComparer.Ordinal));
    }

    [Fact]
    [Requirement("R-ENV-04")]
    public void An_earthquake_asks_for_a_look_at_each_rack_and_at_nothing_twice()
    {
        var (story, _) = ARoom(seed: 6);
        story.After(3600).WritesNothing();
        foreach (var (after, one, other) in new[] { (0.5, 4.8, 4.6), (20, 3.6, 3.4), (30, 2.1, 2.0) })
        {
            story.Goes(after).Says("quake-1", (Quantity.SeismicIntensity, one)).Says("quake-2", (Quantity.SeismicIntensity, other));
        }

        story.Goes(300).Raises("Quake/SRV-1").Writes<ClimateRaised>(one => one is { Level: ClimateLevel.Alarm, Value: 4.8 }).Confirms("Quake/SRV-1", "R01").Stand("Quake/SRV-1").Confirms("Quake/SRV-1", "R02").Stand();
        Assert.Equal(2, story.Written.OfType<ClimateConfirmed>().Count());
    }

    [Fact]
    [Requirement("R-ENV-05")]
    public void A_flood_of_alarms_with_one_cause_is_one_alarm()
    {
        // Two hundred sensors behind one gateway, whose will never comes.
        var many = Enumerable.Range(1, 200).Select(n => AClimate.Sensor($"wall-{n:000}", SensorSpot.Room, TimeSpan.FromMinutes(1), T) with { Through = ["gw-1"] }).ToArray();
        var story = new ClimateStory(SummerNight, AClimate.Plan with { Sensors = [.. AClimate.Plan.Sensors, .. many] }).Calm();
        foreach (var sensor in many)
        {
            story.Speaks(sensor.Id, (T, 22.0));
        }

        story.After(900).WritesNothing().Hushes([.. many.Select(sensor => sensor.Id)]).After(600).Raises("GatewayDown/gw-1").Writes<ClimateRaised>(one => one.Blind.Length == 200);
        foreach (var sensor in many)
        {
            story.Speaks(sensor.Id, (T, 22.0));
        }

        story.After(900).Raises().Clears("GatewayDown/gw-1");
    }

    [Fact]
    [Requirement("R-ENV-06")]
    public void No_number_85_and_fahrenheit_in_one_night_raise_faults_and_no_heat()
    {
        var (story, room) = ARoom(seed: 7);
        var noise = new Random(7);
        var minute = 0;
        story.Speaks("inlet-1", () => minute++ % 20 < 6 ? [(T, double.NaN), (H, double.NaN)] : room.At(0, noise))
            .Speaks("inlet-2", () => minute % 40 == 3 ? [(T, 85), (H, 48)] : room.At(0.2, noise));
        story.After(4 * 3600);
        story.Speaks("inlet-3", () => [(T, (room.Inlet * 1.8) + 32), (H, 48)]).Goes(4 * 3600);

        Assert.Equal(["SensorFault/inlet-1", "SensorFault/inlet-3"], story.Written.OfType<ClimateRaised>().Select(one => one.Condition).Distinct().Order(StringComparer.Ordinal));

        // Comes and goes all night, and is told three times at most before it stands.
        Assert.InRange(story.Written.OfType<ClimateRaised>().Count(one => one.Object == "inlet-1"), 1, 3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [Requirement("R-ENV-02")]
    [Requirement("R-ENV-03")]
    [Requirement("R-ENV-05")]
    [Requirement("R-ENV-06")]
    public void In_a_week_with_every_fault_of_sensors_no_alarm_is_missed_and_none_invented(int seed)
    {
        var week = new WeekOfSensors(seed);
        var wrong = week.Live();

        Assert.True(wrong.Count == 0, $"{string.Join('\n', wrong)}\n\n{week}");
    }

    private static (ClimateStory Story, SmallRoom Room) ARoom(int seed)
    {
        var (story, room, noise) = (new ClimateStory(SummerNight).Calm(), new SmallRoom(), new Random(seed));
        foreach (var (sensor, place) in new[] { ("inlet-1", 0.0), ("inlet-2", 0.4), ("inlet-3", -0.3), ("room-1", 1.2) })
        {
            story.Speaks(sensor, () =>
            {
                room.Pass(story.Elapsed);
                return room.At(place, noise);
            });
        }

        return (story, room);
    }
}
