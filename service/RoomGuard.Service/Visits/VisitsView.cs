using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using RoomGuard.Core.Doors;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Visits;

/// <summary>Visits as their entries make them, their visitors with the badges they wear, the badge series, and who is not to be received.</summary>
public sealed class VisitsView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_visits", "view_visitors", "view_visit_escorts", "view_visitor_badges", "view_visitor_bars"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_visits(id TEXT PRIMARY KEY, number INTEGER NOT NULL, at_from INTEGER NOT NULL, at_until INTEGER NOT NULL, state INTEGER NOT NULL, open INTEGER NOT NULL, applied_by TEXT NOT NULL,
            case_id TEXT NOT NULL, zones TEXT NOT NULL, folded TEXT NOT NULL, json TEXT NOT NULL) STRICT;
        CREATE INDEX view_visits_from ON view_visits(at_from, id);
        CREATE INDEX view_visits_case ON view_visits(case_id);
        CREATE INDEX view_visits_open ON view_visits(at_until) WHERE open = 1;
        CREATE TABLE view_visitors(person TEXT PRIMARY KEY, visit TEXT NOT NULL, name TEXT NOT NULL, firm TEXT NOT NULL, badge TEXT, came INTEGER NOT NULL) STRICT;
        CREATE INDEX view_visitors_visit ON view_visitors(visit);
        CREATE INDEX view_visitors_name ON view_visitors(name, firm);
        CREATE INDEX view_visitors_badge ON view_visitors(badge) WHERE badge IS NOT NULL;
        CREATE TABLE view_visit_escorts(person TEXT NOT NULL, visit TEXT NOT NULL, PRIMARY KEY(person, visit)) STRICT, WITHOUT ROWID;
        CREATE INDEX view_visit_escorts_visit ON view_visit_escorts(visit);
        CREATE TABLE view_visitor_badges(card TEXT PRIMARY KEY, no TEXT NOT NULL UNIQUE, digest BLOB NOT NULL, state INTEGER NOT NULL, json TEXT NOT NULL) STRICT;
        CREATE INDEX view_visitor_badges_digest ON view_visitor_badges(digest);
        CREATE TABLE view_visitor_bars(id TEXT PRIMARY KEY, lifted INTEGER, json TEXT NOT NULL) STRICT;
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case VisitorBadgeRecorded { Badge: var badge }:
                _ = db.Run(
                    "INSERT INTO view_visitor_badges VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO UPDATE SET digest = $3, state = $4, json = $5",
                    badge.Card.Value,
                    badge.No,
                    PeopleView.DigestBytes(badge.Digest),
                    (long)badge.State,
                    JsonSerializer.Serialize(badge, RecordJson.Plain.VisitorBadge));
                break;
            case VisitorBarred { Bar: var bar }:
                _ = db.Run("INSERT INTO view_visitor_bars VALUES ($1, NULL, $2) ON CONFLICT DO UPDATE SET json = $2", bar.Id, JsonSerializer.Serialize(bar, RecordJson.Plain.VisitorBar));
                break;
            case VisitorBarLifted lifted:
                _ = db.Run("UPDATE view_visitor_bars SET lifted = $2 WHERE id = $1", lifted.Bar, lifted.OccurredAt.ToUnixTimeMilliseconds());
                break;
            case { } fact when VisitDossier.VisitOf(fact) is { } id && VisitDossier.After(Dossier(db, id), fact, item.N) is { } after:
                Keep(db, after);
                if (fact is EntryGranted { Visit: not null } granted && after.FileOf(granted.Person) is { } mine)
                {
                    // 身分証明書確認 and 持込み申告 of the register's row, as reception found them.
                    _ = db.Run(
                        "UPDATE view_register_more SET identity = $2, items = $3 WHERE n = $1",
                        item.N,
                        mine.IdOutcome is { } outcome ? (long)outcome : null,
                        mine.Items.Any(one => one.Count > one.Left) ? string.Join(", ", mine.Items.Where(one => one.Count > one.Left).Select(one => $"{one.Name} {one.Count - one.Left}")) : null);
                }

                break;
            default:
                break;
        }
    }

    /// <summary>A visit; null: unknown.</summary>
    public static VisitDossier? Dossier(Statements db, VisitId id)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Value("SELECT json FROM view_visits WHERE id = $1", id.Value) is string json ? From(json) : null;
    }

    /// <summary>Visits that begin before one moment and end after another, in order of their beginning.</summary>
    public static ImmutableArray<VisitDossier> Between(Statements db, DateTimeOffset from, DateTimeOffset until, int most) => Read(
        db,
        "SELECT json FROM view_visits WHERE at_from < $2 AND at_until > $1 ORDER BY at_from, id LIMIT $3",
        from.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds(), (long)most);

    /// <summary>Visits that are not closed and whose time is over.</summary>
    public static ImmutableArray<VisitDossier> OpenPast(Statements db, DateTimeOffset now) => Read(
        db, "SELECT json FROM view_visits WHERE open = 1 AND at_until <= $1 ORDER BY at_until, id LIMIT 500", now.ToUnixTimeMilliseconds());

    /// <summary>Visits found by parts of number, name, firm or purpose, the latest first.</summary>
    public static ImmutableArray<VisitDossier> Found(Statements db, string words, int most) => Read(
        db, "SELECT json FROM view_visits WHERE instr(folded, $1) > 0 ORDER BY at_from DESC, id DESC LIMIT $2", PeopleWords.Fold(words), (long)most);

    /// <summary>All visits of one visitor by name and firm, the latest first.</summary>
    public static ImmutableArray<VisitDossier> Of(Statements db, string name, string organisation, int most) => Read(
        db,
        "SELECT v.json FROM view_visitors p JOIN view_visits v ON v.id = p.visit WHERE p.name = $1 AND p.firm = $2 ORDER BY v.at_from DESC LIMIT $3",
        VisitWords.Fold(name), VisitWords.Fold(organisation), (long)most);

    /// <summary>Visits that came of one application.</summary>
    public static ImmutableArray<VisitDossier> OfCase(Statements db, string id) => Read(db, "SELECT json FROM view_visits WHERE case_id = $1 ORDER BY at_from", id);

    /// <summary>Whether somebody of this name and firm was ever given a badge.</summary>
    public static bool HasBeenHere(Statements db, string name, string organisation)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Value("SELECT 1 FROM view_visitors WHERE name = $1 AND firm = $2 AND came = 1 LIMIT 1", VisitWords.Fold(name), VisitWords.Fold(organisation)) is not null;
    }

    /// <summary>The visitor who wears a badge; null: it is not out.</summary>
    public static PersonId? WearerOf(Statements db, CredentialId badge)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Value("SELECT person FROM view_visitors WHERE badge = $1", badge.Value) is string person ? new PersonId(person) : null;
    }

    /// <summary>The whole badge series, by number.</summary>
    public static ImmutableArray<VisitorBadge> Badges(Statements db)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<VisitorBadge>();
        using var row = db.Rows("SELECT json FROM view_visitor_badges ORDER BY no");
        while (row.Read())
        {
            found.Add(JsonSerializer.Deserialize(row.GetString(0), RecordJson.Plain.VisitorBadge)!);
        }

        return found.DrainToImmutable();
    }

    /// <summary>One badge by its id, its number or its card; null: not of the series.</summary>
    public static VisitorBadge? Badge(Statements db, CredentialId? card, string? no, CardDigest? digest)
    {
        ArgumentNullException.ThrowIfNull(db);
        var json = card is { } id ? db.Value("SELECT json FROM view_visitor_badges WHERE card = $1", id.Value)
            : no is not null ? db.Value("SELECT json FROM view_visitor_badges WHERE no = $1", no)
            : digest is { } seen ? db.Value("SELECT json FROM view_visitor_badges WHERE digest = $1", PeopleView.DigestBytes(seen))
            : null;
        return json is string found ? JsonSerializer.Deserialize(found, RecordJson.Plain.VisitorBadge) : null;
    }

    /// <summary>受付停止 that have not been lifted, newest first.</summary>
    public static ImmutableArray<VisitorBar> Bars(Statements db)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<VisitorBar>();
        using var row = db.Rows("SELECT json FROM view_visitor_bars WHERE lifted IS NULL ORDER BY id DESC");
        while (row.Read())
        {
            found.Add(JsonSerializer.Deserialize(row.GetString(0), RecordJson.Plain.VisitorBar)!);
        }

        return found.DrainToImmutable();
    }

    private static VisitDossier From(string json) => JsonSerializer.Deserialize(json, RecordJson.Plain.VisitDossier) ?? throw new JsonException("A visit is never null.");

    private static ImmutableArray<VisitDossier> Read(Statements db, string sql, params ReadOnlySpan<object?> values)
    {
        var found = ImmutableArray.CreateBuilder<VisitDossier>();
        using var row = db.Rows(sql, values);
        while (row.Read())
        {
            found.Add(From(row.GetString(0)));
        }

        return found.DrainToImmutable();
    }

    private static void Keep(Statements db, VisitDossier file)
    {
        var visit = file.Visit;
        var words = PeopleWords.Fold(string.Join('\n', [visit.Id.Value, visit.Organisation, visit.Purpose, .. file.Visitors.SelectMany(one => new[] { one.Visitor.Name, one.Visitor.Kana })]));
        _ = db.Run(
            """
            INSERT INTO view_visits VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            ON CONFLICT DO UPDATE SET at_from = $3, at_until = $4, state = $5, open = $6, zones = $9, folded = $10, json = $11
            """,
            visit.Id.Value,
            long.TryParse(visit.Id.Value[(visit.Id.Value.LastIndexOf('-') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0,
            visit.From.ToUnixTimeMilliseconds(),
            visit.Until.ToUnixTimeMilliseconds(),
            (long)file.State,
            file.Ending is null ? 1 : 0,
            visit.AppliedBy.Value,
            visit.Case.Value,
            $" {string.Join(' ', visit.Zones)} ",
            words,
            JsonSerializer.Serialize(file, RecordJson.Plain.VisitDossier));
        foreach (var one in file.Visitors)
        {
            _ = db.Run(
                "INSERT INTO view_visitors VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO UPDATE SET name = $3, firm = $4, badge = $5, came = $6",
                one.Visitor.Id.Value,
                visit.Id.Value,
                VisitWords.Fold(one.Visitor.Name),
                VisitWords.Fold(visit.Organisation),
                one.Badge?.Value,
                one.IssuedAt is null ? 0 : 1);
        }

        // Whoever took over at the door escorts the visit too, named or not.
        foreach (var escort in visit.Escorts.Concat(file.HandOvers.Select(over => over.To)))
        {
            _ = db.Run("INSERT INTO view_visit_escorts VALUES ($1, $2) ON CONFLICT DO NOTHING", escort.Value, visit.Id.Value);
        }
    }
}
