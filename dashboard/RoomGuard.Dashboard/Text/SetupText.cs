namespace RoomGuard.Dashboard.Text;

/// <summary>Words of the first start.</summary>
public static class SetupText
{
    public static readonly Word Title = new("初期設定", "First set-up");
    public static readonly Word Lead = new(
        "はじめに、サービスの起動時に表示された初期設定コードを入力してください。",
        "First, enter the set-up code the service printed when it started.");
    public static readonly Word Code = new("初期設定コード", "Set-up code");
    public static readonly Word CodeHelp = new("5文字ずつ4組。起動するたびに新しくなります。", "Four groups of five letters, new at every start.");
    public static readonly Word WrongCode = new(
        "コードが違います。サービスを起動した画面に表示された最新のコードを確かめてください。",
        "Wrong code. Look for the newest one where the service was started.");
    public static readonly Word Begin = new("始める", "Begin");
    public static readonly Word Site = new("この施設", "This site");
    public static readonly Word Organisation = new("団体・施設", "Organisation and site");
    public static readonly Word Zones = new("管理区域", "Controlled areas");
    public static readonly Word Doors = new("扉の数", "Doors");
    public static readonly Word SiteLead = new(
        "設定ファイルの内容です。違うときは、ここで止めて設定ファイルを直し、サービスを起動し直してください。",
        "As the settings file says. If this is wrong, stop here, correct the file and start the service again.");
    public static readonly Word Administrators = new("最初の管理者", "First administrators");
    public static readonly Word AdministratorsLead = new(
        "2人を登録します。1人目は統括情報セキュリティ責任者、2人目は情報システム管理者です。2人とも本人確認手段を登録すると初期設定が終わります。途中でやめても、次の起動時のコードで続けられます。",
        "Two people: the first is the supervising security officer, the second the system manager. The set-up is done when both have registered a proof. You may leave and go on with the code of the next start.");
    public static readonly Word First = new("1人目の管理者", "First administrator");
    public static readonly Word Second = new("2人目の管理者", "Second administrator");
    public static readonly Word Continue = new("本人確認手段の登録を続ける", "Go on with the proof");
    public static readonly Word Person = new("職員番号", "Person number");
    public static readonly Word PersonHelp = new("例: S-0102", "E.g. S-0102");
    public static readonly Word Name = new("氏名", "Name");
    public static readonly Word Kana = new("ふりがな", "Reading");
    public static readonly Word Section = new("所属", "Section");
    public static readonly Word SignInNameHelp = new("3〜40文字の英数字、ピリオド、ハイフン", "3 to 40 letters, digits, dots and hyphens");
    public static readonly Word Make = new("登録して本人確認手段へ進む", "Register and go on to the proof");
}
