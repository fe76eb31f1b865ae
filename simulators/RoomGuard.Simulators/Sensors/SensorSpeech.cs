using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using RoomGuard.Wire.Sparkplug;

namespace RoomGuard.Simulators.Sensors;

/// <summary>One message to a broker.</summary>
/// <param name="Retain">The broker shall keep it.</param>
public sealed record SimulatedMessage(string Topic, ReadOnlyMemory<byte> Payload, bool Retain = false)
{
    /// <summary>A message of text.</summary>
    public static SimulatedMessage Of(string topic, string text, bool retain = false) => new(topic, Encoding.UTF8.GetBytes(text), retain);
}

/// <summary>Reports in the words of each family, from its documentation. Pure.</summary>
public static class SensorSpeech
{
    private static readonly TimeSpan JapanOffset = TimeSpan.FromHours(9);

    /// <summary>What a board, bridge or server publishes for one report.</summary>
    /// <param name="topic">The gateway's name in topics.</param>
    /// <param name="at">When the sensor measured, by its clock.</param>
    public static ImmutableArray<SimulatedMessage> Of(GatewayKind kind, string topic, SensorReading reading, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var key = reading.Sensor.Key ?? reading.Sensor.Id;
        return kind switch
        {
            GatewayKind.Zigbee => [Json($"{topic}/{key}", Zigbee(reading, at))],
            GatewayKind.Tasmota => [Json($"tele/{topic}/SENSOR", Tasmota(reading, at)), Json($"tele/{topic}/STATE", new() { ["Time"] = Local(at), ["Wifi"] = new JsonObject { ["RSSI"] = Math.Round(reading.Link * 100), ["Signal"] = Dbm(reading.Link) } })],
            GatewayKind.EspHome => [.. reading.Sayings.Select(saying => SimulatedMessage.Of($"{topic}/{(saying.IsSign ? "binary_sensor" : "sensor")}/{EspHomeName(saying.What)}/state", saying.IsSign ? saying.Number > 0 ? "ON" : "OFF" : Text(saying.Number), retain: true))],
            GatewayKind.Shelly => [Json($"{topic}/events/rpc", Shelly(topic, "NotifyStatus", reading, at))],
            GatewayKind.ShellyBattery => [Json($"{topic}/events/rpc", Shelly(topic, "NotifyFullStatus", reading, at))],
            GatewayKind.ChirpStack => [Json($"{topic}/5f1c0b2e/device/{key}/event/up", ChirpStack(key, reading, at))],
            GatewayKind.Plain => [Json($"{topic}/{key}", Plain(reading, at), retain: true)],
            _ => [],
        };
    }

    /// <summary>The metrics of one device; in DATA the aliases stand for the names.</summary>
    public static SparkplugPayload Sparkplug(SensorReading reading, DateTimeOffset at, ulong sequence, bool isBirth)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var stamp = (ulong)at.ToUnixTimeMilliseconds();
        return new(stamp, [.. reading.Sayings.Select((saying, index) => new SparkplugMetric
        {
            Name = isBirth ? SparkplugName(saying.What) : null,
            Alias = (ulong)index + 1,
            Timestamp = stamp,
            DataType = isBirth ? saying.IsSign ? SparkplugDataType.Boolean : SparkplugDataType.Float : null,
            IsNull = double.IsNaN(saying.Number),
            Holds = double.IsNaN(saying.Number) ? SparkplugHolds.Nothing : saying.IsSign ? SparkplugHolds.Flag : SparkplugHolds.Real,
            Whole = saying.IsSign && saying.Number > 0 ? 1UL : 0,
            Real = saying.Number,
        })], sequence);
    }

    /// <summary>What a gate tells of one tag.</summary>
    /// <param name="direction"><c>in</c> or <c>out</c>; null: the gate does not know.</param>
    public static string Tag(string tag, string? direction, DateTimeOffset at)
    {
        var told = new JsonObject { ["tag"] = tag, ["time"] = at.ToString("O", CultureInfo.InvariantCulture) };
        if (direction is not null)
        {
            told["direction"] = direction;
        }

        return told.ToJsonString();
    }

    /// <summary>The list of a Zigbee bridge's devices.</summary>
    public static string Devices(IEnumerable<RoomSensorSettings> sensors)
    {
        ArgumentNullException.ThrowIfNull(sensors);
        var list = new JsonArray(new JsonObject { ["friendly_name"] = "Coordinator", ["type"] = "Coordinator", ["definition"] = null });
        foreach (var sensor in sensors)
        {
            list.Add((JsonNode)new JsonObject
            {
                ["friendly_name"] = sensor.Key ?? sensor.Id,
                ["type"] = "EndDevice",
                ["definition"] = new JsonObject
                {
                    ["vendor"] = "架空電子",
                    ["model"] = "KD-100",
                    ["exposes"] = new JsonArray([.. sensor.Tells.Select(what => (JsonNode)new JsonObject { ["type"] = what is SensorTells.Temperature or SensorTells.Humidity or SensorTells.Dust ? "numeric" : "binary", ["property"] = ZigbeeName(what) })]),
                },
            });
        }

        return list.ToJsonString();
    }

    private static SimulatedMessage Json(string topic, JsonObject json, bool retain = false) => SimulatedMessage.Of(topic, json.ToJsonString(), retain);

    private static JsonObject Zigbee(SensorReading reading, DateTimeOffset at)
    {
        var json = new JsonObject();
        foreach (var saying in reading.Sayings)
        {
            // A contact says true while the door is shut.
            json[ZigbeeName(saying.What)] = saying.What == SensorTells.Door ? saying.Number == 0 : Value(saying);
        }

        json["battery"] = reading.Battery is { } battery ? Math.Round(battery) : null;
        json["linkquality"] = Math.Round(reading.Link * 255);
        json["last_seen"] = at.ToOffset(JapanOffset).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
        return json;
    }

    private static JsonObject Tasmota(SensorReading reading, DateTimeOffset at)
    {
        var chip = new JsonObject();
        var json = new JsonObject { ["Time"] = Local(at) };
        foreach (var saying in reading.Sayings)
        {
            if (saying.IsSign)
            {
                json["Switch1"] = saying.Number > 0 ? "ON" : "OFF";
            }
            else
            {
                chip[saying.What switch { SensorTells.Humidity => "Humidity", SensorTells.Dust => "PM10", _ => "Temperature" }] = Value(saying);
            }
        }

        if (chip.Count > 0)
        {
            json["SHT3X"] = chip;
        }

        json["TempUnit"] = "C";
        return json;
    }

    private static JsonObject Shelly(string device, string method, SensorReading reading, DateTimeOffset at)
    {
        var told = new JsonObject { ["ts"] = Math.Round(at.ToUnixTimeMilliseconds() / 1000.0, 2) };
        foreach (var saying in reading.Sayings)
        {
            var (component, name) = saying.What switch
            {
                SensorTells.Temperature => ("temperature:0", "tC"),
                SensorTells.Humidity => ("humidity:0", "rh"),
                SensorTells.Leak => ("flood:0", "alarm"),
                SensorTells.Smoke => ("smoke:0", "alarm"),
                _ => ("input:0", "state"),
            };
            told[component] = new JsonObject { ["id"] = 0, [name] = Value(saying) };
        }

        told["devicepower:0"] = reading.Battery is { } battery ? new JsonObject { ["id"] = 0, ["battery"] = new JsonObject { ["percent"] = Math.Round(battery) }, ["external"] = new JsonObject { ["present"] = false } } : null;
        told["wifi"] = new JsonObject { ["rssi"] = Dbm(reading.Link) };
        return new() { ["src"] = device, ["dst"] = $"{device}/events", ["method"] = method, ["params"] = told };
    }

    private static JsonObject ChirpStack(string key, SensorReading reading, DateTimeOffset at)
    {
        var decoded = new JsonObject();
        foreach (var saying in reading.Sayings.Where(saying => !double.IsNaN(saying.Number)))
        {
            (string Name, JsonNode? Value) told = saying.What switch
            {
                SensorTells.Humidity => ("humidity", Value(saying)),
                SensorTells.Leak => ("leakage_status", saying.Number > 0 ? "leak" : "normal"),
                SensorTells.Door => ("magnet_status", saying.Number > 0 ? "open" : "close"),
                SensorTells.Dust => ("pm10", Value(saying)),
                _ => ("temperature", Value(saying)),
            };
            decoded[told.Name] = told.Value;
        }

        decoded["battery"] = reading.Battery is { } battery ? Math.Round(battery) : null;
        return new()
        {
            ["deduplicationId"] = string.Create(CultureInfo.InvariantCulture, $"{key}-{reading.Count}"),
            ["time"] = at.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture),
            ["deviceInfo"] = new JsonObject { ["deviceName"] = reading.Sensor.Id, ["devEui"] = key },
            ["fCnt"] = reading.Count,
            ["fPort"] = 85,
            ["object"] = decoded,
            ["rxInfo"] = new JsonArray(new JsonObject { ["gatewayId"] = "0016c001ff10aaaa", ["rssi"] = -120 + Math.Round(reading.Link * 60), ["snr"] = 7.5 }),
        };
    }

    private static JsonObject Plain(SensorReading reading, DateTimeOffset at)
    {
        var json = new JsonObject { ["time"] = at.ToUnixTimeSeconds() };
        foreach (var saying in reading.Sayings)
        {
            json[SparkplugName(saying.What)] = double.IsNaN(saying.Number) ? "unavailable" : Value(saying);
        }

        return json;
    }

    private static JsonValue? Value(SensorSaying saying) => double.IsNaN(saying.Number) ? null : saying.IsSign ? JsonValue.Create(saying.Number > 0) : JsonValue.Create(saying.Number);

    private static string Text(double number) => double.IsNaN(number) ? "nan" : number.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Local(DateTimeOffset at) => at.ToOffset(JapanOffset).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private static double Dbm(double link) => Math.Round(-100 + (link * 50));

    private static string ZigbeeName(SensorTells what) => what switch
    {
        SensorTells.Temperature => "temperature",
        SensorTells.Humidity => "humidity",
        SensorTells.Leak => "water_leak",
        SensorTells.Smoke => "smoke",
        SensorTells.Door => "contact",
        SensorTells.Dust => "pm10",
        SensorTells.Vibration => "vibration",
        _ => "other",
    };

    private static string EspHomeName(SensorTells what) => what switch
    {
        SensorTells.Temperature => "temperature",
        SensorTells.Humidity => "humidity",
        SensorTells.Leak => "water_leak",
        SensorTells.Smoke => "smoke",
        SensorTells.Door => "door",
        SensorTells.Dust => "pm10",
        SensorTells.Vibration => "vibration",
        SensorTells.CoolingStopped => "cooling_stopped",
        SensorTells.Fire => "fire",
        _ => "acceleration",
    };

    private static string SparkplugName(SensorTells what) => what switch
    {
        SensorTells.CoolingStopped => "cooling stopped",
        SensorTells.Humidity => "humidity",
        _ => what.ToString().ToLowerInvariant(),
    };
}
