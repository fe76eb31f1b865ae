using System.Globalization;
using System.Text.RegularExpressions;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Site;

/// <summary>R-NET-02: what listens is what the table in docs/architecture.md section 10 says, and nothing else.</summary>
[Collection(RunningSiteCollection.Name)]
public sealed partial class ListeningPortTests(RunningSite site)
{
    // Rows of the table that are off by default: nothing may listen there.
    private static readonly int[] OffByDefault = [8883];

    [Fact]
    [Requirement("R-NET-02")]
    public void What_listens_equals_the_table()
    {
        var table = File.ReadLines(Path.Combine(RunScript.Root, "docs", "architecture.md"))
            .Select(line => TableRow().Match(line))
            .Where(row => row.Success)
            .SelectMany(row => row.Groups[1].Value.Split('/').Select(port => int.Parse(port.Trim(), CultureInfo.InvariantCulture)))
            .Except(OffByDefault)
            .ToList();
        var usual = new[] { 1883, 3493, 7442, 7443, 7444, 7445, 7480, 7481, 7482, 7490 };
        Assert.Equal(usual, table.Order());

        var expected = usual.Select((_, index) => (IPAddress: "127.0.0.1", Port: site.Port(index)));
        Assert.Equal(expected.Order(), Listening().Order());
    }

    // Sockets in LISTEN state whose inode belongs to a process working in the site's data folder.
    private IEnumerable<(string IPAddress, int Port)> Listening()
    {
        var inodes = (
            from folder in Directory.EnumerateDirectories("/proc")
            where Path.GetFileName(folder).All(char.IsAsciiDigit)
            where WorksHere(folder)
            from handle in Directory.EnumerateFiles(Path.Combine(folder, "fd"))
            let target = new FileInfo(handle).LinkTarget
            where target is not null && target.StartsWith("socket:[", StringComparison.Ordinal)
            select target[8..^1]).ToHashSet();
        return from file in new[] { "/proc/net/tcp", "/proc/net/tcp6" }
               from line in File.ReadLines(file).Skip(1)
               let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
               where fields[3] == "0A" && inodes.Contains(fields[9])
               let at = fields[1].Split(':')
               select (at[0] == "0100007F" ? "127.0.0.1" : at[0], int.Parse(at[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    private bool WorksHere(string folder)
    {
        try
        {
            return new FileInfo(Path.Combine(folder, "cwd")).LinkTarget?.StartsWith(site.Data, StringComparison.Ordinal) == true;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^\| (\d{4}(?: / \d{4})?) \|")]
    private static partial Regex TableRow();
}
