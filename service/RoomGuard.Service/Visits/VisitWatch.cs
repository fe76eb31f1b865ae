using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Visits;

/// <summary>
/// What time does to visits: a badge that is not back a while after the visit's end dies at the doors and is called missing (R-VIS-06); a visit nobody came to,
/// or whose badges are all back, is closed. Done twice, it does nothing more.
/// </summary>
public sealed class VisitWatch(ServiceRecord record, ActTurn turn, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(20);

    /// <summary>Looks once.</summary>
    /// <returns>False: what is due could not be recorded and is due at the next look.</returns>
    public async Task<bool> LookAsync(CancellationToken stop)
    {
        var look = await turn.ActAsync(
            [],
            async () =>
            {
                var now = time.GetUtcNow();
                ImmutableArray<RecordedEvent> facts = record.Readers.AskNow(db => VisitsView.OpenPast(db, now).SelectMany(file => Due(db, file, now)).ToImmutableArray(), stop);
                _ = await record.AppendAsync([.. facts.Select(Draft.Of)], null, stop);
                return ActResult.Done();
            },
            stop);
        return look.Ok;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        do
        {
            _ = await LookAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
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
