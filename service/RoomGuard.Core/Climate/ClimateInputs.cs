using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Climate;

/// <summary>Something that concerns the climate alone: told to <see cref="ClimateControl"/>, not to the doors.</summary>
public abstract record ClimateInput(DateTimeOffset At) : RoomInput(At);

/// <summary>A sensor said something.</summary>
public sealed record SensorHeard(DateTimeOffset At, SensorReport Report) : ClimateInput(At);

/// <summary>A gateway was heard to live or to die.</summary>
public sealed record GatewayTold(DateTimeOffset At, GatewayHeard Heard) : ClimateInput(At);

/// <summary>A gateway said that it cannot reach one sensor, or can again. Shown; what its silence means is judged by its silence.</summary>
public sealed record SensorReachTold(DateTimeOffset At, string Sensor, bool Away) : ClimateInput(At);

/// <summary>
/// 正常の確認 by a person at the office (R-ENV-03, R-ENV-04). It means one raise of one condition: told late it does nothing to a later one.
/// </summary>
/// <param name="Condition">Its name, as <see cref="ClimateRaised.Condition"/>.</param>
/// <param name="RaisedAt">When it was raised.</param>
/// <param name="Racks">The racks that were looked at, for a quake; else empty.</param>
/// <param name="Note">What was found.</param>
/// <param name="By">Who looked.</param>
/// <param name="At">When.</param>
public sealed record ClimateConfirmOrder(
    string Condition, ZoneId? Zone, DateTimeOffset RaisedAt, ImmutableArray<string> Racks, string Note, string By, DateTimeOffset At) : RoomOrder
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Key => $"climate-confirm {Condition}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsOver => false;
}

/// <summary>
/// 限界値 of one measure, at one sensor or at all of a zone that have none of their own, in place of those of the settings (R-ENV-02). Author and approver are two
/// people (R-CFG-02); the order is given by the second.
/// </summary>
/// <param name="Change">Number of the proposal, e.g. <c>CL-0003</c>.</param>
/// <param name="Sensor">Null: the zone's.</param>
/// <param name="Limits">Null: those of the settings again.</param>
/// <param name="Reason">Why.</param>
/// <param name="AskedBy">Who proposed it.</param>
/// <param name="By">Who approved it.</param>
public sealed record ClimateLimitsOrder(string Change, ZoneId Zone, string? Sensor, Measure Measure, LimitSet? Limits, string Reason, string AskedBy, string By) : RoomOrder
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Key => KeyOf(Zone, Sensor, Measure);

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsOver => Limits is null;

    /// <summary>The key of the order that stands for a measure at one place.</summary>
    public static string KeyOf(ZoneId zone, string? sensor, Measure measure) => $"climate-limits {zone} {sensor ?? "-"} {measure}";
}

/// <summary>センサーの保守: until its end its values are recorded and not judged.</summary>
/// <param name="Until">Never without an end (environment.md section 5.2).</param>
/// <param name="Ended">True: judged again before its time was up.</param>
public sealed record SensorServiceOrder(string Sensor, ZoneId Zone, DateTimeOffset Until, bool Ended, string Reason, string By) : RoomOrder
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Key => $"sensor-service {Sensor}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsOver => Ended;
}

/// <summary>How a sensor that announced itself is heard, as its bridge suggested it: read by that bridge alone.</summary>
/// <param name="Source">The broker.</param>
/// <param name="Device">The device by its topic.</param>
/// <param name="Model">By which model it is read.</param>
/// <param name="Settings">The settings of its wire, as the bridge wrote them.</param>
public sealed record SensorWiring(string Source, string Device, string Model, string Settings);

/// <summary>
/// 登録 of a sensor that announced itself (R-NET-01): from now on it counts at its bridge, and through restarts, until it is taken out again. A sensor of the
/// bridge's own settings is never replaced by an order.
/// </summary>
/// <param name="Place">What it is watched for.</param>
/// <param name="Ended">True: taken out again.</param>
/// <param name="Reason">Why it was taken out; null: it was not.</param>
public sealed record SensorEnrolOrder(PanelId Panel, SensorPlace Place, SensorWiring Wiring, bool Ended, string? Reason, string By) : RoomOrder
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Key => $"sensor-enrol {Panel} {Place.Id}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsOver => Ended;
}

/// <summary>One factor of a zone as it shall be sensed (R-ENV-01).</summary>
/// <param name="LeftOut">Sensors that could sense it and do not count for it.</param>
/// <param name="NotSensedReason">Why nothing counts for it; null: something does.</param>
public sealed record FactorChoice(SensingFactor Factor, ImmutableArray<string> LeftOut, string? NotSensedReason);

/// <summary>測定計画 of a zone in place of that of the settings (R-ENV-01). Author and approver are two people; the order is given by the second.</summary>
/// <param name="Change">Number of the proposal, e.g. <c>SP-0002</c>.</param>
/// <param name="Factors">All six.</param>
public sealed record SensingPlanOrder(string Change, ZoneId Zone, ImmutableArray<FactorChoice> Factors, string Reason, string AskedBy, string By) : RoomOrder
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Key => $"sensing-plan {Zone}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsOver => false;
}

/// <summary>From now on these sensors are heard besides those of the settings; whichever was ordered before and is not among them is not.</summary>
public sealed record HearSensors(ImmutableArray<SensorEnrolOrder> Enrolled) : DeviceOrder;
