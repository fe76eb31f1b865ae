using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;
using RoomGuard.Hosting;
using RoomGuard.Service;
using RoomGuard.Service.Commands;
using RoomGuard.Service.Record;
using RoomGuard.TestKit.Lines;

namespace RoomGuard.Benchmarks.Service;

/// <summary>(e) Memory of the service: a process of its own at rest with an empty record, and with a million entries in it.</summary>
public static class ServiceMemory
{
    private const int Entries = 1_000_000;
    private const int Batch = 2_000;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    /// <summary>Measures; the filled record is kept in <paramref name="folder"/> for the next time.</summary>
    public static BenchTable Run(string folder) => RunAsync(folder).GetAwaiter().GetResult();

    private static async Task<BenchTable> RunAsync(string folder)
    {
        var empty = Path.Combine(folder, $"service-memory-{Environment.ProcessId}");
        var full = Path.Combine(folder, "service-memory-million");
        try
        {
            await FillAsync(full);
            return new(
                "(e) Memory of the service",
                ["state", "resident MB", "largest MB"],
                [await RowAsync("at rest, empty record", empty), await RowAsync(string.Create(CultureInfo.InvariantCulture, $"at rest, {Entries:#,0} entries"), full)],
                $"VmRSS and VmHWM of the process {Rest.TotalSeconds:0} s after it was ready; the usual settings, framework-dependent build.");
        }
        finally
        {
            if (Directory.Exists(empty))
            {
                Directory.Delete(empty, recursive: true);
            }
        }
    }

    private static async Task FillAsync(string folder)
    {
        if (File.Exists(Path.Combine(folder, "filled")))
        {
            return;
        }

        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        _ = Directory.CreateDirectory(folder);
        var settings = SettingsFile.Load(SettingsIn(folder, [7442, 7443, 7444, 7480]), ServiceSettingsJson.Default.ServiceSettings, []);
        await using (var record = new ServiceFolders(settings, TimeProvider.System, RandomNumberGenerator.GetBytes).OpenRecord(null, CancellationToken.None))
        {
            var at = new DateTimeOffset(2025, 4, 1, 0, 0, 0, TimeSpan.FromHours(9));
            for (var n = 0; n < Entries; n += Batch)
            {
                _ = await record.AppendAsync([.. Enumerable.Range(n, Batch).Select(i => Draft.Of(Something(i, at)))], null, CancellationToken.None);
            }
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "filled"), "");
    }

    private static RecordedEvent Something(int i, DateTimeOffset at) => (i % 3) switch
    {
        0 => new EntryGranted(at.AddSeconds(i * 20), new("SRV-1-D1"), new("SRV-1"), new("reader-1"), new($"S-{i % 500:0000}"), new($"C-{i % 500:0000}"), new((UInt128)(i % 500)), new("G-2026-0001"), [], 1, []),
        1 => new DoorOpened(at.AddSeconds(i * 20), new("SRV-1-D1"), OpeningCause.Entry, new($"S-{i % 500:0000}")),
        _ => new DoorClosed(at.AddSeconds(i * 20), new("SRV-1-D1"), 4000),
    };

    private static async Task<IReadOnlyList<object>> RowAsync(string state, string folder)
    {
        _ = Directory.CreateDirectory(folder);
        int[] ports = LoopbackPorts.Next(4);
        var program = Path.Combine(AppContext.BaseDirectory, "roomguard.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", program, "--settings", SettingsIn(folder, ports), "serve"]) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException("The service could not be started.");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        try
        {
            await ReadyAsync(process, ports[3]);
            await Task.Delay(Rest);
            var status = await File.ReadAllLinesAsync($"/proc/{process.Id}/status");
            return [state, Megabytes(status, "VmRSS:"), Megabytes(status, "VmHWM:")];
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task ReadyAsync(Process process, int port)
    {
        using var http = new HttpClient();
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"The service ended by itself: {await process.StandardError.ReadToEndAsync()}");
            }

            try
            {
                using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/health/ready"));
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }

            await Task.Delay(100);
        }

        throw new TimeoutException("The service did not become ready within a minute.");
    }

    private static double Megabytes(string[] status, string name) =>
        double.Parse(status.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    private static string SettingsIn(string folder, int[] ports)
    {
        var path = Path.Combine(folder, "service.json");
        File.WriteAllText(path, $$"""
            {
              "site": { "id": "bench-1", "organisation": "架空町役場", "name": "測定", "environment": "Test", "timeZone": "Asia/Tokyo" },
              "dataFolder": "{{Path.Combine(folder, "data")}}",
              "listen": { "address": "127.0.0.1", "dashboardHttp": {{ports[0]}}, "dashboardHttps": {{ports[1]}}, "panels": {{ports[2]}}, "watch": {{ports[3]}} },
              "zones": [{ "id": "SRV-1", "label": "サーバ室", "labelEn": "Server room", "requiredFactors": 1, "methods": ["Card"], "staleList": "DenyAll", "kind": "ServerRoom", "floor": 3, "segment": "Internet", "importance": "I" }],
              "doors": [{ "id": "SRV-1-D1", "zone": "SRV-1", "panel": "bridge-1", "label": "正面扉", "labelEn": "Front door" }],
              "panels": ["bridge-1"], "grantListAgeLimit": "3.00:00:00", "telemetry": { "otlpEndpoint": null }
            }
            """);
        return path;
    }
}
