using System.Collections.Immutable;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Readings;
using RoomGuard.Dashboard.Power;

namespace RoomGuard.Dashboard.Climate;

/// <summary>How the values of sensors went (R-ENV-10).</summary>
public interface ISensorTrends
{
    /// <summary>What was measured in a stretch of time, as fine as a chart of this width can show.</summary>
    /// <param name="asked">One line each, in this order.</param>
    /// <param name="from">Included.</param>
    /// <param name="until">Not included.</param>
    /// <param name="width">Of the chart, pixels.</param>
    Task<SensorTrend> Trend(ImmutableArray<SensorSeries> asked, DateTimeOffset from, DateTimeOffset until, int width, CancellationToken gone);
}

/// <summary>One value of a sensor.</summary>
/// <param name="Name">Which chart it is for.</param>
/// <param name="Interval">How often the sensor speaks: where it did not for longer, nothing is known.</param>
public readonly record struct SensorSeries(string Name, string Sensor, Quantity Quantity, TimeSpan Interval);

/// <summary>One value of a sensor over time.</summary>
/// <param name="Points">In order of time; where none stands nothing was measured.</param>
public sealed record SensorTrendLine(SensorSeries Series, ImmutableArray<TrendPoint> Points)
{
    /// <summary>Which chart it is for.</summary>
    public string Name => Series.Name;

    /// <summary>All of it together.</summary>
    public RollUp Whole => Points.Aggregate(default(RollUp), (sum, point) => sum.With(point.Value));
}

/// <summary>A time something was wrong at a sensor.</summary>
/// <param name="EndedAt">Null: it goes on.</param>
/// <param name="Peak">The worst value; null: none, or it goes on.</param>
public readonly record struct SensorAlarm(string Sensor, ClimateRule Rule, ClimateLevel Level, DateTimeOffset RaisedAt, DateTimeOffset? EndedAt, double? Peak)
{
    /// <summary>Whether it says something of these values: of what they measure, or of whether they can be believed.</summary>
    public bool Concerns(SensorSeries series) =>
        series.Sensor == Sensor && (ClimateRules.IsAboutWatching(Rule) || ClimateRules.FactorOf(Rule) == ClimateRules.FactorOf(series.Quantity));
}

/// <summary>How sensors went in a stretch of time.</summary>
/// <param name="At">The service's clock.</param>
/// <param name="Grain">What a point is of; null: single readings.</param>
/// <param name="Ever">Whether anything was ever measured of what was asked.</param>
/// <param name="Alarms">Those of the sensors that were asked for, the oldest first.</param>
public sealed record SensorTrend(
    DateTimeOffset At, DateTimeOffset From, DateTimeOffset Until, RollUpWidth? Grain, bool Ever, ImmutableArray<SensorTrendLine> Lines, ImmutableArray<SensorAlarm> Alarms)
{
    /// <summary>Where a line has no readings, from the beginning of the stretch to its end or to now.</summary>
    public ImmutableArray<TrendGap> Gaps(SensorTrendLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return TrendGap.Between(line.Points, From, Until < At ? Until : At, Grain, ClimateTrends.GapOf(line.Series.Interval));
    }
}
