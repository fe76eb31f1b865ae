namespace RoomGuard.Dashboard.Text;

/// <summary>Words of the escort's page.</summary>
public static class EscortText
{
    public static readonly Word Title = new("付添い", "Escort");
    public static readonly Word None = new("付添いをする訪問はありません", "No visits to escort");
    public static readonly Word NoneLead = new("あなたが付添い者に決まった訪問が、終わるまでここに並びます。", "Visits for which you are named as escort are listed here until they end.");
    public static readonly Word Visit = new("訪問", "Visit");
    public static readonly Word IsIn = new("{0} に在室", "in {0}");
    public static readonly Word IsOut = new("退室済み", "outside");
    public static readonly Word NotHere = new("まだ受付を済ませていません", "not checked in yet");
    public static readonly Word ByYou = new("付添い: あなた", "escort: you");
    public static readonly Word By = new("付添い: {0}", "escort: {0}");
    public static readonly Word ByNobody = new("付添い: なし", "escort: nobody");
    public static readonly Word SaidOut = new("退室を申告済み(確認待ち)", "said to be out, being checked");
    public static readonly Word AloneDo = new("訪問者だけが区域に残っています。すぐに戻るか、訪問者と一緒に退室してください。", "A visitor is inside without an escort. Go back at once, or leave together.");
    public static readonly Word Over = new("予定の終わりを {0} 過ぎています", "{0} beyond the end");
    public static readonly Word Left = new("予定の終わりまで {0}", "{0} until the end");
    public static readonly Word HandOver = new("付添いを交代する", "Hand over");
    public static readonly Word NobodyElse = new("この訪問に、交代できる人は決められていません。区域の情報システム管理者に、付添い者を加えるよう頼んでください。", "Nobody else is named for this visit. Ask the area's system manager to add an escort.");
    public static readonly Word OtherOut = new("区域の外", "outside");
    public static readonly Word Step1 = new("交代する人が先にカードで入室します。", "Whoever takes over enters first with their card.");
    public static readonly Word Step2 = new("あなたが出口の読取装置にカードをかざして退室します。", "You leave by showing your card at the exit reader.");
    public static readonly Word Step3 = new("ここに新しい付添い者の名前が出たことを確かめます。出ないうちは離れないでください。", "See the new escort's name here before you go.");
    public static readonly Word AllOut = new("全員退室した", "Everybody is out");
    public static readonly Word AllOutTitle = new("訪問者は全員、区域の外にいますか", "Are all visitors outside?");
    public static readonly Word AllOutLead = new("在室者一覧に残っている訪問者について、退室したと申告します。情報システム管理者が確かめて一覧を直します。まだ中にいる人がいるときは、押さないでください。", "Says of the visitors still listed that they have left; the system manager checks and corrects the list. Do not press while somebody is inside.");
    public static readonly Word AllOutReason = new("付添い者の申告: 全員退室した", "Said by the escort: everybody is out");
    public static readonly Word StillListed = new("一覧に残っている人", "Still listed");
    public static readonly Word BackToReception = new("全員が区域の外です。来訪者証を受付へ返してください。", "Everybody is outside. Return the badges to reception.");
}
