namespace RoomGuard.Service.Notices;

/// <summary>How many messages a channel may still carry: so many at once, and one more for each part of a minute. Knows the time only by being told.</summary>
/// <param name="perMinute">Messages in a minute, and at most at once.</param>
public sealed class SendBudget(int perMinute)
{
    private double left = perMinute;
    private TimeSpan seen;

    /// <summary>Whole messages that may go now.</summary>
    /// <param name="now">Monotonic.</param>
    public int Left(TimeSpan now)
    {
        left = Math.Min(perMinute, left + ((now - seen).TotalMinutes * perMinute));
        seen = now;
        return (int)Math.Floor(left + 1e-9);
    }

    /// <summary>One went.</summary>
    public void Take() => left -= 1;

    /// <summary>How long until one more may go.</summary>
    public TimeSpan UntilNext(TimeSpan now) => Left(now) >= 1 ? TimeSpan.Zero : TimeSpan.FromMinutes((1 - left) / perMinute);
}
