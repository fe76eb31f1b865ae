using System.Threading.Channels;
using RoomGuard.Core.Gates;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Gates;

/// <summary>Judges each read of an asset tag once, as it comes or when the service is back: what waits is in the record's own views (R-MOVE-05).</summary>
public sealed class GateJudge : BackgroundService
{
    private const int AtOnce = 100;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(20);

    private readonly ServiceRecord record;
    private readonly SitePolicy policy;
    private readonly ActTurn turn;
    private readonly TimeProvider time;
    private readonly Channel<bool> changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Follows the record from now on.</summary>
    public GateJudge(ServiceRecord record, SitePolicy policy, ActTurn turn, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(record);
        (this.record, this.policy, this.turn, this.time) = (record, policy, turn, time);
        record.Follow(items =>
        {
            if (items.Any(item => item.Event is AssetTagRead))
            {
                _ = changed.Writer.TryWrite(true);
            }
        });
    }

    /// <summary>Judges what waits.</summary>
    /// <returns>False: something could not be recorded and is due at the next look.</returns>
    public async Task<bool> LookAsync(CancellationToken stop)
    {
        while (record.Readers.AskNow(db => GatesView.Waiting(db, AtOnce), stop) is { IsEmpty: false } waiting)
        {
            // Beside no step of a move and no passage at the desk: each sees what the other wrote.
            var look = await turn.ActAsync(
                [],
                async () =>
                {
                    foreach (var read in waiting)
                    {
                        var facts = record.Readers.AskNow(db => GateDesk.Judge(db, read, policy, time.GetUtcNow()), stop);
                        _ = await record.AppendAsync([.. facts.Select(Draft.Of)], null, stop);
                    }

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
                // Nothing was read; it is time to look all the same.
            }
        }
    }
}
