using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Service.Operators;
using RoomGuard.Service.Record;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Operators;

public sealed class RoleDeskTests
{
    private static readonly RoleMatter ForColleague = new(new(Colleague), Role.SystemStaff, "情報政策課", [], new(2026, 6, 1), null);

    [Fact]
    [Requirement("R-PROF-04")]
    public async Task A_role_is_asked_for_by_a_manager_and_given_by_the_supervisor()
    {
        await using var rig = await Begin();
        Assert.NotNull((await rig.Apply(ForColleague, Staff)).Refusal);
        var id = await rig.Applied(ForColleague, Security);
        Assert.False((await rig.Decide(id, Manager)).Ok);
        Assert.True((await rig.Decide(id, Supervisor)).Ok);

        var held = rig.Service.Ask(db => OperatorsView.HoldingsOf(db, new(Colleague), new(2026, 6, 1))).Single();
        Assert.Equal(("H-0009", Role.SystemStaff, "情報政策課"), (held.Id, held.Role, held.Section));
    }

    [Fact]
    [Requirement("R-PROF-06")]
    public async Task What_the_supervisor_asks_goes_to_the_chief_and_the_chiefs_own_to_the_supervisor()
    {
        await using var rig = await Begin();
        var asked = await rig.Applied(ForColleague, Supervisor);
        Assert.Equal([asked.Value], await rig.InboxOf(Chief));
        Assert.True((await rig.Decide(asked, Chief)).Ok);

        await rig.Hold(Chief, Role.SystemManager, "総務部");
        var own = await rig.Applied(new ExceptionMatter("R-ZONE-02", "SRV-1", "浸水検知", "浸水", new(2026, 6, 1), new(2026, 9, 1), null, null), Chief);
        Assert.Equal((Role.SupervisingOfficer, RouteCause.OwnMatter), (rig.Dossier(own).Steps.Single().Roles.Single(), rig.Dossier(own).Steps.Single().Cause));
        Assert.False((await rig.Decide(own, Chief)).Ok);
        Assert.True((await rig.Decide(own, Supervisor)).Ok);
    }

    [Fact]
    public async Task An_auditor_gets_no_other_role_and_nobody_with_one_becomes_auditor()
    {
        await using var rig = await Begin();
        var other = await rig.Applied(ForColleague with { Person = new(Audits) }, Supervisor);
        var auditor = await rig.Applied(ForColleague with { Person = new(Operator), Role = Role.Auditor }, Security);

        Assert.Equal(CaseText.AuditorHoldsOther, (await rig.Decide(other, Chief)).Refusal!.Because);
        Assert.Equal(CaseText.AuditorHoldsOther, (await rig.Decide(auditor, Supervisor)).Refusal!.Because);
    }

    [Fact]
    [Requirement("R-SIGN-10")]
    public async Task A_deputy_for_privileges_has_no_effect_until_the_chief_accepts_and_none_after_the_end()
    {
        await using var rig = await Begin();
        var id = await rig.Applied(new DeputyMatter(new(Operator), "H-0004", new(2026, 5, 11), new(2026, 6, 1)), Supervisor);
        var entry = await rig.Applied(Entry());
        Assert.False((await rig.Decide(entry, Operator)).Ok);
        Assert.False((await rig.Decide(id, Supervisor)).Ok);
        Assert.True((await rig.Decide(id, Chief)).Ok);

        Assert.Contains((await Desk(rig).Roles(rig.As(Staff), Never)).Holdings, line => line.For?.Id.Value == Manager && line.Holder.Id.Value == Operator);
        Assert.True((await rig.Decide(entry, Operator)).Ok);
        rig.Service.Time.Advance(TimeSpan.FromDays(21));
        Assert.False((await rig.Decide(await rig.Applied(Entry(Colleague), Colleague), Operator)).Ok);
    }

    [Fact]
    [Requirement("R-EXC-06")]
    public async Task A_deputy_for_a_section_head_is_the_supervisors_to_switch_on_with_an_end()
    {
        await using var rig = await Begin();
        var matter = new DeputyMatter(new(Colleague), "H-0003", new(2026, 5, 11), new(2026, 6, 1));
        Assert.Equal(FieldFault.EndBeforeStart, Assert.Single((await rig.Apply(matter with { Until = matter.From }, Security)).Problems).Fault);
        Assert.Equal(FieldFault.NotAChoice, Assert.Single((await rig.Apply(matter with { Person = new(Security) }, Security)).Problems).Fault);

        Assert.True((await rig.Decide(await rig.Applied(matter, Security), Supervisor)).Ok);
        Assert.True((await rig.Apply(Entry(), Colleague)).Ok);
    }

    [Fact]
    [Requirement("R-SIGN-09")]
    public async Task Privileged_accounts_are_the_supervisors_to_allow_and_at_most_three()
    {
        await using var rig = await Begin();
        AccountMatter Asked(int number, string person = Operator) => new(new(person), $"admin.{number}", Privileged: true, null);
        for (var number = 1; number <= 3; number++)
        {
            var id = await rig.Applied(Asked(number), Manager);
            Assert.False((await rig.Decide(id, OtherManager)).Ok);
            Assert.True((await rig.Decide(id, Supervisor)).Ok);
        }

        Assert.Equal("R-SIGN-09", (await rig.Decide(await rig.Applied(Asked(4), Manager), Supervisor)).Refusal!.Rule);
        Assert.Equal(3L, rig.Service.Ask(db => db.Value("SELECT count(*) FROM view_accounts WHERE privileged = 1")));
    }

    [Fact]
    [Requirement("R-SIGN-11")]
    public async Task A_contractor_neither_asks_for_a_privileged_account_nor_gets_one()
    {
        await using var rig = await Begin();
        await rig.Hold(Contractor, Role.SystemStaff);
        await rig.Hold(Contractor, Role.SystemManager, "情報政策課");
        AccountMatter asked = new(new(Operator), "admin.9", Privileged: true, null);

        Assert.Equal(AuthorityText.Of(AuthorityRefusal.Never), (await rig.Apply(asked, Contractor)).Refusal!.Because);
        Assert.Equal("R-SIGN-11", (await rig.Decide(await rig.Applied(asked with { Person = new(Contractor) }, Manager), Supervisor)).Refusal!.Rule);
    }

    [Fact]
    public async Task An_account_is_asked_for_by_one_and_allowed_by_another_and_its_name_is_its_own()
    {
        await using var rig = await Begin();
        AccountMatter asked = new(new(Staff), "takahashi", Privileged: false, null);
        var id = await rig.Applied(asked, Operator);
        Assert.True((await rig.Decide(id, Manager)).Ok);

        Assert.Equal("A-0001", rig.Service.Ask(db => OperatorsView.AccountNamed(db, "TAKAHASHI"))!.Id.Value);
        Assert.Equal(FieldFault.AlreadyExists, Assert.Single((await rig.Apply(asked, Operator)).Problems).Fault);
        Assert.Equal(FieldFault.BadCharacters, Assert.Single((await rig.Apply(asked with { SignInName = "高橋" }, Operator)).Problems).Fault);
    }

    [Fact]
    [Requirement("R-SIGN-14")]
    public async Task Access_from_outside_takes_the_word_of_the_system_manager_and_of_the_supervisor_and_has_an_end()
    {
        await using var rig = await Begin();
        var day = new DateOnly(2026, 5, 11);
        RemoteAccessMatter asked = new(new(Staff), "貸出端末 N-12、自宅", day, day.AddDays(30));
        ImmutableArray<RemoteAccess> Now() => rig.Service.Ask(db => OperatorsView.RemoteAccessOf(db, new(Staff), day));

        Assert.Equal(FieldFault.LongerThanOneYear, Assert.Single((await rig.Apply(asked with { Until = day.AddDays(367) }, Operator)).Problems).Fault);
        Assert.Equal(FieldFault.AlreadyOver, Assert.Single((await rig.Apply(asked with { From = day.AddDays(-9), Until = day }, Operator)).Problems).Fault);
        Assert.NotNull((await rig.Apply(asked, Colleague)).Refusal);

        var id = await rig.Applied(asked, Operator);
        Assert.Equal("R-SIGN-14", (await rig.Decide(id, Manager)).Refusal!.Rule);
        await rig.Write(new AccountRecorded(rig.Service.Time.GetUtcNow(), new(new("A-0001"), new(Staff), "takahashi", false, AccountState.Active, null), "made", "着任", "test"));

        Assert.False((await rig.Decide(id, Supervisor)).Ok);
        await rig.Hold(Manager, Role.SupervisingOfficer);
        Assert.True((await rig.Decide(id, Manager)).Ok);
        Assert.Empty(Now());
        Assert.Equal(AuthorityText.Of(AuthorityRefusal.SamePerson), (await rig.Decide(id, Manager)).Refusal!.Because);
        Assert.True((await rig.Decide(id, Supervisor)).Ok);
        Assert.Equal(new RemoteAccess(id.Value, "貸出端末 N-12、自宅", day, day.AddDays(30)), Assert.Single(Now()));
    }

    [Theory]
    [Requirement("R-SIGN-14")]
    [InlineData("2026-05-10", false)]
    [InlineData("2026-05-11", true)]
    [InlineData("2026-05-31", true)]
    [InlineData("2026-06-01", false)]
    public void Access_from_outside_counts_from_its_first_day_to_its_last(string day, bool inForce) =>
        Assert.Equal(inForce, new RemoteAccess("P-2026-0001", "N-12", new(2026, 5, 11), new(2026, 6, 1)).InForce(DateOnly.Parse(day, CultureInfo.InvariantCulture)));

    [Fact]
    public async Task A_role_is_ended_by_who_gives_it_and_never_by_its_holder()
    {
        await using var rig = await Begin();
        var desk = Desk(rig);

        Assert.NotNull((await desk.EndRole("H-0006", "異動", rig.As(Operator), Never)).Refusal);
        Assert.NotNull((await desk.EndRole("H-0002", "異動", rig.As(Supervisor), Never)).Refusal);
        Assert.NotNull((await desk.EndRole("H-0001", "異動", rig.As(Supervisor), Never)).Refusal);
        Assert.True((await desk.EndRole("H-0006", "異動", rig.As(Supervisor), Never)).Ok);
        Assert.True((await desk.EndRole("H-0002", "異動", rig.As(Chief), Never)).Ok);
        Assert.Equal(FieldFault.Unknown, (await desk.EndRole("H-0006", "異動", rig.As(Chief), Never)).Problems.Single().Fault);
        Assert.Empty(rig.As(Operator).Holdings);
        Assert.True((await desk.Roles(rig.As(Staff), Never)).Holdings.Single(line => line.Holding.Id == "H-0006").Ended);
    }

    private static RoleDesk Desk(CaseRig rig) => new(rig.Service.Record, rig.Guard, rig.Service.Turn, rig.Service.Time);
}
