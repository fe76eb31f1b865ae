namespace RoomGuard.Wire.Cards;

/// <summary>What is wrong with a card's bits.</summary>
public enum CardFault
{
    /// <summary>A parity bit is wrong: damaged on the way, or another format.</summary>
    Parity,

    /// <summary>Not the number of bits of the format.</summary>
    Length,

    /// <summary>Every bit is inverted: data 0 and data 1 of the reader are exchanged.</summary>
    WiresExchanged,
}

/// <summary>A card's number in its format. Its text never shows the number; <see cref="Canonical"/> is for digests only.</summary>
public sealed class CardNumber : IEquatable<CardNumber>
{
    private readonly string bits;

    internal CardNumber(CardFormat format, string bits, uint facility, ulong number)
    {
        Format = format;
        this.bits = bits;
        Facility = facility;
        Number = number;
    }

    /// <summary>The format it was read in. A number is unique only together with its format.</summary>
    public CardFormat Format { get; }

    /// <summary>Facility or company code; 0 for formats without one.</summary>
    public uint Facility { get; }

    /// <summary>The number printed on the card, for enrolment only.</summary>
    public ulong Number { get; }

    /// <summary><c>format:bits</c>, what digests are made of. Never log or store it.</summary>
    public string Canonical => $"{Format.Name}:{bits}";

    /// <inheritdoc/>
    public bool Equals(CardNumber? other) => other is not null && Format == other.Format && bits == other.bits;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CardNumber);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Format.Name, bits);

    /// <summary>The format; never the number.</summary>
    public override string ToString() => $"CardNumber({Format.Name})";
}

/// <summary>A card's bits looked at in one format: a number, or what is wrong.</summary>
/// <param name="Number">Null when there is a fault.</param>
/// <param name="Fault">Null when there is a number.</param>
public readonly record struct CardReading(CardNumber? Number, CardFault? Fault)
{
    /// <summary>True with a number.</summary>
    public bool IsGood => Number is not null;
}

/// <summary>A Wiegand layout: which bits are the facility, which the number, and what each parity bit covers.</summary>
/// <remarks>
/// Nothing but the length tells formats apart, and one length can mean several; so the format is a setting of the reader, never a
/// guess. Layouts as in makers' sheets and the tables of the Proxmark client.
/// </remarks>
public sealed class CardFormat
{
    private readonly Field? facility;
    private readonly Field number;
    private readonly Parity[] parities;

    private CardFormat(string name, int bitCount, Field? facility, Field number, params Parity[] parities)
    {
        Name = name;
        BitCount = bitCount;
        this.facility = facility;
        this.number = number;
        this.parities = parities;
    }

    /// <summary>Standard 26 bits: facility 1-8, card 9-24.</summary>
    public static CardFormat H10301 { get; } = new(
        "H10301", 26, new(1, 8), new(9, 24), Parity.Even(0, Range(1, 12)), Parity.Odd(25, Range(13, 24)));

    /// <summary>34 bits: facility 1-16, card 17-32.</summary>
    public static CardFormat H10306 { get; } = new(
        "H10306", 34, new(1, 16), new(17, 32), Parity.Even(0, Range(1, 16)), Parity.Odd(33, Range(17, 32)));

    /// <summary>34 bits holding a 4-byte serial number.</summary>
    public static CardFormat Serial34 { get; } = new(
        "Serial34", 34, null, new(1, 32), Parity.Even(0, Range(1, 16)), Parity.Odd(33, Range(17, 32)));

    /// <summary>Corporate 1000, 35 bits: company 2-13, card 14-33.</summary>
    public static CardFormat Corporate1000Of35 { get; } = new(
        "Corporate1000-35",
        35,
        new(2, 13),
        new(14, 33),
        Parity.Even(1, Range(2, 33).Where(bit => bit % 3 != 1)),
        Parity.Odd(34, Range(1, 33).Where(bit => bit % 3 != 0)),
        Parity.Odd(0, Range(1, 34)));

    /// <summary>37 bits: card 1-35, no facility.</summary>
    public static CardFormat H10302 { get; } = new(
        "H10302", 37, null, new(1, 35), Parity.Even(0, Range(1, 18)), Parity.Odd(36, Range(18, 35)));

    /// <summary>37 bits with facility 1-16, card 17-35.</summary>
    public static CardFormat H10304 { get; } = new(
        "H10304", 37, new(1, 16), new(17, 35), Parity.Even(0, Range(1, 18)), Parity.Odd(36, Range(18, 35)));

    /// <summary>Corporate 1000, 48 bits: company 2-23, card 24-46.</summary>
    public static CardFormat Corporate1000Of48 { get; } = new(
        "Corporate1000-48",
        48,
        new(2, 23),
        new(24, 46),
        Parity.Even(1, Range(3, 46).Where(bit => bit % 3 != 2)),
        Parity.Odd(47, Range(2, 46).Where(bit => bit % 3 != 1)),
        Parity.Odd(0, Range(1, 47)));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<CardFormat> All { get; } = [H10301, H10306, Serial34, Corporate1000Of35, H10302, H10304, Corporate1000Of48];

    /// <summary>As written in settings and lists of people.</summary>
    public string Name { get; }

    /// <summary>Bits a card of this format sends.</summary>
    public int BitCount { get; }

    /// <summary>Largest facility or company code; 0 when the format has none.</summary>
    public uint LargestFacility => facility is { } code ? (uint)code.Largest : 0;

    /// <summary>Largest card number.</summary>
    public ulong LargestNumber => number.Largest;

    /// <summary>The format of that name, or null. Case matters.</summary>
    public static CardFormat? Named(string name) => All.FirstOrDefault(format => format.Name == name);

    /// <summary>Reads a card's bits. Never throws at them.</summary>
    /// <param name="bits">Packed from the highest bit of the first byte, as RAW has them.</param>
    /// <param name="bitCount">Bits in use.</param>
    public CardReading Decode(ReadOnlySpan<byte> bits, int bitCount)
    {
        if (bitCount != BitCount || bits.Length != (bitCount + 7) / 8)
        {
            return new(null, CardFault.Length);
        }

        Span<bool> line = stackalloc bool[BitCount];
        for (var index = 0; index < line.Length; index++)
        {
            line[index] = (bits[index / 8] & (0x80 >> (index % 8))) != 0;
        }

        if (ParitiesHold(line))
        {
            return new(Read(line), null);
        }

        foreach (ref var bit in line)
        {
            bit = !bit;
        }

        return new(null, ParitiesHold(line) ? CardFault.WiresExchanged : CardFault.Parity);
    }

    /// <summary>A card's number from what is printed on it, for enrolment.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A code or number that does not fit the format.</exception>
    public CardNumber Number(uint facilityCode, ulong cardNumber)
    {
        Span<bool> line = stackalloc bool[BitCount];
        Lay(facilityCode, cardNumber, line);
        return Read(line);
    }

    /// <summary>The bits a card with this number sends, for simulators. Returns them packed as RAW has them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A code or number that does not fit the format.</exception>
    public byte[] Encode(uint facilityCode, ulong cardNumber)
    {
        Span<bool> line = stackalloc bool[BitCount];
        Lay(facilityCode, cardNumber, line);
        var packed = new byte[(BitCount + 7) / 8];
        for (var index = 0; index < line.Length; index++)
        {
            packed[index / 8] |= (byte)(line[index] ? 0x80 >> (index % 8) : 0);
        }

        return packed;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static IEnumerable<int> Range(int first, int last) => Enumerable.Range(first, last - first + 1);

    private void Lay(uint facilityCode, ulong cardNumber, Span<bool> line)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(facilityCode, LargestFacility);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cardNumber, LargestNumber);
        line.Clear();
        facility?.Write(line, facilityCode);
        number.Write(line, cardNumber);
        foreach (var parity in parities)
        {
            parity.Set(line);
        }
    }

    private bool ParitiesHold(ReadOnlySpan<bool> line)
    {
        foreach (var parity in parities)
        {
            if (!parity.Holds(line))
            {
                return false;
            }
        }

        return true;
    }

    private CardNumber Read(ReadOnlySpan<bool> line)
    {
        Span<char> text = stackalloc char[BitCount];
        for (var index = 0; index < line.Length; index++)
        {
            text[index] = line[index] ? '1' : '0';
        }

        return new(this, new string(text), facility is { } code ? (uint)code.Read(line) : 0, number.Read(line));
    }

    /// <summary>A number in bits first to last, highest bit first.</summary>
    private sealed record Field(int First, int Last)
    {
        public ulong Largest => (1UL << (Last - First + 1)) - 1;

        public ulong Read(ReadOnlySpan<bool> line)
        {
            var value = 0UL;
            for (var bit = First; bit <= Last; bit++)
            {
                value = (value << 1) | (line[bit] ? 1UL : 0);
            }

            return value;
        }

        public void Write(Span<bool> line, ulong value)
        {
            for (var bit = Last; bit >= First; bit--, value >>= 1)
            {
                line[bit] = (value & 1) != 0;
            }
        }
    }

    /// <summary>A parity bit and what it covers beside itself. Computed in the order they are listed.</summary>
    private sealed class Parity
    {
        private readonly int at;
        private readonly bool odd;
        private readonly int[] covers;

        private Parity(int at, bool odd, IEnumerable<int> covers)
        {
            this.at = at;
            this.odd = odd;
            this.covers = [.. covers];
        }

        public static Parity Even(int at, IEnumerable<int> covers) => new(at, odd: false, covers);

        public static Parity Odd(int at, IEnumerable<int> covers) => new(at, odd: true, covers);

        public bool Holds(ReadOnlySpan<bool> line) => line[at] == Wanted(line);

        public void Set(Span<bool> line) => line[at] = Wanted(line);

        private bool Wanted(ReadOnlySpan<bool> line)
        {
            var wanted = odd;
            foreach (var bit in covers)
            {
                wanted ^= line[bit];
            }

            return wanted;
        }
    }
}
