using System.Collections.Immutable;
using RoomGuard.Bridge.Sensors;
using RoomGuard.Core.Climate;
using RoomGuard.Simulators.Sensors;
using RoomGuard.Simulators.Site;
using RoomGuard.Simulators.Stories;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Simulators.Sensors;

/// <summary>The simulated sensors of each family against the models, over a broker that keeps what is retained: no socket, no waiting.</summary>
public class SimulatedSensorTests
{
    private static readonly ImmutableArray<(GatewayKind Kind, string Name, string Model, string Key)> Families =
    [
        (GatewayKind.Zigbee, "zigbee2mqtt", "zigbee2mqtt", "one"), (GatewayKind.Tasmota, "board", "tasmota", "board"), (GatewayKind.EspHome, "node", "esphome", "node"), (GatewayKind.Shelly, "shelly-1", "shelly-gen2", "shelly-1"),
        (GatewayKind.ShellyBattery, "shelly-2", "shelly-battery", "shelly-2"), (GatewayKind.ChirpStack, "application", "chirpstack-milesight", "one"), (GatewayKind.Sparkplug, "edge", "sparkplug", "kakuu/edge/one"),
    ];

    public static TheoryData<GatewayKind> Kinds => [.. Families.Select(family => family.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_a_simulated_sensor_feels_is_what_the_bridge_reads(GatewayKind kind)
    {
        var room = new Room(kind, [SensorTells.Temperature, SensorTells.Humidity]);
        room.Run(TimeSpan.FromMinutes(3));

        var last = room.Latest(Quantity.Temperature);
        Assert.InRange(last!.Value, 21, 24);
        Assert.InRange(room.Latest(Quantity.RelativeHumidity)!.Value, 30, 65);
        Assert.Empty(room.News.OfType<UnknownSender>());

        // A Sparkplug device is born before it has measured, and says so.
        Assert.True(kind == GatewayKind.Sparkplug || room.Models.Misreadings.IsEmpty);
    }

    [Theory]
    [InlineData(GatewayKind.Zigbee)]
    [InlineData(GatewayKind.EspHome)]
    [InlineData(GatewayKind.ShellyBattery)]
    [InlineData(GatewayKind.ChirpStack)]
    [InlineData(GatewayKind.Sparkplug)]
    [Requirement("R-ENV-03")]
    public void Water_is_told_within_the_time_its_family_takes(GatewayKind kind)
    {
        var room = new Room(kind, [SensorTells.Leak]);
        room.Run(TimeSpan.FromMinutes(1));
        Assert.Equal(0, room.Latest(Quantity.Leak));
        room.Field.Do(new SpillWater(true), room.Now);
        room.Run(TimeSpan.FromSeconds(3));
        Assert.Equal(1, room.Latest(Quantity.Leak));
    }

    [Fact]
    [Requirement("R-ENV-04")]
    public void A_board_that_measures_now_and_then_tells_a_shake_at_once_and_its_temperature_in_its_time()
    {
        var room = new Room(GatewayKind.EspHome, [SensorTells.Temperature, SensorTells.Vibration]);
        room.Run(TimeSpan.FromMinutes(2));
        var told = room.Reports.Count;
        room.Field.Do(new FailCooling(true), room.Now);
        room.Run(TimeSpan.FromSeconds(5));
        Assert.InRange(room.Reports.Count - told, 0, 4);
        room.Field.Do(new ShakeGround(120), room.Now);
        room.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(1, room.Latest(Quantity.Vibration));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_restart_sends_old_values_and_none_of_them_looks_new(GatewayKind kind)
    {
        var room = new Room(kind, [SensorTells.Temperature]);
        room.Run(TimeSpan.FromMinutes(2));
        room.Field.Do(new SetSensorHabit("all", SensorHabit.Silent, true), room.Now);
        room.Run(TimeSpan.FromMinutes(5));
        room.Reports.Clear();

        // The broker tells what it kept to us, and the gateway what it had cached to the broker.
        room.Listen();
        room.Field.Do(new RestartGateway("all"), room.Now);
        room.Run(TimeSpan.FromMinutes(1));

        // Only what an ESPHome node sends on connecting is not stamped at all: its sensors are read each minute, so that it is hardly old.
        Assert.All(room.Reports.Where(report => !report.Values.IsEmpty), report => Assert.True(report.Resent || kind == GatewayKind.EspHome, HeardText(report)));
    }

    [Theory]
    [InlineData(SensorHabit.BrokenMessage)]
    [InlineData(SensorHabit.TooLong)]
    [InlineData(SensorHabit.NoNumber)]
    public void What_cannot_be_read_is_a_fault_with_a_reason_and_never_a_number(SensorHabit habit)
    {
        foreach (var kind in Families.Select(family => family.Kind).Except([GatewayKind.Sparkplug, GatewayKind.ChirpStack]))
        {
            // Half of "22.4" is a number of its own: a plain text has no end that could be missed.
            if (kind == GatewayKind.EspHome && habit != SensorHabit.NoNumber)
            {
                continue;
            }

            // What it said before it went wrong was a number.
            var room = new Room(kind, [SensorTells.Temperature]);
            room.Run(TimeSpan.FromSeconds(30));
            room.Reports.Clear();
            room.Field.Do(new SetSensorHabit("all", habit, true), room.Now);
            room.Run(TimeSpan.FromMinutes(2));

            Assert.NotEmpty(room.Reports);
            Assert.All(room.Reports.SelectMany(report => report.Values), value => Assert.True(value.Raw is null && value.Fault is not null, $"{kind}: {value}"));
            Assert.NotEmpty(room.Models.Misreadings);
        }
    }

    [Fact]
    public void A_gateway_that_dies_is_told_by_its_will_and_a_dead_battery_by_nobody()
    {
        var room = new Room(GatewayKind.Zigbee, [SensorTells.Temperature]);
        room.Run(TimeSpan.FromMinutes(2));
        room.Field.Do(new SetSensorHabit("all", SensorHabit.Silent, true), room.Now);
        room.Gateways.Clear();
        room.Run(TimeSpan.FromMinutes(10));
        Assert.Empty(room.Gateways);

        room.Field.Do(new PlugGateway("all", Plugged: false), room.Now);
        room.Run(TimeSpan.FromSeconds(5));
        Assert.False(Assert.Single(room.Gateways).Alive);
        room.Field.Do(new PlugGateway("all", Plugged: true), room.Now);
        room.Run(TimeSpan.FromSeconds(5));
        Assert.True(room.Gateways[^1].Alive);
    }

    [Fact]
    [Requirement("R-NET-09")]
    public void A_sensor_that_floods_is_told_as_odd()
    {
        var room = new Room(GatewayKind.Plain, [SensorTells.Temperature]);
        room.Field.Do(new SetSensorHabit("all", SensorHabit.Flood, true), room.Now);
        room.Run(TimeSpan.FromMinutes(1));

        Assert.Single(room.News.OfType<SenderOdd>(), odd => odd.Kind == OddKind.TooMany);
    }

    [Fact]
    public void A_zigbee_device_nobody_enrolled_is_offered()
    {
        var room = new Room(GatewayKind.Zigbee, [SensorTells.Temperature], enrol: false);
        room.Run(TimeSpan.FromSeconds(5));

        var offer = Assert.Single(room.News.OfType<SensorOffered>());
        Assert.Equal(("one", Quantity.Temperature), (offer.Suggested!.Key, offer.Suggested.Quantities!.Value.Single()));
    }

    [Theory]
    [InlineData("cooling-failure")]
    [InlineData("slow-leak")]
    [InlineData("dead-sensor")]
    [InlineData("broker-restart")]
    [InlineData("earthquake")]
    [InlineData("alarm-flood")]
    public void The_stories_of_the_air_can_be_played_at_the_invented_site(string name)
    {
        var settings = SimulatorSettingsFile.Load(UnitTests.Simulators.A.Kakuu("simulators.json"), []);
        var story = StoryFile.Load(UnitTests.Simulators.A.Kakuu(name + ".json"), settings);
        var field = new SensorField(settings.Sensors!, settings.Seed, TestKit.Core.A.MondayNine);
        foreach (var step in story.Plan(settings.Seed, 0, settings))
        {
            Assert.True(field.Do(Assert.IsType<AirDeed>(step.Deed, exactMatch: false), step.At).Happened);
        }

        field.Pass(story.Lap);
        Assert.False(field.Air.CoolingFails || field.Air.Wet || field.Air.Smoke);
        Assert.All(field.Look().Sensors, sensor => Assert.Empty(sensor.Habits));
    }

    [Theory]
    [InlineData("sensors.host=192.0.2.1", "loopback")]
    [InlineData("sensors.port=0", "not a port")]
    [InlineData("sensors.air.heatCapacity=1", "50 to 20000")]
    [InlineData("sensors.gateways.0.id=all", "not a name")]
    [InlineData("sensors.gateways.1.id=zigbee", "stands twice")]
    [InlineData("sensors.gateways.0.sensors.0.tells=[]", "tells nothing")]
    [InlineData("sensors.gateways.0.sensors.0.every=\"2.00:00:00\"", "1.00:00:00")]
    [InlineData("sensors.gateways.0.sensors.0.batteryPercent=300", "300 %")]
    [InlineData("sensors.gateways.0.name=a/#", "wildcards")]
    [Requirement("R-INP-01")]
    public void Wrong_settings_are_refused_with_place_and_remedy(string change, string says) =>
        Assert.Contains(says, Assert.Throws<SimulatorSettingsException>(() => SimulatorSettingsFile.Load(UnitTests.Simulators.A.Kakuu("simulators.json"), [change])).Message, StringComparison.Ordinal);

    private static string HeardText(SensorReport report) => Bridge.Sensors.HeardText.Of(report);

    /// <summary>A simulated room with one gateway, a broker of a few lines, and the models of the bridge.</summary>
    private sealed class Room
    {
        private readonly SimulatedGateway gateway;
        private readonly Dictionary<string, SimulatedMessage> kept = [];
        private GatewayConnection? connection;
        private int cuts;

        public Room(GatewayKind kind, ImmutableArray<SensorTells> tells, bool enrol = true)
        {
            var family = Families.FirstOrDefault(known => known.Kind == kind, (Kind: kind, Name: "lab", Model: "plain", Key: "lab/one"));
            Field = new(new([new("gw", kind, [new("one", tells, Every: TimeSpan.FromSeconds(30), BatteryPercent: 80)], family.Name)]), seed: 7, TestKit.Core.A.MondayNine);
            gateway = Field.Gateways["gw"];
            var sensor = new EnrolledSensor("one", family.Model, "lan", family.Key, Values: kind == GatewayKind.Plain ? [new(Quantity.Temperature, "temperature")] : null);
            Models = new(enrol ? new([sensor]) : new([], Watched: [new("lan", family.Model)]), SensorModelFiles.Load);
        }

        public SensorField Field { get; }

        public SensorModels Models { get; }

        public TimeSpan Now { get; private set; }

        public List<SensorReport> Reports { get; } = [];

        public List<GatewayHeard> Gateways { get; } = [];

        public List<SensorNews> News { get; } = [];

        public double? Latest(Quantity quantity) => Reports.SelectMany(report => report.Values).LastOrDefault(value => value.Quantity == quantity).Raw;

        /// <summary>We subscribe: everything retained comes.</summary>
        public void Listen()
        {
            foreach (var message in kept.Values.ToList())
            {
                Hear(message, retained: true);
            }
        }

        public void Run(TimeSpan length)
        {
            for (var end = Now + length; Now < end; Now += TimeSpan.FromMilliseconds(100))
            {
                Field.Pass(Now);
                if (connection is not null && (gateway.Cuts != cuts || gateway.Leaves(Now)))
                {
                    if (gateway.Cuts != cuts && connection.Will is { } will)
                    {
                        Publish(will);
                    }

                    gateway.Lose();
                    connection = null;
                }

                if (connection is null && gateway.WantsConnection)
                {
                    (connection, cuts) = (gateway.Connect(), gateway.Cuts);
                    gateway.Begin(Now);
                }

                while (gateway.TryTake(out var message))
                {
                    Publish(message);
                }
            }
        }

        private void Publish(SimulatedMessage message)
        {
            if (message.Retain)
            {
                kept[message.Topic] = message;
            }

            Hear(message, retained: false);
        }

        private void Hear(SimulatedMessage message, bool retained)
        {
            var heard = Models.Take(new("lan", message.Topic, message.Payload, retained, Duplicate: false, 0, null, TestKit.Core.A.MondayNine + Now));
            Reports.AddRange(heard.Reports);
            Gateways.AddRange(heard.Gateways);
            News.AddRange(heard.News);
            foreach (var wanted in heard.News.OfType<MessageWanted>())
            {
                gateway.Hear(wanted.Payload.AsSpan(), Now);
            }
        }
    }
}
