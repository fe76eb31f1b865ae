using System.Text;
using RoomGuard.Bridge;
using RoomGuard.Bridge.Doors;
using RoomGuard.Bridge.Gates;
using RoomGuard.Bridge.Readers;
using RoomGuard.Bridge.Sensors;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Gates;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Record;
using RoomGuard.Hosting;
using RoomGuard.TestKit;
using RoomGuard.Wire.Cards;
using RoomGuard.Wire.Osdp;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Gates;

/// <summary>From a gate's message, or an OSDP reader's bits, to the journal.</summary>
public sealed class TagIntakeTests : IMqttMessages
{
    private const string Settings = """
        {
          "panel": "bridge-1", "site": "kakuu-1", "environment": "Test", "dataFolder": "data", "service": "https://127.0.0.1:7444",
          "buses": [ { "id": "bus-1", "link": { "kind": "serial", "path": "/dev/ttyUSB0" }, "baudRate": 9600,
            "readers": [
              { "id": "reader-in", "address": 0, "door": "SRV-1-D1", "side": "Entry", "cardFormat": "H10301" },
              { "id": "tags-srv", "address": 1, "door": "SRV-1-D1", "side": "Exit", "cardFormat": "H10301", "tags": { "prefix": "AS-", "digits": 5 } } ] } ],
          "doors": [ { "id": "SRV-1-D1", "zone": "SRV-1", "label": "正面扉", "labelEn": "Front door", "unlock": "00:00:05", "heldOpen": "00:00:30",
            "heldOpenAlarm": "00:01:00", "powerLoss": "FailSecure", "strike": { "reader": "reader-in", "output": 0 }, "contact": { "reader": "reader-in", "input": 0 } } ],
          "gates": [ { "id": "gate-srv", "door": "SRV-1-D1", "source": "broker", "topic": "gates/srv", "client": "gate-srv" } ]
        }
        """;

    private readonly TestRoom room = new(null, new GatePulse(new("gate-srv"), TimeSpan.FromMinutes(1)));
    private readonly string path = Path.GetTempFileName();
    private readonly BridgeSettings settings;
    private readonly TagIntake intake;
    private int others;

    public TagIntakeTests()
    {
        settings = Load(Settings);
        intake = new(settings, new DirectRoom(room), this);
    }

    [Fact]
    [Requirement("R-MOVE-05")]
    public async Task A_gates_message_is_in_the_journal_before_it_is_answered()
    {
        await Say("""{"tag":" AS-00417 ","direction":"out","time":"2026-04-06T08:59:58+00:00"}""", at: new(2026, 4, 6, 9, 0, 0, TimeSpan.Zero));
        await Say("""{"tag":"AS-00417","direction":"out"}""", at: new(2026, 4, 6, 9, 0, 1, TimeSpan.Zero));

        var read = Assert.Single(room.Written<AssetTagRead>());
        Assert.Equal(("gate-srv", "SRV-1-D1", "SRV-1", "AS-00417", TagDirection.Out), (read.Gate.Value, read.Door.Value, read.Zone.Value, read.Tag, read.Direction));
        Assert.Equal(new DateTimeOffset(2026, 4, 6, 8, 59, 58, TimeSpan.Zero), read.ReadAt);
        Assert.Equal(0, others);
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public async Task A_gates_word_that_it_is_alive_reads_nothing_and_counts_only_from_itself_and_now()
    {
        await Say("""{"alive":true}""", client: "somebody");
        await Say("""{"alive":true}""", retained: true);
        Assert.DoesNotContain(room.Written<ReaderReported>(), told => told.Reader.Value == "gate-srv");
        await Say("""{"alive":true}""");

        Assert.Equal(ReaderCondition.Online, Assert.Single(room.Written<ReaderReported>(), told => told.Reader.Value == "gate-srv").Condition);
        Assert.Empty(room.Written<AssetTagRead>());
        await Say("""{"alive":"yes"}""");
        Assert.Equal(OddKind.NotItsModel, room.Written<SenderSuspected>().Last().Oddity);
    }

    [Theory]
    [InlineData("""{"tag":"AS-1","time":"2026-04-07T09:00:00Z"}""")]
    [InlineData("""{"tag":"AS-1","time":"2026-01-01T09:00:00Z"}""")]
    [InlineData("""{"tag":"AS-1","time":"yesterday"}""")]
    [InlineData("""{"tag":"AS-1","time":true,"more":[1,2]}""")]
    public async Task A_clock_that_cannot_be_right_is_not_believed(string message)
    {
        await Say(message);

        Assert.Null(Assert.Single(room.Written<AssetTagRead>()).ReadAt);
    }

    [Theory]
    [Requirement("R-INP-01")]
    [InlineData("")]
    [InlineData("AS-00417")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"tag":7}""")]
    [InlineData("""{"tag":""}""")]
    [InlineData("""{"tag":"\ud800"}""")]
    [InlineData("""{"tag":"AS-1","direction":"up"}""")]
    [InlineData("""{"tag":"AS-1","direction":1}""")]
    public async Task What_is_no_message_of_a_gate_is_told_once_and_reads_nothing(string message)
    {
        await Say(message);
        await Say(message);

        Assert.Empty(room.Written<AssetTagRead>());
        Assert.Equal(("gate-srv", OddKind.NotItsModel), (Assert.Single(room.Written<SenderSuspected>()).Sensor, room.Written<SenderSuspected>().Single().Oddity));
    }

    [Fact]
    [Requirement("R-NET-09")]
    public async Task Another_client_in_the_gates_name_is_not_believed_and_told()
    {
        await Say("""{"tag":"AS-00417"}""", client: "somebody");

        Assert.Empty(room.Written<AssetTagRead>());
        Assert.Equal(OddKind.OtherClient, Assert.Single(room.Written<SenderSuspected>()).Oddity);
    }

    [Fact]
    public async Task What_a_broker_kept_passes_no_door_and_other_topics_are_the_sensors()
    {
        await Say("""{"tag":"AS-00417"}""", retained: true);
        await Say("""{"tag":"AS-00417"}""", topic: "gates/other");

        Assert.Empty(room.Written<AssetTagRead>());
        Assert.Equal(1, others);
    }

    [Fact]
    [Requirement("R-MOVE-05")]
    [Requirement("R-DOOR-05")]
    public void A_tag_reader_on_a_bus_tells_tags_and_opens_no_door()
    {
        var bus = new ReaderInterpreter(Assert.Single(BusPlan.From(settings)), new CardDigester(new byte[32]));

        var outcomes = bus.Take(new CardRead(1, 0, 1, 26, CardFormat.H10301.Encode(1, 417)), default, room.Now);

        Assert.Equal(new AssetTagHeard(room.Now, new("tags-srv"), new("SRV-1-D1"), new("SRV-1"), "AS-00417", null), Assert.IsType<TellRoom>(Assert.Single(outcomes)).Input);
        Assert.IsType<UnreadableCard>(Assert.IsType<TellRoom>(Assert.Single(bus.Take(new CardRead(1, 0, 1, 30, new byte[4]), default, room.Now))).Input);
        Assert.IsType<BadgePresented>(Assert.IsType<TellRoom>(Assert.Single(bus.Take(new CardRead(0, 0, 1, 26, CardFormat.H10301.Encode(1, 417)), default, room.Now))).Input);
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public void A_silent_tag_reader_is_told_and_takes_no_door_out_of_service()
    {
        var plan = settings.Plan();
        Assert.Equal(["reader-in"], plan.Readers.Select(place => place.Reader.Value));
        var control = new EntryControl(plan, new() { PinMatches = (_, _) => false });
        _ = control.Handle(new RoomStarted(room.Now));
        _ = control.Handle(new ReaderChanged(room.Now, new("reader-in"), ReaderCondition.Online, "test"));

        var told = control.Handle(new ReaderChanged(room.Now, new("tags-srv"), ReaderCondition.Offline, "silent"));

        Assert.Equal(("tags-srv", ReaderCondition.Offline, false), told.OfType<Write>().Select(write => write.Event).OfType<ReaderReported>().Select(item => (item.Reader.Value, item.Condition, item.InService)).Single());
        Assert.True(Assert.Single(control.DoorsNow()).InService);
    }

    [Theory]
    [Requirement("R-INP-01")]
    [InlineData("\"digits\": 5", "\"digits\": 0", "buses[0].readers[1].tags: \"AS-\" with 0 digits is no asset tag")]
    [InlineData("\"prefix\": \"AS-\"", "\"prefix\": \"as \"", "buses[0].readers[1].tags: \"as \" with 5 digits is no asset tag")]
    [InlineData("\"client\": \"gate-srv\"", "\"interval\": \"2.00:00:00\"", "gates[0].interval: 2.00:00:00 is no time in which a gate says that it is alive")]
    [InlineData("\"topic\": \"gates/srv\"", "\"topic\": \"gates/#\"", "gates[0].topic: \"gates/#\" is no topic of a gate")]
    [InlineData("\"id\": \"gate-srv\", \"door\": \"SRV-1-D1\"", "\"id\": \"gate-srv\", \"door\": \"SRV-9-D1\"", "gates[0].door: there is no door \"SRV-9-D1\"")]
    [InlineData("\"source\": \"broker\"", "\"source\": \"lan\"", "gates[0].source: there is no broker \"lan\"")]
    [InlineData("\"id\": \"gate-srv\"", "\"id\": \"tags-srv\"", "gates: id \"tags-srv\" stands twice")]
    public void What_is_wrong_with_a_gate_is_named_with_its_place(string right, string wrong, string named)
    {
        Assert.Contains(right, Settings, StringComparison.Ordinal);
        Assert.Contains(named, Assert.Throws<SettingsException>(() => Load(Settings.Replace(right, wrong, StringComparison.Ordinal))).Message, StringComparison.Ordinal);
    }

    ValueTask IMqttMessages.Heard(MqttMessageHeard message, CancellationToken stop)
    {
        others++;
        return ValueTask.CompletedTask;
    }

    private BridgeSettings Load(string text)
    {
        File.WriteAllText(path, text);
        try
        {
            return SettingsFile.Load(path, BridgeSettingsJson.Default.BridgeSettings, []);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private ValueTask Say(string payload, string client = "gate-srv", bool retained = false, string topic = "gates/srv", DateTimeOffset? at = null) =>
        intake.Heard(new("broker", topic, Encoding.UTF8.GetBytes(payload), retained, false, 1, client, at ?? room.Now), CancellationToken.None);

    /// <summary>A room that takes each post in a turn of its own, on the caller's thread.</summary>
    private sealed class DirectRoom(TestRoom room) : IRoomInbox
    {
        public void Post(RoomInput input) => room.Tell(input);

        public bool TryPost(RoomInput input, bool canWait = false)
        {
            Post(input);
            return true;
        }

        public Task<bool> PostAsync(RoomInput input) => Take(new(input, null, new(), room.Time.GetTimestamp()));

        public Task<bool> RecordAsync(RecordedEvent item) => Take(new(null, item, new(), room.Time.GetTimestamp()));

        private Task<bool> Take(RoomPost post)
        {
            room.Turn.Run([post]);
            return post.Durable!.Task;
        }
    }
}
