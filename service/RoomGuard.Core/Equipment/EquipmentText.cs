using System.Diagnostics;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Equipment;

/// <summary>What concerns equipment, as people read it.</summary>
public static class EquipmentText
{
    /// <summary>種別.</summary>
    public static Words Of(AssetKind kind) => kind switch
    {
        AssetKind.Server => new("サーバ", "server"),
        AssetKind.Storage => new("記憶装置", "storage"),
        AssetKind.Network => new("通信機器", "network device"),
        AssetKind.Terminal => new("端末", "terminal"),
        AssetKind.SpecialPurpose => new("特定用途機器", "special-purpose device"),
        AssetKind.Facility => new("設備", "facility equipment"),
        AssetKind.Media => new("電磁的記録媒体", "electronic media"),
        AssetKind.Document => new("文書", "document"),
        AssetKind.Container => new("容器", "container"),
        _ => throw new UnreachableException($"No text for {kind}."),
    };

    /// <summary>What one gap is; a gap by itself, never several.</summary>
    public static Words Of(AssetGaps gap) => gap switch
    {
        AssetGaps.None => new("不足なし", "nothing missing"),
        AssetGaps.Serial => new("製造番号", "serial number"),
        AssetGaps.Class => new("重要性分類の決定", "class not decided"),
        AssetGaps.Segment => new("系統", "segment"),
        AssetGaps.Place => new("所在(搬入前)", "place: not brought in"),
        AssetGaps.Manager => new("管理責任者", "responsible manager"),
        AssetGaps.StorageFlag => new("記憶装置の有無", "whether it stores information"),
        AssetGaps.StorageSerials => new("記憶装置の製造番号", "serials of the storage inside"),
        AssetGaps.SupportEnd => new("サポート終了日", "end of support"),
        AssetGaps.Maintenance => new("定期保守の間隔", "maintenance interval"),
        _ => throw new UnreachableException($"No text for {gap}."),
    };

    /// <summary>Why an item may not stand in a zone, in one sentence with what to do (R-ZONE-06).</summary>
    public static Words Of(PlacementFault fault) => fault switch
    {
        PlacementFault.LowerClass => new("区域の重要性分類が機器より低い", "the zone is of a lower class than the item"),
        PlacementFault.OtherSegment => new("区域と機器の系統が違う", "the zone is of another segment than the item"),
        _ => throw new UnreachableException($"No text for {fault}."),
    };
}
