using System.Collections.Immutable;
using System.Text.Json;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;

namespace RoomGuard.Service.Record;

/// <summary>
/// Cases as their entries make them, for whom each waits, who had a hand in it, and roles nobody holds. What waits for somebody is found by role, and
/// only then looked at.
/// </summary>
public sealed class CasesView : IRecordView
{
    // No role: the case waits for one person, its applicant.
    private const long TheApplicant = -1;

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_cases", "view_case_waits", "view_case_hands", "view_vacancies"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_cases(id TEXT PRIMARY KEY, kind INTEGER NOT NULL, state INTEGER NOT NULL, open INTEGER NOT NULL, applied INTEGER NOT NULL, applied_by TEXT NOT NULL,
            subject TEXT, zones TEXT NOT NULL, json TEXT NOT NULL) STRICT;
        CREATE INDEX view_cases_applied ON view_cases(applied, id);
        CREATE INDEX view_cases_by ON view_cases(applied_by, applied);
        CREATE INDEX view_cases_open ON view_cases(id) WHERE open = 1;
        CREATE INDEX view_cases_exceptions ON view_cases(kind, state);
        CREATE TABLE view_case_waits(id TEXT NOT NULL, role INTEGER NOT NULL, person TEXT NOT NULL, PRIMARY KEY(id, role, person)) STRICT, WITHOUT ROWID;
        CREATE INDEX view_case_waits_role ON view_case_waits(role);
        CREATE INDEX view_case_waits_person ON view_case_waits(person);
        CREATE TABLE view_case_hands(id TEXT NOT NULL, person TEXT NOT NULL, PRIMARY KEY(id, person)) STRICT, WITHOUT ROWID;
        CREATE INDEX view_case_hands_person ON view_case_hands(person);
        CREATE TABLE view_vacancies(role INTEGER NOT NULL, section TEXT NOT NULL, zone TEXT NOT NULL, since INTEGER NOT NULL, PRIMARY KEY(role, section, zone)) STRICT, WITHOUT ROWID;
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case RoleVacant vacant:
                _ = db.Run(
                    "INSERT INTO view_vacancies VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                    (long)vacant.Role, vacant.Section, vacant.Zone?.Value ?? "", vacant.OccurredAt.ToUnixTimeMilliseconds());
                break;
            case RoleFilled filled:
                _ = db.Run("DELETE FROM view_vacancies WHERE role = $1 AND section = $2 AND zone = $3", (long)filled.Role, filled.Section, filled.Zone?.Value ?? "");
                break;
            case { } fact when CaseDossier.CaseOf(fact) is { } id && CaseDossier.After(Dossier(db, id), fact, item.N) is { } after:
                Keep(db, after);
                break;
            default:
                break;
        }
    }

    /// <summary>A case; null: unknown.</summary>
    public static CaseDossier? Dossier(Statements db, CaseId id)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Value("SELECT json FROM view_cases WHERE id = $1", id.Value) is string json ? From(json) : null;
    }

    /// <summary>Open cases that wait for a role the person holds or for the person; not yet looked at more closely.</summary>
    public static ImmutableArray<CaseDossier> WaitingFor(Statements db, Actor by)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(by);
        var roles = Authority.RolesOf(by).Select(held => (long)held.Role).Distinct();
        var found = new Dictionary<string, CaseDossier>();
        foreach (var role in roles)
        {
            Collect(db, found, "SELECT c.json FROM view_case_waits w JOIN view_cases c ON c.id = w.id WHERE w.role = $1", role);
        }

        Collect(db, found, "SELECT c.json FROM view_case_waits w JOIN view_cases c ON c.id = w.id WHERE w.person = $1", by.Person.Value);
        return [.. found.Values];
    }

    /// <summary>All cases in which something is still to happen, by time or by somebody: open ones and exceptions that run.</summary>
    public static ImmutableArray<CaseDossier> Running(Statements db)
    {
        var found = new Dictionary<string, CaseDossier>();
        Collect(db, found, "SELECT json FROM view_cases WHERE open = 1 AND $1 = 1", 1L);
        foreach (var file in Exceptions(db))
        {
            found[file.Id.Value] = file;
        }

        return [.. found.Values];
    }

    /// <summary>Exceptions that are allowed or may be used already; <see cref="CaseDossier.ExceptionInForce"/> says which have effect.</summary>
    public static ImmutableArray<CaseDossier> Exceptions(Statements db)
    {
        var found = new Dictionary<string, CaseDossier>();
        foreach (var state in new[] { CaseState.Waiting, CaseState.Allowed, CaseState.AllowedWithConditions })
        {
            Collect(db, found, $"SELECT json FROM view_cases WHERE kind = {(int)CaseKind.PolicyException} AND state = $1", (long)state);
        }

        return [.. found.Values];
    }

    /// <summary>Reads a dossier back.</summary>
    public static CaseDossier From(string json) =>
        JsonSerializer.Deserialize(json, RecordJson.Plain.CaseDossier) ?? throw new JsonException("A case is never null.");

    private static void Collect(Statements db, Dictionary<string, CaseDossier> found, string sql, object value)
    {
        using var row = db.Rows(sql, value);
        while (row.Read())
        {
            var file = From(row.GetString(0));
            found[file.Id.Value] = file;
        }
    }

    private static void Keep(Statements db, CaseDossier file)
    {
        var id = file.Id.Value;
        _ = db.Run(
            """
            INSERT INTO view_cases VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT(id) DO UPDATE SET kind = $2, state = $3, open = $4, subject = $7, zones = $8, json = $9
            """,
            id,
            (long)file.Matter.Kind,
            (long)file.State,
            file.Open ? 1 : 0,
            file.AppliedAt.ToUnixTimeMilliseconds(),
            file.AppliedBy.Value,
            file.Subject?.Value,
            $" {string.Join(' ', file.Zones)} ",
            JsonSerializer.Serialize(file, RecordJson.Plain.CaseDossier));
        _ = db.Run("DELETE FROM view_case_waits WHERE id = $1", id);
        foreach (var role in file.Current?.Roles ?? [])
        {
            _ = db.Run("INSERT INTO view_case_waits VALUES ($1, $2, '')", id, (long)role);
        }

        if (file.State == CaseState.SentBack)
        {
            _ = db.Run("INSERT INTO view_case_waits VALUES ($1, $2, $3)", id, TheApplicant, file.AppliedBy.Value);
        }

        foreach (var person in file.Hands())
        {
            _ = db.Run("INSERT INTO view_case_hands VALUES ($1, $2) ON CONFLICT DO NOTHING", id, person.Value);
        }
    }
}
