using System.Collections.Immutable;

namespace RoomGuard.Wire.Mqtt;

/// <summary>One packet read, or why not.</summary>
/// <param name="Packet">Null with a fault.</param>
/// <param name="Fault">Ends the connection.</param>
/// <param name="Version">The version an answer must be written for: of a CONNECT that which its sender tried to speak.</param>
public readonly record struct MqttRead(MqttPacket? Packet, MqttFault Fault, MqttVersion Version);

/// <summary>Bytes of one packet to values. Pure; never throws at bytes. Allocates in proportion to the packet, whose size the scanner has bounded.</summary>
public static class MqttReader
{
    private const byte HighestLevelOf3 = 4;

    /// <summary>Reads one packet.</summary>
    /// <param name="packet">The whole packet, as <see cref="MqttScanner"/> cut it out. The result shares its bytes.</param>
    /// <param name="version">What the connection speaks; null before its CONNECT, which is then the only packet that may come.</param>
    /// <param name="sender">Which end sent it.</param>
    public static MqttRead Read(ReadOnlyMemory<byte> packet, MqttVersion? version, MqttEnd sender)
    {
        var bytes = packet.Span;
        var scan = MqttScanner.Next(bytes, int.MaxValue);
        if (scan.Length == 0 || scan.Length != bytes.Length)
        {
            var fault = scan.Fault != MqttFault.None ? scan.Fault : scan.Length == 0 ? MqttFault.Truncated : MqttFault.TrailingBytes;
            return new(null, fault, version ?? MqttVersion.V311);
        }

        var header = 1 + VariableByteInteger.Read(bytes[1..], out _, out _);
        var from = new FieldReader(packet[header..]);
        var type = (MqttPacketType)(bytes[0] >> 4);
        if (type == MqttPacketType.Connect)
        {
            return sender == MqttEnd.Client ? Connect(ref from) : new(null, MqttFault.WrongSender, version ?? MqttVersion.V311);
        }

        if (version is not { } spoken)
        {
            return new(null, MqttFault.NotAConnect, MqttVersion.V311);
        }

        if (!MaySend(sender, type, spoken))
        {
            return new(null, spoken == MqttVersion.V311 && type == MqttPacketType.Auth ? MqttFault.UnknownPacket : MqttFault.WrongSender, spoken);
        }

        var read = Body(ref from, type, bytes[0], spoken, sender);
        var end = from.End();
        return new(end == MqttFault.None ? read : null, end, spoken);
    }

    private static bool MaySend(MqttEnd sender, MqttPacketType type, MqttVersion version) => type switch
    {
        MqttPacketType.Subscribe or MqttPacketType.Unsubscribe or MqttPacketType.PingReq => sender == MqttEnd.Client,
        MqttPacketType.ConnAck or MqttPacketType.SubAck or MqttPacketType.UnsubAck or MqttPacketType.PingResp => sender == MqttEnd.Server,
        MqttPacketType.Disconnect => version == MqttVersion.V5 || sender == MqttEnd.Client,
        MqttPacketType.Auth => version == MqttVersion.V5,
        _ => true,
    };

    private static MqttPacket? Body(ref FieldReader from, MqttPacketType type, byte first, MqttVersion version, MqttEnd sender)
    {
        switch (type)
        {
            case MqttPacketType.ConnAck:
                return ConnAck(ref from, version);
            case MqttPacketType.Publish:
                return Publish(ref from, first, version, sender);
            case MqttPacketType.PubAck or MqttPacketType.PubRec or MqttPacketType.PubRel or MqttPacketType.PubComp:
                return Answer(ref from, type, version, sender);
            case MqttPacketType.Subscribe:
                return Subscribe(ref from, version);
            case MqttPacketType.SubAck:
                var granted = Id(ref from);
                var grantedProperties = Properties(ref from, PropertyPlace.SubAck, version, sender);
                return new SubAckPacket(granted, Reasons(ref from, type, version), grantedProperties);
            case MqttPacketType.Unsubscribe:
                return Unsubscribe(ref from, version);
            case MqttPacketType.UnsubAck:
                var givenUp = Id(ref from);
                var givenUpProperties = Properties(ref from, PropertyPlace.UnsubAck, version, sender);
                return new UnsubAckPacket(givenUp, version == MqttVersion.V311 ? [] : Reasons(ref from, type, version), givenUpProperties);
            case MqttPacketType.PingReq:
                return PingReqPacket.One;
            case MqttPacketType.PingResp:
                return PingRespPacket.One;
            case MqttPacketType.Disconnect:
                var leaving = ReasonAndProperties(ref from, type, version, sender);
                if (leaving.Reason == MqttReason.DisconnectWithWill && sender == MqttEnd.Server)
                {
                    from.Fail(MqttFault.UnknownReason);
                }

                return new DisconnectPacket(leaving.Reason, leaving.Properties);
            default:
                var step = ReasonAndProperties(ref from, type, version, sender);
                return new AuthPacket(step.Reason, step.Properties);
        }
    }

    private static MqttRead Connect(ref FieldReader from)
    {
        var name = from.Binary().Span;
        var isMqtt = name.SequenceEqual("MQTT"u8);
        var level = from.Byte();

        // The sender's own level decides the form of a refusal; what is no MQTT at all gets the older one.
        var version = isMqtt && level > HighestLevelOf3 ? MqttVersion.V5 : MqttVersion.V311;
        if (from.Fault == MqttFault.None && (!isMqtt || level is not ((byte)MqttVersion.V311 or (byte)MqttVersion.V5)))
        {
            return new(null, MqttFault.UnsupportedVersion, version);
        }

        var flags = from.Byte();
        var willQos = (flags >> ConnectPacket.WillQosShift) & 3;
        var hasWill = (flags & ConnectPacket.WillFlag) != 0;
        var willRetain = (flags & ConnectPacket.WillRetainFlag) != 0;
        if ((flags & 1) != 0)
        {
            from.Fail(MqttFault.ReservedBits);
        }

        if (willQos == 3 || (!hasWill && (willQos != 0 || willRetain)))
        {
            from.Fail(MqttFault.BadConnectFlags);
        }

        var hasUserName = (flags & ConnectPacket.UserNameFlag) != 0;
        var hasPassword = (flags & ConnectPacket.PasswordFlag) != 0;
        if (version == MqttVersion.V311 && hasPassword && !hasUserName)
        {
            from.Fail(MqttFault.PasswordAlone);
        }

        var keepAlive = from.UInt16();
        var properties = Properties(ref from, PropertyPlace.Connect, version, MqttEnd.Client);
        var clientId = from.Text();
        MqttWill? will = null;
        if (hasWill)
        {
            var willProperties = Properties(ref from, PropertyPlace.Will, version, MqttEnd.Client);
            var topic = TopicName(ref from);
            will = new(topic, from.Binary(), (MqttQos)willQos, willRetain, willProperties);
        }

        var userName = hasUserName ? from.Text() : null;
        ReadOnlyMemory<byte>? password = null;
        if (hasPassword)
        {
            password = from.Binary();
        }

        var fault = from.End();
        return new(
            fault == MqttFault.None ? new ConnectPacket(version, clientId, (flags & ConnectPacket.CleanFlag) != 0, keepAlive, will, userName, password, properties) : null,
            fault,
            version);
    }

    private static ConnAckPacket ConnAck(ref FieldReader from, MqttVersion version)
    {
        var flags = from.Byte();
        if (flags > 1)
        {
            from.Fail(MqttFault.ReservedBits);
        }

        MqttReason reason;
        if (version == MqttVersion.V311)
        {
            var code = MqttReasons.OfReturnCode(from.Byte());
            if (code is null)
            {
                from.Fail(MqttFault.UnknownReason);
            }

            reason = code ?? MqttReason.UnspecifiedError;
        }
        else
        {
            reason = Reason(ref from, MqttPacketType.ConnAck);
        }

        if (flags == 1 && reason != MqttReason.Success)
        {
            from.Fail(MqttFault.SessionWithRefusal);
        }

        return new(flags == 1, reason, Properties(ref from, PropertyPlace.ConnAck, version, MqttEnd.Server));
    }

    private static PublishPacket Publish(ref FieldReader from, byte first, MqttVersion version, MqttEnd sender)
    {
        var qos = (MqttQos)((first >> 1) & 3);
        var topic = from.Text();
        if (topic.Length > 0 && MqttTopic.HasWildcard(topic))
        {
            from.Fail(MqttFault.BadTopicName);
        }

        var id = qos == MqttQos.AtMostOnce ? (ushort)0 : Id(ref from);
        var properties = Properties(ref from, PropertyPlace.Publish, version, sender);
        if (topic.Length == 0 && properties.TopicAlias is null)
        {
            from.Fail(version == MqttVersion.V311 ? MqttFault.BadTopicName : MqttFault.NoTopic);
        }

        return new(topic, from.Rest(), qos, (first & 1) != 0, (first & 8) != 0, id, properties);
    }

    private static MessageAnswer Answer(ref FieldReader from, MqttPacketType type, MqttVersion version, MqttEnd sender)
    {
        var id = Id(ref from);
        var (reason, properties) = ReasonAndProperties(ref from, type, version, sender);
        return type switch
        {
            MqttPacketType.PubAck => new PubAckPacket(id, reason, properties),
            MqttPacketType.PubRec => new PubRecPacket(id, reason, properties),
            MqttPacketType.PubRel => new PubRelPacket(id, reason, properties),
            _ => new PubCompPacket(id, reason, properties),
        };
    }

    private static SubscribePacket Subscribe(ref FieldReader from, MqttVersion version)
    {
        var id = Id(ref from);
        var properties = Properties(ref from, PropertyPlace.Subscribe, version, MqttEnd.Client);
        var subscriptions = ImmutableArray.CreateBuilder<MqttSubscription>();
        while (!from.IsEmpty)
        {
            var filter = Filter(ref from);
            var options = from.Byte();
            if ((options & (version == MqttVersion.V311 ? 0xFC : 0xC0)) != 0)
            {
                from.Fail(MqttFault.ReservedBits);
            }

            if ((options & 3) == 3 || (options >> 4) == 3)
            {
                from.Fail(MqttFault.BadOptions);
            }

            if ((options & 4) != 0 && MqttTopic.IsShared(filter))
            {
                from.Fail(MqttFault.SharedNoLocal);
            }

            subscriptions.Add(new(filter, (MqttQos)(options & 3), (options & 4) != 0, (options & 8) != 0, (MqttRetainHandling)(options >> 4)));
        }

        return new(id, Listed(ref from, subscriptions), properties);
    }

    private static UnsubscribePacket Unsubscribe(ref FieldReader from, MqttVersion version)
    {
        var id = Id(ref from);
        var properties = Properties(ref from, PropertyPlace.Unsubscribe, version, MqttEnd.Client);
        var filters = ImmutableArray.CreateBuilder<string>();
        while (!from.IsEmpty)
        {
            filters.Add(Filter(ref from));
        }

        return new(id, Listed(ref from, filters), properties);
    }

    private static ImmutableArray<MqttReason> Reasons(ref FieldReader from, MqttPacketType type, MqttVersion version)
    {
        var reasons = ImmutableArray.CreateBuilder<MqttReason>(from.Left);
        while (!from.IsEmpty)
        {
            var reason = Reason(ref from, type);
            if (version == MqttVersion.V311 && reason is not (MqttReason.Success or MqttReason.GrantedQos1 or MqttReason.GrantedQos2 or MqttReason.UnspecifiedError))
            {
                from.Fail(MqttFault.UnknownReason);
            }

            reasons.Add(reason);
        }

        return Listed(ref from, reasons);
    }

    private static (MqttReason Reason, MqttProperties Properties) ReasonAndProperties(ref FieldReader from, MqttPacketType type, MqttVersion version, MqttEnd sender)
    {
        // The short forms: nothing is success, a reason alone has no property length. 3.1.1 knows only the first.
        if (version == MqttVersion.V311 || from.IsEmpty)
        {
            return (MqttReason.Success, MqttProperties.None);
        }

        var reason = Reason(ref from, type);
        return (reason, from.IsEmpty ? MqttProperties.None : Properties(ref from, (PropertyPlace)(1 << (byte)type), version, sender));
    }

    private static MqttProperties Properties(ref FieldReader from, PropertyPlace place, MqttVersion version, MqttEnd sender) =>
        version == MqttVersion.V311 ? MqttProperties.None : MqttProperties.Read(ref from, place, sender);

    private static ImmutableArray<T> Listed<T>(ref FieldReader from, ImmutableArray<T>.Builder list)
    {
        if (list.Count == 0)
        {
            from.Fail(MqttFault.EmptyList);
        }

        return list.DrainToImmutable();
    }

    private static ushort Id(ref FieldReader from)
    {
        var id = from.UInt16();
        if (id == 0)
        {
            from.Fail(MqttFault.ZeroPacketId);
        }

        return id;
    }

    private static MqttReason Reason(ref FieldReader from, MqttPacketType type)
    {
        var reason = (MqttReason)from.Byte();
        if (!reason.MayStandIn(type))
        {
            from.Fail(MqttFault.UnknownReason);
        }

        return reason;
    }

    private static string TopicName(ref FieldReader from)
    {
        var topic = from.Text();
        if (!MqttTopic.IsNameText(topic))
        {
            from.Fail(MqttFault.BadTopicName);
        }

        return topic;
    }

    private static string Filter(ref FieldReader from)
    {
        var filter = from.Text();
        if (!MqttTopic.IsFilterText(filter))
        {
            from.Fail(MqttFault.BadTopicFilter);
        }

        return filter;
    }
}
