using Xunit;

namespace RoomGuard.UnitTests.Source;

/// <summary>docs/architecture.md, "who may know whom", and ADR 0009 for Hosting.</summary>
public sealed class DependencyTableTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Wire"] = [],
        ["Core"] = [],
        ["Evidence"] = [],
        ["Hosting"] = [],
        ["Verify"] = ["Evidence"],
        ["Dashboard"] = ["Core"],
        ["Bridge"] = ["Wire", "Core", "Evidence", "Hosting"],
        ["Service"] = ["Core", "Evidence", "Dashboard", "Hosting"],
        ["Simulators"] = ["Wire"],
    };

    [Fact]
    public void Every_project_knows_only_whom_the_table_allows() =>
        Assert.Empty(
            from project in SourceTree.References()
            from other in project.Value
            where !Allowed[project.Key].Contains(other)
            select $"{project.Key} must not know {other}");

    [Fact]
    public void Every_project_stands_in_the_table() => Assert.Equal(Allowed.Keys.Order(), SourceTree.References().Keys.Order());

    [Theory]
    [InlineData("firmware-bridge/RoomGuard.Wire")]
    [InlineData("service/RoomGuard.Core")]
    public void The_pure_core_touches_no_file_no_socket_and_no_task(string folder) =>
        Assert.Empty(
            from file in SourceTree.Files(".cs", folder)
            from line in SourceTree.Lines(file).Index()
            where new[] { "System.IO", "System.Net.Sockets", "System.Net.Http", "System.Threading.Tasks", "Task.Run", "File.Read", "File.Write", "Thread.", "DllImport", "LibraryImport" }
                .Any(word => line.Item.Contains(word, StringComparison.Ordinal))
            select $"{file}:{line.Index + 1} {line.Item.Trim()}");
}
