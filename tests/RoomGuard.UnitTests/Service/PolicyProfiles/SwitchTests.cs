using System.Collections.Immutable;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Text;
using RoomGuard.Service.Cases;
using RoomGuard.Service.Commands;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Visits;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Core.PolicyProfiles;
using RoomGuard.UnitTests.Dashboard;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;

namespace RoomGuard.UnitTests.Service.PolicyProfiles;

/// <summary>Switching a site's profile changes what the table of section (b) says it changes: the same site, the same acts, one profile after the other.</summary>
public sealed class SwitchTests
{
    public static TheoryData<string> Names => [.. Profiles.Names];

    [Theory]
    [MemberData(nameof(Names))]
    [Requirement("R-PROF-03")]
    public async Task PersonCategories_decides_who_can_be_registered(string name)
    {
        await using var rig = new ServiceRig();
        var import = new PeopleImport(rig.Record, rig.Keys, PeopleCommands.Rules(rig.Settings, At(rig, name)), pinsAllowed: true, rig.Time, rig.RandomBytes);
        var desk = new PeopleDesk(rig.Record, rig.Keys, import, At(rig, name), new(rig.Record, rig.Time), rig.Turn, rig.Time, rig.RandomBytes);
        var registered = new List<PersonCategory>();
        foreach (var category in Enum.GetValues<PersonCategory>())
        {
            if ((await desk.AddPerson(new(new($"X-{(int)category}"), "架空 太郎", "かくう たろう", category, "総務課", null, null), Actor.Console, CancellationToken.None)).Ok)
            {
                registered.Add(category);
            }
        }

        Assert.Equal(Profiles.Read(name).PersonCategories.Order(), registered);
    }

    [Theory]
    [MemberData(nameof(Names))]
    [Requirement("R-PROF-03")]
    public async Task GroundFloorRule_decides_whether_a_room_on_the_ground_floor_is_in_service(string name)
    {
        await using var rig = new ServiceRig();

        var closed = At(rig, name, zone => zone with { Floor = 1 }).NotInService;

        Assert.Equal(Profiles.Read(name).GroundFloor is GroundFloorRule.Refuse, closed.Contains(A.Room));
    }

    [Theory]
    [MemberData(nameof(Names))]
    [Requirement("R-PROF-07")]
    public async Task Segments_decides_which_rooms_there_can_be(string name)
    {
        await using var rig = new ServiceRig();
        foreach (var segment in Enum.GetValues<Segment>())
        {
            var closed = At(rig, name, zone => zone with { Segment = segment }).NotInService;

            Assert.Equal(!Profiles.Read(name).Segments.Contains(segment), closed.Contains(A.Room));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    [Requirement("R-PROF-07")]
    public async Task MyNumberDoorFactors_may_be_raised_where_the_segment_exists_and_then_closes_a_room_with_one(string name)
    {
        await using var rig = new ServiceRig();
        var profile = Profiles.Read(name);

        var findings = At(rig, name, zone => zone with { Segment = Segment.MyNumber, RequiredFactors = 1, Floor = 3 }, new(MyNumberDoorFactors: 2)).Findings;

        Assert.Equal(profile.Segments.Contains(Segment.MyNumber), findings.All(one => one.Fault is not ZoneFault.SegmentNotInProfile));
        Assert.Contains(findings, one => one is { Zone.Value: "SRV-1", Fault: ZoneFault.TooFewFactors or ZoneFault.SegmentNotInProfile, Effect: ZoneEffect.NotInService });
    }

    [Theory]
    [MemberData(nameof(Names))]
    [Requirement("R-SIGN-06")]
    public async Task PasswordChangeDays_decides_whether_an_old_password_is_overdue_and_when(string name)
    {
        await using var rig = new ServiceRig();
        var days = At(rig, name).Now.PasswordChangeDays;
        var now = rig.Time.GetUtcNow();

        Assert.Equal(name == "miyazaki" ? 180 : null, days);
        Assert.Equal(days is not null, PasswordRules.IsOverdue(now.AddDays(-180), now, days));
        Assert.False(PasswordRules.IsOverdue(now.AddDays(-180).AddSeconds(1), now, days));
    }

    [Theory]
    [MemberData(nameof(Names))]
    [Requirement("R-VIS-10")]
    public async Task EscortEligibility_lets_a_contractor_escort_where_the_profile_leaves_the_choice_and_the_site_made_it(string name)
    {
        await using var rig = new ServiceRig();
        var chosen = new SiteValues(EscortEligibility: Eligibility.AuthorisedContractor);

        Assert.False(VisitApplication.MayEscort(At(rig, name).Now.EscortEligibility.Value, PersonCategory.Contractor));
        Assert.Equal(name == "miyazaki", VisitApplication.MayEscort(At(rig, name, values: chosen).Now.EscortEligibility.Value, PersonCategory.Contractor));
        Assert.Equal(name == "miyazaki" ? [] : ["EscortEligibility"], At(rig, name, values: chosen).InForce.Departures.Select(one => one.Setting));
    }

    [Theory]
    [MemberData(nameof(Names))]
    [Requirement("R-ZONE-03")]
    public async Task OuterDoorLimit_decides_how_many_doors_may_lead_outside(string name)
    {
        await using var rig = new ServiceRig();
        var limit = Profiles.Read(name).OuterDoorLimit;
        for (var doors = 0; doors <= 2; doors++)
        {
            var outer = doors;
            var policy = At(rig, name, change: null, values: null, settings => settings with
            {
                Doors = [.. settings.Doors.Index().Select(one => one.Item.Zone == A.Room.Value && one.Index < outer ? one.Item with { LeadsOutside = new("搬入口") } : one.Item)],
            });

            Assert.Equal(doors > limit, policy.Findings.Any(finding => finding is { Fault: ZoneFault.TooManyOuterDoors, Effect: ZoneEffect.NotInService }));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    [Requirement("R-SIGN-13")]
    public void MyNumberOperatorFactors_is_never_more_than_every_sign_in_proves(string name)
    {
        // What signs somebody in at any site: a passkey with its holder verified, or a password and a code. A temporary password opens nothing but the page that sets these up.
        const int proven = 2;

        Assert.InRange(Profiles.Read(name).MyNumberOperatorFactors ?? 0, 0, proven);
    }

    [Fact]
    [Requirement("R-PROF-03")]
    public void Every_row_of_the_table_is_switched_by_a_test_or_waits_for_what_it_switches()
    {
        var rows = new Dictionary<string, string>
        {
            ["RoomLabel"] = nameof(Escort_reports_passwords_and_labels_are_those_of_the_profile_in_force),
            ["PersonCategories"] = nameof(PersonCategories_decides_who_can_be_registered),
            ["ContractorCountsAsStaff"] = "duties of reporting: incidents",
            ["EscortEligibility"] = nameof(EscortEligibility_lets_a_contractor_escort_where_the_profile_leaves_the_choice_and_the_site_made_it),
            ["WitnessEligibility"] = "over HTTP: ProfileSwitchTests",
            ["Segments"] = nameof(Segments_decides_which_rooms_there_can_be),
            ["MyNumberOperatorFactors"] = nameof(MyNumberOperatorFactors_is_never_more_than_every_sign_in_proves),
            ["MyNumberDoorFactors"] = nameof(MyNumberDoorFactors_may_be_raised_where_the_segment_exists_and_then_closes_a_room_with_one),
            ["MyNumberCarryOut"] = "over HTTP: ProfileSwitchTests",
            ["GroundFloorRule"] = nameof(GroundFloorRule_decides_whether_a_room_on_the_ground_floor_is_in_service),
            ["OuterDoorLimit"] = nameof(OuterDoorLimit_decides_how_many_doors_may_lead_outside),
            ["OffsiteApproval"] = $"{nameof(Equipment.OffsiteDeskTests)}.{nameof(Equipment.OffsiteDeskTests.OffsiteApproval_decides_whether_a_check_falls_due)}",
            ["TwoPersonChange"] = "over HTTP: ProfileSwitchTests",
            ["AuditModule"] = "inspection and audit",
            ["SelfInspectionInterval"] = "inspection and audit",
            ["ReviewNeedsRiskFigures"] = "inspection and audit",
            ["ReportToChief"] = "incidents",
            ["ExternalReports"] = "incidents",
            ["ViolationPath"] = "incidents",
            ["SuspensionBySup"] = nameof(SuspensionBySup_decides_whether_a_suspension_can_begin_and_never_whether_one_can_be_lifted),
            ["ExceptionRegister"] = nameof(ExceptionRegister_decides_whether_exceptions_can_be_applied_for_and_whether_any_counts),
            ["EmergencyPlanLabel"] = "emergency plan: incidents",
            ["StandardsConfidential"] = "documents of the policy",
            ["ProceduresConfidential"] = "documents of the policy",
            ["WaterLossInput"] = "climate",
            ["SitesMayDiffer"] = "several sites in one centre; a service has one site",
            ["RoleNames"] = nameof(RoleNames_are_shown_beside_the_official_words_where_the_profile_names_posts),
            ["PasswordChangeDays"] = nameof(PasswordChangeDays_decides_whether_an_old_password_is_overdue_and_when),
            ["NoticeToDesk"] = "notices of incidents",
            ["KeepYears"] = "retention",
        };

        Assert.Equal(PolicyProfileText.Rows.Select(row => row.Setting), rows.Keys);
    }

    [Theory]
    [MemberData(nameof(Names))]
    [Requirement("R-PROF-03")]
    public async Task RoleNames_are_shown_beside_the_official_words_where_the_profile_names_posts(string name)
    {
        await using var rig = new ServiceRig();
        var policy = At(rig, name);
        var ink = new Ink(Paper.Site with { RoleNames = () => policy.Now.RoleNames.Names }, Language.Japanese);

        Assert.Equal(name == "miyazaki" ? "最高情報統括責任者(事務局長)" : "最高情報統括責任者", ink.Role(Role.ChiefOfficer));
    }

    [Theory]
    [MemberData(nameof(Names))]
    [Requirement("R-PROF-03")]
    public async Task Escort_reports_passwords_and_labels_are_those_of_the_profile_in_force(string name)
    {
        await using var rig = new ServiceRig();
        var (now, profile) = (At(rig, name).Now, Profiles.Read(name));

        Assert.Equal(
            (profile.EscortEligibility.Value, profile.PasswordChangeDays, profile.MyNumberOperatorFactors, profile.SuspensionBySup, profile.ExceptionRegister, profile.LabelOf(ZoneKind.ServerRoom), profile.LabelOf(ZoneKind.MediaStore)),
            (now.EscortEligibility.Value, now.PasswordChangeDays, now.MyNumberOperatorFactors, now.SuspensionBySup, now.ExceptionRegister, now.LabelOf(ZoneKind.ServerRoom), now.LabelOf(ZoneKind.MediaStore)));
        Assert.All(PolicyProfileText.Rows, row => Assert.Equal(row.Show(profile), row.Show(now)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    [Requirement("R-ID-10")]
    public async Task SuspensionBySup_decides_whether_a_suspension_can_begin_and_never_whether_one_can_be_lifted(string name)
    {
        foreach (var on in new[] { true, false })
        {
            await using var rig = await CaseRig.Begin();
            var desk = DeskAt(rig.Service, Edited(rig.Service, name, profile => profile with { SuspensionBySup = on }));
            var begun = await desk.SuspendPerson(new(CaseRig.Staff), lifted: false, "違反のため", rig.As(CaseRig.Supervisor), CaseRig.Never);

            Assert.Equal((on, on ? null : "R-ID-10"), (begun.Ok, begun.Refusal?.Rule));
            Assert.True((await rig.Service.People.SuspendPerson(new(CaseRig.Colleague), lifted: false, "違反のため", rig.As(CaseRig.Supervisor), CaseRig.Never)).Ok);
            Assert.True((await desk.SuspendPerson(new(CaseRig.Colleague), lifted: true, "指導済み", rig.As(CaseRig.Supervisor), CaseRig.Never)).Ok);
        }

        // As shipped, every text has it.
        Assert.True(Profiles.Read(name).SuspensionBySup);
    }

    [Theory]
    [MemberData(nameof(Names))]
    [Requirement("R-EXC-01")]
    [Requirement("R-EXC-04")]
    public async Task ExceptionRegister_decides_whether_exceptions_can_be_applied_for_and_whether_any_counts(string name)
    {
        foreach (var on in new[] { true, false })
        {
            await using var rig = await CaseRig.Begin();
            var policy = Edited(rig.Service, name, profile => profile with { ExceptionRegister = on }, new(OuterDoorLimit: 3), [new("OuterDoorLimit", null, "E-2026-0009")]);
            var desk = new CaseDesk(rig.Service.Record, PeopleCommands.Rules(rig.Service.Settings), policy, rig.Guard, rig.Service.Turn, rig.Service.Time);
            var matter = new ExceptionMatter("R-ZONE-03", "SRV-1", "巡回", "侵入", new(2026, 5, 11), new(2026, 12, 1), null, null);

            var applied = await desk.Apply(matter, "改修工事", rig.As(CaseRig.Manager), CaseRig.Never);
            var choice = (await desk.Choices(rig.As(CaseRig.Manager), CaseRig.Never)).Single(one => one.Kind == CaseKind.PolicyException);
            await Allow(rig, matter);

            Assert.Equal((on, on), (applied.Ok, choice.WhyNot is null));
            Assert.Equal(on ? 3 : 1, policy.Now.OuterDoorLimit);
            Assert.Equal(on ? ExceptionStanding.InForce : ExceptionStanding.NotInForce, Assert.Single(policy.InForce.Departures).Standing);
        }

        Assert.True(Profiles.Read(name).ExceptionRegister);
    }

    private static async Task Allow(CaseRig rig, ExceptionMatter matter)
    {
        var now = rig.Service.Time.GetUtcNow();
        await rig.Write(new CaseApplied(now, new("E-2026-0009"), matter, null, [], null, "改修工事", Role.SystemManager, [], now.AddDays(14), "test"));
        await rig.Write(new CaseDecided(now, new("E-2026-0009"), 0, CaseDecision.Allowed, "", Role.ChiefOfficer, null, "test"));
    }

    private static PeopleDesk DeskAt(ServiceRig rig, SitePolicy policy) =>
        new(rig.Record, rig.Keys, rig.Import, policy, new(rig.Record, rig.Time), rig.Turn, rig.Time, rig.RandomBytes);

    // A shelf of its own with one value turned, since every text as shipped has both on.
    private static SitePolicy Edited(ServiceRig rig, string name, Func<PolicyProfile, PolicyProfile> edit, SiteValues? values = null, ImmutableArray<CitedException> exceptions = default)
    {
        var folder = Directory.CreateDirectory(Path.Combine(rig.Folder, "profiles")).FullName;
        foreach (var one in new[] { "base", name }.Distinct())
        {
            File.WriteAllBytes(Path.Combine(folder, $"{one}.json"), ProfileJson.ToUtf8(one == name ? edit(Profiles.Read(one)) : Profiles.Read(one)));
        }

        var site = new SiteProfile([new(name, 1, new(2026, 4, 1), Role.ChiefOfficer, "S-0001", new(2026, 3, 25), "訓令第1号")], values, exceptions);
        return new(rig.Record, rig.Settings with { Site = rig.Settings.Site with { PolicyProfile = site } }, ProfileShelf.Load(folder), rig.Time);
    }

    private static SitePolicy At(
        ServiceRig rig,
        string name,
        Func<RoomGuard.Service.ZoneSettings, RoomGuard.Service.ZoneSettings>? change = null,
        SiteValues? values = null,
        Func<RoomGuard.Service.ServiceSettings, RoomGuard.Service.ServiceSettings>? more = null)
    {
        var settings = (more?.Invoke(rig.Settings) ?? rig.Settings) with
        {
            Site = rig.Settings.Site with { PolicyProfile = new([new(name, 1, new(2026, 4, 1), Role.ChiefOfficer, "S-0001", new(2026, 3, 25), "訓令第1号")], values) },
            Zones = [.. rig.Settings.Zones.Select(change ?? (zone => zone))],
        };
        return new(rig.Record, settings, ProfileShelf.Load(ProfileShelf.Folder), rig.Time);
    }
}
