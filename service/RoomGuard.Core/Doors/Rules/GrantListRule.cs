using System.Collections.Immutable;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>R-RED-01: a bridge decides from the last grant list it was given; one that never had any lets nobody in.</summary>
public sealed class GrantListRule : IEntryRule
{
    /// <inheritdoc/>
    public string Name => "GrantListRule";

    /// <inheritdoc/>
    public string Requirement => "R-RED-01";

    /// <inheritdoc/>
    public DenyReason? Check(EntryRequest request) => request.List is null ? DenyReason.NoGrantList : null;

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request) => request.List is not { List: var list }
        ? [FactName.Of(FactName.ListVersion, "-")]
        : [FactName.Of(FactName.ListVersion, list.Version), FactName.Of(FactName.ListIssued, list.IssuedAt)];
}
