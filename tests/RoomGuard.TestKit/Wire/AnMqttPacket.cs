using System.Collections.Immutable;
using RoomGuard.Wire.Mqtt;

namespace RoomGuard.TestKit.Wire;

/// <summary>MQTT packets from a seed: every packet that may be, every property where it may stand, texts in several scripts.</summary>
public sealed class AnMqttPacket(int seed)
{
    private static readonly string[] Words = ["温度", "room1", "", "$SYS", "a b", "É", "🌡", "\uFEFFx", "Ω", "inlet", "\u0001"];

    private readonly Random random = new(seed);

    /// <summary>A packet this end may send in this version, CONNECT included.</summary>
    public MqttPacket Any(MqttVersion version, MqttEnd sender)
    {
        while (true)
        {
            var type = (MqttPacketType)random.Next(1, 16);
            if (Of(type, version, sender) is { } packet)
            {
                return packet;
            }
        }
    }

    /// <summary>A packet of this type; null when this end does not send it in this version.</summary>
    public MqttPacket? Of(MqttPacketType type, MqttVersion version, MqttEnd sender)
    {
        var isClient = sender == MqttEnd.Client;
        var isNew = version == MqttVersion.V5;
        return type switch
        {
            MqttPacketType.Connect => isClient ? Connect(version) : null,
            MqttPacketType.ConnAck => isClient ? null : ConnAck(isNew),
            MqttPacketType.Publish => Publish(isNew, isClient),
            MqttPacketType.PubAck => new PubAckPacket(Id(), Reason(type, isNew), Explained(isNew)),
            MqttPacketType.PubRec => new PubRecPacket(Id(), Reason(type, isNew), Explained(isNew)),
            MqttPacketType.PubRel => new PubRelPacket(Id(), Reason(type, isNew), Explained(isNew)),
            MqttPacketType.PubComp => new PubCompPacket(Id(), Reason(type, isNew), Explained(isNew)),
            MqttPacketType.Subscribe => isClient ? new SubscribePacket(Id(), Some(() => Subscription(isNew)), isNew ? new() { SubscriptionIds = Maybe() ? [random.Next(1, 268_435_456)] : [], UserProperties = Pairs() } : MqttProperties.None) : null,
            MqttPacketType.SubAck => isClient ? null : new SubAckPacket(Id(), Some(() => isNew ? Reason(type, true) : Pick(MqttReason.Success, MqttReason.GrantedQos1, MqttReason.GrantedQos2, MqttReason.UnspecifiedError)), Explained(isNew)),
            MqttPacketType.Unsubscribe => isClient ? new UnsubscribePacket(Id(), Some(Filter), isNew ? new() { UserProperties = Pairs() } : MqttProperties.None) : null,
            MqttPacketType.UnsubAck => isClient ? null : new UnsubAckPacket(Id(), isNew ? Some(() => Reason(type, true)) : [], Explained(isNew)),
            MqttPacketType.PingReq => isClient ? PingReqPacket.One : null,
            MqttPacketType.PingResp => isClient ? null : PingRespPacket.One,
            MqttPacketType.Disconnect => isNew ? Disconnect(isClient) : isClient ? new DisconnectPacket(MqttReason.Success, MqttProperties.None) : null,
            _ => isNew ? new AuthPacket(Reason(type, true), Explained(true) with { AuthenticationMethod = Text(), AuthenticationData = MaybeBytes() }) : null,
        };
    }

    /// <summary>A topic name.</summary>
    public string Topic()
    {
        var topic = string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => Text()));
        return topic.Length == 0 ? "/" : topic;
    }

    /// <summary>A topic filter, with and without wildcards and shares.</summary>
    public string Filter()
    {
        var levels = Enumerable.Range(0, random.Next(1, 5)).Select(_ => Maybe() ? Text() : "+").ToList();
        if (random.Next(3) == 0)
        {
            levels.Add("#");
        }

        var filter = string.Join('/', levels);
        filter = filter.Length == 0 ? "#" : filter;
        return random.Next(4) == 0 ? $"$share/group{random.Next(3)}/{filter}" : filter;
    }

    private ConnectPacket Connect(MqttVersion version)
    {
        var isNew = version == MqttVersion.V5;
        var userName = MaybeText();
        return new(
            version,
            Text(),
            Maybe(),
            (ushort)random.Next(65_536),
            Maybe() ? new(Topic(), Bytes(), Qos(), Maybe(), isNew ? Message() with { WillDelaySeconds = MaybeNumber() } : MqttProperties.None) : null,
            userName,
            userName is null && !isNew ? null : MaybeBytes(),
            !isNew ? MqttProperties.None : Authenticated(new()
            {
                SessionExpirySeconds = MaybeNumber(),
                ReceiveMaximum = MaybeShort(1),
                MaximumPacketSize = Maybe() ? (uint)random.Next(1, int.MaxValue) : null,
                TopicAliasMaximum = MaybeShort(0),
                RequestResponseInformation = MaybeFlag(),
                RequestProblemInformation = MaybeFlag(),
                UserProperties = Pairs(),
            }));
    }

    private ConnAckPacket ConnAck(bool isNew)
    {
        var reason = isNew
            ? Reason(MqttPacketType.ConnAck, true)
            : Pick(MqttReason.Success, MqttReason.UnsupportedVersion, MqttReason.ClientIdNotValid, MqttReason.ServerUnavailable, MqttReason.BadUserNameOrPassword, MqttReason.NotAuthorised);
        return new(
            reason == MqttReason.Success && Maybe(),
            reason,
            !isNew ? MqttProperties.None : Authenticated(new()
            {
                SessionExpirySeconds = MaybeNumber(),
                ReceiveMaximum = MaybeShort(1),
                MaximumQos = Maybe() ? (MqttQos)random.Next(2) : null,
                RetainAvailable = MaybeFlag(),
                MaximumPacketSize = Maybe() ? (uint)random.Next(1, int.MaxValue) : null,
                AssignedClientId = MaybeText(),
                TopicAliasMaximum = MaybeShort(0),
                ReasonString = MaybeText(),
                UserProperties = Pairs(),
                WildcardSubscriptionAvailable = MaybeFlag(),
                SubscriptionIdsAvailable = MaybeFlag(),
                SharedSubscriptionAvailable = MaybeFlag(),
                ServerKeepAliveSeconds = MaybeShort(0),
                ResponseInformation = MaybeText(),
                ServerReference = MaybeText(),
            }));
    }

    private PublishPacket Publish(bool isNew, bool isClient)
    {
        var qos = Qos();
        var alias = isNew ? MaybeShort(1) : null;
        return new(
            alias is not null && Maybe() ? string.Empty : Topic(),
            Bytes(),
            qos,
            Maybe(),
            qos != MqttQos.AtMostOnce && Maybe(),
            qos == MqttQos.AtMostOnce ? (ushort)0 : Id(),
            !isNew ? MqttProperties.None : Message() with
            {
                TopicAlias = alias,
                SubscriptionIds = isClient ? [] : [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(1, 268_435_456))],
            });
    }

    private DisconnectPacket Disconnect(bool isClient)
    {
        var reason = Reason(MqttPacketType.Disconnect, true);
        return new(
            !isClient && reason == MqttReason.DisconnectWithWill ? MqttReason.ServerShuttingDown : reason,
            Explained(true) with { SessionExpirySeconds = isClient ? MaybeNumber() : null, ServerReference = MaybeText() });
    }

    private MqttProperties Message() => new()
    {
        PayloadIsText = MaybeFlag(),
        MessageExpirySeconds = MaybeNumber(),
        ContentType = MaybeText(),
        ResponseTopic = Maybe() ? Topic() : null,
        CorrelationData = MaybeBytes(),
        UserProperties = Pairs(),
    };

    private MqttProperties Explained(bool isNew) => isNew && Maybe() ? new() { ReasonString = MaybeText(), UserProperties = Pairs() } : MqttProperties.None;

    private MqttProperties Authenticated(MqttProperties properties) =>
        Maybe() ? properties with { AuthenticationMethod = Text(), AuthenticationData = MaybeBytes() } : properties;

    private MqttSubscription Subscription(bool isNew)
    {
        var filter = Filter();
        return isNew
            ? new(filter, Qos(), Maybe() && !MqttTopic.IsShared(filter), Maybe(), (MqttRetainHandling)random.Next(3))
            : new(filter, Qos());
    }

    private MqttReason Reason(MqttPacketType type, bool isNew) =>
        isNew && Maybe() ? Pick([.. Enum.GetValues<MqttReason>().Where(reason => reason.MayStandIn(type))]) : MqttReason.Success;

    private ImmutableArray<T> Some<T>(Func<T> one) => [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => one())];

    private ImmutableArray<MqttUserProperty> Pairs() => [.. Enumerable.Range(0, random.Next(4) == 0 ? random.Next(1, 4) : 0).Select(_ => new MqttUserProperty(Text(), Text()))];

    private T Pick<T>(params T[] from) => from[random.Next(from.Length)];

    private bool Maybe() => random.Next(2) == 0;

    private string Text() => Pick(Words);

    private string? MaybeText() => Maybe() ? Text() : null;

    private bool? MaybeFlag() => Maybe() ? Maybe() : null;

    private uint? MaybeNumber() => Maybe() ? Pick(0u, 1u, 300u, uint.MaxValue) : null;

    private ushort? MaybeShort(int least) => Maybe() ? (ushort)random.Next(least, 65_536) : null;

    private ReadOnlyMemory<byte>? MaybeBytes() => Maybe() ? (ReadOnlyMemory<byte>?)Bytes() : null;

    private byte[] Bytes()
    {
        var bytes = new byte[Pick(0, 1, 4, 64, 127, 128, 300, 20_000)];
        random.NextBytes(bytes);
        return bytes;
    }

    private MqttQos Qos() => (MqttQos)random.Next(3);

    private ushort Id() => (ushort)random.Next(1, 65_536);
}

/// <summary>A packet as text with every field, so that two can be compared and a difference be read.</summary>
public static class MqttPacketText
{
    /// <summary>All of it.</summary>
    public static string Of(object? value) => value switch
    {
        null => "-",
        string text => $"\"{text}\"",
        ReadOnlyMemory<byte> bytes => Convert.ToHexString(bytes.Span),
        Enum or ValueType and IFormattable or bool => $"{value}",
        System.Collections.IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Of))}]",
        _ => $"{value.GetType().Name}{{{string.Join(", ", value.GetType().GetProperties(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public).Select(property => $"{property.Name}={Of(property.GetValue(value))}"))}}}",
    };
}
