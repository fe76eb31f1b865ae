using RoomGuard.Core.Record;
using RoomGuard.Evidence;

namespace RoomGuard.Bridge.RoomPages;

/// <summary>Brings what the room has written to the board. Beside the room, never in its way: a badge does not wait for a page.</summary>
public sealed class RoomFeed(EvidenceLog journal, RoomBoard board, ILogger<RoomFeed> log) : BackgroundService
{
    private const int MostAtOnce = 200;

    private readonly SemaphoreSlim wake = new(0, 1);

    // History is in the snapshot; what was answered before this start is shown to nobody any more.
    private long next = journal.Size;

    /// <summary>Something durable was written. Never waits; on the room's thread.</summary>
    public void Wake()
    {
        try
        {
            _ = wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already and will see this entry too.
        }
    }

    /// <summary>Takes over all there is.</summary>
    public void TakeOver()
    {
        while (journal.Read(next, MostAtOnce) is { IsEmpty: false } entries)
        {
            foreach (var entry in entries)
            {
                if (entry.Payload is { } payload)
                {
                    board.Take(entry.N, RecordJson.ParseEvent(payload));
                }
            }

            next = entries[^1].N + 1;
        }

        board.Tell();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        wake.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await wake.WaitAsync(stoppingToken);
            try
            {
                TakeOver();
            }
            catch (Exception unreadable) when (unreadable is Microsoft.Data.Sqlite.SqliteException or IOException or System.Text.Json.JsonException)
            {
                // The doors go on without their pages; the next entry tries again.
                log.PagesBehind(next, unreadable.Message);
            }
        }
    }
}

internal static partial class RoomFeedLog
{
    [LoggerMessage(1801, LogLevel.Warning, "The room's pages could not read the journal from entry {From} on: {Why}")]
    public static partial void PagesBehind(this ILogger log, long from, string why);
}
