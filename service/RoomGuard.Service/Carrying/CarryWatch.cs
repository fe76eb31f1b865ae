using System.Collections.Immutable;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Carrying;

/// <summary>What time does to permits: a reminder when something is not back at its due time, and another to SEC a day later (R-CARRY-04). Each is an entry once.</summary>
public sealed class CarryWatch(ServiceRecord record, ActTurn turn, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    /// <summary>Looks once.</summary>
    /// <returns>False: what is due could not be recorded and is due at the next look.</returns>
    public async Task<bool> LookAsync(CancellationToken stop)
    {
        var look = await turn.ActAsync(
            [],
            async () =>
            {
                var now = time.GetUtcNow();
                var facts = record.Readers.AskNow(db => CarryView.Away(db).Select(file => (RecordedEvent?)file.Due(now)).OfType<RecordedEvent>().ToImmutableArray(), stop);
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
}
