using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace RoomGuard.Core.People;

/// <summary>
/// Makes the keyed digest that stands for a card's number everywhere beyond the reader's driver (R-DOOR-10): the first 128 bits of
/// HMAC-SHA256 (FIPS 198-1) over the canonical card text, <c>format:bits</c>. Thread-safe. Without the site's key a digest
/// cannot be turned back into a number by trying all of them.
/// </summary>
public sealed class CardDigester
{
    private const int MostTextBytes = 512;
    private readonly byte[] key;

    /// <summary>Takes a copy of the site's card key.</summary>
    /// <param name="key">At least 32 bytes.</param>
    /// <exception cref="ArgumentException">The key is shorter.</exception>
    public CardDigester(byte[] key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length < 32)
        {
            throw new ArgumentException($"A card key is at least 32 bytes; this one has {key.Length}.", nameof(key));
        }

        this.key = [.. key];
    }

    /// <summary>The digest of a card. What was worked on is wiped before this returns.</summary>
    /// <param name="canonicalCardText">Card format, a colon and the bits as text, at most 512 bytes.</param>
    /// <exception cref="ArgumentException">The text is empty or longer.</exception>
    public CardDigest Of(string canonicalCardText)
    {
        ArgumentException.ThrowIfNullOrEmpty(canonicalCardText);
        if (Encoding.UTF8.GetByteCount(canonicalCardText) > MostTextBytes)
        {
            throw new ArgumentException($"No card's text is longer than {MostTextBytes} bytes.", nameof(canonicalCardText));
        }

        Span<byte> text = stackalloc byte[MostTextBytes];
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var length = Encoding.UTF8.GetBytes(canonicalCardText, text);
        HMACSHA256.HashData(key, text[..length], mac);
        var digest = new CardDigest(BinaryPrimitives.ReadUInt128BigEndian(mac));
        CryptographicOperations.ZeroMemory(text);
        CryptographicOperations.ZeroMemory(mac);
        return digest;
    }
}
