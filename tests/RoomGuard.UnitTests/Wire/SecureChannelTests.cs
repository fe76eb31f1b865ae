using RoomGuard.Wire.Osdp;
using Xunit;

namespace RoomGuard.UnitTests.Wire;

public class SecureChannelTests
{
    private static readonly ScbkKey SampleKey = new(Hex.Bytes("101112131415161718191A1B1C1D1E1F"));
    private static readonly byte[] RndA = Hex.Bytes("B0B1B2B3B4B5B6B7");
    private static readonly byte[] RndB = Hex.Bytes("A0A1A2A3A4A5A6A7");

    [Theory]
    [InlineData(
        "303132333435363738393A3B3C3D3E3F",
        "FDE5D2F428EC16312471EA3C02BD7796",
        "26D3356E07762D262801FC8E6665A891",
        "B2A30057EB98BA2229EC1F875662B524")]
    [InlineData(
        "101112131415161718191A1B1C1D1E1F",
        "9DDAB07EA7B1B2A929FFBD44404FF3CD",
        "34FBCF6A8D6472DB20442E4FB16677D8",
        "83974DAFC2458CF62B37436404C2F514")]
    public void Keys_and_cryptograms_are_those_of_annex_E(string key, string client, string server, string initialMac)
    {
        using var channel = SecureChannel.Derive(new(Hex.Bytes(key)), RndA, RndB);

        Assert.Equal(client, Hex.Text(channel.ClientCryptogram));
        Assert.Equal(server, Hex.Text(channel.ServerCryptogram));
        Assert.Equal(initialMac, Hex.Text(channel.InitialMac));
    }

    [Theory]
    [InlineData(16, "B3D85ED570A13FAC7048B9A38A603A27")]
    [InlineData(32, "C22BBC1BE5525AB21376887B1F2086B8")]
    [InlineData(20, "E06A081073564800FDF06D7BEF684BF2")]
    public void A_mac_is_padded_only_when_it_must_be(int length, string expected)
    {
        using var channel = SecureChannel.Derive(SampleKey, RndA, RndB);
        var mac = new byte[16];

        channel.Mac([.. Enumerable.Range(0, length).Select(item => (byte)item)], channel.InitialMac, mac);

        Assert.Equal(expected, Hex.Text(mac));
    }

    [Fact]
    public void Sixteen_bytes_of_data_are_encrypted_as_thirty_two()
    {
        using var channel = SecureChannel.Derive(SampleKey, RndA, RndB);

        Assert.Equal(
            "9B880C43850B539A25E8AEB500E8636AF96FD2B93E59FE5453D8967B010716D2",
            Hex.Text(channel.Encrypt(Hex.Bytes("000102030405060708090A0B0C0D0E0F"), channel.InitialMac)));
    }

    [Fact]
    public void A_key_from_a_site_master_key_is_the_sheets() =>
        Assert.Equal(
            "600004714A7394372E337B01A560179D",
            Hex.Text(ScbkKey.FromMaster(Hex.Bytes("000102030405060708090A0B0C0D0E0F"), Hex.Bytes("EFCDAB0201040302")).Bytes));

    [Theory]
    [InlineData("303132333435363738393A3B3C3D3E3F", true)]
    [InlineData("101112131415161718191A1B1C1D1E1F", true)]
    [InlineData("00000000000000000000000000000000", true)]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", true)]
    [InlineData("FFFEFDFCFBFAF9F8F7F6F5F4F3F2F1F0", true)]
    [InlineData("00112233445566778899AABBCCDDEEFF", true)]
    [InlineData("8D0FC17A44B93E06F25C91D3A8670BE2", false)]
    public void Keys_that_everyone_knows_are_weak(string key, bool weak) => Assert.Equal(weak, new ScbkKey(Hex.Bytes(key)).IsWeak);

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(31)]
    public void Empty_data_encrypted_as_pure_padding_is_tolerated(int seed)
    {
        // The reference tool sends LSTAT and RSTAT as type 17h with no data at all.
        using var panel = SecureChannel.Derive(SampleKey, RndA, RndB);
        using var reader = SecureChannel.Derive(SampleKey, RndA, RndB);
        var frame = new byte[64];
        var length = panel.Write(frame, new((byte)seed, FromReader: false, 1), CommandCode.LocalStatus, default);
        frame[6] = SecurityBlock.CommandWithData;
        panel.Mac(frame.AsSpan(0, 8), reader.InitialMac, frame.AsSpan(32, 16));
        frame.AsSpan(32, 4).CopyTo(frame.AsSpan(8));
        OsdpWriter.Finish(frame, new((byte)seed, FromReader: false, 1), length);

        Assert.Equal(Opened.Good, reader.Open(OsdpScanner.Next(frame.AsSpan(0, length)).Frame, new byte[64], out var plain, out _));
        Assert.Equal(0, plain);
    }

    [Fact]
    public void A_message_cannot_be_opened_twice_or_out_of_turn()
    {
        using var panel = SecureChannel.Derive(SampleKey, RndA, RndB);
        using var reader = SecureChannel.Derive(SampleKey, RndA, RndB);
        var first = new byte[64];
        var second = new byte[64];
        var plain = new byte[64];
        first = first[..panel.Write(first, new(5, FromReader: false, 1), CommandCode.Poll, default)];
        Assert.Equal(Opened.Good, reader.Open(OsdpScanner.Next(first).Frame, plain, out _, out _));
        second = second[..reader.Write(second, new(5, FromReader: true, 1), ReplyCode.RawCard, Hex.Bytes("00011A00023EA680"))];

        Assert.Equal(Opened.BadBlock, reader.Open(new OsdpFrame(first.Length == 0 ? first : Reply(first), 7, first.Length - 6), plain, out _, out _));
        Assert.Equal(Opened.Good, panel.Open(OsdpScanner.Next(second).Frame, plain, out var length, out var encrypted));
        Assert.True(encrypted);
        Assert.Equal("00011A00023EA680", Hex.Text(plain.AsSpan(0, length)));

        // The chain has moved on: the same command does not open again.
        Assert.Equal(Opened.BadMac, reader.Open(OsdpScanner.Next(first).Frame, plain, out _, out _));
    }

    /// <summary>A command's block type in a reply.</summary>
    private static byte[] Reply(byte[] command)
    {
        byte[] reply = [.. command];
        reply[1] |= 0x80;
        reply[6] = SecurityBlock.CommandWithData;
        return reply;
    }
}
