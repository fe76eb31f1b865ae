using System.Collections.Immutable;
using System.Text.Json;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Record;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Climate;

/// <summary>消火設備 as the record has it (R-ENV-07).</summary>
public sealed class FireEquipmentView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_fire_equipment"];

    /// <inheritdoc/>
    public string Schema => "CREATE TABLE view_fire_equipment(no TEXT PRIMARY KEY, n INTEGER NOT NULL, json TEXT NOT NULL, retired INTEGER NOT NULL) STRICT, WITHOUT ROWID;";

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        if (item.Event is FireEquipmentRecorded e)
        {
            _ = db.Run(
                "INSERT INTO view_fire_equipment VALUES ($1, $2, $3, $4) ON CONFLICT(no) DO UPDATE SET n = $2, json = $3, retired = $4",
                e.Equipment.No,
                item.N,
                JsonSerializer.Serialize(e.Equipment, RecordJson.Plain.FireEquipment),
                e.Retired ? 1 : 0);
        }
    }

    /// <summary>What is there now, by number, each with the entry that said so.</summary>
    internal static ImmutableArray<(FireEquipment Equipment, long N)> All(Statements db)
    {
        var found = ImmutableArray.CreateBuilder<(FireEquipment, long)>();
        using var row = db.Rows("SELECT json, n FROM view_fire_equipment WHERE retired = 0 ORDER BY no");
        while (row.Read())
        {
            found.Add((JsonSerializer.Deserialize(row.GetString(0), RecordJson.Plain.FireEquipment)!, row.GetInt64(1)));
        }

        return found.ToImmutable();
    }
}
