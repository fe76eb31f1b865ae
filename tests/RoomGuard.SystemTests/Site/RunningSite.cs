using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text;
using RoomGuard.TestKit.Lines;
using Xunit;

namespace RoomGuard.SystemTests.Site;

/// <summary>
/// The invented site as <c>./run</c> starts it: three real programs, real pseudo-terminals, real certificates. One for all tests of the
/// collection, because a start takes some seconds.
/// </summary>
public sealed class RunningSite : IAsyncLifetime
{
    private readonly RunScript script = new("--no-story");

    /// <summary>Pages over plain HTTP, e.g. <c>http://localhost:21000</c>.</summary>
    public string Pages => $"http://localhost:{script.PortsFrom}";

    /// <summary>The port of <paramref name="index"/> in the order pages, https, bridges, service watch, bridge watch, simulators.</summary>
    public int Port(int index) => script.PortsFrom + index;

    /// <summary>The site's data folder.</summary>
    public string Data => script.Data;

    /// <summary>Acts at the simulated hardware.</summary>
    public HttpClient Simulators { get; private set; } = null!;

    public HttpClient Http { get; } = new();

    public async Task InitializeAsync()
    {
        await script.StartAsync();
        Simulators = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port(5)}") };
    }

    public async Task DisposeAsync()
    {
        Simulators?.Dispose();
        Http.Dispose();
        await script.DisposeAsync();
    }

    /// <summary>One act at the simulators' API.</summary>
    public async Task ActAsync(string path, object? body = null)
    {
        using var answer = await Simulators.PostAsJsonAsync(new Uri(path, UriKind.Relative), body ?? new { });
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>Asks again until the answer satisfies, at most <paramref name="seconds"/>.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> enough, double seconds, string what)
    {
        var limit = Stopwatch.StartNew();
        T last;
        do
        {
            last = await ask();
            if (enough(last))
            {
                return last;
            }

            using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            await pause.WaitForNextTickAsync();
        }
        while (limit.Elapsed.TotalSeconds < seconds);

        throw new Xunit.Sdk.XunitException($"{what}: not within {seconds} s. Last: {(last is string text ? text : JsonSerializer.Serialize(last))}");
    }
}

/// <summary>All tests that share one running site.</summary>
[CollectionDefinition(Name)]
public sealed class RunningSiteCollection : ICollectionFixture<RunningSite>
{
    public const string Name = "running site";
}

/// <summary>One run of <c>./run</c> on free ports with a data folder of its own.</summary>
public sealed class RunScript(params string[] arguments) : IAsyncDisposable
{
    private readonly StringBuilder said = new();
    private readonly TaskCompletionSource running = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? process;

    public static string Root { get; } = FindRoot();

    public int PortsFrom { get; init; } = LoopbackPorts.Range(10);

    public string Data { get; init; } = Directory.CreateTempSubdirectory("roomguard-site-").FullName;

    public int Id => process!.Id;

    public string Said
    {
        get
        {
            lock (said)
            {
                return said.ToString();
            }
        }
    }

    /// <summary>Starts and waits until the site says it is running.</summary>
    public async Task StartAsync()
    {
        Launch();
        var first = await Task.WhenAny(running.Task, process!.WaitForExitAsync(), Task.Delay(TimeSpan.FromMinutes(4)));
        Assert.True(first == running.Task, $"./run did not come up:\n{Said}\n{Logs()}");
    }

    /// <summary>Starts and waits until the script has ended by itself.</summary>
    public async Task<int> RunToEndAsync()
    {
        Launch();
        await process!.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(4));
        return process.ExitCode;
    }

    /// <summary>Presses Ctrl-C.</summary>
    public async Task<int> StopAsync()
    {
        Process.Start("kill", ["-INT", process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return process.ExitCode;
    }

    /// <summary>Command lines of processes that still work on this site's data folder.</summary>
    public IReadOnlyList<string> Remaining() =>
        [.. from folder in Directory.EnumerateDirectories("/proc")
            let id = Path.GetFileName(folder)
            where id.All(char.IsAsciiDigit)
            let cwd = Try(() => new FileInfo($"/proc/{id}/cwd").ResolveLinkTarget(false)?.FullName)
            where cwd is not null && cwd.StartsWith(Data, StringComparison.Ordinal)
            select Try(() => File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ')) ?? id];

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            await StopAsync();
        }

        process?.Dispose();
        Directory.Delete(Data, recursive: true);
    }

    private void Launch()
    {
        process = new Process
        {
            StartInfo = new ProcessStartInfo("/bin/bash")
            {
                ArgumentList = { Path.Combine(Root, "run"), "--ports-from", $"{PortsFrom}", "--data", Data },
                WorkingDirectory = Root,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        foreach (var argument in arguments)
        {
            process.StartInfo.ArgumentList.Add(argument);
        }

        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private void Hear(string? line)
    {
        lock (said)
        {
            said.AppendLine(line);
        }

        if (line?.Contains("RoomGuard is running", StringComparison.Ordinal) == true)
        {
            running.TrySetResult();
        }
    }

    private string Logs() => Directory.Exists(Path.Combine(Data, "logs"))
        ? string.Join('\n', Directory.GetFiles(Path.Combine(Data, "logs")).SelectMany(file => File.ReadLines(file).TakeLast(8).Prepend($"== {file}")))
        : string.Empty;

    private static string? Try(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "RoomGuard.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("RoomGuard.sln was not found above the tests.");
    }
}
