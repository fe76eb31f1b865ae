using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Bridge.Doors;
using RoomGuard.Bridge.Sensors;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Sensors;

/// <summary>From a message of a broker to a condition of the room, over the whole way there is.</summary>
public sealed class SensorFeedTests
{
    private static readonly SensorsSection Enrolled = new(
    [
        new("leak-1", "zigbee2mqtt", "lan", "floor/leak", Quantities: [Quantity.Leak]),
        new("inlet-1", "zigbee2mqtt", "lan", "rack/inlet", Quantities: [Quantity.Temperature, Quantity.RelativeHumidity]),
    ]);

    private readonly DirectRoom inbox = new();
    private readonly SensorModels models = new(Enrolled, SensorModelFiles.Load);
    private readonly MqttBoard board;
    private readonly SensorFeed feed;
    private readonly SensorIntake intake;

    public SensorFeedTests()
    {
        board = new([new("lan", "127.0.0.1")], inbox.Room.Now);
        feed = new(board, inbox, _ => { }, inbox.Room.Time, NullLogger<SensorFeed>.Instance);
        intake = new(models, feed.TakeAsync);
    }

    [Fact]
    [Requirement("R-ENV-03")]
    public async Task A_message_of_water_is_judged_and_written_down_before_its_sender_is_answered()
    {
        await Say("floor/leak", """{"water_leak":true,"last_seen":"2026-04-06T09:00:00+09:00"}""");

        Assert.Equal("Leak/leak-1", Assert.Single(inbox.Room.Written<ClimateRaised>()).Condition);
    }

    [Fact]
    [Requirement("R-ENV-03")]
    public async Task What_a_broker_kept_raises_nothing_and_clears_nothing()
    {
        await Say("floor/leak", """{"water_leak":true}""");
        inbox.Room.Pass(TimeSpan.FromMinutes(10));
        await Say("floor/leak", """{"water_leak":false}""", retained: true);
        await Say("floor/leak", """{"water_leak":true}""", duplicate: true);
        inbox.Room.Pass(TimeSpan.FromMinutes(10));

        Assert.Single(inbox.Room.Written<ClimateRaised>(), item => item.Rule is ClimateRule.Leak);
        Assert.DoesNotContain(inbox.Room.Written<ClimateChanged>(), item => item.Change is ClimateChange.Returned);
    }

    [Fact]
    [Requirement("R-NET-01")]
    [Requirement("R-NET-09")]
    public async Task A_stranger_is_dropped_and_told_once()
    {
        await Say("floor/other", """{"water_leak":true}""");
        inbox.Room.Pass(TimeSpan.FromHours(2));
        await Say("floor/other", """{"water_leak":true}""");

        Assert.Equal(("lan", "floor/other"), (Assert.Single(inbox.Room.Written<StrangerNoticed>()).Source, inbox.Room.Written<StrangerNoticed>().Single().Sender));
        Assert.DoesNotContain(inbox.Room.Written<ClimateRaised>(), item => item.Rule is ClimateRule.Leak);
    }

    [Fact]
    [Requirement("R-NET-09")]
    public async Task A_sensor_that_floods_is_suspected()
    {
        for (var times = 0; times < 400; times++)
        {
            await Say("floor/leak", """{"water_leak":false}""");
        }

        Assert.Equal(("leak-1", OddKind.TooMany), (Assert.Single(inbox.Room.Written<SenderSuspected>()).Sensor, inbox.Room.Written<SenderSuspected>().Single().Oddity));
    }

    [Fact]
    [Requirement("R-ENV-05")]
    public async Task A_broker_that_goes_is_one_alarm_and_its_sensors_are_blind_with_it()
    {
        await feed.StartAsync(CancellationToken.None);
        await Say("rack/inlet", """{"temperature":22.1,"humidity":45}""");
        board.Change("lan", now => now with { Condition = MqttCondition.Connected });
        board.Change("lan", now => now with { Condition = MqttCondition.Down });
        inbox.Room.Pass(TimeSpan.FromHours(8));

        var raised = Assert.Single(inbox.Room.Written<ClimateRaised>(), item => ClimateRules.IsAboutWatching(item.Rule) && (item.Object == "lan" || item.Blind.Contains("inlet-1") || item.Object == "inlet-1"));
        Assert.Equal(("GatewayDown/lan", true), (raised.Condition, raised.Blind.Contains("inlet-1")));

        board.Change("lan", now => now with { Condition = MqttCondition.Connected });
        inbox.Room.Pass(TimeSpan.FromSeconds(5));
        Assert.Single(inbox.Room.Written<ClimateCleared>(), item => item.Condition == "GatewayDown/lan");
        await feed.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_broker_that_goes_while_the_room_is_behind_is_told_as_soon_as_there_is_room()
    {
        await feed.StartAsync(CancellationToken.None);
        board.Change("lan", now => now with { Condition = MqttCondition.Connected });
        inbox.IsFull = true;
        board.Change("lan", now => now with { Condition = MqttCondition.Down });
        inbox.IsFull = false;
        feed.Take(new("inlet-1", inbox.Room.Now, []));
        inbox.Room.Pass(TimeSpan.FromHours(1));

        Assert.Single(inbox.Room.Written<ClimateRaised>(), item => item.Condition == "GatewayDown/lan");
    }

    [Fact]
    public void A_sensor_is_heard_through_its_gateway_and_its_broker_and_asks_that_broker_for_what_it_needs()
    {
        Assert.Equal(["lan/zigbee2mqtt", "lan"], models.HeardThrough("inlet-1").AsEnumerable());
        Assert.Empty(models.HeardThrough("nobody"));

        MqttSourceSettings bare = new("lan", "127.0.0.1");
        Assert.Equal(models.FiltersOf("lan").AsEnumerable(), bare.AskingFor(models.FiltersOf("lan")).Filters.Select(filter => filter.Filter));
        var wide = bare with { Subscriptions = [new("zigbee2mqtt/#", 2)] };
        Assert.Equal(wide.Filters.AsEnumerable(), wide.AskingFor(models.FiltersOf("lan")).Filters);
    }

    private ValueTask Say(string device, string payload, bool retained = false, bool duplicate = false) =>
        intake.Heard(new("lan", $"zigbee2mqtt/{device}", Encoding.UTF8.GetBytes(payload), retained, duplicate, 1, null, inbox.Room.Now), CancellationToken.None);

    /// <summary>A room that takes each post in a turn of its own, on the caller's thread.</summary>
    private sealed class DirectRoom : IRoom
    {
        public TestRoom Room { get; } = new(AClimate.Plan with { Sensors = [.. AClimate.Plan.Sensors.Select(sensor => sensor.Id is "inlet-1" or "leak-1" ? sensor with { Through = ["lan/zigbee2mqtt", "lan"] } : sensor)] });

        public bool IsFull { get; set; }

        public RoomState State => Room.Turn.State;

        public void Post(RoomInput input) => Room.Tell(input);

        public bool TryPost(RoomInput input, bool canWait = false)
        {
            if (!IsFull)
            {
                Post(input);
            }

            return !IsFull;
        }

        public Task<bool> PostAsync(RoomInput input) => Take(new(input, null, new(), Room.Time.GetTimestamp()));

        public Task<bool> RecordAsync(RecordedEvent item) => Take(new(null, item, new(), Room.Time.GetTimestamp()));

        private Task<bool> Take(RoomPost post)
        {
            Room.Turn.Run([post]);
            return post.Durable!.Task;
        }
    }
}
