using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Cases;

/// <summary>
/// Who decides: the one whom the table of authority names and who has no part in it themselves; else one level up (R-PROF-05, R-PROF-06, section (c) of
/// docs/requirements.md). Deputies decide for those in whose place they stand, but never on the matters of those. Pure.
/// </summary>
public static class ApprovalRoute
{
    /// <summary>
    /// The next level: STAFF → SEC; SEC or SYS → SUP; SUP → CHIEF; CHIEF → SUP, of which COM is informed (our rule, the sources are silent). Roles
    /// without a place in the chain go to SUP.
    /// </summary>
    public static Role Above(Role role) => role switch
    {
        Role.Staff => Role.SecurityManager,
        Role.SupervisingOfficer => Role.ChiefOfficer,
        _ => Role.SupervisingOfficer,
    };

    /// <summary>The step as it must go, given who has a part in the matter and who holds which role now.</summary>
    /// <param name="step">As the table has it.</param>
    /// <param name="concerned">Applicant and subject.</param>
    /// <param name="holders">Everybody's roles in force now.</param>
    public static CaseStep For(CaseStep step, ImmutableArray<PersonId> concerned, ImmutableArray<RoleHolding> holders)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (holders.Any(holding => MayTake(step, holding, concerned)))
        {
            return step;
        }

        var cause = holders.Any(holding => MayTake(step, holding, [])) ? RouteCause.OwnMatter : RouteCause.Vacancy;
        var role = Above(step.Roles[0]);
        for (var level = 0; level < 2; level++)
        {
            var raised = step with { Roles = [role], Section = "", Cause = cause };
            if (holders.Any(holding => MayTake(raised, holding, concerned)))
            {
                return raised;
            }

            role = Above(role);
        }

        // Nobody at all: it waits where it belongs first, and the vacancy is raised.
        return step with { Roles = [Above(step.Roles[0])], Section = "", Cause = cause };
    }

    /// <summary>Steps that are each another person's word: where the only one who could take a step has taken an earlier one by then, it goes one level up.</summary>
    public static ImmutableArray<CaseStep> ByTwo(ImmutableArray<CaseStep> steps, ImmutableArray<PersonId> concerned, ImmutableArray<RoleHolding> holders)
    {
        var ways = ImmutableArray.CreateBuilder<CaseStep>(steps.Length);
        foreach (var step in steps)
        {
            var way = For(step, concerned, holders);
            ways.Add(way);
            if (holders.Where(holding => MayTake(way, holding, concerned)).Select(holding => holding.Person).Distinct().ToList() is [var only])
            {
                concerned = concerned.Add(only);
            }
        }

        return ways.DrainToImmutable();
    }

    /// <summary>The step once its time has run out: the next level may take it too. Null: there is no next level, only reminders.</summary>
    public static CaseStep? Overdue(CaseStep step)
    {
        ArgumentNullException.ThrowIfNull(step);

        // What is CHIEF's to decide stays CHIEF's (R-EXC-01); a second raise would leave the chain.
        return step.Cause == RouteCause.Overdue || step.Roles.Contains(Role.ChiefOfficer)
            ? null
            : step with { Roles = [.. step.Roles.Append(Above(step.Roles[0])).Distinct()], Cause = RouteCause.Overdue };
    }

    /// <summary>Whether a holding lets its person take a step.</summary>
    /// <param name="concerned">People who have a part in the matter and never decide it, nor do their deputies in that place.</param>
    public static bool MayTake(CaseStep step, RoleHolding holding, ImmutableArray<PersonId> concerned)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(holding);
        return step.Roles.Contains(holding.Role)
            && (step.Section.Length == 0 || holding.Section.Length == 0 || holding.Section == step.Section)
            && (holding.Role != Role.SystemManager || step.Zones.All(holding.Zones.Contains))
            && !concerned.Contains(holding.Person)
            && !(holding.DeputyFor is { } principal && concerned.Contains(principal));
    }

    /// <summary>区域 in groups that have the same people responsible: each group is a step of its own, so that nobody decides on another's zone.</summary>
    public static ImmutableArray<ImmutableArray<ZoneId>> ByResponsible(ImmutableArray<ZoneId> zones, ImmutableArray<RoleHolding> holders) =>
    [
        .. zones.Distinct()
            .GroupBy(zone => string.Join(' ', holders.Where(holding => holding.Role == Role.SystemManager && holding.Zones.Contains(zone)).Select(holding => holding.Person.Value).Order(StringComparer.Ordinal).Distinct()))
            .Select(group => group.ToImmutableArray()),
    ];
}
