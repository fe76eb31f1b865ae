using System.Collections.Immutable;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Operators;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Zones;
using RoomGuard.Hosting;
using RoomGuard.Service;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Service.PolicyProfiles;

public sealed class SitePolicyTests
{
    private static readonly ProfileShelf Shelf = ProfileShelf.Load(ProfileShelf.Folder);

    [Fact]
    [Requirement("R-PROF-01")]
    public async Task A_site_that_adopted_nothing_has_Base()
    {
        await using var rig = new ServiceRig();

        var look = await Policy(rig, null).Look(CancellationToken.None);

        Assert.Equal(("base", null), (look.Policy.Profile.Profile, look.Policy.Adoption));
        Assert.Empty(look.Policy.Departures);
    }

    [Fact]
    [Requirement("R-PROF-02")]
    public async Task A_new_version_holds_from_its_day_without_a_restart_and_the_old_one_stays_readable()
    {
        await using var rig = new ServiceRig();
        var policy = Policy(rig, new([Adopted("memuro", new(2026, 4, 1)), Adopted("gunma", new(2026, 6, 1))]));
        await policy.BeginAsync(CancellationToken.None);
        await policy.BeginAsync(CancellationToken.None);

        Assert.Equal("memuro", policy.Now.Profile);
        rig.Time.Advance(TimeSpan.FromDays(30));
        Assert.Equal("gunma", policy.Now.Profile);
        Assert.Equal(2, rig.Kinds().Count(kind => kind == "profile.adopted"));
        var adopted = (await policy.Look(CancellationToken.None)).Adopted;
        Assert.Equal("芽室町", adopted.Single(one => one.Adoption.Profile == "memuro").Profile.Organisation);
    }

    [Fact]
    [Requirement("R-PROF-02")]
    public async Task A_version_that_does_not_ship_stops_the_start_with_what_there_is()
    {
        await using var rig = new ServiceRig();

        var refused = Assert.Throws<SettingsException>(() => Policy(rig, new([Adopted("miyazaki", new(2026, 4, 1)) with { Version = 7 }])));

        Assert.Contains("miyazaki 1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-EXC-04")]
    public async Task A_looser_value_lapses_with_its_exception()
    {
        await using var rig = new ServiceRig();
        var policy = Policy(rig, new([], new(OuterDoorLimit: 3), [new("OuterDoorLimit", null, "E-2026-0001")]));
        Assert.Equal(1, policy.Now.OuterDoorLimit);

        var matter = new ExceptionMatter("R-ZONE-03", "SRV-1", "警備員の巡回", "侵入", new(2026, 5, 1), new(2026, 6, 1), null, null);
        _ = await rig.Record.AppendAsync(new CaseApplied(rig.Time.GetUtcNow(), new("E-2026-0001"), matter, null, [], null, "改修工事", Role.SystemManager, [], rig.Time.GetUtcNow().AddDays(14), "S-0102"), CancellationToken.None);
        Assert.Equal(1, policy.Now.OuterDoorLimit);
        _ = await rig.Record.AppendAsync(new CaseDecided(rig.Time.GetUtcNow(), new("E-2026-0001"), 0, CaseDecision.Allowed, "", Role.ChiefOfficer, null, "S-0001"), CancellationToken.None);
        Assert.Equal(3, policy.Now.OuterDoorLimit);
        rig.Time.Advance(TimeSpan.FromDays(30));

        Assert.Equal(1, policy.Now.OuterDoorLimit);
        Assert.Equal(ExceptionStanding.NotInForce, Assert.Single(policy.InForce.Departures).Standing);
    }

    [Fact]
    [Requirement("R-ZONE-07")]
    public async Task A_zone_has_a_manager_once_somebody_holds_the_role_for_it()
    {
        await using var rig = new ServiceRig();
        var policy = Policy(rig, null);
        Assert.Contains(policy.Findings, one => one is { Zone.Value: "SRV-1", Fault: ZoneFault.NoResponsible });

        RoleHolding holding = new("H-0001", new("S-0102"), Role.SystemManager, "情報政策課", [new("SRV-1")], new(2026, 4, 1), null, null);
        _ = await rig.Record.AppendAsync(new RoleHeld(rig.Time.GetUtcNow(), holding, "任命", "S-0001"), CancellationToken.None);
        Assert.Equal([ZoneFault.NoDeputy], policy.Findings.Where(one => one.Zone.Value == "SRV-1").Select(one => one.Fault));
        _ = await rig.Record.AppendAsync(new RoleHeld(rig.Time.GetUtcNow(), holding with { Id = "H-0002", Person = new("S-0108"), DeputyFor = new("S-0102"), Until = new(2026, 12, 1) }, "代行", "S-0001"), CancellationToken.None);

        Assert.DoesNotContain(policy.Findings, one => one.Zone.Value == "SRV-1");
    }

    private static SitePolicy Policy(ServiceRig rig, SiteProfile? profile) =>
        new(rig.Record, rig.Settings with { Site = rig.Settings.Site with { PolicyProfile = profile } }, Shelf, rig.Time);

    private static ProfileAdoption Adopted(string profile, DateOnly from) => new(profile, 1, from, Role.ChiefOfficer, "S-0001", from.AddDays(-7), "訓令第1号");
}
