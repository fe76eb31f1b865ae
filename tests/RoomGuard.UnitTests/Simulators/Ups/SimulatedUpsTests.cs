using RoomGuard.Simulators.Ups;
using RoomGuard.Wire.Modbus;
using Xunit;

namespace RoomGuard.UnitTests.Simulators.Ups;

/// <summary>The simulated units as bodies: batteries, mains, orders, block rules.</summary>
public class SimulatedUpsTests
{
    private static readonly UpsSettings Settings = new("ups-1", UpsKind.ApcRtu, Link: "x", LoadPercent: 50, FullLoadRuntime: TimeSpan.FromMinutes(5));

    [Fact]
    public void Half_the_load_lasts_more_than_twice_as_long_and_an_empty_battery_takes_the_output_away()
    {
        var ups = new SimulatedUps(Settings);
        var lasts = ups.Battery.TrueRuntime(50);
        Assert.True(lasts > 2 * ups.Battery.TrueRuntime(100));
        ups.Feed(Mains.Failed, TimeSpan.Zero);
        ups.Pass(lasts - TimeSpan.FromSeconds(1));
        Assert.Equal((UpsStanding.OnBattery, true), (ups.Standing, ups.LowBattery));
        ups.Pass(lasts + TimeSpan.FromSeconds(1));
        Assert.Equal((UpsStanding.Off, 13, 0.0), (ups.Standing, ups.Cause, ups.OutputVolts));

        // Mains return: the output comes back after a while, and the battery fills.
        ups.Feed(Mains.Good, TimeSpan.FromHours(1));
        ups.Pass(TimeSpan.FromHours(1.1));
        Assert.Equal(UpsStanding.OnLine, ups.Standing);
        ups.Pass(TimeSpan.FromHours(5));
        Assert.Equal(1, ups.Battery.ToldCharge);
    }

    [Fact]
    public void An_aged_battery_promises_what_it_does_not_hold_until_a_test_finds_out()
    {
        var ups = new SimulatedUps(Settings with { Health = 0.3 });
        Assert.Equal(1, ups.Battery.ToldCharge);
        Assert.True(ups.ToldRuntime > 3 * ups.Battery.TrueRuntime(50));
        Assert.True(ups.StartTest(TimeSpan.Zero));
        ups.Pass(TimeSpan.FromSeconds(20));
        Assert.Equal((SelfTestOutcome.Failed, true, UpsStanding.OnLine), (ups.Test, ups.ReplaceBattery, ups.Standing));
        Assert.Equal(ups.Battery.TrueRuntime(50).TotalSeconds, ups.ToldRuntime.TotalSeconds, 5.0);

        ups.ReplaceBatteryNow(TimeSpan.FromMinutes(1));
        Assert.False(ups.ReplaceBattery);
        Assert.Equal(1, ups.Battery.TrueCharge);
    }

    [Fact]
    public void A_unit_goes_back_to_mains_only_when_they_stay_good_and_a_flicker_keeps_it_on_battery()
    {
        var ups = new SimulatedUps(Settings);
        for (var second = 0; second < 20; second += 4)
        {
            ups.Feed(Mains.Failed, TimeSpan.FromSeconds(second));
            ups.Feed(Mains.Good, TimeSpan.FromSeconds(second + 2));
            Assert.Equal(UpsStanding.OnBattery, ups.Standing);
        }

        ups.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal((UpsStanding.OnLine, 8), (ups.Standing, ups.Cause));
    }

    [Fact]
    public void A_generator_s_frequency_is_not_taken_until_it_is_steady()
    {
        var ups = new SimulatedUps(Settings);
        ups.Feed(Mains.Failed, TimeSpan.Zero);
        ups.Feed(new(100, 66), TimeSpan.FromSeconds(30));
        ups.Pass(TimeSpan.FromSeconds(60));
        Assert.Equal(UpsStanding.OnBattery, ups.Standing);
        ups.Feed(new(100, 60.5), TimeSpan.FromSeconds(61));
        ups.Pass(TimeSpan.FromSeconds(65));
        Assert.Equal(UpsStanding.OnLine, ups.Standing);
    }

    [Theory]
    [InlineData(0, 2, null)]
    [InlineData(1, 1, ModbusError.IllegalDataAddress)]
    [InlineData(0, 1, ModbusError.IllegalDataAddress)]
    [InlineData(128, 29, null)]
    [InlineData(128, 27, null)]
    [InlineData(129, 2, ModbusError.IllegalDataAddress)]
    [InlineData(516, 80, null)]
    [InlineData(517, 8, ModbusError.IllegalDataAddress)]
    [InlineData(2050, 4, null)]
    [InlineData(2050, 2, ModbusError.IllegalDataAddress)]
    [InlineData(300, 10, null)]
    [InlineData(5000, 1, ModbusError.IllegalDataAddress)]
    public void A_reading_begins_and_ends_at_the_borders_of_blocks(int address, int count, ModbusError? error)
    {
        var into = new ushort[count];
        Assert.Equal(error, Registers().ReadRegisters(ModbusTable.HoldingRegisters, address, into));
        Assert.True(address != 300 || into.All(value => value == 0xFFFF));
    }

    [Theory]
    [InlineData(1540, new ushort[] { 1 }, null)]
    [InlineData(1540, new ushort[] { 1, 0 }, ModbusError.IllegalDataAddress)]
    [InlineData(1538, new ushort[] { 0, 0x788 }, ModbusError.DeviceFailure)]
    [InlineData(1538, new ushort[] { 0x788 }, ModbusError.IllegalDataAddress)]
    [InlineData(1541, new ushort[] { 1 }, null)]
    [InlineData(1541, new ushort[] { 9 }, ModbusError.IllegalDataValue)]
    [InlineData(1029, new ushort[] { 32768 }, ModbusError.DeviceFailure)]
    [InlineData(1029, new ushort[] { 90 }, null)]
    [InlineData(128, new ushort[] { 1, 1 }, ModbusError.IllegalDataAddress)]
    public void A_writing_hits_exactly_one_block_that_takes_it(int address, ushort[] values, ModbusError? error) => Assert.Equal(error, Registers().WriteRegisters(address, values));

    [Fact]
    public void A_requested_shutdown_says_imminent_at_once_goes_off_after_a_minute_and_comes_back_with_mains()
    {
        var now = TimeSpan.Zero;
        var ups = new SimulatedUps(Settings);
        var registers = new ApcRegisters(ups, () => now);
        Assert.Null(registers.WriteRegisters(1540, [1]));
        var signal = new ushort[1];
        registers.ReadRegisters(ModbusTable.HoldingRegisters, 18, signal);
        Assert.Equal(2, signal[0]);
        now = TimeSpan.FromSeconds(59);
        ups.Pass(now);
        Assert.Equal(UpsStanding.OnLine, ups.Standing);
        now = TimeSpan.FromSeconds(61);
        ups.Pass(now);
        Assert.Equal(UpsStanding.Off, ups.Standing);
        now = TimeSpan.FromSeconds(80);
        ups.Pass(now);
        Assert.Equal(UpsStanding.OnLine, ups.Standing);
    }

    [Theory]
    [InlineData("S.2", 12)]
    [InlineData("S01", 60)]
    [InlineData("S02R0003", 120)]
    public void A_q1_unit_carries_an_order_out_in_silence(string order, int seconds)
    {
        var ups = new SimulatedUps(Settings with { Kind = UpsKind.MegatecQ1 });
        var unit = new MegatecUnit(ups);
        Assert.Null(unit.Hear(order, TimeSpan.Zero));
        Assert.Equal('1', unit.Hear("Q1", TimeSpan.Zero)![^2]);
        ups.Pass(TimeSpan.FromSeconds(seconds + 1));
        Assert.Equal(UpsStanding.Off, ups.Standing);
    }

    [Fact]
    public void A_q1_unit_sends_back_what_it_does_not_know()
    {
        var unit = new MegatecUnit(new(Settings));
        Assert.Equal("QGS", unit.Hear("QGS", TimeSpan.Zero));
        Assert.Equal("S99", unit.Hear("S99", TimeSpan.Zero));
        Assert.StartsWith("(", unit.Hear("Q1", TimeSpan.Zero), StringComparison.Ordinal);
        Assert.Equal(38, unit.Hear("I", TimeSpan.Zero)!.Length);
    }

    [Theory]
    [InlineData(0, "unit: 0")]
    [InlineData(248, "unit: 248")]
    public void An_impossible_unit_is_named(int unit, string says) => Assert.Contains(says, string.Concat((Settings with { Unit = unit }).Problems("ups.0")), StringComparison.Ordinal);

    private static ApcRegisters Registers() => new(new SimulatedUps(Settings), () => TimeSpan.Zero);
}
