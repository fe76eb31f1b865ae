using RoomGuard.Core.Cabinets;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Gates;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Carrying;
using RoomGuard.Dashboard.Equipment;
using RoomGuard.Service.Carrying;
using RoomGuard.Service.Equipment;
using RoomGuard.Service.Work;
using RoomGuard.UnitTests.Core.Equipment;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Equipment.Year;

/// <summary>What people do in the stories, each in one word and by whoever usually does it.</summary>
internal sealed partial class EquipmentYear
{
    public static readonly CabinetId Rack = new("rack-01");

    /// <summary>A server whose serials are its own.</summary>
    public static Asset Server(AssetTag tag) => AnAsset.Server(tag.Value) with { Serial = $"SN-{tag}", Storage = [new($"SSD-{tag}", "SSD")], MaintenanceMonths = null, MaintenanceFrom = null };

    public async Task Registered(Asset asset, ZoneId? zone, ImportanceClass? decided = null)
    {
        Done(await Assets.Save(new(asset, zone is { } place ? new(place, "R03", "") : null, 0), As(Operator), Never));
        if (decided is { } importance)
        {
            await Decides(asset.Tag, importance);
        }
    }

    public async Task Decides(AssetTag tag, ImportanceClass importance) => Done(await Assets.DecideClass(tag, (await Item(tag)).Version, importance, "内容を確認", As(Security), Never));

    public async Task<AssetFile> Item(AssetTag tag) => (await Assets.One(tag, As(Audits), Never))!;

    public async Task<bool> IsOverdue(AssetTag tag) =>
        (await Assets.Assets(new(null, null, null, null, null, AssetShow.Overdue, null, 100), As(Manager), Never))!.Lines.Any(line => line.Asset.Tag == tag);

    public async Task Maintained(AssetTag tag, DateOnly on, string result) => Done(await Assets.Maintain(tag, (await Item(tag)).Version, on, result, As(Operator), Never));

    public async Task HandedOver(AssetTag tag, string holder, DateOnly dueOn, string purpose) => Done(await Assets.HandOver(tag, (await Item(tag)).Version, new(holder), dueOn, purpose, As(Operator), Never));

    public async Task HandedBack(AssetTag tag) => Done(await Assets.HandBack(tag, (await Item(tag)).Version, As(Operator), Never));

    // 搬入・搬出.
    public static MovePlan In(AssetTag tag, string from, string until, ZoneId? zone = null) =>
        new(MoveDirection.In, MovePurpose.New, [new(tag, "R03")], null, "架空電算の倉庫", zone ?? ServerRoom, "", false, Japan(from), Japan(until), [new(Operator)], "");

    public static MovePlan Out(AssetTag tag, string from, string until, MovePurpose purpose = MovePurpose.Transfer, string to = "庁内の倉庫", bool offPremises = false) =>
        new(MoveDirection.Out, purpose, [new(tag, "")], ServerRoom, "", null, to, offPremises, Japan(from), Japan(until), [new(Operator)], "");

    public async Task<MoveId> Planned(MovePlan plan, params string[] deciders)
    {
        var move = new MoveId(await Allowed(new MoveMatter(plan), Operator, deciders));
        if (plan.Direction is MoveDirection.In)
        {
            Done(await Moves.CheckImpact(move, Of(move).Version, ImpactResult.None, "", As(Operator), Never));
        }

        return move;
    }

    public MoveDossier Of(MoveId id) => Ask(db => MovesView.One(db, id))!;

    public async Task Begins(MoveId id, string witness) => Done(await Moves.Start(id, Of(id).Version, As(witness), Never));

    public async Task GoesOn(MoveId id, string witness) => Done(await Moves.Resume(id, Of(id).Version, As(witness), Never));

    public async Task Scans(MoveId id, AssetTag tag) => Done(await Moves.Scan(id, tag, As(Operator), Never));

    public Task<ActResult> TriesToEnd(MoveId id, string witness) => Moves.Complete(id, Of(id).Version, As(witness), Never);

    public async Task Ends(MoveId id, string witness) => Done(await TriesToEnd(id, witness));

    /// <summary>The whole of it in one minute: the witness comes, it passes, the witness goes.</summary>
    public async Task Carried(MoveId id, AssetTag tag, string witness = Colleague)
    {
        await Enters(witness);
        await Begins(id, witness);
        await Scans(id, tag);
        await Ends(id, witness);
        await Leaves(witness);
    }

    /// <summary>The gate at the front door reads a tag.</summary>
    public Task Reads(AssetTag tag, TagDirection direction) => Write(new AssetTagRead(Now, new("gate-srv"), A.Front, ServerRoom, tag.Value, direction, null));

    // 持出し.
    public static CarriedItem Laptop(string tag) => new(CarriedKind.Terminal, tag, "ノートPC", "研修資料", ImportanceClass.III, Segment.Internet, ItemOwnership.Organisation, Encrypted: true);

    public static CarryPlan Carry(string tag, string from, string dueAt) =>
        new(CarryDirection.Out, [Laptop(tag)], "架空町 研修所", null, Japan(from), Japan(dueAt), "公用車", [TransportProtection.LockedCase], null, null, "");

    public async Task<CarryPermitId> Permitted(CarryPlan plan) => new(await Allowed(new CarryMatter(plan), Staff, Security));

    public CarryDossier Of(CarryPermitId id) => Ask(db => CarryView.Dossier(db, id))!;

    public async Task Passes(CarryPermitId id, bool back) => Done(await Carrying.Pass(id, Of(id).Version, new(back, [1], new(Staff), ""), As(Clerk), Never));

    public async Task Checks(CarryPermitId id, ScanResult found, bool patched) =>
        Done(await Carrying.Check(id, Of(id).Version, new(1, found, patched, null, found is ScanResult.Found ? "隔離して調査" : ""), As(Operator), Never));

    // 廃棄・返却.
    public async Task<DisposalId> Permitted(DisposalKind kind, AssetTag tag)
    {
        var id = new DisposalId(Done(await Disposals.Ask(kind, tag, "架空リース", "リース満了", As(Manager), Never)).Id!);
        Done(await Disposals.Decide(id, (await Of(id)).Version, true, "", As(Security), Never));
        return id;
    }

    public async Task Erased(DisposalId id, AssetTag tag, params string[] serials)
    {
        Done(await Disposals.Erase(id, (await Of(id)).Version, ErasureMethod.CryptoErase, Now, [.. serials.DefaultIfEmpty($"SSD-{tag}")], "", As(Operator), Never));
        Done(await Disposals.Verify(id, (await Of(id)).Version, true, "読めない", As(SecondOperator), Never));
    }

    public async Task<DisposalDossier> Of(DisposalId id) => (await Disposals.One(id, As(Audits), Never))!.File;

    // 作業.
    public static WorkPlan AWork(WorkKind kind, string from, string until) =>
        new(kind, ["業務サーバ"], ServerRoom, "制御装置の版上げ", null, [new(Operator)], kind is WorkKind.SystemChange ? [new(SecondOperator)] : [], null, Japan(from), Japan(until));

    public async Task<WorkId> Permitted(WorkPlan plan, params string[] deciders) => new(await Allowed(new WorkMatter(plan), Operator, deciders.Length == 0 ? [Manager] : deciders));

    public WorkDossier Of(WorkId id) => Ask(db => WorkView.Dossier(db, id))!;

    public async Task Begins(WorkId id, string by = Operator) => Done(await Works.Start(id, Of(id).Version, As(by), Never));

    public async Task Ends(WorkId id, string by = Operator) =>
        Done(await Works.End(id, Of(id).Version, new(WorkResult.Done, WorkImpact.None, "1.4.2", "1.4.3", null, null, ""), As(by), Never));

    public async Task Confirms(WorkId id, string by) => Done(await Works.Check(id, Of(id).Version, "確認", As(by), Never));
}
