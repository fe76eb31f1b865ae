using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Policy;
using RoomGuard.Service.PolicyProfiles;

namespace RoomGuard.SystemTests.Pages;

/// <summary>A policy profile with every kind of thing the page can show.</summary>
internal sealed class InventedPolicy : IPolicyPage
{
    private static readonly ProfileShelf Shelf = ProfileShelf.Load(ProfileShelf.Folder);

    public Task<PolicyLook> Look(CancellationToken gone)
    {
        var profile = Shelf.All.First(one => one.PasswordChangeDays is not null);
        var adoption = new ProfileAdoption(profile.Profile, profile.Version, new(2026, 4, 1), Role.ChiefOfficer, "S-0001", new(2026, 3, 25), "架空町訓令第3号");
        var site = new SiteProfile(
            [adoption],
            new(OuterDoorLimit: 2, PasswordChangeDays: 365, Limits: ImmutableDictionary<Limit, int>.Empty.Add(Limit.DormantHeldDays, 60)),
            [new("OuterDoorLimit", null, "E-2026-0002")]);
        var policy = PolicyInForce.Of(adoption, profile, site, _ => ExceptionStanding.InForce);
        ImmutableArray<ZoneFinding> findings =
        [
            new(new("SRV-1"), ZoneFault.NoDeputy, ZoneEffect.Finding, "R-ZONE-07", null, null),
            new(new("SRV-1"), ZoneFault.TooManyOuterDoors, ZoneEffect.Finding, "R-ZONE-03", "SRV-1-D2", "E-2026-0002"),
            new(new("MED-1"), ZoneFault.OuterDoorUnguarded, ZoneEffect.NotInService, "R-ZONE-04", "MED-1-D1", null),
            new(new("MED-1"), ZoneFault.NoResponsible, ZoneEffect.Alarm, "R-ZONE-07", null, null),
        ];
        return Task.FromResult(new PolicyLook(policy, Shelf.Base, [adoption with { Profile = "base", EffectiveOn = new(2027, 4, 1) }], [new(104_011, adoption, profile)], findings));
    }
}
