using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Bridge;
using RoomGuard.Bridge.Nut;
using RoomGuard.Bridge.Ups;
using RoomGuard.Core.Power;
using RoomGuard.Simulators.Ups;
using RoomGuard.TestKit;
using RoomGuard.Wire.Nut;
using Xunit;
using Simulated = RoomGuard.Simulators.Ups.UpsSettings;
using UnitSettings = RoomGuard.Bridge.Ups.UpsSettings;

namespace RoomGuard.SystemTests.Peers;

/// <summary>Our NUT server as Debian's upsc and upsmon see it, over a simulated APC on a pseudo-terminal.</summary>
public sealed class NutServerPeerTests
{
    [Fact]
    [Requirement("R-PWR-01")]
    public async Task Upsc_lists_our_units_and_reads_what_the_unit_says()
    {
        await using var room = new Room();
        var at = $"127.0.0.1:{room.Port.ToString(CultureInfo.InvariantCulture)}";
        await room.ReadsAsync(reading => reading.State == UpsQuality.Good && reading.Values.Count > 8 && reading.Texts.ContainsKey(UpsText.Model));

        Assert.Equal(["ups-1", "stage-1", "stage-2", "stage-3"], (await PeerProgram.RunAsync("upsc", ["-l", at], answerOnly: true)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var said = await PeerProgram.RunAsync("upsc", [$"ups-1@{at}"]);
        Assert.Contains("ups.status: OL", said, StringComparison.Ordinal);
        Assert.Contains("battery.charge: 100", said, StringComparison.Ordinal);
        Assert.Contains("ups.load: 30", said, StringComparison.Ordinal);
        Assert.Contains("device.model: Smart-UPS 1500", said, StringComparison.Ordinal);
        Assert.Contains("ups.status: OL", await PeerProgram.RunAsync("upsc", [$"stage-2@{at}"]), StringComparison.Ordinal);

        room.Units.Do(new PlugUps("ups-1", Plugged: false));
        await room.ReadsAsync(reading => reading.State == UpsQuality.Unknown);
        Assert.Contains("Data stale", await PeerProgram.RunAsync("upsc", [$"ups-1@{at}"]), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public async Task Three_upsmon_on_three_stages_go_down_one_after_the_other_with_the_unit_s_link_cut_half_way()
    {
        await using var room = new Room();
        await room.ReadsAsync(reading => reading.State == UpsQuality.Good);
        var hosts = Enumerable.Range(1, 3).Select(stage => room.StartHost(stage)).ToList();
        try
        {
            await PeerProgram.UntilAsync(() => Task.FromResult(room.Board.Logins.Length == 3), "three hosts are logged in", () => string.Concat(hosts.Select(host => host.Said)));
            Assert.Equal(["stage-1", "stage-2", "stage-3"], room.Board.Logins.Select(login => login.Name).Order());

            room.Units.Do(new SetMains("ups-1", 0, 0));
            await room.ReadsAsync(reading => reading.IsOutage);
            Assert.True(room.Board.Latch("stage-1"));
            await room.DownAsync(1, () => hosts[0].Said);
            Assert.False(room.IsDown(2));

            // Half-way the link to the unit is cut: the stages go on saying OB, and nobody goes out of turn.
            room.Units.Do(new PlugUps("ups-1", Plugged: false));
            await room.ReadsAsync(reading => reading.State == UpsQuality.Unknown);
            Assert.Equal(NutFreshness.Stale, room.Board.Unit("ups-1")!.Freshness);
            Assert.Equal("OB DISCHRG", room.Board.Unit("stage-2")!.Variables["ups.status"]);
            Assert.True(room.Board.Latch("stage-2"));
            await room.DownAsync(2, () => hosts[1].Said);
            Assert.False(room.IsDown(3));
            Assert.True(room.Board.Latch("stage-3"));
            await room.DownAsync(3, () => hosts[2].Said);

            // Who has gone is known without a word of theirs.
            await PeerProgram.UntilAsync(() => Task.FromResult(room.Board.Logins.IsEmpty), "nobody is logged in any more");
        }
        finally
        {
            hosts.ForEach(host => host.Dispose());
        }
    }

    [Fact]
    public async Task A_thousand_clients_at_once_are_served_and_a_flood_of_wrong_passwords_is_not_looked_at()
    {
        await using var room = new Room();
        await room.ReadsAsync(reading => reading.State == UpsQuality.Good);
        var clients = await Task.WhenAll(Enumerable.Range(0, 1000).Select(async _ =>
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, room.Port);
            await client.GetStream().WriteAsync("GET VAR ups-1 ups.status\n"u8.ToArray());
            var answer = new byte[100];
            var count = await client.GetStream().ReadAsync(answer);
            return Encoding.UTF8.GetString(answer, 0, count);
        }));
        Assert.All(clients, answer => Assert.StartsWith("VAR ups-1 ups.status \"OL", answer, StringComparison.Ordinal));

        // From the eleventh on even the right password is refused for a minute, from that address only.
        for (var wrong = 0; wrong < 10; wrong++)
        {
            Assert.Null(room.Board.RightsOf("server-1", "wrong", "192.0.2.9"));
        }

        Assert.Null(room.Board.RightsOf("server-1", room.Password(1), "192.0.2.9"));
        Assert.Equal(NutRights.LogIn, room.Board.RightsOf("server-1", room.Password(1), "192.0.2.10"));
    }

    private sealed class Room : IAsyncDisposable
    {
        private readonly UpsBoard board;
        private readonly UpsWires wires;
        private readonly NutListener listener;
        private readonly X509Certificate2 certificate;
        private readonly Dictionary<int, string> passwords = [];

        public Room()
        {
            Units = new(new Simulated("ups-1", UpsKind.ApcRtu));
            var settings = new UnitSettings("ups-1", "電源1", "UPS 1", "apc-smart-ups", new(LinkKind.Serial, Units.Where("ups-1")));
            board = new([settings], TimeProvider.System.GetUtcNow());
            wires = new([settings], board, UpsModels.Load, (unit, model) => UpsWires.LinkOf(unit, model, TimeProvider.System), TimeProvider.System, NullLogger<UpsWires>.Instance);
            var users = new NutUsers(Path.Combine(Units.Folder, "nut-users.json"), TimeProvider.System);
            for (var host = 1; host <= 3; host++)
            {
                passwords[host] = users.Add($"server-{host.ToString(CultureInfo.InvariantCulture)}", NutRights.LogIn, RandomNumberGenerator.GetBytes);
            }

            var section = new NutServerSection([.. Enumerable.Range(1, 3).Select(stage => new NutNameSettings($"stage-{stage.ToString(CultureInfo.InvariantCulture)}", "ups-1", $"Stage {stage.ToString(CultureInfo.InvariantCulture)}"))], Port: 0);
            Board = new(board, section.Names, users, "test", TimeProvider.System, NullLogger.Instance);
            certificate = Certificate();
            listener = new(section, Board, certificate, TimeProvider.System, NullLogger<NutListener>.Instance);
            _ = wires.StartAsync(CancellationToken.None);
            _ = listener.StartAsync(CancellationToken.None);
        }

        public SimulatedUnits Units { get; }

        public NutBoard Board { get; }

        public int Port => listener.At!.Port;

        public string Password(int host) => passwords[host];

        public Task ReadsAsync(Func<UpsReading, bool> isRight) =>
            PeerProgram.UntilAsync(() => Task.FromResult(isRight(board.All[0].Last)), "the unit is read so", () => board.All[0].Last.ToString());

        /// <summary>A server of the room with Debian's upsmon, untouched; its SHUTDOWNCMD leaves a file.</summary>
        public PeerProgram StartHost(int stage)
        {
            var folder = Path.Combine(Units.Folder, $"host-{stage.ToString(CultureInfo.InvariantCulture)}");
            var conf = Units.Write($"host-{stage.ToString(CultureInfo.InvariantCulture)}/upsmon.conf", $"""
                RUN_AS_USER {Environment.UserName}
                MONITOR stage-{stage.ToString(CultureInfo.InvariantCulture)}@127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)} 1 server-{stage.ToString(CultureInfo.InvariantCulture)} {passwords[stage]} secondary
                MINSUPPLIES 1
                SHUTDOWNCMD "touch {folder}/down"
                POLLFREQ 1
                POLLFREQALERT 1
                HOSTSYNC 5
                DEADTIME 15
                FINALDELAY 0
                NOTIFYFLAG ONLINE IGNORE
                NOTIFYFLAG ONBATT IGNORE
                NOTIFYFLAG FSD IGNORE
                NOTIFYFLAG SHUTDOWN IGNORE
                NOTIFYFLAG COMMOK IGNORE
                NOTIFYFLAG COMMBAD IGNORE
                NOTIFYFLAG NOCOMM IGNORE
                POWERDOWNFLAG {folder}/killpower
                """);
            File.SetUnixFileMode(conf, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            // Each under a name of its own: upsmon looks for others of its name before it starts.
            return new("/bin/bash", ["-c", $"exec -a upsmon-{stage.ToString(CultureInfo.InvariantCulture)}-{Port.ToString(CultureInfo.InvariantCulture)} /lib/nut/upsmon -D -p"], new Dictionary<string, string> { ["NUT_CONFPATH"] = folder, ["NUT_STATEPATH"] = folder, ["NUT_ALTPIDPATH"] = folder });
        }

        public bool IsDown(int stage) => File.Exists(Path.Combine(Units.Folder, $"host-{stage.ToString(CultureInfo.InvariantCulture)}", "down"));

        public Task DownAsync(int stage, Func<string> detail) => PeerProgram.UntilAsync(() => Task.FromResult(IsDown(stage)), $"host {stage} has shut down", detail);

        public async ValueTask DisposeAsync()
        {
            await listener.StopAsync(CancellationToken.None);
            listener.Dispose();
            await wires.StopAsync(CancellationToken.None);
            certificate.Dispose();
            Units.Dispose();
        }

        private static X509Certificate2 Certificate()
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var now = TimeProvider.System.GetUtcNow();
            return new CertificateRequest("CN=bridge-1", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        }
    }
}
