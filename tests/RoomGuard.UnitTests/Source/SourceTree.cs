using System.Xml.Linq;

namespace RoomGuard.UnitTests.Source;

/// <summary>The repository as the tests see it.</summary>
internal static class SourceTree
{
    private static readonly string[] Built = ["bin", "obj", "node_modules", "out", "wwwroot"];

    public static string Root { get; } = FindRoot();

    /// <summary>Source files below the named top folders, as paths relative to the root.</summary>
    public static IEnumerable<string> Files(string extension, params string[] folders) =>
        from folder in folders
        let whole = Path.Combine(Root, folder)
        where Directory.Exists(whole)
        from file in Directory.EnumerateFiles(whole, "*" + extension, SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(Root, file)
        where !relative.Split(Path.DirectorySeparatorChar).Any(Built.Contains)
        select relative;

    public static string[] Lines(string relative) => File.ReadAllLines(Path.Combine(Root, relative));

    /// <summary>Project name to the names of the projects it references.</summary>
    public static IReadOnlyDictionary<string, string[]> References() =>
        Files(".csproj", "firmware-bridge", "service", "hosting", "dashboard", "simulators").ToDictionary(
            Name,
            file => XDocument.Load(Path.Combine(Root, file)).Descendants("ProjectReference")
                .Select(reference => Name(reference.Attribute("Include")!.Value.Replace('\\', '/')))
                .ToArray());

    private static string Name(string path) => Path.GetFileNameWithoutExtension(path).Replace("RoomGuard.", string.Empty, StringComparison.Ordinal);

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
