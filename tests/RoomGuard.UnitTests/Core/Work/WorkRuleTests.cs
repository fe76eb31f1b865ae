using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Core.Work;

/// <summary>Who may work, what presence proves, and what time makes due.</summary>
public class WorkRuleTests
{
    private static readonly DateTimeOffset Nine = new(2026, 5, 11, 0, 0, 0, TimeSpan.Zero);
    private static readonly ZoneId Room = new("SRV-1");
    private static readonly PersonId Performer = new("S-0110");
    private static readonly PersonId Checker = new("S-0102");

    private static readonly WorkPlan Change = new(WorkKind.SystemChange, ["AS-00380"], Room, "制御装置の版上げ", "CR-77", [Performer], [Checker], null, Nine, Nine.AddHours(8));

    private static readonly ImmutableDictionary<PersonId, WorkerFacts> Known = new Dictionary<PersonId, WorkerFacts>
    {
        [Performer] = new(PersonCategory.Staff, [Role.SystemStaff], false),
        [Checker] = new(PersonCategory.Staff, [Role.SystemManager], false),
    }.ToImmutableDictionary();

    public static TheoryData<WorkRefusal> Refusals => [.. Enum.GetValues<WorkRefusal>()];

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Every_refusal_names_its_requirement_its_clause_and_what_to_do_instead(WorkRefusal refusal)
    {
        var words = WorkRefusalText.Of(refusal);

        Assert.Matches("^R-(WORK|MOVE)-[0-9]{2}$", words.Requirement);
        Assert.Matches(@"^第2章[0-9]\([0-9]+\)[①-⑳][アイウエオカキクケコサ]?$", words.Clause);
        Assert.True(words.Because.Ja.EndsWith("ください。", StringComparison.Ordinal), words.Because.Ja);
    }

    [Fact]
    [Requirement("R-WORK-02")]
    public void A_change_has_a_checker_and_none_of_its_performers_checks()
    {
        Assert.Empty(WorkRules.Objections(Change, Known, twoPeople: true));
        Assert.Equal([new(WorkRefusal.NoChecker, null)], WorkRules.Objections(Change with { Checkers = [] }, Known, twoPeople: true).AsEnumerable());
        Assert.Empty(WorkRules.Objections(Change with { Checkers = [] }, Known, twoPeople: false));
        Assert.Empty(WorkRules.Objections(Change with { Checkers = [], Kind = WorkKind.Inspection }, Known, twoPeople: true));
        Assert.Equal([new(WorkRefusal.SamePerson, Performer)], WorkRules.Objections(Change with { Checkers = [Performer, Checker] }, Known, twoPeople: true).AsEnumerable());
    }

    [Fact]
    [Requirement("R-WORK-01")]
    public void Where_no_checker_is_named_somebody_who_answers_for_the_zone_is_left_to_confirm_it()
    {
        var wiring = Change with { Kind = WorkKind.Cabling, Checkers = [] };

        Assert.Equal([new(WorkRefusal.NobodyToConfirm, null)], WorkRules.Objections(wiring, Known, true, Performer).AsEnumerable());
        Assert.Empty(WorkRules.Objections(wiring, Known, true, Performer, Checker));
        Assert.Empty(WorkRules.Objections(wiring with { Checkers = [Checker] }, Known, true, Performer));
        Assert.Empty(WorkRules.Objections(wiring, Known, true));
        Assert.Equal([new(WorkRefusal.NoChecker, null)], WorkRules.Objections(Change with { Checkers = [] }, Known, true, Performer).AsEnumerable());
    }

    [Theory]
    [InlineData(WorkKind.Cabling, PersonCategory.Staff, Role.SystemStaff, false, null)]
    [InlineData(WorkKind.Cabling, PersonCategory.Staff, Role.SupervisingOfficer, false, null)]
    [InlineData(WorkKind.Cabling, PersonCategory.Staff, Role.FacilityStaff, false, WorkRefusal.WiringNotAllowed)]
    [InlineData(WorkKind.Cabling, PersonCategory.Staff, Role.SecurityManager, false, WorkRefusal.WiringNotAllowed)]
    [InlineData(WorkKind.Cabling, PersonCategory.Contractor, Role.SystemStaff, false, WorkRefusal.NotInContract)]
    [InlineData(WorkKind.Cabling, PersonCategory.Contractor, Role.Contractor, true, null)]
    [InlineData(WorkKind.SystemChange, PersonCategory.Staff, Role.Reception, false, WorkRefusal.WorkerNotEligible)]
    [InlineData(WorkKind.SystemChange, PersonCategory.Contractor, Role.Contractor, true, null)]
    [InlineData(WorkKind.Maintenance, PersonCategory.Staff, Role.FacilityStaff, false, null)]
    [InlineData(WorkKind.Maintenance, PersonCategory.Contractor, Role.Contractor, false, WorkRefusal.NotInContract)]
    [Requirement("R-WORK-03")]
    public void Wiring_is_for_those_who_work_on_systems_and_contractors_whom_a_contract_names(WorkKind kind, PersonCategory category, Role role, bool named, WorkRefusal? expected)
    {
        var found = WorkRules.Objections(Change with { Kind = kind }, Known.SetItem(Performer, new(category, [role], named)), twoPeople: true);

        Assert.Equal(expected, found.IsEmpty ? null : Assert.Single(found).Refusal);
    }

    [Theory]
    [InlineData("9:00-10:00", true)]
    [InlineData("8:30-10:30", true)]
    [InlineData("9:00-9:30 9:31-10:00", true)]
    [InlineData("9:00-9:30 9:32-10:00", true)]
    [InlineData("9:00-9:30 9:33-10:00", false)]
    [InlineData("9:03-10:00", false)]
    [InlineData("9:00-9:57", false)]
    [InlineData("9:00-9:40 9:20-9:50 9:45-", true)]
    [InlineData("9:00-", true)]
    [InlineData("7:00-8:59", false)]
    [InlineData("", false)]
    [Requirement("R-WORK-02")]
    public void Presence_covers_the_time_but_for_gaps_of_two_minutes(string stays, bool covered)
    {
        static DateTimeOffset At(string clock) => Nine.AddHours(-9) + TimeSpan.Parse(clock, System.Globalization.CultureInfo.InvariantCulture);
        ImmutableArray<WorkStay> seen =
            [.. stays.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(stay => stay.Split('-')).Select(ends => new WorkStay(Performer, 1, At(ends[0]), null, ends[1].Length == 0 ? null : At(ends[1])))];

        Assert.Equal(covered, WorkRules.Covered(seen, [Performer], Nine, Nine.AddHours(1)));
        Assert.False(WorkRules.Covered(seen, [Checker], Nine, Nine.AddHours(1)));
    }

    [Fact]
    [Requirement("R-WORK-06")]
    public void Fewer_than_two_for_two_minutes_is_told_once_and_ends_when_two_are_there()
    {
        var file = Begun();
        Assert.Null(file.Due(Nine.AddHours(1)));
        file = Then(file, Left(Checker, Nine.AddMinutes(10)));
        Assert.Null(file.Due(Nine.AddMinutes(12).AddSeconds(-1)));
        var alone = Assert.IsType<WorkAlone>(file.Due(Nine.AddMinutes(12)));
        Assert.Equal((1, Nine.AddMinutes(10)), (alone.Present, alone.Since));
        file = Then(file, alone);
        Assert.Null(file.Due(Nine.AddHours(1)));
        file = Then(file, Entered(Checker, Nine.AddMinutes(20)));
        file = Then(file, Assert.IsType<WorkAccompanied>(file.Due(Nine.AddMinutes(20))));
        Assert.Null(file.Due(Nine.AddHours(1)));

        // What needs no two people is never alone.
        var plain = Begun(WorkKind.Inspection);
        Assert.IsNotType<WorkAlone>(Then(plain, Left(Checker, Nine.AddMinutes(10))).Due(Nine.AddHours(1)));
    }

    [Fact]
    [Requirement("R-WORK-01")]
    public void Left_open_with_nobody_there_it_is_told_after_a_quarter_of_an_hour_and_again_each_day()
    {
        var file = Then(Then(Begun(WorkKind.Maintenance), Left(Checker, Nine.AddMinutes(10))), Left(Performer, Nine.AddMinutes(20)));
        Assert.Null(file.Due(Nine.AddMinutes(34)));
        var told = Assert.IsType<WorkReminded>(file.Due(Nine.AddMinutes(35)));
        Assert.Equal([Performer], told.People.AsEnumerable());
        file = Then(file, told);
        Assert.Null(file.Due(Nine.AddHours(23)));
        Assert.Equal(2, Assert.IsType<WorkReminded>(file.Due(Nine.AddHours(25))).Times);
    }

    [Fact]
    [Requirement("R-WORK-02")]
    public void What_a_person_says_of_presence_proves_nothing_and_what_comes_late_still_counts()
    {
        var file = Then(Begun(), new WorkEnded(Nine.AddHours(1), new("W-2026-0001"), Room, Nine.AddHours(1), Done, Performer.Value));
        Assert.Null(file.Unproven);

        // A bridge that was away tells after the end that the checker had gone in the middle.
        var late = Then(file, Left(Checker, Nine.AddMinutes(20)));
        Assert.Equal(WorkRefusal.CheckersNotProven, late.Unproven);
        Assert.Null(WorkDossier.After(late, new PersonEntered(Nine.AddMinutes(21), Room, new("SRV-1-D1"), Checker, PresenceEvidence.Manual), 98));
        Assert.Null(Then(late, Entered(Checker, Nine.AddMinutes(21))).Unproven);

        // Once confirmed, nothing moves any more.
        var closed = Then(file, new WorkChecked(Nine.AddHours(2), new("W-2026-0001"), Room, "", Role.SystemManager, Checker.Value));
        Assert.Null(WorkDossier.After(closed, Left(Checker, Nine.AddMinutes(20)), 99));
    }

    private static WorkOutcome Done => new(WorkResult.Done, null, null, null, null, null, "");

    private static WorkDossier Begun(WorkKind kind = WorkKind.SystemChange)
    {
        var work = new WorkOrder(new("W-2026-0001"), new("P-2026-0001"), Change with { Kind = kind }, "脆弱性対応", true, Performer, Nine, Checker, Role.SystemManager, Nine, "");
        var file = WorkDossier.After(null, new WorkPermitted(Nine, work, Checker.Value), 1)!;
        return Then(file, new WorkStarted(Nine, work.Id, Room, [new(Performer, 1, Nine, null, null), new(Checker, 2, Nine, null, null)], Performer.Value));
    }

    private static WorkDossier Then(WorkDossier file, RecordedEvent item) => WorkDossier.After(file, item, file.Story.Length + 2)!;

    private static PersonEntered Entered(PersonId person, DateTimeOffset at) => new(at, Room, new("SRV-1-D1"), person);

    private static PersonLeft Left(PersonId person, DateTimeOffset at) => new(at, Room, new("SRV-1-D1"), person, 1000);
}
