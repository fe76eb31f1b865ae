using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.PresenceLists;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Presence;
using RoomGuard.Service.Presence;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Presence;

/// <summary>在室の確認と訂正 (R-DOOR-05, R-DOOR-06): asked of the person, asked for by OPS, made by SYS.</summary>
public sealed class PresenceDeskTests
{
    [Fact]
    [Requirement("R-DOOR-05")]
    public async Task Who_was_not_seen_to_leave_is_asked_on_their_own_page_and_nobody_else_is()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        await rig.Write(Mismatch(rig, Staff));
        await rig.Write(Mismatch(rig, Staff));

        var question = Assert.Single(await desk.Mine(rig.As(Staff), Never));
        Assert.Equal((Staff, "no-exit-by-end-of-day", 2), (question.Person.Value, question.Kind, question.Times));
        Assert.Empty(await desk.Mine(rig.As(Colleague), Never));
        Assert.False((await desk.Answer(question.N, PresenceAnswer.Left, null, "", rig.As(Colleague), Never)).Ok);

        var at = rig.Service.Time.GetUtcNow().AddHours(-15);
        Assert.True((await desk.Answer(question.N, PresenceAnswer.Left, at, "退室釦で出た", rig.As(Staff), Never)).Ok);
        var answered = Assert.Single(await desk.Open(RegisterScope.All, Never));
        Assert.Equal((PresenceAnswer.Left, "退室釦で出た", (false, (DateTimeOffset?)at)), (answered.Answer, answered.Note, answered.Suggests));
        Assert.DoesNotContain("room.ordered", rig.Service.Kinds());
    }

    [Fact]
    [Requirement("R-DOOR-06")]
    public async Task Presence_is_corrected_by_the_system_manager_with_a_reason_and_by_nobody_else()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        await rig.Write(Mismatch(rig, Staff));
        var form = new PresenceCorrection(new(Staff), new("SRV-1"), Inside: false, rig.Service.Time.GetUtcNow().AddHours(-1), "電話で本人に確かめた");

        foreach (var other in new[] { Chief, Supervisor, Security, Operator, Audits, Facility, Colleague })
        {
            Assert.NotNull((await desk.Correct(form, rig.As(other), Never)).Refusal);
        }

        Assert.Equal(new FieldProblem("reason", FieldFault.Required), Assert.Single((await desk.Correct(form with { Reason = " " }, rig.As(Manager), Never)).Problems));
        Assert.DoesNotContain("room.ordered", rig.Service.Kinds());

        Assert.True((await desk.Correct(form, rig.As(Manager), Never)).Ok);
        Assert.Empty(await desk.Open(RegisterScope.All, Never));
        Assert.Equal(Staff, Assert.Single(await desk.Pending(Never)).Person.Value);
    }

    [Fact]
    [Requirement("R-DOOR-06")]
    public async Task Two_corrections_of_one_person_are_two_orders()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        var form = new PresenceCorrection(new(Staff), new("SRV-1"), Inside: false, rig.Service.Time.GetUtcNow(), "現地で確かめた");
        Assert.True((await desk.Correct(form, rig.As(Manager), Never)).Ok);
        Assert.True((await desk.Correct(form with { Inside = true }, rig.As(Manager), Never)).Ok);

        var serials = rig.Service.Record.Read(0, 1000).Select(entry => Item(entry)).OfType<RoomOrdered>().Select(item => ((PresenceOrder)item.Order).Serial).ToList();
        Assert.Equal(2, serials.Distinct().Count());
    }

    [Fact]
    [Requirement("R-PROF-05")]
    public async Task Nobody_corrects_their_own_presence()
    {
        await using var rig = await Begin();
        var own = new PresenceCorrection(new(Manager), new("SRV-1"), Inside: false, rig.Service.Time.GetUtcNow(), "退室した");

        Assert.Equal(FieldFault.SamePerson, Assert.Single((await DeskOf(rig).Correct(own, rig.As(Manager), Never)).Problems).Fault);
        Assert.DoesNotContain("room.ordered", rig.Service.Kinds());
    }

    [Fact]
    public async Task Operations_staff_ask_for_a_correction_and_the_manager_may_leave_it_as_it_is()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        var form = new PresenceCorrection(new(Staff), new("SRV-1"), Inside: false, rig.Service.Time.GetUtcNow(), "退室を見た");
        Assert.NotNull((await desk.Ask(form, rig.As(Colleague), Never)).Refusal);
        Assert.True((await desk.Ask(form, rig.As(Operator), Never)).Ok);

        var asked = Assert.Single(await desk.Open(RegisterScope.All, Never));
        Assert.Equal(("架空 操", false), (asked.AskedBy, asked.Suggests!.Value.Inside));
        Assert.Empty(await desk.Mine(rig.As(Staff), Never));
        Assert.NotNull((await desk.Settle(asked.N, "まだ中にいる", rig.As(Operator), Never)).Refusal);
        Assert.True((await desk.Settle(asked.N, "まだ中にいる", rig.As(Manager), Never)).Ok);
        Assert.Empty(await desk.Open(RegisterScope.All, Never));
    }

    [Theory]
    [InlineData("since")]
    [InlineData("zone")]
    [InlineData("person")]
    public async Task What_cannot_be_is_not_corrected(string field)
    {
        await using var rig = await Begin();
        var now = rig.Service.Time.GetUtcNow();
        var form = new PresenceCorrection(
            new(field == "person" ? "S-9999" : Staff), new(field == "zone" ? "NO-1" : "SRV-1"), Inside: false, field == "since" ? now.AddMinutes(1) : now, "確かめた");

        Assert.Equal(field, Assert.Single((await DeskOf(rig).Correct(form, rig.As(Manager), Never)).Problems).Field);
    }

    [Fact]
    public async Task A_late_exit_ends_the_question_whether_somebody_is_still_inside()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        await rig.Write(Mismatch(rig, Staff));
        await rig.Write(A.Left(rig.Service.Time.GetUtcNow(), Staff));

        Assert.Empty(await desk.Mine(rig.As(Staff), Never));
    }

    private static PresenceDesk DeskOf(CaseRig rig) => new(rig.Service.Record, rig.Service.Settings, rig.Guard, rig.Service.Turn, rig.Service.Time);

    private static PresenceMismatch Mismatch(CaseRig rig, string person) =>
        new(rig.Service.Time.GetUtcNow(), A.Room, new(person), "no-exit-by-end-of-day", rig.Service.Time.GetUtcNow().AddHours(-16));

    private static RoomGuard.Core.Record.RecordedEvent? Item(RoomGuard.Evidence.StoredEntry entry) => RoomGuard.Service.Record.RecordViews.ItemOf(entry).Event;
}
