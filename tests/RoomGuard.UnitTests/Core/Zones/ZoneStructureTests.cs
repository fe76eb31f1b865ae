using System.Collections.Immutable;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Zones;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Core.PolicyProfiles;
using Xunit;

namespace RoomGuard.UnitTests.Core.Zones;

public sealed class ZoneStructureTests
{
    private static readonly StructureLimits Miyazaki = Limits("miyazaki");
    private static readonly OuterDoor Guarded = new(new("SRV-1-D2"), "避難扉", "lock-1", "contact-1", "sounder-1", null);

    private static readonly ZoneStructure Sound =
        new(new("SRV-1"), ZoneKind.ServerRoom, 3, Segment.MyNumber, ImportanceClass.I, null, 1, [Guarded], ["bridge-1"]);

    [Fact]
    public void A_sound_zone_has_no_findings() => Assert.Empty(Look(Miyazaki, Sound));

    [Fact]
    [Requirement("R-ZONE-01")]
    public void A_zone_without_a_kind_is_not_in_service() => Assert.Equal((ZoneFault.NoKind, ZoneEffect.NotInService), Only(Miyazaki, Sound with { Kind = null }));

    [Theory]
    [InlineData("miyazaki", 1, ZoneEffect.NotInService)]
    [InlineData("miyazaki", -1, ZoneEffect.NotInService)]
    [InlineData("memuro", 1, ZoneEffect.Finding)]
    [InlineData("memuro", -1, ZoneEffect.Finding)]
    [Requirement("R-ZONE-02")]
    public void Basement_and_ground_floor_are_refused_or_a_lasting_finding_as_the_profile_says(string profile, int floor, ZoneEffect effect) =>
        Assert.Equal((ZoneFault.GroundFloor, effect), Only(Limits(profile), Sound with { Floor = floor }));

    [Fact]
    [Requirement("R-ZONE-02")]
    public void A_ground_floor_under_an_exception_in_force_stays_a_finding_that_names_it()
    {
        var finding = Assert.Single(Look(Miyazaki, (setting, _) => setting == "GroundFloorRule" ? "E-2026-0002" : null, Sound with { Floor = 1 }));

        Assert.Equal((ZoneEffect.Finding, "E-2026-0002"), (finding.Effect, finding.Exception));
    }

    [Fact]
    [Requirement("R-ZONE-03")]
    public void An_outer_door_beyond_the_limit_needs_approval_and_every_one_its_reason()
    {
        var second = Guarded with { Door = new("SRV-1-D3") };

        Assert.Equal((ZoneFault.TooManyOuterDoors, ZoneEffect.NotInService), Only(Miyazaki, Sound with { OuterDoors = [Guarded, second] }));
        Assert.Empty(Look(Miyazaki, Sound with { OuterDoors = [Guarded, second with { ApprovedBy = "S-0002" }] }).Where(one => one.Place == "SRV-1-D3"));
        Assert.Equal((ZoneFault.OuterDoorWithoutReason, ZoneEffect.NotInService), Only(Miyazaki, Sound with { OuterDoors = [Guarded with { Reason = " " }] }));
    }

    [Theory]
    [InlineData(null, "c", "a")]
    [InlineData("l", null, "a")]
    [InlineData("l", "c", null)]
    [Requirement("R-ZONE-04")]
    public void An_outer_door_without_lock_watch_or_alarm_keeps_the_zone_out_of_service(string? locked, string? contact, string? alarm) =>
        Assert.Equal((ZoneFault.OuterDoorUnguarded, ZoneEffect.NotInService), Only(Miyazaki, Sound with { OuterDoors = [Guarded with { Lock = locked, Contact = contact, Alarm = alarm }] }));

    [Fact]
    [Requirement("R-ZONE-05")]
    public void An_unclassified_zone_counts_as_class_one_and_a_segment_is_one_of_the_profile()
    {
        Assert.Equal(ImportanceClass.I, (Sound with { Importance = null }).ImportanceThatCounts);
        Assert.Equal((ZoneFault.NotClassified, ZoneEffect.Finding), Only(Miyazaki, Sound with { Importance = null }));
        Assert.Equal((ZoneFault.SegmentNotInProfile, ZoneEffect.NotInService), Only(Limits("gunma"), Sound));
        Assert.Equal((ZoneFault.SegmentNotInProfile, ZoneEffect.NotInService), Only(Miyazaki, Sound with { Segment = Segment.Lgwan }));
    }

    [Fact]
    [Requirement("R-PROF-07")]
    public void A_my_number_zone_with_fewer_factors_than_asked_is_not_in_service()
    {
        Assert.Equal((ZoneFault.TooFewFactors, ZoneEffect.NotInService), Only(Miyazaki with { MyNumberDoorFactors = 2 }, Sound));
        Assert.Empty(Look(Miyazaki with { MyNumberDoorFactors = 2 }, Sound with { RequiredFactors = 2 }));
        Assert.Empty(Look(Miyazaki with { MyNumberDoorFactors = 2 }, Sound with { Segment = Segment.Internet }));
    }

    [Theory]
    [InlineData(0, 0, ZoneFault.NoResponsible, ZoneEffect.Alarm)]
    [InlineData(1, 0, ZoneFault.NoDeputy, ZoneEffect.Finding)]
    [Requirement("R-ZONE-07")]
    public void A_zone_nobody_answers_for_is_an_alarm(int responsible, int deputies, ZoneFault fault, ZoneEffect effect)
    {
        var finding = Assert.Single(ZoneStructureRules.Look([Sound], Miyazaki, (_, _) => null, _ => (responsible, deputies)));

        Assert.Equal((fault, effect), (finding.Fault, finding.Effect));
    }

    [Fact]
    [Requirement("R-ZONE-09")]
    public void A_zone_lies_in_a_known_zone_of_the_same_bridge_and_never_in_itself()
    {
        var outer = Sound with { Zone = new("FLR-3"), OuterDoors = [] };

        Assert.Empty(Look(Miyazaki, Sound with { Parent = outer.Zone }, outer));
        Assert.Equal((ZoneFault.WrongParent, ZoneEffect.NotInService), Only(Miyazaki, Sound with { Parent = new("GONE") }));
        Assert.Equal((ZoneFault.WrongParent, ZoneEffect.NotInService), Only(Miyazaki, Sound with { Parent = Sound.Zone }));
        Assert.Contains(Look(Miyazaki, Sound with { Parent = outer.Zone }, outer with { Panels = ["bridge-2"] }), one => one.Fault is ZoneFault.WrongParent);
        Assert.Contains(Look(Miyazaki, Sound with { Parent = outer.Zone }, outer with { Parent = Sound.Zone }), one => one.Fault is ZoneFault.WrongParent);
    }

    [Fact]
    [Requirement("R-ZONE-09")]
    public void A_zone_without_doors_yet_hangs_on_no_bridge()
    {
        var outer = Sound with { Zone = new("FLR-3"), OuterDoors = [] };

        Assert.Empty(Look(Miyazaki, Sound with { Parent = outer.Zone, OuterDoors = [], Panels = [] }, outer));
    }

    [Fact]
    public void Every_fault_says_which_rule_it_breaks_why_there_is_one_and_what_to_do() => Assert.All(Enum.GetValues<ZoneFault>(), fault =>
    {
        Assert.All([ZoneText.Of(fault), ZoneText.WhyOf(fault), ZoneText.RemedyOf(fault)], words => Assert.False(string.IsNullOrWhiteSpace(words.Ja) || string.IsNullOrWhiteSpace(words.En)));
        Assert.NotEqual(ZoneText.WhyOf(fault), ZoneText.RemedyOf(fault));
    });

    [Fact]
    public void An_unguarded_outer_door_is_registered_and_what_cannot_be_mended_there_is_not()
    {
        var unguarded = Assert.Single(Look(Miyazaki, Sound with { OuterDoors = [Guarded with { Alarm = null }] }));
        var low = Assert.Single(Look(Miyazaki, Sound with { Floor = 1 }));

        Assert.Equal((false, true), (ZoneStructureRules.Refuses(unguarded), ZoneStructureRules.Refuses(low)));
    }

    private static StructureLimits Limits(string name)
    {
        var profile = Profiles.Read(name);
        return new(profile.GroundFloor is GroundFloorRule.Refuse, profile.OuterDoorLimit, profile.Segments, profile.MyNumberDoorFactors?.Value);
    }

    private static (ZoneFault, ZoneEffect) Only(StructureLimits limits, ZoneStructure zone)
    {
        var finding = Assert.Single(Look(limits, zone));
        return (finding.Fault, finding.Effect);
    }

    private static ImmutableArray<ZoneFinding> Look(StructureLimits limits, params ZoneStructure[] zones) => Look(limits, (_, _) => null, zones);

    private static ImmutableArray<ZoneFinding> Look(StructureLimits limits, Func<string, ZoneId, string?> excepted, params ZoneStructure[] zones) =>
        ZoneStructureRules.Look([.. zones], limits, excepted, _ => (1, 1));
}
