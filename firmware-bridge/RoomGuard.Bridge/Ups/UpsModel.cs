using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using RoomGuard.Core.Power;
using RoomGuard.Wire.Megatec;
using RoomGuard.Wire.Modbus;

namespace RoomGuard.Bridge.Ups;

/// <summary>When a block is read.</summary>
public enum ReadWhen
{
    /// <summary>At every full reading.</summary>
    Snapshot,

    /// <summary>Between them, to see an outage at once. Its registers are read by a snapshot as well.</summary>
    Status,

    /// <summary>After each start of the link, and once a day.</summary>
    Start,
}

/// <summary>One block that is read in one go.</summary>
/// <param name="Address">Zero-based, as on the wire; not the 40001-style number some manuals print.</param>
/// <param name="Table">Null: the model's.</param>
public sealed record UpsRead(int Address, int Count, ReadWhen When, ModbusTable? Table = null);

/// <summary>One measured value.</summary>
/// <param name="Scale">Multiply the raw number by this …</param>
/// <param name="Divisor">… and divide by this; binary fixed point is easier to check as a divisor.</param>
/// <param name="Absent">Raw numbers that mean: not there.</param>
/// <param name="From">Least raw number that is a value; null: any.</param>
public sealed record UpsPoint(UpsQuantity Quantity, int Address, RegisterForm Form, double Scale = 1, double Divisor = 1, ImmutableArray<double>? Absent = null, double? From = null, ModbusTable? Table = null);

/// <summary>Something that is so when a bit is set, or when the register holds one of some numbers. Several rows for one flag: any of them.</summary>
/// <param name="Bit">Number of the bit, 0 the lowest; null: see <paramref name="Values"/>.</param>
/// <param name="Values">The numbers that mean it.</param>
public sealed record UpsFlagPoint(UpsFlags Flag, int Address, RegisterForm Form = RegisterForm.Unsigned16, int? Bit = null, ImmutableArray<double>? Values = null, ModbusTable? Table = null);

/// <summary>A text, or a date counted in days.</summary>
/// <param name="Count">Registers.</param>
/// <param name="DaysSince">Not null: the register counts days since then.</param>
public sealed record UpsTextPoint(UpsText Text, int Address, int Count, DateOnly? DaysSince = null, ModbusTable? Table = null);

/// <summary>Registers of known content, read after damage to prove that answers belong to their questions again.</summary>
public sealed record UpsKnown(int Address, ImmutableArray<int> Registers);

/// <summary>One writing of a command.</summary>
/// <param name="Address">Zero-based, a holding register; written by function 06.</param>
/// <param name="Value">What is written; null: the delay.</param>
/// <param name="DelayStepSeconds">The delay is counted in so many seconds.</param>
public sealed record UpsWrite(int Address, int? Value = null, int? DelayStepSeconds = null);

/// <summary>How a product takes one command.</summary>
/// <param name="Writes">Modbus: written one after the other; the first that is refused ends it.</param>
/// <param name="Line">Q1: the line without CR; <c>{delay}</c> stands for the delay as Megatec writes it.</param>
/// <param name="From">Least delay, s; 0: at once.</param>
/// <param name="To">Longest delay, s; the same as the least where the unit has its own and takes none.</param>
/// <param name="ComesBack">After 出力停止 the unit switches on by itself when mains are there.</param>
public sealed record UpsCommandForm(UpsCommand Command, ImmutableArray<UpsWrite>? Writes = null, string? Line = null, int From = 0, int To = 0, bool ComesBack = false)
{
    /// <summary>What of it people are told.</summary>
    public UpsCommandOffer Offer => new(Command, From, To, ComesBack);
}

/// <summary>A product that speaks Modbus.</summary>
/// <param name="OnLineOtherwise">On mains when no other state is shown.</param>
/// <param name="BaudRate">Its serial port.</param>
/// <param name="TextOrder">Null: texts are laid out as numbers are.</param>
public sealed record ModbusUpsModel(
    ModbusTable Table,
    WordOrder WordOrder,
    ImmutableArray<UpsRead> Reads,
    ImmutableArray<UpsPoint> Points,
    ImmutableArray<UpsFlagPoint> Flags,
    ImmutableArray<UpsTextPoint> Texts,
    UpsKnown? Known = null,
    bool OnLineOtherwise = false,
    int BaudRate = 9600,
    WordOrder? TextOrder = null);

/// <summary>A product that speaks Megatec's Q1 or a dialect.</summary>
/// <param name="BypassBit">b5 means bypass, boost or trim here; Omron's units set it in normal operation.</param>
/// <param name="Batteries">How many the voltage on the wire must be multiplied by; on-line units show one cell.</param>
public sealed record MegatecUpsModel(MegatecDialect Dialect, bool BypassBit, int BaudRate = 2400, double Batteries = 1);

/// <summary>What one UPS product says, and where: all we know about it, as data.</summary>
/// <param name="Source">The manual, its edition and page.</param>
/// <param name="Caveats">Known weaknesses, each with its source.</param>
/// <param name="Commands">What may be written to it, where the settings allow it (R-PWR-10); null: nothing is reliably known.</param>
public sealed record UpsModel(
    string Model, string Maker, string Source, ImmutableArray<string> Caveats, ModbusUpsModel? Modbus = null, MegatecUpsModel? Megatec = null, ImmutableArray<UpsCommandForm>? Commands = null)
{
    /// <summary>How it takes a command; null: it has none.</summary>
    public UpsCommandForm? FormOf(UpsCommand command) => Commands?.FirstOrDefault(form => form.Command == command);
}

/// <summary>A model file is wrong. The message names the file, the place and the remedy.</summary>
public sealed class UpsModelException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The model files in <c>models/ups</c>.</summary>
public static class UpsModels
{
    private const long LongestFile = 256 * 1024;
    private const int HighestRegister = 65535;

    /// <summary>The folder beside the program.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "models", "ups");

    /// <summary>Loads a model by its name, e.g. <c>apc-smart-ups</c>.</summary>
    /// <exception cref="UpsModelException">Not there, or wrong.</exception>
    public static UpsModel Load(string name) => Load(Folder, name);

    /// <summary>Loads a model from a folder.</summary>
    /// <exception cref="UpsModelException">Not there, or wrong.</exception>
    public static UpsModel Load(string folder, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var path = Path.Combine(folder, name + ".json");
        if (name.AsSpan().ContainsAny('/', '\\') || name.Contains("..", StringComparison.Ordinal) || !File.Exists(path))
        {
            IEnumerable<string?> known = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json").Select(Path.GetFileNameWithoutExtension).Order() : [];
            throw new UpsModelException($"There is no UPS model \"{name}\". Known: {string.Join(", ", known)}. A new one is a file in models/ups (docs/ups.md).");
        }

        var info = new FileInfo(path);
        return info.Length > LongestFile
            ? throw new UpsModelException($"{path}: {info.Length} bytes are more than a model ever needs ({LongestFile}).")
            : Parse(path, File.ReadAllBytes(path));
    }

    /// <summary>Reads a model strictly.</summary>
    /// <param name="file">For the messages.</param>
    /// <exception cref="UpsModelException">Unknown, doubled or missing keys, unknown types, overlaps, values outside the protocol.</exception>
    public static UpsModel Parse(string file, ReadOnlySpan<byte> json)
    {
        UpsModel? model;
        try
        {
            model = JsonSerializer.Deserialize(json, UpsModelJson.Default.UpsModel);
        }
        catch (JsonException wrong)
        {
            throw new UpsModelException($"{file}: {wrong.Path ?? "$"}: {wrong.Message.Split(". ")[0]}. Correct this place.", wrong);
        }

        if (model is null)
        {
            throw new UpsModelException($"{file}: holds null where a model should stand.");
        }

        var problems = Problems(model).ToList();
        return problems.Count == 0 ? model : throw new UpsModelException($"{file}: {string.Join(" ", problems)}");
    }

    /// <summary>Whether the registers of a place are read by a block that is read at this time.</summary>
    internal static bool Covers(UpsRead read, ModbusUpsModel model, ModbusTable? table, int address, int width) =>
        (read.Table ?? model.Table) == (table ?? model.Table) && address >= read.Address && address + width <= read.Address + read.Count;

    private static IEnumerable<string> Problems(UpsModel model)
    {
        foreach (var (name, text) in new[] { ("model", model.Model), ("maker", model.Maker), ("source", model.Source) })
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                yield return $"{name}: is empty. {(name == "source" ? "Name the manual and the page the registers come from." : "Write it.")}";
            }
        }

        if (model.Modbus is null == model.Megatec is null)
        {
            yield return "modbus, megatec: a model has exactly one of them.";
        }

        foreach (var problem in (model.Modbus is { } modbus ? Problems(modbus) : []).Concat(Problems(model.Commands ?? [], model.Modbus is not null)))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> Problems(ImmutableArray<UpsCommandForm> commands, bool isModbus)
    {
        foreach (var twice in commands.GroupBy(form => form.Command).Where(same => same.Count() > 1))
        {
            yield return $"commands: {twice.Key} stands twice. Each command has one form.";
        }

        foreach (var (at, form) in commands.Index())
        {
            if (isModbus ? form.Line is not null || form.Writes is not { IsEmpty: false } : form.Writes is not null || string.IsNullOrEmpty(form.Line))
            {
                yield return $"commands[{at}]: {form.Command} needs {(isModbus ? "writes and no line" : "a line and no writes")}.";
            }

            foreach (var write in form.Writes ?? [])
            {
                if (write.Address is < 0 or > HighestRegister || write.Value is < 0 or > ushort.MaxValue || write.Value is null == write.DelayStepSeconds is null || write.DelayStepSeconds is < 1)
                {
                    yield return $"commands[{at}].writes: register {write.Address} takes either a value of 0 to 65535 or the delay in steps of at least a second.";
                }
            }

            if (form.Line is { } line && (line.Length > MegatecScanner.LongestLine / 2 || line.Any(letter => letter is < ' ' or > '~')))
            {
                yield return $"commands[{at}].line: a line is short and holds printable letters only; its CR is added.";
            }

            if (form.From < 0 || form.To < form.From || form.To > 3600 || (form.Command is not UpsCommand.OutputOff && (form.To > 0 || form.ComesBack)))
            {
                yield return $"commands[{at}]: from {form.From} to {form.To} s is no delay. OutputOff has one of 0 to 3600 s, the others none.";
            }
        }
    }

    private static IEnumerable<string> Problems(ModbusUpsModel model)
    {
        foreach (var (at, read) in model.Reads.Index())
        {
            var most = (read.Table ?? model.Table) is ModbusTable.Coils or ModbusTable.DiscreteInputs ? ModbusLimits.MostBitsRead : ModbusLimits.MostRegistersRead;
            if (read.Count < 1 || read.Count > most || read.Address < 0 || read.Address + read.Count > HighestRegister + 1)
            {
                yield return $"modbus.reads[{at}]: {read.Count} from {read.Address} is no reading. A reading has 1 to {most} within 0 to {HighestRegister}.";
            }
        }

        if (!model.Reads.Any(read => read.When == ReadWhen.Snapshot))
        {
            yield return "modbus.reads: no block is read at every snapshot. Say \"when\": \"Snapshot\" for one.";
        }

        var places = model.Points.Index().Select(item => (Place: $"points[{item.Index}]", item.Item.Table, item.Item.Address, Width: RegisterValue.WidthOf(item.Item.Form)))
            .Concat(model.Flags.Index().Select(item => (Place: $"flags[{item.Index}]", item.Item.Table, item.Item.Address, Width: RegisterValue.WidthOf(item.Item.Form))))
            .Concat(model.Texts.Index().Select(item => (Place: $"texts[{item.Index}]", item.Item.Table, item.Item.Address, Width: (int?)item.Item.Count)))
            .ToList();
        foreach (var (place, table, address, width) in places)
        {
            if (width is null)
            {
                yield return $"modbus.{place}.form: text is no number. Put it under texts.";
            }
            else if (!model.Reads.Any(read => Covers(read, model, table, address, width.Value)))
            {
                yield return $"modbus.{place}: registers {address} to {address + width - 1} are read by no block. Add one to reads, or correct the address.";
            }
        }

        // One register may carry many flags; a number that begins inside another is a slip of the pen.
        var numbers = model.Points.Index().Select(item => (item.Index, item.Item, Width: RegisterValue.WidthOf(item.Item.Form) ?? 1)).OrderBy(item => item.Item.Address).ToList();
        foreach (var (one, next) in numbers.Zip(numbers.Skip(1)))
        {
            if ((one.Item.Table ?? model.Table) == (next.Item.Table ?? model.Table) && next.Item.Address < one.Item.Address + one.Width)
            {
                yield return $"modbus.points[{next.Index}]: {next.Item.Quantity} at {next.Item.Address} overlaps {one.Item.Quantity} at {one.Item.Address}. Correct the address or the form.";
            }
        }

        foreach (var twice in model.Points.GroupBy(point => point.Quantity).Where(same => same.Count() > 1))
        {
            yield return $"modbus.points: {twice.Key} stands twice. Each quantity has one place.";
        }

        foreach (var (at, point) in model.Points.Index())
        {
            if (point.Scale == 0 || point.Divisor == 0 || !double.IsFinite(point.Scale / point.Divisor))
            {
                yield return $"modbus.points[{at}].scale: {point.Scale} by {point.Divisor} makes no value.";
            }
        }

        foreach (var (at, flag) in model.Flags.Index())
        {
            if (flag.Bit is null == flag.Values is null || flag.Bit is < 0 or > 31 || flag.Flag == UpsFlags.None)
            {
                yield return $"modbus.flags[{at}]: say one of bit (0 to 31) and values, and which flag it is.";
            }
        }

        var states = model.Flags.Aggregate(UpsFlags.None, (all, flag) => all | flag.Flag);
        if (!states.HasFlag(UpsFlags.OnBattery) || !(states.HasFlag(UpsFlags.OnLine) || model.OnLineOtherwise))
        {
            yield return "modbus.flags: a model tells OnBattery, and OnLine unless onLineOtherwise is true.";
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
[JsonSerializable(typeof(UpsModel))]
internal sealed partial class UpsModelJson : JsonSerializerContext;
