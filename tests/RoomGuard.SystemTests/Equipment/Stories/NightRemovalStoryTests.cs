using Microsoft.Playwright;
using RoomGuard.Core.Gates;
using RoomGuard.SystemTests.Site;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Equipment.Stories;

/// <summary>Something leaves at night with no move: an alarm with who was near, looked into and closed with what was found. The gate itself is walked over real MQTT elsewhere.</summary>
public sealed class NightRemovalStoryTests(StoryOffice office) : EquipmentStory(office)
{
    [Fact]
    [Requirement("R-MOVE-05")]
    [Requirement("R-ENV-11")]
    public async Task What_leaves_at_night_without_a_move_is_looked_into_and_closed_with_a_note_by_those_who_may()
    {
        await Had(("SV-501", [("zone", "SRV-1"), ("rack", "R07"), ("name", "バックアップ装置")]));
        Story.Turn(23);
        await Enters("S-0217");
        _ = await Story.Record.AppendAsync(new AssetTagRead(Story.Now, new("gate-srv"), new("SRV-1-D1"), new("SRV-1"), "SV-501", TagDirection.Out, Story.Now), default);

        var manager = await Story.As("miyakonojo");
        await RunningSite.UntilAsync(
            async () =>
            {
                await Goes("miyakonojo", "/alarms");
                return await Says("miyakonojo");
            },
            text => text.Contains("SV-501", StringComparison.Ordinal), 20, "the alarm");
        Assert.Contains("無許可搬出", await Says("miyakonojo"), StringComparison.Ordinal);
        await manager.Locator("article.alert", new() { HasTextString = "SV-501" }).Locator("h3 a").ClickAsync();
        await Assertions.Expect(manager.Locator("main")).ToContainTextAsync("近くにいた人");
        Assert.Contains("佐土原 みのり", await Says("miyakonojo"), StringComparison.Ordinal);
        await Shot("miyakonojo", "night-alarm");
        var at = new Uri(manager.Url).AbsolutePath;

        // Those who see it and those who do not: reception is told of intrusions, the auditor reads, contractors and staff see no alarm.
        foreach (var wrong in new[] { "takaharu", "gokase", "sadowara", "tano" })
        {
            await Refused(wrong, at, $"{at}/acknowledge", "R-SIGN-01", ("note", "見ました"));
        }

        await Hidden("shintomi", at, $"{at}/acknowledge", ("note", "見ました"));

        // Handed to the operator, who looks for it and closes it.
        await Refused("takaharu", at, $"{at}/hand-over", "R-SIGN-01", ("to", "S-0134"), ("note", "現地を確認してください"));
        await Goes("miyakonojo", "/alarms", at, $"{at}/hand-over");
        await Does("miyakonojo", $"{at}/hand-over", ("to", "S-0134"), ("note", "現地を確認してください"));
        await Goes("aya", "/alarms", $"{at}/acknowledge");
        var operatorPage = await Story.As("aya");
        await operatorPage.ClickAsync("main form.form button[type=submit]");
        await Assertions.Expect(operatorPage.Locator(".problems")).ToContainTextAsync("入力してください");
        await Does("aya", $"{at}/acknowledge", ("note", "廊下に仮置きされていた。機器を区域に戻した"));

        // Closed: no longer among what stands, and the auditor finds it with its story.
        await Goes("aya", "/alarms");
        Assert.DoesNotContain("SV-501", await Says("aya"), StringComparison.Ordinal);
        var auditor = await Goes("takaharu", "/alarms", "/alarms?show=History", at);
        var said = await Says("takaharu");
        Assert.All(["SV-501 バックアップ装置", "廊下に仮置きされていた。機器を区域に戻した", "都城 誠 → 綾 陽介", "佐土原 みのり", "現地を確認してください"], words => Assert.Contains(words, said, StringComparison.Ordinal));
        await Shot("takaharu", "night-closed");

        // It stays in the item's own story, and each line of the alarm's leads to its entry.
        var entries = await auditor.Locator("main a[href^='/entries/']").EvaluateAllAsync<string[]>("all => all.map(link => link.getAttribute('href'))");
        var kinds = entries.Select(link => Story.Record.Read(long.Parse(link.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture), 1)[0].Kind).ToHashSet();
        Assert.Superset(new HashSet<string> { "gate.unpermitted", "alarm.acknowledged", "alarm.handed-over" }, kinds);

        // On paper: what went, past which door, who was near, who dealt with it and what was found, each line with its entry.
        var paper = await Prints("night-sheet", "/alarms", "/alarms?show=History", at, $"{at}/sheet");
        paper.Shows(["警報の記録", "無許可搬出", "SV-501 バックアップ装置", "サーバ室 正面扉", "佐土原 みのり", "S-0217", "現地を確認してください", "廊下に仮置きされていた。機器を区域に戻した", "記録にある件数", "架空町役場"]);
        Assert.Superset(new HashSet<string> { "gate.unpermitted", "alarm.acknowledged", "alarm.handed-over" }, paper.Entries.Select(n => Story.Record.Read(n, 1)[0].Kind).ToHashSet());
        await Lead(paper, [.. paper.Entries.Select(n => Story.Record.Read(n, 1)[0].Kind).Distinct()]);

        await Goes("aya", "/equipment", "/equipment/items/SV-501");
        Assert.Contains("無許可の持ち運び", await Says("aya"), StringComparison.Ordinal);
    }
}
