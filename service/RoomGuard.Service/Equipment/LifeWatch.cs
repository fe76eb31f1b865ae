using System.Collections.Immutable;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Equipment;

/// <summary>What time does to equipment: reminders of each 処理証明書 (R-LIFE-05) and each check off the premises (R-LIFE-06) that is not there by its day. Each is an entry once.</summary>
public sealed class LifeWatch(ServiceRecord record, SitePolicy policy, ActTurn turn, TimeProvider time) : BackgroundService
{
    private const int MostPerLook = 100;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    /// <summary>Looks once.</summary>
    /// <returns>False: what is due could not be recorded and is due at the next look.</returns>
    public async Task<bool> LookAsync(CancellationToken stop)
    {
        // Days pass between two reminders: most looks find nothing and take no turn.
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
        using var timer = new PeriodicTimer(LookEvery, time);
        do
        {
            _ = await LookAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private ImmutableArray<RecordedEvent> Due(Statements db)
    {
        var (now, days) = (time.GetUtcNow(), policy.Now[Limit.DisposalCertificateDays]);
        return
        [
            .. DisposalsView.Uncertified(db, now.AddDays(-days), MostPerLook).Select(file => file.Due(now, days)).OfType<RecordedEvent>(),
            .. OffsiteView.All(db).Select(stay => stay.Due(now, policy.Now.OffsiteCheckMonths, record.TimeZone)).OfType<RecordedEvent>().Take(MostPerLook),
        ];
    }
}
