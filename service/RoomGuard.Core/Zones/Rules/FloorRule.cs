namespace RoomGuard.Core.Zones.Rules;

/// <summary>R-ZONE-02: not in the basement and not on the ground floor, unless the profile only warns or an exception is in force.</summary>
public static class FloorRule
{
    /// <summary>What is wrong with a zone.</summary>
    /// <param name="excepted">The exception in force for a setting of the profile in a zone; null: none.</param>
    public static IEnumerable<ZoneFinding> Look(ZoneStructure zone, StructureLimits limits, Func<string, ZoneId, string?> excepted)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(excepted);
        if (zone.Floor is not { } floor)
        {
            yield return new(zone.Zone, ZoneFault.NoFloor, ZoneEffect.Finding, "R-ZONE-02", null, null);
        }
        else if (floor <= 1)
        {
            var exception = excepted("GroundFloorRule", zone.Zone);
            yield return new(zone.Zone, ZoneFault.GroundFloor, limits.GroundFloorRefused && exception is null ? ZoneEffect.NotInService : ZoneEffect.Finding, "R-ZONE-02", null, exception);
        }
    }
}
