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

/// <summary>停止計画 and 計画停電: who orders them, and what reaches the record.</summary>
public sealed class PowerDeskTests
{
    [Fact]
    [Requirement("R-PWR-04")]
    public async Task A_plan_is_ordered_by_the_manager_of_its_zone_and_by_nobody_else()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        foreach (var person in new[] { Chief, Supervisor, Security, OtherManager, Operator, Audits, Facility, Staff, Contractor })
        {
            Assert.NotNull((await desk.Submit(APlan.Usual, 0, rig.As(person), Never)).Refusal);
        }

        Assert.DoesNotContain("room.ordered", rig.Service.Kinds());
        Assert.True((await desk.Submit(APlan.Usual, 0, rig.As(Manager), Never)).Ok);
        var order = Assert.IsType<PowerPlanOrder>(Ordered(rig).Single().Order);
        Assert.Equal((1, false, Manager), (order.Plan.Version, order.Withdrawn, order.OrderedBy));
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public async Task A_plan_that_cannot_be_is_refused_with_every_reason_and_not_recorded()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        var impossible = APlan.Usual with { Margin = 9, UnitsNeeded = 3, Zone = new("NO-1") };

        Assert.Equal(3, (await desk.Try(impossible, Never)).Problems.Length);
        var refused = await desk.Submit(impossible, 0, rig.As(Manager), Never);

        Assert.Equal(3, refused.Problems.Length);
        Assert.All(refused.Problems, problem => Assert.Equal(FieldFault.PlanImpossible, problem.Fault));
        Assert.Empty(Ordered(rig));
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public async Task A_plan_changed_by_somebody_else_meanwhile_is_not_overwritten_and_one_that_is_the_same_is_not_ordered()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        Assert.True((await desk.Submit(APlan.Usual, 0, rig.As(Manager), Never)).Ok);

        Assert.Equal(FieldFault.ChangedMeanwhile, Assert.Single((await desk.Submit(APlan.Usual with { Margin = 1.5 }, 0, rig.As(Manager), Never)).Problems).Fault);
        Assert.Equal(FieldFault.NothingToChange, Assert.Single((await desk.Submit(APlan.Usual, 1, rig.As(Manager), Never)).Problems).Fault);
        Assert.True((await desk.Submit(APlan.Usual with { Margin = 1.5 }, 1, rig.As(Manager), Never)).Ok);
        Assert.Equal(2, rig.Service.Ask(PowerPlans).Single().Version);
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public async Task A_plan_that_was_withdrawn_goes_on_counting_when_it_comes_back()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        Assert.True((await desk.Submit(APlan.Usual, 0, rig.As(Manager), Never)).Ok);
        Assert.NotNull((await desk.Withdraw("srv-1", rig.As(OtherManager), Never)).Refusal);
        Assert.True((await desk.Withdraw("srv-1", rig.As(Manager), Never)).Ok);
        Assert.Empty(rig.Service.Ask(PowerPlans));
        Assert.Equal(FieldFault.Unknown, Assert.Single((await desk.Withdraw("srv-1", rig.As(Manager), Never)).Problems).Fault);

        Assert.True((await desk.Submit(APlan.Usual, 0, rig.As(Manager), Never)).Ok);
        Assert.Equal(2, rig.Service.Ask(PowerPlans).Single().Version);
    }

    [Fact]
    [Requirement("R-PWR-03")]
    public async Task Trying_a_plan_out_shows_both_forecasts_with_measured_times_and_orders_nothing()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        Assert.True((await desk.Submit(APlan.Usual, 0, rig.As(Manager), Never)).Ok);
        foreach (var seconds in new[] { 60.0, 70, 65 })
        {
            await rig.Write(new HostStopped(rig.Service.Time.GetUtcNow(), A.Room, "ups-1-x", "srv-1", 2, "db-1", seconds));
        }

        Hear(rig, AUnit.OnMains("ups-1", 1800, rig.Service.Time.GetUtcNow()));
        var trial = await desk.Try(APlan.Usual with { Margin = 2 }, Never);

        // 300 s for the virtual hosts, 70 + 30 s measured for the database instead of 120, 180 s for the storage.
        Assert.Equal((580.0, 580.0), (trial.Today!.NeededSeconds, trial.Then!.NeededSeconds));
        Assert.Equal((1800.0 - 696, 1800.0 - 1160), (trial.Today.BeginsAt, trial.Then.BeginsAt));
        Assert.Single(Ordered(rig));
    }

    [Fact]
    [Requirement("R-PWR-09")]
    public async Task A_planned_outage_is_registered_by_one_and_agreed_by_another_before_any_bridge_is_told()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        var form = Form(rig);
        foreach (var person in new[] { Chief, Supervisor, Security, Manager, Operator, Audits, Staff })
        {
            Assert.NotNull((await desk.Register(form, rig.As(person), Never)).Refusal);
        }

        var id = (await desk.Register(form, rig.As(Facility), Never)).Id!;
        Assert.Empty(Ordered(rig));
        Assert.NotNull((await desk.Agree(id, rig.As(Facility), Never)).Refusal);
        Assert.True((await desk.Agree(id, rig.As(Manager), Never)).Ok);

        var order = Assert.IsType<PlannedOutageOrder>(Assert.Single(Ordered(rig)).Order);
        Assert.Equal((Facility, Manager, false), (order.Outage.RegisteredBy, order.Outage.AgreedBy, order.CalledOff));
        Assert.Equal(PlannedState.Agreed, Assert.Single((await desk.Planned(rig.As(Manager), Never)).Lines).State);
        Assert.Equal(FieldFault.NothingToChange, Assert.Single((await desk.Agree(id, rig.As(Manager), Never)).Problems).Fault);
    }

    [Fact]
    [Requirement("R-PWR-09")]
    public async Task Somebody_with_both_roles_does_not_agree_to_what_they_registered()
    {
        await using var rig = await Begin();
        await rig.Hold(Manager, Role.FacilityStaff, "管財課");
        var desk = DeskOf(rig);
        var id = (await desk.Register(Form(rig), rig.As(Manager), Never)).Id!;

        Assert.Equal(FieldFault.SamePerson, Assert.Single((await desk.Agree(id, rig.As(Manager), Never)).Problems).Fault);
        Assert.True((await desk.Agree(id, rig.As(OtherManager), Never)).Ok);
    }

    [Fact]
    [Requirement("R-PWR-09")]
    public async Task A_planned_outage_is_declined_before_it_is_agreed_and_called_off_afterwards()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        var first = (await desk.Register(Form(rig), rig.As(Facility), Never)).Id!;
        Assert.Equal("reason", Assert.Single((await desk.Decline(first, " ", rig.As(Manager), Never)).Problems).Field);
        Assert.NotNull((await desk.Decline(first, "年次処理", rig.As(Staff), Never)).Refusal);
        Assert.True((await desk.Decline(first, "年次処理", rig.As(Manager), Never)).Ok);
        Assert.Empty(Ordered(rig));

        var second = (await desk.Register(Form(rig), rig.As(Facility), Never)).Id!;
        Assert.NotEqual(first, second);
        Assert.True((await desk.Agree(second, rig.As(Manager), Never)).Ok);
        Assert.True((await desk.Decline(second, "業者の都合", rig.As(Facility), Never)).Ok);
        Assert.True(Assert.IsType<PlannedOutageOrder>(Ordered(rig)[^1].Order).CalledOff);
        Assert.Equal([PlannedState.CalledOff, PlannedState.Declined], (await desk.Planned(rig.As(Manager), Never)).Lines.Select(line => line.State));
    }

    [Fact]
    public async Task A_planned_outage_needs_an_end_after_its_beginning_a_reason_and_units_there_are()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        var form = Form(rig);

        Assert.Equal(FieldFault.EndBeforeStart, Assert.Single((await desk.Register(form with { To = form.From }, rig.As(Facility), Never)).Problems).Fault);
        Assert.Equal(FieldFault.OutOfRange, Assert.Single((await desk.Register(form with { To = form.From.AddDays(8) }, rig.As(Facility), Never)).Problems).Fault);
        Assert.Equal(FieldFault.AlreadyOver, Assert.Single((await desk.Register(form with { From = form.From.AddDays(-9), To = form.From.AddDays(-8) }, rig.As(Facility), Never)).Problems).Fault);
        Assert.Equal("reason", Assert.Single((await desk.Register(form with { Reason = "" }, rig.As(Facility), Never)).Problems).Field);
        Assert.Equal(FieldFault.Unknown, Assert.Single((await desk.Register(form with { Units = ["ups-9"] }, rig.As(Facility), Never)).Problems).Fault);
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public async Task A_plan_that_names_a_receiver_its_bridge_does_not_have_is_told_so_before_it_is_ordered()
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
        Assert.NotEmpty((await desk.Submit(plan with { Stages = [plan.Stages[0] with { Webhook = "vm cluster" }] }, 0, rig.As(Manager), Never)).Problems);
    }

    private static PowerDesk DeskOf(CaseRig rig) =>
        new(rig.Service.Record, rig.Service.Settings, NewsOf(rig), rig.Guard, rig.Service.Turn, rig.Service.Time);

    private static PowerNews NewsOf(CaseRig rig) => new(rig.Service.Record, rig.Service.States, rig.Service.Settings, rig.Service.Time);

    private static void Hear(CaseRig rig, UnitNow unit) => rig.Service.States.Hear(
        new("bridge-1"), A.State(rig.Service.Time.GetUtcNow()) with { Power = new(rig.Service.Time.GetUtcNow(), [unit], []) });

    private static PlannedForm Form(CaseRig rig) =>
        new(rig.Service.Time.GetUtcNow().AddDays(1), rig.Service.Time.GetUtcNow().AddDays(1).AddHours(3), [], "受変電設備の点検");

    private static ImmutableArray<RoomOrdered> Ordered(CaseRig rig) =>
        [.. rig.Service.Record.Read(0, 10_000).Select(entry => RecordViews.ItemOf(entry).Event).OfType<RoomOrdered>()];

    private static ImmutableArray<PowerPlan> PowerPlans(Statements db) => [.. PowerBook.Plans(db).Select(plan => plan.Plan)];
}
