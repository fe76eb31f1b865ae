namespace RoomGuard.Dashboard.Text;

/// <summary>Words of the 状況 page.</summary>
public static class NowText
{
    public static readonly Word OpenClimate = new("環境を開く", "Open the climate");
    public static readonly Word SensorsGood = new("良好なセンサー {0}/{1}", "{0} of {1} sensors good");
    public static readonly Word SensorAges = new("最終受信 {0}(最も古いもの {1})", "last heard {0} (the oldest {1})");
    public static readonly Word Attention = new("対応が必要なこと", "Needs a hand");
    public static readonly Word Calm = new("異常はありません", "Nothing needs a hand");
    public static readonly Word CalmDetail = new("扉 {0}、読取装置 {1}、制御盤 {2} を確認。最終確認 {3}", "{0} doors, {1} readers, {2} bridges checked at {3}");
    public static readonly Word NotAllKnown = new("一部の状態が分かりません", "Some states are not known");
    public static readonly Word NotAllKnownDetail = new("対応が必要な知らせはありませんが、「不明」の扉または機器があります。", "No alarms, but some doors or devices are unknown.");
    public static readonly Word ToDo = new("次にすること", "What to do");
    public static readonly Word Since = new("{0} から({1})", "since {0} ({1})");
    public static readonly Word At = new("{0}({1})", "{0} ({1})");
    public static readonly Word Over = new("最近12時間にあったこと", "In the last 12 hours, now over");
    public static readonly Word OpenEntry = new("記録 {0} を開く", "Open entry {0}");
    public static readonly Word OpenDevices = new("機器を開く", "Open devices");
    public static readonly Word OpenLockdown = new("区域封鎖を開く", "Open lockdown");
    public static readonly Word AndMore = new("ほか {0}件", "and {0} more");
    public static readonly Word Times = new("{0}回", "{0} times");
    public static readonly Word Zones = new("区域と扉", "Areas and doors");
    public static readonly Word Inside = new("在室 {0}名", "{0} inside");
    public static readonly Word Vacant = new("無人", "Vacant");
    public static readonly Word VacantSince = new("{0} から", "since {0}");
    public static readonly Word NobodyKnown = new("在室者は記録されていません", "Nobody is recorded inside");
    public static readonly Word OldNews = new("最後に聞いた時刻 {0}({1})", "Last heard {0} ({1})");
    public static readonly Word NeverHeard = new("まだ制御盤から届いていません", "Not heard from its bridge yet");
    public static readonly Word DoorSince = new("{0} から", "since {0}");
    public static readonly Word OutOfService = new("読取装置が使えません。手書きの管理簿を使ってください", "Reader out of use: use the hand-written register");
    public static readonly Word Doubtful = new("在室不一致", "does not add up");
    public static readonly Word Latest = new("直近の入退室", "Latest entries");
    public static readonly Word AllEntries = new("入退室管理簿を開く", "Open the entry register");
    public static readonly Word NoEntries = new("入退室の記録はまだありません", "No entries yet");
    public static readonly Word Panels = new("制御盤", "Bridges");
    public static readonly Word List = new("許可一覧", "Grant list");
    public static readonly Word ListVersion = new("第{0}版", "version {0}");
    public static readonly Word ListNone = new("未受信", "none yet");
    public static readonly Word InForce = new("反映済み", "in force");
    public static readonly Word Pending = new("未反映({0} から)", "not in force (since {0})");
    public static readonly Word PendingStops = new("停止 {0}件が未反映", "{0} suspensions not in force");
    public static readonly Word Journal = new("記録", "Journal");
    public static readonly Word JournalOk = new("書込み正常", "writing");
    public static readonly Word JournalStopped = new("書込みできません", "cannot be written");
    public static readonly Word LastHeard = new("最終通信", "Last heard");
    public static readonly Word Devices = new("読取装置", "Readers");
    public static readonly Word DeviceCounts = new("正常 {0}・注意 {1}・不明 {2}", "{0} normal, {1} attention, {2} unknown");
    public static readonly Word NoZones = new("区域が設定されていません", "No areas are set up");
    public static readonly Word NoZonesLead = new("service.json の zones と doors に区域と扉を書くと、ここに状態が並びます。", "Write zones and doors into service.json and their state stands here.");
    public static readonly Word NoPanels = new("制御盤がまだつながっていません。roomguard panel-code で登録番号を作り、制御盤で join を実行してください。", "No bridge has joined yet. Make a code with roomguard panel-code and run join at the bridge.");
}
