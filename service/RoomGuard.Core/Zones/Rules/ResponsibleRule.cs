namespace RoomGuard.Core.Zones.Rules;

/// <summary>R-ZONE-07: each zone has one who answers for it and one who stands in.</summary>
public static class ResponsibleRule
{
    /// <summary>What is wrong with a zone.</summary>
    /// <param name="who">How many answer for it, and how many stand in for them.</param>
    public static IEnumerable<ZoneFinding> Look(ZoneStructure zone, (int Responsible, int Deputies) who)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return who switch
        {
            { Responsible: 0 } => [new(zone.Zone, ZoneFault.NoResponsible, ZoneEffect.Alarm, "R-ZONE-07", null, null)],
            { Deputies: 0 } => [new(zone.Zone, ZoneFault.NoDeputy, ZoneEffect.Finding, "R-ZONE-07", null, null)],
            _ => [],
        };
    }
}
