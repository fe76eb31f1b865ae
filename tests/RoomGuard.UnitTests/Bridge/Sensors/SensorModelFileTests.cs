using System.Text;
using System.Text.Json;
using RoomGuard.Bridge;
using RoomGuard.Bridge.Sensors;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Sensors;

/// <summary>Every shipped sensor model is right, names its source, and its family's transcript reads as it says.</summary>
public class SensorModelFileTests
{
    private const string Good = """
        { "model": "m", "maker": "n", "source": "manual, page 1", "caveats": [], "interval": "00:05:00",
          "mqtt": { "base": "b", "topics": [ { "pattern": "{base}/{key}/state", "role": "Values" }, { "pattern": "{base}/alive", "role": "Gateway", "alive": ["on"], "gone": ["off"] } ],
            "values": [ { "quantity": "Temperature", "path": "a.t", "unit": "Celsius" } ], "link": { "path": "l", "from": 0, "to": 255 } } }
        """;

    private static readonly string Transcripts = Path.Combine(SensorModelFiles.Folder, "transcripts");

    public static TheoryData<string> Shipped => [.. Directory.EnumerateFiles(SensorModelFiles.Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order()];

    public static TheoryData<string> Recorded => [.. Directory.EnumerateFiles(Transcripts, "*.jsonl").Select(file => Path.GetFileNameWithoutExtension(file)!).Order()];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Every_shipped_model_is_valid_names_its_source_and_is_in_a_transcript(string name)
    {
        var model = SensorModelFiles.Load(name);

        Assert.NotEmpty(model.Caveats);
        Assert.True(
            !model.IsHeard || Directory.EnumerateFiles(Transcripts, "*.jsonl").Any(file => File.ReadLines(file).First().Contains($"\"model\": \"{name}\"", StringComparison.Ordinal)),
            $"{name} is in no transcript: record one, or lay one out from the documentation.");
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    [Requirement("R-NET-01")]
    [Requirement("R-NET-09")]
    public void Every_transcript_reads_as_it_says(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Transcripts, name + ".jsonl"));
        var section = JsonSerializer.Deserialize(lines[0], BridgeSettingsJson.Default.SensorsSection)!;
        Assert.Empty(section.Problems("sensors", text => text is { Length: > 0 }));
        var models = new SensorModels(section, SensorModelFiles.Load);
        var source = Assert.Single(models.Sources);
        foreach (var text in lines.Skip(1))
        {
            using var line = JsonDocument.Parse(text);
            var heard = models.Take(HeardText.Message(line.RootElement, source));

            Assert.Equal(line.RootElement.GetProperty("hears").EnumerateArray().Select(item => item.GetString()!), HeardText.Of(heard));
        }
    }

    [Theory]
    [InlineData("\"unit\": \"Celsius\"", "\"unit\": \"Percent\"", "not counted in Percent")]
    [InlineData("\"unit\": \"Celsius\"", "\"unit\": \"Stones\"", "values[0].unit")]
    [InlineData("\"path\": \"a.t\"", "\"path\": \"a..t\"", "no place in a message")]
    [InlineData("\"path\": \"a.t\"", "\"path\": \"a[\"", "no place in a message")]
    [InlineData("\"path\": \"a.t\",", "\"path\": \"a.t\", \"scale\": 0,", "make no value")]
    [InlineData("\"path\": \"a.t\",", "\"path\": \"a.t\", \"on\": [\"x\"],", "is a number")]
    [InlineData("{base}/{key}/state", "{base}/state", "has {key}")]
    [InlineData("{base}/{key}/state", "{base}/#/{key}", "is no pattern")]
    [InlineData("{base}/{key}/state", "{base}/{key}/x{field}", "one whole level")]
    [InlineData("\"base\": \"b\", ", "", "base is empty")]
    [InlineData("\"role\": \"Values\"", "\"role\": \"Ignored\"", "nothing would ever be measured")]
    [InlineData(", \"gone\": [\"off\"]", "", "alive and gone")]
    [InlineData("\"to\": 255", "\"to\": 0", "the same number")]
    [InlineData("\"interval\": \"00:05:00\"", "\"interval\": \"3.00:00:00\"", "2.00:00:00")]
    [InlineData("\"source\": \"manual, page 1\"", "\"source\": \"\"", "Name the documentation")]
    [InlineData("\"caveats\": [],", "\"caveats\": [], \"colour\": 1,", "colour")]
    [InlineData("\"maker\": \"n\",", "\"maker\": \"n\", \"maker\": \"o\",", "maker")]
    [InlineData("\"mqtt\": {", "\"sparkplug\": { \"values\": [] }, \"mqtt\": {", "exactly one")]
    [Requirement("R-INP-01")]
    public void A_wrong_model_file_is_refused_by_name_place_and_remedy(string part, string wrong, string says)
    {
        Assert.NotNull(SensorModelFiles.Parse("mine.json", Encoding.UTF8.GetBytes(Good)));
        Assert.Contains(part, Good, StringComparison.Ordinal);

        var refused = Assert.Throws<SensorModelException>(() => SensorModelFiles.Parse("mine.json", Encoding.UTF8.GetBytes(Good.Replace(part, wrong, StringComparison.Ordinal))));

        Assert.StartsWith("mine.json: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("../../bridge")]
    public void A_model_that_is_not_there_is_answered_with_those_that_are(string name) =>
        Assert.Contains("zigbee2mqtt", Assert.Throws<SensorModelException>(() => SensorModelFiles.Load(name)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{ "id": "a", "model": "zigbee2mqtt" }""", "comes over a broker")]
    [InlineData("""{ "id": "a", "model": "plain", "source": "s", "key": "k" }""", "knows no values by itself")]
    [InlineData("""{ "id": "a", "model": "modbus-th" }""", "needs a link")]
    [InlineData("""{ "id": "a", "model": "sparkplug", "source": "s", "key": "alone" }""", "GROUP/NODE")]
    [InlineData("""{ "id": "a", "model": "linux-hwmon" }""", "stands in its file name")]
    [InlineData("""{ "id": "a", "model": "tasmota", "source": "s", "key": "k", "link": { "kind": "serial", "path": "/dev/ttyS1" } }""", "takes no link")]
    public void A_sensor_that_does_not_fit_its_model_is_refused(string sensor, string says)
    {
        var enrolled = JsonSerializer.Deserialize(sensor, BridgeSettingsJson.Default.EnrolledSensor)!;

        Assert.Contains(says, Assert.Throws<SensorModelException>(() => new SensorModels(new([enrolled]), SensorModelFiles.Load)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "enrolled": [ { "id": "a b", "model": "tasmota" } ] }""", "enrolled[0].id")]
    [InlineData("""{ "enrolled": [ { "id": "a", "model": "tasmota" }, { "id": "a", "model": "tasmota" } ] }""", "stands twice")]
    [InlineData("""{ "enrolled": [ { "id": "a", "model": "tasmota", "key": "x/#" } ] }""", "without wildcards")]
    [InlineData("""{ "enrolled": [ { "id": "a", "model": "tasmota", "timeZone": "Moon/Base" } ] }""", "Asia/Tokyo")]
    [InlineData("""{ "enrolled": [ { "id": "a", "model": "m", "link": { "kind": "tcp", "host": "192.0.2.9", "port": 502 } } ] }""", "R-NET-04")]
    [InlineData("""{ "enrolled": [ { "id": "a", "model": "m", "unit": 248 } ] }""", "1 to 247")]
    [InlineData("""{ "enrolled": [ { "id": "a", "model": "m", "values": [ { "quantity": "Leak", "unit": "Celsius" } ] } ] }""", "values[0].unit")]
    [InlineData("""{ "enrolled": [], "discovery": [ { "source": "s", "prefix": "a/#" } ] }""", "discovery[0].prefix")]
    [Requirement("R-INP-01")]
    public void Wrong_settings_are_told_with_place_and_remedy(string section, string says) =>
        Assert.Contains(says, string.Join('\n', JsonSerializer.Deserialize(section, BridgeSettingsJson.Default.SensorsSection)!.Problems("sensors", text => text is not null && !text.Contains(' ', StringComparison.Ordinal))), StringComparison.Ordinal);
}
