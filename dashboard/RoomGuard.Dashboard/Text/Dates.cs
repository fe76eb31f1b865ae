using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RoomGuard.Dashboard.Text;

/// <summary>
/// Reads dates and times as people in a town hall write them: 2026/11/21, 2026-11-21, 20261121, 2026年11月21日, 令和8年11月21日,
/// R8.11.21, full-width digits; a time of day may follow.
/// </summary>
public static partial class Dates
{
    private static readonly (string[] Names, int Before)[] Eras =
    [
        (["令和", "R"], 2018), (["平成", "H"], 1988), (["昭和", "S"], 1925),
    ];

    /// <summary>Reads a date.</summary>
    public static bool TryDay(string? text, out DateOnly day)
    {
        day = default;
        var plain = Plain(text);
        return plain.Length > 0 && TrySplit(plain, out day, out var rest) && rest.Length == 0;
    }

    /// <summary>Reads a date, with or without a time of day. Without one it is midnight.</summary>
    public static bool TryTime(string? text, out DateTime local)
    {
        local = default;
        var plain = Plain(text);
        if (plain.Length == 0 || !TrySplit(plain, out var day, out var rest))
        {
            return false;
        }

        if (rest.Length == 0)
        {
            local = day.ToDateTime(default);
            return true;
        }

        if (rest is "24:00" or "24:00:00")
        {
            local = day.ToDateTime(default).AddDays(1);
            return true;
        }

        string[] forms = ["H:mm", "H:mm:ss", "H:mm:ss.FFF"];
        if (!TimeOnly.TryParseExact(rest, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return false;
        }

        local = day.ToDateTime(time);
        return true;
    }

    /// <summary>Reads a time of day, <c>8:30</c> to <c>24:00</c> (which is midnight).</summary>
    public static bool TryHour(string? text, out TimeOnly time)
    {
        var plain = Plain(text);
        if (plain is "24:00" or "24:00:00")
        {
            time = default;
            return true;
        }

        return TimeOnly.TryParseExact(plain, ["H:mm", "H:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    private static string Plain(string? text) => (text ?? "").Normalize(NormalizationForm.FormKC).Trim();

    private static bool TrySplit(string text, out DateOnly day, out string rest)
    {
        day = default;
        rest = "";
        if (DayForm().Match(text) is not { Success: true } found)
        {
            return false;
        }

        rest = text[found.Length..].TrimStart(' ', 'T', 't');
        var year = found.Groups["year"].Value == "元" ? 1 : int.Parse(found.Groups["year"].Value, CultureInfo.InvariantCulture);
        var era = found.Groups["era"].Value;
        if (era.Length > 0)
        {
            year += Eras.First(known => known.Names.Contains(era, StringComparer.OrdinalIgnoreCase)).Before;
        }

        var month = int.Parse(found.Groups["month"].Value, CultureInfo.InvariantCulture);
        var dayOfMonth = int.Parse(found.Groups["day"].Value, CultureInfo.InvariantCulture);
        if (year is < 1926 or > 2200 || month is < 1 or > 12 || dayOfMonth < 1 || dayOfMonth > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        day = new(year, month, dayOfMonth);
        return true;
    }

    [GeneratedRegex(
        @"^(?:(?<era>令和|平成|昭和|[RHSrhs])(?<year>元|\d{1,2})[年./-](?<month>\d{1,2})[月./-](?<day>\d{1,2})日?|(?<year>\d{4})[年./-](?<month>\d{1,2})[月./-](?<day>\d{1,2})日?|(?<year>\d{4})(?<month>\d{2})(?<day>\d{2}))(?=$|[ Tt])",
        RegexOptions.CultureInvariant)]
    private static partial Regex DayForm();
}
