using System.Collections.Immutable;

namespace RoomGuard.Wire.Mqtt;

/// <summary>What of a session must survive a restart of the broker, its subscriptions apart.</summary>
/// <param name="Messages">Not taken over by the client, in order.</param>
/// <param name="Taken">Numbers of the client's QoS 2 messages that are stored and not released.</param>
public sealed record MqttSessionState(ImmutableArray<KeptMessage> Messages, ImmutableArray<ushort> Taken)
{
    /// <summary>Seconds it outlives its connection; null: as long as the limits allow.</summary>
    public uint? ExpirySeconds { get; init; }

    /// <summary>What is left of that; null: all of it.</summary>
    public TimeSpan? Left { get; init; }

    /// <summary>Nothing.</summary>
    public static MqttSessionState Empty { get; } = new([], []);
}

/// <summary>What a broker keeps of one client over its connections: messages under way both ways, the will, the end. Pure: it is told the time. Not thread-safe.</summary>
/// <remarks>Subscriptions are in the broker's <see cref="TopicIndex{TClient}"/>; who ends a session takes them out there.</remarks>
public sealed class MqttServerSession
{
    private readonly MqttServerLimits limits;
    private readonly Queue<MqttSessionEvent> events = new();
    private MqttServerConnection? connection;
    private MqttWill? will;
    private TimeSpan? willAt;
    private TimeSpan? endsAt;
    private uint expirySeconds;

    /// <param name="clientId">Whose it is.</param>
    /// <param name="limits">What it may hold.</param>
    /// <param name="kept">What an earlier run of the broker kept; null: nothing.</param>
    /// <param name="now">Messages that were kept begin to age now.</param>
    public MqttServerSession(string clientId, MqttServerLimits limits, TimeSpan now, MqttSessionState? kept = null)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ClientId = clientId;
        this.limits = limits;
        Outgoing = new(
            Send, (handle, reason) => events.Enqueue(new MessageSettled(handle, reason)), expires: true, (handle, id) => Note(new MessageBegun(handle, id)), handle => Note(new MessageReleased(handle)));
        Incoming = new(Send);
        if (kept is not null)
        {
            // No connection stands: the session lives as long as one that was just left.
            Outgoing.Restore(kept.Messages, now);
            Incoming.Restore(kept.Taken);
            expirySeconds = Math.Min(kept.ExpirySeconds ?? limits.SessionExpirySeconds, limits.SessionExpirySeconds);
            endsAt = expirySeconds == uint.MaxValue ? null : now + (kept.Left ?? TimeSpan.FromSeconds(expirySeconds));
        }
    }

    /// <summary>Whose it is.</summary>
    public string ClientId { get; }

    /// <summary>True: a kept session tells <see cref="MessageBegun"/> and <see cref="MessageReleased"/>, for a broker whose sessions survive a kill.</summary>
    public bool TellsNumbers { get; init; }

    /// <summary>True while a client is connected to it.</summary>
    public bool IsConnected => connection is not null;

    /// <summary>True when it is over: it takes no client and no message any more.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Seconds it outlives its connection; 4,294,967,295: for ever.</summary>
    public uint ExpirySeconds => expirySeconds;

    /// <summary>Messages its client has not taken over.</summary>
    public int Held => Outgoing.Count;

    /// <summary>Bytes of their topics and payloads.</summary>
    public long HeldBytes => Outgoing.Bytes;

    /// <summary>QoS 0 messages dropped for a client that was too slow.</summary>
    public long Dropped { get; private set; }

    /// <summary>When <see cref="Tick"/> must be called; null: not at all.</summary>
    public TimeSpan? NextDue => willAt is { } publish && endsAt is { } end ? (publish < end ? publish : end) : willAt ?? endsAt;

    /// <summary>What must survive a restart.</summary>
    public MqttSessionState State => new([.. Outgoing.Kept()], [.. Incoming.Taken]);

    internal OutgoingMessages Outgoing { get; }

    internal IncomingMessages Incoming { get; }

    /// <summary>Whether a QoS 1 or 2 message would be held.</summary>
    public bool HasRoom(PublishPacket message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return !IsEnded && Outgoing.Count < limits.MostMessages && Outgoing.Bytes + message.Payload.Length <= limits.MostBytes;
    }

    /// <summary>A message for this client.</summary>
    /// <param name="handle">Rises from message to message; comes again in <see cref="MessageSettled"/>. Not used at QoS 0.</param>
    /// <param name="message">At the QoS and with the retain flag and subscription identifiers it shall be delivered with, and bytes of its own.</param>
    public MqttDelivery Deliver(long handle, PublishPacket message, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.PacketId != 0 || message.Duplicate || message.Properties.TopicAlias is not null)
        {
            throw new ArgumentException("A message is delivered without number, DUP and alias; the session sets them.", nameof(message));
        }

        if (message.Qos == MqttQos.AtMostOnce)
        {
            if (connection is null || connection.QueuedBytes >= limits.MostBytes || connection.Refusal(message) is not null)
            {
                Dropped++;
                return MqttDelivery.Dropped;
            }

            Outgoing.SendUncounted(message, now);
            return MqttDelivery.Sent;
        }

        if (!HasRoom(message))
        {
            return MqttDelivery.Full;
        }

        Outgoing.Add(handle, message, now);
        Outgoing.Pump(now);
        return MqttDelivery.Held;
    }

    /// <summary>A message of the client is stored and handed on, or refused. PUBACK or PUBREC goes out when its turn comes; 3.1.1 cannot tell a refusal.</summary>
    /// <param name="token">Of <see cref="PublishAsked"/>. Its connection may have gone meanwhile: a QoS 2 message stays known, of a QoS 1 message the client's repetition is asked about anew.</param>
    public void Answer(long token, TimeSpan now, MqttReason reason = MqttReason.Success) => Incoming.Answer(token, reason, now);

    /// <summary>Time passes.</summary>
    public void Tick(TimeSpan now)
    {
        if (willAt is { } publish && now >= publish)
        {
            PublishWill();
        }

        if (endsAt is { } end && now >= end)
        {
            Finish();
        }
    }

    /// <summary>Ends it now: its client asked for a clean start, or the operator did. A will that waits is published. Its connection must be gone.</summary>
    public void Finish()
    {
        if (connection is not null)
        {
            throw new InvalidOperationException($"The session of \"{ClientId}\" is in use: close its connection first.");
        }

        if (!IsEnded)
        {
            PublishWill();
            endsAt = null;
            IsEnded = true;
            events.Enqueue(new SessionEnded());
        }
    }

    /// <summary>What happened next.</summary>
    public bool TryTakeEvent(out MqttSessionEvent happened) => events.TryDequeue(out happened!);

    internal void Attach(MqttServerConnection by, MqttWill? newWill, uint expiry)
    {
        if (connection is not null || IsEnded)
        {
            throw new InvalidOperationException($"The session of \"{ClientId}\" is {(IsEnded ? "over" : "in use: take the old connection over first")}.");
        }

        connection = by;
        will = newWill;
        willAt = endsAt = null;
        expirySeconds = expiry;
    }

    internal void ChangeExpiry(uint seconds) => expirySeconds = seconds;

    /// <summary>The connection closed: the clocks of the will and of the session begin.</summary>
    internal void Detach(TimeSpan now, bool publishWill)
    {
        connection = null;
        Outgoing.End();
        Incoming.End();
        endsAt = expirySeconds == uint.MaxValue ? null : now + TimeSpan.FromSeconds(expirySeconds);
        if (!publishWill)
        {
            will = null;
        }

        if (will is { } waiting)
        {
            // At the latest with the session itself; without a kept session that is at once.
            willAt = now + TimeSpan.FromSeconds(Math.Min(waiting.Properties.WillDelaySeconds ?? 0, expirySeconds));
        }

        Tick(now);
    }

    private void PublishWill()
    {
        if (willAt is not null && will is { } due)
        {
            events.Enqueue(new WillDue(due));
        }

        will = null;
        willAt = null;
    }

    // Only what outlives its connection has to be written down.
    private void Note(MqttSessionEvent happened)
    {
        if (TellsNumbers && expirySeconds > 0)
        {
            events.Enqueue(happened);
        }
    }

    private void Send(MqttPacket packet, TimeSpan now) => connection?.Send(packet);
}
