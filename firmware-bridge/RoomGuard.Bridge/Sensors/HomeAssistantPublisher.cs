using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using RoomGuard.Bridge.Doors;
using RoomGuard.Bridge.Ups;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Power;
using RoomGuard.Wire.Mqtt;

namespace RoomGuard.Bridge.Sensors;

/// <summary>Something that is published.</summary>
/// <param name="Fresh">It is told again and again, and never retained: a retained reading told again after a restart would make a dead unit look alive.</param>
public sealed record Telling(string Topic, ReadOnlyMemory<byte> Payload, bool Fresh);

/// <summary>What the publisher has to know of the place.</summary>
/// <param name="Doors">Id and label of each door of the settings.</param>
/// <param name="Prefix">First levels of all topics but those of discovery.</param>
/// <param name="Pace">How often readings are told.</param>
public sealed record PublishedPlace(string Site, string Panel, string Version, ImmutableArray<(string Id, string Label)> Doors, string Prefix, string Discovery, TimeSpan Pace);

/// <summary>
/// What is told to a building's own system: doors, power and what is wrong with them, as messages with Home Assistant's device discovery. Pure. It says what is so at a door
/// or a unit, and never who: it is given neither people nor their number (R-INC-13).
/// </summary>
/// <remarks>The keys are Home Assistant's short ones. What is not known is null, which its templates show as unknown, never as off.</remarks>
public sealed class HomeAssistantPublisher
{
    private const int MissedBeforeUnknown = 3;

    private static readonly TimeSpan OldestReading = TimeSpan.FromSeconds(30);
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly ReadOnlyMemory<byte> Online = "online"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Offline = "offline"u8.ToArray();

    private static readonly ImmutableArray<Reading> Readings =
    [
        new(UpsQuantity.ChargePercent, "charge", "充電", "battery", "%"),
        new(UpsQuantity.RuntimeSeconds, "runtime", "残り時間", "duration", "s"),
        new(UpsQuantity.LoadPercent, "load", "負荷", null, "%"),
        new(UpsQuantity.InputVoltage, "input_voltage", "入力電圧", "voltage", "V"),
        new(UpsQuantity.OutputVoltage, "output_voltage", "出力電圧", "voltage", "V"),
        new(UpsQuantity.Temperature, "temperature", "温度", "temperature", "°C"),
        new(UpsQuantity.BatteryTemperature, "battery_temperature", "電池温度", "temperature", "°C"),
        new(UpsQuantity.BatteryVoltage, "battery_voltage", "電池電圧", "voltage", "V"),
    ];

    private readonly PublishedPlace place;
    private readonly string node;

    /// <summary>For this place.</summary>
    public HomeAssistantPublisher(PublishedPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        this.place = place;
        node = $"roomguard_{place.Site}_{place.Panel}";
    }

    /// <summary>What the broker says for us when we go.</summary>
    public MqttWill Will => new(Availability, Offline, MqttQos.AtLeastOnce, Retain: true, MqttProperties.None);

    private string Availability => $"{place.Prefix}/availability";

    /// <summary>Everything as it is now; what has not changed since it was last told need not be sent again.</summary>
    public IEnumerable<Telling> All(RoomState room, ImmutableArray<UpsNow> units, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(room);
        yield return new(Availability, Online, Fresh: false);
        yield return new($"{place.Discovery}/device/{node}/config", RoomConfig(), Fresh: false);
        yield return new($"{place.Prefix}/room", Room(room), Fresh: false);
        foreach (var (id, _) in place.Doors)
        {
            yield return new($"{place.Prefix}/doors/{id}", Door(room.Doors.FirstOrDefault(door => door.Door.Value == id)), Fresh: false);
        }

        foreach (var unit in units)
        {
            var isKnown = unit.StateAt(now, OldestReading) == UpsQuality.Good;
            var topic = $"{place.Prefix}/ups/{unit.Ups}";
            yield return new($"{place.Discovery}/device/{node}_{unit.Ups}/config", UnitConfig(unit), Fresh: false);
            yield return new($"{topic}/availability", isKnown ? Online : Offline, Fresh: false);
            if (isKnown)
            {
                yield return new($"{topic}/power", Power(unit.Last), Fresh: false);
                yield return new($"{topic}/readings", Values(unit.Last), Fresh: true);
            }
        }
    }

    private static byte[] Room(RoomState room) => Json(json =>
    {
        json.WriteString("journal", room.Journal == JournalCondition.Writing ? "OFF" : "ON");
        OnOff(json, "outage", room.Power is not { } power || power.Units.IsEmpty || power.Units.All(unit => unit.Lost) ? null : power.Units.Any(unit => unit.OutageSince is not null));
        OnOff(json, "reserve_short", room.Power is not { Plans.IsEmpty: false } plans ? null : plans.Plans.Any(plan => plan.IsShort));
    });

    private static byte[] Door(DoorNow? door) => Json(json =>
    {
        OnOff(json, "open", door?.Leaf switch { LeafState.Open => true, LeafState.Closed => false, _ => null });
        OnOff(json, "forced", door?.Forced);
        OnOff(json, "held_open", door?.HeldOpen);
    });

    private static byte[] Power(UpsReading reading) => Json(json =>
    {
        json.WriteString("status", StatusOf(reading.Flags));
        OnOff(json, "outage", reading.IsOutage);
        OnOff(json, "low_battery", (reading.Flags & UpsFlags.LowBattery) != 0);
        OnOff(json, "replace_battery", (reading.Flags & UpsFlags.ReplaceBattery) != 0);
        OnOff(json, "fault", (reading.Flags & (UpsFlags.Fault | UpsFlags.OverTemperature | UpsFlags.Overload)) != 0);
    });

    private static byte[] Values(UpsReading reading) => Json(json =>
    {
        foreach (var item in Readings)
        {
            if (reading.Values.ContainsKey(item.Quantity))
            {
                Number(json, item.Key, reading.Good(item.Quantity));
            }
        }
    });

    private static string StatusOf(UpsFlags flags) => (flags & (UpsFlags.OnLine | UpsFlags.OnBattery | UpsFlags.Bypass | UpsFlags.OutputOff)) switch
    {
        UpsFlags.OnLine => "on_line",
        UpsFlags.OnBattery => "on_battery",
        UpsFlags.Bypass => "bypass",
        UpsFlags.OutputOff => "off",
        _ => "unknown",
    };

    private byte[] RoomConfig() => Json(json =>
    {
        Device(json, node, $"RoomGuard {place.Panel}", "RoomGuard", null);
        json.WriteStartArray("avty");
        Topic(json, Availability);
        json.WriteEndArray();
        json.WriteStartObject("cmps");
        Binary(json, node, "journal", "記録不可", "problem", $"{place.Prefix}/room", "journal");
        Binary(json, node, "outage", "停電", "problem", $"{place.Prefix}/room", "outage");
        Binary(json, node, "reserve_short", "予備電源容量不足", "problem", $"{place.Prefix}/room", "reserve_short");
        foreach (var (id, label) in place.Doors)
        {
            var topic = $"{place.Prefix}/doors/{id}";
            Binary(json, node, $"{id}_open", label, "door", topic, "open");
            Binary(json, node, $"{id}_forced", $"{label} こじ開け", "tamper", topic, "forced");
            Binary(json, node, $"{id}_held_open", $"{label} 開放超過", "problem", topic, "held_open");
        }

        json.WriteEndObject();
    });

    private byte[] UnitConfig(UpsNow unit) => Json(json =>
    {
        var (id, topic) = ($"{node}_{unit.Ups}", $"{place.Prefix}/ups/{unit.Ups}");
        var texts = unit.LastGood?.Texts;
        Device(json, id, unit.Label, texts?.GetValueOrDefault(UpsText.Maker), texts?.GetValueOrDefault(UpsText.Model));
        json.WriteStartArray("avty");
        Topic(json, Availability);
        Topic(json, $"{topic}/availability");
        json.WriteEndArray();
        json.WriteString("avty_mode", "all");
        json.WriteStartObject("cmps");
        Sensor(json, id, new("status", "状態", null, null), $"{topic}/power", null);
        Binary(json, id, "outage", "停電", "problem", $"{topic}/power", "outage");
        Binary(json, id, "low_battery", "電池残量低下", "battery", $"{topic}/power", "low_battery");
        Binary(json, id, "replace_battery", "蓄電池の交換時期", "problem", $"{topic}/power", "replace_battery");
        Binary(json, id, "fault", "装置の故障", "problem", $"{topic}/power", "fault");
        foreach (var item in Readings.Where(item => unit.LastGood?.Values.ContainsKey(item.Quantity) == true))
        {
            Sensor(json, id, new(item.Key, item.Label, item.DeviceClass, item.Measure), $"{topic}/readings", MissedBeforeUnknown * place.Pace);
        }

        json.WriteEndObject();
    });

    private void Device(Utf8JsonWriter json, string id, string name, string? maker, string? model)
    {
        json.WriteStartObject("dev");
        json.WriteStartArray("ids");
        json.WriteStringValue(id);
        json.WriteEndArray();
        json.WriteString("name", name);
        foreach (var (key, value) in new[] { ("mf", maker), ("mdl", model), ("via_device", id == node ? null : node) })
        {
            if (value is not null)
            {
                json.WriteString(key, value);
            }
        }

        json.WriteEndObject();
        json.WriteStartObject("o");
        json.WriteString("name", "RoomGuard");
        json.WriteString("sw", place.Version);
        json.WriteEndObject();
        json.WriteNumber("qos", 1);
    }

    private static void Binary(Utf8JsonWriter json, string device, string id, string name, string deviceClass, string topic, string key)
    {
        json.WriteStartObject(id);
        json.WriteString("p", "binary_sensor");
        json.WriteString("uniq_id", $"{device}_{id}");
        json.WriteString("name", name);
        json.WriteString("dev_cla", deviceClass);
        json.WriteString("stat_t", topic);
        json.WriteString("val_tpl", $"{{{{ value_json.{key} }}}}");
        json.WriteEndObject();
    }

    private static void Sensor(Utf8JsonWriter json, string device, SensorWords words, string topic, TimeSpan? expires)
    {
        json.WriteStartObject(words.Key);
        json.WriteString("p", "sensor");
        json.WriteString("uniq_id", $"{device}_{words.Key}");
        json.WriteString("name", words.Label);
        if (words.DeviceClass is { } deviceClass)
        {
            json.WriteString("dev_cla", deviceClass);
        }

        if (words.Measure is { } measure)
        {
            json.WriteString("unit_of_meas", measure);
            json.WriteString("stat_cla", "measurement");
        }

        if (expires is { } after)
        {
            json.WriteNumber("exp_aft", (int)after.TotalSeconds);
        }

        json.WriteString("stat_t", topic);
        json.WriteString("val_tpl", $"{{{{ value_json.{words.Key} }}}}");
        json.WriteEndObject();
    }

    private static void Topic(Utf8JsonWriter json, string topic)
    {
        json.WriteStartObject();
        json.WriteString("t", topic);
        json.WriteEndObject();
    }

    private static void OnOff(Utf8JsonWriter json, string key, bool? isSo)
    {
        if (isSo is { } known)
        {
            json.WriteString(key, known ? "ON" : "OFF");
        }
        else
        {
            json.WriteNull(key);
        }
    }

    private static void Number(Utf8JsonWriter json, string key, double? value)
    {
        if (value is { } known && double.IsFinite(known))
        {
            json.WriteNumber(key, Math.Round(known, 2));
        }
        else
        {
            json.WriteNull(key);
        }
    }

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var into = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(into, Plain))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return into.WrittenSpan.ToArray();
    }

    private sealed record Reading(UpsQuantity Quantity, string Key, string Label, string? DeviceClass, string Measure);

    private readonly record struct SensorWords(string Key, string Label, string? DeviceClass, string? Measure);
}
