using RoomGuard.Core.People;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Operators;

/// <summary>Where an account stands.</summary>
public enum AccountState
{
    /// <summary>利用中.</summary>
    Active,

    /// <summary>停止: cannot be used until it is released.</summary>
    Held,

    /// <summary>廃止. Final: a person who returns gets a new one.</summary>
    Ended,
}

/// <summary>An account by which one person signs in (R-SIGN-01, R-SIGN-09). What proves the person (passkeys, password) is kept elsewhere and never recorded.</summary>
/// <param name="SignInName">What is typed at sign-in: 3 to 40 letters, digits, dots, hyphens; compared without case.</param>
/// <param name="Privileged">特権ID.</param>
/// <param name="Until">First local day on which it no longer signs in; null: no end known.</param>
public sealed record OperatorAccount(AccountId Id, PersonId Person, string SignInName, bool Privileged, AccountState State, DateOnly? Until);

/// <summary>An account was made or changed; the whole account as it now stands.</summary>
/// <param name="Cause"><c>made</c>, <c>changed</c>, <c>held</c>, <c>released</c>, <c>ended</c>.</param>
public sealed record AccountRecorded(DateTimeOffset OccurredAt, OperatorAccount Account, string Cause, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>特権ID was looked at again, as at least once a year (R-SIGN-09).</summary>
/// <param name="Kept">False: the privilege was withdrawn, which the next entry does.</param>
public sealed record PrivilegeReviewed(DateTimeOffset OccurredAt, AccountId Account, PersonId Person, bool Kept, string Note, string By) : RecordedEvent(OccurredAt);

/// <summary>A role was given or changed; the whole holding as it now stands (R-PROF-04, R-SIGN-10).</summary>
public sealed record RoleHeld(DateTimeOffset OccurredAt, RoleHolding Holding, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>外部からのアクセス was allowed to a person: sign-in from outside the site's networks, until a day (R-SIGN-14).</summary>
/// <param name="Remote">Its number: that of the case that allowed it.</param>
/// <param name="Device">From which device and place.</param>
/// <param name="Until">First local day on which it is off again.</param>
public sealed record RemoteAccessAllowed(DateTimeOffset OccurredAt, string Remote, PersonId Person, string Device, DateOnly From, DateOnly Until, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>外部からのアクセス was turned off before its day.</summary>
public sealed record RemoteAccessEnded(DateTimeOffset OccurredAt, string Remote, PersonId Person, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>A role was ended before its time.</summary>
/// <param name="Holding">Its number, e.g. <c>H-0012</c>.</param>
public sealed record RoleEnded(DateTimeOffset OccurredAt, string Holding, PersonId Person, Role Role, string Reason, string By) : RecordedEvent(OccurredAt);
