using System.Collections.Immutable;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Climate;

/// <summary>One value as it stands, for the pages and the readings.</summary>
/// <param name="Value">The last that could be believed, calibrated; null: none. With another quality than Good it is old or doubted, and shown as such.</param>
/// <param name="Raw">What came last, as it came (R-ENV-06).</param>
/// <param name="At">When <paramref name="Value"/> was heard, by the bridge's clock; null: never.</param>
public sealed record ValueNow(Quantity Quantity, double? Value, double? Raw, ValueQuality Quality, QualityReason Reason, DateTimeOffset? At);

/// <summary>A sensor as it stands.</summary>
/// <param name="HeardAt">The last thing it said itself; null: never.</param>
/// <param name="IntervalSeconds">How often it speaks.</param>
/// <param name="Learned">True: seen, not told.</param>
/// <param name="DewPoint">Worked out of its own temperature and humidity, °C; null: it has not both.</param>
public sealed record SensorNow(
    string Sensor,
    ZoneId Zone,
    SensorSpot Spot,
    string Label,
    string LabelEn,
    ClimateState State,
    DateTimeOffset? HeardAt,
    double IntervalSeconds,
    bool Learned,
    double? BatteryPercent,
    bool BatteryLow,
    double? LinkPercent,
    DateTimeOffset? ServiceUntil,
    ImmutableArray<ValueNow> Values,
    double? DewPoint);

/// <summary>A factor of a zone as it stands.</summary>
/// <param name="State">Null: 未監視.</param>
/// <param name="NotSensedReason">Why it is not sensed; null: it is.</param>
public sealed record FactorNow(SensingFactor Factor, ClimateState? State, ImmutableArray<string> Sensors, string? NotSensedReason);

/// <summary>A zone as it stands (R-MON-01).</summary>
/// <param name="MinutesToLimit">Until the temperature alarm at the present slope; null: it does not rise (R-ENV-09).</param>
public sealed record ZoneClimate(ZoneId Zone, ClimateState State, ImmutableArray<FactorNow> Factors, int? MinutesToLimit);

/// <summary>A condition that stands.</summary>
/// <param name="Open">For a quake: the racks nobody has looked at since. Else empty.</param>
public sealed record ConditionNow(
    string Condition,
    ClimateRule Rule,
    ZoneId? Zone,
    string Object,
    ClimateLevel Level,
    DateTimeOffset RaisedAt,
    double? Value,
    double? Limit,
    double? Peak,
    ValueQuality Quality,
    string? Cause,
    bool Returned,
    bool Unsteady,
    ImmutableArray<string> Open);

/// <summary>A gateway as it stands.</summary>
/// <param name="Blind">Sensors that cannot be heard without it, while it is gone.</param>
public sealed record GatewayNow(string Gateway, ClimateState State, ImmutableArray<string> Blind);

/// <summary>The climate of a bridge's rooms; newest wins, never recorded.</summary>
/// <param name="At">By the bridge's clock.</param>
public sealed record ClimateNow(
    DateTimeOffset At, ImmutableArray<ZoneClimate> Zones, ImmutableArray<SensorNow> Sensors, ImmutableArray<ConditionNow> Conditions, ImmutableArray<GatewayNow> Gateways);
