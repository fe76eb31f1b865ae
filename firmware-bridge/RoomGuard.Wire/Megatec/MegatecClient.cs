namespace RoomGuard.Wire.Megatec;

/// <summary>What became of a line to a unit.</summary>
public enum MegatecFault
{
    /// <summary>Answered, or sent where no answer is given.</summary>
    None,

    /// <summary>Not a byte in time.</summary>
    Silence,

    /// <summary>An answer began and had no end.</summary>
    Incomplete,

    /// <summary>The unit does not know it: it sent it back, or said NAK.</summary>
    NotKnown,

    /// <summary>The link broke.</summary>
    LinkLost,

    /// <summary>An order to a link whose writes are off (R-NET-04).</summary>
    WritesOff,
}

/// <summary>What became of a line.</summary>
/// <param name="Answer">Without CR; null with a fault, and for orders nobody answers.</param>
public sealed record MegatecOutcome(MegatecCommand Command, string? Answer, MegatecFault Fault, TimeSpan Took);

/// <summary>What a client wants from its link next.</summary>
/// <param name="Line">To be written now with a CR; null: wait.</param>
/// <param name="Until">Without a line: look again then, or when bytes have come. Null: nothing is under way.</param>
public readonly record struct MegatecStep(string? Line, TimeSpan? Until);

/// <summary>The asking end of a Q1 line. Pure: it is told bytes and the time, and says what to send. One question under way.</summary>
/// <param name="allowOrders">R-NET-04, R-PWR-10: off by default.</param>
public sealed class MegatecClient(bool allowOrders = false)
{
    private const int MostWaiting = 16;

    // The answer comes within about a second (NUT waits as long); a line of 47 bytes takes 0.2 s at 2400 baud.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(1.2);

    // Orders nobody answers: the unit needs a moment before it listens again.
    private static readonly TimeSpan AfterOrder = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    private readonly byte[] buffer = new byte[(2 * MegatecScanner.LongestLine) + 2];
    private readonly Queue<MegatecCommand> waiting = new();
    private readonly Queue<MegatecOutcome> outcomes = new();
    private int filled;
    private MegatecCommand? current;
    private TimeSpan sentAt;
    private TimeSpan freeAt = TimeSpan.MinValue;

    /// <summary>True when nothing is under way or waits.</summary>
    public bool IsIdle => current is null && waiting.Count == 0;

    /// <summary>Bytes sent.</summary>
    public long BytesOut { get; private set; }

    /// <summary>Bytes received.</summary>
    public long BytesIn { get; private set; }

    /// <summary>Asks when the line is free.</summary>
    /// <returns>False when too many wait already.</returns>
    public bool Ask(MegatecCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Acts && !allowOrders)
        {
            outcomes.Enqueue(new(command, null, MegatecFault.WritesOff, TimeSpan.Zero));
            return true;
        }

        if (waiting.Count >= MostWaiting)
        {
            return false;
        }

        waiting.Enqueue(command);
        return true;
    }

    /// <summary>What to do now.</summary>
    public MegatecStep Next(TimeSpan now)
    {
        if (current is { } open)
        {
            var deadline = sentAt + (open.Answered ? AnswerWithin : AfterOrder);
            if (now < deadline)
            {
                return new(null, deadline);
            }

            Finish(open, null, !open.Answered ? MegatecFault.None : filled == 0 ? MegatecFault.Silence : MegatecFault.Incomplete, now);
        }

        if (waiting.Count == 0)
        {
            return new(null, null);
        }

        if (now < freeAt)
        {
            return new(null, freeAt);
        }

        // What still lies here belongs to an older question.
        filled = 0;
        current = waiting.Dequeue();
        sentAt = now;
        BytesOut += current.Text.Length + 1;
        return new(current.Text, null);
    }

    /// <summary>Bytes from the line.</summary>
    public void Receive(ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        BytesIn += bytes.Length;
        while (!bytes.IsEmpty)
        {
            var taken = Math.Min(bytes.Length, buffer.Length - filled);
            bytes[..taken].CopyTo(buffer.AsSpan(filled));
            filled += taken;
            bytes = bytes[taken..];
            for (MegatecScan scan; (scan = MegatecScanner.Next(buffer.AsSpan(0, filled))).Consumed > 0;)
            {
                buffer.AsSpan(scan.Consumed, filled - scan.Consumed).CopyTo(buffer);
                filled -= scan.Consumed;
                if (scan.Text is { Length: > 0 } text && current is { } open)
                {
                    Take(open, text, now);
                }
            }
        }
    }

    /// <summary>The link broke: everything under way or waiting fails.</summary>
    public void LinkLost(TimeSpan now)
    {
        if (current is { } open)
        {
            Finish(open, null, MegatecFault.LinkLost, now);
        }

        while (waiting.TryDequeue(out var next))
        {
            outcomes.Enqueue(new(next, null, MegatecFault.LinkLost, TimeSpan.Zero));
        }

        filled = 0;
    }

    /// <summary>The next outcome, if any.</summary>
    public bool TryTake(out MegatecOutcome outcome) => outcomes.TryDequeue(out outcome!);

    private void Take(MegatecCommand open, string text, TimeSpan now)
    {
        var known = text != open.Text && text is not ("NAK" or "(NAK");
        Finish(open, known ? text : null, known ? MegatecFault.None : MegatecFault.NotKnown, now);
    }

    private void Finish(MegatecCommand open, string? answer, MegatecFault fault, TimeSpan now)
    {
        current = null;
        freeAt = now + Between;
        outcomes.Enqueue(new(open, answer, fault, now - sentAt));
    }
}
