using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Record;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Watch;

namespace RoomGuard.Service.Equipment;

/// <summary>立会い中断: looks after every change of who is inside or suspended, and now and then, whether the witness of each move is still there and still may be (R-MOVE-03, R-ID-10).</summary>
public sealed class MoveWatch(ServiceRecord record, ActTurn turn, TimeProvider time) : DueWatch(record, turn)
{
    /// <inheritdoc/>
    public override TimeSpan LookEvery => TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public override bool Wakes(RecordedEvent item) => item is PersonLeft or PersonEntered or SuspensionOrdered;

    /// <inheritdoc/>
    protected override ImmutableArray<RecordedEvent> Due(Statements db)
    {
        var now = time.GetUtcNow();
        return [.. MovesView.UnderWay(db).Select(move => MoveDesk.Left(db, move, now)).OfType<RecordedEvent>()];
    }
}
