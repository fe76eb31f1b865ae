using RoomGuard.Core.Watch;
using Xunit;
using static RoomGuard.UnitTests.Core.Watch.AnAlarm;

namespace RoomGuard.UnitTests.Core.Watch;

/// <summary>The monthly figures.</summary>
public sealed class AlarmFiguresTests
{
    private static readonly DateTimeOffset May = new(2026, 5, 1, 0, 0, 0, TimeSpan.FromHours(9));

    [Fact]
    public void A_month_is_counted_by_local_days_with_its_worst_sources_and_what_to_change()
    {
        var held = Enumerable.Range(0, 8).Select(at => Life(AlarmKinds.DoorHeldOpen, "SRV-1-D1", May.AddDays(at).AddHours(1), minutes: at < 6 ? 2 : 30, seen: at)).ToList();
        var forced = Enumerable.Range(0, 3).Select(at => Life(AlarmKinds.DoorForced, "SRV-1-D2", May.AddDays(10).AddMinutes(at), minutes: 5, seen: 100, wrong: true));
        var standing = Life(AlarmKinds.UpsLost, "ups-1", May.AddDays(20), minutes: 3000, seen: null);
        var drill = Life(AlarmKinds.Drill, "", May.AddDays(20), minutes: 3000, seen: null);
        var before = Life(AlarmKinds.UpsLost, "ups-1", May.AddSeconds(-1), minutes: 1, seen: 1);
        var figures = AlarmFigures.Of([.. held, .. forced, standing, drill, before], May, May.AddMonths(1), May.AddMonths(1), Tokyo);

        Assert.Equal((12, 31), (figures.Total, figures.Days.Length));
        Assert.Equal((1, 1, 3), (figures.Days[0].Alarms, figures.Days[7].Alarms, figures.Days[10].Alarms));
        Assert.Equal(("SRV-1-D1", 8, 6), (figures.Top[0].Subject, figures.Top[0].Alarms, figures.Top[0].Brief));
        Assert.True(figures.Top[0].WantsDelay);
        Assert.True(figures.Top[1].WantsMending);
        Assert.Equal("ups-1", Assert.Single(figures.Standing).Subject);
        Assert.Equal((1, 3), (figures.NotAcknowledged, figures.False));
        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(100)), (figures.MedianToAcknowledge, figures.LongestToAcknowledge));
        Assert.Equal((0, 31 * 24 * 6), (figures.FloodIntervals, figures.Intervals));
    }

    [Fact]
    public void A_flood_is_counted_by_its_intervals()
    {
        var many = Enumerable.Range(0, 11).Select(at => Life(AlarmKinds.UpsLost, $"ups-{at}", May.AddHours(3).AddSeconds(at), minutes: 1, seen: 1));

        Assert.Equal(1, AlarmFigures.Of(many, May, May.AddMonths(1), May.AddDays(2), Tokyo).FloodIntervals);
        Assert.Equal(288, AlarmFigures.Of([], May, May.AddMonths(1), May.AddDays(2), Tokyo).Intervals);
    }

    private static AlarmLife Life(AlarmKind kind, string subject, DateTimeOffset at, int minutes, int? seen, bool wrong = false) =>
        new("AL-1", kind, subject, kind.Level, at, at.AddMinutes(minutes), seen is { } after ? at.AddMinutes(after) : null, 1, false, wrong);
}
