using System.Collections.Immutable;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>R-ZONE-09: an inner zone is entered from the one around it, by who is known to be there. The same bridge has to watch both.</summary>
public sealed class OuterZoneRule : IEntryRule
{
    /// <inheritdoc/>
    public string Name => "OuterZoneRule";

    /// <inheritdoc/>
    public string Requirement => "R-ZONE-09";

    /// <inheritdoc/>
    public DenyReason? Check(EntryRequest request) => request is { ZoneRules.Parent: not null, IsInOuter: false } ? DenyReason.WrongPath : null;

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request) => request.ZoneRules?.Parent is not { } outer
        ? FactName.NotHere
        : [FactName.Of(FactName.OuterZone, outer.Value), FactName.Of(FactName.InOuterZone, request.IsInOuter)];
}
