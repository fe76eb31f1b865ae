using System.Collections.Immutable;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Zones;

namespace RoomGuard.Dashboard.Climate;

/// <summary>What the pages of 環境 ask: is the room within its limits, and which sensor cannot be trusted?</summary>
public interface IClimateBoard
{
    /// <summary>Zones, sensors and what stands at this moment.</summary>
    Task<ClimateBoard> Now(CancellationToken gone);
}

/// <summary>The climate at one moment, of all bridges that tell of any.</summary>
/// <param name="At">The service's clock.</param>
public sealed record ClimateBoard(
    DateTimeOffset At, ImmutableArray<ZoneAirCard> Zones, ImmutableArray<SensorCard> Sensors, ImmutableArray<ConditionCard> Conditions, ImmutableArray<GatewayNow> Gateways)
{
    /// <summary>未登録, each with the bridge that tells of it.</summary>
    public ImmutableArray<(PanelId Panel, StrangerNow Stranger)> Strangers { get; init; } = [];

    /// <summary>A bridge whose word is older than this is not believed: its sensors are 不明 (R-ENV-05).</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(15);

    /// <summary>Nothing is told.</summary>
    public bool IsEmpty => Zones.IsEmpty && Sensors.IsEmpty;

    /// <summary>A sensor; null: no bridge tells of it.</summary>
    public SensorCard? Sensor(string id) => Sensors.FirstOrDefault(card => card.Sensor.Sensor == id);

    /// <summary>A zone; null: no bridge tells of it.</summary>
    public ZoneAirCard? Zone(string id) => Zones.FirstOrDefault(card => card.Zone.Zone.Value == id);

    /// <summary>The sensors of a zone, in the plan's order.</summary>
    public IEnumerable<SensorCard> SensorsOf(ZoneId zone) => Sensors.Where(card => card.Sensor.Zone == zone);

    /// <summary>What stands and waits for a person who looked; null: nothing by this name.</summary>
    public ConditionCard? Condition(string name) => Conditions.FirstOrDefault(card => card.Condition.Condition == name);
}

/// <summary>A zone with how far it may be believed.</summary>
/// <param name="Fresh">False once its bridge is silent, whatever the bridge last said.</param>
/// <param name="Age">How old the bridge's word is.</param>
public sealed record ZoneAirCard(ZoneClimate Zone, PanelId Panel, bool Fresh, TimeSpan Age)
{
    /// <summary>状態 (R-MON-01): old news is 不明 and never normal.</summary>
    public ClimateState State => Fresh ? Zone.State : ClimateState.Unknown;

    /// <summary>状態 of a factor; null: 未監視.</summary>
    public ClimateState? StateOf(FactorNow factor)
    {
        ArgumentNullException.ThrowIfNull(factor);
        return factor.State is null ? null : Fresh ? factor.State : ClimateState.Unknown;
    }
}

/// <summary>A sensor with how far it may be believed.</summary>
/// <param name="Fresh">False once its bridge is silent.</param>
/// <param name="Silent">How long ago its bridge was heard.</param>
/// <param name="ToldAt">When it told, by its own clock.</param>
/// <param name="Limits">What holds at it: its own, else its zone's, else the common ones; in the order people read them.</param>
public sealed record SensorCard(SensorNow Sensor, PanelId Panel, bool Fresh, TimeSpan Silent, DateTimeOffset ToldAt, ImmutableArray<LimitSet> Limits)
{
    /// <summary>状態 (R-MON-01).</summary>
    public ClimateState State => Fresh ? Sensor.State : ClimateState.Unknown;

    /// <summary>How long it has not been heard, by both clocks; null: never heard.</summary>
    public TimeSpan? Age => AgeOf(Sensor.HeardAt);

    /// <summary>How old something is that its bridge told, by both clocks; null: it never was.</summary>
    public TimeSpan? AgeOf(DateTimeOffset? at) => at is not { } heard ? null : Silent + (ToldAt > heard ? ToldAt - heard : TimeSpan.Zero);

    /// <summary>How far a value may be believed now.</summary>
    public ValueQuality QualityOf(ValueNow value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Fresh ? value.Quality : ValueQuality.Offline;
    }

    /// <summary>Whether its battery is to be seen to.</summary>
    public bool BatteryIsLow => Sensor.BatteryLow || Sensor.BatteryPercent <= 20;

    /// <summary>The values that are followed over time.</summary>
    public ImmutableArray<Quantity> Followed => [.. ClimateTrends.Followed.Where(Sensor.Place().Measures.Contains)];
}

/// <summary>Something that stands.</summary>
/// <param name="Label">The sensor's name for people; null: it is no sensor.</param>
/// <param name="LabelEn">The same in English.</param>
/// <param name="Fresh">False once its bridge is silent: nobody knows whether it still stands.</param>
public sealed record ConditionCard(ConditionNow Condition, PanelId Panel, bool Fresh, string? Label, string? LabelEn)
{
    /// <summary>Whether a person must look and say so before it ends (R-ENV-03, R-ENV-04).</summary>
    public bool WaitsForPerson => ClimateRules.IsLatched(Condition.Rule);
}
