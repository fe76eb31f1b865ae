using Dapper;
using RoomGuard.Evidence;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Evidence;

public sealed class EvidenceRecoveryTests : IDisposable
{
    private readonly ALog place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    [Requirement("R-LOG-01")]
    public void A_full_database_refuses_the_append_whole_and_goes_on_after_reopening_with_space()
    {
        using var log = place.Open();
        log.Append([ALog.Entry(0)]);
        var pages = 0L;
        log.Append([ALog.Entry(1)], (connection, _) =>
        {
            pages = connection.ExecuteScalar<long>("PRAGMA page_count");
            connection.Execute($"PRAGMA max_page_count = {pages}");
        });

        var (size, head) = (log.Size, log.Head());
        var full = Assert.Throws<EvidenceWriteException>(() => log.Append([.. Enumerable.Range(2, 200).Select(number => ALog.Entry(number))]));
        Assert.Equal(EvidenceWriteCause.DiskFull, full.Cause);
        Assert.Contains(place.File, full.Message, StringComparison.Ordinal);
        Assert.Equal((size, log.Size), (log.Size, 2));
        Assert.Equal(head, log.Head());
        Assert.Equal(EvidenceWriteCause.NotReopened, Assert.Throws<EvidenceWriteException>(() => log.Append([ALog.Entry(2)])).Cause);

        Assert.Equal(new ReopenedLog(2, 0), log.Reopen());
        var stored = log.Append([.. Enumerable.Range(2, 200).Select(number => ALog.Entry(number))]);
        Assert.Equal(2, stored[0].N);
        Assert.True(EvidenceCheck.Run(place.File) is { Whole: true, Entries: 202, Boots: 1 });
    }

    [Fact]
    public void A_view_that_fills_the_database_fails_like_the_entries_themselves()
    {
        using var log = place.Open();
        log.Append([ALog.Entry(0)]);
        var full = Assert.Throws<EvidenceWriteException>(() => log.Append([ALog.Entry(1)], (connection, _) =>
        {
            var pages = connection.ExecuteScalar<long>("PRAGMA page_count");
            connection.Execute($"PRAGMA max_page_count = {pages}");
            connection.Execute("CREATE TABLE big(x); INSERT INTO big VALUES(zeroblob(1000000))");
        }));

        Assert.Equal(EvidenceWriteCause.DiskFull, full.Cause);
        log.Reopen();
        Assert.Equal(1, log.Append([ALog.Entry(1)])[0].N);
        Assert.True(EvidenceCheck.Run(place.File) is { Whole: true, Entries: 2 });
    }

    /// <summary>Where the machine lets us mount, a real file system runs full; elsewhere the two tests above stand for it.</summary>
    [Fact]
    public async Task A_disk_that_runs_full_under_many_writers_loses_nothing_that_was_acknowledged()
    {
        using var disk = SmallDisk.TryMount(16);
        if (disk is null)
        {
            return;
        }

        using var full = new ALog(folder: Directory.CreateDirectory(Path.Combine(disk.Folder, "log")).FullName);
        using var log = full.Open();
        await using var group = new GroupCommit(log);
        var acknowledged = new List<StoredEntry>(await group.AppendAsync([ALog.Entry(0)], CancellationToken.None));
        disk.Fill();

        // The room kept for the write-ahead log still takes entries; then the disk says no, to everyone.
        var failed = 0;
        for (var number = 1; failed < 5 && number < 20_000; number++)
        {
            try
            {
                acknowledged.AddRange(await group.AppendAsync([.. Enumerable.Range(0, 20).Select(_ => ALog.Entry(number))], CancellationToken.None));
            }
            catch (EvidenceWriteException refused)
            {
                Assert.True(refused.Cause is EvidenceWriteCause.DiskFull or EvidenceWriteCause.InputOutput, refused.Message);
                failed++;
            }
        }

        Assert.Equal(5, failed);
        disk.Free();
        acknowledged.AddRange(await group.AppendAsync([ALog.Entry(1)], CancellationToken.None));

        Assert.Equal(Enumerable.Range(0, acknowledged.Count).Select(n => (long)n), acknowledged.Select(entry => entry.N));
        Assert.True(EvidenceCheck.Run(full.File) is { Whole: true } report && report.Entries == acknowledged.Count);
    }

    [Theory]
    [InlineData(41)]
    [InlineData(42)]
    [InlineData(43)]
    [Requirement("R-LOG-01")]
    public void A_log_cut_off_at_any_byte_of_its_write_ahead_log_opens_with_every_whole_append_and_nothing_else(int seed)
    {
        var chance = new Random(seed);
        var sizes = new List<(long Wal, long Entries)>();
        using (var log = place.Open())
        {
            for (var append = 0; append < 40; append++)
            {
                log.Append([.. Enumerable.Range(0, chance.Next(1, 6)).Select(number => ALog.Entry(number))]);
                sizes.Add((LastFrameEnd(), log.Size));
            }

            for (var round = 0; round < 25; round++)
            {
                // The files as a killed program leaves them, and the write-ahead log torn at a random byte, as a power cut may leave it.
                using var left = new ALog(seed);
                File.Copy(place.File, left.File);
                var wal = File.ReadAllBytes(place.File + "-wal");
                var cut = chance.Next(40_000, (int)sizes[^1].Wal + 100);
                wal.AsSpan(cut).Clear();
                File.WriteAllBytes(left.File + "-wal", wal);

                using var again = left.Open();
                var expected = sizes.LastOrDefault(size => size.Wal <= cut).Entries;
                Assert.Equal(expected, again.Size);
                Assert.Equal(expected, again.Append([ALog.Entry(0)])[0].N);
                Assert.True(EvidenceCheck.Run(left.File).Whole);
            }
        }

        long LastFrameEnd()
        {
            const int HeaderLength = 32;
            const int FrameLength = 24 + 4096;
            var wal = File.ReadAllBytes(place.File + "-wal");
            var end = HeaderLength;
            while (end + FrameLength <= wal.Length && wal.AsSpan(end, 4).IndexOfAnyExcept((byte)0) >= 0)
            {
                end += FrameLength;
            }

            return end;
        }
    }

    [Fact]
    public void Opening_refuses_a_log_whose_end_was_changed_while_it_was_closed()
    {
        place.With(50).Tamper("UPDATE log_entries SET leaf = zeroblob(32) WHERE n = 48");
        var damaged = Assert.Throws<EvidenceDamagedException>(place.Open);

        Assert.Contains("entry 48", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reopening_refuses_a_log_that_has_become_shorter()
    {
        using var log = place.Open();
        log.Append([ALog.Entry(0)]);
        File.Copy(place.File, place.File + ".old");
        File.Copy(place.File + "-wal", place.File + ".old-wal");
        log.Append([ALog.Entry(1)]);
        log.Dispose();
        using var again = place.Open();
        foreach (var side in new[] { "", "-wal" })
        {
            File.Copy(place.File + ".old" + side, place.File + side, overwrite: true);
        }

        File.Delete(place.File + "-shm");
        Assert.Contains("Entries are lost", Assert.Throws<EvidenceDamagedException>(() => again.Reopen()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_read_only_place_is_named_as_such()
    {
        var folder = Path.Combine(place.Folder, "missing", "folder");
        Assert.ThrowsAny<IOException>(() => EvidenceLog.Open(place.Settings with { Path = Path.Combine(folder, "log.db") }));
    }

    [Fact]
    public void After_an_orderly_close_the_database_stands_alone()
    {
        place.With(20);

        Assert.False(File.Exists(place.File + "-wal"));
        Assert.False(File.Exists(place.File + "-shm"));
        Assert.Equal("RGEV"u8.ToArray(), File.ReadAllBytes(place.File)[68..72]);
    }

    [Fact]
    public void Maintaining_moves_what_was_appended_and_keeps_the_room()
    {
        using var log = place.Open();
        var room = new FileInfo(place.File + "-wal").Length;
        var before = new FileInfo(place.File).Length;
        for (var round = 0; round < 500; round++)
        {
            log.Append([ALog.Entry(round)]);
            log.Maintain();
        }

        Assert.Equal(room, new FileInfo(place.File + "-wal").Length);
        Assert.True(new FileInfo(place.File).Length > before);
        Assert.True(EvidenceCheck.Run(place.File) is { Whole: true, Entries: 500 });
    }
}
