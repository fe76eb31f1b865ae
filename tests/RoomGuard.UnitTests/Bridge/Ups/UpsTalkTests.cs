using RoomGuard.Bridge.Ups;
using RoomGuard.Core.Power;
using RoomGuard.Simulators.Ups;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Ups;

/// <summary>Units read over their wires, in virtual time: good days, outages, bad wires.</summary>
public class UpsTalkTests
{
    [Theory]
    [InlineData(UpsKind.ApcRtu)]
    [InlineData(UpsKind.ApcTcp)]
    [Requirement("R-PWR-01")]
    public void An_apc_on_mains_is_read_whole_with_quality_and_time(UpsKind kind)
    {
        var unit = new AUnit(kind).After(seconds: 5);

        Assert.Equal((UpsQuality.Good, UpsFlags.OnLine), (unit.Last.State, unit.Last.Flags));
        Assert.Equal(100.5, unit.Last.Good(UpsQuantity.InputVoltage)!.Value, 1);
        Assert.Equal(100.5, unit.Last.Good(UpsQuantity.OutputVoltage)!.Value, 1);
        Assert.Equal(30, unit.Last.Good(UpsQuantity.LoadPercent)!.Value, 1);
        Assert.Equal(100, unit.Last.Good(UpsQuantity.ChargePercent));
        Assert.Equal(unit.Body.ToldRuntime.TotalSeconds, unit.Last.Good(UpsQuantity.RuntimeSeconds)!.Value, 1.0);
        Assert.Equal(27, unit.Last.Good(UpsQuantity.BatteryTemperature));
        Assert.Equal("Smart-UPS 1500", unit.Last.Texts[UpsText.Model]);
        Assert.Equal("2028-09-30", unit.Last.Texts[UpsText.ReplaceBatteryBy]);
        Assert.InRange(unit.At - unit.Last.Values[UpsQuantity.LoadPercent].At, TimeSpan.Zero, TimeSpan.FromSeconds(5.5));
        Assert.Null(unit.Last.Trouble);
    }

    [Theory]
    [InlineData(UpsKind.ApcRtu)]
    [InlineData(UpsKind.ApcTcp)]
    [InlineData(UpsKind.MegatecQ1)]
    [Requirement("R-PWR-02")]
    public void An_outage_is_known_within_a_second_or_two_and_so_is_its_end(UpsKind kind)
    {
        var unit = new AUnit(kind).After(seconds: 10);
        Assert.False(unit.Last.IsOutage);
        var before = unit.Readings.Count;
        unit.Mains(Mains.Failed).After(seconds: kind == UpsKind.MegatecQ1 ? 1.6 : 0.7);
        Assert.Contains(unit.Since(before), reading => reading.IsOutage);

        unit.After(seconds: 20);
        Assert.Equal(0, unit.Last.Good(UpsQuantity.InputVoltage));
        before = unit.Readings.Count;
        unit.Mains(Mains.Good).After(seconds: 5);
        Assert.Contains(unit.Since(before), reading => reading is { State: UpsQuality.Good } && (reading.Flags & UpsFlags.OnLine) != 0);
    }

    [Fact]
    public void The_change_to_battery_brings_a_whole_reading_at_once()
    {
        var unit = new AUnit().After(seconds: 11);
        unit.Mains(Mains.Failed).After(seconds: 1);

        Assert.True(unit.At - unit.Last.Values[UpsQuantity.InputVoltage].At < TimeSpan.FromSeconds(1));
        Assert.Equal(0, unit.Last.Good(UpsQuantity.InputVoltage));
    }

    [Fact]
    public void A_minute_of_reading_costs_what_the_sheet_says()
    {
        // Twelve snapshots of two transactions (8 + 59 and 8 + 63 bytes), the short status (8 + 9) twice a second.
        var unit = new AUnit().After(seconds: 5);
        var (questions, sent, got) = (unit.Questions, unit.BytesOut, unit.BytesIn);
        unit.After(seconds: 60);

        Assert.InRange(unit.Questions - questions, 12 * 2 + 90, 12 * 2 + 122);
        Assert.InRange(unit.BytesOut - sent, 8 * 100, 8 * 146);
        Assert.InRange(unit.BytesIn - got, (12 * (59 + 63)) + (9 * 80), (12 * (59 + 63)) + (9 * 122));
    }

    [Theory]
    [InlineData(UpsHabit.GarbageBefore)]
    [InlineData(UpsHabit.SingleBytes)]
    public void Habits_that_only_disturb_are_read_through(UpsHabit habit)
    {
        var unit = new AUnit().Has(habit).After(seconds: 10);

        Assert.Equal(UpsQuality.Good, unit.Last.State);
        Assert.DoesNotContain(unit.Readings, reading => reading.State != UpsQuality.Good);
    }

    [Theory]
    [InlineData(UpsKind.ApcRtu, UpsHabit.Silent, "does not answer")]
    [InlineData(UpsKind.ApcRtu, UpsHabit.WrongCheck, "damaged")]
    [InlineData(UpsKind.ApcRtu, UpsHabit.HalfAnswers, "damaged")]
    [InlineData(UpsKind.ApcRtu, UpsHabit.WrongUnit, "another unit")]
    [InlineData(UpsKind.ApcTcp, UpsHabit.Silent, "does not answer")]
    [InlineData(UpsKind.MegatecQ1, UpsHabit.Silent, "does not answer")]
    [InlineData(UpsKind.MegatecQ1, UpsHabit.WrongCheck, "something else")]
    [InlineData(UpsKind.MegatecQ1, UpsHabit.HalfAnswers, "does not answer")]
    [Requirement("R-PWR-06")]
    public void A_unit_that_cannot_be_read_is_unknown_once_with_a_reason_and_comes_back(UpsKind kind, UpsHabit habit, string says)
    {
        var unit = new AUnit(kind).After(seconds: 10);
        var good = unit.Readings.Count;
        unit.Has(habit).After(seconds: 8);

        var unknown = Assert.Single(unit.Since(good), reading => reading.State == UpsQuality.Unknown);
        Assert.Contains(says, unknown.Trouble, StringComparison.Ordinal);
        Assert.Equal(UpsQuality.Unknown, unit.Board.Find("ups-1")!.StateAt(unit.At, TimeSpan.FromSeconds(30)));
        Assert.Equal(100, unit.Board.Find("ups-1")!.LastGood!.Good(UpsQuantity.InputVoltage)!.Value, 0.6);

        unit.Has(habit, on: false).After(seconds: 12);
        Assert.Equal(UpsQuality.Good, unit.Last.State);
    }

    [Fact]
    [Requirement("R-PWR-06")]
    public void When_the_link_dies_in_an_outage_the_last_good_runtime_counts_on()
    {
        var unit = new AUnit(load: 50).After(seconds: 10);
        unit.Mains(Mains.Failed).After(seconds: 10);
        var seen = unit.Board.Find("ups-1")!.LastGood!;
        unit.Body.Plugged = false;
        var told = unit.Board.Find("ups-1")!.RuntimeLeft(unit.At)!.Value;
        unit.After(seconds: 120);

        var now = unit.Board.Find("ups-1")!;
        Assert.Equal(UpsQuality.Unknown, now.Last.State);
        Assert.True(now.LastGood!.IsOutage);
        Assert.Equal((told - TimeSpan.FromSeconds(120)).TotalSeconds, now.RuntimeLeft(unit.At)!.Value.TotalSeconds, 3.0);
        Assert.Equal(TimeSpan.Zero, now.RuntimeLeft(unit.At + TimeSpan.FromHours(2)));
        Assert.True(seen.Good(UpsQuantity.RuntimeSeconds) > 0);
    }

    [Fact]
    [Requirement("R-PWR-02")]
    public void A_self_test_on_battery_is_no_outage()
    {
        var unit = new AUnit().After(seconds: 10);
        var before = unit.Readings.Count;
        Assert.True(unit.Body.StartTest(unit.Now));
        unit.After(seconds: 30);

        Assert.Contains(unit.Since(before), reading => (reading.Flags & (UpsFlags.OnBattery | UpsFlags.Testing)) == (UpsFlags.OnBattery | UpsFlags.Testing));
        Assert.DoesNotContain(unit.Since(before), reading => reading.IsOutage);
        Assert.True((unit.Last.Flags & UpsFlags.TestPassed) != 0);
    }

    [Fact]
    [Requirement("R-PWR-07")]
    public void A_failed_self_test_says_that_the_battery_must_be_replaced()
    {
        var unit = new AUnit(health: 0.4).After(seconds: 10);
        unit.Body.StartTest(unit.Now);
        unit.After(seconds: 30);

        Assert.True(unit.Last.Flags.HasFlag(UpsFlags.TestFailed | UpsFlags.ReplaceBattery));
    }

    [Theory]
    [InlineData(UpsKind.ApcRtu)]
    [InlineData(UpsKind.MegatecQ1)]
    public void Values_outside_physics_are_kept_as_bad_and_not_judged_by(UpsKind kind)
    {
        var unit = new AUnit(kind).Has(UpsHabit.SillyValues).After(seconds: 10);

        var bad = unit.Last.Values.Where(pair => pair.Value.Quality == UpsQuality.Bad).Select(pair => pair.Key).ToList();
        Assert.Contains(UpsQuantity.LoadPercent, bad);
        Assert.Contains(UpsQuantity.InputVoltage, bad);
        Assert.Null(unit.Last.Good(UpsQuantity.LoadPercent));
    }

    [Theory]
    [InlineData(UpsFlags.None)]
    [InlineData(UpsFlags.OnLine | UpsFlags.OnBattery)]
    [InlineData(UpsFlags.Bypass | UpsFlags.OutputOff)]
    public void A_unit_in_no_state_or_in_two_is_not_believed(UpsFlags flags)
    {
        var reading = UpsJudge.Of("ups-1", A.MondayNine, flags, [], UpsReading.Nothing("ups-1", A.MondayNine, "").Texts);

        Assert.Equal(UpsQuality.Bad, reading.State);
        Assert.False(reading.IsOutage);
        Assert.NotNull(reading.Trouble);
    }

    [Fact]
    public void Without_a_battery_the_runtime_is_worth_nothing()
    {
        var values = new Dictionary<UpsQuantity, UpsValue> { [UpsQuantity.RuntimeSeconds] = new(3600, UpsQuality.Good, A.MondayNine) };
        var reading = UpsJudge.Of("ups-1", A.MondayNine, UpsFlags.OnLine | UpsFlags.NoBattery, values, UpsReading.Nothing("ups-1", A.MondayNine, "").Texts);

        Assert.Null(reading.Good(UpsQuantity.RuntimeSeconds));
        Assert.Equal(3600, reading.Values[UpsQuantity.RuntimeSeconds].Value);
    }

    [Fact]
    public void An_old_battery_that_promises_much_dies_early_and_is_seen_to()
    {
        // Full, and says so; a third of its capacity is left, which nobody has told the unit.
        var unit = new AUnit(load: 80, health: 0.3, fullLoadSeconds: 300).After(seconds: 10);
        Assert.Equal(100, unit.Last.Good(UpsQuantity.ChargePercent));
        var promised = unit.Last.Good(UpsQuantity.RuntimeSeconds)!.Value;
        unit.Mains(Mains.Failed).After(seconds: promised / 2);

        Assert.True(unit.Last.Flags.HasFlag(UpsFlags.OutputOff));
        Assert.Contains(unit.Readings, reading => reading.IsOutage && reading.Good(UpsQuantity.ChargePercent) > 50);
    }

    [Theory]
    [InlineData(88, UpsFlags.OnLine | UpsFlags.Boost)]
    [InlineData(115, UpsFlags.OnLine | UpsFlags.Trim)]
    [InlineData(70, UpsFlags.OnBattery | UpsFlags.InputBad)]
    [InlineData(135, UpsFlags.OnBattery | UpsFlags.InputBad)]
    [Requirement("R-PWR-05")]
    public void Sags_and_surges_show_as_what_the_unit_does_about_them(double volts, UpsFlags flags)
    {
        var unit = new AUnit().After(seconds: 10).Mains(new(volts, 60)).After(seconds: 3);

        Assert.Equal(flags, unit.Last.Flags);
        Assert.Equal(volts, unit.Last.Good(UpsQuantity.InputVoltage)!.Value, 1);
    }

    [Fact]
    public void A_unit_one_answer_behind_is_never_believed_and_its_link_is_opened_again()
    {
        var unit = new AUnit().After(seconds: 10);
        var before = unit.Readings.Count;
        unit.Has(UpsHabit.OneBehind).After(seconds: 60);

        Assert.All(unit.Since(before + 1), reading => Assert.NotEqual(UpsQuality.Good, reading.State));
        Assert.NotEmpty(unit.Reopened);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [Requirement("R-PWR-02")]
    public void One_damaged_byte_in_a_hundred_neither_hides_an_outage_nor_invents_one(int seed)
    {
        var unit = new AUnit(seed: seed).After(seconds: 5);
        unit.Body.NoisePercent = 1;
        var random = new Random(seed);
        for (var day = 0; day < 12; day++)
        {
            var quiet = unit.Readings.Count;
            unit.After(seconds: 120 + random.Next(60));
            Assert.DoesNotContain(unit.Since(quiet), reading => reading.IsOutage);
            var dark = unit.Readings.Count;
            unit.Mains(Mains.Failed).After(seconds: 15 + random.Next(30));
            Assert.True(unit.Since(dark).Any(reading => reading.IsOutage), $"outage {day} at {unit.Now}: {string.Join('|', unit.Readings.TakeLast(3).Select(r => $"{r.At:T} {r.State} {r.Flags} {r.Trouble}"))} reopened {string.Join('|', unit.Reopened)} questions {unit.Questions}");
            unit.Mains(Mains.Good).After(seconds: 15);
        }
    }

    [Theory]
    [InlineData("(100.5 100.5 100.5 030 60.0 27.4 27.0 10001001", "(100.5 100.5 100.5 030 60.0 27.4 27.0 00001001")] // a turned bit: mains have failed
    [InlineData("(140.5 100.5 100.5 030 60.0 27.4 27.0 00001001", "(100.5 100.5 100.5 030 60.0 27.4 27.0 00001001")] // a turned digit: 140 V
    [InlineData("(100.5 100.5 000.5 030 60.0 27.4 27.0 00001001", "(100.5 100.5 100.5 030 60.0 27.4 27.0 00001001")] // the output is off
    [Requirement("R-PWR-02")]
    public void What_a_q1_line_says_once_and_never_again_was_not_said(string odd, string next)
    {
        var told = ToldBy(next, next, odd, next, next);

        Assert.True(told.Count >= 3);
        Assert.All(told, reading => Assert.Equal(UpsFlags.OnLine, reading.Flags));
        Assert.All(told, reading => Assert.Equal(100.5, reading.Good(UpsQuantity.InputVoltage)));
    }

    [Fact]
    [Requirement("R-PWR-06")]
    public void A_q1_line_that_says_something_else_each_time_is_unknown_with_the_reason() =>
        Assert.Contains("something else each time", Assert.Single(
            ToldBy([.. Enumerable.Range(0, 9).Select(no => $"({no}00.5 100.5 100.5 {no}30 60.0 27.4 27.0 {no % 2}0001001")]), reading => reading.State == UpsQuality.Unknown).Trouble, StringComparison.Ordinal);

    // Each question Q1 is answered with the next of these lines, the others with nothing.
    private static List<UpsReading> ToldBy(params string[] answers)
    {
        var talk = new MegatecUpsTalk("ups-1", UpsModels.Load("megatec-q1").Megatec!, null, UpsPace.Usual);
        var left = new Queue<string>(answers);
        var told = new List<UpsReading>();
        talk.LineUp(TimeSpan.Zero);
        for (var now = TimeSpan.Zero; left.Count > 0 || now < TimeSpan.FromSeconds(12); now += TimeSpan.FromMilliseconds(20))
        {
            var step = talk.Next(now, A.MondayNine + now);
            if (System.Text.Encoding.ASCII.GetString(step.Bytes.Span) == "Q1\r" && left.TryDequeue(out var answer))
            {
                talk.Receive(System.Text.Encoding.ASCII.GetBytes(answer + "\r"), now);
                _ = talk.Next(now, A.MondayNine + now);
            }

            while (talk.TryTake(out var reading))
            {
                told.Add(reading);
            }

            if (left.Count == 0)
            {
                break;
            }
        }

        return told;
    }

    [Fact]
    public void Two_units_on_one_line_are_both_read_and_a_dead_one_does_not_take_the_line()
    {
        var model = UpsModels.Load("apc-smart-ups").Modbus!;
        var talk = new ModbusUpsTalk(RoomGuard.Wire.Modbus.ModbusTiming.Serial, [new("ups-1", 1, model, UpsPace.Usual), new("ups-2", 2, model, UpsPace.Usual)]);
        var body = new SimulatedUps(new("ups-2", UpsKind.ApcRtu, Link: "x", Unit: 2));
        var wire = new RoomGuard.Simulators.Ups.UpsWire(body, new Random(1));
        talk.LineUp(TimeSpan.Zero);
        var seen = new List<UpsReading>();
        for (var now = TimeSpan.Zero; now < TimeSpan.FromSeconds(30); now += TimeSpan.FromMilliseconds(5))
        {
            while (wire.TryTake(now, out var bytes))
            {
                talk.Receive(bytes, now);
            }

            if (talk.Next(now, A.MondayNine + now) is { Bytes.IsEmpty: false } step)
            {
                wire.Receive(step.Bytes.Span, now);
            }

            while (talk.TryTake(out var reading))
            {
                seen.Add(reading);
            }
        }

        Assert.Equal(UpsQuality.Unknown, Assert.Single(seen, reading => reading.Ups == "ups-1").State);
        var living = seen.Where(reading => reading.Ups == "ups-2").ToList();
        Assert.True(living.Count > 20);
        Assert.All(living, reading => Assert.Equal(UpsQuality.Good, reading.State));
        Assert.All(living.Zip(living.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At < TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public void A_unit_without_its_model_s_registers_says_what_it_refuses()
    {
        // The Huawei map on an APC: the unit answers with exceptions, so the link is good and the model is wrong.
        var talk = new ModbusUpsTalk(RoomGuard.Wire.Modbus.ModbusTiming.Serial, [new("ups-1", 1, UpsModels.Load("huawei-ups2000").Modbus!, UpsPace.Usual)]);
        var wire = new RoomGuard.Simulators.Ups.UpsWire(new SimulatedUps(new("ups-1", UpsKind.ApcRtu, Link: "x")), new Random(1));
        talk.LineUp(TimeSpan.Zero);
        UpsReading? last = null;
        for (var now = TimeSpan.Zero; now < TimeSpan.FromSeconds(5); now += TimeSpan.FromMilliseconds(5))
        {
            while (wire.TryTake(now, out var bytes))
            {
                talk.Receive(bytes, now);
            }

            if (talk.Next(now, A.MondayNine + now) is { Bytes.IsEmpty: false } step)
            {
                wire.Receive(step.Bytes.Span, now);
            }

            while (talk.TryTake(out var reading))
            {
                last = reading;
            }
        }

        Assert.Equal(UpsQuality.Bad, last!.State);
        Assert.Contains("right model", last.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public void A_q1_unit_gets_charge_and_runtime_estimated_and_says_so()
    {
        var table = new BatteryTable(TimeSpan.FromMinutes(6), TimeSpan.FromSeconds(360 * Math.Pow(2, 1.15)), TimeSpan.FromHours(3));
        var unit = new AUnit(UpsKind.MegatecQ1, load: 60, battery: table).After(seconds: 10);
        Assert.True(unit.Last.Values[UpsQuantity.RuntimeSeconds].Estimated);
        Assert.True(unit.Last.Values[UpsQuantity.ChargePercent].Estimated);
        Assert.Equal(unit.Body.Battery.TrueRuntime(60).TotalSeconds, unit.Last.Good(UpsQuantity.RuntimeSeconds)!.Value, 15.0);

        unit.Mains(Mains.Failed).After(seconds: 120);
        Assert.Equal(unit.Body.Battery.TrueRuntime(60).TotalSeconds, unit.Last.Good(UpsQuantity.RuntimeSeconds)!.Value, 15.0);
        Assert.Null(new AUnit(UpsKind.MegatecQ1).After(seconds: 10).Last.Good(UpsQuantity.RuntimeSeconds));
    }

    [Fact]
    [Requirement("R-PWR-06")]
    public void A_reading_that_is_too_old_is_unknown_whatever_it_said()
    {
        var unit = new AUnit().After(seconds: 10);
        var now = unit.Board.Find("ups-1")!;

        Assert.Equal(UpsQuality.Good, now.StateAt(unit.At, TimeSpan.FromSeconds(15)));
        Assert.Equal(UpsQuality.Unknown, now.StateAt(unit.At + TimeSpan.FromSeconds(16), TimeSpan.FromSeconds(15)));
    }
}
