using System.Collections.Immutable;
using System.Threading.Channels;
using RoomGuard.Core.Cabinets;
using RoomGuard.Core.Record;
using RoomGuard.Core.Work;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Work;

namespace RoomGuard.Service.Cabinets;

/// <summary>Judges each opening of a cabinet once by the work that was under way in its zone, and tells one that stays open after it (R-ZONE-10).</summary>
public sealed class CabinetJudge : BackgroundService
{
    private const int AtOnce = 100;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(20);

    private readonly ServiceRecord record;
    private readonly ActTurn turn;
    private readonly TimeProvider time;
    private readonly Channel<bool> changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Follows the record from now on.</summary>
    public CabinetJudge(ServiceRecord record, ActTurn turn, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(record);
        (this.record, this.turn, this.time) = (record, turn, time);
        record.Follow(items =>
        {
            if (items.Any(item => item.Event is CabinetOpened or WorkEnded))
            {
                _ = changed.Writer.TryWrite(true);
            }
        });
    }

    /// <summary>Judges what waits.</summary>
    /// <returns>False: something could not be recorded and is due at the next look.</returns>
    public async Task<bool> LookAsync(CancellationToken stop)
    {
        while (!record.Readers.AskNow(Due, stop).IsEmpty)
        {
            // Beside no beginning and no end of a work.
            var look = await turn.ActAsync(
                [],
                async () =>
                {
                    _ = await record.AppendAsync([.. record.Readers.AskNow(Due, stop).Select(Draft.Of)], null, stop);
                    return ActResult.Done();
                },
                stop);
            if (!look.Ok)
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            _ = await LookAsync(stoppingToken);
            using var wait = new CancellationTokenSource(LookEvery, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(wait.Token, stoppingToken);
            try
            {
                _ = await changed.Reader.ReadAsync(either.Token);
            }
            catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
            {
                // Nothing was opened; it is time to look all the same.
            }
        }
    }

    private ImmutableArray<RecordedEvent> Due(Statements db)
    {
        var now = time.GetUtcNow();
        return
        [
            .. CabinetsView.Waiting(db, AtOnce).Select(opening => WorkView.In(db, opening.Zone).FirstOrDefault(work => CabinetRules.UnderWay(work, opening.At)) is { } work
                ? new CabinetOpenedAtWork(now, opening.N, opening.At, opening.Cabinet, opening.Zone, opening.Label, work.Work.Id)
                : (RecordedEvent)new CabinetOpenedWithoutWork(now, opening.N, opening.At, opening.Cabinet, opening.Zone, opening.Label)),
            .. CabinetsView.All(db).Where(one => one is { Open: true, LeftOpen: false, Waits: false, Work: not null } && WorkView.In(db, one.Cabinet.Zone).All(work => !CabinetRules.UnderWay(work, now)))
                .Select(one => new CabinetLeftOpen(now, one.Opening!.Value, one.Cabinet.Id, one.Cabinet.Zone, one.Cabinet.Label, one.Work!.Value)),
        ];
    }
}
