namespace RoomGuard.Core.Zones.Rules;

/// <summary>R-ZONE-01: a 管理区域 is a server room or a media store.</summary>
public static class KindRule
{
    /// <summary>What is wrong with a zone.</summary>
    public static IEnumerable<ZoneFinding> Look(ZoneStructure zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return zone.Kind is null ? [new(zone.Zone, ZoneFault.NoKind, ZoneEffect.NotInService, "R-ZONE-01", null, null)] : [];
    }
}
