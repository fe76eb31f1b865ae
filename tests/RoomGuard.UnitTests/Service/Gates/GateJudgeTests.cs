using RoomGuard.Core.Carrying;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Gates;
using RoomGuard.Core.Panels;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Record;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Zones;
using RoomGuard.Service.Alarms;
using RoomGuard.Service.Equipment;
using RoomGuard.Service.Gates;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Core.Equipment;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Gates;

/// <summary>Reads of asset tags over a real record: judged once, by what was so when they were read, with an alarm where nothing covers them.</summary>
public sealed class GateJudgeTests : IAsyncLifetime
{
    private CaseRig rig = null!;
    private AssetDesk assets = null!;
    private MoveDesk moves = null!;
    private GateJudge judge = null!;

    private DateTimeOffset Now => rig.Service.Time.GetUtcNow();

    public async Task InitializeAsync()
    {
        rig = await Begin();
        assets = new(rig.Service.Record, rig.Service.Settings, rig.Service.Policy, rig.Guard, rig.Service.Turn, rig.Service.Time);
        moves = new(rig.Service.Record, rig.Service.Settings, rig.Service.Policy, rig.Guard, rig.Service.Turn, rig.Service.Time);
        judge = new(rig.Service.Record, rig.Service.Policy, rig.Service.Turn, rig.Service.Time);
        Assert.True((await assets.Save(new(AnAsset.Server(), null, 0), rig.As(Operator), Never)).Ok);
    }

    public async Task DisposeAsync()
    {
        await rig.DisposeAsync();
    }

    [Fact]
    [Requirement("R-MOVE-05")]
    public async Task An_item_that_leaves_with_no_move_is_an_alarm_with_its_name_the_door_and_who_was_near()
    {
        await rig.Write(new PersonEntered(Now, A.Room, A.Front, new(Staff)));
        rig.Service.Time.Advance(TimeSpan.FromMinutes(30));
        await rig.Write(A.Granted(Now.AddMinutes(-1), Contractor));
        await Reads("AS-00001");

        var told = Assert.Single(Written<AssetUnpermitted>());
        Assert.Equal((UnpermittedKind.MovedOut, "AS-00001", "住民記録サーバ", A.Front, UncoveredBecause.NothingOpen, Now), (told.Kind, told.Tag, told.Name, told.Door, told.Because, told.ReadAt));
        Assert.Equal([(Staff, true), (Contractor, false)], told.Nearby.Select(near => (near.Person.Value, near.Inside)));

        var alarm = Assert.Single(rig.Service.Ask(AlarmRows.AllOpen));
        Assert.Equal((AlarmKinds.UnpermittedMoveOut, AlarmLevel.Emergency, A.Front, A.Room, "AS-00001 住民記録サーバ"), (alarm.Kind, alarm.Level, alarm.Door!.Value, alarm.Zone!.Value, alarm.Device));

        // Those who answer for systems and for security deal with it, and see who was near; it is in the item's story.
        var desk = new AlarmDesk(rig.Service.Record, rig.Service.Policy, rig.Guard, rig.Service.Turn, rig.Service.Time);
        foreach (var person in new[] { Manager, Security })
        {
            var file = (await desk.File(alarm.Id, rig.As(person), Never))!;
            Assert.True(file.Line.MayAct);
            Assert.Equal([(Contractor, false), (Staff, true)], file.Nearby.Select(near => (near.Person.Id.Value, near.Near.Inside)));
        }

        Assert.Contains((await assets.One(new("AS-00001"), rig.As(Audits), Never))!.Story, step => step.Event is AssetUnpermitted);
        Assert.True((await desk.Acknowledge(new(alarm.Id, "現地で機器を戻した", false, []), rig.As(Manager), Never)).Ok);
        Assert.Empty(rig.Service.Ask(AlarmRows.AllOpen));
    }

    [Fact]
    [Requirement("R-MOVE-05")]
    public async Task The_same_item_read_again_soon_is_the_same_alarm_and_judged_once()
    {
        await Reads("AS-00001");
        await Reads("AS-00001", gate: "gate-2");
        Assert.Single(Written<AssetUnpermitted>());
        rig.Service.Time.Advance(TimeSpan.FromMinutes(5));
        await Reads("AS-00001");
        Assert.Equal(2, Written<AssetUnpermitted>().Length);
        Assert.Equal(2, Assert.Single(rig.Service.Ask(AlarmRows.AllOpen)).Times);
        Assert.Empty(rig.Service.Ask(db => GatesView.Waiting(db, 10)));
    }

    [Fact]
    [Requirement("R-MOVE-05")]
    public async Task A_move_under_way_covers_its_item_which_counts_as_passed()
    {
        await Begun();
        await Reads("AS-00001", TagDirection.In);

        Assert.Equal((new MoveId("M-2026-0001"), TagDirection.In), (Assert.Single(Written<AssetPassed>()).Move!.Value, Written<AssetPassed>()[0].Direction));
        var move = rig.Service.Ask(db => MovesView.One(db, new("M-2026-0001")))!;
        Assert.Equal("AS-00001", Assert.Single(move.Scanned).Value);
        Assert.Equal("gate-srv", Assert.Single(move.Story, line => line.Kind == "move.item-scanned").By);
        Assert.Empty(Written<AssetUnpermitted>());
        Assert.Contains((await assets.One(new("AS-00001"), rig.As(Audits), Never))!.Story, step => step.Event is AssetPassed);

        // And back out again it is not covered.
        rig.Service.Time.Advance(TimeSpan.FromMinutes(2));
        await Reads("AS-00001", TagDirection.Out);
        Assert.Equal((UncoveredBecause.OtherWay, "M-2026-0001"), (Assert.Single(Written<AssetUnpermitted>()).Because, Written<AssetUnpermitted>()[0].Other));
    }

    [Fact]
    [Requirement("R-MOVE-05")]
    [Requirement("R-RED-02")]
    public async Task Reads_kept_while_the_office_was_away_are_judged_by_what_was_so_then()
    {
        await Begun();
        var during = Now.AddMinutes(1);
        rig.Service.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.True((await moves.Scan(new("M-2026-0001"), new("AS-00001"), rig.As(Operator), Never)).Ok);
        Assert.True((await moves.Complete(new("M-2026-0001"), rig.Service.Ask(db => MovesView.One(db, new("M-2026-0001")))!.Version, rig.As(Staff), Never)).Ok);
        var after = Now.AddMinutes(1);
        rig.Service.Time.Advance(TimeSpan.FromHours(5));

        // Twice in the same report, as a bridge does that was not answered: applied once.
        var entries = rig.Service.Journal.Write(ARead(during, "AS-00001", TagDirection.In), ARead(after, "AS-00001", TagDirection.In));
        _ = await rig.Service.Send(entries);
        _ = await rig.Service.Send(entries);
        Assert.Equal(2, rig.Service.Ask(db => GatesView.Waiting(db, 10)).Length);
        Assert.True(await judge.LookAsync(Never));
        Assert.True(await judge.LookAsync(Never));

        Assert.Equal(during, Assert.Single(Written<AssetPassed>()).ReadAt);
        Assert.Equal((after, UncoveredBecause.NothingOpen), (Assert.Single(Written<AssetUnpermitted>()).ReadAt, Written<AssetUnpermitted>()[0].Because));
    }

    [Fact]
    [Requirement("R-MOVE-05")]
    public async Task A_tag_of_nobodys_register_is_told_as_such_and_not_for_ever()
    {
        await Reads("E28011700000020A");
        Assert.Equal("E28011700000020A", Assert.Single(Written<AssetTagUnknown>()).Tag);
        Assert.Equal(AlarmKinds.UnknownTag, Assert.Single(rig.Service.Ask(AlarmRows.AllOpen)).Kind);
        rig.Service.Time.Advance(TimeSpan.FromMinutes(30));
        await Reads("E28011700000020A");
        Assert.Single(Written<AssetTagUnknown>());

        for (var tag = 0; tag < 200; tag++)
        {
            await rig.Write(ARead(Now, $"E2-{tag:0000}", null));
        }

        Assert.True(await judge.LookAsync(Never));
        Assert.Equal(50, Written<AssetTagUnknown>().Length);
        Assert.Single(rig.Service.Ask(AlarmRows.AllOpen));
        rig.Service.Time.Advance(TimeSpan.FromHours(2));
        await Reads("E28011700000020A");
        Assert.Equal(51, Written<AssetTagUnknown>().Length);
    }

    [Fact]
    [Requirement("R-CARRY-01")]
    public async Task A_laptop_leaves_by_its_permit_and_without_one_it_is_carried_out_without_permission()
    {
        Assert.True((await assets.Save(new(AnAsset.Media("PC-0098") with { Kind = AssetKind.Terminal, Name = "ノートPC", Segment = Segment.Internet }, null, 0), rig.As(Operator), Never)).Ok);
        await rig.Write(new AssetClassDecided(Now, new("PC-0098"), ImportanceClass.III, "研修用", Security));
        await Reads("PC-0098");
        var told = Assert.Single(Written<AssetUnpermitted>());
        Assert.Equal((UnpermittedKind.CarriedOut, AlarmKinds.UnpermittedCarryOut), (told.Kind, Assert.Single(rig.Service.Ask(AlarmRows.AllOpen)).Kind));

        var item = new CarriedItem(CarriedKind.Terminal, "PC-0098", "ノートPC", "研修資料", ImportanceClass.III, Segment.Internet, ItemOwnership.Organisation, Encrypted: true);
        var asked = await rig.Applied(new CarryMatter(new(CarryDirection.Out, [item], "研修所", null, Now, Now.AddHours(8), "公用車", [TransportProtection.LockedCase], null, null, "情報政策課")));
        Assert.True((await rig.Decide(asked, Security)).Ok);
        rig.Service.Time.Advance(TimeSpan.FromMinutes(5));
        await Reads("PC-0098");
        Assert.Equal(rig.Dossier(asked).Made.Single(), Assert.Single(Written<AssetPassed>()).Permit!.Value.Value);
        Assert.Single(Written<AssetUnpermitted>());
    }

    [Theory]
    [Requirement("R-CARRY-07")]
    [Requirement("R-PROF-07")]
    [InlineData("base", true, false)]
    [InlineData("nishikitago", true, false)]
    [InlineData("memuro", true, false)]
    [InlineData("oshima-hiyama", true, false)]
    [InlineData("miyazaki", true, true)]
    [InlineData("miyazaki", false, false)]
    public async Task A_permit_covers_what_the_profile_and_the_list_let_pass_at_the_door_and_no_more(string profile, bool listed, bool covered)
    {
        // Allowed under a profile that lets listed encrypted media of the My Number segment leave, and read under this one.
        await Adopt(profile);
        var item = new CarriedItem(CarriedKind.Media, "MD-00007", "暗号化USB", "名簿", ImportanceClass.III, Segment.MyNumber, ItemOwnership.Organisation, Encrypted: true);
        if (listed)
        {
            await rig.Write(new CarryListed(Now, new("MD-00007", CarriedKind.Media, "暗号化USB", [], MayLeave: true, Encrypted: true, Managed: true), Removed: false, "S-0102"));
        }

        var plan = new CarryPlan(CarryDirection.Out, [item], "研修所", null, Now, Now.AddHours(8), "公用車", [TransportProtection.LockedCase], null, null, "情報政策課");
        await rig.Write(new CarryPermitted(Now, new(new("K-2026-0045"), new("P-2026-0045"), plan, "研修", new(Staff), Now, new(Security), RoomGuard.Core.Operators.Role.SecurityManager, Now, ""), Security));
        await Reads("MD-00007");

        Assert.Equal((covered ? 1 : 0, covered ? 0 : 1), (Written<AssetPassed>().Length, Written<AssetUnpermitted>().Length));
        Assert.All(Written<AssetUnpermitted>(), told => Assert.Equal((UnpermittedKind.CarriedOut, UncoveredBecause.PermitRefused, "K-2026-0045"), (told.Kind, told.Because, told.Other)));
    }

    [Fact]
    [Requirement("R-MOVE-05")]
    public void Each_passage_nothing_covers_is_an_alarm_of_its_own_that_stands_until_somebody_has_seen_it()
    {
        foreach (var (kind, alarm) in new[]
        {
            (UnpermittedKind.MovedOut, AlarmKinds.UnpermittedMoveOut), (UnpermittedKind.MovedIn, AlarmKinds.UnpermittedMoveIn), (UnpermittedKind.CarriedOut, AlarmKinds.UnpermittedCarryOut),
        })
        {
            var passed = new AssetUnpermitted(A.MondayNine, 1, A.MondayNine, kind, "AS-00001", "サーバ", A.Front, A.Room, false, UncoveredBecause.NothingOpen, "", []);
            var arose = Assert.IsType<CauseArose>(Assert.Single(AlarmSignals.Of(passed, null, default)));
            Assert.Equal((alarm, false), (arose.Kind, arose.Kind.Ends));
            Assert.True(arose.Kind.Act is RoomGuard.Core.Operators.Act.AcknowledgeIntrusionAlarm);
        }

        Assert.Equal(AlarmKinds.TagFlood, Assert.Single(AlarmSignals.Of(new AssetTagsMissed(A.MondayNine, new("gate-srv"), A.Front, 10), new PanelId("bridge-1"), default)).Kind);
    }

    private Task<long> Adopt(string profile)
    {
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        var adopted = ProfileShelf.Load(ProfileShelf.Folder).All.Where(one => one.Profile == profile).MaxBy(one => one.Version)!;
        return rig.Write(new ProfileAdopted(Now, new(profile, adopted.Version, today, RoomGuard.Core.Operators.Role.ChiefOfficer, "架空 総一", today, "決裁"), adopted));
    }

    private static AssetTagRead ARead(DateTimeOffset at, string tag, TagDirection? direction, string gate = "gate-srv") => new(at, new(gate), A.Front, A.Room, tag, direction, null);

    private async Task Reads(string tag, TagDirection? direction = TagDirection.Out, string gate = "gate-srv")
    {
        await rig.Write(ARead(Now, tag, direction, gate));
        Assert.True(await judge.LookAsync(Never));
    }

    private T[] Written<T>()
        where T : RecordedEvent =>
        [.. rig.Service.Record.Read(0, 10_000).Select(RoomGuard.Service.Record.RecordViews.ItemOf).Select(item => item.Event).OfType<T>()];

    private async Task Begun()
    {
        var plan = new MovePlan(MoveDirection.In, MovePurpose.New, [new(new("AS-00001"), "R03")], null, "架空電算の倉庫", A.Room, "", false, Now, Now.AddHours(2), [new(Operator)], "");
        var id = await rig.Applied(new MoveMatter(plan), Operator);
        Assert.True((await rig.Decide(id, Manager)).Ok);
        Assert.True((await moves.CheckImpact(new("M-2026-0001"), Version, ImpactResult.None, "", rig.As(Staff), Never)).Ok);
        await rig.Write(new PersonEntered(Now, A.Room, A.Front, new(Staff)));
        Assert.True((await moves.Start(new("M-2026-0001"), Version, rig.As(Staff), Never)).Ok);
    }

    private int Version => rig.Service.Ask(db => MovesView.One(db, new("M-2026-0001")))!.Version;
}
