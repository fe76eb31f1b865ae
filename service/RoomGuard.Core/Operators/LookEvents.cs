using System.Collections.Immutable;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Operators;

/// <summary>One person's entry records were looked at (R-SIGN-15): who looked, at whom, by which question and for what.</summary>
/// <param name="Subject">Whose records; null: people were searched by words.</param>
/// <param name="Query">The question as its address shows it.</param>
/// <param name="Purpose">閲覧目的 as stated; empty where none is asked (a search by words).</param>
public sealed record RecordsViewed(DateTimeOffset OccurredAt, PersonId? Subject, string Query, string Purpose, string By) : RecordedEvent(OccurredAt);

/// <summary>CHIEF named who may look into one person's records (利用状況調査, R-LOG-05); the whole as it now stands.</summary>
/// <param name="Id">E.g. <c>U-2026-0003</c>.</param>
/// <param name="Named">Who may look besides CHIEF; never the subject (pair 10).</param>
/// <param name="ValidUntil">First local day on which it no longer counts.</param>
public sealed record InvestigationNamed(
    DateTimeOffset OccurredAt,
    string Id,
    PersonId Subject,
    ImmutableArray<PersonId> Named,
    string Purpose,
    DateOnly ValidUntil,
    string By) : RecordedEvent(OccurredAt);

/// <summary>An investigation was ended before its time.</summary>
public sealed record InvestigationEnded(DateTimeOffset OccurredAt, string Id, PersonId Subject, string Reason, string By) : RecordedEvent(OccurredAt);
