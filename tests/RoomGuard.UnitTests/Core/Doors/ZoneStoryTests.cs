using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Zones;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Core.Doors;

/// <summary>Zones with rules and modes, told as stories.</summary>
public class ZoneStoryTests
{
    // A server room inside an outer room, each with a reader on either side, and a second outer door.
    private static readonly RoomPlan Nested = new(
        [A.Door("OUT-1-D1", "OUT-1") with { OnFire = FireState.Released }, A.Door(), A.Door("OUT-1-D2", "OUT-1")],
        [
            new(new("out-in"), new("OUT-1-D1"), ReaderSide.Entry), new(new("out-out"), new("OUT-1-D1"), ReaderSide.Exit),
            .. A.Plan().Readers,
            new(new("back-in"), new("OUT-1-D2"), ReaderSide.Entry),
        ]);

    // ---- presence

    [Fact]
    [Requirement("R-ZONE-09")]
    public void An_inner_zone_is_entered_by_who_is_in_the_outer_one_and_both_lists_name_them() =>
        ANestedRoom().Shows(1).IsRefused(DenyReason.WrongPath)
            .Shows(1, "out-in").IsGrantedAt("OUT-1-D1").Opens("OUT-1-D1").Closes("OUT-1-D1").Shows(1).IsGranted().Opens().Closes()
            .Inside("S-0217", "S-0217").InsideIsTheFoldOfTheRecord();

    [Fact]
    [Requirement("R-ZONE-09")]
    [Requirement("R-DOOR-05")]
    public void Leaving_the_outer_zone_is_leaving_the_inner_one() =>
        ANestedRoom().Shows(1, "out-in").Opens("OUT-1-D1").Closes("OUT-1-D1").Enters(1)
            .Shows(1, "out-out").Releases("OUT-1-D1").Opens("OUT-1-D1")
            .Writes<PresenceMismatch>(item => item is { Kind: "outer-left", Zone.Value: "SRV-1" })
            .Writes<PersonLeft>(item => item is { Zone.Value: "SRV-1", Evidence: PresenceEvidence.Elsewhere })
            .Writes<PersonLeft>(item => item is { Zone.Value: "OUT-1", Evidence: PresenceEvidence.Opened }).Inside().InsideIsTheFoldOfTheRecord();

    [Fact]
    [Requirement("R-DOOR-05")]
    public void Nobody_is_in_two_zones_beside_each_other()
    {
        var plan = new RoomPlan([A.Door(), A.Door("MED-1-D1", "MED-1")], [.. A.Plan().Readers, new(new("med-in"), new("MED-1-D1"), ReaderSide.Entry)]);
        var list = A.List().WithGrants(A.Grant() with { Zones = [A.ServerRoom, new("MED-1")] }) with { Zones = [A.Zone(), A.Zone("MED-1")] };

        A.Room(list, plan).Enters(1).Shows(1, "med-in").Opens("MED-1-D1")
            .Writes<PresenceMismatch>(item => item.Kind == "seen-elsewhere")
            .Writes<PersonLeft>(item => item is { Zone.Value: "SRV-1", Evidence: PresenceEvidence.Elsewhere })
            .Inside("S-0217").Where("S-0217", one => one.Zone.Value == "MED-1").InsideIsTheFoldOfTheRecord();
    }

    [Fact]
    [Requirement("R-DOOR-05")]
    public void Presence_says_by_what_it_is_known_and_how_surely() =>
        A.Room(A.List().WithMore(2)).Enters(1).Where("S-0217", one => one is { Evidence: PresenceEvidence.Opened, Certainty: PresenceCertainty.Certain })
            .Shows(10).Shows(11).Opens().Closes().Where("S-0400", one => one.Certainty is PresenceCertainty.Likely).Where("S-0401", one => one.Certainty is PresenceCertainty.Likely)
            .LosesTheContact().Shows(2).Where("S-0301", one => one is { Evidence: PresenceEvidence.Entry, Certainty: PresenceCertainty.Likely })
            .InsideIsTheFoldOfTheRecord();

    [Fact]
    [Requirement("R-DOOR-05")]
    [Requirement("R-DOOR-06")]
    public void Presence_is_corrected_by_who_looked_and_only_once()
    {
        var reset = new PresenceOrder(new("S-0217"), A.ServerRoom, Inside: false, A.MondayNine.AddMinutes(5), "本人は席にいた", "S-0102", 1);
        var room = A.Room(A.List().WithRules(rules => rules with { Passback = new(PassbackMode.Hard, null, null) })).Enters(1)
            .After(TimeSpan.FromHours(1)).Shows(1).IsRefused(DenyReason.AlreadyInside).Writes<EntryWhileInside>(item => item.Mode is PassbackMode.Hard);

        room.Ordered(reset).Writes<PersonLeft>(item => item is { Evidence: PresenceEvidence.Manual, StayMs: 300_000 }).Writes<ZoneVacant>().Inside()
            .Shows(1).IsGranted().Opens().Closes().Inside("S-0217")
            .Told(at => new RoomOrderArrived(at, 1, reset)).WritesNothing().Inside("S-0217")
            .Ordered(reset with { Inside = true, Person = new("S-0301"), Since = A.MondayNine, Serial = 2 }).Writes<PersonEntered>(item => item.Evidence is PresenceEvidence.Manual)
            .Where("S-0301", one => one.Since == A.MondayNine).InsideIsTheFoldOfTheRecord();
    }

    // ---- passback

    [Fact]
    [Requirement("R-DOOR-06")]
    public void Soft_passback_lets_in_with_an_alarm() =>
        A.Room(A.List().WithRules(rules => rules with { Passback = new(PassbackMode.Soft, null, null) })).Enters(1).WritesNo<EntryWhileInside>()
            .After(seconds: 60).Shows(1).IsGranted().Writes<EntryWhileInside>(item => item is { Mode: PassbackMode.Soft } && item.EnteredAt == A.MondayNine)
            .Opens().Inside("S-0217");

    [Fact]
    [Requirement("R-DOOR-06")]
    public void Forgiven_at_night_who_forgot_the_exit_badge_enters_without_question() =>
        A.Room(A.List().WithRules(rules => rules with { Passback = new(PassbackMode.Hard, null, new(3, 0)) })).Enters(1)
            .After(TimeSpan.FromHours(17)).Shows(1).IsRefused(DenyReason.AlreadyInside)
            .After(TimeSpan.FromHours(1)).Shows(1).IsGranted().Opens().WritesNone<PresenceMismatch>(item => item.Kind == "entry-while-inside").Inside("S-0217");

    [Fact]
    [Requirement("R-DOOR-06")]
    [Requirement("R-TIME-04")]
    public void A_clock_set_back_while_somebody_is_inside_changes_no_passback_time()
    {
        var room = A.Room(A.List().WithRules(rules => rules with { Passback = new(PassbackMode.Hard, TimeSpan.FromMinutes(10), null) })).Enters(1).After(seconds: 300);

        room.TurnsTheClock(TimeSpan.FromHours(-2)).After(seconds: 299.9).Shows(1).IsRefused(DenyReason.AlreadyInside).After(seconds: 0.1).Shows(1).IsGranted();
    }

    // ---- number, purpose, interlock

    [Fact]
    public void Two_cards_in_one_instant_at_two_doors_do_not_share_the_last_place()
    {
        var plan = new RoomPlan([A.Door(), A.Door("SRV-1-D2")], [.. A.Plan().Readers, new(new("back-in"), new("SRV-1-D2"), ReaderSide.Entry)]);

        A.Room(A.List().WithRules(rules => rules with { Most = 1 }), plan).Shows(1).IsGranted().Shows(2, "back-in").IsRefusedAt("back-in", DenyReason.ZoneFull)
            .After(seconds: 6).Shows(2, "back-in").IsGrantedAt("SRV-1-D2");
    }

    [Fact]
    [Requirement("R-WORK-05")]
    public void A_purpose_told_beforehand_stands_in_the_entry_until_its_time_is_up() =>
        A.Room(A.List().WithRules(rules => rules with { PurposeNeeded = true })).Shows(1).IsRefused(DenyReason.NoPurpose)
            .Ordered(new PurposeOrder(new("S-0217"), A.ServerRoom, "W-0152", A.MondayNine.AddMinutes(10)))
            .After(seconds: 599).Shows(1).IsGranted().Writes<EntryGranted>(item => item.PurposeRef == "W-0152")
            .After(seconds: 1).Shows(1).IsRefused(DenyReason.NoPurpose);

    [Fact]
    public void An_interlock_lets_through_one_door_at_a_time_and_holds_nobody_inside()
    {
        var plan = new RoomPlan(
            [A.Door() with { Interlock = [new("SRV-1-D2")] }, A.Door("SRV-1-D2") with { Interlock = [A.ServerDoor] }],
            [.. A.Plan().Readers, new(new("back-in"), new("SRV-1-D2"), ReaderSide.Entry)]);

        A.Room(plan: plan).Shows(1).IsGranted().Shows(2, "back-in").IsRefusedAt("back-in", DenyReason.OtherDoorOpen)
            .Opens().Shows(2, "back-in").IsRefusedAt("back-in", DenyReason.OtherDoorOpen)
            .PressesTheButton("SRV-1-D2").Releases("SRV-1-D2").After(seconds: 7).Closes().Shows(2, "back-in").IsGrantedAt("SRV-1-D2")
            .LosesTheContact("SRV-1-D2").Shows(1).IsRefused(DenyReason.OtherDoorOpen).ShowsOnTheWayOut(1).Releases();
    }

    // ---- two

    [Fact]
    [Requirement("R-WORK-06")]
    public void Two_cards_within_the_window_open_for_both() =>
        ARoomForTwo(TwoPersonMode.TwoToEnter).Shows(1).WritesExactly(typeof(PairAwaited)).StaysLocked().Signals(ReaderSignal.WaitFactor)
            .After(seconds: 14.9).Shows(2).Writes<EntryGranted>(item => item.Person.Value == "S-0217").Writes<EntryGranted>(item => item.Person.Value == "S-0301").Releases()
            .Opens().Inside("S-0217", "S-0301");

    [Fact]
    [Requirement("R-WORK-06")]
    public void When_nobody_follows_the_first_is_void() =>
        ARoomForTwo(TwoPersonMode.TwoToEnter).Shows(1).After(seconds: 15).Writes<EntryDenied>(item => item is { Reason: DenyReason.SecondPersonMissing, Person.Value: "S-0217" })
            .Shows(2).WritesExactly(typeof(PairAwaited)).Shows(2).WritesExactly(typeof(PairAwaited)).StaysLocked();

    [Fact]
    [Requirement("R-WORK-06")]
    public void A_first_who_was_suspended_while_waiting_is_refused_and_the_second_waits() =>
        ARoomForTwo(TwoPersonMode.TwoToEnter).Shows(1).Told(at => new SuspensionArrived(at, A.Suspension())).Shows(2)
            .Writes<EntryDenied>(item => item is { Reason: DenyReason.PersonSuspended, Person.Value: "S-0217" }).Writes<PairAwaited>(item => item.Person.Value == "S-0301").StaysLocked();

    [Fact]
    [Requirement("R-WORK-06")]
    public void Where_never_one_alone_may_be_who_is_left_behind_is_told_and_both_can_leave() =>
        ARoomForTwo(TwoPersonMode.NeverAlone).Shows(1).Shows(2).Opens().WritesNo<LeftAlone>().Closes()
            .ShowsOnTheWayOut(1).Releases().Opens().Writes<LeftAlone>(item => item is { Person.Value: "S-0301", Times: 1, AloneMs: 0 }).Closes()
            .After(seconds: 60).Writes<LeftAlone>(item => item is { Times: 2, AloneMs: 60_000 })
            .Shows(1).IsGranted().Opens().Writes<LeftAloneEnded>(item => item.AloneMs == 60_000).Closes()
            .ShowsOnTheWayOut(1).ShowsOnTheWayOut(2).Opens().WritesNo<LeftAlone>().Inside();

    [Fact]
    [Requirement("R-WORK-06")]
    public void A_pair_that_waits_is_forgotten_by_a_restart() =>
        ARoomForTwo(TwoPersonMode.TwoToEnter).Shows(1).Restarts(away: TimeSpan.FromSeconds(3)).ReaderIs(ReaderCondition.Online).Closes()
            .Shows(2).WritesExactly(typeof(PairAwaited)).StaysLocked();

    // ---- a finger

    [Fact]
    [Requirement("R-DOOR-04")]
    [Requirement("R-ID-09")]
    public void A_finger_follows_the_card_within_the_window_and_the_template_stays_in_the_reader() =>
        ARoomWithASensor().Shows(1).Writes<FactorAwaited>().StaysLocked().ShowsFinger(BiometricVerdict.TimedOut).StaysLocked()
            .After(seconds: 14).ShowsFinger(BiometricVerdict.Match).IsGranted().Writes<EntryGranted>(item => item.Methods is [EntryMethod.Card, EntryMethod.Biometric]);

    [Fact]
    [Requirement("R-DOOR-04")]
    public void After_the_window_a_finger_opens_nothing() =>
        ARoomWithASensor().Shows(1).After(seconds: 15).Writes<EntryDenied>(item => item.Reason is DenyReason.SecondFactorMissing).ShowsFinger(BiometricVerdict.Match).DoesNothing();

    [Fact]
    [Requirement("R-DOOR-04")]
    [Requirement("R-ID-07")]
    public void A_wrong_finger_twice_counts_as_lending() =>
        ARoomWithASensor().Shows(1).ShowsFinger(BiometricVerdict.NoMatch).IsRefused(DenyReason.BiometricMismatch)
            .After(seconds: 10).Shows(1).ShowsFinger(BiometricVerdict.NoMatch).IsRefused(DenyReason.FactorMismatch)
            .After(seconds: 10).Shows(1).ShowsFinger(BiometricVerdict.Match).IsGranted();

    // ---- modes

    [Fact]
    [Requirement("R-DOOR-15")]
    public void In_a_fire_the_doors_go_to_their_registered_state_and_who_is_inside_is_called()
    {
        var room = ANestedRoom().Shows(1, "out-in").Opens("OUT-1-D1").Closes("OUT-1-D1").Turns(ZoneMode.Fire, zone: "OUT-1");

        room.Writes<FireReleased>(item => item.Released is [{ Value: "OUT-1-D1" }] && item.Locked is [{ Value: "OUT-1-D2" }] && item.RollCall is [{ Value: "S-0217" }])
            .Releases("OUT-1-D1").After(seconds: 30).Releases("OUT-1-D1")
            .Opens("OUT-1-D1").WritesNo<DoorForced>().Writes<DoorOpened>(item => item.Cause is OpeningCause.Fire)
            .After(TimeSpan.FromMinutes(20)).WritesNo<DoorHeldOpen>()
            .Shows(2, "out-in").Where("S-0301", one => one is { Evidence: PresenceEvidence.Release, Certainty: PresenceCertainty.Unverified })
            .Opens("OUT-1-D2").WritesNo<DoorForced>().After(seconds: 10);
        Assert.DoesNotContain(room.AnswerOrders, order => order is SecureStrike);

        room.Turns(ZoneMode.Normal, zone: "OUT-1").Locks("OUT-1-D1")
            .Writes<FireRestored>(item => item.Unverified is [{ Value: "S-0217" }, { Value: "S-0301" }])
            .Writes<PresenceMismatch>(item => item is { Kind: "fire-release", Person.Value: "S-0217" })
            .After(seconds: 30).Writes<DoorHeldOpen>().InsideIsTheFoldOfTheRecord();
    }

    [Fact]
    [Requirement("R-DOOR-15")]
    public void A_fire_signal_sets_the_doors_as_an_order_does_and_outranks_what_was_ordered()
    {
        static FireSignalled Signal(DateTimeOffset at, params string[] zones) => new(at, [.. zones.Select(zone => new ZoneId(zone))]);

        var room = ANestedRoom().Shows(1, "out-in").Opens("OUT-1-D1").Closes("OUT-1-D1").Told(at => Signal(at, "OUT-1"))
            .Writes<FireReleased>(item => item.Released is [{ Value: "OUT-1-D1" }] && item.RollCall is [{ Value: "S-0217" }]).Writes<ZoneModeChanged>(item => item is { To: ZoneMode.Fire, Person: null });
        room.ReleasesAlways("OUT-1-D1").Told(at => Signal(at, "OUT-1")).WritesNothing()
            .Turns(ZoneMode.Alarm, zone: "OUT-1").WritesNo<ZoneModeChanged>()
            .Restarts(away: TimeSpan.FromSeconds(5)).ReleasesAlways("OUT-1-D1").WritesNo<FireReleased>()
            .Told(at => Signal(at)).Locks("OUT-1-D1").Writes<FireRestored>().Writes<ZoneModeChanged>(item => item is { From: ZoneMode.Fire, To: ZoneMode.Alarm, ByTime: false })
            .Turns(ZoneMode.Normal, zone: "OUT-1").Writes<ZoneModeChanged>(item => item.To is ZoneMode.Normal);
    }

    [Fact]
    [Requirement("R-DOOR-15")]
    public void A_fire_outlasts_a_failing_journal_a_lockdown_and_a_restart() =>
        ANestedRoom().Turns(ZoneMode.Fire, zone: "OUT-1").Told(at => new JournalFailed(at, "disk full"))
            .After(seconds: 30).ReleasesAlways("OUT-1-D1").Told(at => new JournalRecovered(at))
            .Told(at => new LockdownArrived(at, A.Lockdown() with { Zones = [new("OUT-1")] }, false)).LocksNothing()
            .Restarts(away: TimeSpan.FromSeconds(40)).ReleasesAlways("OUT-1-D1").WritesNo<FireReleased>();

    [Fact]
    [Requirement("R-DOOR-15")]
    public void Somebody_on_the_way_out_when_the_fire_ends_is_not_locked_in() =>
        ANestedRoom().Turns(ZoneMode.Fire, zone: "OUT-1").Shows(1, "out-out").After(seconds: 1).Turns(ZoneMode.Normal, zone: "OUT-1").ReleasesAlways("OUT-1-D1").LocksNothing();

    [Fact]
    public void Under_maintenance_an_opening_is_no_alarm_until_its_time_is_up() =>
        A.Room().Enters(1).Leaves(1).Turns(ZoneMode.Maintenance, A.MondayNine.AddMinutes(30), person: "S-0301")
            .Opens().WritesNo<DoorForced>().WritesNo<ZoneIntrusion>().Writes<DoorOpened>(item => item is { Cause: OpeningCause.Maintenance, Person.Value: "S-0301" })
            .After(TimeSpan.FromMinutes(20)).WritesNo<DoorHeldOpen>().Closes().Shows(99).IsRefused(DenyReason.CardUnknown)
            .After(TimeSpan.FromMinutes(10)).Writes<ZoneModeChanged>(item => item is { To: ZoneMode.Normal, ByTime: true })
            .TurnsTheClock(TimeSpan.FromMinutes(-20)).WritesNo<ZoneModeChanged>()
            .Opens().Writes<DoorForced>().Writes<ZoneIntrusion>();

    [Fact]
    [Requirement("R-DOOR-18")]
    public void In_a_vacant_zone_nothing_moves_without_an_alarm() =>
        A.Room().Enters(1).Leaves(1).Opens().Writes<ZoneIntrusion>().Closes().PressesTheButton().Writes<ZoneIntrusion>()
            .ShowsOnTheWayOut(99).Writes<ZoneIntrusion>();

    // ---- free hours

    [Fact]
    public void In_free_hours_the_doors_stand_open_once_somebody_has_come_until_nobody_is_left() =>
        ARoomWithFreeHours().PressesTheButton().Opens().Closes().Shows(1).Opens().Writes<FreeHoursBegan>(item => item.Person.Value == "S-0217").Releases().Closes()
            .After(seconds: 60).Releases().Opens().Writes<DoorOpened>(item => item.Cause is OpeningCause.FreeHours).WritesNo<DoorForced>().LocksNothing().Closes()
            .Leaves(1).Has<FreeHoursEnded>(item => item.Cause is FreeHoursEnd.Vacant)
            .After(seconds: 10).Opens().Writes<DoorForced>();

    [Fact]
    public void Free_hours_end_with_their_time_and_with_a_lockdown_and_do_not_come_back_by_themselves() =>
        ARoomWithFreeHours().Enters(1).Told(at => new LockdownArrived(at, A.Lockdown(), false)).Writes<FreeHoursEnded>(item => item.Cause is FreeHoursEnd.Stopped).Locks()
            .Told(at => new LockdownArrived(at, A.Lockdown(), true)).WritesNo<FreeHoursBegan>()
            .Enters(2).Has<FreeHoursBegan>(item => item.Person.Value == "S-0301")
            .After(TimeSpan.FromHours(8.25)).Writes<FreeHoursEnded>(item => item.Cause is FreeHoursEnd.Time).Locks();

    [Fact]
    public void Free_hours_are_withdrawn_when_nothing_can_be_written() =>
        ARoomWithFreeHours().Enters(1).Told(at => new JournalFailed(at, "disk full")).Locks().Opens().Writes<DoorForced>();

    private static RoomStory ANestedRoom()
    {
        var both = A.List().WithGrants(A.Grant() with { Zones = [A.ServerRoom, new("OUT-1")] });
        return A.Room(
            both with
            {
                Zones = [A.Zone("OUT-1"), A.Zone() with { Parent = new("OUT-1") }],
                Grants = [.. both.Grants.Select(grant => grant with { Zones = [A.ServerRoom, new("OUT-1")] })],
            },
            Nested);
    }

    private static RoomStory ARoomForTwo(TwoPersonMode mode) =>
        A.Room(A.List().WithRules(rules => rules with { TwoPersons = new(mode, TimeSpan.FromSeconds(15), EscortCounts: true, NamedPair: false) }));

    private static RoomStory ARoomWithASensor() => A.Room(
        A.List().WithZone(zone => zone with { RequiredFactors = 2, Methods = [EntryMethod.Card, EntryMethod.Biometric] }),
        new(A.Plan().Doors, [A.Plan().Readers[0] with { HasSensor = true }, A.Plan().Readers[1]]));

    private static RoomStory ARoomWithFreeHours() =>
        A.Room(A.List().WithRules(rules => rules with { FreeAfterFirst = new(WeekDays.Weekdays, new(new(8, 30), new(17, 15)), OnHolidays: false) }));
}
