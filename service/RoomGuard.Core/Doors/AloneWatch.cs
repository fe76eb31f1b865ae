using System.Collections.Immutable;
using RoomGuard.Core.People;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>Somebody alone where never one alone may be.</summary>
/// <param name="Since">Steady instant at which it began.</param>
/// <param name="Due">Steady instant of the next report.</param>
public sealed record AloneRun(ZoneId Zone, DateTimeOffset Since, DateTimeOffset Due, int Times);

/// <summary>
/// Counts who is one of two (<see cref="Rules.SecondPersonRule"/>): a visitor never, an escort with visitors beside them as the zone says. Where never one alone may be,
/// whoever is left alone is told at once and again, and nobody is held back for it.
/// </summary>
internal sealed class AloneWatch(Room room, ZoneModes modes)
{
    private readonly SortedDictionary<string, AloneRun> alone = new(StringComparer.Ordinal);
    private long seen = -1;

    public bool Changed { get; set; }

    public ImmutableArray<AloneRun> Runs => [.. alone.Values];

    /// <summary>Steady instant of the next report; null: none.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            DateTimeOffset? next = null;
            foreach (var (_, one) in alone)
            {
                next = room.AwaitsList ? null : next is null || one.Due < next ? one.Due : next;
            }

            return next;
        }
    }

    public void Restore(ImmutableArray<AloneRun>? then)
    {
        seen = -1;
        alone.Clear();
        foreach (var one in then ?? [])
        {
            alone[one.Zone.Value] = one;
        }
    }

    /// <summary>Whether this person is one of two in this zone.</summary>
    public bool Counts(PersonId person, ZoneId zone)
    {
        if (room.Book.Visitor(person) is not null)
        {
            return false;
        }

        if (room.RulesOf(zone).TwoPersons is not { EscortCounts: false })
        {
            return true;
        }

        foreach (var visitor in room.Presence.Visitors)
        {
            if (room.Presence.Find(zone, visitor) is { Escort: { } escort } && escort == person)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>How many inside are one of two, without the one who asks; where a visitor asks and the escort would then not count, without the visit's escorts.</summary>
    public int Counting(ZoneId zone, PersonId? without, VisitPass? asking)
    {
        var escortCounts = room.RulesOf(zone).TwoPersons is not { EscortCounts: false };
        var count = 0;
        foreach (var person in room.Presence.In(zone))
        {
            if (person != without && Counts(person, zone) && (asking is null || escortCounts || !asking.Escorts.Contains(person)))
            {
                count++;
            }
        }

        return count;
    }

    public void Look()
    {
        if (room.AwaitsList || (seen == room.Stamp && !(NextDue is { } due && room.Now.Steady >= due)))
        {
            return;
        }

        seen = room.Stamp;
        foreach (var zone in room.Zones)
        {
            var one = modes.Of(zone) is ZoneMode.Fire || room.RulesOf(zone).TwoPersons is not { Mode: TwoPersonMode.NeverAlone } ? null : WhoIsAlone(zone);
            var (before, now) = (alone.GetValueOrDefault(zone.Value), room.Now);
            if (one is { } person)
            {
                Tell(person, before ?? new(zone, now.Steady, now.Steady, 0));
            }
            else if (before is not null)
            {
                _ = alone.Remove(zone.Value);
                Changed = true;
                room.Record(new LeftAloneEnded(now.At, zone, (long)(now.Steady - before.Since).TotalMilliseconds));
            }
        }
    }

    private void Tell(PersonId person, AloneRun run)
    {
        var now = room.Now;
        if (now.Steady < run.Due)
        {
            return;
        }

        var time = now.Steady - run.Since;
        var repeat = room.Settings.LeftAloneRepeat;
        alone[run.Zone.Value] = run with { Times = run.Times + 1, Due = run.Since + (((int)(time / repeat) + 1) * repeat) };
        Changed = true;
        room.Record(new LeftAlone(now.At, run.Zone, person, (long)time.TotalMilliseconds, run.Times + 1));
    }

    private PersonId? WhoIsAlone(ZoneId zone)
    {
        var counting = 0;
        PersonId? found = null;
        foreach (var person in room.Presence.In(zone))
        {
            if (room.Book.Visitor(person) is not null)
            {
                continue;
            }

            counting += Counts(person, zone) ? 1 : 0;
            found = found is { } other && string.CompareOrdinal(other.Value, person.Value) < 0 ? other : person;
        }

        return counting < 2 ? found : null;
    }
}
