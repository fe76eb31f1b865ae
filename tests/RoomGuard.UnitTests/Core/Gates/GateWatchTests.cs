using RoomGuard.Core.Doors;
using RoomGuard.Core.Gates;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Core.Gates;

/// <summary>Reads of asset tags at the bridge: one passage is one entry, and a flood is counted.</summary>
public sealed class GateWatchTests
{
    private static readonly DateTimeOffset Nine = new(2026, 5, 11, 0, 0, 0, TimeSpan.Zero);

    private readonly GateWatch watch = new();
    private DateTimeOffset now = Nine;

    [Fact]
    [Requirement("R-MOVE-05")]
    public void A_tag_that_is_carried_through_is_one_read_however_often_the_gate_sees_it()
    {
        Assert.Equal("AS-00001", Assert.Single(Hears("AS-00001")).Tag);
        for (var times = 0; times < 20; times++)
        {
            now += TimeSpan.FromMilliseconds(100);
            Assert.Empty(Hears("AS-00001"));
        }

        // Back in the other direction, and again after a while, it is another one.
        Assert.Single(Hears("AS-00001", TagDirection.In));
        now += GateWatch.OneRead;
        Assert.Single(Hears("AS-00001"));
    }

    [Fact]
    [Requirement("R-MOVE-05")]
    public void A_tag_that_stays_in_the_field_is_told_again_now_and_then()
    {
        var told = 0;
        for (var seconds = 0; seconds < 25 * 60; seconds++, now += TimeSpan.FromSeconds(1))
        {
            told += Hears("AS-00001").Length;
        }

        Assert.Equal(3, told);
    }

    [Fact]
    [Requirement("R-MOVE-05")]
    public void What_is_too_much_to_be_written_is_counted_and_the_count_is_written()
    {
        var written = Enumerable.Range(0, GateWatch.MostInAMinute + 100).Sum(n => Hears($"E2-{n:0000}").Length);
        Assert.Equal(GateWatch.MostInAMinute, written);
        Assert.Equal(Nine.AddMinutes(1), watch.NextDue);

        var missed = Assert.IsType<AssetTagsMissed>(Assert.IsType<Write>(Assert.Single(watch.Handle(new TimePassed(Nine.AddMinutes(1))))).Event);
        Assert.Equal((100, "gate-srv", "SRV-1-D1"), (missed.Reads, missed.Gate.Value, missed.Door.Value));
        Assert.Null(watch.NextDue);
        now = Nine.AddMinutes(1);
        Assert.Single(Hears("AS-00001"));
    }

    [Fact]
    public void A_clock_that_was_set_back_hides_no_read()
    {
        Assert.Single(Hears("AS-00001"));
        now -= TimeSpan.FromHours(1);
        Assert.Single(Hears("AS-00001"));
    }

    [Theory]
    [InlineData(" AS-00001 \n", "AS-00001")]
    [InlineData("<b>\u0007機器", "<b>???")]
    [InlineData("", "")]
    public void A_tag_is_kept_in_letters_that_stand_in_a_record(string read, string kept) => Assert.Equal(kept, GateWatch.Clean(read));

    private AssetTagRead[] Hears(string tag, TagDirection? direction = TagDirection.Out) =>
        [.. watch.Handle(new AssetTagHeard(now, new("gate-srv"), new("SRV-1-D1"), new("SRV-1"), tag, direction)).Cast<Write>().Select(write => write.Event).OfType<AssetTagRead>()];
}
