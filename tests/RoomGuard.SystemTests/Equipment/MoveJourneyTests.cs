using System.Net;
using System.Text.RegularExpressions;
using RoomGuard.Core.Doors;
using RoomGuard.SystemTests.Operators;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Equipment;

/// <summary>A server is delivered, over HTTP at a running office: from application to installed by the right people, and by a wrong one at every step.</summary>
public sealed partial class MoveJourneyTests(WalkedOffice office) : IClassFixture<WalkedOffice>
{
    private const string Witness = "sadowara";
    private const string WitnessPerson = "S-0217";

    [Fact]
    [Requirement("R-MOVE-01")]
    [Requirement("R-MOVE-02")]
    [Requirement("R-MOVE-03")]
    [Requirement("R-MOVE-04")]
    [Requirement("R-LIFE-10")]
    public async Task A_server_is_delivered_witnessed_racked_and_stands_in_the_register()
    {
        var move = await Approved("MV-1", "S-0134 K-0012");

        // The check of the impact, by the contractor; nobody else than staff and contractors records it.
        await IsRefused("takaharu", $"/moves/{move}/impact", [("result", "None")]);
        await Enters(WitnessPerson);
        await Complains(Witness, $"/moves/{move}/start", [], "R-MOVE-02");
        await Goes("gokase", $"/moves/{move}/impact", [("result", "Handled"), ("note", "電源の系統を分けた")]);

        // The witness.
        await IsRefused("gokase", $"/moves/{move}/start", []);
        await Complains("kobayashi", $"/moves/{move}/start", [], "R-MOVE-03");
        await Goes(Witness, $"/moves/{move}/start", []);

        // Item by item.
        await Complains("aya", $"/moves/{move}/scan", [("tag", "MV-9")], "R-MOVE-01");
        await IsRefused("takaharu", $"/moves/{move}/scan", [("tag", "MV-1")]);
        await Complains(Witness, $"/moves/{move}/complete", [], "R-MOVE-01");
        await Goes("gokase", $"/moves/{move}/scan", [("tag", "ｍｖ－1".Replace('－', '-'))]);

        // The witness leaves: nothing ends, and the page says so to everybody who looks.
        _ = await office.Record.AppendAsync(new PersonLeft(WalkedOffice.Now, new("SRV-1"), new("SRV-1-D1"), new(WitnessPerson), null), default);
        await Complains(Witness, $"/moves/{move}/complete", [], "R-MOVE-03");
        Assert.Matches("立会い中断", await Page("takaharu", $"/moves/{move}"));
        Assert.Equal(1L, office.Count("SELECT count(*) FROM view_alarms WHERE kind = 'witness-left' AND subject = $1", move));
        await Enters(WitnessPerson);
        await Goes(Witness, $"/moves/{move}/resume", []);
        await Complains("kobayashi", $"/moves/{move}/complete", [], "R-MOVE-03");

        // Nobody ends it when the witness's rights are suspended, though the list still has them inside: their own session is over, and another one takes their place.
        await SupervisorSuspendsTheWitness();
        await Complains("kobayashi", $"/moves/{move}/complete", [], "R-ID-10");
        Assert.Matches("(?s)立会い中断.*立会者の停止・剥奪", WebUtility.HtmlDecode(await Page("takaharu", $"/moves/{move}")));
        using (var suspended = await office[Witness].PostAsync($"/moves/{move}/resume", [("v", "9")]))
        {
            Assert.StartsWith("/sign-in", suspended.Headers.Location?.ToString(), StringComparison.Ordinal);
        }

        await Enters("S-0121");
        await Goes("kobayashi", $"/moves/{move}/resume", []);
        Assert.Equal(0L, office.Count("SELECT count(*) FROM view_assets WHERE tag = 'MV-1' AND zone IS NOT NULL"));
        await Goes("kobayashi", $"/moves/{move}/complete", []);
        Assert.Matches(@"サーバ室 R03 U12", await Page("takaharu", "/equipment/items/MV-1"));

        // Installed.
        await IsRefused("aya", $"/moves/{move}/install", [("tag", "MV-1")]);
        await Complains("miyakonojo", $"/moves/{move}/install", [("tag", "MV-1"), ("fixed", "1"), ("confirmed", "Fire")], "R-LIFE-10");
        await Goes("miyakonojo", $"/moves/{move}/install", [("tag", "MV-1"), ("fixed", "1"), .. new[] { "Fire", "Water", "Dust", "Vibration", "Temperature", "Humidity" }.Select(one => ("confirmed", one))]);

        // The sheet: every official column, and each row leads to its entries.
        var sheet = await Page("takaharu", $"/moves/{move}/sheet");
        foreach (var column in new[]
        {
            "搬入出番号", "区分", "理由", "申請者/承認者", "予定日時", "機器番号", "品名・型式", "製造番号", "数量", "重要性分類/系統", "搬出元/搬入先", "影響確認者/日/結果", "立会者", "立会い開始/終了", "搬入出者", "開始/終了日時",
            "消去記録番号", "守秘義務契約", "敷地外承認番号", "固定の確認", "封印番号", "状態",
        })
        {
            Assert.Contains($"<th scope=\"col\">{column}</th>", sheet, StringComparison.Ordinal);
        }

        var linked = EntryLink().Matches(sheet).Select(link => long.Parse(link.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).ToHashSet();
        Assert.Equal(["asset.installed", "asset.moved", "move.completed", "move.impact-checked", "move.item-scanned", "move.recorded", "move.resumed", "move.started", "move.witness-left"],
            linked.Select(n => office.Record.Read(n, 1)[0].Kind).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(move, await Page("takaharu", $"/moves/sheet?from={WalkedOffice.Day(0)}&until={WalkedOffice.Day(0)}"), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-MOVE-03")]
    [Requirement("R-PROF-05")]
    public async Task Who_carries_never_witnesses_by_whichever_account()
    {
        var move = await Approved("MV-2", "S-0115");
        await Goes("aya", $"/moves/{move}/impact", [("result", "None")]);
        await Enters("S-0115");
        foreach (var account in new[] { "miyakonojo", "miyakonojo.admin" })
        {
            await Complains(account, $"/moves/{move}/start", [], "R-MOVE-03");
        }

        await Enters("S-0121");
        await Goes("kobayashi", $"/moves/{move}/start", []);
    }

    private async Task<string> Approved(string tag, string carriers)
    {
        using var item = await office["aya"].PostAsync("/equipment/new", CaseWalk.Item(tag));
        Assert.Equal(HttpStatusCode.Redirect, item.StatusCode);
        using var wrong = await office["hinata"].PostAsync("/apply/move", CaseWalk.Move(tag, carriers));
        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        var id = await office.Apply("aya", "move", CaseWalk.Move(tag, carriers));
        using var refused = await office.Step("hinata", id, "allow");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var allowed = await office.Step("miyakonojo", id, "allow");
        Assert.True(allowed.StatusCode == HttpStatusCode.Redirect, Tags().Replace(await allowed.Content.ReadAsStringAsync(), " "));
        return (string)office.Record.Readers.AskNow(db => db.Value("SELECT move FROM view_move_items WHERE tag = $1", tag))!;
    }

    private Task<long> Enters(string person) => office.Record.AppendAsync(new PersonEntered(WalkedOffice.Now, new("SRV-1"), new("SRV-1-D1"), new(person)), default);

    private async Task SupervisorSuspendsTheWitness()
    {
        using var answer = await office["hinata"].PostAsync($"/people/{WitnessPerson}/suspend", [("reason", "情報セキュリティ管理者の指導に従わないため")]);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{(int)answer.StatusCode} {Tags().Replace(await answer.Content.ReadAsStringAsync(), " ")}");
    }

    private async Task<HttpResponseMessage> Send(string account, string path, (string, string)[] fields)
    {
        var move = path.Split('/')[2];
        var version = office.Record.Readers.AskNow(db => RoomGuard.Service.Equipment.MovesView.One(db, new(move)))!.Version;
        return await office[account].PostAsync(path, [("v", $"{version}"), .. fields]);
    }

    private async Task Goes(string account, string path, (string, string)[] fields)
    {
        using var answer = await Send(account, path, fields);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{account} {path}: {(int)answer.StatusCode} {Tags().Replace(await answer.Content.ReadAsStringAsync(), " ")}");
    }

    private async Task Complains(string account, string path, (string, string)[] fields, string rule)
    {
        using var answer = await Send(account, path, fields);
        var said = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.True(answer.StatusCode == HttpStatusCode.UnprocessableEntity, $"{account} {path}: {(int)answer.StatusCode} {Tags().Replace(said, " ")}");
        Assert.Matches($"(?s)role=\"alert\".*{rule}", said);
    }

    private async Task IsRefused(string account, string path, (string, string)[] fields)
    {
        using var answer = await Send(account, path, fields);
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

    [GeneratedRegex("/entries/([0-9]+)\"")]
    private static partial Regex EntryLink();
}
