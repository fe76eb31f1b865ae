using System.Collections.Immutable;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>
/// R-WORK-06: where the zone asks for two, both show their cards at one door within 15 s†; where never one alone may be, the first two do, and who comes later
/// may come alone. A visitor is never one of the two, and enters where two are inside already. A lone card is met with
/// <see cref="DenyReason.SecondPersonMissing"/>; whether the second may still follow is the door's affair, not this rule's.
/// </summary>
public sealed class SecondPersonRule : IEntryRule
{
    /// <inheritdoc/>
    public string Name => "SecondPersonRule";

    /// <inheritdoc/>
    public string Requirement => "R-WORK-06";

    /// <inheritdoc/>
    public DenyReason? Check(EntryRequest request) => request switch
    {
        { Rules.TwoPersons: null } => null,
        { Visit: not null, Rules.TwoPersons.Mode: TwoPersonMode.NeverAlone, Counting: < 2 } => DenyReason.SecondPersonMissing,
        _ when !AsksForTwo(request) => null,
        { First: not { Counts: true } } or { Counts: false } => DenyReason.SecondPersonMissing,
        { Rules.TwoPersons.NamedPair: true } when !IsNamed(request) => DenyReason.PairMismatch,
        _ => null,
    };

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request)
    {
        if (request.Rules.TwoPersons is not { } rule)
        {
            return FactName.NotHere;
        }

        var second = request switch
        {
            { First: null } => "-",
            { First.Counts: true, Counts: true } => "waiting",
            _ => "does-not-count",
        };
        ImmutableArray<RuleFact> facts =
            [FactName.Of(FactName.TwoPersons, rule.Mode.ToString()), FactName.Of(FactName.Counting, request.Counting), FactName.Of(FactName.SecondPerson, second)];
        return rule.NamedPair && request.First is not null ? facts.Add(FactName.Of(FactName.Pair, IsNamed(request) ? "named" : "other")) : facts;
    }

    /// <summary>Whether this request is one that two make together.</summary>
    internal static bool AsksForTwo(EntryRequest request) => request switch
    {
        { Visit: not null } => false,
        { Rules.TwoPersons.Mode: TwoPersonMode.TwoToEnter } => true,
        { Rules.TwoPersons.Mode: TwoPersonMode.NeverAlone } => request.Counting == 0 || !request.Counts,
        _ => false,
    };

    private static bool IsNamed(EntryRequest request) =>
        request is { First.Partners: { } partners, Person: { } second } && partners.Contains(second.Id);
}
