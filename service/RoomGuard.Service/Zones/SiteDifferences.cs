using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Zones;

namespace RoomGuard.Service.Zones;

/// <summary>What a change of a zone or door changes, field by field (R-CFG-01: before and after).</summary>
public static class SiteDifferences
{
    /// <summary>Of a zone; null on one side: it is new, or is taken out.</summary>
    public static ImmutableArray<FieldChange> Of(ZoneRegistration? before, ZoneRegistration? after) => Differ(Fields(before), Fields(after));

    /// <summary>Of a door; null on one side: it is new, or is taken out.</summary>
    public static ImmutableArray<FieldChange> Of(DoorRegistration? before, DoorRegistration? after) => Differ(Fields(before), Fields(after));

    private static ImmutableArray<FieldChange> Differ(ImmutableArray<(string Field, string Value)> before, ImmutableArray<(string Field, string Value)> after) =>
    [
        .. from field in before.Concat(after).Select(one => one.Field).Distinct()
           let was = before.FirstOrDefault(one => one.Field == field).Value ?? ""
           let shall = after.FirstOrDefault(one => one.Field == field).Value ?? ""
           where was != shall
           select new FieldChange(field, was, shall),
    ];

    private static ImmutableArray<(string Field, string Value)> Fields(ZoneRegistration? zone) => zone is null
        ? []
        :
        [
            ("id", zone.Id.Value), ("label", zone.Label), ("labelEn", zone.LabelEn), ("kind", zone.Kind.ToString()), ("floor", zone.Floor.ToString(CultureInfo.InvariantCulture)),
            ("segment", zone.Segment.ToString()), ("importance", zone.Importance?.ToString() ?? ""), ("requiredFactors", zone.RequiredFactors.ToString(CultureInfo.InvariantCulture)),
            ("methods", string.Join(' ', zone.Methods)), ("staleList", zone.StaleList.ToString()), ("parent", zone.Parent?.Value ?? ""), ("exception", zone.Exception ?? ""),
        ];

    private static ImmutableArray<(string Field, string Value)> Fields(DoorRegistration? door) => door is null
        ? []
        :
        [
            ("id", door.Id.Value), ("zone", door.Zone.Value), ("panel", door.Panel), ("label", door.Label), ("labelEn", door.LabelEn), ("outerReason", door.LeadsOutside?.Reason ?? ""),
            ("lock", door.LeadsOutside?.Lock ?? ""), ("contact", door.LeadsOutside?.Contact ?? ""), ("alarm", door.LeadsOutside?.Alarm ?? ""), ("approvedBy", door.LeadsOutside?.ApprovedBy ?? ""),
        ];
}
