using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Visits;

/// <summary>例外の許可: visitors of one visit enter although their zone is in alarm, drill, on fire or locked down (R-VIS-11).</summary>
public interface IVisitorOverrideDesk
{
    /// <summary>What is in force, and for which visits this person may order one.</summary>
    Task<VisitorOverrides> Now(Actor by, CancellationToken gone);

    /// <summary>Orders one, or replaces the one of the same visit and zone. <see cref="ActResult.Id"/> is the visit's.</summary>
    Task<ActResult> Order(VisitorOverrideForm form, Actor by, CancellationToken stop);

    /// <summary>Ends one before its end.</summary>
    Task<ActResult> End(VisitId visit, ZoneId zone, string reason, Actor by, CancellationToken stop);
}

/// <summary>例外の許可 as the page shows them.</summary>
/// <param name="InForce">The next to end first.</param>
/// <param name="Choices">Visits of the coming day that concern this person's zones; empty for who may not order one.</param>
public sealed record VisitorOverrides(ImmutableArray<StandingOverride> InForce, ImmutableArray<OverridableVisit> Choices)
{
    /// <summary>How long one may last at most†: whoever still needs it tomorrow looks at the zone again tomorrow.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromHours(24);
}

/// <summary>One that is in force.</summary>
/// <param name="Until">First moment at which it no longer counts.</param>
/// <param name="OrderedBy">Name of who ordered it.</param>
/// <param name="PendingAt">Bridges at which it is 未反映.</param>
public sealed record StandingOverride(
    VisitId Visit, string Organisation, ZoneId Zone, DateTimeOffset Until, string Reason, string OrderedBy, ImmutableArray<PanelId> PendingAt, bool MayEnd);

/// <summary>A visit for which one may be ordered.</summary>
/// <param name="Zones">Only those for which the asking person answers.</param>
public sealed record OverridableVisit(VisitId Visit, string Organisation, DateTimeOffset From, DateTimeOffset Until, ImmutableArray<ZoneId> Zones);

/// <summary>What the form asks.</summary>
public sealed record VisitorOverrideForm(VisitId Visit, ZoneId Zone, DateTimeOffset Until, string Reason);
