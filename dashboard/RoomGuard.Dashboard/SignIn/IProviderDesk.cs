using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.SignIn;

/// <summary>Signing in by the town's own identity provider (OpenID Connect), where the settings name one.</summary>
public interface IProviderDesk
{
    /// <summary>The provider's name; null: there is none.</summary>
    Word? Name { get; }

    /// <summary>Leads a browser to the provider.</summary>
    /// <param name="back">Address of ours to which the provider sends the browser back.</param>
    /// <param name="wanted">Path of ours to go to afterwards.</param>
    /// <param name="session">The session that is to be confirmed; null: to sign in.</param>
    /// <returns>Null: the provider cannot be reached, or this source has begun too often.</returns>
    Task<ProviderStart?> Begin(Uri back, string wanted, Session? session, SignInSource from, CancellationToken stop);

    /// <summary>A browser came back.</summary>
    /// <param name="browser">The secret it was given at the start; null: none.</param>
    Task<ProviderEnd> End(ProviderReply reply, string? browser, Session? session, SignInSource from, CancellationToken stop);
}

/// <summary>Where a browser is led.</summary>
/// <param name="Browser">A secret for a cookie: only the browser that began comes back.</param>
public sealed record ProviderStart(Uri Address, string Browser)
{
    /// <summary>Shows no secret.</summary>
    public override string ToString() => $"ProviderStart {{ {Address.Host} }}";
}

/// <summary>What the provider sent along with the browser.</summary>
/// <param name="Issuer">RFC 9207; null: the provider does not say.</param>
public sealed record ProviderReply(string State, string Code, string? Issuer)
{
    /// <summary>Shows no secret.</summary>
    public override string ToString() => nameof(ProviderReply);
}

/// <summary>What became of it.</summary>
/// <param name="Answer">A new session; null: none was wanted.</param>
/// <param name="Confirmed">The person behind the session proved again who they are.</param>
/// <param name="Wanted">Path of ours to go to.</param>
public sealed record ProviderEnd(SignInAnswer? Answer, bool Confirmed, string Wanted);
