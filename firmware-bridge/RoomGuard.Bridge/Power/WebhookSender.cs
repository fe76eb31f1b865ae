using System.Collections.Frozen;
using System.Collections.Immutable;
using RoomGuard.Bridge.Doors;
using RoomGuard.Core.Power;

namespace RoomGuard.Bridge.Power;

/// <summary>
/// Posts to the receivers of the settings and to nobody else (R-NET-05). Each has a task of its own: one that hangs delays no other, and never the room, which
/// only leaves its orders here.
/// </summary>
public sealed class WebhookSender : BackgroundService
{
    // A receiver that starts again is back within seconds; one that is down for long is not asked more often than this.
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly FrozenDictionary<string, WebhookLane> lanes;
    private readonly ILogger<WebhookSender> log;

    /// <summary>A sender to these receivers.</summary>
    /// <param name="lines">How a receiver is reached; the usual way is <see cref="WebhookLine"/>. Disposed with the sender.</param>
    /// <param name="chance">From the composition root; each receiver gets a chance of its own from it, since their tasks run side by side.</param>
    public WebhookSender(
        ImmutableArray<WebhookSettings> webhooks, Func<WebhookSettings, IWebhookLine> lines, IRoomInbox room, Random chance, TimeProvider time, ILogger<WebhookSender> log)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(chance);
        this.log = log;
        lanes = webhooks.ToFrozenDictionary(webhook => webhook.Name, webhook => new WebhookLane(webhook, lines(webhook), FlowOf(new(chance.Next())), room, time, log), StringComparer.Ordinal);
    }

    /// <summary>A message is owed. Never waits; called on the room's own thread.</summary>
    public void Post(WebhookCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (lanes.TryGetValue(call.Webhook, out var lane))
        {
            lane.Begin(call);
        }
        else
        {
            log.NoSuchWebhook(call.Webhook);
        }
    }

    /// <summary>A message is no use any more: it is not posted again, and a try under way is broken off. Never waits.</summary>
    public void Cease(string webhook, string id)
    {
        if (lanes.TryGetValue(webhook, out var lane))
        {
            lane.Cease(id);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var lane in lanes.Values)
        {
            lane.Dispose();
        }

        base.Dispose();
    }

    private static WebhookFlow FlowOf(Random chance) => new(() => new(FirstWait, LongestWait, chance));

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(lanes.Values.Select(lane => lane.RunAsync(stoppingToken)));
}

/// <summary>The shell around one receiver's <see cref="WebhookFlow"/>: it owns the line and the clock, and decides nothing.</summary>
internal sealed class WebhookLane : IDisposable
{
    private static readonly TimeSpan RoomIsBusy = TimeSpan.FromSeconds(1);

    private readonly WebhookSettings settings;
    private readonly IWebhookLine line;
    private readonly WebhookFlow flow;
    private readonly IRoomInbox room;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly long started;
    private readonly Lock gate = new();
    private readonly SemaphoreSlim changed = new(0, 1);
    private (string Id, CancellationTokenSource End)? underWay;
    private Task breakingOff = Task.CompletedTask;

    public WebhookLane(WebhookSettings settings, IWebhookLine line, WebhookFlow flow, IRoomInbox room, TimeProvider time, ILogger log)
    {
        this.settings = settings;
        this.line = line;
        this.flow = flow;
        this.room = room;
        this.time = time;
        this.log = log;
        started = time.GetTimestamp();
    }

    private TimeSpan Now => time.GetElapsedTime(started);

    public void Begin(WebhookCall call)
    {
        lock (gate)
        {
            flow.Begin(call, Now);
        }

        Wake();
    }

    public void Cease(string id)
    {
        lock (gate)
        {
            flow.Cease(id);
            if (underWay is { } one && one.Id == id)
            {
                // Not on this thread: it is the room's.
                breakingOff = one.End.CancelAsync();
            }
        }

        Wake();
    }

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                // The room's thread waits at this gate: nothing under it takes longer than a look at a short list.
                using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
                WebhookStep step;
                lock (gate)
                {
                    step = flow.Next(Now);
                    underWay = step is SendWebhook { Call.Id: var id } ? (id, end) : null;
                }

                switch (step)
                {
                    case SendWebhook send:
                        await SendAsync(send, end, stop);
                        break;
                    case RestWebhook { Until: { } until }:
                        _ = await changed.WaitAsync(Max(until - Now), stop);
                        break;
                    default:
                        await changed.WaitAsync(stop);
                        break;
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The program ends; what was not taken is in the room's snapshot and is posted after the next start.
        }
    }

    public void Dispose()
    {
        line.Dispose();
        changed.Dispose();
    }

    private static TimeSpan Max(TimeSpan rest) => rest < TimeSpan.Zero ? TimeSpan.Zero : rest;

    private async Task SendAsync(SendWebhook send, CancellationTokenSource end, CancellationToken stop)
    {
        WebhookAnswer answer;
        try
        {
            answer = await line.PostAsync(send.Call, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Ceased, or the program ends: nobody waits for what this try came to.
            return;
        }
        finally
        {
            Task broken;
            lock (gate)
            {
                (underWay, broken) = (null, breakingOff);
            }

            await broken;
        }

        var (id, name, tryNo) = (send.Call.Id, settings.Name, send.TryNo);
        if (answer is { Status: { } status, Fault: null })
        {
            lock (gate)
            {
                flow.Taken(id);
            }

            log.WebhookTaken(name, id, status, tryNo);
            while (!room.TryPost(new WebhookTaken(time.GetUtcNow(), id, status, tryNo)))
            {
                await Task.Delay(RoomIsBusy, time, stop);
            }
        }
        else
        {
            lock (gate)
            {
                flow.Missed(id, Now);
            }

            log.WebhookMissed(name, id, answer.Fault!, tryNo);
            _ = room.TryPost(new WebhookMissed(time.GetUtcNow(), id, tryNo, answer.Fault!));
        }
    }

    private void Wake()
    {
        // Full means awake already.
        if (changed.CurrentCount == 0)
        {
            try
            {
                _ = changed.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else was quicker.
            }
        }
    }
}

internal static partial class WebhookLog
{
    [LoggerMessage(6104, LogLevel.Information, "Webhook {Name} took {Id}: it answered {Status} at try {Tries}")]
    public static partial void WebhookTaken(this ILogger log, string name, string id, int status, int tries);

    [LoggerMessage(6105, LogLevel.Warning, "Webhook {Name} did not take {Id}: {Why} (try {Tries}). It is tried again while its stage lasts")]
    public static partial void WebhookMissed(this ILogger log, string name, string id, string why, int tries);

    [LoggerMessage(6106, LogLevel.Error, "There is no webhook {Name}. Add it under power.webhooks of the settings")]
    public static partial void NoSuchWebhook(this ILogger log, string name);
}
