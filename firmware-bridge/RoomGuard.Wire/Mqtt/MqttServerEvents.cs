using System.Collections.Immutable;

namespace RoomGuard.Wire.Mqtt;

/// <summary>What a broker grants its clients, each with a limit.</summary>
public sealed record MqttServerLimits
{
    /// <summary>For CONNECT, and for each step of enhanced authentication.</summary>
    public TimeSpan ConnectWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Largest packet taken from a connected client; told in 5.0.</summary>
    public int MaximumPacketSize { get; init; } = 256 * 1024;

    /// <summary>Most QoS 1 and 2 messages taken unanswered (5.0).</summary>
    public ushort ReceiveMaximum { get; init; } = 20;

    /// <summary>Most QoS 1 and 2 messages sent unanswered, whatever more the client offers; the only window of a 3.1.1 client.</summary>
    public ushort SendWindow { get; init; } = 20;

    /// <summary>Highest topic alias taken (5.0).</summary>
    public ushort TopicAliasMaximum { get; init; } = 100;

    /// <summary>Highest topic alias used towards a client that offers them.</summary>
    public ushort AliasesUsed { get; init; } = 100;

    /// <summary>Longest keep alive, and what a 5.0 client without one is given; a 3.1.1 client cannot be told and keeps its own.</summary>
    public ushort KeepAliveSeconds { get; init; } = 3600;

    /// <summary>Longest life of a session without a connection; the life of a kept 3.1.1 session, which never ends by itself.</summary>
    public uint SessionExpirySeconds { get; init; } = 7 * 86_400;

    /// <summary>Most messages a session holds that its client has not taken over.</summary>
    public int MostMessages { get; init; } = 10_000;

    /// <summary>Most bytes of them.</summary>
    public long MostBytes { get; init; } = 8 * 1024 * 1024;
}

/// <summary>Something a broker has to hear from a connection, in the order it happened. Each is answered by the call it names.</summary>
public abstract record MqttServerEvent;

/// <summary>A client wants in: <see cref="MqttServerConnection.Accept"/>, <see cref="MqttServerConnection.Refuse"/> or <see cref="MqttServerConnection.Challenge"/>. Until then nothing more is read.</summary>
/// <param name="Connect">Its bytes lie in the receive buffer.</param>
public sealed record ConnectAsked(ConnectPacket Connect) : MqttServerEvent;

/// <summary>The next data of enhanced authentication: challenge again, accept or refuse; after a <paramref name="Again"/> <see cref="MqttServerConnection.Authenticated"/>.</summary>
/// <param name="Again">True: an accepted client authenticates anew; it stays connected meanwhile.</param>
public sealed record AuthenticationGiven(ReadOnlyMemory<byte>? Data, bool Again) : MqttServerEvent;

/// <summary>A client publishes: <see cref="MqttServerSession.Answer"/> once it is stored and handed on, or to refuse it.</summary>
/// <param name="Token">0 at QoS 0, which is not answered.</param>
/// <param name="Message">With its full topic; its bytes lie in the receive buffer.</param>
public sealed record PublishAsked(long Token, PublishPacket Message) : MqttServerEvent;

/// <summary>A client subscribes: <see cref="MqttServerConnection.Subscribed"/>, one reason for each filter.</summary>
/// <param name="SubscriptionId">0: none.</param>
public sealed record SubscribeAsked(ushort PacketId, ImmutableArray<MqttSubscription> Subscriptions, int SubscriptionId) : MqttServerEvent;

/// <summary>A client gives filters up: <see cref="MqttServerConnection.Unsubscribed"/>, one reason for each.</summary>
public sealed record UnsubscribeAsked(ushort PacketId, ImmutableArray<string> Filters) : MqttServerEvent;

/// <summary>The connection is over: send what is left to send, then close the link gently. The session goes on by itself.</summary>
/// <param name="Text">One sentence for the log.</param>
public sealed record ClientGone(MqttEnding Ending, MqttReason Reason, string Text) : MqttServerEvent;

/// <summary>Something a broker has to hear from a session.</summary>
public abstract record MqttSessionEvent;

/// <summary>A message has come to its end: it need not be kept any more.</summary>
/// <param name="Handle">As it was delivered with.</param>
/// <param name="Reason">What the client said; <see cref="MqttReason.PacketTooLarge"/>: the client takes none so large; null: it expired before it was sent.</param>
public sealed record MessageSettled(long Handle, MqttReason? Reason) : MqttSessionEvent;

/// <summary>A QoS 2 message of a kept session goes out with this number. The pair must be on disk before the bytes leave, or after a kill the client would take it twice, or another for it.</summary>
public sealed record MessageBegun(long Handle, ushort PacketId) : MqttSessionEvent;

/// <summary>The client of a kept session has a QoS 2 message. That must be on disk before PUBREL leaves.</summary>
public sealed record MessageReleased(long Handle) : MqttSessionEvent;

/// <summary>The will is to be published now.</summary>
public sealed record WillDue(MqttWill Will) : MqttSessionEvent;

/// <summary>The session is over: its subscriptions and whatever is kept of it go.</summary>
public sealed record SessionEnded : MqttSessionEvent;

/// <summary>What became of a delivery.</summary>
public enum MqttDelivery
{
    /// <summary>It is on its way or waits in the session; its end comes as <see cref="MessageSettled"/>.</summary>
    Held,

    /// <summary>QoS 0: on its way, nothing more will be heard of it.</summary>
    Sent,

    /// <summary>QoS 0 and no client there, or one too slow or with too small a limit: dropped and counted.</summary>
    Dropped,

    /// <summary>The session holds all it may. The publisher must be held back or refused: nothing acknowledged may be lost.</summary>
    Full,
}
