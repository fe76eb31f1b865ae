using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Site;

/// <summary>
/// What a person sees on the running site, in Chromium: real programs, real pseudo-terminals, simulated hands at the doors. The
/// screenshots of the README are made here.
/// </summary>
[Collection(RunningSiteCollection.Name)]
public sealed partial class JourneyTests(RunningSite site) : SiteJourney(site)
{
    [Fact]
    [Requirement("R-DOOR-01")]
    [Requirement("R-DOOR-02")]
    public async Task A_member_of_staff_enters_and_the_register_shows_it_within_two_seconds()
    {
        var page = await PageAsync("hinata", width: 1280, height: 800);
        await page.GotoAsync(Site.Pages + "/entries");
        var before = await NewestAsync(page);

        await Site.ActAsync("/api/do/enter", new { person = "S-0217", door = "SRV-1-D1", stay = "00:00:20" });

        var row = await RunningSite.UntilAsync(
            async () =>
            {
                await page.ReloadAsync();
                return await NewestAsync(page);
            },
            text => text != before && text.Contains("佐土原", StringComparison.Ordinal),
            8,
            "the entry in the register");
        Assert.Contains("正面扉", row, StringComparison.Ordinal);
        await ShotAsync(page, "entries");
        Assert.InRange(Delay(), TimeSpan.Zero, TimeSpan.FromSeconds(2));

        await page.GotoAsync(Site.Pages + "/presence");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("佐土原");
        await ShotAsync(page, "presence");

        await RunningSite.UntilAsync(
            async () =>
            {
                await page.ReloadAsync();
                return await page.Locator("main").InnerTextAsync();
            },
            text => !text.Contains("佐土原", StringComparison.Ordinal),
            40,
            "gone again");
    }

    [Fact]
    [Requirement("R-DOOR-10")]
    [Requirement("R-DRILL-06")]
    public async Task An_expired_card_is_refused_and_the_record_says_why_rule_by_rule()
    {
        var page = await PageAsync("hinata", width: 1280, height: 800);
        await Site.ActAsync("/api/do/present", new { person = "S-0152", reader = "reader-srv-in" });
        var row = await RunningSite.UntilAsync(
            async () =>
            {
                await page.GotoAsync(Site.Pages + "/entries?result=denied");
                return await NewestAsync(page);
            },
            text => text.Contains("宮﨑", StringComparison.Ordinal),
            8,
            "the refusal in the register");
        Assert.Contains("期限切れ", row, StringComparison.Ordinal);

        await Rows(page).First.Locator("a").First.ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("なぜ");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("不適合");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("R-DOOR-");
        await ShotAsync(page, "why");
    }

    [Fact]
    [Requirement("R-DOOR-07")]
    public async Task A_forced_door_shows_on_the_first_page_by_itself()
    {
        var page = await PageAsync("hinata", width: 1280, height: 900);
        await page.GotoAsync(Site.Pages + "/");
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("こじ開け");

        await Site.ActAsync("/api/do/force", new { door = "SRV-1-D2" });

        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("こじ開け", new() { Timeout = 6000 });
        await ShotAsync(page, "now-forced");
        await Site.ActAsync("/api/do/close", new { door = "SRV-1-D2" });
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public async Task A_reader_that_is_unplugged_is_shown_silent_and_comes_back_by_itself()
    {
        var page = await PageAsync("hinata", width: 1280, height: 900);
        await Site.ActAsync("/api/do/unplug", new { reader = "reader-med" });
        try
        {
            await RunningSite.UntilAsync(() => DevicesAsync(page), text => text.Contains("途絶", StringComparison.Ordinal), 25, "the reader is shown silent");
            await ShotAsync(page, "devices-silent", whole: true);
        }
        finally
        {
            await Site.ActAsync("/api/do/plug-in", new { reader = "reader-med" });
        }

        await RunningSite.UntilAsync(() => DevicesAsync(page), text => !text.Contains("途絶", StringComparison.Ordinal), 25, "the reader is back");
    }

    [Theory]
    [InlineData("/", "now")]
    [InlineData("/people", "people")]
    [InlineData("/devices", "devices")]
    [InlineData("/approvals", "approvals")]
    [InlineData("/apply", "apply")]
    [InlineData("/roles", "roles")]
    [InlineData("/accounts", "accounts")]
    [InlineData("/accounts/A-0013", "account")]
    [InlineData("/me", "me")]
    public async Task The_pages_fit_a_desk_and_a_phone(string route, string name)
    {
        foreach (var (width, height, suffix) in new[] { (1280, 900, string.Empty), (360, 740, "-phone") })
        {
            var page = await PageAsync("hinata", width: width, height: height);
            var answer = await page.GotoAsync(Site.Pages + route);
            Assert.True(answer!.Ok, $"{route}: {answer.Status}");
            Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));
            await ShotAsync(page, name + suffix);
        }
    }

    [Fact]
    public async Task The_simulators_say_what_they_are()
    {
        var page = await PageAsync("hinata", width: 1280, height: 900);
        await page.GotoAsync($"http://localhost:{Site.Port(5)}/");
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync("模擬");
        await ShotAsync(page, "simulators");
    }

    // From the bridge's clock to the record's: both run on this machine.
    private TimeSpan Delay()
    {
        var newest = Kills.LogRows.All(Path.Combine(Site.Data, "service", "record.db"))
            .Select(row => JsonDocument.Parse(row.Payload).RootElement)
            .Last(payload => payload.GetProperty("event").GetProperty("event").GetString() == "door.granted");
        return payloadTime(newest, "receivedAt") - payloadTime(newest.GetProperty("event"), "occurredAt");

        static DateTimeOffset payloadTime(JsonElement from, string name) => from.GetProperty(name).GetDateTimeOffset();
    }

    private static async Task<string> NewestAsync(IPage page)
    {
        var rows = Rows(page);
        return await rows.CountAsync() == 0 ? string.Empty : Spaces().Replace(await rows.First.InnerTextAsync(), " ");
    }

    private async Task<string> DevicesAsync(IPage page)
    {
        await page.GotoAsync(Site.Pages + "/devices");
        return await page.Locator("main").InnerTextAsync();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
