using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using RoomGuard.TestKit.Lines;

namespace RoomGuard.Benchmarks.Power;

/// <summary>Debian's upsd with dummy-ups and as many variables as one of our units tells.</summary>
internal sealed class Upsd : IDisposable
{
    private readonly Process driver;
    private readonly Process server;

    private Upsd(Process driver, Process server, int port) => (this.driver, this.server, Port) = (driver, server, port);

    internal int Port { get; }

    /// <returns>Null when it is not installed.</returns>
    internal static Upsd? Start(string folder)
    {
        if (!File.Exists("/lib/nut/upsd") || !File.Exists("/lib/nut/dummy-ups"))
        {
            return null;
        }

        Directory.CreateDirectory(folder);
        var full = Path.GetFullPath(folder);
        var port = LoopbackPorts.Next();
        Write("dummy.dev", "ups.status: OL\nups.mfr: Invented\nups.model: Dummy 1500\nups.load: 23.5\nups.realpower: 230\nups.power: 250\nbattery.charge: 87\nbattery.runtime: 540\nbattery.voltage: 27.1\nbattery.temperature: 25\ninput.voltage: 101.2\ninput.frequency: 50.0\noutput.voltage: 100.3\noutput.frequency: 50.0\noutput.current: 2.1\n");
        Write("ups.conf", $"maxretry = 3\n[room]\n driver = dummy-ups\n port = {full}/dummy.dev\n desc = \"Invented unit\"\n mode = dummy-once\n");
        Write("upsd.conf", $"LISTEN 127.0.0.1 {port.ToString(CultureInfo.InvariantCulture)}\nMAXCONN 2000\n");
        Write("upsd.users", "[reader]\n password = x\n");
        var upsd = new Upsd(Run("/lib/nut/dummy-ups", "-a", "room", "-u", Environment.UserName, "-D"), Run("/lib/nut/upsd", "-u", Environment.UserName, "-D"), port);
        var at = Stopwatch.GetTimestamp();
        while (!upsd.Answers())
        {
            if (Stopwatch.GetElapsedTime(at) > TimeSpan.FromSeconds(20))
            {
                upsd.Dispose();
                throw new TimeoutException("upsd did not answer within 20 s.");
            }

            Thread.Sleep(100);
        }

        return upsd;

        void Write(string name, string text)
        {
            File.WriteAllText(Path.Combine(full, name), text);
            File.SetUnixFileMode(Path.Combine(full, name), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Process Run(string program, params string[] arguments)
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var name in new[] { "NUT_CONFPATH", "NUT_STATEPATH", "NUT_ALTPIDPATH" })
            {
                start.Environment[name] = full;
            }

            var process = Process.Start(start)!;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            return process;
        }
    }

    public void Dispose()
    {
        foreach (var process in new[] { server, driver })
        {
            if (!process.HasExited)
            {
                process.Kill();
                process.WaitForExit();
            }

            process.Dispose();
        }
    }

    private bool Answers()
    {
        try
        {
            using var client = NutPeer.Open(Port);
            return NutPeer.Status(client, "room").Contains("OL", StringComparison.Ordinal);
        }
        catch (Exception notYet) when (notYet is SocketException or IOException)
        {
            return false;
        }
    }
}
