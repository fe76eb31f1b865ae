using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Equipment;

/// <summary>What an item's entry lacks (R-LIFE-01: incomplete rows are listed). Kept as a number beside the row.</summary>
[Flags]
public enum AssetGaps
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>製造番号.</summary>
    Serial = 1,

    /// <summary>SEC has not decided the class, so class I counts (R-LIFE-07).</summary>
    Class = 2,

    /// <summary>系統.</summary>
    Segment = 4,

    /// <summary>所在: it was never brought in.</summary>
    Place = 8,

    /// <summary>管理責任者.</summary>
    Manager = 16,

    /// <summary>Nobody has looked whether it stores information.</summary>
    StorageFlag = 32,

    /// <summary>It stores information, and the storage inside is not named: nobody could show that it was erased.</summary>
    StorageSerials = 64,

    /// <summary>サポート終了日.</summary>
    SupportEnd = 128,

    /// <summary>R-LIFE-02: a server of class II or above without a maintenance interval.</summary>
    Maintenance = 256,
}

/// <summary>R-LIFE-01, R-LIFE-02: what an entry lacks. Pure.</summary>
public static class AssetGapRule
{
    /// <summary>All that is missing.</summary>
    /// <param name="decided">Null: SEC has not decided.</param>
    /// <param name="effective">The class that counts.</param>
    /// <param name="placed">Whether it has a place.</param>
    public static AssetGaps Of(Asset asset, ImportanceClass? decided, ImportanceClass effective, bool placed)
    {
        ArgumentNullException.ThrowIfNull(asset);
        var paper = asset.Kind is AssetKind.Document or AssetKind.Container;
        var machine = !paper && asset.Kind is not AssetKind.Media;
        return When(AssetGaps.Serial, !paper && asset.Serial.Length == 0)
            | When(AssetGaps.Class, decided is null)
            | When(AssetGaps.Segment, asset.Segment is null)
            | When(AssetGaps.Place, !placed)
            | When(AssetGaps.Manager, asset.Manager is null)
            | When(AssetGaps.StorageFlag, machine && asset.HasStorage is null)
            | When(AssetGaps.StorageSerials, machine && asset.HasStorage is true && asset.Storage.IsDefaultOrEmpty)
            | When(AssetGaps.SupportEnd, machine && asset.SupportEnds is null)
            | When(AssetGaps.Maintenance, asset.Kind is AssetKind.Server && effective <= ImportanceClass.II && asset.MaintenanceMonths is null);
    }

    /// <summary>Each gap by itself, in order.</summary>
    public static IEnumerable<AssetGaps> Each(AssetGaps gaps) => Enum.GetValues<AssetGaps>().Where(one => one is not AssetGaps.None && gaps.HasFlag(one));

    private static AssetGaps When(AssetGaps gap, bool missing) => missing ? gap : AssetGaps.None;
}
