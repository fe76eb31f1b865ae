using Microsoft.Data.Sqlite;
using RoomGuard.Dashboard.Tokens;
using RoomGuard.Evidence;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Api;

/// <summary>
/// When tokens were last used, and answers kept under idempotency keys, in a file of their own: far too many for the record, and worth nothing once
/// they are a week old. Safe for several at once.
/// </summary>
public sealed class ApiStore : IDisposable
{
    /// <summary>How long an answer is kept †.</summary>
    public static readonly TimeSpan AnswersFor = TimeSpan.FromDays(7);

    private static readonly TimeSpan BetweenCopies = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Dictionary<string, TokenUse> uses = [];
    private readonly HashSet<(string Token, string Key)> underWay = [];
    private readonly SqliteConnection connection;
    private readonly Statements db;

    /// <summary>Opens the file, making it for the owner alone.</summary>
    public ApiStore(string path)
    {
        SqliteNative.Use();
        if (!File.Exists(path))
        {
            new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
        }

        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false }.ToString());
        connection.Open();
        db = new Statements(connection);
        _ = db.Run("PRAGMA journal_mode = WAL");

        // A key is begun before its act: after a power cut it must still be known.
        _ = db.Run("PRAGMA synchronous = FULL");
        _ = db.Run("CREATE TABLE IF NOT EXISTS uses(token TEXT PRIMARY KEY, last_used INTEGER NOT NULL, source TEXT NOT NULL, calls INTEGER NOT NULL) STRICT, WITHOUT ROWID");
        _ = db.Run(
            """
            CREATE TABLE IF NOT EXISTS answers(token TEXT NOT NULL, key TEXT NOT NULL, mark TEXT NOT NULL, begun INTEGER NOT NULL, status INTEGER, type TEXT, body TEXT, location TEXT,
                PRIMARY KEY(token, key)) STRICT, WITHOUT ROWID
            """);
        _ = db.Run("CREATE INDEX IF NOT EXISTS answers_begun ON answers(begun)");
    }

    /// <summary>When a token was last used, from where and how often.</summary>
    public (DateTimeOffset? At, string Source, long Calls) Use(string token)
    {
        lock (gate)
        {
            return uses.TryGetValue(token, out var use) ? (use.At, use.Source, use.Calls) : Kept(token);
        }
    }

    /// <summary>Notes a use; written down every ten seconds, for it is not worth a write to the disk each.</summary>
    public void NoteUse(string token, DateTimeOffset at, string source)
    {
        lock (gate)
        {
            var use = uses.GetValueOrDefault(token) ?? new(at, source, Kept(token).Calls, DateTimeOffset.UnixEpoch);
            uses[token] = use = use with { At = at, Source = source, Calls = use.Calls + 1 };
            if (at - use.Written >= BetweenCopies)
            {
                Write(token, use);
                uses[token] = use with { Written = at };
            }
        }
    }

    /// <summary>Begins an act under a key.</summary>
    public KeyBegun Begin(string token, string key, string mark, DateTimeOffset now)
    {
        lock (gate)
        {
            _ = db.Run("DELETE FROM answers WHERE begun < $1", (now - AnswersFor).ToUnixTimeMilliseconds());
            if (db.Run("INSERT INTO answers(token, key, mark, begun) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", token, key, mark, now.ToUnixTimeMilliseconds()) == 1)
            {
                _ = underWay.Add((token, key));
                return new(KeyState.New, null, now);
            }

            using var row = db.Rows("SELECT mark, begun, status, type, body, location FROM answers WHERE token = $1 AND key = $2", token, key);
            _ = row.Read();
            var since = row.Time(1);
            return row.GetString(0) != mark ? new(KeyState.OtherRequest, null, since)
                : !row.IsDBNull(2) ? new(KeyState.Answered, new((int)row.GetInt64(2), row.GetString(3), row.GetString(4), row.TextOrNull(5)), since)
                : new(underWay.Contains((token, key)) ? KeyState.UnderWay : KeyState.OutcomeUnknown, null, since);
        }
    }

    /// <summary>Keeps an answer.</summary>
    public void Keep(string token, string key, KeptAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        lock (gate)
        {
            _ = db.Run("UPDATE answers SET status = $3, type = $4, body = $5, location = $6 WHERE token = $1 AND key = $2", token, key, (long)answer.Status, answer.Type, answer.Body, answer.Location);
            _ = underWay.Remove((token, key));
        }
    }

    /// <summary>Forgets a key whose act was not done.</summary>
    public void Forget(string token, string key)
    {
        lock (gate)
        {
            _ = db.Run("DELETE FROM answers WHERE token = $1 AND key = $2", token, key);
            _ = underWay.Remove((token, key));
        }
    }

    /// <summary>Leaves a key begun: what became of its act is not known.</summary>
    public void Leave(string token, string key)
    {
        lock (gate)
        {
            _ = underWay.Remove((token, key));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (token, use) in uses)
        {
            Write(token, use);
        }

        db.Dispose();
        connection.Dispose();
    }

    private (DateTimeOffset? At, string Source, long Calls) Kept(string token)
    {
        using var row = db.Rows("SELECT last_used, source, calls FROM uses WHERE token = $1", token);
        return row.Read() ? (row.Time(0), row.GetString(1), row.GetInt64(2)) : (null, "", 0);
    }

    private void Write(string token, TokenUse use) =>
        db.Run("INSERT OR REPLACE INTO uses VALUES ($1, $2, $3, $4)", token, use.At.ToUnixTimeMilliseconds(), use.Source, use.Calls);

    private sealed record TokenUse(DateTimeOffset At, string Source, long Calls, DateTimeOffset Written);
}
