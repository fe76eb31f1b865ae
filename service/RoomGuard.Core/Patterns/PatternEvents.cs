using System.Collections.Immutable;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Patterns;

/// <summary>気になる動き (R-MON-05). Signs of lending are <see cref="LendingSuspected"/> (R-ID-07) and stand beside these.</summary>
public enum PatternKind
{
    /// <summary>いつもと違う時間の入室.</summary>
    UnusualHour,

    /// <summary>多くの扉で拒否.</summary>
    ManyDoors,

    /// <summary>極端に短い在室の繰返し.</summary>
    ShortStays,

    /// <summary>極端に長い在室.</summary>
    LongStay,

    /// <summary>同じ人の記録の繰返し閲覧.</summary>
    RepeatedViews,
}

/// <summary>A figure by which a pattern was seen. The unit ends the name.</summary>
public enum PatternFigure
{
    /// <summary>Entries by which the usual hours are known, older ones counting less.</summary>
    EntriesKnown,

    /// <summary>How many in a hundred of them lie near this hour.</summary>
    NearHourPercent,

    /// <summary>Below how many in a hundred an hour is unusual.</summary>
    UnusualBelowPercent,

    /// <summary>Different doors at which the person was refused.</summary>
    DoorsTried,

    /// <summary>From how many doors on it is told.</summary>
    DoorsFrom,

    /// <summary>Stays that short.</summary>
    StaysFound,

    /// <summary>From how many short stays on it is told.</summary>
    StaysFrom,

    /// <summary>Below how many seconds a stay is short.</summary>
    ShortBelowSeconds,

    /// <summary>Time inside, in hours.</summary>
    StayHours,

    /// <summary>From how many hours on a stay is long.</summary>
    LongFromHours,

    /// <summary>Times somebody looked at the records of this one person.</summary>
    ViewsFound,

    /// <summary>From how many views on it is told.</summary>
    ViewsFrom,

    /// <summary>Over how many minutes it was counted.</summary>
    WindowMinutes,

    /// <summary>Over how many days it was counted.</summary>
    WindowDays,
}

/// <summary>One figure with its value.</summary>
public sealed record PatternValue(PatternFigure Figure, long Value);

/// <summary>
/// 気になる動き was noticed (R-MON-05): a notice to SEC with its evidence, and nothing more. Nobody is kept out by it; whether it means anything is
/// decided by people.
/// </summary>
/// <param name="Person">Whose doing it is; null: a card nobody is known by.</param>
/// <param name="Card">Only where <paramref name="Person"/> is not known.</param>
/// <param name="About">Whose records were looked at; null for all but <see cref="PatternKind.RepeatedViews"/>.</param>
/// <param name="Zone">Where; null: at several places, or on the pages.</param>
/// <param name="EventIds">Entries of the record by which it was seen, the newest last.</param>
/// <param name="Values">The figures it was judged by.</param>
/// <param name="LastMonth">How often the same was told of the same person in the 30 days before.</param>
public sealed record PatternNoticed(
    DateTimeOffset OccurredAt,
    PatternKind Kind,
    PersonId? Person,
    CardDigest? Card,
    PersonId? About,
    ZoneId? Zone,
    ImmutableArray<long> EventIds,
    ImmutableArray<PatternValue> Values,
    int LastMonth) : RecordedEvent(OccurredAt);

/// <summary>What SEC made of a notice.</summary>
public enum PatternVerdict
{
    /// <summary>説明がついた: work, illness, a known habit.</summary>
    Explained,

    /// <summary>引き続き見る: not clear; it stays in mind.</summary>
    Watched,

    /// <summary>報告した: passed on as an incident or a violation.</summary>
    Reported,
}

/// <summary>SEC looked at a notice, or a sign of lending, and said what it was.</summary>
/// <param name="Notice">The entry that told of it; earlier ones of the same subject are settled with it.</param>
/// <param name="Subject">What <see cref="PatternSubject"/> makes of the notice.</param>
/// <param name="Person">Whom it concerned; null: a card nobody is known by.</param>
public sealed record PatternReviewed(DateTimeOffset OccurredAt, long Notice, string Subject, PersonId? Person, PatternVerdict Verdict, string Note, string By)
    : RecordedEvent(OccurredAt);

/// <summary>What makes two notices notices of the same thing.</summary>
public static class PatternSubject
{
    /// <summary>Of a notice, e.g. <c>ManyDoors/S-0217</c>.</summary>
    public static string Of(PatternNoticed notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var who = $"{notice.Kind}/{notice.Person?.Value ?? notice.Card?.ToString() ?? "-"}";
        return notice.About is { } about ? $"{who}/{about}" : who;
    }

    /// <summary>Of a sign of lending, e.g. <c>Lending/S-0217</c>.</summary>
    public static string Of(LendingSuspected sign)
    {
        ArgumentNullException.ThrowIfNull(sign);
        return $"Lending/{sign.Person}";
    }
}
