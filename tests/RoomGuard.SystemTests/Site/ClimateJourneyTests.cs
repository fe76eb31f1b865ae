using RoomGuard.TestKit;
using RoomGuard.TestKit.Pages;
using Xunit;

namespace RoomGuard.SystemTests.Site;

/// <summary>From a simulated sensor through the bridge's own broker to the office's list of alarms, and back.</summary>
[Collection(RunningSiteCollection.Name)]
public sealed class ClimateJourneyTests(RunningSite site)
{
    private const int Patience = 60;

    [Fact]
    [Requirement("R-ENV-09")]
    [Requirement("R-MON-04")]
    public async Task Cooling_that_stops_is_an_alarm_of_the_office_and_is_over_when_it_runs_again()
    {
        using var facility = await SignedInClient.AsAsync(new Uri(site.Pages), "shintomi");
        await RunningSite.UntilAsync(Alarms, page => !page.Contains("空調の停止", StringComparison.Ordinal), Patience, "nothing is wrong with the cooling");

        await site.ActAsync("/api/do/cooling-fail", new { on = true });
        var told = await RunningSite.UntilAsync(Alarms, page => page.Contains("空調の停止", StringComparison.Ordinal), Patience, "the office has the alarm");
        Assert.Contains("chiller-1", told, StringComparison.Ordinal);

        await site.ActAsync("/api/do/cooling-fail", new { on = false });
        await RunningSite.UntilAsync(Alarms, page => page.Contains("復旧・未確認", StringComparison.Ordinal), Patience * 2, "its cause is over and nobody has acknowledged it");

        async Task<string> Alarms() => await facility.Http.GetStringAsync(new Uri("/alarms", UriKind.Relative));
    }
}
