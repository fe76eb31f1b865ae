namespace RoomGuard.Core.Climate;

/// <summary>
/// The good values of one sensor's quantity in the last hour, for rates and for what neighbours did. Ordered by the steady clock, so that a turned wall clock
/// makes no slope. A gap ends it: what was before says nothing about how fast it went since.
/// </summary>
public sealed class ReadingWindow
{
    /// <summary>How far back it reaches.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    // Nearer together nothing is learnt about a room, and a sensor that speaks each second would fill memory.
    private static readonly TimeSpan Nearest = TimeSpan.FromSeconds(9);
    private const int FewestForSlope = 4;

    private readonly List<(DateTimeOffset At, double Value)> values = [];
    private int first;

    /// <summary>How many it holds.</summary>
    public int Count => values.Count - first;

    /// <summary>Adds a value.</summary>
    /// <param name="longestGap">A longer silence ends the window.</param>
    public void Add(DateTimeOffset at, double value, TimeSpan longestGap)
    {
        if (first < values.Count)
        {
            var (last, _) = values[^1];
            if (at - last > longestGap)
            {
                Clear();
            }
            else if (values.Count - first >= 2 && at - values[^2].At < Nearest)
            {
                // The newest always stands; the one before it makes way when it is too near to the one before that.
                values[^1] = (at, value);
                return;
            }
        }

        values.Add((at, value));
        while (first < values.Count && at - values[first].At > Longest)
        {
            first++;
        }

        if (first > 64 && first > values.Count / 2)
        {
            values.RemoveRange(0, first);
            first = 0;
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        values.Clear();
        first = 0;
    }

    /// <summary>The lowest and the highest since then; null: nothing was heard.</summary>
    public (double Least, double Most)? Span(DateTimeOffset now, TimeSpan within)
    {
        (double Least, double Most)? span = null;
        for (var i = values.Count - 1; i >= first && now - values[i].At <= within; i--)
        {
            var value = values[i].Value;
            span = span is { } so ? (Math.Min(so.Least, value), Math.Max(so.Most, value)) : (value, value);
        }

        return span;
    }

    /// <summary>The highest of what was heard before that time; null: nothing was.</summary>
    public double? MostBefore(DateTimeOffset now, TimeSpan before)
    {
        double? most = null;
        for (var i = first; i < values.Count && now - values[i].At > before; i++)
        {
            most = most is { } known ? Math.Max(known, values[i].Value) : values[i].Value;
        }

        return most;
    }

    /// <summary>How the newest value stands against the one at the beginning of that time; null: fewer than two.</summary>
    public double? Moved(DateTimeOffset now, TimeSpan within)
    {
        var oldest = values.Count;
        for (var i = values.Count - 1; i >= first && now - values[i].At <= within; i--)
        {
            oldest = i;
        }

        return oldest < values.Count - 1 ? values[^1].Value - values[oldest].Value : null;
    }

    /// <summary>Slope of the least-squares line, per hour; null: fewer than four values, or too short a time.</summary>
    public double? SlopePerHour(DateTimeOffset now, TimeSpan within)
    {
        var (count, sumX, sumY, sumXx, sumXy) = (0, 0.0, 0.0, 0.0, 0.0);
        for (var i = values.Count - 1; i >= first && now - values[i].At <= within; i--)
        {
            var x = (values[i].At - now).TotalHours;
            var y = values[i].Value;
            count++;
            sumX += x;
            sumY += y;
            sumXx += x * x;
            sumXy += x * y;
        }

        var spread = (count * sumXx) - (sumX * sumX);
        return count >= FewestForSlope && spread > 1e-9 ? ((count * sumXy) - (sumX * sumY)) / spread : null;
    }
}
