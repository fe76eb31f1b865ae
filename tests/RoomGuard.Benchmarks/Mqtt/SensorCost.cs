using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using RoomGuard.Benchmarks.Bridge;
using RoomGuard.Benchmarks.Service;
using RoomGuard.Evidence;

namespace RoomGuard.Benchmarks.Mqtt;

/// <summary>What sensors cost the published bridge, how soon one of their messages is judged, and how soon water on the floor stands on a page.</summary>
public static partial class SensorCost
{
    private const int Sensors = 2_000;
    private const int Gateways = 20;
    private const int Judged = 300;
    private const int Waters = 40;
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Connects = TimeSpan.FromMinutes(2);

    // Whose sensors feel water, smoke and a quake.
    private static readonly string[] Senders = ["zigbee", "rack-a", "quake-1"];

    // Each stands until somebody has looked, so each can be measured once.
    private static readonly (string Deed, object With, string Title)[] Deeds = [("water", new { on = true }, "漏水"), ("smoke", new { on = true }, "煙"), ("quake", new { gal = 120 }, "地震・振動(点検待ち)")];

    /// <summary>Measures; takes about four minutes.</summary>
    public static BenchTable Run(string folder)
    {
        var data = Path.GetFullPath(Path.Combine(folder, $"mqtt-sensors-{Environment.ProcessId}"));
        Directory.CreateDirectory(data);
        List<IReadOnlyList<object>> rows = [.. Bridge(data), .. ToThePageAsync(Path.Combine(data, "site")).GetAwaiter().GetResult()];
        return new(
            string.Create(CultureInfo.InvariantCulture, $"{Sensors:#,0} sensors in one bridge, and from the room to the page"),
            ["what", "figure", "aim", "unit"],
            rows,
            $"zigbee2mqtt behind {Gateways} gateways, temperature and humidity, each sensor once in {Each.TotalSeconds:0} s, QoS 1, watched {Watched.TotalSeconds:0} s after {Settled.TotalSeconds:0} s. Judged: from PUBLISH to PUBACK, which the room gives when it has judged and, of an alarm, "
            + "when that is on the medium. The page: from water, smoke and a quake in the simulated room, over their sensors and the bridge's broker, to the office's list of alarms; none of the three waits, but a quake for the second sensor that feels it (R-ENV-04). What begins in the room has the sensor's own tenth of a second and its gateway's fifth in it; what begins with the message has not. Published programs on this machine.");
    }

    private static IEnumerable<IReadOnlyList<object>> Bridge(string data)
    {
        (double MiB, double Percent) alone;
        using (var quiet = new BridgeProcess(Path.Combine(data, "bridge-alone"), 200))
        {
            _ = quiet.StartToFirstGrant();
            alone = Watch(quiet);
        }

        using var bridge = new BridgeProcess(Path.Combine(data, "bridge-sensors"), 200, Settings());
        _ = bridge.StartToFirstGrant();
        using var field = new Field(bridge.Mqtt);
        var (memory, processor) = Watch(bridge);
        yield return Row($"{Sensors:#,0} sensors at one per 10 s: processor of the bridge, of which without sensors {alone.Percent:0.0}", processor, "% of a core", 10.0);
        yield return Row($"{Sensors:#,0} sensors at one per 10 s: memory of the bridge, of which without sensors {alone.MiB:0}", memory, "MiB");
        yield return Row("the same: messages a second that came through", field.PerSecond, "messages/s");
        using var client = new LeanClient(bridge.Mqtt, "measured");
        var reading = Answered(client, Judged, turn => ("zigbee2mqtt/g0/s0", Reading(turn)));
        yield return Row("reading → judged, p50, beside them", BrokerCost.P(reading, 0.5), "ms");
        yield return Row("reading → judged, p99, beside them", BrokerCost.P(reading, 0.99), "ms");
        var water = Answered(client, Waters, turn => ($"zigbee2mqtt/water/w{turn}", """{"water_leak":true}"""));
        yield return Row("water → alarm on the medium, p50, beside them", BrokerCost.P(water, 0.5), "ms");
        yield return Row("water → alarm on the medium, worst, beside them", water.Max(), "ms");
    }

    private static async Task<IReadOnlyList<IReadOnlyList<object>>> ToThePageAsync(string folder)
    {
        await using var site = await SiteProcess.StartAsync(folder);
        using var facility = await site.AsAsync("shintomi");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"] });
        await using var context = await browser.NewContextAsync(new() { Locale = "ja-JP" });
        var page = await context.NewPageAsync();
        _ = await page.GotoAsync(new Uri(site.Pages, "/sign-in").ToString());
        await page.ClickAsync("button[name=account][value=shintomi]");
        await page.WaitForLoadStateAsync();
        _ = await page.GotoAsync(new Uri(site.Pages, "/alarms").ToString());
        var (answered, shown, fromJudged) = (new List<double>(), new List<double>(), new List<double>());
        await ConnectedAsync(site);
        foreach (var (deed, with, title) in Deeds)
        {
            // Nobody touches the open page: it is told. Beside it the list is asked for again and again.
            var (at, since, shownAt) = (Stopwatch.GetTimestamp(), DateTimeOffset.UtcNow, default(DateTimeOffset));
            var told = page.WaitForFunctionAsync($"() => [...document.querySelectorAll('article.alert h3 a')].some(one => one.textContent.includes('{title}'))", null, new() { PollingInterval = 5, Timeout = (float)Patience.TotalMilliseconds })
                .ContinueWith(_ => (shownAt = DateTimeOffset.UtcNow, Took: Stopwatch.GetElapsedTime(at).TotalMilliseconds).Took, TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously);
            if ((await AlarmsAsync()).Contains(title))
            {
                throw new InvalidOperationException($"{title} stands before anything has happened.");
            }

            at = Stopwatch.GetTimestamp();
            using var answer = await site.Simulators.PostAsJsonAsync(new Uri($"/api/do/{deed}", UriKind.Relative), with);
            _ = answer.EnsureSuccessStatusCode();
            while (!(await AlarmsAsync()).Contains(title))
            {
                _ = Stopwatch.GetElapsedTime(at) < Patience ? 0 : throw new TimeoutException($"{title} was not in the list within {Patience.TotalSeconds} s.");
            }

            answered.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
            shown.Add(await told);
            fromJudged.Add((shownAt - RaisedAfter(site.Record, since)).TotalMilliseconds);
        }

        return
        [
            Row("something in the room → in the office's list of alarms, p50", BrokerCost.P(answered, 0.5), "ms"),
            Row("something in the room → in the office's list of alarms, worst", answered.Max(), "ms"),
            Row("something in the room → on an open page in Chromium, p50", BrokerCost.P(shown, 0.5), "ms"),
            Row("something in the room → on an open page in Chromium, worst", shown.Max(), "ms"),
            Row("the message judged → on the open page, p50", BrokerCost.P(fromJudged, 0.5), "ms"),
            Row("the message judged → on the open page, worst", fromJudged.Max(), "ms", 1_000.0),
        ];

        async Task<HashSet<string>> AlarmsAsync() => [.. Alarm().Matches(await facility.Http.GetStringAsync(new Uri("/alarms", UriKind.Relative))).Select(found => found.Groups[1].Value)];
    }

    // The sensors of the simulated room find the broker in their own time after the start.
    private static async Task ConnectedAsync(SiteProcess site)
    {
        var began = Stopwatch.GetTimestamp();
        while (!Senders.All(gateway => SentBy(gateway).Match(site.Simulators.GetStringAsync(new Uri("/api/site", UriKind.Relative)).GetAwaiter().GetResult()) is { Success: true } sent && sent.Groups[1].Value != "0"))
        {
            _ = Stopwatch.GetElapsedTime(began) < Connects ? 0 : throw new TimeoutException($"Not all of {string.Join(", ", Senders)} have sent something within {Connects.TotalSeconds} s.");
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    private static Regex SentBy(string gateway) => new($"\"id\":\"{gateway}\".*?\"connected\":true,\"sent\":([0-9]+)", RegexOptions.CultureInvariant | RegexOptions.Singleline);

    // By the bridge's clock, which is this machine's: the moment the reading was judged to be an alarm.
    private static DateTimeOffset RaisedAfter(string record, DateTimeOffset since)
    {
        SqliteNative.Use();
        using var db = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = record, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        db.Open();
        using var ask = db.CreateCommand();
        ask.CommandText = "SELECT min(raised) FROM view_alarms WHERE raised >= $1";
        _ = ask.Parameters.AddWithValue("$1", since.ToUnixTimeMilliseconds());
        return DateTimeOffset.FromUnixTimeMilliseconds((long)ask.ExecuteScalar()!);
    }

    private static object[] Row(string what, double value, string unit, object? aim = null) => [what, value, aim ?? "", unit];

    private static (double MiB, double Percent) Watch(BridgeProcess bridge)
    {
        // What runs often is compiled anew in the first minute; what a year costs is what comes after it.
        Thread.Sleep(Settled);
        var before = bridge.Processor;
        var at = Stopwatch.GetTimestamp();
        Thread.Sleep(Watched);
        return (bridge.ResidentMiB, 100 * (bridge.Processor - before) / Stopwatch.GetElapsedTime(at));
    }

    private static List<double> Answered(LeanClient client, int count, Func<int, (string Topic, string Payload)> message)
    {
        var took = new List<double>();
        for (var turn = 0; turn < count; turn++)
        {
            var (topic, payload) = message(turn);
            var (at, answered) = (Stopwatch.GetTimestamp(), client.Finished + 1);
            client.Send(LeanClient.Chunk(topic, 1, Encoding.UTF8.GetBytes(payload), 1, (ushort)(1 + turn)));
            while (client.Finished < answered)
            {
                _ = client.ReadOnce() ? 0 : throw new IOException("The bridge closed the connection.");
            }

            took.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
        }

        return took;
    }

    private static string Reading(int turn) => string.Create(CultureInfo.InvariantCulture, $$"""{"temperature":{{22 + (turn % 20 / 10.0)}},"humidity":{{45 + (turn % 7)}},"battery":97,"linkquality":120}""");

    // Their names say where they are: sensor s of gateway g; the water sensors are for the alarms.
    private static string Settings()
    {
        var temperatures = Enumerable.Range(0, Sensors).Select(i => (Id: $"t-{i}", Key: $"g{i % Gateways}/s{i}", Measures: """["Temperature", "RelativeHumidity"]""", Spot: "Inlet"));
        var waters = Enumerable.Range(0, Waters).Select(i => (Id: $"w-{i}", Key: $"water/w{i}", Measures: """["Leak"]""", Spot: "Structure"));
        var all = temperatures.Concat(waters).ToList();
        return $$"""
            , "sensors": { "enrolled": [ {{string.Join(",\n", all.Select(one => $$"""{ "id": "{{one.Id}}", "model": "zigbee2mqtt", "source": "broker", "key": "{{one.Key}}", "quantities": {{one.Measures}} }"""))}} ] },
              "climate": { "zones": [ { "zone": "SRV-1", "notSensed": [ { "factor": "Fire", "reason": "測定" }, { "factor": "Dust", "reason": "測定" }, { "factor": "Vibration", "reason": "測定" } ] } ],
                "sensors": [ {{string.Join(",\n", all.Select(one => $$"""{ "id": "{{one.Id}}", "zone": "SRV-1", "spot": "{{one.Spot}}", "label": "{{one.Id}}", "labelEn": "{{one.Id}}", "measures": {{one.Measures}}, "interval": "00:10:00" }"""))}} ] }
            """;
    }

    [GeneratedRegex("<h3 id=\"alarm-[^\"]+\"><a href=\"[^\"]+\">([^<]+)</a>")]
    private static partial Regex Alarm();

    /// <summary>Gateways that send what their sensors measure, evenly over the time.</summary>
    private sealed class Field : IDisposable
    {
        private readonly List<LeanClient> gateways;
        private readonly Thread thread;
        private readonly long began = Stopwatch.GetTimestamp();
        private volatile bool isOver;

        internal Field(int port)
        {
            gateways = [.. Enumerable.Range(0, Gateways).Select(i => new LeanClient(port, $"gateway-{i}"))];
            thread = new(Send) { IsBackground = true };
            thread.Start();
        }

        /// <summary>Messages acknowledged so far, by the time.</summary>
        internal double PerSecond => gateways.Sum(gateway => gateway.Finished) / Stopwatch.GetElapsedTime(began).TotalSeconds;

        public void Dispose()
        {
            isOver = true;
            thread.Join();
            gateways.ForEach(gateway => gateway.Dispose());
        }

        private void Send()
        {
            for (var turn = 0; !isOver; turn++)
            {
                var due = Each * ((double)turn / Sensors);
                while (Stopwatch.GetElapsedTime(began) < due && !isOver)
                {
                    Thread.Sleep(1);
                }

                var sensor = turn % Sensors;
                var gateway = gateways[sensor % Gateways];
                gateway.Send(LeanClient.Chunk($"zigbee2mqtt/g{sensor % Gateways}/s{sensor}", 1, Encoding.UTF8.GetBytes(Reading(turn / Sensors)), 1, (ushort)(1 + (turn / Gateways % 60_000))));
                while (gateway.Socket.Available > 0)
                {
                    _ = gateway.ReadOnce();
                }
            }
        }
    }
}
