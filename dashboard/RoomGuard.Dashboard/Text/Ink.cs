using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Zones;

namespace RoomGuard.Dashboard.Text;

/// <summary>How times, numbers and names are written for one reader: their language, the site's time zone.</summary>
/// <param name="site">The site.</param>
/// <param name="language">The reader's language.</param>
public sealed class Ink(DashboardSite site, Language language)
{
    private static readonly CultureInfo EraCulture = MakeEraCulture();
    private static readonly string[] WeekDaysJa = ["日", "月", "火", "水", "木", "金", "土"];

    private ImmutableDictionary<Role, string>? roleNames;

    /// <summary>The reader's language.</summary>
    public Language Language { get; } = language;

    /// <summary>Value of the page's <c>lang</c>.</summary>
    public string Tag => Language == Language.Japanese ? "ja" : "en";

    /// <summary>The text in the reader's language.</summary>
    public string this[Word word] => word.In(Language);

    /// <summary>The text with its values.</summary>
    public string Fill(Word word, params object?[] values) => word.In(Language, values);

    /// <summary>A role's official name with the post the policy profile gives it, e.g. 最高情報統括責任者(事務局長).</summary>
    public string Role(Role role)
    {
        var official = this[CasesText.Of(role)];
        roleNames ??= site.RoleNames?.Invoke() ?? ImmutableDictionary<Role, string>.Empty;
        return roleNames.GetValueOrDefault(role) is not { } post ? official : Fill(RolesText.WithPost, official, post);
    }

    /// <summary>The site's local time.</summary>
    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, site.TimeZone);

    /// <summary>Today at the site.</summary>
    public DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(Local(at).DateTime);

    /// <summary>A local date and time as a moment.</summary>
    public DateTimeOffset Moment(DateTime local)
    {
        var plain = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return new(plain, site.TimeZone.GetUtcOffset(plain));
    }

    /// <summary>Midnight at which a local day begins.</summary>
    public DateTimeOffset Midnight(DateOnly day) => Moment(day.ToDateTime(default));

    /// <summary><c>14:32:07</c>.</summary>
    public string Clock(DateTimeOffset at) => Local(at).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary><c>2026-11-21 14:32:07</c>.</summary>
    public string Stamp(DateTimeOffset at) => Local(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary><c>2026-11-21 14:32:07.412</c>.</summary>
    public string FineStamp(DateTimeOffset at) => Local(at).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>For a machine: <c>2026-11-21T14:32:07+09:00</c>.</summary>
    public string Iso(DateTimeOffset at) => Local(at).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>For a date-time field: <c>2026-11-21T14:32:07</c>.</summary>
    public string Field(DateTimeOffset? at) => at is { } set ? Local(set).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) : "";

    /// <summary>For a date field: <c>2026-11-21</c>.</summary>
    public static string Field(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    /// <summary>The time alone when it is today, else with its date.</summary>
    public string Near(DateTimeOffset at, DateTimeOffset now) =>
        Day(at) == Day(now) ? Clock(at) : Local(at).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary><c>2026年11月21日(土)</c> or <c>Sat 21 Nov 2026</c>.</summary>
    public string LongDay(DateTimeOffset at)
    {
        var local = Local(at);
        return Language == Language.Japanese
            ? string.Create(CultureInfo.InvariantCulture, $"{local.Year}年{local.Month}月{local.Day}日({WeekDaysJa[(int)local.DayOfWeek]})")
            : local.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);
    }

    /// <summary>The era date forms ask for, 令和8年11月21日; in English the ISO date.</summary>
    public string EraDay(DateTimeOffset at) => Language == Language.Japanese ? EraDay(Day(at)) : Field(Day(at));

    /// <summary>令和8年11月21日, 令和元年5月1日.</summary>
    public static string EraDay(DateOnly day) => day.ToDateTime(default).ToString("ggy年M月d日", EraCulture);

    /// <summary>As on a date stamp: <c>R8.11.21</c>; before 令和 the ISO date.</summary>
    public static string ShortEraDay(DateOnly day) =>
        day < new DateOnly(2019, 5, 1) ? Field(day) : string.Create(CultureInfo.InvariantCulture, $"R{day.Year - 2018}.{day.Month}.{day.Day}");

    /// <summary>A date for people: <c>2026-11-21</c>; a dash for none.</summary>
    public static string Date(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "―";

    /// <summary>The last day of a period whose end is not included.</summary>
    public static string LastDay(DateOnly? until) => Date(until?.AddDays(-1));

    /// <summary><c>8秒</c>, <c>38分</c>, <c>1時間5分</c>, <c>3日2時間</c>.</summary>
    public string For(TimeSpan time)
    {
        if (time < TimeSpan.Zero)
        {
            time = TimeSpan.Zero;
        }

        var (days, hours, minutes) = ((int)time.TotalDays, time.Hours, time.Minutes);
        var ja = Language == Language.Japanese;
        return (days, hours, minutes) switch
        {
            ( > 0, _, _) => ja ? $"{days}日{hours}時間" : $"{days} d {hours} h",
            (0, > 0, _) => ja ? $"{hours}時間{minutes}分" : $"{hours} h {minutes} min",
            (0, 0, > 0) => ja ? $"{minutes}分" : $"{minutes} min",
            _ => ja ? $"{time.Seconds}秒" : $"{time.Seconds} s",
        };
    }

    /// <summary>How long ago: <c>3秒前</c>.</summary>
    public string Ago(DateTimeOffset at, DateTimeOffset now) =>
        Language == Language.Japanese ? $"{For(now - at)}前" : $"{For(now - at)} ago";

    /// <summary><c>104,233</c>.</summary>
    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The zone's name; its id where the settings do not name it.</summary>
    public string Zone(ZoneId id)
    {
        var place = site.Zones.FirstOrDefault(zone => zone.Id == id);
        return place is null ? id.Value : Language == Language.Japanese ? place.Label : place.LabelEn;
    }

    /// <summary>The door's name; its id where the settings do not name it.</summary>
    public string Door(DoorId id)
    {
        var place = site.Doors.FirstOrDefault(door => door.Id == id);
        return place is null ? id.Value : Language == Language.Japanese ? place.Label : place.LabelEn;
    }

    /// <summary>The door's name with its zone's before it, unless it says so itself.</summary>
    public string Door(ZoneId zone, DoorId door) => Door(door).StartsWith(Zone(zone), StringComparison.Ordinal) ? Door(door) : $"{Zone(zone)} {Door(door)}";

    /// <summary>The name of a zone or door with this id; null: there is none.</summary>
    public string? PlaceName(string id) =>
        site.Zones.Any(zone => zone.Id.Value == id) ? Zone(new(id)) : site.Doors.Any(door => door.Id.Value == id) ? Door(new(id)) : null;

    /// <summary>Whether a text holds kana or kanji, so that English pages can mark its language.</summary>
    public static bool IsJapanese(string? text) =>
        text is not null && text.Any(sign => sign is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uD840' and <= '\uD8FF'));

    private static CultureInfo MakeEraCulture()
    {
        var culture = (CultureInfo)CultureInfo.GetCultureInfo("ja-JP").Clone();
        culture.DateTimeFormat.Calendar = new JapaneseCalendar();
        return culture;
    }
}
