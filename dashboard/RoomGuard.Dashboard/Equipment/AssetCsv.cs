using System.Text;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.Sheets;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Equipment;

/// <summary>The 機器台帳 written out: as CSV in the form of <see cref="RegisterCsv"/>, and cell by cell for a workbook. Every row carries the class that counts (R-LIFE-08, R-LIFE-09).</summary>
internal static class AssetCsv
{
    /// <summary>The first line, with the byte order mark in front.</summary>
    public static byte[] Header(Ink ink) => [.. Encoding.UTF8.Preamble, .. RegisterCsv.Line(Heads(ink))];

    /// <summary>One row.</summary>
    public static byte[] Row(AssetLine line, Ink ink) => RegisterCsv.Line(Cells(line, ink).Select(cell => cell.Plain));

    /// <summary>Names of the columns.</summary>
    public static string[] Heads(Ink ink) =>
    [
        ink[AssetsText.Tag], ink[AssetsText.Kind], ink[AssetsText.Name], ink[AssetsText.Maker], ink[AssetsText.Model], ink[AssetsText.Serial], ink[AssetsText.Counts], ink[AssetsText.Decided], ink[AssetsText.Segment],
        ink[AssetsText.Zone], "ZoneId", ink[AssetsText.Rack], ink[AssetsText.Place], ink[AssetsText.Manager], "ManagerPersonId", ink[AssetsText.HasStorage], ink[AssetsText.Storage], ink[AssetsText.Parts],
        ink[AssetsText.Redundancy], ink[AssetsText.MaintenanceMonths], ink[AssetsText.MaintainedOn], ink[AssetsText.MaintenanceDue], ink[AssetsText.SupportEnds], ink[AssetsText.Holds], ink[AssetsText.Container],
        ink[AssetsText.CopyOf], ink[AssetsText.Holder], ink[AssetsText.HolderDue], ink[AssetsText.Exception], ink[AssetsText.Note], ink[AssetsText.Gaps],
    ];

    /// <summary>The cells of one row.</summary>
    public static SheetCell[] Cells(AssetLine line, Ink ink)
    {
        var asset = line.Asset;
        var fields = AssetDifference.Fields(asset).ToDictionary(field => field.Name, field => field.Value);
        return
        [
            asset.Tag.Value, ink[PolicyText.Of(EquipmentText.Of(asset.Kind))], asset.Name, asset.Maker, asset.Model, asset.Serial, ClassOf(line.Effective, ink), line.Decided is { } decided ? ClassOf(decided, ink) : "",
            fields["segment"] is { } segment ? AssetsText.ValueOf("segment", segment, ink) : "", line.Place?.Zone is { } zone ? ink.Zone(zone) : "", line.Place?.Zone?.Value, line.Place?.Rack,
            line.Place is { Zone: null, Outside: var outside } ? outside : "", line.ManagerName, asset.Manager?.Value, fields["hasStorage"] is { } has ? AssetsText.ValueOf("hasStorage", has, ink) : "",
            fields["storage"], fields["parts"], asset.RedundancyGroup, SheetCell.Of(asset.MaintenanceMonths), line.MaintainedOn, line.MaintenanceDue, asset.SupportEnds, fields["holds"], asset.Container?.Value,
            asset.CopyOf?.Value, line.Holder?.Name, line.HolderDue, asset.Exception, asset.Note, AssetsText.GapLine(line.Gaps, ink),
        ];
    }

    private static string ClassOf(ImportanceClass importance, Ink ink) => AssetsText.ClassOf(importance, ink);
}
