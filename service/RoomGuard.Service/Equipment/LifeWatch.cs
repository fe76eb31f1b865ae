using System.Collections.Immutable;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Record;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;
using RoomGuard.Service.Watch;

namespace RoomGuard.Service.Equipment;

/// <summary>What time does to equipment: reminders of each 処理証明書 (R-LIFE-05) and each check off the premises (R-LIFE-06) that is not there by its day. Each is an entry once.</summary>
public sealed class LifeWatch(ServiceRecord record, SitePolicy policy, ActTurn turn, TimeProvider time) : DueWatch(record, turn)
{
    private const int MostPerLook = 100;

    /// <inheritdoc/>
    public override TimeSpan LookEvery => TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override bool LooksAgain => true;

    /// <inheritdoc/>
    protected override ImmutableArray<RecordedEvent> Due(Statements db)
    {
        var (now, days) = (time.GetUtcNow(), policy.Now[Limit.DisposalCertificateDays]);
        return
        [
            // Of all that are waited for: those that were told of already must not stand before those that were not.
            .. DisposalsView.Uncertified(db, now.AddDays(-days), int.MaxValue).Select(file => file.Due(now, days)).OfType<RecordedEvent>().Take(MostPerLook),
            .. OffsiteView.All(db).Select(stay => stay.Due(now, policy.Now.OffsiteCheckMonths, Record.TimeZone)).OfType<RecordedEvent>().Take(MostPerLook),
        ];
    }
}
