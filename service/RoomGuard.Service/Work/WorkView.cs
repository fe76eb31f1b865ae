using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using RoomGuard.Core.Doors;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Work;

/// <summary>作業記録 as their entries and the doors make them, and who is inside by which entry.</summary>
public sealed class WorkView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_works", "view_work_people", "view_work_inside"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_works(id TEXT PRIMARY KEY, number INTEGER NOT NULL, kind INTEGER NOT NULL, zone TEXT NOT NULL, at_from INTEGER NOT NULL, at_until INTEGER NOT NULL, open INTEGER NOT NULL, to_check INTEGER NOT NULL,
            folded TEXT NOT NULL, json TEXT NOT NULL) STRICT;
        CREATE INDEX view_works_from ON view_works(at_from, id);
        CREATE INDEX view_works_open ON view_works(id) WHERE open = 1;
        CREATE INDEX view_works_check ON view_works(id) WHERE to_check = 1;
        CREATE TABLE view_work_people(person TEXT NOT NULL, work TEXT NOT NULL, zone TEXT NOT NULL, listens INTEGER NOT NULL, PRIMARY KEY(person, work)) STRICT, WITHOUT ROWID;
        CREATE INDEX view_work_people_zone ON view_work_people(zone, person) WHERE listens = 1;
        CREATE TABLE view_work_inside(zone TEXT NOT NULL, person TEXT NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(zone, person)) STRICT, WITHOUT ROWID;
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case PersonEntered e:
                // What a person says of presence proves nothing about work.
                if (e.Evidence is not PresenceEvidence.Manual)
                {
                    _ = db.Run("INSERT INTO view_work_inside VALUES ($1, $2, $3, $4) ON CONFLICT DO UPDATE SET n = $3, at = $4", e.Zone.Value, e.Person.Value, item.N, e.OccurredAt.ToUnixTimeMilliseconds());
                }

                Hear(db, e, item.N, e.Zone, e.Person);
                break;
            case PersonLeft e:
                _ = db.Run("DELETE FROM view_work_inside WHERE zone = $1 AND person = $2", e.Zone.Value, e.Person.Value);
                Hear(db, e, item.N, e.Zone, e.Person);
                break;
            case { } fact when WorkDossier.WorkOf(fact) is { } id && WorkDossier.After(Dossier(db, id), fact, item.N) is { } after:
                Keep(db, after);
                break;
            default:
                break;
        }
    }

    /// <summary>A work; null: unknown.</summary>
    public static WorkDossier? Dossier(Statements db, WorkId id)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Value("SELECT json FROM view_works WHERE id = $1", id.Value) is string json ? From(json) : null;
    }

    /// <summary>Works whose time touches a span, or that are not confirmed yet, the newest first.</summary>
    /// <param name="words">Parts of number, what, target or a name, folded; empty: any.</param>
    public static ImmutableArray<WorkDossier> Between(Statements db, DateTimeOffset from, DateTimeOffset until, string words, int most) => Read(
        db,
        "SELECT json FROM view_works WHERE ((at_from < $2 AND at_until > $1) OR open = 1 OR to_check = 1) AND ($3 = '' OR instr(folded, $3) > 0) ORDER BY at_from DESC, id DESC LIMIT $4",
        from.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds(), words, (long)most);

    /// <summary>Works under way, and those whose alarm has to be ended; what nobody confirmed long ago stands before none that is under way.</summary>
    public static ImmutableArray<WorkDossier> Watched(Statements db) => Read(db, "SELECT json FROM view_works WHERE open = 1 OR to_check = 1 ORDER BY open DESC, at_from DESC LIMIT 1000");

    /// <summary>Works by a contract, and those these people have a part in, the oldest first.</summary>
    public static ImmutableArray<WorkDossier> OfContract(Statements db, string contract, IEnumerable<PersonId> people) => Read(
        db,
        """
        SELECT w.json FROM view_works w
        WHERE json_extract(w.json, '$.work.plan.contract') = $1 OR w.id IN (SELECT p.work FROM view_work_people p WHERE p.person IN (SELECT value FROM json_each($2)))
        ORDER BY w.at_from, w.id
        """,
        contract, RowReading.List(people.Select(person => person.Value)));

    /// <summary>The works of a zone, those under way first, then the newest.</summary>
    public static ImmutableArray<WorkDossier> In(Statements db, ZoneId zone) => Read(db, "SELECT json FROM view_works WHERE zone = $1 ORDER BY open DESC, at_from DESC, id DESC LIMIT 50", zone.Value);

    /// <summary>Who of these people is inside a zone, by the entry that shows it.</summary>
    public static ImmutableArray<WorkStay> Inside(Statements db, ZoneId zone, IEnumerable<PersonId> people)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(people);
        var found = ImmutableArray.CreateBuilder<WorkStay>();
        foreach (var person in people)
        {
            using var row = db.Rows("SELECT n, at FROM view_work_inside WHERE zone = $1 AND person = $2", zone.Value, person.Value);
            if (row.Read())
            {
                found.Add(new(person, row.GetInt64(0), row.Time(1), null, null));
            }
        }

        return found.DrainToImmutable();
    }

    private static void Hear(Statements db, RecordedEvent fact, long n, ZoneId zone, PersonId person)
    {
        var ids = new List<WorkId>();
        using (var row = db.Rows("SELECT work FROM view_work_people WHERE zone = $1 AND person = $2 AND listens = 1 ORDER BY work", zone.Value, person.Value))
        {
            while (row.Read())
            {
                ids.Add(new(row.GetString(0)));
            }
        }

        foreach (var id in ids)
        {
            if (WorkDossier.After(Dossier(db, id), fact, n) is { } after)
            {
                Keep(db, after);
            }
        }
    }

    private static WorkDossier From(string json) => JsonSerializer.Deserialize(json, RecordJson.Plain.WorkDossier) ?? throw new JsonException("A work is never null.");

    private static ImmutableArray<WorkDossier> Read(Statements db, string sql, params ReadOnlySpan<object?> values)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<WorkDossier>();
        using var row = db.Rows(sql, values);
        while (row.Read())
        {
            found.Add(From(row.GetString(0)));
        }

        return found.DrainToImmutable();
    }

    private static void Keep(Statements db, WorkDossier file)
    {
        var (work, plan) = (file.Work, file.Work.Plan);
        var words = PeopleWords.Fold(string.Join('\n', [work.Id.Value, plan.Description, plan.RequestRef ?? "", .. plan.Targets, .. plan.People.Select(person => person.Value)]));
        _ = db.Run(
            "INSERT INTO view_works VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO UPDATE SET open = $7, to_check = $8, json = $10",
            work.Id.Value,
            long.TryParse(work.Id.Value[(work.Id.Value.LastIndexOf('-') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0,
            (long)plan.Kind,
            plan.Zone.Value,
            plan.From.ToUnixTimeMilliseconds(),
            plan.Until.ToUnixTimeMilliseconds(),
            file.Open ? 1L : 0L,
            file.EndedAt is not null && file.CheckedAt is null ? 1L : 0L,
            $"{words}\n{string.Join('\n', plan.People.Select(person => db.Value("SELECT folded FROM view_people WHERE person = $1", person.Value) as string ?? ""))}",
            JsonSerializer.Serialize(file, RecordJson.Plain.WorkDossier));
        foreach (var person in plan.People)
        {
            _ = db.Run(
                "INSERT INTO view_work_people VALUES ($1, $2, $3, $4) ON CONFLICT DO UPDATE SET listens = $4", person.Value, work.Id.Value, plan.Zone.Value, file.Listens ? 1L : 0L);
        }
    }
}
