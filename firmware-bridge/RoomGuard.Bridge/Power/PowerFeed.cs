using System.Collections.Concurrent;
using System.Collections.Immutable;
using RoomGuard.Bridge.Doors;
using RoomGuard.Bridge.Nut;
using RoomGuard.Bridge.Ups;
using RoomGuard.Core.Power;

namespace RoomGuard.Bridge.Power;

/// <summary>
/// Tells the room what the units say and who is logged in at the NUT server. Never waits: a room that hangs stops no wire, and what found its queue full
/// is told with the next reading.
/// </summary>
public sealed class PowerFeed : IHostedService
{
    private readonly UpsBoard units;
    private readonly NutBoard? servers;
    private readonly ImmutableArray<string> names;
    private readonly IRoom room;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, UpsReading> told = new(StringComparer.Ordinal);
    private bool loginsOwed;

    /// <summary>A feed from these boards; <see cref="StartAsync"/> begins.</summary>
    /// <param name="servers">Null: no NUT server runs here.</param>
    /// <param name="names">Its names.</param>
    public PowerFeed(UpsBoard units, NutBoard? servers, ImmutableArray<string> names, IRoom room, TimeProvider time)
    {
        this.units = units;
        this.servers = servers;
        this.names = names;
        this.room = room;
        this.time = time;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        units.Read += Read;
        units.Answered += Answered;
        if (servers is not null)
        {
            servers.LoginsChanged += Logins;
            servers.Forced += Forced;
            Logins();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        units.Read -= Read;
        units.Answered -= Answered;
        if (servers is not null)
        {
            servers.LoginsChanged -= Logins;
            servers.Forced -= Forced;
        }

        return Task.CompletedTask;
    }

    private void Read(UpsReading reading)
    {
        // On mains and as before: nothing is decided by it, and two hundred units say so twice a second.
        var canWait = told.TryGetValue(reading.Ups, out var before)
            && (before.State, before.Flags) == (reading.State, reading.Flags)
            && reading is { State: UpsQuality.Good, IsOutage: false };
        told[reading.Ups] = room.TryPost(new UpsHeard(time.GetUtcNow(), reading), canWait) ? reading : UpsReading.Nothing(reading.Ups, reading.At, "the room was not told");
        if (Volatile.Read(ref loginsOwed))
        {
            Logins();
        }
    }

    // An answer that finds the queue full is lost, and the command counts as unanswered: it is never sent again.
    private void Answered(UpsWireAnswer answer) => _ = room.TryPost(new UpsCommandAnswered(time.GetUtcNow(), answer.CommandId, answer.Answer, answer.Detail));

    // One at a time, so that the room hears the newest last.
    private void Logins()
    {
        lock (gate)
        {
            var logins = servers!.Logins;
            var told = true;
            foreach (var name in names)
            {
                ImmutableArray<string> users = [.. logins.Where(login => string.Equals(login.Name, name, StringComparison.OrdinalIgnoreCase)).Select(login => login.User).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
                told &= room.TryPost(new LoginsChanged(time.GetUtcNow(), name, users));
            }

            Volatile.Write(ref loginsOwed, !told);
        }
    }

    private void Forced(string name, string user) => _ = room.TryPost(new StopForced(time.GetUtcNow(), name, user));
}
