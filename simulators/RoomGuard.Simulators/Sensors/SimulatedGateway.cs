using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Wire.Sparkplug;

namespace RoomGuard.Simulators.Sensors;

/// <summary>How a gateway connects.</summary>
/// <param name="Will">What the broker shall say when it goes without a word; null: nothing.</param>
/// <param name="Listens">What it listens to itself.</param>
public sealed record GatewayConnection(string ClientId, SimulatedMessage? Will, ImmutableArray<string> Listens);

/// <summary>
/// One board, bridge or server with its sensors: what it says when it connects, what it passes on, what it leaves behind. It knows families and no socket. Pure: it is
/// told the time. What cannot be sent is lost, as it is outside; only a battery Shelly keeps its report until it is through.
/// </summary>
public sealed class SimulatedGateway
{
    private const int MostWaiting = 500;
    private static readonly TimeSpan LeavesAfter = TimeSpan.FromSeconds(1);

    // A gate where nothing passes says now and then that it is there.
    private static readonly TimeSpan SaysAlive = TimeSpan.FromSeconds(10);

    private readonly Queue<SimulatedMessage> waiting = new();
    private readonly DateTimeOffset began;
    private ulong connection;
    private ulong sequence;
    private bool everConnected;
    private TimeSpan? leaveAt;
    private TimeSpan? aliveAt;
    private TimeSpan clock;

    /// <summary>A gateway that is switched on and not connected yet.</summary>
    /// <param name="began">What the times since the start count from.</param>
    public SimulatedGateway(GatewaySettings settings, DateTimeOffset began, int seed)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Settings = settings;
        this.began = began;
        Sensors = [.. settings.Sensors.Select((sensor, index) => new SimulatedSensor(sensor, sensor.Every ?? Usual(settings.Kind), settings.Kind is not (GatewayKind.Tasmota or GatewayKind.EspHome), new Random(unchecked((seed * 31) + index))))];
    }

    /// <summary>What it was built from.</summary>
    public GatewaySettings Settings { get; }

    /// <summary>Its sensors.</summary>
    public ImmutableArray<SimulatedSensor> Sensors { get; }

    /// <summary>It has power and a net. Without, its connection breaks without a word.</summary>
    public bool Plugged { get; set; } = true;

    /// <summary>It is connected to the broker.</summary>
    public bool Connected { get; private set; }

    /// <summary>Rises when the connection must break now.</summary>
    public int Cuts { get; private set; }

    /// <summary>Messages sent since the start.</summary>
    public long Sent { get; private set; }

    /// <summary>When something is due; null: nothing is.</summary>
    public TimeSpan? NextDue => new[] { Plugged ? Sensors.Min(sensor => (TimeSpan?)sensor.NextDue) : null, leaveAt, aliveAt }.Min();

    /// <summary>Whether it wants to be connected. A battery Shelly only while it has something to say.</summary>
    public bool WantsConnection => Plugged && (Settings.Kind != GatewayKind.ShellyBattery || waiting.Count > 0 || leaveAt is not null);

    /// <summary>Something waits to be sent.</summary>
    public bool HasWaiting => Connected && waiting.Count > 0;

    /// <summary>How it will connect. Each Sparkplug connection has a number, and its will bears the same one.</summary>
    public GatewayConnection Connect()
    {
        if (everConnected)
        {
            connection = (connection + 1) % 256;
        }

        everConnected = true;
        var topic = Settings.Topic;
        return Settings.Kind switch
        {
            GatewayKind.Zigbee => new($"z2m-{Settings.Id}", SimulatedMessage.Of($"{topic}/bridge/state", """{"state":"offline"}""", retain: true), []),
            GatewayKind.Tasmota => new($"DVES_{Settings.Id}", SimulatedMessage.Of($"tele/{topic}/LWT", "Offline", retain: true), []),
            GatewayKind.EspHome => new(Settings.Id, SimulatedMessage.Of($"{topic}/status", "offline", retain: true), []),
            GatewayKind.Shelly or GatewayKind.ShellyBattery => new(Settings.Id, SimulatedMessage.Of($"{topic}/online", "false", retain: true), []),
            GatewayKind.Sparkplug => new(Settings.Id, new(new SparkplugTopic(Group, SparkplugMessage.NodeDeath, topic, null).ToString(), SparkplugWriter.ToBytes(new(Stamp, [BirthNumber], null))), [$"{SparkplugTopic.Namespace}/{Group}/NCMD/{topic}"]),
            _ => new(Settings.Id, null, []),
        };
    }

    /// <summary>The broker has accepted it: birth, and what it had cached.</summary>
    public void Begin(TimeSpan now)
    {
        clock = now;
        Connected = true;
        var topic = Settings.Topic;
        leaveAt = Settings.Kind == GatewayKind.ShellyBattery ? now + LeavesAfter : null;
        switch (Settings.Kind)
        {
            case GatewayKind.Zigbee:
                Send(SimulatedMessage.Of($"{topic}/bridge/state", """{"state":"online"}""", retain: true));
                Send(SimulatedMessage.Of($"{topic}/bridge/devices", SensorSpeech.Devices(Settings.Sensors), retain: true));
                TellCached();
                break;
            case GatewayKind.Tasmota:
                Send(SimulatedMessage.Of($"tele/{topic}/LWT", "Online", retain: true));
                break;
            case GatewayKind.EspHome:
                Send(SimulatedMessage.Of($"{topic}/status", "online", retain: true));
                TellCached();
                break;
            case GatewayKind.Shelly or GatewayKind.ShellyBattery:
                Send(SimulatedMessage.Of($"{topic}/online", "true", retain: true));
                break;
            case GatewayKind.Sparkplug:
                TellBirth();
                break;
            case GatewayKind.TagGate:
                aliveAt = now;
                break;
        }
    }

    /// <summary>The connection has gone.</summary>
    public void Lose()
    {
        Connected = false;
        (leaveAt, aliveAt) = (null, null);
        if (Settings.Kind != GatewayKind.ShellyBattery)
        {
            waiting.Clear();
        }
    }

    /// <summary>The connection breaks without a word; a restart connects again by itself.</summary>
    public void Cut()
    {
        Cuts++;
        Lose();
    }

    /// <summary>Whether it says good-bye now.</summary>
    public bool Leaves(TimeSpan now) => leaveAt <= now && waiting.Count == 0;

    /// <summary>Time has passed.</summary>
    public void Pass(TimeSpan now, RoomAir air)
    {
        clock = now;
        if (!Plugged)
        {
            return;
        }

        if (aliveAt <= now)
        {
            aliveAt = now + SaysAlive;
            Send(SimulatedMessage.Of(Settings.Topic, """{"alive":true}"""));
        }

        foreach (var sensor in Sensors)
        {
            if (sensor.Pass(now, air) is { } reading && (Connected || Settings.Kind == GatewayKind.ShellyBattery))
            {
                Tell(sensor, reading);
            }
        }
    }

    /// <summary>An item with a tag is carried through the gate, which reads it several times. False: it is no gate, or tells nobody.</summary>
    /// <param name="direction"><c>in</c> or <c>out</c>; null: the gate does not know.</param>
    public bool PassTag(string tag, string? direction, int reads, TimeSpan now)
    {
        clock = now;
        if (Settings.Kind != GatewayKind.TagGate || !Connected)
        {
            return false;
        }

        for (var read = 0; read < reads; read++)
        {
            Send(SimulatedMessage.Of(Settings.Topic, SensorSpeech.Tag(tag, direction, began + clock)));
        }

        return true;
    }

    /// <summary>Somebody tells it something: a Sparkplug host asks for the birth again.</summary>
    public void Hear(ReadOnlySpan<byte> payload, TimeSpan now)
    {
        clock = now;
        if (Settings.Kind == GatewayKind.Sparkplug && SparkplugReader.Read(payload).Payload is { } asked && asked.Metrics.Any(metric => metric is { Name: SparkplugPayload.Rebirth, Whole: 1 }))
        {
            TellBirth();
        }
    }

    /// <summary>The next message, if any.</summary>
    public bool TryTake(out SimulatedMessage message)
    {
        Sent += waiting.Count > 0 && Connected ? 1 : 0;
        message = null!;
        return Connected && waiting.TryDequeue(out message!);
    }

    /// <summary>How often sensors of a family report by themselves (mqtt.md 2.9), shortened to what a demonstration has time for.</summary>
    private static TimeSpan Usual(GatewayKind kind) => kind switch
    {
        GatewayKind.Zigbee => TimeSpan.FromMinutes(50),
        GatewayKind.Tasmota => TimeSpan.FromMinutes(5),
        GatewayKind.EspHome or GatewayKind.Shelly => TimeSpan.FromMinutes(1),
        GatewayKind.ShellyBattery => TimeSpan.FromHours(2),
        GatewayKind.ChirpStack => TimeSpan.FromMinutes(10),
        GatewayKind.Sparkplug => TimeSpan.FromSeconds(10),
        _ => TimeSpan.FromSeconds(30),
    };

    private const string Group = "kakuu";

    private ulong Stamp => (ulong)(began + clock).ToUnixTimeMilliseconds();

    private SparkplugMetric BirthNumber => new() { Name = SparkplugPayload.BirthSequence, Timestamp = Stamp, DataType = SparkplugDataType.Int64, Holds = SparkplugHolds.Whole, Whole = connection };

    private void TellBirth()
    {
        sequence = 0;
        Send(SparkplugMessage.NodeBirth, null, new(Stamp, [BirthNumber, new() { Name = SparkplugPayload.Rebirth, Timestamp = Stamp, DataType = SparkplugDataType.Boolean, Holds = SparkplugHolds.Flag }], 0));
        foreach (var sensor in Sensors)
        {
            // A device is born with what it knows; one that has not measured yet is born without.
            var reading = sensor.Last ?? new(sensor.Settings, [.. sensor.Settings.Tells.Select(what => new SensorSaying(what, double.NaN))], null, 1, clock, 0);
            sequence = (sequence + 1) % 256;
            Send(SparkplugMessage.DeviceBirth, sensor.Settings, SensorSpeech.Sparkplug(reading, began + reading.At, sequence, isBirth: true));
        }
    }

    private void TellCached()
    {
        foreach (var sensor in Sensors)
        {
            if (sensor.Last is { } cached)
            {
                foreach (var message in SensorSpeech.Of(Settings.Kind, Settings.Topic, cached, began + cached.At))
                {
                    Send(message);
                }
            }
        }
    }

    private void Tell(SimulatedSensor sensor, SensorReading reading)
    {
        if (Settings.Kind == GatewayKind.Sparkplug)
        {
            sequence = (sequence + 1) % 256;
            Send(SparkplugMessage.DeviceData, sensor.Settings, SensorSpeech.Sparkplug(reading, began + reading.At, sequence, isBirth: false));
            return;
        }

        foreach (var message in SensorSpeech.Of(Settings.Kind, Settings.Topic, reading, began + reading.At))
        {
            var spoilt = sensor.Has(SensorHabit.BrokenMessage) ? message with { Payload = message.Payload[..(message.Payload.Length / 2)] }
                : sensor.Has(SensorHabit.TooLong) ? message with { Payload = (byte[])[.. message.Payload.Span, .. new byte[80_000]] }
                : message;
            Send(spoilt);
            if (sensor.Has(SensorHabit.Duplicate))
            {
                Send(spoilt);
            }
        }
    }

    private void Send(SparkplugMessage message, RoomSensorSettings? sensor, SparkplugPayload payload) =>
        Send(new(new SparkplugTopic(Group, message, Settings.Topic, sensor is null ? null : sensor.Key ?? sensor.Id).ToString(), SparkplugWriter.ToBytes(payload)));

    private void Send(SimulatedMessage message)
    {
        if (waiting.Count < MostWaiting)
        {
            waiting.Enqueue(message);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Settings.Id} ({Settings.Kind})");
}
