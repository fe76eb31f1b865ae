namespace RoomGuard.Core.Power;

/// <summary>Limits of <see cref="PowerControl"/>; the defaults are the requirements' own (†).</summary>
public sealed record PowerControlSettings
{
    /// <summary>R-PWR-06: readings that say what cannot be, in a row, before the unit is 不明.</summary>
    public int MostBadReadings { get; init; } = 3;

    /// <summary>R-PWR-06: a unit of which nothing at all was heard for so long is 不明.</summary>
    public TimeSpan LongestSilence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Mains that fail so often within <see cref="UnsteadyWithin"/> are unsteady: counted, not told one by one.</summary>
    public int UnsteadyAfter { get; init; } = 3;

    /// <summary>See <see cref="UnsteadyAfter"/>.</summary>
    public TimeSpan UnsteadyWithin { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Unsteady mains are back once they have stayed for so long.</summary>
    public TimeSpan SteadyAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>予備電源容量不足 is raised once it has been so for this long; one odd reading raises nothing.</summary>
    public TimeSpan ShortAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A host's log-out comes before its disks are at rest: so long is added to what was measured.</summary>
    public TimeSpan AfterLogOut { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Measured stops a host needs before they replace what was configured; with fewer the longer of the two counts.</summary>
    public int EnoughStops { get; init; } = 3;

    /// <summary>Stages come back one after another: the next when the hosts of the last have logged in again, or after so long.</summary>
    public TimeSpan BetweenRestarts { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A webhook that was told to stop is tried for the time its stage may take, and for so long at least.</summary>
    public TimeSpan ShortestWebhook { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A webhook that says that a stage may come back is tried for so long.</summary>
    public TimeSpan LongestTakeBack { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The site's time zone, for the day a battery falls due.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
}
