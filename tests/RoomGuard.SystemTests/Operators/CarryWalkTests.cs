using System.Globalization;
using System.Net;
using System.Text;
using RoomGuard.Core.Carrying;
using RoomGuard.Service.Carrying;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Operators;

/// <summary>A laptop out and back over HTTP, by the right people, and once by a wrong one at every step.</summary>
public sealed class CarryWalkTests(WalkedOffice office) : IClassFixture<WalkedOffice>
{
    [Fact]
    [Requirement("R-CARRY-01")]
    [Requirement("R-CARRY-04")]
    [Requirement("R-CARRY-08")]
    [Requirement("R-CARRY-11")]
    public async Task A_laptop_goes_out_and_comes_back_by_the_right_people_and_by_no_others()
    {
        var asked = await office.Apply("sadowara", "carry-out", CaseWalk.Carry());

        // kobayashi heads another section, hinata is above: neither decides what waits for 業務課's head.
        foreach (var wrong in new[] { "kobayashi", "hinata", "sadowara", "miyakonojo" })
        {
            using var refused = await office.Step(wrong, asked, "allow");
            Assert.True(refused.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{wrong} {refused.StatusCode}");
        }

        using var allowed = await office.Step("watanabe", asked, "allow");
        Assert.Equal(HttpStatusCode.Redirect, allowed.StatusCode);
        var id = PermitOf(asked);

        foreach (var wrong in new[] { "sadowara", "aya", "miyakonojo" })
        {
            using var refused = await Pass(wrong, id, "out");
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        var desk = await office["tano"].Http.GetStringAsync(new Uri("/reception/carry?q=S-0217", UriKind.Relative));
        Assert.Contains(id, desk, StringComparison.Ordinal);
        using var went = await Pass("tano", id, "out");
        Assert.Equal(HttpStatusCode.Redirect, went.StatusCode);
        Assert.Equal(CarryStatus.Out, StatusOf(id));

        // An old page records nothing twice.
        using var again = await office["tano"].PostAsync($"/reception/carry/{id}/pass", [("v", "1"), ("way", "out"), ("items", "1"), ("carrier-out", "S-0217"), ("note-out", "")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);

        using var back = await Pass("tano", id, "back");
        Assert.Equal(HttpStatusCode.Redirect, back.StatusCode);
        Assert.Equal(CarryStatus.AwaitsCheck, StatusOf(id));
        Assert.Contains("/carry?show=AwaitsCheck", await office["aya"].Http.GetStringAsync(new Uri("/approvals", UriKind.Relative)), StringComparison.Ordinal);

        foreach (var wrong in new[] { "sadowara", "tano", "watanabe" })
        {
            using var refused = await Check(wrong, id);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        using var done = await Check("aya", id);
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Equal(CarryStatus.Returned, StatusOf(id));

        // Each row of the sheet leads to its entries, and the entries are there.
        var sheet = WebUtility.HtmlDecode(await office["takaharu"].Http.GetStringAsync(new Uri($"/carry/{id}/sheet", UriKind.Relative)));
        var entries = office.Record.Readers.AskNow(db => CarryView.Dossier(db, new(id)))!.Story;
        Assert.Equal(4, entries.Length);
        Assert.All(entries, line => Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"href=\"/entries/{line.N}\""), sheet, StringComparison.Ordinal));
        Assert.All(["許可番号", "区分", "申請日/申請者", "所属", "品目", "機器・媒体番号", "所有の別", "情報の内容/分類", "系統", "業務上の理由", "持出し先/持込み先", "期間", "運搬手段/保護措置", "安全管理措置の版", "暗号化の有無", "許可者/日時",
            "許可・不許可/条件", "持出し/返却日時", "取扱者", "感染・更新の確認", "消去の確認", "状態"], column => Assert.Contains($">{column}</th>", sheet, StringComparison.Ordinal));

        var csv = await office["takaharu"].Http.GetByteArrayAsync(new Uri("/carry.csv?q=" + id, UriKind.Relative));
        Assert.Equal([0xEF, 0xBB, 0xBF], csv[..3]);
        var lines = Encoding.UTF8.GetString(csv).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains(id, lines[1], StringComparison.Ordinal);
        Assert.Equal(lines[0].Split(',').Length, lines[1].Split(',').Length);
    }

    [Fact]
    [Requirement("R-CARRY-05")]
    [Requirement("R-CARRY-07")]
    public async Task What_the_rules_refuse_keeps_the_form_and_says_why_by_requirement_and_clause_and_what_to_do_instead()
    {
        using var answer = await office["sadowara"].PostAsync("/apply/carry-out", [.. CaseWalk.Carry().Where(field => field.Item1 is not ("ownership1" or "kind1" or "tag1")), ("ownership1", "Organisation"), ("kind1", "Media"), ("tag1", "USB-999")]);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("許可媒体の一覧にない媒体は持ち出せません。一覧にある媒体の番号で申請するか、システム管理者に登録を頼んでください。 R-CARRY-07 (第2章4(1)②イ)", page, StringComparison.Ordinal);
        Assert.Contains("構成町での説明会", page, StringComparison.Ordinal);

        using var own = await office["sadowara"].PostAsync("/apply/carry-out", [.. CaseWalk.Carry().Where(field => field.Item1 != "ownership1"), ("ownership1", "Private")]);
        Assert.Contains("R-CARRY-05 (第2章6(1)①カ)", WebUtility.HtmlDecode(await own.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-CARRY-02")]
    public async Task A_private_phone_is_left_in_the_locker_and_the_desk_says_why()
    {
        using var done = await office["tano"].PostAsync("/reception/carry/declare", [("person", "S-0217"), ("zone", "SRV-1"), ("kind1", "Phone"), ("ownership1", "Private"), ("name1", "スマートフォン"), ("tag1", "")]);
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        var page = WebUtility.HtmlDecode(await office["tano"].Http.GetStringAsync(new Uri("/reception/carry", UriKind.Relative)));
        Assert.Contains("ロッカーに預けてください", page, StringComparison.Ordinal);
        Assert.Contains("R-CARRY-10", page, StringComparison.Ordinal);
        using var refused = await office["sadowara"].PostAsync("/reception/carry/declare", []);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private string PermitOf(string asked) => office.Record.Readers.AskNow(db => RoomGuard.Service.Record.CasesView.Dossier(db, new(asked)))!.Made.Single();

    private CarryStatus StatusOf(string id) => office.Record.Readers.AskNow(db => CarryView.Dossier(db, new(id)))!.StatusAt(WalkedOffice.Now);

    private int VersionOf(string id) => office.Record.Readers.AskNow(db => CarryView.Dossier(db, new(id)))!.Version;

    private Task<HttpResponseMessage> Pass(string account, string id, string way) =>
        office[account].PostAsync($"/reception/carry/{id}/pass", [("v", $"{VersionOf(id)}"), ("way", way), ("items", "1"), ($"carrier-{way}", "S-0217"), ($"note-{way}", "")]);

    private Task<HttpResponseMessage> Check(string account, string id) =>
        office[account].PostAsync($"/carry/{id}/check", [("v", $"{VersionOf(id)}"), ("item", "1"), ("result1", "Clean"), ("patched1", "1"), ("erased1", "yes"), ("note1", "")]);
}
