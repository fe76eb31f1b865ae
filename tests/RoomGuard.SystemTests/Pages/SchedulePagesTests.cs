using Microsoft.Playwright;
using Xunit;

namespace RoomGuard.SystemTests.Pages;

/// <summary>本日の搬入出, 進み具合, 期限カレンダー and the pages of contracts and work that grew, in a browser.</summary>
public class SchedulePagesTests(PagesFixture pages) : IClassFixture<PagesFixture>
{
    // What a person looks at after a change: set ROOMGUARD_SCREENSHOTS to a folder and the pages are kept there as pictures.
    private static readonly string? Look = Environment.GetEnvironmentVariable("ROOMGUARD_SCREENSHOTS");

    [Theory]
    [InlineData("/schedule", "schedule-door")]
    [InlineData("/schedule?day=2030-01-01", "schedule-door-none")]
    [InlineData("/schedule/board", "schedule-board")]
    [InlineData("/schedule/calendar", "schedule-calendar")]
    [InlineData("/contracts", "contracts")]
    [InlineData("/contracts/K-2026-0003", "contract")]
    [InlineData("/contracts/K-2026-0003/trail", "contract-trail", InventedSignIn.Audits)]
    [InlineData("/contracts/K-2026-0003/trail?firm=nobody", "contract-trail-none", InventedSignIn.Audits)]
    [InlineData("/works/W-2026-0150", "work-notes")]
    public async Task The_pages_fit_both_widths_in_both_colours_without_complaint_and_axe_finds_nothing(string route, string name, string account = InventedSignIn.Office)
    {
        foreach (var (width, scheme) in new[] { (1280, ColorScheme.Light), (360, ColorScheme.Dark) })
        {
            await using var visitor = await pages.Visit(width, 800, scheme, preload: await PagesTests.AxeScript(), account: account);
            var page = await visitor.Open(route);
            Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));
            if (Look is not null)
            {
                _ = await page.ScreenshotAsync(new() { Path = Path.Combine(Look, $"{name}-{width}.png"), FullPage = true });
            }

            Assert.Empty(await PagesTests.Axe(page));
            Assert.Empty(visitor.Complaints);
        }
    }

    [Fact]
    public async Task The_calendar_counts_each_day_and_leads_to_it_and_what_is_overdue_stands_first()
    {
        await using var visitor = await pages.Visit(scripts: false);
        var page = await visitor.Open("/schedule/calendar?month=2026-11");
        Assert.Equal("24 2 件", string.Join(' ', (await page.Locator(".month a[href='#d-2026-11-24']").InnerTextAsync()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(2, await page.Locator("#d-2026-11-24 li").CountAsync());
        Assert.Contains("AS-00417", await page.Locator("section[aria-labelledby='overdue-title']").InnerTextAsync(), StringComparison.Ordinal);
        Assert.All(["棚卸", "処理証明書"], kind => Assert.Contains(kind, page.Locator("section[aria-labelledby='overdue-title']").InnerTextAsync().Result, StringComparison.Ordinal));
        Assert.DoesNotContain("2026-11-30", await page.Locator("section[aria-labelledby='overdue-title']").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_board_has_every_step_and_each_card_leads_to_its_page()
    {
        await using var visitor = await pages.Visit(scripts: false);
        var page = await visitor.Open("/schedule/board");
        Assert.Equal(5, await page.Locator(".step").CountAsync());
        foreach (var path in await page.Locator(".step li a").EvaluateAllAsync<string[]>("items => items.map(item => item.getAttribute('href'))"))
        {
            Assert.Matches("^/(moves|carry|works|cases|disposals|stocktakes)/", path);
        }

        // What needs a hand: the interrupted move, the work alone, what is not back.
        var stopped = await page.Locator("section[data-step='Stopped']").InnerTextAsync();
        Assert.All(["M-2026-0019", "W-2026-0152"], number => Assert.Contains(number, stopped, StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_nothing_there_each_page_says_what_will_stand_on_it()
    {
        await using var host = await PagesHost.Start(empty: true);
        await using var visitor = await pages.Visit(host: host);
        foreach (var path in new[] { "/schedule", "/schedule/board" })
        {
            Assert.Equal(1, await (await visitor.Open(path)).Locator(".empty").CountAsync());
        }
    }
}
