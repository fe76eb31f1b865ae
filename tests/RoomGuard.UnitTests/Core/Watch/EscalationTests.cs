using System.Collections.Immutable;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Watch;
using RoomGuard.TestKit;
using Xunit;
using static RoomGuard.UnitTests.Core.Watch.AnAlarm;

namespace RoomGuard.UnitTests.Core.Watch;

/// <summary>Who is told, when, and who next.</summary>
public sealed class EscalationTests
{
    private static readonly ContactBook Book = ContactBook.Empty;

    [Fact]
    [Requirement("R-MON-04")]
    [Requirement("R-ENV-11")]
    public void An_alarm_goes_up_its_list_until_somebody_acknowledges_and_at_its_end_to_all_of_SUP_and_CHIEF()
    {
        var desk = new Desk(Of(AlarmKinds.UpsLost));
        desk.Until(Ten.AddHours(2));

        Assert.Equal(
            [
                (0.5, NoticeCause.Raised, "FAC"), (10.5, NoticeCause.Escalated, "SYS"), (20.5, NoticeCause.Escalated, "SUP CHIEF"),
            ],
            desk.Told);
    }

    [Fact]
    [Requirement("R-MON-04")]
    public void Acknowledged_nobody_more_is_told()
    {
        var desk = new Desk(Of(AlarmKinds.UpsLost));
        desk.Until(Ten.AddMinutes(5));
        desk.Change(alarm => alarm.IsSeen(Ten.AddMinutes(5)));
        desk.Until(Ten.AddHours(2));

        Assert.Equal([(0.5, NoticeCause.Raised, "FAC")], desk.Told);
    }

    [Fact]
    public void An_emergency_waits_for_nothing_and_anything_else_over_at_once_is_told_to_nobody()
    {
        var forced = new Desk(Of(AlarmKinds.DoorForced).Goes(Ten.AddSeconds(1)));
        forced.Until(Ten.AddSeconds(20));
        Assert.Equal((0.0, NoticeCause.Raised, "SEC"), forced.Told[0]);

        var brief = new Desk(Of().Goes(Ten.AddSeconds(20)));
        brief.Until(Ten.AddHours(3));
        Assert.Empty(brief.Told);
    }

    [Fact]
    public void Who_was_told_that_it_came_is_told_that_it_went()
    {
        var desk = new Desk(Of(AlarmKinds.UpsLost));
        desk.Until(Ten.AddMinutes(12));
        desk.Change(alarm => alarm.IsSeen(Ten.AddMinutes(12)).Goes(Ten.AddMinutes(13)));
        desk.Until(Ten.AddMinutes(20));

        Assert.Equal(("FAC SYS", NoticeCause.Returned), (desk.Told[^1].To, desk.Told[^1].Cause));
        Assert.Equal(3, desk.Told.Count);
    }

    [Fact]
    public void More_urgent_is_told_again_to_all_who_know_of_it()
    {
        var desk = new Desk(Of(AlarmKinds.PowerOutage));
        desk.Until(Ten.AddMinutes(11));
        desk.Change(alarm => alarm.IsSeen(Ten.AddMinutes(11)).Grows(Ten.AddMinutes(12), AlarmLevel.Emergency, entry: desk.NextEntry));
        desk.Until(Ten.AddMinutes(13));

        Assert.Equal((12.0, NoticeCause.Rose, "FAC SYS"), desk.Told[^1]);
    }

    [Fact]
    public void What_is_not_urgent_waits_for_office_hours()
    {
        // Friday, 20:00 in Tokyo.
        var night = new DateTimeOffset(2026, 5, 15, 11, 0, 0, TimeSpan.Zero);
        var due = Escalation.Next(Case(Of(AlarmKinds.BatteryDue, night)), Book, Office, night)!;

        Assert.Equal(new DateTimeOffset(2026, 5, 18, 8, 30, 0, TimeSpan.FromHours(9)), due.At);
        Assert.Equal(new DateTimeOffset(2026, 5, 18, 8, 35, 0, TimeSpan.FromHours(9)), Office.Add(new(2026, 5, 15, 17, 10, 0, TimeSpan.FromHours(9)), TimeSpan.FromMinutes(10)));
        Assert.Equal(night.AddSeconds(30), Escalation.Next(Case(Of(AlarmKinds.UpsLost, night)), Book, Office, night)!.At);
    }

    [Fact]
    public void Shelved_and_kept_back_alarms_tell_nobody_and_are_judged_anew_at_the_end()
    {
        var alarm = Of(AlarmKinds.UpsLost);
        var shelved = new Desk(alarm.IsShelved(Ten, TimeSpan.FromHours(1)));
        shelved.Until(Ten.AddMinutes(59));
        Assert.Empty(shelved.Told);
        shelved.Change(one => AlarmMachine.Step(one, new ShelfEnded(Ten.AddMinutes(60), shelved.NextEntry)));
        shelved.Until(Ten.AddMinutes(62));
        Assert.Equal((60.5, NoticeCause.Raised, "FAC"), Assert.Single(shelved.Told));

        var work = new Maintenance("MT-0001", Server, null, new("S-0801"), Ten, Ten.AddHours(2), "点検");
        Assert.Equal("MT-0001", Keeping.Of(alarm, [alarm], [work], Ten.AddHours(1))!.By);
        Assert.Null(Keeping.Of(alarm, [alarm], [work], Ten.AddHours(2)));
    }

    [Fact]
    public void A_cause_above_keeps_back_what_it_explains_and_never_what_guards_life()
    {
        var silent = Of(AlarmKinds.PanelLost, subject: "bridge-1") with { Panel = new PanelId("bridge-1") };
        var reader = Of(AlarmKinds.ReaderFault, entry: 101) with { Panel = new PanelId("bridge-1") };
        var forced = Of(AlarmKinds.DoorForced, entry: 102) with { Panel = new PanelId("bridge-1") };
        var outage = Of(AlarmKinds.PowerOutage, entry: 99) with { Planned = true };
        ImmutableArray<Alarm> open = [silent, reader, forced, outage];

        Assert.Equal((ParentCauses.Bridge, silent.Id), (Keeping.Of(reader, open, [], Ten)!.Cause, Keeping.Of(reader, open, [], Ten)!.By));
        Assert.Null(Keeping.Of(reader with { Panel = new PanelId("bridge-2"), RaisedAt = Ten.AddHours(-1) }, open, [], Ten));
        Assert.Equal(ParentCauses.Mains, Keeping.Of(reader with { Panel = null }, open, [], Ten)!.Cause);
        Assert.Equal(ParentCauses.PlannedOutage, Keeping.Of(outage, open, [], Ten)!.Cause);
        Assert.Null(Keeping.Of(outage with { Level = AlarmLevel.Emergency }, open, [], Ten));
        Assert.Null(Keeping.Of(forced, open, [new("MT-0001", Server, null, new("S-0801"), Ten, Ten.AddHours(2), "点検")], Ten));
        Assert.Null(Keeping.Of(reader with { Panel = null }, [.. open.Select(one => one.IsSeen(Ten).Goes(Ten))], [], Ten));
    }

    [Fact]
    public void A_flood_is_one_notice_for_each_contact_naming_the_first_and_what_guards_life_is_told_alone()
    {
        var many = Enumerable.Range(0, 14).Select(at => Of(AlarmKinds.UpsLost, Ten.AddSeconds(at), 200 + at, $"ups-{at}")).ToList();
        var forced = Of(AlarmKinds.DoorForced, Ten.AddSeconds(20), 300);
        var due = Escalation.Due([.. many.Append(forced).Select(alarm => Case(alarm))], Book, Office, Ten.AddMinutes(1));

        Assert.Equal(2, due.Length);
        var grouped = Assert.Single(due, notice => notice.Cause is NoticeCause.Grouped);
        Assert.Equal(("AL-200", 14, "FAC"), (grouped.Alarm, grouped.Covers.Length, Assert.Single(grouped.Contacts)));
        Assert.Equal(forced.Id, Assert.Single(due, notice => notice.Cause is NoticeCause.Raised).Alarm);

        // More of the same within the pause adds nothing; something more urgent does.
        var told = many.Select(alarm => Case(alarm, new Told(500, Ten.AddMinutes(1), NoticeCause.Grouped, AlarmLevel.Important, 0, ["FAC"]))).ToList();
        var late = Of(AlarmKinds.UpsLost, Ten.AddMinutes(2), 600, "ups-20");
        Assert.Empty(Escalation.Due([.. told, Case(late)], Book, Office, Ten.AddMinutes(3)));
        Assert.Equal(late.Id, Assert.Single(Assert.Single(Escalation.Due([.. told, Case(late with { Level = AlarmLevel.Emergency })], Book, Office, Ten.AddMinutes(3))).Covers));
    }

    [Fact]
    public void An_alarm_that_comes_and_goes_is_told_as_such_once()
    {
        var desk = new Desk(Of(AlarmKinds.UpsLost));
        for (var times = 1; times <= 8; times++)
        {
            var at = Ten.AddMinutes(times);
            desk.Until(at);
            desk.Change(alarm => alarm.Goes(at).Comes(at.AddSeconds(1), entry: desk.NextEntry));
        }

        desk.Until(Ten.AddMinutes(9));
        Assert.Single(desk.Told, told => told.Cause is NoticeCause.Grouped);
        Assert.Equal(NoticeCause.Grouped, desk.Told[^1].Cause);
    }

    [Fact]
    [Requirement("R-DRILL-02")]
    public void A_drill_is_a_drill_in_every_notice_of_it()
    {
        var desk = new Desk(Of(AlarmKinds.Drill));
        desk.Until(Ten.AddMinutes(45));

        Assert.Equal(3, desk.Told.Count);
        Assert.All(desk.Told, told => Assert.Equal(NoticeCause.Test, told.Cause));
    }

    [Fact]
    [Requirement("R-MON-04")]
    public void The_narrowest_list_counts_and_what_is_taken_away_falls_back()
    {
        ContactList near = new(AlarmKinds.UpsLost.Id, Server, [new("C-0001", 0)]);
        ContactList wide = new(nameof(AlarmArea.Power), null, [new("C-0002", 0)]);
        var book = Book with { Set = Book.Set.Add(near.Key, near).Add(wide.Key, wide) };

        Assert.Equal("C-0001", book.For(AlarmKinds.UpsLost, Server).Steps[0].Contact);
        Assert.Equal("C-0002", book.For(AlarmKinds.UpsLost, new("MED-1")).Steps[0].Contact);
        Assert.Equal("C-0002", (book with { Set = book.Set.SetItem(near.Key, near with { Steps = [] }) }).For(AlarmKinds.UpsLost, Server).Steps[0].Contact);
        Assert.Equal("FAC", Book.For(AlarmKinds.UpsLost, Server).Steps[0].Contact);
        Assert.All(AlarmKinds.All, kind => Assert.All(Book.For(kind, null).Steps, step => Assert.True(Book.Knows(step.Contact))));
    }

    /// <summary>One alarm at a desk that writes down what is due, as the service does.</summary>
    private sealed class Desk(Alarm alarm)
    {
        private readonly List<Told> told = [];
        private Alarm alarm = alarm;
        private DateTimeOffset now = Ten;

        public long NextEntry { get; private set; } = 1000;

        /// <summary>Minutes from ten o'clock, cause and contacts of each notice.</summary>
        public List<(double Minute, NoticeCause Cause, string To)> Told { get; } = [];

        public void Change(Func<Alarm, Alarm> change) => (alarm, NextEntry) = (change(alarm), NextEntry + 1);

        public void Until(DateTimeOffset end)
        {
            for (; now <= end; now = now.AddSeconds(30))
            {
                foreach (var due in Escalation.Due([new(alarm, null, [.. told])], Book, Office, now))
                {
                    told.Add(new(NextEntry++, now, due.Cause, due.Level, due.Step, due.Contacts));
                    Told.Add(((now - Ten).TotalMinutes, due.Cause, string.Join(' ', due.Contacts)));
                }
            }
        }
    }
}
