using System.Text.Json;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Record;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Core.Climate;

/// <summary>Limits ordered by the office in place of those of the settings.</summary>
public class LimitsOrderTests
{
    private const Quantity T = Quantity.Temperature;
    private static readonly LimitSet Wider = new(Measure.Temperature, null, 30, null, 35, 1, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));

    private static ClimateStory AThermometer(double at) =>
        new ClimateStory(A.MondayNine, AClimate.With("inlet-1", one => one with { Measures = [T] })).Calm().After(3660).Speaks("inlet-1", (T, at)).After(1200);

    [Fact]
    [Requirement("R-ENV-02")]
    public void Limits_of_a_sensor_count_from_the_order_on_and_through_a_restart_until_they_are_taken_back()
    {
        var room = AThermometer(25.5).Ordered(Order("inlet-1", Wider)).Speaks("inlet-1", (T, 28)).After(1200).Raises();
        Assert.Equal(Wider, LimitsAt(room, "inlet-1"));
        Assert.NotEqual(Wider, LimitsAt(room, "inlet-2"));

        room.Restarts(30).After(1200).Raises();
        Assert.Equal(Wider, LimitsAt(room, "inlet-1"));
        room.Ordered(Order("inlet-1", null)).After(1200).Raises("TemperatureHigh/inlet-1");
    }

    [Fact]
    [Requirement("R-ENV-02")]
    public void Limits_of_a_zone_count_at_all_its_sensors_without_their_own()
    {
        var room = AThermometer(25.5).Ordered(Order("inlet-1", Wider with { WarningHigh = 31 })).Ordered(Order(null, Wider));

        Assert.Equal(31, LimitsAt(room, "inlet-1")!.WarningHigh);
        Assert.Equal(Wider, LimitsAt(room, "inlet-2"));
    }

    [Fact]
    public void What_no_limit_is_held_against_any_more_does_not_stand_for_ever()
    {
        var room = AThermometer(25.5).Speaks("inlet-1", (T, 28)).After(1200).Raises("TemperatureHigh/inlet-1")
            .Ordered(Order("inlet-1", Wider with { WarningHigh = null, AlarmHigh = null, WarningLow = 10 }));

        room.Writes<ClimateCleared>(one => one is { ByPlan: true, Condition: "TemperatureHigh/inlet-1" }).Stand();
    }

    [Fact]
    public void An_order_that_cannot_be_and_one_of_nowhere_change_nothing()
    {
        var room = AThermometer(25.5);
        var before = LimitsAt(room, "inlet-1");
        room.Ordered(Order("inlet-1", Wider with { WarningHigh = 40 })).Ordered(Order("inlet-9", Wider)).Ordered(Order("inlet-1", Wider) with { Measure = Measure.Humidity });

        Assert.Equal(before, LimitsAt(room, "inlet-1"));
    }

    [Fact]
    [Requirement("R-RED-03")]
    public void What_is_ordered_and_what_a_bridge_tells_of_it_come_through_the_wire_as_they_were()
    {
        var order = Order("inlet-1", Wider with { WarningHigh = 28.5 });
        var read = JsonSerializer.Deserialize(JsonSerializer.Serialize(order, RecordJson.Plain.RoomOrder), RecordJson.Plain.RoomOrder);
        Assert.Equal(order, read);

        var state = RoomGuard.UnitTests.Service.A.State(A.MondayNine) with { Climate = AThermometer(25.5).Ordered(order).Control.Now() };
        var told = JsonSerializer.Deserialize(JsonSerializer.Serialize(state, RecordJson.Plain.PanelState), RecordJson.Plain.PanelState)!.Climate!;
        var place = told.Plan().Sensors.Single(sensor => sensor.Id == "inlet-1");
        Assert.Equal(28.5, told.Plan().LimitsOf(place, Measure.Temperature)!.WarningHigh);
        Assert.Equal([T], place.Measures.AsEnumerable());
    }

    private static ClimateLimitsOrder Order(string? sensor, LimitSet? limits) =>
        new("CL-0001", AClimate.ServerRoom, sensor, Measure.Temperature, limits, "夏季", "S-0110", "S-0102");

    private static LimitSet? LimitsAt(ClimateStory room, string sensor)
    {
        var plan = room.Control.Now().Plan();
        return plan.LimitsOf(plan.Sensors.Single(one => one.Id == sensor), Measure.Temperature);
    }
}
