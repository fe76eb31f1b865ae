using System.Text.Json;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Climate;

/// <summary>What the record says of who senses what: enrolments with what their bridges made of them (R-NET-01), and proposals of sensing plans (R-ENV-01).</summary>
public sealed class SensingView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_enrolments", "view_sensing_plans"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_enrolments(panel TEXT NOT NULL, sensor TEXT NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, ended INTEGER NOT NULL, state INTEGER NOT NULL, by TEXT NOT NULL,
            note TEXT, json TEXT NOT NULL, PRIMARY KEY(panel, sensor)) STRICT, WITHOUT ROWID;
        CREATE TABLE view_sensing_plans(change TEXT PRIMARY KEY, n INTEGER NOT NULL, asked INTEGER NOT NULL, zone TEXT NOT NULL, json TEXT NOT NULL, asked_by TEXT NOT NULL,
            state INTEGER NOT NULL, closed_by TEXT, note TEXT, refused TEXT) STRICT, WITHOUT ROWID;
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case RoomOrdered { Order: SensorEnrolOrder order } e:
                _ = db.Run(
                    "INSERT OR REPLACE INTO view_enrolments VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8)",
                    order.Panel.Value,
                    order.Place.Id,
                    item.N,
                    Ms(e.OccurredAt),
                    order.Ended ? 1L : 0L,
                    order.By,
                    order.Reason,
                    JsonSerializer.Serialize(order, RecordJson.Plain.RoomOrder));
                break;
            case SensorEnrolled e when item.Origin is { } from:
                _ = db.Run("UPDATE view_enrolments SET state = 1 WHERE panel = $1 AND sensor = $2 AND ended = $3", from.Panel.Value, e.Sensor, e.Ended ? 1L : 0L);
                break;
            case SensingOrderRefused { Sensor: { } sensor } e when item.Origin is { } from:
                _ = db.Run("UPDATE view_enrolments SET state = 2, note = $3 WHERE panel = $1 AND sensor = $2 AND state = 0", from.Panel.Value, sensor, e.Why);
                break;
            case SensingOrderRefused e:
                _ = db.Run(
                    "UPDATE view_sensing_plans SET refused = $2 WHERE change = (SELECT change FROM view_sensing_plans WHERE zone = $1 AND state = 1 ORDER BY n DESC LIMIT 1)", e.Zone.Value, e.Why);
                break;
            case SensingPlanAsked e:
                _ = db.Run(
                    "INSERT INTO view_sensing_plans VALUES ($1, $2, $3, $4, $5, $6, 0, NULL, NULL, NULL) ON CONFLICT(change) DO NOTHING",
                    e.Change,
                    item.N,
                    Ms(e.OccurredAt),
                    e.Zone.Value,
                    JsonSerializer.Serialize<RoomOrder>(new SensingPlanOrder(e.Change, e.Zone, e.Factors, e.Reason, e.By, e.By), RecordJson.Plain.RoomOrder),
                    e.By);
                break;
            case SensingPlanDeclined e:
                _ = db.Run("UPDATE view_sensing_plans SET state = 2, closed_by = $2, note = $3 WHERE change = $1 AND state = 0", e.Change, e.By, e.Reason);
                break;
            case RoomOrdered { Order: SensingPlanOrder order }:
                _ = db.Run("UPDATE view_sensing_plans SET state = 1, closed_by = $2 WHERE change = $1 AND state = 0", order.Change, order.By);
                break;
            default:
                break;
        }
    }

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
