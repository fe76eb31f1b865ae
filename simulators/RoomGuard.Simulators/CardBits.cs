using System.Collections.Immutable;
using RoomGuard.Wire.Cards;

namespace RoomGuard.Simulators;

/// <summary>What a card sends: bits, packed from the highest bit of the first byte.</summary>
public sealed record CardBits(ReadOnlyMemory<byte> Bits, int Count)
{
    /// <summary>Names of the formats an invented card may have.</summary>
    public static ImmutableArray<string> Formats { get; } = [.. CardFormat.All.Select(format => format.Name)];

    /// <summary>The bits of a card with these numbers.</summary>
    public static CardBits Of(string format, uint facility, ulong number)
    {
        var layout = CardFormat.Named(format) ?? throw new ArgumentException($"There is no card format \"{format}\".", nameof(format));
        return new(layout.Encode(facility, number), layout.BitCount);
    }

    /// <summary>Zeros and ones as they are.</summary>
    public static CardBits FromText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bits = new byte[(text.Length + 7) / 8];
        foreach (var (index, bit) in text.Index())
        {
            bits[index / 8] |= (byte)(bit == '1' ? 0x80 >> (index % 8) : 0);
        }

        return new(bits, text.Length);
    }

    /// <summary>Why no card can have these numbers; null when one can.</summary>
    public static string? Problem(string format, ulong facility, ulong number) => CardFormat.Named(format) switch
    {
        null => $"\"{format}\" is no card format. Use one of {string.Join(", ", Formats)}.",
        var layout when facility > layout.LargestFacility => $"facility {facility} does not fit {format} (0 to {layout.LargestFacility}).",
        var layout when number > layout.LargestNumber => $"card number {number} does not fit {format} (0 to {layout.LargestNumber}).",
        _ => null,
    };
}
