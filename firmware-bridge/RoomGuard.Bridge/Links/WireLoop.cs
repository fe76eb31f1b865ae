namespace RoomGuard.Bridge.Links;

/// <summary>
/// The shell around the conversation on one wire: it owns the link, the thread and the clock, opens the link again when it breaks, and decides nothing. One thread per wire: a slow,
/// mad or broken one delays itself and nothing else (R-RED-06).
/// </summary>
public abstract class WireLoop : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Thread thread;
    private readonly long started;
    private readonly TimeSpan longestWait;

    /// <summary>Prepares the wire; <see cref="Start"/> begins.</summary>
    /// <param name="thread">The thread's name.</param>
    /// <param name="stackBytes">Its stack.</param>
    /// <param name="longestWait">Bounds every wait: what is due, an order and the end wake the thread sooner, so that this is only what a fault of ours could cost.</param>
    protected WireLoop(string thread, int stackBytes, TimeSpan longestWait, ILinkSource source, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        (this.longestWait, Source, Time, started) = (longestWait, source, time, time.GetTimestamp());
        this.thread = new(Run, stackBytes) { IsBackground = true, Name = thread };
    }

    /// <summary>Where its link comes from.</summary>
    protected ILinkSource Source { get; }

    /// <summary>The wire's clock.</summary>
    protected TimeProvider Time { get; }

    /// <summary>Ends every wait of the wire at once.</summary>
    protected WakeSignal Wake { get; } = new();

    /// <summary>The wire is being taken down, or has been: its wake-up handle may be gone.</summary>
    protected bool IsStopping => stop.IsCancellationRequested;

    /// <summary>Since the wire was prepared.</summary>
    protected TimeSpan Elapsed => Time.GetElapsedTime(started);

    /// <summary>Begins. Once.</summary>
    public void Start() => thread.Start();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Signals, waits for the thread, and only then closes: closing under a waiting thread would let a reused handle eat another's bytes.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
        {
            return;
        }

        stop.Cancel();
        Wake.Set();
        if (thread.IsAlive)
        {
            thread.Join();
        }

        Wake.Dispose();
        stop.Dispose();
    }

    /// <summary>The link is open.</summary>
    protected abstract void CameUp();

    /// <summary>The link is down, or could not be opened; called for every try.</summary>
    /// <param name="why">Names the link, what was seen and the next step.</param>
    /// <param name="isNews">It was up before, or was never tried.</param>
    protected abstract void WentDown(string why, bool isNews);

    /// <summary>Talks over the link until it breaks or the wire stops.</summary>
    /// <exception cref="LinkBrokenException">It is to be opened again.</exception>
    protected abstract void Serve(IByteLink link);

    /// <summary>What is due while the link is down.</summary>
    protected virtual void WhileDown()
    {
    }

    /// <summary>Reads what comes until a moment at the latest.</summary>
    /// <param name="until">By <see cref="Elapsed"/>; past: looks and returns.</param>
    /// <returns>Bytes read; 0: none, or something else is due.</returns>
    protected int ReadUntil(IByteLink link, Span<byte> into, TimeSpan until)
    {
        ArgumentNullException.ThrowIfNull(link);
        var rest = until - Elapsed;
        return link.Read(into, rest < TimeSpan.Zero ? TimeSpan.Zero : rest < longestWait ? rest : longestWait);
    }

    private void Run()
    {
        var (waits, isNews) = (new ReopenWaits(), true);
        while (!stop.IsCancellationRequested)
        {
            var wait = Try(waits, ref isNews);
            for (var until = Elapsed + wait; !stop.IsCancellationRequested && Elapsed < until;)
            {
                WhileDown();
                var rest = until - Elapsed;
                Wake.Wait(rest < longestWait ? rest : longestWait);
            }
        }
    }

    // Opens the link and serves it until it breaks; the answer is how long to wait before the next try.
    private TimeSpan Try(ReopenWaits waits, ref bool isNews)
    {
        TimeSpan? opened = null;
        try
        {
            using var link = Source.Open(Wake, stop.Token);
            opened = Elapsed;
            isNews = true;
            CameUp();
            Serve(link);
            return TimeSpan.Zero;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return TimeSpan.Zero;
        }
        catch (LinkBrokenException broken)
        {
            WentDown(broken.Message, isNews);
            isNews = false;
            return opened is { } since ? waits.AfterBreak(Elapsed - since) : waits.AfterFailure();
        }
    }
}
