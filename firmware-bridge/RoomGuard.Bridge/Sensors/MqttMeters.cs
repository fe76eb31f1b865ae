using System.Diagnostics.Metrics;

namespace RoomGuard.Bridge.Sensors;

/// <summary>Measurements of the brokers that are listened to, read from what their board keeps anyway. No topic becomes a label: their number has no limit.</summary>
public sealed class MqttMeters : IDisposable
{
    private readonly Meter meter = new("RoomGuard.Bridge.MqttSources");
    private readonly MqttBoard board;

    /// <summary>Begins to measure.</summary>
    public MqttMeters(MqttBoard board)
    {
        this.board = board;
        meter.CreateObservableGauge(
            "roomguard_mqtt_source_connected", () => board.All.Select(source => new Measurement<int>(source.Condition == MqttCondition.Connected ? 1 : 0, Tag(source))), description: "1 while the broker accepts us, else 0, by source.");
        Observe("roomguard_mqtt_source_connections", "How often the broker accepted us, by source.", counts => counts.Connections);
        Observe("roomguard_mqtt_source_failures", "Links that were not made, or ended by themselves, by source.", counts => counts.Failures);
        Observe("roomguard_mqtt_source_sessions_lost", "Reconnects at which the broker had not kept the session, by source.", counts => counts.SessionsLost);
        Observe("roomguard_mqtt_source_messages", "Messages handed over, by source.", counts => counts.Messages);
        Observe("roomguard_mqtt_source_messages_retained", "Of these, old ones kept by the broker, by source.", counts => counts.Retained);
        Observe("roomguard_mqtt_source_messages_repeated", "Of these, marked as perhaps told before, by source.", counts => counts.Repeated);
        Observe("roomguard_mqtt_source_messages_unasked", "Messages on topics no subscription takes, by source.", counts => counts.Unasked);
        Observe("roomguard_mqtt_source_message_faults", "Messages refused because the program failed at them, by source.", counts => counts.Faults);
        Observe("roomguard_mqtt_source_published", "Messages of ours the broker took over, by source.", counts => counts.Published);
        Observe("roomguard_mqtt_source_publish_refused", "Messages of ours it refused, by source.", counts => counts.PublishRefused);
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    private static KeyValuePair<string, object?> Tag(MqttSourceNow source) => new("source", source.Source);

    private void Observe(string name, string help, Func<MqttCounts, long> count) =>
        meter.CreateObservableCounter(name, () => board.All.Select(source => new Measurement<long>(count(source.Counts), Tag(source))), description: help);
}
