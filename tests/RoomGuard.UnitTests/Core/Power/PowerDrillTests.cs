using System.Collections.Immutable;
using RoomGuard.Core.Power;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Core.Power;

/// <summary>訓練: an outage played to its end, of which nobody hears.</summary>
public class PowerDrillTests
{
    [Fact]
    public void With_enough_left_every_stage_waits_for_its_own_threshold()
    {
        var stages = Play(2280, name => Everybody(name));

        // 600 s are needed and 720 s with the margin; then 360 and 216.
        Assert.Equal([(1560.0, 720.0), (1920, 360), (2064, 216)], stages.Select(stage => (stage.ToldAfterSeconds, stage.LeftSeconds)));
        Assert.Equal([1860.0, 2040, 2244], stages.Select(stage => stage.DownAfterSeconds));
        Assert.All(stages, stage => Assert.Equal(StageCause.Threshold, stage.Cause));
        Assert.Equal(["vm-1", "vm-2"], stages[0].LoggedIn.AsEnumerable());
        Assert.All(stages, stage => Assert.Empty(stage.Away));
    }

    [Theory]
    [InlineData(2280.0)]
    [InlineData(1000.0)]
    [InlineData(720.0)]
    [InlineData(601.0)]
    [InlineData(400.0)]
    [InlineData(0.0)]
    public void A_drill_tells_at_the_seconds_at_which_a_real_outage_does(double left)
    {
        var site = new PowerStory(A.MondayNine).Mains().After(60).Has(APlan.Usual);
        foreach (var stage in APlan.Usual.Stages)
        {
            site.LoggedIn(stage.Name, [.. Everybody(stage.Name)]);
        }

        site.Fails(left + 1);
        var began = site.At.AddSeconds(1);
        var told = new List<(string Name, double After)>();
        var gone = new List<(DateTimeOffset At, string Name, string User)>();
        var seen = 0;
        for (var second = 0; second < left + 700; second++)
        {
            site.After(1);
            foreach (var (at, order) in site.Orders.Skip(seen))
            {
                var name = ((TellStop)order).Name;
                told.Add((name, (at - began).TotalSeconds));
                gone.AddRange(APlan.Usual.Stages.Single(stage => stage.Name == name).Hosts.Select(host => (at.AddSeconds(host.RequiredSeconds - 30), name, host.User)));
            }

            seen = site.Orders.Count;
            foreach (var name in gone.Where(one => one.At == site.At).Select(one => one.Name).Distinct().ToArray())
            {
                site.LoggedIn(name, [.. Everybody(name).Except(gone.Where(one => one.Name == name && one.At <= site.At).Select(one => one.User))]);
            }
        }

        Assert.Equal(told, Play(left, name => Everybody(name)).Select(stage => (stage.Target, stage.ToldAfterSeconds)));
    }

    [Fact]
    public void With_too_little_left_the_stages_follow_at_once_and_the_last_is_down_after_the_battery()
    {
        // 300 s for the first, 250 in the battery: the second beside it at once, the third when no more than its own 180 are left.
        Assert.Equal([(0.0, 300.0), (0, 120), (70, 250)], Play(250, name => Everybody(name)).Select(stage => (stage.ToldAfterSeconds, stage.DownAfterSeconds)));
    }

    [Fact]
    public void Hosts_that_are_not_logged_in_are_named_and_their_stage_takes_its_whole_time()
    {
        var stages = Play(700, name => name == "stage-1" ? ["vm-1"] : []);

        Assert.Equal(["vm-2"], stages[0].Away.AsEnumerable());
        Assert.Equal(["nas-1"], stages[2].Away.AsEnumerable());
        Assert.Empty(stages[2].LoggedIn);
    }

    [Fact]
    public void A_drill_goes_by_what_was_measured_and_teaches_nothing()
    {
        ImmutableArray<HostStops> stops = [new("db-1", [60, 70, 65])];
        var times = new StopTimes(new());
        times.Restore(stops);
        var stages = PowerDrill.Play(APlan.Usual, times.All, 2280, Everybody, new());

        Assert.Equal((100.0, true), (stages[1].NeededSeconds, stages[1].Measured));
        Assert.Equal((300.0, false), (stages[0].NeededSeconds, stages[0].Measured));
        Assert.Equal([60, 70, 65], Assert.Single(times.All).Seconds.AsEnumerable());
    }

    [Fact]
    public void While_a_drill_is_played_and_afterwards_nobody_is_told_and_the_room_is_as_it_was()
    {
        var site = new PowerStory(A.MondayNine).Mains().After(60).Has(APlan.Usual).LoggedIn("stage-1", "vm-1").After(60);
        var before = site.Control.Now();
        var stages = PowerDrill.Play(APlan.Usual, site.Control.Times.All, before.Units[0].LeftSeconds!.Value, name => before.Plans[0].Stages.Single(stage => stage.Name == name).Up, new());

        Assert.Equal(3, stages.Length);
        Assert.Empty(site.Orders);
        Assert.Empty(site.Control.Plans[0].Told);
        Assert.Empty(site.Control.Times.All);
        site.After(3600).Tells().WritesNothing();
    }

    [Fact]
    public void A_week_in_the_battery_and_the_longest_plan_are_played_in_a_moment()
    {
        var plan = APlan.Usual with
        {
            Stages = [.. Enumerable.Range(1, 20).Select(no => new PowerStage($"stage-{no}", "段", "Stage", [.. Enumerable.Range(1, 200).Select(host => new PowerHost($"h-{no}-{host}", "機器", "Host", 14_400 - host))]))],
        };

        Assert.Empty(plan.Problems());
        Assert.Equal(20, PowerDrill.Play(plan, [], 604_800, name => [.. plan.Stages.Single(stage => stage.Name == name).Hosts.Select(host => host.User)], new()).Length);
    }

    private static ImmutableArray<string> Everybody(string stage) => [.. APlan.Usual.Stages.Single(one => one.Name == stage).Hosts.Select(host => host.User)];

    private static ImmutableArray<DrillStage> Play(double left, Func<string, ImmutableArray<string>> logins) => PowerDrill.Play(APlan.Usual, [], left, logins, new());
}
