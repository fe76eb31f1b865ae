using System.Collections.Immutable;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.People;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>R-CON-02: a contractor enters only as a registered worker, at a place and within the term of a contract, whatever a grant says.</summary>
public sealed class ContractRule : IEntryRule
{
    /// <inheritdoc/>
    public string Name => "ContractRule";

    /// <inheritdoc/>
    public string Requirement => "R-CON-02";

    /// <inheritdoc/>
    public DenyReason? Check(EntryRequest request) =>
        request is { Person.Category: PersonCategory.Contractor, List.KnowsContracts: true } && Covering(request) is null ? DenyReason.OutsideContract : null;

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request) => request.Person is not { Category: PersonCategory.Contractor }
        ? [FactName.Of(FactName.Category, request.Person?.Category.ToString() ?? "-")]
        :
        [
            FactName.Of(FactName.Category, nameof(PersonCategory.Contractor)),
            FactName.Of(FactName.Contract, Covering(request)?.Contract.Value ?? "-"),
            FactName.Of(FactName.Zone, request.Zone.Value),
            FactName.TodayOf(request),
        ];

    private static ContractLimit? Covering(EntryRequest request)
    {
        var today = DateOnly.FromDateTime(request.Local);
        return request.List?.ContractsOf(request.Person!.Id).FirstOrDefault(one => one.Places.Contains(request.Zone) && one.From <= today && today < one.Until);
    }
}
