using System.Net;
using System.Text;
using Microsoft.Playwright;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Pages;

/// <summary>機器台帳 in a browser and over HTTP.</summary>
public class EquipmentPagesTests(PagesFixture pages) : IClassFixture<PagesFixture>
{
    // What a person looks at after a change: set ROOMGUARD_SCREENSHOTS to a folder and the pages are kept there as pictures.
    private static readonly string? Look = Environment.GetEnvironmentVariable("ROOMGUARD_SCREENSHOTS");

    [Fact]
    public async Task A_change_of_many_names_what_changed_meanwhile_and_shows_the_list_anew()
    {
        await using var visitor = await pages.Visit(scripts: false);
        var page = await visitor.Open("/equipment");
        await page.ClickAsync("a[href='/equipment/bulk']");
        await page.SelectOptionAsync("[name=act]", "Manager");
        await page.FillAsync("[name=manager]", "S-0134");
        await page.ClickAsync("form[method=get] button[type=submit]");
        Assert.Contains("act=Manager", page.Url, StringComparison.Ordinal);
        Assert.Equal(await page.Locator("tbody tr").CountAsync() - 1, await page.Locator("input[name=item]:checked").CountAsync());
        Assert.Contains("そのまま", await page.Locator("tbody tr").Nth(1).InnerTextAsync(), StringComparison.Ordinal);
        await page.ClickAsync("main form[method=post] button[type=submit]");
        Assert.Contains("表示してから変わりました", await page.Locator("[role=alert].problems").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("S-0134", await page.InputValueAsync("[name=manager] >> nth=0"));
    }

    [Theory]
    [InlineData("/equipment", "equipment")]
    [InlineData("/equipment/items/AS-00417", "equipment-item")]
    [InlineData("/equipment/items/AS-00417/change", "equipment-form")]
    [InlineData("/equipment/labels", "equipment-labels")]
    [InlineData("/equipment/bulk", "equipment-bulk")]
    [InlineData("/equipment/bulk?act=Manager&manager=S-0134", "equipment-bulk-look")]
    [InlineData("/equipment/bulk?act=Manager&manager=S-9999", "equipment-bulk-wrong")]
    [InlineData("/equipment/import", "equipment-import")]
    [InlineData("/equipment/import/token-1", "equipment-import-look")]
    [InlineData("/equipment/import/runs/run-1", "equipment-import-run")]
    [InlineData("/equipment?q=many", "equipment-many")]
    [InlineData("/equipment/export/runs/run-1", "equipment-export-run")]
    [InlineData("/equipment/export/runs/run-2", "equipment-export-done")]
    [InlineData("/equipment/export/runs/run-3", "equipment-export-failed")]
    [InlineData("/moves", "moves")]
    [InlineData("/moves/M-2026-0019", "move-interrupted")]
    [InlineData("/moves/M-2026-0018", "move-checked")]
    [InlineData("/moves/M-2026-0017", "move-installing")]
    [InlineData("/moves/sheet", "move-sheet")]
    [InlineData("/apply/move", "move-apply")]
    [InlineData("/disposals", "disposals")]
    [InlineData("/disposals/D-2026-0012", "disposal-approved")]
    [InlineData("/disposals/D-2026-0014", "disposal-out")]
    [InlineData("/disposals/D-2026-0014/sheet", "disposal-sheet")]
    [InlineData("/offsite", "offsite")]
    [InlineData("/transfers", "transfers")]
    public async Task The_pages_fit_both_widths_in_both_colours_without_complaint_and_axe_finds_nothing(string route, string name)
    {
        foreach (var (width, scheme) in new[] { (1280, ColorScheme.Light), (360, ColorScheme.Dark) })
        {
            await using var visitor = await pages.Visit(width, 800, scheme, preload: await PagesTests.AxeScript());
            var page = await visitor.Open(route);
            Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));
            if (Look is not null)
            {
                _ = await page.ScreenshotAsync(new() { Path = Path.Combine(Look, $"{name}-{width}.png"), FullPage = true });
            }

            Assert.Empty(await PagesTests.Axe(page));
            Assert.Empty(visitor.Complaints);
        }
    }

    [Fact]
    [Requirement("R-LIFE-09")]
    public async Task Every_label_carries_the_class_that_counts_and_a_code_of_the_tag_alone()
    {
        await using var visitor = await pages.Visit(scripts: false);
        var page = await visitor.Open("/equipment/labels");
        var labels = await page.Locator(".label").EvaluateAllAsync<string[]>("items => items.map(item => item.innerText.replace(/\\s+/g, ' '))");
        Assert.Equal(4, labels.Length);
        Assert.All(labels, label => Assert.Matches("重要性分類 [ⅠⅡⅢⅣ]", label));
        Assert.Matches("AS-00418.*Ⅰ ?\\(暫定\\)", labels[1]);
        Assert.Equal(RoomGuard.Dashboard.Visits.QrCode.Svg("AS-00417").Path, await page.Locator(".label svg path").First.GetAttributeAsync("d"));
    }

    [Fact]
    [Requirement("R-INP-05")]
    public async Task The_list_opens_in_Excel_and_runs_nothing_there()
    {
        using var client = pages.Host.Client();
        using var answer = await client.GetAsync("/equipment.csv");
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var text = Encoding.UTF8.GetString(bytes);
        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.True(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble));
        Assert.All(text.TrimEnd('\n', '\r').Split("\r\n"), line => Assert.DoesNotContain('\n', line));
        Assert.Contains("\"架空, \"\"電算\"\"\"", text, StringComparison.Ordinal);
        Assert.Contains("\"'=HYPERLINK(", text, StringComparison.Ordinal);
        Assert.DoesNotContain(",=", text, StringComparison.Ordinal);
        Assert.DoesNotContain(",\"=", text, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-INP-05")]
    public async Task The_workbook_is_read_by_a_program_we_did_not_write_and_holds_no_formula()
    {
        var said = await Workbook("/equipment.xlsx");
        Assert.Contains("機器台帳 A2 5 31", said, StringComparison.Ordinal);
        Assert.Contains("A1 s General False 機器番号", said, StringComparison.Ordinal);
        Assert.Contains("A2 s General False AS-00417", said, StringComparison.Ordinal);
        Assert.Matches(@"T2 n General False 6\n", said);
        Assert.Matches(@"U2 d yyyy\\-mm\\-dd False 2026-04-01 00:00:00", said);
        Assert.Matches(@"AD2 s General True =HYPERLINK", said);
        Assert.DoesNotContain(" f ", said, StringComparison.Ordinal);
    }

    [Theory]
    [Requirement("R-INP-05")]
    [InlineData("/moves.xlsx", "搬入出記録簿", "搬入出番号", "M-2026-0019")]
    [InlineData("/disposals.xlsx", "廃棄・消去記録", "記録番号", "D-2026-")]
    [InlineData("/carry.xlsx", "持出し・持込み", "許可番号", "K-2026-")]
    [InlineData("/works.xlsx", "作業記録", "作業番号", "W-2026-")]
    public async Task Each_register_is_a_workbook_too_with_its_official_columns(string path, string title, string firstColumn, string first)
    {
        var said = await Workbook(path);
        Assert.StartsWith($"{title} A2 ", said, StringComparison.Ordinal);
        Assert.Contains($"A1 s General False {firstColumn}", said, StringComparison.Ordinal);
        Assert.Contains($"A2 s General False {first}", said, StringComparison.Ordinal);
        Assert.DoesNotContain(" f ", said, StringComparison.Ordinal);
    }

    private async Task<string> Workbook(string path)
    {
        using var client = pages.Host.Client();
        using var answer = await client.GetAsync(path);
        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", answer.Content.Headers.ContentType?.ToString());
        var file = Path.Combine(Directory.CreateTempSubdirectory("roomguard-xlsx-").FullName, "register.xlsx");
        await File.WriteAllBytesAsync(file, await answer.Content.ReadAsByteArrayAsync());
        const string Read = """
            import sys, openpyxl
            sheet = openpyxl.load_workbook(sys.argv[1]).active
            print(sheet.title, sheet.freeze_panes, sheet.max_row, sheet.max_column)
            for row in sheet.iter_rows(min_row=1, max_row=2):
                for cell in row:
                    if cell.value is not None:
                        print(cell.coordinate, cell.data_type, cell.number_format, cell.quotePrefix, cell.value)
            """;
        using var python = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("/usr/bin/python3", ["-c", Read, file])
        {
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
            Environment = { ["PYTHONIOENCODING"] = "utf-8" },
        })!;
        var said = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        return said;
    }

    [Fact]
    public async Task A_long_list_is_written_while_one_looks_on_and_fetched_when_it_is_done()
    {
        await using var visitor = await pages.Visit();
        var page = await visitor.Open("/equipment?q=many");
        await page.GetByRole(AriaRole.Button, new() { Name = "Excelで書き出す" }).ClickAsync();
        await page.WaitForURLAsync("**/equipment/export/runs/live-*");
        await Assertions.Expect(page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("100,000件のうち")).ToBeVisibleAsync();

        // Nobody loads the page again.
        var fetch = page.GetByRole(AriaRole.Link, new() { Name = "ファイルを受け取る" });
        await Assertions.Expect(fetch).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("100,000件を書き出しました。")).ToBeVisibleAsync();
        var file = await page.RunAndWaitForDownloadAsync(() => fetch.ClickAsync());
        Assert.Equal("asset-register-20261121-143208.xlsx", file.SuggestedFilename);
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Without_scripts_one_looks_again_and_may_stop_it()
    {
        await using var visitor = await pages.Visit(scripts: false);
        var page = await visitor.Open("/equipment?q=many");
        await page.GetByRole(AriaRole.Button, new() { Name = "Excelで書き出す" }).ClickAsync();
        for (var look = 0; look < 3; look++)
        {
            await page.GetByRole(AriaRole.Link, new() { Name = "最新の状態を見る" }).ClickAsync();
        }

        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "ファイルを受け取る" })).ToBeVisibleAsync();

        page = await visitor.Open("/equipment?q=many");
        await page.GetByRole(AriaRole.Button, new() { Name = "CSVで書き出す" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "中止" }).ClickAsync();
        await Assertions.Expect(page.GetByText("中止しました。ファイルは残っていません。")).ToBeVisibleAsync();

        page = await visitor.Open("/equipment?q=many full");
        await page.GetByRole(AriaRole.Button, new() { Name = "CSVで書き出す" }).ClickAsync();
        await Assertions.Expect(page.GetByText("同時に書き出せるのは1人2件までです")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_short_list_is_there_at_once_and_a_run_that_is_over_says_why()
    {
        using var client = pages.Host.Client();
        var list = await client.GetStringAsync("/equipment");
        Assert.Contains("href=\"/equipment.xlsx\"", list, StringComparison.Ordinal);
        Assert.DoesNotContain("/equipment/export", list, StringComparison.Ordinal);
        foreach (var path in new[] { "/equipment/export/runs/none", "/equipment/export/runs/none/file", "/fragments/equipment-export/none", "/equipment/export/runs/run-1/file" })
        {
            using var answer = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Contains("別の人です", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_next_page_keeps_the_filters()
    {
        using var client = pages.Host.Client();
        var html = WebUtility.HtmlDecode(await client.GetStringAsync("/equipment?q=装置&kind=Storage&show=Incomplete"));
        Assert.Contains("/equipment?q=%E8%A3%85%E7%BD%AE&kind=Storage&show=Incomplete&after=DOC-0012", html, StringComparison.Ordinal);
        Assert.Contains("/equipment.csv?q=%E8%A3%85%E7%BD%AE&kind=Storage&show=Incomplete", html, StringComparison.Ordinal);
        Assert.Contains("<option value=\"Storage\" selected>", html, StringComparison.Ordinal);
    }
}
