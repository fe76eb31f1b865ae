using System.Collections.Immutable;

namespace RoomGuard.Core.Patterns;

/// <summary>At which hours a person usually enters: a weight for each hour of working days and of other days, halved with time.</summary>
/// <param name="Weights">24 hours of working days, then 24 of Saturdays and Sundays.</param>
/// <param name="At">The time to which they are weighed.</param>
public sealed record Habit(ImmutableArray<float> Weights, DateTimeOffset At)
{
    /// <summary>Nothing known.</summary>
    public static Habit None { get; } = new([.. new float[48]], DateTimeOffset.MinValue);
}

/// <summary>
/// いつもと違う時間の入室 (R-MON-05): an entry at an hour at which this person hardly ever enters. Judged by the person's own entries, not by office
/// hours: a guard's usual hours are the night. One step costs the same after ten entries and after ten million.
/// </summary>
public static class UnusualHours
{
    /// <summary>One entry more.</summary>
    /// <param name="local">When, by the site's clock.</param>
    public static (Habit Next, PatternFinding? Found) Step(Habit habit, long entry, DateTimeOffset local, PatternSettings settings)
    {
        ArgumentNullException.ThrowIfNull(habit);
        ArgumentNullException.ThrowIfNull(settings);
        var weights = Weighed(habit, local, settings.HabitHalfLifeDays);
        var total = weights.Sum();
        var near = Near(weights, local);
        PatternFinding? found = total >= settings.HabitFromEntries && near * 100 < total * settings.UnusualBelowPercent
            ? new(
                PatternKind.UnusualHour,
                [entry],
                [new(PatternFigure.EntriesKnown, (long)total), new(PatternFigure.NearHourPercent, (long)(near * 100 / total)), new(PatternFigure.UnusualBelowPercent, settings.UnusualBelowPercent)])
            : null;
        weights[Slot(local)] += 1;
        return (new([.. weights], local > habit.At ? local : habit.At), found);
    }

    // An entry reported late is weighed as if it came now: the difference is smaller than anything told by it.
    private static float[] Weighed(Habit habit, DateTimeOffset local, int halfLifeDays)
    {
        var days = habit.At == DateTimeOffset.MinValue || local <= habit.At ? 0 : (local - habit.At).TotalDays;
        var factor = (float)Math.Pow(0.5, days / halfLifeDays);
        return [.. habit.Weights.Select(weight => weight * factor)];
    }

    // The hour itself and its two neighbours, through midnight.
    private static float Near(float[] weights, DateTimeOffset local) =>
        weights[Slot(local)] + weights[Slot(local.AddHours(-1))] + weights[Slot(local.AddHours(1))];

    private static int Slot(DateTimeOffset local) => (local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 24 : 0) + local.Hour;
}
