using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Bridge;
using RoomGuard.Bridge.Doors;
using RoomGuard.Bridge.Links;
using RoomGuard.Bridge.Readers;
using RoomGuard.Core.Doors;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.TestKit.Lines;
using RoomGuard.Wire.Osdp;

namespace RoomGuard.Benchmarks.Readers;

/// <summary>
/// What the readers cost the bridge: 64 readers on 8 wires, each asked every 50 ms, clear and secure, over pseudo-terminals; beside it the
/// floor, the same number of bytes moved over the same ports at the same pace with no OSDP at all.
/// </summary>
/// <remarks>Counted is the processor time of the wires' own threads (<c>/proc/self/task/*/schedstat</c>); the simulated readers run in the same process and are not counted.</remarks>
public static class ExchangeCost
{
    private const int Wires = 8;
    private const int ReadersPerWire = 8;
    private const int BaudRate = 230400;

    // POLL and ACK with the marking byte, in clear text with CRC and over the secure channel (osdp.md section 1).
    private const int ClearBytes = 9;
    private const int SecureBytes = 15;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Measures; takes about a minute.</summary>
    /// <param name="folder">For the reader keys of the secure run.</param>
    public static BenchTable Run(string folder)
    {
        var floorClear = Floor(ClearBytes);
        var clear = Osdp(Path.Combine(folder, "clear"), secure: false);
        var floorSecure = Floor(SecureBytes);
        var secure = Osdp(Path.Combine(folder, "secure"), secure: true);
        return new(
            $"(b) Readers: processor time of {Wires * ReadersPerWire} readers on {Wires} wires, each asked every {PollInterval.TotalMilliseconds:0} ms",
            ["what", "exchanges per second", "µs of processor per exchange", "% of a core", "times the floor"],
            [
                Row("bytes only, clear length (floor)", floorClear, floorClear),
                Row("OSDP in clear text", clear, floorClear),
                Row("bytes only, secure length (floor)", floorSecure, floorSecure),
                Row("OSDP over the secure channel", secure, floorSecure),
            ],
            "Threads of the wires only, read from schedstat; pseudo-terminals carry bytes at once, so a real wire spends longer waiting and no longer computing.");
    }

    private static object[] Row(string what, Cost cost, Cost floor) =>
        [what, (long)cost.PerSecond, cost.Microseconds, cost.PercentOfACore, cost.Microseconds / floor.Microseconds];

    private static Cost Osdp(string folder, bool secure)
    {
        Directory.CreateDirectory(folder);
        var keys = ReaderKeyStore.Open(folder, RandomNumberGenerator.GetBytes);
        var lines = new List<ReadersOnALine>();
        var buses = new List<BusSettings>();
        foreach (var wire in Enumerable.Range(1, Wires))
        {
            var devices = Enumerable.Range(0, ReadersPerWire).Select(address => Device(keys, wire, address, secure)).ToList();
            lines.Add(new(devices));
            buses.Add(new($"bench-{wire}", new(LinkKind.Serial, lines[^1].Path), BaudRate, [.. devices.Select(device => Settings(wire, device.Address, secure))]));
        }

        var settings = new BridgeSettings("bridge-1", "bench", EnvironmentKind.Test, folder, "https://127.0.0.1:7444", [.. buses], []);
        var around = new ReaderSurroundings(new DeafRoom(), new(new byte[32]), keys, TimeProvider.System, RandomNumberGenerator.GetBytes, NullLogger.Instance);
        var running = new ReaderBuses(BusPlan.From(settings), around, plan => ReaderBuses.LinkOf(plan, TimeProvider.System));
        try
        {
            running.Start();
            var started = Stopwatch.GetTimestamp();
            while (!running.Now().All(reader => reader.Condition == ReaderCondition.Online && reader.Secure == secure))
            {
                if (Stopwatch.GetElapsedTime(started) > Patience)
                {
                    throw new TimeoutException($"Not all readers came online: {string.Join("; ", running.Now().Select(reader => reader.LastError).Distinct())}");
                }

                Thread.Sleep(100);
            }

            return Measure("wire bench", () => running.Now().Sum(reader => reader.Counters["replies"]));
        }
        finally
        {
            running.DisposeAsync().AsTask().GetAwaiter().GetResult();
            lines.ForEach(line => line.Dispose());
        }
    }

    private static PdSession Device(ReaderKeyStore keys, int wire, int address, bool secure)
    {
        var identity = new PdIdentity(0x02CACA, 12, 1, (uint)((wire * 256) + address), 1, 4, 0);
        var id = new DeviceId(Name(wire, address));
        ScbkKey? key = null;
        if (secure)
        {
            key = keys.MakeCandidate(id);
            keys.Confirm(id, key, identity);
        }

        return new(new((byte)address, identity) { Key = key }, RandomNumberGenerator.GetBytes);
    }

    private static ReaderSettings Settings(int wire, int address, bool secure) => new(
        Name(wire, address),
        address,
        "door",
        ReaderSide.Entry,
        "H10301",
        secure ? SecureChannelRule.Required : SecureChannelRule.ClearText,
        secure ? null : "measured in clear text");

    private static string Name(int wire, int address) => $"reader-{wire}-{address}";

    /// <summary>Each wire sends as many bytes as a POLL has, gets as many back, and waits for its next turn, over the same kind of port.</summary>
    private static Cost Floor(int bytes)
    {
        var exchanges = 0L;
        using var stop = new CancellationTokenSource();
        var threads = new List<Thread>();
        var terminals = new List<PseudoTerminal>();
        foreach (var wire in Enumerable.Range(1, Wires))
        {
            var terminal = new PseudoTerminal();
            var far = new Thread(() => Echo(terminal, bytes, stop.Token)) { IsBackground = true, Name = "echo" };
            var near = new Thread(() => Shuttle(terminal.Path, bytes, () => Interlocked.Increment(ref exchanges), stop.Token)) { IsBackground = true, Name = $"wire floor-{wire}" };
            far.Start();
            near.Start();
            threads.AddRange([near, far]);
            terminals.Add(terminal);
        }

        var cost = Measure("wire floor", () => Interlocked.Read(ref exchanges));
        stop.Cancel();
        threads.ForEach(thread => thread.Join());
        terminals.ForEach(terminal => terminal.Dispose());
        return cost;
    }

    private static void Shuttle(string path, int bytes, Action counted, CancellationToken stop)
    {
        using var wake = new WakeSignal();
        using var link = SerialLink.Open(path, new(BaudRate), wake);
        var gap = PollInterval / ReadersPerWire;
        var command = new byte[bytes];
        var reply = new byte[64];
        var started = Stopwatch.GetTimestamp();
        for (var turn = 0L; !stop.IsCancellationRequested; turn++)
        {
            link.Write(command);
            for (var got = 0; got < bytes && !stop.IsCancellationRequested;)
            {
                got += link.Read(reply, TimeSpan.FromMilliseconds(200));
            }

            counted();
            link.Read(reply, ((turn + 1) * gap) - Stopwatch.GetElapsedTime(started));
        }
    }

    private static void Echo(PseudoTerminal terminal, int bytes, CancellationToken stop)
    {
        var buffer = new byte[256];
        var answer = new byte[bytes];
        for (var got = 0; !stop.IsCancellationRequested;)
        {
            got += terminal.Read(buffer, TimeSpan.FromMilliseconds(100));
            for (; got >= bytes; got -= bytes)
            {
                terminal.Write(answer);
            }
        }
    }

    private static Cost Measure(string threads, Func<long> count)
    {
        Thread.Sleep(WarmUp);
        var (cpuBefore, countBefore, at) = (ProcessorTime(threads), count(), Stopwatch.GetTimestamp());
        Thread.Sleep(Measured);
        var (cpu, exchanges, took) = (ProcessorTime(threads) - cpuBefore, count() - countBefore, Stopwatch.GetElapsedTime(at));
        return new(exchanges / took.TotalSeconds, cpu.TotalMicroseconds / Math.Max(1, exchanges), cpu / took * 100);
    }

    /// <summary>What the threads whose names begin so have computed so far.</summary>
    private static TimeSpan ProcessorTime(string threads)
    {
        var nanoseconds = 0L;
        foreach (var task in Directory.EnumerateDirectories("/proc/self/task"))
        {
            if (File.ReadAllText(Path.Combine(task, "comm")).StartsWith(threads, StringComparison.Ordinal))
            {
                nanoseconds += long.Parse(File.ReadAllText(Path.Combine(task, "schedstat")).Split(' ')[0], CultureInfo.InvariantCulture);
            }
        }

        return TimeSpan.FromMicroseconds(nanoseconds / 1000.0);
    }

    private sealed record Cost(double PerSecond, double Microseconds, double PercentOfACore);

    /// <summary>A room nobody listens in.</summary>
    private sealed class DeafRoom : IRoomInbox
    {
        public void Post(RoomInput input)
        {
        }

        public bool TryPost(RoomInput input, bool canWait = false) => true;

        public Task<bool> PostAsync(RoomInput input) => Task.FromResult(true);

        public Task<bool> RecordAsync(RecordedEvent item) => Task.FromResult(true);
    }
}
