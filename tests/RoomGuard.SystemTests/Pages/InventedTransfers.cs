using RoomGuard.Core.Carrying;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Carrying;

namespace RoomGuard.SystemTests.Pages;

/// <summary>系統間の媒体移送 for tests of pages: one that was, one against the rules. No act changes anything.</summary>
internal sealed class InventedTransfers(TimeProvider time, bool empty) : ITransferDesk
{
    public Task<TransferRegister?> Register(Actor by, CancellationToken gone)
    {
        var transfer = new MediaTransfer("USB-12", "帳票の写し", Segment.Internet, "PC-0098", Segment.StandardSystem, "PC-0101", time.GetUtcNow().AddHours(-1), ScanResult.Clean, "");
        return Task.FromResult<TransferRegister?>(new(
            empty
                ? []
                :
                [
                    new(new("MT-2026-0008"), 104_502, transfer with { Media = "USB-99", Scan = null, Note = "私物" }, TransferRefusal.NotListed, "日向 直子"),
                    new(new("MT-2026-0007"), 104_501, transfer, null, "日向 直子"),
                ],
            [Segment.MyNumber, Segment.StandardSystem, Segment.Internet],
            true));
    }

    public Task<ActResult> Record(MediaTransfer transfer, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done());
}
