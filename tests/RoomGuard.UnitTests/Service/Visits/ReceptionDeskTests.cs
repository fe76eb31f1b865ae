using RoomGuard.Core.Cases;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Visits;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Dashboard.Reception;
using RoomGuard.Service.Record;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Visits.VisitRig;

namespace RoomGuard.UnitTests.Service.Visits;

public sealed class ReceptionDeskTests
{
    private static readonly DeclaredItem Phone = new(ItemKind.Phone, "携帯電話", "", 1, 0, null);

    [Fact]
    [Requirement("R-VIS-06")]
    [Requirement("R-VIS-07")]
    public async Task A_check_in_is_one_append_and_sends_the_badge_to_the_doors()
    {
        await using var rig = await Begin();
        var visit = await rig.Approved();
        rig.Office.Service.Time.Advance(TimeSpan.FromMinutes(55));

        Assert.True((await rig.CheckIn(visit)).Ok);

        Assert.Equal(["visitor.identity-checked", "visitor.items-declared", "visitor.badge-issued", "room.ordered"], rig.Office.Service.Kinds()[^4..]);
        var pass = rig.Order(visit.Visitors[0].Id)!;
        Assert.Equal((false, "赤-001", "V-2026-0001-1", visit.From, visit.Until), (pass.Ended, pass.Pass.BadgeNo, pass.Pass.Visitor.Id.Value, pass.Pass.From, pass.Pass.Until));
        Assert.Equal((PersonCategory.Visitor, "大淀 健", CaseRig.Staff), (pass.Pass.Visitor.Category, pass.Pass.Visitor.Name, pass.Pass.Escorts[0].Value));
        Assert.Equal((VisitState.Here, IdentityPaper.CompanyCard, Clerk), (rig.Of(visit.Id).State, rig.Of(visit.Id).Visitors[0].IdKind, rig.Of(visit.Id).Visitors[0].IdCheckedBy!.Value.Value));
    }

    [Theory]
    [InlineData(IdentityOutcome.NotShown, TurnedAway.NoIdentification)]
    [InlineData(IdentityOutcome.Differs, TurnedAway.OtherPerson)]
    [Requirement("R-VIS-07")]
    public async Task Who_is_not_identified_gets_no_badge_and_the_record_says_so(IdentityOutcome outcome, TurnedAway cause)
    {
        await using var rig = await Begin();
        var visit = await rig.Approved();
        rig.Office.Service.Time.Advance(TimeSpan.FromMinutes(55));

        var done = await rig.CheckIn(visit, AForm() with { IdKind = null, Outcome = outcome });

        Assert.Equal(new("idKind", FieldFault.NotIdentified), Assert.Single(done.Problems));
        Assert.Null(rig.Order(visit.Visitors[0].Id));
        Assert.Equal(cause, Assert.IsType<VisitorTurnedAway>(rig.Newest(1)[0]).Cause);
        Assert.Equal(outcome, rig.Of(visit.Id).Visitors[0].IdOutcome);
    }

    [Fact]
    [Requirement("R-VIS-08")]
    public async Task A_telephone_without_a_permit_is_kept_here_before_the_badge_is_handed_out_and_handed_back_with_it()
    {
        await using var rig = await Begin();
        var visit = await rig.Approved();
        rig.Office.Service.Time.Advance(TimeSpan.FromMinutes(55));

        Assert.Equal(new("items", FieldFault.NoPermit, "携帯電話 1"), Assert.Single((await rig.CheckIn(visit, AForm("赤-001", Phone))).Problems));
        Assert.Null(rig.Order(visit.Visitors[0].Id));
        Assert.True((await rig.CheckIn(visit, AForm("赤-001", Phone) with { LeftTaken = true })).Ok);
        Assert.Equal((1, 1), (rig.Of(visit.Id).Visitors[0].Kept.Count(), rig.Of(visit.Id).Visitors[0].Items[0].Left));

        Assert.Equal(FieldFault.ItemsKept, Assert.Single((await rig.Reception.Return(rig.Badge(1), rig.Of(visit.Id).Version, itemsBack: false, rig.Desk, Never)).Problems).Fault);
        Assert.True((await rig.Reception.Return(rig.Badge(1), rig.Of(visit.Id).Version, itemsBack: true, rig.Desk, Never)).Ok);
        Assert.Equal(["visitor.badge-returned", "visitor.items-handed-back", "room.ordered", "visit.ended"], rig.Office.Service.Kinds()[^4..]);
        Assert.True(rig.Order(visit.Visitors[0].Id)!.Ended);
        Assert.Equal(VisitState.Done, rig.Of(visit.Id).State);
    }

    [Fact]
    [Requirement("R-VIS-01")]
    public async Task Without_approval_there_is_nobody_to_check_in_and_the_desk_says_whom_to_call()
    {
        await using var rig = await Begin();
        _ = await rig.Office.Applied(rig.AMatter());

        var found = await rig.Reception.Scan("大淀", rig.Desk, Never);

        Assert.Equal(ScanKind.Pending, found.Kind);
        Assert.Equal(CaseRig.Manager, Assert.Single(found.Pending[0].Next).Id.Value);
        Assert.Null(await rig.Reception.Visitor(new("V-2026-0001-1"), rig.Desk, Never));
    }

    [Fact]
    [Requirement("R-VIS-01")]
    public async Task A_walk_in_takes_two_people_and_reception_is_only_one_of_them()
    {
        await using var rig = await Begin();
        var id = await rig.Office.Applied(rig.AMatter() with { Times = [new(rig.Now, rig.Now.AddHours(1))], WalkIn = true }, Clerk);

        Assert.Equal("R-VIS-01", (await rig.Office.Decide(id, Clerk)).Refusal?.Rule is "R-PROF-05" or "R-VIS-01" ? "R-VIS-01" : "");
        var waiting = await rig.Reception.WalkIn(id, rig.Desk, Never);
        Assert.Equal((CaseState.Waiting, null), (waiting!.State, waiting.Visit));
        Assert.True((await rig.Office.Decide(id, CaseRig.Manager)).Ok);

        var visit = (await rig.Reception.WalkIn(id, rig.Desk, Never))!.Visit!.Visit;
        Assert.True(visit.WalkIn);
        Assert.Equal((Clerk, CaseRig.Manager), (visit.AppliedBy.Value, Assert.Single(visit.ApprovedBy).Value));
        await rig.CheckedIn(visit);
    }

    [Fact]
    [Requirement("R-VIS-06")]
    public async Task A_badge_that_is_out_lost_or_of_no_series_is_not_handed_out()
    {
        await using var rig = await Begin();
        var visit = await rig.Approved(rig.AMatter("大淀 健", "高岡 実"));
        rig.Office.Service.Time.Advance(TimeSpan.FromMinutes(55));
        await rig.CheckedIn(visit);

        Assert.Equal(new("badge", FieldFault.BadgeOut, "大淀 健 (架空電設株式会社)"), Assert.Single((await rig.CheckIn(visit, AForm("R1"), visitor: 1)).Problems));
        Assert.Equal(FieldFault.NotABadge, Assert.Single((await rig.CheckIn(visit, AForm("赤-777"), visitor: 1)).Problems).Fault);
        Assert.Equal(FieldFault.NotABadge, Assert.Single((await rig.CheckIn(visit, AForm("4,32077"), visitor: 1)).Problems).Fault);
        Assert.True((await rig.Reception.Lost(rig.Badge(1), rig.Of(visit.Id).Version, rig.Desk, Never)).Ok);
        Assert.Equal(new("badge", FieldFault.BadgeDead, "赤-001"), Assert.Single((await rig.CheckIn(visit, AForm("赤-001"), visitor: 1)).Problems));
        Assert.True(rig.Order(visit.Visitors[0].Id)!.Ended);

        // The one who lost it goes on with another.
        await rig.CheckedIn(visit, "赤-002");
        Assert.Equal(("赤-002", false), (rig.Order(visit.Visitors[0].Id)!.Pass.BadgeNo, rig.Order(visit.Visitors[0].Id)!.Ended));
    }

    [Theory]
    [InlineData("赤-002")]
    [InlineData("r2")]
    [InlineData("9,60002")]
    [InlineData("009,60002")]
    [InlineData("649826")]
    [Requirement("R-VIS-06")]
    public async Task A_badge_is_known_by_its_number_and_by_what_a_desk_reader_types(string typed)
    {
        await using var rig = await Begin();

        Assert.Equal((ScanKind.BadgeReady, "赤-002"), (await rig.Reception.Scan(typed, rig.Desk, Never)) is var found ? (found.Kind, found.Badge?.No) : default);
    }

    [Fact]
    [Requirement("R-VIS-01")]
    public async Task An_invitation_leads_to_its_visitor_a_torn_one_to_nobody_and_a_copy_to_a_warning()
    {
        await using var rig = await Begin();
        var visit = await rig.Approved();
        rig.Office.Service.Time.Advance(TimeSpan.FromMinutes(55));
        var text = (await rig.Visits.Visit(visit.Id, rig.Office.As(CaseRig.Staff), Never))!.Invitations[visit.Visitors[0].Id];

        Assert.Equal((ScanKind.Visitor, visit.Visitors[0].Id), (await rig.Reception.Scan(text.ToLowerInvariant(), rig.Desk, Never)) is var found ? (found.Kind, found.Visitor!.Value) : default);
        var size = rig.Office.Service.Record.Size;
        Assert.Equal(ScanKind.FalseInvitation, (await rig.Reception.Scan(text[..^1], rig.Desk, Never)).Kind);
        Assert.Equal(TurnedAway.FalseInvitation, Assert.IsType<VisitorTurnedAway>(rig.Newest(1)[0]).Cause);
        Assert.Equal(size + 1, rig.Office.Service.Record.Size);

        await rig.CheckedIn(visit);
        Assert.Equal(CheckInObstacle.AlreadyIn, (await rig.Reception.Visitor(visit.Visitors[0].Id, rig.Desk, Never))!.Obstacle);
        Assert.Equal(FieldFault.HasBadge, Assert.Single((await rig.CheckIn(visit, AForm("赤-002"))).Problems).Fault);
        Assert.Null(await rig.Visits.Invited(text, Never));
    }

    [Fact]
    [Requirement("R-VIS-01")]
    public async Task Who_is_barred_is_not_received_and_the_desk_is_not_told_why()
    {
        await using var rig = await Begin();
        var visit = await rig.Approved();
        Assert.True((await rig.Visits.Bar(new("", "大淀　健", "", "申告に偽りがあった", new(2026, 5, 11), new(2026, 6, 1)), rig.Office.As(CaseRig.Manager), Never)).Ok);
        rig.Office.Service.Time.Advance(TimeSpan.FromMinutes(55));

        var standing = await rig.Reception.Visitor(visit.Visitors[0].Id, rig.Desk, Never);
        Assert.Equal((CheckInObstacle.Barred, "B-0001"), (standing!.Obstacle, standing.Bar));
        Assert.Equal(new("", FieldFault.Barred, "B-0001"), Assert.Single((await rig.CheckIn(visit)).Problems));
        Assert.Equal(("B-0001", TurnedAway.Barred), Assert.IsType<VisitorTurnedAway>(rig.Newest(1)[0]) is var away ? (away.Bar, away.Cause) : default);
        Assert.Null(await rig.Visits.Bars(rig.Desk, Never));

        // A new visit of theirs is not approved either; once lifted, both go on.
        var next = await rig.Office.Applied(rig.AMatter() with { Times = [new(rig.Now.AddHours(5), rig.Now.AddHours(6))] });
        Assert.NotNull((await rig.Office.Decide(next, CaseRig.Manager)).Refusal);
        Assert.True((await rig.Visits.Lift("B-0001", "誤りだった", rig.Office.As(CaseRig.Manager), Never)).Ok);
        Assert.True((await rig.Office.Decide(next, CaseRig.Manager)).Ok);
        await rig.CheckedIn(visit);
    }

    [Fact]
    [Requirement("R-VIS-06")]
    public async Task Of_two_clerks_at_once_one_hands_out_the_badge()
    {
        await using var rig = await Begin();
        var visit = await rig.Approved();
        rig.Office.Service.Time.Advance(TimeSpan.FromMinutes(55));
        var seen = rig.Of(visit.Id).Version;

        var both = await Task.WhenAll(rig.CheckIn(visit, AForm("赤-001"), version: seen), rig.CheckIn(visit, AForm("赤-002"), version: seen));

        _ = Assert.Single(both, done => done.Ok);
        Assert.Equal(FieldFault.ChangedMeanwhile, Assert.Single(both, done => !done.Ok).Problems[0].Fault);
    }

    [Fact]
    [Requirement("R-VIS-01")]
    public async Task A_visit_changed_between_approval_and_check_in_asks_the_desk_to_look_again_and_the_badge_follows_a_change_at_once()
    {
        await using var rig = await Begin();
        var visit = await rig.Approved();
        rig.Office.Service.Time.Advance(TimeSpan.FromMinutes(55));
        var seen = rig.Of(visit.Id).Version;
        var manager = rig.Office.As(CaseRig.Manager);
        Assert.True((await rig.Visits.Change(visit.Id, seen, new(visit.Until, [new(CaseRig.Colleague)], "付添い者の都合"), manager, Never)).Ok);

        Assert.Equal(FieldFault.ChangedMeanwhile, Assert.Single((await rig.CheckIn(visit, version: seen)).Problems).Fault);
        await rig.CheckedIn(visit);
        Assert.Equal(CaseRig.Colleague, Assert.Single(rig.Order(visit.Visitors[0].Id)!.Pass.Escorts).Value);

        Assert.True((await rig.Visits.Change(visit.Id, rig.Of(visit.Id).Version, new(visit.Until.AddHours(1), [new(CaseRig.Colleague), new(CaseRig.Staff)], "延長"), manager, Never)).Ok);
        var order = rig.Order(visit.Visitors[0].Id)!;
        Assert.Equal((visit.Until.AddHours(1), 2, false), (order.Pass.Until, order.Pass.Escorts.Length, order.Ended));
    }

    [Fact]
    [Requirement("R-VIS-06")]
    public async Task A_badge_not_back_after_the_end_dies_and_is_called_missing_until_it_comes_back()
    {
        await using var rig = await Begin();
        var visit = await rig.Approved();
        rig.Office.Service.Time.Advance(TimeSpan.FromMinutes(55));
        await rig.CheckedIn(visit);
        rig.Office.Service.Time.Advance(TimeSpan.FromMinutes(65) + ReceptionRules.MissingAfter - TimeSpan.FromSeconds(1));
        Assert.True(await rig.Watch.LookAsync(Never));
        Assert.Equal(VisitState.Here, rig.Of(visit.Id).State);

        rig.Office.Service.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await rig.Watch.LookAsync(Never));
        Assert.True(await rig.Watch.LookAsync(Never));

        Assert.Equal(["visitor.badge-died", "room.ordered"], rig.Office.Service.Kinds()[^2..]);
        Assert.True(rig.Order(visit.Visitors[0].Id)!.Ended);
        Assert.Equal(VisitState.Missing, rig.Of(visit.Id).State);
        Assert.Equal(1L, Standing(rig));
        Assert.True((await rig.Reception.Today(rig.Desk, Never)).Out[0].Visitor.Dead);

        Assert.True((await rig.Reception.Return(rig.Badge(1), rig.Of(visit.Id).Version, itemsBack: false, rig.Desk, Never)).Ok);
        Assert.Equal((VisitState.Done, 0L), (rig.Of(visit.Id).State, Standing(rig)));
    }

    [Fact]
    public async Task A_visit_nobody_came_to_is_closed_by_itself()
    {
        await using var rig = await Begin();
        var visit = await rig.Approved();
        rig.Office.Service.Time.Advance(TimeSpan.FromHours(2));

        Assert.True(await rig.Watch.LookAsync(Never));

        Assert.Equal(VisitState.NobodyCame, rig.Of(visit.Id).State);
        Assert.Equal(FieldFault.VisitOver, Assert.Single((await rig.CheckIn(visit)).Problems).Fault);
    }

    [Theory]
    [InlineData(CaseRig.Staff)]
    [InlineData(CaseRig.Manager)]
    [InlineData(CaseRig.Audits)]
    [InlineData(CaseRig.Facility)]
    [Requirement("R-SIGN-01")]
    public async Task Only_reception_and_system_staff_hand_out_badges(string person)
    {
        await using var rig = await Begin();
        var visit = await rig.Approved();
        rig.Office.Service.Time.Advance(TimeSpan.FromMinutes(55));

        Assert.NotNull((await rig.CheckIn(visit, by: rig.Office.As(person))).Refusal);
        Assert.Equal("act.refused", rig.Office.Service.Kinds()[^1]);
        Assert.Equal(ScanKind.Nothing, (await rig.Reception.Scan("大淀", rig.Office.As(person), Never)).Kind);
        Assert.True((await rig.CheckIn(visit, by: rig.Office.As(CaseRig.Operator))).Ok);
    }

    [Fact]
    public async Task A_group_is_closed_with_the_last_badge_of_all_who_came()
    {
        await using var rig = await Begin();
        var visit = await rig.Approved(rig.AMatter("大淀 健", "高岡 実"));
        rig.Office.Service.Time.Advance(TimeSpan.FromMinutes(55));
        await rig.CheckedIn(visit);
        Assert.True((await rig.Reception.Return(rig.Badge(1), rig.Of(visit.Id).Version, itemsBack: false, rig.Desk, Never)).Ok);
        Assert.Null(rig.Of(visit.Id).Ending);

        await rig.CheckedIn(visit, "赤-002", visitor: 1);
        Assert.True((await rig.Reception.Return(rig.Badge(2), rig.Of(visit.Id).Version, itemsBack: false, rig.Desk, Never)).Ok);
        Assert.Equal(VisitEnding.Done, rig.Of(visit.Id).Ending);
    }

    [Fact]
    [Requirement("R-DOOR-02")]
    public async Task A_visitor_has_a_name_in_the_register_and_is_in_no_list_of_people()
    {
        await using var rig = await Begin();
        var visit = await rig.Approved();
        rig.Office.Service.Time.Advance(TimeSpan.FromMinutes(65));
        Assert.True((await rig.CheckIn(visit, AForm("赤-001", new DeclaredItem(ItemKind.Tool, "距離計", "", 1, 0, null), Phone) with { LeftTaken = true })).Ok);
        var granted = A.Granted(rig.Now, visit.Visitors[0].Id.Value) with { Visit = visit.Id, Escort = new(CaseRig.Staff) };

        _ = await rig.Office.Service.Send(rig.Office.Service.Journal.Write(granted, new PersonEntered(rig.Now.AddSeconds(2), A.Room, A.Front, visit.Visitors[0].Id)));

        var row = Assert.Single(await rig.Office.Service.Rows());
        Assert.Equal(("大淀 健", PersonCategory.Visitor), (row.PersonName, row.Category));
        Assert.Equal(("髙橋 翔太", IdentityOutcome.Shown, "距離計 1"), (row.More!.EscortName, row.More.Identity!.Value, row.More.DeclaredItems));
        Assert.Equal("SRV-1", rig.Of(visit.Id).Visitors[0].Zone!.Value.Value);
        Assert.DoesNotContain((await rig.Office.Service.People.People(new(null, null, null, false, null, 100), Never)).People, line => line.Person.Id == visit.Visitors[0].Id);
    }

    private static long Standing(VisitRig rig) => (long)rig.Office.Service.Ask(db => db.Value("SELECT count(*) FROM view_attention WHERE kind = $1 AND standing = 1", (long)RoomGuard.Dashboard.Now.AttentionKind.VisitorBadgeMissing))!;
}
