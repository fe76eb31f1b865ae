using RoomGuard.Core.Operators;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of roles, deputies and accounts.</summary>
public static class RolesText
{
    public static readonly Word WithPost = new("{0}({1})", "{0} ({1})");
    public static readonly Word Title = new("役割・アカウント", "Roles and accounts");
    public static readonly Word Tabs = new("役割・代行・アカウントの切替え", "Roles, deputies, accounts");
    public static readonly Word Roles = new("役割", "Roles");
    public static readonly Word Deputies = new("代行者", "Deputies");
    public static readonly Word Accounts = new("アカウント", "Accounts");
    public static readonly Word RolesLead = new("誰が何に責任を持つかの一覧です。役割は申請と承認で決まり、ここでは期限の前に終わらせることだけができます。", "Who answers for what. Roles come from applications; here they can only be ended early.");
    public static readonly Word Vacancies = new("空いている役割", "Vacant roles");
    public static readonly Word ApplyRole = new("役割を申請する", "Apply for a role");
    public static readonly Word ApplyDeputy = new("代行者を申請する", "Apply for a deputy");
    public static readonly Word Holder = new("持つ人", "Held by");
    public static readonly Word For = new("代行", "Acts for");
    public static readonly Word OwnRight = new("本人の役割", "own right");
    public static readonly Word ForWhom = new("{0} の代行", "for {0}");
    public static readonly Word Covers = new("及ぶ範囲", "Covers");
    public static readonly Word Period = new("期間", "Period");
    public static readonly Word State = new("状態", "State");
    public static readonly Word Number = new("番号", "Number");
    public static readonly Word End = new("終わらせる", "End");
    public static readonly Word EndTitle = new("{0} の {1} を終わらせますか", "End {1} of {0}?");
    public static readonly Word EndLead = new("直ちに効力がなくなり、この人の開いている画面でもこの役割は使えなくなります。空いた役割は「空いている役割」に出ます。", "It ends at once, also on pages that are open. A vacancy is shown as such.");
    public static readonly Word EndDo = new("役割を終わらせる", "End the role");
    public static readonly Word NoRoles = new("まだ役割がありません", "No roles yet");
    public static readonly Word NoRolesLead = new("最初の管理者を決めると、ここに役割が並びます。「役割を申請する」から始めます。", "Begin with “Apply for a role”.");
    public static readonly Word NoDeputies = new("代行者はいません", "No deputies");
    public static readonly Word NoDeputiesLead = new("不在や要員不足のときに、終わりの日を決めて役割を任せられます。承認されるまで効力を持ちません。", "For absence or shortage a role can be handed on until a set day. It has no effect until accepted.");
    public static readonly Word DeputiesLead = new("代行の期間と、誰の代わりかを全員に示しています。期間が終わると自動で効力を失います。", "Announced to everybody: who acts for whom, and until when. It ends by itself.");
    public static readonly Word DaysLeft = new("あと{0}日", "{0} days left");
    public static readonly Word LastDay = new("今日まで", "until today");
    public static readonly Word StartsIn = new("{0}日後から", "in {0} days");

    public static readonly Sign InForce = new("○", new("有効", "In force"), "ok");
    public static readonly Sign NotYet = new("◇", new("開始前", "Not yet"), "quiet");
    public static readonly Sign Over = new("―", new("終了", "Over"), "stale");
    public static readonly Sign Vacant = new("■", new("責任者不在", "Nobody responsible"), "crit");

    public static readonly Word AccountsLead = new("この画面を使える人の一覧です。アカウントは人ごとで、共用はありません。", "Who can use these pages. Each account belongs to one person.");
    public static readonly Word ApplyAccount = new("アカウントを申請する", "Apply for an account");
    public static readonly Word SignInName = new("サインイン名", "Sign-in name");
    public static readonly Word Privileged = new("特権", "privileged");
    public static readonly Word PrivilegedCount = new("特権アカウント {0} / {1}", "Privileged accounts {0} of {1}");
    public static readonly Word LastSignIn = new("最終サインイン", "Last sign-in");
    public static readonly Word Never = new("なし", "never");
    public static readonly Word Sessions = new("使用中", "Sessions");
    public static readonly Word SessionsTitle = new("使用中のサインイン", "Open sessions");
    public static readonly Word NoSessions = new("いまサインインしていません。", "Not signed in now.");
    public static readonly Word Means = new("本人確認", "Signs in by");
    public static readonly Word Passkeys = new("パスキー {0}", "passkeys: {0}");
    public static readonly Word Password = new("パスワードと確認コード", "password and code");
    public static readonly Word NoMeans = new("未設定", "not set");
    public static readonly Word Until = new("最終日", "Last day");
    public static readonly Word Began = new("開始", "Began");
    public static readonly Word Seen = new("最後の操作", "Last used");
    public static readonly Word Method = new("方法", "Method");
    public static readonly Word Place = new("場所", "From");
    public static readonly Word Result = new("結果", "Result");
    public static readonly Word SignIns = new("サインインの記録", "Sign-ins");
    public static readonly Word NoSignIns = new("サインインの記録はまだありません。", "No sign-ins yet.");
    public static readonly Word SignedIn = new("サインイン", "Signed in");
    public static readonly Word SignInFailed = new("失敗", "Failed");
    public static readonly Word LockedUntil = new("{0} まで試せません", "locked until {0}");
    public static readonly Word LockedForGood = new("解除するまで試せません", "locked until released");
    public static readonly Word NoAccounts = new("まだアカウントがありません", "No accounts yet");
    public static readonly Word NoAccountsLead = new("「アカウントを申請する」から始めます。承認されると、仮のパスワードを一度だけ発行できます。", "Begin with “Apply for an account”. Once approved, a temporary password can be issued.");
    public static readonly Word Acts = new("できること", "What you can do");
    public static readonly Word Hold = new("停止する", "Hold");
    public static readonly Word HoldTitle = new("アカウント {0} を停止しますか", "Hold account {0}?");
    public static readonly Word HoldLead = new("開いている画面も含め、直ちに使えなくなります。あとで解除できます。", "It stops at once, open pages included. It can be released later.");
    public static readonly Word Release = new("停止・施錠を解除する", "Release");
    public static readonly Word ReleaseTitle = new("アカウント {0} の停止を解除しますか", "Release account {0}?");
    public static readonly Word ReleaseLead = new("本人であることを確かめてから解除してください。", "Make sure who asks before you release it.");
    public static readonly Word EndAccount = new("廃止する", "End for good");
    public static readonly Word EndAccountTitle = new("アカウント {0} を廃止しますか", "End account {0} for good?");
    public static readonly Word EndAccountLead = new("廃止は元に戻せません。戻ってきた人には新しいアカウントを作ります。", "It never comes back. Somebody who returns gets a new one.");
    public static readonly Word EndSessions = new("すべてサインアウトさせる", "End all sessions");
    public static readonly Word EndSessionsTitle = new("{0} をすべてサインアウトさせますか", "End all sessions of {0}?");
    public static readonly Word EndSessionsLead = new("開いている画面がすべて使えなくなり、もう一度サインインが必要になります。", "All open pages end; signing in again is needed.");
    public static readonly Word Remote = new("外部からのアクセス", "Access from outside");
    public static readonly Word NoRemote = new("許可されていません。庁内のネットワークからだけ使えます。", "Not allowed: usable from the site’s networks only.");
    public static readonly Word RemoteDevice = new("端末・場所", "Device and place");
    public static readonly Word EndRemote = new("外部からのアクセスを止める", "Turn access from outside off");
    public static readonly Word EndRemoteTitle = new("{0} の外部からのアクセスを止めますか", "Turn access from outside off for {0}?");
    public static readonly Word EndRemoteLead = new("直ちに、庁外からは使えなくなります。再開には新しい申請が必要です。", "It ends at once. To have it again, a new application is needed.");
    public static readonly Word IssuePassword = new("仮のパスワードを発行する", "Issue a temporary password");
    public static readonly Word IssuePasswordTitle = new("{0} に仮のパスワードを発行しますか", "Issue a temporary password for {0}?");
    public static readonly Word IssuePasswordLead = new("次の画面に一度だけ表示します。本人に直接渡してください。一回のサインインと変更にだけ使えます。", "Shown once on the next page. Hand it to the person directly. It serves one sign-in and the change only.");
    public static readonly Word PasswordOnce = new("仮のパスワード(一度だけ表示しています)", "Temporary password, shown this once");
    public static readonly Word PasswordLead = new("この画面を閉じると、もう表示できません。電話や紙で本人に直接伝え、メールでは送らないでください。", "It cannot be shown again after you close this page. Tell the person directly; do not send it by mail.");
    public static readonly Word PasswordUntil = new("{0} まで使えます", "Good until {0}");
    public static readonly Word PasswordBack = new("アカウントに戻る", "Back to the account");

    /// <summary>アカウントの状態.</summary>
    public static Sign Of(AccountState state) => state switch
    {
        AccountState.Active => new("○", new("利用中", "Active"), "ok"),
        AccountState.Held => new("●", new("停止", "Held"), "warn"),
        _ => new("―", new("廃止", "Ended"), "stale"),
    };

    /// <summary>本人確認の方法.</summary>
    public static Word MethodOf(string method) => method switch
    {
        "passkey" => new("パスキー", "passkey"),
        "password" => Password,
        "temporary" => new("仮のパスワード", "temporary password"),
        "invented" => new("試験用", "for trying out"),
        nameof(SignInMethod.Provider) => SignInText.Provider,
        _ => new(method, method),
    };
}
