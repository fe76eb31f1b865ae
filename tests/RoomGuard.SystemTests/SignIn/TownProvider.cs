using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace RoomGuard.SystemTests.SignIn;

/// <summary>
/// A small identity provider on this machine that speaks OpenID Connect: discovery, keys, authorization codes with PKCE, ID tokens. Shares nothing with the
/// service. It can be made to lie.
/// </summary>
internal sealed class TownProvider : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Dictionary<string, string>> codes = new();
    private ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private string kid = "k1";

    private TownProvider(WebApplication app) => this.app = app;

    public string Issuer { get; private set; } = "";

    /// <summary>Who signs in there next.</summary>
    public string Person { get; set; } = "hinata";

    /// <summary>Spoils the claims of the next tokens.</summary>
    public Action<JsonObject> Bend { get; set; } = _ => { };

    /// <summary>Issuer sent along with the code (RFC 9207).</summary>
    public string? SaysIssuer { get; set; }

    /// <summary>The last question it was asked.</summary>
    public IReadOnlyDictionary<string, string> LastAsked { get; private set; } = new Dictionary<string, string>();

    public int TokensGiven { get; private set; }

    public static async Task<TownProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var provider = new TownProvider(app);
        app.MapGet("/.well-known/openid-configuration", provider.Discovery);
        app.MapGet("/keys", provider.Keys);
        app.MapGet("/authorize", provider.Authorize);
        app.MapPost("/token", provider.Token);
        await app.StartAsync();
        provider.Issuer = app.Urls.Single();
        return provider;
    }

    /// <summary>Signs with another key from now on.</summary>
    public void Rekey()
    {
        key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        kid = "k2";
    }

    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }

    private Task Discovery(HttpContext http) => Json(http, new()
    {
        ["issuer"] = Issuer,
        ["authorization_endpoint"] = $"{Issuer}/authorize",
        ["token_endpoint"] = $"{Issuer}/token",
        ["jwks_uri"] = $"{Issuer}/keys",
        ["response_types_supported"] = new JsonArray("code"),
        ["subject_types_supported"] = new JsonArray("public"),
        ["id_token_signing_alg_values_supported"] = new JsonArray("ES256"),
    });

    private Task Keys(HttpContext http)
    {
        var point = key.ExportParameters(false).Q;
        return Json(http, new()
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "EC",
                ["crv"] = "P-256",
                ["use"] = "sig",
                ["alg"] = "ES256",
                ["kid"] = kid,
                ["x"] = Base64Url.EncodeToString(point.X),
                ["y"] = Base64Url.EncodeToString(point.Y),
            }),
        });
    }

    private Task Authorize(HttpContext http)
    {
        var asked = http.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        LastAsked = asked;
        if (asked["response_type"] != "code" || asked["code_challenge_method"] != "S256" || !asked["scope"].Split(' ').Contains("openid") || asked["client_id"] != "roomguard")
        {
            http.Response.StatusCode = 400;
            return Task.CompletedTask;
        }

        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        codes[code] = asked;
        var back = new Dictionary<string, string?> { ["code"] = code, ["state"] = asked["state"] };
        if (SaysIssuer is not null)
        {
            back["iss"] = SaysIssuer;
        }

        http.Response.Redirect(QueryHelpers.AddQueryString(asked["redirect_uri"], back));
        return Task.CompletedTask;
    }

    private async Task Token(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();

        // Each code once, for the address, client and verifier it was asked for with (RFC 6749, RFC 7636).
        if (form["grant_type"] != "authorization_code" || !codes.TryRemove(form["code"].ToString(), out var asked) || form["redirect_uri"] != asked["redirect_uri"] || form["client_id"] != asked["client_id"]
            || Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != asked["code_challenge"])
        {
            http.Response.StatusCode = 400;
            await http.Response.WriteAsync("""{"error":"invalid_grant"}""");
            return;
        }

        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["aud"] = asked["client_id"],
            ["sub"] = $"id-of-{Person}",
            ["exp"] = now + 300,
            ["iat"] = now,
            ["auth_time"] = now,
            ["nonce"] = asked["nonce"],
            ["amr"] = new JsonArray("pwd", "mfa"),
            ["preferred_username"] = Person,
        };
        Bend(claims);
        var text = $"{Part(new JsonObject { ["alg"] = "ES256", ["kid"] = kid })}.{Part(claims)}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256);
        TokensGiven++;
        await Json(http, new() { ["access_token"] = "unused", ["token_type"] = "Bearer", ["id_token"] = $"{text}.{Base64Url.EncodeToString(signature)}" });
    }

    private static string Part(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private static Task Json(HttpContext http, JsonObject body)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body.ToJsonString());
    }
}
