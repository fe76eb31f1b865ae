using System.Security.Cryptography;

namespace RoomGuard.Wire.Osdp;

/// <summary>A reader's own secure channel base key: 16 bytes. It never shows itself, not in text, not in logs.</summary>
public sealed class ScbkKey : IEquatable<ScbkKey>
{
    /// <summary>16.</summary>
    public const int Length = 16;

    private readonly byte[] bytes;

    /// <exception cref="ArgumentException">Not 16 bytes.</exception>
    public ScbkKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != Length)
        {
            throw new ArgumentException($"An SCBK has {Length} bytes, not {key.Length}.", nameof(key));
        }

        bytes = key.ToArray();
    }

    /// <summary>SCBK-D, 30h..3Fh: the installation key everyone knows. Good for nothing but setting the real one.</summary>
    public static ScbkKey Default { get; } = new("0123456789:;<=>?"u8);

    /// <summary>The key itself, for the channel and for encrypted storage.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>True for SCBK-D, for all bytes equal, and for bytes that count up or down, which is what manuals use as samples.</summary>
    public bool IsWeak
    {
        get
        {
            var step = (byte)(bytes[1] - bytes[0]);
            if (step is not (0 or 1 or 0xFF or 0x11 or 0x10))
            {
                return false;
            }

            for (var index = 1; index < Length; index++)
            {
                if ((byte)(bytes[index] - bytes[index - 1]) != step)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>A key made from a site's master key and the reader's 8-byte cUID: AES(master, cUID | complement of cUID).</summary>
    public static ScbkKey FromMaster(ReadOnlySpan<byte> master, ReadOnlySpan<byte> cuid)
    {
        if (cuid.Length != 8)
        {
            throw new ArgumentException("A cUID has 8 bytes.", nameof(cuid));
        }

        Span<byte> block = stackalloc byte[Length];
        cuid.CopyTo(block);
        for (var index = 0; index < 8; index++)
        {
            block[8 + index] = (byte)~cuid[index];
        }

        using var aes = Aes.Create();
        aes.SetKey(master);
        Span<byte> key = stackalloc byte[Length];
        aes.EncryptEcb(block, key, PaddingMode.None);
        return new(key);
    }

    /// <inheritdoc/>
    public bool Equals(ScbkKey? other) => other is not null && CryptographicOperations.FixedTimeEquals(bytes, other.bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ScbkKey);

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    /// <summary>Never the key.</summary>
    public override string ToString() => "SCBK";
}
