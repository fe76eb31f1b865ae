using System.Collections.Immutable;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Entries;

/// <summary>Cuts a period into at most 48 stretches people think in: minutes, hours, days, weeks, months, years.</summary>
internal static class RegisterTimes
{
    private const int Most = 48;

    /// <summary>The edges of the stretches, rising; at least two.</summary>
    public static ImmutableArray<DateTimeOffset> Edges(DateTimeOffset from, DateTimeOffset until, Ink ink)
    {
        var first = ink.Local(from).DateTime;
        var last = ink.Local(until).DateTime;
        if (last <= first)
        {
            last = first.AddHours(1);
        }

        var span = last - first;
        (DateTime Start, Func<DateTime, DateTime> Step) cut = span switch
        {
            _ when span <= TimeSpan.FromMinutes(5 * (Most - 1)) => (Floor(first, 5), at => at.AddMinutes(5)),
            _ when span <= TimeSpan.FromMinutes(15 * (Most - 1)) => (Floor(first, 15), at => at.AddMinutes(15)),
            _ when span <= TimeSpan.FromHours(Most - 1) => (first.Date.AddHours(first.Hour), at => at.AddHours(1)),
            _ when span <= TimeSpan.FromDays(Most - 1) => (first.Date, at => at.AddDays(1)),
            _ when span <= TimeSpan.FromDays(7 * (Most - 1)) => (first.Date.AddDays(-(((int)first.DayOfWeek + 6) % 7)), at => at.AddDays(7)),
            _ when span <= TimeSpan.FromDays(30 * (Most - 1)) => (new(first.Year, first.Month, 1), at => at.AddMonths(1)),
            _ => (new(first.Year, 1, 1), at => at.AddYears(1)),
        };
        var edges = ImmutableArray.CreateBuilder<DateTimeOffset>();
        var edge = cut.Start;
        edges.Add(ink.Moment(edge));
        while (edge < last && edges.Count <= Most + 1)
        {
            edge = cut.Step(edge);
            edges.Add(ink.Moment(edge));
        }

        return edges.ToImmutable();
    }

    private static DateTime Floor(DateTime at, int minutes) => at.Date.AddMinutes((int)at.TimeOfDay.TotalMinutes / minutes * minutes);
}
