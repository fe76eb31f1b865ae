using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RoomGuard.Core.Operators;

/// <summary>One-time codes from time (RFC 6238 over RFC 4226): HMAC-SHA-1, six digits, 30 seconds, as authenticator apps make them.</summary>
/// <remarks>A code counts one step early or late, so that clocks off by half a minute do not matter, and never twice.</remarks>
public static class Totp
{
    /// <summary>How long one code counts.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    /// <summary>Digits of a code.</summary>
    public const int Digits = 6;

    /// <summary>Bytes of a secret: as many as the digest has (RFC 4226, R6).</summary>
    public const int SecretLength = 20;

    private const int Tolerance = 1;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The number of the step a moment lies in.</summary>
    public static long StepAt(DateTimeOffset at) => at.ToUnixTimeSeconds() / (long)Step.TotalSeconds;

    /// <summary>The code of a step.</summary>
    /// <param name="hash">SHA-1 in use; the others are in the RFC's test vectors.</param>
    public static string Code(ReadOnlySpan<byte> secret, long step, int digits = Digits, HashAlgorithmName? hash = null)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        var mac = Mac(hash ?? HashAlgorithmName.SHA1, secret, counter);

        // RFC 4226, 5.3: the last half-byte says where the four bytes begin; the sign bit is dropped.
        var at = mac[^1] & 0x0F;
        var number = BinaryPrimitives.ReadUInt32BigEndian(mac.AsSpan(at)) & 0x7FFF_FFFF;
        var limit = (uint)Math.Pow(10, digits);
        return (number % limit).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>The step a typed code belongs to; null: wrong, too old or used before.</summary>
    /// <param name="used">The newest step of which a code was used; null: none yet.</param>
    public static long? Match(ReadOnlySpan<byte> secret, string typed, DateTimeOffset now, long? used)
    {
        ArgumentNullException.ThrowIfNull(typed);
        var code = typed.Normalize(NormalizationForm.FormKC).Replace(" ", "", StringComparison.Ordinal);
        if (code.Length != Digits || !code.All(char.IsAsciiDigit))
        {
            return null;
        }

        long? found = null;
        for (var step = StepAt(now) - Tolerance; step <= StepAt(now) + Tolerance; step++)
        {
            // Every step is compared, so that the time taken tells nothing.
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Code(secret, step)), Encoding.ASCII.GetBytes(code)) && !(step <= used))
            {
                found ??= step;
            }
        }

        return found;
    }

    /// <summary>A secret in base 32 (RFC 4648), as people type it into an app.</summary>
    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder((bytes.Length * 8 + 4) / 5);
        int bits = 0, held = 0;
        foreach (var one in bytes)
        {
            held = held << 8 | one;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                _ = text.Append(Alphabet[held >> bits & 31]);
            }
        }

        return bits > 0 ? text.Append(Alphabet[held << (5 - bits) & 31]).ToString() : text.ToString();
    }

#pragma warning disable CA5350 // What every authenticator app speaks; HMAC does not lean on what is weak about SHA-1.
    private static byte[] Mac(HashAlgorithmName hash, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> counter) =>
        hash == HashAlgorithmName.SHA512 ? HMACSHA512.HashData(secret, counter)
        : hash == HashAlgorithmName.SHA256 ? HMACSHA256.HashData(secret, counter)
        : HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
}
