using RoomGuard.Core.Climate;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Panels;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Climate;
using RoomGuard.Service.Climate;
using RoomGuard.Service.Record;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Climate;

/// <summary>Who senses what: by whom it is changed, what is refused, and what reaches the record.</summary>
public sealed class SensingDeskTests : IAsyncLifetime
{
    private static readonly PanelId Bridge = new("bridge-1");
    private static readonly StrangerNow Stranger = new(
        "lan", "rack/R04", A.MondayNine, 3, null, "Example TH-1", "{}", null,
        [new("zigbee2mqtt", "rack-r04", [Quantity.Temperature, Quantity.RelativeHumidity], ["lan/zigbee2mqtt", "lan"], "{\"id\":\"rack-r04\"}")]);

    private static readonly EnrolForm Form = new(
        Bridge, "lan", "rack/R04", "zigbee2mqtt", "inlet-4", AClimate.ServerRoom, SensorSpot.Inlet, "R04 給気", "R04 inlet", [Quantity.Temperature], "R02", null, [(Quantity.Temperature, -0.3)], "基準温度計 7号");

    private CaseRig rig = null!;
    private ClimateStory room = null!;
    private ClimateNews news = null!;
    private SensingDesk desk = null!;

    public async Task InitializeAsync()
    {
        rig = await Begin();
        room = new ClimateStory(rig.Service.Time.GetUtcNow().AddMinutes(-10)).Calm().Goes(600);
        news = new(rig.Service.States, rig.Service.Settings, rig.Service.Time);
        desk = new(rig.Service.Record, news, rig.Service.Settings, rig.Guard, rig.Service.Turn, rig.Service.Time);
        Hear();
    }

    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    [Requirement("R-NET-01")]
    public async Task A_sensor_is_enrolled_by_who_keeps_the_plan_as_its_bridge_offered_it_and_taken_out_with_a_reason()
    {
        foreach (var person in new[] { Staff, Operator, Security, Supervisor, OtherManager, Audits })
        {
            Assert.NotNull((await desk.Enrol(Form, rig.As(person), Never)).Refusal);
        }

        Assert.True((await desk.Enrol(Form, rig.As(Facility), Never)).Ok);
        var order = Assert.IsType<SensorEnrolOrder>(Ordered().Single());
        Assert.Equal((Bridge, "inlet-4", "zigbee2mqtt", Facility), (order.Panel, order.Place.Id, order.Wiring.Model, order.By));
        Assert.Equal(["lan/zigbee2mqtt", "lan"], order.Place.Through!.Value.AsEnumerable());
        Assert.Equal((-0.3, "基準温度計 7号", Facility), (order.Place.Calibrations!.Value[0].Offset, order.Place.Calibrations.Value[0].Reference, order.Place.Calibrations.Value[0].By));
        Assert.Equal(SensingState.Ordered, Assert.Single((await desk.Look(rig.As(Facility), Never)).Enrolments).State);
        Assert.Equal(FieldFault.AlreadyExists, Fault(await desk.Enrol(Form, rig.As(Manager), Never)));
        Assert.Equal(FieldFault.Unknown, Fault(await desk.TakeOut("inlet-4", "交換", rig.As(Manager), Never)));

        _ = room.Ordered(order);
        Hear();
        Assert.NotNull((await desk.TakeOut("inlet-4", "交換", rig.As(Operator), Never)).Refusal);
        Assert.Equal("reason", Assert.Single((await desk.TakeOut("inlet-4", "", rig.As(Manager), Never)).Problems).Field);
        Assert.Equal(FieldFault.KeptInSettings, Fault(await desk.TakeOut("inlet-1", "交換", rig.As(Manager), Never)));
        Assert.True((await desk.TakeOut("inlet-4", "交換", rig.As(Manager), Never)).Ok);
        Assert.True(Assert.IsType<SensorEnrolOrder>(Ordered()[^1]) is { Ended: true, Reason: "交換", By: Manager });
        Assert.Equal(FieldFault.NothingToChange, Fault(await desk.TakeOut("inlet-4", "交換", rig.As(Manager), Never)));
    }

    [Fact]
    [Requirement("R-NET-01")]
    public async Task What_nobody_offered_and_what_cannot_be_is_refused_at_its_field()
    {
        Assert.Equal(("model", FieldFault.Unknown), Problem(await desk.Enrol(Form with { Sender = "else" }, rig.As(Manager), Never)));
        Assert.Equal(("model", FieldFault.Unknown), Problem(await desk.Enrol(Form with { Model = "plain" }, rig.As(Manager), Never)));
        Assert.Equal(("zone", FieldFault.Unknown), Problem(await desk.Enrol(Form with { Zone = new("ELSE-1") }, rig.As(Manager), Never)));
        Assert.Equal(("id", FieldFault.AlreadyExists), Problem(await desk.Enrol(Form with { Id = "inlet-1" }, rig.As(Manager), Never)));
        Assert.Equal(("measures", FieldFault.Required), Problem(await desk.Enrol(Form with { Measures = [], Offsets = [] }, rig.As(Manager), Never)));
        Assert.Equal(("measures", FieldFault.NotAChoice), Problem(await desk.Enrol(Form with { Measures = [Quantity.Smoke], Offsets = [] }, rig.As(Manager), Never)));
        Assert.Equal(("plan", FieldFault.Unknown), Problem(await desk.Enrol(Form with { On = new("F9", 1, 1) }, rig.As(Manager), Never)));
        Assert.Equal(("offset-Temperature", FieldFault.OutOfRange), Problem(await desk.Enrol(Form with { Offsets = [(Quantity.Temperature, 80)] }, rig.As(Manager), Never)));
        Assert.Empty(Ordered());
    }

    [Fact]
    [Requirement("R-ENV-01")]
    [Requirement("R-CFG-02")]
    public async Task A_plan_is_proposed_by_one_and_approved_by_another_who_answers_for_the_zone()
    {
        var form = Plan(new FactorChoice(SensingFactor.Vibration, ["quake-1", "quake-2"], "隣室で測るため"));
        Assert.NotNull((await desk.Ask(form, rig.As(Security), Never)).Refusal);
        var id = (await desk.Ask(form, rig.As(Facility), Never)).Id!;
        Assert.Equal("SP-0001", id);
        Assert.Empty(Ordered());
        foreach (var person in new[] { Operator, Facility, OtherManager, Supervisor, Audits })
        {
            Assert.NotNull((await desk.Allow(id, rig.As(person), Never)).Refusal);
        }

        var own = (await desk.Ask(form, rig.As(Manager), Never)).Id!;
        Assert.Equal(FieldFault.SamePerson, Fault(await desk.Allow(own, rig.As(Manager), Never)));
        Assert.True((await desk.Decline(own, "一本にまとめる", rig.As(Manager), Never)).Ok);
        Assert.True((await desk.Allow(id, rig.As(Manager), Never)).Ok);
        Assert.Equal(FieldFault.NothingToChange, Fault(await desk.Allow(id, rig.As(Manager), Never)));

        var order = Assert.IsType<SensingPlanOrder>(Ordered().Single());
        Assert.Equal((Facility, Manager), (order.AskedBy, order.By));
        _ = room.Ordered(order);
        Hear();
        var factor = news.Board().Zone("SRV-1")!.Zone.Factors.Single(one => one.Factor is SensingFactor.Vibration);
        Assert.Equal((null, "隣室で測るため"), (factor.State, factor.NotSensedReason));
        Assert.Equal(FieldFault.NothingToChange, Fault(await desk.Ask(form, rig.As(Facility), Never)));
    }

    [Fact]
    [Requirement("R-ENV-01")]
    public async Task A_factor_nobody_senses_needs_a_reason()
    {
        Assert.Equal(("why-Water", FieldFault.Required), Problem(await desk.Ask(Plan(new FactorChoice(SensingFactor.Water, ["leak-1"], null)), rig.As(Facility), Never)));
        Assert.Equal(("reason", FieldFault.NothingToChange), Problem(await desk.Ask(Plan(), rig.As(Facility), Never)));
        Assert.Equal(("zone", FieldFault.Unknown), Problem(await desk.Ask(Plan() with { Zone = new("ELSE-1") }, rig.As(Facility), Never)));
    }

    private static PlanForm Plan(params FactorChoice[] choices) => new(
        AClimate.ServerRoom, [.. Enum.GetValues<SensingFactor>().Select(factor => choices.FirstOrDefault(one => one.Factor == factor) ?? new(factor, [], factor is SensingFactor.Dust ? "前室で除塵しているため" : null))], "見直し");

    private static FieldFault Fault(ActResult done) => Assert.Single(done.Problems).Fault;

    private static (string, FieldFault) Problem(ActResult done) => (Assert.Single(done.Problems).Field, done.Problems[0].Fault);

    private void Hear() => rig.Service.States.Hear(Bridge, A.State(rig.Service.Time.GetUtcNow()) with { Climate = room.Control.Now(), Strangers = [Stranger] });

    private RoomOrder[] Ordered() => [.. Enumerable.Range(0, (int)rig.Service.Record.Size).Select(n => RecordViews.ItemOf(rig.Service.Record.Read(n, 1)[0]).Event).OfType<RoomOrdered>().Select(item => item.Order)];
}
