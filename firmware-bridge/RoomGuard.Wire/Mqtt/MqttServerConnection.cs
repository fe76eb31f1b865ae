using System.Collections.Immutable;
using System.Diagnostics;

namespace RoomGuard.Wire.Mqtt;

/// <summary>One connection at the broker's end, from its first byte to its last. Pure: it is told packets and the time, asks the broker by events, and says what to send. Not thread-safe.</summary>
/// <remarks>
/// While <see cref="IsDeciding"/> nothing may be taken from the inbox: a client may send on behind its CONNECT, and that must be neither lost nor done before
/// it is accepted. <see cref="Unanswered"/> tells how much of what came is not safe yet; a broker that cannot keep up stops reading.
/// </remarks>
public sealed class MqttServerConnection
{
    // One and a half keep alive times (MQTT-3.1.2-22).
    private const double KeepAliveFactor = 1.5;

    private readonly MqttServerLimits limits;
    private readonly Queue<MqttPacket> outbox = new();
    private readonly Queue<MqttServerEvent> events = new();
    private readonly Dictionary<ushort, int> subscribing = [];
    private readonly Dictionary<ushort, int> unsubscribing = [];
    private Stage stage = Stage.AwaitsConnect;
    private MqttServerSession? session;
    private ConnectPacket? connect;
    private bool isAuthenticatingAgain;
    private TimeSpan keepAlive;
    private TimeSpan lastHeard;
    private TimeSpan connectDue;

    /// <param name="limits">What clients are granted.</param>
    /// <param name="now">The link stands.</param>
    public MqttServerConnection(MqttServerLimits limits, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(limits);
        this.limits = limits;
        connectDue = now + limits.ConnectWithin;
    }

    private enum Stage
    {
        AwaitsConnect,
        Deciding,
        AwaitsAuth,
        Connected,
        Closed,
    }

    /// <summary>What is spoken: to be written in. 3.1.1 until a CONNECT says otherwise.</summary>
    public MqttVersion Version { get; private set; } = MqttVersion.V311;

    /// <summary>True while the broker has a CONNECT or an authentication to decide: take nothing from the inbox.</summary>
    public bool IsDeciding => stage == Stage.Deciding;

    /// <summary>True from acceptance to the end.</summary>
    public bool IsConnected => stage == Stage.Connected;

    /// <summary>True when all packets taken means: close the link.</summary>
    public bool IsOver => stage == Stage.Closed;

    /// <summary>Messages of the client that were told and not answered.</summary>
    public int Unanswered => session?.Incoming.Unanswered ?? 0;

    /// <summary>Bytes of messages in packets nobody has taken yet.</summary>
    public long QueuedBytes { get; private set; }

    /// <summary>Packets nobody has taken yet. A shell that reads on only when few are left keeps a client from filling memory with what it does not read.</summary>
    public int QueuedPackets => outbox.Count;

    /// <summary>When <see cref="Tick"/> must be called; null: not at all.</summary>
    public TimeSpan? NextDue => stage switch
    {
        Stage.AwaitsConnect or Stage.AwaitsAuth => connectDue,
        Stage.Connected when keepAlive > TimeSpan.Zero => lastHeard + keepAlive,
        _ => null,
    };

    /// <summary>What the inbox took, a fault included.</summary>
    /// <exception cref="InvalidOperationException">A decision is due first.</exception>
    public void Receive(MqttRead read, TimeSpan now)
    {
        if (stage == Stage.Closed)
        {
            return;
        }

        if (stage == Stage.Deciding)
        {
            throw new InvalidOperationException("The CONNECT must be decided before more is taken from the inbox.");
        }

        lastHeard = now;
        if (stage == Stage.AwaitsConnect)
        {
            Version = read.Version;
        }

        if (read.Packet is not { } received)
        {
            Break(read.Fault.Reason(), read.Fault.Text(), now, mayAnswer: read.Fault != MqttFault.NotAConnect);
            return;
        }

        switch (stage, received)
        {
            case (Stage.AwaitsConnect, ConnectPacket packet):
                connect = packet;
                stage = Stage.Deciding;
                events.Enqueue(new ConnectAsked(packet));
                break;
            case (_, ConnectPacket):
                Break(MqttReason.ProtocolError, "The client sent a second CONNECT.", now);
                break;
            case (_, AuthPacket packet):
                Authentication(packet, now);
                break;
            case (Stage.AwaitsAuth, DisconnectPacket):
                End(MqttEnding.FarEndLeft, MqttReason.Success, "The client left before it was accepted.", now, publishWill: false);
                break;
            case (Stage.Connected, _):
                Connected(received, now);
                break;
            default:
                Break(MqttReason.ProtocolError, $"The client sent {received.Type} before it was accepted.", now);
                break;
        }
    }

    /// <summary>Accepts the client. CONNACK goes out, then what the session holds.</summary>
    /// <param name="with">The session; free of any other connection (see <see cref="TakeOver"/>) and not over.</param>
    /// <param name="present">The session was there before. A clean start has none.</param>
    /// <param name="assignedClientId">The identifier given to a client that had none; null: it had one.</param>
    /// <param name="authentication">Last data of enhanced authentication.</param>
    public void Accept(MqttServerSession with, bool present, TimeSpan now, string? assignedClientId = null, ReadOnlyMemory<byte>? authentication = null)
    {
        ArgumentNullException.ThrowIfNull(with);
        if (stage != Stage.Deciding || connect is null)
        {
            throw new InvalidOperationException("There is no CONNECT to decide.");
        }

        if (present && connect.CleanStart)
        {
            throw new ArgumentException("A clean start has no session; end the old one and accept with a new one.", nameof(present));
        }

        var isNew = Version == MqttVersion.V5;
        var wish = isNew ? connect.Properties.SessionExpirySeconds ?? 0 : connect.CleanStart ? 0 : uint.MaxValue;
        var expiry = Math.Min(wish, limits.SessionExpirySeconds);
        var seconds = isNew && (connect.KeepAliveSeconds == 0 || connect.KeepAliveSeconds > limits.KeepAliveSeconds) ? limits.KeepAliveSeconds : connect.KeepAliveSeconds;
        with.Attach(this, connect.Will?.Detached(), expiry);
        session = with;
        stage = Stage.Connected;
        lastHeard = now;
        keepAlive = TimeSpan.FromSeconds(seconds * KeepAliveFactor);
        Send(new ConnAckPacket(present, MqttReason.Success, !isNew ? MqttProperties.None : new()
        {
            SessionExpirySeconds = expiry == wish ? null : expiry,
            ReceiveMaximum = limits.ReceiveMaximum,
            MaximumPacketSize = (uint)limits.MaximumPacketSize,
            AssignedClientId = assignedClientId,
            TopicAliasMaximum = limits.TopicAliasMaximum == 0 ? null : limits.TopicAliasMaximum,
            ServerKeepAliveSeconds = seconds == connect.KeepAliveSeconds ? null : seconds,
            AuthenticationMethod = connect.Properties.AuthenticationMethod,
            AuthenticationData = connect.Properties.AuthenticationMethod is null ? null : authentication,
        }));

        // The password and what else lay in the buffer are of no more use.
        connect = connect with { Password = null, Will = null, Properties = connect.Properties.Detached() };
        with.Incoming.Begin(Version, limits.ReceiveMaximum, limits.TopicAliasMaximum);
        var terms = new SendTerms(
            Version,
            Math.Min(limits.SendWindow, connect.Properties.ReceiveMaximum ?? ushort.MaxValue),
            Math.Min(limits.AliasesUsed, connect.Properties.TopicAliasMaximum ?? 0),
            Refusal);
        if (present)
        {
            with.Outgoing.Resume(terms, now);
        }
        else
        {
            with.Outgoing.StartOver(terms);
            with.Incoming.Forget();
        }

        with.Outgoing.Pump(now);
    }

    /// <summary>Refuses the client: CONNACK with the reason, then the end.</summary>
    public void Refuse(MqttReason reason, TimeSpan now)
    {
        if (stage is not (Stage.Deciding or Stage.AwaitsAuth))
        {
            throw new InvalidOperationException("There is no CONNECT to decide.");
        }

        Send(new ConnAckPacket(false, reason, MqttProperties.None));
        End(MqttEnding.Refused, reason, $"The client was refused: {reason}.", now, publishWill: false);
    }

    /// <summary>Enhanced authentication goes on: AUTH with the next challenge.</summary>
    public void Challenge(ReadOnlyMemory<byte>? data, TimeSpan now)
    {
        if (connect?.Properties.AuthenticationMethod is not { } method || !(stage == Stage.Deciding || (stage == Stage.Connected && isAuthenticatingAgain)))
        {
            throw new InvalidOperationException("No enhanced authentication is under way.");
        }

        if (stage == Stage.Deciding)
        {
            stage = Stage.AwaitsAuth;
            connectDue = now + limits.ConnectWithin;

            // What is still needed of the CONNECT must not lie in a buffer that is read into again.
            connect = (ConnectPacket)connect.Detached();
        }

        Send(new AuthPacket(MqttReason.ContinueAuthentication, new() { AuthenticationMethod = method, AuthenticationData = data }));
    }

    /// <summary>An accepted client has authenticated anew.</summary>
    public void Authenticated(ReadOnlyMemory<byte>? data)
    {
        if (stage != Stage.Connected || !isAuthenticatingAgain)
        {
            throw new InvalidOperationException("No authentication of an accepted client is under way.");
        }

        isAuthenticatingAgain = false;
        Send(new AuthPacket(MqttReason.Success, new() { AuthenticationMethod = connect!.Properties.AuthenticationMethod, AuthenticationData = data }));
    }

    /// <summary>What a client is granted of what it asked for.</summary>
    /// <param name="reasons">One for each filter, in their order.</param>
    public void Subscribed(ushort packetId, ImmutableArray<MqttReason> reasons)
    {
        if (TakeAsked(subscribing, packetId, reasons.Length))
        {
            Send(new SubAckPacket(packetId, reasons, MqttProperties.None));
        }
    }

    /// <summary>What became of the filters a client gave up.</summary>
    /// <param name="reasons">One for each filter, in their order.</param>
    public void Unsubscribed(ushort packetId, ImmutableArray<MqttReason> reasons)
    {
        if (TakeAsked(unsubscribing, packetId, reasons.Length))
        {
            Send(new UnsubAckPacket(packetId, Version == MqttVersion.V5 ? reasons : [], MqttProperties.None));
        }
    }

    /// <summary>Another connection has come with the same client identifier: this one ends, before that one is accepted.</summary>
    public void TakeOver(TimeSpan now) => Close(MqttReason.SessionTakenOver, now);

    /// <summary>Ends the connection from our side. The will is published as after a loss.</summary>
    public void Close(MqttReason reason, TimeSpan now)
    {
        if (stage == Stage.Connected && Version == MqttVersion.V5)
        {
            Send(new DisconnectPacket(reason, MqttProperties.None));
        }

        End(MqttEnding.Left, reason, $"The broker closed the connection: {reason}.", now, publishWill: true);
    }

    /// <summary>The link broke.</summary>
    public void Lost(TimeSpan now) => End(MqttEnding.LinkLost, MqttReason.UnspecifiedError, "The link to the client broke.", now, publishWill: true);

    /// <summary>We did not read for a while, so its silence is none: the keep alive time begins anew.</summary>
    public void Heard(TimeSpan now) => lastHeard = now;

    /// <summary>Time passes.</summary>
    public void Tick(TimeSpan now)
    {
        if (NextDue is not { } due || now < due)
        {
            return;
        }

        if (stage == Stage.Connected)
        {
            if (Version == MqttVersion.V5)
            {
                Send(new DisconnectPacket(MqttReason.KeepAliveTimeout, MqttProperties.None));
            }

            End(MqttEnding.Silent, MqttReason.KeepAliveTimeout, $"The client was silent for {keepAlive.TotalSeconds:0.#} s, one and a half times its keep alive.", now, publishWill: true);
            return;
        }

        End(MqttEnding.Silent, MqttReason.KeepAliveTimeout, $"The client did not connect within {limits.ConnectWithin.TotalSeconds:0.#} s.", now, publishWill: false);
    }

    /// <summary>The next packet to write.</summary>
    public bool TryTakePacket(out MqttPacket packet)
    {
        if (!outbox.TryDequeue(out packet!))
        {
            return false;
        }

        QueuedBytes -= BytesOf(packet);
        return true;
    }

    /// <summary>What happened next.</summary>
    public bool TryTakeEvent(out MqttServerEvent happened) => events.TryDequeue(out happened!);

    /// <summary>Why this client would not take a message; null: it will.</summary>
    internal MqttReason? Refusal(PublishPacket message) =>
        connect?.Properties.MaximumPacketSize is { } limit && MqttWriter.LongestOf(message, Version) > limit ? MqttReason.PacketTooLarge : null;

    internal void Send(MqttPacket packet)
    {
        if (MqttWriter.Fitting(packet, Version, connect?.Properties.MaximumPacketSize) is { } fitting)
        {
            outbox.Enqueue(fitting);
            QueuedBytes += BytesOf(fitting);
        }
    }

    private static long BytesOf(MqttPacket packet) => packet is PublishPacket message ? message.Topic.Length + message.Payload.Length : 0;

    private void Connected(MqttPacket packet, TimeSpan now)
    {
        switch (packet)
        {
            case PublishPacket p:
                var arrival = session!.Incoming.Arrived(p, now);
                if (arrival.Reason.IsFailure())
                {
                    Break(arrival.Reason, arrival.Text, now);
                }
                else if (arrival.Message is { } message)
                {
                    events.Enqueue(new PublishAsked(arrival.Token, message));
                }

                break;
            case PubAckPacket p:
                session!.Outgoing.Acknowledged(p, now);
                break;
            case PubRecPacket p:
                session!.Outgoing.Received(p, now);
                break;
            case PubRelPacket p:
                session!.Incoming.Released(p, now);
                break;
            case PubCompPacket p:
                session!.Outgoing.Completed(p, now);
                break;
            case SubscribePacket p:
                if (Ask(subscribing, p.PacketId, p.Subscriptions.Length, now))
                {
                    events.Enqueue(new SubscribeAsked(p.PacketId, p.Subscriptions, p.Properties.SubscriptionIds.FirstOrDefault()));
                }

                break;
            case UnsubscribePacket p:
                if (Ask(unsubscribing, p.PacketId, p.Filters.Length, now))
                {
                    events.Enqueue(new UnsubscribeAsked(p.PacketId, p.Filters));
                }

                break;
            case PingReqPacket:
                Send(PingRespPacket.One);
                break;
            case DisconnectPacket p:
                Left(p, now);
                break;
            default:
                throw new UnreachableException($"No answer to {packet.Type}.");
        }
    }

    private void Left(DisconnectPacket packet, TimeSpan now)
    {
        if (packet.Properties.SessionExpirySeconds is { } seconds)
        {
            if (seconds > 0 && (connect!.Properties.SessionExpirySeconds ?? 0) == 0)
            {
                Break(MqttReason.ProtocolError, "The client wanted to keep a session it had connected without.", now);
                return;
            }

            session!.ChangeExpiry(Math.Min(seconds, limits.SessionExpirySeconds));
        }

        End(MqttEnding.FarEndLeft, packet.Reason, $"The client left: {packet.Reason}.", now, publishWill: packet.Reason != MqttReason.Success);
    }

    private void Authentication(AuthPacket packet, TimeSpan now)
    {
        var method = connect?.Properties.AuthenticationMethod;
        var isDue = stage == Stage.AwaitsAuth
            ? packet.Reason == MqttReason.ContinueAuthentication
            : stage == Stage.Connected && packet.Reason == (isAuthenticatingAgain ? MqttReason.ContinueAuthentication : MqttReason.ReAuthenticate);
        if (method is null || packet.Properties.AuthenticationMethod != method || !isDue)
        {
            Break(MqttReason.ProtocolError, "The client's AUTH belongs to no authentication under way.", now);
            return;
        }

        isAuthenticatingAgain = stage == Stage.Connected;
        stage = stage == Stage.AwaitsAuth ? Stage.Deciding : stage;
        events.Enqueue(new AuthenticationGiven(MqttProperties.Copied(packet.Properties.AuthenticationData), isAuthenticatingAgain));
    }

    private bool Ask(Dictionary<ushort, int> questions, ushort id, int count, TimeSpan now)
    {
        if (!subscribing.ContainsKey(id) && !unsubscribing.ContainsKey(id))
        {
            questions[id] = count;
            return true;
        }

        Break(MqttReason.ProtocolError, $"The client used packet identifier {id} again before it was answered.", now);
        return false;
    }

    private bool TakeAsked(Dictionary<ushort, int> questions, ushort id, int count)
    {
        if (stage != Stage.Connected)
        {
            return false;
        }

        if (!questions.TryGetValue(id, out var asked) || asked != count)
        {
            throw new ArgumentException($"Nothing with packet identifier {id} and {count} filters was asked.", nameof(id));
        }

        return questions.Remove(id);
    }

    private void Break(MqttReason reason, string text, TimeSpan now, bool mayAnswer = true)
    {
        if (stage == Stage.Connected)
        {
            if (Version == MqttVersion.V5)
            {
                Send(new DisconnectPacket(reason, new() { ReasonString = text }));
            }
        }
        else if (mayAnswer && (Version == MqttVersion.V5 || reason == MqttReason.UnsupportedVersion) && reason.MayStandIn(MqttPacketType.ConnAck))
        {
            Send(new ConnAckPacket(false, reason, Version == MqttVersion.V5 ? new() { ReasonString = text } : MqttProperties.None));
        }

        End(MqttEnding.FarEndBroke, reason, text, now, publishWill: true);
    }

    private void End(MqttEnding ending, MqttReason reason, string text, TimeSpan now, bool publishWill)
    {
        if (stage == Stage.Closed)
        {
            return;
        }

        stage = Stage.Closed;
        subscribing.Clear();
        unsubscribing.Clear();
        session?.Detach(now, publishWill);
        session = null;
        events.Enqueue(new ClientGone(ending, reason, text));
    }
}
