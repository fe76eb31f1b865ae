using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Bridge;
using RoomGuard.Bridge.Ups;
using RoomGuard.Core.Power;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Lines;
using RoomGuard.Wire.Nut;
using UnitSettings = RoomGuard.Bridge.Ups.UpsSettings;
using Xunit;

namespace RoomGuard.SystemTests.Peers;

/// <summary>Our clients at servers we did not write: pymodbus, and Debian's upsd with dummy-ups.</summary>
public sealed class UpsClientPeerTests
{
    [Theory]
    [InlineData("ModbusSocketFramer", false)]
    [InlineData("ModbusRtuFramer", true)]
    [Requirement("R-PWR-01")]
    public async Task Our_modbus_client_reads_a_pymodbus_server(string framer, bool rtuOverTcp)
    {
        using var units = new SimulatedUnits();
        var port = LoopbackPorts.Next();
        var script = units.Write("server.py", $$"""
            from pymodbus.server import StartTcpServer
            from pymodbus.datastore import ModbusSequentialDataBlock, ModbusSlaveContext, ModbusServerContext
            from pymodbus.transaction import ModbusSocketFramer, ModbusRtuFramer
            registers = [0xffff] * 2100
            def put(at, text): registers[at:at + len(text.split())] = [int(word, 16) for word in text.split()]
            put(0, "0000 0244 0002 0000 0001 0000 0000 0001 0000 0000 0000 0000 0000 0000 0000 0000 0000 0000 0001 0000 0000 0000 0000 0044 0000 0001 0000")
            put(128, "0000 0258 b900 0330 ffff 2904 ffff 0fc0 1780 ffff 1900 ffff 0043 ffff 1920 ffff 1900 0001 e240 ffff ffff ffff 0004 0000 ffff ffff fffc")
            put(2048, "3030 2E35 3132 3334 3536 3738 1234 5678 FFFF FFFB 1234 FFFB 2020 DFE0")
            store = ModbusSlaveContext(hr=ModbusSequentialDataBlock(0, registers), zero_mode=True)
            StartTcpServer(context=ModbusServerContext(slaves=store, single=True), framer={{framer}}, address=("127.0.0.1", {{port.ToString(CultureInfo.InvariantCulture)}}))
            """);
        using var server = new PeerProgram("/usr/bin/python3", [script]);
        var settings = new UnitSettings("ups-1", "電源1", "UPS 1", "apc-smart-ups", new(LinkKind.Tcp, Host: "127.0.0.1", Port: port), Segment: "loopback", RtuOverTcp: rtuOverTcp);

        var reading = await ReadAsync(settings, reading => reading.State == UpsQuality.Good && reading.Values.ContainsKey(UpsQuantity.ChargePercent), () => server.Said);

        Assert.True(reading.IsOutage);
        Assert.Equal(UpsFlags.OnBattery | UpsFlags.InputBad | UpsFlags.TestPassed, reading.Flags);
        Assert.Equal(600, reading.Good(UpsQuantity.RuntimeSeconds));
        Assert.Equal(92.5, reading.Good(UpsQuantity.ChargePercent));
        Assert.Equal(31.5, reading.Good(UpsQuantity.BatteryTemperature));
        Assert.Equal(123456, reading.Good(UpsQuantity.EnergyWattHours));
    }

    [Fact]
    [Requirement("R-PWR-06")]
    public async Task Our_nut_client_reads_debian_s_upsd_and_knows_when_its_driver_is_gone()
    {
        using var units = new SimulatedUnits();
        var port = LoopbackPorts.Next();
        units.Write("dummy.dev", """
            ups.status: OB LB
            ups.mfr: Invented
            ups.model: Dummy 1500
            ups.load: 23.5
            battery.charge: 87
            battery.runtime: 540
            input.voltage: 0.0
            battery.voltage: <20
            """);
        units.Write("ups.conf", $"maxretry = 3\n[room]\n driver = dummy-ups\n port = {units.Folder}/dummy.dev\n desc = \"Invented unit\"\n mode = dummy-once\n");
        units.Write("upsd.conf", $"LISTEN 127.0.0.1 {port.ToString(CultureInfo.InvariantCulture)}\nMAXAGE 5\n");
        units.Write("upsd.users", "[reader]\n password = x\n");
        foreach (var file in new[] { "ups.conf", "upsd.conf", "upsd.users" })
        {
            File.SetUnixFileMode(Path.Combine(units.Folder, file), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var environment = new Dictionary<string, string> { ["NUT_CONFPATH"] = units.Folder, ["NUT_STATEPATH"] = units.Folder, ["NUT_ALTPIDPATH"] = units.Folder };
        var driver = new PeerProgram("/lib/nut/dummy-ups", ["-a", "room", "-u", Environment.UserName, "-D"], environment);
        using var upsd = new PeerProgram("/lib/nut/upsd", ["-u", Environment.UserName, "-D"], environment);
        var settings = new UnitSettings("far", "別館", "Far unit", Nut: new("127.0.0.1", "room", port, NutTls.IfOffered));
        await using var room = new Reading(settings);
        try
        {
            // upsd answers while its driver still tells it the variables one by one: the last of the file says that all are there.
            var reading = await room.UntilAsync(reading => reading.State == UpsQuality.Good && reading.Good(UpsQuantity.RuntimeSeconds) == 540 && reading.Texts.ContainsKey(UpsText.Model), () => upsd.Said + driver.Said);
            Assert.Equal(UpsFlags.OnBattery | UpsFlags.LowBattery, reading.Flags);
            Assert.Equal(87, reading.Good(UpsQuantity.ChargePercent));
            Assert.Equal("Dummy 1500", reading.Texts[UpsText.Model]);
            Assert.Null(reading.Good(UpsQuantity.BatteryVoltage));

            driver.Dispose();
            var gone = await room.UntilAsync(reading => reading.Trouble?.Contains("DATA-STALE", StringComparison.Ordinal) == true || reading.Trouble?.Contains("DRIVER-NOT-CONNECTED", StringComparison.Ordinal) == true, () => upsd.Said);
            Assert.Equal(UpsQuality.Unknown, gone.State);

            upsd.Dispose();
            var closed = await room.UntilAsync(reading => reading.Trouble?.Contains("NUT server", StringComparison.Ordinal) == true && !reading.Trouble.Contains("says", StringComparison.Ordinal), () => string.Empty);
            Assert.Equal(UpsQuality.Unknown, closed.State);
        }
        finally
        {
            driver.Dispose();
        }
    }

    private static async Task<UpsReading> ReadAsync(UnitSettings settings, Func<UpsReading, bool> isRight, Func<string> detail)
    {
        await using var room = new Reading(settings);
        return await room.UntilAsync(isRight, detail);
    }

    private sealed class Reading : IAsyncDisposable
    {
        private readonly UpsBoard board;
        private readonly UpsWires wires;

        public Reading(UnitSettings settings)
        {
            board = new([settings], TimeProvider.System.GetUtcNow());
            wires = new([settings], board, UpsModels.Load, (unit, model) => UpsWires.LinkOf(unit, model, TimeProvider.System), TimeProvider.System, NullLogger<UpsWires>.Instance);
            _ = wires.StartAsync(CancellationToken.None);
        }

        public async Task<UpsReading> UntilAsync(Func<UpsReading, bool> isRight, Func<string> detail)
        {
            await PeerProgram.UntilAsync(() => Task.FromResult(isRight(board.All[0].Last)), "the reading is right", () => $"{board.All[0].Last}\n{detail()}");
            return board.All[0].Last;
        }

        public async ValueTask DisposeAsync() => await wires.StopAsync(CancellationToken.None);
    }
}
