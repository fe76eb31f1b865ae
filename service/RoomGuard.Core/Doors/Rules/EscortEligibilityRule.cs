using System.Collections.Immutable;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>R-VIS-10: who escorts is of a category the policy profile lets escort, not suspended, and holds a grant in force for the zone.</summary>
public sealed class EscortEligibilityRule : IEntryRule
{
    /// <inheritdoc/>
    public string Name => "EscortEligibilityRule";

    /// <inheritdoc/>
    public string Requirement => "R-VIS-10";

    /// <inheritdoc/>
    public DenyReason? Check(EntryRequest request) =>
        request.Visit is not null && !request.Escorts.Any(one => one is { Present: true, Eligible: true }) ? DenyReason.EscortNotEligible : null;

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request) => request is not { Visit: not null, Rules.Escort: { } rule }
        ? FactName.NotHere
        :
        [
            FactName.Of(FactName.EscortsMay, rule.Eligible.ToString()),
            FactName.Of(FactName.EscortsEligible, request.Escorts.Count(one => one is { Present: true, Eligible: true })),
        ];
}
