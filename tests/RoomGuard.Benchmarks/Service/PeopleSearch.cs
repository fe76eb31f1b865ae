using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.People;
using RoomGuard.Hosting;
using RoomGuard.Service;
using RoomGuard.Service.Commands;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;

namespace RoomGuard.Benchmarks.Service;

/// <summary>People at a hundred thousand: search as one types, and a list of ten thousand lines with cards and grants brought in.</summary>
public static class PeopleSearch
{
    private const int People = 100_000;
    private const int Imported = 10_000;
    private const int Rounds = 41;
    private static readonly string[] Families = ["髙橋", "佐藤", "渡邉", "小林", "斎藤", "山﨑", "日向", "都城", "国富", "綾", "高原", "新富", "田野", "住吉", "吉田", "佐土原"];
    private static readonly string[] FamilyKana = ["たかはし", "さとう", "わたなべ", "こばやし", "さいとう", "やまざき", "ひゅうが", "みやこのじょう", "くにとみ", "あや", "たかはる", "しんとみ", "たの", "すみよし", "よしだ", "さどわら"];
    private static readonly string[] Given = ["翔太", "みのり", "直子", "誠", "千夏", "葵", "樹", "蓮", "さくら", "海斗", "詩織", "健"];
    private static readonly string[] GivenKana = ["しょうた", "みのり", "なおこ", "まこと", "ちなつ", "あおい", "いつき", "れん", "さくら", "かいと", "しおり", "けん"];

    /// <summary>Measures; everything is made anew.</summary>
    public static BenchTable Run(string folder)
    {
        var place = Path.Combine(folder, "people");
        if (Directory.Exists(place))
        {
            Directory.Delete(place, recursive: true);
        }

        return RunAsync(place).GetAwaiter().GetResult();
    }

    private static async Task<BenchTable> RunAsync(string place)
    {
        var settings = new ServiceSettings(
            new("bench-1", "架空町役場", "測定", EnvironmentKind.Test, "Asia/Tokyo"), place, new("127.0.0.1", 17443, 17442, 17444, 17480),
            [new("SRV-1", "サーバ室", "Server room", 1, [EntryMethod.Card], StaleListRule.DenyAll, ZoneKind.ServerRoom, 3, Segment.Internet, ImportanceClass.I)],
            [new("SRV-1-D1", "SRV-1", "bridge-1", "正面扉", "Front door")], ["bridge-1"], TimeSpan.FromHours(72), new TelemetrySettings());
        var folders = new ServiceFolders(settings, TimeProvider.System, RandomNumberGenerator.GetBytes);
        using var keys = folders.OpenKeys();
        await using var record = folders.OpenRecord(null, CancellationToken.None);
        var now = TimeProvider.System.GetUtcNow();
        for (var done = 0; done < People; done += 2_000)
        {
            _ = await record.AppendAsync([.. Enumerable.Range(done, 2_000).Select(number => Draft.Of(new PersonRecorded(now, Person(number), "bench")))], null, CancellationToken.None);
        }

        var rows = new List<IReadOnlyList<object>>();
        var lists = new PeopleLists(record, TimeProvider.System);
        foreach (var (what, words) in new[] { ("one kana", "さ"), ("two kana", "さど"), ("whole reading", "さどわら"), ("variant kanji", "高橋"), ("katakana", "サトウ"), ("two words", "渡辺 みのり"), ("a number", "s-04711"), ("nobody", "ずずず"), ("no words", "") })
        {
            var (median, high, processor) = await Timed(lists, words);
            rows.Add([$"search: {what}", median, high, processor]);
        }

        var import = new PeopleImport(record, keys, PeopleCommands.Rules(settings), pinsAllowed: true, TimeProvider.System, RandomNumberGenerator.GetBytes);
        var csv = Encoding.UTF8.GetBytes($"{PeopleImport.Header}\n{string.Join('\n', Enumerable.Range(0, Imported).Select(Line))}\n");
        var told = 0;
        var (watch, processorBefore) = (Stopwatch.GetTimestamp(), Processor());
        var look = await import.LookAsync("people.csv", new MemoryStream(csv), false, _ => told++, Actor.Console, CancellationToken.None);
        var looked = Stopwatch.GetElapsedTime(watch).TotalMilliseconds;
        var lookedOn = Processor() - processorBefore;
        (watch, processorBefore) = (Stopwatch.GetTimestamp(), Processor());
        var applied = look.Token is { } token && (await import.ApplyAsync(token, Actor.Console, CancellationToken.None)).Ok;
        var wrote = Stopwatch.GetElapsedTime(watch).TotalMilliseconds;
        var wroteOn = Processor() - processorBefore;
        if (!applied)
        {
            throw new InvalidOperationException($"The list was not applied: {look.Problems.FirstOrDefault()}.");
        }

        rows.Add([$"import: look at {Imported} lines (told {told} times)", looked, looked, lookedOn]);
        rows.Add([$"import: apply {look.Changes.Length} changes", wrote, wrote, wroteOn]);
        return new(
            string.Create(CultureInfo.InvariantCulture, $"People at {People:#,0}: search as one types, a list of {Imported:#,0} lines"),
            ["act", "p50 ms", "max ms", "processor ms"],
            rows,
            $"50 rows a page with cards, grants and count; {Rounds} rounds each, file cache warm; processor: mean a round of the whole program, which a loaded machine does not change much. The list brings a person, a card and a grant a line beside the {People:#,0}.");
    }

    private static async Task<(double Median, double High, double Processor)> Timed(PeopleLists lists, string words)
    {
        var (times, processor) = (new List<double>(), 0.0);
        for (var round = -3; round < Rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            _ = await lists.People(new(words.Length == 0 ? null : words, null, null, false, null, 50), CancellationToken.None);
            if (round < 0)
            {
                processor = Processor();
            }
            else
            {
                times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
        }

        times.Sort();
        return (times[times.Count / 2], times[^1], (Processor() - processor) / Rounds);
    }

    private static double Processor()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.TotalMilliseconds;
    }

    private static Person Person(int number)
    {
        var (family, given) = (number % Families.Length, number / Families.Length % Given.Length);
        return new(new($"S-{number:00000}"), $"{Families[family]} {Given[given]}", $"{FamilyKana[family]} {GivenKana[given]}", PersonCategory.Staff, $"第{number % 97}課", null, null);
    }

    private static string Line(int number)
    {
        var person = Person(number);
        return $"N-{number:00000},{person.Name},{person.Kana},Staff,{person.SectionOrFirm},,,C-{number:00000},H10302,,{500_000 + number},,,G-2026-{number:00000},SRV-1,Weekdays,08:30,17:15,2026-04-01,2027-04-01,";
    }
}
