using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RoomGuard.SystemTests.Webhooks;

/// <summary>What a receiver got in one request.</summary>
/// <param name="IsSigned">Whether the signature is right, by the receiver's own reckoning.</param>
internal sealed record Received(string Body, string Timestamp, bool IsSigned)
{
    public string Id => Member("id");

    public string Act => Member("act");

    public string Stage => Member("stage");

    private string Member(string name) => JsonNode.Parse(Body)![name]!.GetValue<string>();
}

/// <summary>
/// A receiver as a town would write one from docs/ups.md: HTTPS under the town's own authority, a signature it reckons itself. Shares nothing with the bridge. It
/// can be made to refuse, to hang, to send away and to talk without end.
/// </summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly X509Certificate2 certificate;
    private readonly ConcurrentQueue<Received> all = new();
    private readonly ConcurrentQueue<Func<HttpContext, Task>> next = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("roomguard-receiver-");

    public Receiver()
    {
        Key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        KeyFile = Write("hook.key", Key + "\n");
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        var asked = new CertificateRequest("CN=town authority", authorityKey, HashAlgorithmName.SHA256);
        asked.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = asked.CreateSelfSigned(now.AddDays(-1), now.AddDays(90));
        AuthorityFile = Write("authority.pem", authority.ExportCertificatePem());
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var wanted = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        wanted.CertificateExtensions.Add(names.Build());
        using var issued = wanted.Create(authority, now.AddDays(-1), now.AddDays(60), [1]);
        certificate = issued.CopyWithPrivateKey(key);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _ = builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        app = builder.Build();
        app.Run(HearAsync);
    }

    /// <summary>Both sides sign and check with it.</summary>
    public string Key { get; }

    public string KeyFile { get; }

    public string AuthorityFile { get; }

    public string Url => $"{app.Urls.Single()}/roomguard";

    /// <summary>Everything it got, in order.</summary>
    public IReadOnlyList<Received> All => [.. all];

    /// <summary>What it answers when nothing else was said.</summary>
    public int Usually { get; set; } = StatusCodes.Status204NoContent;

    public Task StartAsync() => app.StartAsync();

    /// <summary>Answers the next request so.</summary>
    public Receiver Answers(int status)
    {
        next.Enqueue(http =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        return this;
    }

    /// <summary>Says nothing to the next request until whoever asked has gone.</summary>
    public Receiver Hangs()
    {
        next.Enqueue(http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        return this;
    }

    /// <summary>Sends the next request elsewhere.</summary>
    public Receiver SendsAway(string where)
    {
        next.Enqueue(http =>
        {
            http.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            http.Response.Headers.Location = where;
            return Task.CompletedTask;
        });
        return this;
    }

    /// <summary>Takes the next request and talks on without end.</summary>
    public Receiver TalksWithoutEnd()
    {
        next.Enqueue(async http =>
        {
            var chatter = new byte[64 * 1024];
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.Body.WriteAsync(chatter, http.RequestAborted);
            }
        });
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        certificate.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task HearAsync(HttpContext http)
    {
        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes, http.RequestAborted);
        var (timestamp, signature) = (http.Request.Headers["RoomGuard-Timestamp"].ToString(), http.Request.Headers["RoomGuard-Signature"].ToString());
        all.Enqueue(new(Encoding.UTF8.GetString(bytes.ToArray()), timestamp, IsSigned(timestamp, bytes.ToArray(), signature) && IsNew(timestamp)));
        if (next.TryDequeue(out var answer))
        {
            try
            {
                await answer(http);
            }
            catch (OperationCanceledException)
            {
                // Whoever asked has gone; that was the point.
            }
        }
        else
        {
            http.Response.StatusCode = Usually;
        }
    }

    // Reckoned from the description alone: HMAC-SHA256 over timestamp, full stop, body.
    private bool IsSigned(string timestamp, byte[] body, string signature)
    {
        using var hmac = new HMACSHA256(Encoding.ASCII.GetBytes(Key));
        hmac.TransformBlock(Encoding.ASCII.GetBytes(timestamp + "."), 0, timestamp.Length + 1, null, 0);
        hmac.TransformFinalBlock(body, 0, body.Length);
        return signature.StartsWith("v1=", StringComparison.Ordinal) && CryptographicOperations.FixedTimeEquals(hmac.Hash, Convert.FromHexString(signature[3..]));
    }

    private static bool IsNew(string timestamp) =>
        Math.Abs(long.Parse(timestamp, CultureInfo.InvariantCulture) - TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()) <= 300;

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
