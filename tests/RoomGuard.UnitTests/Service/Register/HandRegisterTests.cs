using System.Collections.Immutable;
using System.Text.RegularExpressions;
using RoomGuard.Core.Doors;
using RoomGuard.Core.HandRegister;
using RoomGuard.Core.Keys;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.HandRegister;
using RoomGuard.Dashboard.Keys;
using RoomGuard.Dashboard.Now;
using RoomGuard.Dashboard.Text;
using RoomGuard.Service.HandRegister;
using RoomGuard.Service.Keys;
using RoomGuard.Service.Looking;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Service.Cases;
using RoomGuard.UnitTests.Source;
using Xunit;

namespace RoomGuard.UnitTests.Service.Register;

/// <summary>The register kept by hand, keys and identity checks, at their desks.</summary>
public sealed class HandRegisterTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    [Requirement("R-DOOR-11")]
    public async Task A_line_entered_later_stands_in_the_register_by_the_time_on_the_paper_marked_Manual_and_unconfirmed()
    {
        await using var rig = await CaseRig.Begin();
        var desk = Hand(rig);
        var id = Ok(await desk.Enter(Line(), rig.As(CaseRig.Operator), Never));

        var row = Assert.Single(await rig.Service.Rows());
        Assert.Equal((RegisterSource.Manual, RegisterResult.Granted, A.MondayNine.AddHours(-3), "髙橋 翔太"), (row.Source, row.Result, row.OccurredAt, row.PersonName));
        Assert.Equal(TimeSpan.FromMinutes(40), row.Stay);
        Assert.Equal(("2026-05 / 12", CaseRig.Operator, (string?)null, id), (row.More!.PaperPage, row.More.EnteredBy, row.More.ConfirmedBy, row.More.HandLine));
        Assert.Equal(EntryMethod.Register, Assert.Single(row.Methods));
    }

    [Fact]
    [Requirement("R-DOOR-11")]
    [Requirement("R-PROF-05")]
    public async Task Who_entered_a_line_never_confirms_it_by_whichever_account_and_another_does()
    {
        await using var rig = await CaseRig.Begin();
        await rig.Hold(CaseRig.Manager, Role.SystemStaff, "情報政策課");
        await rig.Hold(CaseRig.Colleague, Role.SystemManager, "情報政策課", "SRV-1");
        var desk = Hand(rig);
        var id = Ok(await desk.Enter(Line(), rig.As(CaseRig.Manager), Never));

        foreach (var own in new[] { rig.As(CaseRig.Manager), rig.As(CaseRig.Manager) with { Account = new("A-other"), Privileged = true } })
        {
            var refused = await desk.Decide(id, HandLineVerdict.Confirmed, "", own, Never);
            Assert.Equal("R-DOOR-11", refused.Refusal?.Rule);
            Assert.False((await desk.Line(id, own, Never))!.MayDecide);
        }

        Assert.Equal(2, rig.Service.Kinds().Count(kind => kind == "act.refused"));
        Assert.NotNull((await desk.Decide(id, HandLineVerdict.Confirmed, "", rig.As(CaseRig.Operator), Never)).Refusal);
        Ok(await desk.Decide(id, HandLineVerdict.Confirmed, "一致", rig.As(CaseRig.Colleague), Never));
        Assert.Equal(FieldFault.ChangedMeanwhile, Assert.Single((await desk.Decide(id, HandLineVerdict.Rejected, "違う", rig.As(CaseRig.Colleague), Never)).Problems).Fault);
        Assert.Equal(CaseRig.Colleague, Assert.Single(await rig.Service.Rows()).More!.ConfirmedBy);
    }

    [Fact]
    [Requirement("R-DOOR-11")]
    public async Task A_line_that_is_not_on_the_paper_is_rejected_with_a_reason_and_stays_readable()
    {
        await using var rig = await CaseRig.Begin();
        var desk = Hand(rig);
        var id = Ok(await desk.Enter(Line(), rig.As(CaseRig.Operator), Never));

        Assert.Equal("note", Assert.Single((await desk.Decide(id, HandLineVerdict.Rejected, "", rig.As(CaseRig.Manager), Never)).Problems).Field);
        Ok(await desk.Decide(id, HandLineVerdict.Rejected, "12頁に該当する行がない", rig.As(CaseRig.Manager), Never));

        var row = Assert.Single(await rig.Service.Rows());
        Assert.True(row.More!.Rejected);
        Assert.Equal(StateText.NotOnPaper, StateText.Of(row));
    }

    [Theory]
    [Requirement("R-DOOR-11")]
    [InlineData(1, 23, false)]
    [InlineData(2, 0, true)]
    public async Task Unconfirmed_after_one_working_day_it_is_among_what_needs_a_hand(int days, int hours, bool late)
    {
        await using var rig = await CaseRig.Begin();
        var desk = Hand(rig);
        var id = Ok(await desk.Enter(Line(), rig.As(CaseRig.Operator), Never));

        // Entered on Monday at nine; midnight in Tokyo is fifteen hours on.
        rig.Service.Time.Advance(TimeSpan.FromHours(15) + TimeSpan.FromDays(days - 1) + TimeSpan.FromHours(hours));
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(rig.Service.Time.GetUtcNow(), rig.Service.Record.TimeZone).DateTime);
        Assert.Equal(late, rig.Service.Ask(db => HandRegisterDesk.Overdue(db, today)).Any(item => item.Kind == AttentionKind.HandLineOverdue));
        Assert.Equal(late, (await desk.Look(rig.As(CaseRig.Manager), Never)).Open.Single().Overdue);

        Ok(await desk.Decide(id, HandLineVerdict.Confirmed, "", rig.As(CaseRig.Manager), Never));
        Assert.Empty(rig.Service.Ask(db => HandRegisterDesk.Overdue(db, today)));
    }

    [Fact]
    [Requirement("R-DOOR-11")]
    public async Task What_cannot_be_on_the_paper_is_not_entered()
    {
        await using var rig = await CaseRig.Begin();
        var desk = Hand(rig);
        var by = rig.As(CaseRig.Operator);
        var now = rig.Service.Time.GetUtcNow();

        async Task<(string, FieldFault)> Problem(HandLineForm form) => Assert.Single((await desk.Enter(form, by, Never)).Problems) is var problem ? (problem.Field, problem.Fault) : default;

        Assert.Equal(("enteredAt", FieldFault.OutOfRange), await Problem(Line() with { EnteredAt = now.AddMinutes(1), ExitedAt = null }));
        Assert.Equal(("enteredAt", FieldFault.OutOfRange), await Problem(Line() with { EnteredAt = now.AddDays(-31).AddMinutes(-1) }));
        Assert.Equal(("enteredAt", FieldFault.Required), await Problem(Line() with { EnteredAt = null, ExitedAt = null }));
        Assert.Equal(("exitedAt", FieldFault.EndBeforeStart), await Problem(Line() with { ExitedAt = Line().EnteredAt }));
        Assert.Equal(("door", FieldFault.Unknown), await Problem(Line() with { Door = new("D-X") }));
        Assert.Equal(("person", FieldFault.Unknown), await Problem(Line() with { Person = new("S-9999") }));
        Assert.Equal(("name", FieldFault.Required), await Problem(Line() with { Person = null, Name = " " }));
        Assert.Equal(("page", FieldFault.Required), await Problem(Line() with { PaperPage = "" }));
        Assert.Equal(("exception", FieldFault.Unknown), await Problem(Line() with { Exception = new("E-2026-0001") }));
        Ok(await desk.Enter(Line(), by, Never));
        Assert.Equal(("enteredAt", FieldFault.AlreadyExists), await Problem(Line()));
        Assert.NotNull((await desk.Enter(Line() with { Door = new("SRV-1-D2") }, rig.As(CaseRig.Staff), Never)).Refusal);
    }

    [Fact]
    [Requirement("R-DOOR-11")]
    public async Task Somebody_who_is_not_registered_is_found_by_the_name_on_the_paper_and_a_way_out_alone_is_an_exit()
    {
        await using var rig = await CaseRig.Begin();
        var desk = Hand(rig);
        Ok(await desk.Enter(Line() with { Person = null, Name = "消防署 検査員", SectionOrFirm = "架空消防署" }, rig.As(CaseRig.Operator), Never));
        Ok(await desk.Enter(Line() with { EnteredAt = null }, rig.As(CaseRig.Operator), Never));

        Assert.Equal("架空消防署", Assert.Single(await rig.Service.Rows(RegisterFilter.None with { Words = "検査員" })).SectionOrFirm);
        Assert.Equal((RegisterDirection.Out, RegisterResult.Released), Assert.Single(await rig.Service.Rows(RegisterFilter.None with { Results = [RegisterResult.Released] })) is var row ? (row.Direction!.Value, row.Result) : default);
    }

    [Fact]
    [Requirement("R-DOOR-11")]
    public async Task The_confirmer_sees_what_was_wrong_with_the_bridge_at_that_time()
    {
        await using var rig = await CaseRig.Begin();
        var fault = new ReaderReported(A.MondayNine.AddHours(-4), new("reader-1"), ReaderCondition.Offline, "", InService: false);
        Assert.NotNull(await rig.Service.Send(rig.Service.Journal.Write(fault)));
        var desk = Hand(rig);
        var during = Ok(await desk.Enter(Line(), rig.As(CaseRig.Operator), Never));
        var before = Ok(await desk.Enter(Line() with { EnteredAt = A.MondayNine.AddHours(-6), ExitedAt = null }, rig.As(CaseRig.Operator), Never));

        Assert.Equal(AttentionKind.ReaderFault, Assert.Single((await desk.Line(during, rig.As(CaseRig.Manager), Never))!.Trouble).Kind);
        Assert.Empty((await desk.Line(before, rig.As(CaseRig.Manager), Never))!.Trouble);
    }

    [Theory]
    [Requirement("R-DOOR-13")]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public async Task A_door_opened_without_grant_while_its_key_is_out_is_opened_with_the_key_and_else_forced(int minute, bool withKey)
    {
        await using var rig = await CaseRig.Begin();
        var keys = Keys(rig);
        var taken = rig.Service.Time.GetUtcNow();
        Ok(await keys.Register(Key, rig.As(CaseRig.Manager), Never));
        var loan = Ok(await keys.Take(new(Key.No, new(CaseRig.Staff), "読取装置の交換", taken.AddHours(2)), rig.As(CaseRig.Facility), Never));
        rig.Service.Time.Advance(TimeSpan.FromHours(1));
        Ok(await keys.TakeBack(loan, new(CaseRig.Staff), "", rig.As(CaseRig.Operator), Never));

        // Reported late: what counts is when the door opened.
        rig.Service.Time.Advance(TimeSpan.FromHours(5));
        _ = await rig.Service.Send(rig.Service.Journal.Write(new DoorForced(taken.AddMinutes(minute), A.Front, A.Room, null)));

        var row = Assert.Single(await rig.Service.Rows());
        Assert.Equal(withKey ? StateText.OpenedByKey : StateText.Forced, StateText.Of(row));
        Assert.Equal(withKey ? loan : null, row.More?.KeyLoan);
        Assert.Equal(
            withKey ? (AttentionKind.KeyOpening, 0L) : (AttentionKind.DoorForced, 1L),
            rig.Service.Ask(db => ((AttentionKind)(long)db.Value("SELECT kind FROM view_attention")!, (long)db.Value("SELECT standing FROM view_attention")!)));
        Assert.Equal(withKey ? new[] { row.N } : [], (await keys.Look(rig.As(CaseRig.Facility), Never))!.Loans.Single().Openings.ToArray());
    }

    [Fact]
    [Requirement("R-DOOR-13")]
    public async Task The_key_of_another_door_excuses_nothing()
    {
        await using var rig = await CaseRig.Begin();
        var keys = Keys(rig);
        var now = rig.Service.Time.GetUtcNow();
        Ok(await keys.Register(Key, rig.As(CaseRig.Manager), Never));
        Ok(await keys.Take(new(Key.No, new(CaseRig.Staff), "点検", now.AddHours(2)), rig.As(CaseRig.Operator), Never));
        _ = await rig.Service.Send(rig.Service.Journal.Write(new DoorForced(now, new("SRV-1-D2"), A.Room, null)));

        Assert.Equal((long)AttentionKind.DoorForced, rig.Service.Ask(db => db.Value("SELECT kind FROM view_attention WHERE standing = 1")));
    }

    [Fact]
    [Requirement("R-DOOR-13")]
    public async Task A_key_is_out_once_with_whom_and_why_and_late_ones_are_listed()
    {
        await using var rig = await CaseRig.Begin();
        var keys = Keys(rig);
        var now = rig.Service.Time.GetUtcNow();
        var form = new KeyTakeForm(Key.No, new(CaseRig.Staff), "点検", now.AddHours(2));
        Assert.Equal(FieldFault.Unknown, Assert.Single((await keys.Take(form, rig.As(CaseRig.Operator), Never)).Problems).Fault);
        Assert.NotNull((await keys.Register(Key, rig.As(CaseRig.Operator), Never)).Refusal);
        Ok(await keys.Register(Key, rig.As(CaseRig.Manager), Never));
        Assert.NotNull((await keys.Take(form, rig.As(CaseRig.Staff), Never)).Refusal);
        Assert.Equal("reason", Assert.Single((await keys.Take(form with { Reason = "" }, rig.As(CaseRig.Operator), Never)).Problems).Field);
        Assert.Equal("returnBy", Assert.Single((await keys.Take(form with { ReturnBy = now }, rig.As(CaseRig.Operator), Never)).Problems).Field);
        Ok(await keys.Take(form, rig.As(CaseRig.Operator), Never));
        Assert.Equal(FieldFault.ChangedMeanwhile, Assert.Single((await keys.Take(form, rig.As(CaseRig.Facility), Never)).Problems).Fault);

        Assert.Empty(rig.Service.Ask(db => KeyDesk.Overdue(db, now.AddHours(2))));
        Assert.Equal(AttentionKind.KeyOverdue, Assert.Single(rig.Service.Ask(db => KeyDesk.Overdue(db, now.AddHours(2).AddMilliseconds(1)))).Kind);
        Assert.Equal(CaseRig.Staff, (await keys.Look(rig.As(CaseRig.Facility), Never))!.Keys.Single().Out!.TakenBy.Id.Value);
        Assert.Null(await keys.Look(rig.As(CaseRig.Staff), Never));
    }

    [Fact]
    [Requirement("R-DOOR-12")]
    public async Task Identification_not_shown_holds_the_grants_and_stands_until_the_section_head_lifts_it()
    {
        await using var rig = await CaseRig.Begin();
        await rig.Write(new GrantRecorded(A.MondayNine, A.Grant(), "test", "test"));
        await rig.Write(new GrantRecorded(A.MondayNine, A.Grant("G-2026-0002") with { Suspended = true }, "test", "test"));
        var desk = new IdentityDesk(rig.Service.Record, rig.Service.Settings, rig.Guard, rig.Service.Turn, rig.Service.Time);
        var id = Ok(await desk.Check(new(new(CaseRig.Staff), A.Room, null, IdentityOutcome.NotShown, "入口で提示なし"), rig.As(CaseRig.Colleague), Never));

        Assert.All(rig.GrantsOf(CaseRig.Staff), grant => Assert.True(grant.Suspended));
        Assert.Equal(1L, rig.Service.Ask(db => db.Value("SELECT standing FROM view_attention WHERE kind = $1", (long)AttentionKind.IdentityNotShown)));
        Assert.True(Assert.Single((await desk.Look(rig.As(CaseRig.Security), Never)).Lines).MayClear);

        // Not by the one who checked, nor the one who was checked, nor another section.
        Assert.NotNull((await desk.Clear(id, "本人と確認", rig.As(CaseRig.Colleague), Never)).Refusal);
        Assert.NotNull((await desk.Clear(id, "本人と確認", rig.As(CaseRig.Staff), Never)).Refusal);
        Ok(await desk.Clear(id, "本人と確認", rig.As(CaseRig.Security), Never));

        // What something else holds stays held.
        Assert.Equal([false, true], rig.GrantsOf(CaseRig.Staff).Select(grant => grant.Suspended));
        Assert.Equal(0L, rig.Service.Ask(db => db.Value("SELECT standing FROM view_attention WHERE kind = $1", (long)AttentionKind.IdentityNotShown)));
    }

    [Fact]
    [Requirement("R-DOOR-12")]
    public async Task Identification_shown_holds_nothing_and_stands_at_the_entry_it_belongs_to()
    {
        await using var rig = await CaseRig.Begin();
        await rig.Write(new GrantRecorded(A.MondayNine, A.Grant(), "test", "test"));
        _ = await rig.Service.Send(rig.Service.Journal.Write(A.Granted(A.MondayNine.AddHours(-1))));
        var desk = new IdentityDesk(rig.Service.Record, rig.Service.Settings, rig.Guard, rig.Service.Turn, rig.Service.Time);

        Assert.Equal("paper", Assert.Single((await desk.Check(new(new(CaseRig.Staff), A.Room, null, IdentityOutcome.Shown, ""), rig.As(CaseRig.Colleague), Never)).Problems).Field);
        Assert.Equal(FieldFault.SamePerson, Assert.Single((await desk.Check(new(new(CaseRig.Staff), A.Room, IdentityPaper.StaffCard, IdentityOutcome.Shown, ""), rig.As(CaseRig.Staff), Never)).Problems).Fault);
        Assert.NotNull((await desk.Check(new(new(CaseRig.Staff), A.Room, IdentityPaper.StaffCard, IdentityOutcome.Shown, ""), rig.As(CaseRig.Contractor), Never)).Refusal);
        Ok(await desk.Check(new(new(CaseRig.Staff), A.Room, IdentityPaper.StaffCard, IdentityOutcome.Shown, ""), rig.As(CaseRig.Colleague), Never));

        Assert.All(rig.GrantsOf(CaseRig.Staff), grant => Assert.False(grant.Suspended));
        Assert.Equal(IdentityOutcome.Shown, Assert.Single(await rig.Service.Rows()).More?.Identity);
        Assert.Equal(0L, rig.Service.Ask(db => db.Value("SELECT count(*) FROM view_attention")));
    }

    [Fact]
    [Requirement("R-INP-04")]
    public void The_print_form_has_every_column_of_the_sheet_in_the_document_and_no_other()
    {
        var document = File.ReadLines(Path.Combine(SourceTree.Root, "docs", "requirements.md"))
            .SkipWhile(line => !line.StartsWith("### 入退室管理簿 (EntryRegister)", StringComparison.Ordinal)).SkipWhile(line => !line.StartsWith("|---", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('|')).Select(cells => (Word: cells[1].Trim(), Field: cells[2].Trim())).ToList();

        Assert.Equal(25, document.Count);
        Assert.Equal(document, RegisterSheetText.Columns.Select(column => (column.Word.Ja, column.Field)));
        Assert.Equal(document.Select(column => column.Field).Order(StringComparer.Ordinal), RegisterSheetPage.Cells.SelectMany(cell => cell).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_columns_few_rows_have_are_the_same_after_a_rebuild()
    {
        await using var rig = await CaseRig.Begin();
        var keys = Keys(rig);
        var id = Ok(await Hand(rig).Enter(Line(), rig.As(CaseRig.Operator), Never));
        Ok(await Hand(rig).Decide(id, HandLineVerdict.Confirmed, "", rig.As(CaseRig.Manager), Never));
        Ok(await keys.Register(Key, rig.As(CaseRig.Manager), Never));
        Ok(await keys.Take(new(Key.No, new(CaseRig.Staff), "点検", A.MondayNine.AddHours(2)), rig.As(CaseRig.Operator), Never));
        _ = await rig.Service.Send(rig.Service.Journal.Write(new DoorForced(A.MondayNine, A.Front, A.Room, null), A.Granted(A.MondayNine) with { PurposeRef = "W-0152", Escort = new(CaseRig.Colleague) }));
        var before = await rig.Service.Rows();

        Assert.Equal(CaseRig.Colleague, before.Single(row => row.Source == RegisterSource.Reader).More?.Escort?.Value);
        Assert.Equal(["W-0152", "W-0152"], before.Select(row => row.More?.Purpose).OfType<string>());
        await rig.Service.Reopen();
        using (var connection = ServiceRecord.OpenForViews(rig.Service.Folders.Record))
        {
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE view_about SET form = 0";
            _ = command.ExecuteNonQuery();
        }

        await rig.Service.Reopen();
        Assert.Equal(before.Select(row => row with { Methods = [] }), (await rig.Service.Rows()).Select(row => row with { Methods = [] }));
    }

    private static DoorKey Key => new("KEY-03", "サーバ室 正面扉", [A.Front], "警備室 鍵箱 2");

    private static HandLineForm Line() => new(
        A.Front, A.MondayNine.AddHours(-3), A.MondayNine.AddHours(-3).AddMinutes(40), new(CaseRig.Staff), "", "", "2026-05 / 12", "読取装置の故障", "W-0152", null, IdentityOutcome.Shown, "なし", null);

    private static HandRegisterDesk Hand(CaseRig rig) =>
        new(rig.Service.Record, rig.Service.Settings, rig.Guard, new LookDesk(rig.Service.Record, rig.Service.Turn, rig.Service.Time), rig.Service.Turn, rig.Service.Time);

    private static KeyDesk Keys(CaseRig rig) => new(rig.Service.Record, rig.Service.Settings, rig.Guard, rig.Service.Turn, rig.Service.Time);

    private static string Ok(ActResult done)
    {
        Assert.True(done.Ok, $"{string.Join(", ", done.Problems)} {done.Refusal?.Because.En}");
        return done.Id!;
    }
}
