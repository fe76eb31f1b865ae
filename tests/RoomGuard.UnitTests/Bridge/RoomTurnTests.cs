using RoomGuard.Bridge.Doors;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;
using RoomGuard.Evidence;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Bridge;

public class RoomTurnTests
{
    private readonly TestRoom room = new();

    [Fact]
    [Requirement("R-DOOR-02")]
    public void No_strike_is_released_before_its_entry_is_durable()
    {
        Assert.True(room.Badge());

        var granted = room.Happened.FindIndex(item => item is EntryGranted);
        var released = room.Happened.FindIndex(item => item is ReleaseStrike);
        Assert.True(granted >= 0 && released > granted, "the entry comes first, then the strike");
    }

    [Fact]
    public void Everything_that_waited_is_written_in_one_append_and_in_order()
    {
        room.Tell(
            new BadgePresented(room.Now, TestRoom.Outside, new(1), "H10301"),
            new BadgePresented(room.Now, TestRoom.Outside, new(2), "H10301"),
            new BadgePresented(room.Now, TestRoom.Outside, TestRoom.Card, "H10301"));

        Assert.Equal(
            [new(1), new(2)],
            room.Written<EntryDenied>().Select(denied => denied.CardDigest!.Value));
        Assert.IsType<EntryGranted>(room.Journal.Entries.Last(item => item is EntryGranted or EntryDenied));
        Assert.True(room.Happened.FindIndex(item => item is ReleaseStrike) > room.Happened.FindLastIndex(item => item is EntryGranted or EntryDenied));
    }

    [Fact]
    [Requirement("R-LOG-01")]
    public void Nobody_enters_while_nothing_can_be_written()
    {
        room.Journal.Fault = EvidenceWriteCause.InputOutput;

        room.Badge();
        room.Badge();

        Assert.Empty(room.Ordered<ReleaseStrike>());
        Assert.Empty(room.Written<EntryGranted>());
        Assert.Equal(JournalCondition.Failed, room.Turn.Journal);
        Assert.NotNull(room.Turn.State.JournalFault);
    }

    [Fact]
    [Requirement("R-DOOR-05")]
    public void The_way_out_is_open_also_while_nothing_can_be_written()
    {
        room.Journal.Fault = EvidenceWriteCause.InputOutput;

        room.BadgeOut();
        Assert.Single(room.Ordered<ReleaseStrike>());

        room.Happened.Clear();
        room.BadgeOut();
        Assert.Single(room.Ordered<ReleaseStrike>());
    }

    [Fact]
    [Requirement("R-LOG-01")]
    [Requirement("R-MON-02")]
    public void When_it_can_be_written_again_the_gap_and_what_happened_in_it_are_recorded_and_people_enter()
    {
        room.Journal.Fault = EvidenceWriteCause.InputOutput;
        room.Badge();
        room.BadgeOut();
        room.Badge();
        room.Pass(TimeSpan.FromMinutes(1));

        room.Journal.Fault = null;
        room.Pass(TimeSpan.FromSeconds(15));

        var gap = Assert.Single(room.Written<JournalGap>());
        Assert.Equal(1, gap.RefusedEntries);
        Assert.Equal(0, gap.LostEvents);
        Assert.Single(room.Written<ExitBadged>());
        Assert.Equal(DenyReason.RecordUnavailable, Assert.Single(room.Written<EntryDenied>()).Reason);
        Assert.Equal(JournalCondition.Writing, room.Turn.Journal);

        room.Happened.Clear();
        room.Badge();
        Assert.Single(room.Ordered<ReleaseStrike>());
    }

    [Fact]
    public void A_failing_medium_is_tried_again_with_growing_waits()
    {
        room.Journal.Fault = EvidenceWriteCause.InputOutput;
        room.Badge();

        Assert.True(room.Turn.Rest() <= TimeSpan.FromMilliseconds(200));
        room.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal(JournalCondition.Failed, room.Turn.Journal);

        // The longest wait is ten seconds: recovery by itself is never further away than that.
        room.Journal.Fault = null;
        room.Pass(TimeSpan.FromSeconds(10.1));
        Assert.Equal(JournalCondition.Writing, room.Turn.Journal);
    }

    [Fact]
    public void What_is_kept_meanwhile_has_an_end_and_the_gap_counts_the_rest()
    {
        room.Journal.Fault = EvidenceWriteCause.InputOutput;
        for (var i = 0; i < RoomTurn.MostKept + 50; i++)
        {
            room.BadgeOut();
        }

        room.Journal.Fault = null;
        room.Pass(TimeSpan.FromSeconds(11));

        var gap = Assert.Single(room.Written<JournalGap>());
        Assert.True(gap.LostEvents >= 50, $"{gap.LostEvents} are said to be lost");
        Assert.True(room.Written<ExitBadged>().Count() <= RoomTurn.MostKept);
        Assert.True(room.Written<ExitBadged>().Count() + gap.LostEvents >= RoomTurn.MostKept + 50, "each is either there or counted");
    }

    [Fact]
    public void Events_whose_flush_failed_after_they_had_reached_the_medium_stand_there_once()
    {
        room.Journal.FailsAfterWriting = true;
        room.Journal.Fault = EvidenceWriteCause.InputOutput;
        room.BadgeOut();

        room.Journal.Fault = null;
        room.Pass(TimeSpan.FromSeconds(1));

        Assert.Single(room.Written<ExitBadged>());
    }

    [Fact]
    [Requirement("R-LOG-01")]
    public void On_a_full_disk_ways_out_are_written_on_the_reserve_and_nobody_enters_until_there_is_space()
    {
        room.Journal.ReserveHelps = true;
        room.Journal.Fault = EvidenceWriteCause.DiskFull;
        room.Badge();
        Assert.Empty(room.Ordered<ReleaseStrike>());

        room.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(JournalCondition.OnReserve, room.Turn.Journal);
        room.BadgeOut();
        room.Badge();
        Assert.Single(room.Written<ExitBadged>());
        Assert.Empty(room.Written<EntryGranted>());

        room.Journal.SpaceAgain = true;
        room.Pass(TimeSpan.FromSeconds(6));
        Assert.Equal(JournalCondition.Writing, room.Turn.Journal);
        Assert.Single(room.Written<JournalGap>());
        room.Pass(TimeSpan.FromSeconds(6));
        Assert.True(room.Badge());
        Assert.Single(room.Written<EntryGranted>());
    }

    [Fact]
    [Requirement("R-TIME-04")]
    public void A_clock_set_back_an_hour_is_an_entry_and_the_order_stays_that_of_the_numbers()
    {
        room.Badge();
        room.Pass(TimeSpan.FromSeconds(10));
        room.Time.StepWall(-TimeSpan.FromHours(1));
        room.Pass(TimeSpan.FromSeconds(1));
        room.BadgeOut();

        var entries = room.Journal.Entries;
        var step = Assert.Single(entries.OfType<ClockStep>());
        Assert.Equal(TimeSpan.FromHours(1), step.Before - step.After);
        var (granted, stepped, left) = (entries.FindIndex(item => item is EntryGranted), entries.IndexOf(step), entries.FindIndex(item => item is ExitBadged));
        Assert.True(granted < stepped && stepped < left);
        Assert.True(entries[left].OccurredAt < entries[granted].OccurredAt, "the wall said so; only the order is ours");
    }

    [Fact]
    public void A_clock_that_is_slewed_is_no_step()
    {
        for (var i = 0; i < 600; i++)
        {
            room.Time.StepWall(TimeSpan.FromMilliseconds(0.5));
            room.Pass(TimeSpan.FromSeconds(1));
        }

        Assert.Empty(room.Written<ClockStep>());
    }

    [Fact]
    [Requirement("R-DOOR-05")]
    public void Who_is_inside_is_known_after_a_restart()
    {
        room.Badge();
        room.Tell(new LeafOpened(room.Now, TestRoom.Door));
        room.Tell(new LeafClosed(room.Now, TestRoom.Door));
        Assert.Single(room.Turn.State.Inside);

        room.Restart();

        Assert.Equal(new("S-0217"), Assert.Single(room.Turn.State.Inside).Person);
    }

    [Fact]
    public void A_door_held_open_is_reported_without_anything_else_happening()
    {
        room.Badge();
        room.Tell(new LeafOpened(room.Now, TestRoom.Door));

        room.Pass(TimeSpan.FromSeconds(31));

        Assert.Contains(room.Journal.Entries, item => item is DoorHeldOpen { Alarm: false });
    }

    [Fact]
    public async Task Whoever_waits_for_an_outcome_is_told_whether_it_is_durable()
    {
        var good = new TaskCompletionSource<bool>();
        room.Turn.Run([new(null, new JournalStarted(room.Now, 1, "test", null), good, 0)]);
        Assert.True(await good.Task);

        room.Journal.Fault = EvidenceWriteCause.InputOutput;
        var bad = new TaskCompletionSource<bool>();
        room.Turn.Run([new(null, new JournalStarted(room.Now, 2, "test", null), bad, 0)]);
        Assert.False(await bad.Task);
    }
}
