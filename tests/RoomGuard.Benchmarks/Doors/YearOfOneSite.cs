using System.Diagnostics;
using System.Globalization;
using RoomGuard.TestKit.Year;

namespace RoomGuard.Benchmarks.Doors;

/// <summary>
/// The year of one site replayed from a seed straight through entry control, every promise looked at after every event. Beside it the seed and the hash of
/// all entries: the same on every run.
/// </summary>
public static class YearOfOneSite
{
    private const int Seed = 1;

    /// <summary>Replays; takes a minute or two. The full summary goes to <c>year.txt</c>.</summary>
    /// <param name="folder">For the summary.</param>
    public static BenchTable Run(string folder)
    {
        var started = Stopwatch.GetTimestamp();
        var year = YearReplay.Run(Seed, YearReplay.WholeYear);
        var took = Stopwatch.GetElapsedTime(started);
        File.WriteAllText(Path.Combine(folder, "year.txt"), year.Text);
        Console.WriteLine(year.Text);
        return new(
            "Year of one site: events through entry control with every promise looked at after each",
            ["what", "value"],
            [
                ["days", year.Days],
                ["events", year.Events],
                ["answers looked at", year.Looks],
                ["entries written", year.Entries],
                ["seconds", took.TotalSeconds],
                ["µs per event, model and hash included", took.TotalMicroseconds / year.Events],
            ],
            string.Create(CultureInfo.InvariantCulture, $"Seed {year.Seed}, sha-256 of the entries {year.Hash}."));
    }
}
