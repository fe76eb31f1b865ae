using System.Collections.Immutable;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Contractors;

/// <summary>業務委託契約 and their workers (R-CON-01 to 03, 05 to 07, R-LIFE-11). What a person may not see is not there for them.</summary>
public interface IContractorDesk
{
    /// <summary>Contracts, those whose term runs longest first; null: not for this person.</summary>
    Task<ImmutableArray<ContractLine>?> Contracts(string? words, Actor by, CancellationToken gone, ContractShow show = ContractShow.All);

    /// <summary>One contract; null: unknown, or not for this person.</summary>
    Task<ContractFile?> Contract(ContractId id, Actor by, CancellationToken gone);

    /// <summary>Registers or changes a contract. <see cref="ActResult.Id"/> is its number.</summary>
    Task<ActResult> Save(ContractForm form, Actor by, CancellationToken stop);

    /// <summary>説明 of the rules to one firm of a contract (R-CON-03).</summary>
    Task<ActResult> Brief(ContractId id, string firm, DateOnly on, Actor by, CancellationToken stop);

    /// <summary>A check at intervals; it is reported to SUP, and to CHIEF by importance (R-CON-05).</summary>
    Task<ActResult> Check(ContractId id, DateOnly on, CheckFinding finding, string result, Actor by, CancellationToken stop);

    /// <summary>Somebody to whom a check was reported takes note of it (R-CON-05).</summary>
    /// <param name="check">The check's entry.</param>
    Task<ActResult> ReceiveReport(ContractId id, long check, Actor by, CancellationToken stop);

    /// <summary>預託: information or a thing that stands in no other register is handed to the contractor (R-LIFE-11).</summary>
    Task<ActResult> Entrust(ContractId id, EntrustedKind kind, string label, string firm, DateOnly handedOn, Actor by, CancellationToken stop);

    /// <summary>It came back, or was destroyed and that is proven (R-LIFE-11).</summary>
    /// <param name="proof">Empty: none, and then it was returned.</param>
    Task<ActResult> Settle(ContractId id, int no, Settlement settlement, DateOnly on, string proof, Actor by, CancellationToken stop);

    /// <summary>What waits for somebody.</summary>
    Task<ContractWaiting> Waiting(Actor by, CancellationToken gone);

    /// <summary>Ends a contract before its term.</summary>
    Task<ActResult> End(ContractId id, DateOnly endsOn, string reason, Actor by, CancellationToken stop);
}

/// <summary>Which contracts a list shows.</summary>
public enum ContractShow
{
    /// <summary>All.</summary>
    All,

    /// <summary>定期確認の期限超過 (R-CON-05).</summary>
    CheckOverdue,

    /// <summary>報告の受領待ち: a check of it was reported to whoever looks (R-CON-05).</summary>
    Reported,

    /// <summary>契約終了後の未返却 (R-CON-07, R-LIFE-11).</summary>
    Outstanding,
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
/// <param name="Outstanding">How much the contractor has not given back though the contract is over (R-CON-07); 0 while it is not.</param>
public sealed record ContractLine(Contract Contract, ContractStanding Standing, DateOnly? CheckDue, bool CheckOverdue, int Outstanding);

/// <summary>A worker with the name under which people know them.</summary>
/// <param name="Outstanding">Cards and things not given back.</param>
public sealed record WorkerLine(PersonId Person, string Name, string Firm, ImmutableArray<string> Outstanding);

/// <summary>A contract with everything that belongs to it.</summary>
/// <param name="Checks">Newest first.</param>
/// <param name="Names">Everybody the checks and holdings name.</param>
/// <param name="Holdings">What the contractor holds (R-CON-07, R-LIFE-11).</param>
/// <param name="Entrusted">What was entrusted to it, settled or not.</param>
/// <param name="MayKeep">Whether this person may change it.</param>
/// <param name="MayExtract">Whether this person may write out what it did (R-CON-06).</param>
public sealed record ContractFile(
    ContractLine Line,
    ImmutableArray<WorkerLine> Workers,
    DateOnly? CheckedOn,
    ImmutableArray<ContractCheck> Checks,
    ImmutableDictionary<PersonId, string> Names,
    ImmutableArray<ContractHolding> Holdings,
    ImmutableArray<EntrustedFile> Entrusted,
    bool MayKeep,
    bool MayExtract)
{
    /// <summary>A person's name; the number where it is not known.</summary>
    public string NameOf(PersonId person) => Names.GetValueOrDefault(person) ?? person.Value;
}

/// <summary>How many wait for somebody.</summary>
/// <param name="Overdue">Contractors that were not checked in time, for SEC and SUP.</param>
/// <param name="Reports">Checks that were reported to them.</param>
/// <param name="Outstanding">Contracts that are over with things not back: for SEC at once, for SUP a week† later.</param>
public sealed record ContractWaiting(int Overdue, int Reports, int Outstanding);

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
