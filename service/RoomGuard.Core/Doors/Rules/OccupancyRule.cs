using System.Collections.Immutable;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>R-DOOR-05: where the zone has a limit, so many are inside at a time; who is being let in counts.</summary>
public sealed class OccupancyRule : IEntryRule
{
    /// <inheritdoc/>
    public string Name => "OccupancyRule";

    /// <inheritdoc/>
    public string Requirement => "R-DOOR-05";

    /// <inheritdoc/>
    public DenyReason? Check(EntryRequest request) => request.Rules.Most is { } most && request.Earlier is null && request.OthersInside >= most ? DenyReason.ZoneFull : null;

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request) => request.Rules.Most is not { } most
        ? FactName.NotHere
        : [FactName.Of(FactName.PeopleInside, request.OthersInside), FactName.Of(FactName.PeopleLimit, most)];
}
