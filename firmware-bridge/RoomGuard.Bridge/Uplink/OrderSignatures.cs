using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Record;
using RoomGuard.Evidence;

namespace RoomGuard.Bridge.Uplink;

/// <summary>Checks that orders are the office's: ECDSA P-256 by the key pinned at enrolment, on top of the line's own protection (ASVS 4.1.5).</summary>
public sealed class OrderSignatures : IDisposable
{
    private readonly ECDsa key = ECDsa.Create();
    private readonly Lock gate = new();

    /// <summary>With a public key (SPKI, PEM).</summary>
    /// <exception cref="CryptographicException">Not a P-256 key.</exception>
    public OrderSignatures(string pem)
    {
        key.ImportFromPem(pem);
        if (key.KeySize != 256)
        {
            throw new CryptographicException($"The order key has {key.KeySize} bits, not the 256 of P-256.");
        }
    }

    /// <summary>Whether a suspension is signed.</summary>
    public bool IsSigned(Suspension suspension, string signature) =>
        IsSigned(SHA256.HashData(Canonical(JsonSerializer.SerializeToUtf8Bytes(suspension, RecordJson.Plain.Suspension))), signature);

    /// <summary>Whether a lockdown, or its end, is signed.</summary>
    public bool IsSigned(Lockdown lockdown, bool ended, string signature) => IsSigned(
        SHA256.HashData([.. Canonical(JsonSerializer.SerializeToUtf8Bytes(lockdown, RecordJson.Plain.Lockdown)), .. Encoding.ASCII.GetBytes(ended ? "ended" : "begun")]),
        signature);

    /// <summary>Whether an order to the rooms is signed for this serial.</summary>
    public bool IsSigned(long serial, RoomOrder order, string signature) => IsSigned(
        SHA256.HashData([.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{serial}\n")), .. Canonical(JsonSerializer.SerializeToUtf8Bytes(order, RecordJson.Plain.RoomOrder))]),
        signature);

    /// <summary>Whether bytes with this SHA-256 are signed.</summary>
    public bool IsSigned(ReadOnlySpan<byte> sha256, string signature)
    {
        Span<byte> bytes = stackalloc byte[128];
        if (!Convert.TryFromBase64String(signature, bytes, out var length))
        {
            return false;
        }

        lock (gate)
        {
            return key.VerifyHash(sha256, bytes[..length], DSASignatureFormat.Rfc3279DerSequence);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    private static byte[] Canonical(byte[] json) => CanonicalJson.Canonicalise(json);
}
