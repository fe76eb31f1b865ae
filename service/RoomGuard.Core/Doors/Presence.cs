using System.Collections.Immutable;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>Somebody inside.</summary>
/// <param name="EnteredAt">Wall time.</param>
/// <param name="Entered">Steady instant, for the length of the stay.</param>
/// <param name="Visit">Null for all but visitors.</param>
/// <param name="Escort">付添い者 of a visitor at this moment.</param>
public sealed record InsideEntry(
    ZoneId Zone,
    PersonId Person,
    DoorId Door,
    DateTimeOffset EnteredAt,
    DateTimeOffset Entered,
    PresenceEvidence Evidence = PresenceEvidence.Opened,
    PresenceCertainty Certainty = PresenceCertainty.Certain,
    VisitId? Visit = null,
    PersonId? Escort = null);

/// <summary>A zone in 無人.</summary>
/// <param name="Since">Wall time at which the last person left.</param>
public sealed record VacantZone(ZoneId Zone, DateTimeOffset Since);

/// <summary>How somebody came to be inside.</summary>
/// <param name="Forgiven">True: believed inside already, and that is not to be asked about (R-DOOR-06).</param>
internal readonly record struct Coming(PresenceEvidence Evidence, PresenceCertainty Certainty, VisitId? Visit, PersonId? Escort, bool Forgiven = false);

/// <summary>
/// R-DOOR-05, R-DOOR-18, R-ZONE-09: who is inside, and which zones are 無人. It is exactly the fold of the presence events it writes
/// (<see cref="PresenceList"/>). Whoever is in an inner zone is in the ones around it as well, and in no other: seen elsewhere means gone from here. A zone
/// that nobody was ever seen to enter is neither vacant nor occupied. Somebody who did not leave by the end of the day stays
/// on the list, and is reported each day, until an exit is seen: a roll call must not lose a person to midnight.
/// </summary>
/// <param name="outerOf">The zone around a zone; null: none.</param>
internal sealed class Presence(Func<ZoneId, ZoneId?> outerOf)
{
    // Deeper than any building; keeps a list that nests zones in a circle from being followed for ever.
    private const int MostNesting = 8;

    private readonly Dictionary<PersonId, ImmutableArray<InsideEntry>> people = [];
    private readonly Dictionary<ZoneId, HashSet<PersonId>> zones = [];
    private readonly HashSet<PersonId> visitors = [];
    private readonly SortedDictionary<string, VacantZone> vacant = new(StringComparer.Ordinal);
    private ImmutableArray<InsideEntry>? sorted;

    public bool Changed { get; set; }

    /// <summary>Rises with each change.</summary>
    public long Stamp { get; private set; }

    public bool IsAnybodyInside => people.Count > 0;

    public ImmutableArray<InsideEntry> Inside => sorted ??=
    [
        .. people.Values.SelectMany(entries => entries)
            .OrderBy(one => one.Zone.Value, StringComparer.Ordinal).ThenBy(one => one.Person.Value, StringComparer.Ordinal),
    ];

    public ImmutableArray<VacantZone> Vacant => [.. vacant.Values];

    /// <summary>Visitors who are inside, in no order.</summary>
    public IReadOnlyCollection<PersonId> Visitors => visitors;

    public bool IsVacant(ZoneId zone) => vacant.ContainsKey(zone.Value);

    public bool IsInside(PersonId person) => people.ContainsKey(person);

    /// <summary>Who is in a zone, in no order.</summary>
    public IReadOnlyCollection<PersonId> In(ZoneId zone) => zones.GetValueOrDefault(zone) ?? (IReadOnlyCollection<PersonId>)[];

    public InsideEntry? Find(ZoneId zone, PersonId person)
    {
        foreach (var entry in people.GetValueOrDefault(person, []))
        {
            if (entry.Zone == zone)
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>Where a person is: of the zones they are in, the innermost; null: nowhere.</summary>
    public InsideEntry? Innermost(PersonId person)
    {
        InsideEntry? found = null;
        var deepest = -1;
        foreach (var entry in people.GetValueOrDefault(person, []))
        {
            if (Depth(entry.Zone) is var depth && depth > deepest)
            {
                (found, deepest) = (entry, depth);
            }
        }

        return found;
    }

    /// <summary>付添い者 of a visitor inside, the same in every zone they are in; null: nobody, or no visitor.</summary>
    public PersonId? EscortOf(PersonId visitor) => people.TryGetValue(visitor, out var entries) ? entries[0].Escort : null;

    /// <summary>The visit by which somebody of <see cref="Visitors"/> is inside.</summary>
    public VisitId VisitOf(PersonId visitor) => people[visitor][0].Visit!.Value;

    public void Restore(ImmutableArray<InsideEntry> entries, ImmutableArray<VacantZone> empty)
    {
        people.Clear();
        zones.Clear();
        visitors.Clear();
        vacant.Clear();
        sorted = null;
        foreach (var entry in entries)
        {
            Add(entry);
        }

        foreach (var zone in empty)
        {
            vacant[zone.Zone.Value] = zone;
        }

        Stamp++;
    }

    public IEnumerable<RecordedEvent> EndOfDay(Moment now)
    {
        foreach (var one in Inside)
        {
            yield return Doubt(one, "no-exit-by-end-of-day", now);
        }
    }

    /// <summary>Everybody in a zone is to be confirmed by hand (R-DOOR-15).</summary>
    public IEnumerable<RecordedEvent> DoubtAll(ZoneId zone, string kind, Moment now)
    {
        foreach (var one in Inside.Where(one => one.Zone == zone))
        {
            yield return Doubt(one, kind, now);
        }
    }

    public IEnumerable<RecordedEvent> Enter(PersonId person, Door door, Coming coming, Moment now)
    {
        if (Find(door.Zone, person) is { } earlier && !coming.Forgiven)
        {
            yield return Doubt(earlier, "entry-while-inside", now);
        }

        foreach (var item in LeaveOthers(person, door.Zone, now))
        {
            yield return item;
        }

        foreach (var outer in Around(door.Zone).Reverse().Where(outer => Find(outer, person) is null))
        {
            yield return new PresenceMismatch(now.At, outer, person, "outer-not-seen", null);
            foreach (var item in Put(person, outer, door.Id, coming with { Evidence = PresenceEvidence.Elsewhere, Certainty = PresenceCertainty.Unverified }, null, now))
            {
                yield return item;
            }
        }

        foreach (var item in Put(person, door.Zone, door.Id, coming, null, now))
        {
            yield return item;
        }
    }

    public IEnumerable<RecordedEvent> Leave(PersonId person, Door door, PresenceEvidence evidence, VisitId? visit, Moment now)
    {
        if (Find(door.Zone, person) is not { } entry)
        {
            yield return new PresenceMismatch(now.At, door.Zone, person, "exit-without-entry", null);
            yield return new PersonLeft(now.At, door.Zone, door.Id, person, null, evidence, visit);
            yield break;
        }

        foreach (var inner in Within(person, door.Zone))
        {
            yield return Doubt(inner, "outer-left", now);
            foreach (var item in Take(inner, inner.Door, PresenceEvidence.Elsewhere, null, now))
            {
                yield return item;
            }
        }

        foreach (var item in Take(entry, door.Id, evidence, null, now))
        {
            yield return item;
        }
    }

    /// <summary>Somebody said with a reason who is inside and who is not (R-DOOR-05, R-DOOR-06).</summary>
    /// <param name="door">A door of the zone, for somebody of whom no door is known.</param>
    public IEnumerable<RecordedEvent> Correct(PresenceOrder order, DoorId door, VisitId? visit, PersonId? escort, Moment now)
    {
        var since = order.Since < now.At ? order.Since : now.At;
        if (order.Inside)
        {
            foreach (var item in LeaveOthers(order.Person, order.Zone, now).Concat(Around(order.Zone).Reverse().Where(outer => Find(outer, order.Person) is null)
                .SelectMany(outer => Put(order.Person, outer, door, new(PresenceEvidence.Manual, PresenceCertainty.Certain, visit, escort), since, now))))
            {
                yield return item;
            }

            var known = Find(order.Zone, order.Person);
            var coming = new Coming(PresenceEvidence.Manual, PresenceCertainty.Certain, known?.Visit ?? visit, known?.Escort ?? escort);
            foreach (var item in Put(order.Person, order.Zone, known?.Door ?? door, coming, since, now))
            {
                yield return item;
            }
        }
        else if (Find(order.Zone, order.Person) is { } entry)
        {
            foreach (var item in Within(order.Person, order.Zone).Append(entry).SelectMany(one => Take(one, one.Door, PresenceEvidence.Manual, since, now)))
            {
                yield return item;
            }
        }
    }

    /// <summary>Another escort is beside this visitor from now on.</summary>
    public void HandOver(PersonId visitor, PersonId escort)
    {
        if (people.TryGetValue(visitor, out var entries))
        {
            people[visitor] = [.. entries.Select(one => one with { Escort = escort })];
            Touch();
        }
    }

    private IEnumerable<ZoneId> Around(ZoneId zone)
    {
        var steps = 0;
        for (var outer = outerOf(zone); outer is { } one && steps < MostNesting; outer = outerOf(one), steps++)
        {
            yield return one;
        }
    }

    private int Depth(ZoneId zone)
    {
        var depth = 0;
        for (var outer = outerOf(zone); outer is { } one && depth < MostNesting; outer = outerOf(one))
        {
            depth++;
        }

        return depth;
    }

    private ImmutableArray<InsideEntry> Within(PersonId person, ZoneId zone) =>
        [.. people.GetValueOrDefault(person, []).Where(one => one.Zone != zone && Around(one.Zone).Contains(zone)).OrderByDescending(one => Depth(one.Zone))];

    private IEnumerable<RecordedEvent> LeaveOthers(PersonId person, ZoneId zone, Moment now)
    {
        foreach (var other in people.GetValueOrDefault(person, []).OrderByDescending(one => Depth(one.Zone)))
        {
            if (other.Zone == zone || Around(zone).Contains(other.Zone))
            {
                continue;
            }

            yield return Doubt(other, "seen-elsewhere", now);
            foreach (var item in Take(other, other.Door, PresenceEvidence.Elsewhere, null, now))
            {
                yield return item;
            }
        }
    }

    private IEnumerable<RecordedEvent> Put(PersonId person, ZoneId zone, DoorId door, Coming coming, DateTimeOffset? since, Moment now)
    {
        // A visitor stays one, also where somebody put them by hand.
        if (coming.Visit is null && people.TryGetValue(person, out var entries) && entries[0] is { Visit: { } visit, Escort: var escort })
        {
            coming = coming with { Visit = visit, Escort = escort };
        }

        var wasEmpty = In(zone).Count == 0;
        Add(new(
            zone,
            person,
            door,
            since ?? now.At,
            now.Steady - (now.At - (since ?? now.At)),
            coming.Evidence,
            coming.Certainty,
            coming.Visit,
            coming.Escort));
        _ = vacant.Remove(zone.Value);
        Touch();
        yield return new PersonEntered(now.At, zone, door, person, coming.Evidence, coming.Certainty, coming.Visit, coming.Escort, since);
        if (wasEmpty)
        {
            yield return new ZoneOccupied(now.At, zone);
        }
    }

    private IEnumerable<RecordedEvent> Take(InsideEntry entry, DoorId door, PresenceEvidence evidence, DateTimeOffset? since, Moment now)
    {
        var left = people[entry.Person].RemoveAll(one => one.Zone == entry.Zone);
        if (left.IsEmpty)
        {
            _ = people.Remove(entry.Person);
            _ = visitors.Remove(entry.Person);
        }
        else
        {
            people[entry.Person] = left;
        }

        _ = zones[entry.Zone].Remove(entry.Person);
        Touch();
        var stay = now.Steady - entry.Entered - (now.At - (since ?? now.At));
        yield return new PersonLeft(now.At, entry.Zone, door, entry.Person, Math.Max(0, (long)stay.TotalMilliseconds), evidence, entry.Visit);
        if (zones[entry.Zone].Count == 0)
        {
            vacant[entry.Zone.Value] = new(entry.Zone, now.At);
            yield return new ZoneVacant(now.At, entry.Zone);
        }
    }

    private PresenceMismatch Doubt(InsideEntry entry, string kind, Moment now)
    {
        people[entry.Person] = [.. people[entry.Person].Select(one => one.Zone == entry.Zone ? one with { Certainty = PresenceCertainty.Unverified } : one)];
        Touch();
        return new(now.At, entry.Zone, entry.Person, kind, entry.EnteredAt);
    }

    private void Add(InsideEntry entry)
    {
        var entries = people.GetValueOrDefault(entry.Person, []).RemoveAll(one => one.Zone == entry.Zone);
        if (entry.Visit is not null)
        {
            // Who took the visitor in last is the escort, also in the zones around.
            entries = [.. entries.Select(one => one with { Visit = entry.Visit, Escort = entry.Escort })];
        }

        people[entry.Person] = [.. entries.Append(entry).OrderBy(one => one.Zone.Value, StringComparer.Ordinal)];
        _ = (zones.TryGetValue(entry.Zone, out var there) ? there : zones[entry.Zone] = []).Add(entry.Person);
        if (entry.Visit is not null)
        {
            _ = visitors.Add(entry.Person);
        }
    }

    private void Touch()
    {
        sorted = null;
        Changed = true;
        Stamp++;
    }
}
