using System.Net;
using System.Text.RegularExpressions;

namespace RoomGuard.TestKit.Pages;

/// <summary>
/// An HTTP client signed in as one of a Test site's invented people, the way a browser is: by the sign-in page, with its cookie and form
/// tokens. Redirects are shown, not followed.
/// </summary>
public sealed partial class SignedInClient : IDisposable
{
    private readonly HttpClientHandler handler;

    private SignedInClient(Uri site, CookieContainer cookies)
    {
        Cookies = cookies;
        handler = new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = false };
        if (site.Scheme == Uri.UriSchemeHttps)
        {
            // Test sites have certificates of their own making.
            handler.ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator;
        }

        Http = new HttpClient(handler) { BaseAddress = site };
    }

    /// <summary>For everything that is not a form.</summary>
    public HttpClient Http { get; }

    /// <summary>The client's cookies, to hand to a browser or to spoil.</summary>
    public CookieContainer Cookies { get; }

    /// <summary>Somebody who has not signed in.</summary>
    public static SignedInClient Stranger(Uri site) => new(site, new CookieContainer());

    /// <summary>Signs in as an invented person.</summary>
    /// <param name="site">E.g. <c>http://localhost:7442</c>.</param>
    /// <param name="account">Sign-in name, e.g. <c>hinata</c>; must be among the site's <c>signIn.demoPeople</c>.</param>
    public static async Task<SignedInClient> AsAsync(Uri site, string account)
    {
        var client = Stranger(site);
        using var answer = await client.PostAsync("/sign-in/invented", [("account", account)], "/sign-in");
        return answer.StatusCode == HttpStatusCode.Redirect
            ? client
            : throw new InvalidOperationException($"{account} could not sign in: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>A page or file.</summary>
    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>Sends a form as a page of the site would.</summary>
    /// <param name="path">Where the form goes.</param>
    /// <param name="fields">Its fields; a name may stand several times.</param>
    /// <param name="page">A page to take the form's token from; the usual one is open to every role.</param>
    public async Task<HttpResponseMessage> PostAsync(string path, IEnumerable<(string Name, string Value)> fields, string page = "/about/accessibility")
    {
        using var form = new FormUrlEncodedContent(
            [.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create("__RequestVerificationToken", await TokenAsync(page))]);
        return await Http.PostAsync(new Uri(path, UriKind.Relative), form);
    }

    /// <summary>A form token of this client's session.</summary>
    public async Task<string> TokenAsync(string page = "/about/accessibility")
    {
        var html = await Http.GetStringAsync(new Uri(page, UriKind.Relative));
        return WebUtility.HtmlDecode(Token().Match(html).Groups[1].Value);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Http.Dispose();
        handler.Dispose();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
