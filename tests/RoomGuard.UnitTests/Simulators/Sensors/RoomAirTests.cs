using RoomGuard.Simulators.Sensors;
using Xunit;

namespace RoomGuard.UnitTests.Simulators.Sensors;

/// <summary>The simulated air: numbers a person who knows server rooms would believe.</summary>
public class RoomAirTests
{
    private static readonly TimeSpan Night = TimeSpan.FromHours(2);

    [Fact]
    public void A_room_with_cooling_holds_its_set_point_for_a_day_of_summer()
    {
        var air = new RoomAir(new(), Night);
        for (var minute = 0; minute < 24 * 60; minute += 10)
        {
            air.Pass(TimeSpan.FromMinutes(minute));
            Assert.InRange(air.Inlet, 21.5, 23.5);
            Assert.InRange(air.Humidity, 30, 65);
        }
    }

    [Fact]
    public void Without_cooling_it_gains_several_degrees_within_minutes_and_comes_back()
    {
        var air = new RoomAir(new(), Night);
        air.Pass(TimeSpan.FromHours(1));
        air.CoolingFails = true;
        air.Pass(TimeSpan.FromHours(1.1));
        Assert.InRange(air.Inlet, 24, 30);
        Assert.True(air.Outlet > air.Inlet + 5 && air.Ceiling > air.Inlet);
        air.CoolingFails = false;
        air.Pass(TimeSpan.FromHours(2));
        Assert.InRange(air.Inlet, 21.5, 23.5);
    }

    [Fact]
    public void A_quake_ends_dust_settles_and_water_makes_the_air_moist()
    {
        var air = new RoomAir(new(), Night);
        air.Shake(160, TimeSpan.FromMinutes(1));
        air.RaiseDust(200);
        Assert.Equal(160, air.Acceleration);
        air.CoolingFails = true;
        air.Wet = true;
        var before = air.Humidity;
        air.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal(0, air.Acceleration);
        Assert.InRange(air.Dust, 100, 208);
        air.Wet = true;
        air.LoadWatts = 0;
        air.Pass(TimeSpan.FromHours(2));
        Assert.True(air.Humidity > before);
        Assert.InRange(air.Dust, 7, 15);
    }

    [Fact]
    public void Whatever_is_done_to_it_the_numbers_stay_numbers()
    {
        var air = new RoomAir(new(LoadWatts: 100_000, CoolingWatts: 0, HeatCapacity: 50), Night) { DoorOpen = true, Wet = true };
        air.RaiseDust(double.MaxValue);
        air.Pass(TimeSpan.FromDays(400));
        Assert.All(new[] { air.Inlet, air.Humidity, air.Dust, air.Pressure, air.Outside }, number => Assert.True(double.IsFinite(number)));
        Assert.InRange(air.Humidity, 1, 100);
    }
}
