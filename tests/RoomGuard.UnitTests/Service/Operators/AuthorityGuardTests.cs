using RoomGuard.Core.Cases;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Lockdowns;
using RoomGuard.Dashboard.People;
using RoomGuard.Service.Lockdowns;
using RoomGuard.Service.Record;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Operators;

/// <summary>The desks ask the table before they act, whatever page or program calls them.</summary>
public sealed class AuthorityGuardTests
{
    private static readonly string[] Everybody = [Chief, Supervisor, Security, Manager, OtherManager, Operator, Audits, Facility, Staff, Colleague, OtherSection, Contractor];

    [Theory]
    [Requirement("R-DOOR-14")]
    [InlineData(LockdownMandate.Own, Chief)]
    [InlineData(LockdownMandate.Instructed, Chief, Supervisor)]
    [InlineData(LockdownMandate.ChiefAbsent, Chief, Supervisor)]
    public async Task Only_the_chief_locks_down_and_the_supervisor_when_instructed_or_in_the_chiefs_absence(LockdownMandate mandate, params string[] who)
    {
        await using var rig = await Begin();
        var desk = Lockdowns(rig);

        Assert.Equal(who, await Who(person => desk.Begin(Order(rig, mandate), rig.As(person), Never)));
        Assert.Equal(
            who.Select(person => (mandate is LockdownMandate.ChiefAbsent ? person : Chief, (long)mandate)),
            rig.Service.Ask(db => Rows(db, "SELECT json ->> 'orderedBy', mandate FROM view_lockdowns ORDER BY id")));
    }

    [Fact]
    [Requirement("R-DOOR-14")]
    public async Task Nobody_is_instructed_by_a_chief_who_is_not_there()
    {
        await using var rig = await Begin();
        var desk = Lockdowns(rig);
        await rig.Unhold(Role.ChiefOfficer);

        Assert.Empty(await Who(person => desk.Begin(Order(rig, LockdownMandate.Instructed), rig.As(person), Never)));
        Assert.Equal([Supervisor], await Who(person => desk.Begin(Order(rig, LockdownMandate.ChiefAbsent), rig.As(person), Never)));
    }

    [Fact]
    [Requirement("R-DOOR-14")]
    public async Task What_the_chief_locked_down_the_supervisor_lifts_only_while_there_is_no_chief()
    {
        await using var rig = await Begin();
        var desk = Lockdowns(rig);
        Assert.True((await desk.Begin(Order(rig, LockdownMandate.Own), rig.As(Chief), Never)).Ok);
        Assert.True((await desk.Begin(Order(rig, LockdownMandate.Instructed), rig.As(Supervisor), Never)).Ok);

        Assert.False((await desk.End("L-0001", "訓練終了", rig.As(Supervisor), Never)).Ok);
        Assert.True((await desk.End("L-0002", "訓練終了", rig.As(Supervisor), Never)).Ok);
        await rig.Unhold(Role.ChiefOfficer);
        Assert.True((await desk.End("L-0001", "訓練終了", rig.As(Supervisor), Never)).Ok);
    }

    [Fact]
    [Requirement("R-ID-10")]
    public async Task Only_the_supervisor_suspends_a_person()
    {
        await using var rig = await Begin();

        Assert.Equal([Supervisor], await Who(person => rig.Service.People.SuspendPerson(new(Staff), lifted: false, "確認中", rig.As(person), Never)));
        Assert.Equal([Supervisor], await Who(person => rig.Service.People.SuspendPerson(new(Staff), lifted: true, "確認済み", rig.As(person), Never)));
    }

    [Fact]
    public async Task Cards_are_kept_by_the_managers_of_the_system_and_their_staff()
    {
        await using var rig = await Begin();
        var number = 0;

        Assert.Equal([Manager, OtherManager, Operator], await Who(person => rig.Service.People.IssueCard(new(new(Staff), "H10301", 4, ++number, null, null), rig.As(person), Never)));
        Assert.Equal([Manager, OtherManager, Operator], await Who(person => rig.Service.People.SetPin(new("C-0001"), "582046", rig.As(person), Never)));
        Assert.Equal([Manager], await Who(person => rig.Service.People.SetCardState(new("C-0001"), CredentialState.Suspended, "確認中", rig.As(person), Never), Everybody.Except([OtherManager, Operator])));
    }

    [Fact]
    [Requirement("R-ID-08")]
    public async Task A_lost_card_is_reported_by_its_holder_or_who_takes_the_call_and_by_nobody_else()
    {
        await using var rig = await Begin();
        foreach (var person in Everybody)
        {
            await rig.Write(new CredentialRecorded(rig.Service.Time.GetUtcNow(), A.Card($"C-{Array.IndexOf(Everybody, person) + 1:0000}", Staff, Array.IndexOf(Everybody, person) + 1), "issued", "test"));
        }

        Assert.Equal(
            [Supervisor, Security, Manager, OtherManager, Operator, Staff],
            await Who(person => rig.Service.People.SetCardState(new($"C-{Array.IndexOf(Everybody, person) + 1:0000}"), CredentialState.Lost, "紛失", rig.As(person), Never)));
    }

    [Fact]
    public async Task People_are_kept_by_their_section_and_by_the_managers_of_the_system()
    {
        await using var rig = await Begin();
        var number = 0;
        PersonForm New(string section, PersonCategory category) => new(new($"S-8{++number:000}"), "新人 花", "しんじん はな", category, section, null, null);

        Assert.Equal([Security, Manager, OtherManager, Operator], await Who(person => rig.Service.People.AddPerson(New("情報政策課", PersonCategory.Staff), rig.As(person), Never)));
        Assert.Equal([Manager, OtherManager, Operator], await Who(person => rig.Service.People.AddPerson(New("税務課", PersonCategory.Staff), rig.As(person), Never)));
        Assert.Equal([Security, Manager, OtherManager, Operator], await Who(person => rig.Service.People.AddPerson(New("例示保守", PersonCategory.Contractor), rig.As(person), Never)));
    }

    [Fact]
    [Requirement("R-ID-04")]
    public async Task A_grant_is_given_up_by_its_holder_or_the_head_of_the_section()
    {
        await using var rig = await Begin();
        for (var number = 1; number <= Everybody.Length; number++)
        {
            await rig.Write(new GrantRecorded(rig.Service.Time.GetUtcNow(), A.Grant($"G-2026-{number:0000}", Staff), "業務", "test"));
        }

        Assert.Equal([Security, Staff], await Who(person => rig.Service.People.EndGrant(new($"G-2026-{Array.IndexOf(Everybody, person) + 1:0000}"), "不要", rig.As(person), Never)));
    }

    [Fact]
    [Requirement("R-SIGN-01")]
    public async Task What_was_refused_is_an_entry_with_who_what_and_why()
    {
        await using var rig = await Begin();
        var refused = await rig.Service.People.SuspendPerson(new(Colleague), lifted: false, "確認中", rig.As(Staff), Never);

        Assert.Equal(("R-ID-10", Role.SupervisingOfficer, Supervisor), (refused.Refusal!.Rule, refused.Refusal.Roles.Single(), refused.Refusal.People.Single().Id.Value));
        var entry = rig.Service.Record.Read(rig.Service.Record.Size - 1, 1)[0];
        var fact = Assert.IsType<ActRefused>(RoomGuard.Service.Record.RecordViews.ItemOf(entry).Event);
        Assert.Equal(("SuspendRights/Does", Colleague, AuthorityRefusal.NoRole, Staff), (fact.Operation, fact.About, fact.Refusal, fact.By));
    }

    [Fact]
    [Requirement("R-ID-11")]
    public async Task A_grant_is_not_allowed_while_a_precondition_is_missing()
    {
        await using var rig = await Begin();
        var id = await rig.Applied(Entry());
        await rig.Write(new PreconditionWithdrawn(rig.Service.Time.GetUtcNow(), new(Staff), PreconditionKind.Training, "取消し", "test"));

        Assert.Equal("R-ID-11", (await rig.Decide(id, Manager)).Refusal!.Rule);
        Assert.Contains((await rig.Desk.Case(id, rig.As(Manager), Never))!.Points, point => point is { Tone: RoomGuard.Dashboard.Cases.CasePointTone.Blocking, Rule: "R-ID-11" });
        await rig.Write(new PreconditionMet(rig.Service.Time.GetUtcNow(), new(new(Staff), PreconditionKind.Training, new(2026, 5, 11), null, "再研修"), "test"));
        Assert.True((await rig.Decide(id, Manager)).Ok);
    }

    [Fact]
    [Requirement("R-CON-01")]
    public async Task A_contractors_worker_is_granted_nothing_without_a_contract()
    {
        await using var rig = await Begin();

        Assert.Equal("R-CON-03", (await rig.Decide(await rig.Applied(Entry(Contractor, CaseKind.ContractorGrant), Security), Manager)).Refusal!.Rule[..8]);
    }

    private static LockdownDesk Lockdowns(CaseRig rig) => new(rig.Service.Record, rig.Service.Settings, rig.Guard, rig.Service.Turn, rig.Service.Time);

    private static LockdownForm Order(CaseRig rig, LockdownMandate mandate) => new([A.Room], [], mandate, "訓練", rig.Service.Time.GetUtcNow().AddHours(1));

    private static List<(string, long)> Rows(Statements db, string sql)
    {
        var found = new List<(string, long)>();
        using var row = db.Rows(sql);
        while (row.Read())
        {
            found.Add((row.GetString(0), row.GetInt64(1)));
        }

        return found;
    }

    private static async Task<string[]> Who(Func<string, Task<ActResult>> act, params IEnumerable<string> people)
    {
        var may = new List<string>();
        foreach (var person in people.Any() ? people : Everybody)
        {
            var result = await act(person);
            if (result.Refusal is null && !result.Problems.Any(problem => problem.Fault == FieldFault.Unknown))
            {
                may.Add(person);
            }
        }

        return [.. may];
    }
}
