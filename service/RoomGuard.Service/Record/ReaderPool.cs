using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RoomGuard.Service.Record;

/// <summary>Read connections with their prepared statements, lent one at a time: opening one costs more than most questions.</summary>
public sealed class ReaderPool(Func<SqliteConnection> open) : IDisposable
{
    private const int MostIdle = 8;

    // Filters make texts of their own; a connection that has seen too many is not worth keeping.
    private const int MostStatements = 200;
    private readonly ConcurrentBag<Statements> idle = [];
    private volatile bool closed;

    /// <summary>Asks in a thread of its own, so that a slow question holds no request up; <paramref name="gone"/> interrupts it inside SQLite.</summary>
    public Task<T> Ask<T>(Func<Statements, T> question, CancellationToken gone) => Task.Run(() => AskNow(question, gone), gone);

    /// <summary>Asks at once, in the caller's thread.</summary>
    public T AskNow<T>(Func<Statements, T> question, CancellationToken gone = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        var db = Borrow();
        try
        {
            using (gone.UnsafeRegister(static handle => raw.sqlite3_interrupt((sqlite3)handle!), db.Connection.Handle))
            {
                return question(db);
            }
        }
        catch (SqliteException) when (gone.IsCancellationRequested)
        {
            throw new OperationCanceledException(gone);
        }
        finally
        {
            Return(db);
        }
    }

    /// <summary>Lends a connection for longer than one question; give it back.</summary>
    public Statements Borrow() => idle.TryTake(out var db) ? db : new(open());

    /// <summary>Takes a connection back.</summary>
    public void Return(Statements db)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (!closed && idle.Count < MostIdle && db.Count < MostStatements)
        {
            idle.Add(db);
            return;
        }

        Close(db);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        closed = true;
        while (idle.TryTake(out var db))
        {
            Close(db);
        }
    }

    private static void Close(Statements db)
    {
        var connection = db.Connection;
        db.Dispose();
        connection.Dispose();
    }
}
