namespace RoomGuard.Wire.Mqtt;

/// <summary>Which of the two standards a connection speaks. The number is the protocol level of its CONNECT.</summary>
public enum MqttVersion : byte
{
    /// <summary>MQTT 3.1.1 (OASIS, 2014).</summary>
    V311 = 4,

    /// <summary>MQTT 5.0 (OASIS, 2019).</summary>
    V5 = 5,
}

/// <summary>Who sent a packet: some packets and some properties may come from one end only.</summary>
public enum MqttEnd
{
    /// <summary>The end that sends CONNECT.</summary>
    Client,

    /// <summary>The broker.</summary>
    Server,
}

/// <summary>Quality of service.</summary>
public enum MqttQos : byte
{
    /// <summary>At most once: sent and forgotten.</summary>
    AtMostOnce = 0,

    /// <summary>At least once: acknowledged, may double.</summary>
    AtLeastOnce = 1,

    /// <summary>Exactly once: four packets for each message.</summary>
    ExactlyOnce = 2,
}

/// <summary>When a subscription wants the retained messages (5.0; in 3.1.1 always).</summary>
public enum MqttRetainHandling : byte
{
    /// <summary>At every SUBSCRIBE.</summary>
    Always = 0,

    /// <summary>Only when the subscription was not there before.</summary>
    IfNew = 1,

    /// <summary>Never.</summary>
    Never = 2,
}

/// <summary>The fifteen control packets; the number is the high half of the first byte.</summary>
public enum MqttPacketType : byte
{
    /// <summary>A client opens its conversation.</summary>
    Connect = 1,

    /// <summary>The server accepts or refuses it.</summary>
    ConnAck = 2,

    /// <summary>A message.</summary>
    Publish = 3,

    /// <summary>A QoS 1 message is taken over.</summary>
    PubAck = 4,

    /// <summary>A QoS 2 message is taken over, first half.</summary>
    PubRec = 5,

    /// <summary>The sender of a QoS 2 message lets its number go.</summary>
    PubRel = 6,

    /// <summary>The number of a QoS 2 message is free.</summary>
    PubComp = 7,

    /// <summary>A client asks for topics.</summary>
    Subscribe = 8,

    /// <summary>What it was granted.</summary>
    SubAck = 9,

    /// <summary>A client gives topics up.</summary>
    Unsubscribe = 10,

    /// <summary>They are given up.</summary>
    UnsubAck = 11,

    /// <summary>A client asks for a sign of life.</summary>
    PingReq = 12,

    /// <summary>The sign of life.</summary>
    PingResp = 13,

    /// <summary>One end leaves in order.</summary>
    Disconnect = 14,

    /// <summary>A step of enhanced authentication (5.0).</summary>
    Auth = 15,
}
