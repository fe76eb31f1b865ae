using System.Diagnostics;
using System.Globalization;
using System.Text;
using RoomGuard.SystemTests.Site;
using RoomGuard.Wire.Cards;
using Xunit;

namespace RoomGuard.SystemTests.Kills;

/// <summary>A small site of real programs whose readers are watched lines, made to be killed.</summary>
internal sealed class KillSite : IAsyncDisposable
{
    public const int Doors = 4;

    // Below the range from which the system takes ports for outgoing connections, or one of those would be in the way some day.
    private readonly int portsFrom = 12000 + (Environment.ProcessId % 1000 * 6);
    private Process? service;
    private Process? bridge;
    private int nextCard = -1;

    private KillSite(int people, TimeSpan every)
    {
        Folder = Directory.CreateTempSubdirectory("roomguard-kills-").FullName;
        Write(people);
        Lines = [.. Enumerable.Range(0, Doors).Select(door => new WatchedLine(Path.Combine(Folder, $"line-{door}"), (uint)(7000 + door), every, () => Interlocked.Increment(ref nextCard) % people))];
    }

    public string Folder { get; }

    public WatchedLine[] Lines { get; }

    public string Journal => Directory.EnumerateFiles(Path.Combine(Folder, "bridge"), "*.db", SearchOption.AllDirectories).Single(file => Path.GetFileName(file).Contains("journal", StringComparison.Ordinal));

    public string Record => Directory.EnumerateFiles(Path.Combine(Folder, "service"), "*.db", SearchOption.AllDirectories).Single(file => Path.GetFileName(file).Contains("record", StringComparison.Ordinal));

    /// <summary>Card number <paramref name="card"/> as a reader sends it.</summary>
    public static ReadOnlyMemory<byte> BitsOf(int card, out int bitCount)
    {
        var (facility, number) = Printed(card);
        bitCount = 34;
        return CardFormat.H10306.Encode(facility, number);
    }

    public static string PersonOf(int card) => $"K-{card:000000}";

    public static async Task<KillSite> StartAsync(int people, TimeSpan every)
    {
        var site = new KillSite(people, every);
        await site.RunAsync("service/roomguard", ["--settings", "service.json", "import", "people.csv", "--apply"]);
        await site.StartServiceAsync();
        var code = (await site.RunAsync("service/roomguard", ["--settings", "service.json", "panel-code", "bridge-1"])).Trim().Split('\n')[^1];
        await site.RunAsync("bridge/roomguard-bridge", ["--settings", "bridge.json", "join", "--code", code]);
        await site.StartBridgeAsync();
        await site.RunAsync("bridge/roomguard-bridge", ["--settings", "bridge.json", "reader", "install", "--all", "--minutes", "5"]);
        return site;
    }

    public async Task StartServiceAsync()
    {
        service = Start("service/roomguard", ["--settings", "service.json", "serve"], "service.log");
        await LiveAsync(portsFrom + 3, service, "service.log");
    }

    public async Task StartBridgeAsync()
    {
        bridge = Start("bridge/roomguard-bridge", ["--settings", "bridge.json", "serve"], "bridge.log");
        await LiveAsync(portsFrom + 4, bridge, "bridge.log");
    }

    public async Task KillServiceAsync() => await KillAsync(service!);

    public async Task KillBridgeAsync() => await KillAsync(bridge!);

    public async Task<string> ReadyAsync(int index)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{portsFrom + index}/health/ready"));
        return await answer.Content.ReadAsStringAsync();
    }

    public async Task StopAsync()
    {
        foreach (var process in new[] { bridge, service })
        {
            if (process is { HasExited: false })
            {
                Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
                await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var line in Lines)
        {
            line.Dispose();
        }

        foreach (var process in new[] { bridge, service })
        {
            if (process is { HasExited: false })
            {
                await KillAsync(process);
            }

            process?.Dispose();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static (uint Facility, ulong Number) Printed(int card) => ((uint)(1 + (card / 60000)), (ulong)(1 + (card % 60000)));

    private static async Task KillAsync(Process process)
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    private async Task<string> RunAsync(string program, string[] arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(Path.Combine(RunScript.Root, "out", program), arguments)
            {
                WorkingDirectory = Folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.Start();
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(3));
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: exit {process.ExitCode}\n{output}\n{await error}");
        return output;
    }

    // Output goes to a file by the shell, so that a killed process loses none of it and no pipe fills.
    private Process Start(string program, string[] arguments, string log) =>
        Process.Start(new ProcessStartInfo("/bin/bash", ["-c", $"exec \"$0\" \"$@\" >>{log} 2>&1", Path.Combine(RunScript.Root, "out", program), .. arguments])
        {
            WorkingDirectory = Folder,
        })!;

    private async Task LiveAsync(int port, Process process, string log)
    {
        using var http = new HttpClient();
        await RunningSite.UntilAsync(
            async () =>
            {
                try
                {
                    return process.HasExited ? "ended" : await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/health/live"));
                }
                catch (HttpRequestException)
                {
                    return string.Empty;
                }
            },
            said => said.Length > 0,
            120,
            "start");
        Assert.False(process.HasExited, string.Join('\n', File.ReadLines(Path.Combine(Folder, log)).TakeLast(20)));
    }

    private void Write(int people)
    {
        File.WriteAllText(Path.Combine(Folder, "service.json"), $$"""
            { "site": { "id": "kills", "organisation": "架空町役場", "name": "試験室", "environment": "Test", "timeZone": "Asia/Tokyo" },
              "dataFolder": "service",
              "listen": { "address": "127.0.0.1", "dashboardHttps": {{portsFrom + 1}}, "dashboardHttp": {{portsFrom}}, "panels": {{portsFrom + 2}}, "watch": {{portsFrom + 3}} },
              "zones": [ { "id": "Z1", "label": "試験室", "labelEn": "Test room", "requiredFactors": 1, "methods": [ "Card" ], "staleList": "DenyAll", "kind": "ServerRoom", "floor": 3, "segment": "Internet", "importance": "I" } ],
              "doors": [ {{string.Join(", ", Enumerable.Range(0, Doors).Select(door => $$"""{ "id": "D{{door}}", "zone": "Z1", "panel": "bridge-1", "label": "扉{{door}}", "labelEn": "Door {{door}}" }"""))}} ],
              "panels": [ "bridge-1" ], "grantListAgeLimit": "3.00:00:00", "telemetry": { "otlpEndpoint": null } }
            """);
        File.WriteAllText(Path.Combine(Folder, "bridge.json"), $$"""
            { "panel": "bridge-1", "site": "kills", "environment": "Test", "dataFolder": "bridge", "service": "https://127.0.0.1:{{portsFrom + 2}}",
              "listen": { "address": "127.0.0.1", "watch": {{portsFrom + 4}} },
              "buses": [ {{string.Join(", ", Enumerable.Range(0, Doors).Select(door => $$"""
                { "id": "bus-{{door}}", "link": { "kind": "serial", "path": "line-{{door}}", "host": null, "port": null }, "baudRate": 115200,
                  "readers": [ { "id": "reader-{{door}}", "address": 0, "door": "D{{door}}", "side": "Entry", "cardFormat": "H10306", "secureChannel": "Required", "clearTextReason": null } ] }
                """))}} ],
              "doors": [ {{string.Join(", ", Enumerable.Range(0, Doors).Select(door => $$"""
                { "id": "D{{door}}", "zone": "Z1", "label": "扉{{door}}", "labelEn": "Door {{door}}", "unlock": "00:00:01", "heldOpen": "00:00:30", "heldOpenAlarm": "00:01:00", "powerLoss": "FailSecure",
                  "strike": { "reader": "reader-{{door}}", "output": 0 }, "contact": { "reader": "reader-{{door}}", "input": 0 }, "exitRequest": null }
                """))}} ],
              "telemetry": { "otlpEndpoint": null } }
            """);
        var csv = new StringBuilder("person,name,kana,category,section,validFrom,validUntil,card,cardFormat,facility,number,cardFrom,cardUntil,grant,zones,days,from,until,grantFrom,grantUntil,pin\r\n");
        for (var card = 0; card < people; card++)
        {
            var (facility, number) = Printed(card);
            csv.Append(CultureInfo.InvariantCulture, $"{PersonOf(card)},架空 太郎,かくう たろう,Staff,試験課,2020-04-01,,C-{card:000000},H10306,{facility},{number},,,G-{card:000000},Z1,All,00:00,00:00,2020-04-01,2045-04-01,\r\n");
        }

        File.WriteAllText(Path.Combine(Folder, "people.csv"), csv.ToString());
    }
}
