using System.Collections.Concurrent;
using System.Collections.Immutable;
using RoomGuard.Bridge.Links;
using RoomGuard.Core.Power;

namespace RoomGuard.Bridge.Ups;

/// <summary>A wire with UPS units on it: what they say goes to the board, what they are ordered goes out (R-PWR-01, R-PWR-10).</summary>
public sealed class UpsWire : WireLoop
{
    private const int StackBytes = 256 * 1024;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly string id;
    private readonly IUpsTalk talk;
    private readonly UpsBoard board;
    private readonly ILogger log;
    private readonly byte[] buffer = new byte[1024];
    private readonly ConcurrentQueue<CommandUnit> orders = new();

    /// <summary>Prepares the wire; <see cref="WireLoop.Start"/> begins.</summary>
    /// <param name="units">The units on it.</param>
    public UpsWire(string id, ImmutableArray<string> units, ILinkSource source, IUpsTalk talk, UpsBoard board, TimeProvider time, ILogger log)
        : base($"ups wire {id}", StackBytes, LongestWait, source, time)
    {
        this.id = id;
        Units = units;
        this.talk = talk;
        this.board = board;
        this.log = log;
    }

    /// <summary>The units on it.</summary>
    public ImmutableArray<string> Units { get; }

    /// <summary>Takes an order on and returns at once. While the link is down nothing waits: it is answered that nothing was sent.</summary>
    public void Order(CommandUnit order)
    {
        orders.Enqueue(order);
        Wake.Set();
    }

    /// <inheritdoc/>
    protected override void CameUp()
    {
        log.UpsLinkUp(id, Source.Name);
        talk.LineUp(Elapsed);
    }

    /// <inheritdoc/>
    protected override void WentDown(string why, bool isNews)
    {
        if (isNews)
        {
            log.UpsLinkDown(id, why);
        }

        talk.LineDown(Elapsed, Time.GetUtcNow(), why);
        Deliver();
        SendBack();
    }

    /// <inheritdoc/>
    protected override void WhileDown() => SendBack();

    /// <inheritdoc/>
    protected override void Serve(IByteLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        while (!IsStopping)
        {
            while (orders.TryDequeue(out var order))
            {
                log.UpsOrdered(id, order.CommandId, order.Command, order.Ups);
                talk.Order(order);
            }

            var step = talk.Next(Elapsed, Time.GetUtcNow());
            Deliver();
            if (step.Reopen is { } why)
            {
                throw new LinkBrokenException($"{Source.Name}: {why}");
            }

            if (!step.Bytes.IsEmpty)
            {
                link.Write(step.Bytes.Span);
                continue;
            }

            var count = ReadUntil(link, buffer, step.Until);
            if (count > 0)
            {
                talk.Receive(buffer.AsSpan(0, count), Elapsed);
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
