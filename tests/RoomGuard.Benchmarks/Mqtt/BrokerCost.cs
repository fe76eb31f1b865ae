namespace RoomGuard.Benchmarks.Mqtt;

/// <summary>The embedded broker beside Debian's mosquitto: the same lean client for both, in interleaved rounds, medians; and what each loses when it is killed.</summary>
public static class BrokerCost
{
    private const int Rounds = 5;
    private const int Idle = 5_000;
    private const int Kills = 5;
    private static readonly TimeSpan EachFlow = TimeSpan.FromSeconds(0.8);
    private static readonly TimeSpan EachLatency = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(12);

    /// <summary>Measures; takes about four minutes.</summary>
    public static BenchTable Run(string folder)
    {
        var data = Path.GetFullPath(Path.Combine(folder, $"mqtt-{Environment.ProcessId}"));
        Directory.CreateDirectory(data);
        var rows = new List<IReadOnlyList<object>>();
        using (var ours = BrokerUnderTest.Ours(Path.Combine(data, "ours")))
        using (var theirs = new Peer(data))
        {
            foreach (var (name, publishers, subscribers) in new[] { ("1→1", 1, 1), ("100→1", 100, 1), ("1→50", 1, 50) })
            {
                for (var qos = 0; qos <= 2; qos++)
                {
                    rows.AddRange(Flows($"{name} QoS {qos}", ours, theirs, publishers, subscribers, qos));
                }
            }

            rows.AddRange(Flows("1→1 QoS 1 to a kept session", ours, theirs, 1, 1, 1, isKept: true));
            rows.AddRange(Latency(ours, theirs));
        }

        rows.AddRange(BesideIdle(data));
        rows.Add(["acknowledged messages lost over kills", AcknowledgedLost(data, isOurs: true), BrokerUnderTest.HasPeer ? AcknowledgedLost(data, isOurs: false) : Peer.IsMissing, "", $"of {Kills} kills"]);
        return new(
            "The embedded broker beside mosquitto: 64 bytes, delivered messages",
            ["what", "ours", "mosquitto", "ours / mosquitto", "unit"],
            rows,
            $"Medians of {Rounds} interleaved rounds of {EachFlow.TotalSeconds:0.0} s over loopback, MQTT 3.1.1; clean sessions but where a kept one is named, which ours has on the medium before it acknowledges and mosquitto in memory; at most 400 messages "
            + "under way (100→1: 800), none lost. The client runs on the same cores. mosquitto is Debian's, with set_tcp_nodelay true and no limit on its queue; both may have 2,000 messages under way to a client. Killed, mosquitto has autosave_on_changes true and "
            + "autosave_interval 1.");
    }

    private static IEnumerable<IReadOnlyList<object>> Flows(string name, BrokerUnderTest ours, Peer theirs, int publishers, int subscribers, int qos, bool isKept = false)
    {
        var (mine, peer) = (new List<FlowResult>(), new List<FlowResult>());
        for (var round = 0; round < Rounds; round++)
        {
            mine.Add(Flow.Run(ours, publishers, subscribers, qos, EachFlow, isKept));
            theirs.Try(broker => peer.Add(Flow.Run(broker, publishers, subscribers, qos, EachFlow, isKept)));
        }

        var because = theirs.Because();
        yield return Row(name, P(mine.Select(item => item.PerSecond), 0.5), peer.Count == 0 ? null : P(peer.Select(item => item.PerSecond), 0.5), "messages/s", because);
        yield return Row($"{name}, processor", P(mine.Select(item => item.Microseconds), 0.5), peer.Count == 0 ? null : P(peer.Select(item => item.Microseconds), 0.5), "µs/message", because);
    }

    private static IEnumerable<IReadOnlyList<object>> Latency(BrokerUnderTest ours, Peer theirs)
    {
        for (var qos = 0; qos <= 1; qos++)
        {
            var mine = Flow.Latency(ours, qos, 1000, EachLatency);
            double[]? peer = null;
            theirs.Try(broker => peer = Flow.Latency(broker, qos, 1000, EachLatency));
            var because = theirs.Because();
            yield return Row($"latency at 1,000/s QoS {qos}, p50", P(mine, 0.5), peer is null ? null : P(peer, 0.5), "ms", because);
            yield return Row($"latency at 1,000/s QoS {qos}, p99", P(mine, 0.99), peer is null ? null : P(peer, 0.99), "ms", because);
        }
    }

    // Fresh processes: what an idle connection costs is the difference it makes.
    private static IEnumerable<IReadOnlyList<object>> BesideIdle(string data)
    {
        using var ours = BrokerUnderTest.Ours(Path.Combine(data, "idle-ours"));
        using var theirs = BrokerUnderTest.HasPeer ? BrokerUnderTest.Theirs(Path.Combine(data, "idle-mosquitto")) : null;
        var sleepers = new List<LeanClient>();
        try
        {
            var (mineAlone, peerAlone) = Both(ours, theirs);
            var memory = Sleep(ours, sleepers);
            double? theirMemory = theirs is null ? null : Sleep(theirs, sleepers);
            yield return Row("memory of 1,000 idle subscribers", memory, theirMemory, "KiB", Peer.IsMissing);
            var (mine, peer) = Both(ours, theirs);
            yield return Row($"1→1 QoS 1 beside {Idle:N0} idle subscribers, against the same alone", mine / mineAlone, theirs is null ? null : peer / peerAlone, "ratio", Peer.IsMissing);
        }
        finally
        {
            sleepers.ForEach(sleeper => sleeper.Dispose());
        }
    }

    private static (double Ours, double Theirs) Both(BrokerUnderTest ours, BrokerUnderTest? theirs)
    {
        var (mine, peer) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            mine.Add(Flow.Run(ours, 1, 1, 1, EachFlow).PerSecond);
            if (theirs is not null)
            {
                peer.Add(Flow.Run(theirs, 1, 1, 1, EachFlow).PerSecond);
            }
        }

        return (P(mine, 0.5), theirs is null ? 0 : P(peer, 0.5));
    }

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

    // A kept session, a flow to it, the broker killed in the midst of it, again and again: whatever was acknowledged must come in the end.
    private static long AcknowledgedLost(string data, bool isOurs)
    {
        var folder = Path.Combine(data, isOurs ? "killed-ours" : "killed-mosquitto");
        var broker = Start(0);
        var (acknowledged, came) = (new HashSet<long>(), new HashSet<long>());
        long next = 0;
        try
        {
            using (var keeper = Keeper())
            {
                keeper.Subscribe("kill/t", 1);
            }

            for (var kill = 0; kill < Kills; kill++)
            {
                // The keeper is there for every other kill: what is on its way to it and what waits for it both count.
                using (var keeper = kill % 2 == 0 ? Keeper() : null)
                {
                    KillFlow.Run(broker, keeper, ref next, acknowledged, TimeSpan.FromMilliseconds(700 + (150 * kill)));
                    broker.Dispose();
                    while (keeper?.TryRead() == true)
                    {
                        continue;
                    }
                }

                broker = Start(broker.Port);
            }

            using var last = Keeper();
            KillFlow.Collect(last, () => acknowledged.IsSubsetOf(came));
            return acknowledged.Count(number => !came.Contains(number));
        }
        finally
        {
            broker.Dispose();
        }

        BrokerUnderTest Start(int port) => isOurs ? BrokerUnderTest.Ours(folder, port) : BrokerUnderTest.Theirs(folder, port, keeps: true);

        LeanClient Keeper() => new(broker.Port, "keeper", isKept: true) { Heard = payload => came.Add(BitConverter.ToInt64(payload.Span)) };
    }

    private static object[] Row(string what, double ours, double? theirs, string unit, string because) =>
        [what, ours, theirs is { } value ? value : because, theirs is { } peer and not 0 ? ours / peer : "", unit];

    internal static double P(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
    }

    /// <summary>mosquitto, where it is installed. One that stands still is told so in the table and replaced by a fresh one: the other figures are wanted all the same.</summary>
    private sealed class Peer(string data) : IDisposable
    {
        internal const string IsMissing = "mosquitto is not installed";

        private BrokerUnderTest? broker = BrokerUnderTest.HasPeer ? BrokerUnderTest.Theirs(Path.Combine(data, "mosquitto")) : null;
        private string? stoodStill;

        internal void Try(Action<BrokerUnderTest> measure)
        {
            if (broker is null || stoodStill is not null)
            {
                return;
            }

            try
            {
                measure(broker);
            }
            catch (Exception lost) when (lost is TimeoutException or IOException or System.Net.Sockets.SocketException)
            {
                stoodStill = lost.Message;
                broker.Dispose();
                broker = BrokerUnderTest.Theirs(Path.Combine(data, "mosquitto"));
            }
        }

        /// <summary>Why there is no figure; the next one is tried anew.</summary>
        internal string Because()
        {
            var because = stoodStill ?? IsMissing;
            stoodStill = null;
            return because;
        }

        public void Dispose() => broker?.Dispose();
    }
}
