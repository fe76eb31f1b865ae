using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Bridge;
using RoomGuard.Bridge.Doors;
using RoomGuard.Bridge.Journal;
using RoomGuard.Bridge.Nut;
using RoomGuard.Bridge.Power;
using RoomGuard.Bridge.Ups;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Power;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Simulators.Ups;
using RoomGuard.Wire.Nut;
using Simulated = RoomGuard.Simulators.Ups.UpsSettings;
using UnitSettings = RoomGuard.Bridge.Ups.UpsSettings;

namespace RoomGuard.SystemTests.Peers;

/// <summary>
/// A bridge's power without its service: a simulated APC on a pseudo-terminal, the room's own loop with a real journal, and the NUT server for Debian's
/// programs.
/// </summary>
internal sealed class PeerRoom : IAsyncDisposable
{
    private readonly UpsBoard board;
    private readonly UpsWires wires;
    private readonly NutListener listener;
    private readonly X509Certificate2 certificate;
    private readonly RoomJournal journal;
    private readonly RoomMeters meters = new("PeerRoom");
    private readonly RoomLoop loop;
    private readonly PowerFeed feed;
    private readonly Dictionary<int, string> passwords = [];

    /// <param name="unit">The simulated unit; null: a usual one with half an hour in its battery.</param>
    /// <param name="plan">What the room goes by; null: it only reads.</param>
    /// <param name="commands">What two people may have the unit do.</param>
    public PeerRoom(Simulated? unit = null, PowerPlan? plan = null, params UpsCommand[] commands)
    {
        Units = new(unit ?? new("ups-1", UpsKind.ApcRtu));
        var settings = new UnitSettings(
            "ups-1", "電源1", "UPS 1", unit?.Kind == UpsKind.MegatecQ1 ? "megatec-q1" : "apc-smart-ups",
            unit?.Kind == UpsKind.ApcTcp ? new(LinkKind.Tcp, Host: "127.0.0.1", Port: Units.Port("ups-1")) : new(LinkKind.Serial, Units.Where("ups-1")), Segment: "loopback", Commands: [.. commands]);
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
        var time = TimeProvider.System;
        journal = RoomJournal.Open(
            new(Path.Combine(Units.Folder, "journal.db"), "peers-1/bridge-1/journal", "peers-1/bridge-1", RandomNumberGenerator.GetBytes, time), new(Path.Combine(Units.Folder, "ballast"), 0));
        loop = new(wrong => throw wrong, time, meters, NullLogger.Instance);
        var doors = new RoomPlan(
            [new(new("SRV-1-D1"), new("SRV-1"), "扉", "Door", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), PowerLossState.FailSecure)],
            [new(new("reader-1"), new("SRV-1-D1"), ReaderSide.Entry)]);
        var turn = new RoomTurn(
            new(doors, new() { PinMatches = (_, _) => false }), journal, new RoomDevices(new NoDoors(), Board, board, NullLogger<RoomDevices>.Instance), time, meters, NullLogger.Instance,
            new(["ups-1"], new(), allowed: UpsWires.OffersOf([settings], UpsModels.Load)));
        loop.Start(turn, () => { });
        loop.Post(new RoomStarted(time.GetUtcNow()));
        if (plan is not null)
        {
            loop.Post(new RoomOrderArrived(time.GetUtcNow(), 1, new PowerPlanOrder(plan, Withdrawn: false, "S-0102")));
        }

        feed = new(board, Board, [.. section.Names.Select(name => name.Name)], loop, time);
        _ = feed.StartAsync(CancellationToken.None);
        _ = wires.StartAsync(CancellationToken.None);
        _ = listener.StartAsync(CancellationToken.None);
    }

    public SimulatedUnits Units { get; }

    public NutBoard Board { get; }

    public int Port => listener.At!.Port;

    /// <summary>What the room says of itself.</summary>
    public PowerNow? Power => loop.State.Power;

    /// <summary>Everything in the journal, in order.</summary>
    public IReadOnlyList<RecordedEvent> Written => [.. journal.Log.Read(0, 10_000).Select(stored => RecordJson.ParseEvent(stored.Payload))];

    /// <summary>An order of the office.</summary>
    public Task<bool> OrderAsync(long serial, RoomOrder order) => loop.PostAsync(new RoomOrderArrived(TimeProvider.System.GetUtcNow(), serial, order));

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
        await feed.StopAsync(CancellationToken.None);
        loop.Dispose();
        journal.Dispose();
        meters.Dispose();
        certificate.Dispose();
        Units.Dispose();
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest("CN=bridge-1", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private sealed class NoDoors : IDoorDevices
    {
        public void Execute(DeviceOrder order)
        {
        }
    }
}
