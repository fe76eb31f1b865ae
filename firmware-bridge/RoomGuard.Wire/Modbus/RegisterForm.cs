using System.Collections.Immutable;
using System.Text;

namespace RoomGuard.Wire.Modbus;

/// <summary>What registers hold.</summary>
public enum RegisterForm
{
    /// <summary>One register, 0 to 65535.</summary>
    Unsigned16,

    /// <summary>One register, two's complement.</summary>
    Signed16,

    /// <summary>Two registers, 0 to 4294967295.</summary>
    Unsigned32,

    /// <summary>Two registers, two's complement.</summary>
    Signed32,

    /// <summary>Two registers, IEEE 754 single.</summary>
    Float32,

    /// <summary>Two characters in each register.</summary>
    Text,
}

/// <summary>In which order the four bytes of a two-register value come, named by where the highest (A) to lowest (D) byte stands.</summary>
public enum WordOrder
{
    /// <summary>High word first, high byte first: APC, Huawei, Liebert.</summary>
    Abcd,

    /// <summary>Low word first.</summary>
    Cdab,

    /// <summary>High word first, bytes swapped; text has its first character in the low byte (Socomec).</summary>
    Badc,

    /// <summary>Low word first, bytes swapped.</summary>
    Dcba,
}

/// <summary>Registers to values. Pure.</summary>
public static class RegisterValue
{
    /// <summary>How many registers a value takes; null for text, which says it itself.</summary>
    public static int? WidthOf(RegisterForm form) => form switch
    {
        RegisterForm.Unsigned16 or RegisterForm.Signed16 => 1,
        RegisterForm.Text => null,
        _ => 2,
    };

    /// <summary>The raw number in the registers.</summary>
    /// <param name="registers">As many as <see cref="WidthOf"/> says.</param>
    /// <exception cref="ArgumentException">Too few registers, or text.</exception>
    public static double Number(RegisterForm form, WordOrder order, ReadOnlySpan<ushort> registers)
    {
        if (WidthOf(form) is not { } width || registers.Length < width)
        {
            throw new ArgumentException($"{form} is no number in {registers.Length} registers.", nameof(registers));
        }

        var bits = Bits(order, registers[..width]);
        return form switch
        {
            RegisterForm.Unsigned16 or RegisterForm.Unsigned32 => (double)bits,
            RegisterForm.Signed16 => (double)(short)bits,
            RegisterForm.Signed32 => (double)(int)bits,
            _ => (double)BitConverter.UInt32BitsToSingle(bits),
        };
    }

    /// <summary>The bits of one or two registers as one number, highest bit first.</summary>
    public static uint Bits(WordOrder order, ReadOnlySpan<ushort> registers)
    {
        var swap = order is WordOrder.Badc or WordOrder.Dcba;
        if (registers.Length == 1)
        {
            return Word(registers[0], swap);
        }

        var lowFirst = order is WordOrder.Cdab or WordOrder.Dcba;
        var high = Word(registers[lowFirst ? 1 : 0], swap);
        return (uint)(high << 16) | Word(registers[lowFirst ? 0 : 1], swap);
    }

    /// <summary>Text without what pads it: leading zeros, trailing 00, 20 and FF (APC AN-176: left-justified, padded, not terminated).</summary>
    public static string Text(WordOrder order, ReadOnlySpan<ushort> registers)
    {
        var bytes = new byte[registers.Length * 2];
        var swap = order is WordOrder.Badc or WordOrder.Dcba;
        for (var index = 0; index < registers.Length; index++)
        {
            var word = Word(registers[index], swap);
            bytes[index * 2] = (byte)(word >> 8);
            bytes[(index * 2) + 1] = (byte)word;
        }

        // A damaged or foreign text must not carry control characters to a page or a log.
        var text = Encoding.ASCII.GetString(((ReadOnlySpan<byte>)bytes).TrimStart((byte)0).TrimEnd([(byte)0x00, (byte)0x20, (byte)0xFF]));
        return string.Concat(text.Select(letter => char.IsControl(letter) ? '?' : letter));
    }

    /// <summary>Text as registers: left-justified, padded with blanks.</summary>
    /// <param name="count">How many registers.</param>
    public static ImmutableArray<ushort> OfText(string text, int count)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bytes = Encoding.ASCII.GetBytes(text.PadRight(count * 2)[..(count * 2)]);
        return ModbusRequest.Registers(bytes);
    }

    private static ushort Word(ushort register, bool swap) => swap ? (ushort)((register << 8) | (register >> 8)) : register;
}
