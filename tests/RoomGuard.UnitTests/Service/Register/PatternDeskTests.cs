using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Patterns;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Now;
using RoomGuard.Service.Patterns;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;

namespace RoomGuard.UnitTests.Service.Register;

/// <summary>Patterns from the record to the people who answer for those concerned.</summary>
public sealed class PatternDeskTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    [Requirement("R-MON-05")]
    public async Task A_pattern_in_what_a_bridge_reports_becomes_one_notice_with_its_entries_and_keeps_nobody_out()
    {
        await using var rig = await CaseRig.Begin();
        await rig.Write(new GrantRecorded(A.MondayNine, A.Grant(), "test", "test"));
        using var watch = Watch(rig);
        _ = await rig.Service.Send(rig.Service.Journal.Write(Refusals(A.MondayNine)));

        Assert.Equal(1, await watch.RunAsync(Never));
        Assert.Equal(0, await watch.RunAsync(Never));

        var rows = await rig.Service.Rows();
        var line = Assert.Single((await Desk(rig).Look(rig.As(CaseRig.Security), Never)).Open);
        Assert.Equal(rows.Select(row => row.N).ToArray(), line.EventIds.ToArray());
        Assert.Equal(3, (await Desk(rig).Notice(line.N, rig.As(CaseRig.Security), Never))!.Evidence.Length);
        Assert.Equal((1L, (long)AttentionKind.PatternNoticed), rig.Service.Ask(db => ((long)db.Value("SELECT standing FROM view_attention")!, (long)db.Value("SELECT kind FROM view_attention")!)));
        Assert.All(rig.GrantsOf(CaseRig.Staff), grant => Assert.False(grant.Suspended));
        Assert.DoesNotContain("suspension.ordered", rig.Service.Kinds());
    }

    [Fact]
    [Requirement("R-MON-05")]
    public async Task What_came_while_nobody_watched_is_told_at_the_start_and_what_was_told_is_not_told_twice()
    {
        await using var rig = await CaseRig.Begin();
        _ = await rig.Service.Send(rig.Service.Journal.Write(Refusals(A.MondayNine)));

        using (var first = Watch(rig))
        {
            Assert.Equal(1, await first.RunAsync(Never));
        }

        rig.Service.Time.Advance(TimeSpan.FromHours(1));
        using (var again = Watch(rig))
        {
            Assert.Equal(0, await again.RunAsync(Never));
        }

        rig.Service.Time.Advance(TimeSpan.FromHours(30));
        _ = await rig.Service.Send(rig.Service.Journal.Write(Refusals(rig.Service.Time.GetUtcNow())));
        using var later = Watch(rig);
        Assert.Equal(1, await later.RunAsync(Never));
        Assert.Equal([1, 0], (await Desk(rig).Look(rig.As(CaseRig.Security), Never)).Open.Select(line => line.LastMonth));
    }

    [Fact]
    [Requirement("R-MON-05")]
    public async Task Usual_hours_are_learnt_from_the_register_at_the_start()
    {
        await using var rig = await CaseRig.Begin();
        for (var day = 0; day < 77; day++)
        {
            // Ten o'clock in Tokyo, working days.
            var at = A.MondayNine.AddDays(day).AddHours(1);
            if (at.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                _ = await rig.Service.Send(rig.Service.Journal.Write(A.Granted(at)));
            }
        }

        rig.Service.Time.Advance(TimeSpan.FromDays(77));
        using var watch = Watch(rig);
        Assert.Equal(0, await watch.RunAsync(Never));
        _ = await rig.Service.Send(rig.Service.Journal.Write(A.Granted(A.MondayNine.AddDays(77).AddHours(1)), A.Granted(A.MondayNine.AddDays(77).AddHours(13))));

        Assert.Equal(1, await watch.RunAsync(Never));
        Assert.Equal(PatternKind.UnusualHour, Assert.IsType<PatternNoticed>(Assert.Single((await Desk(rig).Look(rig.As(CaseRig.Security), Never)).Open).Event).Kind);
    }

    [Fact]
    [Requirement("R-MON-05")]
    [Requirement("R-SIGN-15")]
    public async Task A_notice_is_for_the_head_of_the_persons_section_and_those_above_and_for_nobody_else()
    {
        await using var rig = await CaseRig.Begin();
        var n = await rig.Write(Notice(CaseRig.OtherSection));

        foreach (var (who, sees) in new[] { (CaseRig.Security, false), (CaseRig.Supervisor, true), (CaseRig.Audits, true), (CaseRig.Operator, false), (CaseRig.Manager, false), (CaseRig.OtherSection, false) })
        {
            Assert.Equal(sees, await Desk(rig).Notice(n, rig.As(who), Never) is not null);
            Assert.Equal(sees, !(await Desk(rig).Look(rig.As(who), Never)).Open.IsEmpty);
        }

        Assert.False((await Desk(rig).Notice(n, rig.As(CaseRig.Audits), Never))!.MayReview);
        Assert.Equal(FieldFault.Unknown, Assert.Single((await Desk(rig).Review(n, PatternVerdict.Explained, "夜間作業", rig.As(CaseRig.Security), Never)).Problems).Fault);
    }

    [Fact]
    [Requirement("R-MON-05")]
    [Requirement("R-ID-07")]
    public async Task Who_answers_for_the_person_says_what_it_was_and_what_concerns_oneself_goes_one_level_up()
    {
        await using var rig = await CaseRig.Begin();
        var own = await rig.Write(Notice(CaseRig.Security));
        var first = await rig.Write(Lent(CaseRig.Staff));
        var second = await rig.Write(Lent(CaseRig.Staff));
        var desk = Desk(rig);

        Assert.Equal(1, (await desk.Notice(second, rig.As(CaseRig.Security), Never))!.Line.LastMonth);
        Assert.Equal("R-MON-05", (await desk.Review(own, PatternVerdict.Explained, "自分です", rig.As(CaseRig.Security), Never)).Refusal?.Rule);
        Assert.True((await desk.Review(own, PatternVerdict.Explained, "会議の準備", rig.As(CaseRig.Supervisor), Never)).Ok);
        Assert.Equal("note", Assert.Single((await desk.Review(second, PatternVerdict.Reported, " ", rig.As(CaseRig.Security), Never)).Problems).Field);
        Assert.True((await desk.Review(second, PatternVerdict.Reported, "インシデントとして報告", rig.As(CaseRig.Security), Never)).Ok);

        // Earlier signs of the same are settled with it, and nothing stands any more.
        Assert.Equal(PatternVerdict.Reported, (await desk.Notice(first, rig.As(CaseRig.Security), Never))!.Line.Verdict);
        Assert.Empty((await desk.Look(rig.As(CaseRig.Supervisor), Never)).Open);
        Assert.Equal(0L, rig.Service.Ask(db => db.Value("SELECT count(*) FROM view_attention WHERE standing = 1")));
        Assert.Equal(FieldFault.ChangedMeanwhile, Assert.Single((await desk.Review(first, PatternVerdict.Watched, "様子を見る", rig.As(CaseRig.Security), Never)).Problems).Fault);
    }

    [Fact]
    [Requirement("R-ID-07")]
    public async Task What_needs_a_hand_names_nobody_who_is_only_suspected()
    {
        await using var rig = await CaseRig.Begin();
        _ = await rig.Write(Lent(CaseRig.Staff));
        _ = await rig.Write(Notice(CaseRig.Staff));

        Assert.Equal(2L, rig.Service.Ask(db => db.Value("SELECT count(*) FROM view_attention WHERE standing = 1 AND person IS NULL")));
    }

    private static PatternWatch Watch(CaseRig rig) => new(rig.Service.Record, rig.Service.Settings, rig.Service.Time, NullLogger<PatternWatch>.Instance);

    private static PatternDesk Desk(CaseRig rig) => new(rig.Service.Record, rig.Guard, rig.Service.Turn, rig.Service.Time);

    private static RecordedEvent[] Refusals(DateTimeOffset at) =>
        [A.Denied(at), A.Denied(at.AddMinutes(1), door: "SRV-1-D2"), A.Denied(at.AddMinutes(2), door: "MED-1-D1", zone: "MED-1")];

    private static PatternNoticed Notice(string person) => new(A.MondayNine, PatternKind.UnusualHour, new(person), null, null, A.Room, [0], [], 0);

    private static LendingSuspected Lent(string person) => new(A.MondayNine, new(person), LendingPattern.TwoPlaces, A.Front, A.Room, null, [0]);
}
