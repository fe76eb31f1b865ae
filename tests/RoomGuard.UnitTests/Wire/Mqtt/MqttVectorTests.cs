using RoomGuard.TestKit.Wire;
using RoomGuard.Wire.Mqtt;
using Xunit;

namespace RoomGuard.UnitTests.Wire.Mqtt;

/// <summary>The vectors of docs/reference/mqtt.md: a third-party broker took or sent each of them as it stands here.</summary>
public class MqttVectorTests
{
    private static readonly MqttProperties Nothing = MqttProperties.None;

    /// <summary>What it is, who sends it, the version, the packet, its bytes.</summary>
    public static TheoryData<string, MqttEnd, MqttVersion, MqttPacket, string> Packets => new()
    {
        {
            "CONNECT 3.1.1, clean, keep alive 60", MqttEnd.Client, MqttVersion.V311,
            new ConnectPacket(MqttVersion.V311, "rg1", true, 60, null, null, null, Nothing),
            "10 0f 00 04 4d 51 54 54 04 02 00 3c 00 03 72 67 31"
        },
        {
            "CONNECT 5.0, session expiry 300, receive maximum 20", MqttEnd.Client, MqttVersion.V5,
            new ConnectPacket(MqttVersion.V5, "rg1", true, 60, null, null, null, new() { SessionExpirySeconds = 300, ReceiveMaximum = 20 }),
            "10 18 00 04 4d 51 54 54 05 02 00 3c 08 11 00 00 01 2c 21 00 14 00 03 72 67 31"
        },
        {
            "CONNECT 5.0 with a will, QoS 1, retained, delay 5", MqttEnd.Client, MqttVersion.V5,
            new ConnectPacket(MqttVersion.V5, "rg2", true, 60, new("st/rg2", "off"u8.ToArray(), MqttQos.AtLeastOnce, true, new() { WillDelaySeconds = 5 }), null, null, Nothing),
            "10 23 00 04 4d 51 54 54 05 2e 00 3c 00 00 03 72 67 32 05 18 00 00 00 05 00 06 73 74 2f 72 67 32 00 03 6f 66 66"
        },
        {
            "CONNACK 5.0, alias maximum 10, receive maximum 20", MqttEnd.Server, MqttVersion.V5,
            new ConnAckPacket(false, MqttReason.Success, new() { TopicAliasMaximum = 10, ReceiveMaximum = 20 }),
            "20 09 00 00 06 21 00 14 22 00 0a"
        },
        { "SUBSCRIBE 3.1.1", MqttEnd.Client, MqttVersion.V311, new SubscribePacket(1, [new("rg/#", MqttQos.AtLeastOnce)], Nothing), "82 09 00 01 00 04 72 67 2f 23 01" },
        {
            "SUBSCRIBE 5.0 with every option", MqttEnd.Client, MqttVersion.V5,
            new SubscribePacket(1, [new("rg/#", MqttQos.AtLeastOnce, true, true, MqttRetainHandling.IfNew)], new() { SubscriptionIds = [300] }),
            "82 0d 00 01 03 0b ac 02 00 04 72 67 2f 23 1d"
        },
        { "SUBACK 5.0", MqttEnd.Server, MqttVersion.V5, new SubAckPacket(1, [MqttReason.GrantedQos1], Nothing), "90 04 00 01 00 01" },
        { "PUBLISH 3.1.1, QoS 0", MqttEnd.Client, MqttVersion.V311, PublishPacket.Of("rg/t", "21.5"u8.ToArray()), "30 0a 00 04 72 67 2f 74 32 31 2e 35" },
        {
            "PUBLISH 3.1.1, QoS 1, retained", MqttEnd.Client, MqttVersion.V311,
            PublishPacket.Of("rg/t", "21.5"u8.ToArray(), MqttQos.AtLeastOnce, retain: true) with { PacketId = 10 }, "33 0c 00 04 72 67 2f 74 00 0a 32 31 2e 35"
        },
        {
            "PUBLISH 5.0, QoS 1, expiry 60, alias 1 set", MqttEnd.Client, MqttVersion.V5,
            PublishPacket.Of("rg/t", "21.5"u8.ToArray(), MqttQos.AtLeastOnce, properties: new() { MessageExpirySeconds = 60, TopicAlias = 1 }) with { PacketId = 10 },
            "32 15 00 04 72 67 2f 74 00 0a 08 02 00 00 00 3c 23 00 01 32 31 2e 35"
        },
        {
            "PUBLISH 5.0, QoS 1, alias 1 used", MqttEnd.Client, MqttVersion.V5,
            PublishPacket.Of(string.Empty, "21.6"u8.ToArray(), MqttQos.AtLeastOnce, properties: new() { TopicAlias = 1 }) with { PacketId = 11 },
            "32 0c 00 00 00 0b 03 23 00 01 32 31 2e 36"
        },
        { "PUBACK 3.1.1", MqttEnd.Server, MqttVersion.V311, new PubAckPacket(10, MqttReason.Success, Nothing), "40 02 00 0a" },
        { "PUBACK 5.0, short", MqttEnd.Server, MqttVersion.V5, new PubAckPacket(10, MqttReason.Success, Nothing), "40 02 00 0a" },
        { "PUBACK 5.0, a reason alone", MqttEnd.Server, MqttVersion.V5, new PubAckPacket(10, MqttReason.NoMatchingSubscribers, Nothing), "40 03 00 0a 10" },
        {
            "DISCONNECT 5.0, with the will, session over", MqttEnd.Client, MqttVersion.V5,
            new DisconnectPacket(MqttReason.DisconnectWithWill, new() { SessionExpirySeconds = 0 }), "e0 07 04 05 11 00 00 00 00"
        },
        { "PINGREQ", MqttEnd.Client, MqttVersion.V311, PingReqPacket.One, "c0 00" },
        { "PINGRESP", MqttEnd.Server, MqttVersion.V5, PingRespPacket.One, "d0 00" },
    };

    /// <summary>Filter, topic, whether it takes it.</summary>
    public static TheoryData<string, string, bool> Matching => new()
    {
        { "a/#", "a", true },
        { "a/#", "ab", false },
        { "a/+", "a", false },
        { "a/+", "a/", true },
        { "+/+", "/a", true },
        { "+", "/a", false },
        { "/+", "/a", true },
        { "#", "$SYS/x", false },
        { "+/x", "$SYS/x", false },
        { "$SYS/#", "$SYS/x", true },
        { "a//b", "a/b", false },
        { "a/+/b", "a//b", true },
        { "#", "/", true },
        { "+/+", "/", true },
    };

    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7f")]
    [InlineData(128, "80 01")]
    [InlineData(16_383, "ff 7f")]
    [InlineData(16_384, "80 80 01")]
    [InlineData(2_097_151, "ff ff 7f")]
    [InlineData(2_097_152, "80 80 80 01")]
    [InlineData(268_435_455, "ff ff ff 7f")]
    public void A_variable_byte_integer_reads_and_writes_as_in_the_sheet(int value, string hex)
    {
        var bytes = Hex.Bytes(hex);
        var into = new byte[4];
        Assert.Equal(bytes.Length, VariableByteInteger.Write(value, into));
        Assert.Equal(Hex.Text(bytes), Hex.Text(into.AsSpan(0, bytes.Length)));
        Assert.Equal(bytes.Length, VariableByteInteger.Read(bytes, out var read, out var fault));
        Assert.Equal((value, MqttFault.None), (read, fault));

        // A part of it waits for the rest.
        Assert.Equal(0, VariableByteInteger.Read(bytes.AsSpan(0, bytes.Length - 1), out _, out fault));
        Assert.Equal(MqttFault.None, fault);
    }

    [Theory]
    [InlineData("80 00")]
    [InlineData("ff 80 00")]
    [InlineData("80 80 80 00")]
    [InlineData("ff ff ff ff 7f")]
    [InlineData("80 80 80 80")]
    public void An_overlong_integer_is_refused(string hex)
    {
        Assert.Equal(0, VariableByteInteger.Read(Hex.Bytes(hex), out _, out var fault));
        Assert.Equal(MqttFault.OverlongInteger, fault);
    }

    [Theory]
    [MemberData(nameof(Packets))]
    public void A_packet_reads_and_writes_as_in_the_sheet(string what, MqttEnd sender, MqttVersion version, MqttPacket packet, string hex)
    {
        var bytes = Hex.Bytes(hex);
        Assert.Equal((what, Hex.Text(bytes)), (what, Hex.Text(MqttWriter.ToBytes(packet, version))));
        Assert.Equal(new(bytes.Length, MqttFault.None), MqttScanner.Next(bytes, bytes.Length));

        var read = MqttReader.Read(bytes, packet is ConnectPacket ? null : version, sender);
        Assert.Equal((MqttFault.None, version), (read.Fault, read.Version));
        Assert.Equal(MqttPacketText.Of(packet), MqttPacketText.Of(read.Packet));
    }

    [Fact]
    public void A_brokers_order_of_properties_is_read_as_well()
    {
        // Properties may stand in any order: this broker puts 22h before 21h.
        var read = MqttReader.Read(Hex.Bytes("20 09 00 00 06 22 00 0a 21 00 14"), MqttVersion.V5, MqttEnd.Server);
        var accepted = Assert.IsType<ConnAckPacket>(read.Packet);
        Assert.Equal(((ushort?)10, (ushort?)20, false), (accepted.Properties.TopicAliasMaximum, accepted.Properties.ReceiveMaximum, accepted.SessionPresent));
    }

    [Theory]
    [MemberData(nameof(Matching))]
    public void A_filter_takes_a_topic_as_in_the_sheet(string filter, string topic, bool takes)
    {
        Assert.Equal(takes, MqttTopic.Matches(filter, topic));

        var index = new TopicIndex<string>();
        var matches = new TopicMatches<string>();
        Assert.True(index.Add("one", new(filter, MqttQos.AtMostOnce)));
        index.Match(topic, matches);
        Assert.Equal(takes, matches.Ordinary.Count == 1);
    }

    [Theory]
    [InlineData("e0 00")]
    [InlineData("e0 01 00")]
    [InlineData("e0 02 00 00")]
    [InlineData("f0 00")]
    [InlineData("f0 01 00")]
    [InlineData("50 02 00 01")]
    [InlineData("50 03 00 01 00")]
    [InlineData("50 04 00 01 00 00")]
    public void Every_short_form_is_success(string hex)
    {
        var read = MqttReader.Read(Hex.Bytes(hex), MqttVersion.V5, MqttEnd.Client);
        Assert.Equal(MqttFault.None, read.Fault);
        var reason = read.Packet switch
        {
            DisconnectPacket p => p.Reason,
            AuthPacket p => p.Reason,
            MessageAnswer p => p.Reason,
            _ => MqttReason.UnspecifiedError,
        };
        Assert.Equal(MqttReason.Success, reason);
    }
}
