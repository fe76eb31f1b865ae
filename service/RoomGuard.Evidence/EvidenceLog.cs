using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using RoomGuard.Evidence.Check;
using RoomGuard.Evidence.Merkle;
using RoomGuard.Evidence.Store;
using SQLitePCL;

namespace RoomGuard.Evidence;

/// <summary>What <see cref="EvidenceLog.Reopen"/> found on the medium.</summary>
/// <param name="Size">Entries that are there.</param>
/// <param name="Survived">
/// Entries of the failed append that are there after all. Its caller was told they are not, so it must not write them again without looking:
/// a flush can fail after the bytes have reached the medium.
/// </param>
public readonly record struct ReopenedLog(long Size, long Survived);

/// <summary>
/// A tamper-evident log in an SQLite file: numbered, chained envelopes that commit to salted payloads, and the Merkle tree over them (R-LOG-01,
/// R-LOG-02). The bridge's journal and the service's record are both this.
/// </summary>
/// <remarks>
/// One owner appends; <see cref="Read"/> and <see cref="OpenReader"/> may be used by anyone beside it. When an append has returned, its entries
/// are on the medium (write-ahead log, <c>synchronous=FULL</c>: one fdatasync).
/// </remarks>
public sealed class EvidenceLog : IDisposable
{
    /// <summary>Longest payload in bytes. A record entry is a fact, not a file.</summary>
    public const int LongestPayload = 1024 * 1024;

    // Enough to show a write that was torn or lost at the end; the whole log is EvidenceCheck's to look at.
    private const int TailToVerify = 1024;

    // Half of the room kept for the write-ahead log, in pages.
    private const int PagesWorthACheckpoint = SqliteConnections.WalRoom / 2 / 4096;

    private const int SaltsAhead = 64;

    private const string EntryColumns = "SELECT e.n, e.envelope, e.leaf, p.payload, p.salt FROM log_entries e LEFT JOIN log_payloads p ON p.n = e.n";

    private readonly EvidenceLogSettings settings;
    private readonly WriterLock writerLock;
    private readonly long openedAt;
    private readonly Lock readerGate = new();
    private readonly MerkleStack before = new();
    private readonly MerkleStack beforeItem = new();
    private MerkleStack tree = new();
    private byte[] lastLeaf = new byte[TreeHash.Size];
    private Writer? writer;
    private SqliteConnection? reader;
    private Statement? readRange;
    private byte[] salts = [];
    private int saltsUsed;
    private long pagesSinceCheckpoint;
    private bool mustReopen;

    private EvidenceLog(EvidenceLogSettings settings, WriterLock writerLock)
    {
        this.settings = settings;
        this.writerLock = writerLock;
        openedAt = settings.Time.GetTimestamp();
    }

    /// <summary>Entries in the log; also the number the next one gets.</summary>
    public long Size { get; private set; }

    /// <summary>How often the log has been opened for writing, this time included.</summary>
    public int Boot { get; private set; }

    /// <summary>The log's name.</summary>
    public string Origin => settings.Origin;

    /// <summary>The database file.</summary>
    public string Path => settings.Path;

    /// <summary>Leaf hash of the last entry; 32 zero bytes while there is none.</summary>
    public ReadOnlyMemory<byte> LastLeaf => lastLeaf;

    /// <summary>Wall time of the last entry; null while there is none.</summary>
    public DateTimeOffset? LastEntryAt { get; private set; }

    /// <summary>Head of the tree over all entries. For the owner only.</summary>
    public byte[] Head() => tree.Head();

    /// <summary>Opens a log for writing, making it if the file is missing, and looks whether its end is whole. Counts a boot.</summary>
    /// <exception cref="EvidenceInUseException">Another program is writing it.</exception>
    /// <exception cref="EvidenceDamagedException">The file is no log of this origin, or its end is not whole.</exception>
    /// <exception cref="EvidenceWriteException">The medium does not take it.</exception>
    public static EvidenceLog Open(EvidenceLogSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ThrowIfUnfitOrigin(settings.Origin);
        ThrowIfUnfitSource(settings.Source);
        SqliteNative.Use();
        var isNew = !File.Exists(settings.Path);
        var log = new EvidenceLog(settings, WriterLock.Take(settings.Path));
        try
        {
            if (isNew)
            {
                // Made before SQLite does, so that nobody but owner and group may read it; SQLite gives its side files the same rights.
                Libc.OpenOrCreate(settings.Path).Dispose();
            }

            log.Connect();
            if (isNew)
            {
                Libc.SyncFolder(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(settings.Path))!);
            }

            log.CountBoot();
            return log;
        }
        catch (Exception failure) when (failure is SqliteFault or SqliteException)
        {
            log.Dispose();
            throw WriteFailure(failure, settings.Path);
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>Writes entries in one durable transaction. All of them or none.</summary>
    /// <param name="entries">In the order they get their numbers.</param>
    /// <param name="sameTransaction">Writes views into the same transaction; what it throws undoes everything and is thrown on.</param>
    /// <returns>As many as <paramref name="entries"/>, in their order; for a source number already known, the entry stored then.</returns>
    /// <exception cref="ArgumentException">An entry that cannot be written: kind, source, payload. Nothing was written.</exception>
    /// <exception cref="EvidenceWriteException">Nothing was made durable; call <see cref="Reopen"/> before the next append.</exception>
    public ImmutableArray<StoredEntry> Append(
        IReadOnlyList<NewEntry> entries, Action<SqliteConnection, ImmutableArray<StoredEntry>>? sameTransaction = null)
    {
        var item = Prepare(entries, sameTransaction);
        Write([item]);
        return item.Outcome();
    }

    /// <summary>Entries from number <paramref name="from"/> on. Thread-safe, also beside an append.</summary>
    /// <param name="from">Included.</param>
    /// <param name="most">At most so many.</param>
    public ImmutableArray<StoredEntry> Read(long from, int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        lock (readerGate)
        {
            reader ??= OpenReader();
            readRange ??= new(reader.Handle!, $"{EntryColumns} WHERE e.n >= ? ORDER BY e.n LIMIT ?");
            var found = ImmutableArray.CreateBuilder<StoredEntry>();
            readRange.Bind(1, from).Bind(2, most);
            while (readRange.Step())
            {
                found.Add(StoredRow(readRange));
            }

            return found.DrainToImmutable();
        }
    }

    /// <summary>A read-only connection for views. The caller owns it. Leave no reader open in the middle of its rows: that keeps the write-ahead log growing.</summary>
    public SqliteConnection OpenReader() => SqliteConnections.OpenReader(settings.Path);

    /// <summary>
    /// After a failed append: lets go of everything kept in memory, reads the end of the log from the medium, and goes on from what is really
    /// there. The boot count stays.
    /// </summary>
    /// <exception cref="EvidenceWriteException">The medium does not answer yet; try again later.</exception>
    /// <exception cref="EvidenceDamagedException">The end of the log is not whole. Do not go on.</exception>
    public ReopenedLog Reopen()
    {
        var expected = Size;
        mustReopen = true;
        Disconnect();
        try
        {
            Libc.ForgetCached(settings.Path);
            Libc.ForgetCached(settings.Path + "-wal");
            Connect();
        }
        catch (Exception failure) when (failure is SqliteFault or SqliteException)
        {
            throw WriteFailure(failure, settings.Path);
        }
        catch (IOException failure) when (failure is not (EvidenceDamagedException or EvidenceWriteException))
        {
            throw new EvidenceWriteException(EvidenceWriteCause.InputOutput, $"{settings.Path}: {failure.Message}", failure);
        }

        if (Size < expected)
        {
            throw new EvidenceDamagedException($"{settings.Path} ends at entry {Size - 1}; entry {expected - 1} had been made durable. Entries are lost: keep the file as it is and begin a new log.");
        }

        mustReopen = false;
        return new(Size, Size - expected);
    }

    /// <summary>
    /// Moves what was appended from the write-ahead log into the database file. For the owner, in a moment when nobody waits; does nothing while
    /// there is little to move.
    /// </summary>
    /// <exception cref="EvidenceWriteException">The medium does not take it. Nothing is lost: the entries are in the write-ahead log.</exception>
    public void Maintain()
    {
        if (mustReopen || writer is null || pagesSinceCheckpoint < PagesWorthACheckpoint)
        {
            return;
        }

        try
        {
            pagesSinceCheckpoint = 0;
            writer.Checkpoint.Run();
        }
        catch (SqliteFault fault)
        {
            throw WriteFailure(fault, settings.Path);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Disconnect();
        writerLock.Dispose();
    }

    internal TimeProvider Time => settings.Time;

    /// <summary>Everything about the entries that can be refused is refused here, before anything is written.</summary>
    internal PendingAppend Prepare(
        IReadOnlyList<NewEntry> entries, Action<SqliteConnection, ImmutableArray<StoredEntry>>? sameTransaction)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var drafts = new Draft[entries.Count];
        for (var i = 0; i < drafts.Length; i++)
        {
            var entry = entries[i];
            var source = entry.Source ?? settings.Source;
            ThrowIfUnfitSource(source);
            if (!Envelope.IsKind(entry.Kind))
            {
                throw new ArgumentException($"Kind \"{entry.Kind}\": only lower-case letters, digits, dots and hyphens.", nameof(entries));
            }

            byte[] payload;
            try
            {
                payload = CanonicalJson.Canonicalise(entry.Payload.Span);
            }
            catch (JsonException notJson)
            {
                throw new ArgumentException($"Payload of {entry.Kind}: {notJson.Message}", nameof(entries), notJson);
            }

            if (payload.Length > LongestPayload)
            {
                throw new ArgumentException($"Payload of {entry.Kind} has {payload.Length} bytes; {LongestPayload} is the most.", nameof(entries));
            }

            drafts[i] = new(entry.Kind, entry.At, payload, source, entry.From);
        }

        return new(drafts, sameTransaction);
    }

    /// <summary>
    /// Writes several appends in one durable transaction. An append whose callback throws is undone alone and carries the exception; a failure of
    /// the medium is everyone's and is thrown.
    /// </summary>
    internal void Write(IReadOnlyList<PendingAppend> group)
    {
        if (mustReopen || writer is not { } to)
        {
            throw new EvidenceWriteException(EvidenceWriteCause.NotReopened, $"{settings.Path}: an earlier write failed and the log has not been opened again.");
        }

        before.CopyFrom(tree);
        var (leafBefore, atBefore) = (lastLeaf, LastEntryAt);
        try
        {
            // By prepared statements and not by the wrapper's transaction object: making one costs as much as writing an entry.
            to.Begin.Run();
            foreach (var item in group)
            {
                WriteOne(to, item);
            }

            if (tree.Size != before.Size)
            {
                to.KeepTree.Bind(1, tree.Size).Bind(2, tree.Hashes).Run();
            }

            to.Commit.Run();

            // Payload, entry and tree; views touch more, and the estimate only decides when to tidy up.
            pagesSinceCheckpoint += 3 + ((tree.Size - before.Size) / 8);
            Size = tree.Size;
        }
        catch (Exception failure)
        {
            tree.CopyFrom(before);
            (lastLeaf, LastEntryAt) = (leafBefore, atBefore);
            RollBack(to);
            if (failure is SqliteFault or SqliteException)
            {
                mustReopen = true;
                throw WriteFailure(failure, settings.Path);
            }

            throw;
        }
    }

    private void WriteOne(Writer to, PendingAppend item)
    {
        if (item.SameTransaction is not { } callback)
        {
            item.Stored = AddEntries(to, item.Drafts);
            return;
        }

        beforeItem.CopyFrom(tree);
        var (leafBefore, atBefore) = (lastLeaf, LastEntryAt);
        to.Savepoint.Run();
        try
        {
            item.Stored = AddEntries(to, item.Drafts);
            callback(to.Connection, item.Stored);
        }
        catch (Exception failure) when (!IsTheMediums(to, failure))
        {
            to.RollBackToSavepoint.Run();
            tree.CopyFrom(beforeItem);
            (lastLeaf, LastEntryAt) = (leafBefore, atBefore);
            item.Failure = ExceptionDispatchInfo.Capture(failure);
        }

        to.ReleaseSavepoint.Run();
    }

    private ImmutableArray<StoredEntry> AddEntries(Writer to, Draft[] drafts)
    {
        var stored = ImmutableArray.CreateBuilder<StoredEntry>(drafts.Length);
        foreach (var draft in drafts)
        {
            stored.Add(draft.From is { } from && Known(to, from) is { } known ? known : Add(to, draft));
        }

        return stored.MoveToImmutable();
    }

    private StoredEntry Add(Writer to, Draft draft)
    {
        var n = tree.Size;
        var salt = NextSalt();
        var sinceBoot = (long)settings.Time.GetElapsedTime(openedAt).TotalMilliseconds;
        var commitment = PayloadCommitment.Of(salt, draft.Payload);
        var envelope = new Envelope(n, lastLeaf, draft.Source, draft.Kind, draft.At, Boot, sinceBoot, commitment).ToBytes();
        var leaf = TreeHash.Leaf(envelope);

        to.AddEntry.Bind(1, n).Bind(2, envelope).Bind(3, leaf).Run();
        to.AddPayload.Bind(1, n).Bind(2, draft.Payload).Bind(3, salt).Run();
        if (draft.From is { } from)
        {
            to.AddSource.Bind(1, from.Id).Bind(2, from.Number).Bind(3, n).Run();
        }

        tree.Add(leaf);
        (lastLeaf, LastEntryAt) = (leaf, draft.At.ToUniversalTime());
        return new(n, draft.Kind, envelope, leaf, draft.Payload, salt);
    }

    // Drawn ahead, because asking the system for 32 bytes costs as much as for two thousand.
    private byte[] NextSalt()
    {
        if (saltsUsed == salts.Length)
        {
            salts = settings.RandomBytes(PayloadCommitment.SaltLength * SaltsAhead);
            saltsUsed = 0;
        }

        var salt = salts.AsSpan(saltsUsed, PayloadCommitment.SaltLength);
        saltsUsed += PayloadCommitment.SaltLength;
        var taken = salt.ToArray();
        salt.Clear();
        return taken;
    }

    private static StoredEntry? Known(Writer to, SourceNumber from)
    {
        if (!to.FindSource.Bind(1, from.Id).Bind(2, from.Number).Step())
        {
            return null;
        }

        var n = to.FindSource.Number(0);
        to.FindSource.Reset();
        if (!to.ReadOne.Bind(1, n).Step())
        {
            throw new EvidenceDamagedException($"Source {from.Id} number {from.Number} is noted as entry {n}, which is not there.");
        }

        var entry = StoredRow(to.ReadOne);
        to.ReadOne.Reset();
        return entry;
    }

    private void Connect()
    {
        var connection = SqliteConnections.OpenWriter(settings.Path);
        try
        {
            var database = connection.Handle!;
            EvidenceSchema.MakeOrRecognise(database, settings.Path, settings.Origin, settings.Time.GetUtcNow());
            SqliteConnections.GiveRoomToWal(settings.Path);
            tree = EvidenceSchema.ReadTree(database, settings.Path);
            VerifyTail(database);
            Size = tree.Size;
            pagesSinceCheckpoint = 0;
            writer = new(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Disconnect()
    {
        lock (readerGate)
        {
            readRange?.Dispose();
            reader?.Dispose();
            (readRange, reader) = (null, null);
        }

        writer?.Dispose();
        writer = null;
    }

    private void CountBoot()
    {
        var database = writer!.Connection.Handle!;
        Boot = (int)Statement.Number(database, "SELECT coalesce(max(boot), 0) + 1 FROM log_boots");
        using var add = new Statement(database, "INSERT INTO log_boots(boot, opened_at, first_n) VALUES(?, ?, ?)");
        add.Bind(1, Boot).Bind(2, settings.Time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)).Bind(3, Size).Run();
    }

    // Chain, leaves and the parts of the tree that lie within the last entries, all as read back from the file.
    private void VerifyTail(sqlite3 database)
    {
        var last = Statement.Number(database, "SELECT coalesce(max(n), -1) FROM log_entries");
        if (last != tree.Size - 1)
        {
            throw new EvidenceDamagedException($"{settings.Path}: the last entry is {last}, but the tree was kept over {tree.Size} entries.");
        }

        var from = Math.Max(0, tree.Size - TailToVerify);
        var leaves = new List<byte[]>();
        var previous = new byte[TreeHash.Size];
        DateTimeOffset? at = null;
        using var rows = new Statement(database, "SELECT n, envelope, leaf FROM log_entries WHERE n >= ? ORDER BY n");
        rows.Bind(1, Math.Max(0, from - 1));
        while (rows.Step())
        {
            var (n, leaf) = (rows.Number(0), rows.Bytes(2).ToArray());
            var finding = EntryLook.Envelope(n, rows.Bytes(1), leaf, new byte[TreeHash.Size], out var parts, out _);
            if (n >= from || n == 0)
            {
                finding ??= n != from + leaves.Count
                    ? new(from + leaves.Count, CheckSource.Envelope, CheckFault.EntryMissing, $"after {n - 1}")
                    : EntryLook.Chain(n - 1, previous, parts.Previous);
                leaves.Add(leaf);
            }

            if (finding is not null)
            {
                throw new EvidenceDamagedException($"{settings.Path}: entry {finding.N}: {finding.Fault}: {finding.Detail}.");
            }

            (previous, at) = (leaf, parts.At);
        }

        if (TreeLook.FirstDifference(tree, from, leaves) is { } differs)
        {
            throw new EvidenceDamagedException($"{settings.Path}: the tree was kept with another head over the entries {differs.From} to {differs.Until - 1}.");
        }

        (lastLeaf, LastEntryAt) = (previous, at);
    }

    private static StoredEntry StoredRow(Statement row)
    {
        var n = row.Number(0);
        var envelope = row.Bytes(1).ToArray();
        if (!EnvelopeBytes.TryRead(envelope, out var parts))
        {
            throw new EvidenceDamagedException($"Entry {n} is not an envelope.");
        }

        var erased = row.IsNull(3);
        return new(
            n, Encoding.UTF8.GetString(parts.Kind), envelope, row.Bytes(2).ToArray(),
            erased ? null : row.Bytes(3).ToArray(), erased ? null : row.Bytes(4).ToArray());
    }

    // SQLite gives up a whole transaction by itself when the medium fails; an error that leaves it standing is the callback's own.
    private static bool IsTheMediums(Writer to, Exception failure) =>
        raw.sqlite3_get_autocommit(to.Connection.Handle) != 0
        || (CodeOf(failure) is { } code && (code & 0xFF) is raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_READONLY);

    private static int? CodeOf(Exception failure) => failure switch
    {
        SqliteFault fault => fault.Code,
        SqliteException fault => fault.SqliteExtendedErrorCode,
        _ => null,
    };

    private static void RollBack(Writer to)
    {
        try
        {
            // A write that fails on a full disk is undone by SQLite itself; then there is no transaction left to end.
            if (raw.sqlite3_get_autocommit(to.Connection.Handle) == 0)
            {
                to.Rollback.Run();
            }
        }
        catch (SqliteFault already)
        {
            // SQLite has rolled back by itself, or cannot; either way nothing is written before the log has been opened anew.
            Debug.WriteLine(already.Message);
        }
    }

    private static EvidenceWriteException WriteFailure(Exception failure, string path)
    {
        var cause = (CodeOf(failure) & 0xFF) switch
        {
            raw.SQLITE_FULL => EvidenceWriteCause.DiskFull,
            raw.SQLITE_IOERR => EvidenceWriteCause.InputOutput,
            raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN => EvidenceWriteCause.ReadOnly,
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => EvidenceWriteCause.Busy,
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => EvidenceWriteCause.Damaged,
            _ => EvidenceWriteCause.Other,
        };
        return new(cause, $"{path}: {failure.Message}", failure);
    }

    private static void ThrowIfUnfitSource(string source)
    {
        if (!Envelope.IsSource(source))
        {
            throw new ArgumentException($"Source \"{source}\": 1 to 200 characters, no control, quote or backslash.", nameof(source));
        }
    }

    private static void ThrowIfUnfitOrigin(string origin)
    {
        if (!Envelope.IsSource(origin) || origin.Contains(' ', StringComparison.Ordinal) || origin.Contains('+', StringComparison.Ordinal))
        {
            throw new ArgumentException($"Origin \"{origin}\": a name such as roomguard.example/site-1/entry, no space, no plus sign.", nameof(origin));
        }
    }

    /// <summary>An entry with everything decided that does not depend on its number.</summary>
    internal sealed record Draft(string Kind, DateTimeOffset At, byte[] Payload, string Source, SourceNumber? From);

    /// <summary>One caller's entries on their way, and what became of them.</summary>
    internal sealed class PendingAppend(
        Draft[] drafts, Action<SqliteConnection, ImmutableArray<StoredEntry>>? sameTransaction)
    {
        internal Draft[] Drafts { get; } = drafts;

        internal Action<SqliteConnection, ImmutableArray<StoredEntry>>? SameTransaction { get; } = sameTransaction;

        internal ImmutableArray<StoredEntry> Stored { get; set; } = [];

        internal ExceptionDispatchInfo? Failure { get; set; }

        internal ImmutableArray<StoredEntry> Outcome()
        {
            Failure?.Throw();
            return Stored;
        }
    }

    /// <summary>The writing connection with its statements.</summary>
    private sealed class Writer(SqliteConnection connection) : IDisposable
    {
        internal SqliteConnection Connection { get; } = connection;

        internal Statement Begin { get; } = new(connection.Handle!, "BEGIN IMMEDIATE");

        internal Statement Commit { get; } = new(connection.Handle!, "COMMIT");

        internal Statement Rollback { get; } = new(connection.Handle!, "ROLLBACK");

        internal Statement Savepoint { get; } = new(connection.Handle!, "SAVEPOINT one_append");

        internal Statement RollBackToSavepoint { get; } = new(connection.Handle!, "ROLLBACK TO one_append");

        internal Statement ReleaseSavepoint { get; } = new(connection.Handle!, "RELEASE one_append");

        internal Statement AddEntry { get; } = new(connection.Handle!, "INSERT INTO log_entries(n, envelope, leaf) VALUES(?, ?, ?)");

        internal Statement AddPayload { get; } = new(connection.Handle!, "INSERT INTO log_payloads(n, payload, salt) VALUES(?, ?, ?)");

        internal Statement AddSource { get; } = new(connection.Handle!, "INSERT INTO log_sources(source, number, n) VALUES(?, ?, ?)");

        internal Statement FindSource { get; } = new(connection.Handle!, "SELECT n FROM log_sources WHERE source = ? AND number = ?");

        internal Statement ReadOne { get; } = new(connection.Handle!, $"{EntryColumns} WHERE e.n = ?");

        internal Statement KeepTree { get; } = new(connection.Handle!, "UPDATE log_tree SET size = ?, hashes = ?");

        internal Statement Checkpoint { get; } = new(connection.Handle!, "PRAGMA wal_checkpoint(PASSIVE)");

        public void Dispose()
        {
            foreach (var statement in new[]
            {
                Begin, Commit, Rollback, Savepoint, RollBackToSavepoint, ReleaseSavepoint, AddEntry, AddPayload, AddSource, FindSource, ReadOne,
                KeepTree, Checkpoint,
            })
            {
                statement.Dispose();
            }

            Connection.Dispose();
        }
    }
}
