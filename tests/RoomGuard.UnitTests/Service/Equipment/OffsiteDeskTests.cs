using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Equipment;
using RoomGuard.Dashboard.Now;
using RoomGuard.Service.Equipment;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Core.Equipment;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Equipment;

/// <summary>敷地外の機器: what a move that CHIEF approved takes off the premises stands there until one brings it back, and is checked.</summary>
public sealed class OffsiteDeskTests : IAsyncLifetime
{
    private static readonly AssetTag Tag = new("AS-00001");
    private CaseRig rig = null!;
    private AssetDesk assets = null!;
    private MoveDesk moves = null!;

    private DateTimeOffset Now => rig.Service.Time.GetUtcNow();

    public async Task InitializeAsync()
    {
        rig = await Begin();
        assets = new(rig.Service.Record, rig.Service.Settings, rig.Service.Policy, rig.Guard, rig.Service.Turn, rig.Service.Time);
        moves = new(rig.Service.Record, rig.Service.Settings, rig.Service.Policy, rig.Guard, rig.Service.Turn, rig.Service.Time);
        Assert.True((await assets.Save(new(AnAsset.Server(), new(A.Room, "R03", ""), 0), rig.As(Operator), Never)).Ok);
        await rig.Write(A.Entered(Now, Colleague));
    }

    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    [Requirement("R-LIFE-06")]
    [Requirement("R-MOVE-07")]
    public async Task What_CHIEF_let_off_the_premises_is_checked_by_its_day_and_leaves_the_register_when_it_is_back()
    {
        var policy = Policy("miyazaki");
        OffsiteDesk desk = new(rig.Service.Record, policy, rig.Guard, rig.Service.Turn, rig.Service.Time);
        LifeWatch watch = new(rig.Service.Record, policy, rig.Service.Turn, rig.Service.Time);
        Assert.Empty((await desk.Register(rig.As(Audits), Never))!.Lines);
        Assert.Null(await desk.Register(rig.As(Staff), Never));

        // Without CHIEF it does not go.
        var application = await rig.Applied(new MoveMatter(Out()), Operator);
        Assert.True((await rig.Decide(application, Manager)).Ok);
        Assert.Null(await moves.One(new("M-2026-0001"), rig.As(Audits), Never));
        Assert.NotNull((await rig.Decide(application, Supervisor)).Refusal);
        Assert.True((await rig.Decide(application, Chief)).Ok);
        await Carry(new("M-2026-0001"));
        var line = Assert.Single((await desk.Register(rig.As(Audits), Never))!.Lines);
        Assert.Equal(("架空町 支所", application, new DateOnly(2026, 11, 11), false), (line.Stay.Place, line.Stay.Approval, line.DueOn!.Value, line.Overdue));

        // Overdue: to SUP and CHIEF, once, and again a week later.
        Assert.True(await watch.LookAsync(Never));
        rig.Service.Time.Advance(TimeSpan.FromDays(184));
        Assert.True(await watch.LookAsync(Never));
        Assert.Empty(Reminders());
        rig.Service.Time.Advance(TimeSpan.FromDays(1));
        for (var look = 0; look < 3; look++)
        {
            Assert.True(await watch.LookAsync(Never));
        }

        Assert.Equal([Role.SupervisingOfficer, Role.ChiefOfficer], Assert.Single(Reminders()).Roles.AsEnumerable());
        Assert.Equal((1, 1, 0), (await desk.Waiting(rig.As(Supervisor), Never), await desk.Waiting(rig.As(Chief), Never), await desk.Waiting(rig.As(Staff), Never)));
        Assert.Equal(AttentionKind.OffsiteCheckOverdue, Assert.Single(Overdue(policy)).Kind);
        rig.Service.Time.Advance(TimeSpan.FromDays(7));
        Assert.True(await watch.LookAsync(Never));
        Assert.Equal(2, Reminders().Length);

        // OPS checks; nobody else writes it down, and of two at once one wins.
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        foreach (var other in new[] { Staff, Chief, Audits, Contractor })
        {
            Assert.Equal("R-LIFE-06", (await desk.Check(Tag, 1, today, OffsiteResult.InOrder, "施錠を確認", rig.As(other), Never)).Refusal?.Rule);
        }

        Assert.Equal(FieldFault.InFuture, Fault(await desk.Check(Tag, 1, today.AddDays(2), OffsiteResult.InOrder, "施錠を確認", rig.As(Operator), Never)));
        Assert.Equal(FieldFault.OutOfRange, Fault(await desk.Check(Tag, 1, new(2026, 5, 10), OffsiteResult.InOrder, "施錠を確認", rig.As(Operator), Never)));
        Assert.Equal(FieldFault.Required, Fault(await desk.Check(Tag, 1, today, OffsiteResult.InOrder, "", rig.As(Operator), Never)));
        Assert.True((await desk.Check(Tag, 1, today, OffsiteResult.Problem, "封印が破れている", rig.As(Operator), Never)).Ok);
        Assert.Equal(FieldFault.ChangedMeanwhile, Fault(await desk.Check(Tag, 1, today, OffsiteResult.InOrder, "施錠を確認", rig.As(Operator), Never)));
        line = Assert.Single((await desk.Register(rig.As(Audits), Never))!.Lines);
        Assert.Equal((OffsiteResult.Problem, today.AddMonths(6), false), (line.Stay.Result!.Value, line.DueOn!.Value, line.Overdue));
        Assert.Empty(Overdue(policy));
        Assert.Contains((await assets.One(Tag, rig.As(Audits), Never))!.Story, step => step.Event is OffsiteChecked);

        // Back again, by a move too.
        var back = await rig.Applied(new MoveMatter(new(MoveDirection.In, MovePurpose.Relocation, [new(Tag, "R03")], null, "架空町 支所", A.Room, "", false, Now, Now.AddHours(2), [new(Operator)], "")), Operator);
        Assert.True((await rig.Decide(back, Manager)).Ok);
        Assert.True((await moves.CheckImpact(new("M-2026-0002"), 1, ImpactResult.None, "", rig.As(Staff), Never)).Ok);
        await Carry(new("M-2026-0002"));
        Assert.Empty((await desk.Register(rig.As(Audits), Never))!.Lines);
        Assert.Equal(FieldFault.Unknown, Fault(await desk.Check(Tag, 2, today, OffsiteResult.InOrder, "施錠を確認", rig.As(Operator), Never)));
    }

    [Theory]
    [InlineData("base", false)]
    [InlineData("nishikitago", false)]
    [InlineData("memuro", false)]
    [InlineData("miyazaki", true)]
    [InlineData("gunma", false)]
    [InlineData("oshima-hiyama", false)]
    [Requirement("R-PROF-03")]
    [Requirement("R-LIFE-06")]
    public async Task OffsiteApproval_decides_whether_a_check_falls_due(string profile, bool falls)
    {
        var policy = Policy(profile);
        OffsiteDesk desk = new(rig.Service.Record, policy, rig.Guard, rig.Service.Turn, rig.Service.Time);
        LifeWatch watch = new(rig.Service.Record, policy, rig.Service.Turn, rig.Service.Time);
        var application = await rig.Applied(new MoveMatter(Out()), Operator);
        Assert.True((await rig.Decide(application, Manager)).Ok);
        Assert.True((await rig.Decide(application, Chief)).Ok);
        await Carry(new("M-2026-0001"));
        rig.Service.Time.Advance(TimeSpan.FromDays(366));
        Assert.True(await watch.LookAsync(Never));
        Assert.Equal((falls, falls), (Assert.Single((await desk.Register(rig.As(Audits), Never))!.Lines).Overdue, Reminders().Length == 1));
    }

    private static FieldFault Fault(ActResult done) => Assert.Single(done.Problems).Fault;

    private MovePlan Out() => new(MoveDirection.Out, MovePurpose.Relocation, [new(Tag, "")], A.Room, "", null, "架空町 支所", true, Now, Now.AddHours(2), [new(Operator)], "");

    private SitePolicy Policy(string profile) => new(
        rig.Service.Record,
        rig.Service.Settings with { Site = rig.Service.Settings.Site with { PolicyProfile = new([new(profile, 1, new(2026, 4, 1), Role.ChiefOfficer, "S-0001", new(2026, 3, 25), "訓令第1号")]) } },
        ProfileShelf.Load(ProfileShelf.Folder),
        rig.Service.Time);

    private Attention[] Overdue(SitePolicy policy) => rig.Service.Ask(db => OffsiteDesk.Overdue(db, Now, rig.Service.Record.TimeZone, policy.Now).ToArray());

    private OffsiteCheckReminded[] Reminders() => [.. rig.Service.Record.Read(0, 10_000).Select(entry => RoomGuard.Service.Record.RecordViews.ItemOf(entry).Event).OfType<OffsiteCheckReminded>()];

    private async Task Carry(MoveId move)
    {
        async Task<int> Version() => (await moves.One(move, rig.As(Audits), Never))!.Look.Move.Version;
        Assert.True((await moves.Start(move, await Version(), rig.As(Colleague), Never)).Ok);
        Assert.True((await moves.Scan(move, Tag, rig.As(Operator), Never)).Ok);
        Assert.True((await moves.Complete(move, await Version(), rig.As(Colleague), Never)).Ok);
    }
}
