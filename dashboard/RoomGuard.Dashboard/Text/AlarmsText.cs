using System.Collections.Immutable;
using System.Diagnostics;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;
using RoomGuard.Core.Watch;
using RoomGuard.Dashboard.Alarms;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of 警報.</summary>
public static class AlarmsText
{
    public static readonly Word Title = new("警報", "Alarms");
    public static readonly Word Question = new("何を、どの順にするか", "What there is to do, in what order");
    public static readonly Word MenuCount = new("未確認 {0}件", "{0} not acknowledged");
    public static readonly Word Tabs = new("警報の頁", "Pages of alarms");
    public static readonly Word OpenTab = new("未対応", "Open");
    public static readonly Word HistoryTab = new("履歴", "History");
    public static readonly Word FiguresTab = new("統計", "Figures");
    public static readonly Word ContactsTab = new("連絡先・訓練", "Contacts and drills");
    public static readonly Word MaintenanceTab = new("保守中", "Under service");
    public static readonly Word Counts = new("未確認 {0} ・ 対応中 {1} ・ 一時停止 {2} ・ 抑止 {3} ・ 直近10分 {4}件", "Unacknowledged {0} · in hand {1} · paused {2} · kept back {3} · last 10 min {4}");
    public static readonly Word Flood = new("短い間に多くの警報が出ています。先に起きたものから見てください。", "Many alarms at once. Begin with the one that came first.");

    // Banner.
    public static readonly Word Banner = new("{0} {1}が未確認です", "{0} {1}: nobody has acknowledged it");
    public static readonly Word BannerMore = new("ほか緊急 {0}件", "and {0} more emergencies");
    public static readonly Word BannerOpen = new("手順を見る", "See what to do");
    public static readonly Word BannerShelved = new("警報 {0}件を一時停止中", "{0} alarms paused");
    public static readonly Word BannerMaintenance = new("保守中 {0}件", "{0} under service");

    // Filter.
    public static readonly Word Filter = new("絞り込み", "Narrow down");
    public static readonly Word Area = new("種別", "About");
    public static readonly Word Level = new("優先度", "Priority");
    public static readonly Word Show = new("表示する", "Show");

    // Lists.
    public static readonly Word NoneTitle = new("未対応の警報はありません", "No open alarms");
    public static readonly Word NoneLead = new("最後の警報: {0}", "Last alarm: {0}");
    public static readonly Word Never = new("まだありません", "none so far");
    public static readonly Word NoneFiltered = new("この条件の警報はありません。条件を消すと、ほかの警報が見えます。", "No alarm fits. Clear the filter to see the others.");
    public static readonly Word ShelvedTitle = new("一時停止中", "Paused");
    public static readonly Word ShelvedNone = new("一時停止中の警報はありません。", "No alarm is paused.");
    public static readonly Word ShelvedUntil = new("{0} まで", "until {0}");
    public static readonly Word KeptBackTitle = new("抑止中(原因が別にあるもの)", "Kept back by another cause");
    public static readonly Word KeptBackLead = new("原因の終わりに改めて判定し、続いていれば知らせます。", "Judged anew when that is over, and told then if they still stand.");
    public static readonly Word HistoryNone = new("解決した警報はありません。", "No closed alarms.");
    public static readonly Word Older = new("前の警報", "Older alarms");
    public static readonly Word Since = new("{0}({1})", "{0} ({1})");
    public static readonly Word Times = new("{0}回", "{0} times");
    public static readonly Word InHand = new("担当 {0}", "with {0}");
    public static readonly Word NoOwner = new("担当なし", "with nobody");
    public static readonly Word SeenBy = new("{0} が {1} に確認", "acknowledged by {0} at {1}");
    public static readonly Word NextNotice = new("{0} 未確認なら {1} へ", "{0}: {1} is told unless acknowledged");
    public static readonly Word First = new("最初に起きた警報", "Came first");
    public static readonly Word NotFirst = new("先に {0} が起きています", "{0} came first");
    public static readonly Word Unstable = new("不安定", "Unstable");
    public static readonly Word Drill = new("訓練", "DRILL");
    public static readonly Word Acknowledge = new("確認する", "Acknowledge");
    public static readonly Word Shelve = new("一時停止…", "Pause…");
    public static readonly Word Unshelve = new("一時停止を終える", "End the pause");
    public static readonly Word HandOver = new("引き継ぐ", "Hand over");
    public static readonly Word Details = new("詳細", "Details");

    // One alarm.
    public static readonly Word Guidance = new("手順", "What to do");
    public static readonly Word Cause = new("考えられる原因", "Likely cause");
    public static readonly Word Consequence = new("放置すると", "If nobody acts");
    public static readonly Word TimeToAct = new("対応の目安", "Time to act");
    public static readonly Word Steps = new("すること", "Steps");
    public static readonly Word Facts = new("この警報", "This alarm");
    public static readonly Word Where = new("場所", "Where");
    public static readonly Word State = new("状態", "State");
    public static readonly Word RaisedAt = new("発生", "Raised");
    public static readonly Word ReturnedAt = new("復旧", "Cleared");
    public static readonly Word ClosedAt = new("解決", "Closed");
    public static readonly Word Item = new("機器・媒体", "Item");
    public static readonly Word Nearby = new("近くにいた人", "Who was near");
    public static readonly Word NobodyNear = new("在室・扉の記録に誰もいない", "nobody by presence list and door");
    public static readonly Word InsideSince = new("在室 {0}から", "inside since {0}");
    public static readonly Word BadgedAt = new("扉でカード {0}", "badged at the door {0}");
    public static readonly Word Owner = new("担当", "In hand of");
    public static readonly Word Note = new("対応の内容", "What was found and done");
    public static readonly Word FalseAlarm = new("誤報", "False alarm");
    public static readonly Word Why = new("なぜ?", "Why?");
    public static readonly Word WhyRaised = new("この記録から警報になりました。", "It was raised by this entry of the record.");
    public static readonly Word WhyLevel = new("優先度は「{0}」です。最も高いときの優先度を解決まで示します。", "Its priority is “{0}”, the highest it had, until it is closed.");
    public static readonly Word WhyLevelNow = new("優先度は今の状態による「{0}」です。", "Its priority is “{0}” by how things are now.");
    public static readonly Word WhyNotTold = new("一時停止・抑止・確認済みの間は通知しません。", "While paused, kept back or acknowledged nobody is told.");
    public static readonly Word Entry = new("記録 {0}", "Entry {0}");
    public static readonly Word Story = new("経過", "Story");
    public static readonly Word Sheet = new("警報の記録", "Record of an alarm");
    public static readonly Word Event = new("出来事", "Event");
    public static readonly Word Who = new("人", "Person");
    public static readonly Word SheetLink = new("警報の記録を印刷する", "Print the record of this alarm");
    public static readonly Word Notices = new("通知", "Notices");
    public static readonly Word NoNotices = new("まだ誰にも通知していません。", "Nobody has been told so far.");
    public static readonly Word ListUsed = new("連絡順: {0}", "Told in order: {0}");
    public static readonly Word After = new("{0}分後 {1}", "{1} after {0} min");
    public static readonly Word AtOnce = new("すぐ {0}", "{0} at once");
    public static readonly Word Together = new("同じころの警報", "Alarms around the same time");

    // Acts.
    public static readonly Word AcknowledgeTitle = new("{0} を確認しますか", "Acknowledge {0}?");
    public static readonly Word AcknowledgeLead = new("確認しても原因は消えません。原因が続く間、この警報は一覧に残ります。", "Acknowledging does not end the cause: while it lasts, the alarm stays in the list.");
    public static readonly Word NoteHelp = new("何を見て、何をしたか。記録に残ります。", "What you saw and did. It is kept in the record.");
    public static readonly Word FalseHelp = new("実際には異常がなかった(統計に数えます)", "Nothing was wrong (counted in the figures)");
    public static readonly Word Also = new("同じ内容で一緒に確認する警報", "Acknowledge with the same note");
    public static readonly Word ShelveTitle = new("{0} を一時停止しますか", "Pause {0}?");
    public static readonly Word ShelveLead = new("期限が来ると自動で戻ります。優先度が上がったときは、その場で戻ります。", "It comes back by itself at its end, or at once if it becomes more urgent.");
    public static readonly Word ShelveDo = new("一時停止する", "Pause");
    public static readonly Word Until = new("いつまで", "Until");
    public static readonly Word UntilHelp = new("最長 {0} まで", "At the latest {0}");
    public static readonly Word HandOverTitle = new("{0} を引き継ぎますか", "Hand {0} over?");
    public static readonly Word HandOverLead = new("担当が変わります。確認の状態は変わりません。", "Somebody else deals with it. Whether it is acknowledged does not change.");
    public static readonly Word To = new("引き継ぐ相手", "To whom");
    public static readonly Word HandOverNote = new("申し送り", "What they need to know");
    public static readonly Word UnshelveTitle = new("{0} の一時停止を終えますか", "End the pause of {0}?");
    public static readonly Word UnshelveLead = new("未確認なら、改めて知らせます。", "If nobody has acknowledged it, contacts are told anew.");

    // Figures.
    public static readonly Word Month = new("月", "Month");
    public static readonly Word FiguresLead = new("訓練は含みません。月次レビューでこの頁を見て、多すぎる警報を減らします。", "Drills do not count. Look here in the monthly review, and make what is too many fewer.");
    public static readonly Word Total = new("警報の数", "Alarms");
    public static readonly Word PerDay = new("1日あたり", "Per day");
    public static readonly Word TimeToAcknowledge = new("確認までの時間(中央値)", "Time to acknowledge (median)");
    public static readonly Word LongestToAcknowledge = new("確認までの時間(最長)", "Time to acknowledge (longest)");
    public static readonly Word NotAcknowledged = new("確認されていない", "Not acknowledged");
    public static readonly Word FalseAlarms = new("誤報", "False alarms");
    public static readonly Word FloodShare = new("10分に10件を超えた区間", "10-minute intervals with more than 10");
    public static readonly Word Share = new("{0} / {1}", "{0} of {1}");
    public static readonly Word TopTen = new("多い順に10", "Top ten");
    public static readonly Word Kind = new("警報", "Alarm");
    public static readonly Word Comings = new("発生の回数", "Comings");
    public static readonly Word Brief = new("3分以内に復旧", "Over within 3 min");
    public static readonly Word Proposal = new("提案", "Proposal");
    public static readonly Word WantsDelay = new("半数より多くが3分以内に復旧しています。遅延を長くできないか見てください。", "More than half were over within 3 minutes: see whether a longer delay fits.");
    public static readonly Word WantsMending = new("半数より多くが誤報です。検知器・接点・錠を点検してください。", "More than half were false: check sensor, contact and lock.");
    public static readonly Word Days = new("日ごとの警報", "Alarms by day");
    public static readonly Word Day = new("日", "Day");
    public static readonly Word Chattering = new("不安定だった警報", "Alarms that came and went");
    public static readonly Word Standing = new("24時間より長く続いた警報", "Alarms that stood longer than 24 hours");
    public static readonly Word NoFigures = new("この月に警報はありません。", "No alarms in this month.");

    // Contacts.
    public static readonly Word ContactsLead = new(
        "警報は連絡順の最初の連絡先へ知らせ、時間内に確認がなければ次へ進みます。最後まで確認がなければ SUP と CHIEF の全員に知らせます。",
        "An alarm goes to the first contact of its list, and on to the next if nobody acknowledges in time. At the end of the list all of SUP and CHIEF are told.");
    public static readonly Word Contacts = new("連絡先", "Contacts");
    public static readonly Word Contact = new("連絡先", "Contact");
    public static readonly Word ContactId = new("番号", "Number");
    public static readonly Word Label = new("呼び名", "Name of the post");
    public static readonly Word LabelHelp = new("個人の名前ではなく、役や当番の名前を書きます。", "A post or a duty, never a person's name.");
    public static readonly Word Ways = new("連絡の方法", "Ways to reach it");
    public static readonly Word WaysHelp = new("1行に1つ。例: mailto:toban@kakuu.example、webhook:duty、syslog:centre", "One a line, e.g. mailto:toban@kakuu.example, webhook:duty, syslog:centre");
    public static readonly Word OnlyPages = new("画面だけ", "pages only");
    public static readonly Word FewWays = new("方法が2つ未満です(R-INC-07)", "Fewer than two ways (R-INC-07)");
    public static readonly Word SetAt = new("最後の確認", "Last confirmed");
    public static readonly Word NewContact = new("新しい連絡先", "New contact");
    public static readonly Word SetContact = new("連絡先を登録・変更する", "Register or change a contact");
    public static readonly Word Lists = new("連絡順", "Order of contacts");
    public static readonly Word For = new("対象", "For");
    public static readonly Word ForAll = new("その他すべて", "Everything else");
    public static readonly Word ListSteps = new("順番", "Steps");
    public static readonly Word ListStepsHelp = new("1行に1つ。「連絡先, 前の人から何分後」。1行目は 0。例: FAC, 0 / SYS, 10。全部消すと、はじめの設定に戻ります。", "One a line: contact, minutes after the one before; 0 in the first line. E.g. FAC, 0 then SYS, 10. Empty: as shipped.");
    public static readonly Word Shipped = new("はじめの設定", "as shipped");
    public static readonly Word SetList = new("連絡順を変える", "Change an order");
    public static readonly Word Register = new("登録する", "Register");
    public static readonly Word DrillTitle = new("訓練の警報を出す", "Raise a drill alarm");
    public static readonly Word DrillLead = new("「訓練」と示した警報を出し、連絡順のとおりに知らせます。毎月1回行います。", "Raises an alarm marked as a drill and tells contacts in order. Once a month.");
    public static readonly Word Purpose = new("目的", "Purpose");
    public static readonly Word DrillDo = new("訓練を始める", "Begin the drill");

    // 保守中.
    public static readonly Word MaintenanceLead = new("作業中の機器や区域の警報を、終わりの時刻まで抑えます。計測と記録は続きます。人命や扉を守る警報は抑えません。", "Keeps alarms of a thing or an area back until an end. Measuring and recording go on; what guards life and doors is never kept back.");
    public static readonly Word MaintenanceNone = new("保守中の機器や区域はありません", "Nothing is under service");
    public static readonly Word MaintenanceNoneLead = new("点検や交換で警報が出るときは、先にここで登録してください。", "Register here first when work will raise alarms.");
    public static readonly Word MaintenanceBegin = new("保守中にする", "Begin service");
    public static readonly Word MaintenanceEnd = new("保守を終える", "End service");
    public static readonly Word MaintenanceEndTitle = new("{0} の保守を終えますか", "End service {0}?");
    public static readonly Word MaintenanceEndLead = new("続いている警報があれば、すぐに知らせます。", "Alarms that still stand are told at once.");
    public static readonly Word Device = new("機器", "Thing");
    public static readonly Word DeviceHelp = new("空けておくと区域の全部", "Empty: all of the area");
    public static readonly Word Person = new("作業する人(職員番号等)", "Who works there (number)");
    public static readonly Word What = new("作業の内容", "What is done");
    public static readonly Word MaintenanceUntilHelp = new("最長24時間", "24 hours at most");
    public static readonly Word Begun = new("開始", "Began");
    public static readonly Word Result = new("結果", "Result");
    public static readonly Word BegunBy = new("登録した人", "Registered by");
    public static readonly Sign Going = new("◎", new("保守中", "Under service"), "warn");
    public static readonly Sign Ended = new("○", new("終了", "Over"), "quiet");

    /// <summary>How urgent, with its sign.</summary>
    public static Sign Of(AlarmLevel level) => Sign(AlarmText.Of(level), level switch { AlarmLevel.Emergency => "crit", AlarmLevel.Important => "high", _ => "warn" });

    /// <summary>Where in its life, with its sign.</summary>
    public static Sign Of(AlarmState state) => Sign(AlarmText.Of(state), state switch { AlarmState.Unacknowledged => "crit", AlarmState.ReturnedUnacknowledged => "high", _ => "quiet" });

    /// <summary>Whose list it is: a kind, an area, or everything else.</summary>
    public static Word OfList(string name) =>
        name == ContactList.All ? ForAll
        : AlarmKinds.Knows(name) ? CasesText.Of(AlarmKinds.Of(name).Title)
        : Enum.TryParse<AlarmArea>(name, out var area) ? CasesText.Of(AlarmText.Of(area))
        : new(name, name);

    /// <summary>A contact as people call it: its own name, or the role's.</summary>
    public static string ContactName(string id, ImmutableArray<AlarmContact> contacts, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(ink);
        var label = contacts.IsDefault ? null : contacts.FirstOrDefault(contact => contact.Id == id)?.Label;
        return !string.IsNullOrEmpty(label) ? label
            : ContactBook.Roles.FirstOrDefault(role => AuthorityText.Code(role) == id, (Role)(-1)) is var role && (int)role >= 0 ? ink.Role(role)
            : id;
    }

    /// <summary>Where an alarm is, in one line: never whom it concerns.</summary>
    public static string Place(Alarm alarm, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(alarm);
        ArgumentNullException.ThrowIfNull(ink);
        return string.Join(
            ' ',
            new[]
            {
                alarm.Zone is { } zone && !(alarm.Door is { } its && ink.Door(its).StartsWith(ink.Zone(zone), StringComparison.Ordinal)) ? ink.Zone(zone) : null,
                alarm.Door is { } door ? ink.Door(door) : null,
                alarm.Device,
                alarm.Door is null && alarm.Device is null ? alarm.Panel?.Value : null,
            }.Where(text => text is not null));
    }

    /// <summary>The title with its place.</summary>
    public static string TitleOf(Alarm alarm, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(alarm);
        ArgumentNullException.ThrowIfNull(ink);
        return string.Join(' ', new[] { Place(alarm, ink), ink[CasesText.Of(alarm.Kind.Title)] }.Where(text => text.Length > 0));
    }

    /// <summary>What an entry of an alarm's story says; null: whom a cause concerns is not told here, since not everybody who deals with the alarm may know.</summary>
    public static string? Words(RecordedEvent item, Ink ink) =>
        item is DuressSignalled or LostCardUsed or EntryWhileInside or EscortMissing or VisitOverstayed ? null : EventText.Particulars(item, ink);

    /// <summary>The words of an act's page.</summary>
    public static (Word Title, Word Lead, Word Do) Of(AlarmAct act) => act switch
    {
        AlarmAct.Acknowledge => (AcknowledgeTitle, AcknowledgeLead, Acknowledge),
        AlarmAct.Shelve => (ShelveTitle, ShelveLead, ShelveDo),
        AlarmAct.HandOver => (HandOverTitle, HandOverLead, HandOver),
        _ => throw new UnreachableException($"No words for {act}."),
    };

    private static Sign Sign(Core.Record.Words words, string tone) => new(words.Symbol, CasesText.Of(words), tone);
}
