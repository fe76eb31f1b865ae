using System.Collections.Immutable;
using RoomGuard.Core.Power;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Power;

namespace RoomGuard.Dashboard.Wallboard;

/// <summary>What is most worth knowing about the power from five metres, the worst last.</summary>
public enum WallPowerState
{
    /// <summary>No bridge tells of a UPS.</summary>
    Nothing,

    /// <summary>間に合う.</summary>
    Enough,

    /// <summary>停止計画なし: nothing would be shut down.</summary>
    NoPlan,

    /// <summary>不明.</summary>
    Unknown,

    /// <summary>不足.</summary>
    Short,

    /// <summary>停電中.</summary>
    Outage,
}

/// <summary>One line of the tile: a plan, or a unit that stands alone.</summary>
/// <param name="Zone">Whose plan it is; null: a unit.</param>
/// <param name="Ups">The unit; null: a plan.</param>
/// <param name="Seconds">Enough: to spare. Short: lacking. Null: not known.</param>
/// <param name="EmptyAt">When the batteries are empty, in an outage; null: not known.</param>
/// <param name="Age">How old the last word is, where it is too old; null: it is new.</param>
/// <param name="IsShort">In an outage: the time left does not suffice.</param>
/// <param name="WasOutage">The last word, now too old, was of an outage.</param>
public sealed record WallPowerLine(
    ZoneId? Zone, string? Ups, WallPowerState State, double? Seconds = null, DateTimeOffset? EmptyAt = null, TimeSpan? Age = null, bool IsShort = false, bool WasOutage = false);

/// <summary>The power's tile. Pure: made of what the page 電源 shows.</summary>
/// <param name="Lines">The worst first.</param>
public sealed record WallPower(WallPowerState State, ImmutableArray<WallPowerLine> Lines)
{
    /// <summary>Whether somebody has to run.</summary>
    public bool IsCritical => State == WallPowerState.Short || Lines.Any(line => line.State == WallPowerState.Outage && line.IsShort);

    /// <summary>What the page 電源 shows, as one tile.</summary>
    public static WallPower Of(PowerBoard board)
    {
        ArgumentNullException.ThrowIfNull(board);
        var lines = board.Plans.Select(plan => Of(plan, board.At)).ToList();

        // A unit of a plan that is unknown with its bridge is told by the plan's own line.
        var told = board.Plans.Zip(lines).Where(item => item.Second.State is WallPowerState.Unknown or WallPowerState.Outage).SelectMany(item => item.First.Plan.Units).ToHashSet();
        var planned = board.Plans.SelectMany(plan => plan.Plan.Units).ToHashSet();
        lines.AddRange(from unit in board.Units where !told.Contains(unit.Unit.Ups) let line = Of(unit, board.At, planned.Contains(unit.Unit.Ups)) where line is not null select line);
        ImmutableArray<WallPowerLine> sorted = [.. lines.OrderByDescending(line => line.State)];
        return new(sorted.IsEmpty ? board.Units.IsEmpty ? WallPowerState.Nothing : WallPowerState.NoPlan : sorted[0].State, sorted);
    }

    private static WallPowerLine Of(PlanCard plan, DateTimeOffset at)
    {
        var line = new WallPowerLine(plan.Plan.Zone, null, WallPowerState.Unknown);
        return plan switch
        {
            { Now: null } => line,
            { Fresh: false, Now: { } old } => line with { Age = plan.Age, WasOutage = old.IsOutage },
            { Now: { IsOutage: true } now } => line with { State = WallPowerState.Outage, EmptyAt = Empty(at, plan.Age, now.Forecast.LeftSeconds), IsShort = now.IsShort || now.Forecast.Enough == false },
            { Now: { IsShort: true } now } => Lacking(line, now.Forecast),
            { Now.Forecast: { Enough: false } forecast } => Lacking(line, forecast),
            { Now.Forecast: { Enough: true } forecast } => line with { State = WallPowerState.Enough, Seconds = forecast.SpareSeconds },
            _ => line,
        };
    }

    private static WallPowerLine? Of(UnitCard unit, DateTimeOffset at, bool planned) => unit switch
    {
        { IsUnknown: true } => new(null, unit.Unit.Ups, WallPowerState.Unknown, Age: unit.Age, WasOutage: unit.Unit.OutageSince is not null),
        { Unit.OutageSince: not null } => new(null, unit.Unit.Ups, WallPowerState.Outage, EmptyAt: Empty(at, null, unit.LeftSeconds)),
        _ => planned ? null : new(null, unit.Unit.Ups, WallPowerState.NoPlan),
    };

    private static WallPowerLine Lacking(WallPowerLine line, PowerForecast forecast) =>
        line with { State = WallPowerState.Short, Seconds = forecast.LeftSeconds is { } left && forecast.ThresholdSeconds > left ? forecast.ThresholdSeconds - left : null };

    private static DateTimeOffset? Empty(DateTimeOffset at, TimeSpan? age, double? left) => left is { } seconds ? at - (age ?? TimeSpan.Zero) + TimeSpan.FromSeconds(seconds) : null;
}
