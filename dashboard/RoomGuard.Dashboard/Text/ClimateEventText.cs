using System.Globalization;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Record;

namespace RoomGuard.Dashboard.Text;

/// <summary>The particulars of the climate's kinds in one line: what, where, how much against which limit, and why a value is doubted.</summary>
public static class ClimateEventText
{
    public static readonly Word Against = new("{0}(限界 {1})", "{0} (limit {1})");
    public static readonly Word Worst = new("最悪値 {0}", "worst {0}");
    public static readonly Word Stood = new("継続 {0}", "for {0}");
    public static readonly Word CausedBy = new("原因 {0}", "because of {0}");
    public static readonly Word LastHeard = new("最終受信 {0}", "last heard {0}");
    public static readonly Word ToLimit = new("警報温度まで約{0}分", "about {0} min to the alarm limit");
    public static readonly Word AtLimit = new("警報温度に到達", "at the alarm limit");
    public static readonly Word Blind = new("測れないセンサー {0}", "blind sensors: {0}");
    public static readonly Word ToCheck = new("点検するラック {0}", "racks to check: {0}");
    public static readonly Word Checked = new("点検済み {0}", "checked: {0}");
    public static readonly Word Unchecked = new("未点検 {0}", "still to check: {0}");
    public static readonly Word StillThere = new("まだ検知中のため継続", "still there, so it stands on");
    public static readonly Word OutOfPlan = new("測定計画から外れたため終了", "ended: no longer in the sensing plan");
    public static readonly Word Factor = new("{0} {1}", "{0} {1}");
    public static readonly Word NotWatched = new("{0} 未監視({1})", "{0} not watched ({1})");
    public static readonly Word GainOffset = new("係数 {0} 加算 {1}", "gain {0}, offset {1}");
    public static readonly Word ServedUntil = new("{0}まで", "until {0}");
    public static readonly Word Times = new("{0}回", "{0} times");
    public static readonly Word ServiceOver = new("終了", "over");
    public static readonly Word NotSeen = new("{0} から {1} まで", "from {0} to {1}");

    /// <summary>The particulars of one of the climate's kinds; null: it is none of them.</summary>
    public static string? Particulars(RecordedEvent item, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(ink);
        return item switch
        {
            ClimateRaised of => Line(
                In(ClimateText.Of(of.Rule), ink), of.Object, In(ClimateText.Of(of.Level), ink), Measured(of.Rule, of.Value, of.Limit, ink),
                of.Quality is ValueQuality.Good ? null : Line(In(ClimateText.Of(of.Quality), ink), of.Reason is QualityReason.None ? null : In(ClimateText.Of(of.Reason), ink)),
                of.LastGoodAt is { } last ? ink.Fill(LastHeard, ink.Stamp(last)) : null, Minutes(of.MinutesToLimit, ink), CauseOf(of.Cause, ink),
                of.Blind.IsDefaultOrEmpty ? null : ink.Fill(of.Rule is ClimateRule.Quake ? ToCheck : Blind, string.Join(", ", of.Blind))),
            ClimateChanged of => Line(
                In(ClimateText.Of(of.Rule), ink), of.Object, In(ClimateText.Of(of.Change), ink), In(ClimateText.Of(of.Level), ink), Measured(of.Rule, of.Value, of.Limit, ink), Minutes(of.MinutesToLimit, ink)),
            ClimateCleared of => Line(
                In(ClimateText.Of(of.Rule), ink), of.Object, ink.Fill(Stood, PowerEventText.Time(of.Seconds, ink)),
                of.Peak is { } peak && Valued(of.Rule, peak) is { } worst ? ink.Fill(Worst, worst) : null, of.ByPlan ? ink[OutOfPlan] : null),
            ClimateConfirmed of => Line(
                In(ClimateText.Of(of.Rule), ink), of.Condition[(of.Condition.IndexOf('/', StringComparison.Ordinal) + 1)..],
                of.Looked.IsDefaultOrEmpty ? null : ink.Fill(Checked, string.Join(", ", of.Looked)), of.Open.IsDefaultOrEmpty ? null : ink.Fill(Unchecked, string.Join(", ", of.Open)),
                of.Accepted ? null : ink[StillThere], of.Note),
            ClimateLimitsAsked of => Line(
                of.Change, of.Sensor, ink[ClimatePageText.Of(of.Measure)],
                ink.Fill(ClimatePageText.FromTo, ClimatePageText.Line(of.Before, ink), of.Limits is null ? ink[ClimatePageText.SettingsAgain] : ClimatePageText.Line(of.Limits, ink)), of.Reason),
            ClimateLimitsDeclined of => Line(of.Change, of.Reason),
            ClimateGap of => ink.Fill(NotSeen, ink.Stamp(of.From), ink.Stamp(of.To)),
            SensingPlanApplied of => Line([.. of.Factors.Select(factor => factor.Sensors.IsDefaultOrEmpty
                ? ink.Fill(NotWatched, In(ClimateText.Of(factor.Factor), ink), factor.NotSensedReason)
                : ink.Fill(Factor, In(ClimateText.Of(factor.Factor), ink), string.Join(", ", factor.Sensors)))]),
            SensorCalibrated of => Line(of.Sensor, In(ClimateText.Of(of.Quantity), ink), ink.Fill(GainOffset, Number(of.Gain), Number(of.Offset)), of.Reference, of.On is { } on ? Ink.Date(on) : null, of.By),
            SensorTested of => Line(of.Sensor, string.Join(", ", of.Quantities.Select(quantity => In(ClimateText.Of(quantity), ink)))),
            StrangerNoticed of => Line(of.Source, of.Sender, of.Client),
            SenderSuspected of => Line(of.Sensor, In(ClimateText.Of(of.Oddity), ink), ink.Fill(Times, of.Count), of.Source, of.Detail),
            FireEquipmentRecorded of => Line(of.Equipment.No, of.Equipment.Label, ink[FireEquipmentText.Of(of.Equipment.Agent)], of.Retired ? ink[FireEquipmentText.RetiredWord] : of.Equipment.Statement, of.By),
            SensorServiced of => Line(of.Sensor, of.Ended ? ink[ServiceOver] : ink.Fill(ServedUntil, ink.Stamp(of.Until)), of.Reason, of.By),
            SensorEnrolled of => Line(of.Sensor, of.Ended ? ink[SensingText.TakenOut] : string.Join(", ", of.Measures.Select(quantity => In(ClimateText.Of(quantity), ink))), of.Device, of.Source, of.Model, of.Reason, of.By),
            SensingOrderRefused of => Line(of.Sensor, of.Why, of.By),
            SensingPlanAsked of => Line(of.Change, Factors(of.Factors, ink), of.Reason, of.By),
            SensingPlanDeclined of => Line(of.Change, of.Reason),
            _ => null,
        };
    }

    /// <summary>What a plan leaves out, and why; what it senses by all that can is not said.</summary>
    public static string Factors(IEnumerable<FactorChoice> factors, Ink ink) => string.Join(" · ", factors.Where(one => one.NotSensedReason is not null || !one.LeftOut.IsEmpty).Select(one =>
        one.NotSensedReason is { } why ? ink.Fill(NotWatched, In(ClimateText.Of(one.Factor), ink), why) : ink.Fill(SensingText.Without, In(ClimateText.Of(one.Factor), ink), string.Join(", ", one.LeftOut))));

    private static string? Measured(ClimateRule rule, double? value, double? limit, Ink ink) =>
        value is not { } number || Valued(rule, number) is not { } said ? null
        : limit is { } one && Valued(rule, one) is { } against ? ink.Fill(Against, said, against)
        : said;

    private static string? Valued(ClimateRule rule, double value) => ClimateText.UnitOf(rule) is { } unit ? Number(value) + unit : null;

    private static string? Minutes(int? minutes, Ink ink) => minutes switch
    {
        null => null,
        0 => ink[AtLimit],
        _ => ink.Fill(ToLimit, minutes),
    };

    // A cause is named by its rule and object; people read the rule's words.
    private static string? CauseOf(string? cause, Ink ink)
    {
        if (cause?.Split('/', 2) is not [var rule, var of])
        {
            return null;
        }

        return ink.Fill(CausedBy, Enum.TryParse<ClimateRule>(rule, out var known) ? $"{In(ClimateText.Of(known), ink)} {of}" : cause);
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string In(Words words, Ink ink) => ink.Language == Language.Japanese ? words.Ja : words.En;

    private static string Line(params string?[] parts) => string.Join(" · ", parts.Where(part => !string.IsNullOrEmpty(part)));
}
