using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Core.Climate;
using RoomGuard.Wire.Mqtt;

namespace RoomGuard.Bridge.Sensors;

/// <summary>One sensor that counts (R-NET-01), and over which wire it comes. What it is watched for (limits, zone, calibration) is said elsewhere.</summary>
/// <param name="Id">Its name everywhere, e.g. <c>inlet-3</c>.</param>
/// <param name="Model">A file of <c>models/sensors</c> without .json.</param>
/// <param name="Source">Over a broker: the broker's name in the settings.</param>
/// <param name="Key">Over a broker: the device's name in its topics; Sparkplug: <c>GROUP/NODE</c> or <c>GROUP/NODE/DEVICE</c>; a plain message: its topic; a sensor of this machine: the word in its file <c>name</c>.</param>
/// <param name="Base">First levels of its topics; null: the model's.</param>
/// <param name="Client">Only messages this client published count, where the broker tells who did (R-NET-01); null: anybody's.</param>
/// <param name="Quantities">Only these of the model's values; null: all it tells.</param>
/// <param name="Values">Its own rows instead of the model's: for plain messages, and where a device has several of one kind.</param>
/// <param name="TimeZone">Of devices that tell local time without a zone, e.g. <c>Asia/Tokyo</c>; null: their time is not used.</param>
/// <param name="Availability">A topic that says whether it lives, for messages of Home Assistant's kind; null: none.</param>
/// <param name="Link">Modbus: its wire; sensors with the same link share it.</param>
/// <param name="Unit">Modbus: its address, 1 to 247.</param>
/// <param name="Segment">R-NET-04, R-NET-08: Modbus has no authentication, so over TCP the dedicated segment must be named.</param>
/// <param name="RtuOverTcp">The TCP link is a serial device server: RTU frames on a raw socket.</param>
/// <param name="BaudRate">Null: the model's.</param>
public sealed record EnrolledSensor(
    string Id,
    string Model,
    string? Source = null,
    string? Key = null,
    string? Base = null,
    string? Client = null,
    ImmutableArray<Quantity>? Quantities = null,
    ImmutableArray<SensorRow>? Values = null,
    string? TimeZone = null,
    AvailabilityTopic? Availability = null,
    LinkSettings? Link = null,
    int Unit = 1,
    string? Segment = null,
    bool RtuOverTcp = false,
    int? BaudRate = null)
{
    private const int LongestKey = 300;

    internal IEnumerable<string> Problems(string place, Func<string?, bool> isName)
    {
        if (!isName(Id))
        {
            yield return $"{place}.id: \"{Id}\" is not a name. Use 1 to 40 letters, digits and hyphens, e.g. inlet-3.";
        }

        if (string.IsNullOrWhiteSpace(Model))
        {
            yield return $"{place}.model: is empty. Name a file of models/sensors, e.g. zigbee2mqtt.";
        }

        foreach (var (name, text) in new[] { ("key", Key), ("base", Base) })
        {
            if (text is not null && (text.Length > LongestKey || !MqttTopic.IsName(text)))
            {
                yield return $"{place}.{name}: \"{text}\" cannot stand in a topic. Write it without wildcards, at most {LongestKey} letters.";
            }
        }

        if (Availability is { } availability && !MqttTopic.IsName(availability.Topic ?? string.Empty))
        {
            yield return $"{place}.availability.topic: \"{availability.Topic}\" is no topic.";
        }

        if (TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            yield return $"{place}.timeZone: \"{zone}\" is not known here. Write e.g. Asia/Tokyo.";
        }

        if (Quantities is { } quantities && (quantities.IsEmpty || quantities.Any(quantity => !Enum.IsDefined(quantity))))
        {
            yield return $"{place}.quantities: name at least one, or leave it out for all of the model's.";
        }

        foreach (var problem in SensorModelFiles.Problems($"{place}.values", Values ?? [], isMetric: false))
        {
            yield return problem;
        }

        if (Link is { Kind: LinkKind.Serial, Path: null or "" })
        {
            yield return $"{place}.link.path: a serial link needs the path of its device, e.g. /dev/serial/by-id/….";
        }

        if (Link is { Kind: LinkKind.Tcp } tcp && (string.IsNullOrWhiteSpace(tcp.Host) || tcp.Port is not (>= 1 and <= 65535)))
        {
            yield return $"{place}.link: a tcp link needs host and port (1 to 65535).";
        }

        if (Link is { Kind: LinkKind.Tcp } && string.IsNullOrWhiteSpace(Segment))
        {
            yield return $"{place}.segment: Modbus has no authentication. Name the dedicated segment this link runs on (R-NET-04), or use a serial link.";
        }

        if (Unit is < 1 or > 247)
        {
            yield return $"{place}.unit: {Unit} is outside 1 to 247.";
        }
    }

    /// <summary>What does not fit together with the model; known only once it is loaded.</summary>
    internal IEnumerable<string> Misfits(SensorModel model)
    {
        if (model.IsHeard && (string.IsNullOrEmpty(Source) || string.IsNullOrEmpty(Key)))
        {
            yield return $"sensor {Id}: {Model} comes over a broker. Name it under source, and the device under key.";
        }

        if (model.Modbus is not null == Link is null)
        {
            yield return $"sensor {Id}: {(Link is null ? $"{Model} speaks Modbus and needs a link." : $"{Model} takes no link.")}";
        }

        if (model.Files is not null && string.IsNullOrEmpty(Key))
        {
            yield return $"sensor {Id}: {Model} is a sensor of this machine. Write under key what stands in its file name, e.g. k10temp.";
        }

        if (model.Sparkplug is not null && Key is { } key && key.Split('/').Length is < 2 or > 3)
        {
            yield return $"sensor {Id}: key \"{Key}\" is no Sparkplug node or device. Write GROUP/NODE or GROUP/NODE/DEVICE.";
        }

        if (Values is not null && !model.IsHeard)
        {
            yield return $"sensor {Id}: {Model} takes no rows of its own. Leave values out, or write a model.";
        }

        if (model.IsHeard && (Values ?? model.Mqtt?.Values ?? model.Sparkplug!.Values).IsEmpty)
        {
            yield return $"sensor {Id}: {Model} knows no values by itself. Say under values where each stands.";
        }
    }
}

/// <summary>A topic that says whether a sensor lives.</summary>
public sealed record AvailabilityTopic(string? Topic, string Alive = "online", string Gone = "offline");

/// <summary>A model whose whole topics are listened to at a broker, so that devices nobody enrolled are noticed (R-NET-09).</summary>
/// <param name="Source">The broker's name in the settings.</param>
/// <param name="Base">Null: the model's.</param>
public sealed record FamilyWatch(string Source, string Model, string? Base = null);

/// <summary>Where Home Assistant discovery is listened to: new sensors appear as 未登録.</summary>
/// <param name="Source">The broker's name in the settings.</param>
/// <param name="Prefix">First level of its topics.</param>
public sealed record SensorDiscovery(string Source, string Prefix = "homeassistant");

/// <summary>The section <c>sensors</c>.</summary>
/// <param name="Enrolled">The sensors that count.</param>
/// <param name="Watched">Where strangers are looked for besides the enrolled sensors' own models.</param>
/// <param name="Discovery">Where new sensors announce themselves.</param>
/// <param name="FilesRoot">Where sensors of this machine are read; null: <c>/sys</c>.</param>
public sealed record SensorsSection(ImmutableArray<EnrolledSensor> Enrolled, ImmutableArray<FamilyWatch>? Watched = null, ImmutableArray<SensorDiscovery>? Discovery = null, string? FilesRoot = null)
{
    private const int MostSensors = 5_000;

    /// <summary>A site without sensors.</summary>
    public static SensorsSection None { get; } = new([]);

    /// <summary>Where each broker is named, and by which name.</summary>
    [JsonIgnore]
    public IEnumerable<(string Place, string Source)> Sources =>
        Enrolled.Index().Select(item => ($"enrolled[{item.Index}]", item.Item.Source!)).Where(item => item.Item2 is not null)
            .Concat(Watches.Index().Select(item => ($"watched[{item.Index}]", item.Item.Source)))
            .Concat(Discoveries.Index().Select(item => ($"discovery[{item.Index}]", item.Item.Source)));

    /// <summary>Where strangers are looked for.</summary>
    [JsonIgnore]
    public ImmutableArray<FamilyWatch> Watches => Watched ?? [];

    /// <summary>Where new sensors announce themselves.</summary>
    [JsonIgnore]
    public ImmutableArray<SensorDiscovery> Discoveries => Discovery ?? [];

    /// <summary>One sentence for each impossible value.</summary>
    public IEnumerable<string> Problems(string place, Func<string?, bool> isName)
    {
        ArgumentNullException.ThrowIfNull(isName);
        if (Enrolled.Length > MostSensors)
        {
            yield return $"{place}.enrolled: {Enrolled.Length} are more than one bridge reads ({MostSensors}). Use a second bridge.";
        }

        foreach (var twice in Enrolled.GroupBy(sensor => sensor.Id).Where(same => same.Count() > 1))
        {
            yield return $"{place}.enrolled: id \"{twice.Key}\" stands twice. Names are unique.";
        }

        foreach (var problem in Enrolled.Index().SelectMany(item => item.Item.Problems($"{place}.enrolled[{item.Index}]", isName)))
        {
            yield return problem;
        }

        foreach (var (at, discovery) in Discoveries.Index())
        {
            if (!MqttTopic.IsName(discovery.Prefix ?? string.Empty))
            {
                yield return $"{place}.discovery[{at}].prefix: \"{discovery.Prefix}\" cannot begin a topic. It is homeassistant, as it comes.";
            }
        }

        foreach (var (at, watch) in Watches.Index())
        {
            if (watch.Base is { } start && !MqttTopic.IsName(start))
            {
                yield return $"{place}.watched[{at}].base: \"{start}\" cannot begin a topic.";
            }
        }
    }
}
