using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using RoomGuard.Bridge.Doors;
using RoomGuard.Bridge.Sensors;
using RoomGuard.Bridge.Ups;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Power;
using RoomGuard.Core.Zones;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using RoomGuard.Wire.Mqtt;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Sensors;

/// <summary>What a building's own system is told: what is so, never who, and never something old as if it were new.</summary>
public sealed class HomeAssistantPublisherTests
{
    private static readonly PublishedPlace Place = new(
        "kakuu-1", "bridge-1", "1.0", [("SRV-1-D1", "正面扉"), ("SRV-1-D2", "裏扉")], "roomguard/kakuu-1/bridge-1", "homeassistant", TimeSpan.FromSeconds(30));

    private static readonly RoomState Room = RoomState.Unknown with
    {
        Doors = [new(new("SRV-1-D1"), LeafState.Open, A.MondayNine, Released: false, Forced: true, HeldOpen: false, InService: true)],
        Inside = [new(new("SRV-1"), new PersonId("S-0217"), A.MondayNine, new("SRV-1-D1"))],
        Power = new(A.MondayNine, [new("ups-1", UnitPower.Battery, Lost: false, null, null, 1800, 1, A.MondayNine, Unsteady: false, Testing: false, [], [])], []),
    };

    private readonly HomeAssistantPublisher publisher = new(Place);

    [Fact]
    public void A_device_of_Home_Assistant_is_described_with_all_its_parts_and_their_topics()
    {
        var config = Told("homeassistant/device/roomguard_kakuu-1_bridge-1/config");
        var forced = config["cmps"]!["SRV-1-D1_forced"]!;

        Assert.Equal("roomguard/kakuu-1/bridge-1/availability", config["avty"]![0]!["t"]!.GetValue<string>());
        Assert.Equal("RoomGuard", config["o"]!["name"]!.GetValue<string>());
        Assert.Equal(
            ("binary_sensor", "tamper", "正面扉 こじ開け", "roomguard_kakuu-1_bridge-1_SRV-1-D1_forced", "roomguard/kakuu-1/bridge-1/doors/SRV-1-D1", "{{ value_json.forced }}"),
            (Text(forced, "p"), Text(forced, "dev_cla"), Text(forced, "name"), Text(forced, "uniq_id"), Text(forced, "stat_t"), Text(forced, "val_tpl")));

        // Every template points at a member that is told on its topic.
        foreach (var part in All().Where(telling => telling.Topic.StartsWith("homeassistant/", StringComparison.Ordinal)).SelectMany(telling => Parse(telling)["cmps"]!.AsObject()))
        {
            var key = Text(part.Value!, "val_tpl").Replace("{{ value_json.", string.Empty, StringComparison.Ordinal).Replace(" }}", string.Empty, StringComparison.Ordinal);
            Assert.True(Told(Text(part.Value!, "stat_t")).ContainsKey(key), $"{part.Key}: {key}");
        }
    }

    [Fact]
    public void A_door_tells_what_is_so_and_what_is_not_known_is_null()
    {
        Assert.Equal("""{"open":"ON","forced":"ON","held_open":"OFF"}""", Raw("roomguard/kakuu-1/bridge-1/doors/SRV-1-D1"));
        Assert.Equal("""{"open":null,"forced":null,"held_open":null}""", Raw("roomguard/kakuu-1/bridge-1/doors/SRV-1-D2"));
        Assert.Equal("""{"journal":"OFF","outage":"ON","reserve_short":null}""", Raw("roomguard/kakuu-1/bridge-1/room"));
    }

    [Fact]
    [Requirement("R-INC-13")]
    public void Nothing_that_is_told_names_a_person_or_their_number() =>
        Assert.All(All(), telling =>
        {
            Assert.DoesNotContain("S-0217", Encoding.UTF8.GetString(telling.Payload.Span), StringComparison.Ordinal);
            Assert.DoesNotContain("inside", Encoding.UTF8.GetString(telling.Payload.Span), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("S-0217", telling.Topic, StringComparison.Ordinal);
        });

    [Fact]
    [Requirement("R-PWR-06")]
    public void A_unit_tells_its_readings_afresh_and_is_unavailable_when_it_is_silent()
    {
        Assert.Equal("""{"charge":97.5,"input_voltage":null}""", Raw("roomguard/kakuu-1/bridge-1/ups/ups-1/readings"));
        Assert.Equal("on_battery", Text(Told("roomguard/kakuu-1/bridge-1/ups/ups-1/power"), "status"));
        Assert.Equal("online", Raw("roomguard/kakuu-1/bridge-1/ups/ups-1/availability"));
        Assert.True(All().Single(telling => telling.Topic.EndsWith("/readings", StringComparison.Ordinal)).Fresh);
        Assert.Equal(90, Told("homeassistant/device/roomguard_kakuu-1_bridge-1_ups-1/config")["cmps"]!["charge"]!["exp_aft"]!.GetValue<int>());

        var later = publisher.All(Room, [Unit()], A.MondayNine.AddSeconds(31)).ToList();
        Assert.DoesNotContain(later, telling => telling.Fresh);
        Assert.Equal("offline", Encoding.UTF8.GetString(later.Single(telling => telling.Topic.EndsWith("ups-1/availability", StringComparison.Ordinal)).Payload.Span));
    }

    [Fact]
    public void The_will_says_that_we_are_gone()
    {
        Assert.Equal(("roomguard/kakuu-1/bridge-1/availability", true, "offline"), (publisher.Will.Topic, publisher.Will.Retain, Encoding.UTF8.GetString(publisher.Will.Payload.Span)));
        Assert.Equal("online", Raw("roomguard/kakuu-1/bridge-1/availability"));
    }

    [Fact]
    public void After_a_connection_everything_is_told_then_only_what_changed_and_readings_in_their_pace()
    {
        var flow = new PublishingFlow(TimeSpan.FromSeconds(30));
        Assert.Equal(9, Tell(flow, 0, 1).Count);
        Assert.Empty(Tell(flow, 1, 1));
        Assert.Equal(["roomguard/kakuu-1/bridge-1/doors/SRV-1-D1"], Tell(flow, 2, 1, Room with { Doors = [Room.Doors[0] with { Leaf = LeafState.Closed }] }).Select(message => message.Topic));
        Assert.Equal(["roomguard/kakuu-1/bridge-1/doors/SRV-1-D1"], Tell(flow, 3, 1).Select(message => message.Topic));

        var reading = Assert.Single(Tell(flow, 30, 1));
        Assert.Equal((false, MqttQos.AtMostOnce), (reading.Retain, reading.Qos));
        Assert.Equal(9, Tell(flow, 31, 2).Count);
    }

    [Fact]
    public void What_finds_no_room_is_told_next_time()
    {
        var flow = new PublishingFlow(TimeSpan.FromSeconds(30));
        var taken = 0;
        Assert.Equal(4, flow.Tell(TimeSpan.Zero, 1, All(), _ => taken++ < 4));
        Assert.Equal(5, Tell(flow, 1, 1).Count);
    }

    private List<PublishPacket> Tell(PublishingFlow flow, int second, long connection, RoomState? room = null)
    {
        var told = new List<PublishPacket>();
        _ = flow.Tell(TimeSpan.FromSeconds(second), connection, publisher.All(room ?? Room, [Unit()], A.MondayNine), message =>
        {
            told.Add(message);
            return true;
        });
        return told;
    }

    private static UpsNow Unit()
    {
        var reading = new UpsReading(
            "ups-1",
            A.MondayNine,
            UpsQuality.Good,
            UpsFlags.OnBattery,
            ImmutableSortedDictionary<UpsQuantity, UpsValue>.Empty
                .Add(UpsQuantity.ChargePercent, new(97.5, UpsQuality.Good, A.MondayNine))
                .Add(UpsQuantity.InputVoltage, new(9999, UpsQuality.Bad, A.MondayNine)),
            ImmutableSortedDictionary<UpsText, string>.Empty.Add(UpsText.Model, "Smart-UPS 1500"),
            null);
        return new("ups-1", "電源1", "UPS 1", reading, reading);
    }

    private static string Text(JsonNode node, string key) => node[key]!.GetValue<string>();

    private static JsonObject Parse(Telling telling) => JsonNode.Parse(telling.Payload.Span)!.AsObject();

    private List<Telling> All() => [.. publisher.All(Room, [Unit()], A.MondayNine)];

    private JsonObject Told(string topic) => Parse(All().Single(telling => telling.Topic == topic));

    private string Raw(string topic) => Encoding.UTF8.GetString(All().Single(telling => telling.Topic == topic).Payload.Span);
}
