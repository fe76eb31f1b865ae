using System.Collections.Immutable;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>R-ID-03: a leaver is refused from the day of leaving, a newcomer until the first day.</summary>
public sealed class PersonDatesRule : IEntryRule
{
    /// <inheritdoc/>
    public string Name => "PersonDatesRule";

    /// <inheritdoc/>
    public string Requirement => "R-ID-03";

    /// <inheritdoc/>
    public DenyReason? Check(EntryRequest request)
    {
        var today = DateOnly.FromDateTime(request.Local);
        return request.Person switch
        {
            { ValidFrom: { } first } when today < first => DenyReason.PersonNotYet,
            { ValidUntil: { } end } when today >= end => DenyReason.PersonExpired,
            _ => null,
        };
    }

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request) =>
    [
        FactName.TodayOf(request),
        FactName.Of(FactName.ValidFrom, request.Person?.ValidFrom),
        FactName.Of(FactName.ValidUntil, request.Person?.ValidUntil),
    ];
}
