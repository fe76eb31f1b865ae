using RoomGuard.Core.Operators;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of the pages about tokens of the API.</summary>
public static class TokenText
{
    public static readonly Word Title = new("APIトークン", "API tokens");
    public static readonly Word Lead = new("ほかのシステムがこの制御を使うための合言葉です。持ち主の役割の範囲を超えて使えることはなく、使ったことは記録に残ります。", "By these other systems use the controller. A token never does more than its holder's roles allow, and its use stands in the record.");
    public static readonly Word Make = new("トークンを作る", "Make a token");
    public static readonly Word Reference = new("使い方の文書(OpenAPI)", "Its document (OpenAPI)");
    public static readonly Word Holder = new("持ち主", "Holder");
    public static readonly Word Number = new("番号", "Number");
    public static readonly Word Name = new("用途", "For");
    public static readonly Word NameHelp = new("使うシステムの名前など。例: 人事給与システム", "For example the name of the other system");
    public static readonly Word Scopes = new("できること", "May");
    public static readonly Word ScopesHelp = new("必要なものだけを選んでください。", "Only what is needed.");
    public static readonly Word LastDay = new("最終日", "Last day");
    public static readonly Word LastDayHelp = new("長くても1年先までです。", "At most a year ahead.");
    public static readonly Word State = new("状態", "State");
    public static readonly Word LastUsed = new("最後に使った", "Last used");
    public static readonly Word Calls = new("{0}回", "{0} calls");
    public static readonly Word Never = new("まだ使っていない", "not yet");
    public static readonly Word Account = new("持ち主のサインイン名", "Holder's sign-in name");
    public static readonly Word AccountHelp = new("この人の役割の範囲で使えます。受け取れるのは本人だけです。特権アカウントは選べません。", "It acts within this person's roles, and only they can take it. Not a privileged account.");
    public static readonly Word Reason = new("理由", "Reason");
    public static readonly Word MakeDo = new("作る", "Make it");
    public static readonly Word MakeLead = new("作ったトークンは、持ち主がこの画面で受け取るまで使えません。受け取りは7日以内です。", "It counts once its holder has taken it here, within seven days.");
    public static readonly Word Take = new("受け取る", "Take it");
    public static readonly Word TakeBefore = new("{0} までに受け取る", "to be taken before {0}");
    public static readonly Word End = new("終わらせる", "End");
    public static readonly Word EndTitle = new("トークン「{0}」を終わらせますか", "End the token “{0}”?");
    public static readonly Word EndLead = new("直ちに使えなくなり、元に戻せません。使っているシステムは止まります。", "It stops at once and never comes back. The system that uses it is cut off.");
    public static readonly Word EndDo = new("トークンを終わらせる", "End the token");
    public static readonly Word None = new("トークンはありません", "No tokens");
    public static readonly Word NoneLead = new("ほかのシステムとつなぐときに、使える範囲と終わりの日を決めて作ります。", "Made for another system, with what it may do and an end date.");
    public static readonly Word NoneOwnLead = new("トークンはシステム管理者が作り、ここで受け取ります。", "A system manager makes them; you take yours here.");
    public static readonly Word Once = new("トークン(一度だけ表示しています)", "The token, shown this once");
    public static readonly Word OnceLead = new("この画面を閉じると、もう表示できません。使うシステムの秘密の保管場所に写し、メールや文書には書かないでください。", "It cannot be shown again after you close this page. Put it where the other system keeps its secrets; not into mail or documents.");
    public static readonly Word Address = new("呼び出す先", "Where to call");
    public static readonly Word HowToSend = new("送り方", "How to send it");
    public static readonly Word Back = new("トークンの一覧に戻る", "Back to the tokens");
    public static readonly Word NotTakenTitle = new("受け取れません", "Cannot be taken");
    public static readonly Word NotTaken = new("すでに受け取られたか、期限を過ぎたか、終わっています。もう一度作ってもらってください。", "It was taken already, is over, or was ended. Ask for a new one.");

    /// <summary>トークンの状態.</summary>
    public static Sign Of(TokenState state, bool over) => (state, over) switch
    {
        (TokenState.Ended, _) => new("―", new("終了", "Ended"), "stale"),
        (_, true) => new("―", new("期限切れ", "Over"), "stale"),
        (TokenState.Waiting, _) => new("◇", new("受取待ち", "To be taken"), "quiet"),
        _ => new("○", new("利用中", "In use"), "ok"),
    };

    /// <summary>What a scope lets a system do.</summary>
    public static Word Of(TokenScope scope) => scope switch
    {
        TokenScope.RoomRead => new("扉・制御盤・要対応を見る", "See doors, bridges and what needs a hand"),
        TokenScope.PresenceRead => new("在室者一覧を見る", "See who is inside"),
        TokenScope.EntriesRead => new("入退室管理簿を見る", "See the entry register"),
        TokenScope.PeopleRead => new("人の一覧を見る", "See people"),
        TokenScope.PeopleWrite => new("人を登録・変更する", "Register and change people"),
        TokenScope.PeopleSuspend => new("人の入室を停止する", "Suspend people"),
        TokenScope.CardsRead => new("カードの一覧を見る", "See cards"),
        TokenScope.CardsWrite => new("カードを発行する", "Issue cards"),
        TokenScope.CardsReportLost => new("カードの紛失を届け出る", "Report cards lost"),
        TokenScope.GrantsRead => new("入室許可の一覧を見る", "See entry grants"),
        TokenScope.GrantsGiveUp => new("入室許可を返上する", "Give up entry grants"),
        TokenScope.CasesRead => new("申請を見る", "See applications"),
        TokenScope.CasesApply => new("申請する", "Apply"),
        TokenScope.CasesDecide => new("申請を決める・実施・確認する", "Decide, carry out and confirm applications"),
        TokenScope.RolesRead => new("役割の一覧を見る", "See roles"),
        TokenScope.LockdownsRead => new("区域封鎖を見る", "See lockdowns"),
        TokenScope.LockdownsBegin => new("区域封鎖を始める", "Begin lockdowns"),
        _ => throw new System.Diagnostics.UnreachableException($"No text for {scope}."),
    };
}
