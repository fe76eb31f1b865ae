using RoomGuard.Service.SignIn;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Service.SignIn;

/// <summary>What counts as inside the site.</summary>
public sealed class OutsideGateTests
{
    [Theory]
    [Requirement("R-SIGN-14")]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("10.20.0.17", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("172.32.0.0", false)]
    [InlineData("192.168.1.9", true)]
    [InlineData("::ffff:192.168.1.9", true)]
    [InlineData("::ffff:203.0.113.9", false)]
    [InlineData("fd00:1::5", true)]
    [InlineData("2001:db8::5", false)]
    [InlineData("203.0.113.9", false)]
    [InlineData("", false)]
    [InlineData("somewhere", false)]
    public async Task Private_addresses_are_the_sites_unless_it_says_otherwise(string address, bool inside)
    {
        await using var rig = new ServiceRig();
        Assert.Equal(inside, new OutsideGate(rig.Record, null, rig.Time).IsInside(address));
    }

    [Theory]
    [Requirement("R-SIGN-14")]
    [InlineData("10.20.255.255", true)]
    [InlineData("10.21.0.0", false)]
    [InlineData("127.0.0.1", false)]
    public async Task A_site_that_names_its_networks_has_no_others(string address, bool inside)
    {
        await using var rig = new ServiceRig();
        Assert.Equal(inside, new OutsideGate(rig.Record, new(Inside: ["10.20.0.0/16"]), rig.Time).IsInside(address));
    }

    [Fact]
    public void What_is_no_network_is_named_before_anything_starts()
    {
        Assert.Empty(new SignInSettings().InsideProblems());
        Assert.Contains("nobody could sign in", Assert.Single(new SignInSettings(Inside: []).InsideProblems()), StringComparison.Ordinal);
        Assert.Contains("\"10.20.0.0/40\" is no network", Assert.Single(new SignInSettings(Inside: ["10.20.0.0/16", "10.20.0.0/40"]).InsideProblems()), StringComparison.Ordinal);
    }
}
