using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using RoomGuard.Evidence.Check;
using RoomGuard.Evidence.Merkle;
using RoomGuard.Evidence.Store;
using SQLitePCL;

namespace RoomGuard.Evidence;

/// <summary>What a check looks at beyond what it always does.</summary>
public sealed record CheckSettings
{
    /// <summary>Told now and then how many entries have been looked at, and how many there are. Called on one thread.</summary>
    public Action<long, long>? Progress { get; init; }

    /// <summary>Threads that hash; 0 for as many as the machine has.</summary>
    public int Threads { get; init; }
}

/// <summary>
/// R-LOG-02: looks at every entry of a log and names the first that is bad and what disagrees: form, number, chain, leaf hash, tree, commitment,
/// missing payloads, order within a boot. Reads only; a live log may be checked beside its writer, and is seen as it was at one moment.
/// </summary>
public static class EvidenceCheck
{
    /// <summary>Findings kept; a log with more is not looked into one by one.</summary>
    public const int MostFindings = 100;

    private const int BatchLength = 2048;

    // So much may lie between reading and hashing: a few megabytes, and enough that neither waits.
    private const int BatchesAhead = 8;

    /// <summary>Checks the whole log in <paramref name="path"/>.</summary>
    /// <exception cref="IOException">The file cannot be read at all.</exception>
    /// <exception cref="EvidenceDamagedException">The file is no log, or of a version this program does not know.</exception>
    public static CheckReport Run(string path, CheckSettings? settings = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        settings ??= new();
        try
        {
            using var log = ReadOnlyLog.Open(path);

            // One read transaction, so that a live log is seen as it was at one moment.
            Statement.Run(log.Database, "BEGIN");
            return Run(log.Database, path, settings, stop);
        }
        catch (SqliteFault fault) when ((fault.Code & 0xFF) is raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT)
        {
            throw new EvidenceDamagedException($"{path}: {fault.Message}", fault);
        }
        catch (Exception fault) when (fault is SqliteFault or SqliteException)
        {
            throw new IOException($"{path}: {fault.Message}", fault);
        }
    }

    /// <summary>The logs in a folder, by name: databases that say in their header that they are one. Looks into no folder below.</summary>
    public static ImmutableArray<string> LogsIn(string folder) =>
        [.. Directory.EnumerateFiles(folder).Where(ReadOnlyLog.IsLog).Order(StringComparer.Ordinal)];

    private static CheckReport Run(sqlite3 database, string path, CheckSettings settings, CancellationToken stop)
    {
        var origin = EvidenceSchema.Recognise(database, path);
        var kept = EvidenceSchema.ReadTree(database, path);
        var findings = new Findings();
        var boots = ReadBoots(database);
        var walk = new Walk(kept.Size, boots, findings, settings.Progress);
        var threads = settings.Threads > 0 ? settings.Threads : Environment.ProcessorCount;

        // Batches are hashed side by side and taken in their order; only what links one entry to the next waits for its turn.
        var ahead = new Queue<Task<Batch>>();
        foreach (var batch in ReadBatches(database, findings))
        {
            ahead.Enqueue(threads == 1 ? Task.FromResult(LookAt(batch)) : Task.Run(() => LookAt(batch), stop));
            if (ahead.Count >= Math.Max(BatchesAhead, threads))
            {
                walk.Take(ahead.Dequeue().GetAwaiter().GetResult());
            }

            stop.ThrowIfCancellationRequested();
        }

        while (ahead.TryDequeue(out var batch))
        {
            walk.Take(batch.GetAwaiter().GetResult());
        }

        CompareTree(kept, walk, findings);
        FindStrays(database, walk, findings);
        return walk.Report(path, origin);
    }

    private static HashSet<long> ReadBoots(sqlite3 database)
    {
        var boots = new HashSet<long>();
        using var rows = new Statement(database, "SELECT boot FROM log_boots");
        while (rows.Step())
        {
            boots.Add(rows.Number(0));
        }

        return boots;
    }

    private static IEnumerable<Batch> ReadBatches(sqlite3 database, Findings findings)
    {
        using var rows = new Statement(
            database, "SELECT e.n, e.envelope, e.leaf, p.payload, p.salt FROM log_entries e LEFT JOIN log_payloads p ON p.n = e.n ORDER BY e.n");
        var batch = new Batch();
        var last = -1L;
        while (true)
        {
            try
            {
                if (!rows.Step())
                {
                    break;
                }
            }
            catch (SqliteFault fault) when ((fault.Code & 0xFF) is raw.SQLITE_CORRUPT or raw.SQLITE_IOERR)
            {
                findings.Add(new(last + 1, CheckSource.File, CheckFault.Unreadable, fault.Message));
                break;
            }

            last = rows.Number(0);
            batch.Rows.Add(new(
                last, rows.Bytes(1).ToArray(), rows.Bytes(2).ToArray(),
                rows.IsNull(3) ? null : rows.Bytes(3).ToArray(), rows.IsNull(3) ? null : rows.Bytes(4).ToArray()));
            if (batch.Rows.Count == BatchLength)
            {
                yield return batch;
                batch = new();
            }
        }

        yield return batch;
    }

    // What can be said of entries by themselves.
    private static Batch LookAt(Batch batch)
    {
        foreach (var row in batch.Rows)
        {
            var leaf = new byte[TreeHash.Size];
            var finding = EntryLook.Envelope(row.N, row.Envelope, row.Leaf, leaf, out var parts, out var readable);
            if (finding is not null)
            {
                batch.Findings.Add(finding);
            }

            var seen = new Seen(readable, leaf, null, 0, 0, default);
            if (readable)
            {
                seen = new(true, leaf, parts.Previous.ToArray(), parts.Boot, parts.SinceBoot, parts.At);
                if (row.Payload is not null && EntryLook.Payload(row.N, parts.Commitment, row.Payload, row.Salt) is { } unfit)
                {
                    batch.Findings.Add(unfit);
                }
            }

            if (row.Payload is null)
            {
                batch.Findings.Add(new(row.N, CheckSource.Payload, CheckFault.PayloadMissing, "nothing in the log declares it erased"));
            }

            batch.Seen.Add(seen);
        }

        return batch;
    }

    private static void CompareTree(MerkleStack kept, Walk walk, Findings findings)
    {
        if (walk.Size != kept.Size)
        {
            findings.Add(new(
                Math.Min(walk.Size, kept.Size), CheckSource.Tree, CheckFault.TreeSizeDiffers,
                string.Create(CultureInfo.InvariantCulture, $"the tree was kept over {kept.Size} entries, there are {walk.Size}")));
            return;
        }

        var start = 0L;
        for (var place = 0; place < kept.Hashes.Length / TreeHash.Size; place++)
        {
            var size = 1L << (63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)(kept.Size - start)));
            var mine = walk.Hashes.Slice(place * TreeHash.Size, TreeHash.Size);
            var theirs = kept.Hashes.Slice(place * TreeHash.Size, TreeHash.Size);
            if (!mine.SequenceEqual(theirs))
            {
                findings.Add(new(
                    size == 1 ? start : null, CheckSource.Tree, CheckFault.TreeDiffers,
                    string.Create(CultureInfo.InvariantCulture, $"entries {start} to {start + size - 1}: kept {EntryLook.Hex(theirs)}, the envelopes give {EntryLook.Hex(mine)}")));
                return;
            }

            start += size;
        }
    }

    private static void FindStrays(sqlite3 database, Walk walk, Findings findings)
    {
        Stray("SELECT p.n FROM log_payloads p WHERE NOT EXISTS (SELECT 1 FROM log_entries e WHERE e.n = p.n) ORDER BY p.n LIMIT 100", CheckSource.Payload, CheckFault.PayloadWithoutEntry);
        Stray("SELECT s.n FROM log_sources s WHERE NOT EXISTS (SELECT 1 FROM log_entries e WHERE e.n = s.n) ORDER BY s.n LIMIT 100", CheckSource.SourceNumber, CheckFault.SourceNumberWithoutEntry);

        void Stray(string sql, CheckSource source, CheckFault fault)
        {
            try
            {
                using var rows = new Statement(database, sql);
                while (rows.Step())
                {
                    findings.Add(new(rows.Number(0), source, fault, string.Create(CultureInfo.InvariantCulture, $"the log has {walk.Size} entries")));
                }
            }
            catch (SqliteFault damage) when ((damage.Code & 0xFF) is raw.SQLITE_CORRUPT or raw.SQLITE_IOERR)
            {
                findings.Add(new(null, CheckSource.File, CheckFault.Unreadable, damage.Message));
            }
        }
    }

    private sealed record Row(long N, byte[] Envelope, byte[] Leaf, byte[]? Payload, byte[]? Salt);

    /// <summary>What the next entry has to be held against.</summary>
    private sealed record Seen(bool Readable, byte[] Leaf, byte[]? Previous, int Boot, long SinceBoot, DateTimeOffset At);

    private sealed class Batch
    {
        internal List<Row> Rows { get; } = new(BatchLength);

        internal List<Seen> Seen { get; } = new(BatchLength);

        internal List<CheckFinding> Findings { get; } = [];
    }

    /// <summary>The lowest entries' findings, and those about the tree, which are few.</summary>
    private sealed class Findings
    {
        private readonly List<CheckFinding> tree = [];
        private List<CheckFinding> entries = [];

        internal long Count { get; private set; }

        internal void Add(CheckFinding finding)
        {
            Count++;
            (finding.Source is CheckSource.Tree ? tree : entries).Add(finding);
            if (entries.Count > 100 * MostFindings)
            {
                entries = Lowest(entries, MostFindings);
            }
        }

        internal ImmutableArray<CheckFinding> InOrder() => [.. Lowest([.. Lowest(entries, MostFindings - tree.Count), .. tree], MostFindings)];

        private static List<CheckFinding> Lowest(List<CheckFinding> of, int most) => [.. of.OrderBy(finding => finding.N ?? long.MaxValue).Take(most)];
    }

    /// <summary>Entry after entry: numbers, chain, boots, tree.</summary>
    private sealed class Walk(long expected, HashSet<long> boots, Findings findings, Action<long, long>? progress)
    {
        private readonly MerkleStack tree = new();
        private readonly HashSet<int> bootsSeen = [];
        private byte[] leaf = new byte[TreeHash.Size];
        private Seen? before;
        private long next;
        private long payloads;
        private long stepsBack;
        private DateTimeOffset? firstAt;
        private DateTimeOffset? lastAt;

        internal long Size => tree.Size;

        internal ReadOnlySpan<byte> Hashes => tree.Hashes;

        internal void Take(Batch batch)
        {
            batch.Findings.ForEach(findings.Add);
            for (var i = 0; i < batch.Rows.Count; i++)
            {
                Take(batch.Rows[i], batch.Seen[i]);
            }

            progress?.Invoke(tree.Size, expected);
        }

        internal CheckReport Report(string path, string origin) => new(
            path, origin, tree.Size, tree.Head(), payloads, bootsSeen.Count, stepsBack, firstAt, lastAt, findings.InOrder(), findings.Count);

        private void Take(Row row, Seen seen)
        {
            if (row.N != next)
            {
                findings.Add(new(next, CheckSource.Envelope, CheckFault.EntryMissing, string.Create(CultureInfo.InvariantCulture, $"the next one there is {row.N}")));
            }
            else if (seen.Previous is { } named && EntryLook.Chain(row.N - 1, leaf, named) is { } broken)
            {
                findings.Add(broken with { N = Math.Max(0, broken.N!.Value) });
            }

            if (seen.Readable)
            {
                LookAtBoot(row.N, seen);
                firstAt ??= seen.At;
                stepsBack += seen.At < lastAt ? 1 : 0;
                lastAt = seen.At;
                before = seen;
            }

            tree.Add(seen.Leaf);
            leaf = seen.Leaf;
            payloads += row.Payload is null ? 0 : 1;
            next = row.N + 1;
        }

        private void LookAtBoot(long n, Seen seen)
        {
            if (bootsSeen.Add(seen.Boot) && !boots.Contains(seen.Boot))
            {
                findings.Add(new(n, CheckSource.Boot, CheckFault.BootUnknown, string.Create(CultureInfo.InvariantCulture, $"boot {seen.Boot}")));
            }

            if (before is null || seen.Boot > before.Boot)
            {
                return;
            }

            if (seen.Boot < before.Boot)
            {
                findings.Add(new(n, CheckSource.Boot, CheckFault.BootWentBack, string.Create(CultureInfo.InvariantCulture, $"boot {seen.Boot} after {before.Boot}")));
            }
            else if (seen.SinceBoot < before.SinceBoot)
            {
                findings.Add(new(n, CheckSource.Boot, CheckFault.SinceBootWentBack, string.Create(CultureInfo.InvariantCulture, $"{seen.SinceBoot} ms after {before.SinceBoot} ms in boot {seen.Boot}")));
            }
        }
    }
}
