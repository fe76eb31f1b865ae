using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.PresenceLists;
using RoomGuard.Core.Visits;
using RoomGuard.Service.Escort;
using RoomGuard.Service.Panels;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using RoomGuard.UnitTests.Service.Cases;
using RoomGuard.UnitTests.Service.Visits;
using Xunit;
using static RoomGuard.UnitTests.Service.Visits.VisitRig;
using Door = RoomGuard.TestKit.Core.A;

namespace RoomGuard.UnitTests.Service.Escort;

/// <summary>付添い者のページ (R-VIS-02, R-VIS-03).</summary>
public sealed class EscortDeskTests
{
    [Fact]
    [Requirement("R-VIS-03")]
    public async Task An_escort_sees_who_is_inside_by_whom_and_who_is_alone()
    {
        await using var rig = await Begin();
        var visit = await Inside(rig);
        var (first, second) = (visit.Visitors[0].Id, visit.Visitors[1].Id);
        await rig.Office.Write(new EscortMissing(rig.Now, A.Room, visit.Id, second, null, rig.Now, 0, false, 1));

        var mine = Assert.Single(await Desk(rig).Mine(rig.Office.As(CaseRig.Staff), Never));
        Assert.Equal([(first, true, false), (second, false, true)], mine.Visitors.Select(visitor => (visitor.Person, visitor.Mine, visitor.Alone)));
        Assert.Equal(A.Room, mine.Visitors[0].Zone);

        await rig.Office.Write(new EscortHandedOver(rig.Now, A.Room, visit.Id, first, new(CaseRig.Staff), new(CaseRig.Colleague), EscortHandover.AtTheExit, A.Front));
        var after = Assert.Single(await Desk(rig).Mine(rig.Office.As(CaseRig.Staff), Never));
        Assert.Equal((false, "日向 直子"), (after.Visitors[0].Mine, after.Visitors[0].EscortName));
    }

    [Fact]
    [Requirement("R-VIS-03")]
    public async Task Both_cards_at_the_door_hand_the_visitor_over_and_the_new_escort_has_the_page_of_it()
    {
        await using var rig = await Begin();
        var (visit, room) = await Escorting(rig);
        Assert.Empty(await Desk(rig).Mine(rig.Office.As(CaseRig.Colleague), Never));

        await Tell(rig, room.Shows(2).Opens().Closes().After(seconds: 10).Shows(1));

        var before = Assert.Single(await Desk(rig).Mine(rig.Office.As(CaseRig.Staff), Never));
        Assert.Equal((false, "日向 直子"), (before.Visitors[0].Mine, before.Visitors[0].EscortName));
        var after = Assert.Single(await Desk(rig).Mine(rig.Office.As(CaseRig.Colleague), Never));
        Assert.True(after.Visitors[0].Mine);
        var over = Assert.Single(rig.Of(visit.Id).HandOvers);
        Assert.Equal((CaseRig.Staff, CaseRig.Colleague), (over.From?.Value, over.To.Value));
        Assert.Equal(("visit.escort-handed-over", "SRV-1-D1"), (rig.Of(visit.Id).Story[^1].Kind, rig.Of(visit.Id).Story[^1].Text));
        Assert.True((await Desk(rig).AllOut(visit.Id, "全員退室した", rig.Office.As(CaseRig.Colleague), Never)).Ok);
    }

    [Theory]
    [InlineData(Hindrance.TooLate)]
    [InlineData(Hindrance.OneCardOnly)]
    [InlineData(Hindrance.NoGrant)]
    [InlineData(Hindrance.NotStaff)]
    [InlineData(Hindrance.Suspended)]
    [InlineData(Hindrance.NoRoom)]
    [Requirement("R-VIS-03")]
    public async Task Who_may_not_take_over_takes_nobody_over_and_the_first_still_escorts(Hindrance hindrance)
    {
        await using var rig = await Begin();
        var (visit, room) = await Escorting(rig, hindrance);
        if (hindrance is Hindrance.Suspended)
        {
            _ = room.Told(at => new SuspensionArrived(at, Door.Suspension() with { Person = new(CaseRig.Colleague) }));
        }

        _ = room.Shows(2).Opens().Closes();
        if (hindrance is Hindrance.NoRoom)
        {
            _ = room.HandsOut(Door.Pass(2, "V-2026-0099", CaseRig.Colleague)).Enters(202);
        }

        _ = room.After(seconds: hindrance is Hindrance.TooLate ? 30.1 : 10);
        await Tell(rig, hindrance is Hindrance.OneCardOnly ? room : room.Shows(1));

        Assert.Empty(rig.Of(visit.Id).HandOvers);
        Assert.True(Assert.Single(await Desk(rig).Mine(rig.Office.As(CaseRig.Staff), Never)).Visitors[0].Mine);
        Assert.Empty(await Desk(rig).Mine(rig.Office.As(CaseRig.Colleague), Never));
        Assert.Equal(
            hindrance switch { Hindrance.NoGrant => DenyReason.NoGrant, Hindrance.Suspended => DenyReason.PersonSuspended, _ => null },
            room.Written.OfType<EntryDenied>().Where(item => item.Person?.Value == CaseRig.Colleague).Select(item => (DenyReason?)item.Reason).FirstOrDefault());
    }

    [Fact]
    public async Task All_out_is_said_of_those_still_listed_and_decided_by_the_manager()
    {
        await using var rig = await Begin();
        var visit = await Inside(rig);
        await rig.Office.Write(new PersonLeft(rig.Now, A.Room, A.Front, visit.Visitors[0].Id, 1000, null, visit.Id));
        var desk = Desk(rig);

        Assert.True((await desk.AllOut(visit.Id, "全員退室した", rig.Office.As(CaseRig.Staff), Never)).Ok);
        var asked = Assert.Single(rig.Newest(1).OfType<PresenceAsked>());
        Assert.Equal((visit.Visitors[1].Id, false, CaseRig.Staff), (asked.Person, asked.Inside, asked.By));
        Assert.True(Assert.Single(await desk.Mine(rig.Office.As(CaseRig.Staff), Never)).Visitors[1].SaidOut);
        Assert.False((await desk.AllOut(visit.Id, "全員退室した", rig.Office.As(CaseRig.Staff), Never)).Ok);
    }

    [Fact]
    [Requirement("R-SIGN-15")]
    public async Task Somebody_elses_visit_is_not_there()
    {
        await using var rig = await Begin();
        var visit = await Inside(rig);

        foreach (var other in new[] { CaseRig.Colleague, CaseRig.Manager, CaseRig.Contractor })
        {
            Assert.Empty(await Desk(rig).Mine(rig.Office.As(other), Never));
            Assert.False((await Desk(rig).AllOut(visit.Id, "全員退室した", rig.Office.As(other), Never)).Ok);
        }
    }

    [Fact]
    [Requirement("R-DOOR-05")]
    public async Task The_list_of_people_inside_names_a_visitor_with_escort_and_certainty()
    {
        await using var rig = await Begin();
        var visit = await Inside(rig);
        var room = new RoomGuard.Service.Live.RoomNow(rig.Office.Service.Record, new PanelStates(rig.Office.Service.Time), rig.Office.Service.Settings, rig.Office.Service.Policy, rig.Office.Service.Time);

        var people = (await room.Inside(RegisterScope.All, Never)).Single(zone => zone.Zone == A.Room).People;
        var visitor = people.Single(person => person.Person == visit.Visitors[0].Id);
        Assert.Equal(("大淀 健", "架空電設株式会社", "髙橋 翔太", PresenceCertainty.Likely), (visitor.Name, visitor.SectionOrFirm, visitor.EscortName, visitor.Certainty));
    }

    /// <summary>Why the second card takes nobody over.</summary>
    public enum Hindrance
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>The first card came more than 30 s after the second.</summary>
        TooLate,

        /// <summary>The first card was not shown.</summary>
        OneCardOnly,

        /// <summary>The second may not enter.</summary>
        NoGrant,

        /// <summary>The second is no member of staff.</summary>
        NotStaff,

        /// <summary>The second is suspended.</summary>
        Suspended,

        /// <summary>The second escorts as many as may be.</summary>
        NoRoom,
    }

    // A room in which the first escort stands with a visitor of a visit the office knows; nobody else is named for it.
    private static async Task<(Visit Visit, RoomStory Room)> Escorting(VisitRig rig, Hindrance hindrance = Hindrance.None)
    {
        var visit = await rig.Approved();
        var list = Door.List() with
        {
            People = [Door.Person(), Door.Person(CaseRig.Colleague) with { Category = hindrance is Hindrance.NotStaff ? PersonCategory.Contractor : PersonCategory.Staff }],
            Credentials = [Door.Card(), Door.Card(2, CaseRig.Colleague)],
            Grants = hindrance is Hindrance.NoGrant ? [Door.Grant()] : [Door.Grant(), Door.Grant(CaseRig.Colleague, "G-2026-0032")],
        };
        var room = Door.Room(list.WithRules(rules => rules with { Escort = rules.Escort! with { Most = 1 } })).HandsOut(Door.Pass(1, visit.Id.Value, CaseRig.Staff)).Enters(1).Enters(201);
        return (visit, room);
    }

    // The bridge's journal, as its entries come to the service.
    private static async Task Tell(VisitRig rig, RoomStory room) => _ = await rig.Office.Service.Send(rig.Office.Service.Journal.Write(room.Written));

    private static EscortDesk Desk(VisitRig rig) => new(rig.Office.Service.Record, rig.Office.Service.Turn, rig.Office.Service.Time);

    // Two visitors of one visit, checked in and let in with the escort.
    private static async Task<Visit> Inside(VisitRig rig)
    {
        var visit = await rig.Approved(rig.AMatter("大淀 健", "例示 花"));
        rig.Office.Service.Time.Advance(TimeSpan.FromMinutes(60));
        await rig.CheckedIn(visit);
        await rig.CheckedIn(visit, "赤-002", 1);
        await rig.Office.Write(A.Entered(rig.Now, CaseRig.Staff));
        foreach (var visitor in visit.Visitors)
        {
            await rig.Office.Write(new PersonEntered(rig.Now, A.Room, A.Front, visitor.Id, PresenceEvidence.Entry, PresenceCertainty.Likely, visit.Id, new(CaseRig.Staff)));
        }

        return visit;
    }
}
