using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using RoomGuard.Bridge.Uplink;
using RoomGuard.Core.Power;
using RoomGuard.Core.Watch;

namespace RoomGuard.Bridge.Power;

/// <summary>What one try came to.</summary>
/// <param name="Status">What it answered; null: nothing.</param>
/// <param name="Fault">Null: taken. Otherwise why not, in English.</param>
public sealed record WebhookAnswer(int? Status, string? Fault);

/// <summary>The way to one receiver.</summary>
public interface IWebhookLine : IDisposable
{
    /// <summary>Posts once, within the receiver's own time.</summary>
    /// <exception cref="OperationCanceledException">Stopped from outside.</exception>
    Task<WebhookAnswer> PostAsync(WebhookCall call, CancellationToken stop);
}

/// <summary>The way to one receiver by HTTP: no redirect is followed, no proxy and no cookie used, and of an answer its status alone is looked at.</summary>
public sealed class WebhookLine : IWebhookLine
{
    // An answer says all in its first line. What else comes is let go of, and a connection with more in it than this is closed.
    private const int MostHeaderKilobytes = 16;
    private const int MostDrained = 4096;

    private readonly WebhookSettings settings;
    private readonly byte[] key;
    private readonly string site;
    private readonly TimeProvider time;
    private readonly HttpClient client;

    /// <summary>A way to this receiver; connects when something is posted.</summary>
    /// <param name="key">Both sides sign and check with it.</param>
    /// <param name="authorities">Who may have issued its certificate; empty: whom this machine trusts.</param>
    /// <param name="site">The site's id.</param>
    public WebhookLine(WebhookSettings settings, byte[] key, X509Certificate2Collection authorities, string site, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(authorities);
        this.settings = settings;
        this.key = key;
        this.site = site;
        this.time = time;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxConnectionsPerServer = 1,
            MaxResponseHeadersLength = MostHeaderKilobytes,
            MaxResponseDrainSize = MostDrained,
            ResponseDrainTimeout = TimeSpan.FromSeconds(1),

            // Hours lie between two messages: a name that has moved meanwhile is looked up again.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = authorities.Count == 0 ? null : OnlyRoots(authorities) },
        };
        client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new("roomguard-bridge", null));
    }

    /// <inheritdoc/>
    public async Task<WebhookAnswer> PostAsync(WebhookCall call, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(settings.AnswerTime, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            var body = WebhookMessage.Body(call, site);
            var timestamp = SignedPost.Timestamp(time.GetUtcNow());
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
            using var request = new HttpRequestMessage(HttpMethod.Post, settings.Url) { Content = content };
            request.Headers.Add(SignedPost.TimestampHeader, timestamp);
            request.Headers.Add(SignedPost.SignatureHeader, SignedPost.Signature(key, timestamp, body));
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end.Token);
            var status = (int)response.StatusCode;
            return status switch
            {
                >= 200 and < 300 => new(status, null),
                >= 300 and < 400 => new(status, string.Create(CultureInfo.InvariantCulture, $"it answered {status}, and redirects are not followed")),
                _ => new(status, string.Create(CultureInfo.InvariantCulture, $"it answered {status}")),
            };
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return new(null, string.Create(CultureInfo.InvariantCulture, $"no answer within {settings.AnswerTime.TotalSeconds:0.#} s"));
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or AuthenticationException)
        {
            return new(null, HttpServiceLink.Why(failed));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private static X509ChainPolicy OnlyRoots(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
