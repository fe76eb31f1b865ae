using System.Collections.Immutable;
using System.Text.Json;
using RoomGuard.Core.Power;
using RoomGuard.Core.Readings;
using RoomGuard.Dashboard.Power;
using RoomGuard.Dashboard.Text;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Service.Power;
using Xunit;

namespace RoomGuard.UnitTests.Dashboard;

/// <summary>蓄電池の推移 as text, and what its charts are answered.</summary>
public class TrendPageTests
{
    private static readonly UnitTrend Empty = new(Paper.Now, Paper.Now.AddHours(-1), Paper.Now, null, Ever: true, [.. UpsTrends.Followed.Select(quantity => new TrendLine(quantity, []))], []);

    [Fact]
    [Requirement("R-PWR-06")]
    public void A_chart_is_told_null_where_nothing_was_read()
    {
        var trend = Line(Point(-3000, 98), Point(-2990, 97), Point(-60, 41), Point(-10, 40));
        var columns = Assert.Single(TrendAnswer.Of(trend).Lines);

        Assert.Equal([98, 97, null, 41, null, 40], columns.Mean.AsEnumerable());
        Assert.Equal(columns.Mean.Length, columns.At.Length);
        Assert.Equal(columns.At.Order(), columns.At.AsEnumerable());
        Assert.Null(columns.Least);
        Assert.Equal([(0, 600), (610, 3540), (3540, 3590)], columns.Gaps.Select(gap => ((int)(gap[0] - Seconds(-3600)), (int)(gap[1] - Seconds(-3600)))));
        Assert.Contains("\"mean\":[98,97,null,41,null,40]", JsonSerializer.Serialize(TrendAnswer.Of(trend), TrendJson.Default.TrendAnswer), StringComparison.Ordinal);
    }

    [Fact]
    public void Roll_ups_come_with_their_lowest_and_highest_and_an_outage_that_goes_on_ends_now()
    {
        var trend = Line(new TrendPoint(Paper.Now.AddMinutes(-30), new(4, 90, 100, 388))) with { Grain = RollUpWidth.Hour, Outages = [new("o-1", Paper.Now.AddMinutes(-5), null)] };
        var answer = TrendAnswer.Of(trend);
        var columns = Assert.Single(answer.Lines);

        Assert.Equal(("Hour", (double?)97, (double?)90, (double?)100), (answer.Grain, columns.Mean[0], columns.Least!.Value[0], columns.Most!.Value[0]));
        Assert.Empty(columns.Gaps);
        Assert.Equal([Seconds(-300), Seconds(0)], Assert.Single(answer.Outages).AsEnumerable());
    }

    [Fact]
    public async Task A_unit_that_was_never_measured_says_so_in_words()
    {
        var words = await Paper.Words<UnitTrendPage>(Model(Empty with { Ever = false }, Card()));

        Assert.Contains("まだ計測がありません", words, StringComparison.Ordinal);
        Assert.DoesNotContain("1時間", words, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-PWR-06")]
    public async Task A_unit_that_does_not_answer_is_said_to_be_unknown_above_its_old_values()
    {
        var lost = Card() with { Unit = Card().Unit with { Lost = true }, Age = TimeSpan.FromMinutes(7) };
        var words = await Paper.Words<UnitTrendPage>(Model(Line(Point(-3000, 98)), lost));

        Assert.Contains("不明 今は応答がありません", words, StringComparison.Ordinal);
        Assert.Contains("最後の計測 7分前", words, StringComparison.Ordinal);
        Assert.Contains("データなし 2か所 計1時間0分", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Beside_each_chart_stand_its_lowest_mean_and_highest_and_the_periods_are_links()
    {
        var words = await Paper.Words<UnitTrendPage>(Model(Line(Point(-40, 41), Point(-20, 80), Point(0, 98)), Card()));
        var html = await Paper.Html<UnitTrendPage>(Model(Line(Point(-40, 41), Point(-20, 80), Point(0, 98)), Card()));

        Assert.Contains("最小 41% 平均 73% 最大 98%", words, StringComparison.Ordinal);
        Assert.Contains("この期間の計測はありません", words, StringComparison.Ordinal);
        Assert.Contains("この期間に停電はありません", words, StringComparison.Ordinal);
        foreach (var period in new[] { "hour", "day", "week", "month", "year" })
        {
            Assert.Contains($"href=\"/power/units/ups-1?period={period}\"", html, StringComparison.Ordinal);
        }

        Assert.Contains("chart.", html, StringComparison.Ordinal);
        Assert.Contains("Lowest 41% Mean 73% Highest 98%", await Paper.Words<UnitTrendPage>(Model(Line(Point(-40, 41), Point(-20, 80), Point(0, 98)), Card()), Language.English), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", TrendPeriod.Day, "2026-11-20 14:32:07")]
    [InlineData("hour", "2026-11-21T14:00:00", TrendPeriod.Hour, "2026-11-21 13:00:00")]
    [InlineData("MONTH", "2026-03-31T00:00:00", TrendPeriod.Month, "2026-02-28 00:00:00")]
    [InlineData("year", "2024-02-29T12:00:00", TrendPeriod.Year, "2023-02-28 12:00:00")]
    public void A_period_and_its_end_are_read_from_the_address(string period, string to, TrendPeriod expected, string from)
    {
        var (range, wrong) = TrendRange.Read(period, to, Paper.Ink(), Paper.Now);

        Assert.Null(wrong);
        Assert.Equal((expected, from, to.Length == 0), (range!.Period, Paper.Ink().Stamp(range.From), range.ToNow));
    }

    [Theory]
    [InlineData("decade", "", "period")]
    [InlineData("1", "", "period")]
    [InlineData("hour,day", "", "period")]
    [InlineData("day", "yesterday", "to")]
    [InlineData("day", "9999-12-31T23:59:59", "to")]
    [InlineData("year", "0001-01-01T00:00:00", "to")]
    public void What_is_no_period_is_said_to_be_none(string period, string to, string wrong) => Assert.Equal(wrong, TrendRange.Read(period, to, Paper.Ink(), Paper.Now).Wrong);

    [Fact]
    public void One_walks_back_and_forth_to_now()
    {
        var (now, _) = TrendRange.Read("day", "", Paper.Ink(), Paper.Now);
        Assert.Null(now!.Newer("/p", Paper.Ink(), Paper.Now));
        Assert.Equal("/p?period=day&to=2026-11-20T14%3A32%3A07", now.Older("/p", Paper.Ink()));
        var (before, _) = TrendRange.Read("day", "2026-11-20T14:32:07", Paper.Ink(), Paper.Now);
        Assert.Equal("/p?period=day", before!.Newer("/p", Paper.Ink(), Paper.Now));
        var (earlier, _) = TrendRange.Read("day", "2026-11-19T14:32:07", Paper.Ink(), Paper.Now);
        Assert.Equal("/p?period=day&to=2026-11-20T14%3A32%3A07", earlier!.Newer("/p", Paper.Ink(), Paper.Now));
    }

    private static UnitCard Card() => new(AUnit.OnMains("ups-1", 1800, Paper.Now), new("bridge-1"), TimeSpan.Zero, Fresh: true, null);

    private static UnitTrendModel Model(UnitTrend trend, UnitCard card) => new("ups-1", card, trend, new(TrendPeriod.Hour, trend.From, trend.Until, ToNow: true));

    private static UnitTrend Line(params TrendPoint[] points) => Empty with { Lines = [new(UpsQuantity.ChargePercent, [.. points]), .. Empty.Lines[1..]] };

    private static TrendPoint Point(int seconds, double value) => new(Paper.Now.AddSeconds(seconds), RollUp.Of(value));

    private static double Seconds(int seconds) => Paper.Now.AddSeconds(seconds).ToUnixTimeSeconds();
}
