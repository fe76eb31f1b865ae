namespace RoomGuard.Bridge.Sensors;

/// <summary>One message that came by MQTT, from a broker of the settings or over our own. Not yet understood, not yet believed.</summary>
/// <param name="Source">The broker's name in the settings.</param>
/// <param name="Topic">Without wildcards, never empty.</param>
/// <param name="Payload">Bytes of its own: they may be kept. As long as its sender made them, up to the source's largest packet.</param>
/// <param name="Retained">The last thing said on the topic, of unknown age: it shows something, and proves nothing.</param>
/// <param name="Duplicate">The broker says that it may have told this before.</param>
/// <param name="QoS">0, 1 or 2.</param>
/// <param name="ClientId">Who published it, where we are the broker; null from a foreign one, which does not tell.</param>
/// <param name="At">When it arrived, by our clock.</param>
public readonly record struct MqttMessageHeard(
    string Source, string Topic, ReadOnlyMemory<byte> Payload, bool Retained, bool Duplicate, byte QoS, string? ClientId, DateTimeOffset At)
{
    /// <summary>It came just after a kept session was taken up again, so it may have waited at the broker for as long as the link was down.</summary>
    public bool Waited { get; init; }
}

/// <summary>Whoever takes messages.</summary>
public interface IMqttMessages
{
    /// <summary>A message came. It ends when the message is safe, or known to be of no use: only then is it acknowledged to its sender.</summary>
    /// <remarks>
    /// Each source waits for this before it hands over the next, in the order they came; several sources call side by side. Whoever cannot keep a message now
    /// waits here, and its broker is held back meanwhile. An exception is a mistake of this program: the message is refused, counted, and not sent again.
    /// </remarks>
    /// <param name="stop">The program ends; a message that was not taken comes again at QoS 1 and 2, from a broker that keeps the session.</param>
    ValueTask Heard(MqttMessageHeard message, CancellationToken stop);
}
