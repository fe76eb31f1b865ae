using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Visits;
using RoomGuard.Service.Visits;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;
using Door = RoomGuard.TestKit.Core.A;

namespace RoomGuard.UnitTests.Service.Visits;

/// <summary>例外の許可 (R-VIS-11): at the desk, and what the order does at the door.</summary>
public sealed class VisitorOverrideDeskTests
{
    [Fact]
    [Requirement("R-VIS-11")]
    public async Task The_zones_manager_alone_orders_one_and_each_refusal_is_recorded()
    {
        await using var rig = await VisitRig.Begin();
        var visit = await rig.Approved();
        var desk = Desk(rig);
        foreach (var person in new[] { Chief, Supervisor, Security, OtherManager, Operator, Audits, Facility, Staff, Contractor, VisitRig.Clerk })
        {
            var refused = await desk.Order(Form(rig, visit), rig.Office.As(person), Never);
            Assert.Equal("R-VIS-11", refused.Refusal?.Rule);
            var noted = Assert.IsType<ActRefused>(Assert.Single(rig.Newest(1)));
            Assert.Equal((visit.Id.Value, person), (noted.About, noted.By));
            Assert.Empty((await desk.Now(rig.Office.As(person), Never)).Choices);
        }

        Assert.Equal(visit.Id, Assert.Single((await desk.Now(rig.Office.As(Manager), Never)).Choices).Visit);
        Assert.True((await desk.Order(Form(rig, visit), rig.Office.As(Manager), Never)).Ok);
        var order = Assert.IsType<VisitorOverrideOrder>(Assert.IsType<RoomOrdered>(Assert.Single(rig.Newest(1))).Order);
        Assert.Equal((A.Room, visit.Id, "訓練に立ち会う", Manager), (order.Zone, order.Visit, order.Reason, order.OrderedBy));
    }

    [Fact]
    [Requirement("R-VIS-11")]
    [Requirement("R-PROF-05")]
    public async Task Who_applied_for_the_visit_does_not_order_one_for_it()
    {
        await using var rig = await VisitRig.Begin();
        var visit = await rig.Approved();
        await rig.Office.Hold(Staff, Role.SystemManager, "情報政策課", "SRV-1");

        var refused = await Desk(rig).Order(Form(rig, visit), rig.Office.As(Staff), Never);

        Assert.Equal(FieldFault.SamePerson, Assert.Single(refused.Problems).Fault);
    }

    [Fact]
    public async Task It_needs_a_reason_and_a_zone_of_the_visit_and_an_end_within_the_visit_and_a_day()
    {
        await using var rig = await VisitRig.Begin();
        var visit = await rig.Approved();
        var longer = await rig.Approved(rig.AMatter() with { Times = [new(rig.Now.AddHours(1), rig.Now.AddHours(30))] });
        var (desk, form) = (Desk(rig), Form(rig, visit));
        await rig.Office.Hold(Manager, Role.SystemManager, "情報政策課", "MED-1");

        await Refused("reason", FieldFault.Required, form with { Reason = " " });
        await Refused("zone", FieldFault.NotAChoice, form with { Zone = new("MED-1") });
        await Refused("visit", FieldFault.Unknown, form with { Visit = new("V-2026-9999") });
        await Refused("until", FieldFault.AlreadyOver, form with { Until = rig.Now });
        await Refused("until", FieldFault.OutOfRange, form with { Until = visit.Until.AddSeconds(1) });
        await Refused("until", FieldFault.OutOfRange, form with { Visit = longer.Id, Until = rig.Now.AddHours(24).AddSeconds(1) });
        Assert.True((await desk.Order(form with { Visit = longer.Id, Until = rig.Now.AddHours(24) }, rig.Office.As(Manager), Never)).Ok);
        Assert.True((await desk.Order(form with { Until = visit.Until }, rig.Office.As(Manager), Never)).Ok);

        rig.Office.Service.Time.Advance(TimeSpan.FromHours(2));
        await Refused("visit", FieldFault.VisitOver, form with { Until = rig.Now.AddMinutes(1) });

        async Task Refused(string field, FieldFault fault, VisitorOverrideForm wrong)
        {
            var problem = Assert.Single((await desk.Order(wrong, rig.Office.As(Manager), Never)).Problems);
            Assert.Equal((field, fault), (problem.Field, problem.Fault));
        }
    }

    [Fact]
    [Requirement("R-VIS-11")]
    public async Task It_stands_until_its_end_or_until_it_is_ended_and_the_visits_story_tells_it()
    {
        await using var rig = await VisitRig.Begin();
        var visit = await rig.Approved();
        var (desk, manager) = (Desk(rig), rig.Office.As(Manager));
        Assert.True((await desk.Order(Form(rig, visit), manager, Never)).Ok);

        var standing = Assert.Single((await desk.Now(manager, Never)).InForce);
        Assert.Equal((visit.Id, A.Room, "訓練に立ち会う", "架空 管治", true), (standing.Visit, standing.Zone, standing.Reason, standing.OrderedBy, standing.MayEnd));
        Assert.Equal("bridge-1", Assert.Single(standing.PendingAt).Value);
        var order = Orders(rig)[^1];
        await rig.Office.Service.Send(rig.Office.Service.Journal.Write(new RoomOrderApplied(rig.Now, rig.Office.Service.Record.Size - 1, order)));
        Assert.Empty(Assert.Single((await desk.Now(manager, Never)).InForce).PendingAt);

        Assert.False((await desk.End(visit.Id, A.Room, "訓練が終わった", rig.Office.As(OtherManager), Never)).Ok);
        Assert.True((await desk.End(visit.Id, A.Room, "訓練が終わった", manager, Never)).Ok);
        Assert.Empty((await desk.Now(manager, Never)).InForce);
        Assert.Equal(FieldFault.NothingToChange, Assert.Single((await desk.End(visit.Id, A.Room, "訓練が終わった", manager, Never)).Problems).Fault);
        Assert.Equal(["訓練に立ち会う", "訓練が終わった"], rig.Of(visit.Id).Story.TakeLast(2).Select(line => line.Text));

        Assert.True((await desk.Order(Form(rig, visit), manager, Never)).Ok);
        rig.Office.Service.Time.Advance(TimeSpan.FromMinutes(90));
        Assert.Empty((await desk.Now(manager, Never)).InForce);
    }

    [Fact]
    [Requirement("R-VIS-11")]
    public async Task The_order_lets_the_visit_in_at_a_door_in_drill_and_locked_down_until_it_is_ended()
    {
        await using var rig = await VisitRig.Begin();
        var visit = await rig.Approved();
        var (desk, manager) = (Desk(rig), rig.Office.As(Manager));
        Assert.True((await desk.Order(Form(rig, visit), manager, Never)).Ok);
        rig.Office.Service.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await desk.End(visit.Id, A.Room, "訓練が終わった", manager, Never)).Ok);
        var (begun, ended) = (Orders(rig)[0], Orders(rig)[1]);
        var pass = Door.Pass(visit: visit.Id.Value);

        foreach (var stopped in new[] { Door.Room().Turns(ZoneMode.Drill), Door.Room().Told(at => new LockdownArrived(at, Door.Lockdown() with { From = at, Except = [new("S-0217")] }, Ended: false)) })
        {
            stopped.Enters(1).HandsOut(pass);
            stopped.Shows(201).IsRefused(stopped.Written.OfType<RoomOrderApplied>().Any(item => item.Order is ZoneModeOrder) ? DenyReason.ZoneNotForVisitors : DenyReason.Lockdown)
                .Ordered(begun).Shows(201).IsGranted().After(seconds: 61).Ordered(ended).Shows(201).Writes<EntryDenied>();
        }
    }

    private static VisitorOverrideDesk Desk(VisitRig rig) => new(rig.Office.Service.Record, rig.Office.Service.Settings, rig.Office.Guard, rig.Office.Service.Turn, rig.Office.Service.Time);

    private static VisitorOverrideForm Form(VisitRig rig, Visit visit) => new(visit.Id, A.Room, rig.Now.AddMinutes(90), "訓練に立ち会う");

    private static List<VisitorOverrideOrder> Orders(VisitRig rig) =>
        [.. rig.Newest((int)Math.Min(40, rig.Office.Service.Record.Size)).OfType<RoomOrdered>().Select(item => item.Order).OfType<VisitorOverrideOrder>()];
}
