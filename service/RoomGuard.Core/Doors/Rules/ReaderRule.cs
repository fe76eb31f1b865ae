using System.Collections.Immutable;
using RoomGuard.Core.Readers;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>R-DOOR-17: a reader that is silent, opened, swapped or talks in the clear does not let anybody in.</summary>
public sealed class ReaderRule : IEntryRule
{
    /// <inheritdoc/>
    public string Name => "ReaderRule";

    /// <inheritdoc/>
    public string Requirement => "R-DOOR-17";

    /// <inheritdoc/>
    public DenyReason? Check(EntryRequest request) => request switch
    {
        { ReaderTampered: true } => DenyReason.ReaderNotTrusted,
        { Reader: ReaderCondition.Online } => null,
        _ => DenyReason.ReaderNotTrusted,
    };

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request) =>
        [FactName.Of(FactName.Reader, request.Reader.ToString()), FactName.Of(FactName.ReaderCover, request.ReaderTampered ? "open" : "closed")];
}
