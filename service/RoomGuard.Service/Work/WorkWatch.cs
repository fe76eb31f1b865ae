using RoomGuard.Core.Work;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Watch;

namespace RoomGuard.Service.Work;

/// <summary>
/// What time does to works: 単独作業 after two minutes of fewer than two people (R-WORK-06), and a reminder when everybody has gone and the work is open (R-WORK-01).
/// Each is an entry once.
/// </summary>
public sealed class WorkWatch(ServiceRecord record, ActTurn turn, TimeProvider time) : IRecordWatch
{
    /// <inheritdoc/>
    public TimeSpan LookEvery => TimeSpan.FromSeconds(5);

    // After a long stop of the service: alone, over, reminded, in one look and never more.
    private const int MostPerLook = 3;

    /// <inheritdoc/>
    public async Task<bool> LookAsync(CancellationToken stop)
    {
        if (record.Readers.AskNow(WorkView.Watched, stop).All(file => file.Due(time.GetUtcNow()) is null))
        {
            return true;
        }

        var look = await turn.ActAsync(
            [],
            async () =>
            {
                foreach (var file in record.Readers.AskNow(WorkView.Watched, stop))
                {
                    var now = file;
                    for (var times = 0; times < MostPerLook && now.Due(time.GetUtcNow()) is { } due; times++)
                    {
                        var n = await record.AppendAsync(due, stop);
                        now = WorkDossier.After(now, due, n) ?? now;
                    }
                }

                return ActResult.Done();
            },
            stop);
        return look.Ok;
    }
}
