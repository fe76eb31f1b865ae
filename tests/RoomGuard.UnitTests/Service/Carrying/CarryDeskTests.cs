using System.Collections.Immutable;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Carrying;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Dashboard.Now;
using RoomGuard.Hosting;
using RoomGuard.Service.Carrying;
using RoomGuard.Service.Commands;
using RoomGuard.Service.Record;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Carrying;

/// <summary>持出し・持込み from application to checked return, by the right people and by wrong ones.</summary>
public sealed class CarryDeskTests : IAsyncLifetime
{
    private const string Clerk = "F-0312";
    private CaseRig rig = null!;
    private CarryDesk desk = null!;
    private CarryWatch watch = null!;

    private DateTimeOffset Now => rig.Service.Time.GetUtcNow();

    public async Task InitializeAsync()
    {
        rig = await Begin();
        await rig.Write(new PersonRecorded(Now, new(new(Clerk), "架空 受子", "かくう うけこ", PersonCategory.FixedTermStaff, "総務部", null, null), "test"));
        _ = await rig.Hold(Clerk, Role.Reception);
        desk = new(rig.Service.Record, PeopleCommands.Rules(rig.Service.Settings), rig.Service.Policy, rig.Guard, rig.Service.Turn, rig.Service.Time);
        watch = new(rig.Service.Record, rig.Service.Turn, rig.Service.Time);
    }

    public async Task DisposeAsync()
    {
        await rig.DisposeAsync();
    }

    [Fact]
    [Requirement("R-CARRY-01")]
    [Requirement("R-CARRY-04")]
    [Requirement("R-CARRY-08")]
    public async Task A_laptop_goes_out_by_permit_comes_back_is_checked_and_only_then_is_returned()
    {
        var id = await Permitted(Laptop());
        var permit = Of(id).Permit;
        Assert.Equal((Staff, Security, Role.SecurityManager), (permit.AppliedBy.Value, permit.ApprovedBy.Value, permit.ApprovedAs));
        Assert.StartsWith("K-2026-", id.Value, StringComparison.Ordinal);

        // Neither the applicant nor a colleague records what passes; the colleague does not even see it.
        Assert.NotNull((await Pass(id, false, Staff)).Refusal);
        Assert.Equal(FieldFault.Unknown, Fault(await Pass(id, false, Colleague)));
        Assert.True((await Pass(id, false, Clerk)).Ok);
        Assert.Equal(CarryStatus.Out, Of(id).StatusAt(Now));
        Assert.Equal(FieldFault.ChangedMeanwhile, Fault(await Pass(id, false, Clerk)));

        rig.Service.Time.Advance(TimeSpan.FromHours(3));
        Assert.True((await Pass(id, true, Security)).Ok);
        Assert.Equal(CarryStatus.AwaitsCheck, Of(id).StatusAt(Now));
        Assert.Equal(1, (await desk.Waiting(rig.As(Operator), Never)).ToCheck);

        // Found something, or not up to date: it stays.
        Assert.NotNull((await Check(id, ScanResult.Clean, true, Staff)).Refusal);
        Assert.True((await Check(id, ScanResult.Found, true, Operator)).Ok);
        Assert.Equal(CarryStatus.AwaitsCheck, Of(id).StatusAt(Now));
        Assert.True((await Check(id, ScanResult.Clean, false, Operator)).Ok);
        Assert.Equal(CarryStatus.AwaitsCheck, Of(id).StatusAt(Now));
        Assert.True((await Check(id, ScanResult.Clean, true, Operator)).Ok);
        Assert.Equal(CarryStatus.Returned, Of(id).StatusAt(Now));

        var file = Assert.Single(Of(id).Items);
        Assert.Equal((Clerk, Security, Operator), (file.PassedBy!.Value.Value, file.BackBy!.Value.Value, file.CheckedBy!.Value.Value));
        Assert.Equal(["carry.permitted", "carry.passed", "carry.passed", "carry.checked", "carry.checked", "carry.checked"], Of(id).Story.Select(line => line.Kind));
    }

    [Fact]
    [Requirement("R-CARRY-04")]
    public async Task What_is_not_back_is_told_at_the_due_time_and_to_the_section_head_a_day_later_each_once()
    {
        var id = await Permitted(Laptop());
        Assert.True((await Pass(id, false, Clerk)).Ok);
        Assert.True(await watch.LookAsync(Never));
        Assert.DoesNotContain("carry.overdue", rig.Service.Kinds());

        rig.Service.Time.Advance(TimeSpan.FromHours(8));
        Assert.True(await watch.LookAsync(Never));
        Assert.True(await watch.LookAsync(Never));
        Assert.Equal(1, Of(id).Reminded);
        Assert.Equal((1, 1, 0), ((await desk.Waiting(rig.As(Staff), Never)).Overdue, (await desk.Waiting(rig.As(Clerk), Never)).Overdue, (await desk.Waiting(rig.As(Security), Never)).Overdue));
        Assert.Equal(AttentionKind.CarryOverdue, Assert.Single(rig.Service.Ask(db => CarryDesk.Overdue(db, Now).ToList())).Kind);

        rig.Service.Time.Advance(TimeSpan.FromDays(1));
        Assert.True(await watch.LookAsync(Never));
        Assert.True(await watch.LookAsync(Never));
        Assert.Equal(2, Of(id).Reminded);
        Assert.Equal(1, (await desk.Waiting(rig.As(Security), Never)).Overdue);
        Assert.Equal(CarryStatus.Overdue, Of(id).StatusAt(Now));

        // The way back is recorded though its time is over, and nothing is told any more.
        Assert.True((await Pass(id, true, Clerk)).Ok);
        Assert.Empty(rig.Service.Ask(db => CarryDesk.Overdue(db, Now).ToList()));
        Assert.Equal(2, rig.Service.Kinds().Count(kind => kind == "carry.overdue"));
    }

    [Fact]
    [Requirement("R-CARRY-05")]
    [Requirement("R-CARRY-06")]
    [Requirement("R-CARRY-07")]
    public async Task What_the_rules_refuse_is_refused_with_each_reason_and_stands_in_the_record()
    {
        var own = Plan(Laptop() with { Ownership = ItemOwnership.Private }, Stick("USB-099"), Laptop() with { Tag = "PC-0100", Importance = ImportanceClass.II }) with { Protection = [] };
        var refused = await rig.Apply(new CarryMatter(own));

        Assert.Equal(
            [("tag1", "PrivateComputer"), ("safeguardVersion", "NoSafeguards"), ("protection", "NoProtection"), ("tag2", "MediaNotAllowed")],
            refused.Problems.Select(problem => (problem.Field, problem.Value)));
        Assert.Equal(4, rig.Service.Kinds().Count(kind => kind == "carry.refused"));
        Assert.DoesNotContain("case.applied", rig.Service.Kinds());
    }

    [Fact]
    [Requirement("R-CARRY-06")]
    public async Task Only_the_chief_sets_safeguards_and_class_two_leaves_only_by_the_version_in_force()
    {
        var plan = Plan(Laptop() with { Importance = ImportanceClass.II }) with { SafeguardVersion = "第1版" };
        Assert.Equal("NoSafeguards", (await rig.Apply(new CarryMatter(plan))).Problems.Single().Value);
        Assert.NotNull((await desk.SetSafeguards("第1版", "団体の端末だけを使う", rig.As(Supervisor), Never)).Refusal);
        Assert.True((await desk.SetSafeguards("第1版", "団体の端末だけを使う", rig.As(Chief), Never)).Ok);
        Assert.Equal(FieldFault.AlreadyExists, Fault(await desk.SetSafeguards("第1版", "別の内容", rig.As(Chief), Never)));
        var asked = await rig.Applied(new CarryMatter(plan));

        // A newer version between application and decision: it cannot be approved.
        Assert.True((await desk.SetSafeguards("第2版", "公衆の場で画面を見せない", rig.As(Chief), Never)).Ok);
        Assert.Equal("R-CARRY-06 (第2章6(1)①ウ)", (await rig.Decide(asked, Security)).Refusal?.Rule);
        Assert.True((await rig.Apply(new CarryMatter(plan with { SafeguardVersion = "第2版" }))).Ok);
    }

    [Fact]
    [Requirement("R-LIFE-07")]
    public async Task An_item_leaves_only_as_of_the_class_the_register_has_for_it_also_when_that_changes_after_the_application()
    {
        await rig.Write(new AssetRecorded(Now, Registered("PC-0098"), null, "test"));

        // Nobody has decided its class: it counts as class I, whatever the form says.
        Assert.Equal([("class1", "ClassBelowRegister")], (await rig.Apply(new CarryMatter(Plan(Laptop())))).Problems.Select(problem => (problem.Field, problem.Value)));
        await rig.Write(new AssetClassDecided(Now, new("PC-0098"), ImportanceClass.III, "研修用", Security));
        var asked = await rig.Applied(new CarryMatter(Plan(Laptop())));
        var permitted = await Permitted(Laptop());

        await rig.Write(new AssetClassDecided(Now, new("PC-0098"), ImportanceClass.I, "名簿を入れた", Security));
        Assert.Equal("R-LIFE-07 (第2章3(2)④)", (await rig.Decide(asked, Security)).Refusal?.Rule);
        Assert.Equal("ClassBelowRegister", Assert.Single((await Pass(permitted, false, Clerk)).Problems).Value);
        Assert.Contains("carry.refused", Of(permitted).Story.Select(line => line.Kind));
    }

    [Fact]
    [Requirement("R-CARRY-07")]
    public async Task Media_leave_while_they_are_on_the_list_and_not_a_moment_longer()
    {
        Assert.True((await desk.Keep(ListedStick, 0, rig.As(Manager), Never)).Ok);
        var id = await Permitted(Stick("USB-014"));
        Assert.True((await desk.TakeOff("USB-014", rig.As(Manager), Never)).Ok);

        var refused = await Pass(id, false, Clerk);
        Assert.Equal("MediaNotAllowed", Assert.Single(refused.Problems).Value);
        Assert.Contains("carry.refused", Of(id).Story.Select(line => line.Kind));

        Assert.True((await desk.Keep(ListedStick, 0, rig.As(Manager), Never)).Ok);
        Assert.True((await Pass(id, false, Clerk)).Ok);
    }

    [Fact]
    [Requirement("R-CARRY-03")]
    public async Task What_belongs_to_an_area_is_listed_by_its_own_system_manager_alone()
    {
        foreach (var other in new[] { Operator, Security, Supervisor, OtherManager, Audits })
        {
            Assert.NotNull((await desk.Keep(ListedStick, 0, rig.As(other), Never)).Refusal);
        }

        Assert.True((await desk.Keep(ListedStick, 0, rig.As(Manager), Never)).Ok);
        Assert.NotNull((await desk.TakeOff("USB-014", rig.As(OtherManager), Never)).Refusal);
        Assert.NotNull((await desk.Keep(ListedStick with { Zones = [new("MED-1")] }, 0, rig.As(OtherManager), Never)).Refusal);
        Assert.Equal(FieldFault.NothingToChange, Fault(await desk.Keep(ListedStick, 0, rig.As(Manager), Never)));
        Assert.Equal("Unrelated", (await rig.Apply(new CarryMatter(In("SRV-1", Stick("USB-099"))))).Problems.Single().Value);

        // Nobody writes over what another one wrote meanwhile: it is looked at first.
        Assert.Equal(FieldFault.ChangedMeanwhile, Fault(await desk.Keep(ListedStick with { Name = "別の名前" }, 0, rig.As(Manager), Never)));
        Assert.True((await desk.Keep(ListedStick with { Name = "別の名前" }, (await desk.Lists(rig.As(Manager), Never))!.Version, rig.As(Manager), Never)).Ok);
    }

    [Fact]
    [Requirement("R-CARRY-02")]
    public async Task What_is_private_comes_in_by_the_supervising_officers_word_and_the_section_heads_is_not_enough()
    {
        var own = Laptop() with { Ownership = ItemOwnership.Private, Importance = ImportanceClass.IV, Tag = "" };
        var asked = await rig.Applied(new CarryMatter(In(null, own)));
        Assert.Equal("R-CARRY-02", (await rig.Decide(asked, Security)).Refusal?.Rule);
        Assert.True((await rig.Decide(asked, Supervisor)).Ok);
        var id = new CarryPermitId(rig.Dossier(asked).Made.Single());
        Assert.Equal(Role.SupervisingOfficer, Of(id).Permit.ApprovedAs);
        Assert.True((await Pass(id, false, Clerk)).Ok);
        Assert.Equal(CarryStatus.Inside, Of(id).StatusAt(Now));
        Assert.True((await Pass(id, true, Clerk)).Ok);
        Assert.Equal(CarryStatus.Returned, Of(id).StatusAt(Now));
    }

    [Fact]
    [Requirement("R-CARRY-02")]
    [Requirement("R-CARRY-10")]
    public async Task At_the_desk_what_has_no_permit_stays_and_both_are_in_the_record()
    {
        var asked = await rig.Applied(new CarryMatter(In(null, Laptop() with { Ownership = ItemOwnership.Private, Importance = ImportanceClass.IV, Tag = "MY-1" })));
        Assert.True((await rig.Decide(asked, Supervisor)).Ok);
        ImmutableArray<BroughtItem> items =
        [
            new(CarriedKind.Phone, "", "スマートフォン", ItemOwnership.Private, null, null), new(CarriedKind.Terminal, "MY-1", "ノートPC", ItemOwnership.Private, null, null),
            new(CarriedKind.Terminal, "MY-2", "ノートPC", ItemOwnership.Private, null, null), new(CarriedKind.Document, "", "図面", ItemOwnership.Private, null, null),
        ];
        Assert.NotNull((await desk.Declare(new(new(Staff), null, items), rig.As(Staff), Never)).Refusal);
        Assert.Equal(FieldFault.Unknown, Fault(await desk.Declare(new(new("S-9999"), null, items), rig.As(Clerk), Never)));
        Assert.True((await desk.Declare(new(new(Staff), null, items), rig.As(Clerk), Never)).Ok);

        var today = (await desk.Today("", rig.As(Clerk), Never))!;
        Assert.Equal(
            [CarryRefusal.PrivatePhone, null, CarryRefusal.PrivateWithoutPermit, null],
            Assert.Single(today.Declared).Declared.Items.Select(item => item.Refusal));
        Assert.NotNull(today.Declared[0].Declared.Items[1].Permit);
        Assert.Equal(2, rig.Service.Kinds().Count(kind => kind == "carry.refused"));
    }

    [Fact]
    [Requirement("R-CARRY-11")]
    public async Task Nobody_allows_their_own_and_the_section_head_asks_the_supervising_officer()
    {
        var own = await rig.Applied(new CarryMatter(Plan(Laptop())), Security);
        Assert.Equal("R-PROF-05", (await rig.Decide(own, Security)).Refusal?.Rule);
        Assert.NotNull((await rig.Decide(own, Chief)).Refusal);
        Assert.True((await rig.Decide(own, Supervisor)).Ok);

        var hers = await rig.Applied(new CarryMatter(Plan(Laptop())), Supervisor);
        Assert.False((await rig.Decide(hers, Security)).Ok);
        Assert.True((await rig.Decide(hers, Chief)).Ok);
    }

    [Fact]
    [Requirement("R-CARRY-01")]
    public async Task By_a_permit_before_its_time_after_it_or_taken_back_nothing_leaves()
    {
        var early = await Permitted(Plan(Laptop()) with { From = Now.AddHours(1) });
        Assert.Equal("NoPermit", Assert.Single((await Pass(early, false, Clerk)).Problems).Value);
        rig.Service.Time.Advance(TimeSpan.FromHours(9));
        Assert.Equal("NoPermit", Assert.Single((await Pass(early, false, Clerk)).Problems).Value);
        Assert.Equal(CarryStatus.Unused, Of(early).StatusAt(Now));

        var taken = await Permitted(Plan(Laptop()));
        Assert.NotNull((await desk.Revoke(taken, Of(taken).Version, "中止", rig.As(Staff), Never)).Refusal);
        Assert.True((await desk.Revoke(taken, Of(taken).Version, "説明会の中止", rig.As(Security), Never)).Ok);
        Assert.Equal("NoPermit", Assert.Single((await Pass(taken, false, Clerk)).Problems).Value);
        Assert.Equal(CarryStatus.Revoked, Of(taken).StatusAt(Now));
    }

    [Fact]
    [Requirement("R-CARRY-04")]
    public async Task One_thing_is_away_by_one_permit_at_a_time()
    {
        var first = await Permitted(Laptop());
        var second = await Permitted(Laptop());
        Assert.True((await Pass(first, false, Clerk)).Ok);
        Assert.Equal("AlreadyAway", Assert.Single((await Pass(second, false, Clerk)).Problems).Value);
        Assert.True((await Pass(first, true, Clerk)).Ok);
        Assert.True((await Pass(second, false, Clerk)).Ok);
    }

    [Fact]
    public async Task Of_two_at_once_exactly_one_records_the_passing()
    {
        var id = await Permitted(Laptop());
        var version = Of(id).Version;
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => desk.Pass(id, version, new(false, [1], new(Staff), ""), rig.As(Clerk), Never)));

        Assert.Single(answers, answer => answer.Ok);
        Assert.Single(rig.Service.Kinds(), kind => kind == "carry.passed");
    }

    [Fact]
    public async Task The_register_shows_each_what_is_theirs_and_the_desk_what_may_pass_today()
    {
        var id = await Permitted(Laptop());
        foreach (var (person, sees) in new[] { (Staff, true), (Security, true), (Clerk, true), (Audits, true), (Colleague, false), (OtherSection, false), (Supervisor, false), (Operator, false), (Contractor, false) })
        {
            var register = await desk.Register(new("", null, null, null, null), rig.As(person), Never);
            Assert.Equal(sees ? [id] : [], register.Permits.Select(look => look.File.Permit.Id));
            Assert.Equal(sees, await desk.Permit(id, rig.As(person), Never) is not null);
        }

        Assert.Empty((await desk.Register(new("", null, CarryStatus.Out, null, null), rig.As(Audits), Never)).Permits);
        Assert.Single((await desk.Register(new("髙橋", CarryDirection.Out, CarryStatus.Permitted, null, null), rig.As(Audits), Never)).Permits);
        Assert.Null(await desk.Today("", rig.As(Staff), Never));
        Assert.Equal([id], (await desk.Today(Staff, rig.As(Clerk), Never))!.Leaving.Select(look => look.File.Permit.Id));
        Assert.Empty((await desk.Today("nobody", rig.As(Clerk), Never))!.Leaving);
        _ = await desk.Export(new("", null, null, null, null), rig.As(Audits), Never);
        Assert.NotNull(await desk.Sheet(id, rig.As(Audits), Never));
        Assert.Equal(2, rig.Service.Kinds().Count(kind => kind == "record.exported"));
    }

    [Fact]
    public async Task Made_again_from_the_record_the_permits_are_the_same()
    {
        var id = await Permitted(Laptop());
        Assert.True((await Pass(id, false, Clerk)).Ok);
        Assert.True((await desk.Keep(ListedStick, 0, rig.As(Manager), Never)).Ok);
        await rig.Service.Record.DisposeAsync();

        Assert.Equal(ExitCodes.Ok, RebuildCommand.Run(rig.Service.Settings, rig.Service.Time, rig.Service.RandomBytes, TextWriter.Null));
        await rig.Service.Reopen();
    }

    private static CarriedItem Laptop() => new(CarriedKind.Terminal, "PC-0098", "ノートPC", "研修資料", ImportanceClass.III, Segment.Internet, ItemOwnership.Organisation, Encrypted: true);

    private static Asset Registered(string tag) => new(
        new(tag), AssetKind.Terminal, "ノートPC", "架空電算", "PC-10", $"SER-{tag}", null, Segment.Internet, new(Manager), HasStorage: true, [new($"SSD-{tag}", "SSD")], [], "", null, null, null, [], null, null, null, "");

    private static CarriedItem Stick(string tag) => new(CarriedKind.Media, tag, "USBメモリ", "名簿", ImportanceClass.III, Segment.Internet, ItemOwnership.Organisation, Encrypted: true);

    private static ListedThing ListedStick => new("USB-014", CarriedKind.Media, "USBメモリ", [new("SRV-1")], MayLeave: true, Encrypted: true, Managed: true);

    private static FieldFault Fault(ActResult done) => Assert.Single(done.Problems).Fault;

    private CarryPlan Plan(params CarriedItem[] items) =>
        new(CarryDirection.Out, [.. items], "架空町役場", null, Now, Now.AddHours(8), "公用車", [TransportProtection.LockedCase], null, null, "");

    private CarryPlan In(string? zone, params CarriedItem[] items) => Plan(items) with { Direction = CarryDirection.In, Zone = zone is null ? null : new ZoneId(zone) };

    private Task<CarryPermitId> Permitted(CarriedItem item) => Permitted(Plan(item));

    private async Task<CarryPermitId> Permitted(CarryPlan plan)
    {
        var asked = await rig.Applied(new CarryMatter(plan));
        var done = await rig.Decide(asked, Security);
        Assert.True(done.Ok, $"{string.Join(", ", done.Problems)} {done.Refusal?.Because.En}");
        return new(rig.Dossier(asked).Made.Single());
    }

    private CarryDossier Of(CarryPermitId id) => rig.Service.Ask(db => CarryView.Dossier(db, id))!;

    private Task<ActResult> Pass(CarryPermitId id, bool back, string by) => desk.Pass(id, Of(id).Version, new(back, [1], new(Staff), ""), rig.As(by), Never);

    private Task<ActResult> Check(CarryPermitId id, ScanResult result, bool patched, string by) => desk.Check(id, Of(id).Version, new(1, result, patched, null, result is ScanResult.Found ? "隔離して調査" : ""), rig.As(by), Never);
}
