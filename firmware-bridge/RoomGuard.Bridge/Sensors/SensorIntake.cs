namespace RoomGuard.Bridge.Sensors;

/// <summary>Messages of all brokers into what enrolled sensors say. A message is done when whoever hears of it is done with what came of it.</summary>
/// <param name="models">Told one message of a broker after the other.</param>
/// <param name="told">Takes what came of a message; not called when nothing did. Called side by side for several brokers.</param>
public sealed class SensorIntake(SensorModels models, Func<SensorsHeard, CancellationToken, ValueTask> told) : IMqttMessages
{
    /// <inheritdoc/>
    public ValueTask Heard(MqttMessageHeard message, CancellationToken stop)
    {
        var heard = models.Take(message);
        return heard.Reports.IsEmpty && heard.Gateways.IsEmpty && heard.News.IsEmpty ? ValueTask.CompletedTask : told(heard, stop);
    }
}
