namespace RoomGuard.Wire.Mqtt;

/// <summary>How a client connects, and its limits.</summary>
public sealed record MqttClientSettings
{
    /// <summary>Which version to speak.</summary>
    public MqttVersion Version { get; init; } = MqttVersion.V5;

    /// <summary>Empty: the server gives one; only without a kept session or in 5.0.</summary>
    public required string ClientId { get; init; }

    /// <summary>The server shall keep the session while the link is down, so that nothing sent meanwhile is lost.</summary>
    public bool KeepSession { get; init; }

    /// <summary>Seconds the server shall keep it (5.0); 3.1.1 leaves that to the server.</summary>
    public uint SessionExpirySeconds { get; init; } = 86_400;

    /// <summary>
    /// Resume a session of an earlier run of the program, whose numbers of QoS 2 messages are not known any more: what waited at the server comes,
    /// and a QoS 2 message may come twice. Without it the first connection of a 5.0 client starts clean.
    /// </summary>
    public bool ResumeAtStart { get; init; }

    /// <summary>The longest silence of ours; 0: any. The server's wish replaces it.</summary>
    public ushort KeepAliveSeconds { get; init; } = 60;

    /// <summary>How long the server may take for CONNACK and PINGRESP before the link counts as dead.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What the server shall publish when we go without a word.</summary>
    public MqttWill? Will { get; init; }

    /// <summary>Null: none.</summary>
    public string? UserName { get; init; }

    /// <summary>Null: none.</summary>
    public ReadOnlyMemory<byte>? Password { get; init; }

    /// <summary>Enhanced authentication (5.0); null: none.</summary>
    public string? AuthenticationMethod { get; init; }

    /// <summary>First data of the enhanced authentication.</summary>
    public ReadOnlyMemory<byte>? AuthenticationData { get; init; }

    /// <summary>Most QoS 1 and 2 messages we take unanswered (5.0).</summary>
    public ushort ReceiveMaximum { get; init; } = 20;

    /// <summary>
    /// Whether more than that ends the connection, as the standard asks. Without it more is borne, up to what packet identifiers allow: mosquitto 2.0.11 sends more than
    /// agreed when it takes a session up again, and would do so again after every connection that ended for it.
    /// </summary>
    public bool HoldsToReceiveMaximum { get; init; } = true;

    /// <summary>Highest topic alias we take (5.0); 0: none.</summary>
    public ushort TopicAliasMaximum { get; init; } = 100;

    /// <summary>Use the aliases the server offers (5.0).</summary>
    public bool UseTopicAliases { get; init; } = true;

    /// <summary>Largest packet we take; the inbox holds to it, the server is told (5.0).</summary>
    public int MaximumPacketSize { get; init; } = 1024 * 1024;

    /// <summary>Most messages that wait for the link or for a place; beyond that <see cref="MqttClientSession.TryPublish"/> refuses.</summary>
    public int MostWaiting { get; init; } = 1000;
}

/// <summary>Something the application has to hear from a client's session, in the order it happened.</summary>
public abstract record MqttClientEvent;

/// <summary>The server accepted us. Subscriptions it does not have are already on their way again.</summary>
/// <param name="SessionPresent">False: what was sent while we were away is lost.</param>
/// <param name="ClientId">Ours, or the one the server gave.</param>
/// <param name="Server">What it says of itself.</param>
public sealed record ClientConnected(bool SessionPresent, string ClientId, MqttProperties Server) : MqttClientEvent;

/// <summary>A message. Its bytes lie in the receive buffer: store or detach them before more is read.</summary>
/// <param name="Token">For <see cref="MqttClientSession.Answer"/> once the message is safe; 0 at QoS 0, which is not answered.</param>
/// <param name="Message">With its full topic. A retained one is old, of unknown age.</param>
public sealed record MessageArrived(long Token, PublishPacket Message) : MqttClientEvent;

/// <summary>A QoS 1 or 2 message is the server's now, or it was refused.</summary>
/// <param name="Handle">As <see cref="MqttClientSession.TryPublish"/> gave it.</param>
public sealed record MessagePublished(long Handle, MqttReason Reason) : MqttClientEvent;

/// <summary>What the server says to a subscription.</summary>
public sealed record FilterSubscribed(string Filter, MqttReason Reason) : MqttClientEvent;

/// <summary>What the server says to giving one up.</summary>
public sealed record FilterUnsubscribed(string Filter, MqttReason Reason) : MqttClientEvent;

/// <summary>The server asks for the next step of enhanced authentication: <see cref="MqttClientSession.Authenticate"/>.</summary>
public sealed record AuthenticationAsked(ReadOnlyMemory<byte>? Data) : MqttClientEvent;

/// <summary>Why a connection ended.</summary>
public enum MqttEnding
{
    /// <summary>The server refused us in its CONNACK.</summary>
    Refused,

    /// <summary>The server left with DISCONNECT.</summary>
    FarEndLeft,

    /// <summary>No answer in time: the link is dead.</summary>
    Silent,

    /// <summary>The far end broke the protocol; the reason was sent where the version has room for it.</summary>
    FarEndBroke,

    /// <summary>The link broke.</summary>
    LinkLost,

    /// <summary>We left.</summary>
    Left,
}

/// <summary>The connection is over: send what is left to send, then close the link.</summary>
/// <param name="Text">One sentence for the log.</param>
/// <param name="ServerReference">Another server to use; null: none was named.</param>
public sealed record ConnectionEnded(MqttEnding Ending, MqttReason Reason, string Text, string? ServerReference) : MqttClientEvent;
