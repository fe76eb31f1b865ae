using System.Collections.Immutable;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>R-VIS-02: a visitor badge opens only when an escort named for the visit is already inside, or was let in at this door within 30 s†.</summary>
public sealed class EscortPresentRule : IEntryRule
{
    /// <inheritdoc/>
    public string Name => "EscortPresentRule";

    /// <inheritdoc/>
    public string Requirement => "R-VIS-02";

    /// <inheritdoc/>
    public DenyReason? Check(EntryRequest request) => request.Visit is not null && !request.Escorts.Any(one => one.Present) ? DenyReason.NoEscort : null;

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request) => request is not { Visit: not null, Rules.Escort: { } rule }
        ? FactName.NotHere
        :
        [
            FactName.Of(FactName.Escorts, request.Escorts.Length),
            FactName.Of(FactName.EscortsPresent, request.Escorts.Count(one => one.Present)),
            FactName.Of(FactName.EscortWindow, rule.Within),
        ];
}
