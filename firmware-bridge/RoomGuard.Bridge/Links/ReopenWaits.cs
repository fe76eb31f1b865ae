namespace RoomGuard.Bridge.Links;

/// <summary>How long to wait before a link is opened again: half a second, doubling up to ten seconds. Pure.</summary>
public sealed class ReopenWaits
{
    /// <summary>The first wait.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest wait: how late at most a device that came back is noticed.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    // A link that lived shorter than this did not really live: an adapter with a bad contact must not be opened twice a second for ever.
    private static readonly TimeSpan Lived = TimeSpan.FromSeconds(10);

    private TimeSpan next = Shortest;

    /// <summary>The wait after an opening that failed.</summary>
    public TimeSpan AfterFailure()
    {
        var wait = next;
        next = TimeSpan.FromTicks(Math.Min(next.Ticks * 2, Longest.Ticks));
        return wait;
    }

    /// <summary>The wait after a link broke that had been open for <paramref name="open"/>.</summary>
    public TimeSpan AfterBreak(TimeSpan open)
    {
        if (open >= Lived)
        {
            next = Shortest;
        }

        return AfterFailure();
    }
}
