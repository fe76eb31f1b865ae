namespace RoomGuard.Dashboard.Hosting;

/// <summary>Where a page may send a browser: to paths of ours, nowhere else.</summary>
internal static class OwnPath
{
    /// <summary>The path when it is ours, else the first page: a single slash, then no second one, no backslash and no control character.</summary>
    public static string Or(string? path, string otherwise = "/") =>
        path is "/" || (path is { Length: > 1 and <= 2000 } && path[0] == '/' && path[1] is not ('/' or '\\') && !path.Any(char.IsControl)) ? path : otherwise;
}
