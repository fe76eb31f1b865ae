using System.Text;
using RoomGuard.Bridge.Broker;
using RoomGuard.TestKit;
using RoomGuard.Wire.Mqtt;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Broker;

/// <summary>What the broker decides: who gets in, who gets what, and that nothing is acknowledged before it is safe.</summary>
public sealed class BrokerCoreTests
{
    private const MqttQos One = MqttQos.AtLeastOnce;
    private const MqttQos Two = MqttQos.ExactlyOnce;

    [Fact]
    public void A_message_reaches_who_subscribed_once_and_nobody_else()
    {
        using var broker = new ABroker();
        var reader = broker.Connected("reader").Subscribes("tele/#").Subscribes("tele/+/temp", MqttQos.AtMostOnce);
        var other = broker.Connected("other").Subscribes("stat/#");
        var sensor = broker.Connected("sensor");
        Assert.Equal(2, reader.Out().OfType<SubAckPacket>().Count());

        sensor.Publishes("tele/s1/temp", "21.5", One, 7);
        Assert.Equal(MqttReason.Success, sensor.Takes<PubAckPacket>().Reason);
        var message = reader.Takes<PublishPacket>();
        Assert.Equal((One, false, "21.5"), (message.Qos, message.Retain, Encoding.UTF8.GetString(message.Payload.Span)));
        Assert.Empty(other.Texts());

        sensor.Publishes("nobody", "x", One, 8);
        Assert.Equal(MqttReason.NoMatchingSubscribers, sensor.Takes<PubAckPacket>().Reason);
    }

    [Fact]
    public void A_kept_session_s_message_is_acknowledged_when_it_is_on_the_medium_and_not_before()
    {
        using var broker = new ABroker();
        broker.Connected("reader", expiry: 600, clean: false).Subscribes("a", One).Drops();
        var sensor = broker.Connected("sensor");
        broker.CommitsAtOnce = false;

        sensor.Publishes("a", "1", One, 1);
        Assert.Empty(sensor.Out());
        Assert.False(broker.Core.MayRead(sensor.Link));

        broker.Committed = broker.Told;
        Assert.Equal(1, sensor.Takes<PubAckPacket>().PacketId);
        Assert.True(broker.Core.MayRead(sensor.Link));
    }

    [Fact]
    public void When_the_medium_fails_for_long_the_publisher_is_cut_off_without_an_acknowledgement()
    {
        using var broker = new ABroker();
        broker.Connected("reader", expiry: 600, clean: false).Subscribes("a", One).Drops();
        var sensor = broker.Connected("sensor");
        broker.CommitsAtOnce = false;
        sensor.Publishes("a", "1", One, 1);
        for (var second = 0; second < 40; second++)
        {
            broker.After(1);
        }

        Assert.True(sensor.IsOver && sensor.Link.IsCut);
        Assert.Equal(1, broker.Meters.RefusedFor("not-safe"));
    }

    [Fact]
    public void A_kept_session_survives_a_kill_with_its_messages_subscriptions_and_numbers()
    {
        using var broker = new ABroker();
        var reader = broker.Connected("reader", expiry: 600, clean: false).Subscribes("a/#", Two, id: 5);
        reader.Out();
        var sensor = broker.Connected("sensor", expiry: 600, clean: false);
        sensor.Publishes("a/1", "first", Two, 11).Publishes("a/2", "second", One, 12).Publishes("a/r", "kept", retain: true);
        sensor.Out();
        var sent = reader.Out().OfType<PublishPacket>().ToList();
        reader.Sends(new PubRecPacket(sent[0].PacketId, MqttReason.Success, MqttProperties.None));

        using var later = new ABroker(before: broker.Killed());
        var again = later.Client();
        again.Sends(new ConnectPacket(MqttVersion.V5, "reader", false, 60, null, null, null, new() { SessionExpirySeconds = 600 }));
        var came = again.Out();
        Assert.True(((ConnAckPacket)came[0]).SessionPresent);
        Assert.Equal(sent[0].PacketId, Assert.Single(came.OfType<PubRelPacket>()).PacketId);
        var second = Assert.Single(came.OfType<PublishPacket>());
        Assert.Equal(("second", 5), (Encoding.UTF8.GetString(second.Payload.Span), second.Properties.SubscriptionIds[0]));

        // The sensor never heard PUBREC: it says the same again, and nobody gets it twice.
        var same = later.Client();
        same.Sends(new ConnectPacket(MqttVersion.V5, "sensor", false, 60, null, null, null, new() { SessionExpirySeconds = 600 }));
        Assert.True(same.Takes<ConnAckPacket>().SessionPresent);
        same.Sends(PublishPacket.Of("a/1", "first"u8.ToArray(), Two) with { PacketId = 11, Duplicate = true });
        Assert.Equal(11, same.Takes<PubRecPacket>().PacketId);
        Assert.Empty(again.Texts());

        // Once released, the number is another message's.
        same.Sends(new PubRelPacket(11, MqttReason.Success, MqttProperties.None)).Publishes("a/3", "third", Two, 11);
        Assert.Equal(["third"], again.Texts());
        var newcomer = later.Connected("newcomer").Subscribes("a/r");
        Assert.Equal(["kept"], newcomer.Texts());
    }

    [Fact]
    public void A_session_left_long_ago_is_not_taken_up_again()
    {
        using var broker = new ABroker();
        broker.Connected("reader", expiry: 60, clean: false).Subscribes("a", One).Drops();
        var before = broker.Killed();
        using var later = new ABroker(before: before with { Sessions = [before.Sessions[0] with { LeftAt = A61SecondsAgo(broker) }] });
        later.After(0.1);
        var again = later.Client();
        again.Sends(new ConnectPacket(MqttVersion.V5, "reader", false, 60, null, null, null, new() { SessionExpirySeconds = 60 }));
        Assert.False(again.Takes<ConnAckPacket>().SessionPresent);
    }

    [Fact]
    public void Retained_is_given_to_who_comes_later_aged_and_forgotten_with_an_empty_message()
    {
        using var broker = new ABroker();
        var sensor = broker.Connected("sensor");
        sensor.Publishes("a/1", "21", retain: true, properties: new() { MessageExpirySeconds = 60 }).Publishes("a/2", "22", One, 3, retain: true);
        broker.After(20);
        var reader = broker.Connected("reader").Subscribes("a/#");
        var messages = reader.Out().OfType<PublishPacket>().OrderBy(item => item.Topic).ToList();
        Assert.All(messages, item => Assert.True(item.Retain));
        Assert.Equal(["a/1", "a/2"], messages.Select(item => item.Topic));
        Assert.Equal(40u, messages[0].Properties.MessageExpirySeconds);

        broker.After(41);
        sensor.Publishes("a/2", "", retain: true);
        Assert.Empty(broker.Connected("later").Subscribes("a/#").Texts());
        Assert.Equal(0, broker.Meters.Retained);
    }

    [Fact]
    public void A_will_comes_after_its_delay_unless_the_client_is_back()
    {
        using var broker = new ABroker(hears: true);
        var reader = broker.Connected("reader").Subscribes("st/#");
        var will = new MqttWill("st/s1", "off"u8.ToArray(), One, false, new() { WillDelaySeconds = 5 });
        broker.Connected("s1", clean: false, expiry: 600, will: will).Drops();
        broker.After(3);
        var back = broker.Connected("s1", clean: false, expiry: 600, will: will);
        broker.After(10);
        Assert.Empty(reader.Texts());

        back.Drops();
        broker.After(6);
        Assert.Equal(["off"], reader.Texts());
        Assert.Equal("s1", Assert.Single(broker.Heard).ClientId);
    }

    [Fact]
    public void A_will_of_who_was_connected_when_the_broker_was_killed_is_told_at_the_next_start()
    {
        using var broker = new ABroker();
        var will = new MqttWill("st/s1", "off"u8.ToArray(), MqttQos.AtMostOnce, true, MqttProperties.None);
        broker.Connected("s1", will: will);
        broker.Connected("s2", will: will with { Topic = "st/s2" }).Leaves();

        using var later = new ABroker(before: broker.Killed());
        later.After(0.1);
        Assert.Equal(["off"], later.Connected("reader").Subscribes("st/#").Texts());
    }

    [Fact]
    public void A_share_goes_round_and_what_one_never_took_goes_to_the_other()
    {
        using var broker = new ABroker();
        var a = broker.Connected("a").Subscribes("$share/g/t/#");
        var b = broker.Connected("b").Subscribes("$share/g/t/#");
        var sensor = broker.Connected("sensor");
        for (ushort i = 1; i <= 4; i++)
        {
            sensor.Publishes("t/x", $"{i}", One, i);
        }

        var (first, second) = (a.Texts(), b.Texts(acknowledges: true));
        Assert.Equal((2, 2), (first.Length, second.Length));

        a.Drops();
        Assert.Equal(first, b.Texts());
    }

    [Fact]
    public void The_same_client_again_takes_its_session_over_and_another_user_does_not()
    {
        using var broker = new ABroker(ABroker.Open with { Users = [new("pump", ["#"], ["#"])] });
        var password = broker.Passwords.Add("pump", count => new byte[count]);
        var old = broker.Connected("s1", clean: false, expiry: 60).Subscribes("a");
        old.Out();
        var thief = broker.Client();
        thief.Sends(new ConnectPacket(MqttVersion.V5, "s1", true, 60, null, "pump", Encoding.ASCII.GetBytes(password), MqttProperties.None));
        Assert.Equal(MqttReason.ClientIdNotValid, thief.Takes<ConnAckPacket>().Reason);

        var again = broker.Connected("s1", clean: false, expiry: 60);
        Assert.Equal(MqttReason.SessionTakenOver, old.Takes<DisconnectPacket>().Reason);
        broker.Connected("sensor").Publishes("a", "x", One, 1);
        Assert.Equal(["x"], again.Texts());
    }

    [Fact]
    [Requirement("R-NET-01")]
    public void Each_user_keeps_to_its_own_topics_and_is_told_so()
    {
        using var broker = new ABroker(new(Users: [new("s1", ["tele/s1/#"], ["cmnd/s1/#"], ClientId: "s1")]));
        var password = Encoding.ASCII.GetBytes(broker.Passwords.Add("s1", count => new byte[count]));
        var sensor = broker.Client();
        sensor.Sends(new ConnectPacket(MqttVersion.V5, "s1", true, 60, null, "s1", password, MqttProperties.None));
        Assert.Equal(MqttReason.Success, sensor.Takes<ConnAckPacket>().Reason);
        sensor.Publishes("tele/s2/temp", "99", One, 1);
        Assert.Equal(MqttReason.NotAuthorised, sensor.Takes<PubAckPacket>().Reason);
        sensor.Subscribes("#");
        Assert.Equal([MqttReason.NotAuthorised], sensor.Takes<SubAckPacket>().Reasons.AsEnumerable());

        // 3.1.1 has no word for it: the connection ends, an acknowledgement would be a lie.
        var old = broker.Client();
        old.Sends(new ConnectPacket(MqttVersion.V311, "s1", true, 60, null, "s1", password, MqttProperties.None));
        old.Out();
        old.Publishes("tele/s2/temp", "99", One, 1);
        Assert.True(old.IsOver);
        Assert.Empty(old.Out());

        Assert.Equal(MqttReason.ClientIdNotValid, Refused(new ConnectPacket(MqttVersion.V5, "other", true, 60, null, "s1", password, MqttProperties.None)));
        Assert.Equal(MqttReason.BadUserNameOrPassword, Refused(new ConnectPacket(MqttVersion.V5, "s1", true, 60, null, "s1", "wrong"u8.ToArray(), MqttProperties.None)));
        Assert.Equal(MqttReason.NotAuthorised, Refused(new ConnectPacket(MqttVersion.V5, "s1", true, 60, null, null, null, MqttProperties.None)));
        Assert.Equal(
            MqttReason.NotAuthorised,
            Refused(new ConnectPacket(MqttVersion.V5, "s1", true, 60, new("st/s2", default, MqttQos.AtMostOnce, false, MqttProperties.None), "s1", password, MqttProperties.None)));
        Assert.Equal((1, 1, 1), (broker.Meters.RefusedFor("password"), broker.Meters.RefusedFor("no-user"), broker.Meters.RefusedFor("will-topic")));

        MqttReason Refused(ConnectPacket connect) => broker.Client().Sends(connect).Takes<ConnAckPacket>().Reason;
    }

    [Fact]
    public void A_flood_of_wrong_passwords_shuts_out_that_address_and_user_alone()
    {
        using var broker = new ABroker(new(Users: [new("s1", ["#"], [])]));
        var password = Encoding.ASCII.GetBytes(broker.Passwords.Add("s1", count => new byte[count]));
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(MqttReason.BadUserNameOrPassword, Tried("192.0.2.9", "wrong"u8.ToArray()));
        }

        Assert.Equal(MqttReason.Banned, Tried("192.0.2.9", password));
        Assert.Equal(MqttReason.Success, Tried("192.0.2.10", password));
        broker.After(61);
        Assert.Equal(MqttReason.Success, Tried("192.0.2.9", password));

        MqttReason Tried(string from, byte[] with) =>
            broker.Client(from).Sends(new ConnectPacket(MqttVersion.V5, "s1", true, 60, null, "s1", with, MqttProperties.None)).Takes<ConnAckPacket>().Reason;
    }

    [Fact]
    public void A_slow_client_holds_its_publisher_back_and_is_sent_away_by_name_and_nothing_acknowledged_is_lost()
    {
        using var broker = new ABroker(ABroker.Open with { Limits = new(QueuedMessages: 30, HoldBack: TimeSpan.FromSeconds(5)) });
        var slow = broker.Connected("slow", clean: false, expiry: 600).Subscribes("a", One);
        slow.Out();
        var sensor = broker.Connected("sensor", version: MqttVersion.V311);
        for (ushort i = 1; i <= 31; i++)
        {
            sensor.Publishes("a", $"{i}", One, i);
        }

        Assert.Equal(30, sensor.Out().OfType<PubAckPacket>().Count());
        Assert.False(broker.Core.MayRead(sensor.Link));

        // One taken makes room for the one that waits.
        var taken = slow.Out().OfType<PublishPacket>().ToList();
        slow.Sends(new PubAckPacket(taken[0].PacketId, MqttReason.Success, MqttProperties.None));
        Assert.Equal(31, sensor.Takes<PubAckPacket>().PacketId);

        sensor.Publishes("a", "32", One, 32);
        broker.After(6);
        Assert.Equal(MqttReason.QuotaExceeded, slow.Takes<DisconnectPacket>().Reason);
        broker.After(6);
        broker.After(6);
        Assert.True(sensor.IsOver);
        Assert.Empty(sensor.Out());

        // A 5.0 publisher is told at once.
        var newer = broker.Connected("newer");
        newer.Publishes("a", "33", One, 1);
        Assert.Equal(MqttReason.QuotaExceeded, newer.Takes<PubAckPacket>().Reason);

        var back = broker.Client().Sends(new ConnectPacket(MqttVersion.V5, "slow", false, 60, null, null, null, new() { SessionExpirySeconds = 600 }));
        var texts = new List<string>();
        for (var more = back.Texts(acknowledges: true); more.Length > 0; more = back.Texts(acknowledges: true))
        {
            texts.AddRange(more);
        }

        Assert.Equal(Enumerable.Range(2, 30).Select(i => $"{i}"), texts);
    }

    [Fact]
    public void A_thousand_connections_that_send_nothing_keep_nobody_out()
    {
        using var broker = new ABroker(ABroker.Open with { Limits = new(Connections: 1000, ConnectionsPerAddress: 1000) });
        var silent = Enumerable.Range(0, 1000).Select(_ => broker.Client()).ToList();
        Assert.All(silent, client => Assert.True(client.IsAdmitted));
        Assert.True(broker.Connected("sensor").Link.Connection.IsConnected);
        Assert.True(silent[0].IsOver && silent[0].Link.IsCut);

        broker.After(11);
        Assert.All(silent, client => Assert.True(client.IsOver));
    }

    [Fact]
    public void One_address_cannot_take_all_connections()
    {
        using var broker = new ABroker(ABroker.Open with { Limits = new(ConnectionsPerAddress: 3) });
        for (var i = 0; i < 3; i++)
        {
            broker.Connected($"s{i}");
        }

        Assert.False(broker.Client().IsAdmitted);
        Assert.True(broker.Client("192.0.2.2").IsAdmitted);
        Assert.Equal(1, broker.Meters.RefusedFor("connections-per-address"));
    }

    [Theory]
    [InlineData("00 00")]
    [InlineData("10 ff ff ff ff 7f")]
    [InlineData("10 80 80 80 7f")]
    [InlineData("30 03 00 01 61")]
    [InlineData("47 45 54 20 2f 20 48 54 54 50")]
    [InlineData("10 0c 00 04 4d 51 54 54 04 03 00 3c 00 00")]
    public void Bytes_that_are_no_mqtt_end_that_connection_and_no_other(string hex)
    {
        using var broker = new ABroker();
        var good = broker.Connected("good").Subscribes("a");
        good.Out();
        var bad = broker.Client();
        bad.SendsBytes(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
        Assert.True(bad.IsOver);
        Assert.Equal(1, broker.Meters.RefusedFor("malformed"));
        broker.Connected("sensor").Publishes("a", "x");
        Assert.Equal(["x"], good.Texts());
    }

    [Fact]
    public void Who_hears_inside_gets_every_accepted_message_and_the_acknowledgement_waits_for_it()
    {
        using var broker = new ABroker(hears: true);
        broker.IsSafeAtOnce = false;
        var sensor = broker.Connected("sensor");
        sensor.Publishes("a", "x", One, 9);
        Assert.Empty(sensor.Out());
        var heard = Assert.Single(broker.Heard);
        Assert.Equal(("broker", "a", false, (byte)1, "sensor"), (heard.Source, heard.Topic, heard.Retained, heard.QoS, heard.ClientId));

        broker.Done = 1;
        Assert.Equal(9, sensor.Takes<PubAckPacket>().PacketId);
        broker.Core.Publish(PublishPacket.Of("b", "y"u8.ToArray()));
        Assert.Single(broker.Heard);
    }

    [Fact]
    public void Subscriptions_and_retained_messages_and_levels_have_their_limits()
    {
        using var broker = new ABroker(ABroker.Open with { Limits = new(Subscriptions: 2, RetainedMessages: 2) });
        var client = broker.Connected("c");
        client.Sends(new SubscribePacket(1, [new("a", One), new("b", One), new("c", One), new("a", MqttQos.AtMostOnce), new(string.Join('/', new string[70]), One)], MqttProperties.None));
        Assert.Equal(
            [MqttReason.GrantedQos1, MqttReason.GrantedQos1, MqttReason.QuotaExceeded, MqttReason.Success, MqttReason.TopicFilterInvalid], client.Takes<SubAckPacket>().Reasons.AsEnumerable());
        client.Publishes("r/1", "x", retain: true).Publishes("r/2", "x", retain: true).Publishes("r/3", "x", retain: true);
        Assert.Equal((2, 1), (broker.Meters.Retained, broker.Meters.DroppedFor("retained-limit")));
    }

    private static DateTimeOffset A61SecondsAgo(ABroker broker) => broker.Time.GetUtcNow().AddSeconds(-61);
}
