using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Operators;

/// <summary>操作者アカウント (R-SIGN-09). Accounts are made by cases; what is done to one that exists is here.</summary>
public interface IAccountDesk
{
    /// <summary>All accounts, privileged ones first. <see cref="AccountList.WhyNot"/> says why somebody sees none.</summary>
    Task<AccountList> Accounts(Actor by, CancellationToken gone);

    /// <summary>One account; null: unknown, or not for this person.</summary>
    Task<AccountFile?> Account(AccountId id, Actor by, CancellationToken gone);

    /// <summary>停止: no sign-in, all sessions end at once.</summary>
    Task<ActResult> Hold(AccountId id, string reason, Actor by, CancellationToken stop);

    /// <summary>Takes a hold back, and a lock after failed tries (R-SIGN-03).</summary>
    Task<ActResult> Release(AccountId id, string reason, Actor by, CancellationToken stop);

    /// <summary>廃止. Final.</summary>
    Task<ActResult> End(AccountId id, string reason, Actor by, CancellationToken stop);

    /// <summary>Ends all sessions of an account (R-SIGN-08).</summary>
    Task<ActResult> EndSessions(AccountId id, string reason, Actor by, CancellationToken stop);

    /// <summary>Turns 外部からのアクセス of the account's person off, at once and for all that is allowed or will be (R-SIGN-14).</summary>
    Task<ActResult> EndRemoteAccess(AccountId id, string reason, Actor by, CancellationToken stop);

    /// <summary>仮のパスワード: told this once, good for one sign-in within 24 h† (R-SIGN-05).</summary>
    Task<TemporaryPassword> IssueTemporaryPassword(AccountId id, string reason, Actor by, CancellationToken stop);
}

/// <summary>The accounts.</summary>
/// <param name="WhyNot">Set: the asking person may not see them, and none are told.</param>
/// <param name="PrivilegedAtMost">How many privileged accounts a site may have (R-SIGN-09).</param>
public sealed record AccountList(ImmutableArray<AccountLine> Accounts, int PrivilegedAtMost, Refusal? WhyNot);

/// <summary>An account in the list.</summary>
/// <param name="LastSignIn">Null: never.</param>
/// <param name="Sessions">Open now.</param>
/// <param name="LockedUntil">Locked after failed tries until then (R-SIGN-03); <see cref="DateTimeOffset.MaxValue"/>: until released; null: not locked.</param>
/// <param name="Passkeys">How many are registered.</param>
/// <param name="HasPassword">A password and a one-time code are set.</param>
public sealed record AccountLine(
    OperatorAccount Account,
    NamedPerson Holder,
    DateTimeOffset? LastSignIn,
    int Sessions,
    DateTimeOffset? LockedUntil,
    int Passkeys,
    bool HasPassword);

/// <summary>An open session.</summary>
/// <param name="Method">E.g. <c>passkey</c> or <c>password</c>.</param>
public sealed record AccountSession(string Name, DateTimeOffset Begun, DateTimeOffset LastSeen, string Method, string Address, string Browser);

/// <summary>A sign-in or a failed try.</summary>
public sealed record SignInLine(DateTimeOffset At, bool Ok, string Method, string Address, string Reason);

/// <summary>What the asking person may do with an account.</summary>
/// <param name="WhyNot">Set when nothing of it; null otherwise.</param>
public sealed record AccountMoves(bool Hold, bool Release, bool End, bool EndSessions, bool IssuePassword, bool EndRemoteAccess, Refusal? WhyNot);

/// <summary>An account with its sessions and its last sign-ins, newest first.</summary>
/// <param name="Remote">外部からのアクセス in force or to come (R-SIGN-14).</param>
public sealed record AccountFile(AccountLine Line, ImmutableArray<AccountSession> Sessions, ImmutableArray<SignInLine> SignIns, AccountMoves May, ImmutableArray<RemoteAccess> Remote);

/// <summary>What became of the wish for a temporary password.</summary>
/// <param name="Password">Shown once and kept nowhere in clear; null: not issued.</param>
/// <param name="GoodUntil">When it lapses unused.</param>
public sealed record TemporaryPassword(ActResult Result, string? Password, DateTimeOffset? GoodUntil)
{
    /// <summary>Never shows the password (R-SIGN-07).</summary>
    public override string ToString() => $"TemporaryPassword {{ GoodUntil = {GoodUntil:O} }}";
}
