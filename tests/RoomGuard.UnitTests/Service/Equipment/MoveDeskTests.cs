using RoomGuard.Core.Cases;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Dashboard.Equipment;
using RoomGuard.Service.Equipment;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Core.Equipment;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Equipment;

/// <summary>搬入・搬出 from application to end, and what stops each step.</summary>
public sealed class MoveDeskTests : IAsyncLifetime
{
    private CaseRig rig = null!;
    private AssetDesk assets = null!;
    private MoveDesk desk = null!;
    private MoveWatch watch = null!;

    private DateTimeOffset Now => rig.Service.Time.GetUtcNow();

    public async Task InitializeAsync()
    {
        rig = await Begin();
        assets = new(rig.Service.Record, rig.Service.Settings, rig.Service.Policy, rig.Guard, rig.Service.Turn, rig.Service.Time);
        desk = new(rig.Service.Record, rig.Service.Settings, rig.Service.Policy, rig.Guard, rig.Service.Turn, rig.Service.Time);
        watch = new(rig.Service.Record, rig.Service.Turn, rig.Service.Time);
        await Register(AnAsset.Server());
    }

    public async Task DisposeAsync()
    {
        await rig.DisposeAsync();
    }

    [Fact]
    [Requirement("R-MOVE-01")]
    public async Task A_move_starts_from_an_application_that_names_each_item_and_is_approved_by_who_answers_for_the_zone()
    {
        foreach (var other in new[] { Staff, Manager, Security, Supervisor, Audits })
        {
            Assert.Equal("R-MOVE-01", (await rig.Apply(new MoveMatter(In()), other)).Refusal?.Rule);
        }

        Assert.Equal(FieldFault.Unknown, await FaultOf(In() with { Items = [new(new("AS-99999"), "")] }));
        Assert.Equal(FieldFault.Required, await FaultOf(In() with { Items = [] }));
        Assert.Equal(FieldFault.AlreadyExists, await FaultOf(In() with { Items = [new(new("AS-00001"), ""), new(new("AS-00001"), "")] }));
        Assert.Equal(FieldFault.DirectionDiffers, await FaultOf(In() with { Direction = MoveDirection.Internal }));
        Assert.Equal(FieldFault.ItemNotThere, await FaultOf(Out()));
        Assert.Equal(FieldFault.EndBeforeStart, await FaultOf(In() with { Until = Now }));
        Assert.Equal(FieldFault.Unknown, await FaultOf(In() with { Carriers = [new("K-9999")] }));

        var id = await rig.Applied(new MoveMatter(In()), Operator);
        foreach (var other in new[] { Supervisor, Security, Chief, OtherManager, Operator })
        {
            Assert.False((await rig.Decide(id, other)).Ok);
        }

        Assert.Empty((await desk.Moves(rig.As(Audits), Never))!.Value);
        Assert.True((await rig.Decide(id, Manager)).Ok);
        var move = Assert.Single((await desk.Moves(rig.As(Audits), Never))!.Value).Move;
        Assert.Equal(("M-2026-0001", MoveState.Approved, Operator, Manager), (move.Move.Id.Value, move.State, move.Move.AppliedBy.Value, Assert.Single(move.Move.ApprovedBy).Value));
        Assert.Equal(["M-2026-0001"], rig.Dossier(id).Made.AsEnumerable());
    }

    [Fact]
    [Requirement("R-MOVE-01")]
    public async Task An_item_is_in_one_open_move_at_a_time()
    {
        var first = await rig.Applied(new MoveMatter(In()), Operator);
        var second = await rig.Applied(new MoveMatter(In()), Operator);
        Assert.True((await rig.Decide(first, Manager)).Ok);
        Assert.Equal(EquipmentText.ItemInOtherMove.Ja, (await rig.Decide(second, Manager)).Refusal?.Because.Ja);
        Assert.Equal(FieldFault.ItemInOtherMove, await FaultOf(In()));
        Assert.True((await desk.Cancel(Only, await Version(), "納品の延期", rig.As(Manager), Never)).Ok);
        Assert.True((await rig.Decide(second, Manager)).Ok);
    }

    [Fact]
    [Requirement("R-MOVE-07")]
    public async Task Off_the_premises_the_chief_officer_approves_too()
    {
        await BroughtIn();
        var id = await rig.Applied(new MoveMatter(Out() with { OffPremises = true, ToOutside = "架空データセンター" }), Operator);
        Assert.True((await rig.Decide(id, Manager)).Ok);
        Assert.Single((await desk.Moves(rig.As(Audits), Never))!.Value);
        foreach (var other in new[] { Supervisor, Manager, Security })
        {
            Assert.False((await rig.Decide(id, other)).Ok);
        }

        Assert.True((await rig.Decide(id, Chief)).Ok);
        var move = (await desk.One(new("M-2026-0002"), rig.As(Audits), Never))!.Look.Move.Move;
        Assert.Equal((id, 2), (move.OffsiteApproval, move.ApprovedBy.Length));
    }

    [Fact]
    [Requirement("R-MOVE-02")]
    public async Task A_move_in_does_not_begin_before_the_impact_is_checked_and_found_harmless()
    {
        await Approved(In());
        await Enters(Staff);
        Assert.Equal(FieldFault.ImpactMissing, Fault(await desk.Start(Only, await Version(), rig.As(Staff), Never)));
        Assert.NotNull((await desk.CheckImpact(Only, await Version(), ImpactResult.None, "", rig.As(Audits), Never)).Refusal);
        Assert.Equal(FieldFault.Required, Fault(await desk.CheckImpact(Only, await Version(), ImpactResult.Harmful, "", rig.As(Contractor), Never)));
        Assert.True((await desk.CheckImpact(Only, await Version(), ImpactResult.Harmful, "電源が足りない", rig.As(Contractor), Never)).Ok);
        Assert.Equal(FieldFault.ImpactHarmful, Fault(await desk.Start(Only, await Version(), rig.As(Staff), Never)));
        Assert.True((await desk.CheckImpact(Only, await Version(), ImpactResult.Handled, "電源を分けた", rig.As(Contractor), Never)).Ok);
        Assert.True((await desk.Start(Only, await Version(), rig.As(Staff), Never)).Ok);
        Assert.Equal(FieldFault.ChangedMeanwhile, Fault(await desk.CheckImpact(Only, await Version(), ImpactResult.None, "", rig.As(Staff), Never)));
    }

    [Fact]
    [Requirement("R-MOVE-03")]
    public async Task The_witness_is_staff_in_the_zone_and_never_a_carrier()
    {
        await Approved(In() with { Carriers = [new(Contractor), new(Colleague)] });
        _ = await desk.CheckImpact(Only, await Version(), ImpactResult.None, "", rig.As(Contractor), Never);
        await Enters(Colleague);
        await Enters(Contractor);
        Assert.Equal("R-MOVE-03", (await desk.Start(Only, await Version(), rig.As(Contractor), Never)).Refusal?.Rule);
        Assert.Equal(FieldFault.WitnessCarries, Fault(await desk.Start(Only, await Version(), rig.As(Colleague), Never)));
        Assert.Equal(FieldFault.WitnessNotPresent, Fault(await desk.Start(Only, await Version(), rig.As(Staff), Never)));
        await Enters(Staff);
        Assert.True((await desk.Start(Only, await Version(), rig.As(Staff), Never)).Ok);
        var span = Assert.Single((await Move()).Witnessed);
        Assert.Equal((Staff, A.Room, Now), (span.Witness.Value, span.Zone, span.PresentSince));
    }

    [Fact]
    [Requirement("R-MOVE-03")]
    public async Task It_begins_only_in_its_time_and_only_once()
    {
        await Approved(In() with { From = Now.AddHours(1), Until = Now.AddHours(2) });
        _ = await desk.CheckImpact(Only, await Version(), ImpactResult.None, "", rig.As(Staff), Never);
        await Enters(Staff);
        await Enters(Colleague);
        Assert.Equal(FieldFault.OutsideMoveTime, Fault(await desk.Start(Only, await Version(), rig.As(Staff), Never)));
        rig.Service.Time.Advance(TimeSpan.FromHours(1));
        var version = await Version();
        var both = await Task.WhenAll(desk.Start(Only, version, rig.As(Staff), Never), desk.Start(Only, version, rig.As(Colleague), Never));
        Assert.Equal(FieldFault.ChangedMeanwhile, Fault(Assert.Single(both, done => !done.Ok)));
        Assert.Single((await Move()).Witnessed);
    }

    [Fact]
    [Requirement("R-MOVE-03")]
    public async Task When_the_witness_leaves_nothing_passes_and_an_alarm_stands_until_one_is_there_again()
    {
        await Begun();
        Assert.True(await watch.LookAsync(Never));
        Assert.Equal(MoveState.InProgress, (await Move()).State);
        await Leaves(Staff);
        Assert.True(await watch.LookAsync(Never));
        Assert.True(await watch.LookAsync(Never));
        Assert.Equal(MoveState.Interrupted, (await Move()).State);
        Assert.Single(rig.Service.Kinds(), kind => kind == "move.witness-left");
        Assert.Equal(0L, Alarms());

        Assert.Equal(FieldFault.WitnessGone, Fault(await desk.Scan(Only, new("AS-00001"), rig.As(Operator), Never)));
        Assert.Equal(FieldFault.WitnessGone, Fault(await desk.Complete(Only, await Version(), rig.As(Staff), Never)));
        Assert.Equal(FieldFault.WitnessNotPresent, Fault(await desk.Resume(Only, await Version(), rig.As(Colleague), Never)));
        await Enters(Colleague);
        Assert.True((await desk.Resume(Only, await Version(), rig.As(Colleague), Never)).Ok);
        Assert.True((await desk.Scan(Only, new("AS-00001"), rig.As(Operator), Never)).Ok);
        Assert.Equal(FieldFault.OtherWitness, Fault(await desk.Complete(Only, await Version(), rig.As(Staff), Never)));
        Assert.True((await desk.Complete(Only, await Version(), rig.As(Colleague), Never)).Ok);
        Assert.Equal([Staff, Colleague], (await Move()).Witnessed.Select(span => span.Witness.Value));
        Assert.All((await Move()).Witnessed, span => Assert.NotNull(span.To));
    }

    [Theory]
    [Requirement("R-MOVE-03")]
    [Requirement("R-ID-10")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_witness_who_is_suspended_in_the_middle_is_a_witness_no_longer_though_still_inside(bool seenByTheWatch)
    {
        await Begun();
        Assert.True((await desk.Scan(Only, new("AS-00001"), rig.As(Operator), Never)).Ok);
        await Suspends(Staff, lifted: false);
        if (seenByTheWatch)
        {
            Assert.True(watch.Wakes(new SuspensionOrdered(Now, new(1, Now, new(Staff), null, CredentialState.Suspended, Lifted: false), Supervisor, "指導に従わない")));
            Assert.True(await watch.LookAsync(Never));
            Assert.Equal(FieldFault.WitnessGone, Fault(await desk.Complete(Only, await Version(), rig.As(Staff), Never)));
        }
        else
        {
            Assert.Equal(FieldFault.WitnessSuspended, Fault(await desk.Complete(Only, await Version(), rig.As(Staff), Never)));
        }

        Assert.Equal(MoveState.Interrupted, (await Move()).State);
        Assert.Equal("立会者の停止・剥奪 (R-ID-10)", Assert.Single((await Move()).Story, line => line.Kind == "move.witness-left").Text);
        Assert.Null((await Place())?.Zone);
        Assert.Equal(FieldFault.WitnessSuspended, Fault(await desk.Resume(Only, await Version(), rig.As(Staff), Never)));
        await Enters(Colleague);
        Assert.True((await desk.Resume(Only, await Version(), rig.As(Colleague), Never)).Ok);

        // Who witnesses now is not touched by somebody else's suspension, and who got their rights back may witness again.
        Assert.True(await watch.LookAsync(Never));
        Assert.Equal(MoveState.InProgress, (await Move()).State);
        await Suspends(Staff, lifted: true);
        await Leaves(Colleague);
        Assert.True(await watch.LookAsync(Never));
        Assert.True((await desk.Resume(Only, await Version(), rig.As(Staff), Never)).Ok);
        Assert.True((await desk.Complete(Only, await Version(), rig.As(Staff), Never)).Ok);
        Assert.Equal(A.Room, (await Place())?.Zone);
    }

    [Fact]
    [Requirement("R-MOVE-03")]
    [Requirement("R-ID-10")]
    public async Task Who_is_suspended_begins_no_move_as_its_witness()
    {
        await Approved(In());
        _ = await desk.CheckImpact(Only, await Version(), ImpactResult.None, "", rig.As(Contractor), Never);
        await Enters(Staff);
        await Suspends(Staff, lifted: false);
        Assert.Equal(FieldFault.WitnessSuspended, Fault(await desk.Start(Only, await Version(), rig.As(Staff), Never)));
    }

    [Fact]
    [Requirement("R-MOVE-03")]
    public async Task Going_out_and_in_again_is_an_interruption_too_also_before_any_watch_looked()
    {
        await Begun();
        Assert.True((await desk.Scan(Only, new("AS-00001"), rig.As(Staff), Never)).Ok);
        await Leaves(Staff);
        rig.Service.Time.Advance(TimeSpan.FromMinutes(1));
        await Enters(Staff);
        Assert.Equal(FieldFault.WitnessGone, Fault(await desk.Complete(Only, await Version(), rig.As(Staff), Never)));
        Assert.Equal(MoveState.Interrupted, (await Move()).State);
        Assert.Null((await Place())?.Zone);
        Assert.True((await desk.Resume(Only, await Version(), rig.As(Staff), Never)).Ok);
        Assert.True((await desk.Complete(Only, await Version(), rig.As(Staff), Never)).Ok);
    }

    [Fact]
    [Requirement("R-MOVE-01")]
    [Requirement("R-MOVE-04")]
    public async Task What_is_on_the_list_passes_once_and_its_place_changes_with_the_end_and_not_before()
    {
        await Begun();
        Assert.Equal(FieldFault.NotAllScanned, Fault(await desk.Complete(Only, await Version(), rig.As(Staff), Never)));
        Assert.Equal(FieldFault.NotOnList, Fault(await desk.Scan(Only, new("AS-00002"), rig.As(Operator), Never)));
        Assert.Equal(FieldFault.NotOnList, Fault(await desk.Scan(Only, new("=1+1"), rig.As(Operator), Never)));
        Assert.NotNull((await desk.Scan(Only, new("AS-00001"), rig.As(Audits), Never)).Refusal);
        Assert.True((await desk.Scan(Only, new("AS-00001"), rig.As(Operator), Never)).Ok);
        Assert.Equal(FieldFault.AlreadyScanned, Fault(await desk.Scan(Only, new("AS-00001"), rig.As(Operator), Never)));
        Assert.Null(await Place());

        Assert.True((await desk.Complete(Only, await Version(), rig.As(Staff), Never)).Ok);
        Assert.Equal(new AssetPlace(A.Room, "R03", ""), await Place());
        var kinds = rig.Service.Kinds();
        Assert.Equal(["move.completed", "asset.moved"], kinds[^2..]);
        Assert.Equal(FieldFault.ChangedMeanwhile, Fault(await desk.Cancel(Only, await Version(), "取りやめ", rig.As(Manager), Never)));
        Assert.Contains((await assets.One(new("AS-00001"), rig.As(Audits), Never))!.Story, step => step.Event is AssetMoved);
    }

    [Fact]
    [Requirement("R-ZONE-06")]
    public async Task An_item_whose_segment_changed_after_the_approval_does_not_arrive()
    {
        await Begun();
        _ = await desk.Scan(Only, new("AS-00001"), rig.As(Operator), Never);
        var file = (await assets.One(new("AS-00001"), rig.As(Audits), Never))!;
        Assert.True((await assets.Save(new(file.Line.Asset with { Segment = Segment.Other }, null, file.Version), rig.As(Operator), Never)).Ok);
        Assert.Equal(FieldFault.ZoneSegmentDiffers, Fault(await desk.Complete(Only, await Version(), rig.As(Staff), Never)));
        Assert.Null(await Place());
        Assert.Equal(FieldFault.ZoneSegmentDiffers, await FaultOf(In() with { Items = [new(new("AS-00002"), "")] }, () => Register(AnAsset.Server("AS-00002") with { Segment = Segment.Other })));
    }

    [Fact]
    [Requirement("R-LIFE-10")]
    public async Task An_installation_stays_open_until_mounting_and_all_six_surroundings_are_confirmed()
    {
        await BroughtIn();
        Assert.Equal(["AS-00001"], (await Move()).ToInstall().Select(tag => tag.Value));
        var all = Enum.GetValues<Surrounding>();
        Assert.Equal("R-LIFE-10", (await desk.Install(Only, await Version(), new("AS-00001"), true, [.. all], "", rig.As(Operator), Never)).Refusal?.Rule);
        Assert.Equal(FieldFault.NotAllConfirmed, Fault(await desk.Install(Only, await Version(), new("AS-00001"), false, [.. all], "", rig.As(Manager), Never)));
        Assert.Equal(FieldFault.NotAllConfirmed, Fault(await desk.Install(Only, await Version(), new("AS-00001"), true, [.. all[1..]], "", rig.As(Manager), Never)));
        Assert.True((await desk.Install(Only, await Version(), new("AS-00001"), true, [.. all], "", rig.As(Manager), Never)).Ok);
        Assert.Empty((await Move()).ToInstall());
        Assert.Equal(FieldFault.NotOnList, Fault(await desk.Install(Only, await Version(), new("AS-00001"), true, [.. all], "", rig.As(Manager), Never)));
    }

    [Fact]
    [Requirement("R-MOVE-03")]
    public async Task Between_two_zones_the_witness_sees_it_leave_the_one_and_arrive_in_the_other()
    {
        await BroughtIn();
        var id = await rig.Applied(new MoveMatter(Out() with { Direction = MoveDirection.Internal, ToZone = new("MED-1"), ToOutside = "" }), Operator);
        Assert.True((await rig.Decide(id, Manager)).Ok);
        Assert.True((await rig.Decide(id, OtherManager)).Ok);
        MoveId move = new("M-2026-0002");
        Assert.True((await desk.Start(move, await Version(move), rig.As(Staff), Never)).Ok);
        Assert.True((await desk.Scan(move, new("AS-00001"), rig.As(Staff), Never)).Ok);
        await Leaves(Staff);
        Assert.True(await watch.LookAsync(Never));
        Assert.Equal(FieldFault.WitnessNotPresent, Fault(await desk.Complete(move, await Version(move), rig.As(Staff), Never)));
        await Enters(Staff, "MED-1");
        Assert.True((await desk.Complete(move, await Version(move), rig.As(Staff), Never)).Ok);
        Assert.Equal("MED-1", (await Place())?.Zone?.Value);
    }

    [Fact]
    [Requirement("R-MOVE-01")]
    public async Task A_container_goes_with_everything_in_it_and_nothing_in_it_goes_alone()
    {
        await Register(AnAsset.Box());
        await Register(AnAsset.Media() with { Container = new("BX-00001") });
        Assert.Equal(FieldFault.ContentNotListed, await FaultOf(In() with { Items = [new(new("BX-00001"), "")] }));
        Assert.Equal(FieldFault.LiesInContainer, await FaultOf(In() with { Items = [new(new("MD-00001"), "")] }));
        Assert.True((await rig.Apply(new MoveMatter(In() with { Items = [new(new("BX-00001"), ""), new(new("MD-00001"), "")] }), Operator)).Ok);
    }

    [Fact]
    public async Task A_contractor_sees_the_moves_they_have_a_hand_in_and_no_others()
    {
        await Approved(In() with { Carriers = [new(Operator)] });
        Assert.Null(await desk.One(Only, rig.As(Contractor), Never));
        Assert.Empty((await desk.Moves(rig.As(Contractor), Never))!.Value);
        Assert.NotNull(await desk.One(Only, rig.As(Staff), Never));
        Assert.Single((await desk.Sheet(Now.AddDays(-1), Now.AddDays(1), rig.As(Audits), Never)).Moves);
        Assert.Empty((await desk.Sheet(Now.AddDays(1), Now.AddDays(2), rig.As(Audits), Never)).Moves);
    }

    [Fact]
    [Requirement("R-MOVE-03")]
    public void A_witness_who_left_is_an_alarm_of_its_own_and_over_when_one_is_back()
    {
        var left = Assert.IsType<CauseArose>(Assert.Single(AlarmSignals.Of(new WitnessLeft(A.MondayNine, Only, new(Staff), A.Room), null, default)));
        Assert.Equal((AlarmKinds.WitnessLeft, AlarmLevel.Important, A.Room), (left.Kind, left.Level, left.Zone!.Value));
        var back = Assert.IsType<CauseEnded>(Assert.Single(AlarmSignals.Of(new MoveResumed(A.MondayNine, Only, new(Staff), A.Room, A.MondayNine, Staff), null, default)));
        Assert.Equal((left.Kind, left.Subject), (back.Kind, back.Subject));
    }

    private static MoveId Only => new("M-2026-0001");

    private static FieldFault Fault(ActResult done) => Assert.Single(done.Problems).Fault;

    private MovePlan In() => new(MoveDirection.In, MovePurpose.New, [new(new("AS-00001"), "R03")], null, "架空電算の倉庫", A.Room, "", false, Now, Now.AddHours(2), [new(Operator), new(Contractor)], "");

    private MovePlan Out() => In() with { Direction = MoveDirection.Out, Purpose = MovePurpose.Transfer, FromZone = A.Room, FromOutside = "", ToZone = null, ToOutside = "庁内の倉庫" };

    private long Alarms() => rig.Service.Ask(db => (long)db.Value("SELECT count(*) FROM view_attention WHERE kind = $1 AND standing = 0", (long)RoomGuard.Dashboard.Now.AttentionKind.WitnessLeft)!);

    private async Task Register(Asset asset)
    {
        var done = await assets.Save(new(asset, null, 0), rig.As(Operator), Never);
        Assert.True(done.Ok, string.Join(", ", done.Problems));
    }

    private async Task<FieldFault> FaultOf(MovePlan plan, Func<Task>? before = null)
    {
        await (before?.Invoke() ?? Task.CompletedTask);
        return Fault(await rig.Apply(new MoveMatter(plan), Operator));
    }

    private async Task Approved(MovePlan plan)
    {
        var id = await rig.Applied(new MoveMatter(plan), Operator);
        var done = await rig.Decide(id, Manager);
        Assert.True(done.Ok, done.Refusal?.Because.Ja);
    }

    private async Task Begun()
    {
        await Approved(In());
        _ = await desk.CheckImpact(Only, await Version(), ImpactResult.None, "", rig.As(Contractor), Never);
        await Enters(Staff);
        Assert.True((await desk.Start(Only, await Version(), rig.As(Staff), Never)).Ok);
    }

    private async Task BroughtIn()
    {
        await Begun();
        Assert.True((await desk.Scan(Only, new("AS-00001"), rig.As(Operator), Never)).Ok);
        Assert.True((await desk.Complete(Only, await Version(), rig.As(Staff), Never)).Ok);
    }

    private Task<long> Enters(string person, string zone = "SRV-1") => rig.Write(new RoomGuard.Core.Doors.PersonEntered(Now, new(zone), new($"{zone}-D1"), new(person)));

    private Task<long> Suspends(string person, bool lifted) =>
        rig.Write(new SuspensionOrdered(Now, new(1, Now, new(person), null, CredentialState.Suspended, lifted), Supervisor, "指導に従わない"));

    private Task<long> Leaves(string person) => rig.Write(A.Left(Now, person));

    private async Task<MoveDossier> Move(MoveId? id = null) => (await desk.One(id ?? Only, rig.As(Audits), Never))!.Look.Move;

    private async Task<int> Version(MoveId? id = null) => (await Move(id)).Version;

    private async Task<AssetPlace?> Place() => (await assets.One(new("AS-00001"), rig.As(Audits), Never))!.Line.Place;
}
