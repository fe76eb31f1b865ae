using System.Collections.Immutable;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>What became of the PIN of a request.</summary>
public enum PinVerdict
{
    /// <summary>None was typed.</summary>
    NotGiven,

    /// <summary>It is the holder's.</summary>
    Right,

    /// <summary>It is not.</summary>
    Wrong,
}

/// <summary>Somebody who could escort a visitor, as the room knows them at this moment.</summary>
/// <param name="Present">In the zone to be entered, or let in at this door within the escort rule's time (R-VIS-02).</param>
/// <param name="Eligible">Of a category that may escort here, not suspended, with a grant in force for the zone (R-VIS-10).</param>
/// <param name="Visitors">How many visitors they have beside them already, without the one who asks (R-VIS-04).</param>
public readonly record struct EscortCandidate(PersonId Person, bool Present, bool Eligible, int Visitors);

/// <summary>An entry of the same person that no exit has followed (R-DOOR-06).</summary>
/// <param name="Since">When they entered, by the clock as it is now.</param>
/// <param name="Ago">How long ago, whatever became of the clock.</param>
public sealed record EarlierEntry(DateTimeOffset Since, TimeSpan Ago);

/// <summary>The first of two who waits at the door for the second.</summary>
/// <param name="Counts">Whether they are one of the two: an escort may not be, as the zone says.</param>
/// <param name="Partners">With whom their grant lets them enter; null: nobody is named.</param>
public sealed record FirstOfTwo(PersonId Person, bool Counts, ImmutableArray<PersonId>? Partners);

/// <summary>All that a decision may look at: who stands at which door, with what, and what is in force at this moment.</summary>
public sealed class EntryRequest
{
    private DateTime? local;
    private GrantChoice? choice;

    /// <summary>When it was asked, by the bridge's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The zone to be entered.</summary>
    public required ZoneId Zone { get; init; }

    /// <summary>The reader's standing.</summary>
    public required ReaderCondition Reader { get; init; }

    /// <summary>Whether its cover is open.</summary>
    public bool ReaderTampered { get; init; }

    /// <summary>The list in force; null: none was ever received.</summary>
    public required GrantIndex? List { get; init; }

    /// <summary>The card; null: unknown to the list.</summary>
    public Credential? Credential { get; init; }

    /// <summary>Its holder; null when the card is unknown.</summary>
    public Person? Person { get; init; }

    /// <summary>The suspension of this card on top of the list; null: none.</summary>
    public Suspension? CardSuspension { get; init; }

    /// <summary>The suspension of this person on top of the list; null: none.</summary>
    public Suspension? PersonSuspension { get; init; }

    /// <summary>The lockdown of the zone that does not name this person as an exception; null: none.</summary>
    public Lockdown? Lockdown { get; init; }

    /// <summary>What was shown, in order.</summary>
    public required ImmutableArray<EntryMethod> Methods { get; init; }

    /// <summary>What became of the PIN.</summary>
    public PinVerdict Pin { get; init; }

    /// <summary>What the reader's sensor said; null: it was not asked, or has not answered yet.</summary>
    public BiometricVerdict? Biometric { get; init; }

    /// <summary>Whether the sensor refused this card's bearer a moment ago.</summary>
    public bool HasFailedBefore { get; init; }

    /// <summary>Whether this reader has a sensor, so that a finger can be the second factor.</summary>
    public bool HasSensor { get; init; }

    /// <summary>The visit by which a visitor asks; null: the card is no visitor's badge.</summary>
    public VisitPass? Visit { get; init; }

    /// <summary>Whether that badge is dead: back at reception, or the visit closed (R-VIS-06).</summary>
    public bool BadgeIsDead { get; init; }

    /// <summary>Who could escort: the escort at this moment and those named for the visit, in that order.</summary>
    public ImmutableArray<EscortCandidate> Escorts { get; init; } = [];

    /// <summary>What the zone is in the middle of.</summary>
    public ZoneMode Mode { get; init; }

    /// <summary>By which the visitors of this visit may enter all the same (R-VIS-11); null: none.</summary>
    public VisitorOverrideOrder? Override { get; init; }

    /// <summary>Their earlier entry into this zone; null: not believed inside.</summary>
    public EarlierEntry? Earlier { get; init; }

    /// <summary>Whether they are in the zone around this one (R-ZONE-09).</summary>
    public bool IsInOuter { get; init; }

    /// <summary>入室目的 told beforehand; null: none that counts now (R-WORK-05).</summary>
    public string? Purpose { get; init; }

    /// <summary>Others inside or being let in.</summary>
    public int OthersInside { get; init; }

    /// <summary>A door that has to be shut first and is not; null: none.</summary>
    public DoorId? OpenDoor { get; init; }

    /// <summary>How many are inside who count where never one alone may be.</summary>
    public int Counting { get; init; }

    /// <summary>Whether this person counts as one of two.</summary>
    public bool Counts { get; init; } = true;

    /// <summary>The other one who waits at this door; null: nobody does.</summary>
    public FirstOfTwo? First { get; init; }

    /// <summary>The zone's rules; null: the list does not name the zone, and nobody enters.</summary>
    public Zone? ZoneRules => List?.Zone(Zone);

    /// <summary>The local time by the list's time zone; UTC while there is no list.</summary>
    public DateTime Local => local ??= List is null ? At.UtcDateTime : TimeZoneInfo.ConvertTime(At, List.TimeZone).DateTime;

    /// <summary>The grant by which the person enters, or the one that comes nearest.</summary>
    public GrantChoice Choice => choice ??= GrantChoice.Among(
        List is null || Person is null ? [] : List.GrantsOf(Person.Id), Zone, Local, List);

    /// <summary>The rules beyond grant, method and factors; the common ones for a zone the list does not name.</summary>
    public EntryRules Rules => ZoneRules?.RulesInForce ?? EntryRules.Common;

    /// <summary>By whom a visitor is let in: the first who is present, eligible and has room for one more.</summary>
    public PersonId? Escort
    {
        get
        {
            foreach (var one in Escorts)
            {
                if (one.Present && one.Eligible && one.Visitors < Rules.Escort?.Most)
                {
                    return one.Person;
                }
            }

            return null;
        }
    }

    /// <summary>How old the list is; null: there is none.</summary>
    public TimeSpan? ListAge => At - List?.List.IssuedAt;
}
