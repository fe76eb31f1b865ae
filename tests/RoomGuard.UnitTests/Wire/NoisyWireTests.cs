using RoomGuard.TestKit;
using RoomGuard.TestKit.Wire;
using RoomGuard.Wire.Cards;
using RoomGuard.Wire.Osdp;
using Xunit;

namespace RoomGuard.UnitTests.Wire;

/// <summary>Damaged bytes on the line: cards still get through, none twice, none invented. The seed is in the test's name.</summary>
public class NoisyWireTests
{
    private const int CardsShown = 20;

    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 15));

    [Theory]
    [MemberData(nameof(Seeds))]
    [Requirement("R-INP-01")]
    public void With_one_byte_in_twenty_damaged_cards_still_get_through_a_clear_line_and_none_twice(int seed) =>
        Noisy(seed, secure: false, share: 0.05, least: CardsShown);

    [Theory]
    [MemberData(nameof(Seeds))]
    [Requirement("R-INP-01")]
    public void With_one_byte_in_twenty_damaged_cards_still_get_through_a_secure_line_and_none_twice(int seed) =>
        Noisy(seed, secure: true, share: 0.05, least: CardsShown - 2);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Lost_and_inserted_bytes_neither_double_nor_invent_a_card(int seed)
    {
        var chance = new Random(seed);
        var room = new AWire(seed: seed).Settled();
        room.Wire.Noise = item => chance.Next(120) switch
        {
            0 => [],
            1 => [item, (byte)chance.Next(256)],
            2 => [OsdpFrame.StartOfMessage, item],
            _ => [item],
        };
        Judge(Show(room), Heard(room), least: CardsShown - 2);
    }

    private static void Noisy(int seed, bool secure, double share, int least)
    {
        var room = new AWire(readers: 2, secure: secure, seed: seed, baudRate: 9600).Settled();
        room.Wire.Noise = VirtualWire.Damage(seed, share);
        Judge(Show(room), Heard(room), least);
    }

    private static void Judge(List<ulong> shown, List<ulong> heard, int least)
    {
        // In order, and each at most once: what was heard is what was shown, with holes only where the reader went offline.
        Assert.InRange(heard.Count, least, shown.Count);
        Assert.Equal(heard, shown.Where(heard.Contains));
        Assert.Equal(heard.Count, heard.Distinct().Count());
    }

    private static List<ulong> Show(AWire room)
    {
        var shown = new List<ulong>();
        for (var card = 1UL; card <= CardsShown; card++)
        {
            // A person waits for the reader's light; a reader that is offline takes no card.
            room.Wire.RunUntil(() => !room.Device.IsOffline && room.Bus.IsOnline(0), TimeSpan.FromSeconds(60));
            if (room.Device.PresentCard(CardFormat.H10301.Encode(4, card), 26, room.Wire.Now))
            {
                shown.Add(card);
            }

            room.After(seconds: 4);
        }

        room.Wire.Noise = null;
        room.After(seconds: 10);
        return shown;
    }

    private static List<ulong> Heard(AWire room) =>
        [.. room.Events.OfType<CardRead>().Select(card => CardFormat.H10301.Decode(card.Bits.Span, card.BitCount).Number!.Number)];
}
