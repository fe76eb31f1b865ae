using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Pages;

/// <summary>蓄電池の推移 in a browser.</summary>
public class TrendPagesTests(PagesFixture pages) : IClassFixture<PagesFixture>
{
    // What a person looks at after a change: set ROOMGUARD_SCREENSHOTS to a folder and the pages are kept there as pictures.
    private static readonly string? Look = Environment.GetEnvironmentVariable("ROOMGUARD_SCREENSHOTS");

    [Theory]
    [InlineData("/power/units/ups-1?period=year", "trend-year", 6)]
    [InlineData("/power/units/ups-2?period=hour", "trend-outage", 5)]
    [InlineData("/power/units/ups-3?period=day", "trend-unknown", 6)]
    public async Task The_charts_are_drawn_at_both_widths_in_both_colours_without_complaint(string route, string name, int charts)
    {
        foreach (var (width, scheme) in new[] { (1280, ColorScheme.Light), (360, ColorScheme.Dark) })
        {
            await using var visitor = await pages.Visit(width, 800, scheme);
            var page = await visitor.Open(route);
            await page.WaitForSelectorAsync("rg-trends[data-drawn]");

            Assert.Equal(charts.ToString(CultureInfo.InvariantCulture), await page.GetAttributeAsync("rg-trends", "data-drawn"));
            Assert.Equal(charts, await page.Locator("rg-chart canvas").CountAsync());
            Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));
            Assert.True(await page.EvaluateAsync<bool>(Painted), "the line is on the canvas");
            if (Look is not null)
            {
                _ = await page.ScreenshotAsync(new() { Path = Path.Combine(Look, $"{name}-{width}.png"), FullPage = true });
            }

            Assert.Empty(visitor.Complaints);
        }
    }

    [Fact]
    public async Task The_reading_line_moves_by_keyboard_and_says_where_it_is()
    {
        await using var visitor = await pages.Visit();
        var page = await visitor.Open("/power/units/ups-2?period=hour");
        await page.WaitForSelectorAsync("rg-trends[data-drawn]");
        var plot = page.Locator("rg-chart[data-quantity=ChargePercent] [role=slider]");
        await plot.FocusAsync();
        var last = await plot.GetAttributeAsync("aria-valuetext");
        await page.Keyboard.PressAsync("ArrowLeft");
        var before = await plot.GetAttributeAsync("aria-valuetext");
        await page.Keyboard.PressAsync("Home");
        var first = await plot.GetAttributeAsync("aria-valuetext");

        Assert.Matches(@"^2026-11-21 14:\d\d:\d\d  \d+(\.\d)? % 停電$", last);
        Assert.NotEqual(last, before);
        Assert.Matches(@"^2026-11-21 13:\d\d:\d\d  100 %$", first);
        Assert.Equal("0", await plot.GetAttributeAsync("aria-valuenow"));
        Assert.Equal(first, await page.TextContentAsync("rg-chart[data-quantity=ChargePercent] .trend-read"));
        await page.Keyboard.PressAsync("End");
        Assert.Equal(last, await plot.GetAttributeAsync("aria-valuetext"));
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task A_period_is_chosen_by_keyboard_and_stands_in_the_address()
    {
        await using var visitor = await pages.Visit();
        var page = await visitor.Open("/power");
        await page.ClickAsync("a[href='/power/units/ups-1']");
        await page.Arrives("**/power/units/ups-1");
        await page.FocusAsync("nav[aria-label=期間] a[href*='period=week']");
        await page.Keyboard.PressAsync("Enter");
        await page.Arrives("**/power/units/ups-1?period=week");
        await page.WaitForSelectorAsync("rg-trends[data-drawn]");

        Assert.Equal("1週", await page.TextContentAsync("nav[aria-label=期間] [aria-current=page]"));
        await page.ClickAsync("text=前の期間");
        await page.Arrives("**/power/units/ups-1?period=week&to=2026-11-14T*");

        // Drawn first: while charts grow nothing under a pointer is where it was.
        await page.WaitForSelectorAsync("rg-trends[data-drawn]");
        await page.PressAsync("a:has-text('今まで')", "Enter");
        await page.Arrives("**/power/units/ups-1?period=week");
    }

    [Fact]
    public async Task Without_scripts_and_without_readings_the_page_still_says_what_is_so()
    {
        await using var visitor = await pages.Visit(scripts: false);
        var page = await visitor.Open("/power/units/ups-1?period=year");
        Assert.Contains("最小", await page.TextContentAsync("section[aria-labelledby=trend-ChargePercent] table"), StringComparison.Ordinal);
        page = await visitor.Open("/power/units/ups-4");
        Assert.Contains("まだ計測がありません", await page.TextContentAsync("main"), StringComparison.Ordinal);
        page = await visitor.Open("/power/units/ups-3");
        Assert.Contains("今は応答がありません", await page.TextContentAsync("main"), StringComparison.Ordinal);
        if (Look is not null)
        {
            page = await visitor.Open("/power/units/ups-4");
            _ = await page.ScreenshotAsync(new() { Path = Path.Combine(Look, "trend-empty-1280.png") });
        }
    }

    [Fact]
    public async Task A_chart_that_cannot_be_loaded_says_so_above_its_table()
    {
        await using var visitor = await pages.Visit();
        await visitor.Context.RouteAsync("**/readings?**", route => route.FulfillAsync(new() { Status = 503 }));
        var page = await visitor.Open("/power/units/ups-1");
        await page.WaitForSelectorAsync("rg-trends [data-failed]:not([hidden])");

        Assert.Contains("最小", await page.TextContentAsync("rg-trends table"), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-PWR-06")]
    public async Task The_readings_come_as_columns_with_null_where_nothing_was_read()
    {
        using var client = pages.Host.Client();
        using var answer = JsonDocument.Parse(await client.GetStringAsync(new Uri("/power/units/ups-3/readings?period=day&width=1000", UriKind.Relative)));
        var line = answer.RootElement.GetProperty("lines")[0];
        var mean = line.GetProperty("mean").EnumerateArray().ToList();

        Assert.Equal(line.GetProperty("at").GetArrayLength(), mean.Count);
        Assert.Equal(1, mean.Count(value => value.ValueKind == JsonValueKind.Null));
        Assert.InRange(mean.Count, 1, 2000);
    }

    [Theory]
    [InlineData("period=day")]
    [InlineData("period=day&width=99")]
    [InlineData("period=day&width=4001")]
    [InlineData("period=day&width=-5")]
    [InlineData("period=decade&width=1000")]
    [InlineData("period=day&to=tomorrow&width=1000")]
    public async Task A_question_that_cannot_be_answered_is_told_how_to_be_asked(string query)
    {
        using var client = pages.Host.Client();
        using var answer = await client.GetAsync(new Uri($"/power/units/ups-1/readings?{query}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("width (100 to 4000 pixels)", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_answered_without_a_session_and_no_page_stands_for_a_unit_nobody_knows()
    {
        using var nobody = new HttpClient { BaseAddress = new(pages.Host.Address) };
        nobody.DefaultRequestHeaders.Add("X-Fragment", "1");
        using var refused = await nobody.GetAsync(new Uri("/power/units/ups-1/readings?period=day&width=1000", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var client = pages.Host.Client();
        using var unknown = await client.GetAsync(new Uri("/power/units/ups-77", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var decade = await client.GetAsync(new Uri("/power/units/ups-1?period=decade", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, decade.StatusCode);
        Assert.Contains("2026-11-21T14:00:00", await decade.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    // Some pixel of the first canvas has the colour of links, which is the line's.
    private const string Painted =
        """
        () => {
          const canvas = document.querySelector('rg-chart canvas');
          const [r, g, b] = getComputedStyle(document.querySelector('.crumbs a')).color.match(/\d+/g).map(Number);
          const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          for (let i = 0; i < pixels.length; i += 4) {
            if (pixels[i + 3] > 200 && Math.abs(pixels[i] - r) + Math.abs(pixels[i + 1] - g) + Math.abs(pixels[i + 2] - b) < 60) return true;
          }
          return false;
        }
        """;
}
