using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Climate;
using RoomGuard.Service.Operators;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Climate;

/// <summary>Questions to what the record says of who senses what.</summary>
internal static class SensingBook
{
    private const string Plan = "SELECT asked, json, asked_by, state, closed_by, note, refused FROM view_sensing_plans";

    /// <summary>Enrolments, the newest first.</summary>
    public static ImmutableArray<EnrolmentLine> Enrolments(Statements db, int most)
    {
        var found = ImmutableArray.CreateBuilder<EnrolmentLine>();
        using var row = db.Rows("SELECT json, at, ended, state, by, note FROM view_enrolments ORDER BY n DESC LIMIT $1", (long)most);
        while (row.Read())
        {
            var order = Order<SensorEnrolOrder>(row.GetString(0));
            found.Add(new(
                order.Panel, order.Place.Id, order.Place.Zone, order.Wiring.Source, order.Wiring.Device, row.Time(1), row.GetInt64(2) == 1, (SensingState)row.GetInt64(3), NameOf(db, row.GetString(4)),
                row.TextOrNull(5)));
        }

        return found.ToImmutable();
    }

    /// <summary>The last order about a sensor, with what its bridge made of it; null: there was none.</summary>
    public static (SensorEnrolOrder Order, SensingState State)? Enrolment(Statements db, string panel, string sensor)
    {
        using var row = db.Rows("SELECT json, state FROM view_enrolments WHERE panel = $1 AND sensor = $2", panel, sensor);
        return row.Read() ? (Order<SensorEnrolOrder>(row.GetString(0)), (SensingState)row.GetInt64(1)) : null;
    }

    /// <summary>Proposals of plans, the newest first.</summary>
    public static ImmutableArray<PlanLine> Plans(Statements db, int most)
    {
        var found = ImmutableArray.CreateBuilder<PlanLine>();
        using var row = db.Rows($"{Plan} ORDER BY n DESC LIMIT $1", (long)most);
        while (row.Read())
        {
            found.Add(LineOf(db, row));
        }

        return found.ToImmutable();
    }

    /// <summary>One proposal with the id of who proposed it; null: none by this number.</summary>
    public static (PlanLine Line, string AskedBy)? Proposal(Statements db, string change)
    {
        using var row = db.Rows($"{Plan} WHERE change = $1", change);
        return row.Read() ? (LineOf(db, row), row.GetString(2)) : null;
    }

    /// <summary>How many were ever proposed.</summary>
    public static long Count(Statements db) => (long)db.Value("SELECT count(*) FROM view_sensing_plans")!;

    private static PlanLine LineOf(Statements db, SqliteDataReader row)
    {
        var order = Order<SensingPlanOrder>(row.GetString(1));
        return new(
            order.Change, row.Time(0), order.Zone, order.Factors, order.Reason, NameOf(db, row.GetString(2)), (LimitsState)row.GetInt64(3),
            row.TextOrNull(4) is { } closer ? NameOf(db, closer) : null, row.TextOrNull(5), row.TextOrNull(6));
    }

    private static TOrder Order<TOrder>(string json)
        where TOrder : Core.Doors.RoomOrder => (TOrder)JsonSerializer.Deserialize(json, RecordJson.Plain.RoomOrder)!;

    private static string NameOf(Statements db, string person) => AuthorityGuard.NamedOrId(db, new(person)).Name;
}
