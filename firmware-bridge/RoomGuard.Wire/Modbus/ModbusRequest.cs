using System.Buffers.Binary;
using System.Collections.Immutable;

namespace RoomGuard.Wire.Modbus;

/// <summary>The functions spoken here (Modbus Application Protocol 1.1b3, section 6).</summary>
public enum ModbusFunction : byte
{
    /// <summary>Read coils.</summary>
    ReadCoils = 1,

    /// <summary>Read discrete inputs.</summary>
    ReadDiscreteInputs = 2,

    /// <summary>Read holding registers.</summary>
    ReadHoldingRegisters = 3,

    /// <summary>Read input registers.</summary>
    ReadInputRegisters = 4,

    /// <summary>Write one coil.</summary>
    WriteCoil = 5,

    /// <summary>Write one holding register.</summary>
    WriteRegister = 6,

    /// <summary>Write several coils.</summary>
    WriteCoils = 15,

    /// <summary>Write several holding registers.</summary>
    WriteRegisters = 16,

    /// <summary>Encapsulated interface; with type 0Eh: read device identification.</summary>
    ReadIdentification = 43,
}

/// <summary>The four tables of a device.</summary>
public enum ModbusTable
{
    /// <summary>One bit, read and write.</summary>
    Coils,

    /// <summary>One bit, read.</summary>
    DiscreteInputs,

    /// <summary>Sixteen bits, read and write.</summary>
    HoldingRegisters,

    /// <summary>Sixteen bits, read.</summary>
    InputRegisters,
}

/// <summary>Which objects of the device identification are asked for.</summary>
public enum IdentificationAccess : byte
{
    /// <summary>Vendor, product, revision.</summary>
    Basic = 1,

    /// <summary>Basic and the named others.</summary>
    Regular = 2,

    /// <summary>Regular and the maker's own, 80h to FFh.</summary>
    Extended = 3,

    /// <summary>One object by its number.</summary>
    One = 4,
}

/// <summary>What a device answers instead of doing it. An exception is a good conversation: the link is up.</summary>
public enum ModbusError : byte
{
    /// <summary>The function is not supported; do not ask again.</summary>
    IllegalFunction = 1,

    /// <summary>Not there, or a block cut in two; do not ask again.</summary>
    IllegalDataAddress = 2,

    /// <summary>A bad quantity or value.</summary>
    IllegalDataValue = 3,

    /// <summary>The device refused; report it, do not repeat blindly.</summary>
    DeviceFailure = 4,

    /// <summary>Accepted and taking long.</summary>
    Acknowledge = 5,

    /// <summary>Ask again later.</summary>
    Busy = 6,

    /// <summary>The device's memory is damaged.</summary>
    MemoryParity = 8,

    /// <summary>A gateway is set up wrongly.</summary>
    GatewayPath = 0x0A,

    /// <summary>The device behind a gateway is silent: a timeout, not a value.</summary>
    GatewayTarget = 0x0B,
}

/// <summary>The limits of the standard (Modbus Application Protocol 1.1b3).</summary>
public static class ModbusLimits
{
    /// <summary>Longest request or answer without framing.</summary>
    public const int LongestPdu = 253;

    /// <summary>Longest RTU frame: address, PDU, CRC.</summary>
    public const int LongestRtu = 256;

    /// <summary>Longest TCP frame: header, PDU.</summary>
    public const int LongestTcp = 260;

    /// <summary>Most coils or inputs in one reading.</summary>
    public const int MostBitsRead = 2000;

    /// <summary>Most registers in one reading.</summary>
    public const int MostRegistersRead = 125;

    /// <summary>Most coils in one writing.</summary>
    public const int MostBitsWritten = 1968;

    /// <summary>Most registers in one writing.</summary>
    public const int MostRegistersWritten = 123;

    /// <summary>Highest address of one device; 0 is the broadcast.</summary>
    public const byte HighestUnit = 247;
}

/// <summary>A question or an order to a device, as on the wire without framing.</summary>
public abstract record ModbusRequest
{
    private const byte IdentificationType = 0x0E;

    /// <summary>Its function.</summary>
    public abstract ModbusFunction Function { get; }

    /// <summary>True when it changes something in the device (R-NET-04: off by default).</summary>
    public virtual bool IsWrite => false;

    /// <summary>Bytes of the normal answer's PDU; null when only the answer itself tells.</summary>
    public abstract int? AnswerLength { get; }

    /// <summary>Function code and data.</summary>
    public byte[] ToPdu()
    {
        Span<byte> into = stackalloc byte[ModbusLimits.LongestPdu];
        into[0] = (byte)Function;
        return into[..(1 + WriteData(into[1..]))].ToArray();
    }

    /// <summary>Reads a request in the order a server checks it: function, then quantity and length.</summary>
    /// <param name="pdu">Function code and data; may be anything.</param>
    /// <param name="error">What to answer when it is not a request.</param>
    public static ModbusRequest? Parse(ReadOnlySpan<byte> pdu, out ModbusError? error)
    {
        error = null;
        if (pdu.IsEmpty)
        {
            error = ModbusError.IllegalFunction;
            return null;
        }

        ModbusRequest? request = null;
        var data = pdu[1..];
        var function = (ModbusFunction)pdu[0];
        switch (function)
        {
            case ModbusFunction.ReadCoils or ModbusFunction.ReadDiscreteInputs:
                request = data.Length == 4 && Number(data, 2) is >= 1 and <= ModbusLimits.MostBitsRead
                    ? new ReadBits(function == ModbusFunction.ReadCoils ? ModbusTable.Coils : ModbusTable.DiscreteInputs, Number(data), Number(data, 2))
                    : null;
                break;
            case ModbusFunction.ReadHoldingRegisters or ModbusFunction.ReadInputRegisters:
                request = data.Length == 4 && Number(data, 2) is >= 1 and <= ModbusLimits.MostRegistersRead
                    ? new ReadRegisters(function == ModbusFunction.ReadHoldingRegisters ? ModbusTable.HoldingRegisters : ModbusTable.InputRegisters, Number(data), Number(data, 2))
                    : null;
                break;
            case ModbusFunction.WriteCoil:
                request = data.Length == 4 && Number(data, 2) is 0 or 0xFF00 ? new WriteCoil(Number(data), Number(data, 2) != 0) : null;
                break;
            case ModbusFunction.WriteRegister:
                request = data.Length == 4 ? new WriteRegister(Number(data), Number(data, 2)) : null;
                break;
            case ModbusFunction.WriteCoils:
                request = data.Length > 5 && Number(data, 2) is >= 1 and <= ModbusLimits.MostBitsWritten && data[4] == (Number(data, 2) + 7) / 8 && data.Length == 5 + data[4]
                    ? new WriteCoils(Number(data), Bits(data[5..], Number(data, 2)))
                    : null;
                break;
            case ModbusFunction.WriteRegisters:
                request = data.Length > 5 && Number(data, 2) is >= 1 and <= ModbusLimits.MostRegistersWritten && data[4] == Number(data, 2) * 2 && data.Length == 5 + data[4]
                    ? new WriteRegisters(Number(data), Registers(data[5..]))
                    : null;
                break;
            case ModbusFunction.ReadIdentification:
                if (data.IsEmpty || data[0] != IdentificationType)
                {
                    error = ModbusError.IllegalFunction;
                    return null;
                }

                request = data.Length == 3 && data[1] is >= 1 and <= 4 ? new ReadIdentification((IdentificationAccess)data[1], data[2]) : null;
                break;
            default:
                error = ModbusError.IllegalFunction;
                return null;
        }

        error = request is null ? ModbusError.IllegalDataValue : null;
        return request;
    }

    /// <summary>Reads the answer to this request; null when it is none.</summary>
    /// <param name="pdu">Function code and data; may be anything.</param>
    public ModbusAnswer? ReadAnswer(ReadOnlySpan<byte> pdu)
    {
        if (pdu.Length == 2 && pdu[0] == ((byte)Function | 0x80))
        {
            return new ExceptionAnswer((ModbusError)pdu[1]);
        }

        return pdu.IsEmpty || pdu[0] != (byte)Function || (AnswerLength is { } length && pdu.Length != length) ? null : ReadData(pdu[1..]);
    }

    /// <summary>Writes what follows the function code.</summary>
    internal abstract int WriteData(Span<byte> into);

    /// <summary>Reads what follows the function code of the normal answer, whose length is right where it is known.</summary>
    private protected abstract ModbusAnswer? ReadData(ReadOnlySpan<byte> data);

    internal static ushort Number(ReadOnlySpan<byte> data, int at = 0) => BinaryPrimitives.ReadUInt16BigEndian(data[at..]);

    internal static int Numbers(Span<byte> into, int first, int second)
    {
        BinaryPrimitives.WriteUInt16BigEndian(into, (ushort)first);
        BinaryPrimitives.WriteUInt16BigEndian(into[2..], (ushort)second);
        return 4;
    }

    // The first coil is bit 0 of the first byte.
    internal static ImmutableArray<bool> Bits(ReadOnlySpan<byte> packed, int count)
    {
        var bits = ImmutableArray.CreateBuilder<bool>(count);
        for (var index = 0; index < count; index++)
        {
            bits.Add((packed[index / 8] >> (index % 8) & 1) != 0);
        }

        return bits.MoveToImmutable();
    }

    internal static int Pack(ReadOnlySpan<bool> bits, Span<byte> into)
    {
        var length = (bits.Length + 7) / 8;
        into[..length].Clear();
        for (var index = 0; index < bits.Length; index++)
        {
            into[index / 8] |= (byte)(bits[index] ? 1 << (index % 8) : 0);
        }

        return length;
    }

    internal static ImmutableArray<ushort> Registers(ReadOnlySpan<byte> bytes)
    {
        var values = ImmutableArray.CreateBuilder<ushort>(bytes.Length / 2);
        for (var index = 0; index < bytes.Length / 2; index++)
        {
            values.Add(Number(bytes, index * 2));
        }

        return values.MoveToImmutable();
    }

    internal static int Write(ReadOnlySpan<ushort> values, Span<byte> into)
    {
        for (var index = 0; index < values.Length; index++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(into[(index * 2)..], values[index]);
        }

        return values.Length * 2;
    }
}

/// <summary>Functions 1 and 2: read coils or discrete inputs.</summary>
/// <param name="Table">Coils or discrete inputs.</param>
/// <param name="Count">1 to 2000.</param>
public sealed record ReadBits(ModbusTable Table, ushort Address, ushort Count) : ModbusRequest
{
    /// <inheritdoc/>
    public override ModbusFunction Function => Table == ModbusTable.Coils ? ModbusFunction.ReadCoils : ModbusFunction.ReadDiscreteInputs;

    /// <inheritdoc/>
    public override int? AnswerLength => 2 + ((Count + 7) / 8);

    internal override int WriteData(Span<byte> into) => Numbers(into, Address, Count);

    private protected override ModbusAnswer? ReadData(ReadOnlySpan<byte> data) => data[0] == data.Length - 1 ? new BitsAnswer(Bits(data[1..], Count)) : null;
}

/// <summary>Functions 3 and 4: read holding or input registers.</summary>
/// <param name="Table">Holding or input registers.</param>
/// <param name="Count">1 to 125.</param>
public sealed record ReadRegisters(ModbusTable Table, ushort Address, ushort Count) : ModbusRequest
{
    /// <inheritdoc/>
    public override ModbusFunction Function => Table == ModbusTable.HoldingRegisters ? ModbusFunction.ReadHoldingRegisters : ModbusFunction.ReadInputRegisters;

    /// <inheritdoc/>
    public override int? AnswerLength => 2 + (Count * 2);

    internal override int WriteData(Span<byte> into) => Numbers(into, Address, Count);

    private protected override ModbusAnswer? ReadData(ReadOnlySpan<byte> data) => data[0] == data.Length - 1 ? new RegistersAnswer(Registers(data[1..])) : null;
}

/// <summary>Function 5: write one coil.</summary>
public sealed record WriteCoil(ushort Address, bool On) : ModbusRequest
{
    /// <inheritdoc/>
    public override ModbusFunction Function => ModbusFunction.WriteCoil;

    /// <inheritdoc/>
    public override bool IsWrite => true;

    /// <inheritdoc/>
    public override int? AnswerLength => 5;

    internal override int WriteData(Span<byte> into) => Numbers(into, Address, On ? 0xFF00 : 0);

    private protected override ModbusAnswer? ReadData(ReadOnlySpan<byte> data) =>
        Number(data) == Address && Number(data, 2) == (On ? 0xFF00 : 0) ? new WrittenAnswer(Address, Number(data, 2)) : null;
}

/// <summary>Function 6: write one holding register.</summary>
public sealed record WriteRegister(ushort Address, ushort Value) : ModbusRequest
{
    /// <inheritdoc/>
    public override ModbusFunction Function => ModbusFunction.WriteRegister;

    /// <inheritdoc/>
    public override bool IsWrite => true;

    /// <inheritdoc/>
    public override int? AnswerLength => 5;

    internal override int WriteData(Span<byte> into) => Numbers(into, Address, Value);

    private protected override ModbusAnswer? ReadData(ReadOnlySpan<byte> data) => Number(data) == Address && Number(data, 2) == Value ? new WrittenAnswer(Address, Value) : null;
}

/// <summary>Function 15: write several coils.</summary>
/// <param name="Values">1 to 1968.</param>
public sealed record WriteCoils(ushort Address, ImmutableArray<bool> Values) : ModbusRequest
{
    /// <inheritdoc/>
    public override ModbusFunction Function => ModbusFunction.WriteCoils;

    /// <inheritdoc/>
    public override bool IsWrite => true;

    /// <inheritdoc/>
    public override int? AnswerLength => 5;

    internal override int WriteData(Span<byte> into)
    {
        var head = Numbers(into, Address, Values.Length);
        var length = Pack(Values.AsSpan(), into[(head + 1)..]);
        into[head] = (byte)length;
        return head + 1 + length;
    }

    private protected override ModbusAnswer? ReadData(ReadOnlySpan<byte> data) =>
        Number(data) == Address && Number(data, 2) == Values.Length ? new WrittenAnswer(Address, Values.Length) : null;
}

/// <summary>Function 16: write several holding registers.</summary>
/// <param name="Values">1 to 123.</param>
public sealed record WriteRegisters(ushort Address, ImmutableArray<ushort> Values) : ModbusRequest
{
    /// <inheritdoc/>
    public override ModbusFunction Function => ModbusFunction.WriteRegisters;

    /// <inheritdoc/>
    public override bool IsWrite => true;

    /// <inheritdoc/>
    public override int? AnswerLength => 5;

    internal override int WriteData(Span<byte> into)
    {
        var head = Numbers(into, Address, Values.Length);
        into[head] = (byte)(Values.Length * 2);
        return head + 1 + Write(Values.AsSpan(), into[(head + 1)..]);
    }

    private protected override ModbusAnswer? ReadData(ReadOnlySpan<byte> data) =>
        Number(data) == Address && Number(data, 2) == Values.Length ? new WrittenAnswer(Address, Values.Length) : null;
}

/// <summary>Function 43, type 14: who are you?</summary>
/// <param name="From">First object of a stream, or the one object.</param>
public sealed record ReadIdentification(IdentificationAccess Access, byte From) : ModbusRequest
{
    /// <inheritdoc/>
    public override ModbusFunction Function => ModbusFunction.ReadIdentification;

    /// <inheritdoc/>
    public override int? AnswerLength => null;

    internal override int WriteData(Span<byte> into)
    {
        into[0] = 0x0E;
        into[1] = (byte)Access;
        into[2] = From;
        return 3;
    }

    private protected override ModbusAnswer? ReadData(ReadOnlySpan<byte> data) => IdentificationAnswer.Read(data, Access);
}
