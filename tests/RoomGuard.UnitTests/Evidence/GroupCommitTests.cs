using System.Text;
using Dapper;
using RoomGuard.Evidence;
using Xunit;

namespace RoomGuard.UnitTests.Evidence;

public sealed class GroupCommitTests : IDisposable
{
    private readonly ALog place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task Many_writers_each_get_the_number_of_their_own_entry_and_keep_their_own_order()
    {
        const int Writers = 256;
        const int Each = 20;
        var groups = 0;
        using var log = place.Open();
        await using (var group = new GroupCommit(log) { GroupWritten = (_, _) => groups++ })
        {
            var stored = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
            {
                var mine = new List<StoredEntry>();
                for (var number = 0; number < Each; number++)
                {
                    mine.AddRange(await group.AppendAsync([ALog.Entry(number, new($"panel-{writer}", number))], CancellationToken.None));
                }

                return mine;
            })));

            foreach (var (writer, mine) in stored.Index())
            {
                Assert.Equal(mine.Select(entry => entry.N).Order(), mine.Select(entry => entry.N));
                Assert.All(mine.Index(), entry => Assert.Contains($"S-{entry.Index}\"", Encoding.UTF8.GetString(entry.Item.Payload!), StringComparison.Ordinal));
                Assert.All(mine, entry => Assert.Equal(entry.Leaf, log.Read(entry.N, 1)[0].Leaf));
            }

            Assert.Equal(Enumerable.Range(0, Writers * Each).Select(n => (long)n), stored.SelectMany(mine => mine).Select(entry => entry.N).Order());
        }

        Assert.InRange(groups, 1, Writers * Each / 2);
        Assert.True(EvidenceCheck.Run(place.File) is { Whole: true, Entries: Writers * Each });
    }

    [Fact]
    public async Task One_writers_failure_is_its_own()
    {
        place.Open().Dispose();
        place.Tamper("CREATE TABLE doors(n INTEGER)");
        using var log = place.Open();
        await using var group = new GroupCommit(log);
        var appends = Enumerable.Range(0, 60).Select(number => group.AppendAsync([ALog.Entry(number)], CancellationToken.None, (connection, stored) =>
        {
            connection.Execute("INSERT INTO doors VALUES(@N)", stored);
            if (number % 5 == 0)
            {
                throw new InvalidOperationException($"view {number}");
            }
        })).ToList();
        await Assert.ThrowsAsync<ArgumentException>(() => group.AppendAsync([ALog.Entry(1) with { Kind = "Not A Kind" }], CancellationToken.None));

        var good = new List<long>();
        foreach (var (number, append) in appends.Index())
        {
            if (number % 5 == 0)
            {
                Assert.Equal($"view {number}", (await Assert.ThrowsAsync<InvalidOperationException>(() => append)).Message);
            }
            else
            {
                good.Add((await append)[0].N);
            }
        }

        Assert.Equal(Enumerable.Range(0, 48).Select(n => (long)n), good);
        using var reader = log.OpenReader();
        Assert.Equal(good, reader.Query<long>("SELECT n FROM doors ORDER BY n"));
        Assert.True(EvidenceCheck.Run(place.File) is { Whole: true, Entries: 48 });
    }

    [Fact]
    public async Task A_cancelled_append_that_still_waits_is_not_written()
    {
        using var log = place.Open();
        using var held = new ManualResetEventSlim();
        using var stop = new CancellationTokenSource();
        await using var group = new GroupCommit(log, queueLength: 1);
        var first = group.AppendAsync([ALog.Entry(0)], CancellationToken.None, (_, _) => held.Wait());
        while (group.Waits > 0)
        {
            await Task.Yield();
        }

        var queued = group.AppendAsync([ALog.Entry(1)], stop.Token);
        var outside = group.AppendAsync([ALog.Entry(2)], stop.Token);
        Assert.False(outside.IsCompleted);
        await stop.CancelAsync();
        held.Set();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => outside);
        Assert.Equal(0, (await first)[0].N);
        Assert.Equal(1, (await group.AppendAsync([ALog.Entry(3)], CancellationToken.None))[0].N);
    }

    [Fact]
    public async Task After_a_failed_group_the_next_one_is_written_again()
    {
        using var log = place.Open();
        await using var group = new GroupCommit(log);
        var full = await Assert.ThrowsAsync<EvidenceWriteException>(() => group.AppendAsync([ALog.Entry(0)], CancellationToken.None, (connection, _) =>
        {
            var pages = connection.ExecuteScalar<long>("PRAGMA page_count");
            connection.Execute($"PRAGMA max_page_count = {pages}");
            connection.Execute("CREATE TABLE big(x)");
        }));

        Assert.Equal(EvidenceWriteCause.DiskFull, full.Cause);
        Assert.Equal(0, (await group.AppendAsync([ALog.Entry(0)], CancellationToken.None))[0].N);
    }

    [Fact]
    public async Task What_waits_at_the_end_is_still_written_and_later_appends_are_refused()
    {
        using var log = place.Open();
        var group = new GroupCommit(log);
        var appends = Enumerable.Range(0, 100).Select(number => group.AppendAsync([ALog.Entry(number)], CancellationToken.None)).ToList();
        await group.DisposeAsync();

        Assert.Equal(Enumerable.Range(0, 100).Select(n => (long)n), (await Task.WhenAll(appends)).Select(stored => stored[0].N));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => group.AppendAsync([ALog.Entry(0)], CancellationToken.None));
    }
}
