using Microsoft.Data.Sqlite;

namespace RoomGuard.Service.Record;

/// <summary>
/// Prepared statements of one connection, kept by their text. Parameters are <c>$1</c>, <c>$2</c> … in the order given; values never become
/// part of a statement's text. Not thread-safe, as the connection is not.
/// </summary>
public sealed class Statements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

    /// <summary>The transaction the statements run in; null: each is its own.</summary>
    public SqliteTransaction? Transaction { get; set; }

    /// <summary>How many are kept.</summary>
    public int Count => prepared.Count;

    /// <summary>The connection they belong to.</summary>
    public SqliteConnection Connection => connection;

    /// <summary>Runs a statement.</summary>
    /// <returns>Rows changed.</returns>
    public int Run(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>The first column of the first row; null when there is none.</summary>
    public object? Value(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteScalar() is { } found and not DBNull ? found : null;

    /// <summary>Rows to read; dispose the reader before the next use of the same statement.</summary>
    public SqliteDataReader Rows(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteReader();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in prepared.Values)
        {
            command.Dispose();
        }

        prepared.Clear();
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // Every caller passes a constant text; values travel as parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var at = 1; at <= values.Length; at++)
            {
                _ = command.Parameters.Add(new SqliteParameter { ParameterName = $"${at}" });
            }

            prepared.Add(sql, command);
        }

        command.Transaction = Transaction;
        for (var at = 0; at < values.Length; at++)
        {
            command.Parameters[at].Value = values[at] ?? DBNull.Value;
        }

        return command;
    }
}

/// <summary>Words for reading columns that may be empty.</summary>
public static class RowReading
{
    extension(SqliteDataReader row)
    {
        /// <summary>The text, or null.</summary>
        public string? TextOrNull(int column) => row.IsDBNull(column) ? null : row.GetString(column);

        /// <summary>The number, or null.</summary>
        public long? NumberOrNull(int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

        /// <summary>The bytes, or null.</summary>
        public byte[]? BytesOrNull(int column) => row.IsDBNull(column) ? null : (byte[])row.GetValue(column);

        /// <summary>A time kept as Unix milliseconds.</summary>
        public DateTimeOffset Time(int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

        /// <summary>A time kept as Unix milliseconds, or null.</summary>
        public DateTimeOffset? TimeOrNull(int column) => row.IsDBNull(column) ? null : row.Time(column);

        /// <summary>A date kept as ISO text, or null.</summary>
        public DateOnly? DateOrNull(int column) =>
            row.IsDBNull(column) ? null : DateOnly.ParseExact(row.GetString(column), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Several texts as one parameter, to be read with <c>json_each</c>.</summary>
    public static string List(IEnumerable<string> texts) => System.Text.Json.JsonSerializer.Serialize(texts.ToArray(), ListJson.Default.StringArray);

    /// <summary>The form in which dates are kept.</summary>
    public static string? Iso(DateOnly? date) => date?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string[]))]
internal sealed partial class ListJson : System.Text.Json.Serialization.JsonSerializerContext;
