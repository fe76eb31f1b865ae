using Microsoft.Playwright;
using Xunit;

namespace RoomGuard.SystemTests.Pages;

/// <summary>The main menu in a browser: in groups for those with many pages, flat for those with few, by keyboard alone and without scripts.</summary>
public class MenuPagesTests(PagesFixture pages) : IClassFixture<PagesFixture>
{
    // What a person looks at after a change: set ROOMGUARD_SCREENSHOTS to a folder and the pages are kept there as pictures.
    private static readonly string? Look = Environment.GetEnvironmentVariable("ROOMGUARD_SCREENSHOTS");

    [Fact]
    public async Task A_group_opens_by_keyboard_closes_by_escape_and_leads_on()
    {
        await using var visitor = await pages.Visit();
        var page = await visitor.Open("/moves");
        var group = page.Locator(".menu-group", new() { HasText = "機器・作業" });
        Assert.Contains("いまのページを含む", await group.Locator("summary").InnerTextAsync(), StringComparison.Ordinal);

        await group.Locator("summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(group.Locator("a[href='/stocktakes']")).ToBeVisibleAsync();
        Assert.Equal("page", await group.Locator("a[href='/moves']").GetAttributeAsync("aria-current"));

        // Another group takes its place, Escape closes and brings the focus back, a click elsewhere closes too.
        var other = page.Locator(".menu-group", new() { HasText = "電源・環境" });
        await other.Locator("summary").ClickAsync();
        await Assertions.Expect(group.Locator("a[href='/stocktakes']")).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(other.Locator("a[href='/power']")).ToBeHiddenAsync();
        Assert.Equal("SUMMARY", await page.EvaluateAsync<string>("() => document.activeElement.tagName"));
        await group.Locator("summary").ClickAsync();
        await page.Locator("h1").ClickAsync();
        await Assertions.Expect(group.Locator("a[href='/stocktakes']")).ToBeHiddenAsync();

        await group.Locator("summary").ClickAsync();
        await group.Locator("a[href='/stocktakes']").ClickAsync();
        Assert.EndsWith("/stocktakes", page.Url, StringComparison.Ordinal);
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task A_group_holds_more_than_one_page_and_opens_without_scripts_too()
    {
        await using var clerk = await pages.Visit(account: "takahashi");
        var page = await clerk.Open("/me");
        Assert.All(await page.Locator(".menu-group").EvaluateAllAsync<int[]>("groups => groups.map(group => group.querySelectorAll('a').length)"), links => Assert.InRange(links, 2, 12));

        await using var plain = await pages.Visit(scripts: false);
        page = await plain.Open("/");
        await page.Locator(".menu-group summary", new() { HasText = "機器・作業" }).ClickAsync();
        await page.ClickAsync(".menu a[href='/disposals']");
        Assert.EndsWith("/disposals", page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light, 1)]
    [InlineData(360, ColorScheme.Dark, 5)]
    public async Task The_menu_fits_and_axe_finds_nothing_while_a_group_is_open(int width, ColorScheme scheme, int mostLines)
    {
        await using var visitor = await pages.Visit(width, 800, scheme, preload: await PagesTests.AxeScript());
        var page = await visitor.Open("/equipment");
        var lines = await page.EvaluateAsync<int>("() => new Set([...document.querySelectorAll('.menu rg-menu > ul > li')].map(one => Math.round(one.getBoundingClientRect().top))).size");
        Assert.True(lines <= mostLines, $"{lines} lines");
        await page.Locator(".menu-group summary", new() { HasText = "機器・作業" }).ClickAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        if (Look is not null)
        {
            _ = await page.ScreenshotAsync(new() { Path = Path.Combine(Look, $"menu-{width}.png") });
        }

        // What the open group lies over cannot be reached, and is not meant to.
        Assert.Empty(await PagesTests.Axe(page, "nav.menu"));
        Assert.Empty(visitor.Complaints);
    }
}
