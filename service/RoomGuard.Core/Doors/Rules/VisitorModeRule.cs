using System.Collections.Immutable;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>R-VIS-11: visitors stay out while the zone is in alarm, drill or on fire, unless SYS makes an exception for their visit.</summary>
public sealed class VisitorModeRule : IEntryRule
{
    /// <inheritdoc/>
    public string Name => "VisitorModeRule";

    /// <inheritdoc/>
    public string Requirement => "R-VIS-11";

    /// <inheritdoc/>
    public DenyReason? Check(EntryRequest request) =>
        request is { Visit: not null, Mode: ZoneMode.Alarm or ZoneMode.Drill or ZoneMode.Fire, Override: null } ? DenyReason.ZoneNotForVisitors : null;

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request) => request switch
    {
        { Visit: null } => FactName.NotHere,
        { Override: { } exception } => [FactName.Of(FactName.Mode, request.Mode.ToString()), FactName.Of(FactName.Override, exception.Until)],
        _ => [FactName.Of(FactName.Mode, request.Mode.ToString()), FactName.Of(FactName.Override, "-")],
    };
}
