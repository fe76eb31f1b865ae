using RoomGuard.Bridge.Doors;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Doors;
using RoomGuard.Evidence;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Climate;

/// <summary>The climate in the room's turn: written down before the doors hear of it, kept over a restart, told with the room's state.</summary>
public class ClimateTurnTests
{
    private readonly TestRoom room = new(AClimate.Plan);

    [Fact]
    [Requirement("R-DOOR-15")]
    [Requirement("R-ENV-03")]
    public void A_fire_signal_is_written_down_first_and_then_sets_the_doors_in_one_append()
    {
        Say("fire-1", Quantity.Fire, 1);

        var raised = room.Happened.FindIndex(item => item is ClimateRaised { Rule: ClimateRule.Fire });
        var released = room.Happened.FindIndex(item => item is FireReleased);
        Assert.True(raised >= 0 && released > raised, string.Join(", ", room.Happened));
        Assert.Equal(ClimateState.Abnormal, room.Turn.State.Climate!.Zones[0].State);

        room.Restart();
        Assert.Single(room.Written<FireReleased>());
        Assert.Equal("Fire/fire-1", Assert.Single(room.Turn.State.Climate!.Conditions).Condition);
    }

    [Fact]
    [Requirement("R-ENV-02")]
    public void A_delay_ends_without_another_message_and_goes_on_over_a_restart()
    {
        Say("inlet-1", Quantity.Temperature, 33);
        room.Pass(TimeSpan.FromSeconds(40));
        Assert.DoesNotContain(room.Written<ClimateRaised>(), item => item.Object == "inlet-1");

        room.Restart();
        room.Pass(TimeSpan.FromSeconds(25));
        Assert.Single(room.Written<ClimateRaised>(), item => item is { Condition: "TemperatureHigh/inlet-1", Level: ClimateLevel.Alarm });
    }

    [Fact]
    [Requirement("R-LOG-01")]
    public void While_nothing_can_be_written_an_alarm_is_kept_and_written_when_it_can()
    {
        room.Journal.Fault = EvidenceWriteCause.InputOutput;
        Say("leak-1", Quantity.Leak, 1);
        Assert.Empty(room.Written<ClimateRaised>());

        room.Journal.Fault = null;
        room.Pass(TimeSpan.FromSeconds(30));
        Assert.Single(room.Written<ClimateRaised>(), item => item.Rule is ClimateRule.Leak);
    }

    [Fact]
    public void A_room_without_sensors_says_nothing_of_a_climate()
    {
        var bare = new TestRoom();
        bare.Tell(new SensorHeard(bare.Now, new("inlet-1", bare.Now, [new(Quantity.Temperature, 99)])));

        Assert.Null(bare.Turn.State.Climate);
        Assert.Null(bare.Journal.Snapshot?.Climate);
    }

    [Fact]
    [Requirement("R-NET-01")]
    public void Only_an_enrolled_sensor_counts()
    {
        var before = room.Journal.Entries.Count;
        Say("nobody", Quantity.Smoke, 1);

        Assert.Equal(before, room.Journal.Entries.Count);
        Assert.DoesNotContain(room.Turn.State.Climate?.Sensors ?? [], sensor => sensor.Sensor == "nobody");
    }

    [Fact]
    [Requirement("R-NET-01")]
    [Requirement("R-RED-03")]
    public void An_enrolment_is_written_down_before_anybody_listens_and_outlives_a_restart()
    {
        var order = new SensorEnrolOrder(new("bridge-1"), AClimate.Sensor("leak-9", SensorSpot.Structure, null, Quantity.Leak), new("lan", "floor/leak9", "zigbee2mqtt", "{}"), Ended: false, null, "S-0102");
        room.Tell(new RoomOrderArrived(room.Now, 7, order));
        Assert.True(room.Happened.FindIndex(item => item is SensorEnrolled) is >= 0 and var written && room.Happened.FindIndex(item => item is HearSensors) > written, string.Join(", ", room.Happened));

        room.Restart();
        Assert.Equal("leak-9", Assert.Single(room.Ordered<HearSensors>().Last().Enrolled).Place.Id);
        Say("leak-9", Quantity.Leak, 1);
        Assert.Equal("Leak/leak-9", Assert.Single(room.Written<ClimateRaised>()).Condition);

        // Told again after a break: once is enough.
        room.Tell(new RoomOrderArrived(room.Now, 7, order));
        Assert.Single(room.Written<SensorEnrolled>());
    }

    [Fact]
    [Requirement("R-LOG-01")]
    [Requirement("R-RED-03")]
    public void A_kill_between_an_alarm_s_entry_and_what_follows_a_badge_of_the_same_moment_raises_nothing_twice()
    {
        room.Journal.IsKilledAfterNext = true;
        room.Tell(new SensorHeard(room.Now, new("leak-1", room.Now, [new(Quantity.Leak, 1)])), new BadgePresented(room.Now, TestRoom.Outside, TestRoom.Card, "H10301"));
        Assert.Single(room.Written<ClimateRaised>());
        Assert.Single(room.Written<EntryGranted>());

        room.Restart();
        Say("leak-1", Quantity.Leak, 1);
        Assert.Single(room.Written<ClimateRaised>());
    }

    [Fact]
    public void A_badge_writes_down_who_is_inside_and_not_every_sensor_anew_and_a_restart_has_both()
    {
        Say("inlet-1", Quantity.Temperature, 24);
        room.Pass(TimeSpan.FromMinutes(2));
        Assert.NotNull(room.Journal.Snapshot?.Climate);

        room.Journal.Snapshots.Clear();
        room.Badge();
        room.Tell(new LeafOpened(room.Now, TestRoom.Door));

        var inside = Assert.Single(room.Journal.Snapshots, snapshot => !snapshot.Inside.IsEmpty);
        Assert.Null(inside.Climate);
        Assert.NotNull(room.Journal.Snapshot.Climate);
        Assert.Single(room.Journal.Snapshot.Inside);
    }

    private void Say(string sensor, Quantity quantity, double value) => room.Tell(new SensorHeard(room.Now, new(sensor, room.Now, [new(quantity, value)])));
}
