using RoomGuard.Core.Equipment;
using RoomGuard.Core.Zones;
using RoomGuard.TestKit;
using Xunit;
using static RoomGuard.Core.Zones.ImportanceClass;

namespace RoomGuard.UnitTests.Core.Equipment;

/// <summary>What follows from an item's entry by rule alone.</summary>
public class AssetRuleTests
{
    [Fact]
    [Requirement("R-LIFE-07")]
    public void What_nobody_decided_counts_as_class_I()
    {
        Assert.Equal(I, AssetClasses.Effective(null, [], [], null));
        Assert.Equal(III, AssetClasses.Effective(III, [], [], null));
    }

    [Fact]
    [Requirement("R-MOVE-12")]
    public void Mixed_media_take_the_highest_class_of_what_they_hold()
    {
        Assert.Equal(II, AssetClasses.Effective(IV, [new("統計", III), new("名簿", II)], [], null));
        Assert.Equal(I, AssetClasses.Effective(IV, [new("統計", III), new("未分類の控え", null)], [], null));
        Assert.Equal(II, AssetClasses.Effective(IV, [], [IV, II, III], null));
        Assert.Equal(ClassFault.LowerThanContent, AssetClasses.Objection(III, [new("名簿", II)], [], null));
        Assert.Equal(ClassFault.LowerThanContent, AssetClasses.Objection(III, [], [II], null));
        Assert.Null(AssetClasses.Objection(II, [new("名簿", II)], [III], null));
    }

    [Fact]
    [Requirement("R-LIFE-08")]
    public void A_copy_is_never_of_a_lower_class_than_its_original()
    {
        Assert.Equal(II, AssetClasses.Effective(IV, [], [], II));
        Assert.Equal(ClassFault.LowerThanOriginal, AssetClasses.Objection(III, [], [], II));
        Assert.Null(AssetClasses.Objection(I, [], [], II));
    }

    [Theory]
    [InlineData(I, Segment.Lgwan, I, Segment.Lgwan, null)]
    [InlineData(III, Segment.Lgwan, I, Segment.Lgwan, null)]
    [InlineData(I, Segment.Lgwan, II, Segment.Lgwan, PlacementFault.LowerClass)]
    [InlineData(II, Segment.Lgwan, II, Segment.Internet, PlacementFault.OtherSegment)]
    [InlineData(II, null, II, Segment.Internet, PlacementFault.OtherSegment)]
    [InlineData(II, Segment.Internet, II, null, PlacementFault.OtherSegment)]
    [InlineData(II, null, II, null, PlacementFault.OtherSegment)]
    [Requirement("R-ZONE-06")]
    public void An_item_stands_only_in_a_zone_of_its_segment_and_no_lower_class_unless_an_exception_lets_it(ImportanceClass item, Segment? its, ImportanceClass zone, Segment? zones, PlacementFault? fault)
    {
        Assert.Equal(fault, Placement.Look(item, its, zone, zones, excepted: false));
        Assert.Null(Placement.Look(item, its, zone, zones, excepted: true));
    }

    [Fact]
    [Requirement("R-LIFE-01")]
    public void An_entry_says_what_it_lacks_and_a_whole_one_lacks_nothing()
    {
        var whole = AnAsset.Server();
        Assert.Equal(AssetGaps.None, AssetGapRule.Of(whole, II, II, placed: true));
        Assert.Equal(AssetGaps.Class | AssetGaps.Place, AssetGapRule.Of(whole, null, I, placed: false));
        Assert.Equal(AssetGaps.Serial, AssetGapRule.Of(whole with { Serial = "" }, II, II, placed: true));
        Assert.Equal(AssetGaps.Segment, AssetGapRule.Of(whole with { Segment = null }, II, II, placed: true));
        Assert.Equal(AssetGaps.Manager, AssetGapRule.Of(whole with { Manager = null }, II, II, placed: true));
        Assert.Equal(AssetGaps.StorageFlag, AssetGapRule.Of(whole with { HasStorage = null }, II, II, placed: true));
        Assert.Equal(AssetGaps.StorageSerials, AssetGapRule.Of(whole with { Storage = [] }, II, II, placed: true));
        Assert.Equal(AssetGaps.SupportEnd, AssetGapRule.Of(whole with { SupportEnds = null }, II, II, placed: true));

        // Paper has neither serial nor support.
        Assert.Equal(AssetGaps.None, AssetGapRule.Of(whole with { Kind = AssetKind.Document, Serial = "", SupportEnds = null, HasStorage = null, MaintenanceMonths = null }, II, II, placed: true));
    }

    [Theory]
    [InlineData(AssetKind.Server, I, true)]
    [InlineData(AssetKind.Server, II, true)]
    [InlineData(AssetKind.Server, III, false)]
    [InlineData(AssetKind.Network, I, false)]
    [Requirement("R-LIFE-02")]
    public void A_server_of_class_II_and_above_has_a_maintenance_interval(AssetKind kind, ImportanceClass importance, bool asked)
    {
        var without = AnAsset.Server() with { Kind = kind, MaintenanceMonths = null };
        Assert.Equal(asked ? AssetGaps.Maintenance : AssetGaps.None, AssetGapRule.Of(without, importance, importance, placed: true));
    }

    [Fact]
    [Requirement("R-LIFE-02")]
    public void Maintenance_is_due_an_interval_after_it_was_last_done_or_began_to_count()
    {
        var server = AnAsset.Server() with { MaintenanceMonths = 6, MaintenanceFrom = new(2026, 4, 1) };
        Assert.Equal(new DateOnly(2026, 10, 1), server.MaintenanceDue(null));
        Assert.Equal(new DateOnly(2027, 3, 20), server.MaintenanceDue(new(2026, 9, 20)));
        Assert.Null((server with { MaintenanceMonths = null }).MaintenanceDue(null));
    }

    [Theory]
    [InlineData("AS-00417", true)]
    [InlineData("7", true)]
    [InlineData("-7", false)]
    [InlineData("as-1", false)]
    [InlineData("AS 1", false)]
    [InlineData("ＡＳ１", false)]
    [InlineData("", false)]
    [InlineData("A23456789012345678901", false)]
    public void A_tag_is_what_stands_in_a_QR_code_and_no_longer(string text, bool one) => Assert.Equal(one, AssetTag.IsOne(text));

    [Fact]
    public void A_change_names_each_field_that_changed_and_no_other()
    {
        var before = AnAsset.Server();
        var changes = AssetDifference.Between(before, before with { Serial = "ZX-9", Storage = [], Manager = null });
        Assert.Equal([new("serial", "ZX9-55102", "ZX-9"), new("manager", "S-0102", null), new("storage", "SSD-77120, SSD", null)], changes.AsEnumerable());
        Assert.Empty(AssetDifference.Between(before, before with { Note = before.Note }));
        Assert.Contains(new AssetDifference("tag", null, "AS-00001"), AssetDifference.Between(null, before));
    }
}

/// <summary>An item that is whole as it comes. A test changes only what it is about.</summary>
internal static class AnAsset
{
    public static Asset Server(string tag = "AS-00001") => new(
        new(tag), AssetKind.Server, "住民記録サーバ", "架空電算", "SV-20", "ZX9-55102", II, Segment.Internet, new("S-0102"), true, [new("SSD-77120", "SSD")], [], "SV-A", 6, new(2026, 4, 1), new(2031, 3, 31), [], null, null,
        null, "");

    public static Asset Media(string tag = "MD-00001") => Server(tag) with { Kind = AssetKind.Media, Name = "控えの媒体", Serial = "T-1", HasStorage = null, Storage = [], MaintenanceMonths = null, MaintenanceFrom = null, SupportEnds = null };

    public static Asset Box(string tag = "BX-00001") => Media(tag) with { Kind = AssetKind.Container, Name = "媒体の箱", Serial = "" };
}
