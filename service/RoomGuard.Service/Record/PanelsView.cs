using System.Text.Json;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Record;

namespace RoomGuard.Service.Record;

/// <summary>
/// What each bridge has told and been told: how far its journal has come, its enrolled certificate, what is in force there; and every
/// order that was ever given (R-RED-02, R-RED-03).
/// </summary>
public sealed class PanelsView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_panels", "view_suspensions", "view_lockdowns", "view_lists", "view_room_orders", "view_times"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_panels(panel TEXT PRIMARY KEY, fingerprint TEXT, journal TEXT, next_seq INTEGER NOT NULL, leaf TEXT, lost_since INTEGER, list_version INTEGER, list_issued INTEGER, list_applied INTEGER,
            suspension INTEGER NOT NULL, boot INTEGER) STRICT, WITHOUT ROWID;
        CREATE TABLE view_suspensions(n INTEGER PRIMARY KEY, serial INTEGER NOT NULL UNIQUE, at INTEGER NOT NULL, person TEXT, card TEXT, lifted INTEGER NOT NULL, json TEXT NOT NULL) STRICT;
        CREATE INDEX view_suspensions_person ON view_suspensions(person, serial);
        CREATE INDEX view_suspensions_card ON view_suspensions(card, serial);
        CREATE TABLE view_lockdowns(id TEXT PRIMARY KEY, begun INTEGER NOT NULL, ended INTEGER, ordered_at INTEGER NOT NULL, json TEXT NOT NULL, in_force_at TEXT NOT NULL, over_at TEXT NOT NULL, mandate INTEGER) STRICT, WITHOUT ROWID;
        CREATE TABLE view_lists(version INTEGER PRIMARY KEY, n INTEGER NOT NULL, at INTEGER NOT NULL, sha256 TEXT NOT NULL, cause TEXT NOT NULL) STRICT;
        CREATE TABLE view_room_orders(key TEXT PRIMARY KEY, n INTEGER NOT NULL UNIQUE, over INTEGER NOT NULL, json TEXT NOT NULL, in_force_at TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE view_times(at INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY(at, n)) STRICT, WITHOUT ROWID;
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        var at = item.OccurredAt.ToUnixTimeMilliseconds();
        _ = db.Run("INSERT INTO view_times VALUES ($1, $2)", at, item.N);
        if (item.Origin is { } origin)
        {
            Know(db, origin.Panel);
            _ = db.Run("UPDATE view_panels SET journal = $2, next_seq = $3, leaf = $4 WHERE panel = $1", origin.Panel.Value, origin.Journal, origin.Seq + 1, origin.Leaf);
        }

        switch (item.Event)
        {
            case PanelEnrolled e:
                Know(db, e.Panel);
                _ = db.Run("UPDATE view_panels SET fingerprint = $2 WHERE panel = $1", e.Panel.Value, e.Fingerprint);
                break;
            case PanelLost e:
                Know(db, e.Panel);
                _ = db.Run("UPDATE view_panels SET lost_since = $2 WHERE panel = $1", e.Panel.Value, e.LastHeard.ToUnixTimeMilliseconds());
                break;
            case PanelSeen e:
                Know(db, e.Panel);
                _ = db.Run("UPDATE view_panels SET lost_since = NULL WHERE panel = $1", e.Panel.Value);
                break;
            case ReportHole { Kind: "content" } e:
                Know(db, e.Panel);

                // The entry could not be believed and is not in the record; the next one is expected all the same.
                _ = db.Run("UPDATE view_panels SET next_seq = max(next_seq, $2), leaf = NULL WHERE panel = $1", e.Panel.Value, e.Found + 1);
                break;
            case GrantListApplied e when item.Origin is { } from:
                _ = db.Run(
                    "UPDATE view_panels SET list_version = $2, list_issued = $3, list_applied = $4 WHERE panel = $1",
                    from.Panel.Value,
                    e.Version,
                    e.IssuedAt.ToUnixTimeMilliseconds(),
                    at);
                break;
            case SuspensionApplied e when item.Origin is { } from:
                _ = db.Run("UPDATE view_panels SET suspension = max(suspension, $2) WHERE panel = $1", from.Panel.Value, e.Suspension.Serial);
                break;
            case JournalStarted e when item.Origin is { } from:
                _ = db.Run("UPDATE view_panels SET boot = $2 WHERE panel = $1", from.Panel.Value, e.Boot);
                break;
            case LockdownApplied e when item.Origin is { } from:
                _ = e.Ended
                    ? db.Run("UPDATE view_lockdowns SET over_at = over_at || $2 || ' ' WHERE id = $1", e.Lockdown.Id, from.Panel.Value)
                    : db.Run("UPDATE view_lockdowns SET in_force_at = in_force_at || $2 || ' ' WHERE id = $1", e.Lockdown.Id, from.Panel.Value);
                break;
            case RoomOrderApplied e when item.Origin is { } from:
                _ = db.Run("UPDATE view_room_orders SET in_force_at = in_force_at || $2 || ' ' WHERE n = $1", e.Serial, from.Panel.Value);
                break;
            case RoomOrdered e:
                _ = db.Run(
                    "INSERT INTO view_room_orders VALUES ($1, $2, $3, $4, '') ON CONFLICT(key) DO UPDATE SET n = $2, over = $3, json = $4, in_force_at = ''",
                    e.Order.Key,
                    item.N,
                    e.Order.IsOver ? 1 : 0,
                    JsonSerializer.Serialize(e.Order, RecordJson.Plain.RoomOrder));
                break;
            case SuspensionOrdered { Suspension: var suspension }:
                _ = db.Run(
                    "INSERT INTO view_suspensions VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
                    item.N,
                    suspension.Serial,
                    at,
                    suspension.Person?.Value,
                    suspension.Credential?.Value,
                    suspension.Lifted ? 1 : 0,
                    JsonSerializer.Serialize(suspension, RecordJson.Plain.Suspension));
                break;
            case LockdownOrdered { Ended: false } e:
                _ = db.Run(
                    "INSERT INTO view_lockdowns VALUES ($1, $2, NULL, $3, $4, ' ', ' ', $5) ON CONFLICT DO NOTHING",
                    e.Lockdown.Id,
                    item.N,
                    at,
                    JsonSerializer.Serialize(e.Lockdown, RecordJson.Plain.Lockdown),
                    e.Mandate is { } mandate ? (long)mandate : null);
                break;
            case LockdownOrdered { Ended: true } e:
                _ = db.Run("UPDATE view_lockdowns SET ended = $2, ordered_at = $3 WHERE id = $1", e.Lockdown.Id, item.N, at);
                break;
            case GrantListPublished e:
                _ = db.Run("INSERT INTO view_lists VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING", e.Version, item.N, at, e.Sha256, e.Cause);
                break;
            default:
                break;
        }
    }

    private static void Know(Statements db, PanelId panel) =>
        _ = db.Run("INSERT INTO view_panels VALUES ($1, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0, NULL) ON CONFLICT DO NOTHING", panel.Value);
}
