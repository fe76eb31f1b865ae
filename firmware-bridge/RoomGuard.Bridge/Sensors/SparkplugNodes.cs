using System.Collections.Immutable;
using RoomGuard.Core.Climate;
using RoomGuard.Wire.Sparkplug;

namespace RoomGuard.Bridge.Sensors;

/// <summary>
/// The Sparkplug nodes of one broker that carry enrolled sensors: who was born with which number, what aliases stand for, whether a count is missing. Pure.
/// Nothing is kept of other nodes; of ours no more metrics than a payload may hold.
/// </summary>
internal sealed class SparkplugNodes(string source)
{
    private const int MostDevices = 200;
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Node> nodes = new(StringComparer.Ordinal);
    private bool watches;

    /// <summary>A sensor that is a metric of a node or of one of its devices.</summary>
    public void Enrol(SensorModels.Sensor sensor)
    {
        var levels = sensor.Settings.Key!.Split('/');
        var id = $"{levels[0]}/{levels[1]}";
        if (!nodes.TryGetValue(id, out var node))
        {
            nodes[id] = node = new();
        }

        node.Sensors.Add((levels.Length == 3 ? levels[2] : null, sensor));
        sensor.GatewayId = $"{source}/{id}";
        watches = true;
    }

    /// <summary>A sensor is no longer one of them.</summary>
    public void Forget(SensorModels.Sensor sensor)
    {
        foreach (var node in nodes.Values)
        {
            _ = node.Sensors.RemoveAll(item => item.Sensor == sensor);
        }
    }

    /// <summary>Strangers are to be noticed, even where nobody is enrolled.</summary>
    public void Watch() => watches = true;

    /// <summary>Whether a topic is Sparkplug's and somebody here listens to it.</summary>
    public bool IsMine(string topic) => watches && topic.StartsWith($"{SparkplugTopic.Namespace}/", StringComparison.Ordinal);

    /// <summary>What a message says. False: nobody of it is enrolled.</summary>
    public bool Take(in MqttMessageHeard message, SensorModels.Gathered into)
    {
        if (message.Topic.StartsWith($"{SparkplugTopic.Namespace}/STATE/", StringComparison.Ordinal))
        {
            return true;
        }

        if (!SparkplugTopic.TryRead(message.Topic, out var topic) || !nodes.TryGetValue($"{topic.Group}/{topic.Node}", out var node))
        {
            return false;
        }

        // Orders are ours or another host's; a retained message is none of Sparkplug's, which retains nothing but STATE.
        if (topic.Message is SparkplugMessage.NodeCommand or SparkplugMessage.DeviceCommand || message.Retained)
        {
            return true;
        }

        // One bucket for the node: any of its sensors has the same.
        if (node.Sensors.Count == 0 || !node.Sensors[0].Sensor.Admits(message, into))
        {
            return true;
        }

        var read = SparkplugReader.Read(message.Payload.Span);
        if (read.Payload is not { } payload)
        {
            var fault = $"no Sparkplug payload: {read.Fault}";
            foreach (var (_, sensor) in node.Sensors.Where(item => item.Device == topic.Device))
            {
                sensor.Misreads(message, fault, isOdd: true, into);
                into.Add(new SensorReport(sensor.Settings.Id, message.At, [.. sensor.Rows.Select(row => row.Quantity).Distinct().Select(quantity => new SensorValue(quantity, null, fault))]));
            }

            return true;
        }

        switch (topic.Message)
        {
            case SparkplugMessage.NodeBirth:
                node.Forget();
                node.Alive = true;
                node.Number = payload.ConnectionNumber;
                node.Sequence = payload.Sequence;
                node.Learn(null, payload);
                into.Add(Gateway(topic, message, alive: true));
                Tell(node, null, payload, isBirth: true, message, into);
                break;

            // A will of an earlier connection may come after the birth of the next: it says nothing of this one.
            case SparkplugMessage.NodeDeath when payload.ConnectionNumber == node.Number || node.Number is null:
                node.Forget();
                node.Alive = false;
                into.Add(Gateway(topic, message, alive: false));
                break;
            case SparkplugMessage.NodeDeath:
                break;
            case SparkplugMessage.DeviceBirth or SparkplugMessage.DeviceDeath or SparkplugMessage.NodeData or SparkplugMessage.DeviceData:
                Follow(node, topic, payload, message, into);
                break;
        }

        return true;
    }

    private void Follow(Node node, SparkplugTopic topic, SparkplugPayload payload, in MqttMessageHeard message, SensorModels.Gathered into)
    {
        if (!node.Alive || (topic.Message == SparkplugMessage.DeviceData && node.IsWanted(topic.Device) && !node.Knows(topic.Device)))
        {
            // Data before its birth cannot be read: aliases and types are not known.
            AskForBirth(node, topic, message, into);
            return;
        }

        var isNext = node.Sequence is { } last && payload.Sequence == (last + 1) % 256;
        var isSame = payload.Sequence is not null && payload.Sequence == node.Sequence;
        node.Sequence = payload.Sequence ?? node.Sequence;
        if (!isNext && !isSame)
        {
            AskForBirth(node, topic, message, into);
        }

        if (topic.Message == SparkplugMessage.DeviceDeath)
        {
            foreach (var (_, sensor) in node.Sensors.Where(item => item.Device == topic.Device && !item.Sensor.Away))
            {
                sensor.Away = true;
                into.Add(new SensorAway(source, message.At, sensor.Settings.Id, Away: true));
            }

            return;
        }

        if (topic.Message == SparkplugMessage.DeviceBirth)
        {
            node.Learn(topic.Device, payload);
        }

        Tell(node, topic.Device, payload, topic.Message == SparkplugMessage.DeviceBirth, message, into);
    }

    private void Tell(Node node, string? device, SparkplugPayload payload, bool isBirth, in MqttMessageHeard message, SensorModels.Gathered into)
    {
        foreach (var (_, sensor) in node.Sensors.Where(item => item.Device == device))
        {
            var values = ImmutableArray.CreateBuilder<SensorValue>();
            double? battery = null;
            double? link = null;
            ulong? stamped = null;
            var old = false;
            foreach (var metric in payload.Metrics)
            {
                if (node.NameOf(device, metric) is not { } told)
                {
                    continue;
                }

                var cell = metric.Number(told.Type) is { } number ? SensorCell.Of(number) : SensorCell.Of(metric.IsNull ? "null" : metric.Text ?? "nothing that is read here");
                foreach (var row in sensor.Rows.Where(row => row.Path == told.Name && values.All(value => value.Quantity != row.Quantity)))
                {
                    SensorValue? value = metric.Quality switch
                    {
                        null or 192 => SensorReadings.Value(row, cell, SensorCell.Absent),
                        500 => new SensorValue(row.Quantity, null, "the node says stale"),
                        _ => new SensorValue(row.Quantity, null, $"the node says quality {metric.Quality}"),
                    };
                    if (value is { } read)
                    {
                        values.Add(read);
                        stamped = metric.Timestamp ?? stamped;
                        old |= metric.IsHistorical;
                    }
                }

                var model = sensor.Model.Sparkplug!;
                battery = model.Battery is { } share && share.Path == told.Name ? SensorReadings.Share(share, cell, SensorCell.Absent) : battery;
                link = model.Link is { } radio && radio.Path == told.Name ? SensorReadings.Share(radio, cell, SensorCell.Absent) : link;
            }

            if (values.Count == 0 && battery is null && link is null)
            {
                continue;
            }

            if (values.FirstOrDefault(value => value.Fault is not null) is { Fault: { } why } odd)
            {
                sensor.Misreads(message, $"{odd.Quantity}: {why}", isOdd: false, into);
            }

            var sampled = (stamped ?? payload.Timestamp) is { } milliseconds and < 253_402_300_799_000 ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds) : (DateTimeOffset?)null;

            // A birth tells what was known last; stamped no later than that, it is nothing new.
            old |= isBirth && sampled is not null && sampled <= sensor.SampledLast;
            into.Add(new SensorReport(sensor.Settings.Id, message.At, values.DrainToImmutable())
            {
                SampledAt = sampled,
                Sequence = (long?)payload.Sequence,
                Resent = old | sensor.IsResent(message, sampled, byGateway: false, sequence: null, identity: null),
                BatteryPercent = battery,
                LinkPercent = link,
            });
            if (sensor.Away && !old)
            {
                sensor.Away = false;
                into.Add(new SensorAway(source, message.At, sensor.Settings.Id, Away: false));
            }
        }
    }

    private void AskForBirth(Node node, SparkplugTopic topic, in MqttMessageHeard message, SensorModels.Gathered into)
    {
        if (node.AskedAt is { } asked && message.At - asked < AskAgain && message.At >= asked)
        {
            return;
        }

        node.AskedAt = message.At;
        var order = new SparkplugPayload((ulong)message.At.ToUnixTimeMilliseconds(), [new() { Name = SparkplugPayload.Rebirth, DataType = SparkplugDataType.Boolean, Holds = SparkplugHolds.Flag, Whole = 1 }], null);
        into.Add(new MessageWanted(source, message.At, new SparkplugTopic(topic.Group, SparkplugMessage.NodeCommand, topic.Node, null).ToString(), [.. SparkplugWriter.ToBytes(order)]));
    }

    private GatewayHeard Gateway(SparkplugTopic topic, in MqttMessageHeard message, bool alive) => new($"{source}/{topic.Group}/{topic.Node}", message.At, alive);

    private sealed class Node
    {
        private readonly Dictionary<string, Dictionary<ulong, (string Name, SparkplugDataType Type)>> aliases = new(StringComparer.Ordinal);
        private readonly Dictionary<string, Dictionary<string, SparkplugDataType>> types = new(StringComparer.Ordinal);

        public List<(string? Device, SensorModels.Sensor Sensor)> Sensors { get; } = [];

        public bool Alive { get; set; }

        public ulong? Number { get; set; }

        public ulong? Sequence { get; set; }

        public DateTimeOffset? AskedAt { get; set; }

        public void Forget()
        {
            aliases.Clear();
            types.Clear();
        }

        public bool IsWanted(string? device) => Sensors.Any(item => item.Device == device);

        public bool Knows(string? device) => types.ContainsKey(device ?? string.Empty);

        // Only of devices somebody is enrolled of, so that a node cannot fill memory with inventions.
        public void Learn(string? device, SparkplugPayload payload)
        {
            if (types.Count >= MostDevices || (device is not null && !IsWanted(device)))
            {
                return;
            }

            var named = new Dictionary<string, SparkplugDataType>(StringComparer.Ordinal);
            var numbered = new Dictionary<ulong, (string, SparkplugDataType)>();
            foreach (var metric in payload.Metrics.Where(metric => metric.Name is not null))
            {
                named[metric.Name!] = metric.DataType ?? SparkplugDataType.Unknown;
                if (metric.Alias is { } alias)
                {
                    numbered[alias] = (metric.Name!, metric.DataType ?? SparkplugDataType.Unknown);
                }
            }

            types[device ?? string.Empty] = named;
            aliases[device ?? string.Empty] = numbered;
        }

        public (string Name, SparkplugDataType Type)? NameOf(string? device, SparkplugMetric metric) =>
            metric.Name is { } name ? (name, types.GetValueOrDefault(device ?? string.Empty)?.GetValueOrDefault(name) ?? SparkplugDataType.Unknown)
            : metric.Alias is { } alias && aliases.TryGetValue(device ?? string.Empty, out var numbered) && numbered.TryGetValue(alias, out var told) ? told
            : null;
    }
}
