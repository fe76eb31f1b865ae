using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.PresenceLists;
using RoomGuard.Core.Visits;
using RoomGuard.Service.Escort;
using RoomGuard.Service.Panels;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Service.Cases;
using RoomGuard.UnitTests.Service.Visits;
using Xunit;
using static RoomGuard.UnitTests.Service.Visits.VisitRig;

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
        var room = new RoomGuard.Service.Live.RoomNow(rig.Office.Service.Record, new PanelStates(rig.Office.Service.Time), rig.Office.Service.Settings, rig.Office.Service.Time);

        var people = (await room.Inside(RegisterScope.All, Never)).Single(zone => zone.Zone == A.Room).People;
        var visitor = people.Single(person => person.Person == visit.Visitors[0].Id);
        Assert.Equal(("大淀 健", "架空電設株式会社", "髙橋 翔太", PresenceCertainty.Likely), (visitor.Name, visitor.SectionOrFirm, visitor.EscortName, visitor.Certainty));
    }

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
