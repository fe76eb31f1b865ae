using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using RoomGuard.Simulators.Rack;
using RoomGuard.Simulators.Sensors;
using RoomGuard.Simulators.Ups;

namespace RoomGuard.Simulators.Site;

/// <summary>What carries the bytes of a simulated line.</summary>
public enum LineKind
{
    /// <summary>A pseudo-terminal with a symbolic link to its far end.</summary>
    Pty,

    /// <summary>A TCP listener on the loopback address: a serial device server.</summary>
    Tcp,
}

/// <summary>How a strike behaves without power.</summary>
public enum PowerLoss
{
    /// <summary>Opens without power.</summary>
    FailSafe,

    /// <summary>Stays locked without power.</summary>
    FailSecure,
}

/// <summary>Where the control page and the API listen.</summary>
/// <param name="Address">A loopback address; nothing else is accepted, since whoever reaches it moves the pretend doors.</param>
/// <param name="Control">Port.</param>
public sealed record ControlListen(string Address = "127.0.0.1", int Control = 7490);

/// <summary>One simulated reader.</summary>
/// <param name="Address">OSDP address, 0 to 126.</param>
/// <param name="Vendor">Six hex digits, as the panel shows it. The second digit is 2, 6, A or E for an invented (locally administered) maker.</param>
/// <param name="Inputs">Number of inputs, 0 to 8.</param>
/// <param name="Outputs">Number of outputs, 0 to 8.</param>
/// <param name="Finger">It has a finger sensor and keeps its templates itself.</param>
public sealed record DeviceSettings(
    string Id,
    int Address,
    string Vendor,
    byte Model,
    uint Serial,
    int Inputs,
    int Outputs,
    bool Keypad,
    string? Label = null,
    string? LabelEn = null,
    bool Finger = false);

/// <summary>One simulated wire.</summary>
/// <param name="Link">Pty: path of the symbolic link to the terminal a bridge opens.</param>
/// <param name="Port">Tcp: port on the loopback address.</param>
/// <param name="Paced">Bytes take the time the baud rate gives them, as on a real wire.</param>
public sealed record LineSettings(
    string Id,
    LineKind Kind,
    int BaudRate,
    ImmutableArray<DeviceSettings> Devices,
    string? Link = null,
    int? Port = null,
    bool Paced = true);

/// <summary>An output of a reader.</summary>
public sealed record OutputPlace(string Device, int Output);

/// <summary>An input of a reader.</summary>
/// <param name="Inverted">False: active means leaf open, or button pressed. True: the other way round.</param>
public sealed record InputPlace(string Device, int Input, bool Inverted = false);

/// <summary>One simulated door.</summary>
/// <param name="Strike">The output that releases the strike while it is on.</param>
/// <param name="ExitButton">Null: no button on the inside.</param>
/// <param name="EntryReader">The reader outside.</param>
/// <param name="ExitReader">The reader inside; null when people leave by button.</param>
/// <param name="AsksPin">People type their PIN after the card here.</param>
/// <param name="Closer">How long the door closer takes to shut an open leaf that nobody holds.</param>
public sealed record DoorSettings(
    string Id,
    OutputPlace Strike,
    InputPlace Contact,
    InputPlace? ExitButton,
    string EntryReader,
    string? ExitReader,
    string? Label = null,
    string? LabelEn = null,
    bool AsksPin = false,
    TimeSpan? Closer = null,
    PowerLoss PowerLoss = PowerLoss.FailSecure);

/// <summary>An invented person with a card (R-CFG-06).</summary>
/// <param name="Pin">4 to 8 digits; null without one.</param>
/// <param name="Note">What is special about this card, for whoever plays with it.</param>
public sealed record PersonSettings(
    string Id,
    string Name,
    string CardFormat,
    uint Facility,
    ulong Number,
    string? Pin = null,
    string? Section = null,
    string? Note = null,
    string? NoteEn = null);

/// <summary>All settings of the simulators.</summary>
/// <param name="Environment">Must be <c>Test</c>: simulated devices run nowhere else (R-CFG-05).</param>
/// <param name="StateFolder">Where each reader keeps its key, as a real one does in its flash. Relative to the working folder.</param>
/// <param name="Seed">All chance comes from it.</param>
/// <param name="Story">A story file, relative to this settings file; null: nobody comes by themselves.</param>
/// <param name="Speed">Story seconds per second, above 0 to 1000.</param>
/// <param name="Ups">Simulated units; null: none.</param>
/// <param name="Rack">Pretend servers that listen to the bridge's NUT server; null: none.</param>
/// <param name="Sensors">Simulated sensors that publish to a broker on this machine; null: none.</param>
public sealed record SimulatorSettings(
    string Environment,
    string StateFolder,
    int Seed,
    ImmutableArray<LineSettings> Lines,
    ImmutableArray<DoorSettings> Doors,
    ImmutableArray<PersonSettings> People,
    ControlListen? Listen = null,
    string? Story = null,
    double Speed = 1,
    ImmutableArray<UpsSettings>? Ups = null,
    RackSettings? Rack = null,
    RoomSensorsSettings? Sensors = null)
{
    private const int MostDevicesPerLine = 16;

    /// <summary>The speeds an OSDP line may have (SIA OSDP 2.2).</summary>
    private static readonly int[] BaudRates = [9600, 19200, 38400, 57600, 115200, 230400];

    /// <summary>Where the control page and the API listen; loopback and 7490 when the file does not say.</summary>
    [JsonIgnore]
    public ControlListen Control => Listen ?? new();

    /// <summary>Simulated units.</summary>
    [JsonIgnore]
    public ImmutableArray<UpsSettings> Units => Ups ?? [];

    /// <summary>All readers, in the order of the file.</summary>
    [JsonIgnore]
    public IEnumerable<DeviceSettings> Devices => Lines.SelectMany(line => line.Devices);

    /// <summary>One sentence for each impossible value: place, value, limit, remedy.</summary>
    public IEnumerable<string> Problems() =>
        Environment == "Test"
            ? [.. HeadProblems(), .. Lines.Index().SelectMany(item => LineProblems(item.Index, item.Item)), .. Doors.Index().SelectMany(item => DoorProblems(item.Index, item.Item)), .. PeopleProblems(), .. UpsProblems(), .. Rack?.Problems([.. Units.Select(ups => ups.Id)]) ?? [], .. Sensors?.Problems(IsName) ?? []]
            : [$"environment: \"{Environment}\": simulated devices run only at a site marked Test (R-CFG-05). Do not start them here."];

    private IEnumerable<string> HeadProblems()
    {
        if (string.IsNullOrWhiteSpace(StateFolder))
        {
            yield return "stateFolder: is empty. Name the folder the simulated readers may keep their keys in.";
        }

        if (!System.Net.IPAddress.TryParse(Control.Address, out var address) || !System.Net.IPAddress.IsLoopback(address))
        {
            yield return $"listen.address: \"{Control.Address}\" is not a loopback address. Write 127.0.0.1; simulators answer this machine only.";
        }

        if (Control.Control is < 0 or > 65535)
        {
            yield return $"listen.control: {Control.Control} is not a port (1 to 65535; 0 takes any free one).";
        }

        if (Speed is not (> 0 and <= 1000))
        {
            yield return $"speed: {Speed.ToString(CultureInfo.InvariantCulture)} is outside 0 (not included) to 1000.";
        }

        foreach (var (what, names) in new[]
        {
            ("lines", Lines.Select(line => line.Id)),
            ("devices", Devices.Select(device => device.Id)),
            ("doors", Doors.Select(door => door.Id)),
            ("people", People.Select(person => person.Id)),
            ("ups", Units.Select(ups => ups.Id)),
        })
        {
            foreach (var twice in names.GroupBy(name => name).Where(same => same.Count() > 1))
            {
                yield return $"{what}: id \"{twice.Key}\" stands twice. Names are unique.";
            }
        }
    }

    private static IEnumerable<string> LineProblems(int at, LineSettings line)
    {
        var place = $"lines.{at}";
        if (!IsName(line.Id))
        {
            yield return $"{place}.id: \"{line.Id}\" is not a name. Use 1 to 40 letters, digits and hyphens.";
        }

        if (line.Kind == LineKind.Pty && string.IsNullOrWhiteSpace(line.Link))
        {
            yield return $"{place}.link: a pty line needs the path of the symbolic link a bridge will open, e.g. lines/bus-1.";
        }

        if (line.Kind == LineKind.Tcp && line.Port is not (>= 0 and <= 65535))
        {
            yield return $"{place}.port: a tcp line needs a port (1 to 65535; 0 takes any free one).";
        }

        if (!BaudRates.Contains(line.BaudRate))
        {
            yield return $"{place}.baudRate: {line.BaudRate} is not a rate of OSDP. Use one of {string.Join(", ", BaudRates)}.";
        }

        if (line.Devices.Length is 0 or > MostDevicesPerLine)
        {
            yield return $"{place}.devices: {line.Devices.Length} devices; a line has 1 to {MostDevicesPerLine}.";
        }

        if (line.Devices.GroupBy(device => device.Address).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            yield return $"{place}.devices: address {twice.Key} stands twice. Give each device of a line its own.";
        }

        foreach (var problem in line.Devices.Index().SelectMany(item => DeviceProblems($"{place}.devices.{item.Index}", item.Item)))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> DeviceProblems(string place, DeviceSettings device)
    {
        if (!IsName(device.Id))
        {
            yield return $"{place}.id: \"{device.Id}\" is not a name. Use 1 to 40 letters, digits and hyphens.";
        }

        if (device.Address is < 0 or > 126)
        {
            yield return $"{place}.address: {device.Address} is outside 0 to 126 (127 is OSDP's broadcast).";
        }

        if (device.Vendor.Length != 6 || !uint.TryParse(device.Vendor, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _))
        {
            yield return $"{place}.vendor: \"{device.Vendor}\" is not six hex digits. Write an invented maker, e.g. 02CACA.";
        }

        if (device.Inputs is < 0 or > 8)
        {
            yield return $"{place}.inputs: {device.Inputs} is outside 0 to 8.";
        }

        if (device.Outputs is < 0 or > 8)
        {
            yield return $"{place}.outputs: {device.Outputs} is outside 0 to 8.";
        }
    }

    private IEnumerable<string> DoorProblems(int at, DoorSettings door)
    {
        var place = $"doors.{at}";
        if (!IsName(door.Id))
        {
            yield return $"{place}.id: \"{door.Id}\" is not a name. Use 1 to 40 letters, digits and hyphens.";
        }

        if (door.Closer is { } closer && (closer < TimeSpan.FromSeconds(1) || closer > TimeSpan.FromMinutes(1)))
        {
            yield return $"{place}.closer: {closer} is outside 00:00:01 to 00:01:00.";
        }

        foreach (var problem in Wired($"{place}.strike", door.Strike.Device, door.Strike.Output, "output", device => device.Outputs)
            .Concat(Wired($"{place}.contact", door.Contact.Device, door.Contact.Input, "input", device => device.Inputs))
            .Concat(door.ExitButton is { } button ? Wired($"{place}.exitButton", button.Device, button.Input, "input", device => device.Inputs) : []))
        {
            yield return problem;
        }

        foreach (var (name, reader) in new[] { ("entryReader", door.EntryReader), ("exitReader", door.ExitReader) })
        {
            if (reader is not null && Devices.All(device => device.Id != reader))
            {
                yield return $"{place}.{name}: there is no device \"{reader}\" on any line.";
            }
        }

        if (door.AsksPin && Devices.FirstOrDefault(device => device.Id == door.EntryReader) is { Keypad: false })
        {
            yield return $"{place}.asksPin: {door.EntryReader} has no keypad. Set its keypad to true, or asksPin to false.";
        }
    }

    private IEnumerable<string> Wired(string place, string device, int number, string kind, Func<DeviceSettings, int> count)
    {
        if (Devices.FirstOrDefault(known => known.Id == device) is not { } found)
        {
            yield return $"{place}.device: there is no device \"{device}\" on any line.";
        }
        else if (number < 0 || number >= count(found))
        {
            yield return $"{place}.{kind}: {number} is not there; {device} has {count(found)}, counted from 0.";
        }
    }

    private IEnumerable<string> PeopleProblems()
    {
        foreach (var (at, person) in People.Index())
        {
            var place = $"people.{at}";
            if (!IsName(person.Id))
            {
                yield return $"{place}.id: \"{person.Id}\" is not a name. Use 1 to 40 letters, digits and hyphens.";
            }

            if (CardBits.Problem(person.CardFormat, person.Facility, person.Number) is { } wrong)
            {
                yield return $"{place}: {wrong}";
            }

            if (person.Pin is { } pin && (pin.Length is < 4 or > 8 || !pin.All(char.IsAsciiDigit)))
            {
                yield return $"{place}.pin: a PIN has 4 to 8 digits; leave it null for a person without one.";
            }
        }
    }

    private IEnumerable<string> UpsProblems()
    {
        foreach (var (at, ups) in Units.Index())
        {
            if (!IsName(ups.Id) || ups.Id == "all")
            {
                yield return $"ups.{at}.id: \"{ups.Id}\" is not a name. Use 1 to 40 letters, digits and hyphens, and not all.";
            }

            foreach (var problem in ups.Problems($"ups.{at}"))
            {
                yield return problem;
            }
        }
    }

    private static bool IsName(string? text) =>
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
[JsonSerializable(typeof(SimulatorSettings))]
public sealed partial class SimulatorSettingsJson : JsonSerializerContext;
