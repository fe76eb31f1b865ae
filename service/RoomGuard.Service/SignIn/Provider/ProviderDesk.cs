using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.SignIn;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Service.SignIn.Provider;

/// <summary>
/// Signing in by the town's identity provider: authorization code with PKCE (RFC 7636), a question that only the browser which asked can answer, and a
/// token judged by our rules. Passkeys and passwords stay beside it, so that nobody waits for a provider that is away.
/// </summary>
public sealed partial class ProviderDesk : IProviderDesk, IDisposable
{
    private const int MostUnderWay = 1000;
    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromMinutes(10);

    private readonly SignInDesk signIn;
    private readonly ProviderSettings? settings;
    private readonly ProviderLine? line;
    private readonly TimeProvider time;
    private readonly Func<int, byte[]> randomBytes;
    private readonly ILogger<ProviderDesk> log;
    private readonly Lock gate = new();
    private readonly CallGate limits = new();
    private readonly Dictionary<string, Flow> flows = new(StringComparer.Ordinal);

    /// <summary>Takes the provider the settings name, if any.</summary>
    /// <param name="secretFile">Where the client secret lies, if the provider wants one.</param>
    public ProviderDesk(SignInDesk signIn, ServiceSettings service, string secretFile, TimeProvider time, Func<int, byte[]> randomBytes, ILogger<ProviderDesk> log)
    {
        ArgumentNullException.ThrowIfNull(service);
        (this.signIn, settings, this.time, this.randomBytes, this.log) = (signIn, service.SignIn?.Provider, time, randomBytes, log);
        line = settings is null
            ? null
            : new(settings, service.Site.Environment == EnvironmentKind.Test, File.Exists(secretFile) ? File.ReadAllText(secretFile).Trim() : null, time, log);
    }

    /// <inheritdoc/>
    public Word? Name => settings is null ? null : new(settings.Label, settings.LabelEn);

    /// <inheritdoc/>
    public async Task<ProviderStart?> Begin(Uri back, string wanted, Session? session, SignInSource from, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(back);
        ArgumentNullException.ThrowIfNull(from);
        var now = time.GetUtcNow();
        lock (gate)
        {
            // Each beginning may cost the provider a question, so one source begins only so often.
            if (settings is null || !limits.Called(SignInDesk.Network(from.Address), now).Allowed)
            {
                return null;
            }
        }

        if (await line!.PlacesAsync(stop) is not { } places)
        {
            return null;
        }

        var (state, nonce, verifier, browser) = (Secret(), Secret(), Secret(), Secret());
        lock (gate)
        {
            foreach (var old in flows.Where(item => now - item.Value.Begun >= AnsweredWithin).Select(item => item.Key).ToList())
            {
                _ = flows.Remove(old);
            }

            if (flows.Count >= MostUnderWay)
            {
                _ = flows.Remove(flows.MinBy(item => item.Value.Begun).Key);
            }

            flows[state] = new(nonce, verifier, Sessions.Digest(browser), back, wanted, session?.Name, now);
        }

        var query = new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = settings.ClientId,
            ["redirect_uri"] = back.AbsoluteUri,
            ["scope"] = "openid profile",
            ["state"] = state,
            ["nonce"] = nonce,
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
            ["code_challenge_method"] = "S256",
        };
        if (!settings.Acr.IsDefaultOrEmpty)
        {
            query["acr_values"] = string.Join(' ', settings.Acr);
        }

        if (session is not null)
        {
            // 再確認 is a proof made now, not a session the provider still remembers.
            query["prompt"] = "login";
            query["max_age"] = "0";
        }

        return new(new Uri(QueryHelpers.AddQueryString(places.Authorize.AbsoluteUri, query)), browser);
    }

    /// <inheritdoc/>
    public async Task<ProviderEnd> End(ProviderReply reply, string? browser, Session? session, SignInSource from, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(reply);
        ArgumentNullException.ThrowIfNull(from);
        Flow? flow;
        lock (gate)
        {
            // One answer to one question: taken away before it is looked at.
            _ = flows.Remove(reply.State, out flow);
        }

        // Another browser, an old question, one nobody asked: nothing of it concerns an account.
        if (flow is null || time.GetUtcNow() - flow.Begun >= AnsweredWithin || browser is not { Length: > 0 and <= 100 }
            || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sessions.Digest(browser)), Encoding.ASCII.GetBytes(flow.Browser))
            || flow.Session != (flow.Session is null ? null : session?.Name))
        {
            return new(SignInAnswer.Refused, false, "/");
        }

        // RFC 9207: an answer of another provider is not carried to this one.
        if (reply.Code.Length is 0 or > 2000 || (reply.Issuer is not null && reply.Issuer != settings!.Issuer)
            || await AccountAsync(reply.Code, flow, stop) is not { } account)
        {
            return new(await signIn.RefuseProviderAsync(null, from, stop), false, flow.Wanted);
        }

        return flow.Session is null
            ? new(await signIn.SignInProvedAsync(account, from, stop), false, flow.Wanted)
            : new(SignInAnswer.Refused, await signIn.ConfirmProvedAsync(session!, account, from, stop), flow.Wanted);
    }

    /// <inheritdoc/>
    public void Dispose() => line?.Dispose();

    // The sign-in name the provider vouches for; null: it does not.
    private async Task<string?> AccountAsync(string code, Flow flow, CancellationToken stop)
    {
        if (await line!.TokenAsync(code, flow.Verifier, flow.Back, stop) is not { } token)
        {
            return null;
        }

        var wanted = new IdTokenWanted(settings!, flow.Nonce, time.GetUtcNow(), flow.Session is null ? null : flow.Begun);
        var (fault, account) = IdToken.Read(token, await line.KeysAsync(anew: false, stop), wanted);
        if (fault == IdTokenFault.UnknownKey)
        {
            (fault, account) = IdToken.Read(token, await line.KeysAsync(anew: true, stop), wanted);
        }

        if (fault is { } wrong)
        {
            NotTaken(log, wrong);
            return null;
        }

        return account;
    }

    private string Secret() => Base64Url.EncodeToString(randomBytes(32));

    [LoggerMessage(2513, LogLevel.Warning, "A token of the identity provider was not taken: {Fault}")]
    private static partial void NotTaken(ILogger log, IdTokenFault fault);

    private sealed record Flow(string Nonce, string Verifier, string Browser, Uri Back, string Wanted, string? Session, DateTimeOffset Begun);
}
