using RoomGuard.Bridge.Sensors;
using RoomGuard.Wire.Mqtt;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Sensors;

/// <summary>How long a broker is left alone.</summary>
public sealed class MqttRetryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Waits_grow_to_a_minute_and_are_spread_by_chance(int seed)
    {
        var retry = new MqttRetry(new(seed));
        var waits = Enumerable.Range(0, 12).Select(_ => retry.AfterFailure()).ToList();

        Assert.InRange(waits[0].TotalSeconds, 0.25, 0.5);
        Assert.InRange(waits[3].TotalSeconds, 2, 4);
        Assert.All(waits[8..], wait => Assert.InRange(wait.TotalSeconds, 30, 60));
        Assert.True(waits[8..].Distinct().Count() > 1, "a hundred bridges must not knock together");
    }

    [Fact]
    public void A_connection_that_lived_makes_the_next_wait_short_again_and_one_that_did_not_does_not()
    {
        var retry = new MqttRetry(new(1));
        for (var i = 0; i < 8; i++)
        {
            _ = retry.AfterFailure();
        }

        Assert.True(retry.After(MqttEnding.LinkLost, MqttReason.UnspecifiedError, TimeSpan.FromSeconds(1)) > TimeSpan.FromSeconds(20), "it lived a second");
        Assert.True(retry.After(MqttEnding.LinkLost, MqttReason.UnspecifiedError, TimeSpan.FromMinutes(1)) <= TimeSpan.FromSeconds(0.5), "it lived a minute");
    }

    [Theory]
    [InlineData(MqttEnding.Refused, MqttReason.BadUserNameOrPassword, true)]
    [InlineData(MqttEnding.Refused, MqttReason.NotAuthorised, true)]
    [InlineData(MqttEnding.Refused, MqttReason.ServerUnavailable, false)]
    [InlineData(MqttEnding.Refused, MqttReason.ServerBusy, false)]
    [InlineData(MqttEnding.FarEndLeft, MqttReason.ServerShuttingDown, false)]
    [InlineData(MqttEnding.LinkLost, MqttReason.UnspecifiedError, false)]
    public void What_only_a_person_can_mend_is_told_apart(MqttEnding ending, MqttReason reason, bool needsAPerson)
    {
        Assert.Equal(needsAPerson, MqttRetry.NeedsAPerson(ending, reason));
        Assert.Equal(needsAPerson, MqttRetry.Remedy(ending, reason).Length > 0);
        Assert.Equal(needsAPerson, new MqttRetry(new(1)).After(ending, reason, null) > TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Two_clients_of_one_name_do_not_throw_each_other_out_twice_a_second() =>
        Assert.InRange(new MqttRetry(new(1)).After(MqttEnding.FarEndLeft, MqttReason.SessionTakenOver, TimeSpan.FromSeconds(1)).TotalSeconds, 7.5, 15);
}
