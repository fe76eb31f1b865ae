using RoomGuard.Core.Cases;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Visits;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Service.Visits;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Visits.VisitRig;

namespace RoomGuard.UnitTests.Service.Visits;

public sealed class VisitApplicationTests
{
    [Fact]
    [Requirement("R-VIS-01")]
    public async Task What_staff_apply_for_and_the_zones_manager_allows_is_a_visit_with_the_same_append()
    {
        await using var rig = await Begin();
        var id = await rig.Office.Applied(rig.AMatter());
        Assert.Equal([id.Value], await rig.Office.InboxOf(CaseRig.Manager));
        Assert.Empty(await rig.Office.InboxOf(CaseRig.OtherManager));
        Assert.Empty(await rig.Office.InboxOf(Clerk));

        Assert.True((await rig.Office.Decide(id, CaseRig.Manager)).Ok);

        Assert.Equal(["case.applied", "case.decided", "visit.recorded", "case.carried-out"], rig.Office.Service.Kinds()[^4..]);
        var visit = rig.Of(new("V-2026-0001")).Visit;
        Assert.Equal((id, CaseRig.Staff, CaseRig.Manager, "業務システムの保守"), (visit.Case, visit.AppliedBy.Value, Assert.Single(visit.ApprovedBy).Value, visit.Purpose));
        Assert.Equal("V-2026-0001-1", Assert.Single(visit.Visitors).Id.Value);
    }

    [Fact]
    [Requirement("R-VIS-01")]
    public async Task Who_applies_never_approves_and_the_managers_own_goes_one_level_up()
    {
        await using var rig = await Begin();
        var id = await rig.Office.Applied(rig.AMatter(), CaseRig.Manager);

        Assert.Equal("R-PROF-05", (await rig.Office.Decide(id, CaseRig.Manager)).Refusal!.Rule);
        Assert.Equal([id.Value], await rig.Office.InboxOf(CaseRig.Supervisor));
        Assert.True((await rig.Office.Decide(id, CaseRig.Supervisor)).Ok);
    }

    [Fact]
    [Requirement("R-VIS-01")]
    public async Task Two_zones_of_two_managers_take_both()
    {
        await using var rig = await Begin();
        var id = await rig.Office.Applied(rig.AMatter() with { Zones = [new("SRV-1"), new("MED-1")] });

        Assert.True((await rig.Office.Decide(id, CaseRig.Manager)).Ok);
        Assert.Empty(rig.Office.Dossier(id).Made);
        Assert.True((await rig.Office.Decide(id, CaseRig.OtherManager)).Ok);
        Assert.Equal([CaseRig.Manager, CaseRig.OtherManager], rig.Of(new("V-2026-0001")).Visit.ApprovedBy.Select(by => by.Value));
    }

    [Fact]
    public async Task Each_field_that_is_wrong_is_named()
    {
        await using var rig = await Begin();
        var matter = rig.AMatter();
        async Task<FieldProblem[]> Wrong(VisitMatter asked) => [.. (await rig.Office.Apply(asked)).Problems];

        Assert.Equal([new("visitors", FieldFault.Required)], await Wrong(matter with { Visitors = [] }));
        Assert.Equal([new("organisation", FieldFault.Required)], await Wrong(matter with { Organisation = " " }));
        Assert.Equal([new("zones", FieldFault.Unknown, "SRV-9")], await Wrong(matter with { Zones = [new("SRV-9")] }));
        Assert.Equal([new("until", FieldFault.EndBeforeStart)], await Wrong(matter with { Times = [new(rig.Now.AddHours(2), rig.Now.AddHours(1))] }));
        Assert.Equal([new("until", FieldFault.AlreadyOver)], await Wrong(matter with { Times = [new(rig.Now.AddHours(-2), rig.Now)] }));
        Assert.Equal([new("escorts", FieldFault.Required)], await Wrong(matter with { Escorts = [] }));
        Assert.Equal([new("escorts", FieldFault.Unknown, "S-9999")], await Wrong(matter with { Escorts = [new("S-9999")] }));
        Assert.Equal([new("contract", FieldFault.Unknown, "K-2026-0009")], await Wrong(matter with { Contract = "K-2026-0009" }));
        Assert.Equal([new("items", FieldFault.Required)], await Wrong(matter with { Items = [new(ItemKind.Computer, "ノートPC", "", 1, "")] }));
    }

    [Fact]
    [Requirement("R-PROF-05")]
    public async Task Nobody_escorts_themselves()
    {
        await using var rig = await Begin();
        var matter = rig.AMatter("例示 託也") with { Organisation = "例示保守", Escorts = [new(CaseRig.Contractor)] };

        Assert.Equal(new("escorts", FieldFault.SamePerson, "例示 託也"), Assert.Single((await rig.Office.Apply(matter)).Problems));
    }

    [Fact]
    [Requirement("R-PROF-05")]
    public async Task Who_escorts_one_visit_is_no_visitor_of_another_at_that_time_and_the_other_way_round()
    {
        await using var rig = await Begin();
        var visit = await rig.Approved(rig.AMatter("例示 託也") with { Organisation = "例示保守" });
        var later = new VisitTime(visit.Until, visit.Until.AddHours(1));

        // The visitor of the first is asked to escort the second: at the same time never, once the first is over it is another matter.
        Assert.Contains(new FieldProblem("escorts", FieldFault.SamePerson, "例示 託也"), (await rig.Office.Apply(rig.AMatter("別の 人") with { Escorts = [new(CaseRig.Contractor)] })).Problems);
        Assert.DoesNotContain((await rig.Office.Apply(rig.AMatter("別の 人") with { Escorts = [new(CaseRig.Contractor)], Times = [later] })).Problems, problem => problem.Fault == FieldFault.SamePerson);

        // The escort of the first cannot be announced as somebody's visitor, however the name is typed.
        var (name, section) = rig.Office.Service.Ask(db => ((string)db.Value("SELECT name FROM view_people WHERE person = $1", CaseRig.Staff)!, (string)db.Value("SELECT section FROM view_people WHERE person = $1", CaseRig.Staff)!));
        var other = rig.AMatter(name.Replace(" ", "\u3000", StringComparison.Ordinal)) with { Organisation = section, Escorts = [new(CaseRig.Manager)] };
        Assert.Contains(new FieldProblem("visitors", FieldFault.SamePerson, name), (await rig.Office.Apply(other)).Problems);
        Assert.DoesNotContain((await rig.Office.Apply(other with { Times = [later] })).Problems, problem => problem.Fault == FieldFault.SamePerson);

        // Nor does a change bring the two together.
        var changed = await rig.Visits.Change(visit.Id, rig.Of(visit.Id).Version, new(visit.Until, [new(CaseRig.Contractor)], "交代"), rig.Office.As(CaseRig.Manager), VisitRig.Never);
        Assert.Contains(new FieldProblem("escorts", FieldFault.SamePerson, "例示 託也"), changed.Problems);
    }

    [Fact]
    [Requirement("R-VIS-10")]
    public async Task A_contractor_escorts_only_where_the_profile_lets_them()
    {
        await using var rig = await Begin();
        var id = await rig.Office.Applied(rig.AMatter() with { Escorts = [new(CaseRig.Contractor)] });

        Assert.Equal("R-VIS-10", (await rig.Office.Decide(id, CaseRig.Manager)).Refusal!.Rule);
        Assert.True(VisitApplication.MayEscort(Eligibility.AuthorisedContractor, PersonCategory.Contractor));
        Assert.False(VisitApplication.MayEscort(Eligibility.StaffOnly, PersonCategory.Contractor));
        Assert.False(VisitApplication.MayEscort(Eligibility.AuthorisedContractor, PersonCategory.Visitor));
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    [Requirement("R-VIS-04")]
    public async Task One_escort_is_enough_for_five(int visitors, bool allowed)
    {
        await using var rig = await Begin();
        var id = await rig.Office.Applied(rig.AMatter([.. Enumerable.Range(1, visitors).Select(at => $"架空 {at}")]));

        Assert.Equal(allowed, (await rig.Office.Decide(id, CaseRig.Manager)).Ok);
    }

    [Fact]
    [Requirement("R-CON-02")]
    public async Task Recurring_visits_need_the_contract_behind_them_and_each_is_a_visit_of_its_own()
    {
        await using var rig = await Begin();
        var times = Enumerable.Range(0, 3).Select(week => new VisitTime(rig.Now.AddDays(7 * week).AddHours(1), rig.Now.AddDays(7 * week).AddHours(2))).ToArray();
        var matter = rig.AMatter() with { Times = [.. times] };
        Assert.Equal(new("contract", FieldFault.Required), Assert.Single((await rig.Office.Apply(matter)).Problems));

        await rig.Office.Write(new ContractRecorded(rig.Now, new(new("K-2026-0003"), "空調の保守", [new("架空電設株式会社", "空調", null)], "責任者", "情報政策課", [new("SRV-1")], [], new(2026, 4, 1), new(2026, 5, 20), new(2026, 3, 1), "適"), "test"));
        var short_ = await rig.Office.Applied(matter with { Contract = "K-2026-0003" });
        Assert.Equal("R-CON-02", (await rig.Office.Decide(short_, CaseRig.Manager)).Refusal!.Rule);

        var id = await rig.Office.Applied(matter with { Contract = "K-2026-0003", Times = [.. times[..2]] });
        Assert.True((await rig.Office.Decide(id, CaseRig.Manager)).Ok);
        Assert.Equal("V-2026-0001 V-2026-0002", string.Join(' ', rig.Office.Dossier(id).Made));
        Assert.True((await rig.Visits.Cancel(new("V-2026-0002"), rig.Of(new("V-2026-0002")).Version, "休業のため", rig.Office.As(CaseRig.Staff), Never)).Ok);
        Assert.Equal((VisitState.Expected, VisitState.Cancelled), (rig.Of(new("V-2026-0001")).State, rig.Of(new("V-2026-0002")).State));
    }

    [Fact]
    public async Task The_approver_sees_what_is_unusual()
    {
        await using var rig = await Begin();
        var id = await rig.Office.Applied(rig.AMatter());
        var file = await rig.Office.Desk.Case(id, rig.Office.As(CaseRig.Manager), Never);

        Assert.Equal([VisitText.EscortWithoutGrant, VisitText.FirstTime], file!.Points.Select(point => point.Text));
        Assert.All(file.Points, point => Assert.Equal(CasePointTone.Unusual, point.Tone));
    }

    [Fact]
    public async Task A_visit_is_seen_by_its_people_and_by_those_the_matrix_names_and_by_nobody_else()
    {
        await using var rig = await Begin();
        var visit = await rig.Approved();

        foreach (var person in new[] { CaseRig.Staff, CaseRig.Manager, CaseRig.Operator, CaseRig.Audits, CaseRig.Security, Clerk })
        {
            Assert.NotNull(await rig.Visits.Visit(visit.Id, rig.Office.As(person), Never));
        }

        foreach (var person in new[] { CaseRig.Colleague, CaseRig.Contractor, CaseRig.Facility })
        {
            Assert.Null(await rig.Visits.Visit(visit.Id, rig.Office.As(person), Never));
            Assert.Empty((await rig.Visits.Visits(new("", null, 30), rig.Office.As(person), Never)).Visits);
        }
    }

    [Fact]
    [Requirement("R-PROF-05")]
    public async Task Who_applied_does_not_change_what_was_approved()
    {
        await using var rig = await Begin();
        await rig.Office.Hold(CaseRig.Staff, Role.SystemManager, "情報政策課", "SRV-1");
        var visit = await rig.Approved();
        var change = new RoomGuard.Dashboard.Visits.VisitChange(visit.Until.AddHours(3), visit.Escorts, "延長");

        Assert.Equal(FieldFault.SamePerson, Assert.Single((await rig.Visits.Change(visit.Id, 1, change, rig.Office.As(CaseRig.Staff), Never)).Problems).Fault);
        Assert.NotNull((await rig.Visits.Change(visit.Id, 1, change, rig.Office.As(Clerk), Never)).Refusal);
        Assert.Equal(FieldFault.ChangedMeanwhile, Assert.Single((await rig.Visits.Change(visit.Id, 7, change, rig.Office.As(CaseRig.Manager), Never)).Problems).Fault);
        Assert.True((await rig.Visits.Change(visit.Id, 1, change, rig.Office.As(CaseRig.Manager), Never)).Ok);
    }

    [Fact]
    [Requirement("R-VIS-06")]
    public async Task Badges_are_registered_each_with_its_card_and_no_card_serves_twice()
    {
        await using var rig = await Begin();
        var manager = rig.Office.As(CaseRig.Manager);
        var form = new RoomGuard.Dashboard.Visits.BadgeForm(BadgeColour.Blue, 1, 3, "H10301", Facility, 61001);

        Assert.True((await rig.Visits.Register(form, manager, Never)).Ok);
        Assert.Equal(["青-001", "青-002", "青-003"], (await rig.Visits.Badges(manager, Never))!.Badges.Where(badge => badge.Colour is BadgeColour.Blue).Select(badge => badge.No));
        Assert.Equal(new("first", FieldFault.AlreadyExists, "青-003"), Assert.Single((await rig.Visits.Register(form with { First = 3, FirstCard = 61009 }, manager, Never)).Problems));
        Assert.Equal(new("firstCard", FieldFault.CardTaken, "赤-001"), Assert.Single((await rig.Visits.Register(form with { First = 9, Cards = 1, FirstCard = 60001 }, manager, Never)).Problems));
        Assert.NotNull((await rig.Visits.Register(form with { First = 50 }, rig.Office.As(Clerk), Never)).Refusal);
    }

    [Fact]
    public async Task What_a_visitor_says_beforehand_waits_at_reception()
    {
        await using var rig = await Begin();
        var visit = await rig.Approved();
        var visitor = visit.Visitors[0].Id;
        var text = (await rig.Visits.Visit(visit.Id, rig.Office.As(CaseRig.Staff), Never))!.Invitations[visitor];
        Assert.Equal(visitor, (await rig.Visits.Invited(text, Never))!.Visitor.Visitor.Id);

        Assert.True((await rig.Visits.PreRegister(text, new("おおよど けん", [new(ItemKind.Phone, "携帯電話", "", 1, 0, "うその許可")]), Never)).Ok);
        Assert.False((await rig.Visits.PreRegister($"{text}A", new("", []), Never)).Ok);

        var mine = rig.Of(visit.Id).FileOf(visitor)!;
        Assert.Equal(("おおよど けん", 1, null), (mine.Visitor.Kana, mine.Planned!.Value.Length, mine.Planned.Value[0].Permit));
        Assert.Null(await rig.Visits.Invited(text[..^2], Never));
    }
}
