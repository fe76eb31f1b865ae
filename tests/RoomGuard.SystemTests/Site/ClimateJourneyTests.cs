using RoomGuard.TestKit;
using RoomGuard.TestKit.Pages;
using Xunit;

namespace RoomGuard.SystemTests.Site;

/// <summary>From a simulated sensor through the bridge's own broker to the office's list of alarms.</summary>
[Collection(RunningSiteCollection.Name)]
public sealed class ClimateJourneyTests(RunningSite site)
{
    private const int Patience = 60;

    [Fact]
    [Requirement("R-ENV-09")]
    [Requirement("R-MON-04")]
    public async Task Cooling_that_stops_is_an_alarm_of_the_office_with_what_to_do_next()
    {
        using var facility = await SignedInClient.AsAsync(new Uri(site.Pages), "shintomi");
        await RunningSite.UntilAsync(Alarms, page => !page.Contains("空調の停止", StringComparison.Ordinal), Patience, "nothing is wrong with the cooling");

        await site.ActAsync("/api/do/cooling-fail", new { on = true });
        var told = await RunningSite.UntilAsync(Alarms, page => page.Contains("空調の停止", StringComparison.Ordinal), Patience, "the office has the alarm");
        Assert.Contains("chiller-1", told, StringComparison.Ordinal);
        Assert.Contains("空調の表示と電源を見る", told, StringComparison.Ordinal);

        await site.ActAsync("/api/do/cooling-fail", new { on = false });

        async Task<string> Alarms() => await facility.Http.GetStringAsync(new Uri("/alarms", UriKind.Relative));
    }
}
