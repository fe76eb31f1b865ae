using System.Collections.Immutable;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Files;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Equipment;
using RoomGuard.Dashboard.Files;
using RoomGuard.Dashboard.Now;
using RoomGuard.Service.Equipment;
using RoomGuard.Service.Files;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Core.Equipment;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Equipment;

/// <summary>廃棄・消去記録: what goes out for good or for repair is permitted, erased and verified first.</summary>
public sealed class DisposalDeskTests : IAsyncLifetime
{
    private static readonly AssetTag Tag = new("AS-00001");
    private CaseRig rig = null!;
    private AssetDesk assets = null!;
    private MoveDesk moves = null!;
    private DisposalDesk desk = null!;
    private FileShelf shelf = null!;

    private DateTimeOffset Now => rig.Service.Time.GetUtcNow();

    public async Task InitializeAsync()
    {
        rig = await Begin();
        assets = new(rig.Service.Record, rig.Service.Settings, rig.Service.Policy, rig.Guard, rig.Service.Turn, rig.Service.Time);
        moves = new(rig.Service.Record, rig.Service.Settings, rig.Service.Policy, rig.Guard, rig.Service.Turn, rig.Service.Time);
        shelf = new(rig.Service.Folders.Files);
        desk = new(rig.Service.Record, rig.Service.Policy, rig.Guard, rig.Service.Turn, shelf, rig.Service.Time);
        Assert.True((await assets.Save(new(AnAsset.Server(), new(A.Room, "R03", ""), 0), rig.As(Operator), Never)).Ok);
    }

    public async Task DisposeAsync()
    {
        shelf.Dispose();
        await rig.DisposeAsync();
    }

    [Fact]
    [Requirement("R-LIFE-05")]
    public async Task A_disposal_is_applied_for_and_permitted_by_SEC_and_never_by_who_applied()
    {
        foreach (var other in new[] { Operator, Security, Staff, Audits })
        {
            Assert.Equal("R-LIFE-05", (await desk.Ask(DisposalKind.Disposal, Tag, "", "老朽化", rig.As(other), Never)).Refusal?.Rule);
        }

        Assert.Equal(FieldFault.Unknown, Fault(await desk.Ask(DisposalKind.Disposal, new("AS-9"), "", "老朽化", rig.As(Manager), Never)));
        var id = await Asked(DisposalKind.Disposal);
        Assert.Equal(FieldFault.AlreadyExists, Fault(await desk.Ask(DisposalKind.Disposal, Tag, "", "老朽化", rig.As(Manager), Never)));
        Assert.NotNull((await desk.Decide(id, await Version(id), true, "", rig.As(Manager), Never)).Refusal);
        Assert.Equal(FieldFault.ChangedMeanwhile, Fault(await desk.Decide(id, 99, true, "", rig.As(Security), Never)));
        Assert.Equal(FieldFault.Required, Fault(await desk.Decide(id, await Version(id), false, "", rig.As(Security), Never)));
        Assert.Equal(FieldFault.ChangedMeanwhile, Fault(await Erase(id, Operator)));
        Assert.True((await desk.Decide(id, await Version(id), true, "", rig.As(Security), Never)).Ok);
        Assert.Equal(DisposalState.Approved, (await File(id)).State);

        _ = await rig.Hold(Manager, RoomGuard.Core.Operators.Role.SecurityManager, "情報政策課");
        Assert.True((await assets.Save(new(AnAsset.Server("AS-00002"), null, 0), rig.As(Operator), Never)).Ok);
        var own = new DisposalId((await desk.Ask(DisposalKind.Disposal, new("AS-00002"), "", "老朽化", rig.As(Manager), Never)).Id!);
        Assert.Equal("R-PROF-05", (await desk.Decide(own, await Version(own), true, "", rig.As(Manager), Never)).Refusal?.Rule);
    }

    [Fact]
    [Requirement("R-LIFE-04")]
    public async Task What_is_given_back_is_erased_with_every_storage_and_verified_by_another_person()
    {
        var id = await Permitted(DisposalKind.LeaseReturn);
        Assert.NotNull((await Erase(id, Audits)).Refusal);
        Assert.Equal((FieldFault.StorageNotErased, "SSD-77120"), Assert.Single((await desk.Erase(id, await Version(id), ErasureMethod.CryptoErase, Now, [], "", rig.As(Operator), Never)).Problems) is var problem ? (problem.Fault, problem.Value) : default);
        Assert.Equal(FieldFault.InFuture, Fault(await desk.Erase(id, await Version(id), ErasureMethod.CryptoErase, Now.AddHours(1), ["SSD-77120"], "", rig.As(Operator), Never)));
        Assert.Equal(FieldFault.ErasedBeforePermission, Fault(await desk.Erase(id, await Version(id), ErasureMethod.CryptoErase, Now.AddHours(-1), ["SSD-77120"], "", rig.As(Operator), Never)));
        Assert.Equal(FieldFault.MustBeErased, Fault(await desk.CheckSecrecy(id, await Version(id), "K-2026-0001", "確認", rig.As(Security), Never)));
        Assert.True((await Erase(id, Operator)).Ok);
        Assert.Equal("R-LIFE-04", (await desk.Verify(id, await Version(id), true, "読めない", rig.As(Operator), Never)).Refusal?.Rule);
        Assert.Equal(DisposalState.Erased, (await File(id)).State);

        _ = await rig.Hold(Colleague, RoomGuard.Core.Operators.Role.SystemStaff, "情報政策課");
        Assert.True((await desk.Verify(id, await Version(id), true, "読めない", rig.As(Colleague), Never)).Ok);
        Assert.Equal((DisposalState.Ready, Operator, Colleague), ((await File(id)).State, (await File(id)).ErasedBy!.Value.Value, (await File(id)).VerifiedBy!.Value.Value));
    }

    [Fact]
    [Requirement("R-MOVE-06")]
    [Requirement("R-LIFE-05")]
    public async Task It_goes_out_only_with_its_own_verified_record_and_its_certificate_is_waited_for()
    {
        Assert.Equal(FieldFault.ErasureMissing, await FaultOf(MovePurpose.LeaseReturn));
        Assert.NotNull((await assets.One(Tag, rig.As(Audits), Never))!.Line.MaintenanceDue);
        var id = await Permitted(DisposalKind.LeaseReturn);
        Assert.Equal(FieldFault.ErasureMissing, await FaultOf(MovePurpose.LeaseReturn));
        _ = await Erase(id, Staff);
        Assert.Equal(FieldFault.ErasureMissing, await FaultOf(MovePurpose.LeaseReturn));
        Assert.True((await desk.Verify(id, await Version(id), true, "読めない", rig.As(Operator), Never)).Ok);
        Assert.Equal(FieldFault.ErasureMissing, await FaultOf(MovePurpose.Repair));
        Assert.Equal(FieldFault.ErasureMissing, await FaultOf(MovePurpose.Disposal));

        var application = await rig.Applied(new MoveMatter(Plan(MovePurpose.LeaseReturn)), Operator);
        Assert.True((await rig.Decide(application, Manager)).Ok);
        Assert.True((await rig.Decide(application, Chief)).Ok);
        MoveId move = new("M-2026-0001");
        await rig.Write(A.Entered(Now, Colleague));
        Assert.True((await moves.Start(move, await VersionOf(move), rig.As(Colleague), Never)).Ok);
        Assert.True((await moves.Scan(move, Tag, rig.As(Operator), Never)).Ok);
        Assert.True((await moves.Complete(move, await VersionOf(move), rig.As(Colleague), Never)).Ok);
        Assert.Equal((DisposalState.MovedOut, move), ((await File(id)).State, (await File(id)).Move!.Value));
        Assert.Equal(id, Assert.Single((await moves.One(move, rig.As(Audits), Never))!.Look.Erasures).Disposal.Id);

        // What is not ours any longer needs no maintenance and lacks nothing, on no list.
        Assert.Null((await assets.One(Tag, rig.As(Audits), Never))!.Line.MaintenanceDue);
        Assert.Empty(rig.Service.Ask(db => AssetLists.Overdue(db, new(2040, 1, 1), rig.Service.Record.TimeZone).ToArray()));
        Assert.All(new[] { AssetShow.Incomplete, AssetShow.Undecided }, show => Assert.Empty(rig.Service.Ask(db => AssetLists.Page(db, new(null, null, null, null, null, show, null, 10), new(2040, 1, 1)).Items)));
        Assert.Equal("架空リース", (await assets.One(Tag, rig.As(Audits), Never))!.Line.Place?.Outside);

        // What has gone for good is not given away once more; what a move brought back is.
        Assert.Equal((FieldFault.ItemGone, id.Value), Assert.Single((await desk.Ask(DisposalKind.Disposal, Tag, "", "老朽化", rig.As(Manager), Never)).Problems) is var gone ? (gone.Fault, gone.Value) : default);
        Assert.Equal(FieldFault.ItemGone, Fault(await desk.Ask(DisposalKind.Repair, Tag, "架空保守", "故障", rig.As(Operator), Never)));

        Assert.Empty(Overdue());
        LifeWatch watch = new(rig.Service.Record, rig.Service.Policy, rig.Service.Turn, rig.Service.Time);
        Assert.True(await watch.LookAsync(Never));
        rig.Service.Time.Advance(TimeSpan.FromDays(31));
        Assert.Equal(AttentionKind.CertificateMissing, Assert.Single(Overdue()).Kind);
        Assert.Equal((1, 0), ((await desk.Waiting(rig.As(Manager), Never)).Overdue, (await desk.Waiting(rig.As(Operator), Never)).Overdue));
        for (var look = 0; look < 3; look++)
        {
            Assert.True(await watch.LookAsync(Never));
        }

        Assert.Equal(1, (await File(id)).Reminded);
        rig.Service.Time.Advance(TimeSpan.FromDays(30));
        Assert.True(await watch.LookAsync(Never));
        Assert.Equal(2, (await File(id)).Reminded);
        Assert.Equal(FieldFault.CertifiedBeforeOut, Fault(await desk.Certify(id, await Version(id), "SH-0456", new(2020, 6, 10), [], rig.As(Manager), Never)));
        var today = DateOnly.FromDateTime(Now.DateTime);
        Assert.NotNull((await desk.Certify(id, await Version(id), "SH-0456", today, [Certificate], rig.As(Operator), Never)).Refusal);

        // A file that is not what it says, one too large, and one more than there is room for: each is refused and nothing is kept.
        foreach (var (sent, fault) in new (ImmutableArray<SentFile>, FieldFault)[]
        {
            ([new("../../keys/certificate.pdf", "MZ\0 not a document"u8.ToArray())], FieldFault.FileNotTaken), ([new("large.pdf", new byte[FileRules.MostBytes + 1])], FieldFault.FileTooLarge),
            ([Certificate, Certificate], FieldFault.TooManyFiles),
        })
        {
            Assert.Equal(fault, Fault(await desk.Certify(id, await Version(id), "SH-0456", today, sent, rig.As(Manager), Never)));
        }

        Assert.Equal((0, DisposalState.MovedOut), (shelf.Count, (await File(id)).State));
        Assert.True((await desk.Certify(id, await Version(id), "SH-0456", today, [Certificate], rig.As(Manager), Never)).Ok);
        Assert.Empty(Overdue());

        // It is handed out to whoever may read the record, under a name of no folder, and that is an entry.
        var kept = (await File(id)).CertificateFile!;
        Assert.Equal((FileKind.Pdf, "証明書.pdf"), (kept.Kind, kept.Name));
        Assert.Equal(Certificate.Content.ToArray(), (await desk.File(id, kept.Sha256, rig.As(Audits), Never))!.Content.ToArray());
        Assert.Equal("record.exported", rig.Service.Kinds()[^1]);
        Assert.Null(await desk.File(id, kept.Sha256, rig.As(Contractor), Never));
        Assert.Null(await desk.File(id, new('0', 64), rig.As(Audits), Never));
    }

    [Fact]
    [Requirement("R-LIFE-03")]
    public async Task What_cannot_be_erased_goes_to_repair_under_a_contract_and_a_recorded_check()
    {
        Assert.Equal(FieldFault.Required, Fault(await desk.Ask(DisposalKind.Repair, Tag, "", "電源の故障", rig.As(Operator), Never)));
        DisposalId id = new((await desk.Ask(DisposalKind.Repair, Tag, "架空保守", "電源の故障", rig.As(Operator), Never)).Id!);
        Assert.Equal("R-LIFE-03", (await desk.Decide(id, await Version(id), true, "", rig.As(Security), Never)).Refusal?.Rule);
        Assert.True((await desk.Decide(id, await Version(id), true, "", rig.As(Manager), Never)).Ok);
        Assert.Equal(FieldFault.ErasureMissing, await FaultOf(MovePurpose.Repair));
        Assert.Equal(FieldFault.Unknown, Fault(await desk.CheckSecrecy(id, await Version(id), "K-2026-0099", "確認", rig.As(Manager), Never)));
        await rig.Write(new ContractRecorded(Now, new(new("K-2026-0001"), "保守", [new("架空保守", "修理", null)], "延岡 葵", "情報政策課", [A.Room], [], new(2026, 4, 1), new(2027, 4, 1), null, ""), "test"));
        Assert.True((await desk.CheckSecrecy(id, await Version(id), "K-2026-0001", "作業場所を確認", rig.As(Manager), Never)).Ok);
        Assert.True((await rig.Apply(new MoveMatter(Plan(MovePurpose.Repair)), Operator)).Ok);
    }

    [Fact]
    [Requirement("R-LIFE-04")]
    public async Task What_stores_nothing_needs_the_permission_and_no_erasure()
    {
        var file = (await assets.One(Tag, rig.As(Audits), Never))!;
        Assert.True((await assets.Save(new(file.Line.Asset with { HasStorage = false, Storage = [] }, null, file.Version), rig.As(Operator), Never)).Ok);
        var id = await Asked(DisposalKind.Disposal);
        Assert.Equal(FieldFault.ErasureMissing, await FaultOf(MovePurpose.Disposal));
        Assert.True((await desk.Decide(id, await Version(id), true, "", rig.As(Security), Never)).Ok);
        Assert.True((await rig.Apply(new MoveMatter(Plan(MovePurpose.Disposal)), Operator)).Ok);
    }

    [Fact]
    [Requirement("R-LIFE-04")]
    public async Task What_can_still_be_read_is_erased_anew_and_a_disk_found_later_holds_it_back()
    {
        var id = await Permitted(DisposalKind.LeaseReturn);
        Assert.True((await Erase(id, Staff)).Ok);
        Assert.True((await desk.Verify(id, await Version(id), false, "読み出せた", rig.As(Operator), Never)).Ok);
        Assert.Equal((DisposalState.Approved, (ErasureMethod?)null), ((await File(id)).State, (await File(id)).Method));
        Assert.True((await Erase(id, Staff)).Ok);
        var seen = await Version(id);
        Assert.True((await desk.Verify(id, seen, true, "読めない", rig.As(Operator), Never)).Ok);
        Assert.Equal(FieldFault.ChangedMeanwhile, Fault(await desk.Verify(id, seen, true, "読めない", rig.As(Operator), Never)));

        // A second disk turns up after the erasure: approved, yet it neither begins nor ends before that one is erased and verified too.
        var application = await rig.Applied(new MoveMatter(Plan(MovePurpose.LeaseReturn)), Operator);
        Assert.True((await rig.Decide(application, Manager)).Ok);
        Assert.True((await rig.Decide(application, Chief)).Ok);
        MoveId move = new("M-2026-0001");
        await rig.Write(A.Entered(Now, Colleague));
        var item = (await assets.One(Tag, rig.As(Audits), Never))!;
        Assert.True((await assets.Save(new(item.Line.Asset with { Storage = item.Line.Asset.Storage.Add(new("SSD-99999", "")) }, null, item.Version), rig.As(Operator), Never)).Ok);
        Assert.Equal(FieldFault.StorageNotErased, Fault(await moves.Start(move, await VersionOf(move), rig.As(Colleague), Never)));
        Assert.True((await desk.Erase(id, await Version(id), ErasureMethod.Destroy, Now, ["SSD-77120", "SSD-99999"], "", rig.As(Staff), Never)).Ok);
        Assert.Equal(FieldFault.ErasureMissing, Fault(await moves.Start(move, await VersionOf(move), rig.As(Colleague), Never)));
        Assert.True((await desk.Verify(id, await Version(id), true, "破片を確認", rig.As(Operator), Never)).Ok);
        Assert.True((await moves.Start(move, await VersionOf(move), rig.As(Colleague), Never)).Ok);
        Assert.True((await moves.Scan(move, Tag, rig.As(Operator), Never)).Ok);

        // Taken back while it is carried: it does not end as given back.
        Assert.NotNull((await desk.Withdraw(id, await Version(id), "使い続ける", rig.As(Colleague), Never)).Refusal);
        Assert.True((await desk.Withdraw(id, await Version(id), "使い続ける", rig.As(Manager), Never)).Ok);
        Assert.Equal(FieldFault.ErasureMissing, Fault(await moves.Complete(move, await VersionOf(move), rig.As(Colleague), Never)));
        Assert.Equal((DisposalState.Withdrawn, A.Room), ((await File(id)).State, (await assets.One(Tag, rig.As(Audits), Never))!.Line.Place!.Zone!.Value));
    }

    [Fact]
    [Requirement("R-LIFE-04")]
    public async Task Of_a_machine_nobody_looked_into_the_storage_is_named_and_paper_is_destroyed()
    {
        var machine = AnAsset.Server("AS-00003") with { HasStorage = null, Storage = [] };
        Assert.True((await assets.Save(new(machine, null, 0), rig.As(Operator), Never)).Ok);
        Assert.True((await assets.Save(new(AnAsset.Server("DOC-1") with { Kind = AssetKind.Document, HasStorage = false, Storage = [], Serial = "" }, null, 0), rig.As(Operator), Never)).Ok);
        var (unknown, paper) = (await Permitted(DisposalKind.Reuse, machine.Tag.Value), await Permitted(DisposalKind.Disposal, "DOC-1"));
        Assert.Equal(FieldFault.Required, Fault(await desk.Erase(unknown, await Version(unknown), ErasureMethod.Overwrite, Now, [], "", rig.As(Staff), Never)));
        Assert.True((await desk.Erase(unknown, await Version(unknown), ErasureMethod.Overwrite, Now, ["HDD-1"], "", rig.As(Staff), Never)).Ok);
        Assert.True((await desk.Verify(unknown, await Version(unknown), true, "読めない", rig.As(Operator), Never)).Ok);
        Assert.False((await File(unknown)).IsOpen);

        Assert.Equal(FieldFault.PaperIsDestroyed, Fault(await desk.Erase(paper, await Version(paper), ErasureMethod.Overwrite, Now, [], "", rig.As(Staff), Never)));
        Assert.True((await desk.Erase(paper, await Version(paper), ErasureMethod.Destroy, Now, [], "", rig.As(Staff), Never)).Ok);
        Assert.Equal(["DOC-1"], (await File(paper)).Serials.AsEnumerable());
    }

    [Fact]
    [Requirement("R-LIFE-04")]
    public async Task Storage_does_not_slip_out_of_the_register_on_its_way_to_disposal()
    {
        // Struck from the entry before it was applied for: whoever permits is told.
        var item = (await assets.One(Tag, rig.As(Audits), Never))!;
        Assert.True((await assets.Save(new(item.Line.Asset with { Storage = [new("SSD-1", "")] }, null, item.Version), rig.As(Operator), Never)).Ok);
        var id = await Asked(DisposalKind.Disposal);
        Assert.Equal(["SSD-77120"], (await desk.One(id, rig.As(Security), Never))!.Unaccounted.AsEnumerable());

        // While the record is open, it is not struck at all.
        item = (await assets.One(Tag, rig.As(Audits), Never))!;
        Assert.Equal(FieldFault.StorageInDisposal, Fault(await assets.Save(new(item.Line.Asset with { Storage = [], HasStorage = false }, null, item.Version), rig.As(Operator), Never)));
        Assert.True((await assets.Save(new(item.Line.Asset with { Storage = [new("SSD-1", ""), new("SSD-2", "")] }, null, item.Version), rig.As(Operator), Never)).Ok);
    }

    [Fact]
    [Requirement("R-LIFE-05")]
    public async Task What_a_move_brought_back_is_asked_for_anew()
    {
        var id = await Permitted(DisposalKind.LeaseReturn);
        await rig.Write(new DisposalMovedOut(Now, id, new("M-2026-0009"), Manager));
        await rig.Write(new AssetMoved(Now, Tag, new(A.Room, "R03", ""), new(null, "", "架空リース"), new("M-2026-0009"), false, Manager));
        Assert.Equal(FieldFault.ItemGone, Fault(await desk.Ask(DisposalKind.Disposal, Tag, "", "老朽化", rig.As(Manager), Never)));
        await rig.Write(new AssetMoved(Now, Tag, new(null, "", "架空リース"), new(A.Room, "R03", ""), new("M-2026-0010"), true, Manager));
        Assert.True((await desk.Ask(DisposalKind.Disposal, Tag, "", "老朽化", rig.As(Manager), Never)).Ok);
    }

    [Fact]
    [Requirement("R-PROF-06")]
    public async Task Where_SEC_is_who_applied_it_is_decided_one_level_up()
    {
        // Everybody who decides disposals holds the role of SYS too and applied: only SUP is left.
        _ = await rig.Hold(Security, RoomGuard.Core.Operators.Role.SystemManager, "情報政策課", "SRV-1");
        var id = new DisposalId((await desk.Ask(DisposalKind.Disposal, Tag, "", "老朽化", rig.As(Security), Never)).Id!);
        Assert.Equal("R-PROF-05", (await desk.Decide(id, await Version(id), true, "", rig.As(Security), Never)).Refusal?.Rule);
        Assert.NotNull((await desk.Decide(id, await Version(id), true, "", rig.As(Manager), Never)).Refusal);
        Assert.Equal((0, 1), ((await desk.Waiting(rig.As(Security), Never)).ToDecide, (await desk.Waiting(rig.As(Supervisor), Never)).ToDecide));
        Assert.True((await desk.Decide(id, await Version(id), true, "", rig.As(Supervisor), Never)).Ok);
    }

    [Fact]
    [Requirement("R-CON-04")]
    public async Task A_contractor_sees_only_records_of_the_own_contract()
    {
        await rig.Write(new ContractRecorded(Now, new(new("K-2026-0001"), "廃棄", [new("架空処理", "廃棄", null)], "延岡 葵", "情報政策課", [A.Room], [new(new(Contractor), "架空処理")], new(2026, 4, 1), new(2027, 4, 1), null, ""), "test"));
        _ = await Asked(DisposalKind.Disposal);
        Assert.True((await assets.Save(new(AnAsset.Server("AS-00002"), null, 0), rig.As(Operator), Never)).Ok);
        var own = new DisposalId((await desk.Ask(DisposalKind.Disposal, new("AS-00002"), "K-2026-0001", "老朽化", rig.As(Manager), Never)).Id!);
        Assert.Equal(own, Assert.Single((await desk.Disposals(DisposalShow.All, rig.As(Contractor), Never))!.Value).File.Disposal.Id);
        Assert.Equal(2, (await desk.Disposals(DisposalShow.ToDecide, rig.As(Audits), Never))!.Value.Length);
    }

    private static SentFile Certificate => new(@"C:\Users\..\証明書.pdf", "%PDF-1.7\n%%EOF\n"u8.ToArray());

    private static FieldFault Fault(ActResult done) => Assert.Single(done.Problems).Fault;

    private MovePlan Plan(MovePurpose purpose) => new(MoveDirection.Out, purpose, [new(Tag, "")], A.Room, "", null, "架空リース", true, Now, Now.AddHours(2), [new(Operator)], "");

    private async Task<FieldFault> FaultOf(MovePurpose purpose) => Fault(await rig.Apply(new MoveMatter(Plan(purpose)), Operator));

    private Attention[] Overdue() => rig.Service.Ask(db => DisposalDesk.Overdue(db, Now, 30).ToArray());

    private async Task<DisposalId> Asked(DisposalKind kind, string? tag = null)
    {
        var done = await desk.Ask(kind, new(tag ?? Tag.Value), "架空リース", "老朽化", rig.As(Manager), Never);
        Assert.True(done.Ok, string.Join(", ", done.Problems));
        return new(done.Id!);
    }

    private async Task<DisposalId> Permitted(DisposalKind kind, string? tag = null)
    {
        var id = await Asked(kind, tag);
        Assert.True((await desk.Decide(id, await Version(id), true, "", rig.As(Security), Never)).Ok);
        return id;
    }

    private async Task<ActResult> Erase(DisposalId id, string by) => await desk.Erase(id, await Version(id), ErasureMethod.CryptoErase, Now, ["SSD-77120"], "", rig.As(by), Never);

    private async Task<DisposalDossier> File(DisposalId id) => (await desk.One(id, rig.As(Audits), Never))!.File;

    private async Task<int> Version(DisposalId id) => (await File(id)).Version;

    private async Task<int> VersionOf(MoveId id) => (await moves.One(id, rig.As(Audits), Never))!.Look.Move.Version;
}
