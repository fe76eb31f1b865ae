using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace RoomGuard.Service.SignIn.Provider;

/// <summary>Where a provider is asked what (OpenID Connect Discovery 1.0).</summary>
internal sealed record ProviderPlaces(Uri Authorize, Uri Token, Uri Keys);

/// <summary>The line to the provider: the only outward connection this program begins, to addresses below what the settings name (R-NET-05).</summary>
internal sealed partial class ProviderLine(ProviderSettings settings, bool plainToo, string? secret, TimeProvider time, ILogger log) : IDisposable
{
    private const int LargestAnswer = 256 * 1024;
    private static readonly TimeSpan KnownFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan BetweenKeys = TimeSpan.FromMinutes(1);

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(5) })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = LargestAnswer,
    };

    private readonly SemaphoreSlim turn = new(1, 1);
    private (ProviderPlaces Places, DateTimeOffset At)? places;
    private (ImmutableArray<ProviderKey> Keys, DateTimeOffset At)? keys;

    /// <summary>Where to ask; null: it cannot be reached or does not say so rightly.</summary>
    public async Task<ProviderPlaces?> PlacesAsync(CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            var now = time.GetUtcNow();
            if (places is { } known && now - known.At < KnownFor)
            {
                return known.Places;
            }

            var found = await AskAsync(
                new(HttpMethod.Get, $"{settings.Issuer.TrimEnd('/')}/.well-known/openid-configuration"),
                root => Text(root, "issuer") == settings.Issuer && Place(root, "authorization_endpoint") is { } authorize && Place(root, "token_endpoint") is { } token && Place(root, "jwks_uri") is { } keySet
                    ? new ProviderPlaces(authorize, token, keySet)
                    : null,
                stop);
            places = found is null ? null : (found, now);
            return found;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The provider's keys; asked anew when a token names one that is not among them, but not more than once a minute.</summary>
    public async Task<ImmutableArray<ProviderKey>> KeysAsync(bool anew, CancellationToken stop)
    {
        if (await PlacesAsync(stop) is not { } asked)
        {
            return [];
        }

        await turn.WaitAsync(stop);
        try
        {
            var now = time.GetUtcNow();
            if (keys is { } known && now - known.At < (anew ? BetweenKeys : KnownFor))
            {
                return known.Keys;
            }

            var found = await AskAsync(new(HttpMethod.Get, asked.Keys), root => new Box(ProviderKey.Read(Encoding.UTF8.GetBytes(root.GetRawText()))), stop);
            if (found is not null)
            {
                keys = (found.Keys, now);
            }

            return found?.Keys ?? [];
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Gives a code in for an ID token; null: the provider does not take it.</summary>
    public async Task<string?> TokenAsync(string code, string verifier, Uri back, CancellationToken stop)
    {
        if (await PlacesAsync(stop) is not { } asked)
        {
            return null;
        }

        var fields = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = back.AbsoluteUri,
            ["code_verifier"] = verifier,
            ["client_id"] = settings.ClientId,
        };
        var request = new HttpRequestMessage(HttpMethod.Post, asked.Token);
        if (secret is not null)
        {
            // RFC 6749, section 2.3.1: both are form-encoded before they are put together.
            var both = $"{WebUtility.UrlEncode(settings.ClientId)}:{WebUtility.UrlEncode(secret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(both)));
        }

        request.Content = new FormUrlEncodedContent(fields);
        return await AskAsync(request, root => Text(root, "id_token"), stop);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        http.Dispose();
        turn.Dispose();
    }

    private async Task<TAnswer?> AskAsync<TAnswer>(HttpRequestMessage request, Func<JsonElement, TAnswer?> read, CancellationToken stop)
        where TAnswer : class
    {
        using (request)
        {
            try
            {
                request.Headers.Accept.ParseAdd("application/json");
                using var answer = await http.SendAsync(request, stop);
                if (answer.StatusCode != HttpStatusCode.OK)
                {
                    Refused(log, request.RequestUri!.Host, (int)answer.StatusCode);
                    return null;
                }

                using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(stop), new JsonDocumentOptions { MaxDepth = 16 });
                return document.RootElement.ValueKind == JsonValueKind.Object ? read(document.RootElement) : null;
            }
            catch (Exception problem) when (problem is HttpRequestException or JsonException or InvalidOperationException || (problem is TaskCanceledException && !stop.IsCancellationRequested))
            {
                // Never what was sent or answered: it holds codes and tokens.
                Away(log, request.RequestUri!.Host, problem.GetType().Name);
                return null;
            }
        }
    }

    private Uri? Place(JsonElement root, string name) =>
        Uri.TryCreate(Text(root, name), UriKind.Absolute, out var place) && ProviderSettings.IsSafe(place, plainToo) ? place : null;

    private static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [LoggerMessage(2511, LogLevel.Warning, "Identity provider {Host} answers {Status}. People can sign in by passkey or password")]
    private static partial void Refused(ILogger log, string host, int status);

    [LoggerMessage(2512, LogLevel.Warning, "Identity provider {Host} cannot be asked ({Problem}). People can sign in by passkey or password")]
    private static partial void Away(ILogger log, string host, string problem);

    private sealed record Box(ImmutableArray<ProviderKey> Keys);
}
