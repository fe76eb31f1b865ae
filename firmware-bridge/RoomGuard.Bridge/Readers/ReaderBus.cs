using System.Collections.Concurrent;
using System.Collections.Immutable;
using RoomGuard.Bridge.Doors;
using RoomGuard.Bridge.Links;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Zones;
using RoomGuard.Wire.Osdp;

namespace RoomGuard.Bridge.Readers;

/// <summary>What all wires share with the outside.</summary>
/// <param name="Inbox">Where the room is told.</param>
/// <param name="Digester">Turns a card's number into its digest.</param>
/// <param name="Keys">Keys and identities of the readers.</param>
/// <param name="RandomBytes">Cryptographic chance.</param>
public sealed record ReaderSurroundings(
    IRoomInbox Inbox,
    CardDigester Digester,
    ReaderKeyStore Keys,
    TimeProvider Time,
    Func<int, byte[]> RandomBytes,
    ILogger Log);

/// <summary>Who hears of what a wire cannot settle by itself. Called on the wire's own thread: must return at once.</summary>
internal interface IWireListener
{
    /// <summary>R-DOOR-05: release this strike now.</summary>
    void ReleaseForExit(DoorId door, TimeSpan time);

    /// <summary>Something about a reader's key.</summary>
    void KeyMatter(DeviceId reader, AcuEvent item);
}

/// <summary>
/// A wire with readers on it, which decides nothing: what the protocol says is in <see cref="AcuBus"/>, what it means to the room in <see cref="ReaderInterpreter"/>.
/// </summary>
/// <remarks>The thread never waits for the room, so that an exit button releases its strike also while the room or its journal hangs (R-DOOR-05).</remarks>
public sealed class ReaderBus : WireLoop, IReaderWire
{
    // Enough for a crowd at every door of the wire; more means that the room hangs.
    private const int MostInputsWaiting = 256;
    private const int MostOrdersWaiting = 256;

    // More than five times what the fastest OSDP line can carry (230,400 baud: 23 kB/s).
    private const int MostBytesPerSecond = 128 * 1024;
    private const int StackBytes = 512 * 1024;

    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ShownEvery = TimeSpan.FromSeconds(1);

    private readonly BusPlan plan;
    private readonly ReaderSurroundings around;
    private readonly ReaderMeters meters;
    private readonly IWireListener listener;
    private readonly AcuBus acu;
    private readonly ReaderInterpreter interpreter;
    private readonly ConcurrentQueue<BusOrder> orders = new();
    private readonly Queue<RoomInput> untold = new();
    private readonly Dictionary<byte, ReaderSignal> shown = [];
    private readonly ReaderWatch[] watches;
    private readonly byte[] buffer = new byte[4096];

    private int ordersWaiting;
    private volatile bool up;
    private volatile Snapshot snapshot;
    private long dropped;
    private bool flooded;
    private long floodBytes;
    private int bytesThisSecond;
    private TimeSpan second;
    private TimeSpan nextShown;
    private TimeSpan nextLook;

    /// <summary>Prepares the wire; <see cref="WireLoop.Start"/> begins.</summary>
    internal ReaderBus(BusPlan plan, ILinkSource source, ReaderSurroundings around, ReaderMeters meters, IWireListener listener)
        : base($"wire {plan.Id}", StackBytes, LongestWait, source, around.Time)
    {
        this.plan = plan;
        this.around = around;
        this.meters = meters;
        this.listener = listener;
        var settings = AcuBusSettings.Usual with { BaudRate = plan.BaudRate };
        acu = new(settings, [.. plan.Readers.Select(reader => Known(reader, around.Keys))], around.RandomBytes);
        interpreter = new(plan, around.Digester);
        watches = [.. plan.Readers.Select(reader => new ReaderWatch(reader, acu.Counters(reader.Address)))];
        snapshot = new([.. watches.Select(Picture)]);
    }

    /// <summary>The wire's name.</summary>
    public string Id => plan.Id;

    /// <summary>Whether its link is open now.</summary>
    public bool IsUp => up;

    /// <summary>Its readers as last seen, at most a second old; thread-safe.</summary>
    public ImmutableArray<ReaderNow> Now() => snapshot.Readers;

    /// <inheritdoc/>
    public bool Give(BusOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);

        // A wire that has been taken down takes nothing more; its wake-up handle is gone.
        if (IsStopping)
        {
            return false;
        }

        // An order for a door is worth nothing once its wire is back: nobody stands there any more.
        var lasts = order is not (MoveOutput or ShowAtReader or AskFinger);
        if ((!up && !lasts) || Interlocked.Increment(ref ordersWaiting) > MostOrdersWaiting)
        {
            if (up || lasts)
            {
                Interlocked.Decrement(ref ordersWaiting);
            }

            return false;
        }

        orders.Enqueue(order);
        Wake.Set();
        return true;
    }

    private static AcuReaderSettings Known(ReaderPlan reader, ReaderKeyStore keys)
    {
        var known = keys.Of(reader.Reader);
        return new(reader.Address, SecureRequired: reader.ClearTextReason is null, known.Key ?? known.Candidate, known.Pinned);
    }

    /// <inheritdoc/>
    protected override void CameUp()
    {
        up = true;
        around.Log.LinkUp(plan.Id, Source.Name);
        acu.LineUp(Elapsed);
        Show();
    }

    /// <inheritdoc/>
    protected override void WentDown(string why, bool isNews)
    {
        up = false;
        if (isNews)
        {
            around.Log.LinkDown(plan.Id, why);
            Carry(interpreter.LineLost(why, around.Time.GetUtcNow()));
            acu.LineDown(Elapsed);
            Deliver();
        }

        Show();
    }

    /// <inheritdoc/>
    protected override void WhileDown() => Settle();

    /// <inheritdoc/>
    protected override void Serve(IByteLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        var sentAt = TimeSpan.Zero;
        ReaderWatch? asked = null;
        while (!IsStopping)
        {
            Settle();
            var step = acu.Next(Elapsed);
            Deliver();
            if (step.IsSend)
            {
                asked = WatchOf(step.Address);
                asked?.Asked();
                sentAt = Elapsed;
                link.Write(step.Bytes.Span);
                continue;
            }

            var count = link.Read(buffer, Until(step.Until) - Elapsed);
            if (count == 0)
            {
                continue;
            }

            if (TooMuch(link, count))
            {
                Wake.Wait(Breath);
                continue;
            }

            acu.Receive(buffer.AsSpan(0, count), Elapsed);
            if (asked is not null && asked.TookReply())
            {
                meters.Exchanged(plan.Id, Elapsed - sentAt);
            }

            Deliver();
        }
    }

    /// <summary>What is due beside the wire's own conversation.</summary>
    private void Settle()
    {
        TakeOrders();
        var now = Elapsed;
        if (interpreter.NextDue is { } due && now >= due)
        {
            Carry(interpreter.TimePassed(now, around.Time.GetUtcNow()));
        }

        CatchUp();
        if (now >= nextShown)
        {
            Show();
        }
    }

    private TimeSpan Until(TimeSpan asked)
    {
        var until = interpreter.NextDue is { } due && due < asked ? due : asked;
        var latest = Elapsed + (untold.Count > 0 ? Breath : LongestWait);
        return until < latest ? until : latest;
    }

    private void TakeOrders()
    {
        while (orders.TryDequeue(out var order))
        {
            Interlocked.Decrement(ref ordersWaiting);
            switch (order)
            {
                case MoveOutput move when up:
                    acu.Send(move.Address, move.Command);
                    break;
                case ShowAtReader show when up:
                    ShowSignal(show.Address, show.Signal);
                    break;
                case AskFinger ask when up:
                    acu.Match(ask.Address, interpreter.SensorThreshold(ask.Address), Elapsed + ask.Within);
                    break;
                case UseReaderKey use:
                    acu.UseKey(use.Address, use.Key, use.Pinned);
                    break;
                case OpenInstallMode install:
                    acu.BeginInstall(install.Address, install.Key, Elapsed + install.Window);
                    break;
                case ChangeReaderKey change:
                    acu.RotateKey(change.Address, change.Key);
                    break;
            }
        }
    }

    private void ShowSignal(byte address, ReaderSignal signal)
    {
        if (ReaderSignals.Of(signal).Lasting)
        {
            shown[address] = signal;
        }

        foreach (var command in ReaderSignals.Commands(signal, interpreter.Capabilities(address)))
        {
            acu.Send(address, command);
        }

        if (ReaderInterpreter.EndsAsking(signal))
        {
            acu.EndMatch(address);
        }
    }

    private void Deliver()
    {
        while (acu.TryTake(out var item))
        {
            Carry(interpreter.Take(item, Elapsed, around.Time.GetUtcNow()));
        }
    }

    private void Carry(IReadOnlyList<WireOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            switch (outcome)
            {
                case ReleaseForExit exit:
                    // First of all, and without asking anybody: nobody is locked in.
                    listener.ReleaseForExit(exit.Door, exit.For);
                    break;
                case TellRoom tell:
                    Tell(tell.Input);
                    break;
                case ShowAgain again when shown.TryGetValue(again.Address, out var signal):
                    ShowSignal(again.Address, signal);
                    break;
                case KeyMatter matter:
                    listener.KeyMatter(matter.Reader, matter.Event);
                    break;
                case OrderNotDone failed:
                    around.Log.OrderNotDone(failed.Text);
                    meters.NotDone("output");
                    break;
            }
        }
    }

    private void Tell(RoomInput input)
    {
        if (input is ReaderChanged changed)
        {
            Report(changed);
        }

        if (untold.Count == 0 && around.Inbox.TryPost(input))
        {
            return;
        }

        if (untold.Count < MostInputsWaiting)
        {
            untold.Enqueue(input);
            return;
        }

        if (dropped++ == 0)
        {
            around.Log.RoomBehind(plan.Id);
        }

        meters.InputDropped(plan.Id);
    }

    private void CatchUp()
    {
        while (untold.TryPeek(out var input) && around.Inbox.TryPost(input))
        {
            untold.Dequeue();
        }

        if (dropped > 0 && untold.Count == 0)
        {
            around.Log.RoomBack(plan.Id, dropped);
            dropped = 0;
            Carry(interpreter.TellAgain(around.Time.GetUtcNow()));
        }
    }

    private void Report(ReaderChanged changed)
    {
        nextShown = TimeSpan.Zero;
        if (changed.Condition is ReaderCondition.Online or ReaderCondition.TamperCleared)
        {
            around.Log.Condition(changed.Reader.Value, changed.Condition.ToString(), changed.Detail);
        }
        else
        {
            around.Log.BadCondition(changed.Reader.Value, changed.Condition.ToString(), changed.Detail);
        }
    }

    /// <summary>R-RED-06: a wire that brings more than a wire can carry is read in sips, so that it cannot eat the machine.</summary>
    private bool TooMuch(IByteLink link, int count)
    {
        var now = Elapsed;
        if (now - second >= TimeSpan.FromSeconds(1))
        {
            if (flooded && bytesThisSecond < MostBytesPerSecond)
            {
                flooded = false;
                around.Log.FloodOver(plan.Id, floodBytes);
                floodBytes = 0;
            }

            (second, bytesThisSecond) = (now, 0);
        }

        bytesThisSecond += count;
        if (bytesThisSecond < MostBytesPerSecond)
        {
            return false;
        }

        if (!flooded)
        {
            flooded = true;
            around.Log.Flooded(plan.Id);
            foreach (var watch in watches)
            {
                interpreter.Note(watch.Plan.Address, $"Bus {plan.Id} brings more than {MostBytesPerSecond} bytes per second, more than any wire can carry. Look for a device that talks unasked.", around.Time.GetUtcNow());
            }
        }

        floodBytes += count;
        meters.FloodDropped(plan.Id, count);
        link.DiscardInput();
        return true;
    }

    /// <summary>Makes what others see.</summary>
    private void Show()
    {
        var now = Elapsed;
        nextShown = now + ShownEvery;
        if (now >= nextLook)
        {
            nextLook = now + ReaderTrouble.Window;
            foreach (var watch in watches)
            {
                if (watch.Look(plan.Id) is { } trouble)
                {
                    interpreter.Note(watch.Plan.Address, trouble, around.Time.GetUtcNow());
                }
            }
        }

        snapshot = new([.. watches.Select(Picture)]);
    }

    private ReaderNow Picture(ReaderWatch watch)
    {
        var standing = interpreter.Standing(watch.Plan.Address);
        return new(
            watch.Plan.Reader,
            plan.Id,
            watch.Plan.Address,
            standing.Condition,
            watch.Counters.LastHeard is { } heard ? around.Time.GetUtcNow() - (Elapsed - heard) : null,
            standing.Secure,
            standing.Identity?.ToWords(),
            watch.Count(),
            standing.LastError,
            standing.LastErrorAt,
            standing.Findings);
    }

    private ReaderWatch? WatchOf(byte address)
    {
        foreach (var watch in watches)
        {
            if (watch.Plan.Address == address)
            {
                return watch;
            }
        }

        return null;
    }

    /// <summary>An immutable picture behind one reference, so that other threads see it whole.</summary>
    private sealed record Snapshot(ImmutableArray<ReaderNow> Readers);

    /// <summary>The counters of one reader, and what was seen of them before.</summary>
    private sealed class ReaderWatch(ReaderPlan plan, ReaderCounters counters)
    {
        private long repliesBefore;
        private ReaderTally lastLook;

        public ReaderPlan Plan => plan;

        public ReaderCounters Counters => counters;

        public void Asked() => repliesBefore = counters.Replies;

        public bool TookReply()
        {
            var took = counters.Replies > repliesBefore;
            repliesBefore = counters.Replies;
            return took;
        }

        public string? Look(string bus)
        {
            var now = ReaderTally.Of(counters);
            var trouble = ReaderTrouble.Describe(plan.Reader.Value, bus, lastLook, now);
            lastLook = now;
            return trouble;
        }

        public ImmutableSortedDictionary<string, long> Count() => ImmutableSortedDictionary.CreateRange(
            StringComparer.Ordinal,
            [
                new("polls", counters.Polls),
                new("commands", counters.Commands),
                new("replies", counters.Replies),
                new("timeouts", counters.Timeouts),
                new("repeats", counters.Repeats),
                new("badCheck", counters.BadCheck),
                new("badLength", counters.BadLength),
                new("noise", counters.Noise),
                new("badData", counters.BadData),
                new("nak", counters.Nak),
                new("busy", counters.Busy),
                new("macFailures", counters.MacFailures),
                new("clearText", counters.ClearText),
                new("lateReplies", counters.LateReplies),
                new("unexpected", counters.Unexpected),
                new("restarts", counters.Restarts),
                new("handshakes", counters.Handshakes),
                new("handshakeFailures", counters.HandshakeFailures),
                new("foreignCommands", counters.ForeignCommands),
                new("echoes", counters.Echoes),
                new("cards", counters.Cards),
                new KeyValuePair<string, long>("slowestReplyMs", (long)counters.SlowestReply.TotalMilliseconds),
            ]);
    }
}
