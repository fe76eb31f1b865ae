namespace RoomGuard.Bridge.Uplink;

/// <summary>Waits that double from try to try and are spread by chance, so that a hundred bridges do not knock together when the service is back.</summary>
/// <param name="first">The first wait.</param>
/// <param name="longest">No wait is longer.</param>
/// <param name="chance">From the composition root.</param>
public sealed class GrowingWait(TimeSpan first, TimeSpan longest, Random chance)
{
    private int failures;

    /// <summary>It worked: the next failure waits the first wait again.</summary>
    public void Reset() => failures = 0;

    /// <summary>It failed: how long to wait, half of it by chance.</summary>
    public TimeSpan Next()
    {
        var full = Math.Min(first.TotalSeconds * Math.Pow(2, Math.Min(failures, 30)), longest.TotalSeconds);
        failures++;
        return TimeSpan.FromSeconds(full * (0.5 + (chance.NextDouble() / 2)));
    }
}
