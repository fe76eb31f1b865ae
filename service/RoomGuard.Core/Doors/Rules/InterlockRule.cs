using System.Collections.Immutable;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>R-ZONE-04: a door of an interlock is released only while the others are known to be shut.</summary>
public sealed class InterlockRule : IEntryRule
{
    /// <inheritdoc/>
    public string Name => "InterlockRule";

    /// <inheritdoc/>
    public string Requirement => "R-ZONE-04";

    /// <inheritdoc/>
    public DenyReason? Check(EntryRequest request) => request.OpenDoor is null ? null : DenyReason.OtherDoorOpen;

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request) => [FactName.Of(FactName.OtherDoor, request.OpenDoor?.Value ?? "-")];
}
