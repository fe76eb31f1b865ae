using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Service.Equipment.Year;

/// <summary>All stories of the year in one town, side by side, with the program starting anew every Monday.</summary>
public sealed class WholeYearTests
{
    // What each kind of reminder and alarm comes to, counted by hand in the stories.
    private static readonly (string Kind, int Times)[] CountedByHand =
    [
        ("disposal.reminded", 2),               // Certificate: 16 June, 16 July.
        ("offsite.check-reminded", 2),          // OffThePremises: 1 and 8 March.
        ("carry.overdue", 2),                   // BackLate: at the due time, and SEC a day later.
        ("work.alone", 1),                      // Alone.
        ("work.accompanied", 1),
        ("work.reminded", 3),                   // NeverEnded: the same day and the next two.
        ("contractor.check-overdue", 1),        // YearlyCheck: 2 April.
        ("contract.holdings-reminded", 3),      // TermEnds: SEC on 1 October, SUP on 8 October; EndsEarly: SEC on 1 December.
        ("grant.ended", 1),
        ("move.witness-left", 1),               // Witness.
        ("move.resumed", 1),
        ("gate.unpermitted", 4),               // Witness 1, TheVeryMinute 2, Unused 1.
        ("gate.passed", 3),                    // Witness 1, TheVeryMinute 2.
        ("gate.tag-unknown", 0),
        ("cabinet.opened-without-work", 1),     // RackOpened.
        ("cabinet.opened-at-work", 1),
        ("cabinet.left-open", 1),
        ("media.transferred", 3),               // BetweenSegments 1, NewYear 2.
        ("media.transfer-refused", 1),
        ("stocktake.confirmed", 1),             // Stocktaking.
        ("carry.refused", 2),                   // BackLate 1, Unused 1.
        ("case.escalated", 0),
        ("case.reminded", 1),                   // TermEnds: the worker's grant waited a day for its briefing.
        ("case.lapsed", 0),
    ];

    [Fact]
    [Requirement("R-MOVE-03")]
    [Requirement("R-MOVE-05")]
    [Requirement("R-MOVE-11")]
    [Requirement("R-LIFE-05")]
    [Requirement("R-LIFE-06")]
    [Requirement("R-LIFE-11")]
    [Requirement("R-CARRY-04")]
    [Requirement("R-WORK-06")]
    [Requirement("R-CON-05")]
    [Requirement("R-CON-07")]
    [Requirement("R-ZONE-10")]
    public async Task All_go_on_side_by_side_and_each_is_told_as_often_as_the_calendar_says()
    {
        await using var year = await EquipmentYear.Begin(
            LifeOfTheYear.Maintenance, LifeOfTheYear.SupportEnds, LifeOfTheYear.Certificate, LifeOfTheYear.OffThePremises, LifeOfTheYear.Lent, LifeOfTheYear.Stocktaking,
            MovesOfTheYear.Witness, MovesOfTheYear.TheVeryMinute, MovesOfTheYear.TwoMoves, MovesOfTheYear.ClassRaised, MovesOfTheYear.NewYear, MovesOfTheYear.BetweenSegments,
            CarryingOfTheYear.BackLate, CarryingOfTheYear.Unused,
            WorkOfTheYear.Alone, WorkOfTheYear.NeverEnded, WorkOfTheYear.DiskSwapped, WorkOfTheYear.RackOpened,
            ContractsOfTheYear.TermEnds, ContractsOfTheYear.EndsEarly, ContractsOfTheYear.YearlyCheck);
        foreach (var monday in Enumerable.Range(0, 57).Select(week => new DateOnly(2027, 4, 5).AddDays(7 * week)))
        {
            year.RestartsAt($"{monday:yyyy-MM-dd} 00:00:30");
        }

        await year.ToTheEnd(TimeSpan.FromHours(6));

        var kinds = year.Kinds();
        Assert.Equal(CountedByHand, CountedByHand.Select(one => (one.Kind, kinds.GetValueOrDefault(one.Kind))));
        await year.MadeAgainFromTheRecord();
    }
}
