using RoomGuard.TestKit.Wire;
using RoomGuard.Wire.Osdp;
using Xunit;

namespace RoomGuard.UnitTests.Wire;

/// <summary>64 readers asked twenty times a second must cost next to nothing.</summary>
public class IdlePollTests
{
    private const int Exchanges = 5_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_poll_with_nothing_new_allocates_nothing_at_either_end(bool secure)
    {
        var key = secure ? AReader.Key : null;
        var device = new PdSession(AReader.At(0, key), AReader.Chance(1));
        var bus = new AcuBus(AcuBusSettings.Usual with { BaudRate = 115200 }, [new(0, secure, key, null)], AReader.Chance(2));
        var reply = new byte[OsdpFrame.Longest];
        var now = TimeSpan.FromSeconds(1);
        now = Exchange(bus, device, reply, now);
        Assert.True(bus.TryTake(out _));
        while (bus.TryTake(out _))
        {
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Exchange(bus, device, reply, now);

        // A stray kilobyte is the runtime's; one object per exchange would be hundreds.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_096);
        Assert.Equal(secure, device.IsSecure);
        Assert.True(bus.Counters(0).Replies > 2 * Exchanges - 100);
    }

    private static TimeSpan Exchange(AcuBus bus, PdSession device, byte[] reply, TimeSpan now)
    {
        for (var done = 0; done < Exchanges;)
        {
            var step = bus.Next(now);
            if (!step.IsSend)
            {
                now = step.Until;
                continue;
            }

            done++;
            now += TimeSpan.FromMilliseconds(2);
            bus.Receive(reply.AsSpan(0, device.Hear(OsdpScanner.Next(step.Bytes.Span[1..]).Frame, now, reply)), now);
        }

        return now;
    }
}
