using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.HandRegister;
using RoomGuard.Core.Keys;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Patterns;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.HandRegister;
using RoomGuard.Dashboard.Identity;
using RoomGuard.Dashboard.Keys;
using RoomGuard.Dashboard.Now;
using RoomGuard.Dashboard.Patterns;

namespace RoomGuard.SystemTests.Pages;

/// <summary>Hand-written lines, keys, identity checks and patterns, with every kind of thing the pages can show. No act changes anything.</summary>
internal sealed class InventedRegisterKeeping(bool empty) : IHandRegisterDesk, IKeyDesk, IIdentityDesk, IPatternDesk
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);
    private static readonly NamedPerson Minori = new(new("S-0217"), "佐土原 みのり", "さどわら みのり", "業務課");
    private static readonly NamedPerson Aya = new(new("S-0134"), "綾 健太", "あや けんた", "情報政策課");
    private static readonly NamedPerson Makoto = new(new("S-0115"), "都城 誠", "みやこのじょう まこと", "情報政策課");

    private static readonly HandLineStatus Waiting = new(
        104_040,
        new("M-2026-0007", new("SRV-1"), new("SRV-1-D1"), Morning, Morning.AddMinutes(40), Minori.Id, Minori.Name, Minori.Section, "2026年11月 12頁", "正面扉の読取装置の故障", new(2026, 11, 20), "作業 W-0152", Aya.Id, IdentityOutcome.Shown, "測定器 1台", new("E-2026-0002")),
        Aya, Morning.AddHours(8), Overdue: true, null, null, null, null, null);

    private static readonly HandLineStatus Settled = new(
        104_031,
        new("M-2026-0006", new("SRV-1"), new("SRV-1-D2"), Morning.AddDays(-1), null, null, "消防署 検査員", "架空消防署", "2026年11月 11頁", "停電", new(2026, 11, 19), null, null, null, null, null),
        Aya, Morning.AddDays(-1).AddHours(3), Overdue: false, HandLineVerdict.Rejected, Makoto, Morning, "12頁に該当する行がない", 104_033);

    private static readonly DoorKey Front = new("KEY-03", "サーバ室 正面扉", [new DoorId("SRV-1-D1")], "警備室 鍵箱 2");
    private static readonly DoorKey Back = new("KEY-04", "サーバ室 裏扉", [new DoorId("SRV-1-D2")], "警備室 鍵箱 2");

    private static readonly KeyLoanStatus Out = new(
        104_051, new("KL-2026-0012", Front.No, Front.Doors, Minori.Id, "読取装置の交換に立ち会うため", Morning.AddHours(3)), Minori, Morning, null, null, null, Overdue: true, [104_052, 104_050]);

    private static readonly KeyLoanStatus Returned = new(
        104_041, new("KL-2026-0011", Back.No, Back.Doors, Aya.Id, "扉の点検", Morning.AddDays(-1)), Aya, Morning.AddDays(-1).AddHours(-2), Morning.AddDays(-1).AddHours(-1), Aya, "異常なし", Overdue: false, []);

    private static readonly ImmutableArray<IdentityLine> Checks =
    [
        new(104_055, "I-2026-0004", Morning, Minori, new ZoneId("SRV-1"), null, IdentityOutcome.NotShown, [new("G-2026-0031")], "入口で職員証の提示なし", Aya, null, null, null, MayClear: true),
        new(104_045, "I-2026-0003", Morning.AddDays(-3), Aya, null, IdentityPaper.DrivingLicence, IdentityOutcome.Differs, [], "別人の免許証", Makoto, Morning.AddDays(-2), Makoto, "取り違えと確認", MayClear: false),
        new(104_044, "I-2026-0002", Morning.AddDays(-4), Aya, new ZoneId("SRV-1"), IdentityPaper.StaffCard, IdentityOutcome.Shown, [], "", Makoto, null, null, null, MayClear: false),
    ];

    private static readonly PatternLine Doors = new(
        104_061,
        new PatternNoticed(
            Morning, PatternKind.ManyDoors, Minori.Id, null, null, null, [104_048, 104_049, 104_050],
            [new(PatternFigure.DoorsTried, 3), new(PatternFigure.DoorsFrom, 3), new(PatternFigure.WindowMinutes, 30)], 2),
        Minori, 2, null, null, null, null);

    private static readonly PatternLine Lent = new(
        104_060, new LendingSuspected(Morning.AddDays(-1), Minori.Id, LendingPattern.TwoPlaces, new("SRV-1-D1"), new("SRV-1"), new ZoneId("MED-1"), [104_050]), Minori, 0,
        PatternVerdict.Explained, "退室の読取りを忘れた", Makoto, Morning);

    private static readonly PatternLine Unknown = new(
        104_059, new PatternNoticed(Morning.AddDays(-2), PatternKind.ManyDoors, null, new CardDigest(77), null, null, [104_047], [], 0), null, 0, null, null, null, null);

    Task<HandRegisterLook> IHandRegisterDesk.Look(Actor by, CancellationToken gone) => Task.FromResult(new HandRegisterLook(empty ? [] : [Waiting], empty ? [] : [Settled], MayEnter: true));

    public Task<HandLineFile?> Line(string id, Actor by, CancellationToken gone) => Task.FromResult(id switch
    {
        "M-2026-0007" => new HandLineFile(Waiting, [new(104_039, AttentionKind.ReaderFault, Morning.AddHours(-1), null, "reader-srv-in")], MayDecide: true, null),
        "M-2026-0006" => new HandLineFile(Settled, [], MayDecide: false, null),
        _ => null,
    });

    public Task<ActResult> Enter(HandLineForm form, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Decide(string id, HandLineVerdict? verdict, string note, Actor by, CancellationToken stop) => Done();

    Task<KeyLook?> IKeyDesk.Look(Actor by, CancellationToken gone) => Task.FromResult<KeyLook?>(
        empty ? new([], [], MayLend: true, MayKeep: true) : new([new(Front, Out), new(Back, null)], [Out, Returned], MayLend: true, MayKeep: true));

    public Task<ActResult> Register(DoorKey key, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Retire(string key, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Take(KeyTakeForm form, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> TakeBack(string loan, PersonId returnedBy, string note, Actor by, CancellationToken stop) => Done();

    Task<IdentityLook> IIdentityDesk.Look(Actor by, CancellationToken gone) => Task.FromResult(new IdentityLook(empty ? [] : Checks, MayCheck: true));

    public Task<ActResult> Check(IdentityForm form, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Clear(string check, string reason, Actor by, CancellationToken stop) => Done();

    Task<PatternLook> IPatternDesk.Look(Actor by, CancellationToken gone) => Task.FromResult(empty ? new PatternLook([], []) : new PatternLook([Doors, Unknown], [Lent]));

    public Task<PatternFile?> Notice(long n, Actor by, CancellationToken gone) => Task.FromResult(n switch
    {
        104_061 => new PatternFile(Doors, [.. Doors.EventIds.Select(id => new RecordLine(id, Refusal(id), Minori.Name))], [Doors with { N = 104_012 }], null, MayReview: true),
        104_060 => new PatternFile(Lent, [], [], null, MayReview: false),
        _ => null,
    });

    public Task<ActResult> Review(long n, PatternVerdict verdict, string note, Actor by, CancellationToken stop) => Done();

    private static EntryDenied Refusal(long n) => new(
        Morning.AddMinutes(n - 104_050), new(n == 104_049 ? "SRV-1-D2" : "SRV-1-D1"), new("SRV-1"), new("reader-srv-in"), DenyReason.OutsideHours, Minori.Id, null, null, null, [EntryMethod.Card], 1, []);

    private static Task<ActResult> Done() => Task.FromResult(ActResult.Done());
}
