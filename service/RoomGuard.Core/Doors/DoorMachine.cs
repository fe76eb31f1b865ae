using System.Collections.Immutable;
using System.Diagnostics;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>What happens to one door.</summary>
internal abstract record DoorInput(Moment Now);

/// <summary>The rules let somebody in, and that is recorded.</summary>
internal sealed record LetIn(Moment Now, PersonId Person) : DoorInput(Now);

/// <summary>A card at the inner reader, known or not.</summary>
internal sealed record LetOut(Moment Now, PersonId? Person) : DoorInput(Now);

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
    public static DoorStep Step(DoorState door, DoorInput input, DoorTiming timing) => (door, input) switch
    {
        (_, LetIn e) => Released(door, e.Now, OpeningCause.Entry, e.Person, timing),

        // R-DOOR-05: the way out is recorded, never decided, and opens whether or not it could be recorded.
        (_, LetOut e) => Released(door, e.Now, OpeningCause.Exit, e.Person, timing),
        (_, ButtonPressed e) => Released(door, e.Now, OpeningCause.ExitButton, null, timing),

        ({ Leaf: LeafState.Open }, ContactOpened) => new(door),
        ({ Release: { } release }, ContactOpened e) => Opened(door, e.Now, release, timing),

        // Found open: nobody saw it open, so nobody can say it was forced.
        ({ Leaf: LeafState.Unknown }, ContactOpened e) => new(
            Open(door, e.Now, timing) with { LossTold = false },
            new Write(new DoorOpened(e.Now.At, timing.Door.Id, OpeningCause.FoundOpen, null))),

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
        ({ HeldDue: { } due, OpenSince: { } since }, TimeCame e) when e.Now.Steady >= due => HeldOpen(door, e.Now, since, timing),

        // What is already on its way to be opened is let go as an entry for the grace time; an exit is never taken back.
        ({ Release: { ForExit: false, Cause: OpeningCause.Entry } release }, EntryTakenBack e)
            when (e.From is null || (e.From(release.Person!.Value) && door.Awaited.All(one => e.From(one.Person))))
                && release.Ends > e.Now.Steady + timing.Grace => new(
            door with { Release = release with { Ends = e.Now.Steady + timing.Grace } },
            new Act(new SecureStrike(timing.Door.Id), Always: true)),

        ({ Release: { Doubtful: false } release }, RecordLost e) =>
            Step(door with { Release = release with { Doubtful = true } }, new EntryTakenBack(e.Now, null), timing),

        (_, WatchBegan e) => new(
            Unseen(door, e.Now) with { Release = null, Awaited = [] },
            [],
            [.. door.Awaited.Where(one => one.Way is PassageWay.In)]),

        (_, TimeCame or EntryTakenBack or RecordLost) => new(door),
        _ => throw new UnreachableException($"No answer to {input.GetType().Name}."),
    };

    private static DoorStep Released(DoorState door, Moment now, OpeningCause cause, PersonId? person, DoorTiming timing)
    {
        var isExit = cause is not OpeningCause.Entry;
        var ends = now.Steady + timing.Door.Unlock + timing.Grace;
        var next = door with
        {
            Release = new(ends, cause, person, isExit || door.Release is { ForExit: true }),
            LastPerson = isExit ? door.LastPerson : person,
        };
        var passage = person is { } known ? new Passage(known, isExit ? PassageWay.Out : PassageWay.In) : null;
        ImmutableArray<Effect> effects = [new Act(new ReleaseStrike(timing.Door.Id, timing.Door.Unlock), Always: isExit)];
        return (passage, door.Leaf) switch
        {
            (null, _) => new(next, effects, []),
            (_, LeafState.Closed) => new(next with { Awaited = [.. door.Awaited.Where(one => one != passage), passage] }, effects, []),
            _ => new(next, effects, [passage]),
        };
    }

    // The strike locks as soon as the leaf moves, so that nobody else can use what is left of the time.
    private static DoorStep Opened(DoorState door, Moment now, Release release, DoorTiming timing) => new(
        Open(door, now, timing) with { Release = null, Awaited = [], LossTold = false },
        [
            new Write(new DoorOpened(now.At, timing.Door.Id, release.Cause, release.Person)),
            new Act(new SecureStrike(timing.Door.Id), Always: true),
        ],
        door.Awaited);

    private static DoorState Open(DoorState door, Moment now, DoorTiming timing)
    {
        var since = door.OpenSince ?? now.Steady;
        var due = since + timing.Door.HeldOpen;
        return door with { Leaf = LeafState.Open, Since = now.At, OpenSince = since, HeldDue = due > now.Steady ? due : now.Steady };
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
            new Act(new SecureStrike(timing.Door.Id), Always: true),
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
