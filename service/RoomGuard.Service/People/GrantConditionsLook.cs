using System.Collections.Immutable;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.People;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Zones;
using RoomGuard.Service.Contractors;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.People;

/// <summary>What is missing for a grant, by what the record holds at this moment (R-ID-11, R-CON-01 to 03).</summary>
public static class GrantConditionsLook
{
    /// <summary>Everything that is missing; empty: the grant may be given. A person who is not registered is missing from everything and has to be looked for before.</summary>
    /// <param name="policy">The profile in force: its categories and its longest grant.</param>
    /// <param name="validUntil">First local day no longer covered.</param>
    /// <param name="contract">The contract named in the application; null: the person's own, where exactly one covers the first day.</param>
    public static ImmutableArray<MissingCondition> Missing(
        Statements db,
        PolicyProfile policy,
        PersonId person,
        ImmutableArray<ZoneId> zones,
        DateOnly validFrom,
        DateOnly validUntil,
        ContractId? contract,
        DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(policy);
        Person who;
        using (var row = db.Rows("SELECT person, name, kana, category, section, valid_from, valid_until FROM view_people WHERE person = $1", person.Value))
        {
            if (!row.Read())
            {
                return [new(GrantCondition.CategoryNotInProfile, "R-ID-01", person.Value)];
            }

            who = PeopleView.PersonFrom(row, 0);
        }

        var named = contract is { } id ? ContractsView.One(db, id) : ContractsView.Of(db, person).FirstOrDefault(one => one.On(validFrom > today ? validFrom : today));
        return GrantConditions.Missing(new(
            who, zones, validFrom, validUntil, today, policy.PersonCategories, policy[Limit.LongestGrantDays], LifeView.Met(db, person), named));
    }
}
