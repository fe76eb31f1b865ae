using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Power;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Core.Power;

/// <summary>The power behind a room, told as stories.</summary>
public class PowerStoryTests
{
    private static PowerStory ASite() => new PowerStory(A.MondayNine).Mains().After(60);

    private static PowerStory WithThePlan() => ASite().Has(APlan.Usual).LoggedIn("stage-1", "vm-1", "vm-2").LoggedIn("stage-2", "db-1").LoggedIn("stage-3", "nas-1").After(60);

    // ---- outages

    [Fact]
    [Requirement("R-PWR-02")]
    public void An_outage_is_recorded_with_the_first_reading_and_its_end_with_its_time_and_lowest_charge() =>
        ASite().Fails(900).After(1).Writes<OutageBegan>(item => item is { Ups: "ups-1", LeftSeconds: > 890, Planned: false })
            .After(179).WritesNothing()
            .Mains(700, 40).After(1)
            .Writes<OutageEnded>(item => item is { Seconds: 180, Changes: 1, MinChargePercent: > 39 and < 41 } && item.OutageId.StartsWith("ups-1-", StringComparison.Ordinal));

    [Fact]
    [Requirement("R-PWR-02")]
    public void A_self_test_on_battery_is_no_outage() =>
        ASite().Says(UpsFlags.OnBattery | UpsFlags.Testing, 1700, 98).After(20).WritesNo<OutageBegan>().Says(UpsFlags.OnLine | UpsFlags.TestPassed).After(1).WritesNo<OutageBegan>();

    [Fact]
    [Requirement("R-PWR-02")]
    public void Flickering_mains_are_told_twice_then_counted()
    {
        var site = ASite();
        site.Fails(900).After(2).Mains().After(5).Fails(900).After(2).Mains().After(5);
        Assert.Equal(2, site.Written.OfType<OutageBegan>().Count());

        site.Fails(900).After(2).Writes<OutageBegan>().Writes<MainsUnsteady>(item => item.Changes == 3);
        for (var i = 0; i < 40; i++)
        {
            site.Mains().After(3).WritesNothing().Fails(900).After(1).WritesNothing();
        }

        site.Mains().After(59).WritesNothing().After(2).Writes<OutageEnded>(item => item is { Changes: 41, Seconds: > 160 and < 165 });
        Assert.Equal(3, site.Written.OfType<OutageEnded>().Count());
    }

    [Fact]
    [Requirement("R-PWR-02")]
    public void The_clock_turned_in_an_outage_changes_neither_its_length_nor_the_time_left() =>
        WithThePlan().Fails(1500).After(60).TurnsTheClock(TimeSpan.FromHours(-3)).After(60).Tells().Left(left => left is > 1370 and < 1390)
            .Mains().After(1).Writes<OutageEnded>(item => item.Seconds is >= 119 and <= 121);

    [Fact]
    [Requirement("R-PWR-09")]
    public void In_a_planned_outage_everything_is_recorded_and_marked()
    {
        var outage = new PlannedOutage("Q-1", A.MondayNine.AddHours(1), A.MondayNine.AddHours(3), ["ups-1"], "受変電設備の点検", "S-0300", "S-0102");
        ASite().Ordered(new PlannedOutageOrder(outage, CalledOff: false)).After(3600).Fails(900).After(1).Writes<OutageBegan>(item => item.Planned)
            .Mains().After(1).Writes<OutageEnded>(item => item.Planned)
            .Ordered(new PlannedOutageOrder(outage, CalledOff: true)).Fails(900).After(1).Writes<OutageBegan>(item => !item.Planned);
        ASite().Ordered(new PlannedOutageOrder(outage with { Units = ["ups-9"] }, CalledOff: false)).After(3600).Fails(900).After(1).Writes<OutageBegan>(item => !item.Planned);
    }

    // ---- unknown

    [Fact]
    [Requirement("R-PWR-06")]
    public void A_unit_that_does_not_answer_is_unknown_and_never_on_mains() =>
        Unknown(ASite().Unknown().After(0), site => site.Control.Now().Units[0] is { Lost: true, Trouble: not null, LastGood: not null })
            .Mains().After(1).Writes<UpsFound>();

    [Fact]
    [Requirement("R-PWR-06")]
    public void A_unit_of_which_nothing_is_heard_for_thirty_seconds_is_unknown() =>
        ASite().Hushes().After(29).WritesNothing().After(6).Writes<UpsLost>(item => item is { OnBattery: false, Why: "nothing was heard for 30 s" });

    [Fact]
    [Requirement("R-PWR-06")]
    public void A_silent_unit_is_unknown_in_its_time_though_the_others_never_stop_talking()
    {
        var control = new PowerControl(["ups-1", "ups-2"], new());
        var written = new List<(double Second, UpsLost Lost)>();
        for (var tenth = 0; tenth <= 350; tenth++)
        {
            var at = A.MondayNine.AddSeconds(tenth / 10.0);
            RoomInput input = tenth == 0
                ? new RoomStarted(at)
                : new UpsHeard(at, new("ups-2", at, UpsQuality.Good, UpsFlags.OnLine, ImmutableSortedDictionary<UpsQuantity, UpsValue>.Empty, ImmutableSortedDictionary<UpsText, string>.Empty, null));
            written.AddRange(control.Handle(input).OfType<Write>().Select(write => write.Event).OfType<UpsLost>().Select(lost => (tenth / 10.0, lost)));
        }

        var (second, lost) = Assert.Single(written);
        Assert.Equal("ups-1", lost.Ups);
        Assert.InRange(second, 30, 31);
    }

    [Fact]
    [Requirement("R-PWR-06")]
    public void A_unit_that_never_answered_is_unknown_too() => new PowerStory(A.MondayNine).After(36).Writes<UpsLost>(item => item.LastGoodAt is null);

    [Fact]
    [Requirement("R-PWR-06")]
    public void Three_readings_that_cannot_be_are_no_reading()
    {
        var site = ASite().Hushes();
        var bad = new UpsReading("ups-1", site.At, UpsQuality.Bad, UpsFlags.OnLine | UpsFlags.OnBattery, ImmutableSortedDictionary<UpsQuantity, UpsValue>.Empty, ImmutableSortedDictionary<UpsText, string>.Empty, "the unit says that it is in several states at once");
        site.After(0).Told(at => new UpsHeard(at, bad)).Told(at => new UpsHeard(at, bad)).WritesNothing().Told(at => new UpsHeard(at, bad)).Writes<UpsLost>();
        Assert.True(site.Control.Now().Units[0].Lost);
    }

    [Fact]
    [Requirement("R-PWR-06")]
    public void Silence_on_mains_stops_nothing() => WithThePlan().Unknown().After(7200).Tells().WritesNo<OutageBegan>();

    // ---- is there enough

    [Fact]
    [Requirement("R-PWR-03")]
    public void Too_little_reserve_is_raised_on_mains_and_cured_when_there_is_enough() =>
        WithThePlan().Mains(720).After(120).WritesNothing()
            .Mains(719).After(29).WritesNothing()
            .After(3).Writes<ReserveShort>(item => item is { LeftSeconds: 719, NeededSeconds: 600, Margin: 1.2, Plan: "srv-1" }).After(600).WritesNothing()
            .Mains(1200).After(32).Writes<ReserveEnough>();

    [Fact]
    [Requirement("R-PWR-03")]
    public void A_reserve_nobody_knows_is_not_enough() => WithThePlan().Says(UpsFlags.OnLine, left: null).After(40).Writes<ReserveShort>(item => item.LeftSeconds is null);

    [Fact]
    [Requirement("R-PWR-03")]
    public void What_was_measured_replaces_what_was_configured()
    {
        var times = new StopTimes(new());
        var host = APlan.Usual.Stages[0].Hosts[0];
        Assert.Equal(300, times.Of(host));
        times.Add("vm-1", 400);
        Assert.Equal(430, times.Of(host));
        times.Add("vm-1", 20);
        Assert.False(times.IsMeasured(host));
        times.Add("vm-1", 25);
        Assert.Equal(430, times.Of(host));
        for (var i = 0; i < 20; i++)
        {
            times.Add("vm-1", 20 + i);
        }

        Assert.Equal(69, times.Of(host));
        Assert.True(times.IsMeasured(host));
        Assert.Equal(240, times.Of(APlan.Usual.Stages[0]));
    }

    [Theory]
    [InlineData(1, new double[] { 600 }, 600.0)]
    [InlineData(1, new double[] { 600, 600 }, 600.0)]
    [InlineData(2, new double[] { 600, 900 }, 600.0)]
    [InlineData(2, new double[] { 600, 600, 600 }, 600.0)]
    [InlineData(2, new double[] { 600 }, null)]
    public void Batteries_together_last_as_long_as_enough_of_them_do(int needed, double[] lefts, double? expected) =>
        Assert.Equal(expected, Reserve.Lasting([.. lefts.Select(left => (double?)left)], needed));

    [Fact]
    public void When_one_of_two_is_empty_the_other_carries_both_and_lasts_less_than_it_said() =>
        Assert.InRange(Reserve.Lasting([600, 1200], 1)!.Value, 840, 900);

    // ---- the plan

    [Fact]
    [Requirement("R-PWR-04")]
    public void The_plan_runs_in_order_when_the_time_left_falls_to_its_threshold()
    {
        var site = WithThePlan().Fails(1000);
        site.After(279).Tells().After(2).Tells("stage-1").Writes<StageStarted>(item => item is { StepNo: 1, Target: "stage-1", NeededSeconds: 600, Cause: StageCause.Threshold, LeftSeconds: <= 720 } && item.LoggedIn.Length == 2);
        site.After(60).LoggedIn("stage-1", "vm-2").After(1).LoggedIn("stage-1").After(1);
        Assert.Equal(["vm-1", "vm-2"], site.Written.OfType<HostStopped>().Select(item => item.Host));
        Assert.Equal(StageResult.Stopped, site.Written.OfType<StageEnded>().Single().Result);

        // 300 s are needed for what remains: it waits until 360 s are left.
        site.After(290).Tells().After(10).Tells("stage-2").After(30).LoggedIn("stage-2").After(1).Tells();
        site.After(150).Tells("stage-3").After(20).LoggedIn("stage-3").Writes<ShutdownFinished>();
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public void A_stage_that_does_not_end_is_an_alarm_and_the_next_goes_on()
    {
        var site = WithThePlan().Fails(720).After(1).Tells("stage-1").After(298).Tells();
        site.After(3).Writes<StageEnded>(item => item is { Result: StageResult.TimedOut, StepNo: 1 } && item.StillUp.SequenceEqual(["vm-1", "vm-2"]));
        site.After(90).Tells("stage-2");
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public void Mains_back_before_a_step_stop_the_rest() =>
        WithThePlan().Fails(720).After(1).Tells("stage-1").LoggedIn("stage-1").Mains(700, 40).After(1)
            .Writes<ShutdownStopped>(item => item is { StepsTold: 1, StepsSpared: 2 }).After(3600).Tells();

    [Fact]
    [Requirement("R-PWR-04")]
    public void Mains_that_go_again_let_the_plan_go_on() =>
        WithThePlan().Fails(720).After(1).Tells("stage-1").LoggedIn("stage-1").Mains(700, 40).After(20).Fails(360).After(2).Tells("stage-2").LoggedIn("stage-2")
            .Mains(340, 30).After(1).Writes<ShutdownStopped>(item => item is { StepsTold: 2, StepsSpared: 1 });

    [Fact]
    [Requirement("R-PWR-04")]
    public void A_battery_that_says_low_starts_the_plan_whatever_it_said_before() =>
        WithThePlan().Says(UpsFlags.OnBattery, 3000, 90).After(30).Tells().Says(UpsFlags.OnBattery | UpsFlags.LowBattery, 3000, 90).After(1).Tells("stage-1")
            .Writes<StageStarted>(item => item.Cause is StageCause.LowBattery).After(5).Tells();

    [Fact]
    [Requirement("R-PWR-04")]
    public void On_battery_with_no_runtime_known_the_plan_begins_after_its_waiting_time() =>
        WithThePlan().Says(UpsFlags.OnBattery, left: null).After(60).Tells().After(2).Tells("stage-1").Writes<StageStarted>(item => item is { Cause: StageCause.RuntimeUnknown, LeftSeconds: null });

    [Fact]
    [Requirement("R-PWR-04")]
    [Requirement("R-PWR-06")]
    public void When_the_link_dies_on_battery_the_last_runtime_counts_on() =>
        WithThePlan().Fails(1000).After(60).After(0).Unknown().Writes<UpsLost>(item => item.OnBattery)
            .After(218).Tells().After(4).Tells("stage-1").Writes<StageStarted>(item => item.Cause is StageCause.Threshold).WritesNo<OutageEnded>();

    [Fact]
    [Requirement("R-PWR-04")]
    public void A_restart_in_the_outage_with_a_dead_link_forgets_nothing_and_tells_again_who_was_told()
    {
        var site = WithThePlan().Fails(760).After(45).Tells("stage-1").Unknown();
        site.Restarts(40).Tells("stage-1").WritesNo<StageStarted>().LoggedIn("stage-1", "vm-1", "vm-2").LoggedIn("stage-2", "db-1").LoggedIn("stage-3", "nas-1");
        site.After(1).LoggedIn("stage-1").After(1);
        Assert.Equal(StageResult.Stopped, site.Written.OfType<StageEnded>().Single().Result);
        site.After(320).Tells("stage-2");
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public void A_battery_that_falls_faster_than_its_figure_is_not_taken_at_its_word()
    {
        var site = WithThePlan().Fails(3000, rate: 3);
        site.After(300);
        Assert.InRange(site.Control.Now().Units[0].Rate, 2.9, 3.1);
        site.Left(left => left is > 680 and < 720).Tells("stage-1");
        site.Mains(1800).After(1);
        Assert.Contains(BatteryDueCause.LastedLess, site.Control.Now().Units[0].Due);
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public void A_figure_from_before_the_outage_that_comes_with_the_first_look_at_the_state_makes_no_liar_of_the_battery()
    {
        // Its link was dead when mains failed, 200 s ago: the state is read first, with the runtime of before; a second later all of it.
        var site = WithThePlan();
        var before = site.Control.Now().Units[0].LastGood!;
        site.Unknown().After(200).Told(at => new UpsHeard(at, before with { At = at, Flags = UpsFlags.OnBattery })).Fails(1600).After(60);

        Assert.Equal(1, site.Control.Now().Units[0].Rate);
        Assert.Empty(site.Control.Now().Units[0].Due);
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public void On_battery_a_runtime_read_some_seconds_ago_counts_down_from_when_it_was_read()
    {
        var site = WithThePlan().Fails(900).After(10);
        var whole = site.Control.Now().Units[0].LastGood!;
        site.Hushes().After(4).Told(at => new UpsHeard(at, whole with { At = at })).Left(left => left is > 885 and < 888);
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public void Two_feeds_one_of_which_is_enough_stop_nothing_while_one_hangs_on_mains()
    {
        var site = new PowerStory(A.MondayNine, null, "ups-a", "ups-b").Mains(ups: "ups-a").Mains(ups: "ups-b").Has(APlan.On(1, "ups-a", "ups-b")).After(60);
        site.Fails(600, ups: "ups-a").After(590).Tells().WritesNo<ReserveShort>();
        site.Fails(1200, ups: "ups-b").After(2).Tells("stage-1");
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public void After_mains_return_and_the_batteries_hold_enough_the_last_stopped_come_back_first()
    {
        var site = WithThePlan().Fails(300).After(2).Tells("stage-1", "stage-2").LoggedIn("stage-1").LoggedIn("stage-2").After(180).Tells("stage-3").LoggedIn("stage-3").After(30);
        site.Mains(400, 20).After(600).TakesBack();
        site.Mains(900, 50).After(2).TakesBack("stage-3").After(0).LoggedIn("stage-3", "nas-1").TakesBack("stage-2").After(118).TakesBack().After(4).TakesBack("stage-1");
        Assert.Equal([3, 2, 1], site.Written.OfType<RestartAllowed>().Select(item => item.StepNo));
        site.After(600).Tells().TakesBack();
    }

    [Fact]
    public void A_second_outage_before_everything_is_back_tells_only_who_is_back()
    {
        var site = WithThePlan().Fails(300).After(2).LoggedIn("stage-1").LoggedIn("stage-2").After(180).LoggedIn("stage-3").After(30);
        site.Mains(900, 60).After(302).TakesBack("stage-3").Fails(150).After(2).Tells("stage-3").WritesNo<ShutdownFinished>();
        site.After(181).Writes<ShutdownFinished>();
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public void Who_has_the_right_forces_a_stage_and_it_is_recorded() =>
        WithThePlan().After(0).Told(at => new StopForced(at, "STAGE-2", "admin")).Tells("stage-2").Writes<StageStarted>(item => item is { Cause: StageCause.Forced, StepNo: 2 });

    [Fact]
    public void A_plan_of_units_on_another_bridge_is_not_carried_out_here() =>
        Assert.Empty(ASite().Has(APlan.On(1, "ups-9")).Control.Plans);

    [Fact]
    public void An_old_copy_of_a_plan_changes_nothing()
    {
        var site = ASite().Ordered(new PowerPlanOrder(APlan.Usual with { Version = 2 }, false, "S-0102"));
        site.Told(at => new RoomOrderArrived(at, 0, new PowerPlanOrder(APlan.Usual, false, "S-0102")));
        Assert.Equal(2, site.Control.Plans[0].Plan.Version);
        Assert.Empty(site.Ordered(new PowerPlanOrder(APlan.Usual, Withdrawn: true, "S-0102")).Control.Plans);
    }

    // ---- the forecast

    [Fact]
    [Requirement("R-PWR-03")]
    public void The_bar_shows_when_each_stage_would_begin_and_whether_it_ends_in_time()
    {
        var bar = PowerForecast.Of(APlan.Usual, new(new()), 2280);
        Assert.Equal((600, 720, 1560, 1680, true), (bar.NeededSeconds, bar.ThresholdSeconds, bar.BeginsAt, bar.SpareSeconds, bar.Enough));
        Assert.Equal([(1560.0, 1860.0), (1920.0, 2040.0), (2064.0, 2244.0)], bar.Stages.Select(stage => (stage.StartsAt, stage.EndsAt)));
        Assert.All(bar.Stages, stage => Assert.True(stage.InTime));

        var short_ = PowerForecast.Of(APlan.Usual, new(new()), 400);
        Assert.Equal((false, 0, -200), (short_.Enough, short_.BeginsAt, short_.SpareSeconds));
        Assert.Equal([true, false, false], short_.Stages.Select(stage => stage.InTime));
        Assert.Null(PowerForecast.Of(APlan.Usual, new(new()), null).Enough);
    }

    // ---- the supply and the batteries

    [Fact]
    [Requirement("R-PWR-05")]
    public void Over_voltage_overload_and_bypass_are_recorded_from_beginning_to_end()
    {
        var site = ASite().Says(UpsFlags.OnLine, inputVolts: 118).After(1).Writes<SupplyTroubled>(item => item is { Trouble: SupplyTrouble.OverVoltage, Value: 118 });
        site.Says(UpsFlags.OnLine, inputVolts: 121).After(5).WritesNothing().Mains().After(1).Writes<SupplyRecovered>(item => item is { Trouble: SupplyTrouble.OverVoltage, Peak: 121 });
        site.Says(UpsFlags.OnLine | UpsFlags.Overload, load: 112).After(1).Writes<SupplyTroubled>(item => item is { Trouble: SupplyTrouble.OverCurrent, Value: 112 }).Mains().After(1);
        site.Says(UpsFlags.Bypass).After(1).Writes<SupplyTroubled>(item => item.Trouble is SupplyTrouble.Bypass);
    }

    [Fact]
    [Requirement("R-PWR-05")]
    public void A_surge_counted_by_an_arrester_is_recorded_and_so_is_one_that_is_used_up() =>
        ASite().After(0).Told(at => new ArresterRead(at, "spd-1", false, 3, null)).WritesNothing()
            .After(0).Told(at => new ArresterRead(at, "spd-1", false, 4, 2100)).Writes<SupplyTroubled>(item => item is { Trouble: SupplyTrouble.Surge, Value: 2100 })
            .After(0).Told(at => new ArresterRead(at, "spd-1", true, 4, null)).Writes<SupplyTroubled>(item => item.Trouble is SupplyTrouble.ArresterUsedUp)
            .After(0).Told(at => new ArresterRead(at, "spd-1", true, 4, null)).WritesNothing();

    [Fact]
    [Requirement("R-PWR-07")]
    public void A_self_test_and_its_result_are_recorded_and_a_failed_one_makes_the_battery_due() =>
        ASite().Says(UpsFlags.OnBattery | UpsFlags.Testing, 1700, 97).After(10).Says(UpsFlags.OnLine | UpsFlags.TestFailed).After(1)
            .Writes<BatteryTested>(item => item is { Passed: false, Seconds: >= 9 and <= 11, MinChargePercent: 97 }).Writes<BatteryDue>(item => item.Cause is BatteryDueCause.TestFailed)
            .After(60).WritesNothing().Says(UpsFlags.OnLine | UpsFlags.TestPassed).After(1).Writes<BatteryInOrder>();

    [Fact]
    [Requirement("R-PWR-07")]
    public void The_replacement_date_falls_due_on_its_day_where_the_site_is() =>
        new PowerStory(new(2027, 3, 30, 23, 59, 0, TimeSpan.FromHours(9))).Says(UpsFlags.OnLine, replaceBy: "2027-03-31").After(59).WritesNothing()
            .After(2).Writes<BatteryDue>(item => item is { Cause: BatteryDueCause.DatePassed, ReplaceBy: { Year: 2027, Month: 3, Day: 31 } });

    [Fact]
    [Requirement("R-PWR-07")]
    public void A_unit_that_claims_to_be_full_and_dies_has_a_battery_that_is_due() =>
        ASite().Says(UpsFlags.OnBattery, 1800, 100).After(20).Says(UpsFlags.OutputOff, 1800, 100).After(1).Writes<BatteryDue>(item => item.Cause is BatteryDueCause.LastedLess)
            .Mains().After(30).WritesNo<BatteryInOrder>();

    // ---- plans that cannot be

    [Fact]
    public void A_plan_that_cannot_be_is_named_with_its_remedy()
    {
        Assert.Empty(APlan.Usual.Problems());
        Assert.Contains("unitsNeeded", APlan.On(2, "ups-1").Problems().Single(), StringComparison.Ordinal);
        Assert.Contains("margin", (APlan.Usual with { Margin = 0.9 }).Problems().Single(), StringComparison.Ordinal);
        Assert.Contains("1 to 20 stages", (APlan.Usual with { Stages = [] }).Problems().Single(), StringComparison.Ordinal);
        Assert.Contains("\"vm-1\" stands twice", (APlan.Usual with { Stages = [APlan.Usual.Stages[0], APlan.Usual.Stages[0] with { Name = "x" }] }).Problems().First(), StringComparison.Ordinal);
        Assert.Contains("needs 0 s", (APlan.Usual with { Stages = [new("a", "a", "a", [new("h", "h", "h", 0)])] }).Problems().Single(), StringComparison.Ordinal);
    }

    private static PowerStory Unknown(PowerStory site, Func<PowerStory, bool> isRight)
    {
        Assert.True(isRight(site));
        return site;
    }
}
