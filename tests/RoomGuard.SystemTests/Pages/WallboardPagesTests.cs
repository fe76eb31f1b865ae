using Microsoft.Playwright;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Pages;

/// <summary>壁面表示 in a browser.</summary>
public class WallboardPagesTests(PagesFixture pages) : IClassFixture<PagesFixture>
{
    // What a person looks at after a change: set ROOMGUARD_SCREENSHOTS to a folder and the pages are kept there as pictures.
    private static readonly string? Look = Environment.GetEnvironmentVariable("ROOMGUARD_SCREENSHOTS");

    [Fact]
    [Requirement("R-PWR-06")]
    public async Task It_fills_a_wall_and_fits_a_telephone_and_shows_each_state_in_words()
    {
        foreach (var (width, height) in new[] { (1920, 1080), (1280, 800), (360, 740) })
        {
            await using var visitor = await pages.Visit(width, height);
            var page = await visitor.OpenLive("/wallboard");
            Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));
            Assert.Equal("dark", await page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).colorScheme"));
            if (Look is not null)
            {
                _ = await page.ScreenshotAsync(new() { Path = Path.Combine(Look, $"wallboard-{width}.png"), FullPage = true });
            }

            if (width > 400)
            {
                Assert.InRange(await page.EvaluateAsync<int>("() => document.documentElement.scrollHeight"), 1, height);
            }

            Assert.Contains("停電中", await page.TextContentAsync("[aria-labelledby=tile-power] .tile-big"), StringComparison.Ordinal);
            Assert.Contains("不明", await page.TextContentAsync("[aria-labelledby=tile-power] .tile-lines"), StringComparison.Ordinal);
            Assert.Matches(@"\d+名", await page.TextContentAsync("[aria-labelledby=tile-inside] .tile-big"));
            Assert.Empty(visitor.Complaints);
        }
    }

    [Fact]
    public async Task It_names_nobody()
    {
        await using var visitor = await pages.Visit();
        var room = await (await visitor.Open("/presence")).Locator("main a[href^='/people/']").AllTextContentsAsync();
        var words = await (await visitor.Open("/wallboard")).TextContentAsync("body") ?? "";

        Assert.NotEmpty(room);
        Assert.All(room, name => Assert.DoesNotContain(name.Trim(), words, StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("R-PWR-02")]
    public async Task The_countdown_goes_down_and_the_age_goes_up_by_themselves()
    {
        await using var visitor = await pages.Visit();
        var page = await visitor.OpenLive("/wallboard");
        var before = await page.TextContentAsync("rg-countdown");
        Assert.Matches(@"^\d+:\d\d$", before);
        await page.WaitForFunctionAsync("before => document.querySelector('rg-countdown').textContent !== before", before, new() { Timeout = 5_000 });
        await page.WaitForFunctionAsync("() => /^[1-9]\\d*秒前$/.test(document.querySelector('[data-key=age] rg-age').textContent)", null, new() { Timeout = 5_000 });
    }

    [Fact]
    [Requirement("R-DOOR-07")]
    public async Task A_forced_door_is_on_the_wall_at_once()
    {
        await using var host = await PagesHost.Start();
        await using var visitor = await pages.Visit(host: host);
        var page = await visitor.OpenLive("/wallboard");
        host.Room.Force();
        await page.WaitForSelectorAsync("[aria-labelledby=tile-doors][data-tone=crit]", new() { Timeout = 5_000 });

        Assert.Contains("こじ開け", await page.TextContentAsync("[aria-labelledby=tile-doors]"), StringComparison.Ordinal);
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task When_its_session_is_over_it_stays_and_says_so_and_goes_on_after_the_next_sign_in()
    {
        await using var host = await PagesHost.Start();
        await using var visitor = await pages.Visit(host: host);
        var page = await visitor.OpenLive("/wallboard");
        await visitor.Context.ClearCookiesAsync();
        host.Room.Force();
        await page.WaitForSelectorAsync("#signed-out:not([hidden])", new() { Timeout = 10_000 });

        Assert.EndsWith("/wallboard", page.Url, StringComparison.Ordinal);
        Assert.Contains("サインインが切れました", await page.TextContentAsync("#signed-out"), StringComparison.Ordinal);
        Assert.False(await page.IsVisibleAsync(".tiles"));
        if (Look is not null)
        {
            _ = await page.ScreenshotAsync(new() { Path = Path.Combine(Look, "wallboard-signed-out.png") });
        }

        await visitor.Context.AddCookiesAsync([new() { Name = "rg-session", Value = InventedSignIn.Office, Url = host.Address }]);
        await page.WaitForSelectorAsync("#signed-out", new() { State = WaitForSelectorState.Hidden, Timeout = 40_000 });
        Assert.True(await page.IsVisibleAsync(".tiles"));
    }

    [Fact]
    public async Task It_says_when_it_is_no_longer_live()
    {
        var host = await PagesHost.Start();
        await using var visitor = await pages.Visit(host: host);
        var page = await visitor.OpenLive("/wallboard");
        await host.DisposeAsync();
        await page.WaitForSelectorAsync("#stale-bar:not([hidden])", new() { Timeout = 16_000 });

        Assert.Contains("更新が止まっています", await page.TextContentAsync("#stale-bar"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_site_says_what_is_not_there_and_the_overview_leads_here()
    {
        await using var host = await PagesHost.Start(empty: true);
        await using var visitor = await pages.Visit(host: host);
        var page = await visitor.Open("/");
        await page.FocusAsync("a[href='/wallboard']");
        await page.Keyboard.PressAsync("Enter");
        await page.Arrives("**/wallboard");

        Assert.Contains("UPS未接続", await page.TextContentAsync("main"), StringComparison.Ordinal);
        Assert.Contains("制御盤はまだつながっていません", await page.TextContentAsync("main"), StringComparison.Ordinal);
        await page.FocusAsync(".wall-foot a");
        await page.Keyboard.PressAsync("Enter");
        await page.Arrives("**/");
        Assert.Empty(visitor.Complaints);
    }
}
