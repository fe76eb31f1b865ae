namespace RoomGuard.Benchmarks;

/// <summary>The programs as people run them: what <c>./bench</c> published before it began.</summary>
internal static class PublishedProgram
{
    /// <summary>Where a published program lies.</summary>
    /// <exception cref="FileNotFoundException">It was not published; start the measurement with <c>./bench</c> in the repository's folder.</exception>
    internal static string Path(string folder, string name)
    {
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine("out", folder, name));
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing. Start the measurement with ./bench in the repository's folder.", path);
    }
}
