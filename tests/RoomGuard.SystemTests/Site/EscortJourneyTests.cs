using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Site;

/// <summary>The escort leaves first: nobody is held back, and everybody who must know does, in Chromium.</summary>
[Collection(RunningSiteCollection.Name)]
public sealed class EscortJourneyTests(RunningSite site) : SiteJourney(site)
{
    private const string Escort = "S-0184";
    private const string Visitor = "B-R-001";

    [Fact]
    [Trait("Category", "Long")]
    [Requirement("R-VIS-02")]
    [Requirement("R-VIS-03")]
    [Requirement("R-DOOR-05")]
    public async Task The_escort_who_leaves_first_gets_out_and_the_visitor_left_alone_is_an_alarm_until_the_visitor_is_out_too()
    {
        var manager = await PageAsync("miyakonojo");
        await Site.ActAsync("/api/do/enter", new { person = Escort, door = "SRV-1-D1", stay = "00:10:00" });
        await RunningSite.UntilAsync(() => RowOf(manager, "granted"), row => row.Contains("木城", StringComparison.Ordinal), 15, "the escort enters");
        await Site.ActAsync("/api/do/enter", new { person = Visitor, door = "SRV-1-D1", stay = "00:10:00" });
        await RunningSite.UntilAsync(() => TextAsync(manager, "/presence"), text => text.Contains("日之影", StringComparison.Ordinal), 15, "the visitor is inside");
        Assert.DoesNotContain("付添い不在", await TextAsync(manager, "/presence"), StringComparison.Ordinal);

        // Out goes the escort, at once: a way out is never decided.
        await Site.ActAsync("/api/do/leave", new { person = Escort });
        await RunningSite.UntilAsync(
            () => TextAsync(manager, "/presence"),
            text => text.Contains("付添い不在", StringComparison.Ordinal) && !text.Contains("木城", StringComparison.Ordinal),
            20,
            "the escort is out, and the visitor stands alone on the list");
        await ShotAsync(manager, "site-escort-missing", whole: true, narrow: true);
        Assert.Contains("付添い不在", await TextAsync(manager, "/"), StringComparison.Ordinal);
        await ShotAsync(manager, "site-escort-missing-now", narrow: true);

        // The visitor goes too, and it is over.
        await Site.ActAsync("/api/do/leave", new { person = Visitor });
        await RunningSite.UntilAsync(() => TextAsync(manager, "/presence"), text => !text.Contains("日之影", StringComparison.Ordinal), 20, "the visitor is out");
    }
}
