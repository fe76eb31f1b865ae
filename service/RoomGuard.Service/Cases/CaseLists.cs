using System.Collections.Immutable;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Service.Operators;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;
using RoomGuard.Service.Register;

namespace RoomGuard.Service.Cases;

/// <summary>Cases as somebody may see them: the inbox, one's own, the register, one case, and whom or what one may apply about.</summary>
public sealed class CaseLists(ServiceRecord record, SitePolicy policy, AuthorityGuard guard, TimeProvider time)
{
    private const int MostRows = 200;

    /// <summary>How many wait for somebody.</summary>
    public Task<int> Waiting(Actor by, CancellationToken gone) => record.Readers.Ask(db => CasesView.WaitingFor(db, by).Count(file => WaitsFor(by, file)), gone);

    /// <summary>Every kind with whether somebody may apply for it.</summary>
    public Task<ImmutableArray<CaseChoice>> Choices(Actor by, CancellationToken gone) => record.Readers.Ask(
        db => Enum.GetValues<CaseKind>().Select(kind => new CaseChoice(kind, WhyNot(db, by, kind))).ToImmutableArray(),
        gone);

    // ExceptionRegister of section (b): where the profile keeps no exceptions, nobody applies for one.
    private Refusal? WhyNot(Statements db, Actor by, CaseKind kind) =>
        CaseRules.MayApply(by, kind) is { Allowed: false } answer ? guard.Of(db, answer, CaseRules.RuleOf(kind))
        : kind == CaseKind.PolicyException && !policy.Now.ExceptionRegister ? new(AuthorityText.NoExceptionRegister, CaseRules.RuleOf(kind), [], [])
        : null;

    /// <summary>What waits for somebody, nearest deadline first.</summary>
    public Task<ImmutableArray<CaseCard>> Inbox(Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            var (holders, profile) = (guard.Holders(db), policy.Now);
            return CasesView.WaitingFor(db, by)
                .Where(file => WaitsFor(by, file))
                .OrderBy(file => DueOf(file) ?? DateTimeOffset.MaxValue).ThenBy(file => file.Id.Value, StringComparer.Ordinal)
                .Select(file => new CaseCard(Line(db, file, holders), CasePoints.Of(db, file, profile, policy.Site, time.GetUtcNow(), record.TimeZone), Moves(db, by, file)))
                .ToImmutableArray();
        },
        gone);

    /// <summary>One's own, newest first.</summary>
    public Task<CasesPage> Mine(string? after, int rows, Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(by);
        return record.Readers.Ask(db => Page(db, ["c.applied_by = $1"], [by.Person.Value], after, rows), gone);
    }

    /// <summary>Over or decided by somebody, as far as they may see them, newest first.</summary>
    public Task<CasesPage> Done(CaseQuery query, Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(query);
        return record.Readers.Ask(
            db =>
            {
                var values = new List<object?>();
                string Bind(object? value)
                {
                    values.Add(value);
                    return $"${values.Count}";
                }

                var where = new List<string> { $"(c.open = 0 OR EXISTS (SELECT 1 FROM view_case_hands h WHERE h.id = c.id AND h.person = {Bind(by.Person.Value)} AND c.applied_by <> h.person))", Visible(by, Bind) };
                if (query.Kind is { } kind)
                {
                    where.Add($"c.kind = {Bind((long)kind)}");
                }

                if (query.State is { } state)
                {
                    where.Add($"c.state = {Bind((long)state)}");
                }

                foreach (var word in Folded(query.Words))
                {
                    var part = Bind(word);
                    where.Add($"(instr(lower(c.id), {part}) > 0 OR instr(a.folded, {part}) > 0 OR instr(s.folded, {part}) > 0)");
                }

                return Page(db, where, values, query.After, query.Rows);
            },
            gone);
    }

    /// <summary>One case; null: unknown, or not for them.</summary>
    public Task<CaseFile?> Case(CaseId id, Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            if (CasesView.Dossier(db, id) is not { } file || !MaySee(db, by, file))
            {
                return null;
            }

            return new CaseFile(Line(db, file, guard.Holders(db)), CasePoints.Of(db, file, policy.Now, policy.Site, time.GetUtcNow(), record.TimeZone), History(db, file), Moves(db, by, file), file.Conditions, file.Made);
        },
        gone);

    /// <summary>Whom somebody may apply for.</summary>
    public Task<ImmutableArray<NamedPerson>> Candidates(CaseKind kind, string words, int most, Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            var values = new List<object?>();
            string Bind(object? value)
            {
                values.Add(value);
                return $"${values.Count}";
            }

            var category = kind switch
            {
                CaseKind.ContractorGrant => "p.category = 5",
                CaseKind.StaffGrant => "p.category NOT IN (5, 6)",
                _ => "p.category <> 6",
            };
            var where = new List<string> { category, Reach(by, kind, Bind) };
            where.AddRange(Folded(words).Select(word => $"instr(p.folded, {Bind(word)}) > 0"));
            var source = PeopleGrams.Rarest(db, Folded(words))?.Source("p", Bind) ?? "view_people p";
            var found = ImmutableArray.CreateBuilder<NamedPerson>();
            using var row = db.Rows($"SELECT p.person, p.name, p.kana, p.section FROM {source} WHERE {string.Join(" AND ", where)} ORDER BY p.sort, p.person LIMIT {Bind((long)Math.Clamp(most, 1, MostRows))}", [.. values]);
            while (row.Read())
            {
                found.Add(Named(row, 0));
            }

            return found.DrainToImmutable();
        },
        gone);

    /// <summary>Grants somebody may ask to have changed or ended, their own first.</summary>
    public Task<ImmutableArray<GrantChoice>> Grants(string words, int most, Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            var found = ImmutableArray.CreateBuilder<GrantChoice>();
            Choose(
                db,
                CaseKind.GrantEnd,
                words,
                most,
                by,
                "g.id, g.person, g.zones, g.days, g.hour_from, g.hour_until, g.valid_from, g.valid_until, g.suspended",
                "view_grants g JOIN view_people p ON p.person = g.person",
                "g.id",
                bind => $"g.ended IS NULL AND g.valid_until > {bind(RowReading.Iso(Today()))}",
                row => found.Add(new(PeopleView.GrantFrom(row, 4), Named(row, 0))));
            return found.DrainToImmutable();
        },
        gone);

    /// <summary>Cards somebody may report lost, their own first.</summary>
    public Task<ImmutableArray<CardChoice>> Cards(string words, int most, Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            var found = ImmutableArray.CreateBuilder<CardChoice>();
            Choose(db, CaseKind.LostCredential, words, most, by, "g.card", "view_cards g JOIN view_people p ON p.person = g.person", "g.card", _ => "g.state IN (0, 1)", row => found.Add(new(new(row.GetString(4)), Named(row, 0))));
            return found.DrainToImmutable();
        },
        gone);

    /// <summary>Whether somebody may see a case: a hand in it, its subject, a step of theirs, or the register.</summary>
    public static bool MaySee(Statements db, Actor by, CaseDossier file)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(file);
        if (file.AppliedBy == by.Person || file.Subject == by.Person || file.Hands().Contains(by.Person) || CaseRules.MayTake(by, file).Allowed || MayReview(by, file).Allowed)
        {
            return true;
        }

        var section = AuthorityGuard.Named(db, file.Subject ?? file.AppliedBy)?.Section;
        return Authority.May(by, PageAct.SeeCases, new() { Section = section, Zones = file.Zones }).Allowed

            // Who holds the role but has no say in this one case still learns why.
            || (file.Current is { } step && by.Holdings.Any(holding => ApprovalRoute.MayTake(step, holding, [])));
    }

    /// <summary>Whether somebody may look at a running exception again (R-EXC-03).</summary>
    public static AuthorityAnswer MayReview(Actor by, CaseDossier file)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(file);
        var answer = Authority.May(by, Act.AllowException, Part.Keeps, ActSubject.None);
        return file.Matter is not ExceptionMatter ? answer with { Refusal = AuthorityRefusal.NoRole }
            : SeparationOfDuties.Broken(DutyPair.ApplicantAndApprover, file.AppliedBy, by.Person) ? answer with { Refusal = AuthorityRefusal.SamePerson }
            : answer;
    }

    /// <summary>An exception in force that lets a person decide their own applications (R-EXC-07); null: none.</summary>
    public static CaseId? SelfApprovalOf(Statements db, PersonId person, DateOnly today) => CasesView.Exceptions(db)
        .Where(file => file.Matter is ExceptionMatter { SelfApproval: not null } asked && file.State != CaseState.Waiting && file.ExceptionInForce(today) && Names(asked.Scope, person))
        .Select(file => (CaseId?)file.Id)
        .FirstOrDefault();

    private static bool Names(string scope, PersonId person) => scope.Split([' ', ',', '\u3000', '\u3001', '\u30fb', ';'], StringSplitOptions.RemoveEmptyEntries).Contains(person.Value);

    private static bool WaitsFor(Actor by, CaseDossier file) =>
        file.State == CaseState.SentBack ? file.AppliedBy == by.Person : CaseRules.MayTake(by, file).Allowed;

    private CaseMoves Moves(Statements db, Actor by, CaseDossier file)
    {
        var take = CaseRules.MayTake(by, file);
        if (take.Refusal == AuthorityRefusal.SamePerson && file.Current is { Stage: CaseStage.Allow } && SelfApprovalOf(db, by.Person, Today()) is not null)
        {
            take = CaseRules.MayTake(by, file, excepted: true);
        }

        var mine = file.AppliedBy == by.Person;
        var stage = file.Current?.Stage;
        return new(
            Decide: take.Allowed && stage == CaseStage.Allow,
            Withdraw: mine && (file.State is CaseState.Waiting or CaseState.SentBack || file.ExceptionInForce(Today())),
            Resubmit: mine && file.State == CaseState.SentBack,
            CarryOut: take.Allowed && stage == CaseStage.CarryOut,
            Confirm: (take.Allowed && stage == CaseStage.Confirm)
                || (file.State is CaseState.Allowed or CaseState.AllowedWithConditions && file.ExceptionInForce(Today()) && MayReview(by, file).Allowed),
            WhyNotDecide: stage is not null && !take.Allowed ? guard.Of(db, take, take.Refusal == AuthorityRefusal.SamePerson ? "R-PROF-05" : CaseRules.RuleOf(file.Matter.Kind)) : null);
    }

    private static CaseLine Line(Statements db, CaseDossier file, ImmutableArray<RoleHolding> holders) => new(
        file.Id,
        file.State,
        file.Version,
        file.Matter,
        file.Reason,
        AuthorityGuard.NamedOrId(db, file.AppliedBy),
        file.Subject is { } subject ? AuthorityGuard.NamedOrId(db, subject) : null,
        file.Before,
        file.AppliedAt,
        DueOf(file),
        Next(db, file, holders));

    private static DateTimeOffset? DueOf(CaseDossier file)
    {
        if (!file.Open)
        {
            return null;
        }

        var due = file.State == CaseState.SentBack ? file.LapsesAt : file.StepSince + CaseRules.TermsOf(file.Matter).Escalate;
        return file.State is CaseState.Waiting or CaseState.SentBack && due > file.LapsesAt ? file.LapsesAt : due;
    }

    private static ImmutableArray<CaseHand> Next(Statements db, CaseDossier file, ImmutableArray<RoleHolding> holders)
    {
        if (file.State == CaseState.SentBack)
        {
            return [new(AuthorityGuard.NamedOrId(db, file.AppliedBy), file.AppliedAs, null, CaseText.WaitsForApplicant, CaseRules.RuleOf(file.Matter.Kind))];
        }

        if (file.Current is not { } step)
        {
            return [];
        }

        var (because, rule) = (CaseText.Of(step.Cause), step.Cause is RouteCause.OwnMatter or RouteCause.Vacancy ? "R-PROF-06" : CaseRules.RuleOf(file.Matter.Kind));
        var concerned = CaseRules.Concerned(file.AppliedBy, file.Subject);
        ImmutableArray<CaseHand> hands =
        [
            .. holders.Where(holding => ApprovalRoute.MayTake(step, holding, concerned)).OrderBy(holding => step.Roles.IndexOf(holding.Role)).Select(holding => new CaseHand(
                AuthorityGuard.NamedOrId(db, holding.Person), holding.Role, holding.DeputyFor is { } principal ? AuthorityGuard.NamedOrId(db, principal) : null, because, rule)),
        ];
        return hands.IsEmpty ? [new(null, step.Roles[0], null, CaseText.Of(RouteCause.Vacancy), "R-PROF-04")] : hands;
    }

    private static ImmutableArray<CaseHappening> History(Statements db, CaseDossier file) =>
    [
        .. file.History.Select((line, at) => new CaseHappening(
            line.At, KindOf(line, first: at == 0), line.By is { } person ? AuthorityGuard.NamedOrId(db, person) : null, line.As, line.Text, line.N)),
    ];

    private static CaseHappeningKind KindOf(DossierLine line, bool first) => line switch
    {
        { Kind: "case.applied" } => first ? CaseHappeningKind.Applied : CaseHappeningKind.Resubmitted,
        { Decision: CaseDecision.Allowed } => CaseHappeningKind.Allowed,
        { Decision: CaseDecision.AllowedWithConditions } => CaseHappeningKind.AllowedWithConditions,
        { Decision: CaseDecision.SentBack } => CaseHappeningKind.SentBack,
        { Decision: CaseDecision.Refused } => CaseHappeningKind.Refused,
        { Kind: "case.withdrawn" } => CaseHappeningKind.Withdrawn,
        { Kind: "case.lapsed" } => CaseHappeningKind.Lapsed,
        { Kind: "case.reminded" } => CaseHappeningKind.Reminded,
        { Kind: "case.escalated" } => CaseHappeningKind.Escalated,
        { Kind: "case.carried-out" } => CaseHappeningKind.CarriedOut,
        _ => CaseHappeningKind.Confirmed,
    };

    private CasesPage Page(Statements db, List<string> where, List<object?> values, string? after, int rows)
    {
        const string from = "FROM view_cases c LEFT JOIN view_people a ON a.person = c.applied_by LEFT JOIN view_people s ON s.person = coalesce(c.subject, c.applied_by)";
        rows = Math.Clamp(rows, 1, MostRows);
        var total = (long)db.Value($"SELECT count(*) {from} WHERE {string.Join(" AND ", where)}", [.. values])!;
        if (after is not null)
        {
            values.Add(after);
            where.Add($"(c.applied, c.id) < (SELECT applied, id FROM view_cases WHERE id = ${values.Count})");
        }

        values.Add(rows + 1L);
        var files = new List<CaseDossier>();
        using (var row = db.Rows($"SELECT c.json {from} WHERE {string.Join(" AND ", where)} ORDER BY c.applied DESC, c.id DESC LIMIT ${values.Count}", [.. values]))
        {
            while (row.Read())
            {
                files.Add(CasesView.From(row.GetString(0)));
            }
        }

        var holders = guard.Holders(db);
        return new([.. files.Take(rows).Select(file => Line(db, file, holders))], total, files.Count > rows ? files[rows - 1].Id.Value : null);
    }

    // The same as MaySee, as far as cases that are over go: by what the table lets them see, cut in the question itself.
    private static string Visible(Actor by, Func<object?, string> bind)
    {
        if (Authority.May(by, PageAct.SeeCases, ActSubject.None).Allowed)
        {
            return "1 = 1";
        }

        var me = bind(by.Person.Value);
        var ways = new List<string> { $"c.applied_by = {me}", $"c.subject = {me}", $"EXISTS (SELECT 1 FROM view_case_hands h WHERE h.id = c.id AND h.person = {me})" };
        foreach (var holding in by.Holdings)
        {
            if (holding.Role == Role.SecurityManager && Authority.May(by, PageAct.SeeCases, new() { Section = holding.Section }).Allowed)
            {
                ways.Add($"s.section = {bind(holding.Section)}");
            }

            ways.AddRange(holding.Zones
                .Where(zone => holding.Role == Role.SystemManager && Authority.May(by, PageAct.SeeCases, ActSubject.Of([zone])).Allowed)
                .Select(zone => $"c.zones LIKE {bind($"% {zone} %")}"));
        }

        return $"({string.Join(" OR ", ways)})";
    }

    // Whom somebody may apply for in a kind: everybody, their sections, or themselves; asked of the table, not known here.
    private static string Reach(Actor by, CaseKind kind, Func<object?, string> bind)
    {
        if (CaseRules.MayApply(by, kind, ActSubject.None).Allowed)
        {
            return "1 = 1";
        }

        var ways = by.Holdings.Select(holding => holding.Section).Distinct()
            .Where(section => section.Length > 0 && CaseRules.MayApply(by, kind, new() { Section = section }).Allowed)
            .Select(section => $"p.section = {bind(section)}").ToList();
        if (by.Holdings.Any(holding => holding.Section.Length == 0) && CaseRules.MayApply(by, kind, new() { Section = "" }).Allowed)
        {
            ways.Add("1 = 1");
        }

        if (CaseRules.MayApply(by, kind, ActSubject.Of(by.Person, by.Section)).Allowed)
        {
            ways.Add($"p.person = {bind(by.Person.Value)}");
        }

        return ways.Count == 0 ? "1 = 0" : $"({string.Join(" OR ", ways)})";
    }

    private static void Choose(
        Statements db,
        CaseKind kind,
        string words,
        int most,
        Actor by,
        string columns,
        string tables,
        string id,
        Func<Func<object?, string>, string> which,
        Action<Microsoft.Data.Sqlite.SqliteDataReader> take)
    {
        var values = new List<object?>();
        string Bind(object? value)
        {
            values.Add(value);
            return $"${values.Count}";
        }

        var where = new List<string> { which(Bind), Reach(by, kind, Bind) };
        foreach (var word in Folded(words))
        {
            var part = Bind(word);
            where.Add($"(instr(p.folded, {part}) > 0 OR instr(lower({id}), {part}) > 0)");
        }

        var own = Bind(by.Person.Value);
        using var row = db.Rows(
            $"SELECT p.person, p.name, p.kana, p.section, {columns} FROM {tables} WHERE {string.Join(" AND ", where)} ORDER BY p.person <> {own}, p.sort, {id} LIMIT {Bind((long)Math.Clamp(most, 1, MostRows))}",
            [.. values]);
        while (row.Read())
        {
            take(row);
        }
    }

    private static IEnumerable<string> Folded(string? words) =>
        RegisterQuestion.Split(words).Select(PeopleWords.Fold).Where(word => word.Length > 0);

    private static NamedPerson Named(Microsoft.Data.Sqlite.SqliteDataReader row, int at) => new(new(row.GetString(at)), row.GetString(at + 1), row.GetString(at + 2), row.GetString(at + 3));

    private DateOnly Today() => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime);
}
