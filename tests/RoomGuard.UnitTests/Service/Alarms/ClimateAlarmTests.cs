using RoomGuard.Core.Climate;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Record;
using RoomGuard.Core.Watch;
using RoomGuard.Service.Alarms;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;

namespace RoomGuard.UnitTests.Service.Alarms;

/// <summary>Conditions of the climate become alarms that people acknowledge: one for each, as urgent as it is, over when it is over.</summary>
public sealed class ClimateAlarmTests
{
    [Fact]
    [Requirement("R-ENV-02")]
    [Requirement("R-ENV-11")]
    public async Task A_warning_that_becomes_an_alarm_is_put_before_people_again_and_less_urgent_is_shown_as_such()
    {
        await using var rig = await CaseRig.Begin();
        await Raise(rig, ClimateRule.TemperatureHigh, "inlet-1", ClimateLevel.Warning);
        Assert.Equal((AlarmKinds.TemperatureHigh, AlarmLevel.Caution), Kind(One(rig)));

        await rig.Write(Change(rig, ClimateRule.TemperatureHigh, "inlet-1", ClimateChange.Worse, ClimateLevel.Alarm));
        Assert.Equal((AlarmKinds.TemperatureHigh, AlarmLevel.Emergency), Kind(One(rig)));
        await rig.Write(Change(rig, ClimateRule.TemperatureHigh, "inlet-1", ClimateChange.Better, ClimateLevel.Warning));
        Assert.Equal((AlarmKinds.TemperatureHigh, AlarmLevel.Caution), Kind(One(rig)));

        await Clear(rig, ClimateRule.TemperatureHigh, "inlet-1");
        Assert.Equal(AlarmState.ReturnedUnacknowledged, One(rig).State);
        Assert.Equal(("inlet-1", A.Room), (One(rig).Device, One(rig).Zone));
    }

    [Fact]
    [Requirement("R-ENV-03")]
    public async Task A_leak_stands_until_somebody_has_confirmed_it_and_not_until_its_sensor_is_dry()
    {
        await using var rig = await CaseRig.Begin();
        await Raise(rig, ClimateRule.Leak, "leak-1", ClimateLevel.Alarm);
        await rig.Write(Change(rig, ClimateRule.Leak, "leak-1", ClimateChange.Returned, ClimateLevel.Alarm));
        Assert.Equal((AlarmState.Unacknowledged, AlarmLevel.Emergency), (One(rig).State, One(rig).Level));

        await Clear(rig, ClimateRule.Leak, "leak-1");
        Assert.Equal(AlarmState.ReturnedUnacknowledged, One(rig).State);
    }

    [Fact]
    [Requirement("R-ENV-09")]
    public async Task Lost_cooling_is_as_urgent_as_the_time_that_is_left_and_explains_the_warnings_that_follow()
    {
        await using var rig = await CaseRig.Begin();
        await Raise(rig, ClimateRule.CoolingStopped, "ac-1", ClimateLevel.Alarm, minutes: 90);
        Assert.Equal((AlarmKinds.CoolingLost, AlarmLevel.Important), Kind(One(rig)));

        // Warm because the cooling has stopped: nobody has to do anything more, until it is worse than warm.
        await Raise(rig, ClimateRule.TemperatureHigh, "inlet-1", ClimateLevel.Warning, cause: "CoolingStopped/ac-1");
        Assert.Equal(AlarmKinds.CoolingLost, One(rig).Kind);
        await rig.Write(Change(rig, ClimateRule.CoolingStopped, "ac-1", ClimateChange.Forecast, ClimateLevel.Alarm, minutes: 20));
        Assert.Equal((AlarmKinds.CoolingLost, AlarmLevel.Emergency), Kind(One(rig)));

        await rig.Write(Change(rig, ClimateRule.TemperatureHigh, "inlet-1", ClimateChange.Worse, ClimateLevel.Alarm));
        Assert.Equal(["cooling-lost", "temperature-high"], rig.Service.Ask(AlarmRows.AllOpen).Select(alarm => alarm.Kind.Id));
    }

    [Fact]
    [Requirement("R-ENV-05")]
    public async Task A_bridge_that_no_longer_knows_a_condition_ends_its_alarm()
    {
        await using var rig = await CaseRig.Begin();
        _ = await rig.Service.Send(rig.Service.Journal.Write(Raised(rig, ClimateRule.SensorSilent, "inlet-1", ClimateLevel.Alarm)));
        rig.Service.Time.Advance(TimeSpan.FromMinutes(1));
        var told = A.State(Now(rig)) with { Climate = new(Now(rig), [], [], [Standing(rig, "SensorSilent/inlet-1")], []) };
        rig.Service.States.Hear(new("bridge-1"), told);
        await Look(rig);
        Assert.Equal(AlarmState.Unacknowledged, One(rig).State);

        rig.Service.States.Hear(new("bridge-1"), told with { Climate = told.Climate with { Conditions = [] } });
        await Look(rig);
        Assert.Equal(AlarmState.ReturnedUnacknowledged, One(rig).State);
    }

    [Fact]
    [Requirement("R-NET-01")]
    [Requirement("R-NET-09")]
    public async Task Strangers_and_odd_senders_are_alarms_until_somebody_has_looked()
    {
        await using var rig = await CaseRig.Begin();
        await rig.Write(new StrangerNoticed(Now(rig), "lan", "floor/other", null));
        await rig.Write(new SenderSuspected(Now(rig), "broker", "leak-1", OddKind.OtherClient, 1, "published by laptop-7"));
        await rig.Write(new SenderSuspected(Now(rig), "broker", "leak-1", OddKind.NotItsModel, 1, "no JSON"));

        Assert.Equal(["unknown-device", "odd-traffic"], rig.Service.Ask(AlarmRows.AllOpen).Select(alarm => alarm.Kind.Id));
    }

    [Fact]
    public void Every_condition_has_an_alarm_with_words_and_steps()
    {
        foreach (var rule in Enum.GetValues<ClimateRule>())
        {
            var signal = Assert.IsType<CauseArose>(Assert.Single(AlarmSignals.Of(
                new ClimateRaised(default, $"{rule}/x", rule, A.Room, "x", ClimateLevel.Alarm, 1, 1, ValueQuality.Good, QualityReason.None, null, null, null, []), new PanelId("bridge-1"), default)));
            Assert.Contains(signal.Kind, AlarmKinds.All);
            Assert.True(AlarmSignals.IsClimate(signal.Kind));
            Assert.NotEmpty(signal.Kind.Guidance.Steps);
            Assert.Equal(signal.Kind.Title, NoticeText.Of(signal.Kind.Id));
        }
    }

    private static (AlarmKind Kind, AlarmLevel Level) Kind(Alarm alarm) => (alarm.Kind, alarm.Level);

    private static Alarm One(CaseRig rig) => Assert.Single(rig.Service.Ask(AlarmRows.AllOpen));

    private static DateTimeOffset Now(CaseRig rig) => rig.Service.Time.GetUtcNow();

    private static async Task Look(CaseRig rig)
    {
        var watch = new AlarmWatch(rig.Service.Record, rig.Service.Turn, rig.Service.States, null, rig.Service.Time);
        Assert.True(await watch.LookAsync(CancellationToken.None));
    }

    private static ClimateRaised Raised(CaseRig rig, ClimateRule rule, string sensor, ClimateLevel level, int? minutes = null, string? cause = null) =>
        new(Now(rig), $"{rule}/{sensor}", rule, A.Room, sensor, level, 1, 1, ValueQuality.Good, QualityReason.None, cause, null, minutes, []);

    private static Task<long> Raise(CaseRig rig, ClimateRule rule, string sensor, ClimateLevel level, int? minutes = null, string? cause = null) => rig.Write(Raised(rig, rule, sensor, level, minutes, cause));

    private static ClimateChanged Change(CaseRig rig, ClimateRule rule, string sensor, ClimateChange change, ClimateLevel level, int? minutes = null) =>
        new(Now(rig), $"{rule}/{sensor}", rule, A.Room, sensor, Now(rig), change, level, 1, 1, minutes);

    private static Task<long> Clear(CaseRig rig, ClimateRule rule, string sensor) =>
        rig.Write(new ClimateCleared(Now(rig), $"{rule}/{sensor}", rule, A.Room, sensor, Now(rig), 60, ClimateLevel.Alarm, 1, ByPlan: false));

    private static ConditionNow Standing(CaseRig rig, string condition) =>
        new(condition, ClimateRule.SensorSilent, A.Room, "inlet-1", ClimateLevel.Alarm, Now(rig), null, null, null, ValueQuality.Offline, null, Returned: false, Unsteady: false, []);
}
