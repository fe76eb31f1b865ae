using System.Collections.Immutable;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Carrying;

namespace RoomGuard.SystemTests.Pages;

/// <summary>持出し・持込み許可 for tests of pages: one to go out, one overdue, one to be checked, one that came in. No act changes anything.</summary>
internal sealed class InventedCarrying(TimeProvider time, bool empty) : ICarryDesk
{
    private static readonly NamedPerson Host = new(new("S-0217"), "佐土原 みのり", "さどわら みのり", "業務課");
    private static readonly NamedPerson Head = new(new("S-0102"), "渡辺 敬子", "わたなべ けいこ", "業務課");
    private static readonly NamedPerson Desk = new(new("F-0312"), "田野 由紀", "たの ゆき", "業務課");
    private static readonly ImmutableDictionary<PersonId, NamedPerson> People = new[] { Host, Head, Desk }.ToImmutableDictionary(person => person.Id);

    private static readonly CarriedItem Laptop = new(CarriedKind.Terminal, "PC-0098", "ノートPC", "研修資料", ImportanceClass.III, Segment.Internet, ItemOwnership.Organisation, Encrypted: true);
    private static readonly CarriedItem Stick = new(CarriedKind.Media, "USB-014", "USBメモリ", "名簿", null, Segment.Internet, ItemOwnership.Organisation, Encrypted: true);

    private DateTimeOffset Now => time.GetUtcNow();

    public Task<CarryRegister> Register(CarryQuery query, Actor by, CancellationToken gone) =>
        Task.FromResult(Registered(query.Words == "nobody" ? [] : [.. All().Where(look => query.Status is null || look.Status == query.Status)]));

    private static CarryRegister Registered(ImmutableArray<CarryLook> permits) => new(permits, Everything: true, SeesLists: true, AtDesk: true, Known: permits.Length);

    public Task<ImmutableArray<CarryLook>> Export(CarryQuery query, Actor by, CancellationToken gone) => Task.FromResult(All());

    public Task<CarryLook?> Permit(CarryPermitId id, Actor by, CancellationToken gone) => Task.FromResult(All().FirstOrDefault(look => look.File.Permit.Id == id));

    public Task<string?> SafeguardVersion(CancellationToken gone) => Task.FromResult<string?>("第2版");

    public async Task<CarrySheet?> Sheet(CarryPermitId id, Actor by, CancellationToken gone) =>
        await Permit(id, by, gone) is { } look ? new(look, "9f3c51e2a0b4c6d8e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f7", "miyazaki 1") : null;

    public Task<CarryToday?> Today(string words, Actor by, CancellationToken gone) => Task.FromResult<CarryToday?>(new(
        Now,
        [.. All().Where(look => look.Status is CarryStatus.Permitted)],
        [.. All().Where(look => look.File.Away)],
        empty ? [] : [new(104300, new(Now, Host.Id, new("SRV-1"), [new(CarriedKind.Phone, "", "スマートフォン", ItemOwnership.Private, null, CarryRefusal.PrivatePhone), new(CarriedKind.Document, "", "図面", ItemOwnership.Organisation, null, null)], Desk.Id.Value), Host)]));

    public Task<ActResult> Pass(CarryPermitId id, int version, CarryPassForm form, Actor by, CancellationToken stop) =>
        Task.FromResult(form.Note == "refuse" ? ActResult.Refused("items", FieldFault.CarryRefused, nameof(CarryRefusal.MediaNotAllowed)) : ActResult.Done(id.Value));

    public Task<ActResult> Check(CarryPermitId id, int version, CarryCheckForm form, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Revoke(CarryPermitId id, int version, string reason, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Declare(DeclareForm form, Actor by, CancellationToken stop) => Done();

    public Task<CarryLists?> Lists(Actor by, CancellationToken gone) => Task.FromResult<CarryLists?>(empty
        ? new([], null, null, MayKeep: true, MaySet: true)
        : new([new("USB-014", CarriedKind.Media, "暗号化USBメモリ", [new("SRV-1")], true, true, true), new("PC-0200", CarriedKind.Terminal, "保守用端末", [new("SRV-1")], false, false, false)],
            new(Now, "第2版", "暗号化した団体の端末だけを使い、公衆の場で画面を見せない", Head.Id.Value), Head, MayKeep: true, MaySet: true));

    public Task<ActResult> Keep(ListedThing thing, long seen, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> TakeOff(string tag, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> SetSafeguards(string version, string summary, Actor by, CancellationToken stop) => Done();

    public Task<CarryWaiting> Waiting(Actor by, CancellationToken gone) => Task.FromResult(empty ? new CarryWaiting(0, 0) : new CarryWaiting(1, 1));

    private static Task<ActResult> Done() => Task.FromResult(ActResult.Done());

    private ImmutableArray<CarryLook> All() => empty
        ? []
        :
        [
            Look(45, Plan(Laptop, Stick), []),
            Look(44, Plan(Laptop) with { DueAt = Now.AddHours(-2) }, [(CarryPassage.WentOut, Now.AddHours(-9))]),
            Look(43, Plan(Laptop), [(CarryPassage.WentOut, Now.AddHours(-9)), (CarryPassage.CameBack, Now.AddHours(-1))]),
            Look(42, Plan(Laptop with { Ownership = ItemOwnership.Private, Importance = ImportanceClass.IV, Tag = "" }) with { Direction = CarryDirection.In, Zone = new("SRV-1") }, [(CarryPassage.CameIn, Now.AddHours(-2))]),
        ];

    private CarryPlan Plan(params CarriedItem[] items) => new(
        CarryDirection.Out, [.. items], "架空町役場", null, Now.AddHours(-10), Now.AddHours(6), "公用車", [TransportProtection.LockedCase, TransportProtection.Encryption], "第2版", "例示保守", "業務課");

    private CarryLook Look(int number, CarryPlan plan, (CarryPassage Passage, DateTimeOffset At)[] passed)
    {
        var permit = new CarryPermit(
            new($"K-2026-00{number}"), new("P-2026-0033"), plan, "構成町での説明会", Host.Id, Now.AddDays(-1), Head.Id, Role.SecurityManager, Now.AddHours(-20), number == 45 ? "移動中は電源を切ること" : "");
        IEnumerable<RecordedEvent> events = [new CarryPermitted(permit.ApprovedAt, permit, Head.Id.Value), .. passed.Select(one => new CarryPassed(one.At, permit.Id, one.Passage, [1], Host.Id, "", Desk.Id.Value))];
        var file = events.Index().Aggregate((CarryDossier?)null, (before, next) => CarryDossier.After(before, next.Item, 104300 + next.Index))!;
        return new(file, file.StatusAt(Now), People, MayPass: true, MayCheck: true, MayRevoke: file.StatusAt(Now) is CarryStatus.Permitted);
    }
}
