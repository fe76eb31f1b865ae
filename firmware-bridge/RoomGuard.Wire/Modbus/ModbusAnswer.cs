using System.Collections.Immutable;
using System.Text;

namespace RoomGuard.Wire.Modbus;

/// <summary>What a device says to a request, as on the wire without framing.</summary>
public abstract record ModbusAnswer
{
    /// <summary>Function code and data of the answer to <paramref name="function"/>.</summary>
    public byte[] ToPdu(byte function)
    {
        Span<byte> into = stackalloc byte[ModbusLimits.LongestPdu];
        into[0] = this is ExceptionAnswer ? (byte)(function | 0x80) : function;
        return into[..(1 + WriteData(into[1..]))].ToArray();
    }

    internal abstract int WriteData(Span<byte> into);
}

/// <summary>Coils or inputs, in the order of their addresses.</summary>
public sealed record BitsAnswer(ImmutableArray<bool> Values) : ModbusAnswer
{
    internal override int WriteData(Span<byte> into)
    {
        var length = ModbusRequest.Pack(Values.AsSpan(), into[1..]);
        into[0] = (byte)length;
        return 1 + length;
    }
}

/// <summary>Registers, in the order of their addresses.</summary>
public sealed record RegistersAnswer(ImmutableArray<ushort> Values) : ModbusAnswer
{
    internal override int WriteData(Span<byte> into)
    {
        into[0] = (byte)(Values.Length * 2);
        return 1 + ModbusRequest.Write(Values.AsSpan(), into[1..]);
    }
}

/// <summary>Done: what was written, and how much.</summary>
/// <param name="Value">For functions 5 and 6 the value that is echoed; for 15 and 16 the count.</param>
public sealed record WrittenAnswer(ushort Address, int Value) : ModbusAnswer
{
    internal override int WriteData(Span<byte> into) => ModbusRequest.Numbers(into, Address, Value);
}

/// <summary>Not done, and why.</summary>
public sealed record ExceptionAnswer(ModbusError Error) : ModbusAnswer
{
    internal override int WriteData(Span<byte> into)
    {
        into[0] = (byte)Error;
        return 1;
    }
}

/// <summary>One object of the device identification.</summary>
/// <param name="Id">0 vendor, 1 product code, 2 revision, 3 address, 4 product, 5 model, 6 application, 80h to FFh the maker's own.</param>
/// <param name="Value">Usually text.</param>
public readonly record struct IdentificationObject(byte Id, ImmutableArray<byte> Value)
{
    /// <summary>An object that is text.</summary>
    public static IdentificationObject OfText(byte id, string text) => new(id, [.. Encoding.ASCII.GetBytes(text)]);

    /// <summary>Its bytes as text; what is not ASCII is shown as a question mark.</summary>
    public string Text => Encoding.ASCII.GetString(Value.AsSpan());
}

/// <summary>Who the device is, or a part of it.</summary>
/// <param name="Access">What was asked for.</param>
/// <param name="Conformity">1 to 3: streams of that level; with bit 7 single objects too.</param>
/// <param name="Next">The object to ask for next; null when this was all.</param>
public sealed record IdentificationAnswer(IdentificationAccess Access, byte Conformity, byte? Next, ImmutableArray<IdentificationObject> Objects) : ModbusAnswer
{
    private const int Head = 6;

    internal static IdentificationAnswer? Read(ReadOnlySpan<byte> data, IdentificationAccess asked)
    {
        // 0E, access, conformity, more (00 or FF), next object, number of objects; then number, length, bytes of each.
        if (LengthOf(data) != data.Length || data[1] != (byte)asked)
        {
            return null;
        }

        var objects = ImmutableArray.CreateBuilder<IdentificationObject>(data[5]);
        for (var at = Head; at < data.Length; at += 2 + data[at + 1])
        {
            objects.Add(new(data[at], [.. data.Slice(at + 2, data[at + 1])]));
        }

        return new((IdentificationAccess)data[1], data[2], data[3] == 0 ? null : data[4], objects.ToImmutable());
    }

    /// <summary>How long the data is by what it says itself; null when more of it is needed to tell, -1 when it cannot be one.</summary>
    internal static int? LengthOf(ReadOnlySpan<byte> data)
    {
        if (data.Length < Head)
        {
            return data.Length > 0 && data[0] != 0x0E ? -1 : null;
        }

        if (data[0] != 0x0E || data[3] is not (0 or 0xFF))
        {
            return -1;
        }

        var at = Head;
        for (var index = 0; index < data[5]; index++)
        {
            if (at + 2 > data.Length)
            {
                return at + 2 > ModbusLimits.LongestPdu - 1 ? -1 : null;
            }

            at += 2 + data[at + 1];
        }

        return at > ModbusLimits.LongestPdu - 1 ? -1 : at;
    }

    internal override int WriteData(Span<byte> into)
    {
        into[0] = 0x0E;
        into[1] = (byte)Access;
        into[2] = Conformity;
        into[3] = (byte)(Next is null ? 0 : 0xFF);
        into[4] = Next ?? 0;
        into[5] = (byte)Objects.Length;
        var at = Head;
        foreach (var item in Objects)
        {
            into[at] = item.Id;
            into[at + 1] = (byte)item.Value.Length;
            item.Value.CopyTo(into[(at + 2)..]);
            at += 2 + item.Value.Length;
        }

        return at;
    }
}
