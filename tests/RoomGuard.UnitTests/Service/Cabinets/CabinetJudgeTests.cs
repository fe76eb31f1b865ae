using RoomGuard.Core.Cabinets;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;
using RoomGuard.Service.Alarms;
using RoomGuard.Service.Cabinets;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Service.Cabinets;

/// <summary>Openings of cabinets over a real record, beside work that is under way or not.</summary>
public sealed class CabinetJudgeTests : IAsyncLifetime
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly CabinetId Rack = new("rack-01");
    private static readonly WorkId Work = new("W-2026-0001");

    private readonly ServiceRig rig = new();
    private CabinetJudge judge = null!;

    private DateTimeOffset Now => rig.Time.GetUtcNow();

    private KeptCabinet Kept => rig.Ask(CabinetsView.All).Single(one => one.Cabinet.Id == Rack);

    public async Task InitializeAsync()
    {
        judge = new(rig.Record, rig.Turn, rig.Time);
        await Tells(new CabinetsWatched(Now, [new(Rack, A.Room, "ラック1", "Rack 1", true), new(new("rack-09"), A.Room, "ラック9", "Rack 9", false)]));
    }

    public async Task DisposeAsync()
    {
        await rig.DisposeAsync();
    }

    [Fact]
    [Requirement("R-ZONE-10")]
    public async Task An_opening_without_work_is_an_alarm_of_those_who_answer_for_the_zone()
    {
        await Tells(new CabinetClosed(Now, Rack, A.Room));
        Assert.False(Kept.Open);
        await Tells(new CabinetOpened(Now, Rack, A.Room));

        Assert.Equal((Rack, "ラック1", Now), Assert.Single(Written<CabinetOpenedWithoutWork>()) is var told ? (told.Cabinet, told.Label, told.OpenedAt) : default);
        var alarm = Assert.Single(rig.Ask(AlarmRows.AllOpen));
        Assert.Equal((AlarmKinds.CabinetOpened, A.Room, "ラック1"), (alarm.Kind, alarm.Zone!.Value, alarm.Device));
        Assert.Equal(Act.AcknowledgeIntrusionAlarm, alarm.Kind.Act);

        // Heard again it is the same opening, and shut it stands until somebody has seen it.
        await Tells(new CabinetLost(Now, Rack, A.Room, "test"), new CabinetOpened(Now, Rack, A.Room), new CabinetClosed(Now, Rack, A.Room));
        Assert.Single(Written<CabinetOpenedWithoutWork>());
        Assert.Equal(AlarmKinds.CabinetOpened, Assert.Single(rig.Ask(AlarmRows.AllOpen), one => one.Kind == AlarmKinds.CabinetOpened).Kind);
        await Tells(new CabinetOpened(Now, Rack, A.Room));
        Assert.Equal(2, Written<CabinetOpenedWithoutWork>().Length);
    }

    [Fact]
    [Requirement("R-ZONE-10")]
    public async Task An_opening_during_work_is_recorded_with_its_number_and_told_if_it_outlasts_the_work()
    {
        await Begun();
        await Tells(new CabinetOpened(Now, Rack, A.Room));
        Assert.Equal(Work, Assert.Single(Written<CabinetOpenedAtWork>()).Work);
        Assert.Equal(Work, Kept.Work);
        Assert.Empty(rig.Ask(AlarmRows.AllOpen));

        await Ended();
        Assert.True(await judge.LookAsync(Never));
        Assert.Equal(Work, Assert.Single(Written<CabinetLeftOpen>()).Work);
        Assert.True(await judge.LookAsync(Never));
        Assert.Single(Written<CabinetLeftOpen>());
        Assert.Equal((AlarmKinds.CabinetLeftOpen, AlarmState.Unacknowledged), Assert.Single(rig.Ask(AlarmRows.AllOpen)) is var alarm ? (alarm.Kind, alarm.State) : default);
        await Tells(new CabinetClosed(Now, Rack, A.Room));
        Assert.Equal(AlarmState.ReturnedUnacknowledged, Assert.Single(rig.Ask(AlarmRows.AllOpen)).State);
        Assert.Equal((false, (WorkId?)null, false), (Kept.Open, Kept.Work, Kept.LeftOpen));
    }

    [Fact]
    [Requirement("R-ZONE-10")]
    [Requirement("R-RED-02")]
    public async Task What_comes_late_is_judged_by_the_work_of_that_time()
    {
        await Begun();
        var during = Now.AddMinutes(1);
        rig.Time.Advance(TimeSpan.FromHours(1));
        await Ended();
        rig.Time.Advance(TimeSpan.FromHours(1));
        await Tells(new CabinetOpened(during, Rack, A.Room), new CabinetClosed(during.AddMinutes(5), Rack, A.Room), new CabinetOpened(Now, Rack, A.Room));

        Assert.Equal(during, Assert.Single(Written<CabinetOpenedAtWork>()).OpenedAt);
        Assert.Equal(Now, Assert.Single(Written<CabinetOpenedWithoutWork>()).OpenedAt);
        Assert.Empty(Written<CabinetLeftOpen>());
    }

    [Fact]
    [Requirement("R-ZONE-10")]
    public async Task Work_in_another_zone_covers_nothing()
    {
        await Begun(new ZoneId("MED-1"));
        await Tells(new CabinetOpened(Now, Rack, A.Room));

        Assert.Single(Written<CabinetOpenedWithoutWork>());
    }

    [Fact]
    [Requirement("R-ZONE-10")]
    public async Task Unknown_is_told_and_is_not_shut_and_one_without_a_contact_is_checked_by_eye()
    {
        await Tells(new CabinetClosed(Now, Rack, A.Room));
        await Tells(new CabinetLost(Now, Rack, A.Room, "its sensor is silent"));
        Assert.Null(Kept.Open);
        Assert.Equal(AlarmKinds.CabinetUnknown, Assert.Single(rig.Ask(AlarmRows.AllOpen)).Kind);
        await Tells(new CabinetClosed(Now, Rack, A.Room));
        Assert.Equal(AlarmState.ReturnedUnacknowledged, Assert.Single(rig.Ask(AlarmRows.AllOpen)).State);

        // A bridge that starts anew has heard nothing yet; what it no longer has is gone.
        await Tells(new CabinetsWatched(Now, [new(Rack, A.Room, "ラック1", "Rack 1", true)]));
        Assert.Equal([(Rack, (bool?)null)], rig.Ask(CabinetsView.All).Select(one => (one.Cabinet.Id, one.Open)));
    }

    private async Task Tells(params RecordedEvent[] items)
    {
        _ = await rig.Send(rig.Journal.Write(items));
        Assert.True(await judge.LookAsync(Never));
    }

    private T[] Written<T>()
        where T : RecordedEvent =>
        [.. rig.Record.Read(0, 10_000).Select(RoomGuard.Service.Record.RecordViews.ItemOf).Select(item => item.Event).OfType<T>()];

    private async Task Begun(ZoneId? zone = null)
    {
        var plan = new WorkPlan(WorkKind.Operation, ["業務サーバ"], zone ?? A.Room, "配線の確認", null, [new("S-0217")], [], null, Now, Now.AddHours(4));
        _ = await rig.Record.AppendAsync(
            new WorkPermitted(Now, new(Work, new("P-2026-0001"), plan, "定期", false, new("S-0217"), Now, new("S-0102"), Role.SystemManager, Now, ""), "S-0102"), Never);
        _ = await rig.Record.AppendAsync(new WorkStarted(Now, Work, plan.Zone, [], "S-0217"), Never);
    }

    private async Task Ended() =>
        _ = await rig.Record.AppendAsync(new WorkEnded(Now, Work, A.Room, Now, new(WorkResult.Done, null, null, null, null, null, ""), "S-0217"), Never);
}
