using System.Security.Cryptography;
using System.Text;
using RoomGuard.Core.Operators;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Core.Operators;

public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");
    private static readonly DateTimeOffset Now = new(2026, 5, 11, 0, 0, 10, TimeSpan.Zero);

    // RFC 6238, appendix B; the secrets of the longer digests are the same digits, repeated to their length.
    [Theory]
    [Requirement("R-SIGN-13")]
    [InlineData(59, "94287082", "46119246", "90693936")]
    [InlineData(1111111109, "07081804", "68084774", "25091201")]
    [InlineData(1111111111, "14050471", "67062674", "99943326")]
    [InlineData(1234567890, "89005924", "91819424", "93441116")]
    [InlineData(2000000000, "69279037", "90698825", "38618901")]
    [InlineData(20000000000, "65353130", "77737706", "47863826")]
    public void The_vectors_of_the_RFC_hold(long seconds, string sha1, string sha256, string sha512)
    {
        var step = Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds));

        Assert.Equal(sha1, Totp.Code(Secret, step, 8, HashAlgorithmName.SHA1));
        Assert.Equal(sha256, Totp.Code(Repeated(32), step, 8, HashAlgorithmName.SHA256));
        Assert.Equal(sha512, Totp.Code(Repeated(64), step, 8, HashAlgorithmName.SHA512));
    }

    [Theory]
    [Requirement("R-SIGN-13")]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_clock_may_be_off_by_one_step(int steps, bool fits)
    {
        var step = Totp.StepAt(Now) + steps;

        Assert.Equal(fits ? step : null, Totp.Match(Secret, Totp.Code(Secret, step), Now, null));
    }

    [Fact]
    [Requirement("R-SIGN-13")]
    public void A_code_works_once_and_none_before_it_works_afterwards()
    {
        var step = Totp.StepAt(Now);

        Assert.Null(Totp.Match(Secret, Totp.Code(Secret, step), Now, step));
        Assert.Null(Totp.Match(Secret, Totp.Code(Secret, step - 1), Now, step));
        Assert.Equal(step + 1, Totp.Match(Secret, Totp.Code(Secret, step + 1), Now, step));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("abcdef")]
    [InlineData("-12345")]
    public void What_is_no_code_fits_nothing(string typed) => Assert.Null(Totp.Match(Secret, typed, Now, null));

    [Fact]
    public void Full_width_digits_and_a_gap_are_read_as_meant()
    {
        var code = Totp.Code(Secret, Totp.StepAt(Now));
        var wide = string.Concat(code.Select(digit => (char)(digit - '0' + '\uFF10')));

        Assert.NotNull(Totp.Match(Secret, wide.Insert(3, " "), Now, null));
    }

    // RFC 4648, section 10, without padding.
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base_32_is_the_RFCs(string bytes, string text) => Assert.Equal(text, Totp.Base32(Encoding.ASCII.GetBytes(bytes)));

    private static byte[] Repeated(int length) => [.. Enumerable.Range(0, length).Select(at => Secret[at % Secret.Length])];
}
