using RoomGuard.Core.Doors;
using RoomGuard.Core.HandRegister;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Entries;

namespace RoomGuard.Service.Record;

/// <summary>
/// 入退室管理簿 (R-DOOR-02): one row for each granted entry, refusal, exit, forced opening and opening held too long. Rows are narrow (texts
/// stand once in <c>view_words</c> and <c>view_person_forms</c>), so that ten million of them stay quick, and each filter that finds few
/// rows has an index in the order of the pages. Sums per hour and day keep counts and the histogram from reading rows at all.
/// </summary>
public sealed class RegisterView(TimeZoneInfo timeZone) : IRecordView
{
    /// <summary>One hour in milliseconds: the smallest stretch that is summed.</summary>
    public const long Hour = 3_600_000;

    // A strike is released for a minute at most; whoever goes in later than this was let in by a later grant.
    private const long LongestOpening = 600_000;

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_register", "view_register_hours", "view_register_days", "view_register_doors", "view_card_uses", "view_words", "view_held_open"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_words(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE view_register(n INTEGER PRIMARY KEY, at INTEGER NOT NULL, received INTEGER NOT NULL, zone INTEGER NOT NULL, door INTEGER NOT NULL, result INTEGER NOT NULL,
            direction INTEGER, reason INTEGER, form INTEGER, category INTEGER, methods INTEGER NOT NULL, digest BLOB, entry_grant INTEGER, entered INTEGER, exited INTEGER, opened INTEGER, source INTEGER NOT NULL) STRICT;
        CREATE INDEX view_register_at ON view_register(at, n);
        CREATE INDEX view_register_door ON view_register(door, at, n);
        CREATE INDEX view_register_form ON view_register(form, at, n, result) WHERE form IS NOT NULL;
        CREATE INDEX view_register_digest ON view_register(digest, at, n, result) WHERE digest IS NOT NULL;
        CREATE INDEX view_register_reason ON view_register(reason, at, n) WHERE reason IS NOT NULL;
        CREATE INDEX view_register_rare ON view_register(result, at, n) WHERE result IN (1, 3, 4);
        CREATE INDEX view_register_category ON view_register(category, at, n, result) WHERE category > 0;
        CREATE TABLE view_register_hours(start INTEGER NOT NULL, door INTEGER NOT NULL, result INTEGER NOT NULL, category INTEGER NOT NULL, rows INTEGER NOT NULL,
            PRIMARY KEY(start, door, result, category)) STRICT, WITHOUT ROWID;
        CREATE TABLE view_register_days(start INTEGER NOT NULL, door INTEGER NOT NULL, result INTEGER NOT NULL, category INTEGER NOT NULL, rows INTEGER NOT NULL,
            PRIMARY KEY(start, door, result, category)) STRICT, WITHOUT ROWID;
        CREATE TABLE view_register_doors(zone INTEGER NOT NULL, door INTEGER NOT NULL, PRIMARY KEY(zone, door)) STRICT, WITHOUT ROWID;
        CREATE TABLE view_card_uses(digest BLOB PRIMARY KEY, last_used INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE view_held_open(door INTEGER PRIMARY KEY, n INTEGER NOT NULL) STRICT;
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        switch (item.Event)
        {
            case EntryGranted e:
                Add(db, item, new(e.Zone, e.Door, RegisterResult.Granted, RegisterDirection.In, null, e.Person, e.Methods, e.CardDigest, e.Grant?.Value, RegisterSource.Reader));
                break;
            case EntryDenied e:
                Add(db, item, new(e.Zone, e.Door, RegisterResult.Denied, RegisterDirection.In, e.Reason, e.Person, e.Methods, e.CardDigest, e.Grant?.Value, RegisterSource.Reader));
                break;
            case ExitBadged e:
                Add(db, item, new(e.Zone, e.Door, RegisterResult.Released, RegisterDirection.Out, null, e.Person, [EntryMethod.Card], e.CardDigest, null, RegisterSource.Reader));
                break;
            case ExitByButton e:
                Add(db, item, new(e.Zone, e.Door, RegisterResult.Released, RegisterDirection.Out, null, null, [], null, null, RegisterSource.Panel));
                break;
            case DoorForced e:
                Add(db, item, new(e.Zone, e.Door, RegisterResult.Forced, null, null, null, [], null, null, RegisterSource.Panel));
                break;
            case DoorHeldOpen e:
                HeldOpen(db, item, e);
                break;

            // By the time on the paper, not by the time of copying it (R-DOOR-11).
            case HandLineEntered e:
                Written(db, item, e.Line);
                break;
            case DoorClosed e:
                _ = db.Run("DELETE FROM view_held_open WHERE door = (SELECT id FROM view_words WHERE text = $1)", e.Door.Value);
                break;
            case GrantUnused e:
                _ = db.Run("UPDATE view_register SET opened = 0 WHERE n = $1", NewestEntry(db, e.Person, e.Door, e.OccurredAt) ?? -1);
                break;
            default:
                break;
        }
    }

    /// <summary>The newest granted entry of a person at a door that nobody has yet followed up; null: none.</summary>
    public static long? NewestEntry(Statements db, PersonId person, DoorId door, DateTimeOffset until) => (long?)db.Value(
        """
        SELECT n FROM view_register INDEXED BY view_register_form
        WHERE form = $1 AND at > $3 AND result = 0 AND opened IS NULL AND door = (SELECT id FROM view_words WHERE text = $2)
        ORDER BY at DESC, n DESC LIMIT 1
        """,
        PeopleView.FormOf(db, person),
        door.Value,
        until.ToUnixTimeMilliseconds() - LongestOpening);

    /// <summary>The number that stands for a text, made when it is new.</summary>
    public static long Word(Statements db, string text) =>
        (long?)db.Value("SELECT id FROM view_words WHERE text = $1", text)
        ?? (long)db.Value("INSERT INTO view_words(text) VALUES ($1) RETURNING id", text)!;

    /// <summary>Unix milliseconds of the local midnight before a time.</summary>
    public static long DayOf(DateTimeOffset at, TimeZoneInfo zone)
    {
        var midnight = TimeZoneInfo.ConvertTime(at, zone).Date;
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUnixTimeMilliseconds();
    }

    // One row for each opening: its first report. What comes after tells how long, and the record keeps that.
    private void HeldOpen(Statements db, RecordedItem item, DoorHeldOpen e)
    {
        var door = Word(db, e.Door.Value);
        if (e.Times > 1 && db.Value("SELECT n FROM view_held_open WHERE door = $1", door) is not null)
        {
            return;
        }

        _ = db.Run("INSERT INTO view_held_open VALUES ($1, $2) ON CONFLICT(door) DO UPDATE SET n = $2", door, item.N);
        Add(db, item, new(e.Zone, e.Door, RegisterResult.HeldOpen, null, null, null, [], null, null, RegisterSource.Panel));
    }

    private void Written(Statements db, RecordedItem item, HandLine line)
    {
        var row = new NewRow(
            line.Zone,
            line.Door,
            line.IsEntry ? RegisterResult.Granted : RegisterResult.Released,
            line.IsEntry ? RegisterDirection.In : RegisterDirection.Out,
            null,
            line.Person ?? Unregistered(db, line),
            [EntryMethod.Register],
            null,
            null,
            RegisterSource.Manual)
        { At = line.At };
        Add(db, item, row);
        if (line.IsEntry)
        {
            _ = db.Run("UPDATE view_register SET opened = 1, entered = at, exited = $2 WHERE n = $1", item.N, line.ExitedAt?.ToUnixTimeMilliseconds());
        }
    }

    // Somebody who is not registered stands there by the name on the paper, under the line's own number.
    private static PersonId Unregistered(Statements db, HandLine line)
    {
        _ = db.Run(
            "INSERT INTO view_person_forms(person, name, kana, category, section, folded) VALUES ($1, $2, '', -1, $3, $4)",
            line.Id,
            line.Name,
            line.SectionOrFirm,
            PeopleWords.Fold($"{line.Name}\n{line.SectionOrFirm}"));
        return new(line.Id);
    }

    private void Add(Statements db, RecordedItem item, NewRow row)
    {
        var happened = row.At ?? item.OccurredAt;
        var at = happened.ToUnixTimeMilliseconds();
        var (zone, door) = (Word(db, row.Zone.Value), Word(db, row.Door.Value));
        var form = PeopleView.FormOf(db, row.Person);
        if (form is null && row.Person is { } stranger)
        {
            // Known to the bridge and not to us: the register still says who.
            form = (long)db.Value("INSERT INTO view_person_forms(person, name, kana, category, section, folded) VALUES ($1, $1, '', -1, '', $2) RETURNING form", stranger.Value, PeopleWords.Fold(stranger.Value))!;
        }

        var category = form is null ? null : (long?)db.Value("SELECT category FROM view_person_forms WHERE form = $1 AND category >= 0", form);
        byte[]? digest = row.Digest is { } seen ? PeopleView.DigestBytes(seen) : null;
        _ = db.Run(
            "INSERT INTO view_register VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, NULL, NULL, NULL, $14)",
            item.N,
            at,
            item.ReceivedAt.ToUnixTimeMilliseconds(),
            zone,
            door,
            (long)row.Result,
            row.Direction is { } direction ? (long)direction : null,
            row.Reason is { } reason ? (long)reason : null,
            form,
            category,
            row.Methods.Aggregate(0L, (all, method) => all | (1L << (int)method)),
            digest,
            row.Grant is { } grant ? Word(db, grant) : null,
            (long)row.Source);
        _ = db.Run("INSERT INTO view_register_doors VALUES ($1, $2) ON CONFLICT DO NOTHING", zone, door);
        Sum(db, at, happened, door, row.Result, category);
        if (digest is not null)
        {
            _ = db.Run("INSERT INTO view_card_uses VALUES ($1, $2) ON CONFLICT(digest) DO UPDATE SET last_used = max(last_used, $2)", digest, at);
        }
    }

    private void Sum(Statements db, long at, DateTimeOffset occurredAt, long door, RegisterResult result, long? category)
    {
        var hour = at - (((at % Hour) + Hour) % Hour);
        _ = db.Run("INSERT INTO view_register_hours VALUES ($1, $2, $3, $4, 1) ON CONFLICT DO UPDATE SET rows = rows + 1", hour, door, (long)result, category ?? -1);
        _ = db.Run(
            "INSERT INTO view_register_days VALUES ($1, $2, $3, $4, 1) ON CONFLICT DO UPDATE SET rows = rows + 1",
            DayOf(occurredAt, timeZone),
            door,
            (long)result,
            category ?? -1);
    }

    private readonly record struct NewRow(
        ZoneId Zone,
        DoorId Door,
        RegisterResult Result,
        RegisterDirection? Direction,
        DenyReason? Reason,
        PersonId? Person,
        System.Collections.Immutable.ImmutableArray<EntryMethod> Methods,
        CardDigest? Digest,
        string? Grant,
        RegisterSource Source)
    {
        // Null: when the event says.
        public DateTimeOffset? At { get; init; }
    }
}
