using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.Timeline;
using Xunit;

namespace RoomGuard.UnitTests.Dashboard;

/// <summary>前後の流れ: who reads it sees doors, badges, people and alarms each on their own line.</summary>
public sealed class TimelineTests
{
    private static readonly DateTimeOffset From = Paper.Now.AddMinutes(-5);
    private static readonly ZoneId Server = new("SRV-1");
    private static readonly DoorId Front = new("SRV-1-D1");

    [Fact]
    public void A_door_is_drawn_open_from_its_opening_to_its_closing()
    {
        var lane = Assert.Single(Lanes(new DoorOpened(At(2.5), Front, OpeningCause.Entry, null), new DoorClosed(At(5), Front, 150_000)));

        Assert.Equal("サーバ室 正面扉", lane.Name);
        Assert.Equal(new(0.25, 0.5, "open"), Assert.Single(lane.Spans));
    }

    [Fact]
    public void A_door_that_stood_open_before_and_one_that_still_does_are_drawn_to_the_edge()
    {
        Assert.Equal(new(0, 0.1, "open"), Assert.Single(Assert.Single(Lanes(new DoorClosed(At(1), Front, 600_000))).Spans));
        Assert.Equal(new(0.9, 1, "open"), Assert.Single(Assert.Single(Lanes(new DoorOpened(At(9), Front, OpeningCause.Exit, null))).Spans));
    }

    [Fact]
    public void Alarms_stand_together_and_a_refusal_is_an_answer_of_its_reader()
    {
        var lanes = Lanes(
            new EntryDenied(At(1), Front, Server, new("r"), DenyReason.OutsideHours, null, null, null, null, [], 1, []),
            new DoorForced(At(2), Front, Server, null),
            new PersonEntered(At(3), Server, Front, new("S-0217")),
            new RepeatedRefusals(At(4), Front, null, null, 3, From));

        Assert.Equal(["サーバ室 正面扉 読取", "サーバ室 在室", "警報"], lanes.Select(lane => lane.Name));
        Assert.Equal(2, lanes[^1].Marks.Length);
    }

    [Fact]
    public void Time_without_reports_is_drawn_and_not_left_out()
    {
        var lane = Assert.Single(Lanes(new PanelLost(At(4), new("bridge-1"), At(3)), new PanelSeen(At(6), new("bridge-1"), 180_000)));

        Assert.Equal(new(0.3, 0.6, "silent"), Assert.Single(lane.Spans));
    }

    private static DateTimeOffset At(double minute) => From.AddMinutes(minute);

    private static ImmutableArray<TimelineLane> Lanes(params RecordedEvent[] items) =>
        Timelines.Lanes([.. items.Select((item, n) => new RecordLine(n, item, null))], From, From.AddMinutes(10), Paper.Ink());
}
