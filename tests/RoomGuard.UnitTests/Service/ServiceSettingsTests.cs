using RoomGuard.Service;
using RoomGuard.Service.SignIn;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Service;

public sealed class ServiceSettingsTests
{
    private static readonly ServiceSettings Good = A.Settings("data");

    [Fact]
    public void Settings_of_the_tests_are_good() => Assert.Empty(Good.Problems());

    [Fact]
    [Requirement("R-SIGN-12")]
    public void A_real_site_has_nobody_to_choose_without_proof()
    {
        var real = Good with
        {
            Site = Good.Site with { Environment = EnvironmentKind.Production },
            Listen = Good.Listen with { DashboardHttp = null },
            SignIn = new(["hinata"]),
        };

        Assert.Contains("signIn.demoPeople", Assert.Single(real.Problems()), StringComparison.Ordinal);
        Assert.Empty((real with { SignIn = null }).Problems());
    }

    [Fact]
    [Requirement("R-SIGN-01")]
    public void Beyond_this_machine_there_is_only_https_and_only_real_sign_in()
    {
        var wide = Good with { Listen = Good.Listen with { Address = "192.0.2.5" } };

        Assert.Contains("dashboardHttp", Assert.Single(wide.Problems()), StringComparison.Ordinal);
        Assert.Empty((wide with { Listen = wide.Listen with { DashboardHttp = null } }).Problems());
        Assert.Contains("demoPeople", Assert.Single((wide with { Listen = wide.Listen with { DashboardHttp = null }, SignIn = new(["hinata"]) }).Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sign_in_name_that_is_none_is_named() =>
        Assert.Contains("\"a b\"", Assert.Single((Good with { SignIn = new(["a b"]) }).Problems()), StringComparison.Ordinal);
}
