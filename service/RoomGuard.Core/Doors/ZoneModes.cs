using System.Collections.Immutable;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>What a zone is in the middle of at this bridge.</summary>
/// <param name="Serial">The order it comes from; -1: none was ever given.</param>
/// <param name="IsOver">The order's time was up. It stays so, whatever becomes of the clock.</param>
/// <param name="FireAt">Wall time at which the doors were released for fire; null: they are not.</param>
/// <param name="IsSignalled">Fire is signalled by a sensor: that is its mode whatever is ordered.</param>
public sealed record ZoneStanding(
    ZoneId Zone, ZoneMode Mode, PersonId? Person, DateTimeOffset? Until, long Serial, bool IsOver, DateTimeOffset? FireAt, bool IsSignalled = false);

/// <summary>
/// R-DOOR-15, R-VIS-11: the mode of each zone, by order and until its time is up, and what it makes of the doors: in a fire they go to their registered state,
/// under maintenance an opening is no alarm. The ways out are free whatever the mode.
/// </summary>
internal sealed class ZoneModes(Room room)
{
    private readonly Dictionary<ZoneId, ZoneStanding> standings = [];

    public bool Changed { get; set; }

    public ImmutableArray<ZoneStanding> Standings => [.. standings.Values.OrderBy(one => one.Zone.Value, StringComparer.Ordinal)];

    /// <summary>Wall time at which a mode ends by itself; null: none does.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            DateTimeOffset? next = null;
            foreach (var (_, one) in standings)
            {
                if (one is { Mode: not ZoneMode.Normal, Until: { } until } && (next is null || until < next))
                {
                    next = until;
                }
            }

            return next;
        }
    }

    public ZoneMode Of(ZoneId zone) => standings.GetValueOrDefault(zone)?.Mode ?? ZoneMode.Normal;

    public void Restore(ImmutableArray<ZoneStanding>? then)
    {
        standings.Clear();
        foreach (var one in then ?? [])
        {
            standings[one.Zone] = one;
        }
    }

    /// <summary>Where fire is signalled, all of it.</summary>
    public void Signal(ImmutableArray<ZoneId> fires)
    {
        foreach (var zone in room.Zones)
        {
            var before = standings.GetValueOrDefault(zone) ?? Nothing(zone);
            if (before.IsSignalled != fires.Contains(zone))
            {
                standings[zone] = before with { IsSignalled = !before.IsSignalled };
                Changed = true;
            }
        }
    }

    /// <summary>Takes what was ordered, what is signalled and what time has ended.</summary>
    public void Look()
    {
        foreach (var zone in room.Zones)
        {
            var held = room.Book.Mode(zone);
            var known = standings.GetValueOrDefault(zone);
            if (held is null && known is null or { IsSignalled: false, Mode: ZoneMode.Normal })
            {
                continue;
            }

            var before = known ?? Nothing(zone);
            var (serial, order) = held is { } newest ? (newest.Serial, newest.Order) : (before.Serial, null);
            var isOver = order is not null && ((serial == before.Serial && before.IsOver) || (order.Mode is not ZoneMode.Normal && order.Until <= room.Now.At));
            var ordered = isOver ? null : order;
            var mode = before.IsSignalled ? ZoneMode.Fire : ordered?.Mode ?? ZoneMode.Normal;
            if (serial == before.Serial && mode == before.Mode && isOver == before.IsOver)
            {
                continue;
            }

            var next = before with { Mode = mode, Person = ordered?.Person, Until = before.IsSignalled ? null : ordered?.Until, Serial = serial, IsOver = isOver };
            standings[zone] = next;
            Changed = true;
            if (mode != before.Mode)
            {
                Turn(before, next, isOver && !before.IsOver);
            }
        }
    }

    /// <summary>Why anybody may open this door by the zone's mode.</summary>
    public (FreedBy By, bool Released, PersonId? Person)? FreedomOf(DoorRun run) => standings.GetValueOrDefault(run.Zone) switch
    {
        { Mode: ZoneMode.Fire } => (FreedBy.Fire, run.Door.OnFire is FireState.Released, null),
        { Mode: ZoneMode.Maintenance } standing => (FreedBy.Maintenance, false, standing.Person),
        _ => null,
    };

    private static ZoneStanding Nothing(ZoneId zone) => new(zone, ZoneMode.Normal, null, null, -1, IsOver: false, null);

    private void Turn(ZoneStanding before, ZoneStanding next, bool byTime)
    {
        var (zone, at) = (next.Zone, room.Now.At);
        room.Touch();
        room.Record(new ZoneModeChanged(at, zone, before.Mode, next.Mode, next.Person ?? before.Person, next.Until, byTime));
        if (before.FireAt is { } releasedAt)
        {
            standings[zone] = next with { FireAt = null };
            room.Record(new FireRestored(at, zone, Doors(zone, FireState.Released), releasedAt, Inside(zone)));
            room.Record(room.Presence.DoubtAll(zone, "fire-release", room.Now));
        }

        if (next.Mode is ZoneMode.Fire)
        {
            standings[zone] = next with { FireAt = at };
            room.Record(new FireReleased(at, zone, Doors(zone, FireState.Released), Doors(zone, FireState.StaysLocked), Inside(zone)));
        }
    }

    private ImmutableArray<DoorId> Doors(ZoneId zone, FireState state) =>
        [.. room.DoorsOf(zone).Where(run => run.Door.OnFire == state).Select(run => run.Id)];

    private ImmutableArray<PersonId> Inside(ZoneId zone) => [.. room.Presence.In(zone).OrderBy(person => person.Value, StringComparer.Ordinal)];
}
