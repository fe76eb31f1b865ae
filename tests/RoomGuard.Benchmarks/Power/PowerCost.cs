using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Benchmarks.Bridge;
using RoomGuard.Bridge;
using RoomGuard.Bridge.Links;
using RoomGuard.Bridge.Nut;
using RoomGuard.Bridge.Ups;
using RoomGuard.Core.Power;
using RoomGuard.Simulators;
using RoomGuard.Simulators.Readers;
using RoomGuard.Simulators.Site;
using RoomGuard.Simulators.Ups;
using Simulated = RoomGuard.Simulators.Ups.UpsSettings;
using UnitSettings = RoomGuard.Bridge.Ups.UpsSettings;

namespace RoomGuard.Benchmarks.Power;

/// <summary>
/// What reading and telling power costs: transactions of a whole look, how soon an outage is known here and at a client that asks each second, 200 units in
/// one bridge, and the NUT server beside Debian's upsd.
/// </summary>
public static class PowerCost
{
    private const int Outages = 20;
    private const int Lists = 300;
    private const int Clients = 1_000;
    private const int ManyUnits = 200;
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(70);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Measures; takes about five minutes.</summary>
    public static BenchTable Run(string folder)
    {
        var data = Directory.CreateDirectory(Path.Combine(folder, $"power-{Environment.ProcessId}")).FullName;
        List<IReadOnlyList<object>> rows = [.. OneUnit(data), .. NutServers(data)];
        return new(
            "Power: reading units and telling servers",
            ["what", "ours", "beside it", "unit"],
            rows,
            "The unit is simulated on Modbus/TCP. A client that asks each second sees an outage half a second later in the mean, whatever the server does. upsd is Debian's, with dummy-ups.");
    }

    /// <summary>Two hundred units in one bridge, beside the same bridge without any; takes about four minutes.</summary>
    public static BenchTable RunMany(string folder) => new(
        $"Power: {ManyUnits} units in one bridge",
        ["what", "with units", "without units", "unit"],
        [.. ManyInOneBridge(Directory.CreateDirectory(Path.Combine(folder, $"power-units-{Environment.ProcessId}")).FullName)],
        "Simulated units on Modbus/TCP, each asked twice a second. Private is what the program alone keeps from the machine; resident adds the pages of libraries, which are shared and can be read again from the disk.");

    private static IEnumerable<IReadOnlyList<object>> OneUnit(string data)
    {
        var time = TimeProvider.System;
        using var site = Site(data, [new("ups-1", UpsKind.ApcTcp, Port: 0)]);
        var counted = new CountedSource(new TcpPort("127.0.0.1", IPEndPoint.Parse(site.WhereIsUps("ups-1")).Port, time));
        var settings = new UnitSettings("ups-1", "電源1", "UPS 1", "apc-smart-ups", new(LinkKind.Tcp, Host: "127.0.0.1", Port: 1), Segment: "loopback");
        var board = new UpsBoard([settings], time.GetUtcNow());
        var wires = new UpsWires([settings], board, UpsModels.Load, (_, _) => counted, time, NullLogger<UpsWires>.Instance);
        var nut = new NutBoard(board, [new("stage-1", "ups-1", "-")], new(Path.Combine(data, "nut-users.json"), time), "bench", time, NullLogger.Instance);
        using var listener = new NutListener(new([new("stage-1", "ups-1", "-")], Port: 0), nut, null, time, NullLogger<NutListener>.Instance);
        listener.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        wires.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        try
        {
            Until(() => board.All[0].Last is { State: UpsQuality.Good } last && last.Texts.ContainsKey(UpsText.Model), "the unit is read");
            var (whole, between, bytes) = counted.PerSnapshot(board, TimeSpan.FromSeconds(10));
            yield return ["whole look at an APC: transactions (NUT 3, apcupsd 20)", whole, "", "transactions"];
            yield return ["short looks between two whole ones", between, "", "transactions"];
            yield return ["a whole look and the short ones after it: bytes both ways", bytes, "", "bytes"];

            var known = new List<double>();
            var seen = new List<double>();
            using var client = NutPeer.Open(listener.At!.Port);
            var chance = new Random(1);
            for (var i = 0; i < Outages; i++)
            {
                var knownAt = 0L;
                void Hear(UpsReading reading) => knownAt = knownAt == 0 && reading.IsOutage ? Stopwatch.GetTimestamp() : knownAt;
                board.Read += Hear;
                Thread.Sleep(chance.Next(1000));
                var failed = Stopwatch.GetTimestamp();
                site.Do(new SetMains("ups-1", 0, 0));
                var asks = Stopwatch.GetTimestamp() + (long)(chance.NextDouble() * Stopwatch.Frequency);
                while (!NutPeer.Status(client, "stage-1").Contains("OB", StringComparison.Ordinal))
                {
                    Thread.Sleep(TimeSpan.FromSeconds(Math.Max(0, (double)(asks - Stopwatch.GetTimestamp()) / Stopwatch.Frequency)));
                    asks += Stopwatch.Frequency;
                }

                seen.Add(Stopwatch.GetElapsedTime(failed).TotalMilliseconds);
                Until(() => knownAt != 0, "the outage is known");
                known.Add(Stopwatch.GetElapsedTime(failed, knownAt).TotalMilliseconds);
                board.Read -= Hear;
                site.Do(new SetMains("ups-1", 100, 50));
                Until(() => board.All[0].Last.Flags.HasFlag(UpsFlags.OnLine), "mains are back");
            }

            yield return ["mains fail → known here, p50", P(known, 0.5), "", "ms"];
            yield return ["mains fail → known here, worst", known.Max(), "", "ms"];
            yield return ["mains fail → seen by a client that asks each second, p50 (NUT 1,200 to 4,000)", P(seen, 0.5), "", "ms"];
            yield return ["mains fail → seen by a client that asks each second, worst", seen.Max(), "", "ms"];
        }
        finally
        {
            wires.StopAsync(CancellationToken.None).GetAwaiter().GetResult();
            listener.StopAsync(CancellationToken.None).GetAwaiter().GetResult();
        }
    }

    private static IEnumerable<IReadOnlyList<object>> NutServers(string data)
    {
        var time = TimeProvider.System;
        using var site = Site(Path.Combine(data, "nut"), [new("ups-1", UpsKind.ApcTcp, Port: 0)]);
        var settings = new UnitSettings("ups-1", "電源1", "UPS 1", "apc-smart-ups", new(LinkKind.Tcp, Host: "127.0.0.1", Port: IPEndPoint.Parse(site.WhereIsUps("ups-1")).Port), Segment: "loopback");
        var board = new UpsBoard([settings], time.GetUtcNow());
        var wires = new UpsWires([settings], board, UpsModels.Load, (unit, model) => UpsWires.LinkOf(unit, model, time), time, NullLogger<UpsWires>.Instance);
        var nut = new NutBoard(board, [], new(Path.Combine(data, "nut-users.json"), time), "bench", time, NullLogger.Instance);
        using var listener = new NutListener(new([], Port: 0), nut, null, time, NullLogger<NutListener>.Instance);
        listener.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        wires.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        using var peer = Upsd.Start(Path.Combine(data, "upsd"));
        try
        {
            Until(() => board.All[0].Last.State == UpsQuality.Good, "the unit is read");
            _ = NutPeer.ListVar(listener.At!.Port, "ups-1", 20);
            var ours = NutPeer.ListVar(listener.At!.Port, "ups-1", Lists);
            var theirs = peer is null ? null : NutPeer.ListVar(peer.Port, "room", Math.Min(Lists, 50));
            yield return ["LIST VAR, p50", P(ours, 0.5), Cell(theirs, 0.5), "ms, beside upsd"];
            yield return ["LIST VAR, p99", P(ours, 0.99), Cell(theirs, 0.99), "ms, beside upsd"];
            _ = NutPeer.ConnectAll(listener.At!.Port, "ups-1", 50);
            yield return [$"{Clients:N0} clients at once, all answered", NutPeer.ConnectAll(listener.At!.Port, "ups-1", Clients), peer is null ? "upsd is not installed" : Tried(() => NutPeer.ConnectAll(peer.Port, "room", Clients)), "s, beside upsd"];
        }
        finally
        {
            wires.StopAsync(CancellationToken.None).GetAwaiter().GetResult();
            listener.StopAsync(CancellationToken.None).GetAwaiter().GetResult();
        }
    }

    private static IEnumerable<IReadOnlyList<object>> ManyInOneBridge(string data)
    {
        (double Private, double Resident, double Percent) alone;
        using (var bridge = new BridgeProcess(Path.Combine(data, "bridge-alone"), 200))
        {
            bridge.StartToFirstGrant();
            alone = Watch(bridge);
        }

        using var site = Site(Path.Combine(data, "many"), [.. Enumerable.Range(1, ManyUnits).Select(i => new Simulated(Name(i), UpsKind.ApcTcp, Port: 0))]);
        var units = string.Join(",\n", Enumerable.Range(1, ManyUnits).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{ "id": "{{Name(i)}}", "label": "電源{{i}}", "labelEn": "UPS {{i}}", "model": "apc-smart-ups", "segment": "loopback", "link": { "kind": "tcp", "host": "127.0.0.1", "port": {{IPEndPoint.Parse(site.WhereIsUps(Name(i))).Port}} } }""")));
        using var many = new BridgeProcess(Path.Combine(data, "bridge-many"), 200, $", \"ups\": [ {units} ]");
        many.StartToFirstGrant();
        var with = Watch(many);
        yield return ["memory, private", with.Private, alone.Private, "MiB"];
        yield return ["memory, resident", with.Resident, alone.Resident, "MiB"];
        yield return ["processor", with.Percent, alone.Percent, "% of a core"];
    }

    private static (double Private, double Resident, double Percent) Watch(BridgeProcess bridge)
    {
        // What runs often is compiled anew in the first minute; what a year costs is what comes after it.
        Thread.Sleep(Settled);
        var before = bridge.Processor;
        var at = Stopwatch.GetTimestamp();
        Thread.Sleep(Watched);
        return (bridge.PrivateMiB, bridge.ResidentMiB, 100 * (bridge.Processor - before) / Stopwatch.GetElapsedTime(at));
    }

    private static string Name(int unit) => string.Create(CultureInfo.InvariantCulture, $"ups-{unit}");

    private static SimulatedSite Site(string folder, ImmutableArray<Simulated> units)
    {
        Directory.CreateDirectory(folder);
        var site = new SimulatedSite(new("Test", folder, Seed: 1, [], [], [], Ups: units), null, new FolderMemory(Path.Combine(folder, "memory")), RandomNumberGenerator.GetBytes, TimeProvider.System);
        site.OpenLines();
        return site;
    }

    private static object Cell(double[]? values, double share) => values is null ? "upsd is not installed" : P(values, share);

    private static object Tried(Func<double> measure)
    {
        try
        {
            return measure();
        }
        catch (Exception failed) when (failed is TimeoutException or AggregateException)
        {
            return $"not within a minute ({(failed is AggregateException many ? many.InnerExceptions[0].Message : failed.Message)})";
        }
    }

    private static double P(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
    }

    private static void Until(Func<bool> isSo, string what)
    {
        var at = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            if (Stopwatch.GetElapsedTime(at) > Longest)
            {
                throw new TimeoutException($"Within {Longest.TotalSeconds} s not: {what}.");
            }

            Thread.Sleep(1);
        }
    }

    /// <summary>A link that counts what is asked and what passes.</summary>
    private sealed class CountedSource(ILinkSource inner) : ILinkSource
    {
        private readonly ConcurrentDictionary<string, int> questions = new(StringComparer.Ordinal);
        private long bytes;

        public string Name => inner.Name;

        public IByteLink Open(WakeSignal wake, CancellationToken stop) => new Counted(inner.Open(wake, stop), this);

        /// <summary>Transactions of a whole look, of the short ones that follow it, and the bytes of both.</summary>
        public (double Whole, double Between, double Bytes) PerSnapshot(UpsBoard board, TimeSpan time)
        {
            var snapshots = 0;
            DateTimeOffset? last = null;
            void Hear(UpsReading reading)
            {
                // A whole look brings a new time of the voltage; the short ones between carry the old one on.
                var at = reading.Values.TryGetValue(UpsQuantity.BatteryVoltage, out var value) ? value.At : (DateTimeOffset?)null;
                snapshots += at is not null && at != last ? 1 : 0;
                last = at;
            }

            board.Read += Hear;
            questions.Clear();
            var passed = bytes;
            Thread.Sleep(time);
            board.Read -= Hear;

            // The short look is the question asked most often.
            double all = questions.Values.Sum();
            double between = questions.Values.Max();
            return ((all - between) / snapshots, between / snapshots, (bytes - passed) / (double)snapshots);
        }

        private sealed class Counted(IByteLink link, CountedSource of) : IByteLink
        {
            public int Read(Span<byte> into, TimeSpan longest)
            {
                var count = link.Read(into, longest);
                of.bytes += count;
                return count;
            }

            public void Write(ReadOnlySpan<byte> bytes)
            {
                // Function, first register and how many: after the seven bytes of the MBAP header.
                _ = of.questions.AddOrUpdate(Convert.ToHexString(bytes[7..]), 1, (_, asked) => asked + 1);
                of.bytes += bytes.Length;
                link.Write(bytes);
            }

            public void DiscardInput() => link.DiscardInput();

            public void Dispose() => link.Dispose();
        }
    }
}
