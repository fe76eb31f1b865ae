using System.Collections.Immutable;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>
/// R-DOOR-03, R-DOOR-04: as many factors as the zone asks for, the second one the holder's own. A lone card at a two-factor door is met
/// with <see cref="DenyReason.SecondFactorMissing"/>; whether the second may still follow is the door's affair, not this rule's.
/// </summary>
public sealed class FactorRule : IEntryRule
{
    /// <inheritdoc/>
    public string Name => "FactorRule";

    /// <inheritdoc/>
    public string Requirement => "R-DOOR-04";

    /// <inheritdoc/>
    public DenyReason? Check(EntryRequest request) => request switch
    {
        { ZoneRules: null } => DenyReason.MethodNotAllowed,
        { Pin: PinVerdict.NotGiven, ZoneRules.RequiredFactors: var needed } when request.Methods.Length >= needed => null,
        { ZoneRules.Methods: var methods, Credential.Pin: null } when methods.Contains(EntryMethod.Pin) => DenyReason.PinNotSet,
        { Pin: PinVerdict.Wrong } => DenyReason.PinWrong,
        { ZoneRules.RequiredFactors: var needed } when request.Methods.Length >= needed => null,
        _ => DenyReason.SecondFactorMissing,
    };

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request) =>
    [
        FactName.Of(FactName.FactorsGiven, request.Methods.Length),
        FactName.Of(FactName.FactorsNeeded, request.ZoneRules?.RequiredFactors ?? 0),
        FactName.Of(FactName.Pin, request switch
        {
            { Pin: not PinVerdict.NotGiven } => request.Pin.ToString(),
            { Credential.Pin: null } => "NotSet",
            _ => "NotGiven",
        }),
    ];
}
