using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using RoomGuard.Bridge.Broker;
using RoomGuard.Bridge.Climate;
using RoomGuard.Bridge.Gates;
using RoomGuard.Bridge.Nut;
using RoomGuard.Bridge.Power;
using RoomGuard.Bridge.Sensors;
using RoomGuard.Bridge.Ups;
using RoomGuard.Core.Cabinets;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Gates;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Zones;
using RoomGuard.Hosting;

namespace RoomGuard.Bridge;

/// <summary>Whether a site is real (R-CFG-05).</summary>
public enum EnvironmentKind
{
    /// <summary>Invented people and simulated devices may be used.</summary>
    Test,

    /// <summary>Real doors, real people; simulated devices are refused.</summary>
    Production,
}

/// <summary>What carries the bytes of a bus.</summary>
public enum LinkKind
{
    /// <summary>A serial port (RS-485 adapter or a pseudo-terminal).</summary>
    Serial,

    /// <summary>A TCP connection to a serial device server.</summary>
    Tcp,
}

/// <summary>Whether a reader may be spoken to in clear text (security.md 1.1 OSDP 1).</summary>
public enum SecureChannelRule
{
    /// <summary>Own key, secure channel, or no card counts.</summary>
    Required,

    /// <summary>Clear text, with a written reason; a standing finding.</summary>
    ClearText,
}

/// <summary>A bus's link.</summary>
/// <param name="Path">Serial: the device file, e.g. <c>/dev/serial/by-id/…</c>.</param>
/// <param name="Host">Tcp: name or address.</param>
/// <param name="Port">Tcp: port.</param>
public sealed record LinkSettings(LinkKind Kind, string? Path = null, string? Host = null, int? Port = null);

/// <summary>A reader's finger sensor that counts as a factor (R-DOOR-03). Templates stay in the reader (R-ID-09).</summary>
/// <param name="Threshold">Scores from here on are the holder's, 1 to 255, as the maker counts them.</param>
public sealed record SensorSettings(int Threshold = 160);

/// <summary>A reader that reads asset tags and no people's cards (R-MOVE-05): a long-range reader or a UHF gate that speaks OSDP. Nothing it reads opens a door.</summary>
/// <param name="Prefix">What stands before the number of a tag, e.g. <c>AS-</c>.</param>
/// <param name="Digits">How many digits the number is written with, 1 to 12: 417 with 5 is 00417.</param>
/// <param name="Direction">Set where only things on their way in, or only those on their way out, come by it; null: it is worked out from where the item stands.</param>
public sealed record TagReading(string Prefix = "AS-", int Digits = 5, TagDirection? Direction = null);

/// <summary>A reader on a bus.</summary>
/// <param name="Address">OSDP address, 0 to 126.</param>
/// <param name="CardFormat">Name of the format its cards have, e.g. <c>H10301</c>.</param>
/// <param name="ClearTextReason">Why clear text is allowed here; needed with <see cref="SecureChannelRule.ClearText"/>.</param>
/// <param name="Sensor">Null: its sensor, if it has one, is not asked.</param>
/// <param name="Tags">Set for a reader of asset tags; null: it reads people's cards.</param>
public sealed record ReaderSettings(
    string Id,
    int Address,
    string Door,
    ReaderSide Side,
    string CardFormat,
    SecureChannelRule SecureChannel = SecureChannelRule.Required,
    string? ClearTextReason = null,
    SensorSettings? Sensor = null,
    TagReading? Tags = null);

/// <summary>One wire with its readers.</summary>
public sealed record BusSettings(string Id, LinkSettings Link, int BaudRate, ImmutableArray<ReaderSettings> Readers);

/// <summary>An output of a reader.</summary>
/// <param name="Output">Number of the output, from 0.</param>
public sealed record OutputPlace(string Reader, int Output);

/// <summary>An input of a reader.</summary>
/// <param name="Input">Number of the input, from 0.</param>
/// <param name="Inverted">False: active means leaf open, or button pressed. True: active means closed, or at rest.</param>
/// <param name="Debounce">How long a change must stay before it counts, at most 2 s; null: at once.</param>
public sealed record InputPlace(string Reader, int Input, bool Inverted = false, TimeSpan? Debounce = null);

/// <summary>A door and what hangs on it.</summary>
/// <param name="Unlock">How long the strike stays released after a grant, 1 s to 1 min.</param>
/// <param name="HeldOpen">How long an allowed opening may last, 5 s to 10 min (R-DOOR-08).</param>
/// <param name="HeldOpenAlarm">When the sounder becomes an alarm, from the opening; not before <paramref name="HeldOpen"/>, at most 1 h.</param>
/// <param name="ExitRequest">Null: no exit button is wired here; the way out is mechanical.</param>
/// <param name="OnFire">What it does on the fire signal (R-DOOR-15), as agreed with the fire authority; null: it stays locked with a free way out.</param>
/// <param name="Interlock">Doors of this bridge that must be shut before this one is released; null: none.</param>
public sealed record DoorSettings(
    string Id,
    string Zone,
    string Label,
    string LabelEn,
    TimeSpan Unlock,
    TimeSpan HeldOpen,
    TimeSpan HeldOpenAlarm,
    PowerLossState PowerLoss,
    OutputPlace Strike,
    InputPlace Contact,
    InputPlace? ExitRequest = null,
    FireState? OnFire = null,
    ImmutableArray<string>? Interlock = null);

/// <summary>A rack or cabinet that holds network ports (R-ZONE-10). With neither contact nor sensor it is checked by eye.</summary>
/// <param name="Contact">An input of a reader: active means open.</param>
/// <param name="Sensor">An enrolled sensor that tells <c>Open</c>: over MQTT, or Modbus I/O.</param>
/// <param name="Interval">How often the sensor speaks at least, 1 s to 7 days; silent for three of it, the cabinet is 不明. An hour when the file does not say.</param>
public sealed record CabinetSettings(string Id, string Zone, string Label, string LabelEn, InputPlace? Contact = null, string? Sensor = null, TimeSpan? Interval = null);

/// <summary>The room's own pages: a kiosk for each door and the roll call, served by the bridge alone.</summary>
/// <param name="Port">Their port.</param>
/// <param name="Address">Where they listen; another than loopback lets a terminal at the door open them, over plain HTTP and so on a wire of its own (R-NET-03).</param>
/// <param name="RollCallFor">Addresses of terminals that may read the names of the roll call besides this machine; others see numbers only.</param>
/// <param name="Help">Whom to turn to, as the kiosk shows it, e.g. <c>お困りのときは 情報政策課 内線 2345</c>.</param>
/// <param name="HelpEn">The same in English.</param>
public sealed record RoomPagesSettings(int Port = 7482, string Address = "127.0.0.1", ImmutableArray<string>? RollCallFor = null, string? Help = null, string? HelpEn = null);

/// <summary>Where the bridge can be looked at.</summary>
/// <param name="Address">Address for <see cref="Watch"/>.</param>
/// <param name="Watch">Port of <c>/health/*</c> and <c>/metrics</c>.</param>
/// <param name="Rooms">The room's own pages; null: none.</param>
public sealed record ListenSettings(string Address = "127.0.0.1", int Watch = 7481, RoomPagesSettings? Rooms = null);

/// <summary>How the journal is kept.</summary>
/// <param name="Ballast">Bytes set aside at start, given back when the disk is full so that ways out and alarms can still be written (evidence-log.md section 8). 1 MiB to 1 GiB.</param>
/// <param name="WarnAtPercentUsed">When the disk's use becomes a warning, 50 to 95 (IEC 62443 CR 2.9).</param>
public sealed record JournalSettings(long Ballast = 16 << 20, int WarnAtPercentUsed = 75);

/// <summary>All settings of the bridge. Keys are never among them (R-CFG-11).</summary>
/// <param name="Panel">The bridge's name at the service, e.g. <c>bridge-1</c>.</param>
/// <param name="Site">The site's id, e.g. <c>kakuu-1</c>.</param>
/// <param name="DataFolder">Journal, keys, certificates, last grant list. Relative to the working folder.</param>
/// <param name="Service">Address of the service's listener for panels.</param>
/// <param name="Ups">Units that are read (docs/ups.md); null: none.</param>
/// <param name="Nut">The NUT server for the servers of the room; null: nothing listens.</param>
/// <param name="Power">What else a shutdown plan may use; null: nothing.</param>
/// <param name="Sensors">Sensors that count, and over which wires they come (docs/sensors.md); null: none.</param>
/// <param name="Mqtt">Brokers that are listened to and published to (docs/mqtt-sources.md); null: none.</param>
/// <param name="Broker">The embedded MQTT broker; null: on loopback, without users.</param>
/// <param name="Climate">What the sensors are watched for (docs/climate.md); null: no climate is watched.</param>
/// <param name="Gates">Gates at doors that tell asset tags by MQTT (docs/asset-tags.md); null: none.</param>
/// <param name="Cabinets">Racks and cabinets whose openings are told (docs/asset-tags.md); null: none.</param>
public sealed record BridgeSettings(
    string Panel,
    string Site,
    EnvironmentKind Environment,
    string DataFolder,
    string Service,
    ImmutableArray<BusSettings> Buses,
    ImmutableArray<DoorSettings> Doors,
    ListenSettings? Listen = null,
    JournalSettings? Journal = null,
    TelemetrySettings? Telemetry = null,
    ImmutableArray<UpsSettings>? Ups = null,
    NutServerSection? Nut = null,
    PowerSection? Power = null,
    SensorsSection? Sensors = null,
    MqttSection? Mqtt = null,
    BrokerSettings? Broker = null,
    ClimateSection? Climate = null,
    ImmutableArray<TagGateSettings>? Gates = null,
    ImmutableArray<CabinetSettings>? Cabinets = null) : ISettings
{
    private const int MostBuses = 32;
    private const int MostCabinets = 500;
    private const int MostReadersPerBus = 16;
    private static readonly TimeSpan UsualInterval = TimeSpan.FromHours(1);
    private static readonly int[] BaudRates = [9600, 19200, 38400, 57600, 115200, 230400];
    private static readonly string[] CardFormats = ["H10301", "H10306", "Serial34", "Corporate1000-35", "H10302", "H10304", "Corporate1000-48"];

    /// <summary>Where the bridge can be looked at; loopback and 7481 when the file does not say.</summary>
    [JsonIgnore]
    public ListenSettings Watching => Listen ?? new();

    /// <summary>How the journal is kept.</summary>
    [JsonIgnore]
    public JournalSettings Journalling => Journal ?? new();

    /// <summary>Units that are read.</summary>
    [JsonIgnore]
    public ImmutableArray<UpsSettings> Units => Ups ?? [];

    /// <summary>The embedded MQTT broker; on loopback and without users when the file does not say.</summary>
    [JsonIgnore]
    public BrokerSettings Brokering => Broker ?? new();

    /// <summary>Receivers a stage of a shutdown plan may name.</summary>
    [JsonIgnore]
    public ImmutableArray<WebhookSettings> Webhooks => Power?.Webhooks ?? [];

    /// <summary>Brokers that are listened to.</summary>
    [JsonIgnore]
    public ImmutableArray<MqttSourceSettings> MqttSources => Mqtt?.Sources ?? [];

    /// <summary>Gates that say that they are alive.</summary>
    [JsonIgnore]
    public ImmutableArray<GatePulse> GatePulses => [.. TagGates.Where(gate => gate.Interval is not null).Select(gate => new GatePulse(new(gate.Id), gate.Interval!.Value))];

    /// <summary>Gates that tell asset tags by MQTT.</summary>
    [JsonIgnore]
    public ImmutableArray<TagGateSettings> TagGates => [.. (Gates ?? []).Where(gate => gate is not null)];

    /// <summary>Racks and cabinets.</summary>
    [JsonIgnore]
    public ImmutableArray<CabinetSettings> Racks => [.. (Cabinets ?? []).Where(cabinet => cabinet is not null)];

    /// <summary>Who we are to a broker where its settings do not say; the source's name is added.</summary>
    [JsonIgnore]
    public string UsualClientId => $"roomguard-{Site}-{Panel}";

    /// <summary>All readers with their buses, in the order of the file.</summary>
    [JsonIgnore]
    public IEnumerable<(BusSettings Bus, ReaderSettings Reader)> Readers => Buses.SelectMany(bus => bus.Readers.Select(reader => (bus, reader)));

    /// <summary>What the rooms are made of, as the doors' logic needs it.</summary>
    public RoomPlan Plan() => new(
        [.. Doors.Select(door => new Door(new(door.Id), new(door.Zone), door.Label, door.LabelEn, door.Unlock, door.HeldOpen, door.HeldOpenAlarm, door.PowerLoss)
        {
            OnFire = door.OnFire ?? FireState.StaysLocked,
            Interlock = [.. (door.Interlock ?? []).Select(id => new DoorId(id))],
        })],
        [.. Readers.Where(place => place.Reader.Tags is null).Select(place => new ReaderPlace(new(place.Reader.Id), new(place.Reader.Door), place.Reader.Side, HasSensor: place.Reader.Sensor is not null))])
    {
        TagReaders = [.. Readers.Where(place => place.Reader.Tags is not null).Select(place => new DeviceId(place.Reader.Id))],
    };

    /// <summary>The cabinets with what tells their openings.</summary>
    /// <param name="heardThrough">What a sensor is heard through.</param>
    public ImmutableArray<CabinetPlan> CabinetPlans(Func<string, ImmutableArray<string>> heardThrough)
    {
        ArgumentNullException.ThrowIfNull(heardThrough);
        return
        [
            .. Racks.Select(cabinet => new CabinetPlan(
                new(new(cabinet.Id), new(cabinet.Zone), cabinet.Label, cabinet.LabelEn, cabinet.Contact is not null || cabinet.Sensor is not null),
                cabinet.Sensor,
                cabinet.Sensor is { } sensor ? heardThrough(sensor) : [],
                cabinet.Sensor is null ? null : cabinet.Interval ?? UsualInterval)),
        ];
    }

    /// <summary>The doors with what hangs on them, as the office is told of them.</summary>
    public ImmutableArray<DoorWired> Wiring() =>
    [
        .. Doors.Select(door => new DoorWired(
            new(door.Id),
            new(door.Zone),
            door.Label,
            door.LabelEn,
            [.. Readers.Where(place => place.Reader.Door == door.Id).Select(place => new DeviceId(place.Reader.Id))],
            string.Create(CultureInfo.InvariantCulture, $"{door.Strike.Reader}/output-{door.Strike.Output}"),
            string.Create(CultureInfo.InvariantCulture, $"{door.Contact.Reader}/input-{door.Contact.Input}"))),
    ];

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        foreach (var problem in Head().Concat(BusProblems()).Concat(DoorProblems()).Concat(Telemetry?.Problems("telemetry") ?? [])
            .Concat(UpsSettings.Problems(Units, IsName)).Concat(Nut?.Problems("nut", [.. Units.Select(unit => unit.Id)], IsName) ?? []).Concat(Power?.Problems("power") ?? [])
            .Concat(Sensors?.Problems("sensors", IsName) ?? []).Concat(SensorProblems()).Concat(Mqtt?.Problems("mqtt", IsName, (Sensors ?? SensorsSection.None).Sources.Select(item => item.Source).Concat(TagGates.Select(gate => gate.Source)).ToHashSet(StringComparer.Ordinal)) ?? [])
            .Concat(Broker?.Problems("broker", IsName) ?? [])
            .Concat(Climate?.Problems("climate", IsName) ?? []).Concat(GateProblems()).Concat(CabinetProblems()))
        {
            yield return problem;
        }
    }

    private IEnumerable<string> Head()
    {
        foreach (var (place, name) in new[] { ("panel", Panel), ("site", Site) }.Where(item => !IsName(item.Item2)))
        {
            yield return $"{place}: \"{name}\" is not a name. Use 1 to 40 letters, digits and hyphens, e.g. bridge-1.";
        }

        if (string.IsNullOrWhiteSpace(DataFolder))
        {
            yield return "dataFolder: is empty. Name the folder the bridge may keep its journal in.";
        }

        if (!Uri.TryCreate(Service, UriKind.Absolute, out var service) || service.Scheme != Uri.UriSchemeHttps || service.AbsolutePath != "/")
        {
            yield return $"service: \"{Service}\" is not an address of a service. Write https://host:port, e.g. https://127.0.0.1:7444.";
        }

        if (!System.Net.IPAddress.TryParse(Watching.Address, out _))
        {
            yield return $"listen.address: \"{Watching.Address}\" is not an IP address. Write 127.0.0.1 unless another machine has to look.";
        }

        if (Watching.Watch is < 1 or > 65535)
        {
            yield return $"listen.watch: {Watching.Watch} is not a port (1 to 65535).";
        }

        foreach (var problem in RoomPageProblems())
        {
            yield return problem;
        }

        if (Journalling.Ballast is < 1 << 20 or > 1 << 30)
        {
            yield return $"journal.ballast: {Journalling.Ballast} is outside 1048576 to 1073741824 bytes.";
        }

        if (Journalling.WarnAtPercentUsed is < 50 or > 95)
        {
            yield return $"journal.warnAtPercentUsed: {Journalling.WarnAtPercentUsed} is outside 50 to 95.";
        }
    }

    // What a sensor is watched for, how it is heard and by which broker stand in three sections: here they meet.
    private IEnumerable<string> SensorProblems()
    {
        foreach (var (place, source) in (Sensors ?? SensorsSection.None).Sources)
        {
            if (source == MqttBroker.SourceName ? !Brokering.Enabled : MqttSources.All(known => known.Name != source))
            {
                yield return $"sensors.{place}.source: there is no broker \"{source}\" under mqtt.sources. {(Brokering.Enabled ? $"The bridge's own is \"{MqttBroker.SourceName}\"." : "The bridge's own is switched off by broker.enabled.")}";
            }
        }

        foreach (var (at, sensor) in (Climate?.Sensors ?? []).Index())
        {
            if (sensor is not null && (Sensors ?? SensorsSection.None).Enrolled.All(enrolled => enrolled.Id != sensor.Id))
            {
                yield return $"climate.sensors[{at}].id: \"{sensor.Id}\" is not under sensors.enrolled, so nothing of it is ever heard. Write there over which wire it comes.";
            }
        }
    }

    private IEnumerable<string> GateProblems()
    {
        foreach (var problem in Twice("gates", "id", TagGates.Select(gate => gate.Id).Concat(Readers.Select(place => place.Reader.Id)))
            .Concat(Twice("gates", "topic", TagGates.Select(gate => $"{gate.Source} {gate.Topic}"))))
        {
            yield return problem;
        }

        foreach (var (at, gate) in TagGates.Index())
        {
            foreach (var problem in gate.Problems($"gates[{at}]", IsName))
            {
                yield return problem;
            }

            if (Doors.All(door => door.Id != gate.Door))
            {
                yield return $"gates[{at}].door: there is no door \"{gate.Door}\" under doors.";
            }

            if (gate.Source == MqttBroker.SourceName ? !Brokering.Enabled : MqttSources.All(known => known.Name != gate.Source))
            {
                yield return $"gates[{at}].source: there is no broker \"{gate.Source}\" under mqtt.sources. {(Brokering.Enabled ? $"The bridge's own is \"{MqttBroker.SourceName}\"." : "The bridge's own is switched off by broker.enabled.")}";
            }
        }
    }

    private IEnumerable<string> CabinetProblems()
    {
        if (Racks.Length > MostCabinets)
        {
            yield return $"cabinets: {Racks.Length} are more than one bridge watches ({MostCabinets}). Use a second bridge.";
        }

        foreach (var problem in Twice("cabinets", "id", Racks.Select(cabinet => cabinet.Id)).Concat(Twice("cabinets", "sensor", Racks.Select(cabinet => cabinet.Sensor).OfType<string>())))
        {
            yield return problem;
        }

        var wired = Doors.SelectMany(door => new[] { door.Contact, door.ExitRequest }).OfType<InputPlace>().Select(input => (input.Reader, input.Input)).ToList();
        foreach (var (at, cabinet) in Racks.Index())
        {
            var place = $"cabinets[{at}]";
            foreach (var (name, value) in new[] { ("id", cabinet.Id), ("zone", cabinet.Zone) }.Where(item => !IsName(item.Item2)))
            {
                yield return $"{place}.{name}: \"{value}\" is not a name. Use 1 to 40 letters, digits and hyphens.";
            }

            if (cabinet is { Contact: not null, Sensor: not null })
            {
                yield return $"{place}: {cabinet.Id} has a contact and a sensor. Name the one that tells its openings.";
            }

            if (cabinet.Sensor is { } sensor && (Sensors ?? SensorsSection.None).Enrolled.All(enrolled => enrolled.Id != sensor))
            {
                yield return $"{place}.sensor: \"{sensor}\" is not under sensors.enrolled, so nothing of it is ever heard. Write there over which wire it comes.";
            }

            if (cabinet.Interval is { } interval && (interval < TimeSpan.FromSeconds(1) || interval > TimeSpan.FromDays(7)))
            {
                yield return $"{place}.interval: {interval} is outside 00:00:01 to 7.00:00:00.";
            }

            if (cabinet.Contact is { } contact)
            {
                foreach (var problem in Wiring($"{place}.contact", contact, wired))
                {
                    yield return problem;
                }

                wired.Add((contact.Reader, contact.Input));
            }
        }
    }

    private IEnumerable<string> Wiring(string place, InputPlace input, List<(string Reader, int Input)> taken)
    {
        if (Readers.All(known => known.Reader.Id != input.Reader))
        {
            yield return $"{place}.reader: there is no reader \"{input.Reader}\" on any bus.";
        }

        if (input.Input is < 0 or > 31)
        {
            yield return $"{place}: number {input.Input} is outside 0 to 31.";
        }

        if (input.Debounce is { } debounce && (debounce < TimeSpan.Zero || debounce > TimeSpan.FromSeconds(2)))
        {
            yield return $"{place}.debounce: {debounce} is outside 00:00:00 to 00:00:02.";
        }

        if (taken.Contains((input.Reader, input.Input)))
        {
            yield return $"{place}: input {input.Input} of {input.Reader} is wired to something else already.";
        }
    }

    private IEnumerable<string> RoomPageProblems()
    {
        if (Watching.Rooms is not { } rooms)
        {
            yield break;
        }

        if (rooms.Port is < 1 or > 65535 || rooms.Port == Watching.Watch)
        {
            yield return $"listen.rooms.port: {rooms.Port} is not a port of its own (1 to 65535).";
        }

        if (!System.Net.IPAddress.TryParse(rooms.Address, out _))
        {
            yield return $"listen.rooms.address: \"{rooms.Address}\" is not an IP address. Write 127.0.0.1 unless a terminal at the door has to open the pages.";
        }

        foreach (var terminal in (rooms.RollCallFor ?? []).Where(terminal => !System.Net.IPAddress.TryParse(terminal, out _)))
        {
            yield return $"listen.rooms.rollCallFor: \"{terminal}\" is not an IP address.";
        }
    }

    private IEnumerable<string> BusProblems()
    {
        if (Buses.Length > MostBuses)
        {
            yield return $"buses: {Buses.Length} are more than one bridge serves ({MostBuses}). Use a second bridge.";
        }

        foreach (var problem in Twice("buses", "id", Buses.Select(bus => bus.Id)).Concat(Twice("readers", "id", Readers.Select(place => place.Reader.Id))))
        {
            yield return problem;
        }

        foreach (var (at, bus) in Buses.Index())
        {
            foreach (var problem in LinkProblems($"buses[{at}]", bus))
            {
                yield return problem;
            }

            foreach (var (number, reader) in bus.Readers.Index())
            {
                foreach (var problem in ReaderProblems($"buses[{at}].readers[{number}]", bus, reader))
                {
                    yield return problem;
                }
            }
        }
    }

    private static IEnumerable<string> LinkProblems(string place, BusSettings bus)
    {
        if (!IsName(bus.Id))
        {
            yield return $"{place}.id: \"{bus.Id}\" is not a name. Use 1 to 40 letters, digits and hyphens, e.g. bus-1.";
        }

        if (bus.Link.Kind == LinkKind.Serial && string.IsNullOrWhiteSpace(bus.Link.Path))
        {
            yield return $"{place}.link.path: a serial link needs the path of its device, e.g. /dev/serial/by-id/….";
        }

        if (bus.Link.Kind == LinkKind.Tcp && (string.IsNullOrWhiteSpace(bus.Link.Host) || bus.Link.Port is not (>= 1 and <= 65535)))
        {
            yield return $"{place}.link: a tcp link needs host and port (1 to 65535).";
        }

        if (!BaudRates.Contains(bus.BaudRate))
        {
            yield return $"{place}.baudRate: {bus.BaudRate} is not a rate of OSDP. Use one of {string.Join(", ", BaudRates)}.";
        }

        if (bus.Readers.Length is 0 or > MostReadersPerBus)
        {
            yield return $"{place}.readers: {bus.Readers.Length} readers; a bus has 1 to {MostReadersPerBus}, so that each is asked often enough.";
        }

        if (bus.Readers.GroupBy(reader => reader.Address).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            yield return $"{place}.readers: address {twice.Key} stands twice. Give each reader of a bus its own.";
        }
    }

    private IEnumerable<string> ReaderProblems(string place, BusSettings bus, ReaderSettings reader)
    {
        if (!IsName(reader.Id))
        {
            yield return $"{place}.id: \"{reader.Id}\" is not a name. Use 1 to 40 letters, digits and hyphens.";
        }

        if (reader.Address is < 0 or > 126)
        {
            yield return $"{place}.address: {reader.Address} is outside 0 to 126 (127 is OSDP's broadcast).";
        }

        if (Doors.All(door => door.Id != reader.Door))
        {
            yield return $"{place}.door: there is no door \"{reader.Door}\" under doors.";
        }

        if (!CardFormats.Contains(reader.CardFormat))
        {
            yield return $"{place}.cardFormat: \"{reader.CardFormat}\" is not known. Use one of {string.Join(", ", CardFormats)}.";
        }

        if (reader.Sensor is { Threshold: < 1 or > 255 } sensor)
        {
            yield return $"{place}.sensor.threshold: {sensor.Threshold} is outside 1 to 255. The reader's manual says from which score on it is the holder.";
        }

        if (reader is { Sensor: not null, Side: ReaderSide.Exit })
        {
            yield return $"{place}.sensor: reader {reader.Id} is on the way out, which is never decided. Leave the sensor out.";
        }

        if (reader.Tags is { } tags && (tags.Digits is < 1 or > 12 || !AssetTag.IsOne($"{tags.Prefix}{new string('0', Math.Clamp(tags.Digits, 1, 12))}")))
        {
            yield return $"{place}.tags: \"{tags.Prefix}\" with {tags.Digits} digits is no asset tag. Use capital letters, digits and hyphens, at most {AssetTag.Longest} with 1 to 12 digits, e.g. AS- with 5.";
        }

        if (reader is { Tags: not null, Sensor: not null })
        {
            yield return $"{place}.sensor: reader {reader.Id} reads asset tags. Leave the sensor out.";
        }

        if (reader.SecureChannel == SecureChannelRule.ClearText && string.IsNullOrWhiteSpace(reader.ClearTextReason))
        {
            yield return $"{place}.clearTextReason: clear text on {bus.Id} needs a written reason. Write it, or set secureChannel to Required.";
        }
    }

    private IEnumerable<string> DoorProblems()
    {
        foreach (var problem in Twice("doors", "id", Doors.Select(door => door.Id)))
        {
            yield return problem;
        }

        foreach (var (at, door) in Doors.Index())
        {
            var place = $"doors[{at}]";
            foreach (var (name, value) in new[] { ("id", door.Id), ("zone", door.Zone) }.Where(item => !IsName(item.Item2)))
            {
                yield return $"{place}.{name}: \"{value}\" is not a name. Use 1 to 40 letters, digits and hyphens.";
            }

            if (Outside(door.Unlock, 1, 60))
            {
                yield return $"{place}.unlock: {door.Unlock} is outside 00:00:01 to 00:01:00.";
            }

            if (Outside(door.HeldOpen, 5, 600))
            {
                yield return $"{place}.heldOpen: {door.HeldOpen} is outside 00:00:05 to 00:10:00.";
            }

            if (door.HeldOpenAlarm < door.HeldOpen || Outside(door.HeldOpenAlarm, 5, 3600))
            {
                yield return $"{place}.heldOpenAlarm: {door.HeldOpenAlarm} must not come before heldOpen ({door.HeldOpen}) nor after 01:00:00.";
            }

            foreach (var problem in InterlockProblems(place, door))
            {
                yield return problem;
            }

            foreach (var problem in Wiring(place, door))
            {
                yield return problem;
            }
        }

        var outputs = Doors.Select(door => (door.Strike.Reader, door.Strike.Output));
        if (outputs.GroupBy(output => output).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            yield return $"doors: output {twice.Key.Output} of {twice.Key.Reader} is wired to two strikes. One output moves one door.";
        }
    }

    private IEnumerable<string> InterlockProblems(string place, DoorSettings door)
    {
        foreach (var other in door.Interlock ?? [])
        {
            if (string.IsNullOrWhiteSpace(other))
            {
                // The reader of settings looks at the list, not at what stands in it.
                yield return $"{place}.interlock: a name is missing. Write the id of a door, or leave interlock out.";
            }
            else if (other == door.Id)
            {
                yield return $"{place}.interlock: door \"{other}\" cannot wait for itself. Name the other door.";
            }
            else if (Doors.All(known => known.Id != other))
            {
                yield return $"{place}.interlock: there is no door \"{other}\" under doors. An interlock joins doors of one bridge.";
            }
        }

        if (door.Interlock is { } all && all.Distinct().Count() < all.Length)
        {
            yield return $"{place}.interlock: a door stands twice. Name each once.";
        }
    }

    private IEnumerable<string> Wiring(string place, DoorSettings door)
    {
        var wired = new List<(string Name, string Reader, int Number)> { ("strike", door.Strike.Reader, door.Strike.Output), ("contact", door.Contact.Reader, door.Contact.Input) };
        if (door.ExitRequest is { } exit)
        {
            wired.Add(("exitRequest", exit.Reader, exit.Input));
        }

        foreach (var (name, reader, number) in wired)
        {
            if (Readers.All(known => known.Reader.Id != reader))
            {
                yield return $"{place}.{name}.reader: there is no reader \"{reader}\" on any bus.";
            }

            if (number is < 0 or > 31)
            {
                yield return $"{place}.{name}: number {number} is outside 0 to 31.";
            }
        }

        foreach (var (name, input) in new[] { ("contact", door.Contact), ("exitRequest", door.ExitRequest) })
        {
            if (input?.Debounce is { } debounce && (debounce < TimeSpan.Zero || debounce > TimeSpan.FromSeconds(2)))
            {
                yield return $"{place}.{name}.debounce: {debounce} is outside 00:00:00 to 00:00:02.";
            }
        }

        if (door.ExitRequest is { } request && request.Reader == door.Contact.Reader && request.Input == door.Contact.Input)
        {
            yield return $"{place}.exitRequest: input {request.Input} of {request.Reader} is the contact already.";
        }
    }

    private static IEnumerable<string> Twice(string place, string key, IEnumerable<string> names) =>
        names.GroupBy(name => name).Where(same => same.Count() > 1).Select(same => $"{place}: {key} \"{same.Key}\" stands twice. Names are unique.");

    private static bool Outside(TimeSpan value, int fromSeconds, int toSeconds) =>
        value < TimeSpan.FromSeconds(fromSeconds) || value > TimeSpan.FromSeconds(toSeconds);

    internal static bool IsName(string? text) =>
        text is { Length: >= 1 and <= 40 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-') && char.IsAsciiLetterOrDigit(text[0]);
}

/// <summary>How settings are read: unknown, doubled and missing keys are errors, comments are allowed.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(BridgeSettings))]
public sealed partial class BridgeSettingsJson : JsonSerializerContext;
