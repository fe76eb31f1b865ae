using System.Security.Cryptography;
using System.Text;
using RoomGuard.Core.People;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Core.People;

public class CardAndPinTests
{
    [Fact]
    [Requirement("R-DOOR-10")]
    public void A_card_digest_is_the_first_half_of_the_keyed_hash_of_its_text()
    {
        // RFC 4231, test case 2 has a short key; the construction is checked against the framework with a key of our length.
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(A.PinKey, Encoding.UTF8.GetBytes("H10301:00101")))[..32];

        Assert.Equal(expected, new CardDigester(A.PinKey).Of("H10301:00101").ToString());
    }

    [Fact]
    public void The_digest_of_a_published_vector_is_as_published()
    {
        // RFC 4231, section 4.7 (test case 6): 131 bytes of 0xAA, "Test Using Larger Than Block-Size Key - Hash Key First".
        var digest = new CardDigester([.. Enumerable.Repeat((byte)0xAA, 131)]).Of("Test Using Larger Than Block-Size Key - Hash Key First");

        Assert.Equal("60e431591ee0b67f0d8a26aacbf5b77f", digest.ToString());
    }

    [Fact]
    public void Another_key_gives_another_digest() =>
        Assert.NotEqual(
            new CardDigester(A.PinKey).Of("H10301:1"),
            new CardDigester([.. A.PinKey.Reverse()]).Of("H10301:1"));

    [Fact]
    public void A_key_changed_by_its_giver_afterwards_changes_nothing()
    {
        var key = A.PinKey.ToArray();
        var digester = new CardDigester(key);
        key[0] ^= 0xFF;

        Assert.Equal(new CardDigester(A.PinKey).Of("H10301:1"), digester.Of("H10301:1"));
    }

    [Fact]
    public void Short_keys_and_empty_or_endless_texts_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new CardDigester(new byte[31]));
        Assert.Throws<ArgumentException>(() => new CardDigester(A.PinKey).Of(""));
        Assert.Throws<ArgumentException>(() => new CardDigester(A.PinKey).Of(new string('1', 513)));
    }

    [Theory]
    [InlineData("4711", true)]
    [InlineData("4712", false)]
    [InlineData("471", false)]
    [InlineData("47110", false)]
    [InlineData("", false)]
    [InlineData("٤٧١١", false)]
    public void A_pin_matches_itself_and_nothing_else(string typed, bool expected) =>
        Assert.Equal(expected, PinCheck.Matches(A.Verifier("4711"), typed, A.PinKey));

    [Fact]
    public void A_pin_matches_only_under_the_sites_key() =>
        Assert.False(PinCheck.Matches(A.Verifier("4711"), "4711", [.. A.PinKey.Reverse()]));

    [Fact]
    public void A_pin_verifier_is_pbkdf2_over_the_keyed_pin()
    {
        var salt = Enumerable.Range(0, 16).Select(i => (byte)i).ToArray();
        var keyed = HMACSHA256.HashData(A.PinKey, "123456"u8);
        var expected = Convert.ToBase64String(Rfc2898DeriveBytes.Pbkdf2(keyed, salt, 2_000, HashAlgorithmName.SHA256, 32));

        Assert.Equal(new(Convert.ToBase64String(salt), expected, 2_000), PinCheck.Make("123456", A.PinKey, salt, 2_000));
    }

    [Theory]
    [InlineData("not base64", null, 1_000)]
    [InlineData(null, "AAAA", 1_000)]
    [InlineData(null, null, 999)]
    [InlineData(null, null, 1_000_001)]
    public void A_damaged_verifier_matches_nothing_and_throws_nothing(string? salt, string? hash, int iterations)
    {
        var good = A.Verifier("4711");

        Assert.False(PinCheck.Matches(new(salt ?? good.Salt, hash ?? good.Hash, iterations), "4711", A.PinKey));
    }

    [Fact]
    public void What_is_no_pin_cannot_become_one()
    {
        Assert.Throws<ArgumentException>(() => PinCheck.Make("12a4", A.PinKey, new byte[16], 1_000));
        Assert.Throws<ArgumentException>(() => PinCheck.Make("1234", new byte[16], new byte[16], 1_000));
        Assert.Throws<ArgumentException>(() => PinCheck.Make("1234", A.PinKey, new byte[15], 1_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => PinCheck.Make("1234", A.PinKey, new byte[16], 999));
    }
}
