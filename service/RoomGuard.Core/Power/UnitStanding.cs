using System.Collections.Immutable;

namespace RoomGuard.Core.Power;

/// <summary>What hangs the load on a unit.</summary>
public enum UnitPower
{
    /// <summary>不明: never heard.</summary>
    Unknown,

    /// <summary>商用電源, through the unit or past it.</summary>
    Mains,

    /// <summary>電池運転 in an outage.</summary>
    Battery,

    /// <summary>出力停止.</summary>
    Off,
}

/// <summary>An outage under way at a unit.</summary>
/// <param name="StartedAt">Wall time.</param>
/// <param name="Started">Steady instant.</param>
/// <param name="Changes">How often mains failed in it.</param>
/// <param name="Unsteady">Changes are counted, not told.</param>
/// <param name="BackSince">Steady instant since which mains are back, while it is not yet said to be over; null: on battery.</param>
public sealed record OutageRun(string Id, DateTimeOffset StartedAt, DateTimeOffset Started, double? MinChargePercent, int Changes, bool Unsteady, DateTimeOffset? BackSince, bool Planned);

/// <summary>A self-test under way.</summary>
public sealed record TestRun(DateTimeOffset Started, double? MinChargePercent);

/// <summary>Something wrong with the supply, while it lasts.</summary>
public sealed record TroubleRun(SupplyTrouble Trouble, DateTimeOffset Since, double? Peak);

/// <summary>From where in this outage the battery's own figure is held against the clock.</summary>
/// <param name="At">Steady instant.</param>
/// <param name="LeftSeconds">What it said then.</param>
public sealed record DischargeMark(DateTimeOffset At, double LeftSeconds);

/// <summary>A unit as the outage machine knows it; all of it survives a restart.</summary>
/// <param name="Power">By the last reading that could be believed.</param>
/// <param name="HeardAt">Steady instant of the last reading of any kind; null: none.</param>
/// <param name="GoodAt">Steady instant of the last one that could be believed; null: none.</param>
/// <param name="GoodAtWall">The same by the wall.</param>
/// <param name="LeftSeconds">The runtime it told then; null: it told none.</param>
/// <param name="LowBattery">It said that its battery is low, on battery.</param>
/// <param name="Draining">Whether the battery fed the load then, in an outage or in a test.</param>
/// <param name="BadInARow">Readings in a row that said what cannot be.</param>
/// <param name="Lost">Since when it is 不明, steady; null: it answers.</param>
/// <param name="Rate">How much faster than its own figure the battery went in its last discharge; 1: it keeps its word.</param>
/// <param name="Failures">Steady instants of the latest failures of mains.</param>
/// <param name="Due">What the battery is due for.</param>
public sealed record UnitStanding(
    string Ups,
    UnitPower Power,
    DateTimeOffset? HeardAt,
    DateTimeOffset? GoodAt,
    DateTimeOffset? GoodAtWall,
    double? LeftSeconds,
    double? ChargePercent,
    bool LowBattery,
    bool Draining,
    int BadInARow,
    DateTimeOffset? Lost,
    double Rate,
    OutageRun? Outage,
    DischargeMark? Mark,
    TestRun? Test,
    ImmutableArray<DateTimeOffset> Failures,
    ImmutableArray<TroubleRun> Troubles,
    ImmutableArray<BatteryDueCause> Due)
{
    /// <summary>A unit of which nothing is known.</summary>
    public static UnitStanding New(string ups) => new(ups, UnitPower.Unknown, null, null, null, null, null, false, false, 0, null, 1, null, null, null, [], [], []);

    /// <summary>Whether it stands on its battery at this moment, as far as known: in an outage it goes on to, when its link dies.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOnBattery => Power == UnitPower.Battery;

    /// <summary>Whether it is known to hang on mains now.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOnMains => Power == UnitPower.Mains && Lost is null;

    /// <summary>
    /// How long its battery lasts from now, s: what it said last, less the time since while it was draining, shortened by how much faster than its
    /// word it went. Null: nobody knows.
    /// </summary>
    /// <param name="now">Steady instant.</param>
    public double? Left(DateTimeOffset now)
    {
        if (Power == UnitPower.Off)
        {
            return 0;
        }

        if (LeftSeconds is not { } said || GoodAt is not { } at)
        {
            return null;
        }

        var left = said / Rate;
        return Draining ? Math.Max(0, left - Math.Max(0, (now - at).TotalSeconds)) : left;
    }
}
