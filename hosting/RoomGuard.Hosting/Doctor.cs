namespace RoomGuard.Hosting;

/// <summary>How one check of <c>doctor</c> came out.</summary>
public enum DoctorVerdict
{
    /// <summary>○.</summary>
    Well,

    /// <summary>△: works, and should be looked at.</summary>
    Look,

    /// <summary>×: does not work until a person acts.</summary>
    Act,
}

/// <summary>What one check found.</summary>
/// <param name="Found">What is so, with its value.</param>
/// <param name="Remedy">What to do; null when all is well.</param>
public sealed record DoctorFinding(DoctorVerdict Verdict, string Found, string? Remedy = null)
{
    /// <summary>Nothing to do.</summary>
    public static DoctorFinding Well(string found) => new(DoctorVerdict.Well, found);

    /// <summary>Works, and should be looked at.</summary>
    public static DoctorFinding Look(string found, string remedy) => new(DoctorVerdict.Look, found, remedy);

    /// <summary>Does not work until a person acts.</summary>
    public static DoctorFinding Act(string found, string remedy) => new(DoctorVerdict.Act, found, remedy);
}

/// <summary>One thing <c>doctor</c> looks at.</summary>
public sealed record DoctorCheck(string Name, Func<CancellationToken, Task<DoctorFinding>> Look);

/// <summary>Runs checks one after another and prints what to do. It changes nothing and needs no running program.</summary>
public static class Doctor
{
    private static readonly TimeSpan LongestCheck = TimeSpan.FromSeconds(15);

    /// <summary>Runs all checks.</summary>
    /// <returns><see cref="ExitCodes.Ok"/>, or <see cref="ExitCodes.Findings"/> when a check came out × .</returns>
    public static async Task<int> RunAsync(string program, IEnumerable<DoctorCheck> checks, TextWriter output, TimeProvider time, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(checks);
        ArgumentNullException.ThrowIfNull(output);
        await output.WriteLineAsync($"{program} doctor");
        var worst = DoctorVerdict.Well;
        foreach (var check in checks)
        {
            var finding = await LookAsync(check, time, stop);
            worst = finding.Verdict > worst ? finding.Verdict : worst;
            await output.WriteLineAsync($"{Mark(finding.Verdict)} {check.Name}: {finding.Found}");
            if (finding.Remedy is { } remedy)
            {
                await output.WriteLineAsync($"   → {remedy}");
            }
        }

        await output.WriteLineAsync(worst switch
        {
            DoctorVerdict.Well => "異常はありません / All is well.",
            DoctorVerdict.Look => "動作しますが、△ を確認してください / Works; look at the lines marked △.",
            _ => "× の対処が必要です / The lines marked × need a hand.",
        });
        return worst == DoctorVerdict.Act ? ExitCodes.Findings : ExitCodes.Ok;
    }

    private static async Task<DoctorFinding> LookAsync(DoctorCheck check, TimeProvider time, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(LongestCheck, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            return await check.Look(both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return DoctorFinding.Act($"no answer within {LongestCheck.TotalSeconds:0} s", "Find out what it waits for; the other checks may tell.");
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            return DoctorFinding.Act($"the check itself failed: {failed.Message}", "Report this with the line above.");
        }
    }

    private static string Mark(DoctorVerdict verdict) => verdict switch
    {
        DoctorVerdict.Well => "○",
        DoctorVerdict.Look => "△",
        _ => "×",
    };
}
