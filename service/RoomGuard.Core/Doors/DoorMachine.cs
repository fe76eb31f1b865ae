using System.Collections.Immutable;
using System.Diagnostics;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>What happens to one door.</summary>
internal abstract record DoorInput(Moment Now);

/// <summary>The rules let somebody in, and that is recorded.</summary>
internal sealed record LetIn(Moment Now, PersonId Person, VisitId? Visit = null, PersonId? Escort = null) : DoorInput(Now);

/// <summary>A card at the inner reader, known or not.</summary>
internal sealed record LetOut(Moment Now, PersonId? Person, VisitId? Visit = null) : DoorInput(Now);

/// <summary>From now on anybody may open it, or nobody any more without a card.</summary>
/// <param name="By">Null: nobody.</param>
internal sealed record FreedomChanged(Moment Now, FreedBy? By, bool Released, PersonId? Person) : DoorInput(Now);

/// <summary>The exit button.</summary>
internal sealed record ButtonPressed(Moment Now) : DoorInput(Now);

/// <summary>The contact opened.</summary>
internal sealed record ContactOpened(Moment Now) : DoorInput(Now);

/// <summary>The contact closed.</summary>
internal sealed record ContactClosed(Moment Now) : DoorInput(Now);

/// <summary>The contact no longer tells.</summary>
internal sealed record ContactLost(Moment Now) : DoorInput(Now);

/// <summary>Time went by.</summary>
internal sealed record TimeCame(Moment Now) : DoorInput(Now);

/// <summary>Entry is to be taken back from these people; null: from everybody.</summary>
internal sealed record EntryTakenBack(Moment Now, Func<PersonId, bool>? From) : DoorInput(Now);

/// <summary>The journal failed: whether the last grants stand in it is not known.</summary>
internal sealed record RecordLost(Moment Now) : DoorInput(Now);

/// <summary>Watching began anew after a restart: nobody knows what the leaf did meanwhile.</summary>
internal sealed record WatchBegan(Moment Now) : DoorInput(Now);

/// <summary>A door with the times that are not its own.</summary>
/// <param name="Grace">See <see cref="EntryControlSettings.OpeningGrace"/>.</param>
/// <param name="HeldOpenRepeat">See <see cref="EntryControlSettings.HeldOpenRepeat"/>.</param>
internal sealed record DoorTiming(Door Door, TimeSpan Grace, TimeSpan HeldOpenRepeat);

/// <summary>A door's answer.</summary>
/// <param name="Through">Who is now taken to have gone, in order.</param>
internal readonly record struct DoorStep(DoorState Next, ImmutableArray<Effect> Effects, ImmutableArray<Passage> Through)
{
    public DoorStep(DoorState next, params ReadOnlySpan<Effect> effects)
        : this(next, [.. effects], [])
    {
    }
}

/// <summary>
/// How a door answers what happens to it. A pure function: same state and input, same step. Somebody let through counts as gone
/// when the leaf opens; where that cannot be seen (leaf open already, contact silent) at once. Nobody is taken to have left on
/// account of a restart: the roll call rather names one too many than one too few.
/// </summary>
internal static class DoorMachine
{
    /// <summary>A door that stands released is released so long at a time, and again at half of it.</summary>
    private static readonly TimeSpan FreeFor = TimeSpan.FromSeconds(60);

    public static DoorStep Step(DoorState door, DoorInput input, DoorTiming timing) => (door, input) switch
    {
        (_, LetIn e) => Released(door, e.Now, OpeningCause.Entry, new(e.Person, PassageWay.In, e.Visit, e.Escort), timing),

        // R-DOOR-05: the way out is recorded, never decided, and opens whether or not it could be recorded.
        (_, LetOut e) => Released(door, e.Now, OpeningCause.Exit, e.Person is { } person ? new(person, PassageWay.Out, e.Visit) : null, timing),
        (_, ButtonPressed e) => Released(door, e.Now, OpeningCause.ExitButton, null, timing),

        ({ Leaf: LeafState.Open }, ContactOpened) => new(door),
        ({ Release: { } release }, ContactOpened e) => Opened(door, e.Now, release, timing),

        // Found open: nobody saw it open, so nobody can say it was forced.
        ({ Leaf: LeafState.Unknown }, ContactOpened e) => new(
            Open(door, e.Now, timing) with { LossTold = false },
            new Write(new DoorOpened(e.Now.At, timing.Door.Id, OpeningCause.FoundOpen, null))),

        // Nobody needs a card now: it was opened, and by whom is not known.
        ({ Leaf: LeafState.Closed, Freedom: { } freedom }, ContactOpened e) => new(
            Open(door, e.Now, timing) with { LossTold = false },
            new Write(new DoorOpened(e.Now.At, timing.Door.Id, CauseOf(freedom.By), freedom.Person))),

        // R-DOOR-07: opened while secured. The held-open time does not apply, the alarm already stands.
        ({ Leaf: LeafState.Closed }, ContactOpened e) => new(
            door with { Leaf = LeafState.Open, Since = e.Now.At, OpenSince = e.Now.Steady, Forced = true },
            new Write(new DoorOpened(e.Now.At, timing.Door.Id, OpeningCause.Forced, null)),
            new Write(new DoorForced(e.Now.At, timing.Door.Id, timing.Door.Zone, door.LastPerson))),

        ({ Leaf: LeafState.Closed }, ContactClosed) => new(door),
        ({ OpenSince: { } since }, ContactClosed e) => Closed(door, e.Now, e.Now.Steady - since, timing),
        ({ LossTold: true }, ContactClosed e) => Closed(door, e.Now, TimeSpan.Zero, timing),
        (_, ContactClosed e) => new(door with { Leaf = LeafState.Closed, Since = e.Now.At }),

        ({ Leaf: LeafState.Unknown, LossTold: true }, ContactLost) => new(door),
        (_, ContactLost e) => new(
            Unseen(door, e.Now) with { LossTold = true, Awaited = [] },
            [new Write(new DoorUnknown(e.Now.At, timing.Door.Id))],
            door.Awaited),

        ({ Release: { } release }, TimeCame e) when e.Now.Steady >= release.Ends => Secured(door, e.Now, timing),
        ({ Freedom: { RenewDue: { } due } freedom }, TimeCame e) when e.Now.Steady >= due => new(
            door with { Freedom = freedom with { RenewDue = e.Now.Steady + (FreeFor / 2) } },
            new Act(new ReleaseStrike(timing.Door.Id, FreeFor), Always: freedom.By is FreedBy.Fire)),
        ({ HeldDue: { } due, OpenSince: { } since }, TimeCame e) when e.Now.Steady >= due => HeldOpen(door, e.Now, since, timing),

        // What is already on its way to be opened is let go as an entry for the grace time; an exit is never taken back.
        ({ Release: { ForExit: false, Cause: OpeningCause.Entry } release }, EntryTakenBack e)
            when (e.From is null || (e.From(release.Person!.Value) && door.Awaited.All(one => e.From(one.Person))))
                && release.Ends > e.Now.Steady + timing.Grace => new(
            door with { Release = release with { Ends = e.Now.Steady + timing.Grace } },
            Lock(door, timing)),

        ({ Release: { Doubtful: false } release }, RecordLost e) =>
            Step(door with { Release = release with { Doubtful = true } }, new EntryTakenBack(e.Now, null), timing),

        (_, WatchBegan e) => new(
            Unseen(door, e.Now) with { Release = null, Awaited = [], Freedom = null },
            [],
            [.. door.Awaited.Where(one => one.Way is PassageWay.In)]),

        (_, FreedomChanged e) => Freed(door, e, timing),
        (_, TimeCame or EntryTakenBack or RecordLost) => new(door),
        _ => throw new UnreachableException($"No answer to {input.GetType().Name}."),
    };

    private static DoorStep Released(DoorState door, Moment now, OpeningCause cause, Passage? passage, DoorTiming timing)
    {
        var isExit = cause is not OpeningCause.Entry;
        var person = passage?.Person;
        var ends = now.Steady + timing.Door.Unlock + timing.Grace;
        var next = door with
        {
            Release = new(ends, cause, person, isExit || door.Release is { ForExit: true }),
            LastPerson = isExit ? door.LastPerson : person,
        };

        // Where the door stands released already, a shorter release would lock it.
        var time = door.Freedom is { Released: true } && timing.Door.Unlock < FreeFor ? FreeFor : timing.Door.Unlock;
        ImmutableArray<Effect> effects = [new Act(new ReleaseStrike(timing.Door.Id, time), Always: isExit)];
        return (passage, door.Leaf) switch
        {
            (null, _) => new(next, effects, []),
            (_, LeafState.Closed) => new(next with { Awaited = [.. door.Awaited.Where(one => one.Person != passage.Person || one.Way != passage.Way), passage] }, effects, []),
            _ => new(next, effects, [passage]),
        };
    }

    // The strike locks as soon as the leaf moves, so that nobody else can use what is left of the time.
    private static DoorStep Opened(DoorState door, Moment now, Release release, DoorTiming timing) => new(
        Open(door, now, timing) with { Release = null, Awaited = [], LossTold = false },
        [
            new Write(new DoorOpened(now.At, timing.Door.Id, release.Cause, release.Person)),
            .. Lock(door, timing),
        ],
        door.Awaited);

    // A door that stands released is not locked by what becomes of one person's release.
    private static Effect[] Lock(DoorState door, DoorTiming timing) =>
        door.Freedom is { Released: true } ? [] : [new Act(new SecureStrike(timing.Door.Id), Always: true)];

    private static OpeningCause CauseOf(FreedBy by) => by switch
    {
        FreedBy.Hours => OpeningCause.FreeHours,
        FreedBy.Fire => OpeningCause.Fire,
        FreedBy.Maintenance => OpeningCause.Maintenance,
        _ => throw new UnreachableException($"No cause for {by}."),
    };

    private static DoorStep Freed(DoorState door, FreedomChanged to, DoorTiming timing)
    {
        var now = to.Now.Steady;
        var next = door with
        {
            Freedom = to.By is { } by ? new(by, to.Released, to.Person, to.Released ? now + (FreeFor / 2) : null) : null,

            // While nobody minds it open nothing is held; from then on the time runs anew.
            HeldDue = door.OpenSince is null || door.Forced ? null : IsMinded(to.By) ? door.HeldDue ?? now + timing.Door.HeldOpen : null,
            Held = door.Held && IsMinded(to.By),
        };
        return (to.Released, door) switch
        {
            (true, _) => new(next, new Act(new ReleaseStrike(timing.Door.Id, FreeFor), Always: to.By is FreedBy.Fire)),
            (_, { Freedom.Released: true, Release: { } release }) when release.Ends - timing.Grace > now =>
                new(next, new Act(new ReleaseStrike(timing.Door.Id, release.Ends - timing.Grace - now), Always: true)),
            (_, { Freedom.Released: true }) => new(next, new Act(new SecureStrike(timing.Door.Id), Always: true)),
            _ => new(next),
        };
    }

    private static bool IsMinded(FreedBy? by) => by is null or FreedBy.Hours;

    private static DoorState Open(DoorState door, Moment now, DoorTiming timing)
    {
        var since = door.OpenSince ?? now.Steady;
        var due = since + timing.Door.HeldOpen;
        return door with
        {
            Leaf = LeafState.Open,
            Since = now.At,
            OpenSince = since,
            HeldDue = !IsMinded(door.Freedom?.By) ? null : due > now.Steady ? due : now.Steady,
        };
    }

    private static DoorStep Closed(DoorState door, Moment now, TimeSpan open, DoorTiming timing) => new(
        door with
        {
            Leaf = LeafState.Closed,
            Since = now.At,
            OpenSince = null,
            Forced = false,
            Held = false,
            HeldReports = 0,
            HeldDue = null,
            LossTold = false,
        },
        new Write(new DoorClosed(now.At, timing.Door.Id, (long)open.TotalMilliseconds)));

    private static DoorState Unseen(DoorState door, Moment now) => door with
    {
        Leaf = LeafState.Unknown,
        Since = door.Leaf is LeafState.Unknown ? door.Since : now.At,
        Forced = false,
        Held = false,
        HeldDue = null,
    };

    private static DoorStep Secured(DoorState door, Moment now, DoorTiming timing) => new(
        door with { Release = null, Awaited = [] },
        [
            .. door.Awaited.Where(one => one.Way is PassageWay.In && door.Release is not { Doubtful: true })
                .Select(one => new Write(new GrantUnused(now.At, timing.Door.Id, one.Person))),
            .. Lock(door, timing),
        ],
        []);

    // R-DOOR-08: sounder at HeldOpen, alarm at HeldOpenAlarm, then again and again until closed; one report however late the time is told.
    private static DoorStep HeldOpen(DoorState door, Moment now, DateTimeOffset since, DoorTiming timing)
    {
        var open = now.Steady - since;
        var alarmAt = timing.Door.HeldOpenAlarm;
        var isAlarm = open >= alarmAt;
        var repeats = isAlarm ? (int)((open - alarmAt) / timing.HeldOpenRepeat) + 1 : 0;
        var times = door.HeldReports + 1;
        return new(
            door with { Held = true, HeldReports = times, HeldDue = since + alarmAt + (repeats * timing.HeldOpenRepeat) },
            new Write(new DoorHeldOpen(
                now.At, timing.Door.Id, timing.Door.Zone, (long)open.TotalMilliseconds, isAlarm, times, door.LastPerson)));
    }
}
