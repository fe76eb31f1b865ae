using System.Buffers.Binary;

namespace RoomGuard.Wire.Sparkplug;

/// <summary>How the bytes of a Protobuf field are laid out.</summary>
internal enum ProtobufForm
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}

/// <summary>Reads Protobuf fields one after the other. Never throws: what cannot be read makes it <see cref="Broken"/>, and nothing more comes.</summary>
internal ref struct ProtobufBytes(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;
    private ProtobufForm form;
    private ulong number;
    private ReadOnlySpan<byte> content;

    /// <summary>A field ran over the end, or its form does not exist here (groups do not).</summary>
    public bool Broken { get; private set; }

    /// <summary>Number of the field read last.</summary>
    public int Field { get; private set; }

    /// <summary>Its number, whatever its form; of bytes their length.</summary>
    public readonly ulong Number => form == ProtobufForm.Bytes ? (ulong)content.Length : number;

    /// <summary>Its bytes; empty where it is a number.</summary>
    public readonly ReadOnlySpan<byte> Content => content;

    /// <summary>Whether it has this form: a known field of another form is not what it says it is.</summary>
    public readonly bool Is(ProtobufForm expected) => form == expected;

    /// <summary>Reads the next field. False at the end, or when the rest cannot be read.</summary>
    public bool Next()
    {
        content = default;
        if (rest.IsEmpty || Broken)
        {
            return false;
        }

        if (!Varint(out var tag) || tag >> 3 is 0 or > int.MaxValue)
        {
            return Break();
        }

        Field = (int)(tag >> 3);
        form = (ProtobufForm)(tag & 7);
        switch (form)
        {
            case ProtobufForm.Varint:
                return Varint(out number) || Break();
            case ProtobufForm.Fixed64 when rest.Length >= 8:
                number = BinaryPrimitives.ReadUInt64LittleEndian(rest);
                rest = rest[8..];
                return true;
            case ProtobufForm.Fixed32 when rest.Length >= 4:
                number = BinaryPrimitives.ReadUInt32LittleEndian(rest);
                rest = rest[4..];
                return true;
            case ProtobufForm.Bytes when Varint(out var length) && length <= (ulong)rest.Length:
                content = rest[..(int)length];
                rest = rest[(int)length..];
                return true;
            default:
                return Break();
        }
    }

    private bool Break()
    {
        Broken = true;
        rest = default;
        return false;
    }

    // Seven bits a byte, the lowest group first; ten bytes hold 64 bits.
    private bool Varint(out ulong value)
    {
        value = 0;
        for (var at = 0; at < 10 && at < rest.Length; at++)
        {
            value |= (ulong)(rest[at] & 0x7F) << (7 * at);
            if (rest[at] < 0x80)
            {
                rest = rest[(at + 1)..];
                return true;
            }
        }

        return false;
    }
}
