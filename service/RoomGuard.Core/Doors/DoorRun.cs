using System.Collections.Immutable;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>A door at work.</summary>
internal sealed class DoorRun(DoorTiming timing, ImmutableArray<ReaderRun> readers)
{
    // More people than pass one door within any window.
    private const int MostRecent = 64;

    public DoorTiming Timing => timing;

    public Door Door => timing.Door;

    public DoorId Id => timing.Door.Id;

    public ZoneId Zone => timing.Door.Zone;

    public ImmutableArray<ReaderRun> Readers => readers;

    public DoorState State { get; set; } = DoorState.NeverSeen;

    /// <summary>The first of two, whose second is awaited; null: none.</summary>
    public AwaitedPartner? Partner { get; set; }

    /// <summary>Who showed a card at the entry side lately, oldest first.</summary>
    public ImmutableArray<RecentBadge> Recent { get; set; } = [];

    public bool IsInService
    {
        get
        {
            foreach (var reader in readers)
            {
                if (reader is { Side: ReaderSide.Entry, IsTrusted: false })
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Whether the leaf is known to be shut and nobody is being let through: what interlock asks of the other door.</summary>
    public bool IsShut => State is { Leaf: Panels.LeafState.Closed, Release: null, Freedom: not { Released: true } };

    public void Remember(RecentBadge badge, TimeSpan keep)
    {
        var kept = Recent.RemoveAll(one => one.Person == badge.Person || badge.At - one.At > keep);
        Recent = (kept.Length >= MostRecent ? kept.RemoveAt(0) : kept).Add(badge);
    }

    public RecentBadge? Lately(PersonId person, TimeSpan within, DateTimeOffset steady)
    {
        foreach (var one in Recent)
        {
            if (one.Person == person && steady - one.At <= within)
            {
                return one;
            }
        }

        return null;
    }

    public bool IsLettingOut(PersonId person)
    {
        foreach (var one in State.Awaited)
        {
            if (one.Way is PassageWay.Out && one.Person == person)
            {
                return true;
            }
        }

        return false;
    }

    public DoorSnapshot Snapshot() => new(Id, State, Recent.IsEmpty ? null : Recent, Partner);

    public void Restore(DoorSnapshot then) => (State, Recent, Partner) = (then.State, then.Recent ?? [], then.Partner);
}

/// <summary>A reader at work.</summary>
internal sealed class ReaderRun(ReaderPlace place)
{
    public DeviceId Id => place.Reader;

    public DoorId Door => place.Door;

    public ReaderSide Side => place.Side;

    public bool HasSensor => place.HasSensor;

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
