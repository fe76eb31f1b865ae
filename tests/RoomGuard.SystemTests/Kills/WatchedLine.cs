using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using RoomGuard.Simulators.Lines;
using RoomGuard.Wire.Cards;
using RoomGuard.Wire.Osdp;

namespace RoomGuard.SystemTests.Kills;

/// <summary>What happened at one reader, in order.</summary>
/// <param name="Card">Number of the card, from 0; -1 for a release.</param>
/// <param name="Life">The bridge's life in which it happened.</param>
internal readonly record struct ReaderDeed(int Card, int Life)
{
    public bool IsRelease => Card < 0;
}

/// <summary>
/// One reader on a pseudo-terminal of its own that holds up a new card at a steady rate and keeps, in order, which cards the bridge took
/// from it and when its strike was released. This is the truth the record is measured by.
/// </summary>
internal sealed class WatchedLine : IDisposable
{
    private readonly PtyPort port;
    private readonly PdSession reader;
    private readonly PdLine line;
    private readonly Thread thread;
    private readonly Queue<int> held = [];
    private readonly List<ReaderDeed> deeds = [];
    private readonly Lock gate = new();
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly Func<int> nextCard;
    private readonly TimeSpan every;
    private volatile bool ending;
    private volatile bool presenting;
    private ManualResetEventSlim? begins;
    private int life;

    public WatchedLine(string link, uint serial, TimeSpan every, Func<int> nextCard)
    {
        (this.every, this.nextCard) = (every, nextCard);
        port = new PtyPort(link);
        reader = new PdSession(new PdSettings(0, new PdIdentity(0x02CACA, 12, 1, serial, 1, 0, 0)) { InstallMode = true, BaudRate = 115200 }, RandomNumberGenerator.GetBytes);
        line = new PdLine([reader]);
        thread = new Thread(Run) { IsBackground = true, Name = link };
        thread.Start();
    }

    public ImmutableArray<ReaderDeed> Deeds
    {
        get
        {
            lock (gate)
            {
                return [.. deeds];
            }
        }
    }

    /// <summary>Cards begin, or pause.</summary>
    public bool Presenting
    {
        get => presenting;
        set => presenting = value;
    }

    /// <summary>The bridge has ended: what it took before can no longer be released. Returns when all it had sent has been read; that still belongs to the life before.</summary>
    public void NewLife()
    {
        using var begun = new ManualResetEventSlim();
        Volatile.Write(ref begins, begun);
        port.Wake();
        if (!begun.Wait(TimeSpan.FromSeconds(60)))
        {
            throw new TimeoutException("The reader's line still brings bytes of a bridge that has ended.");
        }
    }

    public void Dispose()
    {
        ending = true;
        port.Wake();
        thread.Join();
        port.Dispose();
    }

    private void Run()
    {
        var buffer = new byte[2048];
        var nextAt = TimeSpan.Zero;
        while (!ending)
        {
            var now = Stopwatch.GetElapsedTime(started);
            var count = port.WaitAndRead(buffer, Wait(now, nextAt));
            now = Stopwatch.GetElapsedTime(started);
            if (presenting && now >= nextAt && held.Count < 4 && reader.IsSecure)
            {
                nextAt = now + every;
                var card = nextCard();
                var bits = KillSite.BitsOf(card, out var bitCount);
                if (reader.PresentCard(bits, bitCount, now))
                {
                    held.Enqueue(card);
                }
            }

            var (given, done) = (reader.CardsGiven, reader.OutputOrdersDone);
            line.Receive(buffer.AsSpan(0, count), now);
            line.Tick(now);
            Note(reader.CardsGiven - given, reader.OutputOrdersDone - done, now);
            while (line.TryTake(now, out var bytes))
            {
                port.Write(bytes.Span);
            }

            if (count == 0 && Interlocked.Exchange(ref begins, null) is { } begun)
            {
                life++;
                begun.Set();
            }
        }
    }

    private TimeSpan Wait(TimeSpan now, TimeSpan nextAt)
    {
        var until = TimeSpan.FromMilliseconds(20);
        until = nextAt > now && nextAt - now < until ? nextAt - now : until;
        return line.NextDue is { } due && due - now < until ? (due > now ? due - now : TimeSpan.Zero) : until;
    }

    private void Note(long taken, long outputs, TimeSpan now)
    {
        lock (gate)
        {
            // Not by how many events wait: an output's timer that runs out in the same moment adds one.
            for (; taken > 0 && held.TryDequeue(out var card); taken--)
            {
                deeds.Add(new(card, life));
            }

            // An order that leaves the strike on has released it anew; one that locks it leaves it off.
            for (; outputs > 0 && reader.Face(now).Outputs[0]; outputs--)
            {
                deeds.Add(new(-1, life));
            }

            while (reader.TryTakeNews(out _))
            {
            }

            // The reader forgets what nobody fetched for eight seconds. It may have said it before: whether the bridge took it, the journal knows.
            while (held.Count > reader.CardsWaiting)
            {
                deeds.Add(new(held.Dequeue(), life));
            }
        }
    }
}
