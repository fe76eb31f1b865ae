using RoomGuard.Core.Doors;
using RoomGuard.Core.People;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Core.Doors;

/// <summary>Escort from entry to exit, told as stories. Minori (card 1, S-0217) and Taro (card 2, S-0301) are staff; badges 201… are visitors'.</summary>
public class EscortStoryTests
{
    private const string Visitor = "V-2026-0088-1";

    // ---- at the door

    [Fact]
    [Requirement("R-VIS-02")]
    public void A_visitor_enters_while_the_escort_is_inside() =>
        A.Room().HandsOut(A.Pass()).Enters(1).Shows(201).IsGranted()
            .Has<EntryGranted>(item => item is { Visit.Value: "V-2026-0088", Escort.Value: "S-0217", Grant: null })
            .Opens().Closes().Inside("S-0217", Visitor)
            .Where(Visitor, one => one is { Visit.Value: "V-2026-0088", Escort.Value: "S-0217", Alone: false })
            .InsideIsTheFoldOfTheRecord();

    [Theory]
    [InlineData(0, null)]
    [InlineData(4, null)]
    [InlineData(30, DenyReason.NoEscort)]
    [Requirement("R-VIS-02")]
    public void An_escort_who_has_badged_at_the_door_will_do_for_thirty_seconds(int seconds, DenyReason? expected)
    {
        var room = A.Room().HandsOut(A.Pass()).Shows(1).IsGranted();
        if (seconds == 30)
        {
            // At thirty seconds it still does, a moment later no longer.
            room.After(seconds: 30).Shows(201).IsGranted();
            room = A.Room().HandsOut(A.Pass()).Shows(1).After(seconds: 30.1);
        }
        else
        {
            room.After(seconds);
        }

        _ = expected is { } reason ? room.Shows(201).IsRefused(reason) : room.Shows(201).IsGranted();
    }

    [Fact]
    [Requirement("R-VIS-02")]
    public void Escort_and_visitor_through_one_opening_are_both_inside_and_nothing_is_missing() =>
        A.Room().HandsOut(A.Pass()).Shows(1).Shows(201).IsGranted().Opens().WritesNo<EscortMissing>().Inside("S-0217", Visitor)
            .Where(Visitor, one => one.Certainty is PresenceCertainty.Likely);

    [Fact]
    [Requirement("R-VIS-02")]
    public void An_escort_who_badged_at_another_door_is_not_at_this_one()
    {
        var plan = new RoomPlan(
            [A.Door(), A.Door("SRV-1-D2")],
            [.. A.Plan().Readers, new(new("reader-back"), new("SRV-1-D2"), ReaderSide.Entry)]);

        A.Room(plan: plan).HandsOut(A.Pass()).Shows(1).IsGranted().Shows(201, "reader-back").IsRefusedAt("reader-back", DenyReason.NoEscort);
    }

    [Fact]
    [Requirement("R-VIS-02")]
    public void Somebody_who_is_inside_and_not_named_is_no_escort() =>
        A.Room().HandsOut(A.Pass(1, "V-2026-0088", "S-0301")).Enters(1).Shows(201).IsRefused(DenyReason.NoEscort);

    [Theory]
    [InlineData(PersonCategory.Staff, Eligibility.StaffOnly, null)]
    [InlineData(PersonCategory.FixedTermStaff, Eligibility.StaffOnly, null)]
    [InlineData(PersonCategory.Contractor, Eligibility.StaffOnly, DenyReason.EscortNotEligible)]
    [InlineData(PersonCategory.Contractor, Eligibility.AuthorisedContractor, null)]
    [InlineData(PersonCategory.AssemblyMember, Eligibility.AuthorisedContractor, DenyReason.EscortNotEligible)]
    [Requirement("R-VIS-10")]
    public void Who_may_escort_is_the_profiles_choice(PersonCategory category, Eligibility eligible, DenyReason? expected)
    {
        var list = A.List().WithPerson(person => person with { Category = category })
            .WithRules(rules => rules with { Escort = rules.Escort! with { Eligible = eligible } });
        var room = A.Room(list).HandsOut(A.Pass()).Enters(1).Shows(201);

        _ = expected is { } reason ? room.IsRefused(reason) : room.IsGranted();
    }

    [Fact]
    [Requirement("R-VIS-04")]
    public void Five_visitors_have_one_escort_and_a_sixth_waits_until_one_has_left()
    {
        var room = A.Room().Enters(1);
        for (var number = 1; number <= 6; number++)
        {
            room.HandsOut(A.Pass(number));
        }

        for (var number = 1; number <= 5; number++)
        {
            room.Shows(200 + number).IsGranted().Opens().Closes();
        }

        room.Shows(206).IsRefused(DenyReason.TooManyVisitors).Leaves(203).Shows(206).IsGranted();
    }

    [Fact]
    [Requirement("R-VIS-04")]
    public void Visitors_still_at_the_door_count()
    {
        var room = A.Room(A.List().WithRules(rules => rules with { Escort = rules.Escort! with { Most = 1 } })).HandsOut(A.Pass()).HandsOut(A.Pass(2)).Enters(1);

        room.Shows(201).IsGranted().Shows(202).IsRefused(DenyReason.TooManyVisitors);
    }

    [Fact]
    [Requirement("R-VIS-06")]
    public void A_badge_that_came_back_opens_nothing_and_handed_out_anew_it_opens_for_the_next() =>
        A.Room().Enters(1).HandsOut(A.Pass()).Ordered(new VisitPassOrder(A.Pass(), Ended: true)).Shows(201).IsRefused(DenyReason.BadgeDead)
            .HandsOut(A.Pass(visit: "V-2026-0099")).Shows(201).IsGranted().Has<EntryGranted>(item => item.Visit?.Value == "V-2026-0099");

    [Fact]
    [Requirement("R-VIS-06")]
    public void A_second_badge_for_the_same_visitor_ends_the_first() =>
        A.Room().Enters(1).HandsOut(A.Pass()).HandsOut(A.Pass() with { Badge = A.Pass().Badge with { Id = new("VB-9"), Digest = A.Digest(209) } })
            .Shows(201).IsRefused(DenyReason.CardUnknown).Shows(209).IsGranted();

    [Fact]
    [Requirement("R-VIS-05")]
    public void A_refused_visitor_is_named_with_the_visit() =>
        A.Room().Enters(1).HandsOut(A.Pass() with { Zones = [new("MED-1")] }).Shows(201).IsRefused(DenyReason.ZoneNotInVisit)
            .Writes<EntryDenied>(item => item is { Visit.Value: "V-2026-0088", Person.Value: Visitor });

    [Fact]
    public void A_late_copy_of_an_order_does_nothing() =>
        A.Room().Enters(1).HandsOut(A.Pass()).Ordered(new VisitPassOrder(A.Pass(), Ended: true))
            .Told(at => new RoomOrderArrived(at, 1, new VisitPassOrder(A.Pass(), Ended: false))).WritesNo<RoomOrderApplied>().Shows(201).IsRefused(DenyReason.BadgeDead);

    [Fact]
    [Requirement("R-VIS-11")]
    public void In_a_drill_visitors_wait_and_an_exception_for_their_visit_lets_them_in() =>
        A.Room().Enters(1).HandsOut(A.Pass()).Turns(ZoneMode.Drill).Shows(201).IsRefused(DenyReason.ZoneNotForVisitors)
            .Ordered(new VisitorOverrideOrder(A.ServerRoom, A.Pass().Visit, A.MondayNine.AddMinutes(5), "立会い済み", "S-0102")).Shows(201).IsGranted()
            .After(seconds: 299).Shows(201).IsGranted().After(seconds: 1).Shows(201).IsRefused(DenyReason.ZoneNotForVisitors);

    // ---- inside

    [Fact]
    [Requirement("R-VIS-03")]
    public void The_escort_who_leaves_last_leaves_freely_and_it_is_told_at_once_and_again() =>
        Escorted().ShowsOnTheWayOut(1).Releases().Signals(ReaderSignal.Alarm, "reader-srv-out").WritesNo<EscortMissing>()
            .Opens().Writes<EscortMissing>(item => item is { Visitor.Value: Visitor, Escort.Value: "S-0217", Times: 1, MissingMs: 0, Incident: false }).Closes()
            .Where(Visitor, one => one.Alone)
            .After(seconds: 29.9).WritesNo<EscortMissing>()
            .After(seconds: 0.1).Writes<EscortMissing>(item => item is { Times: 2, MissingMs: 30_000, Incident: false })
            .After(seconds: 30).Writes<EscortMissing>(item => item is { Times: 3, MissingMs: 60_000, Incident: true })
            .After(seconds: 30).Writes<EscortMissing>(item => item is { Times: 4, Incident: true })
            .ShowsOnTheWayOut(201).Releases().Opens().Closes().Inside().After(seconds: 300).WritesNo<EscortMissing>()
            .InsideIsTheFoldOfTheRecord();

    [Fact]
    [Requirement("R-VIS-03")]
    public void The_escort_who_comes_back_ends_it() =>
        Escorted().Leaves(1).After(seconds: 12.5).Shows(1).IsGranted().Opens()
            .Writes<EscortReturned>(item => item is { Escort.Value: "S-0217", MissingMs: 12_500 }).Closes()
            .Where(Visitor, one => !one.Alone).After(seconds: 120).WritesNo<EscortMissing>();

    [Fact]
    [Requirement("R-VIS-03")]
    public void A_named_escort_inside_takes_over_when_the_first_shows_the_card_on_the_way_out() =>
        A.Room().HandsOut(A.Pass(1, "V-2026-0088", "S-0217", "S-0301")).Enters(1).Enters(201).Enters(2).ShowsOnTheWayOut(1)
            .Writes<EscortHandedOver>(item => item is { From.Value: "S-0217", To.Value: "S-0301", How: EscortHandover.AtTheExit, Door.Value: "SRV-1-D1" }).Releases()
            .Opens().WritesNo<EscortMissing>().Closes().Where(Visitor, one => one.Escort?.Value == "S-0301")
            .Leaves(2).Where(Visitor, one => one.Alone).InsideIsTheFoldOfTheRecord();

    [Fact]
    [Requirement("R-VIS-03")]
    public void A_colleague_inside_who_is_not_named_does_not_take_over_by_standing_there() =>
        Escorted().Enters(2).ShowsOnTheWayOut(1).WritesNo<EscortHandedOver>().Opens().Writes<EscortMissing>();

    [Fact]
    [Requirement("R-VIS-03")]
    public void Both_cards_at_the_entry_reader_hand_over_to_somebody_who_is_not_named() =>
        Escorted().Shows(2).IsGranted().Opens().Closes().After(seconds: 10).Shows(1)
            .Writes<EscortHandedOver>(item => item is { From.Value: "S-0217", To.Value: "S-0301", How: EscortHandover.AtTheEntry })
            .After(seconds: 10).Leaves(1).Where(Visitor, one => one is { Alone: false, Escort.Value: "S-0301" });

    [Fact]
    [Requirement("R-VIS-03")]
    public void Two_cards_at_the_entry_reader_too_far_apart_hand_nothing_over() =>
        Escorted().Enters(2).After(seconds: 30.1).Shows(1).WritesNo<EscortHandedOver>().After(seconds: 10).Leaves(1).Where(Visitor, one => one.Alone);

    [Fact]
    [Requirement("R-VIS-03")]
    public void Who_takes_over_has_to_have_room()
    {
        var list = A.List().WithRules(rules => rules with { Escort = rules.Escort! with { Most = 1 } });

        A.Room(list).HandsOut(A.Pass(1, "V-1", "S-0217", "S-0301")).HandsOut(A.Pass(2, "V-2", "S-0301")).Enters(1).Enters(2).Enters(201).Enters(202)
            .ShowsOnTheWayOut(1).WritesNo<EscortHandedOver>().Opens().Writes<EscortMissing>(item => item.Visit.Value == "V-1");
    }

    [Fact]
    [Requirement("R-VIS-03")]
    public void An_escort_suspended_while_escorting_escorts_no_longer_and_may_leave() =>
        Escorted().Told(at => new SuspensionArrived(at, A.Suspension())).Writes<EscortMissing>(item => item.Escort?.Value == "S-0217")
            .ShowsOnTheWayOut(1).Releases().Opens().Closes().Inside(Visitor);

    [Fact]
    [Requirement("R-VIS-03")]
    public void When_the_escort_is_suspended_another_one_named_and_inside_takes_over() =>
        A.Room().HandsOut(A.Pass(1, "V-2026-0088", "S-0217", "S-0301")).Enters(1).Enters(2).Enters(201)
            .Told(at => new SuspensionArrived(at, A.Suspension()))
            .Writes<EscortHandedOver>(item => item is { To.Value: "S-0301", How: EscortHandover.BesideTheVisitor }).WritesNo<EscortMissing>();

    [Fact]
    [Requirement("R-VIS-03")]
    public void An_escort_whose_hours_end_while_escorting_goes_on()
    {
        var room = A.Room(A.List().WithGrants(A.Grant().During("08:00", "10:00"))).HandsOut(A.Pass()).Enters(1).Enters(201);

        room.After(TimeSpan.FromHours(1.5)).WritesNo<EscortMissing>().Receives(A.List(8).WithGrants(A.Grant().During("08:00", "10:00"))).WritesNo<EscortMissing>();
    }

    [Fact]
    [Requirement("R-VIS-03")]
    public void A_restart_in_the_middle_forgets_nothing_and_tells_nothing_twice() =>
        Escorted().Leaves(1).After(seconds: 20).Restarts(away: TimeSpan.FromSeconds(5))
            .WritesNo<EscortMissing>().Where(Visitor, one => one.Alone)
            .After(seconds: 5).Writes<EscortMissing>(item => item is { Times: 2, MissingMs: 30_000 });

    [Fact]
    [Requirement("R-VIS-03")]
    public void A_restart_while_all_is_well_tells_nothing() =>
        Escorted().Restarts(away: TimeSpan.FromSeconds(5)).WritesNo<EscortMissing>().After(seconds: 60).WritesNo<EscortMissing>();

    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    [Requirement("R-TIME-04")]
    public void A_clock_turned_by_an_hour_moves_no_window_of_an_escort(int seconds)
    {
        var turn = TimeSpan.FromSeconds(seconds);
        var pass = A.Pass() with { From = A.MondayNine.AddHours(-3) };
        A.Room().HandsOut(pass).Shows(1).After(seconds: 20).TurnsTheClock(turn).After(seconds: 10).Shows(201).IsGranted();
        A.Room().HandsOut(pass).Shows(1).After(seconds: 20).TurnsTheClock(turn).After(seconds: 10.1).Shows(201).IsRefused(DenyReason.NoEscort);

        A.Room().HandsOut(pass).Enters(1).Enters(201).Leaves(1).After(seconds: 10).TurnsTheClock(turn)
            .After(seconds: 19.9).WritesNo<EscortMissing>().After(seconds: 0.1).Writes<EscortMissing>(item => item.MissingMs == 30_000);
    }

    // ---- the visit's end

    [Fact]
    [Requirement("R-VIS-09")]
    public void Staying_beyond_the_end_is_told_at_once_and_an_alarm_after_ten_minutes() =>
        Escorted().After(TimeSpan.FromHours(3) - TimeSpan.FromSeconds(1)).WritesNo<VisitOverstayed>()
            .After(seconds: 1).Writes<VisitOverstayed>(item => item is { OverMs: 0, Alarm: false, Times: 1, Escort.Value: "S-0217" })
            .After(seconds: 599).WritesNo<VisitOverstayed>()
            .After(seconds: 1).Writes<VisitOverstayed>(item => item is { OverMs: 600_000, Alarm: true, Times: 2 })
            .After(seconds: 600).Writes<VisitOverstayed>(item => item.Times == 3)
            .Leaves(201).After(seconds: 1200).WritesNo<VisitOverstayed>();

    [Fact]
    [Requirement("R-VIS-09")]
    public void A_visit_made_longer_is_not_overstayed() =>
        Escorted().After(TimeSpan.FromHours(3)).Writes<VisitOverstayed>()
            .HandsOut(A.Pass() with { Until = A.MondayNine.AddHours(5) }).After(seconds: 3600).WritesNo<VisitOverstayed>()
            .After(seconds: 3600).Writes<VisitOverstayed>(item => item is { Times: 1, OverMs: 0 });

    [Fact]
    [Requirement("R-VIS-09")]
    public void A_visit_approved_changed_and_used_at_one_moment_goes_by_the_newest() =>
        A.Room().Enters(1).HandsOut(A.Pass()).HandsOut(A.Pass() with { Until = A.MondayNine }).Shows(201).IsRefused(DenyReason.OutsideVisit);

    private static RoomStory Escorted() => A.Room().HandsOut(A.Pass()).Enters(1).Enters(201).Inside("S-0217", Visitor);
}
