using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.TestKit.Core;

/// <summary>What a test changes about <see cref="A.List"/>.</summary>
public static class ListChanges
{
    extension(GrantList list)
    {
        public GrantList WithZone(Func<Zone, Zone> change) => list with { Zones = [.. list.Zones.Select(change)] };

        /// <summary>Gives every zone these rules.</summary>
        public GrantList WithRules(Func<EntryRules, EntryRules> change) => list.WithZone(zone => zone with { Rules = change(zone.RulesInForce) });

        /// <summary>More people of staff with a card and a grant each: <c>S-0400</c> with card 10, <c>S-0401</c> with card 11, …</summary>
        public GrantList WithMore(int people) => list with
        {
            People = [.. list.People, .. Enumerable.Range(0, people).Select(i => A.Person($"S-{400 + i:0000}"))],
            Credentials = [.. list.Credentials, .. Enumerable.Range(0, people).Select(i => A.Card(10 + i, $"S-{400 + i:0000}"))],
            Grants = [.. list.Grants, .. Enumerable.Range(0, people).Select(i => A.Grant($"S-{400 + i:0000}", $"G-2026-{400 + i:0000}"))],
        };

        /// <summary>Changes Minori's card.</summary>
        public GrantList WithCard(Func<Credential, Credential> change) =>
            list with { Credentials = [change(list.Credentials[0]), .. list.Credentials.Skip(1)] };

        /// <summary>Changes Minori's record.</summary>
        public GrantList WithPerson(Func<Person, Person> change) =>
            list with { People = [change(list.People[0]), .. list.People.Skip(1)] };

        /// <summary>Puts these in place of Minori's grants.</summary>
        public GrantList WithGrants(params ReadOnlySpan<EntryGrant> grants) =>
            list with { Grants = [.. grants, .. list.Grants.Where(grant => grant.Person.Value != "S-0217")] };

        /// <summary>Two factors are needed, and Minori's PIN is 4711.</summary>
        public GrantList WithTwoFactors() =>
            list.WithZone(zone => zone with { RequiredFactors = 2 }).WithCard(card => card with { Pin = A.Verifier("4711") });
    }
}
