namespace RoomGuard.Core.Readings;

/// <summary>What a stretch of readings comes to. Pure: the same readings in any order and any grouping come to the same.</summary>
/// <param name="Count">Readings in it; 0: none, and then the others mean nothing.</param>
/// <param name="Least">The lowest.</param>
/// <param name="Most">The highest.</param>
/// <param name="Sum">Of all, for the mean.</param>
public readonly record struct RollUp(long Count, double Least, double Most, double Sum)
{
    /// <summary>The mean; null: there was no reading.</summary>
    public double? Mean => Count > 0 ? Sum / Count : null;

    /// <summary>One reading, or the same value read so many times.</summary>
    public static RollUp Of(double value, long times = 1) => new(times, value, value, value * times);

    /// <summary>Both stretches together.</summary>
    public RollUp With(RollUp other) =>
        Count == 0 ? other
        : other.Count == 0 ? this
        : new(Count + other.Count, Math.Min(Least, other.Least), Math.Max(Most, other.Most), Sum + other.Sum);
}

/// <summary>How long the stretches of a roll-up are, in seconds.</summary>
public enum RollUpWidth
{
    /// <summary>1 min.</summary>
    Minute = 60,

    /// <summary>15 min.</summary>
    Quarter = 900,

    /// <summary>1 h.</summary>
    Hour = 3600,

    /// <summary>A day of the site's calendar, which has 23 or 25 hours where clocks are changed.</summary>
    Day = 86400,
}

/// <summary>Where the stretches of a roll-up begin. Pure.</summary>
public static class RollUpWidths
{
    /// <summary>All, the finest first.</summary>
    public static IReadOnlyList<RollUpWidth> All { get; } = [RollUpWidth.Minute, RollUpWidth.Quarter, RollUpWidth.Hour, RollUpWidth.Day];

    /// <summary>How long a stretch usually is.</summary>
    public static TimeSpan Length(this RollUpWidth width) => TimeSpan.FromSeconds((int)width);

    /// <summary>When the stretch begins in which a moment lies, Unix milliseconds both.</summary>
    /// <param name="zone">By whose calendar days count.</param>
    public static long StartOf(this RollUpWidth width, long at, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        if (width != RollUpWidth.Day)
        {
            var length = (int)width * 1000L;
            return at - (((at % length) + length) % length);
        }

        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(at), zone).Date;
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUnixTimeMilliseconds();
    }
}
