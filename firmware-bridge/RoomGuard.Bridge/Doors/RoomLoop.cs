using RoomGuard.Bridge.Links;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;

namespace RoomGuard.Bridge.Doors;

/// <summary>
/// The room's own thread around <see cref="RoomTurn"/>: it alone decides and writes. A thread and not a task, because a badge must not wait
/// for its place in a pool that other work has filled.
/// </summary>
public sealed class RoomLoop : IRoom, IDisposable
{
    // Posters wait beyond this. 64 readers at a badge a second are a minute behind by then, and memory has an end.
    private const int LongestQueue = 4096;

    // So many that can wait are taken nevertheless.
    private const int LongestPatience = 1024;

    private static readonly TimeSpan BetweenMaintenance = TimeSpan.FromSeconds(5);

    private readonly Action<Exception> broken;
    private readonly TimeProvider time;
    private readonly RoomMeters meters;
    private readonly ILogger log;
    private readonly WakeSignal wake = new();
    private readonly object gate = new();
    private readonly Thread thread;
    private List<RoomPost> waiting = new(64);
    private List<RoomPost> taken = new(64);
    private volatile RoomState state = RoomState.Unknown;
    private volatile bool stopping;
    private bool asleep;
    private bool ended;
    private long maintainedAt;
    private RoomTurn turn = null!;
    private Action wrote = null!;

    /// <summary>Makes the room's inbox; <see cref="Start"/> begins to empty it.</summary>
    /// <param name="broken">Called when a belief of the room broke; the program must end, for going on with it is worse than a gap.</param>
    public RoomLoop(Action<Exception> broken, TimeProvider time, RoomMeters meters, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(meters);
        this.broken = broken;
        this.time = time;
        this.meters = meters;
        this.log = log;
        thread = new(Run) { Name = "room", IsBackground = true };
        meters.Watch(() => state, () => Waiting);
    }

    /// <summary>What the room last said of itself.</summary>
    public RoomState State => state;

    /// <summary>Posts not yet taken.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
            {
                return waiting.Count;
            }
        }
    }

    /// <summary>Begins to decide.</summary>
    /// <param name="begun">The room itself. From now on only this loop's thread touches it.</param>
    /// <param name="told">Called after something durable was written, on the room's thread; must not wait.</param>
    public void Start(RoomTurn begun, Action told)
    {
        turn = begun;
        wrote = told;
        thread.Start();
    }

    /// <inheritdoc/>
    public void Post(RoomInput input) => Enqueue(new(input, null, null, time.GetTimestamp()), wait: true);

    /// <inheritdoc/>
    public bool TryPost(RoomInput input, bool canWait = false) => Enqueue(new(input, null, null, time.GetTimestamp()), wait: false, canWait);

    /// <inheritdoc/>
    public Task<bool> PostAsync(RoomInput input)
    {
        var durable = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(new(input, null, durable, time.GetTimestamp()), wait: true);
        return durable.Task;
    }

    /// <inheritdoc/>
    public Task<bool> RecordAsync(RecordedEvent item)
    {
        var durable = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(new(null, item, durable, time.GetTimestamp()), wait: true);
        return durable.Task;
    }

    /// <summary>Takes what still waits, decides it, and ends. Nothing may be posted any more.</summary>
    public void Stop()
    {
        stopping = true;
        wake.Set();
        if (thread.IsAlive)
        {
            thread.Join();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        wake.Dispose();
    }

    private bool Enqueue(RoomPost post, bool wait, bool canWait = false)
    {
        bool signal;
        lock (gate)
        {
            while (waiting.Count >= LongestQueue && !stopping)
            {
                if (!wait)
                {
                    return false;
                }

                Monitor.Wait(gate);
            }

            if (ended)
            {
                post.Durable?.TrySetResult(false);
                return false;
            }

            waiting.Add(post);
            signal = asleep && (!canWait || waiting.Count >= LongestPatience);
            asleep = asleep && !signal;
        }

        if (signal)
        {
            wake.Set();
        }

        return true;
    }

    private void Run()
    {
        try
        {
            while (Take(out var last))
            {
                if (turn.Run(taken))
                {
                    wrote();
                }

                state = turn.State;
                taken.Clear();
                if (last)
                {
                    Forsake();
                    return;
                }
            }
        }
        catch (Exception impossible)
        {
            log.RoomBroken(impossible);
            Forsake();
            broken(impossible);
        }
    }

    /// <summary>Waits until something is to be done, then takes all that waits.</summary>
    private bool Take(out bool last)
    {
        var rested = false;
        while (true)
        {
            last = stopping;
            lock (gate)
            {
                if (waiting.Count > 0)
                {
                    (waiting, taken) = (taken, waiting);
                    Monitor.PulseAll(gate);
                    return true;
                }

                asleep = !rested && !last;
            }

            if (rested || last)
            {
                return true;
            }

            MaintainNowAndThen();
            wake.Wait(turn.Rest());
            lock (gate)
            {
                asleep = false;
            }

            rested = true;
        }
    }

    // Moving the write-ahead log takes milliseconds a badge would have to wait for; so rarely, and only when nothing waits.
    private void MaintainNowAndThen()
    {
        if (time.GetElapsedTime(maintainedAt) >= BetweenMaintenance)
        {
            turn.Maintain();
            maintainedAt = time.GetTimestamp();
        }
    }

    /// <summary>Nothing is decided any more; whoever waits for an outcome is told that there is none.</summary>
    private void Forsake()
    {
        stopping = true;
        lock (gate)
        {
            ended = true;
            foreach (var post in waiting.Concat(taken))
            {
                post.Durable?.TrySetResult(false);
            }

            waiting.Clear();
            Monitor.PulseAll(gate);
        }
    }
}
