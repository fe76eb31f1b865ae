using Microsoft.Data.Sqlite;
using RoomGuard.Core.Power;
using RoomGuard.Core.Readings;
using RoomGuard.Service.Readings;
using RoomGuard.Service.Record;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Service.Readings;

/// <summary>Readings and their roll-ups on the disk.</summary>
public sealed class ReadingsStoreTests : IDisposable
{
    private static readonly DateTimeOffset Monday = new(2026, 5, 11, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");

    private readonly string folder = Directory.CreateTempSubdirectory("roomguard-readings-").FullName;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    private string File => Path.Combine(folder, "readings.db");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Seeds))]
    [Requirement("R-PWR-01")]
    public void Whatever_is_repeated_late_or_split_the_roll_ups_are_what_a_fold_over_each_reading_once_gives(int seed)
    {
        var chance = new Random(seed);
        var samples = Walk(chance, Monday, hours: 30);

        // Each a first time, the voltage sometimes late; a third of them once more, up to an hour afterwards.
        var told = samples.Select(sample => (sample, At: sample.At.AddSeconds(sample.Quantity == UpsQuantity.InputVoltage && chance.Next(20) == 0 ? chance.Next(600) : 0)))
            .Concat(samples.Where(_ => chance.Next(3) == 0).Select(sample => (sample, At: sample.At.AddSeconds(600 + chance.Next(3600))))).OrderBy(item => item.At).Select(item => item.sample).ToList();
        long kept = 0;
        for (var done = 0; done < told.Count;)
        {
            using var store = Open();
            for (var batches = 0; batches < 20 && done < told.Count; batches++)
            {
                var size = chance.Next(1, 400);
                kept += store.Add(told.Skip(done).Take(size), Monday.AddHours(31)).Kept;
                done += size;
            }
        }

        using var all = Open();
        foreach (var group in samples.GroupBy(sample => sample.Quantity))
        {
            foreach (var width in RollUpWidths.All)
            {
                var naive = group.GroupBy(sample => width.StartOf(sample.At.ToUnixTimeMilliseconds(), Tokyo))
                    .ToDictionary(bucket => bucket.Key, bucket => (Count: (long)bucket.Count(), Least: bucket.Min(sample => sample.Value), Most: bucket.Max(sample => sample.Value), Mean: bucket.Average(sample => sample.Value)));
                var found = RollUps(all, group.Key, width);

                Assert.Equal(naive.Keys.Order(), found.Keys.Order());
                Assert.All(naive, bucket => Assert.Equal((bucket.Value.Count, bucket.Value.Least, bucket.Value.Most), (found[bucket.Key].Count, found[bucket.Key].Least, found[bucket.Key].Most)));
                Assert.All(naive, bucket => Assert.Equal(bucket.Value.Mean, found[bucket.Key].Mean!.Value, 6));
            }
        }

        Assert.Equal(samples.Count, kept);
        Assert.True(Count(all, "SELECT count(*) FROM runs") < samples.Count, "equal readings share a run");
        Assert.Equal(samples.Count, Count(all, "SELECT sum(n) FROM runs"));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Readings_in_any_order_are_counted_at_most_once_and_alike_everywhere(int seed)
    {
        var chance = new Random(seed);
        var told = Walk(chance, Monday, hours: 2).ToArray();
        told = [.. told, .. told];
        chance.Shuffle(told);
        using var store = Open();
        var kept = told.Chunk(chance.Next(1, 300)).Sum(batch => store.Add(batch, Monday.AddHours(3)).Kept);

        Assert.InRange(kept, 1, told.Length / 2);
        Assert.Equal(kept, Count(store, "SELECT sum(n) FROM runs"));
        Assert.All(RollUpWidths.All, width => Assert.Equal(kept, Count(store, $"SELECT sum(n) FROM roll_ups WHERE width = {(int)width}")));
    }

    [Fact]
    public void Adding_the_same_again_changes_nothing()
    {
        using var store = Open();
        var samples = Walk(new(7), Monday, hours: 1);
        Assert.Equal(new(samples.Count, 0, 0, 0, 0), store.Add(samples, Monday.AddHours(1)));
        var before = RollUps(store, UpsQuantity.InputVoltage, RollUpWidth.Minute);

        Assert.Equal(new(0, samples.Count, 0, 0, 0), store.Add(samples, Monday.AddHours(1)));
        Assert.Equal(before, RollUps(store, UpsQuantity.InputVoltage, RollUpWidth.Minute));
    }

    [Fact]
    public void A_clock_that_steps_ahead_is_put_aside_and_one_that_steps_back_is_taken()
    {
        using var store = Open();
        Assert.Equal(1, store.Add([Sample(Monday, 100)], Monday).Kept);
        Assert.Equal(1, store.Add([Sample(Monday.AddYears(1), 99)], Monday).Ahead);
        Assert.Equal(1, store.Add([Sample(Monday.AddSeconds(59), 98)], Monday).Kept);
        Assert.Equal(1, store.Add([Sample(Monday.AddHours(-1), 97)], Monday).Kept);
        Assert.Equal(1, store.Add([Sample(Monday.AddDays(-91), 96)], Monday).Old);

        // Our own clock years ahead drops nothing; back again, all is as it was.
        Assert.Equal(0, store.Prune(Monday.AddYears(10)));
        Assert.Equal(1, store.Add([Sample(Monday.AddSeconds(10), 95)], Monday.AddYears(10)).Old);
        Assert.Equal(3, Count(store, "SELECT count(*) FROM runs"));
    }

    [Fact]
    public void Readings_go_after_ninety_days_and_roll_ups_of_an_hour_after_three_years()
    {
        using var store = Open();
        for (var day = 0; day < 1200; day += 10)
        {
            var now = Monday.AddDays(day);
            _ = store.Add([Sample(now, day)], now);
        }

        var last = Monday.AddDays(1190);
        Assert.True(store.Prune(last) > 0);
        Assert.Equal(last.AddDays(-90).ToUnixTimeMilliseconds(), Count(store, "SELECT min(at) FROM runs"));
        Assert.Equal(10, Count(store, "SELECT count(*) FROM roll_ups WHERE width = 60"));
        Assert.Equal(41, Count(store, "SELECT count(*) FROM roll_ups WHERE width = 900"));
        Assert.Equal(110, Count(store, "SELECT count(*) FROM roll_ups WHERE width = 3600"));
        Assert.Equal(110, Count(store, "SELECT count(*) FROM roll_ups WHERE width = 86400"));
        Assert.Equal(0, store.Prune(last));
    }

    [Fact]
    public void A_file_that_grows_too_large_gives_up_its_oldest_readings_and_keeps_its_roll_ups()
    {
        using var store = new ReadingsStore(File, new(MostMegabytes: 1), Tokyo, Monday);
        var chance = new Random(3);
        for (var day = 0; day < 6; day++)
        {
            var from = Monday.AddDays(day);
            _ = store.Add(Enumerable.Range(0, 10_000).Select(i => Sample(from.AddSeconds(i * 8), 90 + chance.Next(200))), from.AddDays(1));
        }

        Assert.InRange(store.Size, 1_048_577, long.MaxValue);
        _ = store.Prune(Monday.AddDays(6));

        Assert.InRange(store.Size, 1, 1_048_576);
        Assert.InRange(Count(store, "SELECT min(at) FROM runs"), Monday.AddDays(1).ToUnixTimeMilliseconds(), Monday.AddDays(6).ToUnixTimeMilliseconds());
        Assert.Equal(60_000, Count(store, "SELECT sum(n) FROM roll_ups WHERE width = 86400"));
    }

    [Fact]
    public void A_kill_at_any_moment_leaves_whole_batches()
    {
        using var store = Open();
        for (var batch = 1; batch <= 5; batch++)
        {
            _ = store.Add(Enumerable.Range(0, 100).Select(i => Sample(Monday.AddMinutes(batch).AddMilliseconds(i * 500), i % 7)), Monday.AddHours(1));
            var copy = Path.Combine(folder, $"killed-{batch}.db");
            System.IO.File.Copy(File, copy);
            System.IO.File.Copy(File + "-wal", copy + "-wal");
            using var after = new ReadingsStore(copy, new(), Tokyo, Monday);

            Assert.Equal("ok", after.Readers.AskNow(db => db.Value("PRAGMA integrity_check")));
            Assert.Equal(batch * 100, Count(after, "SELECT sum(n) FROM runs"));
            Assert.Equal(batch * 100, Count(after, "SELECT sum(n) FROM roll_ups WHERE width = 60"));
        }
    }

    [Fact]
    public void A_batch_that_cannot_be_written_leaves_nothing_and_can_be_added_again()
    {
        using var store = Open();
        _ = store.Add([Sample(Monday, 100)], Monday);
        using var other = new SqliteConnection($"Data Source={File};Pooling=False");
        other.Open();
        Do(other, "ALTER TABLE roll_ups RENAME TO elsewhere");
        Assert.Throws<SqliteException>(() => store.Add([Sample(Monday.AddSeconds(2), 99), Sample(Monday, 230, UpsQuantity.InputVoltage)], Monday));
        Do(other, "ALTER TABLE elsewhere RENAME TO roll_ups");

        Assert.Equal(1, Count(store, "SELECT count(*) FROM series"));
        Assert.Equal(2, store.Add([Sample(Monday.AddSeconds(2), 99), Sample(Monday, 230, UpsQuantity.InputVoltage)], Monday).Kept);
        Assert.Equal(3, Count(store, "SELECT sum(n) FROM roll_ups WHERE width = 60"));

        static void Do(SqliteConnection connection, string sql)
        {
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constant texts of this test.
            command.CommandText = sql;
#pragma warning restore CA2100
            _ = command.ExecuteNonQuery();
        }
    }

    [Fact]
    public void A_damaged_file_is_put_aside_and_an_empty_one_begins()
    {
        System.IO.File.WriteAllText(File, new string('x', 5000));
        string? aside = null;
        using var store = new ReadingsStore(File, new(), Tokyo, Monday, name => aside = name);

        Assert.Equal($"{File}.damaged-20260511T000000Z", aside);
        Assert.Equal(5000, new FileInfo(aside!).Length);
        Assert.Equal(1, store.Add([Sample(Monday, 100)], Monday).Kept);
    }

    [Fact]
    public void A_bridge_that_makes_up_names_does_not_fill_the_disk()
    {
        using var store = Open();
        var taken = store.Add(Enumerable.Range(0, 21_000).Select(i => Sample(Monday, 1) with { Ups = $"ups-{i}" }), Monday);

        Assert.Equal((20_000, 1000), (taken.Kept, taken.Unnamed));
    }

    internal static UpsSample Sample(DateTimeOffset at, double value, UpsQuantity quantity = UpsQuantity.ChargePercent) => new("ups-1", quantity, at, value);

    internal static long Count(ReadingsStore store, string sql) => (long)store.Readers.AskNow(db => db.Value(sql))!;

    // A charge that stays, a voltage that does not, silences, and readings at any distance.
    private static List<UpsSample> Walk(Random chance, DateTimeOffset from, int hours)
    {
        var samples = new List<UpsSample>();
        var charge = 100.0;
        for (var at = from; at < from.AddHours(hours); at = at.AddMilliseconds(chance.Next(200) == 0 ? chance.Next(4_000_000) : chance.Next(1000, 12_000)))
        {
            charge = chance.Next(50) == 0 ? chance.Next(0, 101) : charge;
            samples.Add(Sample(at, charge));
            samples.Add(Sample(at.AddMilliseconds(-1), Math.Round(samples.Count / 10.0, 1), UpsQuantity.InputVoltage));
        }

        return samples;
    }

    private static Dictionary<long, RollUp> RollUps(ReadingsStore store, UpsQuantity quantity, RollUpWidth width) => store.Readers.AskNow(db =>
    {
        var found = new Dictionary<long, RollUp>();
        using var row = db.Rows("SELECT r.at, r.n, r.least, r.most, r.sum FROM roll_ups r JOIN series s ON s.id = r.series WHERE s.quantity = $1 AND r.width = $2", quantity.ToString(), (long)width);
        while (row.Read())
        {
            found[row.GetInt64(0)] = new(row.GetInt64(1), row.GetDouble(2), row.GetDouble(3), row.GetDouble(4));
        }

        return found;
    });

    private ReadingsStore Open() => new(File, new(), Tokyo, Monday);
}
