using System.Text.Json;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Power;
using RoomGuard.Core.Record;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Power;

/// <summary>
/// What the record says of the power: outages with the entries that belong to each, shutdowns step by step, battery tests, how long hosts took to stop,
/// planned outages, and which findings stand (R-PWR-02, R-PWR-03, R-PWR-04, R-PWR-07, R-PWR-09).
/// </summary>
public sealed class PowerView : IRecordView
{
    /// <summary>A finding of the reserve: its subject is the plan.</summary>
    public const string Reserve = "reserve";

    /// <summary>A unit that does not answer: its subject is the unit.</summary>
    public const string Contact = "contact";

    /// <summary>Something wrong with the supply: its subject is the source and what is wrong.</summary>
    public const string Supply = "supply";

    /// <summary>A battery that is due: its subject is the unit and why.</summary>
    public const string Battery = "battery";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } =
        ["view_outages", "view_outage_story", "view_shutdown_steps", "view_shutdowns", "view_host_stops", "view_battery_tests", "view_planned_outages", "view_power_findings", "view_drills", "view_ups_commands", "view_plan_changes"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_outages(outage TEXT PRIMARY KEY, n INTEGER NOT NULL, ups TEXT NOT NULL, started INTEGER NOT NULL, ended INTEGER, seconds REAL, min_charge REAL, changes INTEGER NOT NULL,
            planned INTEGER NOT NULL, left_at_start REAL) STRICT;
        CREATE INDEX view_outages_started ON view_outages(started);
        CREATE TABLE view_outage_story(outage TEXT NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(outage, n)) STRICT, WITHOUT ROWID;
        CREATE TABLE view_shutdown_steps(outage TEXT NOT NULL, plan TEXT NOT NULL, step INTEGER NOT NULL, target TEXT NOT NULL, told INTEGER, ended INTEGER, result INTEGER, seconds REAL, still_up TEXT NOT NULL,
            PRIMARY KEY(outage, plan, step)) STRICT, WITHOUT ROWID;
        CREATE TABLE view_shutdowns(outage TEXT NOT NULL, plan TEXT NOT NULL, at INTEGER NOT NULL, finished INTEGER NOT NULL, seconds REAL, PRIMARY KEY(outage, plan)) STRICT, WITHOUT ROWID;
        CREATE TABLE view_host_stops(n INTEGER PRIMARY KEY, host TEXT NOT NULL, plan TEXT NOT NULL, seconds REAL NOT NULL) STRICT;
        CREATE INDEX view_host_stops_plan ON view_host_stops(plan, n);
        CREATE TABLE view_battery_tests(n INTEGER PRIMARY KEY, ups TEXT NOT NULL, at INTEGER NOT NULL, passed INTEGER, seconds REAL NOT NULL, min_charge REAL) STRICT;
        CREATE INDEX view_battery_tests_ups ON view_battery_tests(ups, at);
        CREATE TABLE view_planned_outages(outage TEXT PRIMARY KEY, n INTEGER NOT NULL, starts INTEGER NOT NULL, ends INTEGER NOT NULL, units TEXT NOT NULL, reason TEXT NOT NULL, registered_by TEXT NOT NULL,
            agreed_by TEXT, state INTEGER NOT NULL, note TEXT) STRICT;
        CREATE TABLE view_ups_commands(command TEXT PRIMARY KEY, n INTEGER NOT NULL, ups TEXT NOT NULL, what INTEGER NOT NULL, delay INTEGER NOT NULL, reason TEXT NOT NULL, asked INTEGER NOT NULL,
            asked_by TEXT NOT NULL, closed INTEGER NOT NULL, closed_by TEXT, closed_at INTEGER, result INTEGER, ended INTEGER, note TEXT NOT NULL) STRICT;
        CREATE INDEX view_ups_commands_ups ON view_ups_commands(ups, n);
        CREATE TABLE view_power_findings(kind TEXT NOT NULL, subject TEXT NOT NULL, n INTEGER NOT NULL, since INTEGER NOT NULL, PRIMARY KEY(kind, subject)) STRICT, WITHOUT ROWID;
        CREATE TABLE view_drills(n INTEGER PRIMARY KEY, plan TEXT NOT NULL) STRICT;
        CREATE INDEX view_drills_plan ON view_drills(plan, n);
        CREATE TABLE view_plan_changes(change TEXT PRIMARY KEY, n INTEGER NOT NULL, asked INTEGER NOT NULL, made_from INTEGER NOT NULL, json TEXT NOT NULL, withdrawn INTEGER NOT NULL, reason TEXT NOT NULL,
            asked_by TEXT NOT NULL, state INTEGER NOT NULL, closed_by TEXT, note TEXT) STRICT;
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case OutageBegan e:
                _ = db.Run(
                    """
                    INSERT INTO view_outages VALUES ($1, $2, $3, $4, NULL, NULL, $5, 1, $6, $7)
                    ON CONFLICT(outage) DO UPDATE SET left_at_start = $7
                    """,
                    e.OutageId,
                    item.N,
                    e.Ups,
                    Ms(e.OccurredAt),
                    e.ChargePercent,
                    e.Planned ? 1 : 0,
                    e.LeftSeconds);
                Tell(db, item, e.OutageId);
                break;
            case OutageEnded e:
                _ = db.Run(
                    """
                    INSERT INTO view_outages VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL)
                    ON CONFLICT(outage) DO UPDATE SET ended = $5, seconds = $6, min_charge = coalesce($7, min_charge), changes = $8, planned = $9
                    """,
                    e.OutageId,
                    item.N,
                    e.Ups,
                    Ms(e.StartedAt),
                    Ms(e.StartedAt.AddSeconds(e.Seconds)),
                    e.Seconds,
                    e.MinChargePercent,
                    e.Changes,
                    e.Planned ? 1 : 0);
                Tell(db, item, e.OutageId);
                break;
            case MainsUnsteady e:
                Tell(db, item, e.OutageId);
                break;
            case StageStarted e:
                _ = db.Run(
                    """
                    INSERT INTO view_shutdown_steps VALUES ($1, $2, $3, $4, $5, NULL, NULL, NULL, '')
                    ON CONFLICT(outage, plan, step) DO UPDATE SET target = $4, told = $5
                    """,
                    e.OutageId,
                    e.Plan,
                    e.StepNo,
                    e.Target,
                    Ms(e.OccurredAt));
                Tell(db, item, e.OutageId);
                break;
            case HostStopped e:
                _ = db.Run("INSERT INTO view_host_stops VALUES ($1, $2, $3, $4)", item.N, e.Host, e.Plan, e.Seconds);
                Tell(db, item, e.OutageId);
                break;
            case StageEnded e:
                _ = db.Run(
                    """
                    INSERT INTO view_shutdown_steps VALUES ($1, $2, $3, $4, NULL, $5, $6, $7, $8)
                    ON CONFLICT(outage, plan, step) DO UPDATE SET ended = $5, result = $6, seconds = $7, still_up = $8
                    """,
                    e.OutageId,
                    e.Plan,
                    e.StepNo,
                    e.Target,
                    Ms(e.OccurredAt),
                    (long)e.Result,
                    e.Seconds,
                    string.Join(' ', e.StillUp));
                Tell(db, item, e.OutageId);
                break;
            case ShutdownStopped e:
                Shutdown(db, e.OutageId, e.Plan, e.OccurredAt, finished: false, null);
                Tell(db, item, e.OutageId);
                break;
            case ShutdownFinished e:
                Shutdown(db, e.OutageId, e.Plan, e.OccurredAt, finished: true, e.Seconds);
                Tell(db, item, e.OutageId);
                break;

            case WebhookAccepted e:
                Tell(db, item, e.OutageId);
                break;
            case WebhookGivenUp e:
                Tell(db, item, e.OutageId);
                break;

            // It names no outage: it belongs to the last one in which its plan told anybody.
            case RestartAllowed e:
                if (db.Value("SELECT outage FROM view_shutdown_steps WHERE plan = $1 ORDER BY coalesce(told, ended) DESC LIMIT 1", e.Plan) is string last)
                {
                    Tell(db, item, last);
                }

                break;
            case ReserveShort e:
                Stand(db, item, Reserve, e.Plan);
                TellAll(db, item, null);
                break;
            case ReserveEnough e:
                Over(db, Reserve, e.Plan);
                TellAll(db, item, null);
                break;
            case UpsLost e:
                Stand(db, item, Contact, e.Ups);
                TellAll(db, item, e.Ups);
                break;
            case UpsFound e:
                Over(db, Contact, e.Ups);
                TellAll(db, item, e.Ups);
                break;
            case SupplyTroubled e:
                if (e.Trouble is not SupplyTrouble.Surge)
                {
                    Stand(db, item, Supply, $"{e.Source} {e.Trouble}");
                }

                TellAll(db, item, e.Source);
                break;
            case SupplyRecovered e:
                Over(db, Supply, $"{e.Source} {e.Trouble}");
                TellAll(db, item, e.Source);
                break;
            case BatteryTested e:
                _ = db.Run("INSERT INTO view_battery_tests VALUES ($1, $2, $3, $4, $5, $6)", item.N, e.Ups, Ms(e.OccurredAt), e.Passed is { } passed ? passed ? 1 : 0 : null, e.Seconds, e.MinChargePercent);
                break;
            case BatteryDue e:
                Stand(db, item, Battery, $"{e.Ups} {e.Cause}");
                TellAll(db, item, e.Ups);
                break;
            case BatteryInOrder e:
                Over(db, Battery, $"{e.Ups} {e.Cause}");
                break;
            case DrillHeld e:
                _ = db.Run("INSERT INTO view_drills VALUES ($1, $2)", item.N, e.Plan);
                break;
            default:
                Planned(db, item);
                break;
        }
    }

    private static void Planned(Statements db, RecordedItem item)
    {
        switch (item.Event)
        {
            case PlannedOutageAsked e:
                _ = db.Run(
                    "INSERT INTO view_planned_outages VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, 0, NULL) ON CONFLICT(outage) DO NOTHING",
                    e.Outage,
                    item.N,
                    Ms(e.From),
                    Ms(e.To),
                    string.Join(' ', e.Units),
                    e.Reason,
                    e.By);
                break;
            case PlannedOutageDeclined e:
                _ = db.Run("UPDATE view_planned_outages SET state = 2, note = $2 WHERE outage = $1", e.Outage, e.Reason);
                break;
            case RoomOrdered { Order: PlannedOutageOrder { CalledOff: false, Outage: var outage } }:
                _ = db.Run("UPDATE view_planned_outages SET state = 1, agreed_by = $2 WHERE outage = $1", outage.Id, outage.AgreedBy);
                break;
            case RoomOrdered { Order: PlannedOutageOrder { CalledOff: true, Outage: var outage } }:
                _ = db.Run("UPDATE view_planned_outages SET state = 3, note = $2 WHERE outage = $1", outage.Id, outage.Reason);
                break;
            case PowerPlanAsked e:
                _ = db.Run(
                    "INSERT INTO view_plan_changes VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, NULL, NULL) ON CONFLICT(change) DO NOTHING",
                    e.Change,
                    item.N,
                    Ms(e.OccurredAt),
                    e.From,
                    JsonSerializer.Serialize(e.Plan, RecordJson.Plain.PowerPlan),
                    e.Withdrawn ? 1 : 0,
                    e.Reason,
                    e.By);
                break;
            case PowerPlanDeclined e:
                _ = db.Run("UPDATE view_plan_changes SET state = 2, closed_by = $2, note = $3 WHERE change = $1 AND state = 0", e.Change, e.By, e.Reason);
                break;
            case RoomOrdered { Order: PowerPlanOrder { Change: { } change } order }:
                _ = db.Run("UPDATE view_plan_changes SET state = 1, closed_by = $2 WHERE change = $1 AND state = 0", change, order.OrderedBy);
                break;
            default:
                Command(db, item);
                break;
        }
    }

    // A command to a unit (R-PWR-10): closed is 1 once it is confirmed, 2 once it is dropped.
    private static void Command(Statements db, RecordedItem item)
    {
        switch (item.Event)
        {
            case UpsCommandAsked e:
                _ = db.Run(
                    "INSERT INTO view_ups_commands VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, NULL, NULL, NULL, NULL, '') ON CONFLICT(command) DO NOTHING",
                    e.CommandId,
                    item.N,
                    e.Ups,
                    (long)e.Command,
                    e.DelaySeconds,
                    e.Reason,
                    Ms(e.OccurredAt),
                    e.RequestedBy);
                break;
            case UpsCommandDropped e:
                _ = db.Run("UPDATE view_ups_commands SET closed = 2, closed_by = $2, closed_at = $3, note = $4 WHERE command = $1 AND closed = 0", e.CommandId, e.By, Ms(e.OccurredAt), e.Reason);
                break;
            case RoomOrdered { Order: UpsCommandOrder order } e:
                _ = db.Run("UPDATE view_ups_commands SET closed = 1, closed_by = $2, closed_at = $3 WHERE command = $1 AND closed = 0", order.CommandId, order.ConfirmedBy, Ms(e.OccurredAt));
                break;
            case UpsCommandEnded e:
                _ = db.Run("UPDATE view_ups_commands SET result = $2, ended = $3, note = $4 WHERE command = $1 AND result IS NULL", e.CommandId, (long)e.Result, Ms(e.OccurredAt), e.Detail);
                break;
            default:
                break;
        }
    }

    private static void Shutdown(Statements db, string outage, string plan, DateTimeOffset at, bool finished, double? seconds) => _ = db.Run(
        "INSERT INTO view_shutdowns VALUES ($1, $2, $3, $4, $5) ON CONFLICT(outage, plan) DO UPDATE SET at = $3, finished = $4, seconds = $5",
        outage,
        plan,
        Ms(at),
        finished ? 1 : 0,
        seconds);

    private static void Tell(Statements db, RecordedItem item, string outage) =>
        _ = db.Run("INSERT INTO view_outage_story VALUES ($1, $2, $3) ON CONFLICT(outage, n) DO NOTHING", outage, item.N, Ms(item.OccurredAt));

    // What concerns a unit, or the reserve of all, is part of the story of the outages that go on at that moment.
    private static void TellAll(Statements db, RecordedItem item, string? ups) => _ = db.Run(
        "INSERT INTO view_outage_story SELECT outage, $1, $2 FROM view_outages WHERE ended IS NULL AND ($3 IS NULL OR ups = $3)",
        item.N,
        Ms(item.OccurredAt),
        ups);

    private static void Stand(Statements db, RecordedItem item, string kind, string subject) =>
        _ = db.Run("INSERT INTO view_power_findings VALUES ($1, $2, $3, $4) ON CONFLICT(kind, subject) DO NOTHING", kind, subject, item.N, Ms(item.OccurredAt));

    private static void Over(Statements db, string kind, string subject) => _ = db.Run("DELETE FROM view_power_findings WHERE kind = $1 AND subject = $2", kind, subject);

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
