using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using RoomGuard.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace RoomGuard.SystemTests.Pages;

/// <summary>環境 in a browser.</summary>
public class ClimatePagesTests(PagesFixture pages, ITestOutputHelper output) : IClassFixture<PagesFixture>
{
    // What a person looks at after a change: set ROOMGUARD_SCREENSHOTS to a folder and the pages are kept there as pictures.
    private static readonly string? Look = Environment.GetEnvironmentVariable("ROOMGUARD_SCREENSHOTS");

    [Theory]
    [InlineData("/climate", "climate")]
    [InlineData("/climate/sensors", "climate-sensors")]
    [InlineData("/climate/limits?place=SRV-1/inlet-2&measure=Temperature", "climate-limits")]
    [InlineData("/climate/confirm?condition=Quake/SRV-1", "climate-confirm")]
    [InlineData("/climate/enrol?panel=bridge-1&source=lan&sender=zigbee2mqtt/rack/R04", "climate-enrol")]
    [InlineData("/climate/plan", "climate-plan")]
    [InlineData("/failures", "failures")]
    [InlineData("/failures/F-104233", "failure")]
    public async Task The_pages_fit_both_widths_in_both_colours_without_complaint(string route, string name)
    {
        foreach (var (width, scheme) in new[] { (1280, ColorScheme.Light), (360, ColorScheme.Dark) })
        {
            await using var visitor = await pages.Visit(width, 800, scheme);
            var page = await visitor.Open(route);
            Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));
            if (Look is not null)
            {
                _ = await page.ScreenshotAsync(new() { Path = Path.Combine(Look, $"{name}-{width}.png"), FullPage = true });
            }

            Assert.Empty(visitor.Complaints);
        }
    }

    [Theory]
    [InlineData("/climate/sensors/inlet-2?period=year", "climate-sensor", 2)]
    [InlineData("/climate/sensors/inlet-2?period=day", "climate-sensor-day", 2)]
    [InlineData("/climate/trends?zone=SRV-1&quantity=Temperature&period=week", "climate-trends", 4)]
    public async Task The_charts_are_drawn_with_their_limits_at_both_widths(string route, string name, int charts)
    {
        foreach (var (width, scheme) in new[] { (1280, ColorScheme.Light), (360, ColorScheme.Dark) })
        {
            await using var visitor = await pages.Visit(width, 800, scheme);
            var page = await visitor.Open(route);
            await page.WaitForSelectorAsync("rg-trends[data-drawn]");

            Assert.Equal(charts.ToString(CultureInfo.InvariantCulture), await page.GetAttributeAsync("rg-trends", "data-drawn"));
            Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));
            if (Look is not null)
            {
                _ = await page.ScreenshotAsync(new() { Path = Path.Combine(Look, $"{name}-{width}.png"), FullPage = true });
            }

            output.WriteLine(await page.EvaluateAsync<string>("() => performance.getEntriesByType('resource').filter(item => item.name.includes('readings')).map(item => `answered in ${Math.round(item.duration)} ms`).join()"));
            Assert.Empty(visitor.Complaints);
        }
    }

    [Fact]
    [Requirement("R-ENV-05")]
    public async Task A_mark_on_the_plan_bears_a_sign_and_an_age_and_none_of_what_is_not_heard_is_normal()
    {
        await using var visitor = await pages.Visit(scripts: false);
        var page = await visitor.Open("/climate");
        var marks = await page.Locator("section[aria-labelledby='zone-bridge-1-SRV-1'] .floor-sensor").EvaluateAllAsync<string[]>("items => items.map(item => `${item.dataset.tone} ${item.textContent.trim()}`)");
        var silent = await page.Locator("section[aria-labelledby='zone-bridge-2-UPS-1'] .floor-sensor").EvaluateAllAsync<string[]>("items => items.map(item => item.dataset.tone)");

        Assert.Equal(9, marks.Length);
        Assert.Matches(@"^ok ○\s*1: 2\d\.\d℃ \d+秒$", marks[0]);
        Assert.Matches(@"^stale ―\s*3: \d+分$", marks[2]);
        Assert.All(silent, tone => Assert.Equal("stale", tone));
    }

    [Fact]
    public async Task What_is_wrong_in_a_form_is_said_at_its_field_and_a_question_no_chart_asks_is_refused()
    {
        using var client = pages.Host.Client();
        await using var visitor = await pages.Visit();
        var page = await visitor.Open("/climate/limits?place=SRV-1/inlet-2&measure=Temperature");
        await page.FillAsync("#warningHigh", "三十");
        await page.ClickAsync("button[formaction='/climate/limits/try']");
        Assert.Contains("数字で入力してください", await page.TextContentAsync("#warningHigh-complaint"), StringComparison.Ordinal);
        await page.FillAsync("#warningHigh", "29");
        await page.ClickAsync("button[formaction='/climate/limits/try']");
        await page.WaitForSelectorAsync("#trial-title");
        Assert.Equal("29", await page.InputValueAsync("#warningHigh"));
        Assert.Contains("3回(うち警報 1回)", await page.TextContentAsync("section[aria-labelledby=trial-title]"), StringComparison.Ordinal);
        if (Look is not null)
        {
            _ = await page.ScreenshotAsync(new() { Path = Path.Combine(Look, "climate-trial-1280.png"), FullPage = true });
        }

        foreach (var (route, status) in new[]
        {
            ("/climate/sensors/inlet-1?period=decade", HttpStatusCode.BadRequest), ("/climate/sensors/inlet-1/readings?period=day", HttpStatusCode.BadRequest),
            ("/climate/trends?zone=NOWHERE", HttpStatusCode.NotFound), ("/climate/confirm?condition=Smoke/none", HttpStatusCode.NotFound), ("/climate/sensors/gone-1", HttpStatusCode.NotFound),
            ("/climate/limits/CL-9999/allow", HttpStatusCode.NotFound),
        })
        {
            using var answer = await client.GetAsync(new Uri(route, UriKind.Relative));
            Assert.Equal(status, answer.StatusCode);
        }

        using var told = JsonDocument.Parse(await client.GetStringAsync(new Uri("/climate/trends/readings?zone=SRV-1&quantity=Temperature&period=day&width=1000", UriKind.Relative)));
        Assert.Contains(JsonValueKind.Null, told.RootElement.GetProperty("lines")[0].GetProperty("mean").EnumerateArray().Select(item => item.ValueKind));
    }
}
