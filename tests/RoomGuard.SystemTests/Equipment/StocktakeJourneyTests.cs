using System.Net;
using System.Text.RegularExpressions;
using RoomGuard.Service.Equipment;
using RoomGuard.SystemTests.Operators;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Equipment;

/// <summary>棚卸 with two missing items, over HTTP at a running office: by the right people, and by a wrong one at every step.</summary>
public sealed partial class StocktakeJourneyTests(WalkedOffice office) : IClassFixture<WalkedOffice>
{
    [Fact]
    [Requirement("R-MOVE-11")]
    [Requirement("R-MOVE-04")]
    [Requirement("R-INP-04")]
    public async Task A_room_is_counted_two_items_are_missing_and_a_manager_who_did_not_count_confirms_it()
    {
        foreach (var tag in new[] { "ST-1", "ST-2", "ST-3" })
        {
            await Goes("aya", "/equipment/new", [.. CaseWalk.Item(tag), ("zone", "SRV-1"), ("rack", "R09")]);
        }

        await Goes("aya", "/equipment/new", [.. CaseWalk.Item("ST-9"), ("zone", "MED-1"), ("rack", "棚2")]);
        foreach (var wrong in new[] { "sadowara", "gokase", "takaharu", "kobayashi", "hinata" })
        {
            await IsRefused(wrong, "/stocktakes/open", [("zone", "SRV-1")]);
        }

        var path = await Goes("aya", "/stocktakes/open", [("zone", "SRV-1")]);
        var id = Number().Match(path).Value;
        Assert.Contains("R-MOVE-11", await Complains("aya", "/stocktakes/open", [("zone", "SRV-1")]), StringComparison.Ordinal);

        // Counted: by the script's way, twice, and one by the plain form.
        await IsRefused("takaharu", $"/stocktakes/{id}/reads", [("script", "1"), ("read", "a1|2026-01-01T00:00:00.000Z|ST-1")]);
        for (var times = 0; times < 2; times++)
        {
            using var counted = await office["aya"].PostAsync($"/stocktakes/{id}/reads", [("script", "1"), ("read", "a1|2026-01-01T00:00:00.000Z|ST-1"), ("read", "a2|2026-01-01T00:00:01.000Z|ST-9")]);
            var said = WebUtility.HtmlDecode(await counted.Content.ReadAsStringAsync());
            Assert.Equal(HttpStatusCode.OK, counted.StatusCode);
            Assert.Matches("(?s)data-read=\"a1\" data-code=\"ST-1\" data-tone=\"ok\".*data-read=\"a2\".*棚2", said);
        }

        await Goes("aya", $"/stocktakes/{id}/reads", [("id", "a3"), ("code", "ｎｏ－1".Replace('－', '-'))]);
        Assert.Equal(3L, office.Count("SELECT count(*) FROM view_stock_reads WHERE stocktake = $1", id));
        foreach (var wrong in new[] { "sadowara", "takaharu", "kobayashi" })
        {
            await IsRefused(wrong, $"/stocktakes/{id}/close", [("v", Version(id))]);
        }

        await Goes("aya", $"/stocktakes/{id}/close", [("v", Version(id))]);
        using (var late = await office["aya"].PostAsync($"/stocktakes/{id}/reads", [("script", "1"), ("read", "a9|2026-01-01T00:00:00.000Z|ST-2")]))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
            Assert.Matches("data-refused[^<]*(?s).*R-MOVE-11", WebUtility.HtmlDecode(await late.Content.ReadAsStringAsync()));
        }

        // Two are missing; the surplus leads to an application for a move, and no place has changed.
        var page = await Page("aya", $"/stocktakes/{id}");
        Assert.Matches("(?s)不足: 台帳にあり.*ST-2.*ST-3.*余剰: .*ST-9.*棚2.*/apply/move\\?item=ST-9", page);
        Assert.Equal("MED-1", office.Record.Readers.AskNow(db => db.Value("SELECT zone FROM view_assets WHERE tag = 'ST-9'")));

        // Confirmed by a system manager who did not count, with what was looked into.
        await IsRefused("aya", $"/stocktakes/{id}/confirm", [("v", Version(id)), ("note", "調べた")]);
        await IsRefused("takaharu", $"/stocktakes/{id}/confirm", [("v", Version(id)), ("note", "調べた")]);
        _ = await Complains("miyakonojo", $"/stocktakes/{id}/confirm", [("v", Version(id)), ("note", "")]);
        var before = office.Count("SELECT count(*) FROM view_alarms WHERE kind = 'stock-missing'");
        await Goes("miyakonojo", $"/stocktakes/{id}/confirm", [("v", Version(id)), ("note", "所在を調べている")]);
        Assert.Equal(before + 1, office.Count("SELECT count(*) FROM view_alarms WHERE kind = 'stock-missing'"));
        Assert.Matches("棚卸で重要な機器が見つからない", await Page("miyakonojo", "/"));

        // The sheet: every item of the list, with the entry it was counted by or found missing by; and the round's own.
        var sheet = await Page("takaharu", $"/stocktakes/{id}/sheet");
        Assert.All(["ST-1", "ST-2", "ST-3", "ST-9", "NO-1", "都城", "所在を調べている"], words => Assert.Contains(words, sheet, StringComparison.Ordinal));
        var linked = Entry().Matches(sheet).Select(link => long.Parse(link.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).Distinct().ToList();
        Assert.Equal(
            ["stocktake.closed", "stocktake.confirmed", "stocktake.counted", "stocktake.counted", "stocktake.opened"],
            linked.Select(n => office.Record.Read(n, 1)[0].Kind).Order(StringComparer.Ordinal));
    }

    [Fact]
    [Requirement("R-MOVE-11")]
    [Requirement("R-PROF-05")]
    public async Task Who_counted_never_confirms_by_whichever_account()
    {
        var id = Number().Match(await Goes("miyakonojo", "/stocktakes/open", [("zone", "MED-1")])).Value;
        await Goes("miyakonojo.admin", $"/stocktakes/{id}/reads", [("id", "b1"), ("code", "ST-9")]);
        await Goes("aya", $"/stocktakes/{id}/close", [("v", Version(id))]);
        foreach (var account in new[] { "miyakonojo", "miyakonojo.admin" })
        {
            await IsRefused(account, $"/stocktakes/{id}/confirm", [("v", Version(id)), ("note", "調べた")]);
        }

        await Goes("kunitomi", $"/stocktakes/{id}/confirm", [("v", Version(id)), ("note", "調べた")]);
    }

    private string Version(string id) => $"{office.Record.Readers.AskNow(db => StocktakesView.One(db, new(id)))!.Version}";

    private async Task<string> Goes(string account, string path, (string, string)[] fields)
    {
        using var answer = await office[account].PostAsync(path, fields);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{account} {path}: {(int)answer.StatusCode} {Tags().Replace(WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), " ")}");
        return answer.Headers.Location!.ToString();
    }

    private async Task<string> Complains(string account, string path, (string, string)[] fields)
    {
        using var answer = await office[account].PostAsync(path, fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private async Task IsRefused(string account, string path, (string, string)[] fields)
    {
        using var answer = await office[account].PostAsync(path, fields);
        Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{account} {path}: {(int)answer.StatusCode}");
        Assert.Matches("R-[A-Z]+-[0-9]+", await answer.Content.ReadAsStringAsync());
    }

    private async Task<string> Page(string account, string path)
    {
        using var answer = await office[account].GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("<[^>]*>|\\s+")]
    private static partial Regex Tags();

    [GeneratedRegex("T-[0-9]{4}-[0-9]{4}")]
    private static partial Regex Number();

    [GeneratedRegex("/entries/([0-9]+)\"")]
    private static partial Regex Entry();
}
