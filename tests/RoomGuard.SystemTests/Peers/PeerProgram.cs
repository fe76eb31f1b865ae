using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace RoomGuard.SystemTests.Peers;

/// <summary>A program we did not write, with what it said. Ended with the test.</summary>
internal sealed class PeerProgram : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder said = new();
    private readonly StringBuilder answer = new();
    private readonly Lock gate = new();
    private bool isDisposed;

    public PeerProgram(string program, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Hear(line.Data, isAnswer: true);
        process.ErrorDataReceived += (_, line) => Hear(line.Data, isAnswer: false);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Said
    {
        get
        {
            lock (gate)
            {
                return said.ToString();
            }
        }
    }


    /// <summary>What it said on its standard output alone.</summary>
    public string Answer
    {
        get
        {
            lock (gate)
            {
                return answer.ToString();
            }
        }
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="answerOnly">Without what it said on its standard error.</param>
    public static async Task<string> RunAsync(string program, string[] arguments, IReadOnlyDictionary<string, string>? environment = null, int seconds = 30, bool answerOnly = false)
    {
        using var peer = new PeerProgram(program, arguments, environment);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        try
        {
            await peer.process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {seconds} s. It said:\n{peer.Said}");
        }

        return answerOnly ? peer.Answer : peer.Said;
    }

    /// <summary>Waits until something is so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo, string what, Func<string>? detail = null, int seconds = 30)
    {
        var started = Stopwatch.GetTimestamp();
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await isSo())
        {
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(seconds))
            {
                throw new TimeoutException($"Within {seconds} s not: {what}.\n{detail?.Invoke()}");
            }

            _ = await looks.WaitForNextTickAsync();
        }
    }

    /// <summary>Asks it to end and waits until it has.</summary>
    public async Task EndAsync(int seconds = 30)
    {
        using (var term = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await term.WaitForExitAsync();
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        await process.WaitForExitAsync(limit.Token);
        Dispose();
    }

    /// <summary>Ends it; once more does nothing.</summary>
    public void Dispose()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        process.Dispose();
    }

    private void Hear(string? line, bool isAnswer)
    {
        lock (gate)
        {
            if (said.Length < 200_000)
            {
                said.AppendLine(line);
                _ = isAnswer ? answer.AppendLine(line) : answer;
            }
        }
    }
}
