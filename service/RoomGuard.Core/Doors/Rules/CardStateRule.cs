using System.Collections.Immutable;
using RoomGuard.Core.People;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>R-DOOR-10: an unknown, lost, suspended or returned card is refused. A suspension by the express lane counts over the list (R-RED-03).</summary>
public sealed class CardStateRule : IEntryRule
{
    /// <inheritdoc/>
    public string Name => "CardStateRule";

    /// <inheritdoc/>
    public string Requirement => "R-DOOR-10";

    /// <inheritdoc/>
    public DenyReason? Check(EntryRequest request) => request switch
    {
        { Credential: null } => DenyReason.CardUnknown,
        { Credential.State: CredentialState.Lost } or { CardSuspension.State: CredentialState.Lost } => DenyReason.CardLost,
        { Credential.State: CredentialState.Returned } => DenyReason.CardReturned,
        { Credential.State: CredentialState.Suspended } or { CardSuspension: not null } => DenyReason.CardSuspended,
        _ => null,
    };

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request)
    {
        var state = FactName.Of(FactName.CardState, request.Credential is { } card ? card.State.ToString() : "Unknown");
        return request.CardSuspension is { } suspension ? [state, FactName.Of(FactName.SuspensionSerial, suspension.Serial)] : [state];
    }
}
