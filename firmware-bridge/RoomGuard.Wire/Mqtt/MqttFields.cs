using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace RoomGuard.Wire.Mqtt;

/// <summary>The variable byte integer: seven bits a byte, the low ones first, bit 7 says that more follow (MQTT 5.0 section 1.5.5).</summary>
public static class VariableByteInteger
{
    /// <summary>The largest value four bytes hold.</summary>
    public const int Largest = 268_435_455;

    /// <summary>Reads one at the start of <paramref name="bytes"/>.</summary>
    /// <param name="value">The value; only without a fault and with a result above 0.</param>
    /// <param name="fault"><see cref="MqttFault.OverlongInteger"/> for a fifth byte or a needless last one.</param>
    /// <returns>Bytes it takes; 0 means more are needed, or that there is a fault.</returns>
    public static int Read(ReadOnlySpan<byte> bytes, out int value, out MqttFault fault)
    {
        value = 0;
        fault = MqttFault.None;
        for (var at = 0; at < bytes.Length; at++)
        {
            var digit = bytes[at];
            value |= (digit & 0x7F) << (7 * at);
            if ((digit & 0x80) == 0)
            {
                // A last byte of nothing says what the bytes before it said already.
                fault = digit == 0 && at > 0 ? MqttFault.OverlongInteger : MqttFault.None;
                return fault == MqttFault.None ? at + 1 : 0;
            }

            if (at == 3)
            {
                fault = MqttFault.OverlongInteger;
                return 0;
            }
        }

        return 0;
    }

    /// <summary>Bytes a value takes, 1 to 4.</summary>
    public static int LengthOf(int value) => value switch
    {
        < 0 or > Largest => throw new ArgumentOutOfRangeException(nameof(value), value, "A variable byte integer is 0 to 268,435,455."),
        < 1 << 7 => 1,
        < 1 << 14 => 2,
        < 1 << 21 => 3,
        _ => 4,
    };

    /// <summary>Writes one. Returns the bytes it took.</summary>
    public static int Write(int value, Span<byte> into)
    {
        var length = LengthOf(value);
        for (var at = 0; at < length; at++)
        {
            into[at] = (byte)((value & 0x7F) | (at < length - 1 ? 0x80 : 0));
            value >>= 7;
        }

        return length;
    }
}

/// <summary>Takes fields from a packet's body. The first fault stays and empties it, so that a parser may look once, at its end.</summary>
internal ref struct FieldReader(ReadOnlyMemory<byte> body)
{
    private readonly ReadOnlyMemory<byte> body = body;
    private readonly ReadOnlySpan<byte> bytes = body.Span;
    private int at;
    private int end = body.Length;

    public MqttFault Fault { get; private set; }

    public readonly bool IsEmpty => at == end;

    public readonly int Left => end - at;

    public void Fail(MqttFault fault)
    {
        if (Fault == MqttFault.None)
        {
            Fault = fault;
        }

        at = end = bytes.Length;
    }

    public byte Byte() => Has(1) ? bytes[at++] : (byte)0;

    public ushort UInt16()
    {
        if (!Has(2))
        {
            return 0;
        }

        var value = BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
        at += 2;
        return value;
    }

    public uint UInt32()
    {
        if (!Has(4))
        {
            return 0;
        }

        var value = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
        at += 4;
        return value;
    }

    public int Variable()
    {
        var taken = VariableByteInteger.Read(bytes[at..end], out var value, out var fault);
        if (taken == 0)
        {
            Fail(fault == MqttFault.None ? MqttFault.Truncated : fault);
            return 0;
        }

        at += taken;
        return value;
    }

    public ReadOnlyMemory<byte> Binary()
    {
        var length = UInt16();
        return Slice(length);
    }

    public string Text()
    {
        var text = Binary().Span;
        if (text.IsEmpty)
        {
            return string.Empty;
        }

        // IsValid refuses surrogates and overlong forms too; a byte order mark is a character like others and stays.
        if (text.Contains((byte)0) || !Utf8.IsValid(text))
        {
            Fail(MqttFault.BadText);
            return string.Empty;
        }

        return Encoding.UTF8.GetString(text);
    }

    public ReadOnlyMemory<byte> Rest() => Slice(Left);

    /// <summary>Narrows what may be read to the next <paramref name="length"/> bytes; <see cref="Leave"/> widens it again.</summary>
    public void Enter(int length)
    {
        if (Has(length))
        {
            end = at + length;
        }
    }

    public void Leave() => end = bytes.Length;

    /// <summary>What was read, or null with a fault, bytes too many being one.</summary>
    public MqttFault End()
    {
        if (!IsEmpty)
        {
            Fail(MqttFault.TrailingBytes);
        }

        return Fault;
    }

    private ReadOnlyMemory<byte> Slice(int length)
    {
        if (!Has(length))
        {
            return default;
        }

        var slice = body.Slice(at, length);
        at += length;
        return slice;
    }

    private bool Has(int count)
    {
        if (count <= end - at)
        {
            return true;
        }

        Fail(MqttFault.Truncated);
        return false;
    }
}

/// <summary>Appends fields. What does not fit is counted and not written, so that an empty one measures.</summary>
internal ref struct FieldWriter(Span<byte> into)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Span<byte> into = into;

    public int Length { get; private set; }

    public void Byte(int value)
    {
        if (Length < into.Length)
        {
            into[Length] = (byte)value;
        }

        Length++;
    }

    public void UInt16(int value)
    {
        Byte(value >> 8);
        Byte(value);
    }

    public void UInt32(uint value)
    {
        UInt16((int)(value >> 16));
        UInt16((int)(value & 0xFFFF));
    }

    public void Variable(int value)
    {
        var length = VariableByteInteger.LengthOf(value);
        if (Length + length <= into.Length)
        {
            VariableByteInteger.Write(value, into[Length..]);
        }

        Length += length;
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        if (Length + value.Length <= into.Length)
        {
            value.CopyTo(into[Length..]);
        }

        Length += value.Length;
    }

    public void Binary(ReadOnlySpan<byte> value, string field)
    {
        if (value.Length > MqttTopic.LongestText)
        {
            throw new ArgumentException($"{field} has {value.Length} bytes; MQTT allows 65,535.");
        }

        UInt16(value.Length);
        Bytes(value);
    }

    /// <exception cref="ArgumentException">The text cannot be sent; names the field.</exception>
    public void Text(string value, string field)
    {
        ArgumentNullException.ThrowIfNull(value, field);
        if (Length + 2 + value.Length <= into.Length)
        {
            // It was measured before, so it fits and can be sent.
            var written = Strict.GetBytes(value, into[(Length + 2)..]);
            UInt16(written);
            Length += written;
            return;
        }

        int bytes;
        try
        {
            bytes = value.Contains('\0', StringComparison.Ordinal) ? -1 : Strict.GetByteCount(value);
        }
        catch (EncoderFallbackException)
        {
            bytes = -1;
        }

        if (bytes is < 0 or > MqttTopic.LongestText)
        {
            throw new ArgumentException($"{field} cannot be sent: text in MQTT is at most 65,535 bytes of UTF-8 without U+0000 and without half of a surrogate pair.");
        }

        Length += 2 + bytes;
    }
}
