using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Evidence;

namespace RoomGuard.Service.Enrolment;

/// <summary>
/// Keys and certificates of a site, made at the first start and kept in the data folder under rights for the owner alone: the site's own
/// certificate authority, the service's certificate, the key that signs orders, and the keys under card digests and PINs.
/// </summary>
public sealed class SiteKeys : IDisposable
{
    private const int SecretBytes = 32;
    private static readonly TimeSpan AuthorityLife = TimeSpan.FromDays(20 * 365);
    private static readonly TimeSpan ServerLife = TimeSpan.FromDays(825);
    private static readonly TimeSpan PanelLife = TimeSpan.FromDays(5 * 365);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(60);

    private readonly ECDsa orders;

    private SiteKeys(X509Certificate2 authority, X509Certificate2 server, ECDsa orders, byte[] cardKey, byte[] pinKey, byte[] invitationKey)
    {
        Authority = authority;
        Server = server;
        this.orders = orders;
        CardKey = cardKey;
        PinKey = pinKey;
        InvitationKey = invitationKey;
        Cards = new CardDigester(cardKey);
    }

    /// <summary>The site's own authority, with its key.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>What the service shows to browsers and bridges, with its key.</summary>
    public X509Certificate2 Server { get; }

    /// <summary>Key of card digests. Secret.</summary>
    public byte[] CardKey { get; }

    /// <summary>Key of PIN verifiers. Secret.</summary>
    public byte[] PinKey { get; }

    /// <summary>Key of visitors' invitations. Secret; a new one makes invitations on their way worthless and nothing else.</summary>
    public byte[] InvitationKey { get; }

    /// <summary>Makes card digests.</summary>
    public CardDigester Cards { get; }

    /// <summary>Public key of order signatures, PEM.</summary>
    public string OrderKeyPem => orders.ExportSubjectPublicKeyInfoPem();

    /// <summary>Opens the keys, making what is missing and renewing a service certificate that runs out within 60 days or lacks a name.</summary>
    /// <param name="names">Host names and addresses the service is reached by.</param>
    public static SiteKeys Open(string folder, string site, IReadOnlyList<string> names, TimeProvider time, Func<int, byte[]> randomBytes)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(randomBytes);
        _ = Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var now = time.GetUtcNow();
        var authority = Pair(folder, "authority", () => MakeAuthority(site, now, randomBytes));
        var server = Pair(folder, "server", () => MakeServer(authority, names, now, randomBytes));
        if (server.NotAfter - now.UtcDateTime < RenewBefore || !names.All(name => server.MatchesHostname(name)) || server.Issuer != authority.Subject)
        {
            server.Dispose();
            Write(Path.Combine(folder, "server.pem"), MakeServer(authority, names, now, randomBytes));
            server = Pair(folder, "server", () => throw new InvalidOperationException("The service's certificate was just written and is gone."));
        }

        var orders = ECDsa.Create();
        orders.ImportFromPem(Encoding.UTF8.GetString(Keep(folder, "orders.pem", NewKeyPem)));
        return new(authority, server, orders, Secret(folder, "card.key", randomBytes), Secret(folder, "pin.key", randomBytes), Secret(folder, "invitation.key", randomBytes));
    }

    /// <summary>A digest in groups of four, as people compare it.</summary>
    public static string Groups(string fingerprint)
    {
        ArgumentNullException.ThrowIfNull(fingerprint);
        return string.Join(' ', fingerprint.ToUpperInvariant().Chunk(4).Select(group => new string(group)));
    }

    /// <summary>Signs the digest of a grant list's bytes.</summary>
    /// <returns>DER, base64.</returns>
    public string SignDigest(ReadOnlySpan<byte> sha256)
    {
        lock (orders)
        {
            return Convert.ToBase64String(orders.SignHash(sha256, DSASignatureFormat.Rfc3279DerSequence));
        }
    }

    /// <summary>Signs a suspension's canonical JSON.</summary>
    public string Sign(Suspension suspension) =>
        SignDigest(SHA256.HashData(CanonicalJson.Canonicalise(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(suspension, RecordJson.Plain.Suspension))));

    /// <summary>Signs a lockdown's canonical JSON followed by <c>begun</c> or <c>ended</c>.</summary>
    public string Sign(Lockdown lockdown, bool ended)
    {
        byte[] json = CanonicalJson.Canonicalise(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(lockdown, RecordJson.Plain.Lockdown));
        return SignDigest(SHA256.HashData([.. json, .. Encoding.ASCII.GetBytes(ended ? "ended" : "begun")]));
    }

    /// <summary>Signs an order to the rooms: its serial in decimal digits, LF, its canonical JSON.</summary>
    public string Sign(long serial, RoomOrder order)
    {
        byte[] json = CanonicalJson.Canonicalise(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(order, RecordJson.Plain.RoomOrder));
        return SignDigest(SHA256.HashData([.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{serial}\n")), .. json]));
    }

    /// <summary>Issues a bridge's certificate for the key it asks with.</summary>
    /// <returns>Null when the request is not a well-made one for an EC key of P-256.</returns>
    public X509Certificate2? Issue(PanelId panel, byte[] csr, DateTimeOffset now, Func<int, byte[]> randomBytes)
    {
        ArgumentNullException.ThrowIfNull(randomBytes);
        try
        {
            // Loading checks the request's own signature: whoever asks holds the key. Names and extensions asked for are not taken over.
            var asked = CertificateRequest.LoadSigningRequest(csr, HashAlgorithmName.SHA256);
            using var key = asked.PublicKey.GetECDsaPublicKey();
            if (key?.ExportParameters(false).Curve.Oid.Value != "1.2.840.10045.3.1.7")
            {
                return null;
            }

            var request = new CertificateRequest(new X500DistinguishedName($"CN={panel}"), asked.PublicKey, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], true));
            return request.Create(Authority.SubjectName, X509SignatureGenerator.CreateForECDsa(Authority.GetECDsaPrivateKey()!), now.AddMinutes(-5), now + PanelLife, Serial(randomBytes));
        }
        catch (Exception malformed) when (malformed is CryptographicException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Whether a client certificate is one of ours, in its time and for this purpose (security sheet: only named own authorities).</summary>
    public bool IsOurs(X509Certificate2 certificate, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(Authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        _ = chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.2"));
        return chain.Build(certificate);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Authority.Dispose();
        Server.Dispose();
        orders.Dispose();
        CryptographicOperations.ZeroMemory(CardKey);
        CryptographicOperations.ZeroMemory(PinKey);
    }

    private static byte[] MakeAuthority(string site, DateTimeOffset now, Func<int, byte[]> randomBytes)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName($"CN=RoomGuard {site} authority"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var made = request.Create(request.SubjectName, X509SignatureGenerator.CreateForECDsa(key), now.AddMinutes(-5), now + AuthorityLife, Serial(randomBytes));
        return Pem(made, key);
    }

    private static byte[] MakeServer(X509Certificate2 authority, IReadOnlyList<string> names, DateTimeOffset now, Func<int, byte[]> randomBytes)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName("CN=RoomGuard service"), key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var made = request.Create(
            authority.SubjectName,
            X509SignatureGenerator.CreateForECDsa(authority.GetECDsaPrivateKey()!),
            now.AddMinutes(-5),
            now + ServerLife,
            Serial(randomBytes));
        return Pem(made, key);
    }

    private static byte[] Serial(Func<int, byte[]> randomBytes)
    {
        var serial = randomBytes(16);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x01);
        return serial;
    }

    private static byte[] Pem(X509Certificate2 certificate, ECDsa key) =>
        Encoding.ASCII.GetBytes($"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");

    private static byte[] NewKeyPem()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem());
    }

    private static X509Certificate2 Pair(string folder, string name, Func<byte[]> make)
    {
        var pem = Encoding.ASCII.GetString(Keep(folder, $"{name}.pem", make));
        return X509Certificate2.CreateFromPem(pem, pem);
    }

    private static byte[] Secret(string folder, string name, Func<int, byte[]> randomBytes)
    {
        var secret = Keep(folder, name, () => randomBytes(SecretBytes));
        return secret.Length == SecretBytes
            ? secret
            : throw new InvalidDataException($"{Path.Combine(folder, name)}: {secret.Length} bytes where {SecretBytes} are expected. Restore it from the backup of the keys; a new one would make every card unknown.");
    }

    private static byte[] Keep(string folder, string name, Func<byte[]> make)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            Write(path, make());
        }

        return File.ReadAllBytes(path);
    }

    /// <summary>Writes a file for the owner alone, whole or not at all.</summary>
    public static void Write(string path, byte[] content)
    {
        var fresh = $"{path}.new";
        File.Delete(fresh);
        using (var file = new FileStream(fresh, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.WriteThrough,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            file.Write(content);
        }

        File.Move(fresh, path, overwrite: true);
    }
}
