using System.Collections.Immutable;
using RoomGuard.Core.Panels;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Enrolment;

/// <summary>What became of a wish to join.</summary>
/// <param name="Answer">Null when refused.</param>
/// <param name="Refusal">Why, for the log; the bridge is told only that it was refused.</param>
public sealed record JoinOutcome(JoinAnswer? Answer, string? Refusal);

/// <summary>Lets a bridge join that knows its one-time code (R-NET-01): the entry first, then the certificate.</summary>
public sealed class JoinDesk(ServiceRecord record, SiteKeys keys, JoinCodes codes, string site, ImmutableArray<PanelId> panels, TimeProvider time, Func<int, byte[]> randomBytes, ILogger<JoinDesk> log)
{
    private const int LongestCsr = 8192;

    /// <summary>Judges a request.</summary>
    public async Task<JoinOutcome> JoinAsync(JoinRequest request, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!panels.Contains(request.Panel))
        {
            return Refused(new("?"), "no bridge of this name is in the settings");
        }

        if (request.Csr is not { Length: > 0 and <= LongestCsr } || request.Proof is not { Length: > 0 and <= 100 })
        {
            return Refused(request.Panel, "the request or its proof has an impossible length");
        }

        if (codes.Current(request.Panel) is not { } code)
        {
            return Refused(request.Panel, "no code is waiting: none was made, it ran out, or it was used");
        }

        if (!JoinCode.Same(code.ProveRequest(request.Panel, request.Csr, keys.Server.RawData), request.Proof))
        {
            return Refused(request.Panel, "wrong code, or somebody stands between the bridge and this service");
        }

        var csr = new byte[LongestCsr];
        if (!Convert.TryFromBase64String(request.Csr, csr, out var length) || keys.Issue(request.Panel, csr[..length], time.GetUtcNow(), randomBytes) is not { } certificate)
        {
            return Refused(request.Panel, "the certificate request is not a P-256 PKCS#10 request");
        }

        using (certificate)
        {
            if (!codes.Claim(request.Panel))
            {
                return Refused(request.Panel, "the code was used a moment ago");
            }

            var fingerprint = JoinCode.Fingerprint(certificate.RawData);
            _ = await record.AppendAsync(new PanelEnrolled(time.GetUtcNow(), request.Panel, fingerprint), stop);
            log.Joined(request.Panel.Value, SiteKeys.Groups(fingerprint));
            return new(
                new(
                    certificate.ExportCertificatePem(),
                    keys.Authority.ExportCertificatePem(),
                    keys.OrderKeyPem,
                    Convert.ToBase64String(keys.CardKey),
                    Convert.ToBase64String(keys.PinKey),
                    site,
                    code.ProveAnswer(keys.Authority.RawData, certificate.RawData)),
                null);
        }
    }

    private JoinOutcome Refused(PanelId panel, string why)
    {
        log.JoinRefused(panel.Value, why);
        return new(null, why);
    }
}

internal static partial class JoinLog
{
    [LoggerMessage(2001, LogLevel.Information, "Bridge {Panel} joined; its certificate is {Fingerprint}")]
    public static partial void Joined(this ILogger log, string panel, string fingerprint);

    [LoggerMessage(2002, LogLevel.Warning, "Bridge {Panel} was not let in: {Why}")]
    public static partial void JoinRefused(this ILogger log, string panel, string why);
}
