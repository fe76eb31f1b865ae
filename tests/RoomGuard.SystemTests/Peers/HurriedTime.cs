namespace RoomGuard.SystemTests.Peers;

/// <summary>A clock on which every wait is over sooner, so that a test does not sit through waits that are meant for people.</summary>
internal sealed class HurriedTime(int times) : TimeProvider
{
    public override long TimestampFrequency => System.TimestampFrequency / times;

    public override long GetTimestamp() => System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, Sooner(dueTime), Sooner(period));

    private TimeSpan Sooner(TimeSpan wait) => wait == Timeout.InfiniteTimeSpan ? wait : wait / times;
}
