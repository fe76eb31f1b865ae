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

    /// <summary>A password older than the policy profile lets one be, and a one-time code: good for changing it (R-SIGN-06).</summary>
    OverduePassword,

    /// <summary>認証基盤: the town's own identity provider said who it is (OpenID Connect).</summary>
    Provider,
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

    /// <summary>What the identity provider said did not hold, or names nobody who may come in that way.</summary>
    WrongProviderWord,

    /// <summary>From outside the site, without 外部からのアクセス in force (R-SIGN-14).</summary>
    Outside,
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

/// <summary>Too many failures closed a way into an account (R-SIGN-03).</summary>
/// <param name="Account">Null: what was typed is no account, or one source failed at many.</param>
/// <param name="KnownDevice">The way was a device the account had signed in on before.</param>
/// <param name="Until">Null: until released.</param>
public sealed record SignInLocked(DateTimeOffset OccurredAt, AccountId? Account, bool Privileged, string Source, bool KnownDevice, DateTimeOffset? Until, int Count) : RecordedEvent(OccurredAt);

/// <summary>Locks of an account were taken back (R-SIGN-03).</summary>
public sealed record SignInReleased(DateTimeOffset OccurredAt, AccountId Account, PersonId Person, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>What proves a person at sign-in.</summary>
public enum ProofKind
{
    /// <summary>パスキー.</summary>
    Passkey,

    /// <summary>パスワード.</summary>
    Password,

    /// <summary>確認コード: the secret behind one-time codes.</summary>
    Code,

    /// <summary>仮のパスワード.</summary>
    TemporaryPassword,
}

/// <summary>What proves a person was made, changed or taken away; never the thing itself (R-SIGN-07).</summary>
/// <param name="Cause"><c>made</c>, <c>changed</c>, <c>removed</c> or <c>issued</c>.</param>
/// <param name="Name">A passkey's name; else empty.</param>
/// <param name="By">Person who did it.</param>
public sealed record ProofChanged(
    DateTimeOffset OccurredAt, AccountId Account, PersonId Person, ProofKind Proof, string Cause, string Name, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>A person proved again who they are, before an act that moves doors, power or rights (再確認).</summary>
public sealed record IdentityConfirmed(DateTimeOffset OccurredAt, AccountId Account, PersonId Person, SignInMethod Method, string Session) : RecordedEvent(OccurredAt);

/// <summary>The first start is over: this many administrators can sign in, and no set-up code counts any more (R-SIGN-12).</summary>
public sealed record SiteSetUp(DateTimeOffset OccurredAt, int Administrators, string By) : RecordedEvent(OccurredAt);
