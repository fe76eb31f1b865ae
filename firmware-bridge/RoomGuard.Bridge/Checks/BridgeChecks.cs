using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using RoomGuard.Bridge.Broker;
using RoomGuard.Bridge.Control;
using RoomGuard.Bridge.Enrolment;
using RoomGuard.Bridge.Files;
using RoomGuard.Bridge.Journal;
using RoomGuard.Bridge.Power;
using RoomGuard.Bridge.Sensors;
using RoomGuard.Bridge.Uplink;
using RoomGuard.Hosting;

namespace RoomGuard.Bridge.Checks;

/// <summary>What <c>roomguard-bridge doctor</c> looks at, and what it advises. Changes nothing; works beside a running bridge and without one.</summary>
public sealed class BridgeChecks
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
    private const int FlushTries = 15;
    private const int EntriesToCheck = 2000;

    private static readonly TimeSpan SlowFlush = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan CertificateNotice = TimeSpan.FromDays(30);
    private static readonly TimeSpan LargestOffset = TimeSpan.FromSeconds(1);

    private readonly BridgeSettings settings;
    private readonly TimeProvider time;
    private JsonNode? running;

    private BridgeChecks(BridgeSettings settings, TimeProvider time)
    {
        this.settings = settings;
        this.time = time;
    }

    /// <summary>All checks, in the order a technician would go.</summary>
    public static IEnumerable<DoctorCheck> All(BridgeSettings settings, TimeProvider time)
    {
        var checks = new BridgeChecks(settings, time);
        return
        [
            new("program", checks.Program),
            new("data folder", checks.Folder),
            new("watch port", checks.WatchPort),
            .. settings.Watching.Rooms is { } rooms ? [new DoctorCheck("room pages", _ => Found(RoomPages(rooms)))] : Array.Empty<DoctorCheck>(),
            .. settings.Brokering is { Enabled: true } broker ? [new DoctorCheck("mqtt broker", _ => Found(checks.Broker(broker)))] : Array.Empty<DoctorCheck>(),
            new("disk", checks.Disk),
            new("flush", checks.Flush),
            new("clock", checks.Clock),
            new("certificates", checks.Certificates),
            new("service", checks.Service),
            .. settings.Webhooks.Select(webhook => new DoctorCheck($"webhook {webhook.Name}", _ => Found(Webhook(webhook)))),
            .. settings.MqttSources.Select(source => new DoctorCheck($"mqtt {source.Name}", stop => checks.Mqtt(source, stop))),
            .. settings.Buses.Select(bus => new DoctorCheck($"wire {bus.Id}", stop => Wire(bus, stop))),
            new("readers", checks.ReadersAnswer),
            new("grant list", checks.GrantList),
            new("journal", checks.Journal),
        ];
    }

    private string Data(string name) => Path.Combine(Path.GetFullPath(settings.DataFolder), name);

    private async Task<DoctorFinding> Program(CancellationToken stop)
    {
        try
        {
            using var client = new ControlClient(settings.DataFolder);
            running = await client.StateAsync(stop);
            return DoctorFinding.Well($"running, version {running["state"]?["version"]}");
        }
        catch (ControlException)
        {
            return DoctorFinding.Look("no bridge is running on this data folder", "Start it: roomguard-bridge --settings … serve. The other checks go on without it.");
        }
    }

    private Task<DoctorFinding> Folder(CancellationToken stop)
    {
        var folder = Path.GetFullPath(settings.DataFolder);
        if (!Directory.Exists(folder))
        {
            return Found(DoctorFinding.Act($"{folder} does not exist", "Join the service; that makes it: roomguard-bridge --settings … join --code CODE"));
        }

        var open = Directory.EnumerateFiles(folder)
            .Where(file => Path.GetExtension(file) is ".key" or ".bin" && (File.GetUnixFileMode(file) & Others) != 0)
            .Select(Path.GetFileName)
            .ToList();
        return Found(open.Count > 0
            ? DoctorFinding.Act($"others may read {string.Join(", ", open)}", $"chmod 600 them in {folder}, and think about who may have read them.")
            : DoctorFinding.Well(folder));
    }

    private Task<DoctorFinding> WatchPort(CancellationToken stop)
    {
        var (address, port) = (IPAddress.Parse(settings.Watching.Address), settings.Watching.Watch);
        if (running is not null)
        {
            return Found(DoctorFinding.Well($"{address}:{port}, held by the running bridge"));
        }

        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return Found(DoctorFinding.Well($"{address}:{port} is free"));
        }
        catch (SocketException taken)
        {
            return Found(DoctorFinding.Act($"{address}:{port}: {taken.Message}", "Stop what holds it, or choose another port with listen.watch."));
        }
    }

    // The pages have no TLS: a terminal at a door has nobody who could look after a certificate. So the wire has to be its own.
    private static DoctorFinding RoomPages(RoomPagesSettings rooms)
    {
        var address = IPAddress.Parse(rooms.Address);
        if (IPAddress.IsLoopback(address))
        {
            return DoctorFinding.Well($"{address}:{rooms.Port}, opened by this machine alone");
        }

        var where = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? $"every wire of this machine (port {rooms.Port})" : $"{address}:{rooms.Port}";
        var what = rooms.RollCallFor is { Length: > 0 } ? "answers of the doors and the names of the roll call" : "answers of the doors";
        return DoctorFinding.Look(
            $"served in plain HTTP on {where}: whoever is on it reads {what}",
            "Give the terminals a wire of their own and set listen.rooms.address to the address on it (R-NET-03); without such a terminal set it to 127.0.0.1.");
    }

    private DoctorFinding Broker(BrokerSettings broker)
    {
        var where = new IPEndPoint(IPAddress.Parse(broker.Address), broker.Port);
        if (BrokerDoctor.Files(broker, Path.GetFullPath(settings.DataFolder), OwnCertificate, time, out var withPassword) is { } wrong)
        {
            return wrong;
        }

        if (running is null)
        {
            try
            {
                using var listener = new TcpListener(where);
                listener.Start();
            }
            catch (SocketException taken)
            {
                return DoctorFinding.Act($"{where}: {taken.Message}", "Stop what holds it (often mosquitto) or set broker.enabled to false, or choose another port with broker.port.");
            }
        }

        return BrokerDoctor.Advice(broker, where, running is not null, withPassword);
    }

    private X509Certificate2? OwnCertificate() =>
        PanelIdentity.IsIn(settings.DataFolder) ? X509Certificate2.CreateFromPemFile(Data(PanelIdentity.CertificateFile), Data(PanelIdentity.KeyFile)) : null;

    private Task<DoctorFinding> Disk(CancellationToken stop)
    {
        var (percent, free) = DiskWatch.Use(ExistingFolder());
        var found = string.Create(CultureInfo.InvariantCulture, $"{percent} % used, {free / (1 << 20)} MiB free");
        return Found(free < 2 * settings.Journalling.Ballast
            ? DoctorFinding.Act(found, "Make space now: without it nobody is let in.")
            : percent >= settings.Journalling.WarnAtPercentUsed ? DoctorFinding.Look(found, "Make space, or move the data folder to a larger disk.") : DoctorFinding.Well(found));
    }

    private Task<DoctorFinding> Flush(CancellationToken stop)
    {
        var path = Path.Combine(ExistingFolder(), $"doctor-{Environment.ProcessId}.tmp");
        try
        {
            var took = new List<TimeSpan>();
            using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1))
            {
                var page = new byte[4096];
                for (var i = 0; i < FlushTries; i++)
                {
                    file.Write(page);
                    var began = time.GetTimestamp();
                    DurableFile.Sync(file.SafeFileHandle, path);
                    took.Add(time.GetElapsedTime(began));
                }
            }

            took.Sort();
            var median = took[took.Count / 2];
            var found = string.Create(CultureInfo.InvariantCulture, $"{median.TotalMilliseconds:0.00} ms (median of {FlushTries})");
            return Found(median > SlowFlush
                ? DoctorFinding.Look(found, "Every badge waits for one flush. Use a disk with a faster one (an SSD with power-loss protection).")
                : DoctorFinding.Well(found));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private Task<DoctorFinding> Clock(CancellationToken stop)
    {
        var (synchronised, offset) = NtpClock.Ask();
        return Found((synchronised, offset.Duration() > LargestOffset) switch
        {
            (false, _) => DoctorFinding.Look("the kernel says it follows no time source", "Run chrony or systemd-timesyncd with the site's own time source (R-TIME-01)."),
            (_, true) => DoctorFinding.Look($"off by {offset.TotalSeconds:0.000} s", "Look at the time source; the limit is 1 s."),
            _ => DoctorFinding.Well($"follows its time source, off by {offset.TotalMilliseconds:0.0} ms"),
        });
    }

    private Task<DoctorFinding> Certificates(CancellationToken stop)
    {
        try
        {
            using var identity = PanelIdentity.Load(settings.DataFolder);
            var now = time.GetUtcNow();
            var ends = new[] { (What: "the bridge's", identity.Certificate.NotAfter), (What: "the authority's", identity.Authority.NotAfter) }.MinBy(item => item.NotAfter);
            var left = ends.NotAfter.ToUniversalTime() - now.UtcDateTime;
            var found = $"{identity.ForTheEye()}; {ends.What} ends {ends.NotAfter.ToUniversalTime():yyyy-MM-dd}";
            return Found(left < TimeSpan.Zero
                ? DoctorFinding.Act(found, "It is over: join again with a new code.")
                : left < CertificateNotice
                    ? DoctorFinding.Look(found, $"{left.TotalDays:0} days are left: join again with a new code before.")
                    : DoctorFinding.Well(found));
        }
        catch (NotJoinedException missing)
        {
            return Found(DoctorFinding.Act("none", missing.Message));
        }
    }

    private async Task<DoctorFinding> Service(CancellationToken stop)
    {
        if (running?["uplink"] is { } uplink)
        {
            var down = uplink["downForSeconds"]?.GetValue<double>();
            return down is null
                ? DoctorFinding.Well($"answers; {uplink["lag"]} entries wait")
                : DoctorFinding.Look($"has not answered for {down:0} s; {uplink["lag"]} entries wait", $"Look whether the service runs at {settings.Service}. Doors go on deciding meanwhile.");
        }

        var address = new Uri(settings.Service);
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(address.Host, address.Port, stop);
            return DoctorFinding.Well($"{address.Host}:{address.Port} takes connections");
        }
        catch (SocketException failed)
        {
            return DoctorFinding.Look($"{address.Host}:{address.Port}: {failed.Message}", "Start the service, or correct its address in the settings. Doors go on deciding meanwhile.");
        }
    }

    // Nothing is posted: a receiver acts on what it hears.
    private static DoctorFinding Webhook(WebhookSettings webhook)
    {
        try
        {
            var key = WebhookKey.Load(webhook);
            CryptographicOperations.ZeroMemory(key);
            _ = WebhookKey.Authorities(webhook);
            return webhook.Url.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
                ? DoctorFinding.Well($"{new Uri(webhook.Url).Authority}, its key is good")
                : DoctorFinding.Look($"{new Uri(webhook.Url).Authority} in plain HTTP", "Whoever is on that wire reads which stage stops. Use https, or keep it on this machine.");
        }
        catch (SettingsException wrong)
        {
            return DoctorFinding.Act(wrong.Message, "The bridge does not start before it is mended.");
        }
    }

    private Task<DoctorFinding> Mqtt(MqttSourceSettings source, CancellationToken stop) => MqttChecks.LookAsync(
        source, $"{settings.UsualClientId}-{source.Name}", (running?["mqtt"] as JsonArray)?.FirstOrDefault(item => item?["source"]?.GetValue<string>() == source.Name), time, stop);

    private static async Task<DoctorFinding> Wire(BusSettings bus, CancellationToken stop)
    {
        var link = bus.Link;
        if (link.Kind == LinkKind.Tcp)
        {
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync(link.Host!, link.Port!.Value, stop);
                return DoctorFinding.Well($"{link.Host}:{link.Port} takes connections");
            }
            catch (SocketException failed)
            {
                return DoctorFinding.Act($"{link.Host}:{link.Port}: {failed.Message}", "Is the device server on and reachable? Is this its address?");
            }
        }

        var path = link.Path!;
        if (!File.Exists(path))
        {
            return DoctorFinding.Act($"{path} does not exist", "Is the adapter plugged in? ls -l /dev/serial/by-id shows the ones there are.");
        }

        try
        {
            // Only whether it may be opened; nothing is set or sent, so that a running bridge is not disturbed.
            using var port = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 1);
            return DoctorFinding.Well($"{path} can be opened");
        }
        catch (UnauthorizedAccessException)
        {
            return DoctorFinding.Act($"{path} may not be opened by this user", "Add the bridge's user to the group of the port (usually dialout), then log in anew.");
        }
        catch (IOException busy)
        {
            // The running bridge holds its port for itself; that is as it should be.
            return DoctorFinding.Well($"{path} is held ({busy.Message.Split('.')[0]})");
        }
    }

    private Task<DoctorFinding> ReadersAnswer(CancellationToken stop)
    {
        if (running?["state"]?["readers"] is not JsonArray readers)
        {
            return Found(DoctorFinding.Look("not known without a running bridge", "Start the bridge and ask again."));
        }

        var silent = readers.Where(reader => reader?["condition"]?.GetValue<string>() != "Online").Select(reader => $"{reader?["reader"]} ({reader?["condition"]}: {reader?["lastError"]})").ToList();
        return Found(silent.Count == 0
            ? DoctorFinding.Well($"all {readers.Count} answer")
            : DoctorFinding.Act(string.Join("; ", silent), "Look at cable, termination, address and power. A reader that makes no secure channel needs its key: roomguard-bridge reader install <reader>."));
    }

    private Task<DoctorFinding> GrantList(CancellationToken stop)
    {
        var issued = running?["listIssuedAt"]?.GetValue<string>();
        if (issued is not null)
        {
            var age = time.GetUtcNow() - DateTimeOffset.Parse(issued, CultureInfo.InvariantCulture);
            var found = $"version {running?["state"]?["listVersion"]}, {age.TotalHours:0.0} h old";
            return Found(age > TimeSpan.FromHours(24) ? DoctorFinding.Look(found, "Bring the service back before its age limit (72 h by default); then the zones' own rule decides.") : DoctorFinding.Well(found));
        }

        try
        {
            using var identity = PanelIdentity.Load(settings.DataFolder);
            using var signatures = new OrderSignatures(identity.OrderKey);
            return Found(new GrantListStore(Data("grant-list"), settings.Site, signatures).Load() is { } index
                ? DoctorFinding.Well($"version {index.List.Version} of {index.List.IssuedAt:yyyy-MM-dd HH:mm}Z, signature good, {index.List.People.Length} people")
                : DoctorFinding.Look("none was ever received", "Start the service and let the bridge reach it; until then nobody is let in."));
        }
        catch (Exception damaged) when (damaged is GrantListException or NotJoinedException)
        {
            return Found(DoctorFinding.Act(damaged.Message, "Remove the file grant-list from the data folder; the service gives a new one."));
        }
    }

    private Task<DoctorFinding> Journal(CancellationToken stop)
    {
        var epoch = JournalEpoch.Look(Path.GetFullPath(settings.DataFolder));
        if (RoomJournal.SizeOf(epoch) is not { } size)
        {
            return Found(DoctorFinding.Look("none yet", "It is made at the first start."));
        }

        return Found(JournalTail.Check(epoch, Math.Max(0, size - EntriesToCheck)) is { } bad
            ? DoctorFinding.Act(bad, $"Keep {epoch} as it is, check it whole with roomguard-verify, and tell SUP.")
            : DoctorFinding.Well($"{size} entries, the last {Math.Min(size, EntriesToCheck)} are whole and chained"));
    }

    private string ExistingFolder()
    {
        var folder = Path.GetFullPath(settings.DataFolder);
        while (!Directory.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new UnreachableException("The root folder is always there.");
        }

        return folder;
    }

    private static Task<DoctorFinding> Found(DoctorFinding finding) => Task.FromResult(finding);
}
