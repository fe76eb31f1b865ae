using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using RoomGuard.Evidence;
using RoomGuard.TestKit;

namespace RoomGuard.UnitTests.Evidence;

/// <summary>A log in a folder of its own, gone with the test. Chance comes from a seed, time from a clock that moves only when told.</summary>
internal sealed class ALog : IDisposable
{
    public const string Origin = "roomguard.example/site-1/entry";

    private readonly Random chance;

    public ALog(int seed = 1, string? folder = null)
    {
        chance = new(seed);
        Folder = folder ?? Directory.CreateTempSubdirectory("roomguard-log-").FullName;
        File = Path.Combine(Folder, "log.db");
    }

    public static DateTimeOffset Nine { get; } = new(2026, 4, 1, 9, 0, 0, TimeSpan.FromHours(9));

    public VirtualTime Time { get; } = new(Nine);

    public string Folder { get; }

    public string File { get; }

    public EvidenceLogSettings Settings => new(
        File, Origin, "site-1/room-1",
        count =>
        {
            var bytes = new byte[count];
            chance.NextBytes(bytes);
            return bytes;
        },
        Time);

    public static NewEntry Entry(int number, SourceNumber? from = null) => new(
        number % 3 == 0 ? "door.granted" : "door.denied",
        Nine.AddSeconds(number),
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"person":"S-{{number}}","door":"サーバ室-北","at":{{number}},"card":"04A1B2C3"}""")),
        From: from);

    public EvidenceLog Open() => EvidenceLog.Open(Settings);

    /// <summary>A closed log of so many entries, some in groups, some alone.</summary>
    public ALog With(int entries)
    {
        using var log = Open();
        for (var n = 0; n < entries;)
        {
            var group = Math.Min(entries - n, 1 + (n % 37));
            Time.Advance(TimeSpan.FromMilliseconds(250));
            log.Append([.. Enumerable.Range(n, group).Select(number => Entry(number))]);
            n += group;
        }

        return this;
    }

    /// <summary>What someone with the file and a database tool can do.</summary>
    public ALog Tamper(string sql)
    {
        SqliteNative.Use();
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
        return this;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
