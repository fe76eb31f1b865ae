namespace RoomGuard.Bridge.Broker;

/// <summary>What the broker tells of itself. Never a password, a payload or a person's name.</summary>
internal static partial class BrokerLog
{
    [LoggerMessage(1751, LogLevel.Information, "MQTT: listening on {Where}, {Users} users, {Sessions} kept sessions with {Messages} messages, {Retained} retained")]
    public static partial void MqttListening(this ILogger log, string where, int users, int sessions, int messages, int retained);

    [LoggerMessage(1752, LogLevel.Error, "MQTT: {Why} The room goes on without it; tried again every {Seconds} s")]
    public static partial void MqttNotListening(this ILogger log, string why, int seconds);

    [LoggerMessage(1753, LogLevel.Warning, "MQTT: {From} was refused ({Why}), user {User}, client {Client}")]
    public static partial void MqttRefused(this ILogger log, string from, string why, string user, string client);

    [LoggerMessage(1754, LogLevel.Information, "MQTT: {Client} of user {User} connected from {From}; kept session {Kept}")]
    public static partial void MqttConnected(this ILogger log, string client, string user, string from, bool kept);

    [LoggerMessage(1755, LogLevel.Information, "MQTT: {Client} has gone: {Why}")]
    public static partial void MqttGone(this ILogger log, string client, string why);

    [LoggerMessage(1756, LogLevel.Warning, "MQTT: {Client} may not {What} \"{Topic}\"")]
    public static partial void MqttNotAllowed(this ILogger log, string client, string what, string topic);

    [LoggerMessage(1757, LogLevel.Warning, "MQTT: {Client} does not take its messages ({Held} wait); its publishers are held back")]
    public static partial void MqttSlow(this ILogger log, string client, int held);

    [LoggerMessage(1758, LogLevel.Warning, "MQTT: a message of {Client} was refused: {Full} holds all it may. Let that client connect, end its session, or raise limits.queuedMessages")]
    public static partial void MqttFull(this ILogger log, string client, string full);

    [LoggerMessage(1759, LogLevel.Error, "MQTT: what clients are promised cannot be written: {Why} Nothing is acknowledged until it can; look at the disk of the data folder")]
    public static partial void MqttStoreFailing(this ILogger log, string why);

    [LoggerMessage(1760, LogLevel.Information, "MQTT: the store can be written again")]
    public static partial void MqttStoreWell(this ILogger log);

    [LoggerMessage(1761, LogLevel.Error, "MQTT: the store was damaged and was put aside as {Path}; kept sessions and retained messages are gone")]
    public static partial void MqttStoreDamaged(this ILogger log, string path);

    [LoggerMessage(1762, LogLevel.Warning, "MQTT: {Count} more lines of this kind were left out in the last minute")]
    public static partial void MqttQuiet(this ILogger log, int count);

    [LoggerMessage(1763, LogLevel.Error, "MQTT: whoever takes the messages failed on one: {Why}")]
    public static partial void MqttEarFailed(this ILogger log, string why);

    [LoggerMessage(1764, LogLevel.Debug, "MQTT: TLS with {From} ended: {Why}")]
    public static partial void MqttTlsEnded(this ILogger log, string from, string why);

    [LoggerMessage(1765, LogLevel.Critical, "MQTT: the broker has stopped: {Why}")]
    public static partial void MqttBroken(this ILogger log, string why);
}
