using Microsoft.Data.Sqlite;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Power;
using RoomGuard.Core.Readings;

namespace RoomGuard.Service.Readings;

/// <summary>
/// Takes what bridges tell of their UPS units and their sensors to the readings: gathered in memory, written every few seconds in one transaction. A kill costs what was
/// gathered since; a disk that is full costs the oldest of what waits, and never holds a bridge up.
/// </summary>
public sealed class ReadingsIntake(ReadingsStore store, TimeProvider time, ILogger<ReadingsIntake> log) : BackgroundService
{
    /// <summary>How often what was gathered is written.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    private const int MostWaiting = 100_000;
    private static readonly TimeSpan BetweenPrunes = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly Queue<ReadingSample> waiting = [];

    // A bridge says each second how things stand; a sensor that speaks once in ten minutes has said nothing new.
    private readonly Dictionary<(string Of, string Quantity), DateTimeOffset> told = [];
    private long? prunedAt;

    // Number of the first that waits, counted since the start: what overflows while a batch is written must not be forgotten twice.
    private long first;
    private bool failing;

    // Said once until it is over: a bridge whose clock is ahead tells so with every report.
    private bool ahead;

    /// <summary>Gathers what a bridge told; never waits and never fails.</summary>
    public void Take(PowerNow power)
    {
        ArgumentNullException.ThrowIfNull(power);
        lock (gate)
        {
            foreach (var sample in UpsTrends.Of(power))
            {
                Keep(ReadingSample.From(sample));
            }
        }
    }

    /// <summary>Gathers what a bridge told of its sensors; never waits and never fails.</summary>
    public void Take(ClimateNow climate)
    {
        ArgumentNullException.ThrowIfNull(climate);
        lock (gate)
        {
            foreach (var sample in ClimateTrends.Of(climate))
            {
                if (told.TryGetValue((sample.Of, sample.Quantity), out var before) ? before == sample.At : told.Count >= MostWaiting)
                {
                    continue;
                }

                told[(sample.Of, sample.Quantity)] = sample.At;
                Keep(sample);
            }
        }
    }

    /// <summary>Writes what was gathered, and drops what is past its time once an hour.</summary>
    public TakenIn Flush()
    {
        ReadingSample[] batch;
        long end;
        lock (gate)
        {
            batch = [.. waiting];
            end = first + batch.Length;
        }

        try
        {
            var taken = batch.Length == 0 ? default : store.Add(batch, time.GetUtcNow());
            Forget(end);
            Tell(taken);
            if (prunedAt is not { } last || time.GetElapsedTime(last) >= BetweenPrunes)
            {
                _ = store.Prune(time.GetUtcNow());
                prunedAt = time.GetTimestamp();
            }

            if (failing)
            {
                failing = false;
                log.WrittenAgain();
            }

            return taken;
        }
        catch (SqliteException failed)
        {
            if (!failing)
            {
                failing = true;
                log.NotWritten(failed);
            }

            return default;
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var clock = new PeriodicTimer(Between, time);
        try
        {
            while (await clock.WaitForNextTickAsync(stoppingToken))
            {
                _ = Flush();
            }
        }
        finally
        {
            _ = Flush();
        }
    }

    private void Keep(ReadingSample sample)
    {
        if (waiting.Count == MostWaiting)
        {
            _ = waiting.Dequeue();
            first++;
        }

        waiting.Enqueue(sample);
    }

    private void Forget(long end)
    {
        lock (gate)
        {
            for (; first < end; first++)
            {
                _ = waiting.Dequeue();
            }
        }
    }

    private void Tell(TakenIn taken)
    {
        if (taken.Ahead > 0 && !ahead)
        {
            log.ClockAhead(taken.Ahead);
        }

        if (taken.Ahead + taken.Kept > 0)
        {
            ahead = taken.Ahead > 0;
        }
    }
}

internal static partial class ReadingsLog
{
    [LoggerMessage(2540, LogLevel.Error, "Readings could not be written; they are tried again. Look at the space on the disk")]
    public static partial void NotWritten(this ILogger log, Exception failed);

    [LoggerMessage(2541, LogLevel.Information, "Readings are written again")]
    public static partial void WrittenAgain(this ILogger log);

    [LoggerMessage(2542, LogLevel.Warning, "{Count} readings came from a clock that is more than a minute ahead of ours and are not kept. Look at the clock of the bridge")]
    public static partial void ClockAhead(this ILogger log, long count);

    [LoggerMessage(2543, LogLevel.Error, "The file of readings was damaged. It is kept as {Aside}, and an empty one begins. Nothing of the record is in it")]
    public static partial void PutAside(this ILogger log, string aside);
}
