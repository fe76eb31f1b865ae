using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Bridge.Broker;
using RoomGuard.TestKit.Lines;

namespace RoomGuard.Benchmarks.Mqtt;

/// <summary>A broker in a process of its own: ours, or Debian's mosquitto. Both let everybody in; what clients keep is kept on disk by ours always, by mosquitto where it is asked to.</summary>
internal sealed class BrokerUnderTest : IDisposable
{
    private const string Mosquitto = "/usr/sbin/mosquitto";

    // Above what the loop has under way: with its usual 20, mosquitto 2.0.11 stops handing queued QoS 2 messages on.
    private const int Window = 2000;

    private readonly Process process;

    private BrokerUnderTest(string name, Process process, int port) => (Name, this.process, Port) = (name, process, port);

    internal string Name { get; }

    internal int Port { get; }

    /// <summary>Seconds of processor used so far.</summary>
    internal double Processor
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Memory that is resident, in KiB.</summary>
    internal double ResidentKiB
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1024.0;
        }
    }

    /// <summary>Whether mosquitto is there to stand beside.</summary>
    internal static bool HasPeer => File.Exists(Mosquitto);

    /// <param name="port">The port of a killed one, with its folder; 0: a new one.</param>
    internal static BrokerUnderTest Ours(string folder, int port = 0)
    {
        port = port == 0 ? LoopbackPorts.Next() : port;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "RoomGuard.Benchmarks.dll"), "mqtt-broker", Text(port), Directory.CreateDirectory(folder).FullName]) { RedirectStandardInput = true };
        return Ready(new("ours", Process.Start(start)!, port));
    }

    /// <param name="port">The port of a killed one, with its folder; 0: a new one.</param>
    /// <param name="keeps">With what docs/mqtt-broker.md says keeps most: its file is written after every change.</param>
    internal static BrokerUnderTest Theirs(string folder, int port = 0, bool keeps = false)
    {
        port = port == 0 ? LoopbackPorts.Next() : port;
        var kept = keeps ? $"persistence true\npersistence_location {folder}/\nautosave_on_changes true\nautosave_interval 1\n" : "persistence false\n";
        var settings = Path.Combine(Directory.CreateDirectory(folder).FullName, "mosquitto.conf");
        File.WriteAllText(settings, $"user root\nlistener {Text(port)} 127.0.0.1\nallow_anonymous true\n{kept}set_tcp_nodelay true\nmax_connections -1\nmax_inflight_messages {Text(Window)}\nmax_queued_messages 0\nlog_type none\n");
        return Ready(new("mosquitto", Process.Start(new ProcessStartInfo(Mosquitto, ["-c", settings]) { RedirectStandardError = true })!, port));
    }

    /// <summary>What the child process does: our broker alone, until its input ends.</summary>
    internal static int Host(int port, string folder)
    {
        var settings = new BrokerSettings(Port: port, Guests: new(["#"], ["#"], "a measurement on loopback"), Limits: new(Connections: 20_000, ConnectionsPerAddress: 20_000, Unanswered: Window));
        using var meters = new BrokerMeters();
        var broker = new MqttBroker(settings, folder, null, null, meters, RandomNumberGenerator.GetBytes, TimeProvider.System, NullLogger<MqttBroker>.Instance);
        broker.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        while (Console.In.Read() >= 0)
        {
            continue;
        }

        broker.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return 0;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }

    private static BrokerUnderTest Ready(BrokerUnderTest broker)
    {
        var at = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                client.Connect(IPAddress.Loopback, broker.Port);
                return broker;
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(at) < TimeSpan.FromSeconds(30) && !broker.process.HasExited)
            {
                Thread.Sleep(50);
            }
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
