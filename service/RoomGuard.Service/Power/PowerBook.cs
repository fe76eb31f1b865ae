using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using RoomGuard.Core.Power;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Power;
using RoomGuard.Service.Operators;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Power;

/// <summary>A plan that was ordered and not withdrawn.</summary>
/// <param name="N">Number of the order in the record.</param>
internal sealed record OrderedPlan(PowerPlan Plan, long N, string OrderedBy, ImmutableArray<string> InForceAt);

/// <summary>A command to a unit as the record has it.</summary>
/// <param name="ClosedBy">Who confirmed or dropped it; null: nobody.</param>
/// <param name="Note">Why it was dropped, or what the bridge said besides.</param>
internal sealed record RecordedCommand(
    string Id, string Ups, UpsCommand Command, int DelaySeconds, string Reason, DateTimeOffset AskedAt, string AskedBy, bool IsConfirmed, bool IsDropped, string? ClosedBy, DateTimeOffset? ClosedAt,
    UpsCommandResult? Result, DateTimeOffset? EndedAt, string Note);

/// <summary>Questions to what the record says of the power.</summary>
internal static class PowerBook
{
    private const string OutageColumns = """
        SELECT o.outage, o.ups, o.started, o.ended, o.seconds, CASE WHEN o.ended IS NULL THEN NULL ELSE o.min_charge END, o.changes, o.planned,
            (SELECT count(*) FROM view_shutdown_steps s WHERE s.outage = o.outage AND s.told IS NOT NULL), (SELECT count(*) FROM view_shutdown_steps s WHERE s.outage = o.outage AND s.result = 2)
        FROM view_outages o
        """;

    private const string ChangeColumns = "SELECT change, asked, made_from, json, withdrawn, reason, asked_by, state, closed_by, note FROM view_plan_changes";

    private const string CommandColumns = "SELECT command, ups, what, delay, reason, asked, asked_by, closed, closed_by, closed_at, result, ended, note FROM view_ups_commands";

    /// <summary>The plans in force, by name.</summary>
    public static ImmutableArray<OrderedPlan> Plans(Statements db)
    {
        var found = ImmutableArray.CreateBuilder<OrderedPlan>();
        using var row = db.Rows("SELECT json, n, in_force_at FROM view_room_orders WHERE key LIKE 'power-plan %' AND over = 0 ORDER BY key");
        while (row.Read())
        {
            if (JsonSerializer.Deserialize(row.GetString(0), RecordJson.Plain.RoomOrder) is PowerPlanOrder { Withdrawn: false } order)
            {
                found.Add(new(order.Plan, row.GetInt64(1), order.OrderedBy, [.. row.GetString(2).Split(' ', StringSplitOptions.RemoveEmptyEntries)]));
            }
        }

        return found.ToImmutable();
    }

    /// <summary>The newest version ever ordered under this name, withdrawn or not; 0: none. A plan that comes back goes on counting.</summary>
    public static int LastVersion(Statements db, string plan)
    {
        using var row = db.Rows("SELECT json FROM view_room_orders WHERE key = $1", $"power-plan {plan}");
        return row.Read() && JsonSerializer.Deserialize(row.GetString(0), RecordJson.Plain.RoomOrder) is PowerPlanOrder order ? order.Plan.Version : 0;
    }

    /// <summary>Proposals of plans, the newest first, each with the id of who proposed it.</summary>
    public static ImmutableArray<(PlanChangeLine Line, string AskedBy)> PlanChanges(Statements db, int most)
    {
        var standing = Plans(db);
        var found = ImmutableArray.CreateBuilder<(PlanChangeLine, string)>();
        using var row = db.Rows($"{ChangeColumns} ORDER BY n DESC LIMIT $1", (long)most);
        while (row.Read())
        {
            found.Add(ChangeOf(db, row, standing));
        }

        return found.ToImmutable();
    }

    /// <summary>One proposal; null: none by this number.</summary>
    public static (PlanChangeLine Line, string AskedBy)? PlanChange(Statements db, string change)
    {
        using var row = db.Rows($"{ChangeColumns} WHERE change = $1", change);
        return row.Read() ? ChangeOf(db, row, Plans(db)) : null;
    }

    /// <summary>How many proposals were ever made.</summary>
    public static long PlanChangesEver(Statements db) => (long)db.Value("SELECT count(*) FROM view_plan_changes")!;

    private static (PlanChangeLine, string) ChangeOf(Statements db, SqliteDataReader row, ImmutableArray<OrderedPlan> standing)
    {
        var plan = JsonSerializer.Deserialize(row.GetString(3), RecordJson.Plain.PowerPlan)!;
        var by = row.GetString(6);
        return (
            new(
                row.GetString(0), row.Time(1), (int)row.GetInt64(2), plan, row.GetInt64(4) != 0, standing.FirstOrDefault(one => one.Plan.Id == plan.Id)?.Plan, row.GetString(5),
                AuthorityGuard.NamedOrId(db, new(by)).Name, (PlanChangeState)row.GetInt64(7), row.TextOrNull(8) is { } closer ? AuthorityGuard.NamedOrId(db, new(closer)).Name : null, row.TextOrNull(9)),
            by);
    }

    /// <summary>How long hosts took to stop, as the bridges learnt it too.</summary>
    public static StopTimes Times(Statements db, string plan, PowerControlSettings settings)
    {
        var times = new StopTimes(settings);
        using var row = db.Rows("SELECT host, seconds FROM view_host_stops WHERE plan = $1 ORDER BY n", plan);
        while (row.Read())
        {
            times.Add(row.GetString(0), row.GetDouble(1));
        }

        return times;
    }

    /// <summary>Outages, the newest first.</summary>
    public static ImmutableArray<OutageLine> Outages(Statements db, int most, DateTimeOffset now)
    {
        using var row = db.Rows($"{OutageColumns} ORDER BY o.started DESC, o.outage DESC LIMIT $1", most);
        return All(row, now);
    }

    /// <summary>One outage; null: none by this id.</summary>
    public static OutageLine? Outage(Statements db, string id, DateTimeOffset now)
    {
        using var row = db.Rows($"{OutageColumns} WHERE o.outage = $1", id);
        return row.Read() ? LineOf(row, now) : null;
    }

    /// <summary>Outages of one unit that reach into a stretch of time, the oldest first; of too many the newest.</summary>
    public static ImmutableArray<TrendOutage> OutagesOf(Statements db, string ups, DateTimeOffset from, DateTimeOffset until, int most)
    {
        var found = ImmutableArray.CreateBuilder<TrendOutage>();
        using var row = db.Rows(
            "SELECT outage, started, ended FROM view_outages WHERE ups = $1 AND started < $2 AND (ended IS NULL OR ended > $3) ORDER BY started DESC LIMIT $4",
            ups,
            until.ToUnixTimeMilliseconds(),
            from.ToUnixTimeMilliseconds(),
            most);
        while (row.Read())
        {
            found.Add(new(row.GetString(0), row.Time(1), row.TimeOrNull(2)));
        }

        found.Reverse();
        return found.ToImmutable();
    }

    /// <summary>Outages of other units that overlap with one.</summary>
    public static ImmutableArray<OutageLine> AtSameTime(Statements db, OutageLine outage, DateTimeOffset now)
    {
        using var row = db.Rows(
            $"{OutageColumns} WHERE o.outage <> $1 AND o.started < $2 AND coalesce(o.ended, $2) > $3 ORDER BY o.started LIMIT 20",
            outage.Id,
            (outage.EndedAt ?? now).ToUnixTimeMilliseconds(),
            outage.StartedAt.ToUnixTimeMilliseconds());
        return All(row, now);
    }

    /// <summary>Numbers of the entries that make an outage's story, in the order in which things happened.</summary>
    public static ImmutableArray<long> Story(Statements db, string outage, int most)
    {
        var found = ImmutableArray.CreateBuilder<long>();
        using var row = db.Rows("SELECT n FROM view_outage_story WHERE outage = $1 ORDER BY at, n LIMIT $2", outage, most);
        while (row.Read())
        {
            found.Add(row.GetInt64(0));
        }

        return found.ToImmutable();
    }

    /// <summary>The last self-test of a unit; null: none.</summary>
    public static BatteryTestLine? LastTest(Statements db, string ups)
    {
        using var row = db.Rows("SELECT at, passed, seconds, min_charge FROM view_battery_tests WHERE ups = $1 ORDER BY at DESC LIMIT 1", ups);
        return row.Read() ? new(row.Time(0), row.NumberOrNull(1) is { } passed ? passed != 0 : null, row.GetDouble(2), Real(row, 3)) : null;
    }

    /// <summary>The last time a plan ran to its end; null: never.</summary>
    public static LastStop? LastStopOf(Statements db, string plan)
    {
        using var row = db.Rows("SELECT at, seconds, outage FROM view_shutdowns WHERE plan = $1 AND finished = 1 ORDER BY at DESC LIMIT 1", plan);
        return row.Read() ? new(row.Time(0), Real(row, 1) ?? 0, row.GetString(2)) : null;
    }

    /// <summary>Numbers of the drills of a plan, the newest first.</summary>
    public static ImmutableArray<long> Drills(Statements db, string plan, int most)
    {
        var found = ImmutableArray.CreateBuilder<long>();
        using var row = db.Rows("SELECT n FROM view_drills WHERE plan = $1 ORDER BY n DESC LIMIT $2", plan, most);
        while (row.Read())
        {
            found.Add(row.GetInt64(0));
        }

        return found.ToImmutable();
    }

    /// <summary>Planned outages, the newest first.</summary>
    public static ImmutableArray<(PlannedLine Line, string RegisteredBy)> Planned(Statements db, DateTimeOffset now)
    {
        var found = ImmutableArray.CreateBuilder<(PlannedLine, string)>();
        using var row = db.Rows("SELECT outage, starts, ends, units, reason, registered_by, agreed_by, state, note FROM view_planned_outages ORDER BY starts DESC, outage DESC LIMIT 200");
        while (row.Read())
        {
            var by = row.GetString(5);
            found.Add((
                new(
                    row.GetString(0), row.Time(1), row.Time(2), [.. row.GetString(3).Split(' ', StringSplitOptions.RemoveEmptyEntries)], row.GetString(4), NameOf(db, by),
                    row.TextOrNull(6) is { } agreed ? NameOf(db, agreed) : null, (PlannedState)row.GetInt64(7), row.TextOrNull(8), row.Time(2) <= now),
                by));
        }

        return found.ToImmutable();
    }

    /// <summary>Commands to a unit, the newest first.</summary>
    public static ImmutableArray<RecordedCommand> Commands(Statements db, string ups, int most)
    {
        var found = ImmutableArray.CreateBuilder<RecordedCommand>();
        using var row = db.Rows($"{CommandColumns} WHERE ups = $1 ORDER BY n DESC LIMIT $2", ups, most);
        while (row.Read())
        {
            found.Add(CommandOf(row));
        }

        return found.ToImmutable();
    }

    /// <summary>Number of the command that waits for its second person; null: none.</summary>
    public static string? WaitingCommand(Statements db, string ups, DateTimeOffset now) => db.Value(
        "SELECT command FROM view_ups_commands WHERE ups = $1 AND closed = 0 AND asked > $2 ORDER BY n DESC LIMIT 1", ups, (now - UpsCommandAsked.GoodFor).ToUnixTimeMilliseconds()) as string;

    /// <summary>One command; null: none by this number.</summary>
    public static RecordedCommand? Command(Statements db, string id)
    {
        using var row = db.Rows($"{CommandColumns} WHERE command = $1", id);
        return row.Read() ? CommandOf(row) : null;
    }

    /// <summary>How many were ever asked for.</summary>
    public static long CommandCount(Statements db) => (long)db.Value("SELECT count(*) FROM view_ups_commands")!;

    /// <summary>A person by the name pages show.</summary>
    public static string NameOf(Statements db, string person) => AuthorityGuard.NamedOrId(db, new(person)).Name;

    private static ImmutableArray<OutageLine> All(SqliteDataReader row, DateTimeOffset now)
    {
        var found = ImmutableArray.CreateBuilder<OutageLine>();
        while (row.Read())
        {
            found.Add(LineOf(row, now));
        }

        return found.ToImmutable();
    }

    private static OutageLine LineOf(SqliteDataReader row, DateTimeOffset now) => new(
        row.GetString(0), row.GetString(1), row.Time(2), row.TimeOrNull(3), Real(row, 4) ?? Math.Max(0, Math.Round((now - row.Time(2)).TotalSeconds)), Real(row, 5), (int)row.GetInt64(6), row.GetInt64(7) != 0,
        (int)row.GetInt64(8), (int)row.GetInt64(9));

    private static RecordedCommand CommandOf(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), (UpsCommand)row.GetInt64(2), (int)row.GetInt64(3), row.GetString(4), row.Time(5), row.GetString(6), row.GetInt64(7) == 1, row.GetInt64(7) == 2,
        row.TextOrNull(8), row.TimeOrNull(9), (UpsCommandResult?)row.NumberOrNull(10), row.TimeOrNull(11), row.GetString(12));

    private static double? Real(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);
}
