using System.Collections.Immutable;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.People;

/// <summary>What is missing before a grant may be given.</summary>
public enum GrantCondition
{
    /// <summary>R-ID-01: the policy profile does not have this category.</summary>
    CategoryNotInProfile,

    /// <summary>R-DOOR-16: longer than the profile allows.</summary>
    TooLong,

    /// <summary>R-ID-03: the person is no longer there for the whole of its time.</summary>
    PersonLeaves,

    /// <summary>R-ID-11: 研修.</summary>
    Training,

    /// <summary>R-ID-11, R-CON-03: 説明.</summary>
    Briefing,

    /// <summary>R-ID-11: 同意書.</summary>
    Consent,

    /// <summary>R-CON-01: no contract in the register.</summary>
    Contract,

    /// <summary>R-CON-01: the contractor has not been judged fit.</summary>
    SelectionCheck,

    /// <summary>R-CON-02: not a registered worker of the contract.</summary>
    NotAWorker,

    /// <summary>R-CON-02: a place the contract does not name.</summary>
    PlaceOutsideContract,

    /// <summary>R-CON-02: longer than the contract's term.</summary>
    TermOutsideContract,
}

/// <summary>One missing condition.</summary>
/// <param name="Requirement">Its id.</param>
/// <param name="Value">What the text needs to name: a zone, a date, the contract; null: nothing.</param>
public sealed record MissingCondition(GrantCondition Condition, string Requirement, string? Value = null);

/// <summary>All that the conditions of one grant depend on.</summary>
/// <param name="ValidUntil">First local day no longer covered.</param>
/// <param name="Categories">区分 of the profile in force.</param>
/// <param name="LongestDays">Longest grant of the profile in force.</param>
/// <param name="Met">What the person has met.</param>
/// <param name="Contract">For a contractor's worker: the contract by which the grant is asked for; null: none.</param>
public sealed record GrantQuestion(
    Person Person,
    ImmutableArray<ZoneId> Zones,
    DateOnly ValidFrom,
    DateOnly ValidUntil,
    DateOnly Today,
    ImmutableArray<PersonCategory> Categories,
    int LongestDays,
    ImmutableArray<Precondition> Met,
    Contract? Contract);

/// <summary>The preconditions of a grant (R-ID-01, R-ID-11, R-DOOR-16, R-CON-01 to 03). Pure; asked when it is decided, so that what was met when it was applied for and lapsed since counts as missing.</summary>
public static class GrantConditions
{
    /// <summary>Everything that is missing; empty: the grant may be given.</summary>
    public static ImmutableArray<MissingCondition> Missing(GrantQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return [.. OfPerson(question), .. OfPreconditions(question), .. question.Person.Category is PersonCategory.Contractor ? OfContract(question) : []];
    }

    private static IEnumerable<MissingCondition> OfPerson(GrantQuestion asked)
    {
        var person = asked.Person;
        if (!asked.Categories.Contains(person.Category))
        {
            yield return new(GrantCondition.CategoryNotInProfile, "R-ID-01", person.Category.ToString());
        }

        if (asked.ValidUntil.DayNumber - asked.ValidFrom.DayNumber > asked.LongestDays)
        {
            yield return new(GrantCondition.TooLong, "R-DOOR-16", $"{asked.LongestDays}");
        }

        if (person.ValidUntil is { } end && asked.ValidUntil > end)
        {
            yield return new(GrantCondition.PersonLeaves, "R-ID-03", Iso(end));
        }
    }

    private static IEnumerable<MissingCondition> OfPreconditions(GrantQuestion asked)
    {
        // What begins later must still be met then: the first day of the grant counts, never a day already past.
        var day = asked.ValidFrom > asked.Today ? asked.ValidFrom : asked.Today;
        foreach (var kind in PreconditionTable.Of(asked.Person.Category))
        {
            var firmBriefed = kind is PreconditionKind.Briefing && asked.Contract is { } contract && contract.Worker(asked.Person.Id) is { } worker
                && contract.FirmOf(worker) is { Briefed: { } briefed } && briefed <= day;
            if (kind is PreconditionKind.Contract || firmBriefed || asked.Met.Any(one => one.Kind == kind && one.On(day)))
            {
                continue;
            }

            yield return kind switch
            {
                PreconditionKind.Training => new(GrantCondition.Training, "R-ID-11"),
                PreconditionKind.Consent => new(GrantCondition.Consent, "R-ID-11"),
                _ => new(GrantCondition.Briefing, asked.Person.Category is PersonCategory.Contractor ? "R-CON-03" : "R-ID-11"),
            };
        }
    }

    private static IEnumerable<MissingCondition> OfContract(GrantQuestion asked)
    {
        if (asked.Contract is not { } contract)
        {
            yield return new(GrantCondition.Contract, "R-CON-01");
            yield break;
        }

        if (contract.SelectionCheckedOn is null)
        {
            yield return new(GrantCondition.SelectionCheck, "R-CON-01", contract.Id.Value);
        }

        if (contract.Worker(asked.Person.Id) is null)
        {
            yield return new(GrantCondition.NotAWorker, "R-CON-02", contract.Id.Value);
        }

        foreach (var zone in asked.Zones.Where(zone => !contract.Places.Contains(zone)))
        {
            yield return new(GrantCondition.PlaceOutsideContract, "R-CON-02", zone.Value);
        }

        if (asked.ValidFrom < contract.From || asked.ValidUntil > contract.Until)
        {
            yield return new(GrantCondition.TermOutsideContract, "R-CON-02", Iso(contract.Until));
        }
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
