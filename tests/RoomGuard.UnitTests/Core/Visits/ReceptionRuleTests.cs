using System.Collections.Immutable;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Core.Visits;

public class ReceptionRuleTests
{
    private static readonly DateTimeOffset One = new(2026, 5, 12, 13, 0, 0, TimeSpan.FromHours(9));
    private static readonly DateOnly Today = new(2026, 5, 12);

    private static readonly Visit Plain = new(
        new("V-2026-0088"), new("P-2026-0031"), [new(new("V-2026-0088-1"), "大淀 健", "おおよど けん"), new(new("V-2026-0088-2"), "高岡 実", "")], "架空電設株式会社", "空調機の調査", [new("SRV-1")],
        One, One.AddHours(1), [new("S-0217")], [], null, new("S-0217"), One.AddDays(-2), [new("S-0102")], One.AddDays(-1), WalkIn: false);

    private static VisitDossier ADossier(params RecordedEvent[] more) =>
        more.Prepend(new VisitRecorded(One.AddDays(-1), Plain, "approved", "", "S-0102")).Select((item, n) => (item, n)).Aggregate((VisitDossier?)null, (file, next) => VisitDossier.After(file, next.item, next.n) ?? file)!;

    private static CheckInObstacle? At(string local, VisitDossier? file = null, params VisitorBar[] bars)
    {
        var dossier = file ?? ADossier();
        return ReceptionRules.Obstacle(dossier, dossier.Visitors[0], [.. bars], new(Today.ToDateTime(TimeOnly.Parse(local, System.Globalization.CultureInfo.InvariantCulture)), TimeSpan.FromHours(9)), Today);
    }

    private static VisitorBar Barred(string name = "", string firm = "", int days = 1) => new("B-0001", name, firm, "約束を破った", Today, Today.AddDays(days));

    private static readonly VisitorBadgeIssued Out = new(One, Plain.Id, new("V-2026-0088-1"), new("B-R-014"), "赤-014", BadgeColour.Red, "R-01");

    [Theory]
    [InlineData("12:29:59", CheckInObstacle.TooEarly)]
    [InlineData("12:30", null)]
    [InlineData("13:59:59", null)]
    [InlineData("14:00", CheckInObstacle.Over)]
    [Requirement("R-VIS-06")]
    public void A_badge_is_handed_out_from_half_an_hour_before_until_the_end(string local, CheckInObstacle? expected) => Assert.Equal(expected, At(local));

    [Fact]
    [Requirement("R-VIS-06")]
    public void Nobody_gets_a_second_badge_on_the_same_invitation() => Assert.Equal(CheckInObstacle.AlreadyIn, At("13:10", ADossier(Out)));

    [Fact]
    [Requirement("R-VIS-06")]
    public void A_lost_badge_makes_room_for_another()
    {
        var lost = ADossier(Out, new VisitorBadgeDied(One, Plain.Id, new("V-2026-0088-1"), new("B-R-014"), "赤-014", BadgeDeath.Lost, "R-01"));

        Assert.Null(At("13:10", lost));
    }

    [Fact]
    public void A_visit_called_off_hands_out_nothing() => Assert.Equal(CheckInObstacle.Closed, At("13:00", ADossier(new VisitEnded(One, Plain.Id, VisitEnding.Cancelled, "", "S-0217"))));

    [Theory]
    [InlineData("大淀健", "", true)]
    [InlineData("大淀　健", "", true)]
    [InlineData("", "架空電設 株式会社", true)]
    [InlineData("大淀 健", "架空電設株式会社", true)]
    [InlineData("大淀 健", "別の会社", false)]
    [InlineData("大淀 健一", "", false)]
    [Requirement("R-VIS-01")]
    public void A_bar_covers_the_person_or_the_firm_however_it_is_spaced(string name, string firm, bool covers) =>
        Assert.Equal(covers ? CheckInObstacle.Barred : null, At("13:00", null, Barred(name, firm)));

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [Requirement("R-VIS-01")]
    public void A_bar_ends_with_its_last_day(int days, bool covers) => Assert.Equal(covers ? CheckInObstacle.Barred : null, At("13:00", null, Barred("大淀 健", days: days)));

    [Fact]
    [Requirement("R-VIS-06")]
    public void The_story_of_a_visit_follows_from_its_entries()
    {
        PersonId one = new("V-2026-0088-1"), two = new("V-2026-0088-2");
        Assert.Equal(VisitState.Expected, ADossier().State);
        var inside = ADossier(Out, new RoomGuard.Core.Doors.PersonEntered(One.AddMinutes(2), new("SRV-1"), new("SRV-1-D1"), one));
        Assert.Equal((VisitState.Here, "SRV-1", "赤-014"), (inside.State, inside.FileOf(one)!.Zone!.Value.Value, inside.FileOf(one)!.BadgeNo));

        var dead = VisitDossier.After(inside, new VisitorBadgeDied(One.AddMinutes(75), Plain.Id, one, new("B-R-014"), "赤-014", BadgeDeath.NotReturned, "service"), 9)!;
        Assert.Equal(VisitState.Missing, dead.State);
        Assert.Equal(TimeSpan.FromMinutes(15), dead.Overstay(dead.FileOf(one)!, One.AddMinutes(75)));

        var back = VisitDossier.After(dead, new VisitorBadgeReturned(One.AddMinutes(80), Plain.Id, one, new("B-R-014"), "赤-014", "R-01"), 10)!;
        Assert.True(back.AllBack);
        Assert.Equal((One.AddMinutes(80), null), (back.FileOf(one)!.ReturnedAt, back.FileOf(two)!.IssuedAt));
        Assert.Equal(VisitState.Done, VisitDossier.After(back, new VisitEnded(One.AddMinutes(80), Plain.Id, VisitEnding.Done, "", "R-01"), 11)!.State);
    }

    [Fact]
    public void What_the_rooms_see_does_not_make_the_desk_look_again()
    {
        var before = ADossier(Out);
        var after = VisitDossier.After(before, new RoomGuard.Core.Doors.PersonEntered(One, new("SRV-1"), new("SRV-1-D1"), new("V-2026-0088-1")), 5)!;

        Assert.Equal(before.Version, after.Version);
        Assert.NotEqual(before.Version, VisitDossier.After(before, new VisitRecorded(One, Plain with { Until = One.AddHours(2) }, "changed", "延長", "S-0102"), 6)!.Version);
    }

    [Fact]
    public void A_visitors_number_names_the_visit() =>
        Assert.Equal(("V-2026-0088", null, null), (Visit.VisitOf(new("V-2026-0088-12"))?.Value, Visit.VisitOf(new("S-0217"))?.Value, Visit.VisitOf(default)?.Value));
}
