using System.Collections.Immutable;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Gates;

/// <summary>A gate at a door read an asset tag (R-MOVE-05). Written by the bridge; the office judges it, at once or when it is back.</summary>
/// <param name="Direction">Null: the gate does not tell.</param>
/// <param name="ReadAt">By the gate's own clock; null: it does not tell, or tells what cannot be.</param>
public sealed record AssetTagRead(DateTimeOffset OccurredAt, DeviceId Gate, DoorId Door, ZoneId Zone, string Tag, TagDirection? Direction, DateTimeOffset? ReadAt) : RecordedEvent(OccurredAt);

/// <summary>A gate read more tags within a minute than are written.</summary>
/// <param name="Reads">How many were not.</param>
public sealed record AssetTagsMissed(DateTimeOffset OccurredAt, DeviceId Gate, DoorId Door, int Reads) : RecordedEvent(OccurredAt);

/// <summary>An item passed a door by a move that is under way, or by a permit in force.</summary>
/// <param name="Read">The entry of the read.</param>
/// <param name="ReadAt">When it passed.</param>
/// <param name="Inferred">The gate does not tell the direction: it was worked out from where the item stands.</param>
/// <param name="Move">Null: by a permit.</param>
/// <param name="Permit">Null: by a move.</param>
public sealed record AssetPassed(
    DateTimeOffset OccurredAt, long Read, DateTimeOffset ReadAt, string Tag, DoorId Door, ZoneId Zone, TagDirection Direction, bool Inferred, MoveId? Move, CarryPermitId? Permit) : RecordedEvent(OccurredAt);

/// <summary>What an item does at a door that nothing covers.</summary>
public enum UnpermittedKind
{
    /// <summary>無許可搬出 (R-MOVE-05).</summary>
    MovedOut,

    /// <summary>無許可搬入 (R-MOVE-05).</summary>
    MovedIn,

    /// <summary>無許可持出し of a terminal or medium (R-CARRY-01).</summary>
    CarriedOut,
}

/// <summary>Why a move or permit does not cover a passage.</summary>
public enum UncoveredBecause
{
    /// <summary>There is none for the item.</summary>
    NothingOpen,

    /// <summary>A move is approved and has not begun: nobody witnesses it.</summary>
    MoveNotBegun,

    /// <summary>立会い中断: the witness is away.</summary>
    WitnessGone,

    /// <summary>A move or permit is for another way or another zone.</summary>
    OtherWay,

    /// <summary>A permit is not in force: before or after its time, revoked, or used up.</summary>
    PermitNotInForce,

    /// <summary>A permit is in force, and the rules, the lists or the profile refuse its item by now (R-CARRY-07, R-PROF-07).</summary>
    PermitRefused,
}

/// <summary>Somebody who was near when an item passed.</summary>
/// <param name="Inside">Inside the zone by the presence list. False: badged at the door shortly before or after.</param>
/// <param name="At">Since when inside, or when they badged.</param>
public sealed record PersonNearby(PersonId Person, bool Inside, DateTimeOffset At);

/// <summary>無許可搬出・無許可搬入・無許可持出し: an item passed a door and nothing covers it (R-MOVE-05, R-CARRY-01). An incident candidate.</summary>
/// <param name="Read">The entry of the read.</param>
/// <param name="ReadAt">When it passed.</param>
/// <param name="Name">What the item is, as the register has it.</param>
/// <param name="Inferred">The gate does not tell the direction: it was worked out from where the item stands.</param>
/// <param name="Other">The move or permit that does not cover it; empty: there is none.</param>
public sealed record AssetUnpermitted(
    DateTimeOffset OccurredAt,
    long Read,
    DateTimeOffset ReadAt,
    UnpermittedKind Kind,
    string Tag,
    string Name,
    DoorId Door,
    ZoneId Zone,
    bool Inferred,
    UncoveredBecause Because,
    string Other,
    ImmutableArray<PersonNearby> Nearby) : RecordedEvent(OccurredAt);

/// <summary>A tag was read that nobody's register has: at most once an hour† for each tag, and for so many tags at a door.</summary>
/// <param name="Read">The entry of the read.</param>
public sealed record AssetTagUnknown(DateTimeOffset OccurredAt, long Read, DateTimeOffset ReadAt, string Tag, DoorId Door, ZoneId Zone, TagDirection? Direction) : RecordedEvent(OccurredAt);
