using System.Collections.Immutable;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>R-WORK-05: where the zone asks for a purpose, it is told beforehand; for a visitor the visit is the purpose.</summary>
public sealed class PurposeRule : IEntryRule
{
    /// <inheritdoc/>
    public string Name => "PurposeRule";

    /// <inheritdoc/>
    public string Requirement => "R-WORK-05";

    /// <inheritdoc/>
    public DenyReason? Check(EntryRequest request) => request is { Rules.PurposeNeeded: true, Purpose: null, Visit: null } ? DenyReason.NoPurpose : null;

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request) => request.Rules.PurposeNeeded
        ? [FactName.Of(FactName.Purpose, request.Purpose ?? request.Visit?.Visit.Value ?? "-")]
        : FactName.NotHere;
}
