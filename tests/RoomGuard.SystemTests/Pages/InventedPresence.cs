using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.PresenceLists;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Escort;
using RoomGuard.Dashboard.Me;
using RoomGuard.Dashboard.Modes;
using RoomGuard.Dashboard.Presence;

namespace RoomGuard.SystemTests.Pages;

/// <summary>Questions of presence, purposes and modes over values in memory.</summary>
internal sealed class InventedPresence(bool empty) : IPresenceDesk, IPurposeDesk, IModeDesk, IEscortDesk
{
    private static readonly ZoneId Server = new("SRV-1");
    private static readonly ZoneId Power = new("UPS-1");
    private static readonly DateTimeOffset At = InventedRoom.Start.Date.AddHours(-1);

    private static readonly ImmutableArray<PresenceQuestion> Questions =
    [
        Question(104061, "S-0121", "日向 直子", "ひゅうが なおこ", "no-exit-by-end-of-day", At.AddHours(-6)) with { Answer = PresenceAnswer.Left, AnsweredAt = At.AddHours(10), AnswerAt = At.AddHours(-5), Note = "退室釦で出ました" },
        Question(104064, "C-0032", "五ヶ瀬 渉", "ごかせ わたる", "entry-while-inside", At.AddHours(-3)) with { Times = 2 },
        Question(104066, "S-0388", "門川 拓海", "かどがわ たくみ", "asked", null) with { AskedBy = "綾 かなえ", ClaimInside = false, ClaimSince = At, Reason = "裏扉から出るのを見た" },
    ];

    public Task<ImmutableArray<PresenceQuestion>> Open(RegisterScope scope, CancellationToken gone) => Task.FromResult(empty ? [] : Questions);

    public Task<ImmutableArray<PresenceQuestion>> Mine(Actor by, CancellationToken gone) =>
        Task.FromResult<ImmutableArray<PresenceQuestion>>(empty ? [] : [Question(104070, by.Person.Value, by.Name, "", "no-exit-by-end-of-day", At.AddHours(-4))]);

    public Task<ImmutableArray<PendingCorrection>> Pending(CancellationToken gone) => Task.FromResult<ImmutableArray<PendingCorrection>>(empty ? [] : [new(new("S-0160"), Server, false, At)]);

    public Task<ActResult> Correct(PresenceCorrection form, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done());

    public Task<ActResult> Ask(PresenceCorrection form, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done());

    public Task<ActResult> Answer(long question, PresenceAnswer answer, DateTimeOffset? at, string note, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done());

    public Task<ActResult> Settle(long question, string reason, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done());

    public Task<ActResult> Tell(ZoneId zone, string purposeRef, DateTimeOffset? until, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done());

    public Task<ActResult> Set(ZoneModeForm form, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done());

    public Task<ActResult> AllOut(VisitId visit, string reason, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done());

    Task<ImmutableArray<EscortedVisit>> IEscortDesk.Mine(Actor by, CancellationToken gone) => Task.FromResult<ImmutableArray<EscortedVisit>>(
        empty
            ? []
            :
            [
                new(
                    new("V-2026-0088"), "空調の点検", "架空電設株式会社", [Server], InventedRoom.Start.AddHours(-2), InventedRoom.Start.AddMinutes(10), Server,
                    [
                        new(new("V-2026-0088-1"), "大淀 健", "赤-014", Server, InventedRoom.Start.AddHours(-1), by.Name, true, false, false),
                        new(new("V-2026-0088-2"), "例示 花", "赤-015", Server, InventedRoom.Start.AddMinutes(-30), null, false, true, false),
                        new(new("V-2026-0088-3"), "架空 次郎", null, null, null, null, false, false, false),
                    ],
                    [new(new("S-0388"), "門川 拓海", null)]),
                new(new("V-2026-0091"), "回線工事", "例示通信", [Power], InventedRoom.Start.AddHours(1), InventedRoom.Start.AddHours(3), null, [new(new("V-2026-0091-1"), "日向 実", "青-003", null, null, null, false, false, false)], []),
            ]);

    Task<ImmutableArray<OwnPurpose>> IPurposeDesk.Mine(Actor by, CancellationToken gone) =>
        Task.FromResult<ImmutableArray<OwnPurpose>>(empty ? [] : [new(Server, "W-0152", InventedRoom.Start.AddHours(9), false), new(Power, null, null, false)]);

    public Task<ImmutableArray<ZoneModeStatus>> Now(CancellationToken gone) => Task.FromResult<ImmutableArray<ZoneModeStatus>>(
        empty
            ? [ZoneModeStatus.Normal(Server), ZoneModeStatus.Normal(Power)]
            : [new(Server, ZoneMode.Drill, null, null, InventedRoom.Start.AddHours(1), InventedRoom.Start.AddMinutes(-5), "避難訓練", "日向 直子", []), new(Power, ZoneMode.Maintenance, new("C-0032"), "五ヶ瀬 渉", InventedRoom.Start.AddHours(2), InventedRoom.Start.AddHours(-1), "錠前の交換", "都城 健", [new("bridge-1")])]);

    private static PresenceQuestion Question(long n, string person, string name, string kana, string kind, DateTimeOffset? entered) =>
        new(n, Server, new(person), name, kana, PersonCategory.Staff, "情報政策課", kind, At, entered, 1, null, null, null, null, null, null, null, null);
}
