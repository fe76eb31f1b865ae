using System.Collections.Immutable;
using System.Diagnostics;
using RoomGuard.Core.Cabinets;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Gates;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Power;
using RoomGuard.Core.Record;
using RoomGuard.Evidence;

namespace RoomGuard.Bridge.Doors;

/// <summary>One thing waiting at the room's door.</summary>
/// <param name="Input">To be decided; null when <paramref name="Fact"/> is only to be written down.</param>
/// <param name="Fact">To be written down as it is.</param>
/// <param name="Durable">Told whether all it led to is durable; null when nobody waits.</param>
/// <param name="PostedAt">Monotonic timestamp of its arrival.</param>
public readonly record struct RoomPost(RoomInput? Input, RecordedEvent? Fact, TaskCompletionSource<bool>? Durable, long PostedAt);

/// <summary>
/// The room's turn: everything that waits is decided, written in one durable append, and only then acted on. Knows no thread; whoever
/// calls it is the one writer.
/// </summary>
/// <remarks>
/// The order is the promise: no strike is released before its entry is on the medium. When the journal cannot be written, what was to be
/// released stays shut, ways out and locking are done all the same (<see cref="Act.Always"/>), and everything else waits in bounded memory
/// until it can be written (R-LOG-01).
/// </remarks>
public sealed class RoomTurn
{
    /// <summary>Events kept in memory while nothing can be written. Later ones are counted, not kept: memory has an end, and the gap says how many.</summary>
    public const int MostKept = 10_000;

    // Events of other namespaces have their state in the snapshot beside the doors'.
    private static readonly string? OfDoors = typeof(EntryGranted).Namespace;

    // More at once would make the next badge wait for a long write.
    private const int MostPerAppend = 500;

    // NTP slews at most 0.5 ms a second; anything beyond this between two looks was a step.
    private static readonly TimeSpan SmallestStep = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestLook = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(10);

    // Readings alone change nothing anybody waits for: the pages are told of them so often.
    private static readonly TimeSpan BetweenReadings = TimeSpan.FromSeconds(2);

    private readonly EntryControl control;
    private readonly PowerControl power;
    private readonly ClimateControl climate;
    private readonly GateWatch gates;
    private readonly CabinetWatch cabinets;
    private readonly IRoomJournal journal;
    private readonly IDoorDevices devices;
    private readonly TimeProvider time;
    private readonly RoomMeters meters;
    private readonly ILogger log;

    private readonly List<RecordedEvent> writes = [];
    private readonly List<Act> acts = [];
    private readonly Queue<RecordedEvent> kept = [];
    private DateTimeOffset lastWall;
    private long lastMono;
    private bool snapshotDue;

    // Which parts a snapshot must hold. At the start all of it: whoever wrote the last one may have kept it otherwise.
    private bool powerDue = true;
    private bool climateDue = true;
    private GrantIndex? list;
    private JournalFault? fault;
    private long stamp;
    private long durableAt;
    private long publishedAt;
    private long climateStamp = -1;
    private long climateAt;
    private bool onlyReadings;

    /// <summary>A room that has not yet seen anything.</summary>
    /// <param name="power">The power behind it; null: no UPS hangs on this bridge.</param>
    /// <param name="climate">The climate in it; null: no sensor is heard by this bridge.</param>
    /// <param name="cabinets">Its racks and cabinets; null: none are watched.</param>
    /// <param name="gates">Its gates for asset tags; null: none says that it is alive.</param>
    public RoomTurn(
        EntryControl control, IRoomJournal journal, IDoorDevices devices, TimeProvider time, RoomMeters meters, ILogger log, PowerControl? power = null, ClimateControl? climate = null,
        CabinetWatch? cabinets = null, GateWatch? gates = null)
    {
        this.control = control;
        this.power = power ?? new([], new());
        this.climate = climate ?? new(ClimatePlan.None, new());
        this.cabinets = cabinets ?? new([]);
        this.gates = gates ?? new([]);
        this.journal = journal;
        this.devices = devices;
        this.time = time;
        this.meters = meters;
        this.log = log;
        (lastWall, lastMono) = (time.GetUtcNow(), time.GetTimestamp());
    }

    /// <summary>How the journal stands.</summary>
    public JournalCondition Journal => fault?.Condition ?? JournalCondition.Writing;

    /// <summary>The room as it stands after the last turn.</summary>
    public RoomState State { get; private set; } = RoomState.Unknown;

    /// <summary>How long the room may be left alone: until something falls due, at most a second, so that a clock step is seen (R-TIME-04).</summary>
    public TimeSpan Rest()
    {
        var rest = TimeSpan.FromSeconds(1);
        if (control.NextDue is { } due)
        {
            rest = Shorter(rest, due - time.GetUtcNow());
        }

        if (power.NextDue is { } look)
        {
            rest = Shorter(rest, look - time.GetUtcNow());
        }

        if (climate.NextDue is { } tick)
        {
            rest = Shorter(rest, tick - time.GetUtcNow());
        }

        if (gates.NextDue is { } count)
        {
            rest = Shorter(rest, count - time.GetUtcNow());
        }

        if (cabinets.NextDue is { } silent)
        {
            rest = Shorter(rest, silent - time.GetUtcNow());
        }

        if (fault is { } open)
        {
            rest = Shorter(rest, time.GetElapsedTime(time.GetTimestamp(), open.NextTry));
        }

        return rest < TimeSpan.Zero ? TimeSpan.Zero : rest;
    }

    /// <summary>Decides, writes and acts on everything that waits.</summary>
    /// <returns>True when something was written, so that the uplink should look.</returns>
    public bool Run(IReadOnlyList<RoomPost> waiting)
    {
        ArgumentNullException.ThrowIfNull(waiting);
        if (fault is not null && time.GetTimestamp() >= fault.NextTry)
        {
            Recover();
        }

        LookAtTheClock();
        onlyReadings = waiting.Count > 0;
        for (var i = 0; i < waiting.Count; i++)
        {
            var post = waiting[i];
            if (post.Fact is { } fact)
            {
                writes.Add(fact);
            }

            onlyReadings &= post.Input is UpsHeard or SensorHeard;
            if (post.Input is { } input)
            {
                Step(input);
            }
        }

        if (control.NextDue is { } due && time.GetUtcNow() is var now && due <= now)
        {
            Take(control.Handle(new TimePassed(now)));
        }

        if (power.NextDue is { } look && time.GetUtcNow() is var then && look <= then)
        {
            Take(power.Handle(new TimePassed(then)));
        }

        if (climate.NextDue is { } tick && time.GetUtcNow() is var passed && tick <= passed)
        {
            Take(climate.Handle(new TimePassed(passed)));
        }

        if (gates.NextDue is { } count && time.GetUtcNow() is var gone && count <= gone)
        {
            Take(gates.Handle(new TimePassed(gone)));
        }

        if (cabinets.NextDue is { } silent && time.GetUtcNow() is var late && silent <= late)
        {
            Take(cabinets.Handle(new TimePassed(late)));
        }

        var wrote = writes.Count > 0;
        var handled = wrote || acts.Count > 0 || waiting.Count > 0;
        var decidedAt = time.GetTimestamp();
        var durable = Commit();
        for (var i = 0; i < waiting.Count; i++)
        {
            waiting[i].Durable?.TrySetResult(durable);
        }

        if (snapshotDue && fault is null)
        {
            Remember();
        }

        if (handled)
        {
            meters.TurnDone(waiting, decidedAt, durableAt, time);
            if (!onlyReadings || wrote || time.GetElapsedTime(publishedAt) >= BetweenReadings)
            {
                Publish();
            }
        }

        return wrote && durable;
    }

    /// <summary>Housekeeping of the journal, for a moment when nothing waits.</summary>
    public void Maintain()
    {
        if (fault is not null)
        {
            return;
        }

        try
        {
            journal.Maintain();
        }
        catch (EvidenceWriteException failure)
        {
            Fail(failure);
        }
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private void Step(RoomInput input)
    {
        // An item at a gate moves no door: it is written down, and the office judges it.
        if (input is AssetTagHeard or GateAlive)
        {
            Take(gates.Handle(input));
            return;
        }

        if (input is CabinetHeard)
        {
            Take(cabinets.Handle(input));
            return;
        }

        if (input is GrantListArrived arrived && arrived.Index.List.Version >= (control.ListVersion ?? 0))
        {
            list = arrived.Index;
        }

        if (input is not (PowerInput or ClimateInput))
        {
            Take(control.Handle(input));
        }

        if (input is PowerInput or RoomStarted or RoomOrderArrived or ClockStepped)
        {
            Take(power.Handle(input));
        }

        if (input is SensorHeard heard && climate.Watches(heard.Report.SensorId) && ArresterRead.Of(heard) is { } arrester)
        {
            Take(power.Handle(arrester));
        }

        if (input is RoomStarted or GatewayTold or SensorReachTold || (input is SensorHeard told && cabinets.Watches(told.Report.SensorId)))
        {
            Take(cabinets.Handle(input));
        }

        if (input is ClimateInput or RoomStarted or RoomOrderArrived or ClockStepped)
        {
            Take(climate.Handle(input));
        }

        if (input is RoomStarted or ClockStepped)
        {
            Take(gates.Handle(input));
        }
    }

    private void Take(ImmutableArray<Effect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case Write write:
                    writes.Add(write.Event);
                    break;
                case Act act:
                    acts.Add(act);
                    break;
                case TellDoors told:
                    Take(control.Handle(told.Input));
                    break;
                default:
                    throw new UnreachableException($"No runner for {effect.GetType().Name}.");
            }
        }
    }

    private bool Commit()
    {
        snapshotDue |= control.PresenceOrOrdersChanged || power.Changed || climate.Changed;
        var later = snapshotDue && CanFollow();
        if (fault is { Condition: JournalCondition.Failed } open)
        {
            Keep(open, writes);
            Act(onlyAlways: true);
            return false;
        }

        if (writes.Count > 0 || (snapshotDue && !later))
        {
            var began = time.GetTimestamp();
            try
            {
                if (snapshotDue && !later)
                {
                    AppendWithSnapshot(writes);
                }
                else
                {
                    journal.Append(writes, null);
                }
            }
            catch (EvidenceWriteException failure)
            {
                Fail(failure);
                return false;
            }

            snapshotDue = later;
            meters.Committed(writes, time.GetElapsedTime(began));
            writes.Clear();
        }

        durableAt = time.GetTimestamp();
        Act(onlyAlways: false);
        return true;
    }

    /// <summary>
    /// Whether the snapshot may follow in an append of its own, right after the orders. What a strike waits for is its entry; that the door
    /// machine has moved is remembered a moment later. Who is inside, what was ordered and what stands in the room besides its doors (power, climate, gates, cabinets) always go with
    /// their entries: after a kill in between they would be told a second time.
    /// </summary>
    private bool CanFollow()
    {
        var strikeWaits = false;
        for (var i = 0; i < acts.Count; i++)
        {
            strikeWaits |= acts[i] is { Always: false, Order: ReleaseStrike };
        }

        return strikeWaits && !writes.Exists(item =>
            item.GetType().Namespace != OfDoors
            || item is PersonEntered or PersonLeft or PresenceMismatch or EscortHandedOver or SuspensionApplied or LockdownApplied or GrantListApplied or RoomOrderApplied or ZoneModeChanged);
    }

    // A badge waits for this: thousands of sensors are not written down again because a person went in.
    private void AppendWithSnapshot(IReadOnlyList<RecordedEvent> events)
    {
        powerDue |= power.Changed;
        climateDue |= climate.Changed;
        journal.Append(events, control.Snapshot() with
        {
            Power = powerDue && !power.IsEmpty ? power.Snapshot() : null,
            Climate = climateDue && !climate.IsEmpty ? climate.Snapshot() : null,
        });
        powerDue = climateDue = false;
    }

    private void Remember()
    {
        try
        {
            AppendWithSnapshot([]);
            snapshotDue = false;
        }
        catch (EvidenceWriteException failure)
        {
            Fail(failure);
        }
    }

    private void Act(bool onlyAlways)
    {
        for (var i = 0; i < acts.Count; i++)
        {
            if (acts[i].Always || !onlyAlways)
            {
                devices.Execute(acts[i].Order);
            }
        }

        acts.Clear();
    }

    /// <summary>The second path of the alarm, since the first is the journal itself: the log at Error, readiness and a metric.</summary>
    private void Fail(EvidenceWriteException failure)
    {
        var now = time.GetUtcNow();
        var full = failure.Cause == EvidenceWriteCause.DiskFull;
        log.JournalFailed(failure.Cause, failure.Message, failure);
        fault = new(now, failure.Cause, failure.Message)
        {
            Condition = JournalCondition.Failed,
            Wait = FirstRetry,
            DiskWasFull = full || fault is { DiskWasFull: true },
            BatchInDoubt = [.. writes],
        };
        if (full)
        {
            journal.SpendBallast();
        }

        Keep(fault, writes);
        Act(onlyAlways: true);
        Step(new JournalFailed(now, failure.Cause.ToString()));
        snapshotDue |= control.PresenceOrOrdersChanged || power.Changed || climate.Changed;
        Keep(fault, writes);
        Act(onlyAlways: true);
        fault.NextTry = full ? time.GetTimestamp() : After(fault.Wait);
    }

    private void Keep(JournalFault open, List<RecordedEvent> events)
    {
        foreach (var item in events)
        {
            if (kept.Count < MostKept)
            {
                kept.Enqueue(item is EntryGranted granted ? Refused(granted) : item);
            }
            else
            {
                open.Lost++;
            }
        }

        events.Clear();
    }

    // A grant whose entry is not on the medium was never one: the strike stayed locked, and the record says so.
    private static EntryDenied Refused(EntryGranted granted) => new(
        granted.OccurredAt,
        granted.Door,
        granted.Zone,
        granted.Reader,
        DenyReason.RecordUnavailable,
        granted.Person,
        granted.Credential,
        granted.CardDigest,
        granted.Grant,
        granted.Methods,
        granted.ListVersion,
        granted.Rules,
        granted.Visit);

    private void Recover()
    {
        var open = fault!;
        if (open.Condition == JournalCondition.Failed && !WriteWhatWasKept(open))
        {
            open.Wait = Shorter(open.Wait * 2, LongestRetry);
            open.NextTry = After(open.Wait);
            return;
        }

        if (open.DiskWasFull && !journal.RestoreBallast())
        {
            // Written again, on the reserve alone. Entering goes on only when there is space for what entering leads to.
            if (open.Condition != JournalCondition.OnReserve)
            {
                open.Condition = JournalCondition.OnReserve;
                log.JournalOnReserve();
                Publish();
            }

            open.NextTry = After(LongestRetry / 2);
            return;
        }

        fault = null;
        log.JournalRecovered(time.GetUtcNow() - open.Since);
        Step(new JournalRecovered(time.GetUtcNow(), open.Lost));
    }

    private bool WriteWhatWasKept(JournalFault open)
    {
        try
        {
            var survived = open.Reopened ? 0 : journal.Reopen();
            if (survived > 0)
            {
                DropSurvivors(open, (int)survived);
            }

            open.Reopened = true;
            do
            {
                // With nothing kept the room's snapshot alone shows whether the medium takes it again.
                List<RecordedEvent> batch = [.. kept.Take(MostPerAppend)];
                AppendWithSnapshot(batch);
                for (var i = 0; i < batch.Count; i++)
                {
                    kept.Dequeue();
                }
            }
            while (kept.Count > 0);
            snapshotDue = false;
            return true;
        }
        catch (EvidenceWriteException failure)
        {
            open.Reopened = false;
            open.BatchInDoubt = [];
            log.JournalStillFailing(failure.Cause, open.Wait);
            return false;
        }
    }

    // The flush failed after the bytes had reached the medium: those events are in the journal and must not stand there twice.
    private void DropSurvivors(JournalFault open, int survived)
    {
        var there = new HashSet<RecordedEvent>(open.BatchInDoubt.Take(survived), ReferenceEqualityComparer.Instance);
        var rest = kept.Where(item => !there.Contains(item)).ToList();
        kept.Clear();
        rest.ForEach(kept.Enqueue);
    }

    private void LookAtTheClock()
    {
        var before = time.GetTimestamp();
        var wall = time.GetUtcNow();
        var mono = time.GetTimestamp();
        if (time.GetElapsedTime(before, mono) > LongestLook)
        {
            // Put aside between the two clocks; the difference would say nothing. The next look will.
            return;
        }

        var expected = lastWall + time.GetElapsedTime(lastMono, mono);
        (lastWall, lastMono) = (wall, mono);
        if ((wall - expected).Duration() >= SmallestStep)
        {
            log.ClockStepped(wall - expected);
            meters.ClockStepped();
            Step(new ClockStepped(wall, expected));
        }
    }

    private long After(TimeSpan wait) => time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);

    private void Publish()
    {
        var doors = control.DoorsNow();
        var inside = control.InsideNow();
        var last = State;
        publishedAt = time.GetTimestamp();
        State = new(
            ++stamp,
            Same(last.Doors, doors),
            Same(last.Inside, inside),
            control.ListVersion,
            list?.List.IssuedAt,
            control.SuspensionSerial,
            Journal,
            fault?.Message,
            list,
            power.Units.IsEmpty ? null : power.Now(),
            climate.IsEmpty ? null : ClimateNow(last.Climate));
    }

    // Thousands of sensors are not gone through for a badge: anew when a condition has changed, else as often as readings are told.
    private ClimateNow ClimateNow(ClimateNow? before)
    {
        if (before is not null && climateStamp == climate.Stamp && time.GetElapsedTime(climateAt) < BetweenReadings)
        {
            return before;
        }

        (climateStamp, climateAt) = (climate.Stamp, time.GetTimestamp());
        return climate.Now();
    }

    private static ImmutableArray<T> Same<T>(ImmutableArray<T> last, ImmutableArray<T> now) => last.SequenceEqual(now) ? last : now;

    private sealed class JournalFault(DateTimeOffset since, EvidenceWriteCause cause, string message)
    {
        public DateTimeOffset Since { get; } = since;

        public EvidenceWriteCause Cause { get; } = cause;

        public string Message { get; } = message;

        public required JournalCondition Condition { get; set; }

        public required TimeSpan Wait { get; set; }

        public required bool DiskWasFull { get; init; }

        public required ImmutableArray<RecordedEvent> BatchInDoubt { get; set; }

        public bool Reopened { get; set; }

        public long NextTry { get; set; }

        public int Lost { get; set; }
    }
}
