using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RoomGuard.Evidence.Store;

/// <summary>Connections as a log needs them.</summary>
internal static class SqliteConnections
{
    /// <summary>
    /// Bytes the write-ahead log is given in advance and keeps while the log is open. Writing into space that is there already spares the file
    /// system its own journal entry at every flush. After an orderly close the file is gone and the database stands alone.
    /// </summary>
    internal const int WalRoom = 4 * 1024 * 1024;

    // The owner checkpoints when it is idle (EvidenceLog.Maintain); this is for one that never is. In pages.
    private const int CheckpointAtTheLatest = 4000;

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
    /// moment by whoever holds the writer's lock. Only for speed: without space it is left as it is, and the next append says so.
    /// </summary>
    internal static void GiveRoomToWal(string path)
    {
        try
        {
            using var wal = Libc.OpenOrCreate(path + "-wal");
            var zeros = new byte[64 * 1024];
            for (var length = RandomAccess.GetLength(wal); length < WalRoom; length += zeros.Length)
            {
                RandomAccess.Write(wal, zeros, length);
            }

            Libc.SyncData(wal);
        }
        catch (IOException)
        {
            return;
        }
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
}
