using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RoomGuard.Bridge.Sensors;
using RoomGuard.Core.Climate;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Sensors;

/// <summary>From messages to reports: who counts, what is old, what is odd, and that no bytes ever throw or grow memory.</summary>
public class SensorModelsTests
{
    private static readonly DateTimeOffset Noon = A.MondayNine.AddHours(3);

    private static readonly ImmutableArray<EnrolledSensor> Enrolled =
    [
        new("z-1", "zigbee2mqtt", "lan", "room/one"),
        new("t-1", "tasmota", "lan", "board", Quantities: [Quantity.Temperature]),
        new("e-1", "esphome", "lan", "node", Client: "node"),
        new("s-1", "shelly-battery", "lan", "shelly-1"),
        new("c-1", "chirpstack-milesight", "lan", "24e1"),
        new("p-1", "plain", "lan", "lab/x", Values: [new(Quantity.Temperature, "a['b.c'][0]"), new(Quantity.Leak, "w")]),
        new("b-1", "sparkplug", "lan", "g/n/d"),
    ];

    private readonly SensorModels models = new(new(Enrolled, Discovery: [new("lan")]), SensorModelFiles.Load);

    [Fact]
    public void Whole_families_are_listened_to_so_that_strangers_are_noticed_and_single_topics_where_there_is_no_family() =>
        Assert.Equal(
            [
                "+/binary_sensor/+/state", "+/events/rpc", "+/online", "+/sensor/+/state", "+/status", "+/status/+", "application/+/device/+/event/join", "application/+/device/+/event/status", "application/+/device/+/event/up",
                "homeassistant/+/+/+/config", "homeassistant/+/+/config", "lab/x", "spBv1.0/#", "stat/+/STATUS10", "stat/+/STATUS8", "tele/+/LWT", "tele/+/SENSOR", "tele/+/STATE", "zigbee2mqtt/#",
            ],
            models.FiltersOf("lan").AsEnumerable());

    [Fact]
    [Requirement("R-NET-01")]
    public void Another_client_on_an_enrolled_sensor_s_topic_is_not_believed_and_told()
    {
        var forged = models.Take(Said("node/sensor/temperature/state", "12", client: "intruder"));
        Assert.Empty(forged.Reports);
        Assert.Equal(OddKind.OtherClient, Assert.IsType<SenderOdd>(Assert.Single(forged.News)).Kind);

        // Where the broker does not tell who published, the topic is all there is.
        Assert.Single(models.Take(Said("node/sensor/temperature/state", "22")).Reports);
        Assert.Single(models.Take(Said("node/sensor/temperature/state", "22.5", client: "node")).Reports);
    }

    [Fact]
    [Requirement("R-NET-09")]
    public void Too_many_messages_are_told_once_an_hour_and_a_change_still_comes_through()
    {
        var told = 0;
        var reports = 0;
        for (var at = 0; at < 5_000; at++)
        {
            var heard = models.Take(Said("zigbee2mqtt/room/one", """{"water_leak":false}""", at: Noon.AddMilliseconds(at * 10)));
            told += heard.News.Count(news => news is SenderOdd { Kind: OddKind.TooMany });
            reports += heard.Reports.Length;
        }

        Assert.Equal(1, told);
        Assert.InRange(reports, 120, 200);
        Assert.Equal(1, models.Take(Said("zigbee2mqtt/room/one", """{"water_leak":true}""", at: Noon.AddSeconds(50.1))).Reports.Single().Values.Single().Raw);
    }

    [Fact]
    [Requirement("R-NET-09")]
    public void A_thousand_strangers_are_counted_in_bounded_room()
    {
        var told = Enumerable.Range(0, 1_000).SelectMany(at => models.Take(Said($"zigbee2mqtt/stranger-{at}", "{}")).News).OfType<UnknownSender>().ToList();

        Assert.Equal(201, told.Count);
        Assert.Equal("*", told[^1].Sender);
        Assert.Empty(models.Take(Said("zigbee2mqtt/stranger-5", "{}")).News);
        Assert.Equal(2, models.Take(Said("zigbee2mqtt/stranger-7", "{}", at: Noon.AddHours(2))).News.OfType<UnknownSender>().Single().Count);
    }

    [Fact]
    public void Of_a_payload_that_cannot_be_read_256_bytes_are_kept_and_it_is_counted()
    {
        models.Take(Said("zigbee2mqtt/room/one", new string('x', 5_000)));
        models.Take(Said("zigbee2mqtt/room/one", "{\"temperature\":\"\\ud800\"}"));

        var misread = Assert.Single(models.Misreadings);
        Assert.Equal(("z-1", 2), (misread.SensorId, misread.Count));
        Assert.Equal("a text in it is half a character", misread.Reason);
        models.Take(Said("zigbee2mqtt/room/one", new string('y', 5_000)));
        Assert.Equal(256, models.Misreadings.Single().Raw.Length);
    }

    [Theory]
    [InlineData(true, false, false, true)]
    [InlineData(false, true, false, true)]
    [InlineData(false, false, true, true)]
    [InlineData(false, false, false, false)]
    public void Retained_repeated_and_waiting_messages_are_old_things_told_again(bool retained, bool duplicate, bool waited, bool resent)
    {
        models.Take(Said("lab/x", """{"w":true}"""));

        var heard = models.Take(Said("lab/x", """{"w":true}""") with { Retained = retained, Duplicate = duplicate, Waited = waited });

        Assert.Equal(resent, Assert.Single(heard.Reports).Resent);
    }

    [Fact]
    public void A_repeat_flag_on_something_new_does_not_make_it_old() =>
        Assert.False(models.Take(Said("lab/x", """{"w":true}""") with { Duplicate = true }).Reports.Single().Resent);

    [Fact]
    public void A_gateway_whose_clock_is_hours_late_is_still_heard_as_soon_as_its_clock_moves_on()
    {
        string Late(int minute) => $$"""{"temperature":22,"last_seen":"2020-01-01T00:{{minute:00}}:00Z"}""";

        Assert.True(models.Take(Said("zigbee2mqtt/room/one", Late(0))).Reports.Single().Resent);
        Assert.False(models.Take(Said("zigbee2mqtt/room/one", Late(1), at: Noon.AddMinutes(1))).Reports.Single().Resent);
        Assert.True(models.Take(Said("zigbee2mqtt/room/one", Late(1), at: Noon.AddMinutes(2))).Reports.Single().Resent);
    }

    [Fact]
    public void Any_bytes_on_any_topic_neither_throw_nor_invent_a_number()
    {
        string[] topics =
        [
            "zigbee2mqtt/room/one", "zigbee2mqtt/room/one/availability", "zigbee2mqtt/bridge/state", "zigbee2mqtt/bridge/devices", "tele/board/SENSOR", "tele/board/LWT", "stat/board/STATUS8", "node/sensor/temperature/state",
            "node/status", "shelly-1/events/rpc", "shelly-1/status/flood:0", "application/a/device/24e1/event/up", "lab/x", "spBv1.0/g/NBIRTH/n", "spBv1.0/g/DBIRTH/n/d", "spBv1.0/g/DDATA/n/d", "spBv1.0/g/NDEATH/n",
            "homeassistant/device/x/config", "homeassistant/sensor/x/y/config", "somewhere/else", "/", "$SYS/x",
        ];
        Prop.ForAll<byte, byte, byte[]>((which, kind, bytes) =>
        {
            byte[] payload = (kind % 3) switch { 0 => [.. "{\"temperature\":"u8, .. bytes], 1 => [.. "[{\"friendly_name\":\""u8, .. bytes], _ => bytes };
            var heard = models.Take(new("lan", topics[which % topics.Length], payload, Retained: false, Duplicate: false, 0, null, Noon));
            return heard.Reports.Length <= Enrolled.Length && heard.News.Length <= 1_000 && heard.Reports.All(report => report.Values.All(value => value.Raw is { } raw ? double.IsFinite(raw) : value.Fault is not null));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000).WithEndSize(120));
    }

    [Fact]
    public void Every_recorded_message_may_lose_or_change_any_byte_without_throwing()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(SensorModelFiles.Folder, "transcripts"), "*.jsonl"))
        {
            foreach (var text in File.ReadLines(file).Skip(1))
            {
                using var line = System.Text.Json.JsonDocument.Parse(text);
                var message = HeardText.Message(line.RootElement, "lan");
                var bytes = message.Payload.ToArray();
                for (var at = 0; at < bytes.Length; at += 3)
                {
                    models.Take(message with { Topic = "zigbee2mqtt/room/one", Payload = bytes.AsMemory(0, at) });
                    bytes[at] ^= 0x21;
                    models.Take(message with { Topic = "spBv1.0/g/DDATA/n/d", Payload = bytes });
                    models.Take(message with { Topic = "zigbee2mqtt/bridge/devices", Payload = bytes });
                    models.Take(message with { Topic = "homeassistant/device/x/config", Payload = bytes });
                    bytes[at] ^= 0x21;
                }
            }
        }
    }

    [Theory]
    [InlineData("{{ value }}", null, 1)]
    [InlineData("{{ value_json.a.b }}", "a.b", 1)]
    [InlineData("{{value_json['a b'].c[0] | float(0) | round(1)}}", "['a b'].c[0]", 1)]
    [InlineData("{{ value_json.t | multiply(0.1) | default('x') | is_defined }}", "t", 0.1)]
    public void A_harmless_template_becomes_a_place(string template, string? path, double scale)
    {
        var read = HomeAssistantTemplate.Read(template, out var refused);

        Assert.Null(refused);
        Assert.Equal((path, scale), (read!.Path, read.Scale));
    }

    [Theory]
    [InlineData("{{ states('lock.door') }}")]
    [InlineData("{% if x %}1{% endif %}")]
    [InlineData("{{ value_json.a + 1 }}")]
    [InlineData("{{ value_json.a | regex_replace('a','b') }}")]
    [InlineData("{{ value_json.__class__() }}")]
    [InlineData("{{ value }}{{ value }}")]
    [InlineData("")]
    public void Every_other_template_is_refused_by_name(string template)
    {
        Assert.Null(HomeAssistantTemplate.Read(template, out var refused));
        Assert.NotNull(refused);
    }

    [Theory]
    [InlineData("1770059106", "2026-02-02T19:05:06Z")]
    [InlineData("1770059106210", "2026-02-02T19:05:06.21Z")]
    [InlineData("2026-02-03T04:05:06+09:00", "2026-02-02T19:05:06Z")]
    [InlineData("2026-02-03T04:05:06", "2026-02-02T19:05:06Z")]
    [InlineData("soon", null)]
    [InlineData("-5", null)]
    [InlineData("9e99", null)]
    public void A_device_s_time_is_read_in_each_form_devices_use(string text, string? expected) =>
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), SensorReadings.Time(SensorCell.Of(text), TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo")));

    [Fact]
    public async Task The_intake_is_done_with_a_message_when_whoever_hears_of_it_is()
    {
        var done = new TaskCompletionSource();
        var told = new List<SensorsHeard>();
        var intake = new SensorIntake(models, (heard, _) =>
        {
            told.Add(heard);
            return new(done.Task);
        });

        await intake.Heard(Said("lab/other/of/nobody", "1") with { Source = "another" }, CancellationToken.None);
        Assert.Empty(told);
        var taking = intake.Heard(Said("lab/x", """{"w":true}"""), CancellationToken.None).AsTask();
        Assert.False(taking.IsCompleted);
        done.SetResult();
        await taking;
        Assert.Equal(1, Assert.Single(Assert.Single(told).Reports).Values.Single().Raw);
    }

    private static MqttMessageHeard Said(string topic, string payload, string? client = null, DateTimeOffset? at = null) =>
        new("lan", topic, Encoding.UTF8.GetBytes(payload), Retained: false, Duplicate: false, 0, client, at ?? Noon);
}
