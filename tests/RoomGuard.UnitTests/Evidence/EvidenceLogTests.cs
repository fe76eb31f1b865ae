using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Dapper;
using Microsoft.Win32.SafeHandles;
using RoomGuard.Evidence;
using RoomGuard.Evidence.Merkle;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Evidence;

public sealed class EvidenceLogTests : IDisposable
{
    private readonly ALog place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    [Requirement("R-LOG-01")]
    public void Entries_are_numbered_from_zero_and_each_names_the_leaf_before_it()
    {
        using var log = place.Open();
        var stored = log.Append([ALog.Entry(0), ALog.Entry(1)]).AddRange(log.Append([ALog.Entry(2)]));

        Assert.Equal([0L, 1L, 2L], stored.Select(entry => entry.N));
        var previous = new byte[32];
        foreach (var entry in stored)
        {
            Assert.True(Envelope.TryRead(entry.Envelope, out var envelope));
            Assert.Equal(entry.N, envelope!.N);
            Assert.Equal(previous, envelope.Previous.ToArray());
            Assert.Equal(TreeHash.Leaf(entry.Envelope), entry.Leaf);
            Assert.Equal(PayloadCommitment.Of(entry.Salt, entry.Payload), envelope.Commitment.ToArray());
            previous = entry.Leaf;
        }

        Assert.Equal(previous, log.LastLeaf.ToArray());
        Assert.Equal(3, log.Size);
    }

    [Fact]
    public void What_was_appended_is_read_back_byte_for_byte()
    {
        using var log = place.Open();
        var stored = log.Append([ALog.Entry(0), ALog.Entry(1), ALog.Entry(2)]);

        Assert.Equivalent(stored.Skip(1), log.Read(1, 10), strict: true);
        Assert.Equivalent(stored.Take(2), log.Read(0, 2), strict: true);
        Assert.Empty(log.Read(3, 10));
    }

    [Fact]
    public void A_log_opened_again_goes_on_where_it_ended_with_the_next_boot()
    {
        byte[] head;
        using (var first = place.Open())
        {
            place.Time.Advance(TimeSpan.FromSeconds(90));
            first.Append([ALog.Entry(0), ALog.Entry(1), ALog.Entry(2)]);
            head = first.Head();
            Assert.Equal(1, first.Boot);
        }

        using var second = place.Open();
        Assert.Equal(2, second.Boot);
        Assert.Equal(3, second.Size);
        Assert.Equal(head, second.Head());
        Assert.Equal(ALog.Nine.AddSeconds(2), second.LastEntryAt);

        place.Time.Advance(TimeSpan.FromMilliseconds(1234));
        var next = second.Append([ALog.Entry(3)])[0];
        Assert.True(Envelope.TryRead(next.Envelope, out var envelope));
        Assert.Equal((2, 1234L), (envelope!.Boot, envelope.SinceBoot));
        Assert.Equal(3, envelope.N);
    }

    [Fact]
    [Requirement("R-TIME-04")]
    public void A_clock_set_back_changes_neither_order_nor_time_since_boot()
    {
        using var log = place.Open();
        place.Time.Advance(TimeSpan.FromSeconds(10));
        var before = log.Append([ALog.Entry(0) with { At = place.Time.GetUtcNow() }])[0];
        place.Time.StepWall(TimeSpan.FromHours(-1));
        place.Time.Advance(TimeSpan.FromSeconds(1));
        var after = log.Append([ALog.Entry(1) with { At = place.Time.GetUtcNow() }])[0];

        Assert.True(Envelope.TryRead(before.Envelope, out var first));
        Assert.True(Envelope.TryRead(after.Envelope, out var second));
        Assert.True(second!.At < first!.At);
        Assert.True(second.N > first.N);
        Assert.Equal((10_000L, 11_000L), (first.SinceBoot, second.SinceBoot));
        Assert.True(EvidenceCheck.Run(place.File) is { Whole: true, ClockStepsBack: 1 });
    }

    [Fact]
    [Requirement("R-RED-02")]
    public void The_same_source_number_twice_gives_one_entry()
    {
        using var log = place.Open();
        var first = log.Append([ALog.Entry(0, new("bridge-1", 41)), ALog.Entry(1, new("bridge-1", 42))]);
        var again = log.Append([ALog.Entry(1, new("bridge-1", 42)), ALog.Entry(2, new("bridge-1", 43)), ALog.Entry(2, new("bridge-1", 43))]);

        Assert.Equal([1L, 2L, 2L], again.Select(entry => entry.N));
        Assert.Equivalent(first[1], again[0], strict: true);
        Assert.Equal(3, log.Size);
        Assert.Equal(3, log.Append([ALog.Entry(0, new("bridge-2", 42))])[0].N);
    }

    [Fact]
    public void An_entry_that_cannot_be_written_stops_its_whole_append()
    {
        using var log = place.Open();
        foreach (var wrong in new[]
        {
            ALog.Entry(1) with { Kind = "Door Granted" },
            ALog.Entry(1) with { Source = "room\n1" },
            ALog.Entry(1) with { Payload = "{\"celsius\":21.5}"u8.ToArray() },
            ALog.Entry(1) with { Payload = "{\"a\":1,\"a\":2}"u8.ToArray() },
            ALog.Entry(1) with { Payload = "not json"u8.ToArray() },
            ALog.Entry(1) with { Payload = Encoding.UTF8.GetBytes($"\"{new string('x', EvidenceLog.LongestPayload)}\"") },
        })
        {
            Assert.Throws<ArgumentException>(() => log.Append([ALog.Entry(0), wrong]));
        }

        Assert.Equal(0, log.Size);
        Assert.Equal(0, log.Append([ALog.Entry(0)])[0].N);
    }

    [Fact]
    public void A_view_is_written_with_its_entries_or_neither_is()
    {
        place.Open().Dispose();
        place.Tamper("CREATE TABLE doors(n INTEGER)");
        using var log = place.Open();
        var first = log.Append([ALog.Entry(0)], (connection, stored) =>
            connection.Execute("INSERT INTO doors VALUES(@N)", stored));
        Assert.Throws<InvalidOperationException>(() => log.Append([ALog.Entry(1)], (connection, stored) =>
        {
            connection.Execute("INSERT INTO doors VALUES(@N)", stored);
            throw new InvalidOperationException("a view that cannot be made");
        }));
        var next = log.Append([ALog.Entry(1)], (connection, stored) =>
            connection.Execute("INSERT INTO doors VALUES(@N)", stored));

        using var reader = log.OpenReader();
        Assert.Equal([0L, 1L], reader.Query<long>("SELECT n FROM doors ORDER BY n"));
        Assert.Equal((0L, 1L), (first[0].N, next[0].N));
        Assert.True(EvidenceCheck.Run(place.File).Whole);
    }

    [Fact]
    public void A_second_writer_is_refused_and_told_who_has_the_log()
    {
        using var log = place.Open();
        var refused = Assert.Throws<EvidenceInUseException>(place.Open);

        Assert.Contains(place.File, refused.Message, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
        log.Append([ALog.Entry(0)]);
    }

    [Fact]
    public void A_log_that_was_closed_is_free_though_a_program_being_started_still_shares_its_lock_file()
    {
        // Between fork and exec a child has every open file of its parent, and a lock goes with the file.
        int shared;
        using (var log = place.Open())
        {
            var held = Directory.EnumerateFiles("/proc/self/fd").First(fd => new FileInfo(fd).LinkTarget == $"{place.File}.lock");
            shared = Dup(int.Parse(Path.GetFileName(held), CultureInfo.InvariantCulture));
            Assert.True(shared > 0);
        }

        using (new SafeFileHandle(shared, ownsHandle: true))
        {
            using var again = place.Open();
            _ = again.Append([ALog.Entry(0)]);
        }
    }

    [Fact]
    public void A_log_of_another_origin_is_refused()
    {
        place.With(3);
        var other = place.Settings with { Origin = "roomguard.example/site-2/entry" };

        Assert.Contains("site-1", Assert.Throws<EvidenceDamagedException>(() => EvidenceLog.Open(other)).Message, StringComparison.Ordinal);
    }

    [DllImport("libc", EntryPoint = "dup", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Dup(int file);
}
