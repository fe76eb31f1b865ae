using System.Buffers.Binary;

namespace RoomGuard.Wire.Osdp;

/// <summary>What a message's first five bytes say, its length aside.</summary>
/// <param name="Address">00h..7Eh, or 7Fh for the configuration address.</param>
/// <param name="FromReader">True for a reply.</param>
/// <param name="Sequence">0 to 3.</param>
/// <param name="UsesCrc">CRC-16 when true, else the one-byte checksum.</param>
public readonly record struct FrameHead(byte Address, bool FromReader, byte Sequence, bool UsesCrc = true);

/// <summary>Lays OSDP messages out as bytes. Secured messages are written by <see cref="SecureChannel"/>, which knows the MAC chain.</summary>
public static class OsdpWriter
{
    /// <summary>Most data bytes any message can carry.</summary>
    public const int MostData = OsdpFrame.Longest - 8;

    /// <summary>A clear-text message. Returns the bytes written.</summary>
    public static int Write(Span<byte> into, FrameHead head, byte code, ReadOnlySpan<byte> data)
    {
        var length = OsdpFrame.HeaderLength + 1 + data.Length + CheckLength(head);
        WriteHead(into, head, length, hasBlock: false);
        into[OsdpFrame.HeaderLength] = code;
        data.CopyTo(into[(OsdpFrame.HeaderLength + 1)..]);
        return Finish(into, head, length);
    }

    /// <summary>A message of the handshake (block types 11h..14h, one data byte). Returns the bytes written.</summary>
    public static int WriteHandshake(Span<byte> into, FrameHead head, byte blockType, byte blockData, byte code, ReadOnlySpan<byte> data)
    {
        var length = OsdpFrame.HeaderLength + 3 + 1 + data.Length + CheckLength(head);
        WriteHead(into, head, length, hasBlock: true);

        // Block length (counting itself), type, data; then code and data as ever.
        into[5] = 3;
        into[6] = blockType;
        into[7] = blockData;
        into[8] = code;
        data.CopyTo(into[9..]);
        return Finish(into, head, length);
    }

    /// <summary>A message in clear text as an array of its own, for tests, transcripts and tools.</summary>
    /// <exception cref="ArgumentException">Longer than any OSDP message may be.</exception>
    public static byte[] ToBytes(FrameHead head, OsdpMessage message)
    {
        Span<byte> data = stackalloc byte[MostData];
        Span<byte> into = stackalloc byte[OsdpFrame.Longest];
        var length = message.WriteData(data);
        return length <= data.Length
            ? into[..Write(into, head, message.Code, data[..length])].ToArray()
            : throw new ArgumentException($"{length} data bytes do not fit one OSDP message.", nameof(message));
    }

    internal static int CheckLength(FrameHead head) => head.UsesCrc ? 2 : 1;

    internal static void WriteHead(Span<byte> into, FrameHead head, int length, bool hasBlock)
    {
        into[0] = OsdpFrame.StartOfMessage;
        into[1] = (byte)((head.Address & 0x7F) | (head.FromReader ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16LittleEndian(into[2..], (ushort)length);
        into[4] = (byte)((head.Sequence & 0x03) | (head.UsesCrc ? OsdpFrame.CrcBit : 0) | (hasBlock ? OsdpFrame.BlockBit : 0));
    }

    internal static int Finish(Span<byte> into, FrameHead head, int length)
    {
        if (head.UsesCrc)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(into[(length - 2)..], Crc16.Of(into[..(length - 2)]));
        }
        else
        {
            into[length - 1] = ChecksumOf(into[..(length - 1)]);
        }

        return length;
    }

    /// <summary>Two's complement of the 8-bit sum, so that all bytes of the message add up to zero.</summary>
    internal static byte ChecksumOf(ReadOnlySpan<byte> bytes)
    {
        var sum = 0;
        foreach (var item in bytes)
        {
            sum += item;
        }

        return (byte)-sum;
    }
}
