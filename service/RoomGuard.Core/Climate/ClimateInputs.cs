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
