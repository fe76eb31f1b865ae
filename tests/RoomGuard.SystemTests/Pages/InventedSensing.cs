using RoomGuard.Core.Climate;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Climate;

namespace RoomGuard.SystemTests.Pages;

/// <summary>Enrolments and proposals of plans for tests of pages, in every state they can show. No act changes anything.</summary>
internal sealed class InventedSensing(TimeProvider time, bool empty) : ISensingDesk
{
    private static readonly ZoneId Server = new("SRV-1");

    public Task<SensingLook> Look(Actor by, CancellationToken gone)
    {
        var now = time.GetUtcNow();
        return Task.FromResult(empty ? new SensingLook([], [], true, true, true) : new SensingLook(
            [
                new(new("bridge-1"), "wall-dust", Server, "lan", "lab/dust", now.AddHours(-5), Ended: false, SensingState.InForce, "日向 直子", null),
                new(new("bridge-1"), "inlet-9", Server, "lan", "rack/R09", now.AddMinutes(-1), Ended: false, SensingState.Ordered, "日向 直子", null),
                new(new("bridge-2"), "room-2", new("UPS-1"), "lan", "tele/room2", now.AddDays(-2), Ended: true, SensingState.InForce, "都城 誠", "交換のため"),
                new(new("bridge-1"), "room-3", Server, "old", "tele/room3", now.AddDays(-3), Ended: false, SensingState.Refused, "都城 誠", "room-3: there is no broker old here. Name it under mqtt.sources of the bridge's settings."),
            ],
            [
                new("SP-0002", now.AddHours(-2), Server, [new(SensingFactor.Vibration, ["quake-1", "quake-2"], "隣室で測るため")], "床の工事", "日向 直子", LimitsState.Asked, null, null, null),
                new("SP-0001", now.AddDays(-9), Server, [new(SensingFactor.Dust, [], "前室で除塵しているため")], "計画の見直し", "日向 直子", LimitsState.Declined, "都城 誠", "測定器を買う", null),
            ],
            true,
            true,
            true));
    }

    public Task<ActResult> Enrol(EnrolForm form, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> TakeOut(string sensor, string reason, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Ask(PlanForm form, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Allow(string change, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Decline(string change, string reason, Actor by, CancellationToken stop) => Done();

    private static Task<ActResult> Done() => Task.FromResult(ActResult.Done());
}
