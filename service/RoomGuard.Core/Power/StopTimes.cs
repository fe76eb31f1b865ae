using System.Collections.Immutable;

namespace RoomGuard.Core.Power;

/// <summary>How long a host took to stop, each time it was told, in seconds to its log-out; the newest last.</summary>
public sealed record HostStops(string User, ImmutableArray<double> Seconds);

/// <summary>How long hosts take to stop: configured, then measured (R-PWR-03). Pure.</summary>
public sealed class StopTimes(PowerControlSettings settings)
{
    // A host changes over the years; what it did long ago says little.
    private const int MostKept = 20;

    private readonly SortedDictionary<string, ImmutableArray<double>> stops = new(StringComparer.Ordinal);

    /// <summary>All that was measured.</summary>
    public ImmutableArray<HostStops> All => [.. stops.Select(pair => new HostStops(pair.Key, pair.Value))];

    /// <summary>A host logged out so long after it was told.</summary>
    public void Add(string user, double seconds)
    {
        var known = stops.TryGetValue(user, out var before) ? before : [];
        stops[user] = [.. known.TakeLast(MostKept - 1), seconds];
    }

    /// <summary>Goes on from what was measured before.</summary>
    public void Restore(ImmutableArray<HostStops> all)
    {
        stops.Clear();
        foreach (var host in all)
        {
            stops[host.User] = host.Seconds;
        }
    }

    /// <summary>What a host needs, s: the longest that was measured with the time after its log-out; as configured while too little was.</summary>
    public double Of(PowerHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (!stops.TryGetValue(host.User, out var measured) || measured.IsEmpty)
        {
            return host.RequiredSeconds;
        }

        var longest = measured.Max() + settings.AfterLogOut.TotalSeconds;
        return measured.Length >= settings.EnoughStops ? longest : Math.Max(longest, host.RequiredSeconds);
    }

    /// <summary>Whether what <see cref="Of(PowerHost)"/> says was measured.</summary>
    public bool IsMeasured(PowerHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return stops.TryGetValue(host.User, out var measured) && measured.Length >= settings.EnoughStops;
    }

    /// <summary>What a stage needs, s: its hosts stop side by side.</summary>
    public double Of(PowerStage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        return stage.Hosts.Max(Of);
    }
}
