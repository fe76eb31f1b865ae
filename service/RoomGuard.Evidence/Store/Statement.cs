using System.Globalization;
using SQLitePCL;

namespace RoomGuard.Evidence.Store;

/// <summary>SQLite said no. Becomes an <see cref="EvidenceWriteException"/> or damage before it leaves this project.</summary>
internal sealed class SqliteFault(int code, string text, string doing)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"{doing}: {text} (SQLite {code & 0xFF}/{code})"))
{
    /// <summary>SQLite's extended result code.</summary>
    internal int Code { get; } = code;

    internal static SqliteFault Of(sqlite3 database, int result, string doing)
    {
        var extended = raw.sqlite3_extended_errcode(database);
        var code = (extended & 0xFF) == (result & 0xFF) ? extended : result;
        return new(code, raw.sqlite3_errmsg(database).utf8_to_string(), doing);
    }
}

/// <summary>A prepared statement, kept for the life of its connection: preparing would cost more than running it.</summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private readonly string sql;

    internal Statement(sqlite3 database, string sql)
    {
        this.database = database;
        this.sql = sql;
        var result = raw.sqlite3_prepare_v2(database, sql, out statement);
        if (result != raw.SQLITE_OK)
        {
            throw SqliteFault.Of(database, result, sql);
        }
    }

    internal static void Run(sqlite3 database, string sql)
    {
        using var statement = new Statement(database, sql);
        statement.Run();
    }

    internal static long Number(sqlite3 database, string sql)
    {
        using var statement = new Statement(database, sql);
        return statement.Step() ? statement.Number(0) : throw new SqliteFault(raw.SQLITE_DONE, "no row", sql);
    }

    internal Statement Bind(int place, long number)
    {
        raw.sqlite3_bind_int64(statement, place, number);
        return this;
    }

    internal Statement Bind(int place, ReadOnlySpan<byte> bytes)
    {
        raw.sqlite3_bind_blob(statement, place, bytes);
        return this;
    }

    internal Statement Bind(int place, string text)
    {
        raw.sqlite3_bind_text(statement, place, text);
        return this;
    }

    /// <summary>Runs to the end and is ready for the next time.</summary>
    internal void Run()
    {
        while (Step())
        {
        }
    }

    /// <summary>One row further. After the last row the statement is ready for the next time.</summary>
    internal bool Step()
    {
        var result = raw.sqlite3_step(statement);
        if (result == raw.SQLITE_ROW)
        {
            return true;
        }

        if (result != raw.SQLITE_DONE)
        {
            var fault = SqliteFault.Of(database, result, sql);
            raw.sqlite3_reset(statement);
            throw fault;
        }

        raw.sqlite3_reset(statement);
        return false;
    }

    /// <summary>Lets go of a row that was read before the last.</summary>
    internal void Reset() => raw.sqlite3_reset(statement);

    internal bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    internal long Number(int column) => raw.sqlite3_column_int64(statement, column);

    internal string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    /// <summary>Bytes of the row, valid until the next step.</summary>
    internal ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);

    /// <inheritdoc/>
    public void Dispose() => statement.Dispose();
}
