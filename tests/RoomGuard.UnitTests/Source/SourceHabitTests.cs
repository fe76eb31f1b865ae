using System.Text.RegularExpressions;
using Xunit;

namespace RoomGuard.UnitTests.Source;

/// <summary>Habits a machine can check, so that nobody has to remark on them.</summary>
public sealed partial class SourceHabitTests
{
    private static readonly string[] Product = ["firmware-bridge", "service", "hosting", "dashboard", "simulators"];
    private static readonly string[] All = [.. Product, "tests", "tools", "docs"];

    [Fact]
    public void Time_and_chance_come_in_from_outside() =>
        Assert.Empty(
            from file in SourceTree.Files(".cs", Product)
            where Path.GetFileName(file) != "Program.cs"
            from line in SourceTree.Lines(file).Index()
            where AmbientTimeOrChance().IsMatch(line.Item)
            select $"{file}:{line.Index + 1} {line.Item.Trim()}");

    [Fact]
    public void No_test_sleeps() =>
        Assert.Empty(
            from file in SourceTree.Files(".cs", "tests")
            where !file.Contains("Benchmarks", StringComparison.Ordinal)
            from line in SourceTree.Lines(file).Index()
            where line.Item.Contains("Thread." + "Sleep(", StringComparison.Ordinal)
            select $"{file}:{line.Index + 1}");

    [Fact]
    public void Folders_are_capabilities() =>
        Assert.Empty(
            from file in SourceTree.Files(".cs", All)
            from part in file.Split(Path.DirectorySeparatorChar)
            where part is "Helpers" or "Utils" or "Common" or "Managers" or "Misc" or "Shared"
            select file);

    [Fact]
    public void Nothing_is_left_for_later_without_a_name() =>
        Assert.Empty(
            from file in SourceTree.Files(".cs", All)
            from line in SourceTree.Lines(file).Index()
            where LeftForLater().IsMatch(line.Item)
            select $"{file}:{line.Index + 1} {line.Item.Trim()}");

    [Fact]
    public void No_path_of_a_machine_stands_in_the_repository() =>
        Assert.Empty(
            from extension in new[] { ".cs", ".md", ".json", ".ts", ".css", ".razor", ".sh", ".csproj" }
            from file in SourceTree.Files(extension, All)
            where Path.GetFileName(file) != "package-lock.json" && Path.GetFileName(file) != "requirements.md"
            from line in SourceTree.Lines(file).Index()
            where MachinePath().IsMatch(line.Item)
            select $"{file}:{line.Index + 1} {line.Item.Trim()}");

    [Fact]
    public void Errors_are_not_swallowed() =>
        Assert.Empty(
            from file in SourceTree.Files(".cs", Product)
            where SwallowedError().IsMatch(string.Join('\n', SourceTree.Lines(file)))
            select file);

    [Fact]
    public void Every_top_folder_has_a_readme() =>
        Assert.All(
            ["firmware-bridge", "service", "hosting", "dashboard", "simulators", "tests"],
            folder => Assert.True(File.Exists(Path.Combine(SourceTree.Root, folder, "README.md")), folder));

    [GeneratedRegex(@"DateTime(Offset)?\.(Utc)?Now\b|DateTime\.Today|Stopwatch\.(StartNew|GetTimestamp)|Random\.Shared|new Random\(\)|Guid\.NewGuid|Environment\.TickCount|TimeProvider\.System")]
    private static partial Regex AmbientTimeOrChance();

    [GeneratedRegex(@"NotImplementedException\(|\bTO" + @"DO\b(?!.*R-)|\bFIX" + @"ME\b|\bHA" + @"CK\b")]
    private static partial Regex LeftForLater();

    [GeneratedRegex(@"(?<![\w.])/(wo" + @"rk|ro" + @"ot|ho" + @"me)/")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"catch\s*(\((System\.)?Exception[^)]*\))?\s*\{\s*\}")]
    private static partial Regex SwallowedError();
}
