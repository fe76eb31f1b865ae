using System.Diagnostics;
using RoomGuard.Core.Power;
using RoomGuard.Dashboard.Power;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of the pages of 電源.</summary>
public static class PowerPageText
{
    public static readonly Word Title = new("電源", "Power");
    public static readonly Word Question = new("今 停電したら、順序どおり停止できるか", "Can we shut down cleanly if mains fail now?");
    public static readonly Word Tabs = new("電源の頁", "Pages of power");
    public static readonly Word PlanTab = new("停止計画", "Shutdown plan");
    public static readonly Word OutagesTab = new("停電の記録", "Outages");
    public static readonly Word PlannedTab = new("計画停電", "Planned outages");

    public static readonly Word EmptyTitle = new("UPSの情報がまだありません", "No UPS is known yet");
    public static readonly Word EmptyLead = new(
        "制御盤にUPSをつなぐと、ここに状態・残り時間・停電時の停止順序が出ます。まず制御盤の設定にUPSを書き、次に停止計画を登録してください。",
        "Once a UPS is set up at a bridge, its state, its runtime and the order of shutdown stand here. First name the UPS in the bridge's settings, then register a shutdown plan.");
    public static readonly Word NoPlanTitle = new("停止計画がまだありません", "No shutdown plan yet");
    public static readonly Word NoPlanLead = new(
        "計画がないと、停電しても何も停止させません。どの機器を、どの順に、何秒で止めるかを登録してください。",
        "Without a plan nothing is stopped in an outage. Register which hosts stop, in what order, and how long each takes.");
    public static readonly Word MakePlan = new("停止計画を作る", "Make a plan");

    public static readonly Word IfNow = new("もし今 停電したら", "If mains failed now");
    public static readonly Word InOutage = new("停電中", "In an outage");
    public static readonly Word Left = new("残り", "Left");
    public static readonly Word Needed = new("停止に必要", "Needed to stop");
    public static readonly Word NeededTimes = new("{0} × {1} = {2}", "{0} × {1} = {2}");
    public static readonly Word Spare = new("余裕", "To spare");
    public static readonly Word Lacking = new("{0} 不足", "{0} short");
    public static readonly Word BeginsAt = new("残り {0} で停止を始めます", "stopping begins at {0} left");
    public static readonly Word NextStage = new("次に止まる段", "Stops next");
    public static readonly Word NextIn = new("あと {0}", "in {0}");
    public static readonly Word NextNow = new("間もなく", "at once");
    public static readonly Word AllTold = new("全段に停止を指示しました", "All stages are told");
    public static readonly Word LastMeasured = new("前回の実測", "Last time it ran");
    public static readonly Word NeverRan = new("まだ実行されていません", "It has never run");
    public static readonly Word Bar = new("時間の帯", "Time bar");
    public static readonly Word BarRun = new("そのまま稼働", "everything runs on");
    public static readonly Word BarEnd = new("電池切れ", "battery empty");
    public static readonly Word BarSpare = new("余裕", "spare");
    public static readonly Word FromTo = new("{0} 〜 {1}後", "{0} to {1} from now");
    public static readonly Word Measured = new("実測", "measured");
    public static readonly Word Configured = new("設定値", "as configured");
    public static readonly Word TooLate = new("間に合わない", "too late");
    public static readonly Word OldWord = new("制御盤から {0} 届いていません。表示は当てになりません。", "The bridge has been silent for {0}. What stands here is old.");
    public static readonly Word NeverTold = new("制御盤からまだ何も届いていません。", "No bridge has told of this plan yet.");
    public static readonly Word NotInForce = new("第{0}版は未反映です", "version {0} is not in force yet");
    public static readonly Word Version = new("第{0}版", "version {0}");
    public static readonly Word OpenPlan = new("停止計画を見る", "See the plan");

    public static readonly Word Diagram = new("電気の流れ", "Where the power comes from");
    public static readonly Word Mains = new("商用電源", "Mains");
    public static readonly Word Units = new("UPS", "UPS units");
    public static readonly Word Stages = new("停止する順", "Order of stopping");
    public static readonly Word StageNo = new("第{0}段", "Stage {0}");
    public static readonly Word Hosts = new("{0}台", "{0} hosts");
    public static readonly Word NeededUnits = new("{0}台中 {1}台が必要", "{1} of {0} needed");

    public static readonly Word Servers = new("各サーバの状況", "What each server is doing");
    public static readonly Word Stage = new("段", "Stage");
    public static readonly Word Host = new("機器", "Host");
    public static readonly Word State = new("状態", "State");
    public static readonly Word StopSeconds = new("停止時間", "Time to stop");

    public static readonly Sign HostStopped = new("○", new("停止済み", "stopped"), "quiet");
    public static readonly Sign HostStopping = new("▲", new("停止を指示済み", "told to stop"), "high");
    public static readonly Sign HostUp = new("○", new("接続中", "logged in"), "ok");
    public static readonly Sign HostAway = new("―", new("接続なし", "not logged in"), "stale");
    public static readonly Sign HostUnknown = new("―", new("不明", "unknown"), "stale");
    public static readonly Sign HostTimedOut = new("■", new("時間切れ・未停止", "still up, timed out"), "crit");
    public static readonly Sign StageWaits = new("□", new("稼働", "up"), "quiet");
    public static readonly Sign StageTold = new("▲", new("停止中", "stopping"), "high");

    public static readonly Sign MainsOn = new("○", new("受電中", "feeding"), "ok");
    public static readonly Sign MainsPart = new("▲", new("一部停電", "partly out"), "high");
    public static readonly Sign MainsOff = new("■", new("停電", "out"), "crit");
    public static readonly Sign Unknown = new("―", new("不明", "unknown"), "stale");
    public static readonly Sign PlanEnough = new("○", new("間に合います", "it is enough"), "ok");
    public static readonly Sign PlanShort = new("■", new("予備電源容量不足", "reserve too short"), "crit");
    public static readonly Sign PlanTight = new("▲", new("基準を下回っています", "below the margin"), "high");
    public static readonly Sign PlanOutage = new("▲", new("停電中", "in an outage"), "high");
    public static readonly Sign PlanUnknown = new("―", new("残り時間が不明", "time left unknown"), "stale");

    public static readonly Word Load = new("負荷", "Load");
    public static readonly Word Charge = new("充電", "Charge");
    public static readonly Word Runtime = new("残り時間", "Runtime");
    public static readonly Word Estimated = new("推定", "estimated");
    public static readonly Word BatteryTemperature = new("電池温度", "Battery");
    public static readonly Word InputOutput = new("入力 / 出力", "Input / output");
    public static readonly Word Reading = new("計測", "Read");
    public static readonly Word NoReading = new("一度も読めていません", "never read");
    public static readonly Word LastValue = new("最後の値", "last value");
    public static readonly Word Odd = new("△ ありえない値 {0}", "△ impossible value {0}");
    public static readonly Word NotTold = new("―", "―");
    public static readonly Word Unsteady = new("電源不安定", "mains unsteady");
    public static readonly Word Testing = new("自己診断中", "self-test under way");
    public static readonly Word SinceOutage = new("{0} から停電", "out since {0}");
    public static readonly Word Rate = new("前回は表示の {0}倍の速さで減りました", "last time it went {0} times as fast as it said");
    public static readonly Word WhyOdd = new("理由", "Why");

    public static readonly Word Battery = new("蓄電池", "Battery");
    public static readonly Word BatteryFine = new("交換の必要はありません", "nothing is due");
    public static readonly Word ReplaceBy = new("交換期限", "Replace by");
    public static readonly Word InstalledOn = new("取付け", "Installed");
    public static readonly Word LastTest = new("前回の自己診断", "Last self-test");
    public static readonly Word NoTest = new("記録なし", "none on record");

    public static readonly Word Findings = new("自己点検表の指摘", "Findings for the self-inspection");
    public static readonly Word NoFindings = new("指摘はありません。", "None.");
    public static readonly Word MustLast = new("{0} もつこと", "must last {0}");
    public static readonly Word Latest = new("直近の停電", "Latest outages");
    public static readonly Word NoOutages = new("停電の記録はありません。停電すると、継続時間と最低充電がここに残ります。", "No outage on record. When mains fail, how long it lasted and the lowest charge are kept here.");
    public static readonly Word AllOutages = new("すべて", "All");
    public static readonly Word Coming = new("計画停電の予定", "Planned outages to come");

    public static readonly Word OutageTitle = new("停電 {0}", "Outage {0}");
    public static readonly Word OutagesLead = new("いつ、どのくらい停電し、何を停止させたか", "When mains failed, for how long, and what was stopped");
    public static readonly Word Began = new("始まり", "Began");
    public static readonly Word Ended = new("復電", "Back");
    public static readonly Word Lasting = new("継続中", "goes on");
    public static readonly Word Duration = new("継続", "Lasted");
    public static readonly Word Unit = new("UPS", "UPS");
    public static readonly Word LeastCharge = new("最低充電", "Lowest charge");
    public static readonly Word StepsTold = new("停止を指示した段", "Stages told");
    public static readonly Word TimedOut = new("うち時間切れ {0}", "{0} timed out");
    public static readonly Word IsPlanned = new("計画停電", "planned");
    public static readonly Word Story = new("経過", "What happened");
    public static readonly Word Minute = new("{0}分", "minute {0}");
    public static readonly Word Event = new("できごと", "Event");
    public static readonly Word AtSameTime = new("同じ時間の、ほかのUPSの停電", "Other units at the same time");
    public static readonly Word Flicker = new("断続", "Interruptions");

    public static readonly Word PlanTitle = new("停止計画", "Shutdown plan");
    public static readonly Word PlanLead = new(
        "停電で残り時間が少なくなったとき、どの機器をどの順に止めるか。制御盤が単独で実行するので、サービスが止まっていても働きます。",
        "Which hosts stop, in what order, when little time is left in an outage. The bridge runs it alone, so it works with this service away.");
    public static readonly Word InForceTitle = new("効いている計画", "The plan in force");
    public static readonly Word OrderedBy = new("指示", "Ordered by");
    public static readonly Word Edit = new("計画を変える", "Change the plan");
    public static readonly Word New = new("新しい計画", "A new plan");
    public static readonly Word PlanId = new("計画の番号", "Number of the plan");
    public static readonly Word PlanIdHelp = new("英数字。例 srv-1", "Letters and digits, e.g. srv-1");
    public static readonly Word PlanLabel = new("名前(日本語)", "Name in Japanese");
    public static readonly Word PlanLabelEn = new("名前(英語)", "Name in English");
    public static readonly Word UnitsField = new("この区域を支えるUPS", "UPS units that carry the area");
    public static readonly Word UnitsHelp = new("名前を空白で区切る。知られているもの: {0}", "Names with spaces between. Known: {0}");
    public static readonly Word UnitsNeeded = new("単独で支えられる台数", "How many of them are needed");
    public static readonly Word UnitsNeededHelp = new("A/B系統は 2台中 1", "1 of 2 for A and B feeds");
    public static readonly Word MarginField = new("余裕の倍率", "Margin");
    public static readonly Word MarginHelp = new("残り時間が 必要時間×倍率 になると停止を始めます。通常 1.2", "Stopping begins when time left falls to needed × margin. Usually 1.2");
    public static readonly Word WithoutRuntime = new("残り時間が不明なときの待ち(秒)", "Wait when time left is unknown (s)");
    public static readonly Word RestartCharge = new("再起動してよい充電(%)", "Charge at which hosts may come back (%)");
    public static readonly Word RestartAfter = new("復電後の待ち(秒)", "Wait after mains are back (s)");
    public static readonly Word StagesField = new("停止する機器", "Hosts that stop");
    public static readonly Word StagesHelp = new(
        "一行に一台: 段;段の名前;利用者名;機器の名前;秒 — 上の段から順に止まります。名前は「日本語/English」とも書けます。",
        "One host a line: stage;name of the stage;user;name of the host;seconds — stages stop from the top. Names may be written 日本語/English.");
    public static readonly Word WebhooksField = new("Webhookで知らせる段", "Stages that tell a webhook");
    public static readonly Word WebhooksHelp = new(
        "一行に一段: 段;Webhookの名前 — 段に停止を指示したとき、取り消したときに知らせます。制御盤にあるもの: {0}",
        "One stage a line: stage;name of the webhook — told when the stage is told to stop and when that is taken back. The bridges have: {0}");
    public static readonly Word MissingWebhooks = new("制御盤にないWebhookを使う段があります: {0}", "stages name webhooks the bridge does not have: {0}");
    public static readonly Word BackedField = new("停電中も動き続ける機器", "Devices that must last through an outage");
    public static readonly Word BackedHelp = new("一行に一台: 機器;名前;支えるUPS;秒 — 錠・読取装置・制御盤を必ず書く。UPSがなければ空けておく。", "One a line: device;name;its UPS;seconds — locks, readers and the bridge itself. Leave the UPS out if there is none.");
    public static readonly Word Try = new("試算", "Try it out");
    public static readonly Word TrialTitle = new("試算の結果", "What it would do");
    public static readonly Word TrialLead = new(
        "まだ何も変わっていません。今の計画と比べて、よければ理由を添えて申し出てください。ほかの人が承認するまで効きません。",
        "Nothing is changed yet. Hold it against the plan in force, then propose it with a reason. It counts for nothing until somebody else approves it.");
    public static readonly Word Today = new("今の計画", "In force");
    public static readonly Word Then = new("変更後", "After the change");
    public static readonly Word Nothing = new("なし", "none");
    public static readonly Word Impossible = new("この計画は成り立ちません", "This plan cannot be");
    public static readonly Word Remarks = new("気を付けること", "Mind");
    public static readonly Word Submit = new("この計画を申し出る", "Propose this plan");
    public static readonly Word Reason = new("理由", "Reason");
    public static readonly Word Withdraw = new("計画の廃止を申し出る", "Propose to take the plan back");
    public static readonly Word WithdrawTitle = new("停止計画 {0} の廃止を申し出ますか", "Propose to take plan {0} back?");
    public static readonly Word WithdrawLead = new("承認されると、停電しても {0} の機器は停止させません。", "Once approved, nothing in {0} is stopped in an outage.");
    public static readonly Word ChangesTitle = new("計画の申し出", "Proposals");
    public static readonly Word NoChanges = new("申し出はまだありません。", "Nothing was proposed yet.");
    public static readonly Word NewPlan = new("新しい計画", "new plan");
    public static readonly Word TakenBack = new("廃止", "to be taken back");
    public static readonly Word MadeFrom = new("第{0}版から", "from version {0}");
    public static readonly Word Differs = new("変わるところ", "What changes");
    public static readonly Word BeforeAfter = new("{0} → {1}", "{0} → {1}");
    public static readonly Word Stale = new("申し出のあとで計画が変わりました。作り直して申し出てください", "the plan has changed since; propose it anew");
    public static readonly Word AllowChange = new("承認して制御盤へ指示する", "Approve and order it to the bridges");
    public static readonly Word AllowChangeTitle = new("停止計画の申し出 {0} を承認しますか", "Approve proposal {0}?");
    public static readonly Word AllowChangeLead = new("承認すると、すぐに制御盤へ指示します。申し出た人は承認できません(R-CFG-02)。", "It goes to the bridges at once. Who proposed it cannot approve it (R-CFG-02).");
    public static readonly Word DeclineChange = new("取り下げる・承認しない", "Take back or decline");
    public static readonly Word DeclineChangeTitle = new("停止計画の申し出 {0} を取り下げる・承認しない", "Take back or decline {0}");
    public static readonly Word DeclineChangeLead = new("停止計画は変わりません。", "The plan stays as it is.");
    public static readonly Word AskedBy = new("申し出た人", "Proposed by");
    public static readonly Word ClosedBy = new("決めた人", "Decided by");
    public static readonly Sign WaitsForApproval = new("△", new("承認待ち", "waits for approval"), "warn");
    public static readonly Sign Approved = new("○", new("承認済み", "approved"), "quiet");
    public static readonly Sign NotApproved = new("―", new("取下げ・不承認", "declined"), "quiet");
    public static readonly Word Verdict = new("判定", "Verdict");

    public static readonly Word PlannedLead = new("点検などで電気を止める時間。その間の停電も記録し、「計画停電」の印を付けます。", "Times at which power is cut for work. Outages in them are recorded all the same and marked as planned.");
    public static readonly Word NoPlannedTitle = new("計画停電の登録はありません", "No planned outage is registered");
    public static readonly Word NoPlannedLead = new("施設担当者が登録し、システム管理者が合意すると、制御盤に伝わります。", "Facility staff register one, the system manager agrees, and the bridges are told.");
    public static readonly Word From = new("始まり", "From");
    public static readonly Word To = new("終わり", "To");
    public static readonly Word UnitsOfOutage = new("対象のUPS", "Units");
    public static readonly Word UnitsOfOutageHelp = new("何も選ばなければ全部", "None ticked: all of them");
    public static readonly Word ReasonField = new("理由", "Reason");
    public static readonly Word ReasonHelp = new("例: 受変電設備の年次点検", "E.g. yearly check of the substation");
    public static readonly Word RegisterTitle = new("計画停電を登録する", "Register a planned outage");
    public static readonly Word Register = new("登録する", "Register");
    public static readonly Word RegisteredBy = new("登録者", "Registered by");
    public static readonly Word AgreedBy = new("合意者", "Agreed by");
    public static readonly Word Agree = new("合意する", "Agree");
    public static readonly Word AgreeTitle = new("計画停電 {0} に合意しますか", "Agree to planned outage {0}?");
    public static readonly Word AgreeLead = new("合意すると制御盤に伝わり、その間の停電に「計画停電」の印が付きます。登録した本人は合意できません。", "The bridges are told, and outages in that time are marked as planned. Who registered it cannot agree.");
    public static readonly Word Decline = new("取り下げる・合意しない", "Withdraw or refuse");
    public static readonly Word DeclineTitle = new("計画停電 {0} を取り下げますか", "Withdraw planned outage {0}?");
    public static readonly Word DeclineLead = new("その間の停電に「計画停電」の印は付きません。", "Outages in that time are not marked as planned.");

    public static readonly Sign Asked = new("△", new("合意待ち", "waits for agreement"), "warn");
    public static readonly Sign Agreed = new("○", new("合意済み", "agreed"), "ok");
    public static readonly Sign Declined = new("―", new("取下げ・不同意", "not agreed"), "quiet");
    public static readonly Sign CalledOff = new("―", new("取りやめ", "called off"), "quiet");

    public static readonly Word NotBacked = new("停電中に支えるものが登録されていません", "nothing is named that feeds it in an outage");
    public static readonly Word UnknownUnit = new("支えるUPS {0} を知らせてくる制御盤がありません", "no bridge tells of its unit {0}");
    public static readonly Word RuntimeUnknown = new("UPS {0} の残り時間が不明です", "how long {0} lasts is not known");
    public static readonly Word TooShort = new("UPS {0} は {1} しかもちません", "{0} lasts only {1}");

    /// <summary>How a unit stands; one that does not answer is 不明, whatever it said last (R-PWR-06).</summary>
    public static Sign Of(UnitCard unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var words = PowerText.Of(unit.IsUnknown ? UnitPower.Unknown : unit.Unit.Power);
        return new(words.Symbol, CasesText.Of(words), (unit.IsUnknown ? UnitPower.Unknown : unit.Unit.Power) switch
        {
            UnitPower.Mains => "ok",
            UnitPower.Battery => "high",
            UnitPower.Off => "crit",
            _ => "stale",
        });
    }

    /// <summary>How a plan stands.</summary>
    public static Sign Of(PlanCard plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan switch
        {
            { Fresh: false } or { Now: null } => Unknown,
            { Now: { IsOutage: true } } => PlanOutage,
            { Now: { Forecast: var forecast, IsShort: var isShort } } => isShort ? PlanShort : Of(forecast),
            _ => Unknown,
        };
    }

    /// <summary>What a forecast says: is it enough?</summary>
    public static Sign Of(PowerForecast? forecast) => forecast switch
    {
        null or { Enough: null } => PlanUnknown,
        { Enough: true } => PlanEnough,
        { SpareSeconds: < 0 } => PlanShort,
        _ => PlanTight,
    };

    /// <summary>How a planned outage stands.</summary>
    public static Sign Of(PlannedState state) => state switch
    {
        PlannedState.Asked => Asked,
        PlannedState.Agreed => Agreed,
        PlannedState.Declined => Declined,
        PlannedState.CalledOff => CalledOff,
        _ => throw new UnreachableException($"No text for {state}."),
    };

    /// <summary>A finding of R-PWR-08 in one sentence.</summary>
    public static string Of(BackedFinding finding, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(finding);
        ArgumentNullException.ThrowIfNull(ink);
        return finding.Fault switch
        {
            BackedFault.NotBacked => ink[NotBacked],
            BackedFault.UnknownUnit => ink.Fill(UnknownUnit, finding.Device.BackedBy),
            BackedFault.RuntimeUnknown => ink.Fill(RuntimeUnknown, finding.Device.BackedBy),
            BackedFault.TooShort => ink.Fill(TooShort, finding.Device.BackedBy, PowerEventText.Time(finding.LeftSeconds ?? 0, ink)),
            _ => throw new UnreachableException($"No text for {finding.Fault}."),
        };
    }

    /// <summary>How a proposal of a plan stands.</summary>
    public static Sign Of(PlanChangeState state) => state switch
    {
        PlanChangeState.Asked => WaitsForApproval,
        PlanChangeState.Allowed => Approved,
        _ => NotApproved,
    };
}
