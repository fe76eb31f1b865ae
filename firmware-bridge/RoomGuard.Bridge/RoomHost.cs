using RoomGuard.Bridge.Doors;
using RoomGuard.Bridge.Journal;
using RoomGuard.Bridge.Readers;
using RoomGuard.Bridge.Uplink;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;

namespace RoomGuard.Bridge;

/// <summary>Starts and stops the room in order: the journal says that it begins, then the room decides, then the wires bring badges; and back.</summary>
/// <param name="stored">The last good grant list, being read from disk.</param>
public sealed class RoomHost(RoomLoop room, RoomTurn turn, ReaderBuses buses, RoomJournal journal, JournalEpoch epoch, Task<GrantIndex?> stored, Action told, string version, TimeProvider time, ILogger<RoomHost> log)
    : IHostedService
{
    private Task loading = Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var lastEntryAt = journal.Log.LastEntryAt;
        room.Start(turn, told);
        var now = time.GetUtcNow();
        var begun = room.RecordAsync(new JournalStarted(now, journal.Log.Boot, version, lastEntryAt));
        if (epoch.BrokenOff is { } why)
        {
            log.JournalBrokenOff(why);
            _ = room.RecordAsync(new JournalGap(now, lastEntryAt ?? now, now, why, 0, 0));
        }

        room.Post(new RoomStarted(now));
        _ = await begun;
        loading = PutInForceAsync();
        buses.Start();
        log.Watching(journal.Log.Origin, journal.Log.Size, journal.Log.Boot);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await loading;
        await buses.DisposeAsync();
        room.Stop();
        log.Stopped(journal.Log.Size);
    }

    // Beside the wires' start: with many people reading takes longer than the first poll, and the doors' inputs need no list.
    private async Task PutInForceAsync()
    {
        try
        {
            if (await stored is { } index)
            {
                room.Post(new GrantListArrived(time.GetUtcNow(), index));
            }
        }
        catch (Exception damaged) when (damaged is GrantListException or IOException)
        {
            log.StoredListUnusable(damaged.Message);
        }
    }
}

internal static partial class RoomHostLog
{
    [LoggerMessage(1001, LogLevel.Information, "Watching the doors. Journal {Origin}, {Entries} entries, start number {Boot}")]
    public static partial void Watching(this ILogger log, string origin, long entries, int boot);

    [LoggerMessage(1002, LogLevel.Information, "Stopped in order; {Entries} entries in the journal")]
    public static partial void Stopped(this ILogger log, long entries);

    [LoggerMessage(1003, LogLevel.Error, "The journal was broken off: {Why}. The old file stays as it is")]
    public static partial void JournalBrokenOff(this ILogger log, string why);
}
