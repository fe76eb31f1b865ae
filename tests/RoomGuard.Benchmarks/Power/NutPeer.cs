using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RoomGuard.Benchmarks.Power;

/// <summary>Asks a NUT server as clients do: lines over a plain socket.</summary>
internal static class NutPeer
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Milliseconds of each <c>LIST VAR</c> on one connection.</summary>
    internal static double[] ListVar(int port, string ups, int times)
    {
        using var client = Open(port);
        var took = new double[times];
        for (var i = 0; i < times; i++)
        {
            var at = Stopwatch.GetTimestamp();
            Ask(client, $"LIST VAR {ups}", $"END LIST VAR {ups}");
            took[i] = Stopwatch.GetElapsedTime(at).TotalMilliseconds;
        }

        return took;
    }

    /// <summary>Seconds until so many clients have connected at once and each has had its first answer.</summary>
    internal static double ConnectAll(int port, string ups, int clients)
    {
        var at = Stopwatch.GetTimestamp();
        var all = Enumerable.Range(0, clients).Select(async _ =>
        {
            using var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(IPAddress.Loopback, port);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET VAR {ups} ups.status\n"));
            var answer = new byte[256];
            if (await stream.ReadAsync(answer) == 0)
            {
                throw new IOException("The server closed a connection without an answer.");
            }
        }).ToArray();
        return Task.WaitAll(all, Longest) ? Stopwatch.GetElapsedTime(at).TotalSeconds : throw new TimeoutException($"{all.Count(one => one.IsCompletedSuccessfully)} of {clients} clients were answered within {Longest.TotalSeconds} s.");
    }

    /// <summary>The status, as a client that asks once would see it.</summary>
    internal static string Status(TcpClient client, string ups) => Ask(client, $"GET VAR {ups} ups.status", "\n");

    internal static TcpClient Open(int port)
    {
        var client = new TcpClient { NoDelay = true, ReceiveTimeout = 10_000 };
        client.Connect(IPAddress.Loopback, port);
        return client;
    }

    private static string Ask(TcpClient client, string question, string until)
    {
        var stream = client.GetStream();
        stream.Write(Encoding.ASCII.GetBytes(question + "\n"));
        var text = new StringBuilder();
        Span<byte> buffer = stackalloc byte[8192];
        do
        {
            var count = stream.Read(buffer);
            text.Append(Encoding.UTF8.GetString(buffer[..count]));
            if (count == 0)
            {
                throw new IOException("The server closed the connection.");
            }
        }
        while (!text.ToString().Contains(until, StringComparison.Ordinal));
        return text.ToString();
    }
}
