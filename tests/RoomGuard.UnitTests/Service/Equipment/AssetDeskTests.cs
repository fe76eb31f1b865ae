using RoomGuard.Core.Carrying;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Equipment;
using RoomGuard.Dashboard.Now;
using RoomGuard.Service.Equipment;
using RoomGuard.Service.Record;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Core.Equipment;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.Core.Zones.ImportanceClass;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Equipment;

/// <summary>機器台帳: registered, decided, maintained and lent.</summary>
public sealed class AssetDeskTests : IAsyncLifetime
{
    private static readonly AssetPlace Rack = new(A.Room, "R03 U12", "");
    private static readonly AssetPlace LowRack = new(new("LOW-1"), "", "");
    private CaseRig rig = null!;
    private AssetDesk desk = null!;

    public async Task InitializeAsync()
    {
        rig = await Begin();

        // A room of class II beside those of class I, and one of another segment.
        var site = rig.Service.Settings with
        {
            Zones =
            [
                .. rig.Service.Settings.Zones, rig.Service.Settings.Zones[0] with { Id = "LOW-1", Importance = II }, rig.Service.Settings.Zones[0] with { Id = "LGW-1", Segment = Segment.Lgwan },
            ],
        };
        desk = new(rig.Service.Record, site, rig.Service.Policy, rig.Guard, rig.Service.Turn, rig.Service.Time);
    }

    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    [Requirement("R-LIFE-01")]
    public async Task An_item_is_registered_by_those_who_keep_the_register_and_stands_there_whole()
    {
        var asset = AnAsset.Server();
        foreach (var other in new[] { Staff, Security, Supervisor, Audits, Contractor })
        {
            Assert.Equal("R-LIFE-01", (await desk.Save(new(asset, Rack, 0), rig.As(other), Never)).Refusal?.Rule);
        }

        Assert.True((await desk.Save(new(asset, Rack, 0), rig.As(Operator), Never)).Ok);
        var file = (await File(asset.Tag))!;
        Assert.Equivalent(asset, file.Line.Asset, strict: true);
        Assert.Equal((Rack, "架空 管治", (ImportanceClass?)null, I, AssetGaps.Class), (file.Line.Place, file.Line.ManagerName, file.Line.Decided, file.Line.Effective, file.Line.Gaps));
        Assert.Equal(new DateOnly(2026, 10, 1), file.Line.MaintenanceDue);
        Assert.Equal(FieldFault.AlreadyExists, Fault(await desk.Save(new(asset, null, 0), rig.As(Operator), Never)));
        Assert.Null(await desk.One(asset.Tag, rig.As(Staff), Never));
        Assert.Null(await desk.Assets(Everything, rig.As(Contractor), Never));
        Assert.Equal("AS-00002", (await desk.NextTag(Never)).Value);
    }

    [Fact]
    [Requirement("R-LIFE-01")]
    public async Task What_lacks_something_is_listed_and_no_longer_once_it_is_whole()
    {
        await Register(AnAsset.Server("AS-00001") with { Serial = "", Manager = null }, Rack);
        await Register(AnAsset.Server("AS-00002"), Rack);
        await Register(AnAsset.Server("AS-00003"), null);
        await Decide("AS-00001", I);
        await Decide("AS-00002", I);
        await Decide("AS-00003", I);

        Assert.Equal(["AS-00001", "AS-00003"], await Tags(Everything with { Show = AssetShow.Incomplete }));
        Assert.Equal(AssetGaps.Serial | AssetGaps.Manager, (await File(new("AS-00001")))!.Line.Gaps);
        Assert.Equal(AssetGaps.Place, (await File(new("AS-00003")))!.Line.Gaps);
        await Change("AS-00001", asset => asset with { Serial = "ZX-1", Manager = new(Manager) });
        Assert.Equal(["AS-00003"], await Tags(Everything with { Show = AssetShow.Incomplete }));
    }

    [Fact]
    public async Task Wrong_fields_are_all_told_and_nothing_is_written()
    {
        var before = rig.Service.Record.Size;
        var done = await desk.Save(
            new(
                AnAsset.Server("as 1") with
                {
                    Name = "",
                    Serial = "=1+1",
                    Segment = Segment.MyNumber,
                    MaintenanceMonths = 999,
                    HasStorage = false,
                    Parts = [new("P-1", ""), new("P-1", "")],
                },
                new(new("NO-1"), "", ""), 0),
            rig.As(Operator), Never);
        Assert.Equivalent(new[] { "tag", "name", "serial", "maintenanceMonths", "storage", "parts", "zone" }, done.Problems.Select(problem => problem.Field).Where(field => field != "segment"));
        Assert.Equal(FieldFault.Unknown, Fault(await desk.Save(new(AnAsset.Server() with { Manager = new("S-9999") }, null, 0), rig.As(Operator), Never)));
        Assert.Equal(FieldFault.Unknown, Fault(await desk.Save(new(AnAsset.Server() with { Container = new("BX-1") }, null, 0), rig.As(Operator), Never)));
        Assert.Equal(FieldFault.ExceptionNotInForce, Fault(await desk.Save(new(AnAsset.Server() with { Exception = "E-2026-0001" }, null, 0), rig.As(Operator), Never)));
        Assert.Equal(before, rig.Service.Record.Size);
    }

    [Fact]
    [Requirement("R-MOVE-04")]
    public async Task A_place_once_known_is_not_changed_by_any_change_of_the_entry()
    {
        await Register(AnAsset.Server(), Rack);
        var version = (await File(new("AS-00001")))!.Version;
        var moved = await desk.Save(new(AnAsset.Server() with { Note = "移した" }, new(new("MED-1"), "", ""), version), rig.As(Manager), Never);
        Assert.Equal((FieldFault.PlaceOnlyByMove, "zone"), (Fault(moved), Assert.Single(moved.Problems).Field));
        Assert.Equal(FieldFault.PlaceOnlyByMove, Fault(await desk.Save(new(AnAsset.Server() with { Note = "移した" }, Rack with { Rack = "R04" }, version), rig.As(Manager), Never)));
        Assert.Equal(Rack, (await File(new("AS-00001")))!.Line.Place);

        // Nor does an entry written past the desk: the view takes a place from it only while there is none.
        await rig.Write(new AssetRecorded(rig.Service.Time.GetUtcNow(), AnAsset.Server(), new(new("MED-1"), "", ""), "test"));
        Assert.Equal(Rack, (await File(new("AS-00001")))!.Line.Place);

        // What was never brought in may be said once to stand where it stands.
        await Register(AnAsset.Server("AS-00002"), null);
        await Change("AS-00002", asset => asset, Rack);
        Assert.Equal(Rack, (await File(new("AS-00002")))!.Line.Place);

        // Into a box elsewhere would be a move too.
        await Register(AnAsset.Box(), new(new("MED-1"), "", ""));
        Assert.Equal(FieldFault.PlaceOnlyByMove, Fault(await TryChange("AS-00002", asset => asset with { Container = new("BX-00001") })));
    }

    [Fact]
    [Requirement("R-ZONE-06")]
    [Requirement("R-LIFE-07")]
    public async Task An_item_is_not_placed_in_a_lower_class_or_another_segment_without_an_exception_and_unknown_is_class_I()
    {
        // Not decided: class I counts, and a room of class II is too low for it.
        var low = await desk.Save(new(AnAsset.Server(), LowRack, 0), rig.As(Operator), Never);
        Assert.Equal((FieldFault.ZoneClassTooLow, "LOW-1"), (Fault(low), Assert.Single(low.Problems).Value));
        Assert.Equal(FieldFault.ZoneSegmentDiffers, Fault(await desk.Save(new(AnAsset.Server(), new(new("LGW-1"), "", ""), 0), rig.As(Operator), Never)));
        Assert.Equal(FieldFault.ZoneSegmentDiffers, Fault(await desk.Save(new(AnAsset.Server() with { Segment = null }, Rack, 0), rig.As(Operator), Never)));

        // Decided as II it may.
        await Register(AnAsset.Server(), null);
        await Decide("AS-00001", II);
        await Change("AS-00001", asset => asset, LowRack);
        Assert.Null((await File(new("AS-00001")))!.Line.Misplaced);

        // Raised later, it still stands there, and that is a finding.
        await Decide("AS-00001", I);
        Assert.Equal(PlacementFault.LowerClass, (await File(new("AS-00001")))!.Line.Misplaced);

        // An allowed exception to this very rule lets it stand; one to another rule does not.
        var wrong = await Exception("R-ZONE-02");
        var right = await Exception("R-ZONE-06");
        Assert.Equal(FieldFault.ExceptionNotInForce, Fault(await TryChange("AS-00001", asset => asset with { Exception = wrong })));
        await Change("AS-00001", asset => asset with { Exception = right });
        Assert.Null((await File(new("AS-00001")))!.Line.Misplaced);
        Assert.True((await desk.Save(new(AnAsset.Server("AS-00002") with { Exception = right }, LowRack, 0), rig.As(Operator), Never)).Ok);

        // Its time over, the finding is there again.
        rig.Service.Time.Advance(TimeSpan.FromDays(40));
        Assert.Equal(PlacementFault.LowerClass, (await File(new("AS-00001")))!.Line.Misplaced);
    }

    [Fact]
    [Requirement("R-LIFE-07")]
    public async Task SEC_alone_decides_the_class_and_on_what_was_looked_at()
    {
        await Register(AnAsset.Server(), Rack);
        var version = (await File(new("AS-00001")))!.Version;
        foreach (var other in new[] { Operator, Manager, Supervisor, Chief, Staff, Audits })
        {
            Assert.Equal("R-LIFE-07", (await desk.DecideClass(new("AS-00001"), version, III, "公開情報のみ", rig.As(other), Never)).Refusal?.Rule);
        }

        Assert.Equal("R-LIFE-07", (await desk.One(new("AS-00001"), rig.As(Operator), Never))!.WhyNotDecide?.Rule);
        await Change("AS-00001", asset => asset with { Holds = [new("住民記録", I)] });
        Assert.Equal(FieldFault.ChangedMeanwhile, Fault(await desk.DecideClass(new("AS-00001"), version, III, "公開情報のみ", rig.As(Security), Never)));
        Assert.Equal(FieldFault.ClassBelowContent, Fault(await desk.DecideClass(new("AS-00001"), (await File(new("AS-00001")))!.Version, III, "公開情報のみ", rig.As(Security), Never)));
        Assert.Equal(["AS-00001"], await Tags(Everything with { Show = AssetShow.Undecided }));
        await Decide("AS-00001", I);
        Assert.Empty(await Tags(Everything with { Show = AssetShow.Undecided }));
        Assert.Equal(FieldFault.NothingToChange, Fault(await desk.DecideClass(new("AS-00001"), (await File(new("AS-00001")))!.Version, I, "再確認", rig.As(Security), Never)));
    }

    [Fact]
    [Requirement("R-MOVE-12")]
    public async Task A_box_and_mixed_media_take_the_highest_class_in_them_also_when_that_changes_later()
    {
        await Register(AnAsset.Box(), Rack);
        await Decide("BX-00001", IV);
        Assert.Equal(IV, await Effective("BX-00001"));
        await Register(AnAsset.Media() with { Container = new("BX-00001"), Holds = [new("統計", III), new("名簿", II)] }, Rack);
        Assert.Equal(I, await Effective("BX-00001"));
        await Decide("MD-00001", II);
        Assert.Equal((II, II), (await Effective("MD-00001"), await Effective("BX-00001")));
        Assert.Equal(FieldFault.ClassBelowContent, Fault(await desk.DecideClass(new("MD-00001"), (await File(new("MD-00001")))!.Version, III, "見直し", rig.As(Security), Never)));

        // Emptied of the names, the medium may be lower, and so is the box.
        await Change("MD-00001", asset => asset with { Holds = [new("統計", III)] });
        await Decide("MD-00001", III);
        Assert.Equal((III, III), (await Effective("MD-00001"), await Effective("BX-00001")));

        // Taken out, the box is what was decided for it.
        await Change("MD-00001", asset => asset with { Container = null });
        Assert.Equal(IV, await Effective("BX-00001"));

        // A box does not lie in what lies in it.
        await Register(AnAsset.Box("BX-00002") with { Container = new("BX-00001") }, Rack);
        Assert.Equal(FieldFault.InCircle, Fault(await TryChange("BX-00001", asset => asset with { Container = new("BX-00002") })));
    }

    [Fact]
    [Requirement("R-LIFE-08")]
    public async Task A_copy_carries_the_class_of_its_original_and_copies_of_copies_too()
    {
        await Register(AnAsset.Media("MD-00001"), Rack);
        await Decide("MD-00001", III);
        await Register(AnAsset.Media("MD-00002") with { CopyOf = new("MD-00001") }, Rack);
        await Decide("MD-00002", III);
        await Register(AnAsset.Media("MD-00003") with { CopyOf = new("MD-00002") }, Rack);
        await Decide("MD-00003", III);
        Assert.Equal(FieldFault.ClassBelowOriginal, Fault(await desk.DecideClass(new("MD-00003"), (await File(new("MD-00003")))!.Version, IV, "複製", rig.As(Security), Never)));

        await Decide("MD-00001", I);
        Assert.Equal((I, I), (await Effective("MD-00002"), await Effective("MD-00003")));
        Assert.Equal(FieldFault.InCircle, Fault(await TryChange("MD-00001", asset => asset with { CopyOf = new("MD-00003") })));
    }

    [Fact]
    [Requirement("R-LIFE-02")]
    public async Task Maintenance_that_is_due_is_listed_and_told_until_it_is_done()
    {
        await Register(AnAsset.Server(), Rack);
        await Register(AnAsset.Server("AS-00002") with { MaintenanceFrom = new(2026, 5, 11) }, Rack);
        Assert.Empty(await Tags(Everything with { Show = AssetShow.Overdue }));
        rig.Service.Time.Advance(TimeSpan.FromDays(144));
        Assert.Equal(["AS-00001"], await Tags(Everything with { Show = AssetShow.Overdue }));
        Assert.Equal((AttentionKind.EquipmentOverdue, 1), Assert.Single(Overdue(), one => true) is { Kind: var kind, Count: 1 } ? (kind, 1) : default);

        Assert.NotNull((await desk.Maintain(new("AS-00001"), await Seen("AS-00001"), new(2026, 10, 2), "異常なし", rig.As(Security), Never)).Refusal);
        Assert.Equal(FieldFault.InFuture, Fault(await desk.Maintain(new("AS-00001"), await Seen("AS-00001"), new(2027, 1, 1), "異常なし", rig.As(Operator), Never)));
        Assert.True((await desk.Maintain(new("AS-00001"), await Seen("AS-00001"), new(2026, 10, 2), "異常なし", rig.As(Operator), Never)).Ok);
        Assert.Equal(FieldFault.OutOfRange, Fault(await desk.Maintain(new("AS-00001"), await Seen("AS-00001"), new(2026, 9, 1), "異常なし", rig.As(Operator), Never)));
        Assert.Empty(await Tags(Everything with { Show = AssetShow.Overdue }));
        Assert.Empty(Overdue());
        var line = (await File(new("AS-00001")))!.Line;
        Assert.Equal((new DateOnly(2026, 10, 2), new DateOnly(2027, 4, 2)), (line.MaintainedOn, line.MaintenanceDue));
    }

    [Fact]
    [Requirement("R-MOVE-10")]
    public async Task A_document_is_with_one_holder_until_a_day_and_told_when_it_is_late()
    {
        var paper = AnAsset.Media("DOC-1") with { Kind = AssetKind.Document, Name = "構成図", Serial = "" };
        await Register(paper, Rack);
        await Register(AnAsset.Server(), Rack);
        var (tag, today) = (paper.Tag, new DateOnly(2026, 5, 11));
        Assert.Equal(FieldFault.NotLent, Fault(await desk.HandOver(new("AS-00001"), await Seen("AS-00001"), new(Staff), today, "確認", rig.As(Operator), Never)));
        Assert.Equal(FieldFault.AlreadyOver, Fault(await desk.HandOver(tag, await Seen("DOC-1"), new(Staff), today.AddDays(-1), "確認", rig.As(Operator), Never)));
        Assert.Equal(FieldFault.Unknown, Fault(await desk.HandOver(tag, await Seen("DOC-1"), new("S-9999"), today, "確認", rig.As(Operator), Never)));
        Assert.True((await desk.HandOver(tag, await Seen("DOC-1"), new(Staff), today.AddDays(3), "配線の確認", rig.As(Operator), Never)).Ok);
        Assert.Equal(FieldFault.AlreadyHeld, Fault(await desk.HandOver(tag, await Seen("DOC-1"), new(Colleague), today.AddDays(3), "確認", rig.As(Operator), Never)));
        Assert.Equal(Staff, (await File(tag))!.Line.Holder?.Id.Value);
        Assert.Empty(Overdue());
        rig.Service.Time.Advance(TimeSpan.FromDays(4));
        Assert.Equal(["DOC-1"], await Tags(Everything with { Show = AssetShow.Overdue }));
        Assert.Single(Overdue());
        Assert.True((await desk.HandBack(tag, await Seen("DOC-1"), rig.As(Operator), Never)).Ok);
        Assert.Equal(FieldFault.NothingToChange, Fault(await desk.HandBack(tag, await Seen("DOC-1"), rig.As(Operator), Never)));
        Assert.Null((await File(tag))!.Line.Holder);
    }

    [Fact]
    [Requirement("R-MOVE-10")]
    [Requirement("R-LIFE-02")]
    public async Task From_an_old_page_nothing_is_taken_back_from_who_has_it_by_now_nor_handed_over_nor_maintained()
    {
        var paper = AnAsset.Media("DOC-1") with { Kind = AssetKind.Document, Name = "構成図", Serial = "" };
        await Register(paper, Rack);
        var (tag, today) = (paper.Tag, new DateOnly(2026, 5, 11));
        var free = await Seen("DOC-1");
        Assert.True((await desk.HandOver(tag, free, new(Staff), today, "確認", rig.As(Operator), Never)).Ok);
        var held = await Seen("DOC-1");
        Assert.True((await desk.HandBack(tag, held, rig.As(Operator), Never)).Ok);
        Assert.True((await desk.HandOver(tag, await Seen("DOC-1"), new(Colleague), today, "確認", rig.As(Operator), Never)).Ok);

        Assert.Equal(FieldFault.ChangedMeanwhile, Fault(await desk.HandBack(tag, held, rig.As(Operator), Never)));
        Assert.Equal(Colleague, (await File(tag))!.Line.Holder?.Id.Value);
        Assert.Equal(FieldFault.ChangedMeanwhile, Fault(await desk.HandOver(tag, free, new(Staff), today, "確認", rig.As(Operator), Never)));
        Assert.Equal(FieldFault.ChangedMeanwhile, Fault(await desk.Maintain(tag, free, today, "異常なし", rig.As(Operator), Never)));
    }

    [Fact]
    [Requirement("R-MOVE-10")]
    public async Task Nobody_is_handed_what_is_off_the_premises_or_out_by_a_permit()
    {
        await Register(AnAsset.Media("MD-1"), Rack);
        await Register(AnAsset.Media("MD-2"), Rack);
        await rig.Write(new AssetMoved(rig.Service.Time.GetUtcNow(), new("MD-1"), Rack, new(null, "", "別館の倉庫"), new("M-2026-0001"), false, Manager));
        var (now, today) = (rig.Service.Time.GetUtcNow(), new DateOnly(2026, 5, 11));
        CarriedItem carried = new(CarriedKind.Media, "MD-2", "媒体", "", III, Segment.Internet, ItemOwnership.Organisation, Encrypted: true);
        CarryPlan plan = new(CarryDirection.Out, [carried], "別館", null, now, now.AddDays(1), "公用車", [], null, null, "情報政策課");
        await rig.Write(new CarryPermitted(now, new(new("K-2026-0045"), new("P-2026-0045"), plan, "研修", new(Staff), now, new(Security), RoomGuard.Core.Operators.Role.SecurityManager, now, ""), Security));
        await rig.Write(new CarryPassed(now, new("K-2026-0045"), CarryPassage.WentOut, [1], new(Staff), "", Operator));

        foreach (var (tag, where) in new[] { ("MD-1", "別館の倉庫"), ("MD-2", "K-2026-0045") })
        {
            var problem = Assert.Single((await desk.HandOver(new(tag), await Seen(tag), new(Staff), today, "確認", rig.As(Operator), Never)).Problems);
            Assert.Equal((FieldFault.ItemAway, where), (problem.Fault, problem.Value));
        }

        await rig.Write(new CarryPassed(now, new("K-2026-0045"), CarryPassage.CameBack, [1], new(Staff), "", Operator));
        Assert.True((await desk.HandOver(new("MD-2"), await Seen("MD-2"), new(Staff), today, "確認", rig.As(Operator), Never)).Ok);
    }

    [Fact]
    public async Task The_register_is_searched_filtered_and_turned_page_by_page()
    {
        for (var at = 1; at <= 7; at++)
        {
            await Register(AnAsset.Server($"AS-{at:00000}") with { Serial = $"SER-{at}", Name = at % 2 == 0 ? "通信装置" : "ﾊﾞｯｸｱｯﾌﾟ装置", Kind = at % 2 == 0 ? AssetKind.Network : AssetKind.Server, Storage = [new($"SSD-{at}", "")] }, at < 5 ? Rack : null);
        }

        await Decide("AS-00003", II);
        Assert.Equal(["AS-00001", "AS-00003", "AS-00005", "AS-00007"], await Tags(Everything with { Words = "バックアップ" }));
        Assert.Equal(["AS-00005"], await Tags(Everything with { Words = "ser-5" }));
        Assert.Equal(["AS-00006"], await Tags(Everything with { Words = "ssd-6 通信" }));
        Assert.Equal(["AS-00002", "AS-00004"], await Tags(Everything with { Kind = AssetKind.Network, Zone = A.Room }));
        Assert.Equal(["AS-00003"], await Tags(Everything with { Importance = II }));
        Assert.Empty(await Tags(Everything with { Segment = Segment.Lgwan }));

        var first = (await desk.Assets(Everything with { Rows = 3 }, rig.As(Audits), Never))!;
        var second = (await desk.Assets(Everything with { Rows = 3, After = first.Next }, rig.As(Audits), Never))!;
        var third = (await desk.Assets(Everything with { Rows = 3, After = second.Next }, rig.As(Audits), Never))!;
        Assert.Equal((7, "AS-00003", "AS-00006", (string?)null), (first.Total, first.Next, second.Next, third.Next));
        Assert.Equal("AS-00007", Assert.Single(third.Lines).Asset.Tag.Value);
        Assert.False(first.MayKeep);

        var all = new List<string>();
        await foreach (var line in desk.All(Everything with { Words = "通信" }, rig.As(Audits), Never))
        {
            all.Add(line.Asset.Tag.Value);
        }

        Assert.Equal(["AS-00002", "AS-00004", "AS-00006"], all);
        await foreach (var line in desk.All(Everything, rig.As(Staff), Never))
        {
            Assert.Fail($"{line.Asset.Tag} was written out for somebody who may not see it.");
        }
    }

    [Fact]
    public async Task The_story_of_an_item_is_every_entry_about_it_with_what_changed()
    {
        await Register(AnAsset.Server(), Rack);
        await Register(AnAsset.Server("AS-00002"), Rack);
        await Decide("AS-00001", II);
        await Change("AS-00001", asset => asset with { Serial = "ZX-9", RedundancyGroup = "" });
        _ = await desk.Maintain(new("AS-00001"), await Seen("AS-00001"), new(2026, 5, 11), "異常なし", rig.As(Operator), Never);

        var story = (await File(new("AS-00001")))!.Story;
        Assert.Equal([typeof(AssetMaintained), typeof(AssetRecorded), typeof(AssetClassDecided), typeof(AssetRecorded)], story.Select(step => step.Event.GetType()));
        Assert.Equal([new("serial", "ZX9-55102", "ZX-9"), new("redundancyGroup", "SV-A", null)], story[1].Changes.AsEnumerable());
        Assert.Equal(("架空 安男", "架空 操"), (story[2].ByName, story[3].ByName));
        Assert.All(story, step => Assert.Equal(RecordViews.ItemOf(rig.Service.Record.Read(step.N, 1)[0]).Event, step.Event, (one, other) => one?.GetType() == other?.GetType()));
    }

    [Fact]
    public async Task Two_who_change_one_item_at_once_do_not_undo_each_other()
    {
        await Register(AnAsset.Server(), Rack);
        var version = (await File(new("AS-00001")))!.Version;
        var both = await Task.WhenAll(
            desk.Save(new(AnAsset.Server() with { Note = "一" }, null, version), rig.As(Operator), Never), desk.Save(new(AnAsset.Server() with { Note = "二" }, null, version), rig.As(Manager), Never));
        Assert.Equal(FieldFault.ChangedMeanwhile, Fault(Assert.Single(both, done => !done.Ok)));
    }

    [Fact]
    public async Task A_list_that_leaves_the_house_is_in_the_record()
    {
        await desk.Exported("/equipment.csv", 3, new string('a', 64), rig.As(Audits), Never);
        Assert.Equal(("AssetRegister", 3L, Audits), RecordViews.ItemOf(rig.Service.Record.Read(rig.Service.Record.Size - 1, 1)[0]).Event is RecordExported done ? (done.Register, done.Count, done.By) : default);
    }

    private static AssetQuery Everything { get; } = new(null, null, null, null, null, AssetShow.All, null, 50);

    private static FieldFault Fault(ActResult done) => Assert.Single(done.Problems).Fault;

    private Attention[] Overdue() => rig.Service.Ask(db => AssetLists.Overdue(db, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(rig.Service.Time.GetUtcNow(), rig.Service.Record.TimeZone).DateTime), rig.Service.Record.TimeZone).ToArray());

    private Task<AssetFile?> File(AssetTag tag) => desk.One(tag, rig.As(Audits), Never);

    private async Task<long> Seen(string tag) => (await File(new(tag)))!.Version;

    private async Task<ImportanceClass> Effective(string tag) => (await File(new(tag)))!.Line.Effective;

    private async Task<string[]> Tags(AssetQuery query) => [.. (await desk.Assets(query, rig.As(Audits), Never))!.Lines.Select(line => line.Asset.Tag.Value)];

    private async Task Register(Asset asset, AssetPlace? place)
    {
        var done = await desk.Save(new(asset, place, 0), rig.As(Operator), Never);
        Assert.True(done.Ok, string.Join(", ", done.Problems));
    }

    private async Task<ActResult> TryChange(string tag, Func<Asset, Asset> change, AssetPlace? place = null)
    {
        var file = (await File(new(tag)))!;
        return await desk.Save(new(change(file.Line.Asset), place, file.Version), rig.As(Operator), Never);
    }

    private async Task Change(string tag, Func<Asset, Asset> change, AssetPlace? place = null)
    {
        var done = await TryChange(tag, change, place);
        Assert.True(done.Ok, string.Join(", ", done.Problems));
    }

    private async Task Decide(string tag, ImportanceClass importance)
    {
        var done = await desk.DecideClass(new(tag), (await File(new(tag)))!.Version, importance, "保存する情報による", rig.As(Security), Never);
        Assert.True(done.Ok, string.Join(", ", done.Problems));
    }

    private async Task<string> Exception(string rule)
    {
        var today = DateOnly.FromDateTime(rig.Service.Time.GetUtcNow().ToOffset(TimeSpan.FromHours(9)).DateTime);
        var id = await rig.Applied(new ExceptionMatter(rule, "LOW-1", "施錠したラックに置く", "小さい", today, today.AddDays(30), null, null), Security);
        Assert.True((await rig.Decide(id, Chief)).Ok);
        return id.Value;
    }
}
