using System.Collections.Immutable;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Contractors;

/// <summary>業務委託契約, e.g. <c>K-2026-0003</c>.</summary>
public readonly record struct ContractId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>再委託 or the contractor itself, with its share of the work.</summary>
/// <param name="Briefed">説明: when its people were told the rules (R-CON-03); null: not yet.</param>
public sealed record ContractFirm(string Firm, string Work, DateOnly? Briefed);

/// <summary>A registered worker of a contract (R-CON-02).</summary>
/// <param name="Firm">The contractor or one of its subcontractors.</param>
public sealed record ContractWorker(PersonId Person, string Firm);

/// <summary>One contract of the contractor register (R-CON-01).</summary>
/// <param name="Firms">The contractor first, then its subcontractors.</param>
/// <param name="PersonInCharge">作業責任者 at the contractor.</param>
/// <param name="Section">所属 whose contract it is.</param>
/// <param name="Places">作業場所.</param>
/// <param name="From">First local day of the term.</param>
/// <param name="Until">First local day after the term.</param>
/// <param name="SelectionCheckedOn">When the contractor was judged fit before it was chosen; null: not yet.</param>
/// <param name="SelectionResult">What was found.</param>
public sealed record Contract(
    ContractId Id,
    string Title,
    ImmutableArray<ContractFirm> Firms,
    string PersonInCharge,
    string Section,
    ImmutableArray<ZoneId> Places,
    ImmutableArray<ContractWorker> Workers,
    DateOnly From,
    DateOnly Until,
    DateOnly? SelectionCheckedOn,
    string SelectionResult)
{
    /// <summary>Whether a day lies in its term.</summary>
    public bool On(DateOnly day) => From <= day && day < Until;

    /// <summary>The registered worker; null: this person is none.</summary>
    public ContractWorker? Worker(PersonId person) => Workers.FirstOrDefault(one => one.Person == person);

    /// <summary>The firm a worker comes from; null: it is not of this contract.</summary>
    public ContractFirm? FirmOf(ContractWorker worker) => Firms.FirstOrDefault(one => one.Firm == worker.Firm);
}

/// <summary>Where and when one worker may enter at all, whatever grants say (R-CON-02): what a bridge has to know of a contract.</summary>
/// <param name="Until">First local day no longer covered.</param>
public sealed record ContractLimit(PersonId Person, ContractId Contract, ImmutableArray<ZoneId> Places, DateOnly From, DateOnly Until);

/// <summary>A contract was registered or changed; the whole contract as it now stands.</summary>
public sealed record ContractRecorded(DateTimeOffset OccurredAt, Contract Contract, string By) : RecordedEvent(OccurredAt);

/// <summary>A contract was ended before its term.</summary>
/// <param name="EndsOn">First local day on which it no longer holds.</param>
public sealed record ContractEnded(DateTimeOffset OccurredAt, ContractId Contract, DateOnly EndsOn, string Reason, string By) : RecordedEvent(OccurredAt);
