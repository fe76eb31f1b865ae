using RoomGuard.Bridge;
using RoomGuard.Bridge.Sensors;
using RoomGuard.Hosting;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Bridge;

public sealed class BridgeSettingsTests : IDisposable
{
    private const string Good = """
        {
          "panel": "bridge-1", "site": "kakuu-1", "environment": "Test", "dataFolder": "data", "service": "https://127.0.0.1:7444",
          "buses": [ { "id": "bus-1", "link": { "kind": "serial", "path": "/dev/ttyUSB0" }, "baudRate": 9600,
            "readers": [ { "id": "reader-in", "address": 0, "door": "SRV-1-D1", "side": "Entry", "cardFormat": "H10301" } ] } ],
          "doors": [ { "id": "SRV-1-D1", "zone": "SRV-1", "label": "正面扉", "labelEn": "Front door", "unlock": "00:00:05", "heldOpen": "00:00:30",
            "heldOpenAlarm": "00:01:00", "powerLoss": "FailSecure", "strike": { "reader": "reader-in", "output": 0 },
            "contact": { "reader": "reader-in", "input": 0 }, "exitRequest": { "reader": "reader-in", "input": 1 } } ]
        }
        """;

    private const string Panel = "\"panel\": \"bridge-1\",";
    private const string Leak = " \"sensors\": { \"enrolled\": [ { \"id\": \"leak-1\", \"model\": \"zigbee2mqtt\", \"key\": \"floor/leak\", \"source\": ";
    private const string Watched = " \"climate\": { \"zones\": [ { \"zone\": \"SRV-1\" } ], \"sensors\": [ { \"id\": \"leak-1\", \"zone\": \"SRV-1\", \"spot\": \"Structure\", \"label\": \"漏水\", \"labelEn\": \"Leak\", \"measures\": [ \"Leak\" ] } ] },";
    private const string Rack = " \"cabinets\": [ { \"id\": \"rack-1\", \"zone\": \"SRV-1\", \"label\": \"ラック1\", \"labelEn\": \"Rack 1\", ";
    private const string PowerLoss = "\"powerLoss\": \"FailSecure\"";
    private const string Interlock = ", \"interlock\": ";

    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void A_file_that_leaves_out_what_has_a_default_is_good()
    {
        var settings = Load(Good);

        Assert.Equal(7481, settings.Watching.Watch);
        Assert.Equal("127.0.0.1", settings.Watching.Address);
        Assert.Equal(75, settings.Journalling.WarnAtPercentUsed);
        Assert.Empty(settings.Plan().Problems());
    }

    [Theory]
    [Requirement("R-INP-01")]
    [InlineData("\"panel\": \"bridge-1\"", "\"pannel\": \"bridge-1\"", "pannel")]
    [InlineData("\"panel\": \"bridge-1\",", "\"panel\": \"bridge-1\", \"panel\": \"bridge-2\",", "\"panel\" stands here twice")]
    [InlineData("\"panel\": \"bridge-1\",", "", "panel")]
    [InlineData("\"address\": 0", "\"address\": \"zero\"", "$.buses[0].readers[0].address")]
    [InlineData("\"unlock\": \"00:00:05\"", "\"unlock\": 5", "$.doors[0].unlock")]
    [InlineData("\"powerLoss\": \"FailSecure\"", "\"powerLoss\": \"FailOpen\"", "$.doors[0].powerLoss")]
    [InlineData("\"strike\": {", "\"strikes\": {", "strikes")]
    [InlineData("\"address\": 0", "\"address\": 127", "buses[0].readers[0].address: 127 is outside 0 to 126")]
    [InlineData("\"unlock\": \"00:00:05\"", "\"unlock\": \"00:02:00\"", "doors[0].unlock: 00:02:00 is outside 00:00:01 to 00:01:00")]
    [InlineData("\"heldOpenAlarm\": \"00:01:00\"", "\"heldOpenAlarm\": \"00:00:10\"", "doors[0].heldOpenAlarm: 00:00:10 must not come before heldOpen (00:00:30)")]
    [InlineData("\"baudRate\": 9600", "\"baudRate\": 9601", "buses[0].baudRate: 9601")]
    [InlineData("\"door\": \"SRV-1-D1\"", "\"door\": \"SRV-9-D1\"", "buses[0].readers[0].door: there is no door \"SRV-9-D1\"")]
    [InlineData("\"cardFormat\": \"H10301\"", "\"cardFormat\": \"H10305\"", "buses[0].readers[0].cardFormat: \"H10305\" is not known")]
    [InlineData("\"cardFormat\": \"H10301\"", "\"cardFormat\": \"H10301\", \"secureChannel\": \"ClearText\"", "buses[0].readers[0].clearTextReason")]
    [InlineData("\"cardFormat\": \"H10301\"", "\"cardFormat\": \"H10301\", \"sensor\": { \"threshold\": 0 }", "buses[0].readers[0].sensor.threshold: 0 is outside 1 to 255")]
    [InlineData("\"cardFormat\": \"H10301\"", "\"cardFormat\": \"H10301\", \"sensor\": { \"threshold\": 256 }", "buses[0].readers[0].sensor.threshold: 256 is outside 1 to 255")]
    [InlineData("\"side\": \"Entry\"", "\"side\": \"Exit\", \"sensor\": {}", "buses[0].readers[0].sensor: reader reader-in is on the way out")]
    [InlineData("\"path\": \"/dev/ttyUSB0\"", "\"host\": \"127.0.0.1\"", "buses[0].link.path")]
    [InlineData("\"service\": \"https:", "\"service\": \"http:", "service: \"http://127.0.0.1:7444\"")]
    [InlineData("\"contact\": { \"reader\": \"reader-in\"", "\"contact\": { \"reader\": \"reader-x\"", "doors[0].contact.reader: there is no reader \"reader-x\"")]
    [InlineData("\"input\": 1 }", "\"input\": 0 }", "doors[0].exitRequest: input 0 of reader-in is the contact already")]
    [InlineData("\"dataFolder\": \"data\"", "\"dataFolder\": \"\"", "dataFolder: is empty")]
    [InlineData(PowerLoss, PowerLoss + Interlock + "[ \"SRV-1-D1\" ]", "doors[0].interlock: door \"SRV-1-D1\" cannot wait for itself. Name the other door.")]
    [InlineData(PowerLoss, PowerLoss + Interlock + "[ \"SRV-9-D1\" ]", "doors[0].interlock: there is no door \"SRV-9-D1\" under doors. An interlock joins doors of one bridge.")]
    [InlineData(PowerLoss, PowerLoss + Interlock + "[ \"SRV-1-D2\", \"SRV-1-D2\" ]", "doors[0].interlock: a door stands twice. Name each once.")]
    [InlineData(PowerLoss, PowerLoss + Interlock + "[ null ]", "doors[0].interlock: a name is missing. Write the id of a door, or leave interlock out.")]
    [InlineData(PowerLoss, PowerLoss + Interlock + "\"SRV-1-D2\"", "$.doors[0].interlock")]
    [InlineData(Panel, Panel + Leak + "\"lan\" } ] },", "sensors.enrolled[0].source: there is no broker \"lan\" under mqtt.sources. The bridge's own is \"broker\".")]
    [InlineData(Panel, Panel + Leak + "\"broker\" } ] }, \"broker\": { \"enabled\": false },", "sensors.enrolled[0].source: there is no broker \"broker\"")]
    [InlineData(Panel, Panel + " \"mqtt\": { \"sources\": [ { \"name\": \"broker\", \"host\": \"127.0.0.1\", \"subscriptions\": [ { \"filter\": \"a/#\" } ] } ] },", "mqtt.sources: the name \"broker\"")]
    [InlineData(Panel, Panel + Watched, "climate.sensors[0].id: \"leak-1\" is not under sensors.enrolled")]
    [InlineData(Panel, Panel + Rack + "\"contact\": { \"reader\": \"reader-in\", \"input\": 1 } } ],", "cabinets[0].contact: input 1 of reader-in is wired to something else already")]
    [InlineData(Panel, Panel + Rack + "\"contact\": { \"reader\": \"reader-x\", \"input\": 2 } } ],", "cabinets[0].contact.reader: there is no reader \"reader-x\"")]
    [InlineData(Panel, Panel + Rack + "\"sensor\": \"rack-2\" } ],", "cabinets[0].sensor: \"rack-2\" is not under sensors.enrolled")]
    [InlineData(Panel, Panel + Rack + "\"interval\": \"00:00:00\" } ],", "cabinets[0].interval: 00:00:00 is outside")]
    public void What_is_wrong_with_a_file_is_named_with_its_place(string right, string wrong, string named)
    {
        Assert.Contains(right, Good, StringComparison.Ordinal);

        var refused = Assert.Throws<SettingsException>(() => Load(Good.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    [Requirement("R-ZONE-10")]
    public void The_contact_of_a_rack_is_an_input_of_a_reader_and_tells_of_no_door()
    {
        var settings = Load(Good.Replace(Panel, Panel + Rack + "\"contact\": { \"reader\": \"reader-in\", \"input\": 2, \"inverted\": true } } ],", StringComparison.Ordinal));
        var bus = new RoomGuard.Bridge.Readers.ReaderInterpreter(Assert.Single(RoomGuard.Bridge.Readers.BusPlan.From(settings)), new RoomGuard.Core.People.CardDigester(new byte[32]));
        RoomGuard.Core.Doors.RoomInput[] Reports(params RoomGuard.Wire.Osdp.InputState[] states) =>
            [.. bus.Take(new RoomGuard.Wire.Osdp.InputsReported(0, [.. states]), default, DateTimeOffset.UnixEpoch).OfType<RoomGuard.Bridge.Readers.TellRoom>().Select(told => told.Input).Where(input => input is RoomGuard.Core.Cabinets.CabinetHeard)];

        var (off, on) = (RoomGuard.Wire.Osdp.InputState.Inactive, RoomGuard.Wire.Osdp.InputState.Active);
        Assert.Equal([new RoomGuard.Core.Cabinets.CabinetHeard(DateTimeOffset.UnixEpoch, new("rack-1"), false)], Reports(off, off, on));
        Assert.Equal([new RoomGuard.Core.Cabinets.CabinetHeard(DateTimeOffset.UnixEpoch, new("rack-1"), true)], Reports(off, off, off));
        Assert.Equal([new RoomGuard.Core.Cabinets.CabinetHeard(DateTimeOffset.UnixEpoch, new("rack-1"), null)], Reports(off, off));
        var plan = Assert.Single(settings.CabinetPlans(_ => []));
        Assert.Equal((true, (string?)null), (plan.Cabinet.Watched, plan.Sensor));
    }

    [Fact]
    [Requirement("R-ZONE-04")]
    public void Two_doors_that_wait_for_each_other_are_a_good_interlock()
    {
        var settings = Load(Good);
        var (front, back) = (settings.Doors[0], settings.Doors[0] with { Id = "SRV-1-D2", Strike = new("reader-in", 1) });
        settings = settings with { Doors = [front with { Interlock = ["SRV-1-D2"] }, back with { Interlock = ["SRV-1-D1"] }] };

        Assert.Empty(settings.Problems());
        Assert.Empty(settings.Plan().Problems());
        Assert.Equal("SRV-1-D2", Assert.Single(settings.Plan().Doors[0].Interlock).Value);
    }

    [Fact]
    public void The_office_is_told_of_each_door_with_what_hangs_on_it()
    {
        var settings = Load(Good);
        settings = settings with { Doors = [settings.Doors[0], settings.Doors[0] with { Id = "SRV-1-D2", Strike = new("reader-in", 1) }] };

        var (front, back) = (settings.Wiring()[0], settings.Wiring()[1]);

        Assert.Equal((settings.Doors[0].Id, settings.Doors[0].Zone), (front.Door.Value, front.Zone.Value));
        Assert.Equal(settings.Readers.Where(place => place.Reader.Door == front.Door.Value).Select(place => place.Reader.Id), front.Readers.Select(reader => reader.Value));
        Assert.NotEmpty(front.Readers);
        Assert.Equal("reader-in/output-1", back.Lock);
        Assert.Empty(back.Readers);
    }

    [Theory]
    [InlineData("SRV-1-D1")]
    [InlineData("SRV-9-D1")]
    [Requirement("R-ZONE-04")]
    public void A_plan_made_without_a_file_names_an_impossible_interlock_and_what_to_do(string other)
    {
        var settings = Load(Good);
        var plan = (settings with { Doors = [settings.Doors[0] with { Interlock = [other] }] }).Plan();

        Assert.Equal($"Door SRV-1-D1: the interlock names {other}, which is no other door of the plan. Name another door of the same bridge.", Assert.Single(plan.Problems()));
    }

    [Fact]
    public void A_broker_that_only_sensors_name_is_listened_to()
    {
        var settings = Load(Good.Replace(Panel, $"{Panel} {Leak} \"lan\" }} ] }}, \"mqtt\": {{ \"sources\": [ {{ \"name\": \"lan\", \"host\": \"127.0.0.1\" }} ] }},", StringComparison.Ordinal));

        Assert.Empty(settings.Problems());
    }

    [Fact]
    [Requirement("R-ENV-01")]
    public void The_invented_site_hears_every_sensor_it_watches()
    {
        var settings = SettingsFile.Load(Simulators.A.Kakuu("bridge.json"), BridgeSettingsJson.Default.BridgeSettings, []);
        var models = new SensorModels(settings.Sensors!, SensorModelFiles.Load);
        var plan = settings.Climate!.Plan(models.HeardThrough);

        Assert.Equal(settings.Sensors!.Enrolled.Select(sensor => sensor.Id).Order(StringComparer.Ordinal), plan.Sensors.Select(sensor => sensor.Id).Concat(settings.Racks.Select(rack => rack.Sensor).OfType<string>()).Order(StringComparer.Ordinal));
        Assert.Equal(["broker/zigbee2mqtt", "broker"], plan.Sensors.Single(sensor => sensor.Id == "inlet-1").Through!.Value.AsEnumerable());
        Assert.Empty(plan.Problems());
    }

    [Fact]
    public void A_place_can_be_set_from_the_command_line() =>
        Assert.Equal(7581, Load(Good, "listen={\"watch\":7581}").Watching.Watch);

    private BridgeSettings Load(string text, params string[] overrides)
    {
        File.WriteAllText(path, text);
        return SettingsFile.Load(path, BridgeSettingsJson.Default.BridgeSettings, overrides);
    }
}
