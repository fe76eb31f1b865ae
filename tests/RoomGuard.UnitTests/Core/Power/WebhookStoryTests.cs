using RoomGuard.Core.Doors;
using RoomGuard.Core.Power;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Core.Power;

/// <summary>A stage with a receiver beside its servers, told as stories.</summary>
public class WebhookStoryTests
{
    private static readonly PowerPlan Plan = APlan.Usual with { Stages = [APlan.Usual.Stages[0] with { Webhook = "vm-cluster" }, .. APlan.Usual.Stages[1..]] };

    private static PowerStory ASite(PowerControlSettings? settings = null) => new PowerStory(A.MondayNine, settings).WithWebhooks("vm-cluster", "storage").Mains().After(60).Has(Plan)
        .LoggedIn("stage-1", "vm-1", "vm-2").LoggedIn("stage-2", "db-1").LoggedIn("stage-3", "nas-1").After(60);

    [Fact]
    [Requirement("R-PWR-04")]
    public void A_receiver_is_told_beside_the_servers_and_what_it_answered_is_recorded_once()
    {
        var site = ASite().Fails(720).After(1).Tells("stage-1").Posts((WebhookAct.Stop, "stage-1"));
        var call = Posted(site);
        Assert.Equal(("vm-cluster", "srv-1", 1, StageCause.Threshold, 1), (call.Webhook, call.Plan, call.PlanVersion, call.Cause, call.Step));
        Assert.Equal(site.Written.OfType<StageStarted>().Single().OutageId, call.OutageId);
        Assert.InRange(call.LeftSeconds!.Value, 718, 720);

        site.After(0).Told(at => new WebhookMissed(at, call.Id, 1, "it answered 500")).WritesNothing();
        site.After(0).Told(at => new WebhookTaken(at, call.Id, 204, 2))
            .Writes<WebhookAccepted>(item => item is { Webhook: "vm-cluster", Act: WebhookAct.Stop, Status: 204, Tries: 2, Target: "stage-1", StepNo: 1 } && item.OutageId == call.OutageId);
        site.After(0).Told(at => new WebhookTaken(at, call.Id, 204, 3)).WritesNothing();
        site.Restarts(20).Tells("stage-1").Posts();
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public void What_was_not_taken_is_posted_again_after_a_restart_under_the_same_name()
    {
        var site = ASite().Fails(720).After(1);
        var call = Posted(site);
        site.Told(at => new WebhookMissed(at, call.Id, 3, "no answer within 10 s")).Restarts(20).Posts((WebhookAct.Stop, "stage-1"));

        Assert.Equal(call with { Tries = 3, Fault = "no answer within 10 s" }, Posted(site));
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public void What_is_not_taken_in_the_stage_s_time_is_given_up_with_the_last_reason()
    {
        var site = ASite().Fails(720).After(1);
        var call = Posted(site);
        site.Told(at => new WebhookMissed(at, call.Id, 12, "it answered 503")).After(298).WritesNo<WebhookGivenUp>();
        site.After(3).Writes<WebhookGivenUp>(item => item is { Tries: 12, Act: WebhookAct.Stop, Why: "not taken in time; the last try: it answered 503" });
        Assert.Equal(new CeaseWebhook("vm-cluster", call.Id), site.Orders.Select(one => one.Order).OfType<CeaseWebhook>().Single());
        site.Restarts(5).Posts().After(60).WritesNo<WebhookGivenUp>();
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public void Hosts_that_are_down_early_leave_the_receiver_its_two_minutes()
    {
        var quick = Plan with { Version = 2, Stages = [Plan.Stages[0] with { Hosts = [new("vm-1", "仮想基盤1", "VM host 1", 10)] }, .. Plan.Stages[1..]] };
        var site = ASite().Has(quick).Fails(372).After(1).Tells("stage-1").LoggedIn("stage-1").After(118).WritesNo<WebhookGivenUp>();
        Assert.Contains(site.Written.OfType<StageEnded>(), item => item is { StepNo: 1, Result: StageResult.Stopped });
        site.After(4).Writes<WebhookGivenUp>(item => item.Tries == 0);
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public void A_stage_that_is_taken_back_ends_the_word_to_stop_before_the_other_word_is_posted()
    {
        var site = ASite(new() { ShortestWebhook = TimeSpan.FromHours(1) }).Fails(720).After(1).LoggedIn("stage-1");
        var stop = Posted(site);
        site.Mains(900, 60).After(302).TakesBack("stage-1").Posts((WebhookAct.TakeBack, "stage-1"))
            .Writes<WebhookGivenUp>(item => item is { Act: WebhookAct.Stop, Why: "the stage was allowed back before it was taken" });
        var back = Posted(site);
        Assert.NotEqual(stop.Id, back.Id);
        Assert.Equal((stop.OutageId, (StageCause?)null, (double?)null), (back.OutageId, back.Cause, back.LeftSeconds));
        Assert.Equal([typeof(CeaseWebhook), typeof(PostWebhook)], site.Orders.Select(one => one.Order.GetType()).Where(type => type.Name.Contains("Webhook", StringComparison.Ordinal)).TakeLast(2));

        // And the other way round: the next outage comes before the receiver has heard of the return.
        site.LoggedIn("stage-1", "vm-1", "vm-2").Fails(700).After(1).Posts((WebhookAct.Stop, "stage-1"))
            .Writes<WebhookGivenUp>(item => item is { Act: WebhookAct.TakeBack, Why: "the stage was told to stop again before it was taken" });
        Assert.NotEqual(stop.Id, Posted(site).Id);
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public void A_return_nobody_takes_is_given_up_after_half_an_hour()
    {
        var site = ASite().Fails(720).After(1).LoggedIn("stage-1");
        site.Told(at => new WebhookTaken(at, Posted(site).Id, 200, 1)).Mains(900, 60).After(302).Posts((WebhookAct.TakeBack, "stage-1"));
        site.After(1790).WritesNo<WebhookGivenUp>().After(20).Writes<WebhookGivenUp>(item => item is { Act: WebhookAct.TakeBack, Tries: 0, Why: "not taken in time; the last try: no answer yet" });
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public void Who_was_told_to_stop_hears_that_it_is_over_whatever_the_plan_says_by_then()
    {
        var site = ASite().Fails(720).After(1).LoggedIn("stage-1");
        site.Told(at => new WebhookTaken(at, Posted(site).Id, 200, 1)).Has(APlan.Usual with { Version = 2 }).Mains(900, 60).After(302).Posts((WebhookAct.TakeBack, "stage-1"));
        Assert.Equal(2, Posted(site).PlanVersion);
    }

    [Fact]
    [Requirement("R-PWR-04")]
    [Requirement("R-NET-05")]
    public void A_receiver_the_bridge_does_not_have_is_called_by_nobody_and_the_servers_are_told_all_the_same()
    {
        var site = new PowerStory(A.MondayNine).Mains().After(60).Has(Plan).LoggedIn("stage-1", "vm-1").After(60).Fails(720).After(1).Tells("stage-1").Posts();
        site.Writes<WebhookGivenUp>(item => item is { Tries: 0 } && item.Why.Contains("the bridge has no webhook \"vm-cluster\"", StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("R-NET-05")]
    public void A_receiver_taken_out_of_the_settings_is_called_no_more()
    {
        var site = ASite().Fails(720).After(1).WithWebhooks("storage").Posts().Writes<WebhookGivenUp>(item => item.Why.Contains("power.webhooks", StringComparison.Ordinal));
        Assert.Empty(site.Control.Snapshot().Webhooks!.Value);
    }

    [Fact]
    [Requirement("R-PWR-10")]
    public void A_plan_that_is_withdrawn_posts_nothing_any_more()
    {
        var site = ASite().Fails(720).After(1).After(0).Ordered(new PowerPlanOrder(Plan, Withdrawn: true, "S-0102")).Writes<WebhookGivenUp>(item => item.Why.Contains("withdrawn", StringComparison.Ordinal));
        site.Restarts(5).Posts();
    }

    [Fact]
    [Requirement("R-PWR-10")]
    public void A_forecast_a_self_test_and_a_stage_without_a_receiver_post_nothing()
    {
        var site = ASite().Says(UpsFlags.OnBattery | UpsFlags.Testing, 100, 20).After(60).Mains().After(60).Posts();
        _ = site.Control.Now();
        _ = PowerForecast.Of(Plan, site.Control.Times, 60);
        Assert.Empty(site.Orders.Select(one => one.Order).OfType<PostWebhook>());

        site.Told(at => new StopForced(at, "stage-2", "admin"));
        Assert.Empty(site.Orders.Select(one => one.Order).OfType<PostWebhook>());
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public void A_stage_forced_at_the_NUT_server_tells_its_receiver_who_caused_it()
    {
        var site = ASite().After(0).Told(at => new StopForced(at, "stage-1", "admin")).Posts((WebhookAct.Stop, "stage-1"));
        Assert.Equal(StageCause.Forced, Posted(site).Cause);
    }

    [Fact]
    public void The_bridge_says_which_receivers_it_has() => Assert.Equal(["vm-cluster", "storage"], ASite().Control.Now().Webhooks!.Value.ToArray());

    private static WebhookCall Posted(PowerStory site) => site.Orders.Select(one => one.Order).OfType<PostWebhook>().Last().Call;
}
