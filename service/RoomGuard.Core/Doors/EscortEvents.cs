using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>付添い不在 (R-VIS-03): a visitor is inside with no present, eligible escort. Told at once and repeated until it is over.</summary>
/// <param name="Escort">付添い者 who was to be there; null: nobody was.</param>
/// <param name="Since">Wall time at which it began.</param>
/// <param name="MissingMs">How long so far, in milliseconds.</param>
/// <param name="Incident">Whether it has lasted long enough to be an incident candidate (60 s†).</param>
/// <param name="Times">1 for the first report, then rising.</param>
public sealed record EscortMissing(
    DateTimeOffset OccurredAt,
    ZoneId Zone,
    VisitId Visit,
    PersonId Visitor,
    PersonId? Escort,
    DateTimeOffset Since,
    long MissingMs,
    bool Incident,
    int Times) : RecordedEvent(OccurredAt);

/// <summary>付添い不在 is over: an eligible escort is beside the visitor again. A visitor who leaves ends it by leaving.</summary>
/// <param name="MissingMs">How long it lasted, in milliseconds.</param>
public sealed record EscortReturned(DateTimeOffset OccurredAt, ZoneId Zone, VisitId Visit, PersonId Visitor, PersonId Escort, long MissingMs)
    : RecordedEvent(OccurredAt);

/// <summary>How an escort took over (R-VIS-03).</summary>
public enum EscortHandover
{
    /// <summary>The first showed the card on the way out while the second, named for the visit, was inside.</summary>
    AtTheExit,

    /// <summary>Both showed their cards at the entry reader, one after the other.</summary>
    AtTheEntry,

    /// <summary>The first could escort no longer (gone, suspended); the second, named for the visit, was beside the visitor.</summary>
    BesideTheVisitor,
}

/// <summary>付添いの交代 (R-VIS-03).</summary>
/// <param name="From">Null: nobody was.</param>
/// <param name="Door">Where the cards were shown; null: at none.</param>
public sealed record EscortHandedOver(
    DateTimeOffset OccurredAt,
    ZoneId Zone,
    VisitId Visit,
    PersonId Visitor,
    PersonId? From,
    PersonId To,
    EscortHandover How,
    DoorId? Door) : RecordedEvent(OccurredAt);

/// <summary>滞在超過 (R-VIS-09): a visitor is inside beyond the visit's end. Told to the escort at once, an alarm after 10 min†, repeated.</summary>
/// <param name="Until">The visit's end.</param>
/// <param name="OverMs">Beyond it so far, in milliseconds.</param>
/// <param name="Times">1 for the first report, then rising.</param>
public sealed record VisitOverstayed(
    DateTimeOffset OccurredAt,
    ZoneId Zone,
    VisitId Visit,
    PersonId Visitor,
    PersonId? Escort,
    DateTimeOffset Until,
    long OverMs,
    bool Alarm,
    int Times) : RecordedEvent(OccurredAt);
