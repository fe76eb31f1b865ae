using System.Globalization;
using System.Text.RegularExpressions;
using RoomGuard.Simulators.Ups;
using RoomGuard.SystemTests.Site;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Lines;
using Xunit;

namespace RoomGuard.SystemTests.Peers;

/// <summary>Our simulated units as Debian's apcupsd, mbpoll and NUT's nutdrv_qx read them.</summary>
public sealed partial class UpsSimulatorPeerTests
{
    [Fact]
    [Requirement("R-CFG-09")]
    public async Task Apcupsd_reads_the_simulated_apc_and_sees_the_outage()
    {
        using var units = new SimulatedUnits(new UpsSettings("apc", UpsKind.ApcRtu, LoadPercent: 40));
        var nis = LoopbackPorts.Next();
        var conf = units.Write("apcupsd.conf", $"""
            ## apcupsd.conf v1.1 ##
            UPSCABLE smart
            UPSTYPE modbus
            DEVICE {units.Where("apc")}
            LOCKFILE {units.Folder}
            SCRIPTDIR {units.Folder}/scripts
            PWRFAILDIR {units.Folder}
            NOLOGINDIR {units.Folder}
            ONBATTERYDELAY 2
            POLLTIME 1
            BATTERYLEVEL 5
            MINUTES 1
            NETSERVER on
            NISIP 127.0.0.1
            NISPORT {nis}
            EVENTSFILE {units.Folder}/events
            STATTIME 0
            """);
        Directory.CreateDirectory(Path.Combine(units.Folder, "scripts"));
        units.Write("scripts/apccontrol", "#!/bin/sh\nexit 0\n");
        File.SetUnixFileMode(Path.Combine(units.Folder, "scripts", "apccontrol"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var apcupsd = new PeerProgram(Apc("apcupsd"), ["-b", "-f", conf, "-P", Path.Combine(units.Folder, "pid")]);

        var status = await StatusAsync(nis, "ONLINE", apcupsd);
        var now = units.Now("apc");
        Assert.Equal(40, Number(status, "LOADPCT"), 0.5);
        Assert.Equal(100.5, Number(status, "LINEV"), 0.5);
        Assert.Equal(now.ChargePercent, Number(status, "BCHARGE"), 0.5);
        Assert.Equal(now.ToldRuntime.TotalMinutes, Number(status, "TIMELEFT"), 1.0);
        Assert.Contains("Smart-UPS 1500", status, StringComparison.Ordinal);

        units.Do(new SetMains("apc", 0, 0));
        status = await StatusAsync(nis, "ONBATT", apcupsd);
        Assert.Equal(0, Number(status, "LINEV"), 0.5);
        units.Do(new SetMains("apc", 100, 60));
        await StatusAsync(nis, "ONLINE", apcupsd);
    }

    [Fact]
    public async Task Mbpoll_reads_the_simulated_apc_over_rtu_and_tcp()
    {
        using var units = new SimulatedUnits(new UpsSettings("rtu", UpsKind.ApcRtu), new UpsSettings("tcp", UpsKind.ApcTcp));
        foreach (var reach in new string[][]
        {
            ["-m", "rtu", "-b", "9600", "-P", "none", units.Where("rtu")],
            ["-m", "tcp", "-p", units.Port("tcp").ToString(CultureInfo.InvariantCulture), "127.0.0.1"],
        })
        {
            string[] Ask(int register, int count) => ["-0", "-1", "-a", "1", "-t", "4:hex", "-r", register.ToString(CultureInfo.InvariantCulture), "-c", count.ToString(CultureInfo.InvariantCulture), .. reach];

            // The registers of known content, and the measures.
            var known = Registers(await PeerProgram.RunAsync("mbpoll", Ask(2048, 14)));
            Assert.Equal([0x3030, 0x2E35, 0x3132, 0x3334, 0x3536, 0x3738, 0x1234, 0x5678, 0xFFFF, 0xFFFB, 0x1234, 0xFFFB, 0x2020, 0xDFE0], known);
            var status = Registers(await PeerProgram.RunAsync("mbpoll", Ask(0, 27)));
            Assert.Equal([0, 0x2002], status[..2]);
            var measures = Registers(await PeerProgram.RunAsync("mbpoll", Ask(128, 29)));
            Assert.Equal(100, measures[2] / 512.0);
            Assert.Equal(30, measures[8] / 256.0, 0.1);

            // A reading that cuts a block in two is refused, as on the unit.
            Assert.Contains("Illegal data address", await PeerProgram.RunAsync("mbpoll", Ask(129, 2)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nut_s_driver_reads_the_simulated_q1_unit()
    {
        using var units = new SimulatedUnits(new UpsSettings("q1", UpsKind.MegatecQ1, LoadPercent: 42));
        var dump = await DumpAsync(units);
        Assert.Equal("OL", Variable(dump, "ups.status"));
        Assert.Equal("42", Variable(dump, "ups.load"));
        Assert.Equal("100.5", Variable(dump, "input.voltage"));
        Assert.Equal("60.0", Variable(dump, "input.frequency"));
        Assert.Equal("27.40", Variable(dump, "battery.voltage"));
        Assert.Equal("RoomSim", Variable(dump, "device.mfr"));

        units.Do(new SetMains("q1", 0, 0));
        dump = await DumpAsync(units);
        Assert.Equal("OB", Variable(dump, "ups.status"));
        Assert.Equal("0.0", Variable(dump, "input.voltage"));
    }

    private static async Task<string> DumpAsync(SimulatedUnits units)
    {
        var said = await PeerProgram.RunAsync(
            "/lib/nut/nutdrv_qx",
            ["-s", "sim", "-u", Environment.UserName, "-d", "2", "-x", $"port={units.Where("q1")}", "-x", "protocol=megatec"],
            new Dictionary<string, string> { ["NUT_STATEPATH"] = units.Folder, ["NUT_ALTPIDPATH"] = units.Folder });
        return said;
    }

    private static string Variable(string dump, string name) =>
        Regex.Match(dump, $@"^{Regex.Escape(name)}: (.*)$", RegexOptions.Multiline) is { Success: true } found ? found.Groups[1].Value.Trim() : $"no {name} in:\n{dump}";

    private static int[] Registers(string said) => [.. RegisterLine().Matches(said).Select(line => int.Parse(line.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];

    private static async Task<string> StatusAsync(int port, string state, PeerProgram apcupsd)
    {
        var status = string.Empty;
        await PeerProgram.UntilAsync(
            async () => Regex.IsMatch(status = await PeerProgram.RunAsync(Apc("apcaccess"), ["-h", $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}", "status"]), $@"^STATUS +: .*\b{state}\b", RegexOptions.Multiline),
            $"apcupsd says {state}",
            () => status + apcupsd.Said);
        return status;
    }

    private static double Number(string status, string key) =>
        double.Parse(Regex.Match(status, $@"^{key} +: +([\d.]+)", RegexOptions.Multiline).Groups[1].Value, CultureInfo.InvariantCulture);

    // Debian's apcupsd and nut-client exclude each other, so ./test unpacks apcupsd beside the programs.
    private static string Apc(string program) => Path.Combine(RunScript.Root, "out", "peers", "apcupsd", "sbin", program);

    [GeneratedRegex(@"^\[\d+\]:\s+0x([0-9A-F]{4})", RegexOptions.Multiline)]
    private static partial Regex RegisterLine();
}
