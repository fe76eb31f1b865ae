using System.Threading.Channels;
using RoomGuard.Bridge.Journal;
using RoomGuard.Core.Panels;

namespace RoomGuard.Bridge.Uplink;

/// <summary>The shell around <see cref="OrderFlow"/>: keeps the order stream open and carries out what comes.</summary>
public sealed class OrderUplink(OrderFlow flow, OrderDesk desk, IServiceLink link, JournalEpoch epoch, GrowingWait reconnect, GrowingWait refetch, TimeProvider time, ILogger<OrderUplink> log)
    : BackgroundService
{
    private static readonly TimeSpan LongestFetch = TimeSpan.FromMinutes(10);

    private readonly long started = time.GetTimestamp();

    private TimeSpan Now => time.GetElapsedTime(started);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (Exception broken) when (broken is ServiceLinkException or IOException)
            {
                log.OrdersEnded(broken.Message);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            flow.Broken();
            await Task.Delay(reconnect.Next(), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One life of the stream. Reading goes on while a list is fetched, so that a suspension never waits for one.</summary>
    private async Task FollowAsync(CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var listCame = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        var fetching = FetchAsync(listCame.Reader, ended.Token);
        try
        {
            await foreach (var news in link.OrdersAsync(flow.Done, ended.Token))
            {
                reconnect.Reset();
                if (!flow.Seen(news, Now))
                {
                    listCame.Writer.TryWrite(true);
                }
                else if (await desk.CarryOutAsync(news))
                {
                    Settle(news);
                }
            }
        }
        finally
        {
            await ended.CancelAsync();
            await fetching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FetchAsync(ChannelReader<bool> listCame, CancellationToken stop)
    {
        await foreach (var _ in listCame.ReadAllAsync(stop))
        {
            while (flow.ListWaits)
            {
                var wait = flow.ListDueAt - Now;
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, time, stop);
                }
                else if (flow.ListDue(Now) is { } due && !await TakeAsync(due, stop))
                {
                    await Task.Delay(refetch.Next(), time, stop);
                }
            }
        }
    }

    private async Task<bool> TakeAsync(GrantListNews due, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(LongestFetch);
        try
        {
            if (!await desk.TakeListAsync(due, link, limit.Token))
            {
                return false;
            }

            Settle(due);
            refetch.Reset();
            return true;
        }
        catch (ServiceLinkException failed)
        {
            log.ListNotFetched(due.Version, failed.Message);
            return false;
        }
    }

    private void Settle(OrderNews news)
    {
        flow.Settled(news);
        try
        {
            epoch.OrdersDone(flow.Done);
        }
        catch (IOException full)
        {
            // The order comes again after the next start and is known by its number.
            log.MarkNotKept(full.Message);
        }
    }
}
