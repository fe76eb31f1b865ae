using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using RoomGuard.Core.Readings;
using RoomGuard.Evidence;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Readings;

/// <summary>What became of samples that were handed over.</summary>
/// <param name="Kept">New, and kept.</param>
/// <param name="Repeated">There already.</param>
/// <param name="Ahead">From a clock that is ahead of ours: not kept.</param>
/// <param name="Old">Older than single readings are kept: not kept.</param>
/// <param name="Unnamed">Of series beyond the number a store takes.</param>
public readonly record struct TakenIn(long Kept, long Repeated, long Ahead, long Old, long Unnamed);

/// <summary>
/// Readings of UPS units and of sensors in a file of their own, outside the chain of evidence: runs of equal readings, and roll-ups of a minute, a quarter, an hour
/// and a day. A reading and its share in every roll-up are written together or not at all. Writing is for one at a time; asking may go on beside it.
/// </summary>
public sealed class ReadingsStore : IDisposable
{
    /// <summary>A clock may be this far ahead of ours before its readings are put aside.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    private const int MostSeries = 20_000;
    private const int FormVersion = 1;
    private const long Megabyte = 1024 * 1024;

    private readonly Lock gate = new();
    private readonly string path;
    private readonly ReadingsSettings settings;
    private readonly TimeZoneInfo zone;
    private readonly Dictionary<(string Of, string Quantity), long> series = [];
    private readonly Dictionary<long, ReadingRun> newest = [];
    private readonly SqliteConnection connection;
    private readonly Statements db;

    /// <summary>Opens the file, making it for the owner alone. A file that is no store of ours any more is put aside under another name, and an empty one begins.</summary>
    /// <param name="now">Names a damaged file that is put aside.</param>
    /// <param name="damaged">Told the new name of a file that was put aside.</param>
    public ReadingsStore(string path, ReadingsSettings settings, TimeZoneInfo zone, DateTimeOffset now, Action<string>? damaged = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(zone);
        (this.path, this.settings, this.zone) = (path, settings, zone);
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
        Readers = new ReaderPool(OpenReader);
        using var row = db.Rows("SELECT id, unit, quantity FROM series");
        while (row.Read())
        {
            series[(row.GetString(1), row.GetString(2))] = row.GetInt64(0);
        }
    }

    /// <summary>For questions.</summary>
    public ReaderPool Readers { get; }

    /// <summary>Takes samples in, in one transaction: after a failure nothing of them is there.</summary>
    /// <param name="now">The service's clock.</param>
    /// <exception cref="SqliteException">They cannot be written now.</exception>
    public TakenIn Add(IEnumerable<ReadingSample> samples, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(samples);
        lock (gate)
        {
            var batch = new Batch();
            using var transaction = connection.BeginTransaction();
            db.Transaction = transaction;
            try
            {
                var (latest, earliest) = ((now + Ahead).ToUnixTimeMilliseconds(), now.AddDays(-settings.RawDays).ToUnixTimeMilliseconds());
                foreach (var sample in samples)
                {
                    Take(sample, sample.At.ToUnixTimeMilliseconds(), earliest, latest, batch);
                }

                Write(batch);
                transaction.Commit();
                foreach (var (id, run) in batch.Newest)
                {
                    newest[id] = run;
                }

                return batch.Taken;
            }
            catch
            {
                foreach (var name in batch.NewSeries)
                {
                    _ = series.Remove(name);
                }

                throw;
            }
            finally
            {
                db.Transaction = null;
            }
        }
    }

    /// <summary>
    /// Drops what is past its time, and the oldest single readings while the file is too large. Age is counted from the newest reading, or from our
    /// clock where that is earlier: a clock that was set years ahead drops nothing.
    /// </summary>
    /// <returns>Runs and roll-ups dropped.</returns>
    public long Prune(DateTimeOffset now)
    {
        lock (gate)
        {
            if (db.Value("SELECT max(newest) FROM (SELECT (SELECT max(at) FROM runs r WHERE r.series = s.id) AS newest FROM series s)") is not long last)
            {
                return 0;
            }

            var at = DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(last, now.ToUnixTimeMilliseconds()));
            long dropped = Drop("DELETE FROM runs WHERE series = $1 AND at < $2", at.AddDays(-settings.RawDays));
            foreach (var width in RollUpWidths.All)
            {
                dropped += Drop("DELETE FROM roll_ups WHERE series = $1 AND width = $3 AND at < $2", at - Kept(width), (long)width);
            }

            // A day of single readings at a time, the oldest first, until it fits.
            while (Used() > settings.MostMegabytes * Megabyte && db.Value("SELECT min(oldest) FROM (SELECT (SELECT min(at) FROM runs r WHERE r.series = s.id) AS oldest FROM series s)") is long oldest)
            {
                dropped += Drop("DELETE FROM runs WHERE series = $1 AND at < $2", DateTimeOffset.FromUnixTimeMilliseconds(oldest).AddDays(1));
            }

            return dropped;
        }
    }

    /// <summary>How long roll-ups of a width are kept.</summary>
    public TimeSpan Kept(RollUpWidth width) => width switch
    {
        RollUpWidth.Minute => TimeSpan.FromDays(settings.RawDays),
        RollUpWidth.Quarter => TimeSpan.FromDays(settings.QuarterDays),
        _ => TimeSpan.FromDays(settings.RollUpYears * 366),
    };

    /// <summary>How long single readings are kept, where the size allows.</summary>
    public TimeSpan KeptRaw => TimeSpan.FromDays(settings.RawDays);

    /// <summary>Bytes in use.</summary>
    public long Size
    {
        get
        {
            lock (gate)
            {
                return Used();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            Readers.Dispose();
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

        var opened = Connect(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            using var first = new Statements(opened);
            _ = first.Value("PRAGMA journal_mode = WAL");

            // A power cut may cost the last seconds and never the file.
            _ = first.Run("PRAGMA synchronous = NORMAL");
            _ = first.Run("PRAGMA temp_store = MEMORY");
            var form = (long)(first.Value("PRAGMA user_version") ?? 0L);
            if (form > FormVersion)
            {
                throw new InvalidOperationException($"{path} was written by a newer version of this program (form {form}, this one knows {FormVersion}). Start that version again, or move the file away: an empty one begins.");
            }

            _ = first.Run("CREATE TABLE IF NOT EXISTS series(id INTEGER PRIMARY KEY, unit TEXT NOT NULL, quantity TEXT NOT NULL, UNIQUE(unit, quantity)) STRICT");
            _ = first.Run("CREATE TABLE IF NOT EXISTS runs(series INTEGER NOT NULL, at INTEGER NOT NULL, until INTEGER NOT NULL, n INTEGER NOT NULL, value REAL NOT NULL, PRIMARY KEY(series, at)) STRICT, WITHOUT ROWID");
            _ = first.Run(
                """
                CREATE TABLE IF NOT EXISTS roll_ups(series INTEGER NOT NULL, width INTEGER NOT NULL, at INTEGER NOT NULL, n INTEGER NOT NULL, least REAL NOT NULL, most REAL NOT NULL, sum REAL NOT NULL,
                    PRIMARY KEY(series, width, at)) STRICT, WITHOUT ROWID
                """);
            _ = first.Run("PRAGMA user_version = 1");
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var opened = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        try
        {
            opened.Open();
            _ = SQLitePCL.raw.sqlite3_busy_timeout(opened.Handle, 5000);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private SqliteConnection OpenReader() => Connect(path, SqliteOpenMode.ReadOnly);

    private void Take(in ReadingSample sample, long at, long earliest, long latest, Batch batch)
    {
        if (at > latest || at < earliest)
        {
            batch.Taken = at > latest ? batch.Taken with { Ahead = batch.Taken.Ahead + 1 } : batch.Taken with { Old = batch.Taken.Old + 1 };
            return;
        }

        if (Series(sample.Of, sample.Quantity, batch) is not { } id)
        {
            batch.Taken = batch.Taken with { Unnamed = batch.Taken.Unnamed + 1 };
            return;
        }

        var last = Newest(id, batch);
        if (last is not { } run || at > run.Until)
        {
            batch.Newest[id] = last?.With(at, sample.Value) ?? ReadingRun.Of(at, sample.Value);
            batch.Change(id, batch.Newest[id]);
        }
        else if (Covered(id, at, run, batch))
        {
            batch.Taken = batch.Taken with { Repeated = batch.Taken.Repeated + 1 };
            return;
        }
        else
        {
            // Late, or from a clock that was set back: it stands between what is there.
            batch.Change(id, ReadingRun.Of(at, sample.Value));
        }

        batch.Taken = batch.Taken with { Kept = batch.Taken.Kept + 1 };
        foreach (var width in RollUpWidths.All)
        {
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(batch.RollUps, (id, width, width.StartOf(at, zone)), out _);
            sum = sum.With(RollUp.Of(sample.Value));
        }
    }

    private long? Series(string of, string quantity, Batch batch)
    {
        if (series.TryGetValue((of, quantity), out var known))
        {
            return known;
        }

        // A bridge names units and sensors out of its settings; one that makes up names must not fill the disk.
        if (series.Count >= MostSeries)
        {
            return null;
        }

        var id = (long)db.Value("INSERT INTO series(unit, quantity) VALUES ($1, $2) RETURNING id", of, quantity)!;
        series[(of, quantity)] = id;
        batch.NewSeries.Add((of, quantity));
        return id;
    }

    private ReadingRun? Newest(long id, Batch batch)
    {
        if (batch.Newest.TryGetValue(id, out var run) || newest.TryGetValue(id, out run))
        {
            return run;
        }

        using var row = db.Rows("SELECT at, until, n, value FROM runs WHERE series = $1 ORDER BY at DESC LIMIT 1", id);
        return row.Read() ? newest[id] = new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetDouble(3)) : null;
    }

    // Runs of a series never overlap, so the one that begins last before it is the only one that can hold it; what is in the batch is not in the file yet.
    private bool Covered(long id, long at, ReadingRun last, Batch batch)
    {
        if (last.Holds(at) || (batch.Before(id, at)?.Holds(at) ?? false))
        {
            return true;
        }

        using var row = db.Rows("SELECT until FROM runs WHERE series = $1 AND at <= $2 ORDER BY at DESC LIMIT 1", id, at);
        return row.Read() && row.GetInt64(0) >= at;
    }

    private void Write(Batch batch)
    {
        foreach (var (id, run) in batch.Changed)
        {
            _ = db.Run("INSERT INTO runs VALUES ($1, $2, $3, $4, $5) ON CONFLICT(series, at) DO UPDATE SET until = $3, n = $4", id, run.At, run.Until, run.Count, run.Value);
        }

        foreach (var ((id, width, at), sum) in batch.RollUps)
        {
            _ = db.Run(
                """
                INSERT INTO roll_ups VALUES ($1, $2, $3, $4, $5, $6, $7)
                ON CONFLICT(series, width, at) DO UPDATE SET n = n + $4, least = min(least, $5), most = max(most, $6), sum = sum + $7
                """,
                id,
                (long)width,
                at,
                sum.Count,
                sum.Least,
                sum.Most,
                sum.Sum);
        }
    }

    private int Drop(string sql, DateTimeOffset before, long? width = null)
    {
        var dropped = 0;
        foreach (var id in series.Values.ToImmutableArray())
        {
            dropped += width is { } one ? db.Run(sql, id, before.ToUnixTimeMilliseconds(), one) : db.Run(sql, id, before.ToUnixTimeMilliseconds());
        }

        if (dropped > 0)
        {
            newest.Clear();
        }

        return dropped;
    }

    private long Used() => ((long)db.Value("PRAGMA page_count")! - (long)db.Value("PRAGMA freelist_count")!) * (long)db.Value("PRAGMA page_size")!;

    private sealed class Batch
    {
        private readonly Dictionary<long, SortedList<long, ReadingRun>> changed = [];

        public IEnumerable<(long Series, ReadingRun Run)> Changed => changed.SelectMany(series => series.Value.Values.Select(run => (series.Key, run)));

        public Dictionary<long, ReadingRun> Newest { get; } = [];

        public Dictionary<(long Series, RollUpWidth Width, long At), RollUp> RollUps { get; } = [];

        public List<(string Of, string Quantity)> NewSeries { get; } = [];

        public TakenIn Taken { get; set; }

        public void Change(long id, ReadingRun run)
        {
            if (!changed.TryGetValue(id, out var runs))
            {
                changed[id] = runs = [];
            }

            runs[run.At] = run;
        }

        /// <summary>The run of the batch that begins last before or at a moment; null: none.</summary>
        public ReadingRun? Before(long id, long at)
        {
            if (!changed.TryGetValue(id, out var runs))
            {
                return null;
            }

            var (low, high) = (0, runs.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (runs.GetKeyAtIndex(middle) <= at)
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            return low == 0 ? null : runs.GetValueAtIndex(low - 1);
        }
    }
}
