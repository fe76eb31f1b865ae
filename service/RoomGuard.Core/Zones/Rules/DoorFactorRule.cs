namespace RoomGuard.Core.Zones.Rules;

/// <summary>R-PROF-07: a zone of マイナンバー利用事務系 asks at its doors for as many factors as the profile does.</summary>
public static class DoorFactorRule
{
    /// <summary>What is wrong with a zone.</summary>
    /// <param name="excepted">The exception in force for a setting of the profile in a zone; null: none.</param>
    public static IEnumerable<ZoneFinding> Look(ZoneStructure zone, StructureLimits limits, Func<string, ZoneId, string?> excepted)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(excepted);
        if (zone.Segment is Segment.MyNumber && zone.RequiredFactors < limits.MyNumberDoorFactors)
        {
            var exception = excepted("MyNumberDoorFactors", zone.Zone);
            yield return new(zone.Zone, ZoneFault.TooFewFactors, exception is null ? ZoneEffect.NotInService : ZoneEffect.Finding, "R-PROF-07", null, exception);
        }
    }
}
