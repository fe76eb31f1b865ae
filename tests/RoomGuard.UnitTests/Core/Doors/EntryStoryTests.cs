using RoomGuard.Core.Doors;
using RoomGuard.Core.Doors.Rules;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Zones;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Core.Doors;

/// <summary>What a room decides and remembers, as stories.</summary>
public class EntryStoryTests
{
    [Fact]
    public void A_grant_is_written_before_the_strike_is_released_and_names_all_it_rests_on()
    {
        var room = A.Room().Shows(1);

        Assert.True(room.Answer.IndexOf(room.Answer.OfType<Write>().First()) < room.Answer.IndexOf(room.Answer.OfType<Act>().First()));
        var granted = Assert.Single(room.AnswerWritten.OfType<EntryGranted>());
        Assert.Equal(("S-0217", "C-1", "G-2026-0031", 7L), (granted.Person.Value, granted.Credential.Value, granted.Grant?.Value, granted.ListVersion));
        Assert.Equal(EntryMethod.Card, Assert.Single(granted.Methods));
        Assert.Equal(EntryPolicy.Rules.Length, granted.Rules.Length);
        Assert.All(granted.Rules, rule => Assert.Equal(RuleVerdict.Passed, rule.Verdict));
    }

    [Fact]
    public void The_release_for_an_entry_waits_for_the_record_and_the_one_for_an_exit_does_not()
    {
        Assert.False(A.Room().Shows(1).Answer.OfType<Act>().Single(act => act.Order is ReleaseStrike).Always);
        Assert.True(A.Room().ShowsOnTheWayOut(1).Answer.OfType<Act>().Single(act => act.Order is ReleaseStrike).Always);
        Assert.True(A.Room().PressesTheButton().Answer.OfType<Act>().Single(act => act.Order is ReleaseStrike).Always);
    }

    [Fact]
    [Requirement("R-DOOR-01")]
    public void Whatever_the_reason_the_reader_shows_the_same_refusal()
    {
        var lost = A.Room(A.List().WithCard(card => card with { State = CredentialState.Lost })).Shows(1);
        var unknown = A.Room().Shows(99);
        var late = A.Room(A.List().WithGrants(A.Grant().During("10:00", "11:00"))).Shows(1);

        Assert.All([lost, unknown, late], room => Assert.Equal([new ShowSignal(A.EntryReader, ReaderSignal.Denied)], room.AnswerOrders));
    }

    [Fact]
    [Requirement("R-DOOR-10")]
    public void A_lost_card_raises_its_alarm_at_once() =>
        A.Room(A.List().WithCard(card => card with { State = CredentialState.Lost }))
            .Shows(1).IsRefused(DenyReason.CardLost).Writes<LostCardUsed>(item => item.Credential.Value == "C-1");

    [Fact]
    [Requirement("R-DOOR-10")]
    [Requirement("R-DOOR-05")]
    public void A_lost_card_opens_from_inside_and_raises_its_alarm() =>
        A.Room(A.List().WithCard(card => card with { State = CredentialState.Lost }))
            .ShowsOnTheWayOut(1).Releases().WritesExactly(typeof(ExitBadged), typeof(LostCardUsed));

    [Fact]
    [Requirement("R-DOOR-10")]
    public void An_unknown_card_is_recorded_by_its_digest_and_nobody() =>
        A.Room().Shows(99).IsRefused(DenyReason.CardUnknown)
            .Writes<EntryDenied>(item => item is { Person: null, Credential: null, Grant: null, ListVersion: 7 } && item.CardDigest == A.Digest(99));

    // ---- two factors

    [Fact]
    [Requirement("R-DOOR-04")]
    public void Card_and_pin_within_15_seconds_let_in() =>
        A.Room(A.List().WithTwoFactors())
            .Shows(1).WritesExactly(typeof(FactorAwaited)).StaysLocked().Signals(ReaderSignal.WaitFactor)
            .After(seconds: 14.9).Types("4711").IsGranted()
            .Writes<EntryGranted>(item => item.Methods.SequenceEqual([EntryMethod.Card, EntryMethod.Pin]));

    [Fact]
    [Requirement("R-DOOR-04")]
    public void After_15_seconds_both_are_void() =>
        A.Room(A.List().WithTwoFactors())
            .Shows(1).After(seconds: 15).IsRefused(DenyReason.SecondFactorMissing)
            .Types("4711").IsRefused(DenyReason.MethodNotAllowed);

    [Fact]
    [Requirement("R-DOOR-04")]
    public void A_wrong_pin_voids_the_card_as_well() =>
        A.Room(A.List().WithTwoFactors())
            .Shows(1).Types("4712").IsRefused(DenyReason.PinWrong)
            .Types("4711").IsRefused(DenyReason.MethodNotAllowed)
            .Shows(1).Types("4711").IsGranted();

    [Fact]
    [Requirement("R-DOOR-04")]
    public void A_pin_at_another_door_does_not_complete_a_card()
    {
        var plan = new RoomPlan(
            [A.Door(), A.Door("SRV-1-D2")],
            [new(A.EntryReader, A.ServerDoor, ReaderSide.Entry), new(new("reader-2"), new("SRV-1-D2"), ReaderSide.Entry)]);

        A.Room(A.List().WithTwoFactors(), plan)
            .Shows(1).Types("4711", reader: "reader-2").IsRefusedAt("reader-2", DenyReason.MethodNotAllowed)
            .Types("4711").IsGranted();
    }

    [Fact]
    [Requirement("R-DOOR-04")]
    public void Another_card_in_between_voids_the_first() =>
        A.Room(A.List().WithTwoFactors())
            .Shows(1).Shows(2).Writes<EntryDenied>(item => item is { Reason: DenyReason.SecondFactorMissing, Person.Value: "S-0217" })
            .Writes<EntryDenied>(item => item is { Reason: DenyReason.PinNotSet, Person.Value: "S-0301" })
            .Types("4711").IsRefused(DenyReason.MethodNotAllowed);

    [Fact]
    public void The_same_card_again_begins_the_wait_anew() =>
        A.Room(A.List().WithTwoFactors())
            .Shows(1).After(seconds: 10).Shows(1).WritesExactly(typeof(FactorAwaited)).After(seconds: 10).Types("4711").IsGranted();

    [Fact]
    [Requirement("R-DOOR-04")]
    public void Where_no_pin_is_set_the_card_is_refused_at_once() =>
        A.Room(A.List().WithTwoFactors().WithCard(card => card with { Pin = null })).Shows(1).IsRefused(DenyReason.PinNotSet);

    [Fact]
    [Requirement("R-RED-03")]
    public void A_suspension_between_card_and_pin_refuses() =>
        A.Room(A.List().WithTwoFactors())
            .Shows(1).Told(at => new SuspensionArrived(at, A.Suspension())).Types("4711").IsRefused(DenyReason.PersonSuspended);

    [Fact]
    public void A_pin_without_a_card_is_refused_and_says_why() =>
        A.Room().Types("4711").IsRefused(DenyReason.MethodNotAllowed)
            .Writes<EntryDenied>(item => item is { Person: null, CardDigest: null } && item.Rules.Single().Facts.Single().Value == "Pin");

    [Fact]
    public void A_pin_typed_from_habit_after_a_card_that_was_enough_is_no_try() =>
        A.Room().Shows(1).Types("4711").DoesNothing();

    // ---- repeated refusals

    [Fact]
    [Requirement("R-DOOR-09")]
    public void Three_refusals_of_a_card_within_five_minutes_are_told_once() =>
        A.Room()
            .Shows(99).WritesNo<RepeatedRefusals>().After(seconds: 150).Shows(99).WritesNo<RepeatedRefusals>()
            .After(seconds: 150).Shows(99)
            .Writes<RepeatedRefusals>(item => item is { CardDigest: null, Count: 3 } && item.WindowStart == A.MondayNine)
            .Writes<RepeatedRefusals>(item => item.CardDigest == A.Digest(99) && item.Count == 3)
            .Shows(99).WritesNo<RepeatedRefusals>()
            .After(seconds: 299).Shows(99).WritesNo<RepeatedRefusals>();

    [Fact]
    [Requirement("R-DOOR-09")]
    public void Three_refusals_over_more_than_five_minutes_are_not() =>
        A.Room().Shows(99).After(seconds: 150).Shows(99).After(seconds: 150.1).Shows(99).WritesNo<RepeatedRefusals>();

    [Fact]
    [Requirement("R-DOOR-09")]
    public void Three_different_cards_at_one_door_are_told_of_the_door() =>
        A.Room().Shows(97).Shows(98).Shows(99)
            .Writes<RepeatedRefusals>(item => item.CardDigest is null && item.Door == A.ServerDoor)
            .WritesNone<RepeatedRefusals>(item => item.CardDigest is not null);

    [Fact]
    [Requirement("R-DOOR-09")]
    public void After_its_window_going_on_is_told_again() =>
        A.Room().Shows(99).Shows(99).Shows(99).Writes<RepeatedRefusals>()
            .After(seconds: 300).Shows(99).Shows(99).WritesNo<RepeatedRefusals>().Shows(99).Writes<RepeatedRefusals>();

    [Fact]
    [Requirement("R-DOOR-09")]
    public void A_granted_entry_between_does_not_clear_the_count() =>
        A.Room().Shows(99).Shows(99).Shows(1).IsGranted().Shows(99).Writes<RepeatedRefusals>();

    // ---- presence

    [Fact]
    [Requirement("R-DOOR-05")]
    public void Who_is_inside_follows_from_openings_after_grants_and_exits() =>
        A.Room().Shows(1).Inside().Opens().Inside("S-0217").Closes()
            .After(seconds: 60).ShowsOnTheWayOut(1).Inside("S-0217")
            .Opens().Inside().Writes<PersonLeft>(item => item is { StayMs: 60_000, Person.Value: "S-0217" });

    [Fact]
    public void A_grant_nobody_used_is_no_entry() =>
        A.Room().Shows(1).After(seconds: 6).Writes<GrantUnused>().Inside();

    [Fact]
    public void An_exit_badge_nobody_followed_up_is_no_exit() =>
        A.Room().Enters(1).ShowsOnTheWayOut(1).After(seconds: 60).WritesNo<PersonLeft>().Inside("S-0217");

    [Fact]
    [Requirement("R-DOOR-05")]
    public void An_exit_badge_where_no_opening_can_be_seen_counts_at_once() =>
        A.Room().Enters(1).LosesTheContact().ShowsOnTheWayOut(1).Writes<PersonLeft>().Inside();

    [Fact]
    [Requirement("R-DOOR-05")]
    public void An_exit_without_an_entry_is_a_mismatch() =>
        A.Room().ShowsOnTheWayOut(1).Opens().Writes<PresenceMismatch>(item => item is { Kind: "exit-without-entry", EnteredAt: null })
            .Writes<PersonLeft>(item => item.StayMs is null);

    [Fact]
    [Requirement("R-DOOR-05")]
    public void Entering_while_inside_is_a_mismatch_and_begins_the_stay_anew() =>
        A.Room().Enters(1).After(seconds: 60).Shows(1).Opens()
            .Writes<PresenceMismatch>(item => item.Kind == "entry-while-inside" && item.EnteredAt == A.MondayNine)
            .Writes<PersonEntered>().WritesNo<ZoneOccupied>().Closes()
            .After(seconds: 30).ShowsOnTheWayOut(1).Opens().Writes<PersonLeft>(item => item.StayMs == 30_000);

    [Fact]
    [Requirement("R-DOOR-05")]
    public void Who_has_not_left_by_midnight_is_a_mismatch_each_day_and_stays_on_the_list() =>
        A.Room().Enters(1)
            .After(TimeSpan.FromHours(15) - TimeSpan.FromSeconds(1)).WritesNo<PresenceMismatch>()
            .After(seconds: 1).Writes<PresenceMismatch>(item => item.Kind == "no-exit-by-end-of-day" && item.OccurredAt == A.Local("2026-05-12 00:00:00"))
            .After(TimeSpan.FromHours(23)).WritesNo<PresenceMismatch>()
            .After(TimeSpan.FromHours(1)).Writes<PresenceMismatch>().Inside("S-0217");

    [Fact]
    [Requirement("R-DOOR-18")]
    public void When_the_last_one_leaves_the_zone_is_vacant() =>
        A.Room().Enters(1).Enters(2).Leaves(1).WritesNo<ZoneVacant>()
            .ShowsOnTheWayOut(2).Opens().Writes<ZoneVacant>().Closes()
            .Shows(1).Opens().Writes<ZoneOccupied>();

    [Fact]
    [Requirement("R-DOOR-18")]
    public void A_door_forced_or_an_exit_asked_in_a_vacant_zone_is_an_intrusion() =>
        A.Room().Enters(1).Leaves(1)
            .Opens().Writes<ZoneIntrusion>(item => item.Kind == "door-opened").Closes()
            .PressesTheButton().Writes<ZoneIntrusion>(item => item.Kind == "exit-request").Opens().WritesNo<ZoneIntrusion>().Closes()
            .ShowsOnTheWayOut(99).Writes<ZoneIntrusion>(item => item.Kind == "exit-request");

    [Fact]
    [Requirement("R-DOOR-18")]
    public void Where_somebody_is_inside_an_exit_request_is_no_intrusion() =>
        A.Room().PressesTheButton().WritesNo<ZoneIntrusion>().Opens().Closes()
            .Enters(1).PressesTheButton().WritesNo<ZoneIntrusion>();

    // ---- orders

    [Fact]
    [Requirement("R-RED-03")]
    public void A_suspension_counts_at_once_and_until_a_newer_list() =>
        A.Room()
            .Told(at => new SuspensionArrived(at, A.Suspension(serial: 5))).WritesExactly(typeof(SuspensionApplied))
            .Shows(1).IsRefused(DenyReason.PersonSuspended)
            .Receives(A.List(8) with { IssuedAt = A.MondayNine.AddMinutes(-1) }).Shows(1).IsRefused(DenyReason.PersonSuspended)
            .Receives(A.List(9) with { IssuedAt = A.MondayNine.AddMinutes(1) }).Shows(1).IsGranted();

    [Fact]
    [Requirement("R-RED-03")]
    public void A_suspension_lifted_is_over_and_a_late_copy_of_it_does_nothing() =>
        A.Room()
            .Told(at => new SuspensionArrived(at, A.Suspension(serial: 5)))
            .Told(at => new SuspensionArrived(at, A.Suspension(serial: 6) with { Lifted = true })).Writes<SuspensionApplied>()
            .Shows(1).IsGranted()
            .Told(at => new SuspensionArrived(at, A.Suspension(serial: 5))).WritesNothing()
            .Shows(1).IsGranted();

    [Fact]
    [Requirement("R-ID-08")]
    public void Lost_is_never_lifted()
    {
        var lost = A.Suspension(serial: 5) with { Person = null, Credential = new("C-1"), State = CredentialState.Lost };
        A.Room()
            .Told(at => new SuspensionArrived(at, lost))
            .Told(at => new SuspensionArrived(at, lost with { Serial = 6, Lifted = true })).WritesNothing()
            .Told(at => new SuspensionArrived(at, lost with { Serial = 7, State = CredentialState.Suspended })).WritesNothing()
            .Shows(1).IsRefused(DenyReason.CardLost);
    }

    [Fact]
    public void A_lift_does_not_loosen_the_list_itself() =>
        A.Room(A.List().WithCard(card => card with { State = CredentialState.Suspended }))
            .Told(at => new SuspensionArrived(at, A.Suspension() with { Person = null, Credential = new("C-1"), Lifted = true }))
            .Shows(1).IsRefused(DenyReason.CardSuspended);

    [Fact]
    [Requirement("R-ID-10")]
    public void A_suspension_takes_back_a_release_under_way_and_only_that_persons() =>
        A.Room().Shows(1).Told(at => new SuspensionArrived(at, A.Suspension())).Locks()
            .After(seconds: 1).Writes<GrantUnused>()
            .Shows(2).Told(at => new SuspensionArrived(at, A.Suspension(serial: 2)))
            .Opens().Writes<PersonEntered>(item => item.Person.Value == "S-0301");

    [Fact]
    [Requirement("R-DOOR-14")]
    public void A_lockdown_stops_all_but_the_named_and_nobody_on_the_way_out() =>
        A.Room().Enters(1)
            .Told(at => new LockdownArrived(at, A.Lockdown() with { Except = [new("S-0301")] }, false))
            .Writes<LockdownApplied>(item => !item.Ended).Signals(ReaderSignal.Lockdown)
            .Shows(1).IsRefused(DenyReason.Lockdown)
            .Shows(2).IsGranted().Opens().Closes()
            .Leaves(1).Inside("S-0301")
            .Told(at => new LockdownArrived(at, A.Lockdown(), true)).Writes<LockdownApplied>(item => item.Ended).Signals(ReaderSignal.Idle)
            .Shows(1).IsGranted();

    [Fact]
    [Requirement("R-DOOR-14")]
    public void A_lockdown_ends_by_itself_when_its_time_is_up() =>
        A.Room().Told(at => new LockdownArrived(at, A.Lockdown() with { Until = at.AddHours(1) }, false))
            .After(TimeSpan.FromMinutes(59)).Shows(1).IsRefused(DenyReason.Lockdown)
            .After(TimeSpan.FromMinutes(1)).Writes<LockdownApplied>(item => item.Ended).Signals(ReaderSignal.Idle)
            .Shows(1).IsGranted();

    [Fact]
    [Requirement("R-DOOR-14")]
    public void A_lockdown_of_the_list_lasts_as_long_as_lists_name_it() =>
        A.Room().Receives(A.List(8) with { Lockdowns = [A.Lockdown()] }).Writes<LockdownApplied>(item => !item.Ended)
            .Receives(A.List(9) with { Lockdowns = [A.Lockdown()] }).WritesNo<LockdownApplied>()
            .Shows(1).IsRefused(DenyReason.Lockdown)
            .Receives(A.List(10)).Writes<LockdownApplied>(item => item.Ended).Shows(1).IsGranted();

    [Fact]
    [Requirement("R-DOOR-14")]
    public void A_lockdown_ended_by_order_does_not_come_back_with_an_older_list() =>
        A.Room().Told(at => new LockdownArrived(at, A.Lockdown(), false)).Told(at => new LockdownArrived(at, A.Lockdown(), true))
            .Receives(A.List(8) with { Lockdowns = [A.Lockdown()] }).WritesNo<LockdownApplied>().Shows(1).IsGranted();

    [Fact]
    [Requirement("R-DOOR-14")]
    public void A_lockdown_by_order_outlasts_a_list_that_does_not_name_it() =>
        A.Room().Told(at => new LockdownArrived(at, A.Lockdown(), false)).Receives(A.List(8)).Shows(1).IsRefused(DenyReason.Lockdown);

    [Fact]
    public void The_list_never_goes_back() =>
        A.Room().Receives(A.List(9)).Writes<GrantListApplied>(item => item is { Version: 9, People: 2, Credentials: 2, Grants: 2 })
            .Receives(A.List(8)).WritesExactly(typeof(GrantListRefused))
            .Receives(A.List(9)).WritesNothing()
            .HasList(9);

    [Fact]
    [Requirement("R-RED-01")]
    public void Before_the_first_list_nobody_enters_and_everybody_leaves() =>
        A.ARestingRoom().ReaderIs(ReaderCondition.Online).Closes()
            .Shows(1).IsRefused(DenyReason.NoGrantList).Writes<EntryDenied>(item => item.ListVersion is null)
            .ShowsOnTheWayOut(1).Releases().Writes<ExitBadged>(item => item.Person is null);

    // ---- the journal

    [Fact]
    public void While_nothing_can_be_written_entry_is_refused_without_a_word_and_exits_are_untouched() =>
        A.Room().Enters(1).Told(at => new JournalFailed(at, "disk full")).Signals(ReaderSignal.OutOfService)
            .Shows(2).WritesNothing().StaysLocked().Signals(ReaderSignal.Denied)
            .Types("4711").WritesNothing().Signals(ReaderSignal.Denied)
            .ShowsOnTheWayOut(1).Releases().Opens().Inside().Closes()
            .PressesTheButton().Releases()
            .After(seconds: 60)
            .Told(at => new JournalRecovered(at, LostEvents: 4))
            .Writes<JournalGap>(item => item is { RefusedEntries: 2, LostEvents: 4, Cause: "disk full" } && item.From == A.MondayNine)
            .Signals(ReaderSignal.Idle)
            .Shows(2).IsGranted();

    [Fact]
    public void A_release_under_way_is_taken_back_when_the_journal_fails_and_its_disuse_is_not_recorded() =>
        A.Room().Shows(1).Told(at => new JournalFailed(at, "disk full")).Locks()
            .After(seconds: 1).WritesNo<GrantUnused>().Locks().Door(door => !door.Released);

    [Fact]
    public void Who_was_already_pulling_the_door_when_the_journal_failed_has_entered_and_forced_nothing() =>
        A.Room().Shows(1).After(seconds: 1).Told(at => new JournalFailed(at, "disk full")).After(seconds: 0.3).Opens()
            .WritesNo<DoorForced>().Writes<PersonEntered>().Inside("S-0217");

    [Fact]
    public void A_card_awaiting_its_pin_is_void_when_the_journal_fails() =>
        A.Room(A.List().WithTwoFactors()).Shows(1)
            .Told(at => new JournalFailed(at, "disk full")).WritesNothing().Signals(ReaderSignal.Denied)
            .Told(at => new JournalRecovered(at)).Writes<JournalGap>(item => item.RefusedEntries == 1)
            .Types("4711").IsRefused(DenyReason.MethodNotAllowed);

    // ---- the clock

    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    [Requirement("R-TIME-04")]
    public void A_clock_turned_by_an_hour_is_recorded_and_moves_no_running_time(int seconds) =>
        A.Room().Enters(2).Shows(1).Opens().After(seconds: 20)
            .TurnsTheClock(TimeSpan.FromSeconds(seconds))
            .WritesExactly(typeof(ClockStep)).Writes<ClockStep>(item => item.After - item.Before == TimeSpan.FromSeconds(seconds))
            .After(seconds: 9.9).WritesNothing()
            .After(seconds: 0.1).Writes<DoorHeldOpen>(item => item.OpenMs == 30_000)
            .Closes().Writes<DoorClosed>(item => item.OpenMs == 30_000)
            .ShowsOnTheWayOut(2).Opens().Writes<PersonLeft>(item => item.StayMs == 30_000);

    [Fact]
    [Requirement("R-TIME-04")]
    public void A_clock_turned_back_that_nobody_told_of_stops_no_timer() =>
        A.Room().Shows(1).After(seconds: 2).TurnsTheClockSilently(TimeSpan.FromHours(-1)).After(seconds: 0)
            .After(seconds: 3.9).WritesNothing()
            .After(seconds: 0.1).Writes<GrantUnused>();

    [Fact]
    [Requirement("R-TIME-04")]
    public void A_step_told_after_inputs_that_show_it_is_counted_once()
    {
        var room = A.Room().Shows(1).Opens().After(seconds: 10).TurnsTheClockSilently(TimeSpan.FromHours(-1));
        room.Told(at => new TimePassed(at)).Told(at => new ClockStepped(at, at.AddHours(1)));

        room.After(seconds: 19.9).WritesNothing().After(seconds: 0.1).Writes<DoorHeldOpen>();
    }

    [Fact]
    [Requirement("R-TIME-04")]
    public void A_step_forward_told_too_late_does_not_freeze_time()
    {
        var room = A.Room().TurnsTheClockSilently(TimeSpan.FromHours(1)).Told(at => new TimePassed(at)).Told(at => new ClockStepped(at, at.AddHours(-1)));

        room.Shows(1).After(seconds: 6).Writes<GrantUnused>();
    }

    [Fact]
    [Requirement("R-TIME-04")]
    public void A_clock_set_back_over_midnight_does_not_end_the_day_twice() =>
        A.Room().Enters(1).After(TimeSpan.FromHours(15)).Writes<PresenceMismatch>()
            .TurnsTheClock(TimeSpan.FromMinutes(-30)).After(TimeSpan.FromHours(1)).WritesNo<PresenceMismatch>();

    // ---- a restart

    [Fact]
    public void A_restart_forgets_neither_people_nor_orders_nor_the_version_of_the_list()
    {
        var room = A.Room().Enters(1)
            .Told(at => new SuspensionArrived(at, A.Suspension(serial: 5) with { Person = new("S-0301") }))
            .Told(at => new LockdownArrived(at, A.Lockdown() with { Zones = [new("MED-1")] }, false))
            .Restarts(TimeSpan.FromMinutes(3));

        room.WritesNothing().Inside("S-0217").HasList(7)
            .ReaderIs(ReaderCondition.Online).Closes()
            .Shows(2).IsRefused(DenyReason.PersonSuspended)
            .Receives(A.List(6)).Writes<GrantListRefused>();
        Assert.Equal(5, room.Control.SuspensionSerial);
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public void After_a_restart_readers_are_trusted_only_once_they_are_heard() =>
        A.Room().Restarts(TimeSpan.FromSeconds(2)).Door(door => !door.InService)
            .Shows(1).IsRefused(DenyReason.ReaderNotTrusted)
            .ReaderIs(ReaderCondition.Online).Signals(ReaderSignal.Idle).Shows(1).IsGranted();

    [Fact]
    public void A_door_found_open_after_a_restart_was_not_forced() =>
        A.Room().Restarts(TimeSpan.FromSeconds(2)).Opens().WritesNo<DoorForced>().Writes<DoorOpened>(item => item.Cause is OpeningCause.FoundOpen);

    [Fact]
    public void Somebody_let_in_just_before_a_restart_is_taken_to_have_entered_and_nobody_to_have_left() =>
        A.Room().Enters(1).Shows(2).ShowsOnTheWayOut(1).Restarts(TimeSpan.FromSeconds(2)).Inside("S-0217", "S-0301");

    [Fact]
    public void An_outage_of_the_journal_that_ended_with_a_restart_is_still_told() =>
        A.Room().Told(at => new JournalFailed(at, "disk full")).Shows(1).Restarts(TimeSpan.FromMinutes(1))
            .Has<JournalGap>(item => item is { RefusedEntries: 1, Cause: "disk full" })
            .ReaderIs(ReaderCondition.Online).Shows(1).IsGranted();

    [Fact]
    public void Refusals_before_a_restart_still_count() =>
        A.Room().Shows(99).Shows(99).Restarts(TimeSpan.FromSeconds(2)).ReaderIs(ReaderCondition.Online).Shows(99).Writes<RepeatedRefusals>();

    [Fact]
    public void Nothing_new_is_nothing_to_keep()
    {
        var room = A.Room();
        _ = room.Control.Snapshot();
        Assert.False(room.Control.PresenceOrOrdersChanged);

        room.ReaderIs(ReaderCondition.PowerFault).Told(at => new TimePassed(at));
        Assert.False(room.Control.PresenceOrOrdersChanged);

        room.Enters(1);
        Assert.True(room.Control.PresenceOrOrdersChanged);
        _ = room.Control.Snapshot();
        room.Told(at => new SuspensionArrived(at, A.Suspension()));
        Assert.True(room.Control.PresenceOrOrdersChanged);
    }

    [Fact]
    public void A_list_of_a_hundred_thousand_people_costs_a_decision_no_more_memory()
    {
        Assert.InRange(BytesOfADecision(100_000), 1, BytesOfADecision(10) + 256);

        static long BytesOfADecision(int people)
        {
            var list = A.List() with
            {
                People = [.. Enumerable.Range(0, people).Select(i => A.Person($"S-{i:000000}"))],
                Credentials = [.. Enumerable.Range(0, people).Select(i => A.Card(i, $"S-{i:000000}"))],
                Grants = [.. Enumerable.Range(0, people).Select(i => A.Grant($"S-{i:000000}", $"G-{i:000000}"))],
            };
            var room = A.Room(list);
            room.Shows(7).IsGranted().Opens().Closes();
            var badge = new BadgePresented(room.At, A.EntryReader, A.Digest(8), "H10301");
            var before = GC.GetAllocatedBytesForCurrentThread();
            _ = room.Control.Handle(badge);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
