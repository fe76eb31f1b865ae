using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using RoomGuard.Core.Watch;

namespace RoomGuard.Service.Notices;

/// <summary>The way to a receiver of signed posts: no redirect is followed, no proxy and no cookie used, and of an answer its status alone is looked at.</summary>
public sealed class HookLine : INoticeLine, IDisposable
{
    // An answer says all in its first line. What else comes is let go of, and a connection with more in it than this is closed.
    private const int MostHeaderKilobytes = 16;
    private const int MostDrained = 4096;

    private readonly HookSettings settings;
    private readonly TimeSpan tryWithin;
    private readonly byte[] key;
    private readonly TimeProvider time;
    private readonly HttpClient client;

    /// <summary>A way to this receiver; connects when something is posted.</summary>
    /// <param name="key">Both sides sign and check with it.</param>
    /// <param name="authorities">Who may have issued its certificate; empty: whom this machine trusts.</param>
    public HookLine(HookSettings settings, TimeSpan tryWithin, byte[] key, X509Certificate2Collection authorities, TimeProvider time)
    {
        (this.settings, this.tryWithin, this.key, this.time) = (settings, tryWithin, key, time);
        client = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxConnectionsPerServer = 1,
            MaxResponseHeadersLength = MostHeaderKilobytes,
            MaxResponseDrainSize = MostDrained,
            ResponseDrainTimeout = TimeSpan.FromSeconds(1),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = NoticeSecrets.Trust(authorities) },
        })
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.Add(new("roomguard", null));
    }

    /// <inheritdoc/>
    public Task<NoticeOutcome> SendAsync(NoticeLetter letter, string? to, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return LineFaults.WithinAsync(tryWithin, time, end => PostAsync(letter.ToJson(), end), stop);
    }

    /// <inheritdoc/>
    public Task<NoticeOutcome> LookAsync(CancellationToken stop) => LineFaults.WithinAsync(
        tryWithin,
        time,
        async end =>
        {
            using var asked = new HttpRequestMessage(HttpMethod.Head, settings.Url);
            using var answer = await client.SendAsync(asked, HttpCompletionOption.ResponseHeadersRead, end);
            return new NoticeTaken();
        },
        stop);

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task<NoticeOutcome> PostAsync(byte[] body, CancellationToken end)
    {
        var timestamp = SignedPost.Timestamp(time.GetUtcNow());
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.Url) { Content = content };
        request.Headers.Add(SignedPost.TimestampHeader, timestamp);
        request.Headers.Add(SignedPost.SignatureHeader, SignedPost.Signature(key, timestamp, body));
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end);
        var status = (int)answer.StatusCode;
        var said = string.Create(CultureInfo.InvariantCulture, $"it answered {status}");
        return status switch
        {
            >= 200 and < 300 => new NoticeTaken(),
            >= 300 and < 400 => new NoticeRefused($"{said}, and redirects are not followed"),
            401 or 403 or 404 => new NoticeDelayed(said, WholeChannel: true, GoOn: true),
            408 or 425 or 429 or >= 500 => new NoticeDelayed(said, WholeChannel: true),
            _ => new NoticeRefused(said),
        };
    }
}
