using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Pages;

/// <summary>The pages of 電源 in a browser.</summary>
public class PowerPagesTests(PagesFixture pages) : IClassFixture<PagesFixture>
{
    // What a person looks at after a change: set ROOMGUARD_SCREENSHOTS to a folder and the pages are kept there as pictures.
    private static readonly string? Look = Environment.GetEnvironmentVariable("ROOMGUARD_SCREENSHOTS");

    [Theory]
    [InlineData("/power", "power")]
    [InlineData("/power/plan", "plan")]
    [InlineData("/power/outages/ups-2-20261121T052000Z", "outage")]
    [InlineData("/power/planned", "planned")]
    [InlineData("/power/plan/changes/PP-0006/allow", "plan-allow")]
    [InlineData("/power/commands?unit=ups-1", "commands")]
    [InlineData("/power/commands?unit=ups-2", "commands-off")]
    [InlineData("/power/commands?unit=ups-3", "commands-silent")]
    [InlineData("/power/commands/UC-0008/confirm", "commands-confirm")]
    public async Task Each_page_is_there_at_both_widths_in_both_colours_without_complaint(string route, string name)
    {
        foreach (var (width, scheme) in new[] { (1280, Microsoft.Playwright.ColorScheme.Light), (360, Microsoft.Playwright.ColorScheme.Dark) })
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

    [Fact]
    [Requirement("R-PWR-04")]
    public async Task A_plan_is_tried_out_before_it_is_ordered()
    {
        await using var visitor = await pages.Visit(scripts: false);
        var page = await visitor.Open("/power/plan");
        await page.FillAsync("#margin", "1.5");
        await page.ClickAsync("form.form-plan button[type=submit]");
        await page.WaitForSelectorAsync("#trial-title");
        Assert.Contains("38分", await page.TextContentAsync(".trial"), StringComparison.Ordinal);
        if (Look is not null)
        {
            _ = await page.ScreenshotAsync(new() { Path = Path.Combine(Look, "trial-1280.png"), FullPage = true });
        }

        // Without a reason it comes back with all that was tried.
        await page.ClickAsync("form[action='/power/plan/ask'] button");
        await page.WaitForSelectorAsync(".problems a[href='#reason']");
        Assert.Contains("38分", await page.TextContentAsync(".trial"), StringComparison.Ordinal);
        await page.FillAsync("#reason", "仮想基盤を増やしたため");
        await page.ClickAsync("form[action='/power/plan/ask'] button");
        await page.WaitForSelectorAsync(".saved");
        Assert.Contains("/power/plan?plan=srv-1", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-CFG-01")]
    public async Task A_proposal_says_what_it_changes_and_one_made_from_an_older_plan_is_not_offered_for_approval()
    {
        await using var visitor = await pages.Visit();
        var page = await visitor.Open("/power/plan?plan=srv-1");
        var waiting = page.Locator("li.card:has-text('PP-0006')");
        Assert.Contains("1.2 → 1.4", await waiting.TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("a[href='/power/plan/changes/PP-0005/allow']").CountAsync());
        Assert.Contains("作り直して", await page.Locator("li.card:has-text('PP-0005')").TextContentAsync(), StringComparison.Ordinal);
        await waiting.Locator("a[href$='/allow']").ClickAsync();
        Assert.Contains("1.2 → 1.4", await page.TextContentAsync("main"), StringComparison.Ordinal);
        await page.ClickAsync("form[action='/power/plan/changes/PP-0006/allow'] button[type=submit]");
        await page.WaitForSelectorAsync(".saved");
    }

    [Fact]
    public async Task A_drill_is_held_and_its_table_stands_marked_or_the_page_says_why_it_was_not()
    {
        await using var visitor = await pages.Visit(scripts: false);
        var page = await visitor.Open("/power/plan?plan=srv-1");
        await page.ClickAsync("form[action='/power/plan/srv-1/drill'] button");
        await page.WaitForSelectorAsync(".saved");
        Assert.Contains("drill=104070", page.Url, StringComparison.Ordinal);
        Assert.Equal(3, await page.Locator("#drill tbody tr th a").CountAsync());
        Assert.Equal(4, await page.Locator("#drill .chip", new() { HasText = "訓練" }).CountAsync());

        page = await visitor.Open("/power/plan?plan=med-1");
        Assert.Contains("訓練はまだ行われていません", await page.TextContentAsync("#drill"), StringComparison.Ordinal);
        await page.ClickAsync("form[action='/power/plan/med-1/drill'] button");
        await page.WaitForSelectorAsync("#drill .problems");
        Assert.Contains("UPS ups-3 が不明", await page.TextContentAsync("#drill .problems"), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-PWR-10")]
    public async Task A_refused_command_leads_back_to_its_field_with_the_reason_and_what_was_typed()
    {
        await using var visitor = await pages.Visit(scripts: false);
        var page = await visitor.Open("/power/commands?unit=ups-1");
        _ = await page.SelectOptionAsync("#command", "OutputOff:60");
        await page.FillAsync("#reason", "分電盤の工事");
        await page.ClickAsync("form[action='/power/commands'] button[type=submit]");
        await page.WaitForSelectorAsync(".problems a[href='#command']");

        Assert.Contains("R-PWR-10", await page.TextContentAsync(".problems"), StringComparison.Ordinal);
        Assert.Equal(("OutputOff:60", "分電盤の工事"), (await page.InputValueAsync("#command"), await page.InputValueAsync("#reason")));
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public async Task A_line_that_cannot_be_read_leads_back_to_its_field_with_all_that_was_typed()
    {
        await using var visitor = await pages.Visit();
        var page = await visitor.Open("/power/plan");
        await page.FillAsync("#stages", "stage-1;仮想基盤;vm-1");
        await page.ClickAsync("form.form-plan button[type=submit]");
        await page.WaitForSelectorAsync(".problems a[href='#stages']");

        Assert.Equal("stage-1;仮想基盤;vm-1", await page.InputValueAsync("#stages"));
    }
}
