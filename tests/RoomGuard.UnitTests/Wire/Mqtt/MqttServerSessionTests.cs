using RoomGuard.Wire.Mqtt;
using Xunit;

namespace RoomGuard.UnitTests.Wire.Mqtt;

/// <summary>The broker's end as stories: one client's connections and its session between them.</summary>
public class MqttServerSessionTests
{
    private static readonly MqttProperties Nothing = MqttProperties.None;
    private static readonly MqttServerLimits Limits = new() { ReceiveMaximum = 2, SendWindow = 2, MostMessages = 4, TopicAliasMaximum = 5, KeepAliveSeconds = 100, SessionExpirySeconds = 1000 };
    private static readonly PublishPacket Reading = PublishPacket.Of("room/inlet", "21.5"u8.ToArray(), MqttQos.AtLeastOnce);
    private static readonly MqttWill Will = new("room/state", "off"u8.ToArray(), MqttQos.AtLeastOnce, true, Nothing);

    [Fact]
    public void Nothing_is_done_before_a_connect_and_nothing_read_until_it_is_decided()
    {
        var story = new Story();
        story.Gets(Connect());
        Assert.True(story.Connection.IsDeciding);
        Assert.Equal("sensor", story.Asks<ConnectAsked>().Connect.ClientId);
        Assert.Throws<InvalidOperationException>(() => story.Gets(PingReqPacket.One));
        Assert.Empty(story.Sends());
        story.Connection.Accept(story.Session, present: false, story.Now);
        Assert.Equal(["ConnAck False Success"], story.SendsText());

        // Anything else first: closed without a word.
        var other = new Story();
        other.Connection.Receive(new(null, MqttFault.NotAConnect, MqttVersion.V311), other.Now);
        Assert.Empty(other.Sends());
        Assert.True(other.Connection.IsOver);
    }

    [Fact]
    public void Who_sends_nothing_is_closed()
    {
        var story = new Story();
        story.After(9);
        Assert.False(story.Connection.IsOver);
        story.After(1);
        Assert.Equal(MqttEnding.Silent, story.Asks<ClientGone>().Ending);
        Assert.Empty(story.Sends());
    }

    [Theory]
    [InlineData(MqttFault.BadText, MqttVersion.V5, "ConnAck False MalformedPacket")]
    [InlineData(MqttFault.UnsupportedVersion, MqttVersion.V5, "ConnAck False UnsupportedVersion")]
    [InlineData(MqttFault.UnsupportedVersion, MqttVersion.V311, "ConnAck False UnsupportedVersion")]
    [InlineData(MqttFault.BadText, MqttVersion.V311, null)]
    public void A_broken_connect_is_refused_where_there_is_a_word_for_it(MqttFault fault, MqttVersion version, string? answer)
    {
        var story = new Story();
        story.Connection.Receive(new(null, fault, version), story.Now);
        Assert.Equal(version, story.Connection.Version);
        string[] answers = answer is null ? [] : [answer];
        Assert.Equal(answers, story.SendsText());
        Assert.Equal(fault.Reason(), story.Asks<ClientGone>().Reason);
    }

    [Fact]
    public void A_refusal_is_said_and_ends_it()
    {
        var story = new Story();
        story.Gets(Connect());
        story.Connection.Refuse(MqttReason.NotAuthorised, story.Now);
        Assert.Equal(["ConnAck False NotAuthorised"], story.SendsText());
        Assert.True(story.Connection.IsOver);
        Assert.Empty(story.SessionTells());
    }

    [Fact]
    public void The_acceptance_tells_what_holds()
    {
        var story = new Story();
        story.Gets(Connect(keepAlive: 0, properties: new() { SessionExpirySeconds = 5000 }));
        story.Connection.Accept(story.Session, present: false, story.Now, assignedClientId: "given-1");
        var properties = Assert.IsType<ConnAckPacket>(Assert.Single(story.Sends())).Properties;
        Assert.Equal((1000u, (ushort)2, (ushort)100, "given-1", (ushort)5), (properties.SessionExpirySeconds, properties.ReceiveMaximum, properties.ServerKeepAliveSeconds, properties.AssignedClientId, properties.TopicAliasMaximum));

        story.After(150);
        Assert.Equal(MqttReason.KeepAliveTimeout, Assert.IsType<DisconnectPacket>(Assert.Single(story.Sends())).Reason);
        Assert.Equal(MqttEnding.Silent, story.Asks<ClientGone>().Ending);
    }

    [Fact]
    public void One_and_a_half_keep_alive_times_of_silence_end_it_and_any_packet_is_a_sign_of_life()
    {
        var story = new Story().Connected(Connect(keepAlive: 20));
        story.After(29).Gets(PingReqPacket.One);
        Assert.Same(PingRespPacket.One, Assert.Single(story.Sends()));
        story.After(29);
        story.Connection.Heard(story.Now);
        story.After(29);
        Assert.True(story.Connection.IsConnected);
        story.After(1);
        Assert.Equal(MqttEnding.Silent, story.Asks<ClientGone>().Ending);
    }

    [Fact]
    public void A_publication_is_acknowledged_when_it_is_stored_and_more_than_allowed_is_not_taken()
    {
        var story = new Story().Connected();
        story.Gets(Reading with { PacketId = 4 }, Reading with { PacketId = 5, Qos = MqttQos.ExactlyOnce });
        var asked = story.AsksAll<PublishAsked>();
        Assert.Equal(2, story.Connection.Unanswered);
        Assert.Empty(story.Sends());
        story.Session.Answer(asked[0].Token, story.Now, MqttReason.NoMatchingSubscribers);
        story.Session.Answer(asked[1].Token, story.Now, MqttReason.QuotaExceeded);
        Assert.Equal(["PubAck 4 NoMatchingSubscribers", "PubRec 5 QuotaExceeded"], story.SendsText());

        // The refused number is free again; both places too.
        story.Gets(Reading with { PacketId = 5, Qos = MqttQos.ExactlyOnce }, Reading with { PacketId = 6 }, Reading with { PacketId = 7 });
        Assert.Equal(2, story.AsksAll<PublishAsked>().Count);
        Assert.Equal(["Disconnect ReceiveMaximumExceeded"], story.SendsText());
    }

    [Fact]
    public void What_is_stored_after_its_connection_has_gone_is_answered_on_the_next()
    {
        var story = new Story().Connected(Connect(properties: new() { SessionExpirySeconds = 100 }));
        var twice = Reading with { PacketId = 5, Qos = MqttQos.ExactlyOnce };
        story.Gets(twice);
        var token = story.Asks<PublishAsked>().Token;
        story.Connection.Lost(story.Now);
        story.Reconnected().Sends();
        story.Gets(twice with { Duplicate = true });
        Assert.Empty(story.AsksAll<PublishAsked>());
        Assert.Empty(story.Sends());
        story.Session.Answer(token, story.Now);
        Assert.Equal(["PubRec 5 Success"], story.SendsText());
    }

    [Fact]
    public void Subscriptions_are_answered_one_by_one_and_wrong_answers_are_our_mistake()
    {
        var story = new Story().Connected();
        story.Gets(new SubscribePacket(3, [new("a", MqttQos.AtLeastOnce), new("b", MqttQos.AtMostOnce)], new() { SubscriptionIds = [9] }), new UnsubscribePacket(4, ["c"], Nothing));
        var asked = story.Asks<SubscribeAsked>();
        Assert.Equal((3, 2, 9), (asked.PacketId, asked.Subscriptions.Length, asked.SubscriptionId));
        Assert.Equal(["c"], story.Asks<UnsubscribeAsked>().Filters.ToArray());
        Assert.Throws<ArgumentException>(() => story.Connection.Subscribed(3, [MqttReason.Success]));
        story.Connection.Unsubscribed(4, [MqttReason.NoSubscriptionExisted]);
        story.Connection.Subscribed(3, [MqttReason.GrantedQos1, MqttReason.NotAuthorised]);
        Assert.Equal(["UnsubAck", "SubAck"], story.SendsText());
        story.Gets(new SubscribePacket(3, [new("a", MqttQos.AtLeastOnce)], Nothing), new UnsubscribePacket(3, ["a"], Nothing));
        Assert.Equal(["Disconnect ProtocolError"], story.SendsText());
    }

    [Fact]
    public void A_kept_session_gets_what_came_meanwhile_and_what_it_had_not_answered()
    {
        var story = new Story().Connected(Connect(properties: new() { SessionExpirySeconds = 100 }));
        Assert.Equal(MqttDelivery.Held, story.Delivers(1, Reading));
        Assert.Equal(MqttDelivery.Held, story.Delivers(2, Reading with { Qos = MqttQos.ExactlyOnce }));
        Assert.Equal(MqttDelivery.Held, story.Delivers(3, Reading));
        Assert.Equal(["Publish 1", "Publish 2"], story.SendsText());
        story.Gets(new PubRecPacket(2, MqttReason.Success, Nothing));
        Assert.Equal(["PubRel 2 Success"], story.SendsText());
        story.Connection.Lost(story.Now);
        Assert.Equal(MqttDelivery.Dropped, story.Delivers(0, Reading with { Qos = MqttQos.AtMostOnce }));
        Assert.Equal(MqttDelivery.Held, story.Delivers(4, Reading));
        Assert.Equal(MqttDelivery.Full, story.Delivers(5, Reading));
        Assert.Equal(1, story.Session.Dropped);

        story.After(99).Reconnected();
        var sent = story.Sends();
        Assert.Equal(["ConnAck True Success", "PubRel 2 Success", "Publish 1", "Publish 3"], sent.Select(Text));
        Assert.Equal([true, false], sent.OfType<PublishPacket>().Select(item => item.Duplicate));
        story.Gets(new PubAckPacket(1, MqttReason.Success, Nothing), new PubCompPacket(2, MqttReason.Success, Nothing));
        Assert.Equal([1, 2], story.SessionTells().OfType<MessageSettled>().Select(item => item.Handle));
        Assert.Equal(["Publish 4"], story.SendsText());
    }

    [Fact]
    public void A_session_survives_a_kill_with_its_numbers()
    {
        var story = new Story().Connected(Connect(properties: new() { SessionExpirySeconds = 100 }));
        story.Gets(Reading with { PacketId = 77, Qos = MqttQos.ExactlyOnce }, Reading with { PacketId = 78, Qos = MqttQos.ExactlyOnce });
        story.Session.Answer(story.AsksAll<PublishAsked>()[0].Token, story.Now);
        story.Delivers(1, Reading with { Qos = MqttQos.ExactlyOnce });
        story.Delivers(2, Reading with { Qos = MqttQos.ExactlyOnce });
        story.Delivers(3, Reading);
        story.Gets(new PubRecPacket(1, MqttReason.Success, Nothing));
        story.Sends();

        var state = story.Session.State;
        Assert.Equal([(ushort)77], state.Taken.ToArray());
        var later = new Story(new MqttServerSession("sensor", Limits, story.Now, state));
        later.Reconnected();
        Assert.Equal(["ConnAck True Success", "PubRel 1 Success", "Publish 2", "Publish 3"], later.SendsText());

        // What was stored is not taken twice; what was not is taken now.
        later.Gets(Reading with { PacketId = 77, Qos = MqttQos.ExactlyOnce, Duplicate = true }, Reading with { PacketId = 78, Qos = MqttQos.ExactlyOnce, Duplicate = true });
        Assert.Equal(78, later.Asks<PublishAsked>().Message.PacketId);
        Assert.Equal(["PubRec 77 Success"], later.SendsText());
    }

    [Fact]
    public void A_session_ends_when_its_time_is_over_counted_from_the_close()
    {
        var story = new Story().Connected(Connect(properties: new() { SessionExpirySeconds = 100 }));
        story.After(80).Gets(new DisconnectPacket(MqttReason.Success, new() { SessionExpirySeconds = 50 }));
        Assert.Equal(story.Now + TimeSpan.FromSeconds(50), story.Session.NextDue);
        story.After(49.9);
        Assert.False(story.Session.IsEnded);
        story.After(0.1);
        Assert.Equal([new SessionEnded()], story.SessionTells());
        Assert.Equal(MqttDelivery.Full, story.Delivers(1, Reading));

        // 3.1.1: clean ends with the connection, kept is bounded by the broker's own limit.
        var clean = new Story().Connected(Connect(MqttVersion.V311));
        clean.Connection.Lost(clean.Now);
        Assert.True(clean.Session.IsEnded);
        var kept = new Story().Connected(Connect(MqttVersion.V311, clean: false));
        kept.Connection.Lost(kept.Now);
        Assert.Equal(kept.Now + TimeSpan.FromSeconds(1000), kept.Session.NextDue);
    }

    [Fact]
    public void A_session_that_was_not_kept_cannot_be_kept_by_leaving()
    {
        var story = new Story().Connected();
        story.Gets(new DisconnectPacket(MqttReason.Success, new() { SessionExpirySeconds = 50 }));
        Assert.Equal(["Disconnect ProtocolError"], story.SendsText());
        Assert.True(story.Session.IsEnded);
    }

    [Theory]
    [InlineData(0, 300, 0, "at once without a delay")]
    [InlineData(20, 300, 20, "after its delay")]
    [InlineData(500, 300, 300, "with the session at the latest")]
    [InlineData(500, 0, 0, "at once where no session is kept")]
    public void A_will_is_published_when_its_client_is_lost(int delay, int expiry, int after, string when)
    {
        var story = new Story().Connected(Connect(will: Will with { Properties = new() { WillDelaySeconds = (uint)delay } }, properties: new() { SessionExpirySeconds = (uint)expiry }));
        story.Connection.Lost(story.Now);
        if (after > 0)
        {
            story.After(after - 0.1);
            Assert.Empty(story.SessionTells());
            story.After(0.1);
        }

        var told = story.SessionTells();
        Assert.True(told.FirstOrDefault() is WillDue { Will.Topic: "room/state" }, when);
        Assert.Equal(after == expiry, told.LastOrDefault() is SessionEnded);
        story.After(10_000);
        Assert.Empty(story.SessionTells().OfType<WillDue>());
    }

    [Fact]
    public void A_will_is_kept_back_by_an_orderly_leave_or_a_return_and_not_by_anything_else()
    {
        var delayed = Will with { Properties = new() { WillDelaySeconds = 20 } };
        var left = new Story().Connected(Connect(will: Will));
        left.Gets(new DisconnectPacket(MqttReason.Success, Nothing));
        Assert.Equal([new SessionEnded()], left.SessionTells());

        var asked = new Story().Connected(Connect(will: Will));
        asked.Gets(new DisconnectPacket(MqttReason.DisconnectWithWill, Nothing));
        Assert.Single(asked.SessionTells().OfType<WillDue>());

        var broke = new Story().Connected(Connect(will: Will));
        broke.Gets(Connect());
        Assert.Equal(["Disconnect ProtocolError"], broke.SendsText());
        Assert.Single(broke.SessionTells().OfType<WillDue>());

        var back = new Story().Connected(Connect(will: delayed, properties: new() { SessionExpirySeconds = 100 }));
        back.Connection.Lost(back.Now);
        back.After(19).Reconnected();
        back.After(50);
        Assert.Empty(back.SessionTells());

        // A clean start ends the session: the will that waited goes out then.
        var anew = new Story().Connected(Connect(will: delayed, properties: new() { SessionExpirySeconds = 100 }));
        anew.Connection.Lost(anew.Now);
        anew.Session.Finish();
        Assert.Collection(anew.SessionTells(), told => Assert.IsType<WillDue>(told), told => Assert.IsType<SessionEnded>(told));
    }

    [Fact]
    public void The_same_client_again_takes_the_session_over()
    {
        var story = new Story().Connected(Connect(properties: new() { SessionExpirySeconds = 100 }));
        story.Delivers(1, Reading);
        story.Sends();
        var old = story.Connection;
        story.Reconnecting();
        Assert.Throws<InvalidOperationException>(() => story.Connection.Accept(story.Session, present: true, story.Now));
        Assert.Throws<InvalidOperationException>(story.Session.Finish);

        old.TakeOver(story.Now);
        Assert.True(old.TryTakePacket(out var last));
        Assert.Equal("Disconnect SessionTakenOver", Text(last));
        story.Connection.Accept(story.Session, present: true, story.Now);
        Assert.Equal(["ConnAck True Success", "Publish 1"], story.SendsText());

        // The old connection says nothing into the session any more.
        old.Receive(new(new PubAckPacket(1, MqttReason.Success, Nothing), MqttFault.None, MqttVersion.V5), story.Now);
        Assert.Equal(1, story.Session.Held);
    }

    [Fact]
    public void Time_waited_is_taken_off_a_messages_life_and_a_dead_one_is_not_sent()
    {
        var story = new Story().Connected(Connect(properties: new() { SessionExpirySeconds = 1000 }));
        story.Connection.Lost(story.Now);
        story.Delivers(1, Reading with { Properties = new() { MessageExpirySeconds = 60 } });
        story.Delivers(2, Reading with { Properties = new() { MessageExpirySeconds = 10 } });
        story.After(20).Reconnected();
        Assert.Equal(40u, Assert.Single(story.Sends().OfType<PublishPacket>()).Properties.MessageExpirySeconds);
        Assert.Equal([new MessageSettled(2, null)], story.SessionTells());
    }

    [Fact]
    public void A_client_is_not_sent_more_nor_larger_than_it_takes()
    {
        var story = new Story().Connected(Connect(properties: new() { ReceiveMaximum = 1, MaximumPacketSize = 40, TopicAliasMaximum = 1 }));
        Assert.Equal(MqttDelivery.Held, story.Delivers(1, Reading with { Payload = new byte[100] }));
        Assert.Equal([new MessageSettled(1, MqttReason.PacketTooLarge)], story.SessionTells());
        Assert.Equal(MqttDelivery.Dropped, story.Delivers(0, PublishPacket.Of("a", new byte[100])));
        story.Delivers(2, Reading);
        story.Delivers(3, Reading);
        Assert.Equal(MqttDelivery.Sent, story.Delivers(0, PublishPacket.Of("room/inlet", default)));
        Assert.Equal([("room/inlet", (ushort?)1), (string.Empty, (ushort?)1)], story.Sends().Cast<PublishPacket>().Select(item => (item.Topic, item.Properties.TopicAlias)));

        // A reason that would not fit is left out; the code stays.
        story.Gets(new AuthPacket(MqttReason.ReAuthenticate, Nothing));
        var last = Assert.IsType<DisconnectPacket>(Assert.Single(story.Sends()));
        Assert.Equal((MqttReason.ProtocolError, null), (last.Reason, last.Properties.ReasonString));
    }

    [Fact]
    public void A_slow_reader_loses_qos_0_and_is_counted()
    {
        var story = new Story(new("sensor", Limits with { MostBytes = 1000 }, TimeSpan.Zero)).Connected();
        var sent = Enumerable.Range(0, 20).Count(_ => story.Delivers(0, PublishPacket.Of("a", new byte[99])) == MqttDelivery.Sent);
        Assert.Equal((10, 10L), (sent, story.Session.Dropped));
        Assert.Equal(10, story.Sends().Count);
        Assert.Equal(MqttDelivery.Sent, story.Delivers(0, PublishPacket.Of("a", new byte[99])));
    }

    [Fact]
    public void Enhanced_authentication_is_decided_by_the_broker()
    {
        var story = new Story();
        story.Gets(Connect(properties: new() { AuthenticationMethod = "SCRAM", AuthenticationData = "one"u8.ToArray() }));
        story.Connection.Challenge("two"u8.ToArray(), story.Now);
        Assert.Equal(["Auth ContinueAuthentication"], story.SendsText());
        story.Gets(new AuthPacket(MqttReason.ContinueAuthentication, new() { AuthenticationMethod = "SCRAM", AuthenticationData = "three"u8.ToArray() }));
        var given = story.Asks<AuthenticationGiven>();
        Assert.Equal(("three", false), (System.Text.Encoding.UTF8.GetString(given.Data!.Value.Span), given.Again));
        story.Connection.Accept(story.Session, present: false, story.Now, authentication: "four"u8.ToArray());
        Assert.Equal("SCRAM", Assert.IsType<ConnAckPacket>(Assert.Single(story.Sends())).Properties.AuthenticationMethod);

        story.Gets(new AuthPacket(MqttReason.ReAuthenticate, new() { AuthenticationMethod = "SCRAM" }), PingReqPacket.One);
        Assert.True(story.Asks<AuthenticationGiven>().Again);
        story.Connection.Authenticated(null);
        Assert.Equal(["PingResp", "Auth Success"], story.SendsText());
        story.Gets(new AuthPacket(MqttReason.ContinueAuthentication, new() { AuthenticationMethod = "SCRAM" }));
        Assert.Equal(["Disconnect ProtocolError"], story.SendsText());

        var plain = new Story();
        plain.Gets(Connect());
        Assert.Throws<InvalidOperationException>(() => plain.Connection.Challenge(null, plain.Now));
        var silent = new Story();
        silent.Gets(Connect(properties: new() { AuthenticationMethod = "SCRAM" }));
        silent.Connection.Challenge(null, silent.Now);
        silent.Sends();
        silent.Gets(Reading with { PacketId = 1 });
        Assert.Equal(["ConnAck False ProtocolError"], silent.SendsText());
        Assert.Empty(silent.AsksAll<PublishAsked>());
    }

    private static ConnectPacket Connect(MqttVersion version = MqttVersion.V5, bool clean = true, ushort keepAlive = 60, MqttWill? will = null, MqttProperties? properties = null) =>
        new(version, "sensor", clean, keepAlive, will, null, null, properties ?? Nothing);

    private static string Text(MqttPacket packet) => packet switch
    {
        PublishPacket p => $"Publish {p.PacketId}",
        MessageAnswer p => $"{p.Type} {p.PacketId} {p.Reason}",
        ConnAckPacket p => $"ConnAck {p.SessionPresent} {p.Reason}",
        DisconnectPacket p => $"Disconnect {p.Reason}",
        AuthPacket p => $"Auth {p.Reason}",
        _ => packet.Type.ToString(),
    };

    private sealed class Story
    {
        private readonly List<MqttServerEvent> asked = [];

        public Story(MqttServerSession? session = null)
        {
            Session = session ?? new("sensor", Limits, Now);
            Connection = new(Limits, Now);
        }

        public TimeSpan Now { get; private set; } = TimeSpan.FromHours(1);

        public MqttServerSession Session { get; }

        public MqttServerConnection Connection { get; private set; }

        public Story Connected(ConnectPacket? connect = null)
        {
            Gets(connect ?? Connect());
            Assert.NotNull(Asks<ConnectAsked>());
            Connection.Accept(Session, present: false, Now);
            Assert.Single(Sends());
            return this;
        }

        /// <summary>A new connection of the same client, whose CONNECT waits for a decision.</summary>
        public Story Reconnecting()
        {
            Connection = new(Limits, Now);
            Gets(Connect(clean: false, properties: new() { SessionExpirySeconds = 100 }));
            Assert.NotNull(Asks<ConnectAsked>());
            return this;
        }

        public Story Reconnected()
        {
            asked.Clear();
            Reconnecting();
            Connection.Accept(Session, present: true, Now);
            return this;
        }

        public Story Gets(params MqttPacket[] packets)
        {
            foreach (var packet in packets)
            {
                Connection.Receive(new(packet, MqttFault.None, packet is ConnectPacket connect ? connect.Version : Connection.Version), Now);
            }

            return this;
        }

        public Story After(double seconds)
        {
            Now += TimeSpan.FromSeconds(seconds);
            Connection.Tick(Now);
            Session.Tick(Now);
            return this;
        }

        public MqttDelivery Delivers(long handle, PublishPacket message) => Session.Deliver(handle, message, Now);

        /// <summary>What goes out; each packet can be written.</summary>
        public List<MqttPacket> Sends()
        {
            var sent = new List<MqttPacket>();
            while (Connection.TryTakePacket(out var packet))
            {
                Assert.NotEmpty(MqttWriter.ToBytes(packet, Connection.Version));
                sent.Add(packet);
            }

            return sent;
        }

        public List<string> SendsText() => [.. Sends().Select(Text)];

        public T Asks<T>()
            where T : MqttServerEvent => Assert.Single(AsksAll<T>());

        public List<T> AsksAll<T>()
            where T : MqttServerEvent
        {
            while (Connection.TryTakeEvent(out var happened))
            {
                asked.Add(happened);
            }

            List<T> found = [.. asked.OfType<T>()];
            asked.RemoveAll(item => item is T);
            return found;
        }

        public List<MqttSessionEvent> SessionTells()
        {
            var told = new List<MqttSessionEvent>();
            while (Session.TryTakeEvent(out var happened))
            {
                told.Add(happened);
            }

            return told;
        }
    }
}
