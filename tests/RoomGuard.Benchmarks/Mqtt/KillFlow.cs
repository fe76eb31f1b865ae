using System.Diagnostics;
using System.Net.Sockets;

namespace RoomGuard.Benchmarks.Mqtt;

/// <summary>Numbered QoS 1 messages to a broker that is about to be killed, and what comes of them afterwards.</summary>
internal static class KillFlow
{
    private const int AtOnce = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Publishes for a while. What is acknowledged is written down with its number.</summary>
    /// <param name="keeper">Reads beside it; null: it is away.</param>
    /// <param name="next">The first number; goes on from run to run.</param>
    internal static void Run(BrokerUnderTest broker, LeanClient? keeper, ref long next, HashSet<long> acknowledged, TimeSpan time)
    {
        using var publisher = new LeanClient(broker.Port, "killer");
        var began = Stopwatch.GetTimestamp();
        var first = next;
        // A broker whose queue for the keeper is full turns the publisher away instead of losing what it acknowledged: that ends the flow.
        var isOpen = true;
        while (isOpen && Stopwatch.GetElapsedTime(began) < time)
        {
            publisher.Send([.. Enumerable.Range(0, AtOnce).SelectMany(i => LeanClient.Chunk("kill/t", 1, BitConverter.GetBytes(first + publisher.Finished + i), 1, (ushort)(1 + i)))]);
            for (var answered = publisher.Finished + AtOnce; isOpen && publisher.Finished < answered;)
            {
                isOpen = publisher.ReadOnce();
            }

            while (keeper?.Socket.Available > 0)
            {
                _ = keeper.ReadOnce();
            }
        }

        // Answers come in the order of the messages.
        for (; next < first + publisher.Finished; next++)
        {
            acknowledged.Add(next);
        }

        if (!isOpen)
        {
            return;
        }

        // These are under way when it dies, and promised to nobody.
        publisher.Send([.. Enumerable.Range(0, AtOnce).SelectMany(i => LeanClient.Chunk("kill/t", 1, BitConverter.GetBytes(-1L), 1, (ushort)(1 + i)))]);
    }

    /// <summary>Reads until all is there, or nothing more comes.</summary>
    internal static void Collect(LeanClient keeper, Func<bool> isAll)
    {
        var (last, count) = (Stopwatch.GetTimestamp(), keeper.Messages);
        while (!isAll() && Stopwatch.GetElapsedTime(last) < Patience)
        {
            if (keeper.Socket.Poll(100_000, SelectMode.SelectRead))
            {
                _ = keeper.ReadOnce();
            }

            last = keeper.Messages == count ? last : Stopwatch.GetTimestamp();
            count = keeper.Messages;
        }
    }
}
