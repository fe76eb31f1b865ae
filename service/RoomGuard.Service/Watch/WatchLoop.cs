using System.Threading.Channels;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Watch;

/// <summary>
/// Lets one watch look: at once after entries it waits for, and at the latest after its own time. What goes wrong in a look is logged and counted, and looked at again: it takes
/// neither the service nor another watch with it.
/// </summary>
public sealed class WatchLoop : BackgroundService
{
    private readonly IRecordWatch watch;
    private readonly ServiceMeters meters;
    private readonly TimeProvider time;
    private readonly ILogger<WatchLoop> log;
    private readonly Channel<bool> woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Follows the record from now on.</summary>
    public WatchLoop(IRecordWatch watch, ServiceRecord record, ServiceMeters meters, TimeProvider time, ILogger<WatchLoop> log)
    {
        ArgumentNullException.ThrowIfNull(watch);
        ArgumentNullException.ThrowIfNull(record);
        (this.watch, this.meters, this.time, this.log) = (watch, meters, time, log);
        record.Follow(items =>
        {
            if (items.Any(item => item.Event is { } happened && watch.Wakes(happened)))
            {
                _ = woken.Writer.TryWrite(true);
            }
        });
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var begun = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var well = false;
            try
            {
                if (!begun)
                {
                    await watch.BeginAsync(stoppingToken);
                    begun = true;
                }

                well = await watch.LookAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failed)
            {
                meters.LookFailed(watch.GetType().Name);
                log.LookFailed(watch.GetType().Name, failed);
            }

            await WaitAsync(well, stoppingToken);
        }
    }

    // What could not be done waits its whole time: an entry that always wakes and always fails must not spin.
    private async Task WaitAsync(bool mayWake, CancellationToken stop)
    {
        using var wait = new CancellationTokenSource(watch.LookEvery, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(wait.Token, stop);
        try
        {
            if (mayWake)
            {
                _ = await woken.Reader.ReadAsync(either.Token);
            }
            else
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, time, either.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // It is time to look, or to stop.
        }
    }
}

/// <summary>How watches come to the service.</summary>
public static class WatchHosting
{
    /// <summary>One watch, looked after as long as the service runs.</summary>
    public static IServiceCollection AddWatch<T>(this IServiceCollection services)
        where T : class, IRecordWatch =>
        services.AddWatch(provider => ActivatorUtilities.CreateInstance<T>(provider));

    /// <summary>One watch that is made by hand.</summary>
    public static IServiceCollection AddWatch(this IServiceCollection services, Func<IServiceProvider, IRecordWatch> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        return services.AddSingleton<IHostedService>(provider => new WatchLoop(
            make(provider), provider.GetRequiredService<ServiceRecord>(), provider.GetRequiredService<ServiceMeters>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<WatchLoop>>()));
    }
}

internal static partial class WatchLog
{
    [LoggerMessage(2290, LogLevel.Error, "{Watch} could not look; it looks again")]
    public static partial void LookFailed(this ILogger log, string watch, Exception failed);
}
