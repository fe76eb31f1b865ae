using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace RoomGuard.Bridge.Broker;

/// <summary>What the broker measures of itself. Labels are closed lists: no client, user or topic ever becomes one.</summary>
/// <remarks>The broker's thread counts into plain fields, since a message must cost as little as it can; whoever reads them may be a moment behind.</remarks>
public sealed class BrokerMeters : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "RoomGuard.Bridge.Broker";

    private readonly Meter meter;
    private readonly ConcurrentDictionary<string, long> dropped = new();
    private readonly ConcurrentDictionary<string, long> refused = new();

    /// <summary>Instruments with nothing measured yet.</summary>
    /// <param name="name">Another name than <see cref="Name"/> is not shown anywhere.</param>
    public BrokerMeters(string name = Name)
    {
        meter = new(name);
        meter.CreateObservableGauge("roomguard_mqtt_connections", () => Connections, description: "Clients connected to the embedded broker, those not yet accepted included.");
        meter.CreateObservableGauge("roomguard_mqtt_kept_sessions", () => KeptSessions, description: "Sessions that outlive their connection.");
        meter.CreateObservableGauge("roomguard_mqtt_queued", () => Queued, description: "QoS 1 and 2 messages that wait for their client.");
        meter.CreateObservableGauge("roomguard_mqtt_retained", () => Retained, description: "Topics with a retained message.");
        meter.CreateObservableGauge("roomguard_mqtt_store_healthy", () => StoreHealthy ? 1 : 0, description: "1 while what clients are promised can be written down; 0 while nothing is acknowledged because it cannot.");
        meter.CreateObservableCounter("roomguard_mqtt_received", () => Received, description: "Messages clients published.");
        meter.CreateObservableCounter("roomguard_mqtt_sent", () => Sent, description: "Messages sent to clients.");
        meter.CreateObservableCounter("roomguard_mqtt_dropped", () => By(dropped), description: "Messages that reached somebody not, by why. Only QoS 0, and what its receiver or its expiry ruled out.");
        meter.CreateObservableCounter("roomguard_mqtt_refused", () => By(refused), description: "Clients, messages and subscriptions that were refused, by why.");
    }

    /// <summary>Clients connected.</summary>
    public int Connections { get; internal set; }

    /// <summary>Sessions that outlive their connection.</summary>
    public int KeptSessions { get; internal set; }

    /// <summary>Messages that wait for their client.</summary>
    public long Queued { get; internal set; }

    /// <summary>Topics with a retained message.</summary>
    public int Retained { get; internal set; }

    /// <summary>Messages clients published.</summary>
    public long Received { get; internal set; }

    /// <summary>Messages sent to clients.</summary>
    public long Sent { get; internal set; }

    /// <summary>False while the store cannot be written.</summary>
    public bool StoreHealthy { get; internal set; } = true;

    /// <summary>How often something was refused for this reason.</summary>
    public long RefusedFor(string why) => refused.GetValueOrDefault(why);

    /// <summary>How often a message was dropped for this reason.</summary>
    public long DroppedFor(string why) => dropped.GetValueOrDefault(why);

    /// <summary>All refusals.</summary>
    public long RefusedInAll => refused.Values.Sum();

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    internal void Drop(string why, long count = 1) => dropped.AddOrUpdate(why, count, (_, before) => before + count);

    internal void Refuse(string why) => refused.AddOrUpdate(why, 1, (_, before) => before + 1);

    private static IEnumerable<Measurement<long>> By(ConcurrentDictionary<string, long> counts) =>
        counts.Select(pair => new Measurement<long>(pair.Value, new KeyValuePair<string, object?>("reason", pair.Key)));
}
