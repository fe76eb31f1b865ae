using System.Collections.Immutable;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Notices;

/// <summary>When a channel last took a heartbeat.</summary>
/// <param name="Fault">Null: the last one arrived.</param>
public sealed record BeatLook(string Channel, DateTimeOffset? LastAt, DateTimeOffset? FailingSince, string? Fault);

/// <summary>
/// Tells others at regular times that the service lives, so that somebody notices when it does not (R-MON-06). A heartbeat that does not arrive is not repeated: the next one comes. It says whether the record can be
/// written, since a service that cannot is no watch.
/// </summary>
public sealed class Heartbeats(
    HeartbeatSettings settings, ImmutableDictionary<string, INoticeLine> lines, LetterOf letterOf, ServiceRecord record, NoticeMeters meters, TimeProvider time, ILogger<Heartbeats> log) : BackgroundService
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, BeatLook> looks = settings.Channels.ToDictionary(name => name, name => new BeatLook(name, null, null, null), StringComparer.Ordinal);
    private long sent;

    /// <summary>How each channel takes them.</summary>
    public ImmutableArray<BeatLook> Looks
    {
        get
        {
            lock (gate)
            {
                return [.. settings.Channels.Select(name => looks[name])];
            }
        }
    }

    /// <summary>Sends one by every channel, each on its own.</summary>
    public Task BeatAsync(CancellationToken stop)
    {
        var letter = letterOf(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"H-{record.Boot}-{++sent}"), []) with { At = time.GetUtcNow(), IsWell = record.Trouble is null };
        return Task.WhenAll(settings.Channels.Select(name => BeatAsync(name, letter, stop)));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var clock = new PeriodicTimer(settings.Between, time);
        do
        {
            await BeatAsync(stoppingToken);
        }
        while (await clock.WaitForNextTickAsync(stoppingToken));
    }

    private async Task BeatAsync(string name, NoticeLetter letter, CancellationToken stop)
    {
        var fault = await lines[name].SendAsync(letter, null, stop) switch
        {
            NoticeTaken => null,
            NoticeDelayed delayed => delayed.Why,
            NoticeRefused refused => refused.Why,
            var other => throw new System.Diagnostics.UnreachableException($"No answer to {other}."),
        };
        meters.Beat(name, fault is null);
        BeatLook before;
        lock (gate)
        {
            before = looks[name];
            looks[name] = fault is null ? new(name, time.GetUtcNow(), null, null) : before with { Fault = fault, FailingSince = before.FailingSince ?? time.GetUtcNow() };
        }

        if (fault is not null && before.Fault is null)
        {
            log.BeatFailed(name, fault);
        }
        else if (fault is null && before.Fault is not null)
        {
            log.BeatBack(name);
        }
    }
}
