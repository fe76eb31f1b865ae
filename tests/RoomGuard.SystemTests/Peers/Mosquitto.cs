using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using RoomGuard.TestKit.Lines;

namespace RoomGuard.SystemTests.Peers;

/// <summary>Debian's mosquitto with a folder of its own: a plain port, and one with TLS that wants a client certificate and a password. It keeps sessions over restarts.</summary>
internal sealed class Mosquitto : IDisposable
{
    public const string User = "roomguard";
    public const string Password = "kakuu-machi 7";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("roomguard-mosquitto-");
    private readonly X509Certificate2 authority;
    private PeerProgram? program;

    private Mosquitto()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var asked = new CertificateRequest("CN=town authority", key, HashAlgorithmName.SHA256);
        asked.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        authority = asked.CreateSelfSigned(now.AddDays(-1), now.AddDays(90));
        AuthorityFile = Write("authority.pem", authority.ExportCertificatePem());
        (ServerFile, var serverKey) = Issue("server", 1, days: 60);

        // Started as root it would give up its rights for a user who cannot write here.
        Write("mosquitto.conf", $"""
            per_listener_settings true
            user {Environment.UserName}
            persistence true
            persistence_location {folder.FullName}/
            max_queued_messages 0
            listener {Port.ToString(CultureInfo.InvariantCulture)} 127.0.0.1
            allow_anonymous true
            listener {TlsPort.ToString(CultureInfo.InvariantCulture)} 127.0.0.1
            allow_anonymous false
            password_file {folder.FullName}/users
            cafile {AuthorityFile}
            certfile {ServerFile}
            keyfile {serverKey}
            require_certificate true
            """);
    }

    public int Port { get; } = LoopbackPorts.Next();

    public int TlsPort { get; } = LoopbackPorts.Next();

    public string AuthorityFile { get; }

    public string ServerFile { get; }

    public static async Task<Mosquitto> StartAsync()
    {
        var broker = new Mosquitto();
        broker.Write("users", string.Empty);
        _ = await PeerProgram.RunAsync("mosquitto_passwd", ["-b", Path.Combine(broker.folder.FullName, "users"), User, Password]);
        await broker.RestartAsync();
        return broker;
    }

    /// <summary>Ends it in order, if it runs, and starts it again.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        program = new("/usr/sbin/mosquitto", ["-c", Path.Combine(folder.FullName, "mosquitto.conf"), "-v"]);
        await PeerProgram.UntilAsync(TakesConnectionsAsync, "mosquitto takes connections", () => program.Said);
    }

    /// <summary>Waits until so many QoS 2 messages were taken for good since it was started.</summary>
    public Task CompletedAsync(int messages) =>
        PeerProgram.UntilAsync(() => Task.FromResult(System.Text.RegularExpressions.Regex.Count(program?.Said ?? "", "Received PUBCOMP") >= messages), $"{messages} handshakes are over", () => program?.Said ?? "");

    /// <summary>Ends it in order: what it keeps is on disk then.</summary>
    public async Task StopAsync()
    {
        if (program is { } running)
        {
            program = null;
            await running.EndAsync();
        }
    }

    /// <summary>Publishes numbers, each a message, as a sensor would.</summary>
    public async Task PublishAsync(string topic, int from, int count, int qos)
    {
        var said = await PeerProgram.RunAsync("bash", ["-c", string.Create(
            CultureInfo.InvariantCulture, $"seq {from} {from + count - 1} | mosquitto_pub -h 127.0.0.1 -p {Port} -V 5 -q {qos} -t {topic} -l")]);
        Xunit.Assert.Equal(string.Empty, said.Trim());
    }

    /// <summary>The next so many messages on a filter, as lines of topic and payload.</summary>
    public async Task<string[]> ListenAsync(string filter, int count) =>
        (await PeerProgram.RunAsync("mosquitto_sub", ["-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-t", filter, "-C", count.ToString(CultureInfo.InvariantCulture), "-v", "-W", "30"]))
        .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A certificate of its authority, and its key.</summary>
    public (string Certificate, string Key) Issue(string name, byte serial, int days)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var wanted = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        wanted.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = wanted.Create(authority, now.AddHours(-1), now.AddDays(days), [serial]);
        return (Write($"{name}.pem", certificate.ExportCertificatePem()), Write($"{name}.key", key.ExportPkcs8PrivateKeyPem()));
    }

    /// <summary>Writes a file only its owner may read.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text, new UTF8Encoding(false));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    public void Dispose()
    {
        program?.Dispose();
        authority.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task<bool> TakesConnectionsAsync()
    {
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync(IPAddress.Loopback, TlsPort);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
