using Microsoft.Data.Sqlite;
using RoomGuard.Core.Operators;
using RoomGuard.Evidence;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.SignIn;

/// <summary>A session as it is kept: by a digest of its secret, so that whoever reads the file can use none of them.</summary>
/// <param name="Name">Short name for lists and the record.</param>
/// <param name="SecretDigest">SHA-256 of the cookie's secret, hexadecimal.</param>
/// <param name="Roles">A mark of the roles the secret was given out under.</param>
public sealed record KeptSession(
    string Name,
    string SecretDigest,
    AccountId Account,
    string Person,
    SignInMethod Method,
    DateTimeOffset Begun,
    DateTimeOffset LastAct,
    DateTimeOffset ConfirmedAt,
    string Source,
    string Browser,
    string Roles,
    DateTimeOffset? LastSignIn,
    DateTimeOffset? LastSignOut);

/// <summary>
/// Open sessions in a file of their own: they come and go far more often than facts worth a record, and losing them costs people one sign-in.
/// Not thread-safe; <see cref="Sessions"/> holds the lock.
/// </summary>
public sealed class SessionStore : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Statements db;

    /// <summary>Opens the file, making it for the owner alone.</summary>
    public SessionStore(string path)
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
        _ = db.Run("PRAGMA synchronous = NORMAL");
        _ = db.Run(
            """
            CREATE TABLE IF NOT EXISTS sessions(name TEXT PRIMARY KEY, secret TEXT NOT NULL UNIQUE, account TEXT NOT NULL, person TEXT NOT NULL, method TEXT NOT NULL, begun INTEGER NOT NULL,
                last_act INTEGER NOT NULL, confirmed INTEGER NOT NULL, source TEXT NOT NULL, browser TEXT NOT NULL, roles TEXT NOT NULL, last_sign_in INTEGER, last_sign_out INTEGER) STRICT
            """);
        _ = db.Run("CREATE TABLE IF NOT EXISTS devices(device TEXT NOT NULL, account TEXT NOT NULL, since INTEGER NOT NULL, PRIMARY KEY(device, account)) STRICT");
        _ = db.Run("CREATE TABLE IF NOT EXISTS locks(bucket TEXT PRIMARY KEY, account TEXT NOT NULL, locks INTEGER NOT NULL, last_failure INTEGER NOT NULL, until INTEGER) STRICT");
        _ = db.Run("CREATE TABLE IF NOT EXISTS last_times(account TEXT PRIMARY KEY, signed_in INTEGER, signed_out INTEGER) STRICT");
    }

    /// <summary>All sessions kept.</summary>
    public IReadOnlyList<KeptSession> All()
    {
        var found = new List<KeptSession>();
        using var row = db.Rows("SELECT name, secret, account, person, method, begun, last_act, confirmed, source, browser, roles, last_sign_in, last_sign_out FROM sessions");
        while (row.Read())
        {
            found.Add(new(
                row.GetString(0),
                row.GetString(1),
                new(row.GetString(2)),
                row.GetString(3),
                Enum.Parse<SignInMethod>(row.GetString(4)),
                row.Time(5),
                row.Time(6),
                row.Time(7),
                row.GetString(8),
                row.GetString(9),
                row.GetString(10),
                row.TimeOrNull(11),
                row.TimeOrNull(12)));
        }

        return found;
    }

    /// <summary>Keeps a session as it now is.</summary>
    public void Put(KeptSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        _ = db.Run(
            """
            INSERT INTO sessions VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT(name) DO UPDATE SET secret = $2, last_act = $7, confirmed = $8, roles = $11
            """,
            session.Name,
            session.SecretDigest,
            session.Account.Value,
            session.Person,
            session.Method.ToString(),
            session.Begun.ToUnixTimeMilliseconds(),
            session.LastAct.ToUnixTimeMilliseconds(),
            session.ConfirmedAt.ToUnixTimeMilliseconds(),
            session.Source,
            session.Browser,
            session.Roles,
            session.LastSignIn?.ToUnixTimeMilliseconds(),
            session.LastSignOut?.ToUnixTimeMilliseconds());
    }

    /// <summary>Forgets a session.</summary>
    public void Remove(string name) => db.Run("DELETE FROM sessions WHERE name = $1", name);

    /// <summary>Whether an account signed in on a device before.</summary>
    public bool KnowsDevice(string device, AccountId account) => db.Value("SELECT 1 FROM devices WHERE device = $1 AND account = $2", device, account.Value) is not null;

    /// <summary>Notes that it did; the oldest of more than ten are forgotten.</summary>
    public void NoteDevice(string device, AccountId account, DateTimeOffset at)
    {
        _ = db.Run("INSERT OR REPLACE INTO devices VALUES ($1, $2, $3)", device, account.Value, at.ToUnixTimeMilliseconds());
        _ = db.Run("DELETE FROM devices WHERE account = $1 AND device NOT IN (SELECT device FROM devices WHERE account = $1 ORDER BY since DESC LIMIT 10)", account.Value);
    }

    /// <summary>Forgets all devices of an account.</summary>
    public void ForgetDevices(AccountId account) => db.Run("DELETE FROM devices WHERE account = $1", account.Value);

    /// <summary>Locks that outlive a restart.</summary>
    public IReadOnlyList<GateBucket> Locks()
    {
        var found = new List<GateBucket>();
        using var row = db.Rows("SELECT bucket, account, locks, last_failure, until FROM locks");
        while (row.Read())
        {
            found.Add(new(row.GetString(0), row.GetString(1), 0, 0, (int)row.GetInt64(2), row.Time(3), row.IsDBNull(4) ? DateTimeOffset.MaxValue : row.Time(4)));
        }

        return found;
    }

    /// <summary>Keeps a lock; those over for a day are dropped.</summary>
    public void PutLock(GateBucket bucket, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        _ = db.Run("DELETE FROM locks WHERE until < $1", now.AddDays(-1).ToUnixTimeMilliseconds());
        _ = db.Run(
            "INSERT OR REPLACE INTO locks VALUES ($1, $2, $3, $4, $5)",
            bucket.Key,
            bucket.Account,
            bucket.Locks,
            bucket.LastFailure.ToUnixTimeMilliseconds(),
            bucket.Until == DateTimeOffset.MaxValue ? null : bucket.Until?.ToUnixTimeMilliseconds());
    }

    /// <summary>Drops the locks of an account.</summary>
    public void RemoveLocks(string account) => db.Run("DELETE FROM locks WHERE account = $1", account);

    /// <summary>When an account was last signed in and out.</summary>
    public (DateTimeOffset? In, DateTimeOffset? Out) LastTimes(AccountId account)
    {
        using var row = db.Rows("SELECT signed_in, signed_out FROM last_times WHERE account = $1", account.Value);
        return row.Read() ? (row.TimeOrNull(0), row.TimeOrNull(1)) : (null, null);
    }

    /// <summary>Notes that an account signed in.</summary>
    public void NoteIn(AccountId account, DateTimeOffset at) =>
        db.Run("INSERT INTO last_times VALUES ($1, $2, NULL) ON CONFLICT(account) DO UPDATE SET signed_in = $2", account.Value, at.ToUnixTimeMilliseconds());

    /// <summary>Notes that an account signed out.</summary>
    public void NoteOut(AccountId account, DateTimeOffset at) =>
        db.Run("INSERT INTO last_times VALUES ($1, NULL, $2) ON CONFLICT(account) DO UPDATE SET signed_out = $2", account.Value, at.ToUnixTimeMilliseconds());

    /// <inheritdoc/>
    public void Dispose()
    {
        db.Dispose();
        connection.Dispose();
    }
}
