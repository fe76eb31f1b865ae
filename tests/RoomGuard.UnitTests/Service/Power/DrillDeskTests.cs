using RoomGuard.Core.Doors;
using RoomGuard.Core.Power;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Service.Power;
using RoomGuard.Service.Record;
using RoomGuard.TestKit.Core;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Power;

/// <summary>訓練: who holds one, what it begins with, what stays of it, and that nobody hears of it.</summary>
public sealed class DrillDeskTests
{
    [Fact]
    public async Task A_drill_is_held_by_the_manager_of_the_zone_and_by_nobody_else()
    {
        await using var rig = await WithThePlan();
        var desk = DeskOf(rig);
        Hear(rig);
        foreach (var person in new[] { Chief, Supervisor, Security, OtherManager, Operator, Audits, Facility, Staff, Contractor })
        {
            Assert.NotNull((await desk.Hold("srv-1", rig.As(person), Never)).Refusal);
        }

        Assert.Empty(await desk.Held("srv-1", 10, Never));
        Assert.True((await desk.Hold("srv-1", rig.As(Manager), Never)).Ok);
        Assert.Equal(FieldFault.Unknown, Assert.Single((await desk.Hold("no-1", rig.As(Manager), Never)).Problems).Fault);
    }

    [Fact]
    public async Task A_drill_is_recorded_with_what_it_began_with_and_how_each_stage_would_have_gone()
    {
        await using var rig = await WithThePlan();
        foreach (var seconds in new[] { 60.0, 70, 65 })
        {
            await rig.Write(new HostStopped(rig.Service.Time.GetUtcNow(), A.Room, "ups-1-x", "srv-1", 2, "db-1", seconds));
        }

        Hear(rig, left: 1000);
        rig.Service.Time.Advance(TimeSpan.FromSeconds(4));
        var done = await DeskOf(rig).Hold("srv-1", rig.As(Manager), Never);

        var line = Assert.Single(await DeskOf(rig).Held("srv-1", 10, Never));
        var drill = line.Drill;
        Assert.Equal((done.Id, "架空 管治", Manager), ($"{line.N}", line.By, drill.By));
        Assert.Equal(("srv-1", 1, "SRV-1", 1000.0, 580.0, 1.2), (drill.Plan, drill.PlanVersion, drill.Zone.Value, drill.LeftSeconds, drill.NeededSeconds, drill.Margin));

        // The unit was read two seconds before its bridge told of it, and that was four seconds ago.
        Assert.Equal(("ups-1", 1000.0, (double?)100, 6.0), (drill.Units[0].Ups, drill.Units[0].LeftSeconds, drill.Units[0].ChargePercent, drill.Units[0].AgeSeconds));
        Assert.Equal([(1, "stage-1", 304.0, false), (2, "stage-2", 664.0, true), (3, "stage-3", 784.0, false)], drill.Stages.Select(stage => (stage.StepNo, stage.Target, stage.ToldAfterSeconds, stage.Measured)));
        Assert.Equal(("vm-1", "vm-2"), (Assert.Single(drill.Stages[0].LoggedIn), Assert.Single(drill.Stages[0].Away)));
        Assert.Equal((true, 36.0), (drill.InTime, drill.SpareSeconds));
    }

    [Fact]
    public async Task A_drill_with_too_little_in_the_battery_says_by_how_much_it_is_short()
    {
        await using var rig = await WithThePlan();
        Hear(rig, left: 250);
        Assert.True((await DeskOf(rig).Hold("srv-1", rig.As(Manager), Never)).Ok);

        var drill = Assert.Single(await DeskOf(rig).Held("srv-1", 10, Never)).Drill;
        Assert.False(drill.InTime);
        Assert.Equal(-50, drill.SpareSeconds);
    }

    [Fact]
    public async Task A_drill_needs_fresh_readings_the_plan_in_force_and_no_real_outage()
    {
        await using var rig = await WithThePlan();
        Assert.Equal((FieldFault.DrillWithoutWord, null), await Refused(rig));

        Hear(rig, version: 7);
        Assert.Equal((FieldFault.DrillNotInForce, "1"), await Refused(rig));
        Hear(rig, unit => unit with { Lost = true });
        Assert.Equal((FieldFault.DrillUnitUnknown, "ups-1"), await Refused(rig));
        Hear(rig, unit => unit with { LeftSeconds = null });
        Assert.Equal((FieldFault.DrillRuntimeUnknown, "ups-1"), await Refused(rig));
        Hear(rig, unit => unit with { Power = UnitPower.Battery });
        Assert.Equal((FieldFault.DrillInOutage, null), await Refused(rig));
        Hear(rig, told: 12);
        Assert.Equal((FieldFault.DrillInOutage, null), await Refused(rig));

        Hear(rig);
        rig.Service.Time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal((FieldFault.DrillWithoutWord, null), await Refused(rig));
        Assert.DoesNotContain("power.drill-held", rig.Service.Kinds());
    }

    [Fact]
    public async Task A_drill_leaves_one_entry_and_no_order_and_at_the_nut_server_nobody_is_told()
    {
        await using var rig = await WithThePlan();
        var bridge = new PowerStory(rig.Service.Time.GetUtcNow()).Mains().After(60).Has(APlan.Usual).LoggedIn("stage-1", "vm-1").After(60);
        Hear(rig);
        var before = rig.Service.Record.Read(0, 10_000).Length;
        Assert.True((await DeskOf(rig).Hold("srv-1", rig.As(Manager), Never)).Ok);

        var since = rig.Service.Record.Read(0, 10_000).Skip(before).Select(entry => RecordViews.ItemOf(entry).Event!).ToArray();
        var drill = Assert.IsType<DrillHeld>(Assert.Single(since));

        // What the office recorded is all that can reach a bridge, and only orders do.
        Assert.Empty(since.OfType<RoomOrdered>());
        Assert.NotEmpty(drill.Stages);
        bridge.After(3600).Tells().WritesNothing();
        Assert.Empty(bridge.Control.Plans[0].Told);
    }

    [Fact]
    public async Task Drills_outlive_the_rebuilding_of_the_views()
    {
        await using var rig = await WithThePlan();
        Hear(rig);
        Assert.True((await DeskOf(rig).Hold("srv-1", rig.As(Manager), Never)).Ok);
        rig.Service.Time.Advance(TimeSpan.FromMinutes(1));
        Hear(rig, left: 250);
        Assert.True((await DeskOf(rig).Hold("srv-1", rig.As(Manager), Never)).Ok);

        var held = await DeskOf(rig).Held("srv-1", 10, Never);
        Assert.Equal([false, true], held.Select(line => line.Drill.InTime));
        Assert.Single(await DeskOf(rig).Held("srv-1", 1, Never));
        Assert.Empty(await DeskOf(rig).Held("bk-1", 10, Never));
    }

    private static async Task<CaseRig> WithThePlan()
    {
        var rig = await Begin();
        await rig.Write(new RoomOrdered(rig.Service.Time.GetUtcNow(), new PowerPlanOrder(APlan.Usual, Withdrawn: false, Manager), Manager));
        return rig;
    }

    private static async Task<(FieldFault Fault, string? Value)> Refused(CaseRig rig)
    {
        var problem = Assert.Single((await DeskOf(rig).Hold("srv-1", rig.As(Manager), Never)).Problems);
        return (problem.Fault, problem.Value);
    }

    private static DrillDesk DeskOf(CaseRig rig) => new(
        rig.Service.Record, new PowerNews(rig.Service.Record, rig.Service.States, rig.Service.Settings, rig.Service.Time), rig.Guard, rig.Service.Turn, rig.Service.Time);

    private static void Hear(CaseRig rig, double left) => Hear(rig, unit => unit with { LeftSeconds = left });

    // The bridge tells of a unit it has read two seconds before, and of its plan: one of two virtual hosts is logged in.
    private static void Hear(CaseRig rig, Func<UnitNow, UnitNow>? unit = null, int version = 1, double? told = null)
    {
        var at = rig.Service.Time.GetUtcNow();
        var now = AUnit.OnMains("ups-1", 2280, at.AddSeconds(-2));
        PlanNow plan = new(
            "srv-1", version, IsOutage: false, null, IsShort: false, PowerForecast.Of(APlan.Usual, new(new()), 2280),
            [.. APlan.Usual.Stages.Select(stage => new StageNow(stage.Name, told, null, [stage.Hosts[0].User], []))]);
        rig.Service.States.Hear(new("bridge-1"), A.State(at) with { Power = new(at, [unit?.Invoke(now) ?? now], [plan]) });
    }
}
