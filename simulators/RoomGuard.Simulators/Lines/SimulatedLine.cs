using System.Collections.Immutable;
using RoomGuard.Simulators.Readers;
using RoomGuard.Simulators.Site;
using RoomGuard.Wire.Osdp;

namespace RoomGuard.Simulators.Lines;

/// <summary>
/// One simulated wire with its readers: bytes in, bytes out, each at its time. Pure: it is told the time and owns no thread, so the same
/// line hangs on a pseudo-terminal, on a socket or on a test's virtual wire.
/// </summary>
public sealed class SimulatedLine
{
    /// <summary>How long a good reader thinks before it answers (osdp.md section 1: typically below 3 ms).</summary>
    private static readonly TimeSpan Thinking = TimeSpan.FromMilliseconds(2);

    private static readonly TimeSpan TalkEvery = TimeSpan.FromMilliseconds(700);

    /// <summary>A paced reply leaves in pieces of this many bytes: small enough to look like a wire, large enough for a clock that counts milliseconds.</summary>
    private const int PacedPiece = 8;

    /// <summary>Nobody takes the replies of a terminal that nobody reads; older ones are dropped.</summary>
    private const int MostWaiting = 512;

    private readonly LineSettings settings;
    private readonly ImmutableArray<SimulatedReader> readers;
    private readonly Random chance;
    private readonly LinkedList<(TimeSpan Due, byte[] Bytes)> waiting = [];
    private TimeSpan wireFree;
    private TimeSpan? nextTalk;

    internal SimulatedLine(LineSettings settings, ImmutableArray<SimulatedReader> readers, Random chance)
    {
        this.settings = settings;
        this.readers = readers;
        this.chance = chance;
    }

    /// <summary>Name of the line.</summary>
    public string Id => settings.Id;

    /// <summary>Its settings.</summary>
    public LineSettings Settings => settings;

    /// <summary>True while no byte passes.</summary>
    public bool Cut { get; internal set; }

    /// <summary>True while the terminal or socket is gone altogether.</summary>
    public bool AdapterPulled { get; internal set; }

    /// <summary>Chance of each byte being damaged, 0 to 100.</summary>
    public double NoisePercent { get; internal set; }

    /// <summary>Whether a second controller talks.</summary>
    public bool SecondControllerTalks => nextTalk is not null;

    /// <summary>When the last byte came; null before the first.</summary>
    public TimeSpan? HeardAt { get; private set; }

    /// <summary>When the next bytes are due; null while none wait.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            var due = Sooner(waiting.First?.Value.Due, nextTalk);
            foreach (var reader in readers)
            {
                due = Sooner(due, reader.Line.NextDue);
            }

            return due;
        }
    }

    /// <summary>The next bytes due, if any.</summary>
    public bool TryTake(TimeSpan now, out byte[] bytes)
    {
        foreach (var reader in readers)
        {
            while (reader.Line.TryTake(now, out var reply))
            {
                if (!Cut && reader.Plugged)
                {
                    Send(reply.ToArray(), now);
                }
            }
        }

        if (nextTalk <= now)
        {
            nextTalk = now + TalkEvery;
            if (!Cut)
            {
                // Asks an address where nobody lives: seen by the panel, answered by no reader.
                Send(OsdpWriter.ToBytes(new(Address: 0x7E, FromReader: false, Sequence: 0), new IdCommand()), now);
            }
        }

        if (waiting.First is { } first && first.Value.Due <= now)
        {
            waiting.RemoveFirst();
            bytes = first.Value.Bytes;
            return true;
        }

        bytes = [];
        return false;
    }

    internal void TalkOver(bool talking, TimeSpan now) => nextTalk = talking ? now : null;

    internal void Receive(ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        HeardAt = now;
        if (Cut)
        {
            return;
        }

        var heard = Damaged(bytes.ToArray());
        wireFree = Later(wireFree, now) + TimeOf(heard.Length);
        foreach (var reader in readers.Where(reader => reader.Plugged))
        {
            reader.Hear(heard, now);
        }
    }

    private void Send(byte[] reply, TimeSpan now)
    {
        var at = Later(wireFree, now) + (settings.Paced ? Thinking : TimeSpan.Zero);
        foreach (var piece in Damaged(reply).Chunk(PacedPiece))
        {
            at += TimeOf(piece.Length);
            Schedule(at, piece);
        }

        wireFree = at;
    }

    private void Schedule(TimeSpan due, byte[] bytes)
    {
        var after = waiting.Last;
        while (after is not null && after.Value.Due > due)
        {
            after = after.Previous;
        }

        if (after is null)
        {
            waiting.AddFirst((due, bytes));
        }
        else
        {
            waiting.AddAfter(after, (due, bytes));
        }

        if (waiting.Count > MostWaiting)
        {
            waiting.RemoveFirst();
        }
    }

    private byte[] Damaged(byte[] bytes)
    {
        if (NoisePercent > 0)
        {
            for (var index = 0; index < bytes.Length; index++)
            {
                if (chance.NextDouble() * 100 < NoisePercent)
                {
                    bytes[index] ^= (byte)(1 << chance.Next(8));
                }
            }
        }

        return bytes;
    }

    private TimeSpan TimeOf(int bytes) => settings.Paced ? TimeSpan.FromTicks(bytes * 10L * TimeSpan.TicksPerSecond / settings.BaudRate) : TimeSpan.Zero;

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan? Sooner(TimeSpan? a, TimeSpan? b) => a is null || b < a ? b : a;
}
