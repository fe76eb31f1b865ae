using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Xml;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Sheets;

/// <summary>One row of a workbook's sheet that holds something.</summary>
/// <param name="Row">As Excel numbers it, from 1.</param>
/// <param name="Cells">From column A to the last one that is filled; what is empty between is an empty text.</param>
public sealed record SheetRow(int Row, ImmutableArray<string> Cells);

/// <summary>Why a workbook is not taken.</summary>
/// <param name="Row">Row of the sheet; 1 for the workbook as a whole.</param>
/// <param name="Cell">The cell's address as Excel shows it; empty for the workbook as a whole.</param>
/// <param name="Value">What the fault's text names; null: nothing.</param>
public sealed record SheetProblem(int Row, string Cell, FieldFault Fault, string? Value);

/// <summary>What a workbook may hold. The limits are those of a list of 100,000 lines in CSV, with room for the way a workbook says it.</summary>
/// <param name="Rows">Rows that hold something.</param>
public sealed record XlsxLimits(int Rows)
{
    /// <summary>Columns that hold something.</summary>
    public int Columns { get; init; } = 256;

    /// <summary>Parts of the archive.</summary>
    public int Parts { get; init; } = 1_000;

    /// <summary>Bytes of all parts unpacked, as they say and as they are.</summary>
    public long Unpacked { get; init; } = 768L << 20;

    /// <summary>How many times larger than packed a part may be; lists come to about 20, a bomb to a thousand.</summary>
    public int Ratio { get; init; } = 200;

    /// <summary>Signs of all texts together: what is read is held until it was compared.</summary>
    public int Signs { get; init; } = 64 << 20;

    /// <summary>Texts that are shared between cells.</summary>
    public int SharedTexts { get; init; } = 4_000_000;
}

/// <summary>
/// Reads the one list of an XLSX workbook, row by row, as texts (ADR 0020; ECMA-376 part 1, §18). What people see is what is read: days and numbers by their format,
/// shared and inline texts without their furigana. What could run, hide or be counted anew elsewhere is refused with its place: formulas, macros, links, several lists (R-INP-01).
/// Pure over the bytes of a file; follows no reference out of it; no file makes it throw, hang or hold more than the limits say.
/// </summary>
public sealed class XlsxReader : IDisposable
{
    // Numbers with more digits were rounded by Excel when they were typed.
    private const double MostExact = 1e15;
    private const int LongestRaw = XlsxWriter.LongestText * 7;
    private const int MostProblems = 1_000;

    private readonly XlsxPackage package;
    private readonly XlsxLimits limits;
    private readonly Action<SheetProblem> told;
    private readonly char[] chunk = new char[4096];
    private readonly StringBuilder text = new();
    private readonly ImmutableArray<string>.Builder cells = ImmutableArray.CreateBuilder<string>();
    private readonly List<string> shared = [];
    private ImmutableArray<XlsxFormat> formats = [];
    private bool from1904;
    private XlsxPart? sheet;
    private int row;
    private int filled;
    private long signs;
    private int problems;

    private XlsxReader(XlsxPackage package, XlsxLimits limits, Action<SheetProblem> told) => (this.package, this.limits, this.told) = (package, limits, told);

    /// <summary>By what is in it, not by its name: an archive, or what older or locked workbooks are kept in.</summary>
    public static bool Takes(ReadOnlySpan<byte> file) => XlsxPackage.IsArchive(file) || XlsxPackage.IsCompound(file);

    /// <summary>A cell's address as Excel shows it.</summary>
    /// <param name="column">From 0.</param>
    public static string NameOf(int row, int column) => new XlsxPlace(row, column).Name;

    /// <summary>Reads the list.</summary>
    /// <param name="wrong">Told each reason not to take the workbook. Cells go on being read after one; where the workbook itself is at fault, rows end.</param>
    public static IEnumerable<SheetRow> Read(byte[] file, XlsxLimits limits, Action<SheetProblem> wrong, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(wrong);
        using var reader = Try(() => Open(file, limits, wrong, stop), wrong, () => 1);
        while (reader is not null && Try(reader.Next, wrong, () => Math.Max(1, reader.row)) is { } next)
        {
            yield return next;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        sheet?.Dispose();
        package.Dispose();
    }

    private static XlsxReader Open(byte[] file, XlsxLimits limits, Action<SheetProblem> wrong, CancellationToken stop)
    {
        var reader = new XlsxReader(XlsxPackage.Open(file, limits, stop), limits, wrong);
        try
        {
            reader.Begin();
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    // The libraries below say in many ways that a file is not what it should be.
    private static TFound? Try<TFound>(Func<TFound?> look, Action<SheetProblem> wrong, Func<int> row)
        where TFound : class
    {
        try
        {
            return look();
        }
        catch (XlsxRefusal refusal)
        {
            wrong(refusal.Problem);
        }
        catch (Exception broken) when (broken is XmlException or InvalidDataException or IOException or NotSupportedException or ArgumentException or FormatException or OverflowException)
        {
            wrong(new(row(), "", FieldFault.WorkbookBroken, null));
        }

        return null;
    }

    private void Begin()
    {
        var sheets = new List<(string Name, bool Hidden, string Path)>();
        var book = package.Main;
        var related = package.Relations(book);
        using (var part = package.Part(book) ?? throw XlsxRefusal.Whole(FieldFault.NotAWorkbook))
        {
            part.Root("workbook");
            while (part.Read())
            {
                if (part.At("workbookPr", 1))
                {
                    from1904 = part.Xml.GetAttribute("date1904") is "1" or "true" or "on";
                }
                else if (part.At("sheet", 2) && part.RelationId() is { } id && related.FirstOrDefault(one => one.Id == id) is { } relation)
                {
                    if (relation.Kind is "xlMacrosheet" or "xlIntlMacrosheet" or "dialogsheet")
                    {
                        throw XlsxRefusal.Whole(FieldFault.WorkbookMacro);
                    }

                    // Sheets of charts hold no cells.
                    if (relation.Kind == "worksheet")
                    {
                        sheets.Add((part.Short("name", 100) ?? "", part.Xml.GetAttribute("state") is "hidden" or "veryHidden", relation.Path));
                    }
                }
            }
        }

        if (sheets.Count == 0)
        {
            throw XlsxRefusal.Whole(FieldFault.NotAWorkbook);
        }

        formats = XlsxFormat.Of(package, related.FirstOrDefault(one => one.Kind == "styles")?.Path);
        Share(related.FirstOrDefault(one => one.Kind == "sharedStrings")?.Path);
        var full = sheets.Count == 1 ? sheets : sheets.FindAll(one => HoldsSomething(one.Path));
        if (full.Count > 1 || full.Exists(one => one.Hidden))
        {
            throw XlsxRefusal.Whole(FieldFault.WorkbookSheets, string.Join(", ", full.Take(5).Select(one => one.Name)));
        }

        sheet = full.Count == 1 ? package.Part(full[0].Path) ?? throw XlsxRefusal.Whole(FieldFault.WorkbookBroken) : null;
        sheet?.Root("worksheet");
    }

    private bool HoldsSomething(string path)
    {
        using var part = package.Part(path) ?? throw XlsxRefusal.Whole(FieldFault.WorkbookBroken);
        part.Root("worksheet");
        while (part.Read())
        {
            if (part.At("v", 4) || part.At("is", 4) || part.At("f", 4))
            {
                return true;
            }
        }

        return false;
    }

    private void Share(string? path)
    {
        if (path is null || package.Part(path) is not { } part)
        {
            return;
        }

        using (part)
        {
            part.Root("sst");
            while (part.Read())
            {
                if (part.At("si", 1))
                {
                    if (shared.Count == limits.SharedTexts)
                    {
                        throw XlsxRefusal.TooLarge($"{limits.SharedTexts:N0} shared texts");
                    }

                    shared.Add(Rich(part, ""));
                }
            }
        }
    }

    // Nobody reads more of them than that.
    private void Complain(SheetProblem problem)
    {
        if (++problems == MostProblems)
        {
            throw new XlsxRefusal(problem);
        }

        told(problem);
    }

    private SheetRow? Next()
    {
        while (sheet is not null && sheet.Read())
        {
            if (sheet.At("row", 2))
            {
                if (Row(sheet) is { } next)
                {
                    return next;
                }
            }
            else if (sheet.At("mergeCell", 2))
            {
                var range = sheet.Short("ref", 40) ?? "";
                Complain(new(XlsxPlace.TryParse(range.Split(':')[0], out var place) ? place.Row : 1, range, FieldFault.WorkbookMerged, range));
            }
        }

        return null;
    }

    private SheetRow? Row(XlsxPart part)
    {
        var said = part.Short("r", 10);
        var number = said is null ? row + 1 : int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : 0;
        if (number <= row || number > XlsxWriter.MostRows)
        {
            throw new XlsxRefusal(new(Math.Max(1, row), said ?? "", FieldFault.WorkbookDisorder, said));
        }

        row = number;
        cells.Clear();
        if (!part.Xml.IsEmptyElement)
        {
            var column = -1;
            while (part.Read() && !part.Left(2))
            {
                if (part.At("c", 3))
                {
                    column = Cell(part, column);
                }
            }
        }

        if (cells.Count == 0)
        {
            return null;
        }

        if (++filled > limits.Rows)
        {
            throw new XlsxRefusal(new(row, "", FieldFault.OutOfRange, $"1 – {limits.Rows - 1}"));
        }

        return new(row, cells.ToImmutable());
    }

    // Takes one cell; answers its column.
    private int Cell(XlsxPart part, int before)
    {
        var said = part.Short("r", 12);
        var place = said is null ? new XlsxPlace(row, before + 1) : XlsxPlace.TryParse(said, out var read) ? read : default;
        if (place.Row != row || place.Column <= before)
        {
            throw new XlsxRefusal(new(row, said ?? "", FieldFault.WorkbookDisorder, said));
        }

        var (kind, style) = (part.Short("t", 12) ?? "n", int.TryParse(part.Short("s", 10), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < formats.Length ? formats[index] : default);
        var (formula, raw, rich) = (false, "", "");
        if (!part.Xml.IsEmptyElement)
        {
            while (part.Read() && !part.Left(3))
            {
                if (part.At("f", 4))
                {
                    formula = true;
                }
                else if (part.At("v", 4))
                {
                    raw = Plain(part, place.Name, XlsxWriter.LongestText);
                }
                else if (part.At("is", 4))
                {
                    rich = Rich(part, place.Name);
                }
            }
        }

        if (formula)
        {
            Complain(new(row, place.Name, FieldFault.WorkbookFormula, place.Name));
        }
        else if (Value(place.Name, kind, style, raw, rich) is { Length: > 0 } value)
        {
            if (place.Column >= limits.Columns)
            {
                throw new XlsxRefusal(new(row, place.Name, FieldFault.WorkbookTooLarge, $"{limits.Columns} columns"));
            }

            while (cells.Count < place.Column)
            {
                cells.Add("");
            }

            cells.Add(value);
        }

        return place.Column;
    }

    private string Value(string name, string kind, XlsxFormat style, string raw, string rich)
    {
        string Wrong(FieldFault fault, string? value)
        {
            Complain(new(row, name, fault, value));
            return "";
        }

        switch (kind)
        {
            case "inlineStr":
                return rich;
            case "s" when raw.Length == 0:
                return "";
            case "s":
                return int.TryParse(raw, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var at) && at < shared.Count
                    ? shared[at]
                    : throw new XlsxRefusal(new(row, name, FieldFault.WorkbookBroken, name));
            case "str":
                return Decoded(raw, name);
            case "b":
                return raw.Trim() switch { "1" or "true" => "TRUE", "0" or "false" => "FALSE", "" => "", _ => Wrong(FieldFault.WorkbookBroken, name) };
            case "e":
                return Wrong(FieldFault.WorkbookError, $"{name} {raw}");
            case "d":
                return raw.Length == 0 ? ""
                    : DateTime.TryParse(raw, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment) ? XlsxFormat.Written(moment)
                    : Wrong(FieldFault.NotADate, raw);
            case "n" when string.IsNullOrWhiteSpace(raw):
                return "";
            case "n":
                if (!double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
                {
                    return Wrong(FieldFault.NotANumber, raw);
                }

                return style.IsMoment ? style.Moment(number, from1904) ?? Wrong(FieldFault.NotADate, raw)
                    : Math.Abs(number) >= MostExact ? Wrong(FieldFault.WorkbookRounded, name)
                    : style.Number(number);
            default:
                return Wrong(FieldFault.WorkbookBroken, name);
        }
    }

    // The text of an element that holds runs: those of the reading (rPh, furigana) are not part of it.
    private string Rich(XlsxPart part, string name)
    {
        var depth = part.Xml.Depth;
        if (part.Xml.IsEmptyElement)
        {
            return "";
        }

        string? whole = null;
        var reading = false;
        while (part.Read() && !part.Left(depth))
        {
            if (part.Xml.Depth == depth + 1 && part.Xml.NodeType == XmlNodeType.Element)
            {
                reading = part.Xml.LocalName == "rPh";
            }

            if (part.At("t", depth + 1) || (part.At("t", depth + 2) && !reading))
            {
                var run = Plain(part, name, LongestRaw);
                whole = whole is null ? run : whole.Length + run.Length > LongestRaw ? throw TooLong(name) : whole + run;
            }
        }

        return Decoded(whole ?? "", name);
    }

    // The text of an element that holds nothing else.
    private string Plain(XlsxPart part, string name, int longest)
    {
        var depth = part.Xml.Depth;
        if (part.Xml.IsEmptyElement)
        {
            return "";
        }

        _ = text.Clear();
        while (part.Read() && !part.Left(depth))
        {
            if (part.Xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
            {
                for (int read; (read = part.Xml.ReadValueChunk(chunk, 0, chunk.Length)) > 0; part.Breathe())
                {
                    _ = text.Append(chunk, 0, read);
                    if (text.Length > longest)
                    {
                        throw TooLong(name);
                    }
                }
            }
        }

        signs += text.Length;
        return signs > limits.Signs ? throw XlsxRefusal.TooLarge($"{limits.Signs:N0} signs") : text.ToString();
    }

    private XlsxRefusal TooLong(string name) => new(new(Math.Max(1, row), name, FieldFault.TooLong, $"{XlsxWriter.LongestText}"));

    // _x000D_ stands for a sign XML cannot hold (ECMA-376 §22.9.2.19); the counterpart of the writer's escape.
    private string Decoded(string raw, string name)
    {
        var at = raw.IndexOf("_x", StringComparison.Ordinal);
        var whole = at < 0 ? raw : Unescaped(raw, at);
        if (whole.Length > XlsxWriter.LongestText)
        {
            throw TooLong(name);
        }

        if (at >= 0 && HasLoneSurrogate(whole))
        {
            Complain(new(Math.Max(1, row), name, FieldFault.BadCharacters, null));
            return "";
        }

        return whole;
    }

    private static string Unescaped(string raw, int at)
    {
        var plain = new StringBuilder(raw, 0, at, raw.Length);
        while (at < raw.Length)
        {
            if (raw[at] == '_' && at + 7 <= raw.Length && raw[at + 1] == 'x' && raw[at + 6] == '_' && ushort.TryParse(raw.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var sign))
            {
                _ = plain.Append((char)sign);
                at += 7;
            }
            else
            {
                _ = plain.Append(raw[at++]);
            }
        }

        return plain.ToString();
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsSurrogate(text[at]))
            {
                if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
                {
                    return true;
                }

                at++;
            }
        }

        return false;
    }
}

/// <summary>Where a cell is.</summary>
/// <param name="Row">From 1.</param>
/// <param name="Column">From 0.</param>
internal readonly record struct XlsxPlace(int Row, int Column)
{
    private const int MostColumns = 16_384;

    /// <summary>As Excel shows it.</summary>
    public string Name => $"{XlsxWriter.ColumnOf(Column)}{Row.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Reads an address; none beyond what Excel has.</summary>
    public static bool TryParse(string text, out XlsxPlace place)
    {
        var (at, column) = (0, 0);
        for (; at < text.Length && at < 3 && char.IsAsciiLetterUpper(text[at]); at++)
        {
            column = (column * 26) + (text[at] - 'A' + 1);
        }

        place = default;
        if (at == 0 || column > MostColumns || !int.TryParse(text.AsSpan(at), NumberStyles.None, CultureInfo.InvariantCulture, out var row) || row is < 1 or > XlsxWriter.MostRows)
        {
            return false;
        }

        place = new(row, column - 1);
        return true;
    }
}

/// <summary>A workbook is not read on, for this reason.</summary>
internal sealed class XlsxRefusal(SheetProblem problem) : Exception($"{problem.Fault} {problem.Value}")
{
    public SheetProblem Problem => problem;

    public static XlsxRefusal Whole(FieldFault fault, string? value = null) => new(new(1, "", fault, value));

    public static XlsxRefusal TooLarge(string limit) => Whole(FieldFault.WorkbookTooLarge, limit);
}
