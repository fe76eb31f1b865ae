using System.Collections.Immutable;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>What the rules said.</summary>
/// <param name="Objection">The first objection; null: none, the person may enter.</param>
/// <param name="Outcomes">Every rule in the order asked.</param>
public sealed record Judgement(DenyReason? Objection, ImmutableArray<RuleOutcome> Outcomes);

/// <summary>Asks the rules in a fixed order; the first objection decides. All rules refuse, none grants.</summary>
public static class EntryPolicy
{
    /// <summary>
    /// The rules in the order asked: what concerns the door, then the card, the person, the zone, the grant or the visit, who is where, the way of showing it. The
    /// last two are the ones a person may still meet within a window: the second factor and the second person.
    /// </summary>
    public static ImmutableArray<IEntryRule> Rules { get; } =
    [
        new ReaderRule(),
        new GrantListRule(),
        new CardStateRule(),
        new VisitBadgeRule(),
        new CardDatesRule(),
        new PersonSuspensionRule(),
        new PersonDatesRule(),
        new ListAgeRule(),
        new LockdownRule(),
        new VisitorModeRule(),
        new ZoneHoursRule(),
        new GrantRule(),
        new ContractRule(),
        new VisitTimeRule(),
        new VisitZoneRule(),
        new OuterZoneRule(),
        new AntiPassbackRule(),
        new PurposeRule(),
        new EscortPresentRule(),
        new EscortEligibilityRule(),
        new EscortCountRule(),
        new OccupancyRule(),
        new InterlockRule(),
        new MethodRule(),
        new FactorRule(),
        new SecondPersonRule(),
    ];

    private static readonly ImmutableArray<RuleOutcome> NotAsked =
        [.. Rules.Select(rule => new RuleOutcome(rule.Name, rule.Requirement, RuleVerdict.NotAsked, []))];

    /// <summary>Pure: the same request gives the same judgement.</summary>
    public static Judgement Judge(EntryRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var outcomes = ImmutableArray.CreateBuilder<RuleOutcome>(Rules.Length);
        DenyReason? objection = null;
        foreach (var rule in Rules)
        {
            if (objection is not null)
            {
                outcomes.Add(NotAsked[outcomes.Count]);
                continue;
            }

            objection = rule.Check(request);
            var verdict = objection is null ? RuleVerdict.Passed : RuleVerdict.Objected;
            outcomes.Add(new(rule.Name, rule.Requirement, verdict, rule.Facts(request)));
        }

        return new(objection, outcomes.MoveToImmutable());
    }
}
