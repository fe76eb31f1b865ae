using System.Net;
using System.Net.Sockets;
using RoomGuard.TestKit.Pages;
using Xunit;

namespace RoomGuard.SystemTests.Site;

/// <summary>What <c>./run</c> promises to whoever types it.</summary>
[Collection(RunningSiteCollection.Name)]
public sealed class RunScriptTests(RunningSite site)
{
    [Fact]
    public async Task Two_copies_run_side_by_side_and_the_second_stops_without_a_trace()
    {
        await using var second = new RunScript("--no-story");
        await second.StartAsync();

        foreach (var pages in new[] { site.Pages, $"http://localhost:{second.PortsFrom}" })
        {
            using var client = await SignedInClient.AsAsync(new Uri(pages), "hinata");
            using var answer = await client.GetAsync("/");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(0, await second.StopAsync());
        Assert.Empty(second.Remaining());
    }

    [Fact]
    public async Task A_second_start_on_the_same_data_is_refused_with_what_to_do()
    {
        // Not disposed: the data folder is the running site's.
        var second = new RunScript("--no-story") { Data = site.Data };

        Assert.Equal(69, await second.RunToEndAsync());
        Assert.Contains("already running", second.Said, StringComparison.Ordinal);
        Assert.Contains("--ports-from", second.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        await using var script = new RunScript("--no-story");
        using var taken = new TcpListener(IPAddress.Loopback, script.PortsFrom + 2);
        taken.Start();

        Assert.Equal(69, await script.RunToEndAsync());
        Assert.Contains($"Port {script.PortsFrom + 2} is in use", script.Said, StringComparison.Ordinal);
    }
}
