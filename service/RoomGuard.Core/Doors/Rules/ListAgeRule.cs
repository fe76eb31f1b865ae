using System.Collections.Immutable;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>R-RED-01: beyond its age limit (72 h†) the list alone no longer lets in; the zone says whether nobody enters or 職員 only.</summary>
public sealed class ListAgeRule : IEntryRule
{
    /// <inheritdoc/>
    public string Name => "ListAgeRule";

    /// <inheritdoc/>
    public string Requirement => "R-RED-01";

    /// <inheritdoc/>
    public DenyReason? Check(EntryRequest request) => request switch
    {
        { List: { } index, ListAge: { } age } when age <= index.List.AgeLimit => null,
        { ZoneRules.StaleList: StaleListRule.StaffOnly, Person.Category: PersonCategory.Staff } => null,
        _ => DenyReason.GrantListTooOld,
    };

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request) =>
    [
        FactName.Of(FactName.ListAge, request.ListAge ?? TimeSpan.Zero),
        FactName.Of(FactName.ListAgeLimit, request.List?.List.AgeLimit ?? TimeSpan.Zero),
        FactName.Of(FactName.StaleListRule, request.ZoneRules?.StaleList.ToString() ?? "-"),
        FactName.Of(FactName.Category, request.Person?.Category.ToString() ?? "-"),
    ];
}
