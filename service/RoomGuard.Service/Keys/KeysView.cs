using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Keys;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Keys;

/// <summary>鍵 and their loans, and which opening without grant was made with a key that was out (R-DOOR-13).</summary>
public sealed class KeysView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_keys", "view_key_loans", "view_key_openings"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_keys(key TEXT PRIMARY KEY, label TEXT NOT NULL, doors TEXT NOT NULL, kept_at TEXT NOT NULL, retired INTEGER NOT NULL) STRICT;
        CREATE TABLE view_key_loans(loan TEXT PRIMARY KEY, n INTEGER NOT NULL, key TEXT NOT NULL, doors TEXT NOT NULL, person TEXT NOT NULL, reason TEXT NOT NULL, taken INTEGER NOT NULL, return_by INTEGER NOT NULL,
            taken_noted TEXT NOT NULL, returned INTEGER, returned_by TEXT, note TEXT, returned_noted TEXT) STRICT;
        CREATE INDEX view_key_loans_taken ON view_key_loans(taken);
        CREATE INDEX view_key_loans_out ON view_key_loans(key) WHERE returned IS NULL;
        CREATE TABLE view_key_openings(n INTEGER PRIMARY KEY, loan TEXT NOT NULL, door TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
        CREATE INDEX view_key_openings_loan ON view_key_openings(loan);
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case KeyRecorded { Key: var key } e:
                _ = db.Run(
                    "INSERT INTO view_keys VALUES ($1, $2, $3, $4, $5) ON CONFLICT(key) DO UPDATE SET label = $2, doors = $3, kept_at = $4, retired = $5",
                    key.No,
                    key.Label,
                    Doors(key.Doors),
                    key.KeptAt,
                    e.Retired ? 1 : 0);
                break;
            case KeyTaken { Loan: var loan } e:
                _ = db.Run(
                    "INSERT INTO view_key_loans VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, NULL, NULL, NULL) ON CONFLICT(loan) DO NOTHING",
                    loan.Id,
                    item.N,
                    loan.Key,
                    Doors(loan.Doors),
                    loan.TakenBy.Value,
                    loan.Reason,
                    e.OccurredAt.ToUnixTimeMilliseconds(),
                    loan.ReturnBy.ToUnixTimeMilliseconds(),
                    e.By);
                break;
            case KeyReturned e:
                _ = db.Run(
                    "UPDATE view_key_loans SET returned = $2, returned_by = $3, note = $4, returned_noted = $5 WHERE loan = $1",
                    e.Loan,
                    e.OccurredAt.ToUnixTimeMilliseconds(),
                    e.ReturnedBy.Value,
                    e.Note,
                    e.By);
                break;
            case DoorForced e when LoanAt(db, e.Door, e.OccurredAt) is { } loan:
                _ = db.Run("INSERT INTO view_key_openings VALUES ($1, $2, $3, $4)", item.N, loan.Loan, e.Door.Value, e.OccurredAt.ToUnixTimeMilliseconds());
                break;
            default:
                break;
        }
    }

    /// <summary>The loan that covers an opening of a door (<see cref="KeyOpening"/>); null: none, and then it is こじ開け.</summary>
    public static (string Loan, PersonId TakenBy)? LoanAt(Statements db, DoorId door, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(db);
        using var row = db.Rows(
            """
            SELECT loan, key, doors, person, reason, taken, return_by, returned FROM view_key_loans
            WHERE taken <= $1 AND (returned IS NULL OR returned > $1) AND instr(doors, ' ' || $2 || ' ') > 0 ORDER BY taken DESC LIMIT 1
            """,
            at.ToUnixTimeMilliseconds(),
            door.Value);
        return row.Read() && KeyOpening.Covers(LoanFrom(row), row.Time(5), row.TimeOrNull(7), door, DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()))
            ? (row.GetString(0), new(row.GetString(3)))
            : null;
    }

    /// <summary>A loan from a row that begins with loan, key, doors, person, reason, taken, return_by.</summary>
    public static KeyLoan LoanFrom(Microsoft.Data.Sqlite.SqliteDataReader row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new(row.GetString(0), row.GetString(1), DoorsFrom(row.GetString(2)), new(row.GetString(3)), row.GetString(4), row.Time(6));
    }

    /// <summary>Doors as they are kept in a column.</summary>
    public static ImmutableArray<DoorId> DoorsFrom(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(door => new DoorId(door))];
    }

    private static string Doors(ImmutableArray<DoorId> doors) => $" {string.Join(' ', doors)} ";
}
