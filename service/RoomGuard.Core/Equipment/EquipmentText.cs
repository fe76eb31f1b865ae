using System.Diagnostics;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Equipment;

/// <summary>What concerns equipment, as people read it.</summary>
public static class EquipmentText
{
    /// <summary>Why a witness is one no longer though they may be inside (R-ID-10).</summary>
    public static Words WitnessSuspended { get; } = new("立会者の停止・剥奪", "witness suspended");

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

    /// <summary>The time applied for is over.</summary>
    public static Words MoveTimeOver => new("予定の時間が過ぎている", "the planned time is over");

    /// <summary>An item is in another move.</summary>
    public static Words ItemInOtherMove => new("別の搬入・搬出に入っている機器がある", "an item is in another open move");

    /// <summary>What was applied for no longer fits the register.</summary>
    public static Words ItemsChanged => new("申請の後に、機器の所在や中身が変わった", "the register changed since it was applied for");

    /// <summary>An item that is given away is not erased and verified for this purpose.</summary>
    public static Words NotErased => new("この理由の確認済みの廃棄・消去記録がない機器がある", "an item has no verified erasure record for this purpose");

    /// <summary>What a storage is called that was taken out of an item and had no name.</summary>
    public static Words RemovedStorage => new("取り外した記憶装置", "storage taken out");

    /// <summary>It goes off the premises.</summary>
    public static Words OffPremises => new("敷地外へ出る(最高情報統括責任者も承認する)", "it goes off the premises, and the chief officer approves too");

    /// <summary>区分.</summary>
    public static Words Of(MoveDirection direction) => direction switch
    {
        MoveDirection.In => new("搬入", "in"),
        MoveDirection.Out => new("搬出", "out"),
        MoveDirection.Internal => new("移動", "within"),
        _ => throw new UnreachableException($"No text for {direction}."),
    };

    /// <summary>理由.</summary>
    public static Words Of(MovePurpose purpose) => purpose switch
    {
        MovePurpose.New => new("新規", "new"),
        MovePurpose.Relocation => new("移設", "relocation"),
        MovePurpose.Transfer => new("移管", "transfer"),
        MovePurpose.Repair => new("修理", "repair"),
        MovePurpose.LeaseReturn => new("リース返却", "lease return"),
        MovePurpose.Disposal => new("廃棄", "disposal"),
        _ => throw new UnreachableException($"No text for {purpose}."),
    };

    /// <summary>種別 of a 廃棄・消去記録.</summary>
    public static Words Of(DisposalKind kind) => kind switch
    {
        DisposalKind.Disposal => new("廃棄", "disposal"),
        DisposalKind.LeaseReturn => new("リース返却", "lease return"),
        DisposalKind.Repair => new("外部修理", "repair outside"),
        DisposalKind.Reuse => new("再利用", "reuse"),
        _ => throw new UnreachableException($"No text for {kind}."),
    };

    /// <summary>Result of a check off the premises.</summary>
    public static Words Of(OffsiteResult result) => result switch
    {
        OffsiteResult.InOrder => new("異常なし", "in order"),
        OffsiteResult.Problem => new("問題あり", "problem"),
        _ => throw new UnreachableException($"No text for {result}."),
    };

    /// <summary>処理内容.</summary>
    public static Words Of(ErasureMethod method) => method switch
    {
        ErasureMethod.Overwrite => new("上書き消去", "overwritten"),
        ErasureMethod.CryptoErase => new("暗号鍵消去", "keys destroyed"),
        ErasureMethod.SecureErase => new("装置の消去機能", "erased by the device"),
        ErasureMethod.Degauss => new("消磁", "degaussed"),
        ErasureMethod.Destroy => new("物理破壊", "destroyed"),
        _ => throw new UnreachableException($"No text for {method}."),
    };

    /// <summary>影響確認の結果.</summary>
    public static Words Of(ImpactResult result) => result switch
    {
        ImpactResult.None => new("影響なし", "no effect"),
        ImpactResult.Handled => new("影響あり(対策済み)", "an effect, dealt with"),
        ImpactResult.Harmful => new("影響あり(搬入できない)", "harmful: not to be brought in"),
        _ => throw new UnreachableException($"No text for {result}."),
    };

    /// <summary>設置環境.</summary>
    public static Words Of(Surrounding surrounding) => surrounding switch
    {
        Surrounding.Fire => new("火災", "fire"),
        Surrounding.Water => new("水害", "water"),
        Surrounding.Dust => new("埃", "dust"),
        Surrounding.Vibration => new("振動", "vibration"),
        Surrounding.Temperature => new("温度", "temperature"),
        Surrounding.Humidity => new("湿度", "humidity"),
        _ => throw new UnreachableException($"No text for {surrounding}."),
    };

    /// <summary>Why an item may not stand in a zone, in one sentence with what to do (R-ZONE-06).</summary>
    public static Words Of(PlacementFault fault) => fault switch
    {
        PlacementFault.LowerClass => new("区域の重要性分類が機器より低い", "the zone is of a lower class than the item"),
        PlacementFault.OtherSegment => new("区域と機器の系統が違う", "the zone is of another segment than the item"),
        _ => throw new UnreachableException($"No text for {fault}."),
    };
}
