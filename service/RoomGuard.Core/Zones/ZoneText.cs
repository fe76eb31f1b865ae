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

    /// <summary>Why a rule of the structure exists, in one sentence.</summary>
    public static Words WhyOf(ZoneFault fault) => fault switch
    {
        ZoneFault.NoKind => new("サーバ室か媒体の保管庫かで、守り方と点検の項目が決まるため", "what it is decides how it is guarded and inspected"),
        ZoneFault.NoFloor or ZoneFault.GroundFloor => new("浸水や外からの侵入を受けやすいため", "low floors are flooded and broken into more easily"),
        ZoneFault.TooManyOuterDoors or ZoneFault.OuterDoorWithoutReason => new("外部に通ずる出入口は必要最小限にするため", "ways in from outside are kept to what is needed"),
        ZoneFault.OuterDoorUnguarded => new("外からの侵入を防ぎ、気付けるようにするため", "a break-in is to be stopped and noticed"),
        ZoneFault.NotClassified or ZoneFault.NoSegment or ZoneFault.SegmentNotInProfile => new("重要性と系統によって、置ける機器と扱いが決まるため", "class and segment decide what may stand there"),
        ZoneFault.TooFewFactors => new("マイナンバー利用事務系の区域は、運用区分が求める数の認証で守るため", "zones of the My Number segment ask for as many factors as the profile"),
        ZoneFault.NoResponsible or ZoneFault.NoDeputy => new("区域ごとに責任者と代行者を置くため", "each zone has one who answers for it and one who stands in"),
        ZoneFault.WrongParent => new("内側の区域に入れるのは外側の区域にいる人だけで、在室は一つの制御盤が数えるため", "only who is in the outer zone may enter, and one bridge counts who is"),
        _ => throw new UnreachableException($"No text for {fault}."),
    };

    /// <summary>What to do about it.</summary>
    public static Words RemedyOf(ZoneFault fault) => fault switch
    {
        ZoneFault.NoKind => new("区域の種類を選んで登録し直してください", "register it again with its kind"),
        ZoneFault.NoFloor => new("階を登録してください", "register its floor"),
        ZoneFault.GroundFloor => new("2階以上へ移すか、例外措置(R-ZONE-02)の許可を得て、その番号を区域に書いてください", "move it upstairs, or have an exception from R-ZONE-02 allowed and write its number here"),
        ZoneFault.TooManyOuterDoors => new("扉を減らすか、統括情報セキュリティ責任者の承認の文書を扉に書いてください", "have fewer, or name the paper by which the supervising officer approved the door"),
        ZoneFault.OuterDoorWithoutReason => new("外部に通ずる理由を扉に書いてください", "write at the door why it leads outside"),
        ZoneFault.OuterDoorUnguarded => new("鍵・監視入力・警報装置を付けて、扉に登録してください。それまで区域は使えません", "fit and register lock, contact and alarm; until then the zone stays out of service"),
        ZoneFault.NotClassified => new("重要性分類を登録してください。それまでⅠとして扱います", "register its class; until then class I counts"),
        ZoneFault.NoSegment => new("系統を登録してください", "register its segment"),
        ZoneFault.SegmentNotInProfile => new("運用区分にある系統から選んでください", "choose a segment the profile has"),
        ZoneFault.TooFewFactors => new("必要な認証の数を増やしてください", "ask for more factors"),
        ZoneFault.NoResponsible => new("「役割」で情報システム管理者を任命してください", "have a system manager named under Roles"),
        ZoneFault.NoDeputy => new("「役割」で代行者を申請してください", "apply for a deputy under Roles"),
        ZoneFault.WrongParent => new("同じ制御盤の、別の区域を選んでください", "choose another zone at the same bridge"),
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
