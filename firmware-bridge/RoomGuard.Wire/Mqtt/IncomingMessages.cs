namespace RoomGuard.Wire.Mqtt;

/// <summary>What became of a PUBLISH that came in.</summary>
/// <param name="Message">To be handed over, with its full topic; null: nothing new, or a fault.</param>
/// <param name="Token">For the answer; 0 at QoS 0.</param>
/// <param name="Reason">A failure ends the connection.</param>
/// <param name="Text">What the failure is.</param>
internal readonly record struct Arrival(PublishPacket? Message, long Token, MqttReason Reason, string Text)
{
    public static Arrival NothingNew => default;

    public static Arrival Broken(MqttReason reason, string text) => new(null, 0, reason, text);
}

/// <summary>The receiving half of a session: hands each message over once, and answers in order what was said to be safe. The same at both ends.</summary>
internal sealed class IncomingMessages(Action<MqttPacket, TimeSpan> send)
{
    private readonly Queue<Incoming> unanswered = new();
    private readonly Dictionary<long, Incoming> handed = [];
    private readonly HashSet<ushort> atLeastOnce = [];
    private readonly Dictionary<ushort, Incoming> exactlyOnce = [];
    private readonly Dictionary<ushort, string> aliases = [];
    private MqttVersion version;
    private int receiveMaximum;
    private int aliasMaximum;
    private int counted;
    private long lastToken;
    private bool isOpen;

    /// <summary>Messages handed over and not yet said to be safe, of this connection.</summary>
    public int Unanswered => unanswered.Count;

    /// <summary>Numbers of QoS 2 messages taken over and not released: what must survive a restart.</summary>
    public IEnumerable<ushort> Taken => exactlyOnce.Values.Where(item => item.Reason is { } reason && !reason.IsFailure()).Select(item => item.Id);

    /// <summary>A connection stands.</summary>
    /// <param name="most">Receive Maximum we gave; 3.1.1 has none and it is not held against the far end.</param>
    /// <param name="aliasesTaken">Topic Alias Maximum we gave.</param>
    public void Begin(MqttVersion spoken, int most, int aliasesTaken)
    {
        End();
        (version, receiveMaximum, aliasMaximum, isOpen) = (spoken, most, aliasesTaken, true);
    }

    /// <summary>The connection is over. QoS 1 comes again and is handed over again; of QoS 2 it stays known what was handed over.</summary>
    public void End()
    {
        isOpen = false;
        counted = 0;
        aliases.Clear();
        atLeastOnce.Clear();
        foreach (var message in unanswered.Where(item => item.Qos == MqttQos.AtLeastOnce))
        {
            handed.Remove(message.Token);
        }

        unanswered.Clear();
        foreach (var message in exactlyOnce.Values)
        {
            message.IsCounted = false;
        }
    }

    /// <summary>The session is gone: every number is new again.</summary>
    public void Forget()
    {
        handed.Clear();
        exactlyOnce.Clear();
    }

    /// <summary>Takes up the numbers that survived a restart.</summary>
    public void Restore(IEnumerable<ushort> taken)
    {
        foreach (var id in taken)
        {
            exactlyOnce[id] = new(++lastToken, id, MqttQos.ExactlyOnce) { Reason = MqttReason.Success, IsAnswered = true };
        }
    }

    /// <summary>A PUBLISH came.</summary>
    public Arrival Arrived(PublishPacket packet, TimeSpan now)
    {
        if (packet.Properties.TopicAlias is { } alias)
        {
            if (alias > aliasMaximum)
            {
                return Arrival.Broken(MqttReason.TopicAliasInvalid, $"Topic alias {alias} was used; {aliasMaximum} is the highest taken.");
            }

            if (packet.Topic.Length > 0)
            {
                aliases[alias] = packet.Topic;
            }
            else if (!aliases.ContainsKey(alias))
            {
                return Arrival.Broken(MqttReason.ProtocolError, $"Topic alias {alias} was used before it was said what it stands for.");
            }

            // An alias belongs to one connection and must not get into any queue.
            packet = packet with { Topic = aliases[alias], Properties = packet.Properties with { TopicAlias = null } };
        }

        if (packet.Qos == MqttQos.AtMostOnce)
        {
            return new(packet, 0, MqttReason.Success, string.Empty);
        }

        if (packet.Qos == MqttQos.ExactlyOnce && exactlyOnce.TryGetValue(packet.PacketId, out var known))
        {
            return Repeated(known, now);
        }

        if (packet.Qos == MqttQos.AtLeastOnce && !atLeastOnce.Add(packet.PacketId))
        {
            return Arrival.Broken(MqttReason.ProtocolError, $"Packet identifier {packet.PacketId} was used again before it was answered.");
        }

        var message = new Incoming(++lastToken, packet.PacketId, packet.Qos);
        if (!Count(message))
        {
            return TooMany;
        }

        handed[message.Token] = message;
        unanswered.Enqueue(message);
        if (packet.Qos == MqttQos.ExactlyOnce)
        {
            exactlyOnce[packet.PacketId] = message;
        }

        return new(packet, message.Token, MqttReason.Success, string.Empty);
    }

    /// <summary>The message is safe, or refused. PUBACK or PUBREC goes out when its turn comes.</summary>
    public void Answer(long token, MqttReason reason, TimeSpan now)
    {
        if (!reason.MayStandIn(MqttPacketType.PubAck))
        {
            throw new ArgumentException($"{reason} is no reason a message may be answered with.", nameof(reason));
        }

        if (handed.Remove(token, out var message))
        {
            message.Reason = reason;
            AnswerInOrder(now);
        }
    }

    /// <summary>PUBREL came. Never ignored: the far end would wait for ever.</summary>
    public void Released(PubRelPacket packet, TimeSpan now)
    {
        var isKnown = exactlyOnce.TryGetValue(packet.PacketId, out var message) && message.IsAnswered;
        if (isKnown)
        {
            exactlyOnce.Remove(packet.PacketId);
            Uncount(message!);
        }

        send(new PubCompPacket(packet.PacketId, isKnown ? MqttReason.Success : MqttReason.PacketIdNotFound, MqttProperties.None), now);
    }

    private Arrival TooMany =>
        Arrival.Broken(MqttReason.ReceiveMaximumExceeded, $"More than {receiveMaximum} messages were sent without waiting for an answer.");

    /// <summary>A QoS 2 message that was handed over already: never handed over again.</summary>
    private Arrival Repeated(Incoming message, TimeSpan now)
    {
        var isFirstHere = !message.IsCounted;
        if (!Count(message))
        {
            return TooMany;
        }

        if (message.IsAnswered)
        {
            send(new PubRecPacket(message.Id, MqttReason.Success, MqttProperties.None), now);
        }
        else if (isFirstHere)
        {
            unanswered.Enqueue(message);
            AnswerInOrder(now);
        }

        return Arrival.NothingNew;
    }

    private void AnswerInOrder(TimeSpan now)
    {
        while (isOpen && unanswered.TryPeek(out var message) && message.Reason is { } reason)
        {
            unanswered.Dequeue();
            if (message.Qos == MqttQos.AtLeastOnce)
            {
                atLeastOnce.Remove(message.Id);
                Uncount(message);
                send(new PubAckPacket(message.Id, reason, MqttProperties.None), now);
                continue;
            }

            message.IsAnswered = true;
            if (reason.IsFailure() && version == MqttVersion.V5)
            {
                exactlyOnce.Remove(message.Id);
                Uncount(message);
            }

            send(new PubRecPacket(message.Id, reason, MqttProperties.None), now);
        }
    }

    /// <summary>Each connection counts anew. False: more came than allowed.</summary>
    private bool Count(Incoming message)
    {
        counted += message.IsCounted ? 0 : 1;
        message.IsCounted = true;
        return version == MqttVersion.V311 || counted <= receiveMaximum;
    }

    private void Uncount(Incoming message)
    {
        counted -= message.IsCounted ? 1 : 0;
        message.IsCounted = false;
    }

    private sealed class Incoming(long token, ushort id, MqttQos qos)
    {
        public long Token => token;

        public ushort Id => id;

        public MqttQos Qos => qos;

        /// <summary>What was said of it; null: nothing yet.</summary>
        public MqttReason? Reason { get; set; }

        /// <summary>PUBREC was sent, now or in an earlier connection.</summary>
        public bool IsAnswered { get; set; }

        public bool IsCounted { get; set; }
    }
}
