using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Bridge;
using RoomGuard.Bridge.Doors;
using RoomGuard.Bridge.Journal;
using RoomGuard.Bridge.Links;
using RoomGuard.Bridge.Readers;
using RoomGuard.Core.Doors;
using RoomGuard.Core.People;
using RoomGuard.Wire.Cards;
using RoomGuard.Wire.Osdp;

namespace RoomGuard.Benchmarks.Bridge;

/// <summary>
/// (a) From the last byte of a RAW reply read to the first byte of the OUT command written, in the bridge's own bus, room and journal, with
/// 100,000 people in the grant list. The disk's own flush is measured in between, so that both saw the same minute of the same disk.
/// </summary>
public static class BadgeLatency
{
    private const int People = 100_000;
    private const int Warming = 40;
    private const int Samples = 500;
    private const int FloorBytes = 512;

    // A badge finds the machine at rest; so must the disk's own flush, or it is measured on a processor that is still warm from the badge.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    /// <summary>Measures.</summary>
    /// <param name="folder">Where the journal and the floor's file are kept: the disk that is measured.</param>
    public static BenchTable Run(string folder)
    {
        var time = TimeProvider.System;
        var data = Directory.CreateDirectory(Path.Combine(folder, "badge-latency")).FullName;
        var digester = new CardDigester(RandomNumberGenerator.GetBytes(32));
        var cards = Enumerable.Range(0, Warming + Samples).Select(i => CardFormat.H10301.Encode(BenchSite.Facility, (ulong)(BenchSite.CardOfFirst + i))).ToArray();
        var digests = cards.Select(bits => digester.Of(CardFormat.H10301.Decode(bits, 26).Number!.Canonical)).ToArray();

        using var journal = RoomJournal.Open(new(Path.Combine(data, "journal.db"), "bench-1/bridge-1/journal", "bench-1/bridge-1", RandomNumberGenerator.GetBytes, time), new(Path.Combine(data, "ballast"), 0));
        using var meters = new RoomMeters("Bench");
        using var loop = new RoomLoop(wrong => throw wrong, time, meters, NullLogger.Instance);
        using var source = new BenchLinkSource(time);
        var plan = new BusPlan("bus-1", new(LinkKind.Tcp, Host: "-", Port: 1), 115200, [new(BenchSite.Reader, 0, CardFormat.H10301, "a measurement", [new(0, InputKind.Contact, BenchSite.Door, Inverted: false, TimeSpan.Zero, TimeSpan.Zero)], [(0, BenchSite.Door)])]);
        var buses = new ReaderBuses([plan], new(loop, digester, ReaderKeyStore.Open(data, RandomNumberGenerator.GetBytes), time, RandomNumberGenerator.GetBytes, NullLogger.Instance), _ => source);
        var room = new RoomPlan(
            [new(BenchSite.Door, BenchSite.Zone, "扉", "Door", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), Core.Zones.PowerLossState.FailSecure)],
            [new(BenchSite.Reader, BenchSite.Door, ReaderSide.Entry)]);
        var turn = new RoomTurn(new(room, new() { PinMatches = (_, _) => false }), journal, buses.Devices, time, meters, NullLogger.Instance);
        loop.Start(turn, () => { });
        loop.Post(new RoomStarted(time.GetUtcNow()));
        loop.Post(new GrantListArrived(time.GetUtcNow(), new(BenchSite.List(People, digests))));
        buses.Start();

        var badge = new List<double>(Samples);
        var append = new List<double>(Samples);
        var inPlace = new List<double>(Samples);
        using var floor = new DiskFloor(Path.Combine(data, "floor"), FloorBytes);
        for (var i = -Warming; i < Samples; i++)
        {
            var took = source.Badge(cards[i + Warming]);
            source.Wait(Rest);
            var grown = floor.Append();
            source.Wait(Rest);
            var overwritten = floor.Overwrite();
            if (i >= 0)
            {
                badge.Add(took);
                append.Add(grown);
                inPlace.Add(overwritten);
            }
        }

        buses.DisposeAsync().AsTask().GetAwaiter().GetResult();
        loop.Stop();
        var rows = new[] { ("badge: RAW read → OUT written", badge), ("disk: append + fdatasync", append), ("disk: overwrite + fdatasync", inPlace) };
        return new(
            $"(a) A badge with {People:#,0} people in the list, entry durable",
            ["what", "p50 ms", "p99 ms", "p99.9 ms", "p50 as a multiple of the disk's append"],
            [.. rows.Select(row => (IReadOnlyList<object>)[row.Item1, At(row.Item2, 0.5), At(row.Item2, 0.99), At(row.Item2, 0.999), At(row.Item2, 0.5) / At(append, 0.5)])],
            $"{Samples} badges of as many people, each opening and closing the door, with flushes of {FloorBytes} bytes of our own between them, each after {Rest.TotalMilliseconds} ms of rest. Times are taken at the link; the reader behind it answers at once.");
    }

    private static double At(List<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
    }

    /// <summary>One reader behind a link in memory, served on the wire's own thread; it stamps what passes.</summary>
    private sealed class BenchLinkSource(TimeProvider time) : ILinkSource, IDisposable
    {
        private readonly SemaphoreSlim done = new(0);
        private volatile byte[]? present;
        private double took;

        public string Name => "a link in memory";

        public void Dispose() => done.Dispose();

        public IByteLink Open(WakeSignal wake, CancellationToken stop) => new Link(this, wake, time);

        /// <summary>Nothing happens at the door for a while.</summary>
        public void Wait(TimeSpan rest) => done.Wait(rest);

        /// <summary>Holds a card to the reader and waits until its strike was ordered and the leaf has been opened and closed.</summary>
        /// <returns>Milliseconds from the card to the strike.</returns>
        public double Badge(byte[] card)
        {
            present = card;
            return done.Wait(TimeSpan.FromSeconds(20)) ? took : throw new TimeoutException("No strike was ordered within 20 s.");
        }

        private sealed class Link : IByteLink
        {
            private readonly BenchLinkSource source;
            private readonly WakeSignal wake;
            private readonly TimeProvider time;
            private readonly long started;
            private readonly PdSession reader = new(
                new(0, new(0x0A0B0C, 1, 1, 1, 1, 0, 0)) { EnforceSecure = false, Keypad = false, Inputs = 1 }, RandomNumberGenerator.GetBytes);

            private readonly PdLine line;
            private bool cardGiven;
            private long rawRead;
            private InputState? leafNext;

            internal Link(BenchLinkSource source, WakeSignal wake, TimeProvider time)
            {
                this.source = source;
                this.wake = wake;
                this.time = time;
                started = time.GetTimestamp();
                line = new([reader]);
            }

            private TimeSpan Now => time.GetElapsedTime(started);

            public int Read(Span<byte> into, TimeSpan longest)
            {
                if (line.TryTake(Now, out var bytes))
                {
                    bytes.Span.CopyTo(into);
                    if (cardGiven && reader.EventsWaiting == 0)
                    {
                        cardGiven = false;
                        rawRead = time.GetTimestamp();
                    }

                    return bytes.Length;
                }

                wake.Wait(longest > TimeSpan.Zero ? longest : TimeSpan.Zero);
                return 0;
            }

            public void Write(ReadOnlySpan<byte> bytes)
            {
                var written = time.GetTimestamp();
                if (source.present is { } card && reader.PresentCard(card, 26, Now))
                {
                    source.present = null;
                    cardGiven = true;
                }

                MoveLeaf();

                if (rawRead != 0 && IsOut(bytes))
                {
                    source.took = time.GetElapsedTime(rawRead, written).TotalMilliseconds;
                    rawRead = 0;
                    leafNext = InputState.Active;
                }

                line.Receive(bytes, Now);
            }

            // The person goes through: the leaf opens, and closes when that was told.
            private void MoveLeaf()
            {
                if (leafNext is not { } next || reader.EventsWaiting > 0)
                {
                    return;
                }

                reader.SetInput(0, next, Now);
                leafNext = next == InputState.Active ? InputState.Inactive : null;
                if (next == InputState.Inactive)
                {
                    source.done.Release();
                }
            }

            // In the clear and without a security block the command stands behind five bytes of header (SIA OSDP 2.2, section 5).
            private static bool IsOut(ReadOnlySpan<byte> frame)
            {
                var start = frame.IndexOf((byte)0x53);
                return start >= 0 && frame.Length > start + 5 && (frame[start + 4] & 0x08) == 0 && frame[start + 5] == 0x68;
            }

            public void DiscardInput()
            {
                while (line.TryTake(Now, out _))
                {
                }
            }

            public void Dispose()
            {
            }
        }
    }
}
