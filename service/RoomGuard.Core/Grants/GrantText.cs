using RoomGuard.Core.Record;

namespace RoomGuard.Core.Grants;

/// <summary>What concerns grants, as people read it.</summary>
public static class GrantText
{
    private static readonly (WeekDays Day, string Ja, string En)[] Days =
    [
        (WeekDays.Monday, "月", "Mon"),
        (WeekDays.Tuesday, "火", "Tue"),
        (WeekDays.Wednesday, "水", "Wed"),
        (WeekDays.Thursday, "木", "Thu"),
        (WeekDays.Friday, "金", "Fri"),
        (WeekDays.Saturday, "土", "Sat"),
        (WeekDays.Sunday, "日", "Sun"),
    ];

    /// <summary>"平日", "毎日", or the days one by one.</summary>
    public static Words Of(WeekDays days) => days switch
    {
        WeekDays.None => new("なし", "no day"),
        WeekDays.Weekdays => new("平日", "weekdays"),
        WeekDays.All => new("毎日", "every day"),
        _ => new(
            string.Join('・', Days.Where(one => days.HasFlag(one.Day)).Select(one => one.Ja)),
            string.Join(", ", Days.Where(one => days.HasFlag(one.Day)).Select(one => one.En))),
    };

    /// <summary>"8:30–17:15", or 終日. Hours that run through midnight end with 翌.</summary>
    public static Words Of(Hours hours) => hours switch
    {
        _ when hours.From == hours.Until => new("終日", "all day"),
        _ when hours.Until < hours.From => new($"{Clock(hours.From)}–翌{Clock(hours.Until)}", $"{Clock(hours.From)}–{Clock(hours.Until)} (next day)"),
        _ => new($"{Clock(hours.From)}–{Clock(hours.Until)}", $"{Clock(hours.From)}–{Clock(hours.Until)}"),
    };

    private static string Clock(TimeOnly time) => time.ToString("H:mm", System.Globalization.CultureInfo.InvariantCulture);
}
