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
public sealed partial class JourneyTests(RunningSite site) : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--font-render-hinting=none",
    ];

    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public async Task InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Flags });
    }

    public async Task DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    [Fact]
    [Requirement("R-DOOR-01")]
    [Requirement("R-DOOR-02")]
    public async Task A_member_of_staff_enters_and_the_register_shows_it_within_two_seconds()
    {
        var page = await PageAsync(1280, 800);
        await page.GotoAsync(site.Pages + "/entries");
        var before = await NewestAsync(page);

        await site.ActAsync("/api/do/enter", new { person = "S-0217", door = "SRV-1-D1", stay = "00:00:20" });

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

        await page.GotoAsync(site.Pages + "/presence");
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
        var page = await PageAsync(1280, 800);
        await site.ActAsync("/api/do/present", new { person = "S-0152", reader = "reader-srv-in" });
        var row = await RunningSite.UntilAsync(
            async () =>
            {
                await page.GotoAsync(site.Pages + "/entries?result=denied");
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
        var page = await PageAsync(1280, 900);
        await page.GotoAsync(site.Pages + "/");
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("こじ開け");

        await site.ActAsync("/api/do/force", new { door = "SRV-1-D2" });

        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("こじ開け", new() { Timeout = 6000 });
        await ShotAsync(page, "now-forced");
        await site.ActAsync("/api/do/close", new { door = "SRV-1-D2" });
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public async Task A_reader_that_is_unplugged_is_shown_silent_and_comes_back_by_itself()
    {
        var page = await PageAsync(1280, 900);
        await site.ActAsync("/api/do/unplug", new { reader = "reader-med" });
        try
        {
            await RunningSite.UntilAsync(() => DevicesAsync(page), text => text.Contains("途絶", StringComparison.Ordinal), 25, "the reader is shown silent");
            await ShotAsync(page, "devices-silent", whole: true);
        }
        finally
        {
            await site.ActAsync("/api/do/plug-in", new { reader = "reader-med" });
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
            var page = await PageAsync(width, height);
            var answer = await page.GotoAsync(site.Pages + route);
            Assert.True(answer!.Ok, $"{route}: {answer.Status}");
            Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));
            await ShotAsync(page, name + suffix);
        }
    }

    [Fact]
    public async Task The_simulators_say_what_they_are()
    {
        var page = await PageAsync(1280, 900);
        await page.GotoAsync($"http://localhost:{site.Port(5)}/");
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync("模擬");
        await ShotAsync(page, "simulators");
    }

    // From the bridge's clock to the record's: both run on this machine.
    private TimeSpan Delay()
    {
        var newest = Kills.LogRows.All(Path.Combine(site.Data, "service", "record.db"))
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

    // The printed form's own table, for the confirming signature, has no links.
    private static ILocator Rows(IPage page) => page.Locator("table tbody tr:has(a[href^='/entries/'])");

    private async Task<string> DevicesAsync(IPage page)
    {
        await page.GotoAsync(site.Pages + "/devices");
        return await page.Locator("main").InnerTextAsync();
    }

    private async Task<IPage> PageAsync(int width, int height)
    {
        var context = await browser.NewContextAsync(new()
        {
            Locale = "ja-JP",
            TimezoneId = "Asia/Tokyo",
            ViewportSize = new() { Width = width, Height = height },
            ReducedMotion = ReducedMotion.Reduce,
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync(site.Pages + "/sign-in");
        await page.ClickAsync("button[name=account][value=hinata]");
        return page;
    }

    private static async Task ShotAsync(IPage page, string name, bool whole = false)
    {
        if (Environment.GetEnvironmentVariable("ROOMGUARD_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = whole });
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
