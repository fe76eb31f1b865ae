using System.Net;
using System.Text.RegularExpressions;
using RoomGuard.SystemTests.Operators;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Equipment;

/// <summary>機器台帳 over HTTP at a running office: by the right people, and by wrong ones.</summary>
public sealed partial class AssetRegisterTests(WalkedOffice office) : IClassFixture<WalkedOffice>
{
    [Fact]
    [Requirement("R-LIFE-01")]
    [Requirement("R-LIFE-07")]
    public async Task An_item_is_registered_classified_and_found_by_the_right_people_and_by_nobody_else()
    {
        foreach (var account in new[] { "kobayashi", "hinata", "sadowara", "gokase", "takaharu", "tano" })
        {
            using var refused = await office[account].PostAsync("/equipment/new", Fields("WEB-1"));
            await IsRefused(refused, account);
        }

        using var registered = await office["aya"].PostAsync("/equipment/new", Fields("WEB-1", ("name", "架空の機器 イロハ")));
        await Leads(registered, "/equipment/items/WEB-1");
        Assert.Matches("WEB-1", await Page("takaharu", "/equipment?q=イロハ"));
        Assert.Matches("WEB-1", await Page("takaharu", "/equipment?show=Undecided"));
        Assert.Matches("R-LIFE-07", await Page("aya", "/equipment/items/WEB-1"));

        foreach (var account in new[] { "aya", "miyakonojo", "hinata", "takachiho", "takaharu" })
        {
            using var refused = await office[account].PostAsync("/equipment/items/WEB-1/class", [("version", $"{Version("WEB-1")}"), ("importance", "II"), ("reason", "控えのみ")]);
            await IsRefused(refused, account);
        }

        using var stale = await office["kobayashi"].PostAsync("/equipment/items/WEB-1/class", [("version", "1"), ("importance", "II"), ("reason", "控えのみ")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stale.StatusCode);
        using var decided = await office["kobayashi"].PostAsync("/equipment/items/WEB-1/class", [("version", $"{Version("WEB-1")}"), ("importance", "II"), ("reason", "控えのみ")]);
        await Leads(decided, "/equipment/items/WEB-1");
        var page = await Page("takaharu", "/equipment/items/WEB-1");
        Assert.Matches("(?s)分類の決定.*控えのみ.*機器台帳の登録", page);
        Assert.Matches(@"/entries/\d+", page);
    }

    [Fact]
    [Requirement("R-MOVE-04")]
    public async Task A_place_typed_into_the_form_of_an_item_that_has_one_is_refused_with_the_rule()
    {
        using var registered = await office["aya"].PostAsync("/equipment/new", Fields("WEB-2", ("zone", "SRV-1"), ("rack", "R01")));
        await Leads(registered, "/equipment/items/WEB-2");
        var form = await Page("aya", "/equipment/items/WEB-2/change");
        Assert.DoesNotContain("name=\"zone\"", form, StringComparison.Ordinal);
        Assert.Contains("R-MOVE-04", form, StringComparison.Ordinal);

        using var moved = await office["aya"].PostAsync("/equipment/items/WEB-2/change", Fields("WEB-2", ("version", $"{Version("WEB-2")}"), ("zone", "MED-1")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, moved.StatusCode);
        Assert.Contains("R-MOVE-04", await moved.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("SRV-1", office.Record.Readers.AskNow(db => db.Value("SELECT zone FROM view_assets WHERE tag = 'WEB-2'")));
    }

    [Fact]
    [Requirement("R-MOVE-10")]
    [Requirement("R-LIFE-02")]
    public async Task A_document_goes_out_and_back_and_maintenance_is_written_down()
    {
        using var registered = await office["aya"].PostAsync("/equipment/new", Fields("WEB-3", ("kind", "Document"), ("name", "構成図")));
        await Leads(registered, "/equipment/items/WEB-3");
        using var lent = await office["aya"].PostAsync("/equipment/items/WEB-3/hand-over", [("version", $"{Version("WEB-3")}"), ("holder", "S-0115"), ("dueOn", WalkedOffice.Day(3)), ("purpose", "配線の確認")]);
        await Leads(lent, "/equipment/items/WEB-3");
        Assert.Matches("返却を記録する", await Page("aya", "/equipment/items/WEB-3"));
        using var back = await office["aya"].PostAsync("/equipment/items/WEB-3/hand-back", [("version", $"{Version("WEB-3")}")]);
        await Leads(back, "/equipment/items/WEB-3");
        using var maintained = await office["aya"].PostAsync("/equipment/items/WEB-3/maintain", [("version", $"{Version("WEB-3")}"), ("doneOn", WalkedOffice.Day(0)), ("result", "異常なし")]);
        await Leads(maintained, "/equipment/items/WEB-3");
        Assert.Matches("(?s)定期保守の実施.*媒体・文書の返却.*媒体・文書の貸出", await Page("aya", "/equipment/items/WEB-3"));
    }

    [Fact]
    public async Task Writing_the_list_out_is_in_the_record_with_its_digest()
    {
        using var answer = await office["takaharu"].GetAsync("/equipment.csv?kind=Server");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var newest = System.Text.Encoding.UTF8.GetString(office.Record.Read(office.Record.Size - 1, 1)[0].Payload!);
        Assert.Contains("AssetRegister", newest, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), newest, StringComparison.Ordinal);
        using var refused = await office["sadowara"].GetAsync("/equipment.csv");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    [Requirement("R-INP-03")]
    [Requirement("R-MOVE-04")]
    [Requirement("R-PROF-05")]
    public async Task The_list_that_was_written_out_is_changed_and_taken_in_by_two_people()
    {
        using var registered = await office["aya"].PostAsync("/equipment/new", Fields("WEB-5", ("zone", "SRV-1"), ("rack", "R05")));
        await Leads(registered, "/equipment/items/WEB-5");
        var csv = await Page("aya", "/equipment.csv?q=WEB-5");

        // As it was written out, nothing changes: what one reads is what the other writes.
        Assert.Matches("追加 0件、変更 0件、同じ 1件", await Sent("aya", csv, HttpStatusCode.OK));
        Assert.Matches("(?s)R-MOVE-04", await Sent("aya", csv.Replace(",R05,", ",R06,", StringComparison.Ordinal), HttpStatusCode.UnprocessableEntity));
        var look = await Sent("aya", csv.Replace("業務サーバ", "新しい業務サーバ", StringComparison.Ordinal), HttpStatusCode.OK);
        Assert.Matches("(?s)追加 0件、変更 1件.*品名.*新しい業務サーバ", look);
        Assert.DoesNotContain("/equipment/import/apply", look, StringComparison.Ordinal);
        var token = TokenOf().Match(look).Groups[1].Value;
        foreach (var wrong in new[] { "aya", "kobayashi", "takaharu", "sadowara" })
        {
            using var refused = await office[wrong].PostAsync("/equipment/import/apply", [("token", token)]);
            await IsRefused(refused, wrong);
        }

        Assert.Contains("/equipment/import/apply", await Page("miyakonojo", $"/equipment/import/{token}"), StringComparison.Ordinal);
        using var applied = await office["miyakonojo"].PostAsync("/equipment/import/apply", [("token", token)]);
        await Leads(applied, "/equipment");
        Assert.Matches("(?s)新しい業務サーバ", await Page("takaharu", "/equipment/items/WEB-5"));
    }

    [Fact]
    [Requirement("R-SIGN-01")]
    public async Task A_list_written_out_as_a_run_is_an_entry_before_it_is_fetched_by_the_one_who_began_it()
    {
        using var registered = await office["aya"].PostAsync("/equipment/new", Fields("WEB-7", ("zone", "SRV-1"), ("rack", "R05")));
        await Leads(registered, "/equipment/items/WEB-7");
        using var begun = await office["aya"].PostAsync("/equipment/export?q=WEB-7", [("as", "xlsx")]);
        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        var run = begun.Headers.Location!.OriginalString;
        var page = await Site.RunningSite.UntilAsync(() => Page("aya", run), now => now.Contains("/file\"", StringComparison.Ordinal), 30, "the list is written");
        Assert.Contains("1件を書き出しました", page, StringComparison.Ordinal);
        var newest = System.Text.Encoding.UTF8.GetString(office.Record.Read(office.Record.Size - 1, 1)[0].Payload!);

        using var file = await office["aya"].GetAsync($"{run}/file");
        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", file.Content.Headers.ContentType?.ToString());
        var bytes = await file.Content.ReadAsByteArrayAsync();
        Assert.Contains(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), newest, StringComparison.Ordinal);
        Assert.Contains("/equipment.xlsx?q=WEB-7", newest.Replace("\\u0026", "&", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Matches("追加 0件、変更 0件、同じ 1件", await Sent("aya", bytes, "台帳.xlsx", HttpStatusCode.OK));

        // Others may see the register, and have lists of their own.
        using var other = await office["miyakonojo"].GetAsync($"{run}/file");
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        using var stopped = await office["miyakonojo"].PostAsync($"{run}/stop", []);
        using var still = await office["aya"].GetAsync($"{run}/file");
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        using var refused = await office["sadowara"].GetAsync($"{run}/file");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var never = await office["sadowara"].PostAsync("/equipment/export", [("as", "csv")]);
        Assert.Equal(HttpStatusCode.Forbidden, never.StatusCode);
    }

    [Fact]
    [Requirement("R-INP-01")]
    [Requirement("R-INP-03")]
    [Requirement("R-PROF-05")]
    public async Task The_workbook_that_was_written_out_is_changed_by_another_program_and_taken_in_by_two_people()
    {
        using var registered = await office["aya"].PostAsync("/equipment/new", Fields("WEB-6", ("zone", "SRV-1"), ("rack", "R05")));
        await Leads(registered, "/equipment/items/WEB-6");
        var book = await office["aya"].Http.GetByteArrayAsync(new Uri("/equipment.xlsx?q=WEB-6", UriKind.Relative));
        Assert.Matches("追加 0件、変更 0件、同じ 1件", await Sent("aya", book, "台帳.xlsx", HttpStatusCode.OK));
        Assert.Matches("追加 0件、変更 0件、同じ 1件", await Sent("aya", await Changed(book, ""), "台帳.xlsx", HttpStatusCode.OK));

        var formula = await Sent("aya", await Changed(book, "sheet['C2'] = '=\"新しい\"&D2'"), "台帳.xlsx", HttpStatusCode.UnprocessableEntity);
        Assert.Contains("セル C2 に数式があります", formula, StringComparison.Ordinal);
        Assert.Contains("値の貼り付け", formula, StringComparison.Ordinal);
        Assert.Contains("結合", await Sent("aya", await Changed(book, "sheet.merge_cells('C2:D2')"), "台帳.xlsx", HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
        Assert.Contains("シート1枚", await Sent("aya", await Changed(book, "book.create_sheet('控え')['A1'] = 1"), "台帳.xlsx", HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);

        var look = await Sent("aya", await Changed(book, "sheet['C2'] = '業務サーバ改'; sheet['W2'] = datetime.date(2032, 3, 31); sheet['T2'] = 12"), "台帳.csv", HttpStatusCode.OK);
        Assert.Matches("(?s)追加 0件、変更 1件.*業務サーバ改", look);
        Assert.Contains("2032-03-31", look, StringComparison.Ordinal);
        var token = TokenOf().Match(look).Groups[1].Value;
        foreach (var wrong in new[] { "aya", "takaharu", "sadowara" })
        {
            using var refused = await office[wrong].PostAsync("/equipment/import/apply", [("token", token)]);
            await IsRefused(refused, wrong);
        }

        using var applied = await office["miyakonojo"].PostAsync("/equipment/import/apply", [("token", token)]);
        await Leads(applied, "/equipment");
        Assert.Matches("(?s)業務サーバ改.*2032", await Page("takaharu", "/equipment/items/WEB-6"));
    }

    // Opens a workbook in a program we did not write, changes it there and saves it: with shared texts and styles of its own.
    private static async Task<byte[]> Changed(byte[] book, string change)
    {
        var folder = Directory.CreateTempSubdirectory("roomguard-xlsx-");
        try
        {
            var file = Path.Combine(folder.FullName, "register.xlsx");
            await File.WriteAllBytesAsync(file, book);
            var script = $"import sys, datetime, openpyxl\nbook = openpyxl.load_workbook(sys.argv[1])\nsheet = book.active\n{change}\nbook.save(sys.argv[1])\n";
            using var python = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("/usr/bin/python3", ["-c", script, file]) { RedirectStandardError = true })!;
            var said = await python.StandardError.ReadToEndAsync();
            await python.WaitForExitAsync();
            Assert.True(python.ExitCode == 0, said);
            return await File.ReadAllBytesAsync(file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private Task<string> Sent(string account, string csv, HttpStatusCode expected) => Sent(account, System.Text.Encoding.UTF8.GetBytes(csv), "台帳.csv", expected);

    private async Task<string> Sent(string account, byte[] list, string name, HttpStatusCode expected)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await office[account].TokenAsync()), "__RequestVerificationToken" },
            { new ByteArrayContent(list), "file", name },
        };
        using var answer = await office[account].Http.PostAsync(new Uri("/equipment/import", UriKind.Relative), form);
        var said = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.True(answer.StatusCode == expected, $"{(int)answer.StatusCode} {Tags().Replace(said, " ")}");
        return said;
    }

    private static (string, string)[] Fields(string tag, params (string Field, string Value)[] more) =>
    [
        .. new (string Field, string Value)[]
        {
            ("tag", tag), ("kind", "Server"), ("name", "業務サーバ"), ("maker", "架空電算"), ("model", "SV-20"), ("serial", $"SER-{tag}"), ("segment", "MyNumber"), ("manager", "S-0102"), ("hasStorage", "yes"),
            ("storage", $"SSD-{tag}, SSD"), ("maintenanceMonths", "6"), ("maintenanceFrom", "2026-04-01"), ("supportEnds", "2031-03-31"),
        }.Where(field => more.All(other => other.Field != field.Field)),
        .. more,
    ];

    private static async Task IsRefused(HttpResponseMessage answer, string account)
    {
        Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{account}: {(int)answer.StatusCode}");
        Assert.Matches("R-(SIGN|LIFE|PROF)-", await answer.Content.ReadAsStringAsync());
    }

    private static async Task Leads(HttpResponseMessage answer, string path)
    {
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, Tags().Replace(await answer.Content.ReadAsStringAsync(), " "));
        Assert.StartsWith(path, answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    private async Task<string> Page(string account, string path)
    {
        using var answer = await office[account].GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private long Version(string tag) => office.Count("SELECT version FROM view_assets WHERE tag = $1", tag);

    [GeneratedRegex("/equipment/import/([0-9a-f]{32})")]
    private static partial Regex TokenOf();

    [GeneratedRegex("<[^>]*>|\\s+")]
    private static partial Regex Tags();
}
