using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Power;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Power;
using RoomGuard.Service.Power;
using RoomGuard.Service.Record;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Power;

/// <summary>停止計画: who proposes and who approves it, and what reaches the record and the bridges.</summary>
public sealed class PowerPlanDeskTests
{
    private const string Why = "仮想基盤を増やした";

    [Fact]
    [Requirement("R-PWR-04")]
    [Requirement("R-CFG-01")]
    public async Task A_plan_is_proposed_by_the_desk_and_ordered_by_the_manager_of_its_zone_and_by_nobody_else()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        foreach (var person in new[] { Chief, Supervisor, Security, OtherManager, Audits, Facility, Staff, Contractor })
        {
            Assert.NotNull((await desk.Ask(APlan.Usual, 0, Why, rig.As(person), Never)).Refusal);
        }

        var change = (await desk.Ask(APlan.Usual, 0, Why, rig.As(Operator), Never)).Id!;
        Assert.Empty(Ordered(rig));
        foreach (var person in new[] { Chief, Supervisor, Security, OtherManager, Operator, Audits, Facility, Staff, Contractor })
        {
            Assert.NotNull((await desk.Allow(change, rig.As(person), Never)).Refusal);
        }

        Assert.DoesNotContain("room.ordered", rig.Service.Kinds());
        Assert.Equal("srv-1", (await desk.Allow(change, rig.As(Manager), Never)).Id);
        var order = Assert.IsType<PowerPlanOrder>(Ordered(rig).Single().Order);
        Assert.Equal((1, false, Manager, change, Operator), (order.Plan.Version, order.Withdrawn, order.OrderedBy, order.Change, order.AskedBy));
        var line = Assert.Single((await desk.Look(rig.As(Manager), Never)).Lines);
        Assert.Equal((PlanChangeState.Allowed, "架空 操", "架空 管治", Why), (line.State, line.AskedBy, line.ClosedBy, line.Reason));
        Assert.Equal(FieldFault.NothingToChange, Assert.Single((await desk.Allow(change, rig.As(Manager), Never)).Problems).Fault);
    }

    [Fact]
    [Requirement("R-CFG-02")]
    [Requirement("R-PWR-10")]
    public async Task Who_proposed_a_plan_never_approves_it_also_with_both_roles()
    {
        await using var rig = await Begin();
        await rig.Hold(Manager, Role.SystemStaff);
        var desk = DeskOf(rig);
        var change = (await desk.Ask(APlan.Usual, 0, Why, rig.As(Manager), Never)).Id!;

        Assert.Equal("R-CFG-02", (await desk.Allow(change, rig.As(Manager), Never)).Refusal!.Rule);
        Assert.Empty(Ordered(rig));
        Assert.True((await desk.Decline(change, "自分では承認できない", rig.As(Manager), Never)).Ok);
        Assert.Equal(PlanChangeState.Declined, Assert.Single((await desk.Look(rig.As(Manager), Never)).Lines).State);
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public async Task A_plan_that_cannot_be_is_refused_with_every_reason_and_not_recorded()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        var impossible = APlan.Usual with { Margin = 9, UnitsNeeded = 3, Zone = new("NO-1") };

        Assert.Equal(3, (await desk.Try(impossible, Never)).Problems.Length);
        var refused = await desk.Ask(impossible, 0, "", rig.As(Operator), Never);

        Assert.Equal([FieldFault.PlanImpossible, FieldFault.PlanImpossible, FieldFault.PlanImpossible, FieldFault.Required], refused.Problems.Select(problem => problem.Fault));
        Assert.Empty((await desk.Look(rig.As(Operator), Never)).Lines);
    }

    [Fact]
    [Requirement("R-CFG-01")]
    public async Task A_proposal_made_from_a_plan_that_changed_since_is_told_so_and_not_approved()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        await Order(rig, desk, APlan.Usual, 0);

        Assert.Equal(FieldFault.ChangedMeanwhile, Assert.Single((await desk.Ask(APlan.Usual with { Margin = 1.5 }, 0, Why, rig.As(Operator), Never)).Problems).Fault);
        Assert.Equal(FieldFault.NothingToChange, Assert.Single((await desk.Ask(APlan.Usual, 1, Why, rig.As(Operator), Never)).Problems).Fault);
        var late = (await desk.Ask(APlan.Usual with { Margin = 1.3 }, 1, Why, rig.As(Operator), Never)).Id!;
        await Order(rig, desk, APlan.Usual with { Margin = 1.5 }, 1);

        Assert.True((await desk.Look(rig.As(Manager), Never)).Lines.Single(line => line.Id == late).IsStale);
        Assert.Equal(FieldFault.ChangedMeanwhile, Assert.Single((await desk.Allow(late, rig.As(Manager), Never)).Problems).Fault);
        Assert.Equal((2, 1.5), (rig.Service.Ask(PowerPlans).Single().Version, rig.Service.Ask(PowerPlans).Single().Margin));
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public async Task A_plan_is_taken_back_by_two_as_well_and_goes_on_counting_when_it_comes_back()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        await Order(rig, desk, APlan.Usual, 0);
        Assert.NotNull((await desk.AskWithdrawal("srv-1", Why, rig.As(OtherManager), Never)).Refusal);
        Assert.Equal("reason", Assert.Single((await desk.AskWithdrawal("srv-1", " ", rig.As(Operator), Never)).Problems).Field);
        var change = (await desk.AskWithdrawal("srv-1", "機器の撤去", rig.As(Operator), Never)).Id!;
        Assert.Single(rig.Service.Ask(PowerPlans));
        Assert.True((await desk.Allow(change, rig.As(Manager), Never)).Ok);
        Assert.Empty(rig.Service.Ask(PowerPlans));
        Assert.Equal(FieldFault.Unknown, Assert.Single((await desk.AskWithdrawal("srv-1", "機器の撤去", rig.As(Operator), Never)).Problems).Fault);

        await Order(rig, desk, APlan.Usual, 0);
        Assert.Equal(2, rig.Service.Ask(PowerPlans).Single().Version);
    }

    [Fact]
    [Requirement("R-PWR-03")]
    public async Task Trying_a_plan_out_shows_both_forecasts_with_measured_times_and_orders_nothing()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        await Order(rig, desk, APlan.Usual, 0);
        foreach (var seconds in new[] { 60.0, 70, 65 })
        {
            await rig.Write(new HostStopped(rig.Service.Time.GetUtcNow(), A.Room, "ups-1-x", "srv-1", 2, "db-1", seconds));
        }

        var at = rig.Service.Time.GetUtcNow();
        rig.Service.States.Hear(new("bridge-1"), A.State(at) with { Power = new(at, [AUnit.OnMains("ups-1", 1800, at)], []) });
        var trial = await desk.Try(APlan.Usual with { Margin = 2 }, Never);

        // 300 s for the virtual hosts, 70 + 30 s measured for the database instead of 120, 180 s for the storage.
        Assert.Equal((580.0, 580.0), (trial.Today!.NeededSeconds, trial.Then!.NeededSeconds));
        Assert.Equal((1800.0 - 696, 1800.0 - 1160), (trial.Today.BeginsAt, trial.Then.BeginsAt));
        Assert.Single(Ordered(rig));
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public async Task A_plan_that_names_a_receiver_its_bridge_does_not_have_is_told_so_before_it_is_proposed()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        var at = rig.Service.Time.GetUtcNow();
        var plan = APlan.Usual with { Stages = [APlan.Usual.Stages[0] with { Webhook = "vm-cluster" }, .. APlan.Usual.Stages[1..]] };
        bool Says(PlanTrial trial) => trial.Remarks.Any(remark => remark.En.Contains("no webhook \"vm-cluster\"", StringComparison.Ordinal) && remark.Ja.Contains("「vm-cluster」", StringComparison.Ordinal));

        rig.Service.States.Hear(new("bridge-1"), A.State(at) with { Power = new(at, [AUnit.OnMains("ups-1", 1800, at)], []) });
        Assert.True(Says(await desk.Try(plan, Never)));
        Assert.False(Says(await desk.Try(APlan.Usual, Never)));
        rig.Service.States.Hear(new("bridge-1"), A.State(at) with { Power = new(at, [AUnit.OnMains("ups-1", 1800, at)], [], ["vm-cluster"]) });
        Assert.False(Says(await desk.Try(plan, Never)));
        Assert.NotEmpty((await desk.Ask(plan with { Stages = [plan.Stages[0] with { Webhook = "vm cluster" }] }, 0, Why, rig.As(Operator), Never)).Problems);
    }

    private static async Task Order(CaseRig rig, PowerPlanDesk desk, PowerPlan plan, int from)
    {
        var change = (await desk.Ask(plan, from, Why, rig.As(Operator), Never)).Id!;
        Assert.True((await desk.Allow(change, rig.As(Manager), Never)).Ok);
    }

    private static PowerPlanDesk DeskOf(CaseRig rig) => new(
        rig.Service.Record, rig.Service.Settings, new(rig.Service.Record, rig.Service.States, rig.Service.Settings, rig.Service.Time), rig.Guard, rig.Service.Turn, rig.Service.Time);

    private static ImmutableArray<RoomOrdered> Ordered(CaseRig rig) =>
        [.. rig.Service.Record.Read(0, 10_000).Select(entry => RecordViews.ItemOf(entry).Event).OfType<RoomOrdered>()];

    private static ImmutableArray<PowerPlan> PowerPlans(Statements db) => [.. PowerBook.Plans(db).Select(plan => plan.Plan)];
}
