using RoomGuard.Bridge.Links;
using RoomGuard.Bridge.Readers;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Readers;

public sealed class ReopenWaitsTests
{
    [Fact]
    public void Waits_grow_from_half_a_second_to_ten()
    {
        var waits = new ReopenWaits();

        Assert.Equal([0.5, 1, 2, 4, 8, 10, 10], Enumerable.Range(0, 7).Select(_ => waits.AfterFailure().TotalSeconds));
    }

    [Fact]
    public void A_link_that_lived_is_opened_again_soon_and_one_that_did_not_is_not()
    {
        var waits = new ReopenWaits();
        waits.AfterFailure();
        waits.AfterFailure();

        Assert.Equal(2, waits.AfterBreak(TimeSpan.FromSeconds(1)).TotalSeconds);
        Assert.Equal(0.5, waits.AfterBreak(TimeSpan.FromMinutes(1)).TotalSeconds);
    }

    [Theory]
    [InlineData(0, 3, 0, 0, 0, "Reader r on bus-1: 3 replies in a row failed their check code. Look at the cable and its termination.")]
    [InlineData(20, 3, 0, 0, 0, "Reader r on bus-1: 3 replies within 2 s failed their check code, 20 were good. Look at the cable and its termination.")]
    [InlineData(0, 0, 0, 5, 0, "Reader r on bus-1: 5 replies in a row did not come in time. Look at the reader's supply and its address.")]
    [InlineData(20, 2, 2, 2, 0, null)]
    public void Trouble_on_a_wire_names_the_thing_the_count_and_the_next_step(long replies, long badCheck, long garbage, long timeouts, long macs, string? text) =>
        Assert.Equal(text, ReaderTrouble.Describe("r", "bus-1", default, new(replies, timeouts, badCheck, garbage, 0, macs)));
}
