namespace RoomGuard.Core.Readings;

/// <summary>
/// The same value read several times in a row, kept as one: most of what a UPS says does not change, and ninety days of it would fill a disk. Pure.
/// </summary>
/// <param name="At">The first time, Unix milliseconds.</param>
/// <param name="Until">The last time.</param>
/// <param name="Count">How often it was read, both included.</param>
public readonly record struct ReadingRun(long At, long Until, long Count, double Value)
{
    /// <summary>Readings farther apart than this have nothing between them: three reads were missed (R-PWR-01, R-PWR-06).</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromSeconds(30);

    /// <summary>A run is no longer, so that a question for a stretch of time need look back no farther.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>A single reading.</summary>
    public static ReadingRun Of(long at, double value) => new(at, at, 1, value);

    /// <summary>Whether a reading of that moment is in it already, or one between two that said the same.</summary>
    public bool Holds(long at) => at >= At && at <= Until;

    /// <summary>The run with one more reading at its end; null: that begins a run of its own.</summary>
    public ReadingRun? With(long at, double value) =>
        value == Value && at > Until && at - Until <= (long)Gap.TotalMilliseconds && at - At <= (long)Longest.TotalMilliseconds
            && RollUpWidth.Minute.StartOf(at, TimeZoneInfo.Utc) == RollUpWidth.Minute.StartOf(At, TimeZoneInfo.Utc)
            ? this with { Until = at, Count = Count + 1 }
            : null;
}
