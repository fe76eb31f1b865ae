using System.Collections.Immutable;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>R-DOOR-01: a door opens only for a grant in force at that moment, for that zone, inside its dates, days and hours. A visitor enters by a visit instead.</summary>
public sealed class GrantRule : IEntryRule
{
    /// <inheritdoc/>
    public string Name => "GrantRule";

    /// <inheritdoc/>
    public string Requirement => "R-DOOR-01";

    /// <inheritdoc/>
    public DenyReason? Check(EntryRequest request) => request.Visit is null ? request.Choice.Objection : null;

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request) => request.Visit is not null ? FactName.NotHere : request.Choice switch
    {
        { Grant: null } => [FactName.Of(FactName.GrantCount, 0)],
        { Objection: DenyReason.ZoneNotInGrant, Grant: var grant, Held: var held } =>
        [
            FactName.Of(FactName.GrantCount, held),
            FactName.Of(FactName.Grant, grant.Id.Value),
            FactName.Of(FactName.Zone, request.Zone.Value),
            FactName.Of(FactName.Zones, string.Join(' ', grant.Zones)),
        ],
        { Grant: var grant, Held: var held } =>
        [
            FactName.Of(FactName.GrantCount, held),
            FactName.Of(FactName.Grant, grant.Id.Value),
            FactName.Of(FactName.Zone, request.Zone.Value),
            FactName.TodayOf(request),
            FactName.Of(FactName.ValidFrom, grant.ValidFrom),
            FactName.Of(FactName.ValidUntil, grant.ValidUntil),
            FactName.LocalTimeOf(request),
            FactName.Of(FactName.Hours, grant.Hours),
            FactName.Of(FactName.Weekday, GrantChoice.DayOf(grant.Hours, request.Local).ToString()),
            FactName.Of(FactName.Days, grant.Days.ToString()),
        ],
    };
}
