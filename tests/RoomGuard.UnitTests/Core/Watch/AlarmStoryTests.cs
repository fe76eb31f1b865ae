using RoomGuard.Core.Watch;
using RoomGuard.TestKit;
using Xunit;
using static RoomGuard.UnitTests.Core.Watch.AnAlarm;

namespace RoomGuard.UnitTests.Core.Watch;

/// <summary>The life of one alarm.</summary>
public sealed class AlarmStoryTests
{
    [Fact]
    [Requirement("R-ENV-11")]
    public void Acknowledging_never_ends_a_cause_and_its_end_ends_no_alarm_nobody_has_seen()
    {
        var seen = Of().IsSeen(Ten.AddMinutes(1));
        Assert.Equal(AlarmState.Acknowledged, seen.State);
        Assert.Equal((AlarmState.Over, Ten.AddMinutes(2)), (seen.Goes(Ten.AddMinutes(2)).State, seen.Goes(Ten.AddMinutes(2)).OverAt!.Value));

        var gone = Of().Goes(Ten.AddMinutes(1));
        Assert.Equal(AlarmState.ReturnedUnacknowledged, gone.State);
        Assert.Equal(AlarmState.Over, gone.IsSeen(Ten.AddMinutes(2)).State);
    }

    [Fact]
    [Requirement("R-ENV-11")]
    public void What_only_happened_stands_until_somebody_has_seen_it()
    {
        var lost = Of(AlarmKinds.LostCardUsed);
        Assert.Equal(AlarmState.Unacknowledged, lost.Goes(Ten.AddMinutes(1)).State);
        Assert.Equal(AlarmState.Over, lost.IsSeen(Ten.AddMinutes(1)).State);
    }

    [Fact]
    public void More_urgent_is_put_before_people_again_and_less_urgent_is_not()
    {
        var seen = Of().IsSeen(Ten.AddMinutes(1));
        var worse = seen.Comes(Ten.AddMinutes(2), AlarmLevel.Emergency);
        Assert.Equal((AlarmState.Unacknowledged, AlarmLevel.Emergency), (worse.State, worse.Level));
        Assert.Null(worse.Acknowledged);

        var better = worse.IsSeen(Ten.AddMinutes(3)).Comes(Ten.AddMinutes(4), AlarmLevel.Important);
        Assert.Equal((AlarmState.Acknowledged, AlarmLevel.Important), (better.State, better.Level));
        Assert.Equal(3, better.Times);
    }

    [Fact]
    public void A_latched_alarm_shows_the_most_urgent_it_was()
    {
        var outage = Of(AlarmKinds.PowerOutage).Grows(Ten.AddMinutes(1), AlarmLevel.Emergency);
        Assert.Equal(AlarmLevel.Emergency, outage.IsSeen(Ten.AddMinutes(2)).Comes(Ten.AddMinutes(3), AlarmLevel.Important).Level);
        Assert.Equal(AlarmLevel.Emergency, outage.Goes(Ten.AddMinutes(2)).Level);
    }

    [Fact]
    public void A_shelf_has_an_end_of_its_own_and_hides_nothing_that_gets_worse()
    {
        var shelved = Of().IsShelved(Ten, TimeSpan.FromHours(1));
        Assert.True(shelved.IsShelved(Ten.AddMinutes(59)));
        Assert.False(shelved.IsShelved(Ten.AddMinutes(60)));
        Assert.Null(shelved.Comes(Ten.AddMinutes(5), AlarmLevel.Emergency).Shelved);
        Assert.NotNull(shelved.Comes(Ten.AddMinutes(5)).Shelved);

        Assert.Null(Of(AlarmKinds.DoorForced).IsShelved(Ten, TimeSpan.FromHours(1)).Shelved);
        Assert.All(AlarmKinds.All, kind => Assert.Null(ShelfLimits.Of(kind, AlarmLevel.Emergency)));
        Assert.All(AlarmKinds.All.Where(kind => kind.Safety), kind => Assert.Null(ShelfLimits.Of(kind, AlarmLevel.Caution)));
    }

    [Fact]
    public void What_comes_and_goes_is_unstable_and_stays_so_until_it_is_clearly_quiet()
    {
        var alarm = Of();
        for (var times = 1; times <= AlarmMachine.FlapsToUnstable; times++)
        {
            Assert.False(alarm.Unstable);
            alarm = alarm.Goes(Ten.AddSeconds(60 * times)).Comes(Ten.AddSeconds((60 * times) + 10), entry: 100 + times);
        }

        Assert.True(alarm.Unstable);

        // Acknowledged while it comes and goes: it is not put before people anew each time.
        var over = alarm.IsSeen(Ten.AddMinutes(6)).Goes(Ten.AddMinutes(6));
        var next = AlarmMachine.Raise(Cause(), Ten.AddMinutes(7), 300, over);
        Assert.Equal((AlarmState.Acknowledged, true), (next.State, next.Unstable));

        var quiet = AlarmMachine.Raise(Cause(), Ten.AddHours(2), 400, next);
        Assert.Equal((AlarmState.Unacknowledged, false), (quiet.State, quiet.Unstable));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Requirement("R-ENV-11")]
    public void Whatever_happens_an_alarm_is_over_only_once_somebody_has_seen_it_and_its_cause_is_gone(int seed)
    {
        var chance = new Random(seed);
        for (var story = 0; story < 200; story++)
        {
            var kind = AlarmKinds.All[chance.Next(AlarmKinds.All.Length)];
            var (alarm, there, seen) = (Of(kind), true, false);
            for (var step = 1; step < 30 && alarm.State is not AlarmState.Over; step++)
            {
                var at = Ten.AddSeconds(30 * step);
                switch (chance.Next(5))
                {
                    case 0:
                        var level = (AlarmLevel)chance.Next(3);
                        seen &= level >= alarm.Level && there;
                        (alarm, there) = (alarm.Comes(at, level, 100 + step), true);
                        break;
                    case 1:
                        (alarm, there) = (alarm.Goes(at), there && !kind.Ends);
                        break;
                    case 2:
                        (alarm, seen) = (alarm.IsSeen(at), true);
                        break;
                    case 3:
                        alarm = alarm.IsShelved(at, TimeSpan.FromMinutes(5));
                        break;
                    default:
                        alarm = AlarmMachine.Step(alarm, new ShelfEnded(at, 100 + step));
                        break;
                }

                Assert.True((alarm.State is AlarmState.Over) == (seen && (!there || !kind.Ends)), $"seed {seed}, story {story}, step {step}: {kind.Id} {alarm.State}");
            }
        }
    }

    [Fact]
    public void Every_kind_says_what_it_is_what_follows_and_what_to_do()
    {
        Assert.Distinct(AlarmKinds.All.Select(kind => kind.Id));
        Assert.Distinct(AlarmKinds.All.Select(kind => kind.Title.Ja));
        Assert.All(AlarmKinds.All, kind =>
        {
            Assert.Matches("^[a-z]+(-[a-z]+)*$", kind.Id);
            Assert.NotEmpty(kind.Guidance.Steps);
            Assert.All(
                kind.Guidance.Steps.Prepend(kind.Guidance.Cause).Append(kind.Guidance.Consequence).Append(kind.Guidance.TimeToAct).Append(kind.Title),
                words => Assert.False(string.IsNullOrWhiteSpace(words.Ja) || string.IsNullOrWhiteSpace(words.En), kind.Id));
        });
    }

    [Fact]
    public void The_first_of_a_burst_is_named_and_what_came_alone_is_not()
    {
        var first = Bursts.FirstOf([Of(at: Ten.AddSeconds(50), entry: 3), Of(at: Ten, entry: 1), Of(at: Ten.AddSeconds(25), entry: 2), Of(at: Ten.AddMinutes(5), entry: 4)]);

        Assert.Equal(["AL-1", "AL-2", "AL-3"], first.Keys.Order());
        Assert.All(first.Values, id => Assert.Equal("AL-1", id));
    }
}
