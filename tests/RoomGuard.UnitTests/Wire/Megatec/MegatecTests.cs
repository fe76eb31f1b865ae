using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RoomGuard.TestKit;
using RoomGuard.Wire.Megatec;
using Xunit;

namespace RoomGuard.UnitTests.Wire.Megatec;

/// <summary>The lines of docs/reference/ups.md sections 6 to 8, as units sent them.</summary>
public class MegatecTests
{
    [Fact]
    public void The_status_of_a_standby_unit_reads_and_writes_as_in_the_sheet()
    {
        const string line = "(226.0 195.0 226.0 014 49.0 27.5 30.0 00001000";
        var status = Q1Status.Parse(line);

        Assert.Equal(new(226, 195, 226, 14, 49, 27.5, 30, Q1Bits.StandBy), status);
        Assert.Equal(line, status!.ToString());
        Assert.Equal(46, line.Length);
    }

    [Fact]
    public void The_status_of_an_omron_unit_on_mains_has_its_bypass_bit_set()
    {
        var status = Q1Status.Parse("(102.5 000.0 102.4 000 49.9 54.5 22.7 00101000")!;

        Assert.Equal(Q1Bits.BypassOrBoost | Q1Bits.StandBy, status.Bits);
        Assert.Equal(54.5, status.BatteryVoltage);
    }

    [Theory]
    [InlineData("(230.0 000.0 000.0 000 00.0 2.05 25.0 11000001", Q1Bits.UtilityFail | Q1Bits.BatteryLow | Q1Bits.BeeperOn)]
    [InlineData("(230.0 000.0 000.0 000 50.0 2.27 25.0 00010110", Q1Bits.Failed | Q1Bits.Testing | Q1Bits.ShutdownActive)]
    public void Each_bit_stands_in_its_column(string line, Q1Bits bits)
    {
        Assert.Equal(bits, Q1Status.Parse(line)!.Bits);
        Assert.Equal(line, Q1Status.Parse(line)!.ToString());
    }

    [Fact]
    public void Dashes_are_no_value()
    {
        var status = Q1Status.Parse("(226.0 ---.- 226.0 --- 49.0 27.5 --.- 00001000")!;

        Assert.Null(status.FaultVoltage);
        Assert.Null(status.Load);
        Assert.Null(status.Temperature);
        Assert.Equal("(226.0 ---.- 226.0 --- 49.0 27.5 --.- 00001000", status.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("#226.0 195.0 226.0 014 49.0 27.5 30.0 00001000")]
    [InlineData("(226.0 195.0 226.0 014 49.0 27.5 30.0")]
    [InlineData("(226.0 195.0 226.0 014 49.0 27.5 30.0 00001000 1")]
    [InlineData("(226.0 195.0 226.0 014 49.0 27.5 30.0 0000100")]
    [InlineData("(226.0 195.0 226.0 014 49.0 27.5 30.0 00001002")]
    [InlineData("(226.0 195.0 22x.0 014 49.0 27.5 30.0 00001000")]
    [InlineData("(226.0 195.0 1e309 014 49.0 27.5 30.0 00001000")]
    [Requirement("R-INP-01")]
    public void What_is_no_status_is_not_read_as_one(string line) => Assert.Null(Q1Status.Parse(line));

    [Fact]
    public void Ratings_and_identity_read_as_in_the_sheet()
    {
        Assert.Equal(new(220, 0, 24, 50), MegatecRating.Parse("#220.0 000 024.0 50.0"));
        Assert.Equal("#100.0 007 24.00 50.0", new MegatecRating(100, 7, 24, 50).ToString());
        Assert.Equal(new("", "", "VT12046Q"), MegatecIdentity.Parse("#-------------   ------     VT12046Q  "));
        Assert.Equal("#RoomSim         Q1-1000    1.0       ", new MegatecIdentity("RoomSim", "Q1-1000", "1.0").ToString());
        Assert.Equal(38, new MegatecIdentity("RoomSim", "Q1-1000", "1.0").ToString().Length);
        Assert.Equal(new("RoomSim", "Q1-1000", "1.0"), MegatecIdentity.Parse("#RoomSim         Q1-1000    1.0       "));
        Assert.Null(MegatecIdentity.Parse("#short"));
        Assert.Null(MegatecRating.Parse("#220.0 000 024.0"));
    }

    [Fact]
    public void Voltronic_tells_charge_runtime_and_mode_as_in_the_sheet()
    {
        Assert.Equal(new(100, 979, 50, 0.3, 177, 290), VoltronicInfo.Parse("(100 00979 50.0 000.3 177 290 0 0000010000112000"));
        Assert.Equal(
            new(234.9, 50, 229.8, 50, 0, 0, 26.5, 18.8, false, false, false, false, false, false, false),
            VoltronicStatus.Parse("(234.9 50.0 229.8 50.0 000.0 000 369.1 ---.- 026.5 ---.- 018.8 100000000001"));
        var onBattery = VoltronicStatus.Parse("(000.0 00.0 229.8 50.0 000.0 023 369.1 ---.- 022.1 ---.- 018.8 101101000001")!;
        Assert.True(onBattery is { UtilityFail: true, BatteryLow: true, Failed: true, Testing: false });
        Assert.Equal(new(26.5, 2, 1, 68, 255), VoltronicBattery.Parse("(026.5 02 01 068 255"));
        Assert.Equal(VoltronicMode.Line, VoltronicModes.Parse("(L"));
        Assert.Equal(VoltronicMode.Battery, VoltronicModes.Parse("(B"));
        Assert.Equal(VoltronicMode.Unknown, VoltronicModes.Parse("(Q"));
        Assert.Equal(VoltronicMode.Unknown, VoltronicModes.Parse("NAK"));
    }

    [Fact]
    public void Omron_tells_charge_runtime_and_replacement_date_as_in_the_sheet()
    {
        Assert.Equal(100, OmronAnswers.Number("100"));
        Assert.Equal(699, OmronAnswers.Number("0699"));
        Assert.Equal(22.5, OmronAnswers.Number("+22.5"));
        Assert.Equal(49.9, OmronAnswers.Number("49.9"));
        Assert.Equal(new DateOnly(2026, 7, 30), OmronAnswers.ReplaceBy("20260730"));
        Assert.Null(OmronAnswers.ReplaceBy("20261330"));
        Assert.Equal((1125, 1125, 48), OmronAnswers.Rating("1125W/1125VA/048V/160W/020W"));
        Assert.Null(OmronAnswers.Rating("1125W/1125VA"));
        Assert.Null(OmronAnswers.Number("NAK"));
    }

    [Theory]
    [InlineData(MegatecDialect.Q1, 12, null, "S.2")]
    [InlineData(MegatecDialect.Q1, 35, null, "S.5")]
    [InlineData(MegatecDialect.Q1, 59, 3, "S.9R0003")]
    [InlineData(MegatecDialect.Q1, 60, 3, "S01R0003")]
    [InlineData(MegatecDialect.VoltronicQs, 599, 10, "S09R0010")]
    [InlineData(MegatecDialect.Omron, 600, 3, "S10")]
    public void A_delay_is_written_in_steps_rounded_down(MegatecDialect dialect, int seconds, int? back, string text)
    {
        var command = MegatecCommand.ShutDown(dialect, TimeSpan.FromSeconds(seconds), back);

        Assert.Equal(text, command.Text);
        Assert.True(command.Acts);
    }

    [Theory]
    [InlineData(11, null)]
    [InlineData(601, null)]
    [InlineData(60, 2)]
    [InlineData(60, 10000)]
    public void A_delay_no_unit_takes_is_refused(int seconds, int? back) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MegatecCommand.ShutDown(MegatecDialect.Q1, TimeSpan.FromSeconds(seconds), back));

    [Fact]
    public void Every_dialect_reads_its_state_first_and_acts_by_nothing_it_asks()
    {
        foreach (var dialect in Enum.GetValues<MegatecDialect>())
        {
            Assert.NotEmpty(MegatecCommand.Reading(dialect));
            Assert.DoesNotContain(MegatecCommand.Reading(dialect).Concat(MegatecCommand.Inventory(dialect)), command => command.Acts);
            Assert.True(MegatecCommand.CancelShutdown(dialect).Acts);
        }

        Assert.Null(MegatecCommand.SelfTest(MegatecDialect.Omron));
        Assert.Null(MegatecCommand.CancelTest(MegatecDialect.Omron));
        Assert.Equal("T", MegatecCommand.SelfTest(MegatecDialect.Q1)!.Text);
        Assert.Equal("CT", MegatecCommand.CancelTest(MegatecDialect.Q1)!.Text);
    }

    [Fact]
    public void One_question_is_under_way_and_its_answer_may_come_in_single_bytes()
    {
        var client = new MegatecClient();
        client.Ask(MegatecCommand.Ask("Q1"));
        client.Ask(MegatecCommand.Ask("F"));
        Assert.Equal("Q1", client.Next(TimeSpan.Zero).Line);
        Assert.Null(client.Next(TimeSpan.Zero).Line);
        foreach (var item in "(226.0 195.0 226.0 014 49.0 27.5 30.0 00001000\r"u8)
        {
            client.Receive([item], TimeSpan.FromMilliseconds(200));
        }

        Assert.Equal("(226.0 195.0 226.0 014 49.0 27.5 30.0 00001000", Taken(client).Answer);
        Assert.Equal("F", client.Next(TimeSpan.FromSeconds(1)).Line);
    }

    [Theory]
    [InlineData("", MegatecFault.Silence)]
    [InlineData("(226.0 195", MegatecFault.Incomplete)]
    [InlineData("Q1\r", MegatecFault.NotKnown)]
    [InlineData("NAK\r", MegatecFault.NotKnown)]
    [InlineData("(NAK\r", MegatecFault.NotKnown)]
    [InlineData("\r\n\0(ACK\r", MegatecFault.None)]
    [Requirement("R-INP-01")]
    public void What_a_unit_may_say_instead_is_named(string bytes, MegatecFault fault)
    {
        var client = new MegatecClient();
        client.Ask(MegatecCommand.Ask("Q1"));
        client.Next(TimeSpan.Zero);
        client.Receive(Encoding.ASCII.GetBytes(bytes), TimeSpan.FromMilliseconds(50));
        client.Next(TimeSpan.FromSeconds(2));

        Assert.Equal(fault, Taken(client).Fault);
    }

    [Fact]
    [Requirement("R-NET-04")]
    public void An_order_leaves_only_where_writes_are_allowed_and_needs_no_answer()
    {
        var closed = new MegatecClient();
        closed.Ask(MegatecCommand.SelfTest(MegatecDialect.Q1)!);
        Assert.Null(closed.Next(TimeSpan.Zero).Line);
        Assert.Equal(MegatecFault.WritesOff, Taken(closed).Fault);

        var open = new MegatecClient(allowOrders: true);
        open.Ask(MegatecCommand.SelfTest(MegatecDialect.Q1)!);
        Assert.Equal("T", open.Next(TimeSpan.Zero).Line);
        open.Next(TimeSpan.FromSeconds(1));
        Assert.Equal(MegatecFault.None, Taken(open).Fault);
    }

    [Fact]
    public void A_broken_link_ends_every_question_once()
    {
        var client = new MegatecClient();
        client.Ask(MegatecCommand.Ask("Q1"));
        client.Ask(MegatecCommand.Ask("F"));
        client.Next(TimeSpan.Zero);
        client.LinkLost(TimeSpan.Zero);

        Assert.Equal(MegatecFault.LinkLost, Taken(client).Fault);
        Assert.Equal(MegatecFault.LinkLost, Taken(client).Fault);
        Assert.True(client.IsIdle);
    }

    [Fact]
    [Requirement("R-INP-01")]
    public void Any_bytes_leave_the_client_working_and_its_memory_as_it_was() => Prop.ForAll<byte[]>(bytes =>
    {
        var client = new MegatecClient();
        client.Ask(MegatecCommand.Ask("Q1"));
        client.Next(TimeSpan.Zero);
        client.Receive(bytes, TimeSpan.Zero);
        client.Next(TimeSpan.FromSeconds(2));
        while (client.TryTake(out _))
        {
        }

        client.Ask(MegatecCommand.Ask("Q1"));
        client.Next(TimeSpan.FromSeconds(3));
        client.Receive("(226.0 195.0 226.0 014 49.0 27.5 30.0 00001000\r"u8, TimeSpan.FromSeconds(3));
        return Q1Status.Parse(Taken(client).Answer!) is { InputVoltage: 226 };
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(600));

    [Fact]
    [Requirement("R-INP-01")]
    public void Any_line_into_any_answer_gives_a_value_or_nothing() => Prop.ForAll<byte[]>(bytes =>
    {
        foreach (var first in new[] { "", "(", "#" })
        {
            var line = first + Encoding.Latin1.GetString(bytes);
            _ = Q1Status.Parse(line);
            _ = MegatecRating.Parse(line);
            _ = MegatecIdentity.Parse(line);
            _ = VoltronicInfo.Parse(line);
            _ = VoltronicStatus.Parse(line);
            _ = VoltronicBattery.Parse(line);
            _ = VoltronicModes.Parse(line);
            _ = OmronAnswers.Number(line);
            _ = OmronAnswers.ReplaceBy(line);
            _ = OmronAnswers.Rating(line);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Lines_without_end_are_dropped()
    {
        var scan = MegatecScanner.Next(new byte[MegatecScanner.LongestLine + 1]);
        Assert.True(scan.Overlong);
        Assert.Equal(MegatecScanner.LongestLine + 1, scan.Consumed);

        var client = new MegatecClient();
        var noise = new byte[1_000_000];
        var before = GC.GetAllocatedBytesForCurrentThread();
        client.Receive(noise, TimeSpan.Zero);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
    }

    private static MegatecOutcome Taken(MegatecClient client)
    {
        Assert.True(client.TryTake(out var outcome));
        return outcome;
    }
}
