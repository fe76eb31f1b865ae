using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Sheets;
using RoomGuard.Dashboard.Text;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Dashboard.Sheets;

/// <summary>Workbooks read: what Excel shows is what is taken, and what must not be taken is refused with its place and reason.</summary>
public class XlsxReaderTests
{
    private static readonly XlsxLimits Roomy = new(1_000);

    [Fact]
    public async Task What_our_own_writer_wrote_comes_back_sign_by_sign()
    {
        string[] texts = ["=1+1", "+81", "-1", "@SUM(A1)", "＝1", "<&>\"'", "_x0041_ _x41", "a\u0001b\tc\r\nd", "  二行\nあり  ", "𠮷野家 髙橋 👩‍💻", "0123", "1-2", "TRUE", "1E3", new('あ', XlsxWriter.LongestText)];
        using var into = new MemoryStream();
        var writer = await XlsxWriter.BeginAsync(into, "機器台帳", ["機器番号", "備考", "月", "日"], new DateTimeOffset(2026, 5, 11, 9, 0, 0, TimeSpan.FromHours(9)), default);
        foreach (var text in texts)
        {
            await writer.RowAsync(new SheetCell[] { "AS-1", text, SheetCell.Of(6), new DateOnly(2026, 4, 1) }, default);
        }

        await writer.RowAsync(new SheetCell[] { default, default }, default);
        await writer.RowAsync(new SheetCell[] { default, "終", SheetCell.Of(-6), new DateOnly(1899, 1, 1) }, default);
        await writer.EndAsync(default);

        var (rows, problems) = Read(into.ToArray());
        Assert.Empty(problems);
        Assert.Equal(["機器番号", "備考", "月", "日"], rows[0].Cells.AsEnumerable());
        Assert.Equal(texts, rows[1..^1].Select(row => row.Cells[1]));
        Assert.All(rows[1..^1], row => Assert.Equal(("AS-1", "6", "2026-04-01"), (row.Cells[0], row.Cells[2], row.Cells[3])));
        Assert.Equal((texts.Length + 3, ""), (rows[^1].Row, rows[^1].Cells[0]));
        Assert.Equal(["終", "-6", "1899-01-01"], rows[^1].Cells[1..].AsEnumerable());
    }

    [Fact]
    public void Texts_are_shared_or_inline_or_in_runs_and_their_furigana_is_not_part_of_them()
    {
        var book = ABook.With("""<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c><c r="D2" t="inlineStr"><is><r><t>太</t></r><r><rPr><b/></rPr><t xml:space="preserve">字 </t></r></is></c><c r="E2" t="str"><v>文</v></c><c r="F2" t="b"><v>1</v></c><c r="G2" t="b"><v>0</v></c><c r="H2" s="1"/></row>""")
            .Shared("""<si><t>総務課</t><rPh sb="0" eb="3"><t>ソウムカ</t></rPh><phoneticPr fontId="1"/></si><si><r><t>電</t></r><r><t>算室</t></r><rPh sb="0" eb="3"><t>デンサンシツ</t></rPh></si>""");
        Assert.Equal(["総務課", "", "電算室", "太字 ", "文", "TRUE", "FALSE"], Row(book));
    }

    [Theory]
    [InlineData("yyyy/mm/dd", "46113", "2026-04-01")]
    [InlineData("yyyy\"年\"m\"月\"d\"日\"", "46113", "2026-04-01")]
    [InlineData("[$-411]ggge\"年\"m\"月\"d\"日\";@", "46113", "2026-04-01")]
    [InlineData("m/d", "46113", "2026-04-01")]
    [InlineData("mmm", "46113", "2026-04-01")]
    [InlineData("yyyy/mm/dd", "46113.75", "2026-04-01")]
    [InlineData("yyyy/m/d h:mm", "46113.75", "2026-04-01 18:00:00")]
    [InlineData("h:mm", "0.75", "18:00:00")]
    [InlineData("[h]:mm:ss", "1.5", "36:00:00")]
    [InlineData("yyyy-mm-dd", "1", "1900-01-01")]
    [InlineData("yyyy-mm-dd", "59", "1900-02-28")]
    [InlineData("yyyy-mm-dd", "61", "1900-03-01")]
    [InlineData("yyyy-mm-dd", "2958465", "9999-12-31")]
    [InlineData("General", "46113", "46113")]
    [InlineData("General\"年度\"", "2026", "2026")]
    [InlineData("0.00E+00", "1500", "1500")]
    [InlineData("#,##0;[Red]-#,##0", "-1500", "-1500")]
    [InlineData("\"day\"0", "7", "7")]
    [InlineData("0!d", "7", "7")]
    [InlineData("00000", "123", "00123")]
    [InlineData("General", "0.1", "0.1")]
    [InlineData("General", "0.30000000000000004", "0.3")]
    [InlineData("General", "1E-3", "0.001")]
    [InlineData("General", "999999999999999", "999999999999999")]
    [InlineData("General", "-0", "0")]
    public void A_number_is_read_as_its_format_shows_it(string format, string value, string shown) =>
        Assert.Equal([shown], Row(ABook.With($"""<row r="2"><c r="A2" s="0"><v>{value}</v></c></row>""").Formats(format)));

    [Theory]
    [InlineData(14, "2026-04-01")]
    [InlineData(22, "2026-04-01")]
    [InlineData(57, "2026-04-01")]
    [InlineData(1, "46113")]
    [InlineData(49, "46113")]
    public void Formats_everybody_has_need_no_code(int id, string shown) => Assert.Equal([shown], Row(ABook.With("""<row r="2"><c r="A2" s="0"><v>46113</v></c></row>""").BuiltIn(id)));

    [Fact]
    public void Days_also_count_from_1904_and_may_be_written_out()
    {
        const string Cells = """<row r="2"><c r="A2" s="0"><v>44651</v></c><c r="B2" s="0"><v>0</v></c><c r="C2" t="d"><v>2026-04-01</v></c><c r="D2" t="d"><v>2026-04-01T18:00:00</v></c></row>""";
        Assert.Equal(["2026-04-01", "1904-01-01", "2026-04-01", "2026-04-01 18:00:00"], Row(ABook.With(Cells, book: """<workbookPr date1904="1"/>""").BuiltIn(14)));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("0.5")]
    [InlineData("60")]
    [InlineData("2958466")]
    [Requirement("R-INP-01")]
    public void A_day_that_is_in_no_calendar_is_told(string value) =>
        Assert.Equal((2, "A2", FieldFault.NotADate), Told(ABook.With($"""<row r="2"><c r="A2" s="0"><v>{value}</v></c></row>""").BuiltIn(14)));

    [Theory]
    [InlineData("<c r=\"C5\"><f>1+1</f><v>2</v></c>", FieldFault.WorkbookFormula)]
    [InlineData("<c r=\"C5\" t=\"str\"><f t=\"shared\" si=\"0\"/><v>x</v></c>", FieldFault.WorkbookFormula)]
    [InlineData("<c r=\"C5\" cm=\"1\"><f t=\"array\" ref=\"C5:C9\">A1:A5</f><v>2</v></c>", FieldFault.WorkbookFormula)]
    [InlineData("<c r=\"C5\"><v>2</v><f/></c>", FieldFault.WorkbookFormula)]
    [InlineData("<c r=\"C5\" t=\"e\"><v>#REF!</v></c>", FieldFault.WorkbookError)]
    [InlineData("<c r=\"C5\" t=\"x\"><v>1</v></c>", FieldFault.WorkbookBroken)]
    [InlineData("<c r=\"C5\"><v>many</v></c>", FieldFault.NotANumber)]
    [InlineData("<c r=\"C5\"><v>NaN</v></c>", FieldFault.NotANumber)]
    [InlineData("<c r=\"C5\"><v>1E999</v></c>", FieldFault.NotANumber)]
    [InlineData("<c r=\"C5\"><v>4901234567890123</v></c>", FieldFault.WorkbookRounded)]
    [InlineData("<c r=\"C5\" t=\"s\"><v>9</v></c>", FieldFault.WorkbookBroken)]
    [InlineData("<c r=\"C5\" t=\"s\"><v>-1</v></c>", FieldFault.WorkbookBroken)]
    [InlineData("<c r=\"C5\" t=\"inlineStr\"><is><t>_xD800_</t></is></c>", FieldFault.BadCharacters)]
    [Requirement("R-INP-01")]
    public void What_a_cell_must_not_hold_is_told_with_its_place(string cell, FieldFault fault)
    {
        var book = ABook.With($"""<row r="1"><c r="A1" t="inlineStr"><is><t>tag</t></is></c></row><row r="5">{cell}</row>""");
        Assert.Equal((5, "C5", fault), Told(book));
        var problem = Read(book.File()).Problems.Single();
        foreach (var language in new[] { Language.Japanese, Language.English })
        {
            Assert.NotEmpty(ProblemText.Of(new FieldProblem(problem.Cell, problem.Fault, problem.Value), language));
        }
    }

    [Fact]
    [Requirement("R-INP-01")]
    public void Each_formula_is_named_in_words_with_what_to_do()
    {
        var (_, problems) = Read(ABook.With("""<row r="5"><c r="C5"><f>1</f></c><c r="AA5"><f>1</f></c></row><row r="9"><c r="B9"><f>1</f></c></row>""").File());
        Assert.Equal(["C5", "AA5", "B9"], problems.Select(problem => problem.Cell));
        Assert.StartsWith("セル C5 に数式があります。", ProblemText.Of(new FieldProblem("", problems[0].Fault, problems[0].Value), Language.Japanese), StringComparison.Ordinal);
        Assert.Contains("値の貼り付け", ProblemText.Of(new FieldProblem("", problems[0].Fault, problems[0].Value), Language.Japanese), StringComparison.Ordinal);
        Assert.StartsWith("Cell C5 holds a formula.", ProblemText.Of(new FieldProblem("", problems[0].Fault, problems[0].Value), Language.English), StringComparison.Ordinal);
    }

    [Fact]
    public void Merged_cells_are_told() => Assert.Equal(
        (2, "A2:B3", FieldFault.WorkbookMerged), Told(ABook.With("""<row r="2"><c r="A2"><v>1</v></c></row>""", """<mergeCells count="1"><mergeCell ref="A2:B3"/></mergeCells>""")));

    [Theory]
    [InlineData("<row r=\"3\"><c r=\"A3\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>1</v></c></row>")]
    [InlineData("<row r=\"3\"><c r=\"A3\"><v>1</v></c></row><row r=\"3\"><c r=\"B3\"><v>1</v></c></row>")]
    [InlineData("<row r=\"3\"><c r=\"B3\"><v>1</v></c><c r=\"A3\"><v>1</v></c></row>")]
    [InlineData("<row r=\"3\"><c r=\"B3\"><v>1</v></c><c r=\"B3\"><v>1</v></c></row>")]
    [InlineData("<row r=\"3\"><c r=\"A4\"><v>1</v></c></row>")]
    [InlineData("<row r=\"3\"><c r=\"XFE3\"><v>1</v></c></row>")]
    [InlineData("<row r=\"3\"><c r=\"a3\"><v>1</v></c></row>")]
    [InlineData("<row r=\"3\"><c r=\"3\"><v>1</v></c></row>")]
    [InlineData("<row r=\"3\"><c r=\"A\"><v>1</v></c></row>")]
    [InlineData("<row r=\"0\"/>")]
    [InlineData("<row r=\"-1\"/>")]
    [InlineData("<row r=\"1048577\"/>")]
    [Requirement("R-INP-01")]
    public void Rows_and_cells_keep_their_order_and_their_places(string rows) => Assert.Equal(FieldFault.WorkbookDisorder, Told(ABook.With(rows)).Fault);

    [Fact]
    public void Rows_and_cells_without_a_place_follow_the_one_before() =>
        Assert.Equal(["1", "2", "", "4"], Row(ABook.With("<row><c><v>1</v></c><c><v>2</v></c><c r=\"D1\"><v>4</v></c></row>")));

    [Fact]
    public void One_sheet_that_is_shown_holds_the_list_and_empty_ones_beside_it_do_not_count()
    {
        const string Full = """<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>""";
        const string Empty = """<sheetData><row r="1" ht="20"><c r="A1" s="0"/></row></sheetData>""";
        Assert.Equal(["1"], Row(ABook.Of([("空", "", Empty), ("台帳", "", Full), ("控え", "hidden", Empty)])));
        Assert.Equal((1, "", FieldFault.WorkbookSheets), Told(ABook.Of([("台帳", "", Full), ("控え", "", Full)])));
        Assert.Equal("台帳, 控え", Read(ABook.Of([("台帳", "", Full), ("控え", "veryHidden", Full)]).File()).Problems.Single().Value);
        Assert.Equal(FieldFault.WorkbookSheets, Told(ABook.Of([("台帳", "", Empty), ("控え", "hidden", Full)])).Fault);
        var (rows, problems) = Read(ABook.Of([("一", "", Empty), ("二", "", Empty)]).File());
        Assert.Empty(rows);
        Assert.Empty(problems);
    }

    public static TheoryData<string, byte[], FieldFault> Refused
    {
        get
        {
            const string Rows = """<row r="1"><c r="A1"><v>1</v></c></row>""";
            ABook Book() => ABook.With(Rows);
            const string Book1 = "xl/workbook.xml";
            const string Rels = "xl/_rels/workbook.xml.rels";
            const string Sheet1 = "xl/worksheets/sheet1.xml";
            const string Types = "[Content_Types].xml";
            byte[] ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
            var good = Book().File();
            byte[] flipped = [.. good];
            flipped[good.Length / 2] ^= 0x10;
            return new()
            {
                { "macros", Book().Put("xl/vbaProject.bin", "x").File(), FieldFault.WorkbookMacro },
                { "macros elsewhere", Book().Put("a/VBAPROJECT.BIN", "x").File(), FieldFault.WorkbookMacro },
                { "xlsm by kind", Book().Replace(Types, "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main", "vnd.ms-excel.sheet.macroEnabled.main").File(), FieldFault.WorkbookMacro },
                { "macro sheet", Book().Put("xl/macrosheets/sheet1.xml", "x").File(), FieldFault.WorkbookMacro },
                { "macro sheet by relation", Book().Replace(Rels, "/worksheet\"", "/xlMacrosheet\"").File(), FieldFault.WorkbookMacro },
                { "controls", Book().Put("xl/activeX/activeX1.bin", "x").File(), FieldFault.WorkbookMacro },
                { "links", Book().Put("xl/externalLinks/externalLink1.xml", "x").File(), FieldFault.WorkbookLinked },
                { "link by relation", Book().Replace(Rels, "Target=\"sharedStrings.xml\"", "Target=\"file:///c:/x.xlsx\" TargetMode=\"External\"").File(), FieldFault.WorkbookLinked },
                { "data from elsewhere", Book().Put("xl/connections.xml", "x").File(), FieldFault.WorkbookLinked },
                { "password", [.. ole, .. new byte[500], .. Encoding.Unicode.GetBytes("EncryptedPackage"), .. new byte[100]], FieldFault.WorkbookLocked },
                { "xls", [.. ole, .. new byte[500], .. Encoding.Unicode.GetBytes("Workbook"), .. new byte[100]], FieldFault.WorkbookOldKind },
                { "xlsb", Book().Put("xl/workbook.bin", "x").File(), FieldFault.WorkbookOldKind },
                { "another archive", new ABook().Put("readme.txt", "x").File(), FieldFault.NotAWorkbook },
                { "a document", Book().Replace(Types, "spreadsheetml.sheet", "wordprocessingml.document").File(), FieldFault.NotAWorkbook },
                { "an empty archive", new ABook().File(), FieldFault.NotAWorkbook },
                { "no sheets", Book().Replace(Book1, "<sheet ", "<no ").File(), FieldFault.NotAWorkbook },
                { "no workbook", Book().Without(Book1).File(), FieldFault.NotAWorkbook },
                { "no sheet", Book().Without(Sheet1).File(), FieldFault.WorkbookBroken },
                { "a document type", Book().Replace(Sheet1, "<worksheet", "<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet").File(), FieldFault.WorkbookBroken },
                { "an outer entity", Book().Replace(Sheet1, "<worksheet", "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><worksheet").File(), FieldFault.WorkbookBroken },
                { "another root", Book().Replace(Sheet1, "worksheet", "chartsheet").File(), FieldFault.NotAWorkbook },
                { "no end", Book().Replace(Sheet1, "</sheetData>", "").File(), FieldFault.WorkbookBroken },
                { "deep", Book().Put(Sheet1, string.Concat(Enumerable.Repeat("<worksheet>", 100)) + string.Concat(Enumerable.Repeat("</worksheet>", 100))).File(), FieldFault.WorkbookBroken },
                { "a path up", Book().Put("../../etc/passwd", "x").File(), FieldFault.WorkbookBroken },
                { "a path from the root", Book().Put("/etc/passwd", "x").File(), FieldFault.WorkbookBroken },
                { "a path with a drive", Book().Put("c:\\x", "x").File(), FieldFault.WorkbookBroken },
                { "one part twice", Book().Twice(Sheet1).File(), FieldFault.WorkbookBroken },
                { "cut off", good[..(good.Length / 2)], FieldFault.WorkbookBroken },
                { "only a beginning", [0x50, 0x4B, 3, 4], FieldFault.WorkbookBroken },
                { "many parts", Enumerable.Range(0, 1_001).Aggregate(Book(), (book, at) => book.Put($"xl/media/{at}.png", "")).File(), FieldFault.WorkbookTooLarge },
                { "a long text", ABook.With($"""<row r="1"><c r="A1" t="inlineStr"><is><t>{new string('x', 32_768)}</t></is></c></row>""").File(), FieldFault.TooLong },
                { "many columns", ABook.With("""<row r="1"><c r="XFD1"><v>1</v></c></row>""").File(), FieldFault.WorkbookTooLarge },
                { "a long name", Book().Replace(Sheet1, "<sheetData>", $"<{new string('x', 1_100_000)}/><sheetData>").File(CompressionLevel.NoCompression), FieldFault.WorkbookBroken },
                { "many names", Book().Replace(Sheet1, "<sheetData>", string.Concat(Enumerable.Range(0, 6_000).Select(at => $"<x{at}/>")) + "<sheetData>").File(), FieldFault.WorkbookBroken },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    [Requirement("R-INP-01")]
    public void What_is_no_plain_list_is_refused_as_a_whole_with_the_reason(string what, byte[] file, FieldFault fault)
    {
        Assert.True(XlsxReader.Takes(file), what);
        Assert.Equal(fault, Read(file).Problems.Single().Fault);
    }

    [Fact]
    [Requirement("R-INP-01")]
    public void A_bomb_is_refused_by_what_it_says_and_by_what_it_is()
    {
        var bomb = ABook.With("").Put("xl/worksheets/sheet1.xml", [.. "<worksheet><x>"u8, .. Enumerable.Repeat((byte)' ', 32 << 20), .. "</x></worksheet>"u8]).File(CompressionLevel.SmallestSize);
        Assert.Equal(FieldFault.WorkbookTooLarge, Told(bomb, Roomy).Fault);

        // What the archive's directory says is smaller than what is in it.
        var lying = Lie(bomb, "xl/worksheets/sheet1.xml", 1_000);
        Assert.Contains(Told(lying, Roomy).Fault, new[] { FieldFault.WorkbookTooLarge, FieldFault.WorkbookBroken });
        var honest = ABook.With(string.Concat(Enumerable.Range(1, 900).Select(row => $"<row r=\"{row}\"><c r=\"A{row}\"><v>{row * 7919}</v></c></row>"))).File();
        Assert.Empty(Read(honest).Problems);
        Assert.Equal(FieldFault.WorkbookTooLarge, Told(honest, Roomy with { Unpacked = 20_000 }).Fault);
        Assert.Equal(FieldFault.WorkbookTooLarge, Told(honest, Roomy with { Signs = 1_000 }).Fault);
        Assert.Equal(FieldFault.OutOfRange, Told(honest, new(899)).Fault);
    }

    [Fact]
    [Requirement("R-INP-01")]
    public void Shared_texts_have_a_limit_and_problems_are_not_told_without_end()
    {
        var shared = ABook.With("""<row r="1"><c r="A1" t="s"><v>0</v></c></row>""").Shared(string.Concat(Enumerable.Repeat("<si/>", 11))).File();
        Assert.Empty(Read(shared).Problems);
        Assert.Equal(FieldFault.WorkbookTooLarge, Told(shared, Roomy with { SharedTexts = 10 }).Fault);
        Assert.Equal(1_000, Read(ABook.With("", $"<mergeCells>{string.Concat(Enumerable.Repeat("<mergeCell ref=\"A1:B1\"/>", 5_000))}</mergeCells>").File()).Problems.Count);
    }

    [Fact]
    [Requirement("R-INP-01")]
    public void A_damaged_part_is_noticed_by_its_check_value_also_where_it_still_reads_well()
    {
        var file = ABook.With("""<row r="1"><c r="A1" t="inlineStr"><is><t>AS-00417</t></is></c></row>""").File(CompressionLevel.NoCompression);
        file[file.AsSpan().IndexOf("AS-00417"u8) + 7] = (byte)'8';
        Assert.Equal(FieldFault.WorkbookBroken, Told(file, Roomy).Fault);
    }

    [Fact]
    public async Task Reading_stops_when_it_is_told_to()
    {
        using var stop = new CancellationTokenSource();
        using var rows = XlsxReader.Read(ABook.With(string.Concat(Enumerable.Range(1, 900).Select(row => $"<row r=\"{row}\"><c r=\"A{row}\" t=\"inlineStr\"><is><t>{new string('x', 300)}</t></is></c></row>"))).File(), Roomy, _ => { }, stop.Token).GetEnumerator();
        Assert.True(rows.MoveNext());
        await stop.CancelAsync();
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            while (rows.MoveNext())
            {
            }
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [Requirement("R-INP-01")]
    public void A_workbook_changed_at_random_never_breaks_the_reader_nor_yields_more_than_it_may(int seed)
    {
        var chance = new Random(seed);
        var rows = string.Concat(Enumerable.Range(1, 40).Select(row => $"<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>{row % 3}</v></c><c r=\"B{row}\" s=\"0\"><v>{46_000 + row}</v></c><c r=\"C{row}\" t=\"inlineStr\"><is><t>備考 {row}</t></is></c></row>"));
        var book = ABook.With(rows).BuiltIn(14).Shared("<si><t>一</t></si><si><t>二</t></si><si><r><t>三</t></r></si>");
        string[] bits = ["<c>", "<row>", "</row>", "<v>", "</v>", "<f>", "\"", "r=\"A1\"", "r=\"ZZZ9\"", "&#x0;", "&amp;", "<![CDATA[", "]]>", "<!--", "-->", "99999999999", "t=\"e\"", "s=\"9\"", "<is>", "_x0000_", "\u0001", "xmlns=\"\""];
        var (clock, taken) = (Stopwatch.StartNew(), 0);
        var limits = new XlsxLimits(50) { Columns = 5, Unpacked = 1 << 20, Signs = 10_000 };
        for (var turn = 0; turn < 250; turn++)
        {
            var stored = book.File(turn % 2 == 0 ? CompressionLevel.NoCompression : CompressionLevel.Fastest);
            if (turn % 3 == 0)
            {
                // Inside of a part, with the archive whole around it.
                var sheet = new StringBuilder($"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>");
                for (var change = chance.Next(1, 4); change > 0; change--)
                {
                    var at = chance.Next(sheet.Length);
                    _ = chance.Next(3) switch { 0 => sheet.Remove(at, Math.Min(chance.Next(1, 30), sheet.Length - at)), 1 => sheet.Insert(at, bits[chance.Next(bits.Length)]), _ => sheet.Insert(at, sheet.ToString(at, Math.Min(200, sheet.Length - at))) };
                }

                stored = ABook.With(rows).BuiltIn(14).Shared("<si><t>一</t></si>").Put("xl/worksheets/sheet1.xml", sheet.ToString()).File();
            }
            else
            {
                for (var change = chance.Next(1, 6); change > 0; change--)
                {
                    stored[chance.Next(4, stored.Length)] ^= (byte)(1 << chance.Next(8));
                }

                stored = chance.Next(4) == 0 ? stored[..chance.Next(4, stored.Length)] : stored;
            }

            var (read, problems) = Read(stored, limits);
            taken += problems.Count == 0 ? 1 : 0;
            Assert.True(read.Count <= 50 && read.All(row => row.Cells.Length <= 5) && read.Sum(row => row.Cells.Sum(cell => cell.Length)) <= 20_000 && problems.Count <= 1_000, $"turn {turn}");
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed}");
        Assert.InRange(taken, 1, 200);
    }

    // Puts another unpacked size into both places an archive says it.
    private static byte[] Lie(byte[] file, string part, int size)
    {
        byte[] lying = [.. file];
        var name = Encoding.UTF8.GetBytes(part);
        for (var at = 0; (at = lying.AsSpan(at).IndexOf(name) is >= 0 and var next ? at + next : -1) >= 0; at += name.Length)
        {
            var field = lying.AsSpan(at - 30).StartsWith("PK\u0003\u0004"u8) ? at - 30 + 22 : at - 46 + 24;
            _ = BitConverter.TryWriteBytes(lying.AsSpan(field), size);
        }

        return lying;
    }

    private static (List<SheetRow> Rows, List<SheetProblem> Problems) Read(byte[] file, XlsxLimits? limits = null)
    {
        var problems = new List<SheetProblem>();
        return ([.. XlsxReader.Read(file, limits ?? Roomy, problems.Add, default)], problems);
    }

    private static string[] Row(ABook book)
    {
        var (rows, problems) = Read(book.File());
        Assert.Empty(problems);
        return [.. rows.Single().Cells];
    }

    private static (int Row, string Cell, FieldFault Fault) Told(ABook book) => Told(book.File(), Roomy);

    private static (int Row, string Cell, FieldFault Fault) Told(byte[] file, XlsxLimits limits)
    {
        var problem = Assert.Single(Read(file, limits).Problems);
        return (problem.Row, problem.Cell, problem.Fault);
    }
}
