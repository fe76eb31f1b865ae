using System.Diagnostics;

namespace RoomGuard.Wire.Mqtt;

/// <summary>Why bytes are not a packet that may be. Each ends the connection; <see cref="MqttFaults.Reason"/> says with which code.</summary>
public enum MqttFault
{
    /// <summary>Nothing wrong.</summary>
    None,

    /// <summary>A variable byte integer of more than four bytes, or not in its shortest form.</summary>
    OverlongInteger,

    /// <summary>Packet type 0, or AUTH in 3.1.1.</summary>
    UnknownPacket,

    /// <summary>The low half of the first byte is not what this packet demands, QoS 3 and DUP at QoS 0 included.</summary>
    BadFlags,

    /// <summary>The whole packet is larger than the receiver allows. Told from the header, before the body is read.</summary>
    PacketTooLarge,

    /// <summary>A field runs over the end of its packet or of its property block.</summary>
    Truncated,

    /// <summary>Bytes behind the last field.</summary>
    TrailingBytes,

    /// <summary>Text that is not well-formed UTF-8, or holds a surrogate or U+0000.</summary>
    BadText,

    /// <summary>A reserved bit is set.</summary>
    ReservedBits,

    /// <summary>Connect flags that contradict each other: QoS or retain without a will, will QoS 3.</summary>
    BadConnectFlags,

    /// <summary>3.1.1: a password without a user name.</summary>
    PasswordAlone,

    /// <summary>The protocol name is not MQTT, or the level is neither 4 nor 5.</summary>
    UnsupportedVersion,

    /// <summary>The first packet is no CONNECT.</summary>
    NotAConnect,

    /// <summary>This end may not send this packet.</summary>
    WrongSender,

    /// <summary>A property identifier no standard knows.</summary>
    UnknownProperty,

    /// <summary>A property that does not belong to this packet.</summary>
    PropertyNotAllowed,

    /// <summary>A property of the right packet from the wrong end.</summary>
    PropertyWrongSender,

    /// <summary>A property that may occur once occurs twice.</summary>
    DuplicateProperty,

    /// <summary>A property's value is out of its range.</summary>
    PropertyOutOfRange,

    /// <summary>Authentication data without a method.</summary>
    MethodMissing,

    /// <summary>A reason code this packet does not know.</summary>
    UnknownReason,

    /// <summary>A session is said to be present by a refusal.</summary>
    SessionWithRefusal,

    /// <summary>Packet identifier 0.</summary>
    ZeroPacketId,

    /// <summary>SUBSCRIBE, UNSUBSCRIBE or their answer without a single entry.</summary>
    EmptyList,

    /// <summary>Requested QoS 3, or retain handling 3.</summary>
    BadOptions,

    /// <summary>No Local on a shared subscription.</summary>
    SharedNoLocal,

    /// <summary>An empty topic without an alias.</summary>
    NoTopic,

    /// <summary>A topic name with a wildcard, or an empty one where there is no alias.</summary>
    BadTopicName,

    /// <summary>A topic filter that is empty, has a wildcard out of place, or a broken $share.</summary>
    BadTopicFilter,

    /// <summary>Topic alias 0.</summary>
    ZeroTopicAlias,
}

/// <summary>How faults are answered and told.</summary>
public static class MqttFaults
{
    /// <summary>The code to answer with: in DISCONNECT, or in CONNACK before the client is connected. 3.1.1 just closes.</summary>
    public static MqttReason Reason(this MqttFault fault) => fault switch
    {
        MqttFault.OverlongInteger or MqttFault.UnknownPacket or MqttFault.BadFlags or MqttFault.Truncated or MqttFault.TrailingBytes
            or MqttFault.BadText or MqttFault.ReservedBits or MqttFault.BadConnectFlags or MqttFault.UnknownProperty
            or MqttFault.PropertyNotAllowed => MqttReason.MalformedPacket,
        MqttFault.PasswordAlone or MqttFault.NotAConnect or MqttFault.WrongSender or MqttFault.PropertyWrongSender or MqttFault.DuplicateProperty
            or MqttFault.PropertyOutOfRange or MqttFault.MethodMissing or MqttFault.UnknownReason or MqttFault.SessionWithRefusal
            or MqttFault.ZeroPacketId or MqttFault.EmptyList or MqttFault.BadOptions or MqttFault.SharedNoLocal
            or MqttFault.NoTopic => MqttReason.ProtocolError,
        MqttFault.PacketTooLarge => MqttReason.PacketTooLarge,
        MqttFault.UnsupportedVersion => MqttReason.UnsupportedVersion,
        MqttFault.BadTopicName => MqttReason.TopicNameInvalid,
        MqttFault.BadTopicFilter => MqttReason.TopicFilterInvalid,
        MqttFault.ZeroTopicAlias => MqttReason.TopicAliasInvalid,
        MqttFault.None => MqttReason.Success,
        _ => throw new UnreachableException($"No reason for {fault}."),
    };

    /// <summary>One sentence for the log and for the Reason String: what is wrong and what the other end should do.</summary>
    public static string Text(this MqttFault fault) => fault switch
    {
        MqttFault.None => "Nothing is wrong.",
        MqttFault.OverlongInteger => "A length or property number is not in its shortest form, or longer than four bytes.",
        MqttFault.UnknownPacket => "This packet type does not exist in this version of MQTT.",
        MqttFault.BadFlags => "The flags in the packet's first byte are not allowed for its type.",
        MqttFault.PacketTooLarge => "The packet is larger than allowed here; send smaller messages or raise the limit.",
        MqttFault.Truncated => "A field runs over the end of its packet.",
        MqttFault.TrailingBytes => "There are bytes behind the packet's last field.",
        MqttFault.BadText => "A text is not well-formed UTF-8 or contains U+0000.",
        MqttFault.ReservedBits => "A reserved bit is set.",
        MqttFault.BadConnectFlags => "The flags of the CONNECT contradict each other.",
        MqttFault.PasswordAlone => "MQTT 3.1.1 allows a password only with a user name.",
        MqttFault.UnsupportedVersion => "Only MQTT 3.1.1 and 5.0 are spoken here.",
        MqttFault.NotAConnect => "The first packet must be CONNECT.",
        MqttFault.WrongSender => "This end of a connection may not send this packet.",
        MqttFault.UnknownProperty => "A property identifier is not known.",
        MqttFault.PropertyNotAllowed => "A property does not belong to this packet.",
        MqttFault.PropertyWrongSender => "This end of a connection may not send this property.",
        MqttFault.DuplicateProperty => "A property occurs twice that may occur once.",
        MqttFault.PropertyOutOfRange => "A property has a value out of its range.",
        MqttFault.MethodMissing => "There is authentication data without an authentication method.",
        MqttFault.UnknownReason => "The reason code does not belong to this packet.",
        MqttFault.SessionWithRefusal => "A refusing CONNACK cannot have a session present.",
        MqttFault.ZeroPacketId => "The packet identifier is 0.",
        MqttFault.EmptyList => "The packet lists nothing; at least one entry is needed.",
        MqttFault.BadOptions => "The requested QoS or retain handling is 3.",
        MqttFault.SharedNoLocal => "No Local is not allowed on a shared subscription.",
        MqttFault.NoTopic => "The topic is empty and there is no topic alias.",
        MqttFault.BadTopicName => "The topic name is empty or has a wildcard.",
        MqttFault.BadTopicFilter => "The topic filter is empty, has a wildcard out of place, or a broken $share.",
        MqttFault.ZeroTopicAlias => "The topic alias is 0.",
        _ => throw new UnreachableException($"No text for {fault}."),
    };
}
