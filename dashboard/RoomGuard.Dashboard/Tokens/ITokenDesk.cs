using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Tokens;

/// <summary>
/// Tokens by which other systems call the API. Whoever keeps them (<see cref="PageAct.KeepTokens"/>) says for which account, for what and until when;
/// the secret is then shown to the account's own person alone and only once, so that nobody holds a token in another's name.
/// </summary>
public interface ITokenDesk
{
    /// <summary>All tokens for whoever keeps them, else one's own; those that count first, then the newest.</summary>
    Task<ImmutableArray<TokenLine>> Tokens(Actor by, CancellationToken gone);

    /// <summary>Makes one. <see cref="ActResult.Id"/> is its number. It counts once it was taken, within seven days †.</summary>
    Task<ActResult> Make(TokenForm form, Actor by, CancellationToken stop);

    /// <summary>The account's own person takes it: told this once.</summary>
    Task<TakenToken> Take(string id, Actor by, CancellationToken stop);

    /// <summary>Ends one at once and for good.</summary>
    Task<ActResult> End(string id, string reason, Actor by, CancellationToken stop);
}

/// <summary>What the form asks.</summary>
/// <param name="SignInName">Of the account it shall belong to.</param>
/// <param name="Until">First day on which it no longer counts; at most a year ahead.</param>
public sealed record TokenForm(string SignInName, string Name, ImmutableArray<TokenScope> Scopes, DateOnly Until, string Reason);

/// <summary>A token in the list.</summary>
/// <param name="Over">Its last day is over, or it was not taken in time.</param>
/// <param name="TakeBefore">Until when it waits to be taken; null: it does not.</param>
/// <param name="LastUsed">Null: never.</param>
/// <param name="LastSource">Address it was last used from; empty: never.</param>
/// <param name="MayTake">The asking person is the one to take it.</param>
public sealed record TokenLine(
    ApiToken Token,
    string SignInName,
    NamedPerson Holder,
    DateTimeOffset Made,
    bool Over,
    DateTimeOffset? TakeBefore,
    DateTimeOffset? LastUsed,
    string LastSource,
    long Calls,
    bool MayTake,
    bool MayEnd);

/// <summary>What became of the wish to take a token.</summary>
/// <param name="Secret">Shown once and kept nowhere in clear; null: not taken.</param>
public sealed record TakenToken(ActResult Result, ApiToken? Token, string? Secret)
{
    /// <summary>Never shows the secret.</summary>
    public override string ToString() => $"TakenToken {{ {Token?.Id} }}";
}

/// <summary>The door of the API: who calls, how often, and what was answered before.</summary>
public interface ITokenDoor
{
    /// <summary>Who calls by what was sent as <c>Authorization</c>. A refusal is counted and recorded here.</summary>
    /// <param name="sent">The header's value; null: none.</param>
    Task<TokenCall> Whose(string? sent, string source, CancellationToken stop);

    /// <summary>Counts a call the token has no scope for.</summary>
    Task OtherScope(ApiToken token, string source, CancellationToken stop);

    /// <summary>Notes that the token is used for an operation, before it is done; reading is told of once an hour †.</summary>
    /// <param name="key">The idempotency key of an act; null: reading.</param>
    /// <returns>False: it could not be recorded, and nothing may be done.</returns>
    Task<bool> Used(TokenCall call, string operation, string source, string? key, CancellationToken stop);

    /// <summary>Begins an act under an idempotency key, durably.</summary>
    /// <param name="mark">Digest of the request, keyed with the token's secret: a stored digest of a body must not let anybody guess what was in it.</param>
    KeyBegun BeginKey(string token, string key, string mark);

    /// <summary>Keeps the answer of an act, to be given again.</summary>
    void KeepAnswer(string token, string key, KeptAnswer answer);

    /// <summary>Forgets a key whose act was not done, so that it can be tried again.</summary>
    void ForgetKey(string token, string key);

    /// <summary>Leaves a key begun, because nobody knows what became of its act.</summary>
    void LeaveKey(string token, string key);
}

/// <summary>Who calls.</summary>
/// <param name="Fault">Null: the token counts.</param>
/// <param name="Token">Null with a fault.</param>
/// <param name="Actor">The account's person with the roles held at this moment; null with a fault.</param>
/// <param name="Left">Calls that would be allowed at once after this one.</param>
/// <param name="Wait">With <see cref="TokenFault.TooMany"/>: after how long to call again.</param>
public sealed record TokenCall(TokenFault? Fault, ApiToken? Token, Actor? Actor, int Left, TimeSpan Wait)
{
    /// <summary>What the marks of idempotency keys are keyed with.</summary>
    public ReadOnlyMemory<byte> MarkKey { get; init; }

    /// <summary>Shows no secret.</summary>
    public override string ToString() => $"TokenCall {{ {Token?.Id} {Fault} }}";
}

/// <summary>An answer kept under an idempotency key.</summary>
/// <param name="Location">Of what was made; null: none.</param>
public sealed record KeptAnswer(int Status, string Type, string Body, string? Location);

/// <summary>Where an idempotency key stands.</summary>
public enum KeyState
{
    /// <summary>Not seen before: do it.</summary>
    New,

    /// <summary>Done before: <see cref="KeyBegun.Answer"/> is the answer.</summary>
    Answered,

    /// <summary>Another call with this key is being answered at this moment.</summary>
    UnderWay,

    /// <summary>Seen before with another request.</summary>
    OtherRequest,

    /// <summary>Begun before the service stopped in the middle: it may have been done or not.</summary>
    OutcomeUnknown,
}

/// <summary>What is known of an idempotency key.</summary>
/// <param name="Since">When it was first seen.</param>
public sealed record KeyBegun(KeyState State, KeptAnswer? Answer, DateTimeOffset Since);
