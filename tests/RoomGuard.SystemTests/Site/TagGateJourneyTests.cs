using System.Net.Http.Json;
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
        await RunningSite.UntilAsync(CarryAsync, answer => answer.Contains("\"happened\":true", StringComparison.Ordinal), 30, "the gate is connected and tells the item");

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

    [Fact]
    [Requirement("R-ZONE-10")]
    public async Task A_rack_opened_without_work_is_an_alarm_over_the_bus_and_over_mqtt()
    {
        var supervisor = await PageAsync("hinata");
        await RunningSite.UntilAsync(() => TextAsync(supervisor, "/zones"), text => Standing(text, "rack-1") == "閉" && Standing(text, "rack-2") == "閉" && Standing(text, "rack-3") == "目視で確認", 90, "the racks are heard");

        await Site.ActAsync("/api/do/contact", new { reader = "reader-srv-out", input = 1, on = true });
        var text = await RunningSite.UntilAsync(() => TextAsync(supervisor, "/alarms"), found => found.Contains("作業のないラック・収納庫の開", StringComparison.Ordinal), 15, "the alarm of rack 1");
        Assert.Contains("ラック1", text, StringComparison.Ordinal);
        Assert.Equal("開", Standing(await TextAsync(supervisor, "/zones"), "rack-1"));
        await ShotAsync(supervisor, "site-cabinets", whole: true, narrow: true);
        await Site.ActAsync("/api/do/contact", new { reader = "reader-srv-out", input = 1, on = false });
        await RunningSite.UntilAsync(() => TextAsync(supervisor, "/zones"), found => Standing(found, "rack-1") == "閉", 15, "rack 1 is shut");

        var manager = await PageAsync("miyakonojo");
        await Site.ActAsync("/api/do/sensor-open", new { sensor = "sim-rack-2", on = true });
        await RunningSite.UntilAsync(() => TextAsync(manager, "/alarms"), found => found.Contains("ラック2", StringComparison.Ordinal), 15, "the alarm of rack 2");
        await Site.ActAsync("/api/do/sensor-open", new { sensor = "sim-rack-2", on = false });
    }

    private static string Standing(string text, string cabinet) => StandingOf(cabinet).Match(text).Groups[1].Value;

    private static Regex StandingOf(string cabinet) => new($@"(閉|開けたまま|開|不明|目視で確認)\s+ラック\d\s+{cabinet}", RegexOptions.CultureInvariant);

    [GeneratedRegex("無許可搬出 サーバ室")]
    private static partial Regex Alarm();

    private async Task<string> CarryAsync()
    {
        using var answer = await Site.Simulators.PostAsJsonAsync(new Uri("/api/do/carry-tag", UriKind.Relative), new { gate = "gate-srv", tag = "AS-00417", direction = "out" });
        return await answer.Content.ReadAsStringAsync();
    }

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
