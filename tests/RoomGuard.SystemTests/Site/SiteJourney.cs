using Microsoft.Playwright;
using Xunit;

namespace RoomGuard.SystemTests.Site;

/// <summary>
/// What journeys over the running site share: one Chromium for each test, a context of its own for everybody who signs in, pictures where they are asked for.
/// Open for inheritance by the journeys.
/// </summary>
public abstract class SiteJourney(RunningSite site) : IAsyncLifetime
{
    private const int Width = 1280;
    private const int Height = 860;

    // Other programs of the site share the machine with the browser.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    /// <summary>The site.</summary>
    protected RunningSite Site => site;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--font-render-hinting=none",
            ],
        });
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    /// <summary>A page of somebody who has just signed in.</summary>
    /// <param name="address">Null: the pages of the office.</param>
    protected async Task<IPage> PageAsync(string account, string? address = null, int width = Width, int height = Height)
    {
        var context = await browser.NewContextAsync(new()
        {
            Locale = "ja-JP",
            TimezoneId = "Asia/Tokyo",
            ViewportSize = new() { Width = width, Height = height },
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        var page = await context.NewPageAsync();
        await page.GotoAsync((address ?? Site.Pages) + "/sign-in");
        await page.ClickAsync($"button[name=account][value={account}]");
        return page;
    }

    /// <summary>What a page says below its menu, loaded anew.</summary>
    protected async Task<string> TextAsync(IPage page, string path)
    {
        await page.GotoAsync($"{Site.Pages}{path}");
        return await page.InnerTextAsync("main");
    }

    /// <summary>The newest row of the register with a result; empty: there is none.</summary>
    protected async Task<string> RowOf(IPage page, string result)
    {
        await page.GotoAsync($"{Site.Pages}/entries?result={result}");
        var rows = Rows(page);
        return await rows.CountAsync() == 0 ? "" : await rows.First.InnerTextAsync();
    }

    /// <summary>Rows of the register. The printed form's own table, for the confirming signature, has no links.</summary>
    protected static ILocator Rows(IPage page) => page.Locator("table tbody tr:has(a[href^='/entries/'])");

    /// <summary>A picture for people to look at, where ROOMGUARD_SCREENSHOTS names a folder.</summary>
    /// <param name="narrow">Also as on a phone.</param>
    protected static async Task ShotAsync(IPage page, string name, bool whole = false, bool narrow = false)
    {
        if (Environment.GetEnvironmentVariable("ROOMGUARD_SCREENSHOTS") is not { Length: > 0 } folder)
        {
            return;
        }

        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = whole });
        if (narrow)
        {
            await page.SetViewportSizeAsync(360, 780);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-narrow.png"), FullPage = true });
            await page.SetViewportSizeAsync(Width, Height);
        }
    }
}
