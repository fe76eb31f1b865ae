using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Patterns;

/// <summary>
/// Folds the record, entry by entry, into what is usual for whom, and says what is not (R-MON-05). It reads no clock and no store: an entry costs a
/// few additions and never a look back, so that a register of millions is as quick as a new one. One book, one thread.
/// </summary>
/// <param name="timeZone">By which hours and days of people count.</param>
public sealed class PatternBook(PatternSettings settings, TimeZoneInfo timeZone)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    private readonly Dictionary<PersonId, Habit> habits = [];
    private readonly Dictionary<string, ImmutableArray<Remembered>> refusals = new(StringComparer.Ordinal);
    private readonly Dictionary<PersonId, ImmutableArray<Remembered>> shortStays = [];
    private readonly Dictionary<(PersonId By, PersonId About), ImmutableArray<Remembered>> views = [];
    private readonly Dictionary<(PersonId Person, ZoneId Zone), Stay> inside = [];
    private readonly Dictionary<string, ImmutableArray<DateTimeOffset>> told = new(StringComparer.Ordinal);

    /// <summary>People whose hours are known.</summary>
    public int Habits => habits.Count;

    /// <summary>People known inside.</summary>
    public int Inside => inside.Count;

    /// <summary>Takes one entry over.</summary>
    /// <param name="n">Its number in the record.</param>
    /// <returns>A notice to write; null: nothing, or nothing new.</returns>
    public PatternNoticed? Take(long n, RecordedEvent item) => item switch
    {
        EntryGranted e => Granted(n, e),
        EntryDenied e => Refused(n, e),
        PersonEntered e => Entered(n, e),
        PersonLeft e => Left(n, e),
        RecordsViewed { Subject: { } subject } e => Viewed(n, e, subject),
        PatternNoticed e => Told(e),
        _ => null,
    };

    /// <summary>An entry of long ago, for the usual hours alone: nothing is told of it.</summary>
    public void Recall(PersonId person, DateTimeOffset at) =>
        habits[person] = UnusualHours.Step(habits.GetValueOrDefault(person, Habit.None), 0, Local(at), settings).Next;

    /// <summary>Somebody was inside already when the book was opened.</summary>
    /// <param name="entry">The entry of the record by which they went in.</param>
    public void RecallInside(PersonId person, ZoneId zone, long entry, DateTimeOffset since) => inside[(person, zone)] = new(entry, since, Told: false);

    /// <summary>Time passed: stays that became long meanwhile.</summary>
    public ImmutableArray<PatternNoticed> Pass(DateTimeOffset now)
    {
        var found = ImmutableArray.CreateBuilder<PatternNoticed>();
        foreach (var ((person, zone), stay) in inside.Where(one => !one.Value.Told).ToList())
        {
            if (LongStay.Look(stay.Entry, now - stay.Since, settings) is { } longOne)
            {
                inside[(person, zone)] = stay with { Told = true };
                if (Notice(now, longOne, person, null, null, zone) is { } notice)
                {
                    found.Add(notice);
                }
            }
        }

        return found.ToImmutable();
    }

    private PatternNoticed? Granted(long n, EntryGranted e)
    {
        // A visitor comes once; there is nothing usual about it.
        if (e.Visit is not null)
        {
            return null;
        }

        var (next, found) = UnusualHours.Step(habits.GetValueOrDefault(e.Person, Habit.None), n, Local(e.OccurredAt), settings);
        habits[e.Person] = next;
        return found is null ? null : Notice(e.OccurredAt, found, e.Person, null, null, e.Zone);
    }

    private PatternNoticed? Refused(long n, EntryDenied e)
    {
        if ((e.Person?.Value ?? e.CardDigest?.ToString()) is not { } who)
        {
            return null;
        }

        Forget(refusals, who, e.OccurredAt - TimeSpan.FromMinutes(settings.DoorsWithinMinutes));
        var (next, found) = ManyDoors.Step(refusals.GetValueOrDefault(who), new(n, e.OccurredAt, e.Door.Value), settings);
        refusals[who] = next;
        return found is null ? null : Notice(e.OccurredAt, found, e.Person, e.Person is null ? e.CardDigest : null, null, null);
    }

    private PatternNoticed? Entered(long n, PersonEntered e)
    {
        inside[(e.Person, e.Zone)] = new(n, e.OccurredAt, Told: false);
        return null;
    }

    private PatternNoticed? Left(long n, PersonLeft e)
    {
        var known = inside.Remove((e.Person, e.Zone), out var stay);
        var time = e.StayMs is { } ms ? TimeSpan.FromMilliseconds(ms) : known ? e.OccurredAt - stay.Since : (TimeSpan?)null;
        if (time is not { } spent)
        {
            return null;
        }

        if ((!known || !stay.Told) && LongStay.Look(known ? stay.Entry : n, spent, settings) is { } longOne)
        {
            return Notice(e.OccurredAt, longOne, e.Person, null, null, e.Zone);
        }

        var (next, found) = ShortStays.Step(shortStays.GetValueOrDefault(e.Person), new(n, e.OccurredAt, ""), spent, settings);
        if (!next.IsDefaultOrEmpty)
        {
            shortStays[e.Person] = next;
        }

        return found is null ? null : Notice(e.OccurredAt, found, e.Person, null, null, e.Zone);
    }

    private PatternNoticed? Viewed(long n, RecordsViewed e, PersonId subject)
    {
        var key = (By: new PersonId(e.By), About: subject);
        Forget(views, key, e.OccurredAt - TimeSpan.FromDays(settings.ViewsWithinDays));
        var (next, found) = RepeatedViews.Step(views.GetValueOrDefault(key), new(n, e.OccurredAt, ""), settings);
        views[key] = next;
        return found is null ? null : Notice(e.OccurredAt, found, key.By, null, subject, null);
    }

    // What the record already told, before this book was opened or by it.
    private PatternNoticed? Told(PatternNoticed e)
    {
        var subject = PatternSubject.Of(e);
        var before = told.GetValueOrDefault(subject, []);
        if (!before.Contains(e.OccurredAt))
        {
            told[subject] = Recent(before, e.OccurredAt).Add(e.OccurredAt);
        }

        return null;
    }

    private PatternNoticed? Notice(DateTimeOffset at, PatternFinding found, PersonId? person, CardDigest? card, PersonId? about, ZoneId? zone)
    {
        var notice = new PatternNoticed(at, found.Kind, person, card, about, zone, found.EventIds, found.Values, 0);
        var subject = PatternSubject.Of(notice);
        var month = Recent(told.GetValueOrDefault(subject, []), at);
        if (month.Any(time => (at - time).Duration() < TimeSpan.FromHours(settings.AgainAfterHours)))
        {
            return null;
        }

        told[subject] = month.Add(at);
        return notice with { LastMonth = month.Length };
    }

    private static ImmutableArray<DateTimeOffset> Recent(ImmutableArray<DateTimeOffset> times, DateTimeOffset at) => times.RemoveAll(time => time <= at - Month);

    // Cards nobody is known by could be without end, and so could pairs of readers and read: what is over goes first, and were all of today, all go.
    private static void Forget<TKey>(Dictionary<TKey, ImmutableArray<Remembered>> kept, TKey key, DateTimeOffset from)
        where TKey : notnull
    {
        if (kept.Count < Most || kept.ContainsKey(key))
        {
            return;
        }

        foreach (var old in kept.Where(one => one.Value[^1].At < from).Select(one => one.Key).ToList())
        {
            kept.Remove(old);
        }

        if (kept.Count >= Most)
        {
            kept.Clear();
        }
    }

    private DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, timeZone);

    private readonly record struct Stay(long Entry, DateTimeOffset Since, bool Told);
}
