using RoomGuard.Core.Climate;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Core.Climate;

/// <summary>How far what a sensor says is believed, and what its silence means.</summary>
public class SensorQualityTests
{
    private const Quantity T = Quantity.Temperature;
    private const Quantity H = Quantity.RelativeHumidity;

    private static ClimateStory ARoom() => new ClimateStory(A.MondayNine).Calm().After(3600 + 60).ZoneIs(ClimateState.Normal);

    // ---- what cannot be

    [Theory]
    [InlineData(double.NaN, QualityReason.NotANumber)]
    [InlineData(double.PositiveInfinity, QualityReason.NotANumber)]
    [InlineData(-127, QualityReason.ErrorValue)]
    [InlineData(85, QualityReason.ErrorValue)]
    [InlineData(327.67, QualityReason.ErrorValue)]
    [InlineData(-40, QualityReason.ErrorValue)]
    [InlineData(150, QualityReason.OutOfRange)]
    [InlineData(60, QualityReason.Jump)]
    [InlineData(71.78, QualityReason.UnitChange)]
    [Requirement("R-ENV-06")]
    public void What_cannot_be_is_kept_as_bad_with_its_reason_and_raises_nothing_alone(double raw, QualityReason reason)
    {
        // inlet-1 says 22.0 °C usually; 22.1 °C in the other unit is 71.78.
        var room = ARoom().After(0).Says("inlet-1", (T, raw), (H, 45)).Shows("inlet-1", T, ValueQuality.Bad, reason).Shows("inlet-1", H, ValueQuality.Good);
        var value = room.Control.Now().Sensors.Single(one => one.Sensor == "inlet-1").Values.Single(one => one.Quantity == T);

        Assert.Equal(double.IsFinite(raw) ? raw : null, value.Raw);
        Assert.Equal(22, value.Value);
        room.ZoneIs(ClimateState.Caution).After(300).WritesNothing().ZoneIs(ClimateState.Normal);
    }

    [Fact]
    [Requirement("R-ENV-06")]
    public void No_number_at_all_is_bad_too() => ARoom().After(0).Says("inlet-1", (T, null)).Shows("inlet-1", T, ValueQuality.Bad, QualityReason.NotANumber);

    [Fact]
    [Requirement("R-ENV-06")]
    public void Both_zero_to_the_last_digit_is_a_chip_that_did_not_answer() =>
        ARoom().After(0).Says("inlet-1", (T, 0), (H, 0)).Shows("inlet-1", T, ValueQuality.Bad, QualityReason.ErrorValue).Shows("inlet-1", H, ValueQuality.Bad, QualityReason.ErrorValue);

    [Fact]
    [Requirement("R-ENV-06")]
    public void A_sensor_that_goes_on_saying_what_cannot_be_is_a_fault_and_its_zone_is_not_normal() =>
        ARoom().Speaks("inlet-1", (T, 85), (H, 45)).After(130).Raises("SensorFault/inlet-1")
            .Writes<ClimateRaised>(one => one is { Value: 85, Quality: ValueQuality.Bad, Reason: QualityReason.ErrorValue, Level: ClimateLevel.Warning }).ZoneIs(ClimateState.Caution)
            .Speaks("inlet-1", (T, 22), (H, 45)).After(1200).Clears("SensorFault/inlet-1").ZoneIs(ClimateState.Normal);

    [Fact]
    [Requirement("R-ENV-06")]
    public void The_85_of_a_sensor_that_has_just_got_power_is_dropped() =>
        new ClimateStory(A.MondayNine).Says("inlet-1", (T, 85)).Shows("inlet-1", T, ValueQuality.Bad, QualityReason.ErrorValue)
            .Speaks("inlet-1", (T, 22), (H, 45)).After(180).WritesNothing().Shows("inlet-1", T, ValueQuality.Good);

    [Fact]
    [Requirement("R-ENV-06")]
    public void A_sensor_that_comes_from_near_85_means_it() =>
        new ClimateStory(A.MondayNine).Says("inlet-1", (T, 82)).After(60).Says("inlet-1", (T, 85)).Shows("inlet-1", T, ValueQuality.Good);

    [Fact]
    [Requirement("R-ENV-06")]
    public void Every_second_value_bad_is_a_fault_too()
    {
        var turn = 0;
        ARoom().Speaks("inlet-1", () => [(T, turn++ % 2 == 0 ? double.NaN : 22), (H, 45)]).After(600).Raises("SensorFault/inlet-1");
    }

    [Fact]
    [Requirement("R-ENV-06")]
    public void Humidity_just_above_a_hundred_is_a_hundred() =>
        new ClimateStory(A.MondayNine).Says("inlet-1", (T, 20), (H, 102.5)).Shows("inlet-1", H, ValueQuality.Good).Says("inlet-1", (H, 105.1)).Shows("inlet-1", H, ValueQuality.Bad, QualityReason.OutOfRange);

    [Fact]
    public void A_sensor_that_measures_less_than_others_of_its_kind_has_its_own_range() =>
        new ClimateStory(A.MondayNine, AClimate.With("inlet-1", one => one with { Ranges = [new(T, 0, 50)] })).Says("inlet-1", (T, 51)).Shows("inlet-1", T, ValueQuality.Bad, QualityReason.OutOfRange);

    // ---- jumps

    [Fact]
    [Requirement("R-ENV-06")]
    public void A_single_spike_is_not_judged_and_a_real_rise_is_late_by_one_value_and_no_more()
    {
        ARoom().After(0).Says("inlet-1", (T, 40)).Shows("inlet-1", T, ValueQuality.Bad, QualityReason.Jump).Says("inlet-1", (T, 22)).Shows("inlet-1", T, ValueQuality.Good).WritesNothing();

        // One step of 14 °C at one place, and it stays: the second that says so is believed.
        ARoom().Speaks("inlet-1", (T, 36), (H, 45)).After(125).Shows("inlet-1", T, ValueQuality.Good).After(60).Raises("TemperatureHigh/inlet-1");
    }

    [Fact]
    [Requirement("R-ENV-06")]
    public void When_neighbours_move_along_a_jump_is_believed_at_once()
    {
        var room = ARoom().After(0).Says("inlet-2", (T, 24.1)).Says("inlet-3", (T, 24.2));

        room.Says("inlet-1", (T, 26)).Shows("inlet-1", T, ValueQuality.Good);
    }

    [Fact]
    [Requirement("R-ENV-06")]
    public void Smoke_lifts_the_check_since_in_a_fire_air_does_what_it_never_does() =>
        ARoom().After(0).Says("smoke-1", (Quantity.Smoke, 1)).Says("inlet-1", (T, 60)).Shows("inlet-1", T, ValueQuality.Good);

    [Fact]
    [Requirement("R-ENV-06")]
    public void Alone_against_neighbours_that_stay_a_step_no_room_makes_stays_bad_and_is_a_fault() =>
        ARoom().Speaks("inlet-1", (T, 47), (H, 45)).After(3600).Raises("SensorFault/inlet-1").Shows("inlet-1", T, ValueQuality.Bad, QualityReason.AgainstNeighbours)
            .Writes<ClimateRaised>(one => one.Reason is QualityReason.AgainstNeighbours or QualityReason.Jump)
            .Speaks("inlet-1", (T, 22.5), (H, 45)).After(1200).Clears("SensorFault/inlet-1").Shows("inlet-1", T, ValueQuality.Good);

    [Fact]
    [Requirement("R-ENV-06")]
    public void A_sensor_that_begins_to_speak_fahrenheit_is_a_fault_and_no_heat_also_when_all_do_so_together()
    {
        static (Quantity, double)[] Other(double celsius) => [(T, (celsius * 1.8) + 32), (H, 45)];

        ARoom().Speaks("inlet-1", Other(22)).Speaks("inlet-2", Other(22.1)).Speaks("inlet-3", Other(22.2)).After(4 * 3600)
            .Raises("SensorFault/inlet-2", "SensorFault/inlet-3", "SensorFault/inlet-1").Shows("inlet-2", T, ValueQuality.Bad, QualityReason.UnitChange)

            // It grows warmer while nobody has mended it: still the other unit.
            .Speaks("inlet-1", Other(23.5)).After(3600).WritesNothing().Speaks("inlet-1", Other(25)).After(3600).WritesNothing().Shows("inlet-1", T, ValueQuality.Bad, QualityReason.UnitChange)
            .Speaks("inlet-1", (T, 25.2), (H, 45)).After(3600).Clears("SensorFault/inlet-1").Shows("inlet-1", T, ValueQuality.Good);
    }

    // ---- stuck

    [Fact]
    [Requirement("R-ENV-06")]
    public void The_same_number_for_hours_while_a_neighbour_moves_is_stuck_and_only_a_warning()
    {
        var minutes = 0;
        ARoom().Speaks("inlet-2", () => [(T, 22 + (3 * Math.Sin(minutes++ / 60.0))), (H, 45)]).Speaks("inlet-1", (T, 22), (H, 45)).After(4 * 3600)
            .Raises("SensorStuck/inlet-1").Shows("inlet-1", T, ValueQuality.Uncertain, QualityReason.Stuck);
        Assert.Equal(QualityReason.None, ARoom().After(8 * 3600).WritesNothing().Control.Now().Sensors.Single(one => one.Sensor == "inlet-1").Values[0].Reason);
    }

    // ---- silence

    [Fact]
    [Requirement("R-ENV-05")]
    [Requirement("R-MON-01")]
    public void A_sensor_silent_beyond_three_intervals_is_unknown_and_told_once_and_its_return_once() =>
        ARoom().Hushes("inlet-1").After(170).WritesNothing().After(70).Raises("SensorSilent/inlet-1")
            .Writes<ClimateRaised>(one => one is { LastGoodAt: not null, Quality: ValueQuality.Offline, Reason: QualityReason.Silent, Level: ClimateLevel.Warning })
            .Shows("inlet-1", T, ValueQuality.Offline, QualityReason.Silent).ZoneIs(ClimateState.Caution)
            .After(86_400).WritesNothing().Says("inlet-1", (T, 22), (H, 45)).After(2).WritesNothing().Stand();

    [Fact]
    [Requirement("R-ENV-05")]
    [Requirement("R-MON-01")]
    public void What_nobody_else_senses_makes_its_zone_unknown_and_its_silence_an_alarm() =>
        ARoom().Hushes("leak-1").After(3 * 3600 + 3600).Raises("SensorSilent/leak-1").Writes<ClimateRaised>(one => one.Level is ClimateLevel.Alarm).ZoneIs(ClimateState.Unknown);

    [Fact]
    [Requirement("R-ENV-05")]
    public void A_sensor_that_was_enrolled_and_never_spoke_is_told_too() =>
        new ClimateStory(A.MondayNine).Calm().Hushes("inlet-2").After(240).Raises("SensorSilent/inlet-2").Writes<ClimateRaised>(one => one is { LastGoodAt: null, Reason: QualityReason.NeverHeard });

    [Fact]
    [Requirement("R-ENV-05")]
    public void The_interval_of_a_sensor_that_tells_none_is_learned()
    {
        var plan = AClimate.With("inlet-1", one => one with { Interval = null, Through = null });
        var room = new ClimateStory(A.MondayNine, plan).Calm().Hushes("inlet-1");
        for (var i = 0; i < 40; i++)
        {
            room.Says("inlet-1", (T, 22), (H, 45)).Goes(i % 10 == 0 ? 70 : 60);
        }

        var now = room.Control.Now().Sensors.Single(one => one.Sensor == "inlet-1");
        Assert.True(now is { Learned: true, IntervalSeconds: 70 }, now.ToString());
        room.After(120).WritesNothing().After(60).Raises("SensorSilent/inlet-1");
    }

    [Fact]
    [Requirement("R-ENV-05")]
    public void An_old_message_told_again_neither_proves_life_nor_clears_nor_renews()
    {
        var room = ARoom().Speaks("inlet-1", (T, 29), (H, 40)).After(480).Raises("TemperatureRise/inlet-1", "TemperatureHigh/inlet-1").Hushes("inlet-1").After(0);
        for (var i = 0; i < 20; i++)
        {
            room.Reports(new SensorReport("inlet-1", room.At, [new(T, 22)]) { Resent = true }).Goes(60);
        }

        room.Raises("SensorSilent/inlet-1").Clears().Stand("TemperatureHigh/inlet-1", "TemperatureRise/inlet-1", "SensorSilent/inlet-1");
    }

    [Fact]
    [Requirement("R-ENV-05")]
    public void An_old_message_of_a_sensor_nobody_has_heard_shows_its_value_as_old_and_raises_nothing()
    {
        var room = new ClimateStory(A.MondayNine);
        room.Reports(new SensorReport("leak-1", room.At, [new(Quantity.Leak, 1)]) { Resent = true }).WritesNothing().Shows("leak-1", Quantity.Leak, ValueQuality.Stale, QualityReason.ToldAgain).ZoneIs(ClimateState.Unknown);
    }

    [Fact]
    [Requirement("R-ENV-05")]
    public void The_same_count_or_the_same_moment_again_is_no_life()
    {
        var room = ARoom().Hushes("inlet-1").After(0);
        for (var i = 0; i < 10; i++)
        {
            room.Reports(new SensorReport("inlet-1", room.At, [new(T, 22)]) { Sequence = 41 }).Goes(60);
        }

        room.Raises("SensorSilent/inlet-1");

        room = ARoom().Hushes("inlet-2").After(0);
        var sampled = room.At;
        for (var i = 0; i < 10; i++)
        {
            room.Reports(new SensorReport("inlet-2", room.At, [new(T, 22)]) { SampledAt = sampled }).Goes(60);
        }

        room.Raises("SensorSilent/inlet-2");
    }

    [Fact]
    public void A_device_that_begins_to_count_anew_is_heard()
    {
        var room = ARoom().Hushes("inlet-1").After(0);
        for (var i = 0; i < 20; i++)
        {
            room.Reports(new SensorReport("inlet-1", room.At, [new(T, 22), new(H, 45)]) { Sequence = i < 10 ? 500 + i : 7 + i }).Goes(60);
        }

        room.WritesNothing();
    }

    [Fact]
    [Requirement("R-ENV-05")]
    public void A_backlog_that_is_poured_out_after_hours_clears_nothing_and_proves_nothing()
    {
        var room = ARoom().Hushes("inlet-1").After(0);
        for (var i = 0; i < 10; i++)
        {
            room.Reports(new SensorReport("inlet-1", room.At, [new(T, 22)]) { SampledAt = room.At.AddSeconds(-1) }).Goes(60);
        }

        var gone = room.At;
        room.After(7200).Raises("SensorSilent/inlet-1").After(0);
        for (var i = 0; i < 100; i++)
        {
            room.Reports(new SensorReport("inlet-1", room.At, [new(T, 40)]) { SampledAt = gone.AddMinutes(i) }).Goes(0.1);
        }

        room.Goes(60).WritesNothing().Stand("SensorSilent/inlet-1");
    }

    [Fact]
    public void A_device_whose_clock_is_turned_is_heard_and_told_for_its_clock()
    {
        var room = ARoom().Hushes("inlet-1").After(0);
        for (var i = 0; i < 30; i++)
        {
            room.Reports(new SensorReport("inlet-1", room.At, [new(T, 22), new(H, 45)]) { SampledAt = i < 10 ? room.At : room.At.AddHours(9) }).Goes(60);
        }

        room.Raises("SensorClock/inlet-1").Shows("inlet-1", T, ValueQuality.Uncertain, QualityReason.ClockOff);
    }

    // ---- battery, tampering, tests, service

    [Fact]
    [Requirement("R-ENV-05")]
    public void A_low_battery_shows_unknown_and_is_told_and_what_it_measures_is_judged_all_the_same()
    {
        var room = ARoom().Hushes("inlet-1").After(0);
        for (var i = 0; i < 70; i++)
        {
            room.Reports(new SensorReport("inlet-1", room.At, [new(T, 28.5), new(H, 43)]) { BatteryPercent = 8 }).Goes(60);
        }

        room.Raises("TemperatureRise/inlet-1", "TemperatureHigh/inlet-1", "SensorBattery/inlet-1").Shows("inlet-1", T, ValueQuality.Uncertain, QualityReason.LowBattery);
        Assert.Equal(ClimateLevel.Alarm, room.Control.Now().Conditions.Single(one => one.Rule is ClimateRule.SensorBattery).Level);
    }

    [Fact]
    public void A_sensor_taken_off_the_wall_is_told() =>
        ARoom().After(0).Reports(new SensorReport("smoke-1", default, [new(Quantity.Smoke, 0)]) { Tampered = true }).Raises("SensorTampered/smoke-1");

    [Fact]
    [Requirement("R-ENV-03")]
    public void A_test_button_is_written_down_and_no_alarm()
    {
        var room = ARoom().After(0);
        for (var i = 0; i < 5; i++)
        {
            room.Reports(new SensorReport("smoke-1", room.At, [new(Quantity.Smoke, 1)]) { SelfTest = true }).Goes(1);
        }

        room.Writes<SensorTested>(one => one.Sensor == "smoke-1").Raises().ZoneIs(ClimateState.Normal);
    }

    [Fact]
    public void A_sensor_in_service_is_recorded_and_not_judged_until_its_end_and_then_judged_at_once()
    {
        var room = ARoom();
        room.After(0).Ordered(new SensorServiceOrder("leak-1", AClimate.ServerRoom, room.At.AddHours(2), false, "床下配管の工事", "S-0102")).Writes<SensorServiced>(one => !one.Ended)
            .Says("leak-1", (Quantity.Leak, 1)).Raises().Shows("leak-1", Quantity.Leak, ValueQuality.Maintenance, QualityReason.InService).ZoneIs(ClimateState.Unknown)
            .Speaks("leak-1", (Quantity.Leak, 1)).After(7199).WritesNothing().After(3700).Raises("Leak/leak-1").Writes<SensorServiced>(one => one is { Ended: true, By: "S-0102" });
    }

    [Fact]
    [Requirement("R-ENV-02")]
    public void A_calibration_is_applied_written_down_once_and_makes_no_jump()
    {
        var plan = AClimate.With("inlet-1", one => one with { Calibrations = [new(T, 1, -4.5, "基準温度計 7号", new(2026, 4, 1), "S-0102")] });
        var room = ARoom().Restarts(5, plan).Writes<SensorCalibrated>(one => one is { Sensor: "inlet-1", Offset: -4.5, By: "S-0102" }).After(120).WritesNothing().Shows("inlet-1", T, ValueQuality.Good);

        Assert.Equal(17.5, room.Control.Now().Sensors.Single(one => one.Sensor == "inlet-1").Values.Single(one => one.Quantity == T).Value);
        Assert.Empty(room.Restarts(5, plan).Written.OfType<SensorCalibrated>().Skip(1));
    }
}
