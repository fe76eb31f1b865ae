using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using RoomGuard.Core.Operators;

namespace RoomGuard.Dashboard.SignIn;

/// <summary>Who is signed in, asked on every request: roles that changed and accounts that ended count at once (R-SIGN-01).</summary>
public interface ISessions
{
    /// <summary>The session behind a cookie and who acts by it now; null: there is none, it is over, or its account may not act any more.</summary>
    /// <param name="acts">True: a person did something; false: the page refreshed itself, which does not count as doing something (R-SIGN-04).</param>
    /// <param name="address">Where the request comes from: outside the site a session counts only with 外部からのアクセス (R-SIGN-14).</param>
    Session? Whose(string cookie, bool acts, string address);
}

/// <summary>A session as pages see it.</summary>
/// <param name="Name">Short name for lists and the record; opens nothing.</param>
/// <param name="Actor">Who acts, made anew from the record for this request.</param>
/// <param name="ConfirmedAt">When the person last proved who they are in this session.</param>
/// <param name="EndsAt">When it ends however busy it is.</param>
/// <param name="LastSignIn">前回のログイン時刻 (R-SIGN-02); null: this is the first.</param>
/// <param name="LastSignOut">前回のログアウト時刻; null: none yet.</param>
/// <param name="NewCookie">Set when the session got a new secret with this request, because the roles changed: the browser must take it over.</param>
public sealed record Session(
    string Name,
    Actor Actor,
    SignInMethod Method,
    DateTimeOffset Begun,
    DateTimeOffset ConfirmedAt,
    DateTimeOffset EndsAt,
    DateTimeOffset? LastSignIn,
    DateTimeOffset? LastSignOut,
    string? NewCookie)
{
    /// <summary>How long a confirmation counts for acts that move doors, power or rights.</summary>
    public static readonly TimeSpan ConfirmationFor = TimeSpan.FromMinutes(5);

    /// <summary>Signed in by a temporary or overdue password or a set-up code: good for setting up one's own proof and nothing else (R-SIGN-05, R-SIGN-06).</summary>
    public bool OnlyForProof => NeedsNewCode || Method is SignInMethod.OverduePassword;

    /// <summary>Whether the device with the codes may be lost, so that only a new secret counts.</summary>
    public bool NeedsNewCode => Method is SignInMethod.TemporaryPassword or SignInMethod.SetupCode;

    /// <summary>Whether the person has proved who they are within the last five minutes.</summary>
    public bool ConfirmedAtAll(DateTimeOffset now) => now - ConfirmedAt < ConfirmationFor;

    /// <summary>Shows no secret.</summary>
    public override string ToString() => $"Session {{ {Name} }}";
}

/// <summary>Where a sign-in comes from.</summary>
/// <param name="Address">Network address.</param>
/// <param name="Browser">What the browser calls itself, shortened.</param>
/// <param name="Device">The secret of the device cookie, by which a known device is told from a stranger's; null: none.</param>
public sealed record SignInSource(string Address, string Browser, string? Device = null)
{
    /// <summary>Never shows the secret.</summary>
    public override string ToString() => $"SignInSource {{ {Address} }}";
}

/// <summary>An invented person who can be chosen on the sign-in page of a site marked Test.</summary>
/// <param name="Roles">Held today, in the order of the matrix.</param>
public sealed record InventedPerson(string SignInName, string Name, string Section, bool Privileged, ImmutableArray<RoleHolding> Roles);

/// <summary>What was typed to sign in or to confirm.</summary>
/// <param name="Code">The one-time code; empty with a temporary password.</param>
public sealed record PasswordTry(string SignInName, string Password, string Code)
{
    /// <summary>Shows nothing of it (R-SIGN-07).</summary>
    public override string ToString() => nameof(PasswordTry);
}

/// <summary>A question to an authenticator.</summary>
/// <param name="OptionsJson">For the browser.</param>
/// <param name="State">Sealed; comes back with the answer, counts ten minutes and once.</param>
public sealed record PasskeyQuestion(string OptionsJson, string State);

/// <summary>An authenticator's answer, as the browser wrote it.</summary>
public sealed record PasskeyReply(string CredentialJson, string State);

/// <summary>What became of a sign-in.</summary>
/// <param name="Cookie">The new session's secret; null: refused.</param>
/// <param name="Device">A new secret for the device cookie; null: keep what there is.</param>
/// <param name="WaitUntil">Set when this way in is closed after failures: until then, or <see cref="DateTimeOffset.MaxValue"/> until released.</param>
public sealed record SignInAnswer(string? Cookie, string? Device = null, DateTimeOffset? WaitUntil = null)
{
    /// <summary>The proof was good, and the place was not: outside the site without 外部からのアクセス in force (R-SIGN-14).</summary>
    public bool Outside { get; init; }

    /// <summary>Refused. Pages do not say why: whether an account exists is nobody's business.</summary>
    public static SignInAnswer Refused { get; } = new(null, null, null);

    /// <summary>Shows no secret.</summary>
    public override string ToString() => Cookie is null ? "refused" : "signed in";
}

/// <summary>Signing in and out.</summary>
public interface ISignInDesk
{
    /// <summary>The first start is not over: there is nobody to sign in yet, and <c>/setup</c> comes first (R-SIGN-12).</summary>
    bool NeedsSetup => false;

    /// <summary>Invented people to choose from; empty on every real site.</summary>
    ImmutableArray<InventedPerson> InventedPeople();

    /// <summary>Signs an invented person in.</summary>
    Task<SignInAnswer> SignInInvented(string signInName, SignInSource from, CancellationToken stop);

    /// <summary>Signs in by password and one-time code, or by a temporary password alone.</summary>
    Task<SignInAnswer> SignInWithPassword(PasswordTry typed, SignInSource from, CancellationToken stop);

    /// <summary>Asks for any passkey of this site.</summary>
    /// <param name="session">The session that is to be confirmed; null: to sign in.</param>
    Task<PasskeyQuestion> AskPasskey(Session? session, HttpContext http);

    /// <summary>Signs in by passkey.</summary>
    Task<SignInAnswer> SignInWithPasskey(PasskeyReply reply, HttpContext http, SignInSource from, CancellationToken stop);

    /// <summary>再確認: the person behind a session proves again who they are.</summary>
    /// <returns>False: not proven. Counted like a failed sign-in.</returns>
    Task<bool> Confirm(Session session, ConfirmTry proof, HttpContext http, SignInSource from, CancellationToken stop);

    /// <summary>Signs out; a cookie of no session is no fault.</summary>
    Task SignOut(string cookie, CancellationToken stop);
}

/// <summary>What a person confirms with: one of the three.</summary>
/// <param name="Invented">The button of an invented person, at sites marked Test.</param>
public sealed record ConfirmTry(PasskeyReply? Passkey, PasswordTry? Password, bool Invented);
