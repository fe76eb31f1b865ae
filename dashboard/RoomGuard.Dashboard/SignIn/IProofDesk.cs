using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.SignIn;

/// <summary>What proves oneself: passkeys, password, one-time code; and one's own sessions.</summary>
public interface IProofDesk
{
    /// <summary>What the signed-in person has.</summary>
    Task<OwnProofs> Of(Session session, CancellationToken gone);

    /// <summary>Asks for a new passkey.</summary>
    Task<PasskeyQuestion> AskNewPasskey(Session session, HttpContext http);

    /// <summary>Keeps a new passkey.</summary>
    Task<ActResult> AddPasskey(Session session, string name, PasskeyReply reply, HttpContext http, CancellationToken stop);

    /// <summary>Takes a passkey away, e.g. one that was lost. The last proof stays.</summary>
    Task<ActResult> RemovePasskey(Session session, string id, CancellationToken stop);

    /// <summary>A new secret for one-time codes, not kept until a code made with it was typed.</summary>
    /// <param name="sealedBefore">The sealed secret of a form that came back with a mistake: the same is shown again; empty: none.</param>
    CodeSecret NewCode(Session session, string sealedBefore);

    /// <summary>Sets the password, with the secret for codes when there is none yet or a new one is wanted (R-SIGN-06).</summary>
    Task<ActResult> SetPassword(Session session, NewPassword typed, CancellationToken stop);

    /// <summary>Ends one of the person's own sessions.</summary>
    Task<ActResult> EndSession(Session session, string name, CancellationToken stop);
}

/// <summary>A person's own proofs and sessions.</summary>
/// <param name="PasswordChangedAt">Null: no password.</param>
/// <param name="ShortestPassword">R-SIGN-06.</param>
public sealed record OwnProofs(
    ImmutableArray<OwnPasskey> Passkeys, DateTimeOffset? PasswordChangedAt, bool HasCode, int ShortestPassword, ImmutableArray<OwnSession> Sessions)
{
    /// <summary>Whether there is anything to sign in with.</summary>
    public bool Any => !Passkeys.IsEmpty || (PasswordChangedAt is not null && HasCode);
}

/// <summary>A passkey.</summary>
/// <param name="LastUsed">Null: not yet.</param>
/// <param name="Synced">It may be copied to other devices of the person by their provider.</param>
public sealed record OwnPasskey(string Id, string Name, DateTimeOffset Made, DateTimeOffset? LastUsed, bool Synced);

/// <summary>A session of one's own.</summary>
public sealed record OwnSession(string Name, bool IsThis, SignInMethod Method, DateTimeOffset Begun, DateTimeOffset LastAct, string Address, string Browser);

/// <summary>A secret for one-time codes, shown once.</summary>
/// <param name="Text">Base 32 in groups of four.</param>
/// <param name="Uri">For authenticator apps.</param>
/// <param name="Sealed">Comes back with the form.</param>
public sealed record CodeSecret(string Text, string Uri, string Sealed)
{
    /// <summary>Shows nothing of it.</summary>
    public override string ToString() => nameof(CodeSecret);
}

/// <summary>A new password as typed.</summary>
/// <param name="SealedCode">The new secret for codes; empty: keep the present one.</param>
/// <param name="Code">A code made with the new secret.</param>
public sealed record NewPassword(string Password, string Again, string SealedCode, string Code)
{
    /// <summary>Shows nothing of it (R-SIGN-07).</summary>
    public override string ToString() => nameof(NewPassword);
}
