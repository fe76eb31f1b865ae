using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using RoomGuard.Dashboard.People;

namespace RoomGuard.Service.People;

/// <summary>
/// From the numbers printed on a card, or typed from a list, to the bits a reader sends for it (reader sheet, section 1), because the digest is made
/// over format and bits. The office never sees a wire, so this stands here and not among the codecs; both are held against the same vectors.
/// </summary>
public static class PrintedCard
{
    private static readonly ImmutableArray<Layout> Layouts =
    [
        new("H10301", 26, FacilityBits: 8, NumberBits: 16, First: 1, Halves(0, 1, 12, 25, 13, 24)),
        new("H10306", 34, FacilityBits: 16, NumberBits: 16, First: 1, Halves(0, 1, 16, 33, 17, 32)),
        new("Serial34", 34, FacilityBits: 0, NumberBits: 32, First: 1, Halves(0, 1, 16, 33, 17, 32)),
        new("Corporate1000-35", 35, FacilityBits: 12, NumberBits: 20, First: 2,
        [
            new(1, Even: true, [.. Enumerable.Range(2, 32).Where(bit => bit % 3 != 1)]),
            new(34, Even: false, [.. Enumerable.Range(1, 33).Where(bit => bit % 3 != 0)]),
            new(0, Even: false, [.. Enumerable.Range(1, 34)]),
        ]),
        new("H10302", 37, FacilityBits: 0, NumberBits: 35, First: 1, Halves(0, 1, 18, 36, 18, 35)),
        new("H10304", 37, FacilityBits: 16, NumberBits: 19, First: 1, Halves(0, 1, 18, 36, 18, 35)),
        new("Corporate1000-48", 48, FacilityBits: 22, NumberBits: 23, First: 2,
        [
            new(1, Even: true, [.. Enumerable.Range(3, 44).Where(bit => bit % 3 != 2)]),
            new(47, Even: false, [.. Enumerable.Range(2, 45).Where(bit => bit % 3 != 1)]),
            new(0, Even: false, [.. Enumerable.Range(1, 47)]),
        ]),
    ];

    /// <summary>Formats and the ranges of their numbers.</summary>
    public static ImmutableArray<CardFormatChoice> Choices { get; } =
        [.. Layouts.Select(layout => new CardFormatChoice(layout.Name, layout.FacilityBits == 0 ? null : Most(layout.FacilityBits), Most(layout.NumberBits)))];

    /// <summary>The card's canonical text, <c>format:bits</c>, for its digest and nothing else.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such format, or a number that does not fit it.</exception>
    public static string Canonical(string format, long? facility, long number)
    {
        var layout = Layouts.FirstOrDefault(layout => layout.Name == format) ?? throw new ArgumentOutOfRangeException(nameof(format), format, "No card format of this name.");
        if (number < 0 || number > Most(layout.NumberBits) || facility is < 0 || (facility ?? 0) > Most(layout.FacilityBits) || (facility is null) != (layout.FacilityBits == 0))
        {
            throw new ArgumentOutOfRangeException(nameof(number), "The number does not fit the format.");
        }

        var bits = new char[layout.Bits];
        Array.Fill(bits, '0');
        Put(bits, layout.First, layout.FacilityBits, facility ?? 0);
        Put(bits, layout.First + layout.FacilityBits, layout.NumberBits, number);
        foreach (var parity in layout.Parities)
        {
            var ones = parity.Over.Count(bit => bits[bit] == '1');
            bits[parity.Bit] = (ones % 2 == 1) == parity.Even ? '1' : '0';
        }

        return string.Create(CultureInfo.InvariantCulture, $"{format}:{new string(bits)}");
    }

    private static long Most(int bits) => bits == 0 ? 0 : (long)((BigInteger.One << bits) - 1);

    private static void Put(char[] bits, int at, int count, long value)
    {
        for (var bit = 0; bit < count; bit++)
        {
            bits[at + bit] = ((value >> (count - 1 - bit)) & 1) == 1 ? '1' : '0';
        }
    }

    private static ImmutableArray<Parity> Halves(int evenBit, int evenFrom, int evenTo, int oddBit, int oddFrom, int oddTo) =>
    [
        new(evenBit, Even: true, [.. Enumerable.Range(evenFrom, evenTo - evenFrom + 1)]),
        new(oddBit, Even: false, [.. Enumerable.Range(oddFrom, oddTo - oddFrom + 1)]),
    ];

    // In the order in which they are computed: a later one may cover an earlier one.
    private sealed record Layout(string Name, int Bits, int FacilityBits, int NumberBits, int First, ImmutableArray<Parity> Parities);

    private sealed record Parity(int Bit, bool Even, ImmutableArray<int> Over);
}
