using RoomGuard.Core.Cases;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Dashboard.Equipment;
using RoomGuard.Service.Equipment;
using RoomGuard.Service.Files;
using RoomGuard.Service.Record;
using RoomGuard.Service.Work;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Core.Equipment;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Work;

/// <summary>増設・交換・取外し: a disk swapped by a contractor, from the two permissions to the disk that is owed an erasure.</summary>
public sealed class PartSwapTests : IAsyncLifetime
{
    private static readonly ZoneId Room = new("SRV-1");
    private static readonly AssetTag Server = new("AS-00001");
    private static readonly PartSwap Disk = new(Server, "SSD-77120", "SSD-88001", "SSD 1.92 TB", true);
    private CaseRig rig = null!;
    private FileShelf shelf = null!;
    private WorkDesk desk = null!;
    private AssetDesk assets = null!;
    private DisposalDesk disposals = null!;

    private DateTimeOffset Now => rig.Service.Time.GetUtcNow();

    private static WorkOutcome Done => new(WorkResult.Done, WorkImpact.None, null, null, null, null, "");

    public async Task InitializeAsync()
    {
        rig = await Begin();
        shelf = new(rig.Service.Folders.Files);
        desk = new(rig.Service.Record, rig.Service.Policy, rig.Guard, rig.Service.Turn, shelf, rig.Service.Time);
        assets = new(rig.Service.Record, rig.Service.Settings, rig.Service.Policy, rig.Guard, rig.Service.Turn, rig.Service.Time);
        disposals = new(rig.Service.Record, rig.Service.Policy, rig.Guard, rig.Service.Turn, shelf, rig.Service.Time);
        Assert.True((await assets.Save(new(AnAsset.Server() with { Holds = [new("住民記録", ImportanceClass.II)] }, new(Room, "R03", ""), 0), rig.As(Operator), Never)).Ok);
        await rig.Write(new ContractRecorded(
            Now, new(new("K-2026-0001"), "保守", [new("例示保守", "保守", null)], "例示 託也", "情報政策課", [Room], [new(new(Contractor), "例示保守")], new(2026, 4, 1), new(2027, 4, 1), null, ""), "test"));
    }

    public async Task DisposeAsync()
    {
        shelf.Dispose();
        await rig.DisposeAsync();
    }

    [Fact]
    [Requirement("R-MOVE-09")]
    public async Task A_part_swap_is_permitted_by_both_SYS_and_SUP_who_are_two_people()
    {
        // OPS asks; contractors and others who may do other work do not.
        Assert.NotNull((await rig.Apply(new WorkMatter(Plan()), Contractor)).Refusal);
        Assert.NotNull((await rig.Apply(new WorkMatter(Plan()), Manager)).Refusal);
        var asked = await rig.Applied(new WorkMatter(Plan()), Operator);
        Assert.NotNull((await rig.Decide(asked, Supervisor)).Refusal);
        Assert.True((await rig.Decide(asked, Manager)).Ok);
        Assert.Empty(rig.Dossier(asked).Made);

        // SYS who holds SUP's role as well is still one person.
        _ = await rig.Hold(Manager, Role.SupervisingOfficer);
        Assert.Equal("R-PROF-05", (await rig.Decide(asked, Manager)).Refusal?.Rule);
        Assert.Empty(rig.Dossier(asked).Made);
        Assert.True((await rig.Decide(asked, Supervisor)).Ok);
        var work = Of(new(rig.Dossier(asked).Made.Single())).Work;
        Assert.Equal((Manager, Supervisor, true), (work.ApprovedBySys!.Value.Value, work.ApprovedBySup!.Value.Value, work.PermittedByBoth));

        // An order that was permitted by one alone does not start.
        Assert.Equal(WorkRefusal.SwapNotPermitted, WorkRules.AgainstStart(work with { ApprovedBySup = null }, [new(Contractor), new(Staff)]));
        Assert.Equal(WorkRefusal.SwapNotPermitted, WorkRules.AgainstStart(work with { ApprovedBySup = work.ApprovedBySys }, [new(Contractor), new(Staff)]));
        Assert.Null(WorkRules.AgainstStart(work, [new(Contractor), new(Staff)]));
    }

    [Fact]
    [Requirement("R-MOVE-09")]
    public async Task Who_sent_it_back_or_allowed_an_earlier_form_says_their_word_anew()
    {
        var asked = await rig.Applied(new WorkMatter(Plan()), Operator);
        Assert.True((await rig.Decide(asked, Manager, CaseVerdict.SendBack, "対象を書いてください")).Ok);
        Assert.True((await Anew(asked)).Ok);
        Assert.True((await rig.Decide(asked, Manager)).Ok);
        Assert.True((await rig.Decide(asked, Supervisor, CaseVerdict.SendBack, "時間を短く")).Ok);
        Assert.True((await Anew(asked)).Ok);

        // What SYS said of the form before is no word on this one.
        Assert.NotNull((await rig.Decide(asked, Supervisor)).Refusal);
        Assert.True((await rig.Decide(asked, Manager)).Ok);
        Assert.True((await rig.Decide(asked, Supervisor)).Ok);
        Assert.True(Of(new(rig.Dossier(asked).Made.Single())).Work.PermittedByBoth);
    }

    [Fact]
    [Requirement("R-MOVE-09")]
    [Requirement("R-PROF-06")]
    public async Task A_swap_that_SYS_asks_for_is_permitted_by_SUP_in_their_place_and_by_CHIEF()
    {
        _ = await rig.Hold(Manager, Role.SystemStaff);
        var asked = await rig.Applied(new WorkMatter(Plan()), Manager);
        Assert.Equal([[Role.SupervisingOfficer], [Role.ChiefOfficer]], rig.Dossier(asked).Steps.Select(step => step.Roles.ToArray()));
        Assert.Equal("R-PROF-05", (await rig.Decide(asked, Manager)).Refusal?.Rule);
        Assert.True((await rig.Decide(asked, Supervisor)).Ok);
        Assert.Equal("R-PROF-05", (await rig.Decide(asked, Supervisor)).Refusal?.Rule);
        Assert.True((await rig.Decide(asked, Chief)).Ok);
        Assert.True(Of(new(rig.Dossier(asked).Made.Single())).Work.PermittedByBoth);
    }

    [Fact]
    [Requirement("R-MOVE-09")]
    public async Task It_names_items_the_register_has_there_and_staff_check_it()
    {
        Assert.Equal((FieldFault.Unknown, "targets"), FaultAt(await rig.Apply(new WorkMatter(Plan() with { Targets = ["AS-09999"] }), Operator)));
        Assert.True((await assets.Save(new(AnAsset.Server("AS-00002"), null, 0), rig.As(Operator), Never)).Ok);
        Assert.Equal((FieldFault.ItemNotThere, "targets"), FaultAt(await rig.Apply(new WorkMatter(Plan() with { Targets = ["AS-00002"] }), Operator)));
        Assert.Equal("SwapCheckerNotStaff K-0001", Assert.Single((await rig.Apply(new WorkMatter(Plan() with { Performers = [new(Operator)], Checkers = [new(Contractor)] }), Operator)).Problems).Value);
        Assert.True((await rig.Apply(new WorkMatter(Plan() with { Checkers = [new(Staff)] }), Operator)).Ok);
    }

    [Fact]
    [Requirement("R-MOVE-09")]
    [Requirement("R-LIFE-04")]
    public async Task Each_part_changes_the_register_and_a_disk_taken_out_is_an_item_of_its_own_that_is_owed_an_erasure()
    {
        var id = await Begun();

        // A second machine nobody permitted, a serial the register does not know, one that is there already, nothing at all.
        Assert.Equal(FieldFault.NotAWorkTarget, Fault(await Swap(id, Disk with { Item = new("AS-00002") })));
        Assert.Equal(FieldFault.PartNotInItem, Fault(await Swap(id, Disk with { SerialOut = "SSD-00000" })));
        Assert.Equal(FieldFault.AlreadyExists, Fault(await Swap(id, new(Server, "", "SSD-77120", "", true))));
        Assert.Equal(FieldFault.Required, Fault(await Swap(id, new(Server, "", " ", "", true))));
        Assert.Equal(FieldFault.Unknown, Fault(await desk.Swap(id, Of(id).Version, Disk, rig.As(Colleague), Never)));
        Assert.Equal("NoPartRecorded", Assert.Single((await desk.End(id, Of(id).Version, Done, rig.As(Contractor), Never)).Problems).Value);

        var seen = Of(id).Version;
        Assert.True((await desk.Swap(id, seen, Disk, rig.As(Contractor), Never)).Ok);
        Assert.Equal(FieldFault.ChangedMeanwhile, Fault(await desk.Swap(id, seen, new(Server, "", "RAM-1", "メモリ", false), rig.As(Staff), Never)));
        Assert.True((await Swap(id, new(Server, "", "RAM-1", "メモリ", false))).Ok);

        var server = (await assets.One(Server, rig.As(Audits), Never))!;
        Assert.Equal(["SSD-88001"], server.Line.Asset.Storage.Select(part => part.Serial));
        Assert.Equal(["RAM-1"], server.Line.Asset.Parts.Select(part => part.Serial));
        Assert.Contains(server.Story, step => step.Event is PartChanged);
        var removed = (await assets.One(Of(id).Parts[0].RemovedAs!.Value, rig.As(Audits), Never))!.Line;
        Assert.Equal((AssetKind.Storage, "SSD-77120", Room, ImportanceClass.I, true), (removed.Asset.Kind, removed.Asset.Serial, removed.Place!.Zone!.Value, removed.Effective, removed.Asset.HasStorage!.Value));
        Assert.Equal("住民記録", Assert.Single(removed.Asset.Holds).Title);

        rig.Service.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.True((await desk.End(id, Of(id).Version, Done, rig.As(Contractor), Never)).Ok);
        Assert.Equal(("SSD-77120", "SSD-88001, RAM-1"), (Of(id).Outcome!.PartSerialOut, Of(id).Outcome!.PartSerialIn));
        Assert.Equal("R-WORK-02", (await desk.Check(id, Of(id).Version, "", rig.As(Contractor), Never)).Refusal?.Rule);
        Assert.True((await desk.Check(id, Of(id).Version, "製造番号を確認", rig.As(Staff), Never)).Ok);

        // It leaves by no other way than erased.
        var tag = removed.Asset.Tag;
        Assert.Equal((tag, Server, (DisposalId?)null), Assert.Single(await disposals.Owed(rig.As(Audits), Never)) is var owed ? (owed.Tag, owed.From, owed.Pending) : default);
        Assert.Equal((1, 0), ((await disposals.Waiting(rig.As(Manager), Never)).Owed, (await disposals.Waiting(rig.As(Operator), Never)).Owed));
        Assert.Equal(FieldFault.RemovedNotErased, Fault(await rig.Apply(new MoveMatter(Out(tag, MovePurpose.Relocation)), Operator)));
        Assert.Equal(FieldFault.ErasureMissing, Fault(await rig.Apply(new MoveMatter(Out(tag, MovePurpose.Disposal)), Operator)));
        var file = new DisposalId((await disposals.Ask(DisposalKind.Reuse, tag, "", "予備にする", rig.As(Manager), Never)).Id!);
        async Task<int> Version() => (await disposals.One(file, rig.As(Audits), Never))!.File.Version;
        Assert.True((await disposals.Decide(file, await Version(), true, "", rig.As(Security), Never)).Ok);
        Assert.True((await disposals.Erase(file, await Version(), ErasureMethod.SecureErase, Now, ["SSD-77120"], "", rig.As(Staff), Never)).Ok);
        Assert.Single(await disposals.Owed(rig.As(Audits), Never));
        Assert.True((await disposals.Verify(file, await Version(), true, "読めない", rig.As(Operator), Never)).Ok);
        Assert.Empty(await disposals.Owed(rig.As(Audits), Never));
        Assert.True((await rig.Apply(new MoveMatter(Out(tag, MovePurpose.Relocation)), Operator)).Ok);
    }

    [Fact]
    [Requirement("R-MOVE-09")]
    [Requirement("R-LIFE-04")]
    public async Task A_disk_that_was_taken_out_goes_back_where_it_was_and_into_nothing_else_before_it_is_erased()
    {
        Assert.True((await assets.Save(new(AnAsset.Server("AS-00002") with { Storage = [new("SSD-55555", "")] }, new(Room, "R04", ""), 0), rig.As(Operator), Never)).Ok);
        var id = await Begun("AS-00002");
        Assert.Equal(FieldFault.PartElsewhere, Fault(await Swap(id, new(Server, "", "SSD-55555", "", true))));
        Assert.True((await Swap(id, new(Server, "SSD-77120", "", "", false))).Ok);

        // Whether anything is left in it nobody knows: it counts as if there were.
        Assert.Null((await assets.One(Server, rig.As(Audits), Never))!.Line.Asset.HasStorage);
        Assert.Equal(FieldFault.PartNotErased, Fault(await Swap(id, new(new("AS-00002"), "", "SSD-77120", "", true))));
        Assert.True((await Swap(id, new(Server, "", "SSD-77120", "SSD", true))).Ok);
        Assert.Empty(await disposals.Owed(rig.As(Audits), Never));
        Assert.Equal(["SSD-77120"], (await assets.One(Server, rig.As(Audits), Never))!.Line.Asset.Storage.Select(part => part.Serial));
    }

    private static FieldFault Fault(ActResult done) => Assert.Single(done.Problems).Fault;

    private static (FieldFault, string) FaultAt(ActResult done) => Assert.Single(done.Problems) is var problem ? (problem.Fault, problem.Field) : default;

    private WorkPlan Plan() => new(WorkKind.PartSwap, [Server.Value], Room, "故障したSSDの交換", null, [new(Contractor)], [new(Staff)], "K-2026-0001", Now, Now.AddHours(2));

    private MovePlan Out(AssetTag tag, MovePurpose purpose) => new(MoveDirection.Out, purpose, [new(tag, "")], Room, "", null, "別館の倉庫", false, Now, Now.AddHours(2), [new(Operator)], "");

    private WorkDossier Of(WorkId id) => rig.Service.Ask(db => WorkView.Dossier(db, id))!;

    private Task<ActResult> Anew(CaseId asked) => rig.Desk.Resubmit(asked, rig.Dossier(asked).Version, new WorkMatter(Plan()), "故障したSSDの交換", rig.As(Operator), Never);

    private Task<ActResult> Swap(WorkId id, PartSwap swap) => desk.Swap(id, Of(id).Version, swap, rig.As(Contractor), Never);

    private async Task<WorkId> Begun(params string[] more)
    {
        var asked = await rig.Applied(new WorkMatter(Plan() with { Targets = [Server.Value, .. more] }), Operator);
        Assert.True((await rig.Decide(asked, Manager)).Ok);
        Assert.True((await rig.Decide(asked, Supervisor)).Ok);
        var id = new WorkId(rig.Dossier(asked).Made.Single());
        await rig.Write(A.Entered(Now, Contractor));
        await rig.Write(A.Entered(Now, Staff));
        Assert.True((await desk.Start(id, Of(id).Version, rig.As(Contractor), Never)).Ok);
        return id;
    }
}
