using RoomGuard.Core.Visits;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of the reception desk.</summary>
public static class ReceptionText
{
    public static readonly Word Title = new("受付", "Reception");
    public static readonly Word Counts = new("予定 {0} ・ 来訪中 {1} ・ 未返却 {2}", "Expected {0} · here {1} · badges not back {2}");
    public static readonly Word Scan = new("QR・来訪者証・氏名・会社・番号", "Code, badge, name, firm or number");
    public static readonly Word ScanHelp = new("読み取るか、打って Enter。来訪者証を読むと返却になります。", "Scan or type, then Enter. A badge that is out leads to its return.");
    public static readonly Word Find = new("探す", "Find");
    public static readonly Word Today = new("今日の来訪", "Today");
    public static readonly Word TodayEmpty = new("今日の来訪はありません", "No visits today");
    public static readonly Word TodayEmptyLead = new("承認された訪問が、時刻の順に並びます。予定のない人が来たら「予定外の来訪」から。", "Approved visits stand here by time. For anybody else use Walk-in.");
    public static readonly Word Time = new("時刻", "Time");
    public static readonly Word Act = new("すること", "Do");
    public static readonly Word Arrive = new("到着", "Arrived");
    public static readonly Word Back = new("返却", "Return");
    public static readonly Word Pending = new("承認待ち", "Waiting for approval");
    public static readonly Word PendingLead = new("承認されるまで来訪者証は渡せません。承認者に電話してください。", "No badge before approval. Call the approver.");
    public static readonly Word ApproverIs = new("承認者: {0}", "Approver: {0}");
    public static readonly Word ApproverNone = new("承認できる人がいません。統括情報セキュリティ責任者に連絡してください", "Nobody can approve: call the supervising officer");
    public static readonly Word Out = new("貸出し中の来訪者証", "Badges that are out");
    public static readonly Word OutEmpty = new("貸出し中の来訪者証はありません", "No badge is out");
    public static readonly Word OutEmptyLead = new("渡すとここに並び、終了の時刻を過ぎると印が付きます。", "Each badge handed out stands here, marked once its time is over.");
    public static readonly Word Ready = new("手元の来訪者証", "Badges ready");
    public static readonly Word ReadyNone = new("手元にありません", "none left");
    public static readonly Word Over = new("{0}超過", "{0} over");
    public static readonly Word Left = new("あと{0}", "{0} left");
    public static readonly Word WalkIn = new("予定外の来訪", "Walk-in");
    public static readonly Word CheckIn = new("来訪の受付", "Check-in");
    public static readonly Word IdQuestion = new("身分証明書", "Identification");
    public static readonly Word IdHelp = new("種類だけを記録します。番号は控えず、写しも取りません。", "Only its kind is recorded, never its number.");
    public static readonly Word IdNone = new("提示なし", "none shown");
    public static readonly Word IdDiffers = new("別人のもの", "another person's");
    public static readonly Word ItemsQuestion = new("持込み品の申告", "Belongings");
    public static readonly Word ItemsHelp = new("なければ空欄のまま。許可のない物は受付で預かります。", "Leave empty if none. What has no permit stays here.");
    public static readonly Word Planned = new("事前登録の内容が入っています", "Filled in from what was registered beforehand");
    public static readonly Word BadgeQuestion = new("渡す来訪者証", "Badge to hand out");
    public static readonly Word BadgeHelp = new("来訪者証を読み取るか、番号を打ちます(例: 赤14、R14)", "Scan the badge or type its number, e.g. R14");
    public static readonly Word HandOut = new("来訪者証を渡す", "Hand out the badge");
    public static readonly Word Kept = new("預かりました。来訪者証を渡す", "Kept here. Hand out the badge");
    public static readonly Word KeepFirst = new("先に預かってください: {0}", "Keep these here first: {0}");
    public static readonly Word KeepWhy = new("この訪問に持込み許可がない物です(R-VIS-08)。預かり札を付けてください。", "They have no permit for this visit (R-VIS-08). Tag them.");
    public static readonly Word CannotTitle = new("来訪者証は渡せません", "No badge can be handed out");
    public static readonly Word EarlierVisits = new("これまでに{0}回来訪(最近 {1})", "Here {0} times before, last {1}");
    public static readonly Word FirstVisit = new("初めての来訪", "First visit");
    public static readonly Word Return = new("来訪者証の返却", "Badge back");
    public static readonly Word ReturnDo = new("返却を受け取る", "Take it back");
    public static readonly Word ItemsBack = new("預かり品を返しました: {0}", "Handed back: {0}");
    public static readonly Word StillInside = new("まだ在室の表示です。本人が目の前にいるときは、そのまま返却し、区域の責任者に伝えてください。", "Still shown as inside. If they stand before you, take the badge and tell the area's manager.");
    public static readonly Word LostAct = new("来訪者証をなくした", "The badge is lost");
    public static readonly Word LostTitle = new("来訪者証の紛失を記録します", "Record the badge as lost");
    public static readonly Word LostLead = new("この来訪者証はすぐに使えなくなり、二度と使えません。続けるときは別の来訪者証を渡します。", "It is dead at once and for good. To go on, hand out another.");
    public static readonly Word LostDo = new("紛失を記録", "Record as lost");
    public static readonly Word NextVisitor = new("同じ訪問の次の人", "Next of the same visit");
    public static readonly Word DoneOut = new("{0} さんに {1} を渡しました。付添い者 {2} を呼んでください。", "{0} has {1}. Call the escort {2}.");
    public static readonly Word DoneBack = new("{0} さんから {1} を受け取りました。", "{1} is back from {0}.");
    public static readonly Word NothingTitle = new("見つかりません: {0}", "Not found: {0}");
    public static readonly Word NothingLead = new("氏名・会社・訪問番号のどれかで探してください。予定がなければ「予定外の来訪」へ。", "Try a name, a firm or the visit's number. Without a visit use Walk-in.");
    public static readonly Word FalseTitle = new("この招待票は確認できません", "This invitation cannot be verified");
    public static readonly Word FalseLead = new("破れ・汚れで一部が読めないか、こちらで作ったものではありません。氏名で探し、身分証明書を必ず確かめてください。記録に残しました。", "A part is torn or unreadable, or it was not made here. Search by name and check the identification. This was recorded.");
    public static readonly Word ReadyTitle = new("{0} は貸し出していません", "{0} is not out");
    public static readonly Word ReadyLead = new("手元の来訪者証です。渡すときは、先に来訪者を選んでください。", "It lies ready. To hand it out, choose the visitor first.");
    public static readonly Word DeadTitle = new("{0} は紛失または廃止です", "{0} is lost or retired");
    public static readonly Word DeadLead = new("使わずに、区域の責任者に渡してください。", "Do not use it; give it to the area's manager.");
    public static readonly Word SeveralTitle = new("当てはまる来訪が{0}件あります", "{0} visits fit");
    public static readonly Word WalkInLead = new("区域の責任者が自分の画面で承認するまで、来訪者証は渡せません。受付の人だけでは通せません。", "The area's manager must approve on their own screen. Reception alone lets nobody in.");
    public static readonly Word WalkInSend = new("承認を頼む", "Ask for approval");
    public static readonly Word Minutes = new("滞在の分数", "Minutes");
    public static readonly Word MinutesHelp = new("いまから何分か(10〜600)", "From now, 10 to 600");
    public static readonly Word EscortsCan = new("付き添える人", "Who may escort");
    public static readonly Word WaitTitle = new("承認を待っています", "Waiting for approval");
    public static readonly Word WaitLead = new("承認者に電話し、申請 {0} を開いてもらってください。承認されると、この画面が変わります。", "Call the approver and ask them to open {0}. This page changes once it is approved.");
    public static readonly Word LookAgain = new("いま確かめる", "Look again");
    public static readonly Word WaitOk = new("承認されました", "Approved");
    public static readonly Word WaitNo = new("承認されませんでした", "Not approved");
    public static readonly Word WaitNoLead = new("来訪者証は渡せません。付添い者に連絡してください。", "No badge. Call the escort.");
    public static readonly Word ToCheckIn = new("受付へ進む", "To check-in");
    public static readonly Word ToBoard = new("受付へ戻る", "Back to the desk");
    public static readonly Word DeadBadge = new("失効", "dead");

    /// <summary>Why no badge can be handed out.</summary>
    public static Word Of(CheckInObstacle obstacle) => obstacle switch
    {
        CheckInObstacle.TooEarly => ProblemText.TooEarly,
        CheckInObstacle.Over => ProblemText.VisitOver,
        CheckInObstacle.Closed => ProblemText.VisitOver,
        CheckInObstacle.Barred => ProblemText.Barred,
        CheckInObstacle.AlreadyIn => ProblemText.HasBadge,
        _ => ProblemText.NotApproved,
    };
}
