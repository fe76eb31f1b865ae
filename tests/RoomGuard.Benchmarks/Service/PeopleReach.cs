using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using RoomGuard.Evidence;
using RoomGuard.Service.People;
using RoomGuard.TestKit.Pages;

namespace RoomGuard.Benchmarks.Service;

/// <summary>
/// What people wait for at a site of a hundred thousand: search as they type, a list of ten thousand lines, a decision until it is in force at the door, the
/// first page. Three programs as people run them, over HTTP, with a simulated reader and, for the page, Chromium.
/// </summary>
public static partial class PeopleReach
{
    private const int Everybody = 100_000;
    private const int OneList = 25_000;
    private const int Imported = 10_000;
    private const int Rounds = 15;
    private const int Doors = 7;
    private const int Facility = 77;
    private const int FirstCard = 41_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly string[] Families = ["髙橋", "佐藤", "渡邉", "小林", "斎藤", "山﨑", "日向", "都城", "国富", "綾", "高原", "新富", "田野", "住吉", "吉田", "佐土原"];
    private static readonly string[] FamilyKana = ["たかはし", "さとう", "わたなべ", "こばやし", "さいとう", "やまざき", "ひゅうが", "みやこのじょう", "くにとみ", "あや", "たかはる", "しんとみ", "たの", "すみよし", "よしだ", "さどわら"];
    private static readonly string[] Given = ["翔太", "みのり", "直子", "誠", "千夏", "葵", "樹", "蓮", "さくら", "海斗", "詩織", "健"];
    private static readonly string[] GivenKana = ["しょうた", "みのり", "なおこ", "まこと", "ちなつ", "あおい", "いつき", "れん", "さくら", "かいと", "しおり", "けん"];

    // What somebody types, letter by letter as an input method gives it out.
    private static readonly (string What, string[] Typed)[] Sequences =
    [
        ("kana", ["さ", "さど", "さどわ", "さどわら", "さどわら み", "さどわら みのり"]),
        ("katakana", ["サ", "サト", "サトウ", "サトウ ショ", "サトウ ショウタ"]),
        ("variant kanji", ["高", "高橋", "高橋 直", "高橋 直子"]),
        ("two words, last in kana order", ["渡", "渡辺", "渡辺 み", "渡辺 みのり"]),
        ("a number", ["s", "s-", "s-0", "s-04", "s-047", "s-0471", "s-04711"]),
        ("nobody", ["ず", "ずず", "ずずず"]),
        ("no words, first page", [""]),
    ];

    /// <summary>Measures; everything is made anew. ROOMGUARD_BENCH_PEOPLE gives another number of people.</summary>
    public static BenchTable Run(string folder) => RunAsync(Path.Combine(folder, "people")).GetAwaiter().GetResult();

    private static async Task<BenchTable> RunAsync(string folder)
    {
        var people = int.TryParse(Environment.GetEnvironmentVariable("ROOMGUARD_BENCH_PEOPLE"), CultureInfo.InvariantCulture, out var wanted) ? wanted : Everybody;
        await using var site = await SiteProcess.StartAsync(folder);
        using var brings = await site.AsAsync("miyakonojo");
        using var applies = await site.AsAsync("kunitomi");
        var rows = new List<IReadOnlyList<object>>();
        for (var done = 0; done < people; done += OneList)
        {
            var (from, count) = (done, Math.Min(OneList, people - done));
            _ = await ImportAsync(brings, applies, [.. Enumerable.Range(from, count).Select(number => $"{Person($"S-{number:00000}", number)},,,,,,,,,,,,,,")]);
        }

        // Cards without a grant, for the door; then the list that is measured.
        _ = await ImportAsync(brings, applies, [.. Enumerable.Range(0, Doors).Select(at => $"F-{at:0000},扉 {at}番,とびら,Staff,情報政策課,,,CF-{at:0000},H10301,{Facility},{FirstCard + at},,,,,,,,,,")]);
        await SearchAsync(brings, rows);
        var (look, looks, apply, applied) = await ImportAsync(brings, applies, [.. Enumerable.Range(0, Imported).Select(WithCardAndGrant)]);
        rows.Add([$"import: difference of {Imported:#,0} lines, told {looks} times", look, look, 20_000]);
        rows.Add([$"import: applied, told {applied} times", apply, apply, 20_000]);
        rows.Add([$"floor: {3 * Imported:#,0} rows into SQLite, one transaction", Floor(folder), 0.0, 0.0]);
        await DoorsAsync(site, rows);
        await FirstPageAsync(site, rows);
        return new(
            string.Create(CultureInfo.InvariantCulture, $"What people wait for at {people:#,0} people"),
            ["act", "p50 ms", "p99 ms", "aim ms"],
            rows,
            $"Service, bridge and simulators as programs on this machine, pages over HTTP on loopback with their rendering; searches {Rounds} rounds of each letter, 50 rows a page; doors {Doors} people each with a card presented ten times a second, from the click that decides to the bridge's own time of the first other answer. 0: no aim.");
    }

    private static async Task SearchAsync(SignedInClient client, List<IReadOnlyList<object>> rows)
    {
        var all = new List<double>();
        rows.Add(["floor: a page without any data", .. await TimedAsync(client, ["/about/accessibility"], []), 0.0]);
        foreach (var (what, typed) in Sequences)
        {
            var times = new List<double>();
            rows.Add([$"search: {what}", .. await TimedAsync(client, [.. typed.Select(words => $"/people?q={Uri.EscapeDataString(words)}")], times), 100.0]);
            all.AddRange(times);
        }

        all.Sort();
        rows.Add(["search: every letter of all", all[all.Count / 2], all[all.Count * 99 / 100], 100.0]);
    }

    private static async Task<object[]> TimedAsync(SignedInClient client, string[] paths, List<double> times)
    {
        for (var round = -2; round < Rounds; round++)
        {
            foreach (var path in paths)
            {
                var begun = Stopwatch.GetTimestamp();
                _ = await client.Http.GetStringAsync(new Uri(path, UriKind.Relative));
                if (round >= 0)
                {
                    times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                }
            }
        }

        var sorted = times.Order().ToList();
        return [sorted[sorted.Count / 2], sorted[sorted.Count * 99 / 100]];
    }

    // As a person does it: choose the file, look at how far it is until the difference is there; another person applies it.
    private static async Task<(double Look, int Looks, double Apply, int Applied)> ImportAsync(SignedInClient brings, SignedInClient applies, string[] lines)
    {
        var begun = Stopwatch.GetTimestamp();
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await brings.TokenAsync()), "__RequestVerificationToken" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes($"{PeopleImport.Header}\n{string.Join('\n', lines)}\n")), "file", "people.csv" },
        };
        using var looked = await brings.Http.PostAsync(new Uri("/people/import", UriKind.Relative), form);
        var (page, looks) = await ToItsEnd(brings, looked);
        var token = Token().Match(page).Groups[1].Value;
        if (token.Length == 0)
        {
            throw new InvalidOperationException($"The list cannot be applied: {Plain().Replace(page, " ")}");
        }

        var look = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        begun = Stopwatch.GetTimestamp();
        using var applied = await applies.PostAsync("/people/import/apply", [("token", token)]);
        var (end, told) = await ToItsEnd(applies, applied);
        return end.Length == 0 || end.Contains("すべて取り込みました", StringComparison.Ordinal)
            ? (look, looks, Stopwatch.GetElapsedTime(begun).TotalMilliseconds, told)
            : throw new InvalidOperationException($"The list was not applied: {Plain().Replace(end, " ")}");
    }

    // The answer itself, or the progress asked for until there is no bar any more; how often the bar had moved by then. Empty: it led back to the list of people.
    private static async Task<(string Page, int Moves)> ToItsEnd(SignedInClient client, HttpResponseMessage answer)
    {
        if (answer.StatusCode is not HttpStatusCode.Redirect)
        {
            return (WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), 0);
        }

        if (answer.Headers.Location!.OriginalString is var address && !address.Contains("/people/import/runs/", StringComparison.Ordinal))
        {
            return ("", 0);
        }

        var fragment = new Uri(address.Replace("/people/import/runs/", "/fragments/people-import/", StringComparison.Ordinal), UriKind.Relative);
        var (seen, since) = (new HashSet<string>(), Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(since) < Patience)
        {
            var page = WebUtility.HtmlDecode(await client.Http.GetStringAsync(fragment));
            if (!page.Contains("data-running", StringComparison.Ordinal))
            {
                return (page, seen.Count);
            }

            _ = seen.Add(Plain().Replace(page[..page.IndexOf("<form", StringComparison.Ordinal)], " ") + Bar().Match(page).Value);
            await Task.Delay(100);
        }

        throw new TimeoutException("The import did not end within five minutes.");
    }

    private static async Task DoorsAsync(SiteProcess site, List<IReadOnlyList<object>> rows)
    {
        using var asks = await site.AsAsync("kobayashi");
        using var decides = await site.AsAsync("miyakonojo");
        using var suspends = await site.AsAsync("hinata");
        var (grants, suspensions) = (new List<double>(), new List<double>());
        for (var at = 0; at < Doors; at++)
        {
            var person = $"F-{at:0000}";
            var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(9)).DateTime);
            await Expect(asks.PostAsync($"/personnel/people/{person}/meet", [("kind", "Training"), ("satisfiedOn", Iso(today)), ("validUntil", ""), ("reference", "測定")]));
            using var applied = await asks.PostAsync("/apply/staff-grant",
                [("person", person), ("zones", "SRV-1"), .. "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".Split(' ').Select(day => ("days", day)), ("from", "00:00"), ("until", "00:00"), ("validFrom", Iso(today)), ("validUntil", Iso(today.AddDays(30))), ("reason", "測定")]);
            var id = CaseNumber().Match(applied.Headers.Location?.OriginalString ?? "").Value;
            var version = Version().Match(await decides.Http.GetStringAsync(new Uri($"/cases/{id}/allow", UriKind.Relative))).Groups[1].Value;
            await site.PresentAsync(Facility, FirstCard + at);
            grants.Add(await InForce(site, person, at, granted: true, () => decides.PostAsync($"/cases/{id}/allow", [("v", version), ("reason", "")])));
            suspensions.Add(await InForce(site, person, at, granted: false, () => suspends.PostAsync($"/people/{person}/suspend", [("reason", "測定")])));
        }

        rows.Add(["grant decided → in force at the door", Median(grants), grants.Max(), 2_000.0]);
        rows.Add(["suspension → in force at the door", Median(suspensions), suspensions.Max(), 1_000.0]);
    }

    // The card is held to the reader all the time; the bridge's own time of the first answer of the other kind counts.
    private static async Task<double> InForce(SiteProcess site, string person, int at, bool granted, Func<Task<HttpResponseMessage>> decide)
    {
        var decided = TimeProvider.System.GetUtcNow();
        await Expect(decide());
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since) < Patience)
        {
            await site.PresentAsync(Facility, FirstCard + at);
            await Task.Delay(100);
            if (FirstAnswer(site.Record, person, decided, granted) is { } when)
            {
                return (when - decided).TotalMilliseconds;
            }
        }

        throw new TimeoutException($"{person}: the door never answered otherwise.");
    }

    private static DateTimeOffset? FirstAnswer(string record, string person, DateTimeOffset since, bool granted)
    {
        SqliteNative.Use();
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = record, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT min(r.at) FROM view_person_forms f JOIN view_register r ON r.form = f.form WHERE f.person = $1 AND r.at >= $2 AND r.result = $3";
        _ = command.Parameters.AddWithValue("$1", person);
        _ = command.Parameters.AddWithValue("$2", since.ToUnixTimeMilliseconds());
        _ = command.Parameters.AddWithValue("$3", granted ? 0 : 1);
        return command.ExecuteScalar() is long found ? DateTimeOffset.FromUnixTimeMilliseconds(found) : null;
    }

    private static async Task FirstPageAsync(SiteProcess site, List<IReadOnlyList<object>> rows)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"] });
        foreach (var (what, address, field, aim) in new[]
        {
            ("floor: an empty page in Chromium", "data:text/html,<button name=account>a</button>", "button[name=account]", 0.0),
            ("sign-in page usable, first load", new Uri(site.Pages, "/sign-in").ToString(), "button[name=account]", 1_000.0),
        })
        {
            var times = new List<double>();
            for (var round = 0; round < Doors; round++)
            {
                // A context of its own has seen nothing: no cache, no cookie.
                await using var context = await browser.NewContextAsync(new() { Locale = "ja-JP" });
                var page = await context.NewPageAsync();
                var begun = Stopwatch.GetTimestamp();
                _ = await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Commit });
                await page.Locator(field).First.ClickAsync(new() { Trial = true });
                times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }

            rows.Add([what, Median(times), times.Max(), aim]);
        }
    }

    private static double Floor(string folder)
    {
        SqliteNative.Use();
        var path = Path.Combine(folder, "floor.db");
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE rows(n INTEGER PRIMARY KEY, text TEXT NOT NULL)";
        _ = command.ExecuteNonQuery();
        var (text, begun) = (new string('x', 500), Stopwatch.GetTimestamp());
        using (var transaction = connection.BeginTransaction())
        {
            using var insert = connection.CreateCommand();
            insert.Transaction = transaction;
            insert.CommandText = "INSERT INTO rows(text) VALUES ($1)";
            _ = insert.Parameters.AddWithValue("$1", text);
            for (var row = 0; row < 3 * Imported; row++)
            {
                _ = insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    private static async Task Expect(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        if (answer.StatusCode is not HttpStatusCode.Redirect)
        {
            throw new InvalidOperationException($"{answer.RequestMessage?.RequestUri}: {(int)answer.StatusCode} {Plain().Replace(await answer.Content.ReadAsStringAsync(), " ")}");
        }
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Person(string id, int number)
    {
        var (family, given) = (number % Families.Length, number / Families.Length % Given.Length);
        return $"{id},{Families[family]} {Given[given]},{FamilyKana[family]} {GivenKana[given]},Staff,第{number % 97}課,,";
    }

    private static string WithCardAndGrant(int number) =>
        $"{Person($"N-{number:00000}", number)},CN-{number:00000},H10302,,{500_000 + number},,,G-2026-1{number:00000},SRV-1,Weekdays,08:30,17:15,2026-04-01,2027-04-01,";

    [GeneratedRegex("name=\"token\" value=\"([0-9a-f]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("<progress[^>]*>")]
    private static partial Regex Bar();

    [GeneratedRegex("<[^>]+>|\\s+")]
    private static partial Regex Plain();

    [GeneratedRegex("P-[0-9]{4}-[0-9]{4}")]
    private static partial Regex CaseNumber();

    [GeneratedRegex("name=\"v\" value=\"([0-9]+)\"")]
    private static partial Regex Version();
}
