using System.Globalization;

namespace RoomGuard.Bridge.Links;

/// <summary>Finds who else holds a port open, for the one line a person reads when a port is taken.</summary>
internal static class PortUsers
{
    // Looking is for a message only: a machine with more processes than this gets the message without a name.
    private const int MostProcesses = 4096;

    /// <summary>"socat (process 4711)"; null when it cannot be seen from this account.</summary>
    public static string? Of(string path)
    {
        try
        {
            var port = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
            return Directory.EnumerateDirectories("/proc")
                .Where(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .Take(MostProcesses)
                .Where(folder => Holds(folder, port))
                .Select(folder => $"{NameOf(folder)} (process {Path.GetFileName(folder)})")
                .FirstOrDefault();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool Holds(string process, string port)
    {
        try
        {
            return Directory.EnumerateFiles(Path.Combine(process, "fd"))
                .Any(file => File.ResolveLinkTarget(file, returnFinalTarget: false)?.FullName == port);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string NameOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "comm")).Trim();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return "another program";
        }
    }
}
