namespace RoomGuard.Benchmarks.Bridge;

/// <summary>(d) From the start of the program to the first strike, with the service absent: the last list is read from disk.</summary>
public static class StartToFirstGrant
{
    private const int Runs = 7;

    /// <summary>Measures.</summary>
    public static BenchTable Run(string folder) => new(
        "(d) Start of the bridge to the first granted card, service absent",
        ["people in the list", "median s", "slowest s"],
        [Row(folder, 200), Row(folder, 100_000)],
        $"{Runs} starts of the program itself; a reader on loopback TCP shows the card at every poll until its strike moves.");

    private static IReadOnlyList<object> Row(string folder, int people)
    {
        var took = Enumerable.Range(0, Runs).Select(run =>
        {
            using var program = new BridgeProcess(Path.Combine(folder, $"start-{people}-{run}"), people);
            return program.StartToFirstGrant().TotalSeconds;
        }).Order().ToList();
        return [(long)people, took[Runs / 2], took[^1]];
    }
}
