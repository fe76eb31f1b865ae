using System.Collections.Immutable;
using RoomGuard.Core.Power;
using RoomGuard.Core.Readings;

namespace RoomGuard.Dashboard.Power;

/// <summary>How the values of a UPS went (R-PWR-01, R-PWR-07).</summary>
public interface IUnitTrends
{
    /// <summary>What was read of a unit in a stretch of time, as fine as a chart of this width can show.</summary>
    /// <param name="from">Included.</param>
    /// <param name="until">Not included.</param>
    /// <param name="width">Of the chart, pixels.</param>
    Task<UnitTrend> Trend(string ups, DateTimeOffset from, DateTimeOffset until, int width, CancellationToken gone);
}

/// <summary>A point of a line: one reading, or what a stretch of them comes to.</summary>
/// <param name="At">When it was read; of a stretch its middle.</param>
public readonly record struct TrendPoint(DateTimeOffset At, RollUp Value);

/// <summary>A stretch of time without readings.</summary>
public readonly record struct TrendGap(DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>How long it is.</summary>
    public TimeSpan Length => Until - From;

    /// <summary>Where nothing was read.</summary>
    /// <param name="grain">What a point is of; null: single readings.</param>
    /// <param name="longest">Single readings farther apart than this have nothing between them.</param>
    public static ImmutableArray<TrendGap> Between(ImmutableArray<TrendPoint> points, DateTimeOffset from, DateTimeOffset until, RollUpWidth? grain, TimeSpan longest)
    {
        var gaps = ImmutableArray.CreateBuilder<TrendGap>();

        // A stretch that is missing is a gap; the hour by which a day is longer in autumn is not.
        var half = grain is { } width ? width.Length() / 2 : TimeSpan.Zero;
        var least = grain is null ? longest : longest > half * 2 ? longest : half;
        var before = from;
        foreach (var point in points)
        {
            Add(before, point.At - half);
            before = point.At + half;
        }

        Add(before, until);
        return gaps.ToImmutable();

        void Add(DateTimeOffset begin, DateTimeOffset end)
        {
            if (end - begin > least)
            {
                gaps.Add(new(begin, end));
            }
        }
    }
}

/// <summary>One value of a unit over time.</summary>
/// <param name="Points">In order of time; where none stands nothing was read.</param>
public sealed record TrendLine(UpsQuantity Quantity, ImmutableArray<TrendPoint> Points)
{
    /// <summary>All of it together.</summary>
    public RollUp Whole => Points.Aggregate(default(RollUp), (sum, point) => sum.With(point.Value));
}

/// <summary>An outage of the unit.</summary>
/// <param name="EndedAt">Null: it goes on.</param>
public readonly record struct TrendOutage(string Id, DateTimeOffset StartedAt, DateTimeOffset? EndedAt);

/// <summary>How a unit went in a stretch of time.</summary>
/// <param name="At">The service's clock.</param>
/// <param name="Grain">What a point is of; null: single readings.</param>
/// <param name="Ever">Whether anything was ever read of this unit.</param>
/// <param name="Lines">One for each value that is followed, also where nothing was read.</param>
public sealed record UnitTrend(
    DateTimeOffset At, DateTimeOffset From, DateTimeOffset Until, RollUpWidth? Grain, bool Ever, ImmutableArray<TrendLine> Lines, ImmutableArray<TrendOutage> Outages)
{
    /// <summary>Where a line has no readings, from the beginning of the stretch to its end or to now.</summary>
    public ImmutableArray<TrendGap> Gaps(TrendLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return TrendGap.Between(line.Points, From, Until < At ? Until : At, Grain, ReadingRun.Gap);
    }
}
