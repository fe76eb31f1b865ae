using System.Collections.Immutable;
using System.Threading.Channels;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Equipment;

/// <summary>立会い中断: looks after every change of who is inside, and now and then, whether the witness of each move is still there (R-MOVE-03).</summary>
public sealed class MoveWatch : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(20);

    private readonly ServiceRecord record;
    private readonly ActTurn turn;
    private readonly TimeProvider time;
    private readonly Channel<bool> changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Follows the record from now on.</summary>
    public MoveWatch(ServiceRecord record, ActTurn turn, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(record);
        (this.record, this.turn, this.time) = (record, turn, time);
        record.Follow(items =>
        {
            if (items.Any(item => item.Event is PersonLeft or PersonEntered))
            {
                _ = changed.Writer.TryWrite(true);
            }
        });
    }

    /// <summary>Looks once.</summary>
    /// <returns>False: what is due could not be recorded and is due at the next look.</returns>
    public async Task<bool> LookAsync(CancellationToken stop)
    {
        // People come and go all day, and moves are rare.
        if (record.Readers.AskNow(Due, stop).IsEmpty)
        {
            return true;
        }

        var look = await turn.ActAsync(
            [],
            async () =>
            {
                _ = await record.AppendAsync([.. record.Readers.AskNow(Due, stop).Select(Draft.Of)], null, stop);
                return ActResult.Done();
            },
            stop);
        return look.Ok;
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
                // Nobody came or went; it is time to look all the same.
            }
        }
    }

    private ImmutableArray<RecordedEvent> Due(Statements db)
    {
        var now = time.GetUtcNow();
        return [.. MovesView.UnderWay(db).Select(move => MoveDesk.Left(db, move, now)).OfType<RecordedEvent>()];
    }
}
