using System.Buffers.Binary;

namespace RoomGuard.Wire.Modbus;

/// <summary>How requests and answers are packed.</summary>
public enum ModbusFraming
{
    /// <summary>Address, PDU, CRC: on a serial line, or on a raw socket behind a device server.</summary>
    Rtu,

    /// <summary>Header with a transaction number, PDU: Modbus/TCP.</summary>
    Tcp,
}

/// <summary>RTU frames: address, PDU, CRC low byte first (Modbus over Serial Line 1.02). Pure.</summary>
public static class RtuFrame
{
    private const int Around = 3;

    /// <summary>Packs a PDU.</summary>
    public static byte[] Of(byte unit, ReadOnlySpan<byte> pdu)
    {
        var frame = new byte[pdu.Length + Around];
        frame[0] = unit;
        pdu.CopyTo(frame.AsSpan(1));
        BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(frame.Length - 2), ModbusCrc.Of(frame.AsSpan(..^2)));
        return frame;
    }

    /// <summary>True when the bytes are a whole frame with a right CRC.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> frame) => frame.Length is >= 4 and <= ModbusLimits.LongestRtu && ModbusCrc.Of(frame) == 0;

    /// <summary>How long a request at the start of <paramref name="bytes"/> is; null when more bytes are needed or its function is unknown, so that only silence ends it.</summary>
    public static int? RequestLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2)
        {
            return null;
        }

        return (ModbusFunction)bytes[1] switch
        {
            >= ModbusFunction.ReadCoils and <= ModbusFunction.WriteRegister => 8,
            ModbusFunction.WriteCoils or ModbusFunction.WriteRegisters => bytes.Length < 7 ? null : 9 + bytes[6],
            ModbusFunction.ReadIdentification => 7,
            _ => null,
        };
    }

    /// <summary>
    /// How long the answer to <paramref name="request"/> at the start of <paramref name="bytes"/> is, framed by length as the
    /// request foretells it; null when more bytes are needed, -1 when no answer to it starts here.
    /// </summary>
    public static int? AnswerLength(ReadOnlySpan<byte> bytes, byte unit, ModbusRequest request)
    {
        if (bytes.Length > 0 && bytes[0] != unit)
        {
            return -1;
        }

        if (bytes.Length < 2)
        {
            return null;
        }

        var function = (byte)request.Function;
        if (bytes[1] == (function | 0x80))
        {
            return 5;
        }

        if (bytes[1] != function)
        {
            return -1;
        }

        if (request.AnswerLength is { } length)
        {
            // A reading says its length again: an echo of our own request, or another's answer, is told apart at once.
            return request is ReadBits or ReadRegisters && bytes.Length > 2 && bytes[2] != length - 2 ? -1 : length + Around;
        }

        return IdentificationAnswer.LengthOf(bytes[2..]) is { } data ? data < 0 ? -1 : data + 1 + Around : null;
    }
}

/// <summary>What stands before the PDU on Modbus/TCP.</summary>
/// <param name="Unit">The device behind a gateway; of a direct device mostly 1, 0 or FFh.</param>
public readonly record struct MbapHeader(ushort Transaction, byte Unit);

/// <summary>One look at a TCP stream.</summary>
/// <param name="Consumed">Bytes the caller may drop; zero: read more, then look again.</param>
/// <param name="PduLength">Bytes of the PDU, behind the seven of the header; zero without a frame.</param>
/// <param name="Lost">The stream is no Modbus any more (length outside 2 to 254, or a protocol other than 0): close it.</param>
public readonly record struct MbapScan(int Consumed, MbapHeader Header, int PduLength, bool Lost)
{
    /// <summary>True when a frame was found.</summary>
    public bool HasFrame => PduLength > 0;
}

/// <summary>TCP frames: transaction, protocol 0, length, unit, PDU (Modbus Messaging on TCP/IP 1.0b). Pure.</summary>
public static class MbapFrame
{
    /// <summary>Bytes before the PDU.</summary>
    public const int HeaderLength = 7;

    /// <summary>Packs a PDU.</summary>
    public static byte[] Of(MbapHeader header, ReadOnlySpan<byte> pdu)
    {
        var frame = new byte[HeaderLength + pdu.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame, header.Transaction);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(4), (ushort)(1 + pdu.Length));
        frame[6] = header.Unit;
        pdu.CopyTo(frame.AsSpan(HeaderLength));
        return frame;
    }

    /// <summary>Looks for one frame at the start of <paramref name="bytes"/>.</summary>
    public static MbapScan Next(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= 4 && BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) != 0)
        {
            return new(bytes.Length, default, 0, Lost: true);
        }

        if (bytes.Length < 6)
        {
            return default;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        if (length is < 2 or > ModbusLimits.LongestPdu + 1)
        {
            return new(bytes.Length, default, 0, Lost: true);
        }

        return bytes.Length < 6 + length
            ? default
            : new(6 + length, new(BinaryPrimitives.ReadUInt16BigEndian(bytes), bytes[6]), length - 1, Lost: false);
    }
}
