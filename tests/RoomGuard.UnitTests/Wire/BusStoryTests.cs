using Xunit;
using RoomGuard.TestKit.Wire;
using RoomGuard.Wire.Osdp;

namespace RoomGuard.UnitTests.Wire;

public class BusStoryTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_reader_comes_online_tells_its_state_and_then_a_card(bool secure)
    {
        var room = new AWire(secure: secure);
        Assert.True(room.Hears<ReaderCameOnline>(withinSeconds: 2), string.Join('\n', room.Events));
        room.After(seconds: 1);

        Assert.Equal(
            [typeof(ReaderCameOnline), typeof(TamperReported), typeof(PowerReported), typeof(InputsReported), typeof(HeadsReported)],
            room.Events.Select(item => item.GetType()));
        Assert.Equal(secure, room.Events.OfType<ReaderCameOnline>().Single().Secure);
        Assert.Equal(secure, room.Device.IsSecure);

        Assert.True(room.Device.PresentCard(AReader.Card, 26, room.Wire.Now));
        room.After(seconds: 1);

        var card = Assert.Single(room.Events.OfType<CardRead>());
        Assert.Equal(26, card.BitCount);
        Assert.Equal(AReader.Card, card.Bits.ToArray());
    }
}
