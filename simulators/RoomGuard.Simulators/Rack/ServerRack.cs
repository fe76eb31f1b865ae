using System.Collections.Immutable;
using System.Text.Json;
using RoomGuard.Simulators.Ups;

namespace RoomGuard.Simulators.Rack;

/// <summary>A pretend server as it stands.</summary>
public sealed record ServerNow(string User, string Monitors, string Label, string LabelEn, ServerStanding Standing, bool IsLoggedIn);

/// <summary>The pretend servers of a room: each on a connection of its own, and each off the unit's load once it is down.</summary>
public sealed class ServerRack : IAsyncDisposable
{
    private readonly SimulatedSite site;
    private readonly RackSettings settings;
    private readonly ImmutableArray<PretendServer> servers;
    private readonly ImmutableDictionary<string, double> otherLoads;
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;

    /// <summary>Switches the servers on.</summary>
    public ServerRack(SimulatedSite site, RackSettings settings, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(site);
        ArgumentNullException.ThrowIfNull(settings);
        this.site = site;
        this.settings = settings;
        servers = [.. settings.Servers.Select(server => new PretendServer(server, settings, PasswordOf, Weigh, time))];
        otherLoads = site.Settings.Units.ToImmutableDictionary(unit => unit.Id, unit => unit.LoadPercent);
        Weigh();
        running = Task.WhenAll(servers.Select(server => Task.Run(() => server.RunAsync(stop.Token))));
    }

    /// <summary>All servers, as they stand.</summary>
    public ImmutableArray<ServerNow> Look() =>
        [.. servers.Select(server => new ServerNow(server.Settings.User, server.Settings.Monitors, server.Settings.Label, server.Settings.LabelEn, server.Standing, server.IsLoggedIn))];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
    }

    // The unit carries what its settings say and the servers that run.
    private void Weigh()
    {
        foreach (var unit in servers.GroupBy(server => server.Settings.Ups))
        {
            site.Do(new SetUpsLoad(unit.Key, otherLoads[unit.Key] + unit.Where(server => server.Standing != ServerStanding.Down).Sum(server => server.Settings.LoadPercent)));
        }
    }

    // They are made when the bridge first joins, which may be after us.
    private string? PasswordOf(string user)
    {
        try
        {
            using var file = File.OpenRead(settings.Passwords);
            return JsonSerializer.Deserialize(file, RackJson.Default.DictionaryStringString)?.GetValueOrDefault(user);
        }
        catch (Exception none) when (none is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
