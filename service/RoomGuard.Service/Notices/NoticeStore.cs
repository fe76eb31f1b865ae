using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using RoomGuard.Core.Watch;
using RoomGuard.Evidence;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Notices;

/// <summary>A notice in the queue.</summary>
/// <param name="QueuedAt">When it was taken over.</param>
/// <param name="Channel">The channel it waits for, or the last one; null: the contact has none.</param>
/// <param name="Pinned">It is for this channel alone: a test.</param>
/// <param name="ArrivedAt">Since when it waits for that channel.</param>
/// <param name="NextAt">Not before.</param>
/// <param name="Tries">Over all channels.</param>
/// <param name="RefusedBy">Channels that will never take it.</param>
/// <param name="Bundle">The message it goes in with others; null: on its own.</param>
/// <param name="EndedAt">When it was sent or given up.</param>
/// <param name="Why">The last fault, in English and without any address; null: none yet.</param>
public sealed record QueuedNotice(
    NoticeDue Due,
    DateTimeOffset QueuedAt,
    NoticeState State,
    string? Channel,
    bool Pinned,
    DateTimeOffset ArrivedAt,
    DateTimeOffset NextAt,
    int Tries,
    ImmutableArray<string> RefusedBy,
    string? Bundle,
    DateTimeOffset? EndedAt,
    string? Why);

/// <summary>What a channel last did.</summary>
/// <param name="FailingSince">Null: its last try went well.</param>
public sealed record ChannelMemory(DateTimeOffset? LastSentAt, DateTimeOffset? LastFaultAt, string? Fault, DateTimeOffset? FailingSince)
{
    /// <summary>Never used.</summary>
    public static readonly ChannelMemory None = new(null, null, null, null);
}

/// <summary>
/// The queue of notices in a file of its own beside the record, so that a notice goes out also while the record cannot be written. Every change is on the medium when its method returns. Ended notices are kept
/// for a while, so that one handed over again is known. Safe for several at once.
/// </summary>
public sealed class NoticeStore : IDisposable
{
    /// <summary>How long ended notices stay †.</summary>
    public static readonly TimeSpan KeepEnded = TimeSpan.FromDays(90);

    private const int FormVersion = 1;
    private const int MostTriesKept = 20;
    private const string Columns = "id, alarm, kind, zone, level, cause, contact, due, queued, state, channel, pinned, arrived, next, tries, refused, bundle, ended, why";

    private readonly Lock gate = new();
    private readonly SqliteConnection connection;
    private readonly Statements db;

    /// <summary>Opens the file, making it for the owner alone. A file that is no queue of ours any more is put aside under another name, and an empty one begins.</summary>
    /// <param name="now">Names a damaged file that is put aside.</param>
    /// <param name="damaged">Told the new name of a file that was put aside.</param>
    public NoticeStore(string path, DateTimeOffset now, Action<string>? damaged = null)
    {
        SqliteNative.Use();
        try
        {
            connection = Open(path);
        }
        catch (SqliteException wrong) when ((wrong.SqliteErrorCode & 0xFF) is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB)
        {
            var aside = $"{path}.damaged-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}";
            File.Move(path, aside, overwrite: true);
            File.Delete(path + "-wal");
            File.Delete(path + "-shm");
            damaged?.Invoke(aside);
            connection = Open(path);
        }

        db = new Statements(connection);
    }

    /// <summary>Takes notices over, all in one flush. One whose id is there already changes nothing.</summary>
    /// <param name="items">Each with the channel it is to go by first; null: the contact has none.</param>
    /// <param name="pinned">They are for that channel alone.</param>
    /// <returns>How many were new.</returns>
    public int Add(IReadOnlyCollection<(NoticeDue Notice, string? Channel)> items, DateTimeOffset now, bool pinned = false) => Change(() =>
    {
        var added = 0;
        foreach (var (notice, channel) in items)
        {
            added += db.Run(
                $"INSERT INTO notices({Columns}, recorded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $9, $9, 0, '', NULL, $13, $14, 0) ON CONFLICT(id) DO NOTHING",
                notice.NoticeId,
                notice.AlarmId,
                notice.Kind,
                notice.ZoneId,
                (long)notice.Level,
                (long)notice.Cause,
                notice.ContactId,
                notice.DueAt.ToUnixTimeMilliseconds(),
                now.ToUnixTimeMilliseconds(),
                (long)(channel is null ? NoticeState.GivenUp : NoticeState.Waiting),
                channel,
                pinned ? 1 : 0,
                channel is null ? now.ToUnixTimeMilliseconds() : null,
                channel is null ? "the contact has no channel in the settings" : null);
        }

        return added;
    });

    /// <summary>Waiting notices that are due on a channel, the most urgent first.</summary>
    public ImmutableArray<QueuedNotice> Due(string channel, DateTimeOffset now, int most) => Read(
        $"SELECT {Columns} FROM notices WHERE state = 0 AND channel = $1 AND next <= $2 ORDER BY level, seq LIMIT $3", channel, now.ToUnixTimeMilliseconds(), most);

    /// <summary>How many are due on a channel.</summary>
    public int CountDue(string channel, DateTimeOffset now)
    {
        lock (gate)
        {
            return (int)(long)db.Value("SELECT count(*) FROM notices WHERE state = 0 AND channel = $1 AND next <= $2", channel, now.ToUnixTimeMilliseconds())!;
        }
    }

    /// <summary>When the next one of a channel is due; null: none waits.</summary>
    public DateTimeOffset? NextDue(string channel)
    {
        lock (gate)
        {
            return db.Value("SELECT min(next) FROM notices WHERE state = 0 AND channel = $1", channel) is long at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
        }
    }

    /// <summary>The waiting notices of one message.</summary>
    public ImmutableArray<QueuedNotice> Bundle(string bundle) => Read($"SELECT {Columns} FROM notices WHERE state = 0 AND bundle = $1 ORDER BY level, seq", bundle);

    /// <summary>All that wait, the oldest first.</summary>
    public ImmutableArray<QueuedNotice> Waiting(int most) => Read($"SELECT {Columns} FROM notices WHERE state = 0 ORDER BY seq LIMIT $1", most);

    /// <summary>Those that wait for a channel longer than it may take.</summary>
    public ImmutableArray<QueuedNotice> Impatient(string channel, DateTimeOffset arrivedBefore) =>
        Read($"SELECT {Columns} FROM notices WHERE state = 0 AND channel = $1 AND arrived <= $2 ORDER BY seq", channel, arrivedBefore.ToUnixTimeMilliseconds());

    /// <summary>Those that ended last.</summary>
    public ImmutableArray<QueuedNotice> Ended(int most) => Read($"SELECT {Columns} FROM notices WHERE state > 0 ORDER BY ended DESC, seq DESC LIMIT $1", most);

    /// <summary>One notice; null: not known, or no longer.</summary>
    public QueuedNotice? Find(string id) => Read($"SELECT {Columns} FROM notices WHERE id = $1", id) is [var found] ? found : null;

    /// <summary>The tries of a notice, the last ones.</summary>
    public ImmutableArray<NoticeTry> TriesOf(string id)
    {
        lock (gate)
        {
            var tries = ImmutableArray.CreateBuilder<NoticeTry>();
            using var row = db.Rows("SELECT at, channel, fault FROM tries WHERE notice = $1 ORDER BY n", id);
            while (row.Read())
            {
                tries.Add(new(row.Time(0), row.GetString(1), row.TextOrNull(2)));
            }

            return tries.DrainToImmutable();
        }
    }

    /// <summary>Puts notices into one message.</summary>
    public void Tie(IEnumerable<QueuedNotice> members, string bundle) => Change(() =>
    {
        foreach (var member in members)
        {
            _ = db.Run("UPDATE notices SET bundle = $2 WHERE id = $1 AND state = 0", member.Due.NoticeId, bundle);
        }

        return 0;
    });

    /// <summary>Writes down what became of notices that were tried, and what the channel is like.</summary>
    /// <param name="channel">Null: no channel was tried; they only move.</param>
    /// <param name="fault">Of the channel's try; null: it went well.</param>
    /// <param name="wholeChannel">The fault is the channel's.</param>
    public void Tried(IReadOnlyCollection<QueuedNotice> after, string? channel, string? fault, bool wholeChannel, DateTimeOffset now) => Change(() =>
    {
        var at = now.ToUnixTimeMilliseconds();
        foreach (var one in after)
        {
            if (channel is not null)
            {
                _ = db.Run("INSERT INTO tries(notice, at, channel, fault) VALUES ($1, $2, $3, $4)", one.Due.NoticeId, at, channel, fault);
                _ = db.Run("DELETE FROM tries WHERE notice = $1 AND n NOT IN (SELECT n FROM tries WHERE notice = $1 ORDER BY n DESC LIMIT $2)", one.Due.NoticeId, MostTriesKept);
            }

            _ = db.Run(
                "UPDATE notices SET state = $2, channel = $3, arrived = $4, next = $5, tries = $6, refused = $7, ended = $8, why = $9 WHERE id = $1 AND state = 0",
                one.Due.NoticeId,
                (long)one.State,
                one.Channel,
                one.ArrivedAt.ToUnixTimeMilliseconds(),
                one.NextAt.ToUnixTimeMilliseconds(),
                one.Tries,
                string.Join(',', one.RefusedBy),
                one.EndedAt?.ToUnixTimeMilliseconds(),
                one.Why);
        }

        if (channel is not null)
        {
            Remember(channel, fault, wholeChannel, at);
        }

        return 0;
    });

    /// <summary>Writes down what a channel is like after something that is no notice.</summary>
    public void Heard(string channel, string? fault, DateTimeOffset now) => Change(() =>
    {
        Remember(channel, fault, wholeChannel: true, now.ToUnixTimeMilliseconds());
        return 0;
    });

    /// <summary>What a channel last did.</summary>
    public ChannelMemory Memory(string channel)
    {
        lock (gate)
        {
            using var row = db.Rows("SELECT sent, failed, fault, failing FROM channels WHERE name = $1", channel);
            return row.Read() ? new(row.TimeOrNull(0), row.TimeOrNull(1), row.TextOrNull(2), row.TimeOrNull(3)) : ChannelMemory.None;
        }
    }

    /// <summary>Notices that ended and are not in the record yet.</summary>
    public ImmutableArray<QueuedNotice> Unrecorded(int most) => Read($"SELECT {Columns} FROM notices WHERE state > 0 AND recorded = 0 ORDER BY seq LIMIT $1", most);

    /// <summary>They are in the record.</summary>
    public void Recorded(IEnumerable<string> ids) => Change(() =>
    {
        foreach (var id in ids)
        {
            _ = db.Run("UPDATE notices SET recorded = 1 WHERE id = $1", id);
        }

        return 0;
    });

    /// <summary>How many wait, and when the oldest of them was taken over.</summary>
    public (int Count, DateTimeOffset? Oldest) Standing()
    {
        lock (gate)
        {
            using var row = db.Rows("SELECT count(*), min(queued) FROM notices WHERE state = 0");
            _ = row.Read();
            return ((int)row.GetInt64(0), row.TimeOrNull(1));
        }
    }

    /// <summary>How many wait for a channel.</summary>
    public int CountWaiting(string channel)
    {
        lock (gate)
        {
            return (int)(long)db.Value("SELECT count(*) FROM notices WHERE state = 0 AND channel = $1", channel)!;
        }
    }

    /// <summary>Drops ended notices past their time that are in the record.</summary>
    public int Prune(DateTimeOffset now) => Change(() =>
    {
        var before = (now - KeepEnded).ToUnixTimeMilliseconds();
        _ = db.Run("DELETE FROM tries WHERE notice IN (SELECT id FROM notices WHERE state > 0 AND recorded = 1 AND ended < $1)", before);
        return db.Run("DELETE FROM notices WHERE state > 0 AND recorded = 1 AND ended < $1", before);
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            db.Dispose();
            connection.Dispose();
        }
    }

    private static SqliteConnection Open(string path)
    {
        if (!File.Exists(path))
        {
            new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
        }

        var opened = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false }.ToString());
        try
        {
            opened.Open();
            using var first = new Statements(opened);
            _ = first.Value("PRAGMA journal_mode = WAL");

            // Whoever handed a notice over is told that it is safe.
            _ = first.Run("PRAGMA synchronous = FULL");
            var form = (long)(first.Value("PRAGMA user_version") ?? 0L);
            if (form > FormVersion)
            {
                throw new InvalidOperationException($"{path} was written by a newer version of this program (form {form}, this one knows {FormVersion}). Start that version again, or move the file away: an empty one begins.");
            }

            _ = first.Run(
                """
                CREATE TABLE IF NOT EXISTS notices(seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, alarm TEXT NOT NULL, kind TEXT NOT NULL, zone TEXT, level INTEGER NOT NULL, cause INTEGER NOT NULL,
                    contact TEXT NOT NULL, due INTEGER NOT NULL, queued INTEGER NOT NULL, state INTEGER NOT NULL, channel TEXT, pinned INTEGER NOT NULL, arrived INTEGER NOT NULL, next INTEGER NOT NULL,
                    tries INTEGER NOT NULL, refused TEXT NOT NULL, bundle TEXT, ended INTEGER, why TEXT, recorded INTEGER NOT NULL) STRICT
                """);
            _ = first.Run("CREATE INDEX IF NOT EXISTS notices_waiting ON notices(channel, next) WHERE state = 0");
            _ = first.Run("CREATE INDEX IF NOT EXISTS notices_bundle ON notices(bundle) WHERE state = 0 AND bundle IS NOT NULL");
            _ = first.Run("CREATE INDEX IF NOT EXISTS notices_ended ON notices(ended) WHERE state > 0");
            _ = first.Run("CREATE INDEX IF NOT EXISTS notices_unrecorded ON notices(seq) WHERE recorded = 0");
            _ = first.Run("CREATE TABLE IF NOT EXISTS tries(n INTEGER PRIMARY KEY AUTOINCREMENT, notice TEXT NOT NULL, at INTEGER NOT NULL, channel TEXT NOT NULL, fault TEXT) STRICT");
            _ = first.Run("CREATE INDEX IF NOT EXISTS tries_notice ON tries(notice, n)");
            _ = first.Run("CREATE TABLE IF NOT EXISTS channels(name TEXT PRIMARY KEY, sent INTEGER, failed INTEGER, fault TEXT, failing INTEGER) STRICT, WITHOUT ROWID");
            _ = first.Run($"PRAGMA user_version = {FormVersion}");
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private void Remember(string channel, string? fault, bool wholeChannel, long at)
    {
        _ = db.Run("INSERT INTO channels(name) VALUES ($1) ON CONFLICT DO NOTHING", channel);
        if (fault is null)
        {
            _ = db.Run("UPDATE channels SET sent = $2, failing = NULL WHERE name = $1", channel, at);
        }
        else
        {
            _ = db.Run("UPDATE channels SET failed = $2, fault = $3, failing = CASE WHEN $4 = 1 THEN coalesce(failing, $2) ELSE failing END WHERE name = $1", channel, at, fault, wholeChannel ? 1 : 0);
        }
    }

    private T Change<T>(Func<T> act)
    {
        lock (gate)
        {
            using var transaction = connection.BeginTransaction();
            db.Transaction = transaction;
            try
            {
                var result = act();
                transaction.Commit();
                return result;
            }
            finally
            {
                db.Transaction = null;
            }
        }
    }

    private ImmutableArray<QueuedNotice> Read(string sql, params ReadOnlySpan<object?> values)
    {
        lock (gate)
        {
            var found = ImmutableArray.CreateBuilder<QueuedNotice>();
            using var row = db.Rows(sql, values);
            while (row.Read())
            {
                found.Add(new(
                    new(row.GetString(0), row.GetString(1), row.GetString(2), row.TextOrNull(3), (AlarmLevel)row.GetInt64(4), (NoticeCause)row.GetInt64(5), row.GetString(6), row.Time(7)),
                    row.Time(8),
                    (NoticeState)row.GetInt64(9),
                    row.TextOrNull(10),
                    row.GetInt64(11) != 0,
                    row.Time(12),
                    row.Time(13),
                    (int)row.GetInt64(14),
                    [.. row.GetString(15).Split(',', StringSplitOptions.RemoveEmptyEntries)],
                    row.TextOrNull(16),
                    row.TimeOrNull(17),
                    row.TextOrNull(18)));
            }

            return found.DrainToImmutable();
        }
    }
}
