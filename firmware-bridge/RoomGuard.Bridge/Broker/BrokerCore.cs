using System.Collections.Immutable;
using System.Diagnostics;
using RoomGuard.Wire.Mqtt;

namespace RoomGuard.Bridge.Broker;

/// <summary>
/// The broker without its sockets: who is let in, who gets which message, what is retained, what must be on the medium before a byte leaves. It moves no bytes; whoever
/// does asks <see cref="MayRead"/> and <see cref="MayWrite"/> and looks at <see cref="Marked"/>. One thread owns it.
/// </summary>
/// <remarks>
/// The promise: a QoS 1 or 2 message is acknowledged when it is in the queue of every session it is for, and on the medium for those that are kept. Who holds
/// all it may makes the publisher wait or be refused by name; only QoS 0 is dropped, and counted.
/// </remarks>
internal sealed class BrokerCore
{
    // A topic or filter deeper than this is an attack on memory, not a room.
    private const int MostLevels = 64;

    // A client that does not read its answers is not read either.
    private const int MostQueuedPackets = 4096;

    private static readonly TimeSpan RestAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestBlock = TimeSpan.FromSeconds(30);

    private readonly BrokerLimitSettings bounds;
    private readonly MqttServerLimits limits;
    private readonly TimeSpan holdBack;
    private readonly BrokerGate gate;
    private readonly IBrokerStore store;
    private readonly IBrokerEar? ear;
    private readonly BrokerMeters meters;
    private readonly Func<int, byte[]> randomBytes;
    private readonly TimeProvider time;
    private readonly long started;
    private readonly ILogger log;
    private readonly BrokerVoice voice;
    private readonly HashSet<BrokerLink> links = [];
    private readonly Dictionary<string, int> perAddress = new(StringComparer.Ordinal);
    private readonly Queue<BrokerLink> unproven = new();
    private readonly Dictionary<string, BrokerSession> sessions = new(StringComparer.Ordinal);
    private readonly TopicIndex<BrokerSession> index = new();
    private readonly TopicMatches<BrokerSession> matches = new();
    private readonly List<TopicDelivery<BrokerSession>> deliveries = [];
    private readonly List<(TopicMatch<BrokerSession> Match, string Share)> chosen = [];
    private readonly TopicTree<RetainedMessage> retained = new();
    private readonly Dictionary<string, (PublishPacket Message, TimeSpan Due)> leftWills = new(StringComparer.Ordinal);
    private readonly List<BrokerLink> held = [];
    private readonly List<BrokerSession> dueSessions = [];
    private TimeSpan now;
    private long lastHandle;
    private long lastStoreId;
    private long keptBytes;
    private long retainedBytes;
    private bool hasSettled;

    internal BrokerCore(BrokerSettings settings, BrokerGate gate, IBrokerStore store, IBrokerEar? ear, BrokerMeters meters, Func<int, byte[]> randomBytes, TimeProvider time, ILogger log)
    {
        bounds = settings.Bounds;
        limits = settings.Granted;
        holdBack = bounds.HoldBack ?? TimeSpan.FromSeconds(10);
        this.gate = gate;
        this.store = store;
        this.ear = ear;
        this.meters = meters;
        this.randomBytes = randomBytes;
        this.time = time;
        this.log = log;
        started = time.GetTimestamp();
        voice = new(time, log);
    }

    private enum Outcome
    {
        HandedOn,
        NobodyThere,
        Full,
    }

    /// <summary>Connections that may have something to be written, each once. Whoever writes empties it and takes the marks off.</summary>
    internal List<BrokerLink> Marked { get; } = [];

    /// <summary>All connections.</summary>
    internal IReadOnlyCollection<BrokerLink> Links => links;

    /// <summary>What clients are granted.</summary>
    internal MqttServerLimits Limits => limits;

    /// <summary>The broker's own clock.</summary>
    internal TimeSpan Elapsed() => time.GetElapsedTime(started);

    /// <summary>Takes up what an earlier run left.</summary>
    internal void Restore(StoredBroker before)
    {
        now = Elapsed();
        var wall = time.GetUtcNow();
        foreach (var stored in before.Sessions)
        {
            lastStoreId = Math.Max(lastStoreId, stored.Id);
            var alive = ImmutableArray.CreateBuilder<KeptMessage>();
            foreach (var item in stored.Messages)
            {
                lastHandle = Math.Max(lastHandle, item.Handle);
                if (Aged(item.Message, wall - item.At) is { } message || item.PacketId != 0)
                {
                    // One that was begun is finished, however old it is.
                    alive.Add(new(item.Handle, Aged(item.Message, wall - item.At) ?? item.Message, item.PacketId, item.IsReleased));
                }
                else
                {
                    meters.Drop("expired");
                    store.Tell(new(StoreAct.Settle, 0, item.Handle, "", [], 0, ""));
                }
            }

            var life = TimeSpan.FromSeconds(stored.ExpirySeconds);
            var left = stored.LeftAt is { } since ? life - (wall - since) : life;
            var wire = new MqttServerSession(stored.Client, limits, now, new(alive.ToImmutable(), stored.Taken) { ExpirySeconds = stored.ExpirySeconds, Left = left > TimeSpan.Zero ? left : TimeSpan.Zero }) { TellsNumbers = true };
            var session = new BrokerSession(wire, stored.User) { StoreId = stored.Id, Rights = gate.RightsOf(stored.User) };
            sessions[stored.Client] = session;
            meters.KeptSessions++;
            foreach (var (subscription, id) in stored.Subscriptions)
            {
                // Rights may have been taken away in the settings since.
                if (session.Rights?.AllowSubscribe(subscription.Filter) == true)
                {
                    (session.Filters ??= []).Add(subscription.Filter);
                    index.Add(session, subscription, id);
                }
            }

            Account(session);
        }

        foreach (var (message, at) in before.Retained)
        {
            if (Aged(message, wall - at) is { } alive)
            {
                retained.Set(message.Topic, new(alive, now));
                retainedBytes += message.Payload.Length;
            }
            else
            {
                store.Tell(new(StoreAct.Retain, 0, 0, message.Topic, [], 0, ""));
            }
        }

        foreach (var (client, message, delay) in before.Wills)
        {
            leftWills[client] = (message, now + TimeSpan.FromSeconds(delay));
        }

        meters.Retained = retained.Count;

        // Who was away for too long is not found again by a client that is faster than the first tick.
        Tick();
    }

    /// <summary>Whether a new connection is taken; one that has not said who it is may have to go for it.</summary>
    internal bool Admit(BrokerLink link)
    {
        now = Elapsed();
        var fromThere = perAddress.GetValueOrDefault(link.From);
        if (fromThere >= bounds.ConnectionsPerAddress && !Evict(link.From))
        {
            Refused(link, "connections-per-address", "", "");
            return false;
        }

        if (links.Count >= bounds.Connections && !Evict(null))
        {
            Refused(link, "connections", "", "");
            return false;
        }

        links.Add(link);
        perAddress[link.From] = perAddress.GetValueOrDefault(link.From) + 1;
        unproven.Enqueue(link);
        while (unproven.TryPeek(out var oldest) && (oldest.Session is not null || oldest.Connection.IsOver))
        {
            unproven.Dequeue();
        }

        meters.Connections = links.Count;
        return true;
    }

    /// <summary>The connection's bytes are no more: its handle is closed.</summary>
    internal void Forget(BrokerLink link)
    {
        if (!links.Remove(link))
        {
            return;
        }

        Lost(link);
        _ = held.Remove(link);
        if (perAddress.TryGetValue(link.From, out var count))
        {
            if (count <= 1)
            {
                perAddress.Remove(link.From);
            }
            else
            {
                perAddress[link.From] = count - 1;
            }
        }

        meters.Connections = links.Count;
    }

    /// <summary>The link broke.</summary>
    internal void Lost(BrokerLink link)
    {
        now = Elapsed();
        link.Connection.Lost(now);
        Answer(link);
    }

    /// <summary>Whether more may be read from it: nothing it said waits for the medium, for those inside or for room, and it takes what it is sent.</summary>
    internal bool MayRead(BrokerLink link) =>
        MayWrite(link) && link.Held is null && !link.Connection.IsOver && link.Connection.QueuedPackets < MostQueuedPackets && link.Connection.Unanswered < MostQueuedPackets;

    /// <summary>Whether what waits to go out may go.</summary>
    internal bool MayWrite(BrokerLink link) => link.Barrier <= store.Committed && (ear is null || link.EarBarrier <= ear.Done);

    /// <summary>Bytes were put into its inbox.</summary>
    internal void Take(BrokerLink link)
    {
        link.LastRead = now = Elapsed();
        TakeWaiting(link);
        RetryHeld();
    }

    /// <summary>From inside the program, to whoever subscribed. Nobody is asked whether it may.</summary>
    internal void Publish(PublishPacket message)
    {
        now = Elapsed();
        HandOn(null, "RoomGuard", message);
    }

    /// <summary>Time passes: call it a few times a second.</summary>
    internal void Tick()
    {
        now = Elapsed();
        foreach (var link in links)
        {
            TickLink(link);
        }

        dueSessions.Clear();
        foreach (var session in sessions.Values)
        {
            if (session.Wire.NextDue is { } due && due <= now)
            {
                dueSessions.Add(session);
            }
        }

        foreach (var session in dueSessions)
        {
            session.Wire.Tick(now);
            Drain(session);
        }

        foreach (var (client, will) in leftWills.Where(pair => pair.Value.Due <= now).ToList())
        {
            leftWills.Remove(client);
            store.Tell(new(StoreAct.Will, 0, 0, client, [], 0, ""));
            Emit(null, client, will.Message);
        }

        hasSettled = true;
        RetryHeld();
    }

    /// <summary>Every client is told that the broker ends.</summary>
    internal void CloseAll()
    {
        now = Elapsed();
        foreach (var link in links)
        {
            Close(link, MqttReason.ServerShuttingDown);
        }
    }

    private void TickLink(BrokerLink link)
    {
        var connection = link.Connection;
        if (connection.IsOver)
        {
            return;
        }

        var isBlocked = !MayWrite(link);
        link.BlockedSince = isBlocked ? link.BlockedSince ?? now : null;
        if (isBlocked && now - link.BlockedSince >= LongestBlock)
        {
            // It may wait for an answer that can never be given; without one it will say the same again.
            link.IsCut = true;
            meters.Refuse("not-safe");
            Close(link, MqttReason.ServerBusy);
            return;
        }

        if (!MayRead(link))
        {
            connection.Heard(now);
        }

        if (connection.NextDue is { } due && due <= now)
        {
            connection.Tick(now);
            Answer(link);
            Mark(link);
        }

        if (now - link.LastRead >= RestAfter)
        {
            link.Inbox.Rest();
        }
    }

    private void TakeWaiting(BrokerLink link)
    {
        while (link.Held is null && !link.Connection.IsOver && link.Inbox.Take() is { } read)
        {
            if (read.Packet is PubRelPacket release && link.Session is { StoreId: > 0 } kept)
            {
                // PUBCOMP says that the number may be used for another message: after a kill it must not be taken for the old one.
                store.Tell(new(StoreAct.GiveBack, kept.StoreId, release.PacketId, "", [], 0, ""));
                link.Barrier = store.Told;
            }

            link.Connection.Receive(read, now);
            Answer(link);
        }

        Mark(link);
    }

    private bool Evict(string? from)
    {
        foreach (var link in unproven)
        {
            if (link.Session is null && !link.Connection.IsOver && (from is null || link.From == from) && links.Contains(link))
            {
                meters.Refuse("silent");
                link.Connection.Lost(now);
                link.IsCut = true;
                Answer(link);
                Mark(link);
                return true;
            }
        }

        return false;
    }

    private void Mark(BrokerLink? link)
    {
        if (link is { IsMarked: false })
        {
            link.IsMarked = true;
            Marked.Add(link);
        }
    }

    private void Close(BrokerLink link, MqttReason reason)
    {
        link.Connection.Close(reason, now);
        Answer(link);
        Mark(link);
    }

    private void Answer(BrokerLink link)
    {
        while (link.Connection.TryTakeEvent(out var happened))
        {
            switch (happened)
            {
                case PublishAsked asked:
                    Published(link, asked);
                    break;
                case SubscribeAsked asked:
                    Subscribe(link, asked);
                    break;
                case UnsubscribeAsked asked:
                    Unsubscribe(link, asked);
                    break;
                case ConnectAsked asked:
                    Decide(link, asked.Connect);
                    break;
                case ClientGone gone:
                    Gone(link, gone);
                    break;
                default:
                    throw new UnreachableException($"No answer to {happened.GetType().Name}.");
            }
        }

        if (link.Session is { } session)
        {
            Drain(session);
        }
    }

    private void Refused(BrokerLink link, string why, string user, string client)
    {
        meters.Refuse(why);
        if (voice.May())
        {
            log.MqttRefused(link.From, why, user, client);
        }
    }

    private void Decide(BrokerLink link, ConnectPacket connect)
    {
        var answer = gate.Judge(connect, link.From, link.Certified);
        if (answer.Rights is not { } rights)
        {
            Refused(link, answer.Why, answer.User, connect.ClientId);
            link.Connection.Refuse(answer.Refusal, now);
            return;
        }

        string? assigned = null;
        var client = connect.ClientId;
        if (client.Length == 0)
        {
            if (connect is { Version: MqttVersion.V311, CleanStart: false })
            {
                Refused(link, "client-id", answer.User, client);
                link.Connection.Refuse(MqttReason.ClientIdNotValid, now);
                return;
            }

            client = assigned = $"rg-{Convert.ToHexStringLower(randomBytes(10))}";
        }

        var session = sessions.GetValueOrDefault(client);
        if (session is not null && session.User != answer.User)
        {
            Refused(link, "client-id", answer.User, client);
            link.Connection.Refuse(MqttReason.ClientIdNotValid, now);
            return;
        }

        var isKept = connect.Version == MqttVersion.V5 ? connect.Properties.SessionExpirySeconds > 0 : !connect.CleanStart;
        if (isKept && session is not { StoreId: > 0 } && meters.KeptSessions >= bounds.KeptSessions)
        {
            Refused(link, "kept-sessions", answer.User, client);
            link.Connection.Refuse(MqttReason.QuotaExceeded, now);
            return;
        }

        if (session?.Link is { } old)
        {
            meters.Refuse("taken-over");
            old.Connection.TakeOver(now);
            Answer(old);
            Mark(old);
            session = sessions.GetValueOrDefault(client);
        }

        if (session is not null && connect.CleanStart)
        {
            session.Wire.Finish();
            Drain(session);
            session = null;
        }

        var present = session is not null;
        session ??= sessions[client] = new(new(client, limits, now) { TellsNumbers = true }, answer.User);
        session.Rights = rights;
        session.Link = link;
        link.Session = session;
        link.Inbox.Maximum = limits.MaximumPacketSize;
        leftWills.Remove(client, out var left);
        if (connect.Will is { } will)
        {
            session.HasStoredWill = true;
            var message = PublishPacket.Of(will.Topic, will.Payload, will.Qos, will.Retain, will.Properties with { WillDelaySeconds = null });
            store.Tell(new(StoreAct.Will, 0, will.Properties.WillDelaySeconds ?? 0, client, StoredForm.Bytes(message), 0, ""));
        }
        else
        {
            session.HasStoredWill |= left.Message is not null;
            ForgetWill(session);
        }

        link.Connection.Accept(session.Wire, present, now, assigned);
        Keep(session, link);
        Drain(session);
        if (voice.May())
        {
            log.MqttConnected(client, answer.User, link.From, session.StoreId > 0);
        }
    }

    private void Keep(BrokerSession session, BrokerLink link)
    {
        if (session.Wire.ExpirySeconds > 0)
        {
            if (session.StoreId == 0)
            {
                session.StoreId = ++lastStoreId;
                meters.KeptSessions++;
            }

            // CONNACK waits for all that was told, so that nothing is confirmed anew that an ailing medium has not taken yet.
            store.Tell(new(StoreAct.KeepSession, session.StoreId, 0, session.Wire.ClientId, [], session.Wire.ExpirySeconds, session.User));
            link.Barrier = store.Told;
        }
        else
        {
            NoLongerKept(session);
        }
    }

    private void NoLongerKept(BrokerSession session)
    {
        if (session.StoreId == 0)
        {
            return;
        }

        foreach (var message in session.Wire.State.Messages)
        {
            store.Tell(new(StoreAct.Settle, 0, message.Handle, "", [], 0, ""));
        }

        store.Tell(new(StoreAct.DropSession, session.StoreId, 0, "", [], 0, ""));
        Account(session, isGone: true);
        session.StoreId = 0;
        meters.KeptSessions--;
        Account(session);
    }

    private void ForgetWill(BrokerSession session)
    {
        if (session.HasStoredWill)
        {
            session.HasStoredWill = false;
            store.Tell(new(StoreAct.Will, 0, 0, session.Wire.ClientId, [], 0, ""));
        }
    }

    private void Gone(BrokerLink link, ClientGone gone)
    {
        Mark(link);
        _ = held.Remove(link);
        link.Held = null;
        if (link.Session is not { } session)
        {
            if (gone.Ending is MqttEnding.FarEndBroke)
            {
                Refused(link, "malformed", "", "");
            }
            else if (gone.Ending is MqttEnding.Silent)
            {
                meters.Refuse("silent");
            }

            return;
        }

        if (gone.Ending is MqttEnding.FarEndBroke)
        {
            meters.Refuse("malformed");
        }

        session.Link = null;
        link.Session = null;
        if (gone is { Ending: MqttEnding.FarEndLeft, Reason: MqttReason.Success })
        {
            ForgetWill(session);
        }

        if (session.StoreId > 0 && !session.Wire.IsEnded)
        {
            store.Tell(new(StoreAct.Leave, session.StoreId, 0, "", [], time.GetUtcNow().ToUnixTimeMilliseconds(), ""));
        }

        if (voice.May())
        {
            log.MqttGone(session.Wire.ClientId, gone.Text);
        }

        Drain(session);
    }

    private void Subscribe(BrokerLink link, SubscribeAsked asked)
    {
        var session = link.Session!;
        var reasons = ImmutableArray.CreateBuilder<MqttReason>(asked.Subscriptions.Length);
        List<(MqttSubscription Subscription, bool IsNew)>? granted = null;
        foreach (var subscription in asked.Subscriptions)
        {
            if (MqttTopic.Levels(subscription.Filter) > MostLevels)
            {
                meters.Refuse("levels");
                reasons.Add(MqttReason.TopicFilterInvalid);
            }
            else if (!session.Rights!.AllowSubscribe(subscription.Filter))
            {
                meters.Refuse("subscribe");
                Say(session, "subscribe to", subscription.Filter);
                reasons.Add(MqttReason.NotAuthorised);
            }
            else if (session.Filters?.Count >= bounds.Subscriptions && !session.Filters.Contains(subscription.Filter))
            {
                meters.Refuse("subscriptions");
                reasons.Add(MqttReason.QuotaExceeded);
            }
            else
            {
                var isNew = index.Add(session, subscription, asked.SubscriptionId);
                if (isNew)
                {
                    (session.Filters ??= new(1)).Add(subscription.Filter);
                }

                if (session.StoreId > 0)
                {
                    store.Tell(new(StoreAct.Subscribe, session.StoreId, asked.SubscriptionId, subscription.Filter, [], StoredForm.Options(subscription), ""));
                    link.Barrier = store.Told;
                }

                (granted ??= []).Add((subscription, isNew));
                reasons.Add(MqttReasons.Granted(subscription.Qos));
            }
        }

        link.Connection.Subscribed(asked.PacketId, reasons.MoveToImmutable());
        foreach (var (subscription, isNew) in granted ?? [])
        {
            if (retained.Count > 0 && subscription.WantsRetained(isNew))
            {
                SendRetained(session, subscription, asked.SubscriptionId);
            }
        }
    }

    private void SendRetained(BrokerSession session, MqttSubscription subscription, int id)
    {
        List<string>? expired = null;
        foreach (var kept in retained.Match(subscription.Filter))
        {
            if (Aged(kept.Message, now - kept.Since) is not { } message)
            {
                (expired ??= []).Add(kept.Message.Topic);
                continue;
            }

            var qos = message.Qos < subscription.Qos ? message.Qos : subscription.Qos;
            Deliver(session, message with { Qos = qos, Retain = true, Properties = id == 0 ? message.Properties : message.Properties with { SubscriptionIds = [id] } }, null);
        }

        foreach (var topic in expired ?? [])
        {
            SetRetained(topic, null);
        }
    }

    private void Unsubscribe(BrokerLink link, UnsubscribeAsked asked)
    {
        var session = link.Session!;
        var reasons = ImmutableArray.CreateBuilder<MqttReason>(asked.Filters.Length);
        foreach (var filter in asked.Filters)
        {
            if (!index.Remove(session, filter))
            {
                reasons.Add(MqttReason.NoSubscriptionExisted);
                continue;
            }

            session.Filters!.Remove(filter);
            reasons.Add(MqttReason.Success);
            if (session.StoreId > 0)
            {
                store.Tell(new(StoreAct.Unsubscribe, session.StoreId, 0, filter, [], 0, ""));
                link.Barrier = store.Told;
            }
        }

        link.Connection.Unsubscribed(asked.PacketId, reasons.MoveToImmutable());
    }

    private void Published(BrokerLink link, PublishAsked asked)
    {
        meters.Received++;
        var session = link.Session!;
        var message = asked.Message;
        if (!session.Rights!.AllowPublish(message.Topic))
        {
            Say(session, "publish to", message.Topic);
            Reject(link, asked.Token, message.Qos, MqttReason.NotAuthorised, "publish");
            return;
        }

        if (MqttTopic.Levels(message.Topic) > MostLevels)
        {
            Reject(link, asked.Token, message.Qos, MqttReason.TopicNameInvalid, "levels");
            return;
        }

        if (message.Retain && !MayRetain(message))
        {
            Reject(link, asked.Token, message.Qos, MqttReason.QuotaExceeded, "retained-limit");
            return;
        }

        if (ear is not null)
        {
            message = message.Detached();
            ear.Tell(new(MqttBroker.SourceName, message.Topic, message.Payload, Retained: false, message.Duplicate, (byte)message.Qos, session.Wire.ClientId, time.GetUtcNow()));
            link.EarBarrier = ear.Told;
        }

        Attempt(link, asked.Token, message);
    }

    private void Attempt(BrokerLink link, long token, PublishPacket message)
    {
        var session = link.Session!;
        var before = store.Told;
        var outcome = Route(session, message, out var full);
        if (message.Qos == MqttQos.AtMostOnce)
        {
            return;
        }

        if (outcome == Outcome.Full)
        {
            HoldOrRefuse(link, token, message, full!);
            return;
        }

        if (message.Qos == MqttQos.ExactlyOnce && session.StoreId > 0)
        {
            store.Tell(new(StoreAct.Take, session.StoreId, message.PacketId, "", [], 0, ""));
        }

        if (store.Told != before)
        {
            link.Barrier = store.Told;
        }

        var isHeard = outcome == Outcome.HandedOn || ear is not null || message.Retain;
        session.Wire.Answer(token, now, isHeard || link.Connection.Version == MqttVersion.V311 ? MqttReason.Success : MqttReason.NoMatchingSubscribers);
    }

    private void HoldOrRefuse(BrokerLink link, long token, PublishPacket message, BrokerSession full)
    {
        // Who is there may make room any moment; who is not will not, and 5.0 can say so at once.
        if (full.Link is null && link.Connection.Version == MqttVersion.V5)
        {
            NoRoom(link, token, message.Qos, full);
            return;
        }

        if (!full.IsKnownSlow)
        {
            full.IsKnownSlow = true;
            meters.Refuse("slow-client");
            if (voice.May())
            {
                log.MqttSlow(full.Wire.ClientId, full.Wire.Held);
            }
        }

        link.Held = new(token, message.Detached(), full, now + holdBack);
        held.Add(link);
    }

    private void NoRoom(BrokerLink link, long token, MqttQos qos, BrokerSession full)
    {
        if (voice.May())
        {
            log.MqttFull(link.Session!.Wire.ClientId, full.Wire.ClientId);
        }

        Reject(link, token, qos, MqttReason.QuotaExceeded, "no-room");
    }

    /// <summary>Says no where the version can; else the connection ends, since an acknowledgement would be a lie.</summary>
    private void Reject(BrokerLink link, long token, MqttQos qos, MqttReason reason, string why)
    {
        meters.Refuse(why);
        if (qos == MqttQos.AtMostOnce)
        {
            meters.Drop(why);
        }
        else if (link.Connection.Version == MqttVersion.V5)
        {
            link.Session!.Wire.Answer(token, now, reason);
        }
        else
        {
            link.Connection.Close(reason, now);
        }
    }

    private void RetryHeld()
    {
        if (!hasSettled || held.Count == 0)
        {
            hasSettled = false;
            return;
        }

        hasSettled = false;
        foreach (var link in held.ToArray())
        {
            if (link.Held is not { } waiting)
            {
                continue;
            }

            link.Held = null;
            held.Remove(link);
            if (now >= waiting.Until)
            {
                if (waiting.Full.Link is { } slow)
                {
                    // It had its time. Its session stays if it is a kept one; it can come back and take what waits.
                    meters.Refuse("slow-client");
                    Close(slow, MqttReason.QuotaExceeded);
                }
                else
                {
                    NoRoom(link, waiting.Token, waiting.Message.Qos, waiting.Full);
                    Answer(link);
                    TakeWaiting(link);
                    continue;
                }
            }

            Attempt(link, waiting.Token, waiting.Message);
            if (link.Held is { } again)
            {
                link.Held = again with { Until = again.Full == waiting.Full ? waiting.Until : again.Until };
            }
            else
            {
                Answer(link);
                TakeWaiting(link);
            }
        }
    }

    /// <summary>A will: heard inside as any other message.</summary>
    private void Emit(BrokerSession? of, string client, PublishPacket will)
    {
        ear?.Tell(new(MqttBroker.SourceName, will.Topic, will.Payload, Retained: false, Duplicate: false, (byte)will.Qos, client, time.GetUtcNow()));
        HandOn(of, client, will);
    }

    /// <summary>Nobody waits for an answer to this one, so want of room is counted and told.</summary>
    private void HandOn(BrokerSession? of, string client, PublishPacket message)
    {
        if (Route(of, message, out var full) != Outcome.Full)
        {
            return;
        }

        meters.Drop("no-room");
        if (voice.May())
        {
            log.MqttFull(client, full!.Wire.ClientId);
        }
    }

    /// <summary>Gives a message to everybody it is for, or to nobody when one of them has no room for it.</summary>
    private Outcome Route(BrokerSession? publisher, PublishPacket message, out BrokerSession? full)
    {
        index.Match(message.Topic, matches);
        matches.Merge(publisher, deliveries);
        chosen.Clear();
        foreach (var group in matches.Shared)
        {
            var next = group.Next(member => member.Link is not null && member.Wire.HasRoom(message));
            chosen.Add((next, group.Name));
        }

        full = message.Qos == MqttQos.AtMostOnce ? null : WithoutRoom(message);
        if (full is not null)
        {
            return Outcome.Full;
        }

        if (deliveries.Count == 0 && chosen.Count == 0 && !message.Retain)
        {
            return Outcome.NobodyThere;
        }

        // One copy of the bytes for all: the receive buffer is read into again.
        var own = message with { Payload = message.Payload.ToArray(), Retain = false, Duplicate = false, PacketId = 0, Properties = message.Properties.Detached() };
        if (message.Retain)
        {
            Retain(own);
        }

        var shaped = own;
        foreach (var to in deliveries)
        {
            var (qos, retain) = (own.Qos < to.Qos ? own.Qos : to.Qos, message.Retain && to.RetainAsPublished);
            if (!to.Ids.IsEmpty || shaped.Qos != qos || shaped.Retain != retain || !shaped.Properties.SubscriptionIds.IsEmpty)
            {
                shaped = own with { Qos = qos, Retain = retain, Properties = to.Ids.IsEmpty ? own.Properties : own.Properties with { SubscriptionIds = to.Ids } };
            }

            Deliver(to.Client, shaped, null);
        }

        foreach (var (to, share) in chosen)
        {
            Deliver(
                to.Client,
                own with
                {
                    Qos = own.Qos < to.Subscription.Qos ? own.Qos : to.Subscription.Qos,
                    Retain = message.Retain && to.Subscription.RetainAsPublished,
                    Properties = to.Ids.IsEmpty ? own.Properties : own.Properties with { SubscriptionIds = to.Ids },
                },
                share);
        }

        return deliveries.Count + chosen.Count > 0 ? Outcome.HandedOn : Outcome.NobodyThere;
    }

    private BrokerSession? WithoutRoom(PublishPacket message)
    {
        foreach (var to in deliveries)
        {
            if (to.Qos != MqttQos.AtMostOnce && !HasRoom(to.Client, message))
            {
                return to.Client;
            }
        }

        foreach (var (to, _) in chosen)
        {
            if (to.Subscription.Qos != MqttQos.AtMostOnce && !HasRoom(to.Client, message))
            {
                return to.Client;
            }
        }

        return null;
    }

    private bool HasRoom(BrokerSession session, PublishPacket message) =>
        session.Wire.HasRoom(message) && (session.StoreId == 0 || keptBytes + message.Payload.Length <= bounds.KeptBytes);

    private void Deliver(BrokerSession session, PublishPacket message, string? share)
    {
        var handle = message.Qos == MqttQos.AtMostOnce ? 0 : ++lastHandle;
        switch (session.Wire.Deliver(handle, message, now))
        {
            case MqttDelivery.Held:
                if (session.StoreId > 0)
                {
                    store.Tell(new(StoreAct.Put, session.StoreId, handle, "", StoredForm.Bytes(message), time.GetUtcNow().ToUnixTimeMilliseconds(), ""));
                }

                if (share is not null)
                {
                    (session.Shares ??= [])[handle] = share;
                }

                Drain(session);
                break;
            case MqttDelivery.Full:
                // Retained messages at the moment of subscribing only: a publisher was asked to wait before.
                meters.Drop("no-room");
                break;
            case MqttDelivery.Dropped:
                meters.Drop(session.Link is null ? "not-connected" : "slow-client");
                break;
            default:
                break;
        }

        Mark(session.Link);
    }

    private void Retain(PublishPacket message)
    {
        if (MayRetain(message))
        {
            SetRetained(message.Topic, message.Payload.IsEmpty ? null : message);
        }
        else
        {
            // A will, or a word of our own: nobody waits for an answer.
            meters.Drop("retained-limit");
        }
    }

    private bool MayRetain(PublishPacket message)
    {
        var isNew = !retained.TryGet(message.Topic, out var before);
        var size = retainedBytes + message.Payload.Length - (before?.Message.Payload.Length ?? 0);
        return message.Payload.IsEmpty || (size <= bounds.RetainedBytes && !(isNew && retained.Count >= bounds.RetainedMessages));
    }

    private void SetRetained(string topic, PublishPacket? message)
    {
        var before = retained.Set(topic, message is null ? null : new(message, now));
        retainedBytes += (message?.Payload.Length ?? 0) - (before?.Message.Payload.Length ?? 0);
        meters.Retained = retained.Count;
        if (message is not null || before is not null)
        {
            store.Tell(new(StoreAct.Retain, 0, 0, topic, message is null ? [] : StoredForm.Bytes(message), time.GetUtcNow().ToUnixTimeMilliseconds(), ""));
        }
    }

    private void Drain(BrokerSession session)
    {
        while (session.Wire.TryTakeEvent(out var happened))
        {
            switch (happened)
            {
                case MessageSettled settled:
                    Settled(session, settled);
                    break;
                case MessageBegun begun:
                    Tell(session, new(StoreAct.Begin, session.StoreId, begun.Handle, "", [], begun.PacketId, ""));
                    break;
                case MessageReleased released:
                    Tell(session, new(StoreAct.Release, session.StoreId, released.Handle, "", [], 0, ""));
                    break;
                case WillDue due:
                    ForgetWill(session);
                    Emit(session, session.Wire.ClientId, PublishPacket.Of(due.Will.Topic, due.Will.Payload, due.Will.Qos, due.Will.Retain, due.Will.Properties with { WillDelaySeconds = null }));
                    break;
                case SessionEnded:
                    Ended(session);
                    break;
                default:
                    throw new UnreachableException($"No answer to {happened.GetType().Name}.");
            }
        }

        Account(session);
    }

    private void Tell(BrokerSession session, StoreOp op)
    {
        if (session.StoreId > 0)
        {
            store.Tell(op);
            if (session.Link is { } link)
            {
                link.Barrier = store.Told;
            }
        }
    }

    private void Settled(BrokerSession session, MessageSettled settled)
    {
        hasSettled = true;
        session.IsKnownSlow = false;
        session.Shares?.Remove(settled.Handle);
        if (settled.Reason is null)
        {
            meters.Drop("expired");
        }
        else if (settled.Reason is MqttReason.PacketTooLarge)
        {
            meters.Drop("too-large-for-client");
        }
        else if (settled.Reason.Value.IsFailure())
        {
            meters.Drop("refused-by-client");
        }

        if (session.StoreId > 0)
        {
            store.Tell(new(StoreAct.Settle, 0, settled.Handle, "", [], 0, ""));
        }
    }

    private void Ended(BrokerSession session)
    {
        foreach (var filter in session.Filters ?? [])
        {
            index.Remove(session, filter);
        }

        session.Filters = null;
        if (sessions.GetValueOrDefault(session.Wire.ClientId) == session)
        {
            sessions.Remove(session.Wire.ClientId);
        }

        ForgetWill(session);
        var shares = session.Shares;
        session.Shares = null;
        var outstanding = shares is { Count: > 0 } ? session.Wire.State.Messages : [];
        NoLongerKept(session);
        Account(session, isGone: true);
        hasSettled = true;

        // Others share: what this one never took goes to the next, but for a QoS 2 message that may have arrived already.
        foreach (var message in outstanding)
        {
            if (shares!.TryGetValue(message.Handle, out var share) && (message.PacketId == 0 || message.Message.Qos == MqttQos.AtLeastOnce))
            {
                PassOn(message.Message, share);
            }
        }
    }

    private void PassOn(PublishPacket message, string share)
    {
        index.Match(message.Topic, matches);
        foreach (var group in matches.Shared)
        {
            if (group.Name == share)
            {
                Deliver(group.Next(member => member.Link is not null && member.Wire.HasRoom(message)).Client, message, share);
                return;
            }
        }
    }

    private void Account(BrokerSession session, bool isGone = false)
    {
        var (messages, bytes) = isGone || session.Wire.IsEnded ? (0, 0) : (session.Wire.Held, session.Wire.HeldBytes);
        meters.Queued += messages - session.CountedMessages;
        session.CountedMessages = messages;
        bytes = session.StoreId > 0 ? bytes : 0;
        keptBytes += bytes - session.CountedBytes;
        session.CountedBytes = bytes;
    }

    private void Say(BrokerSession session, string what, string topic)
    {
        if (voice.May())
        {
            log.MqttNotAllowed(session.Wire.ClientId, what, topic.Length > 200 ? topic[..200] : topic);
        }
    }

    /// <summary>The message with the time it lay taken off its expiry; null: it is of no use any more.</summary>
    private static PublishPacket? Aged(PublishPacket message, TimeSpan lay)
    {
        if (message.Properties.MessageExpirySeconds is not { } seconds || lay < TimeSpan.FromSeconds(1))
        {
            return message;
        }

        return lay.TotalSeconds >= seconds ? null : message with { Properties = message.Properties with { MessageExpirySeconds = seconds - (uint)lay.TotalSeconds } };
    }

    /// <summary>A retained message and since when its time runs.</summary>
    private sealed record RetainedMessage(PublishPacket Message, TimeSpan Since);
}
