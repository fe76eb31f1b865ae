using System.Collections.Immutable;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>A zone whose doors stand released in free hours.</summary>
/// <param name="Person">By whose entry.</param>
/// <param name="Until">Wall time at which the hours end.</param>
public sealed record FreeHoursRun(ZoneId Zone, PersonId Person, DateTimeOffset Until);

/// <summary>
/// First-person unlock: within the zone's free hours the doors stand released once somebody with a grant has entered, until the hours end or nobody with a grant
/// is inside. Lockdown, alarm, any other mode, a list too old and a journal that cannot be written end it, and somebody has to enter anew.
/// </summary>
internal sealed class FreeHours(Room room, ZoneModes modes)
{
    private readonly SortedDictionary<string, FreeHoursRun> runs = new(StringComparer.Ordinal);

    public bool Changed { get; set; }

    public ImmutableArray<FreeHoursRun> Runs => [.. runs.Values];

    /// <summary>Wall time at which hours end; null: none run.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            DateTimeOffset? next = null;
            foreach (var (_, one) in runs)
            {
                next = room.AwaitsList ? null : next is null || one.Until < next ? one.Until : next;
            }

            return next;
        }
    }

    public void Restore(ImmutableArray<FreeHoursRun>? then)
    {
        runs.Clear();
        foreach (var one in then ?? [])
        {
            runs[one.Zone.Value] = one;
        }
    }

    public bool IsFree(DoorRun run) => runs.ContainsKey(run.Zone.Value) && run.Door.Interlock.IsEmpty;

    public void Look()
    {
        if (room.AwaitsList)
        {
            return;
        }

        foreach (var zone in room.Zones)
        {
            if (runs.TryGetValue(zone.Value, out var run))
            {
                if (WhyOver(run) is { } cause)
                {
                    _ = runs.Remove(zone.Value);
                    Changed = true;
                    room.Record(new FreeHoursEnded(room.Now.At, zone, Doors(zone), cause));
                }
            }
            else if (IsAllowed(zone) && IsNow(zone) && ArrivedIn(zone) is { } person)
            {
                var until = EndOf(room.RulesOf(zone).FreeAfterFirst!);
                runs[zone.Value] = new(zone, person, until);
                Changed = true;
                room.Record(new FreeHoursBegan(room.Now.At, zone, Doors(zone), person, until));
            }
        }
    }

    private FreeHoursEnd? WhyOver(FreeHoursRun run) => run switch
    {
        _ when room.Now.At >= run.Until || !IsNow(run.Zone) => FreeHoursEnd.Time,
        _ when !room.Presence.In(run.Zone).Any(person => room.Book.Visitor(person) is null) => FreeHoursEnd.Vacant,
        _ when !IsAllowed(run.Zone) => FreeHoursEnd.Stopped,
        _ => null,
    };

    private bool IsAllowed(ZoneId zone) =>
        room.Outage is null
        && modes.Of(zone) is ZoneMode.Normal
        && room.List is { } list && room.Now.At - list.List.IssuedAt <= list.List.AgeLimit
        && room.Orders.Lockdown(zone, null, room.Now.At) is null;

    private bool IsNow(ZoneId zone) => room.List is { } list && room.RulesOf(zone).FreeAfterFirst is { } hours && hours.Covers(room.Local, list);

    private PersonId? ArrivedIn(ZoneId zone)
    {
        foreach (var arrived in room.Arrived)
        {
            if (arrived.Zone == zone)
            {
                return arrived.Person;
            }
        }

        return null;
    }

    private DateTimeOffset EndOf(Schedule hours)
    {
        var local = hours.Hours.EndAfter(room.Local);
        return new(local, room.TimeZone.GetUtcOffset(local));
    }

    private ImmutableArray<DoorId> Doors(ZoneId zone) => [.. room.DoorsOf(zone).Where(run => run.Door.Interlock.IsEmpty).Select(run => run.Id)];
}
