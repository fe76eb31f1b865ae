using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Climate;

/// <summary>A condition as it stands; all of it survives a restart, delays under way included.</summary>
/// <param name="Level">Null: not raised, something only waits.</param>
/// <param name="RaisedAt">Wall time.</param>
/// <param name="Raised">Steady instant.</param>
/// <param name="WarningSince">Steady instant since which it is beyond the warning limit; null: it is not.</param>
/// <param name="AlarmSince">The same for the alarm limit.</param>
/// <param name="BelowAlarmSince">Steady instant since which it is back from the alarm limit by the deadband.</param>
/// <param name="NormalSince">The same from the warning limit.</param>
/// <param name="Value">What was judged last.</param>
/// <param name="Peak">The worst while it stood.</param>
/// <param name="Returned">Latched, gone, and not confirmed.</param>
/// <param name="Looked">Racks that were looked at since the quake.</param>
/// <param name="Raises">Steady instants of the latest raises.</param>
/// <param name="IsUnsteady">It came and went too often: it stands until it has been quiet for long.</param>
/// <param name="ToldMinutes">The forecast that was told last.</param>
public sealed record ConditionStanding(
    ClimateRule Rule,
    string Object,
    ZoneId? Zone,
    ClimateLevel? Level,
    DateTimeOffset? RaisedAt,
    DateTimeOffset? Raised,
    DateTimeOffset? WarningSince,
    DateTimeOffset? AlarmSince,
    DateTimeOffset? BelowAlarmSince,
    DateTimeOffset? NormalSince,
    double? Value,
    double? Limit,
    double? Peak,
    ValueQuality Quality,
    QualityReason Reason,
    string? Cause,
    bool Returned,
    ImmutableArray<string> Looked,
    ImmutableArray<DateTimeOffset> Raises,
    bool IsUnsteady,
    int? ToldMinutes)
{
    /// <summary>A condition nothing is known of.</summary>
    public static ConditionStanding New(ClimateRule rule, string of, ZoneId? zone) =>
        new(rule, of, zone, null, null, null, null, null, null, null, null, null, null, ValueQuality.Good, QualityReason.None, null, false, [], [], false, null);

    /// <summary>Its name.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Name => ClimateRules.NameOf(Rule, Object);

    /// <summary>Whether it is worth keeping.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsIdle => Level is null && WarningSince is null && AlarmSince is null && Raises.IsEmpty;
}

/// <summary>How things stand with what a condition looks at.</summary>
/// <param name="Warning">Beyond the warning limit.</param>
/// <param name="Alarm">Beyond the alarm limit.</param>
/// <param name="ClearOfAlarm">Back from the alarm limit by the deadband.</param>
/// <param name="ClearOfWarning">Back from the warning limit by the deadband.</param>
internal readonly record struct Look(
    bool Warning,
    bool Alarm,
    bool ClearOfAlarm,
    bool ClearOfWarning,
    double? Value = null,
    double? Limit = null,
    ValueQuality Quality = ValueQuality.Good,
    QualityReason Reason = QualityReason.None)
{
    /// <summary>All is as it should be.</summary>
    public static Look Fine { get; } = new(false, false, true, true);

    /// <summary>So or not so.</summary>
    public static Look Of(bool isSo, bool alarm, double? value = null, double? limit = null, ValueQuality quality = ValueQuality.Good, QualityReason reason = QualityReason.None) =>
        new(isSo, isSo && alarm, !isSo || !alarm, !isSo, value, limit, quality, reason);
}

/// <summary>How long it must be so.</summary>
internal readonly record struct Delays(TimeSpan Warning, TimeSpan Alarm, TimeSpan Normal);

/// <summary>What goes with a raise besides what was judged.</summary>
internal readonly record struct RaiseNotes(string? Cause, DateTimeOffset? LastGoodAt, int? MinutesToLimit, ImmutableArray<string> Blind);

/// <summary>
/// One condition: raised once it has been so for long enough, cleared once it has been back for long enough, told once each. Evaluated on each new value and
/// on time passing; a value that may not be judged never clears it. Pure.
/// </summary>
internal sealed class ConditionRun(ConditionStanding standing, ClimateControlSettings settings)
{
    // Minutes until the limit at which the forecast is told again.
    private static readonly ImmutableArray<int> Steps = [60, 30, 15, 5, 0];

    private ConditionStanding now = standing;

    /// <summary>As it stands.</summary>
    public ConditionStanding Standing => now;

    /// <summary>Whether it is raised.</summary>
    public bool IsRaised => now.Level is not null;

    /// <summary>What is so at this moment.</summary>
    /// <param name="notes">Asked only when it is raised.</param>
    /// <returns>True when something a restart must not forget has changed.</returns>
    public bool See(Look look, Delays delays, Moment at, Func<RaiseNotes> notes, List<RecordedEvent> events)
    {
        var before = now;
        now = now with
        {
            WarningSince = look.Warning || look.Alarm ? now.WarningSince ?? at.Steady : null,
            AlarmSince = look.Alarm ? now.AlarmSince ?? at.Steady : null,
            BelowAlarmSince = look.ClearOfAlarm ? now.BelowAlarmSince ?? at.Steady : null,
            NormalSince = look.ClearOfWarning ? now.NormalSince ?? at.Steady : null,
            Value = look.Value,
            Quality = look.Quality,
            Reason = look.Reason,
            Limit = look.Warning || look.Alarm ? look.Limit : now.Limit,
        };
        if (IsRaised && look.Value is { } value && (now.Peak is not { } peak || (ClimateRules.IsBelow(now.Rule) ? value < peak : value > peak)))
        {
            now = now with { Peak = value };
        }

        return Elapse(delays, at, notes, events) || IsOther(before);
    }

    /// <summary>Nothing can be judged at this moment: what waits to be raised goes on, what waits to be cleared does not.</summary>
    public bool Hold(Delays delays, Moment at, Func<RaiseNotes> notes, List<RecordedEvent> events, ValueQuality quality, QualityReason reason)
    {
        var before = now;
        now = now with { BelowAlarmSince = null, NormalSince = null, Quality = quality, Reason = reason };
        return Elapse(delays, at, notes, events) || IsOther(before);
    }

    /// <summary>Somebody works on what it looks at: nothing is raised and nothing cleared, and what waited begins anew afterwards.</summary>
    public void Rest() => now = now with { WarningSince = null, AlarmSince = null, BelowAlarmSince = null, NormalSince = null };

    /// <summary>What is no longer in the plan is over without anybody knowing whether it is.</summary>
    public void Drop(Moment at, List<RecordedEvent> events)
    {
        if (now is { Level: { } level, RaisedAt: { } raisedAt, Raised: { } raised })
        {
            events.Add(new ClimateCleared(at.At, now.Name, now.Rule, now.Zone, now.Object, raisedAt, Seconds(at.Steady - raised), level, Rounded(now.Peak), ByPlan: true));
        }

        now = ConditionStanding.New(now.Rule, now.Object, now.Zone);
    }

    /// <summary>The forecast of lost cooling, told when it is first known and when it has become short (R-ENV-09).</summary>
    public bool Forecast(int? minutes, Moment at, List<RecordedEvent> events)
    {
        if (now is not { Level: { } level, RaisedAt: { } raisedAt } || minutes is not { } left || !IsWorthTelling(left))
        {
            return false;
        }

        now = now with { ToldMinutes = left };
        events.Add(new ClimateChanged(at.At, now.Name, now.Rule, now.Zone, now.Object, raisedAt, ClimateChange.Forecast, level, now.Value, now.Limit, left));
        return true;
    }

    /// <summary>A person says that all is normal again (R-ENV-03, R-ENV-04).</summary>
    /// <param name="still">What raised it is still there.</param>
    /// <param name="racks">What must be looked at, for a quake; else empty.</param>
    public bool Confirm(ClimateConfirmOrder order, bool still, ImmutableArray<string> racks, Moment at, List<RecordedEvent> events)
    {
        if (now is not { Level: { } level, RaisedAt: { } raisedAt, Raised: { } raised } || !ClimateRules.IsLatched(now.Rule) || order.RaisedAt.ToUnixTimeSeconds() != raisedAt.ToUnixTimeSeconds())
        {
            return false;
        }

        ImmutableArray<string> looked = [.. now.Looked.Union(order.Racks.Where(racks.Contains), StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        ImmutableArray<string> open = [.. racks.Except(looked, StringComparer.Ordinal)];
        events.Add(new ClimateConfirmed(at.At, now.Name, now.Rule, now.Zone, raisedAt, [.. order.Racks], open, !still, order.Note, order.By));
        now = now with { Looked = looked };
        if (!still && open.IsEmpty)
        {
            events.Add(new ClimateCleared(at.At, now.Name, now.Rule, now.Zone, now.Object, raisedAt, Seconds(at.Steady - raised), level, Rounded(now.Peak), ByPlan: false));
            now = ConditionStanding.New(now.Rule, now.Object, now.Zone);
        }

        return true;
    }

    /// <summary>Seconds for the record.</summary>
    internal static double Seconds(TimeSpan time) => Math.Round(Math.Max(0, time.TotalSeconds));

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 2) : null;

    // When it is first known, and when it has become shorter than the next of these.
    private bool IsWorthTelling(int left) =>
        now.ToldMinutes is not { } told || Steps.Any(step => left <= step && told > step);

    private bool Elapse(Delays delays, Moment at, Func<RaiseNotes> notes, List<RecordedEvent> events)
    {
        var isAlarm = now.AlarmSince is { } alarm && at.Steady - alarm >= delays.Alarm;
        var isWarning = now.WarningSince is { } warning && at.Steady - warning >= delays.Warning;
        if (now.Level is not { } level)
        {
            if (!now.Raises.IsEmpty && at.Steady - now.Raises[^1] > settings.UnsteadyWithin)
            {
                now = now with { Raises = [] };
            }

            return (isAlarm || isWarning) && Raise(isAlarm ? ClimateLevel.Alarm : ClimateLevel.Warning, at, notes(), events);
        }

        if (now.Returned && now.WarningSince is not null)
        {
            Again(level, at, events);
            return true;
        }

        if (level is ClimateLevel.Warning && isAlarm)
        {
            now = now with { Level = ClimateLevel.Alarm };
            Changed(ClimateChange.Worse, ClimateLevel.Alarm, at, events);
            return true;
        }

        if (level is ClimateLevel.Alarm && now.WarningSince is not null && now.BelowAlarmSince is { } below && at.Steady - below >= delays.Normal)
        {
            now = now with { Level = ClimateLevel.Warning };
            Changed(ClimateChange.Better, ClimateLevel.Warning, at, events);
            return true;
        }

        var quiet = now.IsUnsteady && settings.SteadyAfter > delays.Normal ? settings.SteadyAfter : delays.Normal;
        return now.NormalSince is { } normal && at.Steady - normal >= quiet && End(level, at, events);
    }

    private bool Raise(ClimateLevel level, Moment at, RaiseNotes notes, List<RecordedEvent> events)
    {
        ImmutableArray<DateTimeOffset> raises = [.. now.Raises.Where(one => at.Steady - one <= settings.UnsteadyWithin), at.Steady];
        now = now with
        {
            Level = level,
            RaisedAt = at.At,
            Raised = at.Steady,
            Peak = now.Value,
            Cause = notes.Cause,
            Returned = false,
            Looked = [],
            Raises = raises,
            IsUnsteady = raises.Length >= settings.UnsteadyAfter,
            ToldMinutes = notes.MinutesToLimit,
        };
        events.Add(new ClimateRaised(
            at.At, now.Name, now.Rule, now.Zone, now.Object, level, Rounded(now.Value), Rounded(now.Limit), now.Quality, now.Reason, notes.Cause, notes.LastGoodAt, notes.MinutesToLimit, notes.Blind));
        if (now.IsUnsteady)
        {
            Changed(ClimateChange.Unsteady, level, at, events);
        }

        return true;
    }

    // What was looked at before it came again has to be looked at anew.
    private void Again(ClimateLevel level, Moment at, List<RecordedEvent> events)
    {
        ImmutableArray<DateTimeOffset> raises = [.. now.Raises.Where(one => at.Steady - one <= settings.UnsteadyWithin), at.Steady];
        var isUnsteady = now.IsUnsteady || raises.Length >= settings.UnsteadyAfter;
        Changed(ClimateChange.Again, level, at, events);
        if (isUnsteady && !now.IsUnsteady)
        {
            Changed(ClimateChange.Unsteady, level, at, events);
        }

        now = now with { Returned = false, Looked = [], Raises = raises, IsUnsteady = isUnsteady };
    }

    private bool End(ClimateLevel level, Moment at, List<RecordedEvent> events)
    {
        if (ClimateRules.IsLatched(now.Rule))
        {
            if (now.Returned)
            {
                return false;
            }

            now = now with { Returned = true };
            Changed(ClimateChange.Returned, level, at, events);
            return true;
        }

        events.Add(new ClimateCleared(at.At, now.Name, now.Rule, now.Zone, now.Object, now.RaisedAt!.Value, Seconds(at.Steady - now.Raised!.Value), level, Rounded(now.Peak), ByPlan: false));
        now = ConditionStanding.New(now.Rule, now.Object, now.Zone) with { Raises = now.Raises, NormalSince = now.NormalSince };
        return true;
    }

    private void Changed(ClimateChange change, ClimateLevel level, Moment at, List<RecordedEvent> events) =>
        events.Add(new ClimateChanged(at.At, now.Name, now.Rule, now.Zone, now.Object, now.RaisedAt!.Value, change, level, Rounded(now.Value), Rounded(now.Limit), null));

    private bool IsOther(ConditionStanding before) =>
        (before.Level, before.WarningSince is null, before.AlarmSince is null, before.BelowAlarmSince is null, before.NormalSince is null, before.Returned)
        != (now.Level, now.WarningSince is null, now.AlarmSince is null, now.BelowAlarmSince is null, now.NormalSince is null, now.Returned);
}
