using RoomGuard.Core.Power;
using RoomGuard.Dashboard.Now;
using RoomGuard.Dashboard.Power;
using RoomGuard.Service.Power;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Service.Power;

/// <summary>What the record and the bridges say of the power, as the pages ask for it.</summary>
public sealed class PowerNewsTests
{
    private const string Outage = "ups-1-20260511T000000Z";
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    [Requirement("R-PWR-02")]
    public async Task An_outage_is_told_with_its_time_its_lowest_charge_and_all_that_belongs_to_it()
    {
        await using var rig = new ServiceRig();
        var at = rig.Time.GetUtcNow();
        await Write(
            rig,
            new OutageBegan(at, Outage, "ups-1", 1800, 100, false),
            new StageStarted(at.AddSeconds(60), A.Room, Outage, "srv-1", 1, 1, "stage-1", 700, 600, StageCause.Threshold, ["vm-1", "vm-2"]),
            new HostStopped(at.AddSeconds(100), A.Room, Outage, "srv-1", 1, "vm-1", 40),
            new UpsLost(at.AddSeconds(110), "ups-1", at.AddSeconds(80), "silent", true),
            new UpsLost(at.AddSeconds(110), "ups-2", at.AddSeconds(80), "silent", false),
            new UpsFound(at.AddSeconds(140), "ups-1", 30),
            new StageEnded(at.AddSeconds(360), A.Room, Outage, "srv-1", 1, "stage-1", StageResult.TimedOut, 300, ["vm-2"]));
        rig.Time.Advance(TimeSpan.FromSeconds(400));
        var news = NewsOf(rig);
        var now = Assert.Single(await news.Outages(10, Never));
        Assert.Null(now.EndedAt);
        Assert.Equal((400.0, 1, 1), (now.Seconds, now.StepsTold, now.StepsTimedOut));

        await Write(rig, new OutageEnded(at.AddSeconds(420), Outage, "ups-1", at, 420.5, 41, 2, false), new RestartAllowed(at.AddSeconds(900), A.Room, "srv-1", 1, "stage-1", 55));
        var story = (await news.Outage(Outage, Never))!;

        Assert.Equal((420.5, (double?)41, 2), (story.Outage.Seconds, story.Outage.MinChargePercent, story.Outage.Changes));
        Assert.Equal(
            ["OutageBegan", "StageStarted", "HostStopped", "UpsLost", "UpsFound", "StageEnded", "OutageEnded", "RestartAllowed"],
            story.Lines.Select(line => line.Event.GetType().Name));
        Assert.Null(await news.Outage("ups-9-x", Never));
    }

    [Fact]
    [Requirement("R-PWR-02")]
    public async Task An_end_that_is_reported_before_its_beginning_makes_the_same_outage()
    {
        await using var rig = new ServiceRig();
        var at = rig.Time.GetUtcNow();
        await Write(rig, new OutageEnded(at.AddSeconds(9), Outage, "ups-1", at, 9, 97, 1, true), new OutageBegan(at, Outage, "ups-1", 1800, 100, true));

        var line = Assert.Single(await NewsOf(rig).Outages(10, Never));
        Assert.Equal((9.0, (double?)97, true, (DateTimeOffset?)at.AddSeconds(9)), (line.Seconds, line.MinChargePercent, line.Planned, line.EndedAt));
    }

    [Fact]
    [Requirement("R-PWR-06")]
    public async Task A_unit_whose_bridge_says_nothing_for_fifteen_seconds_is_unknown()
    {
        await using var rig = new ServiceRig();
        var at = rig.Time.GetUtcNow();
        rig.States.Hear(new("bridge-1"), A.State(at) with { Power = new(at, [AUnit.OnMains("ups-1", 1800, at.AddSeconds(-3))], []) });
        rig.Time.Advance(TimeSpan.FromSeconds(14));
        var unit = Assert.Single((await NewsOf(rig).Now(Never)).Units);
        Assert.Equal((false, (TimeSpan?)TimeSpan.FromSeconds(17), (double?)1800), (unit.IsUnknown, unit.Age, unit.LeftSeconds));

        rig.Time.Advance(TimeSpan.FromSeconds(1));
        unit = Assert.Single((await NewsOf(rig).Now(Never)).Units);
        Assert.True(unit.IsUnknown);
        Assert.Null(unit.LeftSeconds);
    }

    [Fact]
    [Requirement("R-PWR-08")]
    public void A_device_that_nothing_backs_long_enough_is_a_finding()
    {
        UnitCard unit = new(AUnit.OnMains("ups-1", 1800, A.MondayNine), new("bridge-1"), TimeSpan.Zero, Fresh: true, null);
        var plan = APlan.Usual with
        {
            Backed = [new("lock-1", "錠", "Lock", "ups-1", 1800), new("lock-2", "錠", "Lock", "ups-1", 1801), new("reader-1", "読取装置", "Reader", null, 60), new("bridge-1", "制御装置", "Bridge", "ups-9", 60)],
        };

        Assert.Equal(
            [("lock-2", BackedFault.TooShort), ("reader-1", BackedFault.NotBacked), ("bridge-1", BackedFault.UnknownUnit)],
            BackedFinding.Of([plan], [unit]).Select(finding => (finding.Device.Device, finding.Fault)));
        Assert.Equal(BackedFault.RuntimeUnknown, BackedFinding.Of([plan], [unit with { Fresh = false }])[0].Fault);
    }

    [Fact]
    [Requirement("R-PWR-07")]
    public async Task The_last_self_test_of_a_battery_stands_with_its_unit()
    {
        await using var rig = new ServiceRig();
        var at = rig.Time.GetUtcNow();
        await Write(rig, new BatteryTested(at.AddDays(-9), "ups-1", false, 4, 51), new BatteryTested(at.AddDays(-2), "ups-1", true, 12, 96), new BatteryTested(at, "ups-2", null, 12, 96));
        rig.States.Hear(new("bridge-1"), A.State(at) with { Power = new(at, [AUnit.OnMains("ups-1", 1800, at)], []) });

        Assert.Equal(new(at.AddDays(-2), true, 12, 96), Assert.Single((await NewsOf(rig).Now(Never)).Units).LastTest);
    }

    [Fact]
    [Requirement("R-PWR-02")]
    [Requirement("R-PWR-03")]
    public async Task An_outage_is_one_alarm_until_mains_are_back_and_urgent_once_hosts_are_stopped()
    {
        await using var rig = new ServiceRig();
        var at = rig.Time.GetUtcNow();
        await Write(rig, new OutageBegan(at, Outage, "ups-1", 1800, 100, false));
        Assert.Equal((Urgency.Important, 1L), Alarm(rig, AttentionKind.PowerOutage));
        await Write(rig, new StageStarted(at.AddSeconds(60), A.Room, Outage, "srv-1", 1, 1, "stage-1", 700, 600, StageCause.Threshold, []));
        Assert.Equal((Urgency.Emergency, 1L), Alarm(rig, AttentionKind.PowerOutage));
        await Write(rig, new ReserveShort(at.AddSeconds(70), A.Room, "srv-1", 1, 700, 600, 1.2));
        Assert.Equal((Urgency.Emergency, 1L), Alarm(rig, AttentionKind.ReserveShort));

        await Write(rig, new OutageEnded(at.AddSeconds(90), Outage, "ups-1", at, 90, 80, 1, false), new ReserveEnough(at.AddSeconds(900), A.Room, "srv-1", 1, 1800, 600));
        Assert.Equal((Urgency.Emergency, 0L), Alarm(rig, AttentionKind.PowerOutage));
        Assert.Equal(0L, Alarm(rig, AttentionKind.ReserveShort).Standing);
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public async Task What_a_receiver_answered_is_in_the_story_and_one_that_was_given_up_needs_a_hand()
    {
        await using var rig = new ServiceRig();
        var at = rig.Time.GetUtcNow();
        await Write(
            rig,
            new OutageBegan(at, Outage, "ups-1", 1800, 100, false),
            new WebhookAccepted(at.AddSeconds(62), A.Room, Outage, "srv-1", 1, "stage-1", "vm-cluster", WebhookAct.Stop, 204, 3),
            new WebhookGivenUp(at.AddSeconds(300), A.Room, Outage, "srv-1", 2, "stage-2", "storage", WebhookAct.Stop, 14, "not taken in time; the last try: it answered 503"));

        Assert.Equal(["OutageBegan", "WebhookAccepted", "WebhookGivenUp"], (await NewsOf(rig).Outage(Outage, Never))!.Lines.Select(line => line.Event.GetType().Name));
        Assert.Equal((Urgency.Important, 0L), Alarm(rig, AttentionKind.WebhookGivenUp));
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public async Task A_plan_in_force_that_names_a_receiver_its_bridge_does_not_have_is_shown_with_it()
    {
        await using var rig = new ServiceRig();
        var at = rig.Time.GetUtcNow();
        var plan = APlan.Usual with { Stages = [APlan.Usual.Stages[0] with { Webhook = "vm-cluster" }, APlan.Usual.Stages[1] with { Webhook = "storage" }, APlan.Usual.Stages[2]] };
        await Write(rig, new RoomGuard.Core.Doors.RoomOrdered(at, new PowerPlanOrder(plan, Withdrawn: false, "S-0102"), "S-0102"));
        PlanNow now = new(plan.Id, 1, IsOutage: false, null, IsShort: false, PowerForecast.Of(plan, new(new()), 1800), []);
        rig.States.Hear(new("bridge-1"), A.State(at) with { Power = new(at, [AUnit.OnMains("ups-1", 1800, at)], [now], ["vm-cluster", "chat"]) });

        var board = await NewsOf(rig).Now(Never);
        Assert.Equal(["storage"], Assert.Single(board.Plans).MissingWebhooks.ToArray());
        Assert.Equal(["chat", "vm-cluster"], board.Webhooks.ToArray());
    }

    private static (Urgency Urgency, long Standing) Alarm(ServiceRig rig, AttentionKind kind) => rig.Ask(db =>
    {
        using var row = db.Rows("SELECT urgency, standing FROM view_attention WHERE kind = $1", (long)kind);
        Assert.True(row.Read());
        return ((Urgency)row.GetInt64(0), row.GetInt64(1));
    });

    private static PowerNews NewsOf(ServiceRig rig) => new(rig.Record, rig.States, rig.Settings, rig.Time);

    private static async Task Write(ServiceRig rig, params RoomGuard.Core.Record.RecordedEvent[] items)
    {
        foreach (var item in items)
        {
            await rig.Record.AppendAsync(item, Never);
        }
    }
}
