using RoomGuard.TestKit;
using RoomGuard.TestKit.Year;
using Xunit;

namespace RoomGuard.Scenarios.Doors;

/// <summary>A week of one site from a seed, every promise looked at after every event; <c>./bench year</c> replays a whole year.</summary>
public sealed class YearScenario
{
    private const int Week = 7;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Requirement("R-DOOR-01")]
    [Requirement("R-DOOR-05")]
    [Requirement("R-DOOR-06")]
    [Requirement("R-VIS-02")]
    [Requirement("R-VIS-03")]
    [Requirement("R-VIS-04")]
    [Requirement("R-VIS-05")]
    [Requirement("R-ZONE-09")]
    public void A_week_keeps_every_promise_at_every_moment(int seed)
    {
        var week = YearReplay.Run(seed, Week);

        Assert.True(week.Events > 30_000, week.Text);
        Assert.True(week.Looks >= week.Events, week.Text);
    }

    [Fact]
    public void The_same_seed_gives_the_same_week_to_the_last_entry()
    {
        var one = YearReplay.Run(4, 2);
        var again = YearReplay.Run(4, 2);
        var other = YearReplay.Run(5, 2);

        Assert.Equal(one, again);
        Assert.NotEqual(one.Hash, other.Hash);
    }
}
