using System.Collections.Immutable;
using RoomGuard.Core.Record;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Watch;

namespace RoomGuard.Service.Carrying;

/// <summary>What time does to permits: a reminder when something is not back at its due time, and another to SEC a day later (R-CARRY-04). Each is an entry once.</summary>
public sealed class CarryWatch(ServiceRecord record, ActTurn turn, TimeProvider time) : DueWatch(record, turn)
{
    /// <inheritdoc/>
    public override TimeSpan LookEvery => TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    protected override ImmutableArray<RecordedEvent> Due(Statements db)
    {
        var now = time.GetUtcNow();
        return [.. CarryView.Away(db).Select(file => (RecordedEvent?)file.Due(now)).OfType<RecordedEvent>()];
    }
}
