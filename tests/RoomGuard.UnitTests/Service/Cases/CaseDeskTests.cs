using RoomGuard.Core.Cases;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Cases;
using RoomGuard.TestKit;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Cases;

public sealed class CaseDeskTests
{
    [Fact]
    [Requirement("R-DOOR-16")]
    public async Task What_the_zones_manager_allows_is_a_grant_with_the_same_append()
    {
        await using var rig = await Begin();
        var id = await rig.Applied(Entry());
        Assert.Equal("P-2026-0001", id.Value);
        Assert.Equal([id.Value], await rig.InboxOf(Manager));
        Assert.Equal(1, await rig.Desk.Waiting(rig.As(Manager), Never));
        Assert.Empty(await rig.InboxOf(OtherManager));
        Assert.Empty(rig.GrantsOf(Staff));

        Assert.True((await rig.Decide(id, Manager)).Ok);

        var grant = Assert.Single(rig.GrantsOf(Staff));
        Assert.Equal(("G-2026-0001", new DateOnly(2026, 6, 1), new DateOnly(2027, 4, 1), WeekDays.Weekdays), (grant.Id.Value, grant.ValidFrom, grant.ValidUntil, grant.Days));
        Assert.Equal(["case.applied", "case.decided", "grant.recorded", "case.carried-out"], rig.Service.Kinds()[^4..]);
        var file = await rig.Desk.Case(id, rig.As(Staff), Never);
        Assert.Equal((CaseState.CarriedOut, "G-2026-0001"), (file!.Line.State, Assert.Single(file.Outcome)));
        Assert.Equal([CaseHappeningKind.Applied, CaseHappeningKind.Allowed, CaseHappeningKind.CarriedOut], file.History.Select(line => line.Kind));
        Assert.Empty(await rig.InboxOf(Manager));
    }

    [Fact]
    [Requirement("R-PROF-05")]
    public async Task Nobody_decides_what_they_applied_for_nor_what_is_for_them()
    {
        await using var rig = await Begin();
        await rig.Hold(Security, Role.SystemManager, "情報政策課", "SRV-1");
        var byTheHead = await rig.Applied(Entry(), Security);
        var forTheManager = await rig.Applied(Entry(Manager), Security);

        Assert.Equal(("R-PROF-05", false), Refused(await rig.Decide(byTheHead, Security)));
        Assert.Equal(("R-PROF-05", false), Refused(await rig.Decide(forTheManager, Manager)));
        Assert.Equal(["act.refused", "act.refused"], rig.Service.Kinds()[^2..]);
        Assert.Empty(rig.GrantsOf(Staff));
        Assert.Empty(rig.GrantsOf(Manager));

        // The other of the two who answer for the room may.
        Assert.True((await rig.Decide(byTheHead, Manager)).Ok);
    }

    [Fact]
    [Requirement("R-PROF-06")]
    public async Task The_managers_own_application_goes_one_level_up()
    {
        await using var rig = await Begin();
        var id = await rig.Applied(Entry(Manager), Manager);

        var step = Assert.Single(rig.Dossier(id).Steps);
        Assert.Equal((RouteCause.OwnMatter, Role.SupervisingOfficer), (step.Cause, Assert.Single(step.Roles)));
        Assert.Equal([id.Value], await rig.InboxOf(Supervisor));
        Assert.Empty(await rig.InboxOf(OtherManager));

        Assert.True((await rig.Decide(id, Supervisor)).Ok);
        _ = Assert.Single(rig.GrantsOf(Manager));
    }

    [Fact]
    public async Task The_supervisor_does_not_decide_what_the_manager_can()
    {
        await using var rig = await Begin();
        var id = await rig.Applied(Entry());

        Assert.Empty(await rig.InboxOf(Supervisor));
        Assert.False((await rig.Decide(id, Supervisor)).Ok);
    }

    [Fact]
    public async Task Each_manager_decides_on_their_own_zones_and_the_last_word_makes_the_grant()
    {
        await using var rig = await Begin();
        var id = await rig.Applied(Entry(zones: ["SRV-1", "MED-1"]));

        Assert.Equal(2, rig.Dossier(id).Steps.Length);
        Assert.False((await rig.Decide(id, OtherManager)).Ok);
        Assert.True((await rig.Decide(id, Manager)).Ok);
        Assert.Empty(rig.GrantsOf(Staff));
        Assert.Equal([id.Value], await rig.InboxOf(OtherManager));
        Assert.True((await rig.Decide(id, OtherManager)).Ok);
        Assert.Equal(2, Assert.Single(rig.GrantsOf(Staff)).Zones.Length);
    }

    [Fact]
    public async Task Of_two_approvers_at_once_exactly_one_wins()
    {
        await using var rig = await Begin();
        await rig.Hold(OtherManager, Role.SystemManager, "情報政策課", "SRV-1");
        for (var round = 0; round < 20; round++)
        {
            var id = await rig.Applied(Entry(round % 2 == 0 ? Staff : Colleague), round % 2 == 0 ? Staff : Colleague);
            var version = rig.Dossier(id).Version;
            var (first, second) = (rig.As(Manager), rig.As(OtherManager));

            var done = await Task.WhenAll(
                Task.Run(() => rig.Desk.Decide(id, version, CaseVerdict.Allow, "", "", first, Never)),
                Task.Run(() => rig.Desk.Decide(id, version, CaseVerdict.Refuse, "業務に要らない", "", second, Never)));

            Assert.Equal(1, done.Count(result => result.Ok));
            Assert.Equal(FieldFault.ChangedMeanwhile, Assert.Single(done, result => !result.Ok).Problems.Single().Fault);
            _ = Assert.Single(rig.Dossier(id).History, line => line.Kind == "case.decided");
        }
    }

    [Fact]
    public async Task A_page_from_before_a_change_decides_nothing()
    {
        await using var rig = await Begin();
        var id = await rig.Applied(Entry());
        var seen = rig.Dossier(id).Version;
        Assert.True((await rig.Decide(id, Manager, CaseVerdict.SendBack, "期間を短く")).Ok);
        Assert.Equal([id.Value], await rig.InboxOf(Staff));
        Assert.True((await rig.Desk.Resubmit(id, rig.Dossier(id).Version, Entry() with { ValidUntil = new(2026, 9, 1) }, "半期に短縮", rig.As(Staff), Never)).Ok);

        Assert.Equal(FieldFault.ChangedMeanwhile, (await rig.Decide(id, Manager, version: seen)).Problems.Single().Fault);
        Assert.True((await rig.Decide(id, Manager)).Ok);
        Assert.Equal(new(2026, 9, 1), Assert.Single(rig.GrantsOf(Staff)).ValidUntil);
    }

    [Fact]
    public async Task Sent_back_only_the_applicant_sends_it_again_and_only_they_withdraw()
    {
        await using var rig = await Begin();
        var id = await rig.Applied(Entry());
        _ = await rig.Decide(id, Manager, CaseVerdict.SendBack, "期間を短く");

        Assert.NotNull((await rig.Desk.Resubmit(id, rig.Dossier(id).Version, Entry(), "そのまま", rig.As(Manager), Never)).Refusal);
        Assert.NotNull((await rig.Desk.Withdraw(id, rig.Dossier(id).Version, "", rig.As(Manager), Never)).Refusal);
        Assert.True((await rig.Desk.Withdraw(id, rig.Dossier(id).Version, "不要になった", rig.As(Staff), Never)).Ok);
        Assert.Equal(CaseState.Withdrawn, rig.Dossier(id).State);
        Assert.False((await rig.Decide(id, Manager)).Ok);
    }

    [Fact]
    public async Task A_refusal_and_a_sending_back_say_why_and_conditions_are_written_down()
    {
        await using var rig = await Begin();
        var id = await rig.Applied(Entry());

        Assert.Equal("reason", (await rig.Decide(id, Manager, CaseVerdict.Refuse)).Problems.Single().Field);
        Assert.Equal("conditions", (await rig.Decide(id, Manager, CaseVerdict.AllowWithConditions)).Problems.Single().Field);
        Assert.True((await rig.Decide(id, Manager, CaseVerdict.AllowWithConditions, conditions: "二人で入室すること")).Ok);
        Assert.Equal("二人で入室すること", (await rig.Desk.Case(id, rig.As(Staff), Never))!.Conditions);
    }

    [Theory]
    [InlineData(Staff, Staff, CaseKind.StaffGrant, true)]
    [InlineData(Staff, Colleague, CaseKind.StaffGrant, false)]
    [InlineData(Security, Colleague, CaseKind.StaffGrant, true)]
    [InlineData(Security, OtherSection, CaseKind.StaffGrant, false)]
    [InlineData(Facility, OtherSection, CaseKind.StaffGrant, true)]
    [InlineData(Facility, Facility, CaseKind.FacilityGrant, true)]
    [InlineData(Staff, Facility, CaseKind.FacilityGrant, false)]
    [InlineData(Staff, Contractor, CaseKind.ContractorGrant, true)]
    [InlineData(Contractor, Contractor, CaseKind.ContractorGrant, false)]
    [InlineData(Audits, Audits, CaseKind.StaffGrant, false)]
    public async Task Who_applies_for_whom_is_the_tables_word(string by, string person, CaseKind kind, bool allowed)
    {
        await using var rig = await Begin();

        Assert.Equal(allowed, (await rig.Apply(Entry(person, kind), by)).Ok);
        Assert.Equal(allowed ? "case.applied" : "act.refused", rig.Service.Kinds()[^1]);
    }

    [Fact]
    public async Task A_contractors_worker_is_no_member_of_staff()
    {
        await using var rig = await Begin();

        Assert.Equal(new("person", FieldFault.NotAChoice, Contractor), Assert.Single((await rig.Apply(Entry(Contractor), Security)).Problems));
        Assert.Equal(new("person", FieldFault.NotAChoice, Staff), Assert.Single((await rig.Apply(Entry(Staff, CaseKind.ContractorGrant), Security)).Problems));
    }

    [Theory]
    [InlineData("SRV-9", "zones", FieldFault.Unknown)]
    [InlineData("", "zones", FieldFault.Required)]
    public async Task Zones_must_be_the_sites_own(string zone, string field, FieldFault fault)
    {
        await using var rig = await Begin();

        var problem = Assert.Single((await rig.Apply(Entry() with { Zones = zone.Length == 0 ? [] : [new(zone)] })).Problems);
        Assert.Equal((field, fault), (problem.Field, problem.Fault));
    }

    [Fact]
    [Requirement("R-DOOR-16")]
    public async Task A_grant_has_a_reason_and_an_end_within_a_year()
    {
        await using var rig = await Begin();

        Assert.Equal(FieldFault.LongerThanOneYear, Assert.Single((await rig.Apply(Entry() with { ValidUntil = new(2028, 4, 1) })).Problems).Fault);
        Assert.Equal("reason", Assert.Single((await rig.Apply(Entry(), reason: " ")).Problems).Field);
    }

    [Fact]
    public async Task What_somebody_may_not_see_is_not_there_for_them()
    {
        await using var rig = await Begin();
        var id = await rig.Applied(Entry());

        Assert.Null(await rig.Desk.Case(id, rig.As(OtherSection), Never));
        Assert.Equal(FieldFault.Unknown, (await rig.Decide(id, OtherSection)).Problems.Single().Fault);
        Assert.NotNull(await rig.Desk.Case(id, rig.As(Audits), Never));
        Assert.NotNull(await rig.Desk.Case(id, rig.As(Security), Never));
        _ = await rig.Decide(id, Manager);
        Assert.Equal(0, (await rig.Desk.Done(new(null, null, null, null, 20), rig.As(OtherSection), Never)).Total);
        Assert.Equal(1, (await rig.Desk.Done(new(null, null, null, null, 20), rig.As(Manager), Never)).Total);
        Assert.Equal(1, (await rig.Desk.Done(new("髙橋", null, null, null, 20), rig.As(Chief), Never)).Total);
        Assert.Equal(0, (await rig.Desk.Done(new("都城", null, null, null, 20), rig.As(Chief), Never)).Total);
        Assert.Equal(1, (await rig.Desk.Mine(null, 20, rig.As(Staff), Never)).Total);
    }

    [Fact]
    public async Task A_deputy_decides_in_the_others_place_but_not_on_the_others_matters()
    {
        await using var rig = await Begin();
        await rig.Hold(Operator, Role.SystemManager, "情報政策課", "SRV-1", deputyFor: Manager, until: new(2026, 6, 1));

        Assert.True((await rig.Decide(await rig.Applied(Entry()), Operator)).Ok);

        var own = await rig.Applied(Entry(Manager), Manager);
        Assert.Equal(Role.SupervisingOfficer, rig.Dossier(own).Steps[0].Roles.Single());
        Assert.False((await rig.Decide(own, Operator)).Ok);
    }

    [Fact]
    [Requirement("R-PROF-04")]
    public async Task Where_nobody_answers_for_the_room_the_supervisor_decides()
    {
        await using var rig = await Begin();
        await rig.Write(new RoleEnded(rig.Service.Time.GetUtcNow(), "H-0004", new(Manager), Role.SystemManager, "異動", "test"));

        var id = await rig.Applied(Entry());

        Assert.Equal((RouteCause.Vacancy, Role.SupervisingOfficer), (rig.Dossier(id).Steps[0].Cause, rig.Dossier(id).Steps[0].Roles.Single()));
        Assert.True((await rig.Decide(id, Supervisor)).Ok);
    }

    [Fact]
    [Requirement("R-ID-03")]
    public async Task A_grant_is_changed_and_ended_by_application_and_never_over_a_newer_one()
    {
        await using var rig = await Begin();
        _ = await rig.Decide(await rig.Applied(Entry()), Manager);
        var grant = rig.GrantsOf(Staff).Single();
        var change = new GrantChangeMatter(grant.Id, [new("SRV-1")], WeekDays.All, grant.Hours, grant.ValidFrom, grant.ValidUntil);
        var first = await rig.Applied(change);
        var second = await rig.Applied(change with { Hours = Hours.AllDay });

        Assert.True((await rig.Decide(first, Manager)).Ok);
        Assert.Equal(WeekDays.All, rig.GrantsOf(Staff).Single().Days);
        Assert.Equal(CaseText.GrantChanged, (await rig.Decide(second, Manager)).Refusal!.Because);

        Assert.True((await rig.Decide(await rig.Applied(new GrantEndMatter(grant.Id, new(2026, 5, 11)), Security), Manager)).Ok);
        Assert.Empty(rig.GrantsOf(Staff));
    }

    [Fact]
    [Requirement("R-ID-08")]
    public async Task A_card_reported_lost_is_off_with_the_report_and_a_new_one_waits_for_permission()
    {
        await using var rig = await Begin();
        await rig.Write(new CredentialRecorded(rig.Service.Time.GetUtcNow(), A.Card(person: Staff), "issued", "test"));

        var id = await rig.Applied(new LostCredentialMatter(new("C-0001"), "庁舎の外", WantsNew: true));

        Assert.Equal(["case.applied", "credential.recorded", "suspension.ordered", "case.carried-out"], rig.Service.Kinds()[^4..]);
        Assert.Equal((long)CredentialState.Lost, rig.Service.Ask(db => db.Value("SELECT state FROM view_cards WHERE card = 'C-0001'")));
        Assert.Equal(CaseState.Waiting, rig.Dossier(id).State);
        Assert.True((await rig.Decide(id, Manager)).Ok);
        Assert.Equal([id.Value], await rig.InboxOf(Operator));
        Assert.True((await rig.Desk.CarryOut(id, rig.Dossier(id).Version, "C-0002 を手渡し", rig.As(Operator), Never)).Ok);
        Assert.Equal((CaseState.CarriedOut, false), (rig.Dossier(id).State, rig.Dossier(id).Open));
        Assert.Equal(FieldFault.CardFinal, (await rig.Apply(new LostCredentialMatter(new("C-0001"), "", WantsNew: false))).Problems.Single().Fault);
    }

    [Fact]
    public async Task A_lost_card_without_a_new_one_is_confirmed_by_another_person()
    {
        await using var rig = await Begin();
        await rig.Write(new CredentialRecorded(rig.Service.Time.GetUtcNow(), A.Card(person: Operator), "issued", "test"));
        var id = await rig.Applied(new LostCredentialMatter(new("C-0001"), "", WantsNew: false), Operator);

        Assert.Equal(CaseState.CarriedOut, rig.Dossier(id).State);
        Assert.NotNull((await rig.Desk.Confirm(id, rig.Dossier(id).Version, "経緯を確認", rig.As(Operator), Never)).Refusal);
        Assert.True((await rig.Desk.Confirm(id, rig.Dossier(id).Version, "経緯を確認", rig.As(Manager), Never)).Ok);
        Assert.Equal(CaseState.Confirmed, rig.Dossier(id).State);
    }

    [Fact]
    public async Task Nobody_reports_another_persons_card_without_a_role()
    {
        await using var rig = await Begin();
        await rig.Write(new CredentialRecorded(rig.Service.Time.GetUtcNow(), A.Card(person: Colleague), "issued", "test"));

        Assert.NotNull((await rig.Apply(new LostCredentialMatter(new("C-0001"), "", WantsNew: false))).Refusal);
        Assert.Equal((long)CredentialState.Active, rig.Service.Ask(db => db.Value("SELECT state FROM view_cards WHERE card = 'C-0001'")));
    }

    [Fact]
    [Requirement("R-ID-10")]
    public async Task A_suspended_person_is_granted_nothing_new()
    {
        await using var rig = await Begin();
        var id = await rig.Applied(Entry());
        await rig.Write(new SuspensionOrdered(rig.Service.Time.GetUtcNow(), new(1, rig.Service.Time.GetUtcNow(), new(Staff), null, CredentialState.Suspended, Lifted: false), "test", "確認中"));

        Assert.Equal(("R-ID-10", false), Refused(await rig.Decide(id, Manager)));
        Assert.True((await rig.Decide(id, Manager, CaseVerdict.Refuse, "停止中")).Ok);
    }

    private static (string? Rule, bool Ok) Refused(ActResult result) => (result.Refusal?.Rule, result.Ok);
}
