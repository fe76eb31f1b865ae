using RoomGuard.Core.Doors;
using RoomGuard.Core.Panels;

namespace RoomGuard.Service.Record;

/// <summary>Each door's leaf as the record last told it; what shows until its bridge speaks.</summary>
public sealed class DoorsView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_doors"];

    /// <inheritdoc/>
    public string Schema =>
        "CREATE TABLE view_doors(door TEXT PRIMARY KEY, leaf INTEGER NOT NULL, since INTEGER NOT NULL, forced INTEGER NOT NULL, held INTEGER NOT NULL) STRICT, WITHOUT ROWID;";

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        switch (item.Event)
        {
            case DoorOpened e:
                Keep(db, item, e.Door.Value, LeafState.Open, e.Cause == OpeningCause.Forced);
                break;
            case DoorClosed e:
                Keep(db, item, e.Door.Value, LeafState.Closed, forced: false);
                break;
            case DoorUnknown e:
                Keep(db, item, e.Door.Value, LeafState.Unknown, forced: false);
                break;
            case DoorForced e:
                _ = db.Run("UPDATE view_doors SET forced = 1 WHERE door = $1", e.Door.Value);
                break;
            case DoorHeldOpen e:
                _ = db.Run("UPDATE view_doors SET held = 1 WHERE door = $1", e.Door.Value);
                break;
            default:
                break;
        }
    }

    private static void Keep(Statements db, RecordedItem item, string door, LeafState leaf, bool forced) => _ = db.Run(
        "INSERT INTO view_doors VALUES ($1, $2, $3, $4, 0) ON CONFLICT(door) DO UPDATE SET leaf = $2, since = $3, forced = $4, held = 0",
        door,
        (long)leaf,
        item.OccurredAt.ToUnixTimeMilliseconds(),
        forced ? 1 : 0);
}
