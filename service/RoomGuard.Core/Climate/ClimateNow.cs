using System.Collections.Immutable;
using System.Text.Json.Serialization;
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
/// <param name="Measures">What it senses, heard or not; null: an older bridge that does not say.</param>
/// <param name="Rack">The rack it hangs on; null: none.</param>
/// <param name="Limits">Its own limits in force, before those of its zone; null: none.</param>
/// <param name="On">Where it stands on the floor plan; null: not told.</param>
/// <param name="EnrolledBy">Who enrolled it at the office; null: it stands in the bridge's settings.</param>
/// <param name="AwaySince">Since when its gateway says that it cannot reach it; null: it does not say so.</param>
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
    double? DewPoint,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<Quantity>? Measures = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Rack = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<LimitSet>? Limits = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FloorSpot? On = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? EnrolledBy = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? AwaySince = null)
{
    /// <summary>How it is enrolled, as far as its bridge tells: what it is judged by.</summary>
    public SensorPlace Place() => new(
        Sensor, Zone, Spot, Label, LabelEn, Measures ?? [.. Values.Select(value => value.Quantity)], TimeSpan.FromSeconds(IntervalSeconds), Rack, Limits: Limits, On: On);
}

/// <summary>A factor of a zone as it stands.</summary>
/// <param name="State">Null: 未監視.</param>
/// <param name="NotSensedReason">Why it is not sensed; null: it is.</param>
public sealed record FactorNow(SensingFactor Factor, ClimateState? State, ImmutableArray<string> Sensors, string? NotSensedReason);

/// <summary>A zone as it stands (R-MON-01).</summary>
/// <param name="MinutesToLimit">While cooling is lost: until the temperature alarm at the present slope; null: cooling runs, or the air does not warm (R-ENV-09).</param>
/// <param name="Sensing">Its part of the plan in force; null: an older bridge that does not say.</param>
public sealed record ZoneClimate(
    ZoneId Zone,
    ClimateState State,
    ImmutableArray<FactorNow> Factors,
    int? MinutesToLimit,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ZoneSensing? Sensing = null);

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

/// <summary>未登録: something that sends at a broker and is no sensor here; nothing of it counts (R-NET-01).</summary>
/// <param name="Source">The broker.</param>
/// <param name="Sender">The device by its topic; <c>*</c>: all those there was no room to tell apart.</param>
/// <param name="Count">Messages so far, as last told; null: it announced itself.</param>
/// <param name="Label">What it calls itself; null: it does not say.</param>
/// <param name="Product">Maker and product, as it says; null: it does not say.</param>
/// <param name="Settings">What enrolling it writes into the bridge's settings; null: nobody knows.</param>
/// <param name="Refused">What in its announcement is not understood, in English; null: nothing.</param>
/// <param name="Fits">By which models it could be read; null: nobody knows of any.</param>
public sealed record StrangerNow(
    string Source,
    string Sender,
    DateTimeOffset At,
    long? Count,
    string? Label,
    string? Product,
    string? Settings,
    string? Refused,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<StrangerFit>? Fits = null);

/// <summary>A model by which a stranger could be read, with all that enrolling it needs to know.</summary>
/// <param name="Name">The name its bridge would give it.</param>
/// <param name="Measures">What it would sense.</param>
/// <param name="Through">What it is heard through.</param>
/// <param name="Settings">The settings of its wire, as the bridge writes them.</param>
public sealed record StrangerFit(string Model, string Name, ImmutableArray<Quantity> Measures, ImmutableArray<string> Through, string Settings);

/// <summary>The climate of a bridge's rooms; newest wins, never recorded.</summary>
/// <param name="At">By the bridge's clock.</param>
public sealed record ClimateNow(
    DateTimeOffset At, ImmutableArray<ZoneClimate> Zones, ImmutableArray<SensorNow> Sensors, ImmutableArray<ConditionNow> Conditions, ImmutableArray<GatewayNow> Gateways)
{
    /// <summary>The plan in force, as far as the bridge tells: what limits hold where.</summary>
    public ClimatePlan Plan() => new([.. Zones.Select(zone => zone.Sensing).OfType<ZoneSensing>()], [.. Sensors.Select(sensor => sensor.Place())]);
}
