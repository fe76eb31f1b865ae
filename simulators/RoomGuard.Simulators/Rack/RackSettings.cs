using System.Collections.Immutable;
using System.Net;

namespace RoomGuard.Simulators.Rack;

/// <summary>One pretend server: logs in at a NUT server, stops when it is told, and comes back.</summary>
/// <param name="User">Its name there.</param>
/// <param name="Monitors">The name it monitors, e.g. <c>stage-1</c>.</param>
/// <param name="Ups">The simulated unit that feeds it.</param>
/// <param name="LoadPercent">What it puts on that unit while it runs, per cent.</param>
/// <param name="Stops">How long it takes to stop.</param>
/// <param name="Boots">How long to come up.</param>
/// <param name="Stubborn">It hears the word and does not stop.</param>
public sealed record ServerSettings(
    string User, string Monitors, string Ups, double LoadPercent, TimeSpan Stops, TimeSpan Boots, string Label, string LabelEn, bool Stubborn = false);

/// <summary>The pretend servers of the room.</summary>
/// <param name="Passwords">File with a JSON object from user to password; looked for until it is there.</param>
public sealed record RackSettings(ImmutableArray<ServerSettings> Servers, string Passwords, string Host = "127.0.0.1", int Port = 3493)
{
    /// <summary>One sentence for each impossible value.</summary>
    public IEnumerable<string> Problems(IReadOnlyCollection<string> units)
    {
        if (!IPAddress.TryParse(Host, out var address) || !IPAddress.IsLoopback(address))
        {
            yield return $"rack.host: \"{Host}\" is not a loopback address. Pretend servers talk to this machine only.";
        }

        if (Port is < 1 or > 65535)
        {
            yield return $"rack.port: {Port} is not a port (1 to 65535).";
        }

        foreach (var twice in Servers.GroupBy(server => server.User).Where(same => same.Count() > 1))
        {
            yield return $"rack.servers: user \"{twice.Key}\" stands twice. Names are unique.";
        }

        foreach (var (at, server) in Servers.Index())
        {
            if (!units.Contains(server.Ups))
            {
                yield return $"rack.servers.{at}.ups: there is no unit \"{server.Ups}\".";
            }

            if (server.LoadPercent is not (>= 0 and <= 100) || server.Stops < TimeSpan.Zero || server.Stops > TimeSpan.FromHours(1) || server.Boots < TimeSpan.Zero || server.Boots > TimeSpan.FromHours(1))
            {
                yield return $"rack.servers.{at}: loadPercent is 0 to 100, stops and boots 00:00:00 to 01:00:00.";
            }
        }
    }
}
