using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Devices;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.Live;
using RoomGuard.Dashboard.Lockdowns;
using RoomGuard.Dashboard.Looking;
using RoomGuard.Dashboard.Now;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Presence;

namespace RoomGuard.SystemTests.Pages;

/// <summary>The service's side of the pages over values in memory: an invented town hall on the afternoon of 2026-11-21.</summary>
internal sealed class InventedRoom : IRoomNow, IEntryRegisters, IEntryRegister, ILookDesk, IPresence, IDeviceOverview, IPeopleDesk, ILockdownDesk
{
    private ImmutableHashSet<PersonId> purposes = [new("S-0217")];

    public static readonly DateTimeOffset Start = new(2026, 11, 21, 14, 32, 7, TimeSpan.FromHours(9));

    private static readonly ZoneId Server = new("SRV-1");
    private static readonly ZoneId Power = new("UPS-1");
    private static readonly DoorId Front = new("SRV-1-D1");
    private static readonly DoorId Back = new("SRV-1-D2");
    private static readonly DoorId PowerDoor = new("UPS-1-D1");
    private static readonly PanelId Bridge = new("bridge-1");

    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly LiveBoard board;
    private ImmutableArray<RegisterRow> rows = [];
    private ImmutableDictionary<PersonId, Person> people = ImmutableDictionary<PersonId, Person>.Empty;
    private ImmutableDictionary<CredentialId, CardLine> cards = ImmutableDictionary<CredentialId, CardLine>.Empty;
    private ImmutableDictionary<GrantId, EntryGrant> grants = ImmutableDictionary<GrantId, EntryGrant>.Empty;
    private ImmutableArray<Attention> attention = [];
    private ImmutableArray<LockdownStatus> lockdowns = [];
    private ImmutableHashSet<PersonId> suspended = [];
    private ImportLook? pending;
    private ImportRun? run;
    private long next = 104_100;

    public InventedRoom(TimeProvider time, LiveBoard board, bool empty = false)
    {
        this.time = time;
        this.board = board;
        if (!empty)
        {
            Furnish();
        }
    }

    /// <summary>Name of a file that takes its time.</summary>
    public const string LongList = "長い名簿.csv";

    /// <summary>Imports come to no end by themselves.</summary>
    public bool HoldImports { get; set; }

    public static DashboardSite Site { get; } = new(
        "kakuu-1", "架空町役場", "本庁舎", IsTest: true, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"),
        [new(Server, "サーバ室", "Server room"), new(Power, "UPS室", "UPS room")],
        [
            new(Front, Server, "サーバ室 正面扉", "Server room, front door"), new(Back, Server, "サーバ室 裏扉", "Server room, back door"),
            new(PowerDoor, Power, "UPS室 扉", "UPS room door"),
        ],
        [],
        [
            new(
                "F3", "本庁舎 3階", "Main building, 3rd floor", 960, 520,
                [
                    new("0,0 960,0 960,520 0,520"), new("40,40 560,40 560,340 40,340", "SRV-1"), new("640,40 920,40 920,280 640,280", "UPS-1"),
                    new("640,360 920,360 920,480 640,480", null, "情報政策課 執務室", "IT office"),
                ],
                [new("SRV-1-D1", 400, 340), new("SRV-1-D2", 40, 190, Upright: true), new("UPS-1-D1", 780, 280)]),
        ]);

    public ImmutableArray<CardFormatChoice> CardFormats { get; } = [new("H10301", 255, 65535), new("H10302", null, 34359738367)];

    /// <summary>Everything said about exports.</summary>
    public List<(string Query, long Count, string Sha256)> Exports { get; } = [];

    /// <summary>False: the bridge is silent, and nothing of its room is known.</summary>
    public bool Connected { get; set; } = true;

    /// <summary>Makes the next question fail, as a broken store would.</summary>
    public bool Broken { get; set; }

    public void Force()
    {
        lock (gate)
        {
            var n = next++;
            Add(new RegisterRow(
                n, Now, Now, Server, Front, null, RegisterResult.Forced, null, null, null, null, null, null, [], null, null, null, null, null, RegisterSource.Panel));
            attention = attention.Add(new("forced-SRV-1-D1", AttentionKind.DoorForced, Urgency.Emergency, Now, true, Server, Front, Entry: n));
        }

        board.Tell(LiveTopic.Room);
        board.Tell(LiveTopic.Entries);
    }

    public void Badge(string person)
    {
        lock (gate)
        {
            Add(Granted(next++, Now, people[new(person)], Front));
        }

        board.Tell(LiveTopic.Entries);
    }

    public void Calm()
    {
        attention = [.. attention.Where(item => !item.Standing)];
        board.Tell(LiveTopic.Room);
    }

    public Task<RoomOverview> Overview(CancellationToken gone)
    {
        if (Broken)
        {
            throw new InvalidOperationException("The store is away.");
        }

        var heard = Connected ? Now.AddSeconds(-1) : Now.AddMinutes(-4);
        DoorOverview Door(DoorId id, ZoneId zone, LeafState leaf, int minutesAgo, bool forced = false, bool released = false) => new(
            id, zone, Bridge, new(id, leaf, Now.AddMinutes(-minutesAgo), released, forced, false, true), heard, Connected, false);
        var forced = attention.Any(item => item is { Kind: AttentionKind.DoorForced, Standing: true });
        return Task.FromResult(new RoomOverview(
            Now,
            attention,
            people.IsEmpty
                ? []
                : [
                    Door(Front, Server, forced ? LeafState.Open : LeafState.Closed, forced ? 0 : 4, forced),
                    Door(Back, Server, LeafState.Closed, 21),
                    Door(PowerDoor, Power, LeafState.Closed, 312),
                ],
            people.IsEmpty ? [] : [Panel(heard)],
            people.IsEmpty ? null : 42));
    }

    public Task<ImmutableArray<ZonePresence>> Inside(RegisterScope scope, CancellationToken gone)
    {
        if (people.IsEmpty)
        {
            return Task.FromResult<ImmutableArray<ZonePresence>>([new(Server, [], null, null, false), new(Power, [], null, null, false)]);
        }

        var heard = Connected ? Now.AddSeconds(-1) : Now.AddMinutes(-4);
        PersonInside In(string id, int minutes, bool doubtful = false)
        {
            var person = people[new(id)];
            return new(person.Id, person.Name, person.Kana, person.Category, person.SectionOrFirm, Now.AddMinutes(-minutes), Front, doubtful);
        }

        return Task.FromResult<ImmutableArray<ZonePresence>>(
        [
            new(Server, [In("S-0217", 4), In("C-0031", 5), In("S-0388", 77, true)], null, heard, Connected),
            new(Power, [], Now.AddHours(-5), heard, Connected),
        ]);
    }

    public Task<ImmutableArray<PanelDevices>> Devices(CancellationToken gone)
    {
        var heard = Connected ? Now.AddSeconds(-1) : Now.AddMinutes(-4);
        ReaderNow Reader(string id, int address, ReaderCondition condition, string? error = null, params string[] findings) => new(
            new(id), "bus-1", address, condition, condition == ReaderCondition.Offline ? Now.AddMinutes(-3) : Now.AddSeconds(-1), findings.Length == 0,
            "00 06 8E 2.1 serial 0102030" + address + " fw 5.30.1",
            ImmutableSortedDictionary<string, long>.Empty.Add("polls", 1_204_331).Add("replies", 1_204_320).Add("timeouts", 11).Add("badCheck", 2).Add("nak", 0),
            error, error is null ? null : Now.AddMinutes(-3), [.. findings]);
        return Task.FromResult<ImmutableArray<PanelDevices>>(people.IsEmpty
            ? []
            : [new(Panel(heard),
                [
                    Reader("reader-srv-in", 0, ReaderCondition.Online), Reader("reader-srv-out", 1, ReaderCondition.Online),
                    Reader("reader-srv-back", 2, ReaderCondition.Offline, "No reply for 8.0 s"),
                    Reader("reader-ups-in", 3, ReaderCondition.Online, null, "Clear text allowed: the old reader is replaced in March 2027."),
                ])]);
    }

    public IEntryRegister SeenBy(RegisterScope scope) => this;

    public Task<RegisterScope> Scope(Actor by, CancellationToken gone) => Task.FromResult(RegisterScope.All);

    public Task<bool> MayLook(Actor by, PersonId subject, string query, CancellationToken stop) => Task.FromResult(purposes.Contains(subject));

    public Task Searched(Actor by, string query, CancellationToken stop) => Task.CompletedTask;

    public Task<ActResult> StatePurpose(Actor by, PersonId subject, string purpose, CancellationToken stop)
    {
        purposes = purposes.Add(subject);
        return Task.FromResult(ActResult.Done(subject.Value));
    }

    public Task<ImmutableArray<InvestigationLine>> Investigations(Actor by, CancellationToken gone) => Task.FromResult<ImmutableArray<InvestigationLine>>(people.IsEmpty
        ? []
        :
        [
            new("U-2026-0003", new("S-0217"), "髙橋 翔太", [(new("S-0004"), "串間 葵")], "夜間の入室が続いた件", Now.AddDays(-1), DateOnly.FromDateTime(Now.UtcDateTime.AddDays(9)), null, true, 4),
            new("U-2026-0001", new("S-0388"), "日南 薫", [(new("S-0004"), "串間 葵")], "在室不一致の調査", Now.AddDays(-60), DateOnly.FromDateTime(Now.UtcDateTime.AddDays(-30)), null, false, 2),
        ]);

    public Task<ActResult> NameInvestigation(InvestigationForm form, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done("U-2026-0004"));

    public Task<ActResult> EndInvestigation(string id, string reason, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done(id));

    public Task<RegisterPage> Page(RegisterFilter filter, RegisterPlace place, int most, CancellationToken gone)
    {
        var all = Matching(filter);
        var (from, wanted) = place switch
        {
            RegisterPlace.OlderThan older => (all.TakeWhile(row => Order(row, older.Row) >= 0).Count(), most),
            RegisterPlace.NewerThan newer => NewerRange(all.TakeWhile(row => Order(row, newer.Row) > 0).Count(), most),
            RegisterPlace.At at => (all.TakeWhile(row => row.OccurredAt > at.Time).Count(), most),
            RegisterPlace.Oldest => (Math.Max(0, all.Count - most), most),
            _ => (0, most),
        };
        var page = all.Skip(from).Take(wanted).ToImmutableArray();
        return Task.FromResult(new RegisterPage(page, from > 0, from + page.Length < all.Count));
    }

    public Task<long> Count(RegisterFilter filter, long most, CancellationToken gone) => Task.FromResult(Math.Min(most, (long)Matching(filter).Count));

    public Task<ImmutableArray<RegisterBar>> Histogram(RegisterFilter filter, ImmutableArray<DateTimeOffset> edges, CancellationToken gone)
    {
        var all = Matching(filter);
        return Task.FromResult(edges.SkipLast(1).Select((edge, i) =>
        {
            var these = all.Where(row => row.OccurredAt >= edge && row.OccurredAt < edges[i + 1]).ToList();
            return new RegisterBar(edge, these.Count, these.Count(row => row.Result == RegisterResult.Denied));
        }).ToImmutableArray());
    }

    public Task<(DateTimeOffset Oldest, DateTimeOffset Newest)?> Span(CancellationToken gone) =>
        Task.FromResult<(DateTimeOffset, DateTimeOffset)?>(rows.IsEmpty ? null : (rows[^1].OccurredAt, rows[0].OccurredAt));

    public Task<RecordEntry?> Find(long n, CancellationToken gone)
    {
        if (rows.FirstOrDefault(row => row.N == n) is not { } row)
        {
            return Task.FromResult<RecordEntry?>(null);
        }

        var names = row.Person is { } person ? ImmutableDictionary<PersonId, string>.Empty.Add(person, row.PersonName!) : ImmutableDictionary<PersonId, string>.Empty;
        string Hash(string what) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{what} {n}")));
        return Task.FromResult<RecordEntry?>(new(
            n, EventOf(row), row.ReceivedAt, row, names, new("bridge-1/journal-7f2a", n - 103_000, Hash("before"), Hash("own"), Hash("content"), true)));
    }

    public Task<ImmutableArray<RecordLine>> Around(DateTimeOffset from, DateTimeOffset until, int most, CancellationToken gone) =>
        Task.FromResult(rows.Where(row => row.OccurredAt >= from && row.OccurredAt <= until).Reverse().Take(most)
            .Select(row => new RecordLine(row.N, EventOf(row), row.PersonName)).ToImmutableArray());

    public async IAsyncEnumerable<RegisterRow> All(RegisterFilter filter, [EnumeratorCancellation] CancellationToken gone)
    {
        foreach (var row in Matching(filter).AsEnumerable().Reverse())
        {
            await Task.CompletedTask;
            yield return row;
        }
    }

    public Task Exported(string register, string query, long count, string sha256, Actor by, CancellationToken stop)
    {
        Exports.Add((query, count, sha256));
        return Task.CompletedTask;
    }

    public Task<PeoplePage> People(PeopleQuery query, CancellationToken gone)
    {
        const string Index = "あかさたなはまやらわ";
        var found = people.Values.OrderBy(person => person.Kana, StringComparer.Ordinal)
            .Where(person => query.Words is null || $"{person.Name} {person.Kana} {person.Id}".Contains(query.Words, StringComparison.OrdinalIgnoreCase))
            .Where(person => query.Category is null || person.Category == query.Category)
            .Where(person => query.KanaRow is not { } row || Index.LastOrDefault(first => first <= person.Kana[0]) == row).ToList();
        var start = query.After is { } after ? found.FindIndex(person => person.Id.Value == after) + 1 : 0;
        var page = found.Skip(start).Take(query.Rows).ToList();
        return Task.FromResult(new PeoplePage(
            [.. page.Select(person => new PersonLine(
                person, cards.Values.Count(card => card.Card.Person == person.Id), grants.Values.Count(grant => grant.Person == person.Id),
                grants.Values.Where(grant => grant.Person == person.Id).Select(grant => (DateOnly?)grant.ValidUntil.AddDays(-1)).Max(), suspended.Contains(person.Id)))],
            found.Count, start + page.Count < found.Count ? page[^1].Id.Value : null));
    }

    public Task<PersonFile?> Person(PersonId id, CancellationToken gone) => Task.FromResult(
        people.TryGetValue(id, out var person)
            ? new PersonFile(
                person, suspended.Contains(id), [.. cards.Values.Where(card => card.Card.Person == id).OrderBy(card => card.Card.Id.Value, StringComparer.Ordinal)],
                [.. grants.Values.Where(grant => grant.Person == id)])
            : null);

    public Task<CardsPage> Cards(CardQuery query, CancellationToken gone)
    {
        var found = cards.Values.OrderBy(card => card.Card.Id.Value, StringComparer.Ordinal)
            .Where(card => query.Words is null || $"{card.Card.Id} {card.HolderName} {card.HolderKana}".Contains(query.Words, StringComparison.OrdinalIgnoreCase))
            .Where(card => (query.State is null || card.Card.State == query.State) && (query.Card is null || card.Card.Id == query.Card)).ToList();
        return Task.FromResult(new CardsPage([.. found.Take(query.Rows)], found.Count, null));
    }

    public Task<GrantsPage> Grants(GrantQuery query, CancellationToken gone)
    {
        var found = grants.Values.OrderByDescending(grant => grant.Id.Value, StringComparer.Ordinal)
            .Select(grant => new GrantLine(grant, people[grant.Person].Name, people[grant.Person].Kana))
            .Where(line => query.Words is null || $"{line.Grant.Id} {line.HolderName} {line.HolderKana}".Contains(query.Words, StringComparison.OrdinalIgnoreCase))
            .Where(line => query.Zone is not { } zone || line.Grant.Zones.Contains(zone)).ToList();
        return Task.FromResult(new GrantsPage([.. found.Take(query.Rows)], found.Count, null));
    }

    public Task<ActResult> AddPerson(PersonForm form, Actor by, CancellationToken stop)
    {
        if (people.ContainsKey(form.Id))
        {
            return Task.FromResult(ActResult.Refused("id", FieldFault.AlreadyExists));
        }

        return ChangePerson(form, by, stop);
    }

    public Task<ActResult> ChangePerson(PersonForm form, Actor by, CancellationToken stop)
    {
        people = people.SetItem(form.Id, new(form.Id, form.Name, form.Kana, form.Category, form.SectionOrFirm, form.ValidFrom, form.ValidUntil));
        board.Tell(LiveTopic.People);
        return Task.FromResult(ActResult.Done(form.Id.Value));
    }

    public Task<ActResult> SuspendPerson(PersonId person, bool lifted, string reason, Actor by, CancellationToken stop)
    {
        suspended = lifted ? suspended.Remove(person) : suspended.Add(person);
        return Task.FromResult(ActResult.Done());
    }

    public Task<ActResult> IssueCard(CardForm form, Actor by, CancellationToken stop)
    {
        var id = new CredentialId($"C-{900 + cards.Count}");
        AddCard(id.Value, form.Person.Value, CredentialState.Active, (UInt128)form.Number);
        return Task.FromResult(ActResult.Done(id.Value));
    }

    public Task<ActResult> SetCardState(CredentialId card, CredentialState state, string reason, Actor by, CancellationToken stop)
    {
        cards = cards.SetItem(card, cards[card] with { Card = cards[card].Card with { State = state } });
        return Task.FromResult(ActResult.Done(card.Value));
    }

    public Task<ActResult> SetPin(CredentialId card, string pin, Actor by, CancellationToken stop)
    {
        if (pin is "1234" or "0000")
        {
            return Task.FromResult(ActResult.Refused("pin", FieldFault.WeakPin));
        }

        cards = cards.SetItem(card, cards[card] with { HasPin = true });
        return Task.FromResult(ActResult.Done(card.Value));
    }

    public Task<ActResult> EndGrant(GrantId grant, string reason, Actor by, CancellationToken stop)
    {
        grants = grants.Remove(grant);
        return Task.FromResult(ActResult.Done(grant.Value));
    }

    public Task<ImmutableArray<WaitingImport>> ImportsWaiting(Actor by, CancellationToken gone) =>
        Task.FromResult<ImmutableArray<WaitingImport>>([new("9f3c2a10", "people-2026.csv", 12, new("S-0134"), "綾 拓海", HasGrants: true, DateTimeOffset.UnixEpoch.AddYears(60))]);

    public Task<ImportLook?> WaitingImport(string token, Actor by, CancellationToken gone) => Task.FromResult<ImportLook?>(null);

    public async Task<ImportRun> Import(string fileName, Stream csv, Actor by, CancellationToken gone)
    {
        using var reader = new StreamReader(csv, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(gone);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var wrong = lines.Skip(1).Select((line, i) => (line, i)).Where(item => !item.line.Contains(',', StringComparison.Ordinal))
            .Select(item => new ImportProblem(item.i + 2, "", FieldFault.WrongColumnCount, "1")).ToImmutableArray();
        ImmutableArray<ImportChange> changes = wrong.IsEmpty
            ? [new(2, "person", "S-0900", "高橋 新", true, []), new(3, "grant", "G-2026-0031", "佐土原 みのり", false, [new("until", "17:15", "19:00")])]
            : [];
        pending = new(wrong.IsEmpty ? "token-1" : null, fileName, sha256, lines.Length, 1, changes, wrong);
        run = fileName == LongList
            ? new("run-1", fileName, ImportStage.Compares, 2_500, 10_000, null, null)
            : new("run-1", fileName, ImportStage.Looked, lines.Length, lines.Length, pending, null);
        return run;
    }

    // A long list comes a step further each time somebody looks; the first of all is there before anybody brought one.
    public Task<ImportRun?> ImportRun(string id, Actor by, CancellationToken gone)
    {
        run ??= new("run-1", LongList, ImportStage.Compares, 2_500, 10_000, null, null);
        if (run.Running)
        {
            run = run.Done < 7_500 || HoldImports ? run with { Done = Math.Min(run.Done + 500, 9_500) } : run with { Stage = ImportStage.Looked, Look = pending };
        }

        return Task.FromResult(id == run.Id ? run : null);
    }

    public Task<ActResult> StopImport(string id, Actor by, CancellationToken gone)
    {
        run = run is { Running: true } ? run with { Stage = ImportStage.Stopped } : run;
        return Task.FromResult(ActResult.Done(id));
    }

    public Task<ImportRun> ApplyImport(string token, Actor by, CancellationToken gone)
    {
        var ok = pending?.Token == token;
        pending = null;
        return Task.FromResult(new ImportRun("run-2", "people.csv", ok ? ImportStage.Applied : ImportStage.Refused, 2, 2, null, ok ? ActResult.Done() : ActResult.Refused("", FieldFault.Unknown)));
    }

    public Task<ImmutableArray<LockdownStatus>> InForce(CancellationToken gone) => Task.FromResult(lockdowns);

    public Task<ActResult> Begin(LockdownForm form, Actor by, CancellationToken stop)
    {
        if (form.Except.FirstOrDefault(person => !people.ContainsKey(person)) is { Value: not null } stranger)
        {
            return Task.FromResult(ActResult.Refused("except", FieldFault.Unknown, stranger.Value));
        }

        var id = $"L-{lockdowns.Length + 1}";
        lockdowns = lockdowns.Add(new(new(id, form.Zones, form.Except, by.Id, form.Basis, Now, form.Until), false, [Bridge]));
        return Task.FromResult(ActResult.Done(id));
    }

    public Task<ActResult> End(string id, string reason, Actor by, CancellationToken stop)
    {
        lockdowns = lockdowns.RemoveAll(item => item.Lockdown.Id == id);
        return Task.FromResult(ActResult.Done(id));
    }

    private DateTimeOffset Now => time.GetUtcNow();

    private static int Order(RegisterRow row, RegisterCursor other) =>
        row.OccurredAt != other.At ? row.OccurredAt.CompareTo(other.At) : row.N.CompareTo(other.N);

    private static (int From, int Wanted) NewerRange(int newer, int most) => (Math.Max(0, newer - most), Math.Min(newer, most));

    private static ImmutableArray<RuleOutcome> Rules(DenyReason? reason)
    {
        RuleVerdict grant = reason is null ? RuleVerdict.Passed : RuleVerdict.Objected;
        var after = reason is null ? RuleVerdict.Passed : RuleVerdict.NotAsked;
        return
        [
            new("ReaderRule", "R-DOOR-17", RuleVerdict.Passed, [new("reader", "Online")]),
            new("GrantListRule", "R-RED-01", RuleVerdict.Passed, [new("list-version", "42")]),
            new("CardStateRule", "R-DOOR-10", RuleVerdict.Passed, [new("card-state", "Active")]),
            new("GrantRule", "R-DOOR-01", grant,
                [new("grant", "G-2026-0031"), new("days", "Weekdays"), new("hours", "08:30-17:15"), new("weekday", "Friday"), new("local-time", "22:14:09")]),
            new("MethodRule", "R-DOOR-03", after, []),
            new("FactorRule", "R-DOOR-04", after, []),
        ];
    }

    private PanelOverview Panel(DateTimeOffset heard) =>
        new(Bridge, true, Connected, heard, "0.1.0", 41, Now.AddMinutes(-2), 0, true, 1_233);

    private RecordedEvent EventOf(RegisterRow row) => row.Result switch
    {
        RegisterResult.Granted => new EntryGranted(
            row.OccurredAt, row.Door, row.Zone, new("reader-srv-in"), row.Person!.Value, new("C-0311"), row.CardDigest!.Value, row.Grant!.Value, row.Methods, 42, Rules(null)),
        RegisterResult.Denied => new EntryDenied(
            row.OccurredAt, row.Door, row.Zone, new("reader-srv-in"), row.Reason!.Value, row.Person, null, row.CardDigest, row.Grant, row.Methods, 42,
            Rules(row.Reason)),
        RegisterResult.Released => new ExitBadged(row.OccurredAt, row.Door, row.Zone, new("reader-srv-out"), row.Person, null, row.CardDigest ?? default),
        RegisterResult.HeldOpen => new DoorHeldOpen(row.OccurredAt, row.Door, row.Zone, 42_000, false, 1, row.Person),
        _ => new DoorForced(row.OccurredAt, row.Door, row.Zone, row.Person),
    };

    private List<RegisterRow> Matching(RegisterFilter filter) =>
    [
        .. rows.Where(row =>
            (filter.From is null || row.OccurredAt >= filter.From) && (filter.Until is null || row.OccurredAt < filter.Until)
            && (filter.Zone is null || row.Zone == filter.Zone) && (filter.Door is null || row.Door == filter.Door)
            && (filter.Results.IsEmpty || filter.Results.Contains(row.Result)) && (filter.Reason is null || row.Reason == filter.Reason)
            && (filter.Category is null || row.Category == filter.Category) && (filter.Person is null || row.Person == filter.Person)
            && (filter.Words is null || $"{row.PersonName} {row.PersonKana} {row.Person} {row.N}".Contains(filter.Words, StringComparison.OrdinalIgnoreCase))),
    ];

    private void Add(RegisterRow row) => rows = rows.Insert(0, row);

    private RegisterRow Granted(long n, DateTimeOffset at, Person person, DoorId door) => new(
        n, at, at.AddSeconds(1), door == PowerDoor ? Power : Server, door, RegisterDirection.In, RegisterResult.Granted, null, person.Id, person.Name, person.Kana,
        person.Category, person.SectionOrFirm, [EntryMethod.Card], DigestOf(person), new GrantId("G-2026-0031"), null, null, true, RegisterSource.Reader);

    private static CardDigest DigestOf(Person person) =>
        new(new UInt128(BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(person.Id.Value))), 7));

    private void AddCard(string id, string person, CredentialState state, UInt128 digest)
    {
        var holder = people[new(person)];
        cards = cards.SetItem(new(id), new(
            new(new(id), holder.Id, new(digest), state, new DateOnly(2026, 4, 1), new DateOnly(2027, 4, 1), null), holder.Name, holder.Kana, false, Start.AddMinutes(-4)));
    }

    private void Furnish()
    {
        (string Id, string Name, string Kana, PersonCategory Category, string Section)[] everybody =
        [
            ("S-0217", "佐土原 みのり", "さどわら みのり", PersonCategory.Staff, "情報政策課"),
            ("S-0388", "髙橋 翔太", "たかはし しょうた", PersonCategory.FixedTermStaff, "業務課"),
            ("S-0102", "田中 美咲", "たなか みさき", PersonCategory.Staff, "情報政策課"),
            ("C-0031", "鈴木 健一", "すずき けんいち", PersonCategory.Contractor, "架空電設株式会社"),
            ("S-0455", "延岡 葵", "のべおか あおい", PersonCategory.Staff, "会計課"),
            ("C-0032", "日向 実", "ひゅうが みのる", PersonCategory.Contractor, "例示通信株式会社 宮崎支店 ネットワーク保守グループ"),
            ("S-0501", "𠮷田 邉", "よしだ わたる", PersonCategory.Staff, "総務課"),
        ];
        foreach (var (id, name, kana, category, section) in everybody)
        {
            people = people.Add(new(id), new(new(id), name, kana, category, section, new DateOnly(2026, 4, 1), category == PersonCategory.Contractor ? new DateOnly(2027, 4, 1) : null));
            AddCard($"K-{id}", id, id == "S-0455" ? CredentialState.Lost : CredentialState.Active, DigestOf(people[new(id)]).Value);
            var grant = new GrantId($"G-2026-{id[^4..]}");
            grants = grants.Add(grant, new(
                grant, new(id), id.StartsWith('C') ? [Server] : [Server, Power], id == "S-0217" ? WeekDays.All : WeekDays.Weekdays,
                id == "S-0217" ? Hours.AllDay : new(new(8, 30), new(17, 15)), new DateOnly(2026, 4, 1), new DateOnly(2027, 4, 1), false));
        }

        var chance = new Random(7);
        var n = 104_000L;
        var made = new List<RegisterRow>();
        for (var day = 20; day >= 0; day--)
        {
            for (var i = 0; i < (day % 7 is 0 or 6 ? 2 : 6); i++)
            {
                var (id, name, kana, category, section) = everybody[chance.Next(everybody.Length)];
                var person = people[new(id)];
                var at = Start.AddDays(-day).AddMinutes((-330) + (i * 60) + chance.Next(50));
                if (at > Start.AddMinutes(-5))
                {
                    continue;
                }

                var door = chance.Next(4) == 0 ? PowerDoor : chance.Next(3) == 0 ? Back : Front;
                var row = Granted(n++, at, person, door);
                made.Add(chance.Next(6) switch
                {
                    0 => row with { Result = RegisterResult.Denied, Reason = DenyReason.OutsideHours, Opened = null },
                    1 => row with
                    {
                        Result = RegisterResult.Denied,
                        Reason = DenyReason.CardUnknown,
                        Person = null,
                        PersonName = null,
                        PersonKana = null,
                        Category = null,
                        SectionOrFirm = null,
                        Grant = null,
                        Opened = null,
                    },
                    2 => row with { Result = RegisterResult.Released, Direction = RegisterDirection.Out, Grant = null, Opened = null },
                    _ => row with { ExitedAt = at.AddMinutes(38), Stay = TimeSpan.FromMinutes(38) },
                });
            }
        }

        made.Add(Granted(n++, Start.AddMinutes(-5), people[new("C-0031")], Front));
        made.Add(Granted(n++, Start.AddMinutes(-4), people[new("S-0217")], Front));
        rows = [.. made.OrderByDescending(row => row.OccurredAt).ThenByDescending(row => row.N)];
        attention =
        [
            new("reader-reader-srv-back", AttentionKind.ReaderFault, Urgency.Important, Start.AddMinutes(-3), true, Server, Back, new("reader-srv-back"),
                Condition: ReaderCondition.Offline),
            new("not-in-force-bridge-1", AttentionKind.NotInForce, Urgency.Caution, Start.AddMinutes(-2), true, Panel: Bridge),
            new("refusals-1", AttentionKind.RepeatedRefusals, Urgency.Important, Start.AddHours(-2), false, Server, Front, Count: 3, Entry: n - 3),
        ];
    }
}

/// <summary>A clock that shows an invented moment and then goes on.</summary>
internal sealed class ShiftedTime(DateTimeOffset start) : TimeProvider
{
    private readonly long began = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => (start + System.GetElapsedTime(began)).ToUniversalTime();
}
