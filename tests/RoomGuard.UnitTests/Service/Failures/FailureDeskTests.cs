using RoomGuard.Core.Climate;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Watch;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Failures;
using RoomGuard.Dashboard.Now;
using RoomGuard.Service.Failures;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Failures;

/// <summary>障害記録: opened by themselves, kept by people, reminded of.</summary>
public sealed class FailureDeskTests : IAsyncLifetime
{
    private CaseRig rig = null!;
    private FailureDesk desk = null!;

    public async Task InitializeAsync()
    {
        rig = await Begin();
        desk = new(rig.Service.Record, rig.Service.Settings, rig.Guard, rig.Service.Turn, rig.Service.Time);
    }

    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    [Requirement("R-MON-03")]
    public async Task A_fault_of_a_device_opens_a_record_by_itself_once_and_knows_when_it_is_over()
    {
        var now = rig.Service.Time.GetUtcNow();
        _ = await rig.Service.Record.AppendAsync(Silent(now), Never);
        _ = await rig.Service.Record.AppendAsync(Silent(now), Never);
        var line = Assert.Single((await desk.Look(rig.As(Audits), Never)).Lines);
        Assert.Equal((FailureFinder.Controller, FailedDevice.Sensor, "inlet-1", FailureState.Open), (line.DetectedBy, line.DeviceKind, line.Device, line.State));
        Assert.Equal(AlarmKinds.SensorSilent, line.Kind);
        Assert.StartsWith("AL-", line.Alarm, StringComparison.Ordinal);

        _ = await rig.Service.Record.AppendAsync(
            new ClimateCleared(now, "SensorSilent/inlet-1", ClimateRule.SensorSilent, AClimate.ServerRoom, "inlet-1", now, 60, ClimateLevel.Alarm, null, false), Never);
        Assert.Equal(FailureState.Restored, (await desk.One(line.Id, rig.As(Operator), Never))!.Line.State);

        // What is no fault of a device opens none.
        _ = await rig.Service.Record.AppendAsync(
            new ClimateRaised(now, "Leak/leak-1", ClimateRule.Leak, AClimate.ServerRoom, "leak-1", ClimateLevel.Alarm, 1, null, ValueQuality.Good, QualityReason.None, null, null, null, []), Never);
        Assert.Single((await desk.Look(rig.As(Audits), Never)).Lines);
    }

    [Fact]
    [Requirement("R-MON-03")]
    public async Task People_report_handle_and_close_and_nothing_is_closed_that_does_not_work_or_was_not_handled()
    {
        var now = rig.Service.Time.GetUtcNow();
        var form = new FailureForm(now.AddHours(-1), FailureFinder.Contractor, FailedDevice.Server, "sv-kiroku-1", null, "応答なし", "");
        Assert.NotNull((await desk.Report(form, rig.As(Staff), Never)).Refusal);
        Assert.Equal(FieldFault.InFuture, Fault(await desk.Report(form with { DetectedAt = now.AddHours(1) }, rig.As(Operator), Never)));
        Assert.Equal(FieldFault.NotAChoice, Fault(await desk.Report(form with { DetectedBy = FailureFinder.Controller }, rig.As(Operator), Never)));
        var id = (await desk.Report(form, rig.As(Operator), Never)).Id!;

        Assert.Equal(FieldFault.NotRestored, Fault(await desk.Close(id, "再発なし", rig.As(Operator), Never)));
        Assert.Equal(FieldFault.InFuture, Fault(await desk.Handle(id, new("再起動", null, null, now.AddHours(1)), rig.As(Operator), Never)));
        Assert.Equal(FieldFault.EndBeforeStart, Fault(await desk.Handle(id, new("再起動", null, null, now.AddHours(-2)), rig.As(Operator), Never)));
        Assert.NotNull((await desk.Handle(id, new("再起動", null, null, now), rig.As(Security), Never)).Refusal);
        Assert.True((await desk.Handle(id, new("再起動", null, "部品の交換を検討", now), rig.As(Facility), Never)).Ok);
        Assert.True((await desk.Handle(id, new("部品を手配", "電源部の劣化", null, null), rig.As(Operator), Never)).Ok);
        Assert.True((await desk.Close(id, "再発なし", rig.As(Manager), Never)).Ok);
        Assert.Equal(FieldFault.NothingToChange, Fault(await desk.Handle(id, new("追記", null, null, null), rig.As(Operator), Never)));

        var sheet = (await desk.One(id, rig.As(Audits), Never))!;
        Assert.Equal((FailureState.Closed, "電源部の劣化", "部品の交換を検討", "再発なし"), (sheet.Line.State, sheet.Line.Cause, sheet.Line.OpenProblem, sheet.Line.Result));
        Assert.Equal(["再起動", "部品を手配"], sheet.Steps.Select(step => step.Handling));
        Assert.False(sheet.MayKeep);
    }

    [Fact]
    [Requirement("R-MON-03")]
    public async Task What_nobody_handled_is_not_closed_though_it_works_again()
    {
        var now = rig.Service.Time.GetUtcNow();
        _ = await rig.Service.Record.AppendAsync(new PanelLost(now, new("bridge-9"), now), Never);
        _ = await rig.Service.Record.AppendAsync(new PanelSeen(now, new("bridge-9"), 60_000), Never);
        var id = Assert.Single((await desk.Look(rig.As(Operator), Never)).Lines).Id;

        Assert.Equal(FieldFault.NotHandled, Fault(await desk.Close(id, "再発なし", rig.As(Operator), Never)));
    }

    [Fact]
    [Requirement("R-MON-03")]
    public async Task Open_for_more_than_five_working_days_it_is_a_matter_for_those_who_look_after_the_room()
    {
        var now = rig.Service.Time.GetUtcNow();
        _ = await rig.Service.Record.AppendAsync(Silent(now), Never);
        var due = RoomGuard.Core.Watch.Failures.OverdueAt(now, rig.Service.Record.TimeZone);

        Assert.InRange(due - now, TimeSpan.FromDays(5), TimeSpan.FromDays(8));
        Assert.Empty(rig.Service.Ask(db => FailureDesk.Overdue(db, due.AddMinutes(-1), rig.Service.Record.TimeZone).ToList()));
        Assert.Equal(AttentionKind.FailureOverdue, Assert.Single(rig.Service.Ask(db => FailureDesk.Overdue(db, due, rig.Service.Record.TimeZone).ToList())).Kind);
    }

    private static ClimateRaised Silent(DateTimeOffset at) => new(
        at, "SensorSilent/inlet-1", ClimateRule.SensorSilent, AClimate.ServerRoom, "inlet-1", ClimateLevel.Alarm, null, null, ValueQuality.Offline, QualityReason.Silent, null, at, null, []);

    private static FieldFault Fault(ActResult done) => Assert.Single(done.Problems).Fault;
}
