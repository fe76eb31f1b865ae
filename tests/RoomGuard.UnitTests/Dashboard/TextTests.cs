using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Live;
using RoomGuard.Dashboard.Now;
using RoomGuard.Dashboard.Text;
using Xunit;

namespace RoomGuard.UnitTests.Dashboard;

public partial class TextTests
{
    public static TheoryData<string> Kinds => [.. typeof(RecordedEvent).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType.Name)];

    [Fact]
    public void Every_text_is_there_in_both_languages_with_the_same_places_for_values()
    {
        var words = AllWords().ToList();

        Assert.True(words.Count > 300, $"Only {words.Count} words were found.");
        foreach (var (name, word) in words)
        {
            Assert.False(string.IsNullOrWhiteSpace(word.Ja) || string.IsNullOrWhiteSpace(word.En), name);
            Assert.True(Places().Matches(word.Ja).Select(m => m.Value).Order().SequenceEqual(Places().Matches(word.En).Select(m => m.Value).Order()), name);
        }
    }

    [Fact]
    public void No_text_is_unused()
    {
        // The service names some of them too: what stands in a calendar is its own to say.
        var desks = Directory.EnumerateFiles(Path.Combine(Root(), "service", "RoomGuard.Service"), "*.cs", SearchOption.AllDirectories);
        var sources = string.Join('\n', Sources("*.cs", "*.razor").Concat(desks).Select(File.ReadAllText));
        var unused = AllWords().Select(item => item.Name).Where(name => Regex.Count(sources, $@"\b{Regex.Escape(name.Split('.')[1])}\b") < 2);

        Assert.Empty(unused);
    }

    [Fact]
    public void Scripts_and_pages_hold_no_Japanese_of_their_own()
    {
        var wrong = Directory.EnumerateFiles(Path.Combine(Root(), "dashboard", "ui", "src"), "*.ts", SearchOption.AllDirectories)
            .Concat(Sources("*.razor"))
            .SelectMany(file => File.ReadLines(file).Where(line => KanaOrKanji().IsMatch(Comment().Replace(line, ""))).Select(line => $"{Path.GetFileName(file)}: {line.Trim()}"))
            .Where(line => !line.Contains("\"、\"", StringComparison.Ordinal));

        Assert.Empty(wrong);
    }

    [Fact]
    public void No_page_asks_for_the_script_that_is_not_there()
    {
        var wrong = Sources("*.razor", "*.cs").Where(file => Regex.IsMatch(File.ReadAllText(file), @"@rendermode|\[StreamRendering|@attribute \[StreamRendering|<Virtualize|blazor\.web\.js"));

        Assert.Empty(wrong);
    }

    [Fact]
    public void No_page_holds_style_or_script_of_its_own()
    {
        var wrong = Sources("*.razor").Where(file => Regex.IsMatch(File.ReadAllText(file), @"\sstyle=|\son[a-z]+=""|<script(?! type=""module"" src=)|<style"));

        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_the_record_has_its_words(string kind) => Assert.Contains(kind, EventText.Kinds.Select(type => type.Name));

    [Fact]
    public void Every_choice_has_its_words()
    {
        Assert.All(Enum.GetValues<AttentionKind>(), kind => Assert.NotEmpty(AttentionText.Of(kind).ToDo.Ja));
        Assert.All(Enum.GetValues<FieldFault>(), fault => Assert.NotEmpty(ProblemText.Of(fault).Ja));
        Assert.All(Enum.GetValues<DenyReason>(), reason => Assert.NotEmpty(EventText.Reason(reason, Language.English)));
    }

    [Fact]
    public void Script_and_style_stay_within_their_budgets()
    {
        var sizes = DashboardAssets.Own.Sizes.ToDictionary(item => item.Name, item => item.Bytes);

        Assert.InRange(sizes["site.js"], 1, 12 * 1024);
        Assert.InRange(sizes["site.css"], 1, 12 * 1024);
        Assert.InRange(sizes["counting.js"], 1, 2 * 1024);
        Assert.InRange(sizes["chart.js"], 1, 25 * 1024);
        Assert.InRange(sizes["chart.css"] + sizes["wallboard.css"], 1, 2 * 1024);
    }

    [Theory]
    [InlineData("2026-11-21", 2026, 11, 21)]
    [InlineData("2026/11/21", 2026, 11, 21)]
    [InlineData("20261121", 2026, 11, 21)]
    [InlineData("2026年11月21日", 2026, 11, 21)]
    [InlineData("令和8年11月21日", 2026, 11, 21)]
    [InlineData("令和元年5月1日", 2019, 5, 1)]
    [InlineData("平成31年4月30日", 2019, 4, 30)]
    [InlineData("R8.11.21", 2026, 11, 21)]
    [InlineData("\uFF12\uFF10\uFF12\uFF16\uFF0F\uFF11\uFF11\uFF0F\uFF12\uFF11", 2026, 11, 21)]
    public void Dates_are_read_as_people_write_them(string text, int year, int month, int day)
    {
        Assert.True(Dates.TryDay(text, out var read));
        Assert.Equal(new DateOnly(year, month, day), read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-02-30")]
    [InlineData("2026-13-01")]
    [InlineData("令和8年")]
    [InlineData("21.11.2026")]
    [InlineData("99999999999999")]
    public void What_is_no_date_is_not_guessed(string text) => Assert.False(Dates.TryDay(text, out _));

    [Fact]
    public void The_era_is_written_out_on_paper() =>
        Assert.Equal(["令和8年11月21日", "令和元年5月1日", "平成31年4月30日"], new[] { new DateOnly(2026, 11, 21), new(2019, 5, 1), new(2019, 4, 30) }.Select(Ink.EraDay));

    private static IEnumerable<(string Name, Word Word)> AllWords()
    {
        foreach (var type in typeof(Word).Assembly.GetTypes().Where(type => type.Namespace == "RoomGuard.Dashboard.Text"))
        {
            foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
            {
                switch (field.GetValue(null))
                {
                    case Word word:
                        yield return ($"{type.Name}.{field.Name}", word);
                        break;
                    case Sign sign:
                        yield return ($"{type.Name}.{field.Name}", sign.Word);
                        break;
                    case AttentionWords words:
                        yield return ($"{type.Name}.{field.Name}", words.Title);
                        yield return ($"{type.Name}.{field.Name}", words.ToDo);
                        break;
                }
            }
        }
    }

    private static IEnumerable<string> Sources(params string[] kinds) => kinds
        .SelectMany(kind => Directory.EnumerateFiles(Path.Combine(Root(), "dashboard", "RoomGuard.Dashboard"), kind, SearchOption.AllDirectories))
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RoomGuard.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("RoomGuard.sln is above no folder of the tests.");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Places();

    [GeneratedRegex(@"[\u3040-\u30FF\u3400-\u9FFF]")]
    private static partial Regex KanaOrKanji();

    [GeneratedRegex(@"//.*|@\*.*\*@")]
    private static partial Regex Comment();
}

public class LiveBoardTests
{
    [Fact]
    public async Task A_page_that_comes_back_gets_what_it_missed()
    {
        var board = new LiveBoard(100);
        board.Tell(LiveTopic.Room);
        board.Tell(LiveTopic.Entries);
        board.Tell(LiveTopic.Presence);

        Assert.Equal([new(102, LiveTopic.Entries), new(103, LiveTopic.Presence)], await Take(board, 101, 2));
    }

    [Theory]
    [InlineData(3L)]
    [InlineData(999L)]
    public async Task A_page_whose_past_is_forgotten_is_told_to_look_anew(long after)
    {
        var board = new LiveBoard(100);
        board.Tell(LiveTopic.Room);

        Assert.Equal([new(101, LiveTopic.Resync)], await Take(board, after, 1));
    }

    [Fact]
    public async Task A_slow_page_holds_nobody_up_and_is_told_to_look_anew()
    {
        var board = new LiveBoard(0);
        await using var slow = board.Follow(null, CancellationToken.None).GetAsyncEnumerator();
        var first = slow.MoveNextAsync();
        for (var i = 0; i < 600; i++)
        {
            board.Tell(LiveTopic.Room);
        }

        await first;
        var seen = new List<LiveTopic> { slow.Current.Topic };
        while (seen[^1] != LiveTopic.Resync && await slow.MoveNextAsync())
        {
            seen.Add(slow.Current.Topic);
        }

        Assert.InRange(seen.Count, 1, 257);
    }

    [Fact]
    public async Task A_page_that_leaves_is_forgotten()
    {
        var board = new LiveBoard(0);
        using var leaving = new CancellationTokenSource();
        await using (var page = board.Follow(null, leaving.Token).GetAsyncEnumerator())
        {
            var waiting = page.MoveNextAsync().AsTask();
            Assert.Equal(1, board.Listeners);
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        Assert.Equal(0, board.Listeners);
    }

    private static async Task<List<LiveNews>> Take(LiveBoard board, long? after, int count)
    {
        var taken = new List<LiveNews>();
        await foreach (var news in board.Follow(after, CancellationToken.None))
        {
            taken.Add(news);
            if (taken.Count == count)
            {
                break;
            }
        }

        return taken;
    }
}
