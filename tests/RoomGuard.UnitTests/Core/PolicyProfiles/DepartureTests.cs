using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Core.PolicyProfiles;

/// <summary>A site may be stricter than its profile, never looser without an exception.</summary>
public sealed class DepartureTests
{
    private static readonly PolicyProfile Miyazaki = Profiles.Read("miyazaki");

    [Fact]
    [Requirement("R-PROF-03")]
    public void A_stricter_value_holds_at_once_and_is_no_departure()
    {
        var policy = Of(new SiteValues(OuterDoorLimit: 0, PasswordChangeDays: 90, MyNumberDoorFactors: 2, Limits: Figure(Limit.DormantHeldDays, 45)));

        Assert.Empty(policy.Departures);
        Assert.Equal((0, 90, 2, 45), (policy.InForce.OuterDoorLimit, policy.InForce.PasswordChangeDays, policy.InForce.MyNumberDoorFactors!.Value, policy.InForce[Limit.DormantHeldDays]));
    }

    [Fact]
    [Requirement("R-PROF-03")]
    public void What_the_text_lets_a_site_choose_is_no_departure()
    {
        var policy = Of(new SiteValues(EscortEligibility: Eligibility.AuthorisedContractor, ReportToChief: ChiefReporting.AsNeeded));

        Assert.Empty(policy.Departures);
        Assert.Equal(Eligibility.AuthorisedContractor, policy.InForce.EscortEligibility.Value);
        Assert.NotEmpty(PolicyInForce.Of(null, Profiles.Read("base"), new([], new SiteValues(EscortEligibility: Eligibility.AuthorisedContractor)), _ => ExceptionStanding.NotInForce).Departures);
    }

    public static TheoryData<string, SiteValues> Looser => new()
    {
        { "OuterDoorLimit", new(OuterDoorLimit: 2) },
        { "GroundFloorRule", new(GroundFloor: GroundFloorRule.Warn) },
        { "MyNumberOperatorFactors", new(MyNumberOperatorFactors: 1) },
        { "TwoPersonChange", new(TwoPersonChange: false) },
        { "AuditModule", new(AuditModule: false) },
        { "SuspensionBySup", new(SuspensionBySup: false) },
        { "ExceptionRegister", new(ExceptionRegister: false) },
        { "WaterLossInput", new(WaterLossInput: false) },
        { "ProceduresConfidential", new(ProceduresConfidential: false) },
        { "NoticeToDesk", new(NoticeToDeskOnEveryPath: false) },
        { "PasswordChangeDays", new(PasswordChangeDays: 365) },
        { "LongestGrantDays", new(Limits: Figure(Limit.LongestGrantDays, 366)) },
        { "DormantListedDays", new(Limits: Figure(Limit.DormantListedDays, 61)) },
        { "PasswordCharacters", new(Limits: Figure(Limit.PasswordCharacters, 8)) },
        { "SignInLockMinutes", new(Limits: Figure(Limit.SignInLockMinutes, 5)) },
    };

    [Theory]
    [MemberData(nameof(Looser))]
    [Requirement("R-EXC-04")]
    public void A_looser_value_holds_only_while_its_exception_does(string setting, SiteValues values)
    {
        var profile = setting == "LongestGrantDays" ? Miyazaki with { Limits = Miyazaki.Limits.SetItem(Limit.LongestGrantDays, 180) } : Miyazaki;
        var site = new SiteProfile([], values, [new(setting, null, "E-2026-0002")]);

        var alone = Assert.Single(PolicyInForce.Of(null, profile, site with { Exceptions = [] }, _ => ExceptionStanding.InForce).Departures);
        var lapsed = PolicyInForce.Of(null, profile, site, _ => ExceptionStanding.NotInForce);
        var covered = PolicyInForce.Of(null, profile, site, id => id == "E-2026-0002" ? ExceptionStanding.InForce : ExceptionStanding.NotInForce);

        Assert.Equal((setting, ExceptionStanding.NoneCited, false), (alone.Setting, alone.Standing, alone.Applied));
        Assert.Equal(PolicyProfileText.Show(setting, profile), PolicyProfileText.Show(setting, lapsed.InForce));
        Assert.Equal(Assert.Single(covered.Departures).Site, PolicyProfileText.Show(setting, covered.InForce));
    }

    [Fact]
    [Requirement("R-PROF-02")]
    public void A_version_holds_from_its_day_and_the_one_before_it_until_then()
    {
        var site = new SiteProfile([Adopted("miyazaki", new(2026, 4, 1)), Adopted("gunma", new(2026, 10, 1))]);

        Assert.Null(site.On(new(2026, 3, 31)));
        Assert.Equal("miyazaki", site.On(new(2026, 4, 1))!.Profile);
        Assert.Equal("miyazaki", site.On(new(2026, 9, 30))!.Profile);
        Assert.Equal("gunma", site.On(new(2026, 10, 1))!.Profile);
    }

    [Theory]
    [InlineData(Role.SystemManager, "S-0001", "訓令", "cannot decide")]
    [InlineData(Role.ChiefOfficer, "", "訓令", "neither may be empty")]
    [InlineData(Role.SecurityCommittee, "S-0001", " ", "neither may be empty")]
    [Requirement("R-PROF-02")]
    public void A_version_without_a_decision_is_refused(Role decidedAs, string by, string reference, string named)
    {
        var site = new SiteProfile([new("miyazaki", 1, new(2026, 4, 1), decidedAs, by, new(2026, 3, 25), reference)]);

        Assert.Contains(named, Assert.Single(site.Problems("site.policyProfile")), StringComparison.Ordinal);
    }

    private static PolicyInForce Of(SiteValues values) => PolicyInForce.Of(null, Miyazaki, new([], values), _ => ExceptionStanding.NotInForce);

    private static ImmutableDictionary<Limit, int> Figure(Limit limit, int value) => ImmutableDictionary<Limit, int>.Empty.Add(limit, value);

    private static ProfileAdoption Adopted(string profile, DateOnly from) => new(profile, 1, from, Role.ChiefOfficer, "S-0001", from.AddDays(-7), "訓令第1号");
}
