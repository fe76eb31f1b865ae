using RoomGuard.TestKit;
using RoomGuard.Wire.Cards;
using Xunit;

namespace RoomGuard.UnitTests.Wire;

public class CardFormatTests
{
    /// <summary>The readers sheet's table: format, facility, number, bits as sent, packed as OSDP RAW packs them.</summary>
    public static TheoryData<string, uint, ulong, string, string> Vectors => new()
    {
        { "H10301", 4, 32077, "00000010001111101010011010", "023EA680" },
        { "H10301", 1, 1, "10000000100000000000000010", "80800080" },
        { "H10301", 255, 65535, "01111111111111111111111111", "7FFFFFC0" },
        { "H10306", 1234, 56789, "1000001001101001011011101110101010", "82696EEA80" },
        { "H10306", 1, 1, "1000000000000000100000000000000010", "8000800080" },
        { "Corporate1000-35", 1234, 56789, "01010011010010000011011101110101010", "5348377540" },
        { "Corporate1000-35", 1, 1, "11000000000001000000000000000000011", "C004000060" },
        { "Corporate1000-35", 4095, 1048575, "10111111111111111111111111111111110", "BFFFFFFFC0" },
        { "H10304", 1234, 56789, "1000001001101001000011011101110101010", "82690DDD50" },
        { "H10304", 65535, 524287, "0111111111111111111111111111111111111", "7FFFFFFFF8" },
        { "H10302", 0, 1234567890, "1000010010011001011000000010110100101", "8499602D28" },
    };

    public static TheoryData<string> Formats => new(CardFormat.All.Select(format => format.Name));

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_card_is_read_and_written_as_the_table_has_it(string name, uint facility, ulong number, string bits, string packed)
    {
        var format = CardFormat.Named(name)!;
        var reading = format.Decode(Hex.Bytes(packed), bits.Length);

        Assert.Equal((facility, number), (reading.Number!.Facility, reading.Number.Number));
        Assert.Equal($"{name}:{bits}", reading.Number.Canonical);
        Assert.Equal(packed, Hex.Text(format.Encode(facility, number)));
        Assert.Equal(reading.Number, format.Number(facility, number));
    }

    [Fact]
    public void The_fields_lie_where_the_table_has_them()
    {
        Assert.Equal((26, 255u, 65_535UL), Size(CardFormat.H10301));
        Assert.Equal((34, 65_535u, 65_535UL), Size(CardFormat.H10306));
        Assert.Equal((34, 0u, 0xFFFF_FFFFUL), Size(CardFormat.Serial34));
        Assert.Equal((35, 4_095u, 1_048_575UL), Size(CardFormat.Corporate1000Of35));
        Assert.Equal((37, 0u, (1UL << 35) - 1), Size(CardFormat.H10302));
        Assert.Equal((37, 65_535u, 524_287UL), Size(CardFormat.H10304));
        Assert.Equal((48, 4_194_303u, 8_388_607UL), Size(CardFormat.Corporate1000Of48));
    }

    [Fact]
    public void The_48_bit_parities_cover_what_the_table_says()
    {
        // Company 2-23, card 24-46. Bit 1: even over 3,4,6,7 ... 45,46; bit 47: odd over 2,3,5,6 ... 44,45; bit 0: odd over the rest.
        var bits = CardFormat.Corporate1000Of48.Number(3_000_001, 7_654_321).Canonical.Split(':')[1];
        bool Odd(IEnumerable<int> places) => places.Count(place => bits[place] == '1') % 2 == 1;

        Assert.False(Odd(Enumerable.Range(3, 44).Where(place => place % 3 is 0 or 1).Append(1)));
        Assert.True(Odd(Enumerable.Range(2, 45).Where(place => place % 3 is 2 or 0).Append(47)));
        Assert.True(Odd(Enumerable.Range(0, 48)));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    [Requirement("R-INP-01")]
    public void A_single_wrong_bit_never_makes_another_number(string name)
    {
        var format = CardFormat.Named(name)!;
        var card = format.Encode(format.LargestFacility / 3, format.LargestNumber / 7);
        for (var bit = 0; bit < format.BitCount; bit++)
        {
            byte[] wrong = [.. card];
            wrong[bit / 8] ^= (byte)(0x80 >> (bit % 8));
            var fault = format.Decode(wrong, format.BitCount).Fault;

            // A bit that all parities cover looks the same as exchanged wires; which of the two, nobody can tell.
            Assert.True(fault is CardFault.Parity or CardFault.WiresExchanged);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Exchanged_wires_are_named(string name)
    {
        var format = CardFormat.Named(name)!;
        var inverted = format.Encode(format.LargestFacility / 3, format.LargestNumber / 7);
        for (var bit = 0; bit < format.BitCount; bit++)
        {
            inverted[bit / 8] ^= (byte)(0x80 >> (bit % 8));
        }

        Assert.Equal(CardFault.WiresExchanged, format.Decode(inverted, format.BitCount).Fault);
    }

    [Fact]
    public void A_wrong_bit_under_one_parity_is_a_parity_fault()
    {
        byte[] wrong = [.. Hex.Bytes("023EA680")];
        wrong[0] ^= 0x01;

        Assert.Equal(CardFault.Parity, CardFormat.H10301.Decode(wrong, 26).Fault);
    }

    [Theory]
    [InlineData("023EA680", 25)]
    [InlineData("023EA680", 27)]
    [InlineData("023EA68000", 26)]
    [InlineData("023EA6", 26)]
    [InlineData("", 0)]
    public void Another_length_is_another_fault(string packed, int bitCount) =>
        Assert.Equal(CardFault.Length, CardFormat.H10301.Decode(Hex.Bytes(packed), bitCount).Fault);

    [Fact]
    public void A_number_is_unique_only_with_its_format()
    {
        Assert.NotEqual(CardFormat.H10306.Number(0, 1).Canonical, CardFormat.Serial34.Number(0, 1).Canonical);
        Assert.NotEqual(CardFormat.H10306.Number(0, 1), CardFormat.Serial34.Number(0, 1));
    }

    [Fact]
    public void A_card_number_never_shows_in_text()
    {
        var card = CardFormat.H10301.Number(4, 32077);

        Assert.Equal("CardNumber(H10301)", card.ToString());
        Assert.DoesNotContain("32077", new CardReading(card, null).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => CardFormat.H10301.Encode(256, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => CardFormat.H10301.Number(1, 65_536));
        Assert.Throws<ArgumentOutOfRangeException>(() => CardFormat.H10302.Number(1, 1));
    }

    private static (int Bits, uint Facility, ulong Number) Size(CardFormat format) => (format.BitCount, format.LargestFacility, format.LargestNumber);
}
