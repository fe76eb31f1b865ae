using System.Collections.Immutable;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
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

    /// <summary>The zone's rules; null: the list does not name the zone, and nobody enters.</summary>
    public Zone? ZoneRules => List?.Zone(Zone);

    /// <summary>The local time by the list's time zone; UTC while there is no list.</summary>
    public DateTime Local => local ??= List is null ? At.UtcDateTime : TimeZoneInfo.ConvertTime(At, List.TimeZone).DateTime;

    /// <summary>The grant by which the person enters, or the one that comes nearest.</summary>
    public GrantChoice Choice => choice ??= GrantChoice.Among(
        List is null || Person is null ? [] : List.GrantsOf(Person.Id), Zone, Local);

    /// <summary>How old the list is; null: there is none.</summary>
    public TimeSpan? ListAge => At - List?.List.IssuedAt;
}
