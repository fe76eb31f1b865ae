using RoomGuard.Core.People;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Operators;

/// <summary>How a person proved at sign-in who they are.</summary>
public enum SignInMethod
{
    /// <summary>Chosen from the invented people of a site marked Test.</summary>
    Invented,

    /// <summary>パスキー: a key that never leaves its device, bound to this site's name.</summary>
    Passkey,

    /// <summary>パスワード and a one-time code (RFC 6238).</summary>
    PasswordAndCode,

    /// <summary>仮のパスワード: one sign-in, for setting up one's own proof (R-SIGN-05).</summary>
    TemporaryPassword,

    /// <summary>The one-time code of the first start (R-SIGN-12).</summary>
    SetupCode,
}

/// <summary>Why a session is over (R-SIGN-04).</summary>
public enum SessionEnd
{
    /// <summary>The person signed out.</summary>
    SignedOut,

    /// <summary>Nothing was done for too long.</summary>
    Idle,

    /// <summary>It reached its longest time.</summary>
    TooOld,

    /// <summary>Another session of the same person took its place, or the person ended it from another one.</summary>
    EndedElsewhere,

    /// <summary>The account or its person may no longer act (R-ID-01, R-SIGN-08).</summary>
    AccountStopped,

    /// <summary>Ended by a person responsible, e.g. after a suspected leak (R-SIGN-08).</summary>
    Forced,
}

/// <summary>Why a sign-in came to nothing. What was typed is never recorded: it may be a password in the wrong field.</summary>
public enum SignInFault
{
    /// <summary>No such account.</summary>
    UnknownAccount,

    /// <summary>The account or its person may not sign in.</summary>
    AccountStopped,

    /// <summary>Wrong password.</summary>
    WrongPassword,

    /// <summary>Wrong or used one-time code.</summary>
    WrongCode,

    /// <summary>A passkey that is not ours, from another origin, or not confirmed by its holder.</summary>
    WrongPasskey,

    /// <summary>The temporary password was used before or is over.</summary>
    TemporaryOver,

    /// <summary>Too many failures: not even looked at (R-SIGN-03).</summary>
    Locked,
}

/// <summary>Somebody signed in (R-SIGN-01).</summary>
/// <param name="Session">The session's short name, which opens nothing.</param>
/// <param name="Source">Address it came from.</param>
public sealed record SignedIn(DateTimeOffset OccurredAt, AccountId Account, PersonId Person, SignInMethod Method, string Session, string Source) : RecordedEvent(OccurredAt);

/// <summary>A session is over (R-SIGN-04).</summary>
/// <param name="By">Who ended it; the person themselves when time did.</param>
public sealed record SignedOut(DateTimeOffset OccurredAt, AccountId Account, PersonId Person, SessionEnd Cause, string Session, string By) : RecordedEvent(OccurredAt);

/// <summary>Sign-ins failed (R-SIGN-03). One entry may stand for many: the first ones have their own, later ones are counted together.</summary>
/// <param name="Account">Null: no account was meant that exists.</param>
/// <param name="Count">Failures of this account from this source since the last success, this one included.</param>
public sealed record SignInFailed(DateTimeOffset OccurredAt, AccountId? Account, SignInFault Fault, string Source, int Count) : RecordedEvent(OccurredAt);
