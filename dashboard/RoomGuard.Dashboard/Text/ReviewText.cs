using System.Diagnostics;
using RoomGuard.Dashboard.Operators;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of the yearly review of privileged accounts (R-SIGN-09).</summary>
public static class ReviewText
{
    public static readonly Word Title = new("特権IDの見直し", "Review of privileges");
    public static readonly Word Lead = new(
        "特権IDは、{0}か月ごとに統括情報セキュリティ責任者か情報システム管理者が見直します。自分の特権IDは、ほかの人が見直します。",
        "Every {0} months the supervising officer or the system manager reviews each privileged account; one's own is reviewed by another.");
    public static readonly Word None = new("特権IDはありません", "No privileged account");
    public static readonly Word NoneLead = new("特権IDが許可されると、ここに見直しの期限が出ます。", "Once one is allowed, its review stands here.");
    public static readonly Word Due = new("見直しの期限", "Review by");
    public static readonly Word Since = new("特権の開始日", "Privileged since");
    public static readonly Word Last = new("前回の見直し", "Last review");
    public static readonly Word Never = new("なし", "none");
    public static readonly Word Note = new("見直しの結果", "Result");
    public static readonly Word NoteHelp = new("続ける必要性、または取り消す理由を書きます", "Why it is still needed, or why it is withdrawn");
    public static readonly Word Review = new("見直す", "Review");
    public static readonly Word ReviewOf = new("特権ID {0} の見直し", "Review of {0}");
    public static readonly Word Ask = new("この特権IDは、これからも必要ですか。取り消すと、すぐに特権が外れ、開いている画面は終わります。", "Is this privilege still needed? Withdrawn, it ends at once with every open session.");
    public static readonly Word Own = new("自分の特権IDのため、ほかの人が見直します。", "Your own: somebody else reviews it.");
    public static readonly Word Verdict = new("判断", "Decision");
    public static readonly Word Choose = new("選んでください", "Choose");
    public static readonly Word Keep = new("特権を続ける", "Keep the privilege");
    public static readonly Word Withdraw = new("特権を取り消す", "Withdraw the privilege");
    public static readonly Word Do = new("記録する", "Record");
    public static readonly Word Waiting = new("特権IDの見直しが {0} 件、待っています", "{0} privileged accounts wait for their review");

    private static readonly Sign Later = new("○", new("期限前", "not yet due"), "ok");
    private static readonly Sign Soon = new("△", new("まもなく期限", "due soon"), "warn");
    private static readonly Sign Overdue = new("▲", new("期限切れ", "overdue"), "high");

    /// <summary>How near a review is.</summary>
    public static Sign Of(ReviewStanding standing) => standing switch
    {
        ReviewStanding.Later => Later,
        ReviewStanding.Soon => Soon,
        ReviewStanding.Overdue => Overdue,
        _ => throw new UnreachableException($"No text for {standing}."),
    };
}
