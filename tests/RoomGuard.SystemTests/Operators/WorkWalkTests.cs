using System.Globalization;
using System.Net;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Work;
using RoomGuard.Service.Work;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Operators;

/// <summary>A change over HTTP: allowed, begun and ended inside, confirmed by the other one, and once by a wrong one at every step.</summary>
public sealed class WorkWalkTests(WalkedOffice office) : IClassFixture<WalkedOffice>
{
    [Fact]
    [Requirement("R-WORK-01")]
    [Requirement("R-WORK-02")]
    public async Task A_change_is_begun_ended_and_confirmed_by_the_right_people_and_never_by_its_performer()
    {
        var asked = await office.Apply("aya", "work", CaseWalk.Work());
        foreach (var wrong in new[] { "aya", "kunitomi", "kobayashi", "sadowara" })
        {
            using var refused = await office.Step(wrong, asked, "allow");
            Assert.True(refused.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{wrong} {refused.StatusCode}");
        }

        using var allowed = await office.Step("miyakonojo", asked, "allow");
        Assert.Equal(HttpStatusCode.Redirect, allowed.StatusCode);
        var id = office.Record.Readers.AskNow(db => RoomGuard.Service.Record.CasesView.Dossier(db, new(asked)))!.Made.Single();

        // Whoever another of these scenarios left inside is not there.
        await Leaves("S-0134");
        await Leaves("S-0217");
        using var outside = await Act("aya", id, "start");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, outside.StatusCode);
        Assert.Contains("R-WORK-01 (第2章7(1)④ア)", WebUtility.HtmlDecode(await outside.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        await Enters("S-0134");
        using var alone = await Act("aya", id, "start");
        Assert.Contains("R-WORK-02 (第2章7(1)④ウ)", WebUtility.HtmlDecode(await alone.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        await Enters("S-0146");
        foreach (var wrong in new[] { "sadowara", "kobayashi", "takaharu" })
        {
            using var refused = await Act(wrong, id, "start");
            Assert.True(refused.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{wrong} {refused.StatusCode}");
        }

        using var begun = await Act("aya", id, "start");
        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        using var ended = await Act("aya", id, "end", ("result", "Done"), ("impact", "None"), ("beforeVersion", "1.4.2"), ("afterVersion", "1.4.3"), ("note", ""));
        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);

        // The performer never confirms, nor does the manager who allowed it and was not there.
        foreach (var wrong in new[] { "aya", "miyakonojo" })
        {
            using var refused = await Act(wrong, id, "check", ("checkNote", ""));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Contains("R-WORK-02", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var confirmed = await Act("kunitomi", id, "check", ("checkNote", "版を確認"));
        Assert.Equal(HttpStatusCode.Redirect, confirmed.StatusCode);
        Assert.Equal(WorkStatus.Confirmed, Of(id).StatusAt(WalkedOffice.Now));

        var sheet = WebUtility.HtmlDecode(await office["takaharu"].Http.GetStringAsync(new Uri($"/works/{id}/sheet", UriKind.Relative)));
        Assert.All(Of(id).Story, line => Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"href=\"/entries/{line.N}\""), sheet, StringComparison.Ordinal));
        Assert.All(["作業番号", "作業区分", "対象システム・機器", "区域", "作業内容", "作業理由/申請番号", "許可者", "作業者", "確認者", "業者名/契約番号", "開始/終了", "在室の証明", "影響確認", "変更前/変更後の版",
            "交換部品(取外し/取付け)", "結果", "相互確認の日時", "特記事項"], column => Assert.Contains($">{column}</th>", sheet, StringComparison.Ordinal));
        using var csv = await office["takaharu"].Http.GetAsync(new Uri("/works.csv", UriKind.Relative));
        Assert.Contains(id, await csv.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var hidden = await office["sadowara"].Http.GetAsync(new Uri($"/works/{id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
    }

    [Fact]
    [Requirement("R-WORK-01")]
    [Requirement("R-INP-01")]
    public async Task Files_come_in_by_their_content_and_go_out_to_be_saved_and_to_readers_alone()
    {
        var asked = await office.Apply("aya", "work", CaseWalk.Work());
        using var allowed = await office.Step("miyakonojo", asked, "allow");
        var id = office.Record.Readers.AskNow(db => RoomGuard.Service.Record.CasesView.Dossier(db, new(asked)))!.Made.Single();

        using var taken = await Note("aya", id, ("../../before.php", "text/html", "<script>alert(1)</script> ランプは赤"u8.ToArray()));
        Assert.True(taken.StatusCode == HttpStatusCode.Redirect, WalkedOffice.Plain().Replace(await taken.Content.ReadAsStringAsync(), " "));
        var file = Of(id).Notes.Single().Files.Single();
        Assert.Equal("before.php.txt", file.Name);

        using var wrong = await Note("aya", id, ("rack.png", "image/png", "MZ\0\0"u8.ToArray()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("R-INP-01", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var large = await Note("aya", id, ("large.txt", "text/plain", [.. Enumerable.Repeat((byte)'a', (5 << 20) + 1)]));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, large.StatusCode);
        using var flood = await Note("aya", id, ("flood.txt", "text/plain", new byte[60 << 20]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, flood.StatusCode);
        foreach (var nobody in new[] { "sadowara", "takaharu", "gokase" })
        {
            using var refused = await Note(nobody, id, ("a.txt", "text/plain", "a"u8.ToArray()));
            Assert.True(refused.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{nobody} {refused.StatusCode}");
        }

        Assert.Single(Of(id).Notes);
        foreach (var (account, status) in new[] { ("aya", HttpStatusCode.OK), ("takaharu", HttpStatusCode.OK), ("gokase", HttpStatusCode.NotFound), ("sadowara", HttpStatusCode.NotFound) })
        {
            using var answer = await office[account].GetAsync($"/works/{id}/files/{file.Sha256}");
            Assert.Equal(status, answer.StatusCode);
            if (status is HttpStatusCode.OK)
            {
                Assert.Equal("<script>alert(1)</script> ランプは赤"u8.ToArray(), await answer.Content.ReadAsByteArrayAsync());
                Assert.Equal(("attachment", "text/plain"), (answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentType!.MediaType));
                Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
            }
        }

        using var other = await office["aya"].GetAsync($"/works/{id}/files/{new string('0', 64)}");
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        using var path = await office["aya"].GetAsync($"/works/{id}/files/..%2F..%2Frecord.db");
        Assert.Equal(HttpStatusCode.NotFound, path.StatusCode);
        var sheet = await office["takaharu"].Http.GetStringAsync(new Uri($"/works/{id}/sheet", UriKind.Relative));
        Assert.Contains(file.Sha256, sheet, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-MOVE-09")]
    public async Task A_disk_is_swapped_with_both_permissions_and_what_comes_out_is_owed_an_erasure()
    {
        using var item = await office["aya"].PostAsync("/equipment/new", [.. CaseWalk.Item("PS-1"), ("zone", "SRV-1"), ("rack", "R02")]);
        Assert.Equal(HttpStatusCode.Redirect, item.StatusCode);
        var asked = await office.Apply("aya", "work", [.. CaseWalk.Work(checkers: "S-0217", kind: "PartSwap").Where(field => field.Item1 != "targets"), ("targets", "PS-1")]);
        foreach (var (account, expected) in new[]
        {
            ("hinata", HttpStatusCode.Forbidden), ("miyakonojo", HttpStatusCode.Redirect), ("miyakonojo", HttpStatusCode.Forbidden), ("aya", HttpStatusCode.Forbidden), ("hinata", HttpStatusCode.Redirect),
        })
        {
            using var step = await office.Step(account, asked, "allow");
            Assert.Equal((account, expected), (account, step.StatusCode));
        }

        var id = office.Record.Readers.AskNow(db => RoomGuard.Service.Record.CasesView.Dossier(db, new(asked)))!.Made.Single();
        await Enters("S-0134");
        await Enters("S-0217");
        using var begun = await Act("aya", id, "start");
        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        using var unknown = await Act("aya", id, "part", ("item", "PS-1"), ("partOut", "SSD-X"), ("partIn", "SSD-NEW"), ("whatIn", "SSD"), ("storageIn", "yes"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
        Assert.Contains("R-MOVE-09", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var wrong in new[] { "gokase", "takaharu", "tano" })
        {
            using var refused = await Act(wrong, id, "part", ("item", "PS-1"), ("partOut", "SSD-PS-1"));
            Assert.True(refused.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{wrong} {refused.StatusCode}");
        }

        using var early = await Act("aya", id, "end", ("result", "Done"), ("impact", "None"), ("note", ""));
        Assert.Contains("R-MOVE-09 (第2章7(1)⑱)", WebUtility.HtmlDecode(await early.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        using var swapped = await Act("aya", id, "part", ("item", "PS-1"), ("partOut", "SSD-PS-1"), ("partIn", "SSD-NEW"), ("whatIn", "SSD"), ("storageIn", "yes"));
        Assert.Equal(HttpStatusCode.Redirect, swapped.StatusCode);
        using var ended = await Act("aya", id, "end", ("result", "Done"), ("impact", "None"), ("note", ""));
        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        using var confirmed = await Act("sadowara", id, "check", ("checkNote", "製造番号を確認"));
        Assert.Equal(HttpStatusCode.Redirect, confirmed.StatusCode);

        // They go: what else is walked here begins with nobody inside.
        foreach (var person in new[] { "S-0134", "S-0217" })
        {
            _ = await office.Record.AppendAsync(new PersonLeft(WalkedOffice.Now, new("SRV-1"), new("SRV-1-D1"), new(person), null), CancellationToken.None);
        }

        var removed = Of(id).Parts.Single().RemovedAs!.Value.Value;
        var owed = WebUtility.HtmlDecode(await office["miyakonojo"].Http.GetStringAsync(new Uri("/disposals", UriKind.Relative)));
        Assert.Contains($"/equipment/items/{removed}", owed, StringComparison.Ordinal);
        var sheet = WebUtility.HtmlDecode(await office["takaharu"].Http.GetStringAsync(new Uri($"/works/{id}/sheet", UriKind.Relative)));
        Assert.All(["SSD-PS-1 / SSD-NEW", "部品交換"], text => Assert.Contains(text, sheet, StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("R-WORK-03")]
    public async Task Wiring_by_somebody_else_keeps_the_form_and_says_who_and_why()
    {
        using var answer = await office["aya"].PostAsync("/apply/work", CaseWalk.Work(performers: "S-0163", checkers: "", kind: "Cabling"));
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("R-WORK-03 (第2章5(1)④エ)", page, StringComparison.Ordinal);
        Assert.Contains("S-0163", page, StringComparison.Ordinal);
        Assert.Contains("脆弱性対応", page, StringComparison.Ordinal);
    }

    private WorkDossier Of(string id) => office.Record.Readers.AskNow(db => WorkView.Dossier(db, new(id)))!;

    private Task<long> Leaves(string person) => office.Record.AppendAsync(new PersonLeft(WalkedOffice.Now, new("SRV-1"), new("SRV-1-D1"), new(person), null), CancellationToken.None);

    private Task<long> Enters(string person) => office.Record.AppendAsync(new PersonEntered(WalkedOffice.Now, new("SRV-1"), new("SRV-1-D1"), new(person)), CancellationToken.None);

    private async Task<HttpResponseMessage> Note(string account, string id, (string Name, string Type, byte[] Content) file)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await office[account].TokenAsync()), "__RequestVerificationToken" }, { new StringContent($"{Of(id).Version}"), "v" }, { new StringContent("Before"), "side" }, { new StringContent(""), "noteText" },
        };
        var content = new ByteArrayContent(file.Content);
        content.Headers.ContentType = new(file.Type);
        form.Add(content, "files", file.Name);
        return await office[account].Http.PostAsync(new Uri($"/works/{id}/notes", UriKind.Relative), form);
    }

    private Task<HttpResponseMessage> Act(string account, string id, string step, params (string, string)[] more) => office[account].PostAsync($"/works/{id}/{step}", [("v", $"{Of(id).Version}"), .. more]);
}
