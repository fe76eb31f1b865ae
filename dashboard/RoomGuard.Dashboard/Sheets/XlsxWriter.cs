using System.Buffers;
using System.Buffers.Text;
using System.IO.Compression;
using System.Text;

namespace RoomGuard.Dashboard.Sheets;

/// <summary>
/// Writes one list as an XLSX workbook, row by row into a stream that is never read again (ADR 0020). Texts are texts: nothing in a cell is ever a formula
/// (R-INP-05), days are days, numbers are numbers. ECMA-376 part 1, §18.
/// </summary>
internal sealed class XlsxWriter
{
    /// <summary>Rows a sheet holds, the first line included (Excel's limit).</summary>
    public const int MostRows = 1_048_576;

    /// <summary>Signs a cell holds (Excel's limit).</summary>
    public const int LongestText = 32_767;

    // Day 0 of a workbook; Excel takes 1900 for a leap year, so days count from two days before 1900.
    private static readonly DateOnly DayZero = new(1899, 12, 30);
    private static readonly DateOnly FirstDay = new(1900, 3, 1);

    private const int FlushAt = 64 * 1024;

    // Styles by their place in styles.xml.
    private const int DayStyle = 1;
    private const int HeadStyle = 2;
    private const int GuardedStyle = 3;

    private readonly Stream into;
    private readonly ZipArchive archive;
    private readonly Stream sheet;
    private readonly ArrayBufferWriter<byte> buffer = new(FlushAt * 2);
    private readonly byte[][] columns;
    private long rows;

    private XlsxWriter(Stream into, ZipArchive archive, Stream sheet, int columns) =>
        (this.into, this.archive, this.sheet, this.columns) = (into, archive, sheet, [.. Enumerable.Range(0, columns).Select(at => Encoding.ASCII.GetBytes(ColumnOf(at)))]);

    /// <summary>Begins a workbook with its first line, which stays when one scrolls and filters what is below.</summary>
    /// <param name="into">Left open at the end.</param>
    /// <param name="name">Of the sheet: at most 31 signs, none of <c>: \ / ? * [ ]</c>.</param>
    /// <param name="at">When it was written.</param>
    public static async Task<XlsxWriter> BeginAsync(Stream into, string name, IReadOnlyList<string> heads, DateTimeOffset at, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(heads);
        var archive = await ZipArchive.CreateAsync(into, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, stop).ConfigureAwait(false);
        foreach (var (path, content) in new[]
        {
            ("[Content_Types].xml", """
                <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>
                """),
            ("_rels/.rels", """
                <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>
                """),
            ("xl/workbook.xml", $"""
                <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{Escaped(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>
                """),
            ("xl/_rels/workbook.xml.rels", """
                <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>
                """),

            // Yu Gothic is what Excel in Japan begins with. The last style marks a text that begins like a formula, so that it stays a text when somebody types into the cell.
            ("xl/styles.xml", """
                <styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="游ゴシック"/></font><font><b/><sz val="11"/><name val="游ゴシック"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/></cellXfs></styleSheet>
                """),
        })
        {
            var part = await Part(archive, path, at, stop).ConfigureAwait(false);
            await using (part.ConfigureAwait(false))
            {
                await part.WriteAsync(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + content.Trim()), stop).ConfigureAwait(false);
            }
        }

        var writer = new XlsxWriter(into, archive, await Part(archive, "xl/worksheets/sheet1.xml", at, stop).ConfigureAwait(false), heads.Count);
        writer.Put("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"""u8);
        writer.Put("""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="18"/><cols>"""u8);
        writer.Put(Encoding.UTF8.GetBytes($"""<col min="1" max="{heads.Count}" width="16" customWidth="1"/></cols><sheetData>"""));
        writer.Open();
        for (var column = 0; column < heads.Count; column++)
        {
            writer.PutText(heads[column], HeadStyle, column);
        }

        await writer.CloseAsync(stop).ConfigureAwait(false);
        return writer;
    }

    /// <summary>Writes one row; cells that are empty take no room.</summary>
    public async ValueTask RowAsync(ReadOnlyMemory<SheetCell> cells, CancellationToken stop)
    {
        if (rows >= MostRows)
        {
            throw new InvalidOperationException($"A sheet has no more than {MostRows} rows.");
        }

        Open();
        var filled = cells.Span;
        for (var at = 0; at < filled.Length; at++)
        {
            Put(filled[at], at);
        }

        await CloseAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Ends the workbook; one that is not ended opens nowhere, so that half a list is never taken for a whole one.</summary>
    public async Task EndAsync(CancellationToken stop)
    {
        Put("</sheetData>"u8);
        Put(Encoding.UTF8.GetBytes($"""<autoFilter ref="A1:{ColumnOf(columns.Length - 1)}{rows}"/></worksheet>"""));
        await FlushAsync(stop).ConfigureAwait(false);
        await sheet.DisposeAsync().ConfigureAwait(false);
        await archive.DisposeAsync().ConfigureAwait(false);
        await into.FlushAsync(stop).ConfigureAwait(false);
    }

    /// <summary>A column's letters.</summary>
    /// <param name="at">From 0.</param>
    internal static string ColumnOf(int at) => at < 26 ? $"{(char)('A' + at)}" : ColumnOf((at / 26) - 1) + (char)('A' + (at % 26));

    private static async Task<Stream> Part(ZipArchive archive, string path, DateTimeOffset at, CancellationToken stop)
    {
        // The fastest level: these lists compress to a tenth also so, and the next one to half of that in four times the time.
        var entry = archive.CreateEntry(path, CompressionLevel.Fastest);
        entry.LastWriteTime = at;
        return await entry.OpenAsync(stop).ConfigureAwait(false);
    }

    private static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);

    private void Open()
    {
        rows++;
        Put("<row>"u8);
    }

    private async ValueTask CloseAsync(CancellationToken stop)
    {
        Put("</row>"u8);
        if (buffer.WrittenCount >= FlushAt)
        {
            await FlushAsync(stop).ConfigureAwait(false);
        }
    }

    private async ValueTask FlushAsync(CancellationToken stop)
    {
        await sheet.WriteAsync(buffer.WrittenMemory, stop).ConfigureAwait(false);
        buffer.ResetWrittenCount();
    }

    private void Put(SheetCell cell, int at)
    {
        if (cell.Text is { } text)
        {
            PutText(text, IsGuarded(text) ? GuardedStyle : 0, at);
        }
        else if (cell.Number is { } number)
        {
            PutValue(number, 0, at);
        }
        else if (cell.Day is { } day)
        {
            // What lies before the calendar Excel knows is a text.
            if (day < FirstDay)
            {
                PutText(cell.Plain, 0, at);
            }
            else
            {
                PutValue(day.DayNumber - DayZero.DayNumber, DayStyle, at);
            }
        }
    }

    private static bool IsGuarded(string text) => text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '＝' or '＋' or '－' or '＠';

    private void PutValue(long value, int style, int at)
    {
        PutCell(style, at);
        Put("><v>"u8);
        _ = Utf8Formatter.TryFormat(value, buffer.GetSpan(24), out var written);
        buffer.Advance(written);
        Put("</v></c>"u8);
    }

    private void PutText(string text, int style, int at)
    {
        PutCell(style, at);
        Put(""" t="inlineStr"><is><t xml:space="preserve">"""u8);
        PutEscaped(text.Length > LongestText ? text.AsSpan(0, LongestText) : text);
        Put("</t></is></c>"u8);
    }

    private void PutCell(int style, int at)
    {
        Put("<c r=\""u8);
        Put(columns[at]);
        _ = Utf8Formatter.TryFormat(rows, buffer.GetSpan(12), out var written);
        buffer.Advance(written);
        Put("\""u8);
        if (style > 0)
        {
            Put(" s=\""u8);
            buffer.GetSpan(1)[0] = (byte)('0' + style);
            buffer.Advance(1);
            Put("\""u8);
        }
    }

    // What XML cannot hold is written as Excel itself writes it, _xHHHH_; a text that looks like that already is kept apart from it (ECMA-376 §22.9.2.19).
    private void PutEscaped(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAny(Special);
            var run = plain < 0 ? text : text[..plain];
            if (!run.IsEmpty)
            {
                var written = Encoding.UTF8.GetBytes(run, buffer.GetSpan(Encoding.UTF8.GetMaxByteCount(run.Length)));
                buffer.Advance(written);
            }

            if (plain < 0)
            {
                return;
            }

            var sign = text[plain];
            var taken = 1;
            switch (sign)
            {
                case '&':
                    Put("&amp;"u8);
                    break;
                case '<':
                    Put("&lt;"u8);
                    break;
                case '>':
                    Put("&gt;"u8);
                    break;
                case '_':
                    Put(LooksEscaped(text[plain..]) ? "_x005F_"u8 : "_"u8);
                    break;
                case var high when char.IsHighSurrogate(high) && plain + 1 < text.Length && char.IsLowSurrogate(text[plain + 1]):
                    taken = 2;
                    buffer.Advance(Encoding.UTF8.GetBytes(text.Slice(plain, 2), buffer.GetSpan(8)));
                    break;
                default:
                    Put(Encoding.ASCII.GetBytes($"_x{(int)sign:X4}_"));
                    break;
            }

            text = text[(plain + taken)..];
        }
    }

    private static bool LooksEscaped(ReadOnlySpan<char> text) =>
        text.Length >= 7 && text[1] == 'x' && text[6] == '_' && char.IsAsciiHexDigit(text[2]) && char.IsAsciiHexDigit(text[3]) && char.IsAsciiHexDigit(text[4]) && char.IsAsciiHexDigit(text[5]);

    private void Put(ReadOnlySpan<byte> bytes) => buffer.Write(bytes);

    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. "&<>_", .. Enumerable.Range(0, 32).Where(sign => sign is not ('\t' or '\n')).Select(sign => (char)sign), .. Enumerable.Range(0xD800, 0x800).Select(sign => (char)sign), '\uFFFE', '\uFFFF']);
}
