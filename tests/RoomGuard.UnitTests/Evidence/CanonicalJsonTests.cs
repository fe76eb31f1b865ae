using System.Text;
using System.Text.Json;
using RoomGuard.Evidence;
using RoomGuard.UnitTests.Evidence.Vectors;
using Xunit;

namespace RoomGuard.UnitTests.Evidence;

public sealed class CanonicalJsonTests
{
    [Fact]
    public void Every_vector_comes_out_as_written_in_it()
    {
        var vectors = EvidenceVectors.All.GetProperty("jcs").EnumerateArray().ToList();
        Assert.Equal(4, vectors.Count);
        foreach (var vector in vectors)
        {
            var (given, expected) = (vector.GetProperty("in").GetString()!, vector.GetProperty("out").GetString()!);
            Assert.Equal(expected, Canonical(given));
            Assert.True(CanonicalJson.IsCanonical(Encoding.UTF8.GetBytes(expected)));
            Assert.False(CanonicalJson.IsCanonical(Encoding.UTF8.GetBytes(given)));
        }
    }

    [Theory]
    [InlineData("\"山田 太郎\"", "\"山田 太郎\"")]
    [InlineData("\"\\u5c71\\u7530\"", "\"山田\"")]
    [InlineData("\"<a href='+'>&\"", "\"<a href='+'>&\"")]
    [InlineData("\"\\/\"", "\"/\"")]
    [InlineData("\"\\u2028\"", "\"\u2028\"")]
    [InlineData("\"\\ud83d\\ude00\"", "\"😀\"")]
    [InlineData("\"\\u0000\\u0008\\u0009\\u000A\\u000c\\u000D\\u001F\\u007f\"", "\"\\u0000\\b\\t\\n\\f\\r\\u001f\u007f\"")]
    [InlineData("\"\\u0022\\u005c\"", "\"\\\"\\\\\"")]
    [InlineData("{\"b\":{\"z\":[],\"a\":{}},\"a\":[{\"y\":1,\"x\":2}]}", "{\"a\":[{\"x\":2,\"y\":1}],\"b\":{\"a\":{},\"z\":[]}}")]
    [InlineData(" [ 1 , -0 , -9007199254740991 ] ", "[1,0,-9007199254740991]")]
    [InlineData("{\"\\uD83D\\uDE00\":1,\"\\uFB33\":2,\"a\\u0022\":3,\"a!\":4}", "{\"a!\":4,\"a\\\"\":3,\"😀\":1,\"\uFB33\":2}")]
    [InlineData("null", "null")]
    public void Text_members_and_numbers_have_one_form(string given, string expected) => Assert.Equal(expected, Canonical(given));

    [Theory]
    [InlineData("1.5")]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("9007199254740992")]
    [InlineData("-9007199254740992")]
    [InlineData("{\"a\":1,\"a\":1}")]
    [InlineData("{\"a\":1,\"b\":2,\"\\u0061\":3}")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("[1,]")]
    [InlineData("1 2")]
    [InlineData("")]
    [InlineData("// remark\n1")]
    [InlineData("01")]
    public void What_has_no_one_form_is_refused(string given) =>
        Assert.ThrowsAny<JsonException>(() => CanonicalJson.Canonicalise(Encoding.UTF8.GetBytes(given)));

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        Assert.ThrowsAny<JsonException>(() => CanonicalJson.Canonicalise([(byte)'"', 0xC3, 0x28, (byte)'"']));
        Assert.ThrowsAny<JsonException>(() => CanonicalJson.Canonicalise([(byte)'"', 0xED, 0xA0, 0x80, (byte)'"']));
    }

    [Fact]
    public void Nesting_has_a_limit() =>
        Assert.ThrowsAny<JsonException>(() => CanonicalJson.Canonicalise(Encoding.UTF8.GetBytes(new string('[', 5000) + new string(']', 5000))));

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Any_order_of_members_and_any_spacing_comes_to_the_same_bytes(int seed)
    {
        var chance = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var value = Draw(chance, 0);
            var expected = Canonical(Write(value, new Random(0)));
            Assert.Equal(expected, Canonical(Write(value, chance)));
            Assert.True(CanonicalJson.IsCanonical(Encoding.UTF8.GetBytes(expected)));
        }
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public void Any_bytes_at_all_are_refused_or_come_out_canonical(int seed)
    {
        var chance = new Random(seed);
        var alphabet = "{}[]\":,\\0123456789-.eEtrufalsn \t\u00e9あ"u8.ToArray();
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[chance.Next(40)];
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] = chance.Next(20) == 0 ? (byte)chance.Next(256) : alphabet[chance.Next(alphabet.Length)];
            }

            try
            {
                Assert.True(CanonicalJson.IsCanonical(CanonicalJson.Canonicalise(bytes)));
            }
            catch (JsonException)
            {
                Assert.False(CanonicalJson.IsCanonical(bytes));
            }
        }
    }

    private static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJson.Canonicalise(Encoding.UTF8.GetBytes(json)));

    private static object Draw(Random chance, int depth) => chance.Next(depth > 3 ? 2 : 4) switch
    {
        0 => chance.NextInt64(-CanonicalJson.LargestNumber, CanonicalJson.LargestNumber),
        1 => string.Concat(Enumerable.Range(0, chance.Next(6)).Select(_ => "aZ\"\\/\n\u0001\u007f山é😀\u2028"[chance.Next(10)])),
        2 => Enumerable.Range(0, chance.Next(5)).Select(_ => Draw(chance, depth + 1)).ToArray(),
        _ => Enumerable.Range(0, chance.Next(8)).Select(i => ($"{"kzaé\ufb33😀"[chance.Next(5)]}{i}", Draw(chance, depth + 1))).ToArray(),
    };

    private static string Write(object value, Random chance) => value switch
    {
        long number => $"{Space(chance)}{number}",
        string text => $"{Space(chance)}{JsonSerializer.Serialize(text)}{Space(chance)}",
        object[] items => $"[{string.Join(',', items.Select(item => Write(item, chance)))}{Space(chance)}]",
        (string Name, object Value)[] members =>
            $"{{{string.Join(',', members.OrderBy(_ => chance.Next()).Select(member => $"{JsonSerializer.Serialize(member.Name)}{Space(chance)}:{Write(member.Value, chance)}"))}}}",
        _ => throw new ArgumentException("Nothing else is drawn.", nameof(value)),
    };

    private static string Space(Random chance) => chance.Next(3) == 0 ? " \n\t"[..chance.Next(4)] : "";
}
