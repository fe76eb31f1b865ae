using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using RoomGuard.Core.Climate;
using RoomGuard.Wire.Mqtt;
using RoomGuard.Wire.Sparkplug;

namespace RoomGuard.Bridge.Sensors;

/// <summary>
/// From messages of brokers to what enrolled sensors say, by the models. Pure: no clock, no chance, no I/O, nothing thrown at bytes; what it remembers is bounded.
/// Several brokers may be told side by side, one broker's messages one after the other; who is enrolled by order may change meanwhile.
/// </summary>
public sealed class SensorModels
{
    /// <summary>Bytes of a payload that are kept for diagnosis.</summary>
    public const int KeptBytes = 256;

    private const int LongestPayload = 64 * 1024;
    private const int LongestList = 1024 * 1024;
    private const int MostOffers = 500;
    private const int LongestKey = 128;

    // A gateway stamps and sends at once; what is older than this was told before.
    private static readonly TimeSpan GatewayLag = TimeSpan.FromMinutes(2);
    private static readonly JsonDocumentOptions Bounded = new() { MaxDepth = 32 };

    private readonly ConcurrentDictionary<string, Broker> brokers = new(StringComparer.Ordinal);
    private readonly Func<string, SensorModel> modelOf;
    private readonly Lock gate = new();
    private readonly Dictionary<string, Sensor> ordered = new(StringComparer.Ordinal);
    private ImmutableSortedDictionary<string, Sensor> sensors;

    /// <summary>Makes the enrolled sensors of all brokers ready.</summary>
    /// <param name="modelOf">A model by its name; the usual way is <see cref="SensorModelFiles.Load(string)"/>.</param>
    /// <exception cref="SensorModelException">A model is missing or wrong, or does not fit its sensor.</exception>
    public SensorModels(SensorsSection section, Func<string, SensorModel> modelOf)
    {
        ArgumentNullException.ThrowIfNull(section);
        ArgumentNullException.ThrowIfNull(modelOf);
        this.modelOf = modelOf;
        var models = section.Enrolled.Select(sensor => sensor.Model).Concat(section.Watches.Select(watch => watch.Model)).Distinct().ToDictionary(name => name, modelOf);
        var misfits = section.Enrolled.SelectMany(sensor => sensor.Misfits(models[sensor.Model])).ToList();
        if (misfits.Count > 0)
        {
            throw new SensorModelException(string.Join(" ", misfits));
        }

        var heard = ImmutableSortedDictionary.CreateBuilder<string, Sensor>(StringComparer.Ordinal);
        var places = new Dictionary<(SensorTopic, ImmutableArray<SensorRow>), SensorPlaces>();
        foreach (var settings in section.Enrolled.Where(sensor => models[sensor.Model].IsHeard))
        {
            var sensor = new Sensor(settings, models[settings.Model]);
            heard.Add(settings.Id, sensor);
            BrokerOf(settings.Source!).Enrol(sensor, places);
        }

        sensors = heard.ToImmutable();
        foreach (var watch in section.Watches)
        {
            BrokerOf(watch.Source).Watch(watch.Model, models[watch.Model], watch.Base);
        }

        foreach (var discovery in section.Discoveries)
        {
            BrokerOf(discovery.Source).Discover(discovery.Prefix);
        }
    }

    /// <summary>The brokers that must be listened to.</summary>
    public IEnumerable<string> Sources => brokers.Keys.Order(StringComparer.Ordinal);

    /// <summary>What each sensor said last that is not what its model says; sensors without any are left out.</summary>
    public ImmutableArray<SensorMisreading> Misreadings => [.. sensors.Values.Select(sensor => sensor.Misread).OfType<SensorMisreading>()];

    /// <summary>What to subscribe to at a broker: whole families where strangers are to be noticed, single topics otherwise.</summary>
    public ImmutableArray<string> FiltersOf(string source) => brokers.TryGetValue(source, out var broker) ? broker.Filters : [];

    /// <summary>Through what a sensor is heard: the id its gateway has in <see cref="GatewayHeard"/>. Null: nothing is known of one.</summary>
    public string? GatewayOf(string sensorId) => sensors.GetValueOrDefault(sensorId)?.GatewayId;

    /// <summary>All that a sensor is heard through, the nearest first: its gateway, then the broker by its name. Empty: it hangs on a wire of its own.</summary>
    public ImmutableArray<string> HeardThrough(string sensorId) =>
        sensors.TryGetValue(sensorId, out var sensor) ? sensor.GatewayId is { } gateway ? [gateway, sensor.Settings.Source!] : [sensor.Settings.Source!] : [];

    /// <summary>
    /// Hears these sensors besides those of the settings; whoever was ordered before and is not among them is a stranger again. What the others have said before is
    /// still known.
    /// </summary>
    public void Hear(IEnumerable<EnrolledSensor> wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        lock (gate)
        {
            var all = wanted.ToDictionary(sensor => sensor.Id, StringComparer.Ordinal);
            foreach (var (id, sensor) in ordered.Where(known => !all.ContainsKey(known.Key)).ToArray())
            {
                BrokerOf(sensor.Settings.Source!).Forget(sensor);
                _ = ordered.Remove(id);
                sensors = sensors.Remove(id);
            }

            foreach (var settings in all.Values.Where(sensor => !sensors.ContainsKey(sensor.Id)))
            {
                var sensor = new Sensor(settings, modelOf(settings.Model));
                BrokerOf(settings.Source!).Enrol(sensor, []);
                ordered[settings.Id] = sensor;
                sensors = sensors.Add(settings.Id, sensor);
            }
        }
    }

    /// <summary>Whether what a sensor would be heard on is heard already.</summary>
    public bool IsHeard(EnrolledSensor suggested)
    {
        ArgumentNullException.ThrowIfNull(suggested);
        return brokers.TryGetValue(suggested.Source ?? string.Empty, out var broker) && broker.IsHeard(suggested, modelOf(suggested.Model));
    }

    /// <summary>All that a sensor would be heard through, were it enrolled: as <see cref="HeardThrough"/>.</summary>
    public ImmutableArray<string> WouldBeHeardThrough(EnrolledSensor suggested)
    {
        ArgumentNullException.ThrowIfNull(suggested);
        var gateways = modelOf(suggested.Model).Mqtt is { } model ? model.Topics.Where(topic => topic.Role == SensorTopicRole.Gateway).ToArray() : [];
        var name = Array.Exists(gateways, topic => topic.Pattern.Contains("{key}", StringComparison.Ordinal)) ? suggested.Key : suggested.Base ?? modelOf(suggested.Model).Mqtt?.Base;
        return gateways.Length > 0 ? [$"{suggested.Source}/{name}", suggested.Source!] : [suggested.Source!];
    }

    /// <summary>What a message says.</summary>
    public SensorsHeard Take(in MqttMessageHeard message)
    {
        if (message.Topic is not { Length: > 0 } || !brokers.TryGetValue(message.Source ?? string.Empty, out var broker))
        {
            return SensorsHeard.Nothing;
        }

        var into = new Gathered();
        broker.Take(message, into);
        return into.Heard;
    }

    private Broker BrokerOf(string source) => brokers.GetOrAdd(source, name => new(name));

    /// <summary>Whether one filter takes all that another does: level by level a + takes whatever stands there, but nothing short of # takes a #.</summary>
    internal static bool Covers(string wider, string filter) => (wider.EndsWith('#') || !filter.EndsWith('#')) && MqttTopic.Matches(wider, filter);

    private static ImmutableArray<byte> Kept(ReadOnlySpan<byte> payload) => [.. payload[..Math.Min(payload.Length, KeptBytes)]];

    private static ulong Digest(ReadOnlySpan<byte> payload)
    {
        // FNV-1a: only to see whether the same was said again.
        var digest = 14_695_981_039_346_656_037UL;
        foreach (var item in payload)
        {
            digest = (digest ^ item) * 1_099_511_628_211UL;
        }

        return digest;
    }

    /// <summary>What came of one message, while it is being put together.</summary>
    internal sealed class Gathered
    {
        private ImmutableArray<SensorReport> reports = [];
        private ImmutableArray<GatewayHeard> gateways = [];
        private ImmutableArray<SensorNews> news = [];

        public SensorsHeard Heard => reports.IsEmpty && gateways.IsEmpty && news.IsEmpty ? SensorsHeard.Nothing : new(reports, gateways, news);

        public void Add(SensorReport report) => reports = reports.Add(report);

        public void Add(GatewayHeard gateway) => gateways = gateways.Add(gateway);

        public void Add(SensorNews item) => news = news.Add(item);
    }

    /// <summary>The JSON of one message, parsed once and only when somebody needs it.</summary>
    private sealed class Parsed(ReadOnlyMemory<byte> payload, int longest) : IDisposable
    {
        private JsonDocument? document;
        private bool tried;

        /// <summary>Why it is no JSON; null: it is, or nobody has looked.</summary>
        public string? Fault { get; private set; }

        public JsonElement? Root
        {
            get
            {
                if (!tried)
                {
                    tried = true;
                    try
                    {
                        document = payload.Length <= longest ? JsonDocument.Parse(payload, Bounded) : null;
                        Fault = document is null ? $"longer than {longest} bytes" : null;
                    }
                    catch (JsonException)
                    {
                        Fault = payload.IsEmpty ? "empty" : "no JSON";
                    }
                }

                return document?.RootElement;
            }
        }

        public void Dispose() => document?.Dispose();
    }

    /// <summary>One enrolled sensor, and what must be remembered of it.</summary>
    internal sealed class Sensor(EnrolledSensor settings, SensorModel model)
    {
        private readonly Dictionary<string, ulong> said = new(StringComparer.Ordinal);
        private readonly Dictionary<OddKind, (DateTimeOffset Told, long Count)> odd = [];
        private readonly TimeZoneInfo? zone = settings.TimeZone is { } name ? TimeZoneInfo.FindSystemTimeZoneById(name) : null;
        private DateTimeOffset? sampledLast;
        private ulong sampledDigest;
        private long? sequenceLast;
        private string? identityLast;
        private double allowance = model.Mqtt?.Allowance ?? 600;
        private DateTimeOffset allowanceAt;
        private SensorMisreading? misread;

        public EnrolledSensor Settings => settings;

        public SensorModel Model => model;

        public TimeZoneInfo? Zone => zone;

        public ImmutableArray<SensorRow> Rows { get; } = [.. (settings.Values ?? model.Mqtt?.Values ?? model.Sparkplug!.Values).Where(row => settings.Quantities is not { } wanted || wanted.Contains(row.Quantity))];

        /// <summary>Null: nothing tells whether its gateway lives.</summary>
        public string? GatewayId { get; set; }

        public bool Away { get; set; }

        /// <summary>When it last said it had measured.</summary>
        public DateTimeOffset? SampledLast => sampledLast;

        public SensorMisreading? Misread => Volatile.Read(ref misread);

        /// <summary>Whether this message may be believed to be the sensor's, and is not one too many. Tells what is odd.</summary>
        public bool Admits(in MqttMessageHeard message, Gathered into)
        {
            if (settings.Client is { } client && message.ClientId is { } who && who != client)
            {
                TellOdd(message, OddKind.OtherClient, $"published by {Short(who)}, enrolled is {client}", into);
                return false;
            }

            // A bucket that fills at the model's rate and holds two minutes of it.
            var most = model.Mqtt?.Allowance ?? 600;
            allowance = allowanceAt == default ? 2 * most : Math.Min(2 * most, allowance + (Math.Max(0, (message.At - allowanceAt).TotalMinutes) * most));
            allowanceAt = message.At;
            if (allowance >= 1)
            {
                allowance--;
                return true;
            }

            // Too many: what says nothing new is dropped; a change is taken all the same, since it may be water.
            TellOdd(message, OddKind.TooMany, $"more than {most} messages a minute", into);
            return !Repeats(message);
        }

        /// <summary>Keeps what could not be read. A sensor that says by itself that it failed is no odd sender.</summary>
        public void Misreads(in MqttMessageHeard message, string reason, bool isOdd, Gathered into)
        {
            Volatile.Write(ref misread, new(settings.Id, message.At, (misread?.Count ?? 0) + 1, reason, Kept(message.Payload.Span)));
            if (isOdd)
            {
                TellOdd(message, OddKind.NotItsModel, reason, into);
            }
        }

        /// <summary>The quantities that must be in a message that tells all: those the settings name.</summary>
        public bool Expects(Quantity quantity) => settings.Quantities?.Contains(quantity) ?? settings.Values is not null;

        public void TellOdd(in MqttMessageHeard message, OddKind kind, string detail, Gathered into)
        {
            var known = odd.TryGetValue(kind, out var before);
            if (!known || message.At - before.Told >= Strangers.TellAgain || message.At < before.Told)
            {
                into.Add(new SenderOdd(message.Source, message.At, settings.Id, kind, before.Count + 1, detail));
                odd[kind] = (message.At, 0);
            }
            else
            {
                odd[kind] = (before.Told, before.Count + 1);
            }
        }

        /// <summary>Whether a message tells an old thing again, and remembers it.</summary>
        public bool IsResent(in MqttMessageHeard message, DateTimeOffset? sampled, bool byGateway, long? sequence, string? identity)
        {
            var digest = Digest(message.Payload.Span);
            var lags = sampled is { } stamp && message.At - stamp > GatewayLag;
            var resent = message.Retained
                || (message.Duplicate && said.TryGetValue(message.Topic, out var before) && before == digest)
                || (message.Waited && (sampled is null || lags))
                || (sampled is not null && sampled == sampledLast && digest == sampledDigest)
                || (byGateway && lags && !(sampled > sampledLast))
                || (sequence is not null && sequence == sequenceLast)
                || (identity is not null && identity == identityLast);
            if (said.Count < 64 || said.ContainsKey(message.Topic))
            {
                said[message.Topic] = digest;
            }

            (sampledLast, sampledDigest) = sampled is null ? (sampledLast, sampledDigest) : (sampled, digest);
            (sequenceLast, identityLast) = (sequence ?? sequenceLast, identity ?? identityLast);
            return resent;
        }

        private bool Repeats(in MqttMessageHeard message) => said.TryGetValue(message.Topic, out var before) && before == Digest(message.Payload.Span);
    }

    private static string Short(string text) => text.Length <= 64 ? text : text[..64];

    /// <summary>One topic of one sensor or gateway.</summary>
    private sealed record Listening(Sensor? Sensor, SensorTopic Topic, SensorPlaces? Places, string? GatewayId, int FieldAt, string? DevicesBase = null, MqttSensorModel? Model = null)
    {
        public string? FieldOf(string heardOn)
        {
            if (FieldAt < 0)
            {
                return null;
            }

            var rest = heardOn.AsSpan();
            for (var level = 0; level < FieldAt; level++)
            {
                rest = rest[(rest.IndexOf('/') + 1)..];
            }

            var end = rest.IndexOf('/');
            return (end < 0 ? rest : rest[..end]).ToString();
        }
    }

    /// <summary>Everything of one broker. Told one message after the other, while others enrol and ask.</summary>
    private sealed class Broker(string source)
    {
        private readonly TopicIndex<Listening> index = new();
        private readonly TopicMatches<Listening> matches = new();
        private readonly SortedSet<string> filters = new(StringComparer.Ordinal);
        private readonly HashSet<string> gatewayFilters = new(StringComparer.Ordinal);
        private readonly Dictionary<string, bool> gateways = new(StringComparer.Ordinal);
        private readonly HashSet<string> enrolledKeys = new(StringComparer.Ordinal);
        private readonly HashSet<string> offered = new(StringComparer.Ordinal);
        private readonly SparkplugNodes nodes = new(source);
        private readonly Strangers strangers = new(source);
        private readonly Lock gate = new();
        private readonly List<(Sensor Sensor, Listening Listening, string Filter)> listenings = [];
        private readonly List<(string Name, SensorModel Model, string Start)> families = [];
        private HomeAssistantDiscovery? discovery;

        public ImmutableArray<string> Filters
        {
            get
            {
                lock (gate)
                {
                    return [.. filters.Where(filter => !filters.Any(wider => wider != filter && Covers(wider, filter)))];
                }
            }
        }

        public void Enrol(Sensor sensor, Dictionary<(SensorTopic, ImmutableArray<SensorRow>), SensorPlaces> places)
        {
            lock (gate)
            {
                Add(sensor, places);
            }
        }

        /// <summary>Takes a sensor out. What is subscribed to stays so until the next start: its sender is a stranger again, and seen.</summary>
        public void Forget(Sensor sensor)
        {
            lock (gate)
            {
                nodes.Forget(sensor);
                foreach (var (_, listening, filter) in listenings.Where(one => one.Sensor == sensor))
                {
                    _ = index.Remove(listening, filter);
                }

                _ = listenings.RemoveAll(one => one.Sensor == sensor);
                if (KeyOf(sensor) is { } key && listenings.All(one => KeyOf(one.Sensor) != key))
                {
                    _ = enrolledKeys.Remove(key);
                }
            }
        }

        public bool IsHeard(EnrolledSensor suggested, SensorModel model)
        {
            lock (gate)
            {
                foreach (var topic in model.Mqtt?.Topics.Where(topic => topic.Role == SensorTopicRole.Values) ?? [])
                {
                    index.Match(Instance(topic.Pattern, suggested.Base ?? model.Mqtt!.Base ?? string.Empty, suggested.Key!).Replace('+', '-'), matches);
                    if (matches.Ordinary.Any(match => match.Client is { Sensor: not null, Topic.Role: SensorTopicRole.Values }))
                    {
                        return true;
                    }
                }

                return false;
            }
        }

        private static string? KeyOf(Sensor sensor) => sensor.Model.Mqtt is { } model ? $"{sensor.Settings.Base ?? model.Base ?? string.Empty}\n{sensor.Settings.Key}" : null;

        private void Add(Sensor sensor, Dictionary<(SensorTopic, ImmutableArray<SensorRow>), SensorPlaces> places)
        {
            if (sensor.Model.Sparkplug is not null)
            {
                nodes.Enrol(sensor);
                filters.Add($"{SparkplugTopic.Namespace}/#");
                return;
            }

            var model = sensor.Model.Mqtt!;
            var start = sensor.Settings.Base ?? model.Base ?? string.Empty;
            enrolledKeys.Add(KeyOf(sensor)!);
            foreach (var topic in model.Topics)
            {
                if (topic.Role is SensorTopicRole.Values or SensorTopicRole.Availability || (topic.Role == SensorTopicRole.Gateway && topic.Pattern.Contains("{key}", StringComparison.Ordinal)))
                {
                    Listen(sensor, model, topic, Instance(topic.Pattern, start, sensor.Settings.Key!), places);
                }
            }

            foreach (var own in sensor.Rows.Select(row => row.Topic).OfType<string>().Distinct().Where(own => own != sensor.Settings.Key))
            {
                Listen(sensor, model, new(own, SensorTopicRole.Values), own, places);
            }

            if (sensor.Settings.Availability is { } availability)
            {
                Listen(sensor, model, new(availability.Topic!, SensorTopicRole.Availability, Alive: [availability.Alive], Gone: [availability.Gone]), availability.Topic!, places);
            }

            Watch(sensor.Settings.Model, sensor.Model, sensor.Settings.Base);
            sensor.GatewayId ??= model.Topics.Any(topic => topic.Role == SensorTopicRole.Gateway) ? $"{source}/{start}" : null;
        }

        public void Watch(string name, SensorModel watched, string? otherBase)
        {
            if (watched.Mqtt is not { } model)
            {
                filters.Add($"{SparkplugTopic.Namespace}/#");
                nodes.Watch();
                return;
            }

            var start = otherBase ?? model.Base ?? string.Empty;
            if (!families.Exists(family => family.Name == name && family.Start == start))
            {
                families.Add((name, watched, start));
            }

            foreach (var topic in model.Topics.Where(topic => topic.Pattern != "{key}"))
            {
                var wide = Wide(topic.Pattern, start, model.ManyLevels);
                filters.Add(wide);
                var hasKey = topic.Pattern.Contains("{key}", StringComparison.Ordinal);
                if (hasKey && topic.Role != SensorTopicRole.Ignored)
                {
                    strangers.Know(wide, topic.Pattern.Replace("{base}", start, StringComparison.Ordinal), model.ManyLevels);
                }
                else if (gatewayFilters.Add($"{wide}\n{topic.Role}"))
                {
                    var gateway = topic.Role == SensorTopicRole.Gateway ? $"{source}/{start}" : null;
                    index.Add(new(null, topic, null, gateway, -1, start, model), new(wide, MqttQos.AtMostOnce));
                }
            }
        }

        public void Discover(string prefix)
        {
            discovery = new(source, prefix);
            filters.Add($"{prefix}/+/+/config");
            filters.Add($"{prefix}/+/+/+/config");
        }

        public void Take(in MqttMessageHeard message, Gathered into)
        {
            lock (gate)
            {
                Hear(message, into);
            }
        }

        private void Hear(in MqttMessageHeard message, Gathered into)
        {
            if (discovery is not null && discovery.IsMine(message.Topic))
            {
                discovery.Take(message, into);
                return;
            }

            if (nodes.IsMine(message.Topic))
            {
                if (!nodes.Take(message, into))
                {
                    strangers.Heard(message, into, _ => []);
                }

                return;
            }

            index.Match(message.Topic, matches);
            if (matches.Ordinary.Count == 0)
            {
                strangers.Heard(message, into, Fits);
                return;
            }

            using var json = new Parsed(message.Payload, matches.Ordinary.Any(match => match.Client.Topic.Role == SensorTopicRole.Devices) ? LongestList : LongestPayload);
            foreach (var match in matches.Ordinary)
            {
                Take(match.Client, message, json, into);
            }
        }

        private void Listen(Sensor sensor, MqttSensorModel model, SensorTopic topic, string filter, Dictionary<(SensorTopic, ImmutableArray<SensorRow>), SensorPlaces> places)
        {
            var key = (topic, sensor.Rows);
            if (topic.Role == SensorTopicRole.Values && !places.TryGetValue(key, out _))
            {
                places[key] = new(model, topic, sensor.Rows);
            }

            // A node's own will stands for all sensors that hang on it.
            string? gateway = null;
            if (topic.Role == SensorTopicRole.Gateway)
            {
                sensor.GatewayId = gateway = $"{source}/{sensor.Settings.Key}";
                if (!gatewayFilters.Add(filter))
                {
                    return;
                }
            }

            filters.Add(filter);
            var listening = new Listening(
                sensor, topic, places.GetValueOrDefault(key), gateway, Array.IndexOf(topic.Pattern.Replace("{key}", sensor.Settings.Key, StringComparison.Ordinal).Replace("{base}", sensor.Settings.Base ?? model.Base, StringComparison.Ordinal).Split('/'), "{field}"));
            index.Add(listening, new(filter, MqttQos.AtMostOnce));

            // A node's own will may stand for others, too.
            if (topic.Role != SensorTopicRole.Gateway)
            {
                listenings.Add((sensor, listening, filter));
            }
        }

        /// <summary>By which models of the families that are listened to a stranger's message can be read, with what it tells.</summary>
        private ImmutableArray<EnrolledSensor> Fits(MqttMessageHeard message)
        {
            var fits = ImmutableArray.CreateBuilder<EnrolledSensor>();
            using var json = new Parsed(message.Payload, LongestPayload);
            foreach (var (name, model, start) in families)
            {
                foreach (var topic in model.Mqtt!.Topics.Where(topic => topic.Role == SensorTopicRole.Values))
                {
                    if (KeyIn(message.Topic, topic.Pattern, start) is { } key && Told(model.Mqtt, topic, message, start, key, json) is { IsEmpty: false } told)
                    {
                        fits.Add(new(HomeAssistantDiscovery.IdOf(key), name, source, key, start == (model.Mqtt.Base ?? string.Empty) ? null : start, Quantities: told));
                        break;
                    }
                }
            }

            return fits.DrainToImmutable();
        }

        private static ImmutableArray<Quantity> Told(MqttSensorModel model, SensorTopic topic, in MqttMessageHeard message, string start, string key, Parsed json)
        {
            try
            {
                var places = new SensorPlaces(model, topic, model.Values);
                var levels = Array.IndexOf(topic.Pattern.Replace("{base}", start, StringComparison.Ordinal).Replace("{key}", key, StringComparison.Ordinal).Split('/'), "{field}");
                var field = levels < 0 ? null : message.Topic.Split('/')[levels];
                var root = places.NeedsJson(message.Topic, field) ? json.Root : null;
                var told = ImmutableArray.CreateBuilder<Quantity>();
                var heardOn = message.Topic;
                foreach (var row in places.Rows.Where(row => places.IsTold(row.Told, heardOn, field) && !told.Contains(row.Told.Quantity)))
                {
                    if (SensorReadings.Value(row.Told, places.Find(row.Place, root, message.Payload.Span, field), places.Unit(row, root, field)) is { Raw: not null })
                    {
                        told.Add(row.Told.Quantity);
                    }
                }

                return told.DrainToImmutable();
            }
            catch (InvalidOperationException)
            {
                // Half a character: it can be read by none.
                return [];
            }
        }

        private static string? KeyIn(string topic, string pattern, string start)
        {
            var made = pattern.Replace("{base}", start, StringComparison.Ordinal);
            var at = made.IndexOf("{key}", StringComparison.Ordinal);
            if (at < 0)
            {
                return null;
            }

            var (before, after) = (made[..at], made[(at + 5)..].Replace("{field}", "+", StringComparison.Ordinal));
            if (!topic.StartsWith(before, StringComparison.Ordinal) || topic.Length <= before.Length)
            {
                return null;
            }

            // As many levels as the pattern has behind the key are not the key's.
            var levels = topic[before.Length..].Split('/');
            var behind = after.Count(letter => letter == '/');
            var key = string.Join('/', levels[..^Math.Min(behind, levels.Length)]);
            return key.Length > 0 && key.Length <= LongestKey && MqttTopic.IsName(key) && MqttTopic.Matches($"{before}{key}{after}", topic) ? key : null;
        }

        private void Take(Listening listening, in MqttMessageHeard message, Parsed json, Gathered into)
        {
            switch (listening.Topic.Role)
            {
                case SensorTopicRole.Values:
                    Values(listening, message, json, into);
                    break;
                case SensorTopicRole.Gateway when Says(listening.Topic, message, json) is { } alive:
                    gateways[listening.GatewayId!] = alive;
                    into.Add(new GatewayHeard(listening.GatewayId!, message.At, alive));
                    break;
                case SensorTopicRole.Availability when Says(listening.Topic, message, json) is { } there:
                    TellAway(listening.Sensor!, message, !there, into);
                    break;
                case SensorTopicRole.Devices:
                    Offer(listening, message, json, into);
                    break;
            }
        }

        private void Values(Listening listening, in MqttMessageHeard message, Parsed json, Gathered into)
        {
            // An empty retained message only takes an old one away.
            var sensor = listening.Sensor!;
            if ((message.Retained && message.Payload.IsEmpty) || !sensor.Admits(message, into))
            {
                return;
            }

            var places = listening.Places!;
            var heardOn = message.Topic;
            var field = listening.FieldOf(heardOn);
            string? fault = null;
            SensorReport? report = null;
            try
            {
                var needsJson = places.NeedsJson(heardOn, field);
                var root = needsJson ? json.Root : null;
                fault = !needsJson ? message.Payload.Length > LongestPayload ? $"longer than {LongestPayload} bytes" : null
                    : root is null ? json.Fault
                    : root.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array) ? "JSON, but no object"
                    : null;
                if (fault is null)
                {
                    report = Read(sensor, listening, places, root, field, message, ref fault);
                }
            }
            catch (InvalidOperationException)
            {
                // Half a character, written as an escape: JSON by its form, text by none.
                fault = "a text in it is half a character";
            }

            if (fault is not null)
            {
                sensor.Misreads(message, fault, isOdd: report is null, into);
                report ??= new(sensor.Settings.Id, message.At, [.. places.Rows.Where(row => places.IsTold(row.Told, heardOn, field)).Select(row => row.Told.Quantity).Distinct().Select(quantity => new SensorValue(quantity, null, fault))])
                {
                    Resent = message.Retained,
                };
            }

            if (report is not null)
            {
                into.Add(report);
                Lives(sensor, message, report.Resent, into);
            }
        }

        private static SensorReport? Read(Sensor sensor, Listening listening, SensorPlaces places, JsonElement? root, string? field, in MqttMessageHeard message, ref string? fault)
        {
            var values = ImmutableArray.CreateBuilder<SensorValue>();
            var wanted = 0;
            var payload = message.Payload.Span;
            foreach (var row in places.Rows)
            {
                if (!places.IsTold(row.Told, message.Topic, field))
                {
                    continue;
                }

                wanted++;
                if (SensorReadings.Value(row.Told, places.Find(row.Place, root, payload, field), places.Unit(row, root, field)) is { } value && values.All(known => known.Quantity != value.Quantity))
                {
                    values.Add(value);
                }
            }

            if (listening.Topic.IsComplete)
            {
                // Several rows may tell one quantity in several ways; it is missing when none of them was there.
                foreach (var quantity in places.Rows.Where(row => row.Told.Skip is null).Select(row => row.Told.Quantity).Distinct().Where(quantity => sensor.Expects(quantity) && values.All(value => value.Quantity != quantity)).ToList())
                {
                    values.Add(new(quantity, null, "missing from a message that tells all"));
                }

                fault = values.Count == 0 && wanted > 0 ? "none of the model's fields is in it" : fault;
            }

            if (fault is null && values.FirstOrDefault(value => value.Fault is not null) is { Fault: { } why } odd)
            {
                fault = $"{odd.Quantity}: {why}";
            }

            var sampled = places.Sampled(root, field, sensor.Zone);
            var sequence = places.Sequence(root, field);
            var battery = places.Battery(root, payload, field);
            var link = places.Link(root, payload, field);
            var (low, test, tampered) = (places.BatteryLow(root, field), places.SelfTest(root, field), places.Tampered(root, field));
            var resent = sensor.IsResent(message, sampled, places.SampledByGateway, sequence, places.Identity(root, field));
            return values.Count == 0 && battery is null && link is null && !low && !test && !tampered ? null : new(sensor.Settings.Id, message.At, values.DrainToImmutable())
            {
                SampledAt = sampled,
                Sequence = sequence,
                Resent = resent,
                BatteryPercent = battery,
                BatteryLow = low,
                LinkPercent = link,
                SelfTest = test,
                Tampered = tampered,
            };
        }

        /// <summary>A fresh word of a sensor proves its gateway, whatever a will says.</summary>
        private void Lives(Sensor sensor, in MqttMessageHeard message, bool resent, Gathered into)
        {
            if (resent)
            {
                return;
            }

            if (sensor.GatewayId is { } gateway && gateways.TryGetValue(gateway, out var alive) && !alive)
            {
                gateways[gateway] = true;
                into.Add(new GatewayHeard(gateway, message.At, Alive: true));
                sensor.TellOdd(message, OddKind.WillLies, $"{gateway} was told to be gone and goes on sending", into);
            }

            TellAway(sensor, message, away: false, into);
        }

        private static void TellAway(Sensor sensor, in MqttMessageHeard message, bool away, Gathered into)
        {
            if (sensor.Away != away)
            {
                sensor.Away = away;
                into.Add(new SensorAway(message.Source, message.At, sensor.Settings.Id, away));
            }
        }

        private static bool? Says(SensorTopic topic, in MqttMessageHeard message, Parsed json)
        {
            if (message.Payload.IsEmpty || message.Payload.Length > LongestPayload)
            {
                return null;
            }

            try
            {
                // Both forms are in use for one product: {"state":"online"} and the bare word.
                var cell = topic.Path is { } path && message.Payload.Span[0] == '{' && json.Root is { } root ? SensorPath.Read(path)!.Find(root) : SensorCell.Of(message.Payload.Span);
                return SensorReadings.Sign(cell, topic.Alive, topic.Gone);
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }

        private void Offer(Listening listening, in MqttMessageHeard message, Parsed json, Gathered into)
        {
            try
            {
                foreach (var device in json.Root is { ValueKind: JsonValueKind.Array } list ? ZigbeeDevices.Read(list) : [])
                {
                    if (offered.Count < MostOffers && !enrolledKeys.Contains($"{listening.DevicesBase}\n{device.Name}") && offered.Add(device.Name))
                    {
                        var key = device.Name;
                        into.Add(new SensorOffered(message.Source, message.At, key, device.Product, device.Quantities.IsEmpty ? null : new(
                            HomeAssistantDiscovery.IdOf(key), "zigbee2mqtt", message.Source, key, listening.DevicesBase == listening.Model!.Base ? null : listening.DevicesBase, Quantities: device.Quantities), device.Quantities.IsEmpty ? "measures nothing that is known here" : null));
                    }
                }
            }
            catch (InvalidOperationException)
            {
                into.Add(new SensorOffered(message.Source, message.At, message.Topic, string.Empty, null, "the list of devices holds half a character"));
            }
        }

        private static string Instance(string pattern, string start, string key) =>
            pattern.Replace("{base}", start, StringComparison.Ordinal).Replace("{key}", key, StringComparison.Ordinal).Replace("{field}", "+", StringComparison.Ordinal);

        private static string Wide(string pattern, string start, bool manyLevels)
        {
            var key = pattern.IndexOf("{key}", StringComparison.Ordinal);
            pattern = manyLevels && key >= 0 ? pattern[..key] + "#" : pattern;
            return pattern.Replace("{base}", start, StringComparison.Ordinal).Replace("{key}", "+", StringComparison.Ordinal).Replace("{field}", "+", StringComparison.Ordinal);
        }
    }
}
