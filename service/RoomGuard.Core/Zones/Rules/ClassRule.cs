namespace RoomGuard.Core.Zones.Rules;

/// <summary>R-ZONE-05: a zone carries an importance class and a segment of the profile's list; unclassified is treated as class I.</summary>
public static class ClassRule
{
    /// <summary>What is wrong with a zone.</summary>
    public static IEnumerable<ZoneFinding> Look(ZoneStructure zone, StructureLimits limits)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(limits);
        if (zone.Importance is null)
        {
            yield return new(zone.Zone, ZoneFault.NotClassified, ZoneEffect.Finding, "R-ZONE-05", null, null);
        }

        if (zone.Segment is not { } segment)
        {
            yield return new(zone.Zone, ZoneFault.NoSegment, ZoneEffect.Finding, "R-ZONE-05", null, null);
        }
        else if (!limits.Segments.Contains(segment))
        {
            yield return new(zone.Zone, ZoneFault.SegmentNotInProfile, ZoneEffect.NotInService, "R-ZONE-05", segment.ToString(), null);
        }
    }
}
