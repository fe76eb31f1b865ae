using System.Diagnostics;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Zones;

/// <summary>What concerns zones, as people read it.</summary>
public static class ZoneText
{
    /// <summary>認証方法.</summary>
    public static Words Of(EntryMethod method) => method switch
    {
        EntryMethod.Card => new("ICカード", "card"),
        EntryMethod.Biometric => new("生体認証", "biometric"),
        EntryMethod.Pin => new("暗証番号", "PIN"),
        EntryMethod.Register => new("入退室管理簿の記載", "hand-written register"),
        _ => throw new UnreachableException($"No text for {method}."),
    };

    /// <summary>What happens when the grant list is too old.</summary>
    public static Words Of(StaleListRule rule) => rule switch
    {
        StaleListRule.DenyAll => new("だれも入室できない", "nobody enters"),
        StaleListRule.StaffOnly => new("職員のみ入室できる", "staff only"),
        _ => throw new UnreachableException($"No text for {rule}."),
    };

    /// <summary>Entry by two.</summary>
    public static Words Of(TwoPersonMode mode) => mode switch
    {
        TwoPersonMode.TwoToEnter => new("二人で入室", "two to enter"),
        TwoPersonMode.NeverAlone => new("常に二人以上", "never one alone"),
        _ => throw new UnreachableException($"No text for {mode}."),
    };

    /// <summary>What a strike does without power.</summary>
    public static Words Of(PowerLossState state) => state switch
    {
        PowerLossState.FailSafe => new("停電時に解錠", "unlocks without power"),
        PowerLossState.FailSecure => new("停電時に施錠を保つ", "stays locked without power"),
        _ => throw new UnreachableException($"No text for {state}."),
    };

    /// <summary>区域の種類.</summary>
    public static Words Of(ZoneKind kind) => kind switch
    {
        ZoneKind.ServerRoom => new("サーバ室", "server room"),
        ZoneKind.MediaStore => new("媒体の保管庫", "media store"),
        _ => throw new UnreachableException($"No text for {kind}."),
    };

    /// <summary>系統.</summary>
    public static Words Of(Segment segment) => segment switch
    {
        Segment.MyNumber => new("マイナンバー利用事務系", "My Number segment"),
        Segment.Lgwan => new("LGWAN接続系", "LGWAN segment"),
        Segment.StandardSystem => new("標準システム接続系", "standard-system segment"),
        Segment.Internet => new("インターネット接続系", "Internet segment"),
        Segment.Other => new("その他", "other"),
        _ => throw new UnreachableException($"No text for {segment}."),
    };

    /// <summary>重要性分類.</summary>
    public static Words Of(ImportanceClass importance) => importance switch
    {
        ImportanceClass.I => new("Ⅰ", "class I"),
        ImportanceClass.II => new("Ⅱ", "class II"),
        ImportanceClass.III => new("Ⅲ", "class III"),
        ImportanceClass.IV => new("Ⅳ", "class IV"),
        _ => throw new UnreachableException($"No text for {importance}."),
    };

    /// <summary>What is wrong with a zone's structure.</summary>
    public static Words Of(ZoneFault fault) => fault switch
    {
        ZoneFault.NoKind => new("区域の種類がない", "no kind of zone"),
        ZoneFault.NoFloor => new("階が登録されていない", "no floor registered"),
        ZoneFault.GroundFloor => new("地階又は1階にある", "in the basement or on the ground floor"),
        ZoneFault.TooManyOuterDoors => new("外部に通ずるドアが上限を超える", "more outer doors than the limit"),
        ZoneFault.OuterDoorWithoutReason => new("外部に通ずるドアの理由がない", "outer door without a reason"),
        ZoneFault.OuterDoorUnguarded => new("外部に通ずるドアに鍵・監視機能・警報装置のいずれかがない", "outer door without lock, contact or alarm"),
        ZoneFault.NotClassified => new("重要性分類がない(Ⅰとして扱う)", "not classified: class I counts"),
        ZoneFault.NoSegment => new("系統がない", "no segment"),
        ZoneFault.SegmentNotInProfile => new("運用区分にない系統", "a segment the profile does not have"),
        ZoneFault.TooFewFactors => new("認証の数が運用区分より少ない", "fewer factors than the profile asks"),
        ZoneFault.NoResponsible => new("責任者不在", "nobody answers for it"),
        ZoneFault.NoDeputy => new("責任者の代行者がいない", "nobody stands in for its manager"),
        ZoneFault.WrongParent => new("外側の区域の登録が正しくない", "the zone it lies in is wrong"),
        _ => throw new UnreachableException($"No text for {fault}."),
    };

    /// <summary>What a finding does.</summary>
    public static Words Of(ZoneEffect effect) => effect switch
    {
        ZoneEffect.Finding => new("指摘事項", "finding", "△"),
        ZoneEffect.Alarm => new("統括責任者へ通知", "told to the supervising officer", "▲"),
        ZoneEffect.NotInService => new("使用開始できない", "not in service", "×"),
        _ => throw new UnreachableException($"No text for {effect}."),
    };
}
