using System.Collections.Immutable;
using RoomGuard.Core.Gates;
using RoomGuard.Core.Zones;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Gates;

/// <summary>A read that waits for its judgement.</summary>
/// <param name="N">Its entry in the record.</param>
public sealed record WaitingRead(long N, DoorId Door, DeviceId Gate, Passing Passing);

/// <summary>Reads of asset tags that wait for their judgement, and which were judged lately: two gates at one door, or a tag nobody knows, are told once.</summary>
public sealed class GatesView : IRecordView
{
    // Two gates at one door read the same item as it passes†.
    private const long OnePassage = 60_000;

    // A tag nobody knows is told again after this†, and so many at a door within it†.
    private const long UnknownAgain = 3_600_000;
    private const long MostUnknown = 50;

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_gate_reads", "view_gate_unknown"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_gate_reads(n INTEGER PRIMARY KEY, tag TEXT NOT NULL, door TEXT NOT NULL, zone TEXT NOT NULL, gate TEXT NOT NULL, direction INTEGER, at INTEGER NOT NULL, waiting INTEGER NOT NULL) STRICT;
        CREATE INDEX view_gate_reads_tag ON view_gate_reads(tag, door, at);
        CREATE INDEX view_gate_reads_waiting ON view_gate_reads(n) WHERE waiting = 1;
        CREATE TABLE view_gate_unknown(door TEXT NOT NULL, tag TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(door, tag)) STRICT, WITHOUT ROWID;
        CREATE INDEX view_gate_unknown_at ON view_gate_unknown(door, at);
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case AssetTagRead e:
                Take(db, e, item.N);
                break;
            case AssetPassed e:
                Judged(db, e.Read);
                break;
            case AssetUnpermitted e:
                Judged(db, e.Read);
                break;
            case AssetTagUnknown e:
                Judged(db, e.Read);
                break;
            default:
                break;
        }
    }

    /// <summary>Reads that wait for their judgement, in the order they came.</summary>
    public static ImmutableArray<WaitingRead> Waiting(Statements db, int most)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<WaitingRead>();
        using var row = db.Rows("SELECT n, tag, door, zone, direction, at, gate FROM view_gate_reads WHERE waiting = 1 ORDER BY n LIMIT $1", (long)most);
        while (row.Read())
        {
            found.Add(new(row.GetInt64(0), new(row.GetString(2)), new(row.GetString(6)), new(row.GetString(1), new(row.GetString(3)), (TagDirection?)row.NumberOrNull(4), row.Time(5))));
        }

        return found.DrainToImmutable();
    }

    private static void Take(Statements db, AssetTagRead e, long n)
    {
        var (at, direction) = ((e.ReadAt ?? e.OccurredAt).ToUnixTimeMilliseconds(), (long?)e.Direction);
        var again = db.Value(
            "SELECT 1 FROM view_gate_reads WHERE tag = $1 AND door = $2 AND direction IS $3 AND at > $4 AND at < $5", e.Tag, e.Door.Value, direction, at - OnePassage, at + OnePassage) is not null;
        if (again)
        {
            return;
        }

        if (!IsKnown(db, e.Tag) && !TellsUnknown(db, e, at))
        {
            return;
        }

        // What was judged and is past tells nothing any more.
        _ = db.Run("DELETE FROM view_gate_reads WHERE tag = $1 AND door = $2 AND waiting = 0 AND at <= $3", e.Tag, e.Door.Value, at - OnePassage);
        _ = db.Run("INSERT INTO view_gate_reads VALUES ($1, $2, $3, $4, $5, $6, $7, 1)", n, e.Tag, e.Door.Value, e.Zone.Value, e.Gate.Value, direction, at);
    }

    private static bool IsKnown(Statements db, string tag) => db.Value(
        "SELECT 1 FROM view_assets WHERE tag = $1 UNION ALL SELECT 1 FROM view_carry_items WHERE tag = $1 UNION ALL SELECT 1 FROM view_carry_list WHERE tag = $1 LIMIT 1", tag) is not null;

    // Tags of nobody's register come with every coat: each is told once in a while, and not all of them. The reads themselves are in the record.
    private static bool TellsUnknown(Statements db, AssetTagRead e, long at)
    {
        _ = db.Run("DELETE FROM view_gate_unknown WHERE door = $1 AND at <= $2", e.Door.Value, at - UnknownAgain);
        if (db.Value("SELECT 1 FROM view_gate_unknown WHERE door = $1 AND tag = $2", e.Door.Value, e.Tag) is not null
            || db.Value("SELECT count(*) FROM view_gate_unknown WHERE door = $1", e.Door.Value) is >= MostUnknown)
        {
            return false;
        }

        _ = db.Run("INSERT INTO view_gate_unknown VALUES ($1, $2, $3)", e.Door.Value, e.Tag, at);
        return true;
    }

    private static void Judged(Statements db, long read) => _ = db.Run("UPDATE view_gate_reads SET waiting = 0 WHERE n = $1", read);
}
