using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using RoomGuard.Core.Record;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Zones;
using RoomGuard.Evidence;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Notices;

/// <summary>
/// The post: takes notices over, lets each channel send its own, and puts into the record what was sent and what was given up. Taken over is what lies in the queue's file; those who hand over at the same time
/// share one flush.
/// </summary>
/// <remarks>
/// A notice is in the record once: it is marked in the queue after its entry is written, and after a kill between the two the end of the record is asked. It may be sent twice only where it is not known
/// what became of a try, and then under the same id.
/// </remarks>
public sealed class NoticePost : BackgroundService, INotices
{
    private const int MostWaitingToEnter = 1024;
    private const int MostRecordedAtOnce = 200;
    private const int TailAsked = 5000;
    private const int LongestId = 120;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(1);

    private readonly NoticeWays ways;
    private readonly ImmutableArray<(ChannelPost Post, Channel<bool> Bell)> posts;
    private readonly NoticeStore store;
    private readonly ServiceRecord record;
    private readonly NoticeMeters meters;
    private readonly TimeProvider time;
    private readonly ILogger<NoticePost> log;
    private readonly Channel<Entering> entering = Channel.CreateBounded<Entering>(new BoundedChannelOptions(MostWaitingToEnter) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly Task writing;
    private readonly Channel<bool> keeper = Bell();
    private bool tailIsAsked;

    /// <summary>A post; notices are taken over from now on, and sent once it was started.</summary>
    public NoticePost(
        NoticeWays ways, IEnumerable<ChannelPost> posts, NoticeStore store, ServiceRecord record, NoticeMeters meters, TimeProvider time, ILogger<NoticePost> log)
    {
        ArgumentNullException.ThrowIfNull(posts);
        (this.ways, this.store, this.record, this.meters, this.time, this.log) = (ways, store, record, meters, time, log);
        this.posts = [.. posts.Select(post => (post, Bell()))];
        writing = Task.Factory.StartNew(TakeOver, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public async ValueTask Enqueue(NoticeDue notice, CancellationToken stop = default) => await Enter(notice, null, stop);

    /// <summary>Takes a test over: for one channel alone, and given up when its first try fails.</summary>
    public Task EnqueueTest(NoticeDue notice, string channel, CancellationToken stop) => Enter(notice, channel, stop);

    /// <summary>Puts ended notices into the record; for one at a time. What cannot be written is tried again later; the notices themselves have gone out.</summary>
    public async Task RecordAsync(CancellationToken stop)
    {
        try
        {
            while (store.Unrecorded(MostRecordedAtOnce) is { IsEmpty: false } ended)
            {
                HashSet<string> known = tailIsAsked ? [] : AlreadyRecorded();
                var fresh = ended.Where(one => !known.Contains(one.Due.NoticeId)).ToList();
                _ = await record.AppendAsync([.. fresh.Select(one => Draft.Of(EventOf(one)))], null, stop);
                store.Recorded(ended.Select(one => one.Due.NoticeId));
                if (fresh.Count(one => one.State == NoticeState.GivenUp) is > 0 and var lost)
                {
                    meters.GivenUp(lost);
                    log.GivenUp(lost);
                }
            }

            tailIsAsked = true;
        }
        catch (EvidenceWriteException)
        {
            // The record tells its trouble itself.
            log.NotRecorded();
        }
    }

    /// <summary>Gives notices whose channel the settings no longer have another one.</summary>
    public void Sort()
    {
        var now = time.GetUtcNow();
        var waiting = store.Waiting(int.MaxValue);
        ImmutableArray<QueuedNotice> moved =
        [
            .. waiting.Select(one => new NoticeRoute([.. ways.Of(one.Due.ContactId).Select(way => way.Channel)], default, default).Anew(one, now)).Where((one, at) => one != waiting[at]),
        ];
        store.Tried(moved, null, null, wholeChannel: false, now);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        entering.Writer.TryComplete();
        await writing;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        entering.Writer.TryComplete();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host waits for the first await of everybody.
        await Task.Yield();
        Sort();
        await Task.WhenAll([KeepAsync(stoppingToken), .. posts.Select(one => CarryAsync(one.Post, one.Bell.Reader, stoppingToken))]);
    }

    private async Task Enter(NoticeDue notice, string? pinned, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(notice);
        ArgumentException.ThrowIfNullOrWhiteSpace(notice.NoticeId);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(notice.NoticeId.Length, LongestId);
        var one = new Entering(notice, pinned ?? ways.Of(notice.ContactId).FirstOrDefault()?.Channel, pinned is not null);
        await entering.Writer.WriteAsync(one, stop);
        await one.Done.Task;
    }

    private void TakeOver()
    {
        while (entering.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            var group = new List<Entering>();
            while (group.Count < MostWaitingToEnter && entering.Reader.TryRead(out var one))
            {
                group.Add(one);
            }

            try
            {
                foreach (var kind in group.GroupBy(one => one.Pinned))
                {
                    _ = store.Add([.. kind.Select(one => (one.Notice, one.Channel))], time.GetUtcNow(), kind.Key);
                }
            }
            catch (SqliteException failed)
            {
                // Everyone whose notice was in the group has to know; that is who tries again.
                log.NotTaken(failed);
                var told = new IOException($"The notice could not be written: {failed.Message}", failed);
                group.ForEach(one => one.Done.TrySetException(told));
                continue;
            }

            group.ForEach(one => one.Done.TrySetResult());
            Ring();
        }
    }

    private static Channel<bool> Bell() => Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private void Ring()
    {
        _ = keeper.Writer.TryWrite(true);
        foreach (var (_, bell) in posts)
        {
            _ = bell.Writer.TryWrite(true);
        }
    }

    private async Task CarryAsync(ChannelPost post, ChannelReader<bool> bell, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            TimeSpan? rest;
            try
            {
                rest = await post.StepAsync(stop);
            }
            catch (SqliteException failed)
            {
                // What was sent and could not be written down goes out again, under its id.
                log.NotWritten(post.Name, failed);
                rest = BetweenLooks;
            }

            if (rest == TimeSpan.Zero)
            {
                // Something moved: to the record, or to another channel.
                Ring();
            }
            else
            {
                await RestAsync(bell, rest, stop);
            }
        }
    }

    private async Task KeepAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await RecordAsync(stop);
            _ = store.Prune(time.GetUtcNow());
            await RestAsync(keeper.Reader, BetweenLooks, stop);
        }
    }

    private async Task RestAsync(ChannelReader<bool> bell, TimeSpan? rest, CancellationToken stop)
    {
        using var over = new CancellationTokenSource(rest ?? Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, stop);
        try
        {
            _ = await bell.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The rest is over.
        }
    }

    private HashSet<string> AlreadyRecorded() =>
    [
        .. record.Read(Math.Max(0, record.Size - TailAsked), TailAsked).Select(RecordViews.ItemOf).Select(item => item.Event switch
        {
            NoticeSent sent => sent.Notice,
            NoticeGivenUp lost => lost.Notice,
            _ => null,
        }).OfType<string>(),
    ];

    private RecordedEvent EventOf(QueuedNotice one)
    {
        var (due, zone, at) = (one.Due, one.Due.ZoneId is { } id ? new ZoneId(id) : (ZoneId?)null, one.EndedAt ?? time.GetUtcNow());
        return one.State == NoticeState.Sent
            ? new NoticeSent(at, due.NoticeId, due.AlarmId, due.Kind, zone, due.Level, due.Cause, due.ContactId, one.Channel!, one.Bundle, one.Tries)
            : new NoticeGivenUp(at, due.NoticeId, due.AlarmId, due.Kind, zone, due.Level, due.Cause, due.ContactId, one.Channel, one.Tries, one.Why ?? "");
    }

    private sealed record Entering(NoticeDue Notice, string? Channel, bool Pinned)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>The post of a site that tells nobody outside: its settings name no notices. The alarms stand on the pages.</summary>
public sealed class NoPost : INotices
{
    /// <inheritdoc/>
    public ValueTask Enqueue(NoticeDue notice, CancellationToken stop) => ValueTask.CompletedTask;
}

internal static partial class NoticeLog
{
    [LoggerMessage(2601, LogLevel.Error, "{Count} notices were given up: no channel took them")]
    public static partial void GivenUp(this ILogger log, int count);

    [LoggerMessage(2602, LogLevel.Error, "A notice could not be taken over. Look at the space on the disk")]
    public static partial void NotTaken(this ILogger log, Exception failed);

    [LoggerMessage(2603, LogLevel.Error, "Channel {Channel}: what became of a notice could not be written down; it may go out again")]
    public static partial void NotWritten(this ILogger log, string channel, Exception failed);

    [LoggerMessage(2604, LogLevel.Error, "Notices that went out could not be recorded; they are recorded later")]
    public static partial void NotRecorded(this ILogger log);

    [LoggerMessage(2605, LogLevel.Error, "The queue of notices was damaged. It is kept as {Aside}, and an empty one begins. Notices that waited in it are lost: look at the alarms of that time")]
    public static partial void QueuePutAside(this ILogger log, string aside);

    [LoggerMessage(2606, LogLevel.Warning, "Heartbeat to {Channel} failed: {Why}")]
    public static partial void BeatFailed(this ILogger log, string channel, string why);

    [LoggerMessage(2607, LogLevel.Information, "Heartbeat to {Channel} arrives again")]
    public static partial void BeatBack(this ILogger log, string channel);
}
