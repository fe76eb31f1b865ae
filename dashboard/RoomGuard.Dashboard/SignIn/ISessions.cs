using System.Collections.Immutable;
using RoomGuard.Core.Operators;

namespace RoomGuard.Dashboard.SignIn;

/// <summary>Who is signed in, asked on every request: roles that changed and accounts that ended count at once (R-SIGN-01).</summary>
public interface ISessions
{
    /// <summary>The session behind a cookie and who acts by it now; null: there is none, it is over, or its account may not act any more.</summary>
    /// <param name="acts">True: a person did something; false: the page refreshed itself, which does not count as doing something (R-SIGN-04).</param>
    Session? Whose(string cookie, bool acts);
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
    string? NewCookie);

/// <summary>Where a sign-in comes from.</summary>
/// <param name="Address">Network address.</param>
/// <param name="Browser">What the browser calls itself, shortened.</param>
public sealed record SignInSource(string Address, string Browser);

/// <summary>An invented person who can be chosen on the sign-in page of a site marked Test.</summary>
/// <param name="Roles">Held today, in the order of the matrix.</param>
public sealed record InventedPerson(string SignInName, string Name, string Section, bool Privileged, ImmutableArray<RoleHolding> Roles);

/// <summary>What became of a sign-in.</summary>
/// <param name="Cookie">The new session's secret; null: refused.</param>
public sealed record SignInAnswer(string? Cookie)
{
    /// <summary>Refused. Pages do not say why: whether an account exists is nobody's business.</summary>
    public static SignInAnswer Refused { get; } = new((string?)null);
}

/// <summary>Signing in and out.</summary>
public interface ISignInDesk
{
    /// <summary>Invented people to choose from; empty on every real site.</summary>
    ImmutableArray<InventedPerson> InventedPeople();

    /// <summary>Signs an invented person in.</summary>
    Task<SignInAnswer> SignInInvented(string signInName, SignInSource from, CancellationToken stop);

    /// <summary>Signs out; a cookie of no session is no fault.</summary>
    Task SignOut(string cookie, CancellationToken stop);
}
