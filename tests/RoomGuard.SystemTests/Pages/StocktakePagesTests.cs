using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Pages;

/// <summary>棚卸 on a phone, with a scanner as the keyboard, with a network and without.</summary>
public class StocktakePagesTests : IClassFixture<PagesFixture>, IAsyncLifetime
{
    private const string Path = "/stocktakes/T-2026-0003/count";

    // What a person looks at after a change: set ROOMGUARD_SCREENSHOTS to a folder and the pages are kept there as pictures.
    private static readonly string? Look = Environment.GetEnvironmentVariable("ROOMGUARD_SCREENSHOTS");
    private readonly PagesFixture pages;
    private PagesHost own = null!;

    public StocktakePagesTests(PagesFixture pages) => this.pages = pages;

    private InventedStocktakes Desk => own.Part<InventedStocktakes>();

    public async Task InitializeAsync() => own = await PagesHost.Start();

    public async Task DisposeAsync() => await own.DisposeAsync();

    [Theory]
    [InlineData("/stocktakes", "stocktakes")]
    [InlineData("/stocktakes/T-2026-0003", "stocktake-counting")]
    [InlineData("/stocktakes/T-2026-0002", "stocktake-counted")]
    [InlineData("/stocktakes/T-2026-0001", "stocktake-confirmed")]
    [InlineData("/stocktakes/T-2026-0001/sheet", "stocktake-sheet")]
    [InlineData(Path, "stocktake-count")]
    public async Task The_pages_fit_both_widths_in_both_colours_without_complaint_and_axe_finds_nothing(string route, string name)
    {
        foreach (var (width, scheme) in new[] { (1280, ColorScheme.Light), (360, ColorScheme.Dark) })
        {
            await using var visitor = await pages.Visit(width, 800, scheme, preload: await PagesTests.AxeScript(), host: own);
            var page = await visitor.Open(route);
            Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));
            if (Look is not null)
            {
                _ = await page.ScreenshotAsync(new() { Path = System.IO.Path.Combine(Look, $"{name}-{width}.png"), FullPage = true });
            }

            Assert.Empty(await PagesTests.Axe(page));
            Assert.Empty(visitor.Complaints);
        }
    }

    [Fact]
    [Requirement("R-MOVE-11")]
    public async Task Each_code_is_read_back_and_the_field_waits_for_the_next()
    {
        await using var visitor = await pages.Visit(360, 800, host: own);
        var page = await visitor.Open(Path);
        await Scan(page, "ａｓ－00417".Replace('－', '-'));
        await Says(page, "AS-00417.*バックアップ装置.*Ⅱ");
        Assert.True(await page.EvaluateAsync<bool>("() => document.activeElement.id === 'code' && document.activeElement.value === ''"));
        await Counted(page, 1);

        await Scan(page, "AS-00417");
        await Says(page, "もう数えてあります");
        await Scan(page, "AS-00420");
        await Says(page, "AS-00420.*余剰.*UPS室.*棚2");
        await Scan(page, "4901234567894");
        await Says(page, "台帳にない番号");
        await Scan(page, new string('9', 41));
        Assert.Equal(["4901234567894", "AS-00417", "AS-00420"], Desk.Taken.Values.Order(StringComparer.Ordinal));
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    [Requirement("R-MOVE-11")]
    public async Task Without_a_network_it_goes_on_and_what_was_kept_is_counted_once_when_it_is_back()
    {
        await using var visitor = await pages.Visit(360, 800, host: own);
        var page = await visitor.Open(Path);
        await visitor.Context.SetOfflineAsync(true);
        await Scan(page, "AS-00417");
        await Says(page, "AS-00417.*バックアップ装置");
        await Scan(page, "AS-00418");
        await Scan(page, "AS-99999");
        await Says(page, "AS-99999.*余剰");
        await page.Locator("[data-when=offline]").WaitForAsync();
        Assert.Equal("3", await page.Locator("[data-sum=waiting]").InnerTextAsync());
        Assert.Empty(Desk.Taken);

        // The answer to what is sent first is lost on the way; the office has it all the same.
        var lost = 0;
        await page.RouteAsync("**/reads", async route =>
        {
            if (Interlocked.Increment(ref lost) == 1)
            {
                _ = await route.FetchAsync();
                await route.AbortAsync();
            }
            else
            {
                await route.ContinueAsync();
            }
        });
        await visitor.Context.SetOfflineAsync(false);
        await Counted(page, 2);
        await page.Locator("[data-if-waiting]").First.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        Assert.Equal(3, Desk.Taken.Count);
        Assert.True(Desk.Sent.Count >= 6, "what was not answered is sent again");
        Assert.Equal(0, await page.EvaluateAsync<int>("() => localStorage.length"));
    }

    [Fact]
    [Requirement("R-MOVE-11")]
    public async Task What_was_kept_outlasts_the_page_and_is_never_sent_by_another_counter()
    {
        await using var visitor = await pages.Visit(360, 800, host: own);
        var page = await visitor.Open(Path);
        await visitor.Context.SetOfflineAsync(true);
        await Scan(page, "AS-00417");
        await page.Locator("[data-when=offline]").WaitForAsync();
        await page.EvaluateAsync("() => localStorage.setItem('rg-count/T-2026-0003/S-9999/x', JSON.stringify({ id: 'x', at: '2026-01-01T00:00:00.000Z', code: 'AS-00418' }))");
        await page.CloseAsync();
        await visitor.Context.SetOfflineAsync(false);
        page = await visitor.Open(Path);
        await Counted(page, 1);
        Assert.Equal(["AS-00417"], Desk.Taken.Values);
    }

    [Fact]
    [Requirement("R-MOVE-11")]
    public async Task Reloaded_without_a_network_the_counting_page_is_there_says_how_old_it_is_and_goes_on()
    {
        await using var visitor = await pages.Visit(360, 800, host: own);
        var page = await visitor.Open(Path);
        await Kept(page, 1);
        await Scan(page, "AS-00417");
        await Counted(page, 1);
        await visitor.Context.SetOfflineAsync(true);
        await page.ReloadAsync();
        await page.Locator("[data-when=kept]").WaitForAsync();
        Assert.Matches(@"控えた時刻: \d\d:\d\d", await page.Locator("[data-when=kept]").InnerTextAsync());
        Assert.Equal(0, await page.Locator("rg-clock, .menu-count, .alarm-aside").CountAsync());
        await Scan(page, "AS-00418");
        await Says(page, "AS-00418");
        await page.ReloadAsync();
        Assert.Equal("1", await page.Locator("[data-sum=waiting]").InnerTextAsync());
        if (Look is not null)
        {
            _ = await page.ScreenshotAsync(new() { Path = System.IO.Path.Combine(Look, "stocktake-count-without-network-360.png"), FullPage = true });
        }

        await visitor.Context.SetOfflineAsync(false);

        // Fetched anew once all is sent.
        await page.Locator("[data-when=kept]").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await page.Locator("rg-clock").WaitForAsync();
        await page.Locator(".alarm-aside").WaitForAsync();
        Assert.Equal(["AS-00417", "AS-00418"], Desk.Taken.Values.Order(StringComparer.Ordinal));
    }

    [Fact]
    [Requirement("R-MOVE-11")]
    public async Task Who_signs_out_leaves_no_counting_page_behind_and_their_codes_stay()
    {
        await using var visitor = await pages.Visit(360, 800, host: own);
        var page = await visitor.Open(Path);
        await Kept(page, 1);
        await page.EvaluateAsync("() => localStorage.setItem('rg-count/T-2026-0003/S-9999/x', '{}')");

        // A page that still stood there would find by itself that its session is over, and lead on.
        _ = await page.GotoAsync("about:blank");
        await visitor.Context.ClearCookiesAsync();
        _ = await page.GotoAsync(own.Address + "/stocktakes");
        await Kept(page, 0);
        Assert.Equal(1, await page.EvaluateAsync<int>("() => localStorage.length"));
    }

    [Fact]
    [Requirement("R-MOVE-11")]
    public async Task Without_scripts_each_code_is_a_form_of_its_own()
    {
        await using var visitor = await pages.Visit(360, 800, scripts: false, host: own);
        var page = await visitor.Open(Path);
        await page.FillAsync("#code", "as-00420");
        await page.PressAsync("#code", "Enter");
        Assert.Matches("AS-00420.*UPS室", await page.Locator("[data-said]").InnerTextAsync());
        Assert.Equal(["AS-00420"], Desk.Taken.Values);
    }

    private static async Task Kept(IPage page, int counting) => _ = await page.WaitForFunctionAsync(
        "async wanted => (await (await caches.open('rg-count')).keys()).filter(each => each.url.endsWith('/count')).length === wanted", counting);

    private static async Task Scan(IPage page, string code)
    {
        await page.Keyboard.InsertTextAsync(code);
        await page.Keyboard.PressAsync("Enter");
    }

    private static Task Says(IPage page, string words) => Assertions.Expect(page.Locator("[data-said]")).ToHaveTextAsync(new Regex(words, RegexOptions.Singleline));

    private static Task Counted(IPage page, int count) => Assertions.Expect(page.Locator("[data-sum=counted]")).ToHaveTextAsync($"{count}", new() { Timeout = 30_000 });
}
