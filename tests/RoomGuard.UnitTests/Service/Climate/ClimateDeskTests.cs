using RoomGuard.Core.Climate;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Readings;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Climate;
using RoomGuard.Service.Climate;
using RoomGuard.Service.Readings;
using RoomGuard.Service.Record;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Climate;

/// <summary>What people do about the climate, and what reaches the record.</summary>
public sealed class ClimateDeskTests : IAsyncLifetime
{
    private static readonly LimitSet Wider = new(Measure.Temperature, 16, 29, 15, 32, 1, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));
    private CaseRig rig = null!;
    private ReadingsStore store = null!;
    private ClimateStory room = null!;
    private ClimateNews news = null!;
    private ClimateDesk desk = null!;

    public async Task InitializeAsync()
    {
        rig = await Begin();
        store = new(rig.Service.Folders.Readings, new(), rig.Service.Settings.TimeZone, rig.Service.Time.GetUtcNow());
        room = new ClimateStory(rig.Service.Time.GetUtcNow().AddMinutes(-10)).Calm().Goes(600);
        news = new(rig.Service.States, rig.Service.Settings, rig.Service.Time);
        desk = new(rig.Service.Record, news, new TrendBook(store, rig.Service.Record, rig.Service.Time), rig.Guard, rig.Service.Turn, rig.Service.Time);
        Hear();
    }

    public async Task DisposeAsync()
    {
        store.Dispose();
        await rig.DisposeAsync();
    }

    [Fact]
    [Requirement("R-ENV-05")]
    public void A_bridge_that_is_silent_makes_all_its_sensors_unknown_whatever_it_said_last()
    {
        Assert.Equal(ClimateState.Normal, news.Board().Sensor("inlet-1")!.State);
        Assert.NotEmpty(news.Board().Sensor("inlet-1")!.Limits);
        rig.Service.Time.Advance(TimeSpan.FromSeconds(20));

        Assert.All(news.Board().Sensors, card => Assert.Equal(ClimateState.Unknown, card.State));
        Assert.All(news.Board().Zones, card => Assert.Equal(ClimateState.Unknown, card.State));
        Assert.InRange(news.Board().Sensor("inlet-1")!.Age!.Value, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(81));
        Assert.Null(news.Board().Zones[0].StateOf(new(SensingFactor.Dust, null, [], "前室で除塵しているため")));
    }

    [Fact]
    [Requirement("R-ENV-04")]
    public async Task After_a_quake_racks_are_ticked_off_by_who_looked_and_nobody_ticks_what_is_not_there()
    {
        _ = room.Says("quake-1", (Quantity.SeismicIntensity, 4.1)).Says("quake-2", (Quantity.SeismicIntensity, 4.2)).Goes(5);
        Hear();
        var quake = news.Board().Conditions.Single(card => card.Condition.Rule is ClimateRule.Quake).Condition;
        Assert.Equal(["R01", "R02"], quake.Open.AsEnumerable());

        Assert.NotNull((await desk.Confirm(quake.Condition, ["R01"], "転倒なし", rig.As(Staff), Never)).Refusal);
        Assert.Equal("note", Assert.Single((await desk.Confirm(quake.Condition, ["R01"], "", rig.As(Operator), Never)).Problems).Field);
        Assert.Equal(FieldFault.Required, Assert.Single((await desk.Confirm(quake.Condition, [], "転倒なし", rig.As(Operator), Never)).Problems).Fault);
        Assert.Equal(FieldFault.Unknown, Assert.Single((await desk.Confirm(quake.Condition, ["R09"], "転倒なし", rig.As(Operator), Never)).Problems).Fault);
        Assert.Equal(FieldFault.NothingWaits, Assert.Single((await desk.Confirm("Quake/ELSE", ["R01"], "転倒なし", rig.As(Operator), Never)).Problems).Fault);
        Assert.Empty(Ordered());

        _ = room.Goes(90);
        Hear();
        Assert.True((await desk.Confirm(quake.Condition, ["R01"], "転倒なし", rig.As(Operator), Never)).Ok);
        _ = room.Ordered(Assert.IsType<ClimateConfirmOrder>(Ordered().Single()));
        Hear();
        Assert.Equal(["R02"], news.Board().Condition(quake.Condition)!.Condition.Open.AsEnumerable());
    }

    [Fact]
    public async Task A_sensor_is_in_service_with_an_end_and_one_for_smoke_not_as_long()
    {
        var now = rig.Service.Time.GetUtcNow();
        Assert.Equal(FieldFault.AlreadyOver, Fault(await desk.Serve("inlet-1", now, "校正", rig.As(Operator), Never)));
        Assert.Equal(FieldFault.OutOfRange, Fault(await desk.Serve("inlet-1", now.AddHours(25), "校正", rig.As(Operator), Never)));
        Assert.Equal(FieldFault.OutOfRange, Fault(await desk.Serve("smoke-1", now.AddHours(5), "試験", rig.As(Operator), Never)));
        Assert.Equal(FieldFault.Unknown, Fault(await desk.Serve("inlet-99", now.AddHours(1), "校正", rig.As(Operator), Never)));
        Assert.NotNull((await desk.Serve("inlet-1", now.AddHours(1), "校正", rig.As(Security), Never)).Refusal);
        Assert.Equal(FieldFault.NothingToChange, Fault(await desk.EndService("inlet-1", "済み", rig.As(Operator), Never)));

        Assert.True((await desk.Serve("inlet-1", now.AddHours(5), "校正", rig.As(Operator), Never)).Ok);
        _ = room.Ordered(Ordered().Single());
        Hear();
        Assert.NotNull(news.Board().Sensor("inlet-1")!.Sensor.ServiceUntil);
        Assert.True((await desk.EndService("inlet-1", "済み", rig.As(Facility), Never)).Ok);
        Assert.True(Assert.IsType<SensorServiceOrder>(Ordered()[^1]).Ended);
    }

    [Fact]
    [Requirement("R-ENV-02")]
    [Requirement("R-CFG-02")]
    public async Task Limits_are_proposed_by_one_and_approved_by_another_who_answers_for_the_zone()
    {
        var form = new LimitsForm(AClimate.ServerRoom, "inlet-1", Measure.Temperature, Wider, "夏季は注意が多い");
        Assert.NotNull((await desk.Ask(form, rig.As(Security), Never)).Refusal);
        var id = (await desk.Ask(form, rig.As(Manager), Never)).Id!;
        Assert.Equal("CL-0001", id);
        Assert.Empty(Ordered());

        Assert.Equal(FieldFault.SamePerson, Fault(await desk.Allow(id, rig.As(Manager), Never)));
        foreach (var person in new[] { Operator, Facility, OtherManager, Supervisor, Audits })
        {
            Assert.NotNull((await desk.Allow(id, rig.As(person), Never)).Refusal);
        }

        Assert.Equal(FieldFault.Unknown, Fault(await desk.Allow("CL-0009", rig.As(Manager), Never)));
        var second = (await desk.Ask(form, rig.As(Operator), Never)).Id!;
        Assert.True((await desk.Allow(second, rig.As(Manager), Never)).Ok);
        var order = Assert.IsType<ClimateLimitsOrder>(Ordered().Single());
        Assert.Equal((second, Wider, Operator, Manager), (order.Change, order.Limits, order.AskedBy, order.By));
        Assert.Equal(FieldFault.NothingToChange, Fault(await desk.Allow(second, rig.As(Manager), Never)));
        Assert.True((await desk.Decline(id, "一本にまとめる", rig.As(Manager), Never)).Ok);
        Assert.Equal([LimitsState.Agreed, LimitsState.Declined], (await desk.Limits(rig.As(Audits), Never)).Lines.Select(line => line.State));

        // In force at the bridge, the same again changes nothing.
        _ = room.Ordered(order);
        Hear();
        Assert.Equal(Wider, news.Board().Sensor("inlet-1")!.Limits.Single(limits => limits.Measure is Measure.Temperature));
        Assert.Equal(FieldFault.NothingToChange, Fault(await desk.Ask(form, rig.As(Operator), Never)));
    }

    [Fact]
    public async Task Whoever_proposed_takes_back_and_who_neither_proposed_nor_approves_does_not()
    {
        var id = (await desk.Ask(new(AClimate.ServerRoom, null, Measure.Temperature, Wider, "夏季"), rig.As(Facility), Never)).Id!;
        Assert.NotNull((await desk.Decline(id, "やめる", rig.As(Operator), Never)).Refusal);
        Assert.Equal("reason", Assert.Single((await desk.Decline(id, "", rig.As(Facility), Never)).Problems).Field);
        Assert.True((await desk.Decline(id, "やめる", rig.As(Facility), Never)).Ok);
        Assert.Equal(FieldFault.NothingToChange, Fault(await desk.Decline(id, "やめる", rig.As(Facility), Never)));
        Assert.Equal(FieldFault.Unknown, Fault(await desk.Ask(new(new("ELSE-1"), null, Measure.Temperature, Wider, "夏季"), rig.As(Facility), Never)));
        Assert.Equal(FieldFault.Unknown, Fault(await desk.Ask(new(AClimate.ServerRoom, "leak-1", Measure.Temperature, Wider, "夏季"), rig.As(Facility), Never)));
        Assert.Equal(FieldFault.LimitsImpossible, Fault(await desk.Ask(new(AClimate.ServerRoom, null, Measure.Temperature, Wider with { WarningHigh = 50 }, "夏季"), rig.As(Facility), Never)));
    }

    [Fact]
    [Requirement("R-ENV-02")]
    public async Task How_often_it_would_have_been_is_counted_over_what_was_measured_and_kept_with_the_proposal()
    {
        var now = rig.Service.Time.GetUtcNow();
        _ = store.Add(
            Enumerable.Range(0, 2 * 24 * 60).Select(minute => new ReadingSample(ClimateTrends.SeriesOf("inlet-1"), nameof(Quantity.Temperature), now.AddMinutes(minute - (2 * 24 * 60)), minute % 240 < 15 ? 27.6 : 24.1)), now);
        var form = new LimitsForm(AClimate.ServerRoom, null, Measure.Temperature, Wider, "夏季");
        var trial = await desk.Try(form, Never);
        var one = trial.Sensors.Single(sensor => sensor.Sensor == "inlet-1");

        Assert.Equal((12, 0), (one.Today!.Alarms.Length, one.Then!.Alarms.Length));
        Assert.Equal(0, trial.Sensors.Single(sensor => sensor.Sensor == "inlet-2").Then!.Readings);
        Assert.Equal((12, (int?)0), (trial.Today, trial.Then));
        Assert.Empty((await desk.Try(form with { Measure = Measure.Battery, Limits = Wider with { Measure = Measure.Battery } }, Never)).Sensors);

        var id = (await desk.Ask(form with { Limits = Wider with { WarningHigh = 27 } }, rig.As(Operator), Never)).Id;
        Assert.Equal(12, (await desk.Limits(rig.As(Manager), Never)).Lines.Single(line => line.Id == id).Rehearsed);
        Assert.NotEmpty((await desk.Try(form with { Limits = Wider with { WarningHigh = 99 } }, Never)).Problems);
    }

    private static FieldFault Fault(ActResult done) => Assert.Single(done.Problems).Fault;

    private void Hear() => rig.Service.States.Hear(new("bridge-1"), A.State(rig.Service.Time.GetUtcNow()) with { Climate = room.Control.Now() });

    private RoomOrder[] Ordered() => [.. Enumerable.Range(0, (int)rig.Service.Record.Size).Select(n => RecordViews.ItemOf(rig.Service.Record.Read(n, 1)[0]).Event).OfType<RoomOrdered>().Select(item => item.Order)];
}
