using RoomGuard.Core.Doors;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Readers;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Core.Doors;

/// <summary>What one door does, as stories.</summary>
public class DoorStoryTests
{
    [Fact]
    [Requirement("R-DOOR-01")]
    public void A_person_with_a_grant_is_let_in_for_the_unlock_time() =>
        A.Room().Shows(1).IsGranted().Signals(ReaderSignal.Granted).Door(door => door.Released)
            .After(seconds: 5.9).WritesNothing()
            .After(seconds: 0.1).WritesExactly(typeof(GrantUnused)).Locks().Door(door => !door.Released);

    [Fact]
    public void The_strike_locks_as_soon_as_the_leaf_moves() =>
        A.Room().Shows(1).Opens().Locks().Writes<DoorOpened>(item => item is { Cause: OpeningCause.Entry, Person.Value: "S-0217" })
            .Closes().WritesExactly(typeof(DoorClosed))
            .Opens().Writes<DoorForced>();

    [Fact]
    [Requirement("R-DOOR-07")]
    public void A_door_opened_without_a_grant_was_forced() =>
        A.Room().Opens().WritesExactly(typeof(DoorOpened), typeof(DoorForced))
            .Signals(ReaderSignal.Alarm).Signals(ReaderSignal.Alarm, "reader-srv-out").Door(door => door.Forced)
            .Closes().Signals(ReaderSignal.Idle).Door(door => !door.Forced && door.Leaf is LeafState.Closed);

    [Theory]
    [InlineData(5.9, false)]
    [InlineData(6.0, true)]
    [Requirement("R-DOOR-07")]
    public void An_opening_after_the_release_and_its_grace_was_forced(double seconds, bool forced)
    {
        var room = A.Room().Shows(1).After(seconds).Opens();

        Assert.Equal(forced, room.Written.OfType<DoorForced>().Any());
        Assert.Equal(forced, room.Written.OfType<GrantUnused>().Any());
    }

    [Fact]
    [Requirement("R-DOOR-07")]
    public void A_release_that_nobody_was_told_is_over_is_over_all_the_same()
    {
        // No TimePassed came between: the next input is judged at its own time.
        var control = A.Room().Shows(1).Control;

        var answer = control.Handle(new LeafOpened(A.MondayNine.AddSeconds(60), A.ServerDoor));

        Assert.Equal(
            [typeof(GrantUnused), typeof(DoorOpened), typeof(DoorForced)],
            answer.OfType<Write>().Select(write => write.Event.GetType()));
    }

    [Fact]
    [Requirement("R-DOOR-08")]
    public void A_door_held_open_sounds_at_30_seconds_and_alarms_at_60_and_each_minute_until_closed() =>
        A.Room().Shows(1).Opens()
            .After(seconds: 29.9).WritesNothing()
            .After(seconds: 0.1).Writes<DoorHeldOpen>(item => item is { Alarm: false, Times: 1, OpenMs: 30_000, LastPerson.Value: "S-0217" })
            .Signals(ReaderSignal.HeldOpen).Signals(ReaderSignal.HeldOpen, "reader-srv-out").Door(door => door.HeldOpen)
            .After(seconds: 29.9).WritesNothing()
            .After(seconds: 0.1).Writes<DoorHeldOpen>(item => item is { Alarm: true, Times: 2, OpenMs: 60_000 })
            .After(seconds: 60).Writes<DoorHeldOpen>(item => item is { Alarm: true, Times: 3, OpenMs: 120_000 })
            .After(seconds: 60).Writes<DoorHeldOpen>(item => item is { Alarm: true, Times: 4, OpenMs: 180_000 })
            .After(seconds: 7.5).Closes().WritesExactly(typeof(DoorClosed)).Writes<DoorClosed>(item => item.OpenMs == 187_500)
            .Signals(ReaderSignal.Idle)
            .After(seconds: 600).WritesNothing();

    [Fact]
    [Requirement("R-DOOR-08")]
    public void Time_told_late_makes_one_report_and_not_one_for_each_missed()
    {
        var control = A.Room().Shows(1).Opens().Control;

        var late = control.Handle(new TimePassed(A.MondayNine.AddMinutes(10)));

        Assert.Equal([600_000], late.OfType<Write>().Select(write => write.Event).OfType<DoorHeldOpen>().Select(item => item.OpenMs));
        Assert.Equal(A.MondayNine.AddMinutes(11), control.NextDue);
    }

    [Fact]
    public void A_forced_door_is_not_reported_again_as_held_open() =>
        A.Room().Opens().After(seconds: 600).WritesNothing();

    [Fact]
    [Requirement("R-DOOR-05")]
    public void The_exit_button_opens_and_is_recorded() =>
        A.Room().PressesTheButton().WritesExactly(typeof(ExitByButton)).Releases()
            .Opens().Writes<DoorOpened>(item => item is { Cause: OpeningCause.ExitButton, Person: null }).WritesNo<DoorForced>();

    [Fact]
    [Requirement("R-DOOR-05")]
    public void Any_card_at_the_inner_reader_opens_and_is_recorded() =>
        A.Room().ShowsOnTheWayOut(99).WritesExactly(typeof(ExitBadged)).Releases().Signals(ReaderSignal.ExitRecorded, "reader-srv-out")
            .Opens().Writes<DoorOpened>(item => item.Cause is OpeningCause.Exit).WritesNo<DoorForced>();

    [Fact]
    [Requirement("R-DOOR-05")]
    public void A_card_nobody_can_read_opens_from_inside_and_never_from_outside() =>
        A.Room()
            .Told(at => new UnreadableCard(at, A.ExitReader, "parity", 26)).WritesExactly(typeof(CardUnreadable)).Releases()
            .After(seconds: 60)
            .Told(at => new UnreadableCard(at, A.EntryReader, "parity", 26)).WritesExactly(typeof(CardUnreadable)).StaysLocked().Signals(ReaderSignal.Denied);

    [Fact]
    public void A_door_found_open_at_the_start_was_not_forced_but_may_not_stay_open() =>
        A.ARestingRoom().Opens().WritesExactly(typeof(DoorOpened)).Writes<DoorOpened>(item => item.Cause is OpeningCause.FoundOpen)
            .After(seconds: 30).Writes<DoorHeldOpen>();

    [Fact]
    public void A_door_found_closed_at_the_start_says_nothing() =>
        A.ARestingRoom().Closes().WritesNothing().Door(door => door.Leaf is LeafState.Closed)
            .Opens().Writes<DoorForced>();

    [Fact]
    public void A_silent_contact_is_recorded_once_and_so_is_its_return() =>
        A.Room().LosesTheContact().WritesExactly(typeof(DoorUnknown)).Door(door => door.Leaf is LeafState.Unknown)
            .LosesTheContact().WritesNothing()
            .Closes().Writes<DoorClosed>(item => item.OpenMs == 0)
            .LosesTheContact().Opens().Writes<DoorOpened>(item => item.Cause is OpeningCause.FoundOpen).WritesNo<DoorForced>();

    [Fact]
    public void A_door_open_when_its_contact_fell_silent_counts_on_when_it_comes_back_open() =>
        A.Room().Shows(1).Opens().After(seconds: 20).LosesTheContact()
            .After(seconds: 60).WritesNothing()
            .Opens().After(seconds: 0).Writes<DoorHeldOpen>(item => item is { Alarm: true, OpenMs: 80_000 })
            .Closes().Writes<DoorClosed>(item => item.OpenMs == 80_000);

    [Fact]
    public void The_same_news_of_a_leaf_twice_is_one_piece_of_news() =>
        A.Room().Shows(1).Opens().Opens().DoesNothing().Closes().Closes().DoesNothing();

    [Fact]
    public void A_second_person_let_in_before_the_leaf_moves_enters_with_the_first() =>
        A.Room().Shows(1).After(seconds: 2).Shows(2).IsGranted().Opens().Inside("S-0217", "S-0301");

    [Fact]
    public void A_badge_at_a_door_standing_open_counts_at_once() =>
        A.Room().Shows(1).Opens().Shows(2).IsGranted().Inside("S-0217", "S-0301")
            .Closes().After(seconds: 10).WritesNo<GrantUnused>();

    [Theory]
    [InlineData(ReaderCondition.Offline)]
    [InlineData(ReaderCondition.Tampered)]
    [InlineData(ReaderCondition.IdentityChanged)]
    [InlineData(ReaderCondition.Insecure)]
    [InlineData(ReaderCondition.SuspectTraffic)]
    [Requirement("R-DOOR-17")]
    public void A_reader_not_to_be_trusted_puts_its_door_out_of_service_and_comes_back(ReaderCondition fault) =>
        A.Room().ReaderIs(fault).Writes<ReaderReported>(item => !item.InService).Signals(ReaderSignal.OutOfService).Door(door => !door.InService)
            .Shows(1).IsRefused(DenyReason.ReaderNotTrusted)
            .ShowsOnTheWayOut(1).Releases()
            .ReaderIs(fault is ReaderCondition.Tampered ? ReaderCondition.TamperCleared : ReaderCondition.Online)
            .Writes<ReaderReported>(item => item.InService).Signals(ReaderSignal.Idle).Door(door => door.InService)
            .Shows(1).IsGranted();

    [Fact]
    [Requirement("R-DOOR-17")]
    public void An_opened_cover_outlasts_a_reconnection() =>
        A.Room().ReaderIs(ReaderCondition.Tampered).ReaderIs(ReaderCondition.Offline).ReaderIs(ReaderCondition.Online)
            .Writes<ReaderReported>(item => !item.InService)
            .Shows(1).IsRefused(DenyReason.ReaderNotTrusted);

    [Fact]
    [Requirement("R-DOOR-17")]
    public void A_power_fault_is_recorded_and_the_door_goes_on() =>
        A.Room().ReaderIs(ReaderCondition.PowerFault).Writes<ReaderReported>(item => item.InService).Shows(1).IsGranted();

    [Fact]
    [Requirement("R-DOOR-17")]
    public void A_release_under_way_is_taken_back_when_the_reader_is_opened() =>
        A.Room().Shows(1).ReaderIs(ReaderCondition.Tampered).Locks().After(seconds: 1).Writes<GrantUnused>();

    [Fact]
    [Requirement("R-DOOR-05")]
    public void A_way_out_under_way_is_never_taken_back()
    {
        var room = A.Room().Shows(1).ShowsOnTheWayOut(2).ReaderIs(ReaderCondition.Tampered);
        Assert.Empty(room.AnswerOrders.OfType<SecureStrike>());

        room.Told(at => new JournalFailed(at, "disk full"));
        Assert.Empty(room.AnswerOrders.OfType<SecureStrike>());
        room.After(seconds: 5.5).Opens().WritesNo<DoorForced>();
    }

    [Fact]
    public void A_reader_that_comes_back_is_shown_again_what_stands() =>
        A.Room().ReaderIs(ReaderCondition.Offline, "reader-srv-out").ReaderIs(ReaderCondition.Online, "reader-srv-out")
            .Signals(ReaderSignal.Idle, "reader-srv-out");

    [Fact]
    public void A_card_at_a_reader_the_plan_does_not_know_does_nothing() =>
        A.Room().Shows(1, reader: "nowhere").DoesNothing();

    [Fact]
    public void A_plan_that_contradicts_itself_is_refused_with_the_reason()
    {
        var plan = A.Plan();
        var stray = Assert.Throws<ArgumentException>(() => new EntryControl(plan with { Doors = [] }, A.Settings()));

        Assert.Contains("reader-srv-in", stray.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new EntryControl(plan with { Doors = [A.Door(), A.Door()] }, A.Settings()));
        Assert.Throws<ArgumentException>(() => new EntryControl(plan with { Doors = [A.Door() with { Unlock = default }] }, A.Settings()));
    }
}
