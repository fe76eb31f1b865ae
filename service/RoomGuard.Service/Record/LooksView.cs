using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;

namespace RoomGuard.Service.Record;

/// <summary>利用状況調査 as they now stand, and who looked at whose records.</summary>
public sealed class LooksView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_looks", "view_investigations"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_looks(n INTEGER PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL, subject TEXT, query TEXT NOT NULL, purpose TEXT NOT NULL) STRICT;
        CREATE INDEX view_looks_subject ON view_looks(subject, at);
        CREATE TABLE view_investigations(id TEXT PRIMARY KEY, subject TEXT NOT NULL, named TEXT NOT NULL, purpose TEXT NOT NULL, at INTEGER NOT NULL, valid_until TEXT NOT NULL,
            ended INTEGER) STRICT;
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case RecordsViewed looked:
                _ = db.Run("INSERT INTO view_looks VALUES ($1, $2, $3, $4, $5, $6)", item.N, looked.OccurredAt.ToUnixTimeMilliseconds(), looked.By, looked.Subject?.Value, looked.Query, looked.Purpose);
                break;
            case InvestigationNamed named:
                _ = db.Run(
                    "INSERT INTO view_investigations VALUES ($1, $2, $3, $4, $5, $6, NULL) ON CONFLICT(id) DO UPDATE SET named = $3, purpose = $4, valid_until = $6",
                    named.Id,
                    named.Subject.Value,
                    $" {string.Join(' ', named.Named)} ",
                    named.Purpose,
                    named.OccurredAt.ToUnixTimeMilliseconds(),
                    RowReading.Iso(named.ValidUntil));
                break;
            case InvestigationEnded ended:
                _ = db.Run("UPDATE view_investigations SET ended = $2 WHERE id = $1", ended.Id, ended.OccurredAt.ToUnixTimeMilliseconds());
                break;
            default:
                break;
        }
    }

    /// <summary>People somebody has been named to look into, on a day.</summary>
    public static ImmutableArray<PersonId> NamedFor(Statements db, PersonId person, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<PersonId>();
        using var row = db.Rows(
            "SELECT subject FROM view_investigations WHERE ended IS NULL AND valid_until > $2 AND instr(named, ' ' || $1 || ' ') > 0", person.Value, RowReading.Iso(day));
        while (row.Read())
        {
            found.Add(new(row.GetString(0)));
        }

        return found.ToImmutable();
    }
}
