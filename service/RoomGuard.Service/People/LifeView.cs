using System.Collections.Immutable;
using System.Text.Json;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.People;

/// <summary>What goes on around a person: preconditions met, things lent, leaving, differences with personnel, signs of lending; and when each card was issued.</summary>
public sealed class LifeView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } =
        ["view_preconditions", "view_belongings", "view_leavings", "view_comparisons", "view_differences", "view_lending", "view_card_issues", "view_biometrics"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_preconditions(person TEXT NOT NULL, kind INTEGER NOT NULL, satisfied_on TEXT NOT NULL, valid_until TEXT, reference TEXT NOT NULL, PRIMARY KEY(person, kind)) STRICT, WITHOUT ROWID;
        CREATE INDEX view_preconditions_until ON view_preconditions(valid_until);
        CREATE TABLE view_belongings(id TEXT PRIMARY KEY, person TEXT NOT NULL, kind INTEGER NOT NULL, label TEXT NOT NULL, lent INTEGER NOT NULL, returned INTEGER) STRICT;
        CREATE INDEX view_belongings_person ON view_belongings(person);
        CREATE TABLE view_leavings(person TEXT PRIMARY KEY, kind INTEGER NOT NULL, effective_on TEXT NOT NULL, to_section TEXT, reason TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
        CREATE TABLE view_comparisons(compare TEXT PRIMARY KEY, n INTEGER NOT NULL, at INTEGER NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL, people INTEGER NOT NULL, differences INTEGER NOT NULL,
            decide_by TEXT NOT NULL, by TEXT NOT NULL) STRICT;
        CREATE TABLE view_differences(compare TEXT NOT NULL, no INTEGER NOT NULL, json TEXT NOT NULL, verdict INTEGER, reason TEXT, by TEXT, at INTEGER, PRIMARY KEY(compare, no)) STRICT, WITHOUT ROWID;
        CREATE TABLE view_lending(n INTEGER PRIMARY KEY, json TEXT NOT NULL, person TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
        CREATE INDEX view_lending_person ON view_lending(person);
        CREATE TABLE view_card_issues(card TEXT PRIMARY KEY, issued INTEGER NOT NULL, held_unused INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE view_biometrics(id TEXT PRIMARY KEY, person TEXT NOT NULL, deleted_on TEXT, json TEXT NOT NULL) STRICT;
        CREATE INDEX view_biometrics_person ON view_biometrics(person);
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case PreconditionMet { Precondition: var met }:
                _ = db.Run(
                    "INSERT INTO view_preconditions VALUES ($1, $2, $3, $4, $5) ON CONFLICT(person, kind) DO UPDATE SET satisfied_on = $3, valid_until = $4, reference = $5",
                    met.Person.Value,
                    (long)met.Kind,
                    RowReading.Iso(met.SatisfiedOn),
                    RowReading.Iso(met.ValidUntil),
                    met.Reference);
                break;
            case PreconditionWithdrawn withdrawn:
                _ = db.Run("DELETE FROM view_preconditions WHERE person = $1 AND kind = $2", withdrawn.Person.Value, (long)withdrawn.Kind);
                break;
            case BelongingLent { Belonging: var lent } e:
                _ = db.Run(
                    "INSERT INTO view_belongings VALUES ($1, $2, $3, $4, $5, NULL) ON CONFLICT(id) DO UPDATE SET person = $2, kind = $3, label = $4, lent = $5, returned = NULL",
                    lent.Id,
                    lent.Person.Value,
                    (long)lent.Kind,
                    lent.Label,
                    e.OccurredAt.ToUnixTimeMilliseconds());
                break;
            case BelongingReturned e:
                _ = db.Run("UPDATE view_belongings SET returned = $2 WHERE id = $1", e.Belonging, e.OccurredAt.ToUnixTimeMilliseconds());
                break;
            case BiometricRecorded { Biometric: var kept }:
                _ = db.Run("INSERT INTO view_biometrics VALUES ($1, $2, NULL, $3)", kept.Id, kept.Person.Value, JsonSerializer.Serialize(kept, RecordJson.Plain.Biometric));
                break;
            case BiometricDeleted e:
                _ = db.Run("UPDATE view_biometrics SET deleted_on = $2 WHERE id = $1", e.Biometric, RowReading.Iso(e.DeletedOn));
                break;
            case LeavingRecorded e:
                _ = db.Run(
                    "INSERT INTO view_leavings VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT(person) DO UPDATE SET kind = $2, effective_on = $3, to_section = $4, reason = $5, at = $6",
                    e.Person.Value,
                    (long)e.Kind,
                    RowReading.Iso(e.EffectiveOn),
                    e.ToSection,
                    e.Reason,
                    e.OccurredAt.ToUnixTimeMilliseconds());
                break;
            case PersonnelCompared e:
                Keep(db, item.N, e);
                break;
            case PersonnelDecided e:
                _ = db.Run(
                    "UPDATE view_differences SET verdict = $3, reason = $4, by = $5, at = $6 WHERE compare = $1 AND no = $2",
                    e.Compare,
                    e.No,
                    (long)e.Verdict,
                    e.Reason,
                    e.By,
                    e.OccurredAt.ToUnixTimeMilliseconds());
                break;
            case LendingSuspected e:
                _ = db.Run(
                    "INSERT INTO view_lending VALUES ($1, $2, $3, $4)",
                    item.N,
                    JsonSerializer.Serialize(e, RecordJson.Plain.LendingSuspected),
                    e.Person.Value,
                    e.OccurredAt.ToUnixTimeMilliseconds());
                break;
            case CredentialRecorded e:
                _ = db.Run(
                    "INSERT INTO view_card_issues VALUES ($1, $2, 0) ON CONFLICT(card) DO UPDATE SET held_unused = $3, issued = CASE WHEN $4 = 1 THEN $2 ELSE issued END",
                    e.Credential.Id.Value,
                    e.OccurredAt.ToUnixTimeMilliseconds(),
                    e.Cause == CardLife.Unused ? 1L : 0L,
                    e.Cause == "resumed" ? 1L : 0L);
                break;
            default:
                break;
        }
    }

    /// <summary>What a person has met, of any day.</summary>
    public static ImmutableArray<Precondition> Met(Statements db, PersonId person)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<Precondition>();
        using var row = db.Rows("SELECT kind, satisfied_on, valid_until, reference FROM view_preconditions WHERE person = $1 ORDER BY kind", person.Value);
        while (row.Read())
        {
            found.Add(new(person, (PreconditionKind)row.GetInt64(0), row.DateOrNull(1)!.Value, row.DateOrNull(2), row.GetString(3)));
        }

        return found.ToImmutable();
    }

    /// <summary>Templates of a person that some reader keeps or kept (R-ID-09), the newest first.</summary>
    public static ImmutableArray<(Biometric Biometric, DateOnly? DeletedOn)> Biometrics(Statements db, PersonId person)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<(Biometric, DateOnly?)>();
        using var row = db.Rows("SELECT json, deleted_on FROM view_biometrics WHERE person = $1 ORDER BY id DESC", person.Value);
        while (row.Read())
        {
            found.Add((JsonSerializer.Deserialize(row.GetString(0), RecordJson.Plain.Biometric)!, row.DateOrNull(1)));
        }

        return found.ToImmutable();
    }

    /// <summary>R-ID-11: people one of whose preconditions has lapsed; their grants are held until it is met again.</summary>
    public static HashSet<string> Lapsed(Statements db, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = new HashSet<string>(StringComparer.Ordinal);
        using var row = db.Rows("SELECT c.person, c.kind, p.category FROM view_preconditions c JOIN view_people p ON p.person = c.person WHERE c.valid_until <= $1", RowReading.Iso(today));
        while (row.Read())
        {
            if (PreconditionTable.Of((PersonCategory)row.GetInt64(2)).Contains((PreconditionKind)row.GetInt64(1)))
            {
                _ = found.Add(row.GetString(0));
            }
        }

        return found;
    }

    private static void Keep(Statements db, long n, PersonnelCompared compared)
    {
        _ = db.Run(
            "INSERT INTO view_comparisons VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT(compare) DO NOTHING",
            compared.Compare,
            n,
            compared.OccurredAt.ToUnixTimeMilliseconds(),
            compared.FileName,
            compared.Sha256,
            compared.People,
            compared.Differences.Length,
            RowReading.Iso(compared.DecideBy),
            compared.By);
        foreach (var difference in compared.Differences)
        {
            _ = db.Run(
                "INSERT INTO view_differences VALUES ($1, $2, $3, NULL, NULL, NULL, NULL) ON CONFLICT(compare, no) DO NOTHING",
                compared.Compare,
                difference.No,
                JsonSerializer.Serialize(difference, RecordJson.Plain.PersonnelDifference));
        }
    }
}
