using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Bridge;
using RoomGuard.Bridge.Sensors;
using RoomGuard.Core.Climate;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Sensors;

/// <summary>Who sends without being enrolled, as the office is told.</summary>
public class StrangerBoardTests
{
    private readonly SensorModels models = new(new([], [new("lan", "zigbee2mqtt"), new("lan", "tasmota")], [new("lan")]), SensorModelFiles.Load);

    [Fact]
    [Requirement("R-NET-01")]
    public void What_announced_itself_brings_the_settings_that_would_enrol_it()
    {
        var board = new StrangerBoard(models);
        var suggested = new EnrolledSensor("r04-inlet", "zigbee2mqtt", "lan", "rack/R04", Quantities: [Quantity.Temperature]);
        board.Take([new SensorOffered("lan", A.MondayNine, "R04 inlet", "Example TH-1", suggested, null), new SensorAway("lan", A.MondayNine, "inlet-1", true)]);
        var one = Assert.Single(board.Now);

        Assert.Equal(("lan", "rack/R04", "R04 inlet", "Example TH-1"), (one.Source, one.Sender, one.Label, one.Product));
        Assert.DoesNotContain("null", one.Settings, StringComparison.Ordinal);
        var read = JsonSerializer.Deserialize(one.Settings!, BridgeSettingsJson.Default.EnrolledSensor)!;
        Assert.Equal(("r04-inlet", "zigbee2mqtt", "lan", "rack/R04"), (read.Id, read.Model, read.Source, read.Key));
    }

    [Fact]
    [Requirement("R-NET-09")]
    public void Who_sends_is_told_once_with_the_latest_count_and_never_more_than_there_is_room_for()
    {
        var board = new StrangerBoard(models);
        board.Take([new UnknownSender("lan", A.MondayNine, "tele/x", null, "tele/x/STATE", 1, [])]);
        board.Take([new UnknownSender("lan", A.MondayNine.AddHours(1), "tele/x", null, "tele/x/STATE", 40, [])]);
        Assert.Equal((40L, A.MondayNine.AddHours(1)), (Assert.Single(board.Now).Count, board.Now[0].At));

        board.Take([.. Enumerable.Range(0, 300).Select(i => new UnknownSender("lan", A.MondayNine.AddHours(2).AddSeconds(i), $"tele/{i}", null, "t", 1, []))]);
        Assert.Equal(100, board.Now.Length);
        Assert.Equal("tele/299", board.Now[0].Sender);
    }

    [Fact]
    [Requirement("R-NET-01")]
    public void A_device_that_announces_each_value_by_itself_is_one_sensor_and_no_stranger_once_it_is_enrolled()
    {
        var board = new StrangerBoard(models);
        Say(board, "homeassistant/sensor/th/temperature/config", """{"device_class":"temperature","state_topic":"lab/th","value_template":"{{ value_json.t }}","unique_id":"th-t","device":{"name":"TH"}}""");
        Say(board, "homeassistant/sensor/th/humidity/config", """{"device_class":"humidity","state_topic":"lab/th","value_template":"{{ value_json.h }}","unique_id":"th-h","device":{"name":"TH"}}""");
        var fit = Assert.Single(Assert.Single(board.Now).Fits!.Value);
        Assert.Equal([Quantity.Temperature, Quantity.RelativeHumidity], fit.Measures.AsEnumerable());
        Assert.Equal(["lan"], fit.Through.AsEnumerable());
        Assert.Empty(models.Take(Message("lab/th", """{"t":22.5,"h":40}""")).Reports);

        var place = AClimate.Sensor("th-1", SensorSpot.Room, null, [.. fit.Measures]);
        var order = new SensorEnrolOrder(new("bridge-1"), place, new("lan", "lab/th", fit.Model, fit.Settings), Ended: false, null, "S-0102");
        Assert.Null(OrderedSensors.Misfit(SensorModelFiles.Load, ["lan"])(order));
        Assert.NotNull(OrderedSensors.Misfit(SensorModelFiles.Load, ["other"])(order));
        Assert.NotNull(OrderedSensors.Misfit(SensorModelFiles.Load, ["lan"])(order with { Wiring = order.Wiring with { Settings = "{" } }));
        Assert.NotNull(OrderedSensors.Misfit(SensorModelFiles.Load, ["lan"])(order with { Place = place with { Measures = [Quantity.Smoke] } }));

        var asked = new List<string>();
        var ordered = new OrderedSensors(models, (source, filters) => asked.AddRange(filters.Select(filter => $"{source} {filter}")), NullLogger<OrderedSensors>.Instance);
        ordered.Hear(new([order]));
        Assert.Contains("lan lab/th", asked);
        Assert.Empty(board.Now);
        Assert.Equal([22.5, 40], Assert.Single(models.Take(Message("lab/th", """{"t":22.5,"h":40}""")).Reports).Values.Select(value => value.Raw!.Value));

        // Taken out again: heard no more, and a stranger as before.
        ordered.Hear(new([]));
        Assert.Empty(models.Take(Message("lab/th", """{"t":22.6,"h":40}""")).Reports);
        Assert.Equal("lab/th", Assert.Single(board.Now).Sender);
    }

    [Fact]
    [Requirement("R-NET-01")]
    public void A_stranger_of_a_family_that_is_listened_to_is_offered_by_each_model_that_can_read_what_it_says()
    {
        var board = new StrangerBoard(models);
        Say(board, "zigbee2mqtt/rack/R04/availability", "online");
        Say(board, "zigbee2mqtt/rack/R04", """{"temperature":23.1,"humidity":41,"last_seen":"2026-05-11T09:00:00+09:00"}""");
        var one = Assert.Single(board.Now, now => now.Fits is not null);
        var fit = Assert.Single(one.Fits!.Value);
        Assert.Equal(("zigbee2mqtt", "rack-r04"), (fit.Model, fit.Name));
        Assert.Equal([Quantity.Temperature, Quantity.RelativeHumidity], fit.Measures.Order().AsEnumerable());
        Assert.Equal(["lan/zigbee2mqtt", "lan"], fit.Through.AsEnumerable());

        // What nobody can read is seen and cannot be enrolled by a click.
        Say(board, "tele/box/SENSOR", """{"nothing":1}""");
        Assert.Contains(board.Now, now => now.Sender == "box" && now.Fits is null);
    }

    [Fact]
    public void Who_is_enrolled_meanwhile_leaves_the_memory_of_the_others_as_it_was()
    {
        var own = new SensorModels(new([new("z-1", "zigbee2mqtt", "lan", "room/one")]), SensorModelFiles.Load);
        Assert.False(own.Take(Message("zigbee2mqtt/room/one", """{"temperature":23.1,"last_seen":"2026-05-11T09:00:00+09:00"}""")).Reports.Single().Resent);
        own.Hear([new("z-2", "zigbee2mqtt", "lan", "room/two", Quantities: [Quantity.Leak])]);

        Assert.True(own.Take(Message("zigbee2mqtt/room/one", """{"temperature":23.1,"last_seen":"2026-05-11T09:00:00+09:00"}""")).Reports.Single().Resent);
        Assert.Single(own.Take(Message("zigbee2mqtt/room/two", """{"water_leak":true}""")).Reports);
        Assert.Equal(["lan/zigbee2mqtt", "lan"], own.HeardThrough("z-2").AsEnumerable());
        own.Hear([]);
        Assert.Empty(own.Take(Message("zigbee2mqtt/room/two", """{"water_leak":true}""")).Reports);
        Assert.Single(own.Take(Message("zigbee2mqtt/room/one", """{"temperature":23.4}""")).Reports);
    }

    private void Say(StrangerBoard board, string topic, string payload) => board.Take(models.Take(Message(topic, payload)).News);

    private static MqttMessageHeard Message(string topic, string payload) => new("lan", topic, Encoding.UTF8.GetBytes(payload), Retained: false, Duplicate: false, 1, null, A.MondayNine);
}
