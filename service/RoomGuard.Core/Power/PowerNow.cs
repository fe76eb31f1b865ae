using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RoomGuard.Core.Power;

/// <summary>A unit as its bridge last told it, for the pages.</summary>
/// <param name="Power">By the last reading that could be believed.</param>
/// <param name="Lost">True: 不明. What stands in <paramref name="LastGood"/> is old and shown as old.</param>
/// <param name="LastGood">The last reading that could be believed; null: never.</param>
/// <param name="Trouble">Why the newest reading is not Good, in English; null when it is.</param>
/// <param name="LeftSeconds">How long its battery lasts: now in an outage, else if mains failed. Null: unknown.</param>
/// <param name="Rate">How much faster than its own figure its battery went in its last discharge.</param>
/// <param name="OutageSince">Null: no outage.</param>
/// <param name="Commands">What two people may have it do; empty or null: nothing (R-PWR-10).</param>
public sealed record UnitNow(
    string Ups,
    UnitPower Power,
    bool Lost,
    UpsReading? LastGood,
    string? Trouble,
    double? LeftSeconds,
    double Rate,
    DateTimeOffset? OutageSince,
    bool Unsteady,
    bool Testing,
    ImmutableArray<SupplyTrouble> Troubles,
    ImmutableArray<BatteryDueCause> Due,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<UpsCommandOffer>? Commands = null);

/// <summary>A stage as it stands.</summary>
/// <param name="ToldSeconds">Since when it is told to stop; null: it is not.</param>
/// <param name="Result">How it ended; null: under way, or not told.</param>
/// <param name="Up">Hosts that are logged in now.</param>
public sealed record StageNow(string Name, double? ToldSeconds, StageResult? Result, ImmutableArray<string> Up, ImmutableArray<string> Stopped);

/// <summary>A plan as it stands.</summary>
/// <param name="Forecast">In an outage what is still to come; else what would come.</param>
public sealed record PlanNow(
    string Plan, int Version, bool IsOutage, string? OutageId, bool IsShort, PowerForecast Forecast, ImmutableArray<StageNow> Stages);

/// <summary>The power behind a room as its bridge tells it; newest wins, never recorded.</summary>
/// <param name="At">By the bridge's clock.</param>
/// <param name="Webhooks">The receivers a stage may name; null: a bridge that knows of none.</param>
public sealed record PowerNow(DateTimeOffset At, ImmutableArray<UnitNow> Units, ImmutableArray<PlanNow> Plans, ImmutableArray<string>? Webhooks = null);
