using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using RoomGuard.Evidence;
using RoomGuard.Wire.Mqtt;

namespace RoomGuard.Bridge.Broker;

/// <summary>What the store is told to keep or to forget.</summary>
internal enum StoreAct : byte
{
    /// <summary>A session outlives its connection: Session, Text the client, More its expiry in seconds, Words the user.</summary>
    KeepSession,

    /// <summary>A session is over, its subscriptions and numbers too; its messages are settled one by one.</summary>
    DropSession,

    /// <summary>Its client has gone: More is when, in Unix milliseconds.</summary>
    Leave,

    /// <summary>A subscription: Text the filter, Number its identifier, More its options.</summary>
    Subscribe,

    /// <summary>A subscription given up: Text the filter.</summary>
    Unsubscribe,

    /// <summary>A message for a session: Number its handle, Bytes the packet, More when.</summary>
    Put,

    /// <summary>A QoS 2 message has a number: Number its handle, More the number.</summary>
    Begin,

    /// <summary>The client has a QoS 2 message: Number its handle.</summary>
    Release,

    /// <summary>A message has come to its end: Number its handle.</summary>
    Settle,

    /// <summary>A QoS 2 message of the client is taken: Number.</summary>
    Take,

    /// <summary>Its number is free: Number.</summary>
    GiveBack,

    /// <summary>A retained message: Text the topic, Bytes the packet, More when; empty Bytes: none any more.</summary>
    Retain,

    /// <summary>A connected client's will: Text the client, Bytes the packet, Number its delay in seconds; empty Bytes: none any more.</summary>
    Will,
}

/// <summary>One thing to write; what the members mean stands with the act.</summary>
internal readonly record struct StoreOp(StoreAct Act, long Session, long Number, string Text, byte[] Bytes, long More, string Words);

/// <summary>Where the broker writes what it has promised.</summary>
internal interface IBrokerStore
{
    /// <summary>Everything up to this number is on the medium.</summary>
    long Committed { get; }

    /// <summary>The number of what was told last.</summary>
    long Told { get; }

    /// <summary>Writes this soon, together with whatever else waits.</summary>
    void Tell(StoreOp op);
}

/// <summary>A session as an earlier run left it.</summary>
internal sealed record StoredSession(
    long Id, string Client, string User, uint ExpirySeconds, DateTimeOffset? LeftAt, ImmutableArray<(MqttSubscription Subscription, int Id)> Subscriptions, ImmutableArray<StoredMessage> Messages, ImmutableArray<ushort> Taken);

/// <summary>A message a client has not taken over.</summary>
internal readonly record struct StoredMessage(long Handle, PublishPacket Message, ushort PacketId, bool IsReleased, DateTimeOffset At);

/// <summary>All an earlier run left.</summary>
/// <param name="Wills">Of clients that were connected when it ended without a word.</param>
internal sealed record StoredBroker(
    ImmutableArray<StoredSession> Sessions, ImmutableArray<(PublishPacket Message, DateTimeOffset At)> Retained, ImmutableArray<(string Client, PublishPacket Message, long DelaySeconds)> Wills)
{
    internal static StoredBroker Empty { get; } = new([], [], []);
}

/// <summary>
/// Kept sessions, their messages, retained messages and wills in a file of their own beside the journal (the broker's traffic is no evidence). A thread writes
/// whatever waits in one transaction, so that a thousand messages share one flush. When the medium fails, the same is tried again until it succeeds; the
/// broker acknowledges nothing meanwhile.
/// </summary>
internal sealed class BrokerStore : IBrokerStore, IDisposable
{
    private const string FileName = "mqtt.db";
    private const int CheckpointAtTheLatest = 2000;
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(1);

    private readonly string path;
    private readonly BrokerMeters meters;
    private readonly ILogger log;
    private readonly object gate = new();
    private readonly Thread thread;
    private List<StoreOp> waiting = [];
    private Action? committedMore;
    private long told;
    private long committed;
    private bool isStopping;

    /// <exception cref="SqliteException">The medium does not let the file be opened.</exception>
    internal BrokerStore(string folder, BrokerMeters meters, TimeProvider time, ILogger log)
    {
        path = Path.Combine(folder, FileName);
        this.meters = meters;
        this.log = log;
        SqliteNative.Use();
        Before = Load(time);
        thread = new(WriteAll) { IsBackground = true, Name = "mqtt-store" };
    }

    /// <summary>What an earlier run left.</summary>
    internal StoredBroker Before { get; }

    /// <inheritdoc/>
    public long Committed => Volatile.Read(ref committed);

    /// <inheritdoc/>
    public long Told => told;

    /// <summary>Where the store of a data folder lies.</summary>
    internal static string PathIn(string folder) => Path.Combine(folder, FileName);

    /// <summary>Begins to write.</summary>
    /// <param name="whenCommitted">Called on the writing thread each time more is on the medium.</param>
    internal void Start(Action whenCommitted)
    {
        committedMore = whenCommitted;
        thread.Start();
    }

    /// <inheritdoc/>
    /// <remarks>By the broker's thread alone.</remarks>
    public void Tell(StoreOp op)
    {
        lock (gate)
        {
            waiting.Add(op);
            told++;
            if (waiting.Count == 1)
            {
                Monitor.Pulse(gate);
            }
        }
    }

    /// <summary>Writes what waits and ends; a medium that fails now is tried once more and no longer.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isStopping = true;
            Monitor.Pulse(gate);
        }

        if (thread.IsAlive)
        {
            thread.Join();
        }
    }

    private StoredBroker Load(TimeProvider time)
    {
        try
        {
            using var connection = Open();
            return Read(connection);
        }
        catch (Exception wrong) when (wrong is IOException || IsDamage(wrong))
        {
            var aside = $"{path}.damaged-{time.GetUtcNow().UtcDateTime:yyyyMMdd'T'HHmmss'Z'}";
            File.Move(path, aside, overwrite: true);
            File.Delete(path + "-wal");
            File.Delete(path + "-shm");
            log.MqttStoreDamaged(aside);
            using var connection = Open();
            return StoredBroker.Empty;
        }
    }

    private static bool IsDamage(Exception wrong) => wrong is SqliteException sqlite && (sqlite.SqliteErrorCode & 0xFF) is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB;

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false }.ToString());
        try
        {
            connection.Open();
            foreach (var sql in Schema)
            {
                using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constant texts of this class.
                command.CommandText = sql;
#pragma warning restore CA2100
                command.ExecuteNonQuery();
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static readonly string[] Schema =
    [
        "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", $"PRAGMA wal_autocheckpoint = {CheckpointAtTheLatest}", "PRAGMA trusted_schema = OFF",
        "CREATE TABLE IF NOT EXISTS sessions(id INTEGER PRIMARY KEY, client TEXT NOT NULL UNIQUE, user TEXT NOT NULL, expiry INTEGER NOT NULL, left_at INTEGER) STRICT",
        "CREATE TABLE IF NOT EXISTS subscriptions(session INTEGER NOT NULL, filter TEXT NOT NULL, options INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY(session, filter)) STRICT, WITHOUT ROWID",
        "CREATE TABLE IF NOT EXISTS messages(handle INTEGER PRIMARY KEY, session INTEGER NOT NULL, packet BLOB NOT NULL, number INTEGER NOT NULL, released INTEGER NOT NULL, at INTEGER NOT NULL) STRICT",
        "CREATE TABLE IF NOT EXISTS taken(session INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY(session, number)) STRICT, WITHOUT ROWID",
        "CREATE TABLE IF NOT EXISTS retained(topic TEXT PRIMARY KEY, packet BLOB NOT NULL, at INTEGER NOT NULL) STRICT",
        "CREATE TABLE IF NOT EXISTS wills(client TEXT PRIMARY KEY, packet BLOB NOT NULL, delay INTEGER NOT NULL) STRICT",
    ];

    private static StoredBroker Read(SqliteConnection connection)
    {
        using var db = new StoreStatements(connection);
        var subscriptions = new List<(long Session, MqttSubscription Subscription, int Id)>();
        using (var row = db.Rows("SELECT session, filter, options, number FROM subscriptions"))
        {
            while (row.Read())
            {
                subscriptions.Add((row.GetInt64(0), StoredForm.Subscription(row.GetString(1), row.GetInt64(2)), row.GetInt32(3)));
            }
        }

        var messages = new List<(long Session, StoredMessage Message)>();
        using (var row = db.Rows("SELECT session, handle, packet, number, released, at FROM messages ORDER BY handle"))
        {
            while (row.Read())
            {
                messages.Add((row.GetInt64(0), new(row.GetInt64(1), StoredForm.Message((byte[])row.GetValue(2)), (ushort)row.GetInt64(3), row.GetInt64(4) != 0, Time(row.GetInt64(5)))));
            }
        }

        var taken = new List<(long Session, ushort Number)>();
        using (var row = db.Rows("SELECT session, number FROM taken"))
        {
            while (row.Read())
            {
                taken.Add((row.GetInt64(0), (ushort)row.GetInt64(1)));
            }
        }

        var (subscriptionsOf, messagesOf, takenOf) = (subscriptions.ToLookup(item => item.Session), messages.ToLookup(item => item.Session), taken.ToLookup(item => item.Session));
        var sessions = ImmutableArray.CreateBuilder<StoredSession>();
        using (var row = db.Rows("SELECT id, client, user, expiry, left_at FROM sessions"))
        {
            while (row.Read())
            {
                var id = row.GetInt64(0);
                sessions.Add(new(
                    id, row.GetString(1), row.GetString(2), (uint)row.GetInt64(3), row.IsDBNull(4) ? null : Time(row.GetInt64(4)),
                    [.. subscriptionsOf[id].Select(item => (item.Subscription, item.Id))], [.. messagesOf[id].Select(item => item.Message)], [.. takenOf[id].Select(item => item.Number)]));
            }
        }

        var retained = ImmutableArray.CreateBuilder<(PublishPacket, DateTimeOffset)>();
        using (var row = db.Rows("SELECT packet, at FROM retained"))
        {
            while (row.Read())
            {
                retained.Add((StoredForm.Message((byte[])row.GetValue(0)), Time(row.GetInt64(1))));
            }
        }

        var wills = ImmutableArray.CreateBuilder<(string, PublishPacket, long)>();
        using (var row = db.Rows("SELECT client, packet, delay FROM wills"))
        {
            while (row.Read())
            {
                wills.Add((row.GetString(0), StoredForm.Message((byte[])row.GetValue(1)), row.GetInt64(2)));
            }
        }

        return new(sessions.ToImmutable(), retained.ToImmutable(), wills.ToImmutable());
    }

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private void WriteAll()
    {
        SqliteConnection? connection = null;
        StoreStatements? db = null;
        var batch = new List<StoreOp>();
        try
        {
            while (Take(ref batch))
            {
                for (var isWritten = false; !isWritten;)
                {
                    try
                    {
                        if (connection is null)
                        {
                            connection = Open();
                            db = new StoreStatements(connection);
                        }

                        Write(connection, db!, batch);
                        isWritten = true;
                    }
                    catch (Exception failed) when (failed is SqliteException or IOException)
                    {
                        // After a failed flush the system forgets what it could not write: only a new look at the file is honest.
                        db?.Dispose();
                        connection?.Dispose();
                        (connection, db) = (null, null);
                        if (!Failed(failed))
                        {
                            return;
                        }
                    }
                }

                Well();
                Volatile.Write(ref committed, committed + batch.Count);
                batch.Clear();
                committedMore?.Invoke();
            }
        }
        finally
        {
            db?.Dispose();
            connection?.Dispose();
        }
    }

    private bool Take(ref List<StoreOp> batch)
    {
        lock (gate)
        {
            while (waiting.Count == 0)
            {
                if (isStopping)
                {
                    return false;
                }

                Monitor.Wait(gate);
            }

            (waiting, batch) = (batch, waiting);
            return true;
        }
    }

    /// <returns>False: the broker stops, and there is no use in waiting.</returns>
    private bool Failed(Exception why)
    {
        if (meters.StoreHealthy)
        {
            log.MqttStoreFailing(why.Message);
        }

        meters.StoreHealthy = false;
        lock (gate)
        {
            return !isStopping && (!Monitor.Wait(gate, TryAgainAfter) || !isStopping);
        }
    }

    private void Well()
    {
        if (!meters.StoreHealthy)
        {
            log.MqttStoreWell();
        }

        meters.StoreHealthy = true;
    }

    private static void Write(SqliteConnection connection, StoreStatements db, List<StoreOp> batch)
    {
        // A message that came and was taken over within one group never needs the medium; of a topic retained ten times the last counts.
        var settled = new HashSet<long>();
        var lastRetained = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = 0; at < batch.Count; at++)
        {
            if (batch[at].Act == StoreAct.Settle)
            {
                settled.Add(batch[at].Number);
            }
            else if (batch[at].Act == StoreAct.Retain)
            {
                lastRetained[batch[at].Text] = at;
            }
        }

        using var transaction = connection.BeginTransaction();
        db.Transaction = transaction;
        for (var at = 0; at < batch.Count; at++)
        {
            var op = batch[at];
            if ((op.Act == StoreAct.Put && settled.Contains(op.Number)) || (op.Act == StoreAct.Retain && lastRetained[op.Text] != at))
            {
                continue;
            }

            Write(db, op);
        }

        transaction.Commit();
        db.Transaction = null;
    }

    private static void Write(StoreStatements db, in StoreOp op)
    {
        switch (op.Act)
        {
            case StoreAct.KeepSession:
                db.Run("INSERT INTO sessions VALUES ($1, $2, $3, $4, NULL) ON CONFLICT(id) DO UPDATE SET expiry = $4, left_at = NULL", op.Session, op.Text, op.Words, op.More);
                break;
            case StoreAct.DropSession:
                db.Run("DELETE FROM sessions WHERE id = $1", op.Session);
                db.Run("DELETE FROM subscriptions WHERE session = $1", op.Session);
                db.Run("DELETE FROM taken WHERE session = $1", op.Session);
                break;
            case StoreAct.Leave:
                db.Run("UPDATE sessions SET left_at = $2 WHERE id = $1", op.Session, op.More);
                break;
            case StoreAct.Subscribe:
                db.Run("INSERT OR REPLACE INTO subscriptions VALUES ($1, $2, $3, $4)", op.Session, op.Text, op.More, op.Number);
                break;
            case StoreAct.Unsubscribe:
                db.Run("DELETE FROM subscriptions WHERE session = $1 AND filter = $2", op.Session, op.Text);
                break;
            case StoreAct.Put:
                db.Run("INSERT OR REPLACE INTO messages VALUES ($1, $2, $3, 0, 0, $4)", op.Number, op.Session, op.Bytes, op.More);
                break;
            case StoreAct.Begin:
                db.Run("UPDATE messages SET number = $2 WHERE handle = $1", op.Number, op.More);
                break;
            case StoreAct.Release:
                db.Run("UPDATE messages SET released = 1 WHERE handle = $1", op.Number);
                break;
            case StoreAct.Settle:
                db.Run("DELETE FROM messages WHERE handle = $1", op.Number);
                break;
            case StoreAct.Take:
                db.Run("INSERT OR REPLACE INTO taken VALUES ($1, $2)", op.Session, op.Number);
                break;
            case StoreAct.GiveBack:
                db.Run("DELETE FROM taken WHERE session = $1 AND number = $2", op.Session, op.Number);
                break;
            case StoreAct.Retain when op.Bytes.Length == 0:
                db.Run("DELETE FROM retained WHERE topic = $1", op.Text);
                break;
            case StoreAct.Retain:
                db.Run("INSERT OR REPLACE INTO retained VALUES ($1, $2, $3)", op.Text, op.Bytes, op.More);
                break;
            case StoreAct.Will when op.Bytes.Length == 0:
                db.Run("DELETE FROM wills WHERE client = $1", op.Text);
                break;
            default:
                db.Run("INSERT OR REPLACE INTO wills VALUES ($1, $2, $3)", op.Text, op.Bytes, op.Number);
                break;
        }
    }
}

/// <summary>How messages and subscriptions are kept: messages as the PUBLISH of MQTT 5.0 they are, so that there is one form less to read wrongly.</summary>
internal static class StoredForm
{
    internal static byte[] Bytes(PublishPacket message) => MqttWriter.ToBytes(message.Qos == MqttQos.AtMostOnce ? message : message with { PacketId = 1 }, MqttVersion.V5);

    /// <exception cref="IOException">It is none.</exception>
    internal static PublishPacket Message(byte[] bytes) =>
        MqttReader.Read(bytes, MqttVersion.V5, MqttEnd.Server).Packet is PublishPacket message
            ? message with { PacketId = 0 }
            : throw new IOException("A message in the MQTT store cannot be read.");

    internal static byte Options(MqttSubscription of) =>
        (byte)((byte)of.Qos | (of.NoLocal ? 4 : 0) | (of.RetainAsPublished ? 8 : 0) | ((byte)of.RetainHandling << 4));

    internal static MqttSubscription Subscription(string filter, long options) =>
        new(filter, (MqttQos)(options & 3), (options & 4) != 0, (options & 8) != 0, (MqttRetainHandling)((options >> 4) & 3));
}

/// <summary>Prepared statements of the store's connection, by their text; parameters are <c>$1</c>, <c>$2</c> … in order.</summary>
internal sealed class StoreStatements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

    internal SqliteTransaction? Transaction { get; set; }

    internal void Run(string sql, params ReadOnlySpan<object> values) => Bind(sql, values).ExecuteNonQuery();

    internal SqliteDataReader Rows(string sql) => Bind(sql, []).ExecuteReader();

    public void Dispose()
    {
        foreach (var command in prepared.Values)
        {
            command.Dispose();
        }
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object> values)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // Constant texts of the store; values travel as parameters.
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
            command.Parameters[at].Value = values[at];
        }

        return command;
    }
}
