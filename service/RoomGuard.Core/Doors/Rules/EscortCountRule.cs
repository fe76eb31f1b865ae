using System.Collections.Immutable;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>R-VIS-04: one escort has at most 5† visitors at a time, this one included.</summary>
public sealed class EscortCountRule : IEntryRule
{
    /// <inheritdoc/>
    public string Name => "EscortCountRule";

    /// <inheritdoc/>
    public string Requirement => "R-VIS-04";

    /// <inheritdoc/>
    public DenyReason? Check(EntryRequest request) => request.Visit is not null && request.Escort is null ? DenyReason.TooManyVisitors : null;

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request) => request is not { Visit: not null, Rules.Escort: { } rule }
        ? FactName.NotHere
        :
        [
            FactName.Of(
                FactName.VisitorsBeside,
                request.Escorts.Where(one => one is { Present: true, Eligible: true }).Select(one => one.Visitors).DefaultIfEmpty().Min()),
            FactName.Of(FactName.VisitorLimit, rule.Most),
        ];
}
