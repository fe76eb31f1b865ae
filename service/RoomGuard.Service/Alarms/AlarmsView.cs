using System.Text.Json;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Power;
using RoomGuard.Core.Record;
using RoomGuard.Core.Watch;
using RoomGuard.Service.Keys;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Alarms;

/// <summary>
/// Every alarm from its raising to its end, with what people did about it and who was told (R-ENV-11, R-MON-04); who is to be told; what is under service. Made from entries alone, by
/// <see cref="AlarmSignals"/> and <see cref="AlarmMachine"/>.
/// </summary>
public sealed class AlarmsView : IRecordView
{
    // What a door held open all day tells every half minute is the same story.
    private const long LongestStory = 200;

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_alarms", "view_alarm_story", "view_alarm_notices", "view_alarm_contacts", "view_alarm_lists", "view_maintenance"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_alarms(alarm TEXT PRIMARY KEY, n INTEGER NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, level INTEGER NOT NULL, state INTEGER NOT NULL, raised INTEGER NOT NULL,
            last_raised INTEGER NOT NULL, last_entry INTEGER NOT NULL, returned INTEGER, closed INTEGER, times INTEGER NOT NULL, recent TEXT NOT NULL, unstable INTEGER NOT NULL, planned INTEGER NOT NULL,
            zone TEXT, door TEXT, device TEXT, panel TEXT, first_ack INTEGER, ack_at INTEGER, ack_by TEXT, ack_note TEXT, ack_false INTEGER, owner TEXT,
            shelf_at INTEGER, shelf_until INTEGER, shelf_reason TEXT, shelf_by TEXT) STRICT;
        CREATE UNIQUE INDEX view_alarms_open ON view_alarms(kind, subject) WHERE state < 3;
        CREATE INDEX view_alarms_subject ON view_alarms(kind, subject, n);
        CREATE INDEX view_alarms_raised ON view_alarms(raised);
        CREATE INDEX view_alarms_closed ON view_alarms(closed) WHERE closed IS NOT NULL;
        CREATE INDEX view_alarms_n ON view_alarms(n);
        CREATE TABLE view_alarm_story(alarm TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY(alarm, n)) STRICT, WITHOUT ROWID;
        CREATE TABLE view_alarm_notices(alarm TEXT NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, cause INTEGER NOT NULL, level INTEGER NOT NULL, step INTEGER NOT NULL, contacts TEXT NOT NULL,
            PRIMARY KEY(alarm, n)) STRICT, WITHOUT ROWID;
        CREATE TABLE view_alarm_contacts(contact TEXT PRIMARY KEY, at INTEGER NOT NULL, json TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE view_alarm_lists(list TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE view_maintenance(id TEXT PRIMARY KEY, n INTEGER NOT NULL, zone TEXT, device TEXT, person TEXT NOT NULL, began INTEGER NOT NULL, until INTEGER NOT NULL, what TEXT NOT NULL,
            begun_by TEXT NOT NULL, ended INTEGER, result TEXT, ended_by TEXT) STRICT, WITHOUT ROWID;
        CREATE INDEX view_maintenance_n ON view_maintenance(n);
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        if (item.Event is not { } fact)
        {
            return;
        }

        switch (fact)
        {
            case AlarmAcknowledged e:
                Step(db, item, e.Alarm, new PersonAcknowledged(e.OccurredAt, new(e.By), e.Note, e.FalseAlarm));
                break;

            // Written by programs of before alarms had a life: the same act, told by the entry that raised it.
            case AttentionHandled e:
                Step(db, item, AlarmMachine.IdOf(e.Entry), new PersonAcknowledged(e.OccurredAt, new(e.By), e.Note, FalseAlarm: false));
                break;
            case AlarmShelved e:
                Step(db, item, e.Alarm, new PersonShelved(e.OccurredAt, e.Until, e.Reason, new(e.By)));
                break;
            case AlarmUnshelved e:
                Step(db, item, e.Alarm, new ShelfEnded(e.OccurredAt, item.N));
                break;
            case AlarmHandedOver e:
                Step(db, item, e.Alarm, new PersonHandedOver(e.OccurredAt, e.To));
                break;
            case AlarmNoticed e:
                foreach (var alarm in e.Covers)
                {
                    _ = db.Run(
                        "INSERT INTO view_alarm_notices VALUES ($1, $2, $3, $4, $5, $6, $7)", alarm, item.N, e.OccurredAt.ToUnixTimeMilliseconds(), (long)e.Cause, (long)e.Level, e.Step, string.Join(' ', e.Contacts));
                    Tell(db, alarm, item.N);
                }

                break;
            case AlarmContactSet e:
                _ = db.Run(
                    "INSERT INTO view_alarm_contacts VALUES ($1, $2, $3) ON CONFLICT(contact) DO UPDATE SET at = $2, json = $3",
                    e.Contact.Id,
                    e.OccurredAt.ToUnixTimeMilliseconds(),
                    JsonSerializer.Serialize(e.Contact, RecordJson.Plain.AlarmContact));
                break;
            case ContactListSet e:
                _ = db.Run("INSERT INTO view_alarm_lists VALUES ($1, $2) ON CONFLICT(list) DO UPDATE SET json = $2", e.List.Key, JsonSerializer.Serialize(e.List, RecordJson.Plain.ContactList));
                break;
            case MaintenanceBegan e:
                _ = db.Run(
                    "INSERT INTO view_maintenance VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, NULL, NULL) ON CONFLICT(id) DO NOTHING",
                    e.Id,
                    item.N,
                    e.Zone?.Value,
                    e.Device,
                    e.Person.Value,
                    e.OccurredAt.ToUnixTimeMilliseconds(),
                    e.Until.ToUnixTimeMilliseconds(),
                    e.What,
                    e.By);
                break;
            case MaintenanceEnded e:
                _ = db.Run("UPDATE view_maintenance SET ended = $2, result = $3, ended_by = $4 WHERE id = $1 AND ended IS NULL", e.Id, e.OccurredAt.ToUnixTimeMilliseconds(), e.Result, e.By);
                break;
            default:
                foreach (var signal in AlarmSignals.Of(fact, item.Origin?.Panel, Around(db, fact)))
                {
                    Hear(db, item, signal);
                }

                break;
        }
    }

    private static AlarmSurroundings Around(Statements db, RecordedEvent fact) => fact switch
    {
        OutageBegan or ReserveShort => new(false, Stands(db, AlarmKinds.PowerOutage), Stands(db, AlarmKinds.ReserveShort)),
        _ when AlarmSignals.AsksForKeyOf(fact) is { } door => new(KeysView.LoanAt(db, door, fact.OccurredAt) is not null, false, false),
        _ => default,
    };

    private static bool Stands(Statements db, AlarmKind kind) => AlarmRows.AllOpen(db, kind).Any(alarm => alarm.IsActive);

    private static void Hear(Statements db, RecordedItem item, AlarmSignal signal)
    {
        // A bridge whose clock is ahead raises nothing in the future.
        var at = item.OccurredAt < item.ReceivedAt ? item.OccurredAt : item.ReceivedAt;
        switch (signal)
        {
            case CauseArose arose when AlarmRows.Open(db, arose.Kind, arose.Subject) is { } open:
                Keep(db, item, AlarmMachine.Step(open, new CauseCame(at, arose.Level, item.N)));
                break;
            case CauseArose arose:
                Keep(db, item, AlarmMachine.Raise(arose, at, item.N, AlarmRows.Last(db, arose.Kind, arose.Subject)));
                break;
            case CauseEnded ended when AlarmRows.Open(db, ended.Kind, ended.Subject) is { } open && AlarmMachine.Step(open, new CauseWent(at)) is var after && after != open:
                Keep(db, item, after);
                break;
            case CauseWorsened { Subject: "" } worse:
                foreach (var open in AlarmRows.AllOpen(db, worse.Kind).Where(open => open.IsActive))
                {
                    Keep(db, item, AlarmMachine.Step(open, new CauseGrew(at, worse.Level, item.N)));
                }

                break;
            case CauseEased eased when AlarmRows.Open(db, eased.Kind, eased.Subject) is { } open:
                Keep(db, item, AlarmMachine.Step(open, new CauseFell(at, eased.Level, item.N)));
                break;
            case CauseWorsened worse when AlarmRows.Open(db, worse.Kind, worse.Subject) is { } open:
                Keep(db, item, AlarmMachine.Step(open, new CauseGrew(at, worse.Level, item.N)));
                break;
            default:
                break;
        }
    }

    private static void Step(Statements db, RecordedItem item, string id, AlarmInput input)
    {
        if (AlarmRows.One(db, id) is { } alarm)
        {
            Keep(db, item, AlarmMachine.Step(alarm, input));
        }
    }

    private static void Keep(Statements db, RecordedItem item, Alarm alarm)
    {
        AlarmRows.Keep(db, alarm, AlarmRows.EntryOf(alarm.Id)!.Value);
        Tell(db, alarm.Id, item.N);
    }

    private static void Tell(Statements db, string alarm, long n)
    {
        if (db.Value("SELECT count(*) FROM view_alarm_story WHERE alarm = $1", alarm) is < LongestStory)
        {
            _ = db.Run("INSERT INTO view_alarm_story VALUES ($1, $2) ON CONFLICT(alarm, n) DO NOTHING", alarm, n);
        }
    }
}
