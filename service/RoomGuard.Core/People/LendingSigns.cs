using System.Collections.Immutable;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.People;

/// <summary>A pattern that speaks for a card having been lent (R-ID-07).</summary>
public enum LendingPattern
{
    /// <summary>続けての入室: entered a zone in which the holder already was.</summary>
    EntryWhileInside,

    /// <summary>Entered one zone while the holder was in another.</summary>
    TwoPlaces,

    /// <summary>The second factor did not fit the card.</summary>
    FactorMismatch,
}

/// <summary>貸与の疑い, told to SEC (R-ID-07). Whether it was lent is decided by people.</summary>
/// <param name="Other">The zone in which the holder was; null: none.</param>
/// <param name="EventIds">Entries of the record by which it was seen.</param>
public sealed record LendingSuspected(DateTimeOffset OccurredAt, PersonId Person, LendingPattern Pattern, DoorId Door, ZoneId Zone, ZoneId? Other, ImmutableArray<long> EventIds) : RecordedEvent(OccurredAt);
