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
    private const int HashBlock = 64;
    private const byte InnerPad = 0x36;
    private const byte OuterPad = 0x5C;

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
    /// <remarks>
    /// HMAC spelled out (RFC 2104: hash(key ⊕ 5Ch…, hash(key ⊕ 36h…, message))), because setting up the library's own costs four times as much
    /// as the hashing, and a badge waits for it.
    /// </remarks>
    /// <exception cref="ArgumentException">The salt has not 32 bytes.</exception>
    public static void Of(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> payload, Span<byte> commitment)
    {
        if (salt.Length != SaltLength)
        {
            throw new ArgumentException($"A salt has {SaltLength} bytes, not {salt.Length}.", nameof(salt));
        }

        var length = HashBlock + Domain.Length + payload.Length;
        Span<byte> room = length <= LargestOnStack ? stackalloc byte[LargestOnStack] : new byte[length];
        var inner = room[..length];
        WriteKey(salt, InnerPad, inner);
        Domain.CopyTo(inner[HashBlock..]);
        payload.CopyTo(inner[(HashBlock + Domain.Length)..]);

        Span<byte> outer = stackalloc byte[HashBlock + TreeHash.Size];
        WriteKey(salt, OuterPad, outer);
        SHA256.HashData(inner, outer[HashBlock..]);
        SHA256.HashData(outer, commitment);
    }

    private static void WriteKey(ReadOnlySpan<byte> salt, byte pad, Span<byte> block)
    {
        block[..HashBlock].Fill(pad);
        for (var i = 0; i < SaltLength; i++)
        {
            block[i] ^= salt[i];
        }
    }
}
