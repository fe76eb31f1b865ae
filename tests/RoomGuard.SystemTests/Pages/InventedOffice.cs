using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.Me;
using RoomGuard.Dashboard.Operators;

namespace RoomGuard.SystemTests.Pages;

/// <summary>
/// Applications, roles, accounts and one's own page over values in memory. Only as much of the rules as the pages show: the zone's manager decides
/// entry, their own goes one level up to the supervising officer, who decides all else.
/// </summary>
internal sealed class InventedOffice : ICaseDesk, IRoleDesk, IAccountDesk, IMyPage
{
    private static readonly ZoneId Server = new("SRV-1");
    private static readonly ZoneId Power = new("UPS-1");
    private static readonly NamedPerson Supervisor = new(new("S-0160"), "日向 直子", "ひゅうが なおこ", "情報政策課");
    private static readonly NamedPerson Security = new(new("S-0121"), "小林 千夏", "こばやし ちなつ", "情報政策課");
    private static readonly NamedPerson Manager = new(new("S-0115"), "都城 誠", "みやこのじょう まこと", "情報政策課");
    private static readonly NamedPerson Clerk = new(new("S-0108"), "髙橋 翔太", "たかはし しょうた", "情報政策課");
    private static readonly NamedPerson Worker = new(new("C-0032"), "日向 実", "ひゅうが みのる", "例示通信株式会社 宮崎支店 ネットワーク保守グループ");
    private static readonly ImmutableArray<NamedPerson> Everybody = [Supervisor, Security, Manager, Clerk, Worker];
    private static readonly CredentialId ClerksCard = new("K-S-0108");

    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly Dictionary<CaseId, Kept> cases = [];
    private readonly Dictionary<GrantId, (EntryGrant Grant, NamedPerson Holder)> grants = [];
    private readonly HashSet<string> ended = [];
    private readonly Dictionary<AccountId, AccountState> states = [];
    private readonly bool empty;
    private CredentialState clerksCard = CredentialState.Active;
    private int number = 40;
    private long entry = 104_500;

    public InventedOffice(TimeProvider time, bool empty = false)
    {
        (this.time, this.empty) = (time, empty);
        if (!empty)
        {
            Furnish();
        }
    }

    private DateTimeOffset Now => time.GetUtcNow();

    public Task<int> Waiting(Actor by, CancellationToken gone) => Task.FromResult(cases.Values.Count(item => Waits(item, by)));

    public Task<ImmutableArray<CaseChoice>> Choices(Actor by, CancellationToken gone) => Task.FromResult(
        Enum.GetValues<CaseKind>().Select(kind => new CaseChoice(kind, MayAsk(by, kind) ? null : new Refusal(
            new("この申請をする役割がありません", "None of your roles applies for this"), kind == CaseKind.PolicyException ? "R-EXC-01" : "R-PROF-04",
            [Role.SecurityManager, Role.SystemManager], [Security, Manager]))).ToImmutableArray());

    public Task<ImmutableArray<CaseCard>> Inbox(Actor by, CancellationToken gone) => Task.FromResult(
        cases.Values.Where(item => Waits(item, by)).OrderBy(item => item.Due).Select(item => new CaseCard(LineOf(item), item.Points, MovesOf(item, by))).ToImmutableArray());

    public Task<CasesPage> Mine(string? after, int rows, Actor by, CancellationToken gone) =>
        Task.FromResult(Page(cases.Values.Where(item => item.Applicant.Id == by.Person), rows));

    public Task<CasesPage> Done(CaseQuery query, Actor by, CancellationToken gone) => Task.FromResult(Page(
        cases.Values.Where(item => item.State is not (CaseState.Waiting or CaseState.SentBack))
            .Where(item => query.Kind is null || item.Matter.Kind == query.Kind).Where(item => query.State is null || item.State == query.State)
            .Where(item => query.Words is null || $"{item.Id} {item.Applicant.Name} {item.Subject?.Name}".Contains(query.Words, StringComparison.Ordinal)),
        query.Rows));

    public Task<CaseFile?> Case(CaseId id, Actor by, CancellationToken gone) => Task.FromResult(
        cases.TryGetValue(id, out var item) && (by.Holdings.Length > 0 || item.Applicant.Id == by.Person || item.Subject?.Id == by.Person)
            ? new CaseFile(LineOf(item), item.Points, [.. item.History], MovesOf(item, by), item.Conditions, [.. item.Outcome])
            : null);

    public Task<ImmutableArray<NamedPerson>> Candidates(CaseKind kind, string words, int most, Actor by, CancellationToken gone) => Task.FromResult(
        Everybody.Where(person => by.Holdings.Length > 0 || person.Id == by.Person).Where(person => kind == CaseKind.ContractorGrant == (person == Worker))
            .Where(person => $"{person.Name} {person.Kana} {person.Id}".Contains(words, StringComparison.OrdinalIgnoreCase)).Take(most).ToImmutableArray());

    public Task<ImmutableArray<GrantChoice>> Grants(string words, int most, Actor by, CancellationToken gone) => Task.FromResult(
        grants.Values.Where(item => by.Holdings.Length > 0 || item.Holder.Id == by.Person)
            .Where(item => $"{item.Grant.Id} {item.Holder.Name}".Contains(words, StringComparison.OrdinalIgnoreCase)).Take(most)
            .Select(item => new GrantChoice(item.Grant, item.Holder)).ToImmutableArray());

    public Task<ImmutableArray<CardChoice>> Cards(string words, int most, Actor by, CancellationToken gone) => Task.FromResult(
        !empty && clerksCard == CredentialState.Active && ClerksCard.Value.Contains(words, StringComparison.OrdinalIgnoreCase)
            ? ImmutableArray.Create(new CardChoice(ClerksCard, Clerk))
            : []);

    public Task<ActResult> Apply(CaseMatter matter, string reason, Actor by, CancellationToken stop)
    {
        lock (gate)
        {
            if (matter is GrantMatter { Zones.IsEmpty: false } wish && wish.ValidUntil > wish.ValidFrom.AddYears(1))
            {
                return Task.FromResult(ActResult.Refused("validUntil", FieldFault.LongerThanOneYear));
            }

            var id = new CaseId(string.Create(CultureInfo.InvariantCulture, $"{(matter is ExceptionMatter ? 'E' : 'P')}-2026-{number++:0000}"));
            var item = Add(id.Value, matter, NameOf(by.Person), SubjectOf(matter), reason, Now, 72);
            if (matter is LostCredentialMatter)
            {
                clerksCard = CredentialState.Lost;
                item.State = CaseState.CarriedOut;
            }

            return Task.FromResult(ActResult.Done(id.Value));
        }
    }

    public Task<ActResult> Resubmit(CaseId id, int version, CaseMatter matter, string reason, Actor by, CancellationToken stop) => Move(id, version, CaseHappeningKind.Resubmitted, by, reason, item =>
    {
        item.Matter = matter;
        item.Reason = reason;
        item.State = CaseState.Waiting;
    });

    public Task<ActResult> Decide(CaseId id, int version, CaseVerdict verdict, string reason, string conditions, Actor by, CancellationToken stop)
    {
        if (cases.TryGetValue(id, out var found) && WhyNot(found, by) is { } why)
        {
            return Task.FromResult(ActResult.NotAllowed(why));
        }

        var kind = verdict switch
        {
            CaseVerdict.Allow => CaseHappeningKind.Allowed,
            CaseVerdict.AllowWithConditions => CaseHappeningKind.AllowedWithConditions,
            CaseVerdict.SendBack => CaseHappeningKind.SentBack,
            _ => CaseHappeningKind.Refused,
        };
        return Move(id, version, kind, by, conditions.Length > 0 ? conditions : reason, item =>
        {
            item.Conditions = conditions;
            item.State = verdict switch
            {
                CaseVerdict.SendBack => CaseState.SentBack,
                CaseVerdict.Refuse => CaseState.Refused,
                _ when item.Matter is GrantMatter => CaseState.Confirmed,
                CaseVerdict.Allow => CaseState.Allowed,
                _ => CaseState.AllowedWithConditions,
            };
            if (item is { State: CaseState.Confirmed, Matter: GrantMatter wish, Subject: { } subject })
            {
                var grant = new GrantId($"G-2026-{id.Value[^4..]}");
                grants[grant] = (new(grant, wish.Person, wish.Zones, wish.Days, wish.Hours, wish.ValidFrom, wish.ValidUntil, false), subject);
                item.Outcome.Add(grant.Value);
            }
        });
    }

    public Task<ActResult> Withdraw(CaseId id, int version, string reason, Actor by, CancellationToken stop) =>
        Move(id, version, CaseHappeningKind.Withdrawn, by, reason, item => item.State = CaseState.Withdrawn);

    public Task<ActResult> CarryOut(CaseId id, int version, string note, Actor by, CancellationToken stop) =>
        Move(id, version, CaseHappeningKind.CarriedOut, by, note, item => item.State = CaseState.CarriedOut);

    public Task<ActResult> Confirm(CaseId id, int version, string note, Actor by, CancellationToken stop) =>
        Move(id, version, CaseHappeningKind.Confirmed, by, note, item => item.State = CaseState.Confirmed);

    public Task<RoleBoard> Roles(Actor by, CancellationToken gone)
    {
        if (empty)
        {
            return Task.FromResult(new RoleBoard([], []));
        }

        RoleLine Held(string id, NamedPerson holder, Role role, string section, ImmutableArray<ZoneId> zones, NamedPerson? absent = null, DateOnly? until = null) => new(
            new(id, holder.Id, role, section, zones, absent is null ? new(2020, 4, 1) : new(2026, 11, 20), until, absent?.Id), holder, absent, ended.Contains(id), by.Holds(Role.SupervisingOfficer));
        return Task.FromResult(new RoleBoard(
            [
                Held("H-0002", Supervisor, Role.SupervisingOfficer, "", []), Held("H-0003", Security, Role.SecurityManager, "情報政策課", []),
                Held("H-0005", Manager, Role.SystemManager, "情報政策課", [Server]),
                Held("H-0013", Security, Role.SystemManager, "情報政策課", [Server], Manager, new(2026, 11, 27)),
            ],
            [new(Role.SystemManager, "情報政策課", Power, new("UPS室の入室許可を決める人がいません", "Nobody decides entry grants of the UPS room"), "R-ZONE-07")]));
    }

    public Task<ActResult> EndRole(string holding, string reason, Actor by, CancellationToken stop)
    {
        ended.Add(holding);
        return Task.FromResult(ActResult.Done(holding));
    }

    public Task<AccountList> Accounts(Actor by, CancellationToken gone) => Task.FromResult(by.Holdings.IsEmpty
        ? new AccountList([], 3, new(new("アカウントの一覧を見る役割がありません", "None of your roles sees the accounts"), "R-SIGN-01", [Role.SupervisingOfficer, Role.SystemManager], [Supervisor, Manager]))
        : new AccountList(empty ? [] : [AccountOf("A-0016", Manager, "miyakonojo.admin", true), AccountOf("A-0002", Supervisor, "hinata", false), AccountOf("A-0013", Clerk, "takahashi", false)], 3, null));

    public async Task<AccountFile?> Account(AccountId id, Actor by, CancellationToken gone)
    {
        if ((await Accounts(by, gone)).Accounts.FirstOrDefault(line => line.Account.Id == id) is not { } line)
        {
            return null;
        }

        var own = line.Holder.Id == by.Person;
        return new(
            line,
            [new("7f2a", InventedRoom.Start.AddHours(-2), InventedRoom.Start.AddMinutes(-3), "passkey", "192.0.2.14", "Firefox 151, Windows")],
            [
                new(InventedRoom.Start.AddHours(-2), true, "passkey", "192.0.2.14", ""),
                new(InventedRoom.Start.AddHours(-30), false, "password", "192.0.2.14", "確認コードが違いました"),
            ],
            own
                ? new(false, false, false, false, false, false, new(new("自分のアカウントは、ほかの人が扱います", "Another person looks after your own account"), "R-PROF-05", [Role.SystemManager], [Manager]))
                : new(line.Account.State == AccountState.Active, line.Account.State == AccountState.Held, line.Account.State != AccountState.Ended, true, true, true, null),
            [new("P-2026-0019", "貸出端末 N-12、自宅", new(2026, 5, 1), new(2026, 8, 1))]);
    }

    public Task<ActResult> Hold(AccountId id, string reason, Actor by, CancellationToken stop) => Set(id, AccountState.Held);

    public Task<ActResult> Release(AccountId id, string reason, Actor by, CancellationToken stop) => Set(id, AccountState.Active);

    public Task<ActResult> End(AccountId id, string reason, Actor by, CancellationToken stop) => Set(id, AccountState.Ended);

    public Task<ActResult> EndSessions(AccountId id, string reason, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done());

    public Task<ActResult> EndRemoteAccess(AccountId id, string reason, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done());

    public Task<TemporaryPassword> IssueTemporaryPassword(AccountId id, string reason, Actor by, CancellationToken stop) =>
        Task.FromResult(new TemporaryPassword(ActResult.Done(), "kawa-7-hoshi-3-mado", Now.AddHours(24)));

    public Task<MyFile> Mine(Actor by, CancellationToken gone)
    {
        var person = new Person(by.Person, by.Name, NameOf(by.Person).Kana, by.Category, by.Section, new(2020, 4, 1), null);
        return Task.FromResult(empty
            ? new MyFile(person, false, [], [], [])
            : new MyFile(
                person, false,
                [new(by.Person == Clerk.Id ? ClerksCard : new($"K-{by.Person}"), by.Person == Clerk.Id ? clerksCard : CredentialState.Active, new DateOnly(2027, 4, 1), true, InventedRoom.Start.AddHours(-5))],
                [.. grants.Values.Where(item => item.Holder.Id == by.Person).Select(item => new MyGrant(
                    item.Grant, [new("SRV-1-D1"), new("SRV-1-D2")], item.Grant.Days == WeekDays.All, InventedRoom.Start.AddHours(42)))],
                [
                    new RegisterRow(
                        104_050, InventedRoom.Start.AddDays(-1), InventedRoom.Start.AddDays(-1), Server, new("SRV-1-D1"), RegisterDirection.In, RegisterResult.Granted, null, by.Person, by.Name, person.Kana,
                        by.Category, by.Section, [EntryMethod.Card], null, null, null, null, true, RegisterSource.Reader),
                ]));
    }

    public async Task<ActResult> ReportLost(CredentialId card, Actor by, CancellationToken stop) => await Apply(new LostCredentialMatter(card, "", true), "", by, stop);

    public Task<ActResult> GiveUp(GrantId grant, string reason, Actor by, CancellationToken stop)
    {
        grants.Remove(grant);
        return Task.FromResult(ActResult.Done());
    }

    private static NamedPerson NameOf(PersonId id) => Everybody.FirstOrDefault(person => person.Id == id) ?? new(id, id.Value, "", "");

    private static bool MayAsk(Actor by, CaseKind kind) =>
        !by.Holdings.IsEmpty || kind is CaseKind.StaffGrant or CaseKind.GrantChange or CaseKind.GrantEnd or CaseKind.LostCredential;

    private static CaseHand DeciderOf(Kept item) =>
        item.Matter.Kind is not (CaseKind.StaffGrant or CaseKind.ContractorGrant or CaseKind.FacilityGrant or CaseKind.GrantChange or CaseKind.GrantEnd or CaseKind.LostCredential)
            ? new(Supervisor, Role.SupervisingOfficer, null, new("役割・アカウント・例外は統括情報セキュリティ責任者が決めます", "The supervising officer decides roles, accounts and exceptions"), "R-PROF-04")
            : item.Applicant == Manager
                ? new(Supervisor, Role.SupervisingOfficer, null, new("区域の情報システム管理者本人の申請なので、一つ上の統括情報セキュリティ責任者が決めます", "It is the zone manager's own application, so it goes one level up"), "R-PROF-06")
                : new(Manager, Role.SystemManager, null, new("サーバ室の情報システム管理者だからです", "Manager of the server room"), "R-DOOR-16");

    private static Refusal? WhyNot(Kept item, Actor by)
    {
        var decider = DeciderOf(item);
        return item.Applicant.Id == by.Person
            ? new(new("自分の申請を、自分で承認することはできません", "Nobody approves their own application"), "R-PROF-05", [decider.As], [decider.Person!])
            : decider.Person!.Id == by.Person
                ? null
                : new(new("この申請を決めるのは、区域の情報システム管理者です", "The zone's system manager decides this"), decider.Rule, [decider.As], [decider.Person!]);
    }

    private static bool Waits(Kept item, Actor by) => item.State switch
    {
        CaseState.Waiting => WhyNot(item, by) is null,
        CaseState.SentBack => item.Applicant.Id == by.Person,
        CaseState.Allowed or CaseState.AllowedWithConditions => by.Person == Manager.Id,
        CaseState.CarriedOut => by.Person == Supervisor.Id,
        _ => false,
    };

    private static CaseMoves MovesOf(Kept item, Actor by)
    {
        var own = item.Applicant.Id == by.Person;
        return new(
            item.State == CaseState.Waiting && WhyNot(item, by) is null, own && item.State is CaseState.Waiting or CaseState.SentBack && own, own && item.State == CaseState.SentBack,
            item.State is CaseState.Allowed or CaseState.AllowedWithConditions && by.Person == Manager.Id, item.State == CaseState.CarriedOut && by.Person == Supervisor.Id,
            item.State == CaseState.Waiting ? WhyNot(item, by) : null);
    }

    private static CaseLine LineOf(Kept item) => new(
        item.Id, item.State, item.Version, item.Matter, item.Reason, item.Applicant, item.Subject, item.Before, item.AppliedAt,
        item.State is CaseState.Waiting or CaseState.SentBack or CaseState.Allowed or CaseState.CarriedOut ? item.Due : null,
        item.State switch
        {
            CaseState.Waiting => [DeciderOf(item)],
            CaseState.SentBack => [new(item.Applicant, Role.Staff, null, new("差し戻されたので、申請者が直します", "It was sent back, so the applicant changes it"), "R-DOOR-16")],
            CaseState.Allowed or CaseState.AllowedWithConditions => [new(Manager, Role.SystemManager, Supervisor, new("アカウントを作るのは情報システム管理者です", "The system manager makes accounts"), "R-SIGN-09")],
            CaseState.CarriedOut => [new(Supervisor, Role.SupervisingOfficer, null, new("行った人とは別の人が確認します", "Another person confirms it"), "R-PROF-05")],
            _ => [],
        })
    {
        ActsIn = item.Matter is DeputyMatter
            ? new(new("H-0005", Manager.Id, Role.SystemManager, "情報政策課", [Server], new(2020, 4, 1), null, null), Manager)
            : null,
    };

    private static CasesPage Page(IEnumerable<Kept> found, int rows)
    {
        var all = found.OrderByDescending(item => item.AppliedAt).ToList();
        return new([.. all.Take(rows).Select(LineOf)], all.Count, null);
    }

    private Task<ActResult> Move(CaseId id, int version, CaseHappeningKind kind, Actor by, string text, Action<Kept> change)
    {
        lock (gate)
        {
            var item = cases[id];
            if (item.Version != version)
            {
                return Task.FromResult(ActResult.Refused("", FieldFault.ChangedMeanwhile));
            }

            change(item);
            item.Version++;
            item.History.Add(new(Now, kind, NameOf(by.Person), by.Holdings.IsEmpty ? null : by.Holdings[0].Role, text, entry++));
            return Task.FromResult(ActResult.Done(id.Value));
        }
    }

    private Task<ActResult> Set(AccountId id, AccountState state)
    {
        states[id] = state;
        return Task.FromResult(ActResult.Done());
    }

    private AccountLine AccountOf(string id, NamedPerson holder, string name, bool privileged) => new(
        new(new(id), holder.Id, name, privileged, states.GetValueOrDefault(new(id)), null), holder, InventedRoom.Start.AddHours(-2), privileged ? 0 : 1,
        id == "A-0013" ? InventedRoom.Start.AddMinutes(12) : null, privileged ? 2 : 1, !privileged);

    private NamedPerson? SubjectOf(CaseMatter matter) => matter switch
    {
        GrantMatter grant => NameOf(grant.Person),
        GrantChangeMatter change => grants[change.Grant].Holder,
        GrantEndMatter end => grants[end.Grant].Holder,
        AccountMatter account => NameOf(account.Person),
        RoleMatter role => NameOf(role.Person),
        DeputyMatter deputy => NameOf(deputy.Person),
        LostCredentialMatter => Clerk,
        _ => null,
    };

    private Kept Add(string id, CaseMatter matter, NamedPerson applicant, NamedPerson? subject, string reason, DateTimeOffset at, int dueHours, params CasePoint[] points)
    {
        var item = new Kept(new(id), matter, applicant, subject, reason, at, at.AddHours(dueHours), [.. points])
        {
            Before = matter switch
            {
                GrantChangeMatter change => grants[change.Grant].Grant,
                GrantEndMatter end => grants[end.Grant].Grant,
                _ => null,
            },
        };
        item.History.Add(new(at, CaseHappeningKind.Applied, applicant, null, reason, entry++));
        cases.Add(item.Id, item);
        return item;
    }

    private void Furnish()
    {
        foreach (var (person, days) in new[] { (Clerk, WeekDays.Weekdays), (Supervisor, WeekDays.All) })
        {
            var id = new GrantId($"G-2026-{person.Id.Value[^4..]}");
            grants.Add(id, (new(id, person.Id, [Server], days, days == WeekDays.All ? Hours.AllDay : new(new(8, 30), new(17, 15)), new(2026, 4, 1), new(2026, 12, 1), false), person));
        }

        var late = new CasePoint(CasePointTone.Unusual, new("時間が定時外にかかります(20:00まで)", "Reaches beyond office hours (until 20:00)"), "R-DOOR-16");
        var trained = new CasePoint(CasePointTone.Fine, new("研修と同意書は有効です", "Training and consent are in force"), "R-ID-11");
        var start = InventedRoom.Start;
        GrantMatter Grant(NamedPerson person, CaseKind kind = CaseKind.StaffGrant) =>
            new(kind, person.Id, [Server], WeekDays.Weekdays, new(new(8, 30), new(20, 0)), new(2026, 12, 1), new(2027, 4, 1), kind == CaseKind.ContractorGrant ? "CT-12" : null);
        Add("P-2026-0031", Grant(Clerk), Clerk, Clerk, "基幹系の更新作業に立ち会うため", start.AddHours(-69), 72, late, trained);
        Add("P-2026-0033", Grant(Manager), Manager, Manager, "UPS室の蓄電池の交換に立ち会うため", start.AddHours(-70), 72, trained, new CasePoint(CasePointTone.Unusual, new("区域の責任者本人の申請です", "The zone's manager applies for themselves"), "R-PROF-06"));
        Add(
            "P-2026-0034", new RoleMatter(Worker.Id, Role.SystemStaff, "情報政策課", [], new(2026, 12, 1), null), Security, Worker, "運用の手が足りないため", start.AddHours(-30), 72,
            new CasePoint(CasePointTone.Blocking, new("業務委託事業者は、この役割を持てません", "A contractor cannot hold this role"), "R-SIGN-11"));
        Add(
            "P-2026-0035", new DeputyMatter(Security.Id, "H-0005", new(2026, 12, 24), new(2027, 1, 5)), Manager, Security, "年末の休暇のため", start.AddHours(-2), 72,
            new CasePoint(CasePointTone.Fine, new("代行者は申請者と別の人です", "The deputy is another person"), "R-SIGN-10"));
        Add(
            "P-2026-0036", new GrantChangeMatter(new("G-2026-0108"), [Server, Power], WeekDays.All, Hours.AllDay, new(2026, 4, 1), new(2027, 4, 1)), Clerk, Clerk,
            "夜間の切替え作業のため", start.AddHours(-80), 72, new CasePoint(CasePointTone.Unusual, new("夜間と休日が加わります", "Adds nights and holidays"), null)).State = CaseState.Waiting;
        var refused = Add("P-2026-0021", Grant(Worker, CaseKind.ContractorGrant), Clerk, Worker, "回線工事のため", start.AddDays(-12), 72);
        refused.State = CaseState.Refused;
        refused.History.Add(new(start.AddDays(-11), CaseHappeningKind.Refused, Manager, Role.SystemManager, "契約の期間の外です", entry++));
        var conditional = Add("P-2026-0024", new AccountMatter(Clerk.Id, "takahashi", false, null), Security, Clerk, "受付の当番のため", start.AddDays(-5), 72);
        conditional.State = CaseState.AllowedWithConditions;
        conditional.Conditions = "12月末までとする";
        conditional.Outcome.Add("A-0013");
        conditional.History.Add(new(start.AddDays(-4), CaseHappeningKind.AllowedWithConditions, Supervisor, Role.SupervisingOfficer, "12月末までとする", entry++));
        var back = Add("E-2026-0002", new ExceptionMatter("R-ZONE-02", "UPS-1", "浸水検知の追加、扉の二重化", "浸水", new(2026, 12, 1), new(2027, 4, 1), null, null), Supervisor, null, "庁舎の構造上2階以上に室がない", start.AddDays(-3), 96);
        back.State = CaseState.SentBack;
        back.History.Add(new(start.AddDays(-2), CaseHappeningKind.Reminded, null, null, "", entry++));
        back.History.Add(new(start.AddDays(-1), CaseHappeningKind.SentBack, Manager, Role.ChiefOfficer, "終わりの日を早めてください", entry++));
        var lost = Add("P-2026-0026", new LostCredentialMatter(new("K-S-0455"), "11月20日の帰り道", true), Security, Security, "", start.AddHours(-20), 48);
        lost.State = CaseState.CarriedOut;
        lost.History.Add(new(start.AddHours(-20), CaseHappeningKind.CarriedOut, null, null, "", entry++));
    }

    private sealed class Kept(
        CaseId id, CaseMatter matter, NamedPerson applicant, NamedPerson? subject, string reason, DateTimeOffset at, DateTimeOffset due, ImmutableArray<CasePoint> points)
    {
        public CaseId Id => id;

        public CaseMatter Matter { get; set; } = matter;

        public NamedPerson Applicant => applicant;

        public NamedPerson? Subject => subject;

        public string Reason { get; set; } = reason;

        public DateTimeOffset AppliedAt => at;

        public DateTimeOffset Due => due;

        public ImmutableArray<CasePoint> Points => points;

        public EntryGrant? Before { get; init; }

        public CaseState State { get; set; } = CaseState.Waiting;

        public int Version { get; set; } = 1;

        public string Conditions { get; set; } = "";

        public List<string> Outcome { get; } = [];

        public List<CaseHappening> History { get; } = [];
    }
}
