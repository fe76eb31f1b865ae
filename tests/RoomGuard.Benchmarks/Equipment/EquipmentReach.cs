using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using RoomGuard.Benchmarks.Service;
using RoomGuard.Evidence;
using RoomGuard.TestKit.Pages;

namespace RoomGuard.Benchmarks.Equipment;

/// <summary>
/// The 機器台帳 at a hundred thousand items and a million entries about them: an item by its tag, the list, a stocktaking of two thousand, workbook and CSV of all. Programs as people run
/// them, over HTTP, the register filled by its own import.
/// </summary>
public static partial class EquipmentReach
{
    private const int Items = 100_000;
    private const int Histories = 10;
    private const int InRoom = 2_000;
    private const int Sent = 400;
    private const int Rounds = 41;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Measures; everything is made anew. ROOMGUARD_BENCH_ITEMS gives another number of items, ROOMGUARD_BENCH_HISTORY of entries about each.</summary>
    public static BenchTable Run(string folder) => RunAsync(Path.Combine(folder, "equipment")).GetAwaiter().GetResult();

    private static async Task<BenchTable> RunAsync(string folder)
    {
        var (items, histories) = (Wanted("ROOMGUARD_BENCH_ITEMS") ?? Items, Wanted("ROOMGUARD_BENCH_HISTORY") ?? Histories);
        var inRoom = Math.Min(InRoom, items / 2);
        await using var site = await SiteProcess.StartAsync(folder);
        using var brings = await site.AsAsync("aya");
        using var applies = await site.AsAsync("miyakonojo");
        var rows = new List<IReadOnlyList<object>>();
        var imports = new List<(double Look, double Apply)>();
        for (var history = 0; history < histories; history++)
        {
            var text = new StringBuilder("tag,kind,name,maker,model,serial,segment,ManagerPersonId,hasStorage,storage,maintenanceMonths,maintenanceFrom,supportEnds,note,ZoneId,rack\n");
            for (var item = 0; item < items; item++)
            {
                _ = text.Append(CultureInfo.InvariantCulture, $"AS-{item:00000},Server,業務サーバ {item}号,架空電算,SV-{item % 40},SER-{item:000000},MyNumber,S-0102,yes,\"SSD-{item:000000}, SSD\",6,2026-04-01,2031-03-31,棚卸 {history}回目の備考,{(item < inRoom ? $"SRV-1,R{item % 30:00}" : ",")}\n");
            }

            imports.Add(await ImportAsync(brings, applies, text.ToString()));
        }

        rows.Add([$"import: difference of {items:#,0} lines", imports[0].Look, imports.Max(one => one.Look), 0.0]);
        rows.Add([$"import: applied, {items:#,0} entries at once", imports[0].Apply, imports.Max(one => one.Apply), 0.0]);
        var step = Math.Max(1, items / Rounds);
        rows.Add(["floor: a page without any data", .. await TimedAsync(brings, _ => "/about/accessibility"), 0.0]);
        rows.Add(["floor: an item by its tag, plain SQLite", .. Floor(site.Record, round => ("SELECT json FROM view_assets WHERE tag = $1", $"AS-{round * step:00000}")), 0.0]);
        rows.Add(["item by tag, with its story", .. await TimedAsync(brings, round => $"/equipment/items/AS-{round * step:00000}"), 20.0]);
        rows.Add(["floor: 50 items after a tag, plain SQLite", .. Floor(site.Record, round => ("SELECT json FROM view_assets WHERE tag > $1 ORDER BY tag LIMIT 51", $"AS-{round * step:00000}")), 0.0]);
        rows.Add(["register: first page", .. await TimedAsync(brings, _ => "/equipment"), 100.0]);
        rows.Add(["register: a page in the middle", .. await TimedAsync(brings, round => $"/equipment?after=AS-{round * step:00000}"), 100.0]);
        rows.Add(["register: one zone and kind", .. await TimedAsync(brings, _ => "/equipment?zone=SRV-1&kind=Server"), 100.0]);
        rows.Add(["register: a serial number", .. await TimedAsync(brings, round => $"/equipment?q=SER-{round * step:000000}"), 100.0]);
        await StocktakeAsync(site, brings, inRoom, rows);
        await ListsAsync(brings, rows);
        await RunAsync(brings, rows);
        return new(
            string.Create(CultureInfo.InvariantCulture, $"The asset register at {items:#,0} items and {items * histories:#,0} entries about them"),
            ["act", "p50 ms", "p99 ms", "aim ms"],
            rows,
            string.Create(CultureInfo.InvariantCulture, $"Service, bridge and simulators as programs on this machine, pages over HTTP on loopback with their rendering, {Rounds} rounds at varying places; lists and the stocktaking three times (p50 and the slowest). 0: no aim."));
    }

    private static int? Wanted(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var wanted) ? wanted : null;

    // As two people do it: one chooses the file and waits for the difference, another one applies it.
    private static async Task<(double Look, double Apply)> ImportAsync(SignedInClient brings, SignedInClient applies, string text)
    {
        var begun = Stopwatch.GetTimestamp();
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await brings.TokenAsync()), "__RequestVerificationToken" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", "equipment.csv" },
        };
        using var looked = await brings.Http.PostAsync(new Uri("/equipment/import", UriKind.Relative), form);
        var look = await EndOf(brings, looked);
        var token = TokenOf().Match(look).Groups[1].Value;
        if (token.Length == 0)
        {
            throw new InvalidOperationException($"The list cannot be applied: {Tags().Replace(look, " ")}");
        }

        var (took, applying) = (Stopwatch.GetElapsedTime(begun).TotalMilliseconds, Stopwatch.GetTimestamp());
        using var answer = await applies.PostAsync("/equipment/import/apply", [("token", token)]);
        var applied = await EndOf(applies, answer);
        return applied.Contains("class=\"problems\"", StringComparison.Ordinal)
            ? throw new InvalidOperationException($"The list was not applied: {Tags().Replace(applied, " ")}")
            : (took, Stopwatch.GetElapsedTime(applying).TotalMilliseconds);
    }

    private static async Task<string> EndOf(SignedInClient client, HttpResponseMessage answer)
    {
        if (answer.StatusCode is not HttpStatusCode.Redirect)
        {
            return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        }

        if (answer.Headers.Location!.OriginalString is var address && !address.Contains("/runs/", StringComparison.Ordinal))
        {
            return "";
        }

        var fragment = new Uri(address.Replace("/equipment/import/runs/", "/fragments/equipment-import/", StringComparison.Ordinal), UriKind.Relative);
        for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < Patience; await Task.Delay(100))
        {
            var page = WebUtility.HtmlDecode(await client.Http.GetStringAsync(fragment));
            if (!page.Contains("data-running", StringComparison.Ordinal))
            {
                return page;
            }
        }

        throw new TimeoutException($"The import did not end within {Patience.TotalMinutes} minutes.");
    }

    private static async Task StocktakeAsync(SiteProcess site, SignedInClient counts, int inRoom, List<IReadOnlyList<object>> rows)
    {
        var (closed, looked) = (new List<double>(), new List<double>());
        using var confirms = await site.AsAsync("miyakonojo");
        for (var round = 0; round < 3; round++)
        {
            using var opened = await counts.PostAsync("/stocktakes/open", [("zone", "SRV-1")]);
            var path = Round().Match(opened.Headers.Location?.OriginalString ?? "").Value;
            for (var from = 0; from < inRoom - 2; from += Sent)
            {
                var reads = Enumerable.Range(from, Math.Min(Sent, inRoom - 2 - from)).Select(item => ("read", $"r{round}-{item}|2026-01-01T00:00:00.000Z|AS-{item:00000}"));
                using var counted = await counts.PostAsync($"{path}/reads", [("script", "1"), .. reads]);
                _ = counted.EnsureSuccessStatusCode();
            }

            var begun = Stopwatch.GetTimestamp();
            using var ended = await counts.PostAsync($"{path}/close", [("v", "1")]);
            closed.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            begun = Stopwatch.GetTimestamp();
            var page = WebUtility.HtmlDecode(await counts.Http.GetStringAsync(new Uri(path, UriKind.Relative)));
            looked.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            if (ended.StatusCode is not HttpStatusCode.Redirect || !page.Contains($"AS-{inRoom - 1:00000}", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"The stocktaking was not reconciled: {(int)ended.StatusCode}");
            }

            using var confirmed = await confirms.PostAsync($"{path}/confirm", [("v", "2"), ("note", "測定")]);
        }

        rows.Add(["floor: the same list beside its reads, plain SQLite", .. Floor(site.Record, _ => (
            "SELECT l.tag, r.n FROM view_stock_list l LEFT JOIN view_stock_reads r ON r.stocktake = l.stocktake AND r.code = l.tag WHERE l.stocktake = $1", $"T-{TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(9)).Year}-0001")), 0.0]);
        rows.Add([string.Create(CultureInfo.InvariantCulture, $"stocktaking of {inRoom:#,0} ended and reconciled"), closed.Order().ElementAt(1), closed.Max(), 1_000.0]);
        rows.Add([string.Create(CultureInfo.InvariantCulture, $"its page with {inRoom:#,0} lines"), looked.Order().ElementAt(1), looked.Max(), 0.0]);
    }

    private static async Task ListsAsync(SignedInClient client, List<IReadOnlyList<object>> rows)
    {
        foreach (var (what, path, aim) in new[] { ("CSV of all", "/equipment.csv", 0.0), ("workbook of all (XLSX)", "/equipment.xlsx", 2_000.0) })
        {
            var (times, bytes, written) = (new List<double>(), Array.Empty<byte>(), "");
            for (var round = 0; round < 3; round++)
            {
                var begun = Stopwatch.GetTimestamp();
                bytes = await client.Http.GetByteArrayAsync(new Uri(path, UriKind.Relative));
                times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }

            if (path.EndsWith(".xlsx", StringComparison.Ordinal))
            {
                rows.Add(["floor: plain zip of the same sheet", Zipped(bytes, out var size), 0.0, 0.0]);
                written = string.Create(CultureInfo.InvariantCulture, $", {bytes.Length / 1e6:0.0} MB for {size / 1e6:0} MB of XML");
            }

            rows.Add([what + written, times.Order().ElementAt(1), times.Max(), aim]);
        }
    }

    // As a person does it: begun, looked at until it is done, fetched.
    private static async Task RunAsync(SignedInClient client, List<IReadOnlyList<object>> rows)
    {
        var (whole, asRun) = (new List<double>(), "");
        for (var round = 0; round < 3; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            using var answer = await client.PostAsync("/equipment/export", [("as", "xlsx")]);
            var address = answer.Headers.Location!.OriginalString;
            var fragment = new Uri(address.Replace("/equipment/export/runs/", "/fragments/equipment-export/", StringComparison.Ordinal), UriKind.Relative);
            for (var page = ""; !page.Contains("/file\"", StringComparison.Ordinal); page = await client.Http.GetStringAsync(fragment))
            {
                if (Stopwatch.GetElapsedTime(begun) > Patience)
                {
                    throw new TimeoutException($"The list was not written within {Patience.TotalMinutes} minutes.");
                }

                await Task.Delay(page.Length > 0 ? 50 : 0);
            }

            var bytes = await client.Http.GetByteArrayAsync(new Uri($"{address}/file", UriKind.Relative));
            whole.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            asRun = string.Create(CultureInfo.InvariantCulture, $"the same as a run, begun, looked at every 50 ms and fetched, {bytes.Length / 1e6:0.0} MB");
        }

        rows.Add([asRun, whole.Order().ElementAt(1), whole.Max(), 2_000.0]);
    }

    private static double Zipped(byte[] book, out int size)
    {
        using var archive = new ZipArchive(new MemoryStream(book));
        using var sheet = new MemoryStream();
        using (var content = archive.GetEntry("xl/worksheets/sheet1.xml")!.Open())
        {
            content.CopyTo(sheet);
        }

        size = (int)sheet.Length;
        var begun = Stopwatch.GetTimestamp();
        using (var again = new ZipArchive(new MemoryStream(), ZipArchiveMode.Create))
        {
            using var entry = again.CreateEntry("sheet1.xml", CompressionLevel.Fastest).Open();
            entry.Write(sheet.GetBuffer(), 0, size);
        }

        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    private static async Task<object[]> TimedAsync(SignedInClient client, Func<int, string> path)
    {
        var times = new List<double>();
        for (var round = -3; round < Rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            _ = await client.Http.GetStringAsync(new Uri(path(Math.Max(0, round)), UriKind.Relative));
            if (round >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
        }

        times.Sort();
        return [times[times.Count / 2], times[times.Count * 99 / 100]];
    }

    private static object[] Floor(string record, Func<int, (string Sql, string Value)> question)
    {
        SqliteNative.Use();
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = record, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        var times = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var (sql, value) = question(round);
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are those above.
            command.CommandText = sql;
#pragma warning restore CA2100
            _ = command.Parameters.AddWithValue("$1", value);
            var begun = Stopwatch.GetTimestamp();
            using (var reader = command.ExecuteReader())
            {
                while (reader.Read())
                {
                    _ = reader.GetValue(0);
                }
            }

            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        times.Sort();
        return [times[times.Count / 2], times[times.Count * 99 / 100]];
    }

    [GeneratedRegex("/equipment/import/([0-9a-f]{32})")]
    private static partial Regex TokenOf();

    [GeneratedRegex("/stocktakes/T-[0-9]{4}-[0-9]{4}")]
    private static partial Regex Round();

    [GeneratedRegex("<[^>]*>|\\s+")]
    private static partial Regex Tags();
}
