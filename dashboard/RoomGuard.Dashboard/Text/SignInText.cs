namespace RoomGuard.Dashboard.Text;

/// <summary>Words of signing in and out.</summary>
public static class SignInText
{
    public static readonly Word Title = new("サインイン", "Sign in");
    public static readonly Word SignOut = new("サインアウト", "Sign out");
    public static readonly Word SignedInAs = new("操作者", "Signed in as");
    public static readonly Word Refused = new(
        "サインインできませんでした。入力を確かめて、もう一度お試しください。",
        "Could not sign you in. Check what you entered and try again.");
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
}
