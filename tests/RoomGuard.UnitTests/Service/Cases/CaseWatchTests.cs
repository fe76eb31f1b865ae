using RoomGuard.Core.Cases;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Hosting;
using RoomGuard.Service.Cases;
using RoomGuard.Service.Commands;
using RoomGuard.TestKit;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Cases;

public sealed class CaseWatchTests
{
    private static readonly ExceptionMatter GroundFloor = new(
        "R-ZONE-02", "SRV-1", "浸水検知の追加", "浸水", new(2026, 6, 1), new(2027, 4, 1), UsedAt: null, SelfApproval: null);

    [Fact]
    public async Task An_application_left_alone_is_reminded_of_then_goes_up_then_lapses()
    {
        await using var rig = await Begin();
        var watch = Watch(rig);
        var id = await rig.Applied(Entry());

        Assert.Empty(await After(rig, watch, TimeSpan.FromHours(23)));
        Assert.Equal(["case.reminded"], await After(rig, watch, TimeSpan.FromHours(1)));
        Assert.Empty(await After(rig, watch, TimeSpan.Zero));
        Assert.Equal(["case.escalated"], await After(rig, watch, TimeSpan.FromDays(2)));
        Assert.Equal([id.Value], await rig.InboxOf(Supervisor));
        Assert.Equal([id.Value], await rig.InboxOf(Manager));
        Assert.Equal(RouteCause.Overdue, rig.Dossier(id).Current!.Cause);

        Assert.Equal(["case.lapsed"], await After(rig, watch, TimeSpan.FromDays(11)));
        Assert.Equal(CaseState.Lapsed, rig.Dossier(id).State);
        Assert.False((await rig.Decide(id, Manager)).Ok);
        Assert.Empty(await After(rig, watch, TimeSpan.FromDays(30)));
    }

    [Fact]
    public async Task Once_overdue_the_next_level_may_decide_too()
    {
        await using var rig = await Begin();
        var watch = Watch(rig);
        var id = await rig.Applied(Entry());
        _ = await After(rig, watch, TimeSpan.FromDays(3));

        Assert.True((await rig.Decide(id, Supervisor)).Ok);
        _ = Assert.Single(rig.GrantsOf(Staff));
    }

    [Fact]
    public async Task A_step_past_its_time_is_refused_even_before_the_lapse_is_written()
    {
        await using var rig = await Begin();
        var id = await rig.Applied(Entry());
        rig.Service.Time.Advance(TimeSpan.FromDays(14));

        Assert.Equal(FieldFault.AlreadyOver, (await rig.Decide(id, Manager)).Problems.Single().Fault);
        Assert.Empty(rig.GrantsOf(Staff));
    }

    [Fact]
    [Requirement("R-EXC-01")]
    public async Task An_exception_is_asked_for_by_a_manager_and_allowed_by_the_chief_alone()
    {
        await using var rig = await Begin();
        Assert.NotNull((await rig.Apply(GroundFloor, Staff)).Refusal);

        var id = await rig.Applied(GroundFloor, Manager);
        Assert.Equal("E-2026-0001", id.Value);
        Assert.False((await rig.Decide(id, Supervisor)).Ok);
        Assert.False(rig.Dossier(id).ExceptionInForce(new(2026, 6, 1)));
        Assert.True((await rig.Decide(id, Chief)).Ok);

        Assert.Equal(CaseState.Allowed, rig.Dossier(id).State);
        Assert.Equal([false, true, true, false], new DateOnly[] { new(2026, 5, 31), new(2026, 6, 1), new(2027, 3, 31), new(2027, 4, 1) }.Select(rig.Dossier(id).ExceptionInForce));
    }

    [Fact]
    [Requirement("R-EXC-04")]
    public async Task An_exception_lapses_by_itself_at_its_end()
    {
        await using var rig = await Begin();
        var watch = Watch(rig);
        var id = await rig.Applied(GroundFloor with { ValidUntil = new(2026, 7, 1) }, Manager);
        _ = await rig.Decide(id, Chief);

        Assert.Empty(await After(rig, watch, new DateTimeOffset(2026, 6, 30, 14, 59, 0, TimeSpan.Zero) - rig.Service.Time.GetUtcNow()));
        Assert.Equal(["case.lapsed"], await After(rig, watch, TimeSpan.FromMinutes(1)));
        Assert.False(rig.Dossier(id).ExceptionInForce(new(2026, 6, 30)));
    }

    [Fact]
    [Requirement("R-EXC-02")]
    public async Task What_was_used_first_in_urgency_has_effect_at_once_and_the_chief_is_reminded_within_hours()
    {
        await using var rig = await Begin();
        var watch = Watch(rig);
        var now = rig.Service.Time.GetUtcNow();
        var id = await rig.Applied(GroundFloor with { ValidFrom = new(2026, 5, 11), UsedAt = now.AddHours(-30) }, Manager);

        Assert.True(rig.Dossier(id).ExceptionInForce(new(2026, 5, 11)));
        Assert.Contains((await rig.Desk.Case(id, rig.As(Chief), Never))!.Points, point => point.Rule == "R-EXC-02");
        Assert.Equal(["case.reminded"], await After(rig, watch, TimeSpan.FromHours(4)));
        Assert.Equal(["case.reminded"], await After(rig, watch, TimeSpan.FromHours(20)));
        Assert.True((await rig.Decide(id, Chief, CaseVerdict.Refuse, "代替の部屋がある")).Ok);
        Assert.False(rig.Dossier(id).ExceptionInForce(new(2026, 5, 12)));
    }

    [Fact]
    [Requirement("R-EXC-03")]
    public async Task A_running_exception_is_reviewed_every_half_year_by_the_chief()
    {
        await using var rig = await Begin();
        var watch = Watch(rig);
        var id = await rig.Applied(GroundFloor, Manager);
        _ = await rig.Decide(id, Chief);

        Assert.Equal(["case.reminded"], await After(rig, watch, TimeSpan.FromDays(182)));
        Assert.NotNull((await rig.Desk.Confirm(id, rig.Dossier(id).Version, "継続", rig.As(Manager), Never)).Refusal);
        Assert.True((await rig.Desk.Confirm(id, rig.Dossier(id).Version, "継続", rig.As(Chief), Never)).Ok);
        Assert.Empty(await After(rig, watch, TimeSpan.FromDays(30)));
        Assert.True((await rig.Desk.Withdraw(id, rig.Dossier(id).Version, "2階へ移設", rig.As(Manager), Never)).Ok);
        Assert.Equal((CaseState.Lapsed, false), (rig.Dossier(id).State, rig.Dossier(id).ExceptionInForce(new(2027, 1, 1))));
    }

    [Fact]
    [Requirement("R-EXC-07")]
    public async Task One_person_alone_decides_only_under_an_exception_of_its_own_kind_which_the_decision_names()
    {
        await using var rig = await Begin();
        await rig.Write(new RoleEnded(rig.Service.Time.GetUtcNow(), "H-0002", new(Supervisor), Role.SupervisingOfficer, "欠員", "test"));
        await rig.Hold(Manager, Role.SecurityManager, "情報政策課");
        var id = await rig.Applied(Entry(), Manager);
        Assert.False((await rig.Decide(id, Manager)).Ok);

        var exception = await rig.Applied(
            GroundFloor with { RuleRef = "R-PROF-05", Scope = $"SRV-1 {Manager}", ValidFrom = new(2026, 5, 11), SelfApproval = "要員不足のため" }, Manager);
        Assert.False((await rig.Decide(id, Manager)).Ok);
        _ = await rig.Decide(exception, Chief);

        Assert.True((await rig.Decide(id, Manager)).Ok);
        Assert.Equal(exception, rig.Dossier(id).History.Single(line => line.Decision is not null).Exception);
        Assert.False((await rig.Decide(exception, Manager)).Ok);
    }

    [Fact]
    [Requirement("R-PROF-04")]
    [Requirement("R-ZONE-07")]
    public async Task A_role_that_becomes_vacant_is_raised_once_and_over_when_it_is_filled()
    {
        await using var rig = await Begin();
        var watch = Watch(rig);
        Assert.Empty(await After(rig, watch, TimeSpan.Zero));

        await rig.Write(new RoleEnded(rig.Service.Time.GetUtcNow(), "H-0004", new(Manager), Role.SystemManager, "異動", "test"));
        await rig.Write(new RoleEnded(rig.Service.Time.GetUtcNow(), "H-0003", new(Security), Role.SecurityManager, "異動", "test"));
        Assert.Equal(["role.vacant", "role.vacant"], await After(rig, watch, TimeSpan.FromMinutes(1)));
        Assert.Empty(await After(rig, watch, TimeSpan.FromMinutes(1)));
        Assert.Equal([new(Role.SecurityManager, "情報政策課", null), new(Role.SystemManager, "", new("SRV-1"))], rig.Service.Ask(CaseWatch.Known).ToArray());
        Assert.Equal(2L, rig.Service.Ask(db => db.Value("SELECT count(*) FROM view_attention WHERE standing = 1")));

        await rig.Hold(Colleague, Role.SystemManager, "情報政策課", "SRV-1", deputyFor: Manager, until: new(2026, 6, 1));
        Assert.Equal(["role.filled"], await After(rig, watch, TimeSpan.FromMinutes(1)));
        Assert.Equal(["role.vacant"], await After(rig, watch, TimeSpan.FromDays(21)));
    }

    [Fact]
    public async Task The_views_of_cases_are_the_same_when_made_anew()
    {
        await using var rig = await Begin();
        var watch = Watch(rig);
        _ = await rig.Decide(await rig.Applied(Entry()), Manager);
        _ = await rig.Decide(await rig.Applied(Entry(Colleague), Security), Manager, CaseVerdict.SendBack, "期間を短く");
        _ = await rig.Applied(GroundFloor, Manager);
        _ = await After(rig, watch, TimeSpan.FromDays(4));
        await rig.Service.Record.DisposeAsync();

        Assert.Equal(ExitCodes.Ok, RebuildCommand.Run(rig.Service.Settings, rig.Service.Time, rig.Service.RandomBytes, TextWriter.Null));
        await rig.Service.Reopen();
    }

    private static CaseWatch Watch(CaseRig rig) => new(rig.Service.Record, rig.Guard, rig.Service.Turn, () => [A.Room, new("MED-1")], rig.Service.Time);

    private static async Task<string[]> After(CaseRig rig, CaseWatch watch, TimeSpan time)
    {
        rig.Service.Time.Advance(time);
        var before = rig.Service.Kinds().Length;
        Assert.True(await watch.LookAsync(Never));
        return rig.Service.Kinds()[before..];
    }
}
