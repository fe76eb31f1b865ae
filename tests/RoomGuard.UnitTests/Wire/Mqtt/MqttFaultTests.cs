using RoomGuard.TestKit;
using RoomGuard.Wire.Mqtt;
using Xunit;

namespace RoomGuard.UnitTests.Wire.Mqtt;

/// <summary>Packets that may not be: each is refused with the code the standard gives for it, malformed told apart from forbidden.</summary>
public class MqttFaultTests
{
    [Theory]
    // First byte.
    [InlineData("00 00", MqttFault.UnknownPacket)]
    [InlineData("11 00", MqttFault.BadFlags)]
    [InlineData("36 05 00 01 61 00 01", MqttFault.BadFlags)]
    [InlineData("38 03 00 01 61", MqttFault.BadFlags)]
    [InlineData("60 02 00 01", MqttFault.BadFlags)]
    [InlineData("80 05 00 01 00 01 61", MqttFault.BadFlags)]
    [InlineData("c1 00", MqttFault.BadFlags)]
    // Lengths and fields.
    [InlineData("30 80 00", MqttFault.OverlongInteger)]
    [InlineData("30 ff ff ff ff", MqttFault.OverlongInteger)]
    [InlineData("30 02 00 05", MqttFault.Truncated)]
    [InlineData("40 01 00", MqttFault.Truncated)]
    [InlineData("c0 01 00", MqttFault.TrailingBytes)]
    [InlineData("40 04 00 01 00 05", MqttFault.Truncated)]
    [InlineData("32 08 00 01 61 00 01 02 01 00", MqttFault.None)]
    [InlineData("32 07 00 01 61 00 01 02 02", MqttFault.Truncated)]
    // Text: overlong form, a surrogate, an end in mid-character, U+0000.
    [InlineData("30 05 00 02 c0 80 00", MqttFault.BadText)]
    [InlineData("30 06 00 03 ed a0 80 00", MqttFault.BadText)]
    [InlineData("30 05 00 02 e6 b8 00", MqttFault.BadText)]
    [InlineData("30 06 00 03 61 00 62 00", MqttFault.BadText)]
    // PUBLISH.
    [InlineData("30 04 00 01 2b 00", MqttFault.BadTopicName)]
    [InlineData("30 06 00 03 61 2f 23 00", MqttFault.BadTopicName)]
    [InlineData("30 03 00 00 00", MqttFault.NoTopic)]
    [InlineData("32 06 00 01 61 00 00 00", MqttFault.ZeroPacketId)]
    [InlineData("30 07 00 01 61 03 23 00 00", MqttFault.ZeroTopicAlias)]
    [InlineData("30 06 00 01 61 02 0b 01", MqttFault.PropertyWrongSender)]
    [InlineData("30 06 00 01 61 02 01 02", MqttFault.PropertyOutOfRange)]
    [InlineData("30 08 00 01 61 04 01 00 01 00", MqttFault.DuplicateProperty)]
    [InlineData("30 06 00 01 61 02 24 01", MqttFault.PropertyNotAllowed)]
    [InlineData("30 06 00 01 61 02 7f 01", MqttFault.UnknownProperty)]
    [InlineData("30 06 00 01 61 02 04 01", MqttFault.UnknownProperty)]
    [InlineData("30 08 00 01 61 04 08 00 01 23", MqttFault.BadTopicName)]
    // Answers.
    [InlineData("40 03 00 01 92", MqttFault.UnknownReason)]
    [InlineData("62 03 00 01 10", MqttFault.UnknownReason)]
    [InlineData("40 02 00 00", MqttFault.ZeroPacketId)]
    // SUBSCRIBE and UNSUBSCRIBE.
    [InlineData("82 03 00 01 00", MqttFault.EmptyList)]
    [InlineData("a2 03 00 01 00", MqttFault.EmptyList)]
    [InlineData("82 07 00 01 00 00 01 61 03", MqttFault.BadOptions)]
    [InlineData("82 07 00 01 00 00 01 61 30", MqttFault.BadOptions)]
    [InlineData("82 07 00 01 00 00 01 61 40", MqttFault.ReservedBits)]
    [InlineData("82 06 00 01 00 00 00 01", MqttFault.BadTopicFilter)]
    [InlineData("82 08 00 01 00 00 02 61 23 00", MqttFault.BadTopicFilter)]
    [InlineData("82 0f 00 01 00 00 09 24 73 68 61 72 65 2f 67 2f 00", MqttFault.BadTopicFilter)]
    [InlineData("82 10 00 01 00 00 0a 24 73 68 61 72 65 2f 67 2f 61 04", MqttFault.SharedNoLocal)]
    [InlineData("82 10 00 01 00 00 0a 24 73 68 61 72 65 2f 67 2f 61 02", MqttFault.None)]
    [InlineData("82 09 00 01 02 0b 00 00 01 61 00", MqttFault.PropertyOutOfRange)]
    [InlineData("82 0b 00 01 04 0b 01 0b 02 00 01 61 00", MqttFault.DuplicateProperty)]
    // DISCONNECT and AUTH.
    [InlineData("e0 01 8a", MqttFault.UnknownReason)]
    [InlineData("f0 01 80", MqttFault.UnknownReason)]
    [InlineData("f0 06 18 04 16 00 01 61", MqttFault.MethodMissing)]
    [InlineData("f0 03 00 01 11", MqttFault.PropertyNotAllowed)]
    // What only servers send.
    [InlineData("20 03 00 00 00", MqttFault.WrongSender)]
    [InlineData("90 04 00 01 00 00", MqttFault.WrongSender)]
    [InlineData("d0 00", MqttFault.WrongSender)]
    [Requirement("R-INP-02")]
    public void A_clients_packet_that_may_not_be_is_named(string hex, MqttFault fault) => Assert.Equal(fault, Of(hex, MqttVersion.V5, MqttEnd.Client));

    [Theory]
    [InlineData("20 03 02 00 00", MqttFault.ReservedBits)]
    [InlineData("20 03 01 87 00", MqttFault.SessionWithRefusal)]
    [InlineData("20 03 00 04 00", MqttFault.UnknownReason)]
    [InlineData("20 06 00 00 03 21 00 00", MqttFault.PropertyOutOfRange)]
    [InlineData("20 08 00 00 05 27 00 00 00 00", MqttFault.PropertyOutOfRange)]
    [InlineData("20 05 00 00 02 24 02", MqttFault.PropertyOutOfRange)]
    [InlineData("20 07 00 00 04 16 00 01 00", MqttFault.MethodMissing)]
    [InlineData("90 03 00 01 00", MqttFault.EmptyList)]
    [InlineData("90 04 00 01 00 03", MqttFault.UnknownReason)]
    [InlineData("b0 03 00 01 00", MqttFault.EmptyList)]
    [InlineData("e0 01 04", MqttFault.UnknownReason)]
    [InlineData("e0 07 00 05 11 00 00 00 00", MqttFault.PropertyWrongSender)]
    [InlineData("30 08 00 01 61 04 0b 01 0b 02", MqttFault.None)]
    [InlineData("10 0d 00 04 4d 51 54 54 05 02 00 3c 00 00 00", MqttFault.WrongSender)]
    [InlineData("c0 00", MqttFault.WrongSender)]
    public void A_servers_packet_that_may_not_be_is_named(string hex, MqttFault fault) => Assert.Equal(fault, Of(hex, MqttVersion.V5, MqttEnd.Server));

    [Theory]
    [InlineData("f0 00", MqttEnd.Client, MqttFault.UnknownPacket)]
    [InlineData("e0 01 00", MqttEnd.Client, MqttFault.TrailingBytes)]
    [InlineData("e0 00", MqttEnd.Server, MqttFault.WrongSender)]
    [InlineData("40 03 00 01 00", MqttEnd.Client, MqttFault.TrailingBytes)]
    [InlineData("82 06 00 01 00 01 61 04", MqttEnd.Client, MqttFault.ReservedBits)]
    [InlineData("82 06 00 01 00 01 61 03", MqttEnd.Client, MqttFault.BadOptions)]
    [InlineData("30 02 00 00", MqttEnd.Client, MqttFault.BadTopicName)]
    [InlineData("20 02 00 06", MqttEnd.Server, MqttFault.UnknownReason)]
    [InlineData("90 03 00 01 87", MqttEnd.Server, MqttFault.UnknownReason)]
    [InlineData("90 03 00 01 80", MqttEnd.Server, MqttFault.None)]
    [InlineData("b0 02 00 01", MqttEnd.Server, MqttFault.None)]
    public void In_the_older_version_what_is_new_may_not_be(string hex, MqttEnd sender, MqttFault fault) => Assert.Equal(fault, Of(hex, MqttVersion.V311, sender));

    [Theory]
    [InlineData("10 0d 00 04 4d 51 54 54 05 02 00 3c 00 00 00", MqttFault.None, MqttVersion.V5)]
    [InlineData("10 0d 00 04 4d 51 54 54 05 03 00 3c 00 00 00", MqttFault.ReservedBits, MqttVersion.V5)]
    [InlineData("10 0d 00 04 4d 51 54 54 05 22 00 3c 00 00 00", MqttFault.BadConnectFlags, MqttVersion.V5)]
    [InlineData("10 0d 00 04 4d 51 54 54 05 0a 00 3c 00 00 00", MqttFault.BadConnectFlags, MqttVersion.V5)]
    [InlineData("10 0d 00 04 4d 51 54 54 05 1e 00 3c 00 00 00", MqttFault.BadConnectFlags, MqttVersion.V5)]
    [InlineData("10 0f 00 04 4d 51 54 54 05 42 00 3c 00 00 00 00 00", MqttFault.None, MqttVersion.V5)]
    [InlineData("10 0e 00 04 4d 51 54 54 04 42 00 3c 00 00 00 00", MqttFault.PasswordAlone, MqttVersion.V311)]
    [InlineData("10 0c 00 04 4d 51 54 54 06 02 00 3c 00 00", MqttFault.UnsupportedVersion, MqttVersion.V5)]
    [InlineData("10 0c 00 04 4d 51 54 54 03 02 00 3c 00 00", MqttFault.UnsupportedVersion, MqttVersion.V311)]
    [InlineData("10 0e 00 06 4d 51 49 73 64 70 03 02 00 3c 00 00", MqttFault.UnsupportedVersion, MqttVersion.V311)]
    [InlineData("10 12 00 04 4d 51 54 54 05 06 00 3c 00 00 00 00 00 00 00 00", MqttFault.BadTopicName, MqttVersion.V5)]
    [InlineData("10 00", MqttFault.Truncated, MqttVersion.V311)]
    [InlineData("30 03 00 01 61", MqttFault.NotAConnect, MqttVersion.V311)]
    public void The_first_packet_is_a_sound_connect_and_a_refusal_speaks_its_version(string hex, MqttFault fault, MqttVersion version)
    {
        var read = MqttReader.Read(Hex.Bytes(hex), null, MqttEnd.Client);
        Assert.Equal((fault, version), (read.Fault, read.Version));
    }

    [Fact]
    public void Every_fault_has_a_text_and_a_reason_a_disconnect_may_give()
    {
        foreach (var fault in Enum.GetValues<MqttFault>())
        {
            Assert.EndsWith(".", fault.Text(), StringComparison.Ordinal);
            Assert.True(fault.Reason().MayStandIn(MqttPacketType.Disconnect) || fault == MqttFault.UnsupportedVersion, fault.ToString());
            Assert.Equal(fault != MqttFault.None, fault.Reason().IsFailure());
        }
    }

    [Fact]
    public void A_refusal_reaches_an_older_client_as_one_of_its_five_codes()
    {
        foreach (var reason in Enum.GetValues<MqttReason>().Where(reason => reason.MayStandIn(MqttPacketType.ConnAck)))
        {
            var bytes = MqttWriter.ToBytes(new ConnAckPacket(false, reason, new() { ReasonString = "left out" }), MqttVersion.V311);
            var read = Assert.IsType<ConnAckPacket>(MqttReader.Read(bytes, MqttVersion.V311, MqttEnd.Server).Packet);
            Assert.Equal(reason.IsFailure(), read.Reason.IsFailure());
            Assert.Equal(4, bytes.Length);
        }
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("/", true)]
    [InlineData("a//b", true)]
    [InlineData("温度/1F", true)]
    [InlineData("", false)]
    [InlineData("a/+", false)]
    [InlineData("#", false)]
    [InlineData("a\0b", false)]
    public void A_topic_name_is_judged(string topic, bool isName) => Assert.Equal(isName, MqttTopic.IsName(topic));

    [Theory]
    [InlineData("#", true)]
    [InlineData("a/#", true)]
    [InlineData("+", true)]
    [InlineData("a/+/c", true)]
    [InlineData("+/+", true)]
    [InlineData("/", true)]
    [InlineData("$share/g/a/#", true)]
    [InlineData("$share/g//", true)]
    [InlineData("$share", true)]
    [InlineData("$shared/+", true)]
    [InlineData("", false)]
    [InlineData("a#", false)]
    [InlineData("a/#/b", false)]
    [InlineData("a+", false)]
    [InlineData("+a/b", false)]
    [InlineData("##", false)]
    [InlineData("$share/", false)]
    [InlineData("$share/g", false)]
    [InlineData("$share/g/", false)]
    [InlineData("$share//a", false)]
    [InlineData("$share/+/a", false)]
    [InlineData("$share/g#/a", false)]
    [InlineData("$share/g/a#", false)]
    public void A_topic_filter_is_judged(string filter, bool isFilter) => Assert.Equal(isFilter, MqttTopic.IsFilter(filter));

    [Fact]
    public void Half_of_a_surrogate_pair_is_no_text()
    {
        // Not as theory data: an attribute cannot hold it.
        Assert.True(MqttTopic.IsName("a\ud83c\udf21"));
        Assert.False(MqttTopic.IsName("a\ud83c"));
        Assert.False(MqttTopic.IsFilter("a/\udf21/#"));
    }

    [Fact]
    public void A_text_of_65535_bytes_can_be_sent_and_one_more_cannot()
    {
        Assert.True(MqttTopic.IsName(new string('温', 21_845)));
        Assert.False(MqttTopic.IsName(new string('温', 21_846)));
        Assert.Equal(65_535 + 2 + 4, MqttWriter.LengthOf(PublishPacket.Of(new('温', 21_845), default), MqttVersion.V311));
        Assert.Throws<ArgumentException>(() => MqttWriter.LengthOf(PublishPacket.Of(new('温', 21_846), default), MqttVersion.V311));
    }

    public static TheoryData<MqttPacket> Impossible => new()
    {
        PublishPacket.Of("a/#", default),
        PublishPacket.Of(string.Empty, default),
        PublishPacket.Of("a\ud800", default),
        PublishPacket.Of("a", default, MqttQos.AtLeastOnce),
        PublishPacket.Of("a", default) with { PacketId = 1 },
        PublishPacket.Of("a", default) with { Duplicate = true },
        PublishPacket.Of("a", default, properties: new() { ReceiveMaximum = 1 }),
        PublishPacket.Of("a", default, properties: new() { TopicAlias = 0 }),
        PublishPacket.Of("a", default, properties: new() { ResponseTopic = "+" }),
        new SubscribePacket(1, [], MqttProperties.None),
        new SubscribePacket(0, [new("a", MqttQos.AtMostOnce)], MqttProperties.None),
        new SubscribePacket(1, [new("a#", MqttQos.AtMostOnce)], MqttProperties.None),
        new SubscribePacket(1, [new("a", (MqttQos)3)], MqttProperties.None),
        new SubscribePacket(1, [new("$share/g/a", MqttQos.AtMostOnce, NoLocal: true)], MqttProperties.None),
        new SubscribePacket(1, [new("a", MqttQos.AtMostOnce)], new() { SubscriptionIds = [1, 2] }),
        new PubAckPacket(1, MqttReason.PacketIdNotFound, MqttProperties.None),
        new ConnAckPacket(true, MqttReason.NotAuthorised, MqttProperties.None),
        new ConnAckPacket(false, MqttReason.Success, new() { MaximumQos = MqttQos.ExactlyOnce }),
        new AuthPacket(MqttReason.Success, new() { AuthenticationData = new byte[1] }),
        new ConnectPacket(MqttVersion.V311, "a", true, 0, null, null, new byte[1], MqttProperties.None),
        new ConnectPacket(MqttVersion.V5, "a", true, 0, new("+", default, MqttQos.AtMostOnce, false, MqttProperties.None), null, null, MqttProperties.None),
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void A_packet_that_cannot_be_is_not_written(MqttPacket packet) =>
        Assert.NotEmpty(Assert.Throws<ArgumentException>(() => MqttWriter.ToBytes(packet, packet is ConnectPacket connect ? connect.Version : MqttVersion.V5)).Message);

    [Fact]
    public void What_only_explains_is_left_out_where_it_does_not_fit()
    {
        var packet = new PubAckPacket(7, MqttReason.NotAuthorised, new() { ReasonString = new('x', 500) });
        Assert.Same(packet, MqttWriter.Fitting(packet, MqttVersion.V5, null));
        Assert.Same(packet, MqttWriter.Fitting(packet, MqttVersion.V5, 511));
        Assert.Equal("4003000787", Hex.Text(MqttWriter.ToBytes(MqttWriter.Fitting(packet, MqttVersion.V5, 100)!, MqttVersion.V5)));
        Assert.Null(MqttWriter.Fitting(packet, MqttVersion.V5, 4));
        Assert.Null(MqttWriter.Fitting(PublishPacket.Of("a", new byte[100]), MqttVersion.V5, 100));
    }

    private static MqttFault Of(string hex, MqttVersion version, MqttEnd sender) => MqttReader.Read(Hex.Bytes(hex), version, sender).Fault;
}
