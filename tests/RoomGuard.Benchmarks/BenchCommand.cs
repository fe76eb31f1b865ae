using System.Text.Encodings.Web;
using System.Text.Json;
using RoomGuard.Benchmarks.Bridge;
using RoomGuard.Benchmarks.Doors;
using RoomGuard.Benchmarks.Equipment;
using RoomGuard.Benchmarks.Evidence;
using RoomGuard.Benchmarks.Mqtt;
using RoomGuard.Benchmarks.Power;
using RoomGuard.Benchmarks.Readers;
using RoomGuard.Benchmarks.Service;

namespace RoomGuard.Benchmarks;

/// <summary><c>./bench</c>: every measurement as a table and as JSON, ours beside a floor of the same run.</summary>
internal static class BenchCommand
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // The letters are those of the issue that asked for the figures.
    private static readonly (string Id, string What, Func<string, BenchTable> Run)[] Parts =
    [
        ("badge", "(a) card read to strike ordered, beside the disk's own flush", BadgeLatency.Run),
        ("osdp", "(b) processor time of an OSDP exchange, 64 readers on 8 buses", ExchangeCost.Run),
        ("rules", "one card decided with every rule on, 100 thousand people, 500 inside, 200 visits open", RuleTime.Run),
        ("entries", "(c) durable entries per second at 1, 16 and 256 writers", DurableEntries.Run),
        ("start", "(d) start to first granted card", StartToFirstGrant.Run),
        ("memory-bridge", "(e) memory of the bridge", MemoryAtRest.Run),
        ("memory-service", "(e) memory of the service", ServiceMemory.Run),
        ("register", "(f) a page of the 入退室管理簿 at 10 thousand and 10 million entries", RegisterPage.Run),
        ("year", "the year of one site from a seed, every promise looked at after each of two million events", YearOfOneSite.Run),
        ("power", "units read, an outage seen, the NUT server beside Debian's upsd", PowerCost.Run),
        ("power-units", "200 units in one bridge", PowerCost.RunMany),
        ("mqtt", "the embedded MQTT broker beside Debian's mosquitto: flows, latency, memory, idle subscribers, kills", BrokerCost.Run),
        ("mqtt-sensors", "2,000 sensors in one bridge, and from something in the room to an open page", SensorCost.Run),
        ("people", "what people wait for at 100 thousand people: search, a list of 10 thousand lines, a decision at the door, the first page", PeopleReach.Run),
        ("equipment", "the 機器台帳 at 100 thousand items and a million entries: an item, the list, a stocktaking, a workbook of all", EquipmentReach.Run),
    ];

    internal static int Run(string[] wanted, TextWriter output)
    {
        // A word names a part, or all parts that begin with it: "mqtt" is mqtt and mqtt-sensors.
        static bool IsMeant(string id, string word) => id == word || id.StartsWith(word + "-", StringComparison.Ordinal);

        if (wanted.FirstOrDefault(word => !Parts.Any(part => IsMeant(part.Id, word))) is { } unknown)
        {
            output.WriteLine($"There is no part \"{unknown}\". Parts:");
            foreach (var (id, what, _) in Parts)
            {
                output.WriteLine($"  {id,-16}{what}");
            }

            return 64;
        }

        var folder = Directory.CreateDirectory("out-bench").FullName;
        foreach (var (id, what, run) in Parts.Where(part => wanted.Length == 0 || wanted.Any(word => IsMeant(part.Id, word))))
        {
            output.WriteLine($"── {what}, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}");
            var table = run(folder);
            output.WriteLine(table.ToText());
            File.WriteAllText(Path.Combine(folder, id + ".json"), JsonSerializer.Serialize(table, Written));
        }

        return 0;
    }
}
