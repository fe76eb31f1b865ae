using RoomGuard.Core.Doors;
using RoomGuard.Core.People;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Zones;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.Scenarios.Doors;

/// <summary>Days with visitors, a fire and rooms within rooms, played in virtual time.</summary>
public class VisitScenarios
{
    private const string First = "V-2026-0088-1";
    private const string Second = "V-2026-0088-2";

    [Fact]
    [Requirement("R-VIS-02")]
    [Requirement("R-VIS-03")]
    [Requirement("R-VIS-04")]
    [Requirement("R-VIS-05")]
    [Requirement("R-VIS-09")]
    [Requirement("R-DOOR-18")]
    public void A_maintenance_visit_whose_escort_is_called_away_is_watched_from_entry_to_exit()
    {
        var room = A.Room()
            .HandsOut(A.Pass(1, "V-2026-0088", "S-0217", "S-0301")).HandsOut(A.Pass(2, "V-2026-0088", "S-0217", "S-0301"))
            .HandsOut(A.Pass(3, "V-2026-0090") with { Zones = [new("MED-1")] });

        room.Shows(201).IsRefused(DenyReason.NoEscort)                      // they come before their escort
            .After(seconds: 40).Shows(1).Shows(201).IsGranted().Shows(202).IsGranted().Opens().Closes()
            .Inside("S-0217", First, Second)
            .Shows(203).IsRefused(DenyReason.ZoneNotInVisit)                // another firm, for the media store
            .After(TimeSpan.FromMinutes(40)).Enters(2)                      // Taro comes to take over
            .ShowsOnTheWayOut(1).Releases().Opens().Closes()                // Minori is called away
            .Where(First, one => one.Escort?.Value == "S-0301").Where(Second, one => one.Escort?.Value == "S-0301");
        Assert.Equal(2, room.Written.OfType<EscortHandedOver>().Count());
        Assert.Empty(room.Written.OfType<EscortMissing>());

        room.After(TimeSpan.FromMinutes(10)).Leaves(2)                      // Taro steps out, and nobody is with them
            .Where(First, one => one.Alone)
            .After(seconds: 60).Has<EscortMissing>(item => item is { Incident: true, Visitor.Value: First })
            .Enters(1)                                                      // Minori runs back: she is named, and takes them over
            .Where(First, one => one is { Alone: false, Escort.Value: "S-0217" })
            .After(TimeSpan.FromHours(3)).Has<VisitOverstayed>(item => item.Alarm)
            .Leaves(201).Leaves(202).Leaves(1).Inside();

        Assert.Single(room.Written.OfType<ZoneVacant>());
        Assert.Equal(2, room.Written.OfType<EscortReturned>().Count());
        room.InsideIsTheFoldOfTheRecord().After(seconds: 30).Opens().Writes<ZoneIntrusion>();
    }

    [Fact]
    [Requirement("R-VIS-10")]
    [Requirement("R-VIS-11")]
    [Requirement("R-WORK-05")]
    public void A_contractor_escorts_only_where_the_profile_lets_them_and_a_drill_keeps_visitors_out()
    {
        var list = A.List().WithPerson(person => person with { Category = PersonCategory.Contractor })
            .WithRules(rules => rules with { PurposeNeeded = true });
        var wide = list.WithRules(rules => rules with { Escort = rules.Escort! with { Eligible = Eligibility.AuthorisedContractor } });

        var room = A.Room(list).HandsOut(A.Pass()).Shows(1).IsRefused(DenyReason.NoPurpose)
            .Ordered(new PurposeOrder(new("S-0217"), A.ServerRoom, "W-0152", A.MondayNine.AddHours(2))).Enters(1)
            .Shows(201).IsRefused(DenyReason.EscortNotEligible)
            .Receives(wide with { Version = 8 }).Shows(201).IsGranted().Writes<EntryGranted>(item => item.PurposeRef == "V-2026-0088").Opens().Closes()
            .Leaves(201).Turns(ZoneMode.Drill).Shows(201).IsRefused(DenyReason.ZoneNotForVisitors);

        room.Ordered(new VisitorOverrideOrder(A.ServerRoom, A.Pass().Visit, A.MondayNine.AddHours(1), "訓練に立ち会う", "S-0102"))
            .Shows(201).IsGranted().Opens().Closes().Turns(ZoneMode.Normal).Leaves(201).Leaves(1).Inside();
        Assert.Empty(room.Written.OfType<EscortMissing>());
    }

    [Fact]
    [Requirement("R-DOOR-06")]
    [Requirement("R-ZONE-09")]
    public void Who_slips_in_behind_another_gets_no_further_and_a_forgotten_exit_badge_is_put_right_by_hand()
    {
        var plan = new RoomPlan(
            [A.Door("OUT-1-D1", "OUT-1"), A.Door()],
            [new(new("out-in"), new("OUT-1-D1"), ReaderSide.Entry), new(new("out-out"), new("OUT-1-D1"), ReaderSide.Exit), .. A.Plan().Readers]);
        var list = A.List() with
        {
            Zones =
            [
                A.Zone("OUT-1") with { Rules = EntryRules.Common with { Passback = new(PassbackMode.Hard, null, new(3, 0)) } },
                A.Zone() with { Parent = new("OUT-1") },
            ],
            Grants = [.. A.List().Grants.Select(grant => grant with { Zones = [new("OUT-1"), A.ServerRoom] })],
        };

        var room = A.Room(list, plan)
            .Shows(1, "out-in").Opens("OUT-1-D1").Closes("OUT-1-D1")        // Minori goes in, and Taro slips in behind her
            .Shows(2).IsRefused(DenyReason.WrongPath)                       // the inner door tells
            .Shows(1).IsGranted().Opens().Closes()
            .After(TimeSpan.FromHours(1)).PressesTheButton("OUT-1-D1").Opens("OUT-1-D1").Closes("OUT-1-D1")   // she leaves by the button
            .After(TimeSpan.FromMinutes(20)).Shows(1, "out-in").IsRefusedAt("out-in", DenyReason.AlreadyInside)
            .Ordered(new PresenceOrder(new("S-0217"), new("OUT-1"), Inside: false, A.MondayNine.AddHours(1), "本人に確認した", "S-0102", 7));

        room.Inside().Shows(1, "out-in").IsGrantedAt("OUT-1-D1").Opens("OUT-1-D1").Closes("OUT-1-D1").Inside("S-0217").InsideIsTheFoldOfTheRecord();
        Assert.Contains(room.Written.OfType<EntryWhileInside>(), item => item is { Mode: PassbackMode.Hard, Person.Value: "S-0217" });
    }

    [Fact]
    [Requirement("R-DOOR-15")]
    [Requirement("R-VIS-03")]
    public void A_fire_opens_the_doors_calls_the_roll_and_leaves_nobody_unaccounted_for()
    {
        var plan = new RoomPlan([A.Door() with { OnFire = FireState.Released }], A.Plan().Readers);
        var room = A.Room(A.List().WithMore(3), plan).HandsOut(A.Pass()).Enters(1).Enters(201).Enters(10).Enters(11).After(TimeSpan.FromMinutes(5));

        room.Turns(ZoneMode.Fire).Writes<FireReleased>(item => item.RollCall.Length == 4).ReleasesAlways()
            .Opens().WritesNo<DoorForced>()                                 // everybody runs, most without a card
            .ShowsOnTheWayOut(1).ShowsOnTheWayOut(201)
            .Restarts(away: TimeSpan.FromSeconds(20)).ReleasesAlways()      // the bridge dies in the middle, and the doors go on standing open
            .ReaderIs(ReaderCondition.Online).ReaderIs(ReaderCondition.Online, "reader-srv-out")
            .Shows(12).Where("S-0402", one => one.Certainty is PresenceCertainty.Unverified)
            .Shows(201).Writes<EntryDenied>(item => item.Reason is DenyReason.ZoneNotForVisitors)
            .After(TimeSpan.FromMinutes(30)).Turns(ZoneMode.Normal).Locks();

        Assert.Equal(
            ["S-0400", "S-0401", "S-0402"],
            room.Written.OfType<FireRestored>().Single().Unverified.Select(person => person.Value));
        Assert.Equal(3, room.Written.OfType<PresenceMismatch>().Count(item => item.Kind == "fire-release"));
        room.InsideIsTheFoldOfTheRecord()
            .Ordered(new PresenceOrder(new("S-0400"), A.ServerRoom, Inside: false, room.At, "点呼で確認", "S-0102", 9)).Inside("S-0401", "S-0402");
    }

    [Fact]
    [Requirement("R-VIS-03")]
    [Requirement("R-RED-01")]
    public void A_hand_over_in_the_middle_of_which_the_bridge_restarts_twice_is_still_one()
    {
        var room = A.Room().HandsOut(A.Pass()).Enters(1).Enters(201)
            .Shows(2).IsGranted().Restarts(away: TimeSpan.FromSeconds(4)).ReaderIs(ReaderCondition.Online).ReaderIs(ReaderCondition.Online, "reader-srv-out").Closes()
            .Shows(2).Opens().Closes().After(seconds: 5).Shows(1)
            .Has<EscortHandedOver>(item => item is { To.Value: "S-0301", How: EscortHandover.AtTheEntry })
            .Restarts(away: TimeSpan.FromSeconds(4)).ReaderIs(ReaderCondition.Online, "reader-srv-out").Closes();

        room.ShowsOnTheWayOut(1).Opens().WritesNo<EscortMissing>().Closes().Where(First, one => one is { Alone: false, Escort.Value: "S-0301" });
        Assert.Single(room.Written.OfType<EscortHandedOver>());
        room.InsideIsTheFoldOfTheRecord();
    }
}
