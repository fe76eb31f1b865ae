using System.Security.Cryptography;
using RoomGuard.Evidence.Merkle;

namespace RoomGuard.Evidence;

/// <summary>
/// Binds a payload to its envelope without saying anything about it: HMAC-SHA-256 under a salt of its own. With payload and salt erased the
/// envelope still proves that there was an entry; without the salt nobody can try all cards until one fits.
/// </summary>
public static class PayloadCommitment
{
    /// <summary>Bytes in a salt. Always this many, because HMAC fills shorter keys with zeros and two salts could mean the same.</summary>
    public const int SaltLength = 32;

    private const int LargestOnStack = 1024;

    private static ReadOnlySpan<byte> Domain => "roomguard/payload/v1\n"u8;

    /// <summary>HMAC-SHA-256(salt, <c>roomguard/payload/v1</c> LF ‖ payload), 32 bytes.</summary>
    /// <exception cref="ArgumentException">The salt has not 32 bytes.</exception>
    public static byte[] Of(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> payload)
    {
        var commitment = new byte[TreeHash.Size];
        Of(salt, payload, commitment);
        return commitment;
    }

    /// <summary>The same, into <paramref name="commitment"/>.</summary>
    /// <exception cref="ArgumentException">The salt has not 32 bytes.</exception>
    public static void Of(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> payload, Span<byte> commitment)
    {
        if (salt.Length != SaltLength)
        {
            throw new ArgumentException($"A salt has {SaltLength} bytes, not {salt.Length}.", nameof(salt));
        }

        var length = Domain.Length + payload.Length;
        Span<byte> room = length <= LargestOnStack ? stackalloc byte[LargestOnStack] : new byte[length];
        var message = room[..length];
        Domain.CopyTo(message);
        payload.CopyTo(message[Domain.Length..]);
        HMACSHA256.HashData(salt, message, commitment);
    }
}
