using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Zones;

namespace RoomGuard.Dashboard;

/// <summary>A zone or door with its names for people.</summary>
public sealed record Place<TId>(TId Id, string Label, string LabelEn)
    where TId : struct;

/// <summary>A door with the zone it opens into.</summary>
public sealed record DoorPlace(DoorId Id, ZoneId Zone, string Label, string LabelEn);

/// <summary>What the pages have to know of the site, as it stands when a page is made.</summary>
/// <param name="Organisation">The municipality, e.g. 架空町役場.</param>
/// <param name="Name">The site, e.g. 本庁舎.</param>
/// <param name="IsTest">True: the site is invented and every page says so.</param>
/// <param name="TimeZone">By which every time on a page is shown.</param>
/// <param name="RoleNames">What the policy profile in force calls roles (R-PROF-03); null: as the requirements do.</param>
/// <param name="Names">Names and addresses besides this machine's own under which the pages may be opened.</param>
/// <param name="Floors">平面図; none: the live plan is a list.</param>
/// <param name="ReceptionPort">The reception desk's own listener (R-NET-07); null: none.</param>
/// <param name="Segments">系統 of the policy profile in force (R-PROF-03); null: all there are.</param>
public sealed record DashboardSite(
    string Id,
    string Organisation,
    string Name,
    bool IsTest,
    TimeZoneInfo TimeZone,
    ImmutableArray<Place<ZoneId>> Zones,
    ImmutableArray<DoorPlace> Doors,
    ImmutableArray<string> Names = default,
    ImmutableArray<FloorPlan> Floors = default,
    Func<ImmutableDictionary<Role, string>>? RoleNames = null,
    int? ReceptionPort = null,
    Func<ImmutableArray<Segment>>? Segments = null)
{
    /// <summary>系統 that forms offer: those of the profile, and what a thing has already.</summary>
    /// <param name="has">Null: nothing yet.</param>
    public IEnumerable<Segment> SegmentsFor(Segment? has = null) => Enum.GetValues<Segment>().Where(segment => segment == has || Segments?.Invoke().Contains(segment) is not false);
}
