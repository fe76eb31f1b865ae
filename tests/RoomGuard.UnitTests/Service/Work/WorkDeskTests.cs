using System.Collections.Immutable;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Files;
using RoomGuard.Hosting;
using RoomGuard.Service.Commands;
using RoomGuard.Service.Files;
using RoomGuard.Service.Work;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Work;

/// <summary>作業記録 from application to mutual check, held against who is inside.</summary>
public sealed class WorkDeskTests : IAsyncLifetime
{
    private const string Second = "S-0111";
    private static readonly ZoneId Room = new("SRV-1");
    private CaseRig rig = null!;
    private FileShelf shelf = null!;
    private WorkDesk desk = null!;
    private WorkWatch watch = null!;

    private DateTimeOffset Now => rig.Service.Time.GetUtcNow();

    private static WorkOutcome Done => new(WorkResult.Done, WorkImpact.None, "1.4.2", "1.4.3", null, null, "");

    public async Task InitializeAsync()
    {
        rig = await Begin();
        await rig.Write(new PersonRecorded(Now, new(new(Second), "架空 二郎", "かくう じろう", PersonCategory.Staff, "情報政策課", null, null), "test"));
        _ = await rig.Hold(Second, Role.SystemStaff, "情報政策課");
        shelf = new(rig.Service.Folders.Files);
        desk = new(rig.Service.Record, rig.Service.Policy, rig.Guard, rig.Service.Turn, shelf, rig.Service.Time);
        watch = new(rig.Service.Record, rig.Service.Turn, rig.Service.Time);
    }

    public async Task DisposeAsync()
    {
        shelf.Dispose();
        await rig.DisposeAsync();
    }

    [Fact]
    [Requirement("R-WORK-01")]
    [Requirement("R-WORK-02")]
    [Requirement("R-WORK-05")]
    public async Task A_change_by_two_who_were_there_is_begun_ended_and_confirmed_by_the_other_one()
    {
        var id = await Allowed(Plan());

        // Its number is the purpose of entry of both.
        Assert.Equal(2, rig.Service.Ask(db => (long)db.Value("SELECT count(*) FROM view_room_orders WHERE key LIKE 'purpose %' AND json LIKE '%' || $1 || '%'", id.Value)!));

        Assert.Equal("PerformerNotInside", (await desk.Start(id, Of(id).Version, rig.As(Operator), Never)).Problems.Single().Value);
        await Enters(Operator);
        Assert.Equal("CheckerNotInside", (await desk.Start(id, Of(id).Version, rig.As(Operator), Never)).Problems.Single().Value);
        await Enters(Second);
        Assert.Equal(FieldFault.Unknown, Fault(await desk.Start(id, Of(id).Version, rig.As(Staff), Never)));
        Assert.True((await desk.Start(id, Of(id).Version, rig.As(Operator), Never)).Ok);
        Assert.Equal(FieldFault.ChangedMeanwhile, Fault(await desk.Start(id, Of(id).Version, rig.As(Second), Never)));

        rig.Service.Time.Advance(TimeSpan.FromHours(1));
        Assert.True((await desk.End(id, Of(id).Version, Done, rig.As(Operator), Never)).Ok);

        // Who performs never confirms, nor does whoever was not there.
        Assert.Equal("R-WORK-02", (await desk.Check(id, Of(id).Version, "", rig.As(Operator), Never)).Refusal?.Rule);
        Assert.NotNull((await desk.Check(id, Of(id).Version, "", rig.As(Manager), Never)).Refusal);
        Assert.Equal(1, (await desk.Waiting(rig.As(Second), Never)).ToCheck);
        Assert.True((await desk.Check(id, Of(id).Version, "版を確認", rig.As(Second), Never)).Ok);

        var file = Of(id);
        Assert.Equal((WorkStatus.Confirmed, Second), (file.StatusAt(Now), file.CheckedBy!.Value.Value));
        Assert.Equal(TimeSpan.FromHours(1), file.EndedAt - file.StartedAt);
        Assert.Single(file.ProofOf(new(Operator)));
        Assert.Equal(FieldFault.ChangedMeanwhile, Fault(await desk.End(id, file.Version, Done, rig.As(Operator), Never)));
    }

    [Fact]
    [Requirement("R-WORK-02")]
    public async Task A_change_whose_checker_was_away_is_never_completed_and_may_be_confirmed_as_rolled_back()
    {
        var id = await Begun();
        await Leaves(Second);
        rig.Service.Time.Advance(TimeSpan.FromMinutes(10));
        await Enters(Second);
        rig.Service.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.True((await desk.End(id, Of(id).Version, Done, rig.As(Operator), Never)).Ok);

        var refused = await desk.Check(id, Of(id).Version, "", rig.As(Second), Never);
        Assert.Equal("CheckersNotProven", refused.Problems.Single().Value);
        Assert.Contains("work.refused", Of(id).Story.Select(line => line.Kind));
        Assert.Equal(FieldFault.Required, Fault(await desk.End(id, Of(id).Version, Done with { Result = WorkResult.RolledBack }, rig.As(Operator), Never)));
        var ended = Of(id).EndedAt;
        rig.Service.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.True((await desk.End(id, Of(id).Version, Done with { Result = WorkResult.RolledBack, Note = "確認者が不在のため切戻し" }, rig.As(Operator), Never)).Ok);
        Assert.Equal(ended, Of(id).EndedAt);
        Assert.True((await desk.Check(id, Of(id).Version, "", rig.As(Second), Never)).Ok);
    }

    [Fact]
    [Requirement("R-WORK-06")]
    public async Task Left_alone_in_a_change_is_an_alarm_after_two_minutes_and_over_when_the_other_is_back()
    {
        var id = await Begun();
        rig.Service.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(await watch.LookAsync(Never));
        await Leaves(Second);
        rig.Service.Time.Advance(TimeSpan.FromSeconds(119));
        Assert.True(await watch.LookAsync(Never));
        Assert.False(Of(id).AloneRaised);
        rig.Service.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await watch.LookAsync(Never));
        Assert.True(await watch.LookAsync(Never));
        Assert.True(Of(id).AloneRaised);
        Assert.Equal((AlarmKinds.LoneWork.Id, id.Value), rig.Service.Ask(db => ((string)db.Value("SELECT kind FROM view_alarms WHERE subject = $1", id.Value)!, (string)db.Value("SELECT subject FROM view_alarms WHERE subject = $1", id.Value)!)));

        await Enters(Second);
        Assert.True(await watch.LookAsync(Never));
        Assert.False(Of(id).AloneRaised);
        Assert.Equal(["work.alone", "work.accompanied"], rig.Service.Kinds().Where(kind => kind is "work.alone" or "work.accompanied"));
    }

    [Fact]
    [Requirement("R-WORK-01")]
    public async Task Left_open_after_everybody_has_gone_it_is_told_and_its_end_is_when_the_performer_left()
    {
        var id = await Begun(Plan() with { Kind = WorkKind.Maintenance, Checkers = [] });
        rig.Service.Time.Advance(TimeSpan.FromMinutes(30));
        await Leaves(Operator);
        var left = Now;
        rig.Service.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.True(await watch.LookAsync(Never));
        Assert.True(await watch.LookAsync(Never));
        Assert.Equal(1, Of(id).Reminded);
        Assert.Equal((1, 0), ((await desk.Waiting(rig.As(Operator), Never)).Open, (await desk.Waiting(rig.As(Second), Never)).Open));

        rig.Service.Time.Advance(TimeSpan.FromHours(1));
        Assert.True((await desk.End(id, Of(id).Version, Done, rig.As(Operator), Never)).Ok);
        Assert.Equal(left, Of(id).EndedAt);

        // Without a checker named, the system manager of the zone confirms; another zone's never sees it as theirs.
        Assert.NotEmpty((await desk.Check(id, Of(id).Version, "", rig.As(OtherManager), Never)).Problems.Select(problem => problem.Fault));
        Assert.True((await desk.Check(id, Of(id).Version, "", rig.As(Manager), Never)).Ok);
        Assert.Equal("work.checked", rig.Service.Kinds()[^1]);
    }

    [Fact]
    [Requirement("R-WORK-03")]
    public async Task Wiring_by_anybody_else_is_refused_with_the_name_and_stands_in_the_record()
    {
        var refused = await rig.Apply(new WorkMatter(Plan() with { Kind = WorkKind.Cabling, Performers = [new(Operator), new(Facility)], Checkers = [] }), Operator);
        Assert.Equal(("performers", $"WiringNotAllowed {Facility}"), (refused.Problems.Single().Field, refused.Problems.Single().Value));

        var by = Plan() with { Kind = WorkKind.Cabling, Performers = [new(CaseRig.Contractor)], Checkers = [] };
        Assert.Equal($"NotInContract {CaseRig.Contractor}", (await rig.Apply(new WorkMatter(by), Operator)).Problems.Single().Value);
        await rig.Write(new ContractRecorded(Now, new(new("CT-12"), "配線", [new("例示保守", "配線", new(2026, 4, 1))], "例示 託也", "情報政策課", [Room], [new(new(CaseRig.Contractor), "例示保守")], new(2026, 4, 1), new(2027, 4, 1), new(2026, 3, 1), "適"), "test"));
        Assert.True((await rig.Apply(new WorkMatter(by with { Contract = "CT-12" }), Operator)).Ok);
        Assert.Equal(2, rig.Service.Kinds().Count(kind => kind == "work.refused"));
    }

    [Fact]
    [Requirement("R-WORK-01")]
    public async Task Work_that_nobody_could_confirm_asks_for_a_checker_unless_another_answers_for_the_zone_too()
    {
        var plan = Plan() with { Kind = WorkKind.Inspection, Performers = [new(Manager)], Checkers = [] };
        var refused = await rig.Apply(new WorkMatter(plan), Manager);
        Assert.Equal(("checkers", "NobodyToConfirm"), (refused.Problems.Single().Field, refused.Problems.Single().Value));
        Assert.Equal("work.refused", rig.Service.Kinds()[^1]);
        Assert.True((await rig.Apply(new WorkMatter(plan with { Checkers = [new(Operator)] }), Manager)).Ok);
        _ = await rig.Hold(OtherManager, Role.SystemManager, "情報政策課", "SRV-1");
        Assert.True((await rig.Apply(new WorkMatter(plan), Manager)).Ok);
    }

    [Fact]
    [Requirement("R-WORK-04")]
    public async Task Work_is_read_by_role_and_by_those_who_have_a_part_in_it()
    {
        var id = await Allowed(Plan());
        foreach (var (person, sees) in new[]
        {
            (Operator, true), (Second, true), (Manager, true), (Supervisor, true), (Audits, true), (OtherManager, false), (Security, false), (Chief, false), (Facility, false), (Staff, false), (CaseRig.Contractor, false),
        })
        {
            Assert.Equal(sees ? [id] : [], (await desk.Register(new("", null, null, null, null, null), rig.As(person), Never)).Works.Select(look => look.File.Work.Id));
            Assert.Equal(sees, await desk.Work(id, rig.As(person), Never) is not null);
            Assert.Equal(sees, await desk.Sheet(id, rig.As(person), Never) is not null);
        }
    }

    [Fact]
    [Requirement("R-WORK-01")]
    public async Task How_things_stood_before_and_after_is_kept_with_files_until_it_is_confirmed_and_handed_out_to_who_may_read()
    {
        var id = await Allowed(Plan());
        SentFile log = new(@"C:\fakepath\..\before.log", "ランプは赤\n"u8.ToArray());
        foreach (var other in new[] { Audits, Supervisor })
        {
            Assert.Equal("R-WORK-01", (await desk.Note(id, Of(id).Version, WorkSide.Before, "", [log], rig.As(other), Never)).Refusal?.Rule);
        }

        Assert.Equal(0, shelf.Count);
        Assert.Equal(FieldFault.Required, Fault(await desk.Note(id, Of(id).Version, WorkSide.Before, " ", [], rig.As(Operator), Never)));
        Assert.True((await desk.Note(id, Of(id).Version, WorkSide.Before, "交換前", [log], rig.As(Operator), Never)).Ok);
        Assert.True((await desk.Note(id, Of(id).Version, WorkSide.After, "", [log with { Name = "again.txt" }], rig.As(Second), Never)).Ok);

        // The same content is there once, and each name stands with its note.
        Assert.Equal(1, shelf.Count);
        Assert.Equal(["before.log.txt", "again.txt"], Of(id).Notes.SelectMany(note => note.Files).Select(file => file.Name));
        var digest = Of(id).Notes[0].Files[0].Sha256;
        foreach (var (person, reads) in new[] { (Operator, true), (Audits, true), (OtherManager, false), (Staff, false), (CaseRig.Contractor, false) })
        {
            Assert.Equal(reads, await desk.File(id, digest, rig.As(person), Never) is { } given && given.Content.Span.SequenceEqual(log.Content.Span));
        }

        Assert.Equal(2, rig.Service.Kinds().Count(kind => kind == "record.exported"));
        Assert.Null(await desk.File(id, new('0', 64), rig.As(Operator), Never));

        // At most ten to a work; what is no such file keeps the whole note back.
        var nine = Enumerable.Range(0, 9).Select(at => new SentFile($"{at}.txt", System.Text.Encoding.UTF8.GetBytes($"{at}"))).ToImmutableArray();
        Assert.Equal(("files", FieldFault.TooManyFiles), (await desk.Note(id, Of(id).Version, WorkSide.After, "", nine, rig.As(Operator), Never)).Problems.Select(problem => (problem.Field, problem.Fault)).Single());
        Assert.Equal(FieldFault.FileNotTaken, Fault(await desk.Note(id, Of(id).Version, WorkSide.After, "", [log, new("photo.png", "MZ\0\0"u8.ToArray())], rig.As(Operator), Never)));
        Assert.Equal(1, shelf.Count);

        await Enters(Operator);
        await Enters(Second);
        Assert.True((await desk.Start(id, Of(id).Version, rig.As(Operator), Never)).Ok);
        rig.Service.Time.Advance(TimeSpan.FromHours(1));
        Assert.True((await desk.End(id, Of(id).Version, Done, rig.As(Operator), Never)).Ok);
        Assert.True((await desk.Check(id, Of(id).Version, "", rig.As(Second), Never)).Ok);
        Assert.Equal(FieldFault.ChangedMeanwhile, Fault(await desk.Note(id, Of(id).Version, WorkSide.After, "あとから", [], rig.As(Operator), Never)));
    }

    [Fact]
    [Requirement("R-WORK-01")]
    public async Task What_the_shelf_cannot_keep_is_never_named_by_an_entry()
    {
        var id = await Allowed(Plan());
        using (var spoiler = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={rig.Service.Folders.Files};Pooling=False"))
        {
            spoiler.Open();
            using var drop = spoiler.CreateCommand();
            drop.CommandText = "DROP TABLE contents";
            _ = drop.ExecuteNonQuery();
        }

        Assert.Equal(FieldFault.NotRecorded, Fault(await desk.Note(id, Of(id).Version, WorkSide.Before, "", [new("a.txt", "a"u8.ToArray())], rig.As(Operator), Never)));
        Assert.Empty(Of(id).Notes);
    }

    [Fact]
    [Requirement("R-WORK-02")]
    public async Task The_applicant_allows_nothing_and_another_zones_manager_neither()
    {
        var own = await rig.Applied(new WorkMatter(Plan()), Manager);
        Assert.Equal("R-PROF-05", (await rig.Decide(own, Manager)).Refusal?.Rule);
        Assert.False((await rig.Decide(own, OtherManager)).Ok);
        Assert.True((await rig.Decide(own, Supervisor)).Ok);
        Assert.NotNull((await rig.Apply(new WorkMatter(Plan()), Staff)).Refusal);
    }

    [Fact]
    public async Task Of_two_at_once_exactly_one_begins_it_and_made_again_from_the_record_it_is_the_same()
    {
        var id = await Allowed(Plan());
        await Enters(Operator);
        await Enters(Second);
        var version = Of(id).Version;
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(at => desk.Start(id, version, rig.As(at % 2 == 0 ? Operator : Second), Never)));
        Assert.Single(answers, answer => answer.Ok);
        Assert.True((await desk.End(id, Of(id).Version, Done, rig.As(Operator), Never)).Ok);
        await rig.Service.Record.DisposeAsync();

        Assert.Equal(ExitCodes.Ok, RebuildCommand.Run(rig.Service.Settings, rig.Service.Time, rig.Service.RandomBytes, TextWriter.Null));
        await rig.Service.Reopen();
    }

    private static FieldFault Fault(ActResult done) => Assert.Single(done.Problems).Fault;

    private WorkPlan Plan() => new(WorkKind.SystemChange, ["AS-00380"], Room, "制御装置の版上げ", "CR-77", [new(Operator)], [new(Second)], null, Now, Now.AddHours(8));

    private async Task<WorkId> Allowed(WorkPlan plan)
    {
        var asked = await rig.Applied(new WorkMatter(plan), Operator);
        var done = await rig.Decide(asked, Manager);
        Assert.True(done.Ok, $"{string.Join(", ", done.Problems)} {done.Refusal?.Because.En}");
        return new(rig.Dossier(asked).Made.Single());
    }

    private async Task<WorkId> Begun(WorkPlan? plan = null)
    {
        var id = await Allowed(plan ?? Plan());
        await Enters(Operator);
        await Enters(Second);
        var done = await desk.Start(id, Of(id).Version, rig.As(Operator), Never);
        Assert.True(done.Ok, string.Join(", ", done.Problems));
        return id;
    }

    private WorkDossier Of(WorkId id) => rig.Service.Ask(db => WorkView.Dossier(db, id))!;

    private Task<long> Enters(string person) => rig.Write(new PersonEntered(Now, Room, new("SRV-1-D1"), new(person)));

    private Task<long> Leaves(string person) => rig.Write(new PersonLeft(Now, Room, new("SRV-1-D1"), new(person), 1000));
}
