using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using RoomGuard.SystemTests.Site;
using RoomGuard.TestKit.Lines;
using Xunit;

namespace RoomGuard.SystemTests.Peers;

/// <summary>Our metrics as Debian's promtool and prometheus see them.</summary>
[Collection(RunningSiteCollection.Name)]
public sealed class PrometheusTests(RunningSite site)
{
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Promtool_finds_nothing_to_say(int port)
    {
        var page = await site.Http.GetStringAsync(new Uri($"http://127.0.0.1:{site.Port(port)}/metrics"));
        Assert.Contains("roomguard_build_info", page, StringComparison.Ordinal);

        using var promtool = Process.Start(new ProcessStartInfo("promtool", ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await promtool.StandardInput.WriteAsync(page);
        promtool.StandardInput.Close();
        var said = await promtool.StandardOutput.ReadToEndAsync() + await promtool.StandardError.ReadToEndAsync();
        await promtool.WaitForExitAsync();

        Assert.Equal((string.Empty, 0), (said, promtool.ExitCode));
    }

    [Fact]
    public async Task Prometheus_scrapes_both_programs()
    {
        var folder = Directory.CreateTempSubdirectory("roomguard-prometheus-");
        var port = LoopbackPorts.Next();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "prometheus.yml"), $$"""
            global: { scrape_interval: 1s }
            scrape_configs:
              - job_name: roomguard
                static_configs: [ { targets: [ "127.0.0.1:{{site.Port(3)}}", "127.0.0.1:{{site.Port(4)}}" ] } ]
            """);
        using var prometheus = Process.Start(new ProcessStartInfo("prometheus",
        [
            $"--config.file={folder.FullName}/prometheus.yml", $"--storage.tsdb.path={folder.FullName}/data", $"--web.listen-address=127.0.0.1:{port}",
        ])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        prometheus.BeginErrorReadLine();
        prometheus.BeginOutputReadLine();
        try
        {
            var up = await RunningSite.UntilAsync(() => QueryAsync(port, "up"), values => values.Count == 2 && values.All(value => value == "1"), 40, "both targets up");
            Assert.Equal(2, up.Count);
            var built = await QueryAsync(port, "roomguard_build_info");
            Assert.Equal(2, built.Count);
        }
        finally
        {
            prometheus.Kill();
            await prometheus.WaitForExitAsync();
            folder.Delete(recursive: true);
        }
    }

    private async Task<List<string>> QueryAsync(int port, string query)
    {
        try
        {
            var text = await site.Http.GetStringAsync(new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/api/v1/query?query={query}"));
            using var json = JsonDocument.Parse(text);
            return [.. json.RootElement.GetProperty("data").GetProperty("result").EnumerateArray().Select(one => one.GetProperty("value")[1].GetString()!)];
        }
        catch (HttpRequestException)
        {
            return [];
        }
    }
}
