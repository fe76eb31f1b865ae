using System.Collections.Immutable;
using System.Globalization;

namespace RoomGuard.Core.Equipment;

/// <summary>One field of an item's entry that was changed, in the plain form of the list (enumerations by name).</summary>
/// <param name="Field">The field's name in camel case.</param>
/// <param name="Before">Null: it was empty.</param>
/// <param name="After">Null: it is empty.</param>
public sealed record AssetDifference(string Field, string? Before, string? After)
{
    /// <summary>What changed from one entry to the next, in the order of the fields. Pure.</summary>
    /// <param name="before">Null: it is new, and every field that says something is listed.</param>
    public static ImmutableArray<AssetDifference> Between(Asset? before, Asset after)
    {
        ArgumentNullException.ThrowIfNull(after);
        var old = before is null ? [] : Fields(before);
        return [.. Fields(after).Select((field, at) => new AssetDifference(field.Name, old.IsEmpty ? null : old[at].Value, field.Value)).Where(one => one.Before != one.After)];
    }

    /// <summary>Every field of an entry by name; null: empty.</summary>
    public static ImmutableArray<(string Name, string? Value)> Fields(Asset asset)
    {
        ArgumentNullException.ThrowIfNull(asset);
        return
        [
            ("tag", asset.Tag.Value), ("kind", $"{asset.Kind}"), ("name", Text(asset.Name)), ("maker", Text(asset.Maker)), ("model", Text(asset.Model)), ("serial", Text(asset.Serial)),
            ("proposed", asset.Proposed?.ToString()), ("segment", asset.Segment?.ToString()), ("manager", asset.Manager?.Value), ("hasStorage", asset.HasStorage switch { true => "yes", false => "no", null => null }),
            ("storage", Lines(asset.Storage)), ("parts", Lines(asset.Parts)), ("redundancyGroup", Text(asset.RedundancyGroup)), ("maintenanceMonths", asset.MaintenanceMonths?.ToString(CultureInfo.InvariantCulture)),
            ("maintenanceFrom", Day(asset.MaintenanceFrom)), ("supportEnds", Day(asset.SupportEnds)),
            ("holds", asset.Holds.IsDefaultOrEmpty ? null : string.Join("; ", asset.Holds.Select(held => held.Importance is { } importance ? $"{held.Title}, {importance}" : held.Title))),
            ("container", asset.Container?.Value), ("copyOf", asset.CopyOf?.Value), ("exception", asset.Exception), ("note", Text(asset.Note)),
        ];
    }

    private static string? Text(string text) => text.Length == 0 ? null : text;

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Lines(ImmutableArray<AssetPart> parts) =>
        parts.IsDefaultOrEmpty ? null : string.Join("; ", parts.Select(part => part.What.Length == 0 ? part.Serial : $"{part.Serial}, {part.What}"));
}
