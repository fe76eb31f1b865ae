using System.Collections.Immutable;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Zones;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Core.Carrying;

/// <summary>What may be carried, and whose word it takes.</summary>
public class CarryRuleTests
{
    private static readonly DateTimeOffset Nine = new(2026, 5, 11, 0, 0, 0, TimeSpan.Zero);
    private static readonly ZoneId Room = new("SRV-1");

    private static readonly CarriedItem Laptop = new(CarriedKind.Terminal, "PC-0098", "ノートPC", "研修資料", ImportanceClass.III, Segment.Internet, ItemOwnership.Organisation, Encrypted: true);
    private static readonly CarriedItem Stick = new(CarriedKind.Media, "USB-014", "USBメモリ", "名簿", ImportanceClass.III, Segment.Internet, ItemOwnership.Organisation, Encrypted: true);
    private static readonly ListedThing ListedStick = new("USB-014", CarriedKind.Media, "USBメモリ", [Room], MayLeave: true, Encrypted: true, Managed: true);
    private static readonly CarryFrame Frame = new(CarryOutRule.ListedEncryptedMedia, Segment.StandardSystem, "第2版", new[] { ListedStick }.ToImmutableDictionary(thing => thing.Tag), ImmutableDictionary<string, RegisteredThing>.Empty);

    public static TheoryData<CarryRefusal> Refusals => [.. Enum.GetValues<CarryRefusal>()];

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Every_refusal_names_its_requirement_its_clause_and_what_to_do_instead(CarryRefusal refusal)
    {
        var words = CarryRefusalText.Of(refusal);

        Assert.Matches("^R-(CARRY|LIFE)-[0-9]{2}$", words.Requirement);
        Assert.Matches(@"^第2章[0-9]\([0-9]+\)[①-⑨][アイウエオカキクケコサ]?$", words.Clause);
        Assert.True(words.Because.Ja.EndsWith('。') && words.Because.Ja.Contains("ください", StringComparison.Ordinal), words.Because.Ja);
        Assert.EndsWith(".", words.Because.En, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nothing_stands_against_passes_both_ways()
    {
        Assert.Empty(CarryRules.Objections(Out(Laptop, Stick), Frame));
        Assert.Empty(CarryRules.Objections(In(Room, Stick), Frame));
        Assert.Empty(CarryRules.Objections(In(null, Laptop with { Ownership = ItemOwnership.Private, Importance = ImportanceClass.IV }), Frame));
    }

    [Theory]
    [InlineData(ImportanceClass.I, true)]
    [InlineData(ImportanceClass.III, true)]
    [InlineData(ImportanceClass.IV, false)]
    [InlineData(null, true)]
    [Requirement("R-CARRY-05")]
    public void A_private_computer_is_never_used_for_class_three_and_above_nor_for_what_nobody_classified(ImportanceClass? importance, bool refused)
    {
        var own = Laptop with { Ownership = ItemOwnership.Private, Importance = importance };

        Assert.Equal(refused, CarryRules.Objections(Out(own), Frame).Contains(new(CarryRefusal.PrivateComputer, 1)));
        Assert.Equal(refused, CarryRules.Objections(In(null, own), Frame).Contains(new(CarryRefusal.PrivateComputer, 1)));
        Assert.DoesNotContain(CarryRules.Objections(Out(own with { Ownership = ItemOwnership.Organisation }), Frame), one => one.Refusal is CarryRefusal.PrivateComputer);
    }

    [Fact]
    [Requirement("R-CARRY-06")]
    public void Class_two_and_above_names_the_safeguards_in_force_and_its_protection()
    {
        var grave = Laptop with { Importance = ImportanceClass.II };

        Assert.Empty(CarryRules.Objections(Out(grave), Frame));
        Assert.Equal([CarryRefusal.NoSafeguards], Why(Out(grave) with { SafeguardVersion = "第1版" }, Frame));
        Assert.Equal([CarryRefusal.NoSafeguards], Why(Out(grave) with { SafeguardVersion = null }, Frame with { SafeguardVersion = null }));
        Assert.Equal([CarryRefusal.NoProtection], Why(Out(grave) with { Protection = [] }, Frame));
        Assert.Equal([CarryRefusal.NoSafeguards, CarryRefusal.NoProtection], Why(Out(Laptop with { Importance = null }) with { SafeguardVersion = null, Protection = [] }, Frame));
        Assert.Empty(CarryRules.Objections(Out(Laptop) with { SafeguardVersion = null, Protection = [] }, Frame));
    }

    [Fact]
    [Requirement("R-CARRY-12")]
    public void Class_two_and_above_goes_to_nobody_outside_without_its_protection_named()
    {
        var handed = Out(Laptop with { Importance = ImportanceClass.II }) with { Receiver = "例示保守" };

        Assert.Empty(CarryRules.Objections(handed, Frame));
        Assert.Equal([CarryRefusal.OutsideWithoutProtection], Why(handed with { Protection = [] }, Frame));
    }

    [Fact]
    [Requirement("R-CARRY-07")]
    public void Media_leave_only_when_the_list_has_them_encrypted_whatever_the_form_says()
    {
        Assert.Equal([CarryRefusal.MediaNotAllowed], Why(Out(Stick with { Tag = "USB-099" }), Frame));
        Assert.Equal([CarryRefusal.MediaNotAllowed], Why(Out(Stick), With(ListedStick with { MayLeave = false })));
        Assert.Equal([CarryRefusal.MediaNotEncrypted], Why(Out(Stick), With(ListedStick with { Encrypted = false })));
        Assert.Empty(CarryRules.Objections(Out(Stick with { Encrypted = false }), Frame));
    }

    [Theory]
    [InlineData(CarryOutRule.ListedEncryptedMedia, true, false)]
    [InlineData(CarryOutRule.Forbidden, false, false)]
    [InlineData(null, false, false)]
    [Requirement("R-CARRY-07")]
    [Requirement("R-PROF-07")]
    public void Of_the_my_number_segment_the_profile_decides(CarryOutRule? rule, bool mediaPass, bool othersPass)
    {
        var frame = Frame with { MyNumber = rule };

        Assert.Equal(mediaPass, CarryRules.Objections(Out(Stick with { Segment = Segment.MyNumber }), frame).IsEmpty);
        Assert.Equal(othersPass, CarryRules.Objections(Out(Laptop with { Segment = Segment.MyNumber }), frame).IsEmpty);
    }

    [Fact]
    [Requirement("R-CARRY-03")]
    public void Into_an_area_pass_only_the_devices_and_media_listed_as_its_own()
    {
        Assert.Equal([CarryRefusal.Unrelated], Why(In(Room, Laptop), Frame));
        Assert.Equal([CarryRefusal.Unrelated], Why(In(new("MED-1"), Stick), Frame));
        Assert.Empty(CarryRules.Objections(In(Room, Laptop with { Kind = CarriedKind.Document, Tag = "" }), Frame));
    }

    [Fact]
    [Requirement("R-CARRY-09")]
    public void Into_areas_of_systems_without_internet_pass_only_media_the_organisation_manages()
    {
        Assert.Equal([CarryRefusal.MediaNotManaged], Why(In(Room, Stick), With(ListedStick with { Managed = false })));
        Assert.Equal([CarryRefusal.MediaNotManaged], Why(In(Room, Stick with { Ownership = ItemOwnership.Private }), Frame));
        Assert.Empty(CarryRules.Objections(In(Room, Stick), With(ListedStick with { Managed = false }) with { ZoneSegment = Segment.Internet }));
        Assert.Equal([CarryRefusal.MediaNotManaged], Why(In(Room, Stick), With(ListedStick with { Managed = false }) with { ZoneSegment = null }));
    }

    [Theory]
    [InlineData(CarriedKind.Terminal, ItemOwnership.Private, false, null, CarryRefusal.PrivateWithoutPermit)]
    [InlineData(CarriedKind.Media, ItemOwnership.Private, false, null, CarryRefusal.PrivateWithoutPermit)]
    [InlineData(CarriedKind.Phone, ItemOwnership.Private, false, null, CarryRefusal.PrivatePhone)]
    [InlineData(CarriedKind.Phone, ItemOwnership.Private, true, null, null)]
    [InlineData(CarriedKind.Terminal, ItemOwnership.Organisation, false, null, null)]
    [InlineData(CarriedKind.Terminal, ItemOwnership.Organisation, false, "SRV-1", CarryRefusal.Unrelated)]
    [InlineData(CarriedKind.Phone, ItemOwnership.Private, true, "SRV-1", CarryRefusal.Unrelated)]
    [InlineData(CarriedKind.Document, ItemOwnership.Private, false, "SRV-1", null)]
    [Requirement("R-CARRY-02")]
    [Requirement("R-CARRY-10")]
    public void At_the_desk_private_things_without_a_permit_stay_and_so_does_what_is_not_the_areas_own(CarriedKind kind, ItemOwnership ownership, bool permitted, string? zone, CarryRefusal? expected) =>
        Assert.Equal(expected, CarryRules.AtDesk(new(kind, "", "物", ownership, null, null), zone is null ? null : new(zone), permitted, Frame));

    [Theory]
    [InlineData("S-0217", CarryDirection.Out, Role.SecurityManager, RouteCause.Table)]
    [InlineData("S-0101", CarryDirection.Out, Role.SupervisingOfficer, RouteCause.OwnMatter)]
    [InlineData("S-0002", CarryDirection.Out, Role.ChiefOfficer, RouteCause.OwnMatter)]
    [InlineData("S-0001", CarryDirection.Out, Role.SupervisingOfficer, RouteCause.OwnMatter)]
    [InlineData("S-0217", CarryDirection.In, Role.SupervisingOfficer, RouteCause.Table)]
    [InlineData("S-0101", CarryDirection.In, Role.SupervisingOfficer, RouteCause.Table)]
    [InlineData("S-0002", CarryDirection.In, Role.ChiefOfficer, RouteCause.OwnMatter)]
    [Requirement("R-CARRY-11")]
    public void A_section_heads_own_application_goes_one_level_up_though_another_head_could_decide(string applicant, CarryDirection direction, Role decides, RouteCause cause)
    {
        ImmutableArray<RoleHolding> holders =
        [
            Holding("S-0001", Role.ChiefOfficer), Holding("S-0002", Role.SupervisingOfficer), Holding("S-0101", Role.SecurityManager, "情報政策課"), Holding("S-0104", Role.SecurityManager, "情報政策課"),
        ];
        var plan = (direction is CarryDirection.Out ? Out(Laptop) : In(null, Laptop)) with { Section = "情報政策課" };

        var step = Assert.Single(CaseRules.Steps(new CarryMatter(plan), [], null, new(applicant), null, holders));

        Assert.Equal((decides, cause), (Assert.Single(step.Roles), step.Cause));
    }

    [Fact]
    [Requirement("R-CARRY-01")]
    public void The_word_is_that_of_the_applicants_own_section()
    {
        var step = CarryRules.Step(Out(Laptop) with { Section = "業務課" }, new("S-0217"), []);

        Assert.False(ApprovalRoute.MayTake(step, Holding("S-0101", Role.SecurityManager, "情報政策課"), []));
        Assert.True(ApprovalRoute.MayTake(step, Holding("S-0105", Role.SecurityManager, "業務課"), []));
    }

    [Fact]
    [Requirement("R-LIFE-07")]
    [Requirement("R-CARRY-06")]
    public void What_the_form_says_makes_nothing_less_than_the_register_has_it()
    {
        Assert.Equal([CarryRefusal.ClassBelowRegister], Why(Out(Laptop), InRegister(ImportanceClass.I, Segment.Internet)));
        Assert.Equal([CarryRefusal.SegmentNotRegisters], Why(Out(Laptop), InRegister(ImportanceClass.III, Segment.MyNumber)));

        // Graver than the register, and where the register does not know the segment, the form's word counts.
        Assert.Empty(Why(Out(Laptop), InRegister(ImportanceClass.IV, Segment.Internet)));
        Assert.Empty(Why(Out(Laptop), InRegister(ImportanceClass.III, null)));
        Assert.Empty(Why(Out(Laptop with { Tag = "" }), InRegister(ImportanceClass.I, Segment.MyNumber)));
    }

    [Fact]
    [Requirement("R-LIFE-04")]
    public void A_storage_that_was_taken_out_and_is_not_erased_leaves_by_no_permit()
    {
        Assert.Equal([CarryRefusal.ErasureOwed], Why(Out(Laptop), InRegister(ImportanceClass.III, Segment.Internet, owes: true)));
        Assert.Empty(Why(In(null, Laptop), InRegister(ImportanceClass.III, Segment.Internet, owes: true)));
    }

    private static CarryFrame InRegister(ImportanceClass importance, Segment? segment, bool owes = false) =>
        Frame with { Registered = ImmutableDictionary<string, RegisteredThing>.Empty.Add(Laptop.Tag, new(importance, segment, owes)) };

    private static CarryRefusal[] Why(CarryPlan plan, CarryFrame frame) => [.. CarryRules.Objections(plan, frame).Select(one => one.Refusal)];

    private static CarryFrame With(ListedThing thing) => Frame with { Listed = Frame.Listed.SetItem(thing.Tag, thing) };

    private static RoleHolding Holding(string person, Role role, string section = "") => new($"H-{person}", new(person), role, section, [], new(2026, 4, 1), null, null);

    private static CarryPlan Out(params CarriedItem[] items) =>
        new(CarryDirection.Out, [.. items], "架空町役場", null, Nine, Nine.AddHours(8), "公用車", [TransportProtection.LockedCase], "第2版", null, "業務課");

    private static CarryPlan In(ZoneId? zone, params CarriedItem[] items) => Out(items) with { Direction = CarryDirection.In, Zone = zone };
}
