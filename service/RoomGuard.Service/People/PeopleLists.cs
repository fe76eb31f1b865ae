using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Register;

namespace RoomGuard.Service.People;

/// <summary>Lists of people, cards and grants, page by page; the place of the next page is the last row shown.</summary>
public sealed class PeopleLists(ServiceRecord record, TimeProvider time)
{
    // Counting on would cost more than anybody learns from it.
    private const int MostCounted = 10_000;

    private const string InForce = "g.ended IS NULL AND g.suspended = 0 AND g.valid_from <= $2 AND g.valid_until > $2";

    /// <summary>People in the order of their readings.</summary>
    public Task<PeoplePage> People(PeopleQuery query, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(query);
        return record.Readers.Ask(db => People(db, query), gone);
    }

    /// <summary>One person with everything that belongs to them.</summary>
    public Task<PersonFile?> Person(PersonId id, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            (Person Person, bool Suspended)? found = null;
            using (var row = db.Rows("SELECT person, name, kana, category, section, valid_from, valid_until, suspended FROM view_people WHERE person = $1", id.Value))
            {
                if (row.Read())
                {
                    found = (PeopleView.PersonFrom(row, 0), row.GetInt64(7) != 0);
                }
            }

            if (found is not { } file)
            {
                return null;
            }

            var grants = ImmutableArray.CreateBuilder<EntryGrant>();
            using (var row = db.Rows($"SELECT {GrantColumns} FROM view_grants g WHERE g.person = $1 AND g.ended IS NULL ORDER BY g.id DESC", id.Value))
            {
                while (row.Read())
                {
                    grants.Add(PeopleView.GrantFrom(row, 0));
                }
            }

            return new PersonFile(file.Person, file.Suspended, CardLines(db, $"{CardSelect} WHERE c.person = $1 ORDER BY c.card", [id.Value]), grants.DrainToImmutable());
        },
        gone);

    /// <summary>Cards in the order of their ids.</summary>
    public Task<CardsPage> Cards(CardQuery query, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(query);
        return record.Readers.Ask(
            db =>
            {
                var (where, values) = (new List<string>(), new List<object?>());
                string Bind(object? value)
                {
                    values.Add(value);
                    return $"${values.Count}";
                }

                foreach (var word in RegisterQuestion.Split(query.Words))
                {
                    var text = Bind(PeopleWords.Fold(word));
                    where.Add($"(instr(p.folded, {text}) > 0 OR instr(lower(c.card), {text}) > 0 OR instr(lower(hex(c.digest)), {text}) > 0)");
                }

                if (query.Card is { } only)
                {
                    where.Add($"c.card = {Bind(only.Value)}");
                }

                if (query.Within is { } scope)
                {
                    where.Add(Within(scope, "p.", Bind));
                }

                if (query.State is { } state)
                {
                    where.Add($"c.state = {Bind((long)state)}");
                }

                if (query.Person is { } person)
                {
                    where.Add($"c.person = {Bind(person.Value)}");
                }

                var total = (long)db.Value($"SELECT count(*) FROM view_cards c JOIN view_people p ON p.person = c.person{Where(where)}", [.. values])!;
                if (query.After is { } after)
                {
                    where.Add($"c.card > {Bind(after)}");
                }

                var lines = CardLines(db, $"{CardSelect}{Where(where)} ORDER BY c.card LIMIT {Bind(query.Rows + 1L)}", [.. values]);
                return new CardsPage([.. lines.Take(query.Rows)], total, lines.Length > query.Rows ? lines[query.Rows - 1].Card.Id.Value : null);
            },
            gone);
    }

    /// <summary>Grants, newest numbers first.</summary>
    public Task<GrantsPage> Grants(GrantQuery query, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(query);
        return record.Readers.Ask(
            db =>
            {
                var (where, values) = (new List<string> { "g.ended IS NULL" }, new List<object?>());
                string Bind(object? value)
                {
                    values.Add(value);
                    return $"${values.Count}";
                }

                foreach (var word in RegisterQuestion.Split(query.Words))
                {
                    var text = Bind(PeopleWords.Fold(word));
                    where.Add($"(instr(p.folded, {text}) > 0 OR instr(lower(g.id), {text}) > 0)");
                }

                if (query.Within is { } scope)
                {
                    where.Add(Within(scope, "p.", Bind));
                }

                if (query.Zone is { } zone)
                {
                    where.Add($"instr(g.zones, {Bind($" {zone} ")}) > 0");
                }

                if (query.Person is { } person)
                {
                    where.Add($"g.person = {Bind(person.Value)}");
                }

                if (query.InForceOnly || query.EndingWithinDays is not null)
                {
                    var today = Bind(Today());
                    where.Add($"g.suspended = 0 AND g.valid_from <= {today} AND g.valid_until > {today}");
                }

                if (query.EndingWithinDays is { } days)
                {
                    where.Add($"g.valid_until <= {Bind(RowReading.Iso(TodayDate().AddDays(Math.Clamp(days, 0, 36_500) + 1)))}");
                }

                const string from = "FROM view_grants g JOIN view_people p ON p.person = g.person";
                var total = (long)db.Value($"SELECT count(*) {from}{Where(where)}", [.. values])!;
                if (query.After is { } after)
                {
                    where.Add($"g.id < {Bind(after)}");
                }

                var lines = new List<GrantLine>();
                using (var row = db.Rows($"SELECT {GrantColumns}, p.name, p.kana {from}{Where(where)} ORDER BY g.id DESC LIMIT {Bind(query.Rows + 1L)}", [.. values]))
                {
                    while (row.Read())
                    {
                        lines.Add(new(PeopleView.GrantFrom(row, 0), row.GetString(9), row.GetString(10)));
                    }
                }

                return new GrantsPage([.. lines.Take(query.Rows)], total, lines.Count > query.Rows ? lines[query.Rows - 1].Grant.Id.Value : null);
            },
            gone);
    }

    /// <summary>A person as it stands; null: unknown.</summary>
    public Person? PersonNow(PersonId id) => record.Readers.AskNow(db =>
    {
        using var row = db.Rows("SELECT person, name, kana, category, section, valid_from, valid_until FROM view_people WHERE person = $1", id.Value);
        return row.Read() ? PeopleView.PersonFrom(row, 0) : null;
    });

    /// <summary>A grant that has not been ended; null: there is none of this id.</summary>
    public EntryGrant? GrantNow(GrantId id) => record.Readers.AskNow(db =>
    {
        using var row = db.Rows($"SELECT {GrantColumns} FROM view_grants g WHERE g.id = $1 AND g.ended IS NULL", id.Value);
        return row.Read() ? PeopleView.GrantFrom(row, 0) : null;
    });

    private PeoplePage People(Statements db, PeopleQuery query)
    {
        var (today, where, values) = (Today(), new List<string>(), new List<object?>());
        string Bind(object? value)
        {
            values.Add(value);
            return $"${values.Count}";
        }

        var words = RegisterQuestion.Split(query.Words).Select(PeopleWords.Fold).Where(word => word.Length > 0).ToList();
        where.AddRange(words.Select(word => $"instr(folded, {Bind(word)}) > 0"));
        if (query.KanaRow is { } row)
        {
            where.Add($"kana_row = {Bind(row.ToString())}");
        }

        if (query.Category is { } category)
        {
            where.Add($"category = {Bind((long)category)}");
        }

        if (query.Within is { } scope)
        {
            where.Add(Within(scope, "", Bind));
        }

        if (query.OnlyValid)
        {
            var day = Bind(today);
            where.Add($"(valid_from IS NULL OR valid_from <= {day}) AND (valid_until IS NULL OR valid_until > {day})");
        }

        // Rare words lead to their people by pairs of letters; without one the walk goes over an index that has all that is asked and ends with the page.
        var (everybody, lead) = (where.Count == 0, PeopleGrams.Rarest(db, words));
        var source = lead?.Source("p", Bind) ?? "view_people p INDEXED BY view_people_sort";
        where.Add("person NOT IN (SELECT person FROM view_visitors)");
        var (counted, countedBy) = (Where(where), values.ToArray());
        if (query.After is { } after && after.Split('.', 2) is [var sort, var last])
        {
            where.Add($"(sort, person) > ({Bind(FromHex(sort))}, {Bind(last)})");
        }

        // What the page shows is read for the page's own people alone.
        var sql = $"""
            SELECT p.person, name, kana, category, section, valid_from, valid_until, suspended, sort
            FROM (SELECT p.person AS one FROM {source}{Where(where)} ORDER BY sort, p.person LIMIT {Bind(query.Rows + 1L)}) CROSS JOIN view_people p ON p.person = one
            ORDER BY sort, p.person
            """;
        var found = new List<(Person Person, bool Suspended, string Place)>();
        using (var rows = db.Rows(sql, [.. values]))
        {
            while (rows.Read())
            {
                var person = PeopleView.PersonFrom(rows, 0);
                found.Add((person, rows.GetInt64(7) != 0, $"{Convert.ToHexStringLower((byte[])rows.GetValue(8))}.{person.Id}"));
            }
        }

        // A page that is not full and is the first one has counted itself; a long answer is counted no further than somebody would read.
        var total = query.After is null && found.Count <= query.Rows ? found.Count
            : everybody ? (long)db.Value("SELECT (SELECT count(*) FROM view_people) - (SELECT count(*) FROM view_visitors v JOIN view_people p ON p.person = v.person)")!
            : (long)db.Value($"SELECT count(*) FROM (SELECT 1 FROM {source}{counted} LIMIT {MostCounted + 1})", countedBy)!;
        return new(
            [.. found.Take(query.Rows).Select(line => Line(db, line.Person, line.Suspended, today))],
            everybody ? total : Math.Min(total, MostCounted),
            found.Count > query.Rows ? found[query.Rows - 1].Place : null)
        { More = !everybody && total > MostCounted };
    }

    // Somebody of a section sees its people and, where they keep the contractor register, the workers it holds.
    private static string Within(PeopleScope scope, string people, Func<object?, string> bind) =>
        $"({people}section IN ({string.Join(", ", scope.Sections.Select(section => bind(section)))}){(scope.Contractors ? $" OR {people}category = {bind((long)PersonCategory.Contractor)}" : "")})";

    private const string GrantColumns = "g.id, g.person, g.zones, g.days, g.hour_from, g.hour_until, g.valid_from, g.valid_until, g.suspended";

    private const string CardSelect = """
        SELECT c.card, c.person, c.digest, c.state, c.valid_from, c.valid_until, p.name, p.kana, c.has_pin, u.last_used
        FROM view_cards c JOIN view_people p ON p.person = c.person LEFT JOIN view_card_uses u ON u.digest = c.digest
        """;

    private static string Where(List<string> checks) => checks.Count == 0 ? "" : $" WHERE {string.Join(" AND ", checks)}";

    private static byte[] FromHex(string text) => text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : [];

    private static ImmutableArray<CardLine> CardLines(Statements db, string sql, object?[] values)
    {
        var lines = ImmutableArray.CreateBuilder<CardLine>();
        using var row = db.Rows(sql, values);
        while (row.Read())
        {
            lines.Add(new(PeopleView.CardFrom(row, 0), row.GetString(6), row.GetString(7), row.GetInt64(8) != 0, row.TimeOrNull(9)));
        }

        return lines.DrainToImmutable();
    }

    private static PersonLine Line(Statements db, Person person, bool suspended, string today)
    {
        var cards = (long)db.Value("SELECT count(*) FROM view_cards WHERE person = $1 AND state <> 3", person.Id.Value)!;
        using var row = db.Rows($"SELECT count(*), max(g.valid_until) FROM view_grants g WHERE g.person = $1 AND {InForce}", person.Id.Value, today);
        _ = row.Read();
        return new(person, (int)cards, (int)row.GetInt64(0), row.DateOrNull(1)?.AddDays(-1), suspended);
    }

    private DateOnly TodayDate() => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime);

    private string Today() => TodayDate().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
