using System.Runtime.CompilerServices;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Equipment;
using RoomGuard.Dashboard.Sheets;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;

namespace RoomGuard.Service.Equipment;

/// <summary>
/// Lists of the 機器台帳 on their way out, one after the other, each in a file of a folder that only the service's account opens. A file is there for half an hour, for who
/// began it; no start finds one of the run before (ADR 0020).
/// </summary>
/// <remarks>In files and not in memory: eight lists of a whole register would be more than the service may take (docs/performance.md).</remarks>
public sealed partial class AssetExport : IAssetExport, IDisposable
{
    /// <summary>Runs one person may have, at their end or on their way.</summary>
    public const int MostOfOne = 2;

    /// <summary>Runs of everybody.</summary>
    public const int MostOfAll = 8;

    /// <summary>How long a file is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(30);

    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // A short list is done before a person would see that anything went on.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly string folder;
    private readonly AssetDesk desk;
    private readonly AuthorityGuard guard;
    private readonly TimeProvider time;
    private readonly Func<int, byte[]> randomBytes;
    private readonly Lock gate = new();
    private readonly Dictionary<string, OneRun> runs = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim turn = new(1, 1);
    private long begun;

    public AssetExport(string folder, AssetDesk desk, AuthorityGuard guard, TimeProvider time, Func<int, byte[]> randomBytes)
    {
        (this.folder, this.desk, this.guard, this.time, this.randomBytes) = (folder, desk, guard, time, randomBytes);
        Clear(folder);
    }

    /// <summary>Most bytes of a file: a full disk would keep the record from being written.</summary>
    public long LargestFile { get; init; } = 256L << 20;

    /// <summary>Told what ended a list that should not have ended; the page says no more than that nothing is left of it.</summary>
    public Action<Exception>? Failed { get; set; }

    /// <summary>For <see cref="Failed"/>: one line of the program's log.</summary>
    [LoggerMessage(2522, LogLevel.Error, "A list that was written out broke off; nothing of it is left")]
    public static partial void LogFailure(ILogger log, Exception failure);

    /// <summary>Takes away what an earlier run of the service left, and makes the folder for the owner alone.</summary>
    public static void Clear(string folder)
    {
        _ = Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var left in Directory.EnumerateFiles(folder))
        {
            File.Delete(left);
        }
    }

    /// <inheritdoc/>
    public async Task<(ExportRun? Run, ActResult? Refused)> Begin(AssetExportOrder order, Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(by);
        if (await guard.Objection(by, PageAct.SeeEquipment, ActSubject.None, "R-LIFE-01", order.Address, gone) is { } refusal)
        {
            return (null, ActResult.NotAllowed(refusal));
        }

        OneRun run;
        lock (gate)
        {
            if (Room(by.Person) is { } full)
            {
                return (null, full);
            }

            var id = Convert.ToHexStringLower(randomBytes(16));
            run = new(new(id, order.FileName, order.MediaType, ExportStage.Waits, 0, 0, 0, "", null), by.Person, ++begun, Path.Combine(folder, id));
            runs[id] = run;
        }

        run.Ended = Task.Run(() => GoAsync(run, order, by), CancellationToken.None);
        await WaitAsync(run, gone);
        return (run.Now, null);
    }

    /// <inheritdoc/>
    public ExportRun? Run(string id, Actor by) => Found(id, by)?.Now;

    /// <inheritdoc/>
    public async Task<ActResult> Stop(string id, Actor by, CancellationToken gone)
    {
        if (await guard.Objection(by, PageAct.SeeEquipment, ActSubject.None, "R-LIFE-01", "", gone) is { } refusal)
        {
            return ActResult.NotAllowed(refusal);
        }

        if (Found(id, by) is not { } run || !run.Stop())
        {
            return ActResult.Refused("id", FieldFault.Unknown, id);
        }

        await WaitAsync(run, gone);
        return ActResult.Done(id);
    }

    /// <inheritdoc/>
    public Stream? Open(string id, Actor by)
    {
        if (Found(id, by) is not { Now: { Stage: ExportStage.Done, Until: { } until } } run || until <= time.GetUtcNow())
        {
            return null;
        }

        try
        {
            return new FileStream(run.Path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read | FileShare.Delete, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        }
        catch (FileNotFoundException)
        {
            // Its time was over just now.
            return null;
        }
    }

    /// <summary>Stops what is on its way and leaves no file.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            foreach (var run in runs.Values.ToList())
            {
                _ = run.Stop();
                Forget(run);
            }
        }
    }

    private async Task WaitAsync(OneRun run, CancellationToken gone)
    {
        try
        {
            await run.Ended.WaitAsync(Patience, time, gone);
        }
        catch (TimeoutException)
        {
            // It goes on; the page shows how far it is.
        }
    }

    private OneRun? Found(string id, Actor by)
    {
        lock (gate)
        {
            // A right that was taken away meanwhile takes the file away too.
            return id is not null && runs.TryGetValue(id, out var run) && run.By == by.Person && DeskGate.Open(by, PageAct.SeeEquipment) ? run : null;
        }
    }

    // Makes room for one more: what a person had before gives way to what they want now, but nobody's file gives way to another person's.
    private ActResult? Room(PersonId person)
    {
        foreach (var over in runs.Values.Where(run => run.Now is { Running: false } now && (now.Stage is not ExportStage.Done || now.Until <= time.GetUtcNow())).ToList())
        {
            // What a person is still told of their own newest run stays, unless room is needed.
            if (runs.Count >= MostOfAll || over.By == person)
            {
                Forget(over);
            }
        }

        while (runs.Values.Count(run => run.By == person) >= MostOfOne)
        {
            if (runs.Values.Where(run => run.By == person && !run.Now.Running).MinBy(run => run.Number) is not { } oldest)
            {
                return ActResult.Refused("", FieldFault.ExportsFull, $"{MostOfOne}");
            }

            Forget(oldest);
        }

        return runs.Count >= MostOfAll ? ActResult.Refused("", FieldFault.ExportsBusy, $"{MostOfAll}") : null;
    }

    private void Forget(OneRun run)
    {
        lock (gate)
        {
            _ = runs.Remove(run.Now.Id);
        }

        run.Ends?.Dispose();
        Remove(run.Path);
    }

    private void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            // The next start takes it away; until then nobody is handed it, for its run is forgotten.
            Failed?.Invoke(kept);
        }
    }

    private async Task GoAsync(OneRun run, AssetExportOrder order, Actor by)
    {
        using var stop = new CancellationTokenSource();
        run.MayStopBy(stop);
        var end = ExportStage.Failed;
        try
        {
            await turn.WaitAsync(stop.Token);
            try
            {
                await WriteAsync(run, order, by, stop.Token);
                end = ExportStage.Done;
            }
            finally
            {
                _ = turn.Release();
            }
        }
        catch (OperationCanceledException)
        {
            end = ExportStage.Stopped;
        }
        catch (TooLargeException)
        {
            end = ExportStage.TooLarge;
        }
        catch (Exception failure)
        {
            // Nobody waits for it any more who could be told otherwise.
            Failed?.Invoke(failure);
        }

        if (end is not ExportStage.Done)
        {
            Remove(run.Path);
            run.End(now => now with { Stage = end });
        }
    }

    private async Task WriteAsync(OneRun run, AssetExportOrder order, Actor by, CancellationToken stop)
    {
        var of = await desk.Count(order.Query, by, stop);
        run.Tell(now => now with { Stage = ExportStage.Writes, Of = of });
        string sha256;
        long bytes;
        var file = new FileStream(run.Path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerFile, BufferSize = 1 << 16, Options = FileOptions.Asynchronous });
        await using (file)
        {
            await using var digest = new DigestStream(file);
            await order.Write(digest, Told(run, order.Query, by, digest, stop), stop);
            await digest.FlushAsync(stop);
            (sha256, bytes) = (digest.Sha256(), digest.Position);
        }

        // From here on it is an entry: stopping it would leave one of a list that nobody can have. Written before anybody is told that it is there (ADR 0002).
        if (!run.Commit())
        {
            throw new OperationCanceledException();
        }

        await desk.Exported(order.Address, run.Now.Lines, sha256, by, CancellationToken.None);
        run.Ends = time.CreateTimer(_ => Forget(run), null, KeptFor, Timeout.InfiniteTimeSpan);
        run.End(now => now with { Stage = ExportStage.Done, Bytes = bytes, Sha256 = sha256, Until = time.GetUtcNow() + KeptFor });
    }

    private async IAsyncEnumerable<AssetLine> Told(OneRun run, AssetQuery query, Actor by, DigestStream written, [EnumeratorCancellation] CancellationToken stop)
    {
        var lines = 0L;
        await foreach (var line in desk.All(query, by, stop))
        {
            stop.ThrowIfCancellationRequested();
            if (written.Position > LargestFile)
            {
                throw new TooLargeException();
            }

            yield return line;
            var so = ++lines;
            run.Tell(now => now with { Lines = so });
        }
    }

    private sealed class TooLargeException : Exception;

    private sealed class OneRun(ExportRun begun, PersonId by, long number, string path)
    {
        private readonly Lock gate = new();
        private volatile ExportRun now = begun;
        private CancellationTokenSource? stop;
        private bool stopped;
        private bool committed;

        public ExportRun Now => now;

        public PersonId By => by;

        public long Number => number;

        public string Path => path;

        public ITimer? Ends { get; set; }

        public Task Ended { get; set; } = Task.CompletedTask;

        public void MayStopBy(CancellationTokenSource source)
        {
            lock (gate)
            {
                stop = source;
                if (stopped)
                {
                    source.Cancel();
                }
            }
        }

        public void Tell(Func<ExportRun, ExportRun> further) => now = further(now);

        public bool Stop()
        {
            lock (gate)
            {
                if (!now.Running || committed)
                {
                    return false;
                }

                stopped = true;
                stop?.Cancel();
                return true;
            }
        }

        // False: it was stopped before.
        public bool Commit()
        {
            lock (gate)
            {
                committed = !stopped;
                return committed;
            }
        }

        public void End(Func<ExportRun, ExportRun> further)
        {
            lock (gate)
            {
                stop = null;
                now = further(now);
            }
        }
    }
}
