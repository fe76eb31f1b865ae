using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Gates;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Equipment;

/// <summary>An item as it now stands, with what its entries say beyond what people keep.</summary>
/// <param name="Version">Number of the newest entry about it: who changes it names what they looked at.</param>
/// <param name="Decided">Null: SEC has not decided its class.</param>
/// <param name="Effective">The class that counts.</param>
/// <param name="Place">Null: it was never brought in.</param>
/// <param name="MaintainedOn">Null: never since it was registered.</param>
/// <param name="Holder">Who has it, with the day it is due back; null: nobody.</param>
/// <param name="Gone">It went out for good, disposed of or given back to its lessor, and no move brought it in again: its entry stays, and nothing about it falls due.</param>
public sealed record KeptAsset(
    Asset Asset, long Version, ImportanceClass? Decided, ImportanceClass Effective, AssetPlace? Place, DateOnly? MaintainedOn, (PersonId Person, DateOnly DueOn)? Holder, AssetGaps Gaps, bool Gone)
{
    /// <summary>When its next maintenance is due; null: it has no interval, or is not ours any longer.</summary>
    public DateOnly? MaintenanceDue => Gone ? null : Asset.MaintenanceDue(MaintainedOn);
}

/// <summary>
/// 機器台帳 (R-LIFE-01): items, the class that counts for each, where they are, what their entries lack, and which entries speak of them. A change of an entry
/// never moves an item: an entry says once where it stood already, and from then on only completed moves say so (R-MOVE-04).
/// </summary>
public sealed class AssetsView : IRecordView
{
    /// <summary>Columns <see cref="From"/> reads, in its order.</summary>
    public const string Columns = "a.json, a.version, a.decided, a.effective, a.zone, a.rack, a.outside, a.maintained_on, a.holder, a.holder_due, a.gaps, a.gone";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_assets", "view_asset_words", "view_asset_history"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_assets(tag TEXT PRIMARY KEY, json TEXT NOT NULL, version INTEGER NOT NULL, kind INTEGER NOT NULL, decided INTEGER, effective INTEGER NOT NULL, segment INTEGER,
            zone TEXT, rack TEXT, outside TEXT, container TEXT, copy_of TEXT, maintained_on TEXT, maintenance_due TEXT, holder TEXT, holder_due TEXT, support_ends TEXT, gaps INTEGER NOT NULL, gone INTEGER NOT NULL) STRICT;
        CREATE INDEX view_assets_zone ON view_assets(zone, tag);
        CREATE INDEX view_assets_kind ON view_assets(kind, tag);
        CREATE INDEX view_assets_effective ON view_assets(effective, tag);
        CREATE INDEX view_assets_gaps ON view_assets(tag) WHERE gaps <> 0;
        CREATE INDEX view_assets_undecided ON view_assets(tag) WHERE decided IS NULL;
        CREATE INDEX view_assets_container ON view_assets(container) WHERE container IS NOT NULL;
        CREATE INDEX view_assets_copies ON view_assets(copy_of) WHERE copy_of IS NOT NULL;
        CREATE INDEX view_assets_maintenance ON view_assets(maintenance_due) WHERE maintenance_due IS NOT NULL;
        CREATE INDEX view_assets_support ON view_assets(support_ends) WHERE support_ends IS NOT NULL;
        CREATE INDEX view_assets_held ON view_assets(holder_due) WHERE holder_due IS NOT NULL;
        CREATE TABLE view_asset_words(tag TEXT PRIMARY KEY, folded TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE view_asset_history(tag TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY(tag, n)) STRICT, WITHOUT ROWID;
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case AssetRecorded e:
                Keep(db, e, item.N);
                break;
            case AssetClassDecided e when Touch(db, e.Tag, item.N):
                _ = db.Run("UPDATE view_assets SET decided = $2 WHERE tag = $1", e.Tag.Value, (long)e.Importance);
                Settle(db, e.Tag.Value);
                break;
            case AssetMaintained e when Touch(db, e.Tag, item.N):
                _ = db.Run("UPDATE view_assets SET maintained_on = $2 WHERE tag = $1", e.Tag.Value, RowReading.Iso(e.DoneOn));
                Settle(db, e.Tag.Value);
                break;
            case AssetHandedOver e when Touch(db, e.Tag, item.N):
                _ = db.Run("UPDATE view_assets SET holder = $2, holder_due = $3 WHERE tag = $1", e.Tag.Value, e.Holder.Value, RowReading.Iso(e.DueOn));
                break;
            case AssetHandedBack e when Touch(db, e.Tag, item.N):
                _ = db.Run("UPDATE view_assets SET holder = NULL, holder_due = NULL WHERE tag = $1", e.Tag.Value);
                break;
            case AssetMoved e when Touch(db, e.Tag, item.N):
                _ = db.Run(
                    "UPDATE view_assets SET zone = $2, rack = $3, outside = $4, gone = $5 WHERE tag = $1",
                    e.Tag.Value,
                    e.To.Zone?.Value,
                    e.To.Rack,
                    e.To.Zone is null ? e.To.Outside : null,
                    e.To.Zone is null && DisposalsView.Of(db, e.Tag, e.Move) is { Disposal.Kind: DisposalKind.Disposal or DisposalKind.LeaseReturn } ? 1 : 0);
                Settle(db, e.Tag.Value);
                break;
            case AssetInstalled e:
                _ = Touch(db, e.Tag, item.N);
                break;
            case OffsiteChecked e:
                Tell(db, e.Tag, item.N);
                break;
            case PartChanged e:
                Tell(db, e.Item, item.N);
                break;
            case DisposalAsked e:
                Tell(db, e.Disposal.Tag, item.N);
                break;
            case { } other when DisposalDossier.DisposalOf(other) is { } disposal && DisposalsView.One(db, disposal) is { Disposal.Tag: var tag }:
                Tell(db, tag, item.N);
                break;

            // A passage at a gate is part of its story, and changes nothing whoever has it before them looked at.
            case AssetPassed e:
                Tell(db, new(e.Tag), item.N);
                break;
            case AssetUnpermitted e:
                Tell(db, new(e.Tag), item.N);
                break;
            case StocktakeConfirmed e:
                // It changes nothing about an item, so that whoever changes its entry need not look again.
                foreach (var tag in e.Result.Missing.Select(one => one.Tag.Value).Concat(e.Result.Surplus.Where(one => one.Known).Select(one => one.Code)))
                {
                    _ = db.Run("INSERT INTO view_asset_history VALUES ($1, $2) ON CONFLICT DO NOTHING", tag, item.N);
                }

                break;
            default:
                break;
        }
    }

    /// <summary>One item; null: none by this tag.</summary>
    public static KeptAsset? One(Statements db, AssetTag tag)
    {
        ArgumentNullException.ThrowIfNull(db);
        using var row = db.Rows($"SELECT {Columns} FROM view_assets a WHERE a.tag = $1", tag.Value);
        return row.Read() ? From(row) : null;
    }

    /// <summary>An item that has a part of this serial inside; null: none.</summary>
    public static AssetTag? WithPart(Statements db, string serial)
    {
        ArgumentNullException.ThrowIfNull(db);
        return string.IsNullOrEmpty(serial)
            ? null
            : Found(db, $"SELECT {Columns} FROM view_asset_words w JOIN view_assets a ON a.tag = w.tag WHERE instr(w.folded, $1) > 0 ORDER BY a.tag", PeopleWords.Fold(serial))
                .FirstOrDefault(item => item.Asset.Serial != serial && item.Asset.Storage.Concat(item.Asset.Parts).Any(part => part.Serial == serial))?.Asset.Tag;
    }

    /// <summary>Items that lie in a container, by their tags.</summary>
    public static ImmutableArray<KeptAsset> Inside(Statements db, AssetTag container) => Found(db, $"SELECT {Columns} FROM view_assets a WHERE a.container = $1 ORDER BY a.tag", container.Value);

    /// <summary>Copies of an item, by their tags.</summary>
    public static ImmutableArray<KeptAsset> Copies(Statements db, AssetTag original) => Found(db, $"SELECT {Columns} FROM view_assets a WHERE a.copy_of = $1 ORDER BY a.tag", original.Value);

    /// <summary>Reads <see cref="Columns"/>.</summary>
    public static KeptAsset From(SqliteDataReader row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var (zone, outside) = (row.TextOrNull(4), row.TextOrNull(6));
        return new(
            JsonSerializer.Deserialize(row.GetString(0), RecordJson.Plain.Asset)!,
            row.GetInt64(1),
            (ImportanceClass?)row.NumberOrNull(2),
            (ImportanceClass)row.GetInt64(3),
            zone is null && outside is null ? null : new(zone is null ? null : new ZoneId(zone), row.TextOrNull(5) ?? "", outside ?? ""),
            row.DateOrNull(7),
            row.TextOrNull(8) is { } holder && row.DateOrNull(9) is { } due ? (new(holder), due) : null,
            (AssetGaps)row.GetInt64(10),
            row.GetInt64(11) != 0);
    }

    private static ImmutableArray<KeptAsset> Found(Statements db, string sql, string value)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<KeptAsset>();
        using var row = db.Rows(sql, value);
        while (row.Read())
        {
            found.Add(From(row));
        }

        return found.ToImmutable();
    }

    private static void Keep(Statements db, AssetRecorded e, long n)
    {
        var (asset, tag) = (e.Asset, e.Asset.Tag.Value);
        var before = db.Value("SELECT container FROM view_assets WHERE tag = $1", tag) as string;
        _ = db.Run(
            """
            INSERT INTO view_assets VALUES ($1, $2, $3, $4, NULL, 1, $5, $6, $7, $8, $9, $10, NULL, NULL, NULL, NULL, $11, 0, 0)
            ON CONFLICT(tag) DO UPDATE SET json = $2, version = $3, kind = $4, segment = $5, container = $9, copy_of = $10, support_ends = $11,
                zone = CASE WHEN zone IS NULL AND outside IS NULL THEN $6 ELSE zone END, rack = CASE WHEN zone IS NULL AND outside IS NULL THEN $7 ELSE rack END,
                outside = CASE WHEN zone IS NULL AND outside IS NULL THEN $8 ELSE outside END
            """,
            tag,
            JsonSerializer.Serialize(asset, RecordJson.Plain.Asset),
            n,
            (long)asset.Kind,
            (long?)asset.Segment,
            e.Place?.Zone?.Value,
            e.Place?.Rack,
            e.Place is { Zone: null, Outside: var outside } ? outside : null,
            asset.Container?.Value,
            asset.CopyOf?.Value,
            RowReading.Iso(asset.SupportEnds));
        _ = db.Run(
            "INSERT INTO view_asset_words VALUES ($1, $2) ON CONFLICT(tag) DO UPDATE SET folded = $2",
            tag,
            PeopleWords.Fold(string.Join('\n', [tag, asset.Serial, asset.Name, asset.Maker, asset.Model, .. asset.Storage.Select(part => part.Serial), .. asset.Parts.Select(part => part.Serial)])));
        _ = Touch(db, asset.Tag, n);
        Settle(db, tag);
        foreach (var container in new[] { before, asset.Container?.Value })
        {
            Settle(db, container);
        }
    }

    // Puts down that an entry speaks of an item; false: there is no such item.
    private static bool Touch(Statements db, AssetTag tag, long n)
    {
        if (db.Run("UPDATE view_assets SET version = $2 WHERE tag = $1", tag.Value, n) == 0)
        {
            return false;
        }

        _ = db.Run("INSERT INTO view_asset_history VALUES ($1, $2) ON CONFLICT DO NOTHING", tag.Value, n);
        return true;
    }

    // Puts down that an entry belongs to an item's story, without a change of the item itself.
    private static void Tell(Statements db, AssetTag tag, long n) =>
        _ = db.Run("INSERT INTO view_asset_history SELECT tag, $2 FROM view_assets WHERE tag = $1 ON CONFLICT DO NOTHING", tag.Value, n);

    // Works out anew what follows from an item's entries, and where its class changed, the same for what it lies in and for its copies. A class only travels
    // when it changes and there are four of them, so it comes to rest also where somebody wrote a circle.
    private static void Settle(Statements db, string? first)
    {
        var waiting = new Queue<string>();
        if (first is not null)
        {
            waiting.Enqueue(first);
        }

        while (waiting.TryDequeue(out var tag))
        {
            if (One(db, new(tag)) is not { } item)
            {
                continue;
            }

            var original = item.Asset.CopyOf is { } source ? One(db, source)?.Effective : null;
            var effective = AssetClasses.Effective(item.Decided, item.Asset.Holds, Inside(db, item.Asset.Tag).Select(one => one.Effective), original);
            _ = db.Run(
                "UPDATE view_assets SET effective = $2, gaps = $3, maintenance_due = $4, support_ends = $5 WHERE tag = $1",
                tag,
                (long)effective,
                item.Gone ? 0 : (long)AssetGapRule.Of(item.Asset, item.Decided, effective, item.Place is not null),
                RowReading.Iso(item.MaintenanceDue),
                RowReading.Iso(item.Gone ? null : item.Asset.SupportEnds));
            if (effective == item.Effective)
            {
                continue;
            }

            if (item.Asset.Container is { } container)
            {
                waiting.Enqueue(container.Value);
            }

            foreach (var copy in Copies(db, item.Asset.Tag))
            {
                waiting.Enqueue(copy.Asset.Tag.Value);
            }
        }
    }
}
