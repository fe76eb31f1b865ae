using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace RoomGuard.Evidence;

/// <summary>
/// Lets many write one log: whatever waits is written in one transaction, so that a hundred writers share one flush. Entries get their numbers in
/// the order they were taken.
/// </summary>
/// <remarks>
/// It owns the appends of its log from then on, on a thread of its own, since a flush blocks. The queue is bounded and callers wait when it is
/// full; nothing is dropped. After a failed write it opens the log again before the next group, and tells the failure to everyone whose
/// entries were in the failed one.
/// </remarks>
public sealed class GroupCommit : IAsyncDisposable
{
    private readonly EvidenceLog log;
    private readonly int largestGroup;
    private readonly Channel<Waiting> queue;
    private readonly Task writing;
    private bool mustReopen;

    /// <summary>Begins to serve writers of <paramref name="log"/>, which stays the caller's to dispose.</summary>
    /// <param name="log">Nobody else appends to it any more.</param>
    /// <param name="queueLength">Appends that may wait; at about 1 kB each the default keeps a few megabytes at most.</param>
    /// <param name="largestGroup">Entries in one transaction; more gain little and make the last one wait.</param>
    public GroupCommit(EvidenceLog log, int queueLength = 4096, int largestGroup = 512)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(largestGroup);
        this.log = log;
        this.largestGroup = largestGroup;
        queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(queueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        writing = Task.Factory.StartNew(WriteAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Appends that wait now.</summary>
    public int Waits => queue.Reader.Count;

    /// <summary>Told after each group: how many entries it held and how long it took to become durable. For metrics; called on the writing thread.</summary>
    public Action<int, TimeSpan>? GroupWritten { get; set; }

    /// <summary>Writes entries durably, together with whatever else waits. The task ends when they are on the medium.</summary>
    /// <param name="entries">In the order they get their numbers, next to each other.</param>
    /// <param name="stop">Heeded until the entries' turn has come; a cancelled append was not written, one already begun is finished.</param>
    /// <param name="sameTransaction">Writes views into the same transaction; what it throws undoes these entries alone and is thrown on.</param>
    /// <exception cref="ArgumentException">An entry that cannot be written: kind, source, payload.</exception>
    /// <exception cref="EvidenceWriteException">Not durable; may be tried again.</exception>
    public async Task<ImmutableArray<StoredEntry>> AppendAsync(
        IReadOnlyList<NewEntry> entries,
        CancellationToken stop,
        Action<SqliteConnection, ImmutableArray<StoredEntry>>? sameTransaction = null)
    {
        var waiting = new Waiting(log.Prepare(entries, sameTransaction), stop);
        await queue.Writer.WriteAsync(waiting, stop);
        return await waiting.Done.Task;
    }

    /// <summary>Writes what waits, then ends. Later appends are refused.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await writing;
    }

    private void WriteAll()
    {
        var group = new List<Waiting>();
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            Take(group);
            if (group.Count > 0)
            {
                WriteGroup(group);
                group.Clear();
            }

            if (queue.Reader.Count == 0)
            {
                TidyUp();
            }
        }
    }

    private void Take(List<Waiting> group)
    {
        for (var entries = 0; entries < largestGroup && queue.Reader.TryRead(out var waiting);)
        {
            if (waiting.Stop.IsCancellationRequested)
            {
                waiting.Done.TrySetCanceled(waiting.Stop);
                continue;
            }

            group.Add(waiting);
            entries += waiting.Append.Drafts.Length;
        }
    }

    private void WriteGroup(List<Waiting> group)
    {
        try
        {
            if (mustReopen)
            {
                log.Reopen();
                mustReopen = false;
            }

            var begun = log.Time.GetTimestamp();
            log.Write([.. group.Select(waiting => waiting.Append)]);
            GroupWritten?.Invoke(group.Sum(waiting => waiting.Append.Drafts.Length), log.Time.GetElapsedTime(begun));
        }
        catch (Exception failure)
        {
            // Everyone whose entries were in the group has to know; who throws what is theirs to decide, so nothing is swallowed here.
            mustReopen = true;
            foreach (var waiting in group)
            {
                waiting.Done.TrySetException(failure);
            }

            return;
        }

        foreach (var waiting in group)
        {
            if (waiting.Append.Failure is { } own)
            {
                waiting.Done.TrySetException(own.SourceException);
            }
            else
            {
                waiting.Done.TrySetResult(waiting.Append.Stored);
            }
        }
    }

    private void TidyUp()
    {
        try
        {
            log.Maintain();
        }
        catch (EvidenceWriteException)
        {
            // The entries are safe in the write-ahead log; if the medium is really ill the next append says so to someone who waits.
            mustReopen = true;
        }
    }

    private sealed record Waiting(EvidenceLog.PendingAppend Append, CancellationToken Stop)
    {
        internal TaskCompletionSource<ImmutableArray<StoredEntry>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
