using System.Text;
using RoomGuard.Bridge.Ups;
using RoomGuard.Core.Power;
using RoomGuard.Simulators.Ups;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Ups;

/// <summary>Commands on the wire, in virtual time: the bytes of each product, what the unit does, and what is never sent.</summary>
public class UpsCommandWireTests
{
    // The bytes stand in docs/reference/ups.md, sections 3 and 4.7; those of bits 1 and 2 differ in the value and its check code.
    [Theory]
    [InlineData(UpsCommand.BatteryTestQuick, "010606050001" + "5883")]
    [InlineData(UpsCommand.BatteryTestStop, "010606050002")]
    [InlineData(UpsCommand.OutputOff, "010606040001" + "0943")]
    [InlineData(UpsCommand.OutputOn, "010606040004")]
    [InlineData(UpsCommand.BeeperMute, "010606070004")]
    [Requirement("R-PWR-10")]
    public void An_apc_is_written_one_register_once(UpsCommand command, string bytes)
    {
        var unit = new AUnit(commands: command).After(5).Orders(command, 60).After(5);

        var write = Assert.Single(unit.Sent, sent => sent[1] is not 3);
        Assert.StartsWith(bytes, Convert.ToHexString(write), StringComparison.Ordinal);
        Assert.Equal(new UpsWireAnswer("UC-0001", UpsCommandAnswer.Accepted, ""), Assert.Single(unit.Answers));
    }

    [Theory]
    [InlineData(UpsCommand.BatteryTestQuick, 0, "T\r")]
    [InlineData(UpsCommand.BatteryTestDeep, 0, "TL\r")]
    [InlineData(UpsCommand.BatteryTestStop, 0, "CT\r")]
    [InlineData(UpsCommand.OutputOff, 30, "S.5R0000\r")]
    [InlineData(UpsCommand.OutputOff, 120, "S02R0000\r")]
    [InlineData(UpsCommand.OutputOn, 0, "C\r")]
    [Requirement("R-PWR-10")]
    public void A_q1_unit_is_sent_one_line_once(UpsCommand command, int delay, string line)
    {
        var unit = new AUnit(UpsKind.MegatecQ1, commands: command).After(5).Orders(command, delay).After(5);

        Assert.Single(unit.Sent, sent => Encoding.ASCII.GetString(sent) == line);
        Assert.Equal(UpsCommandAnswer.Accepted, Assert.Single(unit.Answers).Answer);
    }

    [Fact]
    public void A_huawei_is_told_its_delay_in_tenths_of_a_minute()
    {
        var model = UpsModels.Load("huawei-ups2000");
        var talk = new ModbusUpsTalk(RoomGuard.Wire.Modbus.ModbusTiming.Serial, [new("ups-1", 1, model.Modbus!, UpsPace.Usual, [.. model.Commands!.Value])]);
        talk.LineUp(TimeSpan.Zero);
        talk.Order(new("UC-0001", "ups-1", UpsCommand.OutputOff, 120));

        var first = talk.Next(TimeSpan.FromSeconds(1), TestKit.Core.A.MondayNine);

        // 11049 = 2B29h; 120 s are 20 tenths.
        Assert.StartsWith("01062B290014", Convert.ToHexString(first.Bytes.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UpsKind.ApcRtu)]
    [InlineData(UpsKind.ApcTcp)]
    [InlineData(UpsKind.MegatecQ1)]
    [Requirement("R-PWR-10")]
    public void A_self_test_that_is_ordered_runs_and_is_seen_in_the_readings(UpsKind kind)
    {
        var unit = new AUnit(kind, commands: UpsCommand.BatteryTestQuick).After(10);
        var before = unit.Readings.Count;
        unit.Orders(UpsCommand.BatteryTestQuick).After(20);

        Assert.Contains(unit.Since(before), reading => reading.Flags.HasFlag(UpsFlags.Testing));
        Assert.DoesNotContain(unit.Since(before), reading => reading.IsOutage);
        Assert.Equal(SelfTestOutcome.Passed, unit.Body.Test);
    }

    [Theory]
    [InlineData(UpsKind.ApcRtu, 60, true)]
    [InlineData(UpsKind.MegatecQ1, 30, false)]
    [Requirement("R-PWR-10")]
    public void Output_off_comes_after_the_delay_and_output_on_brings_it_back(UpsKind kind, int delay, bool comesBack)
    {
        var unit = new AUnit(kind, commands: [UpsCommand.OutputOff, UpsCommand.OutputOn]).After(10).Orders(UpsCommand.OutputOff, delay).After(delay - 5);
        Assert.NotEqual(UpsStanding.Off, unit.Body.Standing);
        unit.After(10);
        Assert.True(unit.Last.Flags.HasFlag(UpsFlags.OutputOff));

        unit.After(60);
        Assert.Equal(comesBack, unit.Body.Standing == UpsStanding.OnLine);
        unit.Orders(UpsCommand.OutputOn, id: "UC-0002").After(5);
        Assert.True(unit.Last.Flags.HasFlag(UpsFlags.OnLine));
        Assert.Equal(["UC-0001", "UC-0002"], unit.Answers.Select(answer => answer.CommandId));
    }

    [Theory]
    [InlineData(UpsKind.ApcRtu)]
    [InlineData(UpsKind.MegatecQ1)]
    [Requirement("R-NET-04")]
    public void What_the_settings_do_not_allow_never_reaches_the_wire(UpsKind kind)
    {
        var unit = new AUnit(kind).After(5).Orders(UpsCommand.BatteryTestQuick).After(5);

        Assert.Equal(UpsCommandAnswer.Refused, Assert.Single(unit.Answers).Answer);
        Assert.DoesNotContain(unit.Sent, sent => sent[1] is 6 or 16 || (sent[0] == (byte)'T' && sent.Length == 2));
        Assert.Equal(SelfTestOutcome.None, unit.Body.Test);
    }

    [Fact]
    public void A_unit_that_refuses_says_so_and_is_not_asked_again()
    {
        var unit = new AUnit(commands: UpsCommand.BatteryTestQuick).After(5).Mains(Mains.Failed).After(1).Orders(UpsCommand.BatteryTestQuick).After(10);

        Assert.Equal(new UpsWireAnswer("UC-0001", UpsCommandAnswer.Refused, "exception 4, DeviceFailure"), Assert.Single(unit.Answers));
        Assert.Single(unit.Sent, sent => sent[1] == 6);
    }

    [Theory]
    [InlineData(UpsHabit.Silent)]
    [InlineData(UpsHabit.WrongCheck)]
    [InlineData(UpsHabit.HalfAnswers)]
    public void A_writing_whose_answer_is_lost_is_never_repeated(UpsHabit habit)
    {
        var unit = new AUnit(commands: UpsCommand.BatteryTestQuick).After(5).Has(habit).Orders(UpsCommand.BatteryTestQuick).After(20);

        Assert.Equal(UpsCommandAnswer.Silent, Assert.Single(unit.Answers).Answer);
        Assert.True(unit.Sent.Count(sent => sent[1] == 6) <= 1);
    }

    [Theory]
    [InlineData(UpsKind.ApcRtu)]
    [InlineData(UpsKind.MegatecQ1)]
    public void An_order_under_way_when_the_link_breaks_is_answered_and_not_sent_when_it_is_back(UpsKind kind)
    {
        var unit = new AUnit(kind, commands: UpsCommand.BatteryTestQuick).After(5).Orders(UpsCommand.BatteryTestQuick).LosesItsLink().After(20);

        Assert.Equal(new UpsWireAnswer("UC-0001", UpsCommandAnswer.Silent, "the line broke"), Assert.Single(unit.Answers));
        Assert.Equal(SelfTestOutcome.None, unit.Body.Test);
    }

    [Fact]
    public void Reading_goes_on_while_commands_are_written()
    {
        var unit = new AUnit(commands: [UpsCommand.BatteryTestQuick, UpsCommand.BatteryTestStop]).After(5);
        for (var i = 0; i < 10; i++)
        {
            unit.Orders(i % 2 == 0 ? UpsCommand.BatteryTestQuick : UpsCommand.BatteryTestStop, id: $"UC-{i}").After(1);
        }

        unit.After(5);
        Assert.Equal(10, unit.Answers.Count);
        Assert.All(unit.Readings, reading => Assert.Equal(UpsQuality.Good, reading.State));
    }

    [Theory]
    [InlineData("""[{ "command": "OutputOff", "writes": [] }]""", "needs writes")]
    [InlineData("""[{ "command": "OutputOff", "line": "S" }]""", "needs writes")]
    [InlineData("""[{ "command": "OutputOff", "writes": [{ "address": 70000, "value": 1 }] }]""", "70000")]
    [InlineData("""[{ "command": "OutputOff", "writes": [{ "address": 1, "value": 1, "delayStepSeconds": 6 }] }]""", "either a value")]
    [InlineData("""[{ "command": "OutputOff", "writes": [{ "address": 1, "value": 1 }], "from": 60, "to": 30 }]""", "no delay")]
    [InlineData("""[{ "command": "OutputOn", "writes": [{ "address": 1, "value": 1 }], "to": 30 }]""", "no delay")]
    [InlineData("""[{ "command": "OutputOn", "writes": [{ "address": 1, "value": 1 }] }, { "command": "OutputOn", "writes": [{ "address": 1, "value": 1 }] }]""", "stands twice")]
    [InlineData("""[{ "command": "Explode", "writes": [{ "address": 1, "value": 1 }] }]""", "commands")]
    public void A_model_whose_commands_cannot_be_is_refused_by_place(string commands, string says)
    {
        var json = File.ReadAllText(Path.Combine(UpsModels.Folder, "huawei-ups2000.json"));
        json = json[..json.IndexOf("\"commands\"", StringComparison.Ordinal)] + $"\"commands\": {commands} }}";

        Assert.Contains(says, Assert.Throws<UpsModelException>(() => UpsModels.Parse("x.json", Encoding.UTF8.GetBytes(json))).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-NET-04")]
    public void Settings_allow_nothing_as_they_come_and_only_what_the_product_has()
    {
        var unit = new RoomGuard.Bridge.Ups.UpsSettings("ups-1", "電源1", "UPS 1", "apc-smart-ups", new(RoomGuard.Bridge.LinkKind.Serial, "x"));
        Assert.Empty(UpsWires.OffersOf([unit], UpsModels.Load));

        var allowed = UpsWires.OffersOf([unit with { Commands = [UpsCommand.BatteryTestQuick, UpsCommand.OutputOff] }], UpsModels.Load);
        Assert.Equal<UpsCommandOffer>([new(UpsCommand.BatteryTestQuick), new(UpsCommand.OutputOff, 60, 60, ComesBack: true)], allowed["ups-1"].AsEnumerable());

        var wrong = Assert.Throws<UpsModelException>(() => UpsWires.OffersOf([unit with { Commands = [UpsCommand.BatteryTestDeep] }], UpsModels.Load));
        Assert.Contains("has no command BatteryTestDeep", wrong.Message, StringComparison.Ordinal);
        Assert.Single(RoomGuard.Bridge.Ups.UpsSettings.Problems([unit with { Commands = [UpsCommand.OutputOn, UpsCommand.OutputOn] }], _ => true));
        Assert.Single(RoomGuard.Bridge.Ups.UpsSettings.Problems([unit with { Model = null, Link = null, Nut = new("192.0.2.1", "x"), Commands = [UpsCommand.OutputOn] }], _ => true));
    }
}
