using System.Diagnostics;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Visits;

/// <summary>Words of visits, for pages and sheets.</summary>
public static class VisitText
{
    /// <summary>Who may not escort by the profile (R-VIS-10).</summary>
    public static Words EscortNotEligible => new("運用区分が付添いを認めていない人が付添い者になっています", "An escort is of a category the policy profile does not let escort");

    /// <summary>The escort holds no grant for a zone at that time (R-VIS-02).</summary>
    public static Words EscortWithoutGrant => new("付添い者に、この区域・時間の入室許可がありません", "An escort holds no entry grant for these areas at that time");

    /// <summary>An escort is suspended or unknown.</summary>
    public static Words EscortSuspended => new("付添い者が停止されています", "An escort is suspended");

    /// <summary>受付停止 covers a visitor.</summary>
    public static Words VisitorBarred => new("訪問者に受付停止の登録があります", "A visitor is barred from reception");

    /// <summary>First visit of somebody.</summary>
    public static Words FirstTime => new("初めての来訪者がいます", "Somebody comes for the first time");

    /// <summary>The contract does not hold then, or not for these zones.</summary>
    public static Words OutsideContract => new("契約の期間または作業場所に含まれない訪問です", "Outside the term or the places of the contract");

    /// <summary>More visitors than escorts can take (R-VIS-04).</summary>
    public static Words TooManyForEscorts => new("付添い者1人で付き添える人数(5人)を超えています", "More visitors than the escorts can take, five each");

    /// <summary>The visit's time is over before it could be approved.</summary>
    public static Words TimeOver => new("訪問の予定時間がすでに過ぎています", "The time of the visit is over");

    /// <summary>種類 of an item.</summary>
    public static Words Of(ItemKind kind) => kind switch
    {
        ItemKind.Phone => new("携帯電話", "Telephone"),
        ItemKind.Camera => new("カメラ・録音機", "Camera or recorder"),
        ItemKind.Computer => new("パソコン・タブレット", "Computer or tablet"),
        ItemKind.Media => new("USBメモリ等の媒体", "Memory stick or medium"),
        ItemKind.Tool => new("工具・測定器", "Tool or meter"),
        ItemKind.Paper => new("書類", "Papers"),
        ItemKind.Other => new("その他", "Other"),
        _ => throw new UnreachableException($"No text for {kind}."),
    };

    /// <summary>Where a visit stands.</summary>
    public static Words Of(VisitState state) => state switch
    {
        VisitState.Expected => new("予定", "expected", "◇"),
        VisitState.Here => new("来訪中", "here", "●"),
        VisitState.Missing => new("来訪者証 未返却", "badge not back", "▲"),
        VisitState.Done => new("終了", "done", "○"),
        VisitState.Cancelled => new("取消し", "called off", "―"),
        VisitState.NobodyCame => new("来訪なし", "nobody came", "―"),
        _ => throw new UnreachableException($"No text for {state}."),
    };

    /// <summary>Why somebody was turned away.</summary>
    public static Words Of(TurnedAway cause) => cause switch
    {
        TurnedAway.NoIdentification => new("身分証明書の提示なし", "no identification shown", "×"),
        TurnedAway.OtherPerson => new("身分証明書の不一致", "identification of another", "×"),
        TurnedAway.Barred => new("受付停止の登録", "barred", "×"),
        TurnedAway.FalseInvitation => new("発行していない招待票", "invitation not made here", "×"),
        _ => throw new UnreachableException($"No text for {cause}."),
    };

    /// <summary>色.</summary>
    public static Words Of(BadgeColour colour) => colour switch
    {
        BadgeColour.Red => new("赤", "red"),
        BadgeColour.Yellow => new("黄", "yellow"),
        BadgeColour.Green => new("緑", "green"),
        BadgeColour.Blue => new("青", "blue"),
        BadgeColour.White => new("白", "white"),
        _ => throw new UnreachableException($"No text for {colour}."),
    };

    /// <summary>Where a badge stands.</summary>
    public static Words Of(BadgeState state) => state switch
    {
        BadgeState.InService => new("手元", "ready", "○"),
        BadgeState.Lost => new("紛失", "lost", "×"),
        BadgeState.Retired => new("廃止", "retired", "―"),
        _ => throw new UnreachableException($"No text for {state}."),
    };
}
