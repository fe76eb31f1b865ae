using System.Collections.Immutable;
using System.Text.Json;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Service.Carrying;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Equipment;

/// <summary>One code of a round.</summary>
/// <param name="N">Its entry in the record.</param>
public sealed record KeptRead(string Id, string Code, DateTimeOffset ReadAt, string By, long N);

/// <summary>棚卸 (R-MOVE-11): rounds with their list, their reads and what came and left meanwhile, and when each zone was last counted.</summary>
public sealed class StocktakesView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_stocktakes", "view_stock_list", "view_stock_reads", "view_stock_changes", "view_stock_zones"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_stocktakes(stocktake TEXT PRIMARY KEY, n INTEGER NOT NULL, zone TEXT NOT NULL, open INTEGER NOT NULL, json TEXT NOT NULL) STRICT;
        CREATE INDEX view_stocktakes_n ON view_stocktakes(n);
        CREATE INDEX view_stocktakes_open ON view_stocktakes(zone) WHERE open = 1;
        CREATE TABLE view_stock_list(stocktake TEXT NOT NULL, tag TEXT NOT NULL, importance INTEGER NOT NULL, rack TEXT NOT NULL, PRIMARY KEY(stocktake, tag)) STRICT, WITHOUT ROWID;
        CREATE TABLE view_stock_reads(stocktake TEXT NOT NULL, id TEXT NOT NULL, code TEXT NOT NULL, read_at INTEGER NOT NULL, by TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY(stocktake, id)) STRICT, WITHOUT ROWID;
        CREATE INDEX view_stock_reads_code ON view_stock_reads(stocktake, code);
        CREATE TABLE view_stock_changes(stocktake TEXT NOT NULL, n INTEGER NOT NULL, tag TEXT NOT NULL, arrived INTEGER NOT NULL, move TEXT, PRIMARY KEY(stocktake, n)) STRICT, WITHOUT ROWID;
        CREATE TABLE view_stock_zones(zone TEXT PRIMARY KEY, since INTEGER NOT NULL, counted_at INTEGER) STRICT;
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case AssetRecorded { Place.Zone: { } zone } e:
                Stands(db, zone, e.OccurredAt);
                Change(db, zone, new(e.Asset.Tag, Arrived: true, null, item.N));
                break;
            case AssetMoved e:
                if (e.From?.Zone is { } from && from != e.To.Zone)
                {
                    Change(db, from, new(e.Tag, Arrived: false, e.Move, item.N));
                }

                if (e.To.Zone is { } to && to != e.From?.Zone)
                {
                    Stands(db, to, e.OccurredAt);
                    Change(db, to, new(e.Tag, Arrived: true, e.Move, item.N));
                }

                break;
            default:
                if (StocktakeDossier.StocktakeOf(item.Event) is { } id && StocktakeDossier.After(One(db, id), item.Event!, item.N) is { } after)
                {
                    Keep(db, after, item);
                }

                break;
        }
    }

    /// <summary>One round; null: none by this number.</summary>
    public static StocktakeDossier? One(Statements db, StocktakeId id)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Value("SELECT json FROM view_stocktakes WHERE stocktake = $1", id.Value) is string json ? From(json) : null;
    }

    /// <summary>The open round of a zone; null: none.</summary>
    public static StocktakeId? OpenOf(Statements db, ZoneId zone)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Value("SELECT stocktake FROM view_stocktakes WHERE zone = $1 AND open = 1", zone.Value) is string id ? new StocktakeId(id) : null;
    }

    /// <summary>The newest rounds, open ones first.</summary>
    public static ImmutableArray<StocktakeDossier> Newest(Statements db, int most)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<StocktakeDossier>();
        using var row = db.Rows("SELECT json FROM view_stocktakes ORDER BY open DESC, n DESC LIMIT $1", (long)most);
        while (row.Read())
        {
            found.Add(From(row.GetString(0)));
        }

        return found.DrainToImmutable();
    }

    /// <summary>The list of a round, in the order of its tags.</summary>
    public static ImmutableArray<StockItem> List(Statements db, StocktakeId id)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<StockItem>();
        using var row = db.Rows("SELECT tag, importance, rack FROM view_stock_list WHERE stocktake = $1 ORDER BY tag", id.Value);
        while (row.Read())
        {
            found.Add(new(new(row.GetString(0)), (ImportanceClass)row.GetInt64(1), row.GetString(2)));
        }

        return found.DrainToImmutable();
    }

    /// <summary>Whether an item is on the list of a round.</summary>
    public static bool Listed(Statements db, StocktakeId id, string code)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Value("SELECT 1 FROM view_stock_list WHERE stocktake = $1 AND tag = $2", id.Value, code) is not null;
    }

    /// <summary>All codes of a round, in the order in which they came in.</summary>
    public static ImmutableArray<KeptRead> Reads(Statements db, StocktakeId id)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<KeptRead>();
        using var row = db.Rows("SELECT id, code, read_at, by, n FROM view_stock_reads WHERE stocktake = $1 ORDER BY n, read_at, id", id.Value);
        while (row.Read())
        {
            found.Add(new(row.GetString(0), row.GetString(1), row.Time(2), row.GetString(3), row.GetInt64(4)));
        }

        return found.DrainToImmutable();
    }

    /// <summary>The code a read of this id was; null: none of this id.</summary>
    public static string? CodeOf(Statements db, StocktakeId id, string read)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Value("SELECT code FROM view_stock_reads WHERE stocktake = $1 AND id = $2", id.Value, read) as string;
    }

    /// <summary>Whether a code was counted by another read of the round.</summary>
    public static bool Counted(Statements db, StocktakeId id, string code, string exceptRead)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Value("SELECT 1 FROM view_stock_reads WHERE stocktake = $1 AND code = $2 AND id <> $3 LIMIT 1", id.Value, code, exceptRead) is not null;
    }

    /// <summary>What came and left while a round was open, in its order.</summary>
    public static ImmutableArray<StockChange> Changes(Statements db, StocktakeId id)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<StockChange>();
        using var row = db.Rows("SELECT tag, arrived, move, n FROM view_stock_changes WHERE stocktake = $1 ORDER BY n", id.Value);
        while (row.Read())
        {
            found.Add(new(new(row.GetString(0)), row.GetInt64(1) == 1, row.TextOrNull(2) is { } move ? new MoveId(move) : null, row.GetInt64(3)));
        }

        return found.DrainToImmutable();
    }

    /// <summary>What is known of an item now; null: there is none by this tag.</summary>
    public static StockWhereabouts? Whereabouts(Statements db, AssetTag tag) =>
        AssetsView.One(db, tag) is { } item ? new(item.Place, item.Effective, item.Holder is var (holder, _) ? holder : (PersonId?)null, CarryView.AwayBy(db, tag.Value)?.Value) : null;

    /// <summary>The count of a round held against its list, as things stand now.</summary>
    public static StockResult Reconciled(Statements db, StocktakeId id)
    {
        ArgumentNullException.ThrowIfNull(db);
        var codes = new List<string>();
        using (var row = db.Rows("SELECT DISTINCT code FROM view_stock_reads WHERE stocktake = $1", id.Value))
        {
            while (row.Read())
            {
                codes.Add(row.GetString(0));
            }
        }

        return StockReconciliation.Of(List(db, id), codes, Changes(db, id), tag => Whereabouts(db, tag));
    }

    /// <summary>Zones something stands in or stood in, with since when, and when a confirmed round of each was counted.</summary>
    public static ImmutableArray<(ZoneId Zone, DateTimeOffset Since, DateTimeOffset? CountedAt)> Zones(Statements db)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<(ZoneId, DateTimeOffset, DateTimeOffset?)>();
        using var row = db.Rows("SELECT zone, since, counted_at FROM view_stock_zones ORDER BY zone");
        while (row.Read())
        {
            found.Add((new(row.GetString(0)), row.Time(1), row.TimeOrNull(2)));
        }

        return found.DrainToImmutable();
    }

    private static StocktakeDossier From(string json) => JsonSerializer.Deserialize(json, RecordJson.Plain.StocktakeDossier)!;

    private static void Stands(Statements db, ZoneId zone, DateTimeOffset since) =>
        _ = db.Run("INSERT INTO view_stock_zones VALUES ($1, $2, NULL) ON CONFLICT DO NOTHING", zone.Value, since.ToUnixTimeMilliseconds());

    private static void Change(Statements db, ZoneId zone, StockChange change)
    {
        if (OpenOf(db, zone) is { } id)
        {
            _ = db.Run("INSERT INTO view_stock_changes VALUES ($1, $2, $3, $4, $5)", id.Value, change.N, change.Tag.Value, change.Arrived ? 1 : 0, change.Move?.Value);
        }
    }

    private static void Keep(Statements db, StocktakeDossier after, RecordedItem item)
    {
        var id = after.Id.Value;
        switch (item.Event)
        {
            case StocktakeOpened e:
                foreach (var one in e.Expected)
                {
                    _ = db.Run("INSERT INTO view_stock_list VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", id, one.Tag.Value, (long)one.Importance, one.Rack);
                }

                break;
            case StockCounted e:
                foreach (var read in e.Reads)
                {
                    _ = db.Run("INSERT INTO view_stock_reads VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING", id, read.Id, read.Code, read.ReadAt.ToUnixTimeMilliseconds(), e.By, item.N);
                }

                break;
            case StocktakeConfirmed e:
                _ = db.Run(
                    "INSERT INTO view_stock_zones VALUES ($1, $2, $2) ON CONFLICT(zone) DO UPDATE SET counted_at = $2",
                    e.Zone.Value,
                    (after.ClosedAt ?? e.OccurredAt).ToUnixTimeMilliseconds());
                break;
            default:
                break;
        }

        _ = db.Run(
            "INSERT INTO view_stocktakes VALUES ($1, $2, $3, $4, $5) ON CONFLICT(stocktake) DO UPDATE SET open = $4, json = $5",
            id,
            item.N,
            after.Zone.Value,
            after.IsOpen ? 1 : 0,
            JsonSerializer.Serialize(after, RecordJson.Plain.StocktakeDossier));
    }
}
