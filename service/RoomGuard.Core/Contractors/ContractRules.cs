using System.Collections.Immutable;
using RoomGuard.Core.Operators;

namespace RoomGuard.Core.Contractors;

/// <summary>When a contractor is checked and reminded, and who is told (R-CON-05, R-CON-07, R-LIFE-11). Pure.</summary>
public static class ContractRules
{
    /// <summary>So long after the end of a contract SUP is told of what is not back †.</summary>
    public const int SupervisorAfterDays = 7;

    /// <summary>After so long nobody is reminded by an entry any more †; the list stays.</summary>
    public const int RemindedForDays = 400;

    /// <summary>To whom a check is reported: SUP, and CHIEF by importance. Where nobody holds SUP, CHIEF takes it.</summary>
    /// <param name="hasSupervisor">Whether somebody holds SUP.</param>
    public static ImmutableArray<Role> ReportedTo(CheckFinding finding, bool hasSupervisor) =>
        [.. hasSupervisor ? [Role.SupervisingOfficer] : Array.Empty<Role>(), .. finding is CheckFinding.Grave || !hasSupervisor ? [Role.ChiefOfficer] : Array.Empty<Role>()];

    /// <summary>The last day on which its next check is in time; null: the contract does not run.</summary>
    /// <param name="checkedOn">Null: never.</param>
    /// <param name="months">The interval (R-PROF-03).</param>
    public static DateOnly? CheckDue(Contract contract, DateOnly? checkedOn, int months, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(contract);
        return contract.On(today) ? (checkedOn is { } last && last > contract.From ? last : contract.From).AddMonths(months) : null;
    }

    /// <summary>The reminder a missed check makes due, once for each check; null: none.</summary>
    /// <param name="remindedFor">The check that was reminded of last; null: none.</param>
    public static ContractorCheckOverdue? CheckReminder(Contract contract, DateOnly? checkedOn, DateOnly? remindedFor, int months, DateOnly today, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(contract);
        return CheckDue(contract, checkedOn, months, today) is { } due && due < today && remindedFor != due ? new(now, contract.Id, due, [Role.SecurityManager, Role.SupervisingOfficer]) : null;
    }

    /// <summary>The reminder of what is not back that the end of the contract makes due: SEC at once, SUP a week† later; both in one where the first was missed; null: none.</summary>
    /// <param name="holdings">What the contractor holds.</param>
    /// <param name="reminded">How many reminders there were since the contract's end was set.</param>
    public static ContractHoldingsReminded? HoldingsReminder(Contract contract, ImmutableArray<ContractHolding> holdings, int reminded, DateOnly today, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(contract);
        return today < contract.Until || holdings.IsDefaultOrEmpty || today > contract.Until.AddDays(RemindedForDays) ? null
            : reminded < 2 && today >= contract.Until.AddDays(SupervisorAfterDays) ? new(now, contract.Id, holdings, [.. reminded < 1 ? [Role.SecurityManager] : Array.Empty<Role>(), Role.SupervisingOfficer], 2)
            : reminded < 1 ? new(now, contract.Id, holdings, [Role.SecurityManager], 1)
            : null;
    }
}
