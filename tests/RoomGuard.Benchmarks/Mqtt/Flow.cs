using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace RoomGuard.Benchmarks.Mqtt;

/// <summary>What a flow came to.</summary>
/// <param name="PerSecond">Messages delivered in a second.</param>
/// <param name="Microseconds">Processor time of the broker for each message delivered.</param>
internal readonly record struct FlowResult(double PerSecond, double Microseconds);

/// <summary>Publishers and subscribers in a closed loop: nobody runs so far ahead that a broker would have to drop or queue without end.</summary>
internal static class Flow
{
    private const int InFlight = 400;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly byte[] Payload = new byte[64];

    /// <summary>Sends for a while as fast as the broker and the loop allow.</summary>
    /// <param name="isKept">The subscribers' sessions are kept ones: what is acknowledged outlives them.</param>
    /// <exception cref="TimeoutException">Messages did not come.</exception>
    internal static FlowResult Run(BrokerUnderTest broker, int publishers, int subscribers, int qos, TimeSpan time, bool isKept = false)
    {
        var round = Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture);
        var topic = $"b/{round[^6..]}";
        using var group = new Subscribers(broker.Port, topic, subscribers, qos, isKept);
        var clients = Enumerable.Range(0, publishers).Select(i => new LeanClient(broker.Port, $"p{round[^6..]}-{i}")).ToList();
        var size = Math.Max(4, InFlight / 2 / publishers);
        byte[][] chunks = [LeanClient.Chunk(topic, qos, Payload, size, 1), LeanClient.Chunk(topic, qos, Payload, size, 1001)];
        try
        {
            _ = Go(TimeSpan.FromMilliseconds(200));
            var (before, at) = (broker.Processor, Stopwatch.GetTimestamp());
            var sent = Go(time);
            var took = Stopwatch.GetElapsedTime(at).TotalSeconds;
            return new(sent * subscribers / took, 1e6 * (broker.Processor - before) / (sent * subscribers));
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }

        // Two chunks of each publisher are under way: the one is sent while the other is answered.
        long Go(TimeSpan limit)
        {
            var began = Stopwatch.GetTimestamp();
            long sent = 0;
            var start = group.Received;
            var finished = clients.Select(client => client.Finished).ToArray();
            for (var turn = 0; Stopwatch.GetElapsedTime(began) < limit; turn++)
            {
                foreach (var client in clients)
                {
                    client.Send(chunks[turn & 1]);
                }

                sent += (long)size * publishers;
                Answered(sent - ((long)size * publishers));
                group.Await(start + ((sent - ((long)size * publishers)) * subscribers), broker.Name);
            }

            Answered(sent);
            group.Await(start + (sent * subscribers), broker.Name);
            return sent;

            // So many of those this run has sent, the same share of each publisher.
            void Answered(long count)
            {
                for (var i = 0; qos > 0 && i < clients.Count; i++)
                {
                    while (clients[i].Finished < finished[i] + (count / publishers))
                    {
                        _ = clients[i].ReadOnce() ? 0 : throw new IOException($"{broker.Name} closed a publisher.");
                    }
                }
            }
        }
    }

    /// <summary>Milliseconds from sending to hearing, at so many messages a second.</summary>
    internal static double[] Latency(BrokerUnderTest broker, int qos, int perSecond, TimeSpan time)
    {
        using var subscriber = new LeanClient(broker.Port, "l-s");
        subscriber.Subscribe("l/t", qos);
        using var publisher = new LeanClient(broker.Port, "l-p");
        var count = (int)(time.TotalSeconds * perSecond);
        var took = new List<double>(count);
        subscriber.Heard = payload => took.Add(Stopwatch.GetElapsedTime(BitConverter.ToInt64(payload.Span)).TotalMilliseconds);
        var hearing = new Thread(() =>
        {
            while (took.Count < count && subscriber.ReadOnce())
            {
                continue;
            }
        });
        hearing.Start();
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var due = began + (long)(i * (double)Stopwatch.Frequency / perSecond);
            while (Stopwatch.GetTimestamp() < due)
            {
                Thread.Sleep(TimeSpan.FromTicks(5000));
            }

            BitConverter.TryWriteBytes(Payload, Stopwatch.GetTimestamp());
            publisher.Send(LeanClient.Chunk("l/t", qos, Payload, 1, (ushort)(1 + (i % 60_000))));
            while (qos > 0 && publisher.Socket.Available > 0)
            {
                publisher.ReadOnce();
            }
        }

        return hearing.Join(TimeSpan.FromSeconds(30)) ? [.. took] : throw new TimeoutException($"{broker.Name}: {took.Count} of {count} messages were heard.");
    }

    /// <summary>Subscribers served by one thread.</summary>
    private sealed class Subscribers : IDisposable
    {
        private readonly List<LeanClient> clients;
        private readonly object gate = new();
        private readonly Thread thread;
        private long received;
        private volatile bool isOver;

        internal Subscribers(int port, string topic, int count, int qos, bool isKept)
        {
            clients = [.. Enumerable.Range(0, count).Select(i => new LeanClient(port, $"s{topic[2..]}-{i}", isKept))];
            clients.ForEach(client => client.Subscribe(topic, qos));
            thread = new(Read) { IsBackground = true };
            thread.Start();
        }

        internal long Received => Volatile.Read(ref received);

        internal void Await(long count, string broker)
        {
            lock (gate)
            {
                while (received < count)
                {
                    if (!Monitor.Wait(gate, Patience))
                    {
                        throw new TimeoutException($"{broker}: {received:#,0} of {count:#,0} messages came, and no more for {Patience.TotalSeconds:0} s");
                    }
                }
            }
        }

        public void Dispose()
        {
            isOver = true;
            clients.ForEach(client => client.Dispose());
            thread.Join();
        }

        private void Read()
        {
            var ready = new List<Socket>();
            var by = clients.ToDictionary(client => client.Socket);
            try
            {
                while (!isOver)
                {
                    if (clients.Count == 1)
                    {
                        Heard(clients[0].ReadOnce());
                        continue;
                    }

                    ready.Clear();
                    ready.AddRange(by.Keys);
                    Socket.Select(ready, null, null, 100_000);
                    foreach (var socket in ready)
                    {
                        by[socket].ReadOnce();
                    }

                    Heard(true);
                }
            }
            catch (Exception closed) when (isOver && closed is SocketException or ObjectDisposedException)
            {
                // The measurement is over.
                return;
            }
        }

        private void Heard(bool goesOn)
        {
            lock (gate)
            {
                received = clients.Sum(client => client.Messages);
                Monitor.PulseAll(gate);
            }

            isOver |= !goesOn;
        }
    }
}
