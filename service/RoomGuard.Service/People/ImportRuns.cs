using System.Collections.Concurrent;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.People;

namespace RoomGuard.Service.People;

/// <summary>How far an import has come, told now and then.</summary>
/// <param name="Done">Of how many <paramref name="Of"/>: lines while it reads and compares, entries while it writes.</param>
public readonly record struct ImportProgress(ImportStage Stage, int Done, int Of);

/// <summary>
/// Imports on their way, one after the other: each goes on by itself when whoever began it turns to another page, says how far it is, and can be
/// stopped until the last of it is written. What is stopped has changed nothing.
/// </summary>
public sealed partial class ImportRuns(TimeProvider time, Func<int, byte[]> randomBytes)
{
    // What a long list would change is a good many words.
    private const int MostKept = 4;

    // A short list is done before a person would see that anything went on.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, Run> runs = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private Task last = Task.CompletedTask;
    private long begun;

    /// <summary>Told what ended an import that should not have ended; the page says no more than that nothing was changed.</summary>
    public Action<Exception>? Failed { get; set; }

    /// <summary>For <see cref="Failed"/>: one line of the program's log.</summary>
    [LoggerMessage(2521, LogLevel.Error, "An import broke off; nothing of it was written")]
    public static partial void LogFailure(ILogger log, Exception failure);

    /// <summary>Begins one and waits a moment for it.</summary>
    /// <param name="work">Gives what the file would change, or what became of applying it.</param>
    /// <returns>Where it stands: at its end, or on its way.</returns>
    public async Task<ImportRun> BeginAsync(string fileName, Func<Action<ImportProgress>, CancellationToken, Task<(ImportLook? Look, ActResult? Result)>> work, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(work);
        Run run;
        Task ended;
        lock (gate)
        {
            run = new(new(Convert.ToHexStringLower(randomBytes(16)), fileName, ImportStage.Waits, 0, 0, null, null), ++begun);
            foreach (var (old, _) in runs.Where(one => !one.Value.Now.Running).OrderBy(one => one.Value.Number).Take(Math.Max(0, runs.Count - MostKept + 1)).ToList())
            {
                _ = runs.TryRemove(old, out _);
            }

            runs[run.Now.Id] = run;
            var before = last;
            last = ended = Task.Run(() => GoAsync(run, before, work), CancellationToken.None);
        }

        try
        {
            await ended.WaitAsync(Patience, time, gone);
        }
        catch (TimeoutException)
        {
            // It goes on; the page shows how far it is.
        }

        return run.Now;
    }

    /// <summary>Where an import stands; null: there is none of this id, or it ended long ago.</summary>
    public ImportRun? Find(string id) => id is not null && runs.TryGetValue(id, out var run) ? run.Now : null;

    /// <summary>Stops one that is on its way.</summary>
    /// <returns>False: there is nothing left to stop.</returns>
    public bool Stop(string id) => id is not null && runs.TryGetValue(id, out var run) && run.Stop();

    private async Task GoAsync(Run run, Task before, Func<Action<ImportProgress>, CancellationToken, Task<(ImportLook? Look, ActResult? Result)>> work)
    {
        using var stop = new CancellationTokenSource();
        run.MayStopBy(stop);
        try
        {
            await before;
            stop.Token.ThrowIfCancellationRequested();
            var (look, result) = await work(run.Tell, stop.Token);
            run.End(look is not null ? ImportStage.Looked : result is { Ok: true } ? ImportStage.Applied : ImportStage.Refused, look, result);
        }
        catch (OperationCanceledException)
        {
            run.End(ImportStage.Stopped, null, null);
        }
        catch (Exception failure)
        {
            // Nobody waits for it any more who could be told otherwise.
            run.End(ImportStage.Failed, null, null);
            Failed?.Invoke(failure);
        }
    }

    private sealed class Run(ImportRun begun, long number)
    {
        private readonly Lock gate = new();
        private volatile ImportRun now = begun;
        private CancellationTokenSource? stop;

        public ImportRun Now => now;

        public long Number => number;

        public void MayStopBy(CancellationTokenSource source)
        {
            lock (gate)
            {
                stop = source;
            }
        }

        public void Tell(ImportProgress progress) => now = now with { Stage = progress.Stage, Done = progress.Done, Of = progress.Of };

        public bool Stop()
        {
            lock (gate)
            {
                stop?.Cancel();
                return stop is not null;
            }
        }

        public void End(ImportStage stage, ImportLook? look, ActResult? result)
        {
            lock (gate)
            {
                stop = null;
                now = now with { Stage = stage, Look = look, Result = result };
            }
        }
    }
}
