using System.Collections.Immutable;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>Where a reader hangs. A reader serves one door.</summary>
/// <param name="HasSensor">Whether it can compare a finger with the template it keeps for a card.</param>
public sealed record ReaderPlace(DeviceId Reader, DoorId Door, ReaderSide Side, bool HasSensor = false);

/// <summary>The doors and readers one bridge looks after.</summary>
public sealed record RoomPlan(ImmutableArray<Door> Doors, ImmutableArray<ReaderPlace> Readers)
{
    /// <summary>Readers of asset tags: they ask for nobody, and their outages are told all the same (R-MOVE-05, R-DOOR-17).</summary>
    public ImmutableArray<DeviceId> TagReaders { get; init; } = [];

    /// <summary>What is wrong with the plan, one line each; empty: nothing.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var twice in Doors.GroupBy(door => door.Id).Where(group => group.Count() > 1))
        {
            yield return $"Door {twice.Key} is named {twice.Count()} times.";
        }

        foreach (var twice in Readers.GroupBy(place => place.Reader).Where(group => group.Count() > 1))
        {
            yield return $"Reader {twice.Key} is placed {twice.Count()} times; a reader serves one door.";
        }

        foreach (var place in Readers.Where(place => Doors.All(door => door.Id != place.Door)))
        {
            yield return $"Reader {place.Reader} belongs to door {place.Door}, which is not in the plan.";
        }

        foreach (var (door, other) in Doors.SelectMany(door => door.Interlock.Select(other => (door, other)))
            .Where(pair => pair.other == pair.door.Id || Doors.All(known => known.Id != pair.other)))
        {
            yield return $"Door {door.Id}: the interlock names {other}, which is no other door of the plan. Name another door of the same bridge.";
        }

        foreach (var door in Doors.Where(door => door.Unlock <= TimeSpan.Zero || door.HeldOpen <= TimeSpan.Zero || door.HeldOpenAlarm < door.HeldOpen))
        {
            yield return $"Door {door.Id}: unlock and held-open times are longer than zero, and the alarm comes no earlier than the sounder.";
        }
    }
}
