using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using RoomGuard.Evidence;
using SQLitePCL;

namespace RoomGuard.Benchmarks.Evidence;

/// <summary>(c) Durable entries per second at 1, 16 and 256 writers, beside what SQLite and the disk do without us, all in one interleaved run.</summary>
public static class DurableEntries
{
    private const int Rounds = 12;
    private const string FloorName = "write + fdatasync, file lengthened";
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(250);

    private static readonly byte[] Payload =
        """{"card":"a41c9f0be2d77c35","door":"SRV-1-D1","doorLabel":"サーバ室-北","event":"door.granted","grant":"G-2026-0031","occurredAt":"2026-04-01T00:00:05.000Z","person":"S-0217","purpose":"定期点検","reader":"reader-srv-in","zone":"SRV-1"}"""u8.ToArray();

    // What one of our entries is made of (evidence-log.md, sizes): envelope, leaf, payload, salt.
    private static readonly byte[] SameBytes = new byte[210 + 32 + Payload.Length + 32];

    /// <summary>Measures on the medium that holds <paramref name="folder"/>.</summary>
    public static BenchTable Run(string folder)
    {
        var place = Directory.CreateDirectory(Path.Combine(folder, $"durable-entries-{Environment.ProcessId}"));
        try
        {
            RandomNumberGenerator.Fill(SameBytes);
            var contenders = new List<Contender>
            {
                Floor(place.FullName, FloorName, 0),
                Floor(place.FullName, "write + fdatasync, room prepared", 64 * 1024 * 1024),
                PlainSqlite(place.FullName),
                OwnLog(place.FullName),
            };
            contenders.AddRange(new[] { 1, 16, 256 }.Select(writers => Grouped(place.FullName, writers)));
            contenders.AddRange(new[] { 16, 256 }.Select(writers => FloorShared(place.FullName, writers)));
            contenders.AddRange(new[] { 16, 256 }.Select(writers => PlainSqliteShared(place.FullName, writers)));
            Measure(contenders);

            var floor = Percentile(contenders[0].Latencies, 0.5);
            var rows = contenders.Select(contender => (IReadOnlyList<object>)
            [
                contender.Name,
                (long)contender.Writers,
                contender.Latencies.Count / contender.Took.TotalSeconds,
                Percentile(contender.Latencies, 0.5),
                Percentile(contender.Latencies, 0.99),
                Percentile(contender.Latencies, 0.5) / floor,
            ]).ToList();
            return new(
                "(c) Durable entries",
                ["what", "writers", "entries/s", "p50 us", "p99 us", "p50 / fdatasync"],
                rows,
                $"{Rounds} rounds of {Turn.TotalMilliseconds:0} ms each, in turn, so that all met the same neighbours. An entry is {SameBytes.Length} bytes of content. p50 of one caller, from asking to durable.");
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    private static void Measure(List<Contender> contenders)
    {
        foreach (var contender in contenders)
        {
            contender.Turn(TimeSpan.FromMilliseconds(100));
            contender.Latencies.Clear();
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var contender in contenders)
            {
                var begun = Stopwatch.GetTimestamp();
                contender.Turn(Turn);
                contender.Took += Stopwatch.GetElapsedTime(begun);
            }
        }

        contenders.ForEach(contender => contender.End());
    }

    private static Contender Floor(string folder, string name, int room)
    {
        var file = OpenFloor(folder, room);
        var at = 0L;
        return new(name, 1, file.Dispose)
        {
            One = () =>
            {
                RandomAccess.Write(file, SameBytes, at);
                at = room > 0 && at + (2 * SameBytes.Length) > room ? 0 : at + SameBytes.Length;
                Sync(file);
            },
        };
    }

    private static Contender FloorShared(string folder, int writers)
    {
        var file = OpenFloor(folder, 0);
        var at = 0L;
        return new("each writer: write + fdatasync", writers, file.Dispose)
        {
            One = () =>
            {
                RandomAccess.Write(file, SameBytes, Interlocked.Add(ref at, SameBytes.Length));
                Sync(file);
            },
        };
    }

    private static Contender PlainSqlite(string folder)
    {
        var plain = new PlainTable(folder);
        return new("SQLite, one row per transaction", 1, plain.Dispose) { One = plain.Add };
    }

    private static Contender PlainSqliteShared(string folder, int writers)
    {
        var plain = new PlainTable(folder);
        var gate = new Lock();
        return new("SQLite, writers taking turns", writers, plain.Dispose)
        {
            One = () =>
            {
                lock (gate)
                {
                    plain.Add();
                }
            },
        };
    }

    private static Contender OwnLog(string folder)
    {
        var log = OpenLog(folder);
        return new("EvidenceLog.Append", 1, log.Dispose)
        {
            One = () => log.Append([new("door.granted", DateTimeOffset.UtcNow, Payload)]),
            Idle = log.Maintain,
        };
    }

    private static Contender Grouped(string folder, int writers)
    {
        var log = OpenLog(folder);
        var group = new GroupCommit(log);
        return new("GroupCommit.AppendAsync", writers, () =>
        {
            group.DisposeAsync().AsTask().GetAwaiter().GetResult();
            log.Dispose();
        })
        {
            OneAsync = () => group.AppendAsync([new("door.granted", DateTimeOffset.UtcNow, Payload)], CancellationToken.None),
        };
    }

    private static EvidenceLog OpenLog(string folder) => EvidenceLog.Open(new(
        Path.Combine(folder, $"{Path.GetRandomFileName()}.db"), "roomguard.example/bench", "bench/room", RandomNumberGenerator.GetBytes, TimeProvider.System));

    private static SafeFileHandle OpenFloor(string folder, int room)
    {
        var file = File.OpenHandle(Path.Combine(folder, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite);
        var zeros = new byte[1024 * 1024];
        for (var at = 0; at < room; at += zeros.Length)
        {
            RandomAccess.Write(file, zeros, at);
        }

        Sync(file);
        return file;
    }

    private static double Percentile(ConcurrentBag<double> latencies, double part)
    {
        var sorted = latencies.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))];
    }

    private static void Sync(SafeFileHandle file)
    {
        if (Fdatasync(file) != 0)
        {
            throw new IOException($"fdatasync: errno {Marshal.GetLastPInvokeError()}");
        }
    }

    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static extern int Fdatasync(SafeFileHandle file);

    /// <summary>One way to make entries durable.</summary>
    private sealed class Contender(string name, int writers, Action end)
    {
        public string Name { get; } = name;

        public int Writers { get; } = writers;

        public Action? One { get; init; }

        public Func<Task>? OneAsync { get; init; }

        public Action? Idle { get; init; }

        public ConcurrentBag<double> Latencies { get; } = [];

        public TimeSpan Took { get; set; }

        public void End() => end();

        public void Turn(TimeSpan length)
        {
            var until = Stopwatch.GetTimestamp() + (long)(length.TotalSeconds * Stopwatch.Frequency);
            if (OneAsync is { } one)
            {
                Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
                {
                    while (Stopwatch.GetTimestamp() < until)
                    {
                        var begun = Stopwatch.GetTimestamp();
                        await one();
                        Latencies.Add(Stopwatch.GetElapsedTime(begun).TotalMicroseconds);
                    }
                }))).GetAwaiter().GetResult();
                return;
            }

            var threads = Enumerable.Range(0, Writers).Select(_ => new Thread(() =>
            {
                while (Stopwatch.GetTimestamp() < until)
                {
                    var begun = Stopwatch.GetTimestamp();
                    One!();
                    Latencies.Add(Stopwatch.GetElapsedTime(begun).TotalMicroseconds);
                }
            })).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
            Idle?.Invoke();
        }
    }

    /// <summary>The least SQLite can do for a durable row: one table, one prepared statement, the same settings.</summary>
    private sealed class PlainTable : IDisposable
    {
        private readonly sqlite3 database;
        private readonly sqlite3_stmt insert;

        public PlainTable(string folder)
        {
            SqliteNative.Use();
            raw.sqlite3_open(Path.Combine(folder, $"{Path.GetRandomFileName()}.db"), out database);
            raw.sqlite3_exec(database, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE entries(n INTEGER PRIMARY KEY, body BLOB)");
            raw.sqlite3_prepare_v2(database, "INSERT INTO entries(body) VALUES(?)", out insert);
        }

        public void Add()
        {
            raw.sqlite3_bind_blob(insert, 1, SameBytes);
            if (raw.sqlite3_step(insert) != raw.SQLITE_DONE)
            {
                throw new IOException(raw.sqlite3_errmsg(database).utf8_to_string());
            }

            raw.sqlite3_reset(insert);
        }

        public void Dispose()
        {
            insert.Dispose();
            database.Dispose();
        }
    }
}
