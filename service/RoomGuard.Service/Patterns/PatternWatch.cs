using System.Threading.Channels;
using RoomGuard.Core.Patterns;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Evidence;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Patterns;

/// <summary>
/// R-MON-05: reads the record entry by entry into a <see cref="PatternBook"/> and writes its notices down. At a start it learns usual hours from the
/// register once, then looks again at the last day, so that nothing is lost that came while it was not there; what the record already tells is not
/// told twice. It only tells; nobody is kept out by it.
/// </summary>
public sealed class PatternWatch(ServiceRecord record, ServiceSettings settings, TimeProvider time, ILogger<PatternWatch> log) : BackgroundService
{
    private const int Batch = 256;
    private static readonly TimeSpan LookAgain = TimeSpan.FromDays(1);
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly PatternSettings figures = settings.Patterns ?? new();
    private readonly PatternBook book = new(settings.Patterns ?? new(), record.TimeZone);

    // Only that something came; what, is read from the record, so that a flood costs no memory and loses nothing.
    private readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Queue<PatternNoticed> untold = [];
    private long next = -1;

    /// <summary>Listens to the record; once, when the service starts.</summary>
    public void Begin() => record.Follow(_ => news.Writer.TryWrite(true));

    /// <summary>Takes over what has come since the last time, and what became long by itself.</summary>
    /// <returns>How many notices were written.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        if (next < 0)
        {
            next = await record.Readers.Ask(Recall, stop);
        }

        var written = 0;
        while (next < record.Size)
        {
            foreach (var entry in record.Read(next, Batch))
            {
                stop.ThrowIfCancellationRequested();
                next = entry.N + 1;
                if (RecordViews.ItemOf(entry) is { Event: { } item } && book.Take(entry.N, item) is { } notice)
                {
                    untold.Enqueue(notice);
                    written += await TellAsync(stop);
                }
            }
        }

        foreach (var notice in book.Pass(time.GetUtcNow()))
        {
            untold.Enqueue(notice);
        }

        return written + await TellAsync(stop);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                _ = await RunAsync(stoppingToken);
                using var limit = new CancellationTokenSource(Pause, time);
                using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stoppingToken);
                _ = await news.Reader.WaitToReadAsync(both.Token);
                _ = news.Reader.TryRead(out _);
            }
            catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception failed) when (failed is EvidenceWriteException or IOException)
            {
                log.NoticeLost(failed);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    // The book says a thing once; what could not be written stays here until it is.
    private async Task<int> TellAsync(CancellationToken stop)
    {
        var written = 0;
        while (untold.TryPeek(out var notice))
        {
            var subject = PatternSubject.Of(notice);
            if (record.Readers.AskNow(db => db.Value("SELECT 1 FROM view_patterns WHERE subject = $1 AND newest = $2", subject, notice.EventIds[^1]), stop) is null)
            {
                _ = await record.AppendAsync(notice, stop);
                written++;
            }

            _ = untold.Dequeue();
        }

        return written;
    }

    // Usual hours from as far back as they count, what was told in the last month, who was inside; the rest is of the last day and is looked at again.
    private long Recall(Statements db)
    {
        var now = time.GetUtcNow();
        var (from, again) = ((now - (TimeSpan.FromDays(figures.HabitHalfLifeDays) * 3)).ToUnixTimeMilliseconds(), (now - LookAgain).ToUnixTimeMilliseconds());
        var begin = db.Value("SELECT min(n) FROM view_times WHERE at >= $1", again) as long? ?? record.Size;
        using (var row = db.Rows(
            "SELECT f.person, r.at FROM view_register r INDEXED BY view_register_at JOIN view_person_forms f ON f.form = r.form WHERE r.at >= $1 AND r.result = 0 AND r.source = 0 AND f.category <> $3 AND r.n < $2 ORDER BY r.at, r.n",
            from,
            begin,
            (long)PersonCategory.Visitor))
        {
            while (row.Read())
            {
                book.Recall(new(row.GetString(0)), row.Time(1));
            }
        }

        using (var row = db.Rows("SELECT json FROM view_patterns WHERE at >= $1 AND lending = 0 ORDER BY at, n", (now - Month).ToUnixTimeMilliseconds()))
        {
            while (row.Read())
            {
                _ = book.Take(0, System.Text.Json.JsonSerializer.Deserialize(row.GetString(0), RecordJson.Plain.PatternNoticed)!);
            }
        }

        using (var row = db.Rows("SELECT person, zone, since, row FROM view_presence WHERE since < $1", again))
        {
            while (row.Read())
            {
                book.RecallInside(new PersonId(row.GetString(0)), new ZoneId(row.GetString(1)), row.NumberOrNull(3) ?? 0, row.Time(2));
            }
        }

        return begin;
    }
}

internal static partial class PatternLog
{
    [LoggerMessage(2512, LogLevel.Error, "A notice of a pattern could not be written; it is tried again")]
    public static partial void NoticeLost(this ILogger log, Exception failed);
}
