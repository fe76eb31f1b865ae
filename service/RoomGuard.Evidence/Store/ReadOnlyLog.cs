using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RoomGuard.Evidence.Store;

/// <summary>
/// A log opened to look at and never to change: a live one beside its writer, or a copy. A copy that still has a write-ahead log is read from
/// a second copy, because reading it in place would leave files beside the evidence.
/// </summary>
internal sealed class ReadOnlyLog : IDisposable
{
    private readonly SqliteConnection? connection;
    private readonly string? secondCopy;

    private ReadOnlyLog(SqliteConnection? connection, sqlite3 database, string? secondCopy)
    {
        this.connection = connection;
        this.secondCopy = secondCopy;
        Database = database;
    }

    internal sqlite3 Database { get; }

    /// <exception cref="IOException">No such file, or it may not be read.</exception>
    internal static ReadOnlyLog Open(string path)
    {
        SqliteNative.Use();
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path} is not there.");
        }

        // Asked first, so that missing rights are named as such and not as SQLite's "unable to open".
        Libc.OpenToRead(path).Dispose();
        if (!HoldsFrames(path + "-wal"))
        {
            return new(null, OpenUnchanging(path), null);
        }

        if (File.Exists(path + "-shm"))
        {
            var live = SqliteConnections.OpenReader(path);
            return new(live, live.Handle!, null);
        }

        var folder = Directory.CreateTempSubdirectory("roomguard-verify-").FullName;
        try
        {
            var copy = Path.Combine(folder, "log.db");
            File.Copy(path, copy);
            File.Copy(path + "-wal", copy + "-wal");
            var read = SqliteConnections.OpenReader(copy);
            return new(read, read.Handle!, folder);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Whether a file says in its header that it is one of our logs. Looks past the locks of whoever has it open.</summary>
    internal static bool IsLog(string path)
    {
        const int ApplicationIdAt = 68;
        Span<byte> header = stackalloc byte[ApplicationIdAt + 4];
        using var file = Libc.OpenToRead(path);
        return RandomAccess.Read(file, header, 0) == header.Length
            && header.StartsWith("SQLite format 3\0"u8)
            && BinaryPrimitives.ReadInt32BigEndian(header[ApplicationIdAt..]) == EvidenceSchema.ApplicationId;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (connection is not null)
        {
            connection.Dispose();
        }
        else
        {
            Database.Dispose();
        }

        if (secondCopy is not null)
        {
            Directory.Delete(secondCopy, recursive: true);
        }
    }

    // A write-ahead log begins with 377F0682 or 377F0683 once it holds anything.
    private static bool HoldsFrames(string wal)
    {
        if (!File.Exists(wal))
        {
            return false;
        }

        using var file = Libc.OpenToRead(wal);
        Span<byte> magic = stackalloc byte[4];
        return RandomAccess.Read(file, magic, 0) == magic.Length && magic[..3].SequenceEqual(new byte[] { 0x37, 0x7F, 0x06 });
    }

    // "immutable": SQLite takes no lock and makes no side file, which a medium that cannot be written needs.
    private static sqlite3 OpenUnchanging(string path)
    {
        var result = raw.sqlite3_open_v2($"file:{Uri.EscapeDataString(path)}?immutable=1", out var database, raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI, null);
        return result == raw.SQLITE_OK ? database : throw SqliteFault.Of(database, result, $"open {path}");
    }
}
