using System.Collections.Immutable;
using RoomGuard.Core.Zones.Rules;

namespace RoomGuard.Core.Zones;

/// <summary>A door that leads outside (外部に通ずるドア), with what R-ZONE-04 asks of it.</summary>
/// <param name="Reason">Why the zone has it (R-ZONE-03).</param>
/// <param name="Lock">Its lock's device; null: none.</param>
/// <param name="Contact">The input that watches its leaf; null: none.</param>
/// <param name="Alarm">What raises the alarm; null: none.</param>
/// <param name="ApprovedBy">SUP's approval of a door beyond the limit; null: none.</param>
public sealed record OuterDoor(DoorId Door, string Reason, string? Lock, string? Contact, string? Alarm, string? ApprovedBy);

/// <summary>A zone as a building has it: what R-ZONE-01 to 05 look at.</summary>
/// <param name="Kind">Null: not said.</param>
/// <param name="Floor">Floor above ground, 1 is the ground floor, below 0 the basement; null: not said.</param>
/// <param name="Importance">Null: not classified, which is treated as class I.</param>
/// <param name="Parent">The zone it lies in (R-ZONE-09); null: none.</param>
/// <param name="Panels">Bridges its doors hang on.</param>
public sealed record ZoneStructure(
    ZoneId Zone,
    ZoneKind? Kind,
    int? Floor,
    Segment? Segment,
    ImportanceClass? Importance,
    ZoneId? Parent,
    int RequiredFactors,
    ImmutableArray<OuterDoor> OuterDoors,
    ImmutableArray<string> Panels)
{
    /// <summary>What counts: unclassified is treated as class I (R-ZONE-05).</summary>
    public ImportanceClass ImportanceThatCounts => Importance ?? ImportanceClass.I;
}

/// <summary>What a policy profile asks of every zone.</summary>
/// <param name="MyNumberDoorFactors">Null: the segment is not used.</param>
public sealed record StructureLimits(bool GroundFloorRefused, int OuterDoorLimit, ImmutableArray<Segment> Segments, int? MyNumberDoorFactors);

/// <summary>What is wrong with a zone's structure.</summary>
public enum ZoneFault
{
    /// <summary>R-ZONE-01: neither server room nor media store.</summary>
    NoKind,

    /// <summary>R-ZONE-02: nobody said on which floor it lies.</summary>
    NoFloor,

    /// <summary>R-ZONE-02: in the basement or on the ground floor.</summary>
    GroundFloor,

    /// <summary>R-ZONE-03: more outer doors than the limit, without approval.</summary>
    TooManyOuterDoors,

    /// <summary>R-ZONE-03: an outer door without a reason.</summary>
    OuterDoorWithoutReason,

    /// <summary>R-ZONE-04: an outer door without lock, contact or alarm.</summary>
    OuterDoorUnguarded,

    /// <summary>R-ZONE-05: no importance class, so class I counts.</summary>
    NotClassified,

    /// <summary>R-ZONE-05: no segment.</summary>
    NoSegment,

    /// <summary>R-ZONE-05: a segment the profile does not have.</summary>
    SegmentNotInProfile,

    /// <summary>R-PROF-07: fewer factors than the profile asks for the segment.</summary>
    TooFewFactors,

    /// <summary>R-ZONE-07: nobody answers for it.</summary>
    NoResponsible,

    /// <summary>R-ZONE-07: nobody stands in for whoever answers for it.</summary>
    NoDeputy,

    /// <summary>R-ZONE-09: it lies in a zone that is unknown, in itself, or at another bridge.</summary>
    WrongParent,
}

/// <summary>What a finding does by itself.</summary>
public enum ZoneEffect
{
    /// <summary>Shown, and kept on the 自己点検表 while it lasts.</summary>
    Finding,

    /// <summary>An alarm to SUP.</summary>
    Alarm,

    /// <summary>The zone stays out of service: nobody is let in.</summary>
    NotInService,
}

/// <summary>One thing that is wrong with a zone.</summary>
/// <param name="Requirement">Its id.</param>
/// <param name="Place">The door; null: the zone as a whole.</param>
/// <param name="Exception">The exception in force that lets it be; null: none.</param>
public sealed record ZoneFinding(ZoneId Zone, ZoneFault Fault, ZoneEffect Effect, string Requirement, string? Place, string? Exception);

/// <summary>The structure rules of 管理区域 together (R-ZONE-01 to 05, 07, 09; R-PROF-07). Pure: told everything, they answer with what is wrong.</summary>
public static class ZoneStructureRules
{
    /// <summary>Everything that is wrong, zone by zone.</summary>
    /// <param name="excepted">The exception in force for a setting of the profile in a zone; null: none.</param>
    /// <param name="responsible">How many answer for a zone, and how many stand in for them.</param>
    public static ImmutableArray<ZoneFinding> Look(
        ImmutableArray<ZoneStructure> zones,
        StructureLimits limits,
        Func<string, ZoneId, string?> excepted,
        Func<ZoneId, (int Responsible, int Deputies)> responsible)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(excepted);
        ArgumentNullException.ThrowIfNull(responsible);
        return
        [
            .. from zone in zones
               from finding in (IEnumerable<ZoneFinding>)
               [
                   .. KindRule.Look(zone), .. FloorRule.Look(zone, limits, excepted), .. OuterDoorRule.Look(zone, limits, excepted), .. GuardedDoorRule.Look(zone), .. ClassRule.Look(zone, limits),
                   .. DoorFactorRule.Look(zone, limits, excepted), .. ResponsibleRule.Look(zone, responsible(zone.Zone)), .. NestingRule.Look(zone, zones),
               ]
               select finding,
        ];
    }

    /// <summary>
    /// Whether a registration is refused for it (R-ZONE-01, 02, 03, 05, 09). An outer door that lacks something is registered and keeps the zone out of service
    /// until it is mended (R-ZONE-04); the rest is told and shown.
    /// </summary>
    public static bool Refuses(ZoneFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return finding.Effect is ZoneEffect.NotInService && finding.Fault is not ZoneFault.OuterDoorUnguarded;
    }
}
