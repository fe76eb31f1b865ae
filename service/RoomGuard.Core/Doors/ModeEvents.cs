using System.Collections.Immutable;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>Why a door may be opened by anybody for a time.</summary>
public enum FreedBy
{
    /// <summary>開放時間: the first person of the day has come (first-person unlock).</summary>
    Hours,

    /// <summary>火災 (R-DOOR-15).</summary>
    Fire,

    /// <summary>保守: it stays locked, and opening it is no alarm.</summary>
    Maintenance,
}

/// <summary>Why free hours ended.</summary>
public enum FreeHoursEnd
{
    /// <summary>Their time was up.</summary>
    Time,

    /// <summary>Nobody is inside any more.</summary>
    Vacant,

    /// <summary>Lockdown, alarm or another mode; the journal failed; the rule is gone. Somebody has to enter anew.</summary>
    Stopped,
}

/// <summary>区域の状態 changed at this bridge: by an order, or because its time was up.</summary>
/// <param name="Person">Whose the mode is, for 保守.</param>
/// <param name="Until">When it ends by itself; null: when it is ended.</param>
/// <param name="ByTime">True: nobody ended it, its time was up.</param>
public sealed record ZoneModeChanged(DateTimeOffset OccurredAt, ZoneId Zone, ZoneMode From, ZoneMode To, PersonId? Person, DateTimeOffset? Until, bool ByTime)
    : RecordedEvent(OccurredAt);

/// <summary>火災による開放 (R-DOOR-15): the doors went to their registered state. Who enters from now on is 未確認.</summary>
/// <param name="Released">Doors that stand released.</param>
/// <param name="Locked">Doors that stay locked with a free way out.</param>
/// <param name="RollCall">点呼の対象: who was known inside.</param>
public sealed record FireReleased(DateTimeOffset OccurredAt, ZoneId Zone, ImmutableArray<DoorId> Released, ImmutableArray<DoorId> Locked, ImmutableArray<PersonId> RollCall)
    : RecordedEvent(OccurredAt);

/// <summary>火災による開放の終了 (R-DOOR-15): the doors decide again.</summary>
/// <param name="ReleasedAt">When they were released.</param>
/// <param name="Unverified">Who is on the list of people inside and has to be reconciled.</param>
public sealed record FireRestored(DateTimeOffset OccurredAt, ZoneId Zone, ImmutableArray<DoorId> Doors, DateTimeOffset ReleasedAt, ImmutableArray<PersonId> Unverified)
    : RecordedEvent(OccurredAt);

/// <summary>開放時間の開始: the doors stand released because somebody with a grant has entered.</summary>
/// <param name="Person">Who entered.</param>
/// <param name="Until">When the hours end.</param>
public sealed record FreeHoursBegan(DateTimeOffset OccurredAt, ZoneId Zone, ImmutableArray<DoorId> Doors, PersonId Person, DateTimeOffset Until) : RecordedEvent(OccurredAt);

/// <summary>開放時間の終了.</summary>
public sealed record FreeHoursEnded(DateTimeOffset OccurredAt, ZoneId Zone, ImmutableArray<DoorId> Doors, FreeHoursEnd Cause) : RecordedEvent(OccurredAt);
