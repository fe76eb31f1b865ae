using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using RoomGuard.Core.Climate;
using RoomGuard.Wire.Mqtt;

namespace RoomGuard.Bridge.Sensors;

/// <summary>
/// Announcements of Home Assistant's kind (its MQTT integration, "MQTT discovery"): each new sensor is offered once as 未登録, with what enrolling it would write.
/// Topics in them come from the sender, so nothing is listened to until somebody enrols it. Pure.
/// </summary>
internal sealed class HomeAssistantDiscovery(string source, string prefix)
{
    private const int LongestAnnouncement = 256 * 1024;
    private const int MostOffers = 500;
    private const int MostComponents = 100;
    private const int LongestLabel = 120;

    private static readonly FrozenDictionary<string, Quantity> Measured = new Dictionary<string, Quantity>
    {
        ["temperature"] = Quantity.Temperature,
        ["humidity"] = Quantity.RelativeHumidity,
        ["atmospheric_pressure"] = Quantity.AirPressure,
        ["pressure"] = Quantity.AirPressure,
        ["pm25"] = Quantity.Pm25,
        ["pm10"] = Quantity.Pm10,
        ["carbon_dioxide"] = Quantity.CarbonDioxide,
        ["power"] = Quantity.Watts,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Quantity> Signs = new Dictionary<string, Quantity>
    {
        ["moisture"] = Quantity.Leak,
        ["smoke"] = Quantity.Smoke,
        ["door"] = Quantity.Open,
        ["window"] = Quantity.Open,
        ["opening"] = Quantity.Open,
        ["motion"] = Quantity.Motion,
        ["occupancy"] = Quantity.Motion,
        ["vibration"] = Quantity.Vibration,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly HashSet<string> offered = new(StringComparer.Ordinal);

    /// <summary>A name for settings out of any text: letters, digits and hyphens, at most 40.</summary>
    public static string IdOf(string text)
    {
        var id = string.Concat(text.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-')).Trim('-');
        id = id.Length > 40 ? id[^40..].Trim('-') : id;
        return id.Length == 0 ? "sensor" : id;
    }

    public bool IsMine(string topic) => topic.StartsWith(prefix, StringComparison.Ordinal) && topic.Length > prefix.Length && topic[prefix.Length] == '/' && topic.EndsWith("/config", StringComparison.Ordinal);

    public void Take(in MqttMessageHeard message, SensorModels.Gathered into)
    {
        // Empty: the announcement is taken back.
        var component = message.Topic[(prefix.Length + 1)..].Split('/')[0];
        if (message.Payload.IsEmpty || component is not ("sensor" or "binary_sensor" or "device") || offered.Count >= MostOffers)
        {
            return;
        }

        try
        {
            using var json = message.Payload.Length <= LongestAnnouncement ? JsonDocument.Parse(message.Payload, new() { MaxDepth = 16 }) : null;
            if (json?.RootElement is not { ValueKind: JsonValueKind.Object } root)
            {
                Refuse(message, "longer than an announcement ever is, or no object", into);
                return;
            }

            var device = Member(root, "device", "dev");
            if (component != "device")
            {
                Entity(root, default, device, component, message, into);
            }
            else if (Member(root, "components", "cmps") is { ValueKind: JsonValueKind.Object } components)
            {
                foreach (var entity in components.EnumerateObject().Take(MostComponents))
                {
                    if (entity.Value.ValueKind == JsonValueKind.Object && Text(entity.Value, default, "platform", "p") is ("sensor" or "binary_sensor") and { } platform)
                    {
                        Entity(entity.Value, root, device, platform, message, into);
                    }
                }
            }
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            Refuse(message, "no JSON", into);
        }
    }

    private void Refuse(in MqttMessageHeard message, string why, SensorModels.Gathered into)
    {
        if (offered.Add(message.Topic))
        {
            into.Add(new SensorOffered(source, message.At, Cut(message.Topic), string.Empty, null, why));
        }
    }

    private void Entity(JsonElement entity, JsonElement shared, JsonElement device, string platform, in MqttMessageHeard message, SensorModels.Gathered into)
    {
        var isSign = platform == "binary_sensor";
        if (Text(entity, default, "device_class", "dev_cla") is not { } kind || !(isSign ? Signs : Measured).TryGetValue(kind, out var quantity))
        {
            return;
        }

        var id = Text(entity, default, "unique_id", "uniq_id") ?? message.Topic;
        if (offered.Count >= MostOffers || !offered.Add(Cut(id)))
        {
            return;
        }

        var label = Cut($"{Text(device, default, "name", "name")} {Text(entity, default, "name", "name") ?? kind}".Trim());
        var product = Cut($"{Text(device, default, "manufacturer", "mf")} {Text(device, default, "model", "mdl")}".Trim());
        var start = Text(entity, shared, "~", "~") ?? string.Empty;
        var row = Row(entity, shared, quantity, isSign, out var refused);
        if (refused is null && Whole(Text(entity, shared, "state_topic", "stat_t"), start) is { } topic && MqttTopic.IsName(topic))
        {
            var availability = Whole(Text(entity, shared, "availability_topic", "avty_t") ?? FirstAvailability(entity, shared), start);
            var suggested = new EnrolledSensor(IdOf(id), "plain", source, topic, Values: [row!], Availability: availability is not null && MqttTopic.IsName(availability)
                ? new(availability, Text(entity, shared, "payload_available", "pl_avail") ?? "online", Text(entity, shared, "payload_not_available", "pl_not_avail") ?? "offline")
                : null);
            into.Add(new SensorOffered(source, message.At, label, product, suggested, null));
        }
        else
        {
            into.Add(new SensorOffered(source, message.At, label, product, null, refused ?? "it names no topic"));
        }
    }

    private static SensorRow? Row(JsonElement entity, JsonElement shared, Quantity quantity, bool isSign, out string? refused)
    {
        refused = null;
        var template = new HomeAssistantTemplate(null);
        if (Text(entity, shared, "value_template", "val_tpl") is { } text && HomeAssistantTemplate.Read(text, out refused) is var read)
        {
            if (read is null)
            {
                return null;
            }

            template = read;
        }

        if (!isSign)
        {
            var unit = SensorUnit.Own;
            if (Text(entity, default, "unit_of_measurement", "unit_of_meas") is { } counted && (!SensorUnits.TryRead(counted, out unit) || !SensorUnits.Fits(quantity, unit)))
            {
                refused = $"counted in {counted}";
                return null;
            }

            return new(quantity, template.Path, Unit: unit, Scale: template.Scale);
        }

        // What the template writes decides which of the places' own words mean yes.
        var (on, off) = (Text(entity, default, "payload_on", "pl_on") ?? "ON", Text(entity, default, "payload_off", "pl_off") ?? "OFF");
        if (template.Yes is null)
        {
            return new(quantity, template.Path, On: [on], Off: [off]);
        }

        if ((template.Yes != on || template.No != off) && (template.Yes != off || template.No != on))
        {
            refused = $"a template that writes {template.Yes} and {template.No}, where {on} and {off} are expected";
            return null;
        }

        ImmutableArray<string> yes = ["true", "1", "on", "yes"];
        ImmutableArray<string> no = ["false", "0", "off", "no", "null", ""];
        return template.Yes == on ? new(quantity, template.Path, On: yes, Off: no) : new(quantity, template.Path, On: no, Off: yes);
    }

    private static string? FirstAvailability(JsonElement entity, JsonElement shared)
    {
        var list = Member(entity, "availability", "avty");
        list = list.ValueKind == JsonValueKind.Undefined ? Member(shared, "availability", "avty") : list;
        return list is { ValueKind: JsonValueKind.Array } && list.GetArrayLength() > 0 && list[0].ValueKind == JsonValueKind.Object ? Text(list[0], default, "topic", "t") : null;
    }

    // A leading or trailing ~ stands for the base topic.
    private static string? Whole(string? topic, string start) =>
        topic is null ? null : topic.StartsWith('~') ? start + topic[1..] : topic.EndsWith('~') ? topic[..^1] + start : topic;

    // The long name wins over the short one, the entity's own over the device's.
    private static string? Text(JsonElement element, JsonElement shared, string name, string brief)
    {
        var found = Member(element, name, brief);
        found = found.ValueKind == JsonValueKind.Undefined ? Member(shared, name, brief) : found;
        return found.ValueKind == JsonValueKind.String ? found.GetString() : null;
    }

    private static JsonElement Member(JsonElement element, string name, string brief) =>
        element.ValueKind != JsonValueKind.Object ? default : element.TryGetProperty(name, out var found) || element.TryGetProperty(brief, out found) ? found : default;

    private static string Cut(string text) => text.Length <= LongestLabel ? text : text[..LongestLabel];
}
