using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RoomGuard.Simulators.Sensors;

/// <summary>How the sensors of one connection speak.</summary>
public enum GatewayKind
{
    /// <summary>A Zigbee2MQTT bridge with its sensors.</summary>
    Zigbee,

    /// <summary>A board with Tasmota and sensors on it.</summary>
    Tasmota,

    /// <summary>A board with ESPHome.</summary>
    EspHome,

    /// <summary>A Shelly on mains.</summary>
    Shelly,

    /// <summary>A Shelly H&amp;T or Flood on battery: it connects, reports and leaves.</summary>
    ShellyBattery,

    /// <summary>ChirpStack with LoRaWAN sensors behind it.</summary>
    ChirpStack,

    /// <summary>A Sparkplug node with its devices.</summary>
    Sparkplug,

    /// <summary>A program that publishes plain JSON.</summary>
    Plain,

    /// <summary>A gate at a door that tells the asset tags it reads; it holds no sensors.</summary>
    TagGate,
}

/// <summary>Where in the room a sensor hangs.</summary>
public enum SensorSpot
{
    /// <summary>At the front of a rack.</summary>
    Inlet,

    /// <summary>Behind a rack.</summary>
    Outlet,

    /// <summary>Below the ceiling.</summary>
    Ceiling,

    /// <summary>In front of the air conditioning.</summary>
    Supply,
}

/// <summary>What a sensor tells.</summary>
public enum SensorTells
{
    /// <summary>Temperature.</summary>
    Temperature,

    /// <summary>Relative humidity.</summary>
    Humidity,

    /// <summary>Water.</summary>
    Leak,

    /// <summary>Smoke.</summary>
    Smoke,

    /// <summary>A door.</summary>
    Door,

    /// <summary>Dust, PM10.</summary>
    Dust,

    /// <summary>A knock or a shake.</summary>
    Vibration,

    /// <summary>Acceleration in gal.</summary>
    Acceleration,

    /// <summary>The air conditioning has stopped.</summary>
    CoolingStopped,

    /// <summary>The fire signal of the building.</summary>
    Fire,
}

/// <summary>One simulated sensor.</summary>
/// <param name="Key">Its name in topics; null: its id.</param>
/// <param name="Tells">What it tells.</param>
/// <param name="Every">How often it reports by itself; null: as its family does.</param>
/// <param name="BatteryPercent">What its battery holds; null: it has none.</param>
public sealed record RoomSensorSettings(
    string Id, ImmutableArray<SensorTells> Tells, string? Key = null, SensorSpot Spot = SensorSpot.Inlet, TimeSpan? Every = null, double? BatteryPercent = null, string? Label = null, string? LabelEn = null);

/// <summary>One connection to the broker with its sensors.</summary>
/// <param name="Name">Base topic, node or board in topics; null: as the family has it (Zigbee: <c>zigbee2mqtt</c>), or its id.</param>
/// <param name="Password">A file that holds the password of its user; null: none.</param>
public sealed record GatewaySettings(string Id, GatewayKind Kind, ImmutableArray<RoomSensorSettings> Sensors, string? Name = null, string? User = null, string? Password = null, string? Label = null, string? LabelEn = null)
{
    /// <summary>Its name in topics.</summary>
    [JsonIgnore]
    public string Topic => Name ?? Kind switch { GatewayKind.Zigbee => "zigbee2mqtt", GatewayKind.ChirpStack => "application", _ => Id };
}

/// <summary>The simulated sensors, the air they hang in, and the broker they publish to.</summary>
/// <param name="Host">A loopback address; simulated sensors publish nowhere else (R-CFG-05).</param>
/// <param name="Air">Null: a small server room in summer.</param>
/// <param name="Serial">Transmitters on pseudo-terminals; null: none.</param>
public sealed record RoomSensorsSettings(ImmutableArray<GatewaySettings> Gateways, string Host = "127.0.0.1", int Port = 1883, RoomAirSettings? Air = null, ImmutableArray<SerialSensorSettings>? Serial = null)
{
    private const int MostGateways = 100;
    private const int MostSensors = 500;

    /// <summary>Transmitters on pseudo-terminals.</summary>
    [JsonIgnore]
    public ImmutableArray<SerialSensorSettings> Transmitters => Serial ?? [];

    /// <summary>Ids of all sensors.</summary>
    [JsonIgnore]
    public IEnumerable<string> SensorIds => Gateways.SelectMany(gateway => gateway.Sensors.Select(sensor => sensor.Id)).Concat(Transmitters.Select(sensor => sensor.Id));

    /// <summary>One sentence for each impossible value.</summary>
    public IEnumerable<string> Problems(Func<string?, bool> isName)
    {
        ArgumentNullException.ThrowIfNull(isName);
        if (!System.Net.IPAddress.TryParse(Host, out var address) || !System.Net.IPAddress.IsLoopback(address))
        {
            yield return $"sensors.host: \"{Host}\" is not a loopback address. Write 127.0.0.1; simulated sensors publish on this machine only.";
        }

        if (Port is < 1 or > 65535)
        {
            yield return $"sensors.port: {Port} is not a port (1 to 65535).";
        }

        if (Gateways.Length > MostGateways || SensorIds.Count() > MostSensors)
        {
            yield return $"sensors.gateways: more than {MostGateways} connections or {MostSensors} sensors are a town, not a room.";
        }

        foreach (var problem in Air?.Problems("sensors.air") ?? [])
        {
            yield return problem;
        }

        foreach (var id in Gateways.Select(gateway => gateway.Id).Concat(SensorIds).Where(id => !isName(id) || id == "all"))
        {
            yield return $"sensors: id \"{id}\" is not a name. Use 1 to 40 letters, digits and hyphens, and not all.";
        }

        foreach (var twice in Gateways.Select(gateway => gateway.Id).Concat(SensorIds).GroupBy(id => id).Where(same => same.Count() > 1))
        {
            yield return $"sensors: id \"{twice.Key}\" stands twice. Names are unique.";
        }

        foreach (var (at, serial) in Transmitters.Index())
        {
            if (string.IsNullOrWhiteSpace(serial.Link))
            {
                yield return $"sensors.serial.{at}.link: a transmitter needs the path of its symbolic link, e.g. lines/sensor-1.";
            }

            if (serial.Unit is < 1 or > 247)
            {
                yield return $"sensors.serial.{at}.unit: {serial.Unit} is outside 1 to 247.";
            }
        }

        foreach (var (at, gateway) in Gateways.Index())
        {
            if (gateway.Kind is GatewayKind.Shelly or GatewayKind.ShellyBattery && gateway.Sensors.Length != 1)
            {
                yield return $"sensors.gateways.{at}.sensors: a Shelly is its own connection and holds one sensor.";
            }

            if (gateway.Topic.AsSpan().ContainsAny('+', '#') || gateway.Sensors.Any(sensor => (sensor.Key ?? sensor.Id).AsSpan().ContainsAny('+', '#')))
            {
                yield return $"sensors.gateways.{at}: a name in a topic has no wildcards.";
            }

            foreach (var sensor in gateway.Sensors)
            {
                if (sensor.Tells.IsEmpty || sensor.Tells.Distinct().Count() != sensor.Tells.Length)
                {
                    yield return $"sensors.gateways.{at}: {sensor.Id} tells nothing, or one thing twice.";
                }

                if (sensor.Every is { } every && (every < TimeSpan.FromSeconds(1) || every > TimeSpan.FromDays(1)))
                {
                    yield return $"sensors.gateways.{at}: {sensor.Id} reports every {every}, which is outside 00:00:01 to 1.00:00:00.";
                }

                if (sensor.BatteryPercent is { } percent && percent is not (>= 0 and <= 100))
                {
                    yield return $"sensors.gateways.{at}: {sensor.Id} has a battery of {percent} %.";
                }
            }
        }
    }
}
