using System.Collections.Immutable;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Power;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Climate;

/// <summary>A surge arrester (避雷器) heard through a sensor at its signalling contact and counter: judged with the power, in the room's turn (R-PWR-05).</summary>
public sealed class ArresterTests
{
    private static readonly SensorPlace Place = AClimate.Sensor("spd-1", SensorSpot.Structure, TimeSpan.FromMinutes(1), Quantity.ArresterUsedUp, Quantity.Surges);

    private readonly TestRoom room = new(AClimate.Plan with { Sensors = AClimate.Plan.Sensors.Add(Place) });

    [Fact]
    [Requirement("R-PWR-05")]
    public void A_surge_more_than_before_is_recorded_once_and_a_restart_counts_none_anew()
    {
        Say(new(Quantity.ArresterUsedUp, 0), new(Quantity.Surges, 3));
        Assert.Empty(room.Written<SupplyTroubled>());

        Say(new SensorValue(Quantity.Surges, 4));
        Say(new SensorValue(Quantity.Surges, 4));
        room.Restart();
        Say(new SensorValue(Quantity.Surges, 4));

        var troubled = Assert.Single(room.Written<SupplyTroubled>());
        Assert.Equal(("spd-1", SupplyTrouble.Surge), (troubled.Source, troubled.Trouble));
    }

    [Fact]
    [Requirement("R-PWR-05")]
    public void Protection_used_up_is_recorded_until_the_arrester_is_replaced()
    {
        Say(new SensorValue(Quantity.ArresterUsedUp, 1));
        Say(new SensorValue(Quantity.ArresterUsedUp, 1));
        Assert.Equal(SupplyTrouble.ArresterUsedUp, Assert.Single(room.Written<SupplyTroubled>()).Trouble);

        Say(new SensorValue(Quantity.ArresterUsedUp, 0));
        Assert.Equal("spd-1", Assert.Single(room.Written<SupplyRecovered>()).Source);
    }

    [Fact]
    [Requirement("R-PWR-05")]
    [Requirement("R-ENV-05")]
    public void One_that_falls_silent_is_unknown_and_raises_its_sensor_and_is_never_taken_for_sound()
    {
        Say(new SensorValue(Quantity.ArresterUsedUp, 1));
        room.Pass(TimeSpan.FromMinutes(10));

        Assert.Contains(room.Written<ClimateRaised>(), item => item is { Rule: ClimateRule.SensorSilent, Object: "spd-1" });
        Assert.Empty(room.Written<SupplyRecovered>());
    }

    [Theory]
    [InlineData(true, false, 1.0)]
    [InlineData(false, true, 1.0)]
    [InlineData(false, false, null)]
    public void An_old_word_a_test_and_a_word_that_is_no_number_say_nothing_of_an_arrester(bool resent, bool selfTest, double? raw)
    {
        room.Tell(new SensorHeard(room.Now, new("spd-1", room.Now, [new(Quantity.ArresterUsedUp, raw)]) { Resent = resent, SelfTest = selfTest }));

        Assert.Empty(room.Written<SupplyTroubled>());
    }

    [Fact]
    [Requirement("R-NET-01")]
    public void Nothing_that_does_not_stand_in_the_plan_is_an_arrester()
    {
        room.Tell(new SensorHeard(room.Now, new("nobody", room.Now, [new(Quantity.ArresterUsedUp, 1)])));

        Assert.Empty(room.Written<SupplyTroubled>());
    }

    private void Say(params ImmutableArray<SensorValue> values) => room.Tell(new SensorHeard(room.Now, new("spd-1", room.Now, values)));
}
