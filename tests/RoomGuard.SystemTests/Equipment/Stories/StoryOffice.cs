using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Service.Record;
using RoomGuard.SystemTests.SignIn;
using RoomGuard.SystemTests.Site;
using Xunit;

namespace RoomGuard.SystemTests.Equipment.Stories;

/// <summary>
/// One office and one Chromium for all stories of equipment: everybody has a browser context of their own and signs in by clicking. Its clock is turned on and never back;
/// turning it ends what is signed in, as ten idle minutes do.
/// </summary>
public sealed class StoryOffice : IAsyncLifetime
{
    private static readonly TimeSpan Japan = TimeSpan.FromHours(9);

    private readonly TurnedTime time = new();
    private readonly Dictionary<string, IPage> pages = [];
    private readonly HashSet<string> signedIn = [];
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    /// <summary>The office.</summary>
    public RunningOffice Office { get; private set; } = null!;

    /// <summary>Its record.</summary>
    public ServiceRecord Record => Office.Parts.GetRequiredService<ServiceRecord>();

    /// <summary>Its clock.</summary>
    public DateTimeOffset Now => time.GetUtcNow().ToOffset(Japan);

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        TurnClock(9);
        Office = await RunningOffice.StartAsync(time);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--font-render-hinting=none"],
        });

        // The system has two operators: who erases and who verifies.
        _ = await Record.AppendAsync(new RoleHeld(Now, new("H-0901", new("S-0108"), Role.SystemStaff, "情報政策課", [], new(2026, 4, 1), null, null), "増員", "S-0102"), default);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        await Office.DisposeAsync();
    }

    /// <summary>The page of somebody, signed in.</summary>
    public async Task<IPage> As(string account)
    {
        if (!pages.TryGetValue(account, out var page))
        {
            var context = await browser.NewContextAsync(new() { Locale = "ja-JP", TimezoneId = "Asia/Tokyo", ViewportSize = new() { Width = 1280, Height = 860 }, ReducedMotion = ReducedMotion.Reduce });
            context.SetDefaultTimeout(20_000);
            pages[account] = page = await context.NewPageAsync();
        }
        else if (signedIn.Contains(account))
        {
            return page;
        }

        // A page that still stands there would find that its session is over, and lead on by itself.
        await page.GotoAsync("about:blank");
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync($"{Office.Pages}sign-in", new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        await page.ClickAsync($"button[name=account][value={account}]");
        await Assertions.Expect(page.Locator("nav.menu")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        _ = signedIn.Add(account);
        return page;
    }

    /// <summary>A story begins in the morning, and with nobody in a room. Who signed in for the one before may still be.</summary>
    public async Task Begin()
    {
        if (Now.Hour is < 9 or >= 12)
        {
            Turn(9);
        }

        foreach (var (zone, person) in Record.Readers.AskNow(db =>
        {
            var inside = new List<(string, string)>();
            using var row = db.Rows("SELECT zone, person FROM view_presence");
            while (row.Read())
            {
                inside.Add((row.GetString(0), row.GetString(1)));
            }

            return inside;
        }))
        {
            _ = await Record.AppendAsync(new PersonLeft(Now, new(zone), new("SRV-1-D1"), new(person), null), default);
        }
    }

    /// <summary>Turns the clock to an hour of the day in Japan, on some day after, and signs everybody out.</summary>
    public void Turn(int hour, int days = 0)
    {
        TurnClock(hour, days);
        signedIn.Clear();
    }

    /// <summary>A day so many days from the office's, as forms have it.</summary>
    public string Day(int from = 0) => Now.AddDays(from).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private void TurnClock(int hour, int days = 0)
    {
        var now = time.GetUtcNow().ToOffset(Japan);
        var to = new DateTimeOffset(now.Date, Japan).AddDays(days).AddHours(hour);
        time.Turn((to > now ? to : to.AddDays(1)) - now);
    }
}

/// <summary>All stories of equipment.</summary>
[CollectionDefinition(Name)]
public sealed class StoryCollection : ICollectionFixture<StoryOffice>
{
    public const string Name = "stories of equipment";
}
