using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>By what somebody is taken to have gone in or out (R-DOOR-05).</summary>
public enum PresenceEvidence
{
    /// <summary>The leaf was seen to open after their card.</summary>
    Opened,

    /// <summary>A card was let in where no opening can be seen: leaf open already, contact silent, or the bridge stopped before it heard.</summary>
    Entry,

    /// <summary>A card on the way out where no opening can be seen.</summary>
    Exit,

    /// <summary>A card at a door that stood released for everybody (R-DOOR-15, free hours).</summary>
    Release,

    /// <summary>Somebody looked or asked, and said so with a reason.</summary>
    Manual,

    /// <summary>Seen elsewhere: who is in another zone is no longer in this one.</summary>
    Elsewhere,
}

/// <summary>How sure it is that somebody is inside.</summary>
public enum PresenceCertainty
{
    /// <summary>確実: alone through an opening that was seen, or confirmed by a person.</summary>
    Certain,

    /// <summary>推定: several through one opening, or an opening nobody could see.</summary>
    Likely,

    /// <summary>未確認: entered while the doors were released, or the record does not add up; to be reconciled (R-DOOR-15).</summary>
    Unverified,
}

/// <summary>続けての入室 (R-DOOR-06): somebody believed inside asked to enter again. Refused or let in, as <paramref name="Mode"/> says; an alarm either way.</summary>
/// <param name="EnteredAt">The earlier entry.</param>
public sealed record EntryWhileInside(
    DateTimeOffset OccurredAt,
    DoorId Door,
    ZoneId Zone,
    PersonId Person,
    CredentialId Credential,
    PassbackMode Mode,
    DateTimeOffset EnteredAt) : RecordedEvent(OccurredAt);

/// <summary>単独在室: somebody is alone where never one alone may be; told at once and repeated.</summary>
/// <param name="AloneMs">Alone so far, in milliseconds.</param>
/// <param name="Times">1 for the first report, then rising.</param>
public sealed record LeftAlone(DateTimeOffset OccurredAt, ZoneId Zone, PersonId Person, long AloneMs, int Times) : RecordedEvent(OccurredAt);

/// <summary>単独在室 is over: somebody joined, or nobody is inside any more.</summary>
/// <param name="AloneMs">How long it lasted, in milliseconds.</param>
public sealed record LeftAloneEnded(DateTimeOffset OccurredAt, ZoneId Zone, long AloneMs) : RecordedEvent(OccurredAt);

/// <summary>二人目待ち: the first of two was in order, the second is awaited.</summary>
/// <param name="Until">Wall time at which the first is void.</param>
public sealed record PairAwaited(DateTimeOffset OccurredAt, DoorId Door, DeviceId Reader, PersonId Person, CredentialId Credential, DateTimeOffset Until)
    : RecordedEvent(OccurredAt);
