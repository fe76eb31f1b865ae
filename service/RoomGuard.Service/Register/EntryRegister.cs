using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Evidence;
using RoomGuard.Evidence.Merkle;
using RoomGuard.Service.HandRegister;
using RoomGuard.Service.Record;
using RoomGuard.Service.Watch;

namespace RoomGuard.Service.Register;

/// <summary>The 入退室管理簿, seen by somebody.</summary>
public sealed class EntryRegisters(ServiceRecord record, ServiceMeters meters, TimeProvider time) : IEntryRegisters
{
    /// <inheritdoc/>
    public IEntryRegister SeenBy(RegisterScope scope) => new EntryRegister(record, scope, meters, time);
}

/// <summary>The 入退室管理簿 as pages ask for it, answered from its view and cut to what its reader may see.</summary>
public sealed class EntryRegister(ServiceRecord record, RegisterScope scope, ServiceMeters meters, TimeProvider time) : IEntryRegister
{
    private const int ExportBatch = 500;

    private const string RowColumns = """
        SELECT r.n, r.at, r.received, z.text, d.text, r.direction, r.result, r.reason, f.person, f.name, f.kana, f.category, f.section, r.methods, r.digest, g.text,
            r.exited, r.entered, r.opened, r.source
        FROM view_register r JOIN view_words z ON z.id = r.zone JOIN view_words d ON d.id = r.door
            LEFT JOIN view_person_forms f ON f.form = r.form LEFT JOIN view_words g ON g.id = r.entry_grant
        WHERE r.n = $1
        """;

    /// <inheritdoc/>
    public Task<RegisterPage> Page(RegisterFilter filter, RegisterPlace place, int rows, CancellationToken gone) =>
        Timed("page", db => Page(db, filter, scope, place, rows), gone);

    /// <inheritdoc/>
    public Task<long> Count(RegisterFilter filter, long most, CancellationToken gone) => Timed("count", db => Count(db, filter, scope, most), gone);

    /// <inheritdoc/>
    public Task<ImmutableArray<RegisterBar>> Histogram(RegisterFilter filter, ImmutableArray<DateTimeOffset> edges, CancellationToken gone) =>
        Timed("histogram", db => RegisterHistogram.Of(db, filter, scope, edges, record.TimeZone), gone);

    /// <inheritdoc/>
    public Task<(DateTimeOffset Oldest, DateTimeOffset Newest)?> Span(CancellationToken gone) => Timed<(DateTimeOffset, DateTimeOffset)?>(
        "span",
        db => db.Value("SELECT min(at) FROM view_register") is long oldest && db.Value("SELECT max(at) FROM view_register") is long newest
            ? (DateTimeOffset.FromUnixTimeMilliseconds(oldest), DateTimeOffset.FromUnixTimeMilliseconds(newest))
            : null,
        gone);

    /// <inheritdoc/>
    public Task<RecordEntry?> Find(long n, CancellationToken gone) => Timed("find", db => Find(db, n), gone);

    /// <inheritdoc/>
    public Task<ImmutableArray<RecordLine>> Around(DateTimeOffset from, DateTimeOffset until, int most, CancellationToken gone) => Timed(
        "around",
        db =>
        {
            var numbers = new List<long>();
            using (var row = db.Rows(
                "SELECT n FROM view_times WHERE at >= $1 AND at < $2 ORDER BY at, n LIMIT $3",
                from.ToUnixTimeMilliseconds(),
                until.ToUnixTimeMilliseconds(),
                (long)most))
            {
                while (row.Read())
                {
                    numbers.Add(row.GetInt64(0));
                }
            }

            return (ImmutableArray<RecordLine>)
            [
                .. from n in numbers
                   let item = Item(n)
                   where item?.Event is not null && Shows(db, n, item.Event!)
                   select new RecordLine(n, item.Event!, EventPeople.Of(item.Event!).Select(person => NameOf(db, person)).FirstOrDefault(name => name is not null)),
            ];
        },
        gone);

    /// <inheritdoc/>
    public async IAsyncEnumerable<RegisterRow> All(RegisterFilter filter, [EnumeratorCancellation] CancellationToken gone)
    {
        RegisterCursor? last = null;
        while (true)
        {
            var from = last;
            var rows = await record.Readers.Ask(
                db => RegisterQuestion.From(filter, scope, db).Walk(db, newestFirst: false, from, ExportBatch).Select(n => Row(db, n)).OfType<RegisterRow>().ToList(),
                gone);
            foreach (var row in rows)
            {
                yield return row;
            }

            if (rows.Count < ExportBatch)
            {
                yield break;
            }

            last = new(rows[^1].OccurredAt, rows[^1].N);
        }
    }

    /// <inheritdoc/>
    public Task Exported(string register, string query, long count, string sha256, Actor by, CancellationToken stop) =>
        record.AppendAsync(new RecordExported(time.GetUtcNow(), register, query, count, sha256, by.Id), stop);

    /// <summary>One page; also for benchmarks, which ask without tasks in between.</summary>
    public static RegisterPage Page(Statements db, RegisterFilter filter, RegisterScope scope, RegisterPlace place, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, 500);
        var question = RegisterQuestion.From(filter, scope, db);
        var newestFirst = place is not (RegisterPlace.Oldest or RegisterPlace.NewerThan);
        var beyond = place switch
        {
            RegisterPlace.OlderThan(var row) => row,
            RegisterPlace.NewerThan(var row) => row,
            _ => (RegisterCursor?)null,
        };
        long? notAfter = place is RegisterPlace.At(var moment) ? moment.ToUnixTimeMilliseconds() : null;
        var numbers = question.Walk(db, newestFirst, beyond, rows + 1, notAfter).ToList();
        var more = numbers.Count > rows;
        var found = numbers.Take(rows).Select(n => Row(db, n)).OfType<RegisterRow>().ToList();
        if (!newestFirst)
        {
            found.Reverse();
        }

        // What lies behind the place we came from: a row, unless the filter was loosened or tightened meanwhile.
        bool Behind() => found.Count == 0
            ? beyond is { } edge && question.Walk(db, !newestFirst, edge with { N = edge.N + (newestFirst ? -1 : 1) }, 1).Any()
            : question.Walk(db, !newestFirst, newestFirst ? Cursor(found[0]) : Cursor(found[^1]), 1).Any();
        return newestFirst ? new([.. found], Behind(), more) : new([.. found], more, Behind());
    }

    /// <summary>A count that goes no further than asked.</summary>
    public static long Count(Statements db, RegisterFilter filter, RegisterScope scope, long most)
    {
        var question = RegisterQuestion.From(filter, scope, db);

        // One condition walks its own index and ends early; several may find rows far apart, and then the sums know sooner.
        var conditions = (question.Doors is null ? 0 : 1) + (filter.Results.IsDefaultOrEmpty ? 0 : 1) + (filter.Category is null ? 0 : 1);
        return conditions > 1 && RegisterHistogram.Sum(db, question, most) is { } sum ? sum : question.Count(db, most);
    }

    /// <summary>One row; null: none of this number.</summary>
    public static RegisterRow? Row(Statements db, long n)
    {
        ArgumentNullException.ThrowIfNull(db);
        using var row = db.Rows(RowColumns, n);
        if (!row.Read())
        {
            return null;
        }

        var exited = row.TimeOrNull(16);
        var entered = row.TimeOrNull(17);
        return new(
            row.GetInt64(0),
            row.Time(1),
            row.Time(2),
            new ZoneId(row.GetString(3)),
            new DoorId(row.GetString(4)),
            row.NumberOrNull(5) is { } direction ? (RegisterDirection)direction : null,
            (RegisterResult)row.GetInt64(6),
            row.NumberOrNull(7) is { } reason ? (DenyReason)reason : null,
            row.TextOrNull(8) is { } person ? new PersonId(person) : null,
            row.TextOrNull(9),
            row.TextOrNull(10),
            row.NumberOrNull(11) is { } category and >= 0 ? (PersonCategory)category : null,
            row.TextOrNull(12),
            Methods(row.GetInt64(13)),
            row.BytesOrNull(14) is { } digest ? PeopleView.DigestFrom(digest) : null,
            row.TextOrNull(15) is { } grant ? new Core.Grants.GrantId(grant) : null,
            exited,
            exited - (entered ?? row.Time(1)),
            row.NumberOrNull(18) is { } opened ? opened != 0 : null,
            (RegisterSource)row.GetInt64(19))
        { More = HandRegisterView.MoreOf(db, n) };
    }

    private static RegisterCursor Cursor(RegisterRow row) => new(row.OccurredAt, row.N);

    private static ImmutableArray<EntryMethod> Methods(long bits) => [.. Enum.GetValues<EntryMethod>().Where(method => (bits & (1L << (int)method)) != 0)];

    private static string? NameOf(Statements db, PersonId person) => (string?)db.Value("SELECT name FROM view_people WHERE person = $1", person.Value);

    private RecordedItem? Item(long n) => record.Read(n, 1) is [var entry] && entry.N == n ? RecordViews.ItemOf(entry) : null;

    private RecordEntry? Find(Statements db, long n)
    {
        if (n < 0 || n >= record.Size || record.Read(n, 1) is not [var entry] || RecordViews.ItemOf(entry) is not { Event: { } fact } item || !Shows(db, n, fact))
        {
            return null;
        }

        var names = (
            from person in EventPeople.Of(fact).Distinct()
            let name = NameOf(db, person)
            where name is not null
            select KeyValuePair.Create(person, name)).ToImmutableDictionary();
        return new(n, fact, item.ReceivedAt, Row(db, n), names, Chain(entry, item));
    }

    // A row is seen as the register shows it; another entry by the zone it belongs to or the people it speaks of.
    private bool Shows(Statements db, long n, RecordedEvent fact)
    {
        if (scope.Everything)
        {
            return true;
        }

        if (Row(db, n) is { } row)
        {
            return scope.Shows(row.Zone, row.Person, row.SectionOrFirm, row.Category, row.OccurredAt);
        }

        if (ZoneOf(db, fact) is { } zone && scope.Shows(zone, null, null, null, fact.OccurredAt))
        {
            return true;
        }

        // What the office did with people and cards is no part of the running day's register.
        var people = EventPeople.Of(fact);
        return !people.IsEmpty && people.All(person => ShowsPerson(db, person));
    }

    private bool ShowsPerson(Statements db, PersonId person)
    {
        using var row = db.Rows("SELECT section, category FROM view_people WHERE person = $1", person.Value);
        return row.Read()
            ? scope.Shows(null, person, row.GetString(0), (PersonCategory)row.GetInt64(1), DateTimeOffset.MinValue)
            : scope.Shows(null, person, null, null, DateTimeOffset.MinValue);
    }

    private static ZoneId? ZoneOf(Statements db, RecordedEvent fact) => EventPlaces.ZoneOf(fact)
        ?? (EventPlaces.DoorOf(fact) is { } door
            && db.Value("SELECT text FROM view_words WHERE id = (SELECT zone FROM view_register_doors WHERE door = (SELECT id FROM view_words WHERE text = $1))", door.Value) is string zone
                ? new ZoneId(zone)
                : null);

    private static ChainFacts Chain(StoredEntry entry, RecordedItem item)
    {
        var whole = Envelope.TryRead(entry.Envelope, out var envelope) && envelope is not null;
        bool? same = entry is { Payload: { } payload, Salt: { } salt } && whole
            ? TreeHash.Leaf(entry.Envelope).AsSpan().SequenceEqual(entry.Leaf) && PayloadCommitment.Of(salt, payload).AsSpan().SequenceEqual(envelope!.Commitment.Span)
            : null;
        return new(
            item.Origin?.Journal,
            item.Origin?.Seq,
            entry.N == 0 || !whole ? null : Convert.ToHexStringLower(envelope!.Previous.Span),
            Convert.ToHexStringLower(entry.Leaf),
            whole ? Convert.ToHexStringLower(envelope!.Commitment.Span) : "",
            same);
    }

    private async Task<T> Timed<T>(string question, Func<Statements, T> ask, CancellationToken gone)
    {
        var begun = time.GetTimestamp();
        try
        {
            return await record.Readers.Ask(ask, gone);
        }
        finally
        {
            meters.Asked(question, time.GetElapsedTime(begun));
        }
    }
}
