using FsCheck;
using FsCheck.Fluent;
using RoomGuard.Wire.Sparkplug;
using Xunit;

namespace RoomGuard.UnitTests.Wire.Sparkplug;

/// <summary>Sparkplug B payloads: bytes a third-party Protobuf decoder took as written (docs/reference/mqtt.md, part 3), and any bytes at all.</summary>
public class SparkplugTests
{
    private const ulong Stamp = 1_767_225_600_000;

    private const string DeviceBirth =
        "08 80 d0 ea b6 b7 33 12 1d 0a 0b 74 65 6d 70 65 72 61 74 75 72 65 10 01 18 80 d0 ea b6 b7 33 20 09 65 00 00 bc 41 12 19 0a 06 6f 66 66 73 65 74 10 02 18 80 d0 ea b6 b7 33 20 03 50 fb ff ff ff 0f 12 13 0a 04 6c 65 61 6b 10 03 18 80 d0 ea b6 b7 33 20 0b 70 00 12 17 0a 08 68 75 6d 69 64 69 74 79 10 04 18 80 d0 ea b6 b7 33 20 0a 38 01 18 01";

    public static TheoryData<string> Vectors =>
    [
        "08 80 d0 ea b6 b7 33 12 12 0a 05 62 64 53 65 71 18 80 d0 ea b6 b7 33 20 04 58 00",
        "08 80 d0 ea b6 b7 33 12 12 0a 05 62 64 53 65 71 18 80 d0 ea b6 b7 33 20 04 58 00 12 21 0a 14 4e 6f 64 65 20 43 6f 6e 74 72 6f 6c 2f 52 65 62 69 72 74 68 18 80 d0 ea b6 b7 33 20 0b 70 00 18 00",
        DeviceBirth,
    ];

    [Fact]
    public void A_birth_of_a_device_reads_as_its_sender_meant_it()
    {
        var payload = Read(Hex.Bytes(DeviceBirth));

        Assert.Equal((Stamp, 1UL), (payload.Timestamp, payload.Sequence));
        Assert.Equal(["temperature", "offset", "leak", "humidity"], payload.Metrics.Select(metric => metric.Name));
        Assert.Equal([23.5, -5, 0, null], payload.Metrics.Select(metric => metric.Number(SparkplugDataType.Unknown)));
        Assert.True(payload.Metrics[3].IsNull);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void What_was_read_is_written_as_it_came(string hex)
    {
        var bytes = Hex.Bytes(hex);

        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(SparkplugWriter.ToBytes(Read(bytes))));
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_payload_cut_inside_a_field_is_no_payload_and_no_flipped_bit_throws(string hex)
    {
        var bytes = Hex.Bytes(hex);
        for (var length = 8; length < bytes.Length; length++)
        {
            var cut = SparkplugReader.Read(bytes.AsSpan(0, length));
            Assert.True(cut.Payload is null == cut.Fault is not SparkplugFault.None);
        }

        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            byte[] flipped = [.. bytes];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            var read = SparkplugReader.Read(flipped);
            Assert.True(read.Payload is null == read.Fault is not SparkplugFault.None);
        }
    }

    [Fact]
    public void Any_bytes_are_read_or_refused_and_what_is_read_is_bounded() => Prop.ForAll<byte[]>(bytes =>
    {
        var read = SparkplugReader.Read(bytes);
        return read.Payload is { } payload ? payload.Metrics.Length <= bytes.Length && read.Fault == SparkplugFault.None : read.Fault != SparkplugFault.None;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithEndSize(300));

    [Fact]
    public void A_length_that_lies_and_a_payload_without_end_are_refused()
    {
        Assert.Equal(SparkplugFault.Malformed, SparkplugReader.Read([0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F]).Fault);
        Assert.Equal(SparkplugFault.Malformed, SparkplugReader.Read([0x0B]).Fault);
        Assert.Equal(SparkplugFault.TooLong, SparkplugReader.Read(new byte[SparkplugReader.LongestPayload + 1]).Fault);
        Assert.Equal(SparkplugFault.TooMany, SparkplugReader.Read([.. Enumerable.Repeat(new byte[] { 0x12, 0x00 }, SparkplugReader.MostMetrics + 1).SelectMany(pair => pair)]).Fault);
        Assert.Equal(SparkplugFault.BadText, SparkplugReader.Read([0x12, 0x04, 0x0A, 0x02, 0xC3, 0x28]).Fault);
    }

    [Fact]
    public void Quality_and_signed_numbers_travel_as_they_should()
    {
        var payload = new SparkplugPayload(Stamp,
        [
            new() { Name = "a", DataType = SparkplugDataType.Int8, Holds = SparkplugHolds.Whole, Whole = 0xFFFF_FFFF, Quality = 500 },
            new() { Name = "b", DataType = SparkplugDataType.Double, Holds = SparkplugHolds.Real, Real = -1.5, IsHistorical = true },
            new() { Alias = 7, Holds = SparkplugHolds.Text, Text = "架空" },
        ], 255);
        var back = Read(SparkplugWriter.ToBytes(payload));

        Assert.Equal([-1.0, -1.5, null], back.Metrics.Select(metric => metric.Number(SparkplugDataType.Unknown)));
        Assert.Equal((500, true, "架空", 255UL), (back.Metrics[0].Quality, back.Metrics[1].IsHistorical, back.Metrics[2].Text, back.Sequence));
    }

    [Theory]
    [InlineData("spBv1.0/g/NBIRTH/n", true)]
    [InlineData("spBv1.0/g/DDATA/n/d", true)]
    [InlineData("spBv1.0/g/DDATA/n", false)]
    [InlineData("spBv1.0/g/NDATA/n/d", false)]
    [InlineData("spBv1.0/g//n", false)]
    [InlineData("spBv1.0/STATE/host", false)]
    [InlineData("other/g/NBIRTH/n", false)]
    public void A_topic_is_one_of_eight_kinds_or_none(string topic, bool isOne)
    {
        Assert.Equal(isOne, SparkplugTopic.TryRead(topic, out var read));
        Assert.True(!isOne || read.ToString() == topic);
    }

    private static SparkplugPayload Read(byte[] bytes)
    {
        var read = SparkplugReader.Read(bytes);
        Assert.Equal(SparkplugFault.None, read.Fault);
        return read.Payload!;
    }
}
