using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Dashboard.Climate;

namespace RoomGuard.Dashboard.Power;

/// <summary>A line as a chart draws it: columns of the same length, times in Unix seconds.</summary>
/// <param name="Quantity">Which chart it is for.</param>
/// <param name="Mean">The reading, or the mean of a stretch; null: nothing was read there, and the line ends.</param>
/// <param name="Least">The lowest of each stretch; absent where points are single readings.</param>
/// <param name="Most">The highest.</param>
/// <param name="Gaps">From and until of each stretch without readings.</param>
/// <param name="Outages">From and until of each time something was wrong with this line alone; null: what was wrong concerned all.</param>
internal sealed record TrendColumns(
    string Quantity, ImmutableArray<double> At, ImmutableArray<double?> Mean, ImmutableArray<double?>? Least, ImmutableArray<double?>? Most, ImmutableArray<ImmutableArray<double>> Gaps,
    ImmutableArray<ImmutableArray<double>>? Outages = null);

/// <summary>What the script of a chart is answered.</summary>
/// <param name="Grain">What a point is of: <c>Reading</c>, <c>Minute</c>, <c>Quarter</c>, <c>Hour</c> or <c>Day</c>.</param>
/// <param name="Outages">From and until of each outage, which concerns all lines.</param>
internal sealed record TrendAnswer(string Grain, double From, double Until, ImmutableArray<TrendColumns> Lines, ImmutableArray<ImmutableArray<double>> Outages)
{
    /// <summary>The answer to what was asked. Pure.</summary>
    public static TrendAnswer Of(UnitTrend trend)
    {
        var end = trend.Until < trend.At ? trend.Until : trend.At;
        return new(
            trend.Grain?.ToString() ?? "Reading",
            Seconds(trend.From),
            Seconds(trend.Until),
            [.. trend.Lines.Where(line => !line.Points.IsEmpty).Select(line => Columns(line.Quantity.ToString(), line.Points, trend.Gaps(line), trend.Grain is null))],
            [.. trend.Outages.Select(outage => Span(outage.StartedAt, outage.EndedAt ?? end))]);
    }

    /// <summary>The same for sensors. Pure.</summary>
    public static TrendAnswer Of(SensorTrend trend)
    {
        var end = trend.Until < trend.At ? trend.Until : trend.At;
        return new(
            trend.Grain?.ToString() ?? "Reading",
            Seconds(trend.From),
            Seconds(trend.Until),
            [
                .. trend.Lines.Where(line => !line.Points.IsEmpty).Select(line => Columns(line.Name, line.Points, trend.Gaps(line), trend.Grain is null) with
                {
                    Outages = [.. trend.Alarms.Where(alarm => alarm.Concerns(line.Series)).Select(alarm => Span(alarm.RaisedAt, alarm.EndedAt ?? end))],
                }),
            ],
            []);
    }

    private static TrendColumns Columns(string name, ImmutableArray<TrendPoint> points, ImmutableArray<TrendGap> gaps, bool single)
    {
        var at = ImmutableArray.CreateBuilder<double>();
        var mean = ImmutableArray.CreateBuilder<double?>();
        var least = ImmutableArray.CreateBuilder<double?>();
        var most = ImmutableArray.CreateBuilder<double?>();
        var gap = 0;
        foreach (var point in points)
        {
            for (; gap < gaps.Length && gaps[gap].From < point.At; gap++)
            {
                if (at.Count > 0)
                {
                    Add(gaps[gap].From + (gaps[gap].Length / 2), null);
                }
            }

            Add(point.At, point.Value);
        }

        return new(name, at.ToImmutable(), mean.ToImmutable(), single ? null : least.ToImmutable(), single ? null : most.ToImmutable(), [.. gaps.Select(item => Span(item.From, item.Until))]);

        void Add(DateTimeOffset time, Core.Readings.RollUp? value)
        {
            at.Add(Seconds(time));
            mean.Add(Short(value?.Mean));
            least.Add(Short(value?.Least));
            most.Add(Short(value?.Most));
        }
    }

    private static double? Short(double? value) => value is { } known ? Math.Round(known, 2) : null;

    private static double Seconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds() / 1000.0;

    private static ImmutableArray<double> Span(DateTimeOffset from, DateTimeOffset until) => [Seconds(from), Seconds(until)];
}

/// <summary>How answers to charts are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.Never)]
[JsonSerializable(typeof(TrendAnswer))]
internal sealed partial class TrendJson : JsonSerializerContext;
