using RoomGuard.Core.Gates;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;
using RoomGuard.Service.Watch;

namespace RoomGuard.Service.Gates;

/// <summary>Judges each read of an asset tag once, as it comes or when the service is back: what waits is in the record's own views (R-MOVE-05).</summary>
public sealed class GateJudge(ServiceRecord record, SitePolicy policy, ActTurn turn, TimeProvider time) : IRecordWatch
{
    private const int AtOnce = 100;

    /// <inheritdoc/>
    public TimeSpan LookEvery => TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public bool Wakes(RecordedEvent item) => item is AssetTagRead;

    /// <inheritdoc/>
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
}
