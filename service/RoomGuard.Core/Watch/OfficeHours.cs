namespace RoomGuard.Core.Watch;

/// <summary>執務時間: weekdays from morning to evening. What is not urgent waits for them. Pure.</summary>
/// <param name="From">Included.</param>
/// <param name="Until">Not included.</param>
public sealed record OfficeHours(TimeOnly From, TimeOnly Until, TimeZoneInfo TimeZone)
{
    /// <summary>8:30 to 17:15†, as in most town offices.</summary>
    public static OfficeHours Usual(TimeZoneInfo timeZone) => new(new(8, 30), new(17, 15), timeZone);

    /// <summary>The moment itself where it lies in office hours, else when they begin next.</summary>
    public DateTimeOffset Next(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, TimeZone);
        var day = DateOnly.FromDateTime(local.DateTime);
        if (IsWorkday(day) && TimeOnly.FromDateTime(local.DateTime) is var hour && hour < Until)
        {
            return hour >= From ? at : Moment(day, From);
        }

        do
        {
            day = day.AddDays(1);
        }
        while (!IsWorkday(day));
        return Moment(day, From);
    }

    /// <summary>The moment at which so much time of office hours has passed.</summary>
    public DateTimeOffset Add(DateTimeOffset at, TimeSpan time)
    {
        at = Next(at);
        while (true)
        {
            var end = Moment(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, TimeZone).DateTime), Until);
            if (at + time < end)
            {
                return at + time;
            }

            time -= end - at;
            at = Next(end);
        }
    }

    private static bool IsWorkday(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private DateTimeOffset Moment(DateOnly day, TimeOnly hour)
    {
        var local = day.ToDateTime(hour);
        return new(local, TimeZone.GetUtcOffset(local));
    }
}
