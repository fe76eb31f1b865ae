using System.Text.Json;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Record;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Core.Climate;

/// <summary>Sensors enrolled by order of the office, and the sensing plan changed by order.</summary>
public class EnrolmentTests
{
    private const string Reason = "前室で除塵しているため";
    private static readonly SensorPlace Dust = AClimate.Sensor("dust-1", SensorSpot.Room, TimeSpan.FromMinutes(1), Quantity.Pm10) with { Through = ["lan"] };
    private static readonly SensorPlace Water = AClimate.Sensor("leak-9", SensorSpot.Structure, TimeSpan.FromHours(1), Quantity.Leak);

    private readonly ClimateStory room = new ClimateStory(A.MondayNine, settings: new() { Panel = new("bridge-1"), Misfit = order => order.Wiring.Model == "unknown" ? "there is no such model" : null }).Calm().Goes(60);

    [Fact]
    [Requirement("R-NET-01")]
    public void A_sensor_counts_from_its_enrolment_on_and_not_before_and_through_a_restart()
    {
        room.Says("leak-9", (Quantity.Leak, 1)).After(10).Raises();
        Assert.DoesNotContain(room.Control.Now().Sensors, one => one.Sensor == "leak-9");

        room.After(0).Ordered(Enrol(Water)).Writes<SensorEnrolled>(one => one is { Sensor: "leak-9", Ended: false, By: "S-0102" }).Says("leak-9", (Quantity.Leak, 1)).Raises("Leak/leak-9");
        Assert.Equal(["leak-9"], room.HeardBesides.AsEnumerable());
        Assert.Equal("S-0102", room.Control.Now().Sensors.Single(one => one.Sensor == "leak-9").EnrolledBy);

        room.Restarts(30).Stand("Leak/leak-9");
        Assert.Equal(["leak-9"], room.HeardBesides.AsEnumerable());
        room.Says("leak-9", (Quantity.Leak, 0)).After(120).Confirms("Leak/leak-9").Stand();
    }

    [Fact]
    [Requirement("R-ENV-05")]
    public void Whoever_was_enrolled_and_never_speaks_is_missed() =>
        room.After(0).Ordered(Enrol(Dust)).Goes(300).Raises("SensorSilent/dust-1");

    [Fact]
    [Requirement("R-ENV-01")]
    public void A_new_sensor_senses_its_factor_from_then_on_and_the_reason_stands_again_when_it_is_taken_out()
    {
        room.Ordered(Enrol(Dust)).Says("dust-1", (Quantity.Pm10, 12));
        Assert.Equal(((ClimateState?)ClimateState.Normal, "dust-1"), (Now(room, SensingFactor.Dust).State, Assert.Single(Now(room, SensingFactor.Dust).Sensors)));
        Assert.Contains("dust-1", room.Written.OfType<SensingPlanApplied>().Last().Factors.Single(one => one.Factor is SensingFactor.Dust).Sensors);

        room.After(0).Ordered(Enrol(Dust) with { Ended = true, Reason = "交換" }).Writes<SensorEnrolled>(one => one is { Ended: true, Reason: "交換" });
        Assert.Equal((null, Reason), (Now(room, SensingFactor.Dust).State, Now(room, SensingFactor.Dust).NotSensedReason));
        Assert.Empty(room.HeardBesides);
        room.Says("dust-1", (Quantity.Pm10, 900)).After(3600).Raises();
    }

    [Fact]
    public void What_cannot_be_is_refused_with_a_word_and_changes_nothing()
    {
        var before = room.Control.Now().Sensors.Length;
        room.Ordered(Enrol(Dust) with { Panel = new("bridge-2") });
        Assert.Empty(room.Written.OfType<SensingOrderRefused>());

        room.Ordered(Enrol(Dust with { Zone = new("ELSE-1") })).Ordered(Enrol(Dust with { Id = "inlet-1" })).Ordered(Enrol(Dust with { Measures = [] }))
            .Ordered(Enrol(Dust) with { Wiring = Wire with { Model = "unknown" } }).Ordered(Enrol(Dust with { Id = "gone-1" }) with { Ended = true });
        Assert.Equal(before, room.Control.Now().Sensors.Length);
        Assert.Equal(4, room.Written.OfType<SensingOrderRefused>().Count());
        Assert.Empty(room.Written.OfType<SensorEnrolled>());
    }

    [Fact]
    [Requirement("R-ENV-03")]
    public void Water_that_nobody_has_confirmed_is_not_taken_out_with_its_sensor()
    {
        room.Ordered(Enrol(Water)).Says("leak-9", (Quantity.Leak, 1)).After(0).Ordered(Enrol(Water) with { Ended = true }).Writes<SensingOrderRefused>(one => one.Sensor == "leak-9").Stand("Leak/leak-9");

        room.Says("leak-9", (Quantity.Leak, 0)).Goes(120).Confirms("Leak/leak-9").After(0).Ordered(Enrol(Water) with { Ended = true }).Writes<SensorEnrolled>(one => one.Ended).Stand();
    }

    [Fact]
    [Requirement("R-ENV-05")]
    public void What_already_stands_of_a_zone_and_of_a_gateway_goes_on_when_somebody_joins_them()
    {
        room.Hushes("inlet-1", "inlet-2", "inlet-3", "room-1").Gateway("z2m-1", alive: false).Goes(90).Stand("GatewayDown/z2m-1");
        room.After(0).Ordered(Enrol(Dust with { Through = ["z2m-1"] })).Goes(300).Raises().Clears().Stand("GatewayDown/z2m-1");
    }

    [Fact]
    [Requirement("R-ENV-01")]
    public void A_plan_ordered_leaves_sensors_out_shows_why_and_stands_through_a_restart()
    {
        var order = Plan(new FactorChoice(SensingFactor.Vibration, ["quake-1", "quake-2"], "隣室で測るため"), new FactorChoice(SensingFactor.Dust, [], Reason));
        room.After(0).Ordered(order).Writes<SensingPlanApplied>(one => one.Factors.Single(factor => factor.Factor is SensingFactor.Vibration).NotSensedReason == "隣室で測るため");
        room.Restarts(5);
        Assert.Equal((null, "隣室で測るため"), (Now(room, SensingFactor.Vibration).State, Now(room, SensingFactor.Vibration).NotSensedReason));

        // One of two left out: the other senses it alone.
        room.Ordered(Plan(new FactorChoice(SensingFactor.Vibration, ["quake-1"], null), new FactorChoice(SensingFactor.Dust, [], Reason)));
        Assert.Equal(["quake-2"], Now(room, SensingFactor.Vibration).Sensors.AsEnumerable());
    }

    [Fact]
    [Requirement("R-ENV-01")]
    public void A_plan_that_explains_less_than_it_leaves_out_is_refused()
    {
        room.After(0).Ordered(Plan(new FactorChoice(SensingFactor.Water, ["leak-1"], null), new FactorChoice(SensingFactor.Dust, [], Reason))).Writes<SensingOrderRefused>(one => one.Sensor is null);
        Assert.Equal(["leak-1"], Now(room, SensingFactor.Water).Sensors.AsEnumerable());
    }

    [Fact]
    [Requirement("R-RED-03")]
    public void Orders_and_what_is_remembered_of_them_come_through_the_wire_as_they_were()
    {
        var order = Enrol(Dust with { Calibrations = [new(Quantity.Pm10, 1, -1.5, "基準器", new(2026, 4, 1), "S-0102")], On = new("F3", 10, 20) });
        var read = (SensorEnrolOrder)JsonSerializer.Deserialize(JsonSerializer.Serialize<RoomOrder>(order, RecordJson.Plain.RoomOrder), RecordJson.Plain.RoomOrder)!;
        Assert.Equal((-1.5, new FloorSpot("F3", 10, 20), "sensor-enrol bridge-1 dust-1"), (read.Place.CalibrationOf(Quantity.Pm10)!.Offset, read.Place.On, read.Key));

        room.Ordered(order).Says("dust-1", (Quantity.Pm10, 11.5));
        Assert.Equal(10, room.Control.Now().Sensors.Single(one => one.Sensor == "dust-1").Values.Single().Value);
        Assert.Single(room.Written.OfType<SensorCalibrated>(), one => one.Sensor == "dust-1");
    }

    private static SensorWiring Wire { get; } = new("lan", "lab/dust", "plain", "{}");

    private static SensorEnrolOrder Enrol(SensorPlace place) => new(new PanelId("bridge-1"), place, Wire, Ended: false, null, "S-0102");

    private static SensingPlanOrder Plan(params FactorChoice[] choices) => new(
        "SP-0001", AClimate.ServerRoom, [.. Enum.GetValues<SensingFactor>().Select(factor => choices.FirstOrDefault(one => one.Factor == factor) ?? new(factor, [], null))], "見直し", "S-0110", "S-0102");

    private static FactorNow Now(ClimateStory room, SensingFactor factor) => room.Control.Now().Zones.Single(zone => zone.Zone == AClimate.ServerRoom).Factors.Single(one => one.Factor == factor);
}
