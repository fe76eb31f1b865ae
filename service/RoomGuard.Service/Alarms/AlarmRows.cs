using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using RoomGuard.Core.Record;
using RoomGuard.Core.Watch;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Alarms;

/// <summary>Alarms, notices, contacts and maintenance as the view keeps them.</summary>
internal static class AlarmRows
{
    private const string Columns = """
        SELECT alarm, kind, subject, level, state, raised, last_raised, last_entry, returned, closed, times, recent, unstable, planned, zone, door, device, panel, first_ack,
            ack_at, ack_by, ack_note, ack_false, owner, shelf_at, shelf_until, shelf_reason, shelf_by FROM view_alarms
        """;

    /// <summary>One by its id; null: there is none.</summary>
    public static Alarm? One(Statements db, string id) => First(db, $"{Columns} WHERE alarm = $1", id);

    /// <summary>The open one of a kind and subject; null: none is.</summary>
    public static Alarm? Open(Statements db, AlarmKind kind, string subject) => First(db, $"{Columns} WHERE kind = $1 AND subject = $2 AND state < 3", kind.Id, subject);

    /// <summary>The last one of a kind and subject, open or over.</summary>
    public static Alarm? Last(Statements db, AlarmKind kind, string subject) => First(db, $"{Columns} WHERE kind = $1 AND subject = $2 ORDER BY n DESC LIMIT 1", kind.Id, subject);

    /// <summary>All that are open, the oldest first.</summary>
    public static ImmutableArray<Alarm> AllOpen(Statements db) => Read(db, $"{Columns} WHERE state < 3 ORDER BY n");

    /// <summary>All open ones of a kind.</summary>
    public static ImmutableArray<Alarm> AllOpen(Statements db, AlarmKind kind) => Read(db, $"{Columns} WHERE kind = $1 AND state < 3 ORDER BY n", kind.Id);

    /// <summary>Those over since a moment, the last first.</summary>
    public static ImmutableArray<Alarm> OverSince(Statements db, DateTimeOffset since, int most) => Read(db, $"{Columns} WHERE closed >= $1 ORDER BY closed DESC, n DESC LIMIT $2", Ms(since), (long)most);

    /// <summary>Those raised within a time, the first first.</summary>
    public static ImmutableArray<Alarm> RaisedWithin(Statements db, DateTimeOffset from, DateTimeOffset until) =>
        Read(db, $"{Columns} WHERE raised >= $1 AND raised < $2 ORDER BY raised, n", Ms(from), Ms(until));

    /// <summary>Those that are over, the last first, from one on.</summary>
    /// <param name="before">Only those raised by an entry before this one; null: the last.</param>
    public static ImmutableArray<Alarm> History(Statements db, long? before, int most) =>
        Read(db, $"{Columns} WHERE state = 3 AND n < $1 ORDER BY n DESC LIMIT $2", before ?? long.MaxValue, (long)most);

    /// <summary>Writes an alarm as it now stands.</summary>
    /// <param name="n">The entry that raised it.</param>
    public static void Keep(Statements db, Alarm alarm, long n) => _ = db.Run(
        """
        INSERT INTO view_alarms VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29)
        ON CONFLICT(alarm) DO UPDATE SET level = $5, state = $6, last_raised = $8, last_entry = $9, returned = $10, closed = $11, times = $12, recent = $13, unstable = $14, first_ack = $20,
            ack_at = $21, ack_by = $22, ack_note = $23, ack_false = $24, owner = $25, shelf_at = $26, shelf_until = $27, shelf_reason = $28, shelf_by = $29
        """,
        alarm.Id,
        n,
        alarm.Kind.Id,
        alarm.Subject,
        (long)alarm.Level,
        (long)alarm.State,
        Ms(alarm.RaisedAt),
        Ms(alarm.LastRaisedAt),
        alarm.LastRaisedEntry,
        Ms(alarm.ReturnedAt),
        Ms(alarm.OverAt),
        alarm.Times,
        string.Join(' ', alarm.Recent.Select(at => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture))),
        alarm.Unstable ? 1 : 0,
        alarm.Planned ? 1 : 0,
        alarm.Zone?.Value,
        alarm.Door?.Value,
        alarm.Device,
        alarm.Panel?.Value,
        Ms(alarm.FirstAcknowledgedAt),
        Ms(alarm.Acknowledged?.At),
        alarm.Acknowledged?.By.Value,
        alarm.Acknowledged?.Note,
        alarm.Acknowledged is { } seen ? seen.FalseAlarm ? 1 : 0 : null,
        alarm.Owner?.Value,
        Ms(alarm.Shelved?.At),
        Ms(alarm.Shelved?.Until),
        alarm.Shelved?.Reason,
        alarm.Shelved?.By.Value);

    /// <summary>The number of the entry that raised an alarm, from its id; null: it is no id of ours.</summary>
    public static long? EntryOf(string id) => id.StartsWith("AL-", StringComparison.Ordinal) && long.TryParse(id.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;

    /// <summary>Notices of an alarm so far, the first first.</summary>
    public static ImmutableArray<Told> Told(Statements db, string id)
    {
        var found = ImmutableArray.CreateBuilder<Told>();
        using var row = db.Rows("SELECT n, at, cause, level, step, contacts FROM view_alarm_notices WHERE alarm = $1 ORDER BY n", id);
        while (row.Read())
        {
            found.Add(new(row.GetInt64(0), row.Time(1), (NoticeCause)row.GetInt64(2), (AlarmLevel)row.GetInt64(3), (int)row.GetInt64(4), [.. row.GetString(5).Split(' ')]));
        }

        return found.DrainToImmutable();
    }

    /// <summary>保守中 that goes on or is still to end at a moment.</summary>
    public static ImmutableArray<Maintenance> Maintenance(Statements db, DateTimeOffset now)
    {
        var found = ImmutableArray.CreateBuilder<Maintenance>();
        using var row = db.Rows("SELECT id, zone, device, person, began, until, what FROM view_maintenance WHERE ended IS NULL AND until > $1 ORDER BY n", Ms(now));
        while (row.Read())
        {
            found.Add(new(row.GetString(0), row.TextOrNull(1) is { } zone ? new Core.Zones.ZoneId(zone) : null, row.TextOrNull(2), new(row.GetString(3)), row.Time(4), row.Time(5), row.GetString(6)));
        }

        return found.DrainToImmutable();
    }

    /// <summary>Contacts and lists as the site has written them down.</summary>
    public static ContactBook Contacts(Statements db)
    {
        var lists = ImmutableDictionary.CreateBuilder<string, ContactList>(StringComparer.Ordinal);
        using (var row = db.Rows("SELECT json FROM view_alarm_lists"))
        {
            while (row.Read())
            {
                var list = JsonSerializer.Deserialize(row.GetString(0), RecordJson.Plain.ContactList)!;
                lists[list.Key] = list;
            }
        }

        var contacts = ImmutableDictionary.CreateBuilder<string, AlarmContact>(StringComparer.Ordinal);
        using (var row = db.Rows("SELECT json FROM view_alarm_contacts"))
        {
            while (row.Read())
            {
                var contact = JsonSerializer.Deserialize(row.GetString(0), RecordJson.Plain.AlarmContact)!;
                contacts[contact.Id] = contact;
            }
        }

        return new(lists.ToImmutable(), contacts.ToImmutable());
    }

    /// <summary>One contact as the site has written it down; null: it has not.</summary>
    public static AlarmContact? Contact(Statements db, string id)
    {
        using var row = db.Rows("SELECT json FROM view_alarm_contacts WHERE contact = $1", id);
        return row.Read() ? JsonSerializer.Deserialize(row.GetString(0), RecordJson.Plain.AlarmContact) : null;
    }

    /// <summary>Open alarms, and those over not long ago, with all that decides whom to tell.</summary>
    public static ImmutableArray<AlarmCase> Cases(Statements db, DateTimeOffset now)
    {
        var open = AllOpen(db);
        var work = Maintenance(db, now);
        return [.. open.Concat(OverSince(db, now - Escalation.TellReturnWithin, 500)).Select(alarm => new AlarmCase(alarm, alarm.IsUnacknowledged ? Keeping.Of(alarm, open, work, now) : null, Told(db, alarm.Id)))];
    }

    private static Alarm? First(Statements db, string sql, params ReadOnlySpan<object?> values)
    {
        using var row = db.Rows(sql, values);
        return row.Read() ? From(row) : null;
    }

    private static ImmutableArray<Alarm> Read(Statements db, string sql, params ReadOnlySpan<object?> values)
    {
        var found = ImmutableArray.CreateBuilder<Alarm>();
        using var row = db.Rows(sql, values);
        while (row.Read())
        {
            found.Add(From(row));
        }

        return found.DrainToImmutable();
    }

    private static Alarm From(SqliteDataReader row) =>
        new(row.GetString(0), AlarmKinds.Of(row.GetString(1)), row.GetString(2), (AlarmLevel)row.GetInt64(3), (AlarmState)row.GetInt64(4), row.Time(5))
        {
            LastRaisedAt = row.Time(6),
            LastRaisedEntry = row.GetInt64(7),
            ReturnedAt = row.TimeOrNull(8),
            OverAt = row.TimeOrNull(9),
            Times = (int)row.GetInt64(10),
            Recent = [.. row.GetString(11).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(at => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture)))],
            Unstable = row.GetInt64(12) != 0,
            Planned = row.GetInt64(13) != 0,
            Zone = row.TextOrNull(14) is { } zone ? new Core.Zones.ZoneId(zone) : null,
            Door = row.TextOrNull(15) is { } door ? new Core.Zones.DoorId(door) : null,
            Device = row.TextOrNull(16),
            Panel = row.TextOrNull(17) is { } panel ? new Core.Panels.PanelId(panel) : null,
            FirstAcknowledgedAt = row.TimeOrNull(18),
            Acknowledged = row.TimeOrNull(19) is { } seen ? new(seen, new(row.GetString(20)), row.GetString(21), row.GetInt64(22) != 0) : null,
            Owner = row.TextOrNull(23) is { } owner ? new Core.People.PersonId(owner) : null,
            Shelved = row.TimeOrNull(24) is { } shelved ? new(shelved, row.Time(25), row.GetString(26), new(row.GetString(27))) : null,
        };

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    private static long? Ms(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();
}
