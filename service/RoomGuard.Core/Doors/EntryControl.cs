using System.Collections.Immutable;
using System.Diagnostics;
using RoomGuard.Core.Doors.Rules;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>
/// The doors of one bridge: told what happens, it answers with what to write and what to do, in that order. Single-threaded,
/// without a clock, without I/O, deterministic: the same inputs give the same effects. Entry is decided by <see cref="EntryPolicy"/>,
/// each leaf by the door machine; ways out are recorded and never decided (R-DOOR-05).
/// </summary>
public sealed class EntryControl
{
    private readonly EntryControlSettings settings;
    private readonly Room room;
    private readonly RefusalWatch refusals;
    private readonly PinTries pinTries;
    private readonly FingerTries fingerTries;
    private readonly ZoneModes modes;
    private readonly FreeHours freeHours;
    private readonly EscortWatch escorts;
    private readonly AloneWatch alone;
    private readonly EntryDesk entry;
    private readonly WayOut wayOut;

    private DateOnly? day;
    private (long Stamp, ImmutableArray<InsideNow> Now) inside = (-1, []);

    /// <summary>Doors that nothing is known of yet, and no grant list.</summary>
    /// <exception cref="ArgumentException">The plan contradicts itself; the message says how.</exception>
    public EntryControl(RoomPlan plan, EntryControlSettings settings)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(settings);
        if (plan.Problems().FirstOrDefault() is { } problem)
        {
            throw new ArgumentException(problem, nameof(plan));
        }

        this.settings = settings;
        room = new(plan, settings);
        modes = new(room);
        freeHours = new(room, modes);
        escorts = new(room);
        alone = new(room, modes);
        entry = new(room, modes, escorts, alone);
        wayOut = new(room, escorts);
        (refusals, pinTries, fingerTries) = (entry.Refusals, entry.PinTries, entry.FingerTries);
    }

    /// <summary>The grant list in force, or last in force before a restart; null: none was ever received.</summary>
    public long? ListVersion => room.ListVersion;

    /// <summary>The highest suspension that arrived; 0: none.</summary>
    public long SuspensionSerial => room.Orders.SuspensionSerial;

    /// <summary>False between <see cref="JournalFailed"/> and <see cref="JournalRecovered"/>.</summary>
    public bool JournalHealthy => room.Outage is null;

    /// <summary>Whether anything a restart must not forget has changed since the last <see cref="Snapshot"/> or <see cref="Restore"/>.</summary>
    public bool PresenceOrOrdersChanged =>
        room.DoorsChanged || room.Presence.Changed || room.Orders.Changed || room.Book.Changed || refusals.Changed || pinTries.Changed || fingerTries.Changed
        || modes.Changed || freeHours.Changed || escorts.Changed || alone.Changed;

    /// <summary>When <see cref="TimePassed"/> must be told at the latest, by the wall clock; null: nothing is waiting for time.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            var steady = alone.NextDue;
            foreach (var run in room.Doors)
            {
                steady = Sooner(Sooner(steady, run.State.NextDue), EntryDesk.NextDue(run));
            }

            var next = steady is { } due ? room.Clock.WallOf(due) : (DateTimeOffset?)null;
            next = Sooner(Sooner(next, room.Orders.NextDue(room.Now.At)), Sooner(modes.NextDue, Sooner(freeHours.NextDue, escorts.NextDue)));
            return room.Presence.IsAnybodyInside && day is { } today ? Sooner(next, EndOf(today)) : next;
        }
    }

    /// <summary>One step. The answer is complete: the caller writes all writes, then does all acts, then tells.</summary>
    public ImmutableArray<Effect> Handle(RoomInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        room.Begin(input is ClockStepped step ? room.Clock.Step(step.At, step.Expected) : room.Clock.Tell(input.At));
        if (input is RoomStarted)
        {
            Start();
        }

        Elapse();
        switch (input)
        {
            case BadgePresented badge when room.Reader(badge.Reader) is { Side: ReaderSide.Exit } reader:
                wayOut.Badge(reader, badge.Digest);
                break;
            case BadgePresented badge when room.Reader(badge.Reader) is { } reader:
                entry.Badge(reader, badge.Digest);
                break;
            case UnreadableCard card:
                Unreadable(card);
                break;
            case PinEntered pin when room.Reader(pin.Reader) is { Side: ReaderSide.Entry } reader:
                entry.Pin(reader, pin.Pin);
                break;
            case BiometricChecked finger when room.Reader(finger.Reader) is { Side: ReaderSide.Entry } reader:
                entry.Finger(reader, finger.Verdict);
                break;
            case LeafOpened leaf:
                Leaf(leaf.Door, new ContactOpened(room.Now));
                break;
            case LeafClosed leaf:
                Leaf(leaf.Door, new ContactClosed(room.Now));
                break;
            case LeafUnknown leaf:
                Leaf(leaf.Door, new ContactLost(room.Now));
                break;
            case ExitRequested exit when room.Door(exit.Door) is { } run:
                wayOut.Button(run);
                break;
            case ReaderChanged changed:
                Reader(changed);
                break;
            case GrantListArrived arrived:
                List(arrived.Index);
                break;
            case SuspensionArrived arrived:
                Suspend(arrived.Suspension);
                break;
            case LockdownArrived arrived:
                Lock(arrived);
                break;
            case RoomOrderArrived arrived:
                Order(arrived.Serial, arrived.Order);
                break;
            case FireSignalled signalled:
                modes.Signal(signalled.Zones);
                break;
            case JournalFailed failed:
                Fail(failed.Cause);
                break;
            case JournalRecovered recovered:
                Recover(recovered.LostEvents);
                break;
            case ClockStepped stepped:
                room.Record(new ClockStep(stepped.At, stepped.Expected, stepped.At));
                break;
            case RoomStarted or TimePassed or BadgePresented or PinEntered or BiometricChecked or ExitRequested:
                break;
            default:
                throw new UnreachableException($"No answer to {input.GetType().Name}.");
        }

        Look();
        return room.Answer();
    }

    /// <summary>The doors as they are, in plan order.</summary>
    public ImmutableArray<DoorNow> DoorsNow() =>
    [
        .. room.Doors.Select(run => new DoorNow(
            run.Id,
            run.State.Leaf,
            run.State.Since,
            run.State.Release is not null || run.State.Freedom is { Released: true },
            run.State.Forced,
            run.State.Held,
            run.IsInService,
            run.State.Freedom?.By)),
    ];

    /// <summary>Who is inside, by zone and person: the fold of the record (<see cref="PresenceList"/>).</summary>
    public ImmutableArray<InsideNow> InsideNow()
    {
        if (inside.Stamp != room.Stamp)
        {
            inside = (room.Stamp,
            [
                .. room.Presence.Inside.Select(one => new InsideNow(
                    one.Zone, one.Person, one.EnteredAt, one.Door, one.Evidence, one.Certainty, one.Visit, one.Escort, escorts.IsAlone(one.Person))),
            ]);
        }

        return inside.Now;
    }

    /// <summary>All that a restart must not forget. Clears <see cref="PresenceOrOrdersChanged"/>.</summary>
    public RoomSnapshot Snapshot()
    {
        Unchanged();
        return new(
            room.Clock.Snapshot(),
            ListVersion,
            day,
            [.. room.Doors.Select(run => run.Snapshot())],
            [.. room.Doors.SelectMany(run => run.Readers).Select(reader => reader.Snapshot())],
            room.Presence.Inside,
            room.Presence.Vacant,
            refusals.Windows,
            room.Orders.SuspensionSerial,
            room.Orders.Suspensions,
            room.Orders.Lockdowns,
            room.Orders.Ended,
            room.Outage,
            pinTries.Troubles,
            room.Book.Orders,
            escorts.Visitors,
            escorts.Agreed,
            alone.Runs,
            modes.Standings,
            freeHours.Runs,
            fingerTries.Troubles,
            room.Book.Forgotten,
            room.Nesting);
    }

    /// <summary>
    /// Goes on where a snapshot was taken. What the plan no longer holds is left out. The grant list has to be told again (it is
    /// taken silently when it is the same version); after a real restart <see cref="RoomStarted"/> comes next.
    /// </summary>
    public void Restore(RoomSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        room.Clock.Restore(snapshot.Clock);
        room.Begin(new(room.Clock.WallOf(snapshot.Clock.Last), snapshot.Clock.Last));
        room.List = null;
        room.Nesting = snapshot.Nesting ?? [];
        room.ListVersion = snapshot.ListVersion;
        room.Outage = snapshot.Outage;
        day = snapshot.Day;
        foreach (var door in snapshot.Doors)
        {
            room.Door(door.Door)?.Restore(door);
        }

        foreach (var reader in snapshot.Readers)
        {
            room.Reader(reader.Reader)?.Restore(reader);
        }

        room.Presence.Restore(snapshot.Inside, snapshot.Vacant);
        room.Orders.Restore(snapshot.SuspensionSerial, snapshot.Suspensions, snapshot.Lockdowns, snapshot.EndedLockdowns);
        room.Book.Restore(snapshot.RoomOrders ?? [], snapshot.ForgottenOrders ?? -1);
        refusals.Restore(snapshot.Refusals);
        pinTries.Restore(snapshot.PinTroubles);
        fingerTries.Restore(snapshot.FingerTroubles);
        escorts.Restore(snapshot.Visitors, snapshot.Agreed);
        alone.Restore(snapshot.Alone);
        modes.Restore(snapshot.Modes);
        freeHours.Restore(snapshot.FreeHours);
        inside = (-1, []);
        Unchanged();
    }

    private static DateTimeOffset? Sooner(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other ?? one : one;

    private void Unchanged() =>
        room.DoorsChanged = room.Presence.Changed = room.Orders.Changed = room.Book.Changed = refusals.Changed = pinTries.Changed = fingerTries.Changed =
            modes.Changed = freeHours.Changed = escorts.Changed = alone.Changed = false;

    // ---- doors and readers

    private void Unreadable(UnreadableCard card)
    {
        var reader = room.Reader(card.Reader);
        room.Record(new CardUnreadable(room.Now.At, card.Reader, reader?.Door, card.Cause, card.BitCount));
        switch (reader)
        {
            case { Side: ReaderSide.Exit }:
                wayOut.Unreadable(reader);
                break;
            case { Side: ReaderSide.Entry }:
                entry.Unreadable(reader);
                break;
        }
    }

    private void Leaf(DoorId door, DoorInput input)
    {
        if (room.Door(door) is not { } run)
        {
            return;
        }

        var isVacant = room.Presence.IsVacant(run.Zone);
        if (room.Step(run, input) && isVacant)
        {
            room.Record(new ZoneIntrusion(room.Now.At, run.Zone, run.Id, "door-opened"));
        }
    }

    private void Reader(ReaderChanged changed)
    {
        if (room.Reader(changed.Reader) is not { } reader)
        {
            if (room.TagReaders.Contains(changed.Reader))
            {
                room.Record(new ReaderReported(room.Now.At, changed.Reader, changed.Condition, changed.Detail, changed.Condition is ReaderCondition.Online or ReaderCondition.TamperCleared));
            }

            return;
        }

        switch (changed.Condition)
        {
            case ReaderCondition.Tampered:
                reader.Tampered = true;
                break;
            case ReaderCondition.TamperCleared:
                reader.Tampered = false;
                break;
            case ReaderCondition.PowerFault:
                break;
            default:
                // A reader that comes back shows what it shows after power-on, and is told again.
                reader.Shown = reader.Condition == changed.Condition ? reader.Shown : null;
                reader.Condition = changed.Condition;
                break;
        }

        room.Record(new ReaderReported(room.Now.At, reader.Id, changed.Condition, changed.Detail, reader.IsTrusted));
        if (reader is { Side: ReaderSide.Entry, IsTrusted: false })
        {
            var run = room.DoorOf(reader);
            entry.Void(run, reader);
            _ = room.Step(run, new EntryTakenBack(room.Now, null));
        }
    }

    // ---- orders

    private void List(GrantIndex index)
    {
        var version = index.List.Version;
        if (version < ListVersion)
        {
            room.Record(new GrantListRefused(room.Now.At, version, $"version {version} is older than {ListVersion}, which is in force"));
            return;
        }

        var isNews = version != ListVersion;
        if (!isNews && room.List is not null)
        {
            return;
        }

        room.List = index;
        room.Touch();
        if (!isNews)
        {
            // After a restart: the orders on top of it were restored with everything else.
            return;
        }

        room.ListVersion = version;
        var content = index.List;
        room.Record(new GrantListApplied(
            room.Now.At, version, content.IssuedAt, content.People.Length, content.Credentials.Length, content.Grants.Length));
        room.Record(room.Orders.Under(content, room.Now.At));
    }

    private void Suspend(Suspension order)
    {
        room.Record(room.Orders.Suspend(order, room.Now.At));
        room.Touch();

        if (!order.Lifted)
        {
            TakeBack(room.Doors, person => person == order.Person || IsHolder(person, order.Credential));
        }
    }

    private bool IsHolder(PersonId person, CredentialId? card) =>
        card is not null
        && (room.Book.Visitor(person)?.Pass.Badge.Id == card || room.List?.List.Credentials.Any(one => one.Id == card && one.Person == person) is true);

    private void Lock(LockdownArrived arrived)
    {
        room.Record(room.Orders.Lock(arrived.Lockdown, arrived.Ended, room.Now.At));

        if (!arrived.Ended && arrived.Lockdown.From <= room.Now.At)
        {
            TakeBack(
                room.Doors.Where(run => arrived.Lockdown.Zones.Contains(run.Zone)),
                person => !arrived.Lockdown.Except.Contains(person));
        }
    }

    private void Order(long serial, RoomOrder order)
    {
        if (!room.Book.Take(serial, order))
        {
            return;
        }

        room.Touch();
        room.Record(new RoomOrderApplied(room.Now.At, serial, order));
        switch (order)
        {
            case VisitPassOrder { Ended: true, Pass.Visitor.Id: var visitor }:
                TakeBack(room.Doors, person => person == visitor);
                break;
            case PresenceOrder presence when room.DoorsOf(presence.Zone) is [var door, ..]:
                var pass = room.Book.Visitor(presence.Person)?.Pass;
                room.Record(room.Presence.Correct(presence, door.Id, pass?.Visit, pass?.Escorts.FirstOrDefault(), room.Now));
                break;
            default:
                // What the others say is looked up when it is asked for.
                break;
        }
    }

    private void TakeBack(IEnumerable<DoorRun> from, Func<PersonId, bool> whom)
    {
        foreach (var run in from)
        {
            _ = room.Step(run, new EntryTakenBack(room.Now, whom));
        }
    }

    // ---- the journal, the start

    private void Fail(string cause)
    {
        room.Outage ??= new(room.Now.At, cause, 0);
        foreach (var run in room.Doors)
        {
            entry.VoidUnrecorded(run);
            _ = room.Step(run, new RecordLost(room.Now));
        }
    }

    private void Recover(int lostEvents)
    {
        if (room.Outage is { } over)
        {
            room.Outage = null;
            room.Record(new JournalGap(room.Now.At, over.From, room.Now.At, over.Cause, over.RefusedEntries, lostEvents));
        }
    }

    private void Start()
    {
        foreach (var run in room.Doors)
        {
            _ = room.Step(run, new WatchBegan(room.Now));
            run.Partner = null;
            foreach (var reader in run.Readers)
            {
                reader.Restart();
            }
        }

        // A start follows a journal that opened; what was refused before it is still told.
        Recover(lostEvents: 0);
    }

    // ---- time

    private void Elapse()
    {
        foreach (var run in room.Doors)
        {
            entry.Elapse(run);
            while (run.State.NextDue <= room.Now.Steady)
            {
                _ = room.Step(run, new TimeCame(room.Now));
            }
        }

        room.Record(room.Orders.Elapse(room.Now.At));
        EndDay();
    }

    private void EndDay()
    {
        var today = DayOf(room.Now.At);
        if (day is { } running && running < today)
        {
            room.Record(room.Presence.EndOfDay(room.Now));
            room.Book.Forget(room.Now.At, room.Presence.IsInside);
            room.Touch();
        }

        // A clock set back over midnight does not end the same day twice; one that was wrong by days begins again where it is.
        day = day is { } ahead && ahead > today && ahead <= today.AddDays(1) ? ahead : today;
    }

    private DateOnly DayOf(DateTimeOffset at) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, settings.TimeZone).DateTime - settings.EndOfDay.ToTimeSpan());

    private DateTimeOffset EndOf(DateOnly running)
    {
        var local = running.AddDays(1).ToDateTime(settings.EndOfDay);
        return new(local, settings.TimeZone.GetUtcOffset(local));
    }

    // ---- what follows from where everybody is now

    private void Look()
    {
        modes.Look();
        freeHours.Look();
        foreach (var run in room.Doors)
        {
            Free(run);
        }

        escorts.Look();
        alone.Look();
        ShowStanding();
    }

    private void Free(DoorRun run)
    {
        var wanted = modes.FreedomOf(run) ?? (freeHours.IsFree(run) ? (FreedBy.Hours, true, null) : null);
        if (wanted?.By != run.State.Freedom?.By || wanted?.Released != run.State.Freedom?.Released || wanted?.Person != run.State.Freedom?.Person)
        {
            _ = room.Step(run, new FreedomChanged(room.Now, wanted?.By, wanted?.Released ?? false, wanted?.Person));
        }
    }

    private void ShowStanding()
    {
        foreach (var run in room.Doors)
        {
            foreach (var reader in run.Readers)
            {
                var standing = Standing(run, reader);
                if (reader.Shown != standing && reader.Condition is not ReaderCondition.Unknown)
                {
                    reader.Shown = standing;
                    room.Show(reader, standing, always: true);
                }
            }
        }
    }

    private ReaderSignal Standing(DoorRun run, ReaderRun reader) => (run.State, reader) switch
    {
        ({ Forced: true }, _) => ReaderSignal.Alarm,
        _ when escorts.IsAlarm(run.Zone) => ReaderSignal.Alarm,
        ({ Held: true }, _) => ReaderSignal.HeldOpen,
        (_, { Side: ReaderSide.Exit }) => ReaderSignal.Idle,
        (_, { IsTrusted: false }) => ReaderSignal.OutOfService,
        _ when room.Outage is not null => ReaderSignal.OutOfService,
        _ when room.Orders.Lockdown(run.Zone, null, room.Now.At) is not null => ReaderSignal.Lockdown,
        _ => ReaderSignal.Idle,
    };
}
