using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using RoomGuard.Hosting;
using RoomGuard.Service.Notices;

namespace RoomGuard.Service.Commands;

/// <summary><c>roomguard doctor</c>: looks at what the service stands on, whether it runs or not, and changes nothing.</summary>
public static class ServiceDoctor
{
    private const long LeastFree = 2L << 30;
    private const double MostUsed = 0.9;
    private const int TailEntries = 1000;
    private static readonly TimeSpan ChannelWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Soon = TimeSpan.FromDays(60);

    /// <summary>Runs all checks.</summary>
    public static Task<int> RunAsync(ServiceSettings settings, TimeProvider time, Func<int, byte[]> randomBytes, TextWriter output, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var folders = new ServiceFolders(settings, time, randomBytes);
        return Doctor.RunAsync(
            "roomguard",
            [
                new("data folder", _ => Task.FromResult(Folder(settings))),
                new("disk", _ => Task.FromResult(Disk(settings))),
                new("clock", _ => Task.FromResult(Clock(time))),
                new("certificates", _ => Task.FromResult(Certificates(folders, time))),
                new("service", gone => ServiceAsync(settings, gone)),
                .. Ports(settings).Select(port => new DoctorCheck($"port {port.Number} ({port.Purpose})", gone => PortAsync(port.Number == settings.Listen.Watch ? Host(settings) : settings.Listen.Address, port.Number, gone))),
                new("record", _ => Task.FromResult(RecordTail.Look(folders.Record, TailEntries))),
                .. Notices(settings, time),
                .. settings.Panels.Select(panel => new DoctorCheck($"bridge {panel}", _ => Task.FromResult(RecordTail.Panel(folders.Record, panel)))),
            ],
            output,
            time,
            stop);
    }

    private static IEnumerable<DoctorCheck> Notices(ServiceSettings settings, TimeProvider time) => settings.Notices is { } notices
        ? notices.Channels.Select(channel => new DoctorCheck($"notices, {channel.Sort} {channel.Name}", gone => ChannelAsync(channel, time, gone)))
        : [new("notices", _ => Task.FromResult(DoctorFinding.Look("none are set up: alarms are seen on the pages alone", "Write channels and contacts under notices in the settings (docs/notices.md).")))];

    // Connects, proves the other side and signs in where that is asked; hands nothing over.
    private static async Task<DoctorFinding> ChannelAsync(ChannelSettings channel, TimeProvider time, CancellationToken gone)
    {
        INoticeLine line;
        try
        {
            line = NoticeLines.Of(channel with { Timeout = ChannelWithin }, time);
        }
        catch (SettingsException wrong)
        {
            return DoctorFinding.Act(wrong.Message, "The service does not start like this.");
        }

        return await line.LookAsync(gone) switch
        {
            NoticeDelayed no => DoctorFinding.Act($"{channel.Target}: {no.Why}", "See to the other side, the firewall or the settings of this channel; then send a test notice on the page 通知."),
            _ => DoctorFinding.Well($"{channel.Target} answers"),
        };
    }

    private static IEnumerable<(int Number, string Purpose)> Ports(ServiceSettings settings) =>
    [
        (settings.Listen.DashboardHttps, "pages, HTTPS"),
        .. settings.Listen.DashboardHttp is { } plain ? [(plain, "pages, plain, Test site")] : Array.Empty<(int, string)>(),
        (settings.Listen.Panels, "bridges"),
        (settings.Listen.Watch, "health and metrics"),
    ];

    private static DoctorFinding Folder(ServiceSettings settings)
    {
        var folder = new DirectoryInfo(settings.DataFolder);
        if (!folder.Exists)
        {
            return DoctorFinding.Look($"{folder.FullName} does not exist yet", "Start the service once; it makes the folder.");
        }

        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        if ((folder.UnixFileMode & others) != 0)
        {
            return DoctorFinding.Act($"{folder.FullName} is open to others ({folder.UnixFileMode})", $"chmod 700 \"{folder.FullName}\": record and keys lie in it.");
        }

        var open = folder.EnumerateFiles("*", SearchOption.AllDirectories).FirstOrDefault(file => file.Directory!.Name == "keys" && (file.UnixFileMode & others) != 0);
        return open is null ? DoctorFinding.Well(folder.FullName) : DoctorFinding.Act($"{open.FullName} can be read by others", $"chmod 600 \"{open.FullName}\"; then consider the key known and make new ones.");
    }

    private static DoctorFinding Disk(ServiceSettings settings)
    {
        var drive = new DriveInfo(Path.GetFullPath(settings.DataFolder));
        var free = string.Create(CultureInfo.InvariantCulture, $"{drive.AvailableFreeSpace / (double)(1 << 30):0.0} GiB free of {drive.TotalSize / (double)(1 << 30):0.0}");
        return drive.AvailableFreeSpace < LeastFree
            ? DoctorFinding.Act(free, "Make room: a full disk stops the record, and nothing a bridge reports is taken any more.")
            : drive.AvailableFreeSpace < drive.TotalSize * (1 - MostUsed)
                ? DoctorFinding.Look(free, "Plan for more room; a million entries take about 2 GiB.")
                : DoctorFinding.Well(free);
    }

    private static DoctorFinding Clock(TimeProvider time)
    {
        var now = time.GetUtcNow();
        var built = new DateTimeOffset(File.GetLastWriteTimeUtc(typeof(ServiceDoctor).Assembly.Location), TimeSpan.Zero);
        var text = now.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        return now < built.AddDays(-2)
            ? DoctorFinding.Act($"{text} lies before this program was made", "Set the clock and its time source (R-TIME-01); certificates and records depend on it.")
            : File.Exists("/run/systemd/timesync/synchronized") || Directory.Exists("/run/chrony")
                ? DoctorFinding.Well($"{text}, follows a time source")
                : DoctorFinding.Look($"{text}; no time source was seen", "Let systemd-timesyncd or chrony follow an internal time source (R-TIME-01).");
    }

    private static DoctorFinding Certificates(ServiceFolders folders, TimeProvider time)
    {
        var path = Path.Combine(folders.Keys, "server.pem");
        if (!File.Exists(path))
        {
            return DoctorFinding.Look("none yet", "Start the service once; it makes its authority and certificate.");
        }

        using var server = X509Certificate2.CreateFromPem(File.ReadAllText(path));
        using var authority = X509Certificate2.CreateFromPem(File.ReadAllText(Path.Combine(folders.Keys, "authority.pem")));
        var now = time.GetUtcNow().UtcDateTime;
        var text = string.Create(CultureInfo.InvariantCulture, $"service until {server.NotAfter:yyyy-MM-dd}, authority until {authority.NotAfter:yyyy-MM-dd}");
        return server.NotAfter.ToUniversalTime() < now || authority.NotAfter.ToUniversalTime() < now
            ? DoctorFinding.Act(text, "Restart the service: it renews its own certificate. If the authority is over, every bridge has to join anew.")
            : server.NotAfter.ToUniversalTime() < now + Soon || authority.NotAfter.ToUniversalTime() < now + Soon * 6
                ? DoctorFinding.Look(text, "Restart the service soon: it renews its own certificate 60 days ahead. Plan the bridges' joining before the authority ends.")
                : DoctorFinding.Well(text);
    }

    private static async Task<DoctorFinding> ServiceAsync(ServiceSettings settings, CancellationToken gone)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(3) };
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://{Host(settings)}:{settings.Listen.Watch}/health/ready"), gone);
            return answer.IsSuccessStatusCode
                ? DoctorFinding.Well("runs and is ready")
                : DoctorFinding.Act($"runs and is not ready: {await answer.Content.ReadAsStringAsync(gone)}", "See the part that is not ready.");
        }
        catch (Exception silent) when (silent is HttpRequestException or OperationCanceledException)
        {
            return DoctorFinding.Look("does not run", "Start it when it should: roomguard --settings … serve");
        }
    }

    private static async Task<DoctorFinding> PortAsync(string host, int port, CancellationToken gone)
    {
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(IPAddress.Parse(host.Trim('[', ']')), port, gone);
            return DoctorFinding.Well("answers");
        }
        catch (SocketException)
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Parse(host.Trim('[', ']')), port);
                listener.Start();
                return DoctorFinding.Well("free");
            }
            catch (SocketException cannot)
            {
                return DoctorFinding.Act($"cannot be used: {cannot.Message}", "Ports below 1024 need a right of their own; otherwise choose another with --set listen.…=N.");
            }
        }
    }

    // Health and metrics are on this machine only, whatever the pages listen on.
    private static string Host(ServiceSettings settings) => IPAddress.Parse(settings.Listen.Address) is var address && !IPAddress.IsLoopback(address)
        ? "127.0.0.1"
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : $"{address}";
}
