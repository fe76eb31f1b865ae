using System.IO.Compression;
using System.Xml.Linq;
using RoomGuard.Dashboard.Sheets;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Dashboard.Sheets;

/// <summary>Workbooks, read back part by part. That Python's openpyxl reads them too is a test of the pages.</summary>
public class XlsxWriterTests
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    public static TheoryData<string> Formulas => ["=1+1", "+81", "-1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"http://x\")", "＝1+1"];

    [Fact]
    public async Task A_list_is_one_sheet_with_texts_numbers_and_days()
    {
        var cells = await Cells(["機器番号", "月", "日"], [[new SheetCell(), SheetCell.Of(6), SheetCell.Of(new DateOnly(2026, 4, 1))], ["AS-00417", SheetCell.Of(-1), SheetCell.Of(new DateOnly(1899, 1, 1))]]);
        Assert.Equal("機器番号", Text(cells["A1"]));
        Assert.False(cells.ContainsKey("A2"));
        Assert.Equal("6", cells["B2"].Element(Main + "v")!.Value);

        // 1 April 2026 is day 46113 of a workbook; the calendar before March 1900 is none Excel knows.
        Assert.Equal(("46113", "1"), (cells["C2"].Element(Main + "v")!.Value, (string?)cells["C2"].Attribute("s")));
        Assert.Equal("AS-00417", Text(cells["A3"]));
        Assert.Equal("1899-01-01", Text(cells["C3"]));
    }

    [Theory]
    [MemberData(nameof(Formulas))]
    [Requirement("R-INP-05")]
    public async Task What_begins_like_a_formula_is_a_text_and_stays_one_when_it_is_edited(string text)
    {
        var cell = (await Cells(["x"], [[text]]))["A2"];
        Assert.Equal(("inlineStr", "3"), ((string?)cell.Attribute("t"), (string?)cell.Attribute("s")));
        Assert.Null(cell.Element(Main + "f"));
        Assert.Equal(text.Replace("\r", "_x000D_", StringComparison.Ordinal), Text(cell));
    }

    [Theory]
    [InlineData("<&>\"'", "<&>\"'")]
    [InlineData("a\u0000b\u001Fc\uFFFE", "a_x0000_b_x001F_c_xFFFE_")]
    [InlineData("_x0041_ _x41", "_x005F_x0041_ _x41")]
    [InlineData("𠮷野家 髙橋 👩‍💻", "𠮷野家 髙橋 👩‍💻")]
    [InlineData("  二行\nあり  ", "  二行\nあり  ")]
    public async Task Every_sign_is_written_so_that_Excel_reads_it(string text, string written)
    {
        var cell = (await Cells(["x"], [["あ" + text]]))["A2"];
        Assert.Equal("あ" + written, Text(cell));
    }

    [Fact]
    public async Task A_lone_surrogate_does_not_break_the_book() => Assert.Equal("あ_xD800_い", Text((await Cells(["x"], [["あ\uD800い"]]))["A2"]));

    [Fact]
    public async Task A_text_longer_than_a_cell_is_cut() => Assert.Equal(XlsxWriter.LongestText, Text((await Cells(["x"], [[new string('あ', 40_000)]]))["A2"]).Length);

    [Theory]
    [InlineData(0, "A")]
    [InlineData(25, "Z")]
    [InlineData(26, "AA")]
    [InlineData(701, "ZZ")]
    [InlineData(702, "AAA")]
    public void Columns_have_their_letters(int at, string letters) => Assert.Equal(letters, XlsxWriter.ColumnOf(at));

    [Fact]
    public async Task A_book_that_broke_off_does_not_open()
    {
        using var into = new MemoryStream();
        var writer = await XlsxWriter.BeginAsync(into, "表", ["x"], new DateTimeOffset(2026, 5, 11, 9, 0, 0, TimeSpan.FromHours(9)), default);
        await writer.RowAsync(new SheetCell[] { "あ" }, default);
        Assert.Throws<InvalidDataException>(() => new ZipArchive(new MemoryStream(into.ToArray())));
    }

    private static string Text(XElement cell) => cell.Element(Main + "is")!.Element(Main + "t")!.Value;

    private static async Task<Dictionary<string, XElement>> Cells(string[] heads, SheetCell[][] rows)
    {
        using var into = new MemoryStream();
        var writer = await XlsxWriter.BeginAsync(into, "機器台帳", heads, new DateTimeOffset(2026, 5, 11, 9, 0, 0, TimeSpan.FromHours(9)), default);
        foreach (var row in rows)
        {
            await writer.RowAsync(row, default);
        }

        await writer.EndAsync(default);
        using var book = new ZipArchive(new MemoryStream(into.ToArray()));
        Assert.Equal(
            ["[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"], book.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        foreach (var part in book.Entries)
        {
            await using var content = await part.OpenAsync();
            _ = await XDocument.LoadAsync(content, LoadOptions.PreserveWhitespace, default);
        }

        await using var sheet = await book.GetEntry("xl/worksheets/sheet1.xml")!.OpenAsync();
        return (await XDocument.LoadAsync(sheet, LoadOptions.PreserveWhitespace, default)).Descendants(Main + "c").ToDictionary(cell => (string)cell.Attribute("r")!);
    }
}
