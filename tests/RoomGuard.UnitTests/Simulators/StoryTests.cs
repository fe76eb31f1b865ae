using System.Text;
using RoomGuard.Simulators.Site;
using RoomGuard.Simulators.Stories;
using RoomGuard.Simulators.World;
using RoomGuard.TestKit;
using RoomGuard.Wire.Osdp;
using Xunit;

namespace RoomGuard.UnitTests.Simulators;

public sealed class StoryTests
{
    private const string Small = """
        {
          "title": "t", "start": "AtOnce", "lap": "00:05:00", "groups": { "all": ["S-1", "S-2"] },
          "steps": [
            { "at": "00:00:05", "do": "enter", "with": { "person": "S-1", "door": "D1", "stay": "00:00:30" } },
            { "at": "00:00:20", "every": "00:00:30", "until": "00:04:00", "jitter": "00:00:10", "do": "enter", "with": { "person": "@all", "door": "D1", "stay": ["00:00:05", "00:00:20"] } },
            { "at": "00:01:10", "do": "force", "with": { "door": "D1" }, "firstLapOnly": true }
          ]
        }
        """;

    [Theory]
    [InlineData(1)]
    public void The_same_seed_gives_the_same_day(int seed)
    {
        Assert.Equal(Day(seed), Day(seed));
        Assert.NotEqual(Day(seed), Day(seed + 1));
    }

    [Fact]
    public void People_walk_in_when_the_strike_answers_and_come_out_again()
    {
        using var panel = Granting(seed: 1);

        Assert.Contains(panel.Site.Look().News, item => item.Kind == "went-in" && item.Person == "S-1");
        Assert.Contains(panel.Site.Look().News, item => item.Kind == "went-out" && item.Person == "S-1");
    }

    [Fact]
    public void People_turn_away_when_no_strike_answers()
    {
        using var panel = new PanelOnWire().Installed();

        panel.Site.Enter("S-2", "D1");
        panel.Run(10);

        Assert.Equal(["card", "turned-away"], panel.Site.Look().News.Where(item => item.Person == "S-2").Select(item => item.Kind).Reverse());
    }

    [Fact]
    [Requirement("R-DOOR-05")]
    public void Nobody_stays_locked_in_when_no_strike_answers_on_the_way_out()
    {
        using var panel = new PanelOnWire().Installed();
        panel.Order(new OutputCommand(0, OutputControl.On));
        panel.Run(1);
        panel.Order(new OutputCommand(0, OutputControl.Off));
        panel.Site.Enter("S-1", "D1", stay: TimeSpan.FromSeconds(5));
        panel.Run(1.2);
        panel.Order(new OutputCommand(0, OutputControl.OnFor, TimeSpan.FromSeconds(4)));
        panel.Until(() => panel.Site.Look().Doors[0].Inside.Length == 1, "she is inside", 5);

        panel.Until(() => panel.Site.Look().Doors[0].Inside.IsEmpty, "she is out by the lever", 30);
    }

    [Fact]
    public void The_next_lap_leaves_out_what_belongs_to_the_first()
    {
        var site = A.Site();
        var story = StoryFile.Parse("small", Encoding.UTF8.GetBytes(Small), site);

        Assert.Single(story.Plan(1, 0, site), deed => deed.Deed is ForceDoor);
        Assert.DoesNotContain(story.Plan(1, 1, site), deed => deed.Deed is ForceDoor);
        Assert.NotEqual(story.Plan(1, 1, site), story.Plan(1, 2, site));
    }

    [Fact]
    public void A_story_runs_faster_pauses_and_begins_again()
    {
        var site = A.Site() with { Speed = 10 };
        var player = new StoryPlayer(StoryFile.Parse("small", Encoding.UTF8.GetBytes(Small), site), site);

        player.Pass(TimeSpan.Zero, readersOnline: true);
        Assert.Single(player.Pass(TimeSpan.FromSeconds(0.5), readersOnline: true));
        Assert.Equal(TimeSpan.FromSeconds(5), player.Position);

        player.Play(playing: false, TimeSpan.FromSeconds(0.5));
        Assert.Empty(player.Pass(TimeSpan.FromSeconds(60), readersOnline: true));
        player.Play(playing: true, TimeSpan.FromSeconds(60));
        player.ChangeSpeed(1, TimeSpan.FromSeconds(60));
        player.Pass(TimeSpan.FromSeconds(61), readersOnline: true);
        Assert.Equal(TimeSpan.FromSeconds(6), player.Position);

        player.Restart(TimeSpan.FromSeconds(61));
        Assert.Equal((0, TimeSpan.Zero), (player.Lap, player.Position));
    }

    [Fact]
    public void A_story_waits_for_the_readers_but_not_for_ever()
    {
        var site = A.Site();
        var player = new StoryPlayer(StoryFile.Parse("small", Encoding.UTF8.GetBytes(Small.Replace("AtOnce", "ReadersOnline", StringComparison.Ordinal)), site), site);

        player.Pass(TimeSpan.FromSeconds(100), readersOnline: false);
        Assert.Equal(-1, player.Lap);
        player.Pass(TimeSpan.FromSeconds(101), readersOnline: true);
        Assert.Equal(0, player.Lap);

        var alone = new StoryPlayer(player.Story, site);
        alone.Pass(TimeSpan.Zero, readersOnline: false);
        alone.Pass(TimeSpan.FromMinutes(2), readersOnline: false);
        Assert.Equal(0, alone.Lap);
    }

    [Theory]
    [InlineData("""{ "at": "00:00:05", "do": "enter", "with": { "person": "S-9", "door": "D1" } }""", "line 3, steps[0].with.person", "\"S-9\"")]
    [InlineData("""{ "at": "00:00:05", "do": "enter", "with": { "door": "D1" } }""", "line 3, steps[0].with.person", "needs")]
    [InlineData("""{ "at": "00:00:05", "do": "dance", "with": {} }""", "line 3, steps[0].do", "\"dance\"")]
    [InlineData("""{ "at": "00:00:05", "do": "story-restart" }""", "line 3, steps[0].do", "story-restart")]
    [InlineData("""{ "at": "01:00:00", "do": "force", "with": { "door": "D1" } }""", "line 3, steps[0].at", "outside the lap")]
    [InlineData("""{ "at": "00:00:05", "do": "force", "with": { "door": ["D1", "D2"] } }""", "line 3, steps[0].with.door", "\"D2\"")]
    [InlineData("""{ "at": "00:00:05", "do": "enter", "with": { "person": "@nobody", "door": "D1" } }""", "line 3, steps[0].with.person", "group \"nobody\"")]
    [InlineData("""{ "at": "00:00:05", "do": "noise", "with": { "line": "line-1", "percent": 120 } }""", "line 3, steps[0].with.percent", "0 to 100")]
    [InlineData("""{ "at": "00:00:05", "until": "00:01:00", "do": "force", "with": { "door": "D1" } }""", "line 3, steps[0].until", "every")]
    [InlineData("""{ "at": "soon", "do": "force", "with": { "door": "D1" } }""", "line 3, $.steps[0].at", "00:01:30")]
    [InlineData("""{ "at": "00:00:05", "when": 1, "do": "force", "with": { "door": "D1" } }""", "line 3, $.steps[0].when", "could not be mapped")]
    [InlineData("""{ "at": "00:00:05", "at": "00:00:06", "do": "force", "with": { "door": "D1" } }""", "line 3, $.steps[0]", "uplicate")]
    [InlineData("""{ "at": "00:00:05", "do": """, "line 4", "")]
    public void A_wrong_story_is_refused_with_file_line_and_place(string step, string place, string says)
    {
        var text = $"{{ \"title\": \"t\", \"lap\": \"00:10:00\",\n  \"steps\": [\n    {step}\n  ] }}";

        var wrong = Assert.Throws<StoryException>(() => StoryFile.Parse("day.json", Encoding.UTF8.GetBytes(text), A.Site()));

        Assert.StartsWith($"day.json: {place}", wrong.Lines[0], StringComparison.Ordinal);
        Assert.Contains(says, wrong.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_with_a_story_is_told_at_once()
    {
        var text = """{ "title": "t", "lap": "00:00:01", "steps": [ { "at": "00:00:05", "do": "dance" }, { "at": "00:00:00", "do": "force" } ] }""";

        var wrong = Assert.Throws<StoryException>(() => StoryFile.Parse("day.json", Encoding.UTF8.GetBytes(text), A.Site()));

        Assert.Equal(4, wrong.Lines.Length);
    }

    [Fact]
    public void The_shipped_day_is_right_and_shows_something_within_two_minutes()
    {
        var site = SimulatorSettingsFile.Load(A.Kakuu("simulators.json"), []);
        var story = StoryFile.Load(A.Kakuu("story.json"), site);
        var first = story.Plan(site.Seed, 0, site).TakeWhile(deed => deed.At < TimeSpan.FromMinutes(2)).Select(deed => deed.Deed).ToList();

        Assert.Contains(first, deed => deed is Enter { Person: "S-0217" });
        Assert.Contains(first, deed => deed is Enter { Person: "S-0152" });
        Assert.Contains(first, deed => deed is ForceDoor);
        Assert.Contains(first, deed => deed is PlugReader { Plugged: false });
    }

    [Fact]
    public void The_busy_day_is_right_and_a_crowd_comes()
    {
        var site = SimulatorSettingsFile.Load(A.Kakuu("simulators.json"), []);
        var deeds = StoryFile.Load(A.Kakuu("busy-day.json"), site).Plan(site.Seed, 0, site).Select(deed => deed.Deed).ToList();

        Assert.InRange(deeds.OfType<Enter>().Count(), 80, 200);
        Assert.Contains(deeds, deed => deed is HoldOpen);
        Assert.Contains(deeds, deed => deed is PushExit);
    }

    private static string[] Day(int seed)
    {
        using var panel = Granting(seed);
        return [.. panel.Site.Look().News.Select(item => $"{item.At} {item.Kind} {item.Door} {item.Reader} {item.Person}")];
    }

    /// <summary>A minute of the small story against a panel that lets everybody in, at either reader.</summary>
    private static PanelOnWire Granting(int seed)
    {
        var site = A.Site(seed);
        var panel = new PanelOnWire(seed, story: StoryFile.Parse("small", Encoding.UTF8.GetBytes(Small), site), settings: site).Installed();
        for (var answered = 0; panel.Now < TimeSpan.FromSeconds(60);)
        {
            panel.Run(0.1);
            for (var cards = panel.Heard.OfType<CardRead>().Count(); answered < cards; answered++)
            {
                panel.Order(new OutputCommand(0, OutputControl.OnFor, TimeSpan.FromSeconds(3)));
            }
        }

        return panel;
    }
}
