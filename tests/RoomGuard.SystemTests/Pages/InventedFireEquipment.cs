using RoomGuard.Core.Climate;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Climate;

namespace RoomGuard.SystemTests.Pages;

/// <summary>消火設備 for tests of pages: one in order, one that harms, one nobody has looked at for long.</summary>
internal sealed class InventedFireEquipment(bool empty) : IFireEquipmentDesk
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    public Task<FireEquipmentLook> Look(Actor by, CancellationToken gone) => Task.FromResult(new FireEquipmentLook(
        empty ? [] :
        [
            Line(104_201, new("FE-01", new("SRV-1"), "窒素ガス消火設備", AgentKind.Gas, "製造者証明書 2024-118", new(2026, 9, 3))),
            Line(104_202, new("FE-02", new("SRV-1"), "入口の消火器", AgentKind.Powder, "", new(2026, 2, 1))),
            Line(104_203, new("FE-03", new("MED-1"), "書庫の消火器", AgentKind.CarbonDioxide, "", null)),
        ],
        [new("UPS-1")],
        MayKeep: true));

    public Task<ActResult> Register(FireEquipment equipment, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done(equipment.No));

    public Task<ActResult> Retire(string no, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done(no));

    private static FireEquipmentLine Line(long n, FireEquipment equipment) => new(equipment, n, FireEquipmentRules.DueOn(equipment), FireEquipmentRules.Of(equipment, Today));
}
