using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.SignIn;

/// <summary>What the sign-in page shows.</summary>
/// <param name="Return">Where to go afterwards; a path of ours.</param>
/// <param name="Refused">The last attempt came to nothing.</param>
/// <param name="WaitUntil">This way in is closed until then; <see cref="DateTimeOffset.MaxValue"/>: until released; null: open.</param>
/// <param name="Now">Who is signed in already; null: nobody.</param>
/// <param name="People">Invented people to choose from; empty on every real site.</param>
/// <param name="Name">The sign-in name typed before.</param>
public sealed record SignInModel(
    string Return, bool Refused, DateTimeOffset? WaitUntil, Actor? Now, ImmutableArray<InventedPerson> People, PasskeyQuestion Passkey, string Name)
{
    /// <summary>The town's identity provider; null: there is none.</summary>
    public Text.Word? Provider { get; init; }

    /// <summary>The proof was good, and the place was not (R-SIGN-14).</summary>
    public bool Outside { get; init; }
}

/// <summary>What the page shows that asks once more who is there (再確認).</summary>
/// <param name="Target">Where the proof goes: the act itself, or the page that asked.</param>
/// <param name="Carried">What was typed for the act.</param>
/// <param name="Invented">The account can be chosen without proof at this Test site.</param>
public sealed record ConfirmPageModel(
    string Target, ImmutableArray<(string Name, string Value)> Carried, bool Refused, OwnProofs Proofs, PasskeyQuestion Passkey, bool Invented)
{
    /// <summary>The provider the person signed in by; null: they did not.</summary>
    public Text.Word? Provider { get; init; }

    /// <summary>Where the browser goes after the provider: a page of ours.</summary>
    public string Back { get; init; } = "/";
}

/// <summary>What the page shows on which a person keeps what proves them.</summary>
/// <param name="WithCode">The password form asks for a new secret for codes.</param>
/// <param name="Overdue">The password is older than the policy profile lets one be (R-SIGN-06).</param>
public sealed record OwnProofsModel(OwnProofs Proofs, PasskeyQuestion NewPasskey, CodeSecret Code, bool WithCode, FormState State, bool OnlyForProof, bool Overdue, bool Privileged);
