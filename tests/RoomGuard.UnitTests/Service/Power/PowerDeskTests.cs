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

/// <summary>計画停電: who orders it, and what reaches the record.</summary>
public sealed class PowerDeskTests
{
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

    private static PowerDesk DeskOf(CaseRig rig) =>
        new(rig.Service.Record, NewsOf(rig), rig.Guard, rig.Service.Turn, rig.Service.Time);

    private static PowerNews NewsOf(CaseRig rig) => new(rig.Service.Record, rig.Service.States, rig.Service.Settings, rig.Service.Time);

    private static PlannedForm Form(CaseRig rig) =>
        new(rig.Service.Time.GetUtcNow().AddDays(1), rig.Service.Time.GetUtcNow().AddDays(1).AddHours(3), [], "受変電設備の点検");

    private static ImmutableArray<RoomOrdered> Ordered(CaseRig rig) =>
        [.. rig.Service.Record.Read(0, 10_000).Select(entry => RecordViews.ItemOf(entry).Event).OfType<RoomOrdered>()];
}
