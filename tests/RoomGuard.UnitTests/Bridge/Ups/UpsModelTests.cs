using System.Globalization;
using System.Text;
using RoomGuard.Bridge.Ups;
using RoomGuard.Core.Power;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using RoomGuard.UnitTests.Wire;
using RoomGuard.Wire.Modbus;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Ups;

/// <summary>Every shipped model is right, names its source, and reads its transcript as the transcript says.</summary>
public class UpsModelTests
{
    private const string Good = """
        { "model": "m", "maker": "n", "source": "manual, page 1", "caveats": [],
          "modbus": { "table": "HoldingRegisters", "wordOrder": "Abcd", "onLineOtherwise": true,
            "reads": [ { "address": 0, "count": 10, "when": "Snapshot" } ],
            "points": [ { "quantity": "ChargePercent", "address": 1, "form": "Unsigned16" } ],
            "flags": [ { "flag": "OnBattery", "address": 0, "bit": 2 } ], "texts": [] } }
        """;

    public static TheoryData<string> Shipped => [.. Directory.EnumerateFiles(UpsModels.Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order()];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Every_shipped_model_is_valid_and_has_a_transcript(string name)
    {
        var model = UpsModels.Load(name);

        Assert.NotEmpty(model.Caveats);
        Assert.True(File.Exists(Transcript(name)), $"{name}.transcript.txt is missing: record one, or lay one out from the manual.");
        Assert.Contains(File.ReadLines(Transcript(name)), line => line.StartsWith("= RuntimeSeconds", StringComparison.Ordinal) || line.StartsWith("= LoadPercent", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    [Requirement("R-PWR-01")]
    public void Every_shipped_model_reads_its_transcript_as_it_says(string name)
    {
        var model = UpsModels.Load(name);
        var lines = File.ReadAllLines(Transcript(name)).Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0).ToList();
        foreach (var (expected, reading) in model.Modbus is { } modbus ? Replay(modbus, lines) : ReplayLines(model.Megatec!, lines))
        {
            var (what, value) = (expected.Split(' ', 2)[0], expected.Split(' ', 2)[1]);
            var seen = what switch
            {
                "State" => reading.State.ToString(),
                "Flags" => string.Join(", ", reading.Flags.ToString().Split(", ").Order()),
                _ when Enum.TryParse<UpsText>(what, out var text) => reading.Texts.GetValueOrDefault(text, "nothing"),
                _ => reading.Values.TryGetValue(Enum.Parse<UpsQuantity>(what), out var measured) && measured.Quality == UpsQuality.Good ? measured.Value.ToString(CultureInfo.InvariantCulture) : "nothing",
            };
            Assert.Equal($"{what} {(what == "Flags" ? string.Join(", ", value.Split(", ").Order()) : value)}", $"{what} {seen}");
        }
    }

    [Theory]
    [InlineData("\"form\": \"Unsigned16\"", "\"form\": \"Unsigned17\"", "points[0].form")]
    [InlineData("\"address\": 1,", "\"address\": 10,", "read by no block")]
    [InlineData("\"count\": 10", "\"count\": 126", "1 to 125")]
    [InlineData("\"count\": 10", "\"count\": 0", "0 from 0 is no reading")]
    [InlineData("\"form\": \"Unsigned16\"", "\"form\": \"Text\"", "texts")]
    [InlineData("\"bit\": 2", "\"bit\": 2, \"values\": [3]", "one of bit")]
    [InlineData("\"bit\": 2", "\"bit\": 32", "one of bit")]
    [InlineData("\"OnBattery\"", "\"OnLine\"", "tells OnBattery")]
    [InlineData("\"when\": \"Snapshot\"", "\"when\": \"Status\"", "at every snapshot")]
    [InlineData("\"source\": \"manual, page 1\"", "\"source\": \" \"", "Name the manual")]
    [InlineData("\"caveats\": [],", "", "caveats")]
    [InlineData("\"caveats\": [],", "\"caveats\": [], \"colour\": 1,", "colour")]
    [InlineData("\"maker\": \"n\",", "\"maker\": \"n\", \"maker\": \"o\",", "maker")]
    [InlineData("\"form\": \"Unsigned16\" }", "\"form\": \"Unsigned32\" }, { \"quantity\": \"LoadPercent\", \"address\": 2, \"form\": \"Unsigned16\" }", "LoadPercent at 2 overlaps ChargePercent at 1")]
    [InlineData("\"form\": \"Unsigned16\" }", "\"form\": \"Unsigned16\" }, { \"quantity\": \"ChargePercent\", \"address\": 5, \"form\": \"Unsigned16\" }", "ChargePercent stands twice")]
    [InlineData("\"form\": \"Unsigned16\" }", "\"form\": \"Unsigned16\", \"scale\": 0 }", "makes no value")]
    [InlineData("\"texts\": [] } }", "\"texts\": [] }, \"megatec\": { \"dialect\": \"Q1\", \"bypassBit\": true } }", "exactly one")]
    [InlineData("{ \"model\"", "[ \"model\"", "$")]
    [Requirement("R-INP-01")]
    public void A_wrong_model_file_is_refused_by_name_place_and_remedy(string part, string wrong, string says)
    {
        Assert.NotNull(UpsModels.Parse("mine.json", Encoding.UTF8.GetBytes(Good)));
        Assert.Contains(part, Good, StringComparison.Ordinal);

        var refused = Assert.Throws<UpsModelException>(() => UpsModels.Parse("mine.json", Encoding.UTF8.GetBytes(Good.Replace(part, wrong, StringComparison.Ordinal))));

        Assert.StartsWith("mine.json: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("../../bridge")]
    public void A_model_that_is_not_there_is_answered_with_those_that_are(string name) =>
        Assert.Contains("apc-smart-ups", Assert.Throws<UpsModelException>(() => UpsModels.Load(name)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_snapshot_of_an_apc_takes_two_transactions()
    {
        var reads = UpsModels.Load("apc-smart-ups").Modbus!.Reads;

        Assert.Equal(2, reads.Count(read => read.When == ReadWhen.Snapshot));
        Assert.Equal(2, reads.Where(read => read.When == ReadWhen.Snapshot).Select(read => read.Count).Distinct().Count());
    }

    private static string Transcript(string name) => Path.Combine(UpsModels.Folder, name + ".transcript.txt");

    private static IEnumerable<(string, UpsReading)> Replay(ModbusUpsModel model, List<string> lines)
    {
        var memory = new ModbusUpsMemory("ups-1", model);
        var asked = new List<(ModbusTable, int, int)>();
        ModbusRequest? request = null;
        foreach (var line in lines)
        {
            if (line[0] == '=')
            {
                yield return (line[1..].Trim(), memory.Read(A.MondayNine));
                continue;
            }

            var frame = Hex.Bytes(line[1..].Trim());
            Assert.Equal(0, ModbusCrc.Of(frame));
            if (line[0] == '>')
            {
                request = ModbusRequest.Parse(frame.AsSpan()[1..^2], out _);
                continue;
            }

            var answer = request!.ReadAnswer(frame.AsSpan()[1..^2]);
            Assert.NotNull(answer);
            var (table, address, count) = request switch
            {
                ReadRegisters read => (read.Table, (int)read.Address, (int)read.Count),
                ReadBits read => (read.Table, read.Address, read.Count),
                _ => throw new InvalidOperationException(line),
            };
            asked.Add((table, address, count));
            memory.Take(table, address, answer, A.MondayNine);
        }

        // The transcript shows the very blocks the model asks for.
        foreach (var read in model.Reads.Where(read => read.When == ReadWhen.Snapshot))
        {
            Assert.Contains((read.Table ?? model.Table, read.Address, read.Count), asked);
        }
    }

    private static IEnumerable<(string, UpsReading)> ReplayLines(MegatecUpsModel model, List<string> lines)
    {
        var now = TimeSpan.Zero;
        var said = new Dictionary<string, string>();
        UpsReading? reading = null;
        for (var at = 0; at < lines.Count; at++)
        {
            if (lines[at][0] == '=')
            {
                if (reading is null)
                {
                    var talk = new MegatecUpsTalk("ups-1", model, null, UpsPace.Usual);
                    talk.LineUp(now);
                    for (var end = now + TimeSpan.FromSeconds(20); now < end && !talk.TryTake(out reading);)
                    {
                        var step = talk.Next(now, A.MondayNine);
                        if (!step.Bytes.IsEmpty && said.TryGetValue(Encoding.ASCII.GetString(step.Bytes.Span).TrimEnd('\r'), out var answer))
                        {
                            talk.Receive(Encoding.ASCII.GetBytes(answer + "\r"), now);
                        }

                        now += TimeSpan.FromMilliseconds(50);
                    }
                }

                Assert.NotNull(reading);
                yield return (lines[at][1..].Trim(), reading);
                continue;
            }

            reading = null;
            said[lines[at][1..].Trim()] = lines[at + 1][1..].Trim();
            at++;
        }
    }
}
