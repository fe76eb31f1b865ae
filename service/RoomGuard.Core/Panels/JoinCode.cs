using System.Security.Cryptography;
using System.Text;

namespace RoomGuard.Core.Panels;

/// <summary>
/// The one-time code that lets a bridge join (R-NET-01): 128 random bits as 26 Crockford base32 digits, read aloud in groups.
/// Both sides prove that they know it without sending it, and bind the proof to the certificate each of them sees.
/// </summary>
public sealed class JoinCode
{
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Bytes = 16;
    private const int Length = 26;

    private JoinCode(byte[] key) => Key = key;

    /// <summary>The HMAC key made from the code: SHA-256 of <c>roomguard/join/v1</c> LF code. All that is kept at rest.</summary>
    public byte[] Key { get; }

    /// <summary>Never the code.</summary>
    public override string ToString() => "JoinCode";

    /// <summary>From what is kept at rest.</summary>
    public static JoinCode FromKey(byte[] key) => new(key);

    /// <summary>Writes 16 random bytes as a code in groups of five and six.</summary>
    public static string Write(ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(random.Length, Bytes);
        var text = new StringBuilder();
        for (var digit = 0; digit < Length; digit++)
        {
            // 26 digits hold 130 bits; the last two are zero.
            var value = 0;
            for (var bit = digit * 5; bit < (digit * 5) + 5; bit++)
            {
                value = (value << 1) | (bit < Bytes * 8 ? (random[bit / 8] >> (7 - (bit % 8))) & 1 : 0);
            }

            _ = text.Append(digit is 5 or 10 or 15 or 20 ? "-" : "").Append(Digits[value]);
        }

        return text.ToString();
    }

    /// <summary>Reads what a person typed: case, spaces and hyphens do not matter; I and L are 1, O is 0.</summary>
    /// <returns>Null when it is not 26 digits of the alphabet.</returns>
    public static JoinCode? Read(string? typed)
    {
        var plain = new StringBuilder();
        foreach (var letter in (typed ?? "").Normalize(NormalizationForm.FormKC).ToUpperInvariant())
        {
            var digit = letter switch { 'I' or 'L' => '1', 'O' => '0', _ => letter };
            if (digit is '-' or ' ')
            {
                continue;
            }

            if (!Digits.Contains(digit, StringComparison.Ordinal) || plain.Length == Length)
            {
                return null;
            }

            _ = plain.Append(digit);
        }

        return plain.Length == Length ? new(SHA256.HashData(Encoding.UTF8.GetBytes($"roomguard/join/v1\n{plain}"))) : null;
    }

    /// <summary>The proof of <see cref="JoinRequest"/>, base64.</summary>
    /// <param name="csr">The request exactly as sent, base64.</param>
    /// <param name="serverCertificate">DER of the certificate the service showed on this connection.</param>
    public string ProveRequest(PanelId panel, string csr, ReadOnlySpan<byte> serverCertificate) =>
        Prove($"join\n{panel}\n{csr}\n{Fingerprint(serverCertificate)}");

    /// <summary>The proof of <see cref="JoinAnswer"/>, base64.</summary>
    /// <param name="authority">DER of the site's certificate authority.</param>
    /// <param name="certificate">DER of the certificate issued.</param>
    public string ProveAnswer(ReadOnlySpan<byte> authority, ReadOnlySpan<byte> certificate) =>
        Prove($"joined\n{Fingerprint(authority)}\n{Fingerprint(certificate)}");

    /// <summary>Compares two proofs in constant time.</summary>
    public static bool Same(string expected, string found) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(found));

    /// <summary>SHA-256 as 64 lower-case hex digits: how both sides show certificates to people.</summary>
    public static string Fingerprint(ReadOnlySpan<byte> certificate) => Convert.ToHexStringLower(SHA256.HashData(certificate));

    private string Prove(string message) => Convert.ToBase64String(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(message)));
}
