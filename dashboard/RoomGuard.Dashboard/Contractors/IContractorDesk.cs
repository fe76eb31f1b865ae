using System.Collections.Immutable;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Contractors;

/// <summary>業務委託契約 and their workers (R-CON-01 to 03, 05, 07). What a person may not see is not there for them.</summary>
public interface IContractorDesk
{
    /// <summary>Contracts, those whose term runs longest first; null: not for this person.</summary>
    Task<ImmutableArray<ContractLine>?> Contracts(string? words, Actor by, CancellationToken gone);

    /// <summary>One contract; null: unknown, or not for this person.</summary>
    Task<ContractFile?> Contract(ContractId id, Actor by, CancellationToken gone);

    /// <summary>Registers or changes a contract. <see cref="ActResult.Id"/> is its number.</summary>
    Task<ActResult> Save(ContractForm form, Actor by, CancellationToken stop);

    /// <summary>説明 of the rules to one firm of a contract (R-CON-03).</summary>
    Task<ActResult> Brief(ContractId id, string firm, DateOnly on, Actor by, CancellationToken stop);

    /// <summary>A check at intervals (R-CON-05).</summary>
    Task<ActResult> Check(ContractId id, DateOnly on, string result, Actor by, CancellationToken stop);

    /// <summary>Ends a contract before its term.</summary>
    Task<ActResult> End(ContractId id, DateOnly endsOn, string reason, Actor by, CancellationToken stop);
}

/// <summary>How a contract stands.</summary>
public enum ContractStanding
{
    /// <summary>契約前.</summary>
    Coming,

    /// <summary>契約中.</summary>
    Running,

    /// <summary>終了.</summary>
    Over,
}

/// <summary>A contract in the list.</summary>
/// <param name="CheckDue">The next check (R-CON-05); null: the contract does not run.</param>
/// <param name="Outstanding">Cards and things its workers have not given back (R-CON-07).</param>
public sealed record ContractLine(Contract Contract, ContractStanding Standing, DateOnly? CheckDue, bool CheckOverdue, int Outstanding);

/// <summary>A worker with the name under which people know them.</summary>
/// <param name="Outstanding">Cards and things not given back.</param>
public sealed record WorkerLine(PersonId Person, string Name, string Firm, ImmutableArray<string> Outstanding);

/// <summary>A contract with everything that belongs to it.</summary>
/// <param name="MayKeep">Whether this person may change it.</param>
public sealed record ContractFile(ContractLine Line, ImmutableArray<WorkerLine> Workers, DateOnly? CheckedOn, bool MayKeep);

/// <summary>What the contract form asks.</summary>
/// <param name="Id">Null: a new one.</param>
/// <param name="Subcontractors">One firm a line, its work after a comma.</param>
/// <param name="Workers">People's numbers, one a line; for a subcontractor's worker the firm after a comma.</param>
/// <param name="Until">First local day after the term.</param>
public sealed record ContractForm(
    ContractId? Id,
    string Title,
    string Firm,
    string Work,
    string Subcontractors,
    string PersonInCharge,
    string Section,
    ImmutableArray<ZoneId> Places,
    string Workers,
    DateOnly From,
    DateOnly Until,
    DateOnly? SelectionCheckedOn,
    string SelectionResult);
