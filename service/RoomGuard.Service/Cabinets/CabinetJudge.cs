using System.Collections.Immutable;
using RoomGuard.Core.Cabinets;
using RoomGuard.Core.Record;
using RoomGuard.Core.Work;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Watch;
using RoomGuard.Service.Work;

namespace RoomGuard.Service.Cabinets;

/// <summary>Judges each opening of a cabinet once by the work that was under way in its zone, and tells one that stays open after it (R-ZONE-10).</summary>
public sealed class CabinetJudge(ServiceRecord record, ActTurn turn, TimeProvider time) : DueWatch(record, turn)
{
    private const int AtOnce = 100;

    /// <inheritdoc/>
    public override TimeSpan LookEvery => TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public override bool Wakes(RecordedEvent item) => item is CabinetOpened or WorkEnded;

    /// <inheritdoc/>
    protected override bool LooksAgain => true;

    /// <inheritdoc/>
    protected override ImmutableArray<RecordedEvent> Due(Statements db)
    {
        var now = time.GetUtcNow();
        return
        [
            .. CabinetsView.Waiting(db, AtOnce).Select(opening => WorkView.In(db, opening.Zone).FirstOrDefault(work => CabinetRules.UnderWay(work, opening.At)) is { } work
                ? new CabinetOpenedAtWork(now, opening.N, opening.At, opening.Cabinet, opening.Zone, opening.Label, work.Work.Id)
                : (RecordedEvent)new CabinetOpenedWithoutWork(now, opening.N, opening.At, opening.Cabinet, opening.Zone, opening.Label)),
            .. CabinetsView.All(db).Where(one => one is { Open: true, LeftOpen: false, Waits: false, Work: not null } && WorkView.In(db, one.Cabinet.Zone).All(work => !CabinetRules.UnderWay(work, now)))
                .Select(one => new CabinetLeftOpen(now, one.Opening!.Value, one.Cabinet.Id, one.Cabinet.Zone, one.Cabinet.Label, one.Work!.Value)),
        ];
    }
}
