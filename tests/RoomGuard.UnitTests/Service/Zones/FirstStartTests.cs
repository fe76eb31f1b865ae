using RoomGuard.Core.Operators;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Zones;
using RoomGuard.Service.Record;
using RoomGuard.Service.Zones;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Service.Zones;

/// <summary>The first start of a site whose settings name neither zones nor doors.</summary>
public sealed class FirstStartTests
{
    [Fact]
    [Requirement("R-SIGN-12")]
    [Requirement("R-CFG-02")]
    public async Task It_is_over_when_both_administrators_have_checked_what_stands_and_closed_for_good()
    {
        await using var rig = new SiteRig();
        var (supervisor, manager) = await rig.Administrators();
        Assert.True(rig.Setup.Needed);
        Assert.Equal(FieldFault.SetUpIncomplete, Assert.Single((await rig.Desk.Check(supervisor, SiteRig.Never)).Problems).Fault);
        await rig.Describe(supervisor);
        SiteRig.Done(await rig.Desk.Check(supervisor, SiteRig.Never));
        Assert.Equal(FieldFault.NothingToChange, Assert.Single((await rig.Desk.Check(supervisor, SiteRig.Never)).Problems).Fault);

        // What changes after a check asks for both again: nobody has seen it yet.
        SiteRig.Done(await rig.Desk.Put(SiteRig.Zone(), 0, "", manager, SiteRig.Never));
        SiteRig.Done(await rig.Desk.Check(manager, SiteRig.Never));
        Assert.True(rig.Setup.Needed);
        SiteRig.Done(await rig.Desk.Check(supervisor, SiteRig.Never));

        Assert.False(rig.Setup.Needed);
        Assert.Equal(FieldFault.ChangedMeanwhile, Assert.Single((await rig.Desk.Name(new("別の町", "別館", []), supervisor, SiteRig.Never)).Problems).Fault);
        Assert.Equal(FieldFault.ChangedMeanwhile, Assert.Single((await rig.Desk.Check(manager, SiteRig.Never)).Problems).Fault);
        Assert.Equal(["site.set-up-checked", "site.set-up"], rig.Service.Kinds()[^2..]);
    }

    [Fact]
    [Requirement("R-SIGN-12")]
    public async Task One_administrator_alone_never_ends_it()
    {
        await using var rig = new SiteRig();
        await rig.Make("S-0001", "aoi.yama");
        await rig.Make("S-0002", "kawa.haru", proof: false);
        var supervisor = rig.As("A-0001");
        await rig.Describe(supervisor);

        SiteRig.Done(await rig.Desk.Check(supervisor, SiteRig.Never));
        SiteRig.Done(await rig.Desk.Check(rig.As("A-0002"), SiteRig.Never));

        Assert.True(rig.Setup.Needed);
    }

    [Fact]
    [Requirement("R-SIGN-12")]
    public async Task It_is_left_and_taken_up_again_after_the_service_stopped_and_a_rebuild_finds_the_same()
    {
        await using var rig = new SiteRig();
        var (supervisor, _) = await rig.Administrators();
        await rig.Describe(supervisor);
        SiteRig.Done(await rig.Desk.Put(SiteRig.Zone(), 0, "", supervisor, SiteRig.Never));
        var before = rig.Service.Ask(db => (SiteView.NamesOf(db)!.Organisation, SiteView.Zones(db).Single().N));

        await rig.Service.Reopen();

        Assert.Equal(before, rig.Service.Ask(db => (SiteView.NamesOf(db)!.Organisation, SiteView.Zones(db).Single().N)));
        var book = new SiteBook(rig.Service.Record, rig.Book.Now with { Zones = [], Doors = [] });
        Assert.Equal(("SRV-1", "架空町役場"), (book.Now.Zones.Single().Id, book.Now.Site.Organisation));

        await rig.Service.Record.DisposeAsync();
        using (var log = RoomGuard.Evidence.EvidenceLog.Open(rig.Service.Folders.LogSettings()))
        using (var connection = ServiceRecord.OpenForViews(rig.Service.Folders.Record))
        {
            var views = new RecordViews(rig.Service.Settings.TimeZone);
            var kept = views.Digests(connection);
            views.Rebuild(connection, log, null, SiteRig.Never);
            Assert.Equal(kept, views.Digests(connection));
        }

        await rig.Service.Reopen();
    }

    [Fact]
    [Requirement("R-PROF-01")]
    [Requirement("R-PROF-02")]
    public async Task A_profile_is_taken_with_its_decision_and_a_later_one_takes_its_place()
    {
        await using var rig = new SiteRig();
        var (supervisor, _) = await rig.Administrators();
        Assert.Equal("base", rig.Policy.Now.Profile);
        SiteRig.Done(await rig.Desk.Adopt(SiteRig.Adoption("memuro", new(2026, 5, 20)), supervisor, SiteRig.Never));
        Assert.Equal("base", rig.Policy.Now.Profile);

        // A mistaken date is mended by deciding again: the decision entered later holds.
        SiteRig.Done(await rig.Desk.Adopt(SiteRig.Adoption("miyazaki"), supervisor, SiteRig.Never));
        rig.Service.Time.Advance(TimeSpan.FromDays(30));

        Assert.Equal("miyazaki", rig.Policy.Now.Profile);
        Assert.Equal(["miyazaki", "memuro"], (await rig.Desk.Look(SiteRig.Never)).Adoptions.Select(one => one.Profile));
    }

    [Theory]
    [InlineData("nowhere", 1, "ChiefOfficer", "S-0001", "訓令", 0, "profile")]
    [InlineData("miyazaki", 9, "ChiefOfficer", "S-0001", "訓令", 0, "profile")]
    [InlineData("miyazaki", 1, "SystemManager", "S-0001", "訓令", 0, "decidedAs")]
    [InlineData("miyazaki", 1, "ChiefOfficer", "", "訓令", 0, "decidedBy")]
    [InlineData("miyazaki", 1, "ChiefOfficer", "S-0001", "=1+1", 0, "reference")]
    [InlineData("miyazaki", 1, "ChiefOfficer", "S-0001", "訓令", 1, "decidedOn")]
    [Requirement("R-PROF-02")]
    public async Task A_profile_without_a_whole_decision_is_not_applied(string profile, int version, string decidedAs, string by, string reference, int days, string field)
    {
        await using var rig = new SiteRig();
        var (supervisor, _) = await rig.Administrators();

        var done = await rig.Desk.Adopt(
            new(profile, version, new(2026, 5, 11), Enum.Parse<Role>(decidedAs), by, new DateOnly(2026, 5, 11).AddDays(days), reference), supervisor, SiteRig.Never);

        Assert.Equal(field, Assert.Single(done.Problems).Field);
        Assert.Equal("base", rig.Policy.Now.Profile);
    }

    [Fact]
    [Requirement("R-PROF-03")]
    public async Task Posts_named_at_set_up_are_what_roles_are_called()
    {
        await using var rig = new SiteRig();
        var (supervisor, _) = await rig.Administrators();

        await rig.Describe(supervisor, "memuro");

        Assert.Equal("副町長", rig.Policy.Now.RoleNames.Names[Role.ChiefOfficer]);
    }

    [Fact]
    [Requirement("R-ZONE-01")]
    [Requirement("R-ZONE-07")]
    public async Task A_registered_zone_is_in_the_next_list_of_the_bridges_and_has_its_manager()
    {
        await using var rig = new SiteRig();
        var (supervisor, manager) = await rig.Administrators();
        await rig.Describe(supervisor);

        SiteRig.Done(await rig.Desk.Put(SiteRig.Zone(), 0, "", supervisor, SiteRig.Never));
        var version = await rig.Publisher.PublishAsync("test", SiteRig.Never);

        Assert.Equal("SRV-1", Assert.Single(ListOf(rig, version)).Id.Value);
        Assert.Equal([ZoneFault.NoDeputy], rig.Policy.Findings.Select(one => one.Fault));
        Assert.Equal(["SRV-1"], rig.As("A-0002").Holdings.Single().Zones.Select(zone => zone.Value));
        SiteRig.Done(await rig.Desk.Put(SiteRig.Zone(removed: true), rig.Service.Ask(SiteView.Zones).Single().N, "", manager, SiteRig.Never));
        Assert.Empty(rig.As("A-0002").Holdings.Single().Zones);
        Assert.Empty(ListOf(rig, await rig.Publisher.PublishAsync("test", SiteRig.Never)));
    }

    [Fact]
    [Requirement("R-ZONE-04")]
    public async Task A_zone_with_an_outer_door_that_lacks_something_is_registered_and_let_into_no_list()
    {
        await using var rig = new SiteRig();
        var (supervisor, manager) = await rig.Administrators();
        await rig.Describe(supervisor);
        SiteRig.Done(await rig.Desk.Put(SiteRig.Zone(), 0, "", manager, SiteRig.Never));

        SiteRig.Done(await rig.Desk.Put(SiteRig.Door(change: door => door with { LeadsOutside = SiteRig.Outer("SRV-1-D1") with { Alarm = null } }), 0, "", manager, SiteRig.Never));

        Assert.Empty(ListOf(rig, await rig.Publisher.PublishAsync("test", SiteRig.Never)));
        Assert.False((await rig.Desk.Look(SiteRig.Never)).Zones.Single().InService);
        SiteRig.Done(await rig.Desk.Put(
            SiteRig.Door(change: door => door with { LeadsOutside = SiteRig.Outer("SRV-1-D1") }), rig.Service.Ask(SiteView.Doors).Single().N, "", manager, SiteRig.Never));
        Assert.Single(ListOf(rig, await rig.Publisher.PublishAsync("test", SiteRig.Never)));
    }

    [Fact]
    [Requirement("R-ZONE-02")]
    public async Task A_room_on_the_ground_floor_is_refused_or_a_finding_as_the_profile_says()
    {
        foreach (var (profile, refused) in new[] { ("miyazaki", true), ("memuro", false) })
        {
            await using var rig = new SiteRig();
            var (supervisor, manager) = await rig.Administrators();
            await rig.Describe(supervisor, profile);

            var done = await rig.Desk.Put(SiteRig.Zone(change: zone => zone with { Floor = -1 }), 0, "", manager, SiteRig.Never);

            Assert.Equal(refused ? [FieldFault.LowFloor] : [], done.Problems.Select(problem => problem.Fault));
            Assert.Equal(!refused, rig.Policy.Findings.Any(one => one is { Fault: ZoneFault.GroundFloor, Effect: ZoneEffect.Finding }));
        }
    }

    [Fact]
    [Requirement("R-ZONE-03")]
    public async Task An_outer_door_beyond_the_limit_needs_its_paper()
    {
        await using var rig = new SiteRig();
        var (supervisor, manager) = await rig.Administrators();
        await rig.Describe(supervisor);
        SiteRig.Done(await rig.Desk.Put(SiteRig.Zone(), 0, "", manager, SiteRig.Never));
        SiteRig.Done(await rig.Desk.Put(SiteRig.Door(change: door => door with { LeadsOutside = SiteRig.Outer("SRV-1-D1") }), 0, "", manager, SiteRig.Never));

        var second = SiteRig.Door("SRV-1-D2", door => door with { LeadsOutside = SiteRig.Outer("SRV-1-D2") });
        var refused = await rig.Desk.Put(second, 0, "", manager, SiteRig.Never);
        var approved = await rig.Desk.Put(second with { Door = second.Door! with { LeadsOutside = SiteRig.Outer("SRV-1-D2", "承認第8号") } }, 0, "", manager, SiteRig.Never);

        Assert.Equal(("approvedBy", FieldFault.OuterDoorsBeyond, "1"), (Assert.Single(refused.Problems).Field, refused.Problems[0].Fault, refused.Problems[0].Value));
        SiteRig.Done(approved);
    }

    [Theory]
    [InlineData("Lgwan", 1, "", "segment", FieldFault.SegmentUnknown)]
    [InlineData("Internet", 3, "", "requiredFactors", FieldFault.NotAChoice)]
    [InlineData("Internet", 2, "", "methods", FieldFault.TooFewMethods)]
    [InlineData("Internet", 1, "GONE", "parent", FieldFault.OuterZoneWrong)]
    [InlineData("Internet", 1, "SRV-1", "parent", FieldFault.OuterZoneWrong)]
    [Requirement("R-ZONE-05")]
    [Requirement("R-ZONE-09")]
    public async Task What_a_rule_of_structure_forbids_is_refused_at_its_field(string segment, int factors, string parent, string field, FieldFault fault)
    {
        await using var rig = new SiteRig();
        var (supervisor, manager) = await rig.Administrators();
        await rig.Describe(supervisor);

        var done = await rig.Desk.Put(
            SiteRig.Zone(change: zone => zone with { Segment = Enum.Parse<Segment>(segment), RequiredFactors = factors, Parent = parent.Length == 0 ? null : new ZoneId(parent) }), 0, "", manager, SiteRig.Never);

        Assert.Contains(new FieldProblem(field, fault, field == "parent" ? parent : null), done.Problems);
        Assert.Empty(rig.Service.Ask(SiteView.Zones));
    }

    [Fact]
    [Requirement("R-ZONE-09")]
    public async Task An_inner_zone_is_registered_before_its_doors_and_its_doors_hang_on_the_outer_ones_bridge()
    {
        await using var rig = new SiteRig();
        var (supervisor, manager) = await rig.Administrators();
        await rig.Describe(supervisor);
        SiteRig.Done(await rig.Desk.Put(SiteRig.Zone(), 0, "", manager, SiteRig.Never));
        SiteRig.Done(await rig.Desk.Put(SiteRig.Door(), 0, "", manager, SiteRig.Never));
        SiteRig.Done(await rig.Desk.Put(SiteRig.Zone("MED-1", zone => zone with { Kind = ZoneKind.MediaStore, Parent = new ZoneId("SRV-1") }), 0, "", manager, SiteRig.Never));

        var elsewhere = await rig.Desk.Put(SiteRig.Door("MED-1-D1", door => door with { Zone = new("MED-1"), Panel = "bridge-2" }), 0, "", manager, SiteRig.Never);
        var here = await rig.Desk.Put(SiteRig.Door("MED-1-D1", door => door with { Zone = new("MED-1") }), 0, "", manager, SiteRig.Never);

        Assert.Equal(FieldFault.OuterZoneWrong, Assert.Single(elsewhere.Problems).Fault);
        SiteRig.Done(here);
        Assert.Equal(FieldFault.StillUsed, Assert.Single((await rig.Desk.Put(SiteRig.Zone(removed: true), Version(rig, "SRV-1"), "", manager, SiteRig.Never)).Problems).Fault);
    }

    [Fact]
    public async Task Doors_are_linked_to_what_bridges_found_and_neither_side_is_forgotten()
    {
        await using var rig = new SiteRig();
        var (supervisor, manager) = await rig.Administrators();
        await rig.Describe(supervisor);
        SiteRig.Done(await rig.Desk.Put(SiteRig.Zone(), 0, "", manager, SiteRig.Never));
        SiteRig.Done(await rig.Desk.Put(SiteRig.Door(), 0, "", manager, SiteRig.Never));
        Assert.Equal(DoorLink.Unknown, await Link());

        rig.Hear(SiteRig.Wired("SRV-1-D1"));
        Assert.Equal(DoorLink.NoReader, await Link());
        rig.Hear(SiteRig.Wired("SRV-1-D1", "SRV-1", "reader-1"));
        Assert.Equal(DoorLink.Linked, await Link());
        rig.Hear(SiteRig.Wired("SRV-1-D1", "UPS-1", "reader-1"));
        Assert.Equal(DoorLink.OtherZone, await Link());
        rig.Hear(SiteRig.Wired("SRV-1-D9", "SRV-1", "reader-9"));
        Assert.Equal(DoorLink.NotAtBridge, await Link());
        Assert.Equal("SRV-1-D9", (await rig.Desk.Look(SiteRig.Never)).Panels[0].Free.Single().Door.Value);

        // The bridge decides by its own zone: another one would make the record say what is not so.
        rig.Hear(SiteRig.Wired("SRV-1-D2", "UPS-1", "reader-2"));
        var done = await rig.Desk.Put(SiteRig.Door("SRV-1-D2"), 0, "", manager, SiteRig.Never);
        Assert.Equal(("zone", FieldFault.WiredElsewhere, "UPS-1"), (done.Problems.Single().Field, done.Problems.Single().Fault, done.Problems.Single().Value));

        async Task<DoorLink> Link() => (await rig.Desk.Look(SiteRig.Never)).Doors.Single(one => one.Door.Id.Value == "SRV-1-D1").Link;
    }

    [Theory]
    [InlineData("SRV 1", "サーバ室", "id", FieldFault.BadCharacters)]
    [InlineData("", "サーバ室", "id", FieldFault.Required)]
    [InlineData("SRV-123456789012345678901", "サーバ室", "id", FieldFault.TooLong)]
    [InlineData("SRV-1", "サーバ\u0007室", "label", FieldFault.BadCharacters)]
    [InlineData("SRV-1", "=HYPERLINK(1)", "label", FieldFault.BadCharacters)]
    [InlineData("SRV-1", "", "label", FieldFault.Required)]
    [Requirement("R-INP-01")]
    public async Task Hostile_or_empty_fields_are_refused_where_they_stand(string id, string label, string field, FieldFault fault)
    {
        await using var rig = new SiteRig();
        var (supervisor, _) = await rig.Administrators();

        var done = await rig.Desk.Put(SiteRig.Zone(id, zone => zone with { Label = label }), 0, "", supervisor, SiteRig.Never);

        Assert.Contains(done.Problems, problem => problem.Field == field && problem.Fault == fault);
        Assert.DoesNotContain("zone.registered", rig.Service.Kinds());
    }

    [Fact]
    public async Task Two_browsers_at_once_and_a_form_sent_again_change_nothing_twice()
    {
        await using var rig = new SiteRig();
        var (supervisor, manager) = await rig.Administrators();
        await rig.Describe(supervisor);
        SiteRig.Done(await rig.Desk.Put(SiteRig.Zone(), 0, "", manager, SiteRig.Never));

        Assert.Equal(FieldFault.AlreadyExists, Assert.Single((await rig.Desk.Put(SiteRig.Zone(), 0, "", supervisor, SiteRig.Never)).Problems).Fault);
        var seen = Version(rig, "SRV-1");
        SiteRig.Done(await rig.Desk.Put(SiteRig.Zone(change: zone => zone with { Label = "電算室" }), seen, "", manager, SiteRig.Never));
        Assert.Equal(FieldFault.ChangedMeanwhile, Assert.Single((await rig.Desk.Put(SiteRig.Zone(change: zone => zone with { Label = "機械室" }), seen, "", supervisor, SiteRig.Never)).Problems).Fault);
        Assert.Equal(FieldFault.NothingToChange, Assert.Single((await rig.Desk.Put(SiteRig.Zone(change: zone => zone with { Label = "電算室" }), Version(rig, "SRV-1"), "", manager, SiteRig.Never)).Problems).Fault);

        Assert.Equal("電算室", rig.Book.Now.Zones.Single().Label);
    }

    [Fact]
    public async Task Where_the_settings_file_has_the_site_nothing_is_entered_here()
    {
        await using var rig = new SiteRig();
        var book = new SiteBook(rig.Service.Record, rig.Service.Settings);
        var policy = new RoomGuard.Service.PolicyProfiles.SitePolicy(rig.Service.Record, book, rig.Policy.Shelf, rig.Service.Time);
        var desk = new ZoneDesk(rig.Service.Record, book, policy, rig.Service.States, rig.Setup, rig.Guard, rig.Service.Turn, rig.Service.Time);

        Assert.Equal(FieldFault.KeptInSettings, Assert.Single((await desk.Put(SiteRig.Zone("NEW-1"), 0, "増設", Actor.Console, SiteRig.Never)).Problems).Fault);
        Assert.Equal(FieldFault.KeptInSettings, Assert.Single((await desk.Adopt(SiteRig.Adoption("gunma"), Actor.Console, SiteRig.Never)).Problems).Fault);
    }

    private static long Version(SiteRig rig, string zone) => rig.Service.Ask(SiteView.Zones).Single(one => one.Zone.Id.Value == zone).N;

    private static System.Collections.Immutable.ImmutableArray<Zone> ListOf(SiteRig rig, long version)
    {
        using var file = File.OpenRead(new RoomGuard.Service.Panels.GrantListFiles(rig.Service.Folders.Lists).FileOf(version));
        using var gzip = new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionMode.Decompress);
        return System.Text.Json.JsonSerializer.Deserialize(gzip, RoomGuard.Core.Record.RecordJson.Plain.GrantList)!.Zones;
    }
}
