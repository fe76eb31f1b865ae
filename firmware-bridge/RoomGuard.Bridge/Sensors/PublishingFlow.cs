using RoomGuard.Wire.Mqtt;

namespace RoomGuard.Bridge.Sensors;

/// <summary>What of everything has to be told now. Knows the time only by being told, sends nothing.</summary>
/// <remarks>All of it after each connection, since nobody knows what the broker kept; then what has changed; and readings in their pace, changed or not.</remarks>
public sealed class PublishingFlow(TimeSpan pace)
{
    private readonly Dictionary<string, (Telling Telling, TimeSpan At)> told = new(StringComparer.Ordinal);
    private long lastConnection;

    /// <summary>Tells what is due, in order.</summary>
    /// <param name="connection">Which connection stands; another than the last begins anew.</param>
    /// <param name="publish">False: no more can be taken now; the rest is told next time.</param>
    /// <returns>How many were told.</returns>
    public int Tell(TimeSpan now, long connection, IEnumerable<Telling> all, Func<PublishPacket, bool> publish)
    {
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(publish);
        if (connection != lastConnection)
        {
            lastConnection = connection;
            told.Clear();
        }

        var count = 0;
        foreach (var telling in all.Where(telling => IsDue(telling, now)))
        {
            if (!publish(PublishPacket.Of(telling.Topic, telling.Payload, telling.Fresh ? MqttQos.AtMostOnce : MqttQos.AtLeastOnce, retain: !telling.Fresh)))
            {
                break;
            }

            told[telling.Topic] = (telling, now);
            count++;
        }

        return count;
    }

    private bool IsDue(Telling telling, TimeSpan now) =>
        !told.TryGetValue(telling.Topic, out var last)
        || (telling.Fresh ? now - last.At >= pace : !last.Telling.Payload.Span.SequenceEqual(telling.Payload.Span));
}
