using RoomGuard.Core.Doors;
using RoomGuard.Core.HandRegister;
using RoomGuard.Core.People;
using RoomGuard.Core.Visits;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Service.Keys;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.HandRegister;

/// <summary>
/// Hand-written lines and identity checks as they now stand, and the columns of the 入退室管理簿 that few rows have: purpose, escort, identity check,
/// declared items, paper page, who entered and confirmed, exception, key loan. They stand beside the register's narrow rows so that ten million of
/// those stay quick.
/// </summary>
public sealed class HandRegisterView : IRecordView
{
    // A check is about somebody who is inside or has just been.
    private const long CheckReaches = 24 * RegisterView.Hour;

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_register_more", "view_hand_lines", "view_identity_checks"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_register_more(n INTEGER PRIMARY KEY, purpose TEXT, visit TEXT, escort TEXT, identity INTEGER, items TEXT, page TEXT, line TEXT, entered_by TEXT, confirmed_by TEXT,
            rejected INTEGER NOT NULL DEFAULT 0, exception TEXT, loan TEXT, taken_by TEXT) STRICT;
        CREATE TABLE view_hand_lines(line TEXT PRIMARY KEY, n INTEGER NOT NULL, at INTEGER NOT NULL, json TEXT NOT NULL, entered INTEGER NOT NULL, entered_by TEXT NOT NULL, confirm_by TEXT NOT NULL,
            verdict INTEGER, decided INTEGER, decided_by TEXT, note TEXT, decided_n INTEGER) STRICT;
        CREATE INDEX view_hand_lines_open ON view_hand_lines(confirm_by) WHERE verdict IS NULL;
        CREATE INDEX view_hand_lines_at ON view_hand_lines(at);
        CREATE TABLE view_identity_checks(id TEXT PRIMARY KEY, n INTEGER NOT NULL, at INTEGER NOT NULL, person TEXT NOT NULL, zone TEXT, paper INTEGER, outcome INTEGER NOT NULL, held TEXT NOT NULL,
            note TEXT NOT NULL, by TEXT NOT NULL, cleared INTEGER, cleared_by TEXT, reason TEXT) STRICT;
        CREATE INDEX view_identity_checks_person ON view_identity_checks(person, at);
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case EntryGranted { PurposeRef: not null } or EntryGranted { Visit: not null } or EntryGranted { Escort: not null }:
                Granted(db, item.N, (EntryGranted)item.Event);
                break;
            case EntryDenied { Visit: { } visit }:
                _ = db.Run("INSERT INTO view_register_more(n, visit) VALUES ($1, $2)", item.N, visit.Value);
                break;
            case DoorForced e when KeysView.LoanAt(db, e.Door, e.OccurredAt) is { } loan:
                _ = db.Run("INSERT INTO view_register_more(n, loan, taken_by) VALUES ($1, $2, $3)", item.N, loan.Loan, loan.TakenBy.Value);
                break;
            case HandLineEntered e:
                Entered(db, item.N, e);
                break;
            case HandLineDecided e:
                Decided(db, item.N, e);
                break;
            case IdentityChecked e:
                Checked(db, item.N, e);
                break;
            case IdentityCleared e:
                _ = db.Run(
                    "UPDATE view_identity_checks SET cleared = $2, cleared_by = $3, reason = $4 WHERE id = $1", e.Check, e.OccurredAt.ToUnixTimeMilliseconds(), e.By, e.Reason);
                break;
            default:
                break;
        }
    }

    /// <summary>The rarer columns of a row; null: it has none.</summary>
    public static RegisterMore? MoreOf(Statements db, long n)
    {
        ArgumentNullException.ThrowIfNull(db);
        using var row = db.Rows(
            """
            SELECT m.purpose, m.visit, m.escort, coalesce(p.name, m.escort), m.identity, m.items, m.page, m.line, m.entered_by, m.confirmed_by, m.rejected, m.exception, m.loan, m.taken_by
            FROM view_register_more m LEFT JOIN view_people p ON p.person = m.escort WHERE m.n = $1
            """,
            n);
        return row.Read()
            ? new(
                row.TextOrNull(0),
                row.TextOrNull(1) is { } visit ? new VisitId(visit) : null,
                row.TextOrNull(2) is { } escort ? new PersonId(escort) : null,
                row.TextOrNull(3),
                row.NumberOrNull(4) is { } identity ? (IdentityOutcome)identity : null,
                row.TextOrNull(5),
                row.TextOrNull(6),
                row.TextOrNull(7),
                row.TextOrNull(8),
                row.TextOrNull(9),
                row.GetInt64(10) != 0,
                row.TextOrNull(11),
                row.TextOrNull(12),
                row.TextOrNull(13) is { } taker ? new PersonId(taker) : null)
            : null;
    }

    private static void Granted(Statements db, long n, EntryGranted e) => _ = db.Run(
        "INSERT INTO view_register_more(n, purpose, visit, escort) VALUES ($1, $2, $3, $4)", n, e.PurposeRef, e.Visit?.Value, e.Escort?.Value);

    private static void Entered(Statements db, long n, HandLineEntered e)
    {
        var line = e.Line;
        _ = db.Run(
            "INSERT INTO view_hand_lines VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, NULL, NULL, NULL, NULL) ON CONFLICT(line) DO NOTHING",
            line.Id,
            n,
            line.At.ToUnixTimeMilliseconds(),
            System.Text.Json.JsonSerializer.Serialize(line, Core.Record.RecordJson.Plain.HandLine),
            e.OccurredAt.ToUnixTimeMilliseconds(),
            e.By,
            RowReading.Iso(line.ConfirmBy));
        _ = db.Run(
            "INSERT INTO view_register_more(n, purpose, escort, identity, items, page, line, entered_by, exception) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            n,
            line.PurposeRef,
            line.Escort?.Value,
            line.Identity is { } identity ? (long)identity : null,
            line.DeclaredItems,
            line.PaperPage,
            line.Id,
            e.By,
            line.Exception?.Value);
    }

    private static void Decided(Statements db, long n, HandLineDecided e)
    {
        _ = db.Run(
            "UPDATE view_hand_lines SET verdict = $2, decided = $3, decided_by = $4, note = $5, decided_n = $6 WHERE line = $1",
            e.Line,
            (long)e.Verdict,
            e.OccurredAt.ToUnixTimeMilliseconds(),
            e.By,
            e.Note,
            n);
        _ = db.Run(
            "UPDATE view_register_more SET confirmed_by = $2, rejected = $3 WHERE n = (SELECT n FROM view_hand_lines WHERE line = $1)",
            e.Line,
            e.By,
            e.Verdict == HandLineVerdict.Rejected ? 1 : 0);
    }

    private static void Checked(Statements db, long n, IdentityChecked e)
    {
        var at = e.OccurredAt.ToUnixTimeMilliseconds();
        _ = db.Run(
            "INSERT INTO view_identity_checks VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL, NULL, NULL) ON CONFLICT(id) DO NOTHING",
            e.Id,
            n,
            at,
            e.Person.Value,
            e.Zone?.Value,
            e.Paper is { } paper ? (long)paper : null,
            (long)e.Outcome,
            $" {string.Join(' ', e.Held)} ",
            e.Note,
            e.By);

        // The row it belongs to: this person's newest entry of the last day.
        if (PeopleView.FormOf(db, e.Person) is { } form
            && db.Value(
                "SELECT n FROM view_register INDEXED BY view_register_form WHERE form = $1 AND at > $2 AND at <= $3 AND result = 0 ORDER BY at DESC, n DESC LIMIT 1",
                form,
                at - CheckReaches,
                at) is long row)
        {
            _ = db.Run("INSERT INTO view_register_more(n, identity) VALUES ($1, $2) ON CONFLICT(n) DO UPDATE SET identity = $2", row, (long)e.Outcome);
        }
    }
}
