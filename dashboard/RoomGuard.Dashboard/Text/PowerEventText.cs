using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Power;
using RoomGuard.Core.Record;

namespace RoomGuard.Dashboard.Text;

/// <summary>The particulars of the power's kinds in one line: every number that stands in the event, with its unit.</summary>
public static class PowerEventText
{
    public static readonly Word Left = new("残り {0}", "{0} left");
    public static readonly Word LeftUnknown = new("残り 不明", "time left unknown");
    public static readonly Word Charge = new("充電 {0}%", "charge {0}%");
    public static readonly Word LeastCharge = new("最低充電 {0}%", "lowest charge {0}%");
    public static readonly Word Needed = new("必要 {0}", "{0} needed");
    public static readonly Word NeededTimes = new("必要 {0} × {1}", "{0} needed × {1}");
    public static readonly Word Lasted = new("継続 {0}", "for {0}");
    public static readonly Word Took = new("所要 {0}", "took {0}");
    public static readonly Word Planned = new("計画停電", "planned outage");
    public static readonly Word Changes = new("断続 {0}回", "{0} interruptions");
    public static readonly Word Step = new("第{0}段", "stage {0}");
    public static readonly Word PlanVersion = new("計画 {0} 第{1}版", "plan {0} version {1}");
    public static readonly Word LoggedIn = new("接続中 {0}", "logged in: {0}");
    public static readonly Word StillUp = new("未停止 {0}", "still up: {0}");
    public static readonly Word Told = new("停止を指示した段 {0}", "{0} stages told");
    public static readonly Word Spared = new("稼働を続ける段 {0}", "{0} stages stay up");
    public static readonly Word LastGood = new("最終値 {0}", "last heard {0}");
    public static readonly Word NeverHeard = new("一度も応答なし", "never heard");
    public static readonly Word WasOnBattery = new("電池運転中だった", "was on battery");
    public static readonly Word Silent = new("途絶 {0}", "silent for {0}");
    public static readonly Word Passed = new("合格", "passed");
    public static readonly Word Failed = new("不合格", "failed");
    public static readonly Word OutcomeUnknown = new("結果は不明", "outcome not told");
    public static readonly Word ReplaceBy = new("交換期限 {0}", "replace by {0}");
    public static readonly Word Value = new("値 {0}", "value {0}");
    public static readonly Word Peak = new("最大 {0}", "peak {0}");
    public static readonly Word Answered = new("応答 {0}", "answered {0}");
    public static readonly Word Tries = new("試行 {0}回", "{0} tries");
    public static readonly Word AllUnits = new("全UPS", "all units");

    /// <summary>The particulars of one of the power's kinds; null: it is none of them.</summary>
    public static string? Particulars(RecordedEvent item, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(ink);
        return item switch
        {
            OutageBegan of => Line(of.Ups, LeftOf(of.LeftSeconds, ink), ChargeOf(Charge, of.ChargePercent, ink), PlannedOf(of.Planned, ink)),
            OutageEnded of => Line(
                of.Ups, ink.Fill(Lasted, Time(of.Seconds, ink)), ChargeOf(LeastCharge, of.MinChargePercent, ink), of.Changes > 1 ? ink.Fill(Changes, of.Changes) : null, PlannedOf(of.Planned, ink)),
            MainsUnsteady of => Line(of.Ups, ink.Fill(Changes, of.Changes)),
            UpsLost of => Line(of.Ups, of.LastGoodAt is { } last ? ink.Fill(LastGood, ink.Stamp(last)) : ink[NeverHeard], of.OnBattery ? ink[WasOnBattery] : null, of.Why),
            UpsFound of => Line(of.Ups, ink.Fill(Silent, Time(of.SilentSeconds, ink))),
            ReserveShort of => Line(LeftOf(of.LeftSeconds, ink), ink.Fill(NeededTimes, Time(of.NeededSeconds, ink), Number(of.Margin)), ink.Fill(PlanVersion, of.Plan, of.PlanVersion)),
            ReserveEnough of => Line(LeftOf(of.LeftSeconds, ink), ink.Fill(Needed, Time(of.NeededSeconds, ink)), ink.Fill(PlanVersion, of.Plan, of.PlanVersion)),
            StageStarted of => Line(
                ink.Fill(Step, of.StepNo), of.Target, In(PowerText.Of(of.Cause), ink), LeftOf(of.LeftSeconds, ink), ink.Fill(Needed, Time(of.NeededSeconds, ink)), Hosts(LoggedIn, of.LoggedIn, ink),
                ink.Fill(PlanVersion, of.Plan, of.PlanVersion)),
            HostStopped of => Line(of.Host, ink.Fill(Step, of.StepNo), ink.Fill(Took, Time(of.Seconds, ink))),
            StageEnded of => Line(ink.Fill(Step, of.StepNo), of.Target, In(PowerText.Of(of.Result), ink), ink.Fill(Took, Time(of.Seconds, ink)), Hosts(StillUp, of.StillUp, ink)),
            ShutdownStopped of => Line(of.Plan, ink.Fill(Told, of.StepsTold), ink.Fill(Spared, of.StepsSpared)),
            ShutdownFinished of => Line(of.Plan, ink.Fill(Took, Time(of.Seconds, ink)), LeftOf(of.LeftSeconds, ink)),
            RestartAllowed of => Line(ink.Fill(Step, of.StepNo), of.Target, ChargeOf(Charge, of.ChargePercent, ink)),
            WebhookAccepted of => Line(of.Webhook, In(PowerText.Of(of.Act), ink), ink.Fill(Step, of.StepNo), of.Target, ink.Fill(Answered, of.Status), ink.Fill(Tries, of.Tries)),
            WebhookGivenUp of => Line(of.Webhook, In(PowerText.Of(of.Act), ink), ink.Fill(Step, of.StepNo), of.Target, ink.Fill(Tries, of.Tries), of.Why),
            SupplyTroubled of => Line(of.Source, In(PowerText.Of(of.Trouble), ink), Measured(Value, of.Trouble, of.Value, ink), PlannedOf(of.Planned, ink)),
            SupplyRecovered of => Line(of.Source, In(PowerText.Of(of.Trouble), ink), ink.Fill(Lasted, Time(of.Seconds, ink)), Measured(Peak, of.Trouble, of.Peak, ink)),
            BatteryTested of => Line(
                of.Ups, ink[of.Passed switch { true => Passed, false => Failed, null => OutcomeUnknown }], ink.Fill(Took, Time(of.Seconds, ink)), ChargeOf(LeastCharge, of.MinChargePercent, ink)),
            BatteryDue of => Line(of.Ups, In(PowerText.Of(of.Cause), ink), of.ReplaceBy is { } by ? ink.Fill(ReplaceBy, Ink.Date(by)) : null),
            BatteryInOrder of => Line(of.Ups, In(PowerText.Of(of.Cause), ink)),
            PlannedOutageAsked of => Line(of.Outage, $"{ink.Stamp(of.From)} 〜 {ink.Stamp(of.To)}", Units(of.Units, ink), of.Reason),
            PlannedOutageDeclined of => Line(of.Outage, of.Reason),
            PowerPlanAsked of => Line(of.Change, ink.Fill(PlanVersion, of.Plan.Id, of.From), of.Withdrawn ? ink[PowerPageText.TakenBack] : null, of.Reason),
            PowerPlanDeclined of => Line(of.Change, of.Reason),
            DrillHeld of => DrillText.Particulars(of, ink),
            UpsCommandAsked of => Line(of.CommandId, of.Ups, UpsCommandText.Of(of.Command, of.DelaySeconds, ink), of.Reason, of.RequestedBy),
            UpsCommandDropped of => Line(of.CommandId, of.Ups, of.Reason, of.By),
            UpsCommandEnded of => Line(of.CommandId, of.Ups, UpsCommandText.Of(of.Command, 0, ink), In(PowerText.Of(of.Result), ink), of.Detail, $"{of.RequestedBy} → {of.ConfirmedBy}"),
            _ => null,
        };
    }

    /// <summary>Seconds as people say them, with the seconds of a few minutes kept: <c>20分40秒</c>.</summary>
    public static string Time(double seconds, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(ink);
        var whole = (long)Math.Round(Math.Max(0, seconds));
        if (seconds is > 0 and < 10 && whole != seconds)
        {
            return ink.Language == Language.Japanese ? $"{Number(Math.Round(seconds, 1))}秒" : $"{Number(Math.Round(seconds, 1))} s";
        }

        return whole < 60 || whole >= 3600 || whole % 60 == 0
            ? ink.For(TimeSpan.FromSeconds(whole))
            : ink.Language == Language.Japanese ? $"{whole / 60}分{whole % 60}秒" : $"{whole / 60} min {whole % 60} s";
    }

    /// <summary>The units of a planned outage.</summary>
    public static string Units(ImmutableArray<string> units, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(ink);
        return units.IsDefaultOrEmpty ? ink[AllUnits] : string.Join(", ", units);
    }

    private static string LeftOf(double? seconds, Ink ink) => seconds is { } left ? ink.Fill(Left, Time(left, ink)) : ink[LeftUnknown];

    private static string? ChargeOf(Word word, double? percent, Ink ink) => percent is { } known ? ink.Fill(word, Number(known)) : null;

    private static string? PlannedOf(bool planned, Ink ink) => planned ? ink[Planned] : null;

    private static string? Hosts(Word word, ImmutableArray<string> hosts, Ink ink) => hosts.IsDefaultOrEmpty ? null : ink.Fill(word, string.Join(", ", hosts));

    private static string? Measured(Word word, SupplyTrouble trouble, double? value, Ink ink) => value is not { } number ? null : ink.Fill(
        word,
        Number(number) + trouble switch
        {
            SupplyTrouble.OverVoltage or SupplyTrouble.Surge => " V",
            SupplyTrouble.OverCurrent => "%",
            SupplyTrouble.UnitFault => " ℃",
            _ => "",
        });

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string In(Words words, Ink ink) => ink.Language == Language.Japanese ? words.Ja : words.En;

    private static string Line(params string?[] parts) => string.Join(" · ", parts.Where(part => !string.IsNullOrEmpty(part)));
}
