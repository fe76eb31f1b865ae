using RoomGuard.Core.Readings;
using Xunit;

namespace RoomGuard.UnitTests.Core.Readings;

/// <summary>What stretches of readings come to.</summary>
public class RollUpTests
{
    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Readings_come_to_the_same_in_whatever_order_and_groups_they_are_taken(int seed)
    {
        var chance = new Random(seed);
        var values = Enumerable.Range(0, chance.Next(1, 60)).Select(_ => Math.Round((chance.NextDouble() * 500) - 100, 1)).ToArray();
        var shuffled = values.ToArray();
        chance.Shuffle(shuffled);
        var groups = shuffled.Chunk(chance.Next(1, 9)).Select(group => group.Aggregate(default(RollUp), (sum, value) => sum.With(RollUp.Of(value)))).ToArray();
        chance.Shuffle(groups);
        var whole = groups.Aggregate(default(RollUp), (sum, group) => sum.With(group));

        Assert.Equal((values.Length, values.Min(), values.Max()), (whole.Count, whole.Least, whole.Most));
        Assert.Equal(values.Average(), whole.Mean!.Value, 6);
    }

    [Fact]
    public void Nothing_read_has_no_mean_and_changes_nothing()
    {
        Assert.Null(default(RollUp).Mean);
        Assert.Equal(RollUp.Of(-3, 4), default(RollUp).With(RollUp.Of(-3, 4)));
        Assert.Equal(RollUp.Of(-3, 4), RollUp.Of(-3, 4).With(default));
    }

    [Theory]
    [InlineData(RollUpWidth.Minute, "2026-11-21T14:32:07+09:00", "2026-11-21T14:32:00+09:00")]
    [InlineData(RollUpWidth.Quarter, "2026-11-21T14:32:07+09:00", "2026-11-21T14:30:00+09:00")]
    [InlineData(RollUpWidth.Hour, "2026-11-21T14:32:07+09:00", "2026-11-21T14:00:00+09:00")]
    [InlineData(RollUpWidth.Day, "2026-11-21T00:00:00+09:00", "2026-11-21T00:00:00+09:00")]
    [InlineData(RollUpWidth.Day, "2026-11-21T23:59:59+09:00", "2026-11-21T00:00:00+09:00")]
    [InlineData(RollUpWidth.Minute, "1969-12-31T23:59:59Z", "1969-12-31T23:59:00Z")]
    public void A_stretch_begins_where_the_clock_of_the_site_says(RollUpWidth width, string at, string start) =>
        Assert.Equal(DateTimeOffset.Parse(start, null).ToUnixTimeMilliseconds(), width.StartOf(DateTimeOffset.Parse(at, null).ToUnixTimeMilliseconds(), Tokyo));

    [Fact]
    public void A_day_on_which_clocks_are_turned_is_one_day_of_23_or_25_hours()
    {
        var (spring, autumn) = (new DateTimeOffset(2026, 3, 28, 23, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 10, 24, 22, 0, 0, TimeSpan.Zero));
        Assert.Equal(23, HoursOf(spring));
        Assert.Equal(25, HoursOf(autumn));

        static int HoursOf(DateTimeOffset midnight) => Enumerable.Range(0, 30).Count(hour =>
            RollUpWidth.Day.StartOf(midnight.AddHours(hour).AddMinutes(30).ToUnixTimeMilliseconds(), Berlin) == midnight.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void A_run_takes_the_same_value_only_in_order_without_a_gap_and_within_its_minute()
    {
        var run = new ReadingRun(120_000, 130_000, 3, 230.4);

        Assert.Equal(new(120_000, 132_000, 4, 230.4), run.With(132_000, 230.4));
        Assert.Null(run.With(132_000, 230.5));
        Assert.Null(run.With(130_000, 230.4));
        Assert.Null(run.With(160_001, 230.4));
        Assert.Null((run with { Until = 179_000 }).With(180_000, 230.4));
        Assert.True(run.Holds(120_000) && run.Holds(125_000) && run.Holds(130_000) && !run.Holds(119_999) && !run.Holds(130_001));
    }
}
