namespace RoomGuard.Wire.Mqtt;

/// <summary>What one look at a buffer found.</summary>
/// <param name="Length">Bytes of the whole packet at its start; 0: more are needed, or there is a fault.</param>
/// <param name="Fault">Why the stream cannot go on. MQTT has no way back into step: the connection must be closed.</param>
public readonly record struct MqttScan(int Length, MqttFault Fault);

/// <summary>Cuts packets out of a byte stream. Pure: no state of its own. A fault is told from the first bytes that show it.</summary>
public static class MqttScanner
{
    /// <summary>Looks for one packet at the start of <paramref name="bytes"/>.</summary>
    /// <param name="bytes">What has been received and not dropped yet.</param>
    /// <param name="maximum">Largest whole packet that is taken, fixed header included.</param>
    public static MqttScan Next(ReadOnlySpan<byte> bytes, int maximum)
    {
        if (bytes.IsEmpty)
        {
            return default;
        }

        if (FlagsFault(bytes[0]) is var flags and not MqttFault.None)
        {
            return new(0, flags);
        }

        var taken = VariableByteInteger.Read(bytes[1..], out var remaining, out var fault);
        if (taken == 0)
        {
            return new(0, fault);
        }

        // Before the body: a length costs nothing to claim.
        var length = 1L + taken + remaining;
        return length > maximum ? new(0, MqttFault.PacketTooLarge)
            : length > bytes.Length ? default
            : new((int)length, MqttFault.None);
    }

    private static MqttFault FlagsFault(byte first)
    {
        var flags = first & 0x0F;
        return (MqttPacketType)(first >> 4) switch
        {
            0 => MqttFault.UnknownPacket,
            MqttPacketType.Publish => (flags & 6) == 6 || (flags & 0xE) == 8 ? MqttFault.BadFlags : MqttFault.None,
            MqttPacketType.PubRel or MqttPacketType.Subscribe or MqttPacketType.Unsubscribe => flags == 2 ? MqttFault.None : MqttFault.BadFlags,
            _ => flags == 0 ? MqttFault.None : MqttFault.BadFlags,
        };
    }
}
