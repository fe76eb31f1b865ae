using System.Collections.Immutable;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>R-ID-10: nothing a suspended person holds opens a door, from the moment the suspension reaches the bridge (R-RED-03).</summary>
public sealed class PersonSuspensionRule : IEntryRule
{
    /// <inheritdoc/>
    public string Name => "PersonSuspensionRule";

    /// <inheritdoc/>
    public string Requirement => "R-ID-10";

    /// <inheritdoc/>
    public DenyReason? Check(EntryRequest request) => request.PersonSuspension is null ? null : DenyReason.PersonSuspended;

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request) =>
        [request.PersonSuspension is { } suspension ? FactName.Of(FactName.SuspensionSerial, suspension.Serial) : FactName.Of(FactName.SuspensionSerial, "-")];
}
