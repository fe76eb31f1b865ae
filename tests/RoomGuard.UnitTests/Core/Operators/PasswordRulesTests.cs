using RoomGuard.Core.Operators;
using RoomGuard.Service.SignIn;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Core.Operators;

public sealed class PasswordRulesTests : IDisposable
{
    private readonly Passwords passwords = new();

    public void Dispose() => passwords.Dispose();

    [Theory]
    [Requirement("R-SIGN-06")]
    [InlineData("short horse", PasswordFault.TooShort)]
    [InlineData("Password2026!", PasswordFault.Common)]
    [InlineData("P@ssw0rd123456", PasswordFault.Common)]
    [InlineData("aaaaaaaaaaaaaaaa", PasswordFault.Common)]
    [InlineData("abcabcabcabcabc", PasswordFault.Common)]
    [InlineData("qwertyuiopqw", PasswordFault.Common)]
    [InlineData("123456789012", PasswordFault.Common)]
    [InlineData("210987654321", PasswordFault.Common)]
    [InlineData("administrator", PasswordFault.Common)]
    [InlineData("Yakuba20260401", PasswordFault.Common)]
    [InlineData("hinata likes tea", PasswordFault.HoldsName)]
    [InlineData("a quiet river stone", null)]
    [InlineData("サーバ室の北側の窓から海が見える", null)]
    public void Length_counts_and_common_ones_are_refused(string password, PasswordFault? fault) =>
        Assert.Equal(fault, passwords.Rules.Check(password, "hinata", privileged: false));

    [Fact]
    [Requirement("R-SIGN-06")]
    public void A_privileged_account_needs_sixteen()
    {
        Assert.Equal(PasswordFault.TooShort, passwords.Rules.Check("a quiet river", "hinata", privileged: true));
        Assert.Null(passwords.Rules.Check("a quiet river stone", "hinata", privileged: true));
    }

    [Fact]
    public void A_password_longer_than_any_needs_to_be_is_not_hashed_at_all() =>
        Assert.Equal(PasswordFault.TooLong, passwords.Rules.Check(string.Concat(Enumerable.Range(0, 60).Select(n => $"{n} x")), "hinata", privileged: false));

    [Fact]
    [Requirement("R-SIGN-07")]
    public async Task Verifiers_are_salted_slow_and_of_the_present_strength()
    {
        var (one, two) = (await passwords.HashAsync("a quiet river stone", default), await passwords.HashAsync("a quiet river stone", default));

        Assert.NotEqual(one, two);
        Assert.DoesNotContain("river", one, StringComparison.Ordinal);
        // Format marker 1, PRF 2 (HMAC-SHA-512), rounds, salt length: the framework's own form.
        var bytes = Convert.FromBase64String(one);
        Assert.Equal((1, 2u, (uint)Passwords.Rounds, 16u), (bytes[0], Big(bytes, 1), Big(bytes, 5), Big(bytes, 9)));
        Assert.True(Passwords.Rounds >= 210_000);
        Assert.True(await passwords.FitsAsync(one, "a quiet river stone", default));
        Assert.False(await passwords.FitsAsync(one, "a quiet river stones", default));
        Assert.False(await passwords.FitsAsync(null, "nobody's password", default));
    }

    private static uint Big(byte[] bytes, int at) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
}
