using System.Collections.Immutable;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>Somebody inside.</summary>
/// <param name="EnteredAt">Wall time.</param>
/// <param name="Entered">Steady instant, for the length of the stay.</param>
public sealed record InsideEntry(ZoneId Zone, PersonId Person, DoorId Door, DateTimeOffset EnteredAt, DateTimeOffset Entered);

/// <summary>A zone in 無人.</summary>
/// <param name="Since">Wall time at which the last person left.</param>
public sealed record VacantZone(ZoneId Zone, DateTimeOffset Since);

/// <summary>
/// R-DOOR-05, R-DOOR-18: who is inside, and which zones are 無人. It is exactly the fold of the presence events it writes. A zone
/// that nobody was ever seen to enter is neither vacant nor occupied. Somebody who did not leave by the end of the day stays
/// on the list, and is reported each day, until an exit is seen: a roll call must not lose a person to midnight.
/// </summary>
internal sealed class Presence
{
    private readonly SortedDictionary<(string Zone, string Person), InsideEntry> inside = new(ByName.Instance);
    private readonly SortedDictionary<string, VacantZone> vacant = new(StringComparer.Ordinal);

    public bool Changed { get; set; }

    public bool IsAnybodyInside => inside.Count > 0;

    public ImmutableArray<InsideEntry> Inside => [.. inside.Values];

    public ImmutableArray<VacantZone> Vacant => [.. vacant.Values];

    public bool IsVacant(ZoneId zone) => vacant.ContainsKey(zone.Value);

    public ImmutableArray<InsideNow> Now() => [.. inside.Values.Select(one => new InsideNow(one.Zone, one.Person, one.EnteredAt, one.Door))];

    public void Restore(ImmutableArray<InsideEntry> entries, ImmutableArray<VacantZone> zones)
    {
        inside.Clear();
        vacant.Clear();
        foreach (var entry in entries)
        {
            inside[(entry.Zone.Value, entry.Person.Value)] = entry;
        }

        foreach (var zone in zones)
        {
            vacant[zone.Zone.Value] = zone;
        }
    }

    public IEnumerable<RecordedEvent> Pass(Passage passage, Door door, Moment now) =>
        passage.Way is PassageWay.In ? Enter(passage.Person, door, now) : Leave(passage.Person, door, now);

    public IEnumerable<RecordedEvent> EndOfDay(Moment now) => inside.Values
        .Select(one => new PresenceMismatch(now.At, one.Zone, one.Person, "no-exit-by-end-of-day", one.EnteredAt));

    private IEnumerable<RecordedEvent> Enter(PersonId person, Door door, Moment now)
    {
        var key = (door.Zone.Value, person.Value);
        var wasEmpty = IsEmpty(door.Zone);
        if (inside.GetValueOrDefault(key) is { } earlier)
        {
            yield return new PresenceMismatch(now.At, door.Zone, person, "entry-while-inside", earlier.EnteredAt);
        }

        inside[key] = new(door.Zone, person, door.Id, now.At, now.Steady);
        vacant.Remove(door.Zone.Value);
        Changed = true;
        yield return new PersonEntered(now.At, door.Zone, door.Id, person);
        if (wasEmpty)
        {
            yield return new ZoneOccupied(now.At, door.Zone);
        }
    }

    private IEnumerable<RecordedEvent> Leave(PersonId person, Door door, Moment now)
    {
        if (!inside.Remove((door.Zone.Value, person.Value), out var entry))
        {
            yield return new PresenceMismatch(now.At, door.Zone, person, "exit-without-entry", null);
            yield return new PersonLeft(now.At, door.Zone, door.Id, person, null);
            yield break;
        }

        Changed = true;
        yield return new PersonLeft(now.At, door.Zone, door.Id, person, (long)(now.Steady - entry.Entered).TotalMilliseconds);
        if (IsEmpty(door.Zone))
        {
            vacant[door.Zone.Value] = new(door.Zone, now.At);
            yield return new ZoneVacant(now.At, door.Zone);
        }
    }

    private bool IsEmpty(ZoneId zone) => !inside.Keys.Any(key => key.Zone == zone.Value);

    private sealed class ByName : IComparer<(string Zone, string Person)>
    {
        public static readonly ByName Instance = new();

        public int Compare((string Zone, string Person) x, (string Zone, string Person) y) =>
            string.CompareOrdinal(x.Zone, y.Zone) is var order && order != 0 ? order : string.CompareOrdinal(x.Person, y.Person);
    }
}
