using System.Collections.Immutable;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.Power;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>A door as it was.</summary>
/// <param name="Recent">Who showed a card at the entry side lately; null: nobody.</param>
/// <param name="Partner">The first of two whose second is awaited; null: none.</param>
public sealed record DoorSnapshot(DoorId Door, DoorState State, ImmutableArray<RecentBadge>? Recent = null, AwaitedPartner? Partner = null);

/// <summary>A zone lies in another (R-ZONE-09).</summary>
public sealed record ZoneNesting(ZoneId Inner, ZoneId Outer);

/// <summary>Somebody showed a card at the entry side of a door.</summary>
/// <param name="At">Steady instant.</param>
/// <param name="Granted">Whether they were let in.</param>
/// <param name="WasInside">Whether they were known inside already.</param>
public sealed record RecentBadge(PersonId Person, DateTimeOffset At, bool Granted, bool WasInside);

/// <summary>The first of two, who was in order and awaits the second.</summary>
/// <param name="Partners">Who may be the second, where a named pair is asked.</param>
/// <param name="Until">Steady instant at which it is void.</param>
/// <param name="Rules">What the rules said of the first.</param>
public sealed record AwaitedPartner(
    DeviceId Reader,
    CardDigest Card,
    CredentialId Credential,
    PersonId Person,
    GrantId? Grant,
    ImmutableArray<PersonId>? Partners,
    ImmutableArray<EntryMethod> Methods,
    Rules.PinVerdict Pin,
    BiometricVerdict? Finger,
    DateTimeOffset Until,
    ImmutableArray<RuleOutcome> Rules);

/// <summary>A reader as it was.</summary>
/// <param name="Condition">How its line stands.</param>
/// <param name="Tampered">Whether its cover is open.</param>
/// <param name="Shown">The standing signal it was last told; null: none since start.</param>
/// <param name="Waiting">The first factor that awaits its second; null: none.</param>
public sealed record ReaderSnapshot(DeviceId Reader, ReaderCondition Condition, bool Tampered, ReaderSignal? Shown, AwaitedFactor? Waiting);

/// <summary>A card that was in order and awaits its PIN (R-DOOR-04).</summary>
/// <param name="Until">Steady instant at which it is void.</param>
/// <param name="Rules">What the rules said of the card.</param>
public sealed record AwaitedFactor(
    CardDigest Card,
    CredentialId Credential,
    PersonId Person,
    GrantId? Grant,
    DateTimeOffset Until,
    ImmutableArray<RuleOutcome> Rules);

/// <summary>The journal's failure, while it lasts.</summary>
/// <param name="From">Wall time at which it began.</param>
/// <param name="RefusedEntries">Badges refused since.</param>
public sealed record JournalOutage(DateTimeOffset From, string Cause, int RefusedEntries);

/// <summary>
/// All that entry control remembers but the grant list itself, which is kept as it came, with its signature. Restored into a new
/// <see cref="EntryControl"/> of the same plan and given the same list, it goes on exactly as the old one would have.
/// </summary>
/// <param name="ListVersion">The list last in force; an older one is never accepted again.</param>
/// <param name="PinTroubles">Cards with wrong PINs in a row; null: a snapshot of an older program.</param>
/// <param name="RoomOrders">The newest order of each key, ended ones too so that a late copy does nothing; null: a snapshot of an older program.</param>
/// <param name="Visitors">What is open about visitors inside; null, as with all that follow: nothing.</param>
/// <param name="Agreed">Hand-overs of escorts agreed and not yet carried out.</param>
/// <param name="Alone">Who is alone where never one alone may be.</param>
/// <param name="Modes">What zones are in the middle of.</param>
/// <param name="FreeHours">Zones whose doors stand released in free hours.</param>
/// <param name="FingerTroubles">Cards whose bearer's finger was refused a moment ago.</param>
/// <param name="Nesting">Which zone lies in which.</param>
/// <param name="ForgottenOrders">Orders to the rooms up to this serial that are not known were forgotten.</param>
/// <param name="Power">What <see cref="PowerControl"/> remembers; it is told in the same turns. Null: nothing, or as in the snapshot before.</param>
/// <param name="Climate">What <see cref="ClimateControl"/> remembers; as with the power.</param>
/// <param name="Day">The local day whose end comes next; null: nothing happened yet.</param>
public sealed record RoomSnapshot(
    ClockSnapshot Clock,
    long? ListVersion,
    DateOnly? Day,
    ImmutableArray<DoorSnapshot> Doors,
    ImmutableArray<ReaderSnapshot> Readers,
    ImmutableArray<InsideEntry> Inside,
    ImmutableArray<VacantZone> Vacant,
    ImmutableArray<RefusalWindow> Refusals,
    long SuspensionSerial,
    ImmutableArray<Suspension> Suspensions,
    ImmutableArray<HeldLockdown> Lockdowns,
    ImmutableArray<string> EndedLockdowns,
    JournalOutage? Outage,
    ImmutableArray<PinTrouble>? PinTroubles = null,
    ImmutableArray<HeldRoomOrder>? RoomOrders = null,
    ImmutableArray<VisitorRun>? Visitors = null,
    ImmutableArray<AgreedHandover>? Agreed = null,
    ImmutableArray<AloneRun>? Alone = null,
    ImmutableArray<ZoneStanding>? Modes = null,
    ImmutableArray<FreeHoursRun>? FreeHours = null,
    ImmutableArray<FingerTrouble>? FingerTroubles = null,
    long? ForgottenOrders = null,
    ImmutableArray<ZoneNesting>? Nesting = null,
    PowerSnapshot? Power = null,
    ClimateSnapshot? Climate = null)
{
    /// <summary>This one, with the power and the climate of the one before where this one leaves them as they were.</summary>
    public RoomSnapshot Over(RoomSnapshot? before) => this with { Power = Power ?? before?.Power, Climate = Climate ?? before?.Climate };
}
