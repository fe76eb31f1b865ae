using System.Collections.Immutable;

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

/// <summary>The structure rules of 管理区域 (R-ZONE-01 to 05, 07, 09; R-PROF-07). Pure: told everything, it answers with what is wrong.</summary>
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
                   .. Kind(zone), .. Floor(zone, limits, excepted), .. OuterDoors(zone, limits, excepted), .. Guarded(zone), .. Classified(zone, limits), .. Factors(zone, limits, excepted),
                   .. People(zone, responsible(zone.Zone)), .. Nested(zone, zones),
               ]
               select finding,
        ];
    }

    private static IEnumerable<ZoneFinding> Kind(ZoneStructure zone)
    {
        if (zone.Kind is null)
        {
            yield return new(zone.Zone, ZoneFault.NoKind, ZoneEffect.NotInService, "R-ZONE-01", null, null);
        }
    }

    private static IEnumerable<ZoneFinding> Floor(ZoneStructure zone, StructureLimits limits, Func<string, ZoneId, string?> excepted)
    {
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

    private static IEnumerable<ZoneFinding> OuterDoors(ZoneStructure zone, StructureLimits limits, Func<string, ZoneId, string?> excepted)
    {
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

    private static IEnumerable<ZoneFinding> Guarded(ZoneStructure zone) =>
        from door in zone.OuterDoors
        where string.IsNullOrWhiteSpace(door.Lock) || string.IsNullOrWhiteSpace(door.Contact) || string.IsNullOrWhiteSpace(door.Alarm)
        select new ZoneFinding(zone.Zone, ZoneFault.OuterDoorUnguarded, ZoneEffect.NotInService, "R-ZONE-04", door.Door.Value, null);

    private static IEnumerable<ZoneFinding> Classified(ZoneStructure zone, StructureLimits limits)
    {
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

    private static IEnumerable<ZoneFinding> Factors(ZoneStructure zone, StructureLimits limits, Func<string, ZoneId, string?> excepted)
    {
        if (zone.Segment is Segment.MyNumber && zone.RequiredFactors < limits.MyNumberDoorFactors)
        {
            var exception = excepted("MyNumberDoorFactors", zone.Zone);
            yield return new(zone.Zone, ZoneFault.TooFewFactors, exception is null ? ZoneEffect.NotInService : ZoneEffect.Finding, "R-PROF-07", null, exception);
        }
    }

    private static IEnumerable<ZoneFinding> People(ZoneStructure zone, (int Responsible, int Deputies) who)
    {
        if (who.Responsible == 0)
        {
            yield return new(zone.Zone, ZoneFault.NoResponsible, ZoneEffect.Alarm, "R-ZONE-07", null, null);
        }
        else if (who.Deputies == 0)
        {
            yield return new(zone.Zone, ZoneFault.NoDeputy, ZoneEffect.Finding, "R-ZONE-07", null, null);
        }
    }

    private static IEnumerable<ZoneFinding> Nested(ZoneStructure zone, ImmutableArray<ZoneStructure> zones)
    {
        var seen = new HashSet<ZoneId> { zone.Zone };
        for (var at = zone; at.Parent is { } parent;)
        {
            // Presence is kept by one bridge: it cannot know who stands in a zone of another.
            if (zones.FirstOrDefault(one => one.Zone == parent) is not { } outer || !seen.Add(parent) || outer.Panels.Except(zone.Panels).Any())
            {
                yield return new(zone.Zone, ZoneFault.WrongParent, ZoneEffect.NotInService, "R-ZONE-09", parent.Value, null);
                yield break;
            }

            at = outer;
        }
    }
}
