using System.Collections.Immutable;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>R-VIS-06: a visitor badge opens from when reception hands it out until it comes back or the visit is closed.</summary>
public sealed class VisitBadgeRule : IEntryRule
{
    /// <inheritdoc/>
    public string Name => "VisitBadgeRule";

    /// <inheritdoc/>
    public string Requirement => "R-VIS-06";

    /// <inheritdoc/>
    public DenyReason? Check(EntryRequest request) => request is { Visit: not null, BadgeIsDead: true } ? DenyReason.BadgeDead : null;

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request) => request.Visit is not { } visit
        ? FactName.NotHere
        : [FactName.Of(FactName.Visit, visit.Visit.Value), FactName.Of(FactName.Badge, request.BadgeIsDead ? "dead" : "in-force")];
}
