using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Work;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Equipment;

/// <summary>A storage that was taken out of an item and is neither erased for reuse, nor gone out by a 廃棄・消去記録, nor back where it was.</summary>
/// <param name="From">The item it came out of.</param>
public sealed record RemovedPart(AssetTag Tag, AssetTag From, string Serial, WorkId Work);

/// <summary>取り外した記憶装置 whose erasure is owed (R-MOVE-09, R-LIFE-04): it follows the part swaps and the records of disposal, and nobody takes one off by hand.</summary>
public sealed class RemovedPartsView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_removed_parts"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_removed_parts(tag TEXT PRIMARY KEY, n INTEGER NOT NULL, from_item TEXT NOT NULL, serial TEXT NOT NULL, work TEXT NOT NULL) STRICT;
        CREATE INDEX view_removed_parts_serial ON view_removed_parts(serial);
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case PartChanged e:
                if (e.In is { } fitted)
                {
                    _ = db.Run("DELETE FROM view_removed_parts WHERE serial = $1 AND from_item = $2", fitted.Serial, e.Item.Value);
                }

                if (e is { RemovedAs: { } tag, Out: { } part })
                {
                    _ = db.Run("INSERT INTO view_removed_parts VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING", tag.Value, item.N, e.Item.Value, part.Serial, e.Work.Value);
                }

                break;
            case DisposalVerified { Passed: true } e when DisposalsView.One(db, e.Disposal) is { Disposal: { Kind: DisposalKind.Reuse, Tag: var reused } }:
                Settle(db, reused);
                break;
            case DisposalMovedOut e when DisposalsView.One(db, e.Disposal) is { Disposal.Tag: var gone }:
                Settle(db, gone);
                break;
            default:
                break;
        }
    }

    /// <summary>All that is owed, oldest first.</summary>
    public static ImmutableArray<RemovedPart> All(Statements db, int most)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<RemovedPart>();
        using var row = db.Rows("SELECT tag, from_item, serial, work FROM view_removed_parts ORDER BY n LIMIT $1", (long)most);
        while (row.Read())
        {
            found.Add(From(row));
        }

        return found.ToImmutable();
    }

    /// <summary>The one of this tag; null: nothing is owed of it.</summary>
    public static RemovedPart? One(Statements db, AssetTag tag)
    {
        ArgumentNullException.ThrowIfNull(db);
        using var row = db.Rows("SELECT tag, from_item, serial, work FROM view_removed_parts WHERE tag = $1", tag.Value);
        return row.Read() ? From(row) : null;
    }

    /// <summary>The one of this serial; null: nothing is owed of it.</summary>
    public static RemovedPart? BySerial(Statements db, string serial)
    {
        ArgumentNullException.ThrowIfNull(db);
        using var row = db.Rows("SELECT tag, from_item, serial, work FROM view_removed_parts WHERE serial = $1 LIMIT 1", serial);
        return row.Read() ? From(row) : null;
    }

    private static void Settle(Statements db, AssetTag tag) => _ = db.Run("DELETE FROM view_removed_parts WHERE tag = $1", tag.Value);

    private static RemovedPart From(SqliteDataReader row) => new(new(row.GetString(0)), new(row.GetString(1)), row.GetString(2), new(row.GetString(3)));
}
