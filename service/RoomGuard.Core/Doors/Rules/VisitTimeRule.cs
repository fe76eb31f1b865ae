using System.Collections.Immutable;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>R-VIS-01: a visitor enters from the first moment of the visit up to, and not at, its end.</summary>
public sealed class VisitTimeRule : IEntryRule
{
    /// <inheritdoc/>
    public string Name => "VisitTimeRule";

    /// <inheritdoc/>
    public string Requirement => "R-VIS-01";

    /// <inheritdoc/>
    public DenyReason? Check(EntryRequest request) =>
        request.Visit is { } visit && (request.At < visit.From || request.At >= visit.Until) ? DenyReason.OutsideVisit : null;

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request) => request.Visit is not { } visit
        ? FactName.NotHere
        : [FactName.LocalTimeOf(request), FactName.Of(FactName.VisitFrom, visit.From), FactName.Of(FactName.VisitUntil, visit.Until)];
}
