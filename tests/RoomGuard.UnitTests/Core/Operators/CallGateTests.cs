using RoomGuard.Core.Operators;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Core.Operators;

public class CallGateTests
{
    private static readonly DateTimeOffset Nine = A.MondayNine;

    [Fact]
    public void A_token_calls_so_often_at_once_and_then_as_often_as_time_gives()
    {
        var gate = new CallGate();
        for (var i = 1; i <= CallGate.Burst; i++)
        {
            Assert.Equal(CallGate.Burst - i, gate.Called("T-0001", Nine).Left);
        }

        var refused = gate.Called("T-0001", Nine);
        Assert.False(refused.Allowed);
        Assert.Equal(TimeSpan.FromSeconds(1.0 / CallGate.PerSecond), refused.Wait);
        Assert.False(gate.Called("T-0001", Nine + (refused.Wait * 0.9)).Allowed);
        Assert.True(gate.Called("T-0001", Nine + (refused.Wait * 1.01)).Allowed);
        Assert.False(gate.Called("T-0001", Nine + (refused.Wait * 1.01)).Allowed);
    }

    [Fact]
    public void One_token_takes_nothing_from_another()
    {
        var gate = new CallGate();
        for (var i = 0; i < 10 * CallGate.Burst; i++)
        {
            _ = gate.Called("T-0001", Nine);
        }

        Assert.True(gate.Called("T-0002", Nine).Allowed);
    }

    [Fact]
    public void A_clock_set_back_gives_nothing()
    {
        var gate = new CallGate();
        for (var i = 0; i < CallGate.Burst; i++)
        {
            _ = gate.Called("T-0001", Nine);
        }

        Assert.False(gate.Called("T-0001", Nine.AddDays(-1)).Allowed);
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(30, false)]
    [InlineData(31, true)]
    [Requirement("R-NET-09")]
    public void A_source_that_fails_too_often_is_answered_no_more(int failures, bool tooMany)
    {
        var gate = new CallGate();
        RefusedStep last = default;
        for (var i = 0; i < failures; i++)
        {
            last = gate.Failed("192.0.2.17", Nine.AddSeconds(i));
        }

        Assert.Equal((failures, tooMany), (last.Count, last.TooMany));
    }

    [Fact]
    public void A_source_that_was_quiet_begins_anew()
    {
        var gate = new CallGate();
        for (var i = 0; i < 50; i++)
        {
            _ = gate.Failed("192.0.2.17", Nine);
        }

        Assert.Equal(51, gate.Failed("192.0.2.17", Nine + CallGate.Forgotten - TimeSpan.FromSeconds(1)).Count);
        Assert.Equal(1, gate.Failed("192.0.2.17", Nine + (CallGate.Forgotten * 2)).Count);
    }

    [Fact]
    public void A_storm_from_everywhere_neither_fills_memory_nor_the_record()
    {
        var gate = new CallGate(most: 100);
        var told = 0;
        for (var i = 0; i < 10_000; i++)
        {
            _ = gate.Failed($"192.0.2.{i % 5000}", Nine.AddMilliseconds(i));
            _ = gate.Called($"T-{i}", Nine.AddMilliseconds(i));
            told += gate.Failed("198.51.100.7", Nine.AddMilliseconds(i)).Tell ? 1 : 0;
        }

        Assert.InRange(gate.Count, 1, 200);
        Assert.Equal(17, told);
    }
}
