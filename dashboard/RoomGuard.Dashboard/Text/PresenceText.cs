namespace RoomGuard.Dashboard.Text;

/// <summary>Words of the 在室者一覧 and of the 機器 page.</summary>
public static class PresenceText
{
    public static readonly Word Unnamed = new("ほか {0}名(氏名は、見る権限のある人にだけ表示されます)", "{0} more (names are shown only to those who may see them)");
    public static readonly Word Title = new("在室者一覧", "Who is inside");
    public static readonly Word Lead = new("点呼には印刷を使ってください。確認した人に印を付けられます。", "Print this for a roll call; it has a box to tick for each person.");
    public static readonly Word Total = new("在室 合計 {0}名", "{0} inside in all");
    public static readonly Word Seen = new("確認", "Seen");
    public static readonly Word Since = new("入室", "Entered");
    public static readonly Word For = new("在室時間", "Time inside");
    public static readonly Word By = new("入った扉", "Door");
    public static readonly Word NobodyTitle = new("在室者はいません", "Nobody is inside");
    public static readonly Word NobodySince = new("無人 {0} から", "Vacant since {0}");
    public static readonly Word Nobody = new("入室と退室の記録から、この区域には誰もいません。", "By the entries and exits recorded, nobody is in this area.");
    public static readonly Word Stale = new("制御盤からの知らせが止まっています。最後に分かった一覧です({0} 時点)。", "The bridge is silent. This is the last list known, as of {0}.");
    public static readonly Word NeverHeard = new("制御盤からまだ届いていないため、在室者は分かりません。", "Nothing has come from the bridge yet, so who is inside is not known.");
    public static readonly Word Doubtful = new("在室不一致。本人に確認してください", "Does not add up: ask the person");
    public static readonly Word RollCall = new("点呼者", "Roll called by");
    public static readonly Word RollTime = new("点呼時刻", "Time");
    public static readonly Word ExitNote = new("退室釦だけで出た人は、誰か分からないため一覧に残ることがあります。", "Somebody who left by the exit button alone may still stand here, because the button does not know who pressed it.");
}

/// <summary>Words of the 機器 page.</summary>
public static class DevicesText
{
    public static readonly Word Unnamed = new("ほか {0}名(氏名は、見る権限のある人にだけ表示されます)", "{0} more (names are shown only to those who may see them)");
    public static readonly Word Title = new("機器", "Devices");
    public static readonly Word Lead = new("制御盤と読取装置の状態です。「不明」は正常とみなしません。", "Bridges and readers. Unknown never counts as normal.");
    public static readonly Word Reader = new("読取装置", "Reader");
    public static readonly Word State = new("状態", "State");
    public static readonly Word LastReply = new("最終応答", "Last reply");
    public static readonly Word Channel = new("通信", "Channel");
    public static readonly Word Secure = new("暗号化あり", "Secure channel");
    public static readonly Word Clear = new("暗号化なし", "Clear text");
    public static readonly Word Bus = new("配線・番地", "Bus, address");
    public static readonly Word Identity = new("機器の名乗り", "Identity");
    public static readonly Word LastError = new("最後の異常", "Last error");
    public static readonly Word Findings = new("指摘", "Findings");
    public static readonly Word Counters = new("通信の計数", "Counters");
    public static readonly Word CountersOf = new("{0} の通信の計数", "Counters of {0}");
    public static readonly Word NoErrors = new("なし", "none");
    public static readonly Word Never = new("応答なし", "never");
    public static readonly Word Stale = new("制御盤と通信できないため、読取装置の状態は分かりません。下は {0} に聞いた値です。", "No contact with this bridge, so its readers are unknown. Below is what it said at {0}.");
    public static readonly Word NoReaders = new("この制御盤は読取装置をまだ知らせていません", "This bridge has told of no readers yet");
    public static readonly Word NoReadersLead = new("bridge.json の buses に読取装置を書き、roomguard-bridge reader install で登録すると、ここに並びます。", "Write readers under buses in bridge.json and enrol them with roomguard-bridge reader install.");
    public static readonly Word NoPanels = new("制御盤がまだありません", "No bridges yet");
    public static readonly Word Version = new("版", "Version");
    public static readonly Word Received = new("受信した記録", "Entries received");
}
