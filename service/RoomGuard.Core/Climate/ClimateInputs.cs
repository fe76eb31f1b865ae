using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Climate;

/// <summary>Something that concerns the climate alone: told to <see cref="ClimateControl"/>, not to the doors.</summary>
public abstract record ClimateInput(DateTimeOffset At) : RoomInput(At);

/// <summary>A sensor said something.</summary>
public sealed record SensorHeard(DateTimeOffset At, SensorReport Report) : ClimateInput(At);

/// <summary>A gateway was heard to live or to die.</summary>
public sealed record GatewayTold(DateTimeOffset At, GatewayHeard Heard) : ClimateInput(At);

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
