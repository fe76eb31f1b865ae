using RoomGuard.Core.Doors;
using RoomGuard.Core.PresenceLists;

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
    public static readonly Word Questions = new("在室の確認", "Questions of presence");
    public static readonly Word QuestionsLead = new("入退室の記録が合わない人です。本人に尋ね、居場所を確かめてから、理由を付けて訂正します。", "Whose entries and exits do not add up. Ask the person or look on the spot, then correct with a reason.");
    public static readonly Word NoQuestions = new("確認が必要な在室はありません", "Nothing to clear up");
    public static readonly Word NoQuestionsLead = new("退室の記録がない人や、続けて入室した人がいると、ここに並びます。", "People without an exit, or who entered twice, are listed here.");
    public static readonly Word OpenQuestions = new("確認待ち {0}件", "{0} to clear up");
    public static readonly Word AskedOf = new("確認すること", "What does not add up");
    public static readonly Word Answered = new("本人の回答", "Answer");
    public static readonly Word NotAnswered = new("まだ回答がありません。本人のページで尋ねています。", "No answer yet; it is asked on the person's own page.");
    public static readonly Word AskedByWord = new("{0} からの申出", "asked for by {0}");
    public static readonly Word AnswerTime = new("{0} ごろ", "at about {0}");
    public static readonly Word Times = new("{0}回", "{0} times");
    public static readonly Word Correct = new("在室を訂正する", "Correct");
    public static readonly Word CorrectOne = new("訂正", "Correct");
    public static readonly Word CorrectTitle = new("在室の訂正", "Correct who is inside");
    public static readonly Word CorrectLead = new("本人に尋ねるか、現地で確かめてから訂正します。訂正は扉へ伝わり、続けての入室の判定に使われます。入退室の記録そのものは変わりません。", "Correct only after asking the person or looking. The doors are told and decide by it. The entries recorded stay as they are.");
    public static readonly Word AskTitle = new("在室の訂正を申し出る", "Ask for a correction");
    public static readonly Word AskLead = new("訂正は、区域を担当する情報システム管理者が理由を確かめて行います。", "The area's system manager checks the reason and corrects.");
    public static readonly Word AskDo = new("申し出る", "Ask for it");
    public static readonly Word CorrectDo = new("訂正する", "Correct");
    public static readonly Word Settle = new("訂正しない", "Nothing to correct");
    public static readonly Word SettleTitle = new("{0} の在室は正しいとしますか", "Leave the presence of {0} as it is?");
    public static readonly Word SettleLead = new("確認を終わりにします。在室者一覧は変わりません。", "Ends the question. The list of people inside stays as it is.");
    public static readonly Word WhoseField = new("職員番号等", "Person number");
    public static readonly Word ZoneField = new("区域", "Area");
    public static readonly Word InsideField = new("正しい状態", "What is so");
    public static readonly Word IsInside = new("在室している", "is inside");
    public static readonly Word IsOutside = new("在室していない", "is not inside");
    public static readonly Word SinceField = new("いつから", "Since when");
    public static readonly Word SinceHelp = new("入室又は退室した日時。分からなければ、分かる範囲で最も遅い日時。", "When they went in or out; if unknown, the latest time it can have been.");
    public static readonly Word ReasonHelp = new("誰に何を確かめたか。記録に残ります。", "Whom you asked and what you saw. It is kept.");
    public static readonly Word Pending = new("訂正を扉へ伝えています(未反映): {0}", "Corrections on their way to the doors: {0}");
    public static readonly Word FromBridge = new("サービスが止まっているときは、制御盤の画面「点呼」からも同じ一覧を印刷できます。", "When the service is down, the bridge's own page prints the same list.");
    public static readonly Word MineTitle = new("あなたへの確認", "A question for you");
    public static readonly Word MineLead = new("入退室の記録が合いません。覚えている範囲で教えてください。答えても入退室の記録は消えません。", "Your entries and exits do not add up. Please say what you remember; nothing recorded is erased.");
    public static readonly Word MineAnswer = new("答える", "Answer");
    public static readonly Word MineThanks = new("回答済み: {0}。情報システム管理者が確かめます。", "Answered: {0}. The system manager looks into it.");
    public static readonly Word AnswerField = new("実際はどうでしたか", "What was so?");
    public static readonly Word AnswerAtField = new("その時刻(分かれば)", "At what time, if you know");
    public static readonly Word NoteField = new("補足", "Remark");
    public static readonly Word NoteHelp = new("例: 退室釦で出た、同僚と一緒に出た", "E.g. left by the button, or together with a colleague");

    /// <summary>What does not add up, as it is put to the person.</summary>
    public static Word KindOf(string kind) => kind switch
    {
        "exit-without-entry" => new("入室の記録がないまま退室しました", "An exit without an entry"),
        "entry-while-inside" => new("退室の記録がないまま、もう一度入室しました", "A second entry without an exit between"),
        "no-exit-by-end-of-day" => new("その日のうちに退室の記録がありません", "No exit by the end of the day"),
        "seen-elsewhere" => new("退室の記録がないまま、別の区域に入室しました", "Seen in another area without an exit here"),
        "outer-left" => new("この区域に在室したまま、外側の区域から退室しました", "Left the outer area while recorded here"),
        "outer-not-seen" => new("外側の区域の入室記録がありません", "No entry into the outer area"),
        "fire-release" => new("火災で開放中に入室しました。点呼の結果と照らし合わせます", "Entered while doors were released for fire; to be held against the roll call"),
        "asked" => new("在室の訂正の申出", "A correction is asked for"),
        _ => new("在室の記録が合いません", "The presence does not add up"),
    };

    public static readonly Word Alone = new("付添い不在", "Escort missing");
    public static readonly Word With = new("付添い", "escort");

    /// <summary>How sure it is that somebody is inside.</summary>
    public static Word Of(PresenceCertainty certainty) => certainty switch
    {
        PresenceCertainty.Certain => new("確実", "certain"),
        PresenceCertainty.Likely => new("推定(扉の開きから確かめられない)", "likely: not seen at the door"),
        PresenceCertainty.Unverified => new("未確認(点呼で確かめる)", "unverified: settle by roll call"),
        _ => throw new System.Diagnostics.UnreachableException($"No text for {certainty}."),
    };

    /// <summary>An answer.</summary>
    public static Word Of(PresenceAnswer answer) => answer switch
    {
        PresenceAnswer.Left => new("退室していた", "had left"),
        PresenceAnswer.StillInside => new("まだ在室している", "is still inside"),
        PresenceAnswer.HadEntered => new("入室していた", "had entered"),
        PresenceAnswer.NotMe => new("自分ではない(カードを使っていない)", "it was not me"),
        _ => throw new System.Diagnostics.UnreachableException($"No text for {answer}."),
    };

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
