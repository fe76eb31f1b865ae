using System.Collections.Immutable;
using RoomGuard.Core.Files;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Files;
using RoomGuard.Dashboard.Work;

namespace RoomGuard.SystemTests.Pages;

/// <summary>作業記録 for tests of pages: one under way and alone, one planned, one to be confirmed, one confirmed. No act changes anything.</summary>
internal sealed class InventedWork(TimeProvider time, bool empty) : IWorkDesk
{
    private static readonly NamedPerson Performer = new(new("S-0230"), "日向 直子", "ひゅうが なおこ", "情報政策課");
    private static readonly NamedPerson Checker = new(new("S-0115"), "都城 誠", "みやこのじょう まこと", "情報政策課");
    private static readonly ImmutableDictionary<PersonId, NamedPerson> People = new[] { Performer, Checker }.ToImmutableDictionary(person => person.Id);

    private static readonly KeptFile Photo = new("5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef", FileKind.Png, "ラック正面.png", 48_200);

    private DateTimeOffset Now => time.GetUtcNow();

    public Task<WorkRegister> Register(WorkQuery query, Actor by, CancellationToken gone) =>
        Task.FromResult(Registered(query.Words == "nobody" ? [] : All()));

    private static WorkRegister Registered(ImmutableArray<WorkLook> works) => new(works, Everything: true, MayApply: true, Known: works.Length);

    public Task<ImmutableArray<WorkLook>> Export(WorkQuery query, Actor by, CancellationToken gone) => Task.FromResult(All());

    public Task<WorkLook?> Work(WorkId id, Actor by, CancellationToken gone) => Task.FromResult(All().FirstOrDefault(look => look.File.Work.Id == id));

    public async Task<WorkSheet?> Sheet(WorkId id, Actor by, CancellationToken gone) =>
        await Work(id, by, gone) is { } look ? new(look, "9f3c51e2a0b4c6d8e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f7", "base 1") : null;

    public Task<ActResult> Start(WorkId id, int version, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Swap(WorkId id, int version, PartSwap swap, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> End(WorkId id, int version, WorkOutcome outcome, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Check(WorkId id, int version, string note, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Note(WorkId id, int version, WorkSide side, string text, ImmutableArray<SentFile> sent, Actor by, CancellationToken stop) => Done();

    public Task<FileContent?> File(WorkId id, string sha256, Actor by, CancellationToken stop) => Task.FromResult(sha256 == Photo.Sha256 ? new FileContent(Photo, new byte[48]) : null);

    public Task<WorkWaiting> Waiting(Actor by, CancellationToken gone) => Task.FromResult(empty ? new WorkWaiting(0, 0) : new WorkWaiting(1, 1));

    private static Task<ActResult> Done() => Task.FromResult(ActResult.Done());

    private ImmutableArray<WorkLook> All()
    {
        if (empty)
        {
            return [];
        }

        var began = Now.AddHours(-2);
        WorkStay[] both = [new(Performer.Id, 104301, began, null, null), new(Checker.Id, 104302, began, null, null)];
        WorkStarted Started(WorkOrder work) => new(began, work.Id, work.Plan.Zone, [.. both], Performer.Id.Value);
        WorkNoted Noted(WorkOrder work) => new(began.AddMinutes(-5), work.Id, work.Plan.Zone, WorkSide.Before, "交換前のランプは赤", [Photo, Photo with { Kind = FileKind.Text, Name = "before.log.txt", Bytes = 900 }], Performer.Id.Value);
        WorkEnded Ended(WorkOrder work) => new(
            Now.AddHours(-1), work.Id, work.Plan.Zone, Now.AddHours(-1), new(WorkResult.Done, WorkImpact.None, "1.4.2", "1.4.3", "CZ-1004", "CZ-2201", "予定どおり"), Performer.Id.Value);
        return
        [
            Look(152, WorkKind.SystemChange, work => [Started(work), new WorkAlone(Now.AddMinutes(-3), work.Id, work.Plan.Zone, 1, Now.AddMinutes(-5))]),
            Look(151, WorkKind.Cabling, _ => []),
            Look(150, WorkKind.PartSwap, work => [Noted(work), Started(work), Ended(work)]),
            Look(148, WorkKind.PartSwap, work => [Started(work), new PartChanged(Now.AddHours(-1), work.Id, work.Plan.Zone, new("AS-00380"), new("SSD-77120", "SSD 960 GB"), new("SSD-88001", "SSD 1.92 TB"), new("AS-00431"), Performer.Id.Value)]),
            Look(149, WorkKind.SystemChange, work => [Noted(work), Started(work), Ended(work), new WorkChecked(Now.AddMinutes(-30), work.Id, work.Plan.Zone, "版を確認", Role.SystemManager, Checker.Id.Value)]),
        ];
    }

    private WorkLook Look(int number, WorkKind kind, Func<WorkOrder, IEnumerable<RecordedEvent>> more)
    {
        var plan = new WorkPlan(kind, ["AS-00380", "AS-00381"], new ZoneId("SRV-1"), "制御装置の版上げ", "CR-77", [Performer.Id], [Checker.Id], "CT-12", Now.AddHours(-3), Now.AddHours(4));
        var work = new WorkOrder(new($"W-2026-0{number}"), new("P-2026-0033"), plan, "脆弱性対応", true, Performer.Id, Now.AddDays(-1), Checker.Id, Role.SystemManager, Now.AddHours(-20), "");
        var file = more(work).Prepend(new WorkPermitted(work.ApprovedAt, work, Checker.Id.Value)).Index().Aggregate((WorkDossier?)null, (before, next) => WorkDossier.After(before, next.Item, 104300 + next.Index))!;
        var status = file.StatusAt(Now);
        return new(file, status, People, [Performer.Id], status is WorkStatus.Planned, status is WorkStatus.Open or WorkStatus.Ended, status is WorkStatus.Ended, status is WorkStatus.Open && kind is WorkKind.PartSwap, status is WorkStatus.Planned or WorkStatus.Open or WorkStatus.Ended);
    }
}
