using System.Net;
using RoomGuard.SystemTests.Operators;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Equipment;

/// <summary>A leased server is given back, over HTTP: permitted, erased, verified by another person, and only then applied for to go out.</summary>
public sealed class DisposalJourneyTests(WalkedOffice office) : IClassFixture<WalkedOffice>
{
    [Fact]
    [Requirement("R-MOVE-06")]
    [Requirement("R-LIFE-04")]
    [Requirement("R-LIFE-05")]
    public async Task Who_erases_never_verifies_and_nothing_goes_out_before_another_has()
    {
        using var item = await office["aya"].PostAsync("/equipment/new", [.. CaseWalk.Item("DP-1"), ("zone", "SRV-1"), ("rack", "R01")]);
        Assert.Equal(HttpStatusCode.Redirect, item.StatusCode);
        await Is(HttpStatusCode.Forbidden, "kobayashi", "/disposals", [("kind", "LeaseReturn"), ("tag", "DP-1"), ("firm", "架空リース"), ("reason", "満了")]);
        await Is(HttpStatusCode.Redirect, "miyakonojo", "/disposals", [("kind", "LeaseReturn"), ("tag", "DP-1"), ("firm", "架空リース"), ("reason", "満了")]);
        var id = (string)office.Record.Readers.AskNow(db => db.Value("SELECT disposal FROM view_disposals WHERE tag = 'DP-1'"))!;
        var move = new[] { ("direction", "Out"), ("purpose", "LeaseReturn"), ("items", "DP-1"), ("fromZone", "SRV-1"), ("toOutside", "架空リース"), ("offPremises", "1"), ("from", $"{WalkedOffice.Day(0)}T00:00"), ("until", $"{WalkedOffice.Day(1)}T00:00"), ("carriers", "S-0134"), ("reason", "満了") };
        await Is(HttpStatusCode.UnprocessableEntity, "aya", "/apply/move", move, "R-MOVE-06");

        await Is(HttpStatusCode.Forbidden, "miyakonojo", $"/disposals/{id}/decide", [("v", "1"), ("verdict", "allow")]);
        await Is(HttpStatusCode.Redirect, "kobayashi", $"/disposals/{id}/decide", [("v", "1"), ("verdict", "allow")]);
        var erasure = new[] { ("v", "2"), ("method", "Destroy"), ("erasedAt", WalkedOffice.Now.ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-ddTHH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)), ("serials", "SSD-DP-1") };
        await Is(HttpStatusCode.Forbidden, "takaharu", $"/disposals/{id}/erase", erasure);
        await Is(HttpStatusCode.Redirect, "aya", $"/disposals/{id}/erase", erasure);
        await Is(HttpStatusCode.Forbidden, "aya", $"/disposals/{id}/verify", [("v", "3"), ("verdict", "passed"), ("result", "読めない")], "R-LIFE-04");
        await Is(HttpStatusCode.UnprocessableEntity, "aya", "/apply/move", move, "R-MOVE-06");

        // A second member of the system staff verifies.
        _ = await office.Record.AppendAsync(
            new RoomGuard.Core.Operators.RoleHeld(WalkedOffice.Now, new("H-0901", new("S-0217"), RoomGuard.Core.Operators.Role.SystemStaff, "情報政策課", [], new(2026, 4, 1), null, null), "増員", "test"), default);
        await office.SignInAnew("sadowara");
        await Is(HttpStatusCode.Redirect, "sadowara", $"/disposals/{id}/verify", [("v", "3"), ("verdict", "passed"), ("result", "読めない")]);
        await Is(HttpStatusCode.Redirect, "aya", "/apply/move", move);
        using var sheet = await office["takaharu"].GetAsync($"/disposals/{id}/sheet");
        var text = WebUtility.HtmlDecode(await sheet.Content.ReadAsStringAsync());
        Assert.All(
            ["記録番号", "種別", "機器・媒体番号", "記憶装置の製造番号", "重要性分類", "申請者/許可者/許可日", "処理内容", "処理日時", "処理担当者/確認者", "処理業者", "立会者", "処理証明書番号/受領日", "消去できない場合の契約・確認", "搬出番号", "状態"],
            column => Assert.Contains($"<th scope=\"row\">{column}</th>", text, StringComparison.Ordinal));
    }

    private async Task Is(HttpStatusCode expected, string account, string path, (string, string)[] fields, string? rule = null)
    {
        using var answer = await office[account].PostAsync(path, fields);
        var said = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.True(answer.StatusCode == expected, $"{account} {path}: {(int)answer.StatusCode} {said}");
        Assert.Contains(rule ?? "", said, StringComparison.Ordinal);
    }
}
