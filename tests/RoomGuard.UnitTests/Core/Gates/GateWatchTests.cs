using RoomGuard.Core.Doors;
using RoomGuard.Core.Gates;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Record;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Core.Gates;

/// <summary>Reads of asset tags at the bridge: one passage is one entry, and a flood is counted.</summary>
public sealed class GateWatchTests
{
    private static readonly DateTimeOffset Nine = new(2026, 5, 11, 0, 0, 0, TimeSpan.Zero);

    private readonly GateWatch watch = new([]);
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

    [Fact]
    [Requirement("R-DOOR-17")]
    [Requirement("R-MOVE-05")]
    public void A_gate_that_falls_silent_is_out_of_order_once_and_well_again_with_its_next_word()
    {
        GateWatch pulsed = new([new(new("gate-srv"), TimeSpan.FromSeconds(20))]);
        ReaderReported[] Told(RoomInput input) => [.. pulsed.Handle(input).Cast<Write>().Select(write => write.Event).OfType<ReaderReported>()];

        // Never heard since the start counts as silent; nothing else is said of it before.
        Assert.Empty(Told(new RoomStarted(Nine)));
        Assert.Equal(Nine.AddSeconds(60), pulsed.NextDue);
        Assert.Empty(Told(new TimePassed(Nine.AddSeconds(59))));
        var silent = Assert.Single(Told(new TimePassed(Nine.AddSeconds(60))));
        Assert.Equal(("gate-srv", ReaderCondition.Offline, false), (silent.Reader.Value, silent.Condition, silent.InService));
        Assert.Null(pulsed.NextDue);
        Assert.Empty(Told(new TimePassed(Nine.AddMinutes(10))));

        // A word of another gate is not its own; a tag it reads is as good as a word.
        Assert.Empty(Told(new GateAlive(Nine.AddMinutes(11), new("gate-med"))));
        Assert.Equal(ReaderCondition.Online, Assert.Single(Told(new GateAlive(Nine.AddMinutes(12), new("gate-srv")))).Condition);
        Assert.Empty(Told(new AssetTagHeard(Nine.AddMinutes(12.5), new("gate-srv"), new("SRV-1-D1"), new("SRV-1"), "AS-00001", null)));
        Assert.Equal(Nine.AddMinutes(13.5), pulsed.NextDue);

        // A clock that was set an hour ahead makes nobody silent.
        Assert.Empty(Told(new ClockStepped(Nine.AddHours(2), Nine.AddMinutes(13))));
        Assert.Empty(Told(new TimePassed(Nine.AddHours(2).AddSeconds(59))));
        Assert.Equal(ReaderCondition.Offline, Assert.Single(Told(new TimePassed(Nine.AddHours(2).AddSeconds(60)))).Condition);
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public void A_gate_that_never_says_that_it_is_alive_is_not_taken_for_silent()
    {
        Assert.Empty(watch.Handle(new RoomStarted(Nine)));
        Assert.Null(watch.NextDue);
        Assert.Empty(watch.Handle(new TimePassed(Nine.AddDays(3))));
    }

    [Theory]
    [InlineData(" AS-00001 \n", "AS-00001")]
    [InlineData("<b>\u0007機器", "<b>???")]
    [InlineData("", "")]
    public void A_tag_is_kept_in_letters_that_stand_in_a_record(string read, string kept) => Assert.Equal(kept, GateWatch.Clean(read));

    private AssetTagRead[] Hears(string tag, TagDirection? direction = TagDirection.Out) =>
        [.. watch.Handle(new AssetTagHeard(now, new("gate-srv"), new("SRV-1-D1"), new("SRV-1"), tag, direction)).Cast<Write>().Select(write => write.Event).OfType<AssetTagRead>()];
}
