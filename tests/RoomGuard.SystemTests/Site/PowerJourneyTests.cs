using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Site;

/// <summary>An outage of the running site from the first second to the last server that is back, on the pages, in Chromium.</summary>
[Collection(RunningSiteCollection.Name)]
public sealed class PowerJourneyTests(RunningSite site) : SiteJourney(site)
{
    [Fact]
    [Requirement("R-PWR-09")]
    public async Task On_mains_every_server_is_logged_in_and_the_page_says_whether_the_batteries_outlast_their_stop()
    {
        await AllLoggedInAsync(60);
        var facility = await PageAsync("shintomi");
        var said = await RunningSite.UntilAsync(() => TextAsync(facility, "/power"), text => text.Contains("間に合います", StringComparison.Ordinal), 60, "the batteries outlast an orderly shutdown");
        Assert.Equal(["稼働2台", "稼働1台", "稼働1台"], said.Split('\n').Select(line => line.Trim('□', ' ')).Where(line => line.StartsWith("稼働", StringComparison.Ordinal) && line.EndsWith('台')));
        await ShotAsync(facility, "site-power", whole: true, narrow: true);
    }

    [Fact]
    [Trait("Category", "Long")]
    [Requirement("R-PWR-02")]
    [Requirement("R-PWR-03")]
    [Requirement("R-PWR-04")]
    public async Task In_an_outage_the_servers_stop_stage_by_stage_and_the_page_tells_it_minute_by_minute()
    {
        var facility = await PageAsync("shintomi");
        await RunningSite.UntilAsync(() => TextAsync(facility, "/power"), text => text.Contains("間に合います", StringComparison.Ordinal), 60, "the batteries outlast an orderly shutdown");
        await AllLoggedInAsync(60);

        // Two minutes in the battery at full load, and the stages need nearly three with their margin: it begins at once.
        await FullLoadAsync();
        await Site.ActAsync("/api/do/mains-fail", new { ups = "ups-1" });
        await RunningSite.UntilAsync(() => TextAsync(facility, "/power"), text => text.Contains("停電中", StringComparison.Ordinal), 10, "the page knows of the outage");
        await RunningSite.UntilAsync(() => TextAsync(facility, "/power"), text => text.Contains("停止済み", StringComparison.Ordinal), 40, "a server has stopped");
        await ShotAsync(facility, "site-power-outage", whole: true, narrow: true);

        await facility.GotoAsync($"{Site.Pages}/power/outages");
        await facility.ClickAsync("table tbody tr a");
        var story = new Uri(facility.Url).AbsolutePath;

        // With every server that is down the load falls and the batteries would last for many minutes more: here they do not.
        foreach (var stage in (string[])["第1段 · stage-1 · 全台停止", "第2段 · stage-2 · 全台停止"])
        {
            await RunningSite.UntilAsync(() => TextAsync(facility, story), text => text.Contains(stage, StringComparison.Ordinal), 60, stage);
            await FullLoadAsync();
        }

        await RunningSite.UntilAsync(() => TextAsync(facility, story), text => text.Contains("停止順序の完了", StringComparison.Ordinal), 60, "all stages have ended");
        await Site.ActAsync("/api/do/mains-return", new { ups = "ups-1" });
        var told = await RunningSite.UntilAsync(() => TextAsync(facility, story), text => text.Contains("復電", StringComparison.Ordinal), 20, "mains are back");
        await ShotAsync(facility, "site-power-story", whole: true);

        string[] inOrder = ["停止順序の段の開始", "第1段", "機器の停止", "第2段", "機器の停止", "第3段", "機器の停止", "停止順序の完了"];
        var from = told.IndexOf("経過", StringComparison.Ordinal);
        foreach (var words in inOrder)
        {
            var at = told.IndexOf(words, from, StringComparison.Ordinal);
            Assert.True(at >= from, $"{words} does not follow in:\n{told}");
            from = at;
        }

        Assert.Equal(4, told.Split("機器の停止").Length - 1);
        Assert.Equal(3, told.Split("停止順序の段の開始").Length - 1);

        // Everybody comes back once mains are steady, and the record of the site says the same as the page.
        await RunningSite.UntilAsync(
            () => TextAsync(facility, "/power"), text => text.Contains("間に合います", StringComparison.Ordinal) || text.Contains("予備電源容量不足", StringComparison.Ordinal), 120, "the plan is quiet again");
        await AllLoggedInAsync(240);
    }

    private Task FullLoadAsync() => Site.ActAsync("/api/do/ups-load", new { ups = "ups-1", percent = "100" });

    private Task<string> AllLoggedInAsync(double within) => RunningSite.UntilAsync(
        () => Site.Simulators.GetStringAsync(new Uri("/api/servers", UriKind.Relative)), said => said.Split("\"isLoggedIn\":true").Length - 1 == 4, within, "all four servers are logged in");
}
