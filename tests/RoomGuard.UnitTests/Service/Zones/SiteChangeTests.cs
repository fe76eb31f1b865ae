using RoomGuard.Core.Cases;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Service.Zones;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Service.Zones;

/// <summary>Zones and doors after the first start: one asks, another allows.</summary>
public sealed class SiteChangeTests
{
    [Fact]
    [Requirement("R-CFG-01")]
    [Requirement("R-ZONE-01")]
    public async Task The_system_manager_asks_the_supervising_officer_allows_and_only_then_it_holds()
    {
        await using var rig = new SiteRig();
        var (supervisor, manager) = await rig.Finished();

        var asked = await rig.Desk.Put(SiteRig.Zone("MED-1", zone => zone with { Kind = ZoneKind.MediaStore }), 0, "媒体の保管庫の増設", manager, SiteRig.Never);
        SiteRig.Done(asked);
        Assert.DoesNotContain(rig.Book.Now.Zones, zone => zone.Id == "MED-1");
        Assert.Equal((1, 0), (await rig.Desk.Waiting(supervisor, SiteRig.Never), await rig.Desk.Waiting(manager, SiteRig.Never)));

        SiteRig.Done(await rig.Desk.Decide(asked.Id!, true, "", supervisor, SiteRig.Never));

        Assert.Contains(rig.Book.Now.Zones, zone => zone.Id == "MED-1");
        Assert.Equal(["site.change-asked", "site.change-decided", "zone.registered"], rig.Service.Kinds()[^3..]);
        Assert.Equal(FieldFault.ChangedMeanwhile, Assert.Single((await rig.Desk.Decide(asked.Id!, false, "遅い", supervisor, SiteRig.Never)).Problems).Fault);
    }

    [Fact]
    [Requirement("R-CFG-02")]
    public async Task Nobody_asks_without_the_role_and_nobody_allows_their_own_by_whichever_role()
    {
        await using var rig = new SiteRig();
        var (supervisor, manager) = await rig.Finished();
        var change = SiteRig.Zone(change: zone => zone with { Label = "電算室" });
        var version = rig.Service.Ask(SiteView.Zones).Single().N;

        Assert.NotNull((await rig.Desk.Put(change, version, "改称", supervisor, SiteRig.Never)).Refusal);
        var asked = await rig.Desk.Put(change, version, "改称", manager, SiteRig.Never);
        Assert.NotNull((await rig.Desk.Decide(asked.Id!, true, "", manager, SiteRig.Never)).Refusal);
        var both = manager with { Holdings = [.. manager.Holdings, supervisor.Holdings[0] with { Person = manager.Person }] };
        Assert.Equal("R-CFG-02", (await rig.Desk.Decide(asked.Id!, true, "", both, SiteRig.Never)).Refusal?.Rule);

        Assert.Equal("サーバ室", rig.Book.Now.Zones.Single().Label);
        Assert.Equal(3, rig.Service.Kinds().Count(kind => kind == "act.refused"));
    }

    [Fact]
    [Requirement("R-CFG-02")]
    public async Task What_changed_since_it_was_asked_for_is_asked_for_again_and_a_refusal_says_why()
    {
        await using var rig = new SiteRig();
        var (supervisor, manager) = await rig.Finished();
        var version = rig.Service.Ask(SiteView.Zones).Single().N;
        var first = await rig.Desk.Put(SiteRig.Zone(change: zone => zone with { Label = "電算室" }), version, "改称", manager, SiteRig.Never);
        var second = await rig.Desk.Put(SiteRig.Zone(change: zone => zone with { Label = "機械室" }), version, "改称", manager, SiteRig.Never);
        SiteRig.Done(await rig.Desk.Decide(first.Id!, true, "", supervisor, SiteRig.Never));

        Assert.Equal(FieldFault.ChangedMeanwhile, Assert.Single((await rig.Desk.Decide(second.Id!, true, "", supervisor, SiteRig.Never)).Problems).Fault);
        Assert.Equal("note", Assert.Single((await rig.Desk.Decide(second.Id!, false, "", supervisor, SiteRig.Never)).Problems).Field);
        SiteRig.Done(await rig.Desk.Decide(second.Id!, false, "改称は済んでいる", supervisor, SiteRig.Never));

        Assert.Equal("電算室", rig.Book.Now.Zones.Single().Label);
        Assert.Equal("label", Assert.Single((await rig.Desk.Look(SiteRig.Never)).Changes, line => line.Change.Id == second.Id).Differences.First(one => one.Field == "label").Field);
    }

    [Fact]
    [Requirement("R-ZONE-02")]
    [Requirement("R-EXC-04")]
    public async Task A_ground_floor_is_registered_under_an_exception_in_force_and_leaves_service_when_it_lapses()
    {
        await using var rig = new SiteRig();
        var (supervisor, manager) = await rig.Finished();
        var low = SiteRig.Zone("MED-1", zone => zone with { Kind = ZoneKind.MediaStore, Floor = 1, Exception = "E-2026-0001" });
        Assert.Equal(FieldFault.LowFloor, Assert.Single((await rig.Desk.Put(low, 0, "2階以上に室がない", manager, SiteRig.Never)).Problems).Fault);
        await Allow("E-2026-0001", "R-ZONE-02 / miyazaki-5-2-1-i");

        var asked = await rig.Desk.Put(low, 0, "2階以上に室がない", manager, SiteRig.Never);
        SiteRig.Done(asked);
        SiteRig.Done(await rig.Desk.Decide(asked.Id!, true, "", supervisor, SiteRig.Never));
        Assert.DoesNotContain(new ZoneId("MED-1"), rig.Policy.NotInService);
        Assert.Contains(rig.Policy.Findings, one => one is { Zone.Value: "MED-1", Fault: ZoneFault.GroundFloor, Exception: "E-2026-0001" });

        rig.Service.Time.Advance(TimeSpan.FromDays(31));
        Assert.Contains(new ZoneId("MED-1"), rig.Policy.NotInService);

        async Task Allow(string id, string rule)
        {
            var now = rig.Service.Time.GetUtcNow();
            var matter = new ExceptionMatter(rule, "MED-1", "浸水検知の追加", "浸水", new(2026, 5, 1), new(2026, 6, 1), null, null);
            _ = await rig.Service.Record.AppendAsync(new CaseApplied(now, new(id), matter, null, [], null, "庁舎の構造", Role.SystemManager, [], now.AddDays(14), "A-0002"), SiteRig.Never);
            _ = await rig.Service.Record.AppendAsync(new CaseDecided(now, new(id), 0, CaseDecision.Allowed, "", Role.ChiefOfficer, null, "A-0001"), SiteRig.Never);
        }
    }

    [Fact]
    [Requirement("R-PROF-01")]
    public async Task A_profile_is_chosen_later_by_the_supervising_officer_alone()
    {
        await using var rig = new SiteRig();
        var (supervisor, manager) = await rig.Finished();

        Assert.NotNull((await rig.Desk.Adopt(SiteRig.Adoption("gunma", new(2026, 5, 11)), manager, SiteRig.Never)).Refusal);
        SiteRig.Done(await rig.Desk.Adopt(SiteRig.Adoption("gunma", new(2026, 5, 11)), supervisor, SiteRig.Never));

        Assert.Equal("gunma", rig.Policy.Now.Profile);
    }
}
