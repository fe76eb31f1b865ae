using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Data.Sqlite;
using RoomGuard.Bridge.Doors;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;
using RoomGuard.Evidence;

namespace RoomGuard.Bridge.Journal;

/// <summary>The bridge's own chained journal (R-LOG-01): the room's events, and beside them what a restart must not forget.</summary>
public sealed class RoomJournal : IRoomJournal, IDisposable
{
    private readonly EvidenceLog log;
    private const string PowerPart = "power";
    private const string ClimatePart = "climate";

    private readonly Ballast ballast;
    private SqliteConnection? keptOn;
    private SqliteCommand? keep;
    private SqliteCommand? keepPart;

    private RoomJournal(EvidenceLog log, Ballast ballast)
    {
        this.log = log;
        this.ballast = ballast;
    }

    /// <summary>The chained log, for reading beside the room's writing.</summary>
    public EvidenceLog Log => log;

    /// <summary>Opens the journal and makes the place for what a restart must not forget.</summary>
    /// <exception cref="EvidenceInUseException">Another program writes it.</exception>
    /// <exception cref="EvidenceDamagedException">Its end is not whole, or it is another bridge's.</exception>
    /// <exception cref="EvidenceWriteException">The medium does not take it.</exception>
    public static RoomJournal Open(EvidenceLogSettings settings, Ballast ballast)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var log = EvidenceLog.Open(settings);
        try
        {
            _ = log.Append([], (connection, _) => MakePlace(connection));
        }
        catch
        {
            log.Dispose();
            throw;
        }

        return new(log, ballast);
    }

    /// <summary>Opens the journal; when the disk is full, on the reserve: the ways out must be served and recorded whatever the disk says.</summary>
    public static RoomJournal OpenOnReserve(EvidenceLogSettings settings, Ballast ballast)
    {
        ArgumentNullException.ThrowIfNull(ballast);
        try
        {
            return Open(settings, ballast);
        }
        catch (EvidenceWriteException full) when (full.Cause == EvidenceWriteCause.DiskFull && ballast.IsThere)
        {
            ballast.Spend();
            return Open(settings, ballast);
        }
    }

    /// <summary>Entries in a journal file, looked at without changing it.</summary>
    /// <returns>Null when there is no such file.</returns>
    public static long? SizeOf(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        SqliteNative.Use();
        using var reader = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        reader.Open();
        using var count = reader.CreateCommand();
        count.CommandText = "SELECT coalesce(max(n) + 1, 0) FROM log_entries";
        return (long)count.ExecuteScalar()!;
    }

    /// <summary>What the room knew when it last wrote; null at the very first start.</summary>
    public RoomSnapshot? LastSnapshot()
    {
        using var reader = log.OpenReader();
        using var read = reader.CreateCommand();
        read.CommandText = "SELECT snapshot FROM room_snapshot WHERE id = 1";
        if (read.ExecuteScalar() is not byte[] bytes)
        {
            return null;
        }

        // An older program kept power and climate in the same place; a part of its own is newer.
        var room = JsonSerializer.Deserialize(bytes, RecordJson.Plain.RoomSnapshot)!;
        return room with { Power = Part(PowerPart, RecordJson.Plain.PowerSnapshot) ?? room.Power, Climate = Part(ClimatePart, RecordJson.Plain.ClimateSnapshot) ?? room.Climate };

        T? Part<T>(string name, JsonTypeInfo<T> type)
            where T : class
        {
            using var part = reader.CreateCommand();
            part.CommandText = "SELECT snapshot FROM room_snapshot_part WHERE part = $part";
            _ = part.Parameters.AddWithValue("$part", name);
            return part.ExecuteScalar() is byte[] kept ? JsonSerializer.Deserialize(kept, type) : null;
        }
    }

    /// <inheritdoc/>
    public void Append(IReadOnlyList<RecordedEvent> events, RoomSnapshot? snapshot)
    {
        ArgumentNullException.ThrowIfNull(events);
        var entries = new NewEntry[events.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = new(RecordKinds.Of(events[i]), events[i].OccurredAt, RecordJson.ToUtf8(events[i]));
        }

        if (snapshot is null)
        {
            log.Append(entries);
            return;
        }

        log.Append(entries, (connection, _) => Store(connection, snapshot));
    }

    /// <inheritdoc/>
    public long Reopen() => log.Reopen().Survived;

    /// <inheritdoc/>
    public void SpendBallast() => ballast.Spend();

    /// <inheritdoc/>
    public bool RestoreBallast() => ballast.TryRestore();

    /// <inheritdoc/>
    public void Maintain() => log.Maintain();

    /// <inheritdoc/>
    public void Dispose()
    {
        keep?.Dispose();
        keepPart?.Dispose();
        log.Dispose();
    }

    private static void MakePlace(SqliteConnection connection)
    {
        using var make = connection.CreateCommand();
        make.CommandText = "CREATE TABLE IF NOT EXISTS room_snapshot(id INTEGER PRIMARY KEY CHECK (id = 1), snapshot BLOB NOT NULL) STRICT;"
            + "CREATE TABLE IF NOT EXISTS room_snapshot_part(part TEXT PRIMARY KEY, snapshot BLOB NOT NULL) STRICT";
        make.ExecuteNonQuery();
    }

    // A badge waits for this: the statement is prepared once for each connection, and the log opens a new one after a failed write.
    private void Store(SqliteConnection connection, RoomSnapshot snapshot)
    {
        if (keep is null || !ReferenceEquals(keptOn, connection))
        {
            keep?.Dispose();
            keepPart?.Dispose();
            keep = connection.CreateCommand();
            keep.CommandText = "INSERT INTO room_snapshot(id, snapshot) VALUES (1, $snapshot) ON CONFLICT (id) DO UPDATE SET snapshot = excluded.snapshot";
            keep.Parameters.Add("$snapshot", SqliteType.Blob);
            keepPart = connection.CreateCommand();
            keepPart.CommandText = "INSERT INTO room_snapshot_part(part, snapshot) VALUES ($part, $snapshot) ON CONFLICT (part) DO UPDATE SET snapshot = excluded.snapshot";
            keepPart.Parameters.Add("$part", SqliteType.Text);
            keepPart.Parameters.Add("$snapshot", SqliteType.Blob);
            keptOn = connection;
        }

        keep.Parameters[0].Value = JsonSerializer.SerializeToUtf8Bytes(snapshot with { Power = null, Climate = null }, RecordJson.Plain.RoomSnapshot);
        keep.ExecuteNonQuery();
        StorePart(PowerPart, snapshot.Power, RecordJson.Plain.PowerSnapshot);
        StorePart(ClimatePart, snapshot.Climate, RecordJson.Plain.ClimateSnapshot);
    }

    private void StorePart<T>(string name, T? part, JsonTypeInfo<T> type)
        where T : class
    {
        if (part is not null)
        {
            (keepPart!.Parameters[0].Value, keepPart.Parameters[1].Value) = (name, JsonSerializer.SerializeToUtf8Bytes(part, type));
            keepPart.ExecuteNonQuery();
        }
    }
}
