using RoomGuard.Wire.Mqtt;
using Xunit;

namespace RoomGuard.UnitTests.Wire.Mqtt;

/// <summary>The client's end as stories: what the server sends, what the session answers, what the application hears.</summary>
public class MqttClientSessionTests
{
    private static readonly MqttProperties Nothing = MqttProperties.None;
    private static readonly PublishPacket Reading = PublishPacket.Of("room/inlet", "21.5"u8.ToArray(), MqttQos.AtLeastOnce);

    [Fact]
    public void Connect_says_what_is_wished_and_the_servers_wishes_hold()
    {
        var story = new Story(new() { ClientId = "panel", KeepSession = true, UserName = "panel", Password = "secret"u8.ToArray() });
        var connect = Assert.IsType<ConnectPacket>(Assert.Single(story.Opens()));
        Assert.Equal(("panel", true, (ushort)60, (uint?)86_400, (ushort?)20), (connect.ClientId, connect.CleanStart, connect.KeepAliveSeconds, connect.Properties.SessionExpirySeconds, connect.Properties.ReceiveMaximum));

        story.Gets(new ConnAckPacket(false, MqttReason.Success, new() { AssignedClientId = "panel-7", ServerKeepAliveSeconds = 10 }));
        Assert.Equal("panel-7", story.Hears<ClientConnected>().ClientId);
        Assert.Equal(story.Now + TimeSpan.FromSeconds(10), story.Session.NextDue);

        // Now the session is known: the next connection does not start clean, and uses the given name.
        story.Session.Lost(story.Now);
        connect = Assert.IsType<ConnectPacket>(Assert.Single(story.Opens()));
        Assert.Equal(("panel-7", false), (connect.ClientId, connect.CleanStart));
    }

    [Fact]
    public void A_refusal_is_told_with_its_reason_and_another_server()
    {
        var story = new Story();
        story.Opens();
        story.Gets(new ConnAckPacket(false, MqttReason.ServerMoved, new() { ServerReference = "broker2:8883", ReasonString = "moved" }));
        Assert.Equal(new ConnectionEnded(MqttEnding.Refused, MqttReason.ServerMoved, "moved", "broker2:8883"), story.Hears<ConnectionEnded>());
        Assert.True(story.Session.IsOver);
        Assert.Null(story.Session.NextDue);
    }

    [Fact]
    public void A_message_is_acknowledged_only_when_the_application_has_it_and_in_order()
    {
        var story = new Story().Connected();
        story.Gets(Reading with { PacketId = 7 }, Reading with { PacketId = 9 }, Reading with { PacketId = 8, Qos = MqttQos.ExactlyOnce });
        var tokens = story.HearsAll<MessageArrived>().Select(item => item.Token).ToList();
        Assert.Equal(3, tokens.Count);
        Assert.Empty(story.Sends());

        // The second first: it waits for the first.
        story.Session.Answer(tokens[1], story.Now);
        Assert.Empty(story.Sends());
        story.Session.Answer(tokens[0], story.Now);
        Assert.Equal(["PubAck 7", "PubAck 9"], story.SendsText());
        story.Session.Answer(tokens[2], story.Now);
        Assert.Equal(["PubRec 8"], story.SendsText());
        story.Gets(new PubRelPacket(8, MqttReason.Success, Nothing), new PubRelPacket(8, MqttReason.Success, Nothing));
        Assert.Equal([MqttReason.Success, MqttReason.PacketIdNotFound], story.Sends().Cast<PubCompPacket>().Select(item => item.Reason));
    }

    [Fact]
    public void A_message_at_qos_0_needs_no_answer_and_a_retained_one_says_so()
    {
        var story = new Story().Connected();
        story.Gets(Reading with { Qos = MqttQos.AtMostOnce, Retain = true });
        var arrived = story.Hears<MessageArrived>();
        Assert.Equal((0L, true), (arrived.Token, arrived.Message.Retain));
        story.Session.Answer(arrived.Token, story.Now);
        Assert.Empty(story.Sends());
    }

    [Fact]
    public void After_a_break_qos_1_is_handed_over_again_and_qos_2_never_twice()
    {
        var story = new Story().Connected();
        var twice = Reading with { PacketId = 2, Qos = MqttQos.ExactlyOnce };
        story.Gets(Reading with { PacketId = 1 }, twice);
        var tokens = story.HearsAll<MessageArrived>().Select(item => item.Token).ToList();
        story.Session.Lost(story.Now);

        // The application finishes storing while the link is down.
        story.Session.Answer(tokens[0], story.Now);
        story.Session.Answer(tokens[1], story.Now);
        Assert.Empty(story.Sends());

        story.Connected(present: true);
        story.Gets(Reading with { PacketId = 1, Duplicate = true }, twice with { Duplicate = true });
        var again = story.Hears<MessageArrived>();
        Assert.Equal(1, again.Message.PacketId);
        Assert.Empty(story.Sends());
        story.Session.Answer(again.Token, story.Now);
        Assert.Equal(["PubAck 1", "PubRec 2"], story.SendsText());

        // Repeated once more after PUBREC: answered again, told to nobody.
        story.Session.Lost(story.Now);
        story.Connected(present: true);
        story.Gets(twice with { Duplicate = true });
        Assert.Equal(["PubRec 2"], story.SendsText());
        Assert.Empty(story.HearsAll<MessageArrived>());
    }

    [Fact]
    public void What_is_unanswered_goes_again_after_a_break_with_its_number_in_its_order()
    {
        var story = new Story().Connected();
        var handles = new List<long>();
        foreach (var qos in new[] { MqttQos.ExactlyOnce, MqttQos.AtLeastOnce, MqttQos.ExactlyOnce })
        {
            Assert.True(story.Session.TryPublish(Reading with { Qos = qos }, story.Now, out var handle));
            handles.Add(handle);
        }

        Assert.Equal(["Publish 1", "Publish 2", "Publish 3"], story.SendsText());
        story.Gets(new PubRecPacket(1, MqttReason.Success, Nothing));
        Assert.Equal(["PubRel 1"], story.SendsText());
        story.Session.Lost(story.Now);
        Assert.True(story.Session.TryPublish(Reading, story.Now, out var later));

        story.Connected(present: true);
        var again = story.LastSent;
        Assert.Equal(["PubRel 1", "Publish 2", "Publish 3", "Publish 4"], again.Select(Text));
        Assert.Equal([true, true, false], again.OfType<PublishPacket>().Select(item => item.Duplicate));

        story.Gets(new PubCompPacket(1, MqttReason.PacketIdNotFound, Nothing), new PubAckPacket(2, MqttReason.NoMatchingSubscribers, Nothing), new PubRecPacket(3, MqttReason.QuotaExceeded, Nothing), new PubAckPacket(4, MqttReason.Success, Nothing));
        Assert.Equal(
            [(handles[0], MqttReason.Success), (handles[1], MqttReason.NoMatchingSubscribers), (handles[2], MqttReason.QuotaExceeded), (later, MqttReason.Success)],
            story.HearsAll<MessagePublished>().Select(item => (item.Handle, item.Reason)));
        Assert.Equal(0, story.Session.Unpublished);
    }

    [Fact]
    public void A_lost_session_loses_no_message_and_no_subscription()
    {
        var story = new Story().Connected();
        story.Session.Subscribe(new("room/#", MqttQos.AtLeastOnce), story.Now, subscriptionId: 5);
        story.Session.Subscribe(new("alarm", MqttQos.ExactlyOnce), story.Now);
        Assert.Equal(["Subscribe 1", "Subscribe 2"], story.SendsText());
        story.Gets(new SubAckPacket(1, [MqttReason.GrantedQos1], Nothing), new SubAckPacket(2, [MqttReason.NotAuthorised], Nothing));
        Assert.Equal([MqttReason.GrantedQos1, MqttReason.NotAuthorised], story.HearsAll<FilterSubscribed>().Select(item => item.Reason));
        story.Session.TryPublish(Reading, story.Now, out _);
        story.Session.TryPublish(Reading with { Qos = MqttQos.ExactlyOnce }, story.Now, out var released);
        story.Gets(new PubRecPacket(4, MqttReason.Success, Nothing));
        story.Sends();
        story.Session.Lost(story.Now);

        // Kept: only what was refused is asked again.
        story.Connected(present: true);
        Assert.Equal(["PubRel 4", "Publish 3", "Subscribe 5"], story.LastSent.Select(Text).Order(StringComparer.Ordinal));
        story.Session.Lost(story.Now);

        // Lost: all subscriptions, and the message as a new one; what had PUBREC was the server's already.
        story.Connected(present: false);
        Assert.Equal(2, story.LastSent.OfType<SubscribePacket>().Count());
        Assert.Equal(5, story.LastSent.OfType<SubscribePacket>().First().Properties.SubscriptionIds.Single());
        Assert.False(Assert.Single(story.LastSent.OfType<PublishPacket>()).Duplicate);
        Assert.Equal(released, story.Hears<MessagePublished>().Handle);
    }

    [Fact]
    public void A_filter_given_up_while_away_is_given_up_on_return()
    {
        var story = new Story().Connected();
        story.Session.Subscribe(new("room/#", MqttQos.AtLeastOnce), story.Now);
        story.Gets(new SubAckPacket(1, [MqttReason.GrantedQos1], Nothing));
        story.Sends();
        story.Session.Lost(story.Now);
        story.Session.Unsubscribe("room/#", story.Now);

        story.Connected(present: true);
        Assert.Equal(["room/#"], Assert.IsType<UnsubscribePacket>(Assert.Single(story.LastSent)).Filters.ToArray());
        story.Gets(new UnsubAckPacket(2, [MqttReason.NoSubscriptionExisted], Nothing));
        Assert.Equal(MqttReason.NoSubscriptionExisted, story.Hears<FilterUnsubscribed>().Reason);
        story.Session.Lost(story.Now);
        story.Connected(present: true);
        Assert.Empty(story.LastSent);
    }

    [Fact]
    public void No_more_goes_out_than_the_server_takes_and_pubrec_frees_no_place()
    {
        var story = new Story().Connected(server: new() { ReceiveMaximum = 2 });
        for (var turn = 0; turn < 4; turn++)
        {
            Assert.True(story.Session.TryPublish(Reading with { Qos = MqttQos.ExactlyOnce }, story.Now, out _));
        }

        Assert.Equal(["Publish 1", "Publish 2"], story.SendsText());
        story.Gets(new PubRecPacket(1, MqttReason.Success, Nothing));
        Assert.Equal(["PubRel 1"], story.SendsText());
        story.Gets(new PubCompPacket(1, MqttReason.Success, Nothing));
        Assert.Equal(["Publish 3"], story.SendsText());
        story.Gets(new PubRecPacket(2, MqttReason.NotAuthorised, Nothing));
        Assert.Equal(["Publish 4"], story.SendsText());
    }

    [Fact]
    public void A_server_that_sends_more_than_we_take_is_left()
    {
        var story = new Story(new() { ClientId = "panel", ReceiveMaximum = 2 }).Connected();
        story.Gets(Reading with { PacketId = 1 }, Reading with { PacketId = 2 }, Reading with { PacketId = 3 });
        Assert.Equal(MqttReason.ReceiveMaximumExceeded, Assert.IsType<DisconnectPacket>(Assert.Single(story.Sends())).Reason);
        Assert.Equal(2, story.HearsAll<MessageArrived>().Count);
        Assert.Equal(MqttEnding.FarEndBroke, story.Hears<ConnectionEnded>().Ending);
    }

    [Fact]
    public void Silence_is_asked_about_and_then_ends_the_connection()
    {
        var story = new Story(new() { ClientId = "panel", KeepAliveSeconds = 60 }).Connected();
        story.After(59);
        Assert.Empty(story.Sends());
        story.After(1);
        Assert.Same(PingReqPacket.One, Assert.Single(story.Sends()));
        story.After(5).Gets(PingRespPacket.One);
        story.After(55);
        Assert.Same(PingReqPacket.One, Assert.Single(story.Sends()));
        story.After(10);
        Assert.Equal(MqttEnding.Silent, story.Hears<ConnectionEnded>().Ending);
    }

    [Fact]
    public void A_server_that_does_not_answer_a_connect_is_given_up()
    {
        var story = new Story();
        story.Opens();
        Assert.False(story.Session.TryPublish(Reading with { Qos = MqttQos.AtMostOnce }, story.Now, out _));
        story.After(10);
        Assert.Equal(MqttEnding.Silent, story.Hears<ConnectionEnded>().Ending);
    }

    [Fact]
    public void Aliases_shorten_what_is_sent_and_are_put_back_into_what_comes()
    {
        var story = new Story().Connected(server: new() { TopicAliasMaximum = 1 });
        for (var turn = 0; turn < 2; turn++)
        {
            story.Session.TryPublish(Reading, story.Now, out _);
            story.Session.TryPublish(Reading with { Topic = "other", Qos = MqttQos.AtMostOnce }, story.Now, out _);
        }

        Assert.Equal(
            [("room/inlet", (ushort?)1), ("other", (ushort?)null), (string.Empty, (ushort?)1), ("other", (ushort?)null)],
            story.Sends().Cast<PublishPacket>().Select(item => (item.Topic, item.Properties.TopicAlias)));

        // A new connection knows none: what goes again has its topic.
        story.Session.Lost(story.Now);
        story.Connected(present: true, server: new() { TopicAliasMaximum = 1 });
        Assert.Equal(["room/inlet", string.Empty], story.LastSent.Cast<PublishPacket>().Select(item => item.Topic));

        story.Gets(
            PublishPacket.Of("room/x", default, properties: new() { TopicAlias = 3 }),
            PublishPacket.Of(string.Empty, default, properties: new() { TopicAlias = 3 }));
        Assert.All(story.HearsAll<MessageArrived>(), item => Assert.Equal(("room/x", (ushort?)null), (item.Message.Topic, item.Message.Properties.TopicAlias)));
        story.Gets(PublishPacket.Of(string.Empty, default, properties: new() { TopicAlias = 4 }));
        Assert.Equal(MqttReason.ProtocolError, story.Hears<ConnectionEnded>().Reason);

        story.Connected(present: true).Gets(PublishPacket.Of("a", default, properties: new() { TopicAlias = 101 }));
        Assert.Equal(MqttReason.TopicAliasInvalid, story.Hears<ConnectionEnded>().Reason);
    }

    [Fact]
    public void What_the_server_does_not_take_is_told_and_not_sent()
    {
        var story = new Story().Connected(server: new() { MaximumQos = MqttQos.AtLeastOnce, RetainAvailable = false, MaximumPacketSize = 50 });
        story.Session.TryPublish(Reading with { Qos = MqttQos.ExactlyOnce }, story.Now, out _);
        story.Session.TryPublish(Reading with { Retain = true }, story.Now, out _);
        story.Session.TryPublish(Reading with { Payload = new byte[40] }, story.Now, out _);
        Assert.False(story.Session.TryPublish(PublishPacket.Of("a", new byte[60]), story.Now, out _));
        Assert.Equal([MqttReason.QosNotSupported, MqttReason.RetainNotSupported, MqttReason.PacketTooLarge], story.HearsAll<MessagePublished>().Select(item => item.Reason));
        Assert.Empty(story.Sends());
        Assert.Equal(0, story.Session.Unpublished);
    }

    [Fact]
    public void Too_much_waiting_is_refused_and_what_cannot_be_is_an_error()
    {
        var story = new Story(new() { ClientId = "panel", MostWaiting = 2 });
        Assert.True(story.Session.TryPublish(Reading, story.Now, out _));
        Assert.True(story.Session.TryPublish(Reading, story.Now, out _));
        Assert.False(story.Session.TryPublish(Reading, story.Now, out _));
        Assert.Throws<ArgumentException>(() => story.Session.TryPublish(Reading with { Topic = "a/+" }, story.Now, out _));
        Assert.Throws<ArgumentException>(() => story.Session.TryPublish(Reading with { PacketId = 4 }, story.Now, out _));
        Assert.Throws<ArgumentException>(() => story.Session.Subscribe(new("a#", MqttQos.AtMostOnce), story.Now));
        Assert.Throws<ArgumentException>(() => new MqttClientSession(new() { ClientId = string.Empty, Version = MqttVersion.V311, KeepSession = true }));
        Assert.Throws<ArgumentException>(() => new MqttClientSession(new() { ClientId = "a", Version = MqttVersion.V311, Password = new byte[1] }));
    }

    [Theory]
    [InlineData(MqttVersion.V5)]
    [InlineData(MqttVersion.V311)]
    public void What_a_server_may_not_send_ends_the_connection(MqttVersion version)
    {
        foreach (var packet in new MqttPacket[]
        {
            new ConnAckPacket(false, MqttReason.Success, Nothing),
            new SubAckPacket(5, [MqttReason.Success], Nothing),
            new UnsubAckPacket(5, version == MqttVersion.V5 ? [MqttReason.Success] : [], Nothing),
        })
        {
            var story = new Story(new() { ClientId = "panel", Version = version }).Connected();
            story.Gets(packet);
            Assert.Equal(MqttReason.ProtocolError, story.Hears<ConnectionEnded>().Reason);
            Assert.Equal(version == MqttVersion.V5 ? 1 : 0, story.Sends().Count);
        }

        var broken = new Story(new() { ClientId = "panel", Version = version }).Connected();
        broken.Session.Receive(new(null, MqttFault.BadText, version), broken.Now);
        Assert.Equal(MqttReason.MalformedPacket, broken.Hears<ConnectionEnded>().Reason);

        // A session nobody asked for, and a message before the acceptance.
        foreach (var packet in new MqttPacket[] { new ConnAckPacket(true, MqttReason.Success, Nothing), Reading with { PacketId = 1 } })
        {
            var story = new Story(new() { ClientId = "panel", Version = version });
            story.Opens();
            story.Gets(packet);
            Assert.Equal(MqttReason.ProtocolError, story.Hears<ConnectionEnded>().Reason);
            Assert.Empty(story.HearsAll<MessageArrived>());
        }
    }

    [Fact]
    public void Enhanced_authentication_goes_to_and_fro_and_belongs_to_one_method()
    {
        var settings = new MqttClientSettings { ClientId = "panel", AuthenticationMethod = "SCRAM", AuthenticationData = "one"u8.ToArray() };
        var story = new Story(settings);
        Assert.Equal("SCRAM", Assert.IsType<ConnectPacket>(Assert.Single(story.Opens())).Properties.AuthenticationMethod);
        story.Gets(new AuthPacket(MqttReason.ContinueAuthentication, new() { AuthenticationMethod = "SCRAM", AuthenticationData = "two"u8.ToArray() }));
        Assert.Equal("two"u8.ToArray(), story.Hears<AuthenticationAsked>().Data!.Value.ToArray());
        story.Session.Authenticate("three"u8.ToArray(), story.Now);
        Assert.Equal(MqttReason.ContinueAuthentication, Assert.IsType<AuthPacket>(Assert.Single(story.Sends())).Reason);
        story.Gets(new ConnAckPacket(false, MqttReason.Success, new() { AuthenticationMethod = "SCRAM" }));
        Assert.NotNull(story.Hears<ClientConnected>());
        story.Session.Authenticate(null, story.Now, again: true);
        Assert.Equal(MqttReason.ReAuthenticate, Assert.IsType<AuthPacket>(Assert.Single(story.Sends())).Reason);
        story.Gets(new AuthPacket(MqttReason.ContinueAuthentication, new() { AuthenticationMethod = "other" }));
        Assert.Equal(MqttReason.ProtocolError, story.Hears<ConnectionEnded>().Reason);

        var plain = new Story().Connected();
        Assert.Throws<InvalidOperationException>(() => plain.Session.Authenticate(null, plain.Now));
        plain.Gets(new AuthPacket(MqttReason.ContinueAuthentication, new() { AuthenticationMethod = "SCRAM" }));
        Assert.Equal(MqttReason.ProtocolError, plain.Hears<ConnectionEnded>().Reason);
    }

    [Fact]
    public void Leaving_says_so_and_a_servers_leave_gives_its_reason()
    {
        var story = new Story().Connected();
        story.Session.Leave(story.Now, MqttReason.DisconnectWithWill);
        Assert.Equal(MqttReason.DisconnectWithWill, Assert.IsType<DisconnectPacket>(Assert.Single(story.Sends())).Reason);
        Assert.Equal(MqttEnding.Left, story.Hears<ConnectionEnded>().Ending);

        story.Connected().Gets(new DisconnectPacket(MqttReason.SessionTakenOver, Nothing));
        Assert.Equal((MqttEnding.FarEndLeft, MqttReason.SessionTakenOver), story.HearsAll<ConnectionEnded>().Select(item => (item.Ending, item.Reason)).Single());
    }

    private static string Text(MqttPacket packet) => packet switch
    {
        PublishPacket p => $"Publish {p.PacketId}",
        MessageAnswer p => $"{p.Type} {p.PacketId}",
        SubscribePacket p => $"Subscribe {p.PacketId}",
        _ => packet.Type.ToString(),
    };

    private sealed class Story(MqttClientSettings? settings = null)
    {
        private readonly List<MqttClientEvent> heard = [];

        public MqttClientSession Session { get; } = new(settings ?? new() { ClientId = "panel", KeepSession = true });

        public TimeSpan Now { get; private set; } = TimeSpan.FromHours(1);

        public List<MqttPacket> LastSent { get; private set; } = [];

        public List<MqttPacket> Opens()
        {
            Session.Open(Now);
            return Sends();
        }

        public Story Connected(bool present = false, MqttProperties? server = null)
        {
            Opens();
            Gets(new ConnAckPacket(present, MqttReason.Success, server ?? Nothing));
            Assert.True(Session.IsConnected);
            heard.RemoveAll(item => item is ClientConnected or ConnectionEnded);
            LastSent = Sends();
            return this;
        }

        public Story Gets(params MqttPacket[] packets)
        {
            foreach (var packet in packets)
            {
                Session.Receive(new(packet, MqttFault.None, MqttVersion.V5), Now);
            }

            Listen();
            return this;
        }

        public Story After(double seconds)
        {
            Now += TimeSpan.FromSeconds(seconds);
            Session.Tick(Now);
            return this;
        }

        /// <summary>What goes out; each packet can be written.</summary>
        public List<MqttPacket> Sends()
        {
            var sent = new List<MqttPacket>();
            while (Session.TryTakePacket(out var packet))
            {
                Assert.NotEmpty(MqttWriter.ToBytes(packet, settings?.Version ?? MqttVersion.V5));
                sent.Add(packet);
            }

            return sent;
        }

        public List<string> SendsText() => [.. Sends().Select(Text)];

        public T Hears<T>()
            where T : MqttClientEvent => Assert.Single(HearsAll<T>());

        public List<T> HearsAll<T>()
            where T : MqttClientEvent
        {
            Listen();
            List<T> found = [.. heard.OfType<T>()];
            heard.RemoveAll(item => item is T);
            return found;
        }

        private void Listen()
        {
            while (Session.TryTakeEvent(out var happened))
            {
                heard.Add(happened);
            }
        }
    }
}
