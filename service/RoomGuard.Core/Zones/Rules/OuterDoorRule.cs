namespace RoomGuard.Core.Zones.Rules;

/// <summary>R-ZONE-03: every door that leads outside has its reason, and more of them than the limit have SUP's approval.</summary>
public static class OuterDoorRule
{
    /// <summary>What is wrong with a zone.</summary>
    /// <param name="excepted">The exception in force for a setting of the profile in a zone; null: none.</param>
    public static IEnumerable<ZoneFinding> Look(ZoneStructure zone, StructureLimits limits, Func<string, ZoneId, string?> excepted)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(excepted);
        var beyond = zone.OuterDoors.Where(door => door.ApprovedBy is null).Skip(Math.Max(0, limits.OuterDoorLimit - zone.OuterDoors.Count(door => door.ApprovedBy is not null)));
        foreach (var door in beyond)
        {
            var exception = excepted("OuterDoorLimit", zone.Zone);
            yield return new(zone.Zone, ZoneFault.TooManyOuterDoors, exception is null ? ZoneEffect.NotInService : ZoneEffect.Finding, "R-ZONE-03", door.Door.Value, exception);
        }

        foreach (var door in zone.OuterDoors.Where(door => string.IsNullOrWhiteSpace(door.Reason)))
        {
            yield return new(zone.Zone, ZoneFault.OuterDoorWithoutReason, ZoneEffect.NotInService, "R-ZONE-03", door.Door.Value, null);
        }
    }
}
