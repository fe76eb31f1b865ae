using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Carrying;

/// <summary>持出し・持込み許可 as their entries make them, the list SYS keeps, CHIEF's safeguards, and what people declared at the desk.</summary>
public sealed class CarryView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_carry_permits", "view_carry_away", "view_carry_items", "view_carry_list", "view_carry_safeguards", "view_carry_declared"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_carry_permits(id TEXT PRIMARY KEY, number INTEGER NOT NULL, direction INTEGER NOT NULL, at_from INTEGER NOT NULL, due INTEGER NOT NULL, applied_by TEXT NOT NULL, section TEXT NOT NULL,
            away INTEGER NOT NULL, to_check INTEGER NOT NULL, folded TEXT NOT NULL, n INTEGER NOT NULL, json TEXT NOT NULL) STRICT;
        CREATE INDEX view_carry_permits_due ON view_carry_permits(due, id);
        CREATE INDEX view_carry_permits_by ON view_carry_permits(applied_by, due);
        CREATE INDEX view_carry_permits_away ON view_carry_permits(due) WHERE away = 1;
        CREATE INDEX view_carry_permits_check ON view_carry_permits(due) WHERE to_check = 1;
        CREATE TABLE view_carry_away(tag TEXT NOT NULL, permit TEXT NOT NULL, PRIMARY KEY(tag, permit)) STRICT, WITHOUT ROWID;
        CREATE TABLE view_carry_items(tag TEXT NOT NULL, permit TEXT NOT NULL, PRIMARY KEY(tag, permit)) STRICT, WITHOUT ROWID;
        CREATE TABLE view_carry_list(tag TEXT PRIMARY KEY, json TEXT NOT NULL, n INTEGER NOT NULL) STRICT;
        CREATE TABLE view_carry_safeguards(n INTEGER PRIMARY KEY, at INTEGER NOT NULL, version TEXT NOT NULL UNIQUE, summary TEXT NOT NULL, by TEXT NOT NULL) STRICT;
        CREATE TABLE view_carry_declared(n INTEGER PRIMARY KEY, at INTEGER NOT NULL, person TEXT NOT NULL, json TEXT NOT NULL) STRICT;
        CREATE INDEX view_carry_declared_person ON view_carry_declared(person, at);
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case CarryListed { Removed: true } e:
                _ = db.Run("DELETE FROM view_carry_list WHERE tag = $1", e.Thing.Tag);
                break;
            case CarryListed e:
                _ = db.Run("INSERT INTO view_carry_list VALUES ($1, $2, $3) ON CONFLICT DO UPDATE SET json = $2, n = $3", e.Thing.Tag, JsonSerializer.Serialize(e.Thing, RecordJson.Plain.ListedThing), item.N);
                break;
            case SafeguardsSet e:
                _ = db.Run("INSERT INTO view_carry_safeguards VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING", item.N, e.OccurredAt.ToUnixTimeMilliseconds(), e.Version, e.Summary, e.By);
                break;
            case BelongingsDeclared e:
                _ = db.Run("INSERT INTO view_carry_declared VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", item.N, e.OccurredAt.ToUnixTimeMilliseconds(), e.Person.Value, JsonSerializer.Serialize(e, RecordJson.Plain.BelongingsDeclared));
                break;
            case { } fact when CarryDossier.PermitOf(fact) is { } id && CarryDossier.After(Dossier(db, id), fact, item.N) is { } after:
                Keep(db, after, item.N);
                break;
            default:
                break;
        }
    }

    /// <summary>A permit; null: unknown.</summary>
    public static CarryDossier? Dossier(Statements db, CarryPermitId id)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Value("SELECT json FROM view_carry_permits WHERE id = $1", id.Value) is string json ? From(json) : null;
    }

    /// <summary>Permits whose time touches a span, or that still have something away or to be checked, the newest due time first.</summary>
    /// <param name="words">Parts of number, name, place or thing, folded; empty: any.</param>
    public static ImmutableArray<CarryDossier> Between(Statements db, DateTimeOffset from, DateTimeOffset until, string words, int most) => Read(
        db,
        "SELECT json FROM view_carry_permits WHERE ((at_from < $2 AND due > $1) OR away = 1 OR to_check = 1) AND ($3 = '' OR instr(folded, $3) > 0) ORDER BY due DESC, id DESC LIMIT $4",
        from.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds(), words, (long)most);

    /// <summary>Permits of which something is out, or inside, longest due first.</summary>
    public static ImmutableArray<CarryDossier> Away(Statements db) => Read(db, "SELECT json FROM view_carry_permits WHERE away = 1 ORDER BY due, id LIMIT 1000");

    /// <summary>Permits of which something waits for its check.</summary>
    public static ImmutableArray<CarryDossier> ToCheck(Statements db) => Read(db, "SELECT json FROM view_carry_permits WHERE to_check = 1 ORDER BY due, id LIMIT 1000");

    /// <summary>Permits of one person that are not over, or of which something is away.</summary>
    public static ImmutableArray<CarryDossier> Of(Statements db, PersonId person, DateTimeOffset now) => Read(
        db, "SELECT json FROM view_carry_permits WHERE applied_by = $1 AND (due > $2 OR away = 1) ORDER BY at_from, id LIMIT 100", person.Value, now.ToUnixTimeMilliseconds());

    /// <summary>Permits these people applied for or carried by, and those by which things were handed to one of these firms (R-CARRY-12), the oldest first.</summary>
    public static ImmutableArray<CarryDossier> CarriedBy(Statements db, IEnumerable<PersonId> people, IReadOnlyCollection<string> receivers)
    {
        var firms = receivers.Select(PeopleWords.Fold).ToHashSet();
        return
        [
            .. Read(
                db,
                """
                SELECT c.json FROM view_carry_permits c
                WHERE c.applied_by IN (SELECT value FROM json_each($1))
                    OR EXISTS (SELECT 1 FROM json_each(c.json, '$.items') i WHERE json_extract(i.value, '$.carrier') IN (SELECT value FROM json_each($1)))
                    OR json_extract(c.json, '$.permit.plan.receiver') IS NOT NULL
                ORDER BY c.at_from, c.id
                """,
                RowReading.List(people.Select(person => person.Value)))
                .Where(file => file.Permit.Plan.Receiver is not { } receiver || firms.Contains(PeopleWords.Fold(receiver)) || people.Contains(file.Permit.AppliedBy) || file.Items.Any(item => item.Carrier is { } carrier && people.Contains(carrier))),
        ];
    }

    /// <summary>The permit by which a thing is away now; null: by none.</summary>
    public static CarryPermitId? AwayBy(Statements db, string tag)
    {
        ArgumentNullException.ThrowIfNull(db);
        return tag.Length > 0 && db.Value("SELECT permit FROM view_carry_away WHERE tag = $1 LIMIT 1", tag) is string permit ? new CarryPermitId(permit) : null;
    }

    /// <summary>The newest permits a thing is or was on, whichever way.</summary>
    public static ImmutableArray<CarryDossier> On(Statements db, string tag) => Read(
        db, "SELECT p.json FROM view_carry_items i JOIN view_carry_permits p ON p.id = i.permit WHERE i.tag = $1 ORDER BY p.due DESC, p.id DESC LIMIT 20", tag);

    /// <summary>A thing on the list; null: not on it.</summary>
    public static ListedThing? Listed(Statements db, string tag)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Value("SELECT json FROM view_carry_list WHERE tag = $1", tag) is string json ? JsonSerializer.Deserialize(json, RecordJson.Plain.ListedThing) : null;
    }

    /// <summary>The entry that wrote a thing's line of the list last; 0: it is not on it.</summary>
    public static long ListedBy(Statements db, string tag)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Value("SELECT n FROM view_carry_list WHERE tag = $1", tag) as long? ?? 0;
    }

    /// <summary>The entry that wrote the list last; 0: nothing is on it.</summary>
    public static long ListVersion(Statements db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Value("SELECT max(n) FROM view_carry_list") as long? ?? 0;
    }

    /// <summary>The whole list, by number.</summary>
    public static ImmutableArray<ListedThing> List(Statements db, int most)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<ListedThing>();
        using var row = db.Rows("SELECT json FROM view_carry_list ORDER BY tag LIMIT $1", (long)most);
        while (row.Read())
        {
            found.Add(JsonSerializer.Deserialize(row.GetString(0), RecordJson.Plain.ListedThing)!);
        }

        return found.DrainToImmutable();
    }

    /// <summary>CHIEF's safeguards in force; null: none were set.</summary>
    public static SafeguardsSet? SafeguardsInForce(Statements db)
    {
        ArgumentNullException.ThrowIfNull(db);
        using var row = db.Rows("SELECT at, version, summary, by FROM view_carry_safeguards ORDER BY n DESC LIMIT 1");
        return row.Read() ? new(row.Time(0), row.GetString(1), row.GetString(2), row.GetString(3)) : null;
    }

    /// <summary>Whether a version of the safeguards was ever set.</summary>
    public static bool KnowsSafeguards(Statements db, string version)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Value("SELECT 1 FROM view_carry_safeguards WHERE version = $1", version) is not null;
    }

    /// <summary>What somebody declared since a moment, newest first, with the entry's number.</summary>
    public static ImmutableArray<(long N, BelongingsDeclared Declared)> Declared(Statements db, DateTimeOffset since, int most)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<(long, BelongingsDeclared)>();
        using var row = db.Rows("SELECT n, json FROM view_carry_declared WHERE at >= $1 ORDER BY n DESC LIMIT $2", since.ToUnixTimeMilliseconds(), (long)most);
        while (row.Read())
        {
            found.Add((row.GetInt64(0), JsonSerializer.Deserialize(row.GetString(1), RecordJson.Plain.BelongingsDeclared)!));
        }

        return found.DrainToImmutable();
    }

    private static CarryDossier From(string json) => JsonSerializer.Deserialize(json, RecordJson.Plain.CarryDossier) ?? throw new JsonException("A permit is never null.");

    private static ImmutableArray<CarryDossier> Read(Statements db, string sql, params ReadOnlySpan<object?> values)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<CarryDossier>();
        using var row = db.Rows(sql, values);
        while (row.Read())
        {
            found.Add(From(row.GetString(0)));
        }

        return found.DrainToImmutable();
    }

    private static void Keep(Statements db, CarryDossier file, long n)
    {
        var (permit, plan) = (file.Permit, file.Permit.Plan);
        var person = db.Value("SELECT folded FROM view_people WHERE person = $1", permit.AppliedBy.Value) as string ?? "";
        var words = PeopleWords.Fold(string.Join('\n', [permit.Id.Value, permit.AppliedBy.Value, plan.Place, plan.Receiver ?? "", .. plan.Items.SelectMany(item => new[] { item.Tag, item.Name })]));
        _ = db.Run(
            """
            INSERT INTO view_carry_permits VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            ON CONFLICT DO UPDATE SET away = $8, to_check = $9, json = $12
            """,
            permit.Id.Value,
            long.TryParse(permit.Id.Value[(permit.Id.Value.LastIndexOf('-') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0,
            (long)plan.Direction,
            plan.From.ToUnixTimeMilliseconds(),
            plan.DueAt.ToUnixTimeMilliseconds(),
            permit.AppliedBy.Value,
            plan.Section,
            file.Away ? 1L : 0L,
            file.AwaitsCheck ? 1L : 0L,
            $"{words}\n{person}",
            n,
            JsonSerializer.Serialize(file, RecordJson.Plain.CarryDossier));
        foreach (var tag in plan.Items.Select(one => one.Tag).Where(tag => tag.Length > 0))
        {
            _ = db.Run("INSERT INTO view_carry_items VALUES ($1, $2) ON CONFLICT DO NOTHING", tag, permit.Id.Value);
        }

        _ = db.Run("DELETE FROM view_carry_away WHERE permit = $1", permit.Id.Value);
        foreach (var one in file.Items.Where(one => one.Away && one.Item.Tag.Length > 0))
        {
            _ = db.Run("INSERT INTO view_carry_away VALUES ($1, $2) ON CONFLICT DO NOTHING", one.Item.Tag, permit.Id.Value);
        }
    }
}
