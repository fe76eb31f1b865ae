using System.Collections.Immutable;
using RoomGuard.Core.Cabinets;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Cabinets;

/// <summary>A cabinet as its entries make it.</summary>
/// <param name="Panel">The bridge that watches it.</param>
/// <param name="Open">Null: 不明.</param>
/// <param name="Since">Since when; null: never heard.</param>
/// <param name="Opening">The entry of its opening while it is open; null: it is not.</param>
/// <param name="Waits">The opening waits for its judgement.</param>
/// <param name="Work">The work during which it was opened; null: none.</param>
/// <param name="LeftOpen">It was told that the work is over.</param>
public sealed record KeptCabinet(Cabinet Cabinet, PanelId Panel, bool? Open, DateTimeOffset? Since, long? Opening, bool Waits, WorkId? Work, bool LeftOpen);

/// <summary>Racks and cabinets with how they stand, by what their bridges tell (R-ZONE-10), and openings that wait for their judgement.</summary>
public sealed class CabinetsView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_cabinets", "view_cabinet_openings"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_cabinets(id TEXT NOT NULL, panel TEXT NOT NULL, zone TEXT NOT NULL, label TEXT NOT NULL, label_en TEXT NOT NULL, watched INTEGER NOT NULL, open INTEGER, since INTEGER, opening INTEGER, work TEXT,
            left_open INTEGER NOT NULL, PRIMARY KEY(panel, id)) STRICT, WITHOUT ROWID;
        CREATE TABLE view_cabinet_openings(n INTEGER PRIMARY KEY, id TEXT NOT NULL, panel TEXT NOT NULL, zone TEXT NOT NULL, label TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        var panel = item.Origin?.Panel.Value ?? "";
        switch (item.Event)
        {
            case CabinetsWatched e:
                Begin(db, e, panel);
                break;
            case CabinetOpened e:
                Open(db, e, panel, item.N);
                break;
            case CabinetClosed e:
                Stand(db, panel, e.Cabinet, open: 0, e.OccurredAt);
                break;
            case CabinetLost e:
                Stand(db, panel, e.Cabinet, open: null, e.OccurredAt);
                break;
            case CabinetOpenedAtWork e:
                Judged(db, e.Opening, e.Work.Value);
                break;
            case CabinetOpenedWithoutWork e:
                Judged(db, e.Opening, null);
                break;
            case CabinetLeftOpen e:
                _ = db.Run("UPDATE view_cabinets SET left_open = 1 WHERE opening = $1", e.Opening);
                break;
            default:
                break;
        }
    }

    /// <summary>All of them, by zone and name.</summary>
    public static ImmutableArray<KeptCabinet> All(Statements db)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<KeptCabinet>();
        using var row = db.Rows(
            """
            SELECT c.id, c.zone, c.label, c.label_en, c.watched, c.panel, c.open, c.since, c.opening, o.n IS NOT NULL, c.work, c.left_open
            FROM view_cabinets c LEFT JOIN view_cabinet_openings o ON o.n = c.opening ORDER BY c.zone, c.id
            """);
        while (row.Read())
        {
            found.Add(new(
                new(new(row.GetString(0)), new(row.GetString(1)), row.GetString(2), row.GetString(3), row.GetInt64(4) == 1),
                new(row.GetString(5)),
                row.NumberOrNull(6) is { } open ? open == 1 : null,
                row.TimeOrNull(7),
                row.NumberOrNull(8),
                row.GetInt64(9) == 1,
                row.TextOrNull(10) is { } work ? new WorkId(work) : null,
                row.GetInt64(11) == 1));
        }

        return found.DrainToImmutable();
    }

    /// <summary>Openings that wait for their judgement, in the order they came.</summary>
    public static ImmutableArray<(long N, CabinetId Cabinet, ZoneId Zone, string Label, DateTimeOffset At)> Waiting(Statements db, int most)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<(long, CabinetId, ZoneId, string, DateTimeOffset)>();
        using var row = db.Rows("SELECT n, id, zone, label, at FROM view_cabinet_openings ORDER BY n LIMIT $1", (long)most);
        while (row.Read())
        {
            found.Add((row.GetInt64(0), new(row.GetString(1)), new(row.GetString(2)), row.GetString(3), row.Time(4)));
        }

        return found.DrainToImmutable();
    }

    // The bridge names them anew at each start. What it knew is not known any more until it is heard; an opening it knew of is the same one if it is heard open again.
    private static void Begin(Statements db, CabinetsWatched e, string panel)
    {
        _ = db.Run("UPDATE view_cabinets SET watched = -1 WHERE panel = $1", panel);
        foreach (var one in e.Cabinets)
        {
            _ = db.Run(
                """
                INSERT INTO view_cabinets VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, NULL, NULL, 0)
                ON CONFLICT(panel, id) DO UPDATE SET zone = $3, label = $4, label_en = $5, watched = $6, open = NULL, since = $7
                """,
                one.Id.Value, panel, one.Zone.Value, one.Label, one.LabelEn, one.Watched ? 1L : 0L, e.OccurredAt.ToUnixTimeMilliseconds());
        }

        _ = db.Run("DELETE FROM view_cabinets WHERE panel = $1 AND watched = -1", panel);
    }

    private static void Open(Statements db, CabinetOpened e, string panel, long n)
    {
        var at = e.OccurredAt.ToUnixTimeMilliseconds();
        var label = db.Value("SELECT label FROM view_cabinets WHERE panel = $1 AND id = $2", panel, e.Cabinet.Value) as string ?? e.Cabinet.Value;
        if (db.Run("UPDATE view_cabinets SET open = 1, since = $3 WHERE panel = $1 AND id = $2 AND opening IS NOT NULL", panel, e.Cabinet.Value, at) > 0)
        {
            return;
        }

        _ = db.Run("UPDATE view_cabinets SET open = 1, since = $3, opening = $4, work = NULL, left_open = 0 WHERE panel = $1 AND id = $2", panel, e.Cabinet.Value, at, n);
        _ = db.Run("INSERT INTO view_cabinet_openings VALUES ($1, $2, $3, $4, $5, $6)", n, e.Cabinet.Value, panel, e.Zone.Value, label, at);
    }

    // 不明 ends no opening: only a cabinet that is seen shut is shut.
    private static void Stand(Statements db, string panel, CabinetId cabinet, long? open, DateTimeOffset at) => _ = db.Run(
        "UPDATE view_cabinets SET open = $3, since = $4, opening = CASE WHEN $3 IS NULL THEN opening END, work = CASE WHEN $3 IS NULL THEN work END, left_open = CASE WHEN $3 IS NULL THEN left_open ELSE 0 END WHERE panel = $1 AND id = $2",
        panel, cabinet.Value, open, at.ToUnixTimeMilliseconds());

    private static void Judged(Statements db, long opening, string? work)
    {
        _ = db.Run("DELETE FROM view_cabinet_openings WHERE n = $1", opening);
        _ = db.Run("UPDATE view_cabinets SET work = $2 WHERE opening = $1", opening, work);
    }
}
