using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using RoomGuard.Bridge.Enrolment;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Record;

namespace RoomGuard.Bridge.Uplink;

/// <summary>HTTPS/2 with certificates on both ends: the site's own authority is the only root, and the service must bear the name it is called by.</summary>
public sealed class HttpServiceLink : IServiceLink, IDisposable
{
    private const int LongestReceipt = 4096;

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(15);
    private static readonly MediaTypeHeaderValue Json = new("application/json", "utf-8");

    private readonly HttpClient client;
    private readonly string panel;

    /// <summary>A line that connects when first used.</summary>
    public HttpServiceLink(Uri service, string panel, PanelIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        this.panel = panel;
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            ConnectTimeout = TimeSpan.FromSeconds(10),

            // Together at most 20 s: a dead line is noticed within the 30 s of R-RED-05.
            KeepAlivePingDelay = TimeSpan.FromSeconds(10),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificateContext = SslStreamCertificateContext.Create(identity.Certificate, additionalCertificates: null, offline: true),
                CertificateChainPolicy = OnlyRoot(identity.Authority),
            },
        };
        client = new(handler)
        {
            BaseAddress = service,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.Add(new("roomguard-bridge", null));
    }

    /// <inheritdoc/>
    public async Task<ReportReceipt> ReportAsync(PanelReport report, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(AnswerTime);
        try
        {
            using var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(report, RecordJson.Plain.PanelReport));
            body.Headers.ContentType = Json;
            using var request = new HttpRequestMessage(HttpMethod.Post, $"panels/{panel}/reports") { Content = body };
            using var response = await SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            await using var answer = await response.Content.ReadAsStreamAsync(limit.Token);
            var bytes = await ReadAsync(answer, LongestReceipt, limit.Token);
            return JsonSerializer.Deserialize(bytes.Span, RecordJson.Plain.ReportReceipt) ?? throw new ServiceLinkException("The receipt is null.");
        }
        catch (Exception failed) when (IsTheLines(failed, stop))
        {
            throw new ServiceLinkException(Why(failed), failed);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<OrderNews> OrdersAsync(long after, [EnumeratorCancellation] CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"panels/{panel}/orders");
        request.Headers.Accept.Add(new("text/event-stream"));
        request.Headers.Add("Last-Event-ID", after.ToString(CultureInfo.InvariantCulture));
        using var response = await OpenAsync(request, stop);
        await using var body = await OpenBodyAsync(response, stop);
        await using var events = SseParser.Create(body).EnumerateAsync(stop).GetAsyncEnumerator(stop);
        while (await MoveAsync(events, stop))
        {
            yield return Parse(events.Current.Data);
        }
    }

    /// <inheritdoc/>
    public async Task<Stream> GrantListAsync(long version, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"panels/{panel}/grant-lists/{version}"));
        var response = await OpenAsync(request, stop);
        return await OpenBodyAsync(response, stop);
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    /// <summary>How a service's certificate is judged: by this authority and none other.</summary>
    public static X509ChainPolicy OnlyRoot(X509Certificate2 authority)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.CustomTrustStore.Add(authority);
        return policy;
    }

    /// <summary>What went wrong, in one line for a log: the innermost cause says most.</summary>
    internal static string Why(Exception failed)
    {
        if (failed is OperationCanceledException)
        {
            return $"no answer within {AnswerTime.TotalSeconds:0} s";
        }

        var innermost = failed;
        while (innermost.InnerException is { } inner)
        {
            innermost = inner;
        }

        return innermost == failed ? failed.Message : $"{failed.Message} ({innermost.Message})";
    }

    private static OrderNews Parse(string data)
    {
        try
        {
            return JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(data), RecordJson.Plain.OrderNews) ?? throw new ServiceLinkException("An order is null.");
        }
        catch (JsonException wrong)
        {
            throw new ServiceLinkException($"An order is not understood: {wrong.Message}", wrong);
        }
    }

    private static async Task<bool> MoveAsync(IAsyncEnumerator<SseItem<string>> events, CancellationToken stop)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception failed) when (IsTheLines(failed, stop))
        {
            throw new ServiceLinkException(Why(failed), failed);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream from, int most, CancellationToken stop)
    {
        var buffer = new byte[most];
        var filled = await from.ReadAtLeastAsync(buffer, most, throwOnEndOfStream: false, stop);
        return filled < most ? buffer.AsMemory(0, filled) : throw new ServiceLinkException($"The answer is longer than {most} bytes.");
    }

    private static bool IsTheLines(Exception failed, CancellationToken stop) =>
        failed is HttpRequestException or IOException or JsonException or System.Security.Authentication.AuthenticationException
        || (failed is OperationCanceledException && !stop.IsCancellationRequested);

    private static async Task<Stream> OpenBodyAsync(HttpResponseMessage response, CancellationToken stop)
    {
        try
        {
            return await response.Content.ReadAsStreamAsync(stop);
        }
        catch (Exception failed) when (IsTheLines(failed, stop))
        {
            throw new ServiceLinkException(Why(failed), failed);
        }
    }

    private async Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(AnswerTime);
        try
        {
            return await SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        }
        catch (Exception failed) when (IsTheLines(failed, stop))
        {
            throw new ServiceLinkException(Why(failed), failed);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken stop)
    {
        // A request made by hand does not take the client's defaults over.
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        var response = await client.SendAsync(request, completion, stop);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        var status = (int)response.StatusCode;
        response.Dispose();
        throw new ServiceLinkException(status is 401 or 403
            ? $"The service refuses this bridge ({status}). Its certificate may be over or withdrawn: look at the service, and join again with a new code."
            : $"The service answered {status} to {request.Method} {request.RequestUri}.");
    }
}
