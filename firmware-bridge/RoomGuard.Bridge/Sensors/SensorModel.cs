using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using RoomGuard.Core.Climate;
using RoomGuard.Wire.Modbus;
using RoomGuard.Wire.Mqtt;

namespace RoomGuard.Bridge.Sensors;

/// <summary>What a message on a topic is about.</summary>
public enum SensorTopicRole
{
    /// <summary>Measured values, as JSON or as one text.</summary>
    Values,

    /// <summary>Whether the thing that many sensors are heard through lives: a bridge's state, a node's will.</summary>
    Gateway,

    /// <summary>Whether the gateway can reach this one sensor.</summary>
    Availability,

    /// <summary>A list of the gateway's devices, from which new ones are offered (未登録).</summary>
    Devices,

    /// <summary>Known, and of no use here.</summary>
    Ignored,
}

/// <summary>One topic of a product.</summary>
/// <param name="Pattern">With <c>{base}</c>, <c>{key}</c> (the device) and <c>{field}</c> (one level that names the value).</param>
/// <param name="Root">Where in the JSON the rows' paths begin; null: at its root. A path that begins with <c>$.</c> always begins there.</param>
/// <param name="IsComplete">The message tells every value each time: one that is missing has failed.</param>
/// <param name="FieldIsFirst">The first name of the rows' paths is the topic's <c>{field}</c>, not in the JSON.</param>
/// <param name="Path">Gateway and Availability: where in the JSON the word stands, if it is JSON.</param>
/// <param name="Alive">The words that mean yes.</param>
/// <param name="Gone">The words that mean no.</param>
public sealed record SensorTopic(
    string Pattern, SensorTopicRole Role, string? Root = null, bool IsComplete = false, bool FieldIsFirst = false, string? Path = null, ImmutableArray<string>? Alive = null, ImmutableArray<string>? Gone = null);

/// <summary>One value, and how it is written.</summary>
/// <param name="Path">Its place in the JSON; null: the whole payload is the value.</param>
/// <param name="Field">Only where the topic's <c>{field}</c> is this.</param>
/// <param name="Topic">A topic of its own; of use in a sensor's own rows (plain messages, Home Assistant).</param>
/// <param name="Unit">In what it is counted.</param>
/// <param name="UnitPath">Where the message says in what it is counted; where it does not, <paramref name="Unit"/> holds.</param>
/// <param name="Scale">The number times this …</param>
/// <param name="Offset">… plus this is in the unit.</param>
/// <param name="Absent">Numbers that mean: failed.</param>
/// <param name="On">Words that mean it is so; null: <c>true</c>, <c>on</c>, <c>1</c>, <c>yes</c>.</param>
/// <param name="Off">Words that mean it is not so; null: <c>false</c>, <c>off</c>, <c>0</c>, <c>no</c>.</param>
/// <param name="OnAbove">It is so when a number is above this.</param>
/// <param name="Skip">Words that say nothing: the value is not in this message.</param>
public sealed record SensorRow(
    Quantity Quantity,
    string? Path = null,
    string? Field = null,
    string? Topic = null,
    SensorUnit Unit = SensorUnit.Own,
    string? UnitPath = null,
    double Scale = 1,
    double Offset = 0,
    ImmutableArray<double>? Absent = null,
    ImmutableArray<string>? On = null,
    ImmutableArray<string>? Off = null,
    double? OnAbove = null,
    ImmutableArray<string>? Skip = null);

/// <summary>A share of 100 that a device tells in its own scale: battery, radio link.</summary>
/// <param name="From">What means 0 %.</param>
/// <param name="To">What means 100 %.</param>
/// <param name="Field">Only where the topic's <c>{field}</c> is this.</param>
/// <param name="UnlessPath">Where the message says that the figure means nothing …</param>
/// <param name="Unless">… and the word it says then.</param>
public sealed record SensorShare(string? Path = null, double From = 0, double To = 100, string? Field = null, string? UnlessPath = null, string? Unless = null);

/// <summary>Something a device says by yes and no besides its values.</summary>
public sealed record SensorSign(string Path, ImmutableArray<string>? On = null, ImmutableArray<string>? Off = null);

/// <summary>When the value was measured, as the message says.</summary>
/// <param name="ByGateway">Stamped by the gateway, whose clock is kept: a message that comes long after it is one told again.</param>
/// <param name="IsLocal">Without a zone, in the sensor's <c>timeZone</c>.</param>
public sealed record SensorSampled(string Path, bool ByGateway = false, bool IsLocal = false);

/// <summary>A product that speaks MQTT.</summary>
/// <param name="Base">What <c>{base}</c> stands for unless the settings say otherwise.</param>
/// <param name="ManyLevels">A device's name may hold slashes.</param>
/// <param name="Sequence">Where the device's count of its messages stands.</param>
/// <param name="Identity">Where the same message told twice bears the same word.</param>
/// <param name="MostPerMinute">More messages than this from one device are odd (R-NET-09); null: 120.</param>
public sealed record MqttSensorModel(
    ImmutableArray<SensorTopic> Topics,
    ImmutableArray<SensorRow> Values,
    string? Base = null,
    bool ManyLevels = false,
    ImmutableArray<SensorShare>? Battery = null,
    SensorSign? BatteryLow = null,
    SensorShare? Link = null,
    SensorSampled? Sampled = null,
    string? Sequence = null,
    string? Identity = null,
    SensorSign? SelfTest = null,
    SensorSign? Tampered = null,
    int? MostPerMinute = null)
{
    /// <summary>More messages a minute than this from one device are odd.</summary>
    [JsonIgnore]
    public int Allowance => MostPerMinute ?? 120;
}

/// <summary>A product that speaks Sparkplug B. A row's path is the name of a metric.</summary>
/// <param name="Battery">A metric.</param>
/// <param name="Link">A metric.</param>
public sealed record SparkplugSensorModel(ImmutableArray<SensorRow> Values, SensorShare? Battery = null, SensorShare? Link = null);

/// <summary>One block of registers that is read in one go.</summary>
/// <param name="Address">Zero-based, as on the wire.</param>
/// <param name="Table">Null: the model's.</param>
public sealed record SensorRead(int Address, int Count, ModbusTable? Table = null);

/// <summary>One value in registers.</summary>
/// <param name="Scale">The raw number times this is in the unit.</param>
/// <param name="Absent">Raw numbers that mean: failed.</param>
/// <param name="Bit">For what is so or not: number of the bit, 0 the lowest.</param>
public sealed record SensorPoint(
    Quantity Quantity, int Address, RegisterForm Form = RegisterForm.Signed16, double Scale = 1, SensorUnit Unit = SensorUnit.Own, ImmutableArray<double>? Absent = null, int? Bit = null, ModbusTable? Table = null);

/// <summary>A product that speaks Modbus RTU or TCP.</summary>
/// <param name="Every">How often it is read, 1 s to 10 min.</param>
public sealed record ModbusSensorModel(ModbusTable Table, WordOrder WordOrder, ImmutableArray<SensorRead> Reads, ImmutableArray<SensorPoint> Points, TimeSpan Every, int BaudRate = 9600);

/// <summary>One value in a file of the kernel.</summary>
/// <param name="File">Name in the device's folder.</param>
/// <param name="OffsetFile">A file whose number is added before scaling (IIO <c>_offset</c>).</param>
/// <param name="ScaleFile">A file whose number it is multiplied by (IIO <c>_scale</c>).</param>
/// <param name="FaultFile">A file that holds 1 while the sensor has failed (hwmon <c>_fault</c>).</param>
/// <param name="Scale">… and times this is in the unit.</param>
public sealed record SensorFilePoint(Quantity Quantity, string File, double Scale, SensorUnit Unit = SensorUnit.Own, string? OffsetFile = null, string? ScaleFile = null, string? FaultFile = null);

/// <summary>A sensor of this machine, as Linux shows it under <c>/sys</c>.</summary>
/// <param name="Folder">Where its kind lives, e.g. <c>class/hwmon</c>; the device is found by the word in its file <c>name</c>.</param>
public sealed record FileSensorModel(string Folder, ImmutableArray<SensorFilePoint> Points, TimeSpan Every);

/// <summary>What one sensor product or family says, and where: all we know about it, as data.</summary>
/// <param name="Source">The documentation, its edition and page.</param>
/// <param name="Caveats">Known weaknesses, each with its source.</param>
/// <param name="Interval">How often it reports by itself, as it comes; null: only the site knows.</param>
/// <param name="Modbus">Not null: it speaks Modbus.</param>
/// <param name="Files">Not null: it is a sensor of this machine.</param>
public sealed record SensorModel(
    string Model,
    string Maker,
    string Source,
    ImmutableArray<string> Caveats,
    TimeSpan? Interval = null,
    MqttSensorModel? Mqtt = null,
    SparkplugSensorModel? Sparkplug = null,
    ModbusSensorModel? Modbus = null,
    FileSensorModel? Files = null)
{
    /// <summary>Whether it comes by a broker.</summary>
    [JsonIgnore]
    public bool IsHeard => Mqtt is not null || Sparkplug is not null;
}

/// <summary>A model file is wrong. The message names the file, the place and the remedy.</summary>
public sealed class SensorModelException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The model files in <c>models/sensors</c>.</summary>
public static class SensorModelFiles
{
    private const long LongestFile = 256 * 1024;
    private const int MostRows = 200;
    private const int HighestRegister = 65535;

    /// <summary>The folder beside the program.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "models", "sensors");

    /// <summary>Loads a model by its name, e.g. <c>zigbee2mqtt</c>.</summary>
    /// <exception cref="SensorModelException">Not there, or wrong.</exception>
    public static SensorModel Load(string name) => Load(Folder, name);

    /// <summary>Loads a model from a folder.</summary>
    /// <exception cref="SensorModelException">Not there, or wrong.</exception>
    public static SensorModel Load(string folder, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var path = Path.Combine(folder, name + ".json");
        if (name.AsSpan().ContainsAny('/', '\\') || name.Contains("..", StringComparison.Ordinal) || !File.Exists(path))
        {
            IEnumerable<string?> known = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json").Select(Path.GetFileNameWithoutExtension).Order() : [];
            throw new SensorModelException($"There is no sensor model \"{name}\". Known: {string.Join(", ", known)}. A new one is a file in models/sensors (docs/sensors.md).");
        }

        var info = new FileInfo(path);
        return info.Length > LongestFile
            ? throw new SensorModelException($"{path}: {info.Length} bytes are more than a model ever needs ({LongestFile}).")
            : Parse(path, File.ReadAllBytes(path));
    }

    /// <summary>Reads a model strictly.</summary>
    /// <param name="file">For the messages.</param>
    /// <exception cref="SensorModelException">Unknown, doubled or missing keys, unknown quantities and units, paths and topics that are none.</exception>
    public static SensorModel Parse(string file, ReadOnlySpan<byte> json)
    {
        SensorModel? model;
        try
        {
            model = JsonSerializer.Deserialize(json, SensorModelJson.Default.SensorModel);
        }
        catch (JsonException wrong)
        {
            throw new SensorModelException($"{file}: {wrong.Path ?? "$"}: {wrong.Message.Split(". ")[0]}. Correct this place.", wrong);
        }

        if (model is null)
        {
            throw new SensorModelException($"{file}: holds null where a model should stand.");
        }

        var problems = Problems(model).ToList();
        return problems.Count == 0 ? model : throw new SensorModelException($"{file}: {string.Join(" ", problems)}");
    }

    /// <summary>One sentence for each impossible row, in a model or in a sensor's settings.</summary>
    /// <param name="isMetric">The path is a metric's name and not one in JSON.</param>
    internal static IEnumerable<string> Problems(string place, ImmutableArray<SensorRow> rows, bool isMetric)
    {
        if (rows.Length > MostRows)
        {
            yield return $"{place}: {rows.Length} rows are more than a sensor has ({MostRows}).";
        }

        foreach (var (at, row) in rows.Index())
        {
            var here = $"{place}[{at}]";
            if (!Enum.IsDefined(row.Quantity))
            {
                yield return $"{here}.quantity: {row.Quantity} is none.";
            }

            if (isMetric ? string.IsNullOrWhiteSpace(row.Path) : row.Path is { } path && !IsPath(path))
            {
                yield return $"{here}.path: \"{row.Path}\" is no place in a message. Write e.g. BME280.Temperature, ['PM2.5'] or list[0].";
            }

            if (row.UnitPath is { } unit && !IsPath(unit))
            {
                yield return $"{here}.unitPath: \"{unit}\" is no place in a message.";
            }

            if (row.Topic is { } topic && !MqttTopic.IsName(topic))
            {
                yield return $"{here}.topic: \"{topic}\" is no topic. A topic has no wildcards.";
            }

            if (!SensorUnits.Fits(row.Quantity, row.Unit))
            {
                yield return $"{here}.unit: {row.Quantity} is not counted in {row.Unit}.";
            }

            if (row.Scale == 0 || !double.IsFinite(row.Scale) || !double.IsFinite(row.Offset))
            {
                yield return $"{here}.scale: {row.Scale} and {row.Offset} make no value.";
            }

            if (!SensorUnits.IsSign(row.Quantity) && (row.On is not null || row.Off is not null || row.OnAbove is not null))
            {
                yield return $"{here}: {row.Quantity} is a number. Leave on, off and onAbove to what is so or not so.";
            }
        }
    }

    private static bool IsPath(string path) => SensorPath.Read(path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path) is not null;

    private static IEnumerable<string> Problems(SensorModel model)
    {
        foreach (var (name, text) in new[] { ("model", model.Model), ("maker", model.Maker), ("source", model.Source) })
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                yield return $"{name}: is empty. {(name == "source" ? "Name the documentation the fields come from." : "Write it.")}";
            }
        }

        if (model.Interval is { } interval && (interval < TimeSpan.FromSeconds(1) || interval > TimeSpan.FromDays(2)))
        {
            yield return $"interval: {interval} is outside 00:00:01 to 2.00:00:00.";
        }

        if (new object?[] { model.Mqtt, model.Sparkplug, model.Modbus, model.Files }.Count(part => part is not null) != 1)
        {
            yield return "mqtt, sparkplug, modbus, files: a model has exactly one of them.";
        }

        foreach (var problem in (model.Mqtt is { } mqtt ? Problems(mqtt) : [])
            .Concat(model.Sparkplug is { } sparkplug ? Problems("sparkplug.values", sparkplug.Values, isMetric: true) : [])
            .Concat(model.Modbus is { } modbus ? Problems(modbus) : [])
            .Concat(model.Files is { } files ? Problems(files) : []))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> Problems(MqttSensorModel model)
    {
        if (!model.Topics.Any(topic => topic.Role == SensorTopicRole.Values))
        {
            yield return "mqtt.topics: none has the role Values, so nothing would ever be measured.";
        }

        foreach (var (at, topic) in model.Topics.Index())
        {
            var tried = topic.Pattern.Replace("{base}", "b", StringComparison.Ordinal).Replace("{key}", "k", StringComparison.Ordinal).Replace("{field}", "f", StringComparison.Ordinal);
            if (!MqttTopic.IsFilter(tried) || tried.AsSpan().ContainsAny('{', '}') || (topic.Role == SensorTopicRole.Values && !topic.Pattern.Contains("{key}", StringComparison.Ordinal)))
            {
                yield return $"mqtt.topics[{at}].pattern: \"{topic.Pattern}\" is no pattern. Write levels with {{base}}, {{key}} and {{field}}; a topic of values has {{key}}.";
            }

            if (topic.Pattern.Contains("{base}", StringComparison.Ordinal) && string.IsNullOrEmpty(model.Base))
            {
                yield return $"mqtt.topics[{at}].pattern: has {{base}}, and base is empty. Write the product's usual one.";
            }

            if (topic.Pattern.Split('/').Count(level => level.Contains("{field}", StringComparison.Ordinal)) > 1 || topic.Pattern.Split('/').Any(level => level.Contains("{field}", StringComparison.Ordinal) && level != "{field}"))
            {
                yield return $"mqtt.topics[{at}].pattern: {{field}} stands for one whole level.";
            }

            if (topic.Role is SensorTopicRole.Gateway or SensorTopicRole.Availability && (topic.Alive is not { IsEmpty: false } || topic.Gone is not { IsEmpty: false }))
            {
                yield return $"mqtt.topics[{at}]: says whether something lives; name the words for it under alive and gone.";
            }

            foreach (var (name, path) in new[] { ("root", topic.Root), ("path", topic.Path) })
            {
                if (path is not null && !IsPath(path))
                {
                    yield return $"mqtt.topics[{at}].{name}: \"{path}\" is no place in a message.";
                }
            }
        }

        foreach (var problem in Problems("mqtt.values", model.Values, isMetric: false))
        {
            yield return problem;
        }

        var paths = new (string Place, string? Path)[]
        {
            ("link.path", model.Link?.Path), ("link.unlessPath", model.Link?.UnlessPath), ("sampled.path", model.Sampled?.Path), ("sequence", model.Sequence), ("identity", model.Identity),
            ("batteryLow.path", model.BatteryLow?.Path), ("selfTest.path", model.SelfTest?.Path), ("tampered.path", model.Tampered?.Path),
        };
        foreach (var (place, path) in paths.Concat((model.Battery ?? []).Index().SelectMany(item => new (string, string?)[] { ($"battery[{item.Index}].path", item.Item.Path), ($"battery[{item.Index}].unlessPath", item.Item.UnlessPath) })))
        {
            if (path is not null && !IsPath(path))
            {
                yield return $"mqtt.{place}: \"{path}\" is no place in a message.";
            }
        }

        if ((model.Battery ?? []).Append(model.Link).Any(share => share is not null && (share.From == share.To || !double.IsFinite(share.From) || !double.IsFinite(share.To))))
        {
            yield return "mqtt.battery, mqtt.link: from and to are the same number. Say what means 0 % and what 100 %.";
        }

        if (model.MostPerMinute is < 1 or > 60_000)
        {
            yield return $"mqtt.mostPerMinute: {model.MostPerMinute} is outside 1 to 60000.";
        }
    }

    private static IEnumerable<string> Problems(ModbusSensorModel model)
    {
        foreach (var (at, read) in model.Reads.Index())
        {
            var most = (read.Table ?? model.Table) is ModbusTable.Coils or ModbusTable.DiscreteInputs ? ModbusLimits.MostBitsRead : ModbusLimits.MostRegistersRead;
            if (read.Count < 1 || read.Count > most || read.Address < 0 || read.Address + read.Count > HighestRegister + 1)
            {
                yield return $"modbus.reads[{at}]: {read.Count} from {read.Address} is no reading. A reading has 1 to {most} within 0 to {HighestRegister}.";
            }
        }

        foreach (var (at, point) in model.Points.Index())
        {
            if (RegisterValue.WidthOf(point.Form) is not { } width)
            {
                yield return $"modbus.points[{at}].form: text is no number.";
            }
            else if (!model.Reads.Any(read => (read.Table ?? model.Table) == (point.Table ?? model.Table) && point.Address >= read.Address && point.Address + width <= read.Address + read.Count))
            {
                yield return $"modbus.points[{at}]: registers {point.Address} to {point.Address + width - 1} are read by no block. Add one to reads, or correct the address.";
            }

            if (!SensorUnits.Fits(point.Quantity, point.Unit))
            {
                yield return $"modbus.points[{at}].unit: {point.Quantity} is not counted in {point.Unit}.";
            }

            if (point.Scale == 0 || !double.IsFinite(point.Scale))
            {
                yield return $"modbus.points[{at}].scale: {point.Scale} makes no value.";
            }

            if (point.Bit is not null && (!SensorUnits.IsSign(point.Quantity) || point.Bit is < 0 or > 31))
            {
                yield return $"modbus.points[{at}].bit: a bit of 0 to 31 tells what is so or not so; {point.Quantity} at bit {point.Bit} does not.";
            }
        }

        if (model.Points.IsEmpty || model.Points.GroupBy(point => point.Quantity).Any(same => same.Count() > 1))
        {
            yield return "modbus.points: each quantity has one place, and at least one has.";
        }

        if (model.Every < TimeSpan.FromSeconds(1) || model.Every > TimeSpan.FromMinutes(10))
        {
            yield return $"modbus.every: {model.Every} is outside 00:00:01 to 00:10:00.";
        }
    }

    private static IEnumerable<string> Problems(FileSensorModel model)
    {
        foreach (var name in model.Points.SelectMany(point => new[] { point.File, point.OffsetFile, point.ScaleFile, point.FaultFile }).OfType<string>().Where(name => name.Length == 0 || name.AsSpan().ContainsAny('/', '\\') || name[0] == '.'))
        {
            yield return $"files.points: \"{name}\" is no name of a file in the device's folder.";
        }

        if (model.Folder.Length == 0 || model.Folder[0] == '/' || model.Folder.Split('/').Contains(".."))
        {
            yield return $"files.folder: \"{model.Folder}\" does not lie below /sys. Write e.g. class/hwmon.";
        }

        if (model.Points.Any(point => !SensorUnits.Fits(point.Quantity, point.Unit) || point.Scale == 0 || !double.IsFinite(point.Scale)))
        {
            yield return "files.points: a quantity is not counted in its unit, or its scale makes no value.";
        }

        if (model.Every < TimeSpan.FromSeconds(1) || model.Every > TimeSpan.FromMinutes(10))
        {
            yield return $"files.every: {model.Every} is outside 00:00:01 to 00:10:00.";
        }
    }
}

/// <summary>How models are read: unknown, doubled and missing keys are errors, comments are allowed.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(SensorModel))]
internal sealed partial class SensorModelJson : JsonSerializerContext;
