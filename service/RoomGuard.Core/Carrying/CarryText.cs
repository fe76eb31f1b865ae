using System.Diagnostics;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Carrying;

/// <summary>Words of permits, for pages and sheets.</summary>
public static class CarryText
{
    /// <summary>区分.</summary>
    public static Words Of(CarryDirection direction) => direction switch
    {
        CarryDirection.Out => new("持出し", "out"),
        CarryDirection.In => new("持込み", "in"),
        _ => throw new UnreachableException($"No text for {direction}."),
    };

    /// <summary>品目.</summary>
    public static Words Of(CarriedKind kind) => kind switch
    {
        CarriedKind.Terminal => new("端末", "Terminal"),
        CarriedKind.Media => new("媒体", "Media"),
        CarriedKind.Phone => new("通信機器・スマートフォン", "Communication device"),
        CarriedKind.Document => new("文書", "Document"),
        CarriedKind.Software => new("ソフトウェア", "Software"),
        CarriedKind.Other => new("その他", "Other"),
        _ => throw new UnreachableException($"No text for {kind}."),
    };

    /// <summary>所有の別.</summary>
    public static Words Of(ItemOwnership ownership) => ownership switch
    {
        ItemOwnership.Organisation => new("団体", "organisation's"),
        ItemOwnership.Private => new("私物", "private"),
        _ => throw new UnreachableException($"No text for {ownership}."),
    };

    /// <summary>保護措置.</summary>
    public static Words Of(TransportProtection protection) => protection switch
    {
        TransportProtection.LockedCase => new("鍵付きケース", "locked case"),
        TransportProtection.Encryption => new("暗号化", "encryption"),
        TransportProtection.NeverLeftAlone => new("常時携行", "never left alone"),
        _ => throw new UnreachableException($"No text for {protection}."),
    };

    /// <summary>How things passed.</summary>
    public static Words Of(CarryPassage passage) => passage switch
    {
        CarryPassage.WentOut => new("持出し", "went out", "▷"),
        CarryPassage.CameBack => new("返却", "came back", "◁"),
        CarryPassage.CameIn => new("持込み", "came in", "◁"),
        CarryPassage.LeftAgain => new("持帰り", "left again", "▷"),
        _ => throw new UnreachableException($"No text for {passage}."),
    };

    /// <summary>感染の確認.</summary>
    public static Words Of(ScanResult result) => result switch
    {
        ScanResult.Clean => new("異常なし", "nothing found", "○"),
        ScanResult.Found => new("検出あり", "found something", "■"),
        _ => throw new UnreachableException($"No text for {result}."),
    };

    /// <summary>状態.</summary>
    public static Words Of(CarryStatus status) => status switch
    {
        CarryStatus.Permitted => new("許可済", "permitted", "○"),
        CarryStatus.Out => new("持出し中", "out", "▷"),
        CarryStatus.Inside => new("持込み中", "inside", "◁"),
        CarryStatus.AwaitsCheck => new("返却確認待ち", "back, to be checked", "△"),
        CarryStatus.Overdue => new("期限超過", "overdue", "▲"),
        CarryStatus.Returned => new("返却済", "returned", "○"),
        CarryStatus.Unused => new("使用なし", "not used", "―"),
        CarryStatus.Revoked => new("取消し", "revoked", "×"),
        _ => throw new UnreachableException($"No text for {status}."),
    };
}
