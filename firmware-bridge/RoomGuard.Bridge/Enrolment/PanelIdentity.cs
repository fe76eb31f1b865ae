using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RoomGuard.Core.Panels;

namespace RoomGuard.Bridge.Enrolment;

/// <summary>The bridge has not joined a service, or what it was given then is damaged; the message says what to do.</summary>
public sealed class NotJoinedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// What the bridge was given when it joined: its certificate, the site's authority (the only root on the line), the key that signs orders and
/// the keys under card digests and PINs. In the data folder, each file readable by its owner alone; never in settings (R-CFG-11).
/// </summary>
public sealed class PanelIdentity : IDisposable
{
    /// <summary>The bridge's private key, PKCS#8 PEM.</summary>
    public const string KeyFile = "panel.key";

    /// <summary>The bridge's certificate, PEM.</summary>
    public const string CertificateFile = "panel.crt";

    /// <summary>The site's authority, PEM.</summary>
    public const string AuthorityFile = "authority.crt";

    /// <summary>The public key of orders, PEM.</summary>
    public const string OrderKeyFile = "orders.pub";

    /// <summary>The site's card digest key, base64.</summary>
    public const string CardKeyFile = "card.key";

    /// <summary>The site's PIN key, base64.</summary>
    public const string PinKeyFile = "pin.key";

    private const int SecretBytes = 32;

    private PanelIdentity(X509Certificate2 certificate, X509Certificate2 authority, string orderKey, byte[] cardKey, byte[] pinKey)
    {
        Certificate = certificate;
        Authority = authority;
        OrderKey = orderKey;
        CardKey = cardKey;
        PinKey = pinKey;
    }

    /// <summary>The bridge's certificate with its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The site's own authority.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>Public key of orders, PEM (SPKI).</summary>
    public string OrderKey { get; }

    /// <summary>Key under card digests, 32 bytes. Secret.</summary>
    public byte[] CardKey { get; }

    /// <summary>Key under PINs, 32 bytes. Secret.</summary>
    public byte[] PinKey { get; }

    /// <summary>Whether a folder holds an identity.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, CertificateFile));

    /// <summary>Reads the identity.</summary>
    /// <exception cref="NotJoinedException">There is none, or it is damaged.</exception>
    public static PanelIdentity Load(string folder)
    {
        if (!IsIn(folder))
        {
            throw new NotJoinedException("This bridge has not joined a service yet. Make a code at the service (roomguard panel-code <panel>), then run: roomguard-bridge --settings … join --code CODE");
        }

        try
        {
            return new(
                X509Certificate2.CreateFromPemFile(Path.Combine(folder, CertificateFile), Path.Combine(folder, KeyFile)),
                X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, AuthorityFile)),
                File.ReadAllText(Path.Combine(folder, OrderKeyFile)),
                Secret(folder, CardKeyFile),
                Secret(folder, PinKeyFile));
        }
        catch (Exception damaged) when (damaged is IOException or CryptographicException or FormatException or UnauthorizedAccessException)
        {
            throw new NotJoinedException($"What this bridge was given when it joined cannot be read: {damaged.Message} Join again with a new code.", damaged);
        }
    }

    /// <summary>Fingerprint of the bridge's certificate in groups, for comparing by eye.</summary>
    public string ForTheEye() => Groups(JoinCode.Fingerprint(Certificate.RawData));

    /// <summary>64 hex digits in 16 groups of four.</summary>
    public static string Groups(string sha256) => string.Join(' ', sha256.Chunk(4).Select(part => new string(part)));

    /// <inheritdoc/>
    public void Dispose()
    {
        Certificate.Dispose();
        Authority.Dispose();
    }

    private static byte[] Secret(string folder, string file)
    {
        var bytes = Convert.FromBase64String(File.ReadAllText(Path.Combine(folder, file)).Trim());
        return bytes.Length == SecretBytes ? bytes : throw new CryptographicException($"{file} holds {bytes.Length} bytes, not {SecretBytes}.");
    }
}
