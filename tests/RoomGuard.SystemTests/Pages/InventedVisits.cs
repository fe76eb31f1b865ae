using System.Collections.Immutable;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Reception;
using RoomGuard.Dashboard.Visits;

namespace RoomGuard.SystemTests.Pages;

/// <summary>Visits over values in memory: one expected, one here with something kept, one whose badge is missing, one that waits for approval.</summary>
internal sealed class InventedVisits : IVisitDesk, IReceptionDesk, IVisitorOverrideDesk
{
    /// <summary>The invitation of the visitor who is expected.</summary>
    public const string Invitation = "V-2026-0091-1.ABCDEFGH234567AB";

    private static readonly NamedPerson Host = new(new("S-0217"), "佐土原 みのり", "さどわら みのり", "業務課");
    private static readonly NamedPerson Manager = new(new("S-0115"), "都城 誠", "みやこのじょう まこと", "情報政策課");
    private static readonly NamedPerson Desk = new(new("F-0312"), "田野 由紀", "たの ゆき", "業務課");
    private readonly TimeProvider time;
    private readonly bool empty;

    public InventedVisits(TimeProvider time, bool empty = false) => (this.time, this.empty) = (time, empty);

    private DateTimeOffset Now => time.GetUtcNow();

    private VisitorBadge Red(int number) => new(new($"B-R-{number:000}"), $"赤-{number:000}", BadgeColour.Red, new((UInt128)number), number == 9 ? BadgeState.Lost : BadgeState.InService);

    public Task<VisitsPageData> Visits(VisitQuery query, Actor by, CancellationToken gone) => Task.FromResult(new VisitsPageData(
        [.. Everything().Where(file => query.Words.Length == 0 || file.Visit.Organisation.Contains(query.Words, StringComparison.Ordinal)).Select(View)],
        DateOnly.FromDateTime(Now.DateTime), 14, Everything: true, MayBar: true, MayKeepBadges: true));

    public Task<VisitView?> Visit(VisitId id, Actor by, CancellationToken gone) => Task.FromResult(Everything().FirstOrDefault(file => file.Visit.Id == id) is { } file ? View(file) : null);

    public Task<ImmutableArray<VisitView>> Sheet(DateTimeOffset from, DateTimeOffset until, Actor by, CancellationToken gone) => Task.FromResult<ImmutableArray<VisitView>>([.. Everything().Select(View)]);

    public Task<ActResult> Change(VisitId id, int version, VisitChange change, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done(id.Value));

    public Task<ActResult> Cancel(VisitId id, int version, string reason, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done(id.Value));

    public Task<ActResult> PreRegister(PersonId visitor, PreRegistration form, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done(visitor.Value));

    public Task<InvitedVisitor?> Invited(string invitation, CancellationToken gone) =>
        Task.FromResult(!empty && invitation == Invitation ? new InvitedVisitor(Everything()[0], Everything()[0].Visitors[0]) : null);

    public Task<ActResult> PreRegister(string invitation, PreRegistration form, CancellationToken stop) => Task.FromResult(ActResult.Done());

    public Task<ImmutableArray<VisitorBar>?> Bars(Actor by, CancellationToken gone) => Task.FromResult<ImmutableArray<VisitorBar>?>(
        empty ? [] : [new("B-0001", "架空 太郎", "", "持込み品の申告に偽りがあったため", new(2026, 11, 1), new(2027, 11, 1))]);

    public Task<ActResult> Bar(VisitorBar form, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done("B-0002"));

    public Task<ActResult> Lift(string bar, string reason, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done(bar));

    public Task<BadgeBoard?> Badges(Actor by, CancellationToken gone) => Task.FromResult<BadgeBoard?>(new(
        empty ? [] : [Red(1), Red(2), Red(7), Red(9)],
        empty ? ImmutableDictionary<CredentialId, WornBadge>.Empty : Out().ToImmutableDictionary(worn => worn.Badge.Card, worn => new WornBadge(worn.File.Visit.Id, worn.Visitor.Visitor, worn.File.Visit.Organisation, Now, worn.File.Visit.Until, worn.Visitor.Dead)),
        MayKeep: true,
        ["H10301"]));

    public Task<ActResult> Register(BadgeForm form, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done());

    public Task<ActResult> Retire(CredentialId badge, string reason, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done());

    public Task<ReceptionBoard> Today(Actor by, CancellationToken gone) => Task.FromResult(empty
        ? new ReceptionBoard(Now, [], [], [], ImmutableDictionary<BadgeColour, int>.Empty)
        : new ReceptionBoard(Now, [.. Everything().Select(file => new ReceptionLine(file, [Host]))], [Pending()], [.. Out()], ImmutableDictionary<BadgeColour, int>.Empty.Add(BadgeColour.Red, 12)));

    public Task<ScanResult> Scan(string text, Actor by, CancellationToken gone) => Task.FromResult(text switch
    {
        "torn" => new ScanResult(ScanKind.FalseInvitation, null, null, [], []),
        "ready" => new ScanResult(ScanKind.BadgeReady, null, Red(2), [], []),
        "dead" => new ScanResult(ScanKind.BadgeDead, null, Red(9), [], []),
        "several" => new ScanResult(ScanKind.Several, null, null, [.. Everything().Select(file => new ReceptionLine(file, [Host]))], [Pending()]),
        _ => new ScanResult(ScanKind.Nothing, null, null, [], []),
    });

    public Task<ReceptionVisitor?> Visitor(PersonId visitor, Actor by, CancellationToken gone) => Task.FromResult(
        Everything().Select(file => (File: file, Mine: file.FileOf(visitor))).FirstOrDefault(one => one.Mine is not null) is { Mine: { } mine } found
            ? new ReceptionVisitor(found.File, mine, [Host], mine.Badge is not null ? CheckInObstacle.AlreadyIn : null, null, 2, Now.AddDays(-40))
            : null);

    public Task<ActResult> CheckIn(PersonId visitor, int version, CheckInForm form, Actor by, CancellationToken stop) => Task.FromResult(
        form.Items.Length > 0 && !form.LeftTaken ? ActResult.Refused("items", FieldFault.NoPermit, "携帯電話 1") : ActResult.Done(visitor.Value));

    public Task<ReceptionBadge?> Badge(CredentialId badge, Actor by, CancellationToken gone) => Task.FromResult(Out().FirstOrDefault(worn => worn.Badge.Card == badge));

    public Task<ActResult> Return(CredentialId badge, int version, bool itemsBack, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done());

    public Task<ActResult> Lost(CredentialId badge, int version, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done("V-2026-0090-1"));

    public Task<WalkIn?> WalkIn(CaseId id, Actor by, CancellationToken gone) => Task.FromResult<WalkIn?>(new(id, CaseState.Waiting, Pending(), null));

    public Task<ImmutableArray<NamedPerson>> Escorts(string words, int most, Actor by, CancellationToken gone) => Task.FromResult<ImmutableArray<NamedPerson>>([Host, Manager]);

    Task<VisitorOverrides> IVisitorOverrideDesk.Now(Actor by, CancellationToken gone) => Task.FromResult(empty
        ? new VisitorOverrides([], [])
        : new VisitorOverrides(
            [new(new("V-2026-0090"), "架空電設株式会社", new("SRV-1"), Now.AddMinutes(40), "訓練中も空調機の見積りを続ける必要があるため", Manager.Name, [new("bridge-1")], MayEnd: true)],
            [.. Everything().Take(2).Select(file => new OverridableVisit(file.Visit.Id, file.Visit.Organisation, file.Visit.From, file.Visit.Until, file.Visit.Zones))]));

    Task<ActResult> IVisitorOverrideDesk.Order(VisitorOverrideForm form, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done(form.Visit.Value));

    Task<ActResult> IVisitorOverrideDesk.End(VisitId visit, ZoneId zone, string reason, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done(visit.Value));

    private VisitView View(VisitDossier file) => new(
        file,
        new[] { Host, Manager, Desk }.ToImmutableDictionary(person => person.Id),
        file.Visitors.Select(one => (one.Visitor.Id, Over: file.Overstay(one, Now))).Where(one => one.Over > TimeSpan.Zero).ToImmutableDictionary(one => one.Id, one => one.Over),
        file.Visitors[0].IssuedAt is null ? [] : [Everything()[0]],
        file.Visitors[0].IssuedAt is null ? file.Visitors.ToImmutableDictionary(one => one.Visitor.Id, one => $"{one.Visitor.Id}.ABCDEFGH234567AB") : ImmutableDictionary<PersonId, string>.Empty,
        MayChange: true,
        MayCancel: file.Visitors[0].IssuedAt is null);

    private PendingVisit Pending() => new(
        new("P-2026-0061"), new([new("延岡 葵", "のべおか あおい")], "架空保守サービス株式会社", [new("SRV-1")], [new(Now.AddHours(2), Now.AddHours(3))], [Host.Id], [], null, WalkIn: false),
        "無停電電源装置の点検", new(Now.AddHours(2), Now.AddHours(3)), Host, [Manager]);

    private IEnumerable<ReceptionBadge> Out() =>
        from file in Everything()
        from mine in file.Visitors
        where mine.Badge is not null
        select new ReceptionBadge(Red(mine.BadgeNo == "赤-001" ? 1 : 7), file, mine, [Host]);

    private ImmutableArray<VisitDossier> Everything()
    {
        if (empty)
        {
            return [];
        }

        var expected = AVisit(91, "例示通信株式会社 宮崎支店 ネットワーク保守グループ", "回線装置の更新の下見と配線経路の確認", Now.AddMinutes(20), 2, "諸県 健太", "高岡 実") with
        {
            Items = [new(ItemKind.Computer, "ノートPC", "ZX9-55102", 1, "C-2026-0102")],
        };
        var here = AVisit(90, "架空電設株式会社", "空調機の見積り調査", Now.AddMinutes(-50), 1, "大淀 健");
        var late = AVisit(89, "架空計装株式会社", "温湿度計の点検", Now.AddHours(-3), 1, "東郷 明日香");
        PersonId one = new("V-2026-0090-1"), gone = new("V-2026-0089-1");
        return
        [
            Told(expected),
            Told(
                here,
                new VisitorIdentityChecked(Now.AddMinutes(-50), here.Id, one, IdentityPaper.CompanyCard, IdentityOutcome.Shown, "F-0312"),
                new VisitorItemsDeclared(Now.AddMinutes(-50), here.Id, one, [new(ItemKind.Tool, "距離計", "", 1, 0, null), new(ItemKind.Phone, "携帯電話", "", 1, 1, null)], "F-0312"),
                new VisitorBadgeIssued(Now.AddMinutes(-50), here.Id, one, new("B-R-001"), "赤-001", BadgeColour.Red, "F-0312"),
                new PersonEntered(Now.AddMinutes(-45), new("SRV-1"), new("SRV-1-D1"), one)),
            Told(
                late,
                new VisitorIdentityChecked(Now.AddHours(-3), late.Id, gone, IdentityPaper.DrivingLicence, IdentityOutcome.Shown, "F-0312"),
                new VisitorBadgeIssued(Now.AddHours(-3), late.Id, gone, new("B-R-007"), "赤-007", BadgeColour.Red, "F-0312"),
                new VisitorBadgeDied(Now.AddHours(-1), late.Id, gone, new("B-R-007"), "赤-007", BadgeDeath.NotReturned, "service")),
        ];
    }

    private static Visit AVisit(int number, string firm, string purpose, DateTimeOffset from, int hours, params string[] names)
    {
        var id = new VisitId($"V-2026-{number:0000}");
        return new(
            id, new($"P-2026-{number:0000}"), [.. names.Select((name, at) => new Core.Visits.Visitor(new($"{id}-{at + 1}"), name, ""))], firm, purpose, [new ZoneId("SRV-1")], from, from.AddHours(hours),
            [Host.Id, Manager.Id], [], null, Host.Id, from.AddDays(-2), [Manager.Id], from.AddDays(-1), WalkIn: false);
    }

    private static VisitDossier Told(Visit visit, params RecordedEvent[] more) => more.Prepend(new VisitRecorded(visit.ApprovedAt, visit, "approved", "", "S-0115"))
        .Select((item, at) => (Item: item, N: 104_400L + at)).Aggregate((VisitDossier?)null, (file, next) => VisitDossier.After(file, next.Item, next.N) ?? file)!;
}
