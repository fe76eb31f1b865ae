using RoomGuard.Core.Operators;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Failures;

namespace RoomGuard.SystemTests.Pages;

/// <summary>障害記録 for tests of pages, in every state they can show. No act changes anything.</summary>
internal sealed class InventedFailures(TimeProvider time, bool empty) : IFailureDesk
{
    public Task<FailureLook> Look(Actor by, CancellationToken gone) => Task.FromResult(empty ? new FailureLook([], true) : new FailureLook(
        [
            Line(),
            Line() with { Id = "F-104100", DeviceKind = FailedDevice.Reader, Device = "reader-srv-in", Kind = AlarmKinds.ReaderFault, Overdue = true, Alarm = "AL-104100" },
            Line() with { Id = "F-104001", DetectedBy = FailureFinder.Contractor, ReportedBy = "日向 直子", Kind = null, Alarm = null, Symptom = "応答なし(3回)", Impact = "電源状態の監視が停止", DeviceKind = FailedDevice.Ups, Device = "UPS-1",
                RestoredAt = time.GetUtcNow().AddDays(-3), Result = "再発なし", ClosedAt = time.GetUtcNow().AddDays(-2), ClosedBy = "都城 誠", Cause = "変換器の停止", OpenProblem = "変換器の交換を検討" },
        ],
        true));

    public Task<FailureSheet?> One(string id, Actor by, CancellationToken gone) => Task.FromResult(
        empty || id != "F-104233" ? null : new FailureSheet(Line() with { RestoredAt = time.GetUtcNow().AddMinutes(-9) }, [new(time.GetUtcNow().AddMinutes(-20), "電池を交換した", "日向 直子")], true));

    public Task<ActResult> Report(FailureForm form, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Handle(string id, HandlingForm form, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Close(string id, string result, Actor by, CancellationToken stop) => Done();

    private static Task<ActResult> Done() => Task.FromResult(ActResult.Done());

    private FailureLine Line() => new(
        "F-104233", time.GetUtcNow().AddHours(-2), FailureFinder.Controller, null, FailedDevice.Sensor, "inlet-3", new ZoneId("SRV-1"), "AL-104233", AlarmKinds.SensorSilent, null, null, null, null, null, null, null, null,
        Overdue: false);
}
