namespace RoomGuard.Wire.Mqtt;

/// <summary>What an end may send on one connection: agreed in CONNECT and CONNACK.</summary>
/// <param name="ReceiveMaximum">Most QoS 1 and 2 messages the far end takes unanswered.</param>
/// <param name="Aliases">Highest topic alias we use; 0: none.</param>
/// <param name="Refusal">Why the far end would not take a message; null: it will.</param>
internal sealed record SendTerms(MqttVersion Version, int ReceiveMaximum, int Aliases, Func<PublishPacket, MqttReason?> Refusal);

/// <summary>The sending half of a session: QoS 1 and 2 messages from waiting to taken over. The same at both ends, kept over connections.</summary>
/// <param name="send">Puts a packet on its way.</param>
/// <param name="settled">A message has come to its end; a null reason: it expired before it was sent.</param>
/// <param name="expires">Messages wait against their expiry (a server's do; what an application waits for is its own affair).</param>
/// <param name="begun">A QoS 2 message was given its number and goes out with it; null: nobody asks.</param>
/// <param name="released">The far end has a QoS 2 message, and PUBREL goes out; null: nobody asks.</param>
internal sealed class OutgoingMessages(
    Action<MqttPacket, TimeSpan> send, Action<long, MqttReason?> settled, bool expires, Action<long, ushort>? begun = null, Action<long>? released = null)
{
    private readonly Queue<Outgoing> waiting = new();
    private readonly Dictionary<ushort, Outgoing> inFlight = [];
    private readonly Queue<Outgoing> again = new();
    private readonly HashSet<ushort> lent = [];
    private readonly Dictionary<string, ushort> aliases = new(StringComparer.Ordinal);
    private SendTerms? terms;
    private ushort lastId;
    private int quota;

    /// <summary>Messages the far end has not taken over.</summary>
    public int Count => waiting.Count + inFlight.Count;

    /// <summary>Messages that were not sent yet.</summary>
    public int Waiting => waiting.Count;

    /// <summary>Bytes of topics and payloads of all of them.</summary>
    public long Bytes { get; private set; }

    /// <summary>A message joins the queue. Its bytes must be its own.</summary>
    public void Add(long handle, PublishPacket message, TimeSpan now)
    {
        var item = new Outgoing(handle, message, now);
        waiting.Enqueue(item);
        Bytes += item.Bytes;
    }

    /// <summary>A connection stands, and the far end kept the session: what is unanswered goes again, in its first order.</summary>
    public void Resume(SendTerms agreed, TimeSpan now)
    {
        Begin(agreed);
        foreach (var message in inFlight.Values.OrderBy(item => item.Order))
        {
            if (message.IsReleased)
            {
                // Never the message again after PUBREC.
                send(new PubRelPacket(message.Id, MqttReason.Success, MqttProperties.None), now);
            }
            else
            {
                again.Enqueue(message);
            }
        }
    }

    /// <summary>A connection stands, and the far end kept nothing: what it had not taken over must be told anew.</summary>
    public void StartOver(SendTerms agreed)
    {
        Begin(agreed);
        Outgoing[] later = [.. waiting];
        waiting.Clear();
        foreach (var message in inFlight.Values.OrderBy(item => item.Order).ToList())
        {
            inFlight.Remove(message.Id);
            if (message.IsReleased)
            {
                Settle(message, MqttReason.Success);
            }
            else
            {
                waiting.Enqueue(message);
            }
        }

        foreach (var message in later)
        {
            waiting.Enqueue(message);
        }
    }

    /// <summary>The connection is over.</summary>
    public void End()
    {
        terms = null;
        again.Clear();
        lent.Clear();
        aliases.Clear();
    }

    /// <summary>Sends what may be sent: what must go again first, then what waits.</summary>
    public void Pump(TimeSpan now)
    {
        while (terms is not null && quota > 0 && again.TryDequeue(out var message))
        {
            if (inFlight.GetValueOrDefault(message.Id) != message)
            {
                // The far end answered it before it was sent again.
                continue;
            }

            if (terms.Refusal(message.Message) is { } refusal)
            {
                inFlight.Remove(message.Id);
                Settle(message, refusal);
                continue;
            }

            Take(message);
            Send(message.Aged(now, expires) with { PacketId = message.Id, Duplicate = true }, now);
        }

        while (terms is not null && quota > 0 && again.Count == 0 && waiting.TryPeek(out var message))
        {
            if (expires && message.IsExpired(now))
            {
                Settle(waiting.Dequeue(), null);
                continue;
            }

            if (terms.Refusal(message.Message) is { } refusal)
            {
                Settle(waiting.Dequeue(), refusal);
                continue;
            }

            if (FreeId() is not { } id)
            {
                return;
            }

            waiting.Dequeue();
            message.Id = id;
            inFlight[id] = message;
            if (message.Message.Qos == MqttQos.ExactlyOnce)
            {
                begun?.Invoke(message.Handle, id);
            }

            Take(message);
            Send(message.Aged(now, expires) with { PacketId = id }, now);
        }
    }

    /// <summary>A QoS 0 message goes out at once, through the same aliases.</summary>
    public void SendUncounted(PublishPacket message, TimeSpan now) => Send(message, now);

    /// <summary>PUBACK came.</summary>
    public void Acknowledged(PubAckPacket packet, TimeSpan now)
    {
        if (inFlight.TryGetValue(packet.PacketId, out var message) && message.Message.Qos == MqttQos.AtLeastOnce)
        {
            Free(message, packet.Reason, now);
        }
    }

    /// <summary>PUBREC came.</summary>
    public void Received(PubRecPacket packet, TimeSpan now)
    {
        if (!inFlight.TryGetValue(packet.PacketId, out var message) || message.Message.Qos != MqttQos.ExactlyOnce)
        {
            if (!packet.Reason.IsFailure())
            {
                send(new PubRelPacket(packet.PacketId, MqttReason.PacketIdNotFound, MqttProperties.None), now);
            }
        }
        else if (packet.Reason.IsFailure())
        {
            Free(message, packet.Reason, now);
        }
        else
        {
            message.IsReleased = true;
            released?.Invoke(message.Handle);
            send(new PubRelPacket(packet.PacketId, MqttReason.Success, MqttProperties.None), now);
        }
    }

    /// <summary>PUBCOMP came. The message was taken over with PUBREC already: a number the far end has forgotten changes nothing.</summary>
    public void Completed(PubCompPacket packet, TimeSpan now)
    {
        if (inFlight.TryGetValue(packet.PacketId, out var message) && message.IsReleased)
        {
            Free(message, MqttReason.Success, now);
        }
    }

    /// <summary>A number for a SUBSCRIBE or UNSUBSCRIBE; null: all are taken.</summary>
    public ushort? LendId()
    {
        if (FreeId() is not { } id)
        {
            return null;
        }

        lent.Add(id);
        return id;
    }

    /// <summary>The number is free again.</summary>
    public void TakeBack(ushort id) => lent.Remove(id);

    /// <summary>What must survive a restart, in order.</summary>
    public IEnumerable<KeptMessage> Kept() =>
        inFlight.Values.OrderBy(item => item.Order).Concat(waiting).Select(item => new KeptMessage(item.Handle, item.Message, item.Id, item.IsReleased));

    /// <summary>Takes up what survived a restart.</summary>
    public void Restore(IEnumerable<KeptMessage> kept, TimeSpan now)
    {
        foreach (var item in kept)
        {
            var message = new Outgoing(item.Handle, item.Message, now) { Id = item.PacketId, IsReleased = item.IsReleased };
            Bytes += message.Bytes;
            if (item.PacketId == 0)
            {
                waiting.Enqueue(message);
            }
            else
            {
                inFlight[item.PacketId] = message;
            }
        }
    }

    private void Begin(SendTerms agreed)
    {
        End();
        terms = agreed;
        quota = agreed.ReceiveMaximum;
        foreach (var message in inFlight.Values)
        {
            message.IsCounted = false;
        }
    }

    private void Send(PublishPacket message, TimeSpan now)
    {
        if (terms is { Version: MqttVersion.V5, Aliases: > 0 })
        {
            if (aliases.TryGetValue(message.Topic, out var alias))
            {
                message = message with { Topic = string.Empty, Properties = message.Properties with { TopicAlias = alias } };
            }
            else if (aliases.Count < terms.Aliases)
            {
                aliases[message.Topic] = alias = (ushort)(aliases.Count + 1);
                message = message with { Properties = message.Properties with { TopicAlias = alias } };
            }
        }

        send(message, now);
    }

    /// <summary>A PUBLISH takes a place until it is answered for; a PUBREL sent again after a reconnect takes none and so gives none back.</summary>
    private void Take(Outgoing message)
    {
        message.IsCounted = true;
        quota--;
    }

    private void Free(Outgoing message, MqttReason reason, TimeSpan now)
    {
        inFlight.Remove(message.Id);
        if (message.IsCounted)
        {
            message.IsCounted = false;
            quota++;
        }

        Settle(message, reason);
        Pump(now);
    }

    private void Settle(Outgoing message, MqttReason? reason)
    {
        Bytes -= message.Bytes;
        settled(message.Handle, reason);
    }

    private ushort? FreeId()
    {
        if (inFlight.Count + lent.Count >= ushort.MaxValue)
        {
            return null;
        }

        do
        {
            lastId = lastId == ushort.MaxValue ? (ushort)1 : (ushort)(lastId + 1);
        }
        while (inFlight.ContainsKey(lastId) || lent.Contains(lastId));
        return lastId;
    }

    private sealed class Outgoing(long handle, PublishPacket message, TimeSpan since)
    {
        public long Handle => handle;

        /// <summary>Messages are sent in the order of their handles.</summary>
        public long Order => handle;

        public PublishPacket Message => message;

        public ushort Id { get; set; }

        public bool IsReleased { get; set; }

        /// <summary>Its PUBLISH was sent in this connection.</summary>
        public bool IsCounted { get; set; }

        public long Bytes { get; } = message.Topic.Length + message.Payload.Length;

        public bool IsExpired(TimeSpan now) => message.Properties.MessageExpirySeconds is { } seconds && now - since >= TimeSpan.FromSeconds(seconds);

        /// <summary>The message with the time it waited taken off its expiry.</summary>
        public PublishPacket Aged(TimeSpan now, bool expires)
        {
            if (!expires || message.Properties.MessageExpirySeconds is not { } seconds)
            {
                return message;
            }

            var waited = (uint)Math.Clamp((now - since).TotalSeconds, 0, seconds);
            return waited == 0 ? message : message with { Properties = message.Properties with { MessageExpirySeconds = Math.Max(1, seconds - waited) } };
        }
    }
}

/// <summary>An unanswered message of ours, as it must survive a restart of the program.</summary>
/// <param name="Handle">Rises in the order of sending.</param>
/// <param name="PacketId">0: not sent yet.</param>
/// <param name="IsReleased">QoS 2: the far end has it; only PUBREL is due.</param>
public readonly record struct KeptMessage(long Handle, PublishPacket Message, ushort PacketId, bool IsReleased);
