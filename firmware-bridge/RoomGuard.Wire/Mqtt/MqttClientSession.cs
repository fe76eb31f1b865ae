using System.Diagnostics;

namespace RoomGuard.Wire.Mqtt;

/// <summary>A client's session, over as many connections as it takes. Pure: it is told packets and the time, and says what to send and what happened.</summary>
/// <remarks>
/// Deliver, then acknowledge: PUBACK and PUBREC go out only after the application has said with <see cref="Answer"/> that a message is
/// safe, and in the order the messages came. Nothing is sent twice within a connection; after a reconnect to a kept session
/// what is unanswered is, with the same number. If the server has lost the session, messages it had not taken over are sent as new ones: nothing is
/// lost, a QoS 2 message may then come twice. When to connect again is the shell's affair. Not thread-safe.
/// </remarks>
public sealed class MqttClientSession
{
    private readonly MqttClientSettings settings;
    private readonly Queue<MqttPacket> outbox = new();
    private readonly Queue<MqttClientEvent> events = new();
    private readonly List<Wanted> wanted = [];
    private readonly HashSet<string> unwanted = new(StringComparer.Ordinal);

    private readonly Dictionary<ushort, Asked> asked = [];
    private readonly OutgoingMessages outgoing;
    private readonly IncomingMessages incoming;

    private Stage stage = Stage.Closed;
    private string clientId;
    private bool knowsSession;
    private bool askedClean;
    private long lastHandle;
    private MqttProperties server = MqttProperties.None;
    private TimeSpan keepAlive;
    private TimeSpan lastSent;
    private TimeSpan? answerDue;

    /// <param name="settings">How to connect.</param>
    /// <exception cref="ArgumentException">The CONNECT made of them cannot be.</exception>
    public MqttClientSession(MqttClientSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        this.settings = settings;
        outgoing = new(Send, (handle, reason) => events.Enqueue(new MessagePublished(handle, reason ?? MqttReason.Success)), expires: false);
        incoming = new(Send);
        clientId = settings.ClientId;
        knowsSession = settings.ResumeAtStart;
        MqttWriter.LengthOf(Connect(), settings.Version);
        if (settings is { Version: MqttVersion.V311, ClientId.Length: 0, KeepSession: true })
        {
            throw new ArgumentException("A session can be kept in MQTT 3.1.1 only with a client identifier.", nameof(settings));
        }
    }

    private enum Stage
    {
        Closed,
        Connecting,
        Connected,
    }

    private bool IsNew => settings.Version == MqttVersion.V5;

    /// <summary>True between the server's acceptance and the end of the connection.</summary>
    public bool IsConnected => stage == Stage.Connected;

    /// <summary>True when no connection stands or is being made: when all packets are taken, close the link.</summary>
    public bool IsOver => stage == Stage.Closed;

    /// <summary>Messages of ours the server has not taken over.</summary>
    public int Unpublished => outgoing.Count;

    /// <summary>When <see cref="Tick"/> must be called; null: not at all.</summary>
    public TimeSpan? NextDue => stage == Stage.Closed ? null
        : answerDue ?? (keepAlive > TimeSpan.Zero ? lastSent + keepAlive : null);

    /// <summary>A link stands: CONNECT goes out.</summary>
    public void Open(TimeSpan now)
    {
        if (stage != Stage.Closed)
        {
            Lost(now);
        }

        outbox.Clear();
        stage = Stage.Connecting;
        askedClean = Connect().CleanStart;
        answerDue = now + settings.AnswerWithin;
        Send(Connect(), now);
    }

    /// <summary>The link broke.</summary>
    public void Lost(TimeSpan now) => End(MqttEnding.LinkLost, MqttReason.UnspecifiedError, "The link to the server broke.");

    /// <summary>Leaves in order. The will is not published unless <paramref name="reason"/> is <see cref="MqttReason.DisconnectWithWill"/>.</summary>
    public void Leave(TimeSpan now, MqttReason reason = MqttReason.Success)
    {
        if (stage == Stage.Connected)
        {
            Send(new DisconnectPacket(reason, MqttProperties.None), now);
        }

        End(MqttEnding.Left, reason, "We left.");
    }

    /// <summary>We did not read for a while, so the server's silence is none: its answer may lie unread. Before <see cref="Tick"/>.</summary>
    public void Heard()
    {
        if (stage == Stage.Connected)
        {
            answerDue = null;
        }
    }

    /// <summary>Time passes.</summary>
    public void Tick(TimeSpan now)
    {
        if (stage == Stage.Closed || NextDue is not { } due || now < due)
        {
            return;
        }

        if (answerDue is not null)
        {
            End(MqttEnding.Silent, MqttReason.KeepAliveTimeout, $"The server did not answer within {settings.AnswerWithin.TotalSeconds:0.#} s.");
            return;
        }

        answerDue = now + settings.AnswerWithin;
        Send(PingReqPacket.One, now);
    }

    /// <summary>What the inbox took, a fault included.</summary>
    public void Receive(MqttRead read, TimeSpan now)
    {
        if (stage == Stage.Closed)
        {
            return;
        }

        if (read.Packet is null)
        {
            Break(read.Fault.Reason(), read.Fault.Text(), now);
            return;
        }

        if (stage == Stage.Connecting && read.Packet is not (ConnAckPacket or AuthPacket or DisconnectPacket))
        {
            Break(MqttReason.ProtocolError, $"The server sent {read.Packet.Type} before it accepted us.", now);
            return;
        }

        switch (read.Packet)
        {
            case ConnAckPacket packet:
                Accepted(packet, now);
                break;
            case PublishPacket packet:
                Arrived(packet, now);
                break;
            case PubAckPacket packet:
                outgoing.Acknowledged(packet, now);
                Ask(now);
                break;
            case PubRecPacket packet:
                outgoing.Received(packet, now);
                Ask(now);
                break;
            case PubCompPacket packet:
                outgoing.Completed(packet, now);
                Ask(now);
                break;
            case PubRelPacket packet:
                incoming.Released(packet, now);
                break;
            case SubAckPacket packet:
                Subscribed(packet, now);
                break;
            case UnsubAckPacket packet:
                Unsubscribed(packet, now);
                break;
            case PingRespPacket:
                answerDue = null;
                break;
            case AuthPacket packet:
                Authentication(packet, now);
                break;
            case DisconnectPacket packet:
                End(MqttEnding.FarEndLeft, packet.Reason, packet.Properties.ReasonString ?? $"The server left: {packet.Reason}.", packet.Properties.ServerReference);
                break;
            default:
                throw new UnreachableException($"No answer to {read.Packet.Type}.");
        }
    }

    /// <summary>Publishes, at once or when there is a link and a place. QoS 0 goes at once or not at all.</summary>
    /// <param name="message">Without number and alias, and with bytes of its own: they are kept until the server has the message.</param>
    /// <param name="handle">Comes again in <see cref="MessagePublished"/>; 0 at QoS 0.</param>
    /// <returns>False: not connected (QoS 0), or too much waits already.</returns>
    /// <exception cref="ArgumentException">The message cannot be.</exception>
    public bool TryPublish(PublishPacket message, TimeSpan now, out long handle)
    {
        ArgumentNullException.ThrowIfNull(message);
        handle = 0;
        if (message.PacketId != 0 || message.Duplicate || message.Properties.TopicAlias is not null || !message.Properties.SubscriptionIds.IsEmpty)
        {
            throw new ArgumentException("A message is published without number, DUP, alias and subscription identifiers; the session sets them.", nameof(message));
        }

        MqttWriter.LengthOf(message.Qos == MqttQos.AtMostOnce ? message : message with { PacketId = 1 }, settings.Version);
        if (message.Qos == MqttQos.AtMostOnce)
        {
            // Packets nobody takes are no reason to fill memory with the messages nobody would miss.
            if (stage != Stage.Connected || outbox.Count >= settings.MostWaiting || Refusal(message) is not null)
            {
                return false;
            }

            outgoing.SendUncounted(message, now);
            return true;
        }

        if (outgoing.Waiting >= settings.MostWaiting)
        {
            return false;
        }

        handle = ++lastHandle;
        outgoing.Add(handle, message, now);
        outgoing.Pump(now);
        return true;
    }

    /// <summary>Subscribes now, and again whenever the server has not kept it.</summary>
    /// <param name="subscriptionId">5.0: comes with each message; 0: none.</param>
    /// <exception cref="ArgumentException">The filter is none.</exception>
    public void Subscribe(MqttSubscription subscription, TimeSpan now, int subscriptionId = 0)
    {
        var entry = new Wanted(subscription, subscriptionId);
        MqttWriter.LengthOf(SubscribeTo(entry, 1), settings.Version);
        wanted.RemoveAll(item => item.Subscription.Filter == subscription.Filter);
        unwanted.Remove(subscription.Filter);
        wanted.Add(entry);
        Ask(now);
    }

    /// <summary>Gives a subscription up.</summary>
    public void Unsubscribe(string filter, TimeSpan now)
    {
        if (wanted.RemoveAll(item => item.Subscription.Filter == filter) > 0)
        {
            unwanted.Add(filter);
            Ask(now);
        }
    }

    /// <summary>The application has the message safely, or refuses it (5.0; 3.1.1 cannot say so). PUBACK or PUBREC goes out when its turn comes.</summary>
    /// <param name="token">Of <see cref="MessageArrived"/>. One of an earlier connection is forgotten at QoS 1, since the server sends the message again.</param>
    public void Answer(long token, TimeSpan now, MqttReason reason = MqttReason.Success) => incoming.Answer(token, reason, now);

    /// <summary>The next step of enhanced authentication, or with <paramref name="again"/> its first on a living connection.</summary>
    public void Authenticate(ReadOnlyMemory<byte>? data, TimeSpan now, bool again = false)
    {
        if (settings.AuthenticationMethod is not { } method || stage == Stage.Closed || (again && stage != Stage.Connected))
        {
            throw new InvalidOperationException("Authentication is possible with a method in the settings and a connection.");
        }

        Send(new AuthPacket(again ? MqttReason.ReAuthenticate : MqttReason.ContinueAuthentication, new() { AuthenticationMethod = method, AuthenticationData = data }), now);
    }

    /// <summary>The next packet to write.</summary>
    public bool TryTakePacket(out MqttPacket packet) => outbox.TryDequeue(out packet!);

    /// <summary>What happened next.</summary>
    public bool TryTakeEvent(out MqttClientEvent happened) => events.TryDequeue(out happened!);

    private ConnectPacket Connect() => new(
        settings.Version,
        clientId,
        CleanStart: !settings.KeepSession || (IsNew && !knowsSession),
        settings.KeepAliveSeconds,
        settings.Will,
        settings.UserName,
        settings.Password,
        !IsNew ? MqttProperties.None : new()
        {
            SessionExpirySeconds = settings.KeepSession ? settings.SessionExpirySeconds : null,
            ReceiveMaximum = settings.ReceiveMaximum,
            TopicAliasMaximum = settings.TopicAliasMaximum == 0 ? null : settings.TopicAliasMaximum,
            MaximumPacketSize = (uint)settings.MaximumPacketSize,
            AuthenticationMethod = settings.AuthenticationMethod,
            AuthenticationData = settings.AuthenticationData,
        });

    private void Accepted(ConnAckPacket packet, TimeSpan now)
    {
        if (stage == Stage.Connected)
        {
            Break(MqttReason.ProtocolError, "The server sent a second CONNACK.", now);
            return;
        }

        if (packet.Reason.IsFailure())
        {
            End(MqttEnding.Refused, packet.Reason, packet.Properties.ReasonString ?? $"The server refused us: {packet.Reason}.", packet.Properties.ServerReference);
            return;
        }

        if (packet.SessionPresent && askedClean)
        {
            Break(MqttReason.ProtocolError, "The server has a session for a client that asked for none.", now);
            return;
        }

        if (packet.Properties.AuthenticationMethod != settings.AuthenticationMethod && IsNew)
        {
            Break(MqttReason.ProtocolError, "The server ends another authentication than ours.", now);
            return;
        }

        stage = Stage.Connected;
        knowsSession = true;
        answerDue = null;
        server = packet.Properties.Detached();
        clientId = server.AssignedClientId ?? clientId;
        keepAlive = TimeSpan.FromSeconds(server.ServerKeepAliveSeconds ?? settings.KeepAliveSeconds);
        events.Enqueue(new ClientConnected(packet.SessionPresent, clientId, server));
        incoming.Begin(settings.Version, settings.HoldsToReceiveMaximum ? settings.ReceiveMaximum : ushort.MaxValue, settings.TopicAliasMaximum);
        var terms = new SendTerms(
            settings.Version,
            server.ReceiveMaximum ?? ushort.MaxValue,
            settings.UseTopicAliases ? server.TopicAliasMaximum ?? 0 : 0,
            Refusal);
        if (packet.SessionPresent)
        {
            outgoing.Resume(terms, now);
        }
        else
        {
            // Numbers are free, subscriptions gone.
            outgoing.StartOver(terms);
            incoming.Forget();
            unwanted.Clear();
            foreach (var item in wanted)
            {
                item.IsGranted = false;
            }
        }

        Ask(now);
        outgoing.Pump(now);
    }

    private void Ask(TimeSpan now)
    {
        if (stage != Stage.Connected)
        {
            return;
        }

        foreach (var filter in unwanted.Where(filter => !asked.Values.Any(item => item.Filter == filter && item.Subscription is null)).ToList())
        {
            if (outgoing.LendId() is { } id)
            {
                asked[id] = new(filter, null);
                Send(new UnsubscribePacket(id, [filter], MqttProperties.None), now);
            }
        }

        foreach (var entry in wanted.Where(item => !item.IsGranted && !item.IsAsked))
        {
            if (outgoing.LendId() is { } id)
            {
                entry.IsAsked = true;
                asked[id] = new(entry.Subscription.Filter, entry);
                Send(SubscribeTo(entry, id), now);
            }
        }
    }

    private void Subscribed(SubAckPacket packet, TimeSpan now)
    {
        if (!asked.TryGetValue(packet.PacketId, out var question) || question.Subscription is not { } entry || packet.Reasons.Length != 1)
        {
            Break(MqttReason.ProtocolError, "The server's SUBACK belongs to no SUBSCRIBE of ours.", now);
            return;
        }

        asked.Remove(packet.PacketId);
        outgoing.TakeBack(packet.PacketId);
        entry.IsGranted = !packet.Reasons[0].IsFailure();
        events.Enqueue(new FilterSubscribed(question.Filter, packet.Reasons[0]));
        Ask(now);
        outgoing.Pump(now);
    }

    private void Unsubscribed(UnsubAckPacket packet, TimeSpan now)
    {
        if (!asked.TryGetValue(packet.PacketId, out var question) || question.Subscription is not null || packet.Reasons.Length != (IsNew ? 1 : 0))
        {
            Break(MqttReason.ProtocolError, "The server's UNSUBACK belongs to no UNSUBSCRIBE of ours.", now);
            return;
        }

        asked.Remove(packet.PacketId);
        outgoing.TakeBack(packet.PacketId);
        unwanted.Remove(question.Filter);
        events.Enqueue(new FilterUnsubscribed(question.Filter, IsNew ? packet.Reasons[0] : MqttReason.Success));
        Ask(now);
        outgoing.Pump(now);
    }

    private SubscribePacket SubscribeTo(Wanted entry, ushort id) =>
        new(id, [entry.Subscription], IsNew && entry.SubscriptionId > 0 ? new() { SubscriptionIds = [entry.SubscriptionId] } : MqttProperties.None);

    /// <summary>Why the server would not take a message: it said so in its CONNACK.</summary>
    private MqttReason? Refusal(PublishPacket message) =>
        message.Qos > (server.MaximumQos ?? MqttQos.ExactlyOnce) ? MqttReason.QosNotSupported
        : message.Retain && server.RetainAvailable == false ? MqttReason.RetainNotSupported
        : server.MaximumPacketSize is { } limit && MqttWriter.LongestOf(message, settings.Version) > limit ? MqttReason.PacketTooLarge
        : null;

    private void Arrived(PublishPacket packet, TimeSpan now)
    {
        var arrival = incoming.Arrived(packet, now);
        if (arrival.Reason.IsFailure())
        {
            Break(arrival.Reason, arrival.Text, now);
        }
        else if (arrival.Message is { } message)
        {
            events.Enqueue(new MessageArrived(arrival.Token, message));
        }
    }

    private void Authentication(AuthPacket packet, TimeSpan now)
    {
        if (settings.AuthenticationMethod is null || packet.Properties.AuthenticationMethod != settings.AuthenticationMethod || packet.Reason == MqttReason.ReAuthenticate)
        {
            Break(MqttReason.ProtocolError, "The server's AUTH does not belong to our authentication.", now);
        }
        else if (packet.Reason == MqttReason.ContinueAuthentication)
        {
            if (stage == Stage.Connecting)
            {
                answerDue = now + settings.AnswerWithin;
            }

            events.Enqueue(new AuthenticationAsked(MqttProperties.Copied(packet.Properties.AuthenticationData)));
        }
    }

    private void Break(MqttReason reason, string text, TimeSpan now)
    {
        if (IsNew && stage == Stage.Connected)
        {
            Send(new DisconnectPacket(reason, MqttProperties.None), now);
        }

        End(MqttEnding.FarEndBroke, reason, text);
    }

    private void End(MqttEnding ending, MqttReason reason, string text, string? serverReference = null)
    {
        if (stage == Stage.Closed)
        {
            return;
        }

        stage = Stage.Closed;
        answerDue = null;
        asked.Clear();
        outgoing.End();
        incoming.End();
        foreach (var item in wanted)
        {
            item.IsAsked = false;
        }

        events.Enqueue(new ConnectionEnded(ending, reason, text, serverReference));
    }

    private void Send(MqttPacket packet, TimeSpan now)
    {
        lastSent = now;
        outbox.Enqueue(packet);
    }

    private sealed class Wanted(MqttSubscription subscription, int subscriptionId)
    {
        public MqttSubscription Subscription => subscription;

        public int SubscriptionId => subscriptionId;

        public bool IsAsked { get; set; }

        public bool IsGranted { get; set; }
    }

    private sealed record Asked(string Filter, Wanted? Subscription);
}
