using RoomGuard.Core.Record;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Cabinets;

/// <summary>A cabinet was opened during work in its zone.</summary>
/// <param name="Opening">The entry of the opening.</param>
/// <param name="OpenedAt">When it was opened.</param>
public sealed record CabinetOpenedAtWork(DateTimeOffset OccurredAt, long Opening, DateTimeOffset OpenedAt, CabinetId Cabinet, ZoneId Zone, string Label, WorkId Work) : RecordedEvent(OccurredAt);

/// <summary>A cabinet was opened and no work was under way in its zone (R-ZONE-10).</summary>
/// <param name="Opening">The entry of the opening.</param>
/// <param name="OpenedAt">When it was opened.</param>
public sealed record CabinetOpenedWithoutWork(DateTimeOffset OccurredAt, long Opening, DateTimeOffset OpenedAt, CabinetId Cabinet, ZoneId Zone, string Label) : RecordedEvent(OccurredAt);

/// <summary>開けたまま: the work during which a cabinet was opened is over, no other is under way in its zone, and it is open still.</summary>
/// <param name="Opening">The entry of the opening.</param>
public sealed record CabinetLeftOpen(DateTimeOffset OccurredAt, long Opening, CabinetId Cabinet, ZoneId Zone, string Label, WorkId Work) : RecordedEvent(OccurredAt);

/// <summary>What an opening is (R-ZONE-10). Pure.</summary>
public static class CabinetRules
{
    /// <summary>Whether a work was under way at a moment, also when it is asked later: begun and not ended.</summary>
    public static bool UnderWay(WorkDossier work, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(work);
        return work.StartedAt <= at && (work.EndedAt is not { } end || at < end);
    }
}
