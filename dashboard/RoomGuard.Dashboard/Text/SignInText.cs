using System.Diagnostics;
using RoomGuard.Core.Operators;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of signing in and out, of confirming, and of one's own passkeys and passwords.</summary>
public static class SignInText
{
    public static readonly Word Title = new("サインイン", "Sign in");
    public static readonly Word SignOut = new("サインアウト", "Sign out");
    public static readonly Word SignedInAs = new("操作者", "Signed in as");
    public static readonly Word Refused = new(
        "サインインできませんでした。入力を確かめて、もう一度お試しください。",
        "Could not sign you in. Check what you entered and try again.");
    public static readonly Word Outside = new(
        "庁外のネットワークからは使えません。庁内の端末を使うか、「外部からのアクセス」の許可を受けてください(R-SIGN-14)。",
        "Not from outside the site’s networks. Use a device inside, or apply for access from outside (R-SIGN-14).");
    public static readonly Word LockedUntil = new(
        "失敗が続いたため、この端末からのパスワードでのサインインは {0} まで受け付けません。パスキーは使えます。",
        "After several failures, no password is taken from here until {0}. A passkey still works.");
    public static readonly Word LockedUntilReleased = new(
        "失敗が続いたため、この端末からのパスワードでのサインインを止めています。責任者に解除を依頼してください。",
        "After several failures, no password is taken from here until a person responsible releases it.");
    public static readonly Word AlreadyAs = new("サインイン済み:", "Already signed in as");
    public static readonly Word GoOn = new("画面へ進む", "Go on");
    public static readonly Word NoticeTitle = new("利用上の注意", "Notice");
    public static readonly Word NoticePurpose = new("業務のためにだけ使ってください。", "For official duties only.");
    public static readonly Word NoticeRecorded = new("操作と閲覧は記録されます。", "What you do and look at is recorded.");
    public static readonly Word NoticeLeave = new("席を離れるときはサインアウトしてください。", "Sign out when you leave your desk.");
    public static readonly Word InventedTitle = new("架空の人を選ぶ", "Choose an invented person");
    public static readonly Word InventedLead = new(
        "試験用の施設でだけ表示されます。実在の施設では、パスキーまたはパスワードと確認コードを使います。",
        "Shown only at a site marked Test. A real site asks for a passkey, or a password with a code.");
    public static readonly Word NoRole = new("役割なし", "No role");
    public static readonly Word Privileged = new("特権ID", "Privileged account");

    public static readonly Word Passkey = new("パスキー", "Passkey");
    public static readonly Word PasskeyLead = new(
        "この端末の顔・指紋・暗証番号、またはセキュリティキーで本人を確認します。",
        "Your device's face, fingerprint or PIN, or a security key, shows who you are.");
    public static readonly Word WithPasskey = new("パスキーでサインイン", "Sign in with a passkey");
    public static readonly Word PasskeyCancelled = new(
        "パスキーの確認が取り消されたか、時間切れになりました。もう一度お試しください。",
        "The passkey was cancelled or took too long. Try again.");
    public static readonly Word PasskeyFailed = new(
        "パスキーを使えませんでした。この画面の住所(URL)が正しいか確かめてください。",
        "The passkey could not be used. Check that this page's address is the right one.");
    public static readonly Word PasskeyKnown = new("このパスキーはすでに登録されています。", "This passkey is already registered.");
    public static readonly Word PasskeyUnsupported = new("このブラウザーではパスキーを使えません。", "This browser cannot use passkeys.");
    public static readonly Word PasskeyNeedsScript = new("パスキーにはスクリプトが必要です。", "Passkeys need scripts.");

    public static readonly Word Name = new("利用者名", "Sign-in name");
    public static readonly Word Password = new("パスワード", "Password");
    public static readonly Word PasswordReminder = new(
        "ブラウザーに保存せず、他人に見せたり共用したりしないでください。",
        "Do not let the browser keep it, and do not show or share it.");
    public static readonly Word Code = new("確認コード", "One-time code");
    public static readonly Word CodeHelp = new("認証アプリの6桁の数字。仮のパスワードのときは空のままにします。", "Six digits from your authenticator app. Leave it empty with a temporary password.");
    public static readonly Word WithPassword = new("パスワードでサインイン", "Sign in with a password");
    public static readonly Word Forgotten = new(
        "パスワードを忘れたとき、端末をなくしたときは、情報システム管理者に仮のパスワードを依頼してください。",
        "Forgotten the password or lost the device? Ask the system manager for a temporary password.");

    public static readonly Word ConfirmTitle = new("本人の再確認", "Confirm that it is you");
    public static readonly Word ConfirmLead = new(
        "扉・電源・権限に関わる操作です。5分以内に確認していないため、もう一度本人を確認します。入力した内容はそのまま引き継がれます。",
        "This moves doors, power or rights. You were not confirmed within the last five minutes, so we ask once more. What you typed is kept.");
    public static readonly Word ConfirmRefused = new("確認できませんでした。操作は行われていません。", "Could not confirm it. Nothing was done.");
    public static readonly Word ConfirmInvented = new("この架空の人として確認する", "Confirm as this invented person");
    public static readonly Word ConfirmWithPasskey = new("パスキーで確認して続ける", "Confirm with a passkey and go on");
    public static readonly Word ConfirmWithPassword = new("パスワードで確認して続ける", "Confirm with the password and go on");

    public static readonly Word OwnTitle = new("サインインの設定", "My sign-in");
    public static readonly Word OnlyForProof = new(
        "仮のサインインです。ここでパスキーか、パスワードと確認コードを登録すると、ほかの画面を使えるようになります。",
        "This is a temporary sign-in. Register a passkey, or a password with a code, and the other pages open to you.");
    public static readonly Word OnlyForChange = new(
        "パスワードの変更期限を過ぎています。ここで新しいパスワードかパスキーを登録すると、ほかの画面を使えるようになります。",
        "Your password is overdue. Set a new one here, or register a passkey, and the other pages open to you.");
    public static readonly Word PasskeysLead = new(
        "2つ以上登録しておくと、1つをなくしても困りません。なくしたパスキーはすぐに外してください。",
        "Register two or more, so that losing one does no harm. Remove a lost one at once.");
    public static readonly Word PasskeyName = new("名前", "Name");
    public static readonly Word PasskeyNameHelp = new("後で見分けられる名前。例: 机のパソコン", "A name to know it by later, e.g. desk computer");
    public static readonly Word AddPasskey = new("パスキーを登録する", "Register a passkey");
    public static readonly Word Made = new("登録", "Registered");
    public static readonly Word LastUsed = new("最終使用", "Last used");
    public static readonly Word Synced = new("他の端末へ複製", "Copied to other devices");
    public static readonly Word Yes = new("あり", "Yes");
    public static readonly Word No = new("なし", "No");
    public static readonly Word Never = new("なし", "never");
    public static readonly Word Remove = new("外す", "Remove");
    public static readonly Word Act = new("操作", "Act");
    public static readonly Word PasswordAndCode = new("パスワードと確認コード", "Password and one-time code");
    public static readonly Word PasswordSince = new("設定済み({0})", "Set ({0})");
    public static readonly Word NoPassword = new("設定されていません。", "Not set.");
    public static readonly Word NewPassword = new("新しいパスワード", "New password");
    public static readonly Word PasswordAgain = new("新しいパスワード(もう一度)", "New password again");
    public static readonly Word PasswordRules = new(
        "{0}文字以上。よく使われる言葉、利用者名、最近5回のパスワードは使えません。長い文がおすすめです。",
        "At least {0} characters; no common word, not your sign-in name, none of the last five. A long sentence is best.");
    public static readonly Word CodeSetUp = new(
        "認証アプリに次の鍵を登録し、表示された6桁を入力してください。この鍵は一度だけ表示されます。",
        "Add this key to your authenticator app and type the six digits it shows. The key is shown only once.");
    public static readonly Word CodeLink = new("この端末の認証アプリを開く", "Open the authenticator app on this device");
    public static readonly Word CodeTry = new("認証アプリに表示された6桁の数字", "The six digits the app shows");
    public static readonly Word CodeRenew = new("確認コードの鍵を新しくする", "Make a new key for codes");
    public static readonly Word SavePassword = new("パスワードを設定する", "Set the password");
    public static readonly Word Sessions = new("サインイン中の端末", "Where I am signed in");
    public static readonly Word Begun = new("開始", "Begun");
    public static readonly Word LastAct = new("最終操作", "Last act");
    public static readonly Word Method = new("方法", "Method");
    public static readonly Word Source = new("接続元", "From");
    public static readonly Word Browser = new("ブラウザー", "Browser");
    public static readonly Word ThisOne = new("この端末", "This one");
    public static readonly Word EndIt = new("終了させる", "End it");
    public static readonly Word LastSignIn = new("前回のログイン {0}", "Last sign-in {0}");
    public static readonly Word LastSignOut = new("前回のログアウト {0}", "Last sign-out {0}");

    private static readonly Word Invented = new("架空の人の選択", "Invented person chosen");
    private static readonly Word Temporary = new("仮のパスワード", "Temporary password");
    private static readonly Word Overdue = new("変更期限を過ぎたパスワード", "Overdue password");
    public static readonly Word Provider = new("認証基盤", "Identity provider");
    public static readonly Word ProviderLead = new("組織の認証基盤の画面で本人確認をして、ここに戻ります。", "Prove who you are on your organisation's own page and come back here.");
    public static readonly Word WithProvider = new("{0}でサインイン", "Sign in with {0}");
    public static readonly Word ConfirmWithProvider = new("{0}でもう一度確認する", "Confirm with {0}");
    public static readonly Word ConfirmLoses = new("確認のあと元の画面に戻ります。入力はもう一度必要です。", "You come back to the page you were on; what you typed has to be typed again.");
    public static readonly Word ProviderAway = new("認証基盤に接続できません。しばらく待つか、ほかの方法でサインインしてください。", "The identity provider cannot be reached. Wait a while, or sign in another way.");

    private static readonly Word SetupCode = new("初期設定コード", "Set-up code");

    /// <summary>How somebody signed in.</summary>
    public static Word Of(SignInMethod method) => method switch
    {
        SignInMethod.Invented => Invented,
        SignInMethod.Passkey => Passkey,
        SignInMethod.PasswordAndCode => PasswordAndCode,
        SignInMethod.TemporaryPassword => Temporary,
        SignInMethod.SetupCode => SetupCode,
        SignInMethod.OverduePassword => Overdue,
        SignInMethod.Provider => Provider,
        _ => throw new UnreachableException($"No text for {method}."),
    };
}
