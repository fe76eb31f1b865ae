using System.Collections.Immutable;

namespace RoomGuard.Wire.Mqtt;

/// <summary>One control packet. What a version has no room for is left out when it is written for it; see <see cref="MqttWriter"/>.</summary>
/// <remarks>
/// A packet that was read shares its payload and other bytes with the buffer it was read from: use it before the buffer
/// is touched again, or keep what <see cref="Detached"/> gives.
/// </remarks>
public abstract record MqttPacket
{
    /// <summary>The high half of the first byte.</summary>
    public abstract MqttPacketType Type { get; }

    /// <summary>The low half of the first byte.</summary>
    internal virtual int Flags => 0;

    /// <summary>The same with every byte its own.</summary>
    public virtual MqttPacket Detached() => this;

    /// <summary>Lays out what comes behind the remaining length.</summary>
    internal abstract void WriteBody(ref FieldWriter to, MqttVersion version);
}

/// <summary>What a server shall publish when the client goes without a word.</summary>
/// <param name="Properties">Those of a message, and the delay.</param>
public sealed record MqttWill(string Topic, ReadOnlyMemory<byte> Payload, MqttQos Qos, bool Retain, MqttProperties Properties)
{
    /// <summary>The same with every byte its own.</summary>
    public MqttWill Detached() => this with { Payload = Payload.ToArray(), Properties = Properties.Detached() };
}

/// <summary>A client opens its conversation.</summary>
/// <param name="CleanStart">Forget an earlier session. In 3.1.1 also: keep none after this connection.</param>
/// <param name="KeepAliveSeconds">The longest silence of the client; 0: any.</param>
/// <param name="ClientId">Empty: the server shall give one.</param>
/// <param name="Password">Null: none. 3.1.1 allows it only with a user name.</param>
public sealed record ConnectPacket(
    MqttVersion Version,
    string ClientId,
    bool CleanStart,
    ushort KeepAliveSeconds,
    MqttWill? Will,
    string? UserName,
    ReadOnlyMemory<byte>? Password,
    MqttProperties Properties) : MqttPacket
{
    internal const byte UserNameFlag = 0x80;
    internal const byte PasswordFlag = 0x40;
    internal const byte WillRetainFlag = 0x20;
    internal const byte WillFlag = 0x04;
    internal const byte CleanFlag = 0x02;
    internal const int WillQosShift = 3;

    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.Connect;

    /// <inheritdoc/>
    public override MqttPacket Detached() => this with { Will = Will?.Detached(), Password = MqttProperties.Copied(Password), Properties = Properties.Detached() };

    /// <inheritdoc/>
    public override string ToString() => $"CONNECT {Version} \"{ClientId}\"";

    internal override void WriteBody(ref FieldWriter to, MqttVersion version)
    {
        if (Version == MqttVersion.V311 && Password is not null && UserName is null)
        {
            throw new ArgumentException(MqttFault.PasswordAlone.Text());
        }

        to.Text("MQTT", "the protocol name");
        to.Byte((byte)Version);
        to.Byte(
            (UserName is null ? 0 : UserNameFlag)
            | (Password is null ? 0 : PasswordFlag)
            | (Will is null ? 0 : WillFlag | ((byte)Will.Qos << WillQosShift) | (Will.Retain ? WillRetainFlag : 0))
            | (CleanStart ? CleanFlag : 0));
        to.UInt16(KeepAliveSeconds);
        if (Version == MqttVersion.V5)
        {
            Properties.Write(ref to, PropertyPlace.Connect);
        }

        to.Text(ClientId, nameof(ClientId));
        if (Will is not null)
        {
            if (!MqttTopic.IsNameText(Will.Topic) || Will.Qos > MqttQos.ExactlyOnce)
            {
                throw new ArgumentException($"A will to \"{Will.Topic}\" at QoS {(byte)Will.Qos} cannot be sent: it needs a topic without wildcards and QoS 0, 1 or 2.");
            }

            if (Version == MqttVersion.V5)
            {
                Will.Properties.Write(ref to, PropertyPlace.Will);
            }

            to.Text(Will.Topic, "the will's topic");
            to.Binary(Will.Payload.Span, "the will's payload");
        }

        if (UserName is not null)
        {
            to.Text(UserName, nameof(UserName));
        }

        if (Password is { } password)
        {
            to.Binary(password.Span, nameof(Password));
        }
    }
}

/// <summary>The server accepts or refuses a client.</summary>
/// <param name="SessionPresent">The server had kept this client's session.</param>
public sealed record ConnAckPacket(bool SessionPresent, MqttReason Reason, MqttProperties Properties) : MqttPacket
{
    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.ConnAck;

    /// <inheritdoc/>
    public override MqttPacket Detached() => this with { Properties = Properties.Detached() };

    internal override void WriteBody(ref FieldWriter to, MqttVersion version)
    {
        if (SessionPresent && Reason != MqttReason.Success)
        {
            throw new ArgumentException(MqttFault.SessionWithRefusal.Text());
        }

        to.Byte(SessionPresent ? 1 : 0);
        if (version == MqttVersion.V311)
        {
            to.Byte(Reason.ToReturnCode());
            return;
        }

        PacketParts.Reason(ref to, Reason, Type);
        Properties.Write(ref to, PropertyPlace.ConnAck);
    }
}

/// <summary>A message.</summary>
/// <param name="Topic">Empty in 5.0 when an alias stands for it.</param>
/// <param name="PacketId">1 to 65,535; 0 at QoS 0.</param>
/// <param name="Duplicate">This may be a repetition; says nothing of what the receiver already has.</param>
public sealed record PublishPacket(
    string Topic,
    ReadOnlyMemory<byte> Payload,
    MqttQos Qos,
    bool Retain,
    bool Duplicate,
    ushort PacketId,
    MqttProperties Properties) : MqttPacket
{
    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.Publish;

    internal override int Flags => (Duplicate ? 8 : 0) | ((byte)Qos << 1) | (Retain ? 1 : 0);

    /// <summary>A message as an application has it: its number is given when it is sent.</summary>
    public static PublishPacket Of(string topic, ReadOnlyMemory<byte> payload, MqttQos qos = MqttQos.AtMostOnce, bool retain = false, MqttProperties? properties = null) =>
        new(topic, payload, qos, retain, Duplicate: false, PacketId: 0, properties ?? MqttProperties.None);

    /// <inheritdoc/>
    public override PublishPacket Detached() => this with { Payload = Payload.ToArray(), Properties = Properties.Detached() };

    internal override void WriteBody(ref FieldWriter to, MqttVersion version)
    {
        if ((PacketId == 0) != (Qos == MqttQos.AtMostOnce) || Qos > MqttQos.ExactlyOnce || (Duplicate && Qos == MqttQos.AtMostOnce))
        {
            throw new ArgumentException($"A PUBLISH at QoS {(byte)Qos} with identifier {PacketId} cannot be: QoS 0 has neither identifier nor DUP, QoS 1 and 2 have an identifier.");
        }

        var aliasStandsForIt = version == MqttVersion.V5 && Topic.Length == 0 && Properties.TopicAlias is not null;
        if (!aliasStandsForIt && !MqttTopic.IsNameText(Topic))
        {
            throw new ArgumentException($"\"{Topic}\" is no topic to publish to: it is empty or has a wildcard.");
        }

        to.Text(Topic, nameof(Topic));
        if (Qos != MqttQos.AtMostOnce)
        {
            to.UInt16(PacketId);
        }

        if (version == MqttVersion.V5)
        {
            Properties.Write(ref to, PropertyPlace.Publish);
        }

        to.Bytes(Payload.Span);
    }
}

/// <summary>The four answers on the way of a QoS 1 or 2 message. In 3.1.1 there is the number and nothing else.</summary>
/// <param name="PacketId">Of the PUBLISH.</param>
public abstract record MessageAnswer(ushort PacketId, MqttReason Reason, MqttProperties Properties) : MqttPacket
{
    internal override void WriteBody(ref FieldWriter to, MqttVersion version)
    {
        PacketParts.Id(ref to, PacketId, Type);
        if (version == MqttVersion.V5)
        {
            PacketParts.ReasonAndProperties(ref to, Reason, Properties, Type);
        }
    }
}

/// <summary>A QoS 1 message is taken over. In 3.1.1 a refusal cannot be told.</summary>
public sealed record PubAckPacket(ushort PacketId, MqttReason Reason, MqttProperties Properties) : MessageAnswer(PacketId, Reason, Properties)
{
    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.PubAck;
}

/// <summary>A QoS 2 message is taken over, first half. A failure ends the exchange.</summary>
public sealed record PubRecPacket(ushort PacketId, MqttReason Reason, MqttProperties Properties) : MessageAnswer(PacketId, Reason, Properties)
{
    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.PubRec;
}

/// <summary>The sender lets the number of a QoS 2 message go.</summary>
public sealed record PubRelPacket(ushort PacketId, MqttReason Reason, MqttProperties Properties) : MessageAnswer(PacketId, Reason, Properties)
{
    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.PubRel;

    internal override int Flags => 2;
}

/// <summary>The number of a QoS 2 message is free.</summary>
public sealed record PubCompPacket(ushort PacketId, MqttReason Reason, MqttProperties Properties) : MessageAnswer(PacketId, Reason, Properties)
{
    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.PubComp;
}

/// <summary>One filter and how its messages are wanted. 3.1.1 knows filter and QoS.</summary>
/// <param name="Filter"><c>$share/NAME/FILTER</c> included.</param>
/// <param name="Qos">Highest QoS wanted.</param>
/// <param name="NoLocal">Not what this client published itself.</param>
/// <param name="RetainAsPublished">Keep the retain flag as the publisher set it.</param>
public readonly record struct MqttSubscription(
    string Filter,
    MqttQos Qos,
    bool NoLocal = false,
    bool RetainAsPublished = false,
    MqttRetainHandling RetainHandling = MqttRetainHandling.Always)
{
    /// <summary>Whether the retained messages go out for it now; never for a shared one.</summary>
    /// <param name="isNew">The client had no subscription with this filter before.</param>
    public bool WantsRetained(bool isNew) =>
        !MqttTopic.IsShared(Filter) && (RetainHandling == MqttRetainHandling.Always || (RetainHandling == MqttRetainHandling.IfNew && isNew));
}

/// <summary>A client asks for topics.</summary>
public sealed record SubscribePacket(ushort PacketId, ImmutableArray<MqttSubscription> Subscriptions, MqttProperties Properties) : MqttPacket
{
    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.Subscribe;

    internal override int Flags => 2;

    internal override void WriteBody(ref FieldWriter to, MqttVersion version)
    {
        PacketParts.Id(ref to, PacketId, Type);
        if (version == MqttVersion.V5)
        {
            Properties.Write(ref to, PropertyPlace.Subscribe);
        }

        PacketParts.NotEmpty(Subscriptions.Length, Type);
        foreach (var item in Subscriptions)
        {
            PacketParts.Filter(ref to, item.Filter);
            if (item.Qos > MqttQos.ExactlyOnce || item.RetainHandling > MqttRetainHandling.Never || (item.NoLocal && MqttTopic.IsShared(item.Filter)))
            {
                throw new ArgumentException($"The options of \"{item.Filter}\" cannot be: QoS and retain handling are 0, 1 or 2, and a shared filter has no No Local.");
            }

            to.Byte(version == MqttVersion.V311
                ? (byte)item.Qos
                : (byte)item.Qos | (item.NoLocal ? 4 : 0) | (item.RetainAsPublished ? 8 : 0) | ((byte)item.RetainHandling << 4));
        }
    }
}

/// <summary>What a client was granted.</summary>
/// <param name="Reasons">One for each filter, in their order.</param>
public sealed record SubAckPacket(ushort PacketId, ImmutableArray<MqttReason> Reasons, MqttProperties Properties) : MqttPacket
{
    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.SubAck;

    internal override void WriteBody(ref FieldWriter to, MqttVersion version)
    {
        PacketParts.Id(ref to, PacketId, Type);
        if (version == MqttVersion.V5)
        {
            Properties.Write(ref to, PropertyPlace.SubAck);
        }

        PacketParts.NotEmpty(Reasons.Length, Type);
        foreach (var reason in Reasons)
        {
            PacketParts.Reason(ref to, version == MqttVersion.V311 && reason.IsFailure() ? MqttReason.UnspecifiedError : reason, Type);
        }
    }
}

/// <summary>A client gives topics up.</summary>
public sealed record UnsubscribePacket(ushort PacketId, ImmutableArray<string> Filters, MqttProperties Properties) : MqttPacket
{
    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.Unsubscribe;

    internal override int Flags => 2;

    internal override void WriteBody(ref FieldWriter to, MqttVersion version)
    {
        PacketParts.Id(ref to, PacketId, Type);
        if (version == MqttVersion.V5)
        {
            Properties.Write(ref to, PropertyPlace.Unsubscribe);
        }

        PacketParts.NotEmpty(Filters.Length, Type);
        foreach (var filter in Filters)
        {
            PacketParts.Filter(ref to, filter);
        }
    }
}

/// <summary>They are given up.</summary>
/// <param name="Reasons">One for each filter, in their order; empty in 3.1.1, which has none.</param>
public sealed record UnsubAckPacket(ushort PacketId, ImmutableArray<MqttReason> Reasons, MqttProperties Properties) : MqttPacket
{
    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.UnsubAck;

    internal override void WriteBody(ref FieldWriter to, MqttVersion version)
    {
        PacketParts.Id(ref to, PacketId, Type);
        if (version == MqttVersion.V311)
        {
            return;
        }

        Properties.Write(ref to, PropertyPlace.UnsubAck);
        PacketParts.NotEmpty(Reasons.Length, Type);
        foreach (var reason in Reasons)
        {
            PacketParts.Reason(ref to, reason, Type);
        }
    }
}

/// <summary>A client asks for a sign of life.</summary>
public sealed record PingReqPacket : MqttPacket
{
    /// <summary>There is only one.</summary>
    public static PingReqPacket One { get; } = new();

    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.PingReq;

    internal override void WriteBody(ref FieldWriter to, MqttVersion version)
    {
    }
}

/// <summary>The sign of life.</summary>
public sealed record PingRespPacket : MqttPacket
{
    /// <summary>There is only one.</summary>
    public static PingRespPacket One { get; } = new();

    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.PingResp;

    internal override void WriteBody(ref FieldWriter to, MqttVersion version)
    {
    }
}

/// <summary>One end leaves in order. In 3.1.1 only clients do, and without a reason.</summary>
public sealed record DisconnectPacket(MqttReason Reason, MqttProperties Properties) : MqttPacket
{
    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.Disconnect;

    internal override void WriteBody(ref FieldWriter to, MqttVersion version)
    {
        if (version == MqttVersion.V5)
        {
            PacketParts.ReasonAndProperties(ref to, Reason, Properties, Type);
        }
    }
}

/// <summary>A step of enhanced authentication. 3.1.1 has none.</summary>
public sealed record AuthPacket(MqttReason Reason, MqttProperties Properties) : MqttPacket
{
    /// <inheritdoc/>
    public override MqttPacketType Type => MqttPacketType.Auth;

    /// <inheritdoc/>
    public override MqttPacket Detached() => this with { Properties = Properties.Detached() };

    internal override void WriteBody(ref FieldWriter to, MqttVersion version)
    {
        if (version == MqttVersion.V311)
        {
            throw new ArgumentException("MQTT 3.1.1 has no AUTH packet.");
        }

        PacketParts.ReasonAndProperties(ref to, Reason, Properties, Type);
    }
}

/// <summary>What several packets have in common on the wire.</summary>
internal static class PacketParts
{
    public static void Id(ref FieldWriter to, ushort id, MqttPacketType type)
    {
        if (id == 0)
        {
            throw new ArgumentException($"{type} needs a packet identifier from 1 to 65,535.");
        }

        to.UInt16(id);
    }

    public static void NotEmpty(int count, MqttPacketType type)
    {
        if (count == 0)
        {
            throw new ArgumentException($"{type} needs at least one entry.");
        }
    }

    public static void Filter(ref FieldWriter to, string filter)
    {
        if (!MqttTopic.IsFilterText(filter))
        {
            throw new ArgumentException($"\"{filter}\" is no topic filter: + and # stand for whole levels, # only for the last; behind $share/ come a name, a slash and a filter.");
        }

        to.Text(filter, nameof(filter));
    }

    public static void Reason(ref FieldWriter to, MqttReason reason, MqttPacketType type)
    {
        if (!reason.MayStandIn(type))
        {
            throw new ArgumentException($"{reason} is no reason {type} may give.");
        }

        to.Byte((byte)reason);
    }

    /// <summary>The short forms: success without properties is nothing, a reason alone has no property length.</summary>
    public static void ReasonAndProperties(ref FieldWriter to, MqttReason reason, MqttProperties properties, MqttPacketType type)
    {
        if (reason == MqttReason.Success && properties.IsEmpty)
        {
            return;
        }

        Reason(ref to, reason, type);
        if (!properties.IsEmpty)
        {
            properties.Write(ref to, (PropertyPlace)(1 << (byte)type));
        }
    }
}
