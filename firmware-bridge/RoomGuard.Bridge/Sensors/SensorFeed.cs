using RoomGuard.Bridge.Doors;
using RoomGuard.Core.Climate;

namespace RoomGuard.Bridge.Sensors;

/// <summary>Tells the room what sensors say, over whatever wire it came, and whether the brokers they are heard through can be reached.</summary>
public sealed class SensorFeed : IHostedService
{
    private readonly MqttBoard brokers;
    private readonly IRoom room;
    private readonly Action<MessageWanted> asked;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly Lock gate = new();
    private readonly Dictionary<string, bool> owed = new(StringComparer.Ordinal);

    /// <summary>A feed into this room; <see cref="StartAsync"/> begins to look at the brokers.</summary>
    /// <param name="asked">Publishes what a node must be asked; must not wait.</param>
    public SensorFeed(MqttBoard brokers, IRoom room, Action<MessageWanted> asked, TimeProvider time, ILogger<SensorFeed> log)
    {
        this.brokers = brokers;
        this.room = room;
        this.asked = asked;
        this.time = time;
        this.log = log;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        brokers.Changed += Changed;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        brokers.Changed -= Changed;
        return Task.CompletedTask;
    }

    /// <summary>Takes what came of one message. It ends when the room has judged it and written down what follows, so that its sender is answered no sooner.</summary>
    /// <remarks>
    /// While the journal cannot be written it ends all the same: the room keeps its entries until it can (R-LOG-01), and a sensor held back meanwhile would keep a fire from the doors.
    /// </remarks>
    public async ValueTask TakeAsync(SensorsHeard heard, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(heard);
        stop.ThrowIfCancellationRequested();
        var judged = Task.FromResult(true);
        foreach (var item in heard.News)
        {
            judged = Tell(item) ?? judged;
        }

        // A gateway that lives again is told before what its sensors say.
        foreach (var gateway in heard.Gateways)
        {
            judged = room.PostAsync(new GatewayTold(time.GetUtcNow(), gateway));
        }

        foreach (var report in heard.Reports)
        {
            judged = room.PostAsync(new SensorHeard(time.GetUtcNow(), report));
        }

        // In the order they were posted: with the last all are.
        _ = await judged;
    }

    /// <summary>Takes a report of a wire of our own. Never waits: a room that hangs stops no wire, and what found its queue full is told with the next reading.</summary>
    public void Take(SensorReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        _ = room.TryPost(new SensorHeard(time.GetUtcNow(), report));
        PayOff();
    }

    /// <returns>The entry it became; null: none.</returns>
    private Task<bool>? Tell(SensorNews item)
    {
        switch (item)
        {
            case UnknownSender e:
                log.SenderUnknown(e.Source, e.Sender, e.ClientId ?? "?", e.Count);

                // Who goes on sending is no news: a neighbour's device may do so for ever.
                return e.Count == 1 ? room.RecordAsync(new StrangerNoticed(e.At, e.Source, e.Sender, e.ClientId)) : null;
            case SenderOdd e:
                log.SenderOdd(e.Source, e.SensorId, e.Kind, e.Count, e.Detail);
                return room.RecordAsync(new SenderSuspected(e.At, e.Source, e.SensorId, e.Kind, e.Count, e.Detail));
            case SensorAway e:
                log.SensorAway(e.Source, e.SensorId, e.Away ? "cannot reach" : "reaches again");
                return room.PostAsync(new SensorReachTold(time.GetUtcNow(), e.SensorId, e.Away));
            case SensorOffered e:
                log.SensorOffered(e.Source, e.Label, e.Product, e.Refused ?? "enrol it on the page of the sensors");
                return null;
            case MessageWanted e:
                asked(e);
                return null;
            default:
                throw new System.Diagnostics.UnreachableException($"Nobody tells {item.GetType().Name}.");
        }
    }

    // On the wire's own task: it may not wait for the room.
    private void Changed(MqttSourceNow source)
    {
        lock (gate)
        {
            owed[source.Source] = source.Condition == MqttCondition.Connected;
        }

        PayOff();
    }

    // One at a time, so that the room hears the newest last.
    private void PayOff()
    {
        lock (gate)
        {
            foreach (var (source, alive) in owed)
            {
                var now = time.GetUtcNow();
                if (!room.TryPost(new GatewayTold(now, new(source, now, alive))))
                {
                    return;
                }

                _ = owed.Remove(source);
            }
        }
    }
}

internal static partial class SensorFeedLog
{
    [LoggerMessage(1771, LogLevel.Warning, "Sensors: {Sender} sends at {Source} and is not enrolled; client {Client}, {Count} messages so far")]
    public static partial void SenderUnknown(this ILogger log, string source, string sender, string client, long count);

    [LoggerMessage(1772, LogLevel.Warning, "Sensors: {Sensor} at {Source} behaves oddly ({Kind}, {Count} times): {Detail}")]
    public static partial void SenderOdd(this ILogger log, string source, string sensor, OddKind kind, long count, string detail);

    [LoggerMessage(1773, LogLevel.Information, "Sensors: the gateway at {Source} {Reaches} {Sensor}")]
    public static partial void SensorAway(this ILogger log, string source, string sensor, string reaches);

    [LoggerMessage(1774, LogLevel.Information, "Sensors: {Label} ({Product}) announced itself at {Source}: {What}")]
    public static partial void SensorOffered(this ILogger log, string source, string label, string product, string what);
}
