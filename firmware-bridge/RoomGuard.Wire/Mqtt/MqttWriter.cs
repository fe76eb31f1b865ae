using System.Buffers;

namespace RoomGuard.Wire.Mqtt;

/// <summary>Packets to bytes. What 3.1.1 has no room for is left out there: properties, reasons, subscription options but QoS.</summary>
/// <remarks>A packet that cannot be is a mistake of this program, so it is told by an <see cref="ArgumentException"/> that names the field.</remarks>
public static class MqttWriter
{
    private const int LongestHeader = 5;

    /// <summary>Bytes of the whole packet, fixed header included.</summary>
    /// <exception cref="ArgumentException">The packet cannot be.</exception>
    public static int LengthOf(MqttPacket packet, MqttVersion version)
    {
        var body = BodyOf(packet, version);
        return 1 + VariableByteInteger.LengthOf(body) + body;
    }

    /// <summary>Appends the packet. Returns its bytes.</summary>
    /// <exception cref="ArgumentException">The packet cannot be.</exception>
    public static int Write(MqttPacket packet, MqttVersion version, IBufferWriter<byte> into)
    {
        ArgumentNullException.ThrowIfNull(into);
        var body = BodyOf(packet, version);
        var span = into.GetSpan(LongestHeader + body);
        var length = WriteInto(packet, version, body, span);
        into.Advance(length);
        return length;
    }

    /// <summary>The packet as bytes of its own.</summary>
    /// <exception cref="ArgumentException">The packet cannot be.</exception>
    public static byte[] ToBytes(MqttPacket packet, MqttVersion version)
    {
        var body = BodyOf(packet, version);
        var bytes = new byte[1 + VariableByteInteger.LengthOf(body) + body];
        WriteInto(packet, version, body, bytes);
        return bytes;
    }

    /// <summary>The packet in a form a receiver with this limit takes: whole, or without what only explains, or null when even that is too large.</summary>
    /// <param name="maximum">The receiver's Maximum Packet Size; null: no limit.</param>
    /// <remarks>User properties of a message belong to its sender and are never left out.</remarks>
    public static MqttPacket? Fitting(MqttPacket packet, MqttVersion version, uint? maximum)
    {
        ArgumentNullException.ThrowIfNull(packet);
        if (maximum is not { } limit || LengthOf(packet, version) <= limit)
        {
            return packet;
        }

        MqttPacket? shorter = packet switch
        {
            ConnAckPacket p => p with { Properties = p.Properties.WithoutExplanation() },
            MessageAnswer p => p with { Properties = p.Properties.WithoutExplanation() },
            SubAckPacket p => p with { Properties = p.Properties.WithoutExplanation() },
            UnsubAckPacket p => p with { Properties = p.Properties.WithoutExplanation() },
            DisconnectPacket p => p with { Properties = p.Properties.WithoutExplanation() },
            AuthPacket p => p with { Properties = p.Properties.WithoutExplanation() },
            _ => null,
        };
        return shorter is not null && LengthOf(shorter, version) <= limit ? shorter : null;
    }

    /// <summary>Bytes of a message with whatever a session may add to it: a number, an alias.</summary>
    internal static int LongestOf(PublishPacket message, MqttVersion version) => LengthOf(
        message with
        {
            PacketId = message.Qos == MqttQos.AtMostOnce ? (ushort)0 : ushort.MaxValue,
            Properties = version == MqttVersion.V5 ? message.Properties with { TopicAlias = ushort.MaxValue } : message.Properties,
        },
        version);

    private static int BodyOf(MqttPacket packet, MqttVersion version)
    {
        ArgumentNullException.ThrowIfNull(packet);
        var measure = new FieldWriter(default);
        packet.WriteBody(ref measure, version);
        return measure.Length <= VariableByteInteger.Largest
            ? measure.Length
            : throw new ArgumentException($"{packet.Type} has {measure.Length} bytes; MQTT allows 268,435,455.");
    }

    private static int WriteInto(MqttPacket packet, MqttVersion version, int body, Span<byte> into)
    {
        into[0] = (byte)(((byte)packet.Type << 4) | packet.Flags);
        var header = 1 + VariableByteInteger.Write(body, into[1..]);
        var writer = new FieldWriter(into.Slice(header, body));
        packet.WriteBody(ref writer, version);
        return header + body;
    }
}
