namespace RoomGuard.Wire.Mqtt;

/// <summary>Reason codes of MQTT 5.0 (section 2.4). From 80h on: failure. The return codes of 3.1.1 are read and written as these.</summary>
public enum MqttReason : byte
{
    /// <summary>Success; granted QoS 0; normal disconnection.</summary>
    Success = 0x00,

    /// <summary>Granted QoS 1.</summary>
    GrantedQos1 = 0x01,

    /// <summary>Granted QoS 2.</summary>
    GrantedQos2 = 0x02,

    /// <summary>The client leaves and wants its will published.</summary>
    DisconnectWithWill = 0x04,

    /// <summary>Taken over, and nobody listens.</summary>
    NoMatchingSubscribers = 0x10,

    /// <summary>There was no such subscription.</summary>
    NoSubscriptionExisted = 0x11,

    /// <summary>Another step of authentication follows.</summary>
    ContinueAuthentication = 0x18,

    /// <summary>The client authenticates again on a living connection.</summary>
    ReAuthenticate = 0x19,

    /// <summary>Failed; the reason is not told.</summary>
    UnspecifiedError = 0x80,

    /// <summary>The packet cannot be parsed.</summary>
    MalformedPacket = 0x81,

    /// <summary>The packet can be parsed and may not be so, or not now.</summary>
    ProtocolError = 0x82,

    /// <summary>Right, and not accepted by this program.</summary>
    ImplementationSpecific = 0x83,

    /// <summary>The version is not spoken here.</summary>
    UnsupportedVersion = 0x84,

    /// <summary>The client identifier is not accepted.</summary>
    ClientIdNotValid = 0x85,

    /// <summary>Bad user name or password.</summary>
    BadUserNameOrPassword = 0x86,

    /// <summary>Not authorised.</summary>
    NotAuthorised = 0x87,

    /// <summary>The server is not available.</summary>
    ServerUnavailable = 0x88,

    /// <summary>The server is busy.</summary>
    ServerBusy = 0x89,

    /// <summary>The client is banned.</summary>
    Banned = 0x8A,

    /// <summary>The server shuts down.</summary>
    ServerShuttingDown = 0x8B,

    /// <summary>The authentication method is not the agreed one, or not known.</summary>
    BadAuthenticationMethod = 0x8C,

    /// <summary>Nothing was heard for one and a half keep-alive times.</summary>
    KeepAliveTimeout = 0x8D,

    /// <summary>Another connection uses the same client identifier.</summary>
    SessionTakenOver = 0x8E,

    /// <summary>The topic filter is not accepted.</summary>
    TopicFilterInvalid = 0x8F,

    /// <summary>The topic name is not accepted.</summary>
    TopicNameInvalid = 0x90,

    /// <summary>The packet identifier is in use.</summary>
    PacketIdInUse = 0x91,

    /// <summary>The packet identifier is not known.</summary>
    PacketIdNotFound = 0x92,

    /// <summary>More unacknowledged messages than allowed.</summary>
    ReceiveMaximumExceeded = 0x93,

    /// <summary>The topic alias is 0 or above the agreed maximum.</summary>
    TopicAliasInvalid = 0x94,

    /// <summary>The packet is larger than allowed.</summary>
    PacketTooLarge = 0x95,

    /// <summary>Messages come too fast.</summary>
    MessageRateTooHigh = 0x96,

    /// <summary>A limit set by the operator is reached.</summary>
    QuotaExceeded = 0x97,

    /// <summary>Closed by the operator.</summary>
    AdministrativeAction = 0x98,

    /// <summary>The payload is not what its format indicator says.</summary>
    PayloadFormatInvalid = 0x99,

    /// <summary>Retained messages are not kept here.</summary>
    RetainNotSupported = 0x9A,

    /// <summary>The QoS is above the server's maximum.</summary>
    QosNotSupported = 0x9B,

    /// <summary>Use another server for now.</summary>
    UseAnotherServer = 0x9C,

    /// <summary>Use another server for good.</summary>
    ServerMoved = 0x9D,

    /// <summary>Shared subscriptions are not supported.</summary>
    SharedSubscriptionsNotSupported = 0x9E,

    /// <summary>Connections come too fast.</summary>
    ConnectionRateExceeded = 0x9F,

    /// <summary>The longest time for a connection is over.</summary>
    MaximumConnectTime = 0xA0,

    /// <summary>Subscription identifiers are not supported.</summary>
    SubscriptionIdsNotSupported = 0xA1,

    /// <summary>Wildcards in filters are not supported.</summary>
    WildcardsNotSupported = 0xA2,
}

/// <summary>Which reason may stand in which packet, and what a 3.1.1 client is told instead.</summary>
public static class MqttReasons
{
    /// <summary>True from 80h on.</summary>
    public static bool IsFailure(this MqttReason reason) => (byte)reason >= 0x80;

    /// <summary>Whether the standard knows this code in this packet. A code it does not know is a protocol error.</summary>
    public static bool MayStandIn(this MqttReason reason, MqttPacketType packet) => packet switch
    {
        MqttPacketType.ConnAck => reason is MqttReason.Success
            or >= MqttReason.UnspecifiedError and <= MqttReason.Banned
            or MqttReason.BadAuthenticationMethod or MqttReason.TopicNameInvalid or MqttReason.PacketTooLarge or MqttReason.QuotaExceeded
            or >= MqttReason.PayloadFormatInvalid and <= MqttReason.ServerMoved or MqttReason.ConnectionRateExceeded,
        MqttPacketType.PubAck or MqttPacketType.PubRec => reason is MqttReason.Success or MqttReason.NoMatchingSubscribers
            or MqttReason.UnspecifiedError or MqttReason.ImplementationSpecific or MqttReason.NotAuthorised or MqttReason.TopicNameInvalid
            or MqttReason.PacketIdInUse or MqttReason.QuotaExceeded or MqttReason.PayloadFormatInvalid,
        MqttPacketType.PubRel or MqttPacketType.PubComp => reason is MqttReason.Success or MqttReason.PacketIdNotFound,
        MqttPacketType.SubAck => reason is MqttReason.Success or MqttReason.GrantedQos1 or MqttReason.GrantedQos2
            or MqttReason.UnspecifiedError or MqttReason.ImplementationSpecific or MqttReason.NotAuthorised or MqttReason.TopicFilterInvalid
            or MqttReason.PacketIdInUse or MqttReason.QuotaExceeded or MqttReason.SharedSubscriptionsNotSupported
            or MqttReason.SubscriptionIdsNotSupported or MqttReason.WildcardsNotSupported,
        MqttPacketType.UnsubAck => reason is MqttReason.Success or MqttReason.NoSubscriptionExisted
            or MqttReason.UnspecifiedError or MqttReason.ImplementationSpecific or MqttReason.NotAuthorised or MqttReason.TopicFilterInvalid
            or MqttReason.PacketIdInUse,
        MqttPacketType.Disconnect => reason is MqttReason.Success or MqttReason.DisconnectWithWill
            or >= MqttReason.UnspecifiedError and <= MqttReason.ImplementationSpecific or MqttReason.NotAuthorised or MqttReason.ServerBusy
            or >= MqttReason.ServerShuttingDown and <= MqttReason.TopicNameInvalid
            or >= MqttReason.ReceiveMaximumExceeded and <= MqttReason.WildcardsNotSupported,
        MqttPacketType.Auth => reason is MqttReason.Success or MqttReason.ContinueAuthentication or MqttReason.ReAuthenticate,
        _ => false,
    };

    /// <summary>The return code of a 3.1.1 CONNACK, 0 to 5.</summary>
    public static byte ToReturnCode(this MqttReason reason) => reason switch
    {
        MqttReason.Success => 0,
        MqttReason.UnsupportedVersion => 1,
        MqttReason.ClientIdNotValid => 2,
        MqttReason.BadUserNameOrPassword or MqttReason.BadAuthenticationMethod => 4,
        MqttReason.NotAuthorised or MqttReason.Banned => 5,
        _ => 3,
    };

    /// <summary>A 3.1.1 return code as a reason; null above 5.</summary>
    public static MqttReason? OfReturnCode(byte code) => code switch
    {
        0 => MqttReason.Success,
        1 => MqttReason.UnsupportedVersion,
        2 => MqttReason.ClientIdNotValid,
        3 => MqttReason.ServerUnavailable,
        4 => MqttReason.BadUserNameOrPassword,
        5 => MqttReason.NotAuthorised,
        _ => null,
    };

    /// <summary>The SUBACK code that grants a QoS.</summary>
    public static MqttReason Granted(MqttQos qos) => (MqttReason)qos;
}
