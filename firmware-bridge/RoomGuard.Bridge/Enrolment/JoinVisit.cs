using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using RoomGuard.Bridge.Files;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Record;

namespace RoomGuard.Bridge.Enrolment;

/// <summary>Joining failed; the message says why and what to do.</summary>
public sealed class JoinException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Fingerprints to compare with what the service shows, 64 hex digits each.</summary>
/// <param name="Service">The certificate seen on the connection.</param>
/// <param name="Authority">The site's authority, from now on the only root.</param>
/// <param name="Own">The bridge's new certificate.</param>
public sealed record JoinPrints(string Service, string Authority, string Own);

/// <summary>
/// The first visit of a bridge to its service (R-NET-01). Neither can check the other's certificate yet, so both prove to know the one-time
/// code, over the very certificate the bridge sees: somebody in the middle shows another one and is found out.
/// </summary>
public sealed class JoinVisit(Uri service, string panel, string site, string folder)
{
    private const int LongestAnswer = 64 * 1024;
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(20);

    /// <summary>Makes a key, asks for a certificate, checks the answer and keeps it.</summary>
    /// <exception cref="JoinException">Refused, or not to be trusted. Nothing was kept.</exception>
    public async Task<JoinPrints> MakeAsync(string code, CancellationToken stop)
    {
        var known = JoinCode.Read(code) ?? throw new JoinException("This is no code: it has 26 letters and digits in groups. Compare it with what the service shows.");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var csr = Convert.ToBase64String(new CertificateRequest($"CN={panel}", key, HashAlgorithmName.SHA256).CreateSigningRequest());
        var (answer, seen) = await AskAsync(known, csr, stop);
        using var certificate = Certificate(answer.Certificate, "certificate");
        using var authority = Certificate(answer.Authority, "authority");
        Check(known, answer, certificate, authority, key);
        Keep(answer, key);
        return new(JoinCode.Fingerprint(seen), JoinCode.Fingerprint(authority.RawData), JoinCode.Fingerprint(certificate.RawData));
    }

    private async Task<(JoinAnswer Answer, byte[] Seen)> AskAsync(JoinCode code, string csr, CancellationToken stop)
    {
        byte[]? seen = null;
        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            SslOptions = new()
            {
                // Not trusted here: the proof over this certificate is what decides, on both sides.
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                {
                    seen = certificate?.GetRawCertData();
                    return seen is not null;
                },
            },
        };
        using var client = new HttpClient(handler) { BaseAddress = service, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact, Timeout = AnswerTime };
        try
        {
            // The first request only shows the certificate; the proof must be over the one that the second one travels on.
            using (await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "panels/join") { Version = HttpVersion.Version20 }, stop))
            {
            }

            var shown = seen ?? throw new JoinException("The service showed no certificate.");
            var request = new JoinRequest(new(panel), csr, code.ProveRequest(new(panel), csr, shown));
            using var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, RecordJson.Plain.JoinRequest));
            body.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
            using var response = await client.PostAsync("panels/join", body, stop);
            if (!ReferenceEquals(shown, seen))
            {
                throw new JoinException("The service changed its certificate between two requests. Try again; if it happens again, somebody may stand in between.");
            }

            if (response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized or HttpStatusCode.Gone)
            {
                throw new JoinException($"The service refused. The code is mistyped, used, or too old, or \"{panel}\" is not one of its bridges, or somebody stands in between: its log says which. It showed the certificate {PanelIdentity.Groups(JoinCode.Fingerprint(shown))}; compare it with what the service shows, then try again with a new code.");
            }

            if (!response.IsSuccessStatusCode)
            {
                throw new JoinException($"The service answered {(int)response.StatusCode}. Look at its log.");
            }

            await using var answer = await response.Content.ReadAsStreamAsync(stop);
            var buffer = new byte[LongestAnswer];
            var length = await answer.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stop);
            return (JsonSerializer.Deserialize(buffer.AsSpan(0, length), RecordJson.Plain.JoinAnswer) ?? throw new JoinException("The service's answer is null."), shown);
        }
        catch (JsonException wrong)
        {
            throw new JoinException($"The service's answer is not understood: {wrong.Message}", wrong);
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException || (failed is OperationCanceledException && !stop.IsCancellationRequested))
        {
            throw new JoinException($"{service} cannot be reached: {Uplink.HttpServiceLink.Why(failed)}. Is the service running, and is this its address for panels?", failed);
        }
    }

    private void Check(JoinCode code, JoinAnswer answer, X509Certificate2 certificate, X509Certificate2 authority, ECDsa key)
    {
        if (!JoinCode.Same(code.ProveAnswer(authority.RawData, certificate.RawData), answer.Proof))
        {
            throw new JoinException("The answer does not come from somebody who knows the code: somebody stands in between. Nothing was kept. Find out who before trying again.");
        }

        if (answer.Site != site)
        {
            throw new JoinException($"The service belongs to site {answer.Site}; the settings say {site}. Correct one of them.");
        }

        using var own = certificate.GetECDsaPublicKey();
        if (own is null || !own.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo()))
        {
            throw new JoinException("The certificate in the answer is not for the key of this bridge. Nothing was kept.");
        }

        using var chain = new X509Chain { ChainPolicy = Uplink.HttpServiceLink.OnlyRoot(authority) };
        if (!chain.Build(certificate))
        {
            throw new JoinException($"The certificate in the answer is not by the authority in it: {string.Join(", ", chain.ChainStatus.Select(status => status.StatusInformation.Trim()))}. Do both clocks agree?");
        }
    }

    private void Keep(JoinAnswer answer, ECDsa key)
    {
        // The certificate comes last: with it in place everything else is.
        foreach (var (file, text) in new[]
        {
            (PanelIdentity.KeyFile, key.ExportPkcs8PrivateKeyPem()),
            (PanelIdentity.AuthorityFile, answer.Authority),
            (PanelIdentity.OrderKeyFile, answer.OrderKey),
            (PanelIdentity.CardKeyFile, answer.CardKey),
            (PanelIdentity.PinKeyFile, answer.PinKey),
            (PanelIdentity.CertificateFile, answer.Certificate),
        })
        {
            DurableFile.Write(Path.Combine(folder, file), Encoding.UTF8.GetBytes(text));
        }
    }

    private static X509Certificate2 Certificate(string pem, string what)
    {
        try
        {
            return X509Certificate2.CreateFromPem(pem);
        }
        catch (CryptographicException damaged)
        {
            throw new JoinException($"The {what} in the answer is damaged: {damaged.Message}", damaged);
        }
    }
}
