using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Watch;

namespace RoomGuard.Service.Visits;

/// <summary>
/// What time does to visits: a badge that is not back a while after the visit's end dies at the doors and is called missing (R-VIS-06); a visit nobody came to,
/// or whose badges are all back, is closed. Done twice, it does nothing more.
/// </summary>
public sealed class VisitWatch(ServiceRecord record, ActTurn turn, TimeProvider time) : DueWatch(record, turn)
{
    /// <inheritdoc/>
    public override TimeSpan LookEvery => TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    protected override ImmutableArray<RecordedEvent> Due(Statements db)
    {
        var now = time.GetUtcNow();
        return [.. VisitsView.OpenPast(db, now).SelectMany(file => Due(db, file, now))];
    }

    private static IEnumerable<RecordedEvent> Due(Statements db, VisitDossier file, DateTimeOffset now)
    {
        var visit = file.Visit;
        if (file.Visitors.All(one => one.Badge is null))
        {
            yield return new VisitEnded(now, visit.Id, file.Visitors.Any(one => one.IssuedAt is not null) ? VisitEnding.Done : VisitEnding.NobodyCame, "", DayTurn.By);
            yield break;
        }

        if (now < visit.Until + ReceptionRules.MissingAfter)
        {
            yield break;
        }

        foreach (var one in file.Visitors.Where(one => one is { Badge: not null, Dead: false }))
        {
            yield return new VisitorBadgeDied(now, visit.Id, one.Visitor.Id, one.Badge!.Value, one.BadgeNo!, BadgeDeath.NotReturned, DayTurn.By);
            if (VisitsView.Badge(db, one.Badge, null, null) is { } badge)
            {
                yield return new RoomOrdered(now, new VisitPassOrder(visit.PassOf(one.Visitor, badge), Ended: true), DayTurn.By);
            }
        }
    }
}
