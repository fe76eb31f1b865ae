using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Power;

/// <summary>How long a stretch a chart shows; its name in lower case stands in the address.</summary>
public enum TrendPeriod
{
    /// <summary>1時間.</summary>
    Hour,

    /// <summary>1日.</summary>
    Day,

    /// <summary>1週.</summary>
    Week,

    /// <summary>1か月.</summary>
    Month,

    /// <summary>1年.</summary>
    Year,
}

/// <summary>The stretch a chart shows.</summary>
/// <param name="ToNow">It ends now and moves on with the clock.</param>
public sealed record TrendRange(TrendPeriod Period, DateTimeOffset From, DateTimeOffset Until, bool ToNow)
{
    /// <summary>Years in which a stretch may lie: clocks of before and after are wrong.</summary>
    private const int FirstYear = 2000;

    private const int LastYear = 2200;

    /// <summary>Reads a period and an end from an address; both may be absent.</summary>
    /// <param name="period">E.g. <c>week</c>; empty: a day.</param>
    /// <param name="to">The end at the site, e.g. <c>2026-11-21T14:00:00</c>; empty: now.</param>
    /// <returns>The stretch, or which of the two cannot be read.</returns>
    public static (TrendRange? Range, string? Wrong) Read(string period, string to, Ink ink, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(period);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(ink);
        if (!Enum.TryParse<TrendPeriod>(period.Length == 0 ? nameof(TrendPeriod.Day) : period, ignoreCase: true, out var length) || !Enum.IsDefined(length) || !period.All(char.IsAsciiLetter))
        {
            return (null, "period");
        }

        if (to.Length == 0)
        {
            return (Of(length, now, toNow: true, ink), null);
        }

        return Dates.TryTime(to, out var local) && local.Year is > FirstYear and < LastYear ? (Of(length, ink.Moment(local), toNow: false, ink), null) : (null, "to");
    }

    /// <summary>Address of the stretch before this one.</summary>
    public string Older(string path, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(ink);
        return Address(path, Period, ink.Field(From));
    }

    /// <summary>Address of the stretch after this one; null: this one reaches to now.</summary>
    public string? Newer(string path, Ink ink, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(ink);
        if (ToNow || Until >= now)
        {
            return null;
        }

        var next = Moved(Period, Until, 1, ink);
        return Address(path, Period, next >= now ? "" : ink.Field(next));
    }

    /// <summary>Address of a stretch.</summary>
    /// <param name="path">May have a query of its own.</param>
    /// <param name="to">Its end as a date-time field writes it; empty: now.</param>
    public static string Address(string path, TrendPeriod period, string to)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(to);
        return $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}period={period.ToString().ToLowerInvariant()}{(to.Length == 0 ? "" : $"&to={Uri.EscapeDataString(to)}")}";
    }

    private static TrendRange Of(TrendPeriod period, DateTimeOffset until, bool toNow, Ink ink) => new(period, Moved(period, until, -1, ink), until, toNow);

    // Months and years are the calendar's.
    private static DateTimeOffset Moved(TrendPeriod period, DateTimeOffset at, int by, Ink ink) => period switch
    {
        TrendPeriod.Hour => at.AddHours(by),
        TrendPeriod.Day => at.AddDays(by),
        TrendPeriod.Week => at.AddDays(7 * by),
        TrendPeriod.Month => ink.Moment(ink.Local(at).DateTime.AddMonths(by)),
        _ => ink.Moment(ink.Local(at).DateTime.AddYears(by)),
    };
}
