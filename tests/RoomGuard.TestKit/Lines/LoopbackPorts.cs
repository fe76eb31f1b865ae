using System.Net;
using System.Net.Sockets;

namespace RoomGuard.TestKit.Lines;

/// <summary>
/// Ports on 127.0.0.1 for a program that a test starts. They lie below Linux's ephemeral range (32768 and up), so that no connection made meanwhile can
/// be given one of them, and none is handed out twice in one run.
/// </summary>
public static class LoopbackPorts
{
    private const int First = 20_000;
    private const int Count = 12_000;

    // Two runs side by side begin at different places.
    private static int next = Environment.ProcessId * 37 % Count;

    /// <summary>A port nobody listens on and that this run has not used yet.</summary>
    public static int Next() => Range(1);

    /// <summary>As many ports as asked, all different.</summary>
    public static int[] Next(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

    /// <summary>The first of <paramref name="count"/> ports in a row.</summary>
    public static int Range(int count)
    {
        for (var tried = 0; tried < Count; tried += count)
        {
            var from = First + ((Interlocked.Add(ref next, count) - count) % (Count - count));
            if (Enumerable.Range(from, count).All(IsFree))
            {
                return from;
            }
        }

        throw new InvalidOperationException($"No {count} ports in a row from {First} to {First + Count - 1} are free: end the programs that hold them.");
    }

    private static bool IsFree(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
