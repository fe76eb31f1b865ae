using System.Collections.Immutable;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Climate;

/// <summary>環境の異常 began (R-ENV-02 … 06, R-ENV-09). Exactly one of each condition stands at a time.</summary>
/// <param name="Condition">Its rule and object, e.g. <c>TemperatureHigh/temp-r1</c>.</param>
/// <param name="Zone">Where; null: a gateway that serves several.</param>
/// <param name="Object">The sensor, the gateway, or the zone itself.</param>
/// <param name="Value">What was judged, in the rule's unit; null: nothing was measured.</param>
/// <param name="Limit">What it was held against; null: none.</param>
/// <param name="Quality">How far the value may be believed.</param>
/// <param name="Reason">Why it is not Good.</param>
/// <param name="Cause">The condition that explains this one, e.g. <c>CoolingStopped/ac-1</c>; null: it stands for itself.</param>
/// <param name="LastGoodAt">For a silent sensor: when it was last heard; null: never, or another rule.</param>
/// <param name="MinutesToLimit">For lost cooling: until the temperature alarm at the present slope; null: not known, or another rule (R-ENV-09).</param>
/// <param name="Blind">For a gateway: the sensors that are blind with it. For a quake: the racks to be looked at. Else empty.</param>
public sealed record ClimateRaised(
    DateTimeOffset OccurredAt,
    string Condition,
    ClimateRule Rule,
    ZoneId? Zone,
    string Object,
    ClimateLevel Level,
    double? Value,
    double? Limit,
    ValueQuality Quality,
    QualityReason Reason,
    string? Cause,
    DateTimeOffset? LastGoodAt,
    int? MinutesToLimit,
    ImmutableArray<string> Blind) : RecordedEvent(OccurredAt);

/// <summary>What changed in a condition that goes on.</summary>
public enum ClimateChange
{
    /// <summary>It became worse.</summary>
    Worse,

    /// <summary>It became better and is not over.</summary>
    Better,

    /// <summary>復旧・確認待ち: what raised it is gone, and a person has to confirm it (R-ENV-03).</summary>
    Returned,

    /// <summary>It had returned, unconfirmed, and is there again.</summary>
    Again,

    /// <summary>The time until the limit is known, or has become short (R-ENV-09).</summary>
    Forecast,

    /// <summary>It came and went too often: from now on it stands until it has been quiet for long.</summary>
    Unsteady,
}

/// <summary>環境の異常の変化.</summary>
/// <param name="RaisedAt">When the condition was raised.</param>
/// <param name="Level">Its level from now on.</param>
public sealed record ClimateChanged(
    DateTimeOffset OccurredAt,
    string Condition,
    ClimateRule Rule,
    ZoneId? Zone,
    string Object,
    DateTimeOffset RaisedAt,
    ClimateChange Change,
    ClimateLevel Level,
    double? Value,
    double? Limit,
    int? MinutesToLimit) : RecordedEvent(OccurredAt);

/// <summary>環境の異常の解消. What is latched ends only with a <see cref="ClimateConfirmed"/> just before.</summary>
/// <param name="Seconds">How long it stood.</param>
/// <param name="Peak">The worst value while it stood; null: nothing was measured.</param>
/// <param name="ByPlan">True: its sensor or zone is no longer in the sensing plan; nobody knows whether it is over.</param>
public sealed record ClimateCleared(
    DateTimeOffset OccurredAt,
    string Condition,
    ClimateRule Rule,
    ZoneId? Zone,
    string Object,
    DateTimeOffset RaisedAt,
    double Seconds,
    ClimateLevel Level,
    double? Peak,
    bool ByPlan) : RecordedEvent(OccurredAt);

/// <summary>正常の確認 (R-ENV-03, R-ENV-04): a person says that they looked.</summary>
/// <param name="Looked">The racks they looked at, for a quake; else empty.</param>
/// <param name="Open">Racks nobody has looked at yet.</param>
/// <param name="Accepted">False: what raised it is still there, and it stands on.</param>
public sealed record ClimateConfirmed(
    DateTimeOffset OccurredAt,
    string Condition,
    ClimateRule Rule,
    ZoneId? Zone,
    DateTimeOffset RaisedAt,
    ImmutableArray<string> Looked,
    ImmutableArray<string> Open,
    bool Accepted,
    string Note,
    string By) : RecordedEvent(OccurredAt);

/// <summary>監視の途切れ (R-MON-02): nobody watched the climate in this time.</summary>
/// <param name="Cause"><c>restart</c>.</param>
public sealed record ClimateGap(DateTimeOffset OccurredAt, DateTimeOffset From, DateTimeOffset To, string Cause) : RecordedEvent(OccurredAt);

/// <summary>How one factor of a zone is sensed (R-ENV-01).</summary>
/// <param name="Sensors">By which; empty: 未監視, for the reason given.</param>
/// <param name="NotSensedReason">Null where sensors are.</param>
public sealed record FactorPlan(SensingFactor Factor, ImmutableArray<string> Sensors, string? NotSensedReason);

/// <summary>測定計画の適用 (R-ENV-01): all six factors of a zone.</summary>
public sealed record SensingPlanApplied(DateTimeOffset OccurredAt, ZoneId Zone, ImmutableArray<FactorPlan> Factors) : RecordedEvent(OccurredAt);

/// <summary>測定計画の変更の申し出 (R-ENV-01): counts for nothing until another person approves it.</summary>
/// <param name="Change">Its number, e.g. <c>SP-0002</c>.</param>
/// <param name="Factors">All six as they shall be.</param>
public sealed record SensingPlanAsked(DateTimeOffset OccurredAt, string Change, ZoneId Zone, ImmutableArray<FactorChoice> Factors, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>測定計画の変更の取下げ・不同意.</summary>
public sealed record SensingPlanDeclined(DateTimeOffset OccurredAt, string Change, ZoneId Zone, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>限界値の変更の申し出 (R-ENV-02, R-CFG-01): counts for nothing until another person approves it.</summary>
/// <param name="Change">Its number, e.g. <c>CL-0003</c>.</param>
/// <param name="Sensor">Null: all sensors of the zone that have no limits of their own.</param>
/// <param name="Before">What is in force; null: nothing is judged there.</param>
/// <param name="Limits">What shall be; null: those of the settings again.</param>
/// <param name="Rehearsed">How often it would have raised something in the 30 days before; null: nobody knows, nothing was measured.</param>
public sealed record ClimateLimitsAsked(
    DateTimeOffset OccurredAt,
    string Change,
    ZoneId Zone,
    string? Sensor,
    Measure Measure,
    LimitSet? Before,
    LimitSet? Limits,
    int? Rehearsed,
    string Reason,
    string By) : RecordedEvent(OccurredAt);

/// <summary>限界値の変更の取下げ・不同意.</summary>
public sealed record ClimateLimitsDeclined(DateTimeOffset OccurredAt, string Change, ZoneId Zone, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>校正値の適用: from now on <c>value = raw × gain + offset</c> (environment.md section 2.3).</summary>
/// <param name="Reference">The instrument it was held against; null: not told.</param>
/// <param name="On">The day of the calibration; null: not told.</param>
/// <param name="By">Who did it; null: not told.</param>
public sealed record SensorCalibrated(
    DateTimeOffset OccurredAt, ZoneId Zone, string Sensor, Quantity Quantity, double Gain, double Offset, string? Reference, DateOnly? On, string? By) : RecordedEvent(OccurredAt);

/// <summary>センサーの試験: its test button was pressed. Seen, and no alarm (environment.md section 4).</summary>
/// <param name="Quantities">What it said in the test.</param>
public sealed record SensorTested(DateTimeOffset OccurredAt, ZoneId Zone, string Sensor, ImmutableArray<Quantity> Quantities) : RecordedEvent(OccurredAt);

/// <summary>センサーの保守 began or ended: its values are recorded and not judged until then.</summary>
/// <param name="Until">When it ends by itself.</param>
/// <param name="Ended">True: judged again from now on.</param>
public sealed record SensorServiced(DateTimeOffset OccurredAt, ZoneId Zone, string Sensor, DateTimeOffset Until, bool Ended, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>センサーの登録 (R-NET-01): from now on a sensor that announced itself counts, or counts no longer.</summary>
/// <param name="Source">The broker.</param>
/// <param name="Device">The device by its topic.</param>
/// <param name="Model">By which model it is read.</param>
/// <param name="Measures">What it senses.</param>
/// <param name="Ended">True: taken out; what it sends is that of a stranger.</param>
/// <param name="Reason">Why it was taken out; null: it was not.</param>
public sealed record SensorEnrolled(
    DateTimeOffset OccurredAt, ZoneId Zone, string Sensor, string Source, string Device, string Model, ImmutableArray<Quantity> Measures, bool Ended, string? Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>センサーの登録・測定計画の不適用: an order of the office that this bridge could not follow.</summary>
/// <param name="Sensor">Null: it was about the plan of the zone.</param>
/// <param name="Why">In an English sentence, with the remedy.</param>
public sealed record SensingOrderRefused(DateTimeOffset OccurredAt, ZoneId Zone, string? Sensor, string Why, string By) : RecordedEvent(OccurredAt);

/// <summary>Why a sender is odd (R-NET-09).</summary>
public enum OddKind
{
    /// <summary>Many more messages than a device of its model sends.</summary>
    TooMany,

    /// <summary>Another client than the enrolled one publishes on the device's topics; not believed.</summary>
    OtherClient,

    /// <summary>What it sends is not what its model says; the raw bytes are kept.</summary>
    NotItsModel,

    /// <summary>Its gateway was told to be gone while it goes on sending: a will that lies, or one that was forged.</summary>
    WillLies,
}

/// <summary>未登録機器 (R-NET-01): somebody who is not enrolled sends at a broker. Dropped; told once for each.</summary>
/// <param name="Source">The broker by its name; <c>broker</c>: the bridge's own.</param>
/// <param name="Sender">The device by its topic; <c>*</c>: all those there is no room to tell apart.</param>
/// <param name="Client">Who published it; null: the broker does not tell.</param>
public sealed record StrangerNoticed(DateTimeOffset OccurredAt, string Source, string Sender, string? Client) : RecordedEvent(OccurredAt);

/// <summary>不正通信の疑い (R-NET-09): an enrolled sensor, or somebody in its name, sends what it should not; at most once an hour.</summary>
/// <param name="Count">How often since it was last told.</param>
/// <param name="Detail">In a few English words.</param>
public sealed record SenderSuspected(DateTimeOffset OccurredAt, string Source, string Sensor, OddKind Oddity, long Count, string Detail) : RecordedEvent(OccurredAt);
