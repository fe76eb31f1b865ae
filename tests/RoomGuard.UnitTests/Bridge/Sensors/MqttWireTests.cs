using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Bridge.Sensors;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using RoomGuard.Wire.Mqtt;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Sensors;

/// <summary>The wire to a broker: what it acknowledges when, and what it does when the broker goes, forgets, refuses or says nonsense.</summary>
public sealed class MqttWireTests : IAsyncDisposable
{
    private static readonly MqttSourceSettings Zigbee = new("zigbee", "127.0.0.1", [new("zigbee2mqtt/#", 2)]);

    private readonly VirtualTime time = new(A.MondayNine);
    private readonly ABroker broker = new();
    private readonly AHandler handler = new();
    private readonly MqttBoard board = new([Zigbee], A.MondayNine);
    private MqttWire? wire;

    private MqttSourceNow Now => board.All[0];

    public async ValueTask DisposeAsync()
    {
        if (wire is not null)
        {
            await wire.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_message_is_acknowledged_only_when_it_is_safe_and_the_link_is_kept_alive_meanwhile()
    {
        var there = await ConnectAsync();
        there.Publishes("zigbee2mqtt/leak-1", "wet", id: 7);
        var (message, safe) = await handler.NextAsync();
        Assert.Equal(("zigbee", "zigbee2mqtt/leak-1", (byte)1, false, false), (message.Source, message.Topic, message.QoS, message.Retained, message.Duplicate));

        // Nothing is read meanwhile, so the answers to these lie unread; the link counts as alive all the same.
        _ = await there.HearsInTimeAsync<PingReqPacket>(time);
        _ = await there.HearsInTimeAsync<PingReqPacket>(time);
        there.Says(PingRespPacket.One, PingRespPacket.One);
        Assert.Equal(MqttCondition.Connected, Now.Condition);

        safe.SetResult();
        Assert.Equal(7, (await there.HearsAsync<PubAckPacket>()).PacketId);
        Assert.Equal(1, broker.Tries);
    }

    [Fact]
    public async Task Messages_are_handed_over_one_at_a_time_and_in_their_order()
    {
        var there = await ConnectAsync();
        there.Publishes("zigbee2mqtt/a", "1", id: 1);
        there.Publishes("zigbee2mqtt/b", "2", MqttQos.AtMostOnce);
        there.Publishes("zigbee2mqtt/a", "3", id: 2);
        foreach (var expected in new[] { "1", "2", "3" })
        {
            var (message, safe) = await handler.NextAsync();
            Assert.Equal((expected, expected), (Encoding.UTF8.GetString(message.Payload.Span), handler.All.Last()));
            safe.SetResult();
        }

        Assert.Equal(1, (await there.HearsAsync<PubAckPacket>()).PacketId);
        Assert.Equal(2, (await there.HearsAsync<PubAckPacket>()).PacketId);
        Assert.Equal(3, Now.Counts.Messages);
    }

    [Fact]
    public async Task A_broker_that_sends_more_ahead_than_was_agreed_is_borne_since_mosquitto_does_so_after_a_reconnect()
    {
        handler.IsQuick = true;
        var there = await ConnectAsync();
        there.Says([.. Enumerable.Range(1, 25).Select(id => PublishPacket.Of("zigbee2mqtt/a", "x"u8.ToArray(), MqttQos.ExactlyOnce) with { PacketId = (ushort)id })]);

        for (var id = 1; id <= 25; id++)
        {
            Assert.Equal(id, (await there.HearsAsync<PubRecPacket>()).PacketId);
        }

        Assert.Equal(0, Now.Counts.Failures);
    }

    [Fact]
    public async Task A_kept_session_is_taken_up_again_without_subscribing_and_without_handing_over_twice()
    {
        handler.IsQuick = true;
        var there = await ConnectAsync();
        there.Publishes("zigbee2mqtt/a", "once", MqttQos.ExactlyOnce, id: 5);
        Assert.Equal(5, (await there.HearsAsync<PubRecPacket>()).PacketId);
        there.Cut();

        there = await broker.AcceptsAsync(time, sessionPresent: true);
        there.Publishes("zigbee2mqtt/a", "once", MqttQos.ExactlyOnce, id: 5, duplicate: true);
        Assert.Equal(5, (await there.HearsAsync<PubRecPacket>()).PacketId);
        there.Says(new PubRelPacket(5, MqttReason.Success, MqttProperties.None));
        Assert.Equal(5, (await there.HearsAsync<PubCompPacket>()).PacketId);

        Assert.Equal(["once"], handler.All);
        Assert.Equal((2L, 0L, 1L), (Now.Counts.Connections, Now.Counts.SessionsLost, Now.Counts.Failures));
    }

    [Fact]
    public async Task What_comes_just_after_a_kept_session_was_taken_up_again_may_be_old()
    {
        var there = await ConnectAsync();
        there.Publishes("zigbee2mqtt/a", "new", id: 1);
        var (fresh, safe) = await handler.NextAsync();
        Assert.False(fresh.Waited);
        there.Cut();
        safe.SetResult();

        there = await broker.AcceptsAsync(time, sessionPresent: true);
        there.Publishes("zigbee2mqtt/a", "new", id: 1, duplicate: true);
        (var late, safe) = await handler.NextAsync();
        Assert.Equal((true, true), (late.Waited, late.Duplicate));
        safe.SetResult();
        Assert.Equal(1, (await there.HearsAsync<PubAckPacket>()).PacketId);

        time.Advance(TimeSpan.FromSeconds(11));
        there.Publishes("zigbee2mqtt/a", "newest", id: 2);
        (var newest, safe) = await handler.NextAsync();
        Assert.False(newest.Waited);
        safe.SetResult();
    }

    [Fact]
    public async Task A_session_the_broker_has_lost_is_subscribed_anew_and_counted()
    {
        var there = await ConnectAsync();
        there.Cut();

        there = await broker.AcceptsAsync(time, sessionPresent: false);
        _ = await there.GrantsAsync();

        await Until.SoAsync(() => Now.Counts.SessionsLost == 1, "the lost session is counted");
        Assert.Contains("the cable was cut", Now.LastError, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-RED-05")]
    public async Task A_broker_that_falls_silent_is_down_and_called_again()
    {
        var changes = new List<MqttCondition>();
        board.Changed += now => changes.Add(now.Condition);
        var silent = A.MondayNine;
        board.Changed += now => silent = now.Condition == MqttCondition.Down ? now.Since : silent;
        var there = await ConnectAsync();
        var connected = time.GetUtcNow();
        _ = await there.HearsInTimeAsync<PingReqPacket>(time);

        there = await broker.AcceptsAsync(time, sessionPresent: true);
        there.Publishes("zigbee2mqtt/a", "x", MqttQos.AtMostOnce);
        (await handler.NextAsync()).Safe.SetResult();

        Assert.Contains("did not answer within 10 s", Now.LastError, StringComparison.Ordinal);
        Assert.InRange(silent - connected, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30));
        Assert.Equal([MqttCondition.Connected, MqttCondition.Down, MqttCondition.Connected], changes);
    }

    [Fact]
    public async Task A_wrong_password_is_told_with_what_to_do_and_not_tried_again_at_once()
    {
        Start();
        var there = await broker.CalledAsync(time);
        _ = await there.HearsAsync<ConnectPacket>();
        there.Says(new ConnAckPacket(false, MqttReason.BadUserNameOrPassword, MqttProperties.None));
        await Until.SoAsync(() => Now.Condition == MqttCondition.Refused, "the refusal is on the board");
        Assert.Contains("Compare user and passwordFile with the broker's user list.", Now.LastError, StringComparison.Ordinal);

        var refused = time.GetUtcNow();
        _ = await broker.CalledAsync(time);
        Assert.True(time.GetUtcNow() - refused > TimeSpan.FromSeconds(7), $"{time.GetUtcNow() - refused}");
    }

    [Fact]
    public async Task A_broker_that_cannot_be_reached_is_called_again_later_and_later()
    {
        broker.Unreachable = "MQTT broker 127.0.0.1:1883 cannot be reached: Connection refused.";
        Start();
        await Until.SoAsync(() => broker.Tries >= 8, "eight tries", time);

        Assert.Equal(MqttCondition.Down, Now.Condition);
        Assert.Contains("cannot be reached", Now.LastError, StringComparison.Ordinal);
        Assert.True(time.GetUtcNow() - A.MondayNine > TimeSpan.FromSeconds(30), "seven waits that double from half a second last longer than half a minute, half of each by chance");
        broker.Unreachable = null;
        _ = await broker.AcceptsAsync(time);
    }

    [Fact]
    public async Task What_is_published_waits_for_the_connection_in_order_and_is_sent_again_until_it_is_taken_over()
    {
        Start();
        foreach (var word in new[] { "1", "2", "3" })
        {
            Assert.True(wire!.TryPublish(PublishPacket.Of("rg/x", Encoding.UTF8.GetBytes(word), MqttQos.AtLeastOnce)));
        }

        var there = await broker.AcceptsAsync(time);
        _ = await there.GrantsAsync();
        var ids = new List<ushort>();
        foreach (var word in new[] { "1", "2", "3" })
        {
            var said = await there.HearsAsync<PublishPacket>();
            Assert.Equal(word, Encoding.UTF8.GetString(said.Payload.Span));
            ids.Add(said.PacketId);
        }

        there.Says(new PubAckPacket(ids[0], MqttReason.Success, MqttProperties.None));
        await Until.SoAsync(() => Now.Counts.Published == 1, "the first is taken over");
        there.Cut();
        there = await broker.AcceptsAsync(time, sessionPresent: true);
        Assert.Equal((ids[1], true), (await there.HearsAsync<PublishPacket>()) is var second ? (second.PacketId, second.Duplicate) : default);
        Assert.Equal((ids[2], true), (await there.HearsAsync<PublishPacket>()) is var third ? (third.PacketId, third.Duplicate) : default);
        Assert.Throws<ArgumentException>(() => wire!.TryPublish(PublishPacket.Of("rg/#", default)));
    }

    [Fact]
    public async Task A_message_this_program_stumbles_over_is_refused_and_counted_and_silences_nothing()
    {
        (handler.IsQuick, handler.Stumbles) = (true, "bad");
        var there = await ConnectAsync();
        there.Publishes("zigbee2mqtt/a", "bad", id: 1);
        there.Publishes("zigbee2mqtt/a", "good", id: 2);

        Assert.Equal(MqttReason.ImplementationSpecific, (await there.HearsAsync<PubAckPacket>()).Reason);
        Assert.Equal(MqttReason.Success, (await there.HearsAsync<PubAckPacket>()).Reason);
        Assert.Equal(["bad", "good"], handler.All);
        Assert.Equal(1, Now.Counts.Faults);
    }

    [Fact]
    [Requirement("R-INP-02")]
    public async Task A_message_on_a_topic_nobody_asked_for_is_answered_counted_and_dropped()
    {
        var there = await ConnectAsync();
        there.Publishes("old/subscription", "x", id: 9);

        Assert.Equal(9, (await there.HearsAsync<PubAckPacket>()).PacketId);
        Assert.Empty(handler.All);
        Assert.Equal((1L, 0L), (Now.Counts.Unasked, Now.Counts.Messages));
    }

    [Fact]
    [Requirement("R-INP-02")]
    public async Task Nonsense_ends_the_connection_with_its_reason_and_the_next_is_made()
    {
        var there = await ConnectAsync();
        there.SaysBytes([0x30, 0x03, 0x00, 0x05, 0x61]);
        Assert.Equal(MqttReason.MalformedPacket, (await there.HearsAsync<DisconnectPacket>()).Reason);

        _ = await broker.AcceptsAsync(time, sessionPresent: true);
        Assert.Equal(1, Now.Counts.Failures);
    }

    [Fact]
    public async Task A_filter_the_broker_does_not_grant_stands_on_the_board()
    {
        Start();
        var there = await broker.AcceptsAsync(time);
        var asked = await there.HearsAsync<SubscribePacket>();
        there.Says(new SubAckPacket(asked.PacketId, [MqttReason.NotAuthorised], MqttProperties.None));
        await Until.SoAsync(() => Now.Refused.ContainsKey("zigbee2mqtt/#"), "the refusal is on the board");
        Assert.Contains("NotAuthorised", Now.Refused["zigbee2mqtt/#"], StringComparison.Ordinal);
        Assert.Contains("zigbee2mqtt/# refused", new MqttHealth(board, time).Now().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_leaves_in_order_says_that_it_is_gone_and_what_it_could_not_keep_comes_again()
    {
        Start(new MqttWill("rg/availability", "offline"u8.ToArray(), MqttQos.AtLeastOnce, Retain: true, MqttProperties.None));
        var there = await broker.AcceptsAsync(time);
        _ = await there.GrantsAsync();
        there.Publishes("zigbee2mqtt/a", "unsafe", id: 3);
        _ = await handler.NextAsync();

        await wire!.DisposeAsync();
        wire = null;

        var last = await there.HearsAsync<PublishPacket>();
        Assert.Equal(("rg/availability", "offline", true), (last.Topic, Encoding.UTF8.GetString(last.Payload.Span), last.Retain));
        Assert.Equal(MqttReason.Success, (await there.HearsAsync<DisconnectPacket>()).Reason);
    }

    private async Task<Conversation> ConnectAsync()
    {
        Start();
        var there = await broker.AcceptsAsync(time);
        var asked = await there.GrantsAsync();
        Assert.Equal(("zigbee2mqtt/#", true), (asked.Subscriptions[0].Filter, asked.Subscriptions[0].NoLocal));
        await Until.SoAsync(() => Now.Condition == MqttCondition.Connected, "connected");
        return there;
    }

    private void Start(MqttWill? will = null)
    {
        wire = new(Zigbee, Zigbee.Session("roomguard-kakuu-1-bridge-1-zigbee", null, will), broker, handler, board, new(new(1)), time, NullLogger.Instance);
        wire.Start();
    }
}
