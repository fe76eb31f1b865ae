using System.Globalization;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Register;

/// <summary>
/// A filter of the register turned into statements. The filter that finds fewest rows leads: its index is walked in page order, one branch for
/// each value (a person's forms, a card, a door), and the others are checked on the rows it finds. So a page costs the same at ten thousand and at
/// ten million rows, and never an <c>OFFSET</c>.
/// </summary>
public sealed class RegisterQuestion
{
    // SQLite joins at most 500 parts; beyond this many people a word finds rows everywhere, and walking by time is quicker.
    private const int MostBranches = 120;

    private readonly List<string> checks = [];
    private readonly List<object?> values = [];
    private List<Branch> branches = [];
    private bool ledByWord;

    private RegisterQuestion()
    {
    }

    /// <summary>True when nothing can match.</summary>
    public bool Empty { get; private set; }

    /// <summary>True when hourly and daily sums alone can answer how many.</summary>
    public bool Summable { get; private set; } = true;

    /// <summary>Doors asked for by number, for the sums; null: all.</summary>
    public IReadOnlyList<long>? Doors { get; private set; }

    /// <summary>The filter it came from.</summary>
    public RegisterFilter Filter { get; private init; } = RegisterFilter.None;

    private readonly record struct Branch(string Index, string Condition);

    /// <summary>Looks small tables up (people, doors, cards) and lays the question out.</summary>
    /// <param name="scope">What of the register may be seen at all; a condition like any other, and never left out.</param>
    public static RegisterQuestion From(RegisterFilter filter, RegisterScope scope, Statements db)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(db);
        var question = new RegisterQuestion { Filter = filter };
        question.Places(filter, db);
        question.Choices(filter);
        question.People(filter, db);
        foreach (var word in Split(filter.Words))
        {
            question.Word(word, db);
        }

        question.Scope(scope, db);
        return question;
    }

    /// <summary>Numbers of the rows at a place, in the order of walking.</summary>
    /// <param name="newestFirst">Which way to walk.</param>
    /// <param name="beyond">Walk on from this row, not included; null: from the end.</param>
    public IEnumerable<long> Walk(Statements db, bool newestFirst, RegisterCursor? beyond, int most, long? notAfter = null)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (Empty)
        {
            return [];
        }

        var order = newestFirst ? "DESC" : "ASC";
        var bound = new List<object?>(values);
        string Bind(object value)
        {
            bound.Add(value);
            return $"${bound.Count}";
        }

        // One bound on each side and no more: given two, SQLite seeks by the one it likes and reads the rest of the stretch to check the other.
        var (lowest, highest) = Times();
        var tie = "";
        if (beyond is { } cursor)
        {
            var at = cursor.At.ToUnixTimeMilliseconds();
            lowest = newestFirst ? lowest : Math.Max(lowest ?? at, at);
            highest = newestFirst ? Math.Min(highest ?? at, at) : highest;
            tie = newestFirst ? $" AND (at < {Bind(at)} OR n < {Bind(cursor.N)})" : $" AND (at > {Bind(at)} OR n > {Bind(cursor.N)})";
        }
        else if (notAfter is { } time)
        {
            highest = Math.Min(highest ?? time, time);
        }

        var edge = Between(lowest, highest, Bind) + tie;
        var limit = Bind((long)most);
        var parts = Parts("at, n", edge, $" ORDER BY at {order}, n {order} LIMIT {limit}");
        var sql = parts.Count == 1 ? parts[0] : $"{string.Join(" UNION ", parts.Select(part => $"SELECT * FROM ({part})"))} ORDER BY at {order}, n {order} LIMIT {limit}";
        return Column(db, sql, 1, bound);
    }

    /// <summary>How many rows, counted no further than <paramref name="most"/>.</summary>
    public long Count(Statements db, long most)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (Empty)
        {
            return 0;
        }

        List<object?> bound = [.. values, most];
        var limit = $"${bound.Count}";
        var (lowest, highest) = Times();
        var edge = Between(lowest, highest, value =>
        {
            bound.Add(value);
            return $"${bound.Count}";
        });
        var parts = Parts("n", edge, $" LIMIT {limit}");
        var rows = parts.Count == 1 ? parts[0] : $"SELECT * FROM ({string.Join(" UNION ", parts.Select(part => $"SELECT * FROM ({part})"))}) LIMIT {limit}";
        return Column(db, $"SELECT 0, count(*) FROM ({rows})", 1, bound).First();
    }

    /// <summary>Time and result of every row found, in no order: what a histogram counts.</summary>
    public void Each(Statements db, Action<long, RegisterResult> tell)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(tell);
        if (Empty)
        {
            return;
        }

        var bound = new List<object?>(values);
        var (lowest, highest) = Times();
        var edge = Between(lowest, highest, value =>
        {
            bound.Add(value);
            return $"${bound.Count}";
        });
        var parts = Parts(branches.Count > 1 ? "at, result, n" : "at, result", edge, "");
        using var row = db.Rows(string.Join(" UNION ", parts), [.. bound]);
        while (row.Read())
        {
            tell(row.GetInt64(0), (RegisterResult)row.GetInt64(1));
        }
    }

    /// <summary>Words of a search box: parted by any space, the ideographic one too, at most eight.</summary>
    public static IReadOnlyList<string> Split(string? words) =>
        [.. (words ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(8)];

    private static List<long> Column(Statements db, string sql, int column, List<object?> bound)
    {
        var found = new List<long>();
        using var row = db.Rows(sql, [.. bound]);
        while (row.Read())
        {
            found.Add(row.GetInt64(column));
        }

        return found;
    }

    private static List<long> Numbers(Statements db, string sql, params ReadOnlySpan<object?> values)
    {
        var found = new List<long>();
        using var row = db.Rows(sql, values);
        while (row.Read())
        {
            found.Add(row.GetInt64(0));
        }

        return found;
    }

    private (long? Lowest, long? Highest) Times() => (Filter.From?.ToUnixTimeMilliseconds(), Filter.Until?.ToUnixTimeMilliseconds() - 1);

    private static string Between(long? lowest, long? highest, Func<object, string> bind) =>
        $"{(lowest is { } from ? $" AND at >= {bind(from)}" : "")}{(highest is { } to ? $" AND at <= {bind(to)}" : "")}";

    private List<string> Parts(string columns, string edge, string tail)
    {
        var shared = checks.Count == 0 ? "" : $" AND {string.Join(" AND ", checks)}";
        return branches.Count == 0
            ? [$"SELECT {columns} FROM view_register INDEXED BY view_register_at WHERE at IS NOT NULL{shared}{edge}{tail}"]
            : [.. branches.Select(branch => $"SELECT {columns} FROM view_register {branch.Index} WHERE {branch.Condition}{shared}{edge}{tail}")];
    }

    private string Parameter(object? value)
    {
        values.Add(value);
        return $"${values.Count}";
    }

    private void Places(RegisterFilter filter, Statements db)
    {
        List<long>? doors = null;
        if (filter.Door is { } door)
        {
            doors = Numbers(db, "SELECT id FROM view_words WHERE text = $1", door.Value);
        }

        if (filter.Zone is { } zone)
        {
            var ofZone = Numbers(db, "SELECT door FROM view_register_doors WHERE zone = (SELECT id FROM view_words WHERE text = $1)", zone.Value);
            doors = doors is null ? ofZone : [.. doors.Intersect(ofZone)];
        }

        if (doors is null)
        {
            return;
        }

        Doors = doors;
        Empty |= doors.Count == 0;
        if (doors.Count is > 0 and <= MostBranches)
        {
            branches = [.. doors.Select(id => new Branch("INDEXED BY view_register_door", $"door = {id}"))];
        }

        // Also as a check, because a narrower filter may take the lead.
        checks.Add($"door IN ({string.Join(", ", doors.Select(id => id.ToString(CultureInfo.InvariantCulture)))})");
    }

    private void Choices(RegisterFilter filter)
    {
        var results = filter.Results.IsDefault ? [] : filter.Results.Distinct().ToList();
        if (results.Count > 0)
        {
            checks.Add($"result IN ({string.Join(", ", results.Select(result => (int)result))})");
            if (results.All(result => result is RegisterResult.Denied or RegisterResult.Forced or RegisterResult.HeldOpen))
            {
                branches = [.. results.Select(result => new Branch("INDEXED BY view_register_rare", $"result = {(int)result} AND result IN (1, 3, 4)"))];
            }
        }

        if (filter.Category is { } category)
        {
            checks.Add($"category = {(int)category}");
            if (category > 0)
            {
                branches = [new Branch("INDEXED BY view_register_category", $"category = {(int)category} AND category > 0")];
            }
        }

        if (filter.Reason is { } reason)
        {
            Summable = false;
            checks.Add($"reason = {(int)reason}");
            branches = [new Branch("INDEXED BY view_register_reason", $"reason = {(int)reason}")];
        }
    }

    private void People(RegisterFilter filter, Statements db)
    {
        if (filter.Person is not { } person)
        {
            return;
        }

        Summable = false;
        var forms = Numbers(db, "SELECT form FROM view_person_forms WHERE person = $1", person.Value);
        Empty |= forms.Count == 0;
        branches = [.. forms.Take(MostBranches).Select(form => new Branch("INDEXED BY view_register_form", $"form = {form}"))];
        checks.Add($"form IN ({string.Join(", ", forms)})");
    }

    private void Word(string word, Statements db)
    {
        Summable = false;
        var folded = PeopleWords.Fold(word);
        if (folded.Length == 0)
        {
            return;
        }

        var forms = Numbers(db, "SELECT form FROM view_person_forms WHERE instr(folded, $1) > 0", folded);
        var branchesOfWord = forms.Select(form => new Branch("INDEXED BY view_register_form", $"form = {form}")).ToList();
        var any = new List<string>();
        if (forms.Count > 0)
        {
            any.Add(forms.Count <= MostBranches
                ? $"form IN ({string.Join(", ", forms)})"
                : $"form IN (SELECT form FROM view_person_forms WHERE instr(folded, {Parameter(folded)}) > 0)");
        }

        foreach (var digest in Digests(folded, db))
        {
            var condition = $"digest = {Parameter(digest)}";
            any.Add(condition);
            branchesOfWord.Add(new("INDEXED BY view_register_digest", condition));
        }

        if (long.TryParse(folded, NumberStyles.None, CultureInfo.InvariantCulture, out var n))
        {
            any.Add($"n = {n}");
            branchesOfWord.Add(new("", $"n = {n}"));
        }

        Grants(folded, db, any, branchesOfWord);
        if (any.Count == 0)
        {
            Empty = true;
            return;
        }

        checks.Add($"({string.Join(" OR ", any)})");
        var narrower = branches.Count == 0 || Filter.Person is null;
        if (branchesOfWord.Count <= MostBranches && narrower && !ledByWord)
        {
            branches = branchesOfWord;
            ledByWord = true;
        }
    }

    // Any of the scope's conditions shows a row. Where they lead to few rows they also lead the walk, unless a person or a word does already.
    private void Scope(RegisterScope scope, Statements db)
    {
        if (scope.Everything)
        {
            return;
        }

        var any = new List<string>();
        var leading = new List<Branch>();
        var narrow = true;
        if (!scope.Zones.IsEmpty)
        {
            var doors = Numbers(db, $"SELECT door FROM view_register_doors WHERE zone IN (SELECT id FROM view_words WHERE text IN ({Texts(scope.Zones.Select(zone => zone.Value))}))", [.. values]);
            if (db.Value("SELECT count(*) FROM view_register_doors") is long all && all == doors.Count)
            {
                return;
            }

            narrow = false;
            any.Add($"door IN ({string.Join(", ", doors)})");
            leading.AddRange(doors.Select(door => new Branch("INDEXED BY view_register_door", $"door = {door}")));
        }

        if (scope.CurrentSince is { } since)
        {
            var condition = string.Create(CultureInfo.InvariantCulture, $"at >= {since.ToUnixTimeMilliseconds()}");
            any.Add(condition);
            leading.Add(new("INDEXED BY view_register_at", condition));
        }

        if (scope.Visits)
        {
            var condition = $"category = {(int)PersonCategory.Visitor}";
            any.Add(condition);
            leading.Add(new("INDEXED BY view_register_category", $"{condition} AND category > 0"));
        }

        var forms = FormsOf(scope, db);
        if (forms.Count > 0)
        {
            any.Add($"form IN ({string.Join(", ", forms)})");
            leading.AddRange(forms.Select(form => new Branch("INDEXED BY view_register_form", $"form = {form}")));
        }

        Summable = false;
        Empty |= any.Count == 0;
        checks.Add(any.Count == 0 ? "0" : $"({string.Join(" OR ", any)})");
        if (leading.Count is > 0 and <= MostBranches && !ledByWord && Filter.Person is null && (narrow || branches.Count == 0))
        {
            branches = leading;
        }
    }

    private List<long> FormsOf(RegisterScope scope, Statements db)
    {
        var conditions = new List<string>();
        if (!scope.People.IsEmpty)
        {
            conditions.Add($"person IN ({Texts(scope.People.Select(person => person.Value))})");
        }

        if (!scope.Sections.IsEmpty)
        {
            conditions.Add($"section IN ({Texts(scope.Sections)})");
        }

        if (!scope.Firms.IsEmpty)
        {
            conditions.Add($"(category = {(int)PersonCategory.Contractor} AND section IN ({Texts(scope.Firms)}))");
        }

        return conditions.Count == 0 ? [] : Numbers(db, $"SELECT form FROM view_person_forms WHERE {string.Join(" OR ", conditions)}", [.. values]);
    }

    // Texts become values of the question; that the walk binds some it does not name does no harm.
    private string Texts(IEnumerable<string> texts) => string.Join(", ", texts.Select(text => Parameter(text)));

    // A grant belongs to one person, so that person's rows are walked.
    private static void Grants(string folded, Statements db, List<string> any, List<Branch> branchesOfWord)
    {
        if (folded.Length < 3)
        {
            return;
        }

        using var row = db.Rows(
            """
            SELECT w.id, f.form FROM view_grants g JOIN view_words w ON w.text = g.id JOIN view_person_forms f ON f.person = g.person
            WHERE instr(lower(g.id), $1) > 0 LIMIT 60
            """,
            folded);
        while (row.Read())
        {
            var (grant, form) = (row.GetInt64(0), row.GetInt64(1));
            any.Add($"(entry_grant = {grant} AND form = {form})");
            branchesOfWord.Add(new("INDEXED BY view_register_form", $"form = {form} AND entry_grant = {grant}"));
        }
    }

    // "9f3c…e1" is how a digest is shown; four digits or more may also be any part of it.
    private static List<byte[]> Digests(string folded, Statements db)
    {
        var found = new List<byte[]>();
        var parts = folded.Split("...", 2) is { Length: 2 } dots ? dots : folded.Split('…', 2);
        if (parts[0].Length < 4 || !parts.All(part => part.All(char.IsAsciiHexDigitLower)))
        {
            return found;
        }

        using var row = parts.Length == 2
            ? db.Rows("SELECT digest FROM view_card_uses WHERE lower(hex(digest)) LIKE $1 || '%' || $2 LIMIT 40", parts[0], parts[1])
            : db.Rows("SELECT digest FROM view_card_uses WHERE instr(lower(hex(digest)), $1) > 0 LIMIT 40", parts[0]);
        while (row.Read())
        {
            found.Add((byte[])row.GetValue(0));
        }

        return found;
    }
}
