using System.Collections.Immutable;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Visits;

/// <summary>訪問番号, e.g. <c>V-2026-0088</c>. Never reused.</summary>
public readonly record struct VisitId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>
/// What the doors have to know of one visitor who wears a badge: in force from the moment reception hands the badge out until it comes
/// back or the visit is closed (R-VIS-01, R-VIS-06). A group has one pass for each visitor.
/// </summary>
/// <param name="Visitor">The visitor as a person of <see cref="PersonCategory.Visitor"/>; id is the visit's number and a counter, e.g. <c>V-2026-0088-1</c>.</param>
/// <param name="Badge">来訪者証 as this visitor's credential; its person is <paramref name="Visitor"/>.</param>
/// <param name="BadgeNo">来訪者証番号 as printed, e.g. <c>赤-014</c>.</param>
/// <param name="Zones">立入り区域 (R-VIS-05).</param>
/// <param name="From">First moment at which the badge opens.</param>
/// <param name="Until">First moment at which it no longer opens; who is inside then overstays (R-VIS-09).</param>
/// <param name="Escorts">付添い者 named for the visit, the first one responsible; all hand-overs approved so far are in it.</param>
public sealed record VisitPass(
    VisitId Visit,
    Person Visitor,
    Credential Badge,
    string BadgeNo,
    ImmutableArray<ZoneId> Zones,
    DateTimeOffset From,
    DateTimeOffset Until,
    ImmutableArray<PersonId> Escorts);
