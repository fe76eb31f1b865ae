using System.Globalization;
using System.Net.Sockets;
using RoomGuard.SystemTests.Peers;

namespace RoomGuard.SystemTests.Notices;

/// <summary>Debian's rsyslog with TLS, set up as docs/notices.md says. It can be stopped and started again on its port.</summary>
internal sealed class Collector(TownAuthority town, int port) : IDisposable
{
    private readonly string log = Path.Combine(town.Folder.FullName, $"collected-{port}.log");
    private PeerProgram? program;

    /// <summary>What it wrote down.</summary>
    public IReadOnlyList<string> Lines => File.Exists(log) ? File.ReadAllLines(log) : [];

    public string Said => program?.Said ?? "";

    public async Task StartAsync()
    {
        var settings = town.Write(
            "rsyslog.conf",
            $$"""
            global(workDirectory="{{town.Folder.FullName}}" maxMessageSize="64k"
              DefaultNetstreamDriverCAFile="{{town.AuthorityFile}}" DefaultNetstreamDriverCertFile="{{town.CertificateFile}}" DefaultNetstreamDriverKeyFile="{{town.KeyFile}}")
            module(load="imtcp" StreamDriver.Name="ossl" StreamDriver.Mode="1" StreamDriver.AuthMode="anon")
            template(name="roomguard" type="string" string="%pri% %timestamp:::date-rfc3339% %hostname% %msgid% %structured-data% %msg%\n")
            ruleset(name="roomguard") { action(type="omfile" file="{{log}}" template="roomguard") }
            input(type="imtcp" address="127.0.0.1" port="{{port}}" ruleset="roomguard")
            """);
        program = new PeerProgram("/usr/sbin/rsyslogd", ["-n", "-f", settings, "-i", Path.Combine(town.Folder.FullName, $"rsyslog-{port.ToString(CultureInfo.InvariantCulture)}.pid")]);
        await PeerProgram.UntilAsync(ListensAsync, "rsyslog listens", () => program.Said, 60);
    }

    public void Stop() => program?.Dispose();

    public void Dispose() => Stop();

    private async Task<bool> ListensAsync()
    {
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
