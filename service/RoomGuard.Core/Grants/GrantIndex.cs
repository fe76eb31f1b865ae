using System.Collections.Immutable;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Grants;

/// <summary>A grant list laid out for questions: built once when it arrives, then only read.</summary>
/// <remarks>Plain dictionaries: frozen ones answer some nanoseconds sooner and take ten times as long to build, and at a start people wait at the doors for it.</remarks>
public sealed class GrantIndex
{
    private readonly Dictionary<CardDigest, Credential> cards;
    private readonly Dictionary<PersonId, Person> people;
    private readonly Dictionary<PersonId, ImmutableArray<EntryGrant>> grants;
    private readonly Dictionary<ZoneId, Zone> zones;
    private readonly Dictionary<PersonId, ImmutableArray<ContractLimit>> contracts;
    private readonly Dictionary<CredentialId, PinVerifier> duress;
    private readonly HashSet<DateOnly> holidays;

    /// <summary>Lays a list out.</summary>
    /// <exception cref="ArgumentException">The list contradicts itself: two credentials with one digest, a grant of an unknown person, an unknown time zone.</exception>
    public GrantIndex(GrantList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        List = list;
        people = Unique(list.People, person => person.Id, "person");
        cards = Unique(list.Credentials, card => card.Digest, "card digest");
        zones = Unique(list.Zones, zone => zone.Id, "zone");
        if (list.Credentials.FirstOrDefault(card => !people.ContainsKey(card.Person)) is { } stray)
        {
            throw new ArgumentException($"Credential {stray.Id} belongs to {stray.Person}, who is not in the list.", nameof(list));
        }

        if (list.Grants.FirstOrDefault(grant => !people.ContainsKey(grant.Person)) is { } loose)
        {
            throw new ArgumentException($"Grant {loose.Id} belongs to {loose.Person}, who is not in the list.", nameof(list));
        }

        grants = list.Grants.GroupBy(grant => grant.Person).ToDictionary(group => group.Key, group => group.ToImmutableArray());
        contracts = (list.Contracts ?? []).GroupBy(one => one.Person).ToDictionary(group => group.Key, group => group.ToImmutableArray());
        duress = (list.DuressPins ?? []).DistinctBy(one => one.Credential).ToDictionary(one => one.Credential, one => one.Verifier);
        holidays = (list.Holidays ?? []).ToHashSet();
        TimeZone = TimeZoneInfo.TryFindSystemTimeZoneById(list.TimeZone, out var zone)
            ? zone
            : throw new ArgumentException($"Time zone {list.TimeZone} is not known on this machine.", nameof(list));
    }

    /// <summary>The list as it came.</summary>
    public GrantList List { get; }

    /// <summary>The zone by which days and hours count.</summary>
    public TimeZoneInfo TimeZone { get; }

    /// <summary>The credential with this digest; null: unknown card.</summary>
    public Credential? Card(CardDigest digest) => cards.GetValueOrDefault(digest);

    /// <summary>The person with this id; null: not in the list.</summary>
    public Person? Person(PersonId id) => people.GetValueOrDefault(id);

    /// <summary>The zone's rules; null: the list does not name it, and nobody enters.</summary>
    public Zone? Zone(ZoneId id) => zones.GetValueOrDefault(id);

    /// <summary>Whether the list says where contractors' workers may enter (R-CON-02).</summary>
    public bool KnowsContracts => List.Contracts is not null;

    /// <summary>Where and when a contractor's worker may enter at all.</summary>
    public ImmutableArray<ContractLimit> ContractsOf(PersonId person) => contracts.GetValueOrDefault(person, []);

    /// <summary>The card's second PIN; null: it has none.</summary>
    public PinVerifier? DuressPin(CredentialId card) => duress.GetValueOrDefault(card);

    /// <summary>Whether a local day is 休日 of the site's calendar.</summary>
    public bool IsHoliday(DateOnly day) => holidays.Contains(day);

    /// <summary>All grants of a person, in list order.</summary>
    public ImmutableArray<EntryGrant> GrantsOf(PersonId person) => grants.GetValueOrDefault(person, []);

    private static Dictionary<TKey, TValue> Unique<TKey, TValue>(ImmutableArray<TValue> items, Func<TValue, TKey> key, string what)
        where TKey : notnull
    {
        var found = new Dictionary<TKey, TValue>(items.Length);
        foreach (var item in items)
        {
            if (!found.TryAdd(key(item), item))
            {
                throw new ArgumentException($"The grant list holds two entries for {what} {key(item)}.", nameof(items));
            }
        }

        return found;
    }
}
