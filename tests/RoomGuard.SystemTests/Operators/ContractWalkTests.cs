using System.Net;
using System.Text.RegularExpressions;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Zones;
using RoomGuard.Service.Contractors;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Operators;

/// <summary>A contractor is checked, reported, taken out for audit and asked for what it holds, over HTTP by the right people, and by a wrong one at every step.</summary>
public sealed partial class ContractWalkTests(WalkedOffice office) : IClassFixture<WalkedOffice>
{
    private string Id => (string)office.Record.Readers.AskNow(db => db.Value("SELECT contract FROM view_contract_workers WHERE person = 'K-0012' ORDER BY contract LIMIT 1"))!;

    [Fact]
    [Requirement("R-CON-05")]
    public async Task A_check_reaches_the_supervising_officer_and_what_is_grave_the_chief_who_take_note_of_it()
    {
        (string, string)[] check = [("checkedOn", WalkedOffice.Day(0)), ("finding", "Grave"), ("result", "入退室の手順が守られていない")];
        foreach (var wrong in new[] { "hinata", "takachiho", "miyakonojo", "takaharu", "gokase" })
        {
            using var refused = await office[wrong].PostAsync($"/contracts/{Id}/check", check);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        using var future = await office["kobayashi"].PostAsync($"/contracts/{Id}/check", [("checkedOn", WalkedOffice.Day(1)), .. check[1..]]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, future.StatusCode);
        using var done = await office["kobayashi"].PostAsync($"/contracts/{Id}/check", check);
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        var n = office.Record.Readers.AskNow(db => ContractsView.Checks(db, new(Id)))[0].N;
        foreach (var reader in new[] { "hinata", "takachiho" })
        {
            Assert.Contains("/contracts?show=Reported", await Page(reader, "/approvals"), StringComparison.Ordinal);
            Assert.Contains(Id, await Page(reader, "/contracts?show=Reported"), StringComparison.Ordinal);
            Assert.Contains($"/contracts/{Id}/checks/{n}/receive", await Page(reader, $"/contracts/{Id}"), StringComparison.Ordinal);
        }

        using var wrongly = await office["kobayashi"].PostAsync($"/contracts/{Id}/checks/{n}/receive", []);
        Assert.Equal(HttpStatusCode.Forbidden, wrongly.StatusCode);
        Assert.Contains("R-CON-05", await wrongly.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var reader in new[] { "hinata", "takachiho" })
        {
            using var received = await office[reader].PostAsync($"/contracts/{Id}/checks/{n}/receive", []);
            Assert.Equal(HttpStatusCode.Redirect, received.StatusCode);
            Assert.DoesNotContain("/contracts?show=Reported", await Page(reader, "/approvals"), StringComparison.Ordinal);
        }
    }

    [Fact]
    [Requirement("R-CON-06")]
    public async Task The_auditor_alone_takes_out_what_a_contractor_did_and_each_row_leads_to_its_entry()
    {
        var n = await office.Record.AppendAsync(
            new EntryDenied(WalkedOffice.Now, new("SRV-1-D1"), new("SRV-1"), new("reader-srv-in"), DenyReason.OutsideHours, new("K-0012"), null, new(4711), null, [EntryMethod.Card], 1, []), default);
        foreach (var wrong in new[] { "kobayashi", "hinata", "takachiho", "miyakonojo", "gokase" })
        {
            foreach (var path in new[] { $"/contracts/{Id}/trail", $"/contracts/{Id}/trail.csv" })
            {
                using var refused = await office[wrong].GetAsync(path);
                Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            }
        }

        var page = await Page("takaharu", $"/contracts/{Id}/trail?from={WalkedOffice.Day(0)}&kind=Entry");
        Assert.Contains($"href=\"/entries/{n}\"", page, StringComparison.Ordinal);
        Assert.Contains("五ヶ瀬", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"href=\"/entries/{n}\"", await Page("takaharu", $"/contracts/{Id}/trail?from={WalkedOffice.Day(0)}&kind=Move"), StringComparison.Ordinal);
        using var csv = await office["takaharu"].GetAsync($"/contracts/{Id}/trail.csv?from={WalkedOffice.Day(0)}");
        Assert.Equal("text/csv", csv.Content.Headers.ContentType!.MediaType);
        Assert.Matches($"(?m)^{n},", await csv.Content.ReadAsStringAsync());
        Assert.Equal("record.exported", office.Record.Read(office.Record.Size - 1, 1)[0].Kind);
        using var unknown = await office["takaharu"].GetAsync("/contracts/K-0000-0000/trail");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    [Requirement("R-LIFE-11")]
    public async Task What_is_entrusted_stands_on_the_contract_until_it_is_back_or_its_destruction_is_proven()
    {
        var firm = office.Record.Readers.AskNow(db => ContractsView.One(db, new(Id)))!.Firms[0].Firm;
        (string, string)[] thing = [("entrustedKind", "Information"), ("label", "構成図の写し"), ("entrustedFirm", firm), ("handedOn", WalkedOffice.Day(-1))];
        using var refused = await office["miyakonojo"].PostAsync($"/contracts/{Id}/entrust", thing);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var handed = await office["kobayashi"].PostAsync($"/contracts/{Id}/entrust", thing);
        Assert.Equal(HttpStatusCode.Redirect, handed.StatusCode);
        Assert.Matches("(?s)id=\"contract-holdings\".*構成図の写し.*id=\"contract-entrusted\"", await Page("takaharu", $"/contracts/{Id}"));
        using var unproven = await office["kobayashi"].PostAsync($"/contracts/{Id}/settle", [("no", "1"), ("settlement", "Destroyed"), ("settledOn", WalkedOffice.Day(0)), ("proof", "")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unproven.StatusCode);
        using var settled = await office["kobayashi"].PostAsync($"/contracts/{Id}/settle", [("no", "1"), ("settlement", "Destroyed"), ("settledOn", WalkedOffice.Day(0)), ("proof", "SH-0456")]);
        Assert.Equal(HttpStatusCode.Redirect, settled.StatusCode);
        Assert.DoesNotMatch("(?s)id=\"contract-holdings\".*構成図の写し.*id=\"contract-entrusted\"", await Page("takaharu", $"/contracts/{Id}"));
    }

    [Fact]
    [Requirement("R-CON-07")]
    public async Task A_contract_that_was_ended_before_it_began_is_over_and_a_longer_term_is_refused()
    {
        (string, string)[] terms(int until) =>
        [
            ("title", "来月からの保守"), ("firm", "架空来月保守株式会社"), ("work", "保守"), ("subcontractors", ""), ("personInCharge", "架空 一"), ("section", "情報政策課"), ("places", "SRV-1"), ("workers", ""),
            ("from", WalkedOffice.Day(30)), ("until", WalkedOffice.Day(until)), ("selectionCheckedOn", ""), ("selectionResult", ""),
        ];
        using var made = await office["kobayashi"].PostAsync("/contracts/new", terms(60));
        var path = made.Headers.Location!.ToString().Split('?')[0];
        Assert.Contains("契約前", await Page("takaharu", path), StringComparison.Ordinal);
        using var ended = await office["kobayashi"].PostAsync($"{path}/end", [("endsOn", WalkedOffice.Day(10)), ("reason", "取りやめ")]);
        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        Assert.DoesNotContain("契約前", await Page("takaharu", path), StringComparison.Ordinal);
        using var longer = await office["kobayashi"].PostAsync($"{path}/change", terms(90));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, longer.StatusCode);
    }

    [Fact]
    public async Task The_schedule_shows_what_passes_what_is_open_and_what_is_due_to_those_who_may_see_it()
    {
        using var item = await office["aya"].PostAsync("/equipment/new", CaseWalk.Item("SCH-1"));
        Assert.Equal(HttpStatusCode.Redirect, item.StatusCode);
        var asked = await office.Apply("aya", "move", CaseWalk.Move("SCH-1", "S-0230"));
        Assert.Matches($"(?s)id=\"step-Applied\".*{asked}.*id=\"step-Permitted\"", await Page("miyakonojo", "/schedule/board?kind=move"));
        Assert.DoesNotContain(asked, await Page("miyakonojo", "/schedule/board?kind=work"), StringComparison.Ordinal);
        Assert.DoesNotContain("SCH-1", await Page("takaharu", "/schedule"), StringComparison.Ordinal);
        using var allowed = await office.Step("miyakonojo", asked, "allow");
        Assert.Equal(HttpStatusCode.Redirect, allowed.StatusCode);
        var move = (string)office.Record.Readers.AskNow(db => db.Value("SELECT move FROM view_move_items WHERE tag = 'SCH-1'"))!;
        foreach (var reader in new[] { "takaharu", "tano", "sadowara" })
        {
            Assert.Contains(move, await Page(reader, "/schedule"), StringComparison.Ordinal);
            Assert.Matches($"(?s)id=\"step-Permitted\".*{move}.*id=\"step-UnderWay\"", await Page(reader, "/schedule/board"));
        }

        // Contractors see what they have a hand in, and only they.
        Assert.DoesNotContain(move, await Page("gokase", "/schedule"), StringComparison.Ordinal);
        Assert.DoesNotContain(move, await Page("gokase", "/schedule/board"), StringComparison.Ordinal);
        Assert.DoesNotContain(move, await Page("takaharu", $"/schedule?day={WalkedOffice.Day(9)}"), StringComparison.Ordinal);

        // Half a year after 2026-04-01 the maintenance is due, for those who see the register.
        Assert.Matches("(?s)id=\"d-2026-10-01\".*定期保守.*SCH-1", await Page("aya", "/schedule/calendar?month=2026-10"));
        Assert.DoesNotContain("SCH-1", await Page("sadowara", "/schedule/calendar?month=2026-10"), StringComparison.Ordinal);
        Assert.Contains("href=\"/schedule\"", Menu().Match(await Page("sadowara", "/me")).Value, StringComparison.Ordinal);
    }

    private async Task<string> Page(string account, string path)
    {
        using var answer = await office[account].GetAsync(path);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{account} {path}: {(int)answer.StatusCode}");
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("(?s)<nav class=\"menu\".*?</nav>")]
    private static partial Regex Menu();
}
