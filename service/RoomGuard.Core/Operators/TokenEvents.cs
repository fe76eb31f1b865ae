using System.Collections.Immutable;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Operators;

/// <summary>Where a token stands.</summary>
public enum TokenState
{
    /// <summary>受取待ち: allowed, but its secret does not exist before the account's own person takes it.</summary>
    Waiting,

    /// <summary>利用中.</summary>
    Active,

    /// <summary>終了. Final.</summary>
    Ended,
}

/// <summary>
/// By which another system calls the API in the name of one account (R-SIGN-01). Its secret is shown once, to the account's own person, and never
/// recorded; a digest of it is kept beside the record.
/// </summary>
/// <param name="Id">E.g. <c>T-0003</c>.</param>
/// <param name="Person">Whose account it is: who acts by it, with the roles they hold at that moment.</param>
/// <param name="Name">What it is for, e.g. the name of the other system.</param>
/// <param name="Until">First local day on which it no longer counts; never open.</param>
public sealed record ApiToken(string Id, AccountId Account, PersonId Person, string Name, ImmutableArray<TokenScope> Scopes, DateOnly Until, TokenState State);

/// <summary>A token was made, taken or ended; the whole token as it now stands.</summary>
/// <param name="Cause"><c>made</c>, <c>taken</c> or <c>ended</c>.</param>
public sealed record TokenRecorded(DateTimeOffset OccurredAt, ApiToken Token, string Cause, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>
/// A token was used. An act has an entry of its own before it is done; of reading, one entry tells of an operation from a source, and again an hour
/// later with how often it was called since.
/// </summary>
/// <param name="Token">E.g. <c>T-0003</c>.</param>
/// <param name="Operation">Name of the operation in the API's document, e.g. <c>listEntries</c>.</param>
/// <param name="Key">The caller's idempotency key; null: reading.</param>
/// <param name="Before">Calls of this operation from this source since the last such entry, this one not included.</param>
public sealed record TokenUsed(
    DateTimeOffset OccurredAt, string Token, AccountId Account, PersonId Person, string Operation, string Source, string? Key, int Before) : RecordedEvent(OccurredAt);

/// <summary>Why a call of the API was refused at its door.</summary>
public enum TokenFault
{
    /// <summary>No token, or none of ours: its number is unknown or its secret wrong.</summary>
    Unknown,

    /// <summary>Ended by somebody.</summary>
    Ended,

    /// <summary>Its last day is over.</summary>
    Over,

    /// <summary>The account or its person may not act any more.</summary>
    AccountStopped,

    /// <summary>The token has no such scope.</summary>
    OtherScope,

    /// <summary>More calls than are allowed.</summary>
    TooMany,

    /// <summary>From outside the site, and its person has no 外部からのアクセス in force (R-SIGN-14).</summary>
    Outside,
}

/// <summary>Calls of the API were refused. One entry may stand for many: the first ones have their own, later ones are counted together.</summary>
/// <param name="Token">Its number, also when the secret was wrong; null: no token of ours was named.</param>
/// <param name="Count">Refusals of this kind by this source since it was last quiet, this one included.</param>
public sealed record TokenRefused(DateTimeOffset OccurredAt, string? Token, TokenFault Fault, string Source, int Count) : RecordedEvent(OccurredAt);
