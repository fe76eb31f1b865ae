namespace RoomGuard.Benchmarks.Mqtt;

/// <summary>The embedded broker beside Debian's mosquitto: the same lean client for both, in interleaved rounds, medians.</summary>
public static class BrokerCost
{
    private const int Rounds = 3;
    private const int Idle = 5_000;
    private static readonly TimeSpan EachFlow = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(12);

    /// <summary>Measures; takes about three minutes.</summary>
    public static BenchTable Run(string folder)
    {
        var data = Directory.CreateDirectory(Path.Combine(folder, $"mqtt-{Environment.ProcessId}")).FullName;
        using var ours = BrokerUnderTest.Ours(Path.Combine(data, "ours"));
        using var theirs = BrokerUnderTest.HasPeer ? BrokerUnderTest.Theirs(Path.Combine(data, "mosquitto")) : null;
        var rows = new List<IReadOnlyList<object>>();
        foreach (var (name, publishers, subscribers) in new[] { ("1→1", 1, 1), ("100→1", 100, 1), ("1→50", 1, 50) })
        {
            for (var qos = 0; qos <= 2; qos++)
            {
                rows.AddRange(Flows($"{name} QoS {qos}", ours, theirs, publishers, subscribers, qos));
            }
        }

        foreach (var qos in new[] { 0, 1 })
        {
            var (mine, peer) = (Flow.Latency(ours, qos, 1000, TimeSpan.FromSeconds(4)), theirs is null ? null : Flow.Latency(theirs, qos, 1000, TimeSpan.FromSeconds(4)));
            rows.Add(Row($"latency at 1,000/s QoS {qos}, p50", P(mine, 0.5), peer is null ? null : P(peer, 0.5), "ms"));
            rows.Add(Row($"latency at 1,000/s QoS {qos}, p99", P(mine, 0.99), peer is null ? null : P(peer, 0.99), "ms"));
        }

        rows.AddRange(BesideIdle(data));
        return new(
            "The embedded broker beside mosquitto: 64 bytes, delivered messages",
            ["what", "ours", "mosquitto", "ours / mosquitto", "unit"],
            rows,
            $"Medians of {Rounds} interleaved rounds of {EachFlow.TotalSeconds:0} s over loopback, MQTT 3.1.1, clean sessions, nothing on disk on either side; at most 400 messages under way, none lost. "
            + "The client runs on the same cores. mosquitto is Debian's, with set_tcp_nodelay true; both may have 2,000 messages under way to a client, since with its usual 20 mosquitto 2.0.11 stops handing queued QoS 2 messages on.");
    }

    private static IEnumerable<IReadOnlyList<object>> Flows(string name, BrokerUnderTest ours, BrokerUnderTest? theirs, int publishers, int subscribers, int qos)
    {
        var (mine, peer) = (new List<FlowResult>(), new List<FlowResult>());
        for (var round = 0; round < Rounds; round++)
        {
            mine.Add(Flow.Run(ours, publishers, subscribers, qos, EachFlow));
            if (theirs is not null)
            {
                peer.Add(Flow.Run(theirs, publishers, subscribers, qos, EachFlow));
            }
        }

        yield return Row(name, P(mine.Select(item => item.PerSecond), 0.5), theirs is null ? null : P(peer.Select(item => item.PerSecond), 0.5), "messages/s");
        yield return Row($"{name}, processor", P(mine.Select(item => item.Microseconds), 0.5), theirs is null ? null : P(peer.Select(item => item.Microseconds), 0.5), "µs/message");
    }

    // Fresh processes: what an idle connection costs is the difference it makes.
    private static IEnumerable<IReadOnlyList<object>> BesideIdle(string data)
    {
        using var ours = BrokerUnderTest.Ours(Path.Combine(data, "idle-ours"));
        using var theirs = BrokerUnderTest.HasPeer ? BrokerUnderTest.Theirs(Path.Combine(data, "idle-mosquitto")) : null;
        var (mine, peer) = (new List<double>(), new List<double>());
        var (mineAlone, peerAlone) = (Alone(ours), theirs is null ? 0 : Alone(theirs));
        var sleepers = new List<LeanClient>();
        try
        {
            var memory = Sleep(ours, sleepers);
            double? theirMemory = theirs is null ? null : Sleep(theirs, sleepers);
            yield return Row("memory of 1,000 idle subscribers", memory, theirMemory, "KiB");
            for (var round = 0; round < Rounds; round++)
            {
                mine.Add(Flow.Run(ours, 1, 1, 1, EachFlow).PerSecond);
                if (theirs is not null)
                {
                    peer.Add(Flow.Run(theirs, 1, 1, 1, EachFlow).PerSecond);
                }
            }

            yield return Row($"1→1 QoS 1 beside {Idle:N0} idle subscribers, against the same alone", P(mine, 0.5) / mineAlone, theirs is null ? null : P(peer, 0.5) / peerAlone, "ratio");
        }
        finally
        {
            sleepers.ForEach(sleeper => sleeper.Dispose());
        }
    }

    private static double Alone(BrokerUnderTest broker) => P(Enumerable.Range(0, Rounds).Select(_ => Flow.Run(broker, 1, 1, 1, EachFlow).PerSecond), 0.5);

    private static double Sleep(BrokerUnderTest broker, List<LeanClient> sleepers)
    {
        var before = broker.ResidentKiB;
        for (var i = 0; i < Idle; i++)
        {
            var sleeper = new LeanClient(broker.Port, $"idle-{i}");
            sleeper.Subscribe($"idle/{i % 250}", 1);
            sleepers.Add(sleeper);
        }

        Thread.Sleep(Settling);
        return (broker.ResidentKiB - before) / (Idle / 1000.0);
    }

    private static object[] Row(string what, double ours, double? theirs, string unit) =>
        [what, ours, theirs is { } value ? value : "mosquitto is not installed", theirs is { } peer and not 0 ? ours / peer : "", unit];

    private static double P(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
    }
}
