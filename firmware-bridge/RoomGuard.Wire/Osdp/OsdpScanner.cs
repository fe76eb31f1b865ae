using System.Buffers.Binary;

namespace RoomGuard.Wire.Osdp;

/// <summary>Cuts OSDP messages out of a byte stream. Pure: no I/O, no clock, no state of its own.</summary>
public static class OsdpScanner
{
    /// <summary>Looks for one message at the start of <paramref name="bytes"/>.</summary>
    /// <param name="bytes">What has been received and not dropped yet.</param>
    /// <param name="crcOnly">Refuse checksum messages. A panel that sends CRC gets CRC back, and one damaged control bit must not
    /// turn a CRC message into a checksum message that is right by chance (1 in 256).</param>
    /// <remarks>
    /// After a bad length, header or check we drop one byte, not the claimed length: the length may itself be the damaged part,
    /// and trusting it would swallow the next good message.
    /// </remarks>
    public static Scan Next(ReadOnlySpan<byte> bytes, bool crcOnly = false)
    {
        var start = bytes.IndexOf(OsdpFrame.StartOfMessage);
        if (start != 0)
        {
            var dropped = start < 0 ? bytes : bytes[..start];
            return new(dropped.Length, dropped.ContainsAnyExcept(OsdpFrame.Mark) ? FrameFault.Noise : FrameFault.None);
        }

        if (bytes.Length < OsdpFrame.HeaderLength)
        {
            // The length alone can already be impossible; waiting for the control byte would only lose time.
            return bytes.Length >= 4 && !IsPossible(LengthOf(bytes), checkLength: 1) ? new(1, FrameFault.BadLength) : default;
        }

        var control = bytes[4];
        var usesCrc = (control & OsdpFrame.CrcBit) != 0;
        var checkLength = usesCrc ? 2 : 1;
        var length = LengthOf(bytes);
        if (!IsPossible(length, checkLength))
        {
            return new(1, FrameFault.BadLength);
        }

        if ((control & 0xF0) != 0 || (crcOnly && !usesCrc))
        {
            return new(1, FrameFault.BadHeader);
        }

        var codeAt = OsdpFrame.HeaderLength;
        var afterData = checkLength;
        if ((control & OsdpFrame.BlockBit) != 0)
        {
            if (bytes.Length < OsdpFrame.HeaderLength + 2)
            {
                return default;
            }

            // Security block: its length (counting itself), its type, its data.
            var blockLength = bytes[OsdpFrame.HeaderLength];
            codeAt += blockLength;
            afterData += SecurityBlock.HasMac(bytes[OsdpFrame.HeaderLength + 1]) ? OsdpFrame.MacLength : 0;
            if (blockLength < 2 || codeAt + 1 + afterData > length)
            {
                return new(1, FrameFault.BadHeader);
            }
        }

        if (bytes.Length < length)
        {
            return default;
        }

        var whole = bytes[..length];
        var right = usesCrc
            ? Crc16.Of(whole[..^2]) == BinaryPrimitives.ReadUInt16LittleEndian(whole[^2..])
            : OsdpWriter.ChecksumOf(whole[..^1]) == whole[^1];
        return right ? new(new OsdpFrame(whole, codeAt, length - afterData)) : new(1, FrameFault.BadCheck);
    }

    private static int LengthOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);

    private static bool IsPossible(int length, int checkLength) => length >= OsdpFrame.HeaderLength + 1 + checkLength && length <= OsdpFrame.Longest;
}
