using System.Collections.Immutable;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>R-DOOR-10: a card opens from its first local day up to, and not on, its end day.</summary>
public sealed class CardDatesRule : IEntryRule
{
    /// <inheritdoc/>
    public string Name => "CardDatesRule";

    /// <inheritdoc/>
    public string Requirement => "R-DOOR-10";

    /// <inheritdoc/>
    public DenyReason? Check(EntryRequest request)
    {
        var today = DateOnly.FromDateTime(request.Local);
        return request.Credential switch
        {
            { ValidFrom: { } first } when today < first => DenyReason.CardNotYet,
            { ValidUntil: { } end } when today >= end => DenyReason.CardExpired,
            _ => null,
        };
    }

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request) =>
    [
        FactName.TodayOf(request),
        FactName.Of(FactName.ValidFrom, request.Credential?.ValidFrom),
        FactName.Of(FactName.ValidUntil, request.Credential?.ValidUntil),
    ];
}
