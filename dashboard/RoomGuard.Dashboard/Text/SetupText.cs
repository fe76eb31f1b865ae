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

    // Where people register the site.
    public static readonly Word AdministratorsByRecord = new(
        "2人を登録します。1人目は統括情報セキュリティ責任者、2人目は情報システム管理者です。2人がそれぞれ内容を確認すると、初期設定が終わります。",
        "Two people: the first is the supervising security officer, the second the system manager. The set-up is done when each of them has checked it.");
    public static readonly Word Steps = new("初期設定の手順", "Steps");
    public static readonly Word StepsLead = new(
        "どの手順からでも始められます。入力した内容は記録されているので、途中でやめても、サインインし直せば続けられます。",
        "Begin with any of them. What you enter is in the record: leave whenever you like and sign in again to go on.");
    public static readonly Word SignInFirst = new("登録した管理者は、サインインして続けます。", "An administrator who is registered signs in to go on.");
    public static readonly Word SignIn = new("サインインする", "Sign in");
    public static readonly Word CodeForSecond = new("2人目の管理者の登録(初期設定コードを入力)", "Register the second administrator (set-up code)");
    public static readonly Word OrganisationTitle = new("団体と施設", "Organisation and site");
    public static readonly Word OrganisationName = new("団体の名称", "Organisation");
    public static readonly Word SiteName = new("施設の名称", "Site");
    public static readonly Word Posts = new("役割の呼び名", "Names of roles");
    public static readonly Word PostsHelp = new("団体での職の名称。空のままにすると、運用区分の呼び名を使います", "Posts of your organisation; left empty, the profile's words are used");
    public static readonly Word ProfileTitle = new("運用区分の決定", "Policy profile");
    public static readonly Word ProfileLead = new(
        "従う情報セキュリティポリシーを選びます。選ぶと変わる定めを確かめてから、決定の内容を登録してください。",
        "Choose the policy this site follows. Look at what the choice changes, then enter the decision.");
    public static readonly Word ProfileChoose = new("運用区分を選ぶ", "Choose a profile");
    public static readonly Word ProfileShow = new("変わる定めを見る", "Show what it changes");
    public static readonly Word ProfileChanges = new("{0} にすると変わる定め", "What {0} changes");
    public static readonly Word ProfileSame = new("いまの定めと同じです。", "The same as now.");
    public static readonly Word ProfileNow = new("いま", "Now");
    public static readonly Word ProfileThen = new("選んだ運用区分", "With this profile");
    public static readonly Word ProfileDecision = new("決定", "The decision");
    public static readonly Word ProfileTake = new("この運用区分を適用する", "Adopt this profile");
    public static readonly Word DecidedAs = new("決定した者", "Decided by");
    public static readonly Word DecidedBy = new("職員番号又は氏名", "Person");
    public static readonly Word DecidedByHelp = new("決定した人。例: S-0001", "Who decided, e.g. S-0001");
    public static readonly Word DecidedOn = new("決定日", "Decided on");
    public static readonly Word ReferenceHelp = new("例: 架空町訓令第3号", "E.g. Order No. 3");
    public static readonly Word CheckTitle = new("確認して終える", "Check and finish");
    public static readonly Word CheckLead = new(
        "2人の管理者がそれぞれ内容を確かめて押します。その後に内容が変わると、もう一度確認が要ります。終わると、この画面は開けなくなり、変更は「区域と扉」で申請します。",
        "Both administrators look at everything and press it, each for themselves. A change afterwards asks for both again. Once done, this page is closed for good, and changes are asked for under Zones and doors.");
    public static readonly Word Missing = new("まだそろっていないもの:", "Still missing:");
    public static readonly Word MissingAdministrator = new("サインインできる管理者が2人いない", "two administrators who can sign in");
    public static readonly Word MissingName = new("団体と施設の名称(終えるのに必要)", "the names of the site (needed to finish)");
    public static readonly Word MissingProfile = new("運用区分の決定(終えるのに必要)", "the decision on the policy profile (needed to finish)");
    public static readonly Word MissingZones = new("管理区域(後からでも登録できる。それまで誰も入れない)", "zones: may follow later, and until then nobody enters");
    public static readonly Word MissingService = new("使用開始できない区域がある", "a zone is not in service");
    public static readonly Word MissingLinks = new("配線と対応していない扉がある", "a door is not linked to the wires");
    public static readonly Word MissingDoors = new("登録のない扉を制御盤が見つけている", "a bridge found doors nobody has registered");
    public static readonly Word CheckedBy = new("確認した管理者:", "Checked by:");
    public static readonly Word Check = new("内容を確認しました", "I have checked it");
    public static readonly Word WaitsForOther = new("あなたの確認は済みました。もう1人の管理者の確認を待っています。", "You have checked it. The other administrator's word is awaited.");

    private static readonly Sign Done = new("○", new("済", "done"), "ok");
    private static readonly Sign Open = new("△", new("まだ", "open"), "warn");

    /// <summary>How far a step is.</summary>
    public static Sign Step(bool done) => done ? Done : Open;
}
