using System.Collections.Immutable;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Record;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;
using RoomGuard.Service.Watch;

namespace RoomGuard.Service.Contractors;

/// <summary>
/// What time does to contracts: a check that was missed is told to SEC and SUP (R-CON-05), and what is not back when a contract is over to SEC, and a week† later to SUP
/// (R-CON-07, R-LIFE-11). Each is an entry once.
/// </summary>
public sealed class ContractWatch(ServiceRecord record, SitePolicy policy, ActTurn turn, TimeProvider time) : DueWatch(record, turn)
{
    /// <inheritdoc/>
    public override TimeSpan LookEvery => TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    protected override ImmutableArray<RecordedEvent> Due(Statements db)
    {
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Record.TimeZone).DateTime);
        var (months, holdings) = (policy.Now[Limit.ContractorCheckMonths], new ContractHoldings(db, today, now));
        return
        [
            .. from one in ContractsView.Watched(db, today.AddDays(-ContractRules.RemindedForDays))
               let due = today < one.Contract.Until
                   ? (RecordedEvent?)ContractRules.CheckReminder(one.Contract, one.CheckedOn, one.CheckReminded, months, today, now)
                   : one.Reminded < 2 ? ContractRules.HoldingsReminder(one.Contract, holdings.Of(one.Contract), one.Reminded, today, now) : null
               where due is not null
               select due,
        ];
    }
}
