using System.Collections.Immutable;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>
/// R-DOOR-03, R-DOOR-04: as many factors as the zone asks for, the second one the holder's own: a PIN, or a finger where the reader has a sensor. A visitor
/// shows a badge alone; the escort beside them has shown both. A lone card at a two-factor door is met
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
        { Visit: not null } => null,

        // A finger is misread now and then; twice in a row it is somebody else's, which counts as lending (R-ID-07).
        { Biometric: BiometricVerdict.NoMatch, HasFailedBefore: true } => DenyReason.FactorMismatch,
        { Biometric: not (null or BiometricVerdict.Match) } => DenyReason.BiometricMismatch,
        { Pin: PinVerdict.NotGiven, ZoneRules.RequiredFactors: var needed } when request.Methods.Length >= needed => null,
        { Biometric: BiometricVerdict.Match, ZoneRules.RequiredFactors: var needed } when request.Methods.Length >= needed => null,
        { ZoneRules.Methods: var methods, Credential.Pin: null } when methods.Contains(EntryMethod.Pin) && !MayShowFinger(request) => DenyReason.PinNotSet,
        { Pin: PinVerdict.Wrong } => DenyReason.PinWrong,
        { ZoneRules.RequiredFactors: var needed } when request.Methods.Length >= needed => null,
        _ => DenyReason.SecondFactorMissing,
    };

    /// <summary>Whether a finger can be the second factor here.</summary>
    internal static bool MayShowFinger(EntryRequest request) => request.HasSensor && request.ZoneRules?.Methods.Contains(EntryMethod.Biometric) is true;

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request) => request switch
    {
        { Visit: not null } => FactName.NotHere,
        { Biometric: { } verdict } => [.. Common(request), FactName.Of(FactName.Biometric, verdict.ToString())],
        _ => Common(request),
    };

    private static ImmutableArray<RuleFact> Common(EntryRequest request) =>
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
