using RoomGuard.Core.Operators;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Now;
using RoomGuard.Dashboard.Operators;
using RoomGuard.Service.Operators;
using RoomGuard.Service.Record;
using RoomGuard.Service.SignIn;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;

namespace RoomGuard.UnitTests.Service.Operators;

/// <summary>特権IDの見直し once a year (R-SIGN-09).</summary>
public sealed class PrivilegeReviewTests
{
    private static readonly AccountId Root = new("A-0900");

    [Fact]
    [Requirement("R-SIGN-09")]
    public async Task A_privileged_account_comes_up_a_month_before_its_year_is_over_and_is_raised_after_it()
    {
        await using var rig = await CaseRig.Begin();
        using var sessions = SessionsOf(rig);
        var desk = await With(rig, sessions);
        Assert.Equal((0, ReviewStanding.Later), (await desk.Waiting(rig.As(CaseRig.Supervisor), CaseRig.Never), await Standing(rig, desk)));

        rig.Service.Time.Advance(TimeSpan.FromDays(340));
        Assert.Equal((1, ReviewStanding.Soon), (await desk.Waiting(rig.As(CaseRig.Supervisor), CaseRig.Never), await Standing(rig, desk)));
        Assert.Empty(Raised(rig));
        rig.Service.Time.Advance(TimeSpan.FromDays(26));

        Assert.Equal(ReviewStanding.Overdue, await Standing(rig, desk));
        Assert.Equal((AttentionKind.PrivilegeReviewOverdue, CaseRig.Manager), (Raised(rig).Single().Kind, Raised(rig).Single().Person?.Value));
    }

    [Fact]
    [Requirement("R-SIGN-09")]
    public async Task Kept_it_has_another_year_and_an_answer_to_an_old_page_counts_for_nothing()
    {
        await using var rig = await CaseRig.Begin();
        using var sessions = SessionsOf(rig);
        var desk = await With(rig, sessions);
        rig.Service.Time.Advance(TimeSpan.FromDays(370));
        var due = (await desk.Reviews(rig.As(CaseRig.Supervisor), CaseRig.Never)).Single().Due;

        Assert.True((await desk.Review(Root, due, keeps: true, "今年度も必要", rig.As(CaseRig.Supervisor), CaseRig.Never)).Ok);
        var again = await desk.Review(Root, due, keeps: false, "二重の回答", rig.As(CaseRig.Supervisor), CaseRig.Never);

        Assert.Equal(FieldFault.ChangedMeanwhile, Assert.Single(again.Problems).Fault);
        var line = (await desk.Reviews(rig.As(CaseRig.Supervisor), CaseRig.Never)).Single();
        Assert.Equal((new DateOnly(2028, 5, 16), "今年度も必要", ReviewStanding.Later), (line.Due, line.Note, line.Standing));
        Assert.Empty(Raised(rig));
    }

    [Fact]
    [Requirement("R-SIGN-09")]
    public async Task Withdrawn_the_privilege_ends_at_once_and_both_entries_stand_together()
    {
        await using var rig = await CaseRig.Begin();
        using var sessions = SessionsOf(rig);
        var desk = await With(rig, sessions);
        var due = (await desk.Reviews(rig.As(CaseRig.Supervisor), CaseRig.Never)).Single().Due;

        Assert.True((await desk.Review(Root, due, keeps: false, "異動のため不要", rig.As(CaseRig.Supervisor), CaseRig.Never)).Ok);

        Assert.False(rig.Service.Ask(db => OperatorsView.Account(db, Root))!.Privileged);
        Assert.Equal(["account.privilege-reviewed", "account.recorded"], rig.Service.Kinds()[^2..]);
        Assert.Empty(await desk.Reviews(rig.As(CaseRig.Supervisor), CaseRig.Never));
    }

    [Theory]
    [InlineData(CaseRig.Supervisor, true)]
    [InlineData(CaseRig.OtherManager, true)]
    [InlineData(CaseRig.Manager, false)]
    [InlineData(CaseRig.Operator, false)]
    [InlineData(CaseRig.Chief, false)]
    [InlineData(CaseRig.Audits, false)]
    [Requirement("R-SIGN-09")]
    [Requirement("R-PROF-05")]
    public async Task It_is_reviewed_by_those_of_the_requirement_and_never_by_its_own_person(string person, bool may)
    {
        await using var rig = await CaseRig.Begin();
        using var sessions = SessionsOf(rig);
        var desk = await With(rig, sessions);
        var due = (await desk.Reviews(rig.As(CaseRig.Supervisor), CaseRig.Never)).Single().Due;

        var done = await desk.Review(Root, due, keeps: true, "必要", rig.As(person), CaseRig.Never);

        Assert.Equal(may, done.Ok);
        Assert.Equal(may, done.Refusal is null);
    }

    // The manager of the server room has one; the year begins with it.
    private static async Task<PrivilegeReviewDesk> With(CaseRig rig, Sessions sessions)
    {
        await rig.Write(new AccountRecorded(rig.Service.Time.GetUtcNow(), new(Root, new(CaseRig.Manager), "manager.root", true, AccountState.Active, null), "made", "保守", "test"));
        return new(rig.Service.Record, rig.Service.Policy, sessions, rig.Guard, rig.Service.Turn, rig.Service.Time);
    }

    private static Sessions SessionsOf(CaseRig rig) => new(
        rig.Service.Record, new SessionStore(Path.Combine(rig.Service.Folder, "sessions.db")), new OutsideGate(rig.Service.Record, null, rig.Service.Time), rig.Service.Time, rig.Service.RandomBytes);

    private static async Task<ReviewStanding> Standing(CaseRig rig, PrivilegeReviewDesk desk) => (await desk.Reviews(rig.As(CaseRig.Supervisor), CaseRig.Never)).Single().Standing;

    private static List<Attention> Raised(CaseRig rig) => [.. rig.Service.Ask(db => PrivilegeReviewDesk.Overdue(db, rig.Service.Time.GetUtcNow(), rig.Service.Record.TimeZone, rig.Service.Policy.Now[Limit.PrivilegedReviewMonths]))];
}
