using System.Collections.Immutable;

namespace RoomGuard.Service.SignIn;

/// <summary>How people sign in at this site.</summary>
/// <param name="DemoPeople">Sign-in names of invented people who can be chosen without any proof. Only for a site marked Test that listens on loopback.</param>
/// <param name="Provider">認証基盤: the town's own identity provider, beside passkeys and passwords; null: none.</param>
/// <param name="Inside">Networks of the site, e.g. <c>10.20.0.0/16</c>; absent: all private ones. From elsewhere only who has 外部からのアクセス signs in (R-SIGN-14).</param>
public sealed record SignInSettings(ImmutableArray<string> DemoPeople = default, ProviderSettings? Provider = null, ImmutableArray<string> Inside = default)
{
    // RFC 1918, RFC 4193, link-local and loopback: addresses no stranger on the Internet has.
    private static readonly ImmutableArray<string> Private =
        ["127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10"];

    /// <summary>The networks that count as the site.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ImmutableArray<string> InsideNetworks => Inside.IsDefault ? Private : Inside;

    /// <summary>What is impossible about the networks, a sentence each; empty: all is well.</summary>
    public IEnumerable<string> InsideProblems()
    {
        if (Inside is { IsDefault: false, IsEmpty: true })
        {
            yield return "signIn.inside: empty, so that nobody could sign in. Write the site's networks, e.g. \"10.20.0.0/16\", or leave it out for all private ones.";
        }

        foreach (var network in InsideNetworks.Where(network => !System.Net.IPNetwork.TryParse(network, out _)))
        {
            yield return $"signIn.inside: \"{network}\" is no network. Write its first address and the number of fixed bits, e.g. \"10.20.0.0/16\".";
        }
    }

    /// <summary>Whether people can be chosen without proof.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool HasDemoPeople => !DemoPeople.IsDefaultOrEmpty;
}

/// <summary>
/// An identity provider that speaks OpenID Connect (authorization code with PKCE). Its client secret, where it wants one, is no setting: it lies in
/// <c>keys/provider-client-secret</c> (R-CFG-11).
/// </summary>
/// <param name="Issuer">Exactly as its discovery document and its tokens name it, e.g. <c>https://login.town.example</c>. The only address this program calls by itself (R-NET-05).</param>
/// <param name="ClientId">Under which this site is registered there, with <c>…/sign-in/provider/back</c> as its redirect address.</param>
/// <param name="Label">As the sign-in page names it.</param>
/// <param name="AccountClaim">Which claim holds the sign-in name of the account here.</param>
/// <param name="Acr">Values of <c>acr</c> that mean two factors (R-SIGN-13); empty: <c>amr</c> must hold <c>mfa</c>.</param>
public sealed record ProviderSettings(
    string Issuer, string ClientId, string Label, string LabelEn, string AccountClaim = "preferred_username", ImmutableArray<string> Acr = default)
{
    /// <summary>What is impossible about it, a sentence each; empty: all is well.</summary>
    /// <param name="plainToo">An invented site: a provider on this machine may be called in clear.</param>
    public IEnumerable<string> Problems(bool plainToo)
    {
        if (!Uri.TryCreate(Issuer, UriKind.Absolute, out var issuer) || issuer.Query.Length > 0 || issuer.Fragment.Length > 0 || !IsSafe(issuer, plainToo))
        {
            yield return $"signIn.provider.issuer: \"{Issuer}\" is no https address without query. Write it exactly as the provider names itself.";
        }

        if (string.IsNullOrWhiteSpace(ClientId) || ClientId.Length > 200 || string.IsNullOrWhiteSpace(AccountClaim) || AccountClaim.Length > 100)
        {
            yield return "signIn.provider.clientId and accountClaim: write what the provider's registration says.";
        }

        if (string.IsNullOrWhiteSpace(Label) || Label.Length > 40 || string.IsNullOrWhiteSpace(LabelEn) || LabelEn.Length > 40)
        {
            yield return "signIn.provider.label and labelEn: write 1 to 40 characters each.";
        }
    }

    /// <summary>Whether an address may be called.</summary>
    internal static bool IsSafe(Uri address, bool plainToo) => address.Scheme == Uri.UriSchemeHttps || (plainToo && address is { Scheme: "http", IsLoopback: true });
}
