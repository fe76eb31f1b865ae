using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Core.Power;
using RoomGuard.Service.Readings;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Service.Power;
using Xunit;

namespace RoomGuard.UnitTests.Service.Readings;

/// <summary>From a bridge's word to the readings.</summary>
public sealed class ReadingsIntakeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("roomguard-readings-").FullName;
    private readonly VirtualTime time = new(A.MondayNine);
    private readonly ReadingsStore store;
    private readonly ReadingsIntake intake;

    public ReadingsIntakeTests()
    {
        store = new(Path.Combine(folder, "readings.db"), new(), TimeZoneInfo.Utc, A.MondayNine);
        intake = new(store, time, NullLogger<ReadingsIntake>.Instance);
    }

    public void Dispose()
    {
        intake.Dispose();
        store.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    [Requirement("R-PWR-01")]
    public void A_report_that_comes_twice_counts_once()
    {
        var told = Told(A.MondayNine);
        intake.Take(told);
        intake.Take(told);
        Assert.Equal((2L, 2L), (intake.Flush().Kept, Kept()));
        time.Advance(TimeSpan.FromSeconds(2));
        intake.Take(told);
        Assert.Equal((0L, 2L), (intake.Flush().Kept, Kept()));
    }

    [Fact]
    [Requirement("R-PWR-06")]
    public void A_lost_unit_leaves_a_gap_and_no_zero()
    {
        for (var second = 0; second < 600; second += 2)
        {
            var at = A.MondayNine.AddSeconds(second);
            var told = Told(at);

            // The bridge goes on telling the last good reading of a unit that is lost.
            intake.Take(second is >= 120 and < 420 ? told with { Units = [told.Units[0] with { Lost = true, LastGood = Told(A.MondayNine.AddSeconds(118)).Units[0].LastGood }] } : told);
        }

        time.Advance(TimeSpan.FromMinutes(10));
        _ = intake.Flush();

        Assert.Equal([0L, 1, 7, 8, 9], store.Readers.AskNow(db =>
        {
            var minutes = new List<long>();
            using var row = db.Rows("SELECT (at - $1) / 60000 FROM roll_ups WHERE width = 60 AND series = (SELECT id FROM series WHERE quantity = 'ChargePercent') ORDER BY at", A.MondayNine.ToUnixTimeMilliseconds());
            while (row.Read())
            {
                minutes.Add(row.GetInt64(0));
            }

            return minutes;
        }));
        Assert.Equal(0, ReadingsStoreTests.Count(store, "SELECT count(*) FROM roll_ups WHERE least < 41"));
    }

    [Fact]
    public async Task What_was_gathered_is_written_every_five_seconds_and_once_more_at_the_end()
    {
        await intake.StartAsync(CancellationToken.None);
        intake.Take(Told(time.GetUtcNow()));
        Assert.Equal(0, Kept());
        for (var watch = Stopwatch.StartNew(); Kept() == 0 && watch.Elapsed < TimeSpan.FromSeconds(30);)
        {
            time.Advance(ReadingsIntake.Between);
            await Task.Yield();
        }

        Assert.Equal(2, Kept());
        intake.Take(Told(time.GetUtcNow()));
        await intake.StopAsync(CancellationToken.None);
        Assert.Equal(4, Kept());
    }

    [Fact]
    public void What_cannot_be_written_waits_and_is_written_when_it_can_be()
    {
        intake.Take(Told(A.MondayNine));
        _ = intake.Flush();
        Rename("roll_ups", "elsewhere");
        for (var second = 2; second <= 20; second += 2)
        {
            time.Advance(TimeSpan.FromSeconds(2));
            intake.Take(Told(time.GetUtcNow()));
            Assert.Equal(0, intake.Flush().Kept);
        }

        Rename("elsewhere", "roll_ups");
        Assert.Equal(20, intake.Flush().Kept);
        Assert.Equal(0, intake.Flush().Kept);
        Assert.Equal(22, Kept());
    }

    [Fact]
    public void A_disk_that_stays_full_costs_the_oldest_of_what_waits_and_no_more_memory()
    {
        Rename("roll_ups", "elsewhere");
        for (var told = 0; told < 50_010; told++)
        {
            intake.Take(Told(A.MondayNine.AddMilliseconds(told * 500)));
        }

        Assert.Equal(0, intake.Flush().Kept);
        intake.Take(Told(A.MondayNine.AddMilliseconds(50_010 * 500)));
        Rename("elsewhere", "roll_ups");
        time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(100_000, intake.Flush().Kept);
    }

    private static PowerNow Told(DateTimeOffset at) => new(at, [AUnit.OnMains("ups-1", 1800, at)], ImmutableArray<PlanNow>.Empty);

    private long Kept() => ReadingsStoreTests.Count(store, "SELECT coalesce(sum(n), 0) FROM runs");

    private void Rename(string from, string to)
    {
        using var other = new SqliteConnection($"Data Source={Path.Combine(folder, "readings.db")};Pooling=False");
        other.Open();
        using var command = other.CreateCommand();
#pragma warning disable CA2100 // Constant names of this test.
        command.CommandText = $"ALTER TABLE {from} RENAME TO {to}";
#pragma warning restore CA2100
        _ = command.ExecuteNonQuery();
    }
}
