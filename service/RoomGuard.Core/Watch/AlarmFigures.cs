using System.Collections.Immutable;

namespace RoomGuard.Core.Watch;

/// <summary>One alarm as the figures need it.</summary>
/// <param name="Subject">Where: the door, the thing, the bridge or the area by its id; never a person.</param>
public sealed record AlarmLife(
    string Id,
    AlarmKind Kind,
    string Subject,
    AlarmLevel Level,
    DateTimeOffset RaisedAt,
    DateTimeOffset? ReturnedAt,
    DateTimeOffset? AcknowledgedAt,
    int Times,
    bool Unstable,
    bool FalseAlarm)
{
    /// <summary>An alarm as it now stands.</summary>
    public static AlarmLife Of(Alarm alarm)
    {
        ArgumentNullException.ThrowIfNull(alarm);
        return new(
            alarm.Id, alarm.Kind, alarm.Door?.Value ?? alarm.Device ?? alarm.Panel?.Value ?? alarm.Zone?.Value ?? "", alarm.Level, alarm.RaisedAt, alarm.ReturnedAt, alarm.FirstAcknowledgedAt, alarm.Times,
            alarm.Unstable, alarm.Acknowledged is { FalseAlarm: true });
    }
}

/// <summary>How many alarms one thing raised.</summary>
/// <param name="Comings">How often its cause came; never fewer than its alarms.</param>
/// <param name="Brief">Alarms over within <see cref="AlarmFigures.BriefWithin"/>.</param>
/// <param name="False">Marked 誤報 by people.</param>
public sealed record AlarmSource(AlarmKind Kind, string Subject, int Alarms, int Comings, int Brief, int False)
{
    /// <summary>Most of its alarms are over before anybody can act: a longer delay would tell the others apart.</summary>
    public bool WantsDelay => Alarms >= AlarmFigures.ManyOfOne && 2 * Brief > Alarms;

    /// <summary>People say that most of them were none: the cause of that is to be mended.</summary>
    public bool WantsMending => False >= 2 && 2 * False > Alarms;
}

/// <summary>
/// How the alarms of a time did, by the numbers of EEMUA 191 and ISA-18.2: the paper for the monthly review. A pure function of the alarms; drills do not count.
/// </summary>
/// <param name="Days">Alarms for each local day, days without any included.</param>
/// <param name="Top">The ten that raised most.</param>
/// <param name="Chattering">Alarms that came and went.</param>
/// <param name="Standing">Alarms whose cause stood longer than a day.</param>
/// <param name="MedianToAcknowledge">Null: none was acknowledged.</param>
/// <param name="NotAcknowledged">Not acknowledged so far.</param>
/// <param name="FloodIntervals">Intervals of ten minutes with more than ten alarms.</param>
/// <param name="Intervals">All intervals of ten minutes.</param>
public sealed record AlarmFigures(
    DateTimeOffset From,
    DateTimeOffset Until,
    int Total,
    ImmutableArray<(DateOnly Day, int Alarms)> Days,
    ImmutableArray<(AlarmLevel Level, int Alarms)> Levels,
    ImmutableArray<AlarmSource> Top,
    ImmutableArray<AlarmLife> Chattering,
    ImmutableArray<AlarmLife> Standing,
    TimeSpan? MedianToAcknowledge,
    TimeSpan? LongestToAcknowledge,
    int NotAcknowledged,
    int False,
    int FloodIntervals,
    int Intervals)
{
    /// <summary>Over so soon, an alarm gave nobody time to act.</summary>
    public static readonly TimeSpan BriefWithin = TimeSpan.FromMinutes(3);

    /// <summary>So many alarms of one thing in a month are worth a look.</summary>
    public const int ManyOfOne = 5;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>The figures of a time.</summary>
    /// <param name="from">Included.</param>
    /// <param name="until">Not included.</param>
    public static AlarmFigures Of(IEnumerable<AlarmLife> lives, DateTimeOffset from, DateTimeOffset until, DateTimeOffset now, TimeZoneInfo timeZone)
    {
        var all = lives.Where(life => from <= life.RaisedAt && life.RaisedAt < until && life.Kind.Id != AlarmKinds.Drill.Id).OrderBy(life => life.RaisedAt).ToImmutableArray();
        var days = all.GroupBy(life => Day(life.RaisedAt)).ToDictionary(group => group.Key, group => group.Count());
        var waits = all.Where(life => life.AcknowledgedAt is not null).Select(life => life.AcknowledgedAt!.Value - life.RaisedAt).Order().ToList();
        var end = until < now ? until : now;
        return new(
            from,
            until,
            all.Length,
            [.. DaysOf().Select(day => (day, days.GetValueOrDefault(day)))],
            [.. Enum.GetValues<AlarmLevel>().Select(level => (level, all.Count(life => life.Level == level)))],
            [
                .. all.GroupBy(life => (life.Kind.Id, life.Subject))
                    .Select(group => new AlarmSource(group.First().Kind, group.Key.Subject, group.Count(), group.Sum(life => life.Times), group.Count(IsBrief), group.Count(life => life.FalseAlarm)))
                    .OrderByDescending(source => source.Alarms).ThenByDescending(source => source.Comings).ThenBy(source => source.Kind.Id, StringComparer.Ordinal).ThenBy(source => source.Subject, StringComparer.Ordinal)
                    .Take(10),
            ],
            [.. all.Where(life => life.Unstable)],
            [.. all.Where(life => life.Kind.Ends && (life.ReturnedAt ?? now) - life.RaisedAt > TimeSpan.FromDays(1))],
            waits.Count == 0 ? null : waits[waits.Count / 2],
            waits.Count == 0 ? null : waits[^1],
            all.Count(life => life.AcknowledgedAt is null),
            all.Count(life => life.FalseAlarm),
            all.GroupBy(life => (life.RaisedAt - from).Ticks / Interval.Ticks).Count(group => group.Count() > Escalation.FloodOver),
            end > from ? (int)((end - from) / Interval) : 0);

        DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, timeZone).DateTime);

        IEnumerable<DateOnly> DaysOf()
        {
            for (var day = Day(from); day < Day(until); day = day.AddDays(1))
            {
                yield return day;
            }
        }
    }

    private static bool IsBrief(AlarmLife life) => life.ReturnedAt is { } returned && returned - life.RaisedAt < BriefWithin;
}
