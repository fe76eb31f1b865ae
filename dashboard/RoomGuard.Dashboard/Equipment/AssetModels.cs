using System.Collections.Immutable;
using RoomGuard.Core.Equipment;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Equipment;

/// <summary>The 機器台帳.</summary>
public sealed record AssetListModel(AssetQuery Query, AssetPage Page);

/// <summary>One item, with what was wrong with the last act on it.</summary>
/// <param name="Refusal">Set: the person may not.</param>
public sealed record AssetModel(AssetFile File, FormState State, Refusal? Refusal);

/// <summary>The form of an item.</summary>
/// <param name="Known">Null: a new one.</param>
public sealed record AssetFormModel(FormState State, AssetFile? Known, Refusal? Refusal = null);

/// <summary>A sheet of labels.</summary>
/// <param name="Next">Where the next sheet is; null: this is the last.</param>
public sealed record LabelSheetModel(ImmutableArray<AssetLine> Lines, string Back, string? Next);

/// <summary>Addresses of the 機器台帳.</summary>
internal static class AssetPaths
{
    /// <summary>The page of one item.</summary>
    public static string Of(AssetTag tag) => $"/equipment/items/{Uri.EscapeDataString(tag.Value)}";
}
