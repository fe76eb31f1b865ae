using System.Collections.Immutable;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>R-DOOR-14: during 区域封鎖 nobody enters but those it names.</summary>
public sealed class LockdownRule : IEntryRule
{
    /// <inheritdoc/>
    public string Name => "LockdownRule";

    /// <inheritdoc/>
    public string Requirement => "R-DOOR-14";

    /// <inheritdoc/>
    public DenyReason? Check(EntryRequest request) => request switch
    {
        { Lockdown: null } => null,

        // R-VIS-11: SYS's exception for one visit counts here too.
        { Visit: not null, Override: not null } => null,
        _ => DenyReason.Lockdown,
    };

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request) => request.Lockdown switch
    {
        null => [FactName.Of(FactName.Lockdown, "-")],
        { Until: { } until } lockdown => [FactName.Of(FactName.Lockdown, lockdown.Id), FactName.Of(FactName.LockdownUntil, until)],
        var lockdown => [FactName.Of(FactName.Lockdown, lockdown.Id)],
    };
}
