using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>入室許可: the strike was to be released for this person (R-DOOR-02). Written before the release.</summary>
/// <param name="Rules">Every rule in the order asked, for 「なぜ?」.</param>
/// <param name="ListVersion">The grant list by which it was decided.</param>
/// <param name="Grant">Null for a visitor, who enters by a visit.</param>
/// <param name="Visit">Null for all but visitors.</param>
/// <param name="Escort">付添い者 by whom a visitor was let in (R-VIS-02).</param>
/// <param name="PurposeRef">入室目的 (R-WORK-05); null: not asked.</param>
public sealed record EntryGranted(
    DateTimeOffset OccurredAt,
    DoorId Door,
    ZoneId Zone,
    DeviceId Reader,
    PersonId Person,
    CredentialId Credential,
    CardDigest CardDigest,
    GrantId? Grant,
    ImmutableArray<EntryMethod> Methods,
    long ListVersion,
    ImmutableArray<RuleOutcome> Rules,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] VisitId? Visit = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PersonId? Escort = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PurposeRef = null) : RecordedEvent(OccurredAt);

/// <summary>拒否: the first rule to object, and why (R-DOOR-10).</summary>
/// <param name="Person">Null when the card is unknown.</param>
/// <param name="ListVersion">Null while no list was ever received.</param>
public sealed record EntryDenied(
    DateTimeOffset OccurredAt,
    DoorId Door,
    ZoneId Zone,
    DeviceId Reader,
    DenyReason Reason,
    PersonId? Person,
    CredentialId? Credential,
    CardDigest? CardDigest,
    GrantId? Grant,
    ImmutableArray<EntryMethod> Methods,
    long? ListVersion,
    ImmutableArray<RuleOutcome> Rules,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] VisitId? Visit = null) : RecordedEvent(OccurredAt);

/// <summary>二要素待ち: the card was in order, the second factor is awaited (R-DOOR-04).</summary>
public sealed record FactorAwaited(DateTimeOffset OccurredAt, DoorId Door, DeviceId Reader, PersonId Person, CredentialId Credential, DateTimeOffset Until)
    : RecordedEvent(OccurredAt);

/// <summary>退室: a card at the inner reader. Recorded, never decided (R-DOOR-05).</summary>
/// <param name="Person">Null when the card is unknown; the door opens all the same.</param>
public sealed record ExitBadged(
    DateTimeOffset OccurredAt,
    DoorId Door,
    ZoneId Zone,
    DeviceId Reader,
    PersonId? Person,
    CredentialId? Credential,
    CardDigest CardDigest) : RecordedEvent(OccurredAt);

/// <summary>退室釦: the exit button. Who pressed it is not known.</summary>
public sealed record ExitByButton(DateTimeOffset OccurredAt, DoorId Door, ZoneId Zone) : RecordedEvent(OccurredAt);

/// <summary>Why a leaf was allowed to open.</summary>
public enum OpeningCause
{
    /// <summary>An entry was granted.</summary>
    Entry,

    /// <summary>A card at the inner reader.</summary>
    Exit,

    /// <summary>The exit button.</summary>
    ExitButton,

    /// <summary>Nothing allowed it: forced.</summary>
    Forced,

    /// <summary>It was found open when the bridge started or the contact came back.</summary>
    FoundOpen,

    /// <summary>The door stood released in free hours.</summary>
    FreeHours,

    /// <summary>In a fire no opening is an alarm (R-DOOR-15).</summary>
    Fire,

    /// <summary>Somebody named works on the door.</summary>
    Maintenance,
}

/// <summary>開扉.</summary>
/// <param name="Person">Who was let through, where known.</param>
public sealed record DoorOpened(DateTimeOffset OccurredAt, DoorId Door, OpeningCause Cause, PersonId? Person) : RecordedEvent(OccurredAt);

/// <summary>閉扉.</summary>
/// <param name="OpenMs">How long it stood open, in milliseconds.</param>
public sealed record DoorClosed(DateTimeOffset OccurredAt, DoorId Door, long OpenMs) : RecordedEvent(OccurredAt);

/// <summary>The strike was released and nobody opened: no entry took place.</summary>
public sealed record GrantUnused(DateTimeOffset OccurredAt, DoorId Door, PersonId Person) : RecordedEvent(OccurredAt);

/// <summary>こじ開け (R-DOOR-07): the contact opened with no grant, exit request or release before it.</summary>
/// <param name="LastPerson">Who was last let through this door, if anybody.</param>
public sealed record DoorForced(DateTimeOffset OccurredAt, DoorId Door, ZoneId Zone, PersonId? LastPerson) : RecordedEvent(OccurredAt);

/// <summary>開放超過 (R-DOOR-08), repeated until closed.</summary>
/// <param name="OpenMs">Open so far, in milliseconds.</param>
/// <param name="Alarm">False: local sounder only; true: alarm.</param>
/// <param name="Times">1 for the first report of this opening, then rising.</param>
public sealed record DoorHeldOpen(DateTimeOffset OccurredAt, DoorId Door, ZoneId Zone, long OpenMs, bool Alarm, int Times, PersonId? LastPerson)
    : RecordedEvent(OccurredAt);

/// <summary>扉状態不明: the contact no longer tells.</summary>
public sealed record DoorUnknown(DateTimeOffset OccurredAt, DoorId Door) : RecordedEvent(OccurredAt);

/// <summary>連続拒否 (R-DOOR-09).</summary>
/// <param name="CardDigest">Set when it is one card's refusals; null when they are one door's.</param>
public sealed record RepeatedRefusals(
    DateTimeOffset OccurredAt,
    DoorId Door,
    CardDigest? CardDigest,
    PersonId? Person,
    int Count,
    DateTimeOffset WindowStart) : RecordedEvent(OccurredAt);

/// <summary>紛失カード使用 (R-DOOR-10): alarm to SEC at once.</summary>
public sealed record LostCardUsed(DateTimeOffset OccurredAt, DoorId Door, PersonId Person, CredentialId Credential, CardDigest CardDigest)
    : RecordedEvent(OccurredAt);

/// <summary>読取不良: bits that are no card of the reader's format.</summary>
public sealed record CardUnreadable(DateTimeOffset OccurredAt, DeviceId Reader, DoorId? Door, string Cause, int BitCount) : RecordedEvent(OccurredAt);

/// <summary>A person is inside from now on.</summary>
/// <param name="Evidence">By what it is known; null in an entry of an older program: the door opened after their grant.</param>
/// <param name="Certainty">How sure it is; null: <see cref="PresenceCertainty.Certain"/>.</param>
/// <param name="Visit">Null for all but visitors.</param>
/// <param name="Escort">付添い者 of a visitor.</param>
/// <param name="Since">When they went in, where that is not the moment of this entry (a correction); null: it is.</param>
public sealed record PersonEntered(
    DateTimeOffset OccurredAt,
    ZoneId Zone,
    DoorId Door,
    PersonId Person,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PresenceEvidence? Evidence = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PresenceCertainty? Certainty = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] VisitId? Visit = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PersonId? Escort = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Since = null) : RecordedEvent(OccurredAt);

/// <summary>A person is no longer inside.</summary>
/// <param name="StayMs">Time inside, in milliseconds; null when no entry is known.</param>
/// <param name="Evidence">By what it is known; null in an entry of an older program: the door opened after their card on the way out.</param>
/// <param name="Visit">Null for all but visitors.</param>
public sealed record PersonLeft(
    DateTimeOffset OccurredAt,
    ZoneId Zone,
    DoorId Door,
    PersonId Person,
    long? StayMs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PresenceEvidence? Evidence = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] VisitId? Visit = null) : RecordedEvent(OccurredAt);

/// <summary>在室不一致 (R-DOOR-05): exit without entry, or no exit by the end of the day.</summary>
/// <param name="Kind">
/// <c>exit-without-entry</c>, <c>entry-while-inside</c>, <c>no-exit-by-end-of-day</c>, <c>seen-elsewhere</c> (is in another zone now), <c>outer-left</c> (left the zone
/// around this one), <c>outer-not-seen</c> (is here, and was not seen to enter the zone around it) or <c>fire-release</c> (R-DOOR-15: to be reconciled).
/// </param>
public sealed record PresenceMismatch(DateTimeOffset OccurredAt, ZoneId Zone, PersonId Person, string Kind, DateTimeOffset? EnteredAt)
    : RecordedEvent(OccurredAt);

/// <summary>無人 (R-DOOR-18): the last person known inside has left.</summary>
public sealed record ZoneVacant(DateTimeOffset OccurredAt, ZoneId Zone) : RecordedEvent(OccurredAt);

/// <summary>無人 is over: somebody entered.</summary>
public sealed record ZoneOccupied(DateTimeOffset OccurredAt, ZoneId Zone) : RecordedEvent(OccurredAt);

/// <summary>侵入の疑い (R-DOOR-18): something moved in a vacant zone without a grant.</summary>
/// <param name="Kind"><c>door-opened</c> or <c>exit-request</c>.</param>
public sealed record ZoneIntrusion(DateTimeOffset OccurredAt, ZoneId Zone, DoorId? Door, string Kind) : RecordedEvent(OccurredAt);

/// <summary>読取装置の状態 (R-DOOR-17).</summary>
/// <param name="Detail">What was seen, for a technician, e.g. <c>serial 01020304 expected, 01020999 found</c>.</param>
/// <param name="InService">Whether its doors decide by it now.</param>
public sealed record ReaderReported(DateTimeOffset OccurredAt, DeviceId Reader, ReaderCondition Condition, string Detail, bool InService)
    : RecordedEvent(OccurredAt);

/// <summary>The secure channel key of a reader was set or rotated. The key itself is nowhere in the record.</summary>
/// <param name="Kind"><c>installed</c> or <c>rotated</c>.</param>
public sealed record ReaderKeyChanged(DateTimeOffset OccurredAt, DeviceId Reader, string Kind, string OrderedBy) : RecordedEvent(OccurredAt);

/// <summary>A grant list is in force at this bridge.</summary>
public sealed record GrantListApplied(DateTimeOffset OccurredAt, long Version, DateTimeOffset IssuedAt, int People, int Credentials, int Grants)
    : RecordedEvent(OccurredAt);

/// <summary>A grant list was refused: signature, version or content. The last good one stays in force.</summary>
public sealed record GrantListRefused(DateTimeOffset OccurredAt, long Version, string Why) : RecordedEvent(OccurredAt);

/// <summary>A suspension is in force at this bridge (R-RED-03).</summary>
public sealed record SuspensionApplied(DateTimeOffset OccurredAt, Suspension Suspension) : RecordedEvent(OccurredAt);

/// <summary>区域封鎖 is in force, or over, at this bridge.</summary>
public sealed record LockdownApplied(DateTimeOffset OccurredAt, Lockdown Lockdown, bool Ended) : RecordedEvent(OccurredAt);

/// <summary>The bridge started: the end of a time without watching (R-MON-02).</summary>
/// <param name="Boot">Number of this start, from 1.</param>
/// <param name="LastEntryAt">When the last entry before was written; null at the very first start.</param>
public sealed record JournalStarted(DateTimeOffset OccurredAt, int Boot, string Version, DateTimeOffset? LastEntryAt) : RecordedEvent(OccurredAt);

/// <summary>The journal could not be written for a time. Ways out were used meanwhile without an entry of their own.</summary>
/// <param name="RefusedEntries">Badges refused because nothing could be written.</param>
/// <param name="LostEvents">Other events of that time that were kept in memory no longer.</param>
public sealed record JournalGap(DateTimeOffset OccurredAt, DateTimeOffset From, DateTimeOffset Until, string Cause, int RefusedEntries, int LostEvents)
    : RecordedEvent(OccurredAt);

/// <summary>The clock jumped (R-TIME-04).</summary>
public sealed record ClockStep(DateTimeOffset OccurredAt, DateTimeOffset Before, DateTimeOffset After) : RecordedEvent(OccurredAt);
