using Microsoft.Data.Sqlite;
using RoomGuard.Evidence;

namespace RoomGuard.SystemTests.Kills;

/// <summary>A log's rows as an auditor with a SQLite shell would read them, beside the program that writes it.</summary>
internal static class LogRows
{
    public static long Count(string file) => Read(file, "SELECT count(*) FROM log_entries", row => row.GetInt64(0)).Single();

    /// <summary>Leaf (base64) and payload of every entry, in order.</summary>
    public static List<(string Leaf, byte[] Payload)> All(string file) =>
        Read(file, "SELECT e.leaf, p.payload FROM log_entries e JOIN log_payloads p ON p.n = e.n ORDER BY e.n", row => (Convert.ToBase64String((byte[])row[0]), (byte[])row[1]));

    private static List<T> Read<T>(string file, string sql, Func<SqliteDataReader, T> make)
    {
        SqliteNative.Use();
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var found = new List<T>();
        while (rows.Read())
        {
            found.Add(make(rows));
        }

        return found;
    }
}
