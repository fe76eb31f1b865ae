using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RoomGuard.Evidence;
using RoomGuard.Evidence.Merkle;
using RoomGuard.UnitTests.Evidence.Vectors;
using Xunit;

namespace RoomGuard.UnitTests.Evidence;

public sealed class EnvelopeTests
{
    private static readonly byte[] FromTheVectors = EvidenceVectors.All.GetProperty("record").GetProperty("envelope_hex").Hex();

    [Fact]
    public void The_vectors_record_comes_out_byte_for_byte()
    {
        var record = EvidenceVectors.All.GetProperty("record");
        var (payload, salt) = (record.GetProperty("payload_hex").Hex(), record.GetProperty("salt_hex").Hex());
        Assert.Equal(payload, CanonicalJson.Canonicalise(payload));

        var commitment = PayloadCommitment.Of(salt, payload);
        Assert.Equal(record.GetProperty("commitment_hex").Hex(), commitment);

        var first = new Envelope(0, new byte[32], "site-1/room-1", "door.granted", Time("2026-04-01T00:00:05.000Z"), 7, 123456, commitment).ToBytes();
        Assert.Equal(FromTheVectors, first);
        Assert.Equal(record.GetProperty("leaf_hash").Hex(), TreeHash.Leaf(first));

        var next = new Envelope(1, TreeHash.Leaf(first), "site-1/room-1", "door.opened", Time("2026-04-01T00:00:06.543Z"), 7, 124999, commitment).ToBytes();
        Assert.Equal(record.GetProperty("next_envelope_canonical").GetString(), Encoding.UTF8.GetString(next));
        Assert.Equal(record.GetProperty("next_leaf_hash").Hex(), TreeHash.Leaf(next));

        var tree = new MerkleStack();
        tree.Add(TreeHash.Leaf(first));
        tree.Add(TreeHash.Leaf(next));
        Assert.Equal(record.GetProperty("root_of_the_two").Hex(), tree.Head());
    }

    [Fact]
    public void The_commitment_is_the_librarys_hmac()
    {
        var chance = new Random(5);
        for (var length = 0; length < 3000; length += 1 + (length / 7))
        {
            var (salt, payload) = (new byte[32], new byte[length]);
            chance.NextBytes(salt);
            chance.NextBytes(payload);

            Assert.Equal(HMACSHA256.HashData(salt, (byte[])[.. "roomguard/payload/v1\n"u8, .. payload]), PayloadCommitment.Of(salt, payload));
        }

        Assert.Throws<ArgumentException>(() => PayloadCommitment.Of(new byte[31], []));
    }

    [Fact]
    public void What_was_written_is_read_again()
    {
        var envelope = new Envelope(
            CanonicalJson.LargestNumber, Enumerable.Range(1, 32).Select(i => (byte)i).ToArray(), "架空市/サーバ室-北", "ups.onbattery", Time("2027-12-31T23:59:59.999Z"), int.MaxValue,
            CanonicalJson.LargestNumber, Enumerable.Range(200, 32).Select(i => (byte)i).ToArray());
        var bytes = envelope.ToBytes();

        Assert.True(CanonicalJson.IsCanonical(bytes));
        Assert.True(Envelope.TryRead(bytes, out var read));
        Assert.Equal(bytes, read!.ToBytes());
        Assert.Equal((envelope.N, envelope.Source, envelope.Kind, envelope.At, envelope.Boot, envelope.SinceBoot), (read.N, read.Source, read.Kind, read.At, read.Boot, read.SinceBoot));
    }

    [Fact]
    public void Every_bit_matters_and_what_still_reads_is_written_back_the_same()
    {
        for (var bit = 0; bit < FromTheVectors.Length * 8; bit++)
        {
            byte[] flipped = [.. FromTheVectors];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            if (Envelope.TryRead(flipped, out var read))
            {
                Assert.Equal(flipped, read!.ToBytes());
            }
        }
    }

    [Theory]
    [InlineData("{\"b\":7,", "{\"b\": 7,")]
    [InlineData("{\"b\":7,", "{\"b\":07,")]
    [InlineData("{\"b\":7,", "{\"b\":7.0,")]
    [InlineData("{\"b\":7,", "{\"b\":-7,")]
    [InlineData("{\"b\":7,", "{\"b\":0,")]
    [InlineData("{\"b\":7,", "{\"b\":7,\"b\":7,")]
    [InlineData("{\"b\":7,", "{\"a\":1,\"b\":7,")]
    [InlineData("\"m\":123456", "\"m\":9007199254740992")]
    [InlineData("door.granted", "door.Granted")]
    [InlineData("door.granted", "door\\u002egranted")]
    [InlineData("site-1/room-1", "site-1\\/room-1")]
    [InlineData("LnsM=\"", "LnsN=\"")]
    [InlineData("00:05.000Z", "00:05.000+00:00")]
    [InlineData("2026-04-01", "2026-02-30")]
    [InlineData("\"v\":1}", "\"v\":2}")]
    [InlineData("\"v\":1}", "\"v\":1} ")]
    [InlineData("\"v\":1}", "\"v\":1,\"w\":1}")]
    public void Another_spelling_of_the_same_is_not_an_envelope(string part, string other)
    {
        var text = Encoding.UTF8.GetString(FromTheVectors);
        Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.False(Envelope.TryRead(Encoding.UTF8.GetBytes(text.Replace(part, other, StringComparison.Ordinal)), out _));
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
