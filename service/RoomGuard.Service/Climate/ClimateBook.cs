using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Climate;
using RoomGuard.Service.Operators;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Climate;

/// <summary>Questions to what the record says of the climate.</summary>
internal static class ClimateBook
{
    /// <summary>What was wrong at sensors in a stretch of time, the oldest first; of too much the newest.</summary>
    public static ImmutableArray<SensorAlarm> AlarmsOf(Statements db, ImmutableArray<string> sensors, DateTimeOffset from, DateTimeOffset until, int most)
    {
        var found = new List<SensorAlarm>();
        foreach (var sensor in sensors)
        {
            using var row = db.Rows(
                "SELECT rule, level, raised, ended, peak FROM view_climate_alarms WHERE object = $1 AND raised < $2 AND (ended IS NULL OR ended > $3) ORDER BY raised DESC LIMIT $4",
                sensor,
                until.ToUnixTimeMilliseconds(),
                from.ToUnixTimeMilliseconds(),
                (long)most);
            while (row.Read())
            {
                found.Add(new(sensor, (ClimateRule)row.GetInt64(0), (ClimateLevel)row.GetInt64(1), row.Time(2), row.TimeOrNull(3), row.IsDBNull(4) ? null : row.GetDouble(4)));
            }
        }

        return [.. found.OrderBy(alarm => alarm.RaisedAt).TakeLast(most)];
    }

    /// <summary>Proposals, the newest first, each with the id of who proposed it.</summary>
    public static ImmutableArray<(LimitsLine Line, string AskedBy)> Limits(Statements db, int most)
    {
        var found = ImmutableArray.CreateBuilder<(LimitsLine, string)>();
        using var row = db.Rows($"{Columns} ORDER BY n DESC LIMIT $1", (long)most);
        while (row.Read())
        {
            found.Add(LineOf(db, row));
        }

        return found.ToImmutable();
    }

    /// <summary>One proposal; null: none by this number.</summary>
    public static (LimitsLine Line, string AskedBy)? Limit(Statements db, string change)
    {
        using var row = db.Rows($"{Columns} WHERE change = $1", change);
        return row.Read() ? LineOf(db, row) : null;
    }

    /// <summary>How many were ever made.</summary>
    public static long Count(Statements db) => (long)db.Value("SELECT count(*) FROM view_climate_limits")!;

    private const string Columns = "SELECT change, asked, zone, sensor, measure, before, limits, rehearsed, reason, asked_by, state, closed_by, note FROM view_climate_limits";

    private static (LimitsLine, string) LineOf(Statements db, SqliteDataReader row)
    {
        var by = row.GetString(9);
        return (
            new(
                row.GetString(0), row.Time(1), new(row.GetString(2)), row.TextOrNull(3), (Measure)row.GetInt64(4), LimitsOf(row.TextOrNull(5)), LimitsOf(row.TextOrNull(6)), (int?)row.NumberOrNull(7),
                row.GetString(8), NameOf(db, by), (LimitsState)row.GetInt64(10), row.TextOrNull(11) is { } closer ? NameOf(db, closer) : null, row.TextOrNull(12)),
            by);
    }

    private static LimitSet? LimitsOf(string? json) => json is null ? null : JsonSerializer.Deserialize(json, RecordJson.Plain.LimitSet);

    private static string NameOf(Statements db, string person) => AuthorityGuard.NamedOrId(db, new(person)).Name;
}
