namespace RoomGuard.Dashboard.Text;

/// <summary>Words around every page.</summary>
public static class FrameText
{
    public static readonly Word Skip = new("本文へ移動", "Skip to content");
    public static readonly Word Menu = new("主なメニュー", "Main menu");
    public static readonly Word MenuHere = new("(いまのページを含む)", "(has this page)");
    public static readonly Word MenuEntry = new("入退室", "Entry");
    public static readonly Word MenuFacility = new("電源・環境", "Power and climate");
    public static readonly Word MenuEquipment = new("機器・作業", "Equipment and work");
    public static readonly Word MenuOffice = new("人・運用", "People and policy");
    public static readonly Word Now = new("状況", "Now");
    public static readonly Word Entries = new("入退室管理簿", "Entry register");
    public static readonly Word Presence = new("在室者", "Who is inside");
    public static readonly Word Devices = new("機器", "Devices");
    public static readonly Word Desk = new("人・カード・許可", "People and cards");
    public static readonly Word Lockdown = new("区域封鎖", "Lockdown");
    public static readonly Word TestSite = new("試験用の架空の施設です", "Invented site for trying out");
    public static readonly Word NoScript = new(
        "スクリプトが動いていないため、表示は自動では更新されません。ページを再読み込みしてください。",
        "Scripts are off, so nothing updates by itself. Reload the page.");
    public static readonly Word LinkState = new("画面の更新", "Live updates");
    public static readonly Word Live = new("接続中", "Live");
    public static readonly Word Connecting = new("接続しています", "Connecting");
    public static readonly Word Stopped = new("更新停止", "Stopped");
    public static readonly Word StaleBar = new("更新が止まっています。表示は古い可能性があります。最終更新", "Live updates stopped. What you see may be old. Last update");
    public static readonly Word Reload = new("再読み込み", "Reload");
    public static readonly Word SwitchLanguage = new("English", "日本語");
    public static readonly Word Theme = new("配色", "Colours");
    public static readonly Word Light = new("明るい", "Light");
    public static readonly Word Dark = new("暗い", "Dark");
    public static readonly Word Auto = new("自動", "Auto");
    public static readonly Word Accessibility = new("アクセシビリティ", "Accessibility");
    public static readonly Word Foot = new("RoomGuard 管理区域の入退室管理", "RoomGuard, entry control for controlled areas");
    public static readonly Word AsOf = new("{0} 時点", "As of {0}");
    public static readonly Word Print = new("印刷", "Print");
    public static readonly Word Unknown = new("不明", "Unknown");
    public static readonly Word None = new("なし", "None");
    public static readonly Word All = new("すべて", "All");
    public static readonly Word Details = new("詳細", "Details");
    public static readonly Word Search = new("検索", "Search");
    public static readonly Word Clear = new("条件を消す", "Clear");
    public static readonly Word Required = new("必須", "Required");
    public static readonly Word Optional = new("任意", "Optional");
    public static readonly Word Back = new("戻る", "Back");
    public static readonly Word Cancel = new("やめる", "Cancel");
    public static readonly Word Next = new("次へ", "Next");
    public static readonly Word First = new("最初へ", "First page");
    public static readonly Word Count = new("{0}件", "{0} found");
    public static readonly Word Saved = new("記録しました({0})", "Recorded ({0})");
    public static readonly Word Problems = new("入力を確認してください({0}か所)", "Please check your entries ({0})");
    public static readonly Word Breadcrumb = new("現在の位置", "You are here");
    public static readonly Word Table = new("{0}の表", "Table: {0}");

    public static readonly Word NotFoundTitle = new("ページが見つかりません", "Page not found");
    public static readonly Word NotFound = new(
        "お探しのページはありません。住所(URL)を確かめるか、下の行き先から選んでください。",
        "There is no such page. Check the address or choose where to go below.");
    public static readonly Word FailedTitle = new("表示できませんでした", "Could not show this page");
    public static readonly Word Failed = new(
        "RoomGuard の中で問題が起きました。扉の制御と記録は続いています。しばらくしてもう一度開いてください。続くときは、次の番号を添えて係へ連絡してください。",
        "Something went wrong inside RoomGuard. Doors and record carry on. Try again in a moment; if it goes on, tell the person in charge this number.");
    public static readonly Word FailedNumber = new("エラー番号", "Error number");
    public static readonly Word TooLarge = new(
        "送られた内容が大きすぎます。ファイルの大きさと数を減らし、前のページからもう一度お試しください。何も変更されていません。",
        "Too much was sent at once. Make the files smaller or fewer, go back and try again. Nothing was changed.");
    public static readonly Word RefusedTitle = new("受け付けられませんでした", "Could not be accepted");
    public static readonly Word Refused = new(
        "送信の確認に失敗しました。画面を開いてから時間がたったか、別の画面から送られました。前のページを開き直して、もう一度お試しください。何も変更されていません。",
        "The form could not be confirmed: it was open too long or came from another page. Open the page again and retry. Nothing was changed.");
    public static readonly Word WrongHost = new(
        "この名前では開けません。localhost か、設定 listen.names にある名前で開いてください。",
        "Not served under this name. Open it at localhost, or under a name given in the setting listen.names.");
    public static readonly Word GoTo = new("行き先", "Where to go");
}
