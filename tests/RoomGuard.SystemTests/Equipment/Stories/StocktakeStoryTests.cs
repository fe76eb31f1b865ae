using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Equipment.Stories;

/// <summary>The media store is counted, two items are missing; a manager who did not count looks into it and confirms.</summary>
public sealed class StocktakeStoryTests(StoryOffice office) : EquipmentStory(office)
{
    [Fact]
    [Requirement("R-MOVE-11")]
    public async Task Two_items_are_missing_and_a_manager_who_did_not_count_confirms_what_was_looked_into()
    {
        (string, string)[] tape = [("kind", "Media"), ("name", "控えの媒体"), ("model", "LTO-9"), ("storage", ""), ("zone", "MED-1"), ("rack", "棚2")];
        await Had(("TP-601", tape), ("TP-602", tape), ("TP-603", tape));

        foreach (var wrong in new[] { "sadowara", "gokase", "takaharu", "kobayashi" })
        {
            await Refused(wrong, "/", "/stocktakes/open", "R-SIGN-01", ("zone", "MED-1"));
        }

        var manager = await Goes("miyakonojo", "/stocktakes");
        await manager.Locator("form[action='/stocktakes/open']:has(input[value='MED-1']) button").ClickAsync();
        await manager.WaitForURLAsync(new Regex("/stocktakes/T-"));
        var round = Number().Match(manager.Url).Value;
        var at = $"/stocktakes/{round}";

        // Counted with a scanner that types and presses Enter: one by the operator, one stray by a manager.
        await Refused("takaharu", at, $"{at}/reads", "R-SIGN-01", ("id", "x1"), ("code", "TP-601"));
        var counter = await Goes("aya", "/stocktakes", at, $"{at}/count");
        await Scans(counter, "TP-601");
        await Scans(await Goes("miyakonojo", "/stocktakes", at, $"{at}/count"), "NO-TAG-1");
        foreach (var wrong in new[] { "sadowara", "takaharu", "kobayashi" })
        {
            await Refused(wrong, at, $"{at}/close", "R-SIGN-01");
        }

        await Goes("aya", "/stocktakes", at);
        await Does("aya", $"{at}/close");
        Assert.Matches("(?s)不足: 台帳にあり.*TP-602.*TP-603.*余剰: .*NO-TAG-1", await Says("aya"));

        // Confirmed by a manager who did not count, with what was looked into.
        await Refused("aya", at, $"{at}/confirm", "R-SIGN-01", ("note", "調べた"));
        await Refused("takaharu", at, $"{at}/confirm", "R-SIGN-01", ("note", "調べた"));
        await Refused("miyakonojo", at, $"{at}/confirm", "R-MOVE-11", ("note", "調べた"));
        await Goes("kunitomi", "/stocktakes", at);
        var confirmer = await Story.As("kunitomi");
        await confirmer.Locator($"main form[action='{at}/confirm'] button").ClickAsync();
        await Assertions.Expect(confirmer.Locator(".problems")).ToContainTextAsync("入力してください");
        await Does("kunitomi", $"{at}/confirm", ("note", "TP-602 は貸出簿の記入漏れ、TP-603 は所在を調査中"));
        Assert.Contains("確認済", await Says("kunitomi"), StringComparison.Ordinal);
        await Shot("kunitomi", "stocktake-confirmed");

        var paper = await Prints("stocktake-sheet", "/stocktakes", at, "棚卸表");
        paper.Shows(["棚卸表", "開始", "計数の終了", "計数者", "確認者", "調べた内容", "不足", "余剰", "機器番号", .. Tail]);
        paper.Shows(
        [
            round, "媒体", "TP-601", "TP-602", "TP-603", "NO-TAG-1", "台帳にない", "控えの媒体", "綾 陽介", "都城 誠", "国富 真帆", "TP-602 は貸出簿の記入漏れ、TP-603 は所在を調査中", "確認済", "高原 学", Story.Day(),
        ]);
        await Lead(paper, "stocktake.opened", "stocktake.counted", "stocktake.closed", "stocktake.confirmed");
    }

    private static async Task Scans(IPage page, string code)
    {
        await page.FillAsync("#code", code);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator($"[data-read][data-code='{code}']").First).ToBeVisibleAsync();
    }

    private static Regex Number() => new("T-[0-9]{4}-[0-9]{4}", RegexOptions.CultureInvariant);
}
