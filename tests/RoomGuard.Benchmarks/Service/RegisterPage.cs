using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Evidence;
using RoomGuard.Service.HandRegister;
using RoomGuard.Service.Record;
using RoomGuard.Service.Register;

namespace RoomGuard.Benchmarks.Service;

/// <summary>(f) A page of the 入退室管理簿 at ten thousand and at ten million entries: newest, middle, oldest, filtered, counted, as a histogram.</summary>
public static class RegisterPage
{
    private const int Few = 10_000;
    private const int Many = 10_000_000;
    private const int PageRows = 100;
    private const int People = 2_000;
    private const int SpacingMs = 15_000;
    private const int Rounds = 101;
    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
    private static readonly DateTimeOffset First = new(2021, 4, 1, 0, 0, 0, TimeSpan.FromHours(9));

    /// <summary>Measures; the made-up registers are kept in <paramref name="folder"/> for the next time.</summary>
    public static BenchTable Run(string folder) => Run(folder, Few, Many);

    /// <summary>Measures with other sizes.</summary>
    public static BenchTable Run(string folder, int few, int many)
    {
        _ = Directory.CreateDirectory(folder);
        var paths = (Small: Made(folder, few), Large: Made(folder, many));

        // The first turn is for the compiler and the file cache: whichever is asked first would pay for both.
        _ = Measure(paths.Small, few);
        _ = Measure(paths.Large, many);
        var small = Measure(paths.Small, few);
        var large = Measure(paths.Large, many);
        return new(
            string.Create(CultureInfo.InvariantCulture, $"(f) A page of the register at {few:#,0} and {many:#,0} entries"),
            ["question", $"{few} p50 ms", $"{many} p50 ms", $"{many} p99 ms", "ratio"],
            [.. small.Keys.Select(question => (IReadOnlyList<object>)[question, small[question].Median, large[question].Median, large[question].High, large[question].Median / small[question].Median])],
            $"{PageRows} rows a page, keyset paging, {Rounds} rounds each at varying places, file cache warm, one thread. Ratio: medians, many to few.");
    }

    private static Dictionary<string, (double Median, double High)> Measure(string path, int entries)
    {
        using var connection = Open(path, SqliteOpenMode.ReadOnly);
        using var db = new Statements(connection);
        var none = RegisterFilter.None;
        var last = First.AddMilliseconds((long)entries * SpacingMs);
        RegisterCursor At(double part) => new(First.AddMilliseconds((long)(entries * part) * SpacingMs), (long)(entries * part));
        ImmutableArray<DateTimeOffset> days = [.. Enumerable.Range(0, 31).Select(day => Midnight(last).AddDays(day - 30))];
        ImmutableArray<DateTimeOffset> months = [.. Enumerable.Range(0, 61).Select(month => new DateTimeOffset(2021, 4, 1, 0, 0, 0, TimeSpan.FromHours(9)).AddMonths(month))];
        var questions = new Dictionary<string, Action<int>>
        {
            ["page: newest"] = _ => Page(db, none, new RegisterPlace.Newest()),
            ["page: middle"] = round => Page(db, none, new RegisterPlace.OlderThan(At(0.3 + (0.004 * round)))),
            ["page: oldest"] = _ => Page(db, none, new RegisterPlace.Oldest()),
            ["page: at a time"] = round => Page(db, none, new RegisterPlace.At(At(0.2 + (0.005 * round)).At)),
            ["page: one door, refused"] = _ => Page(db, none with { Door = new("D-3"), Results = [RegisterResult.Denied] }, new RegisterPlace.Newest()),
            ["page: one person"] = _ => Page(db, none with { Person = new PersonId("S-0000") }, new RegisterPlace.Newest()),
            ["page: two-character name"] = _ => Page(db, none with { Words = "山田" }, new RegisterPlace.Newest()),
            ["page: one month, one door"] = _ => Page(db, none with { Door = new("D-3"), From = last.AddDays(-30), Until = last }, new RegisterPlace.Newest()),
            ["count: all, no further than 10,000"] = _ => EntryRegister.Count(db, none, RegisterScope.All, 10_000),
            ["count: refused at one door, no further than 10,000"] = _ => EntryRegister.Count(db, none with { Door = new("D-3"), Results = [RegisterResult.Denied] }, RegisterScope.All, 10_000),
            ["histogram: 30 days"] = _ => RegisterHistogram.Of(db, none, RegisterScope.All, days, Tokyo),
            ["histogram: 5 years by month"] = _ => RegisterHistogram.Of(db, none, RegisterScope.All, months, Tokyo),
        };
        return questions.ToDictionary(question => question.Key, question => Timed(question.Value));
    }

    private static void Page(Statements db, RegisterFilter filter, RegisterPlace place) => _ = EntryRegister.Page(db, filter, RegisterScope.All, place, PageRows);

    private static DateTimeOffset Midnight(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(RegisterView.DayOf(at, Tokyo));

    private static (double Median, double High) Timed(Action<int> question)
    {
        for (var round = 0; round < 5; round++)
        {
            question(round);
        }

        var took = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            question(round);
            took[round] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        }

        Array.Sort(took);
        return (took[Rounds / 2], took[^2]);
    }

    // Rows go straight into the view's own tables, by its own schema; indexes are made at the end, which takes minutes less.
    private static string Made(string folder, int entries)
    {
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"register-v3-{entries}.db"));
        if (File.Exists(path))
        {
            return path;
        }

        var fresh = $"{path}.new";
        File.Delete(fresh);
        using (var connection = Open(fresh, SqliteOpenMode.ReadWriteCreate))
        using (var db = new Statements(connection))
        {
            Run(connection, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144;");
            var schema = $"{new PeopleView().Schema}\n{new RegisterView(Tokyo).Schema}\n{new HandRegisterView().Schema}".Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            Run(connection, string.Join(';', schema.Where(statement => !statement.StartsWith("CREATE INDEX", StringComparison.Ordinal))));
            Run(connection, "BEGIN");
            MakePeople(db);
            MakeRows(db, entries);
            Run(connection, "COMMIT");
            Run(connection, string.Join(';', schema.Where(statement => statement.StartsWith("CREATE INDEX", StringComparison.Ordinal))));
        }

        File.Move(fresh, path);
        return path;
    }

    private static void MakePeople(Statements db)
    {
        for (var door = 1; door <= 8; door++)
        {
            _ = db.Run("INSERT INTO view_words VALUES ($1, $2)", (long)door, $"D-{door}");
            _ = db.Run("INSERT INTO view_register_doors VALUES ($1, $2)", 9L + (door % 2), (long)door);
        }

        _ = db.Run("INSERT INTO view_words VALUES (9, 'SRV-1'), (10, 'MED-1'), (11, 'G-2026-0001')");
        for (var person = 0; person < People; person++)
        {
            var (id, name) = (string.Create(CultureInfo.InvariantCulture, $"S-{person:0000}"), person % 100 == 7 ? "山田 太郎" : string.Create(CultureInfo.InvariantCulture, $"架空 {person}"));
            _ = db.Run(
                "INSERT INTO view_person_forms VALUES ($1, $2, $3, 'かくう', $4, '業務課', $5)",
                person + 1L,
                id,
                name,
                person % 10 == 9 ? 5L : 0L,
                PeopleWords.Fold($"{name}\nかくう\n{id}\n業務課"));
        }
    }

    private static void MakeRows(Statements db, int entries)
    {
        var first = First.ToUnixTimeMilliseconds();
        _ = db.Run(
            """
            WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n + 1 < $1),
                r AS (SELECT n, $2 + n * $3 AS at, 1 + (n * 31 + n / 977) % 8 AS door, (n * 48271) % 100 AS pick, CASE WHEN n % 20 = 0 THEN 1 ELSE 1 + (n * 16807 % 2147483647) % $4 END AS form FROM i),
                s AS (SELECT n, at, door, form, CASE WHEN pick < 45 THEN 0 WHEN pick < 90 THEN 2 WHEN pick < 98 THEN 1 WHEN pick < 99 THEN 3 ELSE 4 END AS result FROM r)
            INSERT INTO view_register
            SELECT n, at, at + 400, 9 + door % 2, door, result, CASE result WHEN 2 THEN 1 WHEN 3 THEN NULL WHEN 4 THEN NULL ELSE 0 END, CASE result WHEN 1 THEN n % 9 END,
                CASE WHEN result < 3 THEN form END, CASE WHEN result < 3 THEN CASE WHEN (form - 1) % 10 = 9 THEN 5 ELSE 0 END END, 1,
                CASE WHEN result < 3 THEN CAST(printf('%016d', form) AS BLOB) END, CASE result WHEN 0 THEN 11 END, CASE result WHEN 0 THEN at + 3000 END,
                CASE result WHEN 0 THEN at + 1800000 END, CASE result WHEN 0 THEN 1 END, 0
            FROM s
            """,
            (long)entries,
            first,
            (long)SpacingMs,
            (long)People);
        _ = db.Run("INSERT INTO view_register_hours SELECT at - at % 3600000, door, result, coalesce(category, -1), count(*) FROM view_register GROUP BY 1, 2, 3, 4");
        _ = db.Run("INSERT INTO view_register_days SELECT (start + 32400000) / 86400000 * 86400000 - 32400000, door, result, category, sum(rows) FROM view_register_hours GROUP BY 1, 2, 3, 4");
        _ = db.Run("INSERT INTO view_card_uses SELECT CAST(printf('%016d', form) AS BLOB), $1 FROM view_person_forms", first);
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        SqliteNative.Use();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
#pragma warning disable CA2100 // The view's own schema.
        command.CommandText = sql;
#pragma warning restore CA2100
        _ = command.ExecuteNonQuery();
    }
}
