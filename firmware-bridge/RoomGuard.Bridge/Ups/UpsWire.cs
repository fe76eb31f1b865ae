using System.Collections.Concurrent;
using System.Collections.Immutable;
using RoomGuard.Bridge.Links;
using RoomGuard.Core.Power;

namespace RoomGuard.Bridge.Ups;

/// <summary>The shell around the conversation on one wire: it owns the link, the thread and the clock, and decides nothing. One thread per wire (R-RED-06).</summary>
public sealed class UpsWire : IDisposable
{
    private const int StackBytes = 256 * 1024;

    // What is due, an order and the end wake the thread sooner; this only bounds what a fault of ours could cost.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly string id;
    private readonly ILinkSource source;
    private readonly IUpsTalk talk;
    private readonly UpsBoard board;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly WakeSignal wake = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Thread thread;
    private readonly long started;
    private readonly byte[] buffer = new byte[1024];
    private readonly ConcurrentQueue<CommandUnit> orders = new();
    private bool downTold;

    /// <summary>Prepares the wire; <see cref="Start"/> begins.</summary>
    /// <param name="units">The units on it.</param>
    public UpsWire(string id, ImmutableArray<string> units, ILinkSource source, IUpsTalk talk, UpsBoard board, TimeProvider time, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(time);
        this.id = id;
        Units = units;
        this.source = source;
        this.talk = talk;
        this.board = board;
        this.time = time;
        this.log = log;
        started = time.GetTimestamp();
        thread = new(Run, StackBytes) { IsBackground = true, Name = $"ups wire {id}" };
    }

    /// <summary>The units on it.</summary>
    public ImmutableArray<string> Units { get; }

    /// <summary>Takes an order on and returns at once. While the link is down nothing waits: it is answered that nothing was sent.</summary>
    public void Order(CommandUnit order)
    {
        orders.Enqueue(order);
        wake.Set();
    }

    /// <summary>Begins. Once.</summary>
    public void Start() => thread.Start();

    /// <summary>Signals, waits for the thread, and only then closes.</summary>
    public void Dispose()
    {
        stop.Cancel();
        wake.Set();
        if (thread.IsAlive)
        {
            thread.Join();
        }

        wake.Dispose();
        stop.Dispose();
    }

    private TimeSpan Elapsed() => time.GetElapsedTime(started);

    private void Run()
    {
        var waits = new ReopenWaits();
        while (!stop.IsCancellationRequested)
        {
            var wait = Try(waits);
            for (var until = Elapsed() + wait; !stop.IsCancellationRequested && Elapsed() < until;)
            {
                SendBack();
                var rest = until - Elapsed();
                wake.Wait(rest < LongestWait ? rest : LongestWait);
            }
        }
    }

    private TimeSpan Try(ReopenWaits waits)
    {
        TimeSpan? opened = null;
        try
        {
            using var link = source.Open(wake, stop.Token);
            opened = Elapsed();
            downTold = false;
            log.UpsLinkUp(id, source.Name);
            talk.LineUp(opened.Value);
            Serve(link);
            return TimeSpan.Zero;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return TimeSpan.Zero;
        }
        catch (LinkBrokenException broken)
        {
            if (!downTold)
            {
                downTold = true;
                log.UpsLinkDown(id, broken.Message);
            }

            talk.LineDown(Elapsed(), time.GetUtcNow(), broken.Message);
            Deliver();
            SendBack();
            return opened is { } since ? waits.AfterBreak(Elapsed() - since) : waits.AfterFailure();
        }
    }

    private void Serve(IByteLink link)
    {
        while (!stop.IsCancellationRequested)
        {
            while (orders.TryDequeue(out var order))
            {
                log.UpsOrdered(id, order.CommandId, order.Command, order.Ups);
                talk.Order(order);
            }

            var step = talk.Next(Elapsed(), time.GetUtcNow());
            Deliver();
            if (step.Reopen is { } why)
            {
                throw new LinkBrokenException($"{source.Name}: {why}");
            }

            if (!step.Bytes.IsEmpty)
            {
                link.Write(step.Bytes.Span);
                continue;
            }

            var rest = step.Until - Elapsed();
            var count = link.Read(buffer, rest < TimeSpan.Zero ? TimeSpan.Zero : rest < LongestWait ? rest : LongestWait);
            if (count > 0)
            {
                talk.Receive(buffer.AsSpan(0, count), Elapsed());
            }
        }
    }

    private void Deliver()
    {
        while (talk.TryTake(out var reading))
        {
            board.Take(reading);
        }

        while (talk.TryTakeAnswer(out var answer))
        {
            board.Answer(answer);
        }
    }

    // Nothing is kept for later: a command that comes after its time is worse than none.
    private void SendBack()
    {
        while (orders.TryDequeue(out var order))
        {
            board.Answer(new(order.CommandId, UpsCommandAnswer.Silent, "the link is down; nothing was sent"));
        }
    }
}

internal static partial class UpsLog
{
    [LoggerMessage(1501, LogLevel.Information, "UPS wire {Wire}: {Link} is open")]
    public static partial void UpsLinkUp(this ILogger log, string wire, string link);

    [LoggerMessage(1502, LogLevel.Warning, "UPS wire {Wire}: {Why}")]
    public static partial void UpsLinkDown(this ILogger log, string wire, string why);

    [LoggerMessage(1508, LogLevel.Warning, "UPS wire {Wire}: {CommandId}, {Command} is sent to {Ups}")]
    public static partial void UpsOrdered(this ILogger log, string wire, string commandId, UpsCommand command, string ups);

    [LoggerMessage(1503, LogLevel.Information, "NUT server on {Address}:{Port}, {Names} names")]
    public static partial void NutListening(this ILogger log, string address, int port, int names);

    [LoggerMessage(1504, LogLevel.Warning, "NUT: {User} from {From} declares that everybody on {Name} must shut down")]
    public static partial void NutForcedShutdown(this ILogger log, string name, string user, string from);

    [LoggerMessage(1505, LogLevel.Information, "NUT: {User} at {From} logged in to {Name}")]
    public static partial void NutLoggedIn(this ILogger log, string name, string user, string from);

    [LoggerMessage(1506, LogLevel.Information, "NUT: {User} at {From} has gone from {Name}")]
    public static partial void NutLoggedOut(this ILogger log, string name, string user, string from);

    [LoggerMessage(1507, LogLevel.Warning, "NUT: wrong passwords from {From}; none are looked at for {Wait}")]
    public static partial void NutLockedOut(this ILogger log, string from, TimeSpan wait);
}
