using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Looking;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Looking;

/// <summary>
/// Who looked at whose records (R-SIGN-15) and who was named to (R-LOG-05). A stated purpose is kept in memory for its half hour: after a restart it
/// is asked again, and what was looked at stands in the record.
/// </summary>
public sealed class LookDesk(ServiceRecord record, ActTurn turn, TimeProvider time) : ILookDesk
{
    private const int LongestPurpose = 200;
    private const int LongestQuery = 1000;
    private const int MostKept = 10_000;
    private const int LongestDays = 93;
    private static readonly TimeSpan PurposeHolds = TimeSpan.FromMinutes(30);

    private readonly Lock gate = new();
    private readonly Dictionary<(AccountId Account, PersonId Subject), Stated> stated = [];
    private readonly Dictionary<(AccountId Account, string Query), DateTimeOffset> searches = [];

    /// <inheritdoc/>
    public Task<RegisterScope> Scope(Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(by);
        var now = time.GetUtcNow();
        var today = Day(now);
        var midnight = today.ToDateTime(TimeOnly.MinValue);
        var began = new DateTimeOffset(midnight, record.TimeZone.GetUtcOffset(midnight));
        return record.Readers.Ask(db => RegisterScope.Of(by, began, LooksView.NamedFor(db, by.Person, today)), gone);
    }

    /// <inheritdoc/>
    public async Task<bool> MayLook(Actor by, PersonId subject, string query, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(query);
        if (by.Person == subject)
        {
            return true;
        }

        var now = time.GetUtcNow();
        var asked = Cut(query);
        Stated? purpose;
        lock (gate)
        {
            purpose = stated.GetValueOrDefault((by.Account, subject));
            if (purpose is null || now >= purpose.Until)
            {
                return false;
            }

            if (purpose.Queries.Contains(asked))
            {
                return true;
            }
        }

        // Recorded before it is shown.
        _ = await record.AppendAsync(new RecordsViewed(now, subject, asked, purpose.Purpose, by.Id), stop);
        lock (gate)
        {
            purpose.Queries.Add(asked);
        }

        return true;
    }

    /// <inheritdoc/>
    public async Task Searched(Actor by, string query, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(query);
        var (now, asked) = (time.GetUtcNow(), Cut(query));
        lock (gate)
        {
            if (searches.TryGetValue((by.Account, asked), out var until) && now < until)
            {
                return;
            }
        }

        _ = await record.AppendAsync(new RecordsViewed(now, null, asked, "", by.Id), stop);
        lock (gate)
        {
            Forget(searches, until => until <= now);
            searches[(by.Account, asked)] = now + PurposeHolds;
        }
    }

    /// <inheritdoc/>
    public Task<ActResult> StatePurpose(Actor by, PersonId subject, string purpose, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(by);
        return turn.ActAsync(
            [.. FieldRules.Text("purpose", purpose, LongestPurpose)],
            () =>
            {
                if (record.Readers.AskNow(db => db.Value("SELECT 1 FROM view_person_forms WHERE person = $1", subject.Value)) is null)
                {
                    return Task.FromResult(ActResult.Refused("person", FieldFault.Unknown, subject.Value));
                }

                var now = time.GetUtcNow();
                lock (gate)
                {
                    Forget(stated, item => item.Until <= now);
                    stated[(by.Account, subject)] = new(FieldRules.Clean(purpose), now + PurposeHolds);
                }

                return Task.FromResult(ActResult.Done(subject.Value));
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<InvestigationLine>> Investigations(Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(by);
        var all = Authority.May(by, Act.LookIntoPerson, Part.Allows, ActSubject.None).Allowed;
        var today = Day(time.GetUtcNow());
        return record.Readers.Ask(db => Lines(db, by.Person, all, today), gone);
    }

    /// <inheritdoc/>
    public Task<ActResult> NameInvestigation(InvestigationForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        return turn.ActAsync(
            [.. FieldRules.Text("purpose", form.Purpose, LongestPurpose)],
            async () =>
            {
                var now = time.GetUtcNow();
                var today = Day(now);
                if (Objection(form, by, today) is { } objection)
                {
                    return objection;
                }

                var prefix = string.Create(CultureInfo.InvariantCulture, $"U-{today.Year}-");
                var number = 1 + (record.Readers.AskNow(db => db.Value("SELECT max(CAST(substr(id, 8) AS INTEGER)) FROM view_investigations WHERE id LIKE $1 || '%'", prefix)) as long? ?? 0);
                var id = string.Create(CultureInfo.InvariantCulture, $"{prefix}{number:0000}");
                _ = await record.AppendAsync(new InvestigationNamed(now, id, form.Subject, [.. form.Named.Distinct()], FieldRules.Clean(form.Purpose), form.Until, by.Id), stop);
                return ActResult.Done(id);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> EndInvestigation(string id, string reason, Actor by, CancellationToken stop) => turn.ActAsync(
        [.. FieldRules.Text("reason", reason, LongestPurpose)],
        async () =>
        {
            if (!Authority.May(by, Act.LookIntoPerson, Part.Allows, ActSubject.None).Allowed)
            {
                return NotChief();
            }

            if (record.Readers.AskNow(db => db.Value("SELECT subject FROM view_investigations WHERE id = $1 AND ended IS NULL", id)) is not string subject)
            {
                return ActResult.Refused("id", FieldFault.Unknown, id);
            }

            _ = await record.AppendAsync(new InvestigationEnded(time.GetUtcNow(), id, new(subject), FieldRules.Clean(reason), by.Id), stop);
            return ActResult.Done(id);
        },
        stop);

    private ActResult? Objection(InvestigationForm form, Actor by, DateOnly today)
    {
        if (!Authority.May(by, Act.LookIntoPerson, Part.Allows, ActSubject.None).Allowed)
        {
            return NotChief();
        }

        if (form.Named.IsEmpty)
        {
            return ActResult.Refused("named", FieldFault.Required);
        }

        if (SeparationOfDuties.Broken(DutyPair.SubjectAndInvestigator, form.Subject, by.Person) || form.Named.Contains(form.Subject))
        {
            return ActResult.Refused("named", FieldFault.SamePerson, form.Subject.Value);
        }

        if (form.Until <= today || form.Until > today.AddDays(LongestDays))
        {
            return ActResult.Refused("until", form.Until <= today ? FieldFault.AlreadyOver : FieldFault.OutOfRange, LongestDays.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var person in form.Named.Prepend(form.Subject))
        {
            if (record.Readers.AskNow(db => db.Value("SELECT 1 FROM view_people WHERE person = $1", person.Value)) is null)
            {
                return ActResult.Refused(person == form.Subject ? "subject" : "named", FieldFault.Unknown, person.Value);
            }
        }

        // The matrix names who may be named: SUP, SEC and AUD.
        var unfit = form.Named.FirstOrDefault(person => !record.Readers.AskNow(db => OperatorsView.HoldingsOf(db, person, today)).Any(holding =>
            AuthorityTable.Cell(Act.LookIntoPerson, holding.Role).Rights.Any(right => right is { Part: Part.Does, Limit: AuthorityLimit.Named })));
        return unfit.Value is null ? null : ActResult.Refused("named", FieldFault.NoRoleForIt, unfit.Value);
    }

    private static ActResult NotChief() =>
        ActResult.NotAllowed(new(AuthorityText.Of(AuthorityRefusal.NoRole), "R-LOG-05", AuthorityTable.RolesWith(Act.LookIntoPerson, Part.Allows), []));

    private static ImmutableArray<InvestigationLine> Lines(Statements db, PersonId person, bool all, DateOnly today)
    {
        var found = ImmutableArray.CreateBuilder<InvestigationLine>();
        using var row = db.Rows(
            """
            SELECT i.id, i.subject, coalesce(p.name, i.subject), i.named, i.purpose, i.at, i.valid_until, i.ended,
                (SELECT count(*) FROM view_looks l WHERE l.subject = i.subject AND l.at >= i.at AND instr(i.named, ' ' || l.by || ' ') > 0)
            FROM view_investigations i LEFT JOIN view_people p ON p.person = i.subject
            WHERE $2 = 1 OR instr(i.named, ' ' || $1 || ' ') > 0 ORDER BY i.at DESC, i.id DESC LIMIT 500
            """,
            person.Value,
            all ? 1L : 0L);
        while (row.Read())
        {
            var until = row.DateOrNull(6)!.Value;
            var ended = row.TimeOrNull(7);
            found.Add(new(
                row.GetString(0),
                new(row.GetString(1)),
                row.GetString(2),
                [.. row.GetString(3).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => (new PersonId(id), NameOf(db, id)))],
                row.GetString(4),
                row.Time(5),
                until,
                ended,
                ended is null && today < until,
                row.GetInt64(8)));
        }

        return found.ToImmutable();
    }

    private static string NameOf(Statements db, string person) => db.Value("SELECT name FROM view_people WHERE person = $1", person) as string ?? person;

    private static string Cut(string query) => query.Length <= LongestQuery ? query : query[..LongestQuery];

    // Both tables have an end: what has run out goes, and were everything still good, the whole goes and is asked again.
    private static void Forget<TKey, TValue>(Dictionary<TKey, TValue> kept, Func<TValue, bool> over)
        where TKey : notnull
    {
        if (kept.Count < MostKept)
        {
            return;
        }

        foreach (var key in kept.Where(item => over(item.Value)).Select(item => item.Key).ToList())
        {
            kept.Remove(key);
        }

        if (kept.Count >= MostKept)
        {
            kept.Clear();
        }
    }

    private DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, record.TimeZone).DateTime);

    private sealed record Stated(string Purpose, DateTimeOffset Until)
    {
        public HashSet<string> Queries { get; } = new(StringComparer.Ordinal);
    }
}
