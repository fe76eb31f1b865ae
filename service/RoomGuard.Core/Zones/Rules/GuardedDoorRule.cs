namespace RoomGuard.Core.Zones.Rules;

/// <summary>R-ZONE-04: a zone goes into service only if each outer door has a lock, a watching input and an alarm (鍵・監視機能・警報装置).</summary>
public static class GuardedDoorRule
{
    /// <summary>What is wrong with a zone.</summary>
    public static IEnumerable<ZoneFinding> Look(ZoneStructure zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return from door in zone.OuterDoors
               where string.IsNullOrWhiteSpace(door.Lock) || string.IsNullOrWhiteSpace(door.Contact) || string.IsNullOrWhiteSpace(door.Alarm)
               select new ZoneFinding(zone.Zone, ZoneFault.OuterDoorUnguarded, ZoneEffect.NotInService, "R-ZONE-04", door.Door.Value, null);
    }
}
