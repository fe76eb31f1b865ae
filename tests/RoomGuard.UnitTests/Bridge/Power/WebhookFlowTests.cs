using RoomGuard.Bridge.Power;
using RoomGuard.Core.Power;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Power;

/// <summary>Which message is posted to a receiver when.</summary>
public class WebhookFlowTests
{
    public static TheoryData<int> Seeds => [1, 7, 41];

    [Fact]
    public void Nothing_is_posted_before_something_is_owed() => Assert.Equal(new RestWebhook(null), AFlow().Next(At(0)));

    [Theory]
    [MemberData(nameof(Seeds))]
    [Requirement("R-PWR-04")]
    public void A_message_is_posted_at_once_and_again_after_waits_that_grow_to_half_a_minute(int seed)
    {
        var flow = AFlow(seed);
        var now = At(0);
        flow.Begin(ACall("a"), now);
        var waits = new List<double>();
        for (var tries = 1; tries <= 10; tries++)
        {
            Assert.Equal(tries, Assert.IsType<SendWebhook>(flow.Next(now)).TryNo);
            flow.Missed("a", now);
            var until = Assert.IsType<RestWebhook>(flow.Next(now)).Until!.Value;
            waits.Add((until - now).TotalSeconds);
            now = until;
        }

        Assert.All(waits.Index(), wait => Assert.InRange(wait.Item, Math.Min(30, Math.Pow(2, wait.Index)) / 2, Math.Min(30, Math.Pow(2, wait.Index))));
        flow.Taken("a");
        Assert.Equal(new RestWebhook(null), flow.Next(now));
    }

    [Fact]
    public void Tries_before_a_restart_count_and_the_waits_begin_anew()
    {
        var flow = AFlow();
        flow.Begin(ACall("a") with { Tries = 9 }, At(0));
        Assert.Equal(10, Assert.IsType<SendWebhook>(flow.Next(At(0))).TryNo);
        flow.Missed("a", At(0));
        Assert.InRange(Assert.IsType<RestWebhook>(flow.Next(At(0))).Until!.Value.TotalSeconds, 0.5, 1);
    }

    [Fact]
    public void One_that_waits_for_its_next_try_holds_up_no_other()
    {
        var flow = AFlow();
        flow.Begin(ACall("a"), At(0));
        flow.Missed("a", At(0));
        flow.Begin(ACall("b"), At(0.1));
        Assert.Equal("b", Assert.IsType<SendWebhook>(flow.Next(At(0.1))).Call.Id);
        flow.Missed("b", At(0.1));
        Assert.Equal("a", Assert.IsType<SendWebhook>(flow.Next(At(5))).Call.Id);
    }

    [Fact]
    public void One_that_is_no_use_any_more_is_not_posted_and_an_order_given_twice_is_one()
    {
        var flow = AFlow();
        flow.Begin(ACall("a"), At(0));
        flow.Missed("a", At(0));
        flow.Begin(ACall("a"), At(0));
        Assert.IsType<RestWebhook>(flow.Next(At(0)));
        Assert.Equal(1, flow.Count);
        flow.Cease("a");
        flow.Missed("a", At(1));
        Assert.Equal(new RestWebhook(null), flow.Next(At(60)));
    }

    internal static WebhookCall ACall(string id) => new(
        id, "vm-cluster", WebhookAct.Stop, new("SRV-1"), "srv-1", 4, "ups-1-20260801T181100Z", 1, "stage-1", StageCause.Threshold, new(2026, 8, 2, 3, 16, 12, TimeSpan.FromHours(9)), 1584,
        new(2026, 8, 2, 3, 18, 12, TimeSpan.FromHours(9)));

    private static WebhookFlow AFlow(int seed = 1)
    {
        var chance = new Random(seed);
        return new(() => new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), chance));
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
