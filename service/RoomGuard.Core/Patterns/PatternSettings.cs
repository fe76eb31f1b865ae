namespace RoomGuard.Core.Patterns;

/// <summary>The figures by which 気になる動き are told (R-MON-05). All are ours (†): the sources name the patterns and no figure.</summary>
/// <param name="HabitHalfLifeDays">How long until an entry counts half for the person's usual hours.</param>
/// <param name="HabitFromEntries">How many entries, so weighed, have to be known before any hour is called unusual.</param>
/// <param name="UnusualBelowPercent">Share of entries within an hour of this one below which it is unusual.</param>
/// <param name="DoorsFrom">Different doors at which the same person or card was refused.</param>
/// <param name="DoorsWithinMinutes">Over which time those doors count.</param>
/// <param name="ShortBelowSeconds">Below how many seconds a stay is short.</param>
/// <param name="ShortStaysFrom">How many short stays are told.</param>
/// <param name="ShortWithinMinutes">Over which time short stays count.</param>
/// <param name="LongFromHours">From how many hours on a stay is long.</param>
/// <param name="ViewsFrom">How many views of one person's records by the same person are told.</param>
/// <param name="ViewsWithinDays">Over which time views count.</param>
/// <param name="AgainAfterHours">The same is told again only after so many hours; it is counted all the same.</param>
public sealed record PatternSettings(
    int HabitHalfLifeDays = 30,
    int HabitFromEntries = 20,
    int UnusualBelowPercent = 2,
    int DoorsFrom = 3,
    int DoorsWithinMinutes = 30,
    int ShortBelowSeconds = 60,
    int ShortStaysFrom = 3,
    int ShortWithinMinutes = 480,
    int LongFromHours = 12,
    int ViewsFrom = 5,
    int ViewsWithinDays = 7,
    int AgainAfterHours = 24)
{
    /// <summary>What is wrong with them, one sentence each.</summary>
    public IEnumerable<string> Problems(string place)
    {
        (string Name, int Value, int Least, int Most)[] ranges =
        [
            ("habitHalfLifeDays", HabitHalfLifeDays, 7, 365),
            ("habitFromEntries", HabitFromEntries, 5, 1000),
            ("unusualBelowPercent", UnusualBelowPercent, 1, 50),
            ("doorsFrom", DoorsFrom, 2, 50),
            ("doorsWithinMinutes", DoorsWithinMinutes, 1, 1440),
            ("shortBelowSeconds", ShortBelowSeconds, 5, 3600),
            ("shortStaysFrom", ShortStaysFrom, 1, 100),
            ("shortWithinMinutes", ShortWithinMinutes, 10, 1440),
            ("longFromHours", LongFromHours, 1, 168),
            ("viewsFrom", ViewsFrom, 2, 1000),
            ("viewsWithinDays", ViewsWithinDays, 1, 31),
            ("againAfterHours", AgainAfterHours, 1, 720),
        ];
        return from range in ranges
               where range.Value < range.Least || range.Value > range.Most
               select $"{place}.{range.Name}: {range.Value} is outside {range.Least} to {range.Most} (R-MON-05).";
    }
}
