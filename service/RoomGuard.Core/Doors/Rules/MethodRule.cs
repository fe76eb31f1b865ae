using System.Collections.Immutable;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>R-DOOR-03: only the methods a zone lists count there. A zone the list does not name has none.</summary>
public sealed class MethodRule : IEntryRule
{
    /// <inheritdoc/>
    public string Name => "MethodRule";

    /// <inheritdoc/>
    public string Requirement => "R-DOOR-03";

    /// <inheritdoc/>
    public DenyReason? Check(EntryRequest request)
    {
        foreach (var method in request.Methods)
        {
            if (request.ZoneRules is not { } zone || !zone.Methods.Contains(method))
            {
                return DenyReason.MethodNotAllowed;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request) =>
    [
        FactName.Of(FactName.Methods, string.Join(' ', request.Methods)),
        FactName.Of(FactName.AllowedMethods, request.ZoneRules is { } zone ? string.Join(' ', zone.Methods) : "-"),
    ];
}
