using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using RoomGuard.TestKit.Lines;
using RoomGuard.TestKit.Pages;

namespace RoomGuard.Benchmarks.Service;

/// <summary>The invented site as <c>./run</c> starts it: service, bridge and simulators as programs of their own, with simulated readers and doors.</summary>
internal sealed class SiteProcess : IAsyncDisposable
{
    private readonly Process program;
    private readonly string folder;
    private readonly int ports;
    private readonly TaskCompletionSource up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder said = new();

    private SiteProcess(string folder)
    {
        (this.folder, ports) = (folder, LoopbackPorts.Range(10));
        program = new() { StartInfo = new("/bin/bash") { ArgumentList = { "run", "--no-story", "--ports-from", $"{ports}", "--data", folder }, RedirectStandardOutput = true, RedirectStandardError = true } };
        program.OutputDataReceived += (_, line) => Hear(line.Data);
        program.ErrorDataReceived += (_, line) => Hear(line.Data);
        Simulators = new() { BaseAddress = new($"http://127.0.0.1:{ports + 5}") };
    }

    /// <summary>The pages.</summary>
    public Uri Pages => new($"http://localhost:{ports}/");

    /// <summary>The service's record.</summary>
    public string Record => Directory.EnumerateFiles(Path.Combine(folder, "service"), "record.db", SearchOption.AllDirectories).First();

    /// <summary>Acts at the simulated readers and doors.</summary>
    public HttpClient Simulators { get; }

    /// <summary>Starts one and waits until everything runs.</summary>
    /// <param name="folder">Its data; thrown away first.</param>
    public static async Task<SiteProcess> StartAsync(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        var site = new SiteProcess(Directory.CreateDirectory(folder).FullName);
        _ = site.program.Start();
        site.program.BeginOutputReadLine();
        site.program.BeginErrorReadLine();
        if (await Task.WhenAny(site.up.Task, site.program.WaitForExitAsync(), Task.Delay(TimeSpan.FromMinutes(4))) != site.up.Task)
        {
            await site.DisposeAsync();
            throw new InvalidOperationException($"./run did not come up:\n{site.said}");
        }

        return site;
    }

    /// <summary>Somebody of the invented site, signed in.</summary>
    public Task<SignedInClient> AsAsync(string account) => SignedInClient.AsAsync(Pages, account);

    /// <summary>Holds a card to the reader outside the server room.</summary>
    public async Task PresentAsync(int facility, int number)
    {
        using var answer = await Simulators.PostAsJsonAsync(new Uri("/api/do/present-number", UriKind.Relative), new { reader = "reader-srv-in", facility, number, format = "H10301" });
        _ = answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        Simulators.Dispose();
        if (!program.HasExited)
        {
            using var end = Process.Start("kill", ["-INT", program.Id.ToString(CultureInfo.InvariantCulture)]);
            await end.WaitForExitAsync();
            await program.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        }

        program.Dispose();
    }

    private void Hear(string? line)
    {
        lock (said)
        {
            _ = said.AppendLine(line);
        }

        if (line?.Contains("RoomGuard is running", StringComparison.Ordinal) == true)
        {
            _ = up.TrySetResult();
        }
    }
}
