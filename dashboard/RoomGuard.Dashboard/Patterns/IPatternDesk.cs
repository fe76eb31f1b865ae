using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Patterns;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Entries;

namespace RoomGuard.Dashboard.Patterns;

/// <summary>気になる動き and signs of lending (R-MON-05, R-ID-07): told to SEC, never a block.</summary>
public interface IPatternDesk
{
    /// <summary>Notices that wait and the newest that are settled, of people this person answers for.</summary>
    Task<PatternLook> Look(Actor by, CancellationToken gone);

    /// <summary>One notice with its evidence; null: none of this number, or not for this person.</summary>
    Task<PatternFile?> Notice(long n, Actor by, CancellationToken gone);

    /// <summary>Says what it was; settles earlier ones of the same subject with it.</summary>
    Task<ActResult> Review(long n, PatternVerdict verdict, string note, Actor by, CancellationToken stop);
}

/// <summary>A notice in a line.</summary>
/// <param name="Event">A <see cref="PatternNoticed"/> or a <see cref="LendingSuspected"/>.</param>
/// <param name="Person">Null: a card nobody is known by.</param>
/// <param name="LastMonth">How often in the 30 days before.</param>
/// <param name="Verdict">Null: nobody has looked yet.</param>
public sealed record PatternLine(
    long N,
    RecordedEvent Event,
    NamedPerson? Person,
    int LastMonth,
    PatternVerdict? Verdict,
    string? Note,
    NamedPerson? ReviewedBy,
    DateTimeOffset? ReviewedAt)
{
    /// <summary>Entries of the record by which it was seen.</summary>
    public ImmutableArray<long> EventIds => Event switch
    {
        PatternNoticed notice => notice.EventIds,
        LendingSuspected sign => sign.EventIds,
        _ => [],
    };
}

/// <summary>The page of patterns.</summary>
public sealed record PatternLook(ImmutableArray<PatternLine> Open, ImmutableArray<PatternLine> Settled);

/// <summary>One notice.</summary>
/// <param name="Evidence">The entries by which it was seen, oldest first.</param>
/// <param name="Before">Earlier notices of the same subject, newest first.</param>
/// <param name="About">Whose records were looked at; null: it is about something else.</param>
public sealed record PatternFile(
    PatternLine Line,
    ImmutableArray<RecordLine> Evidence,
    ImmutableArray<PatternLine> Before,
    NamedPerson? About,
    bool MayReview);
