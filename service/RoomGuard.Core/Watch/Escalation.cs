using System.Collections.Immutable;

namespace RoomGuard.Core.Watch;

/// <summary>A notice as the record has it (<see cref="AlarmNoticed"/>).</summary>
/// <param name="Entry">Its number in the record.</param>
public sealed record Told(long Entry, DateTimeOffset At, NoticeCause Cause, AlarmLevel Level, int Step, ImmutableArray<string> Contacts);

/// <summary>An alarm with all that decides whom to tell.</summary>
/// <param name="KeptBack">Null: nothing keeps it back.</param>
/// <param name="Told">Its notices so far, the first first.</param>
public sealed record AlarmCase(Alarm Alarm, KeptBack? KeptBack, ImmutableArray<Told> Told);

/// <summary>A notice that is due.</summary>
/// <param name="Alarm">Of several, the one that came first.</param>
public sealed record DueNotice(string Alarm, ImmutableArray<string> Covers, NoticeCause Cause, AlarmLevel Level, int Step, ImmutableArray<string> Contacts);

/// <summary>A notice that will be due, unless somebody acknowledges before.</summary>
public sealed record PlannedNotice(DateTimeOffset At, DueNotice Notice);

/// <summary>
/// Who is told of which alarm, and when nobody acknowledges, who next (R-MON-04, R-ENV-11). It knows the time only by being told, and what was told before only from the record: so
/// that its clocks outlive every restart.
/// </summary>
public static class Escalation
{
    /// <summary>An alarm that is over within this time sends nothing, unless it is an emergency†.</summary>
    public static readonly TimeSpan Collect = TimeSpan.FromSeconds(30);

    /// <summary>Within which alarms are counted for a flood.</summary>
    public static readonly TimeSpan FloodWindow = TimeSpan.FromMinutes(10);

    /// <summary>More alarms than this within the window are a flood (EEMUA 191).</summary>
    public const int FloodOver = 10;

    /// <summary>Between two notices of a flood to one contact†.</summary>
    public static readonly TimeSpan FloodPause = TimeSpan.FromMinutes(5);

    /// <summary>How long an alarm that is over may still have to be told of.</summary>
    public static readonly TimeSpan TellReturnWithin = TimeSpan.FromHours(1);

    /// <summary>All notices that are due now. Asked again after they are written.</summary>
    /// <param name="cases">All open alarms, and those that are over since <see cref="TellReturnWithin"/>.</param>
    public static ImmutableArray<DueNotice> Due(ImmutableArray<AlarmCase> cases, ContactBook book, OfficeHours hours, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(hours);
        var due = cases.Select(item => (Case: item, Notice: Next(item, book, hours, now) is { } next && next.At <= now ? next.Notice : Return(item))).Where(item => item.Notice is not null).ToList();
        if (!IsFlood(cases.Select(item => item.Alarm), now))
        {
            return [.. due.Select(item => item.Notice!)];
        }

        // A flood: what guards life goes out one by one; the rest is one notice for each contact, and that it is over is told when the flood is.
        var grouped = due.Where(item => !item.Case.Alarm.Kind.Safety && item.Notice!.Cause is not NoticeCause.Returned)
            .GroupBy(item => (item.Notice!.Step, To: string.Join(' ', item.Notice.Contacts)))
            .Select(group => Grouped([.. group.Select(item => item.Notice!)], cases, now))
            .OfType<DueNotice>();
        return [.. due.Where(item => item.Case.Alarm.Kind.Safety).Select(item => item.Notice!), .. grouped];
    }

    /// <summary>Whether more alarms came than anybody can take in.</summary>
    public static bool IsFlood(IEnumerable<Alarm> alarms, DateTimeOffset now) => alarms.Count(alarm => now - alarm.LastRaisedAt < FloodWindow && !alarm.IsDrill) > FloodOver;

    /// <summary>The next notice of one alarm and when it is due, if nobody acknowledges before; null: none will be.</summary>
    /// <param name="now">By which it is told whether the alarm is shelved.</param>
    public static PlannedNotice? Next(AlarmCase item, ContactBook book, OfficeHours hours, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(hours);
        var alarm = item.Alarm;
        if (!alarm.IsUnacknowledged || alarm.IsShelved(now) || item.KeptBack is not null)
        {
            return null;
        }

        var steps = book.For(alarm.Kind, alarm.Zone).Steps;

        // What comes and goes is told as such once; else each coming is told.
        var before = item.Told.Where(told => told.Cause is not NoticeCause.Returned).ToList();
        var since = before.Where(told => alarm.Unstable || told.Entry > alarm.LastRaisedEntry).ToList();
        if (alarm.Unstable && before.TrueForAll(told => told.Cause is not NoticeCause.Grouped))
        {
            return new(alarm.LastRaisedAt, Notice(alarm, NoticeCause.Grouped, 0, [steps[0].Contact]));
        }

        // What is not urgent, or over already, waits for office hours.
        var waits = alarm.Level is AlarmLevel.Caution || (alarm.State is AlarmState.ReturnedUnacknowledged && alarm.Level is not AlarmLevel.Emergency);
        return since.Count == 0 ? First(alarm, before, steps, waits, hours) : After(alarm, since[^1], steps, waits, hours);
    }

    private static PlannedNotice? First(Alarm alarm, List<Told> before, ImmutableArray<ContactStep> steps, bool waits, OfficeHours hours)
    {
        var urgent = alarm.Level is AlarmLevel.Emergency;
        var brief = alarm is { State: AlarmState.ReturnedUnacknowledged, ReturnedAt: { } returned } && returned - alarm.LastRaisedAt <= Collect;
        if (!urgent && brief && before.Count == 0)
        {
            return null;
        }

        var at = urgent ? alarm.LastRaisedAt : alarm.LastRaisedAt + Collect;
        if (before.Count == 0)
        {
            return new(waits ? hours.Next(at) : at, Notice(alarm, NoticeCause.Raised, 0, [steps[0].Contact]));
        }

        // Back again, or more urgent: all who know of it are told, and whoever is next comes after them. The same again is not told more often than the next step would be.
        var rose = before.TrueForAll(told => alarm.Level < told.Level);
        var again = before[^1].At.AddMinutes(ContactBook.DefaultMinutes);
        at = rose || at > again ? at : again;
        return new(
            waits ? hours.Next(at) : at,
            Notice(alarm, rose ? NoticeCause.Rose : NoticeCause.Raised, before.Max(told => told.Step), [.. before.SelectMany(told => told.Contacts).Distinct()]));
    }

    private static PlannedNotice? After(Alarm alarm, Told last, ImmutableArray<ContactStep> steps, bool waits, OfficeHours hours)
    {
        var step = last.Step + 1;
        if (step > steps.Length)
        {
            return null;
        }

        var wait = TimeSpan.FromMinutes(step < steps.Length ? steps[step].AfterMinutes : ContactBook.DefaultMinutes);
        return new(
            waits ? hours.Add(last.At, wait) : last.At + wait,
            Notice(alarm, NoticeCause.Escalated, step, step < steps.Length ? [steps[step].Contact] : ContactBook.Last));
    }

    // 復旧: to those who were told that it had come.
    private static DueNotice? Return(AlarmCase item)
    {
        var alarm = item.Alarm;
        var since = item.Told.Where(told => told.Entry > alarm.LastRaisedEntry).ToList();
        return alarm.ReturnedAt is null || alarm.Unstable || alarm.Level is AlarmLevel.Caution || since.Count == 0 || since.Exists(told => told.Cause is NoticeCause.Returned)
            ? null
            : Notice(alarm, NoticeCause.Returned, since.Max(told => told.Step), [.. since.SelectMany(told => told.Contacts).Distinct()]);
    }

    // A drill is a drill in every notice of it (R-DRILL-02).
    private static DueNotice Notice(Alarm alarm, NoticeCause cause, int step, ImmutableArray<string> contacts) =>
        new(alarm.Id, [alarm.Id], alarm.IsDrill ? NoticeCause.Test : cause, alarm.Level, step, contacts);

    private static DueNotice? Grouped(ImmutableArray<DueNotice> notices, ImmutableArray<AlarmCase> cases, DateTimeOffset now)
    {
        var (first, level) = (notices[0], notices.Min(notice => notice.Level));
        var last = cases.SelectMany(item => item.Told).Where(told => told.Cause is NoticeCause.Grouped && told.Contacts.SequenceEqual(first.Contacts)).MaxBy(told => told.Entry);
        return last is not null && now - last.At < FloodPause && level >= last.Level
            ? null
            : first with { Alarm = Earliest(notices, cases), Covers = [.. notices.SelectMany(notice => notice.Covers)], Cause = NoticeCause.Grouped, Level = level };
    }

    private static string Earliest(ImmutableArray<DueNotice> notices, ImmutableArray<AlarmCase> cases) =>
        cases.Select(item => item.Alarm).Where(alarm => notices.Any(notice => notice.Alarm == alarm.Id)).MinBy(alarm => alarm.RaisedAt)!.Id;
}
