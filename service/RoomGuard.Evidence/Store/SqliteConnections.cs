using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RoomGuard.Evidence.Store;

/// <summary>Connections as a log needs them.</summary>
internal static partial class SqliteConnections
{
    /// <summary>
    /// Bytes the write-ahead log is given in advance and keeps. Writing into space that is there already spares the file system its own
    /// journal entry at every flush.
    /// </summary>
    internal const int WalRoom = 8 * 1024 * 1024;

    // The owner checkpoints when it is idle (EvidenceLog.Maintain); this is for one that never is. In pages.
    private const int CheckpointAtTheLatest = 4000;

    private const int PersistWal = 10;
    private const string WholeLog = "libsqlite3.so.0";

    internal static SqliteConnection OpenWriter(string path)
    {
        var connection = Connect(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            var database = connection.Handle!;
            Statement.Run(database, "PRAGMA journal_mode = WAL");
            Statement.Run(database, "PRAGMA synchronous = FULL");
            Statement.Run(database, "PRAGMA journal_size_limit = -1");
            Statement.Run(database, $"PRAGMA wal_autocheckpoint = {CheckpointAtTheLatest}");
            Statement.Run(database, "PRAGMA trusted_schema = OFF");
            Statement.Run(database, "PRAGMA temp_store = MEMORY");
            var keep = 1;
            _ = FileControl(database.DangerousGetHandle(), "main", PersistWal, ref keep);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    internal static SqliteConnection OpenReader(string path) => Connect(path, SqliteOpenMode.ReadOnly);

    /// <summary>
    /// Lengthens the write-ahead log with zeros. What follows its last valid frame means nothing to SQLite, so this may be done at any
    /// moment by whoever holds the writer's lock.
    /// </summary>
    internal static void GiveRoomToWal(string path)
    {
        using var wal = Libc.OpenOrCreate(path + "-wal");
        var zeros = new byte[64 * 1024];
        var length = RandomAccess.GetLength(wal);
        if (length >= WalRoom)
        {
            return;
        }

        for (; length < WalRoom; length += zeros.Length)
        {
            RandomAccess.Write(wal, zeros, length);
        }

        Libc.SyncData(wal);
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        SqliteNative.Use();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle, 5000);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Not in the package; keeps the write-ahead log when the last connection closes, so that its room is not lost.</summary>
    [LibraryImport(WholeLog, EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileControl(nint database, string name, int operation, ref int argument);
}
