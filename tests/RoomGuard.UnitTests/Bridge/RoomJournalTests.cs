using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using RoomGuard.Bridge.Journal;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Power;
using RoomGuard.Core.Record;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Bridge;

/// <summary>What a restart must not forget, on a real file.</summary>
public sealed class RoomJournalTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("roomguard-journal-").FullName;
    private readonly RoomSnapshot room = new EntryControl(A.Plan(), A.Settings()).Snapshot() with { SuspensionSerial = 1 };
    private readonly PowerSnapshot power = new PowerControl(["ups-1"], new()).Snapshot();
    private readonly ClimateSnapshot climate = new ClimateControl(AClimate.Plan, new()).Snapshot();

    private string File => Path.Combine(folder, "journal.db");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_part_that_was_not_told_again_is_as_it_was_before()
    {
        using (var journal = Open())
        {
            Assert.Null(journal.LastSnapshot());
            journal.Append([], room with { Power = power, Climate = climate });
            journal.Append([], room with { SuspensionSerial = 2 });
            journal.Append([], room with { SuspensionSerial = 3, Climate = climate with { Serials = climate.Serials.SetItem("limits", 7) } });
        }

        using var again = Open();
        var last = again.LastSnapshot()!;
        Assert.Equal(3, last.SuspensionSerial);
        Assert.Equal("ups-1", Assert.Single(last.Power!.Units).Ups);
        Assert.Equal(7, last.Climate!.Serials["limits"]);
    }

    [Fact]
    public void What_an_older_program_kept_in_one_piece_is_read()
    {
        using (var journal = Open())
        {
            journal.Append([], room);
        }

        using (var older = new SqliteConnection($"Data Source={File};Pooling=false"))
        {
            older.Open();
            using var put = older.CreateCommand();
            put.CommandText = "UPDATE room_snapshot SET snapshot = $snapshot; DROP TABLE room_snapshot_part";
            _ = put.Parameters.AddWithValue("$snapshot", System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(room with { Power = power, Climate = climate }, RecordJson.Plain.RoomSnapshot));
            _ = put.ExecuteNonQuery();
        }

        using var again = Open();
        Assert.Equal("ups-1", Assert.Single(again.LastSnapshot()!.Power!.Units).Ups);
        Assert.Equal(climate.Sensors.Length, again.LastSnapshot()!.Climate!.Sensors.Length);
    }

    private RoomJournal Open() => RoomJournal.Open(new(File, "kakuu-1/bridge-1/journal", "kakuu-1/bridge-1", RandomNumberGenerator.GetBytes, TimeProvider.System), new(Path.Combine(folder, "ballast"), 0));
}
