using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Core.Operators;

/// <summary>The row "View entry register" of the matrix, role by role.</summary>
public sealed class RegisterScopeTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 5, 11, 0, 0, 0, TimeSpan.FromHours(9));
    private static readonly ZoneId Mine = new("SRV-1");
    private static readonly ZoneId Other = new("MED-1");

    [Theory]
    [InlineData(Role.ChiefOfficer)]
    [InlineData(Role.SupervisingOfficer)]
    [InlineData(Role.Auditor)]
    [Requirement("R-SIGN-15")]
    public void Chief_supervisor_and_auditor_see_every_row(Role role) => Assert.True(Seen(Holding(role)).Everything);

    [Fact]
    [Requirement("R-SIGN-15")]
    public void A_security_manager_sees_the_section_and_nobody_elses()
    {
        var scope = Seen(Holding(Role.SecurityManager, section: "税務課"));

        Assert.True(scope.Shows(Other, new("S-0300"), "税務課", PersonCategory.Staff, Midnight.AddDays(-9)));
        Assert.False(scope.Shows(Other, new("S-0301"), "福祉課", PersonCategory.Staff, Midnight.AddDays(-9)));
        Assert.False(scope.Shows(Mine, null, null, null, Midnight.AddDays(-9)));
    }

    [Fact]
    [Requirement("R-SIGN-15")]
    public void A_system_manager_sees_the_zones_answered_for_and_no_other()
    {
        var scope = Seen(Holding(Role.SystemManager, zones: [Mine]));

        Assert.True(scope.Shows(Mine, new("S-0300"), "税務課", PersonCategory.Staff, Midnight.AddDays(-9)));
        Assert.True(scope.Shows(Mine, null, null, null, Midnight.AddDays(-9)));
        Assert.False(scope.Shows(Other, new("S-0300"), "税務課", PersonCategory.Staff, Midnight.AddDays(-9)));
    }

    [Fact]
    public void System_staff_see_the_running_day()
    {
        var scope = Seen(Holding(Role.SystemStaff));

        Assert.True(scope.Shows(Other, new("S-0300"), "税務課", PersonCategory.Staff, Midnight));
        Assert.False(scope.Shows(Other, new("S-0300"), "税務課", PersonCategory.Staff, Midnight.AddTicks(-1)));
    }

    [Theory]
    [InlineData(Role.FacilityStaff, PersonCategory.Visitor, false)]
    [InlineData(Role.Reception, PersonCategory.Visitor, true)]
    [InlineData(Role.Reception, PersonCategory.Staff, false)]
    public void Reception_sees_visitors_and_the_facility_section_only_numbers(Role role, PersonCategory whose, bool seen) =>
        Assert.Equal(seen, Seen(Holding(role)).Shows(Mine, new("V-0001"), "架空商会", whose, Midnight));

    [Fact]
    [Requirement("R-SIGN-15")]
    public void Staff_see_their_own_rows_only()
    {
        var scope = Seen();

        Assert.True(scope.Shows(Mine, new("S-0217"), "情報政策課", PersonCategory.Staff, Midnight.AddDays(-30)));
        Assert.False(scope.Shows(Mine, new("S-0218"), "情報政策課", PersonCategory.Staff, Midnight));
    }

    [Fact]
    [Requirement("R-CON-04")]
    public void A_contractor_sees_the_own_firm_and_not_a_section_of_that_name()
    {
        var scope = RegisterScope.Of(new(new("A-1"), new("K-0001"), "例示 託也", "例示保守", PersonCategory.Contractor, false, []), Midnight, []);

        Assert.True(scope.Shows(Mine, new("K-0002"), "例示保守", PersonCategory.Contractor, Midnight));
        Assert.False(scope.Shows(Mine, new("K-0009"), "架空電設", PersonCategory.Contractor, Midnight));
        Assert.False(scope.Shows(Mine, new("S-0400"), "例示保守", PersonCategory.Staff, Midnight));
    }

    [Fact]
    [Requirement("R-LOG-05")]
    public void Being_named_opens_that_persons_rows_and_never_ones_own_case()
    {
        var by = By([]);

        var scope = RegisterScope.Of(by, Midnight, [new("S-0300"), by.Person]);

        Assert.True(scope.Shows(Other, new("S-0300"), "税務課", PersonCategory.Staff, Midnight.AddDays(-300)));
        Assert.False(scope.Shows(Other, new("S-0301"), "税務課", PersonCategory.Staff, Midnight));
    }

    private static RegisterScope Seen(params RoleHolding[] holdings) => RegisterScope.Of(By([.. holdings]), Midnight, []);

    private static Actor By(ImmutableArray<RoleHolding> holdings) => new(new("A-1"), new("S-0217"), "髙橋 翔太", "情報政策課", PersonCategory.Staff, false, holdings);

    private static RoleHolding Holding(Role role, string section = "情報政策課", ZoneId[]? zones = null) =>
        new("H-1", new("S-0217"), role, section, [.. zones ?? []], new(2026, 4, 1), null, null);
}
