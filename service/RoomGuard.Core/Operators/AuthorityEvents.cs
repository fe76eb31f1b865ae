using RoomGuard.Core.Record;

namespace RoomGuard.Core.Operators;

/// <summary>Somebody tried what they may not (R-SIGN-01): nothing was done.</summary>
/// <param name="Operation">What was tried: a row of the matrix or of the second table with the part, e.g. <c>Lockdown/Does</c>.</param>
/// <param name="About">Whom or what it was about, by id; empty: nothing in particular.</param>
public sealed record ActRefused(DateTimeOffset OccurredAt, string Operation, string About, AuthorityRefusal Refusal, string By) : RecordedEvent(OccurredAt);
