using System.Collections.Immutable;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>R-VIS-05: a visitor enters only the zones of the visit, and none that takes no visitors at all.</summary>
public sealed class VisitZoneRule : IEntryRule
{
    /// <inheritdoc/>
    public string Name => "VisitZoneRule";

    /// <inheritdoc/>
    public string Requirement => "R-VIS-05";

    /// <inheritdoc/>
    public DenyReason? Check(EntryRequest request) =>
        request.Visit is { } visit && (request.Rules.Escort is null || !visit.Zones.Contains(request.Zone)) ? DenyReason.ZoneNotInVisit : null;

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request) => request.Visit is not { } visit
        ? FactName.NotHere
        : [FactName.Of(FactName.Zone, request.Zone.Value), FactName.Of(FactName.VisitZones, request.Rules.Escort is null ? "-" : string.Join(' ', visit.Zones))];
}
