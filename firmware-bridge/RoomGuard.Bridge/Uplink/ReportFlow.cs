namespace RoomGuard.Bridge.Uplink;

/// <summary>What the flow wants next.</summary>
public abstract record ReportStep;

/// <summary>Send a report.</summary>
/// <param name="From">First entry to send.</param>
/// <param name="Most">At most so many entries; 0: the state alone, and to be told where the service stands.</param>
public sealed record SendReport(long From, int Most) : ReportStep;

/// <summary>Nothing to do until then, or until the journal has grown.</summary>
/// <param name="Until">Monotonic.</param>
public sealed record RestReport(TimeSpan Until) : ReportStep;

/// <summary>
/// When to report what. Knows the time only by being told, opens nothing, sends nothing. The journal is the only queue: with the service
/// away for days nothing here grows (R-RED-01, R-RED-02).
/// </summary>
/// <remarks>
/// After every break the service is first asked where it stands, with the state alone. It answers with the number it expects, and sending goes
/// on there: nothing is skipped, and what was sent twice is applied once because it has its number. So no mark of ours has to be right.
/// </remarks>
public sealed class ReportFlow(GrowingWait waits)
{
    /// <summary>Most entries in one report.</summary>
    public const int MostEntries = 500;

    /// <summary>Entries of one report hold at most so many bytes, unless one alone has more.</summary>
    public const int MostBytes = 1 << 20;

    private static readonly TimeSpan WhenChanged = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(5);

    private TimeSpan? lastSent;
    private TimeSpan notBefore;
    private long sentStamp = -1;

    /// <summary>The number the service expects next; null while the line is down or was not yet asked.</summary>
    public long? ServiceNext { get; private set; }

    /// <summary>The highest number the service ever acknowledged.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Set when the service holds more of this journal than there is: it was restored from an old copy. Nothing is sent then.</summary>
    public bool JournalIsShort { get; private set; }

    /// <summary>Since when the line is down, monotonic; null while it is up.</summary>
    public TimeSpan? DownSince { get; private set; } = TimeSpan.Zero;

    /// <summary>What to do now.</summary>
    /// <param name="journalSize">Entries in the journal.</param>
    /// <param name="stateStamp">Stamp of the newest state; another one than sent is a change.</param>
    public ReportStep Next(TimeSpan now, long journalSize, long stateStamp)
    {
        if (now < notBefore)
        {
            return new RestReport(notBefore);
        }

        if (ServiceNext is not { } next)
        {
            return Sent(now, stateStamp, new(0, 0));
        }

        if (journalSize > next)
        {
            return Sent(now, stateStamp, new(next, MostEntries));
        }

        var due = lastSent + (stateStamp == sentStamp ? AtLeast : WhenChanged) ?? now;
        return now >= due ? Sent(now, stateStamp, new(next, 0)) : new RestReport(due);
    }

    /// <summary>The service answered.</summary>
    /// <param name="sentUntil">First number after those sent; what was asked from when none were.</param>
    public void Answered(TimeSpan now, long nextSeq, long journalSize, long sentFrom, long sentUntil)
    {
        DownSince = null;
        JournalIsShort = nextSeq > journalSize;
        if (JournalIsShort || (sentUntil > sentFrom && nextSeq == sentFrom))
        {
            // Sending the same again at once would be a busy loop; the service may get well, or a person has to look.
            ServiceNext = null;
            notBefore = now + waits.Next();
            return;
        }

        ServiceNext = nextSeq;
        Acknowledged = Math.Max(Acknowledged, nextSeq);
        waits.Reset();
    }

    /// <summary>The line or the service failed.</summary>
    public void Failed(TimeSpan now)
    {
        DownSince ??= now;
        ServiceNext = null;
        notBefore = now + waits.Next();
    }

    private SendReport Sent(TimeSpan now, long stateStamp, SendReport step)
    {
        lastSent = now;
        sentStamp = stateStamp;
        return step;
    }
}
