using System.Collections.Immutable;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Climate;

/// <summary>What people do about the climate: confirm that all is normal again, take a sensor into service, change limits (R-ENV-02 … 04).</summary>
public interface IClimateDesk
{
    /// <summary>正常の確認 of what stands until somebody looked.</summary>
    /// <param name="racks">The racks that were looked at, for a quake; else empty.</param>
    Task<ActResult> Confirm(string condition, ImmutableArray<string> racks, string note, Actor by, CancellationToken stop);

    /// <summary>センサーの保守: from now to an end its values are kept and not judged.</summary>
    Task<ActResult> Serve(string sensor, DateTimeOffset until, string reason, Actor by, CancellationToken stop);

    /// <summary>Judged again before its time is up.</summary>
    Task<ActResult> EndService(string sensor, string reason, Actor by, CancellationToken stop);

    /// <summary>試算: how often limits would have raised something in the last 30 days, beside those in force.</summary>
    Task<LimitsTrial> Try(LimitsForm form, CancellationToken gone);

    /// <summary>Proposals, the newest first, with what the reader may do.</summary>
    Task<LimitsLook> Limits(Actor by, CancellationToken gone);

    /// <summary>Proposes limits: they count for nothing until another person approves.</summary>
    Task<ActResult> Ask(LimitsForm form, Actor by, CancellationToken stop);

    /// <summary>SYS of the zone approves, never who proposed (R-CFG-02): ordered to the bridges.</summary>
    Task<ActResult> Allow(string change, Actor by, CancellationToken stop);

    /// <summary>SYS does not approve, or who proposed takes it back.</summary>
    Task<ActResult> Decline(string change, string reason, Actor by, CancellationToken stop);
}

/// <summary>What the editor of limits asks.</summary>
/// <param name="Sensor">Null: all sensors of the zone that have no limits of their own.</param>
/// <param name="Limits">Null: those of the settings again.</param>
public sealed record LimitsForm(ZoneId Zone, string? Sensor, Measure Measure, LimitSet? Limits, string Reason);

/// <summary>What limits would have done at one sensor.</summary>
/// <param name="Today">With the limits in force; null: none are.</param>
/// <param name="Then">With the new ones; null: as the settings have them, which only the bridge knows.</param>
public sealed record SensorTrial(string Sensor, string Label, string LabelEn, LimitsRehearsal? Today, LimitsRehearsal? Then);

/// <summary>What limits would have done.</summary>
/// <param name="From">Since when it was counted.</param>
/// <param name="Problems">Why they cannot be, each in a sentence; empty: they can.</param>
/// <param name="Sensors">Empty: no sensor of this place measures it, or it cannot be worked out of what is kept.</param>
/// <param name="Left">Sensors that were not tried, because there are too many.</param>
public sealed record LimitsTrial(DateTimeOffset From, DateTimeOffset Until, ImmutableArray<Words> Problems, ImmutableArray<SensorTrial> Sensors, int Left)
{
    /// <summary>How often in all with the limits in force.</summary>
    public int Today => Sensors.Sum(one => one.Today?.Alarms.Length ?? 0);

    /// <summary>How often in all with the new ones; null: nothing was measured.</summary>
    public int? Then => Sensors.All(one => one.Then is not { Readings: > 0 }) ? null : Sensors.Sum(one => one.Then?.Alarms.Length ?? 0);
}

/// <summary>How a proposal stands.</summary>
public enum LimitsState
{
    /// <summary>申し出: waits for its second person.</summary>
    Asked,

    /// <summary>承認: ordered to the bridges.</summary>
    Agreed,

    /// <summary>取下げ・不同意.</summary>
    Declined,
}

/// <summary>A proposal (R-CFG-01).</summary>
/// <param name="AskedBy">Name of who proposed it.</param>
/// <param name="ClosedBy">Name of who approved or declined it; null: nobody yet.</param>
/// <param name="Note">Why it was declined; null: it was not.</param>
/// <param name="Rehearsed">How often it would have raised something in the 30 days before; null: nothing was measured.</param>
public sealed record LimitsLine(
    string Id, DateTimeOffset AskedAt, ZoneId Zone, string? Sensor, Measure Measure, LimitSet? Before, LimitSet? Limits, int? Rehearsed, string Reason, string AskedBy, LimitsState State, string? ClosedBy,
    string? Note);

/// <summary>The proposals with what the reader may do.</summary>
public sealed record LimitsLook(ImmutableArray<LimitsLine> Lines, bool MayAsk, bool MayAllow);
