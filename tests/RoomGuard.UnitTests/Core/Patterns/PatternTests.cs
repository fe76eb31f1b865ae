using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Patterns;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Service;
using Xunit;

namespace RoomGuard.UnitTests.Core.Patterns;

/// <summary>R-MON-05: what is told, from which figure on, and what is not.</summary>
public sealed class PatternTests
{
    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
    private static readonly PatternSettings Figures = new();

    // Monday, 2026-05-11, nine o'clock in Tokyo.
    private static readonly DateTimeOffset Nine = A.MondayNine;

    private readonly PatternBook book = new(Figures, Tokyo);
    private long n;

    [Theory]
    [Requirement("R-MON-05")]
    [InlineData(3, true)]
    [InlineData(10, false)]
    [InlineData(11, false)]
    [InlineData(13, true)]
    public void An_hour_at_which_somebody_hardly_ever_enters_is_unusual_and_its_neighbours_are_not(int localHour, bool told)
    {
        Weekdays("S-0217", hour: 10, days: 40);

        var notice = Take(A.Granted(At(2026, 6, 8, localHour)));

        Assert.Equal(told, notice is { Kind: PatternKind.UnusualHour });
        Assert.Equal(told, notice?.EventIds is [var only] && only == n);
    }

    [Theory]
    [Requirement("R-MON-05")]
    [InlineData(20, false)]
    [InlineData(21, true)]
    public void Nothing_is_unusual_before_enough_is_known(int entries, bool told)
    {
        // By the afternoon twenty entries of the morning weigh a little less than twenty.
        for (var i = 0; i < entries; i++)
        {
            book.Recall(new("S-0217"), Nine.AddMinutes(i));
        }

        Assert.Equal(told, Take(A.Granted(Nine.AddHours(6))) is not null);
    }

    [Fact]
    [Requirement("R-MON-05")]
    public void A_guard_whose_nights_are_usual_is_told_of_by_day_alone()
    {
        Weekdays("S-0217", hour: 2, days: 40);

        Assert.Null(Take(A.Granted(At(2026, 6, 8, 2))));
        Assert.NotNull(Take(A.Granted(At(2026, 6, 9, 14))));
    }

    [Fact]
    [Requirement("R-MON-05")]
    public void Saturday_at_the_usual_hour_of_weekdays_is_unusual()
    {
        Weekdays("S-0217", hour: 10, days: 40);

        Assert.Equal(PatternKind.UnusualHour, Take(A.Granted(At(2026, 6, 6, 10)))?.Kind);
    }

    [Fact]
    [Requirement("R-MON-05")]
    public void What_comes_often_becomes_usual_and_is_told_no_more()
    {
        Weekdays("S-0217", hour: 10, days: 40);
        var told = 0;
        for (var day = 0; day < 20; day++)
        {
            told += Take(A.Granted(At(2026, 6, 8, 22).AddDays(day))) is null ? 0 : 1;
        }

        Assert.InRange(told, 1, 4);
        Assert.Null(Take(A.Granted(At(2026, 6, 29, 22))));
    }

    [Theory]
    [Requirement("R-MON-05")]
    [InlineData(2, 0, false)]
    [InlineData(3, 0, true)]
    [InlineData(3, 15, true)]
    [InlineData(3, 16, false)]
    public void Refused_at_three_doors_within_half_an_hour_is_told_and_at_two_or_slower_is_not(int doors, int minutesBetween, bool told)
    {
        PatternNoticed? notice = null;
        for (var i = 0; i < doors; i++)
        {
            notice = Take(A.Denied(Nine.AddMinutes(i * minutesBetween), door: $"D-{i}"));
        }

        Assert.Equal(told, notice is { Kind: PatternKind.ManyDoors, EventIds.Length: 3 });
    }

    [Fact]
    [Requirement("R-MON-05")]
    public void The_same_door_many_times_is_one_door_and_a_card_nobody_is_known_by_is_told_by_its_digest()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.Null(Take(A.Denied(Nine.AddSeconds(i))));
        }

        Assert.Null(Take(A.Denied(Nine, person: null, door: "D-1", card: 77)));
        Assert.Null(Take(A.Denied(Nine, person: null, door: "D-2", card: 77)));
        var notice = Take(A.Denied(Nine, person: null, door: "D-3", card: 77));

        Assert.Null(notice!.Person);
        Assert.Equal(A.Digest(77), notice.Card);
    }

    [Theory]
    [Requirement("R-MON-05")]
    [InlineData(59, 3, true)]
    [InlineData(60, 3, false)]
    [InlineData(59, 2, false)]
    public void Three_stays_below_a_minute_are_told(int seconds, int times, bool told)
    {
        PatternNoticed? notice = null;
        for (var i = 0; i < times; i++)
        {
            var at = Nine.AddMinutes(10 * i);
            Assert.Null(Take(A.Entered(at)));
            notice = Take(A.Left(at.AddSeconds(seconds)));
        }

        Assert.Equal(told, notice is { Kind: PatternKind.ShortStays });
    }

    [Fact]
    [Requirement("R-MON-05")]
    public void A_long_stay_is_told_while_the_person_is_inside_and_once()
    {
        Assert.Null(Take(A.Entered(Nine)));
        var entered = n;

        Assert.Empty(book.Pass(Nine.AddHours(12).AddTicks(-1)));
        var notice = Assert.Single(book.Pass(Nine.AddHours(12)));
        Assert.Equal((PatternKind.LongStay, entered), (notice.Kind, notice.EventIds[0]));
        Assert.Empty(book.Pass(Nine.AddHours(13)));
        Assert.Null(Take(A.Left(Nine.AddHours(14))));
        Assert.Equal(0, book.Inside);
    }

    [Fact]
    [Requirement("R-MON-05")]
    public void A_long_stay_whose_end_came_late_is_told_at_its_end()
    {
        Assert.Null(Take(A.Entered(Nine)));

        Assert.Equal(PatternKind.LongStay, Take(A.Left(Nine.AddHours(12)))?.Kind);
    }

    [Theory]
    [Requirement("R-MON-05")]
    [InlineData(4, 1, false)]
    [InlineData(5, 1, true)]
    [InlineData(5, 42, true)]
    [InlineData(5, 43, false)]
    public void The_fifth_look_at_one_persons_records_within_a_week_is_told_of_who_looked(int views, int hoursBetween, bool told)
    {
        PatternNoticed? notice = null;
        for (var i = 0; i < views; i++)
        {
            notice = Take(new RecordsViewed(Nine.AddHours(i * hoursBetween), new PersonId("S-0217"), $"/entries?person=S-0217&p={i}", "確認", "S-0121"));
        }

        Assert.Equal(told, notice is { Kind: PatternKind.RepeatedViews, Person.Value: "S-0121", About.Value: "S-0217" });
    }

    [Fact]
    [Requirement("R-MON-05")]
    public void The_same_is_told_again_after_a_day_and_says_how_often_in_the_month_before()
    {
        Assert.Equal(0, ThreeDoors(Nine)?.LastMonth);
        Assert.Null(ThreeDoors(Nine.AddHours(23)));
        Assert.Equal(1, ThreeDoors(Nine.AddHours(25))?.LastMonth);
        Assert.Equal(2, ThreeDoors(Nine.AddDays(29))?.LastMonth);
        Assert.Equal(1, ThreeDoors(Nine.AddDays(45))?.LastMonth);
    }

    [Fact]
    [Requirement("R-MON-05")]
    public void What_the_record_told_before_the_book_was_opened_counts()
    {
        var told = ThreeDoors(Nine)!;
        var later = new PatternBook(Figures, Tokyo);
        Assert.Null(later.Take(1, told));

        PatternNoticed? notice = null;
        for (var i = 0; i < 3; i++)
        {
            notice = later.Take(10 + i, A.Denied(Nine.AddDays(2), door: $"D-{i}"));
        }

        Assert.Equal(1, notice!.LastMonth);
    }

    [Fact]
    [Requirement("R-MON-05")]
    public void Visitors_have_no_habits()
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.Null(Take(A.Granted(Nine.AddHours(7 * i)) with { Visit = new("V-2026-0001") }));
        }

        Assert.Equal(0, book.Habits);
    }

    [Fact]
    public void A_year_of_many_people_keeps_no_more_than_one_habit_each_and_cards_of_no_one_have_an_end()
    {
        for (var i = 0; i < 40_000; i++)
        {
            _ = book.Take(i, A.Denied(Nine.AddSeconds(i), person: null, card: i));
        }

        for (var i = 0; i < 200_000; i++)
        {
            _ = book.Take(i, A.Granted(Nine.AddMinutes(i), $"S-{i % 300}"));
        }

        Assert.Equal(300, book.Habits);
    }

    [Theory]
    [InlineData("doorsFrom")]
    [InlineData("longFromHours")]
    [InlineData("viewsFrom")]
    public void A_figure_out_of_its_range_is_said_with_its_name(string name)
    {
        var wrong = name switch { "doorsFrom" => Figures with { DoorsFrom = 1 }, "longFromHours" => Figures with { LongFromHours = 169 }, _ => Figures with { ViewsFrom = 0 } };

        Assert.Contains($"patterns.{name}", Assert.Single(wrong.Problems("patterns")), StringComparison.Ordinal);
        Assert.Empty(Figures.Problems("patterns"));
    }

    private static DateTimeOffset At(int year, int month, int day, int hour) => new(year, month, day, hour, 0, 0, TimeSpan.FromHours(9));

    private PatternNoticed? Take(RecordedEvent item) => book.Take(++n, item);

    private PatternNoticed? ThreeDoors(DateTimeOffset at)
    {
        PatternNoticed? notice = null;
        for (var i = 0; i < 3; i++)
        {
            notice = Take(A.Denied(at, door: $"D-{i}")) ?? notice;
        }

        return notice;
    }

    // Working days before Monday, 8 June.
    private void Weekdays(string person, int hour, int days)
    {
        var at = At(2026, 6, 5, hour);
        var all = new List<DateTimeOffset>();
        while (all.Count < days)
        {
            if (at.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                all.Add(at);
            }

            at = at.AddDays(-1);
        }

        all.Reverse();
        all.ForEach(time => book.Recall(new(person), time));
    }
}
