using System.Collections.Immutable;

namespace RoomGuard.Wire.Mqtt;

/// <summary>A pair of the sender's own. May repeat; the order is kept.</summary>
public readonly record struct MqttUserProperty(string Name, string Value);

/// <summary>Where properties may stand: the packets that have them, and the will inside CONNECT.</summary>
[Flags]
internal enum PropertyPlace
{
    None = 0,
    Connect = 1 << 1,
    ConnAck = 1 << 2,
    Publish = 1 << 3,
    PubAck = 1 << 4,
    PubRec = 1 << 5,
    PubRel = 1 << 6,
    PubComp = 1 << 7,
    Subscribe = 1 << 8,
    SubAck = 1 << 9,
    Unsubscribe = 1 << 10,
    UnsubAck = 1 << 11,
    Disconnect = 1 << 14,
    Auth = 1 << 15,
    Will = 1 << 16,
    Answers = PubAck | PubRec | PubRel | PubComp | SubAck | UnsubAck,
    All = Connect | ConnAck | Publish | Answers | Subscribe | Unsubscribe | Disconnect | Auth | Will,
}

/// <summary>The properties of one packet (MQTT 5.0 section 2.2.2.2). Null or empty: absent, which means what the standard says for it. 3.1.1 has none.</summary>
public sealed record MqttProperties
{
    /// <summary>No property at all.</summary>
    public static MqttProperties None { get; } = new();

    /// <summary>01: true says that the payload is UTF-8 text; absent: bytes. Nobody has checked it.</summary>
    public bool? PayloadIsText { get; init; }

    /// <summary>02: seconds until a message is of no use; absent: never.</summary>
    public uint? MessageExpirySeconds { get; init; }

    /// <summary>03: kind of content, the sender's words.</summary>
    public string? ContentType { get; init; }

    /// <summary>08: where an answer is awaited; a topic name.</summary>
    public string? ResponseTopic { get; init; }

    /// <summary>09: what the answer must repeat.</summary>
    public ReadOnlyMemory<byte>? CorrelationData { get; init; }

    /// <summary>0B: numbers of subscriptions, 1 to 268,435,455: one at most in SUBSCRIBE, all that matched in a server's PUBLISH.</summary>
    public ImmutableArray<int> SubscriptionIds { get; init; } = [];

    /// <summary>11: seconds a session outlives its connection; 0 or absent in CONNECT: not at all; 4,294,967,295: for ever.</summary>
    public uint? SessionExpirySeconds { get; init; }

    /// <summary>12: the identifier a server gave a client that had none.</summary>
    public string? AssignedClientId { get; init; }

    /// <summary>13: seconds; replaces what the client asked for. 0: off.</summary>
    public ushort? ServerKeepAliveSeconds { get; init; }

    /// <summary>15: name of the enhanced authentication.</summary>
    public string? AuthenticationMethod { get; init; }

    /// <summary>16: its data.</summary>
    public ReadOnlyMemory<byte>? AuthenticationData { get; init; }

    /// <summary>17: false: no reason strings and user properties but in PUBLISH, CONNACK and DISCONNECT; absent: true.</summary>
    public bool? RequestProblemInformation { get; init; }

    /// <summary>18: seconds a will waits for the client to come back.</summary>
    public uint? WillDelaySeconds { get; init; }

    /// <summary>19: true: the client would like response information; absent: false.</summary>
    public bool? RequestResponseInformation { get; init; }

    /// <summary>1A: base for response topics.</summary>
    public string? ResponseInformation { get; init; }

    /// <summary>1C: another server to use.</summary>
    public string? ServerReference { get; init; }

    /// <summary>1F: a sentence for the log of the other end; not to be parsed.</summary>
    public string? ReasonString { get; init; }

    /// <summary>21: most QoS 1 and 2 messages the sender takes unacknowledged, 1 to 65,535; absent: 65,535.</summary>
    public ushort? ReceiveMaximum { get; init; }

    /// <summary>22: highest topic alias the sender takes; 0 or absent: none.</summary>
    public ushort? TopicAliasMaximum { get; init; }

    /// <summary>23: number that stands for the topic, 1 to 65,535. Belongs to one connection; must never be stored.</summary>
    public ushort? TopicAlias { get; init; }

    /// <summary>24: highest QoS the server takes; absent: 2. Never <see cref="MqttQos.ExactlyOnce"/>.</summary>
    public MqttQos? MaximumQos { get; init; }

    /// <summary>25: absent: true.</summary>
    public bool? RetainAvailable { get; init; }

    /// <summary>26: pairs of the sender's own, in their order.</summary>
    public ImmutableArray<MqttUserProperty> UserProperties { get; init; } = [];

    /// <summary>27: largest whole packet the sender takes, 1 byte or more; absent: no limit of its own.</summary>
    public uint? MaximumPacketSize { get; init; }

    /// <summary>28: absent: true.</summary>
    public bool? WildcardSubscriptionAvailable { get; init; }

    /// <summary>29: absent: true.</summary>
    public bool? SubscriptionIdsAvailable { get; init; }

    /// <summary>2A: absent: true.</summary>
    public bool? SharedSubscriptionAvailable { get; init; }

    /// <summary>True when nothing is present: the block is one zero byte.</summary>
    public bool IsEmpty => ReferenceEquals(this, None)
        || (SubscriptionIds.IsEmpty && UserProperties.IsEmpty && (this with { SubscriptionIds = None.SubscriptionIds, UserProperties = None.UserProperties }).Equals(None));

    /// <summary>The same with its bytes copied out of the buffer they were read from.</summary>
    public MqttProperties Detached() => CorrelationData is null && AuthenticationData is null
        ? this
        : this with { CorrelationData = Copied(CorrelationData), AuthenticationData = Copied(AuthenticationData) };

    /// <summary>Bytes of their own; null stays null, which a bare conversion from an array would turn into empty.</summary>
    internal static ReadOnlyMemory<byte>? Copied(ReadOnlyMemory<byte>? bytes)
    {
        if (bytes is not { } some)
        {
            return null;
        }

        return some.ToArray();
    }

    /// <summary>The same without what only explains: Reason String and User Properties.</summary>
    public MqttProperties WithoutExplanation() => this with { ReasonString = null, UserProperties = [] };

    /// <summary>Reads a block: its length, then its properties.</summary>
    internal static MqttProperties Read(ref FieldReader from, PropertyPlace place, MqttEnd sender)
    {
        var length = from.Variable();
        if (length == 0)
        {
            return None;
        }

        bool? payloadIsText = null, requestProblem = null, requestResponse = null, retain = null, wildcards = null, ids = null, shared = null;
        uint? messageExpiry = null, sessionExpiry = null, willDelay = null, packetSize = null;
        string? contentType = null, responseTopic = null, assignedId = null, method = null, responseInformation = null, serverReference = null, reason = null;
        ReadOnlyMemory<byte>? correlation = null, authentication = null;
        ushort? keepAlive = null, receiveMaximum = null, aliasMaximum = null, alias = null;
        MqttQos? maximumQos = null;
        ImmutableArray<int>.Builder? subscriptions = null;
        ImmutableArray<MqttUserProperty>.Builder? pairs = null;
        ulong seen = 0;

        from.Enter(length);
        while (!from.IsEmpty)
        {
            var id = from.Variable();
            if (id is < 0 or > 0x2A || PlacesOf((byte)id) == PropertyPlace.None)
            {
                from.Fail(MqttFault.UnknownProperty);
            }
            else if ((PlacesOf((byte)id) & place) == 0)
            {
                from.Fail(MqttFault.PropertyNotAllowed);
            }
            else if (!MaySend(sender, (byte)id, place))
            {
                from.Fail(MqttFault.PropertyWrongSender);
            }
            else if ((seen & (1UL << id)) != 0 && id != 0x26 && !(id == 0x0B && place == PropertyPlace.Publish))
            {
                from.Fail(MqttFault.DuplicateProperty);
            }

            if (from.Fault != MqttFault.None)
            {
                break;
            }

            seen |= 1UL << id;
            switch (id)
            {
                case 0x01: payloadIsText = Flag(ref from); break;
                case 0x02: messageExpiry = from.UInt32(); break;
                case 0x03: contentType = from.Text(); break;
                case 0x08: responseTopic = Topic(ref from); break;
                case 0x09: correlation = from.Binary(); break;
                case 0x0B: (subscriptions ??= ImmutableArray.CreateBuilder<int>(1)).Add(NotZero(ref from, from.Variable())); break;
                case 0x11: sessionExpiry = from.UInt32(); break;
                case 0x12: assignedId = from.Text(); break;
                case 0x13: keepAlive = from.UInt16(); break;
                case 0x15: method = from.Text(); break;
                case 0x16: authentication = from.Binary(); break;
                case 0x17: requestProblem = Flag(ref from); break;
                case 0x18: willDelay = from.UInt32(); break;
                case 0x19: requestResponse = Flag(ref from); break;
                case 0x1A: responseInformation = from.Text(); break;
                case 0x1C: serverReference = from.Text(); break;
                case 0x1F: reason = from.Text(); break;
                case 0x21: receiveMaximum = (ushort)NotZero(ref from, from.UInt16()); break;
                case 0x22: aliasMaximum = from.UInt16(); break;
                case 0x23: alias = from.UInt16(); break;
                case 0x24: maximumQos = Flag(ref from) ? MqttQos.AtLeastOnce : MqttQos.AtMostOnce; break;
                case 0x25: retain = Flag(ref from); break;
                case 0x26: (pairs ??= ImmutableArray.CreateBuilder<MqttUserProperty>(1)).Add(new(from.Text(), from.Text())); break;
                case 0x27: packetSize = from.UInt32(); break;
                case 0x28: wildcards = Flag(ref from); break;
                case 0x29: ids = Flag(ref from); break;
                default: shared = Flag(ref from); break;
            }
        }

        from.Leave();
        if (alias == 0)
        {
            from.Fail(MqttFault.ZeroTopicAlias);
        }

        if (packetSize == 0)
        {
            from.Fail(MqttFault.PropertyOutOfRange);
        }

        if (authentication is not null && method is null)
        {
            from.Fail(MqttFault.MethodMissing);
        }

        return from.Fault != MqttFault.None ? None : new()
        {
            PayloadIsText = payloadIsText,
            MessageExpirySeconds = messageExpiry,
            ContentType = contentType,
            ResponseTopic = responseTopic,
            CorrelationData = correlation,
            SubscriptionIds = subscriptions?.DrainToImmutable() ?? [],
            SessionExpirySeconds = sessionExpiry,
            AssignedClientId = assignedId,
            ServerKeepAliveSeconds = keepAlive,
            AuthenticationMethod = method,
            AuthenticationData = authentication,
            RequestProblemInformation = requestProblem,
            WillDelaySeconds = willDelay,
            RequestResponseInformation = requestResponse,
            ResponseInformation = responseInformation,
            ServerReference = serverReference,
            ReasonString = reason,
            ReceiveMaximum = receiveMaximum,
            TopicAliasMaximum = aliasMaximum,
            TopicAlias = alias,
            MaximumQos = maximumQos,
            RetainAvailable = retain,
            UserProperties = pairs?.DrainToImmutable() ?? [],
            MaximumPacketSize = packetSize,
            WildcardSubscriptionAvailable = wildcards,
            SubscriptionIdsAvailable = ids,
            SharedSubscriptionAvailable = shared,
        };
    }

    /// <summary>Writes a block: its length, then its properties by rising number.</summary>
    /// <exception cref="ArgumentException">A property does not belong there or has no such value.</exception>
    internal void Write(ref FieldWriter to, PropertyPlace place)
    {
        if (ReferenceEquals(this, None))
        {
            to.Byte(0);
            return;
        }

        var measure = new FieldWriter(default);
        WriteEach(ref measure, place);
        to.Variable(measure.Length);
        WriteEach(ref to, place);
    }

    private void WriteEach(ref FieldWriter to, PropertyPlace place)
    {
        Flag(ref to, place, 0x01, PayloadIsText);
        Number(ref to, place, 0x02, MessageExpirySeconds);
        Text(ref to, place, 0x03, ContentType);
        if (ResponseTopic is { } topic && !MqttTopic.IsNameText(topic))
        {
            throw new ArgumentException($"The response topic \"{topic}\" is empty or has a wildcard.");
        }

        Text(ref to, place, 0x08, ResponseTopic);
        Binary(ref to, place, 0x09, CorrelationData);
        if (SubscriptionIds.Length > 1 && place == PropertyPlace.Subscribe)
        {
            throw new ArgumentException("A SUBSCRIBE has one subscription identifier at most.");
        }

        foreach (var id in SubscriptionIds)
        {
            Begin(ref to, place, 0x0B, id is >= 1 and <= VariableByteInteger.Largest);
            to.Variable(id);
        }

        Number(ref to, place, 0x11, SessionExpirySeconds);
        Text(ref to, place, 0x12, AssignedClientId);
        Short(ref to, place, 0x13, ServerKeepAliveSeconds, least: 0);
        Text(ref to, place, 0x15, AuthenticationMethod);
        if (AuthenticationData is not null && AuthenticationMethod is null)
        {
            throw new ArgumentException("Authentication data needs an authentication method.");
        }

        Binary(ref to, place, 0x16, AuthenticationData);
        Flag(ref to, place, 0x17, RequestProblemInformation);
        Number(ref to, place, 0x18, WillDelaySeconds);
        Flag(ref to, place, 0x19, RequestResponseInformation);
        Text(ref to, place, 0x1A, ResponseInformation);
        Text(ref to, place, 0x1C, ServerReference);
        Text(ref to, place, 0x1F, ReasonString);
        Short(ref to, place, 0x21, ReceiveMaximum, least: 1);
        Short(ref to, place, 0x22, TopicAliasMaximum, least: 0);
        Short(ref to, place, 0x23, TopicAlias, least: 1);
        if (MaximumQos is { } qos)
        {
            Begin(ref to, place, 0x24, qos < MqttQos.ExactlyOnce);
            to.Byte((byte)qos);
        }

        Flag(ref to, place, 0x25, RetainAvailable);
        foreach (var pair in UserProperties)
        {
            Begin(ref to, place, 0x26, true);
            to.Text(pair.Name, nameof(UserProperties));
            to.Text(pair.Value, nameof(UserProperties));
        }

        if (MaximumPacketSize is { } size)
        {
            Begin(ref to, place, 0x27, size > 0);
            to.UInt32(size);
        }

        Flag(ref to, place, 0x28, WildcardSubscriptionAvailable);
        Flag(ref to, place, 0x29, SubscriptionIdsAvailable);
        Flag(ref to, place, 0x2A, SharedSubscriptionAvailable);
    }

    /// <summary>Table 2-4 of the standard.</summary>
    private static PropertyPlace PlacesOf(byte id) => id switch
    {
        0x01 or 0x02 or 0x03 or 0x08 or 0x09 => PropertyPlace.Publish | PropertyPlace.Will,
        0x0B => PropertyPlace.Publish | PropertyPlace.Subscribe,
        0x11 => PropertyPlace.Connect | PropertyPlace.ConnAck | PropertyPlace.Disconnect,
        0x12 or 0x13 or 0x1A => PropertyPlace.ConnAck,
        0x15 or 0x16 => PropertyPlace.Connect | PropertyPlace.ConnAck | PropertyPlace.Auth,
        0x17 or 0x19 => PropertyPlace.Connect,
        0x18 => PropertyPlace.Will,
        0x1C => PropertyPlace.ConnAck | PropertyPlace.Disconnect,
        0x1F => PropertyPlace.ConnAck | PropertyPlace.Answers | PropertyPlace.Disconnect | PropertyPlace.Auth,
        0x21 or 0x22 or 0x27 => PropertyPlace.Connect | PropertyPlace.ConnAck,
        0x23 => PropertyPlace.Publish,
        0x24 or 0x25 or 0x28 or 0x29 or 0x2A => PropertyPlace.ConnAck,
        0x26 => PropertyPlace.All,
        _ => PropertyPlace.None,
    };

    /// <summary>Subscription identifiers travel with messages from the server only; the length of a session is the client's to change.</summary>
    private static bool MaySend(MqttEnd sender, byte id, PropertyPlace place) => (id, place) switch
    {
        (0x0B, PropertyPlace.Publish) => sender == MqttEnd.Server,
        (0x11, PropertyPlace.Disconnect) => sender == MqttEnd.Client,
        _ => true,
    };

    private static bool Flag(ref FieldReader from)
    {
        var value = from.Byte();
        if (value > 1)
        {
            from.Fail(MqttFault.PropertyOutOfRange);
        }

        return value == 1;
    }

    private static int NotZero(ref FieldReader from, int value)
    {
        if (value == 0)
        {
            from.Fail(MqttFault.PropertyOutOfRange);
        }

        return value;
    }

    private static string Topic(ref FieldReader from)
    {
        var topic = from.Text();
        if (from.Fault == MqttFault.None && !MqttTopic.IsNameText(topic))
        {
            from.Fail(MqttFault.BadTopicName);
        }

        return topic;
    }

    private static void Begin(ref FieldWriter to, PropertyPlace place, byte id, bool isInRange)
    {
        if ((PlacesOf(id) & place) == 0)
        {
            throw new ArgumentException($"Property {id:X2}h does not belong to {place}.");
        }

        if (!isInRange)
        {
            throw new ArgumentException($"Property {id:X2}h of {place} has a value out of its range.");
        }

        to.Byte(id);
    }

    private static void Flag(ref FieldWriter to, PropertyPlace place, byte id, bool? value)
    {
        if (value is { } flag)
        {
            Begin(ref to, place, id, true);
            to.Byte(flag ? 1 : 0);
        }
    }

    private static void Short(ref FieldWriter to, PropertyPlace place, byte id, ushort? value, ushort least)
    {
        if (value is { } number)
        {
            Begin(ref to, place, id, number >= least);
            to.UInt16(number);
        }
    }

    private static void Number(ref FieldWriter to, PropertyPlace place, byte id, uint? value)
    {
        if (value is { } number)
        {
            Begin(ref to, place, id, true);
            to.UInt32(number);
        }
    }

    private static void Text(ref FieldWriter to, PropertyPlace place, byte id, string? value)
    {
        if (value is not null)
        {
            Begin(ref to, place, id, true);
            to.Text(value, $"Property {id:X2}h");
        }
    }

    private static void Binary(ref FieldWriter to, PropertyPlace place, byte id, ReadOnlyMemory<byte>? value)
    {
        if (value is { } bytes)
        {
            Begin(ref to, place, id, true);
            to.Binary(bytes.Span, $"Property {id:X2}h");
        }
    }
}
