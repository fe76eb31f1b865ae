using System.Buffers;
using RoomGuard.Bridge.Links;
using RoomGuard.Wire.Mqtt;

namespace RoomGuard.Bridge.Sensors;

/// <summary>Asks a broker once whether it would take us, under a name of our own that is not the bridge's: a running bridge keeps its session.</summary>
public static class MqttProbe
{
    /// <summary>Added to the client identifier.</summary>
    public const string Suffix = "-doctor";

    /// <summary>Connects as a clean client, subscribes to nothing, and leaves.</summary>
    /// <param name="clientId">The bridge's own; <see cref="Suffix"/> is added.</param>
    /// <returns>Null: it would take us. Otherwise how it ended.</returns>
    /// <exception cref="LinkBrokenException">There is no link, or it broke.</exception>
    public static async Task<ConnectionEnded?> AskAsync(MqttSourceSettings source, string clientId, MqttSecrets secrets, IMqttLine line, TimeProvider time, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(secrets);
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(time);
        var how = source.Session(clientId, secrets.Password, will: null) with { ClientId = clientId + Suffix, KeepSession = false, ResumeAtStart = false };
        var session = new MqttClientSession(how);
        var inbox = new MqttInbox(MqttEnd.Server, how.Version, how.MaximumPacketSize);
        var started = time.GetTimestamp();
        await using var link = await line.OpenAsync(stop);
        session.Open(time.GetElapsedTime(started));
        while (!session.IsConnected)
        {
            await WriteAsync(session, how.Version, link, stop);
            var count = await link.ReadAsync(inbox.Room(), stop);
            if (count == 0)
            {
                throw new LinkBrokenException($"MQTT broker {source.Where} closed the connection without an answer. Does it speak MQTT {source.Version} on this port?");
            }

            inbox.Filled(count);
            while (!session.IsConnected && !session.IsOver && inbox.Take() is { } read)
            {
                session.Receive(read, time.GetElapsedTime(started));
            }

            if (session.IsOver)
            {
                break;
            }
        }

        ConnectionEnded? refused = null;
        while (session.TryTakeEvent(out var happened))
        {
            refused = happened as ConnectionEnded ?? refused;
        }

        if (session.IsConnected)
        {
            session.Leave(time.GetElapsedTime(started));
        }

        await WriteAsync(session, how.Version, link, stop);
        return refused;
    }

    private static async Task WriteAsync(MqttClientSession session, MqttVersion version, IMqttLink link, CancellationToken stop)
    {
        var bytes = new ArrayBufferWriter<byte>();
        while (session.TryTakePacket(out var packet))
        {
            _ = MqttWriter.Write(packet, version, bytes);
        }

        if (bytes.WrittenCount > 0)
        {
            await link.WriteAsync(bytes.WrittenMemory, stop);
        }
    }
}
