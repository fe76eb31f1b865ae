using FsCheck;
using FsCheck.Fluent;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Wire;
using RoomGuard.Wire.Mqtt;
using Xunit;

namespace RoomGuard.UnitTests.Wire.Mqtt;

/// <summary>Streams: every packet there and back, any bytes in any cuts, memory that follows what came and not what was claimed.</summary>
public class MqttStreamTests
{
    private const int Limit = 64 * 1024;

    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 20));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_packet_comes_back_as_it_was_written(int seed)
    {
        var packets = new AnMqttPacket(seed);
        foreach (var version in Enum.GetValues<MqttVersion>())
        {
            foreach (var sender in Enum.GetValues<MqttEnd>())
            {
                foreach (var type in Enum.GetValues<MqttPacketType>())
                {
                    for (var turn = 0; turn < 20 && packets.Of(type, version, sender) is { } packet; turn++)
                    {
                        var bytes = MqttWriter.ToBytes(packet, version);
                        Assert.Equal(bytes.Length, MqttWriter.LengthOf(packet, version));

                        var read = MqttReader.Read(bytes, type == MqttPacketType.Connect ? null : version, sender);
                        Assert.Equal(MqttFault.None, read.Fault);
                        Assert.Equal(MqttPacketText.Of(packet), MqttPacketText.Of(read.Packet));
                        Assert.Equal(MqttPacketText.Of(packet), MqttPacketText.Of(read.Packet!.Detached()));
                        Assert.Equal(Hex.Text(bytes), Hex.Text(MqttWriter.ToBytes(read.Packet!, version)));
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    [Requirement("R-INP-02")]
    public void A_conversation_is_the_same_in_whatever_cuts_it_comes(int seed)
    {
        var packets = new AnMqttPacket(seed);
        var random = new Random(seed);
        var version = seed % 2 == 0 ? MqttVersion.V5 : MqttVersion.V311;
        byte[] wire =
        [
            .. MqttWriter.ToBytes(packets.Of(MqttPacketType.Connect, version, MqttEnd.Client)!, version),
            .. Enumerable.Range(0, 40).SelectMany(_ => MqttWriter.ToBytes(packets.Any(version, MqttEnd.Client), version)),
        ];

        var whole = Said(wire, () => wire.Length);
        Assert.Equal(41, whole.Count);
        Assert.All(whole, line => Assert.DoesNotContain("!", line, StringComparison.Ordinal));
        Assert.Equal(whole, Said(wire, () => 1));
        Assert.Equal(whole, Said(wire, () => random.Next(1, 100)));
        Assert.Equal(whole, Said(wire, () => random.Next(1, 20_000)));

        // One damaged bit may mean anything, but the same in all cuts.
        for (var turn = 0; turn < 20; turn++)
        {
            byte[] damaged = [.. wire];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            Assert.Equal(Said(damaged, () => damaged.Length), Said(damaged, () => random.Next(1, 3000)));
        }
    }

    [Fact]
    [Requirement("R-INP-01")]
    public void Any_bytes_give_packets_or_a_fault_and_the_same_in_any_cuts() => Prop.ForAll<byte[], int>((bytes, seed) =>
    {
        var random = new Random(seed);
        Assert.Equal(Said(bytes, () => bytes.Length), Said(bytes, () => random.Next(1, 5)));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(300));

    [Fact]
    [Requirement("R-INP-01")]
    public void Any_body_behind_a_right_header_gives_a_packet_or_a_fault() => Prop.ForAll<byte[]>(body =>
    {
        foreach (var version in Enum.GetValues<MqttVersion>())
        {
            foreach (var sender in Enum.GetValues<MqttEnd>())
            {
                for (var first = 0; first <= 0xFF; first++)
                {
                    byte[] bytes = [(byte)first, (byte)Math.Min(body.Length, 100), .. body.Take(100)];
                    var read = MqttReader.Read(bytes, version, sender);
                    Assert.Equal(read.Packet is null, read.Fault != MqttFault.None);

                    // What can be read can be written again.
                    if (read.Packet is { } packet)
                    {
                        Assert.InRange(MqttWriter.LengthOf(packet, read.Version), 2, bytes.Length);
                    }
                }
            }
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithEndSize(100));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_flipped_bit_or_a_cut_end_never_throws(int seed)
    {
        var packets = new AnMqttPacket(seed);
        foreach (var version in Enum.GetValues<MqttVersion>())
        {
            foreach (var sender in Enum.GetValues<MqttEnd>())
            {
                var bytes = MqttWriter.ToBytes(packets.Any(version, sender), version);
                for (var bit = 0; bit < Math.Min(bytes.Length, 200) * 8; bit++)
                {
                    byte[] flipped = [.. bytes];
                    flipped[bit / 8] ^= (byte)(1 << (bit % 8));
                    var read = MqttReader.Read(flipped, version, sender);
                    Assert.Equal(read.Packet is null, read.Fault != MqttFault.None);
                }

                for (var length = 0; length < Math.Min(bytes.Length, 200); length++)
                {
                    Assert.Equal(default, MqttScanner.Next(bytes.AsSpan(0, length), Limit));
                    Assert.NotEqual(MqttFault.None, MqttReader.Read(bytes.AsMemory(0, length), version, sender).Fault);
                }
            }
        }
    }

    [Theory]
    [InlineData("30 ff 7f", 16_385, MqttFault.PacketTooLarge)]
    [InlineData("30 ff 7f", 16_386, MqttFault.None)]
    [InlineData("30 ff ff ff 7f", Limit, MqttFault.PacketTooLarge)]
    [InlineData("10 04", 5, MqttFault.PacketTooLarge)]
    [InlineData("10 04", 6, MqttFault.None)]
    [Requirement("R-INP-02")]
    public void A_packet_too_large_is_named_from_its_header_alone(string hex, int maximum, MqttFault fault)
    {
        Assert.Equal(new(0, fault), MqttScanner.Next(Hex.Bytes(hex), maximum));
        Assert.Equal(fault == MqttFault.None ? MqttReason.Success : MqttReason.PacketTooLarge, fault.Reason());
    }

    [Fact]
    public void A_claimed_length_costs_nothing()
    {
        var inbox = new MqttInbox(MqttEnd.Client, MqttVersion.V311, 100_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Put(inbox, Hex.Bytes("30 80 80 80 20 00 01 61"));
        Assert.Null(inbox.Take());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8_000);
    }

    [Fact]
    public void A_megabyte_of_messages_stays_within_the_buffer_and_a_resting_connection_holds_none()
    {
        var inbox = new MqttInbox(MqttEnd.Client, MqttVersion.V311, Limit);
        var message = MqttWriter.ToBytes(PublishPacket.Of("room/inlet", new byte[64]), MqttVersion.V311);
        var count = 0;
        for (var sent = 0; sent < 1_000_000; sent += message.Length)
        {
            Put(inbox, message);
            count += inbox.Take() is { Packet: not null } ? 1 : 0;
            Assert.Equal(0, inbox.Waiting);
        }

        Assert.InRange(count, 1_000_000 / message.Length, 1 + (1_000_000 / message.Length));
        Assert.InRange(inbox.Room().Length, 1, 32 * 1024);
        inbox.Rest();
        Assert.Equal(1024, inbox.Room().Length);
    }

    [Fact]
    public void A_payload_is_a_slice_of_the_buffer_until_it_is_detached()
    {
        var inbox = new MqttInbox(MqttEnd.Client, MqttVersion.V311, Limit);
        var bytes = MqttWriter.ToBytes(PublishPacket.Of("a", "first"u8.ToArray()), MqttVersion.V311);
        Put(inbox, bytes);
        var packet = Assert.IsType<PublishPacket>(inbox.Take()!.Value.Packet);
        var kept = packet.Detached();

        inbox.Room().Span.Fill((byte)'x');
        Assert.Equal("xxxxx"u8.ToArray(), packet.Payload.ToArray());
        Assert.Equal("first"u8.ToArray(), kept.Payload.ToArray());
    }

    [Fact]
    public void A_largest_packet_fits_and_after_a_fault_nothing_more_is_read()
    {
        var inbox = new MqttInbox(MqttEnd.Client, MqttVersion.V311, 2000);
        Put(inbox, MqttWriter.ToBytes(PublishPacket.Of("a", new byte[2000 - 6]), MqttVersion.V311));
        Assert.Equal(1994, Assert.IsType<PublishPacket>(inbox.Take()!.Value.Packet).Payload.Length);

        Put(inbox, MqttWriter.ToBytes(PublishPacket.Of("a", new byte[2000 - 5]), MqttVersion.V311).AsSpan(0, 3));
        Assert.Equal(MqttFault.PacketTooLarge, inbox.Take()!.Value.Fault);
        Assert.Equal(MqttFault.PacketTooLarge, inbox.Take()!.Value.Fault);
        Assert.True(inbox.Room().IsEmpty);
    }

    /// <summary>What a server's inbox makes of a stream, as text.</summary>
    private static List<string> Said(byte[] wire, Func<int> cut)
    {
        var inbox = new MqttInbox(MqttEnd.Client, null, Limit);
        var said = new List<string>();
        for (var at = 0; at < wire.Length && !inbox.Room().IsEmpty;)
        {
            var count = Math.Min(Math.Min(cut(), wire.Length - at), inbox.Room().Length);
            wire.AsSpan(at, count).CopyTo(inbox.Room().Span);
            inbox.Filled(count);
            at += count;
            while (inbox.Take() is { } read)
            {
                said.Add(read.Packet is null ? $"! {read.Fault} {read.Version}" : MqttPacketText.Of(read.Packet));
                if (read.Packet is null)
                {
                    break;
                }
            }
        }

        return said;
    }

    private static void Put(MqttInbox inbox, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var room = inbox.Room().Span;
            var count = Math.Min(room.Length, bytes.Length);
            bytes[..count].CopyTo(room);
            inbox.Filled(count);
            bytes = bytes[count..];
        }
    }
}
