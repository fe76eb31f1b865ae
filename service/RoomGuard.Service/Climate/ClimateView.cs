using System.Text.Json;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Climate;

/// <summary>What the record says of the climate: what was wrong where and for how long (R-ENV-02), and the proposals of limits with what became of each (R-CFG-01).</summary>
public sealed class ClimateView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_climate_alarms", "view_climate_limits"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_climate_alarms(condition TEXT NOT NULL, raised INTEGER NOT NULL, object TEXT NOT NULL, rule INTEGER NOT NULL, level INTEGER NOT NULL, ended INTEGER, peak REAL,
            PRIMARY KEY(condition, raised)) STRICT, WITHOUT ROWID;
        CREATE INDEX view_climate_alarms_object ON view_climate_alarms(object, raised);
        CREATE TABLE view_climate_limits(change TEXT PRIMARY KEY, n INTEGER NOT NULL, asked INTEGER NOT NULL, zone TEXT NOT NULL, sensor TEXT, measure INTEGER NOT NULL, before TEXT, limits TEXT,
            rehearsed INTEGER, reason TEXT NOT NULL, asked_by TEXT NOT NULL, state INTEGER NOT NULL, closed_by TEXT, note TEXT) STRICT, WITHOUT ROWID;
        CREATE INDEX view_climate_limits_n ON view_climate_limits(n);
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case ClimateRaised e:
                Keep(db, e.Condition, e.OccurredAt, e.Object, e.Rule, e.Level, null, null);
                break;
            case ClimateChanged e:
                Keep(db, e.Condition, e.RaisedAt, e.Object, e.Rule, e.Level, null, null);
                break;
            case ClimateCleared e:
                Keep(db, e.Condition, e.RaisedAt, e.Object, e.Rule, e.Level, e.OccurredAt, e.Peak);
                break;
            case ClimateLimitsAsked e:
                _ = db.Run(
                    "INSERT INTO view_climate_limits VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, NULL, NULL) ON CONFLICT(change) DO NOTHING",
                    e.Change,
                    item.N,
                    Ms(e.OccurredAt),
                    e.Zone.Value,
                    e.Sensor,
                    (long)e.Measure,
                    Json(e.Before),
                    Json(e.Limits),
                    e.Rehearsed,
                    e.Reason,
                    e.By);
                break;
            case ClimateLimitsDeclined e:
                _ = db.Run("UPDATE view_climate_limits SET state = 2, closed_by = $2, note = $3 WHERE change = $1 AND state = 0", e.Change, e.By, e.Reason);
                break;
            case RoomOrdered { Order: ClimateLimitsOrder order }:
                _ = db.Run("UPDATE view_climate_limits SET state = 1, closed_by = $2 WHERE change = $1 AND state = 0", order.Change, order.By);
                break;
            default:
                break;
        }
    }

    // The worst it was; an end once told stands, however late the rest arrives.
    private static void Keep(Statements db, string condition, DateTimeOffset raised, string of, ClimateRule rule, ClimateLevel level, DateTimeOffset? ended, double? peak) => _ = db.Run(
        """
        INSERT INTO view_climate_alarms VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT(condition, raised) DO UPDATE SET level = max(level, $5), ended = coalesce($6, ended), peak = coalesce($7, peak)
        """,
        condition,
        Ms(raised),
        of,
        (long)rule,
        (long)level,
        ended is { } end ? Ms(end) : null,
        peak);

    private static string? Json(LimitSet? limits) => limits is null ? null : JsonSerializer.Serialize(limits, RecordJson.Plain.LimitSet);

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
