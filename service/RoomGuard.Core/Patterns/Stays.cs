using System.Collections.Immutable;

namespace RoomGuard.Core.Patterns;

/// <summary>極端に短い在室の繰返し (R-MON-05): in and out again within moments, several times. Once is a forgotten pen.</summary>
public static class ShortStays
{
    /// <summary>One way out more.</summary>
    public static (ImmutableArray<Remembered> Next, PatternFinding? Found) Step(ImmutableArray<Remembered> kept, Remembered exit, TimeSpan stay, PatternSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (stay >= TimeSpan.FromSeconds(settings.ShortBelowSeconds))
        {
            return (kept, null);
        }

        var next = Memory.With(kept, exit, TimeSpan.FromMinutes(settings.ShortWithinMinutes));
        return next.Length < settings.ShortStaysFrom
            ? (next, null)
            : (next, new(
                PatternKind.ShortStays,
                [.. next.Select(one => one.Entry)],
                [
                    new(PatternFigure.StaysFound, next.Length), new(PatternFigure.StaysFrom, settings.ShortStaysFrom), new(PatternFigure.ShortBelowSeconds, settings.ShortBelowSeconds),
                    new(PatternFigure.WindowMinutes, settings.ShortWithinMinutes),
                ]));
    }
}

/// <summary>極端に長い在室 (R-MON-05): told while the person is still inside, as soon as the limit is reached.</summary>
public static class LongStay
{
    /// <summary>Whether a stay is long at this moment.</summary>
    /// <param name="entry">The entry of the record by which the person went in; the way out where that is not known.</param>
    public static PatternFinding? Look(long entry, TimeSpan stay, PatternSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return stay < TimeSpan.FromHours(settings.LongFromHours)
            ? null
            : new(PatternKind.LongStay, [entry], [new(PatternFigure.StayHours, (long)stay.TotalHours), new(PatternFigure.LongFromHours, settings.LongFromHours)]);
    }
}

/// <summary>同じ人の記録の繰返し閲覧 (R-MON-05): the same person's records opened again and again by the same reader, whatever purpose was stated.</summary>
public static class RepeatedViews
{
    /// <summary>One view more.</summary>
    public static (ImmutableArray<Remembered> Next, PatternFinding? Found) Step(ImmutableArray<Remembered> kept, Remembered view, PatternSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var next = Memory.With(kept, view, TimeSpan.FromDays(settings.ViewsWithinDays));
        return next.Length < settings.ViewsFrom
            ? (next, null)
            : (next, new(
                PatternKind.RepeatedViews,
                [.. next.Select(one => one.Entry)],
                [new(PatternFigure.ViewsFound, next.Length), new(PatternFigure.ViewsFrom, settings.ViewsFrom), new(PatternFigure.WindowDays, settings.ViewsWithinDays)]));
    }
}
