namespace RoomGuard.Bridge.Sensors;

/// <summary>Takes messages where no sensor is enrolled: they are counted by their source, and of no use (R-NET-01).</summary>
public sealed class NobodyEnrolled : IMqttMessages
{
    /// <inheritdoc/>
    public ValueTask Heard(MqttMessageHeard message, CancellationToken stop) => ValueTask.CompletedTask;
}
