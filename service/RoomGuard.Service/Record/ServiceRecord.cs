using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using RoomGuard.Core.Record;
using RoomGuard.Evidence;

namespace RoomGuard.Service.Record;

/// <summary>A fact on its way into the record.</summary>
/// <param name="Kind">The kind the envelope names.</param>
/// <param name="EventJson">The event as JSON; for a bridge's entry the very bytes it reported.</param>
/// <param name="Event">The same, read; null for a kind this version does not know.</param>
public sealed record Draft(string Kind, ReadOnlyMemory<byte> EventJson, RecordedEvent? Event, DateTimeOffset OccurredAt, ReportOrigin? Origin = null)
{
    /// <summary>A fact of our own.</summary>
    public static Draft Of(RecordedEvent item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var json = RecordJson.ToUtf8(item);
        using var document = System.Text.Json.JsonDocument.Parse(json);
        return new(document.RootElement.GetProperty("event").GetString()!, json, item, item.OccurredAt);
    }
}

/// <summary>
/// The record and its views as one thing: what is appended is durable, in the chain and in every view when the task ends, or none of it is
/// (architecture.md section 4). Those who follow are told afterwards, in order of the entries.
/// </summary>
public sealed class ServiceRecord : IAsyncDisposable
{
    private readonly EvidenceLog log;
    private readonly GroupCommit commit;
    private readonly RecordViews views;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private ImmutableArray<Action<ImmutableArray<RecordedItem>>> followers = [];
    private Statements? writer;
    private volatile string? trouble;

    private ServiceRecord(EvidenceLog log, RecordViews views, TimeProvider time)
    {
        this.log = log;
        this.views = views;
        this.time = time;
        commit = new GroupCommit(log);
        Readers = new ReaderPool(log.OpenReader);
    }

    /// <summary>Connections for questions.</summary>
    public ReaderPool Readers { get; }

    /// <summary>By which days and hours of people count.</summary>
    public TimeZoneInfo TimeZone => views.TimeZone;

    /// <summary>Entries so far.</summary>
    public long Size => log.Size;

    /// <summary>Number of this start, from 1.</summary>
    public int Boot => log.Boot;

    /// <summary>When the last entry before this start was written; null at the very first.</summary>
    public DateTimeOffset? LastEntryAt => log.LastEntryAt;

    /// <summary>Why the last append failed, until one succeeds again; null: all is well.</summary>
    public string? Trouble => trouble;

    /// <summary>Appends waiting at this moment.</summary>
    public int Waiting => commit.Waits;

    /// <summary>Told after each group: entries and how long it took. Called on the writing thread.</summary>
    public Action<int, TimeSpan>? GroupWritten
    {
        get => commit.GroupWritten;
        set => commit.GroupWritten = value;
    }

    /// <summary>Opens the record, makes the views if they are missing or of an older form, and is ready to write.</summary>
    /// <param name="rebuilding">Told the number of entries done while views are made anew.</param>
    public static ServiceRecord Open(EvidenceLogSettings settings, RecordViews views, Action<long>? rebuilding, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(views);
        var log = EvidenceLog.Open(settings);
        try
        {
            using (var connection = OpenForViews(settings.Path))
            {
                KeptTables.Make(connection);
                if (!views.UpToDate(connection, log.Size))
                {
                    views.Rebuild(connection, log, rebuilding, stop);
                }
            }

            return new(log, views, settings.Time);
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>A connection that may write views while nobody else writes.</summary>
    public static SqliteConnection OpenForViews(string path)
    {
        SqliteNative.Use();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536;";
        _ = command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Be told of new entries. Must return at once and not throw.</summary>
    public void Follow(Action<ImmutableArray<RecordedItem>> told)
    {
        lock (gate)
        {
            followers = followers.Add(told);
        }
    }

    /// <summary>Appends one fact of our own.</summary>
    /// <returns>Its number.</returns>
    public async Task<long> AppendAsync(RecordedEvent item, CancellationToken stop) => (await AppendAsync([Draft.Of(item)], null, stop))[0].N;

    /// <summary>Appends facts next to each other.</summary>
    /// <param name="alongside">More to write in the same transaction: what is kept beside the record and is no view.</param>
    /// <param name="written">Told the number of facts taken over so far, now and then, on the writing thread; what it throws undoes all of them and is thrown on.</param>
    /// <exception cref="EvidenceWriteException">Nothing was written.</exception>
    public async Task<ImmutableArray<RecordedItem>> AppendAsync(IReadOnlyList<Draft> drafts, Action<Statements>? alongside, CancellationToken stop, Action<int>? written = null)
    {
        ArgumentNullException.ThrowIfNull(drafts);
        if (drafts.Count == 0)
        {
            return [];
        }

        var receivedAt = time.GetUtcNow();
        var entries = drafts.Select(draft => new NewEntry(
            draft.Kind,
            receivedAt,
            RecordPayload.Write(draft.EventJson.Span, receivedAt, draft.Origin),
            From: draft.Origin is { } origin ? new SourceNumber(origin.Journal, origin.Seq) : null)).ToList();
        var items = ImmutableArray<RecordedItem>.Empty;
        try
        {
            _ = await commit.AppendAsync(entries, stop, (connection, stored) =>
            {
                var db = WriterOf(connection);
                items = [.. stored.Zip(drafts, (entry, draft) => new RecordedItem(entry.N, draft.Kind, draft.Event, receivedAt, draft.Origin))];
                views.Apply(db, written is null ? items : Told(items, written));
                alongside?.Invoke(db);
            });
            trouble = null;
        }
        catch (EvidenceWriteException failed)
        {
            trouble = failed.Message;
            throw;
        }

        foreach (var told in followers)
        {
            told(items);
        }

        return items;
    }

    /// <summary>Entries as they lie in the log.</summary>
    public ImmutableArray<StoredEntry> Read(long from, int most) => log.Read(from, most);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await commit.DisposeAsync();
        writer?.Dispose();
        Readers.Dispose();
        log.Dispose();
    }

    private static IEnumerable<RecordedItem> Told(ImmutableArray<RecordedItem> items, Action<int> written)
    {
        const int often = 250;
        for (var at = 0; at < items.Length; at++)
        {
            if (at % often == 0)
            {
                written(at);
            }

            yield return items[at];
        }
    }

    // The log opens a new connection after a failed write; statements prepared on the old one go with it.
    private Statements WriterOf(SqliteConnection connection)
    {
        if (writer is null || !ReferenceEquals(writer.Connection, connection))
        {
            writer?.Dispose();
            writer = new Statements(connection);
        }

        return writer;
    }
}

/// <summary>What is kept beside the record because it must not stand in it: PIN verifiers, and what proves operators at sign-in. Not a view; a rebuild leaves it alone.</summary>
public static class KeptTables
{
    /// <summary>Makes the tables where they are missing.</summary>
    public static void Make(SqliteConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE IF NOT EXISTS kept_pins(card TEXT PRIMARY KEY, salt TEXT NOT NULL, hash TEXT NOT NULL, iterations INTEGER NOT NULL) STRICT, WITHOUT ROWID;" + SignIn.KeptProofs.Schema + Api.TokenDesk.KeptSchema;
        _ = command.ExecuteNonQuery();
        command.CommandText = "CREATE TABLE IF NOT EXISTS kept_duress_pins(card TEXT PRIMARY KEY, salt TEXT NOT NULL, hash TEXT NOT NULL, iterations INTEGER NOT NULL) STRICT, WITHOUT ROWID";
        _ = command.ExecuteNonQuery();
    }
}
