using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics;
using RoomGuard.Core.Doors.Rules;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>
/// The doors of one bridge: told what happens, it answers with what to write and what to do, in that order. Single-threaded,
/// without a clock, without I/O, deterministic: the same inputs give the same effects. Entry is decided by <see cref="EntryPolicy"/>,
/// each leaf by the door machine; ways out are recorded and never decided (R-DOOR-05).
/// </summary>
public sealed class EntryControl
{
    // A PIN is always after a card (R-DOOR-03): no rule needs to be asked, and the record says so.
    private static readonly ImmutableArray<RuleOutcome> PinAlone =
    [
        new("MethodRule", "R-DOOR-03", RuleVerdict.Objected, [new(FactName.Methods, nameof(EntryMethod.Pin))]),
    ];

    private readonly EntryControlSettings settings;
    private readonly FrozenDictionary<DeviceId, ReaderRun> readers;
    private readonly FrozenDictionary<DoorId, DoorRun> doors;
    private readonly ImmutableArray<DoorRun> allDoors;
    private readonly RoomClock clock = new();
    private readonly Presence presence = new();
    private readonly RefusalWatch refusals;
    private readonly StandingOrders orders = new();
    private readonly PinTries pinTries;
    private readonly List<Effect> effects = [];

    private GrantIndex? list;
    private DateOnly? day;
    private JournalOutage? outage;
    private Moment now;
    private bool doorsChanged;

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
        refusals = new(settings.RefusalLimit, settings.RefusalWindow);
        pinTries = new(settings.PinTries, settings.PinHold);
        allDoors =
        [
            .. plan.Doors.Select(door => new DoorRun(
                new(door, settings.OpeningGrace, settings.HeldOpenRepeat),
                [.. plan.Readers.Where(place => place.Door == door.Id).Select(place => new ReaderRun(place))])),
        ];
        doors = allDoors.ToFrozenDictionary(run => run.Id);
        readers = allDoors.SelectMany(run => run.Readers).ToFrozenDictionary(reader => reader.Id);
    }

    /// <summary>The grant list in force, or last in force before a restart; null: none was ever received.</summary>
    public long? ListVersion { get; private set; }

    /// <summary>The highest suspension that arrived; 0: none.</summary>
    public long SuspensionSerial => orders.SuspensionSerial;

    /// <summary>False between <see cref="JournalFailed"/> and <see cref="JournalRecovered"/>.</summary>
    public bool JournalHealthy => outage is null;

    /// <summary>Whether anything a restart must not forget has changed since the last <see cref="Snapshot"/> or <see cref="Restore"/>.</summary>
    public bool PresenceOrOrdersChanged => doorsChanged || presence.Changed || refusals.Changed || orders.Changed || pinTries.Changed;

    /// <summary>When <see cref="TimePassed"/> must be told at the latest, by the wall clock; null: nothing is waiting for time.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            DateTimeOffset? next = null;
            foreach (var run in allDoors)
            {
                next = Sooner(next, run.State.NextDue is { } due ? clock.WallOf(due) : null);
                foreach (var reader in run.Readers)
                {
                    next = Sooner(next, reader.Waiting is { } waiting ? clock.WallOf(waiting.Until) : null);
                }
            }

            next = Sooner(next, orders.NextDue(now.At));
            return presence.IsAnybodyInside && day is { } today ? Sooner(next, EndOf(today)) : next;
        }
    }

    /// <summary>One step. The answer is complete: the caller writes all writes, then does all acts, then tells.</summary>
    public ImmutableArray<Effect> Handle(RoomInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        now = input is ClockStepped step ? clock.Step(step.At, step.Expected) : clock.Tell(input.At);
        if (input is RoomStarted)
        {
            Start();
        }

        Elapse();
        switch (input)
        {
            case BadgePresented badge when readers.GetValueOrDefault(badge.Reader) is { } reader:
                Badge(reader, badge.Digest);
                break;
            case UnreadableCard card:
                Unreadable(card);
                break;
            case PinEntered pin when readers.GetValueOrDefault(pin.Reader) is { Side: ReaderSide.Entry } reader:
                Pin(reader, pin.Pin);
                break;
            case LeafOpened leaf:
                Leaf(leaf.Door, new ContactOpened(now));
                break;
            case LeafClosed leaf:
                Leaf(leaf.Door, new ContactClosed(now));
                break;
            case LeafUnknown leaf:
                Leaf(leaf.Door, new ContactLost(now));
                break;
            case ExitRequested exit when doors.GetValueOrDefault(exit.Door) is { } run:
                ExitButton(run);
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
            case JournalFailed failed:
                Fail(failed.Cause);
                break;
            case JournalRecovered recovered:
                Recover(recovered.LostEvents);
                break;
            case ClockStepped stepped:
                Record(new ClockStep(stepped.At, stepped.Expected, stepped.At));
                break;
            case RoomStarted or TimePassed or BadgePresented or PinEntered or ExitRequested:
                break;
            default:
                throw new UnreachableException($"No answer to {input.GetType().Name}.");
        }

        ShowStanding();
        ImmutableArray<Effect> answer = [.. effects];
        effects.Clear();
        return answer;
    }

    /// <summary>The doors as they are, in plan order.</summary>
    public ImmutableArray<DoorNow> DoorsNow() =>
    [
        .. allDoors.Select(run => new DoorNow(
            run.Id, run.State.Leaf, run.State.Since, run.State.Release is not null, run.State.Forced, run.State.Held, IsInService(run))),
    ];

    /// <summary>Who is inside, by zone and person.</summary>
    public ImmutableArray<InsideNow> InsideNow() => presence.Now();

    /// <summary>All that a restart must not forget. Clears <see cref="PresenceOrOrdersChanged"/>.</summary>
    public RoomSnapshot Snapshot()
    {
        Unchanged();
        return new(
            clock.Snapshot(),
            ListVersion,
            day,
            [.. allDoors.Select(run => new DoorSnapshot(run.Id, run.State))],
            [.. allDoors.SelectMany(run => run.Readers).Select(reader => reader.Snapshot())],
            presence.Inside,
            presence.Vacant,
            refusals.Windows,
            orders.SuspensionSerial,
            orders.Suspensions,
            orders.Lockdowns,
            orders.Ended,
            outage,
            pinTries.Troubles,
            orders.RoomOrders);
    }

    /// <summary>
    /// Goes on where a snapshot was taken. What the plan no longer holds is left out. The grant list has to be told again (it is
    /// taken silently when it is the same version); after a real restart <see cref="RoomStarted"/> comes next.
    /// </summary>
    public void Restore(RoomSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        clock.Restore(snapshot.Clock);
        now = new(clock.WallOf(snapshot.Clock.Last), snapshot.Clock.Last);
        list = null;
        ListVersion = snapshot.ListVersion;
        day = snapshot.Day;
        outage = snapshot.Outage;
        foreach (var door in snapshot.Doors)
        {
            doors.GetValueOrDefault(door.Door)?.State = door.State;
        }

        foreach (var reader in snapshot.Readers)
        {
            readers.GetValueOrDefault(reader.Reader)?.Restore(reader);
        }

        presence.Restore(snapshot.Inside, snapshot.Vacant);
        refusals.Restore(snapshot.Refusals);
        pinTries.Restore(snapshot.PinTroubles);
        orders.Restore(snapshot.SuspensionSerial, snapshot.Suspensions, snapshot.Lockdowns, snapshot.EndedLockdowns, snapshot.RoomOrders ?? []);
        Unchanged();
    }

    private static DateTimeOffset? Sooner(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other ?? one : one;

    private static bool IsInService(DoorRun run) =>
        !run.Readers.Any(reader => reader.Side is ReaderSide.Entry && !reader.IsTrusted);

    private void Unchanged() => doorsChanged = presence.Changed = refusals.Changed = orders.Changed = pinTries.Changed = false;

    private void Record(RecordedEvent item) => effects.Add(new Write(item));

    private void Show(ReaderRun reader, ReaderSignal signal, bool always) => effects.Add(new Act(new ShowSignal(reader.Id, signal), always));

    // ---- a card, a PIN

    private void Badge(ReaderRun reader, CardDigest digest)
    {
        var run = doors[reader.Door];
        if (reader.Side is ReaderSide.Exit)
        {
            ExitBadge(run, reader, digest);
        }
        else if (outage is not null)
        {
            RefuseUnrecorded(reader);
        }
        else
        {
            // The first factor of somebody else is void as soon as another card comes; the same card begins anew.
            if (reader.Waiting is { } earlier && earlier.Card != digest)
            {
                GiveUp(run, reader, earlier);
            }

            reader.Waiting = null;
            Decide(run, reader, digest, Request(run, reader, digest, [EntryMethod.Card], PinVerdict.NotGiven));
        }
    }

    private void Pin(ReaderRun reader, PinDigits pin)
    {
        var run = doors[reader.Door];
        if (outage is not null)
        {
            RefuseUnrecorded(reader);
            return;
        }

        if (reader.Waiting is { } first)
        {
            reader.Waiting = null;
            if (pinTries.IsHeld(first.Credential, now))
            {
                Refuse(run, reader, DenyReason.PinHeld, first.Person, first.Credential, first.Card, first.Grant, [EntryMethod.Card, EntryMethod.Pin], first.Rules);
                return;
            }

            // Both are always tried, so that the time it takes says nothing of which one was typed.
            var isOwn = list?.Card(first.Card) is { Pin: { } verifier } && settings.PinMatches(verifier, pin.Reveal());
            var isDuress = list?.DuressPin(first.Credential) is { } second && settings.PinMatches(second, pin.Reveal()) && !isOwn;
            if (isOwn || isDuress)
            {
                pinTries.Right(first.Credential);
            }
            else if (pinTries.Wrong(first.Credential, now) is { } until)
            {
                Record(new PinHeld(now.At, run.Id, first.Person, first.Credential, settings.PinTries, until));
            }

            // Told whether or not the door opens: somebody stands there under threat.
            if (isDuress)
            {
                Record(new DuressSignalled(now.At, run.Id, run.Door.Zone, first.Person, first.Credential));
            }

            Decide(run, reader, first.Card, Request(run, reader, first.Card, [EntryMethod.Card, EntryMethod.Pin], isOwn || isDuress ? PinVerdict.Right : PinVerdict.Wrong));
            return;
        }

        // Typed from habit after a card that was enough: not a try to enter. Otherwise a PIN without a card is one.
        if (run.State.Release is null)
        {
            Refuse(run, reader, DenyReason.MethodNotAllowed, null, null, null, null, [EntryMethod.Pin], PinAlone);
        }
    }

    private EntryRequest Request(DoorRun run, ReaderRun reader, CardDigest digest, ImmutableArray<EntryMethod> methods, PinVerdict pin)
    {
        var card = list?.Card(digest);
        var person = card is null ? null : list?.Person(card.Person);
        return new()
        {
            At = now.At,
            Zone = run.Door.Zone,
            Reader = reader.Condition,
            ReaderTampered = reader.Tampered,
            List = list,
            Credential = card,
            Person = person,
            CardSuspension = card is null ? null : orders.Of(card.Id),
            PersonSuspension = card is null ? null : orders.Of(card.Person),
            Lockdown = orders.Lockdown(run.Door.Zone, card?.Person, now.At),
            Methods = methods,
            Pin = pin,
        };
    }

    private void Decide(DoorRun run, ReaderRun reader, CardDigest digest, EntryRequest request)
    {
        var judgement = EntryPolicy.Judge(request);
        if (judgement.Objection is not { } objection)
        {
            Grant(run, reader, digest, request, judgement);
            return;
        }

        if (objection is DenyReason.SecondFactorMissing
            && request is { Credential: { } card, Pin: PinVerdict.NotGiven, ZoneRules.Methods: var methods }
            && methods.Contains(EntryMethod.Pin))
        {
            reader.Waiting = new(digest, card.Id, card.Person, request.Choice.Grant?.Id, now.Steady + settings.FactorWindow, judgement.Outcomes);
            Record(new FactorAwaited(now.At, run.Id, reader.Id, card.Person, card.Id, now.At + settings.FactorWindow));
            Show(reader, ReaderSignal.WaitFactor, always: false);
            return;
        }

        Refuse(
            run,
            reader,
            objection,
            request.Credential?.Person,
            request.Credential?.Id,
            digest,
            request.Choice.Grant?.Id,
            request.Methods,
            judgement.Outcomes);
    }

    private void Grant(DoorRun run, ReaderRun reader, CardDigest digest, EntryRequest request, Judgement judgement)
    {
        var card = request.Credential ?? throw new UnreachableException("No rule objected to a card that nobody holds.");
        var grant = request.Choice.Grant ?? throw new UnreachableException("No rule objected to a person without a grant.");
        Record(new EntryGranted(
            now.At,
            run.Id,
            run.Door.Zone,
            reader.Id,
            card.Person,
            card.Id,
            digest,
            grant.Id,
            request.Methods,
            request.List!.List.Version,
            judgement.Outcomes));
        Step(run, new LetIn(now, card.Person));
        Show(reader, ReaderSignal.Granted, always: false);
    }

    private void Refuse(
        DoorRun run,
        ReaderRun reader,
        DenyReason reason,
        PersonId? person,
        CredentialId? card,
        CardDigest? digest,
        GrantId? grant,
        ImmutableArray<EntryMethod> methods,
        ImmutableArray<RuleOutcome> rules)
    {
        Record(new EntryDenied(now.At, run.Id, run.Door.Zone, reader.Id, reason, person, card, digest, grant, methods, ListVersion, rules));
        if (reason is DenyReason.CardLost && person is { } holder && card is { } lost && digest is { } shown)
        {
            Record(new LostCardUsed(now.At, run.Id, holder, lost, shown));
        }

        foreach (var repeated in refusals.Refused(run.Id, digest, person, now))
        {
            Record(repeated);
        }

        // One signal whatever the reason: a reader gives no hint (R-DOOR-01).
        Show(reader, ReaderSignal.Denied, always: true);
    }

    private void RefuseUnrecorded(ReaderRun reader)
    {
        outage = outage! with { RefusedEntries = outage.RefusedEntries + 1 };
        Show(reader, ReaderSignal.Denied, always: true);
    }

    private void GiveUp(DoorRun run, ReaderRun reader, AwaitedFactor first) => Refuse(
        run,
        reader,
        DenyReason.SecondFactorMissing,
        first.Person,
        first.Credential,
        first.Card,
        first.Grant,
        [EntryMethod.Card],
        first.Rules);

    private void Unreadable(UnreadableCard card)
    {
        var reader = readers.GetValueOrDefault(card.Reader);
        Record(new CardUnreadable(now.At, card.Reader, reader?.Door, card.Cause, card.BitCount));
        switch (reader)
        {
            case { Side: ReaderSide.Exit }:
                Step(doors[reader.Door], new LetOut(now, null));
                Show(reader, ReaderSignal.ExitRecorded, always: true);
                break;
            case { Side: ReaderSide.Entry }:
                Show(reader, ReaderSignal.Denied, always: true);
                break;
        }
    }

    // ---- ways out

    private void ExitBadge(DoorRun run, ReaderRun reader, CardDigest digest)
    {
        var card = list?.Card(digest);
        Record(new ExitBadged(now.At, run.Id, run.Door.Zone, reader.Id, card?.Person, card?.Id, digest));
        if (card is not null && (card.State is CredentialState.Lost || orders.Of(card.Id) is { State: CredentialState.Lost }))
        {
            Record(new LostCardUsed(now.At, run.Id, card.Person, card.Id, digest));
        }

        // Somebody is in a room that should be empty, and is nobody who could have entered.
        if (card is null && presence.IsVacant(run.Door.Zone))
        {
            Record(new ZoneIntrusion(now.At, run.Door.Zone, run.Id, "exit-request"));
        }

        Step(run, new LetOut(now, card?.Person));
        Show(reader, ReaderSignal.ExitRecorded, always: true);
    }

    private void ExitButton(DoorRun run)
    {
        Record(new ExitByButton(now.At, run.Id, run.Door.Zone));
        if (presence.IsVacant(run.Door.Zone))
        {
            Record(new ZoneIntrusion(now.At, run.Door.Zone, run.Id, "exit-request"));
        }

        Step(run, new ButtonPressed(now));
    }

    // ---- doors and readers

    private void Leaf(DoorId door, DoorInput input)
    {
        if (doors.GetValueOrDefault(door) is not { } run)
        {
            return;
        }

        var isVacant = presence.IsVacant(run.Door.Zone);
        var before = effects.Count;
        Step(run, input);
        var isUnexplained = effects.Skip(before).Any(effect =>
            effect is Write { Event: DoorOpened { Cause: OpeningCause.Forced or OpeningCause.FoundOpen } });
        if (isVacant && isUnexplained)
        {
            Record(new ZoneIntrusion(now.At, run.Door.Zone, run.Id, "door-opened"));
        }
    }

    private void Step(DoorRun run, DoorInput input)
    {
        var step = DoorMachine.Step(run.State, input, run.Timing);
        doorsChanged |= step.Next != run.State;
        run.State = step.Next;
        effects.AddRange(step.Effects);
        foreach (var passage in step.Through)
        {
            foreach (var item in presence.Pass(passage, run.Door, now))
            {
                Record(item);
            }
        }
    }

    private void Reader(ReaderChanged changed)
    {
        if (readers.GetValueOrDefault(changed.Reader) is not { } reader)
        {
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

        Record(new ReaderReported(now.At, reader.Id, changed.Condition, changed.Detail, reader.IsTrusted));
        if (reader is { Side: ReaderSide.Entry, IsTrusted: false })
        {
            var run = doors[reader.Door];
            if (reader.Waiting is { } first)
            {
                reader.Waiting = null;
                GiveUp(run, reader, first);
            }

            Step(run, new EntryTakenBack(now, null));
        }
    }

    // ---- orders

    private void List(GrantIndex index)
    {
        var version = index.List.Version;
        if (version < ListVersion)
        {
            Record(new GrantListRefused(now.At, version, $"version {version} is older than {ListVersion}, which is in force"));
            return;
        }

        var isNews = version != ListVersion;
        if (!isNews && list is not null)
        {
            return;
        }

        list = index;
        if (!isNews)
        {
            // After a restart: the orders on top of it were restored with everything else.
            return;
        }

        ListVersion = version;
        var content = index.List;
        Record(new GrantListApplied(
            now.At, version, content.IssuedAt, content.People.Length, content.Credentials.Length, content.Grants.Length));
        foreach (var item in orders.Under(content, now.At))
        {
            Record(item);
        }
    }

    private void Suspend(Suspension order)
    {
        foreach (var item in orders.Suspend(order, now.At))
        {
            Record(item);
        }

        if (!order.Lifted)
        {
            TakeBack(allDoors, person => person == order.Person || IsHolder(person, order.Credential));
        }
    }

    private bool IsHolder(PersonId person, CredentialId? card) =>
        card is not null && list?.List.Credentials.Any(one => one.Id == card && one.Person == person) is true;

    private void Lock(LockdownArrived arrived)
    {
        foreach (var item in orders.Lock(arrived.Lockdown, arrived.Ended, now.At))
        {
            Record(item);
        }

        if (!arrived.Ended && arrived.Lockdown.From <= now.At)
        {
            TakeBack(
                allDoors.Where(run => arrived.Lockdown.Zones.Contains(run.Door.Zone)),
                person => !arrived.Lockdown.Except.Contains(person));
        }
    }

    private void Order(long serial, RoomOrder order)
    {
        if (orders.Take(serial, order))
        {
            Record(new RoomOrderApplied(now.At, serial, order));
        }
    }

    private void TakeBack(IEnumerable<DoorRun> from, Func<PersonId, bool> whom)
    {
        foreach (var run in from)
        {
            Step(run, new EntryTakenBack(now, whom));
        }
    }

    // ---- the journal, the start

    private void Fail(string cause)
    {
        outage ??= new(now.At, cause, 0);
        foreach (var run in allDoors)
        {
            foreach (var reader in run.Readers.Where(reader => reader.Waiting is not null))
            {
                reader.Waiting = null;
                RefuseUnrecorded(reader);
            }

            Step(run, new RecordLost(now));
        }
    }

    private void Recover(int lostEvents)
    {
        if (outage is { } over)
        {
            outage = null;
            Record(new JournalGap(now.At, over.From, now.At, over.Cause, over.RefusedEntries, lostEvents));
        }
    }

    private void Start()
    {
        foreach (var run in allDoors)
        {
            Step(run, new WatchBegan(now));
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
        foreach (var run in allDoors)
        {
            foreach (var reader in run.Readers)
            {
                if (reader.Waiting is { } first && now.Steady >= first.Until)
                {
                    reader.Waiting = null;
                    GiveUp(run, reader, first);
                }
            }

            while (run.State.NextDue <= now.Steady)
            {
                Step(run, new TimeCame(now));
            }
        }

        foreach (var item in orders.Elapse(now.At))
        {
            Record(item);
        }

        EndDay();
    }

    private void EndDay()
    {
        var today = DayOf(now.At);
        if (day is { } running && running < today)
        {
            foreach (var item in presence.EndOfDay(now))
            {
                Record(item);
            }
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

    // ---- what stands at the readers

    private void ShowStanding()
    {
        foreach (var run in allDoors)
        {
            foreach (var reader in run.Readers)
            {
                var standing = Standing(run, reader);
                if (reader.Shown != standing && reader.Condition is not ReaderCondition.Unknown)
                {
                    reader.Shown = standing;
                    Show(reader, standing, always: true);
                }
            }
        }
    }

    private ReaderSignal Standing(DoorRun run, ReaderRun reader) => (run.State, reader) switch
    {
        ({ Forced: true }, _) => ReaderSignal.Alarm,
        ({ Held: true }, _) => ReaderSignal.HeldOpen,
        (_, { Side: ReaderSide.Exit }) => ReaderSignal.Idle,
        (_, { IsTrusted: false }) => ReaderSignal.OutOfService,
        _ when outage is not null => ReaderSignal.OutOfService,
        _ when orders.Lockdown(run.Door.Zone, null, now.At) is not null => ReaderSignal.Lockdown,
        _ => ReaderSignal.Idle,
    };

    private sealed class DoorRun(DoorTiming timing, ImmutableArray<ReaderRun> readers)
    {
        public DoorTiming Timing => timing;

        public Door Door => timing.Door;

        public DoorId Id => timing.Door.Id;

        public ImmutableArray<ReaderRun> Readers => readers;

        public DoorState State { get; set; } = DoorState.NeverSeen;
    }

    private sealed class ReaderRun(ReaderPlace place)
    {
        public DeviceId Id => place.Reader;

        public DoorId Door => place.Door;

        public ReaderSide Side => place.Side;

        public ReaderCondition Condition { get; set; } = ReaderCondition.Unknown;

        public bool Tampered { get; set; }

        public bool IsTrusted => Condition is ReaderCondition.Online && !Tampered;

        public ReaderSignal? Shown { get; set; }

        public AwaitedFactor? Waiting { get; set; }

        public void Restart() => (Condition, Tampered, Shown, Waiting) = (ReaderCondition.Unknown, false, null, null);

        public ReaderSnapshot Snapshot() => new(Id, Condition, Tampered, Shown, Waiting);

        public void Restore(ReaderSnapshot then) =>
            (Condition, Tampered, Shown, Waiting) = (then.Condition, then.Tampered, then.Shown, then.Waiting);
    }
}
