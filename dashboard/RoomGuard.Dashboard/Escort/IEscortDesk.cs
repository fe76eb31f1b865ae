using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Escort;

/// <summary>付添い者のページ: my visitors, who may take over, all out (R-VIS-02, R-VIS-03). It is about one's own visits only.</summary>
public interface IEscortDesk
{
    /// <summary>Open visits one is named to escort or took over at a door, by their beginning.</summary>
    Task<ImmutableArray<EscortedVisit>> Mine(Actor by, CancellationToken gone);

    /// <summary>全員退室: says that visitors still on the list have gone out; SYS corrects the list.</summary>
    Task<ActResult> AllOut(VisitId visit, string reason, Actor by, CancellationToken stop);
}

/// <summary>A visit as its escort sees it.</summary>
/// <param name="InZone">Where the asking person is inside themselves; null: not inside.</param>
/// <param name="Others">Others named to escort, who may take over by their cards.</param>
public sealed record EscortedVisit(
    VisitId Id,
    string Purpose,
    string Organisation,
    ImmutableArray<ZoneId> Zones,
    DateTimeOffset From,
    DateTimeOffset Until,
    ZoneId? InZone,
    ImmutableArray<EscortedVisitor> Visitors,
    ImmutableArray<OtherEscort> Others)
{
    /// <summary>Visitors recorded inside.</summary>
    public IEnumerable<EscortedVisitor> Inside => Visitors.Where(visitor => visitor.Zone is not null);
}

/// <summary>One visitor.</summary>
/// <param name="BadgeNo">来訪者証 that is out; null: none.</param>
/// <param name="Zone">Where they are inside; null: not inside.</param>
/// <param name="EscortName">Who escorts them at this moment; null: nobody.</param>
/// <param name="Mine">Whether that is the asking person.</param>
/// <param name="Alone">付添い不在.</param>
/// <param name="SaidOut">Somebody has said that they went out; SYS has not decided yet.</param>
public sealed record EscortedVisitor(PersonId Person, string Name, string? BadgeNo, ZoneId? Zone, DateTimeOffset? EnteredAt, string? EscortName, bool Mine, bool Alone, bool SaidOut);

/// <summary>Somebody else named to escort.</summary>
/// <param name="InZone">Where they are inside; null: not inside.</param>
public sealed record OtherEscort(PersonId Person, string Name, ZoneId? InZone);
