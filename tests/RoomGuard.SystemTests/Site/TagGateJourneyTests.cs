using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Site;

/// <summary>An item with a tag is carried through a door, over real MQTT and real OSDP, from the gate to the page of the alarms.</summary>
[Collection(RunningSiteCollection.Name)]
public sealed partial class TagGateJourneyTests(RunningSite site) : SiteJourney(site)
{
    [Fact]
    [Requirement("R-MOVE-05")]
    public async Task A_server_carried_out_at_a_gate_is_an_alarm_of_the_system_and_the_security_manager()
    {
        await Register("AS-00417", "Server", "バックアップ装置", "");
        await Site.ActAsync("/api/do/carry-tag", new { gate = "gate-srv", tag = "AS-00417", direction = "out" });

        var manager = await PageAsync("miyakonojo");
        var text = await RunningSite.UntilAsync(() => TextAsync(manager, "/alarms"), found => found.Contains("無許可搬出", StringComparison.Ordinal), 15, "the alarm");
        Assert.Contains("AS-00417 バックアップ装置", text, StringComparison.Ordinal);
        Assert.Contains("正面扉", text, StringComparison.Ordinal);
        Assert.Single(Alarm().Matches(text));
        await ShotAsync(manager, "site-unpermitted-out", whole: true, narrow: true);
        Assert.Contains("近くにいた人", await OpenAsync(manager, "無許可搬出"), StringComparison.Ordinal);
        Assert.Contains("無許可搬出", await TextAsync(await PageAsync("kobayashi"), "/alarms"), StringComparison.Ordinal);
        Assert.Contains("無許可の持ち運び", await TextAsync(manager, "/equipment/items/AS-00417"), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-MOVE-05")]
    [Requirement("R-CARRY-01")]
    public async Task A_medium_that_leaves_the_store_past_a_tag_reader_on_the_bus_is_carried_out_without_permission()
    {
        await Register("AS-00098", "Media", "控えの媒体", "MED-1");
        await Site.ActAsync("/api/do/present-number", new { reader = "tags-med", facility = 1, number = 98 });

        var security = await PageAsync("kobayashi");
        var text = await RunningSite.UntilAsync(() => TextAsync(security, "/alarms"), found => found.Contains("無許可持出し", StringComparison.Ordinal), 15, "the alarm");
        Assert.Contains("AS-00098 控えの媒体", text, StringComparison.Ordinal);
        await Site.ActAsync("/api/do/present-number", new { reader = "tags-med", facility = 1, number = 5 });
        await RunningSite.UntilAsync(() => TextAsync(security, "/alarms"), found => found.Contains("台帳にない機器タグ", StringComparison.Ordinal), 15, "the tag of nobody's register");
    }

    [GeneratedRegex("無許可搬出 サーバ室")]
    private static partial Regex Alarm();

    private async Task Register(string tag, string kind, string name, string zone)
    {
        var page = await PageAsync("aya");
        await page.GotoAsync($"{Site.Pages}/equipment/new");
        await page.FillAsync("[name=tag]", tag);
        await page.SelectOptionAsync("select[name=kind]", kind);
        await page.FillAsync("[name=name]", name);
        await page.SelectOptionAsync("select[name=segment]", "MyNumber");
        if (zone.Length > 0)
        {
            await page.SelectOptionAsync("select[name=zone]", zone);
        }

        await page.ClickAsync("main form.form button[type=submit]");
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync(tag);
    }

    private static async Task<string> OpenAsync(IPage page, string alarm)
    {
        await page.Locator("article.alert h3 a", new() { HasTextString = alarm }).First.ClickAsync();
        return await page.InnerTextAsync("main");
    }
}
