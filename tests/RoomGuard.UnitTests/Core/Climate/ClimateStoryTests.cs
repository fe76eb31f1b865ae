using System.Collections.Immutable;
using System.Text.Json;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Core.Climate;

/// <summary>The climate of a room, told as stories.</summary>
public class ClimateStoryTests
{
    private const Quantity T = Quantity.Temperature;
    private const Quantity H = Quantity.RelativeHumidity;

    private static ClimateStory ARoom(ClimatePlan? plan = null) => new ClimateStory(A.MondayNine, plan).Calm().After(3600 + 60).ZoneIs(ClimateState.Normal);

    // One that senses nothing but temperature: warm air is dry air, and that has alarms of its own.
    private static ClimateStory AThermometer(double at) =>
        ARoom(AClimate.With("inlet-1", one => one with { Measures = [T] })).Speaks("inlet-1", (T, at)).After(1200).WritesNothing();

    // ---- limits

    [Fact]
    [Requirement("R-ENV-02")]
    public void A_temperature_above_its_limit_is_told_after_its_delay_becomes_worse_and_ends_past_the_deadband()
    {
        var room = AThermometer(24.7).Speaks("inlet-1", (T, 27.4)).After(330).WritesNothing().After(60).Raises("TemperatureHigh/inlet-1")
            .Writes<ClimateRaised>(one => one is { Level: ClimateLevel.Warning, Value: 27.4, Limit: 27, Zone.Value: "SRV-1", Quality: ValueQuality.Good });

        room.Goes(810).Speaks("inlet-1", (T, 30.2)).After(1200).WritesNothing().Speaks("inlet-1", (T, 33)).After(50).WritesNothing().After(80)
            .Writes<ClimateChanged>(one => one is { Change: ClimateChange.Worse, Level: ClimateLevel.Alarm, Value: 33, Limit: 32 }).ZoneIs(ClimateState.Abnormal);

        // Within the deadband it stands: 26.5 is not back, 25.9 is, after five minutes.
        room.Goes(50).Speaks("inlet-1", (T, 30.2)).After(420).Writes<ClimateChanged>(one => one.Change is ClimateChange.Better)
            .Speaks("inlet-1", (T, 26.5)).After(3600).Clears().Stand("TemperatureHigh/inlet-1")
            .Speaks("inlet-1", (T, 25.9)).After(240).WritesNothing().After(180).Clears("TemperatureHigh/inlet-1")
            .Writes<ClimateCleared>(one => one is { Peak: 33, Level: ClimateLevel.Warning, ByPlan: false }).Stand();
    }

    [Theory]
    [InlineData(27, null)]
    [InlineData(27.01, "TemperatureHigh/inlet-1")]
    [InlineData(18, null)]
    [InlineData(17.9, "TemperatureLow/inlet-1")]
    [Requirement("R-ENV-02")]
    public void The_limit_itself_is_within_it(double temperature, string? raised)
    {
        var room = new ClimateStory(A.MondayNine).Calm().Speaks("inlet-1", (T, temperature), (H, 45)).After(1500);
        room.Raises(raised is null ? [] : [raised]);
    }

    [Theory]
    [InlineData(39, "HumidityLow/inlet-1", ClimateLevel.Warning)]
    [InlineData(19, "HumidityLow/inlet-1", ClimateLevel.Alarm)]
    [InlineData(40, null, null)]
    [InlineData(60, null, null)]
    [InlineData(61, "HumidityHigh/inlet-1", ClimateLevel.Warning)]
    [InlineData(81, "HumidityHigh/inlet-1", ClimateLevel.Alarm)]
    [Requirement("R-ENV-02")]
    public void Humidity_has_the_requirements_limits(double humidity, string? raised, ClimateLevel? level)
    {
        // Cool enough that the dew point says nothing, and slowly told that it is no jump.
        var room = new ClimateStory(A.MondayNine).Calm().Speaks("inlet-1", (T, 18), (H, humidity)).After(1200);
        room.Raises(raised is null ? [] : [raised]);
        Assert.Equal(level, room.Written.OfType<ClimateRaised>().SingleOrDefault()?.Level);
    }

    [Fact]
    [Requirement("R-ENV-02")]
    public void At_27_degrees_the_dew_point_bites_long_before_sixty_per_cent() =>
        new ClimateStory(A.MondayNine).Calm().Speaks("pipe-1", (Quantity.SurfaceTemperature, 24)).Speaks("inlet-1", (T, 26.9), (H, 49)).After(1200).Raises("DewPointHigh/inlet-1").Writes<ClimateRaised>(one => one is { Value: > 15 and < 16, Limit: 15 });

    [Fact]
    [Requirement("R-ENV-02")]
    public void A_cold_pipe_near_the_dew_point_is_told_before_it_drips() =>
        ARoom().Speaks("pipe-1", (Quantity.SurfaceTemperature, 12.0)).After(300).Raises("CondensationNear/pipe-1").Writes<ClimateRaised>(one => one is { Level: ClimateLevel.Warning, Value: > 2 and < 3, Limit: 3 });

    [Fact]
    [Requirement("R-ENV-02")]
    public void A_value_that_dances_on_its_limit_is_told_once_and_then_stands()
    {
        var (room, turn) = (AThermometer(24.6), 0);
        room.Speaks("inlet-1", () => [(T, turn++ / 8 % 2 == 0 ? 27.5 : 25.5)]).After((4 * 3600) + 480);

        // Comes and goes each quarter of an hour: three times told, then as what it is.
        Assert.Equal(3, room.Written.OfType<ClimateRaised>().Count());
        Assert.Single(room.Written.OfType<ClimateChanged>(), one => one.Change is ClimateChange.Unsteady);
        room.Stand("TemperatureHigh/inlet-1").Speaks("inlet-1", (T, 22)).After(1500).WritesNothing().After(600).Clears("TemperatureHigh/inlet-1");
    }

    [Fact]
    [Requirement("R-ENV-02")]
    public void A_fast_rise_is_told_before_any_limit_is_reached() =>
        ARoom().Speaks("inlet-1", (T, 24.5), (H, 45)).After(180).Speaks("inlet-1", (T, 26.9), (H, 45)).After(120).Speaks("inlet-1", (T, 27.2), (H, 45)).After(70).Raises("TemperatureRise/inlet-1")
            .Writes<ClimateRaised>(one => one is { Rule: ClimateRule.TemperatureRise, Level: ClimateLevel.Warning, Limit: 5, Value: > 5 });

    [Fact]
    [Requirement("R-ENV-08")]
    public void A_media_store_is_watched_for_slow_changes_and_for_its_door()
    {
        // Six degrees in an hour would be nothing in a server room.
        var (room, minutes) = (ARoom(), 0);
        room.Speaks("store-1", () => [(T, 18 + (6.0 * Math.Min(12, minutes++) / 12)), (H, 45)]).After(3900).Raises("TemperatureChange/store-1").ZoneIs(ClimateState.Caution, "MED-1").ZoneIs(ClimateState.Normal);
        room.After(0).Says("store-door", (Quantity.Open, 1)).After(170).WritesNothing().After(20).Raises("OpenTooLong/store-door").After(420).Writes<ClimateChanged>(one => one.Change is ClimateChange.Worse)
            .Says("store-door", (Quantity.Open, 0)).After(12).Clears("OpenTooLong/store-door");
        room.After(0).Says("store-smoke", (Quantity.Smoke, 1)).Says("store-leak", (Quantity.Leak, 1)).Raises("Smoke/store-smoke", "Leak/store-leak").ZoneIs(ClimateState.Abnormal, "MED-1");
    }

    [Fact]
    [Requirement("R-ENV-02")]
    public void A_sensor_and_a_zone_may_have_limits_of_their_own()
    {
        var strict = new LimitSet(Measure.Temperature, 18, 24, 15, 26, 1, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        var plan = AClimate.With("inlet-1", one => one with { Limits = [strict] });
        ARoom(plan).Speaks("inlet-2", (T, 24.6), (H, 45)).After(1200).Raises().Speaks("inlet-1", (T, 24.6), (H, 45)).After(300).Raises("TemperatureHigh/inlet-1");
        Assert.Equal((18, 27, 10, 35), ClimateLimits.Of(Measure.Temperature, SensorSpot.Inlet, ZoneKind.ServerRoom, EquipmentClass.A2) is { } a2 ? (a2.WarningLow!.Value, a2.WarningHigh!.Value, a2.AlarmLow!.Value, a2.AlarmHigh!.Value) : default);
    }

    // ---- at once

    [Theory]
    [InlineData("smoke-1", Quantity.Smoke, "Smoke/smoke-1")]
    [InlineData("leak-1", Quantity.Leak, "Leak/leak-1")]
    [InlineData("fire-1", Quantity.AgentDischarge, "AgentDischarge/fire-1")]
    [Requirement("R-ENV-03")]
    public void Smoke_leak_and_agent_are_told_with_the_message_and_stand_until_a_person_has_confirmed(string sensor, Quantity quantity, string condition) =>
        ARoom().Hushes(sensor).After(0).Says(sensor, (quantity, 1)).Raises(condition).ZoneIs(ClimateState.Abnormal)

            // Still there: nobody's word ends it.
            .Confirms(condition).Writes<ClimateConfirmed>(one => one is { Accepted: false, By: "S-0102" }).Stand(condition)
            .After(30).Says(sensor, (quantity, 0)).After(70).Writes<ClimateChanged>(one => one.Change is ClimateChange.Returned).Stand(condition).ZoneIs(ClimateState.Abnormal)
            .After(60).WritesNothing().Confirms(condition).Writes<ClimateConfirmed>(one => one.Accepted).Clears(condition).Stand();

    [Fact]
    [Requirement("R-ENV-03")]
    public void What_comes_again_before_it_was_confirmed_is_told_again_and_a_late_word_means_only_its_own_time()
    {
        var room = ARoom().Hushes("leak-1").After(0).Says("leak-1", (Quantity.Leak, 1)).Goes(30).Says("leak-1", (Quantity.Leak, 0)).After(65).Says("leak-1", (Quantity.Leak, 1))
            .Goes(2).Says("leak-1", (Quantity.Leak, 0)).After(70);
        Assert.Single(room.Written.OfType<ClimateChanged>(), one => one.Change is ClimateChange.Again);
        var raised = room.Written.OfType<ClimateRaised>().Single().OccurredAt;
        room.Confirms("Leak/leak-1").Stand();

        // A new leak, and the old word told again after a break.
        room.After(600).Says("leak-1", (Quantity.Leak, 1)).Goes(1).Says("leak-1", (Quantity.Leak, 0)).Goes(70).Ordered(new ClimateConfirmOrder("Leak/leak-1", AClimate.ServerRoom, raised, [], "", "S-0102", room.At)).Stand("Leak/leak-1");
    }

    [Fact]
    [Requirement("R-ENV-03")]
    public void A_wet_sensor_that_flaps_is_told_a_few_times_and_then_stands()
    {
        var (room, turn) = (ARoom(AClimate.With("leak-1", one => one with { Interval = TimeSpan.FromMinutes(2) })), 0);
        room.Speaks("leak-1", () => [(Quantity.Leak, turn++ % 2)]).After(12 * 3600);

        Assert.InRange(room.Written.Count(one => one is ClimateRaised or ClimateChanged), 4, 8);
        room.Stand("Leak/leak-1");
    }

    [Fact]
    [Requirement("R-ENV-03")]
    public void A_dead_sensor_does_not_end_what_it_told_and_a_person_may() =>
        ARoom().Hushes("leak-1").After(0).Says("leak-1", (Quantity.Leak, 1)).After(4 * 3600).Raises("SensorSilent/leak-1").Stand("Leak/leak-1", "SensorSilent/leak-1")
            .Confirms("Leak/leak-1").Stand("SensorSilent/leak-1");

    // ---- fire and the doors

    [Fact]
    [Requirement("R-DOOR-15")]
    [Requirement("R-ENV-03")]
    public void A_fire_signal_is_told_to_the_doors_of_its_zones_in_the_same_turn_and_taken_back_when_a_person_has_confirmed()
    {
        var room = ARoom().Hushes("fire-1").After(0).Says("fire-1", (Quantity.Fire, 1)).Raises("Fire/fire-1");
        Assert.True(room.Burning.SequenceEqual([AClimate.MediaStore, AClimate.ServerRoom]));

        room.Restarts(20);
        Assert.True(room.Burning.SequenceEqual([AClimate.MediaStore, AClimate.ServerRoom]));

        room.Says("fire-1", (Quantity.Fire, 0)).After(120).Confirms("Fire/fire-1").Stand();
        Assert.Empty(room.Burning);
    }

    [Fact]
    [Requirement("R-ENV-03")]
    public void What_rises_in_a_fire_names_the_fire_as_its_cause() =>
        ARoom().After(0).Says("fire-1", (Quantity.Fire, 1)).Says("smoke-1", (Quantity.Smoke, 1)).Speaks("inlet-1", (T, 45), (H, 45)).Goes(130).Raises("Fire/fire-1", "Smoke/smoke-1", "TemperatureRise/inlet-1", "TemperatureChange/inlet-1", "TemperatureHigh/inlet-1")
            .Control.Now().Conditions.Where(one => one.Rule is not ClimateRule.Fire).ToList().ForEach(one => Assert.Equal("Fire/fire-1", one.Cause));

    // ---- quake

    [Fact]
    [Requirement("R-ENV-04")]
    public void A_quake_stands_until_each_rack_of_the_zone_was_looked_at()
    {
        var room = ARoom().After(0).Says("quake-1", (Quantity.SeismicIntensity, 4.2)).Goes(2).Says("quake-2", (Quantity.SeismicIntensity, 4.7)).Goes(2).Raises("Quake/SRV-1")
            .Writes<ClimateRaised>(one => one is { Value: 4.7, Level: ClimateLevel.Alarm, Object: "SRV-1", Blind: ["R01", "R02"] });

        room.After(70).Writes<ClimateChanged>(one => one.Change is ClimateChange.Returned).ZoneIs(ClimateState.Abnormal)
            .After(0).Confirms("Quake/SRV-1", "R01").Writes<ClimateConfirmed>(one => one is { Accepted: true, Open: ["R02"] }).Stand("Quake/SRV-1")
            .After(0).Confirms("Quake/SRV-1", "R02", "R99").Writes<ClimateConfirmed>(one => one.Open.IsEmpty).Clears("Quake/SRV-1").Stand().ZoneIs(ClimateState.Normal);
    }

    [Fact]
    [Requirement("R-ENV-04")]
    public void An_aftershock_asks_for_the_whole_list_again() =>
        Quaking().After(120).Confirms("Quake/SRV-1", "R01").After(0).Says("quake-1", (Quantity.SeismicIntensity, 3.9)).Says("quake-2", (Quantity.SeismicIntensity, 3.8)).Goes(2)
            .Writes<ClimateChanged>(one => one.Change is ClimateChange.Again).Goes(70).Confirms("Quake/SRV-1", "R02").Stand("Quake/SRV-1").Confirms("Quake/SRV-1", "R01").Stand();

    [Fact]
    [Requirement("R-ENV-04")]
    public void A_knock_on_one_rack_is_no_quake_while_another_sensor_can_tell() =>
        ARoom().After(0).Says("quake-1", (Quantity.SeismicIntensity, 4.9)).After(30).WritesNothing().Says("quake-2", (Quantity.SeismicIntensity, 4.9)).After(30).WritesNothing();

    [Fact]
    [Requirement("R-ENV-04")]
    public void With_the_other_sensor_dead_one_is_believed() =>
        ARoom().Hushes("quake-2").After(4 * 3600).Says("quake-1", (Quantity.SeismicIntensity, 4.9)).After(2).Raises("Quake/SRV-1");

    // ---- cooling

    [Fact]
    [Requirement("R-ENV-09")]
    public void Stopped_cooling_is_one_alarm_with_the_minutes_until_the_limit_and_what_follows_names_it()
    {
        var (room, minutes) = (ARoom(), 0);
        foreach (var (inlet, own) in new[] { ("inlet-1", 0.0), ("inlet-2", 0.3), ("inlet-3", 0.6) })
        {
            room.Speaks(inlet, () => [(T, 22 + own + (minutes++ / 3 * 0.2)), (H, 45)]);
        }

        room.Speaks("ac-1", (Quantity.CoolingStopped, 1)).After(600).Raises("CoolingStopped/ac-1");
        var forecasts = room.Written.OfType<ClimateChanged>().Where(one => one.Change is ClimateChange.Forecast).ToArray();

        // 12 °C an hour from about 23 to 32: three quarters of an hour.
        Assert.InRange(Assert.Single(forecasts).MinutesToLimit!.Value, 35, 55);
        room.After(3600);
        Assert.Equal([30, 15, 5, 0], room.Written.OfType<ClimateChanged>().Where(one => one.Change is ClimateChange.Forecast).Skip(1).Select(one => one.MinutesToLimit!.Value));
        Assert.All(room.Written.OfType<ClimateRaised>().Skip(1), one => Assert.Equal("CoolingStopped/ac-1", one.Cause));
        Assert.DoesNotContain(room.Written.OfType<ClimateRaised>(), one => one.Rule is ClimateRule.CoolingLost);
    }

    [Fact]
    [Requirement("R-ENV-09")]
    public void Cooling_that_fails_without_a_word_is_known_by_inlets_that_rise_together()
    {
        var (room, minutes) = (ARoom(), 0);
        foreach (var inlet in new[] { "inlet-1", "inlet-2", "inlet-3" })
        {
            room.Speaks(inlet, () => [(T, 22 + (minutes++ / 3 * 0.25)), (H, 45)]);
        }

        room.After(1200);
        Assert.Equal("CoolingLost/SRV-1", room.Written.OfType<ClimateRaised>().First().Condition);
        Assert.InRange(room.Written.OfType<ClimateRaised>().First().MinutesToLimit!.Value, 15, 40);
    }

    [Fact]
    [Requirement("R-ENV-09")]
    public void A_cooling_unit_that_goes_on_and_off_is_no_lost_cooling()
    {
        var (room, minutes) = (new ClimateStory(A.MondayNine).Calm(), 0);
        foreach (var inlet in new[] { "inlet-1", "inlet-2", "inlet-3" })
        {
            // A saw of 3 °C in 24 minutes.
            room.Speaks(inlet, () => [(T, 22 + (Math.Abs((minutes++ / 3 % 24) - 12) * 0.25)), (H, 45)]);
        }

        room.After(4 * 3600).WritesNothing();
    }

    // ---- one cause

    [Fact]
    [Requirement("R-ENV-05")]
    public void A_gateway_that_is_gone_is_one_alarm_and_its_sensors_are_unknown_and_silent_about_it()
    {
        string[] behind = ["inlet-1", "inlet-2", "inlet-3", "room-1"];
        var room = ARoom().Gateway("z2m-1", alive: true).Hushes(behind).Gateway("z2m-1", alive: false).After(50).WritesNothing().After(3600).Raises("GatewayDown/z2m-1")
            .Writes<ClimateRaised>(one => one is { Zone: null, Level: ClimateLevel.Alarm } && one.Blind.SequenceEqual(behind)).ZoneIs(ClimateState.Unknown).Shows("inlet-2", T, ValueQuality.Offline, QualityReason.GatewayDown);

        // Back: nobody is missed for the time it was gone.
        room.After(0).Gateway("z2m-1", alive: true).Clears("GatewayDown/z2m-1");
        foreach (var sensor in behind)
        {
            room.Speaks(sensor, (T, 22), (H, 45));
        }

        room.After(900).WritesNothing().ZoneIs(ClimateState.Normal);
    }

    [Fact]
    [Requirement("R-ENV-05")]
    public void A_gateway_whose_will_is_lost_is_known_by_what_falls_silent_together() =>
        ARoom().Hushes("inlet-1", "inlet-2", "inlet-3", "room-1").After(3600).Raises("GatewayDown/z2m-1").Stand("GatewayDown/z2m-1");

    [Fact]
    [Requirement("R-ENV-05")]
    public void A_sensor_that_stays_away_after_its_gateway_is_back_is_told() =>
        ARoom().Gateway("z2m-1", alive: true).Hushes("inlet-1").Gateway("z2m-1", alive: false).After(600).Gateway("z2m-1", alive: true).After(170).Raises().After(20).Raises("SensorSilent/inlet-1");

    // ---- restarts

    [Fact]
    [Requirement("R-ENV-05")]
    [Requirement("R-MON-02")]
    public void After_a_restart_a_sensor_that_was_silent_is_not_young_again_and_nobody_is_missed_for_our_own_absence()
    {
        var room = ARoom().Hushes("inlet-1").After(150).Restarts(2).Writes<ClimateGap>(one => one.Cause == "restart" && one.To == one.OccurredAt && one.From < one.To).Shows("inlet-1", T, ValueQuality.Good);
        room.After(60).Raises("SensorSilent/inlet-1");

        // An hour away: all is old and shown as old, and nothing is raised for it.
        ARoom().Restarts(3600).Shows("inlet-1", T, ValueQuality.Offline, QualityReason.Silent).ZoneIs(ClimateState.Unknown).After(900).WritesNothing().ZoneIs(ClimateState.Normal);
    }

    [Fact]
    [Requirement("R-ENV-02")]
    public void A_bridge_that_is_killed_every_few_seconds_goes_on_as_one_that_is_not()
    {
        static (DateTimeOffset At, string What)[] Lived(bool killed)
        {
            var (room, minutes) = (ARoom(), 0);
            room.Speaks("inlet-1", () => [(T, minutes++ is > 10 and < 60 ? 33 : 22), (H, 45)]).Speaks("leak-1", (Quantity.Leak, 1));
            for (var i = 0; i < 7200 / 37; i++)
            {
                room = killed ? room.Goes(37).Restarts(0) : room.Goes(37);
            }

            // How fast it rose is not kept: what the window held goes with the program.
            return
            [
                .. room.Written.Select(one => (one.OccurredAt, What: one switch
                {
                    ClimateRaised { Rule: not ClimateRule.TemperatureRise } of => $"raised {of.Condition} {of.Level}",
                    ClimateChanged of => $"changed {of.Condition} {of.Change}",
                    ClimateCleared { Rule: not ClimateRule.TemperatureRise } of => $"cleared {of.Condition}",
                    _ => "",
                })).Where(one => one.What.Length > 0),
            ];
        }

        var (whole, killed) = (Lived(killed: false), Lived(killed: true));
        Assert.Contains(whole, one => one.What == "raised TemperatureHigh/inlet-1 Alarm");
        Assert.Equal(whole.Select(one => one.What), killed.Select(one => one.What));
        Assert.All(whole.Zip(killed), pair => Assert.InRange((pair.Second.At - pair.First.At).TotalSeconds, -2, 2));
    }

    [Fact]
    public void What_is_remembered_survives_being_written_and_read()
    {
        var room = Quaking().Speaks("inlet-1", (T, 33), (H, 45)).Hushes("leak-1").After(4 * 3600).Gateway("z2m-1", alive: false);
        var told = JsonSerializer.Serialize(new RoomGuard.Core.Doors.RoomSnapshot(
            new(default, default, A.MondayNine), null, null, [], [], [], [], [], 0, [], [], [], null, Climate: room.Control.Snapshot()), RecordJson.Plain.RoomSnapshot);

        Assert.Equal(told, JsonSerializer.Serialize(JsonSerializer.Deserialize(told, RecordJson.Plain.RoomSnapshot), RecordJson.Plain.RoomSnapshot));
        Assert.Contains("\"TemperatureHigh\"", told, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-ENV-02")]
    public void A_turned_clock_neither_fires_nor_swallows_an_alarm() =>
        AThermometer(24.7).Speaks("inlet-1", (T, 27.6)).After(60).TurnsTheClock(TimeSpan.FromHours(-9)).After(120).Raises().TurnsTheClock(TimeSpan.FromHours(18)).After(60).Raises()
            .After(130).Raises("TemperatureHigh/inlet-1");

    [Fact]
    public void A_sensor_taken_out_of_the_plan_takes_its_alarms_with_it_and_that_is_written_down() =>
        ARoom().Speaks("inlet-3", (T, 33), (H, 31)).After(300).Raises("TemperatureRise/inlet-3", "TemperatureHigh/inlet-3").Hushes("inlet-3")
            .Restarts(1, AClimate.Plan with { Sensors = [.. AClimate.Plan.Sensors.Where(one => one.Id != "inlet-3")] }).Clears("TemperatureHigh/inlet-3", "TemperatureRise/inlet-3").Writes<SensingPlanApplied>(one => one.Zone == AClimate.ServerRoom).Stand();

    // ---- the plan

    [Fact]
    [Requirement("R-ENV-01")]
    public void The_six_factors_of_each_zone_are_written_down_once_with_their_sensors_or_their_reason()
    {
        var room = new ClimateStory(A.MondayNine);
        var plan = room.Written.OfType<SensingPlanApplied>().Single(one => one.Zone == AClimate.ServerRoom);

        Assert.Equal(Enum.GetValues<SensingFactor>(), plan.Factors.Select(one => one.Factor));
        Assert.Equal("前室で除塵しているため", plan.Factors.Single(one => one.Factor is SensingFactor.Dust).NotSensedReason);
        Assert.True(plan.Factors.Single(one => one.Factor is SensingFactor.Fire).Sensors.SequenceEqual(["smoke-1", "fire-1"]));
        Assert.Null(room.Control.Now().Zones[0].Factors.Single(one => one.Factor is SensingFactor.Dust).State);
        Assert.Empty(room.Restarts(1).Written.OfType<SensingPlanApplied>().Skip(2));
    }

    [Fact]
    [Requirement("R-ENV-01")]
    public void A_factor_neither_sensed_nor_explained_is_no_plan()
    {
        var plan = AClimate.Plan with { Zones = [AClimate.Plan.Zones[0] with { NotSensed = [] }, AClimate.Plan.Zones[1]] };

        Assert.Contains("Dust of SRV-1 is neither sensed nor explained", Assert.Single(plan.Problems()), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ClimateControl(plan, new()));
    }

    public static TheoryData<string, Func<ClimatePlan, ClimatePlan>> Impossible => new()
    {
        { "stands twice", plan => plan with { Sensors = plan.Sensors.Add(plan.Sensors[0]) } },
        { "zone \"SRV-1\" stands twice", plan => plan with { Zones = plan.Zones.Add(plan.Zones[0]) } },
        { "there is no zone \"SRV-9\"", plan => plan with { Sensors = plan.Sensors.Add(plan.Sensors[0] with { Id = "x", Zone = new("SRV-9") }) } },
        { "measures: say what x senses", plan => plan with { Sensors = plan.Sensors.Add(plan.Sensors[0] with { Id = "x", Measures = [] }) } },
        { "interval: 00:00:00 is outside", plan => plan with { Sensors = plan.Sensors.Add(plan.Sensors[0] with { Id = "x", Interval = TimeSpan.Zero }) } },
        { "gain 9", plan => plan with { Sensors = plan.Sensors.Add(plan.Sensors[0] with { Id = "x", Calibrations = [new(Quantity.Temperature, 9)] }) } },
        { "of Leak cannot be", plan => plan with { Sensors = plan.Sensors.Add(plan.Sensors[0] with { Id = "x", Calibrations = [new(Quantity.Leak, 1, 1)] }) } },
        { "is no range", plan => plan with { Sensors = plan.Sensors.Add(plan.Sensors[0] with { Id = "x", Ranges = [new(Quantity.Temperature, 5, 5)] }) } },
        { "must be numbers that rise", plan => plan with { Sensors = plan.Sensors.Add(plan.Sensors[0] with { Id = "x", Limits = [new(Measure.Temperature, 30, 27, 15, 32, 1, default, default, default)] }) } },
        { "is no deadband of DewPoint", plan => plan with { Sensors = plan.Sensors.Add(plan.Sensors[0] with { Id = "x", Limits = [new(Measure.DewPoint, null, 15, null, 17, 0.1, default, default, default)] }) } },
        { "a delay of Temperature", plan => plan with { Sensors = plan.Sensors.Add(plan.Sensors[0] with { Id = "x", Limits = [new(Measure.Temperature, null, 27, null, 32, 1, default, default, TimeSpan.FromDays(3))] }) } },
        { "fireZones", plan => plan with { Sensors = plan.Sensors.Add(plan.Sensors[0] with { Id = "x", FireZones = [AClimate.ServerRoom] }) } },
        { "is sensed by", plan => plan with { Zones = [plan.Zones[0] with { NotSensed = [.. plan.Zones[0].NotSensed, new(SensingFactor.Fire, "理由")] }, plan.Zones[1]] } },
        { "name each rack once", plan => plan with { Zones = [plan.Zones[0] with { Racks = ["R01", "R01"] }, plan.Zones[1]] } },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void What_cannot_be_in_a_plan_is_said(string words, Func<ClimatePlan, ClimatePlan> change) =>
        Assert.Contains(change(AClimate.Plan).Problems(), problem => problem.Contains(words, StringComparison.Ordinal));

    private static ClimateStory Quaking() => ARoom().After(0).Says("quake-1", (Quantity.SeismicIntensity, 4.2)).Says("quake-2", (Quantity.SeismicIntensity, 4.1)).Goes(2).Raises("Quake/SRV-1");
}
