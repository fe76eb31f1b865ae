using System.Collections.Immutable;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Power;
using RoomGuard.Core.Record;

namespace RoomGuard.Dashboard.Power;

/// <summary>What the pages of 電源 ask: can we shut down cleanly if mains fail, and what happened when they did?</summary>
public interface IPowerBoard
{
    /// <summary>Units, plans and findings at this moment.</summary>
    Task<PowerBoard> Now(CancellationToken gone);

    /// <summary>Outages, the newest first.</summary>
    Task<ImmutableArray<OutageLine>> Outages(int most, CancellationToken gone);

    /// <summary>The story of one outage; null: there is none by this id.</summary>
    Task<OutageStory?> Outage(string id, CancellationToken gone);
}

/// <summary>The power at one moment.</summary>
/// <param name="At">The service's clock.</param>
/// <param name="Latest">The latest outages, the newest first.</param>
/// <param name="Coming">Planned outages that are not over.</param>
public sealed record PowerBoard(
    DateTimeOffset At,
    ImmutableArray<UnitCard> Units,
    ImmutableArray<PlanCard> Plans,
    ImmutableArray<BackedFinding> Findings,
    ImmutableArray<OutageLine> Latest,
    ImmutableArray<PlannedLine> Coming)
{
    /// <summary>A bridge whose word is older than this is not believed: its units are 不明 (R-PWR-06).</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(15);

    /// <summary>The receivers that a stage may name, as the bridges tell it.</summary>
    public ImmutableArray<string> Webhooks { get; init; } = [];

    /// <summary>The card of a unit; null: no bridge tells of it.</summary>
    public UnitCard? Unit(string ups) => Units.FirstOrDefault(unit => unit.Unit.Ups == ups);
}

/// <summary>A unit with how far it may be believed.</summary>
/// <param name="Age">How old its last believable reading is, by both clocks; null: there never was one.</param>
/// <param name="Fresh">False once its bridge is silent, whatever the bridge last said.</param>
/// <param name="LastTest">Its last self-test; null: none on record.</param>
/// <param name="WaitingCommand">Number of the command that waits for its second person; null: none (R-PWR-10).</param>
public sealed record UnitCard(UnitNow Unit, PanelId Panel, TimeSpan? Age, bool Fresh, BatteryTestLine? LastTest, string? WaitingCommand = null)
{
    /// <summary>不明 (R-PWR-06): it does not answer its bridge, or its bridge does not answer us.</summary>
    public bool IsUnknown => !Fresh || Unit.Lost || Unit.Power == UnitPower.Unknown;

    /// <summary>How long its battery lasts, s; null: unknown.</summary>
    public double? LeftSeconds => IsUnknown ? null : Unit.LeftSeconds;
}

/// <summary>A self-test of a battery (R-PWR-07).</summary>
/// <param name="Passed">Null: the unit did not say.</param>
public sealed record BatteryTestLine(DateTimeOffset At, bool? Passed, double Seconds, double? MinChargePercent);

/// <summary>A plan in force with how it stands.</summary>
/// <param name="Now">As its bridge last told; null: no bridge has told of it yet.</param>
/// <param name="Fresh">False once that bridge is silent: then what it told is old.</param>
/// <param name="Age">How old the bridge's word is; null: none.</param>
/// <param name="Since">When this version was ordered.</param>
/// <param name="OrderedBy">Name of who ordered it.</param>
/// <param name="InForce">False: 未反映, no bridge has said that it has this version.</param>
/// <param name="LastStop">The last time the whole plan ran; null: never.</param>
public sealed record PlanCard(PowerPlan Plan, PlanNow? Now, bool Fresh, TimeSpan? Age, DateTimeOffset Since, string OrderedBy, bool InForce, LastStop? LastStop)
{
    /// <summary>Receivers the plan names and its bridge does not have: whoever waits there is told nothing.</summary>
    public ImmutableArray<string> MissingWebhooks { get; init; } = [];
}

/// <summary>The last time a plan ran to its end.</summary>
public sealed record LastStop(DateTimeOffset At, double Seconds, string OutageId);

/// <summary>What is wrong with what a device is backed by (R-PWR-08).</summary>
public enum BackedFault
{
    /// <summary>Nothing is named that feeds it in an outage.</summary>
    NotBacked,

    /// <summary>What is named is no unit that any bridge knows.</summary>
    UnknownUnit,

    /// <summary>How long its unit lasts is not known.</summary>
    RuntimeUnknown,

    /// <summary>Its unit does not last as long as it must.</summary>
    TooShort,
}

/// <summary>A finding of R-PWR-08, for the 自己点検表.</summary>
/// <param name="LeftSeconds">How long its unit lasts; null: unknown.</param>
public sealed record BackedFinding(string Plan, BackedDevice Device, BackedFault Fault, double? LeftSeconds)
{
    /// <summary>What is wrong with the devices of these plans. Pure.</summary>
    public static ImmutableArray<BackedFinding> Of(IEnumerable<PowerPlan> plans, ImmutableArray<UnitCard> units)
    {
        ArgumentNullException.ThrowIfNull(plans);
        return [.. from plan in plans from device in plan.Backed ?? [] let finding = Of(plan, device, units) where finding is not null select finding];
    }

    private static BackedFinding? Of(PowerPlan plan, BackedDevice device, ImmutableArray<UnitCard> units)
    {
        if (string.IsNullOrEmpty(device.BackedBy))
        {
            return new(plan.Id, device, BackedFault.NotBacked, null);
        }

        if (units.FirstOrDefault(unit => unit.Unit.Ups == device.BackedBy) is not { } unit)
        {
            return new(plan.Id, device, BackedFault.UnknownUnit, null);
        }

        return unit.LeftSeconds is not { } left ? new(plan.Id, device, BackedFault.RuntimeUnknown, null)
            : left < device.MustLastSeconds ? new(plan.Id, device, BackedFault.TooShort, left)
            : null;
    }
}

/// <summary>An outage in one line (R-PWR-02).</summary>
/// <param name="EndedAt">Null: it goes on.</param>
/// <param name="Seconds">How long it lasted, or has lasted so far.</param>
/// <param name="MinChargePercent">The lowest charge; null while the outage goes on, or when no unit told.</param>
/// <param name="StepsTold">Stages that were told to stop in it.</param>
public sealed record OutageLine(
    string Id, string Ups, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, double Seconds, double? MinChargePercent, int Changes, bool Planned, int StepsTold, int StepsTimedOut);

/// <summary>One entry of an outage's story.</summary>
/// <param name="N">Its number in the record.</param>
public sealed record StoryLine(long N, RecordedEvent Event);

/// <summary>An outage from its beginning to what followed from it.</summary>
/// <param name="AtSameTime">Outages of other units that overlap with it.</param>
public sealed record OutageStory(OutageLine Outage, ImmutableArray<StoryLine> Lines, ImmutableArray<OutageLine> AtSameTime);
